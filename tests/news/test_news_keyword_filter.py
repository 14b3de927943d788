"""The `only` words of a feed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipeline.news.keyword_filter import wanted
from pipeline.records import Article, Feed

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def _article(title: str, text: str = "") -> Article:
    return Article("1", "https://x.example/", title, "", "", text, NOW, "feed", NOW)


@pytest.mark.parametrize(
    ("only", "title", "expected"),
    [
        ((), "Anything at all", True),
        (("database",), "A new Database is here", True),
        (("data",), "A new database is here", False),
        (("C++", ".NET"), "Moving from C++ to Rust", True),
        (("real estate",), "Real  estate falls", True),
        (("a.b",), "axb", False),
    ],
)
def test_an_article_needs_one_of_the_words(
    only: tuple[str, ...], title: str, expected: bool
) -> None:
    """A whole word, in any case, in title or text."""
    feed = Feed("https://x.example/", only=only)
    assert wanted(_article(title), [feed]) is expected
    assert wanted(_article("", title), [feed]) is expected


def test_one_owner_that_takes_all_is_enough() -> None:
    """Two companies share an address: one wants everything, so the article is kept."""
    picky, greedy = Feed("https://x.example/", only=("cloud",)), Feed("https://x.example/")
    assert not wanted(_article("A plant opens"), [picky])
    assert wanted(_article("A plant opens"), [picky, greedy])
