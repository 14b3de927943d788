"""The weeks ahead: what the planner would suggest if no news came."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import islice, pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.records import (
    Company,
    Config,
    Contact,
    History,
    Reason,
    Reference,
    Settings,
    Touchpoint,
    Workspace,
)
from pipeline.text.guard_words import ahead_text
from pipeline.touchpoints.forecast import DAYS, forecast
from pipeline.touchpoints.plan import suggest
from tests.touchpoints.season import HOME, Temper, live
from tests.touchpoints.world import (
    FILE,
    IMRAN,
    NOW,
    RENATA,
    contact,
    days,
    interview,
    layoffs,
    news,
    touchpoint,
)


def _workspace(**changes: Any) -> Workspace:
    config = Config(Settings(timezone="UTC"), (Company("oracle", "Oracle"),))
    return Workspace("/nowhere", config, (interview(**changes),))


def test_the_plan_names_the_days_of_a_wait() -> None:
    """Talked a day ago, a decision in two weeks: thanks today, then the question, then again."""
    workspace = _workspace(ago=1, decision_expected=date(2026, 12, 4))
    found = forecast(workspace, {}, History(), NOW)

    assert [(item.kind, item.person, item.day) for item in found] == [
        ("decision", RENATA.name, date(2026, 12, 8)),
        ("decision", RENATA.name, date(2026, 12, 15)),
    ]
    assert [ahead_text(item, "Oracle") for item in found] == [
        "ask about the decision, if nothing was heard",
        "ask once more about the decision",
    ]


@pytest.mark.parametrize("hour", [1, 9, 10, 23])
def test_the_plan_reaches_four_weeks_ahead_whatever_the_hour(hour: int) -> None:
    """With today: the question on their last day is in it, that of the day after is not."""
    now = NOW.replace(hour=hour)
    first, second = (
        forecast(
            _workspace(ago=1, decision_expected=day), {}, History(contacts=(contact(0.9),)), now
        )
        for day in (date(2026, 12, 17), date(2026, 12, 18))
    )
    assert [(item.kind, item.day) for item in first] == [("decision", date(2026, 12, 21))]
    assert "decision" not in {item.kind for item in second}


def test_without_a_day_of_decision_a_check_in_comes_up() -> None:
    """Three weeks after the thank-you, and that is all: a second one would bring nothing."""
    found = forecast(_workspace(ago=1), {}, History(contacts=(contact(0.5),)), NOW)
    assert [(item.kind, item.day) for item in found] == [("check_in", date(2026, 12, 14))]


def test_what_holds_today_holds_in_the_plan() -> None:
    """Layoffs yesterday: the check-in that is due today waits until they are over."""
    workspace, past = _workspace(ago=40), History(contacts=(contact(39),))
    free = suggest(workspace, {}, past, NOW)
    held = forecast(workspace, {FILE: (layoffs(),)}, past, NOW)

    assert [item.kind for item in free.suggestions] == ["check_in"]
    assert [item.kind for item in held] == ["check_in"]
    assert held[0].day > NOW.date() + timedelta(days=6)


def test_news_of_today_is_no_part_of_the_plan() -> None:
    """It is suggested now, or not; the plan is what stays without it."""
    workspace, past = _workspace(ago=10), History(contacts=(contact(9),))
    assert forecast(workspace, {FILE: (news(),)}, past, NOW) == forecast(workspace, {}, past, NOW)


@settings(max_examples=25, deadline=None)
@given(
    ago=st.integers(0, 40),
    expected=st.one_of(st.none(), st.integers(-10, 30)),
    wrote=st.one_of(st.none(), st.integers(0, 20)),
)
def test_without_news_the_plan_is_kept_to(
    ago: int, expected: int | None, wrote: int | None
) -> None:
    """Whoever sends each message on its day gets, day by day, what was planned."""
    day = None if expected is None else NOW.date() + timedelta(days=expected)
    workspace = _workspace(ago=ago, people=(RENATA, IMRAN), decision_expected=day)
    past = History(contacts=() if wrote is None or wrote > ago else (contact(wrote),))
    planned = forecast(workspace, {}, past, NOW)

    lived = []
    for number in range(DAYS):
        moment = NOW.replace(hour=9, minute=0) + timedelta(days=number)
        moment = NOW if number == 0 else moment
        for item in suggest(workspace, {}, past, moment).suggestions:
            at = max(item.due, moment)
            if number:
                lived.append((at.date(), item.kind, item.person))
            sent = Touchpoint(len(past.touchpoints) + 1, item, "sent", at, at)
            wrote_now = Contact("oracle", item.person, at, "a mail", touchpoint=sent.id)
            past = replace(
                past,
                touchpoints=(*past.touchpoints, sent),
                contacts=tuple(sorted((*past.contacts, wrote_now), key=lambda one: one.at)),
            )

    assert sorted((item.day, item.kind, item.person) for item in planned) == sorted(lived)


def test_what_was_put_off_stays_in_the_plan_when_another_message_is_asked_for() -> None:
    """Until Friday, but another goes out today: it comes up after the week of quiet."""
    workspace, wrote = _workspace(ago=20), (contact(19),)
    (first,) = suggest(workspace, {FILE: (news(),)}, History(contacts=wrote), NOW).suggestions
    asked = replace(first, key="asked", reason=Reason("asked_for"), reference=Reference("other"))
    kept = (touchpoint(first, "snoozed", until=NOW + days(3)), touchpoint(asked, id=2))
    found = forecast(workspace, {}, History((kept[0],), wrote), NOW)
    both = forecast(workspace, {}, History(kept, wrote), NOW)

    assert (found[0].key, found[0].day.day) == (first.key, 27)
    assert (both[0].key, both[0].day.day) == (first.key, 1)


@pytest.mark.slow
def test_the_plan_is_kept_to_or_its_change_is_explained() -> None:
    """Four months with news: who was planned for today is written to, or the page says why."""
    temper = Temper(seed=7, start=date(2026, 10, 12), news=0.1, bad=0.01)
    moments = list(islice(live(temper), 120))
    planned = 0
    for before, now in pairwise(moments):
        today = now.now.astimezone(HOME).date()
        ahead = forecast(before.workspace, before.matches, before.after, before.now)
        waiting = {talk.company for talk in now.workspace.interviews if talk.status == "waiting"}
        plan = now.plan
        told = {
            (one.company, one.person) for one in (*plan.suggestions, *plan.held, *plan.upcoming)
        }
        written = {one.company for one in now.before.contacts if one.at >= before.now}
        for item in ahead:
            if item.day != today or item.company not in waiting - written:
                continue
            planned += 1
            assert (item.company, item.person) in told, (today, item)
    assert planned >= 5
