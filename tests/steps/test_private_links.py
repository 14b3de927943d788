"""A link that only its author can open reaches no draft and no page, in whatever form."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.digest.safe_text import web_address
from pipeline.news.parse import FeedBody, parse
from pipeline.run import run

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)  # a Tuesday
FEED = "https://news.example.com/feed.xml"
FEEDS_YAML = """
settings: {timezone: UTC}
companies:
  acme: {name: Acme Robotics, industry: [robots], feeds: [a.xml]}
"""
NOTES = """---
company: acme
interviewed: 2026-11-16 14:30
interviewers: [{name: Ada Novak, email: ada@example.com}]
---
## My angle
- built a forecasting service for cold-chain routes
"""
PRIVATE = [
    "http://localhost:1313/hub", "http://LOCALHOST/hub", "http://localhost./hub",
    "http://127.1/hub", "http://[::1]:80/hub", "http://0x7f000001/hub", "http://2130706433/hub",
    "http://nas.local/hub", "http://nas.localdomain/hub", "http://10.0.0.5/hub",
    "http://192.168.1.5:8080/hub", "http://user@localhost/hub", "http://news.example.com@10.1/hub",
    "http://intranet/hub", "//localhost/hub", "http://127.0.0.1.nip.io/hub",
    "http://169.254.169.254/hub", "http://[fe80::1%25eth0]/hub", "http://１２７.0.0.1/hub",
    "https://www.google.com/url?q=http://localhost:1313/hub", "http://localhost\\@10.1/hub",
]  # fmt: skip


def rss(link: str, site: str = "https://news.example.com/") -> bytes:
    link, site = link.replace("&", "&amp;"), site.replace("&", "&amp;")
    return (
        f"<rss version='2.0'><channel><title>Wire</title><link>{site}</link><item>"
        f"<title>Acme Robotics opens cold-chain hub for vaccines</title><link>{link}</link>"
        "<description>The robots plan vaccine deliveries in a new warehouse planning service."
        "</description><pubDate>Mon, 23 Nov 2026 09:00:00 GMT</pubDate></item></channel></rss>"
    ).encode()


def link_in(body: bytes, came_from: str = FEED) -> str:
    (article,) = parse(FeedBody(body, came_from), NOW).articles
    return article.link


@pytest.mark.parametrize("link", PRIVATE)
def test_a_private_link_reaches_no_draft_and_no_page(link: str, tmp_path: Path) -> None:
    """The story is suggested without it."""
    notes = tmp_path / "data" / "notes" / "a.md"
    notes.parent.mkdir(parents=True)
    notes.write_text(NOTES, "utf-8")
    (tmp_path / "feeds.yaml").write_text(FEEDS_YAML, "utf-8")
    (tmp_path / "a.xml").write_bytes(rss(link, site=link))
    run(tmp_path, NOW)
    written = [*tmp_path.glob("data/digests/*.*"), *tmp_path.glob("data/drafts/*.eml")]
    texts = [path.read_text("utf-8") for path in written]
    assert any("Acme Robotics opens cold-chain hub" in text for text in texts)
    assert not [path.name for path, text in zip(written, texts, strict=True) if "/hub" in text]


@pytest.mark.parametrize(
    ("link", "joined"),
    [
        ("http://localhost:1313/hub?a=1", "https://news.example.com/hub?a=1"),
        ("http://127.0.0.1:4000/hub", "https://news.example.com/hub"),
        ("http://[::1]:4000/hub", "https://news.example.com/hub"),
        ("http://10.0.0.5/hub", ""),  # perhaps another server than the site's own
        ("http://nas.local/hub", ""),
    ],
)
def test_a_link_to_the_authors_computer_is_joined_to_the_feeds_host(link: str, joined: str) -> None:
    """It was built there, and belongs here."""
    assert link_in(rss(link)) == joined
    assert link_in(rss(link), "https://ann:secret@news.example.com/feed.xml") == joined


def test_relative_links_of_a_feed_built_on_its_authors_computer_start_at_the_feed() -> None:
    """The site that it names is nobody's."""
    assert link_in(rss("/hub", site="http://localhost:1313/")) == "https://news.example.com/hub"


def test_a_feed_of_the_users_own_network_keeps_its_links_but_shows_none() -> None:
    """The user wrote its address: its pages may be read, but nobody else can open them."""
    link = link_in(rss("http://intranet.corp/hub"), "http://intranet.corp/feed.xml")
    assert link == "http://intranet.corp/hub"
    assert link_in(rss("http://other.corp/hub"), "http://intranet.corp/feed.xml") == ""
    assert web_address(link) == ""
