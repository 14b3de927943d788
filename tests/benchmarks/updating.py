"""Reading many feeds: ours beside lemon24/reader, on the same feeds from the same server.

    .venv/bin/python -m tests.benchmarks.updating [FEEDS [ROUNDS]]     500 feeds, 3 rounds

A separate server on loopback serves feeds of 30 entries (RSS and Atom, HTML in the summaries,
compressed with gzip, ETag and Last-Modified). Each update is a process of its own that reads its
configuration, asks, cleans, stores and ends; both tools take turns. CPU seconds of the process, as
a ratio to reader with 10 workers (`pip install -e '.[bench]'`; without it only ours is shown):

    first     nothing is known yet                                        0.25
    same      all respond with 304                                              0.60
    tenth     a tenth of the feeds have one new entry                     0.35
    latency   each answer takes 100 ms: wall time by
              feeds / connections x latency                               1.35
    memory    peak of the first update, of four times as many feeds       1.25 (flat from FEEDS on)

The order of fetching loses no time: with 500 feeds of which nothing has changed, a delay of 100 ms
adds 5.07 s to a run without it, and 5.00 s is the ideal (this computer's own servers have no pause
between requests, and all connections). What is above 1 is the start of the process and the work on
the answers, 0.6 s of CPU; more than 1.35 on a busy machine is that machine.
"""

from __future__ import annotations

import asyncio
import email.utils
import gzip
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from tests.benchmarks.parsing import ENTRIES, NOW, feed

CONNECTIONS, LATENCY = 10, 0.1
TARGETS = {"first": 0.25, "same": 0.60, "tenth": 0.35, "latency": 1.35, "memory": 1.25}
MANY = 4  # times as many feeds show whether memory grows with them

OURS = """
import gc
import sys
from datetime import datetime
from pathlib import Path
from pipeline.cli.main import COLLECT_SELDOM
from pipeline.store.database import opened
from pipeline.maintenance.log import Log
from pipeline.steps.job import Job, RunOptions
from pipeline.steps.opening import read_workspace
from pipeline.steps.reading import read_news
gc.set_threshold(*COLLECT_SELDOM)
root = Path(sys.argv[1])
with opened(root) as db:
    workspace = read_workspace(root, remember=True)
    now, log = datetime.fromisoformat(sys.argv[2]), Log(None, datetime.now)
    read_news(Job(root, workspace, now, RunOptions(ask_all=True), db, log))
"""
READER_ADDS = """
import sys
from reader import make_reader
reader = make_reader(sys.argv[1])
for address in sys.stdin.read().split():
    reader.add_feed(address)
"""
READER = """
import sys
from reader import make_reader
make_reader(sys.argv[1]).update_feeds(scheduled=False, workers=10)
"""


@dataclass(frozen=True)
class Used:
    """What a process has used."""

    wall: float
    cpu: float
    peak: float  # MB


# ------------------------------------------------------------------------------------ the feeds


def write_feeds(root: Path, count: int, *, every: int = 0) -> None:
    """Write all feeds, or with `every` only every n-th with one more entry."""
    for number in range(0, count, every or 1):
        body = feed(number, ENTRIES + bool(every))
        path = root / f"{number}.xml"
        path.write_bytes(body)
        path.with_suffix(".gz").write_bytes(gzip.compress(body, 6, mtime=0))


# ----------------------------------------------------------------------------------- the server


class Talk(asyncio.Protocol):
    """One connection to the server: ETag, Last-Modified, 304, gzip, perhaps a delay."""

    def __init__(self, root: Path, delay: float) -> None:
        self._root, self._delay, self._head = root, delay, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: asyncio.WriteTransport = transport  # type: ignore[assignment]

    def data_received(self, data: bytes) -> None:
        self._head += data
        while b"\r\n\r\n" in self._head:
            head, _, self._head = self._head.partition(b"\r\n\r\n")
            if self._delay:
                asyncio.get_running_loop().call_later(self._delay, self._answer, head)
            else:
                self._answer(head)

    def _answer(self, head: bytes) -> None:
        first, *lines = head.decode("latin-1").split("\r\n")
        asked = {
            name.lower(): value.strip() for name, _, value in (x.partition(":") for x in lines)
        }
        path = self._root / first.split()[1].rpartition("/")[2]
        stat = path.stat()
        tag = f'"{stat.st_mtime_ns:x}-{stat.st_size:x}"'
        common = (
            f"ETag: {tag}\r\nLast-Modified: {email.utils.formatdate(stat.st_mtime, usegmt=True)}"
            "\r\nContent-Type: application/rss+xml\r\nVary: Accept-Encoding\r\n"
        )
        if asked.get("if-none-match") == tag:
            self._transport.write(f"HTTP/1.1 304 Not Modified\r\n{common}\r\n".encode())
            return
        body = path.with_suffix(".gz").read_bytes()
        common += f"Content-Encoding: gzip\r\nContent-Length: {len(body)}\r\n"
        self._transport.write(f"HTTP/1.1 200 OK\r\n{common}\r\n".encode() + body)


async def serve(root: Path, delay: float) -> None:
    """Serve until the process is ended; print the port."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Talk(root, delay), "127.0.0.1", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


@contextmanager
def serving(root: Path, delay: float = 0.0) -> Iterator[str]:
    """Yield the address at which a process serves the folder."""
    program = [sys.executable, "-m", "tests.benchmarks.updating", "serve", str(root), str(delay)]
    started = subprocess.Popen(program, stdout=subprocess.PIPE, text=True)
    assert started.stdout is not None
    try:
        yield f"http://127.0.0.1:{started.stdout.readline().strip()}/"
    finally:
        started.terminate()
        started.wait()


# ------------------------------------------------------------------------------------- the tools


class Ours:
    """`touchpoints`, up to where the articles are stored."""

    name = "ours"

    def set_up(self, folder: Path, addresses: list[str]) -> None:
        (folder / "data").mkdir(parents=True)
        feeds = "".join(f"      - {address}\n" for address in addresses)
        (folder / "feeds.yaml").write_text(
            f"settings:\n  timezone: UTC\n  news: {{at_once: {CONNECTIONS}}}\n"
            f"companies:\n  x:\n    name: X\n    feeds:\n{feeds}",
            encoding="utf-8",
        )

    def update(self, folder: Path) -> Used:
        return used([sys.executable, "-c", OURS, str(folder), NOW.isoformat()])


class Reader:
    """lemon24/reader with ten workers."""

    name = "reader"

    def set_up(self, folder: Path, addresses: list[str]) -> None:
        folder.mkdir(parents=True)
        program = [sys.executable, "-c", READER_ADDS, str(folder / "reader.db")]
        subprocess.run(program, input="\n".join(addresses), text=True, check=True)

    def update(self, folder: Path) -> Used:
        return used([sys.executable, "-c", READER, str(folder / "reader.db")])


def used(program: list[str]) -> Used:
    """Run a process to its end; return what it has used."""
    begun = time.perf_counter()
    started = subprocess.Popen(program)
    _, status, spent = os.wait4(started.pid, 0)
    if status:
        raise SystemExit(f"{program[:3]} ended with {status}")
    wall = time.perf_counter() - begun
    return Used(wall, spent.ru_utime + spent.ru_stime, spent.ru_maxrss / 1024)


# ------------------------------------------------------------------------------------ the measure


def measure(count: int, rounds: int) -> None:
    """Print the table."""
    tools = [Ours(), Reader()] if find_spec("reader") else [Ours()]
    with tempfile.TemporaryDirectory() as name:
        www = Path(name, "www")
        www.mkdir()
        spent: dict[tuple[str, str], list[Used]] = {}
        with serving(www) as address:
            for number in range(rounds):
                for tool in tools:
                    write_feeds(www, count)
                    folder = Path(name, f"{tool.name}{number}")
                    tool.set_up(folder, [f"{address}{n}.xml" for n in range(count)])
                    for step in ("first", "same", "tenth"):
                        if step == "tenth":
                            write_feeds(www, count, every=10)
                        spent.setdefault((tool.name, step), []).append(tool.update(folder))
        print(f"{count} feeds of {ENTRIES} entries, {rounds} rounds")
        for step in ("first", "same", "tenth"):
            tell(step, spent, lambda one: one.cpu, "s CPU")
        with serving(www, LATENCY) as address:
            Ours().set_up(Path(name, "slow"), [f"{address}{n}.xml" for n in range(count)])
            walls = [Ours().update(Path(name, "slow")).wall for _ in range(2)]
        ideal = count / CONNECTIONS * LATENCY
        for step, wall in zip(("first", "same"), walls, strict=True):
            line("latency", f"{wall:6.2f} s wall, {step}", f"{ideal:6.2f} s", wall / ideal)
        many = MANY * count
        write_feeds(www, many)
        with serving(www) as address:
            for tool in tools:
                folder = Path(name, f"{tool.name}-many")
                tool.set_up(folder, [f"{address}{n}.xml" for n in range(many)])
                spent["many", tool.name] = [tool.update(folder)]
        tell("memory", {(t.name, "memory"): spent["many", t.name] for t in tools},
             lambda one: one.peak, f"MB, {many} feeds")  # fmt: skip
        tell("memory", {(t.name, "memory"): spent[t.name, "first"] for t in tools},
             lambda one: one.peak, f"MB, {count} feeds")  # fmt: skip


def tell(
    step: str, spent: dict[tuple[str, str], list[Used]], of: Callable[[Used], float], unit: str
) -> None:
    """Print a line: the medians, and the median of the ratios round by round."""
    ours = [of(one) for one in spent["ours", step]]
    theirs = [of(one) for one in spent.get(("reader", step), [])]
    ratio = statistics.median(a / b for a, b in zip(ours, theirs, strict=True)) if theirs else None
    peer = f"{statistics.median(theirs):6.2f} reader" if theirs else "no peer installed"
    line(step, f"{statistics.median(ours):6.2f} {unit}", peer, ratio)


def line(step: str, ours: str, peer: str, ratio: float | None) -> None:
    """Print one line with its target."""
    verdict = "" if ratio is None else f"{ratio:7.2f}"
    over = "   too much" if ratio is not None and ratio > TARGETS[step] else ""
    print(f"  {step:8}{ours:24}{peer:18}{verdict}  (target {TARGETS[step]}){over}", flush=True)


def main() -> None:
    """Measure, or serve."""
    if sys.argv[1:2] == ["serve"]:
        asyncio.run(serve(Path(sys.argv[2]), float(sys.argv[3])))
        return
    numbers = [int(text) for text in sys.argv[1:]]
    measure(numbers[0] if numbers else 500, numbers[1] if len(numbers) > 1 else 3)


if __name__ == "__main__":
    main()
