"""One person under two spellings, in the notes of one company."""

from __future__ import annotations

from datetime import UTC, datetime

from pipeline.records import Interview, NoteLine, Person
from pipeline.workspace.same_person import one_spelling


def talk(day: int, *people: Person, company: str = "acme", line: str = "") -> Interview:
    """Return a talk of that day of November with these people."""
    note = NoteLine("n.md", 9, "discussed", "the pilot", line)
    when = datetime(2026, 11, day, 12, tzinfo=UTC)
    return Interview(
        f"{company}-{day}.md", company, when, day_only=True, people=people, lines=(note,)
    )


def test_two_spellings_of_one_name_become_that_of_the_oldest_talk() -> None:
    """Under it their messages are known; the order of the notes stays."""
    new = talk(12, Person("Novak, Ada"), line="Novak, Ada")
    (first, second), problems = one_spelling([new, talk(10, Person("Ada Novak"))])
    assert [first.people[0].name, second.people[0].name] == ["Ada Novak", "Ada Novak"]
    assert first.lines[0].person == "Ada Novak"
    assert not problems


def test_an_initial_with_the_same_address_is_the_same_person() -> None:
    """An address is one person's, if the name may be."""
    found, problems = one_spelling(
        [
            talk(10, Person("Ada Novak", email="ada@acme.example")),
            talk(12, Person("A. Novak", email="Ada@acme.example")),
        ]
    )
    assert {talk.people[0].name for talk in found} == {"Ada Novak"}
    assert not problems


def test_two_names_at_one_shared_address_are_two_people() -> None:
    """jobs@ is many people's."""
    found, _ = one_spelling(
        [
            talk(10, Person("Ada Novak", email="jobs@acme.example")),
            talk(12, Person("Ben Ito", email="jobs@acme.example")),
        ]
    )
    assert [talk.people[0].name for talk in found] == ["Ada Novak", "Ben Ito"]


def test_an_initial_without_an_address_is_asked_about() -> None:
    """It may be Ada, and it may be Anton."""
    found, problems = one_spelling([talk(10, Person("Ada Novak")), talk(12, Person("A. Novak"))])
    assert [talk.people[0].name for talk in found] == ["Ada Novak", "A. Novak"]
    assert [(item.where, item.level) for item in problems] == [("acme-12.md", "warning")]


def test_one_name_at_two_companies_keeps_both_spellings() -> None:
    """Whether it is one person is asked elsewhere, with the addresses."""
    given = [talk(10, Person("Ada Novak")), talk(12, Person("Novak, Ada"), company="other")]
    assert one_spelling(given) == (tuple(given), [])
