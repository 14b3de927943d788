"""Other people of the notes: named beside a role, and nobody else."""

from __future__ import annotations

import time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.records import Company
from pipeline.workspace import mentioned
from pipeline.workspace.notes import parse_note

LINES = Path(__file__).parent / "mentioned_people.tsv"  # the names, a tab, the line
NOTE = """---
company: oracle
interviewed: 2026-11-16
interviewers: [{name: Renata Kowalczyk}]
---
- her boss Dana Whitfield decides
- Renata Kowalczyk (head of support) likes sailing
- Tom Reyes (CTO) joins the second talk; boss Dana Whitfield too
"""


def test_of_our_own_lines_nearly_all_names_are_people() -> None:
    """Of the names that are taken at least 95 % are people, and 85 % of the people are found.

    More than half of the lines name none: products, places, teams, firms.
    """
    hits = said = wanted = 0
    for line in LINES.read_text("utf-8").splitlines():
        names, text = line.split("\t")
        people, found = set(filter(None, names.split(";"))), set(mentioned.names_in(text))
        hits, said, wanted = hits + len(people & found), said + len(found), wanted + len(people)
    assert hits / said >= 0.95
    assert hits / wanted >= 0.85


def test_the_interview_knows_who_else_is_named() -> None:
    """Each once; who was at the talk is no other person."""
    oracle = {"oracle": Company("oracle", "Oracle")}
    interview, _ = parse_note(NOTE, "data/notes/oracle.md", oracle, ZoneInfo("UTC"))
    assert interview is not None
    assert [person.name for person in interview.mentioned] == ["Dana Whitfield", "Tom Reyes"]


@pytest.mark.parametrize(
    "line",
    [
        "Dana Whitfield",
        "Dana Whitfield sails",
        "the boss likes Dana",
        "CTO Digital Factory",
        "Green Belt (manager)",
    ],
)
def test_capitals_or_a_role_alone_name_nobody(line: str) -> None:
    """It takes a full name with a role right beside it."""
    assert mentioned.names_in(line) == ()


@given(st.text(max_size=300))
def test_any_line_can_be_read(text: str) -> None:
    """Whatever a note holds."""
    assert all(name in " ".join(text.split()) for name in mentioned.names_in(text))


@pytest.mark.parametrize("piece", ["Anna ", "head of ", "Anna-", "boss, ", "a", "Anna de la "])
def test_a_long_line_is_read_in_little_time(piece: str) -> None:
    """The time grows with the length, not with its square: a pasted page stops no run."""
    begun = time.process_time()
    mentioned.names_in(piece * 10_000)
    assert time.process_time() - begun < 5
