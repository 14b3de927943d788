"""Clusters new articles into stories, by the fingerprints of those already stored.

    fingerprint   each new article                                      (`relevance.fingerprints`)
    candidates    the stored articles that may be the same story, by fingerprint
    cluster       these, with the stories they are in, a part at a time (`relevance.clustering`)
    keep          which story each article is in

Takes the database, the ids of the articles that came or were edited, and the weights of words;
returns which stories changed. Only the new articles and their like are read: a day's work grows
with the day's news, not with what is stored. Called by the daily job.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from pipeline.records import Article, Fit, History, Story, Workspace
from pipeline.relevance import clustering, fingerprints
from pipeline.store import candidate, memory, news
from pipeline.workspace.lookup import own_feeds

AT_ONCE = 2_000  # articles read at a time: some 10 MB
NEW_AT_ONCE = 20_000  # new ones compared at a time: some 50 MB; a day brings a few hundred


@dataclass(slots=True)
class Clustered:
    """The stories that an article joined, left or changed."""

    changed: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)  # the same under their earlier ids


def cluster(
    db: sqlite3.Connection,
    workspace: Workspace,
    past: History,
    since: datetime,
    fresh: frozenset[str],
    words: bytes,
) -> Clustered:
    """Put new and edited articles into stories; return which changed.

    `fresh` are such articles, published since then. Fingerprints of other weights are made again.
    """
    fit = memory.get(db, memory.FIT) or Fit()
    if memory.get(db, memory.FINGERPRINTED) != fit.at:
        news.forget_fingerprints(db)
        _fingerprint(db, lambda: news.articles_since(db, since), words)
        if fit.at:
            memory.put(db, memory.FINGERPRINTED, fit.at)
    else:
        news.forget_fingerprints(db, since)
        _fingerprint(db, lambda: news.articles_of(db, fresh), words)
    marked, clustered = fingerprints.unpacked(news.fingerprints(db)), Clustered()
    own, used = own_feeds(workspace), candidate.stories_in_use(past)
    for some in _slices(marked.ids, fresh):
        candidates = fingerprints.candidate_pairs(marked, some)
        for part in _parts(candidates, some, news.stories_of(db, {*some, *_paired(candidates)})):
            read, known = _read(db, part, since)
            pairs = fingerprints.CandidatePairs(tuple(part.pairs), candidates.boilerplate)
            found = clustering.cluster(read, known, own=own, used=used, candidates=pairs)
            news.keep_stories(db, found)
            _note(clustered, found, fresh, known)
    return clustered


def _slices(ids: Sequence[str], fresh: frozenset[str]) -> Iterator[frozenset[str]]:
    """Yield the new articles, the oldest first, so many at a time as memory is meant for."""
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
    clustered: Clustered, found: Iterable[Story], fresh: frozenset[str], known: Mapping[str, str]
) -> None:
    """Add the stories of which an article is new or edited, or was another story's before."""
    for story in found:
        ids = [article.id for article in (story.lead, *story.others)]
        if any(name in fresh or known.get(name) != story.id for name in ids):
            clustered.changed.add(story.id)
            clustered.gone.update(known.get(name, story.id) for name in ids)


def _fingerprint(
    db: sqlite3.Connection, read: Callable[[], Iterator[Article]], words: bytes
) -> None:
    """Keep the fingerprints of a batch of articles; what is boilerplate depends on all."""
    stored = fingerprints.unpacked(news.fingerprints(db)).hashes
    new = [fingerprints.hashes(batch) for batch in _batches(read())]
    boilerplate = fingerprints.boilerplate(stored, *new)
    for batch in _batches(read()):
        made = fingerprints.of(batch, words, boilerplate)
        news.keep_fingerprints(db, zip(batch, fingerprints.packed(made), strict=True))


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


def _paired(candidates: fingerprints.CandidatePairs) -> Iterator[str]:
    return (name for pair in candidates.pairs for name in pair)


def _parts(
    candidates: fingerprints.CandidatePairs, fresh: frozenset[str], known: Mapping[str, str]
) -> Iterator[_Part]:
    """Yield the articles to be compared, part by part, some parts at a time."""
    links = _Links()
    for one, other in candidates.pairs:
        links.join(f"article {one}", f"article {other}")
    names = sorted({*fresh, *_paired(candidates)})
    for name in names:
        links.join(f"article {name}", f"story {known.get(name, name)}")
    parts: dict[str, _Part] = {}
    for name in names:
        part = parts.setdefault(links.root(f"article {name}"), _Part())
        part.ids.append(name)
        part.stories.add(known.get(name, name))
    for pair in candidates.pairs:
        parts[links.root(f"article {pair[0]}")].pairs.append(pair)
    yield from _together(list(parts.values()))


def _together(parts: Sequence[_Part]) -> Iterator[_Part]:
    """Yield parts put together until there are enough articles to be worth a reading."""
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


# --------------------------------------------------------------------------------- the stories


def stored_stories(
    db: sqlite3.Connection, workspace: Workspace, since: datetime, wanted: Iterable[str] | None
) -> Iterator[Story]:
    """Yield the stories of these ids, or with None all that have articles since then."""
    own = own_feeds(workspace)
    for name, members in news.articles_by_story(db, since, wanted):
        yield clustering.story_of(name, members, own)
