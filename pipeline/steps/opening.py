"""How every job begins: what the candidate wrote is read, and held against what it is for.

Joins `workspace/` with `touchpoints/`, which knows what a template may say.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pipeline.errors import WorkspaceMissing, WorkspaceWrong
from pipeline.records import Workspace
from pipeline.workspace.folder import FILE
from pipeline.workspace.read import WRITTEN, read
from pipeline.workspace.report import problems_text


def checked(root: Path, *, remember: bool = False) -> Workspace:
    """Return what the candidate wrote, with everything that is wrong with it."""
    workspace = read(root, remember=remember)
    if not workspace.templates:
        return workspace
    from pipeline.touchpoints import templates

    found = templates.problems(workspace.templates)
    return replace(workspace, problems=(*workspace.problems, *found))


def read_workspace(root: Path, *, remember: bool = False) -> Workspace:
    """Return what the candidate wrote.

    Raises WorkspaceWrong when feeds.yaml has mistakes, or does not name where pages would go.
    """
    workspace = checked(root, remember=remember)
    stops = (FILE, *WRITTEN)
    fatal = [p for p in workspace.problems if p.level == "error" and p.where in stops]
    if fatal:
        raise WorkspaceWrong(problems_text(fatal))
    return workspace


def workspace_or_none(root: Path | None) -> Workspace | None:
    """Return what the candidate wrote, mistakes and all; None where there is no workspace."""
    if root is None:
        return None
    try:
        return read(root)
    except WorkspaceMissing:
        return None
