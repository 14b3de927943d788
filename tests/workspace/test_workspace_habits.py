"""Notes in other people's habits: their own headings, or none, in four languages.

Each file holds whole notes: `=== who | language | interviewers`, then each line with its section
in the margin: d(iscussed), o(ffice), a(ngle), x for other, h for a heading.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.records import Person
from pipeline.workspace.jottings import note_lines

HABITS = Path(__file__).parent / "habits"
SECTIONS = {"d": "discussed", "o": "office", "a": "angle", "x": "other"}
RIGHT = 0.95  # of all lines


def notes_in(name: str) -> Iterator[tuple[str, tuple[Person, ...], list[tuple[str, str]]]]:
    """Yield each note: who jotted it, the interviewers, (margin, line)."""
    for block in (HABITS / name).read_text("utf-8").split("=== ")[1:]:
        head, *rows = block.splitlines()
        who, _, people = (part.strip() for part in head.split(" | "))
        lines = [(row[:1], row[2:]) for row in rows]
        yield who, tuple(Person(one.strip()) for one in people.split(";")), lines


def mistakes_in(name: str) -> tuple[int, list[str]]:
    """Return how many lines there are, and those that went wrong."""
    count, wrong = 0, []
    for who, people, lines in notes_in(name):
        body = "\n".join(line for _, line in lines)
        found = {one.line: one.section for one in note_lines(body, "n.md", 1, people)}
        for number, (margin, line) in enumerate(lines, 1):
            if margin not in SECTIONS and margin != "h":
                continue
            count += margin != "h"
            if found.get(number) != SECTIONS.get(margin):
                wrong.append(f"{who}: {line!r} is {found.get(number)}")
    return count, wrong


@pytest.mark.parametrize("name", ["built_on.txt", "kept_back.txt"])
def test_lines_go_to_the_section_that_their_writer_meant(name: str) -> None:
    """Nineteen of twenty, on the notes that were looked at and on those that were not."""
    count, wrong = mistakes_in(name)
    assert len(wrong) <= (1 - RIGHT) * count, "\n".join(wrong)
