"""The clock jumps, and the nights on which it is changed: nothing lost, nothing twice."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from pipeline.records import History, Move, State
from pipeline.run import run
from pipeline.steps.pages import read_digest
from pipeline.store import candidate
from pipeline.store.database import opened
from tests import workspace_files
from tests.endurance import world
from tests.endurance.world import Feeds

MORNING = time(6)  # `settings › digest › not_before`
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def past(root: Path) -> History:
    with opened(root) as db:
        return candidate.load_history(db)


def moves(root: Path) -> tuple[Move, ...]:
    with opened(root) as db:
        return candidate.moves(db)


def digest_of(root: Path, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((root / f"data/digests/{name}.json").read_text("utf-8"))
    return found


def standing(root: Path) -> dict[str, tuple[int, State]]:
    """Return the number and status of each suggestion that may be answered."""
    return {
        item.suggestion.key: (item.id, item.status)
        for item in past(root).touchpoints
        if item.status in ("suggested", "sent")
    }


# ------------------------------------------------------------------------------------------ jumps


@pytest.fixture
def begun(tmp_path: Path, feeds: Feeds) -> Path:
    """A workspace whose user has answered on the first day's page, in the copy with its date."""
    root = tmp_path / "ws"
    world.prepare(root, feeds)
    feeds.now = world.MORNING
    run(root, world.MORNING)
    world.answer(root)
    (root / "data/digests/latest.md").replace(root / "data/digests/2026-11-24.md")
    feeds.now = world.NEXT
    run(root, world.NEXT)
    return root


@pytest.mark.parametrize("jump", [-DAY, 365 * DAY], ids=["back a day", "ahead a year"])
def test_a_clock_that_was_wrong_for_one_run_costs_nothing(
    begun: Path, feeds: Feeds, jump: timedelta
) -> None:
    """When it is right again: what the user did stands, and today's page says what it said."""
    before = standing(begun), past(begun).contacts, [m for m in moves(begun) if m.by == "user"]
    titles = [entry["title"] for entry in digest_of(begun, "latest")["entries"]]
    assert titles
    run(begun, world.NEXT + jump + HOUR)
    feeds.asked.clear()
    for hours in (2, 4):
        run(begun, world.NEXT + hours * HOUR)

    after = standing(begun), past(begun).contacts, [m for m in moves(begun) if m.by == "user"]
    assert after == before
    latest = digest_of(begun, "latest")
    assert latest["day"] == "2026-12-02"
    assert [entry["title"] for entry in latest["entries"]] == titles
    assert "2 December" in (begun / "data/digests/latest.md").read_text("utf-8").splitlines()[0]
    assert read_digest(begun, None).day == date(2026, 12, 2)
    if (
        jump > timedelta()
    ):  # the feeds were asked at a time to come, and are not silenced until then
        assert feeds.asked["/halden.xml"] >= 1
    keys = Counter(item.suggestion.key for item in past(begun).touchpoints)
    assert set(keys.values()) == {1}


# ------------------------------------------------------------------------------------ summer time

NIGHTS = {
    "Paris, an hour twice": ("Europe/Paris", date(2026, 10, 25)),
    "Paris, an hour not at all": ("Europe/Paris", date(2027, 3, 28)),
    "New York, an hour twice": ("America/New_York", date(2026, 11, 1)),
    "New York, an hour not at all": ("America/New_York", date(2027, 3, 14)),
}
CONFIG = """
settings:
  timezone: ZONE
  news: {every_minutes: 0}
  digest: {of_one_source: 50, of_one_subject: 50, worth_a_look: 10}
companies:
  halden: {name: Halden Freight, timezone: ZONE, feeds: [news.xml, missing.xml]}
"""
NOTES = """---
company: halden
interviewed: %s 15:30
interviewers: [{name: Tom Adeyemi}, {name: Aud Lunde}]
---
## Seen in the office
- photo of an ocean racing boat
## My angle
- ran the supplier ramp-up for a container terminal with two cranes
"""


def hours(zone: ZoneInfo, night: date) -> Iterator[datetime]:
    """Yield each hour, at half past, from the Friday before to the Tuesday after it."""
    at, end = (
        datetime.combine(night + number * DAY, time(), zone).astimezone(UTC) for number in (-2, 3)
    )
    while at < end:
        yield at + timedelta(minutes=30)
        at += HOUR


def write_feed(root: Path, night: date, zone: ZoneInfo, now: datetime) -> None:
    """Write the feed: an article for each hour of the night, and filler."""
    begin = datetime.combine(night, time(), zone).astimezone(UTC)
    items = []
    for number in range(-24, 24):
        what = "Ocean racing boat" if 0 <= number < 5 else f"{world.WORDS[number % 27]} hall"
        title = f"{what} {world.WORDS[number % 23]} {number * number + 11}"
        text = f"{title}; {world.WORDS[number % 25]}, {world.WORDS[number % 19]}."
        items.append((str(number), title, text, begin + number * HOUR))
    world.write(root, "news.xml", workspace_files.rss(item for item in items if item[3] <= now))


@pytest.mark.slow
@pytest.mark.parametrize(("name", "night"), NIGHTS.values(), ids=NIGHTS)
def test_the_night_on_which_the_clock_is_changed(name: str, night: date, tmp_path: Path) -> None:
    """Hourly runs: a page a day, each thing said on one day only, each suggestion once."""
    zone, root = ZoneInfo(name), tmp_path / "ws"
    world.write(root, "feeds.yaml", CONFIG.replace("ZONE", name))
    world.write(root, "data/notes/halden.md", NOTES % (night - 2 * DAY))
    last: dict[date, dict[str, Any]] = {}
    runs: Counter[date] = Counter()
    for now in hours(zone, night):
        today = now.astimezone(zone).date()
        write_feed(root, night, zone, now)
        report = run(root, now)
        runs[today] += 1
        assert report.day == today
        if report.waits:  # for the morning
            assert now.astimezone(zone).time() < MORNING
            continue
        last[today] = digest_of(root, "latest")
        assert last[today] == digest_of(root, today.isoformat())

    days = [night + number * DAY for number in range(-2, 3)]
    assert sorted(last) == days
    assert {path.stem for path in (root / "data/digests").glob("2*.json")} == {
        day.isoformat() for day in days
    }
    assert {runs[day] for day in days if day != night} == {24}
    assert runs[night] == (25 if night.month > 6 else 23)
    looks = Counter(item["link"] for day in days for item in last[day]["worth_a_look"])
    assert set(looks.values()) <= {1}
    went = {item.suggestion.reference.link for item in past(root).touchpoints}
    assert looks.keys() | went - {""} == {f"https://n.example/{number}" for number in range(5)}
    named = [day for day in days if last[day]["troubles"]]
    assert named == days[:1]  # the missing file, on its first day
    touchpoints = past(root).touchpoints
    assert set(Counter(item.suggestion.key for item in touchpoints).values()) == {1}
    assert {item.suggestion.person for item in touchpoints} == {"Tom Adeyemi", "Aud Lunde"}
    for item in touchpoints:
        due = item.suggestion.due.astimezone(zone)
        assert due.weekday() < 5
        assert 9 <= due.hour < 18
    told = Counter((move.touchpoint, move.what) for move in moves(root))
    assert all(number <= 1 for number in told.values()), told
