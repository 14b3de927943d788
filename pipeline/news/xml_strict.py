"""Well-formed RSS, RDF and Atom, by the XML reader that Python brings (expat).

Takes a document's text; returns what it holds. Where the XML breaks, returns what came before and
says so. Time and memory grow with the length, whatever the text is: the text is read in
one piece, no external thing is ever opened, and a document type, which could define entities that
grow, is left to repair.py. An element is read only as a direct child of its entry and in a
namespace that is known, so that a related story's link or a picture's title is never the entry's
own.
"""

from __future__ import annotations

import base64
import binascii
import html
from datetime import datetime
from itertools import islice
from urllib.parse import urljoin
from xml.etree import ElementTree

from pipeline.news import dates
from pipeline.news.entries import MOST_ENTRIES, Flaw, RawEntry, RawFeed, too_many
from pipeline.news.polling import PollingHints, hints_of

Element = ElementTree.Element

# no border test: far beyond real values
DEEPEST = 100  # elements inside one another in a text; captured ones go 15 deep
# Codes of expat's errors after which nothing that could be read is left: no element found, an
# unclosed token, junk after the document's element, an unclosed CDATA section.
# no border test: facts, not our decisions
_ENDS = (3, 5, 9, 20)
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"

# Namespaces by the end of their name, as publishers write it in many ways. Those of RSS and Atom
# are one: each may be in the other.
_CORE = (
    "", "purl.org/rss/1.0", "purl.org/net/rss1.1", "my.netscape.com/rdf/simple/0.9",
    "channel.netscape.com/rdf/simple/0.9", "my.netscape.com/publish/formats/rss-0.91",
    "backend.userland.com/rss", "backend.userland.com/rss2", "backend.userland.com/rss091",
    "backend.userland.com/rss092", "backend.userland.com/rss093", "backend.userland.com/rss094",
    "backend.userland.com/rss20", "backend.userland.com/rss2.0", "blogs.law.harvard.edu/tech/rss",
    "cyber.harvard.edu/rss/rss.html", "cyber.law.harvard.edu/rss/rss.html",
    "www.rssboard.org/rss-specification", "example.com/newformat", "purl.org/atom/ns",
    "purl.org/atom/ns#", "www.w3.org/2005/atom", "www.w3.org/2005/atom/", "atompub.org/ns",
    "example.com/necho", "purl.org/echo", "ns.openid.net/atom", "www.w3.org/1999/atom",
)  # fmt: skip
_NAMESPACES = {name.strip("/#"): "" for name in _CORE} | {
    "purl.org/rss/1.0/modules/content": "content:",
    "purl.org/rss/1.0/modules/syndication": "sy:",
    "purl.org/rss/modules/syndication": "sy:",
    "purl.org/dc/elements/1.0": "dc:",
    "purl.org/dc/elements/1.1": "dc:",
    "purl.org/dc/terms": "dc:",
    "rssnamespace.org/feedburner/ext/1.0": "feedburner:",
    "www.pheedo.com/namespace/pheedo": "feedburner:",
    "search.yahoo.com/mrss": "media:",
    "video.search.yahoo.com/mrss": "media:",
    "www.itunes.com/dtds/podcast-1.0.dtd": "itunes:",
    "www.w3.org/1999/02/22-rdf-syntax-ns": "rdf:",
    "www.w3.org/1999/xhtml": "xhtml:",
}
# What an element means. The names are in lower case: RSS is written in any.
_MEANINGS = {
    "rss": "rss", "feed": "feed", "rdf:rdf": "rdf", "channel": "channel",
    "item": "entry", "entry": "entry", "items": "entries",
    "title": "title", "dc:title": "title again",
    "link": "link", "guid": "guid", "id": "id", "dc:identifier": "identifier",
    "feedburner:origlink": "true link", "enclosure": "enclosure",
    "description": "text", "summary": "text", "abstract": "text",
    "dc:description": "text",
    "content": "text", "content:encoded": "text", "fullitem": "text",
    "xhtml:body": "text", "xhtml:div": "text", "body": "text",
    "media:description": "caption", "itunes:summary": "caption", "itunes:subtitle": "caption",
    "media:group": "group",
    "pubdate": "published", "published": "published", "issued": "published", "dc:date": "published",
    "dc:issued": "published", "dc:created": "published", "created": "published",
    "updated": "updated", "modified": "updated", "dc:modified": "updated", "date": "updated",
    "author": "author", "dc:creator": "creator", "dc:author": "creator", "itunes:author": "creator",
    "name": "name",
    "source": "source",
    "ttl": "ttl", "sy:updateperiod": "period", "sy:updatefrequency": "frequency",
    "skiphours": "hours", "skipdays": "days",
}  # fmt: skip


# no border test: bounds time; an entry of a captured feed has 90 at most
MOST_FIELDS = 1_000  # elements of one entry, or links of a feed, that are looked at


class _Meanings(dict[str, str]):
    """What the tags of one document mean; "" for what is nothing to us."""

    def __init__(self, elements: int) -> None:
        super().__init__()
        # Each is written out once, unless entries are nested in one another's texts without end.
        self.to_write = elements

    def __missing__(self, tag: str) -> str:
        space, name = tag[1:].split("}", 1) if tag[:1] == "{" else ("", tag)
        plain = space.lower().removeprefix("http://").removeprefix("https://").strip("/# ")
        prefix = _NAMESPACES.get(plain)
        meaning = "" if prefix is None else _MEANINGS.get(prefix + name.lower(), "")
        self[tag] = meaning
        return meaning


def read(text: str) -> RawFeed | None:
    """Return the feed in an XML document, as far as it is well-formed; None when it is no feed."""
    root, flaw = _tree(text)
    if root is None:
        return None
    means = _Meanings(text.count("<"))
    kind = means[root.tag]
    if kind not in ("rss", "rdf", "feed"):
        return None
    head = root if kind == "feed" else _first(root, "channel", means)
    base = root.get(_BASE, "").strip()
    if head is None:
        head = root
    elif head is not root:
        base = _resolved(head.get(_BASE, "").strip(), base)
    entries = _entries(root, head, means)
    links = _Links(base)
    for child in islice((one for one in head if means[one.tag] == "link"), MOST_FIELDS):
        links.add(child)
    return RawFeed(
        format=_format(root, kind),
        title=_title_of(head, means),
        site=next(iter(links.in_order()), ""),
        entries=tuple(_entry(entry, means, base) for entry in entries[:MOST_ENTRIES]),
        lost=too_many(len(entries)),
        flaw=flaw,
        hints=_hints(head, means),
    )


def _tree(text: str) -> tuple[Element | None, Flaw]:
    """Return the document's first element, as far as the XML goes, and what ended it."""
    builder = ElementTree.TreeBuilder()
    parser = ElementTree.XMLParser(target=builder)  # noqa: S314 - what it can do to us: see above
    try:
        parser.feed(text)
        return parser.close(), ""
    except ElementTree.ParseError as error:
        flaw: Flaw = "cut" if error.code in _ENDS else "broken"
    except ValueError:  # half of a surrogate pair
        flaw = "broken"
    try:
        builder.end("")  # gives the last element the text before the break
    except IndexError:
        flaw = "cut"  # no element is open: the document had ended
    try:
        return builder.close(), flaw
    except (AssertionError, ElementTree.ParseError):
        return None, flaw


def _first(parent: Element, meaning: str, means: _Meanings) -> Element | None:
    return next((child for child in parent if means[child.tag] == meaning), None)


def _entries(root: Element, head: Element, means: _Meanings) -> list[Element]:
    """Return the entries, wherever they are."""
    found = [child for child in head if means[child.tag] == "entry"]
    if head is not root:
        found += [child for child in root if means[child.tag] == "entry"]
    tags = {entry.tag for entry in found} or {tag for tag in _tags(root) if means[tag] == "entry"}
    if sum(1 for tag in tags for _ in root.iter(tag)) > len(found):  # some are elsewhere
        return [element for element in root.iter() if means[element.tag] == "entry"]
    return found


def _tags(root: Element) -> set[str]:
    return {element.tag for element in root.iter()}


def _format(root: Element, kind: str) -> str:
    """Return the format's name, as feedparser calls it."""
    if kind == "rdf":
        is_old = any("rdf/simple/0.9" in child.tag for child in root)
        return "rss090" if is_old else "rss10"
    version = "".join(x for x in root.get("version", "") if x.isalnum())[:8]
    if kind == "feed":
        return "atom10" if "2005" in root.tag else f"atom{version}"
    return f"rss{version}" if version else "rss"


def _title_of(head: Element, means: _Meanings) -> str:
    title = _first(head, "title", means)
    if title is None:
        title = _first(head, "title again", means)
    return "" if title is None else _markup(title, means)


def _hints(head: Element, means: _Meanings) -> PollingHints:
    found = {means[child.tag]: child for child in head if means[child.tag] in _HINTS}
    if not found:
        return PollingHints()
    ttl, period, frequency = (_text(found.get(name)) for name in ("ttl", "period", "frequency"))
    hours, days = ([_text(x) for x in found.get(name, ())] for name in ("hours", "days"))
    return hints_of(ttl=ttl, period=period, frequency=frequency, hours=hours, days=days)


def _text(element: Element | None) -> str:
    return "" if element is None else element.text or ""


_HINTS = frozenset(("ttl", "period", "frequency", "hours", "days"))
# What an entry says in words; links are looked at apart.
_SAID = frozenset(
    ("title", "title again", "guid", "id", "identifier", "true link", "author", "creator", "source",
     "text", "caption", "group", "published", "updated")
)  # fmt: skip


def _entry(entry: Element, means: _Meanings, base: str) -> RawEntry:
    if own_base := entry.get(_BASE):
        base = _resolved(own_base.strip(), base)
    links = _Links(base)
    said: dict[str, tuple[str, ...]] = {}  # by meaning, all that is not blank
    for child in entry if len(entry) <= MOST_FIELDS else islice(entry, MOST_FIELDS):
        meaning = means[child.tag]
        if meaning == "link":
            links.add(child)
        elif meaning == "enclosure":
            links.files += (child.get("url", ""),)
        elif meaning in _SAID:
            text = _inside(child, meaning, means) if len(child) else child.text
            if child.keys():
                if meaning == "text":
                    text = _decoded(child, text or "")
                    if not text and (source := child.get("src")):
                        links.last += (source,)
                elif meaning == "guid" and text and "guid" not in said:
                    links.guid_is_page = _is_page(child)
            if text and not text.isspace():
                said[meaning] = (*said[meaning], text) if meaning in said else (text,)

    def first(*meanings: str) -> str:
        for one in meanings:
            if one in said:
                return said[one][0]
        return ""

    guid = (first("guid", "id") or entry.get(_ABOUT) or first("identifier")).strip()
    return RawEntry(
        guid,
        links.in_order(first("true link"), guid),
        first("title", "title again"),
        said.get("text") or (*said.get("caption", ()), *said.get("group", ())),
        first("author", "creator"),
        first("source"),
        _time(said.get("published", ())) or _time(said.get("updated", ())),
    )


def _inside(child: Element, meaning: str, means: _Meanings) -> str:
    """Return what an element says that holds others: an author's name, a source's title, HTML."""
    if meaning in ("author", "creator"):
        name = _first(child, "name", means)
        return _markup(child, means) if name is None else name.text or ""
    if meaning == "source":
        title = _first(child, "title", means)
        return "" if title is None else _markup(title, means)
    if meaning == "group":
        captions = (x.text for x in child if means[x.tag] == "caption")
        return next((caption for caption in captions if caption), "")
    return _markup(child, means)


def _is_page(guid: Element) -> bool:
    written = guid.get("isPermaLink") or guid.get("ispermalink") or "true"
    return written.strip().lower() != "false"


def _decoded(content: Element, text: str) -> str:
    """Return what a text of some type says; "" for pictures and the like."""
    kind = content.get("type", "").lower()
    if kind.startswith(("image/", "audio/", "video/")):
        return ""
    is_text = not kind or kind.startswith(("text", "html", "xhtml")) or kind.endswith("xml")
    if content.get("mode") == "base64" or ("/" in kind and not is_text):
        return _whole(text)
    return text


def _whole(text: str) -> str:
    try:
        return base64.b64decode(text).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return text


def _time(times: tuple[str, ...]) -> datetime | None:
    for text in times:
        if found := dates.read(text):
            return found
    return None


def _resolved(link: str, base: str) -> str:
    try:
        return urljoin(base, link) if base and link else link or base
    except ValueError:
        return link


def _markup(element: Element, means: _Meanings) -> str:
    """Return what is inside an element as HTML: elements inside it become tags again."""
    if not len(element):
        return element.text or ""
    pieces = [element.text or ""]
    open_ones = [(iter(element), "")]
    while open_ones:
        children, end = open_ones[-1]
        child = next(children, None)
        if child is None:
            pieces.append(end)
            open_ones.pop()
            continue
        means.to_write -= 1
        if means.to_write < 0:
            break
        name = child.tag.rpartition("}")[2]
        pieces.append(f"<{name}>{html.escape(child.text or '', quote=False)}")
        tail = html.escape(child.tail or "", quote=False)
        if len(child) and len(open_ones) < DEEPEST:
            open_ones.append((iter(child), f"</{name}>{tail}"))
            continue
        pieces.append(f"</{name}>{tail}")
    return "".join(pieces)


class _Links:
    """The links of one entry or feed, in the order of trust."""

    __slots__ = ("_base", "_pages", "files", "guid_is_page", "last", "written")

    def __init__(self, base: str) -> None:
        self._base = base
        self._pages: tuple[str, ...] = ()  # of Atom
        self.written: tuple[str, ...] = ()  # of RSS
        self.files: tuple[str, ...] = ()
        self.last: tuple[str, ...] = ()
        self.guid_is_page = True

    def add(self, link: Element) -> None:
        address = link.get("href") or link.get("url")
        if address is None:
            if link.text:
                self.written += (link.text,)
            return
        if own_base := link.get(_BASE):
            address = _resolved(address.strip(), _resolved(own_base.strip(), self._base))
        relation = link.get("rel")
        relation = relation.rpartition("/")[2].lower() if relation else "alternate"
        if relation == "enclosure":
            self.files += (address,)
        elif relation == "alternate":
            kind = link.get("type")
            if kind is None or "html" in kind.lower():
                self._pages += (address,)
            else:
                self.last += (address,)

    def in_order(self, true: str = "", guid: str = "") -> tuple[str, ...]:
        """Return every candidate, the best first."""
        best = (true, *self._pages, *self.written)
        if self.guid_is_page and "://" in guid:
            best += (guid,)
        if self.files or self.last:
            best += self.files + self.last
        found = [plain for link in best if link and (plain := link.strip())]
        if self._base:
            found = [_resolved(link, self._base) for link in found]
        return tuple(found)
