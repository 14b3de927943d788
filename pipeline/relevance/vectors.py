"""Stories and note lines as TF-IDF vectors, and what they share.

Takes texts and the document frequencies; gives vectors (term to weight) and `Evidence`. IDF comes
from the news, never from the notes, and is divided by that of an unseen term, so that a weight
means the same in a small corpus and in a large one.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from pipeline.records import Event, Evidence, Frequencies, Genre, NoteLine, Story, Term
from pipeline.relevance import bilingual, genre, meaning, news_kinds
from pipeline.relevance.bilingual import Rendering
from pipeline.relevance.lexicon import PLACES
from pipeline.relevance.model import idf, idf_of
from pipeline.relevance.terms import (
    terms,
    told_words,
    with_pairs,
    words_of,
    written_terms,
)
from pipeline.text.same_for_all import same_for_all
from pipeline.text.sentences import sentences

if TYPE_CHECKING:
    from pipeline.relevance.meaning import Embedding, Vectors

# ------------------------------------------------------------ every number, and where it is from
SHORTEST_NAME = 5  # letters of a rare name: shorter ones are abbreviations
# no border test: for speed
MOST_NAMES = 1 << 12  # whose rarity is remembered
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
# no border test: for speed; a story begins with what it is about
MEANT_FROM = 2_000  # characters of a text in another language whose meaning is looked up
PLACE_OFFICE = 0.3  # of a country's name in an office line: it says where, not what

Vector = Mapping[str, float]

# Figures, ordinals and times in a jotting ("26 miles in 4:10", "2nd floor") are in any news.
_NUMBER = re.compile(r"(?:^| )[\d.,:]+(?:st|nd|rd|th|am|pm|p|k|m)?(?:$| )")


@dataclass(frozen=True)
class _Told:
    """What an article says, whatever the news teach of its words."""

    title: list[str]
    text: list[str]
    language: str  # "german"; "" for English

    @cached_property
    def words(self) -> frozenset[str]:
        """Return its normalized words."""
        return frozenset(self.title).union(self.text)

    @cached_property
    def amounts(self) -> Vector:
        """Return how much of each term there is."""
        counts = Counter(with_pairs(self.text))
        for term in with_pairs(self.title):
            counts[term] += TITLE_COUNTS
        return _amounts(counts)


@dataclass(frozen=True)
class Prepared:
    """A story with what is worked out once for all interviews, when first asked for."""

    story: Story
    frequencies: Frequencies = field(repr=False, compare=False)
    embedding: Embedding | None = field(default=None, repr=False, compare=False)

    @cached_property
    def _told(self) -> _Told:
        return _told(self.story.lead.title, self.story.lead.text)

    @cached_property
    def words(self) -> frozenset[str]:
        """Return its normalized words."""
        return self._told.words

    @cached_property
    def weights(self) -> Vector:
        """Return it as a vector of length 1."""
        return _weighed(self._told, self.frequencies)

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """Return which kinds of news it is."""
        return news_kinds.find(self.story)

    @cached_property
    def genre(self) -> Genre:
        """Return whether it is news at all."""
        return genre.genre_of(self.story.lead.title, self.story.lead.text, self.story.lead.link)

    @property
    def language(self) -> str:
        """Return its language, "german"; "" where it is in English."""
        return self._told.language

    @cached_property
    def compared(self) -> Vector:
        """Return the vector that note lines are compared with: its own words and, in another

        language than English, their English ones, each a vector of length 1.
        """
        lead = self.story.lead
        return _compared(self.weights, lead.title, lead.text, self.language, self.frequencies)

    @cached_property
    def meaning(self) -> Vectors | None:
        """Return its meaning, unless meaning is left out."""
        if self.embedding is None:
            return None
        vector: Vectors = self.embedding.of([self.in_english])[0]
        return vector

    @property
    def in_english(self) -> str:
        """Return its text as the embedding takes it."""
        return meant(f"{self.story.lead.title}\n{self.story.lead.text}", self.language)


@dataclass(frozen=True, slots=True)
class Line:
    """A note line as a vector."""

    note: NoteLine
    weights: Vector
    written: Mapping[str, str]  # each term as written in the note
    names: frozenset[str]  # its words that are names of something, but not of a country
    rare_names: frozenset[str]  # those of them that are no words: a village, a boat, a rock face
    noted: Mapping[str, str] = field(default_factory=dict)  # English term -> the note's own word
    senses: tuple[tuple[bilingual.Sense, ...], ...] = ()  # of each word, where it is in English


def prepare(story: Story, frequencies: Frequencies, embedding: Embedding | None = None) -> Prepared:
    """Return a story as a vector of length 1, its events and, with `embedding`, its meaning."""
    return Prepared(story, frequencies, embedding)


def prepare_all(
    stories: Iterable[Story], frequencies: Frequencies, embedding: Embedding | None
) -> Iterator[Prepared]:
    """Yield each story as `prepare` does, with its meaning; so many at a time cost half."""
    given = iter(stories)
    while block := list(islice(given, BLOCK)):
        items = [Prepared(story, frequencies, embedding) for story in block]
        if embedding:
            found = embedding.of([item.in_english for item in items])
            for item, vector in zip(items, found, strict=True):
                vars(item)["meaning"] = vector  # where cached_property looks for it
        yield from items


def compared(title: str, text: str, frequencies: Frequencies) -> tuple[Vector, str]:
    """Return the vector of an article that note lines are compared with, and its language."""
    told = _told(title, text)
    own = _weighed(told, frequencies)
    return _compared(own, title, text, told.language, frequencies), told.language


@same_for_all
def _told(title: str, text: str) -> _Told:
    return _Told(*told_words(title, text[:LONGEST_TEXT]))


def _weighed(told: _Told, frequencies: Frequencies) -> Vector:
    raw = _by_rarity(told.amounts, frequencies)
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
    return _by_rarity(_amounts(counts), frequencies)


def _amounts(counts: Mapping[str, int]) -> dict[str, float]:
    often = _often()
    return {term: (PAIR_WEIGHT if " " in term else 1.0) * often[n] for term, n in counts.items()}


def _by_rarity(amounts: Vector, frequencies: Frequencies) -> dict[str, float]:
    seen, rarity = frequencies.terms.get, _rarity(frequencies.documents)
    highest = idf(frequencies, "")
    return {term: amount * rarity[seen(term, 1)] / highest for term, amount in amounts.items()}


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


def line_of(
    note: NoteLine, left_out: frozenset[str], frequencies: Frequencies, name: str = ""
) -> Line:
    """Return a note line as a vector, without the terms that hold a word of `left_out`.

    It is not divided by its length: a long jotting is not a worse one. `name` is its language.
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
    rare = _rare_names(text, names - left_out, name)
    return Line(note, weights, written_terms(text), names, rare)


# "in Oldenwohlde", "an die Kuckuckswand", "HSG Rhöntal", "'Tante Änne'".
_PLACED = re.compile(
    r"(?:\b(?:in|an|am|aus|bei|beim|nach|von|vom|auf|um)\s(?:(?:der|die|das|den|dem)\s)?|"
    r"\b[A-Z]{2,4}\s)([A-ZÄÖÜ][\w-]+)|[„“\"'‘‚»]([A-ZÄÖÜ][\w -]{2,30}?)[“”\"'’‘«]"
)


def names_in(text: str) -> frozenset[str]:
    """Return the words that are capitalised, other than at the beginning, and no country's."""
    found = re.findall(r"(?<!^)(?<![.!?]\s)\b[A-Z][\w'’]+", text)
    return frozenset(word for name in found for word in words_of(name)) - PLACES


def _rare_names(text: str, names: frozenset[str], name: str) -> frozenset[str]:
    """Return which of a line's names are no words.

    German writes each noun like a name: there only what is somewhere, or in quotes, is one.
    """
    if name == "german":
        placed = {word for found in _PLACED.findall(text) for word in words_of("".join(found))}
        names = names & placed
    return frozenset(word for word in names if _is_rare(word, name))


@lru_cache(maxsize=MOST_NAMES)
def _is_rare(word: str, name: str) -> bool:
    """Return whether a word is in no list of words: of English, and of the language so named."""
    known = bilingual.has_dictionary(name) and bilingual.bases_of(word, name)
    return len(word) >= SHORTEST_NAME and not meaning.is_usual(word) and not known


def _share_a_name(line: Line, story: Vector) -> bool:
    return not line.rare_names.isdisjoint(story)


def _in_office(term: str, names: frozenset[str]) -> float:
    words = set(term.split())
    if words & names:
        return 1.0
    return PLACE_OFFICE if words <= PLACES else 1.0


# ------------------------------------------------------------------------------- two languages


def meant(text: str, name: str) -> str:
    """Return a text in the language of that name as the embedding, which is English, takes it."""
    return bilingual.in_english(text[:MEANT_FROM], name) if name else text


def line_in_english(
    note: NoteLine, left_out: frozenset[str], frequencies: Frequencies, name: str
) -> Line:
    """Return a note line in the language of that name by the English words for its own.

    A word's senses are alternatives: of each word, the best one counts (see `evidence`).
    """
    text = note.text[:LONGEST_LINE]
    parts = [
        bilingual.or_itself(part, name)
        for part in bilingual.rendered(text, name)
        if left_out.isdisjoint(words_of(part.written)) and not _NUMBER.search(part.written)
    ]
    english = _english_terms(parts, name)
    for term in [term for term in english.counts if not left_out.isdisjoint(term.split())]:
        del english.counts[term]
    known = {part.written for part in parts if part.is_known}
    strange = {w for part in parts if part.written not in known for w in words_of(part.written)}
    names = names_in(text) & strange
    office = note.section == "office"
    weights = {
        term: weight * (_in_office(term, names) if office else 1.0)
        for term, weight in _english_weights(english, frequencies).items()
    }
    own = written_terms(text)
    written = {term: own[term] for term in weights if term in own}
    noted = {term: english.sources[term] for term in weights if term not in own}
    rare = _rare_names(text, names - left_out, name)
    senses = tuple(part.senses for part in parts)
    return Line(note, weights, written, names, rare, noted, senses)


def _compared(own: Vector, title: str, text: str, name: str, frequencies: Frequencies) -> Vector:
    """Return an article's own vector with the one of its English words: each of length 1."""
    if not bilingual.has_dictionary(name):
        return own
    heading = _english_terms(bilingual.rendered(title, name), name, TITLE_COUNTS)
    english = _english_terms(bilingual.rendered(text[:LONGEST_TEXT], name), name) + heading
    raw = _english_weights(english, frequencies)
    # As long as if each word had one sense.
    whole = math.sqrt(
        math.fsum(w * w / max(len(english.senses.get(term, ())), 1) for term, w in raw.items())
    )
    told = {term: weight / (whole or 1.0) for term, weight in raw.items()}
    return told | {term: max(w, told.get(term, 0.0)) for term, w in own.items()}


@dataclass(frozen=True, slots=True)
class _English:
    """The English terms that stand for the words of a text."""

    counts: Counter[str]
    sources: dict[str, str]  # of each term: the words as written
    senses: dict[str, tuple[bilingual.Sense, ...]]  # of each term: the alternatives of its word

    def __add__(self, other: _English) -> _English:
        return _English(
            self.counts + other.counts, self.sources | other.sources, self.senses | other.senses
        )


def _english_terms(parts: Sequence[Rendering], name: str, times: int = 1) -> _English:
    """Return the English terms of words, and of neighbours that the dictionary knows."""
    found = _English(Counter(), {}, {})
    for part in parts:
        for sense in part.senses:
            for term in with_pairs([*sense]):
                found.counts[term] += times
                found.sources.setdefault(term, part.written)
                found.senses.setdefault(term, part.senses)
    for one, other in pairwise(part for part in parts if part.is_known):
        between = one.written if one.written == other.written else f"{one.written} {other.written}"
        for term in bilingual.pairs(one, other, name):
            found.counts[term] += times
            found.sources.setdefault(term, between)
    return found


def _english_weights(english: _English, frequencies: Frequencies) -> dict[str, float]:
    """Weigh English terms that stand for others by how often a text has any of the alternatives.

    A word of many senses meets many texts by chance, so it counts as one term that is in all of
    them (Pirkola 1998: structured queries); and it is no rarer than the word that it stands for.
    """
    rarity, seen = _rarity(frequencies.documents), frequencies.terms.get
    found = {}
    for term, weight in _weights(english.counts, frequencies).items():
        usual = seen(term, 1)
        often = max(usual, seen(" ".join(words_of(english.sources[term])), 1))
        if " " not in term:
            together = sum(seen(" ".join(s[:2]), 1) for s in english.senses.get(term, ()))
            often = max(often, min(together, frequencies.documents))
        found[term] = weight * rarity[often] / rarity[usual] if often > usual else weight
    return found


def _best_senses(line: Line, shared: Vector) -> Vector:
    """Return what is shared by the best sense of each word: "ship" or "vessel", not both."""

    def amount(sense: bilingual.Sense) -> float:
        return math.fsum(shared.get(term, 0.0) for term in with_pairs([*sense]))

    kept = {word for senses in line.senses if senses for word in max(senses, key=amount)}
    return {term: weight for term, weight in shared.items() if kept.issuperset(term.split())}


@lru_cache(maxsize=64)
def _english_sources(title: str, text: str) -> Mapping[str, str]:
    """Return the words of an article in another language by the English terms for them."""
    told_here = _told(title, text)
    name = told_here.language
    if not bilingual.has_dictionary(name):
        return {}
    told = bilingual.rendered(title, name) + bilingual.rendered(text[:LONGEST_TEXT], name)
    own = told_here.amounts
    sources = _english_terms(told, name).sources
    return {term: word for term, word in sources.items() if term not in own}


# --------------------------------------------------------------------------------------- evidence


def evidence(line: Line, story: Vector) -> Evidence | None:
    """Return what a note line and a story share, or None; `sentence` is left to `with_sentence`.

    What comes from one word alone counts for little.
    """
    shared: Vector = {
        term: weight * story[term] for term, weight in line.weights.items() if term in story
    }
    if not shared:
        return None
    if line.senses:
        shared = _best_senses(line, shared)
    factor = _one_term(line, shared)
    found = [
        Term(line.written.get(term, term), value * factor, line.noted.get(term, ""))
        for term, value in shared.items()
    ]
    ordered = tuple(sorted(found, key=lambda term: (-term.weight, term.term)))
    score = sum(term.weight for term in ordered)
    return Evidence(line.note, "", ordered, score, rare_name=_share_a_name(line, story))


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
    if not found.terms:  # all carry nothing: the first does
        return replace(found, sentence=story.lead.title)
    terms = tuple(_in_words_of(story, term) for term in found.terms)
    weights: dict[str, float] = {}
    for term in terms:
        key = " ".join(words_of(term.term))
        weights[key] = weights.get(key, 0.0) + term.weight

    def carried(told: tuple[str, frozenset[str]]) -> float:
        return math.fsum(weights[term] for term in told[1] & weights.keys())

    told = _sentences(story.lead.title, story.lead.text)
    return replace(found, terms=terms, sentence=max(told, key=carried)[0])


def _in_words_of(story: Story, term: Term) -> Term:
    """Return a term as a story in another language says it, beside the note's word."""
    sources = _english_sources(story.lead.title, story.lead.text)
    said = sources.get(" ".join(words_of(term.term))) if sources else None
    return Term(said, term.weight, term.noted or term.term) if said else term


@lru_cache(maxsize=64)
def _sentences(title: str, text: str) -> list[tuple[str, frozenset[str]]]:
    """Return title and sentences with their terms: asked for each line and interview in turn."""
    told = (title, *sentences(text[:LONGEST_TEXT]))
    return [(sentence, frozenset(terms(sentence))) for sentence in told]


def words_shared(found: Evidence) -> frozenset[str]:
    """Return the single words of the shared terms; of two languages, those of the one with more:

    a "Containerschiff" and a "container ship" share two.
    """
    told = {word for term in found.terms for word in words_of(term.term)}
    noted = {word for term in found.terms for word in words_of(term.noted or term.term)}
    return frozenset(told if len(told) >= len(noted) else noted)
