"""The tables, made with sqlite-utils, in two sets.

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
from dataclasses import fields
from typing import Any, Literal

from pipeline.records import FeedState

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


def create(connection: sqlite3.Connection) -> None:
    """Make all tables."""
    from sqlite_utils import Database  # longer to import than most commands run

    db = Database(connection, execute_plugins=False)
    create_news(db)
    create_candidate(db)


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


def create_news(db: Any) -> None:
    """Make the tables of what anybody may read."""
    numbers = {"failures", "moved_times"}
    db["feeds"].create(
        {item.name: int if item.name in numbers else str for item in fields(FeedState)},
        pk="address",
    )
    db["articles"].create(
        _texts(
            "id feed title link canonical text published dated seen source author guid story "
            "page page_text"
        )
        | {"changed": int},
        pk="id",
        defaults={"page": "", "page_text": "", "changed": 0},
        not_null={"page", "page_text", "changed"},
    )
    for columns in (
        ["published", "story"],
        ["story"],
        ["changed"],
        ["seen"],
        ["feed", "published"],
    ):
        db["articles"].create_index(columns)
    db["fingerprints"].create({"id": str, "published": str, "fingerprint": bytes}, pk="id")
    db["knowledge"].create({"name": str, "detail": bytes}, pk="name")
    db["news_memory"].create({"name": str, "value": str}, pk="name")


def create_candidate(db: Any) -> None:
    """Make the tables of one candidate's history."""
    later = "until because expiry edited"
    db["touchpoints"].create(
        {"id": int} | _texts("key status created changed suggestion") | _texts(later),
        pk="id",
        defaults=dict.fromkeys(later.split(), ""),
        not_null=set(later.split()),
    )
    db["touchpoints"].create_index(["key"], unique=True)
    db["contacts"].create(
        {"id": int}
        | _texts("company person at what")
        | {"answer": int, "touchpoint": int, "reply": str},
        pk="id",
        defaults={"reply": ""},
        not_null={"reply"},
    )
    db["moves"].create(
        {"id": int, "at": str, "by": str, "what": str, "touchpoint": int, "contact": int}
        | _texts("status changed until because expiry")
        | {"undone": int, "subject": str},
        pk="id",
        defaults={"subject": ""},
        not_null={"subject"},
    )
    db["holds"].create(
        {"id": int} | _texts("company story person title created released kind because"),
        pk="id",
        defaults={"kind": "", "because": ""},
        not_null={"kind", "because"},
    )
    db["holds"].create_index(["company", "story", "person"], unique=True)
    db["matches"].create({"interview": str, "story": str, "detail": str}, pk=("interview", "story"))
    db["bounds"].create({"interview": str, "story": str, "most": float}, pk=("interview", "story"))
    for table in ("matches", "bounds"):
        db[table].create_index(["story"])
    db["events"].create({"company": str, "story": str, "event": str}, pk=("company", "story"))
    db["runs"].create({"id": int, "started": str, "report": str}, pk="id")
    db["candidate_memory"].create({"name": str, "value": str}, pk="name")


def _texts(names: str) -> dict[str, type]:
    return dict.fromkeys(names.split(), str)
