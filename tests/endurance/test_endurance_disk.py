"""The disk is full, or cannot be read: a clear sentence, exit code 1, and nothing is lost by it."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.endurance import world
from tests.endurance.conftest import Day
from tests.endurance.faults import Command, Done, Fault
from tests.endurance.world import Feeds

FULL = re.compile(r"disk is full|[Mm]ake room|disk reports errors|Make its folder")
UNREADABLE = re.compile(r"touchpoints\.db")

PLACES = max(int(os.environ.get("TOUCHPOINTS_KILLS", "50")) // 5, 25)


def look(day: Day, done: Done, told: re.Pattern[str], name: str) -> Iterator[str]:
    """Yield what is wrong with a run that met a fault: it ends well, or says what to do."""
    if done.code == 0:
        # SQLite may tidy up later what it cannot tidy up now: then all is there already.
        yield from world.differences(day.after, world.everything(day.root))
    elif done.code != 1 or not told.search(done.stderr):
        yield f"exit code {done.code}: {done.stderr[-600:]}"
    if (day.root / "data" / "logs" / "bug.log").exists():
        yield f"{name} was taken for a bug"


def after_fault(
    day: Day, command: Command, feeds: Feeds, fault: Fault, at: int, told: re.Pattern[str]
) -> list[str]:
    """Run with a fault, then without; return what is wrong with either."""
    place = day.calls[at - 1] if fault != "unreadable" else "read"
    name = f"{day.now.date()} {fault} {at} ({place})"
    world.copy(day.before, day.root)
    feeds.now = day.now
    done = command.run(day.root, day.as_of, "run", fault=fault, at=at)
    wrong = list(look(day, done, told, name))
    done = command.run(day.root, day.as_of, "run")
    if (done.code, done.stdout, done.stderr) != (0, "", ""):
        wrong.append(f"then exit code {done.code}: {done.stderr[-600:]}")
    wrong += world.differences(day.after, world.everything(day.root))
    return [f"{name}: {line}" for line in wrong]


@pytest.mark.slow
@pytest.mark.timeout(3_000)
@pytest.mark.parametrize("fault", ["full once", "full"])
def test_a_disk_that_is_full_at_a_write_costs_nothing_but_the_run(
    fault: Fault, days: tuple[Day, ...], command: Command, feeds: Feeds
) -> None:
    """For one write, or from then on; when there is room again, the next run makes good for it."""
    dice = random.Random(11)
    places = [(day, at) for day in days for at in range(1, len(day.calls) + 1)]
    wrong: list[str] = []
    others = [
        (day, at)
        for day, at in places
        if not re.search(r"\.db(?:-wal|-shm)?$|backups", day.calls[at - 1])
    ]
    some = dice.sample(places, min(PLACES, len(places))) + dice.sample(
        others, min(PLACES, len(others))
    )
    for day, at in some:
        wrong += after_fault(day, command, feeds, fault, at, FULL)
    assert not wrong, "\n".join(wrong)


@pytest.mark.slow
def test_a_database_that_cannot_be_read_is_said_and_stays_as_it_is(
    days: tuple[Day, ...], command: Command, feeds: Feeds
) -> None:
    """A disk error at the n-th read of it."""
    wrong: list[str] = []
    for at in range(1, 30):
        wrong += after_fault(days[1], command, feeds, "unreadable", at, UNREADABLE)
    assert not wrong, "\n".join(wrong)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root mounts")
@pytest.mark.parametrize("left", [0, 40, 150, 300, 500])
def test_a_disk_with_too_little_room(
    left: int, days: tuple[Day, ...], command: Command, feeds: Feeds
) -> None:
    """A real one, with so many kB left: the run says so, and with room again makes good for it."""
    day = days[1]
    feeds.now = day.now
    with small_disk(day.root):
        shutil.copytree(day.before, day.root, dirs_exist_ok=True)
        room = os.statvfs(day.root)
        filler = day.root / "data" / ".filler"
        filler.write_bytes(b"x" * (room.f_bavail * room.f_frsize - left * 1_000))
        done = command.run(day.root, day.as_of, "run")
        filler.unlink()
        assert done.code == 1, done
        assert FULL.search(done.stderr), done
        done = command.run(day.root, day.as_of, "run")
        assert (done.code, done.stderr) == (0, "")
        wrong = world.differences(day.after, world.everything(day.root))
        assert not wrong, "\n".join(wrong)


@contextmanager
def small_disk(place: Path) -> Iterator[None]:
    """Mount a disk of 4 MB in memory at a place."""
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", place], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("a disk cannot be mounted here")
    try:
        yield
    finally:
        subprocess.run(["umount", place], check=True)
