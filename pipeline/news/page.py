"""The articles that a press or news page lists, for a company that has no feed.

    page_tree    HTML -> nodes
    links        to the page's own registered domain, with words like a headline
    items        for each link the largest part of the page that leads nowhere else:
                 its heading, its date; where a page is one flat row, the date before or after it
    page_data    what the page says of itself for programs (JSON-LD, a framework's state)
    sitemap      a sitemap instead of a page: news:title, lastmod

Takes a page's text and its address; returns a RawFeed, or None where no article is listed. Where
some links have a date, those without are the site's navigation. What is dated ahead is an event to
come, and left out. Runs no script and asks nothing: a page that shows its list only after a script
has none. Time grows with the page's length only.
"""

from __future__ import annotations

import html
import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from operator import itemgetter
from urllib.parse import urlsplit

from pipeline.news import clean, dates, links, page_data, public_hosts, sitemap
from pipeline.news.entries import MOST_ENTRIES, RawEntry, RawFeed
from pipeline.news.page_dates import DateReader
from pipeline.news.page_tree import Node, nodes_of
from pipeline.news.polling import PollingHints
from pipeline.records.record import dataclass
from pipeline.text.patterns import compiled_later
from pipeline.text.urls import host_of

# ------------------------------------------------------------ every number, and where it is from
# no border test: far beyond real values
MOST_CHARACTERS = 2_000_000  # of a page are looked at; long press pages have 500,000
# no border test: far beyond real values
MOST_LINKS = 3_000  # to the page's own site are looked at
MOST_ITEMS = 200  # of one page: a list of ten years; the newest, where it says which
# Set on 40 pages after the forms of many systems (tests/news/test_news_page.py).
LEAST_WORDS = 4  # of a link that may be a headline without a heading around it,
LEAST_LETTERS = 25  # or so many letters ("Quartalszahlen veröffentlicht")
LEAST_HAN = 8  # letters of a script that joins its words
LEAST_UNDATED = 3  # links with words like headlines, where none has a date
LONGEST_WORDS = 400  # characters of a link's text, of which some are its teaser
# no border test: a page changes for many reasons, its list once a day at most
MINUTES = 180  # between two requests: HTML costs its owner more than a feed does

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_ROOTS = ("", "html", "body", "main", "nav", "ul", "ol", "table", "tbody", "dl", "header", "footer")
_AROUND = ("nav", "header", "footer", "aside", "form")
_CALL = compiled_later(
    r"(?:read|learn|find out|see|view|discover|show|open|download|get)?\s*(?:more|on|the full|full|"
    r"story|article|release|press release|details?|news|pdf|here|continue|reading)+(?: about.*)?"
    r"|(?:jetzt )?(?:mehr|weiter|weiterlesen|zum artikel|zur meldung|details|artikel lesen|"
    r"mehr (?:erfahren|lesen|dazu)|lesen sie mehr|pressemitteilung(?: lesen)?|herunterladen)"
    r"|(?:lire|en savoir|voir)(?: la suite| plus| l.article)?|d[ée]couvrir"
    r"|leer(?: m[áa]s)?|ver m[áa]s|m[áa]s informaci[óo]n|seguir leyendo|leggi(?: tutto)?",
    re.IGNORECASE,
)
_ABOUT = compiled_later(
    r"^(?:read (?:more|on|the (?:full )?(?:article|story|release))|learn more|more|mehr|"
    r"weiterlesen|mehr (?:erfahren|lesen)|lire la suite|en savoir plus|leer m[áa]s)\b"
    r"(?:\s*(?:about|on|zu|über|sur|sobre|de|:|–|-))*\s*",
    re.IGNORECASE,
)
_TITLED = compiled_later(r"title|headline|heading|titel|titre|titulo", re.IGNORECASE)
_SITE_NAME = compiled_later(
    r"<meta\s[^<>]{0,200}property\s*=\s*[\"']?og:site_name[\"']?[^<>]{0,200}>", re.IGNORECASE
)
_TITLE = compiled_later(r"<title[^<>]{0,200}>([^<]{1,400})", re.IGNORECASE)
_NOT_ARTICLES = compiled_later(r"\.(?:jpe?g|png|gif|svg|webp|mp4|zip|ics|xml|rss)$", re.IGNORECASE)
_HAN = compiled_later(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_MANY = "*"


@dataclass(frozen=True, slots=True)
class Item:
    """One article of a page, as far as it is known."""

    link: str
    title: str
    published: datetime | None = None
    teaser: str = ""


@dataclass(frozen=True, slots=True)
class _Linked:
    """A link that may lead to an article, and the part of the page that leads nowhere else."""

    link: str
    anchor: Node
    part: Node


def read(text: str, address: str, now: datetime) -> RawFeed | None:
    """Return what a page or sitemap lists, the page's order kept; None where it lists nothing."""
    text = text[:MOST_CHARACTERS]
    mapped = sitemap.read(text)
    items: Iterable[Item]
    if mapped is not None:
        form, name = "sitemap", ""
        items = (Item(one.link, one.title, one.published) for one in mapped)
    else:
        form, name = "page", _name_of(text)
        items = _listed(text, address)
    own = partial(_is_own, address=address)
    distinct = _distinct(item for item in items if item.title and own(item.link))
    latest = now + dates.AHEAD
    been = [item for item in distinct if item.published is None or item.published <= latest]
    there = _newest(been)
    if not there:
        return None
    lost = ["dated ahead: an event to come, not an article"] * (len(distinct) - len(been))
    left = len(been) - len(there)
    lost += [f"{left:,} more than the newest {MOST_ITEMS}"] if left else []
    entries = tuple(
        RawEntry(
            links=(item.link,),
            title=html.escape(item.title),
            texts=(html.escape(item.teaser),) if item.teaser else (),
            published=item.published,
        )
        for item in there
    )
    return RawFeed(form, html.escape(name), address, entries, tuple(lost), "", _HINTS)


_HINTS = PollingHints(minutes=MINUTES)


def _newest(items: Sequence[Item]) -> list[Item]:
    """Return as many items as are taken, in the page's order."""
    first = datetime.min.replace(tzinfo=UTC)
    chosen = sorted(items, key=lambda item: item.published or first, reverse=True)[:MOST_ITEMS]
    kept = {item.link for item in chosen}
    return [item for item in items if item.link in kept]


def _distinct(items: Iterable[Item]) -> list[Item]:
    """Return each address once; what one mention of it lacks, another may have."""
    found: dict[str, Item] = {}
    for item in items:
        key = links.canonical(item.link)
        known = found.get(key)
        if known is None:
            if len(found) < MOST_ENTRIES:
                found[key] = item
        elif known.published is None and item.published:
            found[key] = replace(known, published=item.published)
    return list(found.values())


def _is_own(link: str, address: str) -> bool:
    """Return whether a link leads to the registered domain of the page, and not to the page."""
    if not link or links.canonical(link) == links.canonical(address):
        return False
    if _NOT_ARTICLES.search(urlsplit(link).path):
        return False
    host, home = host_of(link), host_of(address).removeprefix("www.")
    if host.removeprefix("www.") == home or host.endswith(f".{home}"):
        return True
    if not home or host.rpartition(".")[2] != home.rpartition(".")[2]:
        return False
    return public_hosts.registered_domain(host) == public_hosts.registered_domain(home)


def _name_of(text: str) -> str:
    """Return what the site calls itself, else the page's title."""
    meta = _SITE_NAME.search(text)
    content = re.search(r"content\s*=\s*[\"']([^\"'<>]{1,100})", meta[0]) if meta else None
    title = _TITLE.search(text)
    return clean.title_text(content[1] if content else title[1] if title else "")


# ------------------------------------------------------------------------------- links and items


def _listed(text: str, address: str) -> list[Item]:
    """Return what the page lists: by its links, and by what it says of itself for programs."""
    nodes = nodes_of(text)
    base = next((node.attribute("href") for node in nodes if node.tag == "base"), "")
    base = links.absolute(base, address) or address
    reader = DateReader(nodes, host_of(address))
    linked = list(_linked(nodes, base, address))
    items = [_item(one, nodes, reader) for one in linked]
    items = _with_flat_dates(items, linked, nodes, reader)
    known = {urlsplit(item.link).path.rstrip("/").rpartition("/")[2]: item.link for item in items}
    said = [
        Item(
            known.get(one.link.rstrip("/").rpartition("/")[2]) or links.absolute(one.link, base),
            one.title,
            one.published,
        )
        for one in page_data.read(text)
    ]
    found = [item for item in (*items, *said) if item.title]
    dated = [item for item in found if item.published or links.day_in(item.link)]
    if dated:
        links_of_dated = {item.link for item in dated}
        return [item for item in found if item.link in links_of_dated]
    return _undated(found, linked)


def _undated(items: Sequence[Item], linked: Sequence[_Linked]) -> list[Item]:
    """Return the items of a page without any date: links outside its frame, of one folder."""
    framed = {
        one.link for one in linked if any(above.tag in _AROUND for above in one.anchor.ancestors())
    }
    free = [item for item in items if item.link not in framed]
    folders = Counter(_folder(item.link) for item in {item.link: item for item in free}.values())
    folder, count = max(folders.items(), key=lambda pair: pair[1], default=("", 0))
    return [x for x in free if _folder(x.link) == folder] if count >= LEAST_UNDATED else []


def _folder(link: str) -> str:
    return link.rstrip("/").rpartition("/")[0]


def _linked(nodes: Sequence[Node], base: str, address: str) -> Iterator[_Linked]:
    """Yield the links that may lead to articles.

    First those with a headline of their own; then "Read more" in parts of the page that no
    headline leads out of.
    """
    there: list[tuple[Node, str]] = []
    for anchor in (node for node in nodes if node.tag == "a"):
        written = anchor.attribute("href")
        link = links.absolute(written, base) if written and written[0] != "#" else ""
        if link and _is_own(link, address):
            there.append((anchor, link.partition("#")[0]))
            if len(there) == MOST_LINKS:
                break
    titled = [(anchor, link) for anchor, link in there if _is_headline(anchor, nodes)]
    for pairs in (titled, [pair for pair in there if _is_call(pair[0], nodes)]):
        if pairs is not titled:
            pairs = [(a, link) for a, link in pairs if not a.key]  # no headline leads there
        for anchor, link in pairs:
            _mark(anchor, link)
        done: set[int] = set()
        for anchor, link in pairs:
            part = _part_of(anchor)
            if part.place not in done and (pairs is titled or part is not anchor):
                done.add(part.place)
                yield _Linked(link, anchor, part)


def _mark(anchor: Node, link: str) -> None:
    """Note in everything around a link that it leads there; each node changes twice at most."""
    node: Node | None = anchor
    while node is not None and node.key not in (link, _MANY):
        node.key = _MANY if node.key else link
        node = node.parent


def _part_of(anchor: Node) -> Node:
    """Return the largest part of the page around a link that leads nowhere else."""
    part = anchor
    while (
        part.parent is not None
        and part.parent.key == anchor.key != _MANY
        and part.parent.tag not in _ROOTS
    ):
        part = part.parent
    return part


def _is_headline(anchor: Node, nodes: Sequence[Node]) -> bool:
    """Return whether a link has words like a headline, or a heading's place."""
    text = _text(anchor, nodes)
    if not text or _CALL.fullmatch(text):
        return False
    if any(above.tag in _HEADINGS for above in anchor.ancestors()):
        return len(text.split()) > 1 or _is_long(text)
    inside = nodes[anchor.place : anchor.last + 1]
    return _is_long(text) or any(node.tag in _HEADINGS for node in inside)


def _is_long(text: str) -> bool:
    letters = sum(map(str.isalpha, text))
    words = sum(any(map(str.isalnum, word)) for word in text.split())
    return words >= LEAST_WORDS or letters >= LEAST_LETTERS or len(_HAN.findall(text)) >= LEAST_HAN


def _is_call(anchor: Node, nodes: Sequence[Node]) -> bool:
    return _CALL.fullmatch(_text(anchor, nodes)) is not None


def _text(node: Node, nodes: Sequence[Node]) -> str:
    """Return the words of a part of the page, on one line; of a long one the beginning."""
    pieces: list[str] = []
    length = 0
    for one in nodes[node.place : node.last + 1]:
        if one.is_text:
            pieces.append(one.written)
            length += one.length
            if length > LONGEST_WORDS:
                break
    return clean.title_text(" ".join(pieces))


def _item(linked: _Linked, nodes: Sequence[Node], reader: DateReader) -> Item:
    title_node = _title_node(linked, nodes, reader)
    title = _text(title_node, nodes) if title_node else ""
    if not title or _CALL.fullmatch(title):
        said = linked.anchor.attribute("aria-label") or linked.anchor.attribute("title")
        title = _ABOUT.sub("", clean.title_text(said))
        title = "" if _CALL.fullmatch(title) else title
    published = reader.in_part(linked.part, title_node)
    return Item(linked.link, title, published, _teaser(linked.part, title_node, nodes, reader))


def _title_node(linked: _Linked, nodes: Sequence[Node], reader: DateReader) -> Node | None:
    """Return where the headline is: a heading, the link itself, or what is called a title."""
    anchor, part = linked.anchor, linked.part
    for above in anchor.ancestors():
        if above.place < part.place:
            break
        if above.tag in _HEADINGS:
            return above
    inside = nodes[anchor.place : anchor.last + 1]
    around = nodes[part.place : part.last + 1]
    fits = partial(_may_be_title, nodes=nodes, reader=reader)
    for where in (inside, around):
        if heading := next((n for n in where if n.tag in _HEADINGS and fits(n)), None):
            return heading
        called = (n for n in where if not n.is_text and _TITLED.search(n.attribute("class")))
        if named := next((node for node in called if node is not part and fits(node)), None):
            return named
        if where is inside and not _is_call(anchor, nodes) and _text(anchor, nodes):
            texts = [node for node in inside if node.is_text]
            if len(texts) == 1 or all(
                n.parent is not None and n.parent.tag in _INLINE for n in texts
            ):
                return anchor
            return next((n for n in texts if fits(n) and _is_long(_text(n, nodes))), anchor)
    return None


_INLINE = ("a", "span", "b", "strong", "em", "i", "small", "sup", "sub", "mark", "wbr")


def _may_be_title(node: Node, nodes: Sequence[Node], reader: DateReader) -> bool:
    text = _text(node, nodes)
    return bool(text) and not reader.is_date(text) and not _CALL.fullmatch(text)


def _teaser(part: Node, title: Node | None, nodes: Sequence[Node], reader: DateReader) -> str:
    """Return what a part says beside headline, date and "Read more": its paragraphs."""
    if title is None:
        return ""
    found = []
    for node in nodes[part.place : part.last + 1]:
        if node.tag == "p" and not title.place <= node.place <= title.last:
            text = _text(node, nodes)
            if _is_long(text) and not reader.is_date(text):
                found.append(text)
    return "\n".join(found)


def _with_flat_dates(
    items: list[Item], linked: Sequence[_Linked], nodes: Sequence[Node], reader: DateReader
) -> list[Item]:
    """Return the items, those without a date with the one before or after them on the page.

    Before, if the page's first free date comes before its first such item: then it may be the
    heading of several. What is in the page's frame, its head, foot and menu, has no part in it.
    """
    undated = [
        n
        for n, item in enumerate(items)
        if item.title and not item.published and not _is_framed(linked[n].anchor)
    ]
    dated = (one.part for one, item in zip(linked, items, strict=True) if item.published)
    free = reader.free([(part.place, part.last) for part in dated]) if undated else []
    free = [(place, at) for place, at in free if not _is_framed(nodes[place])]
    if not free:
        return items
    places = sorted(linked[n].anchor.place for n in undated)
    before = free[0][0] < places[0]
    for n in undated:
        place = linked[n].anchor.place
        after = bisect(free, place, key=itemgetter(0))
        published = None
        if before:
            published = free[after - 1][1] if after else None
        elif after < len(free):
            next_one = bisect(places, place)
            until = places[next_one] if next_one < len(places) else len(nodes)
            published = free[after][1] if free[after][0] < until else None
        items[n] = replace(items[n], published=published)
    return items


def _is_framed(node: Node) -> bool:
    return any(above.tag in _AROUND for above in node.ancestors())
