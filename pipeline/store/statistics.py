"""What each feed has brought so far: counts from the tables, nothing else.

Takes a moment; gives figures by the feed's address. Each can be counted again by hand with one
SELECT. A story that several feeds tell counts for each of them, so that the feeds' figures may add
up to more than the total.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from pipeline.store.rows import time_from, time_text


@dataclass(frozen=True, slots=True)
class Figures:
    """What came of one feed, or of all together."""

    articles: int = 0  # that are stored
    recent: int = 0  # of them, published since the moment that was asked for
    fits: int = 0  # stories of the last weeks that are worth showing to somebody
    suggested: int = 0  # suggestions whose story the feed told
    sent: int = 0  # of them
    not_for_me: int = 0  # of them, dismissed for that reason
    first_seen: datetime | None = None
    newest: datetime | None = None
    last_suggested: datetime | None = None


_ARTICLES = (
    "SELECT {feed} AS feed, count(*) AS articles, coalesce(sum(published >= :since), 0) AS recent,"
    " min(seen) AS first_seen, max(published) AS newest FROM articles {group}"
)
_FITS = (
    "SELECT {feed} AS feed, count(DISTINCT m.story) AS fits FROM matches m"
    " JOIN articles ON articles.story = m.story"
    " WHERE json_extract(m.detail, '$.shown') {group}"
)
_SUGGESTED = (
    "SELECT {feed} AS feed, count(DISTINCT t.id) AS suggested, max(t.created) AS last_suggested,"
    " count(DISTINCT CASE WHEN t.status IN ('sent', 'answered') THEN t.id END) AS sent,"
    " count(DISTINCT CASE WHEN t.status = 'dismissed' AND t.because = 'not-for-me' THEN t.id END)"
    " AS not_for_me FROM touchpoints t"
    " JOIN articles ON articles.story = json_extract(t.suggestion, '$.story')"
    " WHERE articles.story <> '' {group}"
)


def figures(connection: sqlite3.Connection, since: datetime) -> dict[str, Figures]:
    """Return the figures of each feed that has brought something."""
    return _figures(connection, since, "articles.feed", "GROUP BY articles.feed")


def total(connection: sqlite3.Connection, since: datetime) -> Figures:
    """Return the figures of all feeds together, every story and suggestion once."""
    return _figures(connection, since, "''", "").get("", Figures())


def _figures(
    connection: sqlite3.Connection, since: datetime, feed: str, group: str
) -> dict[str, Figures]:
    rows: dict[str, dict[str, object]] = {}
    for statement in (_ARTICLES, _FITS, _SUGGESTED):
        asked = statement.format(feed=feed, group=group)
        for row in connection.execute(asked, {"since": time_text(since)}):
            rows.setdefault(row["feed"], {}).update(dict(row))
    return {address: _read(row) for address, row in rows.items()}


def _read(row: dict[str, object]) -> Figures:
    def number(name: str) -> int:
        return int(str(row.get(name) or 0))

    def time(name: str) -> datetime | None:
        return time_from(str(row.get(name) or ""))

    return Figures(
        articles=number("articles"),
        recent=number("recent"),
        fits=number("fits"),
        suggested=number("suggested"),
        sent=number("sent"),
        not_for_me=number("not_for_me"),
        first_seen=time("first_seen"),
        newest=time("newest"),
        last_suggested=time("last_suggested"),
    )
