"""What every test relies on: no network beyond loopback, and no wall clock."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

from pipeline.cli.context import Shared

if TYPE_CHECKING:
    from tests.sample_workspace import SampleWorkspace

# No example fails for being slow: the machine may be at work on something else.
settings.register_profile("suite", deadline=None)
settings.register_profile("fuzz", max_examples=5_000, deadline=None)  # `make fuzz`
settings.load_profile("suite")

# A shell starts what is to run in the background with Ctrl-C ignored, and so would be the children
# of the tests, some of which have to end by it.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)  # a Tuesday


class ReachedTheWorld(AssertionError):
    """A test tried to connect beyond loopback: serve what it needs on 127.0.0.1."""


@pytest.fixture(autouse=True)
def _only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> Any:
        host = address[0] if isinstance(address, tuple) else ""
        if host and not (str(host).startswith("127.") or host in ("::1", "localhost")):
            raise ReachedTheWorld(str(address))
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


class ReadTheClock(AssertionError):
    """A test would fail on some days: pass `--as-of`, or mark it `real_clock` with the reason."""


NEEDS_NO_TIME = {"--help", "-h", "--version", "check", "schema"}


def needs_a_time(words: Sequence[str]) -> bool:
    """Return whether this command line starts the program with no time given to it."""
    starts = any(name in " ".join(words) for name in ("pipeline.cli.main", "-m pipeline ")) or (
        bool(words) and Path(words[0]).name == "touchpoints"
    )
    return starts and not any("--as-of" in word for word in words) and not NEEDS_NO_TIME & {*words}


@pytest.fixture(autouse=True)
def clock_reads(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[list[str]]:
    """Fail a test that lets the program read the real clock, in this process or in a child."""
    marker = request.node.get_closest_marker("real_clock")
    if marker:
        assert marker.args, "say why: @pytest.mark.real_clock('the reason')"
        yield []
        return
    reads: list[str] = []
    clock = Shared.clock

    def guarded_clock(self: Shared) -> datetime:
        if self.as_of is None:
            reads.append(f"by a command on {self.workspace}")
            raise ReadTheClock(reads[-1])
        return clock(self)

    def guarded(start: Callable[..., None]) -> Callable[..., None]:
        def begin(self: Any, command: Any, *rest: Any, **named: Any) -> None:
            words = [command] if isinstance(command, str) else [str(word) for word in command]
            if rest and isinstance(rest[0], list):  # pexpect takes the program apart from its words
                words += rest[0]
            if needs_a_time(words):
                raise ReadTheClock(" ".join(words))
            start(self, command, *rest, **named)

        return begin

    monkeypatch.setattr(Shared, "clock", guarded_clock)
    monkeypatch.setattr(subprocess.Popen, "__init__", guarded(subprocess.Popen.__init__))
    if pexpect := sys.modules.get("pexpect"):
        monkeypatch.setattr(pexpect.spawn, "__init__", guarded(pexpect.spawn.__init__))
    yield reads
    if reads:
        raise ReadTheClock(", ".join(reads))


@pytest.fixture(autouse=True)
def _no_workspace_of_mine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TOUCHPOINTS_WORKSPACE", raising=False)
    monkeypatch.setenv("TZ", "UTC")


@pytest.fixture
def desk(tmp_path: Path) -> SampleWorkspace:
    """A workspace with two thank-yous on this morning's page."""
    from tests.sample_workspace import SampleWorkspace

    return SampleWorkspace(tmp_path / "ws")


@pytest.fixture
def shared_folder() -> Path:
    """The collections beside the repository; a test that needs them is skipped without."""
    if not SHARED.is_dir():
        pytest.skip("the shared collections are not beside this repository")
    return SHARED


def days(number: float) -> timedelta:
    """Return that many days."""
    return timedelta(days=number)
