"""How stories fit one candidate's interviews: from values alone, without a database or a clock.

    Scorer            each story against each interview, as of no particular day
    valued            what these matches are worth now, with what the answers taught
    worth_showing     of these, what a page or a message may use today
    events_of         which stories tell one event, for each company
    with_events       the matches, each with its event and the worst verdict of its tellings
    preferences_of    what the answers taught
    oldest            since when stories are scored

Joins `workspace/` with `relevance/`. What is stored is read and kept in `scoring.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from pipeline.records import (
    Bound,
    Frequencies,
    History,
    Interview,
    Knowledge,
    Match,
    Preferences,
    Story,
    Workspace,
)
from pipeline.relevance import tellings
from pipeline.relevance.meaning import Embedding
from pipeline.text.publishers import Publishers
from pipeline.touchpoints import releases
from pipeline.touchpoints.bad_news import longest_hold
from pipeline.workspace.lookup import company_of, feeds_by_address, start_of_day

if TYPE_CHECKING:
    from pipeline.relevance.vectors import Prepared

Found = Mapping[str, tuple[Match, ...]]  # each interview's matches

# Stories are scored while a message about them may still be due, and a little longer, so that a
# late copy from another outlet finds the story it belongs to.
MARGIN_DAYS = 7
# Articles from which their mean says what all news have in common; before, words alone count.
LEAST_NEWS = 20


def worth_showing(
    workspace: Workspace, found: Found, preferences: Preferences, now: datetime
) -> dict[str, tuple[Match, ...]]:
    """Return for each interview the matches that matter today."""
    since = oldest(workspace, now)
    return {
        interview: tuple(
            match
            for match in valued(workspace, matches, preferences, now)
            if match.matters and match.story.lead.published >= since
        )
        for interview, matches in found.items()
    }


def events_of(
    workspace: Workspace,
    found: Found,
    known: Mapping[str, Mapping[str, str]],
    frequencies: Frequencies,
) -> dict[str, dict[str, str]]:
    """Return for each company the event of each story; those known from earlier runs stay."""
    from pipeline.relevance import events

    return {
        slug: events.of_matches(
            company_of(workspace, slug), matches, known.get(slug, {}), frequencies
        )
        for slug, matches in _by_company(found).items()
    }


def with_events(
    workspace: Workspace, found: Found, events: Mapping[str, Mapping[str, str]]
) -> dict[str, tuple[Match, ...]]:
    """Return the matches, each with its event and the worst verdict of the event's tellings."""
    alone = Publishers(workspace.config).alone
    told = {
        (match.interview, match.story.id): match
        for slug, matches in _by_company(found).items()
        for match in tellings.joined(matches, events.get(slug, {}), alone)
    }
    return {
        interview: tuple(told[interview, match.story.id] for match in matches)
        for interview, matches in found.items()
    }


def _by_company(found: Found) -> dict[str, list[Match]]:
    companies: dict[str, list[Match]] = {}
    for match in (match for group in found.values() for match in group):
        companies.setdefault(match.company, []).append(match)
    return companies


def valued(
    workspace: Workspace, matches: Iterable[Match], preferences: Preferences, now: datetime
) -> tuple[Match, ...]:
    """Return what matches are worth now, with what the answers taught; best first."""
    from pipeline.relevance import feedback, freshness, mutes

    settings = workspace.config.settings.relevance
    day = start_of_day(workspace, now)
    moved = (feedback.adjusted(match, preferences) for match in matches)
    if preferences.weights:
        from pipeline.relevance import caution

        moved = (caution.careful(match, preferences) for match in moved)
    if workspace.config.mutes:
        moved = (mutes.muted(match, workspace.config.mutes) for match in moved)
    return freshness.in_order(freshness.aged(match, settings, day) for match in moved)


def oldest(workspace: Workspace, now: datetime) -> datetime:
    """Return since when stories are scored."""
    settings = workspace.config.settings.pace
    days = max(settings.news_days, settings.hobby_days, longest_hold(settings)) + MARGIN_DAYS
    return start_of_day(workspace, now) - timedelta(days=days)


def preferences_of(past: History, forgotten: Mapping[str, datetime]) -> Preferences:
    """Return what the user's answers taught, but for the weights that were forgotten."""
    from pipeline.relevance import feedback

    taste = feedback.preferences(feedback.answers(past.touchpoints), forgotten)
    lessons = releases.lessons(past.holds, forgotten)
    wrong = [hold for hold in past.holds if hold.is_wrong]
    if wrong or any(item.status == "dismissed" for item in past.touchpoints):
        from pipeline.relevance import caution

        lessons |= caution.lessons(past.touchpoints, forgotten, wrong)
    return replace(taste, weights={**taste.weights, **lessons})


def wrong_company(past: History, slug: str) -> frozenset[str]:
    """Return the stories of which the user said that they are about somebody else."""
    return frozenset(
        item.suggestion.reference.story
        for item in past.touchpoints
        if item.status == "dismissed"
        and item.because == "wrong-company"
        and item.suggestion.company == slug
    ) | {hold.story for hold in past.holds if hold.is_wrong and hold.company == slug}


class Scorer:
    """Matches stories with interviews: what `rank`, `why` and the daily run share."""

    def __init__(
        self,
        workspace: Workspace,
        interviews: Sequence[Interview],
        knowledge: Knowledge,
        past: History,
    ) -> None:
        from pipeline.relevance.score import Background, Matcher

        enough = knowledge.frequencies.documents >= LEAST_NEWS
        embedding = Embedding(knowledge.embeddings) if knowledge.embeddings and enough else None
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
        """Return the story's match with each interview, as of no particular day."""
        from pipeline.relevance.vectors import prepare

        prepared = prepare(story, self._background.frequencies, self._background.embedding)
        return (matcher.match(prepared) for matcher in self._matchers)

    def all_matches(self, stories: Iterable[Story]) -> Iterator[Match]:
        """Yield every story's match with each interview, without what only a message asks for."""
        for prepared in self._prepared(stories):
            for matcher in self._matchers:
                yield matcher.listed(prepared)

    def worth_keeping(self, stories: Iterable[Story]) -> Iterator[Match]:
        """Yield the matches that matter; the others are not worked out."""
        from pipeline.relevance.vectors import prepare

        for story in stories:
            prepared = prepare(story, self._background.frequencies, self._background.embedding)
            for matcher in self._matchers:
                if found := matcher.worth_keeping(prepared):
                    yield found

    def with_bounds(self, stories: Iterable[Story]) -> Iterator[Match | Bound]:
        """Yield the same, and for a list the bounds of the others."""
        for prepared in self._prepared(stories):
            for matcher in self._matchers:
                if found := matcher.bounded(prepared):
                    yield found

    def _prepared(self, stories: Iterable[Story]) -> Iterator[Prepared]:
        from pipeline.relevance.vectors import prepare_all

        return prepare_all(stories, self._background.frequencies, self._background.embedding)
