"""How many new articles of one feed a day brings."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from pipeline.news import budget
from pipeline.run import run
from tests.sample_workspace import NOW, SampleWorkspace


@pytest.mark.parametrize(
    ("earlier", "most"),
    [
        ([], budget.AT_FIRST),
        ([900], budget.A_DAY),  # a first day says nothing
        ([900, 10, 12, 8], budget.A_DAY),
        ([900, 80, 100, 120], 500),
    ],
)
def test_a_day_has_room_for_five_usual_ones(earlier: list[int], most: int) -> None:
    """A fair or an election is read in full; a flood is not."""
    assert budget.allowed(earlier) == most


def entries(day: int, count: int) -> str:
    return "".join(
        f"<item><title>Item {day} {number} of the day</title><guid>{day}-{number}</guid>"
        f"<pubDate>Tue, 24 Nov 2026 06:{number % 60:02}:00 GMT</pubDate></item>"
        for number in range(count)
    )


def test_a_flood_is_taken_in_part_and_told_once(tmp_path: Path) -> None:
    """Ten entries a day, then three hundred: 250 are read, and the page of that day says so."""
    here = SampleWorkspace(tmp_path)

    def day(number: int, count: int) -> None:
        items = "".join(entries(n, count if n == number else 10) for n in range(1, number + 1))
        (tmp_path / "empty.xml").write_text(
            f"<rss version='2.0'><channel><title>n</title>{items}</channel></rss>", "utf-8"
        )
        run(here.root, NOW + timedelta(days=number))

    def told() -> bool:
        return "300 new articles in a day; 50 of them were passed over." in here.page().read_text()

    day(1, 10)
    assert not told()
    day(2, 300)
    assert told()
    day(3, 10)
    assert not told()
