"""The simple methods that relevance is compared with: what one would try first.

Takes a collection that is ready; gives for each interview the items with their scores. Nothing of
them is fitted. They read title and summary; a line is a note line, and an item takes its best one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

from tests.benchmarks.collection import Scenario
from tests.benchmarks.prepared import Ready

Numbers = npt.NDArray[np.float64]

SATURATION, BY_LENGTH = 1.5, 0.75  # of BM25: what its libraries take where nothing is said
RANKS = 60  # of reciprocal rank fusion, as in the paper that proposed it


class SimpleMethods:
    """Every simple method over the items of one collection."""

    def __init__(self, ready: Ready) -> None:
        """Take the collection."""
        self._ready = ready
        self._texts = [
            f"{item.story.lead.title}\n{item.story.lead.text}".strip() for item in ready.items
        ]
        self._ids = [item.story.id for item in ready.items]

    def rankings(self) -> Iterator[tuple[str, dict[str, dict[str, float]]]]:
        """Yield each method's name and, for each interview, the score of each item above 0."""
        found: dict[str, dict[str, dict[str, float]]] = {}
        for scenario, _ in self._ready.matchers:
            for name, scores in self._scores(scenario).items():
                found.setdefault(name, {})[scenario.company.slug] = {
                    self._ids[n]: float(scores[n]) for n in np.flatnonzero(scores > 0)
                }
        yield from found.items()

    def _scores(self, scenario: Scenario) -> Mapping[str, Numbers]:
        lines = [line.text for line in scenario.interview.lines]
        names = [scenario.company.name, *scenario.company.aliases]
        notes, named = " ".join(lines), " ".join([*lines, *names])
        by_alias = self._tfidf([named]) * self._bears(names)
        alike = self._alike(lines)
        fused = sum(map(_by_rank, (by_alias, self._bm25([named]), alike)), np.zeros(len(alike)))
        return {
            "TF-IDF, all notes as one text": self._tfidf([notes]),
            "TF-IDF of sublinear bigrams, best line": self._sublinear(lines),
            "BM25, best line": self._bm25(lines),
            "static vectors, best line": alike,
            "name or alias, ranked by TF-IDF": by_alias,
            "fusion of alias, BM25 and vectors": fused,
        }

    def _bears(self, names: list[str]) -> Numbers:
        """Return 1 for each item that bears a name as a whole word, as it is written."""
        told = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)")
        return np.array([float(bool(told.search(text))) for text in self._texts])

    def _alike(self, lines: list[str]) -> Numbers:
        likest: Numbers = (self._meanings @ self._ready.embedding.of(lines).T).max(axis=1)
        return likest.astype(float)

    def _tfidf(self, queries: list[str]) -> Numbers:
        return _best(self._plain_table, self._plain.transform(queries))

    def _sublinear(self, queries: list[str]) -> Numbers:
        return _best(self._bigram_table, self._bigrams.transform(queries))

    def _bm25(self, queries: list[str]) -> Numbers:
        return _best(self._bm25_table, self._counts.transform(queries).minimum(1))

    @cached_property
    def _meanings(self) -> Numbers:
        return np.asarray(self._ready.embedding.of(self._texts))

    @cached_property
    def _plain(self) -> Any:
        return TfidfVectorizer().fit(self._texts)

    @cached_property
    def _plain_table(self) -> Any:
        return self._plain.transform(self._texts)

    @cached_property
    def _bigrams(self) -> Any:
        return TfidfVectorizer(ngram_range=(1, 2), stop_words="english", sublinear_tf=True).fit(
            self._texts
        )

    @cached_property
    def _bigram_table(self) -> Any:
        return self._bigrams.transform(self._texts)

    @cached_property
    def _counts(self) -> Any:
        return CountVectorizer(stop_words="english").fit(self._texts)

    @cached_property
    def _bm25_table(self) -> Any:
        counts = self._counts.transform(self._texts).astype(float).tocsr()
        lengths = np.asarray(counts.sum(axis=1)).ravel()
        holding = np.asarray((counts > 0).sum(axis=0)).ravel()
        rarity = np.log1p((counts.shape[0] - holding + 0.5) / (holding + 0.5))
        damping = SATURATION * (1 - BY_LENGTH + BY_LENGTH * lengths / lengths.mean())
        row = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
        counts.data = rarity[counts.indices] * counts.data / (counts.data + damping[row])
        return counts


def _best(table: Any, queries: Any) -> Numbers:
    """Return the score of each item for its best query."""
    scores: Numbers = (table @ queries.T).toarray().max(axis=1)
    return scores


def _by_rank(scores: Numbers) -> Numbers:
    """Return what the place of each item in a ranking counts; nothing where it is not ranked."""
    ranks = np.empty(len(scores))
    ranks[np.argsort(-scores, kind="stable")] = np.arange(1, len(scores) + 1)
    return np.where(scores > 0, 1 / (RANKS + ranks), 0.0)
