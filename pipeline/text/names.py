"""People's names: how one greets whom, and who is one person under two spellings.

Takes a name as the notes write it; gives its parts, and a key that is the same for each spelling.

In doubt the whole name is the greeting: "Dear Renata Kowalczyk" is stiff, "Dear Kowalczyk" rude.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from pipeline.records.record import dataclass
from pipeline.text.comparable import plain_text

MOST_NAME_WORDS = 6  # of a name in a greeting; the longest double-barrelled names have five
LONGEST_NAME = 60  # characters

_HONORIFICS = frozenset(
    "mr mrs ms miss mx dr prof professor sir dame lord lady herr frau mme mlle monsieur madame "
    "señor señora sr sra dra ing dipl-ing mag mag.a mmag rev fr hon judge h.c hc captain capt "
    "kapitän capitaine capitán colonel sergeant admiral commander lieutenant councillor "
    "cllr inspector".split()
)
SUFFIXES = frozenset("jr sr ii iii iv phd md mba esq cpa obe cbe mbe msc bsc ma dds".split())
_PARTICLES = frozenset(
    "van von de der den del della di da dos du la le ten ter zu zur bin ibn al el af av".split()
)
# First names that are two words and stay so.
_DOUBLE = frozenset(
    "mary ann|mary anne|mary jane|mary jo|mary kate|mary lou|mary beth|sarah jane|"
    "anna maria|ana maría|ana maria|maria jose|maría josé|jose maria|josé maría|juan carlos|"
    "jean paul|jean pierre|jean luc|jean claude|jean marie|marie claire|anne marie|anna lena|"
    "hans peter|karl heinz|billy bob|john paul|lee ann|jo ann|peggy sue|juan pablo".split("|")
)
# Scripts in which the family name comes first, or which are written without spaces.
_WHOLE = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "THAI", "LAO", "KHMER", "MYANMAR")


_BASE = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "æ": "ae", "Æ": "Ae"}
)
_WRITTEN_OUT = re.compile("(?<![aeiou])([aou])e(?=[^aeiou])")  # Mueller and Muller
_VOWEL = re.compile("[AEIOUY\u0391-\u03a9\u0400-\u042f]")
_PART = re.compile(r"[^\W\d_]+")  # of Anna-Lena, O'Brien


@dataclass(frozen=True, slots=True)
class Name:
    """The parts of a name; all empty for nobody."""

    full: str = ""  # "Ada Lovelace"
    first: str = ""  # how one greets
    last: str = ""
    title: str = ""  # "Dr."


@lru_cache(maxsize=2_048)
def parts_of(name: str) -> Name:
    """Return the parts of "Dr. Ada Lovelace", "Kowalczyk, Renata", "Ludwig van Beethoven"."""
    plain = _in_order(" ".join(plain_text(name).split()))
    if not any(letter.isalpha() for letter in plain) or len(plain) > LONGEST_NAME:
        return Name()
    if _is_whole(plain):
        return Name(plain, plain, plain)
    nickname = re.search(r"[\"“”(‘']([^\W\d_]{2,20})[\"“”)’'](?=\s|$)", plain)
    words = re.sub(r"[\"“(‘'][^\"”)’']*[\"”)’'](?=\s|$)", " ", plain).split()
    while words and words[-1].casefold().strip(".,") in SUFFIXES and len(words) > 1:
        words.pop()
    words = _cased([word for word in (word.strip(",") for word in words) if word])
    count = next((n for n, word in enumerate(words) if not _is_honorific(word)), len(words))
    title, rest = " ".join(words[:count][:3]), words[count:][:MOST_NAME_WORDS]
    if not rest:
        return Name(plain, plain, plain) if words else Name()
    full = " ".join(rest)
    if len(rest) == 1:
        return Name(full, f"{title} {full}".strip(), full, title)
    given = _given(rest)
    last = _last(rest, given)
    first = _cased([nickname.group(1)])[0] if nickname else _greeted(rest[:given], full)
    return Name(full, first, last, title)


@lru_cache(maxsize=2_048)  # a plan asks for each person of each message that ever was
def key_of(name: str) -> str:
    """Return what is the same for each spelling of one person's name.

    "Novak, Ada", "Dr. Ada Novak", "Ada M. Novak" and "ADA NOVAK" are one; so are O’Brien and
    O'Brien, Müller and Mueller, and a name with and without its accents.
    """
    found = parts_of(name)
    words = (found.full or name).split()
    kept = [
        word for at, word in enumerate(words) if at in (0, len(words) - 1) or word[1:].strip(".")
    ]
    plain = plain_letters(" ".join(kept))
    return (plain.replace(" ", "") if _is_whole(found.full) else plain) or name.casefold()


def plain_letters(text: str) -> str:
    """Return words in small letters without accents and signs, for comparing people's names."""
    base = unicodedata.normalize("NFKD", plain_text(text).translate(_BASE)).casefold()
    words = base.replace("-", " ").split()
    letters = " ".join("".join(filter(str.isalnum, word)) for word in words)
    return _WRITTEN_OUT.sub(r"\1", " ".join(letters.split()))


def is_short_of(name: str, whole: str) -> bool:
    """Return whether a name may be another one with only an initial: A. Novak, Ada Novak."""
    one, other = parts_of(name), parts_of(whole)
    short, full = one.full.split()[:1], other.full.split()[:1]
    return (
        bool(short and full)
        and _is_initial(short[0])
        and key_of(one.last) == key_of(other.last)
        and full[0][:1].casefold() == short[0][:1].casefold()
    )


def _in_order(name: str) -> str:
    """Turn "Kowalczyk, Renata" round; "Jane Roe, PhD" stays."""
    family, comma, given = name.partition(",")
    is_suffix = given.split()[:1] and given.split()[0].casefold().strip(".,") in SUFFIXES
    if not comma or not given.strip() or is_suffix:
        return family.strip() if comma and not given.strip() else name
    words = family.split()
    honorifics = [word for word in words if _is_honorific(word)]
    names = [word for word in words if not _is_honorific(word)]
    return " ".join([*honorifics, given.strip(" ,"), *names])


def _is_whole(name: str) -> bool:
    return any(
        unicodedata.name(letter, "").startswith(_WHOLE) for letter in name if letter > "\u0dff"
    )


def _is_honorific(word: str) -> bool:
    return word.casefold().strip(".").replace(".-", "-") in _HONORIFICS


def _is_initial(word: str) -> bool:
    return len(word.strip(".")) == 1


def _given(words: list[str]) -> int:
    """Return how many of the words are the first name."""
    return 2 if " ".join(words[:2]).casefold() in _DOUBLE else 1


def _greeted(words: list[str], full: str) -> str:
    """Return the first name, or the whole where only an initial is known ("J. Smith")."""
    if not _is_initial(words[0]):
        return " ".join(words)
    second = full.split()[1:2]
    has_middle = len(full.split()) > 2 and not _is_initial(second[0])
    return second[0] if has_middle and second[0].casefold() not in _PARTICLES else full


def _last(words: list[str], given: int) -> str:
    """Return the family name with its particles: "van Beethoven"."""
    rest = words[given:]
    if not rest:
        return words[-1]
    at = next((n for n, word in enumerate(rest) if word.casefold() in _PARTICLES), len(rest) - 1)
    return " ".join(rest[min(at, len(rest) - 1) :])


def _cased(words: list[str]) -> list[str]:
    """Return RENATA and renata as Renata; what is mixed stays, and initials (JR) do."""
    if all(word.islower() for word in words if any(map(str.isalpha, word))):
        return [
            word if at and word in _PARTICLES else _PART.sub(lambda x: x.group().capitalize(), word)
            for at, word in enumerate(words)
        ]
    shouted = all(word.isupper() for word in words if any(map(str.isalpha, word)))
    short = shouted and len(words) > 1
    found = [_PART.sub(lambda part: _calm(part.group(), short=short), word) for word in words]
    if not shouted:
        return found
    inner = range(1, len(words) - 1)
    return [
        word.lower() if at in inner and word.lower() in _PARTICLES else word
        for at, word in enumerate(found)
    ]


def _calm(part: str, *, short: bool) -> str:
    """Return a part of a name that is wholly in capitals as people write it.

    Three letters have a vowel where they are a name (EVA, not JRR); two are one only in a name that
    is in capitals throughout, and end in the vowel (LI NA, not JR or AJ).
    """
    if not part.isupper() or not part.isalpha() or len(part) == 1:
        return part
    plain = unicodedata.normalize("NFD", part)
    is_name = (
        len(part) > 3
        or (len(part) == 3 and bool(_VOWEL.search(plain)))
        or (len(part) == 2 and short and bool(_VOWEL.match(plain[1:])))
        or part.casefold() in _HONORIFICS
    )
    if is_name and len(part) > 4 and part.startswith("MC"):
        return f"Mc{part[2:].capitalize()}"
    return part.capitalize() if is_name else part
