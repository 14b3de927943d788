"""Texts as rows of numbers, one for each word, a million letters at a time.

Takes titles and texts; gives `Rows`. A word's number is a hash of its letters in lower case, so
that it is the same in every batch, and no list of words has to be kept. `terms.words_of` would
take twenty times as long; here nobody reads the words, they are only compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

from pipeline.records.record import dataclass
from pipeline.relevance.terms import unspaced_pairs

# ------------------------------------------------------------ every number, and where it is from
# no border test: speed only
BITS = 20  # of a word's number: of 30,000 words in a batch 3 in 100 share theirs, which is no
# harm where sets of words are compared; facts are compared as they are written
# no border test: speed only
AT_ONCE = 100  # articles in memory as bytes at a time: what fits a processor's cache is fastest,
# 100 took .5 s for 100,000 articles, 1,000 took .8

PLAIN, CAPITAL, SPECIAL = range(3)

# no border test: a multiplier for hashing: any odd number would do
_BASE = 0x9E3779B97F4A7C15  # odd, so that it has an inverse modulo 2^64
_INVERSE = pow(_BASE, -1, 1 << 64)
_PLAIN = str.maketrans("‘’‚“”„–—…\u00a0", "''''''--. ")  # typographic signs, not foreign letters
_MARKS = re.compile(r"[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f]+")
_NOT_LETTERS = re.compile(r"[^\w.,]+")


@dataclass(frozen=True, slots=True)
class Rows:
    """Article n is `flat[titles[n]:ends[n]]`; from `texts[n]` on it is the text."""

    flat: Any  # uint32, below 2 ** BITS
    looks: Any  # uint8: PLAIN, CAPITAL or SPECIAL (begins with a digit, or no English letter)
    titles: Sequence[int]
    texts: Sequence[int]
    ends: Sequence[int]


def rows(articles: Iterable[tuple[str, str]]) -> Rows:
    """Return titles and texts as numbers."""
    import numpy as np

    left = iter(articles)
    flat, looks = [np.empty(0, np.uint32)], [np.empty(0, np.uint8)]
    bounds = [np.zeros(1, np.int64)]
    while some := list(islice(left, AT_ONCE)):
        numbers, look, ends = _numbered([text for article in some for text in article])
        flat.append(numbers)
        looks.append(look)
        bounds.append(ends + bounds[-1][-1])
    places = np.concatenate(bounds).tolist()
    return Rows(
        np.concatenate(flat),
        np.concatenate(looks),
        places[:-1:2],
        places[1::2],
        places[2::2],
    )


def numbers_of(words: Iterable[str]) -> frozenset[int]:
    """Return the numbers of some words."""
    return frozenset(_numbered(["\n".join(words)])[0].tolist())


def _numbered(texts: Sequence[str]) -> tuple[Any, Any, Any]:
    """Return the numbers of all words, their looks, and how many end with each text.

    The hash of letters a to b is that of all letters up to b less that of those before a, divided
    by the base as often as there are letters before it; all of it modulo 2^64.
    """
    import numpy as np

    pieces = [_plain(text) for text in texts]
    joined = np.frombuffer(b"\n".join(pieces) + b"\n\n", np.uint8)
    table, look = _letters()
    values, inner = table[joined], _inner_signs(joined)
    values[inner] = joined[inner]
    is_letter = values > 0
    edges = np.flatnonzero(is_letter[1:] != is_letter[:-1]) + 1
    if len(joined) and is_letter[0]:
        edges = np.concatenate((np.zeros(1, np.int64), edges))
    begins, ends = edges[::2], edges[1::2]
    hashes = _hashes(values, begins, ends)
    lengths = np.fromiter((len(piece) + 1 for piece in pieces), np.int64, len(pieces))
    return hashes, look[joined[begins]], np.searchsorted(begins, np.cumsum(lengths))


def _hashes(values: Any, begins: Any, ends: Any) -> Any:
    import numpy as np

    powers, inverses = _powers(1 << max(len(values), 1 << 16).bit_length())
    sums = np.zeros(len(values) + 1, np.uint64)
    np.cumsum(values * powers[: len(values)], out=sums[1:])
    found = (sums[ends] - sums[begins]) * inverses[begins]
    found ^= found >> np.uint64(32)
    found *= np.uint64(0xD6E8FEB86659FD93)  # spreads the low bits over the high ones
    return (found >> np.uint64(64 - BITS)).astype(np.uint32)


def _inner_signs(joined: Any) -> Any:
    """Return where a point or comma is between digits: 0.31 is one word."""
    import numpy as np

    places = np.flatnonzero((joined == ord(".")) | (joined == ord(",")))
    places = places[(places > 0) & (places < len(joined) - 1)]
    before, after = joined[places - 1], joined[places + 1]
    return places[(before >= 48) & (before <= 57) & (after >= 48) & (after <= 57)]


@lru_cache(maxsize=1)
def _letters() -> tuple[Any, Any]:
    """Return the value of each byte in a word, 0 for a sign; and the look of a first letter."""
    import numpy as np

    value, look = np.zeros(256, np.uint64), np.full(256, SPECIAL, np.uint8)
    for byte in range(256):
        letter = chr(byte)
        if byte >= 128 or letter.isalnum():
            value[byte] = ord(letter.lower()) if byte < 128 else byte
        if byte < 128 and letter.isalpha():
            look[byte] = CAPITAL if letter.isupper() else PLAIN
    return value, look


@lru_cache(maxsize=2)
def _powers(count: int) -> tuple[Any, Any]:
    import numpy as np

    powers = np.full((2, count), 1, np.uint64)
    powers[0, 1:], powers[1, 1:] = np.uint64(_BASE), np.uint64(_INVERSE)
    np.cumprod(powers, axis=1, out=powers)
    return powers[0], powers[1]


def _plain(text: str) -> bytes:
    """Return a text as bytes; what is not English with foreign signs between the words only."""
    if not text.isascii():
        text = text.translate(_PLAIN)
        if not text.isascii():
            text = " ".join(_foreign(_MARKS.sub("", text)))
    return text.encode("utf-8", "replace")


def _foreign(text: str) -> Iterator[str]:
    """Yield the words; a run of Chinese, Japanese or Thai as pairs of letters."""
    for word in _NOT_LETTERS.sub(" ", text).split():
        if word.isascii():
            yield word
            continue
        yield from unspaced_pairs(word.casefold())
