"""The network from its worst side: what goes out, what comes in, what the user reads of it."""

from __future__ import annotations

import base64
import gzip
import socket
import ssl
import threading
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from pipeline.news import hosts, unpack
from pipeline.news.read import preview, read_feeds
from pipeline.records import FeedState, NewsSettings, Reading

from .conftest import Server, reply, rss

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
SETTINGS = NewsSettings(timeout_seconds=2.0, at_most_megabytes=1.0)
FEED = rss("<title>Oracle opens a plant</title>")


def _read(address: str, **known: str) -> Reading:
    state = FeedState(address, **known)  # type: ignore[arg-type]
    (reading,) = read_feeds([state], SETTINGS, contact="me@example.com", now=NOW)
    return reading


def _deflated(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


# ------------------------------------------------------------------------------ what goes out


def test_a_request_says_who_asks_and_what_is_known(server: Server) -> None:
    """Validators go back byte for byte; no cookie, no browser's name, no other packing."""
    server.answers["/feed"] = reply(200, FEED, ETag='W/"\xe9x"', Last_Modified="yesterday, odd",
                                    Set_Cookie="id=1")  # fmt: skip
    first = _read(server.url("/feed"))
    second = read_feeds([first.state], SETTINGS, contact="me@example.com", now=NOW)[0]
    before, after = server.heads("/feed")
    assert "User-Agent: touchpoints/" in before
    assert "(+me@example.com)" in before
    assert "Accept-Encoding: gzip, deflate\r\n" in before
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


def test_a_failure_shows_no_password(server: Server) -> None:
    """Neither in the message nor in where it happened."""
    reading = _read(server.url("/none").replace("//", "//ann:secret@"))
    (problem,) = reading.problems
    assert "secret" not in repr(problem)
    assert problem.where == server.url("/none")


@pytest.mark.parametrize(
    ("location", "what"),
    [
        ("http://localhost:{port}/feed", "redirects to an address inside a private network"),
        ("http://2130706433:{port}/feed", "redirects to an address inside a private network"),
        ("http://[::1]:{port}/feed", "redirects to an address inside a private network"),
        ("http://[::ffff:127.0.0.1]:{port}/feed", "redirects to an address inside a private"),
        ("http://169.254.169.254/latest", "redirects to an address inside a private network"),
        ("file:///etc/passwd", "redirects to something that is no web address"),
        ("javascript:alert(1)", "redirects to something that is no web address"),
        ("/loop", "redirects more than 10 times"),
    ],
)
def test_a_redirect_cannot_lead_inside(server: Server, location: str, what: str) -> None:
    """Not to this computer, not to its network, not to a file, not in a circle."""
    server.answers["/feed"] = reply(200, FEED)
    server.answers["/loop"] = reply(301, b"", Location=location.format(port=server.port))
    reading = _read(server.url("/loop"))
    assert what in reading.problems[0].what
    assert not server.heads("/feed")


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
    assert hosts.is_public(address) is public


def test_a_redirect_goes_to_the_address_that_was_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that means another place a moment later does not matter: nobody asks it again."""
    asked: list[httpx.Request] = []

    class Transport(httpx.AsyncHTTPTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            asked.append(request)
            if request.url.host == "feeds.example":
                return httpx.Response(301, headers={"Location": "https://moved.example:8443/f"})
            return httpx.Response(200, stream=httpx.ByteStream(FEED))

    async def resolve(host: str, port: int) -> list[str]:
        return ["93.184.216.34", "2606:2800:220:1::1"]

    monkeypatch.setattr(hosts, "resolve", resolve)
    monkeypatch.setattr(httpx, "AsyncHTTPTransport", Transport)
    monkeypatch.setattr("httpx._client.AsyncHTTPTransport", Transport)
    assert _read("http://feeds.example/f").outcome == "new"
    assert str(asked[1].url) == "https://93.184.216.34:8443/f"
    assert asked[1].headers["Host"] == "moved.example:8443"
    assert asked[1].extensions["sni_hostname"] == "moved.example"


# ------------------------------------------------------------------------------- what comes in


@pytest.mark.parametrize(
    "answer",
    [
        reply(200, gzip.compress(FEED), Content_Encoding="gzip"),
        reply(200, gzip.compress(FEED[:50]) + gzip.compress(FEED[50:]), Content_Encoding="x-gzip"),
        reply(200, gzip.compress(FEED) + b"junk", Content_Encoding="gzip"),
        reply(200, zlib.compress(FEED), Content_Encoding="deflate"),
        reply(200, _deflated(FEED), Content_Encoding="deflate"),
        reply(200, FEED, Content_Encoding="gzip"),
        reply(200, gzip.compress(FEED), Content_Type="application/x-gzip"),
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


def _drip(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n<rss>")
    for _ in range(100):
        connection.sendall(b" ")
        time.sleep(0.1)


def _silence(connection: socket.socket) -> None:
    connection.recv(1)


def _endless(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        connection.sendall(b" " * 65_536)


def _endless_after_gzip(connection: socket.socket) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"
    connection.sendall(head + gzip.compress(FEED))
    while True:
        connection.sendall(b"junk" * 16_384)


BOMB = gzip.compress(b" " * 50_000_000)
LOOK = "Open the address in a browser; if it fails there too, find the new one or remove it."
AGAIN = "Nothing to do: it is asked again at the next run."
RAISE = "Remove it, or raise settings › news › at_most_megabytes in feeds.yaml."

FAULTS: dict[str, tuple[bytes | Callable[[socket.socket], None], str, str]] = {
    "gone": (reply(404, b""), "answered 404 (not found)",
             "Look for the feed's new address on the site, and change it in feeds.yaml."),
    "ended": (reply(410, b""), "answered 410 (gone)",
              "Its owner has ended it: remove it from feeds.yaml."),
    "too often": (reply(429, b""), "answered 429 (too many requests)",
                  "It was asked too often, perhaps by others on your network; "
                  "it is asked again later."),
    "broken": (reply(500, b"<rss/>"), "answered 500 (internal server error)", AGAIN),
    "own number": (reply(599, b""), "answered 599", AGAIN),
    "nothing": (reply(204, b""), "answered 204 (no content)", LOOK),
    "unasked 304": (reply(304, b""), "answered 304 (not modified)", LOOK),
    "nowhere": (reply(301, b""), "redirects to something that is no web address", LOOK),
    "page": (reply(200, b"<!doctype html><html><title>Log in</title></html>"),
             "is a web page, not a feed",
             "Open it in a browser, look for its RSS link, and write that in feeds.yaml."),
    "empty": (reply(200, b""), "is empty", AGAIN),
    "large": (reply(200, b" " * 1_000_001), "is larger than 1 MB", RAISE),
    "says large": (b"HTTP/1.1 200 OK\r\nContent-Length: 20000000\r\n\r\n", "is larger than 1 MB",
                   RAISE),
    "bomb": (reply(200, BOMB, Content_Encoding="gzip"), "is larger than 1 MB", RAISE),
    "bomb in a file": (reply(200, BOMB), "is larger than 1 MB", RAISE),
    "endless": (_endless, "is larger than 1 MB", RAISE),
    "junk after gzip": (_endless_after_gzip, "did not finish its answer within 2 seconds", AGAIN),
    "slow": (_drip, "did not finish its answer within 2 seconds", AGAIN),
    "silent": (_silence, "did not finish its answer within 2 seconds", AGAIN),
    "cut": (reply(200, FEED)[:-9], "broke off its answer", AGAIN),
    "gzip cut": (reply(200, gzip.compress(FEED)[:-9], Content_Encoding="gzip"),
                 "gave an answer that broke off", AGAIN),
    "gzip damaged": (reply(200, b"\x1f\x8b\x08" + b"x" * 99, Content_Encoding="gzip"),
                     "gave an answer that cannot be unpacked", AGAIN),
    "brotli": (reply(200, b"x", Content_Encoding="br"),
               "gave an answer that is packed in a way that was not asked for", AGAIN),
    "no http": (b"220 ftp ready\r\n", "broke off its answer", AGAIN),
    "hangs up": (lambda connection: connection.close(), "broke off its answer", AGAIN),
    "huge header": (b"HTTP/1.1 200 OK\r\nX: " + b"x" * 300_000, "broke off its answer", AGAIN),
    "bad location": (reply(302, b"", Location="http://x:port/"),
                     "redirects to something that is no web address", LOOK),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_is_a_sentence(server: Server, fault: str) -> None:
    """Fault, what the record says, what the user reads: the run goes on."""
    answer, what, todo = FAULTS[fault]
    server.answers["/feed"] = answer
    begun = time.perf_counter()
    reading = _read(server.url("/feed"), title="Oracle", content_hash="kept")
    (problem,) = reading.problems
    assert time.perf_counter() - begun < 5
    assert (reading.outcome, reading.articles) == ("failed", ())
    assert (problem.what, problem.todo) == (f"127.0.0.1's feed {what}.", todo)
    assert (reading.state.error, reading.state.todo) == (problem.what, problem.todo)
    assert (reading.state.failures, reading.state.failing_since) == (1, NOW)
    assert (reading.state.title, reading.state.content_hash) == ("Oracle", "kept")


def test_a_host_without_anybody_is_unreachable() -> None:
    """A closed port."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
    reading = _read(f"http://127.0.0.1:{port}/")
    assert reading.problems[0].what == "127.0.0.1's feed cannot be reached."


def test_a_host_without_an_address_is_not_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A misspelt host."""

    def nobody(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nobody)
    reading = _read("http://orcale.example/")
    assert reading.problems[0].what == "orcale.example's feed is on a host that cannot be found."
    assert reading.problems[0].todo == LOOK


def test_a_plain_server_behind_https_is_named() -> None:
    """TLS fails, and says so."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]

        def answer() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                connection.recv(65_536)

        thread = threading.Thread(target=answer)
        thread.start()
        reading = _read(f"https://127.0.0.1:{port}/feed")
        thread.join()
    assert reading.problems[0].what == (
        "127.0.0.1's feed cannot be reached over a secure connection."
    )


def test_a_wrong_certificate_is_named() -> None:
    """With the reason that the library gives."""

    def refuse(request: httpx.Request) -> httpx.Response:
        error = ssl.SSLCertVerificationError("refused")
        error.verify_message = "certificate has expired"
        raise httpx.ConnectError("refused") from error

    (reading,) = read_feeds([FeedState("https://x.example/")], SETTINGS, contact="", now=NOW,
                            transport=httpx.MockTransport(refuse))  # fmt: skip
    assert reading.problems[0].what == (
        "x.example's feed shows a certificate that is not valid (certificate has expired)."
    )


@pytest.mark.parametrize("address", ["ftp://x.example/f", "http://", "http://[x", "http://\x00"])
def test_an_odd_address_is_a_failure(address: str) -> None:
    """Nothing raises."""
    assert preview(address, SETTINGS, contact="", now=NOW).outcome == "failed"


def test_a_bomb_stays_small() -> None:
    """A gigabyte in a megabyte is never unpacked: memory stays near the limit."""
    bomb = gzip.compress(b" " * 200_000_000, 1)
    tracemalloc.start()
    unpacker = unpack.Unpacker("gzip", 1_000_000)
    with pytest.raises(unpack.TooLarge):
        unpacker.add(bomb)
    assert tracemalloc.get_traced_memory()[1] < 4_000_000
    tracemalloc.stop()


@pytest.fixture
def odd_files(tmp_path: Path) -> Iterator[Path]:
    (tmp_path / "good.xml").write_bytes(FEED)
    (tmp_path / "packed.gz").write_bytes(gzip.compress(FEED))
    (tmp_path / "large.xml").write_bytes(b" " * 1_000_001)
    (tmp_path / "bomb.gz").write_bytes(BOMB)
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
    reading = preview(str(odd_files / name), SETTINGS, contact="", now=NOW)
    said = "".join(problem.what for problem in reading.problems)
    assert (
        (what in said) if what else [x.title for x in reading.articles] == ["Oracle opens a plant"]
    )
