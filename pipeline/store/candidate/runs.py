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


def last_report(connection: sqlite3.Connection) -> dict[str, Any]:
    """Return the report of the newest run; empty before the first."""
    row = connection.execute("SELECT report FROM runs ORDER BY id DESC LIMIT 1").fetchone()
    return dict(json.loads(row["report"])) if row else {}


def state(connection: sqlite3.Connection, *without: str) -> str:
    """Return all that is kept of the candidate as one text: it changes with each change.

    Without the reports of runs and the slots `without`; matches and events, which change only with
    what they are made from, are counted.
    """
    tables = ("touchpoints", "contacts", "moves", "holds")
    rows = [
        tuple(row)
        for table in tables
        for row in connection.execute(f"SELECT * FROM {table} ORDER BY id")  # noqa: S608
    ]
    slots = connection.execute("SELECT name, value FROM candidate_memory ORDER BY name")
    kept = [tuple(row) for row in slots if row[0] not in without]
    counts = connection.execute(
        "SELECT (SELECT count(*) FROM matches), (SELECT count(*) FROM events)"
    )
    return repr((rows, kept, tuple(counts.fetchone())))


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
