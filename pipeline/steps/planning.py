"""Today's suggestions, and what becomes of yesterday's, planned by `day.planned` and kept."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import date
from functools import cache

from pipeline import __version__
from pipeline.records import KnownHolidays
from pipeline.steps.day import Candidate, DayPlan, planned
from pipeline.steps.job import Job
from pipeline.steps.matching import Found
from pipeline.steps.own_work import known_own_work
from pipeline.store import candidate, memory
from pipeline.store.database import atomic
from pipeline.touchpoints.pace import public_holidays


def plan_day(job: Job, found: Found) -> DayPlan:
    """Plan the day and keep it."""
    with atomic(job.db):
        past = Candidate(job.workspace, candidate.load_history(job.db))
        work = known_own_work(job.db, job.workspace, job.now, past.history.touchpoints)
        day = planned(past, found, job.now, known_holidays(job.db), work)
        for suggestion in day.plan.suggestions:
            candidate.keep_suggestion(job.db, suggestion, job.now)
        for held in day.plan.held:
            if held.is_bad_news:
                candidate.keep_hold(job.db, held, job.now)
        for old, new in day.moves:
            candidate.move(job.db, old, new, by="program")
    return day


def known_holidays(db: sqlite3.Connection) -> Callable[[str, int], frozenset[date]]:
    """Return how to learn public holidays: remembered, for the library takes long to load."""

    def holidays(place: str, year: int) -> frozenset[date]:
        kept = memory.get(db, memory.HOLIDAYS) or KnownHolidays()
        known = dict(kept.days) if kept.version == __version__ else {}
        name = f"{place} {year}"
        if name not in known:
            known[name] = tuple(sorted(public_holidays(place, year)))
            memory.put(db, memory.HOLIDAYS, KnownHolidays(__version__, known))
        return frozenset(known[name])

    return cache(holidays)
