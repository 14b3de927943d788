"""The evidence: how stories fit, why they are shown or not, and what the answers taught.

    brief                                    what to read before a talk
    rank, why_story                          each story's score; what became of one
    learned, answers_needed, forget_weight   what the answers taught

Takes the workspace's folder and the clock. The daily job scores the same way: `steps/scoring.py`.
"""

from __future__ import annotations

import sqlite3
from datetime import datetime
from pathlib import Path

from pipeline.digest.shown import why_not_listed
from pipeline.errors import NotFound
from pipeline.records import (
    Briefing,
    Knowledge,
    LearnedWeight,
    Match,
    Preferences,
    Workspace,
)
from pipeline.records.record import dataclass
from pipeline.relevance.feedback import LEAST_ANSWERS
from pipeline.steps.any_story import called, only
from pipeline.steps.day import briefing
from pipeline.steps.learning import knowledge
from pipeline.steps.matching import (
    Found,
    Scorer,
    events_of,
    preferences_of,
    valued,
    with_events,
)
from pipeline.steps.opening import read_workspace
from pipeline.steps.ranking import best, standing
from pipeline.steps.scoring import matches_of_today
from pipeline.steps.stories import every_story
from pipeline.store import candidate, database, memory
from pipeline.store.database import opened
from pipeline.store.lock import locked
from pipeline.touchpoints import plan as planner
from pipeline.touchpoints.outcomes import outcomes
from pipeline.workspace.lookup import interview_of


def brief(root: Path, company: str, now: datetime) -> Briefing:
    """Return what to read before a talk with a company; raise NotFound for an unknown one."""
    workspace = read_workspace(root)
    with opened(root) as db:
        past = candidate.load_history(db)
        found = matches_of_today(db, workspace, past, now)
    return briefing(workspace, past, found, company, now)


def rank(root: Path, company: str, now: datetime) -> tuple[Match, ...]:
    """Return every story in the store with its score for that company's latest interview."""
    workspace = read_workspace(root)
    interview = interview_of(workspace, company)
    with opened(root) as db:
        past = candidate.load_history(db)
        learned = knowledge(db, workspace, now)
        scorer = Scorer(workspace, [interview], learned, past)
        scored = tuple(scorer.all_matches(every_story(db, workspace, past)))
        told = _told_together(db, workspace, {interview.file: scored}, learned)
        preferences = preferences_of(past, candidate.forgotten(db))
        return valued(workspace, told[interview.file], preferences, now)


@dataclass(frozen=True, slots=True)
class Ranking:
    """The stories that fit best; and how many there are in all."""

    matches: tuple[Match, ...]  # best first, without what only a message asks for
    stories: int
    shown: int


def ranked(root: Path, company: str, now: datetime, most: int | None) -> Ranking:
    """Return the beginning of that list, so many at most, and none that fits too little for it.

    With None all of it. Events are found among these stories and all that matter to the interview,
    as a run finds them among those.
    """
    if most is None:
        everything = rank(root, company, now)
        shown = sum(match.shown for match in everything)
        return Ranking(everything, len(everything), shown)
    workspace = read_workspace(root)
    interview = interview_of(workspace, company)
    with opened(root) as db:
        past = candidate.load_history(db)
        learned = knowledge(db, workspace, now)
        scorer = Scorer(workspace, [interview], learned, past)
        preferences = preferences_of(past, candidate.forgotten(db))
        found = standing(db, workspace, past, interview, scorer)
        listed = {m.story.id: m for m in best(found, scorer, workspace, preferences, now, most)}
        rest = (match for match in found.matches if match.story.id not in listed)
        matches = (*listed.values(), *rest)
        if any(match.sensitive for match in matches):
            told = _told_together(db, workspace, {interview.file: matches}, learned)
            matches = told[interview.file]
        worth = valued(workspace, matches, preferences, now)
    return Ranking(
        tuple(match for match in worth if match.story.id in listed),
        found.stories,
        sum(match.shown for match in worth),
    )


def why_story(root: Path, link: str, now: datetime) -> tuple[tuple[Match, tuple[str, ...]], ...]:
    """Return how the story of that address (or id) fits each interview, and what became of it.

    Words of its title will do. Raises NotFound when no stored article, or several, are meant.
    """
    workspace = read_workspace(root)
    config = workspace.config
    with opened(root) as db:
        past = candidate.load_history(db)
        stored = {story.id: story for story in every_story(db, workspace, past)}
        stories = called(stored.values(), link)
        if not stories:
            raise NotFound(
                f"No article with the address {link} has been read, nor one with these words in "
                "its title. `touchpoints rank` with a company lists them, each with its id; "
                "`touchpoints queue --held` says what is held back, and why."
            )
        if "://" not in link:
            stories = (only(stories, link),)
        learned = knowledge(db, workspace, now)
        scorer = Scorer(workspace, workspace.interviews, learned, past)
        for story in stories:
            del stored[story.id]
        scored = [match for story in stories for match in scorer.matches(story)]
        others = candidate.load_matches(db, stored)
        by_interview = {
            item.file: (
                *(match for match in scored if match.interview == item.file),
                *others.get(item.file, ()),
            )
            for item in workspace.interviews
        }
        told = _told_together(db, workspace, by_interview, learned)
        found = [match for group in told.values() for match in group if match.story in stories]
        today = matches_of_today(db, workspace, past, now)
        plan = planner.suggest(workspace, today, past, now)
        used = frozenset(item.suggestion.reference.story for item in past.touchpoints)
        said = memory.get(db, memory.SHOWN) or ()
        return tuple(
            (
                match,
                (
                    *outcomes(match, plan, past, workspace, now),
                    *filter(None, [why_not_listed(match, today, used, said, config, now)]),
                ),
            )
            for match in valued(
                workspace, found, preferences_of(past, candidate.forgotten(db)), now
            )
        )


def _told_together(
    db: sqlite3.Connection, workspace: Workspace, found: Found, learned: Knowledge
) -> Found:
    """Return the matches with their events: what the daily run found stays so."""
    events = events_of(workspace, found, candidate.load_events(db), learned.frequencies)
    return with_events(workspace, found, events)


def learned(root: Path) -> Preferences:
    """Return what the user's answers taught, for `learned`."""
    with opened(root) as db:
        return preferences_of(candidate.load_history(db), candidate.forgotten(db))


def answers_needed() -> int:
    """Return after how many answers learning begins."""
    return LEAST_ANSWERS


def forget_weight(root: Path, key: str, now: datetime) -> LearnedWeight:
    """Remove one learned weight; return it. Raises NotFound when no weight has that name."""
    with locked(root), opened(root) as db, database.atomic(db):
        past, forgotten = candidate.load_history(db), candidate.forgotten(db)
        found = preferences_of(past, forgotten).weights.get(key)
        if found is None:
            raise NotFound(f"Nothing was learned under {key}. `touchpoints learned` lists it all.")
        candidate.forget_weight(db, key, now)
    return found
