"""How likely a story is to be useful: the features of one note line or company, weighed and added.

Takes features by name; gives the parts of the log-odds, each a feature times its coefficient, and
the probability that they add up to. The coefficients are in `fitted/usefulness.toml`, fitted on
labelled interviews by tests/training/usefulness.py: a logistic regression for each queue, which is
the news about the company, the other stories that a line of the talk fits (topic), and those that
fit something seen in the office (interest).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from pipeline.records import Part, Queue
from pipeline.records.record import dataclass

Features = Mapping[str, float]

# ------------------------------------------------------------ every number, and where it is from
# no border test: what a list leaves out; an option shows all
LEAST_LISTED = 0.05  # score below which a list of what fits only counts a story

USUAL = "any story"  # the part of the intercept: what is known before a story is looked at


@dataclass(frozen=True, slots=True)
class Model:
    """The coefficients of one queue."""

    intercept: float
    coefficients: Mapping[str, float]

    def log_odds(self, features: Features) -> float:
        """Return the log-odds that the story is useful."""
        weigh = self.coefficients.get
        return self.intercept + math.fsum(
            weigh(name, 0.0) * value for name, value in features.items()
        )


@cache
def model_of(queue: Queue) -> Model:
    """Return the fitted model of a queue."""
    import tomllib

    path = Path(__file__).with_name("fitted") / "usefulness.toml"
    table = tomllib.loads(path.read_text("utf-8"))[queue]
    return Model(table.pop("intercept"), table)


def probability(parts: Iterable[Part]) -> float:
    """Return the probability whose log-odds the parts add up to; 0 where there are none."""
    amounts = [part.amount for part in parts]
    return of_log_odds(math.fsum(amounts)) if amounts else 0.0


def of_log_odds(odds: float) -> float:
    """Return the probability of these log-odds."""
    return 1 / (1 + math.exp(-max(min(odds, 700.0), -700.0)))


def log_odds_of(chance: float) -> float:
    """Return the log-odds of a probability; of 0 and 1 as far as a number goes."""
    if not 0 < chance < 1:
        return math.inf if chance else -math.inf
    return math.log(chance / (1 - chance))
