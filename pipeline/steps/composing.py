"""The day's page, composed by `day.composed` from what is stored. Written by `pages.py`."""

from __future__ import annotations

from pipeline.news.feed_words import OWN_NETWORK
from pipeline.records import Briefing, DigestItem, DigestPageState, Problem, Reading, ReadNews
from pipeline.records.record import dataclass
from pipeline.steps import coverage
from pipeline.steps.day import Candidate, DayPage, DayPlan, NewsSummary, briefed, briefing, composed
from pipeline.steps.job import Job
from pipeline.steps.pages import seconds_shown
from pipeline.steps.scoring import FoundStories, muted_today
from pipeline.store import memory, news
from pipeline.workspace.lookup import start_of_day


@dataclass(frozen=True, slots=True)
class Results:
    """What the steps before the page gave."""

    answers: DigestPageState
    news: ReadNews
    found: FoundStories
    day: DayPlan
    recovered: tuple[Problem, ...] = ()  # of a damaged database, today


def compose_page(
    job: Job, results: Results, took: float, *, undelivered: tuple[DigestItem, ...] = ()
) -> DayPage:
    """Return the page; `took`: the seconds of this run so far, shown where that is wanted."""
    values = Candidate(
        job.workspace,
        results.day.history,
        shown=memory.get(job.db, memory.SHOWN) or (),
        volume=memory.get(job.db, memory.VOLUME) or {},
    )
    uncovered = coverage.to_name(job.db, job.workspace, job.now, job.today)
    summary = NewsSummary(
        feeds=len(results.news.readings),
        new_articles=news.seen_since(job.db, start_of_day(job.workspace, job.now)),
        stories=results.found.stories,
        problems=(*results.recovered, *_but_the_network(results.news), *uncovered),
        undelivered=undelivered,
        reasons=_why_no_articles(results.news),
        muted=muted_today(job.db, job.workspace, job.now),
        seconds=seconds_shown(job.root, job.today, took) if job.options.timed else None,
        watched=job.options.early,
    )
    matches = results.found.matches
    return composed(values, results.answers, results.day, matches, summary, job.now)


def _why_no_articles(found: ReadNews) -> tuple[str, ...]:
    """Return that no feed could be read, where that is why there is nothing new."""
    if not found.readings or not all(_failed(reading) for reading in found.readings):
        return ()
    feeds = "None of your feeds could" if len(found.readings) > 1 else "Your one feed could not"
    if len(_but_the_network(found)) < len(found.named):
        return (
            f"{feeds} be reached, so there are no new articles: is this computer online, and its "
            "clock right? It is not the feeds' fault; the next run tries again.",
        )
    return (
        f"{feeds} be read, so there are no new articles. Is this computer online? If it is, "
        "`touchpoints feeds check` says what is wrong.",
    )


def _but_the_network(found: ReadNews) -> tuple[Problem, ...]:
    """Return what belongs to *To fix*: that the network is down is said on top, once."""
    return tuple(problem for problem in found.named if problem.where != OWN_NETWORK)


def _failed(reading: Reading) -> bool:
    is_waiting = reading.outcome == "resting" and reading.state.failures > 0
    return reading.outcome == "failed" or is_waiting


def briefings_due(job: Job, day: DayPlan, found: FoundStories) -> tuple[Briefing, ...]:
    """Return what to read before the talks of the next days."""
    return tuple(
        briefing(job.workspace, day.history, found.matches, slug, job.now)
        for slug in briefed(job.workspace, job.now)
    )
