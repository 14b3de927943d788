"""The same inputs give the same bytes, whatever order Python's sets have on that day."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from email.utils import format_datetime
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from tests.benchmarks.scoring import NOW, News, note

ARTICLES = 520  # more than are compared each with each
CONFIG = """
settings: {timezone: UTC}
companies:
  merrin: {name: Merrin Labs, industry: [%s], feeds: [%s]}
"""


def day(root: Path, seed: str) -> tuple[str, str]:
    """Return the page and the ranking of a day, from processes with that seed."""
    made, feed = News(3), root / "news.xml"
    (root / "data" / "notes").mkdir(parents=True)
    lines = made.lines(20)
    (root / "feeds.yaml").write_text(CONFIG % (", ".join(made.lines(3)), feed), "utf-8")
    (root / "data" / "notes" / "merrin.md").write_text(note(lines), "utf-8")
    items = "".join(
        f"<item><title>{escape(article.title)}</title><guid>{article.id}</guid>"
        f"<link>{article.link}</link><pubDate>{format_datetime(article.published)}</pubDate>"
        f"<description>{escape(article.text)}</description></item>"
        for article in made.articles(ARTICLES, str(feed), 3)
    )
    feed.write_text(
        '<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>'
        f"<link>https://news.example/</link><description/>{items}</channel></rss>",
        "utf-8",
    )

    def touchpoints(*arguments: str) -> str:
        program = [sys.executable, "-m", "pipeline.cli.main", "--workspace", str(root)]
        return subprocess.run(
            [*program, "--as-of", NOW.isoformat(), *arguments],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout

    touchpoints("run")
    page = (root / "data" / "digests" / "latest.md").read_text("utf-8")
    ranking = touchpoints("rank", "merrin", "--json")
    shutil.rmtree(root)
    return page, ranking


@pytest.mark.slow
def test_a_day_under_three_seeds_of_hash_is_the_same(tmp_path: Path) -> None:
    one, *others = (day(tmp_path / "workspace", seed) for seed in ("1", "2", "3"))
    assert others == [one, one]
    assert all(one)
