"""Stories as they are stored: articles that earlier runs put together.

stored_stories    those that are wanted
every_story       all of them, with what no run has put together yet
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import datetime

from pipeline.records import History, Story, Workspace
from pipeline.relevance.lead import story_of
from pipeline.store import candidate, news
from pipeline.workspace.lookup import feed_order


def stored_stories(
    db: sqlite3.Connection,
    workspace: Workspace,
    since: datetime | None,
    wanted: Iterable[str] | None,
) -> Iterator[Story]:
    """Yield the stories of these ids, or with None all that have articles since then."""
    order = feed_order(workspace)
    for name, members in news.articles_by_story(db, since, wanted):
        yield story_of(name, members, order)


def every_story(db: sqlite3.Connection, workspace: Workspace, past: History) -> tuple[Story, ...]:
    """Return all stories, newest first."""
    if not news.is_any_apart(db):
        stories = stored_stories(db, workspace, None, None)
        return tuple(sorted(stories, key=lambda s: (s.lead.published, s.id), reverse=True))
    from pipeline.relevance.clustering import cluster

    return cluster(
        news.articles_since(db),
        news.story_ids(db),
        order=feed_order(workspace),
        used=candidate.stories_in_use(past),
    )
