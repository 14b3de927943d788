"""What the candidate did is looked through where a thank-you may be due, and only there."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from pipeline.records import Company, Config, NoteLine, Settings, Workspace
from pipeline.steps.own_work import own_work
from tests.touchpoints.world import FILE, NOW, interview, plan, touchpoint


@pytest.mark.parametrize(("ago", "is_read"), [(0, True), (29, True), (30, False), (-1, False)])
def test_only_talks_of_a_month_are_looked_through(ago: int, is_read: bool) -> None:
    """A thank-you falls due within days; the embedding is not loaded for anything else."""
    lines = (
        NoteLine(FILE, 1, "discussed", "wafers at 3 nm: allocation"),
        NoteLine(FILE, 2, "angle", "did wafer allocation with two foundries"),
    )
    talk = replace(interview(lines=lines), interviewed=NOW - timedelta(days=ago))
    config = Config(Settings(timezone="UTC"), (Company("oracle", "Oracle"),))
    found = own_work(Workspace("/nowhere", config, (talk,)), NOW)
    assert bool(found) == is_read
    assert all(work.fits for work in found.values())


@pytest.mark.parametrize(("status", "is_read"), [("suggested", True), ("sent", False)])
def test_where_all_are_thanked_nothing_is_looked_through(status: str, is_read: bool) -> None:
    """It costs a tenth of a second, on every run."""
    told = NoteLine(FILE, 1, "discussed", "wafers at 3 nm: allocation")
    did = NoteLine(FILE, 2, "angle", "did wafer allocation with two foundries")
    talk = interview(lines=(told, did))
    config = Config(Settings(timezone="UTC"), (Company("oracle", "Oracle"),))
    (thanks,) = plan(talk).suggestions
    done = touchpoint(thanks, status)
    assert bool(own_work(Workspace("/nowhere", config, (talk,)), NOW, (done,))) == is_read
