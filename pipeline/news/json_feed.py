"""JSON Feed 1.0 and 1.1.

Takes a document's text; gives what it holds, or None when it is no JSON Feed. What stands in a
field that should hold something else counts as absent.
"""

from __future__ import annotations

import html
import json
from typing import Any

from pipeline.news import dates
from pipeline.news.raw import MOST_ENTRIES, RawEntry, RawFeed


def read(text: str) -> RawFeed | None:
    """Return the feed in a JSON document, or None."""
    text = text.lstrip("\ufeff \t\r\n")
    if not text.startswith("{"):
        return None
    # Numbers stay text: an id may be one, and a huge one takes long to convert.
    decoder = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str, strict=False)
    try:
        feed, _ = decoder.raw_decode(text)  # whatever stands after it
    except (ValueError, RecursionError):
        return None
    items = feed.get("items")
    if not isinstance(items, list):
        return None
    return RawFeed(
        "json",
        html.escape(_text(feed.get("title"))),
        _text(feed.get("home_page_url")),
        tuple(_entry(item) for item in items[:MOST_ENTRIES] if isinstance(item, dict)),
        _lost(items),
    )


def _lost(items: list[Any]) -> tuple[str, ...]:
    strange = sum(not isinstance(item, dict) for item in items[:MOST_ENTRIES])
    reasons = ["an entry is no JSON object"] * strange
    if len(items) > MOST_ENTRIES:
        reasons.append(f"{len(items) - MOST_ENTRIES:,} entries after the first {MOST_ENTRIES:,}")
    return tuple(reasons)


def _entry(item: dict[str, Any]) -> RawEntry:
    guid = _text(item.get("id"))
    links = (_text(item.get("url")), _text(item.get("external_url")), guid)
    texts = (
        _text(item.get("content_html")),
        html.escape(_text(item.get("content_text"))),
        html.escape(_text(item.get("summary"))),
    )
    return RawEntry(
        guid=guid,
        links=tuple(link for link in links if "://" in link or link.startswith("/")),
        title=html.escape(_text(item.get("title"))),
        texts=tuple(text for text in texts if text),
        author=html.escape(_author(item)),
        published=dates.read(_text(item.get("date_published")) or _text(item.get("date_modified"))),
    )


def _author(item: dict[str, Any]) -> str:
    authors = item.get("authors")
    first = authors[0] if isinstance(authors, list) and authors else item.get("author")
    return _text(first.get("name")) if isinstance(first, dict) else ""


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
