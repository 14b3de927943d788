"""What the feeds said: their states, articles, stories, document frequencies and matches.

Takes and gives records; each function that writes is meant to be called inside
`database.atomic`, one block for each stage.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from pipeline.records import Article, FeedState, Frequencies, Match, Story, from_plain, to_plain
from pipeline.store.rows import flat, time_from, time_text, time_there

_ARTICLE = "id, feed, title, link, canonical, text, published, dated, seen, source, author, guid"


# ---------------------------------------------------------------------------------------- feeds


def feed_states(connection: sqlite3.Connection) -> dict[str, FeedState]:
    """Return what is remembered of each address."""
    return {row["address"]: _state(row) for row in connection.execute("SELECT * FROM feeds")}


def keep_feed_states(connection: sqlite3.Connection, states: Iterable[FeedState]) -> None:
    """Remember the states in place of the earlier ones."""
    connection.executemany(
        "INSERT OR REPLACE INTO feeds (address, title, etag, last_modified, content_hash, checked,"
        " worked, failures, failing_since, error, todo) VALUES (:address, :title, :etag,"
        " :last_modified, :content_hash, :checked, :worked, :failures, :failing_since, :error,"
        " :todo)",
        [flat(state) for state in states],
    )


def _state(row: sqlite3.Row) -> FeedState:
    values = dict(row)
    for name in ("checked", "worked", "failing_since"):
        values[name] = time_from(values[name])
    return FeedState(**values)


# ------------------------------------------------------------------------------------- articles


def keep_articles(connection: sqlite3.Connection, articles: Iterable[Article]) -> int:
    """Add new articles, bring edited ones up to date; return how many were new.

    An article stays the same one through every edit: it keeps its first `seen`, its story, and,
    when its feed gives no date, the date of its first reading.
    """
    before, changes = _count(connection), connection.total_changes
    connection.executemany(
        f"INSERT INTO articles ({_ARTICLE}, story) VALUES (:id, :feed, :title, :link,"  # noqa: S608
        " :canonical, :text, :published, :dated, :seen, :source, :author, :guid, '')"
        " ON CONFLICT (id) DO UPDATE SET title = excluded.title, link = excluded.link,"
        " canonical = excluded.canonical, text = excluded.text, source = excluded.source,"
        " author = excluded.author,"
        " published = CASE excluded.dated WHEN 'feed' THEN excluded.published ELSE published END,"
        " dated = CASE excluded.dated WHEN 'feed' THEN 'feed' ELSE dated END"
        " WHERE (title, link, text, source, author) IS NOT"
        " (excluded.title, excluded.link, excluded.text, excluded.source, excluded.author)"
        " OR (excluded.dated = 'feed' AND published <> excluded.published)",
        [flat(article) for article in articles],
    )
    _note_change(connection, connection.total_changes - changes)
    return _count(connection) - before


def articles(connection: sqlite3.Connection, since: datetime | None = None) -> Iterator[Article]:
    """Give the articles published since then, in a fixed order: oldest first, then by id."""
    rows = connection.execute(
        f"SELECT {_ARTICLE} FROM articles WHERE published >= ? ORDER BY published, id",  # noqa: S608
        [time_text(since)],
    )
    return map(_article, rows)


def article_count(connection: sqlite3.Connection) -> int:
    """Return how many articles are stored."""
    return _count(connection)


def seen_since(connection: sqlite3.Connection, since: datetime) -> int:
    """Return how many articles were first read since then."""
    row = connection.execute(
        "SELECT count(*) FROM articles WHERE seen >= ?", [time_text(since)]
    ).fetchone()
    return int(row[0])


def fingerprint(connection: sqlite3.Connection) -> str:
    """Return a short text that changes with every article that comes, goes or is edited."""
    return recall(connection, "articles_changed")


def texts(connection: sqlite3.Connection) -> Iterator[str]:
    """Give title and text of every stored article, for the document frequencies."""
    rows = connection.execute("SELECT title, text FROM articles ORDER BY id")
    return (f"{row['title']}\n{row['text']}" for row in rows)


def forget_articles(connection: sqlite3.Connection, before: datetime, keep: frozenset[str]) -> int:
    """Delete articles older than that, but for the stories in `keep`; return how many.

    Only what its feed no longer holds may go, or the next reading would bring it back as new:
    so the caller counts from `seen`, and this deletes by the later of `seen` and `published`.
    """
    old = connection.execute(
        "SELECT id, story FROM articles WHERE max(published, seen) < ?", [time_text(before)]
    ).fetchall()
    gone = [[row["id"]] for row in old if row["story"] not in keep]
    connection.executemany("DELETE FROM articles WHERE id = ?", gone)
    _note_change(connection, len(gone))
    return len(gone)


def _note_change(connection: sqlite3.Connection, rows: int) -> None:
    if rows:
        number = int(recall(connection, "articles_changed") or 0) + 1
        remember(connection, "articles_changed", str(number))


def _article(row: sqlite3.Row) -> Article:
    values = dict(row)
    values["published"] = time_there(values["published"])
    values["seen"] = time_there(values["seen"])
    return Article(**values)


def _count(connection: sqlite3.Connection) -> int:
    (count,) = connection.execute("SELECT count(*) FROM articles").fetchone()
    return int(count)


# -------------------------------------------------------------------------------------- stories


def story_ids(connection: sqlite3.Connection, since: datetime | None = None) -> dict[str, str]:
    """Return the story that each article published since then was put into."""
    rows = connection.execute(
        "SELECT id, story FROM articles WHERE story <> '' AND published >= ?", [time_text(since)]
    )
    return {row["id"]: row["story"] for row in rows}


def keep_stories(connection: sqlite3.Connection, stories: Iterable[Story]) -> None:
    """Remember which articles make up each story."""
    connection.executemany(
        "UPDATE articles SET story = ? WHERE id = ? AND story <> ?",
        [
            (story.id, article.id, story.id)
            for story in stories
            for article in (story.lead, *story.others)
        ],
    )


# ------------------------------------------------------------------------- document frequencies


def frequencies(connection: sqlite3.Connection) -> Frequencies | None:
    """Return the document frequencies of the last fit, or None before the first."""
    row = connection.execute("SELECT * FROM frequencies WHERE id = 1").fetchone()
    if row is None:
        return None
    terms = json.loads(zlib.decompress(row["terms"]))
    return Frequencies(row["documents"], terms, time_from(row["fitted"]))


def fitted_documents(connection: sqlite3.Connection) -> tuple[int, datetime | None]:
    """Return how many articles the last fit saw, and when, without reading the terms."""
    row = connection.execute("SELECT documents, fitted FROM frequencies WHERE id = 1").fetchone()
    return (0, None) if row is None else (row["documents"], time_from(row["fitted"]))


def keep_frequencies(connection: sqlite3.Connection, fitted: Frequencies) -> None:
    """Remember a fit in place of the earlier one."""
    terms = json.dumps(dict(fitted.terms), ensure_ascii=False, separators=(",", ":"))
    connection.execute(
        "INSERT OR REPLACE INTO frequencies (id, documents, fitted, terms) VALUES (1, ?, ?, ?)",
        [fitted.documents, time_text(fitted.fitted), zlib.compress(terms.encode(), 6)],
    )


# -------------------------------------------------------------------------------------- matches


def matches(connection: sqlite3.Connection) -> dict[str, tuple[Match, ...]]:
    """Return the matches of the last scoring for each interview, best first."""
    found: dict[str, list[Match]] = {}
    rows = connection.execute("SELECT interview, detail FROM matches ORDER BY interview, position")
    for row in rows:
        found.setdefault(row["interview"], []).append(from_plain(Match, json.loads(row["detail"])))
    return {interview: tuple(group) for interview, group in found.items()}


def keep_matches(connection: sqlite3.Connection, found: Mapping[str, Iterable[Match]]) -> None:
    """Remember these matches in place of all earlier ones."""
    connection.execute("DELETE FROM matches")
    connection.executemany(
        "INSERT INTO matches (interview, position, detail) VALUES (?, ?, ?)",
        [
            (interview, position, json.dumps(to_plain(match), ensure_ascii=False))
            for interview, group in found.items()
            for position, match in enumerate(group)
        ],
    )


# --------------------------------------------------------------------------------------- memory


def recall(connection: sqlite3.Connection, name: str) -> str:
    """Return a small value kept under that name, or ""."""
    row = connection.execute("SELECT value FROM memory WHERE name = ?", [name]).fetchone()
    return "" if row is None else str(row["value"])


def remember(connection: sqlite3.Connection, name: str, value: str) -> None:
    """Keep a small value under that name."""
    connection.execute("INSERT OR REPLACE INTO memory (name, value) VALUES (?, ?)", [name, value])
