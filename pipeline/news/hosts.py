"""Which hosts a feed may lead us to: public ones, and the one that the user wrote.

Takes a host's name; gives the network addresses that may be asked. Resolves names, so it belongs
to the network, but asks nobody anything else.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket

_TUNNELS = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("2002::/16"))
_PRIVATE = ("localhost", "local", "internal", "lan", "home", "arpa", "test")  # RFC 6761, 6762


def is_public(address: str) -> bool:
    """Tell whether a numeric address is one of the open internet, whatever form it hides in."""
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
    """Tell whether a host may be public, where its name cannot be resolved here."""
    last = host.rstrip(".").rpartition(".")[2]
    if ":" in host or last[:1].isdigit():
        return is_public(host)
    return "." in host and last not in _PRIVATE


async def resolve(host: str, port: int) -> list[str]:
    """Return the numeric addresses of a host. Raises OSError when it has none."""
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as error:
        raise OSError(f"{host[:60]!r} cannot be a host's name") from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))
