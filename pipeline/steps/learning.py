"""What the stored news teach, learned where it is due, and kept until the next time.

    learn        in a run
    knowledge    for a question between two runs; nothing is kept

Reads and keeps; when a fit is due is decided in `relevance.refit`, what it learns in
`relevance.fitting`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import chain

from pipeline.records import Article, Fit, History, Knowledge, Workspace
from pipeline.relevance import refit
from pipeline.steps.matching import wrong_company
from pipeline.store import memory, news
from pipeline.workspace.lookup import note_lines


def learn(db: sqlite3.Connection, workspace: Workspace, past: History, now: datetime) -> str:
    """Learn from the stored news where a fit is due; return a hash of all that moves scores."""
    companies, lines = workspace.config.companies, note_lines(workspace)
    asked = refit.asked_about(companies, lines)
    documents = min(news.article_count(db), refit.ROLLING)
    fit = memory.get(db, memory.FIT) or Fit()
    due = refit.is_due(fit, documents, now) or not news.has_knowledge(db)
    if due or fit.asked != asked:
        from pipeline.relevance.fitting import fit_knowledge

        before = None if due else news.load_knowledge(db)
        read = partial(news.newest_articles, db)
        news.keep_knowledge(db, fit_knowledge(read, companies, lines, now, before))
        fit = Fit(now, documents, asked) if due else replace(fit, asked=asked)
        memory.put(db, memory.FIT, fit)
    return scoring_context(db, workspace, past)


def scoring_context(db: sqlite3.Connection, workspace: Workspace, past: History) -> str:
    """Return a hash of all that moves scores now."""
    companies = workspace.config.companies
    wrong = {company.slug: wrong_company(past, company.slug) for company in companies}
    return refit.scoring_context(memory.get(db, memory.FIT) or Fit(), workspace, wrong)


def knowledge(
    db: sqlite3.Connection, workspace: Workspace, now: datetime, articles: Sequence[Article] = ()
) -> Knowledge:
    """Return what the stored news teach, brought up to what the candidate wrote; keep nothing.

    Before the first run, what these articles teach.
    """
    from pipeline.relevance.fitting import fit_knowledge, is_complete

    before = news.load_knowledge(db)
    companies, lines = workspace.config.companies, note_lines(workspace)
    if before and is_complete(before, companies, lines):
        return before
    newest = sorted(articles, key=lambda article: (article.published, article.id), reverse=True)
    return fit_knowledge(
        lambda: chain(() if before else newest, news.newest_articles(db)),
        companies,
        lines,
        now,
        before,
    )
