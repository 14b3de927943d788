"""Of what use lines are that stand under no heading: what was learnt, and where it is not asked."""

from __future__ import annotations

import time

import pytest

from pipeline.records import NoteLine, Person
from pipeline.workspace import line_use
from pipeline.workspace.jottings import note_lines

NOTE = """\
Tuesday 2 pm, second floor, lift broken
Marian wants the night shift down from forty pickers to thirty by spring
asked how I would deal with agency staff who don't turn up
told her how we did zone picking at my last place, errors halved within months
framed photo of a narrowboat behind her desk, they live on it in summer
her deputy is leaving at Christmas, she hasn't told the team yet
new warehouse system goes live in February, nobody has been trained
felt nervous at first, talked far too fast
38k, start in March
"""
MARIAN = Person("Marian Holt", "Head of Operations", "marian@example.com")


def _lines(body: str) -> list[NoteLine]:
    return list(note_lines(body, "n.md", 1, (MARIAN,)))


def test_lines_without_a_heading_are_told_by_what_they_say() -> None:
    """And what was told in confidence is kept out of messages."""
    lines = _lines(NOTE)
    sections = [line.section for line in lines]
    assert sections[1:5] == ["discussed", "discussed", "angle", "office"]
    assert sections[6:] == ["discussed", "other", "other"]
    assert lines[5].avoided
    assert not lines[1].avoided


def test_under_a_heading_nothing_is_learnt() -> None:
    """Its writer knows best."""
    lines = _lines(f"## What we talked about\n{NOTE}")
    assert {line.section for line in lines[1:]} == {"discussed"}


@pytest.mark.parametrize("count", [line_use.LEAST_LINES - 1, line_use.LEAST_LINES])
def test_a_few_lines_are_all_talked_about(count: int) -> None:
    """How a note is written is told by its other lines."""
    uses = line_use.uses_of(NOTE.splitlines()[:count])
    assert (set(uses) == {"discussed"}) is (count < line_use.LEAST_LINES)


def test_what_is_written_in_other_letters_was_talked_about() -> None:
    """No word of it was learnt; a figure alone is of no such language."""
    assert set(line_use.uses_of(["Мы говорили о кранах", "我们谈了起重机"] * 5)) == {"discussed"}


def test_a_secret_that_is_likely_enough_is_one() -> None:
    """To mention one is twice as bad as to keep a mood, and so is to lose a line of the talk."""
    assert line_use.cheapest((0.25, 0, 0, 0.45, 0.3)) == "untold"
    assert line_use.cheapest((0.3, 0, 0, 0.45, 0.25)) == "discussed"
    assert line_use.cheapest((0.2, 0, 0, 0.6, 0.2)) == "other"


def test_a_megabyte_is_read_in_time() -> None:
    """Each line is asked once, and only its beginning."""
    began = time.process_time()
    line_use.uses_of(["we talked about the new line and what it costs them " * 4] * 5_000)
    assert time.process_time() - began < 5  # it takes half a second
