"""The full text of articles whose feed gives only a title or a line, from their own pages.

    robots   whether the site wants its pages read by programs    (Protego)
    fetch    the page, within the limits of a feed                 -> Response or Failure
    extract  the article in it, in a process of its own            (trafilatura)
    full_text  what that means for the article                     -> Page

Takes articles; returns what each one's page held. Pages are requested only for articles that the
caller has found worth it, and only if the user has switched it on: these requests go to the
articles' sites, not to those of the feeds. The run chooses the articles, and the store keeps the
texts.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pipeline.news import sandbox
from pipeline.news.failures import Failure
from pipeline.news.fetch import Fetcher, FetchOptions, Response
from pipeline.news.host_scheduler import HostScheduler
from pipeline.records import Article, FeedState, Outcome, Page, Problem
from pipeline.records.record import dataclass
from pipeline.text.urls import host_of

if TYPE_CHECKING:
    from protego import Protego

SHORT = 300  # characters: a teaser; the median summary of 11,116 has 151, the 90th percentile 668
# no border test: far beyond real values
LARGEST_PAGE = 3_000_000  # bytes; the page of an article has some 300,000
# no border test: far beyond real values
LARGEST_ROBOTS = 500_000  # bytes that a crawler must read at least (RFC 9309, 2.5)
LONGEST_LINK = 2_000  # characters; no border test: far beyond real values
SECONDS_TO_START, SECONDS_EACH = 5.0, 3.0  # of extracting; a page of 300 kB takes 0.05
NAME = "touchpoints"  # our name in robots.txt
# Pages that show no article without a script: a request would be useless.
_ONLY_WITH_SCRIPT = frozenset(("news.google.com",))
_PAYWALL = frozenset((401, 402))
_REFUSED = frozenset((403, 451))
SETTING = "settings › news › full_text"
MISSING = Problem(
    "news",
    "feeds.yaml",
    f"{SETTING} is on, but what reads articles' pages is not installed.",
    "Install it with: pip install 'touchpoints[fulltext]'. Until then feeds' own texts are used.",
    path=SETTING.removeprefix("settings › "),
    level="warning",
)


@dataclass(frozen=True, slots=True)
class _Body:
    """A page's bytes, on their way to be read."""

    article: Article
    content: bytes


def is_installed() -> bool:
    """Return whether `touchpoints[fulltext]` is there."""
    return find_spec("trafilatura") is not None and find_spec("protego") is not None


def is_wanted(article: Article) -> bool:
    """Return whether an article's page may say more than its feed did, and was not asked before."""
    return (
        article.page == ""
        and len(article.text) < SHORT
        and 0 < len(article.link) <= LONGEST_LINK
        and host_of(article.link) not in _ONLY_WITH_SCRIPT
    )


def read_pages(articles: Sequence[Article], options: FetchOptions) -> tuple[Page, ...]:
    """Return what the pages of these articles held, in no certain order.

    Nothing is returned of a page that could not be reached at all, and of those after one that
    keeps the extractor busy: they may be requested again.
    """
    pages, bodies = asyncio.run(_Round(options).ask(articles))
    return (*pages, *_extracted(bodies))


class _Round:
    """One round of asking for pages: as with feeds, few at a time from one host."""

    def __init__(self, options: FetchOptions) -> None:
        self._settings, self._options = options.settings, options
        self._robots: dict[str, asyncio.Future[Protego | Failure]] = {}
        self._pages: list[Page] = []
        self._bodies: list[_Body] = []

    async def ask(self, articles: Sequence[Article]) -> tuple[list[Page], list[_Body]]:
        one_each = {article.link: article for article in articles}
        queued = [(n, FeedState(link)) for n, link in enumerate(one_each)]
        scheduler = HostScheduler(queued, self._settings)
        async with asyncio.TaskGroup() as group:
            for _ in range(min(self._settings.at_once, len(queued))):
                group.create_task(self._work(scheduler, one_each))
        return self._pages, self._bodies

    async def _work(self, scheduler: HostScheduler, articles: dict[str, Article]) -> None:
        async with Fetcher(self._options) as fetcher:
            while taken := await scheduler.take():
                _, place = taken
                try:
                    await self._ask(articles[place.address], fetcher)
                finally:
                    scheduler.done(place.address)

    async def _ask(self, article: Article, fetcher: Fetcher) -> None:
        robots = await self._robots_of(article, fetcher)
        if isinstance(robots, Failure):
            if not robots.unreachable:
                self._pages.append(Page(article.id, "failed"))
            return
        if not robots.can_fetch(article.link, NAME):
            self._pages.append(Page(article.id, "refused"))
            return
        response = await fetcher.fetch_page(article.link, for_feed=article.feed)
        if isinstance(response, Failure):
            if not response.unreachable:
                self._pages.append(Page(article.id, _outcome_of(response)))
        elif response.body is None or len(response.body) > LARGEST_PAGE or not _is_page(response):
            self._pages.append(Page(article.id, "failed"))
        else:
            self._bodies.append(_Body(article, response.body))

    async def _robots_of(self, article: Article, fetcher: Fetcher) -> Protego | Failure:
        """Return a site's robots.txt, fetched once; a failure where nothing may be read."""
        parts = urlsplit(article.link)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._robots:
            self._robots[site] = asyncio.get_running_loop().create_future()
            response = await fetcher.fetch_page(f"{site}/robots.txt", for_feed=article.feed)
            self._robots[site].set_result(_rules(response))
        return await self._robots[site]


def _rules(response: Response | Failure) -> Protego | Failure:
    """Return the rules in a response: none where there is no file, a failure of a site in need.

    As RFC 9309 has it (2.3.1.3 and 2.3.1.4): a file that is "unavailable" (4xx) forbids nothing, a
    site that cannot respond (5xx, no connection) is not to be asked for more.
    """
    from protego import Protego

    if isinstance(response, Failure):
        has_none = 400 <= response.status < 500 and response.status != 429
        return Protego.parse("") if has_none else response
    text = (response.body or b"")[:LARGEST_ROBOTS].decode("utf-8", "replace")
    return Protego.parse(text)


def _outcome_of(failure: Failure) -> Outcome:
    if failure.status in _PAYWALL:
        return "paywalled"
    return "refused" if failure.status in _REFUSED else "failed"


def _is_page(response: Response) -> bool:
    return "html" in response.content_type.lower() or not response.content_type


def _extracted(bodies: Sequence[_Body]) -> tuple[Page, ...]:
    """Return what is in the pages, read one after another in a process of its own."""
    if not bodies:
        return ()
    heads = [
        {
            "id": body.article.id,
            "link": body.article.link,
            "title": body.article.title,
            "bytes": len(body.content),
        }
        for body in bodies
    ]
    request = json.dumps(heads).encode() + b"\n" + b"".join(body.content for body in bodies)
    seconds = SECONDS_TO_START + SECONDS_EACH * len(bodies)
    result = sandbox.run_worker("pipeline.news.extract", request, seconds)
    lines = [line for line in result.output.split(b"\n")[:-1] if line]
    pages = [Page(**json.loads(line)) for line in lines]
    if result.trouble and len(pages) < len(bodies):
        pages.append(Page(bodies[len(pages)].article.id, "failed"))  # the one that was too much
    return tuple(pages)
