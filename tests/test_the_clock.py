"""The guard in `conftest.py`: no test lets the program read the wall clock unawares."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pexpect
import pytest
from click.testing import CliRunner

from pipeline.cli.main import cli
from tests.conftest import ReadTheClock, needs_a_time

PROGRAM = [sys.executable, "-m", "pipeline.cli.main"]


@pytest.mark.parametrize(
    ("words", "is_stopped"),
    [
        ([*PROGRAM, "run"], True),
        ([*PROGRAM, "--workspace", "check-ins", "queue"], True),
        (["/venv/bin/touchpoints", "run"], True),
        ([sys.executable, "-c", "from pipeline.cli.main import main; main()", "run"], True),
        ([*PROGRAM, "--as-of", "2026-11-24T08:00+00:00", "run"], False),
        ([*PROGRAM, "run", "--as-of=2026-11-24T08:00+00:00"], False),
        ([*PROGRAM, "run", "--help"], False),
        ([*PROGRAM, "--version"], False),
        (["crontab", "-l"], False),
    ],
)
def test_a_command_line_needs_a_time(words: list[str], is_stopped: bool) -> None:
    """However the program is started, except where no time can matter."""
    assert needs_a_time(words) is is_stopped


def test_a_child_without_a_time_is_not_started() -> None:
    """Neither as a plain process nor at a pseudo-terminal."""
    with pytest.raises(ReadTheClock):
        subprocess.run([*PROGRAM, "queue"], check=False)
    with pytest.raises(ReadTheClock):
        pexpect.spawn(PROGRAM[0], [*PROGRAM[1:], "review"])


def test_a_command_in_this_process_is_noticed(tmp_path: Path, clock_reads: list[str]) -> None:
    """Also where click's runner swallows the exception: the fixture fails the test at its end."""
    (tmp_path / "feeds.yaml").write_text("companies: {}\n")
    done = CliRunner().invoke(cli, ["--workspace", str(tmp_path), "run"])
    assert isinstance(done.exception, ReadTheClock)
    assert clock_reads[0] == f"by a command on {tmp_path}"
    clock_reads.clear()


@pytest.mark.real_clock("shows that the marker lifts the guard")
def test_a_marked_test_may_read_the_clock() -> None:
    """For what is about the clock itself."""
    done = subprocess.run([*PROGRAM, "--workspace", "/nowhere", "queue"], check=False)
    assert done.returncode == 1
