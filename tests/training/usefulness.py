"""Fits how likely a story is to be useful: the coefficients of `pipeline.relevance.usefulness`.

    .venv/bin/python -m tests.training.usefulness            measures on interviews left out
    .venv/bin/python -m tests.training.usefulness --write    and writes the model, too

Takes the labelled collections beside the project; without them it says so and leaves the model as
it is. A logistic regression for each queue, the same for all interviews: few features, none with a
sign that one could not explain, each coefficient pulled to what was set by hand. A story is one
sample, by its likeliest line; an item without a judgment counts as half a useless one.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from pipeline.relevance import meaning
from pipeline.relevance.score import Weighed
from pipeline.relevance.usefulness import Model, Queue, of_log_odds
from tests.benchmarks.collection import USEFUL, Collection, Scenario, beside_the_project
from tests.benchmarks.prepared import made_ready

Numbers = npt.NDArray[np.float64]

# Before a collection is looked at: about as much for each sign, and its direction. A feature that
# is not named for a queue has no place in it.
BY_HAND: dict[Queue, dict[str, float]] = {
    "company": {
        "strength": 1.0, "words": 0.5, "meaning": 0.5, "about": 2.0, "role": 0.5, "rare": 4.0,
        "no_news": -2.0,
    },
    "topic": {
        "strength": 1.0, "role": 0.6, "profile": 0.4, "foreign": -0.4, "no_news": -2.0,
        "served": 1.0,
    },
    "interest": {
        "words": 1.0, "meaning": 1.0, "clause": 1.0, "names": 0.2, "foreign": -0.4,
        "bad_news": -0.3, "no_news": -2.0, "served": 1.0,
    },
}  # fmt: skip
# Nearly every company that was labelled has more than a story a day. Fitted, the post and the
# candidate's work count three times as much, which is worse on the news of 2004. No collection
# has topics: what it is worth that a feed is read for a line was set by reading a season.
FIXED: dict[Queue, tuple[str, ...]] = {
    "company": ("rare",),
    "topic": ("role", "profile", "served"),
    "interest": ("served",),
}
# Log-odds: of the judged items between .2 and .4 half were useful, on interviews left out.
RAISED: dict[Queue, float] = {"company": 0.0, "topic": 0.5, "interest": 0.0}
PULL = 30.0  # to these coefficients; 3 to 60 do about as well on interviews left out
UNJUDGED = 0.5  # of a judged item
POOL = 400  # stories of an interview and queue: the likeliest, and all that were judged
LINES = 3  # of a story that are looked at
ROUNDS = 2  # of choosing each story's line and fitting
SAMPLES = 20.0  # that an interview counts for, beside the pull
PATH = Path(meaning.__file__).with_name("fitted") / "usefulness.toml"


@dataclass(frozen=True, slots=True)
class Pool:
    """The stories of one interview and queue: rows of features, a few lines for each story."""

    collection: str
    slug: str
    stories: tuple[str, ...]  # of each row
    rows: Numbers
    grades: tuple[int, ...]  # of each row; -1: not judged
    facets: tuple[str, ...]


def pools_of(collection: Collection) -> Iterator[tuple[Queue, Pool]]:
    """Yield the pools of a collection's interviews, as the program sees its stories."""
    ready = made_ready(collection)
    for scenario, matcher in ready.matchers:
        found = {item.story.id: matcher.weigh(item) for item in ready.items}
        for queue in BY_HAND:
            yield queue, pool_of(collection, scenario, queue, found)


def pool_of(
    collection: Collection,
    scenario: Scenario,
    queue: Queue,
    found: dict[str, tuple[Weighed, ...]],
) -> Pool:
    """Return the stories of one interview and queue from all that were weighed."""
    judged = collection.judged.get(scenario.company.slug, {})
    names, by_hand = list(BY_HAND[queue]), np.array(list(BY_HAND[queue].values()))
    stories: dict[str, Numbers] = {}
    for story, lines in found.items():
        rows = [[one.features[name] for name in names] for one in lines if one.queue == queue]
        if rows:
            table = np.array(rows)
            stories[story] = table[np.argsort(-(table @ by_hand), kind="stable")[:LINES]]
    ranked = sorted(stories, key=lambda story: (-float(stories[story][0] @ by_hand), story))
    kept = [story for n, story in enumerate(ranked) if n < POOL or story in judged]
    each = [story for story in kept for _ in stories[story]]
    grades = (judged[story].grade if story in judged else -1 for story in each)
    facets = (judged[story].facet if story in judged else "" for story in each)
    rows = np.concatenate([np.zeros((0, len(names))), *(stories[story] for story in kept)])
    return Pool(
        collection.name, scenario.company.slug, tuple(each), rows, tuple(grades), tuple(facets)
    )


def likeliest(pool: Pool, coefficients: Numbers) -> list[int]:
    """Return the row of the likeliest line of each story, the likeliest story first."""
    found: dict[str, int] = {}
    for row in np.argsort(-(pool.rows @ coefficients), kind="stable").tolist():
        found.setdefault(pool.stories[row], row)
    return list(found.values())


def is_useful(queue: Queue, grade: int, facet: str) -> bool | None:
    """Return whether an item is useful in a queue; None where it belongs to another."""
    if queue != "company" and grade >= 1 and facet != queue:
        return None
    return grade >= USEFUL


def fit(queue: Queue, pools: Sequence[Pool]) -> Model:
    """Return the model fitted on the pools."""
    by_hand = np.array(list(BY_HAND[queue].values()))
    coefficients, intercept = by_hand, 0.0
    for _ in range(ROUNDS):
        rows, labels, weights = [], [], []
        for pool in pools:
            chosen = [
                (row, useful, UNJUDGED if pool.grades[row] < 0 else 1.0)
                for row in likeliest(pool, coefficients)
                if (useful := is_useful(queue, pool.grades[row], pool.facets[row])) is not None
            ]
            liked = sum(useful for _, useful, _ in chosen)
            each = 1 / np.sqrt(max(liked, 4))  # an interview with twice as many is no twice as sure
            rows += [pool.rows[row] for row, _, _ in chosen]
            labels += [useful for _, useful, _ in chosen]
            weights += [weight * each for _, _, weight in chosen]
        scale = SAMPLES * len(pools) / sum(weights)
        coefficients, intercept = _regression(
            np.array(rows), np.array(labels, float), np.array(weights) * scale, queue
        )
    names = BY_HAND[queue]
    return Model(intercept + RAISED[queue], dict(zip(names, coefficients.tolist(), strict=True)))


def _regression(
    rows: Numbers, labels: Numbers, weights: Numbers, queue: Queue
) -> tuple[Numbers, float]:
    """Return the coefficients, of the signs set by hand, and the intercept.

    The pull is to a multiple of what was set by hand, which is fitted, too.
    """
    names, by_hand = list(BY_HAND[queue]), np.array(list(BY_HAND[queue].values()))
    spread = rows.std(axis=0) + 1e-3
    scaled, pulled = rows / spread, by_hand * spread

    def loss(given: Numbers) -> tuple[float, Numbers]:
        own, times, free = given[0], given[1], given[2:]
        odds = scaled @ free + own
        chances = 1 / (1 + np.exp(-odds))
        rest, away = weights * (chances - labels), free - times * pulled
        value = float(weights @ (np.logaddexp(0, odds) - labels * odds) + PULL * away @ away / 2)
        slope = np.r_[rest.sum(), -PULL * (away @ pulled), scaled.T @ rest + PULL * away]
        return value, slope

    free_signs = [(0, None) if number > 0 else (None, 0) for number in by_hand]
    fixed = [
        (number, number) if name in FIXED[queue] else bound
        for name, number, bound in zip(names, pulled, free_signs, strict=True)
    ]
    bounds = [(None, None), (0, None), *fixed]
    start = np.r_[-4.0, 3.0, 3.0 * pulled]
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x
    return found[2:] / spread, float(found[0])


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A story with what a model made of it that did not see its interview."""

    collection: str
    slug: str
    story: str
    log_odds: float
    grade: int
    facet: str


def left_out(queue: Queue, pools: Sequence[Pool]) -> list[LeftOut]:
    """Return every story, weighed by a model fitted on the other interviews."""
    return [
        one
        for pool in pools
        for one in weighed(pool, fit(queue, [other for other in pools if other is not pool]))
    ]


def weighed(pool: Pool, model: Model) -> list[LeftOut]:
    """Return a pool's stories by a model, the likeliest first."""
    coefficients = np.array(list(model.coefficients.values()))
    odds = pool.rows @ coefficients + model.intercept
    return [
        LeftOut(
            pool.collection,
            pool.slug,
            pool.stories[row],
            float(odds[row]),
            pool.grades[row],
            pool.facets[row],
        )
        for row in likeliest(pool, coefficients)
    ]


def write(models: dict[Queue, Model]) -> None:
    """Write the model that the program reads."""
    lines = [
        "# How likely a story is to be useful: log-odds = intercept + each feature times its",
        "# coefficient. Made by tests/training/usefulness.py; score.py works the features out.",
    ]
    for queue, model in models.items():
        lines += ["", f"[{queue}]", f"intercept = {model.intercept:.3f}"]
        lines += [f"{name} = {value:.3f}" for name, value in model.coefficients.items()]
    PATH.write_text("\n".join(lines) + "\n", "utf-8")
    print(f"{PATH.name} written")


def main() -> None:
    """Measure, and write with --write."""
    collections = beside_the_project()
    if len(collections) < 2:
        print("usefulness: the labelled collections are not beside this repository; nothing fitted")
        return
    from tests.benchmarks.ranking import print_left_out, print_tenths

    pools: dict[Queue, list[Pool]] = {queue: [] for queue in BY_HAND}
    for collection in collections:
        for queue, pool in pools_of(collection):
            pools[queue].append(pool)
    models, judged_by_others = {}, {}
    for queue, found in pools.items():
        models[queue] = fit(queue, found)
        others = judged_by_others[queue] = left_out(queue, found)
        print_left_out(queue, others, collections)
        print("  ", {name: round(value, 2) for name, value in models[queue].coefficients.items()})
    for collection in collections:
        print(f"\n== {collection.name}, interviews left out")
        print_tenths(
            {
                queue: [
                    (of_log_odds(one.log_odds), is_useful(queue, one.grade, one.facet) is True)
                    for one in found
                    if one.collection == collection.name
                    and one.grade >= 0
                    and is_useful(queue, one.grade, one.facet) is not None
                ]
                for queue, found in judged_by_others.items()
            }
        )
    if "--write" in sys.argv:
        write(models)


if __name__ == "__main__":
    main()
