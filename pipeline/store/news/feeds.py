"""What is remembered of each feed: when it was asked, what it answered, when it is due again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import fields

from pipeline.records import FeedState
from pipeline.store.rows import flat, record_of

_STATE = tuple(item.name for item in fields(FeedState))


def feed_states(connection: sqlite3.Connection) -> dict[str, FeedState]:
    """Return what is remembered of each address."""
    rows = connection.execute("SELECT * FROM feeds")
    return {row["address"]: record_of(FeedState, row) for row in rows}


def keep_feed_states(connection: sqlite3.Connection, states: Iterable[FeedState]) -> None:
    """Remember the states in place of the earlier ones."""
    connection.executemany(
        f"INSERT OR REPLACE INTO feeds ({', '.join(_STATE)})"  # noqa: S608 - our own names
        f" VALUES ({', '.join(f':{name}' for name in _STATE)})",
        [flat(state) for state in states],
    )


def rename_feed(connection: sqlite3.Connection, old: str, new: str) -> None:
    """Let what is remembered of an address belong to its new one, articles and all.

    Its entries keep the ids that the old address gave them: none comes a second time. A feed of
    somebody's list stays one.
    """
    connection.execute("DELETE FROM feeds WHERE address = ?", [new])
    connection.execute(
        "UPDATE feeds SET address = :new, moved_to = '', moved_times = 0, moved_since = '',"
        " told = '', known_as = CASE known_as WHEN '' THEN address WHEN address THEN :new"
        " ELSE known_as END"
        " WHERE address = :old",
        {"new": new, "old": old},
    )
    connection.execute("UPDATE articles SET feed = ? WHERE feed = ?", [new, old])


def mark_listed(connection: sqlite3.Connection, addresses: Iterable[str]) -> None:
    """Remember that these new addresses are from somebody's list: none may be a private place."""
    known = feed_states(connection)
    new = (address for address in addresses if address not in known)
    keep_feed_states(connection, [FeedState(address, known_as=address) for address in new])


def mark_typed(connection: sqlite3.Connection, address: str) -> None:
    """Remember that the user wrote this address, which was known from somebody's list."""
    connection.execute(
        "UPDATE feeds SET known_as = '' WHERE address = ? AND known_as = address", [address]
    )
