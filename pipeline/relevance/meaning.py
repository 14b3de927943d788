"""Meaning beyond the words: a static word embedding beside TF-IDF.

Takes texts and the stored news; gives vectors whose cosine says how near two texts are in
meaning ("red car, no. 1" and "Schumacher"). The embedding is a table beside this file, a vector
for each word piece (word_pieces.md says from where): no network, no model that runs.

Three things make a table of vectors useful here, each measured on interviews (docs/relevance.md):

- a token counts by its inverse document frequency in the stored news, or "the" fills the mean
  (Arora, Liang, Ma: A simple but tough-to-beat baseline for sentence embeddings, 2017);
- what all stories have in common is taken out: their mean (Mu, Viswanath: All-but-the-top, 2018);
- an office line leans towards the stories nearest to it, since a jotting names a hobby in words of
  its own and the news in theirs (pseudo relevance feedback: Rocchio 1971).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.records import EmbeddingStatistics
from pipeline.text.patterns import compiled_later

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

# ------------------------------------------------------------ every number, and where it is from
# no border test: the width of the shipped table; nothing loads with another
DIMENSIONS = 256
# no border test: that of the table's longest; no more is looked up
LONGEST_PIECE = 18  # letters
# no border test: bounds the memory; 12,000 items have 36,000
MOST_WORDS = 60_000  # whose pieces are remembered
# no border test: for speed; a story begins with what it is about
LONGEST_TEXT = 2_000  # characters of a text that are read, as for TF-IDF
# no border test: speed only: the first news are read three times, 2,000 of them take 4 MB
MOST_TEXTS = 2_000  # whose word pieces are remembered
# no border test: a smoothing; 3 and 8 do as well
NEAREST = 5  # stories that a line leans to; 3 and 8 do about as well
# no border test: bounds time and memory
LOOKED_AT = 50  # stories nearest in meaning, among which shared words choose these
LEANING = 0.4  # of a line's vector comes from them
CHANCE = 0.15  # cosine of two texts that have nothing in common: counts for nothing
BATCH = 1_000  # texts embedded at a time: bounds the memory; no border test: speed only


# Han characters stand alone, as in BERT.
_CLAUSE_END = compiled_later(r"[,;:.()?!/+&]|->| - ")
_WORD = compiled_later(r"[\u3400-\u9fff]|[^\W_\u3400-\u9fff]+")
_ASCII_WORD = compiled_later(
    r"[a-z0-9]+"
)  # the same in small ASCII letters, in a third of the time


@cache
def _table() -> tuple[dict[str, int], Any]:
    """Return each word piece's row, and the rows: a whole number for each dimension, and a scale.

    The file is mapped into memory, not copied.
    """
    import numpy as np

    rows = np.asarray(np.load(Path(__file__).with_name("word_pieces.npy"), mmap_mode="r"))
    return {piece.decode(): row for row, piece in enumerate(rows["piece"].tolist())}, rows


@lru_cache(maxsize=MOST_TEXTS)
def word_pieces(text: str) -> NDArray[np.int32]:
    """Return the rows of a text's word pieces, as BERT's uncased tokenizer cuts its words."""
    import numpy as np

    plain = unicodedata.normalize("NFD", text[:LONGEST_TEXT].lower())
    if not plain.isascii():
        for mark in [c for c in set(plain) if unicodedata.category(c) == "Mn"]:
            plain = plain.replace(mark, "")
    words = (_ASCII_WORD if plain.isascii() else _WORD).findall(plain)
    return np.fromiter(chain.from_iterable(map(_pieces_of, words)), np.int32)


@lru_cache(maxsize=MOST_WORDS)
def _pieces_of(word: str) -> tuple[int, ...]:
    """Return the longest pieces that make up a word, from its beginning; none if one is unknown."""
    known, _ = _table()
    found: list[int] = []
    begin, mark = 0, ""
    while begin < len(word):
        for end in range(min(len(word), begin + LONGEST_PIECE), begin, -1):
            row = known.get(mark + word[begin:end])
            if row is not None:
                break
        else:
            return ()
        found.append(row)
        begin, mark = end, "##"
    return tuple(found)


def is_usual(word: str) -> bool:
    """Return whether a word in small letters is a piece by itself: tens of thousands are."""
    return word in _table()[0]


@lru_cache(maxsize=MOST_TEXTS)
def plain_vector(text: str) -> Vectors:
    """Return the mean of a text's word pieces at length 1, whatever the stored news; or nought.

    What was fitted beforehand must not hang on how often a word is in somebody's news.
    """
    import numpy as np

    pieces = word_pieces(text)
    if not len(pieces):
        return np.zeros(DIMENSIONS, np.float32)
    found = _table()[1][pieces]
    return _unit((found["vector"] * found["scale"][:, None]).mean(axis=0))


def clauses_of(text: str) -> list[str]:
    """Return the clauses of a jotting, or all of it where none has a word."""
    return [clause for clause in _CLAUSE_END.split(text) if _WORD.search(clause)] or [text]


class Embedding:
    """Turns texts into vectors of length 1."""

    def __init__(self, embeddings: EmbeddingStatistics) -> None:
        """Take what was learned from the stored news."""
        import numpy as np

        self._idf = np.frombuffer(embeddings.idf, dtype="<f4")
        self._mean_vector = np.frombuffer(embeddings.mean_vector, dtype="<f4")
        self._nearest = {
            text: np.frombuffer(vector, dtype="<f4") for text, vector in embeddings.nearest.items()
        }

    def of(self, texts: Sequence[str]) -> Vectors:
        """Return a vector for each text; nought for one without a known token."""
        return _centred(_pooled(texts, self._idf), self._mean_vector)

    def of_line(self, text: str, *, leans: bool, meant: str = "") -> Vectors:
        """Return a note line's vector, with `leans` drawn towards the stories nearest to it.

        `meant` is the line in English, where it is in another language.
        """
        own: Vectors = self.of([meant or text])[0]
        nearest = self._nearest.get(text)
        if not leans or nearest is None:
            return own
        return _unit((1 - LEANING) * own + LEANING * nearest)


def likeness(cosine: float) -> float:
    """Return what a cosine counts: nothing up to chance, then in proportion to 1."""
    return max(cosine - CHANCE, 0.0) / (1 - CHANCE)


def learn(
    read: Callable[[], Iterable[str]],
    lines: Sequence[str],
    shared: Callable[[str, str], float],
    meant: Callable[[str], str] = str,
) -> EmbeddingStatistics:
    """Return what the stored texts teach.

    `read()` gives the texts; `shared(line, text)` is what a line has in common with one by words;
    `meant(text)` is a line or a text in English.
    """
    import numpy as np

    idf = _idf(map(meant, read()))
    stories, mean_vector = _all_centred(
        _unit(_pooled(batch, idf)) for batch in _batches(map(meant, read()))
    )
    jotted = _centred(_pooled(list(map(meant, lines)), idf), mean_vector)
    nearest = {}
    chosen = {
        line: np.argsort(-(stories @ vector), kind="stable")[:LOOKED_AT].tolist()
        for line, vector in zip(lines, jotted, strict=True)
    }
    by_words: dict[tuple[str, int], float] = {}
    for row, text in enumerate(read()):  # of each text all lines: `shared` takes it apart once
        by_words |= {(line, row): shared(line, text) for line in lines if row in chosen[line]}
    for line, vector in zip(lines, jotted, strict=True):
        rows = sorted(
            chosen[line],
            key=lambda row: -(float(stories[row] @ vector) + by_words[line, row]),
        )
        closest = stories[rows[:NEAREST]]
        nearest[line] = _bytes(_unit(closest.mean(axis=0) if rows else np.zeros_like(vector)))
    return EmbeddingStatistics(_bytes(idf), _bytes(mean_vector), nearest)


def fits(learned: EmbeddingStatistics) -> bool:
    """Return whether this was learned with this table, and not with that of an older version."""
    return len(learned.idf) == 4 * len(_table()[1])


def _idf(texts: Iterable[str]) -> Vectors:
    import numpy as np

    seen, documents = np.zeros(len(_table()[1]), np.float32), 0
    for documents, text in enumerate(texts, start=1):  # noqa: B007
        seen[word_pieces(text)] += 1  # once, however often one is in the text
    return np.log((1 + documents) / (1 + seen)).astype(np.float32)


def _pooled(texts: Sequence[str], idf: Vectors) -> Vectors:
    """Return the mean of each text's word pieces, each by its rarity."""
    import numpy as np

    _, table = _table()
    scale, vector = table["scale"], table["vector"]
    pooled = np.zeros((len(texts), DIMENSIONS), np.float32)
    for number, text in enumerate(texts):
        rows = word_pieces(text)
        pooled[number] = (idf[rows] * scale[rows]) @ vector[rows]
    return pooled


def _centred(pooled: Vectors, mean_vector: Vectors) -> Vectors:
    centred: Vectors = _unit(pooled) - mean_vector
    centred[~pooled.any(axis=-1)] = 0  # no known token: near to nothing
    return _unit(centred)


def _all_centred(blocks: Iterable[Vectors]) -> tuple[Vectors, Vectors]:
    """Return all stories' vectors without what they have in common, and that.

    Done in place, a stretch at a time: of all stories there is one copy, 1 KB for each.
    """
    import numpy as np

    stories = np.concatenate([np.zeros((0, DIMENSIONS), np.float32), *blocks])
    mean_vector = stories.mean(axis=0) if len(stories) else np.zeros(DIMENSIONS, np.float32)
    for begin in range(0, len(stories), BATCH):
        stories[begin : begin + BATCH] = _centred(stories[begin : begin + BATCH], mean_vector)
    return stories, mean_vector


def _unit(vectors: Any) -> Vectors:
    import numpy as np

    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    unit: Vectors = (vectors / np.where(lengths > 0, lengths, 1)).astype(np.float32)
    return unit


def _batches(texts: Iterable[str]) -> Iterable[list[str]]:
    given = iter(texts)
    while batch := list(islice(given, BATCH)):
        yield batch


def _bytes(vector: Vectors) -> bytes:
    return vector.astype("<f4").tobytes()
