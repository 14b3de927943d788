"""What the user's answers teach: sent and dismissed suggestions move later scores a little.

Takes answers; gives `Preferences`, and moves a match by them. A weight is learned for each of three
kinds of features: a note line (whatever was found for it), a company's news as a whole, and a word
in the titles of a company's stories. Each is counted on its own, compared with how often this user
likes anything, and pulled to nothing while the answers are few. What was put off, and what came at
a bad time, teaches nothing; what was the wrong company teaches only that (see `caution`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Literal, NamedTuple

from pipeline.records import Feedback, LearnedWeight, Match, NoteLine, Part, Preferences, Touchpoint
from pipeline.relevance import usefulness
from pipeline.relevance.terms import words_of

# ------------------------------------------------------------ every number, and where it is from
# Tried with simulated users on labelled interviews (tests/benchmarks/learning.py): one who answers
# by the grades gains, one who answers by chance loses nothing to speak of.
LEAST_ANSWERS = 6  # before that nothing is learned: a handful may be one day's mood
PRIOR = 4.0  # answers of the average kind that each weight starts with
LEAST_FOR_A_WORD = 2  # different titles that must contain a word
WORDS_COUNT = 0.6  # of a title's words, taken together, beside the line or the company
TEACHES_NOTHING = ("bad-timing", "wrong-company")  # reasons of a dismissal
MOST = 1.0  # log-odds that may be added or taken away: from .5 to .73, or to .27


def answers(touchpoints: Iterable[Touchpoint]) -> tuple[Feedback, ...]:
    """Return what the user's moves say about the stories that were suggested."""
    judged = (
        (item, _liked(item))
        for item in touchpoints
        if item.suggestion.reference.story and item.suggestion.kind != "congratulation"
    )
    return tuple(
        Feedback(
            liked,
            item.changed,
            item.suggestion.company,
            item.suggestion.reference.title,
            item.suggestion.reference.note,
            item.suggestion.kind in ("contribution", "check_in"),
        )
        for item, liked in judged
        if liked is not None
    )


def _liked(item: Touchpoint) -> bool | None:
    if item.status in ("sent", "answered"):
        return True
    if item.status == "dismissed" and item.because not in TEACHES_NOTHING:
        return False
    return None


def preferences(answered: Iterable[Feedback], forgotten: Mapping[str, datetime]) -> Preferences:
    """Return what the answers teach.

    `forgotten` holds the keys of weights that the user removed: answers up to then don't count.
    """
    given = list(answered)
    if len(given) < LEAST_ANSWERS:
        return Preferences({}, len(given))
    usual = (sum(answer.liked for answer in given) + PRIOR / 2) / (len(given) + PRIOR)
    counted: dict[_Feature, list[Feedback]] = {}
    for answer in given:
        for feature in _features_of_answer(answer):
            if feature.key not in forgotten or answer.at > forgotten[feature.key]:
                counted.setdefault(feature, []).append(answer)
    weights = {
        feature.key: _weight(feature, found, usual)
        for feature, found in counted.items()
        if feature.kind != "word" or len({answer.title for answer in found}) >= LEAST_FOR_A_WORD
    }
    return Preferences(weights, len(given))


def adjusted(match: Match, learned: Preferences) -> Match:
    """Return a match moved by what was learned, with the part of the score that says so."""
    if not learned.weights or not match.score:
        return match
    weights = [
        learned.weights[feature.key]
        for feature in _features_of_match(match)
        if feature.key in learned.weights
    ]
    moved = MOST * _bias(weights)
    if not moved:
        return match
    heaviest = sorted(weights, key=lambda weight: -abs(weight.bias))[:3]
    part = Part("your answers", moved, tuple(weight.about for weight in heaviest))
    parts = (*match.parts, part)
    return replace(match, score=usefulness.probability(parts), parts=parts)


def _weight(feature: _Feature, found: list[Feedback], usual: float) -> LearnedWeight:
    liked = sum(answer.liked for answer in found)
    bias = (liked - usual * len(found)) / (len(found) + PRIOR)
    return LearnedWeight(
        feature.key, feature.kind, feature.about, liked, len(found) - liked, round(bias, 4)
    )


def _bias(weights: Iterable[LearnedWeight]) -> float:
    """Return the sum of all that applies, from -1 to 1; words count as their mean."""
    whole, words = 0.0, []
    for weight in weights:
        if weight.kind == "word":
            words.append(weight.bias)
        else:
            whole += weight.bias
    if words:
        whole += WORDS_COUNT * sum(words) / len(words) ** 0.5
    return max(-1.0, min(1.0, whole))


# --------------------------------------------------------------------------------------- features


class _Feature(NamedTuple):
    """What a weight is learned for."""

    kind: Literal["line", "company", "word"]
    name: str
    about: str  # in words

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.name}"


def _features_of_answer(answer: Feedback) -> Iterator[_Feature]:
    if answer.note:
        yield _line(answer.note)
    if answer.about_company:
        yield _company(answer.company)
    yield from _words(answer.company, answer.title)


def _features_of_match(match: Match) -> Iterator[_Feature]:
    if match.best:
        yield _line(match.best.note)
    if match.kind == "contribution":
        yield _company(match.company)
    yield from _words(match.company, match.story.lead.title)


def _line(note: NoteLine) -> _Feature:
    written = f"{note.file}\0{note.text}".encode()
    name = hashlib.blake2s(written, digest_size=4).hexdigest()
    return _Feature("line", name, f"your note “{note.text}”")


def _company(slug: str) -> _Feature:
    return _Feature("company", slug, f"news about {slug}")


def _words(slug: str, title: str) -> Iterator[_Feature]:
    names = frozenset(words_of(slug.replace("-", " ")))
    for word in dict.fromkeys(word for word in words_of(title) if word not in names):
        yield _Feature("word", f"{slug}:{word}", f"“{word}” in a title, for {slug}")
