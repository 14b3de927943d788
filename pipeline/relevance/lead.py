"""Which article of a story leads it: whose name, link and text the story has.

Takes the articles that `clustering` found to be one story; gives the story. It stands apart because
a run in which nothing is new reads stories and groups none.

Nobody takes a story over by copying it. The company's own article leads. Else the one that we read
first, but a link whose site is not its feed's leads over nothing that the site's own feed brought.
Of one run's articles that is the one whose feed stands nearer to the top of its list in feeds.yaml,
which is the user's word; of the hour a feed may claim anything. A later article leads only where it
is of the same publisher, or on its own site.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from pipeline.records import Article, Story
from pipeline.text.publishers import domain_of_address, is_of_its_link, is_same

# The place of each feed in the list of its company or topic; below 0: a company's own.
Order = Mapping[str, int]


def first_of(members: Sequence[Article], order: Order) -> Article:
    """Return the article that was there first, by what no feed can claim."""
    if len(members) == 1:
        return members[0]
    told = {a.id for a in members if is_of_its_link(a, is_search=False)}
    sites = {domain_of_address(article.link) for article in members if article.id in told}

    def place(article: Article) -> tuple[bool, bool, datetime, int, datetime, str]:
        listed = order.get(article.feed, len(order))
        is_borrowed = article.id not in told and domain_of_address(article.link) in sites
        return listed >= 0, is_borrowed, article.seen, listed, article.published, article.id

    return min(members, key=place)


def story_of(name: str, members: Sequence[Article], order: Order) -> Story:
    """Return the story of that id: of the first one's publisher the fullest article leads."""
    first = first_of(members, order)
    own = [article for article in members if is_same(article, first)]
    lead = max(own, key=lambda article: len(article.text))
    return Story(name, lead, tuple(article for article in members if article is not lead))
