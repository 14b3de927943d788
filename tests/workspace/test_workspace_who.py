"""Roles and languages as people write them in the head of a note."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.records import Company
from pipeline.workspace.notes import parse_note
from pipeline.workspace.who import channel_of, language_of, role_of


@pytest.mark.parametrize(
    ("written", "title", "role"),
    [
        ("hiring manager", "", "manager"),
        ("Chefin", "", "manager"),
        ("Recruiterin", "", "recruiter"),
        ("HR", "", "recruiter"),
        ("peer", "", "peer"),
        ("Teamassistenz", "", None),  # nobody knows it: a warning, and an interviewer
        ("assistant", "Head of Yield", "assistant"),
        ("", "Talent Acquisition Partner", "recruiter"),
        ("", "Executive Assistant", "assistant"),
        ("", "Assistant Professor of Physics", "interviewer"),
        ("", "Secrétaire de direction", "assistant"),
        ("", "Secrétaire général", "interviewer"),  # who runs the house
        ("", "Secretary-General", "interviewer"),
        ("", "Secretaria general", "interviewer"),
        ("", "Head of Customs", "interviewer"),  # a title makes nobody the manager of this post
        ("", "", "interviewer"),
        ("wizard", "", None),
    ],
)
def test_a_role_is_known_by_the_word_for_it(written: str, title: str, role: str | None) -> None:
    """In four languages; a title tells only who arranges the matter."""
    assert role_of(written, title) == role


@pytest.mark.parametrize(
    ("written", "language"),
    [("German", "German"), ("de-CH", "German"), ("français", "French"), ("", ""), ("Dutch", None)],
)
def test_a_language_is_known_by_its_names_and_its_code(written: str, language: str | None) -> None:
    """None is a language without wordings."""
    assert language_of(written) == language


@pytest.mark.parametrize(
    ("written", "channel"),
    [
        ("LinkedIn", "linkedin"),
        ("Linked In", "linkedin"),
        ("e-mail", "email"),
        ("Postkarte", "card"),
        ("correo postal", "card"),
        ("correo", "email"),
        ("Anruf", "call"),
        ("téléphone", "call"),
        ("carrier pigeon", None),
        ("calling card", None),
    ],
)
def test_a_channel_is_known_by_the_word_for_it(written: str, channel: str | None) -> None:
    """In the four languages; and a word that only begins like one is none."""
    assert channel_of(written, "Ann Lee", "ann@example.com") == channel


def test_without_a_word_for_it_the_address_decides() -> None:
    """Whoever has a name is found on LinkedIn; nobody in particular is not."""
    assert channel_of("", "Ann Lee", "ann@example.com") == "email"
    assert channel_of(" ", "Ann Lee", "") == "linkedin"
    assert channel_of("", "", "") == "email"


@given(st.text(max_size=40), st.text(max_size=40))
def test_whatever_is_written_breaks_nothing(written: str, title: str) -> None:
    """A head is typed by people in a hurry."""
    role_of(written, title)
    language_of(written)
    channel_of(written, title, "")


def test_what_nobody_knows_is_a_warning_with_its_line() -> None:
    """The interview is read all the same."""
    text = (
        "---\ncompany: oracle\ninterviewed: 2026-11-16\nlanguage: Klingon\ninterviewers:\n"
        "  - {name: Ann Lee, role: wizard, greet: Annie}\n---\n- the archive\n"
    )
    interview, problems = parse_note(
        text, "o.md", {"oracle": Company("oracle", "Oracle")}, ZoneInfo("Europe/Paris")
    )

    assert interview is not None
    assert (interview.people[0].role, interview.people[0].greet) == ("interviewer", "Annie")
    assert [(item.line, item.level) for item in problems] == [(6, "warning"), (4, "warning")]


def test_a_channel_that_nobody_knows_is_a_warning_with_its_line() -> None:
    """With what it may have been, and with what is done instead."""
    text = (
        "---\ncompany: oracle\ninterviewed: 2026-11-16\ninterviewers:\n"
        "  - {name: Ann Lee, email: ann@example.com, channel: pigeon}\n"
        "  - name: Bo Ek\n    channel: linkdin\n"
        "  - {name: Cy Day, Kanal: Karte}\n---\n- the archive\n"
    )
    interview, problems = parse_note(
        text, "o.md", {"oracle": Company("oracle", "Oracle")}, ZoneInfo("Europe/Paris")
    )

    assert interview is not None
    assert [person.channel for person in interview.people] == ["email", "linkedin", "card"]
    assert [(item.line, item.level, item.what, item.todo) for item in problems] == [
        (
            5,
            "warning",
            '"pigeon" is not known as a channel, so messages to this person are written for a '
            "mail.",
            "Known: email, linkedin, card, call.",
        ),
        (
            7,
            "warning",
            '"linkdin" is not known as a channel, so messages to this person are written for '
            "LinkedIn.",
            'Did you mean "linkedin"?',
        ),
    ]
