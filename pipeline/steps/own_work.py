"""What the candidate did that fits what was talked about: for the thank-yous that are due.

Joins the catalogue of `news/`, from which the embedding learns which words are rare, with
`relevance/own_work.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from pipeline.records import OwnWork, Person, Touchpoint, Workspace
from pipeline.workspace.lookup import company_of

# A thank-you falls due within days; one that was put off is written already. By judgement.
LONGEST = timedelta(days=30)


def own_work(
    workspace: Workspace, now: datetime, past: Iterable[Touchpoint] = ()
) -> Mapping[str, OwnWork]:
    """Return it for each interview, by its file, after which one may still say thank you.

    Where all are thanked, by what became of suggestions, nothing is looked through.
    """
    thanked = {
        (item.suggestion.interview, item.suggestion.person)
        for item in past
        if item.suggestion.kind == "thank_you" and not item.is_open
    }
    recent = [
        talk
        for talk in workspace.interviews
        if talk.lines
        and talk.interviewed <= now < talk.interviewed + LONGEST
        and any((talk.file, one.name) not in thanked for one in talk.people or (Person(""),))
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
