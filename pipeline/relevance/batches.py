"""Which articles are compared in which batch, and which stories changed because of it.

    slices       the new articles, as many at a time as memory allows
    batches      each new article with all that may be the same story, stored ones included
    Changes      the stories that an article joined, left or edited

Takes ids, candidate pairs and the story of each stored article; reads no article itself. Articles
of different batches cannot be one story, so each batch is clustered on its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, islice

from pipeline.records import Story
from pipeline.relevance.fingerprints import CandidatePairs
from pipeline.relevance.groups import Groups

# no border test: speed only
BATCH = 2_000  # articles that are read and compared at a time: some 10 MB
# no border test: speed only
SLICE = 20_000  # new articles paired at a time: some 50 MB; a day brings a few hundred


@dataclass(slots=True)
class Batch:
    """Articles that may be one story with each other, but with none of another batch."""

    ids: list[str] = field(default_factory=list)
    pairs: list[tuple[str, str]] = field(default_factory=list)
    stories: set[str] = field(default_factory=set)  # which they are in, or give their id to


@dataclass(slots=True)
class Changes:
    """The stories that an article joined, left or changed."""

    changed: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)  # the same under their earlier ids

    def add(self, found: Iterable[Story], fresh: Collection[str], known: Mapping[str, str]) -> None:
        """Add the stories with a new or edited article, or one of another story before."""
        for story in found:
            ids = [article.id for article in (story.lead, *story.others)]
            if any(name in fresh or known.get(name) != story.id for name in ids):
                self.changed.add(story.id)
                self.gone.update(known.get(name, story.id) for name in ids)


def slices(ids: Iterable[str], fresh: Collection[str]) -> Iterator[frozenset[str]]:
    """Yield the new articles among `ids`, in this order, a slice at a time."""
    given = iter([name for name in ids if name in fresh])
    while part := frozenset(islice(given, SLICE)):
        yield part


def involved(candidates: CandidatePairs, fresh: Collection[str]) -> set[str]:
    """Return the ids of the new articles and of all that they may be one story with."""
    return {*fresh, *chain.from_iterable(candidates.pairs)}


def batches(
    candidates: CandidatePairs, fresh: Collection[str], known: Mapping[str, str]
) -> Iterator[Batch]:
    """Yield what has to be compared, a batch at a time; `known` is the story of each article."""
    names = sorted(involved(candidates, fresh))
    stories = [known.get(name, name) for name in names]
    number = {name: at for at, name in enumerate(names)}
    groups = Groups(len(names))
    for first, second in candidates.pairs:
        groups.join(number[first], number[second])
    earliest: dict[str, int] = {}
    for at, story in enumerate(stories):
        groups.join(earliest.setdefault(story, at), at)
    parts: dict[str, Batch] = {}
    found = []
    for members in groups.all():
        part = Batch([names[at] for at in members], [], {stories[at] for at in members})
        parts |= dict.fromkeys(part.ids, part)
        found.append(part)
    for pair in candidates.pairs:
        parts[pair[0]].pairs.append(pair)
    yield from _filled(found)


def _filled(parts: Iterable[Batch]) -> Iterator[Batch]:
    """Yield parts put together until there are enough articles to be worth a read."""
    batch = Batch()
    for part in parts:
        batch.ids += part.ids
        batch.pairs += part.pairs
        batch.stories |= part.stories
        if len(batch.ids) >= BATCH:
            yield batch
            batch = Batch()
    if batch.ids:
        yield batch
