"""Where a request may go: the one place that decides it, for feeds, pages, sitemaps and robots.txt.

    places_for   direct or through a proxy, and to which numeric addresses

The host that the user wrote may be a private one, but not once a redirect has led elsewhere; any
other host must be public, and the request goes to the very network address that was looked at. A
written name is looked at when it is connected to, before a byte is sent: what was public once in a
run stays so. No redirect leads from https to http. Asks a resolver and nobody else; fetch.py sends
the requests.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING
from urllib.request import getproxies, proxy_bypass

from pipeline.news import public_hosts
from pipeline.news.failures import LOOK, Failure, FetchError
from pipeline.records.record import dataclass

if TYPE_CHECKING:
    import httpx

# no border test: bounds time; a second address is enough
MOST_ADDRESSES = 2  # network addresses tried of a host that a redirect names
TO_THE_OPEN = Failure("redirects from https to http, where anybody may change it", LOOK)
TURNED_PRIVATE = Failure("has a name that now leads into a private network", LOOK)
INSIDE = Failure("redirects to an address inside a private network", LOOK)


@dataclass(frozen=True, slots=True)
class Places:
    """Where one request may go."""

    proxy: str  # "" for none
    addresses: tuple[str, ...]  # numeric, to be tried in turn; "" is any that the name has
    check_peer: Callable[[str], None]  # raises FetchError for one that may not be asked after all


class Journey:
    """One request with its redirects, and what is known of the run's hosts.

    `written` is what the user wrote; `first` is asked first: another one, where a page or an entry
    of a feed named it. `public` are the hosts that were in the open internet when they were asked
    in this run. Over a test's transport this computer has no names to resolve.
    """

    def __init__(
        self, written: httpx.URL, first: httpx.URL, public: set[str], *, resolves: bool = True
    ) -> None:
        self.written, self.first, self.public, self.resolves = written, first, public, resolves
        self.left = False  # another server led on: it may not lead back to what is perhaps private
        self.secure = False  # the last address was an https one


async def places_for(url: httpx.URL, journey: Journey) -> Places:
    """Return where the next request of a journey may go. Raises FetchError where it may not.

    Asked for each address, as NO_PROXY makes exceptions: those are looked up and checked here.
    Behind a proxy only the name can be looked at.
    """
    if journey.secure and url.scheme == "http":
        raise FetchError(TO_THE_OPEN)
    journey.secure = url.scheme == "https"
    journey.left = journey.left or not _is_trusted(url, journey)
    proxy = proxy_for(url.scheme, url.host) if journey.resolves else ""
    addresses: tuple[str, ...] = ("",)
    if journey.left and (proxy or not journey.resolves):
        if not public_hosts.looks_public(url.host):
            raise FetchError(INSIDE)
    elif journey.left:
        addresses = await _public_addresses(url, is_first=url == journey.first)
    return Places(proxy, addresses, partial(_check_peer, url.host, journey.public))


def proxy_for(scheme: str, host: str) -> str:
    """Return the proxy through which this computer's environment sends a request; "" for none."""
    proxies = getproxies()
    proxy = proxies.get(scheme) or proxies.get("all") or ""
    if not proxy or proxy_bypass(host):
        return ""
    return proxy if "://" in proxy else f"http://{proxy}"


def _is_trusted(url: httpx.URL, journey: Journey) -> bool:
    """Return whether a hop is to the host that the user wrote, be it a private one.

    Not to another port of a name, which by now may mean an address inside; nor, where an entry
    of a feed led there, to any other port: a router's buttons may be there.
    """
    if url.host != journey.written.host:
        return False
    led_by_server = journey.first == journey.written
    return url.port == journey.written.port or (led_by_server and public_hosts.is_number(url.host))


async def _public_addresses(url: httpx.URL, *, is_first: bool) -> tuple[str, ...]:
    """Return the numeric addresses to connect to, lest the name mean others a moment later."""
    try:
        found = await public_hosts.resolve(url.host, url.port or (443, 80)[url.scheme == "http"])
    except OSError as error:
        if is_first:  # no redirect led there: as where the connection finds no such name
            import httpx

            raise httpx.ConnectError(str(error)) from error
        what = f"redirects to {url.host[:80]}, which does not exist"
        raise FetchError(Failure(what, LOOK)) from error
    if not all(map(public_hosts.is_public, found)):
        raise FetchError(INSIDE)
    if not found:
        raise FetchError(Failure("redirects to a host without an address", LOOK))
    return tuple(found[:MOST_ADDRESSES])


def _check_peer(host: str, public: set[str], peer: str) -> None:
    """Raise FetchError where a name that meant a public host now means one inside.

    The user may have written a private one; but what is public for one request and private for
    the next has an owner who wants to look inside.
    """
    if public_hosts.is_public(peer):
        public.add(host)
    elif host in public:
        raise FetchError(TURNED_PRIVATE)
