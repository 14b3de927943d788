"""Articles to stories: what tells the same event is one.

Takes articles and the story ids of earlier runs; gives stories. Two articles are one story when
they have the same canonical link, or within a few days the same title (without its publisher) or
the same beginning of a long text. Near-duplicates under other words are a later step.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import timedelta

from pipeline.records import Article, Story

SAME_WITHIN = timedelta(days=5)  # NewsBlur's window for clusters is 120 hours
SHORTEST_TITLE = 4  # words: "Daily briefing" is a title of many stories
SAME_BEGINNING = 160  # letters of text: agency copy under another headline

_AGENCY = re.compile(r"\s*\((?:[A-Z][\w .&-]{1,20})\)\s*$")  # "… to cut jobs (Reuters)"
_DATELINE = re.compile(r"^(?:[A-Z][\w .,/()-]{1,40}\s+[-–—]{1,2}\s+)+")  # "AP - ", "PARIS (AFP) -"
_NOT_LETTERS = re.compile(r"[\W_]+")


def group(articles: Iterable[Article], known: Mapping[str, str]) -> tuple[Story, ...]:
    """Return the stories, newest first. A story known from earlier keeps its id."""
    ordered = sorted(articles, key=lambda article: (article.published, article.id))
    parents = _Groups(article.id for article in ordered)
    by_story: dict[str, str] = {}
    latest: dict[tuple[str, str], Article] = {}
    for article in ordered:
        if article.id in known:
            first = by_story.setdefault(known[article.id], article.id)
            parents.join(first, article.id)
        for key in _keys(article):
            before = latest.get(key)
            if before and (key[0] == "link" or _near(before, article)):
                parents.join(before.id, article.id)
            latest[key] = article
    members: dict[str, list[Article]] = {}
    for article in ordered:
        members.setdefault(parents.find(article.id), []).append(article)
    stories = [_story(group, known) for group in members.values()]
    return tuple(sorted(stories, key=lambda s: (s.lead.published, s.id), reverse=True))


def _keys(article: Article) -> Iterable[tuple[str, str]]:
    if article.canonical:
        yield "link", article.canonical
    title = _NOT_LETTERS.sub(" ", _AGENCY.sub("", article.title).casefold()).strip()
    if len(title.split()) >= SHORTEST_TITLE or len(title) > 30:
        yield "title", title
    text = _NOT_LETTERS.sub("", _DATELINE.sub("", article.text).casefold())
    if len(text) >= SAME_BEGINNING:
        yield "text", text[:SAME_BEGINNING]


def _near(one: Article, other: Article) -> bool:
    return abs(one.published - other.published) <= SAME_WITHIN


def _story(members: list[Article], known: Mapping[str, str]) -> Story:
    ids = [known[article.id] for article in members if article.id in known]
    lead = max(members, key=lambda article: len(article.text))  # the first of equals
    others = tuple(article for article in members if article is not lead)
    return Story(ids[0] if ids else members[0].id, lead, others)


class _Groups:
    """Sets of articles that are joined two by two (union-find with path halving)."""

    def __init__(self, ids: Iterable[str]) -> None:
        self._parent = {name: name for name in ids}

    def find(self, name: str) -> str:
        while self._parent[name] != name:
            self._parent[name] = self._parent[self._parent[name]]
            name = self._parent[name]
        return name

    def join(self, one: str, other: str) -> None:
        first, second = self.find(one), self.find(other)
        if first != second:
            self._parent[second] = first
