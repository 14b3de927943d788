"""Bytes of a feed to articles: RSS, RDF and Atom through feedparser, JSON Feed by hand.

Takes the body, the feed's address and the type that its server names; gives a `Parsed`. Never
raises, whatever the bytes: what cannot be read is a sentence in `wrong`, and a bad entry costs
itself and not its feed. Only here is known what feedparser's dicts look like.
"""

from __future__ import annotations

import calendar
import gzip
import hashlib
import io
import json
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pipeline.news import clean, dates, links
from pipeline.records import Article

MOST_ENTRIES = 2_000  # of one feed; the longest captured one has some hundreds
LARGEST_UNPACKED = 60_000_000  # bytes of a feed that was sent gzipped without saying so
_ENTRY = re.compile(rb"<(?:\w+:)?(?:item|entry)[\s>]")
_REFERENCE = re.compile(rb"&#(x[0-9a-fA-F]{1,20}|[0-9]{1,20});")
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_DECLARATION = re.compile(rb"^\s*<\?xml[^>]{0,200}\?>")


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a body held."""

    format: str = ""  # as feedparser names it: rss20, atom10, rss10; or json
    title: str = ""
    articles: tuple[Article, ...] = ()
    refused: tuple[str, ...] = ()  # a reason for each entry left out
    wrong: str = ""  # why it is no feed at all, a sentence


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry of whatever format, as it stands there."""

    guid: str = ""
    title: str = ""
    links: tuple[str, ...] = ()  # the best first
    text: str = ""
    author: str = ""
    source: str = ""
    date: datetime | str | None = None


def parse(body: bytes, *, feed: str, address: str, content_type: str, now: datetime) -> Parsed:
    """Return what a body holds. `feed` is the address that the user wrote, part of each id;
    `address` is where the body came from in the end, the base of its links.
    """
    try:
        body = _unpacked(body)
    except (OSError, EOFError, zlib.error, ValueError) as error:
        return Parsed(wrong=f"what it sent is packed and broken ({error})")
    if not body.strip():
        return Parsed(wrong="what it sent is empty")
    if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        return _parse_json(body, feed, address, now)
    found = _best(_attempts(body, content_type), body)
    if found is None:
        return Parsed(wrong=_no_feed(body))
    title = clean.title_text(str(found.feed.get("title", "")))
    site = links.absolute(str(found.feed.get("link", "")), address) or address
    entries = (_entry_of(item) for item in found.entries)
    return _assembled(str(found.version), title, entries, feed, site, now)


# ------------------------------------------------------------------------- reading, in two tries


def _attempts(body: bytes, content_type: str) -> Iterator[Any]:
    """Give what feedparser makes of the bytes as they are, then of the bytes mended."""
    yield _feedparser(body, content_type)
    yield _feedparser(_mended(body), "")


def _best(attempts: Iterator[Any], body: bytes) -> Any:
    """Return the first reading with entries where there are any, else the one that is a feed."""
    held = len(_ENTRY.findall(body))
    fallback = None
    for found in attempts:
        if found is None:
            continue
        if found.entries or (found.version and not held):
            return found
        if found.version:
            fallback = found
    return fallback


def _feedparser(body: bytes, content_type: str) -> Any:
    """Return feedparser's result, or None where it raises or is no feed to it.

    It is given a stream: bytes or a text that look like a path or an address would be opened.
    Markup is turned to text here, so its own sanitising (42 % of its time) is left out.
    """
    import feedparser

    headers = {"content-type": content_type} if content_type else {}
    try:
        found = feedparser.parse(
            io.BytesIO(body),
            response_headers=headers,
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception:
        return None
    return found if found.get("version") or found.entries else None


def _mended(body: bytes) -> bytes:
    """Return the bytes as UTF-8 without what stops a parser.

    A BOM is believed, then UTF-8 if the bytes are, then the declared name, then windows-1252;
    control characters and references to none go; so does what stands before the root.
    """
    text = _decoded(body)
    mended = _REFERENCE.sub(_plausible_reference, text.encode("utf-8", "replace"))
    mended = _CONTROLS.sub(b" ", mended)
    begin = re.search(rb"<(?:\?xml|rss|feed|rdf:RDF|\w+:feed|channel)\b", mended, re.IGNORECASE)
    mended = mended[begin.start() :] if begin else mended
    mended = re.sub(rb"<!DOCTYPE[^>\[]{0,2000}(?:\[[^\]]{0,20000}\])?\s*>", b"", mended, count=1)
    return b'<?xml version="1.0" encoding="utf-8"?>' + _DECLARATION.sub(b"", mended)


def _decoded(body: bytes) -> str:
    for mark, name in (
        (b"\xff\xfe\x00\x00", "utf-32"),
        (b"\x00\x00\xfe\xff", "utf-32"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
        (b"\xef\xbb\xbf", "utf-8-sig"),
    ):
        if body.startswith(mark):
            return body.decode(name, "replace")
    if body[:4].count(b"\0") == 2:  # UTF-16 without a BOM: every other byte of "<?" is zero
        return body.decode("utf-16-be" if body[:1] == b"\0" else "utf-16-le", "replace")
    declared = re.search(rb"encoding\s*=\s*[\"']([\w.:-]{2,40})", body[:400])
    for name in ("utf-8", declared.group(1).decode("ascii") if declared else "", "cp1252"):
        try:
            return body.decode({"gb2312": "gb18030", "iso-8859-1": "cp1252"}.get(name, name))
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
    return body.decode("cp1252", "replace")


def _plausible_reference(found: re.Match[bytes]) -> bytes:
    digits = found.group(1)
    number = int(digits[1:], 16) if digits[:1] == b"x" else int(digits)
    good = number in (9, 10, 13) or 32 <= number < 0xD800 or 0xE000 <= number < 0x110000
    return found.group() if good else b"\xef\xbf\xbd"


def _unpacked(body: bytes) -> bytes:
    """Unpack bytes that are gzipped although no header said so, within a limit."""
    if not body.startswith(b"\x1f\x8b"):
        return body
    with gzip.open(io.BytesIO(body)) as stream:
        unpacked = stream.read(LARGEST_UNPACKED + 1)
    if len(unpacked) > LARGEST_UNPACKED:
        raise ValueError("larger than any feed")
    return unpacked


def _no_feed(body: bytes) -> str:
    head = body[:2000].lstrip().lower()
    if b"<html" in head or head.startswith(b"<!doctype html"):
        return "it is a web page, not a feed"
    return "what it sent is not a feed"


# -------------------------------------------------------------------------------- RSS and Atom


def _entry_of(item: Any) -> _Entry:
    """Return an entry of feedparser's as it stands there, each field plain text or HTML."""
    guid = _text(item, "id")
    is_link = bool(item.get("guidislink", True)) and guid.startswith(("http://", "https://"))
    return _Entry(
        guid=guid,
        title=_text(item, "title"),
        links=tuple(_links_of(item)) + ((guid,) if is_link else ()) + tuple(_enclosures(item)),
        text=_longest_text(item),
        author=_text(item, "author"),
        source=_source_title(item),
        date=_date_of(item),
    )


def _text(item: Any, name: str) -> str:
    value = item.get(name)
    return value if isinstance(value, str) else ""


def _links_of(item: Any) -> Iterator[str]:
    if origin := _text(item, "feedburner_origlink"):
        yield origin
    listed = [link for link in item.get("links") or [] if isinstance(link, dict)]
    for link in listed:
        is_page = link.get("type", "text/html") in ("text/html", "application/xhtml+xml", "")
        if link.get("rel", "alternate") == "alternate" and is_page:
            yield str(link.get("href", ""))
    yield _text(item, "link")


def _enclosures(item: Any) -> Iterator[str]:
    for link in item.get("links") or []:
        if isinstance(link, dict) and link.get("rel") == "enclosure":
            yield str(link.get("href", ""))


def _longest_text(item: Any) -> str:
    """Return the full text where there is one, else the summary."""
    contents = item.get("content") or []
    texts = [str(part.get("value", "")) for part in contents if isinstance(part, dict)]
    summary = _text(item, "summary")
    return max([*texts, summary], key=len, default="")


def _source_title(item: Any) -> str:
    source = item.get("source")
    return str(source.get("title", "")) if isinstance(source, dict) else ""


def _date_of(item: Any) -> datetime | str | None:
    for name in ("published", "updated", "created"):
        parsed = item.get(f"{name}_parsed")
        if parsed:
            try:
                return datetime.fromtimestamp(calendar.timegm(parsed), UTC)
            except (ValueError, OverflowError, OSError, TypeError):
                continue
        if written := _text(item, name):
            return written
    return None


# ----------------------------------------------------------------------------------- JSON Feed


def _parse_json(body: bytes, feed: str, address: str, now: datetime) -> Parsed:
    """Return what a JSON Feed (1.0, 1.1) holds: https://www.jsonfeed.org/version/1.1/."""
    try:
        told = json.loads(_decoded(body).lstrip("\ufeff"), strict=False)
    except (ValueError, RecursionError):
        return Parsed(wrong="what it sent is not a feed")
    if not isinstance(told, dict) or not isinstance(told.get("items"), list):
        return Parsed(wrong="what it sent is JSON, but not a JSON Feed")
    title = clean.title_text(_string(told, "title"))
    site = links.absolute(_string(told, "home_page_url"), address) or address
    entries = (_json_entry(item) for item in told["items"] if isinstance(item, dict))
    return _assembled("json", title, entries, feed, site, now)


def _json_entry(item: dict[str, Any]) -> _Entry:
    authors = item.get("authors") or [item.get("author")]
    first = authors[0] if isinstance(authors, list) and authors else None
    html = _string(item, "content_html")
    plain = _string(item, "content_text") or _string(item, "summary")
    return _Entry(
        guid=_string(item, "id"),
        title=_string(item, "title"),
        links=tuple(_string(item, name) for name in ("url", "external_url", "id")),
        text=html or plain.replace("<", "&lt;"),
        author=_string(first, "name") if isinstance(first, dict) else "",
        date=_string(item, "date_published") or _string(item, "date_modified") or None,
    )


def _string(item: dict[str, Any], name: str) -> str:
    value = item.get(name)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else ""


# --------------------------------------------------------------------------- entries to articles


def _assembled(
    kind: str, title: str, entries: Iterator[_Entry], feed: str, site: str, now: datetime
) -> Parsed:
    found: dict[str, Article] = {}
    refused: list[str] = []
    for count, entry in enumerate(entries):
        if count >= MOST_ENTRIES:
            refused.append(f"beyond the first {MOST_ENTRIES:,} entries")
            break
        article = _article(entry, title, feed, site, now)
        if article is None:
            refused.append("neither title nor text nor link")
        else:
            article = _distinct(article, found)
            found[article.id] = article
    return Parsed(kind, title, tuple(found.values()), tuple(refused))


def _distinct(article: Article, taken: Mapping[str, Article]) -> Article:
    """Return the article with an id of its own, where its guid stands twice in the feed.

    The link tells two things of one guid apart, else the title, else their order; none is lost.
    """
    told = f"{article.guid}\n{article.canonical}"
    for mark in ("", f"\n{article.title}", *(f"\n{n}" for n in range(MOST_ENTRIES))):
        if article.id not in taken:
            break
        article = _with_id(article, told + mark)
    return article


def _article(entry: _Entry, feed_title: str, feed: str, site: str, now: datetime) -> Article | None:
    resolved = (links.absolute(link, site) for link in entry.links if link)
    link = next((link for link in resolved if link), "")
    source = clean.title_text(entry.source)
    title, source = _without_publisher(clean.title_text(entry.title), source, feed_title)
    text = "" if _is_link_list(entry.text) else clean.body_text(entry.text)
    if text.casefold().strip(" .…") == title.casefold().strip(" .…"):
        text = ""
    title = title or clean.first_sentence(text)
    if not (title or link):
        return None
    published = _moment(entry.date, now)
    article = Article(
        id="",
        feed=feed,
        title=title,
        link=link,
        canonical=links.canonical(link),
        text=text,
        published=published or now,
        dated="feed" if published else "seen",
        seen=now,
        source=source or feed_title or links.host_of(link),
        author=clean.title_text(entry.author)[:120],
        guid=clean.safe(entry.guid)[:500],
    )
    identity = article.guid or article.canonical or f"{title}\n{entry.date}"
    return _with_id(article, identity)


def _with_id(article: Article, identity: str) -> Article:
    from dataclasses import replace

    told = f"{article.feed}\n{identity}".encode("utf-8", "replace")
    return replace(article, id=hashlib.sha256(told).hexdigest()[:16])


def _moment(date: datetime | str | None, now: datetime) -> datetime | None:
    if isinstance(date, str):
        return dates.moment_of(date, now)
    if date is not None and dates.is_plausible(date, now):
        return date
    return None


def _without_publisher(title: str, source: str, feed_title: str) -> tuple[str, str]:
    """Cut " - Publisher" from a title, only where the feed says that this is the publisher.

    Of 1,721 such endings in the captured feeds 28 % are part of the headline.
    """
    for mark in (" - ", " | ", " – ", " — "):
        head, found, tail = title.rpartition(mark)
        if found and head and tail.casefold() in (source.casefold(), feed_title.casefold()):
            return head.strip(), source or tail
    return title, source


def _is_link_list(raw: str) -> bool:
    """Tell Google News' summaries: the headline again as a link, or headlines of others."""
    return bool(re.match(r"\s*(?:<ol>\s*<li>\s*)?<a\s[^>]*news\.google\.com/", raw[:2000]))
