"""A round of a fleet on one page.

    candidates   the folders with a workspace
    look         what their runs would ask of the network now,     in blocks
                 and whom they met
    feeds        each is asked once, whoever follows it            here, with one politeness
    sharing      of those who met the same person: whose story     here, on claims in blocks
                 goes to them; their runs go as far as the plan
    serve        each candidate's own run, on these answers        in blocks

One round at a time; a round that was killed is done again by the next one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from pipeline.errors import CannotWrite
from pipeline.fleet import feeds, serving, sharing
from pipeline.fleet.engines import Engine, blocks_of
from pipeline.fleet.folder import candidates, make_private, shared_folder
from pipeline.fleet.serving import Round, Served, Turn
from pipeline.fleet.sharing import AllTaken, Claim, Met
from pipeline.records.record import dataclass
from pipeline.steps.job import Progress
from pipeline.store import files
from pipeline.store.lock import locked

LOST = "The process that served this candidate ended, each time. See whether memory is short."


@dataclass(frozen=True, slots=True)
class Means:
    """With what a round is done."""

    engine: Engine
    contact: str = ""  # for feed owners
    progress: Progress | None = None


@dataclass(frozen=True, slots=True)
class FleetReport:
    """What a round did."""

    served: tuple[Served, ...]
    followed: int  # feeds on the web that somebody wanted to ask
    requests: int


def run(round_: Round, means: Means) -> FleetReport:
    """Serve every candidate of a folder.

    Raises WorkspaceMissing where there is none, RunInProgress while another round is at work.
    """
    names, shared = candidates(round_.folder), shared_folder(round_.folder)
    try:
        files.make_folder(shared)
        make_private(shared)
    except OSError as error:
        why = error.strerror or error
        raise CannotWrite(f"{shared} cannot be made or used: {why}. Make room for it.") from error
    with locked(shared):
        blocks = blocks_of(names, means.engine.workers)
        found = [
            part for _, part in means.engine.each(partial(serving.look, round_), blocks) if part
        ]
        wanted = feeds.together(part for part, _ in found)
        progress = partial(means.progress, "Asking the feeds") if means.progress else None
        asking = feeds.Asking(shared, means.contact, round_.now, progress)
        requests = feeds.ask(wanted, asking)
        turns = {name: Turn(name) for name in names}
        turns |= _shared_out(round_, means, [met for _, people in found for met in people])
        served = tuple(_served(round_, means, tuple(turns.values())))
    return FleetReport(
        tuple(sorted(served, key=lambda one: one.candidate)), len(wanted.feeds), requests
    )


def _shared_out(round_: Round, means: Means, met: list[Met]) -> dict[str, Turn]:
    """Return the turns of those who met somebody whom another one met, too."""
    people = sharing.who_share(met)
    if not people:
        return {}
    shared = shared_folder(round_.folder)
    last = sharing.load_turns(shared)
    turns = {name: Turn(name, met) for name, met in people.items()}

    resting = {}
    blocks = blocks_of(tuple(turns.values()), means.engine.workers)
    for _, ahead in means.engine.each(partial(serving.read_ahead, round_), blocks):
        for turn, rested in ahead or ():
            turns[turn.candidate] = turn
            if rested:
                resting[turn.candidate] = rested

    def propose(taken: AllTaken) -> Iterator[Claim]:
        asked = [replace(turns[name], taken=others) for name, others in taken.items()]
        blocks = blocks_of(asked, means.engine.workers)
        for _, claims in means.engine.each(partial(serving.claims, round_), blocks):
            yield from claims or ()

    taken = sharing.share_out(people, propose, last, resting)
    sharing.keep_turns(shared, last)
    return {name: replace(turn, taken=taken[name]) for name, turn in turns.items()}


def _served(round_: Round, means: Means, turns: tuple[Turn, ...]) -> Iterator[Served]:
    done, blocks = 0, blocks_of(turns, means.engine.workers)
    for block, served in means.engine.each(partial(serving.serve, round_), blocks):
        yield from served or (Served(turn.candidate, "failed", LOST) for turn in block)
        done += len(block)
        if means.progress:
            means.progress("Serving the candidates", done, len(turns))
