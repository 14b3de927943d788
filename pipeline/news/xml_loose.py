"""RSS, RDF and Atom that is not well-formed, by feedparser; no other module knows its dicts.

Takes a document's text, as it is and repaired; returns what it holds, or None when it is no feed.
Whatever the text is, nothing is raised: first it is tried as it is, then repaired, then in halves
until the entry that makes feedparser raise is isolated. It can take long: sandbox.py limits that.
"""

from __future__ import annotations

import calendar
import io
import re
import warnings
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from pipeline.news import dates, decode
from pipeline.news.entries import MOST_ENTRIES, RawEntry, RawFeed, too_many
from pipeline.news.polling import hints_of

_ENTRY = re.compile(r"<(?:[\w-]+:)?(?:item|entry)[\s>/]", re.IGNORECASE)


def read(text: str, repaired: str) -> RawFeed | None:
    """Return the feed in a document, or None."""
    starts = [found.start() for found in _ENTRY.finditer(text)]
    text, lost = _capped(text, starts)
    parsed = _parse(text)
    count = len(parsed.entries) if parsed else 0
    if count < min(len(starts), MOST_ENTRIES):
        repaired, _ = _capped(repaired, [found.start() for found in _ENTRY.finditer(repaired)])
        again = _parse(repaired)
        if again and (parsed is None or len(again.entries) > count):
            parsed = again
        if parsed is None:
            parsed, in_pieces = _in_pieces(repaired)
            lost += in_pieces
    if parsed is None or not (parsed.version or parsed.entries):
        return None
    return _raw_feed(parsed, lost)


def _capped(text: str, starts: list[int]) -> tuple[str, tuple[str, ...]]:
    if len(starts) <= MOST_ENTRIES:
        return text, ()
    return text[: starts[MOST_ENTRIES]], too_many(len(starts))


def _parse(text: str) -> Any:
    """Return feedparser's result, or None when it raises: it does so on several shapes of text."""
    import feedparser

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return feedparser.parse(
                io.BytesIO(decode.to_xml(text)),
                response_headers={"content-type": "application/xml"},
                sanitize_html=False,  # clean.py does that, for half of the time
                resolve_relative_uris=False,
            )
    except Exception:
        # A ValueError, TypeError, AssertionError, RecursionError, ...: the caller tries the
        # repaired text, and then says what was lost.
        return None


def _in_pieces(text: str) -> tuple[Any, tuple[str, ...]]:
    """Return what can be read of a feed that makes feedparser raise, and a reason per loss."""
    starts = [found.start() for found in _ENTRY.finditer(text)]
    if not starts:
        return None, ()
    head = text[: starts[0]]
    pieces = [text[a:b] for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]
    feed = _parse(head)
    if feed is None:
        head = re.split(r"(?<=>)", head, maxsplit=1)[0]  # the root's opening tag alone
        feed = _parse(head)
    if feed is None:
        return None, ()
    entries, bad = _halved(head, pieces)
    feed.entries.extend(entries)
    return feed, tuple(f"an entry cannot be read: {_beginning(piece)}" for piece in bad)


def _halved(head: str, pieces: list[str]) -> tuple[list[Any], list[str]]:
    parsed = _parse(head + "".join(pieces))
    if parsed is not None:
        return list(parsed.entries), []
    if len(pieces) == 1:
        return [], pieces
    middle = len(pieces) // 2
    first, bad_first = _halved(head, pieces[:middle])
    second, bad_second = _halved(head, pieces[middle:])
    return first + second, bad_first + bad_second


def _beginning(piece: str) -> str:
    return " ".join(re.sub(r"[^\w\s]+", " ", piece[:120]).split())[:60]


def _raw_feed(parsed: Any, lost: tuple[str, ...]) -> RawFeed:
    feed = parsed.feed if isinstance(parsed.feed, Mapping) else {}
    return RawFeed(
        format=_text(parsed.version) or "xml",
        title=_text(feed.get("title")),
        site=_text(feed.get("link")),
        entries=tuple(_raw_entry(entry) for entry in parsed.entries[:MOST_ENTRIES]),
        lost=lost,
        flaw="broken",
        hints=hints_of(
            ttl=_text(feed.get("ttl")),
            period=_text(feed.get("sy_updateperiod")),
            frequency=_text(feed.get("sy_updatefrequency")),
        ),
    )


def _raw_entry(entry: Mapping[str, Any]) -> RawEntry:
    return RawEntry(
        guid=_text(entry.get("id")),
        links=tuple(_links(entry)),
        title=_text(entry.get("title")),
        texts=tuple(_texts(entry)),
        author=_author(entry),
        source=_source(entry),
        published=_published(entry),
    )


def _links(entry: Mapping[str, Any]) -> list[str]:
    """Return the entry's links, the best first.

    feedparser's own `link` is the last one it met, which may belong to an element of another
    namespace inside the entry; the first alternate is the entry's own.
    """
    linked = [link for link in _items(entry.get("links")) if _text(link.get("href"))]
    pages = [link for link in linked if link.get("rel") == "alternate"]
    pages.sort(key=lambda link: "html" not in _text(link.get("type")))
    files = [link for link in linked if link.get("rel") == "enclosure"]
    about = _text(entry.get("id")) if entry.get("guidislink") is None else ""  # of RDF
    candidates = [
        entry.get("feedburner_origlink"),
        *(link.get("href") for link in pages),
        entry.get("link"),
        about if "://" in about else "",
        *(link.get("href") for link in files),
    ]
    return [_text(link) for link in candidates if _text(link)]


def _texts(entry: Mapping[str, Any]) -> list[str]:
    contents = [
        _text(content.get("value"))
        for content in _items(entry.get("content"))
        if not _text(content.get("type")).startswith(("image/", "audio/", "video/"))
    ]
    return [text for text in (*contents, _text(entry.get("summary"))) if text]


def _author(entry: Mapping[str, Any]) -> str:
    detail = entry.get("author_detail")
    name = _text(detail.get("name")) if isinstance(detail, Mapping) else ""
    written = _text(entry.get("author"))
    return written if "(" in written else name or written


def _source(entry: Mapping[str, Any]) -> str:
    source = entry.get("source")
    return _text(source.get("title")) if isinstance(source, Mapping) else _text(source)


def _published(entry: Mapping[str, Any]) -> datetime | None:
    # dict.get: FeedParserDict answers "updated" with "published" and a warning.
    for name in ("published", "created", "updated"):
        found = _time(dict.get(entry, f"{name}_parsed")) or dates.read(_text(dict.get(entry, name)))  # type: ignore[call-overload]
        if found:
            return found
    return None


def _time(parts: Any) -> datetime | None:
    try:
        return datetime.fromtimestamp(calendar.timegm(parts), UTC) if parts else None
    except (ValueError, OverflowError, TypeError, OSError):
        return None


def _items(value: Any) -> list[Mapping[str, Any]]:
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
