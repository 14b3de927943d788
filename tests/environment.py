"""The environment in which tests start commands: poor, but for what measures or moves the clock."""

from __future__ import annotations

import os


def poor(**more: str) -> dict[str, str]:
    """Return next to nothing of this process's environment, and `more`."""
    ours = ("COVERAGE_", "FAKETIME", "LD_PRELOAD")
    kept = {name: value for name, value in os.environ.items() if name.startswith(ours)}
    return {"PATH": "/usr/bin:/bin", "TZ": "UTC"} | kept | more
