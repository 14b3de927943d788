"""What happened with each company, day by day, and what is ahead: the data of the picture.

    interview · messages and answers · what is suggested and comes up · the decision's day
    the stories that went with a message or fit best, bad news, and how many news on each day

Takes what the candidate wrote, the history, the plan and the matches; gives a `Timeline` for each
company, every text as it is shown. Bounded, so that a page stays small: what found no room is
counted. Draws nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from pipeline.records import (
    Company,
    Contact,
    History,
    Interview,
    MarkKind,
    Match,
    Plan,
    Timeline,
    TimelineMark,
    Touchpoint,
    Workspace,
)
from pipeline.records.record import dataclass
from pipeline.text import publishers
from pipeline.text.calendar import day_in, zone_of
from pipeline.text.guard_words import upcoming_text
from pipeline.text.phrasing import (
    TITLES,
    listed,
    lower_first,
    shorten,
    upper_first,
)
from pipeline.text.reasons import reply_text

# ------------------------------------------------------------ every number, and where it is from
MOST_DAYS_BACK = 56  # eight weeks: the first four gaps of the pace (7 + 10 + 14 + 21), and a few
LEAST_DAYS_BACK = 13  # two weeks with today, as far as "coming up" looks ahead
MOST_DAYS_AHEAD = 42  # six weeks: twice the pace's fourth gap; a decision later than that is said
LEAST_DAYS_AHEAD = 7
MOST_TIMELINES = 12  # as many as somebody waits for at once; the page stays readable
MOST_MARKS = 24  # more than one in three days of eight weeks, and no picture would hold them
MOST_STORIES = 4  # that only fit best: those that went with a message are shown as well
LONGEST_TITLE = 140

KINDS: tuple[MarkKind, ...] = (
    *("interview", "decision", "suggested", "heard", "wrote", "bad_news", "ahead", "news"),
)

Volume = Mapping[str, Mapping[date, int]]  # by company: how many news on each day


def timelines(
    workspace: Workspace,
    past: History,
    plan: Plan,
    matches: Mapping[str, Sequence[Match]],
    volume: Volume,
    now: datetime,
) -> tuple[Timeline, ...]:
    """Return a timeline for each company with an interview, those with a suggestion first."""
    config, zone = workspace.config, zone_of(workspace.config.settings.timezone)
    talks: dict[str, list[Interview]] = {}
    for interview in sorted(workspace.interviews, key=lambda item: (item.interviewed, item.file)):
        talks.setdefault(interview.company, []).append(interview)
    companies = {company.slug: company for company in config.companies}
    order = dict.fromkeys([item.company for item in plan.suggestions] + list(companies))
    wanted = [slug for slug in order if slug in talks and slug in companies]
    found = (
        _Ground(companies[slug], tuple(talks[slug]), past, plan, _of(matches, slug), zone, now)
        for slug in wanted[:MOST_TIMELINES]
    )
    return tuple(_timeline(ground, volume.get(ground.company.slug, {})) for ground in found)


def count_news(
    slugs: Iterable[str],
    matches: Mapping[str, Sequence[Match]],
    earlier: Volume,
    since: date,
    zone: ZoneInfo,
    today: date,
) -> dict[str, dict[date, int]]:
    """Return how many news each company had on each day: articles about it, of stories that fit.

    `matches` hold those published since that day. What earlier runs counted stays where it was
    more: a story that is too old for a message by now was news on its day.
    """
    counted = _counted(matches, zone)
    return {
        slug: _merged(earlier.get(slug) or {since: 0}, counted.get(slug, {}), today)
        for slug in slugs
    }


def _merged(earlier: Mapping[date, int], new: Mapping[date, int], today: date) -> dict[date, int]:
    oldest = today - timedelta(days=MOST_DAYS_BACK)
    days = {max(day, oldest) for day in {*earlier, *new} if day <= today}
    # Today is counted anew each time: a run that is made again counts the same.
    return {
        day: max(new.get(day, 0), earlier.get(day, 0) if day < today else 0) for day in sorted(days)
    }


def _counted(matches: Mapping[str, Sequence[Match]], zone: ZoneInfo) -> dict[str, dict[date, int]]:
    about = {
        (match.company, match.story.id): match.story
        for group in matches.values()
        for match in group
        if match.mention.about == "about"
    }
    found: dict[str, dict[date, int]] = {}
    for (slug, _), story in about.items():
        days = found.setdefault(slug, {})
        for article in (story.lead, *story.others):
            day = day_in(zone, article.published)
            days[day] = days.get(day, 0) + 1
    return found


# ------------------------------------------------------------------------------------ one company


@dataclass(frozen=True, slots=True)
class _Ground:
    """All that is known of one company."""

    company: Company
    talks: tuple[Interview, ...]  # in order of time
    past: History
    plan: Plan
    matches: tuple[Match, ...]
    zone: ZoneInfo
    now: datetime

    @property
    def today(self) -> date:
        return self.day_of(self.now)

    @property
    def contacts(self) -> list[Contact]:
        slug = self.company.slug
        return [item for item in self.past.contacts if item.company == slug and item.at <= self.now]

    @property
    def touchpoints(self) -> list[Touchpoint]:
        slug = self.company.slug
        return [item for item in self.past.touchpoints if item.suggestion.company == slug]

    def day_of(self, at: datetime) -> date:
        return day_in(self.zone, at)


def _timeline(ground: _Ground, volume: Mapping[date, int]) -> Timeline:
    today = ground.today
    marks = list(dict.fromkeys(_marks(ground)))
    days = [mark.day for mark in marks]
    first = min((d for d in days if d < today), default=today)
    last = max((d for d in days if d > today), default=today)
    back = min(max((today - first).days, LEAST_DAYS_BACK), MOST_DAYS_BACK)
    ahead = min(max((last - today).days, LEAST_DAYS_AHEAD), MOST_DAYS_AHEAD)
    since, until = today - timedelta(days=back), today + timedelta(days=ahead)
    kept = _kept([mark for mark in marks if since <= mark.day <= until], today)
    counted_from = max(min(volume, default=today), since) if volume else None
    return Timeline(
        company=ground.company.name,
        since=since,
        until=until,
        marks=kept,
        more=len(marks) - len(kept),
        counted_from=counted_from,
        volume=tuple(volume.get(day, 0) for day in _days(counted_from, today)),
    )


def _kept(marks: Sequence[TimelineMark], today: date) -> tuple[TimelineMark, ...]:
    """Return the marks that matter most, in order of time."""
    by_weight = sorted(
        marks, key=lambda m: (KINDS.index(m.kind), abs((m.day - today).days), m.text)
    )
    return tuple(sorted(by_weight[:MOST_MARKS], key=lambda m: (m.day, KINDS.index(m.kind), m.text)))


def _days(since: date | None, until: date) -> Iterator[date]:
    if since is not None:
        yield from (since + timedelta(days=n) for n in range((until - since).days + 1))


# ------------------------------------------------------------------------------------- the marks


def _marks(ground: _Ground) -> Iterator[TimelineMark]:
    for talk in ground.talks:
        yield from _of_interview(talk, ground)
    for contact in ground.contacts:
        kind: MarkKind = "heard" if contact.answer else "wrote"
        yield TimelineMark(ground.day_of(contact.at), kind, _of_contact(contact))
    for suggestion in ground.plan.suggestions:
        if suggestion.company == ground.company.slug:
            what = TITLES[suggestion.kind].format(who=suggestion.person or ground.company.name)
            day = max(ground.day_of(suggestion.due), ground.today)
            yield TimelineMark(day, "suggested", f"Suggested: {lower_first(what)}")
    yield from _ahead(ground)
    yield from _stories(ground)


def _of_interview(talk: Interview, ground: _Ground) -> Iterator[TimelineMark]:
    names = listed([person.name for person in talk.people])
    role = f" as {talk.role}" if talk.role else ""
    yield TimelineMark(
        ground.day_of(talk.interviewed),
        "interview",
        f"Interview{role}" + (f" with {names}" if names else ""),
    )
    if day := talk.decision_expected:
        tense = "is" if day >= ground.today else "was"
        yield TimelineMark(day, "decision", f"The decision {tense} expected")


def _of_contact(contact: Contact) -> str:
    who, what = contact.person, shorten(contact.what, LONGEST_TITLE)
    if contact.answer:
        said = "" if contact.touchpoint else f": “{what}”"
        return f"{who or 'They'} answered{reply_text(contact.reply)}{said}"
    if contact.touchpoint:
        return f"You wrote to {who or 'them'}: “{what}”"
    return "In touch" + (f" with {who}" if who else "") + (f": {what}" if what else "")


def _ahead(ground: _Ground) -> Iterator[TimelineMark]:
    slug = ground.company.slug
    for item in ground.plan.upcoming:
        # Interviews and expected decisions have marks of their own.
        if item.company == slug and item.kind not in ("interview", "decision_day"):
            text = upper_first(upcoming_text(item, ground.company.name))
            yield TimelineMark(item.day, "ahead", text)
    for touchpoint in ground.touchpoints:
        if touchpoint.status == "snoozed" and touchpoint.until and touchpoint.until > ground.now:
            what = touchpoint.suggestion
            title = TITLES[what.kind].format(who=what.person or ground.company.name)
            yield TimelineMark(ground.day_of(touchpoint.until), "ahead", f"Put off by you: {title}")


def _stories(ground: _Ground) -> Iterator[TimelineMark]:
    """Yield the bad news, the stories that went with a message, and those that fit best."""
    seen: set[str] = set()
    bad = [match for match in ground.matches if match.sensitive]
    for match in bad:
        if match.what_happened not in seen:
            seen |= {match.what_happened, match.story.id}
            yield _of_match(match, "bad_news", ground)
    for hold in ground.past.holds:
        if hold.company == ground.company.slug and not hold.released and hold.story not in seen:
            seen.add(hold.story)
            yield TimelineMark(ground.day_of(hold.created), "bad_news", _title(hold.title))
    for touchpoint in ground.touchpoints:
        used = touchpoint.suggestion.reference
        counts = touchpoint.status in ("suggested", "snoozed", "sent", "answered")
        if counts and used.story and used.story not in seen and used.published:
            seen.add(used.story)
            day = ground.day_of(used.published)
            yield TimelineMark(day, "news", _title(used.title), used.link, used.source)
    fit = (m for m in ground.matches if m.shown and m.mention.about == "about")
    for match in islice(_events(fit, seen), MOST_STORIES):
        yield _of_match(match, "news", ground)


def _events(fit: Iterable[Match], seen: set[str]) -> Iterator[Match]:
    """Yield the best telling of each event that was not seen, and note it."""
    for match in fit:
        tellings = {match.what_happened, match.story.id, *(story.id for story in match.told_by)}
        if not tellings & seen:
            seen |= tellings
            yield match


def _of_match(match: Match, kind: MarkKind, ground: _Ground) -> TimelineMark:
    lead = match.story.lead
    return TimelineMark(
        ground.day_of(lead.published), kind, _title(lead.title), lead.link, publishers.of(lead)
    )


def _title(text: str) -> str:
    return shorten(text, LONGEST_TITLE)


def _of(matches: Mapping[str, Sequence[Match]], slug: str) -> tuple[Match, ...]:
    """Return a company's matches of all interviews, best first."""
    found = [match for group in matches.values() for match in group if match.company == slug]
    return tuple(sorted(found, key=lambda match: (-match.score, match.story.id)))
