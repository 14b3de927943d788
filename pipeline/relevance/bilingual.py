"""Words of another language by their English ones: notes in one language, news in another.

Takes a text's words and its language; gives for each word its *senses*, the English words that may
stand for it. The dictionaries are files in `translations/`, a language each, written for this
project: a word, a tab, one to three English words ("supply_chain" is a phrase). What is not in them
is found by its endings ("Schiffe", "navires"), and a German compound by its parts
("Containerschiff"). What is not found is the same word in English: a name, a loan word.

Query translation by a dictionary (Ballesteros, Croft 1997): several senses of a word are
alternatives, of which the best counts (see `vectors`), so that a word with three senses is no
better than one with one. A dictionary is read when a text in its language comes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import product
from pathlib import Path

from pipeline.records import NoteLine
from pipeline.records.record import dataclass
from pipeline.relevance.terms import words_of, written_in
from pipeline.text import language

# ------------------------------------------------------------ every number, and where it is from
SHORTEST_PART = 3  # letters of a compound's part: "Bau", "Zug"; two-letter words are syllables
SHORTEST_HEAD = 5  # of a compound whose beginning is unknown: "Elbbrücke"; shorter ones are endings
SHORTEST_STEM = 3  # letters that are left when an ending is taken off
MOST_PARTS = 4  # of a compound; longer ones are addresses and jokes
LONGEST_WORD = 40  # letters; what is longer is an address or a key
# no border test: for speed
MOST_WORDS = 1 << 15  # whose senses are remembered

_FILES = {"german": "de", "french": "fr", "spanish": "es", "italian": "it", "dutch": "nl"}

# Endings of each language and what stands in their place in a dictionary: plurals, cases and
# genders first, then verbs. Tried in this order, the first that makes a word of the file is taken.
_ENDINGS = {
    "german": """n s e en es er ern em ens nen innen ns ere eren sten ste;
        t>en,n te>en,n ten>en,n tet>en st>en,n test>en e>en,n est>en et>en ete>en eten>en
        end>en ende>en enden>en enden>en endes>en ender>en ung>en,n ungen>en,n in; inn""",
    "french": """s x e es aux>al eaux>eau euse>eur euses>eur trice>teur trices>teur ive>if ives>if
        nne>n nnes>n elle>el elles>el ère>er ères>er;
        e>er es>er ent>er é>er ée>er és>er ées>er ait>er aient>er ant>er era>er eront>er ons>er
        ez>er a>er ai>er it>ir issent>ir i>ir is>ir ie>ir ies>ir issant>ir ment>""",
    "spanish": """s es ces>z iones>ión ones>ón a>o as>o os>o ita>a ito>o;
        a>ar an>ar o>ar,er,ir ó>ar aron>ar ado>ar ados>ar ada>ar adas>ar ando>ar aba>ar aban>ar
        ará>ar arán>ar e>er,ir,ar en>er,ir,ar ía>er,ir ían>er,ir ió>er,ir ieron>er,ir ido>er,ir
        idos>er,ir ida>er,ir idas>er,ir iendo>er,ir erá>er irá>ir mente>""",
}
# What German puts between the parts of a compound, or takes off the first: "Lieferkette",
# "Sprachkurs", "Zollabfertigung", "Versicherungsbetrug".
_LINKS = ("", "s", "n", "en", "es", "er", "ens")
_PARTICIPLE = re.compile(
    r"(ab|an|auf|aus|bei|ein|her|hin|los|mit|nach|um|vor|weg|zu|zurück|)(?:ge|zu)(.{3,}?)"
    r"(?:t|te|ten|ter|tes|tem|en|ene|enen|ener|enes|enem)"
)
_ELIDED = re.compile(r"^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['’](?=\w)", re.IGNORECASE)
_NOUN_FIRST = ("french", "spanish", "italian")  # "usine de batteries" is a "battery factory"

Sense = tuple[str, ...]  # the normalized English words of one meaning: ("supply", "chain")


@dataclass(frozen=True, slots=True)
class Rendering:
    """A word, or a part of a compound, and its senses in English, which are alternatives."""

    written: str
    senses: tuple[Sense, ...]
    is_known: bool = True  # False: the dictionary has no such word; it stands for itself


def has_dictionary(name: str) -> bool:
    """Return whether there are words of the language of that name, "german"."""
    return name in _FILES and _path(name).is_file()


def rendered(text: str, name: str) -> list[Rendering]:
    """Return the words of a text in that language, each with its senses; stop words are out."""
    return [part for word in written_in(text, name) for part in _senses(word, name)]


def bases_of(written: str, name: str) -> tuple[str, ...]:
    """Return the words of a language's dictionary that a word may be a form of, likeliest first."""
    known = _dictionary(name)
    word = unicodedata.normalize("NFC", written).casefold()
    found = dict.fromkeys(f for f in (word, *_forms(word, known, name)) if f in known.exact)
    return tuple(found) or tuple(filter(None, [_base(word, known, name)]))


def in_english(text: str, name: str) -> str:
    """Return a text's words in English, all senses of each: a bag of words, and no sentence."""
    if not has_dictionary(name):
        return text
    parts = rendered(text, name)
    known = {part.written for part in parts if part.is_known}
    return " ".join(
        word
        for part in parts
        if part.is_known or part.written not in known
        for sense in part.senses
        for word in sense
    )


def or_itself(part: Rendering, name: str) -> Rendering:
    """Return a word with itself as one more sense, unless it is another one in English.

    The news have headlines too short to tell their language: "Schiff" is found there, too; but
    "Gift" is poison.
    """
    itself = tuple(words_of(part.written))
    if not part.is_known or not itself or not _english_words(name).isdisjoint(itself):
        return part
    return Rendering(part.written, (*part.senses, itself))


def pairs(one: Rendering, other: Rendering, name: str) -> Iterator[str]:
    """Yield the word pairs that two neighbours may make in English."""
    before, after = (other, one) if name in _NOUN_FIRST else (one, other)
    for left, right in product(before.senses, after.senses):
        yield f"{left[-1]} {right[0]}"


# ------------------------------------------------------------------------- the language of notes


def languages_of(lines: Iterable[NoteLine]) -> Mapping[str, str]:
    """Return by note file the language that it is jotted in, "german"; "" for English.

    A file of mere keywords, a profile say, is taken to be in the language of all together.
    """
    texts: dict[str, str] = {}
    for line in lines:
        texts[line.file] = f"{texts.get(line.file, '')} {line.text}"
    together = _known(language.jotted_language(texts.values()))
    found = {file: _known(language.jotted_language([text])) for file, text in texts.items()}
    return {
        file: name or ("" if _is_rather_english(texts[file], together) else together)
        for file, name in found.items()
    }


def language_of(line: NoteLine, languages: Mapping[str, str]) -> str:
    """Return the language of one line: that of its file, unless its own words are English."""
    name = languages.get(line.file, "")
    return "" if _is_rather_english(line.text, name) else name


def _is_rather_english(text: str, name: str) -> bool:
    return not name or language.is_rather_english(text, name.title())


def _known(jotted: str) -> str:
    name = jotted.lower()
    return name if has_dictionary(name) else ""


# ----------------------------------------------------------------------------------- dictionaries


@dataclass(frozen=True, slots=True)
class _Dictionary:
    """The words of one language."""

    exact: Mapping[str, str]  # -> what it is in English, as the file has it
    plain: Mapping[str, str]  # without accents -> with them
    beginnings: Mapping[str, str]  # as they stand before another part of a compound -> the word
    endings: Sequence[tuple[str, tuple[str, ...]]]


def _path(name: str) -> Path:
    return Path(__file__).with_name("translations") / f"{_FILES[name]}.tsv"


@cache
def _dictionary(name: str) -> _Dictionary:
    lines = (line.partition("\t") for line in _path(name).read_text("utf-8").splitlines())
    exact = {word.casefold(): english for word, _, english in lines}
    plain: dict[str, str] = {}
    for word in exact:
        plain.setdefault(_without_accents(word, name), word)
    return _Dictionary(
        exact, plain, _beginnings(exact) if name == "german" else {}, tuple(_endings(name))
    )


def _read(english: str) -> tuple[Sense, ...]:
    senses = (tuple(words_of(phrase.replace("_", " "))) for phrase in english.split())
    return tuple(dict.fromkeys(filter(None, senses)))


@cache
def _english_words(name: str) -> frozenset[str]:
    told = _dictionary(name).exact.values()
    return frozenset(w for english in told for sense in _read(english) for w in sense)


def _endings(name: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for told in _ENDINGS.get(name, "").replace(";", " ").split():
        ending, _, instead = told.partition(">")
        yield ending, tuple(instead.split(","))


def _beginnings(exact: Mapping[str, object]) -> dict[str, str]:
    """Return the forms that German words have before another part of a compound."""
    found = {word: word for word in exact}
    for word in exact:
        for link in _LINKS:
            found.setdefault(word + link, word)
        for ending in ("e", "en", "n"):  # Sprach-, Fahr-, Segel-
            if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_PART:
                found.setdefault(word.removesuffix(ending), word)
    return found


@lru_cache(maxsize=MOST_WORDS)
def _senses(written: str, name: str) -> tuple[Rendering, ...]:
    """Return a word, or the parts of a compound, with their senses in English.

    A word that was put together or guessed keeps its own letters beside them: it may be a name.
    """
    told = _ELIDED.sub("", written) if name == "french" else written
    itself = tuple(words_of(told))
    own = (Rendering(told, (itself,), is_known=False),) if itself else ()
    word = unicodedata.normalize("NFC", told).casefold()
    if len(word) > LONGEST_WORD or not word.isalpha():
        return own
    known = _dictionary(name)
    if found := _base(word, known, name):
        senses = _read(known.exact[found])
        return (Rendering(written, senses),) if senses else ()
    parts = _parts(word, known, name)
    if not parts and name == "german" and told[0].isupper():
        parts = _head(word, known)
    told_parts = (_read(known.exact[part]) for part in parts)
    return own + tuple(Rendering(written, senses) for senses in told_parts if senses)


def _base(word: str, known: _Dictionary, name: str) -> str:
    """Return the form of a word that the dictionary has, or ""."""
    if word in known.exact:
        return word
    for form in _forms(word, known, name):
        if form in known.exact:
            return form
    for form in (word, *_forms(word, known, name)):
        if found := known.plain.get(_without_accents(form, name)):
            return found
    return ""


def _forms(word: str, known: _Dictionary, name: str) -> Iterator[str]:
    """Yield what a word may be without its endings."""
    for ending, instead in known.endings:
        stem = word.removesuffix(ending)
        if len(stem) < len(word) and len(stem) >= SHORTEST_STEM:
            yield from (stem + letters for letters in instead)
    if name == "german" and (found := _PARTICIPLE.fullmatch(word)):
        yield f"{found[1]}{found[2]}en"
        yield f"{found[1]}{found[2]}n"


def _parts(word: str, known: _Dictionary, name: str, most: int = MOST_PARTS) -> tuple[str, ...]:
    """Return the words that a compound is made of, the fewest that there are; or none."""
    if not known.beginnings:
        return ()
    best: tuple[str, ...] = ()
    for end in range(len(word) - SHORTEST_PART, SHORTEST_PART - 1, -1):
        first = known.beginnings.get(word[:end])
        if first is None:
            continue
        rest = word[end:]
        if last := _base(rest, known, name) if len(rest) > SHORTEST_PART else _exact(rest, known):
            return (first, last)
        if most > 2 and (others := _parts(rest, known, name, most - 1)):
            found = (first, *others)
            best = found if not best or len(found) < len(best) else best
    return best


def _head(word: str, known: _Dictionary) -> tuple[str, ...]:
    """Return the last part of a compound whose beginning is unknown: a bridge over the Elbe."""
    for begin in range(SHORTEST_PART, len(word) - SHORTEST_HEAD + 1):
        if found := known.beginnings.get(word[begin:]):  # their endings are those of plurals
            return (found,)
    return ()


def _exact(word: str, known: _Dictionary) -> str:
    return word if word in known.exact else ""


def _without_accents(word: str, name: str) -> str:
    """Return a word as one types it without the keys for its accents; German "ae" for "ä", too."""
    if name == "german":
        word = word.replace("ae", "a").replace("oe", "o").replace("ue", "u")
    if word.isascii():
        return word
    letters = unicodedata.normalize("NFD", word.replace("œ", "oe"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
