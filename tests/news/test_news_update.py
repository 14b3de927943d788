"""Many feeds at a time: order, memory of the last time, and whose fault it is."""

from __future__ import annotations

import errno
import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from pipeline.news.feed_words import OWN_NETWORK
from pipeline.news.fetch import FetchOptions
from pipeline.news.update import preview, update_feeds
from pipeline.records import FeedState, NewsSettings, Reading

from .conftest import Server, reply, rss

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
SETTINGS = NewsSettings(timeout_seconds=5.0, at_once=4)


def _read(*states: FeedState, transport: httpx.AsyncBaseTransport | None = None) -> list[Reading]:
    return list(update_feeds(states, FetchOptions(SETTINGS, "", NOW, transport), ask_all=True))


def test_no_feeds_is_no_reading() -> None:
    """And nothing is asked."""
    assert _read() == []


def test_readings_come_in_the_order_of_the_states(server: Server, tmp_path: Path) -> None:
    """Whichever answers first; progress counts up to all of them."""
    (tmp_path / "f.xml").write_bytes(rss("<title>From a file</title>"))
    states = [FeedState(str(tmp_path / "f.xml"))]
    for n in range(20):
        server.answers[f"/{n}"] = reply(200, rss(f"<title>Number {n}</title>"))
        states.append(FeedState(server.url(f"/{n}")))
    seen: list[tuple[int, int]] = []
    readings = update_feeds(
        states, FetchOptions(SETTINGS, "", NOW), progress=lambda *x: seen.append(x)
    )
    titles = [reading.articles[0].title for reading in readings]
    assert titles == ["From a file", *(f"Number {n}" for n in range(20))]
    assert [reading.state.address for reading in readings] == [state.address for state in states]
    assert seen == [(n, 21) for n in range(1, 22)]


def test_the_same_bytes_are_not_parsed_again(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server without validators costs a download, not a parse; the feed counts as well."""
    server.answers["/feed"] = reply(200, rss("<title>A</title>"))
    (first,) = _read(FeedState(server.url("/feed")))
    monkeypatch.setattr("pipeline.news.sandbox.parse_safely", None)
    ailing = replace(first.state, failures=3, failing_since=NOW, error="x", todo="y")
    (second,) = _read(ailing)
    assert (second.outcome, second.articles) == ("same", ())
    assert (second.state.failures, second.state.failing_since, second.state.error) == (0, None, "")
    assert second.state == replace(first.state, checked=NOW, worked=NOW)


def test_a_failure_counts_from_its_first_day(server: Server) -> None:
    """What is known of the feed stays, for the day it comes back."""
    monday = NOW - timedelta(days=2)
    state = FeedState(
        server.url("/none"), "Oracle", '"1"', "Mon", "hash", monday, monday, 2, monday, "old"
    )
    (reading,) = _read(state)
    kept = reading.state
    assert (kept.title, kept.etag, kept.last_modified, kept.content_hash) == (
        "Oracle", '"1"', "Mon", "hash",
    )  # fmt: skip
    assert (kept.failures, kept.failing_since, kept.worked, kept.checked) == (
        3, monday, monday, NOW,
    )  # fmt: skip
    assert reading.problems[0].since == monday


OLD_AND_NEW = rss(
    "<title>Old</title><pubDate>Mon, 05 Oct 2026 10:00:00 GMT</pubDate>",
    "<title>New</title><pubDate>Mon, 23 Nov 2026 10:00:00 GMT</pubDate>",
    "<title>No date</title>",
)


def test_every_reading_leaves_out_what_is_old(tmp_path: Path) -> None:
    """With a reason, also when a blog of ten years has its next post; a preview takes all."""
    path = tmp_path / "f.xml"
    path.write_bytes(OLD_AND_NEW)
    (first,) = _read(FeedState(str(path)))
    (later,) = _read(FeedState(str(path), worked=NOW - timedelta(days=1)))
    assert [article.title for article in first.articles] == ["New", "No date"]
    assert first.refused == ("older than 30 days",)
    everything = ["Old", "New", "No date"]
    assert [article.title for article in later.articles] == ["New", "No date"]
    shown = preview(str(path), FetchOptions(SETTINGS, "", NOW))
    assert [article.title for article in shown.articles] == everything
    assert (shown.format, shown.state.title) == ("rss20", "Oracle Blogs")


@pytest.fixture
def dead_network() -> Iterator[httpx.AsyncBaseTransport]:
    def fail(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("Network is unreachable")

    yield httpx.MockTransport(fail)


def test_a_dead_network_blames_no_feed(
    dead_network: httpx.AsyncBaseTransport, tmp_path: Path
) -> None:
    """One problem for all, no failure counted; a file is read all the same."""
    (tmp_path / "f.xml").write_bytes(rss("<title>A</title>"))
    states = [FeedState("https://a.example/"), FeedState(str(tmp_path / "f.xml")),
              FeedState("https://b.example/", failures=1)]  # fmt: skip
    one, file, two = _read(*states, transport=dead_network)
    assert file.outcome == "new"
    assert (one.outcome, two.outcome) == ("failed", "failed")
    assert (one.state, two.state) == (states[0], states[2])
    assert [problem.what for problem in one.problems + two.problems] == [
        "None of the 2 feeds on the web could be reached, so the fault is not theirs."
    ]


def test_a_single_host_that_is_down_is_blamed(dead_network: httpx.AsyncBaseTransport) -> None:
    """Two feeds of one host say nothing about the network."""
    states = [FeedState("https://a.example/1"), FeedState("https://a.example/2")]
    readings = _read(*states, transport=dead_network)
    assert [reading.state.failures for reading in readings] == [1, 1]


@pytest.mark.parametrize(
    "why",
    [
        OSError(errno.ENETUNREACH, "Network is unreachable"),
        socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution"),
    ],
)
def test_a_computer_that_says_it_has_no_network_is_believed(why: OSError) -> None:
    """Also where all feeds are of one host: it is not blamed."""

    def fail(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("All connection attempts failed") from why

    states = [FeedState("https://a.example/1"), FeedState("https://a.example/2")]
    readings = _read(*states, transport=httpx.MockTransport(fail))
    assert [reading.state.failures for reading in readings] == [0, 0]
    (problem,) = [problem for reading in readings for problem in reading.problems]
    assert problem.where == OWN_NETWORK


def test_relative_links_start_where_the_feed_came_from(server: Server) -> None:
    """After a redirect, its target; the articles still belong to the address that was written."""
    server.answers["/feed"] = reply(301, b"", Location="/blog/feed.xml")
    body = rss("<title>A</title><link>a.html</link>")
    body = body.replace(b"<link>https://oracle.example/</link>", b"")  # else that is where
    server.answers["/blog/feed.xml"] = reply(200, body)
    (reading,) = _read(FeedState(server.url("/feed")))
    (article,) = reading.articles
    assert (article.link, article.feed) == (server.url("/blog/a.html"), server.url("/feed"))
