"""Which of the candidate's own work fits what was talked about, line by line.

Takes the lines of an interview and of the profile; gives for each pair of a line of the talk and a
line of what the candidate did how well they fit, and leaves out those that don't. Who gets to read
of which, and in which words, is left to `touchpoints/thanks.py`.

Two lines fit by their words: the same one, or two that mean about the same ("train", "railway"), as
the static embedding of `relevance.meaning` has it; a line in a language with a dictionary by its
English words, too. One word is enough only where the lines as a whole are near: "power integrity
of the board" and "power electronics" share one. Words that are everybody's there (of the posts, the
company's own name and industry, and of every other line) count by half.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.records import Company, Interview, NoteLine, OwnWork, Profile, Subject
from pipeline.relevance import bilingual
from pipeline.relevance.catalogue_match import Known, prepared
from pipeline.relevance.meaning import clauses_of
from pipeline.relevance.terms import words_of

if TYPE_CHECKING:
    from pipeline.relevance.meaning import Vectors

# ------------------------------------------------------------ every number, and where it is from
# Set on the 52 lines of three seasons' talks (tests/traps) and looked at again on 32 of our own,
# in four languages. Of 84 lines 33 have work that fits, as a person reads them.
SAME_MEANING = 0.63  # cosine of two words: "vendor", "supplier" .64; "shop", "store" .58
LEAST_SHARED = 0.5  # words in common, by their rarity: one rare word weighs 1
# The nearness that is enough beside none: the mean of two lines' cosine and of their nearest
# clauses'. Each word in common makes up for some of it.
NEAR, MAKES_UP = 0.39, 0.15
OF_INDUSTRY, OF_POST = 0.5, 0.25  # what a word counts that is everybody's there
OFTEN = 3  # lines of the talk with a word, from which on it is everybody's
# no border test: only the order of pairs that fit well
MOST_SHARED = 3  # words in common, beyond which a pair is no better

# What one says of any work.
_OF_ANY_WORK = frozenset(
    """team people work working job year month week day time second first third new old big small
    project company business customer run ran line half great good number service plan system
    manager management lead leading head part point thing way place set group""".split()
)


@dataclass(frozen=True)
class _Line:
    """A line, prepared to be compared."""

    note: NoteLine
    words: tuple[str, ...]  # each once for each of its senses in English
    groups: tuple[int, ...]  # of which word of the line each is a sense
    weights: tuple[float, ...]  # what each counts
    vectors: Vectors  # of each
    clauses: Vectors  # of the whole line, then of its clauses


def own_work(
    talk: Interview, company: Company, profile: Profile, subjects: tuple[Subject, ...]
) -> OwnWork:
    """Return what the candidate did, and how well it fits what was talked about."""
    told = [line for line in talk.lines if line.section == "discussed"]
    # A message in the language of the notes can say nothing of a profile in another.
    languages = bilingual.languages_of((*talk.lines, *profile.lines))
    own = languages.get(talk.file, "")
    done = [line for line in talk.lines if line.section == "angle"]
    done += [line for line in profile.lines if languages[line.file] == own]
    if not told or not done:
        return OwnWork()
    known = prepared(subjects)
    usual = _usual_words(talk, company)
    lines = {line.place: _prepared(line, own, usual, known) for line in (*told, *done)}
    fits: dict[str, dict[str, float]] = {}
    for one in told:
        for other in done:
            if fit := _fit(lines[one.place], lines[other.place]):
                fits.setdefault(one.place, {})[other.place] = fit
    fitting = {place for found in fits.values() for place in found}
    return OwnWork(tuple(line for line in done if line.place in fitting), fits)


def _usual_words(talk: Interview, company: Company) -> Mapping[str, float]:
    """Return the words that are everybody's there, and what each counts."""
    told = (line.text for line in talk.lines if line.section == "discussed")
    lines = Counter(word for text in told for word in set(words_of(text)))
    often = (word for word, count in lines.items() if count >= OFTEN)
    industry = (word for text in (company.name, *company.industry) for word in words_of(text))
    posts = (word for person in talk.people for word in words_of(person.title))
    return {
        **dict.fromkeys((*often, *industry), OF_INDUSTRY),
        **dict.fromkeys(posts, OF_POST),
    }


def _prepared(note: NoteLine, name: str, usual: Mapping[str, float], known: Known) -> _Line:
    words, groups, weights = [], [], []
    for number, (written, senses) in enumerate(_words_in(note.text, name)):
        for word in senses:
            if word in _OF_ANY_WORK or any(map(str.isdigit, word)):
                continue
            counts = min(usual.get(one, 1.0) for one in (word, *words_of(written)))
            words.append(word)
            groups.append(number)
            weights.append(counts * known.weights.get(word, 1.0))
    told = bilingual.in_english(note.text, name)
    parts = [bilingual.in_english(clause, name) for clause in clauses_of(note.text)]
    return _Line(
        note,
        tuple(words),
        tuple(groups),
        tuple(weights),
        known.embedding.of(words),
        known.embedding.of([told, *parts]),
    )


def _words_in(text: str, name: str) -> Iterable[tuple[str, Sequence[str]]]:
    """Yield each word of a line with what it may mean in English."""
    if not bilingual.has_dictionary(name):
        yield from ((word, (word,)) for word in words_of(text))
        return
    for part in (bilingual.or_itself(part, name) for part in bilingual.rendered(text, name)):
        yield part.written.casefold(), [" ".join(sense) for sense in part.senses]


def _fit(told: _Line, done: _Line) -> float:
    """Return how well a deed fits a line of the talk; nought where it does not."""
    if not told.words or not done.words:
        return 0.0
    alike = told.vectors @ done.vectors.T
    best: dict[int, float] = {}
    for one, word in enumerate(told.words):
        for other, own in enumerate(done.words):
            cosine = 1.0 if word == own else float(alike[one, other])
            if cosine >= SAME_MEANING:
                counts = cosine * min(told.weights[one], done.weights[other])
                group = told.groups[one]
                best[group] = max(best.get(group, 0.0), counts)
    shared = sum(best.values())
    nearness = told.clauses @ done.clauses.T
    near = (float(nearness[0, 0]) + float(nearness.max())) / 2
    if shared < LEAST_SHARED or near + MAKES_UP * shared < NEAR:
        return 0.0
    return (min(shared, MOST_SHARED) / MOST_SHARED + max(near, 0.0)) / 2
