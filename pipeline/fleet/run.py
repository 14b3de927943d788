"""A round of a fleet on one page.

    candidates   the folders with a workspace
    wanted       what their runs would ask of the network now      in blocks
    feeds        each is asked once, whoever follows it            here, with one politeness
    serve        each candidate's own run, on these answers        in blocks

One round at a time; a round that was killed is done again by the next one.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from pipeline.fleet import feeds, serving
from pipeline.fleet.engines import Engine, blocks_of
from pipeline.fleet.folder import candidates, make_private, shared_folder
from pipeline.fleet.serving import Block, Round, Served
from pipeline.records.record import dataclass
from pipeline.steps.job import Progress
from pipeline.store import files
from pipeline.store.lock import locked

LOST = "The process that served this candidate ended twice. See whether memory is short."


@dataclass(frozen=True, slots=True)
class Means:
    """With what a round is done."""

    engine: Engine
    workers: int
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
    files.make_folder(shared)
    make_private(shared)
    with locked(shared):
        blocks = blocks_of(names, means.workers)
        found = means.engine(partial(serving.wanted, round_), blocks)
        wanted = feeds.together(part for _, part in found if part)
        progress = partial(means.progress, "Asking the feeds") if means.progress else None
        asking = feeds.Asking(shared, means.contact, round_.now, progress)
        requests = feeds.ask(wanted, asking)
        served = tuple(_served(round_, means, blocks))
    return Report(tuple(sorted(served, key=lambda one: one.candidate)), len(wanted.feeds), requests)


def _served(round_: Round, means: Means, blocks: tuple[Block, ...]) -> Iterator[Served]:
    done, total = 0, sum(map(len, blocks))
    for block, served in means.engine(partial(serving.serve, round_), blocks):
        yield from served or (Served(name, "failed", LOST) for name in block)
        done += len(block)
        if means.progress:
            means.progress("Serving the candidates", done, total)
