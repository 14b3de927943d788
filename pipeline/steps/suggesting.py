"""What could be read for the note lines that no feed meets: the catalogue of `news/` joined with
the matching of `relevance/` and what is stored.

A line that a stored story has met has its feed, whatever the topics are called; one for which the
candidate refused feeds needs none, nor does one of pay, or of the coffee. Asks nothing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable
from pathlib import Path

from pipeline.records import NoteLine, Proposal, Workspace
from pipeline.store import candidate, memory
from pipeline.store.database import atomic, looked_into
from pipeline.workspace.lookup import company_of

OPEN = ("waiting", "offer")  # of an interview for which messages may still be due


def proposed(workspace: Workspace, company: str = "") -> tuple[Proposal, ...]:
    """Return what could be read for each line that nothing meets, of one company's notes or all."""
    with looked_into(Path(workspace.root)) as db:
        settled = settled_lines(db)
    return unmet(workspace, settled, company)


def settled_lines(db: sqlite3.Connection) -> frozenset[tuple[str, str]]:
    """Return the lines, by file and text, that a story has met, or that are to have no feed."""
    return frozenset(candidate.met_lines(db)) | refused_lines(db)


def refused_lines(db: sqlite3.Connection) -> frozenset[tuple[str, str]]:
    """Return the lines for which the candidate refused what was proposed."""
    kept = memory.get(db, memory.REFUSED)
    return frozenset(kept) if kept else frozenset()


def refuse(db: sqlite3.Connection, lines: Iterable[NoteLine]) -> None:
    """Remember that lines are to have no feed, as long as they say the same."""
    with atomic(db):
        kept = refused_lines(db) | {(line.file, line.text) for line in lines}
        memory.put(db, memory.REFUSED, tuple(sorted(kept)))


def unmet(
    workspace: Workspace, settled: Collection[tuple[str, str]], company: str = ""
) -> tuple[Proposal, ...]:
    """Return the same, where `settled` are the lines, by file and text, that need no feed."""
    from pipeline.news.catalogue import subjects
    from pipeline.relevance.catalogue_match import proposals
    from pipeline.workspace.asides import is_aside

    found: list[Proposal] = []
    for interview in workspace.interviews:
        if interview.status not in OPEN or company not in ("", interview.company):
            continue
        read = [
            topic.slug
            for topic in workspace.config.topics
            if any(not feed.serves or interview.company in feed.serves for feed in topic.feeds)
        ]
        lines = [
            line
            for line in interview.lines
            if (line.file, line.text) not in settled and not is_aside(line.text)
        ]
        names = [person.name for person in interview.everybody]
        names.append(company_of(workspace, interview.company).name)
        found += proposals(lines, subjects(), read, names)
    return tuple(found)
