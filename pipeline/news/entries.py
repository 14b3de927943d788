"""The entries of a feed before they are cleaned, in one form for all formats.

Made by xml_strict, xml_loose and json_feed, made into articles by parse. Every text is HTML as it
was served.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal, NamedTuple

from pipeline.news.polling import PollingHints
from pipeline.records.record import dataclass

# no border test: far beyond real values
MOST_ENTRIES = 2_000  # the largest captured feed holds 1,000; 50,000 keep feedparser busy for 9 s


# What is wrong with a document as such: it ends too early or too late, or breaks in the middle.
Flaw = Literal["", "cut", "broken"]


class RawEntry(NamedTuple):
    """One entry, as served. A tuple: thousands are made, and it takes half the time."""

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
    flaw: Flaw = ""
    hints: PollingHints = PollingHints()


def too_many(count: int) -> tuple[str, ...]:
    """Return the reason why entries beyond the most that are read are left out."""
    left = count - MOST_ENTRIES
    return (f"{left:,} entries after the first {MOST_ENTRIES:,}",) if left > 0 else ()
