"""A feed's bytes to articles.

Takes bytes of any kind, from anywhere; gives what they hold as clean records, and for each entry
left out the reason. Never raises, never asks the network or the clock. Leaves to others how old an
entry may be (read) and which ones are wanted (select).
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from pipeline.news import clean, dates, decode, json_feed, links, unpack, xml_feed
from pipeline.news.raw import RawEntry, RawFeed
from pipeline.records import Article

LARGEST = 15_000_000  # bytes after unpacking; Miniflux's limit, five times the largest captured
LONGEST_NAME = 100  # characters of a publisher's or an author's name
LONGEST_GUID = 500  # characters
# Between a headline and its publisher.
_SEPARATOR = re.compile(r"\s+[-–—|·»:]{1,2}\s+")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Parsed:
    """What bytes hold. When they are no feed, `format` is empty and `trouble` says why."""

    format: str = ""
    title: str = ""
    articles: tuple[Article, ...] = ()
    refused: tuple[str, ...] = ()  # why entries were left out, a reason each
    trouble: str = ""  # "is a web page, not a feed"


def parse(
    body: bytes,
    *,
    address: str,
    content_type: str,
    now: datetime,
    base: str = "",
    at_most: int = LARGEST,
) -> Parsed:
    """Return the articles in a feed's bytes.

    `base` is where the bytes really came from, if not from `address`: relative links start there.
    """
    charset = _CHARSET.search(content_type)
    try:
        body = unpack.gunzip(body, at_most)
    except unpack.Broken as broken:
        return Parsed(trouble=f"gives an answer that {broken}")
    except unpack.TooLarge:
        return _too_large(at_most)
    if len(body) > at_most:
        return _too_large(at_most)
    text = decode.to_text(body, charset[1] if charset else "")
    feed = json_feed.read(text) or xml_feed.read(text, base or address)
    if feed is None:
        return Parsed(trouble=_trouble(text))
    return _parsed(feed, address, base or address, now)


def _too_large(at_most: int) -> Parsed:
    return Parsed(trouble=f"is larger than {at_most / 1_000_000:g} MB")


def _trouble(text: str) -> str:
    if not text.strip():
        return "is empty"
    if _PAGE.search(text[:5_000]):
        return "is a web page, not a feed"
    return "is not a feed in any format we know"


def _parsed(feed: RawFeed, address: str, base: str, now: datetime) -> Parsed:
    title = clean.title_text(feed.title)
    base = base if "://" in base else feed.site
    refused = list(feed.lost)
    made = []
    for raw in feed.entries:
        article = _article(raw, address, title, feed.site or base, base, now)
        if article.title or article.link:
            made.append(article)
        else:
            refused.append("an entry has neither title nor link nor text")
    return Parsed(feed.format, title, tuple(_identified(made)), tuple(refused))


def _article(
    raw: RawEntry, address: str, feed_title: str, site: str, base: str, now: datetime
) -> Article:
    link = next((link for link in (links.absolute(x, base) for x in raw.links) if link), "")
    named = clean.title_text(raw.source)[:LONGEST_NAME]
    title, publisher = _without_publisher(
        clean.title_text(raw.title), (named, feed_title, links.host_of(site), links.host_of(link))
    )
    text = _text(raw.texts, title, link)
    published, dated = dates.settle(raw.published, now)
    return Article(
        id="",
        feed=address,
        title=title or _title_from(text, raw.texts),
        link=link,
        canonical=links.canonical(link),
        text=text,
        published=published,
        dated=dated,
        seen=now,
        source=named or publisher or feed_title[:LONGEST_NAME],
        author=clean.title_text(raw.author)[:LONGEST_NAME],
        guid=clean.safe(raw.guid.strip()).replace("<", "%3C")[:LONGEST_GUID],
    )


def _text(texts: Iterable[str], title: str, link: str) -> str:
    """Return the fullest text of an entry, if it says more than the title.

    Google News only lists links, often to other stories.
    """
    lists_links = links.host_of(link) == "news.google.com"
    cleaned = (clean.body_text(raw) for raw in texts if not (lists_links and "<a " in raw))
    text = max(cleaned, key=len, default="")
    return "" if _letters(text) in ("", _letters(title)) else text


def _title_from(text: str, texts: tuple[str, ...]) -> str:
    """Return a title for an entry without one; it may be all that a list of links says."""
    return clean.first_sentence(text or clean.title_text(texts[0] if texts else ""))


def _without_publisher(title: str, names: tuple[str, ...]) -> tuple[str, str]:
    """Return a headline without " - Publisher" at its end, and that publisher.

    Only when the end is a name that is known for the entry, its feed or its host: else 28 % of the
    cuts would take away a part of the headline.
    """
    known = {_letters(part) for name in names for part in _parts(name)} - {""}
    for separator in _SEPARATOR.finditer(title):
        rest, end = title[: separator.start()].strip(), title[separator.end() :]
        if rest and _letters(end) in known:
            return rest, end[:LONGEST_NAME]
    return title, ""


def _parts(name: str) -> list[str]:
    """Return the ways to write a name: whole, its parts, a host's longest label."""
    labels = name.split(".")[:-1] if " " not in name else []
    return [name, *_SEPARATOR.split(name), max(labels, key=len, default="")]


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _identified(articles: list[Article]) -> Iterator[Article]:
    """Give the articles their ids; one guid on several links stands for several articles."""
    identities = [article.guid or article.canonical or _content(article) for article in articles]
    pairs = {(name, x.canonical, x.title) for name, x in zip(identities, articles, strict=True)}
    shared = Counter(name for name, _, _ in pairs)
    for article, identity in zip(articles, identities, strict=True):
        if shared[identity] > 1:
            identity = f"{identity}\n{article.canonical}\n{_content(article)}"
        yield replace(article, id=_hash(f"{article.feed}\n{identity}"))


def _content(article: Article) -> str:
    day = article.published.isoformat() if article.dated == "feed" else ""
    return f"{article.title}\n{day}"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]
