"""Everything that a server can do wrong, in one table: the fault, the record, what the user reads.

A real server on loopback says the bytes of the second column. No fault may raise, hang or use more
memory than the limit allows.
"""

from __future__ import annotations

import gzip
import random
import socket
import time
import tracemalloc
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

import pytest

from pipeline.news import decompress, health
from pipeline.news.feed_words import OWN_NETWORK
from pipeline.news.fetch import FetchOptions
from pipeline.news.update import update_feeds
from pipeline.records import FeedState, NewsSettings, Reading

from .conftest import Response, Server, reply, rss

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
SETTINGS = NewsSettings(timeout_seconds=2.0, at_most_megabytes=1.0)
KNOWN = FeedState("", etag='"1"', last_modified="Monday", content_hash="kept")
ENTRY = "<title>Oracle opens a plant</title><guid>plant</guid>"
FEED = rss(ENTRY)
BLANKS = b" " * 50_000_000
HOUR = timedelta(hours=1)
BUSY_HOUR = NOW + 0.9 * HOUR  # the first failure waits as long as the settings' hour, less a tenth

# ------------------------------------------------------------------- what the user can do about it

AGAIN = "Nothing to do: the next run tries again."
LOOK = "Open the address in a browser; if it fails there too, find the new one or remove it."
NO_FEED = "Open the address in a browser; if there is no feed, find the new one or remove it."
RAISE = "Remove it, or raise settings › news › at_most_megabytes in feeds.yaml."
OFTEN = "It was requested too often, perhaps by others on your network; a later run tries again."
PAGE = (
    "Open it in a browser, look for its RSS link, and write that in feeds.yaml; or, where the page "
    "lists news, write {page: …} in place of the address."
)
INSIDE = "redirects to an address inside a private network"
NOWHERE = "redirects to something that is not a web address"
UNPACKED = "sent a response that cannot be decompressed"
SLOW = "did not finish its response within 2 seconds"

# -------------------------------------------------------------------------- servers that misbehave


def drip(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n<rss>")
    for _ in range(600):
        connection.sendall(b" ")
        time.sleep(0.1)


def silence(connection: socket.socket) -> None:
    connection.recv(1)


def reset(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n<rss>")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
    connection.close()


def endless(start: bytes, piece: bytes) -> Callable[[socket.socket], None]:
    def go_on(connection: socket.socket) -> None:
        connection.sendall(start)
        while True:
            connection.sendall(piece)

    return go_on


def busy(status: int, wait: str) -> bytes:
    return reply(status, b"", Retry_After=wait, Date="Tue, 24 Nov 2026 10:00:00 GMT")


def packed(encoding: str, body: bytes) -> bytes:
    if encoding == "br":
        brotli = pytest.importorskip("brotli")
        return bytes(brotli.compress(body, quality=3))
    if encoding == "zstd":
        zstd = pytest.importorskip(decompress._ZSTANDARD_HOME)
        return bytes(zstd.compress(body))
    return gzip.compress(body, 1) if encoding == "gzip" else zlib.compress(body, 1)


@dataclass(frozen=True)
class Packed:
    """An answer that is packed when it is needed, by a library that may not be there."""

    encoding: str
    body: bytes
    cut: int | None = None

    def reply(self) -> bytes:
        body = packed(self.encoding, self.body)[: self.cut]
        return reply(200, body, Content_Encoding=self.encoding)


ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
BILLION_LAUGHS = (
    f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e0 "ha">{ENTITIES}]>'
    f"<rss version='2.0'><channel><title>T</title><item><title>&e9;</title>"
    f"<guid>bomb</guid></item><item>{ENTRY}</item></channel></rss>"
).encode()
EXTERNAL_ENTITY = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">'
    '<!ENTITY y SYSTEM "{url}">]><rss version="2.0"><channel><title>T</title>'
    f"<item>{ENTRY}<description>&x;&y;</description></item></channel></rss>"
).encode()
META_REFRESH = b'<html><head><meta http-equiv="refresh" content="0; url=/feed.xml"></head></html>'
MANY = rss(*(f"<title>Number {n}</title><guid>{n}</guid>" for n in range(10_000)))


@dataclass(frozen=True)
class Fault:
    """One row: what the server does; what the record says; what the user reads."""

    answer: Response | Packed | Mapping[str, Response]
    failure: str = ""  # "": the feed is read all the same
    todo: str = ""
    outcome: Literal["new", "same", "failed"] = "failed"
    record: Mapping[str, Any] = field(default_factory=dict)  # fields of the state, and `titles`
    address: str = "http://127.0.0.1:{port}/feed"
    name: str = "127.0.0.1's feed"


def read(answer: Response | Mapping[str, Response], **record: Any) -> Fault:
    """Return the row of an oddity that costs nothing."""
    return Fault(answer, outcome="new", record={"failures": 0, "error": ""} | record)


def redirect(location: str, failure: str, status: int = 301) -> Fault:
    return Fault(reply(status, b"", Location=location), failure, LOOK)


FAULTS: dict[str, Fault] = {
    # status                         answer                     the record         what to do
    "401": Fault(reply(401, b""), "answered 401 (unauthorized)",
                 "It needs a name and password: write the address as https://name:password@host/…."),
    "402": Fault(reply(402, b""), "answered 402 (payment required)",
                 "It is for paying readers: remove it from feeds.yaml, or use your own address of "
                 "it."),
    "403": Fault(reply(403, b""), "answered 403 (forbidden)",
                 "It refuses programs, or needs a login: try its address from a private account."),
    "404": Fault(reply(404, b""), "answered 404 (not found)",
                 "Look for the feed's new address on the site, and change it in feeds.yaml."),
    "410": Fault(reply(410, b""), "has ended, says its owner (410)",
                 f"It is no longer worth asking. {health.UPDATE}",
                 record={"gone_since": NOW, "due": NOW + timedelta(days=6.3)}),
    "429": Fault(reply(429, b""), "answered 429 (too many requests)", OFTEN,
                 record={"due": BUSY_HOUR}),
    "429, seconds": Fault(busy(429, "7200"), "answered 429 (too many requests)", OFTEN,
                          record={"due": NOW + 2 * HOUR}),
    "429, a date": Fault(busy(429, "Tue, 24 Nov 2026 13:00:00 GMT"),
                         "answered 429 (too many requests)", OFTEN,
                         record={"due": NOW + 3 * HOUR}),
    "429, zero": Fault(busy(429, "0"), "answered 429 (too many requests)", OFTEN,
                       record={"due": BUSY_HOUR}),
    "429, past": Fault(busy(429, "Tue, 24 Nov 2026 09:00:00 GMT"),
                       "answered 429 (too many requests)", OFTEN, record={"due": BUSY_HOUR}),
    "429, absurd": Fault(busy(429, "9" * 30), "answered 429 (too many requests)", OFTEN,
                         record={"due": NOW + 24 * HOUR}),
    "429, year 9999": Fault(busy(429, "Fri, 31 Dec 9999 23:59:59 GMT"),
                            "answered 429 (too many requests)", OFTEN,
                            record={"due": NOW + 24 * HOUR}),
    "429, nonsense": Fault(busy(429, "-1 soon"), "answered 429 (too many requests)", OFTEN,
                           record={"due": BUSY_HOUR}),
    "500": Fault(reply(500, b"<rss/>"), "answered 500 (internal server error)", AGAIN),
    "502": Fault(reply(502, b""), "answered 502 (bad gateway)", AGAIN),
    "503, seconds": Fault(busy(503, "7200"), "answered 503 (service unavailable)", AGAIN,
                          record={"due": NOW + 2 * HOUR}),
    "unknown status": Fault(reply(599, b""), "answered 599", AGAIN),
    "no content": Fault(reply(204, b""), "answered 204 (no content)", LOOK),
    "304 with a changed ETag": Fault(
        reply(304, b"", ETag='"2"'), outcome="same",
        record={"etag": '"2"', "last_modified": "Monday", "content_hash": "kept", "worked": NOW},
    ),
    "200 with other validators": read(
        reply(200, FEED, ETag='W/"\xe9"'), etag='W/"\xe9"', last_modified="",
    ),
    # redirects
    "308": read({"/feed": reply(308, b"", Location="/new"), "/new": reply(200, FEED)},
                moved_to="http://127.0.0.1:{port}/new", moved_times=1, moved_since=NOW),
    "301, then 302": read(
        {"/feed": reply(301, b"", Location="/new"), "/new": reply(302, b"", Location="/today"),
         "/today": reply(200, FEED)}, moved_to="http://127.0.0.1:{port}/new"),
    "302, then 301": read(
        {"/feed": reply(302, b"", Location="/new"), "/new": reply(301, b"", Location="/today"),
         "/today": reply(200, FEED)}, moved_to="", moved_times=0),
    "301 to a failure": Fault(
        {"/feed": reply(301, b"", Location="/new"), "/new": reply(500, b"")},
        "answered 500 (internal server error)", AGAIN, record={"moved_to": ""}),
    "a loop": redirect("/feed", "redirects more than 10 times"),
    "to itself by another name": redirect("http://localhost:{port}/feed", INSIDE),
    "inside, by name": redirect("http://localhost:{port}/secret", INSIDE),
    "inside, by number": redirect("http://10.0.0.1/secret", INSIDE, 302),
    "inside, decimal": redirect("http://2130706433:{port}/secret", INSIDE),
    "inside, octal": redirect("http://0177.0.0.1:{port}/secret", NOWHERE),
    "inside, hexadecimal": redirect("http://0x7f.1:{port}/secret", INSIDE),
    "inside, IPv6": redirect("http://[::1]:{port}/secret", INSIDE, 307),
    "inside, IPv4 in IPv6": redirect("http://[::ffff:127.0.0.1]:{port}/secret", INSIDE),
    "inside, IPv4 in IPv6, hexadecimal": redirect("http://[::ffff:7f00:1]/secret", INSIDE),
    "link-local": redirect("http://169.254.169.254/latest/meta-data", INSIDE, 308),
    "unspecified": redirect("http://0.0.0.0:{port}/secret", INSIDE),
    "to a file": redirect("file:///etc/passwd", NOWHERE),
    "to a script": redirect("javascript:alert(1)", NOWHERE),
    "to an odd port": redirect("http://x:port/", NOWHERE, 302),
    "to nowhere": Fault(reply(301, b""), NOWHERE, LOOK),
    "meta refresh": Fault(reply(200, META_REFRESH), "is a web page, not a feed", PAGE),
    # time and size
    "a slow drip": Fault(drip, SLOW, AGAIN),
    "silence": Fault(silence, SLOW, AGAIN),
    "an endless body": Fault(endless(b"HTTP/1.1 200 OK\r\n\r\n", b" " * 65_536),
                             "is larger than 1 MB", RAISE),
    "endless junk after gzip": Fault(
        endless(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(FEED),
                b"junk" * 16_384), "is larger than 1 MB", RAISE),
    "endless headers": Fault(endless(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n" * 1_000),
                             "sent a response that begins with too many headers", LOOK),
    "endless early hints": Fault(endless(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n" * 50),
                                 SLOW, AGAIN),
    "a huge header": Fault(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 300_000,
                           "sent a response that begins with too many headers", LOOK),
    "a large body": Fault(reply(200, b" " * 1_000_001), "is larger than 1 MB", RAISE),
    "says that it is large": Fault(b"HTTP/1.1 200 OK\r\nContent-Length: 20000000\r\n\r\n",
                                   "is larger than 1 MB", RAISE),
    "a gzip bomb": Fault(Packed("gzip", BLANKS), "is larger than 1 MB", RAISE),
    "a deflate bomb": Fault(Packed("deflate", BLANKS), "is larger than 1 MB", RAISE),
    "a Brotli bomb": Fault(Packed("br", BLANKS), "is larger than 1 MB", RAISE),
    "a Zstandard bomb": Fault(Packed("zstd", BLANKS), "is larger than 1 MB", RAISE),
    "a bomb without a header": Fault(reply(200, gzip.compress(BLANKS, 1)), "is larger than 1 MB",
                                     RAISE),
    # bytes that are not what they say
    "an empty body": Fault(reply(200, b""), "is empty", AGAIN),
    "a cut body": Fault(reply(200, FEED)[:-9], "broke off its response", AGAIN),
    "a length too long": Fault(reply(200, FEED, Content_Length="9000"), "broke off its response",
                               AGAIN),
    "a length too short": read(reply(200, FEED, Content_Length=str(len(FEED) - 16)),
                               titles=["Oracle opens a plant"]),
    "lengths that differ": Fault(
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n<rss/>",
        "sent a response that gives two different lengths", LOOK),
    "a chunk that lies": Fault(
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n<rss/>\r\n0\r\n\r\n",
        "sent a response that is not written as HTTP asks", LOOK),
    "cut gzip": Fault(Packed("gzip", FEED, -9), "sent a response that broke off", AGAIN),
    "cut Brotli": Fault(Packed("br", FEED, -9), "sent a response that broke off", AGAIN),
    "cut Zstandard": Fault(Packed("zstd", FEED, -9), "sent a response that broke off", AGAIN),
    "damaged gzip": Fault(reply(200, b"\x1f\x8b\x08" + b"x" * 99, Content_Encoding="gzip"),
                          UNPACKED, LOOK),
    "damaged Brotli": Fault(reply(200, b"\xff" * 99, Content_Encoding="br"), UNPACKED, LOOK),
    "damaged Zstandard": Fault(
        reply(200, b"\x28\xb5\x2f\xfd" + b"\xff" * 99, Content_Encoding="zstd"), UNPACKED, LOOK),
    "an unknown packing": Fault(
        reply(200, b"\x1f\x9d\x90" + b"x" * 99, Content_Encoding="compress"),
        "sent a response that is compressed in a way that was not requested", LOOK),
    "packed over and over": Fault(reply(200, FEED, Content_Encoding=", ".join(["gzip"] * 5)),
        "sent a response that is compressed more than 4 times over", LOOK),
    "an endless row of empty gzip members": Fault(
        endless(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n",
                gzip.compress(b"", mtime=0) * 100),
        "sent a response that consists of too many compressed parts", LOOK),
    "HTML instead of XML": Fault(
        reply(200, b"<!doctype html><html><title>Log in</title></html>"),
        "is a web page, not a feed", PAGE),
    "a picture": Fault(reply(200, b"\x89PNG\r\n" + random.Random(1).randbytes(2_000)),
                       "is not a feed in any known format", NO_FEED),
    "a wrong charset": read(
        reply(200, rss("<title>Müller öffnet</title>"), Content_Type="text/xml; charset=utf-16"),
        titles=["Müller öffnet"]),
    "an unknown charset": read(
        reply(200, FEED, Content_Type="text/xml; charset=klingon"),
        titles=["Oracle opens a plant"]),
    "an entity bomb": read(reply(200, BILLION_LAUGHS), titles=2),
    "an external entity": read(
        {"/feed": reply(200, EXTERNAL_ENTITY), "/secret": reply(200, b"secret")},
        titles=["Oracle opens a plant"]),
    "10,000 entries": read(reply(200, MANY), titles=2_000),
    "one id for two entries": read(
        reply(200, rss("<title>A</title><guid>1</guid><link>/a</link>",
                       "<title>B</title><guid>1</guid><link>/b</link>")), titles=["A", "B"]),
    "the same entry twice": read(reply(200, rss(ENTRY, ENTRY)), ids=1),
    # connections
    "a reset": Fault(reset, "broke off its response", AGAIN),
    "a hang-up": Fault(lambda connection: connection.close(), "broke off its response", AGAIN),
    "another protocol": Fault(b"220 ftp ready\r\n",
                              "sent a response that does not begin as HTTP does", LOOK),
    "TLS to a plain port": Fault(
        b"HTTP/1.1 400 Bad Request\r\n\r\n", "cannot be reached over a secure connection", LOOK,
        address="https://127.0.0.1:{port}/feed"),
    "nobody there": Fault(b"", "cannot be reached", AGAIN, address="http://127.0.0.1:{free}/feed"),
    "no such host": Fault(b"", "is on a host that cannot be found", LOOK,
                          address="http://orcale.invalid/feed", name="orcale.invalid's feed"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_a_record_and_a_sentence(
    server: Server, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The run goes on, in the time and memory that the settings allow; nothing inside is asked."""
    row = FAULTS[fault]
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        ports = {"port": server.port, "free": held.getsockname()[1]}
    _answer(server, row.answer)
    monkeypatch.setattr(socket, "getaddrinfo", _only_numbers(socket.getaddrinfo))
    known = KNOWN if row.outcome == "same" else FeedState("", title="Oracle")
    begun = time.perf_counter()

    reading = _read(known, row.address.format(**ports))

    assert time.perf_counter() - begun < 30  # of the minute that the drip takes
    assert reading.outcome == row.outcome
    assert not server.heads("/secret")
    _check_record(reading, row, ports)
    assert _page(reading) == ([f"{row.name} {row.failure}. {row.todo}"] if row.failure else [])


def _answer(server: Server, answer: Response | Packed | Mapping[str, Response]) -> None:
    for path, given in (answer if isinstance(answer, Mapping) else {"/feed": answer}).items():
        made = given.reply() if isinstance(given, Packed) else given
        if isinstance(made, bytes):
            made = made.replace(b"{port}", str(server.port).encode())
            made = made.replace(b"{url}", server.url("/secret").encode())
        server.answers[path] = made


def _only_numbers(real: Callable[..., Any]) -> Callable[..., Any]:
    """Return a resolver that knows numbers and this computer, and no name of the world."""

    def resolve(host: Any, *arguments: Any, **named: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if name.rpartition(".")[2].isalpha() and name != "localhost":
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return real(host, *arguments, **named)

    return resolve


def _read(known: FeedState, address: str) -> Reading:
    (reading,) = update_feeds([replace(known, address=address)], FetchOptions(SETTINGS, "", NOW))
    return reading


def _check_record(reading: Reading, row: Fault, ports: dict[str, int]) -> None:
    state = reading.state
    if row.outcome == "failed":
        assert (state.failures, state.failing_since, state.title) == (1, NOW, "Oracle")
        assert (state.checked, state.worked) == (NOW, None)
        assert state.due is not None
        assert state.due >= BUSY_HOUR
    for name, wanted in row.record.items():
        if name == "titles":
            titles = [article.title for article in reading.articles]
            assert (len(titles) if isinstance(wanted, int) else titles) == wanted
            assert sum(map(len, titles)) < 200_000
            assert not any("secret" in article.text for article in reading.articles)
        elif name == "ids":
            assert len({article.id for article in reading.articles}) == wanted
        else:
            wanted = wanted.format(**ports) if isinstance(wanted, str) else wanted
            assert getattr(state, name) == wanted, name


def _page(reading: Reading) -> list[str]:
    """Return what the page of the day says of the feed."""
    named, _ = health.to_name([reading.state], lambda _: [], SETTINGS, NOW, NOW.date())
    return [f"{problem.what} {problem.todo}" for problem in named]


def test_an_own_network_that_is_down_blames_no_feed() -> None:
    """One problem for all, which says so; no feed fails, none rests longer, none is named."""
    with socket.socket() as one, socket.socket() as other:
        one.bind(("127.0.0.1", 0))
        other.bind(("127.0.0.2", 0))
        states = [
            FeedState(f"http://127.0.0.1:{one.getsockname()[1]}/feed"),
            FeedState(f"http://127.0.0.2:{other.getsockname()[1]}/feed", failures=2),
        ]
        readings = update_feeds(states, FetchOptions(SETTINGS, "", NOW))
    assert [reading.state for reading in readings] == states
    (problem,) = [problem for reading in readings for problem in reading.problems]
    assert (problem.where, problem.what, problem.todo) == (
        OWN_NETWORK,
        "None of the 2 feeds on the web could be reached, so the fault is not theirs.",
        "Check the connection and this computer's clock, then run it again.",
    )


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
def test_a_bomb_stays_small(encoding: str) -> None:
    """Of 200 MB in a few bytes no more is unpacked than the limit, in memory near the limit."""
    bomb = packed(encoding, b" " * 200_000_000)
    tracemalloc.start()
    decompressor = decompress.Decompressor(encoding, 1_000_000)
    with pytest.raises(decompress.TooLarge):
        decompressor.add(bomb)
    assert tracemalloc.get_traced_memory()[1] < 4_000_000
    tracemalloc.stop()
