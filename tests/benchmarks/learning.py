"""Measures whether learning from answers helps: simulated users on the labelled collection.

    .venv/bin/python -m tests.benchmarks.learning

The items are dealt out over twenty days. For ten days a user looks at the five best of each day
for an interview and answers: one by the grades (2 and 3 are sent, the others dismissed), one by
the toss of a coin. Then nDCG@10 of the items of the ten days after is taken, with what was learned
and without, in the list of all items; means over the interviews.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable

from pipeline.records import Feedback, Match, Preferences
from pipeline.relevance import feedback, freshness
from tests.benchmarks.collection import USEFUL, Collection, beside_the_project
from tests.benchmarks.prepared import SETTINGS, made_ready

DAYS, LEARNING_DAYS, LOOKED_AT = 20, 10, 5
SEEDS = range(10)


def matches_of(collection: Collection) -> dict[str, list[Match]]:
    """Return a match of each item for each interview, as of the day."""
    ready = made_ready(collection)
    return {
        scenario.company.slug: [
            freshness.aged(matcher.match(item), SETTINGS, collection.now) for item in ready.items
        ]
        for scenario, matcher in ready.matchers
    }


def learn_from(days: list[list[Match]], likes: Callable[[Match], bool]) -> Preferences:
    """Return what a user teaches who looks at the best of each day."""
    answers: list[Feedback] = []
    learned = Preferences()
    for day in days:
        best = freshness.in_order(feedback.adjusted(match, learned) for match in day)[:LOOKED_AT]
        answers += [
            Feedback(
                likes(match),
                match.story.lead.seen,
                match.company,
                match.story.lead.title,
                match.best.note if match.best else None,
                match.kind == "contribution",
            )
            for match in best
        ]
        learned = feedback.preferences(answers, {})
    return learned


def ndcg(matches: list[Match], grades: dict[str, int], learned: Preferences) -> float:
    """Return nDCG@10 of a ranking, with gain 2^grade - 1."""
    ranked = freshness.in_order(feedback.adjusted(match, learned) for match in matches)
    found = [grades.get(match.story.lead.id, 0) for match in ranked[:10]]
    ideal = sorted((grades.get(match.story.lead.id, 0) for match in matches), reverse=True)[:10]
    best = _dcg(ideal)
    return _dcg(found) / best if best else 0.0


def _dcg(grades: list[int]) -> float:
    return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))


def main() -> None:
    """Print the table."""
    collections = beside_the_project()
    if not collections:
        print("The labelled collections are not beside this repository: nothing measured.")
        return
    collection = collections[0]
    sums: dict[str, list[float]] = {"nothing learned": [], "by the grades": [], "by chance": []}
    for slug, matches in matches_of(collection).items():
        if collection.is_quiet(slug):
            continue
        judged = {item: one.grade for item, one in collection.judged[slug].items()}
        for seed in SEEDS:
            deal = random.Random(seed)
            days: list[list[Match]] = [[] for _ in range(DAYS)]
            for match in sorted(matches, key=lambda item: item.story.id):
                days[deal.randrange(DAYS)].append(match)
            after = [match for day in days[LEARNING_DAYS:] for match in day]
            users: dict[str, Callable[[Match], bool]] = {
                "by the grades": lambda m, j=judged: j.get(m.story.lead.id, 0) >= USEFUL,  # type: ignore[misc]
                "by chance": lambda m, d=deal: d.random() < 0.5,  # type: ignore[misc]
            }
            sums["nothing learned"].append(ndcg(after, judged, Preferences()))
            for name, likes in users.items():
                sums[name].append(ndcg(after, judged, learn_from(days[:LEARNING_DAYS], likes)))
    print(f"{collection.name}: nDCG@10 of the days after; {len(sums['by chance'])} runs")
    for name, values in sums.items():
        print(f"  {name:16} {sum(values) / len(values):.3f}")


if __name__ == "__main__":
    main()
