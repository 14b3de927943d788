"""Blocks of candidates, worked on by several processes.

An engine takes a function and blocks; it gives each block with its result, as they come, or with
None where whatever process took it was lost. A process that is lost costs its block again.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from typing import Protocol, TypeVar

from pipeline.fleet.serving import Block

# A block is a second of work or two on a first day, and some hundred milliseconds on a quiet hour;
# several for each process, so that the last one is not waited for. No border test: speed only
LARGEST_BLOCK = 20
BLOCKS_A_WORKER = 8

T = TypeVar("T")


class Engine(Protocol):
    """Does work on blocks."""

    def __call__(
        self, work: Callable[[Block], T], blocks: Sequence[Block]
    ) -> Iterator[tuple[Block, T | None]]:
        """Yield each block with its result; None where it could not be had."""


def blocks_of(names: Sequence[str], workers: int) -> tuple[Block, ...]:
    """Return the candidates in blocks, some for each worker."""
    size = min(max(len(names) // (workers * BLOCKS_A_WORKER), 1), LARGEST_BLOCK)
    return tuple(tuple(names[n : n + size]) for n in range(0, len(names), size))


def usual_workers() -> int:
    """Return how many processes this computer has processors for."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def processes(workers: int) -> Engine:
    """Return an engine of processes on this computer."""

    def work_on(
        work: Callable[[Block], T], blocks: Sequence[Block]
    ) -> Iterator[tuple[Block, T | None]]:
        left = dict.fromkeys(blocks)
        try:
            for block, result in _in_pool(workers, work, blocks):
                del left[block]
                yield block, result
        except BrokenProcessPool:
            # Nobody can tell which candidate it was: each of those left has a process for itself.
            for name in (name for block in left for name in block):
                try:
                    yield from _in_pool(1, work, [(name,)])
                except BrokenProcessPool:
                    yield (name,), None

    return work_on


def _in_pool(
    workers: int, work: Callable[[Block], T], blocks: Sequence[Block]
) -> Iterator[tuple[Block, T]]:
    spawned = multiprocessing.get_context("spawn")  # on every system, and with no thread of ours
    with ProcessPoolExecutor(workers, mp_context=spawned) as pool:
        futures = {pool.submit(work, block): block for block in blocks}
        for future in as_completed(futures):
            yield futures[future], future.result()
