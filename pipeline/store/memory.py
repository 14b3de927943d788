"""What is remembered between runs: one typed slot for each value, declared here and nowhere else.

A slot belongs to the news, which many candidates may share, or to one candidate. Its value is a
record or a tuple or mapping of them, kept as JSON. An empty slot gives None.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Generic, Literal, TypeVar

from pipeline.records import (
    CalendarState,
    ChannelState,
    DigestLine,
    DigestPageState,
    DraftFile,
    DrawnPage,
    FeedStamp,
    Fit,
    KnownHolidays,
    Left,
    Problem,
    ScheduleState,
    Scored,
    ShownItem,
    Taken,
    Volume,
    from_plain,
    to_plain,
)
from pipeline.records.record import dataclass

T = TypeVar("T")
Table = Literal["news_memory", "candidate_memory"]


@dataclass(frozen=True, slots=True)
class Slot(Generic[T]):
    """The place of one value: its name, its type, and whose it is."""

    name: str
    kind: Any  # the type T, as `from_plain` reads it
    table: Table = "candidate_memory"
    is_of_news: bool = False  # says what was made of the stored news: as good as nothing without


# ----------------------------------------------------------------------- of the news: anybody's

ARTICLES_CHANGED: Slot[int] = Slot("articles_changed", int, "news_memory")  # grows with each change
FIT: Slot[Fit] = Slot("fit", Fit, "news_memory", is_of_news=True)
FINGERPRINTED: Slot[datetime] = Slot(  # for which fit
    "fingerprinted", datetime, "news_memory", is_of_news=True
)

# ------------------------------------------------------------------------- of one candidate

CALENDAR: Slot[CalendarState] = Slot("calendar", CalendarState)
CHANNELS: Slot[tuple[ChannelState, ...]] = Slot("channels", tuple[ChannelState, ...])
COVERAGE: Slot[Mapping[str, tuple[Problem, ...]]] = Slot(
    "coverage", Mapping[str, tuple[Problem, ...]], is_of_news=True
)
COVERAGE_TOLD: Slot[Mapping[str, date]] = Slot("coverage_told", Mapping[str, date])  # by what
DRAFT_FILES: Slot[tuple[DraftFile, ...]] = Slot("draft_files", tuple[DraftFile, ...])
DRAWN: Slot[DrawnPage] = Slot("drawn", DrawnPage)
FEED_STAMPS: Slot[tuple[FeedStamp, ...]] = Slot("feed_stamps", tuple[FeedStamp, ...])
FORGOTTEN: Slot[Mapping[str, datetime]] = Slot("forgotten", Mapping[str, datetime])  # by lesson
GOOD_COPY: Slot[datetime] = Slot("good_copy", datetime)  # when the last one was made
HOLIDAYS: Slot[KnownHolidays] = Slot("holidays", KnownHolidays)
IDENTITY: Slot[str] = Slot("identity", str)
INDEX: Slot[tuple[DigestLine, ...]] = Slot("index", tuple[DigestLine, ...])
LEFT: Slot[Left] = Slot("left", Left, is_of_news=True)
# Which work fits which line of a talk, by their places; by a hash of what it follows from.
OWN_WORK: Slot[Mapping[str, Mapping[str, Mapping[str, float]]]] = Slot(
    "own_work", Mapping[str, Mapping[str, Mapping[str, float]]]
)
PAGES: Slot[tuple[DigestPageState, ...]] = Slot("pages", tuple[DigestPageState, ...])
RECOVERED: Slot[Problem] = Slot("recovered", Problem)
REFUSED: Slot[tuple[tuple[str, str], ...]] = Slot("refused", tuple[tuple[str, str], ...])  # lines
SCHEDULE: Slot[ScheduleState] = Slot("schedule", ScheduleState)
SCORED: Slot[Scored] = Slot("scored", Scored, is_of_news=True)
SHOWN: Slot[tuple[ShownItem, ...]] = Slot("shown", tuple[ShownItem, ...])
TAKEN: Slot[tuple[Taken, ...]] = Slot("taken", tuple[Taken, ...])
UNNAMED: Slot[Mapping[str, tuple[Problem, ...]]] = Slot(
    "unnamed", Mapping[str, tuple[Problem, ...]], is_of_news=True
)
VACUUMED: Slot[datetime] = Slot("vacuumed", datetime)
VOLUME: Slot[Volume] = Slot("volume", Volume)


def get(connection: sqlite3.Connection, slot: Slot[T]) -> T | None:
    """Return the value of a slot, or None when nothing was put there.

    Raises ValueError, TypeError or KeyError when a spoilt database holds something else.
    """
    statement = f"SELECT value FROM {slot.table} WHERE name = ?"  # noqa: S608 - our own names
    row = connection.execute(statement, [slot.name]).fetchone()
    if row is None:
        return None
    value: T = from_plain(slot.kind, json.loads(row["value"]))
    return value


def put(connection: sqlite3.Connection, slot: Slot[T], value: T) -> None:
    """Keep a value in place of the earlier one; call it inside `database.atomic`."""
    connection.execute(
        f"INSERT OR REPLACE INTO {slot.table} (name, value) VALUES (?, ?)",  # noqa: S608
        [slot.name, json.dumps(to_plain(value), ensure_ascii=False)],
    )


SLOTS: tuple[Slot[Any], ...] = tuple(v for v in list(globals().values()) if isinstance(v, Slot))
