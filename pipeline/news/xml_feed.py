"""RSS, RDF and Atom of every age: which reader is tried, and whose result is used.

    xml_strict   as it is, then repaired: quick, and exact about what belongs to which entry
    xml_loose    feedparser, for the rest: makes sense of nearly everything, slowly

Takes a document's text; returns what it holds, or None when it is no feed. Whatever the text is,
only `Slow` is raised, and only if the caller asks for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from pipeline.news import repair, xml_strict
from pipeline.news.entries import MOST_ENTRIES, RawFeed

_ENTRY = re.compile(r"<(?:[\w-]+:)?(?:item|entry)[\s>/]", re.IGNORECASE)
_NO_ELEMENTS = re.compile(r"<!--|<!\[CDATA\[")
_FEED_TAGS = re.compile(r"<(?:[\w.-]+:)?(?:rss|feed|rdf|channel|item|entry)[\s>/]", re.IGNORECASE)


class Slow(Exception):
    """Only the loose reader can read the text, and it was not to be used."""


# What to do where only the loose reader could tell: ask it, raise Slow, or do without.
Patience = Literal["ask", "raise", "do without"]


def read(text: str, patience: Patience = "ask") -> RawFeed | None:
    """Return the feed in an XML document, or None."""
    strict = None if repair.has_doctype(text) else xml_strict.read(text)
    if strict and not strict.flaw and _says_all(strict, text):
        return strict
    if not _FEED_TAGS.search(text):
        return None
    repaired = repair.repaired(text)
    strict = _fuller(strict, xml_strict.read(repaired))
    promised = min(sum(1 for _ in _ENTRY.finditer(repaired)), MOST_ENTRIES)
    if strict and not strict.flaw and _says_all(strict, repaired):
        return strict
    if strict and strict.flaw == "cut" and _worth(strict) >= promised:
        return strict
    if patience == "raise":
        raise Slow
    if patience == "do without":
        return strict
    from pipeline.news import xml_loose

    return _together(strict, xml_loose.read(text, repaired))


def holds_entries(text: str) -> bool:
    """Return whether a document has elements that should be entries, outside comments and texts."""
    return bool(_ENTRY.search(text)) and any(map(_ENTRY.search, _markup(text)))


def _markup(text: str) -> Iterator[str]:
    place = 0
    while found := _NO_ELEMENTS.search(text, place):
        yield text[place : found.start()]
        end = text.find("-->" if found[0] == "<!--" else "]]>", found.end())
        if end < 0:
            return
        place = end + 3
    yield text[place:]


def _says_all(feed: RawFeed, text: str) -> bool:
    """Return whether nothing is left to look for, such as entries in an unknown namespace."""
    return _worth(feed) > 0 or not _ENTRY.search(text)


def _together(strict: RawFeed | None, loose: RawFeed | None) -> RawFeed | None:
    """Return what was read strictly up to the break, and loosely from the broken entry on."""
    if strict is None or loose is None or _worth(strict) > _worth(loose):
        return strict or loose
    whole = len(strict.entries) - 1
    same = [entry.title.strip() for entry in loose.entries[:whole]]
    if whole <= 0 or same != [entry.title.strip() for entry in strict.entries[:whole]]:
        return replace(
            loose,
            title=strict.title or loose.title,
            site=strict.site or loose.site,
            hints=strict.hints,
        )
    entries = strict.entries[:whole] + loose.entries[whole:]
    return replace(strict, entries=entries, lost=loose.lost, flaw="broken")


def _fuller(one: RawFeed | None, other: RawFeed | None) -> RawFeed | None:
    """Return the feed with more entries that say something; of equal ones, the one without flaw."""
    if one is None or other is None:
        return one or other
    return max(other, one, key=lambda feed: (_worth(feed), not feed.flaw))


def _worth(feed: RawFeed) -> int:
    return sum(bool(entry.title or entry.links or entry.texts) for entry in feed.entries)
