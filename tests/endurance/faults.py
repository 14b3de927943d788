"""Faults for tests: a command that is killed at its n-th write, or finds the disk full there.

`Command` runs `touchpoints` for real, in a fork of a process that has imported everything. The
faults themselves are in `faults.c`, below Python and SQLite; it is compiled where it is first
wanted, and tests that need it are skipped where there is no C compiler, or no LD_PRELOAD.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pytest

Fault = Literal["none", "kill", "tear", "full once", "full", "unreadable"]
_MODES = {"none": 0, "kill": 1, "tear": 2, "full once": 3, "full": 4, "unreadable": 5}

ROOT = Path(__file__).resolve().parents[2]
KILLED = -9


@dataclass(frozen=True, slots=True)
class Done:
    """How a command ended: its exit code, or -9, what it printed, and what it had written."""

    code: int
    stdout: str
    stderr: str
    calls: tuple[str, ...] = ()  # "pwrite64 data/touchpoints.db-wal"


@dataclass
class Command:
    """Runs `touchpoints`, with a fault where one is asked for."""

    process: subprocess.Popen[str]
    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    def run(
        self,
        root: Path,
        as_of: str,
        *arguments: str,
        fault: Fault = "none",
        at: int = 0,
        seconds: float | None = None,
        journal: bool = False,
    ) -> Done:
        """Run one command on a workspace to its end, or until it is killed.

        With a `fault`, at its call number `at` that changes a file below the workspace; with
        `seconds`, killed after so long; with `journal`, told what it wrote.
        """
        out, err, calls = (self.folder / name for name in ("stdout", "stderr", "calls"))
        calls.unlink(missing_ok=True)
        question = {
            "root": str(root),
            "arguments": ["--workspace", str(root), "--as-of", as_of, *arguments],
            "environment": self.environment,
            "mode": _MODES[fault],
            "at": at,
            "seconds": seconds,
            "journal": str(calls) if journal else "",
            "stdout": str(out),
            "stderr": str(err),
        }
        assert self.process.stdin and self.process.stdout
        print(json.dumps(question), file=self.process.stdin, flush=True)
        code = int(self.process.stdout.readline())
        written = calls.read_text("utf-8").splitlines() if calls.exists() else []
        return Done(
            code,
            out.read_text("utf-8"),
            err.read_text("utf-8"),
            tuple(line.partition(" ")[2] for line in written),
        )


@contextmanager
def commands(seed: str = "random") -> Iterator[Command]:
    """Yield a `Command`; skip the test where the faults cannot be had.

    `seed` is that of Python's hashes: by it go the orders of sets.
    """
    with tempfile.TemporaryDirectory(prefix="faults-") as name:
        folder = Path(name)
        library = compiled(folder, Path(__file__).with_name("faults.c"))
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.endurance.forks"],
            cwd=ROOT,
            env=os.environ
            | {"LD_PRELOAD": str(library), "OPENBLAS_NUM_THREADS": "1", "TZ": "UTC"}
            | {"PYTHONHASHSEED": seed},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            yield Command(process, folder)
        finally:
            assert process.stdin and process.stdout
            process.stdin.close()
            process.wait(20)
            process.stdout.close()


def compiled(folder: Path, source: Path) -> Path:
    """Return the library made of a C file; skip the test where there can be none."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if not sys.platform.startswith("linux") or compiler is None:
        pytest.skip("what is loaded before a program needs Linux and a C compiler")
    library = folder / f"{source.stem}.so"
    subprocess.run(
        [compiler, "-O1", "-Wall", "-Werror", "-shared", "-fPIC", "-o", library, source, "-ldl"],
        check=True,
        capture_output=True,
    )
    return library
