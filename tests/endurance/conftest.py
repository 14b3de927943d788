"""One process that runs commands, and three days that nothing disturbed, for all tests here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.endurance import world
from tests.endurance.faults import Command, commands
from tests.endurance.world import Feeds


@dataclass(frozen=True, slots=True)
class Day:
    """A run that nothing disturbed: the workspace before it, what was there after it."""

    now: datetime
    root: Path  # where it ran: a feed's file is known by its path
    before: Path
    after: dict[str, Any]
    calls: tuple[str, ...]  # each that changed a file
    asked: dict[str, int]  # how often each feed was

    @property
    def as_of(self) -> str:
        return self.now.isoformat()


@pytest.fixture(scope="session")
def command() -> Iterator[Command]:
    with commands() as one:
        yield one


@pytest.fixture(scope="session")
def feeds() -> Iterator[Feeds]:
    with world.served(Feeds()) as one:
        yield one


@pytest.fixture(scope="session")
def days(
    command: Command, feeds: Feeds, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Day, ...]:
    """Run the three days with no fault."""
    folder = tmp_path_factory.mktemp("undisturbed")
    evenings = {world.MORNING: world.answer}
    moments = (world.MORNING, world.NEXT, world.AFTER)
    return undisturbed(command, feeds, folder, moments, evenings)


def undisturbed(
    command: Command,
    feeds: Feeds,
    folder: Path,
    moments: Iterable[datetime],
    evenings: Mapping[datetime, Callable[[Path], None]],
) -> tuple[Day, ...]:
    """Run days with no fault; after some, the candidate does something in the evening."""
    root = folder / "workspace"
    world.prepare(root, feeds)
    found = []
    for now in moments:
        before = folder / now.date().isoformat()
        world.copy(root, before)
        feeds.now = now
        feeds.asked.clear()
        done = command.run(root, now.isoformat(), "run", journal=True)
        assert (done.code, done.stdout, done.stderr) == (0, "", "")
        found.append(Day(now, root, before, world.everything(root), done.calls, dict(feeds.asked)))
        if now in evenings:
            evenings[now](root)
    return tuple(found)
