"""Stories found and scored where something is new; and what is stored, as it is worth today.

Reads and keeps for `matching.py`, which decides, and `clustering.py`, which makes articles stories.
"""

from __future__ import annotations

import sqlite3
from datetime import datetime

from pipeline.records import Frequencies, History, Knowledge, Scored, Workspace
from pipeline.records.record import dataclass
from pipeline.steps.job import Job
from pipeline.steps.learning import learn
from pipeline.steps.matching import (
    Found,
    Scorer,
    events_of,
    oldest,
    preferences_of,
    with_events,
    worth_showing,
)
from pipeline.steps.stories import stored_stories
from pipeline.store import candidate, memory, news
from pipeline.store.database import atomic
from pipeline.workspace.lookup import start_of_day

# no border test: speed only; a list works out fewer in half a second
MANY = 3_000  # stories of which bounds are kept


@dataclass(frozen=True, slots=True)
class FoundStories:
    """The stories of the last weeks: how many, and what of them is worth showing to whom."""

    stories: int
    matches: Found


def find_stories(job: Job) -> FoundStories:
    """Group and score what is new, keep it, and return what is worth showing today.

    Nothing is scored twice: a story is scored when one of its articles is new or was edited, and
    all are when the notes, the settings or what the news teach have changed.
    """
    past = candidate.load_history(job.db)
    with atomic(job.db):
        stories = _score(job.db, job.workspace, past, job.now)
    return FoundStories(stories, matches_of_today(job.db, job.workspace, past, job.now))


def _score(db: sqlite3.Connection, workspace: Workspace, past: History, now: datetime) -> int:
    """Score what is new, and keep the matches; return how many stories there are."""
    since = oldest(workspace, now)
    context = learn(db, workspace, past, now)
    scored = memory.get(db, memory.SCORED) or Scored()
    anew = scored.context != context
    fresh = news.arrived(db, since, scored.up_to)
    if not anew and not fresh:
        return news.story_count(db, since)
    from pipeline.steps.clustering import cluster

    knowledge = news.load_knowledge(db) or Knowledge()
    changes = cluster(db, workspace, past, since, fresh, knowledge.words)
    candidate.forget_matches(db, None if anew else changes.gone)
    scorer = Scorer(workspace, workspace.interviews, knowledge, past)
    stories = stored_stories(db, workspace, since, None if anew else changes.changed)
    count = news.story_count(db, since)
    bounds = count >= MANY if anew else scored.bounds
    worth_keeping = scorer.with_bounds if bounds else scorer.worth_keeping
    candidate.keep_matches(db, worth_keeping(stories))
    _find_events(db, workspace, knowledge.frequencies, since)
    whole = since if anew or scored.since is None else max(since, scored.since)
    memory.put(db, memory.SCORED, Scored(context, news.changes_made(db), whole, bounds))
    return count


def _find_events(
    db: sqlite3.Connection, workspace: Workspace, frequencies: Frequencies, since: datetime
) -> None:
    """Find the events that the stories with a match tell, where one of them is new."""
    known, matched = candidate.load_events(db), candidate.matched_stories(db)
    if matched == {story for events in known.values() for story in events}:
        return
    stories = {story.id: story for story in stored_stories(db, workspace, since, matched)}
    found = candidate.load_matches(db, stories)
    candidate.keep_events(db, events_of(workspace, found, known, frequencies))


def matches_of_today(
    db: sqlite3.Connection, workspace: Workspace, past: History, now: datetime
) -> Found:
    """Return for each interview the stored matches that are worth showing today, or bad news."""
    wanted = candidate.matched_stories(db)
    if not wanted:
        return {}
    found = stored_stories(db, workspace, oldest(workspace, now), wanted)
    stories = {story.id: story for story in found}
    preferences = preferences_of(past, candidate.forgotten(db))
    matches = with_events(workspace, candidate.load_matches(db, stories), candidate.load_events(db))
    return worth_showing(workspace, matches, preferences, now)


def muted_today(db: sqlite3.Connection, workspace: Workspace, now: datetime) -> tuple[str, ...]:
    """Return the muted word of each story of today that would have been shown without it."""
    if not (mutes := workspace.config.mutes):
        return ()
    from pipeline.relevance.mutes import mute_of

    since = start_of_day(workspace, now)
    found = stored_stories(db, workspace, oldest(workspace, now), candidate.matched_stories(db))
    stories = {story.id: story for story in found if story.lead.seen >= since}
    words = {
        match.story.id: mute.word
        for group in candidate.load_matches(db, stories).values()
        for match in group
        if match.shown and (mute := mute_of(match, mutes))
    }
    return tuple(words.values())
