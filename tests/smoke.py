"""What must work on every system, by the program as it was installed: `python -m tests.smoke`.

A demo, questions through a pipe, an answer, a backup brought back; with `--schedule` the daily job
is scheduled for real, shown and taken back (in a crontab, or in Task Scheduler). For systems on
which not all tests can run.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

AT = "2026-11-24T08:00+00:00"


def touchpoints(folder: Path, *words: str) -> str:
    """Return what a command prints; it has to end well."""
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "--as-of", AT, *words],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    said = done.stderr.decode("utf-8", "replace")
    assert done.returncode == 0, f"{' '.join(words)}: exit code {done.returncode}\n{said}"
    return done.stdout.decode("utf-8")  # a pipe is in UTF-8 everywhere


def try_all(folder: Path, *, schedule: bool) -> None:
    """Go through a morning in an empty folder; raise AssertionError where something is wrong."""
    page = touchpoints(folder, "demo")
    assert "Renata" in page and "“" in page, page
    root = folder / "touchpoints-demo"
    for name in ("latest.html", "latest.md"):
        assert (root / "data" / "digests" / name).is_file(), name
    queue = [json.loads(line) for line in touchpoints(root, "queue", "--json").splitlines()]
    assert queue, "the queue is empty"
    touchpoints(root, "check")
    touchpoints(root, "rank", "halden")
    touchpoints(root, "sent", str(queue[0]["id"]))
    touchpoints(root, "run")
    backup = folder / "backup.zip"
    touchpoints(root, "backup", str(backup))
    touchpoints(root, "restore", str(backup), "--yes")
    assert "sent" in touchpoints(root, "log", "alder"), "the answer is gone"
    if schedule:
        touchpoints(root, "schedule", "install", "--yes")
        (shown,) = touchpoints(root, "schedule", "show", "--json").splitlines()
        assert "run --scheduled" in json.loads(shown)["text"], shown
        touchpoints(root, "schedule", "remove", "--yes")
        assert not touchpoints(root, "schedule", "show", "--json")


if __name__ == "__main__":
    with TemporaryDirectory(prefix="jörg & söhne ") as place:
        try_all(Path(place), schedule="--schedule" in sys.argv)
    print(f"All is well on {sys.platform} ({os.name}), Python {sys.version.split()[0]}.")
