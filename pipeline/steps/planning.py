"""Today's suggestions, and what becomes of yesterday's: the store with `touchpoints/plan.py`."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import date, datetime
from functools import cache

from pipeline import __version__
from pipeline.records import KnownHolidays, Plan, State, Touchpoint, Workspace
from pipeline.steps.scoring import Found
from pipeline.store import candidate, memory


def plan_day(
    db: sqlite3.Connection, workspace: Workspace, found: Found, now: datetime
) -> tuple[Plan, tuple[tuple[Touchpoint, State, str], ...]]:
    """Plan the day and keep it; return the plan, and the moves of what was suggested before."""
    from pipeline.touchpoints import plan as planner

    plan = planner.suggest(workspace, found, candidate.load_history(db), now, known_holidays(db))
    for suggestion in plan.suggestions:
        candidate.keep_suggestion(db, suggestion, now)
    for held in plan.held:
        if held.is_bad_news:
            candidate.keep_hold(db, held, now)
    moves = planner.settle(candidate.load_history(db).touchpoints, plan, now)
    for touchpoint, status, because in moves:
        until = touchpoint.until if status == "suggested" else None
        candidate.move(db, touchpoint, status, now, by="program", because=because, until=until)
    return plan, moves


def known_holidays(db: sqlite3.Connection) -> Callable[[str, int], frozenset[date]]:
    """Return how to learn public holidays: remembered, for the library takes long to load."""
    from pipeline.touchpoints.pace import public_holidays

    def holidays(place: str, year: int) -> frozenset[date]:
        kept = memory.get(db, memory.HOLIDAYS) or KnownHolidays()
        known = dict(kept.days) if kept.version == __version__ else {}
        name = f"{place} {year}"
        if name not in known:
            known[name] = tuple(sorted(public_holidays(place, year)))
            memory.put(db, memory.HOLIDAYS, KnownHolidays(__version__, known))
        return frozenset(known[name])

    return cache(holidays)
