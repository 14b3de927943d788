"""The whole command line in this process: what it prints, and its exit code."""

from __future__ import annotations

import gc
import io
import os
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.cli.main import main


@dataclass(frozen=True, slots=True)
class Done:
    """A command that has ended; the names are those of `subprocess`."""

    returncode: int
    stdout: str
    stderr: str


def touchpoints(
    *arguments: str, cwd: Path | None = None, code: int = 0, **environment: str
) -> Done:
    """Run a command, with nobody at the keyboard; it has to end with that exit code.

    A process of its own takes half a second more: start one where the process is the point.
    """
    out, said = io.StringIO(), io.StringIO()
    collected = gc.get_threshold()
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        patch.setattr("sys.stdin", io.StringIO())
        shown = redirect_stdout(out), redirect_stderr(said)
        with chdir(cwd or os.curdir), shown[0], shown[1], pytest.raises(SystemExit) as ended:
            main(list(arguments))
    gc.set_threshold(*collected)
    done = Done(int(ended.value.code or 0), out.getvalue(), said.getvalue())
    assert done.returncode == code, (arguments, done.stdout, done.stderr)
    return done
