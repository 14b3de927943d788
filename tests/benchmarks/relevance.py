"""Measures relevance on the labelled collections beside the project, those that are there.

    .venv/bin/python -m tests.benchmarks.relevance

Prints for ../shared/relevance (news of 2004) and ../shared/modern (January 2026): nDCG@10 and P@5
of each facet beside the simple methods, what is shown and what of it was right, what is shown where
nothing should be, how far a score can be believed, each feature of usefulness.toml taken away, the
bad news that was recognised, and precision, recall and F1 of company recognition. Rankings are
scored by each collection's own score.py. $RELEVANCE_COLLECTION names another collection of the
same form.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML

from pipeline.records import Interview, Match, Queue, RelevanceSettings, Story
from pipeline.relevance import fitting, freshness, meaning, usefulness, vectors
from pipeline.relevance.score import Background, Matcher, Weighed
from pipeline.relevance.usefulness import Model
from tests.benchmarks.collection import (
    FACETS,
    USEFUL,
    Collection,
    beside_the_project,
    company_of,
    wanted,
)
from tests.benchmarks.prepared import SETTINGS, Ready, made_ready
from tests.benchmarks.ranking import mean, print_tenths
from tests.training.usefulness import NAMES, Pool, pool_of, weighed

DEEP = 1_000  # items of a ranking that score.py gets: ten are looked at, others' taken out
IN_SAMPLE = """\
In-sample: usefulness.toml was fitted on these very interviews, so everything below that is said of
Touchpoints flatters it a little; the simple methods are not fitted. With each interview left out:
python -m tests.training.usefulness"""

Ranking = Sequence[tuple[str, float]]  # items with their scores


@dataclass(frozen=True, slots=True)
class Quality:
    """What score.py says of a ranking: means over the interviews that have something useful."""

    interviews: int
    ndcg: float
    of_five: float
    unjudged: float  # share of the first ten


@dataclass(frozen=True, slots=True)
class Seen:
    """What the program makes of one interview's stories."""

    slug: str
    pools: Mapping[Queue, Pool]
    matches: tuple[Match, ...]  # as of the day: what is judged, and what could be shown


def seen_by_the_program(ready: Ready) -> Iterator[Seen]:
    """Yield what the program makes of each interview's stories."""
    collection, least = ready.collection, usefulness.log_odds_of(SETTINGS.floor)
    for scenario, matcher in ready.matchers:
        slug = scenario.company.slug
        judged = collection.judged.get(slug, {})
        found: dict[str, tuple[Weighed, ...]] = {}
        matches = []
        for item in ready.items:
            lines = found[item.story.id] = matcher.weigh(item)
            if item.story.id in judged or (lines and lines[0].log_odds >= least):
                matches.append(freshness.aged(matcher.match(item), SETTINGS, collection.now))
        pools = {queue: pool_of(collection, scenario, queue, found) for queue in NAMES}
        yield Seen(slug, pools, tuple(matches))


# ----------------------------------------------------------------------------------------- rankings


def print_rankings(ready: Ready, seen: Sequence[Seen]) -> None:
    """Print the table of methods: each facet by nDCG@10, P@5 and the share that nobody judged."""
    from tests.benchmarks.simple_methods import SimpleMethods

    print("\n-- order: nDCG@10 / P@5 (share of the first ten that was never judged: they count 0)")
    rows: list[tuple[str, dict[str, Quality]]] = []
    for name, scores in SimpleMethods(ready).rankings():
        rankings = {slug: _best_first(found) for slug, found in scores.items()}
        rows.append((name, {facet: quality(ready.collection, rankings, facet) for facet in FACETS}))
    own = {q: quality(ready.collection, by_model(seen, q, fitted(q)), q) for q in NAMES}
    rows.append(("Touchpoints (in-sample)", {str(queue): found for queue, found in own.items()}))
    head = (f"{facet} of {found.interviews}" for facet, found in rows[-1][1].items())
    print(f"{'':40}" + "".join(f"{cell:22}" for cell in head))
    for name, found in rows:
        cells = (f"{q.ndcg:.3f} / {q.of_five:.2f} ({q.unjudged:.0%})" for q in found.values())
        print(f"{name:40}" + "".join(f"{cell:22}" for cell in cells))


def _best_first(scores: Mapping[str, float]) -> Ranking:
    return sorted(scores.items(), key=lambda found: -found[1])[:DEEP]


def fitted(queue: Queue, *, without: str = "") -> Model:
    """Return the model that the program reads, its features in the order of the pools' rows."""
    model = usefulness.model_of(queue)
    unknown = model.coefficients.keys() - set(NAMES[queue])
    assert not unknown, f"usefulness.toml has features that its fit does not know: {unknown}"
    weights = {name: model.coefficients.get(name, 0.0) for name in NAMES[queue]}
    return Model(model.intercept, weights | ({without: 0.0} if without else {}))


def by_model(seen: Iterable[Seen], queue: Queue, model: Model) -> dict[str, Ranking]:
    """Return each interview's stories in the order of a queue's model, before they get older."""
    return {
        one.slug: [(found.story, found.log_odds) for found in weighed(one.pools[queue], model)]
        for one in seen
    }


def quality(collection: Collection, rankings: Mapping[str, Ranking], facet: str) -> Quality:
    """Return what the collection's score.py says of a facet, the items of others taken out."""
    lines = [
        f"{slug}\t{item}\t{score:.6f}"
        for slug, ranking in rankings.items()
        for item, score in ranking
    ]
    with tempfile.TemporaryDirectory() as name:
        run = Path(name) / "run.tsv"
        run.write_text("\n".join(lines) + "\n")
        program, qrels = (str(collection.folder / part) for part in ("score.py", "qrels-dev.tsv"))
        done = subprocess.run(
            [sys.executable, program, str(run), qrels, "--only", facet, "--no-names"],
            capture_output=True,
            text=True,
            check=True,
        )
    means = next((line for line in done.stdout.splitlines() if line.startswith("MEAN")), "")
    if not means:
        return Quality(0, 0.0, 0.0, 0.0)
    count, _, numbers = means.removeprefix("MEAN (").partition(")")
    ndcg, of_five, _map, _recall, unjudged = map(float, numbers.split())
    return Quality(int(count), ndcg, of_five, unjudged)


def print_features(collection: Collection, seen: Sequence[Seen]) -> None:
    """Print what the order of a facet loses without each feature of its model."""
    print("\n-- each feature of usefulness.toml set to 0, the rest as fitted: nDCG@10")
    for queue in NAMES:
        whole = quality(collection, by_model(seen, queue, fitted(queue)), queue).ndcg
        print(f"{queue:10}{'all':10} {whole:.3f}")
        for feature in usefulness.model_of(queue).coefficients:
            place = NAMES[queue].index(feature)
            if not any(one.pools[queue].rows[:, place].any() for one in seen):
                print(f"{'':10}{feature:10} no story of this collection has it")
                continue
            rankings = by_model(seen, queue, fitted(queue, without=feature))
            left = quality(collection, rankings, queue).ndcg
            print(f"{'':10}{feature:10} {left:.3f} {left - whole:+.3f}")


# ------------------------------------------------------------------------------------ what is shown


def queue_of(match: Match) -> str:
    """Return the facet in whose queue a match is."""
    if match.kind == "contribution":
        return "company"
    return "interest" if match.best and match.best.note.section == "office" else "topic"


def print_shown(collection: Collection, seen: Sequence[Seen]) -> None:
    """Print what is shown at the floor: how much of it is right, and how much of the right."""
    shown = [(one.slug, match) for one in seen for match in one.matches if match.shown]
    found = {(slug, match.story.id) for slug, match in shown}
    print(
        f"\n-- shown, from {SETTINGS.floor} on: precision of the judged by queue; recall of the"
        " useful of each facet, shown in whatever queue"
    )
    print(f"{'':10}{'shown':>7}{'unjudged':>10}{'precision':>11}{'useful':>8}{'recall':>8}")
    for facet in FACETS:
        own = [(slug, match) for slug, match in shown if queue_of(match) == facet]
        grades = [
            one.grade
            for slug, match in own
            if (one := collection.judged.get(slug, {}).get(match.story.id))
        ]
        useful = {
            (slug, item)
            for slug, judged in collection.judged.items()
            for item, one in judged.items()
            if one.grade >= USEFUL and one.facet == facet
        }
        precision, recall = mean([g >= USEFUL for g in grades]), len(useful & found)
        print(
            f"{facet:10}{len(own):7}{len(own) - len(grades):10}{precision:11.2f}{len(useful):8}"
            f"{recall / max(len(useful), 1):8.2f}"
        )
    quiet = sorted(slug for slug in collection.judged if collection.is_quiet(slug))
    wrongly = [slug for slug, _ in shown if slug in quiet]
    if quiet:
        print(f"shown in the {len(quiet)} quiet interviews ({', '.join(quiet)}): {len(wrongly)}")
    else:
        print("no interview of this collection is wholly quiet")
    print_quiet_facets(collection, shown)


def print_quiet_facets(collection: Collection, shown: Sequence[tuple[str, Match]]) -> None:
    """Print what is shown in a queue where an interview has nothing useful of its facet."""
    for facet in FACETS:
        quiet = {
            slug
            for slug, judged in collection.judged.items()
            if not any(one.grade >= USEFUL and one.facet == facet for one in judged.values())
        }
        own = [(slug, m.story.id) for slug, m in shown if slug in quiet and queue_of(m) == facet]
        grades = [one.grade for slug, item in own if (one := collection.judged[slug].get(item))]
        if quiet:
            print(
                f"nothing useful of {facet} in {len(quiet)} interviews: {len(own)} shown in that"
                f" queue ({sum(grade >= USEFUL for grade in grades)} useful for another facet,"
                f" {len(own) - len(grades)} not judged)"
            )


def print_calibration(collection: Collection, seen: Sequence[Seen]) -> None:
    """Print, for each tenth of the score, the share of the judged items that was useful."""
    said: dict[str, list[tuple[float, bool]]] = {facet: [] for facet in FACETS}
    for one in seen:
        judged = collection.judged.get(one.slug, {})
        for match in one.matches:
            if match.score and match.story.id in judged:
                is_useful = judged[match.story.id].grade >= USEFUL
                said[queue_of(match)].append((match.score, is_useful))
    print_tenths(said)


def print_sensitive(collection: Collection, seen: Sequence[Seen]) -> None:
    """Print how much of the bad news was recognised, and what was taken for it."""
    judged = [
        (match, one)
        for found in seen
        for match in found.matches
        if (one := collection.judged.get(found.slug, {}).get(match.story.id))
    ]
    bad = [match for match, one in judged if one.is_sensitive]
    wrongly = sum(match.sensitive for match, one in judged if not one.is_sensitive)
    print(
        f"\n-- bad news about the company: {sum(match.sensitive for match in bad)} of {len(bad)}"
        f" held as bad; {sum(match.shown for match in bad)} shown (what is in a message is decided"
        f" later, by the verdict); {wrongly} other judged items held as bad"
    )


# -------------------------------------------------------------------------------------------- names


def print_names(collection: Collection) -> None:
    """Print how well ambiguous names are told apart: means over the names."""
    found = list(name_scores(collection))
    precision, recall, f1 = (mean(column) for column in zip(*found, strict=True))
    print(
        f"\n-- {len(found)} ambiguous names, means: precision {precision:.3f} recall {recall:.3f}"
        f" F1 {f1:.3f}"
    )


def name_scores(collection: Collection) -> Iterator[tuple[float, float, float]]:
    """Yield precision, recall and F1 of finding the items about each company of that name."""
    entries = YAML(typ="safe").load(collection.folder / "mentions-companies.yaml")
    known = [company_of(entry["slug"], entry) for entry in entries]
    knowledge = fitting.fit_knowledge(lambda: collection.articles, known, [], collection.now)
    embedding = meaning.Embedding(knowledge.embeddings) if knowledge.embeddings else None
    background = Background(knowledge.frequencies, RelevanceSettings(), embedding, {})
    labels: dict[str, dict[str, bool]] = {}
    for line in (collection.folder / "mentions-dev.tsv").read_text("utf-8").splitlines()[1:]:
        name, item, label = line.split("\t")
        labels.setdefault(name, {})[item] = label != "0"
    articles = {article.id: article for article in collection.articles}
    for company, profile in zip(known, knowledge.company_profiles, strict=True):
        nothing = Interview("notes.md", company.slug, collection.now, day_only=True)
        matcher = Matcher(nothing, company, profile, background)
        own = labels.get(company.slug) or labels.get(company.name) or {}
        said = {
            item
            for item in own
            if matcher.match(
                vectors.prepare(Story(item, articles[item]), background.frequencies, embedding)
            ).mention.about
            != "none"
        }
        real = {item for item, is_theirs in own.items() if is_theirs}
        true = len(said & real)
        precision, recall = true / len(said) if said else 1.0, true / len(real) if real else 1.0
        if own:
            yield precision, recall, 2 * precision * recall / (precision + recall or 1.0)


def main() -> None:
    """Print everything."""
    for folder in wanted():
        if not (folder / "scenarios").is_dir():
            print(f"No labelled collection is in {folder}.")
    collections = beside_the_project()
    print(IN_SAMPLE if collections else "Nothing measured.")
    for collection in collections:
        print(
            f"\n== {collection.name}: {len(collection.articles)} items,"
            f" {len(collection.scenarios)} interviews; each item is a story of its own",
            flush=True,
        )
        ready = made_ready(collection)
        seen = tuple(seen_by_the_program(ready))
        print_rankings(ready, seen)
        print_shown(collection, seen)
        print_calibration(collection, seen)
        print_features(collection, seen)
        print_sensitive(collection, seen)
        print_names(collection)


if __name__ == "__main__":
    main()
