"""Which subject of the catalogue serves a note line, and which lines no listed topic serves.

Takes note lines, the catalogue's subjects and the names of the topics whose feeds are read; gives
the lines that none of these can meet, each with the subject that fits best, if one does. A subject
fits by words and by meaning: the static embedding of `relevance.meaning`, which learns here from
the catalogue alone, as there may be no stored news yet. It knows English; words of other languages
count by themselves.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.records import NoteLine, Proposal, Subject
from pipeline.relevance.lexicon import COUNTED, LOGISTICS
from pipeline.relevance.meaning import Embedding, learn
from pipeline.relevance.terms import language_of, words_of

# ------------------------------------------------------------ every number, and where it is from
# Set on 31 jottings of our own making: of 21 with a subject 18 found it, 1 of the others got one.
BY_WORDS = 1.5  # the weight of shared words that is enough; one rare word weighs 1
BY_BOTH = 0.25  # the cosine that is enough beside one shared word
BY_MEANING = 0.4  # and without any
SERVES = 0.3  # cosine of a topic's name with a line that it serves, as in relevance.score
FIRST_WORDS = 9  # of a subject that are embedded: they are English, and what it is about
SHORTEST_PART = 7  # letters of a word that is looked for inside another: "Modelleisenbahn"
MOST_SEARCHED = 4  # words of a line in a search; more find nothing

THEIRS = ("discussed", "office")  # sections of lines that a topic is read for


@dataclass(frozen=True)
class _Known:
    """The catalogue, prepared."""

    subjects: tuple[Subject, ...]
    words: tuple[frozenset[str], ...]
    weights: dict[str, float]
    embedding: Embedding


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
    known = _prepared(subjects)
    unsaid = LOGISTICS | COUNTED | {word for name in names for word in words_of(name)}
    for line in lines:
        searched = _searched(line, unsaid)
        is_logistics = len(searched) < 2 and not LOGISTICS.isdisjoint(words_of(line.text))
        if line.section not in THEIRS or not searched or is_logistics:
            continue
        if not _is_served(line, topics, known):
            yield Proposal(line, _best(line, known), " ".join(searched))


@cache
def _prepared(subjects: tuple[Subject, ...]) -> _Known:
    texts = [f"{_name(subject.name)} {subject.words}" for subject in subjects]
    words = tuple(frozenset(words_of(text)) for text in texts)
    held = Counter(word for bag in words for word in bag)
    weights = {word: math.log(len(words) / n) / math.log(len(words)) for word, n in held.items()}
    learned = learn(lambda: texts, (), lambda line, text: 0.0)
    return _Known(subjects, words, weights, Embedding(learned))


def _name(slug: str) -> str:
    return slug.replace("-", " ").replace("_", " ")


def _is_served(line: NoteLine, topics: Collection[str], known: _Known) -> bool:
    names = [_name(topic) for topic in topics]
    words = set(words_of(line.text))
    if not names or any(words & set(words_of(name)) for name in names):
        return bool(names)
    meant = known.embedding.of([line.text])[0]
    return bool((known.embedding.of(names) @ meant).max() >= SERVES)


def _best(line: NoteLine, known: _Known) -> Subject | None:
    """Return the subject that fits best, if one fits at all."""
    words = set(words_of(line.text))
    long = [word for word in words if len(word) > SHORTEST_PART]
    heads = [
        ", ".join((_name(x.name), " ".join(x.words.split()[:FIRST_WORDS]))) for x in known.subjects
    ]
    cosines = (known.embedding.of(heads) @ known.embedding.of([line.text])[0]).tolist()
    is_foreign = bool(language_of(line.text))
    best, most = None, 0.0
    for subject, bag, cosine in zip(known.subjects, known.words, cosines, strict=True):
        shared = words & bag
        inside = {p for p in bag if len(p) >= SHORTEST_PART and any(p in word for word in long)}
        weight = sum(known.weights[word] for word in shared | inside)
        is_enough = (
            weight >= BY_WORDS
            or (weight > 0 and (cosine >= BY_BOTH or is_foreign or bool(inside)))
            or cosine >= BY_MEANING
        )
        if is_enough and weight + max(cosine, 0.0) > most:
            best, most = subject, weight + max(cosine, 0.0)
    return best


def _searched(line: NoteLine, unsaid: Collection[str]) -> list[str]:
    """Return the words of a line that a search would send: no names of people, no figures."""
    words = dict.fromkeys(
        word for word in words_of(line.text) if word not in unsaid and not word.isdigit()
    )
    return sorted(words, key=lambda word: -len(word))[:MOST_SEARCHED]
