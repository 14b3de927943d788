"""Fetching feeds and pages: the only module that sends requests.

Takes a feed's address and what is remembered of it; returns its response as a value, be it a body,
"not changed" or a failure. Whatever the server does, this returns within the time and size that the
settings allow. Requests go to the host that the user wrote and to public hosts to which it
redirects (places.py), nowhere else; a name and password only to the former. When a feed is
fetched is decided by polling.py, in which order by host_scheduler.py.
"""

from __future__ import annotations

import asyncio
import base64
import os
import ssl
import sys
from collections.abc import Callable, Mapping
from dataclasses import field, replace
from datetime import datetime, timedelta
from functools import cache
from http import HTTPStatus
from types import ModuleType
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import quote

from pipeline import __version__
from pipeline.news import decompress, failures, polling, public_hosts, redirects
from pipeline.news.cookies import Cookies
from pipeline.news.failures import LOOK, Failure, FetchError
from pipeline.news.feed_words import LATER
from pipeline.news.places import INSIDE, Journey, Places, places_for
from pipeline.records import FeedState, NewsSettings
from pipeline.records.record import dataclass
from pipeline.text import named_secrets
from pipeline.text.urls import host_of

if TYPE_CHECKING:
    import httpx

    from pipeline.news.parse import FeedBody, Parsed

# httpx would load its command line, with rich and pygments: a tenth of an hourly run. Without it
# that command reports that it is not installed, and everything else works.
sys.modules.setdefault("httpx._main", ModuleType("httpx._main"))

# no border test: far beyond real values
LONGEST_VALIDATOR = 1_000  # characters of an ETag or Last-Modified that are kept
# no border test: a wait, in seconds
CONNECT_SECONDS = 10.0  # longest wait for a connection; TCP repeats itself after 1, 3 and 7
ACCEPT = (
    "application/atom+xml, application/rss+xml, application/rdf+xml, application/feed+json, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5"
)
ACCEPT_PAGE = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1"
SET = (
    "Set it where the program runs, in the crontab too, or keep it in the keyring "
    "(`keyring set touchpoints NAME`)."
)
OTHERWISE = "Write another name into its address, or take it out."
NOT_TYPED = Failure(
    "leads into a private network, and its address is from a list or a redirect",
    "If it is yours, remove it and add it again with `touchpoints feeds add`.",
)
_RATE_LIMITED = frozenset((429, 503))  # the responses whose Retry-After is obeyed
_GOOD = frozenset((200, 203, 226))  # 226: only what is new (RFC 3229)


@dataclass(frozen=True, slots=True)
class Response:
    """A good response. `body` is None when nothing has changed."""

    body: bytes | None
    address: str  # where it came from, after redirects
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""
    fresh: timedelta = timedelta(0)  # for how long the server says it stays the same
    moved_to: str = ""  # where permanent redirects lead, without a name and password


@dataclass(frozen=True, slots=True)
class Request:
    """What to fetch, and the address the user wrote, whose host may be a private one."""

    address: str
    written: str
    headers: list[tuple[bytes, bytes]]
    is_typed: bool = True  # the host of `written` is the user's word, not a server's

    @property
    def is_conditional(self) -> bool:
        """Whether "not changed" is a valid response to it."""
        return any(name in (b"If-None-Match", b"If-Modified-Since") for name, _ in self.headers)


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """How requests are made, whatever their address."""

    settings: NewsSettings
    contact: str  # goes into the User-Agent
    now: datetime
    transport: httpx.AsyncBaseTransport | None = None  # for tests: answers without a network
    secret: Callable[[str], str] = lambda name: os.environ.get(name, "")  # what ${NAME} stands for
    # Hosts that were in the open internet when they were asked: all workers of a run share them.
    public: set[str] = field(default_factory=set, compare=False)
    source: Callable[[FetchOptions], FeedSource] | None = None  # who is asked; default: a Fetcher


class FeedSource(Protocol):
    """Who is asked for a feed: the network, or what it answered to somebody else."""

    async def __aenter__(self) -> FeedSource: ...

    async def __aexit__(self, *details: object) -> None: ...

    async def fetch(self, state: FeedState, *, is_page: bool = False) -> Response | Failure | None:
        """Return the response; None where nobody knows one now, and the feed rests."""

    def parse(self, feed: FeedBody, now: datetime, at_most: int) -> Parsed:
        """Return what a body holds, as `sandbox.parse_safely` does."""


class Fetcher:
    """One worker's connection; use it as an async context."""

    takes_deltas = True  # a response may hold only what is new to who asks

    def __init__(self, options: FetchOptions) -> None:
        self._settings = options.settings
        self._now = options.now
        self._given = options.transport
        # By proxy, "" for none. Made for the first request: on most hourly runs no feed is due.
        self._transports: dict[str, httpx.AsyncBaseTransport] = {}
        self._public = options.public
        self._contact = options.contact
        self._secret = options.secret

    async def __aenter__(self) -> Fetcher:
        asyncio.get_running_loop().getaddrinfo = public_hosts.look_up  # type: ignore[method-assign, assignment]
        return self

    async def __aexit__(self, *details: object) -> None:
        for transport in (self._given, *self._transports.values()):
            if transport is not None:
                await transport.aclose()

    async def fetch(
        self, state: FeedState, *, is_page: bool = False, written: str = ""
    ) -> Response | Failure:
        """Return the feed's (or listing page's) response, within the time that is allowed.

        `written` is what the user wrote, where it is something else that led to this address:
        then no secret is put into it, whatever it names.
        """
        accept = ACCEPT_PAGE if is_page else ACCEPT
        delta = () if is_page or not self.takes_deltas else ((b"A-IM", b"feed"),)
        headers = [*_headers(self._contact, accept), *delta, *_conditions(state)]
        if written:
            return await self._within_time(Request(state.address, written, headers))
        if why := named_secrets.mistake(state.address):
            return Failure(why, OTHERWISE)
        values = {name: self._secret(name) for name in named_secrets.names_in(state.address)}
        if missing := next((name for name, value in values.items() if not value), ""):
            return Failure(f"needs ${{{missing}}}, which is not set", SET)
        address = named_secrets.filled(state.address, values)
        is_typed = was_typed(state)
        found = await self._within_time(Request(address, address, headers, is_typed))
        if found == INSIDE and not is_typed:
            return NOT_TYPED
        if isinstance(found, Response):  # where it has moved to is stored: the secret is not
            for name, value in values.items():
                quoted, placeholder = quote(value, safe=""), f"${{{name}}}"
                found = replace(
                    found,
                    moved_to=found.moved_to.replace(quoted, placeholder),
                    address=found.address.replace(quoted, placeholder),
                )
        return found

    def parse(self, feed: FeedBody, now: datetime, at_most: int) -> Parsed:
        """Return what a body holds."""
        from pipeline.news.sandbox import parse_safely

        return parse_safely(feed, now, at_most)

    async def fetch_page(self, address: str, for_feed: str) -> Response | Failure:
        """Return the response of a page to which a feed's entry links.

        Only the feed's own host may be a private one: its address the user wrote, not this one.
        """
        headers = _headers(self._contact, ACCEPT_PAGE)
        return await self._within_time(Request(address, for_feed, headers))

    async def _within_time(self, request: Request) -> Response | Failure:
        import httpx

        try:
            async with asyncio.timeout(self._settings.timeout_seconds):
                return await self._fetch(request)
        except FetchError as error:
            return error.failure
        except TimeoutError:
            seconds = f"{self._settings.timeout_seconds:g}"
            return Failure(f"did not finish its response within {seconds} seconds", LATER)
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError, ValueError) as error:
            return failures.of_error(error)

    async def _fetch(self, request: Request) -> Response:
        import httpx

        written, first = httpx.URL(request.written), httpx.URL(request.address)
        cookies = Cookies(redirects.is_same_server, self._now)
        journey = Journey(written, first, self._public, resolves=self._given is None)
        journey.left = not request.is_typed

        async def send(url: httpx.URL) -> httpx.Response:
            headers = list(request.headers)
            if cookie := cookies.header_for(url):
                headers.append((b"Cookie", cookie))
            if written.userinfo and redirects.is_same_server(url, written):
                headers.append((b"Authorization", _basic(written)))
            response = await self._send(url, headers, await places_for(url, journey))
            cookies.keep(response, url)
            return response

        response, url, moved_to = await redirects.follow(first, send)
        try:
            return await self._understood(response, request, url, moved_to)
        finally:
            await response.aclose()

    async def _send(
        self, url: httpx.URL, headers: list[tuple[bytes, bytes]], to: Places
    ) -> httpx.Response:
        import httpx

        transport = self._given or self._transports.get(to.proxy)
        if transport is None:
            transport = self._transports[to.proxy] = _transport(self._settings, to.proxy)
        extensions = {public_hosts.CHECK_PEER: to.check_peer}
        for address in to.addresses[:-1]:
            try:
                request = _get(url, address, headers, extensions)
                return await transport.handle_async_request(request)
            except httpx.ConnectError:
                continue
        try:
            request = _get(url, to.addresses[-1], headers, extensions)
            return await transport.handle_async_request(request)
        except (httpx.InvalidURL, httpx.RemoteProtocolError) as error:
            # httpx's client, behind a proxy, looks at a redirect's target without following it.
            if isinstance(error, httpx.InvalidURL) or "location header" in str(error):
                raise FetchError(redirects.NOT_AN_ADDRESS) from error
            raise

    async def _understood(
        self, response: httpx.Response, request: Request, url: httpx.URL, moved_to: str
    ) -> Response:
        import httpx

        status = response.status_code
        unchanged = status == HTTPStatus.NOT_MODIFIED and request.is_conditional
        if status not in _GOOD and not unchanged:
            limited = status in _RATE_LIMITED
            wait = polling.retry_after(response.headers, self._now) if limited else timedelta(0)
            raise FetchError(failures.of_status(status, wait, httpx.URL(request.address).host))
        return Response(
            body=await self._body(response) if status in _GOOD else None,
            address=str(url.copy_with(userinfo=b"")) if url.userinfo else str(url),
            content_type=response.headers.get("content-type", "")[:200],
            etag=_validator(response, b"etag"),
            last_modified=_validator(response, b"last-modified"),
            fresh=polling.fresh_for(response.headers, self._now),
            moved_to=moved_to,
        )

    async def _body(self, response: httpx.Response) -> bytes:
        limit = self._settings.most_bytes
        length = response.headers.get("content-length", "")
        if length.isdecimal() and len(length) < 20 and int(length) > limit:
            raise FetchError(failures.of_trouble("too large", self._settings))
        try:
            encoding = response.headers.get("content-encoding", "")
            decompressor = decompress.Decompressor(encoding, limit)
            async for chunk in response.aiter_raw():
                decompressor.add(chunk)
            return decompressor.finish()
        except decompress.TooLarge as error:
            raise FetchError(failures.of_trouble("too large", self._settings)) from error
        except decompress.BrokenBody as error:
            todo = LATER if str(error) == decompress.BROKE_OFF else LOOK
            raise FetchError(Failure(f"sent a response that {error}", todo)) from error


def was_typed(state: FeedState) -> bool:
    """Return whether the user wrote a feed's host, not somebody's list or a server.

    Where it has moved to another host, a redirect named that one; a feed of somebody's list is
    known as itself.
    """
    is_listed = state.known_as == state.address
    has_left = host_of(state.known_as) != host_of(state.address)
    return not state.known_as or not (is_listed or has_left)


@cache
def secure_context() -> ssl.SSLContext:
    """Return the context with which all workers check certificates: it takes 30 ms to make."""
    import httpx

    return httpx.create_ssl_context()


def _transport(settings: NewsSettings, proxy: str) -> httpx.AsyncBaseTransport:
    if proxy:
        return _proxied(settings, secure_context(), proxy)
    from pipeline.news.transport import Transport

    return Transport(secure_context, min(settings.timeout_seconds / 2, CONNECT_SECONDS))


def _proxied(
    settings: NewsSettings, context: ssl.SSLContext, proxy: str
) -> httpx.AsyncBaseTransport:
    """Return a transport that goes through a proxy, and never past it."""
    import httpx

    seconds = settings.timeout_seconds
    client = httpx.AsyncClient(
        verify=context,
        timeout=httpx.Timeout(seconds, connect=min(seconds / 2, CONNECT_SECONDS)),
        limits=httpx.Limits(max_connections=2, max_keepalive_connections=1),
        follow_redirects=False,
        proxy=proxy,
        trust_env=False,
    )

    class Proxied(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            return await client.send(request, stream=True)

        async def aclose(self) -> None:
            await client.aclose()

    return Proxied()


def _headers(contact: str, accept: str) -> list[tuple[bytes, bytes]]:
    return [
        (b"User-Agent", _user_agent(contact).encode()),
        (b"Accept", accept.encode()),
        (b"Accept-Encoding", ", ".join(decompress.accepted_encodings()).encode()),
    ]


def _user_agent(contact: str) -> str:
    safe = "".join(x for x in contact if x.isascii() and x.isprintable() and x not in "()")
    return f"touchpoints/{__version__}" + (f" (+{safe.strip()[:200]})" if safe else "")


def _conditions(state: FeedState) -> list[tuple[bytes, bytes]]:
    headers = (
        (b"If-None-Match", state.etag.encode("latin-1", "ignore")),
        (b"If-Modified-Since", state.last_modified.encode("latin-1", "ignore")),
    )
    return [(name, value) for name, value in headers if value]


def _get(
    url: httpx.URL,
    address: str,
    headers: list[tuple[bytes, bytes]],
    extensions: Mapping[str, Any],
) -> httpx.Request:
    import httpx

    bare = url.copy_with(userinfo=b"") if url.userinfo else url
    place = {public_hosts.CONNECT_TO: address} if address else {}
    return httpx.Request("GET", bare, headers=headers, extensions={**extensions, **place})


def _basic(url: httpx.URL) -> bytes:
    return b"Basic " + base64.b64encode(f"{url.username}:{url.password}".encode())


def _validator(response: httpx.Response, name: bytes) -> str:
    """Return a header byte for byte; latin-1 maps each byte to a character and back."""
    value = next((value for key, value in response.headers.raw if key.lower() == name), b"")
    return value.decode("latin-1") if len(value) <= LONGEST_VALIDATOR else ""
