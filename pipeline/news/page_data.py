"""What a page says of itself for programs: JSON-LD, and the state of Next.js and the like.

Takes a page's text; gives each article that it names, with its link as it is written there. Such
data may be nested anyhow: it is walked within bounds, and what is no article is passed over.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from pipeline.news import clean, dates
from pipeline.records.record import dataclass

# no border test: far beyond real values
MOST_VALUES = 50_000  # of a page's data are looked at
# no border test: far beyond real values
MOST_ARTICLES = 2_000
# no border test: far beyond real values
DEEPEST = 40

_SCRIPT = re.compile(r"<script\b([^<>]{0,400})>", re.IGNORECASE)
_IS_DATA = re.compile(r"application/(?:ld\+)?json", re.IGNORECASE)
_ARTICLE = re.compile(r"(?:Article|Posting|Report|PressRelease|Story)$")
_TITLES = ("headline", "title", "name")
_LINKS = ("url", "link", "href", "permalink", "mainEntityOfPage", "@id", "path", "slug")
_DATES = (
    *("datePublished", "publishedAt", "published_at", "publishDate", "publishedDate"),
    *("publicationDate", "firstPublishedAt", "published", "date", "dateCreated", "createdAt"),
)


@dataclass(frozen=True, slots=True)
class Said:
    """An article that a page's data name."""

    link: str
    title: str
    published: datetime | None


def read(text: str) -> Iterator[Said]:
    """Yield the articles in a page's data, each with a title, a link and a date."""
    left = [MOST_VALUES]
    count = 0
    for value in _documents(text):
        for one in _articles(value, left, 0):
            count += 1
            if count > MOST_ARTICLES:
                return
            yield one


def _documents(text: str) -> Iterator[Any]:
    place = 0
    while script := _SCRIPT.search(text, place):
        place = text.find("</script", script.end())
        if place < 0:
            return
        if _IS_DATA.search(script[1]):
            try:
                yield json.loads(text[script.end() : place], strict=False)
            except (ValueError, RecursionError):
                continue


def _articles(value: Any, left: list[int], depth: int) -> Iterator[Said]:
    left[0] -= 1
    if left[0] < 0 or depth > DEEPEST:
        return
    if isinstance(value, dict):
        if found := _article(value):
            yield found
        for inside in value.values():
            if isinstance(inside, (dict, list)):
                yield from _articles(inside, left, depth + 1)
    elif isinstance(value, list):
        for inside in value:
            yield from _articles(inside, left, depth + 1)


def _article(value: dict[str, Any]) -> Said | None:
    """Return the article that an object is: by its type, or by having title, link and date."""
    kinds = value.get("@type", "")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    if kinds != [""] and not any(isinstance(kind, str) and _ARTICLE.search(kind) for kind in kinds):
        return None
    title, link, day = (_first(value, names) for names in (_TITLES, _LINKS, _DATES))
    published = dates.read(day) if day else None
    if not title or not link or published is None:
        return None
    return Said(link, clean.title_text(title), published)


def _first(value: dict[str, Any], names: tuple[str, ...]) -> str:
    """Return the first of these fields that holds a text, or an object with an address."""
    for name in names:
        found = value.get(name)
        if isinstance(found, dict):
            found = found.get("@id") or found.get("url") or found.get("current")
        if isinstance(found, str) and found.strip():
            return found.strip()[:2_000]
    return ""
