"""The facts of an article: names, numbers and dates, and whether two articles' facts exclude
each other.

Takes a title and a text; gives `StoryFeatures`. Press releases, match reports and quake bulletins
are written from templates: nine words in ten are the same, and only the facts distinguish them. A
copy may leave a fact out or add one; it doesn't put another in its place. So two articles exclude
each other when *each* has a fact of a kind that the other lacks.

Where a script or a writer uses no capital letters, or a language gives one to every noun, the
words of the title and the lead that are said again count as the names.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

from pipeline.records.record import dataclass
from pipeline.relevance.terms import STOP_WORDS, normalize, unspaced_pairs
from pipeline.text.headlines import bare_headline

# ------------------------------------------------------------ every number, and where it is from
LEAD = 30  # words of text: who, what, where and when are in a first sentence
MINOR = 0.3  # of what is shared may be exchanged beyond title and lead, where bylines are:
# the photographer's whole name against seven names ("another photographer" in story_pairs.yaml)
# no border test: far beyond real values
LONGEST_TEXT = 20_000  # characters that are read: what follows is no news item any more
# no border test: far beyond real values
LONGEST_HEAD = 300  # characters in which a dateline is looked for,
LONGEST_TAIL = 500  # and credits at the end; no border test: far beyond real values
FOREIGN_SHARE = 0.05  # of the words are German articles: capitals mark nouns there, not names
PATTERN = 0.5  # of two titles' words are shared: one pattern, filled in twice

# "one" and "first" are left out: they count nothing more often than not.
_NUMBERS = {
    word: str(number)
    for number, word in enumerate(
        "two three four five six seven eight nine ten eleven twelve".split(),
        start=2,
    )
} | {
    word: f"{number}th"
    for number, word in enumerate(
        "second third fourth fifth sixth seventh eighth ninth tenth".split(),
        start=2,
    )
}
_WEEKDAYS = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag
    freitag samstag sonnabend sonntag""".split()
)
_MONTHS = (
    {  # without "may", which is seldom the month
        name: "mar" if name == "märz" else name[:3]
        for name in """january february march april june july august september october november
    december jan feb mar apr jun jul aug sept sep oct nov dec januar februar märz juni juli
    """.split()
    }
    | {"oktober": "oct", "dezember": "dec", "okt": "oct", "dez": "dec"}
)
_MONTH_NAMES = frozenset(_MONTHS.values())
# Facts that need no capital and no digit.
SPELT_OUT = _NUMBERS.keys() | _WEEKDAYS | _MONTHS.keys()
# One country under several names; "Iranian" and "Germans" are recognised by their suffix.
_ALIASES = {"us": "america", "usa": "america", "uk": "britain", "british": "britain"}
_DEMONYM = re.compile(r"(?:ians?|ans?|ia|ns?|a|y|is?|ese|ish)$")  # Italy, Italian; America
# Whose text it is says nothing about what it tells; nor do forms of companies and of address.
_CREDITS = frozenset(
    normalize(word)
    for word in """reuters associated press ap afp dpa bloomberg xinhua upi newswire prnewswire
    businesswire globenewswire agency agence staff writer reporter correspondent inc corp co ltd
    llc plc ag gmbh company corporation group president mr mrs ms dr""".split()
)
_GERMAN = frozenset("der die das und den dem des ein eine von mit für auf nicht".split())

_DATELINE = re.compile(
    r"""\s*(?:
      By\ [A-Z][\w.'’ -]{2,50},?\ (?:Associated\ Press|AP|Reuters)?\s?(?:Sports\ |Business\ )?Writer
    | [A-ZÀ-Þ][\w .,'’/-]{0,70}\([^()\n]{2,30}\)\s*(?:--?|[–—:])?  # Oslo, Nov. 3 (Reuters) -
    | \([^()\n]{2,30}\)\s*(?:--?|[–—:])                            # (Sports Network) -
    | [A-ZÀ-Þ][A-ZÀ-Þ .'’/-]{2,40}(?:,\ [\w .,'’]{2,50})?(?:\s/[\w ]{2,20}/)?\s*(?:--?|[–—])
    | [A-ZÀ-Þ][\w .,'’]{2,60}(?:\s/[\w -]{2,20}/|\d{4})\s*(?:--?|[–—])  # Ohio, Nov. 3 /Wire/ --
    | [A-ZÀ-Þ][\w.]{1,15}\s(?:--?|[–—])                                 # AP -
    )\s+""",
    re.VERBOSE,
)
_TAIL = re.compile(
    r"""\((?:additional\ )?(?:reporting|writing|editing)\ by\ | (?:reporting|editing)\ by\ [^.]*$
    | copyright\ | © | continue\ reading | read\ more | read\ the\ (?:full|rest|whole|original)""",
    re.VERBOSE,
)
_CORRECTS = re.compile(
    r"^\W*(?:update|corrected|correction|refile|upd|berichtigung|korrektur|aktualisiert|更新|訂正|更正|تصحيح|تحديث)",
    re.IGNORECASE,
)
# Not the words of `terms`: a number with its signs ("3-1", "10:30") is one fact here, and letters
# and digits are never one word.
_WORD = re.compile(r"\d+(?:[.,:/–-]\d+)*|[^\W\d_]+(?:[.'’&][^\W\d_]+)*")
# A word that follows another in the same sentence: its capital is its own.
_WITHIN = re.compile(r"(?<=[^\W_][ ]|[,;)’'%-][ ])[^\W\d_]+(?:[.'’&][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class StoryFeatures:
    """What an article says of who, how much and when, by kind; and all its words."""

    words: frozenset[str]
    names: frozenset[str]
    numbers: frozenset[str]
    dates: frozenset[str]
    days: frozenset[str]
    weighty: frozenset[str]  # the words of the title and the lead, and those said twice
    title: tuple[str, ...]  # its words, without stop words
    corrects: bool  # the title says that this is an update of something


def body(text: str) -> str:
    """Return a text without dateline and credits, which every paper writes for itself."""
    text = text[:LONGEST_TEXT]
    while found := _DATELINE.match(text, 0, LONGEST_HEAD):
        text = text[found.end() :]
    cut = max(0, len(text) - LONGEST_TAIL)
    tail = text[cut:].lower()
    if not ("by " in tail or "opyright" in tail or "©" in tail or "ead" in tail or "inue" in tail):
        return text  # five times as fast as the search
    found = _TAIL.search(tail)
    return text[: cut + found.start()] if found else text


def read(title: str, text: str) -> StoryFeatures:
    """Return the facts of an article, given its whole title and its whole text."""
    heading, told = bare_headline(title), body(text)
    if not (heading.isascii() and told.isascii()):
        heading, told = unicodedata.normalize("NFKC", heading), unicodedata.normalize("NFKC", told)
    head, words = _words(heading), _words(told)
    counts = Counter(head)
    counts.update(words)
    return StoryFeatures(
        words=frozenset(counts),
        names=_names(heading, told, head, words, counts),
        numbers=frozenset(word for word in counts if word[0].isdigit()),
        dates=_MONTH_NAMES & counts.keys(),
        days=_WEEKDAYS.intersection(head),
        weighty=frozenset(head + words[:LEAD] + [w for w, count in counts.items() if count > 1]),
        title=tuple(word for word in head if word not in STOP_WORDS),
        corrects=bool(_CORRECTS.match(title)),
    )


def exclude(one: StoryFeatures, other: StoryFeatures, *, strict: bool = False) -> bool:
    """Return whether two articles cannot be the same story: each has a fact in the other's place.

    With `strict` a fact counts wherever it is; otherwise a few may differ beyond title and
    lead. A figure may differ where a title says that it corrects or updates.
    """
    if _excluded(one.names, other.names, one, other, strict=strict):
        return True
    if _excluded(one.days, other.days, one, other, strict=strict):
        return True
    if one.corrects != other.corrects:
        return False
    return (
        _excluded(one.numbers, other.numbers, one, other, strict=strict)
        or _excluded(one.dates, other.dates, one, other, strict=strict)
        or _filled_in(one, other)
    )


def _excluded(
    left: frozenset[str],
    right: frozenset[str],
    one: StoryFeatures,
    other: StoryFeatures,
    *,
    strict: bool,
) -> bool:
    only_one, only_other = _lacking(left, other), _lacking(right, one)
    if not only_one or not only_other:
        return False
    if strict or (only_one & one.weighty and only_other & other.weighty):
        return True
    return min(len(only_one), len(only_other)) > MINOR * len(left & right)


def _lacking(facts: frozenset[str], other: StoryFeatures) -> set[str]:
    """Return the facts that the other doesn't name in any form."""
    missing = facts - other.words
    if not missing:
        return set()
    stems = set(map(_stem, other.words))
    return {word for word in missing if _stem(word) not in stems}


@lru_cache(maxsize=1 << 16)
def _stem(word: str) -> str:
    """Return a word without the ending that makes a people of a country."""
    return _DEMONYM.sub("", word) if len(word) > 4 else word


def _filled_in(one: StoryFeatures, other: StoryFeatures) -> bool:
    """Return whether the titles are one pattern that begins with another subject."""
    if not one.title or not other.title:
        return False
    left, right = set(one.title), set(other.title)
    first, second = one.title[0], other.title[0]
    return (
        len(left & right) >= PATTERN * min(len(left), len(right))
        and first not in other.words
        and second not in one.words
        and bool(_lacking(frozenset((first,)), other) and _lacking(frozenset((second,)), one))
    )


def _words(text: str) -> list[str]:
    """Return the words in order, each in the one form of all ways to write it."""
    found = _WORD.findall(text)
    if not text.isascii():
        found = [part for word in found for part in unspaced_pairs(word)]
    return list(map(_same, found))


@lru_cache(maxsize=1 << 16)
def _same(word: str) -> str:
    """Return one form for all ways to write a number, a month, a country, a word."""
    if word[0].isdigit():
        return _number(word)
    normalized = normalize(word)
    normalized = _NUMBERS.get(normalized, normalized)
    return _MONTHS.get(normalized) or _ALIASES.get(normalized, normalized) or word


def _number(word: str) -> str:
    """Return a number without thousands' commas, its decimals after a point: 1,200 and 5,1."""
    word = re.sub(r",(?=\d{3}(?:\D|$))", "", word).replace(",", ".").replace("–", "-")
    return re.sub(r"(\.\d*?)0+$", r"\1", word).rstrip(".") if word.count(".") == 1 else word


def _names(
    heading: str, told: str, head: list[str], words: list[str], counts: Counter[str]
) -> frozenset[str]:
    """Return the names: what has a capital within a sentence, or else what is said twice."""
    capitals = _capitals(told)
    in_title = _capitals(heading)
    twice = {word for word in head + words[:LEAD] if counts[word] > 1}
    if sum(map(words.count, _GERMAN)) > FOREIGN_SHARE * len(words):
        found = twice & (capitals | in_title)
    elif words and not capitals:
        found = twice
    elif len(in_title) >= sum(word not in STOP_WORDS for word in head[1:]):
        found = capitals  # a title that gives a capital to every word
    else:
        found = capitals | in_title
    return frozenset(filter(_is_name, found))


def _capitals(text: str) -> set[str]:
    return {_same(word) for word in _WITHIN.findall(text) if word[0].isupper()}


@lru_cache(maxsize=1 << 16)
def _is_name(word: str) -> bool:
    return (
        len(word) > 1
        and not word[0].isdigit()
        and word not in STOP_WORDS
        and word not in _CREDITS
        and word not in _WEEKDAYS
        and word not in _MONTH_NAMES
    )
