"""Reports from the field that are right stay right; `python -m tests.reports` runs them all."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reports import CHECKS, REPORTS, run_copy


@pytest.mark.parametrize("name", CHECKS)
def test_a_report_that_was_mended_stays_right(name: str, tmp_path: Path) -> None:
    """What its expected.md says is checked in a copy."""
    if not (REPORTS / name).is_dir():
        pytest.skip("the reports are not beside this repository")
    run_copy(REPORTS / name, tmp_path)


def test_a_report_has_a_check() -> None:
    """A new folder without one would be passed over."""
    if not REPORTS.is_dir():
        pytest.skip("the reports are not beside this repository")
    assert {path.name for path in REPORTS.iterdir() if path.is_dir()} <= set(CHECKS)
