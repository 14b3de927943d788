"""Rows to records and back: the one place that knows how a record lies in a table.

A time is text in ISO 8601 and UTC, so that its order is the order of time; None is an empty text.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import UTC, datetime
from functools import cache
from itertools import islice
from typing import Any

# no border test: speed only
AT_ONCE = 500  # names in one statement: SQLite took no more than 999 for long


def in_batches(names: Iterable[str]) -> Iterator[tuple[list[str], str]]:
    """Yield a batch of names at a time, each with as many question marks."""
    given = iter(sorted(names))
    while batch := list(islice(given, AT_ONCE)):
        yield batch, ", ".join("?" * len(batch))


def time_text(at: datetime | None) -> str:
    """Return the time as it is stored: UTC, to the second, "" for none."""
    if at is None:
        return ""
    if at.tzinfo is not UTC:
        at = at.astimezone(UTC)
    return at.isoformat(timespec="seconds")


def time_from(text: str | None) -> datetime | None:
    """Return the time that `time_text` wrote."""
    return datetime.fromisoformat(text) if text else None


def time_there(text: str) -> datetime:
    """Return a time that is always set."""
    return datetime.fromisoformat(text)


def flat(record: Any) -> dict[str, Any]:
    """Return a record without nested ones as a row."""
    row = {}
    for name in _names(record.__class__):
        value = getattr(record, name)
        if isinstance(value, datetime):
            value = time_text(value)
        row[name] = "" if value is None else value
    return row


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(item.name for item in fields(kind))


def insert(connection: sqlite3.Connection, table: str, row: dict[str, Any]) -> int:
    """Add one row and return its id."""
    names = ", ".join(row)
    marks = ", ".join(f":{name}" for name in row)
    statement = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608 - our own names
    return int(connection.execute(statement, row).lastrowid or 0)
