"""Fits and measures what tells news from shop deals, puzzles, live pages and their like.

    .venv/bin/python -m tests.training.genre            measures on lines that were left out
    .venv/bin/python -m tests.training.genre --write    and writes the model that the program reads

Reads the lines in `news/` beside this file: kind, tab, headline. The lines about companies, in
`lines/`, are news, too. All were written for this; the limit was drawn on stories of January 2026
that it never learns from.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import get_args

from pipeline.records import Genres
from pipeline.relevance import classifier
from pipeline.relevance.genre import features
from tests.training import verdict
from tests.training.fitting import Recipe, Sample, fit, left_out, write

HERE = Path(__file__).resolve().parent
KINDS: tuple[str, ...] = get_args(Genres)
RECIPE = Recipe(KINDS, {"words": 1.0, "letters": 0.7}, 6.0)
COMPANY_LINES_COUNT = 0.5  # beside a line of `news/`: without them three times as much news is lost
LIMIT = -1.2  # of the log-odds of news, below which a story is none: 1.4 % of 831 news are lost


def own_lines() -> list[tuple[str, str]]:
    """Return the lines of this repository: kind, headline."""
    return [
        (kind, headline)
        for path in sorted((HERE / "news").glob("*.tsv"))
        for kind, headline in (line.split("\t") for line in path.read_text("utf-8").splitlines())
    ]


def samples(lines: list[tuple[str, str]]) -> list[Sample]:
    """Return what is fitted; each line of `news/` is left out with one in eight of the others."""
    companies = (headline.replace("@", "") for _, _, headline in verdict.own_lines())
    return [
        Sample(features(headline), kind, str(number % 40))
        for number, (kind, headline) in enumerate(lines)
    ] + [Sample(features(line), "news", "", COMPANY_LINES_COUNT) for line in companies]


def main() -> None:
    """Measure, and write with --write."""
    lines = own_lines()
    given = samples(lines)
    found = [one["news"] < LIMIT for one in left_out(given, RECIPE)]  # rules not asked
    out = Counter(kind for (kind, _), hit in zip(lines, found, strict=True) if hit)
    for kind, among in Counter(kind for kind, _ in lines).items():
        print(f"{kind:12}{out[kind] / among:6.1%} of {among} lines left out are told to be no news")
    if "--write" in sys.argv:
        path = classifier.FOLDER / "genre.npz"
        write(path, fit(given, RECIPE), {"news": LIMIT})
        print(f"{path.name}: {path.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
