"""Where sentences end. Takes and gives text, or places in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

# no border test: a cut for speed; the longest abbreviation has four
LONGEST_ABBREVIATION = 10  # characters that are looked at before a full stop

_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s|$)|[。！？]+[」』）]*|\n")
# After these a full stop ends no sentence; nor does it after a single capital letter.
_ABBREVIATION = re.compile(
    r"\b(?:Dr|Prof|Mr|Mrs|Ms|St|Inc|Corp|Ltd|Co|vs|e\.g|i\.e|no|No|bzw|z\.B|M|Mme|Sr|Sra|[A-Z])\.$"
)


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each sentence begins and ends, without space around it; a line is one or more."""
    start = 0
    for end in ends(text):
        yield from _trimmed(text, start, end)
        start = end
    yield from _trimmed(text, start, len(text))


def ends(text: str) -> Iterator[int]:
    """Yield the places right after which a new sentence may begin, in order."""
    for found in _END.finditer(text):
        stop = found.start() + 1
        is_full_stop = found.group() == "."
        begin = max(0, stop - LONGEST_ABBREVIATION)
        if not (is_full_stop and _ABBREVIATION.search(text, begin, stop)):
            yield found.end()


def sentences(text: str) -> tuple[str, ...]:
    """Return the sentences of a text, in order."""
    return tuple(text[start:end] for start, end in spans(text))


def first_sentence(text: str) -> str:
    """Return the first sentence of a text, or ""."""
    return next((text[start:end] for start, end in spans(text)), "")


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    if piece.strip():
        yield start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))
