"""What other programs open: the calendar and the drafts' files, and whose a file is."""

from __future__ import annotations

import io
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal

import feedparser
import pytest
from icalendar import Calendar

from pipeline.digest.digest_json import to_json
from pipeline.maintenance.log import Log
from pipeline.records import (
    Company,
    Config,
    DigestSettings,
    Draft,
    Plan,
    Reason,
    Settings,
    State,
    Suggestion,
    Touchpoint,
    Workspace,
)
from pipeline.steps import handover
from pipeline.steps.day import DayPlan
from pipeline.steps.job import Job, RunOptions
from pipeline.store import candidate, database, files
from pipeline.store.database import opened
from pipeline.touchpoints.lifecycle import moved
from tests.conftest import NOW, days
from tests.digest.pages import BUSY

KEY = "thank_you:data/notes/oracle.md:Renata Kowalczyk"
NAME = "1-oracle-thank-you.eml"


class SampleWorkspace:
    """A workspace whose store has at most one suggestion; `hand_over` is what `run` does."""

    def __init__(self, root: Path, db: sqlite3.Connection) -> None:
        self.root, self.db, self.today = root, db, NOW
        self.draft = root / "data" / "drafts" / NAME
        self.calendar = root / "data" / "touchpoints.ics"

    def suggest(self, body: str) -> None:
        draft = Draft("renata@example.com", "Thank you", body)
        due = datetime(2026, 11, 24, 9, tzinfo=UTC)
        why = Reason("thank_you")
        new = Suggestion(KEY, "thank_you", "", "oracle", "Renata Kowalczyk", due, why, draft)
        with database.atomic(self.db):
            candidate.keep_suggestion(self.db, new, self.today)

    def move(self, status: State) -> None:
        (old,) = candidate.load_history(self.db).touchpoints
        with database.atomic(self.db):
            candidate.move(self.db, old, moved(old, status, self.today), by="user")

    def hand_over(self, *formats: Literal["atom", "html"]) -> None:
        self.today += days(1)
        settings = Settings(timezone="UTC", digest=DigestSettings(formats))
        config = Config(settings, (Company("oracle", "Oracle"),))
        workspace, log = Workspace("", config), Log(None, lambda: NOW)
        job = Job(self.root, workspace, self.today, RunOptions(), self.db, log)
        handover.hand_over(job, DayPlan(Plan(), (), candidate.load_history(self.db)))

    def events(self) -> list[tuple[str, int]]:
        found = Calendar.from_ical(self.calendar.read_bytes()).walk("VEVENT")
        return [(str(event["STATUS"]), int(event["SEQUENCE"])) for event in found]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[SampleWorkspace]:
    (tmp_path / "data").mkdir()
    with opened(tmp_path) as db:
        yield SampleWorkspace(tmp_path, db)


def test_an_open_suggestion_has_its_file_and_its_event(desk: SampleWorkspace) -> None:
    """Named by number, company and kind."""
    desk.suggest("Dear Renata")
    desk.hand_over()
    assert desk.draft.read_text().startswith("X-Unsent: 1\n")
    assert desk.draft.read_text().endswith("Dear Renata\n")
    assert desk.events() == [("CONFIRMED", 0)]


def test_a_draft_that_changed_is_written_again(desk: SampleWorkspace) -> None:
    """A file of ours follows the draft, however often; one that was deleted comes back."""
    for body in ("one", "two", "three"):
        desk.suggest(body)
        desk.hand_over()
        assert desk.draft.read_text().endswith(f"{body}\n")
    desk.draft.unlink()
    desk.hand_over()
    assert desk.draft.read_text().endswith("three\n")
    assert desk.events() == [("CONFIRMED", 2)]


def test_what_the_user_edited_is_neither_overwritten_nor_removed(desk: SampleWorkspace) -> None:
    """Neither when the draft changes, nor when it is sent."""
    desk.suggest("one")
    desk.hand_over()
    desk.draft.write_text("mine")
    for body in ("two", "three"):
        desk.suggest(body)
        desk.hand_over()
    desk.move("sent")
    desk.hand_over()
    assert desk.draft.read_text() == "mine"


def test_a_file_that_was_there_before_is_the_users(desk: SampleWorkspace) -> None:
    """Whatever it is: it was not written by us."""
    desk.draft.parent.mkdir()
    desk.draft.write_text("mine")
    desk.suggest("one")
    desk.hand_over()
    assert desk.draft.read_text() == "mine"


@pytest.mark.parametrize("status", ["sent", "dismissed", "expired"])
def test_what_is_no_longer_open_goes(desk: SampleWorkspace, status: State) -> None:
    """Its file is removed, its event cancelled; the calendar is otherwise as it was."""
    desk.suggest("one")
    desk.hand_over()
    desk.move(status)
    desk.hand_over()
    assert list(desk.draft.parent.iterdir()) == []
    assert desk.events() == [("CANCELLED", 1)]


def test_a_crash_while_a_draft_is_written_does_not_make_it_the_users(
    desk: SampleWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a power cut before or after the file took its place, the next run goes on."""
    desk.suggest("one")
    desk.hand_over()
    for written in (False, True):
        desk.suggest(f"two {written}")
        with monkeypatch.context() as patch:
            patch.setattr(files, "write_whole", _dying(written))
            with pytest.raises(KeyboardInterrupt):
                handover._write_drafts(desk.root, desk.db, _open(desk.db))
        desk.suggest(f"three {written}")
        desk.hand_over()
        assert desk.draft.read_text().endswith(f"three {written}\n")


def _open(db: sqlite3.Connection) -> tuple[Touchpoint, ...]:
    return candidate.load_history(db).touchpoints


def _dying(written: bool) -> object:
    whole = files.write_whole

    def write(path: Path, text: str) -> None:
        if written:
            whole(path, text)
        raise KeyboardInterrupt

    return write


def test_an_unchanged_day_writes_and_imports_nothing(
    desk: SampleWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither file is touched, nor looked into."""
    desk.suggest("one")
    desk.hand_over()
    monkeypatch.setattr(files, "write_whole", None)
    monkeypatch.setattr(files, "content_of", None)
    desk.hand_over()


def test_the_feed_is_there_for_who_wants_it(desk: SampleWorkspace) -> None:
    """Every day with a page, newest first, leading to it; the same ids and times ever after."""
    for day in (23, 24):
        digest = replace(BUSY, day=date(2026, 11, day))
        files.write_whole(files.digest_path(desk.root, digest.day, "json"), to_json(digest))
    files.write_whole(files.digest_path(desk.root, BUSY.day, "html"), "<!doctype html>")
    desk.hand_over()
    assert not files.feed_path(desk.root).exists()

    desk.hand_over("atom")
    first = files.feed_path(desk.root).read_bytes()
    desk.hand_over("atom")
    assert files.feed_path(desk.root).read_bytes() == first
    entries = feedparser.parse(io.BytesIO(first)).entries
    assert len(entries) == 2
    assert [link.href for entry in entries for link in entry.get("links", [])] == [
        "2026-11-24.html"
    ]


def test_a_day_that_was_spoilt_by_hand_is_left_out_of_the_feed(desk: SampleWorkspace) -> None:
    """The other days stay; with none there is no feed."""
    spoilt = files.digest_path(desk.root, date(2026, 11, 23), "json")
    files.write_whole(spoilt, "{")
    desk.hand_over("atom")
    assert not files.feed_path(desk.root).exists()

    files.write_whole(files.digest_path(desk.root, BUSY.day, "json"), to_json(BUSY))
    desk.hand_over("atom")
    assert files.feed_path(desk.root).read_text("utf-8").count("<entry>") == 1


def test_a_workspace_keeps_its_identity(desk: SampleWorkspace) -> None:
    """Whatever becomes of its folder and its companies; it is not drawn by lot."""
    one = Workspace("/somewhere", Config(Settings(), (Company("oracle", "Oracle"),)))
    other = Workspace("/elsewhere", Config(Settings(), (Company("halden", "Halden"),)))
    first = handover.identity_of(desk.db, one, NOW)
    assert handover.identity_of(desk.db, other, NOW + days(9)) == first
    with database.atomic(desk.db):
        desk.db.execute("DELETE FROM candidate_memory")
    assert handover.identity_of(desk.db, one, NOW) == first


def test_no_file_without_anything_in_it(desk: SampleWorkspace) -> None:
    """A workspace without interviews and suggestions gets no empty calendar."""
    desk.hand_over()
    assert list((desk.root / "data").glob("*.ics")) == []
    assert not desk.draft.parent.exists()


def test_the_libraries_are_loaded_only_where_a_file_is_made() -> None:
    """Icalendar and email cost a twentieth of a second, which most runs need not spend."""
    code = "import sys, pipeline.steps.handover, pipeline.digest.calendar; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"icalendar", "email.message", "dateutil"} & set(done.stdout.split())
