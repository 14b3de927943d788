"""Following redirects, hop by hop: where each one leads, and whether a request may go there.

The host that the user wrote may be a private one, but not once a redirect has led elsewhere; any
other host must be public, and the request goes to the very network address that was checked. No
redirect leads from https to http. Knows the rules; fetch sends the requests.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from pipeline.news import public_hosts
from pipeline.news.failures import LOOK, Failure, FetchError

if TYPE_CHECKING:
    import httpx

MOST_REDIRECTS = 10  # browsers allow 20; the longest chain of a captured feed has 4
# no border test: bounds time; a second address is enough
MOST_ADDRESSES = 2  # network addresses tried of a host that a redirect names
_STATUSES = frozenset((301, 302, 303, 307, 308))
_PERMANENT = frozenset((301, 308))
TO_THE_OPEN = Failure("redirects from https to http, where anybody may change it", LOOK)
TURNED_PRIVATE = Failure("has a name that now leads into a private network", LOOK)
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
            came_from, url = url, _target(response, url)
        finally:
            await response.aclose()
        if (came_from.scheme, url.scheme) == ("https", "http"):
            raise FetchError(TO_THE_OPEN)
        permanent = permanent and response.status_code in _PERMANENT
        moved_to = str(url) if permanent else moved_to
    raise FetchError(Failure(f"redirects more than {MOST_REDIRECTS} times", LOOK))


def _target(response: httpx.Response, url: httpx.URL) -> httpx.URL:
    import httpx

    try:
        target = url.join(response.headers["location"]).copy_with(userinfo=b"")
    except (KeyError, httpx.InvalidURL, ValueError):
        target = httpx.URL("")
    if target.scheme not in ("http", "https") or not target.host:
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


async def public_addresses(url: httpx.URL, *, resolve: bool) -> list[str]:
    """Return the numeric addresses to connect to; "" leaves the choice to the transport.

    The request goes to the very address that was checked, lest the name mean another one a moment
    later. Raises FetchError for a host that is not public. Without `resolve`, as behind a proxy,
    only the name is looked at.
    """
    port = url.port or (443 if url.scheme == "https" else 80)
    if resolve:
        try:
            addresses = await public_hosts.resolve(url.host, port)
        except OSError as error:
            what = f"redirects to {url.host[:80]}, which does not exist"
            raise FetchError(Failure(what, LOOK)) from error
        allowed = all(public_hosts.is_public(address) for address in addresses)
    else:
        addresses, allowed = [""], public_hosts.looks_public(url.host)
    if not allowed:
        raise FetchError(Failure("redirects to an address inside a private network", LOOK))
    if not addresses:
        raise FetchError(Failure("redirects to a host without an address", LOOK))
    return addresses[:MOST_ADDRESSES]
