"""Which subject of the catalogue serves a note line, and which lines no listed topic serves.

Takes note lines, the catalogue's subjects and the names of the topics whose feeds are read; gives
the lines that none of these can meet, each with the subject that fits best, if one does. A subject
fits by words and by meaning: the static embedding of `relevance.meaning`, which learns here from
the catalogue alone, as there may be no stored news yet. It knows English; a line in a language with
a dictionary is compared by its English words, of which each counts by its best sense, and by its
own. What a picture shows is its subject, and not that it is a photo.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from pipeline.records import NoteLine, Proposal, Subject
from pipeline.relevance import bilingual
from pipeline.relevance.lexicon import FILLERS, LOGISTICS
from pipeline.relevance.meaning import Embedding, learn
from pipeline.relevance.search_words import search_words, without_carriers
from pipeline.relevance.terms import stop_words_of, words_of

if TYPE_CHECKING:
    from pipeline.relevance.meaning import Vectors

# ------------------------------------------------------------ every number, and where it is from
# Set on 31 jottings of our own making, and looked at again with the 25 of the tests; of 20 written
# afterwards 15 got what a person had named, 1 another subject, 4 none.
BY_WORDS = 1.5  # the weight of shared words that is enough; one rare word weighs 1
BY_BOTH = 0.25  # the cosine that is enough beside one shared word,
TELLING = 0.8  # if at most two subjects have that word: "club" is in three
BY_MEANING = 0.4  # and without any
SERVES = 0.3  # cosine of a topic's name with a line that it serves, as in relevance.score
FIRST_WORDS = 9  # of a subject that are embedded: they are English, and what it is about
SHORTEST_PART = 7  # letters of a word that is looked for inside another: "Modelleisenbahn"

# When and how one talked: beside the names of who was there, nothing to look for.
_OCCASION = frozenset(
    words_of(
        """videocall videocalls videochat call teams zoom telefonat gespräch entretien visio
        entrevista llamada monday tuesday wednesday thursday friday mon tue tues wed thu thurs fri
        montag dienstag mittwoch donnerstag freitag vormittag nachmittag lundi mardi mercredi jeudi
        vendredi matin lunes martes miércoles jueves viernes tarde mit
        """
    )
)

THEIRS = ("discussed", "office")  # sections of lines that a topic is read for


@dataclass(frozen=True)
class Known:
    """The catalogue, prepared."""

    subjects: tuple[Subject, ...]
    words: tuple[frozenset[str], ...]  # of each
    having: Mapping[str, tuple[int, ...]]  # the subjects with a word
    long: tuple[str, ...]  # words that are looked for inside others
    weights: Mapping[str, float]
    embedding: Embedding
    heads: Vectors  # a vector for the name and first words of each


@dataclass(frozen=True)
class _Meant:
    """What a line says, to be compared."""

    alternatives: tuple[tuple[frozenset[str], ...], ...]  # of each word, its senses
    own: frozenset[str]  # its words as written, normalized
    english: str  # for the embedding
    is_split: bool  # its language has a dictionary, by which compounds are taken apart


@dataclass(frozen=True)
class _Read:
    """The topics that are read: the words of their names, and a vector for each."""

    words: frozenset[str]
    meanings: Vectors


def proposals(
    lines: Sequence[NoteLine],
    subjects: tuple[Subject, ...],
    topics: Collection[str],
    names: Iterable[str] = (),
) -> Iterator[Proposal]:
    """Yield the lines that no topic of these names serves, with what could.

    No search has one of the `names`, of the people and the company; a line that is all logistics
    ("salary not discussed") is passed over.
    """
    known = prepared(subjects)
    logistics = LOGISTICS | _OCCASION
    unsaid = logistics | FILLERS | {word for name in names for word in words_of(name)}
    languages = bilingual.languages_of(lines)
    read = _read(topics, known)
    for line in lines:
        words = words_of(line.text)
        telling = {word for word in words if word not in unsaid and not word.isdigit()}
        is_logistics = len(telling) < 2 and not logistics.isdisjoint(words)
        if line.section not in THEIRS or not telling or is_logistics:
            continue
        language = bilingual.language_of(line, languages)
        told = without_carriers(line.text) if line.section == "office" else line.text
        meant = _meant(told, language)
        vector = known.embedding.of([meant.english])[0]
        if not _is_served(meant, vector, read):
            search = " ".join(search_words(told, language, unsaid))
            yield Proposal(line, _best(meant, vector, known), search, language)


def _meant(text: str, language: str) -> _Meant:
    own = frozenset(words_of(text, stop_words_of(language)))
    if not bilingual.has_dictionary(language):
        return _Meant(tuple((frozenset([word]),) for word in own), own, text, is_split=False)
    parts = [bilingual.or_itself(part, language) for part in bilingual.rendered(text, language)]
    alternatives = tuple(tuple(map(frozenset, part.senses)) for part in parts)
    return _Meant(alternatives, own, bilingual.in_english(text, language), is_split=True)


@cache
def prepared(subjects: tuple[Subject, ...]) -> Known:
    """Return the catalogue, ready to be compared."""
    texts = [f"{_name(subject.name)} {subject.words}" for subject in subjects]
    words = tuple(frozenset(words_of(text)) for text in texts)
    having: defaultdict[str, tuple[int, ...]] = defaultdict(tuple)
    for number, bag in enumerate(words):
        for word in bag:
            having[word] += (number,)
    scale = math.log(len(words))
    weights = {word: math.log(len(words) / len(held)) / scale for word, held in having.items()}
    learned = learn(lambda: texts, (), lambda line, text: 0.0)
    heads = [", ".join((_name(x.name), " ".join(x.words.split()[:FIRST_WORDS]))) for x in subjects]
    embedding = Embedding(learned)
    return Known(
        subjects,
        words,
        dict(having),
        tuple(word for word in having if len(word) >= SHORTEST_PART),
        weights,
        embedding,
        embedding.of(heads),
    )


def _name(slug: str) -> str:
    return slug.replace("-", " ").replace("_", " ")


def _read(topics: Collection[str], known: Known) -> _Read | None:
    names = [_name(topic) for topic in topics]
    if not names:
        return None
    return _Read(frozenset(chain(*map(words_of, names))), known.embedding.of(names))


def _is_served(meant: _Meant, vector: Vectors, read: _Read | None) -> bool:
    if read is None:
        return False
    words = meant.own.union(*(sense for senses in meant.alternatives for sense in senses))
    return bool(words & read.words) or bool((read.meanings @ vector).max() >= SERVES)


def _best(meant: _Meant, vector: Vectors, known: Known) -> Subject | None:
    """Return the subject that fits best, if one fits at all."""
    own = () if meant.is_split else meant.own
    long = " ".join(word for word in own if len(word) > SHORTEST_PART)
    parts = {part for part in known.long if part in long}
    cosines = (known.heads @ vector).tolist()
    near = {number for number, cosine in enumerate(cosines) if cosine >= BY_MEANING}
    told = parts.union(*(sense for senses in meant.alternatives for sense in senses))
    best, most = None, 0.0
    for number in sorted(near.union(*(known.having.get(word, ()) for word in told))):
        bag, cosine = known.words[number], cosines[number]
        inside = parts & bag
        shared = inside.union(*(_best_sense(x, bag, known) for x in meant.alternatives))
        weight = sum(known.weights[word] for word in shared)
        is_enough = (
            weight >= BY_WORDS
            or (weight >= TELLING and (cosine >= BY_BOTH or bool(inside)))
            or cosine >= BY_MEANING
        )
        if is_enough and weight + max(cosine, 0.0) > most:
            best, most = known.subjects[number], weight + max(cosine, 0.0)
    return best


def _best_sense(
    senses: Iterable[frozenset[str]], bag: frozenset[str], known: Known
) -> frozenset[str]:
    """Return the sense of a word that a subject has and that weighs most; empty without."""
    held = (sense for sense in senses if sense <= bag)
    return max(held, key=lambda s: sum(known.weights[word] for word in s), default=frozenset())
