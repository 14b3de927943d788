"""`doctor`: what is wrong is named with what to do, and what is well is not."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from pipeline.cli.context import Shared
from pipeline.cli.main import cli
from pipeline.errors import CannotSchedule
from pipeline.maintenance import doctor, timers
from pipeline.maintenance.timers import ScheduleEntry
from pipeline.run import run
from pipeline.steps.job import RunOptions
from pipeline.store import files
from pipeline.store.database import opened
from tests.mailbox import free_port
from tests.sample_workspace import FEEDS, NOW, SampleWorkspace

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LINE = ScheduleEntry("cron", "your crontab", "7 * * * * /opt/touchpoints run --scheduled")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SampleWorkspace:
    """A workspace after this morning's run, on a computer without a crontab."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "crontab").write_text("#!/bin/sh\necho no crontab for me >&2; exit 1\n")
    (folder / "crontab").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(doctor.files, "changed_at", lambda _: NOW - DAY)
    return SampleWorkspace(tmp_path / "ws")


def asked(desk: SampleWorkspace, now: Any = NOW, code: int = 0) -> dict[str, list[dict[str, str]]]:
    """Return the findings of the command by what was looked at."""
    done = CliRunner().invoke(cli, ["doctor", "--json"], obj=Shared(str(desk.root), now))
    assert done.exit_code == code, done.output
    found: dict[str, list[dict[str, str]]] = {}
    for line in done.stdout.splitlines():
        found.setdefault(json.loads(line)["check"], []).append(json.loads(line))
    return found


def test_where_all_is_well_each_thing_is_named_and_nothing_is_wrong(desk: SampleWorkspace) -> None:
    """Exit code 0; the missing schedule is a note, as somebody may run it by hand."""
    found = asked(desk)
    assert list(found) == [
        *("workspace", "config", "disk", "database", "clock"),
        *("run", "digest", "schedule", "feeds", "delivery"),
    ]
    states = {check: [item["state"] for item in items] for check, items in found.items()}
    assert states.pop("schedule") == ["note"]
    assert {state for some in states.values() for state in some} == {"ok"}
    page = CliRunner().invoke(cli, ["doctor"], obj=Shared(str(desk.root), NOW)).stdout
    assert page.startswith(f"ok     workspace  {desk.root}\n")
    assert len(page.splitlines()) < 24


def test_it_changes_nothing(desk: SampleWorkspace) -> None:
    """Nor makes a database where nothing was run."""
    shutil.rmtree(desk.root / "data" / "digests")
    files.database_path(desk.root).unlink()
    files.good_copy_path(desk.root).unlink()
    before = sorted(desk.root.rglob("*"))
    found = asked(desk, code=1)
    assert found["run"][0]["says"] == "It has not run yet."
    assert sorted(desk.root.rglob("*")) == before


def damaged(root: Path) -> None:
    """Spoil pages in the middle of the database, as a bad card does."""
    path = files.database_path(root)
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        db.execute("PRAGMA journal_mode = DELETE")
    db.close()
    content = bytearray(path.read_bytes())
    content[4096 * 3 : 4096 * 12] = os.urandom(4096 * 9)
    path.write_bytes(content)


def no_database(root: Path) -> None:
    files.database_path(root).write_bytes(b"this is none" * 1_000)


def lost(root: Path) -> None:
    files.database_path(root).unlink()


def impossible(root: Path) -> None:
    """Let a row have what its table does not allow: statements work, SQLite's check does not."""
    with sqlite3.connect(files.database_path(root)) as db:
        db.execute("INSERT INTO contacts (id, company) VALUES (1, 'halden')")
        db.execute("PRAGMA writable_schema = ON")
        strict = "replace(sql, 'person TEXT', 'person TEXT NOT NULL')"
        db.execute(f"UPDATE sqlite_master SET sql = {strict} WHERE name = 'contacts'")  # noqa: S608
    db.close()


def readable(root: Path) -> None:
    files.database_path(root).chmod(0o644)


def mistaken(root: Path) -> None:
    (root / "feeds.yaml").write_text(FEEDS.replace("name: Halden", "nam: Halden"), "utf-8")


def failing_feed(root: Path) -> None:
    text = FEEDS.replace("empty.xml", f"http://127.0.0.1:{free_port()}/f")
    (root / "feeds.yaml").write_text(text, "utf-8")
    run(root, NOW)


def undelivered(root: Path) -> None:
    mail = f"{{to: me@example.com, host: 127.0.0.1, port: {free_port()}, security: none}}"
    text = FEEDS.replace("UTC,", f"UTC, delivery: {{mail: {mail}}},")
    (root / "feeds.yaml").write_text(text, "utf-8")
    run(root, NOW)


def clock_back(root: Path) -> None:
    run(root, NOW + 3 * HOUR)


def held(root: Path) -> None:
    path = files.holder_path(root)
    path.write_text(f"{os.getpid()}\n")
    os.utime(path, (NOW.timestamp() - 5 * 3600,) * 2)


def stopped_by_a_bug(root: Path) -> None:
    files.make_folder(files.notices_path(root).parent)
    files.notices_path(root).write_text(
        json.dumps([{"key": "KeyError", "since": NOW.isoformat(), "told": None}])
    )


@pytest.mark.parametrize(
    ("harm", "check", "says", "todo"),
    [
        (damaged, "database", "damaged", ""),
        (no_database, "database", "not a database", ""),
        (lost, "database", "is missing", ""),
        (impossible, "database", "NULL value in contacts.person", "sets it aside"),
        (readable, "workspace", "Others can read", "chmod 600"),
        (mistaken, "config", 'There is no key "nam"', 'Did you mean "name"?'),
        (failing_feed, "feeds", "127.0.0.1's feed cannot be reached", "next run tries again"),
        (undelivered, "delivery", "cannot be reached", "`port`"),
        (clock_back, "clock", "a run began at 2026-11-24 11:00 UTC", "timedatectl"),
        (held, "lock", "has been running for 5 hours", "kill"),
        (stopped_by_a_bug, "failure", "KeyError", "data/logs"),
    ],
)
def test_what_is_wrong_is_named_with_what_to_do(
    desk: SampleWorkspace, harm: Callable[[Path], None], check: str, says: str, todo: str
) -> None:
    """One harm, one finding; exit code 1."""
    harm(desk.root)
    wrong = [item for item in asked(desk, code=1)[check] if item["state"] == "wrong"]
    assert any(says in item["says"] and todo in item["todo"] for item in wrong), wrong


@pytest.mark.parametrize("ahead", [timedelta(days=30), timedelta(days=-1)])
def test_a_run_as_of_another_day_does_not_blame_the_clock(
    desk: SampleWorkspace, ahead: timedelta
) -> None:
    """It is told of where its day is to come, and is not the last run."""
    run(desk.root, NOW + ahead, RunOptions(as_of=True))
    found = asked(desk, NOW + 2 * HOUR)
    assert found["clock"][0]["state"] == "ok"
    told = ["The last run started 2 hours ago"]
    if ahead > timedelta(0):
        told += ["A run with --as-of was of 2026-12-24 08:00 UTC: until then feeds count as asked"]
    assert [says for item in found["run"] for says in told if item["says"].startswith(says)] == told


def test_where_every_run_was_as_of_another_day_that_is_said() -> None:
    """Nothing is wrong with that; it never ran on its own day."""
    runs = ((NOW - DAY, {"as_of": True}),)
    (found,) = doctor.given(runs, NOW)
    assert (found.state, found.says) == ("note", "All runs so far were with --as-of.")


def test_a_disk_that_is_nearly_full_is_wrong(
    desk: SampleWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before it is full: the database needs room for its copies."""
    usage = type(shutil.disk_usage("/"))
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage(10**9, 9 * 10**8, 10**8))
    assert "Only 0.1 GB free" in asked(desk, code=1)["disk"][0]["says"]


def test_a_page_that_is_not_made_any_more_is_wrong(desk: SampleWorkspace) -> None:
    """Yesterday's will do until this morning's run; the day before's will not."""
    assert asked(desk, NOW + 23 * HOUR)["digest"][0]["state"] == "ok"
    found = asked(desk, NOW + 2 * DAY, code=1)
    assert found["digest"][0]["says"] == "The newest is from Tuesday 24 November."
    assert found["run"][0]["says"] == "The last run started 2 days ago."


# -------------------------------------------------------------------------------------- schedule


def fired(desk: SampleWorkspace, now: Any, *entries: ScheduleEntry) -> tuple[str, str]:
    """Return how the schedule is found to be, and the words."""
    with opened(desk.root) as db:
        from pipeline.store import candidate

        runs, since = candidate.last_runs(db), timers.scheduled_since(db)
    *_, last = doctor.scheduled(entries, runs, since, now)
    return last.state, last.says


def test_a_schedule_that_does_not_fire_is_wrong_however_often_one_runs_by_hand(
    desk: SampleWorkspace,
) -> None:
    """Just installed it is well; three hours on without a start of its own it is not."""
    timers.keep_schedule(desk.root, "cron", NOW)
    assert fired(desk, NOW + HOUR, LINE) == ("ok", "cron, about every 60 minutes; not started yet")
    run(desk.root, NOW + 3 * HOUR)
    state, says = fired(desk, NOW + 3 * HOUR, LINE)
    assert state == "wrong"
    assert "has not started it since it was installed 3 hours ago" in says


def test_a_schedule_that_fires_is_well_and_one_that_stopped_is_not(desk: SampleWorkspace) -> None:
    """A night asleep is a note, more than a day is wrong."""
    timers.keep_schedule(desk.root, "cron", NOW)
    run(desk.root, NOW + HOUR, RunOptions(scheduled=True))
    assert fired(desk, NOW + 2 * HOUR, LINE)[0] == "ok"
    assert fired(desk, NOW + 12 * HOUR, LINE)[0] == "note"
    assert fired(desk, NOW + 30 * HOUR, LINE)[0] == "wrong"


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        (replace(LINE, runs_a_day=0), "is disabled"),
        (replace(LINE, starts_us=False), "another program than this one"),
    ],
)
def test_a_line_that_is_out_of_use_or_starts_another_program_is_wrong(
    entry: ScheduleEntry, says: str
) -> None:
    """As after a new installation somewhere else."""
    first, *_ = doctor.scheduled([entry], (), None, NOW)
    assert (first.state, says in first.says) == ("wrong", True)


def test_a_crontab_that_cannot_be_read_is_a_note() -> None:
    """In its own words."""
    (found,) = doctor.scheduled(CannotSchedule("crontab -l refuses: no"), (), None, NOW)
    assert (found.state, found.says) == ("note", "crontab -l refuses: no")


def test_a_workspace_on_a_network_drive_is_named_first(
    desk: SampleWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It explains whatever else is wrong."""
    monkeypatch.setattr(doctor, "mounts", lambda: f"nas:/x {desk.root.resolve()} nfs rw 0 0")
    found = asked(desk, code=1)
    assert next(iter(found)) == "folder"
    assert "network drive (nfs)" in found["folder"][0]["says"]


def test_without_a_network_it_is_said_once_and_no_feed_is_blamed(desk: SampleWorkspace) -> None:
    """By `doctor`, and on top of the page; nothing counts as a fault of theirs, or as fine."""
    two = "[http://127.0.0.1:9/a, http://127.0.0.2:9/b]"
    feeds = desk.root / "feeds.yaml"
    feeds.write_text(feeds.read_text("utf-8").replace("[empty.xml]", two), "utf-8")
    for days in range(4):
        digest = desk.run(NOW + days * DAY).digest
    (found,) = asked(desk, NOW + 3 * DAY, code=1)["feeds"]
    assert found["says"].startswith("None of the 2 feeds on the web could be reached")
    assert digest.troubles == ()
    assert [reason for reason in digest.quiet if "be reached" in reason] == [
        "None of your feeds could be reached, so there are no new articles: is this computer "
        "online, and its clock right? It is not the feeds' fault; the next run tries again."
    ]
