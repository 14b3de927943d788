"""The daily job on one page: the stages in order.

    workspace    what the candidate wrote              -> Workspace
    answers      what the candidate ticked on pages    -> Page           one transaction
    news         ask the feeds, keep the articles      -> Reading        a feed with its articles
    relevance    fold into stories, score each         -> Story, Match   one transaction
    pages        where it is wanted: full texts of stories that fit; these are scored again
    touchpoints  plan, and settle yesterday's          -> Touchpoint     one transaction
    digest       compose the page, write it whole      -> Digest
    delivery     the digest to its reader, where that is set up
    handover     calendar, drafts and feed for other programs
    maintenance  a good copy of the database a day, unused room given back

A damaged database is set aside, the last good copy takes its place, and the day is begun again.
Before the morning's hour (`settings › digest › not_before`) the last three wait: the page of a new
day is made once, sent, and completed by the day's later runs.

Each stage can be run again after a crash: its keys are stable, so a second run changes nothing.
Here the stages are joined; what they do is theirs. The clock is an argument everywhere. What the
user asks for between two runs is in `commands/`.
"""

from __future__ import annotations

import os
import sqlite3
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from pipeline import __version__
from pipeline.maintenance import routine
from pipeline.maintenance.log import Log, Stopwatch
from pipeline.records import Workspace
from pipeline.steps import delivery, pages, reading
from pipeline.steps.composing import compose_day
from pipeline.steps.handover import hand_over
from pipeline.steps.opening import read_workspace
from pipeline.steps.planning import plan_day
from pipeline.steps.report import Report, report_of, report_plain
from pipeline.steps.scoring import matches_of_today, score
from pipeline.store import candidate, files, memory, news
from pipeline.store.database import atomic, opened
from pipeline.store.lock import locked
from pipeline.text.calendar import time_from
from pipeline.workspace.lookup import own_zone

NO_LOG = Log(None, lambda: datetime.min.replace(tzinfo=UTC))


@dataclass(frozen=True, slots=True)
class How:
    """How a day's job is done; see `run`."""

    dry_run: bool
    ask_all: bool
    timed: bool
    early: bool
    scheduled: bool


def run(
    root: Path,
    now: datetime,
    *,
    dry_run: bool = False,
    ask_all: bool = False,
    timed: bool = False,
    early: bool = False,
    scheduled: bool = False,
    progress: reading.Progress | None = None,
    log: Log = NO_LOG,
) -> Report:
    """Do the day's job: fetch, parse, group, score, plan, write the digest.

    With `dry_run` everything happens on a copy in memory and no file is written; with `ask_all`
    feeds that are not due are asked, too; with `timed` the page says how long it took; with `early`
    it is made before the morning's hour, too; `scheduled` is remembered for `doctor`. Raises
    WorkspaceWrong when feeds.yaml has mistakes, RunInProgress when another run is at work.
    """
    workspace = read_workspace(root, remember=not dry_run)
    how = How(dry_run=dry_run, ask_all=ask_all, timed=timed, early=early, scheduled=scheduled)
    with locked(root) as killed:
        log.add("run began", version=__version__, process=os.getpid())
        if killed is not None:
            log.add("the run before was killed", process=killed.process)
        if not dry_run:
            files.sweep(root)
        day = partial(_day, root, workspace, now, how, progress, log)
        return day() if dry_run else routine.recovering(day, root, workspace, now)


def _day(
    root: Path,
    workspace: Workspace,
    now: datetime,
    how: How,
    progress: reading.Progress | None,
    log: Log,
) -> Report:
    clock = Stopwatch(log)
    with opened(root, in_memory=how.dry_run) as db:
        with clock.measure("answers"):
            page = pages.take_answers(root, db, workspace, now)
        with clock.measure("news"):
            readings, articles = reading.read_news(
                db, workspace, now, ask_all=how.ask_all, progress=progress
            )
            log.add_all("feed asked", reading.told(readings))
        with clock.measure("relevance"), atomic(db):
            stories = score(db, workspace, now)
        if workspace.config.settings.news.full_text:
            with clock.measure("pages"):
                reading.read_pages(db, workspace, now)
            with clock.measure("relevance"), atomic(db):
                stories = score(db, workspace, now)
        with clock.measure("touchpoints"), atomic(db):
            found = matches_of_today(db, workspace, now)
            plan, moves = plan_day(db, workspace, found, now)
        with clock.measure("digest"):
            recovery = routine.recovery_to_show(db, workspace, now)
            problems, told = reading.troubles_to_name(db, workspace, readings, now)
            problems = (*recovery, *problems)
            digest, said = compose_day(db, workspace, readings, problems, plan, found, stories, now)
            digest = replace(digest, taken=page.said, questions=page.asked, notes=page.notes)
            if how.timed:
                digest = replace(digest, seconds=pages.seconds_of(root, digest, clock.total))
            waits = not (how.early or _is_morning(root, db, workspace, now))
            if not how.dry_run and not waits:
                pages.write(root, db, digest, workspace.config.settings.digest.formats)
                log.add(
                    "digest written", day=digest.day.isoformat(), suggestions=len(digest.entries)
                )
        with clock.measure("delivery"):
            sent = () if how.dry_run or waits else delivery.deliver(db, workspace, digest, now)
            log.add_all("digest sent", delivery.told(sent))
            if named := delivery.troubles(sent):
                digest = replace(digest, troubles=(*digest.troubles, *named))
                pages.write(root, db, digest, workspace.config.settings.digest.formats)
        with clock.measure("handover"):
            if not how.dry_run:
                hand_over(root, db, workspace, plan, now)
        with clock.measure("maintenance"):
            undone = () if how.dry_run else routine.look_after(root, db, workspace, now)
        report = report_of(
            db, workspace, readings, articles, plan, moves, digest, found, stories, clock.seconds
        )
        failed = tuple(one.failed for one in sent if one.failed)
        report = replace(
            report, problems=(*report.problems, *failed, *recovery, *undone), waits=waits
        )
        with atomic(db):
            if not waits:
                news.keep_feed_states(db, told)
                memory.put(db, memory.SHOWN, said.shown)
                memory.put(db, memory.VOLUME, said.volume)
            candidate.keep_run(db, now, {**report_plain(report), "scheduled": how.scheduled})
        log.add("run ended", seconds=round(clock.total, 3), problems=len(report.problems))
    return report


def _is_morning(root: Path, db: sqlite3.Connection, workspace: Workspace, now: datetime) -> bool:
    """Tell whether the day's page is to be made now: from its hour on, or when it is there already.

    Earlier only if nothing says that a later run will come: none of the last day was as late.
    """
    zone, hour = own_zone(workspace), time_from(workspace.config.settings.digest.not_before)
    local = now.astimezone(zone)
    if hour is None or local.time() >= hour:
        return True
    if files.digest_path(root, local.date(), "json").is_file():
        return True
    lately = candidate.runs_since(db, now - timedelta(days=1))
    return not any(begun.astimezone(zone).time() >= hour for begun in lately)
