"""Figures of a ranking against judgments: nDCG@10, what is shown, and whether a score is right."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Protocol

from tests.benchmarks.collection import USEFUL, Collection, Judgment


class Weighed(Protocol):
    """A story with its log-odds for an interview, and its judgment (grade -1: none)."""

    collection: str
    slug: str
    story: str
    log_odds: float
    grade: int
    facet: str


LIMITS = (0.3, 0.4, 0.5, 0.6, 0.7)


def ndcg(ranked: Sequence[str], judged: Mapping[str, Judgment], facet: str) -> float | None:
    """Return nDCG@10 of one facet, the items of others taken out; None where none is useful."""
    grades = {
        item: one.grade for item, one in judged.items() if not (one.grade and one.facet != facet)
    }
    if all(grade < USEFUL for grade in grades.values()):
        return None
    others = judged.keys() - grades.keys()
    first = [grades.get(item, 0) for item in ranked if item not in others][:10]
    return _gain(first) / _gain(sorted(grades.values(), reverse=True)[:10])


def _gain(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))


def mean(numbers: Sequence[float]) -> float:
    """Return the mean; of none nought."""
    return sum(numbers) / len(numbers) if numbers else 0.0


def print_tenths(said: Mapping[str, Sequence[tuple[float, bool]]]) -> None:
    """Print, for each tenth of the probability that was said, the share that was useful.

    Takes each queue's judged items: what was said of them, and whether they were useful.
    """
    columns = {"all": [pair for pairs in said.values() for pair in pairs], **said}
    print(
        "\n-- calibration: items of a score, the share of them that was useful (judged items only,"
    )
    print("   which some method brought up: of all items of a low score fewer are useful)")
    print(f"{'score':10}{'mean':>6}" + "".join(f"{name:>14}" for name in columns))
    for place in range(10):
        found = {
            name: [pair for pair in pairs if min(int(pair[0] * 10), 9) == place]
            for name, pairs in columns.items()
        }
        cells = (
            f"{len(pairs)}: {mean([useful for _, useful in pairs]):.0%}" if pairs else "-"
            for pairs in found.values()
        )
        print(
            f"{place / 10:.1f} to {(place + 1) / 10:.1f}"
            f"{mean([score for score, _ in found['all']]):6.2f}"
            + "".join(f"{cell:>14}" for cell in cells)
        )


def print_left_out(queue: str, found: Sequence[Weighed], collections: Sequence[Collection]) -> None:
    """Print nDCG@10 and the precision of a queue's stories by models that did not see them."""
    for collection in collections:
        own = [one for one in found if one.collection == collection.name]
        scores, unjudged = [], []
        for slug, judged in collection.judged.items():
            ranked = [one.story for one in own if one.slug == slug]
            score = ndcg(ranked, judged, queue)
            if score is not None:
                scores.append(score)
                unjudged.append(sum(item not in judged for item in ranked[:10]) / 10)
        print(
            f"{queue:9}{collection.name:10} nDCG@10 {mean(scores):.3f} over {len(scores)} "
            f"interviews left out ({mean(unjudged):.0%} not judged)"
        )
        print("   ", *(_shown(own, limit, collection, queue) for limit in LIMITS), sep="\n    ")


def _shown(found: Sequence[Weighed], limit: float, collection: Collection, queue: str) -> str:
    over = [one for one in found if 1 / (1 + math.exp(-one.log_odds)) >= limit]
    judged = [one for one in over if one.grade >= 0]
    useful = sum(one.grade >= USEFUL for one in over)
    quiet = sum(collection.is_quiet(one.slug) for one in over)
    wanted = sum(
        one.grade >= USEFUL and one.facet == queue
        for judgments in collection.judged.values()
        for one in judgments.values()
    )
    return (
        f"from {limit}: {len(over)} of which useful {useful / max(len(over), 1):.2f}"
        f" (of the judged {useful / max(len(judged), 1):.2f}), recall"
        f" {useful / max(wanted, 1):.2f}, in quiet interviews {quiet}"
    )
