"""Phrases that several pages use."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from pipeline.text.phrasing import also_told_by, near_day


@pytest.mark.parametrize(
    ("names", "phrase"),
    [
        ((), ""),
        (("Post",), "; also told by Post"),
        (("Post", "Herald", "Echo"), "; also told by Post, Herald and Echo"),
        (("Post", "Herald", "Echo", "Sun"), "; also told by Post, Herald, Echo and one other"),
    ],
)
def test_three_are_named_who_tell_the_same_event(names: tuple[str, ...], phrase: str) -> None:
    """The page names three publishers and counts the rest."""
    assert also_told_by(names) == phrase


@pytest.mark.parametrize(
    ("ahead", "phrase"),
    [
        (-70, "Tuesday 15 September"),
        (-56, "8 weeks ago"),
        (-20, "3 weeks ago"),
        (-14, "2 weeks ago"),
        (-13, "13 days ago"),
        (-7, "7 days ago"),
        (-6, "Wednesday"),
        (-1, "yesterday"),
        (0, "today"),
        (1, "tomorrow"),
        (6, "Monday"),
        (7, "Tuesday 1 December"),
    ],
)
def test_a_day_is_named_as_it_stands_to_the_page(ahead: int, phrase: str) -> None:
    """Of a page of Tuesday 24 November."""
    assert near_day(date(2026, 11, 24) + timedelta(days=ahead), date(2026, 11, 24)) == phrase
