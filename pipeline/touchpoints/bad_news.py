"""Bad news about a company: what holds back cheerful notes, and for how long.

Takes matches, holds and cases; gives the matches that hold, and a `Held` for each. A hold ends by
itself on a morning, or when the user releases it. What is bad news is decided in
`relevance.news_kinds`; a message is refused in `guards.hold_for_bad_news`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import datetime
from zoneinfo import ZoneInfo

from pipeline.records import Guard, GuardResult, Held, History, Match, PaceSettings, Workspace
from pipeline.text.calendar import day_in
from pipeline.touchpoints import pace
from pipeline.touchpoints.case import Case, marks_of, title_mark

# Kinds of bad news that large companies are in the papers for all the time. Where they are so on
# many days, they are no reason for silence: nobody there takes a note amiss because of them.
LESSER = frozenset(
    """bad results,share fall,lawsuit,investigation,criticism,leader leaves,outage,politics,
    product failure,delay,warning,rumour""".replace("\n    ", "").split(",")
)
# How long a kind of bad news holds, beside `sensitive_days`, the setting for all others: a death is
# felt for weeks, weak results for days.
GRAVITY = {
    "death": 3.0,
    "accident": 2.0,
    "crime": 2.0,
    "layoffs": 2.0,
    "closure": 2.0,
    "bankruptcy": 2.0,
    "bad results": 0.5,
    "share fall": 0.5,
    "criticism": 0.5,
    "politics": 0.5,
    "product failure": 0.5,
    "delay": 0.5,
    "rumour": 0.5,
    "warning": 0.5,
    "outage": 0.5,
}
GRAVEST = frozenset(kind for kind, factor in GRAVITY.items() if factor > 1)
USUAL_WINDOW_DAYS = 14
OF_RELEASED = 0.5  # of its days a kind holds where the user released it often; by judgement


def bad_news_about(
    workspace: Workspace,
    slug: str,
    matches: Mapping[str, Sequence[Match]],
    history: History,
    now: datetime,
) -> tuple[Match, ...]:
    """Return the bad news about a company, newest first, without those that the user released."""
    ended = [
        hold for hold in history.holds if hold.company == slug and hold.released and not hold.person
    ]
    released = {mark for hold in ended for mark in (hold.story, title_mark(hold.title))} - {""}
    files = [item.file for item in workspace.interviews if item.company == slug]
    found = {
        match.story.id: match
        for file in files
        for match in matches.get(file, ())
        if match.sensitive and match.story.lead.published <= now and not marks_of(match) & released
    }
    return tuple(
        sorted(found.values(), key=lambda m: (m.story.lead.published, m.story.id), reverse=True)
    )


def holding(
    found: Sequence[Match],
    settings: PaceSettings,
    zone: ZoneInfo,
    now: datetime,
    shortened: Set[str] = frozenset(),
) -> tuple[tuple[Match, ...], tuple[Match, ...]]:
    """Return what holds back at this moment, and what is recent but usual for the company.

    Kinds that are `shortened` hold for less time (see `releases`).
    """
    recent = [match for match in found if _ends(match, settings, zone, shortened) > now]
    lesser = [match for match in found if is_lesser(match)]
    since = pace.days_after(now, -USUAL_WINDOW_DAYS, zone)
    days = {
        day_in(zone, match.story.lead.published)
        for match in lesser
        if match.story.lead.published >= since
    }
    if len(days) < settings.usual_days:
        return tuple(recent), ()
    grave = tuple(match for match in recent if not is_lesser(match))
    return grave, tuple(match for match in recent if is_lesser(match))


def is_lesser(match: Match) -> bool:
    """Return whether all that is bad about it is of the kinds that may be usual."""
    return set(bad_news_of(match)) <= LESSER


def hold_ends(match: Match, case: Case) -> datetime:
    """Return the morning on which bad news no longer holds anything back."""
    return _ends(match, case.pace, case.zone, case.shortened)


def _ends(match: Match, settings: PaceSettings, zone: ZoneInfo, shortened: Set[str]) -> datetime:
    return pace.days_after(match.story.lead.published, hold_days(match, settings, shortened), zone)


def longest_hold(settings: PaceSettings) -> int:
    """Return for how many days the gravest news hold messages back."""
    return math.ceil(max(GRAVITY.values()) * settings.sensitive_days)


def hold_days(match: Match, settings: PaceSettings, shortened: Set[str] = frozenset()) -> int:
    """Return for how many days a piece of bad news holds messages back, by its kind."""
    factor = max(
        (
            GRAVITY.get(kind, 1.0) * (OF_RELEASED if kind in shortened else 1.0)
            for kind in bad_news_of(match)
        ),
        default=1.0,
    )
    return math.ceil(factor * settings.sensitive_days)


def bad_news_of(match: Match) -> tuple[str, ...]:
    """Return what kinds of bad news it is: ("layoffs",)."""
    return (match.verdict.kind,) if match.verdict and match.sensitive else ()


def held_news(cases: Iterable[Case]) -> list[Held]:
    """Return each bad event once, by its latest telling, aside from the messages it holds back."""
    found: dict[tuple[str, str], Held] = {}
    for case in cases:
        for match in case.bad_news:
            found.setdefault((case.company.slug, match.what_happened), _held(match, case))
        if case.usual_news:
            found.setdefault((case.company.slug, ""), _usual(case))
    return list(found.values())


def _held(match: Match, case: Case) -> Held:
    lead, until = match.story.lead, hold_ends(match, case)
    return Held(
        GuardResult(Guard.BAD_NEWS, until=case.day_of(until), bad_news=bad_news_of(match)),
        company=case.company.slug,
        person="",
        story=match.what_happened,
        title=lead.title,
        link=lead.link,
        until=until,
    )


def _usual(case: Case) -> Held:
    newest = case.usual_news[0]
    kinds = sorted({kind for match in case.usual_news for kind in bad_news_of(match)})
    return Held(
        GuardResult(Guard.USUAL_BAD_NEWS, count=len(case.usual_news), bad_news=tuple(kinds)),
        company=case.company.slug,
        person="",
        story=newest.what_happened,
        title=newest.story.lead.title,
        link=newest.story.lead.link,
    )
