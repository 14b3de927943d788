"""Notes without headings, put under headings: what was talked about, seen there, is one's own.

Takes the text that was pasted; gives it with each line where it seems to belong, as it was
written. Without a heading all counts as talked about, so a hobby is nobody's and an offer none.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from pipeline.records import NoteLine, Person, Section
from pipeline.text.language import jotted_language
from pipeline.text.phrasing import upper_first
from pipeline.workspace.asides import is_occasion
from pipeline.workspace.jottings import (
    PLAIN_RANK,
    clean_line,
    note_lines,
    pieces,
)
from pipeline.workspace.line_owner import begins_with_pronoun, subject_of
from pipeline.workspace.loose_head import parts_of
from pipeline.workspace.sections import is_own, section_of_line

SHORTEST_WRAPPED = 40  # characters; nobody breaks lines that are shorter than this
_BULLET = re.compile(r"^\s*(?:[-*+•·–—◦▪]\s+|\d{1,3}[.)]\s+)")

_HEADINGS: dict[str, dict[Section, str]] = {
    "English": {
        "discussed": "What we talked about",
        "office": "Seen in the office, personal",
        "angle": "My angle",
        "other": "Practical",
    },
    "German": {
        "discussed": "Worüber wir gesprochen haben",
        "office": "Im Büro gesehen, persönlich",
        "angle": "Was ich beitragen kann",
        "other": "Sonstiges",
    },
    "French": {
        "discussed": "De quoi nous avons parlé",
        "office": "Vu au bureau, personnel",
        "angle": "Ce que je peux apporter",
        "other": "Divers",
    },
    "Spanish": {
        "discussed": "De qué hablamos",
        "office": "Visto en la oficina, personal",
        "angle": "Lo que puedo aportar",
        "other": "Varios",
    },
}


def under_headings(text: str, people: Sequence[Person]) -> str:
    """Return notes under headings; "" where they have some, or all was talked about anyway.

    All lines are read without their bullets: half a list, a whole one and none say the same.
    """
    parts = parts_of(text)
    written = [line.rstrip() for line in re.split(r"\r\n|\r|\n", parts.body)]
    full = [number for number, line in enumerate(written, 1) if line.strip()]
    if parts.head is not None or not full or _is_divided(parts.body, full[0], people):
        return ""
    if _is_wrapped(written, {piece.line for piece in pieces(parts.body, 1)}):
        return ""
    bare = "\n".join(_BULLET.sub("", line) for line in written)
    found = list(pieces(bare, 1))
    if any(piece.heading for piece in found) or {piece.line for piece in found} != set(full):
        return ""
    sections: dict[int, Section] = {}
    for line in note_lines(bare, "", 1, people):
        person, said = subject_of(line.text, people)  # "Petzold swims" is told by "swims"
        section = section_of_line(said) if line.section == "discussed" else line.section
        is_labelled = not clean_line(_BULLET.sub("", written[line.line - 1])).startswith(line.text)
        is_theirs = bool(person) or begins_with_pronoun(line.text)
        is_theirs = is_theirs or (bool(line.person) and (is_labelled or not is_own(line.text)))
        if section == "angle" and is_theirs:
            section = "discussed"  # what they did
        sections.setdefault(line.line, section)
    if not {"office", "angle"}.intersection(sections.values()):
        return ""
    blocks = []
    for section, heading in _headings_for(piece.text for piece in found).items():
        lines = [written[number - 1] for number in full if sections[number] == section]
        if lines:
            blocks.append("\n".join((f"## {heading}", *map(_as_bullet, lines))))
    return "\n\n".join(blocks)


def _headings_for(lines: Iterable[str]) -> dict[Section, str]:
    return _HEADINGS.get(jotted_language(lines), _HEADINGS["English"])


def _is_divided(body: str, first: int, people: Sequence[Person]) -> bool:
    """Return whether notes have a heading.

    What stands over bullets is none where it only says when one talked ("talk at Acme, friday"), or
    tells of somebody ("Petzold said little"): then the list is half a list.
    """
    names = [person.name for person in people]
    return any(
        piece.heading
        and not (piece.line == first and is_occasion(piece.text, names))
        and not (piece.rank == PLAIN_RANK and subject_of(upper_first(piece.text), people)[0])
        for piece in pieces(body, 1)
    )


def _is_wrapped(written: Sequence[str], begun: Collection[int]) -> bool:
    """Return whether lines below a bullet go on with it: all stand where a long one was broken."""
    widest = max(map(len, written))
    broken = []
    for number, line in enumerate(written, 1):
        if not line.strip() or number in begun:
            continue
        if line[:1] in " \t":
            return True
        before = len(written[number - 2])
        broken.append(before >= SHORTEST_WRAPPED and before + len(line.split()[0]) >= widest)
    return bool(broken) and all(broken)


def has_headings(text: str) -> bool:
    """Return whether notes are empty, or begin with a heading of their writer's."""
    return parts_of(text).body.lstrip()[:1] in ("", "#")


def moves_in(said: str) -> dict[int, Section]:
    """Return to which section lines are to go, by their numbers: "3 yours; 5, 6 not used"."""
    found: dict[int, Section] = {}
    asked = list(_MOVE.finditer(said.casefold()))
    for one in asked:
        section = next((s for s, words in _SAID_FOR.items() if words.match(one["where"])), None)
        if section is None:
            return {}
        found |= dict.fromkeys(map(int, re.findall(r"\d+", one["lines"])), section)
    is_all = "".join(one.group() for one in asked).strip() == said.casefold().strip()
    return found if is_all else {}


_MOVE = re.compile(
    r"(?P<lines>\d+(?:\s*(?:,|and)?\s*\d+)*)\s*[:=]?\s*(?P<where>[^\W\d][^\d;]*)[;,]?\s*"
)
_SAID_FOR: dict[Section, re.Pattern[str]] = {
    "other": re.compile(r"not?\b|nothing|unused|out\b|other|practical|drop"),
    "angle": re.compile(r"(?:is |are )?(?:yours?|mine|my\b|me\b|angle|i\b)"),
    "office": re.compile(r"seen|personal|office|private"),
    "discussed": re.compile(r"talk|discuss|topic|theirs"),
}


def moved(text: str, moves: Mapping[int, Section], people: Sequence[Person]) -> str:
    """Return notes with lines, by the numbers with which they were shown, in other sections.

    They go below a heading at the end. "" where a number is that of no line, or of one sentence of
    several in a line.
    """
    parts = parts_of(text)
    before, body = text[: len(text) - len(parts.body)], parts.body
    written = re.split(r"\r\n|\r|\n", body)
    found = list(note_lines(body, "", 1, people))
    begun = [piece.line for piece in pieces(body, 1)]
    taken: dict[Section, list[str]] = {}
    out: set[int] = set()
    for number, section in moves.items():
        if not 0 < number <= len(found) or begun.count(found[number - 1].line) > 1:
            return ""
        line = found[number - 1]
        if line.section == section:
            continue
        below = range(line.line + 1, len(written) + 1)
        end = next((n for n in below if n in begun or not written[n - 1].strip()), len(written) + 1)
        rows = [_BULLET.sub("", written[n - 1]).strip() for n in range(line.line, end)]
        moved_line = " ".join(rows)
        told = next(note_lines(f"## Discussed\n- {moved_line}", "", 1, people)).person
        is_lost = bool(line.person) and told != line.person  # a heading had said whose it is
        taken.setdefault(section, []).append(
            f"{line.person}: {moved_line}" if is_lost else moved_line
        )
        out.update(range(line.line, end))
    kept = "\n".join(row for number, row in enumerate(written, 1) if number not in out).rstrip()
    headings = _headings_for(line.text for line in found)
    for section, rows in taken.items():
        listed = "\n".join(f"- {row}" for row in rows)
        last = re.findall(r"^## (.*)$", kept, re.MULTILINE)[-1:]
        head = "" if last == [headings[section]] else f"\n\n## {headings[section]}"
        kept = f"{kept}{head}\n{listed}"
    return f"{before}{kept}\n"


def with_bold(text: str, said: str, lines: Sequence[NoteLine]) -> str:
    """Return notes with a line, by its number, or with some words in bold; "" where they are not.

    `lines` are the note lines of the text, in the order in which they were shown.
    """
    if said.isdecimal():
        said = lines[int(said) - 1].text if 0 < int(said) <= len(lines) else ""
    words = said.strip("*\"'“” ")
    at = text.find(words) if words else -1
    lower = text.lower()
    if at < 0 and words and len(lower) == len(text):  # a letter may be two in small letters
        at = lower.find(words.lower())
    if at < 0:
        return ""
    return f"{text[:at]}**{text[at : at + len(words)]}**{text[at + len(words) :]}"


def _as_bullet(line: str) -> str:
    return f"- {_BULLET.sub('', line).strip()}"
