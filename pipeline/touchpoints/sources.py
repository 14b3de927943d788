"""Where each sentence of a draft comes from.

A draft is filled in as pieces: a template's own words, and values that carry their source. Here
they become sentences with what each rests on. `sentences` is the way back, from a kept draft.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.records import Draft, Source
from pipeline.records.record import dataclass

_END = re.compile(r"(?:(?<=[.!?])|(?<=[.!?][\"')]))\s+|\n+")


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a draft: words of a template, or a value with its source."""

    text: str
    place: str = ""  # "data/notes/oracle.md, line 11"; empty for a template's words
    whole: str = ""  # what is written there: the note line, the headline


def text_of(pieces: Sequence[Piece]) -> str:
    """Return the pieces as text."""
    return "".join(piece.text for piece in pieces)


def sources_of(pieces: Sequence[Piece], own: str = "") -> Iterator[Source]:
    """Yield the sources, sentence by sentence; a mere wording has an empty one.

    With `own`, the file of a candidate's own template, that file is the place of its wording.
    """
    for sentence in _divided(pieces):
        text = text_of(sentence).strip()
        values = dict.fromkeys(piece for piece in sentence if piece.place)
        if text:
            yield from (Source(text, item.text, item.place, item.whole) for item in values)
        if text and not values:
            yield Source(text, "", own, "")


def _divided(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Yield the pieces of each sentence. A full stop inside a value (a headline) ends nothing."""
    sentence: list[Piece] = []
    for piece in pieces:
        first, *others = [piece.text] if piece.place else _END.split(piece.text)
        sentence.append(piece if piece.place else Piece(first))
        for part in others:
            yield sentence
            sentence = [Piece(part)]
    yield sentence


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a draft, with everything it rests on."""

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
