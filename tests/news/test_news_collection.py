"""Every collected feed of the world outside: no exception, no wait, nothing lost."""

from __future__ import annotations

import io
import warnings
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.news.fetch import FetchOptions
from pipeline.news.update import preview
from pipeline.records import NewsSettings
from tests.environment import at_most

SHARED = Path(__file__).resolve().parents[3] / "shared" / "feeds"
NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


@pytest.mark.slow
def test_every_collected_feed_is_read_as_well_as_feedparser_reads_it() -> None:
    """Files of many origins, well-formed or not: at least feedparser's entries, each in seconds.

    Counted are entries with a title or a web link; feedparser also takes an id for a link.
    """
    files = sorted(SHARED.glob("c*/*"))
    if not files:
        pytest.skip("the collected feeds are not beside this repository")
    ours = theirs = 0
    for file in files:
        with at_most(seconds=5):
            reading = preview(str(file), FetchOptions(NewsSettings(), "", NOW))
        count, expected = len(reading.articles), _feedparser_count(file)
        assert count >= expected, file.name
        assert len(reading.problems) == (reading.outcome == "failed"), file.name
        ours, theirs = ours + count, theirs + expected
    assert ours >= theirs > 0


def _feedparser_count(file: Path) -> int:
    import feedparser

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            stream = io.BytesIO(file.read_bytes())
            entries = feedparser.parse(stream, sanitize_html=False).entries
        except Exception:
            return 0
    return sum(
        bool(entry.get("title") or str(entry.get("link", "")).startswith("http"))
        for entry in entries
    )
