"""The Markdown page as an answer sheet: what the user ticked, changed and added.

Takes the page as it lies on the disk and the digest from which it was written; gives a `Sheet`.
Whatever an editor made of the page (other list marks, wrapped lines, lost blanks) or the user
(parts moved or deleted), an answer is understood or asked about, never guessed. What an answer
does is left to others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.digest.markdown import OWN_LINES, markdown, message_lines
from pipeline.digest.safe_text import strip
from pipeline.records import Digest, DigestEntry, Draft
from pipeline.text.characters import letters_of

# no border test: far beyond real values
MOST_NOTES = 100  # lines of the user's own that go on to the next page
LONGEST_NOTE = 1_000  # characters of one; no border test: far beyond real values

BOXES = ("sent", "later", "not for me", "wrong company")

# no border test: a marker, not a quantity: any negative number would do
_NOWHERE = -1  # among the user's own lines of an earlier page nothing is an answer

_MARK = re.compile(r"(?:[-*+•–—‣◦▪]|\d{1,3}[.)])?\s*")
_BOX = re.compile(
    rf"^\s*{_MARK.pattern}(?:\[(?P<tick>[^\]\n]{{0,3}})\]|\\\[(?P<escaped>[^\]\n]{{0,3}})\\\]|"
    rf"(?P<sign>[☐☑☒✅]))\s*"
    rf"(?P<label>{'|'.join(BOXES)})\b(?P<rest>.*)$",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\(\s*(?:no\.?\s*)?(\d{1,9})\s*\)")
_HEADING = re.compile(r"^\s{0,3}#{1,6}\s+(?:(\d{1,3})\s*·)?")
_QUOTED = re.compile(r"^\s{0,3}>\s?(.*)$")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


@dataclass(frozen=True, slots=True)
class Answered:
    """What the user did under one suggestion."""

    number: int  # the touchpoint's
    ticked: tuple[str, ...] = ()  # of BOXES, each once, in their order
    later: str = ""  # what follows `later`: a day, as written
    draft: Draft | None = None  # the message, where the user changed it
    doubtful: bool = False  # the same box is there twice, ticked differently


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that the user left on one page."""

    answers: tuple[Answered, ...] = ()
    notes: tuple[str, ...] = ()  # lines that are neither ours nor an answer


@dataclass(frozen=True, slots=True)
class _Box:
    number: int
    label: str
    ticked: bool
    rest: str


def read_sheet(text: str, digest: Digest) -> Sheet:
    """Return what the user left on the page that was written for this digest."""
    rows = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    places = list(_places(rows, digest))
    boxes = [box for row, place in zip(rows, places, strict=True) if (box := _box(row, place))]
    answers = []
    for entry in digest.entries:
        quoted = [
            found.group(1)
            for row, place in zip(rows, places, strict=True)
            if place == entry.id and (found := _QUOTED.match(row))
        ]
        draft = _changed(quoted, entry)
        answers.append(_answered(entry, [box for box in boxes if box.number == entry.id], draft))
    return Sheet(
        tuple(item for item in answers if item.ticked or item.later or item.draft or item.doubtful),
        tuple(_notes(rows, digest)),
    )


def _answered(entry: DigestEntry, boxes: Sequence[_Box], draft: Draft | None) -> Answered:
    ticked = {box.label for box in boxes if box.ticked}
    not_ticked = {box.label for box in boxes if not box.ticked}
    days = [box.rest for box in boxes if box.label == "later" and box.rest]
    return Answered(
        number=entry.id,
        ticked=tuple(label for label in BOXES if label in ticked or (label == "later" and days)),
        later=days[0] if days else "",
        draft=draft,
        doubtful=bool(ticked & not_ticked) or len(set(days)) > 1,
    )


def _places(rows: Sequence[str], digest: Digest) -> Iterator[int]:
    """Yield for each line the number of the suggestion under whose heading it is, or 0."""
    ids = {str(place): entry.id for place, entry in enumerate(digest.entries, 1)}
    here = 0
    for row in rows:
        heading = _HEADING.match(row)
        if heading:
            here = _NOWHERE if OWN_LINES in row else ids.get(heading.group(1) or "", 0)
        yield here


def _box(row: str, place: int) -> _Box | None:
    """Return the box on a line; a number in it decides, else the heading above."""
    found = _BOX.match(row) if place != _NOWHERE else None
    if not found:
        return None
    rest = found["rest"]
    named = _NUMBER.search(rest)
    tick = (found["tick"] or found["escaped"] or "").strip().casefold()
    day = re.sub(r"^[\s,:;.–—-]+|[\s.,;_]+$", "", _NUMBER.sub("", rest, count=1))
    day = re.sub(r"^(?:on|until|till)\b[\s:]*", "", day, flags=re.IGNORECASE).strip(" :_")
    return _Box(
        number=int(named.group(1)) if named else place,
        label=found["label"].casefold(),
        ticked=found["sign"] in ("☑", "☒", "✅") or tick not in ("", "_"),
        rest=strip(day)[:40],
    )


# ---------------------------------------------------------------------------------- the message


def _changed(quoted: Sequence[str], entry: DigestEntry) -> Draft | None:
    """Return the message as the user left it, or None when it is still ours (or was deleted)."""
    known = {_bare(shown): line for shown, line in message_lines(entry.draft)}
    said = [known.get(_bare(row), _plain(row)) for row in quoted]
    if not any(row.strip() for row in said):
        return None
    heads = {"to": entry.draft.to, "subject": entry.draft.subject}
    while said and (found := re.match(r"^\s*(To|Subject):\s*(.*)$", said[0], re.IGNORECASE)):
        heads[found.group(1).casefold()] = found.group(2).strip()
        said.pop(0)
    body = "\n".join(row.rstrip() for row in said).strip("\n")
    body = _unwrapped(body, entry.draft.body)
    changed = Draft(heads["to"], heads["subject"], f"{body}\n")
    if not body or _is_same(changed, entry.draft):
        return None
    return changed


def _unwrapped(body: str, ours: str) -> str:
    """Return a message without the line ends that an editor put into its paragraphs.

    Our own paragraphs, broken differently, show that one was at work.
    """
    known = {letters_of(part): part for part in strip(ours).strip("\n").split("\n\n")}
    parts = body.split("\n\n")
    was_wrapped = any(known.get(letters_of(part), part) != part for part in parts)
    if not was_wrapped:
        return body
    return "\n\n".join(known.get(letters_of(part)) or " ".join(part.split("\n")) for part in parts)


def _is_same(one: Draft, other: Draft) -> bool:
    """Return whether two messages differ only in blanks and line ends, which editors change."""
    return all(
        "".join(a.split()) == "".join(strip(b).split())
        for a, b in ((one.to, other.to), (one.subject, other.subject), (one.body, other.body))
    )


def _plain(row: str) -> str:
    """Return a line that the user typed, without what only Markdown needs."""
    text = strip(row.replace("\u00a0", " ")).rstrip()
    text = text.removesuffix("\\")
    text = _ESCAPED.sub(r"\1", text)
    return text.replace("&lt;", "<").replace("&amp;", "&")


def _bare(row: str) -> str:
    return " ".join(row.replace("\u00a0", " ").split())


# ------------------------------------------------------------------------------------ own lines


def _notes(rows: Sequence[str], digest: Digest) -> Iterator[str]:
    """Yield the lines that the user added, without answers and what an editor re-wrapped."""
    written = [_row_letters(row) for row in markdown(digest).split("\n")]
    ours, everything = set(written), "".join(written)

    def is_ours(letters: str) -> bool:
        return not letters or letters in ours or (len(letters) > 20 and letters in everything)

    count = 0
    for block in _blocks(rows):
        if is_ours("".join(map(_row_letters, block))):
            continue  # in whatever lines
        for row in block:
            if not is_ours(_row_letters(row)) and count < MOST_NOTES:
                count += 1
                yield strip(row).strip()[:LONGEST_NOTE]


def _blocks(rows: Sequence[str]) -> Iterator[list[str]]:
    """Yield the lines that belong together, without boxes and messages."""
    block: list[str] = []
    for row in (*rows, ""):
        if row.strip() and not _BOX.match(row) and not _QUOTED.match(row):
            block.append(row)
        elif block:
            yield block
            block = []


def _row_letters(row: str) -> str:
    """Return what a line says, without its place in a list, which a formatter numbers anew."""
    return letters_of(re.sub(rf"^\s*{_MARK.pattern}", "", row))
