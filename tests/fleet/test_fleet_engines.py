"""Processes that serve blocks: one that is lost costs its block again, and nothing is doubled."""

from __future__ import annotations

import os
import signal
from functools import partial
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from pipeline.fleet import engines, serving
from pipeline.fleet.run import Means
from pipeline.fleet.run import run as serve_all
from pipeline.fleet.serving import Block, Round, Served
from pipeline.store import candidate as stored
from pipeline.store.database import opened
from tests.fleet.office import COMPANIES, NOW, Office

NAMES = ("ada", "ben", "cleo", "dan")


@pytest.fixture
def office(tmp_path: Path, httpserver: HTTPServer) -> Office:
    """An office with four candidates."""
    made = Office(tmp_path, httpserver)
    for name in NAMES:
        made.enrol(name, COMPANIES[0], person=f"{name.title()} Holt")
    return made


def killed_once(mark: Path, round_: Round, block: Block) -> tuple[Served, ...]:
    """Serve a block; the first process that has served Ben is killed before it says so."""
    served = serving.serve(round_, {}, block)
    if "ben" in block and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return served


def killed_by_ben(round_: Round, block: Block) -> tuple[Served, ...]:
    """Serve a block; whoever comes to Ben is killed."""
    if "ben" in block:
        os.kill(os.getpid(), signal.SIGKILL)
    return serving.serve(round_, {}, block)


def suggestions(root: Path) -> list[str]:
    with opened(root) as db:
        return [item.suggestion.key for item in stored.load_history(db).touchpoints]


def test_a_process_that_is_killed_costs_its_block_again(office: Office, tmp_path: Path) -> None:
    """All are served, and nothing is suggested twice."""
    work = partial(killed_once, tmp_path / "mark", Round(office.folder, NOW))
    serve_all(Round(office.folder, NOW), Means(engines.processes(2), 2))
    found = list(engines.processes(2)(work, engines.blocks_of(NAMES, 2)))
    served = sorted(one.candidate for _, block in found for one in block or ())
    assert (tmp_path / "mark").exists()
    assert served == sorted(NAMES)
    for name in NAMES:
        keys = suggestions(office.folder / name)
        assert keys
        assert len(keys) == len(set(keys))


def test_who_ends_each_process_harms_nobody_else(office: Office) -> None:
    """Each of the others has a process for himself; the one is not served."""
    found = dict(engines.processes(2)(partial(killed_by_ben, Round(office.folder, NOW)), [NAMES]))
    assert found.pop(("ben",)) is None
    assert [one.outcome for block in found.values() for one in block or ()] == ["served"] * 3


def test_blocks_hold_everybody_once() -> None:
    """Some for each process, of twenty at most."""
    names = [f"c{number}" for number in range(1_000)]
    blocks = engines.blocks_of(names, 2)
    assert [name for block in blocks for name in block] == names
    assert {len(block) for block in blocks} == {20}
    assert engines.blocks_of(names[:20], 2)[0] == ("c0",)
