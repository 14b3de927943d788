"""Whom the candidate waits for: the latest talk with each person, and who is the same person.

Takes the interviews and the clock; gives a `ContactRound` for each person of each company that
has not decided, and the decisions. A second talk with somebody starts the clock anew; what they
were sent before, and the notes of the earlier talks, stay theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from pipeline.records import Contact, Interview, Person
from pipeline.records.record import dataclass
from pipeline.text.names import key_of

NOBODY = Person("")  # the notes name nobody: messages go to "the interviewers"


@dataclass(frozen=True, slots=True)
class ContactRound:
    """One person, the latest talk with them, and what is around it."""

    interview: Interview  # the latest that has begun, with this person
    person: Person
    identity: str  # the same for one person at two companies
    earlier: tuple[Interview, ...] = ()  # older talks with them, at this company
    leads: bool = True  # the first one of the latest talk whose work it is: a sign of life
    asked: bool = True  # whom one asks about the decision: see `_who_is_asked`
    ahead: datetime | None = None  # the next talk at this company
    since: datetime | None = None  # when the latest talk at this company began


def contact_rounds(interviews: Iterable[Interview], now: datetime) -> tuple[ContactRound, ...]:
    """Return a round for each person with whom a talk has begun and whose answer is awaited.

    Of a company's talks the latest says the state of the whole matter: when it is decided, all are;
    a talk that was decided itself, in an earlier application, stays decided.
    """
    everything = tuple(interviews)
    identities = identities_of(everything)
    found: list[ContactRound] = []
    for talks in _by_company(everything):
        begun = [talk for talk in talks if talk.interviewed <= now and talk.status == "waiting"]
        if talks[-1].status != "waiting" or not begun:
            continue
        ahead = next((talk.interviewed for talk in talks if talk.interviewed > now), None)
        met = _latest_with(begun)
        leads = _who_leads(_people(begun[-1]))
        asked = _who_is_asked([person for person, _ in met], leads, begun[-1].named_by)
        day = begun[-1].decision_expected
        found += [
            ContactRound(
                interview=replace(
                    latest,
                    decision_expected=day if person is asked else None,
                    named_on=begun[-1].named_on,
                    named_by=begun[-1].named_by,
                )
                if latest is not begun[-1]
                else latest,
                person=person,
                identity=identities[latest.company, person.name],
                earlier=tuple(t for t in begun if t is not latest and _has(t, person)),
                leads=person is leads,
                asked=person is asked,
                ahead=ahead,
                since=begun[-1].interviewed,
            )
            for person, latest in met
        ]
    return tuple(found)


def rejections(
    interviews: Iterable[Interview], contacts: Iterable[Contact], now: datetime
) -> tuple[ContactRound, ...]:
    """Return a round for each company that said no: with who said it, else who leads."""
    everything = tuple(interviews)
    identities = identities_of(everything)
    said = {c.company: c.person for c in contacts if c.reply and c.reply.said == "no"}
    found = []
    for talks in _by_company(everything):
        last = talks[-1]
        if last.status == "rejected" and last.interviewed <= now:
            people = _people(last)
            them = next((p for p in people if p.name == said.get(last.company)), _who_leads(people))
            identity = identities[last.company, them.name]
            found.append(ContactRound(last, them, identity, since=last.interviewed))
    return tuple(found)


def _who_leads(people: Sequence[Person]) -> Person:
    """Return whom one writes to about the work: the manager, else the first who does it."""
    managers = [person for person in people if person.role == "manager"]
    others = [p for p in people if p.role in ("interviewer", "peer")]
    return (managers or others or list(people))[0]


def _who_is_asked(met: Sequence[Person], leads: Person, named_by: str) -> Person:
    """Return whom the question about the decision concerns.

    A recruiter, where there is one; else who named the day in an answer; else who leads.
    """
    recruiters = [person for person in met if person.role == "recruiter"]
    named = [person for person in met if named_by and key_of(person.name) == key_of(named_by)]
    return next(iter((*recruiters, *named)), leads)


def decisions(interviews: Iterable[Interview]) -> tuple[Interview, ...]:
    """Return, for each company that has decided, the talk whose notes say so."""
    return tuple(t[-1] for t in _by_company(interviews) if t[-1].status != "waiting")


def identities_of(interviews: Iterable[Interview]) -> dict[tuple[str, str], str]:
    """Return for each (company, name) a key that is the same for the same person elsewhere.

    One name, in whatever spelling, is one person, unless it has several addresses: then each
    address is one.
    """
    addresses: dict[str, set[str]] = {}
    own: dict[tuple[str, str], str] = {}
    for talk in interviews:
        for person in talk.people:
            address = person.email.casefold()
            addresses.setdefault(key_of(person.name), set()).update({address} - {""})
            own[talk.company, person.name] = address or own.get((talk.company, person.name), "")
        own.setdefault((talk.company, ""), "")
    return {
        (company, name): key_of(name)
        if name and len(addresses.get(key_of(name), ())) < 2
        else f"{name}|{address or company}"
        for (company, name), address in own.items()
    }


def _by_company(interviews: Iterable[Interview]) -> list[list[Interview]]:
    """Return each company's talks, oldest first."""
    found: dict[str, list[Interview]] = {}
    for talk in sorted(interviews, key=lambda item: (item.interviewed, item.file)):
        found.setdefault(talk.company, []).append(talk)
    return [found[slug] for slug in sorted(found)]


def _latest_with(begun: Sequence[Interview]) -> list[tuple[Person, Interview]]:
    """Return each person with the latest talk; a nameless talk counts only if it is the last."""
    found: dict[str, tuple[Person, Interview]] = {}
    for talk in reversed(begun):
        for person in talk.people or ((NOBODY,) if talk is begun[-1] else ()):
            found.setdefault(person.name, (person, talk))
    return list(found.values())


def _people(talk: Interview) -> tuple[Person, ...]:
    return talk.people or (NOBODY,)


def _has(talk: Interview, person: Person) -> bool:
    return any(other.name == person.name for other in talk.people)
