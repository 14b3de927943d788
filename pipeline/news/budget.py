"""How many new articles of one feed are taken in a day: its own usual, with room.

Takes how many came on earlier days; gives a number. No feed can fill the store, the statistics or
the day by what it publishes; what is over is passed over, and told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from pipeline.news.feed_words import name_of
from pipeline.records import Reading

# ------------------------------------------------------------ every number, and where it is from
A_DAY = 250  # of any feed: searches list 100 entries, the busiest agencies bring some 200 a day
TIMES = 5  # the feed's own median: a fair, an election
AT_FIRST = 1_000  # of a feed's first reading, which may be the archive of a blog

TODO = (
    "Look at what it brings. If it is no use, take it out of feeds.yaml, or give it `only:` words."
)


def allowed(earlier: Sequence[int]) -> int:
    """Return how many new articles a day may bring, by the days before it, the first one first.

    A feed's first day is no measure: it brought what there was.
    """
    if not earlier:
        return AT_FIRST
    return max(A_DAY, round(TIMES * median(earlier[1:] or (0,))))


def within(reading: Reading, known: frozenset[str], spare: int) -> Reading:
    """Return a reading with its newest new articles, `spare` of them, and what was known before."""
    new = [article for article in reading.articles if article.id not in known]
    over = sorted(new, key=lambda article: (article.published, article.id))[: len(new) - spare]
    if len(new) <= spare:
        return reading
    names = {article.id for article in over}
    brought = f"{len(new):,} new articles in a day; {len(over):,} of them were passed over"
    return replace(
        reading,
        articles=tuple(article for article in reading.articles if article.id not in names),
        refused=reading.refused + ("more than the feed's share of a day",) * len(over),
        state=replace(
            reading.state, error=f"{name_of(reading.state.address)} brought {brought}.", todo=TODO
        ),
    )
