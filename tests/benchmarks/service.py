"""Many candidates: what `fleet run` costs for each, and how that grows.

    .venv/bin/python -m tests.benchmarks.service [SIZE ...]    100x200 300x200 100x2000

Each candidate follows five companies, with an interview at each, and three topics; which ones is
drawn by Zipf's law: the n-th most followed with a chance of 1/n. A company's interviewers are forty
people, so that some candidates have met the same one. Every feed brings three new entries a day and
shows the last thirty. For each size three rounds, each `touchpoints fleet run` as a process with
one worker less than there are processors, the feeds served on loopback:

    first    the first day: every workspace is new, each feed shows twelve entries
    daily    the next day: three new entries in each
    hourly   two hours later, with nothing new

Beside the first size ten of the candidates by `touchpoints run`, a process each, on the same days.
CPU seconds are those of all processes; memory is the largest process. The exponent is that of the
growth from the fewest to the most candidates. Of three sizes or more each round is fitted by what
it costs to begin, for each candidate and for each feed that somebody follows; printed is what that
says of sizes that were not run, with 23 hourly rounds beside the daily one.
"""

from __future__ import annotations

import bisect
import itertools
import json
import math
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from xml.sax.saxutils import escape

from tests.benchmarks.scoring import COMPANY, NOW, News, note

SIZES = ("100x200", "300x200", "100x2000")
OF_COMPANIES = 5 / 8  # of the feeds: as many as a candidate follows of each
COMPANIES, TOPICS, LINES = 5, 3, 8
ENTRIES, AT_FIRST, A_DAY = 30, 12, 3
PEOPLE = 40  # at each company
ALONE = 10  # candidates who are run by themselves
WORKERS = max((os.cpu_count() or 1) - 1, 1)
NOT_RUN = ((10_000, 50_000), (1_000_000, 50_000))  # candidates, feeds that somebody follows
SERVER = """
import functools, http.server, sys
class Counting(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        with open(sys.argv[2], "a") as log: log.write(self.path + chr(10))
server = http.server.ThreadingHTTPServer(
    ("127.0.0.1", 0), functools.partial(Counting, directory=sys.argv[1]))
print(server.server_port, flush=True)
server.serve_forever()
"""
MEASURED = """
import json, resource, subprocess, sys, time
begun = time.perf_counter()
done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([used.ru_utime + used.ru_stime, time.perf_counter() - begun,
                  used.ru_maxrss / 1024, done.returncode]))
"""


@dataclass(frozen=True)
class Used:
    """What a round used."""

    cpu: float
    wall: float
    peak: float  # MB, of the largest process
    requests: int


class Zipf:
    """Draws one of many, the n-th with a chance of 1/n."""

    def __init__(self, count: int) -> None:
        self._up_to = list(itertools.accumulate(1 / (n + 1) for n in range(count)))

    def some(self, count: int, chance: random.Random) -> list[int]:
        found: dict[int, None] = {}
        while len(found) < count:
            found[bisect.bisect(self._up_to, chance.random() * self._up_to[-1])] = None
        return list(found)


class Office:
    """A folder of feeds, and a folder of candidates who follow them."""

    def __init__(self, root: Path, candidates: int, feeds: int) -> None:
        self.root, self.feeds, self.candidates = root, feeds, candidates
        self._companies = round(feeds * OF_COMPANIES)
        self._news = News(5)
        self._made = 0
        self._written: list[list[str]] = [[] for _ in range(feeds)]
        self.followed: set[int] = set()
        (root / "served").mkdir(parents=True)

    @property
    def folder(self) -> Path:
        return self.root / "fleet"

    def publish(self, at: datetime, count: int) -> None:
        """Put that many new entries into each feed, some hours before a time."""
        for number, entries in enumerate(self._written):
            for _ in range(count):
                self._made += 1
                title, text = self._news.text()
                link = f"https://news{number}.example/{self._made}"
                when = format_datetime(at - timedelta(hours=2, seconds=self._made % 7_000))
                entries.append(
                    f"<item><title>{escape(title.replace(COMPANY, _name(number)))}</title>"
                    f"<guid>{link}</guid><link>{link}</link><pubDate>{when}</pubDate>"
                    f"<description>{escape(text)}</description></item>"
                )
            del entries[:-ENTRIES]
            (self.root / "served" / f"{number}.xml").write_text(
                f'<?xml version="1.0"?><rss version="2.0"><channel><title>News {number}</title>'
                f"<link>https://news{number}.example/</link><description/>"
                f"{''.join(reversed(entries))}</channel></rss>",
                encoding="utf-8",
            )

    def enrol(self, address: str) -> None:
        """Write the candidates' workspaces."""
        of_companies, of_topics = Zipf(self._companies), Zipf(self.feeds - self._companies)
        for number in range(self.candidates):
            chance = random.Random(number)
            root = self.folder / f"c{number:05}"
            (root / "data" / "notes").mkdir(parents=True)
            rows = ["settings: {timezone: UTC}", "companies:"]
            for one in of_companies.some(COMPANIES, chance):
                self.followed.add(one)
                rows.append(f"  m{one}: {{name: {_name(one)}, feeds: ['{address}/{one}.xml']}}")
                person = f"Tom{chance.randrange(PEOPLE)} Adeyemi"
                text = note(self._news.lines(LINES)).replace("company: merrin", f"company: m{one}")
                text = text.replace("Tom Adeyemi", person).replace(
                    "tom@example.com", f"{person.split()[0].lower()}@m{one}.example"
                )
                (root / "data" / "notes" / f"m{one}.md").write_text(text, encoding="utf-8")
            rows.append("topics:")
            for one in of_topics.some(TOPICS, chance):
                feed = self._companies + one
                self.followed.add(feed)
                rows.append(f"  t{one}: {{feeds: ['{address}/{feed}.xml']}}")
            (root / "feeds.yaml").write_text("\n".join(rows) + "\n", encoding="utf-8")


def _name(number: int) -> str:
    return f"{COMPANY.split()[0]}{number} Labs"


@contextmanager
def served(office: Office) -> Iterator[str]:
    """Serve the feeds; give their address. Each request is a line in a file."""
    (office.root / "asked").touch()
    command = [
        sys.executable,
        "-c",
        SERVER,
        str(office.root / "served"),
        str(office.root / "asked"),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            yield f"http://127.0.0.1:{int(server.stdout.readline())}"
        finally:
            server.kill()


def used(office: Office, at: datetime, *words: str) -> Used:
    """Run the program as of that time."""
    before = len(asked(office))
    program = [sys.executable, "-m", "pipeline.cli.main", *words, "--as-of", at.isoformat()]
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, *program],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": ""},
    )
    cpu, wall, peak, code = json.loads(done.stdout)
    assert code == 0, done.stderr
    return Used(cpu, wall, peak, len(asked(office)) - before)


def asked(office: Office) -> list[str]:
    """Return what was asked for so far."""
    return (office.root / "asked").read_text().splitlines()


def measure(candidates: int, feeds: int, *, alone: int) -> tuple[int, dict[str, Used]]:
    """Return how many feeds somebody follows, and what each round used.

    It is printed, beside so many of the candidates by themselves.
    """
    found: dict[str, Used] = {}
    with tempfile.TemporaryDirectory() as folder:
        office = Office(Path(folder), candidates, feeds)
        with served(office) as address:
            office.enrol(address)
            followed = len(office.followed)
            print(
                f"\n{candidates:,} candidates, {followed:,} of {feeds:,} feeds followed", flush=True
            )
            shutil.copytree(office.folder, office.root / "alone")
            roots = sorted((office.root / "alone").iterdir())[:alone]
            for name, at, entries in (
                ("first", NOW - timedelta(days=1), AT_FIRST),
                ("daily", NOW, A_DAY),
                ("hourly", NOW + timedelta(hours=2), 0),
            ):
                office.publish(at, entries)
                words = ("fleet", "run", str(office.folder), "--workers", str(WORKERS))
                found[name] = used(office, at, *words)
                runs = [used(office, at, "run", "--workspace", str(root)) for root in roots]
                one = found[name]
                print(
                    f"{name:7} {one.cpu / candidates:.3f} s CPU a candidate,"
                    f" {one.wall:.0f} s, {one.peak:.0f} MB, {one.requests:,} requests",
                    flush=True,
                )
                if runs:
                    cpu = sum(run.cpu for run in runs) / len(runs)
                    asked = sum(run.requests for run in runs) / len(runs) * candidates
                    peak = max(run.peak for run in runs)
                    print(f"  alone {cpu:.3f} s, {peak:.0f} MB, {asked:,.0f} requests", flush=True)
        size = sum(path.stat().st_size for path in office.folder.rglob("*") if path.is_file())
        shared = sum(
            path.stat().st_size for path in (office.folder / ".fleet").rglob("*") if path.is_file()
        )
        print(
            f"on the disk {(size - shared) / candidates / 1e6:.2f} MB a candidate, "
            f"{shared / followed / 1e3:.1f} kB a feed"
        )
    return followed, found


def model(measured: list[tuple[int, int, dict[str, Used]]]) -> None:
    """Print what each round costs for a candidate and a feed, and what other sizes would need."""
    import numpy as np

    sizes = np.array([[1.0, candidates, feeds] for candidates, feeds, _ in measured])
    costs = {}
    for name in measured[0][2]:
        used = np.array([found[name].cpu for *_, found in measured])
        costs[name], *_ = np.linalg.lstsq(sizes, used, rcond=None)
        begin, one, feed = costs[name]
        print(f"{name:7} {begin:.1f} s + {one:.4f} s a candidate + {feed:.5f} s a feed")
    for candidates, feeds in NOT_RUN:
        day = np.array([1.0, candidates, feeds]) @ (costs["daily"] + 23 * costs["hourly"])
        print(f"{candidates:,} candidates, {feeds:,} feeds: {day / 3600:,.1f} core hours a day")


def main() -> None:
    """Measure the sizes that are named."""
    subprocess.run([sys.executable, "-m", "compileall", "-q", "pipeline"], check=False)
    sizes = [tuple(map(int, size.split("x"))) for size in sys.argv[1:] or SIZES]
    measured = [
        (candidates, *measure(candidates, feeds, alone=0 if number else ALONE))
        for number, (candidates, feeds) in enumerate(sizes)
    ]
    (few, _, least), *_, (many, _, most) = sorted(measured, key=lambda one: one[0])
    if few < many:
        for name in least:
            grown = math.log(most[name].cpu / least[name].cpu) / math.log(many / few)
            print(f"{name}: CPU grows with the candidates to the power of {grown:.2f}")
    if len(measured) > 2:
        model(measured)


if __name__ == "__main__":
    main()
