"""What the user's answers teach: sent and dismissed suggestions move later scores a little.

Takes answers; gives a `Preferences`, and moves a match by it. Three kinds of lessons: a note line
(whatever was found for it), a company's news as a whole, and the words in the titles of a
company's stories. Each is counted on its own, compared with how often this user likes anything,
and pulled to nothing while the answers are few. What was put off, and what came at a bad time,
teaches nothing; what was the wrong company teaches only that (see `companies`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from pipeline.records import Feedback, LearnedWeight, Match, Part, Preferences, Touchpoint
from pipeline.relevance.terms import words_of

# ------------------------------------------------------------ every number, and where it is from
# Tried with simulated users on labelled interviews (tests/benchmarks/learning.py): one who answers
# by the grades gains, one who answers by chance loses nothing to speak of.
LEAST_ANSWERS = 6  # before that nothing is learnt: a handful may be one day's mood
PRIOR = 4.0  # answers of the average kind that each lesson starts with
LEAST_FOR_A_WORD = 2  # different titles in which a word must stand
WORDS_COUNT = 0.6  # of a title's words, taken together, beside the line or the company
TEACHES_NOTHING = ("bad-timing", "wrong-company")  # reasons of a dismissal
MOST = 0.5  # of a score may be added or taken away


def answers(touchpoints: Iterable[Touchpoint]) -> tuple[Feedback, ...]:
    """Return what the user's moves say about the stories that were suggested."""
    told = ((item, _verdict(item)) for item in touchpoints if item.suggestion.reference.story)
    return tuple(
        Feedback(
            liked,
            item.changed,
            item.suggestion.company,
            item.suggestion.reference.title,
            item.suggestion.reference.note,
            item.suggestion.kind in ("contribution", "check_in"),
        )
        for item, liked in told
        if liked is not None
    )


def _verdict(item: Touchpoint) -> bool | None:
    if item.status in ("sent", "answered"):
        return True
    if item.status == "dismissed" and item.because not in TEACHES_NOTHING:
        return False
    return None


def preferences(answered: Iterable[Feedback], forgotten: Mapping[str, datetime]) -> Preferences:
    """Return what the answers teach.

    `forgotten` says until when answers no longer count for a lesson that the user removed.
    """
    given = list(answered)
    if len(given) < LEAST_ANSWERS:
        return Preferences({}, len(given))
    usual = (sum(answer.liked for answer in given) + PRIOR / 2) / (len(given) + PRIOR)
    counted: dict[str, list[Feedback]] = {}
    names: dict[str, str] = {}
    for answer in given:
        for key, about in _features(answer):
            if key not in forgotten or answer.at > forgotten[key]:
                counted.setdefault(key, []).append(answer)
                names[key] = about
    lessons = {
        key: _lesson(key, names[key], found, usual)
        for key, found in counted.items()
        if not key.startswith("word:") or _stories(found) >= LEAST_FOR_A_WORD
    }
    return Preferences(lessons, len(given))


def adjusted(match: Match, learnt: Preferences) -> Match:
    """Return a match moved by what was learnt, with the part of the score that says so."""
    if not learnt.weights or not match.score:
        return match
    lessons = [learnt.weights[key] for key, _ in _features_of(match) if key in learnt.weights]
    moved = match.score * MOST * _bias(lessons)
    moved = min(moved, 1.0 - match.score)
    if not moved:
        return match
    heaviest = sorted(lessons, key=lambda lesson: -abs(lesson.bias))[:3]
    part = Part("your answers", moved, tuple(lesson.about for lesson in heaviest))
    return replace(match, score=match.score + moved, parts=(*match.parts, part))


def _stories(found: Iterable[Feedback]) -> int:
    return len({answer.title for answer in found})


def _lesson(key: str, about: str, found: list[Feedback], usual: float) -> LearnedWeight:
    liked = sum(answer.liked for answer in found)
    bias = (liked - usual * len(found)) / (len(found) + PRIOR)
    return LearnedWeight(key, about, liked, len(found) - liked, round(bias, 4))


def _bias(lessons: Iterable[LearnedWeight]) -> float:
    """Return the sum of all that applies, from -1 to 1; words count as their mean."""
    whole, words = 0.0, []
    for lesson in lessons:
        if lesson.key.startswith("word:"):
            words.append(lesson.bias)
        else:
            whole += lesson.bias
    if words:
        whole += WORDS_COUNT * sum(words) / len(words) ** 0.5
    return max(-1.0, min(1.0, whole))


def _features(answer: Feedback) -> Iterator[tuple[str, str]]:
    if answer.note:
        yield _key("line", answer.note.file, answer.note.text), f"your note “{answer.note.text}”"
    if answer.about_company:
        yield f"company:{answer.company}", f"news about {answer.company}"
    yield from _words(answer.company, answer.title)


def _features_of(match: Match) -> Iterator[tuple[str, str]]:
    if match.best:
        note = match.best.note
        yield _key("line", note.file, note.text), ""
    if match.kind == "contribution":
        yield f"company:{match.company}", ""
    yield from _words(match.company, match.story.lead.title)


def _words(company: str, title: str) -> Iterator[tuple[str, str]]:
    names = frozenset(words_of(company.replace("-", " ")))
    for word in dict.fromkeys(word for word in words_of(title) if word not in names):
        yield f"word:{company}:{word}", f"“{word}” in a title, for {company}"


def _key(kind: str, *told: str) -> str:
    return f"{kind}:{hashlib.blake2s(chr(0).join(told).encode(), digest_size=4).hexdigest()}"
