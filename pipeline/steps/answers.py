"""What the user ticked and changed on the pages, taken as answers.

Joins `digest/answer_sheet.py` (what is on a page) with the queue (what it does there). What was
taken is remembered for each page, so that no answer counts twice, even after `undo` or a crash;
each is a move like those of the command line.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pipeline.errors import MoveNotAllowed, NotFound
from pipeline.records import DigestPageState, State
from pipeline.steps.job import Job
from pipeline.steps.moves import record
from pipeline.steps.pages import (
    KEPT_DAYS,
    content_hash,
    page_paths,
    read_digest,
    remember,
    remembered,
)
from pipeline.store import candidate, database, files
from pipeline.text.calendar import day_from, day_in, start_of
from pipeline.text.phrasing import long_day, relative_day
from pipeline.workspace.lookup import own_zone

if TYPE_CHECKING:
    from pipeline.digest.answer_sheet import Answered

_HEADING = re.compile(r"^#\s+(.+)$", re.MULTILINE)


def take_answers(job: Job) -> DigestPageState:
    """Do what the user ticked on the pages since the last run; return today's page so far.

    One transaction. What was not understood becomes a question on today's page.
    """
    root, db, now, today = job.root, job.db, job.now, job.today
    zone = own_zone(job.workspace)
    pages = {page.day: page for page in remembered(db)}
    written = files.digest_days(root)
    strange = _unknown(root, pages.keys(), written, today)
    pages |= strange
    pages.setdefault(today, DigestPageState(today))
    latest = _day_of_latest(root, pages)
    known = {name for page in pages.values() for name in (*page.ours, *page.read)}
    changed = {
        day: fresh
        for day, page in pages.items()
        if (fresh := list(_touched(root, page, known, latest=day == latest)))
    }
    if not changed and not strange:
        return pages[today]
    with database.atomic(db):
        for day in sorted(changed):
            for path, content in changed[day]:
                reader = _Reader(root, db, pages[day], zone, now)
                pages[day] = reader.read(content, _written_at(path, day, zone, now))
                pages[today] = replace(
                    pages[today],
                    said=(*pages[today].said, *reader.said()),
                    asked=(*_still_open(pages[today].asked, reader.settled), *reader.asked),
                )
        remember(db, pages.values())
    return pages[today]


# --------------------------------------------------------------------------------- what was read


def _day_of_latest(root: Path, days: Iterable[date]) -> date | None:
    """Return the day whose page lies in latest.md, as its heading says.

    After a crash that is not always the newest day. Where the heading is gone, it is taken for it.
    """
    content = files.content_of(files.latest_path(root, "md")) or b""
    heading = _HEADING.search(content.decode("utf-8", "replace"))
    for day in sorted(days, reverse=True):
        if heading and heading[1].startswith(f"{long_day(day)}:"):
            return day
    return files.newest_digest(root)


def _touched(
    root: Path, page: DigestPageState, known: set[str], *, latest: bool
) -> Iterable[tuple[Path, bytes]]:
    """Give the copies of a page that are neither ours nor read already."""
    seen: set[str] = set()
    for path in page_paths(root, page.day, "md", latest=latest):
        content = files.content_of(path)
        if content is None or not page.ours or content_hash(content) in known | seen:
            continue
        seen.add(content_hash(content))
        yield path, content


def _unknown(
    root: Path, known: Collection[date], written: Mapping[date, frozenset[str]], today: date
) -> dict[date, DigestPageState]:
    """Return the pages that lie there and are not remembered: the database is an earlier one.

    What we wrote of them is what their JSON says; whatever differs is the user's, and is read.
    """
    oldest = today - timedelta(days=KEPT_DAYS)
    found = {}
    for day, endings in written.items():
        if day not in known and day >= oldest and {"md", "json"} <= endings:
            from pipeline.digest.markdown import markdown

            try:
                text = markdown(read_digest(root, day))
            except NotFound:  # not as it was written
                text = ""
            found[day] = DigestPageState(day, ours=(content_hash(text.encode("utf-8", "replace")),))
    return found


def _written_at(path: Path, day: date, zone: ZoneInfo, now: datetime) -> datetime:
    """Return when the user saved the page: not before its day, and not after now."""
    begins = start_of(day, zone)
    return max(min(files.changed_at(path) or now, now), min(begins, now))


class _Reader:
    """Takes the answers of one page, and gathers what to say about it."""

    def __init__(
        self,
        root: Path,
        db: sqlite3.Connection,
        page: DigestPageState,
        zone: ZoneInfo,
        now: datetime,
    ) -> None:
        self._root = root
        self._db = db
        self._page = page
        self._zone = zone
        self._now = now
        self._done: list[str] = []
        self.asked: list[str] = []
        self.settled: set[int] = set()

    def read(self, content: bytes, at: datetime) -> DigestPageState:
        """Do what stands on the page; return what is to be remembered of it."""
        from pipeline.digest.answer_sheet import read_sheet
        from pipeline.digest.digest_json import from_json

        page = replace(self._page, read=(*self._page.read, content_hash(content)))
        kept = files.content_of(files.digest_path(self._root, page.day, "json"))
        try:
            digest = from_json((kept or b"").decode("utf-8", "replace"))
        except ValueError:
            self.asked.append(
                f"Your page of {long_day(page.day)} cannot be read: its JSON beside it is not as "
                "it was written. Please tell what you did with `touchpoints sent 1` and the like."
            )
            return page
        sheet = read_sheet(content.decode("utf-8", "replace"), digest)
        taken = list(page.taken)
        for answered in sheet.answers:
            taken += self._take(answered, taken, at)
        notes = tuple(dict.fromkeys((*page.notes, *sheet.notes)))
        return replace(page, taken=tuple(taken), notes=notes)

    def said(self) -> tuple[str, ...]:
        """Return one line on what was done."""
        if not self._done:
            return ()
        counted = ", ".join(f"{count} {what}" for what, count in Counter(self._done).items())
        return (
            f"Read from your page of {long_day(self._page.day)}: {counted}. "
            "`touchpoints undo` takes back the last of it.",
        )

    def _take(self, answered: Answered, taken: Sequence[str], at: datetime) -> list[str]:
        found: list[str] = []
        if answered.draft is not None:
            key = f"{answered.number} message {content_hash(repr(answered.draft).encode())[:16]}"
            if key not in taken and self._edit(answered):
                found.append(key)
        if not answered.ticked and not answered.doubtful:
            return found
        key = f"{answered.number} {' '.join(answered.ticked)} {answered.later}".strip()
        if key not in taken:
            found.append(key)
            self._answer(answered, at)
        return found

    def _edit(self, answered: Answered) -> bool:
        old = candidate.touchpoint(self._db, answered.number)
        if old is None or answered.draft is None:
            return False
        candidate.edit(self._db, old, answered.draft, self._now)
        self._done.append("message changed")
        return True

    def _answer(self, answered: Answered, at: datetime) -> None:
        ticked = set(answered.ticked)
        if "wrong company" in ticked:
            ticked.discard("not for me")
        if answered.doubtful or len(ticked) != 1:
            self._ask(answered.number, _both(answered))
            return
        (label,) = ticked
        until = self._until(answered) if label == "later" else None
        if label == "later" and until is None:
            self._ask(
                answered.number,
                f"“{answered.later}” is no day to come. Write 2026-12-01, friday, or 7d.",
            )
            return
        self._move(answered.number, label, until, at)

    def _move(self, number: int, label: str, until: date | None, at: datetime) -> None:
        old = candidate.touchpoint(self._db, number)
        status = _STATES[label]
        if old is None or old.status == status == "sent":
            return
        because = label.replace(" ", "-") if status == "dismissed" else ""
        start = start_of(until, self._zone) if until else None
        try:
            moment = at if status == "sent" else self._now
            record(self._db, old, status, moment, because=because, until=start)
        except MoveNotAllowed as error:
            self._ask(number, str(error))
            return
        today = day_in(self._zone, self._now)
        self.settled.add(number)
        self._done.append(f"put off until {relative_day(until, today)}" if until else label)

    def _until(self, answered: Answered) -> date | None:
        today = day_in(self._zone, self._now)
        from pipeline.digest.page_phrases import LATER_DAYS

        if not answered.later:
            return today + timedelta(days=LATER_DAYS)
        day = day_from(answered.later, today)
        return day if day and day > today else None

    def _ask(self, number: int, what: str) -> None:
        self.asked.append(
            f"About number {number} on your page of {long_day(self._page.day)}: {what}"
        )


_STATES: dict[str, State] = {
    "sent": "sent",
    "later": "snoozed",
    "not for me": "dismissed",
    "wrong company": "dismissed",
}


def _both(answered: Answered) -> str:
    if answered.doubtful:
        return "a box stands there twice, once ticked and once not. Which is meant?"
    return f"you ticked {' and '.join(answered.ticked)}. Which is meant? Nothing was recorded."


def _still_open(asked: Iterable[str], settled: set[int]) -> tuple[str, ...]:
    """Leave out the questions about suggestions that were answered since."""
    starts = tuple(f"About number {number} on" for number in settled)
    return tuple(question for question in asked if not (starts and question.startswith(starts)))
