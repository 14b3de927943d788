"""The walls of the house: which folder may import which."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import pipeline

PACKAGE = Path(pipeline.__file__).parent
LEAVES = {"records", "errors", "words"}  # import nothing of ours
STAGES = {"workspace", "news", "relevance", "touchpoints", "digest"}
ALLOWED = {
    **{leaf: set[str]() for leaf in LEAVES},
    **{stage: LEAVES | {stage} for stage in STAGES},
    "store": LEAVES | {"store"},
    "lock": LEAVES | {"store"},
    "log": {"store"},
    "notices": LEAVES | {"store"},
    "jobs": LEAVES | STAGES | {"store", "handover", "lock"},
    "fold": LEAVES | STAGES | {"store", "jobs"},
    "handover": LEAVES | STAGES | {"store"},
    "pages": LEAVES | STAGES | {"store", "jobs"},
    "web": LEAVES | STAGES | {"store", "jobs", "pages"},
    "delivery": LEAVES | STAGES | {"store", "jobs", "handover", "lock"},
    "upkeep": LEAVES | {"store", "handover"},
    "safekeeping": LEAVES | STAGES | {"store", "jobs", "lock"},
    "run": LEAVES
    | STAGES
    | {"store", "jobs", "fold", "handover", "pages", "delivery", "lock", "log", "upkeep"},
    "schedule": LEAVES,
    "timers": LEAVES | {"store", "schedule"},
    "doctor": LEAVES | STAGES | {"store", "jobs", "delivery", "lock", "notices", "timers"},
    "tuning": LEAVES | STAGES | {"store", "jobs", "lock"},
    "cli": LEAVES
    | STAGES
    | {"store", "jobs", "tuning", "run", "pages", "delivery", "web", "log", "notices", "cli"}
    | {"schedule", "timers", "doctor", "safekeeping"},
}
MODULES = sorted(PACKAGE.rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    """Give the rooms of ours that a module imports, wherever in it the import stands."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        for name in names:
            if name.startswith("pipeline.") and not name.startswith("pipeline.__version__"):
                yield name.split(".")[1]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_imports_only_what_its_room_may(path: Path) -> None:
    """A stage knows the records, the errors and itself; only run.py and cli/ join stages."""
    room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    if room == "__init__":
        return
    assert set(imported(path)) - {"__version__"} <= ALLOWED[room]


def test_sql_stands_only_in_the_store() -> None:
    """Nobody but store/ imports sqlite3 to run statements; run.py only hands the connection on."""
    users = {
        path.relative_to(PACKAGE).parts[0]
        for path in MODULES
        if ".execute(" in path.read_text(encoding="utf-8")
    }
    assert users == {"store"}


def test_a_network_is_touched_in_two_rooms_only() -> None:
    """Feeds are fetched, and the digest goes to its reader; nothing else reaches out.

    The demonstration serves its feeds on loopback, which is no reaching out.
    """
    reaching = {"smtplib", "socket", "ssl", "httpx", "requests", "apprise", "urllib.request"}
    listening = PACKAGE / "cli" / "serve.py"  # waits on loopback, and reaches out to nobody
    users = {
        path.relative_to(PACKAGE).parts[0]
        for path in MODULES
        if path != listening and reaching & set(modules(path))
    }
    assert users == {"news", "delivery.py"}


def modules(path: Path) -> Iterator[str]:
    """Give every module that a file imports, wherever in it the import stands."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield str(node.module)
