"""The command itself: its help, and its exit codes."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import context
from pipeline.cli.main import cli, main
from pipeline.store.lock import locked


@pytest.mark.parametrize("command", [(), ("rank",), ("feeds", "add"), ("schedule",)])
def test_help_before_a_command_is_help_behind_it(command: tuple[str, ...]) -> None:
    """The same text either way."""
    before, behind = (
        CliRunner().invoke(cli, arguments, prog_name="touchpoints", catch_exceptions=False)
        for arguments in (("help", *command), (*command, "--help"))
    )
    assert (before.exit_code, before.output) == (0, behind.output)
    assert before.output.startswith(" ".join(("Usage: touchpoints", *command)))


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("check",), 0),
        (("rank", "nobody"), 1),  # the user can fix it
        (("help", "check"), 0),  # after --as-of, too
        (("help", "chek"), 2),
        (("rank",), 2),
        (("--as-of", "9999-12-31T23:59+00:00", "check"), 2),  # beyond the calendar
        (("sent", "1"), 4),  # another run holds the lock
    ],
)
def test_exit_codes(
    tmp_path: Path, arguments: tuple[str, ...], code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """0 done, 1 something the user can fix, 2 wrong usage, 4 another run holds the lock."""
    (tmp_path / "feeds.yaml").write_text("companies: {halden: {name: Halden, feeds: [a.xml]}}\n")
    monkeypatch.setattr(context, "PATIENCE", 0.0)
    with locked(tmp_path), pytest.raises(SystemExit) as ended:
        main(["--workspace", str(tmp_path), "--as-of", "2026-11-24T08:00+00:00", *arguments])
    assert ended.value.code == code


def test_what_the_user_says_waits_for_a_run(tmp_path: Path) -> None:
    """A run of a second costs no second try."""
    (tmp_path / "feeds.yaml").write_text("companies: {halden: {name: Halden, feeds: [a.xml]}}\n")
    (tmp_path / "data" / "notes").mkdir(parents=True)
    held = threading.Event()

    def hold() -> None:
        with locked(tmp_path):
            held.set()
            time.sleep(0.5)

    run = threading.Thread(target=hold)
    run.start()
    held.wait()
    with pytest.raises(SystemExit) as ended:
        main(["--workspace", str(tmp_path), "undo"])
    run.join()
    assert ended.value.code == 0


def test_at_its_end_a_command_leaves_what_it_holds_to_the_system() -> None:
    """Python would look through all of it for circles: a fifth of an hourly run's time."""
    code = (
        "import atexit, gc\nfrom pipeline.cli.main import main\n"
        "atexit.register(lambda: print(gc.get_freeze_count() > 10_000))\n"  # the last to be called
        "main()\n"
    )
    command = [sys.executable, "-c", code, "--as-of", "2026-11-24T08:00+00:00", "help", "run"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "True"
