"""What the feeds said: their states, articles, stories, what they teach, and matches.

Takes and gives records; each function that writes is meant to be called inside
`database.atomic`, one block for each stage.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import date, datetime
from itertools import islice
from typing import Any

from pipeline.records import (
    Article,
    FeedState,
    Frequencies,
    Knowledge,
    Match,
    Page,
    Portrait,
    Senses,
    Story,
    from_plain,
    to_plain,
)
from pipeline.store.rows import flat, time_from, time_text, time_there

_WRITTEN = "id, feed, title, link, canonical, text, published, dated, seen, source, author, guid"
# An article's text is the fuller of what its feed and what its page said.
_ARTICLE = (
    _WRITTEN.replace(" text,", " CASE WHEN page_text = '' THEN text ELSE page_text END AS text,")
    + ", page"
)
_STATE = tuple(item.name for item in fields(FeedState))
_STATE_TIMES = (
    "checked", "worked", "failing_since", "due", "moved_since", "gone_since", "newest",
)  # fmt: skip
AT_ONCE = 500  # names in one statement: SQLite took no more than 999 for long


# ---------------------------------------------------------------------------------------- feeds


def feed_states(connection: sqlite3.Connection) -> dict[str, FeedState]:
    """Return what is remembered of each address."""
    return {row["address"]: _state(row) for row in connection.execute("SELECT * FROM feeds")}


def keep_feed_states(connection: sqlite3.Connection, states: Iterable[FeedState]) -> None:
    """Remember the states in place of the earlier ones."""
    connection.executemany(
        f"INSERT OR REPLACE INTO feeds ({', '.join(_STATE)})"  # noqa: S608 - our own names
        f" VALUES ({', '.join(f':{name}' for name in _STATE)})",
        [flat(state) for state in states],
    )


def rename_feed(connection: sqlite3.Connection, old: str, new: str) -> None:
    """Let what is remembered of an address belong to its new one, articles and all.

    Its entries keep the ids that the old address gave them: none comes a second time.
    """
    connection.execute("DELETE FROM feeds WHERE address = ?", [new])
    connection.execute(
        "UPDATE feeds SET address = :new, moved_to = '', moved_times = 0, moved_since = '',"
        " told = '', known_as = CASE known_as WHEN '' THEN address ELSE known_as END"
        " WHERE address = :old",
        {"new": new, "old": old},
    )
    connection.execute("UPDATE articles SET feed = ? WHERE feed = ?", [new, old])


def _state(row: sqlite3.Row) -> FeedState:
    values = dict(row)
    for name in _STATE_TIMES:
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
        f"INSERT INTO articles ({_WRITTEN}, story, changed)"  # noqa: S608
        f" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', {number:d})"
        " ON CONFLICT (id) DO UPDATE SET title = excluded.title, link = excluded.link,"
        " changed = excluded.changed, canonical = excluded.canonical, text = excluded.text,"
        " source = excluded.source,"
        " author = excluded.author,"
        " published = CASE excluded.dated WHEN 'feed' THEN excluded.published ELSE published END,"
        " dated = CASE excluded.dated WHEN 'feed' THEN 'feed' ELSE dated END"
        " WHERE (title, link, text, source, author) IS NOT"
        " (excluded.title, excluded.link, excluded.text, excluded.source, excluded.author)"
        " OR (excluded.dated = 'feed' AND published <> excluded.published)",
        map(_row, articles),
    )
    _note_change(connection, connection.total_changes - changes)
    return _count(connection) - before


def keep_pages(connection: sqlite3.Connection, pages: Collection[Page]) -> None:
    """Remember what articles' own pages held: their text, where it is the fuller one."""
    number = changes_made(connection) + 1
    connection.executemany(
        "UPDATE articles SET page = :outcome, changed = :number,"
        " page_text = CASE WHEN length(:text) > length(text) THEN :text ELSE '' END"
        " WHERE id = :article",
        [to_plain(page) | {"number": number} for page in pages],
    )
    _note_change(connection, len(pages))


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


def published_by(connection: sqlite3.Connection, feed: str) -> list[datetime]:
    """Return when the stored articles of a feed were published, oldest first."""
    rows = connection.execute(
        "SELECT published FROM articles WHERE feed = ? ORDER BY published", [feed]
    )
    return [time_there(row["published"]) for row in rows]


def changes_made(connection: sqlite3.Connection) -> int:
    """Return a number that grows whenever articles come, go or are edited."""
    return int(recall(connection, "articles_changed") or 0)


def arrived(connection: sqlite3.Connection, since: datetime, number: int) -> frozenset[str]:
    """Return the articles published since then that are in no story, or changed after that one."""
    rows = connection.execute(
        "SELECT id FROM articles WHERE changed > :number AND published >= :since"
        " UNION SELECT id FROM articles WHERE story = '' AND published >= :since",
        {"number": number, "since": time_text(since)},
    )
    return frozenset(row["id"] for row in rows)


def articles_of(connection: sqlite3.Connection, names: Iterable[str]) -> Iterator[Article]:
    """Give the articles of these ids, as many as are stored."""
    for some, marks in _at_once(names):
        statement = f"SELECT {_ARTICLE} FROM articles WHERE id IN ({marks})"  # noqa: S608
        yield from map(_article, connection.execute(statement, some))


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
        "SELECT id, story FROM articles WHERE published < :before AND seen < :before",
        {"before": time_text(before)},
    ).fetchall()
    gone = [[row["id"]] for row in old if row["story"] not in keep]
    connection.executemany("DELETE FROM articles WHERE id = ?", gone)
    connection.executemany("DELETE FROM marks WHERE id = ?", gone)
    _note_change(connection, len(gone))
    return len(gone)


def _note_change(connection: sqlite3.Connection, rows: int) -> None:
    if rows:
        remember(connection, "articles_changed", str(changes_made(connection) + 1))


def _row(article: Article) -> tuple[str, ...]:
    """Return an article's columns in the order of `_WRITTEN`: written out, three times as fast."""
    return (
        article.id,
        article.feed,
        article.title,
        article.link,
        article.canonical,
        article.text,
        time_text(article.published),
        article.dated,
        time_text(article.seen),
        article.source,
        article.author,
        article.guid,
    )


def _article(row: sqlite3.Row | dict[str, Any]) -> Article:
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


def stories_of(connection: sqlite3.Connection, names: Iterable[str]) -> dict[str, str]:
    """Return the story that each of these articles was put into."""
    found: dict[str, str] = {}
    for some, marks in _at_once(names):
        statement = f"SELECT id, story FROM articles WHERE id IN ({marks}) AND story <> ''"  # noqa: S608
        found.update({row["id"]: row["story"] for row in connection.execute(statement, some)})
    return found


def members(
    connection: sqlite3.Connection, stories: Iterable[str], since: datetime
) -> dict[str, str]:
    """Return the articles of these stories published since then, each with its story."""
    found: dict[str, str] = {}
    for some, marks in _at_once(stories):
        statement = f"SELECT id, story FROM articles WHERE story IN ({marks}) AND published >= ?"  # noqa: S608
        rows = connection.execute(statement, [*some, time_text(since)])
        found.update({row["id"]: row["story"] for row in rows})
    return found


def story_count(connection: sqlite3.Connection, since: datetime) -> int:
    """Return how many stories have an article published since then."""
    row = connection.execute(
        "SELECT count(DISTINCT story) FROM articles WHERE published >= ? AND story <> ''",
        [time_text(since)],
    ).fetchone()
    return int(row[0])


def told(
    connection: sqlite3.Connection, since: datetime, stories: Iterable[str] | None = None
) -> Iterator[tuple[str, list[Article]]]:
    """Give each story's articles published since then, oldest first; without `stories` of all.

    Some are in memory at a time.
    """
    if stories is None:
        rows = connection.execute(
            "SELECT DISTINCT story FROM articles WHERE published >= ? AND story <> ''",
            [time_text(since)],
        )
        stories = [row["story"] for row in rows]
    for some, marks in _at_once(sorted(stories)):
        found: dict[str, list[Article]] = {}
        for row in connection.execute(
            f"SELECT {_ARTICLE}, story FROM articles WHERE story IN ({marks})"  # noqa: S608
            " AND published >= ? ORDER BY story, published, id",
            [*some, time_text(since)],
        ):
            values = dict(row)
            found.setdefault(values.pop("story"), []).append(_article(values))
        yield from found.items()


def _at_once(names: Iterable[str]) -> Iterator[tuple[list[str], str]]:
    """Give some names at a time, each with as many question marks."""
    given = iter(sorted(names))
    while some := list(islice(given, AT_ONCE)):
        yield some, ", ".join("?" * len(some))


# ---------------------------------------------------------------------------------------- marks


def marks(connection: sqlite3.Connection) -> Iterator[tuple[str, bytes]]:
    """Give the ids and marks of the articles that grouping looks at, in order of publication."""
    cursor = connection.cursor()
    cursor.row_factory = None  # plain tuples: a hundred thousand rows are read each day
    return cursor.execute("SELECT id, mark FROM marks ORDER BY published, id")


def keep_marks(connection: sqlite3.Connection, marked: Iterable[tuple[Article, bytes]]) -> None:
    """Remember what grouping has to know of articles."""
    connection.executemany(
        "INSERT OR REPLACE INTO marks (id, published, mark) VALUES (?, ?, ?)",
        ((article.id, time_text(article.published), mark) for article, mark in marked),
    )


def forget_marks(connection: sqlite3.Connection, before: datetime | None = None) -> None:
    """Forget the marks of articles older than that, or all."""
    if before is None:
        connection.execute("DELETE FROM marks")
    else:
        connection.execute("DELETE FROM marks WHERE published < ?", [time_text(before)])


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
        zlib.decompress(stored["words"]),
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
        "words": zlib.compress(learnt.words, 6),
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


# --------------------------------------------------------------------------------------- volume


def volume(connection: sqlite3.Connection) -> dict[str, dict[date, int]]:
    """Return how many news each company had on each day, as earlier runs counted them."""
    kept = json.loads(recall(connection, "volume") or "{}")
    return {
        company: {date.fromisoformat(day): count for day, count in days.items()}
        for company, days in kept.items()
    }


def keep_volume(connection: sqlite3.Connection, counted: Mapping[str, Mapping[date, int]]) -> None:
    """Remember how many news each company had on each day, in place of the earlier."""
    plain = {
        company: {day.isoformat(): count for day, count in days.items()}
        for company, days in counted.items()
    }
    remember(connection, "volume", json.dumps(plain, ensure_ascii=False))


# --------------------------------------------------------------------------------------- memory


def recall(connection: sqlite3.Connection, name: str) -> str:
    """Return a small value kept under that name, or ""."""
    row = connection.execute("SELECT value FROM memory WHERE name = ?", [name]).fetchone()
    return "" if row is None else str(row["value"])


def remember(connection: sqlite3.Connection, name: str, value: str) -> None:
    """Keep a small value under that name."""
    connection.execute("INSERT OR REPLACE INTO memory (name, value) VALUES (?, ?)", [name, value])
