"""Days as people write them, in four languages; two where a text can mean two; none in doubt."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.text.deadlines import day_from
from pipeline.text.phrasing import long_day
from pipeline.text.written_days import WrittenDay, days_in

TODAY = date(2026, 11, 25)  # a Wednesday
TALK = date(2026, 11, 24)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "2026-11-24",
            "2026/11/24",
            "20261124",
            "24.11.2026",
            "24.11.26",
            "24.11.",
            "24. 11. 2026",
        ),
        *(
            "24/11/2026",
            "11/24/2026",
            "11-24-2026",
            "24 Nov",
            "Nov 24, 2026",
            "November 24th, 2026",
        ),
        *("Tuesday, the 24th of November", "24. November 2026", "Dienstag, 24.11.", "Di 24.11."),
        *("mardi 24 novembre", "le 24 nov. 2026", "el martes 24 de noviembre de 2026", "gestern"),
        *("last Tuesday", "tue", "on Tuesday", "Dienstag", "mardi dernier", "martes", "yesterday"),
        *("hier", "ayer", "a day ago", "vor einem Tag", "il y a 1 jour", "hace un día"),
    ],
)
def test_one_day_is_written_in_many_ways(text: str) -> None:
    """All of them mean Tuesday 24 November 2026 on the day after it."""
    assert days_in(text, TODAY) == (WrittenDay(TALK),)


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        *(("yesterday 3pm", time(15)), ("yesterday at 2:30 p.m.", time(14, 30))),
        *(("24.11.2026 um 14.30 Uhr", time(14, 30)), ("Nov 24, 14:30-15:30", time(14, 30))),
        *(("2026-11-24T14:30", time(14, 30)), ("mardi à 14h30", time(14, 30))),
        *(("gestern 9 Uhr", time(9)), ("ayer a las 15:00", time(15)), ("Tuesday at 10", time(10))),
        *(("yesterday noon", time(12)), ("12am yesterday", time(0)), ("2-3pm, Tuesday", time(14))),
    ],
)
def test_an_hour_is_read_with_its_day(text: str, hour: time) -> None:
    """The first one, where a talk lasts from and until."""
    assert days_in(text, TODAY) == (WrittenDay(TALK, hour),)


@pytest.mark.parametrize(
    "text",
    [
        *("", "soon", "31.02.2026", "14:30", "yesterday 25:00", "the 24th", "13pm yesterday"),
        "Monday 24 November 2026",  # it is a Tuesday
        "Tuesday at 3",  # in the night, or in the afternoon
        "24.11.2026 or so",
    ],
)
def test_what_is_no_day_is_none(text: str) -> None:
    """So that it is asked for again."""
    assert days_in(text, TODAY) == ()


def test_two_days_where_a_text_can_mean_two() -> None:
    """The one that has been comes first, or with `ahead` the one to come."""
    behind, ahead = date(2026, 11, 12), date(2026, 12, 11)

    assert [one.day for one in days_in("11/12/2026", TODAY)] == [behind, ahead]
    assert [one.day for one in days_in("11/12/2026", TODAY, ahead=True)] == [ahead, behind]
    assert [one.day for one in days_in("11/12/2026", None)] == [ahead, behind]
    assert day_from("11/12/2026", TODAY) == ahead
    assert day_from("11/12/2026", TODAY, ahead=False) == behind
    assert day_from("10/12/2027", TODAY) is None


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-12-01", date(2026, 12, 1)),
        ("Tomorrow", date(2026, 11, 26)),
        ("next friday", date(2026, 11, 27)),
        ("wed", date(2026, 12, 2)),
        ("7d", date(2026, 12, 2)),
        ("in two weeks", date(2026, 12, 9)),
        ("next week", date(2026, 12, 2)),
        ("24.11.", date(2027, 11, 24)),
        ("soon", None),
        ("2026-13-01", None),
    ],
)
def test_a_day_to_come(written: str, day: date | None) -> None:
    """A weekday is the next one after today, a date without a year the next of that name."""
    assert day_from(written, TODAY) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [("wednesday", TODAY), ("last wednesday", date(2026, 11, 18)), ("26.11.", date(2025, 11, 26))],
)
def test_a_day_that_has_been(text: str, day: date) -> None:
    """Today's own name is today, but for its last one."""
    assert day_from(text, TODAY, ahead=False) == day


@pytest.mark.parametrize("language", ["English", "German", "French", "Spanish"])
def test_every_day_is_read_as_we_write_it(language: str) -> None:
    """The names of all days and months of four languages."""
    for number in range(0, 365, 11):
        day = date.fromordinal(TODAY.toordinal() - number)
        assert days_in(f"{long_day(day, language)} {day.year}", None) == (WrittenDay(day),)


@settings(max_examples=50)
@given(st.text(alphabet=" 0123456789./-:,hpmTadevornimtues", max_size=30))
def test_no_text_raises(text: str) -> None:
    """Whatever is typed."""
    for ahead in (False, True):
        assert len(days_in(text, TODAY, ahead=ahead)) < 3
