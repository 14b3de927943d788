"""The head of a note that was not written for us: a few lines of `Key: value` above the notes.

Takes the text of a note; gives its head as YAML, its body, and the lines where they begin. Notion
exports a page so, and people who don't know YAML write so. A head reaches to its last line with a
key of ours; what stands below it is the note, whatever it looks like. A second head further down is
another talk.
"""

from __future__ import annotations

import json
import re

from pipeline.records.record import dataclass
from pipeline.workspace.head_keys import own_key

LONGEST_HEAD = 30  # lines looked at; no border test: far beyond real values

_LINE = re.compile(r"^\s*(?:[-*•]\s+)?\**([^\W\d_][\w .-]{1,30}?)\**\s*[:：]\**\s+(\S.*?)\s*$")
_MARK = re.compile(r"^---[ \t]*$")
_DASHES = re.compile(r"^\s*[-–—]+\s*$")
LONGEST_TOP = 10  # lines with a title or a remark over a head
_OVER = re.compile(r"[\s\ufeff\u200b]*(?:#{1,6}\s.*|<!--.*-->|`{3}\w*|~{3}\w*)?\s*$")
_IN_HEAD = re.compile(r"[\w\"' ]{1,40}:|\s+\S|-\s+\{|\s*#")
# Without these two there is no interview, and so no head either.
_TELLING = frozenset(("company", "interviewed"))


@dataclass(frozen=True, slots=True)
class Parts:
    """A note in two: its head as YAML, or None, and what was jotted."""

    head: str | None
    body: str
    head_line: int = 2  # where each begins, from 1
    body_line: int = 1


def parts_of(text: str) -> Parts:
    """Return head and body of a note."""
    lines = re.split(r"\r\n|\r|\n", text.lstrip("\ufeff\u200b"))
    begin = _before(lines)
    if _MARK.match(lines[begin]):
        below = range(begin + 1, len(lines))
        closed = next((n for n in below if lines[n].strip() in ("---", "...")), None)
        # where the dashes below it were forgotten, it ends with the first line that is no key
        end = closed or next((n for n in below if not _IN_HEAD.match(lines[n])), len(lines))
        first = end + 1 if closed else end
        body = "\n".join(lines[first:])
        head = _visible("\n".join(lines[begin + 1 : end]))
        return Parts(head, body, begin + 2, first + 1)
    return _loose(lines, begin) or Parts(None, text)


def other_dashes(text: str) -> int:
    """Return on which line other dashes than three stand above a head, from 1; 0: nowhere.

    Where each of its keys is read all the same, nothing is wrong.
    """
    lines = re.split(r"\r\n|\r|\n", text.lstrip("\ufeff\u200b"))
    begin = _before(lines)
    if not _DASHES.match(lines[begin]) or _MARK.match(lines[begin]):
        return 0
    head = _loose(lines, begin)
    left = head.body.split("\n") if head else []
    end = next((n for n, line in enumerate(left) if _DASHES.match(line)), 0)
    return begin + 1 if any(own_key(line.partition(":")[0]) for line in left[:end]) else 0


def _visible(head: str) -> str:
    """Return a head with plain blanks, and without characters that nobody sees."""
    return re.sub("[\u200b\u200e\u200f\u2060]", "", re.sub("[\u00a0\u202f]", " ", head))


def _quoted(part: str) -> str:
    """Return a key or a value as a text in YAML; a list in brackets stays one."""
    is_list = part.startswith("[") and part.endswith("]") and "[" not in part[1:]
    return part if is_list else json.dumps(part, ensure_ascii=False)


def _before(lines: list[str]) -> int:
    """Return at which line a note begins: behind blank lines, or a title or remark over its head"""
    begin = next((n for n, line in enumerate(lines) if line.strip()), 0)
    mark = next((n for n, line in enumerate(lines[:LONGEST_TOP]) if _MARK.match(line)), None)
    if mark is not None and all(_OVER.match(line) for line in lines[:mark]):
        return mark
    return begin


def talks_in(text: str) -> tuple[tuple[str, int], ...]:
    """Return the talks of a text, each with its head and the line where it begins."""
    lines = re.split(r"\r\n|\r|\n", text)
    first = _before(lines)
    starts = [0, *(n for n in range(first + 1, len(lines)) if _begins_talk(lines, n))]
    ends = [*starts[1:], len(lines)]
    return tuple(
        ("\n".join(lines[start:end]), start + 1) for start, end in zip(starts, ends, strict=True)
    )


def _begins_talk(lines: list[str], at: int) -> bool:
    """Return whether a second head begins on a line: dashes, keys of ours, dashes."""
    if not _MARK.match(lines[at]):
        return False
    inside = lines[at + 1 : at + LONGEST_HEAD]
    end = next((n for n, line in enumerate(inside) if _MARK.match(line)), 0)
    keys = {own_key(line.partition(":")[0]) for line in inside[:end] if line[:1].strip()}
    return keys >= _TELLING


def _loose(lines: list[str], begin: int) -> Parts | None:
    first = begin
    if not _LINE.match(lines[first]):  # a title
        first = next((n for n in range(begin + 1, len(lines)) if lines[n].strip()), begin)
    found: dict[int, tuple[str, str]] = {}
    for number in range(first, min(first + LONGEST_HEAD, len(lines))):
        pair = _LINE.match(lines[number])
        if pair:
            found[number] = pair[1].strip(), pair[2].strip("* ")
        elif lines[number].strip():
            break
    ours = {number: own_key(key) for number, (key, _) in found.items()}
    if not _TELLING.intersection(key for key in ours.values() if key):
        return None
    last = max(number for number, key in ours.items() if key)
    quoted = {n: [_quoted(part) for part in pair] for n, pair in found.items()}
    written = [": ".join(quoted.get(number, [])) for number in range(first, last + 1)]
    return Parts("\n".join(written), "\n".join(lines[last + 1 :]), first + 1, last + 2)
