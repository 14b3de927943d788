"""What a feed holds before it is cleaned: the one shape of all formats.

Made by xml_feed and json_feed, made into articles by parse. Every text is HTML as it was served.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

MOST_ENTRIES = 2_000  # the largest captured feed holds 1,000; 50,000 keep feedparser busy for 9 s


@dataclass(frozen=True, slots=True)
class RawEntry:
    """One entry, as served."""

    guid: str = ""
    links: tuple[str, ...] = ()  # the best first
    title: str = ""
    texts: tuple[str, ...] = ()  # summary, content, perhaps captions of pictures
    author: str = ""
    source: str = ""  # the publisher's name, where the entry says so
    published: datetime | None = None


@dataclass(frozen=True, slots=True)
class RawFeed:
    """One feed, as served."""

    format: str
    title: str = ""
    site: str = ""  # the address of its website
    entries: tuple[RawEntry, ...] = ()
    lost: tuple[str, ...] = ()  # why entries could not be read, a reason each
