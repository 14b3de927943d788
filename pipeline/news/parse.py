"""A feed's bytes to articles.

    decompress, decode   bytes -> text
    page                 if the user says that it is a web page
    json_feed            if it is JSON
    xml_feed             else, until a reader finds everything:
                         xml_strict -> repair, xml_strict again -> xml_loose (feedparser)
    clean, dates, links  each entry -> Article

Takes bytes of any kind; returns what they hold as clean records, and the reason for each entry that
is left out. Raises nothing but `Slow`, and that only if the caller asks for it; uses neither the
network nor the clock. Whether an entry is recent enough is decided in update.py, whether it is
wanted in keyword_filter.py; sandbox.py limits bodies that take long.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Literal, NamedTuple

from pipeline.news import clean, dates, decode, decompress, json_feed, links, page, xml_feed
from pipeline.news.entries import RawEntry, RawFeed
from pipeline.news.polling import PollingHints
from pipeline.records import Article, Trouble
from pipeline.records.record import dataclass
from pipeline.text.characters import letters_of
from pipeline.text.headlines import names_of, without_publisher
from pipeline.text.phrasing import shorten
from pipeline.text.sentences import first_sentence

# no border test: far beyond real values
LARGEST = 15_000_000  # bytes after decompression; Miniflux's limit, five times the largest captured
# no border test: far beyond real values
LONGEST_NAME = 100  # characters of a publisher's or an author's name
LONGEST_SENTENCE = 160  # of a text that replaces a title; a headline has 60 to 110
LONGEST_GUID = 500  # characters; no border test: far beyond real values
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)
_FEED = re.compile(r"<(?:rss|feed|rdf:RDF)[\s>]|\A\s*\{")
_IN_BRACKETS = re.compile(r"@\S+ \(([^()]{1,200})\)")  # "ann@example.org (Ann Lee)"


@dataclass(frozen=True, slots=True)
class Parsed:
    """What bytes hold. When they are no feed, `format` is empty and `trouble` says why."""

    format: str = ""
    title: str = ""
    articles: tuple[Article, ...] = ()
    refused: tuple[str, ...] = ()  # why entries were left out, a reason each
    trouble: Trouble = ""
    hints: PollingHints = PollingHints()


@dataclass(frozen=True, slots=True)
class FeedBody:
    """A feed's bytes, and what is known of them."""

    content: bytes
    address: str
    content_type: str = ""
    came_from: str = ""  # the address behind all redirects, where it is another
    known_as: str = ""  # the address by which the entries are identified, where it is another
    is_page: bool = False  # a web page that lists articles, as the user says


def parse(
    feed: FeedBody,
    now: datetime,
    at_most: int = LARGEST,
    patience: xml_feed.Patience = "ask",
) -> Parsed:
    """Return the articles in a feed's bytes.

    `patience` says what to do where only feedparser, whose time has no bound, can tell what the
    bytes hold.
    """
    charset = _CHARSET.search(feed.content_type)
    try:
        body = decompress.gunzip(feed.content, at_most)
    except decompress.BrokenBody:
        return Parsed(trouble="broken encoding")
    except decompress.TooLarge:
        return Parsed(trouble="too large")
    if len(body) > at_most:
        return Parsed(trouble="too large")
    text = decode.to_text(body, charset[1] if charset else "")
    if feed.is_page and not _FEED.search(text[:2_000]):
        raw = page.read(text, feed.came_from or feed.address, now)
    else:
        raw = json_feed.read(text) or xml_feed.read(text, patience)
    if raw is None:
        return Parsed(trouble="no articles" if feed.is_page else _trouble(text))
    if not raw.entries and not raw.lost and xml_feed.holds_entries(text):
        return Parsed(trouble="unread entries")
    return _parsed(raw, feed, now)


def _trouble(text: str) -> Trouble:
    if not text.strip():
        return "empty"
    return "web page" if _PAGE.search(text[:5_000]) else "unknown format"


def _parsed(raw: RawFeed, feed: FeedBody, now: datetime) -> Parsed:
    title = clean.title_text(raw.title)
    came_from = feed.came_from or feed.address
    site = links.absolute(raw.site, came_from)
    base = links.for_all(site, came_from) or came_from
    context = _FeedContext(feed.address, came_from, title, base, names_of(title, base), now)
    refused = list(raw.lost)
    made = []
    for raw_entry in raw.entries:
        entry = _cleaned(raw_entry, context)
        if entry.title or entry.link:
            made.append(entry)
        else:
            refused.append("an entry has neither title nor link nor text")
    return Parsed(
        raw.format,
        title,
        tuple(_identified(made, feed.known_as or feed.address)),
        tuple(refused),
        hints=raw.hints,
    )


@dataclass(frozen=True, slots=True)
class _FeedContext:
    """What is needed of the feed to make an article of an entry."""

    address: str
    came_from: str
    title: str
    base: str  # where relative links start: the feed's website, else its address
    names: frozenset[str]  # what may follow a headline, as letters_of() returns it
    now: datetime


class _Cleaned(NamedTuple):
    """The fields of an article after its id, in their order."""

    feed: str
    title: str
    link: str
    canonical: str
    text: str
    published: datetime
    dated: Literal["feed", "link", "seen"]
    seen: datetime
    source: str
    author: str
    guid: str


def _cleaned(raw: RawEntry, context: _FeedContext) -> _Cleaned:
    link = _link(raw.links, context)
    source = clean.title_text(raw.source)[:LONGEST_NAME] if raw.source else ""
    names = context.names | names_of(source, link)
    title, publisher = without_publisher(clean.title_text(raw.title), names)
    text = _text(raw.texts, title, link)
    published = raw.published
    dated: Literal["feed", "link", "seen"] = "feed"
    if published is None or not dates.EARLIEST <= published <= context.now:
        published, dated = dates.settle(published, links.day_in(link), context.now)
    return _Cleaned(
        context.address,
        title or _title_from(text, raw.texts),
        link,
        links.comparable(link),
        text,
        published,
        dated,
        context.now,
        (source or publisher or context.title)[:LONGEST_NAME],
        _name(raw.author) if raw.author else "",
        " ".join(clean.safe(raw.guid).split()).replace("<", "%3C")[:LONGEST_GUID],
    )


def _link(written: Sequence[str], context: _FeedContext) -> str:
    """Return the first link that others can open, too; "" where there is none."""
    given = (links.direct(link) for x in written if (link := links.absolute(x, context.base)))
    return next((link for x in given if (link := links.for_all(x, context.came_from))), "")


def _name(written: str) -> str:
    """Return the name in "ann@example.org (Ann Lee)", "Ann Lee <ann@…>" and the like."""
    written = written[:LONGEST_GUID]
    if "@" in written:
        in_brackets = _IN_BRACKETS.search(written)
        written = in_brackets[1] if in_brackets else written
        written = " ".join(
            word for word in written.split() if "@" not in word[1:] and word != "mailto:"
        )
    return clean.title_text(written)[:LONGEST_NAME]


def _text(texts: Sequence[str], title: str, link: str) -> str:
    """Return the fullest text of an entry, if it says more than the title.

    Google News only lists links, often to other stories.
    """
    text = ""
    lists_links = "news.google.com" in link
    for raw in sorted(set(texts), key=len, reverse=True) if len(texts) > 1 else texts:
        if len(raw) <= len(text):
            break  # a text is no longer than its markup
        if lists_links and "<a " in raw:
            continue
        cleaned = clean.body_text(raw)
        if len(cleaned) > len(text):
            text = cleaned
    if len(text) > 2 * len(title) + 20:
        return text
    return "" if letters_of(text) in ("", letters_of(title)) else text


def _title_from(text: str, texts: tuple[str, ...]) -> str:
    """Return a title for an entry without one; it may be all that a list of links says."""
    return shorten(
        first_sentence(text or clean.title_text(texts[0] if texts else "")), LONGEST_SENTENCE
    )


def _identified(made: list[_Cleaned], known_as: str) -> Iterator[Article]:
    """Yield the articles with their ids; one guid on several links means several articles."""
    identities = [entry.guid or entry.canonical or _content(entry) for entry in made]
    pairs = {(name, x.canonical, x.title) for name, x in zip(identities, made, strict=True)}
    shared = Counter(name for name, _, _ in pairs) if len(pairs) > len(set(identities)) else {}
    for entry, identity in zip(made, identities, strict=True):
        if shared and shared[identity] > 1:
            identity = f"{identity}\n{entry.canonical}\n{entry.title}"
        yield Article(_hash(f"{known_as}\n{identity}"), *entry)


def _content(entry: _Cleaned) -> str:
    day = entry.published.isoformat() if entry.dated == "feed" else ""
    return f"{entry.title}\n{day}"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]
