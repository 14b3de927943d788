"""Which hosts a feed may lead us to: public ones, and the one that the user wrote.

Takes a host's name; returns the network addresses that may be asked. Resolves names, so it belongs
to the network, but asks nobody anything else.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

CONNECT_TO = "touchpoints.connect_to"  # the extension of a request that names a numeric address
_TUNNELS = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("2002::/16"))
_PRIVATE = ("localhost", "local", "internal", "lan", "home", "arpa", "test")  # RFC 6761, 6762


def is_public(address: str) -> bool:
    """Return whether a numeric address is one of the open internet, whatever form it hides in."""
    try:
        number = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(number, ipaddress.IPv6Address):
        if number.ipv4_mapped:
            return is_public(str(number.ipv4_mapped))
        if number.sixtofour or number.teredo or any(number in tunnel for tunnel in _TUNNELS):
            return False  # an IPv4 address in disguise; no feed needs one
    return number.is_global and not number.is_multicast and not number.is_reserved


def looks_public(host: str) -> bool:
    """Return whether a host may be public, where its name cannot be resolved here."""
    last = host.rstrip(".").rpartition(".")[2]
    if ":" in host or last[:1].isdigit():
        return is_public(host)
    return "." in host and last not in _PRIVATE


def is_number(host: str) -> bool:
    """Return whether a host is written as a numeric address."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def is_this_computer(host: str) -> bool:
    """Return whether a host is written as this computer itself."""
    if is_number(host):
        return ipaddress.ip_address(host).is_loopback
    return host.rstrip(".") == "localhost"


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


async def resolve(host: str, port: int) -> list[str]:
    """Return the numeric addresses of a host. Raises OSError when it has none."""
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as error:
        raise OSError(f"{host[:60]!r} cannot be a host's name") from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))
