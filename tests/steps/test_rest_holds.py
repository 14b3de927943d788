"""Plan and page hold until the moment that a run leaves: from values, over lives of some weeks.

A life is one history: days pass, suggestions are sent, put off and dismissed, people answer.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from pipeline.records import Contact, DigestPageState, History, Reply, Touchpoint, Workspace
from pipeline.run import run
from pipeline.steps import rest
from pipeline.steps.day import Candidate, DayPlan, NewsSummary, composed, planned
from pipeline.steps.matching import Found
from pipeline.steps.opening import read_workspace
from pipeline.steps.own_work import own_work
from pipeline.steps.scoring import matches_of_today
from pipeline.store.database import opened
from pipeline.text.calendar import day_in
from pipeline.touchpoints.pace import public_holidays
from pipeline.workspace.lookup import own_zone
from tests.steps.test_rest import START, TALKS, made, publish

WEEKS = timedelta(days=80)  # an answer is waited for for sixty days
HOURS = timedelta(hours=1)
SAMPLE = 2


class Life:
    """One candidate's workspace, with news of which some are dated ahead, and what happens."""

    def __init__(self, root: Path, chance: Random) -> None:
        publish(made(root), START + timedelta(days=3))
        run(root, START)
        self.root, self.chance = root, chance
        self.workspace: Workspace = read_workspace(root)
        self.past = History()

    def found(self, now: datetime) -> Found:
        with opened(self.root) as db:
            return matches_of_today(db, self.workspace, self.past, now)

    def plan(self, now: datetime, found: Found) -> DayPlan:
        who = Candidate(self.workspace, self.past)
        work = own_work(self.workspace, now, self.past.touchpoints)
        return planned(who, found, now, public_holidays, work)

    def page(self, now: datetime) -> tuple[object, ...]:
        """Return what a run of that moment would keep and show, the answers of pages left out."""
        found = self.found(now)
        plan = self.plan(now, found)
        who = Candidate(self.workspace, plan.history)
        answers = DigestPageState(day_in(own_zone(self.workspace), now))
        return plan.history, composed(who, answers, plan, found, NewsSummary(), now)

    def settle(self, now: datetime) -> None:
        """Run until a run changes nothing."""
        found = self.found(now)
        while (after := self.plan(now, found).history) != self.past:
            self.past, found = after, self.found(now)

    def until(self, now: datetime) -> datetime:
        """Return until when a run of that moment that changed nothing would let others rest."""
        told = [match.story.lead.published for group in self.found(now).values() for match in group]
        dates = (*rest.dates_of(self.workspace, self.past), *told)
        return rest.holds_until(self.workspace, dates, now)

    def happen(self, now: datetime) -> None:
        """Let the user do something, or somebody answer."""
        items = [item for item in self.past.touchpoints if item.is_open]
        if items and self.chance.random() < 0.7:
            old = self.chance.choice(items)
            until = now + timedelta(minutes=self.chance.randrange(600, 9_000))
            status = self.chance.choice(("sent", "sent", "dismissed", "snoozed"))
            new = replace(old, status=status, changed=now, until=until)
            new = new if status == "snoozed" else replace(new, until=None)
            self.past = replace(self.past, touchpoints=_with(self.past, new))
            if status == "sent":
                what = old.suggestion
                self._hear(Contact(what.company, what.person, now, what.kind, touchpoint=old.id))
            return
        slug, _, _, who = self.chance.choice(TALKS)
        day = now.date() + timedelta(days=self.chance.randrange(1, 12))
        replies = (
            None,
            Reply("new_date", day=day),
            Reply("promise", promised="the slides", by=day),
            Reply("invitation", day=day),
        )
        at = now + timedelta(minutes=self.chance.randrange(-900, 300))  # some are logged ahead
        self._hear(Contact(slug, who, at, "mail", True, reply=self.chance.choice(replies)))

    def _hear(self, contact: Contact) -> None:
        contacts = sorted((*self.past.contacts, contact), key=lambda one: one.at)
        self.past = replace(self.past, contacts=tuple(contacts))


def _with(past: History, new: Touchpoint) -> tuple[Touchpoint, ...]:
    return tuple(new if item.id == new.id else item for item in past.touchpoints)


def dated(life: Life, now: datetime) -> list[datetime]:
    """Return each time of the next day at which something happened on some day, or will."""
    found = {talk.interviewed + HOURS * n for talk in life.workspace.interviews for n in range(4)}
    found |= {contact.at for contact in life.past.contacts}
    for item in life.past.touchpoints:
        found |= {item.created, item.changed, item.suggestion.due, item.until or now}
    on_the_minute = {at.replace(second=0) for at in found}
    return sorted(at + timedelta(days=(now - at).days + 1) for at in on_the_minute)


def check(life: Life, now: datetime) -> None:
    """Check that nothing changes around a moment unless it is one of those that are left.

    Nor behind it: what begins or ends at it has begun or ended.
    """
    before, after = now - timedelta(seconds=1), now + timedelta(seconds=1)
    life.settle(before)
    if life.until(before) > after:
        assert life.page(before) == life.page(after), now
    else:
        life.settle(now)
        assert life.until(now) > after
        assert life.page(now) == life.page(after), now


@pytest.mark.parametrize("seed", [0, pytest.param(1, marks=pytest.mark.slow)])
def test_plan_and_page_of_a_moment_are_those_until_the_moment_that_is_left(
    tmp_path: Path, seed: int
) -> None:
    """Whatever happened at this hour of another day; and just before the end."""
    chance, now = Random(seed), START
    life = Life(tmp_path, chance)
    while now < START + WEEKS:
        if chance.random() < 0.5:
            life.happen(now)
        life.settle(now)
        until, page = life.until(now), life.page(now)
        assert life.page(until - timedelta(seconds=1)) == page, (now, until)
        for moment in sorted(chance.sample(dated(life, now), SAMPLE)):
            check(life, moment)
        now += timedelta(minutes=chance.choice((4_000, 9_000)))
