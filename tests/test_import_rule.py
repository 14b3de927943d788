"""The walls of the house: which room may import which.

A room, a folder or a module of the package, imports itself and what lies on lower floors. It knows
nothing of its neighbours, and nothing of what is built on it.
"""

from __future__ import annotations

import ast
import graphlib
from collections.abc import Iterator
from pathlib import Path

import pytest

import pipeline

PACKAGE = Path(pipeline.__file__).parent
FLOORS = (
    {"records", "errors"},  # what all speak
    {"text"},  # what all do with text
    {"workspace", "news", "relevance", "touchpoints", "digest", "store"},  # the stages; the store
    {"steps"},  # joins a stage with the store
    {"commands", "maintenance"},  # what the user asks for; what runs need when nobody looks
    {"run", "web"},
    {"fleet"},  # many candidates at once
    {"cli", "api"},
    {"__main__"},
)
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


def imported(path: Path) -> Iterator[str]:
    """Yield every module that a file imports, wherever in it the import is."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield str(node.module)
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def module_name(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts).removesuffix(".__init__")


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_imports_only_what_its_room_may(path: Path) -> None:
    """Its own room, and the floors below."""
    room = room_of(path)
    (floor,) = (number for number, rooms in enumerate(FLOORS) if room in rooms)
    below = {room, "__version__"}.union(*FLOORS[:floor])
    names = (name.split(".") for name in imported(path) if name.startswith("pipeline."))
    assert {name[1] for name in names} <= below


def test_no_two_modules_need_each_other() -> None:
    """The imports make no circle, not even one that an import inside a function would hide."""
    paths = {module_name(path): path for path in MODULES}
    needs = {name: paths.keys() & set(imported(path)) - {name} for name, path in paths.items()}
    for names in needs.values():  # `from pipeline.store import copies` needs copies only
        names -= {name.rpartition(".")[0] for name in names}
    assert list(graphlib.TopologicalSorter(needs).static_order())


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_function_has_six_parameters_at_most(path: Path) -> None:
    """What belongs together is a record. A command's parameters are its options, given by click."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            continue
        if any("click.pass_obj" in ast.unparse(item) for item in node.decorator_list):
            continue
        given = (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
        names = [item.arg for item in given if item.arg not in ("self", "cls")]
        assert len(names) <= 6, f"{path}:{node.lineno} {node.name}"


def test_sql_stands_only_in_the_store() -> None:
    """All others hand the connection on."""
    users = {room_of(path) for path in MODULES if ".execute(" in path.read_text(encoding="utf-8")}
    assert users == {"store"}


def test_a_network_is_touched_in_two_rooms_only() -> None:
    """Feeds are fetched, and the digest goes to its reader; nothing else reaches out.

    The demonstration serves its feeds on loopback, which is no reaching out.
    """
    reaching = {"smtplib", "socket", "ssl", "httpx", "requests", "apprise", "urllib.request"}
    listening = PACKAGE / "cli" / "serve.py"  # waits on loopback, and reaches out to nobody
    users = {path for path in MODULES if path != listening and reaching & set(imported(path))}
    others = {path for path in users if room_of(path) != "news"}
    assert others == {PACKAGE / "steps" / name for name in ("delivery.py", "mail_server.py")}


# Who may turn given text into a pattern, and what text that is. A user's names become patterns in
# two modules of `text` alone, so that all are found in the same spellings.
ESCAPING = {
    "text/name_spellings.py": "names of companies, words of lists",
    "text/person_patterns.py": "names of people",
    "digest/html_page.py": "shared terms, to print them bold in a sentence",
    "touchpoints/templates.py": "our own worn-out phrases",
    "workspace/edit.py": "a value of feeds.yaml, to find it in its line",
}


def test_only_two_modules_make_patterns_of_a_user_s_names() -> None:
    """`re.escape` is how text becomes one; a name without it would be a regular expression."""
    escaping = {
        path.relative_to(PACKAGE).as_posix()
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and node.attr == "escape"
        and isinstance(node.value, ast.Name)
        and node.value.id == "re"
    }
    assert escaping == set(ESCAPING)
