"""Whether the feeds in feeds.yaml are worth keeping.

    check    requests them now: do they work, and are they about their company?
    stats    what each has brought so far, from the store

Takes the workspace's folder and the clock; stores nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.commands.feeds.listed import named
from pipeline.news.fetch import FetchOptions
from pipeline.news.update import update_feeds
from pipeline.records import (
    Article,
    CompanyProfile,
    Feed,
    FeedState,
    Reading,
    Story,
    Workspace,
)
from pipeline.records.record import dataclass
from pipeline.relevance import companies
from pipeline.relevance.terms import words_of
from pipeline.steps import credentials
from pipeline.steps.opening import read_workspace
from pipeline.store import news, statistics
from pipeline.store.database import looked_into
from pipeline.text.urls import is_on, shown
from pipeline.workspace.lookup import feeds_by_address, pages_of

if TYPE_CHECKING:
    from pipeline.relevance.companies import Names

Progress = Callable[[int, int], None]


# -------------------------------------------------------------- every number, and where it is from

# no border test: in effect no limit, as no article is so old
AGELESS_DAYS = 100 * 366  # looking at a feed, all that it holds is of interest
RECENT_DAYS = 30  # a month of news, as `settings › news › at_most_days` has it
SILENT_DAYS = 60  # without an entry: quarterly blogs exist, but help nobody who waits for an answer
FRUITLESS_DAYS = 60  # without anything that fitted: as long as most waits for an answer
ENOUGH_ARTICLES = 20  # of which not one names the company: then it is no feed about it


# --------------------------------------------------------------------------------------- asked now


@dataclass(frozen=True, slots=True)
class Health:
    """The result of requesting one feed in feeds.yaml."""

    feed: Feed  # the first that has the address
    reading: Reading
    per_day: float | None  # entries; None: fewer than two have a date
    newest: datetime | None
    about: int | None  # entries about the company; None: a topic's feed
    wrong: str = ""  # a sentence
    todo: str = ""

    @property
    def broken(self) -> bool:
        """Return whether it gives nothing at all."""
        return self.reading.outcome == "failed"


def check(
    root: Path, asked: Sequence[str], now: datetime, progress: Progress | None = None
) -> tuple[Health, ...]:
    """Request the feeds in feeds.yaml now, or those named; nothing is stored.

    Raises NotFound for one that is not in feeds.yaml.
    """
    workspace = read_workspace(root)
    settings = workspace.config.settings
    wanted = named(workspace, asked) if asked else feeds_by_address(workspace)
    readings = update_feeds(
        [FeedState(address) for address in wanted],
        FetchOptions(
            replace(settings.news, at_most_days=AGELESS_DAYS),
            settings.contact,
            now,
            secret=credentials.secret,
        ),
        progress=progress,
        pages=pages_of(workspace),
    )
    with looked_into(root) as db:
        company_profiles = news.company_profiles(db)
    of_company = _AboutCompany(workspace, company_profiles)
    return tuple(
        _health(feeds, reading, of_company, now)
        for feeds, reading in zip(wanted.values(), readings, strict=True)
    )


def _health(
    feeds: Sequence[Feed], reading: Reading, of_company: _AboutCompany, now: datetime
) -> Health:
    dated = sorted(a.published for a in reading.articles if a.dated == "feed")
    per_day = None
    if len(dated) > 1:
        days = max((dated[-1] - dated[0]) / timedelta(days=1), 1.0)
        per_day = len(dated) / days
    companies = [feed for feed in feeds if feed.company]
    about = (
        sum(of_company.about(article, feeds) for article in reading.articles) if companies else None
    )
    newest = dated[-1] if dated else None
    wrong, todo = _wrong(feeds, reading, newest, about, now)
    return Health((companies or list(feeds))[0], reading, per_day, newest, about, wrong, todo)


def _wrong(
    feeds: Sequence[Feed],
    reading: Reading,
    newest: datetime | None,
    about: int | None,
    now: datetime,
) -> tuple[str, str]:
    """Return what is wrong with a feed, and what to do about it; empty when all is well."""
    address = shown(feeds[0].address)
    if reading.outcome == "failed":
        problem = next(iter(reading.problems), None)
        what = problem.what if problem else "It could not be reached; your network may be down."
        todo = problem.todo if problem else "Check the connection, then try again."
        if reading.trouble == "web page":
            todo = f"`touchpoints feeds find {address}` looks for the site's feed."
        return what, todo
    if reading.state.moved_to:
        to = shown(reading.state.moved_to)
        return f"It says that it has moved to {to}.", "`touchpoints feeds update` follows it."
    count = len(reading.articles)
    if not count:
        return "It has no entries.", "Wait a few days; if it stays empty, look for another feed."
    if newest and (now - newest).days > SILENT_DAYS:
        days = (now - newest).days
        return (
            f"Its newest entry is {days:,} days old.",
            "Check whether the site has a newer feed; `touchpoints feeds find` helps.",
        )
    if about == 0 and count >= ENOUGH_ARTICLES:
        return (
            f"None of its {count} entries is about the company.",
            "List it under a topic, or add the company's other names to `aliases`.",
        )
    return "", ""


# ------------------------------------------------------------------------------- what they brought


@dataclass(frozen=True, slots=True)
class Worth:
    """What one feed has brought so far, and whether it is worth keeping."""

    address: str
    feeds: tuple[Feed, ...]  # its places in feeds.yaml; empty: no longer listed
    title: str
    figures: statistics.Figures
    about: int | None  # articles about the company; None: a topic's feed
    hint: str = ""


def stats(root: Path, now: datetime) -> tuple[tuple[Worth, ...], statistics.Figures]:
    """Return what each feed has brought, in the order of feeds.yaml, and all together."""
    workspace = read_workspace(root)
    owners = feeds_by_address(workspace)
    since = now - timedelta(days=RECENT_DAYS)
    with looked_into(root) as db:
        states = news.feed_states(db)
        figures = statistics.figures(db, since)
        together = figures.pop("", statistics.Figures())
        of_company = _AboutCompany(workspace, news.company_profiles(db))
        about = dict.fromkeys((a for a, fs in owners.items() if any(f.company for f in fs)), 0)
        for article in news.newest_articles(db):
            if article.feed in about and of_company.about(article, owners[article.feed]):
                about[article.feed] += 1
    former = sorted(address for address in figures if address not in owners)
    return tuple(
        _worth(
            owners.get(address, ()),
            states.get(address) or FeedState(address),
            figures.get(address) or statistics.Figures(),
            about.get(address),
            now,
        )
        for address in (*owners, *former)
    ), together


def _worth(
    feeds: tuple[Feed, ...],
    state: FeedState,
    figures: statistics.Figures,
    about: int | None,
    now: datetime,
) -> Worth:
    hint = _hint(feeds, state, figures, about, now)
    return Worth(state.address, feeds, state.title, figures, about, hint)


def _hint(
    feeds: Sequence[Feed],
    state: FeedState,
    figures: statistics.Figures,
    about: int | None,
    now: datetime,
) -> str:
    """Return why a feed may not be worth keeping, in a few words; empty when it is."""

    def days(since: datetime) -> int:
        return (now - since).days

    if not feeds:
        return "no longer in feeds.yaml"
    if state.checked is None:
        return "not read yet: `touchpoints run` reads it"
    if state.failing_since:
        return f"failing since {state.failing_since.date().isoformat()}"
    if figures.newest is None:
        return "has brought nothing so far"
    if days(figures.newest) > SILENT_DAYS:
        return f"silent for {days(figures.newest)} days"
    if about == 0 and figures.articles >= ENOUGH_ARTICLES:
        return "never about the company"
    is_old = figures.first_seen is not None and days(figures.first_seen) >= FRUITLESS_DAYS
    last = figures.last_suggested
    if is_old and not figures.fits and (last is None or days(last) >= FRUITLESS_DAYS):
        return f"nothing fitted in {FRUITLESS_DAYS} days"
    return ""


# ----------------------------------------------------------------------------- about their company


class _AboutCompany:
    """Decides which articles are about the company for which their feed is listed."""

    def __init__(
        self, workspace: Workspace, company_profiles: Mapping[str, CompanyProfile]
    ) -> None:
        self._companies = {company.slug: company for company in workspace.config.companies}
        self._profiles = company_profiles
        self._names: dict[str, Names] = {}

    def about(self, article: Article, feeds: Sequence[Feed]) -> bool:
        """Return whether an article is about a company for which one of these feeds is listed."""
        return any(feed.company and self._is_about(article, feed) for feed in feeds)

    def _is_about(self, article: Article, feed: Feed) -> bool:
        company_profile = self._profiles.get(feed.company)
        learned = company_profile.own_feeds if company_profile else ()
        website = self._companies[feed.company].website
        if feed.own or feed.address in learned or is_on(article.link, website):
            return True
        if feed.company not in self._names:
            usage = company_profile.usage if company_profile else ()
            self._names[feed.company] = companies.prepare(self._companies[feed.company], usage)
        names = self._names[feed.company]
        if not companies.is_named(names, article):
            return False
        words = frozenset(words_of(companies.text_of(article)))
        story = Story(article.id, article)
        return companies.find(names, story, words, listed=1.0, own=False).about == "about"
