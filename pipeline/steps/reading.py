"""The feeds are asked, and what they say is kept: the store with `news/`.

    read_news           a feed's state and its articles together, some feeds in one transaction
    read_pages          full texts of stories that fit, where that is wanted
    troubles_to_name    which feeds' troubles belong on today's page
    told                what the log says of each feed

Whom to ask, when and how is decided in `news/`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from pipeline.records import Feed, FeedState, Problem, Reading, Workspace
from pipeline.steps.scoring import matches_of_today
from pipeline.store import candidate, database, news
from pipeline.text.calendar import day_in
from pipeline.text.urls import shown, without_password
from pipeline.workspace.lookup import feeds_by_address, own_zone

Progress = Callable[[str, int, int], None]  # what, done, of how many

KEPT_AT_ONCE = 1_000  # articles in one transaction: 2 MB of memory, and a commit each second


def read_news(
    db: sqlite3.Connection,
    workspace: Workspace,
    now: datetime,
    *,
    ask_all: bool = False,
    progress: Progress | None = None,
) -> tuple[tuple[Reading, ...], int]:
    """Ask the feeds and keep what they say; return the readings, and how many articles they held.

    A feed's state is kept together with its articles, some feeds at a time.
    """
    from pipeline.news.update import update_feeds

    settings = workspace.config.settings
    owners = feeds_by_address(workspace)
    known = _followed(db, owners)
    states = [known.get(address) or FeedState(address) for address in owners]
    keeper = _Keeper(db, owners)
    readings = update_feeds(
        states,
        settings.news,
        contact=settings.contact,
        now=now,
        ask_all=ask_all,
        progress=(lambda done, total: progress("Reading the feeds", done, total))
        if progress
        else None,
        keep=keeper.keep,
    )
    keeper.write()
    same = {id(state) for state in (*keeper.states, *known.values())}
    with database.atomic(db):
        news.keep_feed_states(db, (r.state for r in readings if id(r.state) not in same))
        in_use = candidate.stories_in_use(candidate.load_history(db))
        news.forget_articles(db, now - timedelta(days=settings.news.keep_days), in_use)
    return readings, keeper.articles


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

    def __init__(self, db: sqlite3.Connection, owners: Mapping[str, Sequence[Feed]]) -> None:
        self._db = db
        self._owners = owners
        self._waiting: list[Reading] = []
        self.articles = 0
        self.states: list[FeedState] = []

    def keep(self, reading: Reading) -> None:
        self._waiting.append(reading)
        if sum(len(reading.articles) for reading in self._waiting) >= KEPT_AT_ONCE:
            self.write()

    def write(self) -> None:
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


def read_pages(db: sqlite3.Connection, workspace: Workspace, now: datetime) -> None:
    """Read the pages of articles that lead a story which fits, but of which little is known."""
    from pipeline.news import full_text

    settings = workspace.config.settings
    if not full_text.is_installed():
        return
    found = [m for group in matches_of_today(db, workspace, now).values() for m in group if m.shown]
    found.sort(key=lambda match: (-match.score, match.story.id))
    leads = {match.story.lead.id: match.story.lead for match in found}
    wanted = [article for article in leads.values() if full_text.is_wanted(article)]
    pages = full_text.read_pages(
        wanted[: settings.news.full_text_at_most],
        settings.news,
        contact=settings.contact,
        now=now,
    )
    with database.atomic(db):
        news.keep_pages(db, pages)


def troubles_to_name(
    db: sqlite3.Connection, workspace: Workspace, readings: Sequence[Reading], now: datetime
) -> tuple[tuple[Problem, ...], tuple[FeedState, ...]]:
    """Return the feeds' troubles that belong on today's page, and the states that note it."""
    from pipeline.news import health
    from pipeline.news.update import OWN_NETWORK

    ours = tuple(problem for problem in troubles(readings) if problem.where == OWN_NETWORK)
    if workspace.config.settings.news.full_text:
        from pipeline.news import full_text

        ours = ours if full_text.is_installed() else (*ours, full_text.MISSING)
    named, told = health.to_name(
        [reading.state for reading in readings],
        partial(news.published_by, db),
        workspace.config.settings.news,
        now,
        day_in(own_zone(workspace), now),
    )
    return (*ours, *named), told


def troubles(readings: Sequence[Reading]) -> tuple[Problem, ...]:
    """Return what went wrong with feeds, and since when."""
    found = [
        replace(problem, since=reading.state.failing_since)
        for reading in readings
        for problem in reading.problems
    ]
    return tuple(dict.fromkeys(found))


def told(readings: Sequence[Reading]) -> Iterator[dict[str, Any]]:
    """Give for each feed that was asked what the log says of it."""
    for reading in readings:
        if reading.outcome != "resting":
            yield {
                "feed": shown(reading.state.address),
                "outcome": reading.outcome,
                "articles": len(reading.articles),
                "refused": len(reading.refused),
                "why": " ".join(problem.what for problem in reading.problems),
            }
