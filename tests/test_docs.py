"""README and docs/ cannot drift from the code."""

from __future__ import annotations

import ast
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from pipeline.cli.main import cli
from pipeline.records import Guard
from pipeline.workspace.keys import keys
from tests.docs import GENERATED, MAN_PAGE, ROOT, written
from tests.man_page import man_page

DOCUMENTS = [
    *(ROOT / name for name in ("README.md", "SECURITY.md", "CONTRIBUTING.md")),
    *sorted((ROOT / "docs").glob("*.md")),
]
each_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
COMMAND = re.compile(
    r"(?:(?<=`)|(?<=^)|(?<=&& )|(?<=/))touchpoints ([a-z-][^`\n#|;]*)", re.MULTILINE
)


def _command(words: list[str]) -> tuple[click.Command, list[str]]:
    """Return the command that the words name, and the words that are left."""
    command: click.Command = cli
    while words and isinstance(command, click.Group):
        found = command.get_command(click.Context(command), words[0])
        assert found is not None, words
        command, words = found, words[1:]
    return command, words


def _all_commands(group: click.Group) -> Iterator[click.Command]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None, name
        yield command
        if isinstance(command, click.Group):
            yield from _all_commands(command)


def _anchors(document: Path) -> set[str]:
    """Return the anchors of a document's headings, as GitHub makes them."""
    titles = re.findall(r"^#+ (.+)$", document.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("document", GENERATED, ids=lambda path: path.name)
def test_the_tables_are_those_of_the_code(document: Path) -> None:
    """Commands, settings and placeholders are as the program has them; `python -m tests.docs`."""
    text = document.read_text("utf-8")
    assert text == written(text)
    assert len(re.findall(r"^\| `", text, re.MULTILINE)) > 20


def test_the_man_page_is_that_of_the_code() -> None:
    """With every command and each of its options; `python -m tests.docs`."""
    text = MAN_PAGE.read_text("utf-8")
    assert text == man_page(), "write it anew: python -m tests.docs"
    leaves = [one for one in _all_commands(cli) if not isinstance(one, click.Group)]
    assert text.count("\n.SS ") == len(leaves)
    options = {name for one in leaves for option in one.params for name in option.opts}
    plain = text.replace("\\-", "-")
    assert {name for name in options if name.startswith("--") and name not in plain} == set()


@pytest.mark.skipif(not shutil.which("groff"), reason="there is no groff here")
def test_groff_reads_the_man_page_without_a_word() -> None:
    """All of its warnings are on; the name that `apropos` finds stands where it looks."""
    done = subprocess.run(
        ["groff", "-man", "-Kutf8", "-Tutf8", "-ww", "-z", str(MAN_PAGE)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "\n.SH NAME\ntouchpoints \\- watch the news" in MAN_PAGE.read_text("utf-8")


def test_readme_can_be_read_in_a_few_minutes() -> None:
    """Between 5 and 8.5 kB."""
    assert 5_000 <= (ROOT / "README.md").stat().st_size <= 8_500


def test_every_command_has_help() -> None:
    """Each command can be imported, and its help says something."""
    commands = list(_all_commands(cli))
    assert len(commands) > 30
    assert [command.name for command in commands if not command.help] == []


@each_document
def test_every_command_that_is_shown_exists(document: Path) -> None:
    """`touchpoints X --option` names a command of the program, and options that it has."""
    for shown in COMMAND.findall(document.read_text("utf-8")):
        words = [word for word in shlex.split(shown.replace("'", " ")) if word != "…"]
        if words[0] == "--workspace":
            words = words[2:]
        command, rest = _command(words)
        known = {name for option in command.params for name in option.opts}
        assert {word for word in rest if word.startswith("-")} <= known | {"--help"}, shown


@each_document
def test_every_make_target_that_is_shown_exists(document: Path) -> None:
    """`make X` is in the Makefile."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    shown = set(re.findall(r"(?:`|^)make ([a-z-]+)", document.read_text("utf-8"), re.MULTILINE))
    assert {target for target in shown if f"\n{target}:" not in makefile} == set()


@each_document
def test_every_link_leads_somewhere(document: Path) -> None:
    """Files and headings that a document links to are there."""
    links = re.findall(r'(?:\]\(|src=")([^)":]+)[)"]', document.read_text("utf-8"))
    for link in links:
        path, _, anchor = link.partition("#")
        target = document.parent / path if path else document
        assert target.exists(), link
        assert not anchor or anchor in _anchors(target), link


@each_document
def test_every_setting_that_is_named_exists(document: Path) -> None:
    """`settings.pace` and `settings.pace.gaps` are keys of feeds.yaml."""
    known = {key.path for key in keys()}
    named = set(re.findall(r"`(settings\.[a-z_.]+)`", document.read_text("utf-8")))
    assert named - known == set()


def _defined(path: Path) -> set[str]:
    """Return the names of functions, classes and tables in a file."""
    tree = ast.parse(path.read_text("utf-8"))
    kinds = ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef
    defined = {node.name for node in ast.walk(tree) if isinstance(node, kinds)}
    return defined | {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


@each_document
def test_every_file_and_function_of_the_code_that_is_named_exists(document: Path) -> None:
    """`pipeline/news/fetch.py`, and `pipeline/news/fetch.py: Fetcher`."""
    places = r"`((?:pipeline|tests)/[\w/.*]*)(?:: (\w+))?`"
    for path, name in re.findall(places, document.read_text("utf-8")):
        assert list(ROOT.glob(path.rstrip("/"))), path
        assert not name or name in _defined(ROOT / path), f"{path}: {name}"


@each_document
def test_every_class_that_is_named_exists(document: Path) -> None:
    """`Problem` is a class of the program."""
    named = set(re.findall(r"`([A-Z][a-z]+(?:[A-Z][a-z]+)*)`", document.read_text("utf-8")))
    files = (ROOT / "pipeline").rglob("*.py")
    classes = {
        name for path in files for name in re.findall(r"(?m)^class (\w+)", path.read_text("utf-8"))
    }
    assert named - classes - {"Enter"} == set()


def test_the_walks_through_the_code_name_what_exists() -> None:
    """`news/fetch.py Fetcher` in the code map is a name in that file."""
    text = (ROOT / "docs" / "code-map.md").read_text("utf-8")
    steps = re.findall(r"(?:^|\s)([\w/]+/\w+\.py) (\w+)", text, re.MULTILINE)
    assert len(steps) > 30
    for path, name in steps:
        assert name in _defined(ROOT / "pipeline" / path), f"{path}: {name}"


def test_the_guide_explains_every_guard() -> None:
    """Each name that `queue --held` can show is in the guide's table."""
    table = (ROOT / "docs" / "guide.md").read_text("utf-8")
    names = {guard.value for guard in Guard if guard is not Guard.USUAL_BAD_NEWS}
    assert {name for name in names if f"| {name} |" not in table} == set()


def test_security_names_only_tests_that_exist() -> None:
    """What SECURITY.md promises is shown by a test of that name."""
    tests = "\n".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    named = set(re.findall(r"`(test_\w+)`", (ROOT / "SECURITY.md").read_text("utf-8")))
    assert len(named) > 30
    rows = re.findall(r"^\|(.+)\|$", (ROOT / "SECURITY.md").read_text("utf-8"), re.MULTILINE)
    assert [row for row in rows[2:] if "`test_" not in row] == []
    assert {name for name in named if f"def {name}(" not in tests} == set()
