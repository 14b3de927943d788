"""What was understood of the notes, for `check`: each file with its day, people and sections.

Takes a workspace, and a function that knows how somebody is greeted; gives values, and their text.
What the candidate may not have seen is said, too: a note without lines or people, files that were
passed over, one company under two short names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from zoneinfo import ZoneInfo

from pipeline.records import Company, Interview, Person, Section, Workspace
from pipeline.text.calendar import zone_of
from pipeline.text.company_forms import is_one_name
from pipeline.text.phrasing import count_of

Greeted = Callable[[Person, ZoneInfo], str]

_SECTIONS: dict[Section, str] = {
    "discussed": "discussed",
    "office": "seen there or personal",
    "angle": "what you can do",
    "other": "in no section",
}


@dataclass(frozen=True, slots=True)
class UnderstoodPerson:
    """An interviewer, and how a message to them begins."""

    name: str
    greeted: str
    email: str


@dataclass(frozen=True, slots=True)
class UnderstoodNote:
    """One note as the program sees it."""

    file: str
    company: str
    day: str  # 2026-11-16 14:30, by the company's clock
    timezone: str
    status: str
    people: tuple[UnderstoodPerson, ...]
    lines: dict[str, int]  # by section
    in_no_section: tuple[int, ...]  # line numbers


def understood(workspace: Workspace, greeted: Greeted) -> tuple[UnderstoodNote, ...]:
    """Return each note that was read."""
    companies = {company.slug: company for company in workspace.config.companies}
    usual = workspace.config.settings.timezone
    return tuple(
        _note(talk, companies[talk.company], usual, greeted) for talk in workspace.interviews
    )


def understood_text(notes: Iterable[UnderstoodNote]) -> str:
    """Return the notes, three lines each."""
    return "\n".join(line for note in notes for line in _lines(note))


def unseen(workspace: Workspace) -> Iterator[str]:
    """Yield what the candidate may not have seen, a sentence each."""
    for talk in workspace.interviews:
        if not talk.lines:
            yield f"{talk.file} has no lines under its head: nothing can be found for it."
        if not any(person.name for person in talk.people):
            yield f"{talk.file} names no interviewers: messages begin with “Hello,”."
    for one, other in combinations(workspace.config.companies, 2):
        if any(is_one_name(a, b) for a in _names(one) for b in _names(other)):
            yield f"{one.slug} and {other.slug} in feeds.yaml have one name: are they one company?"
    for remark in workspace.remarks:
        place = f"{remark.where}, line {remark.line}" if remark.line else remark.where
        yield f"{place}: {remark.what}"


def _names(company: Company) -> tuple[str, ...]:
    return (company.name, *company.aliases)


def _note(talk: Interview, company: Company, usual: str, greeted: Greeted) -> UnderstoodNote:
    zone = zone_of(company.timezone, usual)
    moment = talk.interviewed.astimezone(zone)
    return UnderstoodNote(
        talk.file,
        company.name,
        f"{moment:%Y-%m-%d}" if talk.day_only else f"{moment:%Y-%m-%d %H:%M}",
        zone.key,
        talk.status,
        tuple(
            UnderstoodPerson(
                person.name,
                greeted(person, zone_of(person.timezone, company.timezone, usual)),
                person.email,
            )
            for person in talk.people
            if person.name
        ),
        {
            section: count
            for section in _SECTIONS
            if (count := sum(line.section == section for line in talk.lines))
        },
        tuple(line.line for line in talk.lines if line.section == "other"),
    )


def _lines(note: UnderstoodNote) -> Iterator[str]:
    yield f"{note.file}: {note.company}, {note.day} ({note.timezone}), {note.status}"
    people = [
        f"{person.name} (greeted “{person.greeted}”{', ' + person.email if person.email else ''})"
        for person in note.people
    ]
    yield f"    with {'; '.join(people) or 'nobody named'}"
    counts = [f"{count} {words}" for s, words in _SECTIONS.items() if (count := note.lines.get(s))]
    told = f"    {count_of(sum(note.lines.values()), 'note line')}: {', '.join(counts)}"
    where = ", ".join(map(str, note.in_no_section))
    yield f"{told} (line {where})" if where else told.removesuffix(": ")
