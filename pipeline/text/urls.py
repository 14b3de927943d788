"""Addresses: their host, and how they may be shown.

Takes and gives text; an address may be anything that a user wrote or a feed contains, and a file's
name, too. What a link leads to and which links are the same is left to `news.links`.
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

from pipeline.text.characters import printable

_CREDENTIALS = re.compile(r"^(\s*(?:[\w+.-]+:)?//)[^/?#]*@")
# Nearly all addresses in news: no port, no password, small letters. Read ten times as fast.
_USUAL = re.compile(r"https?://([a-z0-9.-]+)(?:[/?#]|\Z)")
_SECRETS = re.compile(
    r"([?&;](?:\w*api_?key|auth|\w*_key|key|pass(?:word|wd)?|pwd|\w*secret|sig(?:nature)?|\w*token)=)"
    r"[^&;#]*",
    re.IGNORECASE,
)


def parts_of(address: str) -> SplitResult | None:
    """Return the parts of an http(s) address; None where it is no such address."""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return None
    return parts if parts.scheme in ("http", "https") and parts.hostname else None


def file_in(address: str) -> str:
    """Return the path in a file: address, or the path that it is already."""
    path = address.removeprefix("file://").removeprefix("file:")
    return path[1:] if re.match(r"/[A-Za-z]:[/\\]", path) else path  # file:///C:/feeds


def host_of(address: str) -> str:
    """Return the host of an http(s) address in small letters, or "" where it is no such address."""
    if usual := _USUAL.match(address):
        return usual[1]
    parts = parts_of(address)
    return (parts.hostname or "") if parts else ""


def site_of(address: str) -> str:
    """Return the host of an address as people name a site: without "www."."""
    return host_of(address).removeprefix("www.")


def is_on(address: str, website: str) -> bool:
    """Return whether an address is on a website ("oracle.com"), or on a part of it."""
    host = host_of(address)
    return bool(website) and (host == website or host.endswith(f".{website}"))


def without_password(address: str) -> str:
    """Return an address without the name and password in it."""
    return _CREDENTIALS.sub(r"\1", address)


def holds_secret(address: str) -> bool:
    """Return whether a password, or a key that looks like one, is written out in an address.

    What stands for one by its name, as in ${TOUCHPOINTS_NAME}, is none.
    """
    bare = re.sub(r"\$\{\w+\}", "", address)
    parts = parts_of(bare.strip())
    return bool(parts and parts.password) or any(
        found[0] != found[1] for found in _SECRETS.finditer(bare)
    )


def shown(address: str) -> str:
    """Return an address as it may be printed or logged: no name, password or key in it."""
    return printable(_SECRETS.sub(r"\1…", without_password(address)))
