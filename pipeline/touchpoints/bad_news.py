"""Bad news about a company: what holds back cheerful notes, for how long, and the advice given.

Takes matches, holds and cases; gives the matches that hold, and a `Held` for each. A hold ends by
itself on a morning, or when the user releases it. What is bad news is decided in
`relevance.news_kinds`; a message is refused in `guards.hold_for_bad_news`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from pipeline.records import Guard, Held, History, Match, PaceSettings, Workspace
from pipeline.text.calendar import day_in
from pipeline.text.phrasing import count_of, long_day, upper_first
from pipeline.touchpoints import pace
from pipeline.touchpoints.case import Case, marks_of, title_mark

# Kinds of bad news that large companies are in the papers for all the time. Where they are so on
# many days, they are no reason for silence: nobody there takes a note amiss because of them.
LESSER = frozenset(
    ("bad results", "lawsuit", "investigation", "controversy", "departure", "outage")
)
USUAL_WINDOW_DAYS = 14

# What to do about bad news, by its kind; the first that fits.
_ADVICE: tuple[tuple[frozenset[str], str], ...] = (
    (
        frozenset({"death", "accident", "attack"}),
        "If you know somebody whom it touches, a word of sympathy in your own words is right, and "
        "no template. Otherwise do nothing.",
    ),
    (
        frozenset({"layoffs", "bankruptcy", "strike"}),
        "If you know somebody there, a line in your own words is kinder than any template. "
        "Otherwise: wait.",
    ),
)
_WAIT = "Do nothing, and don't mention it: it is theirs to deal with. Wait."


def bad_news_about(
    workspace: Workspace,
    slug: str,
    matches: Mapping[str, Sequence[Match]],
    history: History,
    now: datetime,
) -> tuple[Match, ...]:
    """Return the bad news about a company, newest first, without those that the user released."""
    ended = [hold for hold in history.holds if hold.company == slug and hold.released]
    released = {mark for hold in ended for mark in (hold.story, title_mark(hold.title))} - {""}
    files = [item.file for item in workspace.interviews if item.company == slug]
    found = {
        match.story.id: match
        for file in files
        for match in matches.get(file, ())
        if match.sensitive
        and match.story.lead.published <= now
        and not marks_of(match.story) & released
    }
    return tuple(
        sorted(found.values(), key=lambda m: (m.story.lead.published, m.story.id), reverse=True)
    )


def holding(
    found: Sequence[Match], settings: PaceSettings, zone: ZoneInfo, now: datetime
) -> tuple[tuple[Match, ...], tuple[Match, ...]]:
    """Return what holds back at this moment, and what is recent but usual for the company."""
    recent = [
        match
        for match in found
        if pace.days_after(match.story.lead.published, settings.sensitive_days, zone) > now
    ]
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
    return {event.kind for event in match.events if event.sensitive} <= LESSER


def hold_ends(match: Match, case: Case) -> datetime:
    """Return the morning on which bad news no longer holds anything back."""
    return case.days_after(match.story.lead.published, case.pace.sensitive_days)


def bad_news_of(match: Match) -> str:
    """Return what kind of bad news it is: "layoffs"."""
    return ", ".join(event.kind for event in match.events if event.sensitive) or "bad news"


def held_news(cases: Iterable[Case]) -> list[Held]:
    """Return each piece of bad news once, aside from the messages that it holds back."""
    found: dict[tuple[str, str], Held] = {}
    for case in cases:
        for match in case.bad_news:
            found[case.company.slug, match.story.id] = _held(match, case)
        if case.usual_news:
            found.setdefault((case.company.slug, ""), _usual(case))
    return list(found.values())


def _held(match: Match, case: Case) -> Held:
    lead, until = match.story.lead, hold_ends(match, case)
    kinds = {event.kind for event in match.events if event.sensitive}
    return Held(
        guard=Guard.BAD_NEWS,
        company=case.company.slug,
        person="",
        reason=f"Bad news about {case.company.name} ({bad_news_of(match)}). "
        f"Nothing cheerful goes there before {long_day(case.day_of(until))}.",
        story=match.story.id,
        title=lead.title,
        link=lead.link,
        advice=next((says for which, says in _ADVICE if which & kinds), _WAIT),
        until=until,
    )


def _usual(case: Case) -> Held:
    newest = case.usual_news[0]
    kinds = sorted({e.kind for m in case.usual_news for e in m.events if e.sensitive})
    several = len(case.usual_news) > 1
    stories = count_of(len(case.usual_news), "story", "stories")
    return Held(
        guard=Guard.USUAL_BAD_NEWS,
        company=case.company.slug,
        person="",
        reason=f"{upper_first(stories)} of the kind that {case.company.name} is in the papers for "
        f"most of the time ({', '.join(kinds)}): {'they hold' if several else 'it holds'} "
        "nothing back.",
        story=newest.story.id,
        title=newest.story.lead.title,
        link=newest.story.lead.link,
        advice="Look once before you write, and don't mention it.",
    )
