"""Whether everything that is stored can be read: what SQLite's own checks cannot see.

A changed byte inside a value leaves the database whole and the value nonsense. So everything is
read by those who read it in a run.
"""

from __future__ import annotations

import json
import sqlite3
from collections import deque
from contextlib import closing
from pathlib import Path

from pipeline.store import history, news


def can_be_read(path: Path) -> bool:
    """Tell whether all of a database's values mean something to this program."""
    try:
        with closing(sqlite3.connect(path)) as connection:
            connection.row_factory = sqlite3.Row
            _read(connection)
    except Exception:  # whatever nonsense leads to: that it cannot be read is all that is asked
        return False
    return True


def _read(connection: sqlite3.Connection) -> None:
    history.history(connection)
    history.moves(connection)
    history.told(connection)
    history.forgotten(connection)
    news.feed_states(connection)
    news.knowledge(connection)
    news.matches(connection)
    news.volume(connection)
    news.story_ids(connection)
    connection.execute("SELECT started, report FROM runs").fetchall()
    deque(news.articles(connection), maxlen=0)
    deque(news.marks(connection), maxlen=0)
    for row in connection.execute(
        "SELECT value FROM memory WHERE substr(value, 1, 1) IN ('[', '{')"
    ):
        json.loads(row["value"])
