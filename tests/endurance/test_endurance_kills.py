"""A run is killed, at each of its writes and at any moment; the next one leaves no trace of it.

`make endurance` kills a thousand times, the slow tests fifty, the fast ones a few. What is compared
and what not is told in `world.everything`.
"""

from __future__ import annotations

import os
import random
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from time import perf_counter

import pytest

from tests.endurance import world
from tests.endurance.conftest import Day
from tests.endurance.faults import KILLED, Command, Fault
from tests.endurance.world import Feeds

KILLS = int(os.environ.get("TOUCHPOINTS_KILLS", "50"))
SLOWEST = 0.25  # seconds that a run lives before it is killed at a moment by lot


@dataclass(frozen=True, slots=True)
class Death:
    """On which day, how, and at which of the calls that change a file."""

    day: Day
    fault: Fault
    at: int
    seconds: float | None = None

    def __str__(self) -> str:
        place = f"after {self.seconds:.3f} s" if self.seconds else self.day.calls[self.at - 1]
        return f"{self.day.now.date()} {self.fault} {self.at} ({place})"


def deaths(days: Sequence[Day], number: int) -> Iterator[Death]:
    """Give so many deaths: each write of each day in a fixed order by lot, and moments by lot."""
    dice = random.Random(7)
    places = [(day, at) for day in days for at in range(1, len(day.calls) + 1)]
    dice.shuffle(places)
    for turn in range(number):
        day, at = places[turn % len(places)]
        if turn % 10 == 9:
            yield Death(day, "none", 0, dice.uniform(0.0, SLOWEST))
        else:
            yield Death(day, "tear" if turn % 5 == 4 else "kill", at)


class Graveyard:
    """Kills runs in one folder, and looks whether the next run makes good for all."""

    def __init__(self, command: Command, feeds: Feeds) -> None:
        self.command = command
        self.feeds = feeds
        self.killed = 0
        self.wrong: list[str] = []

    def die(self, death: Death, *more: Death) -> None:
        """Kill a run, and perhaps those that follow it; then run to the end and compare."""
        day = death.day
        world.copy(day.before, day.root)
        self.feeds.now = day.now
        self.feeds.asked.clear()
        for one in (death, *more):
            done = self.command.run(
                day.root, day.as_of, "run", fault=one.fault, at=one.at, seconds=one.seconds
            )
            self.killed += done.code == KILLED
            if done.code not in (0, KILLED):
                self.wrong.append(f"{one}: exit code {done.code}: {done.stderr}")
        kept = _kept(day)
        before = Counter(self.feeds.asked)
        done = self.command.run(day.root, day.as_of, "run")
        name = ", then ".join(map(str, (death, *more)))
        if (done.code, done.stdout, done.stderr) != (0, "", ""):
            self.wrong.append(f"{name}: then exit code {done.code}: {done.stdout}{done.stderr}")
        self.wrong += [
            f"{name}: {path} was asked again though its answer was kept"
            for path in self.feeds.asked - before
            if f"{self.feeds.address}{path}" in kept
        ]
        for line in world.differences(day.after, world.everything(day.root)):
            self.wrong.append(f"{name}: {line}")


def _kept(day: Day) -> set[str]:
    """Return the feeds whose answers were kept before the end came."""
    path = day.root / "data" / "touchpoints.db"
    if not path.exists():
        return set()
    with closing(sqlite3.connect(path)) as db:
        if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'feeds'").fetchone():
            return set()
        rows = db.execute("SELECT address FROM feeds WHERE checked = ?", [day.as_of])
        return {address for (address,) in rows}


@pytest.fixture
def graveyard(command: Command, feeds: Feeds) -> Graveyard:
    return Graveyard(command, feeds)


def test_a_run_killed_at_some_of_its_writes_leaves_no_trace(
    graveyard: Graveyard, days: tuple[Day, ...]
) -> None:
    """A few of the thousand, spread over a day on which most things happen."""
    day = days[1]
    for at in range(7, len(day.calls), len(day.calls) // 8):
        graveyard.die(Death(day, "kill", at))
    assert not graveyard.wrong, "\n".join(graveyard.wrong)
    assert graveyard.killed >= 8


@pytest.mark.slow
@pytest.mark.timeout(3_000)
def test_a_run_killed_at_any_write_or_moment_leaves_no_trace(
    graveyard: Graveyard, days: tuple[Day, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """Store, pages, drafts, calendar and feed are those of runs that nobody killed."""
    begun = perf_counter()
    for death in deaths(days, KILLS):
        graveyard.die(death)
        if len(graveyard.wrong) > 20:
            break
    with capsys.disabled():
        print(
            f"\nkilled {graveyard.killed} of {KILLS} runs"
            f" ({sum(len(day.calls) for day in days)} writes in three days),"
            f" {len(graveyard.wrong)} differences, {perf_counter() - begun:.0f} s"
        )
    assert not graveyard.wrong, "\n".join(graveyard.wrong)
