"""Document frequencies: fitted with scikit-learn when a refit is due, applied without it.

Takes texts; gives `Frequencies`. A new article is scored with the frequencies of the last fit, so
that no day's work depends on how many articles came before it on that day.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import datetime, timedelta

from pipeline.records import Frequencies
from pipeline.relevance.terms import terms

GROWN_BY = 0.10  # a refit is due when there are a tenth more articles than at the last fit,
OLD_AFTER = timedelta(days=30)  # or a month has passed: names and topics of the season change
MOST_TERMS = 200_000  # kept: the most frequent; the others count as seen once
SMALLEST_CORPUS = 1_000  # articles: a smaller one knows too little, so an unseen term is capped


def fit(texts: Iterable[str], now: datetime) -> Frequencies:
    """Count in how many texts each term stands. Terms that stand in one only are not kept."""
    from sklearn.feature_extraction.text import CountVectorizer

    corpus = list(texts)
    if not any(terms(text) for text in corpus):
        return Frequencies(len(corpus), {}, now)
    vectorizer = CountVectorizer(
        analyzer=terms,  # ours: words and pairs, the same as when scoring
        binary=True,  # documents are counted, not occurrences
        min_df=2 if len(corpus) > 1 else 1,  # a term of one document is as good as unseen
        max_features=MOST_TERMS,
    )
    try:
        counts = vectorizer.fit_transform(corpus).sum(axis=0).A1
    except ValueError:  # no term stands in two texts
        return Frequencies(len(corpus), {}, now)
    names = vectorizer.get_feature_names_out()
    return Frequencies(
        len(corpus), {str(n): int(c) for n, c in zip(names, counts, strict=True)}, now
    )


def due(fitted: Frequencies | None, documents: int, now: datetime) -> bool:
    """Tell whether there is no fit yet, or the articles have outgrown it, or it is old."""
    if fitted is None or fitted.fitted is None or now - fitted.fitted >= OLD_AFTER:
        return True
    return abs(documents - fitted.documents) > GROWN_BY * fitted.documents


def idf(frequencies: Frequencies, term: str) -> float:
    """Return the smooth inverse document frequency: ln((1 + N) / (1 + df)) + 1.

    That of scikit-learn's TfidfTransformer. A small corpus is taken for one of a thousand
    articles, so that in the first days not every word looks rare.
    """
    documents = max(frequencies.documents, SMALLEST_CORPUS)
    return math.log((1 + documents) / (1 + frequencies.terms.get(term, 1))) + 1
