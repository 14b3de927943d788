"""Clusters new articles into stories, by the fingerprints of those already stored.

Reads and keeps; what is compared with what is decided in `relevance.batches`, and which articles
are one story in `relevance.clustering`. Only the new articles and their like are read: a day's work
grows with the day's news, not with what is stored.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice

from pipeline.records import Article, Fit, History, Workspace
from pipeline.relevance import batches, clustering, fingerprints
from pipeline.store import candidate, memory, news
from pipeline.workspace.lookup import feed_order


def cluster(
    db: sqlite3.Connection,
    workspace: Workspace,
    past: History,
    since: datetime,
    fresh: frozenset[str],
    words: bytes,
) -> batches.Changes:
    """Put new and edited articles, `fresh`, into stories; return which stories changed.

    Fingerprints are made with the weights of `words`; those of other weights are made again.
    """
    _update_fingerprints(db, since, fresh, words)
    stored, changes = fingerprints.unpacked(news.fingerprints(db)), batches.Changes()
    order, used = feed_order(workspace), candidate.stories_in_use(past)
    for new in batches.slices(stored.ids, fresh):
        candidates = fingerprints.candidate_pairs(stored, new)
        stories = news.stories_of(db, batches.involved(candidates, new))
        for batch in batches.batches(candidates, new, stories):
            articles, known = _read(db, batch, since)
            pairs = fingerprints.CandidatePairs(tuple(batch.pairs), candidates.boilerplate)
            found = clustering.cluster(articles, known, order=order, used=used, candidates=pairs)
            news.keep_stories(db, found)
            changes.add(found, fresh, known)
    return changes


def _read(
    db: sqlite3.Connection, batch: batches.Batch, since: datetime
) -> tuple[list[Article], dict[str, str]]:
    """Return a batch's articles, with all of the stories that these are in, and which those are."""
    members = news.members(db, batch.stories, since)
    found = news.articles_of(db, {*batch.ids, *members})
    read = [article for article in found if article.published >= since]
    return read, {article.id: members[article.id] for article in read if article.id in members}


def _update_fingerprints(
    db: sqlite3.Connection, since: datetime, fresh: frozenset[str], words: bytes
) -> None:
    fit = memory.get(db, memory.FIT) or Fit()
    if memory.get(db, memory.FINGERPRINTED) == fit.at:
        news.forget_fingerprints(db, since)
        _fingerprint(db, lambda: news.articles_of(db, fresh), words)
        return
    news.forget_fingerprints(db)
    _fingerprint(db, lambda: news.articles_since(db, since), words)
    if fit.at:
        memory.put(db, memory.FINGERPRINTED, fit.at)


def _fingerprint(
    db: sqlite3.Connection, read: Callable[[], Iterator[Article]], words: bytes
) -> None:
    """Keep the fingerprints of these articles; what is boilerplate depends on all."""
    stored = fingerprints.unpacked(news.fingerprints(db)).hashes
    new = [fingerprints.hashes(stretch) for stretch in _stretches(read())]
    boilerplate = fingerprints.boilerplate(stored, *new)
    for stretch, own in zip(_stretches(read()), new, strict=True):
        made = fingerprints.of(stretch, words, boilerplate, own)
        news.keep_fingerprints(db, zip(stretch, fingerprints.packed(made), strict=True))


def _stretches(articles: Iterator[Article]) -> Iterator[list[Article]]:
    while stretch := list(islice(articles, batches.BATCH)):
        yield stretch
