"""Ten weeks of news with traps, through the real program."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.traps.season import events_of, load, play

pytestmark = pytest.mark.slow  # seventy runs


def test_no_bad_or_doubtful_story_is_in_a_message(tmp_path: Path) -> None:
    """Of 95 traps none is cited; of 21 opportunities at least nine are."""
    season = load()
    stories, events = {one["id"]: one for one in season["stories"]}, events_of(season)
    used = {use.story for use in play(tmp_path / "workspace", season)} - {""}
    assert not [stories[name]["title"] for name in used if stories[name]["expect"] == "trap"]
    wanted = {
        events[one["id"]]
        for one in season["stories"]
        if one["expect"] == "opportunity" and not one.get("shadow")
    }
    assert len(wanted & {events[name] for name in used}) >= 9
