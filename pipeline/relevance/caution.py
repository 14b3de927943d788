"""What the answers teach about whom a story is about and how good it is: only to be more careful.

Takes the user's moves; gives weights beside those of `feedback`, and a match held to them:

    other    a word in the titles of stories of which the user said "wrong company"
    name     the company's name, after several such stories
    news     a kind of good news that was dismissed as not for me more often than it was sent

The first two take from the log-odds that the company is meant, the third moves the line between
good and unsure. None touches bad news, which hold as before, or the company's own; what is no
longer surely about the company is not shown at all, so nothing comes into a message by it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from pipeline.records import Hold, LearnedWeight, Match, Preferences, Touchpoint
from pipeline.records.record import dataclass
from pipeline.relevance import classifier
from pipeline.relevance.companies import BUSINESS_WORDS, SURE_ENOUGH
from pipeline.relevance.terms import words_of

# ------------------------------------------------------------ every number, and where it is from
# All by judgement, in the log-odds of `companies`, where an unusual name brings 1.6, a full form
# 4.0, and 1.7 is sure enough to be shown. A full form is never lost: 6.0 less 2.0 and 0.5.
OF_A_WORD = 0.4  # that each wrong story's word takes: less than one word of the industry brings
OF_ALL_WORDS = 2.0  # the most that the words of one title take together
WRONG_STORIES = 3  # from which the name itself is doubted: fewer may be one event
OF_THE_NAME = 0.5  # that it loses then, once: a company at an interview is in the news by it
OF_A_KIND = 0.1  # by which the line of good news rises for each dismissal more than was sent
OF_A_KIND_AT_MOST = 0.5  # five of them: the plainly good news of that kind stay


def lessons(
    touchpoints: Iterable[Touchpoint],
    forgotten: Mapping[str, datetime],
    wrong: Iterable[Hold] = (),
) -> dict[str, LearnedWeight]:
    """Return what the answers teach; `forgotten` as in `feedback.preferences`.

    `wrong` is the bad news that is about another company.
    """
    given = (*map(_answer, touchpoints), *map(_of_bad_news, wrong))
    counted = {
        key: found
        for key, all_found in _by_key(item for item in given if item.story).items()
        if (found := [item for item in all_found if _counts(item, forgotten.get(key))])
    }
    weights = (_weight(key, found) for key, found in counted.items())
    return {weight.key: weight for weight in weights if weight}


def careful(match: Match, learned: Preferences) -> Match:
    """Return a match held to the lessons: never surer, never better than it was."""
    if match.sensitive or match.mention.about != "about":
        return match
    return _less_good(_less_sure(match, learned), learned)


def _less_sure(match: Match, learned: Preferences) -> Match:
    mention = match.mention
    words = [
        weight
        for word in dict.fromkeys(words_of(match.story.lead.title))
        if (weight := learned.weights.get(f"other:{match.company}:{word}"))
    ]
    name = learned.weights.get(f"name:{match.company}")
    taken = max(sum(weight.bias for weight in words), -OF_ALL_WORDS) + (name.bias if name else 0.0)
    if not taken or mention.own or not 0.0 < mention.confidence < 1.0:
        return match
    log_odds = math.log(mention.confidence / (1 - mention.confidence)) + taken
    confidence = round(1 / (1 + math.exp(-log_odds)), 4)
    match = replace(match, mention=replace(mention, confidence=confidence))
    if not match.shown or confidence >= SURE_ENOUGH:
        return match
    why = f"after what you called the wrong company, not sure that it is meant ({confidence:.0%})"
    return replace(match, shown=False, reason=why)


def _less_good(match: Match, learned: Preferences) -> Match:
    verdict = match.verdict
    if verdict is None or verdict.tone != "good":
        return match
    weight = learned.weights.get(f"news:{verdict.kind}")
    if weight is None or verdict.odds >= classifier.load("verdict").limits["good"] - weight.bias:
        return match
    return replace(match, verdict=replace(verdict, tone="unsure"))


# ---------------------------------------------------------------------------------------- answers


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the user said of a story."""

    said: str  # "sent", "wrong-company", "not-for-me"; else it teaches nothing here
    at: datetime
    company: str
    story: str
    title: str
    news: str = ""  # the kind of good news that it was cited for
    is_company_news: bool = False


def _answer(item: Touchpoint) -> _Answer:
    what, told = item.suggestion, item.suggestion.reference
    said = item.because if item.status == "dismissed" else ""
    return _Answer(
        "sent" if item.status in ("sent", "answered") else said,
        item.changed,
        what.company,
        told.story,
        told.title,
        told.news,
        what.kind in ("contribution", "check_in"),
    )


def _of_bad_news(hold: Hold) -> _Answer:
    at = hold.released or hold.created
    return _Answer("wrong-company", at, hold.company, hold.story, hold.title)


def _by_key(given: Iterable[_Answer]) -> dict[str, list[_Answer]]:
    """Return the answers that each lesson is drawn from."""
    found: dict[str, list[_Answer]] = {}
    for item in given:
        for key in _keys(item):
            found.setdefault(key, []).append(item)
    return found


def _keys(item: _Answer) -> Iterator[str]:
    company, is_wrong = item.company, item.said == "wrong-company"
    if is_wrong or (item.is_company_news and item.said == "sent"):
        names = words_of(company.replace("-", " "))
        for word in dict.fromkeys(words_of(item.title)):
            if word not in names and word not in BUSINESS_WORDS:
                yield f"other:{company}:{word}"
    if is_wrong:
        yield f"name:{company}"
    if item.news and item.said in ("sent", "not-for-me"):
        yield f"news:{item.news}"


def _counts(item: _Answer, forgotten: datetime | None) -> bool:
    return forgotten is None or item.at > forgotten


def _weight(key: str, found: list[_Answer]) -> LearnedWeight | None:
    """Return one lesson, or None where the answers are too few, or others speak against it.

    A story that went to two people is one story, and one event is told by one title.
    """
    kind, name = key.split(":", 1)
    company, _, word = name.partition(":")
    sent = len({item.story for item in found if item.said == "sent"})
    against = len({item.story for item in found if item.said != "sent"})
    if kind == "news":
        bias = min(OF_A_KIND * max(against - sent, 0), OF_A_KIND_AT_MOST)
        about = f"{name}: cited only if plainly good, as you seldom send it"
        return LearnedWeight(key, "news", about, sent, against, -bias) if bias else None
    if kind == "name":
        if against < WRONG_STORIES:
            return None
        about = f"the name of {company} alone: it often means another"
        return LearnedWeight(key, "name", about, 0, against, -OF_THE_NAME)
    if sent or not against:  # what was sent about the company says that the word goes with it
        return None
    bias = min(OF_A_WORD * against, OF_ALL_WORDS)
    about = f"“{word}” in a title: perhaps not {company} but another"
    return LearnedWeight(key, "other", about, 0, against, -bias)
