"""Which stories have to do with a company, how surely, and the words that decided.

Takes a company and a story; gives a `Mention`. A name counts as a whole word in its own case, in
any of its spellings (`text.name_spellings`); so do the names that follow from it
(`text.company_forms`).
How far it is trusted depends on what kind of word it is: a full form, a name of two words or an
unusual word is enough; a word that the news also write in small letters, or that is part of other
names, needs a context that speaks for the company. What other names a word is part of ("United
States", "Vicente Fox") is learned from the stories themselves.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Literal

from pipeline.records import About, Article, Company, Mention, NameUsage, Story
from pipeline.records.record import dataclass
from pipeline.relevance.lexicon import ORDINARY_WORDS, PLACES
from pipeline.relevance.terms import STOP_WORDS, UNSPACED, language_of, normalize, words_of
from pipeline.text import company_forms
from pipeline.text.comparable import comparable, plain_text
from pipeline.text.headlines import is_title_case
from pipeline.text.name_spellings import AnyOf, Spelling, phrase, spelling
from pipeline.text.places import is_place

# The sum of these decides: above 0 the company is meant. In units of log-odds, set by hand on
# three kinds of names (unusual, shared, ordinary) and checked on the labelled mentions.
FULL_FORM = 4.0  # "Oracle Corp", two words, or letters that no word has (eBay, H&M)
UNUSUAL = 1.6  # one word that is never in small letters
SHORTENED = 1.5  # what is left of a longer name: with another word it may be a sister's
TICKER = 1.5  # three or more capitals
ORDINARY = -1.2  # one word that the news also write small: Sharp, Palm, Target
OF_A_PLACE = -2.0  # American, Virginia: the news write it with a capital whatever is meant
SHARED = 0.2  # one word that is mostly in longer names: United, Nextel
FROM_TOPIC = -2.0  # one word, by a topic's feed alone, and hardly a word of business: a boat?
LEAST_BUSINESS = 2  # words of business, or one of the industry, that a topic's story needs;
LEAST_ACTING = 1  # fewer where the name does what organisations do: "Nvidia to lay off … workers"
OWN_FEED = 1.0  # a feed was listed for this company, and all its articles name it
IN_TITLE = 0.3
CAPITAL = 0.8  # an ordinary word with a capital in mid-sentence: it is some name
IN_TITLE_CASE = -1.0  # an ordinary word in a title where every word has a capital: no evidence
IN_A_LIST = 0.6  # between two other names: "Sony, Sharp and Matsushita"
ACTS = 1.6  # what only organisations do or have follows: "Palm said", "Palm's shares"
WITH_FORM = 3.0  # "Inc", "Corp" or a form of its own follows, or the ticker in brackets
AS_PLACE = -2.5  # a part of its name where people live: "Thornbury man", "in Thornbury"
IN_OTHER_NAME = -5.0  # part of a longer name: "United Nations", "Manchester United"
OTHER_SENSE = -2.5  # the same story has the word in a longer name: it keeps its sense
AS_SOURCE = -6.0  # it only brings the news: "(Dow Jones) --", "according to Fox News", "ESPN.com"
INDUSTRY = 1.2  # for each word of the company's industry, up to two
BUSINESS = 0.35  # for each business word, up to three
SPORT = -0.9  # for each word of sport, up to two, unless it is the industry
# The likenesses of the labelled mentions: for 3 in 4 that are meant the centroid's is above .03
# and that of meaning above .20; for 3 in 4 that are not they are below .02 and .06. From
# .05 to .06 names are told apart with F1 .92, at .15 with .89.
CENTROID, CENTROID_MIDDLE = 2.0, 0.08
MEANING, MEANING_MIDDLE = 4.0, 0.06
LOWER_SHARE = 0.04  # of a word's uses in small letters, from which it is an ordinary word
LEAST_SEEN = 2  # uses of a word, below which the list says whether it is an ordinary one
OTHER_SHARE = 0.4  # of a word's uses inside longer names, from which it is one that others share
SEEN_TWICE = 2  # stories in which a neighbour makes a longer name, for it to be learned
SURE = 6.0  # confidence is 1 from here on
SURE_ENOUGH = 0.85  # confidence from which news are shown as the company's, and learned from
# no border test: bounds time and memory
LONGEST_LINK = 200  # characters on each side; no border test: far beyond real values
MOST_SAMPLES = 2_000  # uses of a name that are counted: shares don't change after that

Doubt = Literal["place", "word"]

MARKED_WRONG = Mention("none", 0.0, (), "you said: wrong company", not_meant="marked wrong")
OWN_NEWS = ("its own news",)  # the words that decided, for a feed that needs no name

# no border test: for speed; a story begins with what it is about
LONGEST_TEXT = 2_000  # characters of a story that are searched
ABOUT_LETTERS = 120  # a name so near to the text's beginning is what the story is about

_LEGAL_FORM = re.compile(
    r",? (?:Inc|Incorporated|Corp|Corporation|Co|Company|Ltd|Limited|LLC|LLP|PLC|Plc|plc|AG|SE|"
    r"S\.?A|N\.?V|B\.?V|GmbH|KGaA|S\.?p\.?A|AB|ASA|Oyj|Oy|KK|K\.K|Group|Holdings?)\b|,? A/S\b"
)
# "(AP)" after a name is the agency that brings the news, and no ticker.
_TICKER = re.compile(
    r" \((?!(?:AP|AFP|CP|UPI|DPA|PA|IDG|BBC|CNN|NYT|UPDATE)\))"
    r"(?:[A-Za-z]+: ?)?[A-Z]{2,5}(?:[.:][A-Z]+|\)| -)"
)
_INDEX = re.compile(
    r" (?:industrials?|index|average|futures|indices|composite|transports?)\b", re.I
)
_SOURCE_AFTER = re.compile(r"\.(?:com|net|org|tv|co)\b|\)\s*(?:-|–|—)| (?:poll|survey)\b")
_REPORTED = re.compile(r"(?: \w+)? (?:reported|reports)\b")  # "…, Dow Jones Newswires reported"
_SOURCE_BEFORE = re.compile(
    r"(?:\b(?:according to|told|special to|reported (?:by|in|on)|courtesy of|interview (?:with|on)|"
    r"writes? (?:in|for)|says? (?:the|a) report in) (?:the )?|\d\d )$",
    re.IGNORECASE,
)
_SIGNED_BEFORE = re.compile(r"[-–—] ?(?:The )?$")  # "… on Tuesday. -The Washington Post"
_SIGNED_AFTER = re.compile(r"[.)\s]*")
_ADDRESS = re.compile(r"[/=@#~]|\.[a-z]{2}")  # in a word: it is a link, a domain or a handle
_COMPOUND = re.compile(r"(?<![\w-])[A-Z]-$")  # S-Bahn, U-Bahn; "ex-Google" is Google
_CALLED, _OF_A_PLACE = re.compile(r"(?:\b[Tt]he |['\"‘“„«])$"), re.compile(r" of [A-Z]")
_POSSESSIVE = re.compile(r" ?['’]s\b")
_SMALL_WORDS = frozenset(
    """the a an at of for from by to in on with and or as but that if when while after before says
    said""".split()
)
_BEFORE_NAME = _SMALL_WORDS | frozenset(
    """rival maker giant retailer airline carrier chief software parent unit ceo chairman president
    january february march april may june july august september october november december
    certain former british american european""".split()
)
_AFTER_NAME = frozenset(
    """chief ceo cfo president chairman executive shares stock profit earnings sales results says
    said to will in and on for at with is as by of from after over or the unit spokesman spokeswoman
    officials customers users board deal bid merger suit lawsuit case""".split()
)
# A noun that makes a place, a ground or a prize of any word before it.
_PLACE_HEADS = frozenset(
    """island river county city valley park field stadium arena street road avenue square bridge
    mountain lake bay beach cup trophy league prize award university college school church abbey
    hospital airport""".split()
)
# A part of a longer name may be that of a town or a family, too. A crash, a fire or a market of
# that name may be the company's own, and so say nothing.
_LOCAL = re.compile(
    r" (?:man|woman|men|women|teen\w*|boy|girl|residents?|pensioners?|couple|mum|mother|father|"
    r"famil\w+|church|high street|town|village|MP|council\w*|parish|carnival|bypass|by-election|"
    r"cricket|football|rugby|FC|pub)\b"
)
_THEIR_SITE = re.compile(  # "near Ovaltree depot" is by the company's
    r" (?:depots?|plants?|factory|factories|sites?|works|headquarters|hq|stores?|shops?|"
    r"warehouses?|"
    r"mills?|offices?|bakery|bakeries|branch(?:es)?|terminals?|yards?|labs?|trains?|flights?)\b",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    r"(?:(?P<word>[\w’'-]+) )?(?:(?P<plain>[Ii]n)|[Nn]ear|[Oo]utside|[Aa]round|[Nn]ahe|[Pp]rès de|"
    r"[Cc]erca de) $"
)
_HELD_IN = frozenset(  # "a stake in Goldman", "a fall in Goldman"
    """invest invests invested investing investment investments investors stake stakes share shares
    interest confidence faith trust holding holdings position positions believe believes role drop
    rise fall jump gain surge rally slump trading option options anteil anteile beteiligung
    investiert""".split()
)
_ACTS = re.compile(
    r"^(?: ?['’]s\b|,? (?:said|says|say|will|plans?|planned|announced?|announces|reported|reports|"
    r"posted|posts|unveil\w*|launch\w*|agreed|agrees|bought|buys|sold|sells|is|was|has|had|may|"
    r"could|would|expects?|expected|hopes?|offers?|offered|aims?|wants?|makes?|made|gets?|won|wins|"
    r"loses?|lost|cuts?|raises?|raised|opens?|shares?|stock|executives?|chief|CEO|spokes\w+|"
    r"officials?|profits?|results|users?|customers?|employees|workers|products?|replaces?|"
    r"recalls?|names?|hires?|expands?|ships?|delays?|denies|denied|sues?|settles?|joins?|signs?|"
    r"adds?|backs?|rejects?|seeks?|faces?|warns?|tests?|debuts?|releases?|upgrades?|updates?|"
    r"introduces?|extends?|boosts?|trims?|halts?|enters?|acquires?|drops?|pulls?|ends?|starts?|"
    r"lays? off|sheds?|closes?|invests?|"
    r"lance|annonce|ouvre|rachète|investit|recrute|supprime|vend|prévoit|signe|baut|eröffnet|"
    r"startet|"
    r"plant|kündigt|übernimmt|investiert|verkauft|streicht|meldet|gewinnt|lanza|anuncia|abre|"
    r"compra|"
    r"vende|invierte|ficha|prevé|gana|firma|recorta|"
    r"to (?:buy|sell|cut|launch|open|offer|pay|acquire|build|add|raise|lay|shed|close|shut|invest|"
    r"expand|hire|ship|release|merge|use|bring|start|stop|test|take|join|go|get)|and its|\())",
    re.IGNORECASE,
)
# A name, and a number that is no date: "Intel Arc B570", "Core Ultra 9". Companies have models.
_MODEL = re.compile(
    r"(?: (?!(?:January|February|March|April|May|June|July|August|September|October|November|"
    r"December|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b)[A-Z][\w'’-]*){1,3}"
    r" (?!(?:19|20)\d\d\b)[A-Z]*-?\d[\w-]*"
)
BUSINESS_WORDS = frozenset(  # words that speak for a company, whichever it is
    """company firm business share stock profit revenue earning market customer product chief
    executive ceo analyst investor quarter sale deal merger acquisition bid unit maker industry
    billion million price rival contract shareholder store brand service bankruptcy union
    airline retailer bank software technology corp inc worker employee staff job layoff""".split()
)
_SPORT = frozenset(
    """cup match goal season coach league championship final semifinal quarterfinal striker
    midfielder defender innings wicket touchdown quarterback playoff olympic medal team player
    tournament champion football soccer baseball basketball hockey tennis golf rugby cricket
    racing racer prix stadium yard inning pitcher victory defeat""".split()
)


@dataclass(frozen=True, slots=True)
class KnownName:
    """One name of a company, ready to be found, with how far it is trusted."""

    text: str
    spelling: Spelling
    trust: float
    before: frozenset[str] = frozenset()  # words that make another name of it: "manchester"
    after: frozenset[str] = frozenset()  # "states", "nations"
    is_part: bool = False  # another name of the company has it and more: Goldman, Goldman Sachs


@dataclass(frozen=True, slots=True)
class Names:
    """All names of a company, and what speaks for it."""

    company: Company
    names: tuple[KnownName, ...]
    negatives: AnyOf
    industry: frozenset[str]
    own_words: frozenset[str]  # of its full forms: "airlines" after "United" makes no other name
    name_words: frozenset[str]  # normalized words of all its names
    any_name: AnyOf


def text_of(article: Article) -> str:
    """Return the part of an article that is searched for names."""
    return f"{article.title}\n{article.text[:LONGEST_TEXT]}"


def spoken_names(company: Company) -> tuple[str, ...]:
    """Return the names by which the news may call a company, its own first."""
    own = [name for name in (company.name, *company.aliases) if name.strip()]
    further = (form for name in own for form in company_forms.forms_of(name, PLACES))
    return tuple(dict.fromkeys([*own, *further, *_shortened(company)]))


def _shortened(company: Company) -> frozenset[str]:
    """Return the short forms that headlines may use, but for those that are names of their own."""
    own = [name for name in (company.name, *company.aliases) if name.strip()]
    full = {form for name in own for form in (name, *company_forms.forms_of(name, PLACES))}
    return frozenset(form for name in own for form in company_forms.short_forms(name)) - full


def prepare(company: Company, used: Iterable[NameUsage]) -> Names:
    """Return a company's names with their trust, as the stored news use these words."""
    known = {item.name: item for item in used}
    spoken = sorted(spoken_names(company), key=len, reverse=True)
    shortened = _shortened(company)
    parts = {name for name in spoken if any(other.startswith(f"{name} ") for other in spoken)}
    places = {alias for alias, why in doubtful(company) if why == "place"}
    names = tuple(
        _name(
            name,
            known.get(name),
            is_short=name in shortened,
            is_place=name in places,
            is_part=name in parts or name in places,
        )
        for name in spoken
    )
    return Names(
        company,
        names,
        _phrases(company.negatives),
        _industry(company),
        _own_words(company),
        frozenset(word for name in spoken for word in words_of(name)),
        AnyOf(name.spelling for name in names),
    )


def doubtful(company: Company) -> tuple[tuple[str, Doubt], ...]:
    """Return the aliases that are also a place or a word, which count with another sign only."""
    own = {company.name, *company_forms.forms_of(company.name, PLACES)}
    found: list[tuple[str, Doubt]] = []
    for alias in dict.fromkeys(company.aliases):
        if alias in own or not _is_plain(alias):
            continue
        if is_place(alias) or normalize(alias) in PLACES:
            found.append((alias, "place"))
        elif alias.casefold() in ORDINARY_WORDS:
            found.append((alias, "word"))
    return tuple(found)


def is_named(names: Names, article: Article) -> bool:
    """Return whether a name is there, whatever it means: a quick look, enough for most texts."""
    return names.any_name.is_in(text_of(article))


def _industry(company: Company) -> frozenset[str]:
    return frozenset(word for text in company.industry for word in words_of(text))


def _own_words(company: Company) -> frozenset[str]:
    names = (normalize(word) for name in spoken_names(company) for word in name.split())
    return frozenset(names) | _industry(company)


def find(
    names: Names,
    story: Story,
    words: frozenset[str],
    *,
    listed: float,
    own: bool,
    likeness: Callable[[], float] = float,
) -> Mention:
    """Return what a story has to do with the company.

    `words` are the story's normalized words; `listed` says how far a feed that brought it and was
    listed for the company is about it, from 0 to 1, or less where only a topic's feed brought it;
    `own` that it is the company's own: then no
    name is needed. `likeness` gives how much
    the story speaks of the company's things, in log-odds (see `context_of`); it is asked for where
    a name is there.
    """
    if own:
        return Mention("about", 1.0, OWN_NEWS, own=True)
    title, text = story.lead.title, story.lead.text[:LONGEST_TEXT]
    removed = ""
    if names.negatives and (hit := names.negatives.search(f"{title}\n{text}")):
        removed = hit.text
        title, text = (names.negatives.sub(" ", part) for part in (title, text))
    places = _places(names, title, text)
    if not places:
        return _none(names, removed, "")
    context = _context(names, words) + OWN_FEED * max(listed, 0.0)
    spoken, alike = _words_of_business(names, words), likeness()

    def surer(place: _Place) -> float:
        if place.name.trust >= FULL_FORM:  # it needs no likeness, and no word of business
            return context
        is_hobby = listed < 0 and spoken < (LEAST_ACTING if place.acts else LEAST_BUSINESS)
        return context + alike + (FROM_TOPIC if is_hobby else 0.0)

    sums = [(place.total + surer(place), place) for place in places]
    meant = [place for total, place in sums if total > 0]
    if not meant:
        return _none(names, removed, places[0].name.text)
    best = max(total for total, _ in sums)
    first = min(meant, key=lambda place: place.begin)
    near = first.begin < len(title) + ABOUT_LETTERS
    confidence = 1 / (1 + math.exp(-min(best, SURE)))
    in_title = first.begin < len(title)
    about: About = "about" if near else "mentioned"
    return Mention(about, round(confidence, 4), (first.name.text,), in_title=in_title)


def context_of(centroid: float, meaning: float | None) -> float:
    """Return how much likeness with the company's own news and its industry speaks for it.

    Both are cosines; `meaning` is None where it is left out.
    """
    likeness = CENTROID * (centroid - CENTROID_MIDDLE)
    return likeness if meaning is None else likeness + MEANING * (meaning - MEANING_MIDDLE)


def _none(names: Names, removed: str, found: str) -> Mention:
    if removed:
        reason = f'"{removed}" is on your `not:` list'
        return Mention("none", 0.0, (removed,), reason, not_meant="on the not list")
    if found:
        reason = f'"{found}" is there, but as another name or an ordinary word'
        return Mention("none", 0.0, (), reason, not_meant="another name")
    reason = f"{names.company.name} is not named in it"
    return Mention("none", 0.0, (), reason, not_meant="not named")


# ------------------------------------------------------------------------------------ occurrences


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a name is, with what speaks for it there."""

    name: KnownName
    begin: int
    total: float
    other: bool  # it is part of another name
    acts: bool = False  # it does or has what only organisations do or have


def _places(names: Names, title: str, text: str) -> list[_Place]:
    """Return each place of each name. In a longer name a shorter one is not found again."""
    title = plain_text(title)
    whole = f"{title}\n{plain_text(text)}"
    if not names.any_name.is_in(whole):
        return []
    free = len(title) if is_title_case(title) else 0  # up to here a capital tells nothing
    if _has_capital_nouns(whole):
        free = len(whole)
    taken: list[tuple[int, int]] = []
    places: list[_Place] = []
    text_there = comparable(whole)
    for name in names.names:
        for span in name.spelling.places(text_there):
            if any(one <= span[0] < other for one, other in taken):
                continue
            taken.append(span)
            places.append(_place(names, name, _Here(whole, span, len(title)), free))
    others = {place.name.text for place in places if place.other}
    return [
        replace(place, total=place.total + OTHER_SENSE) if place.name.text in others else place
        for place in places
    ]


@dataclass(frozen=True, slots=True)
class _Here:
    """Where a name stands in title and text, in the form that is compared."""

    whole: str
    span: tuple[int, int]
    title: int  # its length


def _place(names: Names, name: KnownName, found: _Here, free: int) -> _Place:
    (begin, end), whole, title = found.span, found.whole, found.title
    before, after = whole[max(0, begin - 40) : begin], whole[end : end + 40]
    in_title = begin < title
    total = name.trust + (IN_TITLE if in_title else 0.0)
    if _is_source(before, after, begin - title):
        return _Place(name, begin, total + AS_SOURCE, False)
    if name.trust >= FULL_FORM:
        return _Place(name, begin, total, False)
    if _LEGAL_FORM.match(after) or _TICKER.match(after) or _own_word_follows(names, after):
        return _Place(name, begin, total + WITH_FORM, False)
    has_model = _MODEL.match(after) is not None
    told = begin >= free and not has_model  # what follows with a capital is no longer name
    if _is_other_name(names, name, before, after, capitals_tell=told):
        return _Place(name, begin, total + IN_OTHER_NAME, True)
    is_local = name.is_part and _is_local(before, after)
    acts = not is_local and (has_model or _ACTS.match(after) is not None)
    if acts or is_local:
        total += ACTS if acts else AS_PLACE
    if begin >= free and not in_title and re.search(r"[a-z,] $", before):
        total += CAPITAL if name.trust == ORDINARY else 0.0
    if begin < free and name.trust < 0:
        total += IN_TITLE_CASE
    if re.search(r"[A-Z]\w+, $", before) and re.match(r",? (?:and |or |& )?[A-Z]", after):
        total += IN_A_LIST
    return _Place(name, begin, total, False, acts)


def _is_local(before: str, after: str) -> bool:
    """Return whether a place is meant by what stands beside a name."""
    found = _WITHIN.search(before)
    is_held = found and found["plain"] and (found["word"] or "").casefold() in _HELD_IN
    is_within = found and not is_held and not _THEIR_SITE.match(after)
    return bool(_LOCAL.match(after) or is_within)


def _is_source(before: str, after: str, from_text: int) -> bool:
    """Return whether a name only says who brings the news, or is that of a stock index."""
    dateline = before.endswith("(") and 0 <= from_text < ABOUT_LETTERS and after.startswith(")")
    told = _SOURCE_BEFORE.search(before) and not _POSSESSIVE.match(after)
    reported = before.endswith(", ") and _REPORTED.match(after)
    signed = _SIGNED_BEFORE.search(before) and _SIGNED_AFTER.fullmatch(after)
    return bool(
        dateline or told or reported or signed or _INDEX.match(after) or _SOURCE_AFTER.match(after)
    )


def _own_word_follows(names: Names, after: str) -> bool:
    found = re.match(r"[ -]([A-Z]\w+)", after)
    return found is not None and normalize(found.group(1)) in names.own_words


def _is_other_name(
    names: Names, name: KnownName, before: str, after: str, *, capitals_tell: bool
) -> bool:
    """Return whether a neighbour makes a longer name of it: one learned, or one with a capital.

    What follows an unusual name is its product: Google Groups.
    """
    if _COMPOUND.search(before) or (_CALLED.search(before) and _OF_A_PLACE.match(after)):
        return True
    follows, precedes = _word_after(after), _word_before(before)
    if normalize(precedes) in name.before or (
        follows[:1].isupper() and normalize(follows) in _PLACE_HEADS
    ):
        return True
    if name.trust < UNUSUAL and normalize(follows) in name.after:
        return True
    if not capitals_tell:
        return False
    if _makes_name(precedes, _BEFORE_NAME | names.own_words):
        return True
    return name.trust < UNUSUAL and _makes_name(follows, _AFTER_NAME | names.own_words)


def _makes_name(word: str, harmless: frozenset[str]) -> bool:
    if not word[:1].isupper() or word[:2].isupper():  # "Pioneer TVs", "Oracle CEO"
        return False
    return normalize(word) not in harmless and normalize(word) not in STOP_WORDS


def _word_after(after: str) -> str:
    found = re.match(r" ([^\W\d_][\w'’-]*)", after)
    return found.group(1) if found else ""


def _word_before(before: str) -> str:
    """Return the word before, unless it ends a sentence or is in the possessive."""
    found = re.search(r"(?<![\w'’-])([^\W\d_][\w'’-]*) $", before)
    word = found.group(1) if found else ""
    return "" if word.endswith(("'s", "’s", "s'", "s’")) else word


def _has_capital_nouns(text: str) -> bool:
    """Return whether every noun has a capital there: "Der Chiphersteller Infineon" is no name."""
    return language_of(text) == "german"


def _words_of_business(names: Names, words: frozenset[str]) -> int:
    """Return how many there are; one of the company's industry is enough."""
    return LEAST_BUSINESS if names.industry & words else len(BUSINESS_WORDS & words)


def _context(names: Names, words: frozenset[str]) -> float:
    industry = len(names.industry & words)
    business = len(BUSINESS_WORDS & words - names.industry)
    sport = 0 if names.industry & _SPORT else len(_SPORT & words)
    return INDUSTRY * min(industry, 2) + BUSINESS * min(business, 3) + SPORT * min(sport, 2)


# ------------------------------------------------------------------------------------------ names


def _name(
    name: str, used: NameUsage | None, *, is_short: bool, is_place: bool, is_part: bool
) -> KnownName:
    if not _is_plain(name):
        return KnownName(name, spelling(name), _trust_of_form(name))
    used = used or NameUsage(name)
    trust = SHORTENED if is_short else UNUSUAL
    if (
        is_place or normalize(name) in PLACES
    ):  # American, Continental: always with a capital, which tells nothing
        trust = OF_A_PLACE
    elif used.lower > LOWER_SHARE * used.total or (
        used.total < LEAST_SEEN and name.casefold() in ORDINARY_WORDS
    ):
        trust = ORDINARY
    elif used.other > OTHER_SHARE * used.total:
        trust = SHARED
    before, after = frozenset(used.before), frozenset(used.after)
    return KnownName(name, spelling(name), trust, before, after, is_part)


def _is_plain(name: str) -> bool:
    """Return whether a name is one word that looks like it: "Sharp", not "eBay" or "ORCL"."""
    single = re.fullmatch(r"[^\W\d_][^\W\d_A-Z]+", name)
    return bool(single) and not name.isupper() and not UNSPACED.search(name)


def _trust_of_form(name: str) -> float:
    if name.isupper() and " " not in name:
        is_sure = len(name) >= 3 or any(map(str.isdigit, name))  # 3M
        return TICKER if is_sure else ORDINARY
    return FULL_FORM


class Usage:
    """Counts how the news write those of a company's names that are also words."""

    def __init__(self, company: Company) -> None:
        names = [name for name in spoken_names(company) if _is_plain(name)]
        self._own_words = _own_words(company)
        self._small = frozenset(name for name in names if name.islower())
        self._seen: dict[str, list[_Sample]] = {name: [] for name in names}

    def see(self, text: str) -> None:
        """Count the names in one text."""
        whole = comparable(text)
        for name, samples in self._seen.items():
            if len(samples) < MOST_SAMPLES:
                places = phrase(name).places(whole)
                small = name.casefold() in self._small
                samples.extend(
                    _sample(whole.text, place, self._own_words, is_small=small)
                    for place in places
                    if not _is_in_address(whole.text, place)
                )

    def counted(self) -> tuple[NameUsage, ...]:
        """Return what was counted."""
        return tuple(_count(name, samples) for name, samples in self._seen.items())


def _is_in_address(text: str, place: tuple[int, int]) -> bool:
    """Return whether a word in small letters is part of a link or a domain: "amazon.com/dp"."""
    begin, end = place
    if not text[begin:end].islower():
        return False
    before = text[max(0, begin - LONGEST_LINK) : begin].rsplit(maxsplit=1)
    after = text[end : end + LONGEST_LINK].split(maxsplit=1)
    told = "" if not before or text[begin - 1].isspace() else before[-1]
    tells = "" if not after or text[end].isspace() else after[0]
    return _ADDRESS.search(f"{told} {tells}") is not None


_Sample = tuple[bool, str, str]  # in small letters? the neighbours that make a longer name


def _sample(
    text: str, place: tuple[int, int], own_words: frozenset[str], *, is_small: bool
) -> _Sample:
    """Return whether a word is in small letters, and its neighbours that make a longer name.

    Where the company itself writes it so, it is no ordinary word if it acts: "adidas raises …".
    """
    begin, end = place
    if text[begin:end].islower():
        is_name = is_small and _ACTS.match(text[end : end + 40]) is not None
        return not is_name, "", ""
    title_end = text.find("\n")
    if begin < title_end and is_title_case(text[:title_end]):
        return False, "", ""
    if _has_capital_nouns(text):
        return False, "", ""
    precedes, follows = (
        _word_before(text[max(0, begin - 40) : begin]),
        _word_after(text[end : end + 40]),
    )
    before = normalize(precedes) if _makes_name(precedes, _BEFORE_NAME | own_words) else ""
    is_own = _LEGAL_FORM.match(text[end : end + 40]) or _MODEL.match(text[end : end + 40])
    after = (
        normalize(follows) if not is_own and _makes_name(follows, _AFTER_NAME | own_words) else ""
    )
    return False, before, after


def _count(name: str, samples: list[_Sample]) -> NameUsage:
    before = Counter(sample[1] for sample in samples if sample[1])
    after = Counter(sample[2] for sample in samples if sample[2])
    return NameUsage(
        name,
        total=len(samples),
        lower=sum(sample[0] for sample in samples),
        other=sum(bool(sample[1] or sample[2]) for sample in samples),
        before=tuple(sorted(word for word, times in before.items() if times >= SEEN_TWICE)),
        after=tuple(sorted(word for word, times in after.items() if times >= SEEN_TWICE)),
    )


def _phrases(written: Iterable[str]) -> AnyOf:
    words = filter(str.strip, written)
    return AnyOf(phrase(text) for text in sorted(words, key=len, reverse=True))
