"""Events: how well the tellings of one event are grouped, over pairs of stories.

    .venv/bin/python -m tests.benchmarks.events            precision and recall
    .venv/bin/python -m tests.benchmarks.events --fit      and the table for pipeline/relevance/

Two sets. Our own (tests/relevance/data/event_tellings.tsv): companies with what was told of them in
four languages; each company is grouped by weights that were fitted without it, once with the texts
and once with every other story's title alone. The labelled pairs of January 2026, where
../shared/modern is beside the repository: all its items are grouped at once, as if they were about
one company. There are few weights, so for that set those of the program are used; the pairs alone,
by weights that were fitted without them, stand beside it.
"""

from __future__ import annotations

import csv
import gzip
import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import combinations
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from pipeline.records import Article, Frequencies, Story
from pipeline.relevance import events, model, news_kinds
from pipeline.relevance.terms import words_of

HERE = Path(__file__).resolve()
OWN = HERE.parents[1] / "relevance" / "data" / "event_tellings.tsv"
MODERN = HERE.parents[3] / "shared" / "modern"
NOW = datetime(2026, 1, 1, tzinfo=UTC)
FOLDS = 8
STRENGTH = 0.5  # inverse of the regularisation; 0.3 to 5 do about as well
BY_JUDGEMENT = ("opposites", "another of a series")  # weights that are not fitted
# What a pair counts in the fit: with both texts, one text, none; and a labelled pair of January.
WITH_TEXTS, ONE_TEXT, TITLES, LABELLED = 0.5, 0.15, 0.2, 2.0


@dataclass(frozen=True)
class Told:
    """A company's stories with the name of the event of each."""

    own: frozenset[str]
    stories: tuple[tuple[Story, str], ...]


@cache
def own_set() -> tuple[Told, ...]:
    found: list[tuple[frozenset[str], list[tuple[Story, str]]]] = []
    for number, line in enumerate(OWN.read_text("utf-8").splitlines()):
        if not line or line.startswith("#"):
            continue
        first, *rest = line.split("\t")
        if first == "company":
            found.append((frozenset(w for name in rest for w in words_of(name)), []))
            continue
        source, event, title, text = rest
        whole, _, share = first.partition(".")
        at = NOW + timedelta(days=float(whole) + float(f"0.{share}"))
        story = _story(f"{number:04}", source, title, text, at)
        found[-1][1].append((story, event))
    return tuple(Told(own, tuple(stories)) for own, stories in found)


@cache
def modern_items() -> dict[str, Story]:
    if not MODERN.exists():
        return {}
    with gzip.open(MODERN / "items-dev.jsonl.gz", "rt", encoding="utf-8") as file:
        items = [json.loads(line) for line in file]
    return {
        item["id"]: _story(
            item["id"],
            item["source"],
            item["title"],
            item["summary"],
            datetime.fromisoformat(item["published"]),
        )
        for item in items
    }


def modern_pairs() -> list[tuple[str, str, bool]]:
    if not MODERN.exists():
        return []
    with (MODERN / "duplicates-dev.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return [(row["id"], row["id2"], row["same_event"] == "1") for row in rows]


def _story(name: str, source: str, title: str, text: str, at: datetime) -> Story:
    link = f"https://{source}/{name}"
    return Story(
        name,
        Article(name, f"https://{source}", title, link, link, text, at, "feed", at, source=source),
    )


def bare(story: Story) -> Story:
    return replace(story, lead=replace(story.lead, text=""))


@cache
def frequencies() -> Frequencies:
    stories = [*modern_items().values(), *(s for told in own_set() for s, _ in told.stories)]
    return model.fit((f"{story.lead.title}\n{story.lead.text}" for story in stories), NOW)


def telling(story: Story, own: frozenset[str] = frozenset()) -> events.Telling:
    is_bad = any(event.sensitive for event in news_kinds.find(story))
    return events.read(story, own, frequencies(), is_bad=is_bad)


# -------------------------------------------------------------------------------------------- fit


@dataclass(frozen=True)
class Pairs:
    """Pairs to fit on: what they have in common, whether they are one event, what they count."""

    features: np.ndarray
    same: np.ndarray
    group: np.ndarray  # of one company, or of items that other pairs hold, too
    weight: np.ndarray
    names: tuple[str, ...]

    def fit(self, chosen: np.ndarray) -> tuple[float, dict[str, float]]:
        scale = self.features.std(axis=0) + 1e-9
        fitted = LogisticRegression(C=STRENGTH, max_iter=3000).fit(
            self.features[chosen] / scale, self.same[chosen], sample_weight=self.weight[chosen]
        )
        weights = dict(zip(self.names, (fitted.coef_[0] / scale).tolist(), strict=True))
        weights |= {name: events.WEIGHTS[name] for name in BY_JUDGEMENT}
        return float(fitted.intercept_[0]), weights


def pairs() -> Pairs:
    rows = list(_own_pairs())
    items = modern_items()
    labelled = modern_pairs()
    linked = _linked(labelled)
    for one, other, same in labelled:
        found = events.compare(telling(items[one]), telling(items[other]))
        rows.append((found, same, linked[one], LABELLED))
    features, same, group, weight = zip(*rows, strict=True)
    return Pairs(
        np.array([list(found.values()) for found in features]),
        np.array(same),
        np.array(group),
        np.array(weight),
        tuple(features[0]),
    )


def _own_pairs() -> Iterator[tuple[dict[str, float], bool, int, float]]:
    for number, told in enumerate(own_set()):
        read = [
            (telling(story, told.own), telling(bare(story), told.own), event)
            for story, event in told.stories
        ]
        for (one, one_bare, event), (other, other_bare, event2) in combinations(read, 2):
            if abs(one.published - other.published) > events.WITHIN + timedelta(days=2):
                continue
            for left, right, weight in (
                (one, other, WITH_TEXTS),
                (one, other_bare, ONE_TEXT),
                (one_bare, other, ONE_TEXT),
                (one_bare, other_bare, TITLES),
            ):
                yield events.compare(left, right), event == event2, number, weight


def _linked(labelled: Sequence[tuple[str, str, bool]]) -> dict[str, int]:
    """Return for each item the number of all that are linked with it by pairs."""
    found: dict[str, int] = {}
    for one, other, _ in labelled:
        numbers = {found.get(one), found.get(other)} - {None}
        number = min(numbers, default=1000 + len(found))
        found |= {item: number for item, n in found.items() if n in numbers}
        found |= {one: number, other: number}
    return found


# ---------------------------------------------------------------------------------------- measure


def quality(said: Sequence[bool], same: Sequence[bool]) -> str:
    hits = sum(one and other for one, other in zip(said, same, strict=True))
    return f"precision {hits / max(1, sum(said)):.3f}  recall {hits / max(1, sum(same)):.3f}"


def own_quality(found: Pairs, *, titles: bool) -> str:
    said, same = [], []
    told = own_set()
    for train, test in GroupKFold(FOLDS).split(found.features, groups=found.group):
        with_weights = found.fit(train)
        for number in sorted({n for n in found.group[test].tolist() if n < len(told)}):
            stories = [
                (bare(story) if titles and place % 2 else story, event)
                for place, (story, event) in enumerate(told[number].stories)
            ]
            tellings = [telling(story, told[number].own) for story, _ in stories]
            groups = grouped(tellings, with_weights)
            for (one, event), (other, event2) in combinations(stories, 2):
                said.append(groups[one.id] == groups[other.id])
                same.append(event == event2)
    return f"{len(same)} pairs  {quality(said, same)}"


def grouped(
    tellings: Sequence[events.Telling], weights: tuple[float, dict[str, float]]
) -> dict[str, str]:
    """Group with other weights than the program's."""
    before = events.BASE, events.WEIGHTS
    try:
        events.BASE, events.WEIGHTS = weights
        return events.group(tellings, {})
    finally:
        events.BASE, events.WEIGHTS = before


def modern_quality(found: Pairs) -> None:
    labelled = modern_pairs()
    same = [label for _, _, label in labelled]
    said = np.zeros(len(found.same), bool)
    for train, test in GroupKFold(FOLDS).split(found.features, groups=found.group):
        base, weights = found.fit(train)
        said[test] = found.features[test] @ np.array(list(weights.values())) + base > 0
    print(
        f"January, each pair alone, cross-validated: {quality(said[-len(same) :].tolist(), same)}"
    )
    before = time.process_time()
    groups = events.group([telling(story) for story in modern_items().values()], {})
    told = [groups[one] == groups[other] for one, other, _ in labelled]
    seconds = time.process_time() - before
    print(
        f"January, {len(groups)} items grouped ({seconds:.0f} s): {len(same)} pairs  "
        f"{quality(told, same)}"
    )


def main() -> None:
    """Print the figures of both sets."""
    found = pairs()
    print(f"own, with texts:      {own_quality(found, titles=False)}")
    print(f"own, half are titles: {own_quality(found, titles=True)}")
    if modern_pairs():
        modern_quality(found)
    if "--fit" in sys.argv:
        base, weights = found.fit(np.arange(len(found.same)))
        print(f"BASE = {base:.2f}")
        for name, value in weights.items():
            print(f'    "{name}": {value:.2f},')


if __name__ == "__main__":
    main()
