"""What every step of a run is given: the workspace, the clock, how to work, where to keep it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from pipeline.records import ReadNews, Taken, Workspace
from pipeline.records.record import dataclass
from pipeline.text.calendar import day_in
from pipeline.workspace.lookup import own_zone

if TYPE_CHECKING:
    from pipeline.news.fetch import FeedSource, FetchOptions

Progress = Callable[[str, int, int], None]  # what, done, of how many


class RunLog(Protocol):
    """Where a step says what it did; see `maintenance/log.py`."""

    def add(self, event: str, **values: Any) -> None:
        """Add a line."""

    def add_all(self, event: str, rows: Iterable[dict[str, Any]]) -> None:
        """Add a line for each of several units of the same work."""


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How a run works; each but the last three is an option of `touchpoints run`."""

    dry_run: bool = False  # on a copy in memory; no file is written
    ask_all: bool = False  # feeds that are not due are asked, too
    timed: bool = False  # the page says how long the run took
    early: bool = False  # somebody waits for the page: made before the morning's hour, and read
    as_of: bool = False  # the clock was given, not read: remembered for `doctor`
    scheduled: bool = False  # started by cron and the like: remembered for `doctor`
    source: Callable[[FetchOptions], FeedSource] | None = (
        None  # a fleet's: what the feeds answered it
    )
    taken: tuple[Taken, ...] | None = None  # a fleet's: what others of it have
    read: ReadNews | None = None  # a fleet's: what became of the feeds, where they were read ahead


@dataclass(frozen=True, slots=True)
class Job:
    """One run at one moment. Steps take it with the results of earlier steps."""

    root: Path
    workspace: Workspace
    now: datetime
    options: RunOptions
    db: sqlite3.Connection
    log: RunLog
    progress: Progress | None = None

    @property
    def today(self) -> date:
        """The day in the user's time zone."""
        return day_in(own_zone(self.workspace), self.now)
