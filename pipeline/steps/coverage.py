"""What the feeds cannot bring, for the page, `check` and `doctor`: said once, and again after a
month.

    named        articles came, and none names the company           (naming.py)
    lines        a note line that no feed can meet, with a proposal  (suggesting.py)
    feeds        one that has brought no match in a month
    industry     a name that often means something else, and nothing that tells it apart

Reads what is stored; changes only what it remembers. Worked out once a day, or when what was asked
changes: hourly runs read it from the slot.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from hashlib import blake2s

from pipeline.records import Company, Problem, Story, Workspace
from pipeline.steps import naming, suggesting
from pipeline.store import memory, news, statistics
from pipeline.store.database import atomic
from pipeline.text.phrasing import figure_of, shorten
from pipeline.text.urls import shown
from pipeline.workspace.folder import FILE
from pipeline.workspace.lookup import feeds_by_address, start_of_day

# ------------------------------------------------------------ every number, and where it is from
# Set by judgement.
FRUITLESS_DAYS = 30  # without a match that is worth showing: a month of mornings
REMIND_DAYS = 30  # what lasts is said again after a month, as the feeds' troubles are
LEAST_UNCLEAR = 5  # articles with the name that may mean something else,
UNCLEAR_SHARE = 0.5  # and of all that have it
# no border test: speed only
MOST_ARTICLES = 60  # of a company that are looked at, the newest


def found(db: sqlite3.Connection, workspace: Workspace, now: datetime) -> tuple[Problem, ...]:
    """Return everything that the feeds cannot bring, whether it was said or not."""
    return (*naming.unnamed(db, workspace), *_rest(db, workspace, now, _state(db, workspace, now)))


def _rest(
    db: sqlite3.Connection, workspace: Workspace, now: datetime, state: str
) -> tuple[Problem, ...]:
    """Return what was worked out for this state, or work it out."""
    known = memory.get(db, memory.COVERAGE) or {}
    return known[state] if state in known else tuple(_found(db, workspace, now))


def to_name(
    db: sqlite3.Connection, workspace: Workspace, now: datetime, today: date
) -> tuple[Problem, ...]:
    """Return what today's page says of it, and remember that it does.

    Each is said on one day, however often that day's page is made; again when it was away in
    between, and after a month.
    """
    state = _state(db, workspace, now)
    unnamed, rest = naming.unnamed(db, workspace), _rest(db, workspace, now, state)
    told = memory.get(db, memory.COVERAGE_TOLD) or {}
    days = {}
    for problem in (*unnamed, *rest):
        day = told.get(_about(problem))
        is_known = day is not None and 0 <= (today - day).days < REMIND_DAYS
        days[_about(problem)] = day if is_known and day else today
    naming.keep(db, workspace, unnamed)
    if days != told or state not in (memory.get(db, memory.COVERAGE) or {}):
        with atomic(db):
            memory.put(db, memory.COVERAGE_TOLD, days)
            memory.put(db, memory.COVERAGE, {state: rest})
    return tuple(problem for problem in (*unnamed, *rest) if days[_about(problem)] == today)


def _about(problem: Problem) -> str:
    """Return what a problem is about, however its figures change."""
    return f"{problem.path} {problem.where}"


def _state(db: sqlite3.Connection, workspace: Workspace, now: datetime) -> str:
    refused = sorted(suggesting.refused_lines(db))
    asked = (workspace.config, workspace.interviews, refused, start_of_day(workspace, now))
    return blake2s(repr(asked).encode("utf-8", "replace"), digest_size=12).hexdigest()


def _found(db: sqlite3.Connection, workspace: Workspace, now: datetime) -> Iterator[Problem]:
    yield from _unmet(db, workspace)
    yield from _fruitless(db, workspace, now)
    yield from _without_industry(db, workspace)


def _unmet(db: sqlite3.Connection, workspace: Workspace) -> Iterator[Problem]:
    """Yield a remark for each company with lines for which the catalogue has feeds."""
    proposals = suggesting.unmet(workspace, suggesting.settled_lines(db))
    # What was talked about the company's own feeds may meet, as far as is known before they are
    # read; what hangs on a wall they don't.
    feeds = list(feeds_by_address(workspace))
    is_read = any(news.newest_of(db, feeds, 1))
    served = [one for one in proposals if one.subject and (is_read or one.line.section == "office")]
    for slug in dict.fromkeys(talk.company for talk in workspace.interviews):
        files = {talk.file for talk in workspace.interviews if talk.company == slug}
        own = [proposal for proposal in served if proposal.line.file in files]
        if own:
            first = own[0].line
            more = f", and {figure_of(len(own) - 1, 'more line')}" if len(own) > 1 else ""
            what = f"No feed can meet “{shorten(first.text, 60)}” (line {first.line}){more}."
            todo = f"`touchpoints feeds suggest {slug}` proposes some."
            path = f"companies › {slug} › lines"
            yield Problem("workspace", first.file, what, todo, path, level="warning")


def _fruitless(db: sqlite3.Connection, workspace: Workspace, now: datetime) -> Iterator[Problem]:
    """Yield a remark for each feed that is read for a month, works, and has brought nothing."""
    month = timedelta(days=FRUITLESS_DAYS)
    figures = statistics.figures(db, now - month)
    for address in feeds_by_address(workspace):
        one = figures.get(address)
        if one is None or one.first_seen is None or now - one.first_seen < month or not one.recent:
            continue
        if not one.fits and (one.last_suggested is None or now - one.last_suggested >= month):
            where = shown(address)
            what = (
                f"Nothing of its {figure_of(one.recent, 'article')} of the last {FRUITLESS_DAYS} "
                "days fitted your notes."
            )
            todo = f"If you don't miss it: `touchpoints feeds remove {where}`."
            yield Problem("news", where, what, todo, "feeds", level="warning")


def _without_industry(db: sqlite3.Connection, workspace: Workspace) -> Iterator[Problem]:
    """Yield a remark for each company whose name often means something else."""
    profiles = news.company_profiles(db)
    for company in workspace.config.companies:
        if company.industry or not company.feeds:
            continue
        profile = profiles.get(company.slug)
        named, unclear = _named(db, company, profile.usage if profile else ())
        if unclear >= max(LEAST_UNCLEAR, UNCLEAR_SHARE * named):
            what = (
                f"{unclear} of {figure_of(named, 'article')} with “{company.name}” in them may "
                "mean something else of that name."
            )
            todo = (
                "Say what the company does, in a word or two: "
                f"`touchpoints feeds suggest {company.slug} --industry WORD`."
            )
            path = f"companies › {company.slug} › industry"
            yield Problem("workspace", FILE, what, todo, path, level="warning")


def _named(db: sqlite3.Connection, company: Company, usage: tuple[object, ...]) -> tuple[int, int]:
    """Return how many of the newest articles name a company, and of how many that is unclear."""
    from pipeline.relevance import companies
    from pipeline.relevance.terms import words_of

    names = companies.prepare(company, usage)  # type: ignore[arg-type]
    feeds = [feed.address for feed in company.feeds if not feed.own]
    named = unclear = 0
    for article in news.newest_of(db, feeds, MOST_ARTICLES):
        if companies.is_named(names, article):
            words = frozenset(words_of(companies.text_of(article)))
            mention = companies.find(
                names, Story(article.id, article), words, listed=1.0, own=False
            )
            named += 1
            unclear += mention.about == "none"
    return named, unclear
