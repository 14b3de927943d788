"""Copies of the database: whole, or the candidate's own part; and what to do with a damaged one.

A copy is made beside its place, looked over, flushed, and takes the place in one step; so that what
is there is always whole, whatever happens meanwhile. A copy is one file, without a journal, and a
database like any other: one of the own part is as after a first run that knew the history, so that
the next run reads all feeds, learns and scores anew. Who asks for which copy and when is decided in
`maintenance/`.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from datetime import date
from pathlib import Path

from pipeline.errors import CannotWrite, StoreDamaged
from pipeline.store import candidate, database, memory, news, schema, views
from pipeline.store.files import flush, make_folder, put_in_place
from pipeline.store.rows import in_batches

KEPT_DAMAGED = 3  # files set aside: a failing disk must not be filled with them
_JOURNALS = ("-wal", "-shm")

# A quarter of the file unused and more than 4 MB of it: below, a vacuum's writing is not worth it.
VACUUM_SHARE = 0.25  # no border test: speed only
VACUUM_PAGES = 1_000  # no border test: speed only


def copy_whole(connection: sqlite3.Connection, target: Path) -> None:
    """Put a copy of the database in the place of `target`, once it is known to be sound.

    Raises StoreDamaged when it is not, CannotWrite when the disk refuses; what stood there stays.
    """

    def fill(copy: sqlite3.Connection) -> None:
        connection.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")

    _put(target, fill)


def copy_own_part(connection: sqlite3.Connection, target: Path) -> None:
    """Put a copy of what is the candidate's in the place of `target`: see `schema.IN_OWN_PART`.

    Raises StoreDamaged when anything is wrong with the database, also where it is not copied;
    CannotWrite when the disk refuses; what stood there stays.
    """

    def fill(copy: sqlite3.Connection) -> None:
        if faults := database.faults(connection):
            raise _not_copied(faults[0])
        with database.atomic(connection), database.atomic(copy):
            _copy_own_part(connection, copy)

    _put(target, fill)


def _copy_own_part(connection: sqlite3.Connection, copy: sqlite3.Connection) -> None:
    for (sql,) in connection.execute(
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid"
    ):
        copy.execute(sql)
    copy.execute(f"PRAGMA user_version = {database.version_of(connection):d}")
    for table, part in schema.IN_OWN_PART.items():
        if part == "all":
            _copy_rows(connection, copy, table)
    known = news.feed_states(connection).values()
    news.keep_feed_states(copy, (state.read_anew() for state in known))
    stories = candidate.stories_referred_to(connection)
    slots = [slot.name for slot in memory.SLOTS if not slot.is_of_news]
    for table in ("articles", "events"):
        _copy_rows(connection, copy, table, "story", stories)
    for table in ("news_memory", "candidate_memory"):
        _copy_rows(connection, copy, table, "name", slots)


def _copy_rows(
    connection: sqlite3.Connection,
    copy: sqlite3.Connection,
    table: str,
    column: str = "",
    values: Iterable[str] = (),
) -> None:
    """Copy the rows of a table that have one of these values in a column, without one all."""
    wanted = in_batches(values) if column else [([], "")]
    for batch, marks in wanted:
        where = f"WHERE {column} IN ({marks})" if column else ""
        rows = connection.execute(f"SELECT * FROM {table} {where}", batch)  # noqa: S608 - our own names
        places = ", ".join("?" * len(rows.description))
        copy.executemany(f"INSERT INTO {table} VALUES ({places})", map(tuple, rows))  # noqa: S608


def _put(target: Path, fill: Callable[[sqlite3.Connection], None]) -> None:
    temporary = target.with_name(f".{target.name}.new")
    try:
        make_folder(target.parent)
        temporary.unlink(missing_ok=True)
        os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        with (
            database.translated(target),
            closing(sqlite3.connect(temporary, isolation_level=None)) as copy,
        ):
            copy.execute("PRAGMA synchronous = OFF")  # flushed once, below
            fill(copy)
        if wrong := wrong_with(temporary):
            raise _not_copied(wrong)
        flush(temporary)
        put_in_place(temporary, target)
        flush(target.parent)
    except OSError as error:
        raise CannotWrite(
            f"{target} cannot be written: {error.strerror or error}. Make room, or make the "
            "folder writable."
        ) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _not_copied(wrong: str) -> StoreDamaged:
    return StoreDamaged(f"The database is damaged, and was not copied: {wrong.strip()}.")


def wrong_with(path: Path, *, thoroughly: bool = False) -> str:
    """Return what is wrong with a database file, or "" when SQLite finds nothing.

    Thoroughly: its indexes are compared with its tables, and every text is read. Raises CannotWrite
    when the disk itself is what cannot be read.
    """
    if not path.is_file() or not path.stat().st_size:
        return "it is empty"
    check = "integrity_check" if thoroughly else "quick_check"
    try:
        with closing(sqlite3.connect(path, timeout=database.BUSY_SECONDS)) as connection:
            (found,) = connection.execute(f"PRAGMA {check}(1)").fetchone()
            if thoroughly and found == "ok":
                _read_all(connection)
    except UnicodeDecodeError as error:  # of a name in the schema
        return str(error)
    except sqlite3.Error as error:
        ours = database.in_our_words(path, error)
        if isinstance(ours, StoreDamaged):
            return str(error)
        if ours is None:
            raise
        raise ours from error
    return "" if found == "ok" else str(found).strip().splitlines()[-1]


def is_plain(path: Path) -> bool:
    """Return whether a database holds nothing but tables, indexes and views of our names.

    A trigger or another view would do something at our statements that we never wrote. What a view
    of our names says is anybody's: drop them (`views.renew`) before the tables are read.
    """
    with closing(sqlite3.connect(path)) as connection:
        made = connection.execute("SELECT type, name FROM sqlite_master").fetchall()
        version = database.version_of(connection)
    strange = {kind for kind, name in made if kind != "view" or name not in views.VIEWS}
    return version > 0 and strange <= {"table", "index"}


def _read_all(connection: sqlite3.Connection) -> None:
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    for (name,) in names:
        for _ in connection.execute(f'SELECT * FROM "{name}"'):  # noqa: S608 - of the schema
            pass


def replace_damaged(path: Path, good: Path | None, day: date) -> Path:
    """Set the damaged database aside and put the good copy in its place; return where it lies.

    The database is in its place at every moment, so that a crash in between starts no new one:
    the journals go first, for they would be read into the copy.
    """
    aside = _free_name(path.with_name(f"{path.name}.damaged-{day.isoformat()}"))
    fresh = path.with_name(f".{path.name}.new")
    try:
        if good is not None:
            shutil.copyfile(good, fresh)
            fresh.chmod(0o600)
            flush(fresh)
        for ending in _JOURNALS:
            journal = path.with_name(path.name + ending)
            if journal.exists():
                put_in_place(journal, aside.with_name(aside.name + ending))
        if good is None:
            put_in_place(path, aside)
        else:
            if path.exists():
                _link_or_copy(path, aside)
            put_in_place(fresh, path)
        flush(path.parent)
    except OSError as error:
        raise CannotWrite(
            f"{path} is damaged, and cannot be set aside: {error.strerror or error}. "
            "Make room, or make the folder writable."
        ) from error
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
    _forget_oldest(path)
    return aside


def _free_name(wanted: Path) -> Path:
    number, path = 1, wanted
    while any(path.with_name(path.name + ending).exists() for ending in ("", *_JOURNALS)):
        number += 1
        path = wanted.with_name(f"{wanted.name}-{number}")
    return path


def _link_or_copy(path: Path, aside: Path) -> None:
    try:
        aside.hardlink_to(path)
    except OSError:  # FAT knows no second name
        shutil.copy2(path, aside)


def _forget_oldest(path: Path) -> None:
    found = [
        one
        for one in path.parent.glob(f"{path.name}.damaged-*")
        if not one.name.endswith(_JOURNALS)
    ]
    for old in sorted(found, key=lambda one: one.stat().st_mtime_ns)[:-KEPT_DAMAGED]:
        for ending in ("", *_JOURNALS):
            old.with_name(old.name + ending).unlink(missing_ok=True)


def is_vacuum_worth(connection: sqlite3.Connection) -> bool:
    """Return whether much of the file is unused."""
    (free,) = connection.execute("PRAGMA freelist_count").fetchone()
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    return bool(free > VACUUM_PAGES and free > pages * VACUUM_SHARE)


def vacuum(connection: sqlite3.Connection) -> None:
    """Give back to the disk what is unused."""
    connection.execute("VACUUM")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
