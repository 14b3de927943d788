"""What the candidate did that fits what was talked about: for the thank-yous that are due.

Joins the catalogue of `news/`, from which the embedding learns which words are rare, with
`relevance/own_work.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from pipeline.records import OwnWork, Workspace
from pipeline.workspace.lookup import company_of

# A thank-you falls due within days; one that was put off is written already. By judgement.
LONGEST = timedelta(days=30)


def own_work(workspace: Workspace, now: datetime) -> Mapping[str, OwnWork]:
    """Return it for each interview, by its file, after which one may still say thank you."""
    recent = [
        talk
        for talk in workspace.interviews
        if talk.lines and talk.interviewed <= now < talk.interviewed + LONGEST
    ]
    if not recent:
        return {}
    from pipeline.news.catalogue import subjects
    from pipeline.relevance import own_work as matching

    return {
        talk.file: matching.own_work(
            talk, company_of(workspace, talk.company), workspace.profile, subjects()
        )
        for talk in recent
    }
