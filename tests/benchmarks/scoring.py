"""Scoring a day's news: ours beside a refit of scikit-learn's TF-IDF on everything that is stored.

    .venv/bin/python -m tests.benchmarks.scoring [N]      N stored articles, 100,000 unless told

N articles of the last 60 days lie in a workspace, which a run has seen; 300 new ones come in by a
feed file, and there is one interview of 20 note lines. The peer refits `TfidfVectorizer` on all
texts and multiplies them with the note lines. Two ratios of CPU seconds, with targets for 100,000
stored articles: a refit grows with what is stored, ours does not, so beside a tenth of them the
targets are ten times as large.

    in process      preparing and matching the 300 stories, frequencies and models loaded: 1/50
    whole command   `touchpoints run`, from Python's start to the digest: 1/5
"""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from xml.sax.saxutils import escape

from pipeline.records import Article
from tests.benchmarks.duplicates import World

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
DAYS, NEW, LINES = 60, 300, 20
STORED = 100_000  # articles for which the targets are:
IN_PROCESS, WHOLE = 1 / 50, 1 / 5
LONG = 7  # letters of a word that tells a topic from others
COMPANY = "Merrin Labs"
LITTLE = "the of and to in a for that is with on by at from as it be was are will".split()


class News:
    """Makes articles from a seed: a tenth copies another, one in fifty names the company."""

    def __init__(self, seed: int = 1) -> None:
        self._world, self._random = World(seed), random.Random(seed)

    def text(self) -> tuple[str, str]:
        """Return a title and a text with as many little words as news have."""
        title, sentences = self._world.news() if self._random.random() < 0.8 else self._release()
        told = ". ".join(" ".join(self._with_little(part)) for part in sentences)
        if self._random.random() < 0.02:
            title = f"{COMPANY} and {title}"
        return title, f"{told}."

    def _release(self) -> tuple[str, list[str]]:
        return self._world.release()

    def _with_little(self, sentence: str) -> Iterator[str]:
        for word in sentence.split():
            if self._random.random() < 0.6:
                yield self._random.choice(LITTLE)
            yield word

    def articles(self, count: int, address: str, days: float) -> Iterator[Article]:
        """Yield that many, evenly spread over the days before yesterday."""
        last: list[tuple[str, str]] = []
        for number in range(count):
            if last and self._random.random() < 0.1:
                title, text = self._random.choice(last)
            else:
                title, text = self.text()
                last = [*last[-50:], (title, text)]
            at = NOW - timedelta(days=1 + days * (1 - (number + 1) / count))
            link = f"https://news.example/{number}"
            yield Article(f"a{number}", address, title, link, link, text, at, "feed", at)

    def lines(self, count: int) -> list[str]:
        """Return note lines, each in the words of one topic of the news.

        Short made-up words stand in every text, as stop words do: they are left out. Of the
        labelled collection's news, 2 to 8 in 100 share two words with a line of an interview.
        """
        jottings = (self._world.jotting(40).split() for _ in range(count))
        return [" ".join([w for w in words if len(w) >= LONG][:8]) for words in jottings]


# ------------------------------------------------------------------------------------ a workspace


def make_workspace(root: Path, count: int) -> News:
    """Make a workspace with that many stored articles, which a run of yesterday has seen."""
    from pipeline.store import database, files, news

    made, feed = News(), root / "feed.xml"
    trade = ", ".join(made.lines(3))
    (root / "data" / "notes").mkdir(parents=True)
    (root / "feeds.yaml").write_text(
        "settings: {timezone: UTC, contact: me@example.com}\n"
        f"companies:\n  merrin:\n    name: {COMPANY}\n    industry: [{trade}]\n"
        f"topics:\n  news:\n    feeds: [{feed}]\n",  # a company's own would be about it in all
        encoding="utf-8",
    )
    (root / "data" / "notes" / "merrin.md").write_text(note(made.lines(LINES)), encoding="utf-8")
    write_feed(feed, made, 20, "old")
    connection = database.connect(files.database_path(root))
    given = made.articles(count, str(feed), DAYS - 1)
    with database.atomic(connection):
        news.keep_articles(connection, given)
    connection.close()
    return made


def note(lines: list[str]) -> str:
    """Return the notes of an interview: half discussed, a quarter angle, a quarter office."""
    half, quarter = len(lines) // 2, len(lines) // 4
    parts = {
        "Discussed": lines[:half],
        "My angle": lines[half : half + quarter],
        "Seen in the office": lines[half + quarter :],
    }
    body = "\n".join(
        f"## {heading}\n" + "\n".join(f"- {line}" for line in some)
        for heading, some in parts.items()
    )
    when = (NOW - timedelta(days=5)).date().isoformat()
    return (
        f"---\ncompany: merrin\ninterviewed: {when}\n"
        f"interviewers:\n  - {{name: Tom Adeyemi, email: tom@example.com}}\n---\n{body}\n"
    )


def write_feed(path: Path, made: News, count: int, name: str) -> None:
    """Write a feed file with that many entries of the last day."""
    rows = []
    for number in range(count):
        title, text = made.text()
        at = format_datetime(NOW - timedelta(days=1.0 if name == "old" else 0.5, minutes=number))
        rows.append(
            f"<item><title>{escape(title)}</title><guid>{name}{number}</guid>"
            f"<link>https://news.example/{name}{number}</link><pubDate>{at}</pubDate>"
            f"<description>{escape(text)}</description></item>"
        )
    path.write_text(
        '<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>'
        f"<link>https://news.example/</link><description/>{''.join(rows)}</channel></rss>",
        encoding="utf-8",
    )


def touchpoints(root: Path, at: datetime) -> float:
    """Run the program on a workspace; return the CPU seconds of the whole process."""
    program = [sys.executable, "-m", "pipeline.cli.main", "--workspace", str(root)]
    return cpu_of([*program, "--as-of", at.isoformat(), "run"])[0]


def cpu_of(command: list[str]) -> tuple[float, str]:
    """Return the CPU seconds that a command took, and what it printed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime), done.stdout


# --------------------------------------------------------------------------------- the two methods


def peer(root: Path) -> None:
    """Refit on all stored texts, match them with the note lines; print the seconds of that."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.metrics.pairwise import linear_kernel

    from pipeline.store import database, files, news

    connection = database.connect(files.database_path(root))
    texts = [f"{item.title} {item.text}" for item in news.articles_since(connection)]
    lines = [row[2:] for row in _note_of(root).splitlines() if row.startswith("- ")]
    before = time.process_time()
    vectorizer = TfidfVectorizer(stop_words="english", sublinear_tf=True)
    stored = vectorizer.fit_transform(texts)
    linear_kernel(vectorizer.transform(lines), stored)
    print(time.process_time() - before)


def ours(root: Path) -> None:
    """Prepare and match the newest stories with what was learned; print the seconds of that."""
    from itertools import islice

    from pipeline.records import History, Knowledge, Story
    from pipeline.steps.matching import Scorer
    from pipeline.steps.opening import read_workspace
    from pipeline.store import database, files, news

    connection = database.connect(files.database_path(root))
    workspace = read_workspace(root)
    newest = islice(news.newest_articles(connection), NEW)
    stories = [Story(article.id, article) for article in newest]
    learned = news.load_knowledge(connection) or Knowledge()
    scorer = Scorer(workspace, workspace.interviews, learned, History())
    told = replace(stories[0].lead, title=f"{COMPANY} opens a plant")
    list(scorer.matches(Story("first", told)))  # loads the models, as the peer its library
    before = time.process_time()
    found = list(scorer.worth_keeping(stories))
    print(time.process_time() - before, len(found))


def _note_of(root: Path) -> str:
    return (root / "data" / "notes" / "merrin.md").read_text(encoding="utf-8")


def main() -> None:
    """Run both in processes of their own and print the ratios with their targets."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else STORED
    if len(sys.argv) > 2:
        {"peer": peer, "ours": ours}[sys.argv[2]](Path(sys.argv[3]))
        return
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # CPU seconds, not those of waiting threads
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        made = make_workspace(root, count)
        first = touchpoints(root, NOW - timedelta(days=1))
        write_feed(root / "feed.xml", made, NEW, "new")
        whole = touchpoints(root, NOW)
        unchanged = touchpoints(root, NOW)
        program = [sys.executable, "-m", "tests.benchmarks.scoring", str(count)]
        whole_peer, inner = cpu_of([*program, "peer", str(root)])
        _, printed = cpu_of([*program, "ours", str(root)])
        report = json.loads(touch_report(root))
    inside, inside_peer = float(printed.split()[0]), float(inner)
    print(f"{NEW} new articles, {LINES} note lines, {count:,} stored; CPU seconds")
    print(f"{'':16}{'ours':>8}{'refit':>8}{'ratio':>10}{'target':>10}")
    for name, mine, theirs, target in (
        ("in process", inside, inside_peer, IN_PROCESS),
        ("whole command", whole, whole_peer, WHOLE),
    ):
        ratio, wanted = f"1/{theirs / mine:.1f}", f"1/{count / STORED / target:.1f}"
        print(f"{name:16}{mine:8.3f}{theirs:8.2f}{ratio:>10}{wanted:>10}")
    print(f"the first run took {first:.1f}, one with nothing new {unchanged:.2f}; {report}")


def touch_report(root: Path) -> str:
    """Return what the last run counted: a check that the work was done."""
    from pipeline.store import database, files

    connection = database.connect(files.database_path(root))
    row = connection.execute("SELECT report FROM runs ORDER BY id DESC LIMIT 1").fetchone()
    kept = json.loads(row["report"])
    return json.dumps({name: kept[name] for name in ("articles_stored", "stories", "matches")})


if __name__ == "__main__":
    main()
