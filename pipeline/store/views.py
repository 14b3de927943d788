"""The views: what is stored, to be looked at with Datasette, sqlite-utils or any other program.

They join news with the candidate's history and take values out of JSON. No statement of ours reads
them, so they may change with any version: `renew` drops what is there and makes these. Those of a
backup are dropped before anything reads it. Their columns are explained in docs/other-programs.md.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping


def _in(column: str, *names: str) -> dict[str, str]:
    """Return columns that are values in a column of JSON, each named after the end of its path."""
    return {name.rpartition(".")[2]: f"json_extract({column}, '$.{name}')" for name in names}


# name -> (its columns, where the rows are from)
VIEWS: Mapping[str, tuple[Mapping[str, str], str]] = {
    # SQLite takes what is not aggregated from the row of the minimum (lang_select.html): the first.
    "stories": (
        {"id": "story", "published": "min(published)", "title": "title", "link": "link"}
        | {"source": "source", "articles": "count(*)", "sources": "group_concat(DISTINCT source)"}
        | {"text": "text"},
        "articles GROUP BY story ORDER BY published DESC",
    ),
    "scored_stories": (
        {"score": "round(json_extract(detail, '$.score'), 3)"}
        | _in("detail", "shown", "kind", "company")
        | {"title": "s.title", "link": "s.link", "published": "s.published"}
        | {"note": "json_extract(detail, '$.best.note.text')"}
        | _in("detail", "best.sentence", "reason")
        | {"verdict": "json_extract(detail, '$.verdict.tone')"}
        | {"news": "json_extract(detail, '$.verdict.kind')"}
        | {"interview": "interview", "story": "story"},
        "matches JOIN stories s ON s.id = story ORDER BY score DESC",
    ),
    "messages": (
        {"id": "id", "status": "status"}
        | _in("suggestion", "kind", "company", "person", "due")
        | _in("message", "to", "subject", "body")
        | _in("suggestion", "reference.title", "reference.link")
        | {"note": "json_extract(suggestion, '$.reference.note.text')"}
        | {"created": "created", "changed": "changed"}
        | {"until": "nullif(until, '')", "because": "nullif(because, '')"}
        | _in("suggestion", "interview")
        | {"story": "nullif(json_extract(suggestion, '$.reference.story'), '')"},
        "(SELECT *, coalesce(nullif(edited, ''), json_extract(suggestion, '$.draft')) AS message"
        " FROM touchpoints) ORDER BY due DESC",
    ),
    "contact_log": (
        {"at": "c.at", "company": "c.company", "person": "c.person", "what": "c.what"}
        | {"is_answer": "c.answer", "reply": "nullif(c.reply, '')"}
        | {"kind": "m.kind", "subject": "m.subject", "message": "m.id"},
        "contacts c LEFT JOIN messages m ON m.id = c.touchpoint ORDER BY c.at DESC",
    ),
}


def renew(connection: sqlite3.Connection) -> None:
    """Make ours in place of all that are there; where these are ours, nothing is written."""
    rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'view'")
    wanted, there = {name: _statement(name) for name in VIEWS}, dict(rows.fetchall())
    if there == wanted:
        return
    for name in there:
        quoted = name.replace('"', '""')
        connection.execute(f'DROP VIEW "{quoted}"')
    for statement in wanted.values():
        connection.execute(statement)


def _statement(name: str) -> str:
    columns, rows = VIEWS[name]
    listed = ", ".join(f'{value} AS "{column}"' for column, value in columns.items())
    return f"CREATE VIEW {name} AS SELECT {listed} FROM {rows}"  # noqa: S608 - our own words
