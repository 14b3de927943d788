"""The patterns of a person's name: the only place where one becomes a regular expression.

Takes the parts of a name (`names.parts_of`); gives patterns for a text made `plain`. A name counts
as a whole, in the forms that news use: "Renata Kowalczyk", "Renata M. Kowalczyk", "Kowalczyk,
Renata", in capitals, without its accents; or short: "R. Kowalczyk", "Frau Kowalczyk". What a place
of it says is left to `relevance.people`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from pipeline.text.comparable import plain_text
from pipeline.text.names import Name

PERSON, COMPANY = "§", "¤"  # marks that stand for a name in a text, where its sense is asked
_HONORIFIC = (
    r"(?:(?:Dr|Prof|Professor|Mr|Mrs|Ms|Miss|Mx|Sir|Frau|Herrn?|Mme|Mlle|Madame|Monsieur|M|Sra?|"
    r"Senora?|Dona|Don|Ing)\.? )"
)
# What turns the name before it into a thing, or into another name.
_A_THING = (
    r"(?:-\w| (?:Foundation|Stiftung|Fondation|Fundacion|Award|Prize|Preis|Prix|Premio|School|"
    r"Schule|"
    r"Street|Strasse|Avenue|Cup|Lecture|Institut\w*|Cent(?:er|re)|Hall|Park|Stadium|Jr|Sr|II|"
    r"III)\b)"
)
_LETTERS = str.maketrans(
    {
        "ß": "ss",
        "ø": "o",
        "Ø": "O",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "æ": "ae",
        "œ": "oe",
        "«": '"',
        "»": '"',
    }
)


@lru_cache(maxsize=64)
def plain(text: str) -> str:
    """Return a text without accents, with one kind of quotation mark and of space."""
    if text.isascii():
        return text
    letters = unicodedata.normalize("NFKD", plain_text(text).translate(_LETTERS))
    for mark in filter(unicodedata.combining, set(letters)):
        letters = letters.replace(mark, "")
    return letters


def glance(names: Iterable[Name]) -> re.Pattern[str]:
    """Return a pattern for any of their last names: a quick look."""
    words = "|".join(
        _word(word)
        for name in names
        for word in (*_given(name)[1:], name.last.split()[-1] if name.last else "")
        if word
    )
    return re.compile(words or "(?!)")


def whole(name: Name) -> re.Pattern[str]:
    """Find first and last name, in either order, with what may come between them."""
    given, last = _given(name), _words(name.last)
    first, *middle = given
    between = "".join(rf"(?: (?:{_word(word)}|{_initial(word)}\.?))?" for word in middle)
    straight = rf"{_word(first)}{between}(?: [A-Z]\.?)? {last}"
    return _name(rf"(?:{straight}|{last}, {_HONORIFIC}?{_word(first)})")


def short(name: Name) -> re.Pattern[str]:
    """Find an initial or a title with the last name; the first of two last names is enough."""
    given, last = _given(name), _words(name.last)
    forms = [rf"{_initial(given[0])}\. ?(?:[A-Z]\. ?)?{last}", rf"{_HONORIFIC}+{last}"]
    if len(given) > 1:  # "María García" of María García López
        surnames = _words(" ".join(given[1:]))
        forms += [rf"{_word(given[0])} {surnames}", rf"{_HONORIFIC}+{surnames}(?: {last})?"]
    return _name(rf"(?:{'|'.join(forms)})")


def by_initial(name: Name) -> re.Pattern[str]:
    """Find an initial with the last name."""
    return _name(rf"{_initial(name.full)}\. ?(?:[A-Z]\. ?)?{_words(name.last)}")


def family(name: Name) -> re.Pattern[str]:
    """Find the last name alone, with the word before it as `before`."""
    return re.compile(rf"(?:(?P<before>\S+)\s)?(?<![\w-]){_words(name.last)}(?![\w-])")


def _name(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){_HONORIFIC}*{pattern}(?P<genitive>'s|'|s)?(?!\w)(?!{_A_THING})")


def _given(name: Name) -> list[str]:
    return name.full.removesuffix(name.last).split()


def _initial(word: str) -> str:
    """Return a pattern for a word's first letter, or sign: in a name, too, anything may stand."""
    return re.escape(plain(word)[:1])


def _words(text: str) -> str:
    return " ".join(map(_word, text.split()))


def _word(word: str) -> str:
    """Return a pattern for a word as it is or in capitals, with or without its accents."""
    written = re.sub("[äöüÄÖÜ]", lambda found: f"{found.group()}\ue000", word)
    escaped = re.escape(plain(written)).replace("\ue000", "e?")
    escaped = re.sub("(?<=[aouAOU])e(?![?])", "e?", escaped)  # Mueller, Muller
    return f"(?:{escaped}|{escaped.upper()})"
