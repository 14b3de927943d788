"""Following redirects, hop by hop: where each one leads.

Whether a request may go there is decided in places.py; fetch.py sends the requests.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from pipeline.news.failures import LOOK, Failure, FetchError
from pipeline.text import named_secrets

if TYPE_CHECKING:
    import httpx

MOST_REDIRECTS = 10  # browsers allow 20; the longest chain of a captured feed has 4
_STATUSES = frozenset((301, 302, 303, 307, 308))
_PERMANENT = frozenset((301, 308))
NOT_AN_ADDRESS = Failure("redirects to something that is not a web address", LOOK)


async def follow(
    url: httpx.URL, send: Callable[[httpx.URL], Awaitable[httpx.Response]]
) -> tuple[httpx.Response, httpx.URL, str]:
    """Return the response at the end of the redirects, its address, and where it has moved.

    The last is where permanent redirects lead, "" without any. The caller closes the response.
    """
    moved_to, permanent = "", True
    for _ in range(MOST_REDIRECTS + 1):
        response = await send(url)
        if response.status_code not in _STATUSES:
            return response, url, moved_to
        try:
            url = _target(response, url)
        finally:
            await response.aclose()
        permanent = permanent and response.status_code in _PERMANENT
        moved_to = str(url) if permanent else moved_to
    raise FetchError(Failure(f"redirects more than {MOST_REDIRECTS} times", LOOK))


def _target(response: httpx.Response, url: httpx.URL) -> httpx.URL:
    import httpx

    try:
        target = url.join(response.headers["location"]).copy_with(userinfo=b"")
    except (KeyError, httpx.InvalidURL, ValueError):
        target = httpx.URL("")
    # The target may be written into feeds.yaml some day, and would ask for a secret then.
    asks = named_secrets.may_name(str(target))
    if target.scheme not in ("http", "https") or not target.host or asks:
        raise FetchError(NOT_AN_ADDRESS)
    return target


def is_same_server(url: httpx.URL, written: httpx.URL) -> bool:
    """Return whether a hop is the very server that may know a secret: a password, a cookie."""
    same_server = (url.scheme, url.host, url.port) == (written.scheme, written.host, written.port)
    made_secure = (
        (written.scheme, url.scheme) == ("http", "https")
        and url.host == written.host
        and url.port is None
        and written.port is None
    )
    return same_server or made_secure
