"""Hosts: which of them anybody can open, and which mean this computer or a network of its own.

Takes a host as it stands in an address, in whatever form a browser would understand it (127.1,
0x7f000001, a full-width dot, a name of this computer); gives yes or no. Resolves no names: what a
name means today is asked in `news.public_hosts`.
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from functools import lru_cache
from urllib.parse import unquote

# Names that mean something inside a network only (RFC 6761, 6762, 8375; ICANN's name collisions).
_PRIVATE_ENDINGS = frozenset(
    (
        *("localhost", "localdomain", "local", "internal", "intranet", "private", "corp", "home"),
        *("lan", "arpa", "test", "invalid"),
    )
)
# Public names of which every name below means this computer, or the number that is written in it.
_WILDCARDS = (
    *("localtest.me", "lvh.me", "vcap.me", "lacolhost.com", "local.gd", "localho.st"),
    *("nip.io", "sslip.io", "xip.io", "traefik.me"),
)
_THIS_COMPUTER = ("localhost", "localdomain", "localtest.me", "lvh.me", "vcap.me", "localho.st")
_TUNNELS = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16")))
# Addresses that Python takes for public ones: site-local IPv6 (RFC 3879), the IETF's own block with
# the metadata of Oracle's cloud, and the server inside each machine of Azure's.
_INSIDE = tuple(map(ipaddress.ip_network, ("fec0::/10", "192.0.0.0/24", "168.63.129.16/32")))
_NUMBER = re.compile(r"0x[0-9a-f]*|[0-9]+", re.ASCII)

Number = ipaddress.IPv4Address | ipaddress.IPv6Address


def is_public(address: str) -> bool:
    """Return whether a numeric address is one of the open internet, whatever form it hides in."""
    try:
        number = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(number, ipaddress.IPv6Address):
        if number.ipv4_mapped:
            return is_public(str(number.ipv4_mapped))
        compatible = int(number) < 2**32  # ::7f00:1, an old way to write 127.0.0.1
        if compatible or number.teredo or any(number in tunnel for tunnel in _TUNNELS):
            return False  # an IPv4 address in disguise; no feed needs one
    if any(number in block for block in _INSIDE):
        return False
    return number.is_global and not number.is_multicast and not number.is_reserved


@lru_cache(1_024)  # a feed's links lead to one host
def looks_public(host: str) -> bool:
    """Return whether anybody may be able to open a host, as far as its name says."""
    plain = plain_host(host)
    if _is_numeric(plain):
        number = number_of(plain)
        return number is not None and is_public(str(number))
    is_inside = plain.rpartition(".")[2] in _PRIVATE_ENDINGS or _is_below(plain, _WILDCARDS)
    return "." in plain and not is_inside


def is_this_computer(host: str) -> bool:
    """Return whether a host is written as this computer itself."""
    plain = plain_host(host)
    number = number_of(plain)
    if number is not None:
        mapped = getattr(number, "ipv4_mapped", None) or number
        return bool(mapped.is_loopback or mapped.is_unspecified)
    return _is_below(plain, _THIS_COMPUTER)


def number_of(host: str) -> Number | None:
    """Return the numeric address that browsers read in a host; None where it is a name, or wrong.

    As the URL standard says: 127.1, 0177.0.0.1, 0x7f000001 and 2130706433 are one address.
    """
    plain = plain_host(host)
    try:
        if ":" in plain:
            return ipaddress.IPv6Address(plain.partition("%")[0])
        *first, last = [_part(part) for part in plain.split(".")]
        if len(first) > 3 or any(part > 255 for part in first) or last >= 256 ** (4 - len(first)):
            return None
        value = sum(part << 8 * (3 - place) for place, part in enumerate(first)) + last
        return ipaddress.IPv4Address(value)
    except ValueError:
        return None


def plain_host(host: str) -> str:
    """Return a host as a browser reads it: no brackets, capitals, odd dots or hidden signs."""
    plain = unicodedata.normalize("NFKC", unquote(host)).casefold().replace("。", ".")
    return "".join(filter(str.isprintable, plain)).strip("[] ").rstrip(".")


def _is_numeric(plain: str) -> bool:
    return ":" in plain or _NUMBER.fullmatch(plain.rpartition(".")[2]) is not None


def _part(part: str) -> int:
    if not _NUMBER.fullmatch(part) or len(part) > 20:
        raise ValueError(part)
    if part.startswith("0x"):
        return int(part[2:] or "0", 16)
    return int(part, 8) if part.startswith("0") else int(part)


def _is_below(plain: str, names: tuple[str, ...]) -> bool:
    return any(plain == name or plain.endswith(f".{name}") for name in names)
