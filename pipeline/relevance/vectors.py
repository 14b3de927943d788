"""Stories and note lines as TF-IDF vectors, and what they share.

Takes texts and the document frequencies; gives vectors (term to weight) and `Evidence`. IDF comes
from the news, never from the notes, and is divided by that of an unseen term, so that a weight
means the same in a small corpus and in a large one.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from pipeline.records import Event, Evidence, Frequencies, Genre, NoteLine, Story, Term
from pipeline.relevance import genre, news_kinds
from pipeline.relevance.lexicon import PLACES
from pipeline.relevance.model import idf, idf_of
from pipeline.relevance.terms import (
    terms,
    told_words,
    with_pairs,
    words_of,
    written_terms,
)
from pipeline.text.sentences import sentences

if TYPE_CHECKING:
    from pipeline.relevance.meaning import Embedding, Vectors

# ------------------------------------------------------------ every number, and where it is from
TITLE_COUNTS = 2  # a word of the title counts as often as two of the text
# no border test: for speed; a story begins with what it is about
LONGEST_TEXT = 2_000  # characters of a story that are scored: its beginning says what it is about
# no border test: far beyond real values
LONGEST_LINE = 2_000  # characters of a note line: more is a pasted page, not a jotting
PAIR_WEIGHT = 0.7  # of a word pair, whose words are already counted alone
ONE_TERM = 0.35  # of a match on one word: in 4 of 5 wrong items most of the score came from one
ONE_TERM_OFFICE = 0.7  # the same in an office line, where one word is often all there is,
ONE_NAME_OFFICE = 0.8  # and where that word is a name ("Giants", "Mars")
MOST_FROM_ONE = 0.75  # of a score may come from one term; beyond it counts as a one-term match
BLOCK = 500  # stories whose meaning is made at a time; no border test: speed only
PLACE_OFFICE = 0.3  # of a country's name in an office line: it says where, not what

Vector = Mapping[str, float]

# Figures, ordinals and times in a jotting ("26 miles in 4:10", "2nd floor") are in any news.
_NUMBER = re.compile(r"(?:^| )[\d.,:]+(?:st|nd|rd|th|am|pm|p|k|m)?(?:$| )")


@dataclass(frozen=True)
class Prepared:
    """A story with what is worked out once for all interviews, when first asked for."""

    story: Story
    frequencies: Frequencies = field(repr=False, compare=False)
    embedding: Embedding | None = field(default=None, repr=False, compare=False)
    meant: Vectors | None = field(default=None, repr=False, compare=False)  # its meaning, if known

    @cached_property
    def _told(self) -> tuple[list[str], list[str], frozenset[str]]:
        return _told(self.story.lead.title, self.story.lead.text)

    @cached_property
    def words(self) -> frozenset[str]:
        """Return its normalized words."""
        title, text, _ = self._told
        return frozenset(title).union(text)

    @cached_property
    def weights(self) -> Vector:
        """Return it as a vector of length 1."""
        title, text, _ = self._told
        return _weighed(title, text, self.frequencies)

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """Return which kinds of news it is."""
        return news_kinds.find(self.story)

    @cached_property
    def genre(self) -> Genre:
        """Return whether it is news at all."""
        return genre.genre_of(self.story.lead.title, self.story.lead.text, self.story.lead.link)

    @cached_property
    def foreign(self) -> frozenset[str]:
        """Return the stop words of its language; none where it is in English."""
        return self._told[2]

    @cached_property
    def meaning(self) -> Vectors | None:
        """Return its meaning, unless meaning is left out."""
        if self.meant is not None or not self.embedding:
            return self.meant
        meant: Vectors = self.embedding.of([_whole(self.story)])[0]
        return meant


@dataclass(frozen=True, slots=True)
class Line:
    """A note line as a vector."""

    note: NoteLine
    weights: Vector
    written: Mapping[str, str]  # each term as written in the note
    names: frozenset[str]  # its words that are names of something, but not of a country


def prepare(story: Story, frequencies: Frequencies, embedding: Embedding | None = None) -> Prepared:
    """Return a story as a vector of length 1, its events and, with `embedding`, its meaning."""
    return Prepared(story, frequencies, embedding)


def prepare_all(
    stories: Iterable[Story], frequencies: Frequencies, embedding: Embedding | None
) -> Iterator[Prepared]:
    """Yield each story as `prepare` does, with its meaning; so many at a time cost half."""
    given = iter(stories)
    while block := list(islice(given, BLOCK)):
        meant = embedding.of(list(map(_whole, block))) if embedding else [None] * len(block)
        for story, one in zip(block, meant, strict=True):
            yield Prepared(story, frequencies, embedding, one)


def _whole(story: Story) -> str:
    return f"{story.lead.title}\n{story.lead.text}"


def weights_of(title: str, text: str, frequencies: Frequencies) -> Vector:
    """Return an article as a vector of length 1 (or of none, where it has no words)."""
    in_title, in_text, _ = _told(title, text)
    return _weighed(in_title, in_text, frequencies)


def _told(title: str, text: str) -> tuple[list[str], list[str], frozenset[str]]:
    """Return the words of title and text, and the stop words of their language."""
    return told_words(title, text[:LONGEST_TEXT])


def _weighed(title: list[str], text: list[str], frequencies: Frequencies) -> Vector:
    counts = Counter(with_pairs(text))
    for term in with_pairs(title):
        counts[term] += TITLE_COUNTS
    raw = _weights(counts, frequencies)
    whole = length(raw) or 1.0
    return {term: value / whole for term, value in raw.items()}


def length(vector: Vector) -> float:
    """Return the Euclidean length of a vector."""
    return math.hypot(*vector.values())


def product(one: Vector, other: Vector) -> float:
    """Return the scalar product of two vectors; the cosine where both have length 1."""
    small, large = sorted((one, other), key=len)
    return sum(value * large[term] for term, value in small.items() if term in large)


def _weights(counts: Mapping[str, int], frequencies: Frequencies) -> dict[str, float]:
    """Weigh each term by how often it is in a text, and by how rare it is in the news."""
    seen, rarity, often = frequencies.terms.get, _rarity(frequencies.documents), _often()
    highest = idf(frequencies, "")
    return {
        term: (PAIR_WEIGHT if " " in term else 1.0) * often[n] * rarity[seen(term, 1)] / highest
        for term, n in counts.items()
    }


class _Table(dict[int, float]):
    """A function of whole numbers that is worked out once for each."""

    def __init__(self, function: Callable[[int], float]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, number: int) -> float:
        value = self[number] = self._function(number)
        return value


@lru_cache(maxsize=4)
def _rarity(documents: int) -> _Table:
    return _Table(lambda seen: idf_of(documents, seen))


@lru_cache(maxsize=1)
def _often() -> _Table:
    return _Table(lambda count: 1 + math.log(count))


# ------------------------------------------------------------------------------------- note lines


def line_of(note: NoteLine, left_out: frozenset[str], frequencies: Frequencies) -> Line:
    """Return a note line as a vector, without the terms that hold a word of `left_out`.

    It is not divided by its length: a long jotting is not a worse one.
    """
    text = note.text[:LONGEST_LINE]
    counts = Counter(
        term
        for term in terms(text)
        if not left_out.intersection(term.split()) and not _NUMBER.search(term)
    )
    names = names_in(text)
    office = note.section == "office"
    weights = {
        term: weight * (_in_office(term, names) if office else 1.0)
        for term, weight in _weights(counts, frequencies).items()
    }
    return Line(note, weights, written_terms(text), names)


def names_in(text: str) -> frozenset[str]:
    """Return the words that are capitalised, other than at the beginning, and no country's."""
    found = re.findall(r"(?<!^)(?<![.!?]\s)\b[A-Z][\w'’]+", text)
    return frozenset(word for name in found for word in words_of(name)) - PLACES


def _in_office(term: str, names: frozenset[str]) -> float:
    words = set(term.split())
    if words & names:
        return 1.0
    return PLACE_OFFICE if words <= PLACES else 1.0


# --------------------------------------------------------------------------------------- evidence


def evidence(line: Line, story: Vector) -> Evidence | None:
    """Return what a note line and a story share, or None; `sentence` is left to `with_sentence`.

    What comes from one word alone counts for little.
    """
    shared = {term: weight * story[term] for term, weight in line.weights.items() if term in story}
    if not shared:
        return None
    factor = _one_term(line, shared)
    found = [Term(line.written.get(term, term), value * factor) for term, value in shared.items()]
    ordered = tuple(sorted(found, key=lambda term: (-term.weight, term.term)))
    return Evidence(line.note, "", ordered, sum(term.weight for term in ordered))


def _one_term(line: Line, shared: Vector) -> float:
    top = max(shared, key=lambda term: (shared[term], term))
    several = len({word for term in shared for word in term.split()}) > 1
    if several and shared[top] <= MOST_FROM_ONE * sum(shared.values()):
        return 1.0
    if line.note.section != "office":
        return ONE_TERM
    return ONE_NAME_OFFICE if line.names.intersection(top.split()) else ONE_TERM_OFFICE


def with_sentence(found: Evidence, story: Story) -> Evidence:
    """Return the evidence with the story's sentence that carries most of its weight."""
    weights = {" ".join(words_of(term.term)): term.weight for term in found.terms}

    def carried(told: tuple[str, frozenset[str]]) -> float:
        return math.fsum(weights[term] for term in told[1] & weights.keys())

    told = _sentences(story.lead.title, story.lead.text)
    return replace(found, sentence=max(told, key=carried)[0])


@lru_cache(maxsize=64)
def _sentences(title: str, text: str) -> list[tuple[str, frozenset[str]]]:
    """Return title and sentences with their terms: asked for each line and interview in turn."""
    told = (title, *sentences(text[:LONGEST_TEXT]))
    return [(sentence, frozenset(terms(sentence))) for sentence in told]


def words_shared(found: Evidence) -> frozenset[str]:
    """Return the single words of the shared terms."""
    return frozenset(word for term in found.terms for word in words_of(term.term))
