"""Headlines inside a letter: cleaned of what outlets hang on them, and named by what they tell.

Takes an article or a match; gives phrases. What kind of news a match is was found elsewhere, by
words anywhere in the text; a letter may say "the launch" or congratulate only where the headline
itself says so plainly of this company. Else it says "the news".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from pipeline.records import Article, Match
from pipeline.text.phrasing import shorten

LONGEST_TITLE = 110  # characters of a headline inside a sentence: two lines of a mail
MOST_TITLE_WORDS = 20
LONGEST_SOURCE = 40
MOST_SOURCE_WORDS = 6
LONGEST_LINK = 2_000  # characters: what browsers take

_AGENCY = re.compile(r"\s*\(([A-Z][\w&.]*(?: [A-Z][\w&.]*){0,2})\)\s*$")  # "(AP)", "(Ziff Davis)"
_LOOSE_QUOTE = re.compile(r"(?<=\w) '(?=s\b| )")  # "Aaron 's record", as some feeds have it
_CUT_OFF = re.compile(r"(?: (?:a|an|the|of|in|on|at|as|to|for|and|or|with|by|from|that|his|her))+$")
_TAIL = re.compile(r"\s+[-–—|•·]\s+([^|•·]{2,40})$")
_PICTURES = re.compile("[\u2600-\u27bf\ufe0f\u20e3\u2b00-\u2bff\U0001f000-\U0001faff]+")
_QUOTES = str.maketrans(
    dict.fromkeys('"“”„‟«»″', "'") | {"[": "(", "]": ")", "‘": "'", "’": "'", "`": "'"}
)
_SMALL = frozenset("a an and as at but by for from in into of on or the to vs with".split())  # noqa: SIM905
_CAPITALS = frozenset(
    "ceo cfo cto coo ipo us usa uk eu un ai it tv hr gdp nasa nhs bbc ibm sec fda mit nba nfl uefa "  # noqa: SIM905
    "fifa erp crm dvd pc cd hp gm ge bp r&d ii iii iv".split()
)
LEAST_SHOUTED = 12  # letters: shorter ones may be an acronym


def source_of(article: Article) -> str:
    """Return who published it, as the letter names it."""
    agency = _AGENCY.search(article.title)
    name = article.source.translate(_QUOTES) or (agency.group(1) if agency else "")
    if not name:
        tail = _TAIL.search(_AGENCY.sub("", article.title))
        name = tail.group(1).strip() if tail and _is_of(tail.group(1), article.link) else ""
    name = _PICTURES.sub("", " ".join(name.split()))
    return " ".join(shorten(name, LONGEST_SOURCE).split()[:MOST_SOURCE_WORDS]).rstrip(" ,;:(")


def title_of(article: Article, names: tuple[str, ...] = ()) -> str:
    """Return the headline to quote: without the outlet's name at its end, pictures, shouting."""
    title = _AGENCY.sub("", " ".join(article.title.split()))
    tail = _TAIL.search(title)
    if tail and (_is_same(tail.group(1), article.source) or _is_of(tail.group(1), article.link)):
        title = title[: tail.start()]
    title = " ".join(_PICTURES.sub(" ", title.translate(_QUOTES)).split()).rstrip(" .")
    title = _CUT_OFF.sub("…", _LOOSE_QUOTE.sub("'", title))
    if len(title) >= LEAST_SHOUTED and title.isupper():
        title = _calmed(title, names)
    words = title.split()
    if len(words) > MOST_TITLE_WORDS:
        title = " ".join(words[:MOST_TITLE_WORDS]).rstrip(" ,;:.-–") + "…"
    if not any(letter.isalnum() for letter in title):
        return ""
    cut = shorten(title, LONGEST_TITLE)
    return cut if len(cut) > 1 else ""


def host_of(link: str) -> str:
    """Return "news.example" for naming an article without a title."""
    try:
        return (urlsplit(link).hostname or "").removeprefix("www.")[:LONGEST_SOURCE]
    except ValueError:
        return ""


def _is_same(tail: str, source: str) -> bool:
    one, other = _letters(tail), _letters(source)
    return bool(one and other) and (one in other or other in one)


def _is_of(tail: str, link: str) -> bool:
    """Tell whether a tail is the name of the outlet whose link it is: "Reuters", reuters.com."""
    host, name = _letters(host_of(link)), _letters(tail.removeprefix("The "))
    return len(name) > 2 and name in host


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


def _calmed(title: str, names: tuple[str, ...]) -> str:
    known = {word.casefold(): word for name in names for word in name.split()}
    words = []
    for place, word in enumerate(title.split()):
        plain = word.casefold().strip(".,:;'!?()")
        if plain in known:
            words.append(re.sub(re.escape(plain), lambda _: known[plain], word, flags=re.I))  # noqa: B023
        elif plain in _CAPITALS:
            words.append(word)
        elif plain in _SMALL and place:
            words.append(word.casefold())
        else:
            words.append(word.capitalize())
    return " ".join(words)


# ------------------------------------------------------------------------------- what it tells


@dataclass(frozen=True, slots=True)
class _News:
    """A kind of event, the words in a headline that say so plainly, and how a letter names it."""

    event: str
    words: re.Pattern[str]
    named: str
    cheerful: bool = False


def _news(event: str, words: str, named: str, *, cheerful: bool = False) -> _News:
    return _News(event, re.compile(rf"\b(?:{words})\b", re.IGNORECASE), named, cheerful)


_KINDS = (
    _news(
        "award",
        r"wins? (?:\w+ ){0,3}(?:prize|award)|awarded (?:\w+ ){0,3}prize|honou?red",
        "the award",
        cheerful=True,
    ),
    _news("award", r"wins? (?:\S+ ){0,4}(?:contract|order)", "the contract", cheerful=True),
    _news(
        "launch",
        r"launch(?:es|ed)|unveil(?:s|ed)|introduces?d?|debuts|roll(?:s|ed) out",
        "the launch",
        cheerful=True,
    ),
    _news(
        "funding",
        r"rais(?:es|ed) (?:\S+ ){0,3}(?:million|billion|\S+[mb]n?)|"
        r"(?:secures|closes) (?:\S+ ){0,4}(?:funding|round)",
        "the funding round",
        cheerful=True,
    ),
    _news("acquisition", r"merg(?:es|ed|er)", "the merger"),
    _news(
        "acquisition",
        r"acqui(?:res?d?|sition)|takeover|buys|bought|to buy|agrees to buy|bid for|"
        r"bids for",
        "the acquisition",
    ),
    _news(
        "leadership",
        r"(?:names|named|appoints?|appointed|hires|promotes?|promoted)",
        "the appointment",
    ),
    _news(
        "hiring",
        r"hiring|recruits?|recruiting|new jobs|(?:create|add)s? (?:\S+ ){0,3}jobs",
        "the new jobs",
    ),
    _news(
        "expansion",
        r"expands?|expanded|expansion|open(?:s|ed|ing)? (?:its |a |an |the )?(?:\S+ )"
        r"{0,3}(?:plant|factory|terminal|office|store|headquarters|site|school|hub|centre|center|"
        r"warehouse|line|route)s?",
        "the expansion",
        cheerful=True,
    ),
    _news(
        "partnership", r"partners|partnership|teams up|joint venture|alliance", "the partnership"
    ),
    _news("results", r"profits?|earnings|revenues?|results|sales", "the results"),
    _news("price", r"prices?", "the new prices"),
)
# A headline with one of these does not say that it happened, or says it of somebody else's.
_DOUBT = re.compile(
    r"\b(?:no|not|never|denies|denied|deny|fails?|failed|rejects?|may|might|could|would|rumou?rs?|"
    r"reportedly|consider(?:s|ing)?|mulls?|eyes|delays?|delayed|postpones?|despite|against|rival|"
    r"rivals|threat\w*|fears?|worr\w+|hits?|questions?|block\w*|hostile|contest\w*|probe\w*|"
    r"battle|fight\w*|amid|after|over|cuts?|halts?|drops?|ends?|stops?|attacks?)\b|\?",
    re.IGNORECASE,
)
FIRST_WORDS = 3  # of the headline, in which the company stands when the news is its own doing


def named_news(match: Match, names: tuple[str, ...]) -> str:
    """Return "the launch" where the headline says so plainly of this company, else ""."""
    found = _plain_news(match, names)
    return found.named if found else ""


def is_cheerful(match: Match, names: tuple[str, ...]) -> bool:
    """Tell whether one may congratulate: good news of their own, nothing bad or doubtful in it."""
    found = _plain_news(match, names)
    return (
        found is not None
        and found.cheerful
        and not match.sensitive
        and not any(event.sensitive for event in match.events)
        and not _DOUBT.search(match.story.lead.title)
    )


def names_one_of(title: str, names: tuple[str, ...]) -> bool:
    """Tell whether a headline has one of a company's names in it, as a whole word."""
    return any(
        name and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", title, re.IGNORECASE)
        for name in names
    )


def _plain_news(match: Match, names: tuple[str, ...]) -> _News | None:
    title = match.story.lead.title
    name = _name_first(title, names)
    if match.mention.about != "about" or name is None:
        return None
    kinds = {event.kind for event in match.events}
    for news in _KINDS:
        said = news.words.search(title, name)
        if news.event in kinds and said and not _DOUBT.search(title[: said.end()]):
            return news
    return None


def _name_first(title: str, names: tuple[str, ...]) -> int | None:
    """Return where a company's name ends that stands at the beginning of a headline."""
    for name in sorted(names, key=len, reverse=True):
        found = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", title, re.IGNORECASE)
        if name and found and len(title[: found.start()].split()) < FIRST_WORDS:
            return found.end()
    return None
