"""When the stored news have to be learned from again, and when stories have to be scored again.

Takes what was remembered at the last fit, and what the candidate wrote; gives yes or no, or a hash
that changes with the answer. Does not load what only fitting and scoring need.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from pipeline import __version__
from pipeline.records import Company, Fit, NoteLine, Workspace

# ------------------------------------------------------------ every number, and where it is from
# no border test: bounds time and memory
ROLLING = 30_000  # articles, the newest: a share of 1 in 1,000 is then known to 18 %
GROWN_BY = 0.10  # a refit is due when there are a tenth more articles than at the last fit,
OLD_AFTER = timedelta(days=30)  # or a month has passed: names and topics of the season change


def is_due(last: Fit, documents: int, now: datetime) -> bool:
    """Return whether there is no fit yet, or the articles have outgrown it, or it is old.

    `documents` is how many articles a fit of now would learn from.
    """
    if last.at is None or not timedelta() <= now - last.at < OLD_AFTER:  # or the clock was wrong
        return True
    return abs(documents - last.documents) > GROWN_BY * last.documents


def asked_about(companies: Iterable[Company], lines: Iterable[NoteLine]) -> str:
    """Return a hash of what a fit learns about: companies' names and feeds, office lines."""
    office = [line.text for line in lines if line.section == "office"]
    names = [
        (company.slug, company.name, company.aliases, [feed.address for feed in company.feeds])
        for company in companies
    ]
    return _hash((names, office))


def scoring_context(
    last: Fit, workspace: Workspace, wrong_company: Mapping[str, Iterable[str]]
) -> str:
    """Return a hash of everything that moves scores: under another one all stories are scored anew.

    `wrong_company` holds for each company the stories that are about somebody else.
    """
    wrong = [f"{slug}:{story}" for slug, found in wrong_company.items() for story in sorted(found)]
    # Templates move no score; words are muted when a score is read.
    unmuted = replace(workspace.config, mutes=())
    scored = replace(workspace, config=unmuted, templates=(), problems=())
    return _hash((__version__, last, wrong, scored))


def _hash(value: object) -> str:
    return hashlib.sha256(repr(value).encode("utf-8", "backslashreplace")).hexdigest()
