"""A run in which nothing can have changed leaves plan and page as the last one left them.

Also in the night, while the page of a new day waits for its hour: then there is none to make.

    seen, seen_with_news     all that a run sees, as a hash
    leave                    after a run that changed nothing: that, and until when it holds
    may_rest, nothing_came   whether this run sees the same, and that moment has not come

What is seen: what the candidate wrote, the candidate's tables, the files in `data/` that a run
writes (an answer on a page is a change of one), what the feeds brought and how they fare. Loads
nothing of what plans, composes and renders.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from pipeline import __version__
from pipeline.records import History, Left, ReadNews, Workspace
from pipeline.steps.job import Job
from pipeline.steps.morning import waits_for_morning
from pipeline.store import candidate, database, files, memory
from pipeline.text.calendar import day_in, start_of, time_from, zone_of
from pipeline.workspace.lookup import own_zone

EVER = datetime.min.replace(tzinfo=UTC)  # no border test: before all news
# What of the memory no plan and no page follows from.
ASIDE = tuple(slot.name for slot in (memory.LEFT, memory.GOOD_COPY, memory.VACUUMED))
# no border test: a run too many changes nothing
MORNING = 9  # the hour for which the next weeks are planned, as `touchpoints.forecast` has it


def seen(job: Job) -> str:
    """Return a hash of all that a run sees before it asks the feeds."""
    options = job.options
    how = (options.timed, options.scheduled, waits_for_morning(job))
    parts = (__version__, how, job.workspace, _files(job))
    told = repr(parts) + candidate.state(job.db, *ASIDE)
    return hashlib.sha256(told.encode("utf-8", "backslashreplace")).hexdigest()


def seen_with_news(job: Job, before: str, read: ReadNews) -> str:
    """Return a hash of that, of what is stored of the news, and of how the feeds fare."""
    failing = {bool(reading.state.failures) for reading in read.readings}
    changed = memory.get(job.db, memory.ARTICLES_CHANGED)
    fit = memory.get(job.db, memory.FIT)
    parts = (before, changed, fit, len(read.readings), sorted(failing), read.named)
    return hashlib.sha256(repr(parts).encode("utf-8", "backslashreplace")).hexdigest()


def may_rest(job: Job, before: str) -> bool:
    """Return whether this run finds all as a run that changed nothing left it, but for the news.

    `before` is what it sees. A run that its user watches is a whole one.
    """
    left = memory.get(job.db, memory.LEFT)
    watched = job.options.dry_run or job.options.ask_all or job.options.early
    if left is None or watched:
        return False
    return left.before == before and left.at <= job.now < left.until


def nothing_came(job: Job, whole: str) -> bool:
    """Return whether the news are those of then, too; `whole` is what a run sees with them."""
    left = memory.get(job.db, memory.LEFT)
    return left is not None and left.whole == whole


def leave(job: Job, before: str, whole: str, read: ReadNews) -> None:
    """Remember what a whole run saw, and until when plan and page hold, if it changed nothing.

    After one that changed something another one has to tell whether that is the end of it.
    """
    after = seen(job)
    if after != before or seen_with_news(job, after, read) != whole:
        return
    until = holds_until(job.workspace, _dates(job), job.now)
    with database.atomic(job.db):
        memory.put(job.db, memory.LEFT, Left(job.now, until, before, whole))


def _dates(job: Job) -> Iterator[datetime]:
    """Yield when something begins or ends of what is written, happened, was published or learnt."""
    from pipeline.digest.calendar import CANCELLED_DAYS
    from pipeline.relevance.refit import OLD_AFTER
    from pipeline.steps.stories import stored_stories

    yield from dates_of(job.workspace, candidate.load_history(job.db))
    matched = candidate.matched_stories(job.db)  # some are dated ahead
    for story in stored_stories(job.db, job.workspace, EVER, matched):
        yield story.lead.published
    calendar, fit = memory.get(job.db, memory.CALENDAR), memory.get(job.db, memory.FIT)
    for revision in calendar.revisions if calendar else ():
        if revision.cancelled:
            yield revision.since + timedelta(days=CANCELLED_DAYS)
    if fit and fit.at:
        yield fit.at + OLD_AFTER


def dates_of(workspace: Workspace, past: History) -> Iterator[datetime]:
    """Yield each moment, but for hours of the day, at which the plan or the page may be another.

    A talk or what was put off comes; or something ends that lasts from there to the minute. Most
    that lasts for days ends with one (`pace.days_after`). What begins or ends at a moment has begun
    or ended at it, everywhere: so a run of that very moment sees what follows.
    """
    from pipeline.digest.compose import ANSWER_DAYS
    from pipeline.steps.own_work import LONGEST
    from pipeline.touchpoints.cases import APART

    pace = workspace.config.settings.pace
    thanks, fresh = timedelta(hours=pace.thank_you_after_hours), timedelta(days=pace.news_days)
    for talk in workspace.interviews:
        yield from (talk.interviewed + span for span in (timedelta(0), thanks, LONGEST))
    yield from (contact.at for contact in past.contacts)  # one may be logged ahead
    for item in past.touchpoints:
        if item.status in ("sent", "answered"):
            yield from (item.changed + span for span in (APART, timedelta(days=ANSWER_DAYS)))
        yield from (item.until + span for span in (timedelta(0), fresh) if item.until)


def holds_until(workspace: Workspace, dates: Iterable[datetime], now: datetime) -> datetime:
    """Return the next moment at which the plan or the page of `now` may be another.

    One of the `dates`; or a day or office hours begin or end, or a page is read, at home or where
    somebody is written to.
    """
    return min(moment for moment in (*dates, *_hours(workspace, now)) if moment > now)


def _hours(workspace: Workspace, now: datetime) -> list[datetime]:
    """Return today's and tomorrow's hours, wherever somebody lives, at which much is decided."""
    settings = workspace.config.settings
    at_home = time_from(settings.digest.not_before)
    hours = {0: 0.0, MORNING: 0.0} | dict.fromkeys(settings.pace.hours, 0.0)
    found = []
    for zone in _zones(workspace):
        for days in (0, 1):
            begins = start_of(day_in(zone, now) + timedelta(days=days), zone)
            local = begins.astimezone(zone)
            found += [_at(local, hour) for hour in hours]
            if at_home:
                found.append(_at(local, at_home.hour, at_home.minute))
    return found


def _at(day: datetime, hour: int, minute: int = 0) -> datetime:
    """Return an hour of a day, also 24, on the clock of its place."""
    return (day.replace(hour=0) + timedelta(hours=hour, minutes=minute)).astimezone(zone_of("UTC"))


def _zones(workspace: Workspace) -> frozenset[ZoneInfo]:
    settings = workspace.config.settings
    places = {company.slug: company.timezone for company in workspace.config.companies}
    people = {
        zone_of(person.timezone, places.get(talk.company, ""), settings.timezone)
        for talk in workspace.interviews
        for person in talk.everybody
    }
    companies = {zone_of(place, settings.timezone) for place in places.values()}
    return frozenset({own_zone(workspace), *people, *companies})


# --------------------------------------------------------------------------------- what is seen


def _files(job: Job) -> list[tuple[str, int, int]]:
    """Return each file that a run writes: its name, its size, and when it last changed."""
    found = []
    for folder in files.written_folders(job.root):
        if folder.is_dir():
            found += [_look(entry) for entry in os.scandir(folder)]
    calendar = files.calendar_path(job.root)
    if calendar.exists():
        look = calendar.stat()
        found.append((calendar.name, look.st_size, look.st_mtime_ns))
    return sorted(found)


def _look(entry: os.DirEntry[str]) -> tuple[str, int, int]:
    look = entry.stat(follow_symlinks=False)
    return entry.path, look.st_size, look.st_mtime_ns
