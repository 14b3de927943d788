"""The guard that only a fleet can have: one story goes to one person from one candidate.

Takes who met whom, and what each candidate would suggest now; gives for each what others have: to a
person, under the marks by which a story, its copies and its event are known. One person is the same
mail address, or the same name at the same company. What was sent or suggested earlier stays where
it is; of what is new the better score goes first, and between equals who has waited longest for a
turn. Who yields is planned again without it, until nobody is in another's way.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

from pipeline.records import Company, Taken, Workspace, from_plain, to_plain
from pipeline.records.record import dataclass
from pipeline.store import files
from pipeline.text.company_forms import short_form
from pipeline.text.names import key_of, plain_letters

NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Met:
    """Somebody whom a candidate met, as the candidate's notes name them."""

    candidate: str
    company: str  # slug
    person: str
    keys: frozenset[str]  # one of which is the same in another's notes


@dataclass(frozen=True, slots=True)
class Claim:
    """A story that a candidate has sent to somebody, or would suggest to them."""

    met: Met
    marks: frozenset[str]
    since: datetime
    score: float


@dataclass(frozen=True, slots=True)
class Rested:
    """A candidate whose run will rest, if this is what is another's: theirs is known unplanned."""

    at: datetime
    taken: tuple[Taken, ...]
    claims: tuple[Claim, ...]


AllTaken = Mapping[str, tuple[Taken, ...]]  # by candidate
Propose = Callable[[AllTaken], Iterable[Claim]]


def people_of(candidate: str, workspace: Workspace) -> tuple[Met, ...]:
    """Return whom a candidate met."""
    companies = {company.slug: company for company in workspace.config.companies}
    return tuple(
        Met(candidate, talk.company, person.name, _keys(person.name, person.email, company))
        for talk in workspace.interviews
        if (company := companies.get(talk.company))
        for person in talk.people
        if person.name
    )


def _keys(name: str, email: str, company: Company) -> frozenset[str]:
    place = plain_letters(short_form(company.name))
    return frozenset({f"{key_of(name)} at {place}", *([email.casefold()] if email else ())})


def who_share(people: Iterable[Met]) -> dict[str, tuple[Met, ...]]:
    """Return the candidates who met somebody whom another one met, too, each with those people."""
    by_key: defaultdict[str, set[str]] = defaultdict(set)
    known = tuple(people)
    for met in known:
        for key in met.keys:
            by_key[key].add(met.candidate)
    found: dict[str, tuple[Met, ...]] = {}
    for met in known:
        if any(len(by_key[key]) > 1 for key in met.keys):
            found[met.candidate] = (*found.get(met.candidate, ()), met)
    return found


def share_out(
    people: Mapping[str, tuple[Met, ...]],
    propose: Propose,
    turns: dict[str, datetime],
    resting: Mapping[str, Rested] = MappingProxyType({}),
) -> dict[str, tuple[Taken, ...]]:
    """Return for each of these candidates what is another's; `turns` is brought up to date.

    `propose` gives the claims of the candidates whom it is given, with what is taken from each.
    """
    granted: defaultdict[str, list[Claim]] = defaultdict(list)  # by each key of the person
    claims = list(propose(dict.fromkeys(sorted(people.keys() - resting.keys()), ())))
    while freed := _freed(people, resting, claims):  # they may have what was another's
        claims += propose(dict.fromkeys(freed, ()))
        resting = {name: one for name, one in resting.items() if name not in freed}
    claims += [claim for one in resting.values() for claim in one.claims]
    taken = {name: resting[name].taken if name in resting else () for name in people}
    while claims:
        left = set()
        for claim in sorted(claims, key=lambda claim: _right_of_way(claim, turns)):
            rival = _rival(claim, granted)
            if rival is None or claim.marks & _marks(taken[claim.met.candidate], claim.met):
                for key in claim.met.keys:  # else it stays in spite of all: the user wanted it
                    granted[key].append(claim)
            else:
                left.add(claim.met.candidate)
                turns[rival.met.candidate] = max(rival.since, claim.since)
        taken = {name: _taken(met, granted) for name, met in people.items()}
        claims = list(propose({name: taken[name] for name in sorted(left)})) if left else []
    return taken


def _freed(
    people: Mapping[str, tuple[Met, ...]], resting: Mapping[str, Rested], claims: Iterable[Claim]
) -> list[str]:
    """Return who rests on what was another's, and is so no longer."""
    held: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in (*claims, *(claim for one in resting.values() for claim in one.claims)):
        for key in claim.met.keys:
            held[key].append(claim)
    found = []
    for name, one in sorted(resting.items()):
        theirs = {k: [c for c in held[k] if c.since < one.at] for m in people[name] for k in m.keys}
        taken = _taken(people[name], theirs)
        if any(not _marks(one.taken, met) <= _marks(taken, met) for met in people[name]):
            found.append(name)
    return found


def _right_of_way(claim: Claim, turns: Mapping[str, datetime]) -> tuple[object, ...]:
    name = claim.met.candidate
    return claim.since, -claim.score, turns.get(name, NEVER), name


def _rival(claim: Claim, granted: Mapping[str, list[Claim]]) -> Claim | None:
    others = (one for key in claim.met.keys for one in granted.get(key, ()))
    return next(
        (
            one
            for one in others
            if one.met.candidate != claim.met.candidate and one.marks & claim.marks
        ),
        None,
    )


def _taken(people: tuple[Met, ...], granted: Mapping[str, list[Claim]]) -> tuple[Taken, ...]:
    found = []
    for met in people:
        marks = {
            mark
            for key in met.keys
            for claim in granted.get(key, ())
            if claim.met.candidate != met.candidate
            for mark in claim.marks
        }
        if marks:
            found.append(Taken(met.company, met.person, tuple(sorted(marks))))
    return tuple(sorted(dict.fromkeys(found), key=lambda one: (one.company, one.person)))


def _marks(taken: tuple[Taken, ...], met: Met) -> frozenset[str]:
    mine = (one for one in taken if (one.company, one.person) == (met.company, met.person))
    return frozenset(mark for one in mine for mark in one.marks)


# ------------------------------------------------------------------------------------- the turns


def load_turns(folder: Path) -> dict[str, datetime]:
    """Return when each candidate last went before another; nothing where that cannot be read."""
    try:
        found: dict[str, datetime] = from_plain(
            Mapping[str, datetime], json.loads(_turns_path(folder).read_bytes())
        )
    except (OSError, ValueError, TypeError):
        return {}
    return found


def keep_turns(folder: Path, turns: Mapping[str, datetime]) -> None:
    """Keep them for the next round."""
    files.write_whole(_turns_path(folder), json.dumps(to_plain(turns)))


def _turns_path(folder: Path) -> Path:
    return folder / "turns.json"
