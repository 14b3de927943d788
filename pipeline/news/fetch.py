"""Asking for feeds: the only place that touches the network.

Takes feed states; gives for each an `Answer`: bytes, "not modified", or a sentence on what went
wrong. Many at a time, with a limit on the size after unpacking, on each wait and on the whole;
every hop of a redirect is checked. Knows nothing of what a feed looks like.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import ssl
import zlib
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from pipeline import __version__
from pipeline.news.links import display
from pipeline.records import FeedState, NewsSettings

if TYPE_CHECKING:
    import httpx

MOST_REDIRECTS = 10  # as many as curl's users and Miniflux allow
CHUNK = 65_536  # bytes

_STATUS = {
    401: ("wants a name and password", "Put them into the address: https://name:word@…"),
    403: ("refuses to be read", "Open it in a browser; perhaps it blocks programs."),
    404: ("is not there (404)", "Look on the company's site for the feed's new address."),
    410: ("is gone for good (410)", "Take it out of feeds.yaml."),
    429: ("asks for fewer visits (429)", "Nothing; it is asked again at the next run."),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of asking one address."""

    state: FeedState
    outcome: str  # "body", "same" or "failed"
    body: bytes = b""
    content_type: str = ""
    address: str = ""  # where the body came from in the end
    etag: str = ""
    last_modified: str = ""
    what: str = ""  # of a failure: goes on after the feed's name: "is not there (404)"
    todo: str = ""
    unreachable: bool = False  # no connection at all: perhaps the candidate's own network


class _Failure(Exception):
    """Ends the asking of one feed, with what to say."""

    def __init__(self, what: str, todo: str = "", *, unreachable: bool = False) -> None:
        super().__init__(what)
        self.what, self.todo, self.unreachable = what, todo, unreachable


def fetch_all(
    states: Sequence[FeedState],
    settings: NewsSettings,
    *,
    contact: str,
    progress: Callable[[int, int], None] | None = None,
    transport: Any = None,
) -> tuple[Answer, ...]:
    """Ask all addresses, `settings.at_once` at a time; answers in the order of the states.

    `transport` is an httpx transport that takes the network's place in tests.
    """
    web = [state for state in states if "://" in state.address]
    answers = {
        state.address: _read_file(state, settings) for state in states if "://" not in state.address
    }
    if web:
        found = asyncio.run(_ask_all(web, settings, contact, progress, transport))
        answers |= {answer.state.address: answer for answer in found}
    return tuple(answers[state.address] for state in states)


def _read_file(state: FeedState, settings: NewsSettings) -> Answer:
    path = Path(state.address)
    try:
        if path.stat().st_size > _limit(settings):
            return Answer(state, "failed", what=_too_large(settings), todo="Name a smaller file.")
        return Answer(state, "body", path.read_bytes(), address=path.as_uri())
    except OSError as error:
        what = f"cannot be read ({error.strerror or error})"
        return Answer(state, "failed", what=what, todo="Look for the file.")


# ---------------------------------------------------------------------------------- many at a time


async def _ask_all(
    states: Sequence[FeedState],
    settings: NewsSettings,
    contact: str,
    progress: Callable[[int, int], None] | None,
    transport: Any,
) -> list[Answer]:
    waiting: asyncio.Queue[FeedState] = asyncio.Queue()
    for state in states:
        waiting.put_nowait(state)
    answers: list[Answer] = []
    tls = ssl.create_default_context() if any(_is_tls(s.address) for s in states) else None

    async def work() -> None:
        # A client for each worker: the CPU per request grows with the size of a client's pool.
        async with _client(settings, contact, tls, transport) as client:
            while not waiting.empty():
                answers.append(await _ask(client, waiting.get_nowait(), settings))
                if progress:
                    progress(len(answers), len(states))

    await asyncio.gather(*(work() for _ in range(min(settings.at_once, len(states)))))
    return answers


def _is_tls(address: str) -> bool:
    return address.startswith("https:")


def _client(
    settings: NewsSettings, contact: str, tls: ssl.SSLContext | None, transport: Any
) -> httpx.AsyncClient:
    import httpx

    agent = f"touchpoints/{__version__} (reads feeds for one person" + (
        f"; {contact})" if contact.isprintable() and contact else ")"
    )
    return httpx.AsyncClient(
        headers={
            "User-Agent": agent.encode("ascii", "replace").decode(),
            "Accept": "application/atom+xml, application/rss+xml, application/feed+json, "
            "application/xml;q=0.9, */*;q=0.8",
            "Accept-Encoding": "gzip, deflate",  # what is unpacked below, within a limit
            "A-IM": "feed",  # RFC 3229: only what is new, where a server can
        },
        timeout=httpx.Timeout(settings.timeout_seconds),
        follow_redirects=False,
        verify=tls or ssl.create_default_context(),
        trust_env=True,
        transport=transport,
    )


async def _ask(client: httpx.AsyncClient, state: FeedState, settings: NewsSettings) -> Answer:
    import httpx

    try:
        async with asyncio.timeout(settings.timeout_seconds):
            return await _follow(client, state, settings)
    except _Failure as failure:
        what, todo, unreachable = failure.what, failure.todo, failure.unreachable
    except (TimeoutError, httpx.TimeoutException):
        what, unreachable = f"did not answer within {settings.timeout_seconds:g} seconds", False
        todo = "Nothing; it is asked again at the next run."
    except httpx.ConnectError as error:
        what, todo, unreachable = _connect_sentence(error)
    except httpx.HTTPError as error:
        what, todo, unreachable = f"broke off ({_reason(error)})", "Nothing for now.", False
    except (httpx.InvalidURL, ValueError, UnicodeError, ssl.SSLError) as error:
        what = f"has an address that cannot be asked ({_reason(error)})"
        todo, unreachable = "Look at its address in feeds.yaml.", False
    return Answer(state, "failed", what=what, todo=todo, unreachable=unreachable)


def _connect_sentence(error: Exception) -> tuple[str, str, bool]:
    text = str(error).casefold()
    if "certificate" in text or "ssl" in text or "tls" in text:
        return "has no valid certificate", "Look at its address in a browser.", False
    if "refused" in text or "all connection attempts" in text:
        return "is not answering (connection refused)", "Nothing; it is asked again.", True
    return (
        "cannot be reached: its name is not known",
        "Look at its address, and your network.",
        True,
    )


def _reason(error: Exception) -> str:
    return (str(error).split("\n", 1)[0] or type(error).__name__)[:120]


# ------------------------------------------------------------------------------------- one feed


async def _follow(client: httpx.AsyncClient, state: FeedState, settings: NewsSettings) -> Answer:
    """Ask an address and follow its redirects, each hop checked before it is asked."""
    written = urlsplit(state.address)
    address = state.address
    for hop in range(MOST_REDIRECTS + 1):
        same_host = urlsplit(address).hostname == written.hostname
        if hop and not same_host:
            await _check_public(address)
        headers = _conditions(state) if not hop or same_host else {}
        auth = (written.username or "", written.password or "") if written.username else None
        async with client.stream(
            "GET",
            _without_credentials(address),
            headers=headers,
            auth=auth if same_host else None,
        ) as response:
            client.cookies.clear()
            if response.has_redirect_location:
                address = _next_hop(address, response)
                continue
            return await _answer(response, state, address, settings)
    raise _Failure("sends one round and round (too many redirects)", "Look for a new address.")


def _conditions(state: FeedState) -> dict[str, str]:
    headers = {}
    if state.etag:
        headers["If-None-Match"] = state.etag
    if state.last_modified:
        headers["If-Modified-Since"] = state.last_modified
    return headers


def _next_hop(address: str, response: httpx.Response) -> str:
    target = str(urljoin(_without_credentials(address), response.headers.get("location", "")))
    if urlsplit(target).scheme not in ("http", "https") or not urlsplit(target).hostname:
        raise _Failure("leads to something that is not a web address", "Look for a new address.")
    return target


async def _check_public(address: str) -> None:
    """Refuse a redirect to a host whose name leads to a private or local address."""
    parts = urlsplit(address)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise _Failure("leads to a name that is not known", "Look for a new address.") from error
    for *_, target in found:
        if not _is_public(str(target[0])):
            raise _Failure(
                f"leads to a private address ({display(address)[:100]}), which is not asked",
                "If you trust it, write that address itself into feeds.yaml.",
            )


def _is_public(text: str) -> bool:
    address = ipaddress.ip_address(text.partition("%")[0])
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_global and not (mapped or address).is_multicast


async def _answer(
    response: httpx.Response, state: FeedState, address: str, settings: NewsSettings
) -> Answer:
    etag = response.headers.get("etag", "")
    last_modified = response.headers.get("last-modified", "")
    if response.status_code == 304:
        return Answer(state, "same", etag=etag, last_modified=last_modified)
    if response.status_code not in (200, 203, 226):
        raise _status_failure(response.status_code)
    async with aclosing(_unpacked(response, settings)) as chunks:
        body = b"".join([chunk async for chunk in chunks])
    return Answer(
        state,
        "body",
        body,
        response.headers.get("content-type", ""),
        _without_credentials(address),
        etag,
        last_modified,
    )


def _status_failure(status: int) -> _Failure:
    if status in _STATUS:
        return _Failure(*_STATUS[status])
    if status >= 500:
        return _Failure(f"has trouble on its side ({status})", "Nothing; it is asked again.")
    return _Failure(f"answered with {status}", "Open its address in a browser.")


async def _unpacked(
    response: httpx.Response, settings: NewsSettings
) -> AsyncGenerator[bytes, None]:
    """Give the body unpacked, piece by piece, and stop at the limit: a bomb never goes off."""
    encoding = response.headers.get("content-encoding", "identity").casefold().strip()
    unpack = _unpacker(encoding)
    total = 0
    async for chunk in response.aiter_raw(CHUNK):
        for piece in unpack(chunk):
            total += len(piece)
            if total > _limit(settings):
                raise _Failure(_too_large(settings), "Look for a smaller feed of theirs.")
            yield piece


def _unpacker(encoding: str) -> Callable[[bytes], Any]:
    if encoding in ("", "identity"):
        return lambda chunk: (chunk,)
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise _Failure(f"is packed in a way that was not asked for ({encoding[:20]})", "")
    state = {"zlib": zlib.decompressobj(zlib.MAX_WBITS | 32 if encoding != "deflate" else 47)}

    def unpack(chunk: bytes) -> Any:
        try:
            yield from _inflated(state, chunk, encoding)
        except zlib.error as error:
            raise _Failure(f"sent broken data ({error})", "Nothing; it is asked again.") from error

    return unpack


def _inflated(state: dict[str, Any], chunk: bytes, encoding: str) -> Any:
    """Inflate a chunk in steps of bounded size; some servers send deflate without its head."""
    try:
        piece = state["zlib"].decompress(chunk, CHUNK)
    except zlib.error:
        if encoding != "deflate" or state.get("raw"):
            raise
        state["zlib"], state["raw"] = zlib.decompressobj(-zlib.MAX_WBITS), True
        piece = state["zlib"].decompress(chunk, CHUNK)
    while piece:
        yield piece
        piece = state["zlib"].decompress(state["zlib"].unconsumed_tail, CHUNK)


def _without_credentials(address: str) -> str:
    return display(address)


def _limit(settings: NewsSettings) -> int:
    return int(settings.at_most_megabytes * 1_000_000)


def _too_large(settings: NewsSettings) -> str:
    return f"is larger than {settings.at_most_megabytes:g} MB"
