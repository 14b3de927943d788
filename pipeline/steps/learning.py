"""What the stored news and the user's answers teach.

    learn        from the news, where that is due: how rare each word is, what each company's news
                 speak of; kept, and used until the next time
    knowledge    the same for a question between two runs, of which nothing is kept

Joins the store with `relevance/`; how it is learnt is in `fitting.py` and `feedback.py` there.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import chain

from pipeline import __version__
from pipeline.records import Article, Fit, History, Knowledge, Workspace
from pipeline.steps.matching import wrong_company
from pipeline.store import memory, news
from pipeline.workspace.lookup import note_lines


def learn(db: sqlite3.Connection, workspace: Workspace, past: History, now: datetime) -> str:
    """Learn from the stored news, where a refit is due; return on what ground scores stand."""
    from pipeline.relevance import meaning, model

    lines = [line.text for line in note_lines(workspace) if line.section == "office"]
    names = [(c.slug, c.name, c.aliases) for c in workspace.config.companies]
    asked = _short(repr((names, lines, meaning.is_installed())))
    documents = min(news.article_count(db), model.ROLLING)
    fit = memory.get(db, memory.FIT) or Fit()
    due = model.due(fit.documents, fit.at, documents, now)
    if due or fit.asked != asked:
        from pipeline.relevance.fitting import fit_knowledge

        before = None if due else news.load_knowledge(db)
        read = partial(news.newest_articles, db)
        companies = workspace.config.companies
        news.keep_knowledge(db, fit_knowledge(read, companies, note_lines(workspace), now, before))
        fit = Fit(now, documents, asked) if due else replace(fit, asked=asked)
        memory.put(db, memory.FIT, fit)
    wrong = [
        f"{c.slug}:{story}"
        for c in workspace.config.companies
        for story in sorted(wrong_company(past, c.slug))
    ]
    scored = replace(workspace, templates=(), problems=())  # wordings move no score
    return _short(repr((__version__, fit.at, asked, wrong, scored)))


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


def _short(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()
