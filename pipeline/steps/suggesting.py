"""What could be read for the note lines that no feed meets: the catalogue of `news/` joined with
the matching of `relevance/` and what is stored.

A line that a stored story has met has its feed, whatever the topics are called. Asks nothing.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from pipeline.records import Proposal, Workspace
from pipeline.store import candidate
from pipeline.store.database import looked_into
from pipeline.workspace.lookup import company_of

OPEN = ("waiting", "offer")  # of an interview for which messages may still be due


def proposed(workspace: Workspace, company: str = "") -> tuple[Proposal, ...]:
    """Return what could be read for each line that nothing meets, of one company's notes or all."""
    with looked_into(Path(workspace.root)) as db:
        met = candidate.met_lines(db)
    return unmet(workspace, met, company)


def unmet(
    workspace: Workspace, met: Collection[tuple[str, str]], company: str = ""
) -> tuple[Proposal, ...]:
    """Return the same, where `met` are the lines, by file and text, that a story has met."""
    from pipeline.news.catalogue import subjects
    from pipeline.relevance.catalogue_match import proposals

    found: list[Proposal] = []
    for interview in workspace.interviews:
        if interview.status not in OPEN or company not in ("", interview.company):
            continue
        read = [
            topic.slug
            for topic in workspace.config.topics
            if any(not feed.serves or interview.company in feed.serves for feed in topic.feeds)
        ]
        lines = [line for line in interview.lines if (line.file, line.text) not in met]
        names = [person.name for person in interview.everybody]
        names.append(company_of(workspace, interview.company).name)
        found += proposals(lines, subjects(), read, names)
    return tuple(found)
