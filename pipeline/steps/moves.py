"""What the user did with a suggestion, written down: a move of its lifecycle, and the contact made.

Takes the database and the suggestion as it is. Ticks on a page (`answers.py`) and
commands come here.
"""

from __future__ import annotations

import sqlite3
from datetime import datetime

from pipeline.records import Contact, State, Touchpoint
from pipeline.store import candidate
from pipeline.touchpoints import lifecycle


def record(
    db: sqlite3.Connection,
    old: Touchpoint,
    status: State,
    now: datetime,
    *,
    because: str = "",
    until: datetime | None = None,
) -> int:
    """Write down a move of the user's, and the contact that it is; return the move's number.

    Raises MoveNotAllowed.
    """
    lifecycle.check_move(old, status)
    contact = _contact_of(old, status, now)
    new = lifecycle.moved(old, status, now, because=because, until=until)
    return candidate.move(db, old, new, by="user", contact=contact)


def _contact_of(old: Touchpoint, status: State, now: datetime) -> Contact | None:
    if status not in ("sent", "answered"):
        return None
    what = old.suggestion
    return Contact(
        what.company,
        what.person,
        now,
        f"answer to {old.draft.subject!r}" if status == "answered" else old.draft.subject,
        answer=status == "answered",
        touchpoint=old.id,
    )
