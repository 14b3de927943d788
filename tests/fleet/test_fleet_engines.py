"""Processes that serve blocks: one that is lost costs its block again, and nothing is doubled."""

from __future__ import annotations

import logging
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from pipeline.errors import SchedulerMissing
from pipeline.fleet import engines, serving
from pipeline.fleet.run import Means
from pipeline.fleet.run import run as serve_all
from pipeline.fleet.serving import Round, Served, Turn
from pipeline.run import run
from pipeline.steps.job import RunOptions
from pipeline.store import candidate as stored
from pipeline.store.database import opened
from tests.fleet.office import COMPANIES, NOW, Office, written

NAMES = ("ada", "ben", "cleo", "dan")
TURNS = tuple(map(Turn, NAMES))


@pytest.fixture
def office(tmp_path: Path, httpserver: HTTPServer) -> Office:
    """An office with four candidates."""
    made = Office(tmp_path, httpserver)
    for name in NAMES:
        made.enrol(name, COMPANIES[0], person=f"{name.title()} Holt")
    return made


def killed_once(mark: Path, round_: Round, block: tuple[Turn, ...]) -> tuple[Served, ...]:
    """Serve a block; the first process that has served Ben is killed before it says so."""
    served = serving.serve(round_, block)
    if Turn("ben") in block and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return served


def killed_by_ben(round_: Round, block: tuple[Turn, ...]) -> tuple[Served, ...]:
    """Serve a block; whoever comes to Ben is killed."""
    if Turn("ben") in block:
        os.kill(os.getpid(), signal.SIGKILL)
    return serving.serve(round_, block)


def suggestions(root: Path) -> list[str]:
    with opened(root) as db:
        return [item.suggestion.key for item in stored.load_history(db).touchpoints]


@pytest.mark.slow
def test_a_process_that_is_killed_costs_its_block_again(office: Office, tmp_path: Path) -> None:
    """All are served, and nothing is suggested twice."""
    work = partial(killed_once, tmp_path / "mark", Round(office.folder, NOW))
    serve_all(Round(office.folder, NOW), Means(engines.Processes(2)))
    found = list(engines.Processes(2).each(work, engines.blocks_of(TURNS, 2)))
    served = sorted(one.candidate for _, block in found for one in block or ())
    assert (tmp_path / "mark").exists()
    assert served == sorted(NAMES)
    for name in NAMES:
        keys = suggestions(office.folder / name)
        assert keys
        assert len(keys) == len(set(keys))


@pytest.mark.slow
def test_who_ends_each_process_harms_nobody_else(office: Office) -> None:
    """Each of the others has a process for himself; the one is not served."""
    found = dict(
        engines.Processes(2).each(partial(killed_by_ben, Round(office.folder, NOW)), [TURNS])
    )
    assert found.pop((Turn("ben"),)) is None
    assert [one.outcome for block in found.values() for one in block or ()] == ["served"] * 3


def write_down(folder: Path, block: tuple[str, ...]) -> None:
    """Say which process this is, and be busy for longer than any test."""
    (folder / f"{os.getpid()}").touch()
    time.sleep(600)


KILLED = """
import sys
from functools import partial
from pathlib import Path
from pipeline.fleet.engines import Processes
from tests.fleet.test_fleet_engines import write_down
if __name__ == "__main__":
    list(Processes(2).each(partial(write_down, Path(sys.argv[1])), [("ada",), ("ben",)]))
"""


def test_no_process_outlives_a_round_that_is_killed(tmp_path: Path) -> None:
    """Cron's job may end at any moment, and leaves nobody behind."""
    (tmp_path / "busy").mkdir()
    (tmp_path / "round.py").write_text(KILLED)
    command = [sys.executable, str(tmp_path / "round.py"), str(tmp_path / "busy")]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    with subprocess.Popen(command, env=environment) as started:
        wait_until(lambda: len(list((tmp_path / "busy").iterdir())) == 2)
        started.kill()
    workers = [int(path.name) for path in (tmp_path / "busy").iterdir()]
    wait_until(lambda: not any(map(is_alive, workers)))


def wait_until(is_so: Callable[[], bool]) -> None:
    """Wait for it, for a minute at most."""
    ends = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < ends
        time.sleep(0.05)


def is_alive(process: int) -> bool:
    """Return whether a process is at work; one that only waits to be buried is not."""
    try:
        return ") Z " not in Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False


def test_blocks_hold_everybody_once() -> None:
    """Some for each process, of twenty at most."""
    names = [f"c{number}" for number in range(1_000)]
    blocks = engines.blocks_of(names, 2)
    assert [name for block in blocks for name in block] == names
    assert {len(block) for block in blocks} == {20}
    assert engines.blocks_of(names[:20], 2)[0] == ("c0",)


# ------------------------------------------------------------------------------------- by Dask


@pytest.fixture
def scheduler(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A scheduler on loopback with two worker processes."""
    distributed = pytest.importorskip("distributed")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(path for path in sys.path if path))
    with distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        host="127.0.0.1",
        dashboard_address=None,
        silence_logs=logging.CRITICAL,
    ) as made:
        yield made.scheduler_address


class Disturbed:
    """An engine whose work on somebody ends with the process, the first time they were served."""

    def __init__(self, engine: engines.Engine, mark: Path, whom: str = "ben") -> None:
        self.engine, self.mark, self.whom, self.workers = engine, mark, whom, engine.workers

    def each(self, work, blocks):  # type: ignore[no-untyped-def]
        return self.engine.each(partial(lost_once, work, self.mark, self.whom), blocks)


def lost_once(work, mark: Path, whom: str, block):  # type: ignore[no-untyped-def]
    """Do the work; the first process that has served them is killed before it says so."""
    done = work(block)
    served = {one.candidate for one in done if isinstance(one, Served)}
    if whom in served and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return done


def test_dask_serves_as_a_run_does_with_a_worker_killed(
    office: Office, tmp_path: Path, scheduler: str
) -> None:
    """The same pages, byte for byte, each feed asked once, and nothing suggested twice."""
    shutil.copytree(office.folder, tmp_path / "before")
    for name in NAMES:
        run(office.folder / name, NOW, RunOptions(scheduled=True))
    alone = written(office.folder)
    shutil.rmtree(office.folder)
    shutil.move(tmp_path / "before", office.folder)
    office.asked.clear()
    with engines.cluster(scheduler) as engine:
        assert engine.workers == 2
        disturbed = Disturbed(engine, tmp_path / "mark")
        report = serve_all(Round(office.folder, NOW), Means(disturbed))
    assert (tmp_path / "mark").exists()
    assert [one.outcome for one in report.served] == ["served"] * 4
    assert written(office.folder) == alone
    assert office.asked == {"/halden": 1, "/sailing": 1}
    for name in NAMES:
        keys = suggestions(office.folder / name)
        assert len(keys) == len(set(keys)) > 0


@pytest.mark.slow
def test_who_ends_each_worker_harms_nobody_else(office: Office, scheduler: str) -> None:
    """Dask gives up on his block; each of it is served alone then, and he alone is not."""
    with engines.cluster(scheduler) as engine:
        found = dict(engine.each(partial(killed_by_ben, Round(office.folder, NOW)), [TURNS]))
    assert found.pop((Turn("ben"),)) is None
    assert [one.outcome for block in found.values() for one in block or ()] == ["served"] * 3


def test_a_scheduler_that_is_not_there_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """In a sentence, with what to start; nobody is served and nothing is lost."""
    pytest.importorskip("distributed")
    monkeypatch.setattr(engines, "PATIENCE", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as unused:
        address = f"tcp://127.0.0.1:{unused.getsockname()[1]}"
    with pytest.raises(SchedulerMissing, match="no Dask scheduler at"), engines.cluster(address):
        pass


def test_without_dask_one_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra, here and where the workers are."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(SchedulerMissing, match=r"touchpoints\[fleet\]"), engines.cluster("tcp://x"):
        pass
