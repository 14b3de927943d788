"""Opening the database, and the transaction that makes each stage one atomic step.

Takes the path of `data/touchpoints.db`; gives a connection in WAL mode with the schema up to
date. Which rows stand in it is the business of `news` and `history`.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from pipeline.errors import CannotWrite, StoreDamaged
from pipeline.store.files import make_folder

VERSION = 8  # the same as migrations.VERSION, which is not imported to start fast
BUSY_SECONDS = 10.0  # a command may meet a run that is writing; no stage writes for as long


def connect(path: Path) -> sqlite3.Connection:
    """Open the database, make or migrate it if need be.

    Raises CannotWrite when the folder or disk refuses, StoreDamaged when it is no database.
    """
    try:
        _make_private(path)
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    except (OSError, sqlite3.OperationalError) as error:
        raise CannotWrite(f"{path} cannot be opened or made: {error}.") from error
    with translated(path):
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version > VERSION:
            raise StoreDamaged(
                f"{path} was written by a newer Touchpoints than this one. "
                "Install the newer one again, or move the file away."
            )
        if version < VERSION:
            from pipeline.store import migrations

            migrations.apply(connection)
    return connection


def copy_in_memory(path: Path) -> sqlite3.Connection:
    """Return a copy of the database in memory, to try something out on."""
    copy = sqlite3.connect(":memory:", isolation_level=None)
    copy.row_factory = sqlite3.Row
    if path.exists():
        with closing(connect(path)) as original:
            original.backup(copy)
    else:
        from pipeline.store import migrations

        migrations.apply(copy)
    return copy


@contextmanager
def atomic(connection: sqlite3.Connection) -> Iterator[None]:
    """Do everything in the block, or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def faults(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return what SQLite finds wrong with the file, the first few; nothing when it is sound."""
    rows = connection.execute("PRAGMA quick_check(5)")
    return tuple(str(row[0]) for row in rows if row[0] != "ok")


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn SQLite's errors that a user can do something about into ours."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise CannotWrite(
            f"{path} cannot be written: {error}. Is the disk full, the folder read-only, "
            "or another program holding the file?"
        ) from error
    except sqlite3.DatabaseError as error:
        raise StoreDamaged(
            f"{path} is damaged: {error}. Move it away (nothing else is lost: your notes are "
            "files); the next run starts a new one and reads the feeds again."
        ) from error


def _make_private(path: Path) -> None:
    """Make the file readable by its owner only, before SQLite would make it readable by all."""
    make_folder(path.parent)
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
