"""What each step of relevance adds: the measures again with one step taken away at a time.

    .venv/bin/python -m tests.benchmarks.steps

On the labelled collection beside the repository (or $RELEVANCE_COLLECTION): nDCG@10 of the three
queues by their own note lines, P@5 beside it, the precision of what is shown, and the F1 of
company recognition.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from pipeline.records import Interview, Match
from pipeline.relevance import companies, reasons, score, vectors
from tests.benchmarks import relevance

# A step: the settings (module, name, value) that take it away.
STEPS: dict[str, list[tuple[Any, str, Any]]] = {
    "everything": [],
    "without embeddings": [(relevance, "WORDS_ALONE", True)],
    "without the company's own news": [
        (score, "KIN_COUNTS", 0.0),
        (companies, "KIN", 0.0),
        (reasons, "LEAST_BESIDE", 0.0),
    ],
    "without the title": [(score, "IN_TITLE", 0.0)],
    "one shared word is enough": [
        (vectors, "ONE_TERM", 1.0),
        (vectors, "ONE_TERM_OFFICE", 1.0),
        (vectors, "ONE_NAME_OFFICE", 1.0),
        (reasons, "SHARED_WORDS", 1),
        (reasons, "LEAST_OF_A_NAME", 0.0),
        (reasons, "LEAST_EVIDENCE", 0.0),
    ],
    "every name trusted alike": [
        (companies, name, companies.FULL_FORM)
        for name in ("UNUSUAL", "SHARED", "ORDINARY", "OF_A_PLACE", "TICKER")
    ],
    "line alone, not all notes": [
        (score, "LINE_COUNTS", 2.9),
        (score, "INDUSTRY_COUNTS", 0.0),
        (score, "AROUND_COUNTS", 0.0),
    ],
    "all notes as one line": [(relevance, "read_scenarios", None)],
}


def _as_one_line(interview: Interview) -> Interview:
    """Return the interview with all that is not of the office in one line."""
    rest = [line for line in interview.lines if line.section in ("discussed", "angle")]
    office = tuple(line for line in interview.lines if line.section == "office")
    if not rest:
        return interview
    return replace(
        interview,
        lines=(*office, replace(rest[0], text=" . ".join(line.text for line in rest))),
    )


@contextmanager
def taken_away(settings: list[tuple[Any, str, Any]]) -> Iterator[None]:
    """Set the settings for as long as the block runs."""
    before = [(module, name, getattr(module, name)) for module, name, _ in settings]
    scenarios = relevance.read_scenarios
    for module, name, value in settings:
        if name == "read_scenarios":
            value = lambda: ((c, _as_one_line(i), p) for c, i, p in scenarios())  # noqa: E731
        setattr(module, name, value)
    try:
        yield
    finally:
        for module, name, value in before:
            setattr(module, name, value)


def measure(rankings: dict[str, tuple[Match, ...]], folder: Path) -> str:
    """Return one row of the table."""
    run = folder / "run.tsv"
    cells = []
    for facet, belongs in relevance.QUEUES.items():
        chosen = {slug: tuple(filter(belongs, found)) for slug, found in rankings.items()}
        relevance.write_run(chosen, run)
        lines = relevance.score_lines(run, "--only", facet)
        mean = next(line for line in lines if line.startswith("MEAN")).split(")")[1].split()
        cells.append(f"{mean[0]} / {mean[1]}")
    relevance.write_run(rankings, run)
    told = "\n".join(relevance.score_lines(run))
    precision = re.search(r"precision ([\d.]+)", told)
    false = re.search(r"quiet scenarios: (\d+)", told)
    cells.append(f"{precision.group(1) if precision else '-'}, {false.group(1) if false else '-'}")
    return " | ".join(f"{cell:14}" for cell in cells)


def main() -> None:
    """Print the table."""
    if not relevance.COLLECTION.is_dir():
        print("The labelled collection is not beside this repository: nothing measured.")
        return
    articles = relevance.read_articles()
    head = ("company", "topic", "interest", "shown, false", "names")
    print(f"{'':32}" + " | ".join(f"{cell:14}" for cell in head))
    with tempfile.TemporaryDirectory() as name:
        for step, settings in STEPS.items():
            with taken_away(settings):
                row = measure(relevance.rank_in_memory(articles), Path(name))
                f1 = relevance.mention_scores(articles)[2]
            print(f"{step:32}{row} | {f1:.3f}", flush=True)


if __name__ == "__main__":
    main()
