"""What can go wrong with a feed, in words for the user: the only table of these sentences.

Takes a status, an error of the network or the parser's trouble; returns a failure that says what
the feed did and what the user can do about it. Imports httpx only when a request has failed.
"""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Iterator, Sequence
from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING

from pipeline.news.feed_words import LATER
from pipeline.news.response_head import NO_HTTP, NotHttp
from pipeline.records import NewsSettings, Trouble
from pipeline.records.record import dataclass

if TYPE_CHECKING:
    import httpx

LOOK = "Open the address in a browser; if it fails there too, find the new one or remove it."
BROKE_OFF = "broke off its response"
_CORRECT = "Correct its address in feeds.yaml."
_TOO_LARGE = "Remove it, or raise settings › news › at_most_megabytes in feeds.yaml."
_NO_FEED = "Open the address in a browser; if there is no feed, find the new one or remove it."
# What the user can do about a status; LOOK for the others.
_OF_STATUS = {
    401: "It needs a name and password: write the address as https://name:password@host/….",
    402: "It is for paying readers: remove it from feeds.yaml, or use your own address of it.",
    403: "It refuses programs, or needs a login: try its address from a private account.",
    404: "Look for the feed's new address on the site, and change it in feeds.yaml.",
    407: "Your network's proxy needs a name and password: set HTTPS_PROXY with both.",
    410: "Its owner has ended it: remove it from feeds.yaml.",
    429: "It was requested too often, perhaps by others on your network; a later run tries again.",
}
# What the user can do about a body that cannot be parsed, and what it is.
_OF_TROUBLE: dict[Trouble, tuple[str, str]] = {
    "empty": ("is empty", LATER),
    "web page": (
        "is a web page, not a feed",
        "Open it in a browser, look for its RSS link, and write that in feeds.yaml; or, where the "
        "page lists news, write {page: …} in place of the address.",
    ),
    "no articles": (
        "is a page on which no list of articles was found",
        "Open it in a browser; if the list is there, a script draws it, which is not run here: try "
        "the site's sitemap, or `- search: google`.",
    ),
    "unknown format": ("is not a feed in any known format", _NO_FEED),
    "unread entries": ("holds entries, none of which could be read", _NO_FEED),
    "too large": ("is larger than {megabytes:g} MB", _TOO_LARGE),
    "broken encoding": ("sent a compressed response that cannot be decompressed", LOOK),
    "too slow": ("takes too long to read", _NO_FEED),
    "too much memory": ("takes more memory to read than a feed should", _NO_FEED),
}


# No way to any network, and nobody there who knows names (glibc, where no server answers).
_OFFLINE = frozenset((errno.ENETUNREACH, errno.ENETDOWN, socket.EAI_AGAIN))


@dataclass(frozen=True, slots=True)
class Failure:
    """No usable response: what the feed did, as the rest of a sentence, and what to do."""

    what: str  # "answered 404 (not found)"
    todo: str
    unreachable: bool = False  # perhaps it is our own network that is down
    offline: bool = False  # it surely is: this computer says so of itself
    status: int = 0
    wait: timedelta = timedelta(0)  # for how long the server asks to be left alone
    rate_limited: str = ""  # the host that was written, whose feeds all wait
    trouble: Trouble = ""  # what is wrong with its body


class FetchError(Exception):
    """Carries a failure out of the steps of one request."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.what)
        self.failure = failure


def of_trouble(trouble: Trouble, settings: NewsSettings) -> Failure:
    """Return the failure of a body that cannot be parsed."""
    what, todo = _OF_TROUBLE[trouble]
    return Failure(what.format(megabytes=settings.at_most_megabytes), todo, trouble=trouble)


def of_status(status: int, wait: timedelta, host: str) -> Failure:
    """Return the failure of a status without a feed; `wait` is what the server asked for.

    It counts for the host that was asked, wherever redirects led: others there did not ask for us.
    """
    limited = status == HTTPStatus.TOO_MANY_REQUESTS or bool(wait)
    todo = _OF_STATUS.get(status) or (LATER if status >= 500 else LOOK)
    return Failure(
        f"answered {_named(status)}",
        todo,
        status=status,
        wait=wait,
        rate_limited=host if limited else "",
    )


def _named(status: int) -> str:
    try:
        return f"{status} ({HTTPStatus(status).phrase.lower()})"
    except ValueError:
        return str(status)


def of_error(error: Exception) -> Failure:
    """Return the failure of a connection, or of an address that cannot be requested."""
    causes = tuple(_causes(error))
    if found := next((x for x in causes if isinstance(x, ssl.SSLCertVerificationError)), None):
        what = f"shows a certificate that is not valid ({found.verify_message})"
        return Failure(what, LOOK, unreachable=True)  # or our clock is wrong, or a hotel's network
    if any(isinstance(x, ssl.SSLError) for x in causes):
        return Failure("cannot be reached over a secure connection", LOOK, unreachable=True)
    if any(isinstance(x, OSError) and x.errno in _OFFLINE for x in causes):
        return Failure("cannot be reached", LATER, unreachable=True, offline=True)
    if any(isinstance(x, socket.gaierror) for x in causes):
        return Failure("is on a host that cannot be found", LOOK, unreachable=True)
    if not_http := _not_http(causes):
        return not_http
    for kinds, failure in _of_kind():
        if isinstance(error, kinds):
            return failure
    return Failure(f"cannot be requested ({type(error).__name__})", LOOK)


def _not_http(causes: Sequence[BaseException]) -> Failure | None:
    """Return the failure of a response that is no HTTP; None where it only ended too early."""
    import httpx

    if found := next((x for x in causes if isinstance(x, NotHttp)), None):
        return Failure(f"sent a response that {found}", LOOK)
    if not isinstance(causes[0], httpx.RemoteProtocolError):
        return None
    # Behind a proxy the words are a library's, and may quote the response.
    ended = any(word in str(causes[0]) for word in ("closed", "disconnected"))
    return Failure(BROKE_OFF, LATER) if ended else Failure(f"sent a response that {NO_HTTP}", LOOK)


def _of_kind() -> tuple[tuple[type[httpx.HTTPError], Failure], ...]:
    import httpx

    down = Failure("cannot be reached", LATER, unreachable=True)
    return (
        (httpx.ConnectTimeout, down),
        (httpx.ConnectError, down),
        (httpx.ProxyError, down),
        (httpx.TimeoutException, Failure("stopped responding", LATER)),
        (httpx.UnsupportedProtocol, Failure("has no http:// or https:// address", _CORRECT)),
        (httpx.NetworkError, Failure(BROKE_OFF, LATER)),
    )


def _causes(error: BaseException) -> Iterator[BaseException]:
    found: BaseException | None = error
    while found is not None:
        yield found
        found = found.__cause__ or found.__context__
