"""What each interviewer is thanked for, and what the candidate did that goes with it.

Takes an interview, what the candidate did that fits it, and of what people there have read; gives
each interviewer a line of the talk and a line of the candidate's own work, so that no two of them
read of the same. The person's own lines go before those about nobody, the notes' own angle before
the profile, and a sentence before a jotting. Where nothing fits, the candidate did nothing: the
wording is left to `drafts`, and so is a thank-you without such a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set

from pipeline.records import Interview, NoteLine, OwnWork
from pipeline.records.record import dataclass
from pipeline.touchpoints.doubts import is_no_deed
from pipeline.touchpoints.spoken import (
    BOLD,
    Topic,
    experience_of,
    jotted_work,
    skill_of,
    tells_of_somebody,
    topic_of,
)

# ------------------------------------------------------------ every number, and where it is from
# Beside a fit from 0 to 1. By judgement, on the three seasons and ten notes of our own.
OWN_LINE = 0.5  # what it adds that they said it themselves,
BELOW_THEIRS = 0.15  # that it stands below a line of theirs, without another's between,
ON_TOPIC = 0.2  # that the work has a word of the topic itself, and not of its line alone,
OF_ANGLE = 0.2  # that the candidate noted the work for this talk, or a reminder of it,
SENTENCE = 0.3  # that it makes a sentence, which needs no editing,
# What the profile has needs a clearer fit than what the candidate noted for this talk. In seven
# invented seasons, on which it was set, seven such pairs were below it, of which four were silly
# ("children fasting", "slots for lorries"); of nine of the notes' own angle none was.
LEAST_OF_PROFILE = 0.42
# no border test: more than all the others together
KEPT = 2.0  # and that the message has it already: it does not change by the day
LONG_WORD = 4  # letters of such a word: "EPUB"
# no border test: on the messages of four invented seasons one word in common was wrong
# ("customer"), two never were
LEAST_REMINDED = 2  # words, or figures, that a line of the angle and one of the profile share

ARRANGING = ("recruiter", "assistant")


@dataclass(frozen=True, slots=True)
class Deed:
    """What the candidate did: a sentence, "I ran …", or else a phrase."""

    line: NoteLine
    fact: str
    experience: str


@dataclass(frozen=True, slots=True)
class Thanks:
    """What one interviewer is thanked for, and what the candidate did that fits it."""

    topic: Topic
    line: NoteLine
    deed: Deed


@dataclass(frozen=True, slots=True)
class _Pair:
    value: float
    person: str
    thanks: Thanks


def shared_out(
    talk: Interview, work: OwnWork, language: str, said: Set[str], kept: Mapping[str, Set[str]]
) -> Mapping[str, Thanks]:
    """Return what each is thanked for, by name; who has nothing that fits is not in it.

    `said` are places of which somebody there has read, and `kept` by name those of a message that
    is written already. Each person, line and deed is taken once, the best pair first.
    """
    pairs = sorted(_pairs(talk, work, language, said, kept), key=lambda pair: -pair.value)
    found: dict[str, Thanks] = {}
    taken: set[str] = set()
    for pair in pairs:
        places = {pair.thanks.line.place, pair.thanks.deed.line.place}
        if pair.person not in found and not places & taken:
            found[pair.person] = pair.thanks
            taken |= {pair.thanks.line.place, *places_of(pair.thanks.deed, work)}
    return found


def places_of(deed: Deed, work: OwnWork) -> frozenset[str]:
    """Return the places of all lines that tell of a deed: its own, and what reminds of it."""
    alike = {line.place for line in work.lines if _reminds(line, deed.line)}
    return frozenset({deed.line.place, *alike})


def deed_for(
    line: NoteLine, topic: Topic, talk: Interview, work: OwnWork, language: str, said: Set[str]
) -> Deed | None:
    """Return what the candidate did that fits a line of the talk best, if anything does.

    Of a topic that is only how a line begins, it has a word of the topic, too.
    """
    noted = _noted(talk, work)
    fitting = [
        (_worth(fit, deed, noted), deed)
        for done in work.lines
        if (fit := work.fits.get(line.place, {}).get(done.place, 0.0))
        and _is_clear(fit, done, noted)
        and done.place not in said
        and (deed := _deed_of(done, language))
        and _may_stand_beside(topic, deed)
    ]
    return max(fitting, key=lambda one: one[0], default=(0.0, None))[1]


def _pairs(
    talk: Interview, work: OwnWork, language: str, said: Set[str], kept: Mapping[str, Set[str]]
) -> Iterator[_Pair]:
    is_alone = len(talk.people) == 1
    people = [person.name for person in talk.people if person.role not in ARRANGING]
    marked = {name for name in people if _has_marked(talk, name, language, said)}
    deeds = {line.place: _deed_of(line, language) for line in work.lines}
    noted = _noted(talk, work)
    speaker = ""
    for line in talk.lines:
        speaker = line.person or speaker
        fits = work.fits.get(line.place, {})
        if not fits or line.section != "discussed" or line.place in said:
            continue
        topic = topic_of(line, language)
        if topic is None:
            continue
        for done, fit in fits.items():
            deed = deeds.get(done)
            if deed is None or done in said:
                continue
            is_fit = _is_clear(fit, deed.line, noted) and _may_stand_beside(topic, deed)
            if not is_fit:
                continue
            value = _worth(fit, deed, noted) + ON_TOPIC * _is_on(topic, deed)
            for name in people:
                is_own = line.person == name != ""
                is_free = not line.person and (is_alone or not tells_of_somebody(line.text))
                if is_own or (is_free and name not in marked):
                    is_kept = {line.place, done} <= kept.get(name, frozenset())
                    worth = value + OWN_LINE * is_own + KEPT * is_kept
                    worth += BELOW_THEIRS * (speaker == name)
                    yield _Pair(worth, name, Thanks(topic, line, deed))


def _has_marked(talk: Interview, name: str, language: str, said: Set[str]) -> bool:
    """Return whether a line of theirs is in bold: it is what the candidate wants to speak of."""
    own = (line for line in talk.lines if line.section == "discussed" and line.person == name != "")
    topics = (topic_of(line, language) for line in own if line.place not in said)
    return any(topic is not None and topic.clear == BOLD for topic in topics)


def _noted(talk: Interview, work: OwnWork) -> frozenset[str]:
    """Return the places of the work that the candidate noted for this talk.

    That is the notes' own angle, and each line of the profile of which it reminds.
    """
    angle = [line for line in talk.lines if line.section == "angle"]
    return frozenset(
        done.place
        for done in work.lines
        if done.section == "angle" or any(_reminds(line, done) for line in angle)
    )


def _reminds(one: NoteLine, other: NoteLine) -> bool:
    """Return whether two lines tell of one deed: "nine wards, no-shows halved", and its sentence.

    How many years one has done something is no deed.
    """
    if _OF_YEARS.match(one.text) or _OF_YEARS.match(other.text):
        return False
    return len(_longer(one.text) & _longer(other.text)) >= LEAST_REMINDED


_OF_YEARS = re.compile(r"[\w+]+\s(?:years?|Jahren?|ans|années|años)\b")


def _longer(text: str) -> frozenset[str]:
    words = _WORD_OR_FIGURE.findall(text.casefold())
    return frozenset(
        word.rstrip("es") for word in words if len(word) >= LONG_WORD or word.isdigit()
    )


_WORD_OR_FIGURE = re.compile(r"\d{2,}|[^\W\d_]+")


def _is_clear(fit: float, done: NoteLine, noted: Set[str]) -> bool:
    """Return whether a line of the candidate's work fits well enough to be told of."""
    return fit > 0 and (done.place in noted or fit >= LEAST_OF_PROFILE)


def _may_stand_beside(topic: Topic, deed: Deed) -> bool:
    if deed.line.section == "profile" and not deed.fact:  # a piece of a line: is it that piece?
        is_told = any(map(str.isdigit, deed.experience))
        return is_told and _shares_a_word(topic.text, deed.experience)
    return True


def _is_on(topic: Topic, deed: Deed) -> bool:
    return _shares_a_word(topic.text, deed.line.text)


def _shares_a_word(topic: str, other: str) -> bool:
    own = {word.rstrip("es") for word in _WORD.findall(other.casefold())}
    said = (word for word in _WORD.findall(topic.casefold()) if len(word) >= LONG_WORD)
    return any(word.rstrip("es") in own for word in said)


_WORD = re.compile(r"[^\W\d_]+")


def _worth(fit: float, deed: Deed, noted: Set[str]) -> float:
    return fit + SENTENCE * bool(deed.fact) + OF_ANGLE * (deed.line.place in noted)


def _deed_of(line: NoteLine, language: str) -> Deed | None:
    """Return what one did as one can say it; None where the line's form gives nothing."""
    if line.avoided or is_no_deed(line):
        return None
    fact = skill_of(line, language, is_whole=True)
    said = "" if fact else jotted_work(line, language)
    said = said or ("" if fact else experience_of(line, language))
    return Deed(line, fact, said) if fact or said else None
