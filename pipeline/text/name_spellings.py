"""The spellings of one name or phrase: the only place where a user's words become patterns.

    spelling     a name, as the news may spell it, in its own case or wholly in capitals
    phrase       a phrase of a word list (`not:`, `only:`), the same in any case
    AnyOf        several of them: where the first is, all places, a text with others in their place

Takes names; finds them in the `comparable` form of a text, and says where they stand in what was
written. Hyphen, dash, blank and, within a hyphenated name, nothing are one; so are "&", "+" and
"and"; an apostrophe or the dots of an initialism may be missing; so may accents that the name has,
but the news have none that the name has not. Which further names a company goes by is left to
`company_forms`; whether a place means it, to `relevance.companies`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from pipeline.records.record import dataclass
from pipeline.text.comparable import Comparable, comparable, glanced, plain_text
from pipeline.text.language import jotted_language
from pipeline.text.patterns import compiled_later

# ------------------------------------------------------------ every number, and where it is from
SHORTEST_JOINED = 8  # letters of a name of two words that is also looked for as one: Cocacola
INITIALS = (2, 5)  # capitals that may have dots between them: IBM, I.B.M.; more are a word
# no border test: bounds time; nobody has more names on the offer letter
KEPT = 8192

# Scripts that write no spaces between words: a name in them has no whole words.
UNSPACED = compiled_later(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0e7f]")
# A letter of another script is no neighbour: OpenAIが.
_LATIN = r"A-Za-z0-9_\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u1e00-\u1eff"
_SCRIPTS = (
    _LATIN,
    r"\u0370-\u03ff\u1f00-\u1fff0-9_",
    r"\u0400-\u052f0-9_",
    r"\uac00-\ud7a30-9A-Za-z",
)
_PARTICLE = r"(?:은|는|이|가|을|를|의|에|와|과|도|로|으로|에서|에게|측)?"
_APART = r"(?:\s+|[-–—])"
_HYPHEN = r"(?:\s+|[-–—]|)"
_DASH = r"(?:\s*[-–—]\s*|\s+)"
_AND = r"(?:\s*[&+]\s*|\s+(?i:and|und|et|y|e|en|och|og|i)\s+)"
_ANDS = frozenset("& + and und et y".split())
# How the letter is written where there are no such keys; others lose their accent alone.
_WRITTEN_OUT = {
    "ä": "ae|a", "ö": "oe|o", "ü": "ue|u", "ß": "ss", "å": "aa|a", "ø": "oe|o", "æ": "ae",
    "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ё": "е",
}  # fmt: skip
_TOKEN = compiled_later(r"[^\s&+–—-]+[&+](?=[^\w]|$)[&+]*|[&+](?=\S*\w)|[^\s&+–—-]+|[&+]+")
_INNER_CAPITAL = compiled_later(r"[^\W\d_A-Z][A-Z]|[A-Z]{3}[^\W\d_A-Z]{3}")
_PARTED = compiled_later(r"(?<=[^\W\d_A-Z])(?=[A-Z])|(?<=[A-Z]{2})(?=[A-Z][^\W\d_A-Z]{3})")
_SURE = compiled_later(r"[0-9A-Za-z\u0400-\u044f\uac00-\ud7a3]+")
_GENITIVE = frozenset(("German", "Dutch", "Swedish"))  # they write an s without an apostrophe


@dataclass(frozen=True, slots=True)
class FoundName:
    """A place of a name: where it stands in what was written, and in the form that is compared."""

    text: str  # as it was written
    begin: int
    end: int
    span: tuple[int, int]  # in the comparable text


class Spelling:
    """One name in all its spellings. It is compiled when its letters are first met."""

    __slots__ = ("_any_case", "_compiled", "letters", "name")

    def __init__(self, name: str, *, any_case: bool = False) -> None:
        self.name = name
        self._any_case = any_case
        self.letters = _sure_letters(plain_text(name)) if name.strip() else ("",)
        self._compiled: re.Pattern[str] | None = None

    def places(self, text: Comparable) -> Iterator[tuple[int, int]]:
        """Yield where the name stands in a text, in the form that is compared."""
        if not any(letters in text.small for letters in self.letters):
            return
        if self._compiled is None:
            self._compiled = _pattern(plain_text(self.name), any_case=self._any_case)
        for found in self._compiled.finditer(text.text):
            if found.lastgroup != "s" or _has_genitive(text.text, found):
                yield found.span()


@lru_cache(maxsize=KEPT)
def spelling(name: str) -> Spelling:
    """Return a name, to be found in its own case or wholly in capitals."""
    return Spelling(name)


@lru_cache(maxsize=KEPT)
def phrase(words: str) -> Spelling:
    """Return a phrase, to be found in any case."""
    return Spelling(words, any_case=True)


class AnyOf:
    """Several names; where two could stand, the one that comes first in the list does."""

    __slots__ = ("_letters", "_spellings")

    def __init__(self, spellings: Iterable[Spelling]) -> None:
        self._spellings = tuple(spellings)
        self._letters = tuple({text for one in self._spellings for text in one.letters})

    def __bool__(self) -> bool:
        return bool(self._spellings)

    def is_in(self, text: str) -> bool:
        """Return whether one of the names is there."""
        small = glanced(text)
        for letters in self._letters:  # no generator: most texts name nobody
            if letters in small:
                break
        else:
            return False
        whole = comparable(text)
        return any(True for one in self._spellings for _ in one.places(whole))

    def search(self, text: str) -> FoundName | None:
        """Return the first place in a text."""
        return next(iter(self.findall(text)), None)

    def findall(self, text: str) -> list[FoundName]:
        """Return all places in a text, in its order; none of them overlap."""
        whole = comparable(text)
        spans = sorted(
            (begin, order, end)
            for order, one in enumerate(self._spellings)
            for begin, end in one.places(whole)
        )
        found: list[FoundName] = []
        for begin, _, end in spans:
            if not found or begin >= found[-1].span[1]:
                first, last = whole.span(begin, end)
                found.append(FoundName(text[first:last], first, last, (begin, end)))
        return found

    def sub(self, other: str, text: str) -> str:
        """Return a text with something else in the place of each name."""
        parts, at = [], 0
        for found in self.findall(text):
            parts += [text[at : found.begin], other]
            at = found.end
        return "".join([*parts, text[at:]]) if parts else text


# ---------------------------------------------------------------------------------------- patterns


def _pattern(name: str, *, any_case: bool) -> re.Pattern[str]:
    """Return a pattern for the comparable form of a name."""
    if not name.strip():
        return re.compile(r"(?!)")
    if UNSPACED.search(name):
        return re.compile(r"\s*".join(map(re.escape, name.split())), re.IGNORECASE * any_case)
    tokens = _tokens(name)
    if any_case:
        body = _joined([_letters(word) for _, word in tokens], [apart for apart, _ in tokens])
        return re.compile(_bounded(body, name), re.IGNORECASE)
    if len(tokens) == 1 and _INNER_CAPITAL.search(name):
        return re.compile(_bounded(_any_capital(name), name, genitive=True))
    gaps = [apart for apart, _ in tokens]
    own = _joined([_word(word) for _, word in tokens], gaps)
    capitals = _joined(
        [_word(word) if word.isupper() else _letters(word.upper()) for _, word in tokens], gaps
    )
    forms = [own, capitals]
    if len(tokens) > 1 and _HYPHEN in gaps:  # Coca-cola
        later = [_word(word if gap != _HYPHEN else word.lower()) for gap, word in tokens]
        forms.append(_joined(later, gaps))
    if len(tokens) == 2 and gaps[1] == _APART:  # OpenAI; its capital inside makes it no other word
        forms.append("".join(_word(word) for _, word in tokens))
        if len(name) >= SHORTEST_JOINED:
            forms.append(_word(tokens[0][1]) + _word(tokens[1][1].lower()))
    return re.compile(_bounded("|".join(dict.fromkeys(forms)), name, genitive=True))


def _tokens(name: str) -> list[tuple[str, str]]:
    """Return each word of a name with what may stand before it; an "and" is a gap, no word."""
    tokens: list[tuple[str, str]] = []
    gap, at = "", 0
    found = list(_TOKEN.finditer(name))
    for place, part in enumerate(found):
        between = name[at : part.start()]
        at = part.end()
        is_inner = 0 < place < len(found) - 1 and bool(tokens) and not gap
        if is_inner and part.group().casefold() in _ANDS:
            gap = _AND
            continue
        tokens.append((gap or _gap(between) if tokens else "", part.group()))
        gap = ""
    return tokens or [("", name.strip())]


def _gap(between: str) -> str:
    if not between.strip():
        return _APART if between else ""
    return _HYPHEN if between == "-" else _DASH


def _joined(words: list[str], gaps: list[str]) -> str:
    return "".join(f"{gap}{word}" for gap, word in zip(gaps, words, strict=True))


def _word(word: str) -> str:
    """Return a pattern for one word as it stands there: its dots and accents may be missing."""
    if re.fullmatch(r"(?:[^\W\d_]\.)+[^\W\d_]*", word):  # I.B.M., E.ON
        inner = r"\.?\s?".join(map(_letters, filter(None, word.split("."))))
        return rf"{inner}\.?" if word.endswith(".") else inner
    if _is_initialism(word):
        dotted = r"\.\s?".join(map(_letters, word))
        return rf"(?:{dotted}\.?|{_letters(word)})"
    return rf"{_letters(word[:-1])}\.?" if word.endswith(".") and word[:-1] else _parted(word)


def _any_capital(name: str) -> str:
    """Return a pattern for a name with a capital inside: in any case, or parted there: Pay Pal."""
    return f"(?:(?i:{_letters(name)})|{_word(name)})"


def _parted(word: str) -> str:
    """Return a pattern for a word that may be parted at its inner capital: JPMorgan, JP Morgan."""
    parts = _PARTED.split(word)
    if len(parts) != 2 or min(map(len, parts)) < 2 or not word[0].isupper():
        return _letters(word)
    return f"(?:{_letters(word)}|{_APART.join(map(_word, parts))})"


def _letters(word: str) -> str:
    return "".join(map(_letter, word))


def _letter(letter: str) -> str:
    """Return a pattern for one letter, with what may stand in its place in the news."""
    if letter == "'":
        return r"['\s]?"
    if letter.isascii():
        return re.escape(letter)
    if out := _WRITTEN_OUT.get(letter.lower()):
        plain = out if letter.islower() else "|".join({out.upper(): 0, out.capitalize(): 0})
        return f"(?:{letter}|{plain})"
    base = unicodedata.normalize("NFD", letter)[0]
    has_accent = base != letter and ("a" <= base.lower() <= "z" or "\u0370" <= base <= "\u03ff")
    return f"[{letter}{base}]" if has_accent else re.escape(letter)


def _bounded(body: str, name: str, *, genitive: bool = False) -> str:
    """Return a pattern for a whole word, with the s of a genitive where one is wanted."""
    first, last = (_script(letter) for letter in (name.strip()[0], name.strip()[-1]))
    money = r"(?<![\d.,$€£])" if name.strip()[0].isdigit() else ""  # $3M
    end = f"(?![{last}])"
    if last == _SCRIPTS[3]:
        end = _PARTICLE + end
    elif genitive and name.strip()[-1].isalpha() and last == _LATIN and name[-1] not in "sSzZxX":
        end = f"(?P<s>s)?{end}"
    return f"{money}(?<![{first}@])(?:{body}){end}(?!@)"


def _script(letter: str) -> str:
    return next((s for s in _SCRIPTS if re.match(f"[{s}]", letter)), r"\w")


def _sure_letters(name: str) -> tuple[str, ...]:
    """Return letters of which some are in each spelling of a name, in small letters."""
    if UNSPACED.search(name):
        return (max(name.split(), key=len).casefold(),)
    words = [part for word in _SURE.findall(name) for part in _PARTED.split(word)]
    sure = [word for word in words if word.casefold() not in _ANDS and not _is_initialism(word)]
    if sure or not words:
        return (max(sure, key=len, default="").casefold(),)
    one, two = (*max(words, key=len).casefold(), "")[:2]
    return max(words, key=len).casefold(), f"{one}.{two}", f"{one}. {two}"


def _is_initialism(word: str) -> bool:
    return INITIALS[0] <= len(word) <= INITIALS[1] and word.isalpha() and word.isupper()


def _has_genitive(text: str, found: re.Match[str]) -> bool:
    """Return whether an s behind a name is a genitive: "Infineons Umsatz", but not "Apples"."""
    if jotted_language([text]) in _GENITIVE:
        return True
    line = text[text.rfind("\n", 0, found.start()) + 1 :].partition("\n")[0]
    words = line.split()
    noun = re.match(r" [A-ZÄÖÜ][a-zäöüß]+\b", text[found.end() :])
    return bool(noun) and bool(words) and words[-1][:1].islower() and not _is_english(words)


def _is_english(words: list[str]) -> bool:
    return any(word.casefold() in _ENGLISH for word in words)


_ENGLISH = frozenset(
    "the a an of and to for with is are as at by from its on over after will".split()
)
