"""Work with a deadline, whatever it waits for: a server may answer byte by byte, for ever."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def within(seconds: float, work: Callable[[], T]) -> T:
    """Return what the work gives; raise TimeoutError when it takes longer.

    Work that takes longer is left to itself and ends with the program.
    """
    from concurrent.futures import Future

    done: Future[T] = Future()

    def run() -> None:
        try:
            done.set_result(work())
        except BaseException as error:  # handed on to the caller
            done.set_exception(error)

    threading.Thread(target=run, name="work with a deadline", daemon=True).start()
    return done.result(seconds)
