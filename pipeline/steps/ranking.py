"""How the stored stories fit one interview: read where a run has scored them, else worked out.

    standing    the matches that matter, and of every other story the most that it may be worth
    best        of these the stories that fit best, each worked out

A run scores the stories of the last weeks, and keeps what it finds under one key: all that moves a
score, and the last article that it saw (`Scored`). Under another key, and of older stories, nothing
kept is used. Which stories are looked at, the likeliest first, follows from the bounds (Fagin's
threshold algorithm): once no other can have a better score than the last one of the list, the list
is the same as if all had been worked out.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from functools import partial

from pipeline.records import History, Interview, Match, Preferences, Scored, Story, Workspace
from pipeline.records.record import dataclass
from pipeline.relevance import feedback, usefulness
from pipeline.steps.learning import scoring_context
from pipeline.steps.matching import Scorer, valued
from pipeline.steps.stories import every_story, stored_stories
from pipeline.store import candidate, memory, news

# no border test: speed only
AT_ONCE = 50  # stories that are worked out together
# no border test: log-odds; of a sum in another order
ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Standing:
    """How all stored stories fit an interview, as of no particular day."""

    matches: tuple[Match, ...]  # those that matter
    bounds: Mapping[str, float]  # of each other story that a list may name: log-odds at most
    stories: int
    read: Callable[[Collection[str]], Iterable[Story]]  # some of them


def standing(
    db: sqlite3.Connection,
    workspace: Workspace,
    past: History,
    interview: Interview,
    scorer: Scorer,
) -> Standing:
    """Return how the stored stories fit an interview; `scorer` is for this one alone."""
    scored = _scored(db, workspace, past)
    if scored is None:
        stories = {story.id: story for story in every_story(db, workspace, past)}
    else:
        older = news.stories_from_before(db, scored.since)
        stories = {s.id: s for s in stored_stories(db, workspace, None, older)}
    matches, bounds = list[Match](), dict[str, float]()
    for one in scorer.with_bounds(stories.values()):
        if isinstance(one, Match):
            matches.append(one)
        else:
            bounds[one.story] = one.most
    if scored is None:
        some = partial(map, stories.__getitem__)
        return Standing(tuple(matches), bounds, len(stories), some)
    kept = candidate.matched_stories(db) - stories.keys()
    known = {s.id: s for s in stored_stories(db, workspace, None, kept)}
    matches += candidate.load_matches(db, known, interview.file).get(interview.file, ())
    for story, most in candidate.load_bounds(db, interview.file).items():
        if story not in stories:
            bounds[story] = most
    count = news.story_count(db, None)
    return Standing(tuple(matches), bounds, count, partial(stored_stories, db, workspace, None))


def _scored(db: sqlite3.Connection, workspace: Workspace, past: History) -> Scored | None:
    """Return how far the stories were scored; None where they would now have other scores."""
    scored = memory.get(db, memory.SCORED)
    if scored is None or not scored.bounds:
        return None
    is_same = scored.context == scoring_context(db, workspace, past)
    return scored if is_same and not news.arrived(db, None, scored.up_to) else None


def best(
    found: Standing,
    scorer: Scorer,
    workspace: Workspace,
    preferences: Preferences,
    now: datetime,
    most: int,
) -> tuple[Match, ...]:
    """Return the stories with the best scores of now, as of no particular day: `most` at most."""
    left = sorted(found.bounds.items(), key=lambda item: (-item[1], item[0]))
    slack = ROUNDING + (feedback.MOST if preferences.weights else 0.0)
    known = {match.story.id: match for match in found.matches}
    while True:
        scored = valued(workspace, known.values(), preferences, now)
        listed = [match for match in scored if match.score >= usefulness.LEAST_LISTED][:most]
        last = listed[-1].score if len(listed) == most else usefulness.LEAST_LISTED
        least = usefulness.log_odds_of(last) - slack
        likely = [story for story, odds in left[:AT_ONCE] if odds >= least]
        if not likely:
            return tuple(known[match.story.id] for match in listed)
        del left[:AT_ONCE]
        known |= {match.story.id: match for match in scorer.all_matches(found.read(likely))}
