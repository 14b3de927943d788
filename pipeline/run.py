"""The daily job on one page: the stages in order.

    workspace    what the candidate wrote              -> Workspace
    rest         where nothing came, was answered or has its day, all stays as it is
    answers      what the candidate ticked on pages    -> DigestPageState  one transaction
    news         ask the feeds, keep the articles      -> ReadNews         a feed with its articles
    relevance    cluster into stories, score each      -> FoundStories     one transaction
    full texts   where it is wanted: of stories that fit; these are scored again
    touchpoints  plan, and settle yesterday's          -> DayPlan          one transaction
    digest       compose the page                      -> DayPage
    writing      the page's files, each whole
    briefings    a page of its own before a second talk
    delivery     the digest to its reader, where that is set up
    handover     calendar, drafts and feed for other programs
    maintenance  a good copy of the candidate's part of the database a day, unused room given back

A damaged database is set aside, the last good copy takes its place, and the day is begun again.
Before the morning's hour (`settings › digest › not_before`) writing and delivery wait: the page of
a new day is written once, sent, and completed by the day's later runs.

Each stage can be run again after a crash: its keys are stable, so a second run changes nothing.
Here the stages are joined; what they do is theirs. The clock is an argument everywhere. What the
user asks for between two runs is in `commands/`.
"""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from pipeline import __version__
from pipeline.maintenance import routine
from pipeline.maintenance.log import Log, Stopwatch
from pipeline.records import DigestPageState, ReadNews, Workspace
from pipeline.steps import rest
from pipeline.steps.job import Job, Progress, RunOptions
from pipeline.steps.morning import waits_for_morning
from pipeline.steps.opening import read_workspace
from pipeline.steps.reading import read_news, read_pages
from pipeline.steps.report import Report, keep_rest, keep_run, report_of
from pipeline.store import files
from pipeline.store.candidate import keep_taken
from pipeline.store.database import opened
from pipeline.store.lock import locked

AS_USUAL = RunOptions()
NO_LOG = Log(None, lambda: datetime.min.replace(tzinfo=UTC))


def run(
    root: Path,
    now: datetime,
    options: RunOptions = AS_USUAL,
    *,
    progress: Progress | None = None,
    log: Log = NO_LOG,
) -> Report:
    """Do the day's job: fetch, parse, group, score, plan, write the digest.

    Raises WorkspaceWrong when feeds.yaml has mistakes, RunInProgress when another run is at work.
    """
    workspace = read_workspace(root, remember=not options.dry_run)
    with locked(root) as killed:
        log.add("run began", version=__version__, process=os.getpid())
        if killed is not None:
            log.add("the run before was killed", process=killed.process)
        day = partial(_day, root, workspace, now, options, progress, log)
        if options.dry_run:
            return day()
        files.sweep(root)
        # What was read ahead is not in a copy that takes the place of a damaged database.
        anew = partial(_day, root, workspace, now, replace(options, read=None), progress, log)
        return routine.recovering(day, anew, root, workspace, now)


def _day(
    root: Path,
    workspace: Workspace,
    now: datetime,
    options: RunOptions,
    progress: Progress | None,
    log: Log,
) -> Report:
    clock = Stopwatch(log)
    with opened(root, in_memory=options.dry_run) as db:
        if options.taken is not None:
            keep_taken(db, options.taken)
        job = Job(root, workspace, now, options, db, log, progress)
        before = rest.seen(job)
        may_rest = rest.may_rest(job, before)  # then no page was changed
        answers = None if may_rest else _answers(job, clock)
        news = options.read or clock.time("news", read_news, job)
        whole = rest.seen_with_news(job, before, news)
        if may_rest and rest.nothing_came(job, whole):
            report = _resting(job, news, clock)
        else:
            report = _whole(job, answers or _answers(job, clock), news, clock)
            if not (options.dry_run or report.failed):
                rest.leave(job, before, whole, news)
        log.add("run ended", seconds=round(clock.total, 3), problems=len(report.problems))
    return report


# What follows loads what it needs where it is done: a run that rests loads a third of the program.


def _answers(job: Job, clock: Stopwatch) -> DigestPageState:
    from pipeline.steps.answers import take_answers

    return clock.time("answers", take_answers, job)


def _resting(job: Job, news: ReadNews, clock: Stopwatch) -> Report:
    after = clock.time("maintenance", routine.look_after, job.root, job.db, job.workspace, job.now)
    return keep_rest(job, news, clock.seconds, after)


def _whole(job: Job, answers: DigestPageState, news: ReadNews, clock: Stopwatch) -> Report:
    from pipeline.steps import delivery, pages
    from pipeline.steps.composing import Results, briefings_due, compose_page
    from pipeline.steps.handover import hand_over
    from pipeline.steps.planning import plan_day
    from pipeline.steps.scoring import find_stories

    root, db, workspace, now = job.root, job.db, job.workspace, job.now
    found = clock.time("relevance", find_stories, job)
    if workspace.config.settings.news.full_text:
        clock.time("full texts", read_pages, job, found.matches)
        found = clock.time("relevance", find_stories, job)
    plan = clock.time("touchpoints", plan_day, job, found.matches)
    recovered = routine.recovery_to_show(db, workspace, now)
    results = Results(answers, news, found, plan, recovered)
    page = clock.time("digest", compose_page, job, results, clock.total)
    waits = waits_for_morning(job)
    sent: tuple[delivery.Outcome, ...] = ()
    if not (job.options.dry_run or waits):
        clock.time("writing", pages.write, job, page.digest)
        clock.time("briefings", pages.write_briefings, job, briefings_due(job, plan, found))
        sent = clock.time("delivery", delivery.deliver, job, page.digest)
        if undelivered := delivery.troubles(sent):
            again = partial(compose_page, undelivered=undelivered)
            page = clock.time("digest", again, job, results, clock.total)
            clock.time("writing", pages.write, job, page.digest)
    failed = [*(one.failed for one in sent if one.failed), *recovered]
    if not job.options.dry_run:
        clock.time("handover", hand_over, job, plan)
        failed += clock.time("maintenance", routine.look_after, root, db, workspace, now)
    report = report_of(job, results, page, clock.seconds, waits=waits, failed=failed)
    keep_run(job, news, page, report)
    return report
