"""A thank-you about another line of the notes, kept as the user's own wording: `undo` works."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from pipeline.records import Touchpoint, Workspace
from pipeline.steps.own_work import known_own_work
from pipeline.steps.planning import known_holidays
from pipeline.steps.scoring import matches_of_today
from pipeline.store import candidate
from pipeline.touchpoints import lifecycle
from pipeline.touchpoints.cases import cases_of
from pipeline.touchpoints.other_topics import rewritten


def change_topic(
    db: sqlite3.Connection, workspace: Workspace, old: Touchpoint, place: str, now: datetime
) -> int:
    """Write a message anew about that line of the notes; return the move's number.

    Within a transaction. Raises NotFound where the line lends no topic, and MoveNotAllowed for
    what is not open.
    """
    lifecycle.check_open(old)
    past = candidate.load_history(db)
    matches = matches_of_today(db, workspace, past, now)
    work = known_own_work(db, workspace, now)
    cases = cases_of(workspace, matches, past, now, known_holidays(db), work)
    draft = rewritten(old, cases, place, workspace.templates)
    about = next((source.said for source in draft.sources if source.place == place), "")
    return candidate.edit(db, old, draft, now, f"rather about {about}" if about else "")
