"""The day's page put together: the plan, news to read, troubles, the companies' timelines.

Joins the store with `digest/`; gives the page, and what of it is to be remembered. Nothing is
written: that is `pages.py`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pipeline.records import Digest, History, Plan, Problem, Reading, ShownItem, Timeline, Workspace
from pipeline.steps.scoring import Found, oldest
from pipeline.store import candidate, files, memory, news
from pipeline.text.calendar import day_in
from pipeline.workspace.lookup import own_zone, start_of_day


@dataclass(frozen=True, slots=True)
class Said:
    """What is to be remembered of a page for those of the next days."""

    shown: tuple[ShownItem, ...]
    volume: Mapping[str, Mapping[date, int]]


def compose_day(
    db: sqlite3.Connection,
    workspace: Workspace,
    readings: Sequence[Reading],
    troubles: Sequence[Problem],
    plan: Plan,
    matches: Found,
    stories: int,
    now: datetime,
) -> tuple[Digest, Said]:
    """Compose the page; return it, and what is to be remembered of it."""
    from pipeline.digest import compose, shown

    config, settings = workspace.config, workspace.config.settings
    past, before = candidate.load_history(db), memory.get(db, memory.SHOWN) or ()
    by_key = {item.suggestion.key: item for item in past.touchpoints}
    today = day_in(own_zone(workspace), now)
    used = frozenset(item.suggestion.story for item in past.touchpoints)
    reading = shown.worth_a_look(matches, used, before, settings, now)
    volume = _volume(db, workspace, matches, now)
    digest = compose.compose(
        config,
        [by_key[suggestion.key] for suggestion in plan.suggestions],
        plan,
        {(hold.company, hold.story): hold.id for hold in past.holds},
        {item.id: files.shown_path(item) for item in past.touchpoints},
        reading,
        (*workspace.problems, *troubles),
        compose.Counts(
            feeds=len(readings),
            new_articles=news.seen_since(db, start_of_day(workspace, now)),
            stories=stories,
            fitting=len({m.story.id for found in matches.values() for m in found if m.shown}),
        ),
        now,
        shown=before,
        timelines=_timelines(workspace, past, plan, matches, volume, before, now),
    )
    new = shown.shown_today(reading, plan.held, settings, now)
    return digest, Said(shown.remembered(before, new, today), volume)


def _volume(
    db: sqlite3.Connection, workspace: Workspace, matches: Found, now: datetime
) -> Mapping[str, Mapping[date, int]]:
    """Return how many news each company had on each day."""
    from pipeline.digest import timeline

    zone = own_zone(workspace)
    return timeline.count_news(
        dict.fromkeys(interview.company for interview in workspace.interviews),
        matches,
        memory.get(db, memory.VOLUME) or {},
        day_in(zone, oldest(workspace, now)),
        zone,
        day_in(zone, now),
    )


def _timelines(
    workspace: Workspace,
    past: History,
    plan: Plan,
    matches: Found,
    volume: Mapping[str, Mapping[date, int]],
    shown: Sequence[ShownItem],
    now: datetime,
) -> tuple[Timeline, ...]:
    from pipeline.digest import compose, timeline

    today = day_in(own_zone(workspace), now)
    decided = frozenset(h.company for h in plan.held if compose.is_known(h, shown, today))
    return timeline.timelines(
        workspace.config, workspace.interviews, past, plan, matches, volume, decided, now
    )
