"""What the feeds said: their states, articles, stories, what they teach, and matches.

Takes and gives records; each function that writes is meant to be called inside
`database.atomic`, one block for each stage.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from pipeline.records import (
    Article,
    FeedState,
    Frequencies,
    Knowledge,
    Match,
    Portrait,
    Senses,
    Story,
    from_plain,
    to_plain,
)
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
    number = changes_made(connection) + 1
    connection.executemany(
        f"INSERT INTO articles ({_ARTICLE}, story, changed)"  # noqa: S608
        " VALUES (:id, :feed, :title, :link, :canonical, :text, :published, :dated, :seen,"
        f" :source, :author, :guid, '', {number:d})"
        " ON CONFLICT (id) DO UPDATE SET title = excluded.title, link = excluded.link,"
        " changed = excluded.changed, canonical = excluded.canonical, text = excluded.text,"
        " source = excluded.source,"
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


def changes_made(connection: sqlite3.Connection) -> int:
    """Return a number that grows whenever articles come, go or are edited."""
    return int(recall(connection, "articles_changed") or 0)


def changed_after(connection: sqlite3.Connection, number: int) -> frozenset[str]:
    """Return the ids of the articles that came or were edited after that change."""
    rows = connection.execute("SELECT id FROM articles WHERE changed > ?", [number])
    return frozenset(row["id"] for row in rows)


def newest_articles(connection: sqlite3.Connection) -> Iterator[Article]:
    """Give every stored article, the newest first; none is held in memory."""
    rows = connection.execute(f"SELECT {_ARTICLE} FROM articles ORDER BY published DESC, id")  # noqa: S608
    return map(_article, rows)


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
        remember(connection, "articles_changed", str(changes_made(connection) + 1))


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


# ------------------------------------------------------------------------- what the news teach


def knowledge(connection: sqlite3.Connection) -> Knowledge | None:
    """Return what was learnt at the last refit, or None before the first."""
    rows = connection.execute("SELECT name, detail FROM knowledge")
    stored = {row["name"]: row["detail"] for row in rows}
    if not stored:
        return None
    counted = _unpacked(stored["frequencies"])
    near = {name.removeprefix("near "): v for name, v in stored.items() if name[:5] == "near "}
    return Knowledge(
        Frequencies(counted["documents"], counted["terms"], time_from(counted["fitted"])),
        tuple(from_plain(Portrait, item) for item in _unpacked(stored["portraits"])),
        Senses(stored["rarity"], stored["middle"], near) if "rarity" in stored else None,
    )


def keep_knowledge(connection: sqlite3.Connection, learnt: Knowledge) -> None:
    """Remember what was learnt in place of the earlier."""
    counted = learnt.frequencies
    rows: dict[str, bytes] = {
        "frequencies": _packed(
            {
                "documents": counted.documents,
                "fitted": time_text(counted.fitted),
                "terms": dict(counted.terms),
            }
        ),
        "portraits": _packed(to_plain(learnt.portraits)),
    }
    if learnt.senses:
        rows |= {"rarity": learnt.senses.rarity, "middle": learnt.senses.middle}
        rows |= {f"near {text}": vector for text, vector in learnt.senses.near.items()}
    connection.execute("DELETE FROM knowledge")
    connection.executemany("INSERT INTO knowledge (name, detail) VALUES (?, ?)", rows.items())


def _packed(value: Any) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 6)


def _unpacked(packed: bytes) -> Any:
    return json.loads(zlib.decompress(packed).decode("utf-8", "surrogatepass"))


# -------------------------------------------------------------------------------------- matches


def matches(connection: sqlite3.Connection) -> dict[str, tuple[Match, ...]]:
    """Return the stored matches of each interview, as they were made: without a clock."""
    found: dict[str, list[Match]] = {}
    rows = connection.execute("SELECT interview, detail FROM matches ORDER BY interview, story")
    for row in rows:
        found.setdefault(row["interview"], []).append(from_plain(Match, json.loads(row["detail"])))
    return {interview: tuple(group) for interview, group in found.items()}


def keep_matches(connection: sqlite3.Connection, found: Iterable[Match]) -> None:
    """Remember these matches beside the earlier ones of other stories."""
    connection.executemany(
        "INSERT OR REPLACE INTO matches (interview, story, detail) VALUES (?, ?, ?)",
        (
            (match.interview, match.story.id, json.dumps(to_plain(match), ensure_ascii=False))
            for match in found
        ),
    )


def forget_matches(connection: sqlite3.Connection, stories: Iterable[str] | None) -> None:
    """Forget the matches of these stories, or with None all of them."""
    if stories is None:
        connection.execute("DELETE FROM matches")
        return
    connection.executemany("DELETE FROM matches WHERE story = ?", ([story] for story in stories))


# --------------------------------------------------------------------------------------- memory


def recall(connection: sqlite3.Connection, name: str) -> str:
    """Return a small value kept under that name, or ""."""
    row = connection.execute("SELECT value FROM memory WHERE name = ?", [name]).fetchone()
    return "" if row is None else str(row["value"])


def remember(connection: sqlite3.Connection, name: str, value: str) -> None:
    """Keep a small value under that name."""
    connection.execute("INSERT OR REPLACE INTO memory (name, value) VALUES (?, ?)", [name, value])
