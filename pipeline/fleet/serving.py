"""A block of candidates, each with a run of their own; what goes wrong with one stays with them.

    look     what their runs would ask of the network now, and whom they met
    claims   what they would suggest, and suggest or sent already, to people whom others met, too:
             their runs up to the plan, which is made on a copy
    serve    their runs, on what the feeds answered to all

All can be done again: a run's steps are, and its lock keeps two of one workspace apart. What is
told of a candidate is counts, and where a run stopped the reason; nothing of notes or drafts.
"""

from __future__ import annotations

import gc
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Literal

from pipeline.errors import RunInProgress, TouchpointsError
from pipeline.fleet import answers
from pipeline.fleet.answers import WantedFeed
from pipeline.fleet.feeds import WantedFeeds, together
from pipeline.fleet.folder import make_private, shared_folder
from pipeline.fleet.sharing import Claim, Met, people_of
from pipeline.maintenance.log import Log, append, place, trace
from pipeline.news.fetch import was_typed
from pipeline.records import ReadNews, Taken, Workspace
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
from pipeline.store.lock import locked
from pipeline.text import same_for_all
from pipeline.touchpoints.case import marks_sent
from pipeline.workspace.lookup import pages_of


@dataclass(frozen=True, slots=True)
class Round:
    """One round of a fleet: what is the same for all."""

    folder: Path
    now: datetime
    timed: bool = False  # the page says how long the run took


@dataclass(frozen=True, slots=True)
class Turn:
    """A candidate's turn in a round, with what the round knows of them."""

    candidate: str
    met: tuple[Met, ...] = ()  # whom others met, too
    taken: tuple[Taken, ...] = ()  # what is another's
    read: ReadNews | None = None  # what became of their feeds, where these were read ahead


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


def look(round_: Round, block: tuple[str, ...]) -> tuple[WantedFeeds, tuple[Met, ...]]:
    """Return what the candidates' runs would ask now, and whom each met.

    Nothing for one whose run will fail.
    """
    found = [_look(round_, name) for name in block]
    return together(wanted for wanted, _ in found), tuple(m for _, met in found for m in met)


def _look(round_: Round, name: str) -> tuple[WantedFeeds, tuple[Met, ...]]:
    root = round_.folder / name
    try:
        workspace = read_workspace(root, remember=True)  # for its run
        with opened(root) as db:
            job = Job(root, workspace, round_.now, RunOptions(), db, NO_LOG)
            states = due_feeds(job)
    except Exception:
        return WantedFeeds(), ()  # its run tells the reason: see `_served`
    pages = pages_of(workspace)
    feeds = (
        WantedFeed(state.address, state.address in pages, was_typed(state)) for state in states
    )
    wanted = WantedFeeds(frozenset(feeds), workspace.config.settings.news)
    return wanted, people_of(name, workspace)


def claims(
    round_: Round, block: tuple[Turn, ...]
) -> tuple[tuple[str, ReadNews | None, tuple[Claim, ...]], ...]:
    """Return of each what became of their feeds, and the stories that they have for these people.

    As they would be after a run now.
    """
    same_for_all.keep()
    return tuple((turn.candidate, *_claims(round_, turn)) for turn in block)


def _claims(round_: Round, turn: Turn) -> tuple[ReadNews | None, tuple[Claim, ...]]:
    root, read = round_.folder / turn.candidate, turn.read
    known = {(met.company, met.person): met for met in turn.met}
    options = RunOptions(dry_run=True, source=answers.source(shared_folder(round_.folder)))
    try:
        workspace = read_workspace(root)
        with suppress(RunInProgress):
            read = read or _read_ahead(round_, root, workspace)
        with opened(root, in_memory=True) as db:
            keep_taken(db, turn.taken)
            job = Job(root, workspace, round_.now, options, db, NO_LOG)
            if read is None:
                take_answers(job)
                read_news(job)
            past = plan_day(job, find_stories(job).matches).history
    except Exception:
        return read, ()  # its run tells the reason: see `_served`
    return read, tuple(
        Claim(met, marks_sent(what), item.created, what.reference.score)
        for item in past.touchpoints
        if item.is_open or item.status in ("sent", "answered")
        for what in (item.suggestion,)
        if what.reference.story and (met := known.get((what.company, what.person)))
    )


def _read_ahead(round_: Round, root: Path, workspace: Workspace) -> ReadNews:
    """Take the first steps of a candidate's run, those before the plan; its run takes up there."""
    options = RunOptions(scheduled=True, source=answers.source(shared_folder(round_.folder)))
    with locked(root), opened(root) as db:
        job = Job(root, workspace, round_.now, options, db, _log(root, round_.now))
        take_answers(job)
        read = read_news(job)
        find_stories(job)
    return replace(read, readings=tuple(replace(one, articles=()) for one in read.readings))


def serve(round_: Round, block: tuple[Turn, ...]) -> tuple[Served, ...]:
    """Return what became of each candidate."""
    same_for_all.keep()
    gc.disable()  # what runs leave in circles is looked for once a block, and nothing else is
    try:
        return tuple(_served(round_, turn) for turn in block)
    finally:
        gc.enable()
        gc.collect()
        gc.freeze()


def _served(round_: Round, turn: Turn) -> Served:
    name = turn.candidate
    root = round_.folder / name
    try:
        make_private(root)
        found = _run(round_, root, turn)
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


def _run(round_: Round, root: Path, turn: Turn) -> Served:
    source = answers.source(shared_folder(round_.folder))
    options = RunOptions(
        timed=round_.timed, scheduled=True, source=source, taken=turn.taken, read=turn.read
    )
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
