"""What each feed has brought so far: counts, nothing else.

The news side and the candidate's side are read separately and put together here.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from pipeline.records import Touchpoint
from pipeline.records.record import dataclass
from pipeline.store import candidate, news


@dataclass(frozen=True, slots=True)
class Figures:
    """What came of one feed, or of all together."""

    articles: int = 0  # that are stored
    recent: int = 0  # of them, published since the moment that was asked for
    fits: int = 0  # stories of the last weeks that are worth showing to somebody
    suggested: int = 0  # suggestions whose story came from the feed
    sent: int = 0  # of them
    not_for_me: int = 0  # of them, dismissed for that reason
    first_seen: datetime | None = None
    newest: datetime | None = None
    last_suggested: datetime | None = None


def figures(connection: sqlite3.Connection, since: datetime) -> dict[str, Figures]:
    """Return the figures of each feed that has brought something, and under "" those of all.

    A story that several feeds report counts for each of them, and once for all together.
    """
    counted = {feed: Figures(**counts) for feed, counts in _articles(connection, since).items()}
    told_by: dict[str, set[str]] = {}
    touchpoints = candidate.load_history(connection).touchpoints
    shown = candidate.shown_stories(connection)
    suggested = {item.suggestion.reference.story for item in touchpoints} - {""}
    for story, feed in news.feeds_of_stories(connection, shown | suggested):
        told_by.setdefault(feed, set()).add(story)
        told_by.setdefault("", set()).add(story)
    return {
        feed: _with_suggestions(found, told_by.get(feed, set()), shown, touchpoints)
        for feed, found in counted.items()
    }


def _articles(connection: sqlite3.Connection, since: datetime) -> dict[str, dict[str, Any]]:
    found = news.article_figures(connection, since)
    if found:
        found[""] = {
            "articles": sum(one["articles"] for one in found.values()),
            "recent": sum(one["recent"] for one in found.values()),
            "first_seen": min(one["first_seen"] for one in found.values()),
            "newest": max(one["newest"] for one in found.values()),
        }
    return found


def _with_suggestions(
    found: Figures, stories: set[str], shown: frozenset[str], touchpoints: Sequence[Touchpoint]
) -> Figures:
    own = [item for item in touchpoints if item.suggestion.reference.story in stories]
    return replace(
        found,
        fits=len(stories & shown),
        suggested=len(own),
        sent=sum(item.status in ("sent", "answered") for item in own),
        not_for_me=sum(item.because == "not-for-me" for item in own if item.status == "dismissed"),
        last_suggested=max((item.created for item in own), default=None),
    )
