"""Routine care of the store: what a run does, unattended, so that data last.

    recovering   a damaged database is set aside, the last good copy takes its place, and the day's
                 job is done again: the copy has the candidate's own part, so that the feeds are
                 read anew
    look_after   unused room given back, a good copy a day, old pages forgotten

What happened is a Problem: a line on the day's page, and one in the output of the run. How a copy
is made is in `store/copies.py`; copies that the user asks for are in `safekeeping.py`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

from pipeline.errors import CannotWrite, StoreDamaged, TouchpointsError
from pipeline.records import Problem, Workspace
from pipeline.store import copies, database, files, memory, reading
from pipeline.store.memory import Slot
from pipeline.text.calendar import day_in
from pipeline.workspace.lookup import own_zone

# A good copy a day, with room for a cron job that is late. It is a tenth of a megabyte; that the
# whole file is looked over takes 0.2 s of 228 MB (100,000 articles), 0.03 s of 23 MB. A vacuum
# writes the file twice, so once a week at most.
COPY_EVERY = timedelta(hours=20)
VACUUM_EVERY = timedelta(days=7)
PLACE = "data/touchpoints.db"


T = TypeVar("T")


def recovering(
    day: Callable[[], T], anew: Callable[[], T], root: Path, workspace: Workspace, now: datetime
) -> T:
    """Do a day's job; where the database is lost or damaged, recover it and do the job `anew`."""
    if database.is_lost(root):
        recover(root, workspace, None, now)
        return anew()
    try:
        return day()
    except StoreDamaged as error:
        recover(root, workspace, error, now)
    except TouchpointsError:
        raise
    except Exception:
        if not is_unreadable(root):
            raise
        recover(root, workspace, None, now)
    return anew()


def is_unreadable(root: Path) -> bool:
    """Return whether what is stored is nonsense, while the last good copy can be read.

    Where neither can, it is more likely our own bug, and nothing is set aside.
    """
    good = files.good_copy_path(root)
    return (
        good.is_file()
        and not reading.can_be_read(files.database_path(root))
        and reading.can_be_read(good)
    )


def recover(root: Path, workspace: Workspace, error: StoreDamaged | None, now: datetime) -> None:
    """Set the damaged database aside and put the last good copy, or nothing, in its place.

    Raises the error again when SQLite finds nothing wrong with the file after all. What was done
    is remembered, and shown on the pages of the day.
    """
    path, good = files.database_path(root), files.good_copy_path(root)
    today = _today(workspace, now)
    if error is not None and not copies.wrong_with(path, thoroughly=True):
        raise error
    usable = good.is_file() and not copies.wrong_with(good, thoroughly=True)
    aside = copies.replace_damaged(path, good if usable else None, today)
    db = database.connect(path)
    try:
        with database.translated(path), database.atomic(db):
            made = memory.get(db, memory.GOOD_COPY)
            problem = _recovery(aside.name if aside.exists() else "", made, workspace, now)
            memory.put(db, memory.RECOVERED, problem)
        from pipeline.steps import handover

        handover.set_aside_unknown(root, db, files.backups_folder(root) / f"drafts-{today}")
    finally:
        db.close()


def _recovery(aside: str, made: datetime | None, workspace: Workspace, now: datetime) -> Problem:
    what = f"It was damaged, and was moved to data/{aside}." if aside else "It was missing."
    if made:
        zone = own_zone(workspace)
        moment = made.astimezone(zone)
        what += f" The good copy of {moment:%Y-%m-%d %H:%M} took its place."
        what += " The news were read anew."
        todo = "Record again what you have done since then; ticks on your pages are read again."
    else:
        what += " There was no good copy, so a new database was started."
        todo = "Record again what you sent, or restore your own backup with `touchpoints restore`."
    return Problem("store", PLACE, what, todo, since=now)


def recovery_to_show(
    db: sqlite3.Connection, workspace: Workspace, now: datetime
) -> tuple[Problem, ...]:
    """Return the recovery of this day, if there was one."""
    problem = memory.get(db, memory.RECOVERED)
    if problem is None:
        return ()
    is_of_today = problem.since and _today(workspace, problem.since) == _today(workspace, now)
    return (problem,) if is_of_today else ()


def look_after(
    root: Path, db: sqlite3.Connection, workspace: Workspace, now: datetime
) -> tuple[Problem, ...]:
    """Release unused space, keep a good copy, delete old pages; return what failed.

    Raises StoreDamaged when the copy shows that the database is.
    """
    path = files.database_path(root)
    found = []
    if _is_due(db, memory.VACUUMED, VACUUM_EVERY, now) and copies.is_vacuum_worth(db):
        found.append(_tried(db, memory.VACUUMED, now, path, lambda: copies.vacuum(db)))
    good = files.good_copy_path(root)
    # Without one, whatever is remembered: a run may have been killed before it was made.
    if not good.is_file() or _is_due(db, memory.GOOD_COPY, COPY_EVERY, now):
        copy = partial(copies.copy_own_part, db, good)
        found.append(_tried(db, memory.GOOD_COPY, now, path, copy))
    if workspace.config.settings.digest.keep_days:
        oldest = _today(workspace, now) - timedelta(days=workspace.config.settings.digest.keep_days)
        files.forget_digests(root, oldest)
    return tuple(problem for problem in found if problem)


def _is_due(db: sqlite3.Connection, what: Slot[datetime], every: timedelta, now: datetime) -> bool:
    """Return whether it was long ago; a moment in the future comes from a wrong clock."""
    last = memory.get(db, what)
    return last is None or not timedelta() <= now - last < every


def _tried(
    db: sqlite3.Connection,
    what: Slot[datetime],
    now: datetime,
    path: Path,
    work: Callable[[], None],
) -> Problem | None:
    """Do it, and remember when, even if it fails: it is reported once and not every hour."""
    with database.atomic(db):
        memory.put(db, what, now)
    try:
        with database.translated(path):
            work()
    except CannotWrite as error:
        return Problem("store", PLACE, str(error), since=now)
    return None


def _today(workspace: Workspace, now: datetime) -> date:
    return day_in(own_zone(workspace), now)
