"""The environment in which tests start commands: poor, and yet seen by what measures coverage."""

from __future__ import annotations

import os


def poor(**more: str) -> dict[str, str]:
    """Return next to nothing of this process's environment, and `more`."""
    measure = {name: value for name, value in os.environ.items() if name.startswith("COVERAGE_")}
    return {"PATH": "/usr/bin:/bin", "TZ": "UTC"} | measure | more
