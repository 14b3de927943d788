"""What the user did with a suggestion, written down: a move of its lifecycle, and the contact made.

Takes the database and the suggestion as it is. Ticks on a page (`answers.py`) and
commands come here.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from pipeline.records import Contact, State, Touchpoint
from pipeline.store import candidate
from pipeline.touchpoints import lifecycle


@dataclass(frozen=True, slots=True)
class UserMove:
    """What the user did with a suggestion."""

    status: State
    because: str = ""  # of a dismissal
    until: datetime | None = None  # put off


def record(db: sqlite3.Connection, old: Touchpoint, did: UserMove, now: datetime) -> int:
    """Write down a move of the user's, and the contact that it is; return the move's number.

    Raises MoveNotAllowed.
    """
    lifecycle.check_move(old, did.status)
    contact = _contact_of(old, did.status, now)
    new = lifecycle.moved(old, did.status, now, because=did.because, until=did.until)
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
