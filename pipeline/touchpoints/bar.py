"""How good a story must be today: high after a contact, falling to the next turn.

A person gets few messages, and each costs days of silence. So a story is sent when it beats the
best that the rest of the wait is likely to bring, going by what its feed has brought for this
person so far: optimal stopping, with what it brought as the distribution. Its own feed, not all:
else one that brings much, be it on purpose, would make the stories of all others wait.
Takes scores (0 to 1, the probability that a story is useful) and days; gives a score.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from math import exp

from pipeline.records.record import dataclass

# ------------------------------------------------------------ every number, and where it is from
LEAST_STORIES = 3  # of a history: fewer say nothing of what is usual (our judgement)
LEAST_DAYS = 14  # over which a history is spread: a week of many stories is no rate (judgement)
FIRST = 0.8  # of the schedule without a history: four of five such stories are useful
LOWEST = 0.5  # where the schedule ends: the usual `settings › relevance › floor`
EXCELLENT = 0.85  # for the last place: the median of what was shown in a season of ten weeks
# For a second story within four weeks. In three seasons what fell below was met with a shrug, and
# nothing that was welcome fell below.
SECOND, SECOND_DAYS = 0.7, 28
# After three messages within five weeks: to who read those of three seasons a fourth was one too
# many. What is excellent still goes: none of the seasons' falls below.
MANY, MANY_DAYS = 3, 35


@dataclass(frozen=True, slots=True)
class Brought:
    """A story that the feed brought: the day of its publication, and its score."""

    day: date
    score: float


@dataclass(frozen=True, slots=True)
class Wait:
    """The days between two messages to one person."""

    begins: date
    ends: date  # from here on whatever is worth showing is welcome
    history: tuple[Brought, ...]
    patience: float = 1.0
    is_last_place: bool = False
    last_story: date | None = None  # the day of the last message with one
    messages: tuple[date, ...] = ()  # the days of those that they were sent

    def bar(self, day: date) -> float:
        """Return the score that a story needs on a day."""
        left = (self.ends - day).days
        is_second = self.last_story is not None and (day - self.last_story).days < SECOND_DAYS
        many = sum((day - sent).days < MANY_DAYS for sent in self.messages) >= MANY
        lowest = EXCELLENT if self.is_last_place or many else SECOND if is_second else 0.0
        if left <= 0:
            return lowest
        known = [item for item in self.history if item.day <= day]
        if len(known) < LEAST_STORIES:
            share = min(left / max((self.ends - self.begins).days, 1), 1.0)
            expected = LOWEST + (FIRST - LOWEST) * share
        else:
            seen = max((day - min(item.day for item in known)).days, LEAST_DAYS)
            expected = best_of([item.score for item in known], seen, left)
        return max(min(self.patience * expected, 1.0), lowest)

    def falls_to(self, score: float, today: date) -> date | None:
        """Return the first day after today on which such a score is enough; None where none is."""
        most = max(self.days_left(today), SECOND_DAYS, MANY_DAYS)
        days = (today + timedelta(days=number) for number in range(1, most + 1))
        return next((day for day in days if self.bar(day) <= score), None)

    def days_left(self, today: date) -> int:
        """Return the days until whatever is worth showing is welcome."""
        return max((self.ends - today).days, 0)


def best_of(scores: Sequence[float], seen_days: int, days: int) -> float:
    """Return the expected best score of what comes in some days; 0 counts where nothing comes.

    Stories with a score of at least s come as a Poisson process, with the rate that was seen:
    the expectation is the integral over s of the chance that one comes.
    """
    ranked = [*sorted(scores, reverse=True), 0.0]
    return sum(
        (score - lower) * (1 - exp(-count * days / seen_days))
        for count, (score, lower) in enumerate(pairwise(ranked), 1)
    )
