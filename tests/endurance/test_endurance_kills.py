"""A run is killed, at each of its writes and at any moment; the next one leaves no trace of it.

`make endurance` kills a thousand times, the slow tests fifty, the fast ones a few. What is compared
and what not is told in `world.everything`.
"""

from __future__ import annotations

import json
import os
import random
import re
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest

from tests.endurance import world
from tests.endurance.conftest import Day
from tests.endurance.faults import KILLED, ROOT, Command, Fault
from tests.endurance.world import Feeds
from tests.mailbox import HOST, USER, mail_server

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


def deaths(days: Sequence[Day], number: int, by: int = 7) -> Iterator[Death]:
    """Yield the deaths: each write of each day in a fixed order by lot, and moments by lot."""
    dice = random.Random(by)
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

    def live(self, day: Day) -> None:
        """Let a run come to its end: what is loaded once is there then, for all that follow."""
        world.copy(day.before, day.root)
        self.feeds.now = day.now
        assert self.command.run(day.root, day.as_of, "run").code == 0
        self.wrong += world.differences(day.after, world.everything(day.root))

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

    def answer_after(self, death: Death) -> None:
        """Kill a run, tick a box on the page that lies there then, run again, and look for it."""
        day, page = death.day, death.day.root / "data" / "digests" / "latest.md"
        world.copy(day.before, day.root)
        self.feeds.now = day.now
        done = self.command.run(
            day.root, day.as_of, "run", fault=death.fault, at=death.at, seconds=death.seconds
        )
        self.killed += done.code == KILLED
        text = page.read_text("utf-8") if page.exists() else ""
        boxes = re.findall(r"\[ \] sent \(no\. (\d+)\)", text)
        answered = re.findall(r"\[x\].*\(no\. (\d+)|\(no\. (\d+)\), on: \S", text)
        boxes = [box for box in boxes if box not in {one for pair in answered for one in pair}]
        if not boxes:
            return
        number = boxes[-1]  # on the first day's page: under what was not answered yet
        page.write_text(text.replace(f"[ ] sent (no. {number}", f"[x] sent (no. {number}"), "utf-8")
        world.moment(page, day.now)
        before = _told(day.root)
        later = (day.now + timedelta(hours=1)).isoformat()
        done = self.command.run(day.root, later, "run")
        told = _told(day.root) - before
        if (done.code, done.stderr) != (0, "") or told[f"sent {number}"] != 1:
            self.wrong.append(f"{death}: number {number} was ticked: {done}, {dict(told)}")
        notes = json.loads(page.with_suffix(".json").read_text("utf-8"))["notes"]
        if any(not note.startswith("Ask Ola about ") for note in notes):
            self.wrong.append(f"{death}: became the user's own: {notes}")


def _told(root: Path) -> Counter[str]:
    """Return what the user said that they did, as far as it is stored."""
    with closing(sqlite3.connect(root / "data" / "touchpoints.db")) as db:
        rows = db.execute("SELECT what, touchpoint FROM moves WHERE by = 'user'")
        return Counter(f"{what} {number}" for what, number in rows)


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


@pytest.mark.slow
def test_a_run_killed_at_some_of_its_writes_leaves_no_trace(
    graveyard: Graveyard, days: tuple[Day, ...]
) -> None:
    """A few of the thousand, spread over a day on which most things happen."""
    day = days[1]
    for at in range(7, len(day.calls), len(day.calls) // 8):
        graveyard.die(Death(day, "kill", at))
    assert not graveyard.wrong, "\n".join(graveyard.wrong)
    assert graveyard.killed >= 8


def test_answers_are_on_the_disk_before_their_page_is_written_over(days: tuple[Day, ...]) -> None:
    """A power cut, too, loses none of them: SQLite flushes its journal before the page goes."""
    calls = days[1].calls
    journal = "data/touchpoints.db-wal"
    page = calls.index("rename data/digests/latest.md")
    written = max(at for at, call in enumerate(calls[:page]) if call == f"pwrite64 {journal}")
    assert f"fdatasync {journal}" in calls[written:page]


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


@pytest.mark.slow
@pytest.mark.timeout(3_000)
def test_runs_killed_one_after_another_leave_no_trace(
    graveyard: Graveyard, days: tuple[Day, ...]
) -> None:
    """Three times in a row, at writes by lot: the fourth makes good for all."""
    dice = random.Random(3)
    for _ in range(max(KILLS // 10, 5)):
        day = dice.choice(days)
        graveyard.die(*(Death(day, "kill", dice.randint(1, len(day.calls))) for _ in range(3)))
    assert not graveyard.wrong, "\n".join(graveyard.wrong)


@pytest.mark.slow
@pytest.mark.timeout(3_000)
def test_a_box_that_is_ticked_after_a_kill_counts(
    graveyard: Graveyard, days: tuple[Day, ...]
) -> None:
    """On whatever page lies there, be it yesterday's or half of today's: once, and nothing else."""
    places = [
        Death(day, "kill", at)
        for day in days[1:]
        for at, call in enumerate(day.calls, 1)
        if call.startswith(("rename", "unlink", "fsync")) or at % max(8_000 // KILLS, 2) == 0
    ]
    for death in places:
        graveyard.answer_after(death)
    assert not graveyard.wrong, "\n".join(graveyard.wrong)


COMMANDS = (
    ("sent", "4"),
    ("dismiss", "4", "--because", "not-for-me"),
    ("later", "4", "2026-12-09"),
    ("log", "halden", "met at the fair", "--person", "Aud"),
    ("release", "h1"),
    ("undo",),
    ("draft", "4"),
)


@pytest.mark.slow
@pytest.mark.timeout(3_000)
@pytest.mark.parametrize("words", COMMANDS, ids=[words[0] for words in COMMANDS])
def test_a_command_that_is_killed_did_all_or_nothing(
    words: tuple[str, ...], command: Command, days: tuple[Day, ...]
) -> None:
    """At each of its writes: the store is as before it or as after it, and the next one works."""
    day = days[2]  # the morning after an offer was made
    world.copy(day.before, day.root)
    before = world.everything(day.root)
    done = command.run(day.root, day.as_of, *words, journal=True)
    assert done.code == 0, done
    after = world.everything(day.root)
    for at in range(1, len(done.calls) + 1, max(len(done.calls) * 7 // KILLS, 1)):
        world.copy(day.before, day.root)
        killed = command.run(day.root, day.as_of, *words, fault="kill", at=at)
        assert killed.code == KILLED
        command.run(day.root, day.as_of, "queue")
        found = _but_what_was_begun(day.root)
        assert found in (before, after), (done.calls[at - 1], world.differences(before, found))
        if found == before:
            again = command.run(day.root, day.as_of, *words)
            assert again.code == 0
            assert world.differences(after, _but_what_was_begun(day.root)) == []


def _but_what_was_begun(root: Path) -> dict[str, Any]:
    """Return everything but half-written files, which the next run removes."""
    found = world.everything(root)
    return {name: value for name, value in found.items() if not name.endswith(".new")}


@pytest.mark.slow
@pytest.mark.timeout(3_000)
def test_a_run_that_cron_started_is_killed_at_any_moment(
    graveyard: Graveyard, days: tuple[Day, ...]
) -> None:
    """A process of its own, from its start: also while it loads, and while it waits for a feed."""
    dice = random.Random(5)
    killed = 0
    for _ in range(max(KILLS // 20, 5)):
        day = dice.choice(days)
        world.copy(day.before, day.root)
        graveyard.feeds.now = day.now
        run = subprocess.Popen(
            [
                *(sys.executable, "-m", "pipeline.cli.main", "run"),
                *("--workspace", str(day.root), "--as-of", day.as_of),
            ],
            cwd=ROOT,
        )
        with suppress(subprocess.TimeoutExpired):
            run.wait(dice.uniform(0.1, 2.0))
        run.kill()
        killed += run.wait() == KILLED
        done = graveyard.command.run(day.root, day.as_of, "run")
        assert (done.code, done.stderr) == (0, "")
        assert world.differences(day.after, world.everything(day.root)) == []
    assert killed


@pytest.mark.slow
@pytest.mark.timeout(3_000)
def test_a_digest_that_is_mailed_goes_out_and_a_mailbox_shows_it_once(
    command: Command, feeds: Feeds, tmp_path: Path
) -> None:
    """Killed at its writes, the run is made again: at least one letter, and all of one identity."""
    root, before = tmp_path / "ws", tmp_path / "before"
    as_of = world.MORNING.isoformat()
    feeds.now = world.MORNING
    with mail_server(None) as mailbox:
        world.prepare(root, feeds)
        mail = f"{{to: {USER}, host: {HOST}, port: {mailbox.port}, security: none}}"
        text = (root / "feeds.yaml").read_text("utf-8")
        text = text.replace("  drafts:", f"  delivery: {{mail: {mail}}}\n  drafts:")
        world.write(root, "feeds.yaml", text)
        world.copy(root, before)
        calls = command.run(root, as_of, "run", journal=True).calls
        assert len(mailbox.letters) == 1
        page, killed = calls.index("rename data/digests/latest.md"), 0
        for at in range(page, len(calls), max(1_500 // KILLS, 1)):
            mailbox.envelopes.clear()
            world.copy(before, root)
            killed += command.run(root, as_of, "run", fault="kill", at=at).code == KILLED
            assert command.run(root, as_of, "run").code == 0
            assert command.run(root, as_of, "run").code == 0
            assert 1 <= len(mailbox.letters) <= 2, calls[at - 1]
            assert len({letter["Message-ID"] for letter in mailbox.letters}) == 1, calls[at - 1]
    assert killed >= 5
