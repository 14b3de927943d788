"""`serve` as a command: where it listens, what it says, and how it ends."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.sample_workspace import AS_OF, SampleWorkspace


@contextmanager
def serving(root: Path, *options: str, **environment: str) -> Iterator[subprocess.Popen[str]]:
    """Start the command; it is killed in the end, if it is still there."""
    command = [sys.executable, "-m", "pipeline.cli.main", "--workspace", str(root), "serve"]
    with subprocess.Popen(
        [*command, "--as-of", AS_OF, *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **environment},
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def address_of(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    return process.stdout.readline().strip()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_prints_the_address_once_and_nothing_of_what_is_asked(
    desk: SampleWorkspace, number: signal.Signals
) -> None:
    """On stdout the address with its secret; on stderr two lines, whatever is asked."""
    with serving(desk.root) as process:
        address = address_of(process)
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/\?token=[\w-]{22}", address)
        for path in ("", "&more=secret", "x"):
            try:
                urllib.request.urlopen(address + path, timeout=20).close()
            except urllib.error.HTTPError as error:
                assert error.code == 403
                error.close()
        process.send_signal(number)
        out, said = process.communicate(timeout=20)
    assert process.returncode == 0
    assert out == ""
    assert said.splitlines() == [
        "Press Ctrl-C to stop. The page is at",
        "Stopped. Everything you recorded is saved.",
    ]
    assert not list((desk.root / "data").glob("logs/*"))


@pytest.mark.skipif(not Path("/proc/net/tcp").is_file(), reason="Linux tells what listens")
def test_nobody_else_can_reach_it(desk: SampleWorkspace) -> None:
    """It listens on the loopback address alone."""
    with serving(desk.root) as process:
        port = int(re.findall(r":(\d+)/", address_of(process))[0])
        listening = Path("/proc/net/tcp").read_text() + Path("/proc/net/tcp6").read_text()
        found = re.findall(rf"\s([0-9A-F]+):{port:04X}\s+[0-9A-F]+:0000\s+0A", listening)
        assert found == ["0100007F"]


def test_on_the_network_it_warns(desk: SampleWorkspace) -> None:
    """Only where the user says so, and with a word on what that means."""
    with serving(desk.root, "--host", "0.0.0.0") as process:  # noqa: S104
        assert f"//{socket.gethostname().lower()}:" in address_of(process).lower()
        process.send_signal(signal.SIGINT)
        assert "open to the network and not encrypted" in process.communicate(timeout=20)[1]


@pytest.mark.parametrize("options", [("--port", "{taken}"), ("--host", "192.0.2.1")])
def test_an_address_that_cannot_be_used_is_said(
    desk: SampleWorkspace, options: tuple[str, str]
) -> None:
    """Taken, or not this computer's: exit code 1, one sentence."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        with serving(desk.root, *(part.format(taken=port) for part in options)) as process:
            _, said = process.communicate(timeout=20)
    assert process.returncode == 1
    assert "cannot be used" in said


def test_open_leads_there_by_a_private_file_that_goes(
    desk: SampleWorkspace, tmp_path: Path
) -> None:
    """The secret is in no list of processes; the file is its owner's alone, and gone at the end."""
    opener = tmp_path / "bin" / "xdg-open"
    opener.parent.mkdir()
    opener.write_text(f'#!/bin/sh\ncp -p "$1" {tmp_path}/seen; printf %s "$1" > {tmp_path}/name\n')
    opener.chmod(0o755)
    path = f"{opener.parent}:{os.environ['PATH']}"
    with serving(desk.root, "--open", PATH=path) as process:
        address = address_of(process)
        until = time.monotonic() + 20
        while not (tmp_path / "name").exists() and time.monotonic() < until:
            time.sleep(0.05)
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)
    seen = tmp_path / "seen"
    assert f'content="0;url={address}"' in seen.read_text()
    assert seen.stat().st_mode & 0o077 == 0
    name = Path((tmp_path / "name").read_text())
    assert name.parent == desk.root / "data"
    assert not name.exists()


def test_a_slow_visitor_does_not_take_all_places(desk: SampleWorkspace) -> None:
    """However many connections are open and say a letter now and then: the next one is served."""
    with serving(desk.root) as process:
        address = address_of(process)
        port = int(address.split(":")[2].split("/")[0])
        held = [socket.create_connection(("127.0.0.1", port), 20) for _ in range(100)]
        try:
            for one in held:
                with suppress(OSError):
                    one.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nX: ")
            with urllib.request.urlopen(address, timeout=20) as page:
                assert page.status == 200
        finally:
            for one in held:
                one.close()
