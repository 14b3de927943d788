"""A block of candidates, each with a run of their own; what goes wrong with one stays with them.

    look     what their runs would ask of the network now, and whom they met
    claims   what they would suggest, and suggest or sent already, to some of these people
    serve    their runs, on what the feeds answered to all

All can be done again: a run's steps are, and its lock keeps two of one workspace apart. What is
told of a candidate is counts, and where a run stopped the reason; nothing of notes or drafts.
"""

from __future__ import annotations

import gc
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Literal

from pipeline.errors import RunInProgress, TouchpointsError
from pipeline.fleet import answers
from pipeline.fleet.answers import Wish
from pipeline.fleet.feeds import Wanted, together
from pipeline.fleet.folder import make_private, shared_folder
from pipeline.fleet.sharing import AllTaken, Claim, Met, people_of
from pipeline.maintenance.log import Log, append, place, trace
from pipeline.news.fetch import was_typed
from pipeline.records import Taken
from pipeline.records.record import dataclass
from pipeline.run import NO_LOG, run
from pipeline.steps.answers import take_answers
from pipeline.steps.job import Job, RunOptions
from pipeline.steps.opening import read_workspace
from pipeline.steps.planning import plan_day
from pipeline.steps.reading import due_feeds, read_news
from pipeline.steps.scoring import find_stories
from pipeline.store.candidate import keep_taken
from pipeline.store.database import opened
from pipeline.touchpoints.case import marks_sent
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


def look(round_: Round, block: Block) -> tuple[Wanted, tuple[Met, ...]]:
    """Return what the candidates' runs would ask now, and whom each met.

    Nothing for one whose run will fail.
    """
    found = [_look(round_, name) for name in block]
    return together(wanted for wanted, _ in found), tuple(m for _, met in found for m in met)


def _look(round_: Round, name: str) -> tuple[Wanted, tuple[Met, ...]]:
    root = round_.folder / name
    try:
        workspace = read_workspace(root, remember=True)  # for its run
        with opened(root) as db:
            job = Job(root, workspace, round_.now, RunOptions(), db, NO_LOG)
            states = due_feeds(job)
    except Exception:
        return Wanted(), ()  # its run tells the reason: see `_served`
    pages = pages_of(workspace)
    feeds = (Wish(state.address, state.address in pages, was_typed(state)) for state in states)
    wanted = Wanted(frozenset(feeds), workspace.config.settings.news)
    return wanted, people_of(name, workspace)


def claims(
    round_: Round, people: Mapping[str, tuple[Met, ...]], taken: AllTaken, block: Block
) -> tuple[Claim, ...]:
    """Return the stories that candidates have for people whom others met, too.

    As they would be after a run now; nothing is kept.
    """
    return tuple(
        claim for name in block for claim in _claims(round_, people[name], taken.get(name, ()))
    )


def _claims(round_: Round, people: tuple[Met, ...], taken: tuple[Taken, ...]) -> tuple[Claim, ...]:
    root = round_.folder / people[0].candidate
    known = {(met.company, met.person): met for met in people}
    options = RunOptions(dry_run=True, source=answers.source(shared_folder(round_.folder)))
    try:
        workspace = read_workspace(root)
        with opened(root, in_memory=True) as db:
            keep_taken(db, taken)
            job = Job(root, workspace, round_.now, options, db, NO_LOG)
            take_answers(job)
            read_news(job)
            past = plan_day(job, find_stories(job).matches).history
    except Exception:
        return ()  # its run tells the reason: see `_served`
    return tuple(
        Claim(met, marks_sent(what), item.created, what.reference.score)
        for item in past.touchpoints
        if item.is_open or item.status in ("sent", "answered")
        for what in (item.suggestion,)
        if what.reference.story and (met := known.get((what.company, what.person)))
    )


def serve(round_: Round, taken: AllTaken, block: Block) -> tuple[Served, ...]:
    """Return what became of each candidate; `taken` is what is another's."""
    gc.disable()  # what runs leave in circles is looked for once a block, and nothing else is
    try:
        return tuple(_served(round_, name, taken.get(name, ())) for name in block)
    finally:
        gc.enable()
        gc.collect()
        gc.freeze()


def _served(round_: Round, name: str, taken: tuple[Taken, ...]) -> Served:
    root = round_.folder / name
    try:
        make_private(root)
        found = _run(round_, root, taken)
    except RunInProgress as error:
        return Served(name, "busy", str(error))
    except (TouchpointsError, OSError) as error:
        return Served(name, "failed", str(error))
    except Exception as error:  # ours, with one candidate's data: the others are served
        if path := place(root, "bug.log"):
            append(path, trace(error, round_.now.isoformat()))
        what = f"This is a bug ({type(error).__name__}): see data/logs/bug.log of the candidate."
        return Served(name, "failed", what)
    return found


def _run(round_: Round, root: Path, taken: tuple[Taken, ...]) -> Served:
    source = answers.source(shared_folder(round_.folder))
    options = RunOptions(timed=round_.timed, scheduled=True, source=source, taken=taken)
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
    return Log(place(root, "touchpoints.log"), lambda: now)
