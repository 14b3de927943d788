"""Whom `log --person` means: an exact name first, then any spelling, then a part of the name."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.commands.queue import interviewer
from pipeline.errors import NotFound


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace whose notes name two people, one of whose names begins with the other's."""
    notes = tmp_path / "data" / "notes"
    notes.mkdir(parents=True)
    (tmp_path / "feeds.yaml").write_text(
        "companies:\n  acme:\n    name: Acme\n    feeds: [a.xml]\n"
    )
    (notes / "a.md").write_text(
        "---\ncompany: acme\ninterviewed: 2026-11-16\n"
        "interviewers: [Ada Novak, Ada Novak Smith, Conor O’Brien]\n---\n- the pilot\n"
    )
    return tmp_path


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Ada Novak", "Ada Novak"),  # though it is a part of the other one
        ("Ada Novak Smith", "Ada Novak Smith"),
        ("Novak, Ada", "Ada Novak"),
        ("conor o'brien", "Conor O’Brien"),
        ("smith", "Ada Novak Smith"),
        ("Ben Ito", "Ben Ito"),
    ],
)
def test_a_person_is_known_by_the_exact_name_any_spelling_or_a_part(
    root: Path, written: str, meant: str
) -> None:
    """In this order; a colleague whom no note names is taken as written."""
    assert interviewer(root, "acme", written) == meant


def test_a_part_of_two_names_is_asked_about(root: Path) -> None:
    """Nobody is guessed."""
    with pytest.raises(NotFound, match="Which Ada"):
        interviewer(root, "acme", "Ada")
