"""What every test stands on: no network beyond loopback, and values built in one line.

`make_*` build records with sensible defaults, so that a test names only what it is about.
"""

from __future__ import annotations

import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

settings.register_profile("fuzz", max_examples=5_000, deadline=None)  # `make fuzz`

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


@pytest.fixture(autouse=True)
def _no_workspace_of_mine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TOUCHPOINTS_WORKSPACE", raising=False)
    monkeypatch.setenv("TZ", "UTC")


@pytest.fixture
def shared_folder() -> Path:
    """The collections beside the repository; a test that needs them is skipped without."""
    if not SHARED.is_dir():
        pytest.skip("the shared collections are not beside this repository")
    return SHARED


def days(number: float) -> timedelta:
    """Return that many days."""
    return timedelta(days=number)
