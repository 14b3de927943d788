"""Opening the database, and the transaction that makes each stage one atomic step.

Takes the path of `data/touchpoints.db`; gives a connection in WAL mode, with all tables. The rows
are read and written in `news/` and `candidate/`, small values in `memory`; copies are `copies`'.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from pipeline.errors import CannotWrite, OtherStoreVersion, StoreDamaged, TouchpointsError
from pipeline.store import schema, views
from pipeline.store.files import ON_A_NETWORK, database_path, good_copy_path, make_folder

# no border test: a name for the schema
VERSION = 21  # of the schema; lower ones were states of the repository before the first release

# no border test: a wait, in seconds
BUSY_SECONDS = 10.0  # a command may meet a run that is writing; no stage writes for as long

# no border test: a reserve that SQLite asks for
NO_ROOM = 64 * 1024  # bytes: SQLite makes the index of its journal grow by 32 kB

# SQLite's result codes, the first eight bits of them (sqlite.org/rescode.html).
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT}
_REFUSED = {
    sqlite3.SQLITE_FULL: "The disk is full: make room.",
    sqlite3.SQLITE_READONLY: "The file, its folder or the disk is read-only: make it writable.",
    sqlite3.SQLITE_PERM: "Make the file and its folder writable.",
    sqlite3.SQLITE_CANTOPEN: "Make its folder readable and writable.",
    sqlite3.SQLITE_IOERR: "The disk reports errors: look after it, or make room.",
    sqlite3.SQLITE_BUSY: "Another program holds the file: wait until it has finished.",
    sqlite3.SQLITE_LOCKED: "Another program holds the file: wait until it has finished.",
    sqlite3.SQLITE_PROTOCOL: ON_A_NETWORK,
    sqlite3.SQLITE_NOLFS: "The disk cannot hold a file of this size: move the workspace.",
    sqlite3.SQLITE_NOMEM: "This computer is short of memory: close other programs.",
}
# Of an error of the disk, those that are about locks and shared memory: network drives have none.
_NO_LOCKS = {
    getattr(sqlite3, f"SQLITE_IOERR_{name}")
    for name in "LOCK UNLOCK RDLOCK CHECKRESERVEDLOCK SHMOPEN SHMSIZE SHMLOCK SHMMAP".split()
}
_OR_FULL = " If it is on none, make room on the disk."
# What SQLite says, where Python gives no code.
_SAID = {
    "locking protocol": sqlite3.SQLITE_PROTOCOL,
    "disk I/O error": sqlite3.SQLITE_IOERR,
    "database or disk is full": sqlite3.SQLITE_FULL,
    "database is locked": sqlite3.SQLITE_BUSY,
    "unable to open database file": sqlite3.SQLITE_CANTOPEN,
    "attempt to write a readonly database": sqlite3.SQLITE_READONLY,
    "large file support is disabled": sqlite3.SQLITE_NOLFS,
    "out of memory": sqlite3.SQLITE_NOMEM,
}


@contextmanager
def opened(root: Path, *, in_memory: bool = False) -> Iterator[sqlite3.Connection]:
    """Open the workspace's database, or a copy of it in memory.

    On a disk that is read-only such a copy is what one can look at; a write to it is refused.
    Raises StoreDamaged where it is lost: a new one would know nothing of what was sent.
    """
    path = database_path(root)
    if is_lost(root):
        raise StoreDamaged(
            f"{path} is missing. `touchpoints run` goes on from the last good copy. To begin anew, "
            f"remove {good_copy_path(root)}, too."
        )
    if in_memory:
        connection = copy_in_memory(path)
    else:
        connection = copy_to_look_at(path) if is_read_only(path) else connect(path)
    try:
        with translated(path):
            yield connection
    finally:
        connection.close()


def is_lost(root: Path) -> bool:
    """Return whether the database is gone or empty, while there is a good copy of it."""
    path = database_path(root)
    journal = path.with_name(f"{path.name}-wal")
    return (
        not (path.is_file() and path.stat().st_size)
        and not (journal.is_file() and journal.stat().st_size)
        and good_copy_path(root).is_file()
    )


@contextmanager
def looked_into(root: Path) -> Iterator[sqlite3.Connection]:
    """Open the database to read; one that is not there yet is not made."""
    with opened(root, in_memory=not database_path(root).exists()) as connection:
        yield connection


def connect(path: Path) -> sqlite3.Connection:
    """Open the database, or make it.

    Raises CannotWrite when the folder or disk refuses, StoreDamaged when it is no database,
    OtherStoreVersion when another version of the program wrote it.
    """
    try:
        _make_private(path)
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    except (OSError, sqlite3.OperationalError) as error:
        reason = getattr(error, "strerror", None) or error
        raise CannotWrite(
            f"{path} cannot be opened or made: {reason}. Make room, or make its folder writable."
        ) from error
    try:
        with translated(path):
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA journal_mode = WAL")
            # With NORMAL a power cut may undo the last commits: answers whose page is written over
            # by then.
            connection.execute("PRAGMA synchronous = FULL")
            _create_tables(connection, path)
    except UnicodeDecodeError as error:  # of a name in the schema
        connection.close()
        raise _damaged(path, error) from error
    except BaseException:
        connection.close()
        raise
    return connection


def _create_tables(connection: sqlite3.Connection, path: Path) -> None:
    """Make the tables of a new database; refuse one of another version."""
    version = version_of(connection)
    if version > VERSION:
        raise OtherStoreVersion(
            f"{path} was written by a newer Touchpoints than this one. "
            "Install the newer one again, or move the file away."
        )
    if 0 < version < VERSION:
        raise OtherStoreVersion(
            f"{path} was written by Touchpoints before its first release, and cannot be read any "
            "more. Move the file away: the next run makes a new one. Your notes, feeds and digests "
            "are files of their own and stay; record again what you have sent."
        )
    if version == VERSION:
        return
    with atomic(connection):
        if version_of(connection) == VERSION:  # another command was faster
            return
        schema.create(connection)
        views.renew(connection)
        connection.execute(f"PRAGMA user_version = {VERSION:d}")


def version_of(connection: sqlite3.Connection) -> int:
    """Return the version of the schema; 0 for an empty database."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def copy_in_memory(path: Path, known_as: Path | None = None) -> sqlite3.Connection:
    """Return a copy of the database in memory, to try something out on: the file stays as it is."""
    copy = sqlite3.connect(":memory:", isolation_level=None)
    copy.row_factory = sqlite3.Row
    with translated(known_as or path):
        if path.exists():
            with closing(sqlite3.connect(path, timeout=BUSY_SECONDS)) as original:
                original.backup(copy)
        _create_tables(copy, known_as or path)
    return copy


def is_read_only(path: Path) -> bool:
    """Return whether a database is there that can be read, and nothing beside it written."""
    if not path.is_file() or not os.access(path, os.R_OK):
        return False
    return not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))


def copy_to_look_at(path: Path) -> sqlite3.Connection:
    """Return a copy in memory of a database that lies where nothing can be written.

    SQLite wants to write beside a database with a journal, and takes one without it for older than
    it is: so both are copied to a place where it can. What is written to the copy is refused, lest
    somebody believe that it was kept.
    """
    from tempfile import TemporaryDirectory

    try:
        with TemporaryDirectory(prefix="touchpoints-") as folder:
            for ending in ("", "-wal"):
                one = path.with_name(path.name + ending)
                if one.is_file():
                    shutil.copyfile(one, Path(folder, path.name + ending))
            copy = copy_in_memory(Path(folder, path.name), known_as=path)
    except OSError as error:
        raise CannotWrite(
            f"{path} is on a read-only disk, and cannot be copied to look at it: "
            f"{error.strerror or error}. Make room in the folder for temporary files."
        ) from error
    copy.execute("PRAGMA query_only = ON")
    return copy


@contextmanager
def atomic(connection: sqlite3.Connection) -> Iterator[None]:
    """Do everything in the block, or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk makes SQLite roll back by itself
            connection.execute("ROLLBACK")
        raise


def faults(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return what SQLite finds wrong with the file, the first few; nothing when it is sound."""
    rows = connection.execute("PRAGMA quick_check(5)")
    return tuple(str(row[0]) for row in rows if row[0] != "ok")


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn SQLite's errors that a user can do something about into ours; a bug stays one."""
    try:
        yield
    except sqlite3.Error as error:
        ours = in_our_words(path, error)
        if ours is None:
            raise
        raise ours from error


def in_our_words(path: Path, error: sqlite3.Error) -> TouchpointsError | None:
    """Return what an error of SQLite's means to the user; None when it is our bug."""
    code = getattr(error, "sqlite_errorcode", None) or _SAID.get(str(error))
    kind = None if code is None else code & 0xFF
    is_no_text = isinstance(error, sqlite3.OperationalError) and "decode to UTF-8" in str(error)
    if kind in _DAMAGED or is_no_text:
        return _damaged(path, error)
    if kind == sqlite3.SQLITE_IOERR and _is_full(path.parent):  # of the journal's index
        kind = sqlite3.SQLITE_FULL
    if kind in _REFUSED:
        todo = ON_A_NETWORK + _OR_FULL if code in _NO_LOCKS else _REFUSED[kind]
        return CannotWrite(f"{path} cannot be used: {error}. {todo} What was stored is unharmed.")
    return None


def _damaged(path: Path, error: Exception) -> StoreDamaged:
    return StoreDamaged(
        f"{path} is damaged: {error}. `touchpoints run` sets it aside and goes on from the "
        "last good copy; your notes are files of their own, and safe."
    )


def _is_full(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free < NO_ROOM
    except OSError:  # of a disk that answers to nothing
        return False


def _make_private(path: Path) -> None:
    """Make the file readable by its owner only, before SQLite would make it readable by all."""
    make_folder(path.parent)
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
