"""A message about any stored story, kept as a suggestion: `draft --story`, and boxes on the page.

Joins `touchpoints/any_story.py`, which decides, with what is stored. The user's move is written
down, so that `undo` takes it back.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from pipeline.errors import NotFound
from pipeline.news.links import canonical
from pipeline.records import History, Match, Story, Touchpoint, Workspace
from pipeline.records.record import dataclass
from pipeline.steps.learning import knowledge
from pipeline.steps.matching import Scorer, events_of, with_events
from pipeline.steps.planning import known_holidays
from pipeline.steps.scoring import matches_of_today
from pipeline.steps.stories import stored_stories
from pipeline.store import candidate
from pipeline.text.characters import one_line
from pipeline.text.names import plain_letters
from pipeline.text.phrasing import SHORTEST_ID, SHOWN_ID
from pipeline.touchpoints.any_story import suggest
from pipeline.touchpoints.case import marks_of, marks_sent
from pipeline.touchpoints.cases import cases_of

EVER = datetime.min.replace(tzinfo=UTC)  # no border test: before all news


@dataclass(frozen=True, slots=True)
class AskedFor:
    """What the user asked for, as it is kept, and what became of the story before."""

    touchpoint: Touchpoint
    match: Match
    earlier: tuple[Touchpoint, ...]  # others of that company with this story
    is_new: bool  # False: it was suggested to them already


def ask_for(
    db: sqlite3.Connection, workspace: Workspace, link: str, name: str, now: datetime
) -> AskedFor:
    """Keep a message about the story of that address (or id) to a person, within a transaction.

    One that is suggested already with this story stays. Raises NotFound.
    """
    past = candidate.load_history(db)
    told = told_by_interview(db, workspace, past, link, now)
    matches = matches_of_today(db, workspace, past, now)
    cases = cases_of(workspace, matches, past, now, known_holidays(db))
    asked = suggest(workspace, cases, told, name)
    new, marks = asked.suggestion, marks_of(asked.match)
    earlier = tuple(
        item
        for item in past.touchpoints
        if item.suggestion.company == new.company and marks_sent(item.suggestion) & marks
    )
    there = next((t for t in earlier if t.is_open and t.suggestion.person == new.person), None)
    if there:
        return AskedFor(there, asked.match, (), is_new=False)
    kept = candidate.ask_for(db, new, now)
    others = tuple(item for item in earlier if item.id != kept.id)
    return AskedFor(kept, asked.match, others, is_new=True)


def told_by_interview(
    db: sqlite3.Connection, workspace: Workspace, past: History, link: str, now: datetime
) -> tuple[Match, ...]:
    """Return how a story fits each interview, with what other tellings say of its event.

    Raises NotFound when no stored article has the address.
    """
    by_id = stored_stories(db, workspace, EVER, [link])
    stories = called(by_id, link) or called(stored_stories(db, workspace, EVER, None), link)
    if not stories:
        raise NotFound(
            f"No article with the address {link} is stored, nor one with these words in its title. "
            "`touchpoints rank` with a company lists what there is, each with its id."
        )
    story = only(stories, link)
    learned = knowledge(db, workspace, now)
    scored = tuple(Scorer(workspace, workspace.interviews, learned, past).matches(story))
    others = matches_of_today(db, workspace, past, now)
    by_interview = {
        match.interview: (
            match,
            *(other for other in others.get(match.interview, ()) if other.story.id != story.id),
        )
        for match in scored
    }
    known = candidate.load_events(db)
    events = events_of(workspace, by_interview, known, learned.frequencies)
    found = with_events(workspace, by_interview, events)
    return tuple(match for group in found.values() for match in group if match.story.id == story.id)


def called(stories: Iterable[Story], written: str) -> tuple[Story, ...]:
    """Return the stories that a text means: by address, id, its beginning, or words of a title."""
    known = tuple(stories)
    exact = {written, canonical(written)} - {""}  # a story may have no link
    start = (
        written.casefold() if re.fullmatch(rf"[0-9a-fA-F]{{{SHORTEST_ID},16}}", written) else "\0"
    )
    wanted = set(plain_letters(written).split())
    return (
        tuple(story for story in known if _is_story(story, exact))
        or tuple(story for story in known if story.id.startswith(start))
        or tuple(s for s in known if wanted and wanted <= set(plain_letters(s.lead.title).split()))
    )


def only(stories: Sequence[Story], written: str) -> Story:
    """Return the one story; raise NotFound, with the titles, where several are meant."""
    if len(stories) > 1:
        listed = "\n".join(
            f"  {story.id[:SHOWN_ID]}  {one_line(story.lead.title)[:80]}" for story in stories[:9]
        )
        raise NotFound(f"Which {written!r}?\n{listed}")
    return stories[0]


def _is_story(story: Story, wanted: set[str]) -> bool:
    return story.id in wanted or any(
        {article.id, article.link, article.canonical} & wanted
        for article in (story.lead, *story.others)
    )
