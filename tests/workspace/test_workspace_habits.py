"""Notes in other people's habits: their own headings, or none, in four languages.

Each file holds whole notes: `=== who | language | interviewers`, then each line with its section
in the margin: d(iscussed), o(ffice), a(ngle), x for other, h for a heading. The notes in
`jotted_…` have no heading, and are sorted as `init` does; with what nobody can use among the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.records import Person
from pipeline.workspace.asides import is_aside, is_occasion
from pipeline.workspace.jottings import clean_line, note_lines
from pipeline.workspace.sorted_notes import under_headings

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


@pytest.mark.parametrize("bullet", ["- ", ""])
@pytest.mark.parametrize("name", ["jotted_built_on.txt", "jotted_kept_back.txt"])
def test_a_line_of_no_use_is_told_from_one_of_use(name: str, bullet: str) -> None:
    """When and with whom, pay, being late, a joke, the coffee: not used, in four languages."""
    count, wrong = 0, []
    for who, people, rows in notes_in(name):
        (_, title), *rest = marked = [row for row in rows if row[0] in SECTIONS]
        body = "\n".join((title, *(f"{bullet}{line}" for _, line in rest)))
        found = list(note_lines(under_headings(body, people) or body, "n.md", 1, people))
        for margin, line in marked:
            count += 1
            # a label is not part of the line's text
            told = {one.section for one in found if clean_line(line).endswith(one.text)}
            if told != {SECTIONS[margin]}:
                wrong.append(f"{who}: {line!r} is {told}")
    assert len(wrong) <= (1 - RIGHT) * count, "\n".join(wrong)


@pytest.mark.parametrize("name", ["built_on.txt", "kept_back.txt"])
def test_no_line_of_use_is_taken_for_one_of_none(name: str) -> None:
    """Of six hundred, none that somebody meant to be talked about, seen or done."""
    for _, people, rows in notes_in(name):
        names = [one.name for one in people]
        useful = [line for margin, line in rows if margin in "doa"]
        assert not [line for line in useful if is_aside(line) or is_occasion(line, names)]
