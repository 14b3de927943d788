"""What was understood of the notes, for `check`: each file with its day, people and sections.

Takes a workspace, and a function that knows how somebody is greeted; gives values, and their text.
What the candidate may not have seen is said, too: a note without lines or people, files that were
passed over, one company under two short names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from zoneinfo import ZoneInfo

from pipeline.records import Company, Interview, NoteLine, Person, Section, Workspace
from pipeline.records.record import dataclass
from pipeline.text.calendar import zone_of
from pipeline.text.company_forms import is_one_name
from pipeline.text.language import jotted_language
from pipeline.text.phrasing import shorten
from pipeline.workspace.jottings import note_lines
from pipeline.workspace.loose_head import parts_of

Greeted = Callable[[Person, ZoneInfo, str], str]  # at their place, in that language

WIDEST = 110  # columns of a table in one line; no border test: a measure of drawing
# no border test: what a summary shows of a line
SHOWN = 60  # characters
_SECTIONS: dict[Section, str] = {
    "discussed": "discussed",
    "office": "seen there",
    "angle": "yours",
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
    day: str  # Mon 16 Nov 2026, 14:30, by the company's clock
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
    """Return the notes as a table: a row for each, which is two lines where one would be wide."""
    rows = [_row(note) for note in notes]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [[cell.ljust(width) for cell, width in zip(row, widths, strict=True)] for row in rows]
    if sum(widths) > WIDEST:
        told = (line for *row, people, said in lines for line in (row, ["   ", people, said]))
        return "\n".join("   ".join(line).rstrip() for line in told)
    return "\n".join("   ".join(line).rstrip() for line in lines)


def notes_text(text: str, people: Sequence[Person]) -> str:
    """Return what was understood of jotted notes, in a sentence or two."""
    lines = tuple(note_lines(parts_of(text).body, "", 1, people))
    named = [person.name for person in people if any(line.person == person.name for line in lines)]
    counts = _counts({s: sum(line.section == s for line in lines) for s in _SECTIONS})
    about = f" ({', '.join(_of(name, lines) for name in named)})" if named else ""
    unused = [f"“{shorten(line.text, SHOWN)}”" for line in lines if line.section == "other"]
    left = f" In no section, so not used: {', '.join(unused)}." if unused else ""
    return f"Understood: {counts or 'no line'}{about}.{left}"


def _of(name: str, lines: Sequence[NoteLine]) -> str:
    return f"{sum(line.person == name for line in lines)} about {name}"


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
    language = talk.language or jotted_language(line.text for line in talk.lines)
    return UnderstoodNote(
        talk.file,
        company.name,
        f"{moment:%a} {moment.day} {moment:%b %Y}{'' if talk.day_only else f', {moment:%H:%M}'}",
        zone.key,
        talk.status,
        tuple(
            UnderstoodPerson(
                person.name,
                greeted(person, zone_of(person.timezone, company.timezone, usual), language),
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


def _row(note: UnderstoodNote) -> tuple[str, ...]:
    people = [
        f"{person.greeted}{'' if person.email else ' (no address)'}" for person in note.people
    ]
    status = "" if note.status == "waiting" else f", {note.status}"
    where = ", ".join(map(str, note.in_no_section))
    counts = _counts({section: note.lines.get(section, 0) for section in _SECTIONS})
    return (
        note.file.removeprefix("data/notes/"),
        f"{note.company}{status}",
        f"{note.day} ({note.timezone.rpartition('/')[2].replace('_', ' ')})",
        ", ".join(people) or "nobody named",
        (counts or "no lines") + (f" (line {where})" if where else ""),
    )


def _counts(lines: Mapping[Section, int]) -> str:
    return " · ".join(f"{count} {_SECTIONS[s]}" for s, count in lines.items() if count)
