"""Whose thank-you is due today: what the one who looks after a fleet sees of it.

Takes what runs have planned; gives names of candidates, companies and people, and hours. Nothing of
note lines, drafts, stories or scores.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from pipeline.errors import TouchpointsError
from pipeline.fleet.folder import candidates
from pipeline.records import Touchpoint
from pipeline.records.record import dataclass
from pipeline.steps.opening import read_workspace
from pipeline.store import candidate as stored
from pipeline.store.database import looked_into
from pipeline.text.calendar import day_in
from pipeline.workspace.lookup import own_zone


@dataclass(frozen=True, slots=True)
class ThanksDue:
    """A thank-you that is to be sent today, and was not yet."""

    company: str
    person: str
    due: datetime


@dataclass(frozen=True, slots=True)
class Status:
    """One candidate, as the one who looks after the fleet sees them."""

    candidate: str
    thanks: tuple[ThanksDue, ...] = ()
    trouble: str = ""  # why nothing can be said


def status(folder: Path, now: datetime) -> tuple[Status, ...]:
    """Return each candidate's; raise WorkspaceMissing where there is none."""
    return tuple(_status(folder / name, now) for name in candidates(folder))


def _status(root: Path, now: datetime) -> Status:
    try:
        workspace = read_workspace(root)
        with looked_into(root) as db:
            past = stored.load_history(db)
    except (TouchpointsError, OSError) as error:
        return Status(root.name, trouble=type(error).__name__)
    zone = own_zone(workspace)
    today = day_in(zone, now)

    def is_due(item: Touchpoint) -> bool:
        what = item.suggestion
        is_open = what.kind == "thank_you" and item.is_open
        last = what.reason.last_day or today
        return is_open and day_in(zone, item.until or what.due) <= today <= last

    return Status(
        root.name,
        tuple(
            ThanksDue(
                workspace.config.name_of(item.suggestion.company),
                item.suggestion.person,
                item.suggestion.due,
            )
            for item in past.touchpoints
            if is_due(item)
        ),
    )
