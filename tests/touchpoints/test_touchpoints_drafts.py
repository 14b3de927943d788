"""Drafts: short, specific, nothing invented, no worn-out phrase."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.records import Plan
from pipeline.touchpoints.drafts import MOST_WORDS, WORN_OUT
from pipeline.touchpoints.phrases import experience_of, first_name, topic_of
from tests.touchpoints.world import IMRAN, RENATA, contact, interview, news, plan, tidbit


def _every_kind() -> list[Plan]:
    people = (RENATA, IMRAN)
    old = interview(ago=10, people=people)
    late = interview(ago=30, people=people, decision_expected=date(2026, 11, 10))
    return [
        plan(interview(people=people), matches=(tidbit(), tidbit("t2"))),
        plan(old, matches=(news(), news("n2")), contacts=(contact(9), contact(9, person="x"))),
        plan(old, matches=(tidbit(),)),
        plan(old),
        plan(late),
    ]


def test_every_kind_is_short_and_fresh() -> None:
    """Under 150 words, no phrase that everybody has read too often, a subject, a gap or two."""
    found = [item for one in _every_kind() for item in one.suggestions]

    assert {item.kind for item in found} == {
        "thank_you",
        "contribution",
        "tidbit",
        "check_in",
        "decision",
    }
    for item in found:
        text = f"{item.draft.subject}\n{item.draft.body}".casefold()
        assert len(text.split()) < MOST_WORDS
        assert not [phrase for phrase in WORN_OUT if phrase in text]
        assert item.draft.subject
        assert "  " not in item.draft.body


def test_what_stood_in_the_office_is_never_recited() -> None:
    """The photo of the boat is not mentioned; the story speaks for itself."""
    found = plan(interview(), matches=(tidbit(),)).suggestions[0]

    assert found.story == "t1"
    assert "photo" not in found.draft.body
    assert "office" not in found.draft.body


@pytest.mark.parametrize(
    ("line", "topic"),
    [
        (
            "the takeover of the rival HR vendor; what to tell",
            "the takeover of the rival HR vendor",
        ),
        ("CRM refresh: sales people hate it", "CRM refresh"),
        ("Security patches - quarterly rhythm?", "security patches"),
        ("how long will they keep the old product line alive?", ""),
        ("she asked what I would do", ""),
        ("boats", ""),
        ("", ""),
    ],
)
def test_a_jotted_line_gives_a_topic_only_where_that_is_safe(line: str, topic: str) -> None:
    """A noun phrase is taken; a sentence or a question leaves a gap."""
    assert topic_of(line) == topic


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("ran the supplier ramp-up for two plants", "I ran the supplier ramp-up for two plants"),
        ("can write the playbook.", "I can write the playbook"),
        ("Trained trustees and secretaries", "I trained trustees and secretaries"),
        ("SQL and PL/SQL", "my background: SQL and PL/SQL"),
        ("11 years in enterprise software", "my background: 11 years in enterprise software"),
    ],
)
def test_a_skill_line_becomes_a_clause(line: str, said: str) -> None:
    """What begins with what one did becomes a sentence, the rest a background."""
    assert experience_of(line) == said


def test_titles_are_not_first_names() -> None:
    """One greets Dr. Ada Lovelace as Ada."""
    assert first_name("Dr. Ada Lovelace") == "Ada"
