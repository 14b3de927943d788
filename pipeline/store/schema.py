"""The tables, in two sets.

The news set (feeds, articles, fingerprints, knowledge) belongs to nobody and can be fetched again;
the candidate set (touchpoints, contacts, moves, holds, matches, bounds, events, runs) is one
candidate's history. No statement joins the two, so each could be a file of its own: many candidates
would share one file of news, each with a candidate's file beside it. That is why no key in the
candidate set names the candidate.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from typing import Literal

# What the daily copy has of each table (`copies.copy_own_part`): all that is the candidate's; of
# the news what their history refers to, and what is known of the feeds. The rest comes again: it
# is fetched, or made from what is fetched and what the candidate wrote.
IN_OWN_PART: Mapping[str, Literal["all", "some", "none"]] = {
    "feeds": "some",  # each in the state in which it is read anew
    "articles": "some",  # of the stories that history or the last pages refer to
    "fingerprints": "none",
    "knowledge": "none",
    "news_memory": "some",  # but for slots that say what was made of the news
    "touchpoints": "all",
    "contacts": "all",
    "moves": "all",
    "holds": "all",
    "matches": "none",
    "bounds": "none",
    "events": "some",  # of the same stories
    "runs": "all",
    "candidate_memory": "some",  # as in `news_memory`
}


# What anybody may read. The columns of `feeds` are the fields of a FeedState, in their order.
NEWS = """
CREATE TABLE feeds (
    address TEXT PRIMARY KEY, title TEXT, etag TEXT, last_modified TEXT, content_hash TEXT,
    checked TEXT, worked TEXT, failures INTEGER, failing_since TEXT, error TEXT, todo TEXT,
    due TEXT, moved_to TEXT, moved_times INTEGER, moved_since TEXT, gone_since TEXT, told TEXT,
    hints TEXT, newest TEXT, known_as TEXT, first_dates TEXT
);
CREATE TABLE articles (
    id TEXT PRIMARY KEY, feed TEXT, title TEXT, link TEXT, canonical TEXT, text TEXT,
    published TEXT, dated TEXT, seen TEXT, source TEXT, author TEXT, guid TEXT, story TEXT,
    page TEXT NOT NULL DEFAULT '', page_text TEXT NOT NULL DEFAULT '',
    changed INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX idx_articles_published_story ON articles (published, story);
CREATE INDEX idx_articles_story ON articles (story);
CREATE INDEX idx_articles_changed ON articles (changed);
CREATE INDEX idx_articles_seen ON articles (seen);
CREATE INDEX idx_articles_feed_published ON articles (feed, published);
CREATE TABLE fingerprints (id TEXT PRIMARY KEY, published TEXT, fingerprint BLOB);
CREATE TABLE knowledge (name TEXT PRIMARY KEY, detail BLOB);
CREATE TABLE news_memory (name TEXT PRIMARY KEY, value TEXT);
"""
# One candidate's history.
CANDIDATE = """
CREATE TABLE touchpoints (
    id INTEGER PRIMARY KEY, key TEXT, status TEXT, created TEXT, changed TEXT, suggestion TEXT,
    until TEXT NOT NULL DEFAULT '', because TEXT NOT NULL DEFAULT '',
    expiry TEXT NOT NULL DEFAULT '', edited TEXT NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX idx_touchpoints_key ON touchpoints (key);
CREATE TABLE contacts (
    id INTEGER PRIMARY KEY, company TEXT, person TEXT, at TEXT, what TEXT, answer INTEGER,
    touchpoint INTEGER, reply TEXT NOT NULL DEFAULT ''
);
CREATE TABLE moves (
    id INTEGER PRIMARY KEY, at TEXT, by TEXT, what TEXT, touchpoint INTEGER, contact INTEGER,
    status TEXT, changed TEXT, until TEXT, because TEXT, expiry TEXT, undone INTEGER,
    subject TEXT NOT NULL DEFAULT ''
);
CREATE TABLE holds (
    id INTEGER PRIMARY KEY, company TEXT, story TEXT, person TEXT, title TEXT, created TEXT,
    released TEXT, kind TEXT NOT NULL DEFAULT '', because TEXT NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX idx_holds_company_story_person ON holds (company, story, person);
CREATE TABLE matches (
    interview TEXT, story TEXT, detail TEXT, PRIMARY KEY (interview, story)
);
CREATE INDEX idx_matches_story ON matches (story);
CREATE TABLE bounds (interview TEXT, story TEXT, most REAL, PRIMARY KEY (interview, story));
CREATE INDEX idx_bounds_story ON bounds (story);
CREATE TABLE events (company TEXT, story TEXT, event TEXT, PRIMARY KEY (company, story));
CREATE TABLE runs (id INTEGER PRIMARY KEY, started TEXT, report TEXT);
CREATE TABLE candidate_memory (name TEXT PRIMARY KEY, value TEXT);
"""


def create(connection: sqlite3.Connection, tables: str = NEWS + CANDIDATE) -> None:
    """Make the tables."""
    for statement in tables.split(";"):  # `executescript` would end the transaction
        connection.execute(statement)


def differs(connection: sqlite3.Connection) -> str:
    """Return what a database of this version has otherwise than ours; "" where it is the same.

    It goes on after "in its database".
    """
    with closing(sqlite3.connect(":memory:")) as fresh:
        create(fresh)
        ours, theirs = _outline(fresh), _outline(connection)
    if strange := sorted(ours.keys() ^ theirs.keys()):
        is_here = strange[0] in theirs
        return (
            f"{strange[0][:80]!r} {'is there, which is none of ours' if is_here else 'is missing'}"
        )
    other = next((name for name, what in ours.items() if theirs[name] != what), None)
    return f"{other!r} is not as this program makes it" if other else ""


def _outline(connection: sqlite3.Connection) -> dict[str, frozenset[object]]:
    """Return each table with its columns, each index with what it covers and if it is unique."""
    found: dict[str, frozenset[object]] = {}
    made = connection.execute("SELECT type, name, tbl_name FROM sqlite_master WHERE type <> 'view'")
    for kind, name, table in made:
        if kind == "table":
            rows = connection.execute("SELECT name, hidden FROM pragma_table_xinfo(?)", (name,))
            found[name] = frozenset(map(tuple, rows))
        else:
            rows = connection.execute("SELECT seqno, name FROM pragma_index_info(?)", (name,))
            how = connection.execute(
                'SELECT "unique", partial FROM pragma_index_list(?) WHERE name = ?', (table, name)
            )
            found[name] = frozenset(map(tuple, (*rows, *how)))
    return found
