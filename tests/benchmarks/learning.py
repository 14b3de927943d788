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
from tests.benchmarks.relevance import COLLECTION, NOW, rank_in_memory, read_articles

DAYS, LEARNING_DAYS, LOOKED_AT = 20, 10, 5
SEEDS = range(10)


def read_grades() -> dict[str, dict[str, int]]:
    """Return the grade of each judged row for each interview."""
    grades: dict[str, dict[str, int]] = {}
    for line in (COLLECTION / "qrels-dev.tsv").open(encoding="utf-8"):
        slug, row, grade = line.split("\t")[:3]
        if slug != "slug":
            grades.setdefault(slug, {})[row] = int(grade)
    return grades


def learn_from(days: list[list[Match]], likes: Callable[[Match], bool]) -> Preferences:
    """Return what a user teaches who looks at the best of each day."""
    answers: list[Feedback] = []
    learned = Preferences()
    for day in days:
        best = freshness.in_order(feedback.adjusted(match, learned) for match in day)[:LOOKED_AT]
        answers += [
            Feedback(
                likes(match),
                NOW,
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
    if not COLLECTION.is_dir():
        print("The labelled collection is not beside this repository: nothing measured.")
        return
    grades = read_grades()
    rankings = rank_in_memory(read_articles())
    sums: dict[str, list[float]] = {"nothing learned": [], "by the grades": [], "by chance": []}
    for slug, matches in rankings.items():
        judged = grades.get(slug, {})
        if not any(grade >= 2 for grade in judged.values()):
            continue
        for seed in SEEDS:
            deal = random.Random(seed)
            days: list[list[Match]] = [[] for _ in range(DAYS)]
            for match in sorted(matches, key=lambda item: item.story.id):
                days[deal.randrange(DAYS)].append(match)
            after = [match for day in days[LEARNING_DAYS:] for match in day]
            users: dict[str, Callable[[Match], bool]] = {
                "by the grades": lambda m, j=judged: j.get(m.story.lead.id, 0) >= 2,  # type: ignore[misc]
                "by chance": lambda m, d=deal: d.random() < 0.5,  # type: ignore[misc]
            }
            sums["nothing learned"].append(ndcg(after, judged, Preferences()))
            for name, likes in users.items():
                sums[name].append(ndcg(after, judged, learn_from(days[:LEARNING_DAYS], likes)))
    print(f"nDCG@10 of the days after; {len(sums['by chance'])} runs")
    for name, values in sums.items():
        print(f"  {name:16} {sum(values) / len(values):.3f}")


if __name__ == "__main__":
    main()
