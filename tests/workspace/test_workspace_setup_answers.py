"""What the answers of the set-up mean, each by itself."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipeline.workspace.setup_answers import (
    Ground,
    Unclear,
    read_day,
    read_decision,
    read_own_name,
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
