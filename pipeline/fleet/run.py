"""A round of a fleet on one page.

    candidates   the folders with a workspace
    look         what their runs would ask of the network now,     in blocks
                 and whom they met
    feeds        each is asked once, whoever follows it            here, with one politeness
    sharing      of those who met the same person: whose story     here, on claims in blocks
                 goes to them
    serve        each candidate's own run, on these answers        in blocks

One round at a time; a round that was killed is done again by the next one.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from pipeline.errors import CannotWrite
from pipeline.fleet import feeds, serving, sharing
from pipeline.fleet.engines import Engine, blocks_of
from pipeline.fleet.folder import candidates, make_private, shared_folder
from pipeline.fleet.serving import Block, Round, Served
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
class Report:
    """What a round did."""

    served: tuple[Served, ...]
    followed: int  # feeds on the web that somebody wanted to ask
    requests: int


def run(round_: Round, means: Means) -> Report:
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
        taken = _shared_out(round_, means, [met for _, people in found for met in people])
        served = tuple(_served(round_, means, blocks, taken))
    return Report(tuple(sorted(served, key=lambda one: one.candidate)), len(wanted.feeds), requests)


def _shared_out(round_: Round, means: Means, met: list[Met]) -> AllTaken:
    people = sharing.who_share(met)
    if not people:
        return {}
    shared = shared_folder(round_.folder)
    turns = sharing.load_turns(shared)

    def propose(taken: AllTaken) -> Iterator[Claim]:
        work = partial(serving.claims, round_, people, taken)
        for _, found in means.engine.each(work, blocks_of(tuple(taken), means.engine.workers)):
            yield from found or ()

    taken = sharing.share_out(people, propose, turns)
    sharing.keep_turns(shared, turns)
    return taken


def _served(
    round_: Round, means: Means, blocks: tuple[Block, ...], taken: AllTaken
) -> Iterator[Served]:
    done, total = 0, sum(map(len, blocks))
    for block, served in means.engine.each(partial(serving.serve, round_, taken), blocks):
        yield from served or (Served(name, "failed", LOST) for name in block)
        done += len(block)
        if means.progress:
            means.progress("Serving the candidates", done, total)
