"""Many generated candidates, some of whom met the same people, beside runs of their own.

TOUCHPOINTS_CANDIDATES=300 .venv/bin/pytest tests/fleet/test_fleet_many.py    takes half an hour
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from pipeline.fleet import engines
from pipeline.fleet.run import Means
from pipeline.fleet.run import run as serve_all
from pipeline.fleet.serving import Round
from pipeline.records import Taken
from pipeline.run import run
from pipeline.steps.job import RunOptions
from pipeline.store import candidate as stored
from pipeline.store.database import opened
from tests.benchmarks.scoring import NOW
from tests.benchmarks.service import A_DAY, AT_FIRST, Office, asked, served
from tests.fleet.office import written
from tests.fleet.test_fleet_engines import Disturbed
from tests.fleet.test_fleet_engines import scheduler as scheduler

CANDIDATES = int(os.environ.get("TOUCHPOINTS_CANDIDATES", "10"))
FEEDS = min(3 * CANDIDATES, 200)
ROUNDS = (
    (NOW - timedelta(days=1), AT_FIRST),
    (NOW, A_DAY),
    (NOW + timedelta(hours=2), 0),
)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office whose feeds bring entries on two days, each day's in a folder; `before` is it."""
    made = Office(tmp_path, CANDIDATES, FEEDS)
    with served(made) as address:
        made.enrol(address)
        shutil.copytree(made.folder, tmp_path / "before")
        for number, (at, entries) in enumerate(ROUNDS):
            made.publish(at, entries)
            shutil.copytree(tmp_path / "served", tmp_path / f"served {number}")
        yield made


def begin(office: Office, number: int) -> datetime:
    """Let the feeds say what they say in this round."""
    shutil.copytree(office.root / f"served {number}", office.root / "served", dirs_exist_ok=True)
    return ROUNDS[number][0]


def taken(root: Path) -> tuple[Taken, ...]:
    with opened(root) as db:
        return stored.load_history(db).taken


def by_the_fleet(
    office: Office, engine: engines.Engine
) -> tuple[list[dict[str, bytes]], list[dict[str, tuple[Taken, ...]]]]:
    """Return what all read after each round, and what was another's."""
    pages, others = [], []
    for number in range(len(ROUNDS)):
        now, before = begin(office, number), Counter(asked(office))
        report = serve_all(Round(office.folder, now), Means(engine))
        assert {one.outcome for one in report.served} == {"served"}
        followed = dict.fromkeys((f"/{feed}.xml" for feed in office.followed), 1)
        assert Counter(asked(office)) - before == followed  # each feed is asked once
        pages.append(dict(written(office.folder)))
        others.append({root.name: taken(root) for root in office.folder.glob("c*")})
    return pages, others


def alone(root: Path, now: datetime, others: tuple[Taken, ...]) -> None:
    """Do one candidate's run."""
    run(root, now, RunOptions(scheduled=True, taken=others))


def afresh(office: Office) -> None:
    shutil.rmtree(office.folder)
    shutil.copytree(office.root / "before", office.folder)


@pytest.mark.slow
@pytest.mark.timeout(600 + 10 * CANDIDATES)
def test_each_gets_what_a_run_of_his_own_gives(office: Office) -> None:
    """Byte for byte, with one request for each feed.

    To those who met the same people their runs are told, as the fleet's are, what is another's.
    """
    pages, others = by_the_fleet(office, engines.Processes(2))
    assert any(any(round_.values()) for round_ in others)
    afresh(office)
    forked = multiprocessing.get_context("fork")  # in a process of its own, with nothing at hand
    for number in range(len(ROUNDS)):
        now = begin(office, number)
        with forked.Pool(2, maxtasksperchild=1) as pool:
            roots = sorted(office.folder.glob("c*"))
            runs = [(root, now, others[number][root.name]) for root in roots]
            pool.starmap(alone, runs, chunksize=1)
        found = written(office.folder)
        assert found.keys() == pages[number].keys()
        assert [name for name in found if found[name] != pages[number][name]] == []


@pytest.mark.slow
@pytest.mark.timeout(600 + 10 * CANDIDATES)
def test_dask_gives_the_same_with_a_worker_killed(
    office: Office, tmp_path: Path, scheduler: str
) -> None:
    """To all of them, who share people, too; each feed is asked once."""
    pages, _ = by_the_fleet(office, engines.Processes(2))
    afresh(office)
    with engines.cluster(scheduler) as engine:
        by_dask, _ = by_the_fleet(office, Disturbed(engine, tmp_path / "mark", "c00001"))
    assert (tmp_path / "mark").exists()
    assert by_dask == pages
