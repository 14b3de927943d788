"""Messages that are no mail: a note on LinkedIn, a card by post, what to say when one rings.

Takes the values of a message and how to choose between wordings; gives text within the room that
there is. An article has its headline, its source and its address; what does not fit is left out
whole, first the closing words, then the address, then the headline: never a part of a sentence.
The wordings are in `built_in/short/`, all kinds of message in one file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product

from pipeline.records import Channel
from pipeline.text.phrasing import MOST_CHARACTERS
from pipeline.touchpoints.sources import Piece, text_of
from pipeline.touchpoints.templates import (
    BUILT_IN,
    Choose,
    Letter,
    Values,
    read_ours,
    ways,
    without_options,
)

_KIND = re.compile(r"^== (\w+)\n", re.MULTILINE)


@cache
def _ours(file: str, language: str) -> dict[str, Letter]:
    """Return the built-in short forms by kind; in English where there are none in a language."""
    translated = BUILT_IN / "short" / f"{file}.{language.casefold()}.txt"
    path = translated if translated.exists() else BUILT_IN / "short" / f"{file}.txt"
    _, *parts = _KIND.split(path.read_text(encoding="utf-8"))
    # Behind the subject, which a mail alone has.
    texts = zip(parts[::2], parts[1::2], strict=True)
    return {kind: read_ours(kind, f"Subject: -\n\n{text}") for kind, text in texts}


def note(kind: str, channel: Channel, language: str, values: Values, choose: Choose) -> list[Piece]:
    """Return the text of a note or a card: as much as there is room for, in whole sentences."""
    opening, *others = _ours("note", language)[kind].body
    # First the endings, which all people have the same number of: so their choices stay apart.
    endings = [[*ways(paragraph, values, choose), []] for paragraph in others]
    openings = list(ways(opening, values, choose))
    greeting, signature = values["greeting"], values.get("signature", ())
    for head, tail in ((greeting, signature), (greeting, ()), ((), ())):
        for first, *rest in product(openings, *endings):
            pieces = _joined((head, first, *rest, tail))
            if len(text_of(without_options(pieces)[0])) <= MOST_CHARACTERS[channel]:
                return pieces
    raise AssertionError(f"no short {kind} in {language} fits")  # a fault of the built-in texts


def points(kind: str, language: str, values: Values, choose: Choose) -> Iterator[list[Piece]]:
    """Yield what to say on the telephone, a point each."""
    for paragraph in _ours("call", language)[kind].body:
        yield from [next(ways(paragraph, values, choose))]


def as_list(said: Iterator[list[Piece]]) -> list[Piece]:
    """Return points under each other."""
    return [piece for point in said for piece in (Piece("• "), *point, Piece("\n"))][:-1]


def _joined(paragraphs: Sequence[Sequence[Piece]]) -> list[Piece]:
    pieces: list[Piece] = []
    for paragraph in filter(None, paragraphs):
        pieces += [*([Piece("\n\n")] if pieces else []), *paragraph]
    return pieces
