"""What is measured of relevance, and that it says so where there is nothing to measure on."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.relevance import usefulness
from tests.benchmarks import relevance


def test_where_no_collection_is_the_benchmark_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It names the folder in which it looked, and ends well."""
    monkeypatch.setenv("RELEVANCE_COLLECTION", str(tmp_path / "none"))
    relevance.main()
    told = capsys.readouterr().out
    assert f"No labelled collection is in {tmp_path / 'none'}." in told
    assert "Nothing measured." in told


def test_a_feature_taken_away_leaves_the_others_as_they_were() -> None:
    """Its coefficient is 0 in the model that is measured."""
    whole = usefulness.model_of("topic")
    model = relevance.fitted("topic", without="role")
    assert whole.coefficients["role"] > 0
    assert model.coefficients == dict(whole.coefficients) | {"role": 0.0}
    assert model.intercept == whole.intercept
