"""The reports of the last runs."""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime
from typing import Any

from pipeline.store.rows import insert, time_text, time_there

KEPT_RUNS = 100  # four days of hourly runs, for `doctor`; no border test: bounds time and memory


def keep_run(connection: sqlite3.Connection, started: datetime, report: dict[str, Any]) -> None:
    """Keep the report of a run, and those of the runs before, `KEPT_RUNS` in all."""
    insert(connection, "runs", {"started": time_text(started), "report": json.dumps(report)})
    connection.execute("DELETE FROM runs WHERE id <= (SELECT max(id) FROM runs) - ?", [KEPT_RUNS])


def runs_since(connection: sqlite3.Connection, moment: datetime) -> tuple[datetime, ...]:
    """Return when the runs since then began, oldest first."""
    rows = connection.execute(
        "SELECT started FROM runs WHERE started >= ? ORDER BY started", [time_text(moment)]
    )
    return tuple(time_there(row["started"]) for row in rows)


def last_runs(connection: sqlite3.Connection) -> tuple[tuple[datetime, dict[str, Any]], ...]:
    """Return when the kept runs began, with their reports; the newest first."""
    rows = connection.execute("SELECT started, report FROM runs ORDER BY id DESC")
    return tuple((time_there(row["started"]), json.loads(row["report"])) for row in rows)
