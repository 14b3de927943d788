"""Of what use each line of a note is that stands under no heading, learnt from people's notes.

Takes the lines of a note, in their order; gives for each how likely it is what was talked about,
what was to be seen there, what its writer can do, of no use, or told in confidence. What a line
says by itself is weighed first, then with what stands around it. `tests/training/line_use.py` fits
the weights; arrays of numbers are not needed here, so that a run without notes loads none.
"""

from __future__ import annotations

import gzip
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise
from math import exp, log, sqrt
from pathlib import Path
from typing import Literal

from pipeline.records import Section
from pipeline.records.record import dataclass

Use = Section | Literal["untold"]
USES: tuple[Use, ...] = ("discussed", "office", "angle", "other", "untold")

MODEL = Path(__file__).with_name("line_use.gz")
MOST_TOKENS = 40  # of a line that are asked; no border test: beyond any of those it learnt from
AROUND = (-2, -1, 1, 2)  # lines that are asked for what stands around one
LEAST_LINES = 7  # of a note: a line is told by its neighbours, and by how its writer writes
# How much worse it is to mention a secret than not to mention a topic, and to lose a line of the
# talk, with its stories, than to keep a mood as one: with both two of the sixth season's
# opportunities more are taken, and as many of the unseen lines are right.
LOSSES: Mapping[Use, int] = {"untold": 2, "discussed": 2}
FEW = 4  # features beside which a line's own count: one of two words says less than it seems to
ZERO = 128  # a weight is a byte; this one is none
LEAST = 0.01  # of a likelihood, whose logarithm is taken

_TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+|[?!€$£%\"“„«:=]|->|→")


@dataclass(frozen=True, slots=True)
class LineModel:
    """The weights: of what a line says, and of what stands around it; a column for each use."""

    words: dict[str, bytes]
    unit: float  # of a byte
    own_intercepts: tuple[float, ...]
    around: tuple[tuple[float, ...], ...]  # for each of `surroundings`
    intercepts: tuple[float, ...]


def uses_of(lines: Sequence[str]) -> tuple[Use, ...]:
    """Return of what use each line of a note is; of a few lines, that all was talked about."""
    if len(lines) < LEAST_LINES:
        return (USES[0],) * len(lines)
    chances = zip(lines, chances_of(lines), strict=True)
    return tuple(cheapest(found) if _is_readable(line) else USES[0] for line, found in chances)


def chances_of(lines: Sequence[str]) -> list[list[float]]:
    """Return how likely each use of each line is."""
    model = _model()
    own = [_own_chances(line, model) for line in lines]
    return [
        _shares(
            [
                sum(map(float.__mul__, column, known)) + intercept
                for column, intercept in zip(model.around, model.intercepts, strict=True)
            ]
        )
        for known in surroundings(own)
    ]


def features(line: str) -> frozenset[str]:
    """Return what a line is told by: words, their beginnings and ends, and pairs."""
    found = _tokens(line)
    tokens = ["#" if token.isdigit() else token for token in found]
    edged = ["^", *tokens, "$"]
    return frozenset((
        *tokens,
        *(f"{token[:5]}-" for token in tokens if len(token) > 5),
        *(f"-{token[-3:]}" for token in tokens if len(token) > 4),
        *map(" ".join, pairwise(edged)),
        " ".join(edged[:3]),
    ))  # fmt: skip


def _tokens(line: str) -> list[str]:
    folded = unicodedata.normalize("NFKD", line.casefold().replace("’", "'"))
    plain = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return _TOKEN.findall(plain)[:MOST_TOKENS]


def surroundings(own: Sequence[Sequence[float]]) -> list[list[float]]:
    """Return what is known of each line: its likelihoods, those around it, and the note's."""
    nothing = [0.0] * len(USES)
    whole = [sum(column) / len(own) for column in zip(*own, strict=True)]
    found = []
    for number, line in enumerate(own):
        known = [log(max(chance, LEAST)) for chance in line]
        for step in AROUND:
            known += own[number + step] if 0 <= number + step < len(own) else nothing
        known += whole
        found.append(known)
    return found


def cheapest(chances: Sequence[float]) -> Use:
    """Return the use that costs least to believe."""
    return max(USES, key=lambda use: chances[USES.index(use)] * LOSSES.get(use, 1))


def _is_readable(line: str) -> bool:
    """Return whether a line has a letter that words are learnt in, or has none at all."""
    return any(map(str.isalpha, _tokens(line))) or not any(map(str.isalpha, line))


def _own_chances(line: str, model: LineModel) -> list[float]:
    found = [model.words[one] for one in features(line) if one in model.words]
    scale = model.unit / sqrt(len(found) + FEW)
    sums = map(sum, zip(*found, strict=True)) if found else [0] * len(USES)
    odds = [
        (total - ZERO * len(found)) * scale + intercept
        for total, intercept in zip(sums, model.own_intercepts, strict=True)
    ]
    chances = [1 / (1 + exp(-one)) for one in odds]
    return [chance / sum(chances) for chance in chances]


def _shares(odds: Sequence[float]) -> list[float]:
    most = max(odds)
    raised = [exp(one - most) for one in odds]
    return [one / sum(raised) for one in raised]


@cache
def _model() -> LineModel:
    """Return the weights as they were written: numbers, words, and five bytes for each word."""
    head, words, rows = gzip.decompress(MODEL.read_bytes()).split(b"\n", 2)
    numbers = json.loads(head)
    width = len(USES)
    return LineModel(
        dict(
            zip(
                words.decode().split("\t"),
                (rows[at : at + width] for at in range(0, len(rows), width)),
                strict=True,
            )
        ),
        numbers["unit"],
        tuple(numbers["own_intercepts"]),
        tuple(map(tuple, numbers["around"])),
        tuple(numbers["intercepts"]),
    )
