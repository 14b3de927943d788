"""The program as a library: a workspace's folder and a moment in, records out.

    load    what you wrote: companies, feeds, notes, and every mistake in them
    run     the daily job: ask the feeds, score, plan, write the page
    rank    every stored story with its score for a company's interview
    plan    what is suggested, held back and ahead at a moment; keeps nothing
    due     what the last run suggested and you have not answered yet, by due date
    draft   the message of one of these

Each does what the command of that name does, and raises what that says: a `TouchpointsError` is
something that you can fix. The records are frozen; `pipeline.records.to_plain` makes JSON of any.
The clock is yours: `now` has a time zone, and the same `now` gives the same answer.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from pipeline.commands import evidence, queue
from pipeline.records import Draft, Match, Plan, Touchpoint, Workspace
from pipeline.run import AS_USUAL
from pipeline.run import run as run_day
from pipeline.steps.job import RunOptions
from pipeline.steps.opening import read_workspace
from pipeline.steps.report import Report
from pipeline.workspace.folder import find

__all__ = ["RunOptions", "draft", "due", "load", "plan", "rank", "run"]

Folder = str | os.PathLike[str]


def load(folder: Folder) -> Workspace:
    """Return what you wrote, with its mistakes as `problems`.

    Raises WorkspaceMissing where there is no feeds.yaml, WorkspaceWrong where it has mistakes.
    """
    return read_workspace(_root(folder))


def run(folder: Folder, now: datetime, options: RunOptions = AS_USUAL) -> Report:
    """Do the daily job and return what it did; `RunOptions(early=True)` waits for no morning.

    Raises RunInProgress where another run is at work in the folder.
    """
    return run_day(_root(folder), _moment(now), options)


def rank(folder: Folder, company: str, now: datetime) -> tuple[Match, ...]:
    """Return every stored story with its score for a company's latest interview, the best first.

    Raises NotFound where no note tells of that company.
    """
    return evidence.rank(_root(folder), company, _moment(now))


def plan(folder: Folder, now: datetime) -> Plan:
    """Return what is suggested at that moment, what is held back and why, and what comes next."""
    return queue.plan_now(_root(folder), _moment(now))[0]


def due(folder: Folder, now: datetime) -> tuple[Touchpoint, ...]:
    """Return what the last run suggested and you have neither sent nor put off, by due date."""
    return queue.due(_root(folder), _moment(now))


def draft(folder: Folder, number: int) -> Draft:
    """Return the message with that number, in your own wording where you changed it.

    Raises NotFound where no message has the number.
    """
    return queue.touchpoint(_root(folder), number).draft


def _root(folder: Folder) -> Path:
    return find(os.fspath(folder), {}, Path())


def _moment(now: datetime) -> datetime:
    if now.tzinfo is None:
        raise ValueError(f"{now} has no time zone: give datetime.now(UTC), or one with another.")
    return now.astimezone(UTC)
