"""Which articles make up each story, and the fingerprints by which near-duplicates are found."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import datetime

from pipeline.records import Article, Story
from pipeline.store.news.articles import COLUMNS, article_from
from pipeline.store.rows import in_batches, time_text


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


def stories_of(connection: sqlite3.Connection, names: Iterable[str]) -> dict[str, str]:
    """Return the story that each of these articles was put into."""
    found: dict[str, str] = {}
    for some, marks in in_batches(names):
        statement = f"SELECT id, story FROM articles WHERE id IN ({marks}) AND story <> ''"  # noqa: S608
        found.update({row["id"]: row["story"] for row in connection.execute(statement, some)})
    return found


def members(
    connection: sqlite3.Connection, stories: Iterable[str], since: datetime
) -> dict[str, str]:
    """Return the articles of these stories published since then, each with its story."""
    found: dict[str, str] = {}
    for some, marks in in_batches(stories):
        statement = f"SELECT id, story FROM articles WHERE story IN ({marks}) AND published >= ?"  # noqa: S608
        rows = connection.execute(statement, [*some, time_text(since)])
        found.update({row["id"]: row["story"] for row in rows})
    return found


def is_any_apart(connection: sqlite3.Connection) -> bool:
    """Return whether an article was not put into a story yet."""
    row = connection.execute("SELECT 1 FROM articles WHERE story = '' LIMIT 1")
    return row.fetchone() is not None


def stories_from_before(connection: sqlite3.Connection, moment: datetime | None) -> frozenset[str]:
    """Return the stories that have an article published before that."""
    rows = connection.execute(
        "SELECT DISTINCT story FROM articles WHERE published < ? AND story <> ''",
        [time_text(moment)],
    )
    return frozenset(row["story"] for row in rows)


def story_count(connection: sqlite3.Connection, since: datetime | None) -> int:
    """Return how many stories have an article published since then."""
    row = connection.execute(
        "SELECT count(DISTINCT story) FROM articles WHERE published >= ? AND story <> ''",
        [time_text(since)],
    ).fetchone()
    return int(row[0])


def articles_by_story(
    connection: sqlite3.Connection, since: datetime | None, stories: Iterable[str] | None = None
) -> Iterator[tuple[str, list[Article]]]:
    """Yield each story's articles published since then, oldest first; without `stories` of all.

    Some are in memory at a time.
    """
    if stories is None:
        rows = connection.execute(
            "SELECT DISTINCT story FROM articles WHERE published >= ? AND story <> ''",
            [time_text(since)],
        )
        stories = [row["story"] for row in rows]
    for some, marks in in_batches(sorted(stories)):
        found: dict[str, list[Article]] = {}
        for row in connection.execute(
            f"SELECT {COLUMNS}, story FROM articles WHERE story IN ({marks})"  # noqa: S608
            " AND published >= ? ORDER BY story, published, id",
            [*some, time_text(since)],
        ):
            values = dict(row)
            found.setdefault(values.pop("story"), []).append(article_from(values))
        yield from found.items()


def feeds_of_stories(
    connection: sqlite3.Connection, stories: Iterable[str]
) -> Iterator[tuple[str, str]]:
    """Yield each of these stories with every feed that reported it."""
    for batch, marks in in_batches(stories):
        statement = f"SELECT DISTINCT story, feed FROM articles WHERE story IN ({marks})"  # noqa: S608
        yield from (tuple(row) for row in connection.execute(statement, batch))


def fingerprints(connection: sqlite3.Connection) -> Iterator[tuple[str, bytes]]:
    """Yield id and fingerprint of each article that clustering looks at, by publication."""
    cursor = connection.cursor()
    cursor.row_factory = None  # plain tuples: a hundred thousand rows are read each day
    rows = cursor.execute("SELECT published, id, fingerprint FROM fingerprints").fetchall()
    rows.sort()  # they lie nearly in order; SQLite would sort them all, in a file
    return ((name, fingerprint) for _, name, fingerprint in rows)


def keep_fingerprints(
    connection: sqlite3.Connection, made: Iterable[tuple[Article, bytes]]
) -> None:
    """Remember what grouping has to know of articles."""
    connection.executemany(
        "INSERT OR REPLACE INTO fingerprints (id, published, fingerprint) VALUES (?, ?, ?)",
        ((article.id, time_text(article.published), fingerprint) for article, fingerprint in made),
    )


def forget_fingerprints(connection: sqlite3.Connection, before: datetime | None = None) -> None:
    """Forget the fingerprints of articles older than that, or all."""
    if before is None:
        connection.execute("DELETE FROM fingerprints")
    else:
        connection.execute("DELETE FROM fingerprints WHERE published < ?", [time_text(before)])
