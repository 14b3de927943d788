"""The most memory that a run takes beside a million stored articles.

    .venv/bin/python -m tests.benchmarks.memory [N]      N stored articles, 1,000,000 unless told

N articles of the last 180 days lie in a workspace that earlier runs have seen. Prints the peak
of each run in MB and its CPU seconds; the target is 500 MB:

    first     what was learned, the marks and the matches are all made anew
    daily     300 new articles come in by a feed file
    refit     the same, and a refit is due
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from pipeline.records import Article
from tests.benchmarks.scoring import NEW, NOW, News, make_workspace, write_feed

DAYS = 180
TARGET = 500  # MB
POOL = 5_000  # articles that are made; the others are put together from their halves


def articles(count: int, address: str) -> Iterator[Article]:
    """Yield articles of which each has the first half of one text and the second of another."""
    made = list(News(2).articles(POOL, address, DAYS))
    for number in range(count):
        one, other = made[number % POOL], made[(number * 7919 + number // POOL) % POOL]
        half = len(one.text) // 2
        at = NOW - timedelta(days=1 + (DAYS - 2) * (1 - (number + 1) / count))
        link = f"https://news.example/m{number}"
        yield replace(
            one,
            id=f"m{number:015}",
            title=f"{other.title[:30]} {one.title[-30:]}",
            text=f"{one.text[:half]} {number} {other.text[-half:]}",
            link=link,
            canonical=link,
            published=at,
            seen=at,
        )


def store(root: Path, count: int) -> None:
    """Add the articles to a workspace's database."""
    from pipeline.store import database, files, news

    connection = database.connect(files.database_path(root))
    with database.atomic(connection):
        news.keep_articles(connection, articles(count, str(root / "feed.xml")))
    connection.close()


def forget_learning(root: Path) -> None:
    """Make a refit due."""
    from pipeline.records import Fit
    from pipeline.store import database, files, memory

    connection = database.connect(files.database_path(root))
    with database.atomic(connection):
        memory.put(connection, memory.FIT, Fit())
    connection.close()


def run(root: Path, days: float) -> tuple[float, float]:
    """Run the program in a process of its own; return its peak in MB and its CPU seconds."""
    program = [sys.executable, "-m", "pipeline.cli.main", "--workspace", str(root)]
    at = (NOW - timedelta(days=days)).isoformat()
    started = subprocess.Popen([*program, "--as-of", at, "run"])
    _, status, used = os.wait4(started.pid, 0)
    if status:
        raise SystemExit(f"the run ended with {status}")
    return used.ru_maxrss / 1024, used.ru_utime + used.ru_stime


def main() -> None:
    """Print the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    if len(sys.argv) > 2:
        store(Path(sys.argv[2]), count)
        return
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        made = make_workspace(root, 0)
        program = [sys.executable, "-m", "tests.benchmarks.memory", str(count)]
        subprocess.run([*program, str(root)], check=True)  # a child's peak begins with its parent's
        print(f"{count:,} stored articles of {DAYS} days; target {TARGET} MB", flush=True)
        tell("first", *run(root, 1))
        write_feed(root / "feed.xml", made, NEW, "new")
        tell("daily", *run(root, 0.1))
        write_feed(root / "feed.xml", made, NEW, "newer")
        forget_learning(root)
        tell("refit", *run(root, 0))


def tell(name: str, megabytes: float, seconds: float) -> None:
    """Print one line."""
    verdict = "" if megabytes < TARGET else "   too much"
    print(f"  {name:8}{megabytes:6.0f} MB{seconds:8.1f} s{verdict}", flush=True)


if __name__ == "__main__":
    main()
