"""Measures whether learning from answers helps: simulated users on the labelled collections.

    .venv/bin/python -m tests.benchmarks.learning

A user has one interview. The items are dealt out in two halves. Of the one the user answers three a
day, the likeliest of each queue: one user by the grades (2 and 3 are sent, the others dismissed),
one by the toss of a coin; what nobody judged is not answered. After each day the rest are ranked
anew. Then the other half, of which nothing was answered, is ranked with what was learned and
without: the table has what nDCG@10 of each queue gains, and how far that differs between interviews
(standard deviation); what more is shown, and how much of that is useful. In-sample: the
coefficients that learning starts from were fitted on these very interviews.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Sequence
from statistics import fmean, pstdev
from typing import get_args

from pipeline.records import Feedback, Match, Preferences, Queue
from pipeline.relevance import feedback, freshness
from tests.benchmarks.collection import USEFUL, Collection, Judgment, beside_the_project
from tests.benchmarks.prepared import SETTINGS, made_ready

STEPS = (6, 12, 25, 50)  # answers
SEEDS = range(4)
QUEUES: tuple[Queue, ...] = get_args(Queue)
MEASURES = (*QUEUES, "shown", "useful")
A_CHANCE = 0.007  # score below which an item that nobody judged comes up in no ten

Likes = Callable[[Match], bool]
Judged = dict[str, Judgment]


def matches_of(collection: Collection) -> Iterator[tuple[str, list[Match]]]:
    """Yield for each interview the matches of the items that have a chance, as of the day."""
    ready = made_ready(collection)
    for scenario, matcher in ready.matchers:
        judged = collection.judged.get(scenario.company.slug, {})
        found = (
            freshness.aged(matcher.match(item), SETTINGS, collection.now) for item in ready.items
        )
        kept = [match for match in found if match.score > A_CHANCE or match.story.id in judged]
        yield scenario.company.slug, [match for match in kept if match.parts]


def learn_from(matches: Sequence[Match], likes: Likes) -> Iterator[tuple[int, Preferences]]:
    """Yield what a user teaches who answers the best of each queue, day by day, at each step."""
    answers: list[Feedback] = []
    learned = Preferences()
    left = sorted(matches, key=lambda match: match.story.id)
    while left and len(answers) < STEPS[-1]:
        ranked = freshness.in_order(feedback.adjusted(match, learned) for match in left)
        best = {match.queue: match for match in reversed(ranked)}
        for match in best.values():
            answers.append(_answer(match, likes(match)))
            if len(answers) in STEPS:
                yield len(answers), feedback.preferences(answers, {})
        looked_at = {match.story.id for match in best.values()}
        left = [match for match in left if match.story.id not in looked_at]
        learned = feedback.preferences(answers, {})


def _answer(match: Match, liked: bool) -> Feedback:
    lead = match.story.lead
    return Feedback(liked, lead.seen, match.company, lead.title, match.queue, match.parts)


def measured(matches: Sequence[Match], judged: Judged, learned: Preferences) -> dict[str, float]:
    """Return nDCG@10 of each queue that has something useful, with gain 2^grade - 1; what is shown.

    An item that is worth something for another queue is left out of this one.
    """
    ranked = freshness.in_order(feedback.adjusted(match, learned) for match in matches)
    found = {}
    for queue in QUEUES:
        grades = [
            _grade(judged, match)
            for match in ranked
            if match.queue == queue and _belongs(judged, match)
        ]
        best = sorted(grades, reverse=True)
        if best and best[0] >= USEFUL:
            found[queue] = _dcg(grades[:10]) / _dcg(best[:10])
    shown = [
        _grade(judged, match) >= USEFUL
        for match in ranked
        if match.story.id in judged and match.score >= SETTINGS.floor and not match.sensitive
    ]
    return {**found, "shown": len(shown), "useful": sum(shown)}


def _grade(judged: Judged, match: Match) -> int:
    return judged[match.story.id].grade if match.story.id in judged else 0


def _belongs(judged: Judged, match: Match) -> bool:
    return not _grade(judged, match) or judged[match.story.id].facet == match.queue


def _dcg(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))


Gains = dict[tuple[str, int, str], list[float]]  # by user, answers and measure


def gains_of(matches: Sequence[Match], judged: Judged, seed: int) -> tuple[dict[str, float], Gains]:
    """Return the measures of one half without learning, and what each user's answers add."""
    deal = random.Random(seed)
    halves: tuple[list[Match], list[Match]] = ([], [])
    for match in sorted(matches, key=lambda match: match.story.id):
        halves[deal.randrange(2)].append(match)
    answered = [match for match in halves[0] if match.story.id in judged]
    before = measured(halves[1], judged, Preferences())
    users: dict[str, Likes] = {
        "by the grades": lambda match: _grade(judged, match) >= USEFUL,
        "by chance": lambda match: deal.random() < 0.5,
    }
    gains: Gains = {}
    for user, likes in users.items():
        for step, learned in learn_from(answered, likes):
            after = measured(halves[1], judged, learned)
            for name, value in before.items():
                gains.setdefault((user, step, name), []).append(after[name] - value)
    return before, gains


def main() -> None:
    """Print the table."""
    collections = beside_the_project()
    if not collections:
        print("The labelled collections are not beside this repository: nothing measured.")
        return
    for collection in collections:
        before: dict[str, list[float]] = {}
        gains: Gains = {}
        for slug, matches in matches_of(collection):
            if not collection.is_quiet(slug):
                _add(matches, collection.judged[slug], before, gains)
        print(f"{collection.name}: {len(before['shown'])} interviews, {len(SEEDS)} deals each")
        print(f"{'':28}" + "".join(f"{name:>16}" for name in MEASURES))
        print(f"{'before':28}" + "".join(f"{fmean(before[name]):16.3f}" for name in MEASURES))
        for user in ("by the grades", "by chance"):
            for step in STEPS:
                row = (gains[user, step, name] for name in MEASURES)
                told = "".join(f"{fmean(one):+9.3f} ±{pstdev(one):.3f}" for one in row)
                print(f"{user:16}{step:3} answers {told}")


def _add(
    matches: Sequence[Match], judged: Judged, before: dict[str, list[float]], gains: Gains
) -> None:
    """Add the means of one interview over the deals."""
    own_before: dict[str, list[float]] = {}
    own_gains: Gains = {}
    for seed in SEEDS:
        found, more = gains_of(matches, judged, seed)
        for name, value in found.items():
            own_before.setdefault(name, []).append(value)
        for key, values in more.items():
            own_gains.setdefault(key, []).extend(values)
    for name, values in own_before.items():
        before.setdefault(name, []).append(fmean(values))
    for key, values in own_gains.items():
        gains.setdefault(key, []).append(fmean(values))


if __name__ == "__main__":
    main()
