"""The code of the templates is kept, and made again where it is not as it should be."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import jinja2
import pytest

from pipeline.digest import html_page, template_code
from tests.digest import pages

Drawn = Callable[[], tuple[str, int]]


@pytest.fixture
def drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Drawn]:
    """Give what draws a page as a new process does; with how many templates it made code of."""
    made = []
    whole = jinja2.Environment.compile

    def counted(*given: object, **named: object) -> object:
        made.append(given[2])
        return whole(*given, **named)  # type: ignore[call-overload]

    def draw() -> tuple[str, int]:
        html_page.template.cache_clear()
        made.clear()
        return html_page.page(pages.BUSY), len(made)

    monkeypatch.setattr(jinja2.Environment, "compile", counted)
    monkeypatch.setattr(template_code, "FOLDER", tmp_path / "__pycache__")
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    yield draw
    html_page.template.cache_clear()


def test_code_is_made_once(drawn: Drawn) -> None:
    """The next process takes it, and draws the same page."""
    page, made = drawn()
    assert made == len([*template_code.FOLDER.iterdir()]) == 2
    assert drawn() == (page, 0)


@pytest.mark.parametrize(
    "place", ["pipeline.digest.template_code.__version__", "jinja2.__version__"]
)
def test_another_version_makes_its_own(
    drawn: Drawn, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    """Of the program or of Jinja2: in the place of what was kept."""
    page, made = drawn()
    monkeypatch.setattr(place, "99")
    assert drawn() == (page, made)
    assert drawn() == (page, 0)
    assert made == len([*template_code.FOLDER.iterdir()])


@pytest.mark.parametrize("kept", [b"", b"no code", None])
def test_what_is_damaged_is_made_again(drawn: Drawn, kept: bytes | None) -> None:
    """Also where a file was cut."""
    page, made = drawn()
    for path in template_code.FOLDER.iterdir():
        path.write_bytes(path.read_bytes()[:-100] if kept is None else kept)
    assert drawn() == (page, made)
    assert drawn() == (page, 0)


def test_where_nothing_can_be_written_the_page_is_the_same(
    drawn: Drawn, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A program that another user installed, or one that is to write no byte code."""
    page, made = drawn()
    (tmp_path / "file").touch()
    monkeypatch.setattr(template_code, "FOLDER", tmp_path / "file" / "__pycache__")
    assert drawn() == (page, made)
    monkeypatch.setattr(template_code, "FOLDER", tmp_path / "other")
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert drawn() == (page, made)
    assert not template_code.FOLDER.exists()
