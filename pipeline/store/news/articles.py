"""The articles: new, edited, looked up and forgotten.

A number that grows with every change says which articles came after a given moment.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from pipeline.records import Article, Page, to_plain
from pipeline.store import memory
from pipeline.store.rows import in_batches, time_text, time_there
from pipeline.text.calendar import MONTHS, WEEKDAYS

_WRITTEN = "id, feed, title, link, canonical, text, published, dated, seen, source, author, guid"
# An article's text is the longer of what its feed and its own page gave.
COLUMNS = (
    _WRITTEN.replace(" text,", " CASE WHEN page_text = '' THEN text ELSE page_text END AS text,")
    + ", page"
)
# An undated article gets its date at last; one that would make it younger came with the reading.
_DATED_LATE = "(excluded.dated = 'feed' AND dated <> 'feed' AND excluded.published < published)"
_DATED_ANEW = (
    "(excluded.dated = 'feed' AND says_anew(title, text, excluded.title, excluded.text)"
    f" OR {_DATED_LATE})"
)
# What a text says anew with each reading: its day, or how long ago that was.
_CLOCK = frozenset((*WEEKDAYS, *MONTHS)) | frozenset(
    """ago minute minutes hour hours day days week weeks month months today yesterday vor minuten
    stunde stunden tag tage tagen woche wochen monat monate monaten heute gestern heure heures jour
    jours semaine semaines mois hier hace hora horas día días semana semanas mes meses hoy ayer
    """.split()
)
_WORD = re.compile(r"[^\W\d_]+")
_WORD_OR_FIGURE = re.compile(r"\w+")


def keep_articles(connection: sqlite3.Connection, articles: Iterable[Article]) -> int:
    """Add new articles, bring edited ones up to date; return how many were new.

    An article stays the same one through every edit: it keeps its first `seen`, its story, and,
    when its feed gives no date, the date of its first reading. Its date moves only together with
    its title or text: feeds that renew their dates make no old story new.
    """
    connection.create_function("says_anew", 4, _says_anew, deterministic=True)
    before, changes = _count(connection), connection.total_changes
    number = changes_made(connection) + 1
    connection.executemany(
        f"INSERT INTO articles ({_WRITTEN}, story, changed)"  # noqa: S608
        f" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', {number:d})"
        " ON CONFLICT (id) DO UPDATE SET title = excluded.title, link = excluded.link,"
        " changed = excluded.changed, canonical = excluded.canonical, text = excluded.text,"
        " source = excluded.source,"
        " author = excluded.author,"
        f" published = CASE WHEN {_DATED_ANEW} THEN excluded.published ELSE published END,"
        f" dated = CASE WHEN {_DATED_ANEW} THEN 'feed' ELSE dated END"
        " WHERE (title, link, text, source, author) IS NOT"
        " (excluded.title, excluded.link, excluded.text, excluded.source, excluded.author)"
        f" OR {_DATED_LATE}",
        map(_row, articles),
    )
    _note_change(connection, connection.total_changes - changes)
    return _count(connection) - before


def _says_anew(title: str, text: str, new_title: str, new_text: str) -> bool:
    """Return whether an edit brings words that were not there, or a figure in the title.

    Not another case, a cut, a counter or a clock.
    """
    if title == new_title and text == new_text:
        return False
    known = {*_WORD_OR_FIGURE.findall(title.casefold()), *_WORD.findall(text.casefold())}
    said = {*_WORD_OR_FIGURE.findall(new_title.casefold()), *_WORD.findall(new_text.casefold())}
    return not said - known <= _CLOCK


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


def articles_since(
    connection: sqlite3.Connection, since: datetime | None = None
) -> Iterator[Article]:
    """Yield the articles published since then, in a fixed order: oldest first, then by id."""
    rows = connection.execute(
        f"SELECT {COLUMNS} FROM articles WHERE published >= ? ORDER BY published, id",  # noqa: S608
        [time_text(since)],
    )
    return map(article_from, rows)


def article_count(connection: sqlite3.Connection) -> int:
    """Return how many articles are stored."""
    return _count(connection)


def seen_since(connection: sqlite3.Connection, since: datetime) -> int:
    """Return how many articles were first read since then."""
    row = connection.execute(
        "SELECT count(*) FROM articles WHERE seen >= ?", [time_text(since)]
    ).fetchone()
    return int(row[0])


def article_figures(connection: sqlite3.Connection, since: datetime) -> dict[str, dict[str, Any]]:
    """Return for each feed how many articles are stored, how many since then, and their times."""
    rows = connection.execute(
        "SELECT feed, count(*) AS articles, coalesce(sum(published >= ?), 0) AS recent,"
        " min(seen) AS first_seen, max(published) AS newest FROM articles GROUP BY feed",
        [time_text(since)],
    )
    return {
        row["feed"]: {
            "articles": row["articles"],
            "recent": row["recent"],
            "first_seen": time_there(row["first_seen"]),
            "newest": time_there(row["newest"]),
        }
        for row in rows
    }


def published_by(connection: sqlite3.Connection, feed: str) -> list[datetime]:
    """Return when the stored articles of a feed were published, oldest first."""
    rows = connection.execute(
        "SELECT published FROM articles WHERE feed = ? ORDER BY published", [feed]
    )
    return [time_there(row["published"]) for row in rows]


def taken_on(connection: sqlite3.Connection, day: date) -> dict[str, int]:
    """Return for each feed how many articles were first read on a day, in UTC."""
    rows = connection.execute(
        "SELECT feed, count(*) AS articles FROM articles"
        " WHERE seen >= ? AND seen < ? GROUP BY feed",
        [day.isoformat(), (day + timedelta(days=1)).isoformat()],
    )
    return {row["feed"]: row["articles"] for row in rows}


def arrivals(
    connection: sqlite3.Connection, feed: str, before: date
) -> tuple[list[int], frozenset[str]]:
    """Return how many articles of a feed came on each day before one, and the ids of all."""
    rows = connection.execute(
        "SELECT id, substr(seen, 1, 10) AS day FROM articles WHERE feed = ? ORDER BY day", [feed]
    ).fetchall()
    days = Counter(row["day"] for row in rows if row["day"] < before.isoformat())
    return list(days.values()), frozenset(row["id"] for row in rows)


def changes_made(connection: sqlite3.Connection) -> int:
    """Return a number that grows whenever articles come, go or are edited."""
    return memory.get(connection, memory.ARTICLES_CHANGED) or 0


def arrived(connection: sqlite3.Connection, since: datetime | None, number: int) -> frozenset[str]:
    """Return the articles published since then that are in no story, or changed after that one."""
    rows = connection.execute(
        "SELECT id FROM articles WHERE changed > :number AND published >= :since"
        " UNION SELECT id FROM articles WHERE story = '' AND published >= :since",
        {"number": number, "since": time_text(since)},
    )
    return frozenset(row["id"] for row in rows)


def articles_of(connection: sqlite3.Connection, names: Iterable[str]) -> Iterator[Article]:
    """Yield the articles of these ids, as many as are stored."""
    for some, marks in in_batches(names):
        statement = f"SELECT {COLUMNS} FROM articles WHERE id IN ({marks})"  # noqa: S608
        yield from map(article_from, connection.execute(statement, some))


def newest_articles(connection: sqlite3.Connection) -> Iterator[Article]:
    """Yield every stored article, the newest first; none is held in memory."""
    rows = connection.execute(f"SELECT {COLUMNS} FROM articles ORDER BY published DESC, id")  # noqa: S608
    return map(article_from, rows)


def newest_of(
    connection: sqlite3.Connection, feeds: Iterable[str], at_most: int
) -> Iterator[Article]:
    """Yield the newest stored articles of some feeds, the newest first.

    Only their ids are sorted: whole articles would be written to a file in between.
    """
    some = tuple(feeds)
    marks = ", ".join("?" * len(some))
    rows = connection.execute(
        f"SELECT {COLUMNS} FROM articles WHERE id IN"  # noqa: S608
        f" (SELECT id FROM articles WHERE feed IN ({marks}) ORDER BY published DESC, id LIMIT ?)"
        " ORDER BY published DESC, id",
        (*some, at_most),
    )
    return map(article_from, rows)


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
    connection.executemany("DELETE FROM fingerprints WHERE id = ?", gone)
    _note_change(connection, len(gone))
    return len(gone)


def _note_change(connection: sqlite3.Connection, rows: int) -> None:
    if rows:
        memory.put(connection, memory.ARTICLES_CHANGED, changes_made(connection) + 1)


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


def article_from(row: sqlite3.Row | dict[str, Any]) -> Article:
    """Return the article in a row of `COLUMNS`."""
    values = dict(row)
    values["published"] = time_there(values["published"])
    values["seen"] = time_there(values["seen"])
    return Article(**values)


def _count(connection: sqlite3.Connection) -> int:
    (count,) = connection.execute("SELECT count(*) FROM articles").fetchone()
    return int(count)
