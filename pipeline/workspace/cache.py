"""A cache of what the candidate wrote, so that unchanged files are not checked again.

Takes the workspace's folder; gives what feeds.yaml, notes and profile were read as, if they are the
same files, read by the same program. Checking them takes a fifth of a second, most of it to load
what checks: half of an hourly run in which nothing is new. What is to be said of the files is
remembered with them; templates are not part of it.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path

from pipeline.records import Workspace, from_plain, to_plain
from pipeline.text.plain_files import is_plain

KEPT = Path("data", ".workspace.json")
LARGEST = 8_000_000  # bytes; ten thousand feeds take 1.5 MB; no border test: far beyond real values


def key_of(files: Iterable[Path], root: Path, zone: str) -> str:
    """Return a hash of these files and of the program that reads them; "" if one is unreadable."""
    found = hashlib.sha256(f"{_program()}\0{root}\0{zone}".encode("utf-8", "surrogateescape"))
    try:
        for file in files:
            if file.exists() and not file.is_file():  # a pipe says nothing of itself
                return ""
            content = file.read_bytes() if file.is_file() else b""
            head = f"\0{file.name}\0{len(content)}\0"
            found.update(head.encode("utf-8", "surrogateescape") + content)
    except OSError:
        return ""
    return found.hexdigest()


def recall(root: Path, key: str) -> Workspace | None:
    """Return what was remembered under this key; None for anything else."""
    try:
        if not (key and is_plain(root / KEPT)) or (root / KEPT).stat().st_size > LARGEST:
            return None
        kept = json.loads((root / KEPT).read_bytes())
        if kept["key"] != key:
            return None
        workspace: Workspace = from_plain(Workspace, kept["workspace"])
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None  # not there, or not as we wrote it: the files themselves are read
    return workspace


def remember(root: Path, key: str, workspace: Workspace) -> None:
    """Keep what was read in place of what was kept before."""
    path = root / KEPT
    temporary = path.with_name(f"{path.name}.{os.getpid()}.new")
    with suppress(OSError):  # on a full disk it is only slower
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        number = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(number, "w", encoding="utf-8") as file:
            json.dump({"key": key, "workspace": to_plain(workspace)}, file)
        temporary.replace(path)
    with suppress(OSError):  # what was begun, where there was no room for all of it
        temporary.unlink(missing_ok=True)


@cache
def _program() -> str:
    """Return a fingerprint of the code that reads: after an update the file is checked anew."""
    package = Path(__file__).parents[1]
    rooms = [package / "records", package / "text", package / "workspace"]
    files = [file for room in rooms for file in sorted(room.glob("*.py"))]
    return " ".join(f"{one.stat().st_mtime_ns:x}.{one.stat().st_size:x}" for one in files)
