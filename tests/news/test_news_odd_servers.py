"""Servers that only browsers understand: cookies on the way, odd packings, odd heads.

What they say is read all the same; what cannot be read is told with its reason. A real server on
loopback says the bytes of each row.
"""

from __future__ import annotations

import gzip
import threading
import time
import zlib
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.news import decompress, response_head
from pipeline.news.cookies import Cookies
from pipeline.news.fetch import FetchOptions
from pipeline.news.redirects import is_same_server
from pipeline.news.update import update_feeds
from pipeline.records import FeedState, NewsSettings, Reading

from .conftest import Server, reply, rss

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
SETTINGS = NewsSettings(timeout_seconds=2.0, at_most_megabytes=1.0)
FEED = rss("<title>Oracle opens a plant</title>")
LOOK = "Open the address in a browser; if it fails there too, find the new one or remove it."


def read(address: str, now: datetime = NOW, state: FeedState | None = None) -> Reading:
    known = state or FeedState(address)
    (reading,) = update_feeds([known], FetchOptions(SETTINGS, "", now), ask_all=True)
    return reading


def is_read(reading: Reading) -> bool:
    return [article.title for article in reading.articles] == ["Oracle opens a plant"]


# ---------------------------------------------------------------------------------- cookies


def chain(server: Server, *cookies: str) -> None:
    """Let /feed redirect to /1, /2, …, each setting its cookie, and end with a feed."""
    for place, cookie in enumerate(cookies):
        path = f"/{place}" if place else "/feed"
        server.answers[path] = reply(302, b"", Location=f"/{place + 1}", Set_Cookie=cookie)
    server.answers[f"/{len(cookies)}"] = reply(200, FEED)


def sent(server: Server, path: str) -> str:
    """Return the cookies of the last request for a path."""
    lines = server.heads(path)[-1].split("\r\n")
    return next((line.partition(": ")[2] for line in lines if line.startswith("Cookie: ")), "")


@pytest.mark.parametrize(
    ("cookies", "goes_back"),
    [
        (["seen=1"], "seen=1"),
        (["seen=1; Path=/; HttpOnly; SameSite=Lax"], "seen=1"),
        (["a=1", "b=2"], "a=1; b=2"),
        (["a=1", "a=2"], "a=2"),
        (["a=1; Path=/", "a=; Path=/; Max-Age=0"], ""),
        (["a=1; Path=/", "a=x; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT"], ""),
        (["a=1; Path=/", "a=x; Path=/; expires=Thu, 01-Jan-1970 00:00:00 GMT"], ""),
        (["a=1; Expires=Fri, 27 Nov 2026 00:00:00 GMT"], "a=1"),
        (["a=1; Secure"], ""),  # over http
        (["a=1; Path=/elsewhere"], ""),
        (["a=1; Domain=example.com"], "a=1"),  # to the host that set it, and to no other
        (["a=b=c==; Path=/"], "a=b=c=="),
        (["a="], "a="),
        (["=1"], ""),
        (["no cookie at all"], ""),
        (["a b=1"], ""),
        ([f"a={'x' * 5_000}"], ""),
    ],
)
def test_a_cookie_goes_back_within_one_requests_redirects(
    server: Server, cookies: list[str], goes_back: str
) -> None:
    """As a browser sends it, with its path, its end and its safety."""
    chain(server, *cookies)
    assert is_read(read(server.url("/feed")))
    assert sent(server, f"/{len(cookies)}") == goes_back


def test_a_cookie_is_forgotten_with_its_request(server: Server) -> None:
    """The next request, of the same feed or of another, knows nothing of it."""
    chain(server, "seen=1")
    server.answers["/other"] = reply(200, FEED)
    first = read(server.url("/feed"))
    states = [first.state, FeedState(server.url("/other"))]
    update_feeds(states, FetchOptions(SETTINGS, "", NOW), ask_all=True)
    assert "Cookie" not in server.heads("/feed")[1]
    assert "Cookie" not in server.heads("/other")[0]
    assert "seen" not in repr(first.state)


def test_a_redirect_to_itself_that_never_ends_is_told(server: Server) -> None:
    """A new cookie each time is no way to keep us."""
    server.answers["/feed"] = reply(302, b"", Location="/feed", Set_Cookie="a=1")
    assert "redirects more than 10 times" in read(server.url("/feed")).problems[0].what


HERE = httpx.URL("https://news.example.com/feed")


@pytest.mark.parametrize(
    ("url", "goes"),
    [
        ("https://news.example.com/other", True),
        ("https://news.example.com:8443/feed", False),
        ("http://news.example.com/feed", False),
        ("https://example.com/feed", False),
        ("https://www.news.example.com/feed", False),
        ("https://news.example.com.evil.example/feed", False),
    ],
)
def test_a_cookie_goes_to_the_server_that_set_it_alone(url: str, goes: bool) -> None:
    """Not to another host of its site, nor to another port, nor in the open."""
    cookies = Cookies(is_same_server, NOW)
    cookies.keep(httpx.Response(302, headers={"Set-Cookie": "a=1; Domain=example.com"}), HERE)
    assert (cookies.header_for(httpx.URL(url)) == b"a=1") is goes


@given(st.lists(st.binary(max_size=60), max_size=60))
def test_no_cookie_breaks_a_request(values: list[bytes]) -> None:
    """What goes back is a header that may be sent, of bounded length."""
    cookies = Cookies(is_same_server, NOW)
    cookies.keep(httpx.Response(302, headers=[(b"Set-Cookie", v) for v in values]), HERE)
    header = cookies.header_for(HERE)
    assert not any(byte < 32 or byte == 127 for byte in header)
    assert len(header) <= 50 * 62


# --------------------------------------------------------------------------------- packings


def deflated(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


GZ = gzip.compress(FEED, mtime=0)


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (FEED, "ISO-8859-1"),
        (FEED, "UTF-8"),
        (FEED, "text/xml"),
        (FEED, "compress"),
        (FEED, "br"),
        (FEED, "zstd"),
        (FEED, "deflate"),
        (FEED, "gzip, deflate"),
        (b"\xef\xbb\xbf" + FEED, "br"),
        (b"\n\n  " + FEED, "gzip"),
        (FEED.decode().encode("utf-16"), "deflate"),
        (FEED.decode().encode("utf-16-le"), "br"),
        (GZ, "ISO-8859-1"),
        (GZ, "deflate"),
        (GZ, "br"),
        (GZ, "gzip, identity"),
        (GZ, ""),
        (zlib.compress(FEED), "gzip"),
        (zlib.compress(FEED), "unheard-of"),
        (gzip.compress(GZ, mtime=0), "gzip, gzip"),
        (gzip.compress(deflated(FEED), mtime=0), "deflate, gzip"),
        (zlib.compress(GZ), "GZip ,  Deflate"),
        (gzip.compress(GZ, mtime=0), "gzip"),  # a packed file, packed once more on its way
    ],
)
def test_the_bytes_decide_how_a_body_is_packed(server: Server, body: bytes, encoding: str) -> None:
    """Whatever the header calls them, one after the other."""
    server.answers["/feed"] = reply(200, body, Content_Encoding=encoding)
    assert is_read(read(server.url("/feed")))


@pytest.mark.parametrize("body", [b"<a/>", b"{}", b"<", b"", b"x", b"\x1f"])
@pytest.mark.parametrize("encoding", ["br", "deflate, gzip", "odd", "zstd"])
def test_a_body_of_a_few_bytes_is_no_fault_of_ours(body: bytes, encoding: str) -> None:
    """Too few to know the format: they are taken as they are, or told to be broken."""
    decompressor = decompress.Decompressor(encoding, 1_000)
    try:
        decompressor.add(body)
        assert decompressor.finish() == body
    except decompress.BrokenBody:
        assert body[:1] not in (b"<", b"{")


def test_a_bomb_inside_another_is_stopped_at_the_first_limit() -> None:
    """What comes out of each packing is bounded, not only the last."""
    inner = gzip.compress(b" " * 5_000_000)
    bomb = gzip.compress(inner * 400)
    decompressor = decompress.Decompressor("gzip, gzip", 1_000_000)
    with pytest.raises(decompress.TooLarge):
        decompressor.add(bomb)


def test_packed_bytes_have_the_limit_too() -> None:
    """Though nothing comes out of them: after the end of a stream, what follows is passed over."""
    decompressor = decompress.Decompressor("deflate", 1_000)
    decompressor.add(zlib.compress(FEED))
    with pytest.raises(decompress.TooLarge):
        decompressor.add(b"x" * 1_001)


@pytest.mark.parametrize("count", [1_000, 1_001])
def test_a_thousand_parts_are_the_most(count: int) -> None:
    """Each costs time of its own, though it holds nothing."""
    body = gzip.compress(b"", mtime=0) * (count - 1) + gzip.compress(b"x", mtime=0)
    if count == 1_000:
        assert decompress.gunzip(body, 1_000_000) == b"x"
        return
    with pytest.raises(decompress.BrokenBody, match="too many"):
        decompress.gunzip(body, 1_000_000)


# ------------------------------------------------------------------------------------ heads

LENGTH = b"Content-Length: %d" % len(FEED)
CHUNKED = b"%x\r\n%s\r\n0\r\n\r\n" % (len(FEED), FEED)


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ([b"HTTP/1.1 200 OK", b"X-Served By: a", LENGTH], FEED),
        ([b"HTTP/1.1 200 OK", b"Transfer-Encoding: identity", LENGTH], FEED),
        ([b"HTTP/1.1 200 OK", b"no colon here", LENGTH], FEED),
        ([b"HTTP/1.1 200 OK", b": no name", LENGTH], FEED),
        ([b"HTTP/1.1 200 OK", b"Content-Length : %d" % len(FEED)], FEED),
        ([b"HTTP/1.1 200 OK", b"X: a\x00b\x0b", LENGTH], FEED),
        ([b"HTTP/1.1 200 OK", b"X: a", b"  folded", LENGTH], FEED),
        ([b"HTTP/1.1 200 OK", b" begins folded", LENGTH], FEED),
        ([b"HTTP/1.1 200 OK", LENGTH, LENGTH], FEED),
        ([b"HTTP/1.1 200 OK", LENGTH + b", %d" % len(FEED)], FEED),
        ([b"HTTP/1.1 200 OK", b"Content-Length: -1"], FEED),
        ([b"HTTP/1.1 200 OK", b"Content-Length: unknown"], FEED),
        ([b"HTTP/1.1 200 OK", b"Transfer-Encoding: Chunked"], CHUNKED),
        ([b"HTTP/1.1 200 OK", b"Transfer-Encoding: chunked", b"Transfer-Encoding: chunked"],
         CHUNKED),
        ([b"HTTP/1.1 200 OK", b"Transfer-Encoding: identity, chunked", LENGTH], CHUNKED),
        ([b"HTTP/1.1 200 OK", b"Transfer-Encoding: gzip"], GZ),
        ([b"HTTP/1.1 200 OK", b"Transfer-Encoding: gzip, chunked"],
         b"%x\r\n%s\r\n0\r\n\r\n" % (len(GZ), GZ)),
        ([b"HTTP/1.1 200", LENGTH], FEED),
        ([b"HTTP/1.1  200  OK", LENGTH], FEED),
        ([b"http/1.1 200 ok", LENGTH], FEED),
        ([b"HTTP/2 200", LENGTH], FEED),
        ([b"HTTP/1.1 200 \xe9t\xe9\x01", LENGTH], FEED),
        ([b"", b"HTTP/1.1 200 OK", LENGTH], FEED),
        ([b"HTTP/1.1 100 Continue", b"", b"HTTP/1.1 200 OK", b"X Y: z", LENGTH], FEED),
    ],
)  # fmt: skip
@pytest.mark.parametrize("line_end", [b"\r\n", b"\n"])
def test_a_head_that_browsers_take_is_taken(
    server: Server, head: list[bytes], body: bytes, line_end: bytes
) -> None:
    """Odd names, signs, lengths and codings cost nothing."""
    server.answers["/feed"] = line_end.join([*head, b"", b""]) + body
    assert is_read(read(server.url("/feed")))


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (b"SSH-2.0-OpenSSH_9.6\r\n", "does not begin as HTTP does"),
        (b"<html>\nold</html>\n\n", "does not begin as HTTP does"),
        (b"HTTP/1.1 OK\r\n\r\n", "does not begin as HTTP does"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: odd\r\n\r\n" + FEED,
         "is sent in an encoding that nobody knows"),
        (b"HTTP/1.1 099 Low\r\n\r\n" + FEED, "is not written as HTTP asks"),
    ],
)  # fmt: skip
def test_a_response_that_nobody_can_read_is_told_with_its_reason(
    server: Server, answer: bytes, reason: str
) -> None:
    """It lasts: nobody is told to wait, and none of the server's own words are repeated."""
    server.answers["/feed"] = answer
    (problem,) = read(server.url("/feed")).problems
    assert problem.what == f"127.0.0.1's feed sent a response that {reason}."
    assert problem.todo == LOOK


@given(st.binary(max_size=300))
def test_any_head_is_put_right_or_refused(junk: bytes) -> None:
    """What comes out has one status line, one way to find its end, and no sign that steers."""
    try:
        head = response_head.plain(b"HTTP/1.1 200 OK\r\n" + junk + b"\r\n\r\n")
    except response_head.NotHttp:
        return
    lines = head.removesuffix(b"\r\n\r\n").split(b"\r\n")
    framing = [x for x in lines if x.lower().startswith((b"content-length:", b"transfer-encoding"))]
    assert lines[0] == b"HTTP/1.1 200 OK"
    assert len(framing) <= 1
    assert b"\n" not in b"".join(lines)


def test_after_an_odd_head_the_connection_is_closed() -> None:
    """Where the next response would begin is uncertain."""
    head = response_head.plain(b"HTTP/1.1 200 OK\r\nContent-Length: 3, 3\r\n\r\n")
    assert b"Connection: close\r\n" in head
    assert b"close" not in response_head.plain(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n")


# ---------------------------------------------------------------------------- faults that last


@pytest.mark.parametrize(("days", "passing"), [(0, True), (1.9, True), (2, False), (30, False)])
def test_what_has_failed_for_days_is_not_told_as_passing(
    server: Server, days: float, passing: bool
) -> None:
    """At first the next run is waited for; after `trouble_days` the user is asked to look."""
    server.answers["/feed"] = reply(503, b"")
    address = server.url("/feed")
    first = read(address)
    last = read(address, NOW + timedelta(days=days), first.state)
    assert ("Nothing to do" in last.problems[0].todo) is passing
    assert ("Nothing to do" in last.state.todo) is passing


def test_a_resolver_that_does_not_answer_keeps_no_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """The feed's own time is all that it takes, and no thread is waited for."""
    answered = threading.Event()
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: answered.wait(20))
    options = FetchOptions(NewsSettings(timeout_seconds=0.4), "", datetime.now(UTC))
    began = time.monotonic()
    (reading,) = update_feeds([FeedState("http://hung.example/rss")], options)
    took = time.monotonic() - began
    answered.set()
    assert reading.outcome == "failed"
    assert took < 10


def test_brotli_that_was_not_asked_for_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where its library is not installed; text that is only called so is read."""
    monkeypatch.setattr(decompress, "accepted_encodings", lambda: ("gzip", "deflate"))
    with pytest.raises(decompress.BrokenBody, match="in a way that was not requested"):
        decompress.Decompressor("br", 1_000).add(b"\x1b\x0e\x00\xf8" + bytes(range(40)))
    decompress.Decompressor("br", 1_000).add(b"<rss version='2.0'></rss>")
