"""Rows to records and back: the one place that knows how a record lies in a table.

A time is text in ISO 8601 and UTC, so that its order is the order of time; None is an empty text.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from functools import cache, partial
from itertools import islice
from typing import Any, TypeVar, get_args, get_type_hints

from pipeline.records import from_plain, to_plain

T = TypeVar("T")

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
    """Return a record as a row: what is nested in it is JSON."""
    row = {}
    for name in _columns(record.__class__)[0]:
        value = getattr(record, name)
        if isinstance(value, datetime):
            value = time_text(value)
        elif not isinstance(value, (str, int)):
            value = json_of(value)
        row[name] = value
    return row


def record_of(kind: type[T], row: sqlite3.Row) -> T:
    """Return the record of which `flat` made a row; the row may have other columns, too."""
    names, readers = _columns(kind)  # type: ignore[arg-type]
    values = {name: row[name] for name in names}
    for name, read in readers:
        values[name] = read(values[name])
    return kind(**values)


@cache
def _columns(kind: Any) -> tuple[tuple[str, ...], tuple[tuple[str, Callable[[Any], Any]], ...]]:
    """Return the names of a record's fields, and how those are read that lie there otherwise."""
    readers: list[tuple[str, Callable[[Any], Any]]] = []
    for name, hint in get_type_hints(kind).items():
        bare = next((one for one in get_args(hint) if isinstance(one, type)), hint)
        if bare is datetime:
            readers.append((name, time_from))
        elif bare is bool:
            readers.append((name, bool))
        elif is_dataclass(bare):
            readers.append((name, partial(_nested, bare)))
    return tuple(item.name for item in fields(kind)), tuple(readers)


def _nested(kind: type, text: str | None) -> Any:
    return from_plain(kind, json.loads(text)) if text else None


def json_of(record: Any) -> str:
    """Return a record as it is kept in a column; "" for none."""
    return json.dumps(to_plain(record), ensure_ascii=False) if record else ""


def insert(connection: sqlite3.Connection, table: str, row: dict[str, Any]) -> int:
    """Add one row and return its id."""
    names = ", ".join(row)
    marks = ", ".join(f":{name}" for name in row)
    statement = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608 - our own names
    return int(connection.execute(statement, row).lastrowid or 0)
