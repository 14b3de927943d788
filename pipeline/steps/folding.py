"""New articles into stories, with the marks of the stored ones at hand: no work is done twice.

    mark     what grouping has to know of each new article        (`relevance.marks`)
    near     which stored ones may tell the same, by their marks
    group    these, with the stories that they are in; a part at a time (`relevance.stories`)
    keep     which story each article is in

Takes the database, the ids of the articles that came or were edited, and the weights of words;
tells which stories changed. Only the new articles and their like are read: a day's work grows
with the day's news, not with what is stored. Called by the daily job.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from pipeline.records import Article, Fit, Story, Workspace
from pipeline.relevance import marks, stories
from pipeline.store import candidate, memory, news
from pipeline.workspace.lookup import own_feeds

AT_ONCE = 2_000  # articles read at a time: some 10 MB
NEW_AT_ONCE = 20_000  # new ones compared at a time: some 50 MB; a day brings a few hundred


@dataclass(slots=True)
class Folded:
    """The stories that an article joined, left or changed."""

    changed: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)  # the same under their earlier ids


def fold(
    db: sqlite3.Connection,
    workspace: Workspace,
    since: datetime,
    fresh: frozenset[str],
    words: bytes,
) -> Folded:
    """Put new and edited articles into stories; return which changed.

    `fresh` are such articles, published since then. Marks of other weights are made anew.
    """
    fit = memory.get(db, memory.FIT) or Fit()
    if memory.get(db, memory.FINGERPRINTED) != fit.at:
        news.forget_fingerprints(db)
        _mark(db, lambda: news.articles_since(db, since), words)
        if fit.at:
            memory.put(db, memory.FINGERPRINTED, fit.at)
    else:
        news.forget_fingerprints(db, since)
        _mark(db, lambda: news.articles_of(db, fresh), words)
    marked, folded = marks.unpacked(news.fingerprints(db)), Folded()
    own, used = own_feeds(workspace), candidate.stories_in_use(candidate.load_history(db))
    for some in _slices(marked.ids, fresh):
        near = marks.near(marked, some)
        for part in _parts(near, some, news.stories_of(db, {*some, *_paired(near)})):
            read, known = _read(db, part, since)
            pairs = marks.Near(tuple(part.pairs), near.furniture)
            found = stories.group(read, known, own=own, used=used, near=pairs)
            news.keep_stories(db, found)
            _note(folded, found, fresh, known)
    return folded


def _slices(ids: Sequence[str], fresh: frozenset[str]) -> Iterator[frozenset[str]]:
    """Give the new articles, the oldest first, so many at a time as memory is meant for."""
    given = iter([name for name in ids if name in fresh])
    while some := frozenset(islice(given, NEW_AT_ONCE)):
        yield some


def _read(
    db: sqlite3.Connection, part: _Part, since: datetime
) -> tuple[list[Article], dict[str, str]]:
    """Return a part's articles, with all of the stories that these are in, and which those are."""
    members = news.members(db, part.stories, since)
    found = news.articles_of(db, {*part.ids, *members})
    read = [article for article in found if article.published >= since]
    return read, {article.id: members[article.id] for article in read if article.id in members}


def _note(
    folded: Folded, found: Iterable[Story], fresh: frozenset[str], known: Mapping[str, str]
) -> None:
    """Add the stories of which an article is new or edited, or was another story's before."""
    for story in found:
        ids = [article.id for article in (story.lead, *story.others)]
        if any(name in fresh or known.get(name) != story.id for name in ids):
            folded.changed.add(story.id)
            folded.gone.update(known.get(name, story.id) for name in ids)


def _mark(db: sqlite3.Connection, read: Callable[[], Iterator[Article]], words: bytes) -> None:
    """Keep the marks of some articles; what is furniture is told from all."""
    stored = marks.unpacked(news.fingerprints(db)).hashes
    new = [marks.hashes(batch) for batch in _batches(read())]
    furniture = marks.furniture(stored, *new)
    for batch in _batches(read()):
        made = marks.of(batch, words, furniture)
        news.keep_fingerprints(db, zip(batch, marks.packed(made), strict=True))


def _batches(articles: Iterator[Article]) -> Iterator[list[Article]]:
    while batch := list(islice(articles, AT_ONCE)):
        yield batch


# ------------------------------------------------------------------------------------------ parts


@dataclass(slots=True)
class _Part:
    """Articles that may be one story with each other, but with none of another part."""

    ids: list[str] = field(default_factory=list)
    pairs: list[tuple[str, str]] = field(default_factory=list)
    stories: set[str] = field(default_factory=set)  # which they are in, or give their name to


def _paired(near: marks.Near) -> Iterator[str]:
    return (name for pair in near.pairs for name in pair)


def _parts(near: marks.Near, fresh: frozenset[str], known: Mapping[str, str]) -> Iterator[_Part]:
    """Give the articles to be compared, part by part, some parts at a time."""
    links = _Links()
    for one, other in near.pairs:
        links.join(f"article {one}", f"article {other}")
    names = sorted({*fresh, *_paired(near)})
    for name in names:
        links.join(f"article {name}", f"story {known.get(name, name)}")
    parts: dict[str, _Part] = {}
    for name in names:
        part = parts.setdefault(links.root(f"article {name}"), _Part())
        part.ids.append(name)
        part.stories.add(known.get(name, name))
    for pair in near.pairs:
        parts[links.root(f"article {pair[0]}")].pairs.append(pair)
    yield from _together(list(parts.values()))


def _together(parts: Sequence[_Part]) -> Iterator[_Part]:
    """Give parts put together until there are enough articles to be worth a reading."""
    some = _Part()
    for part in parts:
        some.ids += part.ids
        some.pairs += part.pairs
        some.stories |= part.stories
        if len(some.ids) >= AT_ONCE:
            yield some
            some = _Part()
    if some.ids:
        yield some


class _Links:
    """Which names hang together."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def root(self, name: str) -> str:
        while (above := self._above.get(name, name)) != name:
            self._above[name] = self._above.get(above, above)
            name = above
        return name

    def join(self, one: str, other: str) -> None:
        self._above[self.root(one)] = self.root(other)


# --------------------------------------------------------------------------------- what was folded


def told(
    db: sqlite3.Connection, workspace: Workspace, since: datetime, wanted: Iterable[str] | None
) -> Iterator[Story]:
    """Give the stories of these ids, or with None all that have articles since then."""
    own = own_feeds(workspace)
    for name, members in news.articles_by_story(db, since, wanted):
        yield stories.told(name, members, own)
