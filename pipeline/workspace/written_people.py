"""People as one writes them: `Müller, Jörg <j@x.example>`, `Jane Doe, Head of Yield; John Roe`.

Takes what was typed, pasted from a mail, or stands in a note's head; gives each person with title
and address. Between people stands a semicolon or a line's end, else whatever leaves a whole name on
both sides: commas, "and", "&". In doubt one person, whose greeting shows what was understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.records.record import dataclass
from pipeline.text.characters import one_line
from pipeline.text.names import SUFFIXES, key_of, parts_of
from pipeline.text.patterns import compiled_later
from pipeline.workspace.jottings import clean_line
from pipeline.workspace.mail_address import usable
from pipeline.workspace.mentioned import is_given_name, may_be_name
from pipeline.workspace.who import POSTS, ROLES

SHORT_POST = 2  # letters; as short as family names are (TA, LE are common in Vietnam)
MOST_WORDS = 5  # of a name: "Prof. Dr. Maria del Carmen Ruiz" is told by its title

_ENTRIES = compiled_later(r"\s*(?:;|\n|\r|,\s+(?:and|und|et|y|sowie)\s(?=\s*[A-ZÀ-Þ]))\s*")
_JOINED = compiled_later(r"\s+(?:and|und|et|y|&|\+|/|sowie)\s+", re.IGNORECASE)
_TWO_WORDS = compiled_later(
    r"([A-ZÀ-Þ][\w'’-]+\s(?:(?:von|van|de|der|del|di|du|la|le)\s)*[A-ZÀ-Þ][\w'’-]+)"
    r"(?P<ends>\s*(?:[,;(<]|[-–—:]\s|$))?"
)
_ADDRESS = compiled_later(r"<\s*(?:mailto:)?([^<>]+)\s*>|(?:mailto:)?([^\s,;<>()]+@[^\s,;<>()]+)")
_LINK = compiled_later(r"\[([^\[\]]*)\]\(mailto:([^()\s]+)\)")
_IN_BRACKETS = compiled_later(r"\s*\(([^()]{2,80})\)\s*$")
_DASH = compiled_later(r"\s+[-–—|]\s+|\s*:\s+")
# "Sunita from HR", "Frau Maier aus dem Einkauf"; "Mrs Oyelaran matron", "Jane Doe recruiter"
_CAPITALS = r"[A-ZÀ-Þ][\w'’.-]*(?:\s[A-ZÀ-Þ][\w'’.-]*){0,3}"
_FROM = compiled_later(
    rf"(?P<name>{_CAPITALS})\s(?:(?:from|of the|in|aus(?: dem| der)?|vom)\s"
    r"(?P<one>[A-Z][A-Z&/]+\b.*|(?:the\s)?[A-ZÀ-Þ]?[a-zà-ÿ][\w\s&/-]*)"
    r"|(?:du|des|de la|de los)\s(?P<two>[A-Z]{2,}|[a-zà-ÿ][\w\s&/-]*))"
)
_SMALL_TITLE = compiled_later(
    rf"(?P<name>{_CAPITALS})\s(?P<title>(?!(?:von|van|de|der|del|di|da|du|le|la|el|al|bin|ibn|zu|und|"
    r"and|et|y|e|or|with|from|of|at|in|mit)\b)[a-zà-ÿ][\w&/-]*(?:\s[\w&/-]+){0,3})"
)
_TITLE_AND_NAME = compiled_later(r"(?P<title>.+)\s(?:and|und|et|y|&)\s(?P<name>[A-ZÀ-Þ].+)")
_BEFORE = compiled_later(
    r"^(?:[-*•·o]\s+|\d+[.)]\s+|(?:with|mit|avec|con|and|und|et)\s+)", re.IGNORECASE
)
_HONORIFIC = compiled_later(
    r"^(?:(?:dr|prof|professor|mr|mrs|ms|miss|mx|sir|herrn?|frau|mme|mlle|m|monsieur|madame|sra?|"
    r"señora?|ing|dipl)\b\.?-?\s*)+",
    re.IGNORECASE,
)
# "DRH", "Group CEO", "DRH/DAF"; in small letters ("cto") only where the whole title is small.
_POST = rf"(?:{'|'.join(sorted(POSTS, key=len, reverse=True))})"
_POSTS = rf"{_POST}(?:(?:\s?[/&+-]\s?|\s){_POST})*"
_HAS_POST = compiled_later(rf"(?<![\w.]){_POST}(?!\w)")
_IS_POST = compiled_later(rf"{_POSTS}\.?")
_NAME_AND_POST = compiled_later(rf"(?P<name>.*[a-zà-ÿ].*?)\s(?P<title>{_POSTS}(?:\s.+)?)")
_POST_AND_NAME = compiled_later(rf"(?P<title>{_POSTS})\s(?P<name>\S.*[a-zà-ÿ].*)")
# What stands in titles, and in no name of a person.
_TITLE = compiled_later(
    r"\b(?:of|for|chief|officer|head|lead|leader|president|vice|senior|junior|"
    r"principal|staff|engineer\w*|engineering|developer|designer|analyst|consultant|architect|"
    r"scientist|partner|founder|co-?founder|owner|nurse|physician|sales|marketing|finance|product|"
    r"operations|legal|it|team|global|regional|associate|specialist|expert|officer|representative|"
    r"leit\w+|geschäftsführ\w+|vorstand\w*|ingenieur\w*|berater\w*|entwickl\w+|abteilung\w*|"
    r"referent\w*|prokurist\w*|directeur|directrice|chargée?|ingénieure?|conseill\w+|gérante?|"
    r"director\w*|gerente|consejer\w+|ingenier\w+|encargad\w+|técnic\w+)\b|"
    + "|".join(rf"\b(?:{words})" for words in ROLES.values()),
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class WrittenPerson:
    """Somebody as written; what was not given is empty."""

    name: str
    title: str = ""
    email: str = ""


def people_in(text: str) -> tuple[WrittenPerson, ...]:
    """Return the people whom a text names, in its order; somebody twice counts once."""
    found: dict[str, WrittenPerson] = {}
    entries = _ENTRIES.split(_LINK.sub(r"\1 <\2>", text))
    for entry in (part for whole in entries for part in _apart(whole)):
        for person in _of_entry(_BEFORE.sub("", one_line(entry))):
            known = found.setdefault(key_of(person.name or person.email or person.title), person)
            title, email = known.title or person.title, known.email or person.email
            found[key_of(known.name or known.email or known.title)] = WrittenPerson(
                known.name, title, email
            )
    return tuple(found.values())


def _apart(entry: str) -> Iterator[str]:
    """Yield the parts of an entry: another person begins after "and", wherever a name follows.

    "head of sales and Dave Pritchard", "Ada Vogt (CTO) und Jörg", "head of Sales and Marketing".
    """
    start = 0
    for joined in _JOINED.finditer(entry):
        before, after = entry[start : joined.start()], entry[joined.end() :]
        if before.count("(") > before.count(")"):
            continue
        if before.endswith(")") or _begins_with_name(after, is_small=before[-1:].islower()):
            yield before
            start = joined.end()
    yield entry[start:]


def _begins_with_name(text: str, *, is_small: bool) -> bool:
    """Return whether a person follows; `is_small`: a word in small letters stands before it."""
    if _has_honorific(text) and _bare(text)[:1].isupper():
        return True
    found = _TWO_WORDS.match(text)
    if found is None or _is_title(found[1]):
        return False
    return is_given_name(found[1]) or (is_small and bool(found["ends"]) and may_be_name(found[1]))


def _of_entry(rest: str) -> Iterator[WrittenPerson]:
    """Yield the people of an entry: those up to each address, or what stands between commas."""
    while rest:
        found = _ADDRESS.search(rest)
        if found is None:
            yield from _named(rest, "")
            return
        address = found[1] or found[2]
        yield from _named(rest[: found.start()].strip(" ,<"), usable(address) or address)
        rest = rest[found.end() :].lstrip(" ,>&")


def _named(text: str, email: str) -> Iterator[WrittenPerson]:
    """Yield the people of a text without addresses; the address is the last one's."""
    people: list[tuple[str, str]] = []
    for name, title in _parts(text, has_address=bool(email)):
        if not name and people:
            before = people[-1]
            people[-1] = (before[0], ", ".join(filter(None, (before[1], title))))
        else:
            people.append((name, title))
    if not people and email:
        people = [(_name_in(email), "")]
    for number, (name, title) in enumerate(people, start=1):
        yield WrittenPerson(_clean(name), _clean(title), email if number == len(people) else "")


def _name_in(address: str) -> str:
    """Return "Jane Doe" for jane.doe@example.com, "" where an address says no whole name."""
    found = re.fullmatch(r"([a-z]{2,})[._]([a-z]{2,})", address.partition("@")[0].casefold())
    return f"{found[1].capitalize()} {found[2].capitalize()}" if found else ""


def _parts(text: str, *, has_address: bool) -> Iterator[tuple[str, str]]:
    """Yield (name, title) for each part between commas; a part that only is a title has no name."""
    quoted = re.sub(r'["“”]', "", text)
    parts = [part for part in (one.strip() for one in quoted.split(",")) if _says_something(part)]
    turned = _turned(parts, has_address=has_address)
    if turned:
        yield turned[0], ""
        parts = parts[turned[1] :]
    for part in parts:
        bracket = _IN_BRACKETS.search(part)
        plain = part[: bracket.start()] if bracket else part
        dashed = _DASH.split(plain, maxsplit=1)
        if len(dashed) == 2 and is_post(dashed[0]) and not _is_title(dashed[1]):
            dashed.reverse()  # "DRH : Anna Berg"
        if len(dashed) == 2 and _is_name(dashed[0]):
            yield dashed[0], ", ".join(filter(None, (dashed[1], bracket[1] if bracket else "")))
            continue
        if told := _FROM.fullmatch(plain) or _SMALL_TITLE.fullmatch(plain):
            yield told["name"], next(filter(None, told.groups()[1:]))
            continue
        told = _NAME_AND_POST.fullmatch(plain)
        if told and not _is_title(told["name"]):
            more = bracket[1] if bracket else ""
            yield told["name"], ", ".join(filter(None, (told["title"], more)))
            continue
        told = _POST_AND_NAME.fullmatch(plain)
        if told and _is_name(told["name"]) and _is_called(told["name"]):
            yield told["name"], told["title"]
            continue
        told = _TITLE_AND_NAME.fullmatch(plain)
        if told and _is_title(told["title"]) and is_given_name(told["name"]):
            yield from (("", told["title"]), (told["name"], ""))
            continue
        several = [one for one in _JOINED.split(plain) if one]
        if len(several) > 1 and (all(map(_is_name, several)) or _are_first_names(several)):
            yield from ((one, "") for one in several[:-1])
            yield several[-1], bracket[1] if bracket else ""
        elif _is_title(plain):
            yield "", part
        else:
            yield plain, bracket[1] if bracket else ""


def _is_called(name: str) -> bool:
    return _has_honorific(name) or is_given_name(name.split()[0])


def _has_post(text: str) -> bool:
    """Return whether a post stands in a text; "TA HONG", in capitals throughout, is a name."""
    found = _HAS_POST.search(text)
    if found is None or is_post(text):
        return found is not None
    return not text.isupper() or len(found.group()) > SHORT_POST


def is_post(text: str) -> bool:
    """Return whether a text only is a post in capitals: "DRH", "CEO/CTO"."""
    return bool(_IS_POST.fullmatch(text.strip()))


def _says_something(part: str) -> bool:
    """Return whether a part is no telephone number, and no degree behind a name."""
    return any(map(str.isalpha, part)) and part.casefold().strip(".") not in SUFFIXES


def _turned(parts: list[str], *, has_address: bool) -> tuple[str, int] | None:
    """Return "Jörg Müller" for Müller, Jörg, and how many parts that takes; None: it is not so."""
    if len(parts) < 2 or _is_title(parts[0]) or _is_title(parts[1]):
        return None
    family, given = _bare(parts[0]), parts[1]
    is_titled = _has_honorific(given) and not is_given_name(_bare(given))
    if len(_bare(given).split()) > 2 or is_titled or len(family.split()) > 3:
        return None
    if len(family.split()) > 1 and not (family.split()[0][:1].islower() or is_given_name(given)):
        return None
    if len(family.split()) > 1 and is_given_name(family):
        return None  # Jane Doe, John
    if len(parts) > 2 and not _is_title(parts[2]) and not _is_name(parts[2]):
        return None  # Jane, John, Ada
    if _are_first_names(parts) and not has_address:
        return None  # Jane, John
    title = parts[0][: len(parts[0]) - len(family)]
    return f"{title}{given} {family}", 2


def _bare(name: str) -> str:
    return _HONORIFIC.sub("", name)


def _has_honorific(name: str) -> bool:
    return _bare(name) != name


def _is_title(text: str) -> bool:
    """Return whether a part is what somebody does: by its words, or as no name is written."""
    if _has_honorific(text):
        return False
    small = [word for word in text.split() if word[:1].islower()]
    return (
        bool(_TITLE.search(text) or _has_post(text))
        or len(text.split()) > MOST_WORDS
        or text == " ".join(small)
    )


def _is_name(text: str) -> bool:
    """Return whether a text can only be a whole name: "Jane Doe", "Dr. Vogt"."""
    words = text.split()
    if _is_title(text) or not 1 <= len(words) <= MOST_WORDS + 1:
        return False
    return (len(words) > 1 or _has_honorific(text)) and bool(parts_of(text).full)


def _are_first_names(names: Iterable[str]) -> bool:
    return all(len(name.split()) == 1 and is_given_name(name) for name in names)


def _clean(text: str) -> str:
    return clean_line(text).strip(" .,;:-–—\"'“”" if not text.endswith(("Jr.", "Sr.")) else " ,;")
