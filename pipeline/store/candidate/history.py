"""What was suggested, sent, answered and logged; every move with its time, undoable.

Takes and gives records. Which moves are allowed is decided in `touchpoints/lifecycle.py`; here
they are only written down, each beside what stood there before, so that `undo` can put it back.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Literal

from pipeline.records import (
    Contact,
    Draft,
    Held,
    History,
    Hold,
    Move,
    Suggestion,
    Taken,
    Touchpoint,
)
from pipeline.store import memory
from pipeline.store.database import atomic
from pipeline.store.rows import flat, insert, json_of, record_of, time_text, time_there

_MOVES = (
    "SELECT m.at, m.by, m.what, m.touchpoint, c.at AS contact, c.reply AS reply,"
    " coalesce(c.company, h.company, json_extract(t.suggestion, '$.company'), '') AS company,"
    " coalesce(c.person, h.person, json_extract(t.suggestion, '$.person'), '') AS person,"
    " coalesce(c.what, h.title, nullif(CASE WHEN m.what = 'forgot' THEN m.subject END, ''),"
    " nullif(CASE WHEN m.what = 'edited' THEN m.because END, ''),"
    " CASE WHEN t.status = m.what THEN t.because END, '') AS about"
    " FROM moves m LEFT JOIN touchpoints t ON t.id = m.touchpoint"
    " LEFT JOIN contacts c ON c.id = m.contact"
    " LEFT JOIN holds h ON m.what = 'released' AND h.id = m.subject"
    " WHERE m.undone = 0"
)


def load_history(connection: sqlite3.Connection) -> History:
    """Return everything that the plan has to know of the past."""
    touchpoints = connection.execute("SELECT * FROM touchpoints ORDER BY id")
    contacts = connection.execute("SELECT * FROM contacts ORDER BY at, id")
    holds = connection.execute("SELECT * FROM holds ORDER BY id")
    return History(
        tuple(record_of(Touchpoint, row) for row in touchpoints),
        tuple(record_of(Contact, row) for row in contacts),
        tuple(record_of(Hold, row) for row in holds),
        forgotten(connection),
        memory.get(connection, memory.TAKEN) or (),
    )


def keep_taken(connection: sqlite3.Connection, taken: tuple[Taken, ...]) -> None:
    """Remember what others of the fleet have, where that has changed."""
    if (memory.get(connection, memory.TAKEN) or ()) != taken:
        with atomic(connection):
            memory.put(connection, memory.TAKEN, taken)


def touchpoint(connection: sqlite3.Connection, number: int) -> Touchpoint | None:
    """Return one touchpoint by its id."""
    row = connection.execute("SELECT * FROM touchpoints WHERE id = ?", [number]).fetchone()
    return None if row is None else record_of(Touchpoint, row)


def keep_suggestion(connection: sqlite3.Connection, new: Suggestion, now: datetime) -> None:
    """Add a suggestion, or bring the one with the same key up to date; its id stays."""
    connection.execute(
        "INSERT INTO touchpoints (key, status, created, changed, suggestion)"
        " VALUES (:key, 'suggested', :now, :now, :detail)"
        " ON CONFLICT (key) DO UPDATE SET suggestion = excluded.suggestion"
        " WHERE suggestion <> excluded.suggestion",
        {"key": new.key, "now": time_text(now), "detail": json_of(new)},
    )


def ask_for(connection: sqlite3.Connection, new: Suggestion, now: datetime) -> Touchpoint:
    """Keep a suggestion that the user asked for, as their move: `undo` lets it expire."""
    keep_suggestion(connection, new, now)
    row = connection.execute("SELECT * FROM touchpoints WHERE key = ?", [new.key]).fetchone()
    kept = record_of(Touchpoint, row)
    found = replace(kept, status="suggested", changed=now, until=None, expiry=None)
    move(connection, replace(found, status="expired"), found, by="user")
    return found


def move(
    connection: sqlite3.Connection,
    old: Touchpoint,
    new: Touchpoint,
    *,
    by: Literal["user", "program"],
    contact: Contact | None = None,
) -> int:
    """Change a touchpoint from its old state to the new, and keep the contact that came of it.

    Returns the move's number.
    """
    number = insert(connection, "contacts", flat(contact)) if contact else 0
    before = {"touchpoint": old.id, **_state(old)}
    noted = _note(connection, new.changed, new.status, by=by, contact=number, **before)
    connection.execute(
        "UPDATE touchpoints SET status = :status, changed = :changed, until = :until,"
        " because = :because, expiry = :expiry WHERE id = :id",
        {"id": new.id, **_state(new)},
    )
    return noted


def edit(
    connection: sqlite3.Connection, old: Touchpoint, draft: Draft, now: datetime, about: str = ""
) -> int:
    """Keep the user's own wording of a message, or one about a topic; return the move's number."""
    before = json_of(old.edited)
    noted = _note(connection, now, "edited", touchpoint=old.id, subject=before, because=about)
    connection.execute("UPDATE touchpoints SET edited = ? WHERE id = ?", [json_of(draft), old.id])
    return noted


def log(connection: sqlite3.Connection, contact: Contact, now: datetime) -> int:
    """Note a contact that happened elsewhere; return the move's number."""
    number = insert(connection, "contacts", flat(contact))
    return _note(connection, now, "logged", contact=number)


def keep_hold(connection: sqlite3.Connection, held: Held, now: datetime) -> None:
    """Keep bad news under the next number; what is known keeps the number that it has."""
    connection.execute(
        "INSERT INTO holds (company, story, person, title, created, released, kind)"
        " VALUES (?, ?, ?, ?, ?, '', ?) ON CONFLICT (company, story, person) DO NOTHING",
        [*held.key, held.title, time_text(now), held.news_kind],
    )


def release(connection: sqlite3.Connection, hold: Hold, now: datetime, because: str = "") -> int:
    """End a hold; return the move's number."""
    connection.execute(
        "UPDATE holds SET released = ?, because = ? WHERE id = ?",
        [time_text(now), because, hold.id],
    )
    return _note(connection, now, "released", subject=str(hold.id))


def undo(connection: sqlite3.Connection, only: int | None = None) -> Move | None:
    """Take back the user's last move; return it, or None when there are no more.

    With the number of a move: only when it is the last.
    """
    last = connection.execute(
        "SELECT * FROM moves WHERE by = 'user' AND undone = 0 ORDER BY id DESC LIMIT 1"
    ).fetchone()
    if last is None or only not in (None, last["id"]):
        return None
    found = record_of(Move, connection.execute(f"{_MOVES} AND m.id = ?", [last["id"]]).fetchone())
    connection.execute("UPDATE moves SET undone = 1 WHERE id = ?", [last["id"]])
    connection.execute("DELETE FROM contacts WHERE id = ?", [last["contact"]])
    if last["what"] == "released":
        connection.execute(
            "UPDATE holds SET released = '', because = '' WHERE id = ?", [last["subject"]]
        )
    elif last["what"] == "forgot":
        weights = {k: at for k, at in forgotten(connection).items() if k != last["subject"]}
        if last["changed"]:
            weights[last["subject"]] = time_there(last["changed"])
        memory.put(connection, memory.FORGOTTEN, weights)
    elif last["what"] == "edited":
        edited = [last["subject"], last["touchpoint"]]
        connection.execute("UPDATE touchpoints SET edited = ? WHERE id = ?", edited)
    elif last["touchpoint"]:
        connection.execute(
            "UPDATE touchpoints SET status = :status, changed = :changed, until = :until,"
            " because = :because, expiry = :expiry WHERE id = :touchpoint",
            dict(last),
        )
    return found


def moves(connection: sqlite3.Connection) -> tuple[Move, ...]:
    """Return every move that was not taken back, oldest first."""
    rows = connection.execute(f"{_MOVES} ORDER BY m.id")
    return tuple(record_of(Move, row) for row in rows)


def forget_weight(connection: sqlite3.Connection, key: str, now: datetime) -> None:
    """Let what was answered so far no longer count for one weight."""
    weights = forgotten(connection)
    before = time_text(weights.get(key))
    _note(connection, now, "forgot", subject=key, changed=before)
    memory.put(connection, memory.FORGOTTEN, {**weights, key: now})


def forgotten(connection: sqlite3.Connection) -> Mapping[str, datetime]:
    """Return until when answers don't count, for each weight that the user removed."""
    return memory.get(connection, memory.FORGOTTEN) or {}


def stories_in_use(past: History) -> frozenset[str]:
    """Return the stories that a touchpoint or a hold refers to; they outlive the retention."""
    sent = {item.suggestion.reference.story for item in past.touchpoints} - {""}
    return frozenset(sent | {hold.story for hold in past.holds})


def _note(connection: sqlite3.Connection, now: datetime, what: str, **columns: Any) -> int:
    """Add a move, of the user's unless the columns say otherwise; return its number."""
    blank = {"by": "user", "touchpoint": 0, "contact": 0, "undone": 0, "subject": "", "changed": ""}
    return insert(connection, "moves", {**blank, "at": time_text(now), "what": what, **columns})


def _state(item: Touchpoint) -> dict[str, str]:
    """Return the columns that a move changes."""
    return {
        "status": item.status,
        "changed": time_text(item.changed),
        "until": time_text(item.until),
        "because": item.because,
        "expiry": json_of(item.expiry),
    }
