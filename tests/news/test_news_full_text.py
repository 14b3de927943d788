"""Full texts from articles' own pages: what is asked, what is obeyed, what is kept."""

from __future__ import annotations

import socket
import sys
import threading
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pipeline.news import full_text, sandbox
from pipeline.news.fetch import FetchOptions
from pipeline.records import Article, NewsSettings, Page

from .conftest import Server, reply

pytestmark = pytest.mark.skipif(
    not full_text.is_installed(), reason="touchpoints[fulltext] is not installed"
)

NOW = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
SETTINGS = NewsSettings(timeout_seconds=5.0)
TITLE = "Oracle opens a plant in Ohio"
SAID = (
    "Oracle opens a plant in Ohio next spring, its first in the state. "
    "Three hundred people will build servers there, the company said on Tuesday, and the first "
    "suppliers have been told to be ready by March."
)
PAGE = f"""<!doctype html><html><head><title>{TITLE}</title></head><body>
<nav><a href="/">Home</a> <a href="/more">More of this</a></nav>
<article><h1>{TITLE}</h1><p>{SAID}</p><p>Ohio's governor called it <b>a good day</b>. {SAID}</p>
<script>steal()</script></article><footer>We use cookies on this site.</footer></body></html>"""

COOKIES = (
    "We and our partners keep small files on your device to remember what you like. You can "
    "accept all of them, choose some of them, or go on without any, and change your mind whenever "
    "you want under the settings of your account, where each partner is listed by name."
)


def article(server: Server, link: str = "/plant", title: str = TITLE, text: str = "") -> Article:
    address = link if "://" in link else server.url(link)
    return Article(
        id=title, feed=server.url("/feed"), title=title, link=address, canonical=address,
        text=text, published=NOW, dated="feed", seen=NOW,
    )  # fmt: skip


def html(body: str) -> bytes:
    return reply(200, body.encode(), Content_Type="text/html; charset=utf-8")


def read(server: Server, *articles: Article) -> dict[str, Page]:
    pages = full_text.read_pages(articles, FetchOptions(SETTINGS, "me@example.com", NOW))
    return {page.article: page for page in pages}


def test_the_article_is_read_from_its_page_as_plain_text(server: Server) -> None:
    """Without menus, scripts and tags; the site is told who asks."""
    server.answers["/plant"] = html(PAGE)
    page = read(server, article(server))[TITLE]
    assert page.outcome == "read"
    assert "Three hundred people will build servers" in page.text
    assert "a good day" in page.text
    assert not {"<", "steal", "Home", "cookies"} & set(page.text.replace("<", " < ").split())
    (asked,) = server.heads("/plant")
    assert "me@example.com" in asked
    assert "A-IM" not in asked


@pytest.mark.parametrize(
    ("rules", "outcome"),
    [
        ("User-agent: *\nDisallow: /", "refused"),
        ("User-agent: touchpoints\nDisallow: /pl*t$", "refused"),
        ("User-agent: *\nDisallow: /\nUser-agent: touchpoints\nAllow: /", "read"),
        ("User-agent: other\nDisallow: /", "read"),
        ("\x00<html>no rules at all</html>", "read"),
    ],
)
def test_robots_txt_is_obeyed(server: Server, rules: str, outcome: str) -> None:
    """A page that a site keeps from programs is not asked for."""
    server.answers |= {"/robots.txt": reply(200, rules.encode()), "/plant": html(PAGE)}
    assert read(server, article(server))[TITLE].outcome == outcome
    assert bool(server.heads("/plant")) == (outcome == "read")


@pytest.mark.parametrize(
    ("status", "asked"), [(404, True), (403, True), (500, False), (429, False)]
)
def test_a_site_in_need_is_not_asked_for_more(server: Server, status: int, asked: bool) -> None:
    """No robots.txt forbids nothing; one that the server fails to give forbids all (RFC 9309)."""
    server.answers |= {"/robots.txt": reply(status, b""), "/plant": html(PAGE)}
    read(server, article(server))
    assert bool(server.heads("/plant")) == asked


def test_robots_txt_is_asked_for_once(server: Server) -> None:
    """However many pages of the site are wanted."""
    server.answers |= {f"/{n}": html(PAGE) for n in range(5)}
    pages = read(server, *(article(server, f"/{n}", f"{TITLE} {n}") for n in range(5)))
    assert len(pages) == 5
    assert len(server.heads("/robots.txt")) == 1


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (reply(401, b""), "paywalled"),
        (reply(402, b""), "paywalled"),
        (reply(403, b""), "refused"),
        (reply(404, b""), "failed"),
        (reply(500, b""), "failed"),
        (html(PAGE.replace("</head>", '<script>{"isAccessibleForFree": false}</script></head>')),
         "paywalled"),
        (reply(200, b"%PDF-1.4", Content_Type="application/pdf"), "failed"),
        (html(f"<article><h1>Cookies</h1><p>{COOKIES}</p></article>"), "failed"),
        (html(""), "failed"),
        (html("<div>" * 50_000 + TITLE), "failed"),
        (html(" " * 3_000_001), "failed"),
    ],
)  # fmt: skip
def test_what_a_page_gave_is_told(server: Server, answer: bytes, outcome: str) -> None:
    """A paywall by its status or the publisher's own mark; a cookie notice is no article."""
    server.answers["/plant"] = answer
    page = read(server, article(server))[TITLE]
    assert page.outcome == outcome
    assert bool(page.text) == (b"isAccessibleForFree" in answer)


@pytest.mark.parametrize(
    "link", ["http://127.0.0.1:{other}/plant", "http://localhost:{port}/plant",
             "http://10.0.0.1/plant", "http://[::ffff:127.0.0.1]:{port}/plant"],
)  # fmt: skip
def test_an_entry_leads_to_no_private_address(server: Server, link: str) -> None:
    """But to the feed's own host and port, which the user wrote."""
    with Server() as other:
        thread = threading.Thread(target=other.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        link = link.format(port=server.port, other=other.port)
        assert read(server, article(server, link))[TITLE].outcome == "failed"
        assert not server.asked
        assert not other.asked
        other.shutdown()
        thread.join()


def test_a_site_that_cannot_be_reached_may_be_asked_again(server: Server) -> None:
    """Perhaps it is this computer's own network that is down."""
    with socket.socket() as held:  # and nobody listens
        held.bind(("127.0.0.1", 0))
        site = f"http://127.0.0.1:{held.getsockname()[1]}"
        one = replace(article(server, f"{site}/plant"), feed=f"{site}/feed")
        assert read(server, one) == {}


def test_a_page_that_keeps_the_extractor_busy_costs_itself(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those before it are kept, those after it may be asked again."""
    real = sandbox.run_worker

    def slow(module: str, request: bytes, seconds: float) -> sandbox.WorkerResult:
        result = real(module, request, seconds)
        return sandbox.WorkerResult(result.output.split(b"\n")[0] + b"\n", "too slow")

    monkeypatch.setattr(sandbox, "run_worker", slow)
    server.answers |= {f"/{n}": html(PAGE) for n in range(3)}
    pages = read(server, *(article(server, f"/{n}", f"{TITLE} {n}") for n in range(3)))
    assert sorted(page.outcome for page in pages.values()) == ["failed", "read"]


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({}, True),
        ({"text": "A line of teaser."}, True),
        ({"text": "word " * 100}, False),
        ({"link": "https://news.google.com/rss/articles/CBMi"}, False),
        ({"link": ""}, False),
        ({"page": "failed"}, False),
    ],
)
def test_only_what_may_say_more_is_asked_for(server: Server, changes: dict, wanted: bool) -> None:
    """Once, and not where the feed said enough."""
    assert full_text.is_wanted(replace(article(server), **changes)) == wanted


def test_nothing_of_the_extractor_is_loaded_here(server: Server) -> None:
    """Trafilatura lives in the other process only."""
    server.answers["/plant"] = html(PAGE)
    read(server, article(server))
    assert "trafilatura" not in sys.modules
