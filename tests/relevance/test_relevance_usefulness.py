"""The fitted model: what it reads, and that its sum is the score."""

from __future__ import annotations

import math
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.records import Part
from pipeline.relevance import usefulness
from pipeline.relevance.usefulness import Model

AGAINST = {"no_news", "foreign", "bad_news"}


@pytest.mark.parametrize("queue", ["company", "topic", "interest"])
def test_every_sign_has_the_direction_that_one_would_expect(queue: usefulness.Queue) -> None:
    """What has more in common with the notes is never less likely to be useful."""
    for name, value in usefulness.model_of(queue).coefficients.items():
        assert value <= 0 if name in AGAINST else value >= 0, name


def test_a_sum_of_log_odds_is_a_probability() -> None:
    """Intercept and features are added; what the model does not know counts nothing."""
    model = Model(-1.0, {"words": 2.0})
    assert model.log_odds({"words": 0.5, "other": 9.0}) == pytest.approx(0.0)
    assert usefulness.probability([Part("a", 1.0), Part("b", 2.0)]) == pytest.approx(
        1 / (1 + math.exp(-3.0))
    )
    assert usefulness.probability([]) == 0.0


@given(st.floats(allow_nan=False))
def test_no_log_odds_are_too_large(odds: float) -> None:
    """A probability is from 0 to 1."""
    assert 0.0 <= usefulness.of_log_odds(odds) <= 1.0


@given(st.floats(0.001, 0.999))
def test_log_odds_and_back(chance: float) -> None:
    """One is the other's inverse."""
    assert usefulness.of_log_odds(usefulness.log_odds_of(chance)) == pytest.approx(chance)


def test_scoring_loads_neither_scikit_learn_nor_scipy() -> None:
    """A coefficient is read from a file, not fitted in a run."""
    code = (
        "import sys; from pipeline.relevance import score, usefulness;"
        "usefulness.model_of('topic');"
        "print([m for m in ('sklearn', 'scipy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"
