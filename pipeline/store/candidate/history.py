"""What was suggested, sent, answered and logged; every move with its time, undoable.

Takes and gives records. Which moves are allowed is decided in `touchpoints/lifecycle.py`; here
they are only written down, each beside what stood there before, so that `undo` can put it back.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Literal

from pipeline.records import (
    Contact,
    Draft,
    Expiry,
    Held,
    History,
    Hold,
    Move,
    Reply,
    Suggestion,
    Taken,
    Touchpoint,
    from_plain,
    to_plain,
)
from pipeline.store import memory
from pipeline.store.database import atomic
from pipeline.store.rows import flat, insert, time_from, time_text, time_there

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
        tuple(map(_touchpoint, touchpoints)),
        tuple(map(_contact, contacts)),
        tuple(map(_hold, holds)),
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
    return None if row is None else _touchpoint(row)


def keep_suggestion(connection: sqlite3.Connection, new: Suggestion, now: datetime) -> None:
    """Add a suggestion, or bring the one with the same key up to date; its id stays."""
    detail = json.dumps(to_plain(new), ensure_ascii=False)
    connection.execute(
        "INSERT INTO touchpoints (key, status, created, changed, suggestion)"
        " VALUES (:key, 'suggested', :now, :now, :detail)"
        " ON CONFLICT (key) DO UPDATE SET suggestion = excluded.suggestion"
        " WHERE suggestion <> excluded.suggestion",
        {"key": new.key, "now": time_text(now), "detail": detail},
    )


def ask_for(connection: sqlite3.Connection, new: Suggestion, now: datetime) -> Touchpoint:
    """Keep a suggestion that the user asked for, as their move: `undo` lets it expire."""
    keep_suggestion(connection, new, now)
    row = connection.execute("SELECT * FROM touchpoints WHERE key = ?", [new.key]).fetchone()
    found = replace(_touchpoint(row), status="suggested", changed=now, until=None, expiry=None)
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
    number = _keep_contact(connection, contact) if contact else 0
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
    before = json.dumps(to_plain(old.edited)) if old.edited else ""
    noted = _note(connection, now, "edited", touchpoint=old.id, subject=before, because=about)
    connection.execute(
        "UPDATE touchpoints SET edited = ? WHERE id = ?",
        [json.dumps(to_plain(draft), ensure_ascii=False), old.id],
    )
    return noted


def log(connection: sqlite3.Connection, contact: Contact, now: datetime) -> int:
    """Note a contact that happened elsewhere; return the move's number."""
    number = _keep_contact(connection, contact)
    return _note(connection, now, "logged", contact=number)


def _keep_contact(connection: sqlite3.Connection, contact: Contact) -> int:
    reply = json.dumps(to_plain(contact.reply), ensure_ascii=False) if contact.reply else ""
    return insert(connection, "contacts", {**flat(contact), "reply": reply})


def keep_hold(connection: sqlite3.Connection, held: Held, now: datetime) -> None:
    """Return a piece of bad news its number; it keeps the one that it has."""
    connection.execute(
        "INSERT INTO holds (company, story, person, title, created, released, kind)"
        " VALUES (?, ?, ?, ?, ?, '', ?) ON CONFLICT (company, story, person) DO NOTHING",
        [*held.key, held.title, time_text(now), held.news_kind],
    )


def release(connection: sqlite3.Connection, hold: Hold, now: datetime) -> int:
    """End a hold; return the move's number."""
    connection.execute("UPDATE holds SET released = ? WHERE id = ?", [time_text(now), hold.id])
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
    found = _move(connection.execute(f"{_MOVES} AND m.id = ?", [last["id"]]).fetchone())
    connection.execute("UPDATE moves SET undone = 1 WHERE id = ?", [last["id"]])
    connection.execute("DELETE FROM contacts WHERE id = ?", [last["contact"]])
    if last["what"] == "released":
        connection.execute("UPDATE holds SET released = '' WHERE id = ?", [last["subject"]])
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
    return tuple(map(_move, rows))


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
        "expiry": json.dumps(to_plain(item.expiry)) if item.expiry else "",
    }


def _touchpoint(row: sqlite3.Row) -> Touchpoint:
    return Touchpoint(
        id=row["id"],
        suggestion=from_plain(Suggestion, json.loads(row["suggestion"])),
        status=row["status"],
        created=time_there(row["created"]),
        changed=time_there(row["changed"]),
        until=time_from(row["until"]),
        because=row["because"],
        expiry=from_plain(Expiry, json.loads(row["expiry"])) if row["expiry"] else None,
        edited=from_plain(Draft, json.loads(row["edited"])) if row["edited"] else None,
    )


def _move(row: sqlite3.Row) -> Move:
    return Move(
        at=time_there(row["at"]),
        by=row["by"],
        what=row["what"],
        company=row["company"],
        person=row["person"],
        touchpoint=row["touchpoint"],
        about=row["about"],
        contact=time_from(row["contact"]),
        reply=_reply(row["reply"]),
    )


def _hold(row: sqlite3.Row) -> Hold:
    return Hold(
        id=row["id"],
        company=row["company"],
        story=row["story"],
        title=row["title"],
        created=time_there(row["created"]),
        released=time_from(row["released"]),
        person=row["person"],
        kind=row["kind"],
    )


def _reply(text: str | None) -> Reply | None:
    return from_plain(Reply, json.loads(text)) if text else None


def _contact(row: sqlite3.Row) -> Contact:
    return Contact(
        company=row["company"],
        person=row["person"],
        at=time_there(row["at"]),
        what=row["what"],
        answer=bool(row["answer"]),
        touchpoint=row["touchpoint"],
        reply=_reply(row["reply"]),
    )
