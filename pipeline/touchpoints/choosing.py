"""Who gets which story: one message a person, one story and one message a company, the budget.

Takes the messages that are possible; gives the chosen ones with their stories, and says of the
others why they were not. What is possible at all was decided before (`kinds`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from pipeline.records import Config, Guard, GuardResult, Held, Suggestion
from pipeline.text.variety import QueuePlaces
from pipeline.touchpoints.case import (
    Case,
    Option,
    PossibleMessage,
    line_mark,
    lines_offered,
    marks_of,
    marks_sent,
)
from pipeline.touchpoints.kinds import AFTER_A_NO, ASIDES, BESIDE, KINDS, TO_READ, is_meant_for

Chosen = list[tuple[PossibleMessage, Option | None]]


def behind(
    asked: Iterable[tuple[Case, Suggestion]], candidates: Sequence[PossibleMessage]
) -> tuple[list[PossibleMessage], list[Held]]:
    """Return what can go beside the messages that the user asked for, and what waits for them.

    Thanks and congratulations have no time to wait; nor has a question that a colleague gets.
    """
    people = {case.identity for case, _ in asked}
    companies = {case.company.slug: case.who for case, _ in asked}
    ready, waiting = list[PossibleMessage](), list[Held]()
    for item in candidates:
        is_theirs = item.case.identity in people
        is_second = item.case.company.slug in companies and item.kind != "decision"
        waits = item.kind not in BESIDE and (is_theirs or is_second)
        if waits:
            waiting.append(set_aside(item, people, companies))
        else:
            ready.append(item)
    return ready, waiting


def choose(
    candidates: Sequence[PossibleMessage], left: int, config: Config, *, beside: int
) -> tuple[Chosen, list[Held]]:
    """Return one message for each person, and one person at a company for each story.

    The budget is `left`; with what goes beside the others, `beside`.

    Of one company only one person gets a message, aside from thank-yous; and no source and no
    subject goes with more messages than are set.
    """
    ready, beaten = list(candidates), list[PossibleMessage]()
    whole = ready
    while True:
        chosen, left_out, people, companies = _choose_once(ready, left, beside)
        others = [item for item in left_out if item.case.identity in people]
        if others:
            # They have another message: what story they had claimed is free for somebody else.
            beaten += others
            gone = set(map(id, others))
            ready = [item for item in ready if id(item) not in gone]
        elif crowded := _crowded(chosen, config):
            # It takes another story; without one, what it had beaten may come in its place.
            old, new = crowded
            whole = [new if item is old else item for item in whole]
            ready, beaten = whole, []
        else:
            break
    left_out = sorted(beaten + left_out, key=lambda item: (item.key, bool(item.carried)))
    return chosen, [set_aside(item, people, companies) for item in left_out]


def _crowded(chosen: Chosen, config: Config) -> tuple[PossibleMessage, PossibleMessage] | None:
    """Return the first with one story too many of a source or subject, and it without such ones.

    Too many is an article, too, that somebody at another company has to read on the same day.

    What is suggested already stays, and so do congratulations.
    """
    places = {"contribution": QueuePlaces(config), "tidbit": QueuePlaces(config)}
    read = frozenset[str]()
    told = [(item, option) for item, option in chosen if option and item.kind != "congratulation"]
    for candidate, option in sorted(told, key=lambda pair: not is_suggested(*pair)):
        queue, gone = places[option.match.kind], read if candidate.kind in TO_READ else frozenset()
        fit = [
            o for o in candidate.options if not (queue.against(o.match) or marks_of(o.match) & gone)
        ]
        if option not in fit and not is_suggested(candidate, option):
            return candidate, replace(candidate, options=tuple(fit))
        queue.take(option.match)
        read |= marks_of(option.match) if candidate.kind in TO_READ else frozenset()
    return None


def _choose_once(
    candidates: Sequence[PossibleMessage], left: int, beside: int
) -> tuple[Chosen, list[PossibleMessage], set[str], dict[str, str]]:
    """Return the chosen ones, the others, whom the chosen go to, and whom in which company."""
    chosen: Chosen = []
    left_out: list[PossibleMessage] = []
    people: set[str] = set()
    companies: dict[str, str] = {}
    for candidate, option in _with_stories(candidates):
        case, slug = candidate.case, candidate.case.company.slug
        is_second = slug in companies and candidate.kind not in BESIDE
        room = beside if candidate.kind in BESIDE else left
        if case.identity in people or is_second or len(chosen) >= room:
            left_out.append(candidate)
            continue
        chosen.append((candidate, option))
        people.add(case.identity)
        if candidate.kind not in ASIDES:
            companies.setdefault(slug, case.who)
    return chosen, left_out, people, companies


def set_aside(candidate: PossibleMessage, people: set[str], companies: Mapping[str, str]) -> Held:
    """Say why another one was chosen."""
    case, kind = candidate.case, candidate.kind
    if case.identity in people:
        return case.held(kind, GuardResult(Guard.ONE_AT_A_TIME))
    if case.company.slug in companies and kind not in BESIDE:
        colleague = companies[case.company.slug]
        return case.held(kind, GuardResult(Guard.COLLEAGUE, colleague=colleague))
    return case.held(kind, GuardResult(Guard.DAILY_BUDGET))


def _with_stories(
    candidates: Sequence[PossibleMessage],
) -> list[tuple[PossibleMessage, Option | None]]:
    """Return the candidates in the order of their right of way, each with its story.

    Where several could have a story, it goes to the one to whom it was suggested already, then
    to the one whose own note line found it, then (if it is about the work) to the manager, then to
    the one whom it fits best, then to who had fewer messages, then to who spoke last before it.
    """
    pairs = [(candidate, option) for candidate in candidates for option in candidate.options]
    taken: dict[int, Option] = {}
    used: dict[str, frozenset[str]] = {}  # to each company, under whatever title or address
    for candidate in candidates:
        if candidate.carried:
            slug, marks = candidate.case.company.slug, marks_sent(candidate.carried)
            marks |= lines_offered(candidate.carried)
            used[slug] = used.get(slug, frozenset()) | marks
    for candidate, option in sorted(pairs, key=lambda pair: _claim(*pair)):
        slug, marks = candidate.case.company.slug, marks_of(option.match)
        if candidate.kind == "contribution":
            marks |= {line_mark(option.evidence.note.text)}
        if id(candidate) not in taken and not marks & used.get(slug, frozenset()):
            taken[id(candidate)] = option
            used[slug] = used.get(slug, frozenset()) | marks
    found = [(candidate, taken.get(id(candidate))) for candidate in candidates]
    ready = [pair for pair in found if pair[1] or pair[0].carried or not pair[0].needs_story]
    return sorted(ready, key=lambda pair: _right_of_way(*pair))


def _claim(candidate: PossibleMessage, option: Option) -> tuple[object, ...]:
    return (
        _rank(candidate),
        not is_suggested(candidate, option),
        not is_meant_for(option, candidate.case.person.name),
        candidate.kind == "contribution" and candidate.case.person.role != "manager",
        -option.match.score,
        -option.evidence.score,
        sum(not contact.answer for contact in candidate.case.contacts),
        not _is_of_who_spoke(candidate.case, option),
        _place(candidate),
        candidate.key,
        option.match.story.id,
    )


def _is_of_who_spoke(case: Case, option: Option) -> bool:
    """Return whether a line of nobody in particular follows one of this person, in the notes."""
    note, lines = option.evidence.note, case.interview.lines
    above = [
        item.person
        for item in lines
        if item.section == note.section and item.person and item.line < note.line
    ]
    return bool(above) and above[-1] == case.person.name


def _right_of_way(candidate: PossibleMessage, option: Option | None) -> tuple[object, ...]:
    score = option.match.score if option else 0.0
    return (_rank(candidate), -score, _place(candidate), candidate.key)


def _rank(candidate: PossibleMessage) -> tuple[int, bool]:
    """Return the class of a candidate: thanks and the question, put off until now, by kind.

    A story that is suggested already stays ahead of a better one that came since, so that a
    suggestion does not change from one run to the next; only a sign of life gives way.
    """
    if candidate.carried or candidate.kind in ASIDES:
        return 2, False
    kinds = list(KINDS)
    place = kinds.index(candidate.kind)
    if candidate.needs_story:
        is_open = any(is_suggested(candidate, option) for option in candidate.options)
        return 3 + (place if is_open else place + len(kinds)), False
    is_open = any(item.suggestion.key == candidate.key for item in candidate.case.open)
    urgent = dict.fromkeys(AFTER_A_NO, 2) | {"thank_you": 0, "decision": 1, "reminder": 1}
    return urgent.get(candidate.kind, 3 + place + len(kinds)), not is_open


def is_suggested(candidate: PossibleMessage, option: Option) -> bool:
    """Return whether this story is suggested to this person already, in a message of this kind."""
    return any(
        item.suggestion.reference.story == option.match.story.id
        and (item.suggestion.key == suggestion_key(candidate, option))
        for item in candidate.case.open
    )


def _place(candidate: PossibleMessage) -> int:
    people = candidate.case.interview.people
    return people.index(candidate.case.person) if candidate.case.person in people else 0


def suggestion_key(candidate: PossibleMessage, option: Option | None) -> str:
    """Return the key of the suggestion: of a kind that needs a story, with the story's id."""
    if option and candidate.needs_story:
        return f"{candidate.key}:{option.match.story.id}"
    return candidate.key
