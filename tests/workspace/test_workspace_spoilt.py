"""Spoilt files as people save, paste and export them: each is understood, or its slip is named."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from pipeline.records import Company
from pipeline.text.calendar import day_in
from pipeline.workspace.config import parse_config
from pipeline.workspace.notes import parse_note

PARIS = ZoneInfo("Europe/Paris")
FEEDS = "companies:\n  acme:\n    name: Acme\n    feeds: [a.xml]\n"
NOTE = "---\ncompany: acme\ninterviewed: 2026-11-24\ninterviewers: [Jane Doe]\n---\n- cranes\n"


@pytest.mark.parametrize(
    ("key", "written", "expected"),
    [
        ("aliases", "Acme Corp, ACM", ("Acme Corp", "ACM")),
        ("aliases", "Acme, Inc.", ("Acme, Inc.",)),
        ("aliases", "\n      • Acme Corp\n      • ACM", ("Acme Corp", "ACM")),
        ("aliases", "“Acme Corp”", ("Acme Corp",)),
        ("industry", "robots; cranes", ("robots", "cranes")),
        ("not", "Acme Arena, Acme Park", ("Acme Arena", "Acme Park")),
        ("not", "Acme, the band", ("Acme, the band",)),  # never Acme itself
        ("mute", "share price, dividend", ("share price", "dividend")),
    ],
)
def test_a_plain_text_where_a_list_is_expected_is_each_of_its_words(
    key: str, written: str, expected: tuple[str, ...]
) -> None:
    """Between commas or bullets; as one text it would never be found in any news."""
    config, problems = parse_config(f"{FEEDS}    {key}: {written}\n", Path())
    (company,) = config.companies
    found = {
        "aliases": company.aliases,
        "industry": company.industry,
        "not": company.negatives,
        "mute": tuple(mute.word for mute in config.mutes),
    }[key]
    assert problems == []
    assert found == expected


@pytest.mark.parametrize(
    "written", ["a.xml, b.xml", "\n      • a.xml\n      • b.xml", "“a.xml”, b.xml"]
)
def test_feeds_in_one_text_are_each_a_feed(written: str) -> None:
    """One address with a blank in it would be asked for ever."""
    config, problems = parse_config(FEEDS.replace("[a.xml]", written), Path())
    assert [Path(feed.address).name for feed in config.companies[0].feeds] == ["a.xml", "b.xml"]
    assert problems == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (FEEDS.replace("name:", "name："), "wide colon"),
        (FEEDS.replace("name: ", "name:"), "no blank behind the colon"),
        (FEEDS.replace("Acme", "Acme: robots"), "colon inside a text"),
        (FEEDS.replace("[a.xml]", "\n      * a.xml"), "asterisk before an entry"),
        (f"```yaml\n{FEEDS}```\n", "mark of Markdown"),
        (f"---\n{FEEDS}---\n{FEEDS}", "second part begins"),
        (f"settings: {{timezone: Bergen}}\n{FEEDS}", "Write Europe/Oslo."),
        (f"{FEEDS}    timezone: Hamburg\n", "Write Europe/Berlin."),
    ],
)
def test_a_slip_in_feeds_yaml_is_named(text: str, expected: str) -> None:
    """In words that say what to do, and nothing breaks on it."""
    config, problems = parse_config(text, Path())
    assert any(expected in f"{one.what} {one.todo}" for one in problems)
    assert ZoneInfo(config.settings.timezone)


def test_blanks_of_a_web_page_indent_as_well() -> None:
    """A no-break space is a blank; what nobody sees is nothing."""
    config, problems = parse_config(
        FEEDS.replace("    name", "\u00a0\u00a0\u00a0 name\u200b"), Path()
    )
    assert ([company.name for company in config.companies], problems) == (["Acme"], [])


@pytest.mark.parametrize(
    "text",
    [
        NOTE.replace("[Jane Doe]", "\n  - Jane Doe: CTO\n"),
        NOTE.replace("[Jane Doe]", "\n  Jane Doe: CTO\n"),
        NOTE.replace("Jane Doe", "“Jane Doe”").replace("acme", "“acme”"),
        NOTE.replace("---", "———"),
        NOTE.replace("---", "***"),
        "\n".join(f"  {line}" for line in NOTE.splitlines()),
        NOTE.replace("acme", "[[Acme]]"),
        NOTE.replace("acme", '"[[Acme]]"'),
        NOTE.replace("2026-11-24", "2026-11-24th"),
        NOTE.replace("2026-11-24", "“24.11.2026”"),
        NOTE.replace("---\n- cranes", "- cranes"),  # no dashes below
        NOTE.replace("---\n- cranes", "\n- cranes"),
        NOTE.replace("---\n- cranes", "status: [waiting]\n---\n- cranes"),
        NOTE.replace("interviewers", "role: [Engineer, Lead]\ninterviewers"),
        f"```\n{NOTE}```\n",
        f"\ufeff\n\n{NOTE}",
        f"\u200b{NOTE}",
        NOTE.replace("company: ", "company:\u00a0").replace("interviewed", "\u200binterviewed"),
        f"<!-- mine -->\n{NOTE}",
        f"# Acme\n\n{NOTE}",
        NOTE.replace("\n", "\r"),
        NOTE.replace("\n", "\r\n"),
    ],
)
def test_a_spoilt_note_is_understood(text: str) -> None:
    """The day without an hour, the person without signs, and its line."""
    interview, problems = parse_note(text, "n.md", {"acme": Company("acme", "Acme")}, PARIS)
    assert interview is not None, problems
    assert interview.day_only
    assert day_in(PARIS, interview.interviewed) == date(2026, 11, 24)
    assert [person.name for person in interview.people] == ["Jane Doe"]
    assert [line.text for line in interview.lines] == ["cranes"]
    lines = [
        line.strip(" `") for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    ]
    assert lines[interview.lines[0].line - 1] == "- cranes"


def test_an_empty_day_is_one_mistake() -> None:
    """And not one for each type that it could have."""
    text = NOTE.replace("2026-11-24", "")
    _, problems = parse_note(text, "n.md", {"acme": Company("acme", "Acme")}, PARIS)
    assert [(one.line, one.what) for one in problems] == [(3, "An empty value does not fit here.")]


def test_quotes_of_a_word_processor_are_no_part_of_an_address() -> None:
    """As a phone types them."""
    text = NOTE.replace("[Jane Doe]", "\n  - {name: Jane Doe, email: ‘jane@x.example’}")
    interview, problems = parse_note(text, "n.md", {"acme": Company("acme", "Acme")}, PARIS)
    assert (interview and interview.people[0].email, problems) == ("jane@x.example", [])
