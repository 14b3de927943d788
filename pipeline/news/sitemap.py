"""Sitemaps: for news, with titles and days, and plain ones, with the day of the last change.

Takes a document's text; gives its addresses with title and day, or None where it is no sitemap
(https://www.sitemaps.org/protocol.html). A plain sitemap lists every page of a site: only those in
a folder for news count, with a title made of the address.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import unquote, urlsplit

from pipeline.news import clean, dates, links
from pipeline.records.record import dataclass

LEAST_WORDS = 3  # of a title that is made of an address

_BEGINS = re.compile(r"<(?:\w+:)?urlset[\s>]")
_FIELD = re.compile(
    r"<(?:[\w-]+:)?(loc|lastmod|title|publication_date)(?:\s[^<>]{0,200})?>"
    r"(?:<!\[CDATA\[)?([^<]{1,2000})"
)
_NEWS = re.compile(
    r"/(?:[\w-]*(?:news|press|presse|prensa|stampa|media|medien|aktuell|meldung|actualit|noticia|"
    r"blog|article|artikel|stories|story|insight)[\w-]*)/",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d{5,}|[\da-f]*\d[\da-f]{7,}")  # that tells a page from others: no word


@dataclass(frozen=True, slots=True)
class Mapped:
    """An address of a sitemap."""

    link: str
    title: str
    published: datetime | None


def read(text: str) -> list[Mapped] | None:
    """Return the articles in a sitemap; None for any other document."""
    return list(_mapped(text)) if _BEGINS.search(text[:2_000]) else None


def _mapped(text: str) -> Iterator[Mapped]:
    for block in text.split("</url>"):
        fields: dict[str, str] = {}
        for name, value in _FIELD.findall(block):
            fields.setdefault(name, html.unescape(value).strip())
        link = links.absolute(fields.get("loc", ""), "")
        title = clean.title_text(fields.get("title", ""))
        if not link or not (title or _NEWS.search(urlsplit(link).path)):
            continue
        day = fields.get("publication_date") or fields.get("lastmod", "")
        yield Mapped(link, title or _title_of(link), dates.read(day) if day else None)


def _title_of(link: str) -> str:
    """Return the words in the last part of an address; "" where they are too few."""
    last = unquote(urlsplit(link).path.rstrip("/").rpartition("/")[2])
    words = re.split(r"[-_+\s]+", re.sub(r"\.\w{2,5}$", "", last))
    kept = [
        word for word in words if not re.fullmatch(r"[\da-f]*\d[\da-f]*", word) or len(word) == 4
    ]
    title = " ".join(filter(None, kept))
    return title[:1].upper() + title[1:] if len(kept) >= LEAST_WORDS else ""
