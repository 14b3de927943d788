"""Whether everything that is stored can be read: what SQLite's own checks cannot see.

A changed byte inside a value leaves the database whole and the value nonsense. So everything is
read by those who read it in a run.
"""

from __future__ import annotations

import re
import sqlite3
from collections import deque
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from pipeline.records import Story
from pipeline.store import candidate, memory, news

_NO_PAGE = re.compile(
    r"^\s*(?:(?:java|vb)script:\S|data:[a-z]+/|file:/)", re.IGNORECASE | re.MULTILINE
)
EVER = datetime.min.replace(tzinfo=UTC)


def can_be_read(path: Path) -> bool:
    """Return whether all of a database's values mean something to this program."""
    try:
        with closing(sqlite3.connect(path)) as connection:
            connection.row_factory = sqlite3.Row
            _read(connection)
    except Exception:  # whatever nonsense leads to: that it cannot be read is all that is asked
        return False
    return True


def leads_astray(path: Path) -> bool:
    """Return whether a story's link, or a line of a message, runs something or opens a file.

    No feed brings one so far; where a database comes from elsewhere, somebody put it there.
    """
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        stories = news.articles_since(connection)
        messages = candidate.load_history(connection).touchpoints
        return any(_NO_PAGE.match(one.link) for one in stories) or any(
            _NO_PAGE.search(f"{one.suggestion.reference.link}\n{draft.body}")
            for one in messages
            for draft in (one.suggestion.draft, one.draft)
        )


def _read(connection: sqlite3.Connection) -> None:
    candidate.load_history(connection)
    candidate.moves(connection)
    news.feed_states(connection)
    news.load_knowledge(connection)
    stories = candidate.matched_stories(connection)
    kept = {
        name: Story(name, articles[0])
        for name, articles in news.articles_by_story(connection, EVER, stories)
    }
    candidate.load_matches(connection, kept)
    candidate.load_events(connection)
    news.story_ids(connection)
    candidate.last_runs(connection)
    deque(news.articles_since(connection), maxlen=0)
    deque(news.fingerprints(connection), maxlen=0)
    for slot in memory.SLOTS:
        memory.get(connection, slot)
