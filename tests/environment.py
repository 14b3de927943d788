"""Where tests start commands, and how long those may take, on a machine that is busy, too."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager


def poor(**more: str) -> dict[str, str]:
    """Return `more`, and of our own environment what measures coverage or moves the clock."""
    ours = ("COVERAGE_", "LD_PRELOAD", "MOVED_SECONDS")
    kept = {name: value for name, value in os.environ.items() if name.startswith(ours)}
    return {"PATH": "/usr/bin:/bin", "TZ": "UTC"} | kept | more


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Fail what takes this process longer, in its own time: what else is running does not count."""
    begun = time.process_time()
    yield
    taken = time.process_time() - begun
    assert taken < seconds, f"took {taken:.1f} seconds"
