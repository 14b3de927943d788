"""The fingerprint of each article, so that a new one is compared only with those that are like it.

Takes articles and the weights of words; gives for each a fingerprint of 120 bytes: the MinHash
signature of its words (`minhash`), and hashes of its title, its page, and its page and text within
its feed. From the fingerprints of all articles and the ids of the new ones follows which articles
have to be read: `candidate_pairs`.

A fingerprint only says what is worth a look; whether two articles are one story is decided in
`clustering`, where their words are read. Weights are learned with the document frequencies, and all
fingerprints are made again then: those of different weights cannot be compared.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any
from zlib import crc32

from pipeline.records import Article
from pipeline.records.record import dataclass
from pipeline.relevance import hashed_terms, minhash, story_features
from pipeline.text.headlines import bare_headline

# ------------------------------------------------------------ every number, and where it is from
SOME_TEXT = 10  # words: with fewer the title is part of what is compared
BOILERPLATE = 3  # titles in one feed over the same text or link; two may be an update (a judgement)
TITLE, PAGE, PAGE_HERE, TEXT_HERE = range(4)  # the rows of hashes; "here" is in the feed
HASHES = 4  # no border test: the rows named above, not a choice
LENGTH = 2 * (minhash.WIDTH + 2 * HASHES)  # bytes of a fingerprint
AT_ONCE = 1_000  # articles whose words are counted at a time; no border test: speed only

_NOT_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """The fingerprints of a batch of articles, a column for each."""

    ids: tuple[str, ...]
    hashes: Any  # HASHES rows of uint32; 0: no fingerprint
    signatures: Any  # minhash.WIDTH rows of uint16


@dataclass(frozen=True, slots=True)
class CandidatePairs:
    """What has to be compared because of new articles."""

    pairs: tuple[tuple[str, str], ...]  # ids of articles of which one is new
    boilerplate: frozenset[int]  # hashes of pages and texts that a feed gives to many titles


def of(
    articles: Sequence[Article], words: bytes, known: Collection[int] = (), own: Any = None
) -> Fingerprints:
    """Return the fingerprints of articles; `known` says what is boilerplate in their feeds.

    `own` are their hashes, where these are known.
    """
    own = hashes(articles) if own is None else own
    rows = hashed_terms.rows(compared_texts(articles, own, known))
    return Fingerprints(tuple(article.id for article in articles), own, signatures_of(rows, words))


def candidate_pairs(fingerprints: Fingerprints, fresh: Collection[str]) -> CandidatePairs:
    """Return which pairs are worth a look when these articles are new or were edited.

    The fingerprints are in the order of publication.
    """
    import numpy as np

    is_fresh = np.fromiter(
        (name in fresh for name in fingerprints.ids), bool, len(fingerprints.ids)
    )
    found = set(minhash.pairs(fingerprints.signatures, is_fresh))
    for row in (TITLE, PAGE):
        found.update(_neighbours(fingerprints.hashes[row], is_fresh))
    pairs = tuple((fingerprints.ids[one], fingerprints.ids[other]) for one, other in sorted(found))
    return CandidatePairs(pairs, boilerplate(fingerprints.hashes))


def _neighbours(values: Any, fresh: Any) -> Iterator[tuple[int, int]]:
    """Yield the pairs of neighbours among all with the same value."""
    import numpy as np

    order = np.argsort(values, kind="stable")
    one, other = order[:-1], order[1:]
    kept = (values[one] == values[other]) & (values[one] != 0) & (fresh[one] | fresh[other])
    yield from zip(one[kept].tolist(), other[kept].tolist(), strict=True)


# ------------------------------------------------------------------------ parts of a fingerprint


def hashes(articles: Sequence[Article]) -> Any:
    """Return the hashes of some articles: of title, page, and page and text in the feed."""
    import numpy as np

    found = np.zeros((HASHES, len(articles)), np.uint32)
    for number, article in enumerate(articles):
        feed = crc32(article.feed.encode("utf-8", "replace"))
        found[TITLE, number] = _hash(_key(article))
        found[PAGE, number] = _hash(article.canonical)
        found[PAGE_HERE, number] = _hash(article.canonical, feed)
        found[TEXT_HERE, number] = _hash(article.text, feed)
    return found


def boilerplate(*several: Any) -> frozenset[int]:
    """Return the hashes of what a feed says under several titles, of all these hashes."""
    import numpy as np

    found, many = np.concatenate(several, axis=1), set[int]()
    titles = found[TITLE].astype(np.uint64)
    for row in (PAGE_HERE, TEXT_HERE):
        filled = found[row] != 0
        pairs = found[row][filled].astype(np.uint64) << np.uint64(32) | titles[filled]
        values = minhash.distinct(pairs) >> np.uint64(32)  # in order: alike ones are neighbours
        later = values[BOILERPLATE - 1 :]
        many.update(later[later == values[: len(later)]].tolist())
    return frozenset(many)


def compared_texts(
    articles: Sequence[Article], found: Any, known: Collection[int]
) -> Iterator[tuple[str, str]]:
    """Yield what is compared of each article: its headline, and its text if not boilerplate."""
    for article, text in zip(articles, found[TEXT_HERE].tolist(), strict=True):
        body = "" if text in known else story_features.body(article.text)
        yield bare_headline(article.title, article.source), body


def signatures_of(rows: hashed_terms.Rows, words: bytes) -> Any:
    """Return the signature of each article: of its text, with the title if that is short.

    Without learned weights the articles' own are taken.
    """
    import numpy as np

    starts = [
        text if end - text >= SOME_TEXT else title
        for title, text, end in zip(rows.titles, rows.texts, rows.ends, strict=True)
    ]
    filled = sum(end > start for start, end in zip(starts, rows.ends, strict=True))
    counts = np.bincount(rows.flat, minlength=1 << hashed_terms.BITS)
    weights = np.frombuffer(words, "<f2") if words else minhash.weights_of(counts, filled)
    return minhash.signatures(rows.flat, rows.looks, starts, rows.ends, weights)


def learn(texts: Iterable[str]) -> bytes:
    """Return the weight of each word number, by how often the stored news use it."""
    import numpy as np

    given, counts, documents = iter(texts), np.zeros(1 << hashed_terms.BITS, np.int64), 0
    while batch := [(text, "") for text in islice(given, AT_ONCE)]:
        counts += np.bincount(hashed_terms.rows(batch).flat, minlength=len(counts))
        documents += len(batch)
    return bytes(minhash.weights_of(counts, documents).astype("<f2").tobytes())


def _key(article: Article) -> str:
    """Return the title for comparing: no case, no signs, no publisher."""
    title = bare_headline(article.title, article.source)
    return _NOT_LETTERS.sub(" ", title.casefold()).strip()


def _hash(text: str, begun: int = 0) -> int:
    return crc32(text.encode("utf-8", "replace"), begun) if text else 0


# --------------------------------------------------------------------------------- to be stored


def packed(fingerprints: Fingerprints) -> Iterator[bytes]:
    """Yield each article's fingerprint as bytes, in their order."""
    import numpy as np

    halves = np.ascontiguousarray(fingerprints.hashes.T).astype("<u4").view("<u2")
    for row in np.hstack((fingerprints.signatures.T, halves)).astype("<u2"):
        yield row.tobytes()


def unpacked(stored: Iterable[tuple[str, bytes]]) -> Fingerprints:
    """Return the fingerprints that `packed` gave, each with its article's id."""
    import numpy as np

    kept = list(stored)
    rows = np.frombuffer(b"".join(packed for _, packed in kept), "<u2")
    rows = rows.reshape(len(kept), LENGTH // 2)
    halves = np.ascontiguousarray(rows[:, minhash.WIDTH :]).view("<u4")
    return Fingerprints(
        tuple(name for name, _ in kept),
        np.ascontiguousarray(halves.T),
        np.ascontiguousarray(rows[:, : minhash.WIDTH].T),
    )
