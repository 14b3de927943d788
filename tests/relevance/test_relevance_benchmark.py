"""What is measured of relevance, and that it says so where there is nothing to measure on."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.relevance import usefulness
from tests.benchmarks import ranking, relevance


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
    model = relevance.fitted("topic", without="foreign")
    assert whole.coefficients["foreign"] < 0
    assert model.coefficients == dict(whole.coefficients) | {"foreign": 0.0}
    assert model.intercept == whole.intercept


def test_a_table_of_tenths_counts_each_item_where_its_score_is(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A certain one is in the last tenth; an empty tenth says nothing."""
    ranking.print_tenths({"topic": [(0.31, True), (0.35, False), (1.0, True)]})
    rows = {line[:10]: line.split()[3:] for line in capsys.readouterr().out.splitlines()[-10:]}
    assert rows["0.3 to 0.4"] == ["0.33", "2:", "50%", "2:", "50%"]
    assert rows["0.9 to 1.0"] == ["1.00", "1:", "100%", "1:", "100%"]
    assert rows["0.4 to 0.5"] == ["0.00", "-", "-"]
