"""The page that lists all digests."""

from __future__ import annotations

import re
import time
from datetime import timedelta

from hypothesis import given, settings

from pipeline.digest.html_index import IndexDay, index, line_of
from pipeline.records import DigestLine
from tests.digest import pages
from tests.digest.test_digest_html_page import HOSTILE, seen


def test_each_day_is_a_line_the_newest_first_under_its_month() -> None:
    """Headline and counts; a day without a page for the browser leads to its Markdown."""
    earlier = IndexDay(
        DigestLine(pages.TUESDAY - timedelta(days=30), "Sunday 25 October: one thing to do", 1)
    )
    html = index(
        [
            earlier,
            IndexDay(line_of(pages.BUSY)),
            IndexDay(DigestLine(pages.TUESDAY - timedelta(days=1), "x: y")),
        ]
    )
    text = " ".join("".join(seen(html).text).split())
    assert text.endswith(
        "All days November 2026 Tuesday 24 November: two things to do 2 suggestions · 1 held back "
        "· 2 worth a look Monday 23 November: y October 2026 Sunday 25 October: one thing to do "
        "1 suggestion 3 days, newest first."
    )
    links = [one["href"] for one in seen(html).all("a")]
    assert links == ["2026-11-24.html", "2026-11-23.html", "2026-10-25.html"]
    assert 'href="2026-10-25.md"' in index([IndexDay(DigestLine(earlier.day, "x"), ending="md")])


def test_a_thousand_days_are_listed_in_no_time() -> None:
    """Under a fifth of a second, and some hundred bytes a day."""
    days = [
        IndexDay(DigestLine(pages.TUESDAY - timedelta(days=n), pages.BUSY.headline, 2, 1, 5))
        for n in range(1000)
    ]
    start = time.process_time()
    html = index(days)
    assert time.process_time() - start < 0.5
    assert len(html) < 400_000


@given(text=HOSTILE)
@settings(max_examples=100)
def test_no_headline_becomes_markup(text: str) -> None:
    """Read from a file that anybody may have changed: text, and links to days only."""
    html = index([IndexDay(DigestLine(pages.TUESDAY, text, 1))])
    assert {tag for tag, _ in seen(html).tags} <= {
        *("html", "head", "meta", "title", "link", "style", "body", "header", "main", "footer"),
        *("section", "h1", "h2", "ul", "li", "p", "a", "span"),
    }
    assert [one["href"] for one in seen(html).all("a")] == ["2026-11-24.html"]
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b]", html)
