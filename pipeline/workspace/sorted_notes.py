"""Notes without headings, put under headings: what was talked about, seen there, is one's own.

Takes the text that was pasted; gives it with each line where it seems to belong, as it was
written. Without a heading all counts as talked about, so a hobby is nobody's and an offer none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.records import NoteLine, Person, Section
from pipeline.text.language import jotted_language
from pipeline.workspace.jottings import begins_with_pronoun, note_lines, pieces, subject_of
from pipeline.workspace.loose_head import parts_of
from pipeline.workspace.sections import section_of_line

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
    """Return notes under headings; "" where they have some, or all was talked about anyway."""
    parts = parts_of(text)
    found = list(pieces(parts.body, 1))
    written = [line.rstrip() for line in re.split(r"\r\n|\r|\n", parts.body)]
    begins = {piece.line for piece in found}
    full = {number for number, line in enumerate(written, 1) if line.strip()}
    if any(piece.heading for piece in found) or begins != full or parts.head is not None:
        return ""
    sections: dict[int, Section] = {}
    for line in note_lines(parts.body, "", 1, people):
        person, said = subject_of(line.text, people)  # "Petzold swims" is told by "swims"
        is_theirs = bool(person or line.person) or begins_with_pronoun(line.text)
        section = section_of_line(said) if line.section == "discussed" else line.section
        section = "discussed" if section == "angle" and is_theirs else section  # what they did
        sections.setdefault(line.line, section)
    if not {"office", "angle"}.intersection(sections.values()):
        return ""
    language = jotted_language(piece.text for piece in found)
    headings = _HEADINGS.get(language, _HEADINGS["English"])
    blocks = []
    for section, heading in headings.items():
        lines = [written[number - 1] for number in sorted(full) if sections[number] == section]
        if lines:
            blocks.append("\n".join((f"## {heading}", *map(_as_bullet, lines))))
    return "\n\n".join(blocks)


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
    return line if re.match(r"\s*(?:[-*+•]\s|\d{1,3}[.)]\s)", line) else f"- {line.strip()}"
