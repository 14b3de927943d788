"""Whose turn it is: many hosts at a time, each in peace; a rate_limited domain is left alone."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import httpx
import pytest

from pipeline.news import public_hosts
from pipeline.news.fetch import FetchOptions
from pipeline.news.update import update_feeds
from pipeline.records import FeedState, NewsSettings, Reading

from .conftest import rss

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
FEED = rss("<title>A</title>")


class World(httpx.AsyncBaseTransport):
    """Hosts that take a while to answer, and know when they were asked by how many at once."""

    def __init__(self, seconds: float = 0.02, answers: dict[str, httpx.Response] | None = None):
        self.seconds = seconds
        self.answers = answers or {}
        self.started: list[tuple[str, float]] = []
        self.busy: dict[str, int] = {}
        self.most: dict[str, int] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        host, loop = request.url.host, asyncio.get_running_loop()
        self.started.append((str(request.url), loop.time()))
        for name in (host, "all"):
            self.busy[name] = self.busy.get(name, 0) + 1
            self.most[name] = max(self.most.get(name, 0), self.busy[name])
        await asyncio.sleep(self.seconds)
        for name in (host, "all"):
            self.busy[name] -= 1
        return self.answers.get(host) or httpx.Response(200, stream=httpx.ByteStream(FEED))

    def pauses(self) -> list[float]:
        times = [at for _, at in self.started]
        return [b - a for a, b in pairwise(times)]


def _read(world: World, addresses: Sequence[str], **settings: float) -> tuple[Reading, ...]:
    chosen = NewsSettings(**{"at_once": 8, "pause_seconds": 0, **settings})  # type: ignore[arg-type]
    states = [FeedState(address) for address in addresses]
    return update_feeds(states, FetchOptions(chosen, "", NOW, world))


def test_many_hosts_are_asked_at_a_time_each_by_few() -> None:
    """Six of eight workers at three hosts, two each."""
    world = World()
    _read(world, [f"https://{host}.example/{n}" for n in range(4) for host in "abc"])
    assert world.most == {"a.example": 2, "b.example": 2, "c.example": 2, "all": 6}
    assert len(world.started) == 12


def test_a_host_is_left_in_peace_between_two_requests() -> None:
    """Also when the answers come faster than the pause is long, or slower."""
    for seconds in (0.0, 0.12):
        world = World(seconds)
        _read(world, [f"https://a.example/{n}" for n in range(4)], pause_seconds=0.05)
        assert min(world.pauses()) > 0.045
        assert sum(world.pauses()) < 0.4


def test_another_host_does_not_wait() -> None:
    """The pause is one host's."""
    world = World(0.0)
    _read(world, ["https://a.example/1", "https://a.example/2", *(
        f"https://{n}.example/" for n in range(20))], pause_seconds=0.3)  # fmt: skip
    assert [url for url, _ in world.started][-1] == "https://a.example/2"


def test_this_computers_own_server_needs_no_peace() -> None:
    """Eight at a time, without a pause, whatever it is called."""
    for host in ("127.0.0.1:8000", "localhost", "[::1]"):
        world = World()
        _read(world, [f"http://{host}/{n}" for n in range(16)], pause_seconds=9)
        assert world.most["all"] == 8


def test_a_crowded_domain_is_left_alone_at_once_and_until_it_says() -> None:
    """One 429 on one host: what waits there rests as long, its neighbours for an hour at most."""
    answer = httpx.Response(429, headers={"Retry-After": "7200"})
    world = World(0.0, {"b.crowded.co.uk": answer})
    addresses = ["https://a.crowded.co.uk/", *(f"https://b.crowded.co.uk/{n}" for n in range(5)),
                 "https://c.crowded.co.uk/", "https://other.co.uk/"]  # fmt: skip
    first, refused, *waiting, third, other = _read(world, addresses, at_once=1)
    assert [url for url, _ in world.started] == [addresses[0], addresses[1], addresses[-1]]
    until = NOW + timedelta(hours=2)
    assert (first.outcome, refused.outcome, other.outcome) == ("new", "failed", "new")
    assert {reading.outcome for reading in waiting} == {"resting"}
    assert {reading.state.due for reading in (refused, *waiting)} == {until}
    assert {reading.state.due for reading in (first, third)} == {NOW + timedelta(hours=1)}
    assert {reading.state.failures for reading in (first, *waiting, third)} == {0}
    assert other.state.due == NOW + timedelta(minutes=54)


def test_a_limit_behind_a_redirect_counts_for_the_host_that_was_written() -> None:
    """The other domain's own feeds did nothing."""
    answers = {
        "a.example": httpx.Response(302, headers={"Location": "https://feeds.burner.example/a"}),
        "feeds.burner.example": httpx.Response(429, headers={"Retry-After": "7200"}),
    }
    addresses = ["https://a.example/1", "https://a.example/2", "https://www.burner.example/own"]
    first, second, other = _read(World(0.0, answers), addresses, at_once=1)
    until = NOW + timedelta(hours=2)
    assert (first.outcome, second.outcome, other.outcome) == ("failed", "resting", "new")
    assert {first.state.due, second.state.due} == {until}
    assert other.state.due == NOW + timedelta(minutes=54)


def test_a_feed_that_was_spared_is_asked_first_the_next_time() -> None:
    """Else the one before it would keep it from being asked for ever."""
    answer = httpx.Response(429, headers={"Retry-After": "60"})
    options = FetchOptions(
        NewsSettings(at_once=1, pause_seconds=0), "", NOW, World(0.0, {"a.example": answer})
    )
    states = [FeedState("https://a.example/1"), FeedState("https://a.example/2")]
    readings = update_feeds(states, options)
    assert [reading.outcome for reading in readings] == ["failed", "resting"]
    again = update_feeds([reading.state for reading in readings], options, ask_all=True)
    assert [reading.outcome for reading in again] == ["resting", "failed"]


def test_a_feed_that_rests_is_not_asked_unless_all_are(tmp_path: Path) -> None:
    """A file is read at every run, a new address at once."""
    world = World(0.0)
    (tmp_path / "f.xml").write_bytes(FEED)
    resting = FeedState("https://a.example/", due=NOW + timedelta(minutes=1), checked=NOW)
    states = [resting, FeedState(str(tmp_path / "f.xml"), due=NOW + timedelta(days=1)),
              FeedState("https://b.example/")]  # fmt: skip
    seen: list[tuple[int, int]] = []
    settings = NewsSettings(pause_seconds=0)
    one, file, new = update_feeds(states, FetchOptions(settings, "", NOW, world),
                                progress=lambda *x: seen.append(x))  # fmt: skip
    assert (one, file.outcome, new.outcome) == (Reading(resting, "resting"), "new", "new")
    assert seen == [(1, 3), (2, 3), (3, 3)]
    (one, *_) = update_feeds(states, FetchOptions(settings, "", NOW, world), ask_all=True)
    assert one.outcome == "new"


def test_feeds_that_are_down_while_others_rest_are_to_blame() -> None:
    """They are all that was due, and were down before: that is not the candidate's network."""

    def fail(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("Network is unreachable")

    rests = FeedState("https://a.example/", due=NOW + timedelta(hours=1), checked=NOW)
    down = [FeedState(f"https://{n}.example/", failures=3) for n in "bc"]
    well = [FeedState(f"https://{n}.example/") for n in "de"]

    def failures(*states: FeedState) -> list[int]:
        readings = update_feeds(
            states, FetchOptions(NewsSettings(), "", NOW, httpx.MockTransport(fail))
        )
        return [reading.state.failures for reading in readings]

    assert failures(rests, *down) == [0, 4, 4]
    assert failures(rests, *well) == [0, 0, 0]
    assert failures(rests, *down, *well) == [0, 3, 3, 0, 0]


@pytest.mark.parametrize(
    ("host", "site"),
    [
        ("blogs.oracle.com", "oracle.com"), ("a.b.oracle.co.uk", "oracle.co.uk"),
        ("one.blogspot.com", "blogspot.com"), ("X.Example.", "x.example"),
        ("localhost", "localhost"), ("127.0.0.1", "127.0.0.1"), ("::1", "::1"), ("com", "com"),
    ],
)  # fmt: skip
def test_the_registered_domain(host: str, site: str) -> None:
    """By the public suffix list; the many blogs of one computer are one."""
    assert public_hosts.registered_domain(host) == site
