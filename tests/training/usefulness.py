"""Fits how likely a story is to be useful: the coefficients of `pipeline.relevance.usefulness`.

    .venv/bin/python -m tests.training.usefulness            measures on interviews left out
    .venv/bin/python -m tests.training.usefulness --write    and writes the model, too

Takes the labelled collections beside the project, or those that $RELEVANCE_COLLECTION names;
without them it says so and leaves the model as it is. The model in the project was fitted on 51
interviews: the 23 beside it, and 28 more over the same news, written and judged by two people who
saw neither the program nor its scores (3,124 judgments, which are in no repository). A logistic
regression for each queue, the same for all interviews: few features, none with a sign that one
could not explain. A story is one sample, by its likeliest line; an item without a judgment counts
as a quarter of a useless one; what is never shown is no sample.

Most stories have next to nothing in common with any line, and among so many a few are useful all
the same: they make the slope too flat where it matters, so that a score of .35 was useful in three
cases of five. So slope and intercept are fitted once more on the stories that have a chance.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from pipeline.records import Queue
from pipeline.relevance import meaning
from pipeline.relevance.score import Weighed
from pipeline.relevance.usefulness import Model, log_odds_of, of_log_odds
from tests.benchmarks.collection import USEFUL, Collection, Scenario, beside_the_project
from tests.benchmarks.prepared import made_ready

Numbers = npt.NDArray[np.float64]

# With these the line that speaks for a story is chosen at first; a fitted one keeps its sign. A
# feature that is not named for a queue has no place in it.
FIRST: dict[Queue, dict[str, float]] = {
    "company": {"words": 1.0, "meaning": 1.0, "strength": 0.2, "subject": 0.5},
    "topic": {"strength": 1.0, "foreign": -0.4},
    "interest": {"words": 1.0, "meaning": 1.0, "clause": 1.0, "foreign": -0.4},
}
# What is no news, or bad news on a hobby, is never shown: it is only listed after the rest. Nearly
# every company that was labelled has more than a story a day, and no collection has topics: what
# they are worth was set by reading a season; for the talk, with topics made of feeds of the
# collections ("sport", "gadgets"), .5 has less log loss than 1 in both years (docs/relevance.md).
HELD: dict[Queue, dict[str, float]] = {
    "company": {"rare": 4.0, "no_news": -4.0},
    "topic": {"served": 0.5, "named": 1.5, "no_news": -4.0},
    "interest": {"served": 1.0, "named": 1.5, "no_news": -4.0, "bad_news": -0.7},
}
NEVER_SHOWN = ("no_news", "bad_news")
NAMES: dict[Queue, tuple[str, ...]] = {queue: (*FIRST[queue], *HELD[queue]) for queue in FIRST}
PULL = 3.0  # of each coefficient to nought; 1 to 10 do about as well on interviews left out
A_CHANCE = 0.1  # from which slope and intercept are fitted again; .05 to .2 do about as well
UNJUDGED = 0.25  # of a judged item: many of a high score are like judged ones that are useful
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
        for queue in NAMES:
            yield queue, pool_of(collection, scenario, queue, found)


def pool_of(
    collection: Collection,
    scenario: Scenario,
    queue: Queue,
    found: dict[str, tuple[Weighed, ...]],
) -> Pool:
    """Return the stories of one interview and queue from all that were weighed."""
    judged = collection.judged.get(scenario.company.slug, {})
    names, by_hand = NAMES[queue], _first(queue)
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


def _first(queue: Queue) -> Numbers:
    return np.array([*FIRST[queue].values(), *HELD[queue].values()])


def fit(queue: Queue, pools: Sequence[Pool]) -> Model:
    """Return the model fitted on the pools."""
    names, coefficients, intercept = NAMES[queue], _first(queue), 0.0
    free = len(FIRST[queue])
    for _ in range(ROUNDS):
        rows, labels, weights = _samples(queue, pools, coefficients)
        spread = rows[:, :free].std(axis=0) + 1e-3
        held = rows[:, free:] @ coefficients[free:]
        found = _regression(
            rows[:, :free] / spread, labels, weights, held, np.sign(coefficients[:free])
        )
        coefficients, intercept = np.r_[found[1:] / spread, coefficients[free:]], float(found[0])
    rows, labels, weights = _samples(queue, pools, coefficients, each_alike=True)
    odds = rows[:, :free] @ coefficients[:free] + intercept
    near = odds >= log_odds_of(A_CHANCE)
    again = _regression(odds[near, None], labels[near], weights[near], 0.0, np.ones(1), pull=0.0)
    coefficients[:free] *= again[1]
    return Model(
        float(again[0] + again[1] * intercept),
        dict(zip(names, coefficients.tolist(), strict=True)),
    )


def _samples(
    queue: Queue, pools: Sequence[Pool], coefficients: Numbers, *, each_alike: bool = False
) -> tuple[Numbers, Numbers, Numbers]:
    """Return the row of each story's likeliest line, whether it is useful, and what it counts.

    Stories count alike, or else an interview with twice as many useful ones counts little more.
    """
    rows, labels, weights = [], [], []
    never = [place for place, name in enumerate(NAMES[queue]) if name in NEVER_SHOWN]
    for pool in pools:
        chosen = [
            (row, useful, UNJUDGED if pool.grades[row] < 0 else 1.0)
            for row in likeliest(pool, coefficients)
            if (useful := is_useful(queue, pool.grades[row], pool.facets[row])) is not None
            and not pool.rows[row, never].any()
        ]
        liked = sum(useful for _, useful, _ in chosen)
        each = 1.0 if each_alike else 1 / np.sqrt(max(liked, 4))
        rows += [pool.rows[row] for row, _, _ in chosen]
        labels += [useful for _, useful, _ in chosen]
        weights += [weight * each for _, _, weight in chosen]
    scale = 1.0 if each_alike else SAMPLES * len(pools) / sum(weights)
    return np.array(rows), np.array(labels, float), np.array(weights) * scale


def _regression(
    rows: Numbers,
    labels: Numbers,
    weights: Numbers,
    held: Numbers | float,
    signs: Numbers,
    pull: float = PULL,
) -> Numbers:
    """Return the intercept and the coefficients, of these signs; `held` is added to the odds."""

    def loss(given: Numbers) -> tuple[float, Numbers]:
        own, free = given[0], given[1:]
        odds = rows @ free + own + held
        rest = weights * (1 / (1 + np.exp(-odds)) - labels)
        value = float(weights @ (np.logaddexp(0, odds) - labels * odds) + pull * free @ free / 2)
        return value, np.r_[rest.sum(), rows.T @ rest + pull * free]

    bounds = [(None, None), *((0, None) if sign > 0 else (None, 0) for sign in signs)]
    start = np.r_[-3.0, 0.3 * signs]
    found: Numbers = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x
    return found


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

    pools: dict[Queue, list[Pool]] = {queue: [] for queue in NAMES}
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
