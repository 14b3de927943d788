"""Document frequencies: counted when a refit is due, and applied until the next.

Takes texts; gives `Frequencies`. A new article is scored with the frequencies of the last fit, so
that no day's work depends on how many articles came before it on that day.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from itertools import islice

from pipeline.records import Frequencies
from pipeline.relevance.terms import terms
from pipeline.text.same_for_all import same_for_all

# no border test: bounds time and memory
MOST_TERMS = 200_000  # kept: the most frequent; the others count as seen once
BATCH = 2_000  # texts counted at a time; no border test: speed only
LARGEST_TABLE = 1_000_000  # terms counted at a time: some 200 MB; no border test: speed only
SMALLEST_CORPUS = 1_000  # articles: a smaller one knows too little, so an unseen term is capped


def fit(texts: Iterable[str], now: datetime) -> Frequencies:
    """Count how many texts hold each term. Terms of one text only are not kept.

    The texts are counted a batch at a time; where the table grows too large, what was seen only
    once so far goes (lossy counting: Manku, Motwani 2002), so that memory does not grow with them.
    """
    counted: Counter[str] = Counter()
    documents = 0
    given = iter(texts)
    while batch := list(islice(given, BATCH)):
        documents += len(batch)
        for text in batch:
            counted.update(_held(text))
        if len(counted) > LARGEST_TABLE:
            counted = Counter({term: n for term, n in counted.items() if n > 1})
    least = 2 if documents > 1 else 1  # a term of one document is as good as unseen
    kept = sorted(
        ((term, n) for term, n in counted.items() if n >= least), key=lambda x: (-x[1], x[0])
    )
    return Frequencies(documents, dict(kept[:MOST_TERMS]), now)


@same_for_all
def _held(text: str) -> frozenset[str]:
    """Return a text's terms, each once: documents are counted, not occurrences."""
    return frozenset(terms(text))


def idf(frequencies: Frequencies, term: str) -> float:
    """Return the smooth inverse document frequency: ln((1 + N) / (1 + df)) + 1.

    That of scikit-learn's TfidfTransformer. A small corpus is taken for one of a thousand
    articles, so that in the first days not every word looks rare.
    """
    return idf_of(frequencies.documents, frequencies.terms.get(term, 1))


@lru_cache(maxsize=1 << 14)
def idf_of(documents: int, seen: int) -> float:
    """Return the same for a term that is in that many documents."""
    return math.log((1 + max(documents, SMALLEST_CORPUS)) / (1 + seen)) + 1
