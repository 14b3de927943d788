"""What the candidate did that fits what was talked about: for the thank-yous that are due.

Joins the catalogue of `news/`, from which the embedding learns which words are rare, with
`relevance/own_work.py`. While a thank-you is open each run that plans asks for it: it is remembered
by a hash of all that it follows from, for the embedding takes long to load.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import blake2s

from pipeline import __version__
from pipeline.records import Interview, OwnWork, Person, Touchpoint, Workspace
from pipeline.store import memory
from pipeline.workspace.lookup import company_of

# A thank-you falls due within days; one that was put off is written already. By judgement.
LONGEST = timedelta(days=30)


def own_work(
    workspace: Workspace, now: datetime, past: Iterable[Touchpoint] = ()
) -> Mapping[str, OwnWork]:
    """Return it for each interview, by its file, after which one may still say thank you.

    Where all are thanked, by what became of suggestions, nothing is looked through.
    """
    return {talk.file: _looked_through(workspace, talk) for talk in _recent(workspace, now, past)}


def known_own_work(
    db: sqlite3.Connection, workspace: Workspace, now: datetime, past: Iterable[Touchpoint] = ()
) -> Mapping[str, OwnWork]:
    """Return the same, remembered as long as nothing is written anew. Within a transaction.

    Of the notes only the lines' places are kept.
    """
    kept = memory.get(db, memory.OWN_WORK) or {}
    talks = {_hash(workspace, talk): talk for talk in _recent(workspace, now, past)}
    found = {
        key: _with_lines(workspace, talk, kept[key])
        if key in kept
        else _looked_through(workspace, talk)
        for key, talk in talks.items()
    }
    if not found.keys() <= kept.keys():
        memory.put(db, memory.OWN_WORK, {key: work.fits for key, work in found.items()})
    return {talk.file: found[key] for key, talk in talks.items()}


def _recent(workspace: Workspace, now: datetime, past: Iterable[Touchpoint]) -> Sequence[Interview]:
    """Return the interviews after which one may still say thank you."""
    thanked = {
        (item.suggestion.interview, item.suggestion.person)
        for item in past
        if item.suggestion.kind == "thank_you" and not item.is_open
    }
    return [
        talk
        for talk in workspace.interviews
        if talk.lines
        and talk.interviewed <= now < talk.interviewed + LONGEST
        and any((talk.file, one.name) not in thanked for one in talk.people or (Person(""),))
    ]


def _looked_through(workspace: Workspace, talk: Interview) -> OwnWork:
    from pipeline.news.catalogue import subjects
    from pipeline.relevance import own_work as matching

    company = company_of(workspace, talk.company)
    return matching.own_work(talk, company, workspace.profile, subjects())


def _hash(workspace: Workspace, talk: Interview) -> str:
    """Return a hash of all from which the work that fits a talk follows."""
    company = company_of(workspace, talk.company)
    ground = repr((__version__, talk, company, workspace.profile))
    return blake2s(ground.encode("utf-8", "replace"), digest_size=12).hexdigest()


def _with_lines(
    workspace: Workspace, talk: Interview, fits: Mapping[str, Mapping[str, float]]
) -> OwnWork:
    places = {place for fitting in fits.values() for place in fitting}
    lines = (*talk.lines, *workspace.profile.lines)
    return OwnWork(tuple(line for line in lines if line.place in places), fits)
