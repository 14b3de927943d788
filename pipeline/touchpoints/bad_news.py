"""Bad news about a company: what holds back cheerful notes, and for how long.

Takes matches, holds and cases; gives the matches that hold, and a `Held` for each. A hold ends by
itself on a morning, or when the user releases it. What is bad news is decided in
`relevance.news_kinds`; a message is refused in `guards.hold_for_bad_news`.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import date, datetime, timedelta

from pipeline.records import Guard, GuardResult, Held, History, Match, PaceSettings, Workspace
from pipeline.text.calendar import day_in
from pipeline.text.publishers import Publishers
from pipeline.touchpoints import pace
from pipeline.touchpoints.case import Case, HoldRules, marks_of, title_mark

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
# What one publisher alone tells, neither the company nor a search, is a question: its hold is long
# enough to look elsewhere, and nobody keeps a company silent by telling more of it. By judgement.
HEARSAY_DAYS = 2
OF_LIFE = frozenset(("death", "accident"))  # for them a cheerful note is not forgiven: a week, and
OF_LIFE_DAYS = 7  # no other hold of the publisher's after it (an explosion that one paper had)
HEARSAY_AT_MOST = 2  # holds of one publisher about one company in the window below
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


def hearsay(found: Sequence[Match], publishers: Publishers) -> dict[str, str]:
    """Return for each piece of bad news that one publisher alone tells who that is."""
    bad = {match.story.id for match in found}
    told = {}
    for match in found:
        stories = [match.story, *(story for story in match.told_by if story.id in bad)]
        if not match.mention.own and (teller := publishers.alone(stories)):
            told[match.story.id] = teller
    return told


def holding(
    found: Sequence[Match], rules: HoldRules, publishers: Publishers, now: datetime
) -> tuple[tuple[Match, ...], tuple[Match, ...]]:
    """Return what holds back at this moment, and what is recent but holds nothing.

    That is what is usual for the company, and what one publisher tells beyond its holds.
    """
    recent = [match for match in found if hold_ends(match, rules) > now]
    usual = _usual_kinds(found, rules, publishers, now)
    beyond = _beyond(found, rules.hearsay, publishers)
    aside = tuple(
        match
        for match in recent
        if match.story.id in beyond or usual.issuperset(bad_news_of(match))
    )
    return tuple(match for match in recent if match not in aside), aside


def _usual_kinds(
    found: Sequence[Match], rules: HoldRules, publishers: Publishers, now: datetime
) -> set[str]:
    """Return the lesser kinds that two publishers or more told of on many days."""
    since = pace.days_after(now, -USUAL_WINDOW_DAYS, rules.zone)
    tellers: dict[tuple[str, date], set[str]] = {}
    for match in found:
        lead = match.story.lead
        if is_lesser(match) and lead.published >= since:
            told = map(publishers.teller, (lead, *match.story.others))
            day = day_in(rules.zone, lead.published)
            tellers.setdefault((bad_news_of(match)[0], day), set()).update(told)
    days = Counter(kind for (kind, _), names in tellers.items() if len(names) > 1)
    return {kind for kind, count in days.items() if count >= rules.pace.usual_days}


def _beyond(found: Sequence[Match], alone: Mapping[str, str], publishers: Publishers) -> set[str]:
    """Return the stories of a publisher who had its holds in the days before.

    Where others have the same text, of all of them: who copies uses up nobody else's holds.
    """
    window = timedelta(days=USUAL_WINDOW_DAYS)
    beyond: set[str] = set()
    heard: dict[str, list[tuple[datetime, int]]] = {}
    for match in sorted(found, key=lambda item: (item.story.lead.published, item.story.id)):
        at = match.story.lead.published
        if teller := alone.get(match.story.id):
            tellers = {teller, *map(publishers.teller, match.story.others)}
            spent = (
                sum(times for when, times in heard.get(name, ()) if at - when < window)
                for name in tellers
            )
            of_life = not OF_LIFE.isdisjoint(bad_news_of(match))
            is_first_of_life = of_life and not any(
                times == HEARSAY_AT_MOST and at - when < window
                for when, times in heard.get(teller, ())
            )
            if min(spent) >= HEARSAY_AT_MOST and not is_first_of_life:
                beyond.add(match.story.id)
            heard.setdefault(teller, []).append((at, HEARSAY_AT_MOST if of_life else 1))
    return beyond


def is_lesser(match: Match) -> bool:
    """Return whether all that is bad about it is of the kinds that may be usual."""
    return set(bad_news_of(match)) <= LESSER


def hold_ends(match: Match, rules: HoldRules) -> datetime:
    """Return the morning on which bad news no longer holds anything back.

    The time to look elsewhere begins when it was read: on a first page it may be some days old.
    """
    lead, days = match.story.lead, hold_days(match, rules.pace, rules.shortened)
    ends = pace.days_after(lead.published, days, rules.zone)
    if match.story.id not in rules.hearsay:
        return ends
    days = HEARSAY_DAYS if OF_LIFE.isdisjoint(bad_news_of(match)) else OF_LIFE_DAYS
    return min(ends, pace.days_after(max(lead.published, lead.seen), days, rules.zone))


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
    lead, until = match.judged_by.lead, hold_ends(match, case.hold_rules)
    return Held(
        GuardResult(
            Guard.BAD_NEWS,
            until=case.day_of(until),
            bad_news=bad_news_of(match),
            told_by=case.hold_rules.hearsay.get(match.story.id, ""),
        ),
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
        GuardResult(
            Guard.USUAL_BAD_NEWS,
            count=len(case.usual_news),
            bad_news=tuple(kinds),
            told_by=case.hearsay.get(newest.story.id, ""),
        ),
        company=case.company.slug,
        person="",
        story=newest.what_happened,
        title=newest.judged_by.lead.title,
        link=newest.judged_by.lead.link,
    )
