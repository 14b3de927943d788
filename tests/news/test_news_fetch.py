"""Asking one feed: what goes out, what comes in. What can go wrong is in test_news_faults.py."""

from __future__ import annotations

import base64
import gzip
import ssl
import threading
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from pipeline.news import decompress, public_hosts
from pipeline.news.fetch import FetchOptions
from pipeline.news.places import proxy_for
from pipeline.news.transport import _Connection
from pipeline.news.update import preview, update_feeds
from pipeline.records import FeedState, NewsSettings, Reading

from .conftest import Server, reply, rss

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
SETTINGS = NewsSettings(timeout_seconds=2.0, at_most_megabytes=1.0)
FEED = rss("<title>Oracle opens a plant</title>")


def _read(address: str, **known: str) -> Reading:
    state = FeedState(address, **known)  # type: ignore[arg-type]
    (reading,) = update_feeds([state], FetchOptions(SETTINGS, "me@example.com", NOW), ask_all=True)
    return reading


def _deflated(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


# ------------------------------------------------------------------------------ what goes out


def test_a_request_says_who_asks_and_what_is_known(server: Server) -> None:
    """Validators go back byte for byte; no cookie, no browser's name, only packings we know."""
    server.answers["/feed"] = reply(200, FEED, ETag='W/"\xe9x"', Last_Modified="yesterday, odd",
                                    Set_Cookie="id=1")  # fmt: skip
    first = _read(server.url("/feed"))
    (second,) = update_feeds(
        [first.state], FetchOptions(SETTINGS, "me@example.com", NOW), ask_all=True
    )
    before, after = server.heads("/feed")
    assert "User-Agent: touchpoints/" in before
    assert "(+me@example.com)" in before
    assert f"Accept-Encoding: {', '.join(decompress.accepted_encodings())}\r\n" in before
    assert "A-IM: feed" in before
    assert "If-None-Match" not in before
    assert 'If-None-Match: W/"\xe9x"\r\n' in after
    assert "If-Modified-Since: yesterday, odd\r\n" in after
    assert "Cookie" not in after
    assert (first.outcome, second.outcome) == ("new", "same")


def test_a_304_is_the_same_and_may_bring_new_validators(server: Server) -> None:
    """What it does not name stays as it was."""
    server.answers["/feed"] = reply(304, b"", ETag='"2"')
    reading = _read(server.url("/feed"), etag='"1"', last_modified="Monday", content_hash="x")
    assert (reading.outcome, reading.state.etag) == ("same", '"2"')
    assert (reading.state.last_modified, reading.state.content_hash) == ("Monday", "x")
    assert reading.state.worked == NOW


def test_a_password_goes_to_its_host_alone(server: Server) -> None:
    """It is sent where the user wrote it, not to another port, and never shown."""
    with Server() as other:
        threading.Thread(target=other.serve_forever, args=(0.02,), daemon=True).start()
        other.answers["/feed"] = reply(200, FEED)
        server.answers["/a"] = reply(302, b"", Location="/b")
        server.answers["/b"] = reply(302, b"", Location=other.url("/feed"))
        reading = _read(server.url("/a").replace("//", "//ann:p%40ss@"))
        other.shutdown()
    basic = "Authorization: Basic " + base64.b64encode(b"ann:p@ss").decode()
    assert reading.outcome == "new"
    assert all(basic in server.heads(path)[0] for path in ("/a", "/b"))
    assert "Authorization" not in other.heads("/feed")[0]


def test_a_secret_stands_in_an_address_by_its_name(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The request has it; what is kept, shown or stored has its name, after a redirect as well."""
    server.answers["/a?k=p%40ss"] = reply(301, b"", Location="/feed?k=p%40ss")
    server.answers["/feed?k=p%40ss"] = reply(200, FEED)
    address = server.url("/a?k=${TOUCHPOINTS_KEY}")
    (problem,) = _read(address).problems
    assert "needs ${TOUCHPOINTS_KEY}, which is not set" in problem.what
    monkeypatch.setenv("TOUCHPOINTS_KEY", "p@ss")
    reading = _read(address)
    assert reading.outcome == "new"
    assert reading.state.moved_to == server.url("/feed?k=${TOUCHPOINTS_KEY}")
    assert "p%40ss" not in repr(reading)
    plants = rss("<title>Plants</title><link>#1</link>").replace(b"https://oracle.example/", b"")
    server.answers["/feed?k=p%40ss"] = reply(200, plants)
    (article,) = _read(server.url("/feed?k=${TOUCHPOINTS_KEY}")).articles
    assert "TOUCHPOINTS_KEY" in article.link
    monkeypatch.setenv("OTHER", "p@ss")
    assert _read(server.url("/a?k=${OTHER}")).outcome == "failed"


@pytest.mark.parametrize(
    "place",
    [
        *("/x?a=${TOUCHPOINTS_SMTP_PASSWORD}", "/${TOUCHPOINTS_SMTP_PASSWORD}"),
        *("/x?a=%24%7BTOUCHPOINTS_KEY%7D", "/%2524%257BTOUCHPOINTS_KEY%257D"),
    ],
)
def test_no_redirect_names_a_secret(place: str, server: Server) -> None:
    """In whatever way it is written: the address could come into feeds.yaml and ask for it."""
    server.answers["/a"] = reply(301, b"", Location=place)
    server.answers[place] = reply(200, FEED)
    reading = _read(server.url("/a"))
    assert (reading.outcome, reading.state.moved_to) == ("failed", "")
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    "address",
    [
        "http://{host}/?a=${TOUCHPOINTS_SMTP_PASSWORD}",
        "http://me:${TOUCHPOINTS_NOTIFY}@{host}/",
        "http://{host}/${TOUCHPOINTS_smtp_password}",
        "http://${TOUCHPOINTS_KEY}.localhost/",
        "http://me:x@${TOUCHPOINTS_KEY}/",
    ],
)
def test_what_delivers_the_digest_goes_to_no_feed_and_no_secret_into_a_host(
    address: str, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever wrote the address: nothing is asked and no name looked up."""
    for name in ("SMTP_PASSWORD", "NOTIFY", "smtp_password", "KEY"):
        monkeypatch.setenv(f"TOUCHPOINTS_{name}", "hunter2")
    monkeypatch.setattr(public_hosts, "look_up", None)
    reading = _read(address.replace("{host}", f"127.0.0.1:{server.port}"))
    (problem,) = reading.problems
    why = ("is for delivering the digest", "has a secret's name in its host")
    assert any(words in problem.what for words in why)
    assert server.asked == []


def test_a_host_that_a_redirect_brought_into_feeds_yaml_may_not_be_private(server: Server) -> None:
    """Nobody wrote it but a server; within the host that the user wrote a feed may move."""
    server.answers["/feed"] = reply(200, FEED)
    moved = _read(server.url("/feed"), known_as="https://old.example/feed")
    assert (moved.outcome, server.asked) == ("failed", [])
    listed = _read(server.url("/feed"), known_as=server.url("/feed"))
    assert (listed.outcome, server.asked) == ("failed", [])
    assert "its address is from a list or a redirect" in listed.problems[0].what
    nameless = "http://nameless.invalid/feed"
    assert _read(nameless, known_as=nameless).problems == _read(nameless).problems
    assert _read(server.url("/feed"), known_as=server.url("/old")).outcome == "new"


def test_a_failure_shows_no_password(server: Server) -> None:
    """Neither in the message nor in where it happened."""
    reading = _read(server.url("/none").replace("//", "//ann:secret@"))
    (problem,) = reading.problems
    assert "secret" not in repr(problem)
    assert problem.where == server.url("/none")


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True), ("2606:2800:220:1::1", True), ("127.0.0.1", False),
        ("10.1.2.3", False), ("172.16.0.1", False), ("192.168.1.1", False), ("0.0.0.0", False),  # noqa: S104
        ("100.64.0.1", False), ("169.254.169.254", False), ("224.0.0.1", False),
        ("240.0.0.1", False), ("255.255.255.255", False), ("::", False), ("::1", False),
        ("fe80::1%eth0", False), ("fc00::1", False), ("ff02::1", False), ("::ffff:10.0.0.1", False),
        ("64:ff9b::7f00:1", False), ("2002:7f00:1::", False), ("2001:db8::1", False), ("x", False),
    ],
)  # fmt: skip
def test_what_is_public(address: str, public: bool) -> None:
    """Loopback, private, link-local, shared, multicast, reserved and disguised ones are not."""
    assert public_hosts.is_public(address) is public


def test_a_redirect_goes_to_the_address_that_was_looked_at(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that means another place a moment later does not matter: nobody asks it again."""
    resolved: list[str] = []

    async def resolve(host: str, port: int) -> list[str]:
        resolved.append(host)
        return ["127.0.0.1"]

    monkeypatch.setattr(public_hosts, "resolve", resolve)
    monkeypatch.setattr(public_hosts, "is_public", lambda place: place == "127.0.0.1")
    server.answers["/old"] = reply(301, b"", Location=server.url("/new", "moved.example"))
    server.answers["/new"] = reply(200, FEED)
    assert _read(server.url("/old")).outcome == "new"
    assert f"Host: moved.example:{server.port}\r\n" in server.heads("/new")[0]
    assert resolved == ["moved.example"]


def test_a_written_name_that_turns_private_within_a_run_is_refused(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its first answer came from the open internet, and led to itself: the second is not asked."""
    peers = iter(["93.184.216.34", "127.0.0.1"])
    monkeypatch.setattr(_Connection, "peer", property(lambda _: next(peers)))
    server.answers["/feed"] = reply(302, b"", Location="/secret")
    server.answers["/secret"] = reply(200, FEED)
    (problem,) = _read(server.url("/feed")).problems
    assert "now leads into a private network" in problem.what
    assert not server.heads("/secret")


def test_what_was_public_for_one_feed_is_not_asked_inside_for_another(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever of the run's connections asks: a name's owner may wait for the second request."""
    peers = iter(["93.184.216.34", "127.0.0.1"])
    monkeypatch.setattr(_Connection, "peer", property(lambda _: next(peers)))
    server.answers["/one"] = server.answers["/two"] = reply(200, FEED)
    options = FetchOptions(replace(SETTINGS, at_once=2, at_once_per_host=1), "", NOW)
    states = [FeedState(server.url("/one")), FeedState(server.url("/two"))]
    one, two = update_feeds(states, options)
    assert (one.outcome, two.outcome) == ("new", "failed")
    assert "now leads into a private network" in two.problems[0].what
    assert not server.heads("/two")


def test_a_private_name_that_the_user_wrote_stays_one(server: Server) -> None:
    """It was private from the first."""
    server.answers["/feed"] = reply(302, b"", Location="/new")
    server.answers["/new"] = reply(200, FEED)
    assert _read(server.url("/feed")).outcome == "new"


@pytest.mark.parametrize("places", [["10.0.0.1"], ["93.184.216.34", "127.0.0.1"]])
def test_a_name_that_means_a_place_inside_is_not_asked(
    server: Server, monkeypatch: pytest.MonkeyPatch, places: list[str]
) -> None:
    """Nor is one that means a place inside among others."""

    async def resolve(host: str, port: int) -> list[str]:
        return places

    monkeypatch.setattr(public_hosts, "resolve", resolve)
    server.answers["/old"] = reply(301, b"", Location=server.url("/new", "inside.example"))
    assert "inside a private network" in _read(server.url("/old")).problems[0].what
    assert not server.heads("/new")


def hops(*steps: tuple[str, str]) -> httpx.MockTransport:
    """Return servers that redirect, each address to the next; another one has a feed."""
    leads = dict(steps)

    def answer(request: httpx.Request) -> httpx.Response:
        target = leads.get(str(request.url))
        if target:
            return httpx.Response(302, headers={"Location": target})
        return httpx.Response(200, stream=httpx.ByteStream(FEED))

    return httpx.MockTransport(answer)


@pytest.mark.parametrize(
    ("steps", "refused"),
    [
        ([("http://a.example/", "https://a.example/")], ""),
        ([("https://a.example/", "https://b.example/")], ""),
        ([("https://a.example/", "http://a.example/")], "from https to http"),
        ([("https://a.example/", "https://b.example/"), ("https://b.example/", "http://c.example/")],
         "from https to http"),
        ([("http://nas.local/", "http://nas.local/feed")], ""),  # the user wrote it
        ([("http://nas.local/", "http://b.example/"), ("http://b.example/", "http://nas.local/x")],
         "inside a private network"),
        ([("http://a.example/", "http://nas.localdomain/")], "inside a private network"),
        ([("http://a.example/", "http://[fec0::1]/")], "inside a private network"),
        ([("http://a.example/", "http://192.0.0.192/")], "inside a private network"),
        ([("http://a.example/", "http://127.0.0.1.nip.io/")], "inside a private network"),
        ([("http://a.example/", "http://0x7f.1/")], "inside a private network"),
        *(
            ([("http://a.example/", f"http://{inside}/")], "inside a private network")
            for inside in (
                "[::ffff:10.0.0.1]", "[64:ff9b::a00:1]", "[2002:a00:1::]", "[::127.0.0.1]",
                "2130706433", "127.1", "localhost.", "LOCALHOST.localdomain.",
                "nas.localdomain.", "10.0.0.1.sslip.io", "169.254.169.254", "100.100.100.200",
            )
        ),
    ],
)  # fmt: skip
def test_where_a_redirect_may_lead(steps: list[tuple[str, str]], refused: str) -> None:
    """Never from https to http, and never from another server to a private one."""
    options = FetchOptions(SETTINGS, "", NOW, hops(*steps))
    (reading,) = update_feeds([FeedState(steps[0][0])], options)
    assert reading.outcome == ("failed" if refused else "new")
    assert refused in "".join(problem.what for problem in reading.problems)


@pytest.mark.parametrize(
    ("scheme", "host", "proxy"),
    [
        ("https", "news.example.com", "http://proxy:3128"),
        ("http", "news.example.com", ""),
        ("https", "inside.example.org", ""),
        ("https", "a.inside.example.org", ""),
        ("https", "127.0.0.1", ""),
    ],
)
def test_a_proxy_is_decided_on_for_each_address(
    monkeypatch: pytest.MonkeyPatch, scheme: str, host: str, proxy: str
) -> None:
    """What NO_PROXY excepts is asked directly, after its name was looked up and checked."""
    for name in ("http_proxy", "all_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("https_proxy", "proxy:3128")
    monkeypatch.setenv("no_proxy", "inside.example.org,127.0.0.1")
    assert proxy_for(scheme, host) == proxy


# ------------------------------------------------------------------------------- what comes in


@pytest.mark.parametrize(
    "answer",
    [
        reply(200, gzip.compress(FEED, mtime=0), Content_Encoding="gzip"),
        reply(
            200,
            gzip.compress(FEED[:50], mtime=0) + gzip.compress(FEED[50:], mtime=0),
            Content_Encoding="x-gzip",
        ),
        reply(200, gzip.compress(FEED, mtime=0) + b"junk", Content_Encoding="gzip"),
        reply(200, zlib.compress(FEED), Content_Encoding="deflate"),
        reply(200, _deflated(FEED), Content_Encoding="deflate"),
        reply(200, FEED, Content_Encoding="gzip"),
        reply(200, gzip.compress(FEED, mtime=0), Content_Type="application/x-gzip"),
        reply(226, FEED, IM="feed"),
        reply(200, FEED, Content_Type="text/html"),
        b"HTTP/1.0 200 OK\r\n\r\n" + FEED,
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n"
        % (len(FEED), FEED),
    ],
)
def test_a_feed_is_read_however_it_is_packed(server: Server, answer: bytes) -> None:
    """Packed as asked, packed differently than said, not packed although said so."""
    server.answers["/feed"] = answer
    assert [x.title for x in _read(server.url("/feed")).articles] == ["Oracle opens a plant"]


def test_a_wrong_certificate_is_named() -> None:
    """With the reason that the library gives."""

    def refuse(request: httpx.Request) -> httpx.Response:
        error = ssl.SSLCertVerificationError("refused")
        error.verify_message = "certificate has expired"
        raise httpx.ConnectError("refused") from error

    (reading,) = update_feeds(
        [FeedState("https://x.example/")],
        FetchOptions(SETTINGS, "", NOW, httpx.MockTransport(refuse)),
    )
    assert reading.problems[0].what == (
        "x.example's feed shows a certificate that is not valid (certificate has expired)."
    )


@pytest.mark.parametrize("address", ["ftp://x.example/f", "http://", "http://[x", "http://\x00"])
def test_an_odd_address_is_a_failure(address: str) -> None:
    """Nothing raises."""
    assert preview(address, FetchOptions(SETTINGS, "", NOW)).outcome == "failed"


@pytest.fixture
def odd_files(tmp_path: Path) -> Iterator[Path]:
    (tmp_path / "good.xml").write_bytes(FEED)
    (tmp_path / "packed.gz").write_bytes(gzip.compress(FEED, mtime=0))
    (tmp_path / "large.xml").write_bytes(b" " * 1_000_001)
    (tmp_path / "bomb.gz").write_bytes(gzip.compress(b" " * 50_000_000, 1))
    (tmp_path / "empty.xml").write_bytes(b"")
    yield tmp_path


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("good.xml", ""),
        ("packed.gz", ""),
        ("large.xml", "The file large.xml is larger than 1 MB."),
        ("bomb.gz", "The file bomb.gz is larger than 1 MB."),
        ("empty.xml", "The file empty.xml is empty."),
        ("none.xml", "The file none.xml is not there."),
        (".", "is no file."),
        ("x\x00\x1b[31my", "The file x[31my is not there."),
    ],
)
def test_a_file_is_read_like_an_address(odd_files: Path, name: str, what: str) -> None:
    """With the same limits, and failures as plain."""
    reading = preview(str(odd_files / name), FetchOptions(SETTINGS, "", NOW))
    said = "".join(problem.what for problem in reading.problems)
    assert (
        (what in said) if what else [x.title for x in reading.articles] == ["Oracle opens a plant"]
    )
