r"""Finds what several patterns find, trying each only where a word begins as it may begin.

    Finder       patterns of words, each \b(?:this|that)\b whatever the case; what each finds
    beginnings   the first letters of all that a pattern matches

Python's `re` tries every alternative at every letter. Here a text is cut into words once, the first
letters of a word tell which patterns it may begin, and only these are tried, there. What is found
is the same, in a fifth of the time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache, partial

# no border test: speed only; 3 takes a tenth longer, more adds nothing
LETTERS = 4  # by which the beginnings of words are told apart
# no border test: bounds the memory
MOST_REMEMBERED = 1 << 15  # beginnings

_WORD = re.compile(r"\w+")
_REPEATED = re.compile(r"([?*+]|\{\d*,?\d*\})[?+]?")
_UNLIKE = re.compile(r"^\^|\\|.-.")  # a set of letters that is not just a list of them
_GROUP = re.compile(r"\((\?:|\?<?[=!]|\?P<\w+>)?")
_ANY = frozenset({("", False)})
_NOTHING = frozenset({("", True)})

_Begun = frozenset[tuple[str, bool]]  # first letters, and whether what follows them is known


class Finder:
    """Finds all that each of several patterns matches."""

    def __init__(self, patterns: Sequence[re.Pattern[str]], letters: Sequence[str] = ()) -> None:
        """Take the patterns; all that one matches begins with a word's first letter.

        Of a pattern that may begin with any letter, `letters` has some, small ones, that are in all
        that begins so: in a text without them it is only tried where it begins otherwise.
        """
        self._patterns = patterns
        self._letters = dict(enumerate(letters))
        self._begun: dict[str, set[int]] = {}
        for number, pattern in enumerate(patterns):
            for begun in beginnings(pattern.pattern):
                self._begun.setdefault(begun, set()).add(number)
        self._anywhere = self._begun.pop("", set())
        self._begun_by = lru_cache(MOST_REMEMBERED)(partial(_begun_by, self._begun))

    def find(self, text: str) -> list[list[re.Match[str]]]:
        """Return for each pattern what `finditer` gives."""
        lower = text.lower()
        if len(lower) != len(text) or "ı" in text or "ſ" in text:
            return [list(pattern.finditer(text)) for pattern in self._patterns]
        found: list[list[re.Match[str]]] = [[] for _ in self._patterns]
        anywhere = tuple(n for n in self._anywhere if self._letters.get(n, "") in lower)
        for word in _WORD.finditer(lower):
            at = word.start()
            for number in self._begun_by(lower[at : at + LETTERS]) + anywhere:
                before = found[number]
                if before and at < before[-1].end():
                    continue
                if hit := self._patterns[number].match(text, at):
                    before.append(hit)
        return found


def _begun_by(begun: dict[str, set[int]], letters: str) -> tuple[int, ...]:
    heads = (letters[:size] for size in range(1, len(letters) + 1))
    return tuple(sorted({number for head in heads for number in begun.get(head, ())}))


def beginnings(pattern: str) -> frozenset[str]:
    """Return the first letters, at most `LETTERS`, of all that a pattern matches, in small letters.

    One of them is "" where it may begin with any letter.
    """
    begun, _ = _alternatives(pattern, 0)
    return frozenset(letters for letters, _ in begun)


def _alternatives(pattern: str, at: int) -> tuple[_Begun, int]:
    """Return how the alternatives from here to the end of their group begin, and that end."""
    found: set[tuple[str, bool]] = set()
    begun = _NOTHING
    while at < len(pattern) and pattern[at] != ")":
        if pattern[at] == "|":
            found |= begun
            begun, at = _NOTHING, at + 1
        else:
            part, at = _part(pattern, at)
            begun = _joined(begun, part)
    return frozenset(found | begun), at


def _part(pattern: str, at: int) -> tuple[_Begun, int]:
    """Return how a letter, a set or a group begins, however often it may be there."""
    begun, at = _single(pattern, at)
    if times := _REPEATED.match(pattern, at):
        if times[1] != "?":
            begun = frozenset((letters, known and not letters) for letters, known in begun)
        if times[1][0] in "?*" or times[1].startswith(("{0", "{,")):
            begun |= _NOTHING
        at = times.end()
    return begun, at


def _single(pattern: str, at: int) -> tuple[_Begun, int]:
    if group := _GROUP.match(pattern, at):
        begun, end = _alternatives(pattern, group.end())
        return (_NOTHING if "=" in group[0] or "!" in group[0] else begun), end + 1
    letter, at = pattern[at], at + 1
    if letter == "[":
        end = pattern.index("]", at)
        letters = pattern[at:end]
        return (_ANY if _UNLIKE.search(letters) else _each(letters)), end + 1
    if letter == "\\":
        escaped, at = pattern[at], at + 1
        if escaped.isalnum():
            return (_NOTHING if escaped in "bB" else _ANY), at
        return _each(escaped), at
    return (_ANY if letter == "." else _NOTHING if letter in "^$" else _each(letter)), at


def _each(letters: Iterable[str]) -> _Begun:
    return frozenset((letter.lower(), True) for letter in letters)


def _joined(one: _Begun, other: _Begun) -> _Begun:
    """Return how what begins in one of these ways and goes on in one of those begins."""
    found = set()
    for letters, known in one:
        if known and len(letters) < LETTERS:
            found |= {((letters + more)[:LETTERS], goes_on) for more, goes_on in other}
        else:
            found.add((letters, known))
    return frozenset(found)
