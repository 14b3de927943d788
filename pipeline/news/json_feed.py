"""JSON Feed 1.0 and 1.1.

Takes a document's text; returns what it holds, or None when it is no JSON Feed. What is in a
field that should hold something else counts as absent.
"""

from __future__ import annotations

import html
import json
import re
from typing import Any

from pipeline.news import dates
from pipeline.news.entries import MOST_ENTRIES, Flaw, RawEntry, RawFeed

_ITEMS = re.compile(r'"items"\s*:\s*\[\s*')
_COMMA = re.compile(r"\s*,\s*")
_SIMPLE = re.compile(r'"(title|home_page_url)"\s*:\s*("[^"\\]{0,500}")')


def read(text: str) -> RawFeed | None:
    """Return the feed in a JSON document, or None."""
    text = text.lstrip("\ufeff \t\r\n")
    if not text.startswith("{"):
        return None
    # Numbers stay text: an id may be one, and a huge one takes long to convert.
    decoder = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str, strict=False)
    flaw: Flaw = ""
    try:
        feed, _ = decoder.raw_decode(text)  # whatever follows it
    except RecursionError:
        return None
    except ValueError:
        feed, flaw = _as_far_as_it_goes(text, decoder), "cut"
    items = feed.get("items")
    if not isinstance(items, list):
        return None
    return RawFeed(
        "json",
        html.escape(_text(feed.get("title"))),
        _text(feed.get("home_page_url")),
        tuple(_entry(item) for item in items[:MOST_ENTRIES] if isinstance(item, dict)),
        _lost(items),
        flaw,
    )


def _as_far_as_it_goes(text: str, decoder: json.JSONDecoder) -> dict[str, Any]:
    """Return what comes before the place where the JSON breaks: whole items, and the title."""
    start = _ITEMS.search(text)
    if not start:
        return {}
    items: list[Any] = []
    place = start.end()
    try:
        while len(items) <= MOST_ENTRIES:
            item, place = decoder.raw_decode(text, place)
            items.append(item)
            comma = _COMMA.match(text, place)
            if not comma:
                break
            place = comma.end()
    except (ValueError, RecursionError):
        pass  # the rest is lost
    feed = {"items": items} if items else {}
    for name, value in _SIMPLE.findall(text[: start.start()]):
        feed.setdefault(name, json.loads(value, strict=False))
    return feed


def _lost(items: list[Any]) -> tuple[str, ...]:
    strange = sum(not isinstance(item, dict) for item in items[:MOST_ENTRIES])
    reasons = ["an entry is no JSON object"] * strange
    if len(items) > MOST_ENTRIES:
        reasons.append(f"{len(items) - MOST_ENTRIES:,} entries after the first {MOST_ENTRIES:,}")
    return tuple(reasons)


def _entry(item: dict[str, Any]) -> RawEntry:
    guid = _text(item.get("id"))
    links = [_text(item.get("url")), _text(item.get("external_url"))]
    if "://" in guid[:10]:
        links.append(guid)
    texts = (
        _text(item.get("content_html")),
        html.escape(_text(item.get("content_text"))),
        html.escape(_text(item.get("summary"))),
    )
    return RawEntry(
        guid=guid,
        links=tuple(link for link in links if link),
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
