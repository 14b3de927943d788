"""The schema, step by step, with sqlite-utils' Migrations.

Imported only when a database is new or behind: sqlite-utils takes longer to import than most
commands take to run. A step, once released, is never edited; `VERSION` is the number of steps.
"""

from __future__ import annotations

import sqlite3
from typing import Any

VERSION = 8


def apply(connection: sqlite3.Connection) -> None:
    """Bring the database to `VERSION`. Each step is its own transaction."""
    from sqlite_utils import Database, Migrations

    steps = Migrations("touchpoints")

    @steps()
    def first(db: Any) -> None:
        _create_news(db)
        _create_history(db)

    @steps()
    def scored_once(db: Any) -> None:
        _remember_what_changed(db)

    @steps()
    def grouped_once(db: Any) -> None:
        _remember_marks(db)

    @steps()
    def held_by_name(db: Any) -> None:
        _remember_holds(db)

    @steps()
    def asked_when_due(db: Any) -> None:
        _remember_manners(db)

    @steps()
    def edited_by_hand(db: Any) -> None:
        db["touchpoints"].add_column("edited", str, not_null_default="")

    @steps()
    def asked_as_wished(db: Any) -> None:
        _remember_wishes(db)

    @steps()
    def read_in_full(db: Any) -> None:
        _remember_pages(db)

    steps.apply(Database(connection, execute_plugins=False))
    connection.execute(f"PRAGMA user_version = {VERSION:d}")


def _texts(names: str) -> dict[str, type]:
    return dict.fromkeys(names.split(), str)


def _create_news(db: Any) -> None:
    db["feeds"].create(
        _texts("address title etag last_modified content_hash checked worked")
        | {"failures": int}
        | _texts("failing_since error todo"),
        pk="address",
    )
    db["articles"].create(
        _texts("id feed title link canonical text published dated seen source author guid story"),
        pk="id",
    )
    db["articles"].create_index(["published"])
    db["articles"].create_index(["story"])
    db["frequencies"].create({"id": int, "documents": int, "fitted": str, "terms": bytes}, pk="id")
    db["matches"].create(
        {"interview": str, "position": int, "detail": str}, pk=("interview", "position")
    )
    db["memory"].create({"name": str, "value": str}, pk="name")


def _remember_what_changed(db: Any) -> None:
    """Let a run score only what changed: matches by story, articles by the run that touched them.

    The old matches and frequencies are made anew by the next run.
    """
    db["articles"].add_column("changed", int, not_null_default=0)
    db["articles"].create_index(["changed"])
    db["matches"].drop()
    db["matches"].create({"interview": str, "story": str, "detail": str}, pk=("interview", "story"))
    db["frequencies"].drop()
    db["knowledge"].create({"name": str, "detail": bytes}, pk="name")


def _remember_marks(db: Any) -> None:
    """Let a run group only what is new: a mark of each article, and indexes that answer alone.

    What was learnt goes, so that the next run learns the weights of words that marks need.
    """
    db["marks"].create({"id": str, "published": str, "mark": bytes}, pk="id")
    db["articles"].create_index(["published", "story"])
    db["articles"].create_index(["seen"])
    db["matches"].create_index(["story"])
    db.execute("DROP INDEX idx_articles_published")  # the new one begins with it
    db.execute("DELETE FROM memory WHERE name IN ('learnt_at', 'learnt_from', 'learnt_for')")
    db.execute("DELETE FROM knowledge")


def _remember_holds(db: Any) -> None:
    """Give bad news a number by which it is released; let a move be about other things, too."""
    db["holds"].create({"id": int} | _texts("company story title created released"), pk="id")
    db["holds"].create_index(["company", "story"], unique=True)
    db["moves"].add_column("subject", str, not_null_default="")


def _remember_manners(db: Any) -> None:
    """Let a feed rest until it is due, and be known to have moved, ended or been named."""
    for name in ("due", "moved_to", "moved_since", "gone_since", "told"):
        db["feeds"].add_column(name, str, not_null_default="")
    db["feeds"].add_column("moved_times", int, not_null_default=0)


def _remember_wishes(db: Any) -> None:
    """Let a feed rest as it asks for, and be known to have gone quiet."""
    for name in ("wishes", "newest"):
        db["feeds"].add_column(name, str, not_null_default="")
    db["articles"].create_index(["feed", "published"])
    newest = db.execute("SELECT max(published), feed FROM articles GROUP BY feed").fetchall()
    db.conn.executemany("UPDATE feeds SET newest = ? WHERE address = ?", map(tuple, newest))


def _remember_pages(db: Any) -> None:
    """Let an article have its page's text beside its feed's, and a feed that moved its old name."""
    for name in ("page", "page_text"):
        db["articles"].add_column(name, str, not_null_default="")
    db["feeds"].add_column("known_as", str, not_null_default="")


def _create_history(db: Any) -> None:
    db["touchpoints"].create(
        {"id": int} | _texts("key status created changed until because suggestion"), pk="id"
    )
    db["touchpoints"].create_index(["key"], unique=True)
    db["contacts"].create(
        {"id": int} | _texts("company person at what") | {"answer": int, "touchpoint": int},
        pk="id",
    )
    db["moves"].create(
        {"id": int, "at": str, "by": str, "what": str, "touchpoint": int, "contact": int}
        | _texts("status changed until because")
        | {"undone": int},
        pk="id",
    )
    db["runs"].create({"id": int, "started": str, "report": str}, pk="id")
