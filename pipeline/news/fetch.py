"""Asking for feeds: the only module that touches the network.

Takes a feed's address and what is remembered of it; gives its answer as a value, be it a body, "not
changed" or a failure. Whatever the other side does, an answer comes within the time and size that
the settings allow. Requests go to the host that the user wrote and to public hosts it redirects to,
nowhere else; a name and password only to the former. Leaves to manners when a feed is asked, and to
turns in which order.
"""

from __future__ import annotations

import asyncio
import base64
import socket
import ssl
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, partial
from http import HTTPStatus
from types import ModuleType
from typing import TYPE_CHECKING
from urllib.request import getproxies

from pipeline import __version__
from pipeline.news import hosts, manners, unpack
from pipeline.records import FeedState, NewsSettings

if TYPE_CHECKING:
    import httpx

# httpx would load its command line, with rich and pygments: a tenth of an hourly run. Without, that
# command says that it is not installed, and everything else is as ever.
sys.modules.setdefault("httpx._main", ModuleType("httpx._main"))

MOST_REDIRECTS = 10  # browsers allow 20; the longest chain of a captured feed has 4
MOST_TRIES = 2  # network addresses of one host that a redirect names
LONGEST_VALIDATOR = 1_000  # characters of an ETag or Last-Modified that are kept
CONNECT_SECONDS = 10.0  # longest wait for a connection; TCP repeats itself after 1, 3 and 7
ACCEPT = (
    "application/atom+xml, application/rss+xml, application/rdf+xml, application/feed+json, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5"
)
ACCEPT_PAGE = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1"
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_FOR_GOOD = frozenset((301, 308))
_CROWDED = frozenset((429, 503))  # the answers whose Retry-After is obeyed
_GOOD = frozenset((200, 203, 226))  # 226: only what is new (RFC 3229)


LATER = "Nothing to do: it is asked again at the next run."
_CORRECT = "Correct its address in feeds.yaml."
_LOOK = "Open the address in a browser; if it fails there too, find the new one or remove it."
# What the user can do about a status; _LOOK for the others.
_TODO = {
    401: "It wants a name and password: write the address as https://name:password@host/….",
    402: "It is for paying readers: remove it from feeds.yaml, or use your own address of it.",
    403: "It refuses programs, or needs a login: try its address from a private account.",
    404: "Look for the feed's new address on the site, and change it in feeds.yaml.",
    407: "Your network's proxy wants a name and password: set HTTPS_PROXY with both.",
    410: "Its owner has ended it: remove it from feeds.yaml.",
    429: "It was asked too often, perhaps by others on your network; it is asked again later.",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """A good answer. `body` is None when nothing has changed."""

    body: bytes | None
    address: str  # where it came from, after redirects
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""
    fresh: timedelta = timedelta(0)  # for so long it says that it stays the same
    moved_to: str = ""  # where permanent redirects lead, without a name and password


@dataclass(frozen=True, slots=True)
class Failure:
    """No answer that can be used: what the feed did, as the rest of a sentence, and what to do."""

    what: str  # "answered 404 (not found)"
    todo: str
    unreachable: bool = False  # perhaps it is our own network that is down
    status: int = 0
    wait: timedelta = timedelta(0)  # for so long it asks to be left alone
    crowded: str = ""  # the host that has had enough of us: all feeds there wait


_NOWHERE = Failure("redirects to something that is no web address", _LOOK)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for, and the address of the user's to whose host it may go whatever it is."""

    address: str
    written: str
    headers: list[tuple[bytes, bytes]]

    @property
    def is_conditional(self) -> bool:
        """Whether "not changed" is an answer to it."""
        return any(name in (b"If-None-Match", b"If-Modified-Since") for name, _ in self.headers)


class Unusable(Exception):
    """Carries a failure out of the steps of one request."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.what)
        self.failure = failure


class Asker:
    """One worker's connection to the world; use it as an async context."""

    def __init__(
        self,
        settings: NewsSettings,
        contact: str,
        context: Callable[[], ssl.SSLContext],
        now: datetime,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._settings = settings
        self._now = now
        # Behind a proxy, and over a transport of a test, names mean nothing to this computer.
        proxied = bool({"http", "https", "all"} & set(getproxies()))
        self._resolves = transport is None and not proxied
        self._transport = transport
        # Made when a feed is really asked: on most runs of an hourly cron none is due.
        self._make = partial(_transport, settings, context, proxied=proxied)
        self._contact = contact

    async def __aenter__(self) -> Asker:
        return self

    async def __aexit__(self, *details: object) -> None:
        if self._transport is not None:
            await self._transport.aclose()

    async def ask(self, state: FeedState) -> Answer | Failure:
        """Return what the feed answers, within the time that the settings allow."""
        headers = [*_headers(self._contact, ACCEPT), (b"A-IM", b"feed"), *_conditions(state)]
        return await self._within_time(Question(state.address, state.address, headers))

    async def ask_page(self, address: str, for_feed: str) -> Answer | Failure:
        """Return what a page answers to which a feed's entry links.

        Only the feed's own host may be a private one: its address the user wrote, not this one.
        """
        headers = _headers(self._contact, ACCEPT_PAGE)
        return await self._within_time(Question(address, for_feed, headers))

    async def _within_time(self, question: Question) -> Answer | Failure:
        import httpx

        try:
            async with asyncio.timeout(self._settings.timeout_seconds):
                return await self._follow(question)
        except Unusable as unusable:
            return unusable.failure
        except TimeoutError:
            seconds = f"{self._settings.timeout_seconds:g}"
            return Failure(f"did not finish its answer within {seconds} seconds", LATER)
        except httpx.HTTPError as error:
            return _failure_of(error)
        except (httpx.InvalidURL, httpx.StreamError, OSError, ValueError) as error:
            return Failure(f"cannot be asked ({type(error).__name__})", _LOOK)

    async def _follow(self, question: Question) -> Answer:
        """Ask, and go where a redirect leads, by hand: each hop is looked at first."""
        import httpx

        url, written = httpx.URL(question.address), httpx.URL(question.written)
        moved_to, for_good = "", True
        for _ in range(MOST_REDIRECTS + 1):
            response = await self._send(question, url, written)
            try:
                if response.status_code not in _REDIRECTS:
                    return await self._answer(response, question, url, moved_to)
                url = _next(response, url)
            finally:
                await response.aclose()
            for_good = for_good and response.status_code in _FOR_GOOD
            moved_to = str(url) if for_good else moved_to
        raise Unusable(Failure(f"redirects more than {MOST_REDIRECTS} times", _LOOK))

    async def _send(self, question: Question, url: httpx.URL, written: httpx.URL) -> httpx.Response:
        import httpx

        headers = list(question.headers)
        if written.userinfo and _may_know_password(url, written):
            headers.append((b"Authorization", _basic(written)))
        places = [""] if self._may_go(question, url) else await self._places(url)
        for number, place in enumerate(places, start=1):
            request = _request(url, place, headers)
            try:
                self._transport = self._transport or self._make()
                return await self._transport.handle_async_request(request)
            except httpx.ConnectError:
                if number == len(places):
                    raise
            except (httpx.InvalidURL, httpx.RemoteProtocolError) as error:
                # httpx's client, behind a proxy, looks at a redirect's target without following.
                if isinstance(error, httpx.InvalidURL) or "location header" in str(error):
                    raise Unusable(_NOWHERE) from error
                raise
        raise Unusable(Failure("redirects to a host without an address", _LOOK))

    def _may_go(self, question: Question, url: httpx.URL) -> bool:
        """Tell whether a hop is to the host that the user wrote, be it a private one.

        Not to another port of a name, which by now may mean an address inside; nor, where it was
        an entry of a feed that led there, to any other port: there may be a router's buttons.
        """
        import httpx

        written = httpx.URL(question.written)
        if url.host != written.host:
            return False
        led_by_server = question.address == question.written
        return url.port == written.port or (led_by_server and hosts.is_number(url.host))

    async def _places(self, url: httpx.URL) -> list[str]:
        """Return the numeric addresses to connect to; "" leaves the choice to httpx.

        The request goes to the very address that was looked at, lest the name mean another one
        a moment later.
        """
        port = url.port or (443 if url.scheme == "https" else 80)
        if self._resolves:
            try:
                places = await hosts.resolve(url.host, port)
            except OSError as error:
                raise Unusable(
                    Failure(f"redirects to {url.host[:80]}, which does not exist", _LOOK)
                ) from error
            allowed = all(hosts.is_public(place) for place in places)
        else:
            places, allowed = [""], hosts.looks_public(url.host)
        if not allowed:
            raise Unusable(Failure("redirects to an address inside a private network", _LOOK))
        return places[:MOST_TRIES]

    async def _answer(
        self, response: httpx.Response, question: Question, url: httpx.URL, moved_to: str
    ) -> Answer:
        status = response.status_code
        if status not in _GOOD and not (
            status == HTTPStatus.NOT_MODIFIED and question.is_conditional
        ):
            raise Unusable(_refusal(response, url, self._now))
        return Answer(
            body=await self._body(response) if status in _GOOD else None,
            address=str(url.copy_with(userinfo=b"")) if url.userinfo else str(url),
            content_type=response.headers.get("content-type", "")[:200],
            etag=_validator(response, b"etag"),
            last_modified=_validator(response, b"last-modified"),
            fresh=manners.fresh_for(response.headers, self._now),
            moved_to=moved_to,
        )

    async def _body(self, response: httpx.Response) -> bytes:
        limit = int(self._settings.at_most_megabytes * 1_000_000)
        length = response.headers.get("content-length", "")
        if length.isdecimal() and len(length) < 20 and int(length) > limit:
            raise Unusable(too_large(self._settings))
        try:
            unpacker = unpack.Unpacker(response.headers.get("content-encoding", ""), limit)
            async for chunk in response.aiter_raw():
                unpacker.add(chunk)
            return unpacker.finish()
        except unpack.TooLarge as error:
            raise Unusable(too_large(self._settings)) from error
        except unpack.Broken as error:
            raise Unusable(Failure(f"gave an answer that {error}", LATER)) from error


@cache
def secure_context() -> ssl.SSLContext:
    """Return what all workers share to check certificates: it takes 30 ms to make."""
    import httpx

    return httpx.create_ssl_context()


def too_large(settings: NewsSettings) -> Failure:
    """Return the failure of a body beyond the limit."""
    return Failure(
        f"is larger than {settings.at_most_megabytes:g} MB",
        "Remove it, or raise settings › news › at_most_megabytes in feeds.yaml.",
    )


def _transport(
    settings: NewsSettings, context: Callable[[], ssl.SSLContext], *, proxied: bool
) -> httpx.AsyncBaseTransport:
    if proxied:
        return _proxied(settings, context())
    from pipeline.news.wire import Wire

    return Wire(context, min(settings.timeout_seconds / 2, CONNECT_SECONDS))


def _proxied(settings: NewsSettings, context: ssl.SSLContext) -> httpx.AsyncBaseTransport:
    """Return a transport that goes through the proxy of this computer's environment."""
    import httpx

    seconds = settings.timeout_seconds
    client = httpx.AsyncClient(
        verify=context,
        timeout=httpx.Timeout(seconds, connect=min(seconds / 2, CONNECT_SECONDS)),
        limits=httpx.Limits(max_connections=2, max_keepalive_connections=1),
        follow_redirects=False,
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
        (b"Accept-Encoding", ", ".join(unpack.understood()).encode()),
    ]


def _user_agent(contact: str) -> str:
    letters = "".join(x for x in contact if x.isascii() and x.isprintable() and x not in "()")
    return f"touchpoints/{__version__}" + (f" (+{letters.strip()[:200]})" if letters else "")


def _conditions(state: FeedState) -> list[tuple[bytes, bytes]]:
    headers = (
        (b"If-None-Match", state.etag.encode("latin-1", "ignore")),
        (b"If-Modified-Since", state.last_modified.encode("latin-1", "ignore")),
    )
    return [(name, value) for name, value in headers if value]


def _request(url: httpx.URL, place: str, headers: list[tuple[bytes, bytes]]) -> httpx.Request:
    import httpx

    bare = url.copy_with(userinfo=b"") if url.userinfo else url
    extensions = {hosts.PLACE: place} if place else {}
    return httpx.Request("GET", bare, headers=headers, extensions=extensions)


def _next(response: httpx.Response, url: httpx.URL) -> httpx.URL:
    import httpx

    try:
        target = url.join(response.headers["location"]).copy_with(userinfo=b"")
    except (KeyError, httpx.InvalidURL, ValueError):
        target = httpx.URL("")
    if target.scheme not in ("http", "https") or not target.host:
        raise Unusable(_NOWHERE)
    return target


def _may_know_password(url: httpx.URL, written: httpx.URL) -> bool:
    """Tell whether a hop is the place for which the user wrote the password."""
    same_place = (url.scheme, url.host, url.port) == (written.scheme, written.host, written.port)
    made_safe = (
        (written.scheme, url.scheme) == ("http", "https")
        and url.host == written.host
        and url.port is None
        and written.port is None
    )
    return same_place or made_safe


def _basic(url: httpx.URL) -> bytes:
    return b"Basic " + base64.b64encode(f"{url.username}:{url.password}".encode())


def _validator(response: httpx.Response, name: bytes) -> str:
    """Return a header byte for byte; latin-1 gives each byte a letter, and takes it back."""
    value = next((value for key, value in response.headers.raw if key.lower() == name), b"")
    return value.decode("latin-1") if len(value) <= LONGEST_VALIDATOR else ""


def _status(code: int) -> str:
    try:
        return f"{code} ({HTTPStatus(code).phrase.lower()})"
    except ValueError:
        return str(code)


def _refusal(response: httpx.Response, url: httpx.URL, now: datetime) -> Failure:
    """Return what a status without a feed means; a crowded host's wish to be left alone, too."""
    status = response.status_code
    wait = manners.retry_after(response.headers, now) if status in _CROWDED else timedelta(0)
    crowded = status == HTTPStatus.TOO_MANY_REQUESTS or bool(wait)
    return Failure(
        f"answered {_status(status)}",
        _todo(status),
        status=status,
        wait=wait,
        crowded=url.host if crowded else "",
    )


def _todo(status: int) -> str:
    return _TODO.get(status) or (LATER if status >= 500 else _LOOK)


def _failure_of(error: httpx.HTTPError) -> Failure:
    """Return what a failed connection means to the reader."""
    causes = tuple(_causes(error))
    if found := next((x for x in causes if isinstance(x, ssl.SSLCertVerificationError)), None):
        what = f"shows a certificate that is not valid ({found.verify_message})"
        return Failure(what, _LOOK, unreachable=True)  # or our clock is wrong, or a hotel's network
    if any(isinstance(x, ssl.SSLError) for x in causes):
        return Failure("cannot be reached over a secure connection", _LOOK, unreachable=True)
    if any(isinstance(x, socket.gaierror) for x in causes):
        return Failure("is on a host that cannot be found", _LOOK, unreachable=True)
    for kinds, failure in _troubles():
        if isinstance(error, kinds):
            return failure
    return Failure(f"cannot be asked ({type(error).__name__})", _LOOK)


def _troubles() -> tuple[tuple[type[httpx.HTTPError], Failure], ...]:
    import httpx

    down = Failure("cannot be reached", LATER, unreachable=True)
    return (
        (httpx.ConnectTimeout, down),
        (httpx.ConnectError, down),
        (httpx.ProxyError, down),
        (httpx.TimeoutException, Failure("stopped answering", LATER)),
        (httpx.UnsupportedProtocol, Failure("has no http:// or https:// address", _CORRECT)),
        (httpx.RemoteProtocolError, Failure("broke off its answer", LATER)),
        (httpx.NetworkError, Failure("broke off its answer", LATER)),
    )


def _causes(error: BaseException) -> Iterator[BaseException]:
    found: BaseException | None = error
    while found is not None:
        yield found
        found = found.__cause__ or found.__context__
