"""What a user feels: the first page, a day, an hour and `rank`, in units of U.

    .venv/bin/python -m tests.benchmarks.day [--real] [NAME ...]     all of the table unless named

U is what it costs to import the five libraries that such a program is written with. Each row is a
process of its own; CPU seconds with byte code compiled, the feeds served on loopback:

    first page   50 feeds, 1,500 articles, 1 interview, an empty workspace             1.2 U
    daily        100 of 10,000 stored articles are new                                 0.7 U
    hourly       the same again, nothing new and nothing due                           0.18 U
    a day        24 hourly runs beside 10,000 stored articles, in which 100 new ones come  5 U
    hundred      a run of a workspace with 100 interviews, nothing new and nothing due   0.3 U
    eleven       the first run over 3,000 articles with eleven interviews              10 U
    refit        learning from a thousand stored articles, without loading the program 0.35 U
    rank         `rank COMPANY`, the list that people read, over 28,000 stories        2 U
    rank --json  the same with each story and all its evidence                         2 U

Beside the first page stands a plain script that does its job with those libraries, where it is
(../shared/bench): at most 0.6 of its time. With `--real` the news are the labelled collection's
(../shared/modern), which has 12,365 of them.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from email.utils import format_datetime
from itertools import cycle, islice
from pathlib import Path
from xml.sax.saxutils import escape

from tests.benchmarks.scoring import COMPANY, NOW, News, note

SHARED = Path(__file__).resolve().parents[3] / "shared"
PLAIN_SCRIPT = SHARED / "bench" / "plain_script.py"
LIBRARIES = "feedparser, httpx, bs4, sklearn.feature_extraction.text, sqlite_utils"
REAL = "--real" in sys.argv
ENTRIES = 30  # that a feed still holds when new ones come
DAYS = 5  # over which the articles are spread, as those of the collection are
ROUNDS = 3  # of what is quick
BESIDE_PLAIN = 0.6  # of the plain script's time
SERVER = (
    "import functools, http.server as h, sys\n"
    "class Quiet(h.SimpleHTTPRequestHandler):\n"
    "    def log_message(self, *_): pass\n"
    "server = h.ThreadingHTTPServer(('127.0.0.1', 0), "
    "functools.partial(Quiet, directory=sys.argv[1]))\n"
    "print(server.server_port, flush=True)\n"
    "server.serve_forever()\n"
)
REFIT = (
    "import sys, time\n"
    "from functools import partial\n"
    "from pathlib import Path\n"
    "from pipeline.relevance.fitting import fit_knowledge\n"
    "from pipeline.store import news\n"
    "from pipeline.store.database import opened\n"
    "from pipeline.workspace.lookup import note_lines\n"
    "from pipeline.workspace.read import read\n"
    "from tests.benchmarks.scoring import NOW\n"
    "workspace = read(Path(sys.argv[1]))\n"
    "with opened(Path(sys.argv[1])) as db:\n"
    "    begun = time.process_time()\n"
    "    stored = partial(news.newest_articles, db)\n"
    "    fit_knowledge(stored, workspace.config.companies, note_lines(workspace), NOW)\n"
    "    print(time.process_time() - begun)\n"
)
TEMPLATES = (  # their byte code, as that of modules
    "import sys\n"
    "from pipeline.digest.html_page import template\n"
    "sys.dont_write_bytecode = False\n"
    "for name in 'page', 'beside', 'index':\n"
    "    template(f'{name}.html.j2')\n"
)

Item = tuple[str, str]  # a title and a text


# ---------------------------------------------------------------------------------- news and notes


def made_items(names: Sequence[str]) -> Iterator[Item]:
    """Yield made-up news without end; one in fifty names a company."""
    made, chance = News(5), random.Random(5)
    while True:
        title, text = made.text()
        yield title.replace(COMPANY, chance.choice(names)), text


def real_items() -> Iterator[Item]:
    """Yield the collection's news, then again in other halves."""
    path = SHARED / "modern" / "items-dev.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        items = [(row["title"], row["summary"] or "") for row in map(json.loads, lines)]
    random.Random(5).shuffle(items)
    yield from items
    for (title, _), (_, text) in zip(items, cycle(items[1:]), strict=False):
        yield f"{title} again", text


def interviews(count: int) -> list[tuple[str, list[str], str]]:
    """Return that many companies: a slug, the lines of its entry, and the notes."""
    if REAL:
        folders = sorted((SHARED / "modern" / "scenarios").iterdir())[:count]
        return [(folder.name, _entry(folder), _notes(folder)) for folder in folders]
    made, names = News(), [COMPANY, *(f"{COMPANY.split()[0]}{n} Labs" for n in range(1, count))]
    found = []
    for number, name in enumerate(names):
        slug = f"merrin{number}"
        text = note(made.lines(20)).replace("company: merrin", f"company: {slug}")
        entry = [f"name: {name}", f"industry: [{', '.join(made.lines(3))}]"]
        found.append((slug, entry, text))
    return found


def _entry(folder: Path) -> list[str]:
    rows = (folder / "company.yaml").read_text("utf-8").splitlines()
    return [row for row in rows if row.startswith(("name:", "aliases:", "industry:"))]


def _notes(folder: Path) -> str:
    """Return the notes with the interview some days ago."""
    text = (folder / "notes.md").read_text("utf-8")
    before = (NOW - timedelta(days=5)).date().isoformat()
    after = (NOW + timedelta(days=25)).date().isoformat()
    text = re.sub(r"(?m)^(interviewed:).*$", rf"\1 {before}", text)
    return re.sub(r"(?m)^(decision_expected:).*$", rf"\1 {after}", text)


# ------------------------------------------------------------------------------------- a workspace


class Workspace:
    """A folder of feeds, served on loopback, and a workspace that follows them."""

    def __init__(self, root: Path, feeds: int, talks: int) -> None:
        self.root, self.feeds = root, feeds
        self._companies = interviews(talks)
        names = [entry[0].removeprefix("name: ") for _, entry, _ in self._companies]
        self._items = real_items() if REAL else made_items(names)
        self._written: list[list[str]] = [[] for _ in range(feeds)]
        self._made = 0
        (root / "served").mkdir(parents=True)

    @property
    def company(self) -> str:
        """Return the slug of its first company."""
        return self._companies[0][0]

    def publish(self, count: int, at: datetime, days: float) -> None:
        """Put that many new entries into the feeds, spread over the days before a time."""
        rows = list(islice(self._items, count))
        self._written = [items[-ENTRIES:] for items in self._written]
        for number, (title, text) in enumerate(rows):
            when = format_datetime(at - timedelta(days=days * (1 - number / count)))
            self._made += 1
            link = f"https://news{self._made % self.feeds}.example/{self._made}"
            self._written[self._made % self.feeds].append(
                f"<item><title>{escape(title)}</title><guid>{link}</guid><link>{link}</link>"
                f"<pubDate>{when}</pubDate><description>{escape(escape(text))}</description></item>"
            )
        for number, items in enumerate(self._written):
            (self.root / "served" / f"{number}.xml").write_text(
                f'<?xml version="1.0"?><rss version="2.0"><channel><title>News {number}</title>'
                f"<link>https://news{number}.example/</link><description/>{''.join(items)}"
                "</channel></rss>",
                encoding="utf-8",
            )

    def follow(self, port: int) -> None:
        """Write feeds.yaml and the notes."""
        (self.root / "data" / "notes").mkdir(parents=True)
        rows = ["settings: {timezone: UTC, contact: me@example.com}", "companies:"]
        for slug, entry, text in self._companies:
            rows += [f"  {slug}:", *(f"    {line}" for line in entry)]
            (self.root / "data" / "notes" / f"{slug}.md").write_text(text, encoding="utf-8")
        rows += ["topics:", "  news:", "    feeds:"]
        rows += [f"      - http://127.0.0.1:{port}/{n}.xml" for n in range(self.feeds)]
        (self.root / "feeds.yaml").write_text("\n".join(rows) + "\n", encoding="utf-8")

    def cpu(self, at: datetime, *arguments: str) -> float:
        """Run the program as of that time; return its CPU seconds."""
        program = ["-m", "pipeline.cli.main", "--workspace", str(self.root)]
        return cpu_of([*program, "--as-of", at.isoformat(), *arguments])


@contextmanager
def followed(feeds: int, articles: int, talks: int) -> Iterator[Workspace]:
    """Give a workspace that no run has seen, with that many articles in its feeds."""
    with tempfile.TemporaryDirectory() as folder:
        made = Workspace(Path(folder), feeds, talks)
        made.publish(articles, NOW - timedelta(hours=25), DAYS - 1)
        command = [sys.executable, "-c", SERVER, str(made.root / "served")]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
            try:
                assert server.stdout is not None
                made.follow(int(server.stdout.readline()))
                yield made
            finally:
                server.terminate()


def cpu_of(arguments: Sequence[str]) -> float:
    """Return the CPU seconds of a Python process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)


# ---------------------------------------------------------------------------------------- the table


def unit() -> float:
    """Return the CPU seconds of U."""
    return statistics.median(cpu_of(["-c", f"import {LIBRARIES}"]) for _ in range(ROUNDS))


def first_page() -> float:
    """Return the seconds of a new user's first page; print them beside the plain script's."""
    ours, plain = [], []
    for _ in range(ROUNDS):
        with followed(50, 1_500, 1) as made:
            ours.append(made.cpu(NOW, "run"))
            if PLAIN_SCRIPT.is_file():
                plain.append(cpu_of([str(PLAIN_SCRIPT), str(made.root)]))
    if plain:
        ratio = statistics.median(one / other for one, other in zip(ours, plain, strict=True))
        print(f"{'':12} {ratio:.2f} of the plain script, target {BESIDE_PLAIN}")
    return statistics.median(ours)


def daily() -> float:
    """Return the seconds of a run that finds 100 new articles beside 10,000 stored."""
    with followed(50, 10_000, 1) as made:
        made.cpu(NOW - timedelta(days=1), "run")
        made.publish(100, NOW - timedelta(minutes=5), 0.5)
        return made.cpu(NOW, "run")


def hourly() -> float:
    """Return the seconds of a run when no feed is due and nothing is new."""
    with followed(50, 10_000, 1) as made:
        made.cpu(NOW, "run")
        again = (made.cpu(NOW + timedelta(minutes=n), "run") for n in range(1, 1 + ROUNDS))
        return statistics.median(again)


def a_day() -> float:
    """Return the seconds of a day of hourly runs; print the megabytes that they wrote."""
    with followed(50, 10_000, 1) as made:
        made.cpu(NOW - timedelta(days=1), "run")
        spent, before = 0.0, written()
        for hour in range(24):
            if hour == 1:
                made.publish(100, NOW + timedelta(minutes=30), 0.5)
            spent += made.cpu(NOW + timedelta(hours=hour), "run")
        print(f"{'':12} {written() - before:.1f} MB written, target 10 with 100,000 stored")
        return spent


def written() -> float:
    """Return the megabytes that the processes that ended have had written to a disk."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_oublock * 512 / 1e6


def hundred() -> float:
    """Return the seconds of a run that rests, of a workspace with a hundred interviews."""
    with followed(50, 1_500, 1) as made:
        notes = made.root / "data" / "notes"
        text = (notes / f"{made.company}.md").read_text("utf-8")
        for number in range(2, 101):  # with the same people, at the same company
            (notes / f"talk-{number}.md").write_text(text, encoding="utf-8")
        made.cpu(NOW, "run")
        made.cpu(NOW + timedelta(minutes=1), "run")
        again = (made.cpu(NOW + timedelta(minutes=n), "run") for n in range(2, 2 + ROUNDS))
        return statistics.median(again)


def eleven() -> float:
    """Return the seconds of a first run for eleven interviews."""
    with followed(50, 3_000, 11) as made:
        return made.cpu(NOW, "run")


def refit() -> float:
    """Return the seconds of learning from a thousand stored articles, the program loaded."""
    with followed(50, 1_000, 1) as made:
        made.cpu(NOW, "run")
        command = [sys.executable, "-c", REFIT, str(made.root)]
        return float(subprocess.run(command, capture_output=True, check=True).stdout)


def rank(*options: str) -> float:
    """Return the seconds of `rank` over a large store."""
    with followed(50, 12_365 if REAL else 31_000, 1) as made:
        made.cpu(NOW, "run")
        return made.cpu(NOW, "rank", made.company, *options)


ROWS: dict[str, tuple[Callable[[], float], float]] = {  # and the target, in U
    "first page": (first_page, 1.2),
    "daily": (daily, 0.7),
    "hourly": (hourly, 0.18),
    "a day": (a_day, 5.0),
    "hundred": (hundred, 0.3),
    "eleven": (eleven, 10.0),
    "refit": (refit, 0.35),
    "rank": (rank, 2.0),
    "rank --json": (lambda: rank("--json"), 2.0),
}


def main() -> None:
    """Print the table."""
    os.environ |= {"OMP_NUM_THREADS": "1"}  # CPU seconds, not those of waiting threads
    subprocess.run([sys.executable, "-m", "compileall", "-q", "pipeline"], check=True)
    subprocess.run([sys.executable, "-c", TEMPLATES], check=True)
    if REAL and not (SHARED / "modern").is_dir():
        print("The labelled collection is not beside this repository: nothing measured.")
        return
    wanted = [name for name in sys.argv[1:] if name in ROWS] or list(ROWS)
    seconds = unit()
    print(f"U is {seconds:.2f} s\n{'':12}{'seconds':>8}{'U':>8}{'target':>8}", flush=True)
    for name in wanted:
        measure, target = ROWS[name]
        found = measure()
        print(f"{name:12}{found:8.2f}{found / seconds:8.2f}{target:8.2f}", flush=True)


if __name__ == "__main__":
    main()
