"""From plan and queue to the morning's page: what it says, in which order, in words.

Takes the open touchpoints, the plan, what is worth reading, what failed and what earlier pages
said; gives a `Digest`, every field as it is shown. Fetches, keeps and renders nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from pipeline.digest import shown as earlier_pages
from pipeline.digest.briefing import page_name
from pipeline.digest.mailto import mailto
from pipeline.digest.page_phrases import question
from pipeline.records import (
    Company,
    CompanyRow,
    Config,
    Digest,
    DigestEntry,
    DigestItem,
    DigestPageState,
    Guard,
    Held,
    Match,
    OtherTopic,
    Plan,
    Problem,
    SentMessage,
    ShownItem,
    Suggestion,
    Timeline,
    Touchpoint,
    Upcoming,
)
from pipeline.records.record import dataclass
from pipeline.text import publishers
from pipeline.text.calendar import day_in, zone_of
from pipeline.text.guard_words import (
    advice_on,
    against_text,
    ahead_text,
    held_text,
    passed_text,
    wrong_company_said,
)
from pipeline.text.phrasing import (
    SHOWN_ID,
    SUMMARIES,
    TITLES,
    also_told_by,
    count_of,
    figure_of,
    long_day,
    lower_first,
    near_day,
    relative_day,
    shorten,
    upper_first,
)
from pipeline.text.reasons import reason_text, short_reason

_OTHERWISE = {
    Guard.BAD_NEWS: "If it isn't bad news",
    Guard.OF_THE_PERSON: "To go on as before",
}
TONES = {
    "good": "good news",
    "neutral": "neither good nor bad news",
    "bad": "bad news",
    "unsure": "not clear if good or bad news",
}
MOST_BOXES = 3  # people to whom one story is offered: more are no page to read, our judgement
MOST_SENT = 8  # messages without an answer: more are no page to read, our judgement
ANSWER_DAYS = 60  # for how long an answer is waited for: a gap of the pace, doubled
UPCOMING_DAYS = 7  # a week; what is further ahead stands in the table


@dataclass(frozen=True, slots=True)
class Counts:
    """What was looked at, for the last line."""

    feeds: int = 0
    new_articles: int = 0  # first seen on this day
    stories: int = 0  # fresh enough to be looked at
    fitting: int = 0  # shown for some interview
    muted: tuple[str, ...] = ()  # the word for each new story that was muted
    passed_over: tuple[str, ...] = ()  # why each story that was worth a look found no place


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
    rows: tuple[CompanyRow, ...] = ()  # where things stand
    reasons: Sequence[str] = ()  # why there is nothing
    put_off: Sequence[Touchpoint] = ()  # by the user, until a day to come
    expired: Sequence[Touchpoint] = ()
    timelines: tuple[Timeline, ...] = ()
    ahead: Sequence[Upcoming] = ()  # the messages of the next weeks, if nothing better comes
    sent: Sequence[Touchpoint] = ()  # without an answer, newest first
    answers: DigestPageState | None = None  # what was read from the user's pages
    seconds: int | None = None  # how long the run took; None: not shown
    other_topics: Mapping[int, tuple[OtherTopic, ...]] = field(default_factory=dict)


def compose(config: Config, contents: Contents, now: datetime) -> Digest:
    """Return the page for the day on which `now` falls in the user's time zone."""
    plan, shown, answers = contents.plan, contents.shown, contents.answers
    zone = zone_of(config.settings.timezone)
    today = day_in(zone, now)
    companies = {company.slug: company for company in config.companies}
    due = [item for item in contents.touchpoints if item.status == "suggested"]
    entries = tuple(
        replace(
            _entry(item, companies, contents.drafts.get(item.id, ""), zone, today),
            since=long_day(day) if (day := earlier_pages.waits_since(item, shown, today)) else "",
            other_topics=contents.other_topics.get(item.id, ()),
        )
        for item in due
    )
    return Digest(
        day=today,
        headline=headline(today, [day_in(zone, item.suggestion.due) for item in due]),
        quiet=tuple(contents.reasons),
        entries=entries,
        held=_held(contents, companies, today),
        upcoming=_upcoming(contents, companies, zone, today),
        sent=tuple(_sent(item, companies, zone, today) for item in contents.sent),
        worth_a_look=tuple(
            replace(
                _reading(match, companies, zone, today),
                people=_to_write_to(match, contents.people.get(match.company, ())),
            )
            for match in contents.reading
        ),
        troubles=(
            *(_trouble(problem, zone, today) for problem in contents.problems),
            *contents.undelivered,
        ),
        footer=_footer(contents.counts),
        companies=contents.rows,
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
    config: Config,
    touchpoints: Sequence[Touchpoint],
    drafts: Mapping[int, str],
    now: datetime,
    other_topics: Mapping[int, tuple[OtherTopic, ...]],
) -> tuple[DigestEntry, ...]:
    """Return the suggestions alone, as the page of this moment shows them."""
    zone = zone_of(config.settings.timezone)
    today = day_in(zone, now)
    companies = {company.slug: company for company in config.companies}
    return tuple(
        replace(
            _entry(item, companies, drafts.get(item.id, ""), zone, today),
            other_topics=other_topics.get(item.id, ()),
        )
        for item in touchpoints
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
    day = day_in(zone, what.due)
    since = near_day(day, today)
    long = f"waiting for {since.removesuffix(' ago')}"  # "waiting for 11 days"
    waits = long if since.endswith(" ago") else f"waiting since {since}"
    due = waits if day < today else relative_day(day, today)
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
        is_asked_for=what.is_asked_for,
    )


def _to_write_to(match: Match, people: tuple[str, ...]) -> tuple[str, ...]:
    """Return to whom one could write about a story: those whose own lines found it, if so.

    About a death or an accident nobody is written to with a template.
    """
    if match.is_grave:
        return ()
    owners = match.found_by_lines_of or people
    return tuple(name for name in people if name in owners)[:MOST_BOXES]


def _because(what: Suggestion, today: date) -> str:
    """Return the reason in a few words, for the list at the top."""
    title = f"“{shorten(what.reference.title, 90)}”" if what.reference.title else ""
    if what.is_asked_for and title:
        return f"you wanted to write about {title}" + ("; mind “why now”" if what.against else "")
    return title if what.kind == "contribution" and title else short_reason(what.reason, today)


# --------------------------------------------------------------------------------------- the rest


def is_known(item: Held, shown: Sequence[ShownItem], today: date) -> bool:
    """Return whether this is a decision that was named for long enough."""
    return item.guard is Guard.DECIDED and earlier_pages.is_stale(
        shown, earlier_pages.held_key(item), today
    )


def _held(
    contents: Contents, companies: Mapping[str, Company], today: date
) -> tuple[DigestItem, ...]:
    """Return what is held back for the user's judgement: the bad news, once for each company.

    Once: on the days after, the row of the company says that it holds.
    """
    by_company: dict[tuple[str, ...], list[Held]] = {}
    for item in contents.plan.held:
        if item.is_bad_news or item.is_told_once:
            story = "" if item.is_bad_news else item.story
            by_company.setdefault((item.company, item.guard, item.person, story), []).append(item)
    return tuple(
        _held_item(group, contents, _name(group[0].company, companies), today)
        for group in by_company.values()
        if _new(group, contents.shown, today)
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
    return [
        item
        for item in group
        if not earlier_pages.is_shown(shown, earlier_pages.held_key(item), today)
    ]


def _held_item(group: Sequence[Held], contents: Contents, company: str, today: date) -> DigestItem:
    new, holds = _new(group, contents.shown, today), contents.holds
    newest = max(new, key=lambda item: (item.until is not None, item.until))
    held = [item for item in group if item.is_bad_news]  # what is usual has nothing to release
    known = contents.people.get(newest.company, ())
    numbers = sorted(holds[item.key] for item in held if item.key in holds)
    reason, advice = held_text(newest, company, today), advice_on(newest, known)
    hold = holds.get(newest.key, 0) if newest in held else 0
    way_out = "`touchpoints release " + " ".join(f"h{number}" for number in numbers) + "`"
    release = f"{_OTHERWISE[newest.guard]}: {way_out}." if numbers else ""
    wrong = wrong_company_said(hold) if hold else ""
    more = count_of(len(group) - 1, "more story holds", "more stories hold")
    stopped = (_stopped(item) for item in contents.expired if _is_stopped_by(item, newest))
    return DigestItem(
        text=" ".join(
            (reason, *([f"{upper_first(more)} as well."] if len(group) > 1 else ()), *stopped)
        ),
        title=newest.title,
        link=newest.link,
        source=company,
        advice=" ".join(filter(None, (advice, release, wrong))),
        holds=tuple(numbers),
        hold=hold,
    )


def _is_stopped_by(item: Touchpoint, held: Held) -> bool:
    """Return whether news is what took a message off the list that the user had asked for."""
    what, result = item.suggestion, item.expiry.result if item.expiry else None
    is_its_guard = result is not None and result.guard is held.guard and held.is_bad_news
    is_theirs = what.company == held.company and held.person in ("", what.person)
    return what.is_asked_for and is_its_guard and is_theirs


def _stopped(item: Touchpoint) -> str:
    """Return what is off the list, and how it is asked for again."""
    what, story = item.suggestion, item.suggestion.reference
    title = lower_first(TITLES[what.kind].format(who=what.person))
    again = f'`touchpoints draft --story {story.story[:SHOWN_ID]} --to "{what.person}"`'
    return (
        f"Off the list with it: {title}, “{shorten(story.title, 80)}”, which you wanted to write "
        f"about. {again} asks for it again."
    )


def _upcoming(
    contents: Contents, companies: Mapping[str, Company], zone: ZoneInfo, today: date
) -> tuple[DigestItem, ...]:
    """Return a week's talks, decisions and messages, and all that the user put off.

    What the company's row says is not said again.
    """
    in_rows = {
        (row.company, step.text, step.day)
        for row in contents.rows
        for step in row.steps
        if step.day
    }
    last = today + timedelta(days=UPCOMING_DAYS)
    put_off = {item.suggestion.key: item for item in contents.put_off}
    dates = [
        item
        for item in contents.plan.upcoming
        if item.kind in ("interview", "decision_day", "promise") or item.title
    ]
    week = [i for i in (*dates, *contents.ahead) if i.day <= last and i.key not in put_off]
    found = []
    for item in week:
        is_near = item.kind == "interview" and item.company in contents.briefed
        beside = page_name(item.company, item.day) if is_near else ""
        text = ahead_text(item, _name(item.company, companies))
        found.append((item.day, item.company, text, beside))
    for touchpoint in contents.put_off:
        what = touchpoint.suggestion
        who = what.person or _name(what.company, companies)
        title = f"{lower_first(TITLES[what.kind].format(who=who))}, put off"
        until = day_in(zone, touchpoint.until or what.due)
        found.append((until, what.company, title, ""))
    return tuple(
        DigestItem(
            text=f"{near_day(day, today)}: {text}",
            source=_name(slug, companies),
            beside=beside,
        )
        for day, slug, text, beside in sorted(found)
        if (_name(slug, companies), text, day) not in in_rows
    )


def _sent(
    touchpoint: Touchpoint, companies: Mapping[str, Company], zone: ZoneInfo, today: date
) -> SentMessage:
    what, name = touchpoint.suggestion, _name(touchpoint.suggestion.company, companies)
    to = f"{what.person} ({name})" if what.person else name
    return SentMessage(touchpoint.id, f"{to}, {near_day(day_in(zone, touchpoint.changed), today)}")


def waiting_for_an_answer(
    touchpoints: Iterable[Touchpoint], companies: Iterable[str], now: datetime
) -> tuple[Touchpoint, ...]:
    """Return the newest message to each person without an answer, newest first; a few."""
    since = now - timedelta(days=ANSWER_DAYS)
    wanted = set(companies)
    newest: dict[tuple[str, str], Touchpoint] = {}
    for item in sorted(touchpoints, key=lambda one: (one.changed, one.id)):
        what = item.suggestion
        is_wanted = what.company in wanted and what.kind not in ("congratulation", "answer")
        if is_wanted and item.status in ("sent", "answered") and item.changed > since:
            newest[what.company, what.person] = item
    found = [item for item in newest.values() if item.status == "sent"]
    return tuple(sorted(found, key=lambda one: (one.changed, one.id), reverse=True)[:MOST_SENT])


def _reading(
    match: Match, companies: Mapping[str, Company], zone: ZoneInfo, today: date
) -> DigestItem:
    lead, verdict = match.story.lead, match.verdict
    about = _name(match.company, companies)
    if verdict:
        kind = f" ({verdict.kind})" if verdict.kind not in ("", "other") else ""
        about += f", {TONES[verdict.tone]}{kind}"
    return DigestItem(
        text=f"{about}: {shorten(match.reason, 140)}",
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
        since = f"since {long_day(day_in(zone, problem.since))}"
    return DigestItem(text=problem.what, title=place, source=since, advice=problem.todo)


def _footer(counts: Counts) -> str:
    words = ", ".join(f"“{word}”" for word in dict.fromkeys(counts.muted))
    muted = f" {figure_of(len(counts.muted), 'new story', 'new stories')} muted: {words}."
    more = figure_of(len(counts.passed_over), "more story", "more stories")
    why = ", ".join(dict.fromkeys(counts.passed_over))
    passed = f" {more} worth a look found no place: {why}."
    return (
        f"{figure_of(counts.feeds, 'feed')}, {figure_of(counts.new_articles, 'new article')}, "
        f"{figure_of(counts.stories, 'recent story', 'recent stories')}; "
        f"{counts.fitting} fitted your notes." + (muted if words else "") + (passed if why else "")
    )


# ----------------------------------------------------------------------------------------- words


def _to_do(count: int) -> str:
    return f"{count_of(count, 'thing')} to do" if count else "nothing worth sending today"


def _source(
    name: str, published: datetime | None, zone: ZoneInfo, today: date, *, paywalled: bool
) -> str:
    # A feed may date its story a day or two ahead; nobody has read tomorrow's paper.
    day = near_day(min(day_in(zone, published), today), today) if published else ""
    return ", ".join(filter(None, (name, day, "for paying readers" if paywalled else "")))
