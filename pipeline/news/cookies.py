"""The cookies of one request: kept while its redirects are followed, and then forgotten.

Some sites answer the first request with a redirect to the same place that sets a cookie, and go on
so until it comes back. Every browser sends it, so a feed behind that can be read by all but us.
Takes what a response sets; returns what goes back to that very server. Nothing is stored, and no
cookie goes to another host, be it of the same site: that would tell who asked there before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from pipeline.records.record import dataclass

if TYPE_CHECKING:
    import httpx

# no border test: far beyond real values
MOST = 50  # cookies of one request; what RFC 6265 asks of a browser for each domain
LONGEST = 4_096  # bytes of one with its attributes (RFC 6265, 6.1)
_NAME = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_NOT_IN_VALUE = re.compile(rb"[\x00-\x1f\x7f;]")

SameServer = Callable[["httpx.URL", "httpx.URL"], bool]  # an address, and the one that set a cookie


@dataclass(frozen=True, slots=True)
class _Cookie:
    name: bytes
    value: bytes
    path: str
    secure: bool
    url: httpx.URL  # that set it


class Cookies:
    """What one request was given on its way; `same_server` says where a cookie may go back."""

    def __init__(self, same_server: SameServer, now: datetime) -> None:
        self._same_server = same_server
        self._now = now
        self._kept: list[_Cookie] = []

    def keep(self, response: httpx.Response, url: httpx.URL) -> None:
        """Remember what a response sets; one that has ended by now is deleted."""
        values = [value for key, value in response.headers.raw if key.lower() == b"set-cookie"]
        for value in values[:MOST]:
            if len(value) > LONGEST or (found := _read(value, url)) is None:
                continue
            cookie, attributes = found
            self._kept = [old for old in self._kept if not _is_same(old, cookie)]
            if not _has_ended(attributes, self._now) and len(self._kept) < MOST:
                self._kept.append(cookie)

    def header_for(self, url: httpx.URL) -> bytes:
        """Return the value of the Cookie header of a request, b"" where there is none to send."""
        return b"; ".join(
            cookie.name + b"=" + cookie.value
            for cookie in self._kept
            if self._same_server(url, cookie.url)
            and _is_below(url.path, cookie.path)
            and (url.scheme == "https" or not cookie.secure)
        )


def _read(value: bytes, url: httpx.URL) -> tuple[_Cookie, dict[str, str]] | None:
    """Return a cookie and its attributes; None for what is none."""
    pair, *rest = value.split(b";")
    name, mark, content = pair.partition(b"=")
    name, content = name.strip(), content.strip()
    if not mark or not _NAME.fullmatch(name) or _NOT_IN_VALUE.search(content):
        return None
    attributes = _attributes(rest)
    path = attributes.get("path", "")
    if not path.startswith("/"):
        path = url.path.rpartition("/")[0] or "/"
    return _Cookie(name, content, path, "secure" in attributes, url), attributes


def _attributes(parts: Iterable[bytes]) -> dict[str, str]:
    pairs = (part.decode("latin-1").partition("=") for part in parts)
    return {name.strip().lower(): value.strip() for name, _, value in pairs}


def _is_same(one: _Cookie, other: _Cookie) -> bool:
    return (one.name, one.path, one.url.host) == (other.name, other.path, other.url.host)


def _is_below(path: str, of: str) -> bool:
    """Return whether a path is that of a cookie, or below it (RFC 6265, 5.1.4)."""
    return path == of or (path.startswith(of) and (of.endswith("/") or path[len(of)] == "/"))


def _has_ended(attributes: dict[str, str], now: datetime) -> bool:
    """Return whether a cookie is set to delete it. Max-Age counts before Expires."""
    age = attributes.get("max-age", "")
    if re.fullmatch(r"-?\d{1,12}", age):
        return int(age) <= 0
    try:
        ends = parsedate_to_datetime(attributes.get("expires", "").replace("-", " ")[:100])
    except (TypeError, ValueError, IndexError, OverflowError):
        return False
    return (ends if ends.tzinfo else ends.replace(tzinfo=UTC)) <= now
