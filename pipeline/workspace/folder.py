"""Which folder is the workspace. Takes the option, the environment and a folder; reads nothing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pipeline.errors import WorkspaceMissing

FILE = "feeds.yaml"


def find(named: str | None, environ: Mapping[str, str], start: Path) -> Path:
    """Return the folder with feeds.yaml: the one named, else `start` or the nearest above it.

    Raises WorkspaceMissing, with what to do, when there is no such folder.
    """
    given = named or environ.get("TOUCHPOINTS_WORKSPACE")
    if given:
        folder = Path(given).expanduser().absolute()
        if (folder / FILE).is_file():
            return folder
        raise WorkspaceMissing(
            f"There is no feeds.yaml in {folder}. "
            f"`touchpoints --workspace {given} init` makes a workspace there."
        )
    for folder in (start.absolute(), *start.absolute().parents):
        if (folder / FILE).is_file():
            return folder
    raise WorkspaceMissing(
        f"There is no feeds.yaml in {start.absolute()} nor in a folder above it. "
        "Go to your workspace, or make one here with `touchpoints init`."
    )
