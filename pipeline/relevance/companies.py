"""Which stories have to do with a company, how surely, and the words that decided.

Takes a company and a story; gives a `Mention`. A name counts as a whole word in its own case.
How far it is trusted depends on what kind of word it is: a full form, a name of two words or an
unusual word is enough; a word that the news also write in small letters, or that is part of other
names, needs a context that speaks for the company.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.records import Company, Mention, Story
from pipeline.relevance.terms import words_of

# The sum of these decides: above 0 the company is meant. In units of log-odds, set by hand on
# three kinds of names (unusual, shared, ordinary) and checked on the labelled mentions.
FULL_FORM = 4.0  # "Oracle Corp", two words, or letters that no word has (eBay, H&M)
UNUSUAL = 1.6  # one word that stands nowhere in small letters
TICKER = 1.5  # three or more capitals
ORDINARY = -1.2  # one word that the news also write small: Sharp, Palm, Target
OWN_FEED = 1.0  # the feed was listed for this company
IN_TITLE = 0.3
ACTS = 1.6  # what only organisations do or have follows: "Palm said", "Palm's shares"
WITH_FORM = 3.0  # "Inc", "Corp", "Airlines" follows, or the ticker stands in brackets
IN_OTHER_NAME = -3.0  # part of a longer name: "United Nations", "Manchester United"
INDUSTRY = 1.2  # for each word of the company's industry, up to two
BUSINESS = 0.35  # for each business word, up to three
SPORT = -0.9  # for each word of sport, up to two, unless it is the industry
LOWER_SHARE = 0.04  # of a word's uses in small letters, from which it is an ordinary word
SURE = 6.0  # confidence is 1 from here on

ABOUT_LETTERS = 200  # a name so near to the beginning is what the story is about

_FORMS = (
    r"Inc|Incorporated|Corp|Corporation|Co|Company|Ltd|Limited|LLC|LLP|PLC|Plc|AG|SA|SE|NV|GmbH|"
    r"SpA|AB|ASA|Oyj|KK|Group|Holdings?|Industries|International|Technologies|Systems|Labs|"
    r"Airlines|Airways|Bank|Motors?|Electronics|Communications|Software|Stores?|Entertainment"
)
_BEFORE_NAME = frozenset(
    """the a an at of for from by to in on with and or says said as but rival maker giant retailer
    airline carrier when while after before if that chief software""".split()  # noqa: SIM905
)
_ACTS = re.compile(
    r"^(?:['’]s\b|,? (?:said|says|say|will|plans?|planned|announced?|announces|reported|reports|"
    r"posted|posts|unveil\w*|launch\w*|agreed|agrees|bought|buys|sold|sells|is|was|has|had|may|"
    r"could|would|expects?|expected|hopes?|offers?|offered|aims?|wants?|makes?|made|gets?|won|"
    r"loses?|lost|cuts?|raises?|raised|opens?|shares?|stock|executives?|chief|CEO|spokes\w+|"
    r"officials?|profits?|results|users?|customers?|employees|workers|software|products?|"
    r"stores?|phones?|flights?|to (?:buy|sell|cut|launch|open|offer|pay|acquire)|and its|\())"
)
_BUSINESS = frozenset(
    """company firm business share stock profit revenue earning market customer product chief
    executive ceo analyst investor quarter sale deal merger acquisition bid unit maker industry
    billion million price rival contract shareholder store brand service bankruptcy union
    airline retailer bank software technology corp inc""".split()  # noqa: SIM905
)
_SPORT = frozenset(
    """cup match goal season coach league championship final semifinal quarterfinal striker
    midfielder defender innings wicket touchdown quarterback playoff olympic medal team player
    tournament champion football soccer baseball basketball hockey tennis golf rugby cricket
    racing racer prix stadium yard inning pitcher victory defeat""".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a company, ready to be found, with how far it is trusted."""

    text: str
    pattern: re.Pattern[str]
    trust: float


@dataclass(frozen=True, slots=True)
class Names:
    """All names of a company, and what speaks for it."""

    company: Company
    names: tuple[Name, ...]
    negatives: re.Pattern[str] | None
    industry: frozenset[str]
    any_name: re.Pattern[str]


def prepare(company: Company, texts: Iterable[str]) -> Names:
    """Return a company's names with their trust, as the stored news use these words."""
    spoken = list(dict.fromkeys([company.name, *company.aliases]))
    single = [name for name in spoken if _is_plain(name)]
    ordinary = _ordinary(single, texts) if single else frozenset[str]()
    names = tuple(
        Name(name, _pattern(name), _trust(name, name in ordinary))
        for name in sorted(spoken, key=len, reverse=True)
    )
    industry = frozenset(word for text in company.industry for word in words_of(text))
    return Names(
        company,
        names,
        _any(company.negatives, re.IGNORECASE) if company.negatives else None,
        industry,
        _any([name.text for name in names], 0),
    )


def find(names: Names, story: Story, words: frozenset[str], *, listed: bool, own: bool) -> Mention:
    """Return what a story has to do with the company.

    `words` are the story's folded words; `listed` says that one of its feeds was listed for the
    company, `own` that it is the company's own: then no name is needed.
    """
    if own:
        return Mention("about", 1.0, ("its own news",))
    best: Mention | None = None
    title, text = story.lead.title, story.lead.text
    removed = ""
    if names.negatives:
        found = names.negatives.search(f"{title}\n{text}")
        removed = found.group() if found else ""
        title, text = (names.negatives.sub(" ", part) for part in (title, text))
    context = _context(names, words) + (OWN_FEED if listed else 0.0)
    for name, place, sum_ in _occurrences(names, title, text):
        total = sum_ + context
        if total > 0 and (best is None or total > _log_odds(best)):
            best = _mention(name, place, total, len(title))
    if best:
        return best
    if removed:
        return Mention("none", 0.0, (removed,), f'"{removed}" is on your `not:` list')
    return Mention("none", 0.0, (), _why_not(names, title, text))


def _mention(name: Name, place: int, total: float, title_length: int) -> Mention:
    near = place < title_length + ABOUT_LETTERS
    confidence = 1 / (1 + math.exp(-min(total, SURE)))
    return Mention("about" if near else "mentioned", round(confidence, 4), (name.text,))


def _log_odds(mention: Mention) -> float:
    return math.log(mention.confidence / (1 - mention.confidence))


def _why_not(names: Names, title: str, text: str) -> str:
    found = names.any_name.search(f"{title}\n{text}")
    if not found:
        return f"{names.company.name} is not named in it"
    return f'"{found.group()}" stands there, but as another name or an ordinary word'


# ------------------------------------------------------------------------------------ occurrences


def _occurrences(names: Names, title: str, text: str) -> Iterator[tuple[Name, int, float]]:
    """Give each place of each name, with what speaks for it at that place.

    A longer name is found first, and a shorter one not again inside it.
    """
    whole = f"{title}\n{text}"
    shouted = title.isupper() or title.istitle()
    taken: list[tuple[int, int]] = []
    for name in names.names:
        for found in name.pattern.finditer(whole):
            begin, end = found.span()
            if any(one <= begin < other for one, other in taken):
                continue
            taken.append((begin, end))
            in_title = begin < len(title)
            yield (
                name,
                begin,
                name.trust
                + _at_place(
                    whole, begin, end, name, in_title=in_title, shouted=shouted and in_title
                ),
            )


def _at_place(
    whole: str, begin: int, end: int, name: Name, *, in_title: bool, shouted: bool
) -> float:
    total = IN_TITLE if in_title else 0.0
    after = whole[end : end + 40]
    before = whole[max(0, begin - 30) : begin]
    if re.match(rf",? (?:{_FORMS})\b", after) or re.match(r" \([A-Z]{2,5}(?:[.:]|\))", after):
        return total + WITH_FORM
    if name.trust >= FULL_FORM:
        return total
    if not shouted and (_goes_on(after) or _began_before(before)):
        return total + IN_OTHER_NAME
    if _ACTS.match(after):
        total += ACTS
    return total


def _goes_on(after: str) -> bool:
    """Tell whether a capitalised word follows that makes another name of it."""
    return bool(re.match(r"[ -][A-Z][a-z]+", after)) and not re.match(
        r" (?:Chief|CEO|President|Chairman|Says|Said|Shares|Profit|To|Will|In|And|On|For)\b", after
    )


def _began_before(before: str) -> bool:
    """Tell whether a capitalised word stands before it, other than at a sentence's beginning."""
    found = re.search(r"(^|[.!?:;,\n\"“(-]\s*|\s)([A-Z][\w'’-]*)[ -]$", before)
    if not found:
        return False
    word = found.group(2).casefold().removesuffix("'s").removesuffix("’s")
    return word not in _BEFORE_NAME and not found.group(2).endswith(("'s", "’s"))


def _context(names: Names, words: frozenset[str]) -> float:
    industry = len(names.industry & words)
    business = len(_BUSINESS & words - names.industry)
    sport = 0 if names.industry & _SPORT else len(_SPORT & words)
    return INDUSTRY * min(industry, 2) + BUSINESS * min(business, 3) + SPORT * min(sport, 2)


# ------------------------------------------------------------------------------------------ names


def _is_plain(name: str) -> bool:
    """Tell a single word that looks like one: "Sharp", not "eBay", "H&M" or "ORCL"."""
    return bool(re.fullmatch(r"[^\W\d_][^\W\d_A-Z]+", name)) and not name.isupper()


def _trust(name: str, ordinary: bool) -> float:
    if _is_plain(name):
        return ORDINARY if ordinary else UNUSUAL
    if name.isupper() and " " not in name:
        return TICKER if len(name) >= 3 else ORDINARY
    return FULL_FORM


def _ordinary(names: list[str], texts: Iterable[str]) -> frozenset[str]:
    """Return the names that the news also write in small letters."""
    lower = dict.fromkeys(names, 0)
    total = dict.fromkeys(names, 0)
    folded = {name.casefold(): name for name in names}
    pattern = _any(names, re.IGNORECASE)
    for text in texts:
        for found in pattern.finditer(text):
            name = folded[found.group().casefold()]
            total[name] += 1
            lower[name] += found.group().islower()
    return frozenset(
        name for name in names if total[name] and lower[name] / total[name] > LOWER_SHARE
    )


def _pattern(name: str) -> re.Pattern[str]:
    """Find a name as a whole word in its own case, or wholly in capitals."""
    written = r"[\s-]+".join(re.escape(word) for word in name.split())
    capitals = r"[\s-]+".join(re.escape(word.upper()) for word in name.split())
    return re.compile(rf"(?<![\w@])(?:{written}|{capitals})(?![\w@])")


def _any(names: Iterable[str], flags: int) -> re.Pattern[str]:
    joined = "|".join(
        r"\s+".join(re.escape(word) for word in name.split())
        for name in sorted(names, key=len, reverse=True)
        if name.strip()
    )
    return re.compile(rf"(?<!\w)(?:{joined or '(?!)'})(?!\w)", flags)
