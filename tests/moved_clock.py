"""Runs pytest on other days: `python -m tests.moved_clock 1,365 tests/cli` tomorrow and in a year.

Needs Linux and a C compiler; without them it says so and is content. Debian's faketime (0.9.10)
will not do: with it either `time.sleep` fails in Python 3.11, or `Event.wait` never ends.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.endurance.faults import compiled

DAY = 86_400


def moved(library: Path, days: int) -> dict[str, str]:
    """Return this environment with the clock moved, for a process and its children."""
    return {**os.environ, "LD_PRELOAD": str(library), "MOVED_SECONDS": str(days * DAY)}


def main(days: str, *arguments: str) -> int:
    """Run pytest once for each number of days; return 0 if all went well."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            library = compiled(Path(folder), Path(__file__).with_suffix(".c"))
        except pytest.skip.Exception as reason:
            print(f"Skipped: {reason}")
            return 0
        for number in map(int, days.split(",")):
            day = datetime.now().astimezone() + timedelta(days=number)
            print(f"The clock says {day:%A %d %B %Y}:", flush=True)
            command = [sys.executable, "-m", "pytest", *arguments]
            if subprocess.run(command, env=moved(library, number), check=False).returncode:
                return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
