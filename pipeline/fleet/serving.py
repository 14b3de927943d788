"""A block of candidates, each with a run of their own; what goes wrong with one stays with them.

    wanted   what their runs would ask of the network now
    serve    their runs, on what the feeds answered to all

Both can be done again: a run's steps are, and its lock keeps two of one workspace apart. What is
told of a candidate is counts, and where a run stopped the reason; nothing of notes or drafts.
"""

from __future__ import annotations

import gc
from datetime import datetime
from pathlib import Path
from typing import Literal

from pipeline.errors import RunInProgress, TouchpointsError
from pipeline.fleet import answers
from pipeline.fleet.answers import Wish
from pipeline.fleet.feeds import Wanted, together
from pipeline.fleet.folder import make_private, shared_folder
from pipeline.maintenance.log import Log, append, trace
from pipeline.news.fetch import was_typed
from pipeline.records.record import dataclass
from pipeline.run import run
from pipeline.steps.job import Job, RunOptions
from pipeline.steps.opening import read_workspace
from pipeline.steps.reading import due_feeds
from pipeline.store import files
from pipeline.store.database import opened
from pipeline.workspace.lookup import pages_of

Block = tuple[str, ...]  # names of candidates


@dataclass(frozen=True, slots=True)
class Round:
    """One round of a fleet: what is the same for all."""

    folder: Path
    now: datetime
    timed: bool = False  # the page says how long the run took


@dataclass(frozen=True, slots=True)
class Served:
    """What became of one candidate in a round."""

    candidate: str
    outcome: Literal["served", "waits", "busy", "failed"]  # waits: for the morning
    why: str = ""  # where it failed
    feeds: int = 0
    new: int = 0  # articles read
    suggested: int = 0
    problems: int = 0  # that the candidate's own page names
    seconds: float = 0.0


def wanted(round_: Round, block: Block) -> Wanted:
    """Return what the candidates' runs would ask now; nothing for one whose run will fail."""
    return together(_wanted(round_, name) for name in block)


def _wanted(round_: Round, name: str) -> Wanted:
    root = round_.folder / name
    try:
        workspace = read_workspace(root)
        with opened(root) as db:
            job = Job(root, workspace, round_.now, RunOptions(), db, _log(root, round_.now))
            states = due_feeds(job)
    except Exception:
        return Wanted()  # its run tells the reason: see `_served`
    pages = pages_of(workspace)
    feeds = (Wish(state.address, state.address in pages, was_typed(state)) for state in states)
    return Wanted(frozenset(feeds), workspace.config.settings.news)


def serve(round_: Round, block: Block) -> tuple[Served, ...]:
    """Return what became of each candidate."""
    gc.disable()  # what runs leave in circles is looked for once a block
    try:
        return tuple(_served(round_, name) for name in block)
    finally:
        gc.enable()
        gc.collect()


def _served(round_: Round, name: str) -> Served:
    root = round_.folder / name
    try:
        make_private(root)
        found = _run(round_, root)
    except RunInProgress as error:
        return Served(name, "busy", str(error))
    except (TouchpointsError, OSError) as error:
        return Served(name, "failed", str(error))
    except Exception as error:  # ours, with one candidate's data: the others are served
        append(files.log_path(root, "bug.log"), trace(error, round_.now.isoformat()))
        what = f"This is a bug ({type(error).__name__}): see data/logs/bug.log of the candidate."
        return Served(name, "failed", what)
    return found


def _run(round_: Round, root: Path) -> Served:
    source = answers.source(shared_folder(round_.folder))
    options = RunOptions(timed=round_.timed, scheduled=True, source=source)
    report = run(root, round_.now, options, log=_log(root, round_.now))
    return Served(
        root.name,
        "waits" if report.waits else "served",
        feeds=report.counts["feeds"],
        new=report.counts["articles_read"],
        suggested=report.counts["suggested"],
        problems=len(report.problems),
        seconds=round(sum(report.seconds.values()), 3),
    )


def _log(root: Path, now: datetime) -> Log:
    return Log(files.log_path(root, "touchpoints.log"), lambda: now)
