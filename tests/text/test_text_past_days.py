"""Days that have been, as one writes them."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.text.calendar import past_day_from

SUNDAY = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("thursday", date(2026, 11, 26)),
        ("last thursday", date(2026, 11, 26)),
        ("on Thu", date(2026, 11, 26)),
        ("sunday", date(2026, 11, 29)),
        ("yesterday", date(2026, 11, 28)),
        ("2026-12-03", date(2026, 12, 3)),  # an interview may lie ahead, where it is written
        ("soon", None),
    ],
)
def test_a_weekday_of_what_has_been_is_the_last_one(text: str, day: date | None) -> None:
    """Today's own name is today."""
    assert past_day_from(text, SUNDAY) == day
