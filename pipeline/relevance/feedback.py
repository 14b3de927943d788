"""What the user's answers teach: sent and dismissed suggestions move later scores a little.

Takes answers; gives `Preferences`, and moves a match by them. What is learned are the user's own
coefficients of the fitted model (see `usefulness`) and, beside them, those of words in the titles
of a company's stories: the maximum a posteriori of one logistic regression over the answers, with a
Gaussian prior round the fitted coefficients, and round nothing for a word. So few answers move
little, and what the fitted model foresaw teaches little. For each queue a coefficient is learned
for every part of the score, as the share by which it grows: the part is what the story has, times
the fitted coefficient. What was put off, and what came at a bad time, teaches nothing; what was the
wrong company teaches only that (see `caution`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Literal, NamedTuple

from pipeline.records import Feedback, LearnedWeight, Match, Part, Preferences, Queue, Touchpoint
from pipeline.relevance import usefulness
from pipeline.relevance.terms import words_of

# ------------------------------------------------------------ every number, and where it is from
# Tried with simulated users on labelled interviews (tests/benchmarks/learning.py): one who answers
# by the grades gains, one who answers by chance loses nothing to speak of. With .2 for a part,
# topics gain .006 more, but two unexpected answers move a score as far as all may; from .3 on
# chance loses .02 on topics. A weight for each note line gained on one year's topics and lost as
# much on the other's, and on company news; one for all of a company's news changes no order.
LEAST_ANSWERS = 6  # before that nothing is learned: a handful may be one day's mood
OF_A_PART = 0.07  # standard deviation of the prior: the share by which a coefficient grows
OF_A_WORD = 0.35  # and the log-odds of a word: eight in a title together have 1
LEAST_FOR_A_WORD = 2  # different titles that must contain a word
TEACHES_NOTHING = ("bad-timing", "wrong-company")  # reasons of a dismissal
MOST = 1.0  # log-odds that may be added or taken away: from .5 to .73, or to .27
A_LITTLE, MUCH = 0.1, 0.3  # bias up to which, and from which, it is called so
# no border test: of a precision that nobody sees
NEAR_ENOUGH = 1e-4  # deviations of the prior by which a coefficient moves in the last round
MOST_ROUNDS = 200  # hundreds of answers took 40

YOUR_ANSWERS = "your answers"  # the part of a score

# The parts that are learned, and what to call a story by. The others are the user's own setting, or
# too seldom there, or no matter of taste.
_STORIES = {
    "your note": "with words of a note",
    "near in meaning": "near in meaning",
    "all your notes": "with words of all your notes",
    "like its other news": "like its other news",
    "about the company": "surely about the company",
    "its feed is read for this": "of a feed that is read for it",
}
_QUEUES: Mapping[Queue, str] = {
    "company": "in company news",
    "topic": "for topics",
    "interest": "for hobbies",
}
_SPREAD = {"part": OF_A_PART, "word": OF_A_WORD}


def answers(touchpoints: Iterable[Touchpoint]) -> tuple[Feedback, ...]:
    """Return what the user's moves say about the stories that were suggested."""
    judged = (
        (item, item.suggestion.reference, _liked(item))
        for item in touchpoints
        if item.suggestion.reference.parts and item.suggestion.kind != "congratulation"
    )
    return tuple(
        Feedback(liked, item.changed, item.suggestion.company, told.title, told.queue, told.parts)
        for item, told, liked in judged
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

    `forgotten` holds the keys of weights that the user removed: answers up to then don't count for
    them. What they explain is not explained by another weight instead.
    """
    given = list(answered)
    if len(given) < LEAST_ANSWERS:
        return Preferences({}, len(given))
    found: dict[_Column, list[tuple[int, float]]] = {}
    for number, answer in enumerate(given):
        for feature in _features(answer.company, answer.title, answer.queue, answer.parts):
            until = forgotten.get(feature.key)
            column = _Column(feature.key, until is not None and answer.at <= until)
            found.setdefault(column, []).append((number, feature.value * _SPREAD[feature.kind]))
    columns = [
        column
        for column, among in sorted(found.items())
        if not column.key.startswith("word:")
        or len({given[number].title for number, _ in among}) >= LEAST_FOR_A_WORD
    ]
    deviations = _most_likely(
        [math.fsum(part.amount for part in _of_the_model(answer.parts)) for answer in given],
        [answer.liked for answer in given],
        [found[column] for column in columns],
    )
    weights = (
        _weight(column.key, deviation, [given[number] for number, _ in found[column]])
        for column, deviation in zip(columns, deviations, strict=True)
        if not column.is_forgotten
    )
    return Preferences({weight.key: weight for weight in weights if weight.bias}, len(given))


def adjusted(match: Match, learned: Preferences) -> Match:
    """Return a match moved by what was learned, with the part of the score that says so."""
    if not learned.weights or not match.score:
        return match
    moves = [
        (feature.name, learned.weights[feature.key].bias * feature.value)
        for feature in _features(match.company, match.story.lead.title, match.queue, match.parts)
        if feature.key in learned.weights
    ]
    whole = math.fsum(amount for _, amount in moves)
    moved = max(-MOST, min(MOST, whole))
    if not moved:
        return match
    told = [f"{name} {amount:+.2f}" for name, amount in moves if round(amount, 2)]
    if moved != whole:
        told.append(f"no more than {moved:+.2f} together")
    parts = (*match.parts, Part(YOUR_ANSWERS, moved, tuple(told)))
    return replace(match, score=usefulness.probability(parts), parts=parts)


def _weight(key: str, deviation: float, among: Sequence[Feedback]) -> LearnedWeight:
    liked = sum(answer.liked for answer in among)
    kind, where, name = key.split(":", 2)
    bias = round(deviation * _SPREAD[kind], 4)
    if kind == "word":
        about = f"“{name}” in a title, for {where}"
        return LearnedWeight(key, "word", about, liked, len(among) - liked, bias)
    size = abs(bias)
    amount = "a little " if size <= A_LITTLE else "much " if size >= MUCH else ""
    about = (
        f"stories {_STORIES[name.replace('-', ' ')]} count {amount}{'more' if bias > 0 else 'less'}"
        f" {_QUEUES[among[0].queue]}"
    )
    return LearnedWeight(key, "part", about, liked, len(among) - liked, bias)


# ------------------------------------------------------------------------------------- regression


class _Column(NamedTuple):
    """A coefficient: of a feature, but for one of answers that were forgotten for it."""

    key: str
    is_forgotten: bool


def _most_likely(
    odds: Sequence[float], liked: Sequence[bool], columns: Sequence[Sequence[tuple[int, float]]]
) -> list[float]:
    """Return the coefficients of a logistic regression, each with a standard normal prior.

    Takes each answer's log-odds where all are 0, and each column's values by answer. Coordinate
    ascent: every step is a Newton step with the most that the curvature can be (a quarter of the
    squares, and 1 for the prior), so that none goes too far.
    """
    now = list(odds)
    found = [0.0] * len(columns)
    steepest = [1 + math.fsum(value * value for _, value in column) / 4 for column in columns]
    for _ in range(MOST_ROUNDS):
        farthest = 0.0
        for number, column in enumerate(columns):
            slope = -found[number] + math.fsum(
                value * (liked[row] - usefulness.of_log_odds(now[row])) for row, value in column
            )
            step = slope / steepest[number]
            found[number] += step
            for row, value in column:
                now[row] += value * step
            farthest = max(farthest, abs(step))
        if farthest < NEAR_ENOUGH:
            break
    return found


# --------------------------------------------------------------------------------------- features


class _Feature(NamedTuple):
    """What a weight is learned for, and how much of it a story has."""

    kind: Literal["part", "word"]
    where: str  # the queue, or the company
    name: str  # as `why` shows it
    value: float

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.where}:{self.name.strip('“”').replace(' ', '-')}"


def _features(company: str, title: str, queue: Queue, parts: Iterable[Part]) -> Iterator[_Feature]:
    for part in parts:
        if part.name in _STORIES:
            yield _Feature("part", queue, part.name, part.amount)
    names = frozenset(words_of(company.replace("-", " ")))
    for word in dict.fromkeys(word for word in words_of(title) if word not in names):
        yield _Feature("word", company, f"“{word}”", 1.0)


def _of_the_model(parts: Iterable[Part]) -> Iterator[Part]:
    return (part for part in parts if part.name != YOUR_ANSWERS)
