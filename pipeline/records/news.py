"""What the feeds and the pages of their articles said."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Literal

from pipeline.records.problems import Problem
from pipeline.records.record import dataclass


@dataclass(frozen=True, slots=True)
class FeedState:
    """What is remembered of an address from one run to the next."""

    address: str
    title: str = ""
    etag: str = ""  # exactly as received, sent back unchanged
    last_modified: str = ""  # the same
    content_hash: str = ""  # of the body last parsed: the same bytes are not parsed again
    checked: datetime | None = None  # last time it was asked
    worked: datetime | None = None  # last time it answered well
    failures: int = 0  # in a row
    failing_since: datetime | None = None
    error: str = ""  # the last failure, a sentence
    todo: str = ""  # what the user can do about it
    due: datetime | None = None  # not to be asked before then
    moved_to: str = ""  # where permanent redirects (301, 308) led, the last times
    moved_times: int = 0  # how many times in a row they led there
    moved_since: datetime | None = None
    gone_since: datetime | None = None  # its owner says so (410)
    told: str = ""  # the trouble that the page named last, after the day when it did
    hints: str = ""  # how often, and when not, it asks to be read; see news/polling.py
    newest: datetime | None = None  # its newest entry so far
    known_as: str = ""  # the address by which its entries got their ids, where it has moved since
    first_dates: str = ""  # of the entries it showed last; see news/first_dates.py

    def read_anew(self) -> FeedState:
        """Return the state in which a feed is asked at once, and for all that it has."""
        return replace(self, etag="", last_modified="", content_hash="", due=None)


# Of a page: it was read; is for paying readers; its site refuses programs; gave no article.
Outcome = Literal["read", "paywalled", "refused", "failed"]
# Why a feed's body gives no articles; "" where it does.
Trouble = Literal[
    "",
    "empty",
    "web page",
    "no articles",
    "unknown format",
    "unread entries",
    "too large",
    "broken encoding",
    "too slow",
    "too much memory",
]


@dataclass(frozen=True, slots=True)
class Article:
    """One entry of a feed, cleaned to plain text."""

    id: str  # stable: from the feed's address and the entry's guid, else link, else content
    feed: str  # the feed's address
    title: str
    link: str  # http(s), without redirector and tracking; may be empty
    canonical: str  # the link for comparing: no fragment, "www." or last slash, too; may be empty
    text: str
    published: datetime
    dated: Literal["feed", "link", "seen"]  # where `published` comes from; a link: /2026/11/24/
    seen: datetime  # first time it was read
    source: str = ""  # the publisher
    author: str = ""
    guid: str = ""
    page: Literal["", Outcome] = ""  # what its page gave when it was asked for the full text


@dataclass(frozen=True, slots=True)
class Page:
    """What an article's own page held."""

    article: str  # Article.id
    outcome: Outcome
    text: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of asking one feed: its new state, what it held, what went wrong."""

    state: FeedState
    outcome: Literal["new", "same", "failed", "resting"]  # resting: not due, not asked
    format: str = ""  # "rss20", "atom10", "json", ...
    articles: tuple[Article, ...] = ()
    refused: tuple[str, ...] = ()  # why entries were left out, a reason each
    problems: tuple[Problem, ...] = ()
    trouble: Trouble = ""


@dataclass(frozen=True, slots=True)
class ReadNews:
    """What became of every feed in one run."""

    readings: tuple[Reading, ...]
    articles: int  # how many the feeds held
    named: tuple[Problem, ...]  # the feeds' troubles that belong on today's page
    states: tuple[FeedState, ...]  # which note that they were named, once the page is there
