"""What the candidate did is looked through where a thank-you may be due, and only there."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pipeline.records import (
    Company,
    Config,
    Interview,
    NoteLine,
    OwnWork,
    Profile,
    Settings,
    Workspace,
)
from pipeline.steps import own_work as looking
from pipeline.steps.own_work import known_own_work, own_work
from pipeline.store.database import atomic, opened
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


def test_what_is_known_is_looked_through_again_only_where_something_is_written_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is the same, line by line; a change of the notes, the profile or the company counts."""
    told = NoteLine(FILE, 1, "discussed", "wafers at 3 nm: allocation")
    did = NoteLine(FILE, 2, "angle", "did wafer allocation with two foundries")
    skill = NoteLine("data/profile.md", 1, "profile", "Allocation of wafers")
    config = Config(Settings(timezone="UTC"), (Company("oracle", "Oracle"),))
    first = Workspace("/nowhere", config, (interview(lines=(told, did)),), Profile((skill,)))
    bakery = Company("oracle", "Oracle", industry=("allocation",))
    later = interview(lines=(told, replace(did, text="baked bread")))
    second = replace(first, config=replace(config, companies=(bakery,)))
    third = replace(second, profile=Profile())
    versions = (first, second, third, replace(third, interviews=(later,)))
    looked: list[Workspace] = []
    look = looking._looked_through

    def counted(workspace: Workspace, talk: Interview) -> OwnWork:
        looked.append(workspace)
        return look(workspace, talk)

    expected = [own_work(workspace, NOW) for workspace in versions]
    monkeypatch.setattr(looking, "_looked_through", counted)
    for workspace, fitting in zip(versions, expected, strict=True):
        for hours in range(3):  # each time as after a new start
            with opened(tmp_path) as db, atomic(db):
                found = known_own_work(db, workspace, NOW + timedelta(hours=hours))
            assert found == fitting
    assert looked == list(versions)
    assert [len(work.lines) for fitting in expected for work in fitting.values()] == [2, 2, 1, 0]
