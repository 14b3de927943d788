"""Which of many texts may be near-duplicates, without comparing each with each.

Takes texts as lists of word numbers; gives pairs worth a closer look. The MinHash
signature of a text is, for each of some hash functions, the smallest hash value of its words; it is
weighted by IDF, so that a rare word has the smallest value more often. Texts that share most of
their words share most of their values, however the shared words are scattered. Texts that agree in
one band of values are paired. A second, smaller signature of the opening words pairs a teaser with
the full text. The work grows with the
words of the batch; whether a pair is the same story is for the caller to judge.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pipeline.relevance.hashed_terms import PLAIN

# ------------------------------------------------------------ every number, and where it is from
# no border test: trades speed for a share of pairs found; the benchmark measures it
ROWS_PER_BAND = 2  # words to a band: of two texts that share .6, 36 % agree in one band,
# no border test: trades speed for a share of pairs found; the benchmark measures it
BANDS = 12  # 99.5 % in one of twelve
# no border test: trades speed for a share of pairs found; the benchmark measures it
OPENING_BANDS = 6  # the same for teasers, which share all their words: .7 of 24 words, 98 %
# no border test: trades speed for a share of pairs found; the benchmark measures it
OPENING = 24  # words: a feed's teaser has some 30 (median of the labelled collection: 31)
# no border test: trades speed for a share of pairs found; the benchmark measures it
NEIGHBOURS = 3  # compared on each side in a band: templates fill bands with thousands of texts
# no border test: trades speed for a share of pairs found; the benchmark measures it
ALIKE_VALUES = 8  # of all 24 must agree: texts that share .5 agree in 12 give or take 2.5; at 6
# there were 2.3 times as many pairs to look at among 50,000, and not one more true pair
# no border test: trades speed for a share of pairs found; the benchmark measures it
ALIKE_OPENING = 5  # of 12: a teaser agrees in 10
# no border test: trades speed for a share of pairs found; the benchmark measures it
FACTS = 8  # hash values of names and numbers: where more texts share a band than are compared, they
# fill in one template, and
# no border test: trades speed for a share of pairs found; the benchmark measures it
ALIKE_FACTS = 2  # of these must agree; else the facts differ, or most are missing
# no border test: trades speed for a share of pairs found; the benchmark measures it
FAVOUR = 3  # power of the IDF in them: the words of a template have a capital here and there, too
# no border test: guards a division: any small number would do
LEAST_WEIGHT = 1e-3  # of a word of every second line; kept in 16 bits, less would be nothing
NOTHING = 0xFFFF  # of no words at all; no border test: a marker, not a quantity
WIDTH = (BANDS + OPENING_BANDS) * ROWS_PER_BAND + 2 * FACTS  # of a signature, 104 bytes
# no border test: speed only
AT_ONCE = (
    1 << 15
)  # words that go through all hash functions at a time: they fit a processor's cache


def weights_of(counts: Any, texts: int) -> Any:
    """Return the IDF of every word number, by how many of the texts hold it."""
    import numpy as np

    often = np.maximum(np.arange(counts.max(initial=0) + 1), 1)  # a weight for each count there is
    return np.maximum(np.log1p(max(texts, 1) / often), LEAST_WEIGHT).astype(np.float16)[counts]


def signatures(
    flat: Any, looks: Any, starts: Sequence[int], ends: Sequence[int], weights: Any
) -> Any:
    """Return the signature of each text: `WIDTH` rows, a column for each text.

    Text n is `flat[starts[n]:ends[n]]`, an array of word numbers as in `hashed_terms.Rows`. With
    the same weights a text has the same signature in every batch, so it can be kept.
    """
    import numpy as np

    begins, stops = np.array(starts, dtype=np.int64), np.array(ends, dtype=np.int64)
    signatures = np.full((WIDTH, len(begins)), NOTHING, np.uint16)
    filled = np.flatnonzero(stops > begins)
    if len(filled):
        begins, stops = begins[filled], stops[filled]
        sampler = _Sampler(flat, looks, weights)
        parts = (
            sampler.values(begins, stops, BANDS),
            sampler.values(begins, np.minimum(stops, begins + OPENING), OPENING_BANDS),
        )
        signatures[:, filled] = np.concatenate(parts)
    return signatures


def pairs(signatures: Any, fresh: Any = None) -> Iterator[tuple[int, int]]:
    """Yield each pair of texts with much the same signature, lower number first, in order.

    With `fresh` (true for some texts) only the pairs in which one of these is; the work then
    grows with these, not with all.
    """
    import numpy as np

    whole = BANDS * ROWS_PER_BAND + FACTS
    found = [
        _agreeing_pairs(signatures[:whole], BANDS, ALIKE_VALUES, fresh),
        _agreeing_pairs(signatures[whole:], OPENING_BANDS, ALIKE_OPENING, fresh),
    ]
    for number in distinct(np.concatenate(found)).tolist():
        yield divmod(number, signatures.shape[1])


def _agreeing_pairs(signatures: Any, bands: int, alike: int, fresh: Any) -> Any:
    """Return the pairs (first * texts + second) that agree in a band and in enough values."""
    import numpy as np

    values, facts, texts = (
        signatures[: bands * ROWS_PER_BAND],
        signatures[bands * ROWS_PER_BAND :],
        signatures.shape[1],
    )
    filled, found = (values != NOTHING).any(axis=0), []
    for band in range(bands):
        keys = (
            values[band * ROWS_PER_BAND].astype(np.uint32) << np.uint32(16)
            | values[band * ROWS_PER_BAND + 1]
        )
        near = np.flatnonzero(_near(keys, fresh) & filled)
        one, other, crowded = _neighbours(keys[near], facts[band % FACTS][near])
        one, other = near[one], near[other]
        kept = ~crowded
        kept[crowded] = _agreeing(facts, one[crowded], other[crowded]) >= ALIKE_FACTS
        if fresh is not None:
            kept &= fresh[one] | fresh[other]
        found.append(one[kept] * texts + other[kept])
    one, other = np.divmod(distinct(np.concatenate(found)), max(texts, 1))
    kept = _agreeing(values, one, other) >= alike
    return one[kept] * texts + other[kept]


def _near(keys: Any, fresh: Any) -> Any:
    """Return where a key is one of a fresh text: by its upper half, which leaves few others."""
    import numpy as np

    if fresh is None:
        return np.ones(len(keys), dtype=bool)
    halves, wanted = keys >> np.uint32(16), np.zeros(1 << 16, dtype=bool)
    wanted[halves[fresh]] = True
    return wanted[halves]


class _Sampler:
    """Takes the smallest hash values of texts."""

    def __init__(self, flat: Any, looks: Any, weights: Any) -> None:
        import numpy as np

        counts = np.bincount(flat)
        self._words = np.flatnonzero(counts)
        self._weights = weights[self._words].astype(np.float64)
        places = np.zeros(len(counts), dtype=np.uint32)
        places[self._words] = np.arange(len(self._words), dtype=np.uint32)
        self._flat, striking = places[flat], looks != PLAIN
        self._striking = self._flat[striking]
        self._place = np.concatenate((np.zeros(1, np.int32), np.cumsum(striking, dtype=np.int32)))

    def values(self, starts: Any, ends: Any, bands: int) -> Any:
        """Return the values of all bands, then those of the words with a capital or a digit.

        Rare ones are strongly favoured in these.
        """
        import numpy as np

        begins, stops = self._place[starts], self._place[ends]
        signatures = _minima(self._flat, starts, ends, self._hash_values(bands * ROWS_PER_BAND, 1))
        facts = _minima(self._striking, begins, stops, self._hash_values(FACTS, FAVOUR))
        facts[:, begins == stops] = NOTHING
        return np.concatenate((signatures, facts))

    def _hash_values(self, count: int, power: int) -> list[Any]:
        weights = self._weights**power
        return [_hash_values(self._words, weights, number) for number in range(count)]


def _hash_values(words: Any, weights: Any, row: int) -> Any:
    """Return each word's hash value in one row, weighted: -ln(u) / weight, u from its number.

    The bits of a positive float32 are in the order of the numbers, so they serve as integers.
    """
    import numpy as np

    mixed = words.astype(np.uint64) + np.uint64((row + 1) * 0x9E3779B97F4A7C15 & (1 << 64) - 1)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):  # splitmix64
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    mixed ^= mixed >> np.uint64(31)
    uniform = ((mixed >> np.uint64(11)).astype(np.float64) + 1) / (1 << 53)
    return (-np.log(uniform) / weights).astype(np.float32).view(np.uint32)


def _minima(flat: Any, starts: Any, ends: Any, hash_values: Sequence[Any]) -> Any:
    """Return the lowest hash value of each text's words, in 16 bits, a row for each function.

    A stretch of texts at a time goes through all functions while it is in the processor's cache.
    """
    import numpy as np

    spread = np.uint32(0x9E3779B1)
    values = np.empty((len(hash_values), len(starts)), dtype=np.uint16)
    padded, first = np.append(flat, np.uint32(0)), 0
    while first < len(starts):
        last = int(np.searchsorted(ends, starts[first] + AT_ONCE, side="right"))
        last = max(last, first + 1)
        begin, end = int(starts[first]), int(ends[last - 1])
        words = padded[begin : end + 1].astype(np.intp)
        bounds = np.empty(2 * (last - first), dtype=np.intp)
        bounds[::2], bounds[1::2] = starts[first:last] - begin, ends[first:last] - begin
        for row, places in zip(values, hash_values, strict=True):
            lowest = np.minimum.reduceat(places[words], bounds)[::2]
            row[first:last] = lowest * spread >> np.uint32(16)
        first = last
    return values


def _neighbours(keys: Any, finer: Any) -> tuple[Any, Any, Any]:
    """Return the pairs that share a key and are near each other when sorted by the finer one.

    With each, whether more texts share the key than are compared.
    """
    import numpy as np

    order = np.lexsort((finer, keys))
    ordered = keys[order]
    sizes = np.diff(np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1], [True]))))
    crowded = np.repeat(sizes > NEIGHBOURS + 1, sizes)
    ones, others, crowds = [order[:0]], [order[:0]], [crowded[:0]]
    for step in range(1, min(NEIGHBOURS, len(order) - 1) + 1):
        same = ordered[:-step] == ordered[step:]
        one, other = order[:-step][same], order[step:][same]
        ones.append(np.minimum(one, other))
        others.append(np.maximum(one, other))
        crowds.append(crowded[step:][same])
    return np.concatenate(ones), np.concatenate(others), np.concatenate(crowds)


def _agreeing(values: Any, one: Any, other: Any) -> Any:
    """Return for each pair in how many values it agrees."""
    import numpy as np

    same = np.zeros(len(one), dtype=np.uint8)
    for row in values:
        same += row[one] == row[other]
    return same


def distinct(numbers: Any) -> Any:
    """Return the numbers in order, each once; np.unique takes five times as long."""
    import numpy as np

    numbers.sort()
    return (
        numbers[np.concatenate(([True], numbers[1:] != numbers[:-1]))] if len(numbers) else numbers
    )
