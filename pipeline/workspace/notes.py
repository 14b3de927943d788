"""Notes and profile: from jotted Markdown to note lines, and the head to an `Interview`.

Takes the text of one file; gives records and problems. Nothing jotted is ever an error: what is
not understood is a note line of the section that it is in. The head is checked strictly.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from pipeline.records import (
    Company,
    Interview,
    NoteLine,
    Person,
    PersonRole,
    Problem,
    Profile,
    Section,
)
from pipeline.text.calendar import day_in
from pipeline.text.characters import one_line
from pipeline.text.comparable import plain_text, same_text
from pipeline.text.names import key_of, plain_letters
from pipeline.text.spelling import did_you_mean
from pipeline.workspace.mentioned import people_in
from pipeline.workspace.mistakes import note_errors, note_zone
from pipeline.workspace.tree import Tree, YamlPath, read_tree
from pipeline.workspace.who import LANGUAGES, ROLES, language_of, role_of

# no border test: far beyond real values
LONGEST_NOTE = 1_000_000  # characters; a talkative hour of interview has some 60,000
LONGEST_LINE = 2_000  # no border test: far beyond real values
MOST_LINES = 5_000  # no border test: far beyond real values
HEADING_WORDS = 8  # a bold or colon-ended line with more words is a sentence, not a heading

# Words by which a heading is known, in the order of their weight: the first section with a word
# in the heading wins. English first, then how German, French and Spanish notes are headed.
HEADINGS: tuple[tuple[Section, str], ...] = (
    (
        "angle",
        r"my angle|angle|offer|help|contribut|strength|bring|pitch|fit\b|value|what i can|can do|"
        r"could do|ideas?\b|my experience|why me|skills?\b|"
        r"beitrag|angebot|helfen|stärken|ideen|anbieten|"
        r"apport|aider|atouts?\b|proposer|"
        r"aportar|ayudar|fortalezas|mi ángulo|ofrecer",
    ),
    (
        "office",
        r"office|personal|private|hobb|small ?talk|seen\b|noticed|wall|desk|shelf|room\b|photo|"
        r"picture|interests?\b|chit-?chat|off ?topic|person\b|family|weekend|"
        r"büro|persönlich|privat|gesehen|interessen|smalltalk|"
        r"bureau|personnel|vu\b|centres? d'intérêt|loisirs|"
        r"oficina|despacho|visto|intereses|aficiones",
    ),
    (
        "discussed",
        r"discuss|talk|topic|conversation|interview|said\b|asked|questions?\b|covered|agenda|"
        r"spoke|mentioned|notes?\b|content|subjects?\b|themes?\b|challenges?\b|problems?\b|"
        r"besprochen|gesprochen|gespräch|themen|fragen|"
        r"discut|abord|parl|entretien|sujets?\b|thèmes?\b|"
        r"hablado|hablamos|entrevista|temas|conversaci",
    ),
)

_HEADING = re.compile(r"^\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_UNDERLINE = re.compile(r"^\s{0,3}(?:=+|-{2,})\s*$")
_BOLD_LINE = re.compile(r"^\s{0,3}(?:\*\*|__)(.{1,80}?):?(?:\*\*|__):?\s*$")
_COLON_LINE = re.compile(r"^\s{0,3}([^\s\-*+•\d].{0,60}):\s*$")
_BULLET = re.compile(r"^\s*(?:[-*+•–—‣◦▪]|\d{1,3}[.)])\s+(?:\[[ xX]\]\s+)?(.*)$")
_LINE_END = re.compile(r"\r\n|\r|\n")
_FENCE = re.compile(r"^\s*(?:```|~~~)")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+(?=[\"'“(]?[A-ZÀ-ÞА-Я0-9])")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)\s]*(?:\s+\"[^\"]*\")?\)")
_BOLD = re.compile(r"\*\*(?=\S)([^*]{1,200})\*\*|(?<!\w)__(?=\S)([^_]{1,200})__(?!\w)")
_MARKS = re.compile(r"(?<![\w*])[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}(?![\w*])|`+|~~")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A bullet, a sentence or a heading, with the line where it begins."""

    line: int
    text: str
    heading: bool = False
    marked: tuple[str, ...] = ()  # its words in bold


# ------------------------------------------------------------------------------------ whole files


def parse_note(
    text: str, file: str, companies: Mapping[str, Company], zone: ZoneInfo
) -> tuple[Interview | None, list[Problem]]:
    """Return the interview of one notes file, or None when its head has a mistake."""
    if len(text) > LONGEST_NOTE:
        return None, [_too_long(file)]
    head, body, first_line = split_head(text)
    if head is None:
        return None, [_no_head(file)]
    tree = read_tree(head, file, first_line=2)
    interview = _interview(tree, companies, zone)
    if interview is None or any(problem.level == "error" for problem in tree.problems):
        return None, tree.problems
    lines = tuple(note_lines(body, file, first_line, interview.people))
    mentioned = people_in(lines, interview.people)
    return replace(interview, lines=lines, mentioned=mentioned), tree.problems


def parse_profile(text: str, file: str) -> tuple[Profile, list[Problem]]:
    """Return the profile's lines; headings are left out."""
    if len(text) > LONGEST_NOTE:
        return Profile(), [_too_long(file)]
    _, body, first_line = split_head(text)
    lines = (
        NoteLine(file, piece.line, "profile", piece.text, "", piece.marked)
        for piece in _pieces(body, first_line)
        if not piece.heading
    )
    return Profile(tuple(lines)), []


def split_head(text: str) -> tuple[str | None, str, int]:
    """Return (head, body, the body's first line); the head may be None."""
    lines = _LINE_END.split(text.lstrip("\ufeff"))
    if lines[0].strip() != "---":
        return None, text, 1
    for number, line in enumerate(lines[1:], start=1):
        if line.strip() in ("---", "..."):
            return "\n".join(lines[1:number]), "\n".join(lines[number + 1 :]), number + 2
    return "\n".join(lines[1:]), "", len(lines) + 1


# ------------------------------------------------------------------------------------- note lines


def note_lines(
    body: str, file: str, first_line: int, people: Sequence[Person]
) -> Iterator[NoteLine]:
    """Yield each bullet or sentence with its section, and the person it is about."""
    section: Section = "discussed"  # a note without headings is all "discussed"
    about = ""
    for count, piece in enumerate(_pieces(body, first_line)):
        if count > MOST_LINES:
            return
        if piece.heading:
            section, about = _heading_means(piece.text, people, section)
            continue
        person, text = _person_in(piece.text, people)
        marked = tuple(phrase for phrase in piece.marked if phrase in text)
        yield NoteLine(file, piece.line, section, text, person or about, marked)


def section_of(heading: str) -> Section:
    """Return which section a heading opens, by the meaning of its words."""
    plain = same_text(heading)
    for section, words in HEADINGS:
        if re.search(rf"\b(?:{words})", plain):
            return section
    return "other"


def _heading_means(heading: str, people: Sequence[Person], before: Section) -> tuple[Section, str]:
    """Return section and person of a heading; a bare name keeps the section before it."""
    person = _named(heading, people)
    section = section_of(heading)
    if person and section == "other":
        return before, person
    return section, person


def _named(text: str, people: Sequence[Person]) -> str:
    """Return the full name of the one interviewer of whom a text has a name, or ""."""
    words = set(plain_letters(plain_text(text).replace("'s", "").replace("'S", "")).split())
    found = [p.name for p in people if words & _names_of(p)]
    return found[0] if len(set(found)) == 1 else ""


def _names_of(person: Person) -> set[str]:
    return {part for part in key_of(person.name).split() if len(part) > 2}


def _person_in(text: str, people: Sequence[Person]) -> tuple[str, str]:
    """Return whom a line is about, and the rest: "Renata: big photo", "Imran's mug: …"."""
    opening = re.match(r"^([^:–—]{1,60}?)\s*(:|\s[-–—])\s+(?=\S)", text)
    if not opening:
        return _possessive(text, people), text
    name = opening.group(1)
    person = _named(name, people)
    is_bare = person and all(
        word in _names_of(_person(person, people)) for word in plain_letters(name).split()
    )
    if is_bare:
        return person, text[opening.end() :]
    return _possessive(text, people), text


def _person(name: str, people: Sequence[Person]) -> Person:
    return next(person for person in people if person.name == name)


def _possessive(text: str, people: Sequence[Person]) -> str:
    opening = re.match(r"^(\S+(?:\s\S+)?)['’]s\b", text)
    return _named(opening.group(1), people) if opening else ""


# ----------------------------------------------------------------------------------------- pieces


def _pieces(body: str, first_line: int) -> Iterator[_Piece]:
    """Yield headings, bullets and sentences; a bullet goes on over its wrapped lines."""
    lines = _lines(_without_comments(body), first_line)
    fenced = False
    gathered: list[str] = []
    begun, is_bullet = 0, False

    def flush() -> Iterator[_Piece]:
        text = " ".join(gathered)
        gathered.clear()
        for sentence in [text] if is_bullet else _SENTENCE_END.split(text):
            cleaned = clean_line(sentence)
            if any(letter.isalnum() for letter in cleaned):
                yield _Piece(begun, cleaned, marked=_marked(sentence))

    for index, (number, line) in enumerate(lines):
        if _FENCE.match(line):
            fenced = not fenced
            yield from flush()
            continue
        if fenced:
            continue
        heading = _heading(line, lines[index + 1][1] if index + 1 < len(lines) else "")
        bullet = _BULLET.match(line)
        if heading is not None:
            yield from flush()
            yield _Piece(number, clean_line(heading), heading=True)
        elif bullet:
            yield from flush()
            gathered.append(bullet.group(1))
            begun, is_bullet = number, True
        elif not line.strip() or _UNDERLINE.match(line):
            yield from flush()
            is_bullet = False
        else:
            if gathered and not is_bullet:
                yield from flush()
            if not gathered:
                begun, is_bullet = number, False
            gathered.append(line.strip())
    yield from flush()


def _lines(body: str, first_line: int) -> list[tuple[int, str]]:
    """Return each line with its number, as editors count; other breaks divide a line further."""
    return [
        (number, part)
        for number, line in enumerate(_LINE_END.split(body), first_line)
        for part in line.splitlines() or [""]
    ]


def _heading(line: str, following: str) -> str | None:
    """Return the heading on a line: with #, underlined, all bold, or ending in a colon."""
    found = _HEADING.match(line)
    if found:
        return found.group(2)
    if _BULLET.match(line) or not line.strip():
        return None
    if _UNDERLINE.match(following) and len(line.split()) <= HEADING_WORDS:
        return line.strip()
    found = _BOLD_LINE.match(line) or _COLON_LINE.match(line)
    if found and len(found.group(1).split()) <= HEADING_WORDS:
        return found.group(1)
    return None


def _without_comments(body: str) -> str:
    """Take out HTML comments, keeping the line breaks so that line numbers stay right."""
    return _COMMENT.sub(lambda found: "\n" * found.group().count("\n"), body)


def clean_line(text: str) -> str:
    """Return a jotted line as plain text: no Markdown marks, no tags, no control characters."""
    text = _LINK.sub(r"\1", text[: LONGEST_LINE * 2])
    text = _MARKS.sub("", _TAG.sub(" ", text))
    return one_line(text)[:LONGEST_LINE]


def _marked(text: str) -> tuple[str, ...]:
    """Return the phrases in bold."""
    found = (clean_line(mark[0] or mark[1]) for mark in _BOLD.findall(text[:LONGEST_LINE]))
    return tuple(phrase for phrase in found if any(map(str.isalnum, phrase)))


# ------------------------------------------------------------------------------------------- head


def _interview(tree: Tree, companies: Mapping[str, Company], zone: ZoneInfo) -> Interview | None:
    from pydantic import ValidationError

    from pipeline.workspace.shape import NoteHead, adapter

    if tree.problems and tree.value is None:
        return None
    try:
        head = adapter(NoteHead).validate_python({} if tree.value is None else tree.value)
    except ValidationError as error:
        note_errors(tree, error.errors(), NoteHead)
        return None
    return _HeadReader(tree, zone).interview(head, companies)


class _HeadReader:
    """Reads the dates and names of a head, noting what is wrong with them."""

    def __init__(self, tree: Tree, zone: ZoneInfo) -> None:
        self._tree = tree
        self._zone = zone
        self._note = tree.note

    def interview(self, head: Any, companies: Mapping[str, Company]) -> Interview | None:
        """Return the interview, or None when its company or date is missing."""
        self._check_company(head.company, companies)
        moment = self._moment(head.interviewed, "interviewed")
        expected = self._moment(head.decision_expected, "decision_expected")
        people = self._people(head.interviewers)
        if moment is None or head.company not in companies:
            return None
        interviewed, day_only = moment
        day = day_in(self._zone, expected[0]) if expected else None
        if day and day < day_in(self._zone, interviewed):
            self._note(
                ("decision_expected",),
                "The decision is expected before the interview; the day is left out.",
                "Look at the two dates.",
                level="warning",
            )
            day = None
        return Interview(
            file=self._tree.where,
            company=head.company,
            interviewed=interviewed,
            day_only=day_only,
            role=clean_line(head.role),
            people=people,
            decision_expected=day,
            status=head.status,
            language=self._language(head.language),
        )

    def _check_company(self, slug: str, companies: Mapping[str, Company]) -> None:
        if slug in companies:
            return
        from pipeline.text.company_forms import is_one_name

        by_name = [key for key, item in companies.items() if is_one_name(item.name, slug)]
        hint = did_you_mean((by_name or [slug])[0], companies, "Add it to feeds.yaml first.")
        self._note(("company",), f'feeds.yaml has no company "{clean_line(slug)}".', hint)

    def _moment(self, value: Any, key: str) -> tuple[datetime, bool] | None:
        """Return a moment in UTC, and whether only a day was written (then it is noon)."""
        if value is None:
            return None
        if isinstance(value, str):
            value = _moment_from(value)
        if value is None:
            written = clean_line(str(self._tree.value.get(key, "")))
            self._note(
                (key,), f'"{written}" is not a date.', "Write 2026-11-16, or 2026-11-16 14:30."
            )
            return None
        if isinstance(value, datetime):
            moment = value if value.tzinfo else value.replace(tzinfo=self._zone)
            return moment.astimezone(UTC), False
        return datetime.combine(value, time(12), self._zone).astimezone(UTC), True

    def _people(self, entries: Iterable[Any]) -> tuple[Person, ...]:
        people: list[Person] = []
        for number, entry in enumerate(entries):
            path: YamlPath = ("interviewers", number)
            name = clean_line(entry.name)
            if not name:
                self._note(
                    path,
                    "This interviewer has no name, so no message is for them alone.",
                    "Add the name.",
                    level="warning",
                )
            elif any(key_of(person.name) == key_of(name) for person in people):
                self._note(
                    path,
                    f'"{name}" appears twice among the interviewers; one of them gets no message.',
                    "Add a middle name or initial to tell them apart.",
                    level="warning",
                )
                continue
            title = clean_line(entry.title)
            people.append(
                Person(
                    name,
                    title,
                    self._email(entry, path),
                    entry.timezone,
                    self._role(entry, title, path),
                    clean_line(entry.greet),
                )
            )
            if entry.timezone:
                note_zone(self._tree, (*path, "timezone"), entry.timezone)
        named = tuple(person for person in people if person.name)
        return named or tuple(people[:1])

    def _role(self, entry: Any, title: str, path: YamlPath) -> PersonRole:
        role = role_of(entry.role, title)
        if role is None:
            self._note(
                (*path, "role"),
                f'"{clean_line(entry.role)}" is not known as a role, so this person is taken for '
                "an interviewer.",
                f"Known: {', '.join(ROLES)}.",
                level="warning",
            )
        return role or "interviewer"

    def _language(self, written: str) -> str:
        language = language_of(written)
        if language is None:
            self._note(
                ("language",),
                f'There are no wordings in "{clean_line(written)}"; messages are written in the '
                "language of the notes, or in English.",
                f"Known: {', '.join(LANGUAGES)}.",
                level="warning",
            )
        return language or ""

    def _email(self, entry: Any, path: YamlPath) -> str:
        email = str(entry.email).strip()
        if email and not re.fullmatch(r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+", email):
            self._note(
                (*path, "email"),
                f'"{clean_line(email)}" is not a mail address.',
                "Write name@example.com, or leave it out.",
            )
            return ""
        return email


def _moment_from(text: str) -> datetime | date | None:
    """Read a date or a date with a time; also 16.11.2026 and 16/11/2026."""
    plain = text.strip()
    for form in ("%d.%m.%Y", "%d/%m/%Y"):
        try:
            return datetime.strptime(plain, form).date()
        except ValueError:
            continue
    try:
        return date.fromisoformat(plain)
    except ValueError:
        pass
    try:
        return datetime.fromisoformat(plain.replace(" ", "T", 1))
    except ValueError:
        return None


def _no_head(file: str) -> Problem:
    return Problem(
        "workspace",
        file,
        "The note does not begin with its head.",
        "Begin with a line of ---, then `company:` and `interviewed:`, then --- again.",
        line=1,
        column=1,
    )


def _too_long(file: str) -> Problem:
    return Problem(
        "workspace", file, "The file is far too long for notes.", "Keep only your own notes in it."
    )
