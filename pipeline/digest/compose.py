"""From plan and queue to the morning's page: what it says, in which order, in words.

Takes the open touchpoints, the plan, what is worth reading, what failed and what earlier pages
said; gives a `Digest`, every field as it is shown. Fetches, keeps and renders nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from pipeline.digest import shown as memory
from pipeline.digest.briefing import page_name
from pipeline.digest.mailto import mailto
from pipeline.digest.page_phrases import question
from pipeline.records import (
    Company,
    Config,
    Digest,
    DigestEntry,
    DigestItem,
    DigestPageState,
    Guard,
    Held,
    Match,
    Plan,
    Problem,
    ShownItem,
    Suggestion,
    Timeline,
    Touchpoint,
    Upcoming,
)
from pipeline.text import publishers
from pipeline.text.calendar import day_in, zone_of
from pipeline.text.guard_words import (
    advice_on,
    against_text,
    ahead_text,
    held_text,
    passed_text,
    upcoming_text,
)
from pipeline.text.phrasing import (
    SUMMARIES,
    TITLES,
    also_told_by,
    count_of,
    figure_of,
    long_day,
    lower_first,
    relative_day,
    shorten,
    upper_first,
)
from pipeline.text.reasons import reason_text, short_reason

_OTHERWISE = {
    Guard.BAD_NEWS: "If it isn't bad news",
    Guard.OF_THE_PERSON: "To go on as before",
}
MOST_BOXES = 3  # people to whom one story is offered: more are no page to read, our judgement
UPCOMING_DAYS = 28  # talks and decisions: as far as the plan looks ahead


@dataclass(frozen=True, slots=True)
class Counts:
    """What was looked at, for the last line."""

    feeds: int = 0
    new_articles: int = 0  # first seen on this day
    stories: int = 0  # fresh enough to be looked at
    fitting: int = 0  # shown for some interview


@dataclass(frozen=True, slots=True)
class Contents:
    """What a page is composed of."""

    plan: Plan = Plan()
    touchpoints: Sequence[Touchpoint] = ()  # of the plan's suggestions, in their order
    holds: Mapping[tuple[str, str, str], int] = field(default_factory=dict)  # by their keys
    drafts: Mapping[int, str] = field(default_factory=dict)  # a touchpoint's file, by its number
    reading: Sequence[Match] = ()  # stories that are only worth a look
    briefed: frozenset[str] = frozenset()  # companies that one meets again soon: slugs
    people: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # to write to, by company
    problems: Sequence[Problem] = ()
    undelivered: tuple[DigestItem, ...] = ()
    counts: Counts = Counts()
    shown: Sequence[ShownItem] = ()  # by the pages of earlier days
    timelines: tuple[Timeline, ...] = ()
    ahead: Sequence[Upcoming] = ()  # the messages of the next weeks, if nothing better comes
    answers: DigestPageState | None = None  # what was read from the user's pages
    seconds: int | None = None  # how long the run took; None: not shown


def compose(config: Config, contents: Contents, now: datetime) -> Digest:
    """Return the page for the day on which `now` falls in the user's time zone."""
    plan, shown, answers = contents.plan, contents.shown, contents.answers
    zone = zone_of(config.settings.timezone)
    today = day_in(zone, now)
    companies = {company.slug: company for company in config.companies}
    due = [item for item in contents.touchpoints if item.status == "suggested"]
    entries = tuple(
        _entry(item, companies, contents.drafts.get(item.id, ""), zone, today) for item in due
    )
    return Digest(
        day=today,
        headline=headline(today, [day_in(zone, item.suggestion.due) for item in due]),
        quiet=_quiet(companies, entries, plan, shown, today),
        entries=entries,
        held=_held(plan.held, contents.holds, companies, shown, today),
        upcoming=_upcoming(contents, companies, today),
        worth_a_look=tuple(
            replace(
                _reading(match, companies, zone, today),
                people=contents.people.get(match.company, ())[:MOST_BOXES],
            )
            for match in contents.reading
        ),
        troubles=(
            *(_trouble(problem, zone, today) for problem in contents.problems),
            *contents.undelivered,
        ),
        footer=_footer(contents.counts),
        timelines=contents.timelines,
        taken=answers.reported if answers else (),
        questions=(
            *(map(question, answers.questions) if answers else ()),
            *_asked(_new(plan.held, shown, today), today),
        ),
        notes=answers.notes if answers else (),
        seconds=contents.seconds,
    )


# -------------------------------------------------------------------------------------- entries


def entries_now(
    config: Config, touchpoints: Sequence[Touchpoint], drafts: Mapping[int, str], now: datetime
) -> tuple[DigestEntry, ...]:
    """Return the suggestions alone, as the page of this moment shows them."""
    zone = zone_of(config.settings.timezone)
    today = day_in(zone, now)
    companies = {company.slug: company for company in config.companies}
    return tuple(
        _entry(item, companies, drafts.get(item.id, ""), zone, today) for item in touchpoints
    )


def headline(today: date, due: Sequence[date]) -> str:
    """Return the first line of the page: the day, and how much there is to do, and when."""
    later = sorted(day for day in due if day > today)
    now = len(due) - len(later)
    if not later:
        return f"{long_day(today)}: {_to_do(now)}"
    when = relative_day(later[0], today)
    when = when if when == "tomorrow" else f"from {when} on"
    first = f"{count_of(now, 'thing')} to do today" if now else "nothing to do today"
    return f"{long_day(today)}: {first}, {count_of(len(later), 'thing')} {when}"


def _entry(
    touchpoint: Touchpoint,
    companies: Mapping[str, Company],
    file: str,
    zone: ZoneInfo,
    today: date,
) -> DigestEntry:
    what, story = touchpoint.suggestion, touchpoint.suggestion.reference
    name = _name(what.company, companies)
    due = relative_day(day_in(zone, what.due), today)
    return DigestEntry(
        id=touchpoint.id,
        kind=what.kind,
        title=TITLES[what.kind].format(who=f"{what.person}, {name}" if what.person else name),
        summary=SUMMARIES[what.kind].format(who=f"{what.person} ({name})" if what.person else name),
        company=name,
        person=what.person,
        due=due,
        because=_because(what, today),
        why_now=" ".join(
            (upper_first(reason_text(what.reason, today)), *against_text(what, name, today))
        ),
        draft=touchpoint.draft,
        mailto=mailto(touchpoint.draft),
        file=file,
        reference=story,
        source=_source(story.source, story.published, zone, today, paywalled=story.paywalled)
        + also_told_by(story.told_by),
        passed=passed_text(what, name, zone, today),
    )


def _because(what: Suggestion, today: date) -> str:
    """Return the reason in a few words, for the list at the top."""
    if what.kind == "contribution" and what.reference.title:
        return f"“{shorten(what.reference.title, 90)}”"
    return short_reason(what.reason, today)


# --------------------------------------------------------------------------------------- the rest


def _quiet(
    companies: Mapping[str, Company],
    entries: Iterable[DigestEntry],
    plan: Plan,
    shown: Sequence[ShownItem],
    today: date,
) -> tuple[str, ...]:
    """Return, for each company without a suggestion, why there is none; a decision for a while."""
    busy = {entry.company for entry in entries}
    held = [item for item in plan.held if not is_known(item, shown, today)]
    slugs = {item.company for item in plan.upcoming} | {item.company for item in held}
    return tuple(
        f"Nothing for {companies[slug].name}: {_why_quiet(companies[slug], held, plan, today)}"
        for slug in companies
        if slug in slugs and companies[slug].name not in busy
    )


def is_known(item: Held, shown: Sequence[ShownItem], today: date) -> bool:
    """Return whether this is a decision that was named for long enough."""
    return item.guard is Guard.DECIDED and memory.is_stale(shown, memory.held_key(item), today)


def _why_quiet(company: Company, held: Iterable[Held], plan: Plan, today: date) -> str:
    held = [item for item in held if item.company == company.slug]
    guards = {item.guard: item for item in reversed(held)}
    if found := guards.get(Guard.DECIDED):
        return f"{lower_first(held_text(found, company.name, today))} {advice_on(found)}".strip()
    if found := guards.get(Guard.UNREAD_NOTE):
        return held_text(found, company.name, today)
    if Guard.BAD_NEWS in guards:
        return "bad news about them is held back, below."
    if Guard.OF_THE_PERSON in guards:
        return "a story about somebody there waits for your word, below."
    if found := guards.get(Guard.UNANSWERED):
        return lower_first(held_text(found, company.name, today))
    ahead = next((item for item in plan.upcoming if item.company == company.slug), None)
    if ahead:
        return f"next, {upcoming_text(ahead, company.name)}, {relative_day(ahead.day, today)}."
    if held:
        return lower_first(held_text(held[0], company.name, today))
    return "no news that is worth a message."


def _held(
    held: Iterable[Held],
    holds: Mapping[tuple[str, str, str], int],
    companies: Mapping[str, Company],
    shown: Sequence[ShownItem],
    today: date,
) -> tuple[DigestItem, ...]:
    """Return what is held back for the user's judgement: the bad news, once for each company.

    In full where any of it is new, else in a short line: it holds, but was read. What holds
    nothing back, because it is usual for the company, is shown once.
    """
    by_company: dict[tuple[str, ...], list[Held]] = {}
    for item in held:
        if item.is_bad_news or item.is_told_once:
            story = "" if item.is_bad_news else item.story
            by_company.setdefault((item.company, item.guard, item.person, story), []).append(item)
    return tuple(
        _held_item(group, holds, _name(group[0].company, companies), shown, today)
        for group in by_company.values()
        if group[0].is_bad_news or _new(group, shown, today)
    )


def _asked(new: Iterable[Held], today: date) -> Iterator[str]:
    """Yield what the candidate is asked about people, on the first day."""
    for item in new:
        if item.guard is Guard.OF_THE_PERSON and item.is_bad_news:
            reason = held_text(item, item.company, today)
            yield f"What is to become of your messages to {item.person}? {reason}"
        elif item.guard is Guard.PERHAPS_THE_PERSON:
            yield f"Is this {item.person}? “{shorten(item.title, 120)}”"


def _name(slug: str, companies: Mapping[str, Company]) -> str:
    return companies[slug].name if slug in companies else slug


def _new(group: Iterable[Held], shown: Sequence[ShownItem], today: date) -> list[Held]:
    """Return what no earlier page said."""
    return [item for item in group if not memory.is_shown(shown, memory.held_key(item), today)]


def _held_item(
    group: Sequence[Held],
    holds: Mapping[tuple[str, str, str], int],
    company: str,
    shown: Sequence[ShownItem],
    today: date,
) -> DigestItem:
    new = _new(group, shown, today)
    newest = max(
        new or group, key=lambda item: (item.until is not None, item.until)
    )  # newest first
    held = [item for item in group if item.is_bad_news]  # what is usual has nothing to release
    numbers = sorted(holds[item.key] for item in held if item.key in holds)
    reason, advice = held_text(newest, company, today), advice_on(newest)
    way_out = "`touchpoints release " + " ".join(f"h{number}" for number in numbers) + "`"
    if not new:
        text = reason + (f" {way_out} ends it." if numbers else "")
        return DigestItem(text=text, holds=tuple(numbers))
    more = count_of(len(group) - 1, "more story holds", "more stories hold")
    return DigestItem(
        text=reason + (f" {upper_first(more)} as well." if len(group) > 1 else ""),
        title=newest.title,
        link=newest.link,
        source=company,
        advice=advice + (f" {_OTHERWISE[newest.guard]}: {way_out}." if numbers else ""),
        holds=tuple(numbers),
    )


def _upcoming(
    contents: Contents, companies: Mapping[str, Company], today: date
) -> tuple[DigestItem, ...]:
    """Return the days ahead: talks and decisions, and the messages of a plan without news."""
    last = today + timedelta(days=UPCOMING_DAYS)
    plan, ahead = contents.plan, contents.ahead
    dates = [i for i in plan.upcoming if i.kind in ("interview", "decision_day") or i.title]
    found = [item for item in dates if item.day <= last] + list(ahead)
    return tuple(
        DigestItem(
            text=f"{relative_day(item.day, today)}: {ahead_text(item, name)}",
            source=name,
            beside=page_name(item.company, item.day)
            if item.kind == "interview" and item.company in contents.briefed
            else "",
        )
        for item in sorted(found, key=lambda item: (item.day, item.company, item.person))
        for name in (_name(item.company, companies),)
    )


def _reading(
    match: Match, companies: Mapping[str, Company], zone: ZoneInfo, today: date
) -> DigestItem:
    lead = match.story.lead
    return DigestItem(
        text=f"{_name(match.company, companies)}: {shorten(match.reason, 140)}",
        title=lead.title,
        link=lead.link,
        story=match.story.id,
        sentence=match.best.sentence if match.best else "",
        source=_source(
            publishers.of(lead), lead.published, zone, today, paywalled=lead.page == "paywalled"
        )
        + also_told_by(publishers.others_of(match)),
    )


def _trouble(problem: Problem, zone: ZoneInfo, today: date) -> DigestItem:
    place = f"{problem.where}, line {problem.line}" if problem.line else problem.where
    since = ""
    if problem.since:
        since = f"since {relative_day(day_in(zone, problem.since), today)}"
    return DigestItem(text=problem.what, title=place, source=since, advice=problem.todo)


def _footer(counts: Counts) -> str:
    return (
        f"{figure_of(counts.feeds, 'feed')}, {figure_of(counts.new_articles, 'new article')}, "
        f"{figure_of(counts.stories, 'recent story', 'recent stories')}; "
        f"{counts.fitting} fitted your notes."
    )


# ----------------------------------------------------------------------------------------- words


def _to_do(count: int) -> str:
    return f"{count_of(count, 'thing')} to do" if count else "nothing worth sending today"


def _source(
    name: str, published: datetime | None, zone: ZoneInfo, today: date, *, paywalled: bool
) -> str:
    # A feed may date its story a day or two ahead; nobody has read tomorrow's paper.
    day = relative_day(min(day_in(zone, published), today), today) if published else ""
    return ", ".join(filter(None, (name, day, "for paying readers" if paywalled else "")))
