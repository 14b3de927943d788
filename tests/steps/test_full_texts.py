"""A whole run over a feed of titles only: what its articles' own pages add, where it is wanted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from pipeline.news import full_text
from pipeline.records import Match
from pipeline.run import run
from pipeline.steps.opening import read_workspace
from pipeline.steps.scoring import matches_of_today
from pipeline.store import candidate
from pipeline.store.database import opened
from tests.workspace_files import Folder

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)  # a Tuesday
NOTES = """---
company: halden
interviewed: 2026-11-20
interviewers: [{name: Aud Lunde}]
---
## Seen in the office
- photo of an ocean racing boat
"""
TITLE = "Solo sailor rounds the Horn in an ocean racing boat"
PAGE = (
    f"<html><body><article><h1>{TITLE}</h1><p>After {{days}} days at sea the sailor rounded the "
    "Horn. She had built the ocean racing boat with her own hands, over four winters, in a barn "
    "behind her parents' house, and nobody in the harbour believed that it would float.</p>"
    "</article></body></html>"
)
needs_fulltext = pytest.mark.skipif(
    not full_text.is_installed(), reason="touchpoints[fulltext] is not installed"
)


class Morning(Folder):
    """A workspace whose one feed lists a title; its article stands on the same server."""

    def __init__(self, root: Path, server: HTTPServer, setting: str) -> None:
        self.root, self.server = root, server
        date = format_datetime(NOW - timedelta(hours=5))
        item = (
            f"<item><title>{TITLE}</title><link>{server.url_for('/horn')}</link>"
            f"<pubDate>{date}</pubDate></item>"
        )
        feed = f'<rss version="2.0"><channel><title>N</title>{item}</channel></rss>'
        server.expect_request("/feed").respond_with_data(feed, content_type="text/xml")
        server.expect_request("/robots.txt").respond_with_data("", status=404)
        (root / "data" / "notes").mkdir(parents=True)
        (root / "data" / "notes" / "halden.md").write_text(NOTES, "utf-8")
        (root / "feeds.yaml").write_text(
            f"settings: {{timezone: UTC, news: {{full_text: {setting}}}}}\n"
            f"companies:\n  halden: {{name: Halden Freight}}\n"
            f"topics:\n  sailing: {{feeds: ['{server.url_for('/feed')}']}}\n",
            "utf-8",
        )

    def run(self, hours: int = 0) -> Match:
        """Run, and return the match of the one story."""
        run(self.root, NOW + timedelta(hours=hours))
        with opened(self.root) as db:
            workspace = read_workspace(self.root)
            (found,) = matches_of_today(db, workspace, candidate.load_history(db), NOW).values()
        (match,) = found
        return match

    def asked(self, path: str) -> int:
        return sum(request.path == path for request, _ in self.server.log)


@needs_fulltext
def test_a_story_that_fits_is_read_in_full_and_scored_by_that(
    tmp_path: Path, httpserver: HTTPServer
) -> None:
    """Once: a second run asks for nothing again, and keeps what it knows."""
    httpserver.expect_request("/horn").respond_with_data(PAGE, content_type="text/html")
    morning = Morning(tmp_path, httpserver, "true")
    match = morning.run()
    assert match.story.lead.page == "read"
    assert "nobody in the harbour" in match.story.lead.text
    assert morning.run(hours=2) == match
    assert morning.asked("/horn") == morning.asked("/robots.txt") == 1


def test_no_page_is_asked_for_without_the_setting(tmp_path: Path, httpserver: HTTPServer) -> None:
    """The user wrote the feed's address, not those that stand in it."""
    morning = Morning(tmp_path, httpserver, "false")
    assert morning.run().story.lead.text == ""
    assert morning.asked("/horn") == morning.asked("/robots.txt") == 0


@needs_fulltext
def test_what_only_paying_readers_can_read_is_marked(
    tmp_path: Path, httpserver: HTTPServer
) -> None:
    """On the page, and in what other programs read."""
    httpserver.expect_request("/horn").respond_with_data("pay", status=402)
    morning = Morning(tmp_path, httpserver, "true")
    assert morning.run().story.lead.page == "paywalled"
    assert ", today, for paying readers" in morning.page()


def test_the_page_says_what_is_to_be_installed(
    tmp_path: Path, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the setting asks for what is not there; the run goes on."""
    monkeypatch.setattr(full_text, "is_installed", lambda: False)
    morning = Morning(tmp_path, httpserver, "true")
    morning.run()
    assert "pip install 'touchpoints[fulltext]'" in morning.page()
    assert morning.asked("/horn") == 0
