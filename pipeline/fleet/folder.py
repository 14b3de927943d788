"""A fleet's folder: who is there, and where what all share lies.

Every folder in it that holds a feeds.yaml, or did hold one, is a candidate's workspace, named like
the folder. What begins with a dot is not; `.fleet` is what all share.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from pipeline.errors import WorkspaceMissing
from pipeline.workspace.folder import FILE

OWNER_ONLY = 0o700


def shared_folder(folder: Path) -> Path:
    """Return where the answers of the feeds and the fleet's lock lie."""
    return folder / ".fleet"


def candidates(folder: Path) -> tuple[str, ...]:
    """Return the names of the candidates, each workspace once, whatever leads to it.

    Raises WorkspaceMissing where there is none.
    """
    found = {path.resolve(): path.name for path in sorted(_workspaces(folder), reverse=True)}
    if not found:
        raise WorkspaceMissing(
            f"There is no candidate in {folder}: each needs a folder there, with a {FILE}. "
            "`touchpoints --workspace FOLDER/NAME init` makes one."
        )
    return tuple(sorted(found.values()))


def _workspaces(folder: Path) -> Iterator[Path]:
    with suppress(FileNotFoundError, NotADirectoryError):
        for entry in os.scandir(folder):
            path = folder / entry.name
            if entry.name.startswith(".") or not entry.is_dir():
                continue
            # One that may not be looked into is somebody's, too: its run says what is wrong.
            if not os.access(path, os.X_OK) or (path / FILE).exists() or (path / "data").exists():
                yield path


def make_private(path: Path) -> None:
    """Take from all but its owner the right to enter a folder."""
    if path.stat().st_mode & 0o077:
        path.chmod(OWNER_ONLY)
