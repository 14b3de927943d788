"""Blocks of candidates, worked on by several processes: of this computer, or of a Dask cluster.

An engine takes a function and blocks; it gives each block with its result, as they come, or with
None where whatever process took it was lost. A process that is lost costs its block again; where it
is lost again, nobody can tell which candidate it was, and each of the block is worked on alone.
Processes last for all that a round gives to its engine: what one knows of the news, it keeps.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from multiprocessing.process import BaseProcess
from threading import Lock, Thread
from typing import Any, Protocol, TypeVar

from pipeline.errors import SchedulerMissing

# A block is seconds of work on a first day, and some hundred milliseconds in a quiet hour; several
# for each process, so that the last one is not waited for. No border test: speed only
LARGEST_BLOCK = 20
BLOCKS_A_WORKER = 8
# no border test: a wait, in seconds
PATIENCE = 15.0  # for a scheduler that answers, and its first worker

T = TypeVar("T")
C = TypeVar("C")  # a candidate, as the work takes it


class Engine(Protocol):
    """Does work on blocks, so many at a time."""

    workers: int

    def each(
        self, work: Callable[[tuple[C, ...]], T], blocks: Sequence[tuple[C, ...]]
    ) -> Iterator[tuple[tuple[C, ...], T | None]]:
        """Yield each block with its result; None where it could not be had."""


def blocks_of(everybody: Sequence[C], workers: int) -> tuple[tuple[C, ...], ...]:
    """Return the candidates in blocks, some for each worker."""
    size = min(max(len(everybody) // (workers * BLOCKS_A_WORKER), 1), LARGEST_BLOCK)
    return tuple(tuple(everybody[n : n + size]) for n in range(0, len(everybody), size))


def usual_workers() -> int:
    """Return how many processes this computer has processors for."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Processes:
    """Processes of this computer."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._pool: ProcessPoolExecutor | None = None

    def each(
        self, work: Callable[[tuple[C, ...]], T], blocks: Sequence[tuple[C, ...]]
    ) -> Iterator[tuple[tuple[C, ...], T | None]]:
        """Yield each block with its result."""
        left = dict(enumerate(blocks))
        pool, self._pool = self._pool or _pool_of(self.workers), None
        try:
            for number, result in _in_pool(pool, work, blocks):
                yield left.pop(number), result
            self._pool = pool
        except BrokenProcessPool:  # all of the pool's processes end with one of them
            for block in _alone(left.values()):
                try:
                    with _pool_of(1) as another:
                        yield from ((block, done) for _, done in _in_pool(another, work, [block]))
                except BrokenProcessPool:
                    yield block, None


def _alone(blocks: Iterable[tuple[C, ...]]) -> list[tuple[C, ...]]:
    return [(one,) for block in blocks for one in block]


def _pool_of(workers: int) -> ProcessPoolExecutor:
    spawned = multiprocessing.get_context("spawn")  # on every system, and with no thread of ours
    return ProcessPoolExecutor(workers, spawned, initializer=_end_with_parent)


def _in_pool(
    pool: ProcessPoolExecutor,
    work: Callable[[tuple[C, ...]], T],
    blocks: Sequence[tuple[C, ...]],
) -> Iterator[tuple[int, T]]:
    try:
        futures = {pool.submit(work, block): number for number, block in enumerate(blocks)}
        for future in as_completed(futures):
            yield futures[future], future.result()
    except BaseException:  # Ctrl-C ends after the blocks that were begun
        pool.shutdown(wait=False, cancel_futures=True)
        raise


def _end_with_parent() -> None:
    """Let this process end when the one that started it does, however that ends."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        Thread(target=_wait_for, args=[parent], daemon=True).start()


def _wait_for(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)  # a run may be killed at any moment, and is done again


class Cluster:
    """The workers of a Dask scheduler, each of which finds the folder under the same name."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self.workers = len(client.scheduler_info(n_workers=-1)["workers"])

    def each(
        self, work: Callable[[tuple[C, ...]], T], blocks: Sequence[tuple[C, ...]]
    ) -> Iterator[tuple[tuple[C, ...], T | None]]:
        """Yield each block with its result; Dask itself gives that of a lost worker to another."""
        from distributed import KilledWorker, as_completed

        lost: list[tuple[C, ...]] = []
        submit = partial(self._client.submit, _by_itself, work, pure=False)
        futures = {submit(block): block for block in blocks}
        for future in as_completed(list(futures), loop=self._client.loop):
            block = futures.pop(future)
            if not isinstance(future.exception(), KilledWorker):
                yield block, future.result()
            elif len(block) == 1:
                yield block, None
            else:
                lost.append(block)
        if lost:
            yield from self.each(work, _alone(lost))


_ONE = Lock()


def _by_itself(work: Callable[[tuple[C, ...]], T], block: tuple[C, ...]) -> T:
    """Do work that is all of one processor's: a worker with several threads gains nothing."""
    with _ONE:
        return work(block)


@contextmanager
def cluster(scheduler: str) -> Iterator[Cluster]:
    """Connect to a Dask scheduler, such as tcp://10.0.0.5:8786.

    Raises SchedulerMissing where it cannot be reached or has no worker.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise SchedulerMissing(
            "Dask is not installed: `pip install 'touchpoints[fleet]'`, here and on the workers."
        ) from error
    try:
        client = Client(scheduler, timeout=PATIENCE, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise SchedulerMissing(
            f"There is no Dask scheduler at {scheduler}: start it with `dask scheduler`, or leave "
            "out --scheduler to use this computer's processes."
        ) from error
    with client:
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError as error:
            raise SchedulerMissing(
                f"The Dask scheduler at {scheduler} has no worker: start some with "
                f"`dask worker {scheduler} --nthreads 1`."
            ) from error
        yield Cluster(client)
