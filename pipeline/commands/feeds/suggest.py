"""`feeds suggest`: feeds for the note lines that none meets, and a first look at a company's own.

Nothing is asked but what the user has just accepted, or has in feeds.yaml. What the user answers is
written into feeds.yaml; a line for which they refused all is remembered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from urllib.parse import quote_plus

from pipeline.commands.feeds.edit import read_feeds, write_feeds
from pipeline.commands.feeds.listed import owner_of
from pipeline.commands.feeds.look import PAGES, find, options_of
from pipeline.news.update import preview
from pipeline.records import Article, Company, Feed, Proposal
from pipeline.records.record import dataclass
from pipeline.relevance import short_names
from pipeline.steps import suggesting
from pipeline.steps.opening import read_workspace
from pipeline.store import news
from pipeline.store.database import looked_into, opened
from pipeline.workspace import edit, searches
from pipeline.workspace.lookup import company_of, slug_of

MOST_TITLES = 5  # of a first reading
MOST_FEEDS = 3  # proposed for one line: more are a flood before the first page


@dataclass(frozen=True, slots=True)
class FirstReading:
    """What a source has now: its newest titles, or why it has none."""

    feed: Feed
    title: str
    articles: tuple[Article, ...]  # all of them, newest first
    trouble: str = ""  # a sentence

    @property
    def titles(self) -> tuple[str, ...]:
        """The newest titles."""
        return tuple(article.title for article in self.articles[:MOST_TITLES])


def proposed(root: Path, company: str = "") -> tuple[Proposal, ...]:
    """Return what could be read for each note line that nothing meets.

    Raises NotFound for an unknown company.
    """
    workspace = read_workspace(root)
    slug = company_of(workspace, company).slug if company else ""
    return suggesting.proposed(workspace, slug)


def refuse(root: Path, refused: Iterable[Proposal]) -> None:
    """Remember that nothing is to be read for these lines: they are not asked about again."""
    with opened(root) as db:
        suggesting.refuse(db, (proposal.line for proposal in refused))


def feeds_for(proposal: Proposal) -> tuple[Feed, ...]:
    """Return the feeds of the catalogue for a line, as feeds of a topic: its language's first."""
    if proposal.subject is None:
        return ()
    spoken = {"german": "de", "french": "fr", "spanish": "es"}
    own = spoken.get(proposal.language, "en")
    wanted = sorted(proposal.subject.feeds, key=lambda feed: feed.language != own)
    good = [feed for feed in wanted if feed.language in (own, "en")]
    return tuple(Feed(feed.address, topic=proposal.subject.name) for feed in good[:MOST_FEEDS])


def search_for(root: Path, proposal: Proposal) -> Feed | None:
    """Return a search at Google News by the line's own words, as a feed of a topic named so.

    None where the line has no words that are good enough.
    """
    if not proposal.search:
        return None
    workspace = read_workspace(root)
    talk = next(one for one in workspace.interviews if one.file == proposal.line.file)
    company = company_of(workspace, talk.company)
    country = searches.edition_of(company, workspace.config.settings)
    address = searches.google(country, quote_plus(proposal.search))
    return Feed(address, topic=slug_of(proposal.search) or "search")


def unread(root: Path, company: str = "") -> tuple[tuple[Company, tuple[Feed, ...]], ...]:
    """Return the companies' sources that no run has read yet."""
    workspace = read_workspace(root)
    slug = company_of(workspace, company).slug if company else ""
    with looked_into(root) as db:
        known = news.feed_states(db)
    found = []
    for one in workspace.config.companies:
        feeds = tuple(feed for feed in one.feeds if feed.address not in known)
        if feeds and slug in ("", one.slug):
            found.append((one, feeds))
    return tuple(found)


def of_websites(
    root: Path, company: str, now: datetime
) -> Iterator[tuple[Company, Feed | None, str]]:
    """Yield what the websites of companies without a feed of their own have: a feed, else a page.

    Else None, and why the site could not be asked. The address is one that the user wrote.
    """
    workspace = read_workspace(root)
    slug = company_of(workspace, company).slug if company else ""
    for one in workspace.config.companies:
        if one.website and slug in ("", one.slug) and not any(feed.own for feed in one.feeds):
            found, _ = find(root, one.website, now)
            best = next((item for item in found.candidates if item.entries), None)
            is_page = best is not None and best.format in PAGES
            feed = Feed(best.address, company=one.slug, page=is_page) if best else None
            yield one, feed, found.trouble


def only_searched(root: Path, company: str = "") -> tuple[Company, ...]:
    """Return the companies that have no feed, but for searches by their name."""
    workspace = read_workspace(root)
    slug = company_of(workspace, company).slug if company else ""
    return tuple(
        one
        for one in workspace.config.companies
        if slug in ("", one.slug) and all(feed.search for feed in one.feeds)
    )


def first_reading(root: Path, feed: Feed, now: datetime) -> FirstReading:
    """Ask a source now, and return what it has."""
    reading = preview(feed.address, options_of(root, now), is_page=feed.page)
    newest = sorted(reading.articles, key=lambda article: article.published, reverse=True)
    trouble = next((problem.what for problem in reading.problems), "")
    if not newest and not trouble:
        trouble = "It has no entries now."
    return FirstReading(feed, reading.state.title, tuple(newest), trouble)


def short_form(company: Company, articles: Sequence[Article]) -> str:
    """Return the name that the titles use, where none of them uses one that is known; else ""."""
    found = short_names.proposed(company, articles)
    return found.form if found else ""


def add(root: Path, feeds: Sequence[Feed]) -> tuple[Feed, ...]:
    """Write the feeds that are not listed yet for their company or topic; return these."""
    listed = {(*owner_of(feed), feed.address) for feed in read_workspace(root).config.feeds}
    new = tuple(feed for feed in feeds if (*owner_of(feed), feed.address) not in listed)
    if new:
        write_feeds(root, edit.add_feeds(read_feeds(root), root, new))
    return new


def tell_company(root: Path, company: str, key: edit.NameList, words: Sequence[str]) -> bool:
    """Add words to a company's `aliases`, `not` or `industry`; return whether any was new.

    Raises NotFound for an unknown company, CannotEdit where the file has to be changed by hand.
    """
    slug = company_of(read_workspace(root), company).slug
    text = read_feeds(root)
    changed = edit.add_words(text, root, slug, key, words)
    if changed != text:
        write_feeds(root, changed)
    return changed != text
