"""Which hosts a feed may lead us to: public ones, and the one that the user wrote.

Takes a host's name; returns the network addresses that may be asked. Resolves names, so it belongs
to the network, but asks nobody anything else.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import threading
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Any

from pipeline.text.hosts import is_public, is_this_computer, looks_public

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

__all__ = [
    "CHECK_PEER",
    "CONNECT_TO",
    "is_number",
    "is_public",
    "is_this_computer",
    "look_up",
    "looks_public",
    "registered_domain",
    "resolve",
]

# Extensions of a request: the numeric address to connect to; what is asked, before a byte is sent,
# about the one that it is connected to.
CHECK_PEER = "touchpoints.check_peer"
CONNECT_TO = "touchpoints.connect_to"  # the extension of a request that names a numeric address


def is_number(host: str) -> bool:
    """Return whether a host is written as a numeric address."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def registered_domain(host: str) -> str:
    """Return the registered domain of a host (oracle.co.uk for blogs.oracle.co.uk); else the host.

    By the public suffix list as installed, which takes 90 ms to read and is needed only where a
    host has had enough of us. Its private part is left out: the blogs of blogspot.com are of many
    people, but on one computer.
    """
    host = host.casefold().rstrip(".")
    return host if is_number(host) else _suffixes().privatesuffix(host) or host


@cache
def _suffixes() -> PublicSuffixList:
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList(only_icann=True)


async def look_up(host: str, port: int, **how: int) -> list[Any]:
    """Return what a loop's own getaddrinfo returns, from a thread for which nobody has to wait.

    A resolver that does not answer would keep the run, and the process, until it gives up.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[list[Any]] = loop.create_future()

    def settle(found: list[Any] | Exception) -> None:
        if answer.done():  # the request has given up
            return
        if isinstance(found, Exception):
            answer.set_exception(found)
        else:
            answer.set_result(found)

    def ask() -> None:
        found: list[Any] | Exception
        try:
            found = socket.getaddrinfo(host, port, **how)
        except (OSError, UnicodeError) as error:
            found = error
        with suppress(RuntimeError):  # the run is over
            loop.call_soon_threadsafe(settle, found)

    threading.Thread(target=ask, daemon=True).start()
    return await answer


async def resolve(host: str, port: int) -> list[str]:
    """Return the numeric addresses of a host. Raises OSError when it has none."""
    try:
        found = await look_up(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as error:
        raise OSError(f"{host[:60]!r} cannot be a host's name") from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))
