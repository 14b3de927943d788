"""Where a story tells of whom a message is for, and which of its sentences is quoted to them.

Takes a name, a story's lead and the note line that brought it; gives the sentence in which they are
named, or "". Whole names, initials ("M. Tolland") and, beside a name of the line's own, the family
name ("Trainer Tolland, of the Marl Harriers") are theirs; where the sentence sounds like bad news,
nobody is told of it. Who is congratulated on a story of their own is `relevance.person_rules`'.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pipeline.records import Article
from pipeline.text import person_patterns
from pipeline.text.names import parts_of
from pipeline.text.patterns import compiled_later
from pipeline.text.sentences import spans
from pipeline.touchpoints.note_words import words_of
from pipeline.touchpoints.suitability import REFUSED, count_in_common, is_sour, tells_of_success

# ------------------------------------------------------------ every number, and where it is from
# no border test: what follows is background
MOST_SENTENCES = 6  # of an article, among which one is quoted
LEAST_FAMILY_NAME = 4  # letters of a family name that stands alone: "Lee" is a word of many names
# By judgement, on four seasons of messages: whoever is named is quoted before their things, and
# their things before what is only near.
NAMED, OF_NAMES, OF_COMPANY, FOUND = 8, 1, 2, 1

_NAME = compiled_later(r"(?<!\w)[A-ZÀ-Þ][^\W\d_]{3,}")


def sentences_of(lead: Article) -> tuple[str, ...]:
    """Return an article's first sentences, on one line each, without its headline again."""
    parts = [" ".join(lead.text[start:end].split()) for start, end in spans(lead.text)]
    return tuple(part for part in parts[:MOST_SENTENCES] if _plain(part) != _plain(lead.title))


def naming(person: str, lead: Article, line: str, company: str = "") -> str:
    """Return the sentence, or headline, that names somebody; "" where none does, or it is sour.

    A family name that is the company's, too, is nobody's alone.
    """
    name = parts_of(person)
    if " " not in name.full or name.last in ("", name.full) or is_sour(lead.title):
        return ""
    whole, short = person_patterns.whole(name), person_patterns.by_initial(name)
    alone = person_patterns.family(name)
    told = f"{lead.title} {lead.text}"
    of_line = {word for word in _NAME.findall(line) if word not in person}
    is_near = len(name.last) >= LEAST_FAMILY_NAME and name.last not in company
    is_near = is_near and bool(of_line & set(_NAME.findall(told)))
    for said in (*sentences_of(lead), lead.title):
        read = person_patterns.plain(said)
        is_named = whole.search(read) or short.search(read)
        if is_named or (is_near and any(map(_is_alone, alone.finditer(read)))):
            return "" if is_sour(said) and not tells_of_success(lead.title) else said
    return ""


def _is_alone(found: re.Match[str]) -> bool:
    """Return whether no other given name stands before a family name: "Ada Tolland"."""
    before = found["before"] or ""
    return not before[:1].isupper() or before.strip(".,").casefold() in _BEFORE_A_NAME


_BEFORE_A_NAME = words_of(  # without accents
    "mr mrs ms miss dr prof coach captain skipper conductor chairman chairwoman the and but for "
    "with "
    "frau herr herrn trainer trainerin kapitan leiter leiterin dirigent dirigentin und mit fur "
    "madame mme monsieur entraîneur entraîneuse capitaine et avec senor senora don dona capitan "
    "capitana entrenador entrenadora y con"
)


def is_praise(said: str) -> bool:
    """Return whether a sentence that names somebody is one to congratulate them on."""
    return tells_of_success(_ORDINAL.sub("", said)) or bool(_PRAISED.search(said))


def is_named_in_vain(person: str, lead: Article, line: str) -> bool:
    """Return whether an article on a pleasure of somebody's names them, and tells of no success.

    A game that they lost is told without a sour word, too.
    """
    said = naming(person, lead, line)
    return bool(said) and not (is_praise(lead.title) or is_praise(said))


def is_unwelcome(said: str) -> bool:
    """Return whether a sentence, be the news as good as it is, is none to quote to a friend."""
    return is_sour(said) or bool(_UNWELCOME.search(said) or REFUSED.search(said))


# "On the first of May" is no success; nor "zum ersten Advent".
_ORDINAL = compiled_later(
    r"\b(?:first(?!\s(?:place|prize))|erste[rsn]?|premi[eè]re?s?|primer[oa]?)\b", re.I
)
_PRAISED = compiled_later(
    r"\b(?:highest (?:marks?|score)|of the year|prais(?:es?|ed)|Bestnote\w*|des Jahres|gelobt|"
    r"de l['’]année|salue|salué\w*|del año|elogi\w+)\b"
)
_UNWELCOME = compiled_later(
    r"\b(?:told off|warn\w*|not survive|apologi\w+|no room|must be empty|petition|protest\w*|"
    r"objections?|"
    r"entschuldig\w+|räumen|excuses|disculpas?|avisan?|avertit|avertissent)\b",
    re.IGNORECASE,
)


def quoted_of(
    lead: Article, found: str, noted: Sequence[str], named: str, company: Iterable[str]
) -> tuple[str, ...]:
    """Return an article's sentences, first the one that is most about them.

    `found` is the sentence that counted, `named` the one that names whom the message is for, and
    `company` the names of a company on whose news one congratulates.
    """
    line = " ".join(noted)
    own = {word.casefold() for word in _NAME.findall(line)}
    names = tuple(company)

    def worth(said: str) -> int:
        held = {word.casefold() for word in _NAME.findall(said)}
        return (
            NAMED * (said == named)
            + OF_COMPANY * any(name in said for name in names)
            + OF_NAMES * len(own & held)
            + FOUND * (_plain(said) == _plain(found))
            + count_in_common(line, said)
        )

    told = sentences_of(lead)
    more = () if _plain(found) in {_plain(lead.title), *map(_plain, told)} else (found,)
    return tuple(sorted((*told, *more), key=worth, reverse=True))


def _plain(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
