"""Fits and measures what tells news about a company from news that only name it.

    .venv/bin/python -m tests.training.subject [--write]

Reads the labelled pairs of ../shared/tone (column `about`) and ../shared/modern (`about_company`
where the company is named), and the lines of `subjects/lines.tsv`: kind, tab, headline; @ is the
company. Measures on companies that were left out.
"""

from __future__ import annotations

import csv
import gzip
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime

import numpy as np
from ruamel.yaml import YAML

from pipeline.records import Article, Company, Story
from pipeline.relevance import classifier, companies, company_subject
from pipeline.relevance.headlines import features
from pipeline.relevance.terms import words_of
from tests.training.fitting import Recipe, Sample, fit, left_out, write
from tests.training.verdict import HERE, MARK, labelled, own_lines

MODERN = HERE.parents[2] / "shared" / "modern"
RECIPE = Recipe(("about",), {"words": 1.0, "letters": 0.7, "lead": 0.5, "place": 1.0}, 4.0)
OWN_COUNTS = 1.5  # of a line written for this: the collections have few of some parts
VERDICT_COUNTS = 0.05  # of every fourth line written for the verdict: all are about the company
DAY = datetime(2026, 1, 5, tzinfo=UTC)


def story_of(title: str, text: str) -> Story:
    """Return a story of that title and text."""
    return Story("s", Article("s", "", title, "", "", text, DAY, "feed", DAY))


def names_of(known: Mapping[str, Company], texts: Iterable[str]) -> dict[str, companies.Names]:
    """Return each company's names, trusted as these texts use them."""
    used = {key: companies.Usage(company) for key, company in known.items()}
    first = {key: [n.casefold() for n in companies.spoken_names(c)] for key, c in known.items()}
    for text in texts:
        small = text.casefold()
        for key, counter in used.items():
            if any(name in small for name in first[key]):
                counter.see(text)
    return {key: companies.prepare(company, used[key].counted()) for key, company in known.items()}


def modern_items() -> dict[str, tuple[str, str]]:
    """Return title and text of each item."""
    with gzip.open(MODERN / "items-dev.jsonl.gz", "rt", encoding="utf-8") as file:
        rows = map(json.loads, file)
        return {row["id"]: (row["title"], row["summary"] or "") for row in rows}


def modern_companies() -> dict[str, Company]:
    """Return the companies of the interviews."""
    found = {}
    for path in sorted((MODERN / "scenarios").glob("*/company.yaml")):
        entry = YAML(typ="safe").load(path.read_text("utf-8"))
        aliases, industry = tuple(entry.get("aliases") or ()), tuple(entry.get("industry") or ())
        slug = path.parent.name
        found[slug] = Company(slug, entry["name"], aliases, industry=industry)
    return found


def sample(names: companies.Names, title: str, text: str, *, about: bool, group: str) -> Sample:
    """Return a labelled pair, read as the program reads it."""
    story = story_of(title, text)
    words = frozenset(words_of(f"{title} {text}"))
    mention = companies.find(names, story, words, listed=0.0, own=False)
    return Sample(
        company_subject.features_of(story, names, mention), "about" if about else "not", group
    )


def real() -> Iterator[tuple[str, Sample]]:
    """Yield each labelled pair with the collection that it is of."""
    rows, items = labelled(), modern_items()
    texts = [f"{title}\n{text}" for title, text in items.values()]
    texts += [f"{row['headline']}\n{row['text']}" for row in rows]
    known = names_of({row["company"]: Company("c", row["company"]) for row in rows}, texts)
    for row in rows:
        is_about, group = row["about"] == "about", f"tone {row['company']}"
        names = known[row["company"]]
        yield "tone", sample(names, row["headline"], row["text"], about=is_about, group=group)
    of_interviews = names_of(modern_companies(), texts)
    with (MODERN / "qrels-dev.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            title, text = items[row["id"]]
            names = of_interviews[row["slug"]]
            if names.any_name.is_in(f"{title} {text}"):
                is_about, group = row["about_company"] == "1", f"modern {row['slug']}"
                yield "modern", sample(names, title, text, about=is_about, group=group)


def written() -> list[Sample]:
    """Return the lines that were written for fitting."""
    lines = (HERE / "subjects" / "lines.tsv").read_text("utf-8").splitlines()
    found = [
        Sample(
            {**features(headline, "", MARK), "place": []},
            "about" if kind in ("subject", "harmed") else "not",
            "",
            OWN_COUNTS,
        )
        for kind, headline in (line.split("\t") for line in lines)
    ]
    return found + [
        Sample({**features(headline, "", MARK), "place": []}, "about", "", VERDICT_COUNTS)
        for _, _, headline in own_lines()[::4]
    ]


def main() -> None:
    """Measure, and write with --write."""
    pairs = list(real())
    source = np.array([name for name, _ in pairs])
    given = [one for _, one in pairs] + written()
    about = np.array([one.label == "about" for _, one in pairs])
    before = np.array([_is_about(one) for _, one in pairs])
    odds = np.array([one["about"] for one in left_out(given, RECIPE)])
    limit = max(np.linspace(-1.5, 1.5, 61), key=lambda at: _f1(odds >= at, about))
    for name in ("tone", "modern"):
        among = source == name
        for told, what in ((before, "by its place"), (odds >= limit, "fitted")):
            print(f"{name:7} {what:13} {_scores(told[among], about[among])} of {among.sum()}")
    if "--write" in sys.argv:
        path = classifier.FOLDER / "subject.npz"
        write(path, fit(given, RECIPE), {"about": float(limit)})
        print(f"{path.name}: {path.stat().st_size / 1e6:.2f} MB, limit {limit:.2f}")


def _is_about(one: Sample) -> bool:
    """Return what the place of the name alone says, as before there was a model."""
    return "p:about about" in one.features["place"]


def _f1(told: np.ndarray, about: np.ndarray) -> float:
    return float(2 * (told & about).sum() / (told.sum() + about.sum()))


def _scores(told: np.ndarray, about: np.ndarray) -> str:
    right = (told & about).sum()
    precision, recall = right / told.sum(), right / about.sum()
    return f"precision {precision:.3f}, recall {recall:.3f}, F1 {_f1(told, about):.3f}"


if __name__ == "__main__":
    main()
