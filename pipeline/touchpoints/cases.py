"""The cases: each person whose answer is awaited, with all that is known at one moment.

Takes the workspace, its matches, the history and now; gives a `Case` for each person. What follows
from them, a message or a reason against one, is decided in `kinds` and `plan`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from pipeline.records import (
    Contact,
    History,
    Hold,
    Interview,
    Match,
    OwnWork,
    Suggestion,
    Touchpoint,
    Workspace,
)
from pipeline.text import publishers
from pipeline.text.calendar import zone_of
from pipeline.text.names import key_of
from pipeline.touchpoints import bad_news, lifecycle, pace, person_news, releases
from pipeline.touchpoints.case import (
    Case,
    HoldRules,
    line_mark,
    lines_offered,
    marks_of,
    marks_sent,
)
from pipeline.touchpoints.contact_rounds import (
    ContactRound,
    contact_rounds,
    identities_of,
    rejections,
)
from pipeline.touchpoints.kinds import ASIDES, CARRIED
from pipeline.touchpoints.lifecycle import is_put_off
from pipeline.touchpoints.replies import as_answered, replies_since
from pipeline.touchpoints.suitability import is_theirs

# Between two messages with one article to different companies; people know each other. A judgement.
APART = timedelta(days=2)


def cases_of(
    workspace: Workspace,
    matches: Mapping[str, Sequence[Match]],
    history: History,
    now: datetime,
    holidays: pace.Holidays = pace.public_holidays,
    work: Mapping[str, OwnWork] | None = None,
) -> list[Case]:
    """Return every person whose answer is awaited, with all that is known at this moment."""
    workspace = as_answered(workspace, history, now)
    found = contact_rounds(_read_talks(workspace), now)
    cases = _cases(workspace, found, matches, _Past(workspace, history, now), holidays)
    known = work or {}
    return [replace(case, work=known.get(case.interview.file, OwnWork())) for case in cases]


def closed_cases(
    workspace: Workspace,
    matches: Mapping[str, Sequence[Match]],
    history: History,
    now: datetime,
    holidays: pace.Holidays,
) -> list[Case]:
    """Return for each company that said no the person who gets a last note."""
    found = rejections(_read_talks(workspace), history.contacts, now)
    return _cases(workspace, found, matches, _Past(workspace, history, now), holidays)


def _read_talks(workspace: Workspace) -> list[Interview]:
    silent = unread_companies(workspace)
    return [talk for talk in workspace.interviews if talk.company not in silent]


def _cases(
    workspace: Workspace,
    found: Sequence[ContactRound],
    matches: Mapping[str, Sequence[Match]],
    past: _Past,
    holidays: pace.Holidays,
) -> list[Case]:
    bad = {
        slug: bad_news.bad_news_about(workspace, slug, matches, past.history, past.now)
        for slug in dict.fromkeys(item.interview.company for item in found)
    }
    others = {slug: _elsewhere(slug, matches, past) for slug in bad}
    cases = (_case(workspace, item, matches, bad, past, holidays) for item in found)
    return [replace(case, elsewhere=others[case.company.slug]) for case in cases]


def _elsewhere(slug: str, matches: Mapping[str, Sequence[Match]], past: _Past) -> frozenset[str]:
    """Return the marks of what is nothing to read for anybody at this company.

    The news of the candidate's other companies tell to whom else they talk; and what went to one
    company goes to another some days later, if at all.
    """
    told = (m for found in matches.values() for m in found if m.company != slug and is_theirs(m))
    sent = (
        item.suggestion
        for item in past.touchpoints
        if item.suggestion.company != slug
        and item.status in ("sent", "answered")
        and item.changed > past.now - APART
    )
    return frozenset().union(*map(marks_of, told), *map(marks_sent, sent))


class _Past:
    """The history as it is at one moment, asked by person."""

    def __init__(self, workspace: Workspace, history: History, now: datetime) -> None:
        self.now = now
        self.publishers = publishers.Publishers(workspace.config)
        self.history = history
        self._identities = identities_of(workspace.interviews)
        self._names = {(slug, key_of(name)): name for slug, name in self._identities}
        self.contacts = tuple(
            replace(contact, person=self.name_in_notes(contact)) for contact in history.contacts
        )
        self.touchpoints = history.touchpoints
        self.holds = history.holds
        self.forgotten = history.forgotten
        self.taken = {(one.company, one.person): frozenset(one.marks) for one in history.taken}
        self.asides = frozenset(
            item.id for item in history.touchpoints if item.suggestion.kind in ASIDES
        )

    def counts(self, contact: Contact) -> bool:
        """Return whether a contact is more than good manners of the user's."""
        return contact.answer or contact.touchpoint not in self.asides

    def name_in_notes(self, item: Contact | Suggestion | Hold) -> str:
        """Return how the notes spell whom a contact, a suggestion or a hold is about."""
        return self._names.get((item.company, key_of(item.person)), item.person)

    def is_with(self, item: Contact | Suggestion, identity: str) -> bool:
        """Return whether a contact or suggestion was with that person, at whatever company."""
        # A contact may be with somebody whom the notes on that company don't name: the name tells.
        place = (item.company, self.name_in_notes(item))
        return self._identities.get(place, key_of(item.person)) == identity


def _is_promised(touchpoint: Touchpoint, now: datetime) -> bool:
    """Return whether somebody there got its story, or is to get it on the day the user named."""
    is_asleep = touchpoint.status == "snoozed" and is_put_off(touchpoint, now)
    is_wanted = touchpoint.is_open and touchpoint.suggestion.is_asked_for
    return touchpoint.status in ("sent", "answered") or (
        is_wanted or (is_asleep and touchpoint.suggestion.kind in CARRIED)
    )


def _case(
    workspace: Workspace,
    item: ContactRound,
    matches: Mapping[str, Sequence[Match]],
    bad: Mapping[str, tuple[Match, ...]],
    past: _Past,
    holidays: pace.Holidays,
) -> Case:
    settings, now = workspace.config.settings, past.now
    slug, name = item.interview.company, item.person.name
    company = next(c for c in workspace.config.companies if c.slug == slug)
    began = item.interview.interviewed
    here = [c for c in past.contacts if c.company == slug and began <= c.at <= now]
    mine = [t for t in past.touchpoints if past.is_with(t.suggestion, item.identity)]
    country = pace.whose_holidays(settings.pace, company, item.person, settings.timezone)
    zone = zone_of(item.person.timezone, company.timezone, settings.timezone)
    short = releases.shortened(past.holds, past.forgotten, slug)
    heard = bad_news.hearsay(bad[slug], past.publishers)
    rules = HoldRules(settings.pace, zone, short, heard)
    holding, usual = bad_news.holding(bad[slug], rules, past.publishers, now)
    told = [m for talk in (item.interview, *item.earlier) for m in matches.get(talk.file, ())]
    told = [match for match in told if match.story.lead.published <= now]
    own = [
        hold
        for hold in past.holds
        if name and (hold.company, past.name_in_notes(hold)) == (slug, name)
    ]
    sent = {c.touchpoint: c.at for c in here if not c.answer and c.touchpoint > 0}
    counted = [c for c in past.contacts if c.at <= now and past.counts(c)]
    return Case(
        interview=item.interview,
        company=company,
        person=item.person,
        identity=item.identity,
        leads=item.leads,
        asked=item.asked,
        ahead=item.ahead,
        config=workspace.config,
        pace=settings.pace,
        zone=zone,
        is_free=pace.free_days(settings.pace, country, holidays),
        is_free_of_thanks=pace.free_of_thanks(settings.pace, country, holidays),
        now=now,
        matches=_together(told),
        bad_news=holding,
        shortened=short,
        hearsay=heard,
        usual_news=usual,
        contacts=tuple(c for c in here if c.person in ("", name)),
        everywhere=tuple(c for c in counted if past.is_with(c, item.identity)),
        colleagues=tuple(c for c in here if c.person not in ("", name) and past.counts(c)),
        touchpoints=tuple(t for t in mine if t.suggestion.company == slug),
        taken=past.taken.get((slug, name), frozenset()),
        used=past.taken.get((slug, name), frozenset()).union(
            *(marks_sent(t.suggestion) for t in mine if t.status in lifecycle.DONE),
            *(
                marks_sent(t.suggestion) | lines_offered(t.suggestion)
                for t in past.touchpoints
                if t.suggestion.company == slug and _is_promised(t, now)
            ),
        ),
        said=_read_of(t for t in past.touchpoints if t.suggestion.company == slug),
        told=_read_of(t for t in mine if t.suggestion.company == slug),
        read=tuple(
            (sent[t.id], f"{t.draft.subject}\n{t.draft.body}")
            for t in past.touchpoints
            if t.suggestion.company == slug and t.id in sent
        ),
        offered=_read_of(
            t
            for t in past.touchpoints
            if t.suggestion.company == slug and t.suggestion.kind != "thank_you"
        ),
        heard=frozenset(
            line_mark(t.suggestion.reference.talk.text)
            for t in past.touchpoints
            if t.suggestion.company == slug
            and t.status in ("sent", "answered")
            and t.suggestion.kind in ("contribution", "check_in")
            and t.suggestion.reference.talk
        ),
        own_news=person_news.own_news(name, told, [hold for hold in own if hold.released]),
        others_news=person_news.others_news((item.interview, *item.earlier), told),
        own_holds=tuple(hold for hold in own if not hold.released),
        own_field=tuple({m.story.id: m for m in told if m.own_field}.values()),
        asides=past.asides,
        replies=replies_since(past.contacts, slug, item.since or began, now),
    )


def _read_of(touchpoints: Iterable[Touchpoint]) -> frozenset[str]:
    """Return the places of the notes and the profile of which these messages told, once sent."""
    return frozenset(
        source.place
        for item in touchpoints
        if item.status in ("sent", "answered")
        for source in item.draft.sources
        if _LINE.match(source.place)
    )


_LINE = re.compile(r"data/(?:notes/.+|profile\.md), line ")


def _together(found: Iterable[Match]) -> tuple[Match, ...]:
    """Return the shown matches of one or several talks, each story once with all its evidence.

    A story that is delicate for somebody there goes to nobody there.
    """
    stories: dict[str, Match] = {}
    for match in (match for match in found if match.shown and not match.is_delicate):
        other = stories.get(match.story.id)
        if other is not None:
            better, rest = (match, other) if match.score > other.score else (other, match)
            people = (*better.for_people, *rest.for_people)
            match = replace(better, for_people=people, skill=better.skill or rest.skill)
        stories[match.story.id] = match
    return tuple(sorted(stories.values(), key=lambda item: (-item.score, item.story.id)))


def unread_companies(workspace: Workspace) -> frozenset[str]:
    """Return the companies of notes that cannot be read: an older note must not speak instead."""
    return frozenset(slug for note in workspace.unread for slug in note.companies)
