"""Where sentences end. Takes and gives text, or places in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.text.patterns import compiled_later

# no border test: a cut for speed; the longest abbreviation has four
LONGEST_ABBREVIATION = 10  # characters that are looked at before a full stop

_END = compiled_later(r"[.!?…]+[\"'”’»)\]]*(?=\s|$)|[。！？]+[」』）]*|\n")
# After these a full stop ends no sentence; nor does it after a single capital letter.
_ABBREVIATION = compiled_later(
    r"\b(?:Dr|Dra|Prof|Dipl|Ing|Mr|Mrs|Ms|St|Inc|Corp|Ltd|Co|vs|e\.g|i\.e|no|No|Nr|Tel|Hr|Hrn|Fr|ca|"
    r"bzw|z\.\s?B|d\.\s?h|u\.\s?a|M|Mme|Mlle|Sr|Sra|[A-Z])\.$"
)
_JOTTED = compiled_later(
    r"\b(?:approx|acc|dept|mgr|prob|incl|esp|resp|max|min|mtg|appt|Abt|Std|Str|evtl|ggf|inkl|gg|Gespr|"
    r"Fa|Mo|Di|Mi|Do|Sa|So|mon|tue|tues|wed|weds|thu|thur|thurs|fri|sat|sun|lun|mar|mer|jeu|jue|ven|vie|sam|"
    r"jan|janv|feb|fév|avr|apr|jul|juil|aug|sep|sept|oct|okt|nov|dec|dez|déc|ene|abr|ago|dic|"
    r"env|ej|aprox|tél|av|bd|pto|depto|[a-zäöü])\.$",
    re.IGNORECASE,
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


def is_abbreviated(text: str, stop: int) -> bool:
    """Return whether the full stop right before a place in a jotted text belongs to a word."""
    begin = max(0, stop - LONGEST_ABBREVIATION)
    found = _ABBREVIATION.search(text, begin, stop) or _JOTTED.search(text, begin, stop)
    return found is not None


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
