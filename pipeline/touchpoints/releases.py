"""What the released holds teach: news of a kind that the user lets pass holds for less time there.

Takes the holds of the past, and which lessons were forgotten; gives a `LearnedWeight` for each
company and kind of bad news that was released often enough. How long a kind holds then is decided
in `bad_news`. The gravest kinds hold as long as ever, however often they are released.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from pipeline.records import Hold, LearnedWeight
from pipeline.touchpoints.bad_news import GRAVEST, OF_RELEASED
from pipeline.touchpoints.case import title_mark

# By judgement: one release may be of one story that was not so bad; the second is a habit.
LEAST_RELEASES = 2


def lessons(holds: Iterable[Hold], forgotten: Mapping[str, datetime]) -> dict[str, LearnedWeight]:
    """Return what the releases teach; what was released before it was forgotten teaches nothing."""
    found: dict[str, tuple[Hold, ...]] = {}
    for hold in holds:
        key = f"hold:{hold.company}:{hold.kind}"
        if _teaches(hold, forgotten.get(key)):
            found[key] = (*found.get(key, ()), hold)
    weights = (_weight(key, released) for key, released in found.items())
    return {weight.key: weight for weight in weights if weight.disliked >= LEAST_RELEASES}


def shortened(
    holds: Iterable[Hold], forgotten: Mapping[str, datetime], slug: str
) -> frozenset[str]:
    """Return the kinds of bad news that hold for less time at a company."""
    here = f"hold:{slug}:"
    learned = lessons(holds, forgotten)
    return frozenset(key.removeprefix(here) for key in learned if key.startswith(here))


def _teaches(hold: Hold, forgotten: datetime | None) -> bool:
    if hold.released is None or hold.is_wrong or hold.person:
        return False
    if not hold.kind or hold.kind in GRAVEST:
        return False
    return forgotten is None or hold.released > forgotten


def _weight(key: str, released: tuple[Hold, ...]) -> LearnedWeight:
    """Return one lesson; two tellings under one title are one piece of news."""
    company, kind = released[0].company, released[0].kind
    stories = {title_mark(hold.title) or hold.story for hold in released}
    about = f"{kind} at {company} holds for {OF_RELEASED:.0%} of the usual days"
    return LearnedWeight(key, "hold", about, 0, len(stories), OF_RELEASED - 1)
