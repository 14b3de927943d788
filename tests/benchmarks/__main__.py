"""Every benchmark one after the other, at sizes that take a few minutes together.

    .venv/bin/python -m tests.benchmarks            what `make bench` runs
    .venv/bin/python -m tests.benchmarks --quick    what `make bench-quick` runs

Each prints its table; the target stands above it. Each runs in a process of its own, so that none
pays for another's memory.
"""

from __future__ import annotations

import subprocess
import sys

# module, its arguments, what is wanted of it
BENCHMARKS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("day", (), "what a user feels, in units of U: the target stands in each row"),
    (
        "parsing",
        (),
        "40 times feedparser's entries a second; 8 times BeautifulSoup's fragments",
    ),
    (
        "relevance",
        (),
        "nDCG@10 company 0.95, topic 0.60, interest 0.70; 92 % of what is shown is graded 2 or "
        "better, nothing in quiet interviews; F1 of company recognition 0.95",
    ),
    ("learning", (), "better with what was learned than without; by chance no worse"),
    (
        "duplicates",
        ("20000",),
        "3 times as fast as MinHash LSH (of 100,000); precision and recall 0.99",
    ),
    (
        "updating",
        ("200", "1"),
        "CPU of a first update 0.15 of reader's, of one without news 0.45, with news in a tenth "
        "0.2; over a slow line 1.35 of the ideal; memory 1.25",
    ),
    ("scoring", ("100000",), "1/50 of a refit in process, 1/5 as a whole command"),
    ("service", ("20x40",), "a request for each feed; 0.015 s of CPU a candidate and day"),
)


QUICK = (
    ("day", ("first page", "daily", "hourly"), "what a user feels every day, in units of U"),
    ("scoring", ("10000",), "1/5 of a refit in process, 1/50 of one of ten times as many"),
)


def main() -> int:
    """Run them; return how many could not be."""
    failed = 0
    for name, arguments, target in QUICK if "--quick" in sys.argv[1:] else BENCHMARKS:
        print(f"\n== {name} {' '.join(arguments)}\n   target: {target}", flush=True)
        program = [sys.executable, "-m", f"tests.benchmarks.{name}", *arguments]
        failed += subprocess.run(program, check=False).returncode != 0
    return failed


if __name__ == "__main__":
    sys.exit(main())
