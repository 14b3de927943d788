"""Ten weeks of news with traps, through the real program."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.traps.season import events_of, load, opportunities_of, play

pytestmark = pytest.mark.slow  # seventy runs


@pytest.mark.parametrize(
    ("name", "least"), [("season", 17), ("season_2", 15), ("season_3", 18), ("season_6", 15)]
)
def test_no_bad_or_doubtful_story_is_in_a_message(name: str, least: int, tmp_path: Path) -> None:
    """Of all the traps none is cited; and so many of the opportunities are."""
    season = load(name)
    stories, events = {one["id"]: one for one in season["stories"]}, events_of(season)
    used = {use.story for use in play(tmp_path / "workspace", season)} - {""}
    assert not [stories[story]["title"] for story in used if stories[story]["expect"] == "trap"]
    assert len(opportunities_of(season) & {events[story] for story in used}) >= least
