"""Several runs at once: one does the job, the others leave politely, and nothing is done twice."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.endurance import world
from tests.endurance.conftest import Day
from tests.endurance.faults import ROOT
from tests.endurance.world import Feeds

pytestmark = pytest.mark.slow


def begin(day: Day) -> subprocess.Popen[str]:
    """Start a run as cron does."""
    return subprocess.Popen(
        [
            *(sys.executable, "-m", "pipeline.cli.main", "run"),
            *("--workspace", str(day.root), "--as-of", day.as_of),
        ],
        cwd=ROOT,
        env=os.environ | {"TZ": "UTC"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(runs: list[subprocess.Popen[str]]) -> list[int]:
    """Wait for runs; return the exit code of each. Who left says why, once an hour."""
    found = []
    for one in runs:
        out, said = one.communicate(timeout=120)
        assert not said or (one.returncode == LEFT and said.startswith("Another run is at work"))
        assert not out
        found.append(one.returncode)
    return found


LEFT = 4


@contextmanager
def slow_feeds(feeds: Feeds, patch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Let the feeds answer only when they are told to."""
    asked, may_answer = threading.Event(), threading.Event()
    answer = feeds.answer

    def waiting(path: str, etag: str) -> tuple[int, dict[str, str], str]:
        asked.set()
        may_answer.wait(60)
        return answer(path, etag)

    with patch.context() as one:
        one.setattr(feeds, "answer", waiting)
        try:
            yield asked
        finally:
            may_answer.set()


@pytest.mark.parametrize("others", [1, 9])
def test_while_a_run_is_at_work_all_others_leave(
    others: int, days: tuple[Day, ...], feeds: Feeds, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 4, no feed asked by them; what the one does is what it does alone."""
    day = days[1]
    world.copy(day.before, day.root)
    feeds.now = day.now
    feeds.asked.clear()
    with slow_feeds(feeds, monkeypatch) as asked:
        first = begin(day)
        assert asked.wait(30)
        assert ended([begin(day) for _ in range(others)]) == [LEFT] * others
    assert ended([first]) == [0]
    assert dict(feeds.asked) == day.asked
    assert world.differences(day.after, world.everything(day.root)) == []


@pytest.mark.parametrize("number", [2, 10])
def test_runs_that_begin_together_do_the_job_once(
    number: int, days: tuple[Day, ...], feeds: Feeds
) -> None:
    """In a workspace that has no database yet; who comes late finds all done."""
    day = days[0]
    world.copy(day.before, day.root)
    feeds.now = day.now
    feeds.asked.clear()
    found = ended([begin(day) for _ in range(number)])
    assert set(found) <= {0, LEFT}
    assert 0 in found
    assert dict(feeds.asked) == day.asked
    assert world.differences(day.after, world.everything(day.root)) == []
