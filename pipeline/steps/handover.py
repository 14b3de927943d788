"""What other programs open: a calendar, a file for each open draft, a feed of the digests.

Joins the store with `digest/calendar.py`, `digest/draft_eml.py` and `digest/atom.py`, and writes
data/touchpoints.ics, data/drafts/ and data/digests/feed.atom. What was written is remembered, so
that nothing is made anew, or even imported, on a day without a change; and so that a file of the
user's is recognised: a draft that was edited is neither overwritten nor removed.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from pipeline import __version__
from pipeline.digest import calendar
from pipeline.digest.digest_json import from_json
from pipeline.records import CalendarState, Digest, DraftFile, Plan, Touchpoint, Workspace
from pipeline.steps.day import DayPlan
from pipeline.steps.job import Job
from pipeline.store import database, files, memory
from pipeline.touchpoints.replies import as_answered

# no border test: far beyond real values
KEPT_TEXTS = (
    10  # that we wrote for one draft: only a crash leaves another than the last on the disk
)


def hand_over(job: Job, day: DayPlan) -> None:
    """Bring the calendar and the drafts' files up to date; raise CannotWrite when that fails."""
    root, db, workspace, plan, now = job.root, job.db, job.workspace, day.plan, job.now
    touchpoints = day.history.touchpoints
    known = as_answered(workspace, day.history, now)
    _write_calendar(root, db, known, plan, touchpoints, now)
    mails = [item for item in touchpoints if item.draft.channel == "email"]
    _write_drafts(root, db, [item for item in mails if item.is_open])
    if "atom" in workspace.config.settings.digest.formats:
        _write_feed(root, db, workspace, now)


# ------------------------------------------------------------------------------------- calendar


def _write_calendar(
    root: Path,
    db: sqlite3.Connection,
    workspace: Workspace,
    plan: Plan,
    touchpoints: Iterable[Touchpoint],
    now: datetime,
) -> None:
    path = files.calendar_path(root)
    wanted = calendar.appointments(
        workspace.config, workspace.interviews, touchpoints, plan.upcoming
    )
    kept = memory.get(db, memory.CALENDAR)
    before = kept.revisions if kept else ()
    revisions = calendar.revise(before, wanted, now)
    is_there = path.is_file() and kept is not None and kept.version == __version__
    if revisions == before and (is_there or not revisions):
        return
    # Written before it is remembered: after a crash between the two it is only written again.
    files.write_whole(path, calendar.calendar(revisions))
    with database.atomic(db):
        memory.put(db, memory.CALENDAR, CalendarState(__version__, revisions))


# --------------------------------------------------------------------------------------- drafts


def draft_file(root: Path, db: sqlite3.Connection, item: Touchpoint) -> Path:
    """Return one draft's file, written anew where it is ours and not what it should be."""
    path = files.draft_path(root, item)
    known = _recalled(db)
    old = known.get(path.name, DraftFile(path.name, ""))
    if old.made_from != _made_from(item) or not path.is_file():
        text = _eml(item)
        new = replace(old, written=_with(old.written, text))
        _remember(db, {**known, path.name: new}.values())
        if _is_untouched(path, new):
            files.write_whole(path, text)
        done = replace(new, made_from=_made_from(item))
        _remember(db, {**known, path.name: done}.values())
    return path


def _write_drafts(root: Path, db: sqlite3.Connection, still_open: Iterable[Touchpoint]) -> None:
    folder = files.drafts_folder(root)
    known = _recalled(db)
    wanted = {files.draft_path(root, item).name: item for item in still_open}
    stale = {
        name: _eml(item)
        for name, item in wanted.items()
        if name not in known
        or known[name].made_from != _made_from(item)
        or not (folder / name).is_file()
    }
    gone = known.keys() - wanted.keys()
    if not stale and not gone:
        return
    for name, text in stale.items():
        written = known[name].written if name in known else ()
        known[name] = DraftFile(name, "", _with(written, text))
    # A text is remembered as ours before it is written: after a crash between the two it would
    # else be taken for the user's.
    _remember(db, known.values())
    for name, text in stale.items():
        if _is_untouched(folder / name, known[name]):
            files.write_whole(folder / name, text)
    for name in sorted(gone):
        if _is_untouched(folder / name, known[name]):
            files.remove(folder / name)
    _remember(db, (replace(known[n], made_from=_made_from(item)) for n, item in wanted.items()))


def set_aside_unknown(root: Path, db: sqlite3.Connection, folder: Path) -> None:
    """Move away the drafts' files of which the database knows nothing, after it went back in time.

    Their numbers will be given to other suggestions, whose drafts they are not.
    """
    known = _recalled(db)
    for path in sorted(files.drafts_folder(root).glob("*.eml")):
        if path.name not in known:
            files.move(path, folder / path.name)


# ------------------------------------------------------------------------------ feed of the digests


def identity_of(db: sqlite3.Connection, workspace: Workspace, now: datetime) -> str:
    """Return what this workspace is known by elsewhere; it stays when the folder moves."""
    from pipeline.digest.atom import workspace_identity

    known = memory.get(db, memory.IDENTITY)
    if not known:
        # From what it holds, not drawn by lot: the same inputs give the same bytes.
        slugs = [company.slug for company in workspace.config.companies]
        known = workspace_identity(repr((now.date(), slugs, workspace.interviews)))
        with database.atomic(db):
            memory.put(db, memory.IDENTITY, known)
    return known


def _write_feed(root: Path, db: sqlite3.Connection, workspace: Workspace, now: datetime) -> None:
    from pipeline.digest import atom

    days = sorted(files.digest_days(root))[-atom.FEED_DAYS :]
    digests = [digest for day in days if (digest := _kept_digest(root, day))]
    if not digests:
        return
    before = memory.get(db, memory.FEED_STAMPS) or ()
    stamps = atom.stamped(before, digests, now)
    if stamps != before:
        # Remembered before it is written: after a crash the file follows, with the same times.
        with database.atomic(db):
            memory.put(db, memory.FEED_STAMPS, stamps)
    pages = {
        day: path.name
        for day in days
        for ending in ("md", "html")
        if (path := files.digest_path(root, day, ending)).is_file()
    }
    feed = atom.feed(identity_of(db, workspace, now), digests, stamps, pages)
    files.write_whole(files.feed_path(root), feed)


def _kept_digest(root: Path, day: date) -> Digest | None:
    content = files.content_of(files.digest_path(root, day, "json"))
    try:
        return from_json((content or b"").decode("utf-8", "replace"))
    except ValueError:  # spoilt by hand: the other days stay in the feed
        return None


# ---------------------------------------------------------------------------------------- helpers


def _eml(item: Touchpoint) -> str:
    from pipeline.digest.draft_eml import eml

    return eml(item.draft, item.suggestion.person)


def _made_from(item: Touchpoint) -> str:
    draft = item.draft
    parts = (__version__, item.suggestion.person, draft.to, draft.subject, draft.body)
    return _hash(repr(parts).encode("utf-8", "backslashreplace"))


def _is_untouched(path: Path, known: DraftFile) -> bool:
    content = files.content_of(path)
    return content is None or _hash(content) in known.written


def _with(written: tuple[str, ...], text: str) -> tuple[str, ...]:
    """Return the hashes with that of a text; after a crash it is there already."""
    return tuple(dict.fromkeys((*written, _hash(text.encode("utf-8")))))[-KEPT_TEXTS:]


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _recalled(db: sqlite3.Connection) -> dict[str, DraftFile]:
    return {item.name: item for item in memory.get(db, memory.DRAFT_FILES) or ()}


def _remember(db: sqlite3.Connection, written: Iterable[DraftFile]) -> None:
    with database.atomic(db):
        memory.put(db, memory.DRAFT_FILES, tuple(written))
