"""Days and hours where people are."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from pipeline.text.calendar import day_in, start_of, time_from, zone_of

NOW = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)
TODAY = date(2026, 11, 24)  # a Tuesday


def test_the_nearest_zone_counts() -> None:
    """The person's, else the company's, else one's own, else UTC."""
    assert zone_of("", "Asia/Tokyo", "Europe/Paris").key == "Asia/Tokyo"
    assert zone_of("", "").key == "UTC"


def test_it_is_tomorrow_in_tokyo() -> None:
    """The day is that of the place, and begins there."""
    tokyo = zone_of("Asia/Tokyo")
    assert day_in(tokyo, NOW) == date(2026, 11, 25)
    assert start_of(date(2026, 11, 25), tokyo) == datetime(2026, 11, 24, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "hour"),
    [("06:00", time(6)), ("6:30", time(6, 30)), ("24:00", None), ("6", None), ("6:3", None)],
)
def test_a_time_as_people_write_it(written: str, hour: time | None) -> None:
    """Hours and two digits of minutes."""
    assert time_from(written) == hour
