"""The feeds are asked, and what they say is kept: the store with `news/`.

    read_news     a feed's state and its articles together, some feeds in one transaction
    due_feeds     which feeds on the web a run would ask now
    read_pages    full texts of stories that fit, where that is wanted

Whom to ask, when and how is decided in `news/`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from pipeline.news import polling
from pipeline.records import Feed, FeedState, Problem, Reading, ReadNews
from pipeline.steps import credentials
from pipeline.steps.job import Job
from pipeline.store import candidate, database, news
from pipeline.text.urls import shown, without_password
from pipeline.workspace.lookup import feeds_by_address, pages_of

if TYPE_CHECKING:
    from pipeline.steps.matching import Found

# no border test: speed only
KEPT_AT_ONCE = 1_000  # articles in one transaction: 2 MB of memory, and a commit each second


def read_news(job: Job) -> ReadNews:
    """Ask the feeds and keep what they say.

    A feed's state is kept together with its articles, some feeds at a time.
    """
    settings = job.workspace.config.settings
    owners = feeds_by_address(job.workspace)
    known = _followed(job.db, owners)
    keeper = _Keeper(job.db, owners, known, job.now)
    readings = _asked(job, [known.get(a) or FeedState(a) for a in owners], keeper)
    keeper.write()
    same = {id(state) for state in (*keeper.states, *known.values())}
    with database.atomic(job.db):
        news.keep_feed_states(job.db, (r.state for r in readings if id(r.state) not in same))
        in_use = candidate.stories_in_use(candidate.load_history(job.db))
        news.forget_articles(job.db, job.now - timedelta(days=settings.news.keep_days), in_use)
    job.log.add_all("feed asked", _log_rows(readings))
    named, states = _troubles_to_name(job, readings)
    return ReadNews(readings, keeper.articles, named, states)


def due_feeds(job: Job) -> tuple[FeedState, ...]:
    """Return the feeds on the web that a run would ask now."""
    owners = feeds_by_address(job.workspace)
    known, settings = _followed(job.db, owners), job.workspace.config.settings.news
    states = (polling.forget_future(known.get(a) or FeedState(a), job.now) for a in owners)
    return tuple(
        s for s in states if "://" in s.address and not polling.rests(s, job.now, settings)
    )


def _asked(job: Job, states: Sequence[FeedState], keeper: _Keeper) -> tuple[Reading, ...]:
    """Return a reading of each feed; where none is due, nothing that asks is loaded."""
    settings = job.workspace.config.settings
    whole = [polling.forget_future(state, job.now) for state in states]
    if not job.options.ask_all and all(polling.rests(s, job.now, settings.news) for s in whole):
        return tuple(Reading(state, "resting") for state in whole)
    from pipeline.news.fetch import FetchOptions
    from pipeline.news.update import update_feeds

    source = job.options.source  # which nobody needs to spare
    how = replace(settings.news, pause_seconds=0.0) if source else settings.news
    return update_feeds(
        states,
        FetchOptions(how, settings.contact, job.now, secret=credentials.secret, source=source),
        ask_all=job.options.ask_all,
        progress=partial(job.progress, "Reading the feeds") if job.progress else None,
        keep=keeper.keep,
        pages=pages_of(job.workspace),
    )


def _followed(
    db: sqlite3.Connection, owners: Mapping[str, Sequence[Feed]]
) -> Mapping[str, FeedState]:
    """Return what is known of each address; a feed that moved takes its past along.

    So it does when the user wrote its new address into feeds.yaml by hand, and when
    `feeds update` was stopped between the file and the database.
    """
    known = news.feed_states(db)
    new = [address for address in owners if address not in known]
    moved = {s.moved_to: a for a, s in known.items() if s.moved_to and a not in owners}
    found = [(moved[plain], a) for a in new if (plain := without_password(a)) in moved]
    if not found:
        return known
    with database.atomic(db):
        for old, address in found:
            news.rename_feed(db, old, address)
    return news.feed_states(db)


class _Keeper:
    """Keeps readings as they come: some feeds in one transaction, each with its articles."""

    def __init__(
        self,
        db: sqlite3.Connection,
        owners: Mapping[str, Sequence[Feed]],
        known: Mapping[str, FeedState],
        now: datetime,
    ) -> None:
        self._db = db
        self._owners = owners
        self._read_before = {address for address, state in known.items() if state.content_hash}
        self._today = now.date()
        self._waiting: list[Reading] = []
        self.articles = 0
        self.states: list[FeedState] = []

    @cached_property
    def _taken(self) -> Mapping[str, int]:
        return news.taken_on(self._db, self._today)

    def keep(self, reading: Reading) -> Reading:
        """Take a reading, within its feed's share of a day; return what was taken."""
        reading = self._within_budget(reading)
        self._waiting.append(reading)
        if sum(len(reading.articles) for reading in self._waiting) >= KEPT_AT_ONCE:
            self.write()
        return reading

    def _within_budget(self, reading: Reading) -> Reading:
        from pipeline.news import budget

        address = reading.state.address
        taken = self._taken.get(address, 0)
        if taken + len(reading.articles) <= budget.A_DAY:
            return reading
        earlier, known = news.arrivals(self._db, address, self._today)
        if address not in self._read_before:  # or its articles were lost with the database
            earlier = []
        return budget.within(reading, known, max(budget.allowed(earlier) - taken, 0))

    def write(self) -> None:
        if not self._waiting:
            return
        from pipeline.news.keyword_filter import wanted

        fresh = [
            article
            for reading in self._waiting
            for article in reading.articles
            if wanted(article, self._owners[article.feed])
        ]
        states = [reading.state for reading in self._waiting]
        with database.atomic(self._db):
            news.keep_feed_states(self._db, states)
            news.keep_articles(self._db, fresh)
        self.articles += sum(len(reading.articles) for reading in self._waiting)
        self.states += states
        self._waiting = []


def read_pages(job: Job, matches: Found) -> bool:
    """Read the pages of articles that lead a story which fits, but of which little is known.

    Returns whether there were any. A fleet reads none: each article's site would be asked by
    everybody whom it interests.
    """
    if job.options.source:
        return False
    from pipeline.news import full_text
    from pipeline.news.fetch import FetchOptions

    settings = job.workspace.config.settings
    if not full_text.is_installed():
        return False
    found = [match for group in matches.values() for match in group if match.shown]
    found.sort(key=lambda match: (-match.score, match.story.id))
    leads = {match.story.lead.id: match.story.lead for match in found}
    wanted = [article for article in leads.values() if full_text.is_wanted(article)]
    pages = full_text.read_pages(
        wanted[: settings.news.full_text_at_most],
        FetchOptions(settings.news, settings.contact, job.now, secret=credentials.secret),
    )
    with database.atomic(job.db):
        news.keep_pages(job.db, pages)
    return bool(pages)


def _troubles_to_name(
    job: Job, readings: Sequence[Reading]
) -> tuple[tuple[Problem, ...], tuple[FeedState, ...]]:
    """Return the feeds' troubles that belong on today's page, and the states that note it."""
    from pipeline.news import health
    from pipeline.news.feed_words import OWN_NETWORK

    settings = job.workspace.config.settings.news
    ours = tuple(problem for problem in troubles(readings) if problem.where == OWN_NETWORK)
    if settings.full_text:
        from pipeline.news import full_text

        ours = ours if full_text.is_installed() else (*ours, full_text.MISSING)
    states = [reading.state for reading in readings]
    named, after = health.to_name(
        states, partial(news.published_by, job.db), settings, job.now, job.today
    )
    return (*ours, *health.together(named)), after


def troubles(readings: Sequence[Reading]) -> tuple[Problem, ...]:
    """Return what went wrong with feeds, and since when."""
    found = [
        replace(problem, since=reading.state.failing_since)
        for reading in readings
        for problem in reading.problems
    ]
    return tuple(dict.fromkeys(found))


def _log_rows(readings: Sequence[Reading]) -> Iterator[dict[str, Any]]:
    """Yield for each feed that was asked what the log says of it."""
    for reading in readings:
        if reading.outcome != "resting":
            yield {
                "feed": shown(reading.state.address),
                "outcome": reading.outcome,
                "articles": len(reading.articles),
                "refused": len(reading.refused),
                "why": " ".join(problem.what for problem in reading.problems),
            }
