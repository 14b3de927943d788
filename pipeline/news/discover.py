"""The feeds of a site: those that its page names, and those in the usual places on its host.

Where there is none: the site's page that lists news, if its links have dates.

Takes an address or a bare domain that the user wrote; returns every feed found there, each read to
be sure. Requests go to the page itself, to what it names as a feed (`<link rel=alternate>`, links
in its text that look like one), and to the usual places on the same host; nowhere else. A host that
only the page names has to be public: the user's trust goes to the address that he wrote. Nothing is
stored; a page's scripts are never run.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Literal
from urllib.parse import urljoin, urlsplit

from pipeline.news import decode, links
from pipeline.news.failures import Failure
from pipeline.news.fetch import Fetcher, FetchOptions, Response
from pipeline.news.parse import FeedBody
from pipeline.news.sandbox import parse_safely
from pipeline.news.tag_scanner import tags
from pipeline.records import FeedState
from pipeline.records.record import dataclass
from pipeline.text import named_secrets
from pipeline.text.urls import host_of, is_on, site_of

if TYPE_CHECKING:
    from pipeline.news.parse import Parsed

# ------------------------------------------------------------ every number, and where it is from
MOST_NAMED = 12  # feeds of one page that are read; news sites name one for each section
MOST_LINKS = 8  # links in a page's text among them
# no border test: far beyond real values
LARGEST_MEGABYTES = 5.0  # of a page or feed; the largest captured feed has 2.9 MB
# no border test: far beyond real values
MOST_CHARACTERS = 1_500_000  # of a page are looked at: feeds are named at its head and foot
# no border test: far beyond real values
MOST_TAGS = 5_000  # links of a page that are looked at; a long front page has 600
LONGEST_SECONDS = 60.0  # for everything; somebody is waiting; no border test: a wait, in seconds
# Where sites keep their feeds: the paths that WordPress, Ghost, Hugo, Jekyll, Drupal and Blogger
# serve, and what companies add for their blog and press room.
USUAL = (
    "/feed",
    "/rss",
    "/atom.xml",
    "/index.xml",
    "/rss.xml",
    "/feed.xml",
    "/feed.json",
    "/blog/feed",
    "/blog/rss",
    "/news/rss",
    "/news/feed",
    "/feeds/posts/default",
)
# Where a site without a feed may list its news; asked only where its page names no such place.
NEWS_PLACES = ("/news", "/newsroom", "/press", "/presse", "/aktuelles")
MOST_PAGES = 5  # of a site without a feed that are read
LEAST_DATED = 3  # links with a day on a page that is proposed: fewer may be chance
UNDER = ("feed", "rss", "atom.xml")  # and these below the page that the user named

_TYPES = re.compile(
    r"(?:application|text)/(?:(?:rss|atom|rdf|feed)\+?(?:xml|json)?|xml|json)", re.IGNORECASE
)
_LOOKS = re.compile(
    r"(?:^|[/._?&=-])(?:rss|feeds?|atom|rdf)(?:$|[/._?&=-])|\.(?:xml|rss|atom|rdf)(?:$|\?)",
    re.IGNORECASE,
)
_LISTS_NEWS = re.compile(
    r"news|press|presse|prensa|stampa|media|medien|aktuell|meldung|actualit|noticia|blog", re.I
)
_NO_FEED = re.compile(r"sitemap|opensearch|oembed|wp-json|\.(?:png|jpe?g|svg|css|js)\b", re.I)

Origin = Literal["given", "page", "link", "usual place"]


@dataclass(frozen=True, slots=True)
class FeedCandidate:
    """A feed that was found and read."""

    address: str  # as it is to be written into feeds.yaml
    origin: Origin
    title: str
    format: str
    entries: int
    newest: datetime | None  # None: its entries have no date


@dataclass(frozen=True, slots=True)
class FoundFeeds:
    """What became of looking at a site."""

    candidates: tuple[FeedCandidate, ...] = ()
    asked: int = 0  # addresses
    trouble: str = ""  # the site itself did not respond
    todo: str = ""


@dataclass(frozen=True, slots=True)
class _Named:
    address: str
    origin: Origin


def find(site: str, options: FetchOptions) -> FoundFeeds:
    """Return the feeds of a site, the page's own first, without two of the same content."""
    most = min(options.settings.at_most_megabytes, LARGEST_MEGABYTES)
    settings = replace(options.settings, at_most_megabytes=most)
    return asyncio.run(_find(site.strip(), replace(options, settings=settings)))


async def _find(site: str, options: FetchOptions) -> FoundFeeds:
    reached = ""  # the address at which a server responds
    failure = Failure("is not an address", "Write a domain such as oracle.com, or an address.")
    for address in _ways_to_write(site):
        async with Fetcher(options) as fetcher:
            response = await fetcher.fetch(FeedState(address))
        if isinstance(response, Response):
            reader = _Reader(address, options)
            return await _look_around(response, reader)
        failure = response
        reached = reached or ("" if response.unreachable else address)
    if not reached:
        return FoundFeeds((), 1, failure.what, failure.todo)
    reader = _Reader(reached, options)
    wanted = [_Named(place, "usual place") for place in _usual(reached)]
    await reader.read(wanted)
    found = tuple(reader.in_order())
    if found:
        return FoundFeeds(found, len(wanted) + 1)
    return FoundFeeds((), len(wanted) + 1, failure.what, failure.todo)


async def _look_around(response: Response, reader: _Reader) -> FoundFeeds:
    """Return what a page that answered leads to."""
    given = await reader.parsed(response, _Named(response.address, "given"))
    if given:
        return FoundFeeds((given[1],), 1)
    usual = (_Named(place, "usual place") for place in _usual(response.address))
    first: dict[str, _Named] = {}
    for named in (*_named_by(response), *usual):
        first.setdefault(named.address, named)
    await reader.read(list(first.values()))
    if found := tuple(reader.in_order()):
        return FoundFeeds(found, len(first) + 1)
    if page := await reader.parsed(response, _Named(response.address, "given"), is_page=True):
        return FoundFeeds((page[1],), len(first) + 1)
    pages = list(_pages_of(response))
    await reader.read(pages, are_pages=True)
    best = max(reader.in_order(), key=lambda page: page.entries, default=None)
    asked = len(first) + len(pages) + 1
    return FoundFeeds((best,) if best else (), asked)


def _ways_to_write(site: str) -> tuple[str, ...]:
    """Return the addresses that a user may mean: a bare domain is asked safely first."""
    if "://" in site:
        return (site,) if host_of(site) else ()
    if host_of(f"https://{site}"):
        return (f"https://{site}", f"http://{site}")
    return ()


class _Reader:
    """Reads candidates, a few at a time, and keeps those that are feeds."""

    def __init__(self, site: str, options: FetchOptions) -> None:
        self._site, self._options = site, options
        self.found: dict[int, tuple[str, FeedCandidate]] = {}  # by place: hash of entries, feed

    async def read(self, wanted: Sequence[_Named], *, are_pages: bool = False) -> None:
        """Read them all, or as many as the time allows; pages are those that list articles."""
        queue = list(enumerate(wanted))[::-1]

        async def work() -> None:
            async with Fetcher(self._options) as fetcher:
                while queue:
                    place, named = queue.pop()
                    response = await fetcher.fetch(
                        FeedState(named.address), is_page=are_pages, written=self._site
                    )
                    if isinstance(response, Failure) or not response.body:
                        continue
                    if feed := await self.parsed(response, named, is_page=are_pages):
                        self.found[place] = feed

        try:
            async with asyncio.timeout(LONGEST_SECONDS), asyncio.TaskGroup() as group:
                for _ in range(self._options.settings.at_once_per_host):
                    group.create_task(work())
        except TimeoutError:
            return

    async def parsed(
        self, response: Response, named: _Named, *, is_page: bool = False
    ) -> tuple[str, FeedCandidate] | None:
        """Return the feed in a response, with a hash of its entries; None for anything else."""
        parsed = await asyncio.get_running_loop().run_in_executor(
            None, self._parse, response, named, is_page
        )
        if not parsed.format:
            return None
        if is_page and sum(article.dated != "seen" for article in parsed.articles) < LEAST_DATED:
            return None
        listed = "\n".join(f"{article.title}\t{article.link}" for article in parsed.articles)
        content = hashlib.sha256(listed.encode("utf-8", "replace")).hexdigest()
        dated = [a.published for a in parsed.articles if a.dated == "feed"]
        count, newest = len(parsed.articles), max(dated, default=None)
        return content, FeedCandidate(
            named.address, named.origin, parsed.title, parsed.format, count, newest
        )

    def _parse(self, response: Response, named: _Named, is_page: bool) -> Parsed:
        content, kind = response.body or b"", response.content_type
        body = FeedBody(content, named.address, kind, response.address, is_page=is_page)
        return parse_safely(body, self._options.now, self._options.settings.most_bytes)

    def in_order(self) -> Iterator[FeedCandidate]:
        """Yield the feeds in the order in which they were named; of equal ones the first."""
        seen: set[str] = set()
        for place in sorted(self.found):
            content, candidate = self.found[place]
            if not candidate.entries or content not in seen:
                yield candidate
            seen.add(content)


# ------------------------------------------------------------------------------ where to look


def _usual(page: str) -> Iterator[str]:
    """Yield the usual places on the page's host, and below the page."""
    parts = urlsplit(page)
    path = parts.path.rstrip("/")
    if path and not path.rpartition("/")[2].count("."):
        yield from (urljoin(page, f"{path}/{name}") for name in UNDER)
    yield from (urljoin(page, place) for place in USUAL)


def _named_by(response: Response) -> tuple[_Named, ...]:
    """Return what a page names as feeds: declared ones, then links that look like one."""
    text = decode.to_text(response.body or b"", _charset(response.content_type))[:MOST_CHARACTERS]
    base, declared, linked = _links_in(text, response.address)
    site = site_of(response.address)
    found = [_Named(address, "page") for address in _absolute(declared, base)]
    loose = (
        _Named(address, "link")
        for address in _absolute(linked, base)
        if is_on(address, site)
        and _LOOKS.search(urlsplit(address)._replace(scheme="", netloc="").geturl())
        and not _NO_FEED.search(address)
    )
    distinct = dict.fromkeys(item.address for item in found)
    more = [item for item in loose if item.address not in distinct][:MOST_LINKS]
    both = {item.address: item for item in reversed([*found, *more])}
    return tuple(list(both.values())[::-1][:MOST_NAMED])


def _pages_of(response: Response) -> Iterator[_Named]:
    """Yield where a site may list its news: what its page calls so, else the usual places."""
    text = decode.to_text(response.body or b"", _charset(response.content_type))[:MOST_CHARACTERS]
    base, _, linked = _links_in(text, response.address)
    site = site_of(response.address)
    named = dict.fromkeys(
        address
        for address in _absolute(linked, base)
        if is_on(address, site) and _LISTS_NEWS.search(urlsplit(address).path)
    )
    nearest = sorted(named, key=lambda address: (address.count("/"), len(address)))
    usual = [urljoin(response.address, place) for place in NEWS_PLACES]
    for address in (nearest or usual)[:MOST_PAGES]:
        if address.rstrip("/") != response.address.rstrip("/"):
            yield _Named(address, "link" if nearest else "usual place")


def _links_in(text: str, address: str) -> tuple[str, list[str], list[str]]:
    """Return a page's base address, its declared feeds and its links, as they are written."""
    from bs4 import BeautifulSoup

    # Whole tags only: html.parser takes quadratic time on unclosed ones.
    whole = islice(tags(text, ("base", "link", "a")), MOST_TAGS)
    soup = BeautifulSoup("".join(tag for tag in whole if tag[1] != "/"), "html.parser")
    bases = [str(tag.get("href") or "") for tag in soup.find_all("base", href=True)]
    declared = [
        str(tag.get("href"))
        for tag in soup.find_all("link", href=True)
        if "alternate" in _words(tag.get("rel"))
        and _TYPES.fullmatch(str(tag.get("type") or "").partition(";")[0].strip())
        and not _NO_FEED.search(str(tag.get("href")))
    ]
    linked = [str(tag.get("href")) for tag in soup.find_all("a", href=True)]
    base = links.absolute(bases[0], address) if bases else ""
    return base or address, declared, linked


def _words(value: object) -> list[str]:
    """Return the words of an attribute, which may come as a list."""
    words = value if isinstance(value, list) else str(value or "").split()
    return [str(word).casefold() for word in words]


def _absolute(written: Iterable[str], base: str) -> Iterator[str]:
    for link in written:
        link = re.sub(r"^feed:(?://)?(?=https?:)", "", link.strip(), flags=re.IGNORECASE)
        link = re.sub(r"^feed://", "https://", link, flags=re.IGNORECASE)
        address = links.absolute(link, base).partition("#")[0]
        if address and not named_secrets.may_name(address):
            yield address


def _charset(content_type: str) -> str:
    found = re.search(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", content_type, re.IGNORECASE)
    return found[1] if found else ""
