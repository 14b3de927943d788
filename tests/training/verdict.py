"""Fits and measures what tells good news about a company from bad.

    .venv/bin/python -m tests.training.verdict          measures on companies that were left out
    .venv/bin/python -m tests.training.verdict --write  and writes the model that the program reads

Reads the labelled headlines of ../shared/tone, and the lines in `lines/` beside this file: tone,
tab, kind (in the newer files), tab, headline; @ is the company. The lines in `aside/`, of news that
are bad no more and of customers who choose, with what looks like them, are never fitted on.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from pipeline.relevance import classifier, verdict
from pipeline.relevance.headlines import COMPANY, features
from tests.training.fitting import Numbers, Recipe, Sample, fit, left_out, write

HERE = Path(__file__).resolve().parent
TONE = HERE.parents[2] / "shared" / "tone" / "tone-dev.tsv"
TONES = ("good", "neutral", "bad", "unsure")
OWN_COUNTS = 0.5  # of a line written for fitting, beside a real headline: 1 and .25 are worse
RECIPE = Recipe(
    TONES, {"words": 1.0, "kinds": 0.5, "letters": 0.7, "lead": 0.8, "meaning": 0.7}, 4.0
)
KIND_RECIPE = Recipe(
    tuple(sorted(set(verdict.KINDS.values()))), {"words": 1.0, "kinds": 0.7, "meaning": 0.7}, 8.0
)
MOST_LET_IN = (
    0.028  # of bad and doubtful stories, as good: on the companies left out it becomes 3 %
)
MOST_HELD = 0.045  # of good stories, held as bad: on the companies left out it becomes 5 %
MOST_LET_IN_NEUTRAL = 0.06  # of bad and doubtful stories, into a contribution
GRAVE = frozenset(
    {"layoffs", "closure", "hiring-freeze", "cost-cutting", "reorganisation", "taken-over"}
    | {"leader-leaves", "death", "accident", "crime", "lawsuit", "investigation", "breach"}
    | {"recall", "outage", "strike", "scandal", "boycott", "bankruptcy"}
)
MARK = re.compile("@")


def labelled(path: Path = TONE) -> list[dict[str, str]]:
    """Return all labelled pairs of a company and a headline."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def name_in(row: dict[str, str]) -> re.Pattern[str]:
    """Return what finds the company's name."""
    return re.compile(rf"(?<!\w){re.escape(row['company'])}(?!\w)", re.IGNORECASE)


def own_lines(files: str = "lines/*.tsv") -> list[tuple[str, str, str]]:
    """Return the lines of this repository: tone, kind or "", headline."""
    found = []
    for path in sorted(HERE.glob(files)):
        for line in path.read_text("utf-8").splitlines():
            tone, *kind, headline = line.split("\t")
            found.append((tone, kind[0] if kind else "", headline))
    return found


def samples(rows: Sequence[dict[str, str]], own: Sequence[tuple[str, str, str]]) -> list[Sample]:
    """Return what the verdict is fitted on."""
    return [
        Sample(features(row["headline"], row["text"], name_in(row)), row["tone"], row["company"])
        for row in rows
    ] + [Sample(features(headline, "", MARK), tone, "", OWN_COUNTS) for tone, _, headline in own]


def kind_samples(
    rows: Sequence[dict[str, str]], own: Sequence[tuple[str, str, str]]
) -> list[Sample]:
    """Return what the kind of news is fitted on."""
    return [
        Sample(
            features(row["headline"], row["text"], name_in(row)),
            verdict.KINDS[row["kind"]],
            row["company"],
        )
        for row in rows
        if row["kind"] in verdict.KINDS
    ] + [
        Sample(features(headline, "", MARK), verdict.KINDS[kind], "")
        for _, kind, headline in own
        if kind
    ]


def odds(found: Sequence[dict[str, float]]) -> dict[str, Numbers]:
    """Return the odds on which the verdicts' lines are drawn, of each story."""
    each = [verdict.odds(one) for one in found]
    return {name: np.array([one[name] for one in each]) for name in ("good", "bad", "harmless")}


def limits(found: dict[str, Numbers], tones: Sequence[str]) -> dict[str, float]:
    """Return the lines that let in, and hold, as many as is allowed."""
    doubtful, good = np.isin(tones, ["bad", "unsure"]), np.array(tones) == "good"
    return {
        "good": float(np.quantile(found["good"][doubtful], 1 - MOST_LET_IN)),
        "bad": float(np.quantile(found["bad"][good], 1 - MOST_HELD)),
        "harmless": float(np.quantile(found["harmless"][doubtful], 1 - MOST_LET_IN_NEUTRAL)),
    }


def drawn_elsewhere(found: dict[str, Numbers], rows: Sequence[dict[str, str]]) -> list[str]:
    """Return each story's verdict, with lines that were drawn on the other companies."""
    tones = np.array([row["tone"] for row in rows])
    group = np.array([hash_of(row["company"]) % 8 for row in rows])
    answers = [""] * len(rows)
    for part in range(8):
        rest = group != part
        drawn = limits({name: values[rest] for name, values in found.items()}, tones[rest])
        for number in np.flatnonzero(group == part):
            one = {name: float(values[number]) for name, values in found.items()}
            answers[number] = verdict.tone_of(one, drawn)
    return answers


def hash_of(name: str) -> int:
    """Return the same number for a name on every day."""
    return sum(index * ord(letter) for index, letter in enumerate(name, 1))


def shares(answers: Sequence[str], rows: Sequence[dict[str, str]]) -> list[tuple[str, float, int]]:
    """Return the shares that count, with how many stories each is of."""
    told = np.array(answers)
    tones = np.array([row["tone"] for row in rows])
    doubtful, good = np.isin(tones, ["bad", "unsure"]), tones == "good"
    grave = doubtful & np.isin([row["kind"] for row in rows], list(GRAVE))
    wanted = (
        ("bad or unsure taken for good", doubtful, told == "good"),
        ("  of the grave ones", grave, told == "good"),
        ("bad or unsure taken for harmless", doubtful, np.isin(told, ["good", "neutral"])),
        ("  of the grave ones", grave, np.isin(told, ["good", "neutral"])),
        ("good recognised", good, told == "good"),
        ("good held as bad", good, told == "bad"),
        ("bad held as bad", tones == "bad", told == "bad"),
        ("  of the grave ones", grave & (tones == "bad"), told == "bad"),
        ("neutral held as bad", tones == "neutral", told == "bad"),
    )
    return [(name, float(hit[among].mean()), int(among.sum())) for name, among, hit in wanted]


def measure_aside(model: classifier.Classifier, drawn: Mapping[str, float]) -> None:
    """Print how the lines that are kept aside are judged, by language."""
    for path in sorted((HERE / "aside").glob("*.tsv")):
        pairs = [
            (tone, verdict.tone_of(verdict.odds(model.log_odds(features(line, "", MARK))), drawn))
            for tone, _, line in own_lines(f"aside/{path.name}")
        ]
        good = [told for tone, told in pairs if tone == "good"]
        rest = [told for tone, told in pairs if tone != "good"]
        print(
            f"aside, {path.stem:8} good recognised {good.count('good') / len(good):4.0%}, "
            f"held {good.count('bad') / len(good):4.0%} of {len(good)}; "
            f"let in {rest.count('good') / len(rest):4.1%} of {len(rest)}"
        )


def measure_kinds(rows: Sequence[dict[str, str]], own: Sequence[tuple[str, str, str]]) -> None:
    """Print how often the kind is right, of those that are bad, and good."""
    given = kind_samples(rows, own)
    measured = [row for row in rows if row["kind"] in verdict.KINDS]
    told = left_out(given, KIND_RECIPE, folds=3)
    for tone in ("bad", "good"):
        pairs = [
            (verdict.kind_of(one, tone), verdict.KINDS[row["kind"]])
            for one, row in zip(told, measured, strict=True)
            if row["tone"] == tone
        ]
        right = sum(one == other for one, other in pairs) / len(pairs)
        print(f"kind of the {tone} ones right            {right:6.1%} of {len(pairs)}")


def main() -> None:
    """Measure, and write with --write."""
    rows = [row for row in labelled() if row["about"] == "about"]
    own = own_lines()
    given = samples(rows, own)
    found = odds(left_out(given, RECIPE))
    print(f"{len(rows)} headlines about {len({row['company'] for row in rows})} companies left")
    print(f"out by eights; {len(own)} lines of our own ({COMPANY} masked)")
    for name, share, among in shares(drawn_elsewhere(found, rows), rows):
        print(f"{name:40}{share:6.1%} of {among}")
    measure_kinds(rows, own)
    drawn, model = limits(found, [row["tone"] for row in rows]), fit(given, RECIPE)
    measure_aside(model, drawn)
    if "--write" in sys.argv:
        path = classifier.FOLDER / "verdict.npz"
        write(path, model, drawn)
        print(f"{path.name}: {path.stat().st_size / 1e6:.2f} MB", drawn)
        path = classifier.FOLDER / "kind.npz"
        write(path, fit(kind_samples(rows, own), KIND_RECIPE), {})
        print(f"{path.name}: {path.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
