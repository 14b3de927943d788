"""What a match is worth on a day: its news gets old.

Takes matches as `score` made them, without a clock; gives them as of a day, best first. Apart from
`score`, so that a run in which nothing is new doesn't load what only scoring needs.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from pipeline.records import Match, Part, RelevanceSettings
from pipeline.relevance import usefulness

# ------------------------------------------------------------ every number, and where it is from
OLDEST_DAYS = 30  # what is older is no news to anybody
FRESHNESS = 0.6  # log-odds that a story loses that is infinitely old: a seventh at a score of .6


def in_order(matches: Iterable[Match]) -> tuple[Match, ...]:
    """Return matches with the best first, equals in a fixed order."""
    return tuple(sorted(matches, key=lambda match: (-match.score, match.story.id)))


def aged(match: Match, settings: RelevanceSettings, now: datetime) -> Match:
    """Return what a match is worth on a day: older news count for less, and old ones not."""
    days = max((now - match.story.lead.published).total_seconds() / 86_400, 0.0)
    lost = FRESHNESS * (1 - float(0.5 ** (days / settings.half_life_days)))
    parts = (*match.parts, Part("age", -lost)) if match.score else match.parts
    score = usefulness.probability(parts)
    against = ""
    if match.shown and days > OLDEST_DAYS:
        against = f"too old ({days:.0f} days)"
    elif match.shown and score < settings.floor:
        against = f"below the line ({score:.2f}, floor {settings.floor:.2f})"
    return replace(
        match,
        score=score,
        parts=parts,
        shown=match.shown and not against,
        reason=against or match.reason,
    )
