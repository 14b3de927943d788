"""What was understood of the notes, for `check`: each file with its day, people and sections.

Takes a workspace, and a function that knows how somebody is greeted; gives values, and their text.
What the candidate may not have seen is said, too: a note without lines or people, files that were
passed over, one company under two short names.
"""

from __future__ import annotations

import re
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
MOST_SHOWN = 40  # lines of a note that are told one by one
BOLD_WORDS = 6  # of a line that is shown as an example of what to mark
_OPENING = re.compile(  # what is not the topic itself
    r"^(?:we|they|she|he|i|on|wir|es|hablamos|nous)?\s*(?:\w+\s)?(?:talked|spoke|asked|asks|parlé|"
    r"sprachen|gesprochen|ging|hablamos|hablado)\s(?:about|of|abt|for|de|du|über|um|sobre)\s",
    re.IGNORECASE,
)
_LINE_WORDS = {
    "discussed": "talked about",
    "office": "seen there, personal",
    "angle": "yours",
    "other": "not used",
    "profile": "yours",
}
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
    decision: str = ""  # Fri 11 Dec 2026, when they hope to decide


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


def noted(text: str, people: Sequence[Person]) -> tuple[NoteLine, ...]:
    """Return the note lines of a text that may have a head."""
    return tuple(note_lines(parts_of(text).body, "", 1, people))


def notes_text(text: str, people: Sequence[Person]) -> str:
    """Return what was understood of jotted notes, line by line."""
    return f"Understood, line by line:\n{line_by_line(noted(text, people), people)}"


def line_by_line(lines: Sequence[NoteLine], people: Sequence[Person]) -> str:
    """Return each line as it was understood: its number, what it is, whose, and its beginning."""
    if not lines:
        return "    no lines"
    several = len(people) > 1
    shown = lines[:MOST_SHOWN]
    whats = [f"{_what(one)}{f', {one.person}' if one.person and several else ''}" for one in shown]
    width = max(map(len, whats))
    told = [
        f"  {number:3}  {what.ljust(width)}   {shorten(one.text, SHOWN)}{_left_out(one)}"
        for number, (what, one) in enumerate(zip(whats, shown, strict=True), 1)
    ]
    more = len(lines) - len(shown)
    return "\n".join((*told, *([f"       … and {more} more"] if more else [])))


def _what(line: NoteLine) -> str:
    is_avoided = line.avoided and line.section == "other"
    return "not to be mentioned" if is_avoided else _LINE_WORDS[line.section]


def _left_out(line: NoteLine) -> str:
    """Return what is not to be mentioned of a line of which something else is left."""
    is_part = line.avoided and line.section != "other"
    return f"  (not to be mentioned: {shorten(line.avoided, SHOWN)})" if is_part else ""


def what_helps(
    lines: Sequence[NoteLine],
    people: Sequence[Person],
    *,
    lends: Callable[[NoteLine], bool],
    has_profile: bool,
) -> str:
    """Return the one thing that would make most of these notes, "" where nothing is missing.

    `lends` says whether a message can take something up from a line.
    """
    by_section = {section: [x for x in lines if x.section == section] for section in _SECTIONS}
    discussed = by_section["discussed"]
    if discussed and not any(map(lends, (*discussed, *by_section["office"]))):
        words = _OPENING.sub("", discussed[0].text).split()
        first = " ".join(words[:BOLD_WORDS])
        rest = " …" if len(words) > BOLD_WORDS else ""
        return (
            "What would help most: put what struck you in **bold** in the note, for instance "
            f"“**{first}**{rest}”. The thank-you takes it up; without, it has a gap."
        )
    if lines and not by_section["angle"] and not has_profile:
        return (
            "What would help most: under “## My angle” in the note, a line on what you have done "
            "that is of use to them. Without, news of theirs is no reason to offer help."
        )
    if lines and not by_section["office"]:
        return (
            "What would help most: under “## Seen in the office” in the note, a photo, a mug, a "
            "hobby. Stories that a person enjoys are found by it."
        )
    if lines and len(people) > 1 and not any(line.person for line in lines):
        name = people[0].name.split()[-1]
        return (
            f"What would help most: begin a line with whose it is, “{name}: …”. Each of them "
            "is then thanked for something else."
        )
    return ""


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
        f"{by:%a} {by.day} {by:%b %Y}" if (by := talk.decision_expected) else "",
    )


def _row(note: UnderstoodNote) -> tuple[str, ...]:
    # "Ingrid, Tom (no address)" could mean both
    is_mixed = len({bool(person.email) for person in note.people}) > 1
    people = [
        f"{person.greeted}{f' ({person.email})' if is_mixed and person.email else ''}"
        f"{'' if person.email else ' (no address)'}"
        for person in note.people
    ]
    status = "" if note.status == "waiting" else f", {note.status}"
    where = ", ".join(map(str, note.in_no_section))
    counts = _counts({section: note.lines.get(section, 0) for section in _SECTIONS})
    return (
        note.file.removeprefix("data/notes/"),
        f"{note.company}{status}",
        f"{note.day} ({note.timezone.rpartition('/')[2].replace('_', ' ')})"
        f"{f', they decide by {note.decision}' if note.decision else ''}",
        ", ".join(people) or "nobody named",
        (counts or "no lines") + (f" (line {where})" if where else ""),
    )


def _counts(lines: Mapping[Section, int]) -> str:
    return " · ".join(f"{count} {_SECTIONS[s]}" for s, count in lines.items() if count)
