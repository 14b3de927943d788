"""Ten days on which something is answered every evening; the run that reads it is killed.

The days run undisturbed under one seed of Python's hashes, and are killed under three others: no
order of a set shows in what is left. `TOUCHPOINTS_KILLS=300` kills as many under each seed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random

import pytest

from tests.endurance import world
from tests.endurance.conftest import Day, undisturbed
from tests.endurance.faults import commands
from tests.endurance.test_endurance_kills import KILLS, Graveyard, deaths
from tests.endurance.world import FEEDS, WORDS, Feeds, Item

DAYS = 10
MORNINGS = tuple(world.MORNING + timedelta(days=number) for number in range(DAYS))


def news(feed: str) -> Iterator[Item]:
    """Yield what a feed brings on each of the days: one story that matters, others that don't."""
    for day in range(1, DAYS):
        town, good, number = WORDS[day], WORDS[day + 9], 17 * day
        yield from world.filler(200 + 10 * day, 204 + 10 * day, day - 0.4)
        match feed:
            case "/halden.xml":
                title = f"Halden Freight orders {number} cranes for {good} in {town} harbour"
                text = f"Suppliers ramp up a container terminal; the quay works {number} nights."
            case "/norvik.xml":
                title = f"Norvik Lines ships {good} from {town} with {number} new container cranes"
                text = f"Its supplier ramps up in {number} weeks, at the {town} terminal."
            case _:
                title = f"Ocean racing boat {number} brings {good} home from {town}"
                text = f"The ocean racing boat sailed {number} days through {town} and {good}."
        yield f"{feed[1:4]}-{day}", title, text, day - 0.3


ITEMS = FEEDS | {
    feed: [*news(feed), *FEEDS[feed]] for feed in ("/halden.xml", "/norvik.xml", "/sailing.xml")
}


def evening(now: datetime, root: Path) -> None:
    """Answer on the page of that day by lot, edit a message on it and another in its file."""
    dice, page = Random(now.isoformat()), root / "data" / "digests" / "latest.md"
    text = page.read_text("utf-8")
    for entry in json.loads(page.with_suffix(".json").read_text("utf-8"))["entries"]:
        old = f"- [ ] {{}} (no. {entry['id']})"
        match dice.choice(("sent", "later", "not for me", "message", "file", "")):
            case "sent" | "not for me" as label:
                text = text.replace(old.format(label), old.format(label).replace("[ ]", "[x]"))
            case "later":
                later = f"{old.format('later')}, on:"
                text = text.replace(later, f"{later} in 2 days")
            case "message":
                greeting = f"> Dear {entry['person'].split()[0]},"
                text = text.replace(greeting, greeting.replace("Dear", "Good evening"), 1)
            case "file":
                for draft in (root / "data" / "drafts").glob(f"{entry['id']}-*.eml"):
                    draft.write_text(draft.read_text("utf-8").replace("Dear", "My dear"), "utf-8")
                    world.moment(draft, now + timedelta(hours=11))
    page.write_text(f"{text}\nAsk Ola about hall {now.day}.\n", "utf-8")
    world.moment(page, now + timedelta(hours=11))


@pytest.fixture(scope="module")
def ten_feeds() -> Iterator[Feeds]:
    with world.served(Feeds(ITEMS)) as one:
        yield one


@pytest.fixture(scope="module")
def ten_days(ten_feeds: Feeds, tmp_path_factory: pytest.TempPathFactory) -> tuple[Day, ...]:
    """Run the ten days with no fault."""
    evenings = {now: partial(evening, now) for now in MORNINGS}
    with commands("0") as command:
        folder = tmp_path_factory.mktemp("ten")
        return undisturbed(command, ten_feeds, folder, MORNINGS, evenings)


@pytest.mark.slow
def test_in_ten_days_everything_is_answered_in_each_way(ten_days: tuple[Day, ...]) -> None:
    """Else a kill could lose what was never there."""
    rows = ten_days[-1].after["moves"]
    said = {what for row in rows for what in ("sent", "snoozed", "dismissed") if what in row}
    assert said >= {"sent", "snoozed", "dismissed"}, rows


@pytest.mark.slow
@pytest.mark.timeout(6_000)
@pytest.mark.parametrize("seed", ["1", "2", "3"])
def test_ten_days_of_runs_that_are_killed_are_ten_days(
    seed: str, ten_days: tuple[Day, ...], ten_feeds: Feeds, capsys: pytest.CaptureFixture[str]
) -> None:
    """Store, pages, drafts: as nobody killed them, with every answer of the evening before."""
    with commands(seed) as command:
        graveyard = Graveyard(command, ten_feeds)
        graveyard.live(ten_days[0])
        for death in deaths(ten_days, KILLS, by=int(seed)):
            graveyard.die(death)
            if len(graveyard.wrong) > 20:
                break
        with capsys.disabled():
            print(f"\nseed {seed}: killed {graveyard.killed} of {KILLS}", end="")
    assert not graveyard.wrong, "\n".join(graveyard.wrong)


@pytest.mark.slow
@pytest.mark.timeout(6_000)
def test_what_is_ticked_in_ten_days_of_kills_counts_once(
    ten_days: tuple[Day, ...], ten_feeds: Feeds
) -> None:
    """On whatever page lies there after a kill, beside what the killed run had read of it."""
    with commands("4") as command:
        graveyard = Graveyard(command, ten_feeds)
        graveyard.live(ten_days[0])
        for death in deaths(ten_days[1:], KILLS, by=4):
            graveyard.answer_after(death)
    assert not graveyard.wrong, "\n".join(graveyard.wrong)
