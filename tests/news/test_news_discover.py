"""The feeds of a site, over a real server: what is asked, and what is not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipeline.news.discover import USUAL, FoundFeeds, _named_by, find
from pipeline.news.fetch import FetchOptions, Response
from pipeline.records import NewsSettings
from tests.environment import at_most

from .conftest import Server, reply, rss

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
SETTINGS = NewsSettings(timeout_seconds=5.0, pause_seconds=0)


def _find(site: str) -> FoundFeeds:
    return find(site, FetchOptions(SETTINGS, "", NOW))


def _paths(server: Server) -> list[str]:
    return [head.split()[1] for head in server.asked]


FEED = rss("<title>A</title><pubDate>Mon, 23 Nov 2026 10:00:00 GMT</pubDate>", "<title>B</title>")


def test_feeds_that_the_page_names_come_first(server: Server) -> None:
    """Declared, linked, at a usual place; each read, with what it holds."""
    server.answers["/"] = reply(
        200,
        b'<html><head><base href="/about/"><LINK REL="Alternate" TYPE="application/rss+xml; x" '
        b'href="news.xml"><link rel=alternate type=application/atom+xml href=/gone.xml>'
        b'<link rel="alternate" hreflang="de" href="/de"></head>'
        b'<body><a href="/press/rss">RSS</a> <a href="/sitemap.xml">map</a> '
        b'<a href="/products">no</a></body></html>',
    )
    server.answers["/about/news.xml"] = reply(200, FEED)
    server.answers["/press/rss"] = reply(200, rss("<title>C</title>"))
    server.answers["/atom.xml"] = reply(200, rss("<title>D</title>"))
    found = _find(server.url("/"))

    assert [(item.address, item.origin, item.entries) for item in found.candidates] == [
        (server.url("/about/news.xml"), "page", 2),
        (server.url("/press/rss"), "link", 1),
        (server.url("/atom.xml"), "usual place", 1),
    ]
    assert found.candidates[0].newest == datetime(2026, 11, 23, 10, tzinfo=UTC)
    asked = {"/", "/about/news.xml", "/gone.xml", "/press/rss", *USUAL}
    assert set(_paths(server)) == asked  # nothing else, and each once
    assert len(_paths(server)) == len(asked)


def test_an_address_that_is_a_feed_is_its_own_answer(server: Server) -> None:
    """Nothing else is asked."""
    server.answers["/feed"] = reply(200, FEED)
    (candidate,) = _find(server.url("/feed")).candidates
    assert (candidate.address, candidate.origin) == (server.url("/feed"), "given")
    assert _paths(server) == ["/feed"]


def test_a_bare_domain_is_asked_safely_first(server: Server) -> None:
    """And then without TLS, where there is none."""
    server.answers["/"] = reply(200, b"<html><link rel=alternate type=text/xml href=f></html>")
    server.answers["/f"] = reply(200, FEED)
    found = _find(f"127.0.0.1:{server.port}")
    assert [item.address for item in found.candidates] == [server.url("/f")]


def test_one_feed_under_two_addresses_is_one(server: Server) -> None:
    """The one that the page names."""
    server.answers["/"] = reply(200, b"<html><link rel=alternate type=text/xml href=/f></html>")
    server.answers["/f"] = server.answers["/rss"] = server.answers["/feed"] = reply(200, FEED)
    assert [item.address for item in _find(server.url("/")).candidates] == [server.url("/f")]


def test_a_page_leads_to_no_private_host(server: Server) -> None:
    """Neither by name, number or port, nor by a redirect; only what the user wrote may be one."""
    server.answers["/"] = reply(
        200,
        f"<link rel=alternate type=text/xml href='http://localhost:{server.port}/inside'>"
        f"<link rel=alternate type=text/xml href='http://[::1]:{server.port}/inside'>"
        f"<link rel=alternate type=text/xml href='http://127.0.0.2:{server.port}/inside'>"
        f"<link rel=alternate type=text/xml href='http://127.0.0.1:{server.port + 1}/inside'>"
        f"<link rel=alternate type=text/xml href='/moved'><html>".encode(),
    )
    server.answers["/inside"] = reply(200, FEED)
    server.answers["/moved"] = reply(301, b"", location=f"http://localhost:{server.port}/inside")
    assert _find(server.url("/")).candidates == ()
    assert "/inside" not in _paths(server)


def test_a_page_with_a_thousand_feeds_costs_a_dozen_requests() -> None:
    """The first ones."""
    page = "".join(f"<link rel=alternate type=text/xml href=/f{n}>" for n in range(1_000))
    named = _named_by(Response(page.encode(), "https://a.example/"))
    assert len(named) == 12
    assert named[0].address == "https://a.example/f0"


@pytest.mark.parametrize(
    ("site", "told"),
    [
        ("http://127.0.0.1:9/", "cannot be reached"),
        ("", "is not an address"),
        ("ftp://x/", "is not"),
    ],
)
def test_a_site_that_does_not_answer_is_said(site: str, told: str) -> None:
    """With what to do; the usual places are not asked then."""
    found = _find(site)
    assert told in found.trouble
    assert found.todo


def test_a_page_that_is_refused_may_still_have_its_feed(server: Server) -> None:
    """Many sites turn programs away at the door, and serve them the feed."""
    server.answers["/"] = reply(403, b"")
    server.answers["/feed"] = reply(200, FEED)
    assert [item.address for item in _find(server.url("/")).candidates] == [server.url("/feed")]


@pytest.mark.parametrize("piece", ["<a href='/rss", "<a href=/rss>", "<", "<!--", "<link ", "</a"])
def test_a_hostile_page_keeps_nobody_waiting(piece: str) -> None:
    """A megabyte and a half of unclosed tags."""
    body = f"<html>{piece * (1_500_000 // len(piece))}".encode()
    with at_most(seconds=20):
        assert len(_named_by(Response(body, "https://a.example/"))) <= 12


def test_no_page_names_a_secret(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither is it asked for there, nor proposed for feeds.yaml."""
    monkeypatch.setenv("TOUCHPOINTS_KEY", "hunter2")
    link = "<link rel=alternate type=text/xml href='/f?a=${TOUCHPOINTS_KEY}'>"
    server.answers["/"] = reply(200, f"<html>{link}</html>".encode())
    for path in ("/f?a=hunter2", "/f?a=${TOUCHPOINTS_KEY}"):
        server.answers[path] = reply(200, FEED)
    assert _find(server.url("/")).candidates == ()
    assert not [path for path in _paths(server) if path.startswith("/f?")]
