"""Stories against interviews: scored where something is new, kept, and valued on the day.

    score              the daily job's: fold what is new, score it, keep the matches
    matches_of_today   what was kept, as it is worth today
    Scorer, valued     the same for stories of which nothing is kept: `rank`, `why`, `feeds preview`

Joins the store with `relevance/`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from pipeline.records import Interview, Knowledge, Match, Preferences, Scored, Story, Workspace
from pipeline.steps.learning import learn, learnt, wrong_company
from pipeline.store import candidate, memory, news
from pipeline.workspace.lookup import company_of, feeds_by_address, start_of_day

Found = Mapping[str, tuple[Match, ...]]  # each interview's matches

# Stories are scored while a message about them may still be due, and a little longer, so that a
# late copy from another outlet finds the story it belongs to.
MARGIN_DAYS = 7


def score(db: sqlite3.Connection, workspace: Workspace, now: datetime) -> int:
    """Fold, score and keep the matches; return how many stories were looked at.

    Nothing is scored twice: a story is scored when one of its articles is new or was edited, and
    all are when the notes, the settings or what the news teach have changed. What a match is worth
    on a day is worked out when it is used.
    """
    since = oldest(workspace, now)
    ground = learn(db, workspace, now)
    scored = memory.get(db, memory.SCORED) or Scored()
    anew = scored.context != ground
    fresh = news.arrived(db, since, scored.up_to)
    if not anew and not fresh:
        return news.story_count(db, since)
    from pipeline.steps.clustering import cluster, stored_stories

    knowledge = news.load_knowledge(db) or Knowledge()
    clustered = cluster(db, workspace, since, fresh, knowledge.words)
    candidate.forget_matches(db, None if anew else clustered.gone)
    scorer = Scorer(db, workspace, workspace.interviews, knowledge)
    stories = stored_stories(db, workspace, since, None if anew else clustered.changed)
    candidate.keep_matches(
        db, (match for story in stories for match in scorer.worth_keeping(story))
    )
    memory.put(db, memory.SCORED, Scored(ground, news.changes_made(db)))
    return news.story_count(db, since)


def matches_of_today(db: sqlite3.Connection, workspace: Workspace, now: datetime) -> Found:
    """Return for each interview the matches that are worth showing today, or are bad news."""
    preferences, since = learnt(db), oldest(workspace, now)
    wanted = candidate.matched_stories(db)
    if not wanted:
        return {}
    from pipeline.steps.clustering import stored_stories

    stories = {story.id: story for story in stored_stories(db, workspace, since, wanted)}
    return {
        interview: tuple(
            match
            for match in valued(workspace, found, preferences, now)
            if (match.shown or match.sensitive) and match.story.lead.published >= since
        )
        for interview, found in candidate.load_matches(db, stories).items()
    }


def valued(
    workspace: Workspace, matches: Iterable[Match], preferences: Preferences, now: datetime
) -> tuple[Match, ...]:
    """Return what matches are worth now, with what the answers taught; best first."""
    from pipeline.relevance import feedback, freshness

    settings = workspace.config.settings.relevance
    day = start_of_day(workspace, now)
    return freshness.in_order(
        freshness.aged(feedback.adjusted(match, preferences), settings, day) for match in matches
    )


def oldest(workspace: Workspace, now: datetime) -> datetime:
    """Return since when stories are scored."""
    settings = workspace.config.settings.pace
    days = max(settings.news_days, settings.sensitive_days) + MARGIN_DAYS
    return start_of_day(workspace, now) - timedelta(days=days)


class Scorer:
    """Matches stories with interviews: what `rank`, `why` and the daily run share."""

    def __init__(
        self,
        db: sqlite3.Connection,
        workspace: Workspace,
        interviews: Sequence[Interview],
        knowledge: Knowledge,
    ) -> None:
        from pipeline.relevance.meaning import Embedding
        from pipeline.relevance.score import Background, Matcher

        embedding = Embedding(knowledge.embeddings) if knowledge.embeddings else None
        self._background = Background(
            knowledge.frequencies,
            workspace.config.settings.relevance,
            embedding,
            feeds_by_address(workspace),
            workspace.profile,
        )
        company_profiles = {
            company_profile.company: company_profile
            for company_profile in knowledge.company_profiles
        }
        past = candidate.load_history(db)
        self._matchers = [
            Matcher(
                interview,
                company_of(workspace, interview.company),
                company_profiles[interview.company],
                self._background,
                wrong_company(past, interview.company),
            )
            for interview in interviews
        ]

    def matches(self, story: Story) -> Iterator[Match]:
        """Give the story's match with each interview, as of no particular day."""
        from pipeline.relevance.vectors import prepare

        prepared = prepare(story, self._background.frequencies, self._background.embedding)
        return (matcher.match(prepared) for matcher in self._matchers)

    def worth_keeping(self, story: Story) -> Iterator[Match]:
        """Give the matches that may be shown, and bad news; of the others nothing is worked out."""
        from pipeline.relevance.vectors import prepare

        prepared = prepare(story, self._background.frequencies, self._background.embedding)
        found = (matcher.worth_keeping(prepared) for matcher in self._matchers)
        return (match for match in found if match)
