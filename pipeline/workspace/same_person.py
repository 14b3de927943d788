"""One person of a company under several spellings of the name becomes one person.

Takes the interviews; gives them with one spelling for each person of a company: that of the oldest
talk, under which their messages are already known. "Novak, Ada" is Ada Novak, and so is "A. Novak"
with the same address; where only an initial speaks for it, the candidate is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from pipeline.records import Interview, Person, Problem
from pipeline.text.names import is_short_of, key_of

_Spelt = dict[tuple[str, str], str]  # by file and name as it stands there


def one_spelling(interviews: Iterable[Interview]) -> tuple[tuple[Interview, ...], list[Problem]]:
    """Return the interviews, in their order, with one spelling for each person; and questions."""
    everything = tuple(interviews)
    known: dict[str, list[tuple[str, Person]]] = {}  # by company: the name used, and who it is
    spelt: _Spelt = {}
    problems: list[Problem] = []
    for talk in sorted(everything, key=lambda item: (item.interviewed, item.file)):
        people = known.setdefault(talk.company, [])
        for person in talk.people:
            used = next((name for name, other in people if _is_same(person, other)), None)
            if used is None:
                problems += _question(person, talk.file, people)
            people.append((used or person.name, person))
            spelt[talk.file, person.name] = used or person.name
    return tuple(_respelt(talk, spelt) for talk in everything), problems


def _is_same(one: Person, other: Person) -> bool:
    """Return whether two names of a company are one person: in one spelling, or at one address."""
    if key_of(one.name) == key_of(other.name):
        return True
    at_one = bool(one.email) and one.email.casefold() == other.email.casefold()
    return at_one and _may_be(one, other)


def _may_be(one: Person, other: Person) -> bool:
    return is_short_of(one.name, other.name) or is_short_of(other.name, one.name)


def _question(person: Person, file: str, known: list[tuple[str, Person]]) -> list[Problem]:
    """Return a warning where an initial may be somebody whose address is not known to differ."""
    for name, other in known:
        if _may_be(person, other) and not (person.email and other.email):
            what = (
                f'"{person.name}" may be {name}, whom another note names; they count as two people.'
            )
            todo = "If it is one person, write the name the same way, or give both the address."
            return [Problem("workspace", file, what, todo, level="warning")]
    return []


def _respelt(talk: Interview, spelt: Mapping[tuple[str, str], str]) -> Interview:
    """Return an interview with each person under the name that is used."""
    names = {person.name: spelt[talk.file, person.name] for person in talk.people}
    if all(name == used for name, used in names.items()):
        return talk
    people = {names[person.name]: person for person in reversed(talk.people)}
    ordered = (used for used in dict.fromkeys(names.values()))
    return replace(
        talk,
        people=tuple(replace(people[used], name=used) for used in ordered),
        lines=tuple(
            replace(line, person=names.get(line.person, line.person)) for line in talk.lines
        ),
    )
