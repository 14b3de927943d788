"""Companies that their own feeds never name: what to add to feeds.yaml, for the page and `doctor`.

Reads the newest articles of the feeds that are listed for each company; what their titles say
instead is worked out in `relevance.short_names`. What was found is kept until articles, names or
feeds change.
"""

from __future__ import annotations

import shlex
import sqlite3
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.records import Company, Problem, Workspace
from pipeline.relevance import refit
from pipeline.store import memory, news
from pipeline.store.database import atomic
from pipeline.workspace.folder import FILE

if TYPE_CHECKING:
    from pipeline.relevance.short_names import ShortName


def unnamed(db: sqlite3.Connection, workspace: Workspace) -> tuple[Problem, ...]:
    """Return a warning for each company whose feeds brought articles, none of which names it."""
    known = memory.get(db, memory.UNNAMED) or {}
    key = _state(db, workspace)
    return known[key] if key in known else tuple(_unnamed(db, workspace))


def keep(db: sqlite3.Connection, workspace: Workspace, found: tuple[Problem, ...]) -> None:
    """Keep what was found, if it is new."""
    key = _state(db, workspace)
    if key not in (memory.get(db, memory.UNNAMED) or {}):
        with atomic(db):
            memory.put(db, memory.UNNAMED, {key: found})


def _state(db: sqlite3.Connection, workspace: Workspace) -> str:
    companies = workspace.config.companies
    written = [(company.slug, company.negatives) for company in companies]
    return f"{news.changes_made(db)} {refit.asked_about(companies, ())} {written}"


def _unnamed(db: sqlite3.Connection, workspace: Workspace) -> Iterator[Problem]:
    from pipeline.relevance import own_voice, short_names

    for company in workspace.config.companies:
        searches = [feed.address for feed in company.feeds if own_voice.is_search(feed)]
        others = [feed.address for feed in company.feeds if not feed.own]
        feeds = searches or others
        found = short_names.proposed(company, news.newest_of(db, feeds, short_names.MOST_ARTICLES))
        # A feed that is no search may be about the trade: that it names nobody says nothing.
        if found and (found.form or searches):
            yield _warning(company, found)


def _warning(company: Company, found: ShortName) -> Problem:
    what = f'{found.articles} articles came and none names "{company.name}"'
    if found.form:
        what += f'; titles say "{found.form}" ({found.titles} of {found.articles}).'
        form, suggest = shlex.quote(found.form), f"touchpoints feeds suggest {company.slug}"
        todo = f"If that is the company: `{suggest} --alias {form}`; else `{suggest} --not {form}`."
    else:
        what += "."
        todo = (
            "Say what the news call it: `touchpoints feeds suggest "
            f"{company.slug} --alias NAME`; or try another search."
        )
    place = f"companies › {company.slug} › aliases"
    return Problem("workspace", FILE, what, todo, place, level="warning")
