"""What the answers of the set-up mean, each by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pipeline.records import Person
from pipeline.touchpoints.drafts import greeted_name
from pipeline.workspace.setup_answers import (
    Ground,
    Unclear,
    people_of,
    read_day,
    read_decision,
    read_own_name,
    read_people,
    shown_answer,
)


@pytest.mark.parametrize(
    ("typed", "is_name"),
    [
        ("Maria del Carmen Ruiz y Soler", True),
        ("", True),  # left open
        ("talked about: yeast going flat", False),
        ("they want somebody who stays for years", False),
    ],
)
def test_a_line_of_the_notes_is_no_name_to_sign_with(typed: str, is_name: bool) -> None:
    """It would end every message."""
    found = read_own_name(typed, Ground(datetime(2026, 11, 25, tzinfo=UTC), "UTC"))
    assert isinstance(found, Unclear) is not is_name


WEDNESDAY = Ground(datetime(2026, 11, 25, 9, tzinfo=UTC), "Europe/Berlin")


def test_by_when_they_decide_is_said_back() -> None:
    """With the day that was understood, to be confirmed where no number was typed."""
    said = read_decision("bis Ende nächster Woche", WEDNESDAY)
    assert not isinstance(said, Unclear)
    assert (said.kept, said.shown) == ("2026-12-04", "Friday 4 December 2026.")
    assert not said.is_certain
    number = read_decision("by the 18th", WEDNESDAY)
    assert not isinstance(number, Unclear)
    assert number.is_certain


def test_a_day_with_its_month_s_name_is_not_asked_back() -> None:
    """A weekday may be another one than is meant; "23 November" and "yesterday" are one day."""
    for typed, is_certain in (
        ("23 November 10:00", True),
        ("yesterday 16:00", True),
        ("last tuesday 3pm", False),
    ):
        said = read_day(typed, WEDNESDAY)
        assert not isinstance(said, Unclear)
        assert said.is_certain is is_certain


@pytest.mark.parametrize("typed", ["", "n", "No idea.", "they didn't say", "weiß nicht", "?"])
def test_a_day_that_was_not_named_stays_open(typed: str) -> None:
    """Instead of being asked for until one is invented."""
    found = read_decision(typed, WEDNESDAY)
    assert not isinstance(found, Unclear)
    assert found.kept == ""


def test_what_can_be_two_moments_is_chosen_from() -> None:
    """Friday of one week or the next; three in the afternoon or in the night."""
    friday = read_decision("next Friday", WEDNESDAY)
    assert isinstance(friday, Unclear)
    assert [kept for kept, _ in friday.choices] == ["2026-11-27", "2026-12-04"]
    hour = read_day("Tuesday at 3", WEDNESDAY)
    assert isinstance(hour, Unclear)
    assert [kept for kept, _ in hour.choices] == ["2026-11-24 15:00", "2026-11-24 03:00"]


@pytest.mark.parametrize(
    "typed",
    [
        "M. Thierry Baud (DRH)",
        "Anna Berg (PDG); Paul Lenz (HRBP)",
        "Anna Berg, DRH <a@x.example>",
        "Anna Berg (Jonas Weber's deputy, Paul Lenz); Ann Lee - Anna, Joe and Co",
    ],
)
def test_the_people_who_were_confirmed_are_those_who_are_written(typed: str) -> None:
    """Each part by itself: read again, also after a stop, nobody becomes two."""
    read, ground = read_people(greeted_name), replace(WEDNESDAY, answers={"language": "English"})
    said = read(typed, ground)
    assert not isinstance(said, Unclear)
    again = read(said.kept, ground)
    assert not isinstance(again, Unclear)
    assert again == said
    kept = people_of(replace(ground, answers={"people": said.kept}))
    assert all(one.name in said.shown and one.title in said.shown for one in kept)
    assert len(kept) == said.shown.count("“")
    assert "{" not in shown_answer("people", said.kept)


def test_a_greeting_is_shown_as_the_page_has_it() -> None:
    """In the place's language and in English where the two differ: there are no notes yet."""
    paris = Ground(WEDNESDAY.now, "Europe/Paris", answers={"company": "Acme"})
    said = read_people(greeted_name)("M. Thierry Baud (DRH)", paris)
    assert not isinstance(said, Unclear)
    assert said.shown == (
        "They will be greeted as “Monsieur Baud” in French, “Thierry” in English "
        "(M. Thierry Baud, DRH)."
    )
    french = replace(paris, answers={"company": "Acme", "language": "French"})
    assert greeted_name(Person("M. Thierry Baud"), paris.zone, "French") == "Monsieur Baud"
    told = read_people(greeted_name)("M. Thierry Baud", french)
    assert not isinstance(told, Unclear)
    assert told.shown == "They will be greeted as “Monsieur Baud” (M. Thierry Baud)."
