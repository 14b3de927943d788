"""Ninety days with six companies: every rule holds on every one of them, whatever the user does."""

from __future__ import annotations

import os
from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.touchpoints.rules import broken
from tests.touchpoints.season import PACES, Temper, live

SEASONS = int(os.environ.get("TOUCHPOINTS_SEASONS", "14"))  # hundreds: for a quiet evening

tempers = st.builds(
    Temper,
    seed=st.integers(0, 2**32),
    start=st.sampled_from(
        [date(2026, 10, 12), date(2027, 2, 15), date(2027, 4, 1), date(2026, 8, 20)]
    ),
    eager=st.sampled_from([0.0, 0.3, 0.6, 1.0, 1.6]),
    picky=st.sampled_from([0.0, 0.1, 0.3]),
    lazy=st.sampled_from([0.0, 0.1, 0.4]),
    regret=st.sampled_from([0.0, 0.05, 0.2]),
    chatty=st.sampled_from([0.0, 0.03, 0.1]),
    liked=st.sampled_from([0.0, 0.3, 1.0]),
    news=st.sampled_from([0.02, 0.1, 0.3]),
    bad=st.sampled_from([0.0, 0.01, 0.02]),
    away=st.integers(5, 80),
    runs_while_away=st.booleans(),
    at_most=st.sampled_from([1, 3, 5]),
    pace=st.sampled_from(PACES),
)


@pytest.mark.slow
@pytest.mark.timeout(600 + 5 * SEASONS)
@settings(
    max_examples=SEASONS,
    derandomize=True,
    phases=(Phase.generate,),  # what fails names its temper; to shrink it takes minutes
    suppress_health_check=list(HealthCheck),
)
@given(tempers)
def test_every_rule_holds_on_every_day(temper: Temper) -> None:
    """Whoever the user is, whatever the news: no rule is broken in ninety days."""
    for what in broken(live(temper)):
        pytest.fail(f"{what}\n{temper}")
