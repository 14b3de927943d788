"""Feeds looked into before they are listed: what they would give, and where a site has them.

Asks them now; nothing is stored.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.news.discover import find as discover
from pipeline.news.fetch import FetchOptions
from pipeline.news.update import preview as look
from pipeline.records import Company, Feed, Match, Reading, Settings, Story, Workspace
from pipeline.steps import credentials
from pipeline.steps.learning import knowledge
from pipeline.steps.matching import Scorer, oldest, preferences_of, valued
from pipeline.steps.opening import workspace_or_none
from pipeline.store import candidate
from pipeline.store.database import looked_into
from pipeline.text.urls import is_on
from pipeline.workspace.lookup import feeds_by_address, pages_of

if TYPE_CHECKING:
    from pipeline.news.discover import FoundFeeds

PAGES = ("page", "sitemap")  # formats of what is no feed, and is written as `page:`


def preview(
    root: Path | None, sources: Sequence[str], now: datetime
) -> Iterator[tuple[str, Reading, Mapping[str, tuple[Match, ...]]]]:
    """Yield for each address or file what it holds, and each article's matches by its id.

    Without a workspace, or one without interviews, there are no matches.
    """
    workspace = workspace_or_none(root)
    options = _options(workspace, now)
    pages = pages_of(workspace) if workspace else frozenset()
    readings = [_looked(source, options, pages) for source in sources]
    found = _scored(workspace, readings, now) if workspace and workspace.interviews else {}
    for source, reading in zip(sources, readings, strict=True):
        yield source, reading, {a.id: found[a.id] for a in reading.articles if a.id in found}


def _looked(source: str, options: FetchOptions, pages: frozenset[str]) -> Reading:
    """Return what a source holds; a web page is read as one that lists articles, if it does."""
    reading = look(source, options, is_page=source in pages)
    if reading.trouble != "web page":
        return reading
    as_page = look(source, options, is_page=True)
    return as_page if as_page.articles else reading


def _scored(
    workspace: Workspace, readings: Sequence[Reading], now: datetime
) -> dict[str, tuple[Match, ...]]:
    """Return the matches of each article, as a run would make them were the feed listed."""
    articles = [article for reading in readings for article in reading.articles]
    if not articles:
        return {}
    workspace = _listing(workspace, [reading.state.address for reading in readings])
    since = oldest(workspace, now)
    with looked_into(Path(workspace.root)) as db:
        past, learned = candidate.load_history(db), knowledge(db, workspace, now, articles)
        scorer = Scorer(workspace, workspace.interviews, learned, past)
        preferences = preferences_of(past, candidate.forgotten(db))
        found = {}
        for article in articles:
            matches = valued(
                workspace, scorer.matches(Story(article.id, article)), preferences, now
            )
            found[article.id] = tuple(
                match if article.published >= since else _too_old(match) for match in matches
            )
        return found


def _too_old(match: Match) -> Match:
    return replace(match, shown=False, reason="too old to send") if match.shown else match


def _listing(workspace: Workspace, addresses: Sequence[str]) -> Workspace:
    """Return the workspace with these feeds listed for the company on whose website they are."""
    known = feeds_by_address(workspace)
    new = [address for address in addresses if address not in known]

    def listed(company: Company) -> Company:
        own = (Feed(a, company=company.slug, own=True) for a in new if is_on(a, company.website))
        return replace(company, feeds=(*company.feeds, *own))

    companies = tuple(map(listed, workspace.config.companies))
    return replace(workspace, config=replace(workspace.config, companies=companies))


def find(root: Path | None, site: str, now: datetime) -> tuple[FoundFeeds, tuple[Feed, ...]]:
    """Return the feeds of a site, and those of feeds.yaml."""
    workspace = workspace_or_none(root)
    found = discover(site, _options(workspace, now))
    return found, workspace.config.feeds if workspace else ()


def _options(workspace: Workspace | None, now: datetime) -> FetchOptions:
    settings = workspace.config.settings if workspace else Settings()
    return FetchOptions(settings.news, settings.contact, now, secret=credentials.secret)


def options_of(root: Path, now: datetime) -> FetchOptions:
    """Return how this workspace asks its feeds."""
    return _options(workspace_or_none(root), now)


def company_at(root: Path | None, address: str) -> str:
    """Return the company whose website an address is on, or ""."""
    workspace = workspace_or_none(root)
    companies = workspace.config.companies if workspace else ()
    return next((company.slug for company in companies if is_on(address, company.website)), "")
