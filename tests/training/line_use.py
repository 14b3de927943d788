"""Fits and measures what tells of what use a jotted line is that stands under no heading.

    .venv/bin/python -m tests.training.line_use            measures on notes that were left out
    .venv/bin/python -m tests.training.line_use --write    and writes what the program reads

Reads the lines in `notes/` beside this file (number of the note, tab, use, tab, line; those of a
note in their order), and those of the forty notes in `tests/workspace/strangers`. All were written
for this, by people who did not know the program.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, diags
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from pipeline.workspace import line_use
from pipeline.workspace.line_use import FEW, USES, ZERO, features, surroundings

Numbers = npt.NDArray[np.float64]

HERE = Path(__file__).resolve().parent
STRANGERS = HERE.parent / "workspace" / "strangers"
FOLDS = 5
LEAST_SEEN = 2  # lines in which a feature must be, to be learnt
OWN_STRENGTH = 10.0  # inverse of the regularisation (scikit-learn's C): words
STRENGTH = 1.0  # and what stands around
EITHER_COUNTS = 0.5  # beside a line of which readers say the same
STRANGERS_COUNT = 2.0  # they are whole notes, of forty people


@dataclass(frozen=True, slots=True)
class Labelled:
    """A line with its label."""

    note: str
    use: str
    text: str
    weight: float = 1.0


def own_lines() -> Iterator[Labelled]:
    """Yield the lines of `notes/`."""
    for path in sorted((HERE / "notes").glob("*.tsv")):
        for row in path.read_text("utf-8").splitlines():
            note, use, text = row.split("\t")
            yield Labelled(f"{path.stem} {note}", use, text)


def strangers_lines() -> Iterator[Labelled]:
    """Yield the lines of the forty notes; a row has how a line begins, and what it may be."""
    for row in (STRANGERS / "lines.tsv").read_text("utf-8").splitlines():
        name, begin, _, uses, flag = row.split("\t")
        body = (STRANGERS / f"{name}.md").read_text("utf-8").split("---\n", 2)[2]
        said = next((line for line in body.splitlines() if begin in line), begin)
        text = _sentence(said[said.index(begin) :], begin)
        first = "untold" if flag == "!" else "other" if uses == "*" else uses.split("/")[0]
        weight = EITHER_COUNTS if uses == "*" or "/" in uses else 1.0
        yield Labelled(f"stranger {name}", first, text, weight * STRANGERS_COUNT)


def _sentence(text: str, begin: str) -> str:
    """Return a line, up to the end of the sentence that begins so."""
    ends = (
        at for at in range(len(begin), len(text)) if text[at - 1 : at + 1] in (". ", "! ", "? ")
    )
    return text[: next(ends, len(text))]


class OwnModel:
    """What a line says by itself: one logistic regression for each use against the rest."""

    def __init__(self, lines: Sequence[Labelled]) -> None:
        """Fit; the weights are bytes already, as they are written."""
        found = [features(line.text) for line in lines]
        counts = Counter(feature for one in found for feature in one)
        self.words = sorted(one for one, count in counts.items() if count >= LEAST_SEEN)
        labels = np.array([line.use for line in lines])
        weights = [line.weight for line in lines]
        models = [
            LogisticRegression(
                C=OWN_STRENGTH, solver="liblinear", dual=True, max_iter=4000, random_state=0
            ).fit(self._matrix(found), labels == use, sample_weight=weights)
            for use in USES
        ]
        fitted = np.stack([model.coef_[0] for model in models], axis=1)
        self.unit = float(np.abs(fitted).max() / (ZERO - 1))
        self.rows = np.round(fitted / self.unit).astype(np.int64)
        self.intercepts = [round(float(model.intercept_[0]), 4) for model in models]

    def chances(self, lines: Sequence[Labelled]) -> Numbers:
        """Return how likely each use of each line is."""
        odds = self._matrix([features(line.text) for line in lines]) @ (self.rows * self.unit)
        chances: Numbers = 1 / (1 + np.exp(-odds - np.array(self.intercepts)))
        return chances / chances.sum(axis=1, keepdims=True)

    def _matrix(self, found: Sequence[frozenset[str]]) -> csr_matrix:
        at = {word: column for column, word in enumerate(self.words)}
        pairs = [(row, at[one]) for row, each in enumerate(found) for one in each if one in at]
        rows, columns = (np.array(side) for side in zip(*pairs, strict=True))
        ones = csr_matrix((np.ones(len(pairs)), (rows, columns)), (len(found), len(at)))
        return diags(1 / np.sqrt(np.asarray(ones.sum(axis=1)).ravel() + FEW)) @ ones


def around(lines: Sequence[Labelled], chances: Numbers) -> Numbers:
    """Return what is known of each line with those around it in its note."""
    told = zip(lines, chances.tolist(), strict=True)
    notes = groupby(told, key=lambda one: one[0].note)
    return np.array([row for _, note in notes for row in surroundings([own for _, own in note])])


def fit_around(lines: Sequence[Labelled], known: Numbers) -> LogisticRegression:
    """Return the model of what stands around, whose classes are in the order of their names."""
    labels, weights = [line.use for line in lines], [line.weight for line in lines]
    return LogisticRegression(C=STRENGTH, max_iter=2000).fit(known, labels, sample_weight=weights)


def folds(lines: Sequence[Labelled]) -> Iterator[tuple[list[int], list[int]]]:
    """Yield what is learnt from, and what is told, by notes."""
    notes = list(map(attrgetter("note"), lines))
    for others, one in GroupKFold(FOLDS).split(notes, groups=notes):
        yield others.tolist(), one.tolist()


def main() -> None:
    """Measure, and write with --write."""
    lines = [*own_lines(), *strangers_lines()]
    own = np.zeros((len(lines), len(USES)))
    for others, one in folds(lines):
        own[one] = OwnModel([lines[n] for n in others]).chances([lines[n] for n in one])
    known = around(lines, own)
    told: dict[int, str] = {}
    for others, one in folds(lines):
        model = fit_around([lines[n] for n in others], known[others])
        told |= dict(zip(one, model.predict(known[one]), strict=True))
    for use in USES:
        numbers = [number for number, line in enumerate(lines) if line.use == use]
        right = sum(told[number] == use for number in numbers)
        print(f"{use:12}{right / len(numbers):6.1%} of {len(numbers)} lines left out are found")
    if "--write" in sys.argv:
        write(OwnModel(lines), fit_around(lines, known))


def write(own: OwnModel, model: LogisticRegression) -> None:
    """Write the model that the program reads."""
    order = [list(model.classes_).index(use) for use in USES]
    head = {
        "unit": own.unit,
        "own_intercepts": own.intercepts,
        "around": model.coef_[order].round(4).tolist(),
        "intercepts": model.intercept_[order].round(4).tolist(),
    }
    kept = [row for row, weights in enumerate(own.rows) if weights.any()]
    words = "\t".join(own.words[row] for row in kept)
    rows = (own.rows[kept] + ZERO).astype(np.uint8).tobytes()
    text = json.dumps(head).encode() + b"\n" + words.encode() + b"\n" + rows
    line_use.MODEL.write_bytes(gzip.compress(text, mtime=0))
    print(f"{line_use.MODEL.name}: {line_use.MODEL.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
