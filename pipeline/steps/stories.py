"""Stories as they are stored: articles that earlier runs put together, those that are wanted."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import datetime

from pipeline.records import Story, Workspace
from pipeline.relevance.lead import story_of
from pipeline.store import news
from pipeline.workspace.lookup import feed_order


def stored_stories(
    db: sqlite3.Connection, workspace: Workspace, since: datetime, wanted: Iterable[str] | None
) -> Iterator[Story]:
    """Yield the stories of these ids, or with None all that have articles since then."""
    order = feed_order(workspace)
    for name, members in news.articles_by_story(db, since, wanted):
        yield story_of(name, members, order)
