"""What one run did: counts in and out of each stage, problems, seconds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.records import Digest, Problem, ReadNews, to_plain
from pipeline.records.record import dataclass
from pipeline.steps.job import Job
from pipeline.steps.morning import waits_for_morning
from pipeline.steps.reading import troubles
from pipeline.store import candidate, files, memory, news
from pipeline.store.database import atomic

if TYPE_CHECKING:
    from pipeline.steps.composing import Results
    from pipeline.steps.day import DayPage


@dataclass(frozen=True, slots=True)
class Report:
    """What one run did: counts in and out of each stage, problems, seconds."""

    day: date
    counts: Mapping[str, int]
    problems: tuple[Problem, ...]
    seconds: Mapping[str, float]
    page: Callable[[], Digest]
    waits: bool = False  # for the morning: the page was not written
    moves: tuple[str, ...] = ()
    refused: Mapping[str, int] = field(default_factory=dict)
    failed: bool = False  # something after the reading: the next run tries it again

    @property
    def digest(self) -> Digest:
        """The day's page: read where the run rested, as nobody may ask; empty if it waits, too.

        Of a whole run that waits, as it would be now.
        """
        return self.page()


def report_of(
    job: Job,
    results: Results,
    page: DayPage,
    seconds: Mapping[str, float],
    *,
    waits: bool,
    failed: Iterable[Problem] = (),
) -> Report:
    """Count what came in and went out of each stage; `failed` is what failed after the reading."""
    from pipeline.text.guard_words import moved_text

    read, found, day = results.news, results.found, results.day
    failed = tuple(failed)
    matches = [match for group in found.matches.values() for match in group]
    return Report(
        day=page.digest.day,
        counts={
            **_counted(read),
            "articles_stored": news.article_count(job.db),
            "stories": found.stories,
            "matches": sum(match.shown for match in matches),
            "sensitive": sum(match.sensitive for match in matches),
            "suggested": len(day.plan.suggestions),
            "held": len(day.plan.held),
        },
        problems=(*job.workspace.problems, *troubles(read.readings), *failed),
        seconds=seconds,
        page=lambda: page.digest,
        waits=waits,
        moves=tuple(
            f"{new.id} {new.status}: {moved_text(new, name, page.digest.day)}"
            for _, new in day.moves
            for name in (job.workspace.config.name_of(new.suggestion.company),)
        ),
        refused=_refused(read),
        failed=bool(failed),
    )


def keep_rest(
    job: Job, read: ReadNews, seconds: Mapping[str, float], failed: tuple[Problem, ...]
) -> Report:
    """Keep and return the report of a run that rested: as the last one's, but for the feeds."""
    last, waits = candidate.last_report(job.db), waits_for_morning(job)
    counts = {name: value for name, value in last.items() if name in COUNTED}
    report = Report(
        day=job.today,
        counts={**counts, **_counted(read)},
        problems=(*job.workspace.problems, *troubles(read.readings), *failed),
        seconds=seconds,
        page=partial(_page_as_left, job.root, job.today, waits=waits),
        waits=waits,
        refused=_refused(read),
        failed=bool(failed),
    )
    with atomic(job.db):
        if not waits:
            news.keep_feed_states(job.db, read.states)
        candidate.keep_run(job.db, job.now, _to_keep(job, report))
    return report


def _page_as_left(root: Path, day: date, *, waits: bool) -> Digest:
    from pipeline.digest.digest_json import from_json

    if waits:
        return Digest(day, "")
    path = files.digest_path(root, day, "json")  # as it was then: `rest` looked
    return from_json((files.content_of(path) or b"").decode("utf-8"))


# What of a report does not depend on how the feeds were read.
COUNTED = ("articles_stored", "stories", "matches", "sensitive", "suggested", "held")


def _counted(read: ReadNews) -> dict[str, int]:
    outcomes = [reading.outcome for reading in read.readings]
    return {
        "feeds": len(read.readings),
        "feeds_new": outcomes.count("new"),
        "feeds_same": outcomes.count("same"),
        "feeds_failed": outcomes.count("failed"),
        "feeds_resting": outcomes.count("resting"),
        "articles_read": read.articles,
    }


def _refused(read: ReadNews) -> dict[str, int]:
    return dict(sorted(Counter(r for one in read.readings for r in one.refused).items()))


def keep_run(job: Job, read: ReadNews, page: DayPage, report: Report) -> None:
    """Keep the report, and what the page showed, where the page was made."""
    with atomic(job.db):
        if not report.waits:
            news.keep_feed_states(job.db, read.states)
            memory.put(job.db, memory.SHOWN, page.shown)
            memory.put(job.db, memory.VOLUME, page.volume)
        candidate.keep_run(job.db, job.now, _to_keep(job, report))


def _to_keep(job: Job, report: Report) -> dict[str, Any]:
    options = job.options
    return {**report_plain(report), "scheduled": options.scheduled, "as_of": options.as_of}


def report_plain(report: Report) -> dict[str, Any]:
    """Return the report as `run --json` prints it."""
    return {
        "day": report.day.isoformat(),
        "waits": report.waits,
        **report.counts,
        "refused": dict(report.refused),
        "moves": list(report.moves),
        "problems": [to_plain(problem) for problem in report.problems],
        "seconds": {stage: round(value, 3) for stage, value in report.seconds.items()},
    }
