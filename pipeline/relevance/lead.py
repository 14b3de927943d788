"""Which article of a story leads it.

Takes the articles that `clustering` found to be one story; gives the story. It stands apart because
a run in which nothing is new reads stories and groups none.
"""

from __future__ import annotations

from collections.abc import Container, Sequence

from pipeline.records import Article, Story


def story_of(name: str, members: Sequence[Article], own: Container[str]) -> Story:
    """Return the story of that id: the company's own article leads, else the fullest."""
    lead = max(members, key=lambda article: (article.feed in own, len(article.text)))
    return Story(name, lead, tuple(article for article in members if article is not lead))
