"""What the fitted classifiers read in a story: the features of its headline and of its lead.

    masked       a text in which the company's name is one word that is no name
    features     the features of a story, by view: words, letters, kinds of news, lead
    headline_features
                 words and letters of a headline, whatever company it is about

Takes texts; gives strings. Fitting (`tests/training`) and judging read with the same functions, so
that a weight means the same in both.

    words     each word, its stem, pairs of neighbours, pairs with a gap, what is before and after
              the company's name
    letters   three to five letters within a word: "redundanc" is in words that were never seen
    kinds     which word lists of `news_kinds` are met; they know what a negation turns round
    lead      words, pairs and kinds of the first sentence or two
    meaning   the headline itself, of which the classifier reads the mean of its word pieces: a
              word that was in no labelled headline is near to one that was
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain, pairwise
from typing import overload

from pipeline.relevance import news_kinds
from pipeline.text.headlines import bare_headline
from pipeline.text.name_spellings import AnyOf

COMPANY = "COMPANY"  # the word that takes the place of the company's name
MEANING = "meaning"  # the view that is a text, not a list of what is in it
LEAD_LETTERS = 160  # of the text: so much of it the labelled stories had
AFTER, BEFORE = 4, 3  # words on either side of the name that count by their place
GRAMS = (3, 4, 5)  # letters, with a mark at the word's beginning and end

Features = Mapping[str, Sequence[str]]  # by view

_TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d[\d.,]*%?|[$€£?!]")
_WORD = re.compile(r"[^\W_]+")
_ENDINGS = ("ies", "ing", "ed", "es", "s")


def masked(text: str, name: AnyOf) -> str:
    """Return a text with `COMPANY` in the place of each of these names."""
    return name.sub(f" {COMPANY} ", text)


def features(title: str, text: str, name: AnyOf) -> Features:
    """Return the features of a story by view, each once and in the order of the text."""
    headline, lead = masked(bare_headline(title), name), masked(text[:LEAD_LETTERS], name)
    return {
        "words": _words(headline),
        "letters": _letters(headline),
        "kinds": _kinds(headline),
        "lead": [f for f in _words(lead) if f[0] in "sb"] + _kinds(lead) if lead.strip() else [],
        MEANING: [headline],
    }


def headline_features(title: str) -> Features:
    """Return the words and letters of a headline in which no name matters."""
    headline = bare_headline(title)
    return {"words": _words(headline), "letters": _letters(headline)}


def word_of(feature: str) -> str:
    """Return what a feature says to a reader: "b:hiring_freeze" is "hiring freeze"; or ""."""
    view, _, word = feature.partition(":")
    if view not in ("w", "b", "k"):
        return ""
    return word.replace(COMPANY, "[the company]").replace("_", " ")


def _words(text: str) -> list[str]:
    words = [_plain(word) for word in _TOKEN.findall(text)]
    stems = [word if word == COMPANY else _stem(word) for word in words]
    found = [f"w:{word}" for word in words]
    found += [f"s:{stem}" for stem in stems]
    found += [f"b:{one}_{two}" for one, two in pairwise(words)]
    found += [f"t:{one}_{two}" for one, two in zip(stems, stems[2:], strict=False)]
    if COMPANY in words:
        at = words.index(COMPANY)
        found += [f"after:{stem}" for stem in stems[at + 1 : at + 1 + AFTER]]
        found += [f"before:{stem}" for stem in stems[max(0, at - BEFORE) : at]]
        found += ["first:"] if at == 0 else []
    return list(dict.fromkeys(found))


def _letters(text: str) -> Letters:
    return Letters(_WORD.findall(text.replace(COMPANY, "@").casefold()))


class Letters(Sequence[str]):
    """The letters of words, each once and in order; made when read, for a model knows words."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = tuple(dict.fromkeys(words))

    @cached_property
    def _all(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(chain.from_iterable(map(grams_of, self.words))))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Letters) and self.words == other.words

    def __hash__(self) -> int:
        return hash(self.words)

    def __len__(self) -> int:
        return len(self._all)

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[str, ...]: ...
    def __getitem__(self, at: int | slice) -> str | tuple[str, ...]:
        """Return the letters at a place."""
        return self._all[at]


def grams_of(word: str) -> tuple[str, ...]:
    """Return three to five letters each of a word, with a mark at its beginning and end."""
    marked = f"<{word}>"
    return tuple(marked[at : at + n] for n in GRAMS for at in range(max(1, len(marked) - n + 1)))


def _kinds(text: str) -> list[str]:
    return [f"k:{kind}" for kind in news_kinds.kinds_in(text.replace(COMPANY, "Acme"))]


def _plain(word: str) -> str:
    if word == COMPANY:
        return word
    if word[0].isdigit():
        return "0%" if word.endswith("%") else "0"
    return word.casefold().replace("’", "'").removesuffix("'s")


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if len(word) > len(ending) + 3 and word.endswith(ending):
            return word.removesuffix(ending)
    return word
