"""Where each sentence of a draft comes from.

Every value that a template may use goes through a `Ledger`, which writes down where it stands and
hands it on between two marks that no text holds (private-use letters; they are taken out of every
value first). The marks survive whatever a template does with the value. In the finished text they
tell which sentence holds which values, and are taken out.

Takes values and marked text; gives plain text and `Source`s. `sentences` is the way back, from a
kept draft to its sentences with what stands behind each.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.records import Draft, Source

_CLOSE = "\ue000"
_FIRST = 0xE001  # the opening mark of the first value; each value has its own
MOST_VALUES = 0xF8FF - _FIRST  # the private-use letters end there; a template has some 20 values

_SENTENCE_END = re.compile(r"[.!?…][\"')\]]*(?=\s)")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Dr|Prof|Mr|Mrs|Ms|St|Inc|Corp|Ltd|Co|vs|e\.g|i\.e|no|[A-Z]))\.$"
)


class Marked(str):
    """A value between its marks. It compares as the plain value: `{% if role == "Clerk" %}`."""

    __slots__ = ("plain",)
    plain: str

    def __eq__(self, other: object) -> bool:
        return self.plain == (other.plain if isinstance(other, Marked) else other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self.plain)

    def __contains__(self, part: object) -> bool:
        return str(part.plain if isinstance(part, Marked) else part) in self.plain


@dataclass(frozen=True, slots=True)
class _Said:
    """A value, and where it stands."""

    said: str
    place: str
    text: str


@dataclass(frozen=True, slots=True)
class Span:
    """A value in a finished text: from, to, and what it is."""

    start: int
    end: int
    value: _Said


class Ledger:
    """The values of one draft, with their places."""

    def __init__(self) -> None:
        self._values: list[_Said] = []

    def marked(self, said: str, place: str, text: str) -> str:
        """Return the value between its marks; "" stays "" and claims nothing."""
        if not said or len(self._values) >= MOST_VALUES:
            return said
        mark = chr(_FIRST + len(self._values))
        self._values.append(_Said(said, place, text))
        value = Marked(f"{mark}{said}{_CLOSE}")
        value.plain = said
        return value

    def read(self, text: str) -> tuple[str, tuple[Span, ...]]:
        """Return the text without marks, and where in it each value stands."""
        plain: list[str] = []
        open_values: list[tuple[int, _Said]] = []
        spans: list[Span] = []
        length = 0
        for letter in text:
            number = ord(letter) - _FIRST
            if letter == _CLOSE:
                if open_values:
                    start, value = open_values.pop()
                    spans.append(Span(start, length, value))
            elif 0 <= number < MOST_VALUES:
                if number < len(self._values):
                    open_values.append((length, self._values[number]))
            else:
                plain.append(letter)
                length += 1
        return "".join(plain), tuple(sorted(spans, key=lambda span: (span.start, -span.end)))


def is_mark(letter: str) -> bool:
    """Tell whether a letter is one of the marks."""
    return letter == _CLOSE or _FIRST <= ord(letter) <= _FIRST + MOST_VALUES


def clean(text: str) -> str:
    """Return a text on one line, without control, direction, invisible and private letters."""
    return " ".join("".join(" " if _is_unsafe(letter) else letter for letter in text).split())


def _is_unsafe(letter: str) -> bool:
    return unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


# ----------------------------------------------------------------------------------- sentences


def sources_of(text: str, spans: tuple[Span, ...], own: str = "") -> Iterator[Source]:
    """Give the sources of a text, sentence by sentence; a mere wording has an empty one.

    With `own`, the file of a candidate's own template, that file is the place of its wording.
    """
    for start, end in _sentences(text, spans):
        inside = [span for span in spans if span.start < end and span.end > start]
        sentence = text[start:end]
        for value in dict.fromkeys(span.value for span in inside):
            yield Source(sentence, value.said, value.place, value.text)
        if not inside:
            yield Source(sentence, "", own, "")


def _sentences(text: str, spans: tuple[Span, ...]) -> Iterator[tuple[int, int]]:
    """Give from where to where each sentence goes: a line is one, or several.

    A full stop inside a value (a headline) or a gap ends nothing.
    """
    whole = [(span.start, span.end) for span in spans]
    whole += [found.span() for found in re.finditer(r"\[…[^\[\]\n]*\]", text)]
    for line in re.finditer(r"[^\n]+", text):
        start = line.start()
        for end in _SENTENCE_END.finditer(text, line.start(), line.end()):
            at = end.end()
            if _ABBREVIATION.search(text[start : end.start() + 1]):
                continue
            if any(one < at < other for one, other in whole):
                continue
            yield from _trimmed(text, start, at)
            start = at
        yield from _trimmed(text, start, line.end())


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    if piece.strip():
        yield start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a draft, with all that stands behind it."""

    text: str
    sources: tuple[Source, ...] = ()

    @property
    def has_gap(self) -> bool:
        """Whether something is left for the candidate to fill in."""
        return "[…" in self.text


def sentences(draft: Draft) -> tuple[Sentence, ...]:
    """Return the sentences of a draft, the subject first, each with its sources."""
    found: list[Sentence] = []
    rest = f"{draft.subject}\n{draft.body}".lstrip()
    for source in draft.sources:
        known = (source,) if source.place else ()
        if rest.startswith(source.sentence):
            found.append(Sentence(source.sentence, known))
            rest = rest[len(source.sentence) :].lstrip()
        elif found:  # one more thing that the same sentence says
            found[-1] = Sentence(found[-1].text, (*found[-1].sources, *known))
    return tuple(found)
