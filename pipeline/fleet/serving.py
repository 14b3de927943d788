"""A block of candidates, each with a run of their own; what goes wrong with one stays with them.

    look         what their runs would ask of the network now, and whom they met
    read_ahead   of who met somebody whom others met, too, the runs up to the plan
    claims       what they would suggest to these people, or suggest or sent already: the plan is
                 made on a copy
    serve        their runs, on what the feeds answered to all

All can be done again: a run's steps are, and its lock keeps two of one workspace apart. What is
told of a candidate is counts, and where a run stopped the reason; nothing of notes or drafts.
"""

from __future__ import annotations

import gc
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Literal

from pipeline.errors import RunInProgress, TouchpointsError
from pipeline.fleet import answers
from pipeline.fleet.answers import WantedFeed
from pipeline.fleet.feeds import WantedFeeds, together
from pipeline.fleet.folder import make_private, shared_folder
from pipeline.fleet.sharing import Claim, Met, Rested, people_of
from pipeline.maintenance.log import Log, append, place, trace
from pipeline.news.fetch import was_typed
from pipeline.records import History, ReadNews, Taken
from pipeline.records.record import dataclass
from pipeline.run import NO_LOG, run
from pipeline.steps import rest
from pipeline.steps.answers import take_answers
from pipeline.steps.job import Job, RunOptions
from pipeline.steps.opening import read_workspace
from pipeline.steps.planning import plan_day
from pipeline.steps.reading import due_feeds, read_news
from pipeline.steps.scoring import find_stories
from pipeline.store.candidate import keep_taken, load_history
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


def read_ahead(round_: Round, block: tuple[Turn, ...]) -> tuple[tuple[Turn, Rested | None], ...]:
    """Take the first steps of the candidates' runs, those before the plan; the runs go on there.

    Returns their turns with what became of their feeds, and what those have whose run will rest.
    """
    same_for_all.keep()
    return tuple(_read_ahead(round_, turn) for turn in block)


def _read_ahead(round_: Round, turn: Turn) -> tuple[Turn, Rested | None]:
    root = round_.folder / turn.candidate
    try:
        workspace = read_workspace(root)
        with locked(root), opened(root) as db:
            job = Job(root, workspace, round_.now, _options(round_), db, _log(root, round_.now))
            before = rest.seen(job)
            may_rest = rest.may_rest(job, before)
            if not may_rest:
                take_answers(job)
            read = read_news(job)
            rested = None
            if may_rest and rest.nothing_came(job, rest.seen_with_news(job, before, read)):
                past = load_history(db)
                rested = Rested(round_.now, past.taken, _claims_in(past, turn))
            else:
                find_stories(job)
    except Exception:
        return turn, None  # its run tells the reason, or another one of theirs is at work
    plain = tuple(replace(one, articles=()) for one in read.readings)
    return replace(turn, read=replace(read, readings=plain)), rested


def claims(round_: Round, block: tuple[Turn, ...]) -> tuple[Claim, ...]:
    """Return the stories that the candidates have for these people, as after a run now."""
    same_for_all.keep()
    return tuple(claim for turn in block for claim in _claims(round_, turn))


def _claims(round_: Round, turn: Turn) -> tuple[Claim, ...]:
    root = round_.folder / turn.candidate
    options = replace(_options(round_), dry_run=True)
    try:
        workspace = read_workspace(root)
        with opened(root, in_memory=True) as db:
            keep_taken(db, turn.taken)
            job = Job(root, workspace, round_.now, options, db, NO_LOG)
            if turn.read is None:
                take_answers(job)
                read_news(job)
            past = plan_day(job, find_stories(job).matches).history
    except Exception:
        return ()  # its run tells the reason: see `_served`
    return _claims_in(past, turn)


def _claims_in(past: History, turn: Turn) -> tuple[Claim, ...]:
    known = {(met.company, met.person): met for met in turn.met}
    return tuple(
        Claim(met, marks_sent(what), item.created, what.reference.score)
        for item in past.touchpoints
        if item.is_open or item.status in ("sent", "answered")
        for what in (item.suggestion,)
        if what.reference.story and (met := known.get((what.company, what.person)))
    )


def _options(round_: Round) -> RunOptions:
    source = answers.source(shared_folder(round_.folder))
    return RunOptions(timed=round_.timed, scheduled=True, source=source)


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
    options = replace(_options(round_), taken=turn.taken, read=turn.read)
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
