"""Groups the tellings of one event: stories of several outlets on one thing that happened.

Takes the stories about one company; gives the event of each. Below it, `clustering` has made copies
of one text one story; here are other words, and other languages.

    of_matches   the event of each story that matches one company
    read         what a story says of what, whom and how much: a `Telling`
    compare      what two tellings have in common, in a handful of figures
    odds         the figures as one: the log-odds that both tell the same event
    group        the most alike are joined first, two groups by the average of all their pairs
                 (average linkage: so events do not chain)

What an earlier run has grouped stays so: a new story joins one of its events, or begins one. An
event's id is that of its first story.

Judgement calls: the reaction on the day, the union's word and the share price belong to the event;
the inquiry, the rescue, the fine of weeks later are events of their own. A company's statement that
does not name the thing belongs to the bad news of the days before.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache, lru_cache
from heapq import heapify, heappop, heappush
from itertools import chain, combinations, pairwise
from operator import mul

from pipeline.records import Company, Frequencies, Match, Story
from pipeline.records.record import dataclass
from pipeline.relevance import companies, event_words
from pipeline.relevance.beginnings import Finder
from pipeline.relevance.lexicon import COUNTED
from pipeline.relevance.model import idf, idf_of
from pipeline.relevance.story_features import body
from pipeline.relevance.terms import language_of, stop_words_of, words_of
from pipeline.text.headlines import bare_headline
from pipeline.text.patterns import compiled_later
from pipeline.text.urls import site_of

# ------------------------------------------------------------ every number, and where it is from
# What speaks for one event, in log-odds: a logistic regression on the pairs of
# tests/relevance/data/event_tellings.tsv (each with and without its texts) and on labelled pairs of
# January 2026. `python -m tests.benchmarks.events --fit` fits it again. Likeness in meaning (the
# cosine of the static embedding) was left out: with it precision and recall are the same within two
# hundredths or so, in one language and across.
# no border test: fitted as a whole; the benchmark measures it
BASE = -2.68
# no border test: fitted as a whole; the benchmark measures it
WEIGHTS = {
    "title words": 4.39,  # share of the titles' rare words that the other tells, from 0 to 1
    "words": 2.42,  # log(1 + rare words in common)
    "figures": 3.53,  # in common, each with its weight
    "other figures": -1.14,  # both have strong ones, but none in common
    "two languages": 1.09,
    "days apart": -1.36,  # for each day
    "one publisher": -1.22,  # whoever writes twice has something new
    "one pattern": -3.66,  # title words, of one publisher: a template, a column, a filing
    # By judgement, so that no likeness outweighs them; fitted, they are -2.7 and -3.8.
    "opposites": -8.0,  # "named" and "leaves"
    "another of a series": -8.0,  # "second quarter" and "third quarter"
    "only a subject": -8.0,  # neither names the company, and their headlines share little
    "without text": 0.83,  # for each: a title alone has less in common
    "one looks on": -1.63,  # one asks or explains, the other reports
}
# no border test: the benchmark measures it; at .5 precision is a hundredth better (two in January)
# and recall two to four hundredths worse
ONE_EVENT = 0.0  # the average log-odds from which on two groups are one: as likely as not
WITHIN = timedelta(days=6)  # a later story is about what became of it
STATEMENT_WITHIN = timedelta(days=3)  # of bad news: by then a company has spoken, or will not
# no border test: bounds what one pair counts among many; 3 to 8 do as well
MOST_ODDS = 5.0
# no border test: of a pair that was not looked at; -1 to -4 do about as well
UNSEEN_ODDS = -2.0
# no border test: bounds time; where more are grouped, pairs with little in common are left out
ALL_PAIRS = 500
# no border test: bounds time; a word in so many titles identifies no event
MOST_TITLES = 300
# no border test: bounds time: rarity of the words that two titles share. Of January's items a tenth
# of the pairs is left, in a fifteenth of the time, and recall is .877 instead of .904
LEAST_SHARED = 0.6
# By judgement: in a hobby's feed of few items every word of the hobby looks rare, and a launched
# hull became one event with a race. Headlines of one race share a third of what is rare in them.
ALIKE = 0.3  # share of the titles' rare words from which stories to read may be one event
# no border test: 250 and 600 do about as well
LEAD = 400  # characters of text: a first paragraph
# no border test: the benchmark measures it; at 0 the labelled pairs' average precision is .902, at
# .4 .928, at .5 .920
COMMON = 0.4  # rarity up to which a word is in any news
# no border test: the benchmark measures it; .3 and .4 do about as well
MEANING = 0.5  # rarity of a word that the dictionary knows, whatever its language
# no border test: the weights are fitted to them
LONE_DIGIT, TWO_DIGITS, SCALED = 0.3, 0.6, 0.7  # what a figure counts: 3; 30 or 42; 3 million;
# any longer one, or with decimals, is 1
# no border test: the weights are fitted to it
STRONG = 0.6  # a figure that counts so much is one by which an event is known

_NUMBER = compiled_later(
    r"(?<![\w.,])[$€£¥]?\s?(\d{1,3}(?:[.,  ’]\d{3})+(?!\d)|\d+(?:[.,]\d+)?)(?:\s?-?([^\W\d_]+))?"
)
_DAY = timedelta(days=1)
_GROUPED = compiled_later(r"\d{1,3}(?:[.,  ’]\d{3})+")
# no border test: far beyond real values
_YEARS = range(1990, 2050)
_WORD = compiled_later(r"\w+")
_ABOUT = compiled_later(
    r"^(?:what|how|why|who|where|when|is|are|can|will|should|was|inside|meet|watch|opinion|analysis|"
    r"everything|was|wie|warum|pourquoi|comment|por qué|cómo|qué)\b|"
    r"\b(?:explained|review|in pictures|photos|video|we know|need to know|live|odds|preview|"
    r"prediction|how to)\b|\?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Telling:
    """What a story says: about what, about whom, and how much."""

    story: str
    published: datetime
    seen: datetime  # when it was first read
    publisher: tuple[str, str]  # its site and name: a search for news has one site for many names
    title: Mapping[str, float]  # each word, or its meaning, with its rarity
    said: float  # by the title: the sum of its squares
    words: Mapping[str, float]  # the same of title and beginning
    figures: Mapping[float, float]  # each with its weight
    strong: frozenset[float]  # those by which an event is known
    ordinals: frozenset[int]  # "third": which of a series it is
    sides: tuple[frozenset[int], frozenset[int]]  # of which opposites the title holds one alone
    language: str
    has_text: bool
    is_background: bool  # the title asks, explains or looks on
    is_statement: bool
    is_bad: bool
    names_them: bool  # the company is in it


def read(
    story: Story,
    own: frozenset[str],
    frequencies: Frequencies,
    *,
    is_bad: bool = False,
    names_them: bool = True,
) -> Telling:
    """Return what a story says; `own` are the words of the company's names, which say nothing."""
    lead = story.lead
    title, text = bare_headline(lead.title, lead.source), body(lead.text)[:LEAD]
    whole = f"{title}. {text}"
    language = language_of(whole)
    without = stop_words_of(language)
    in_title, figures = _rarities(title, own, without, frequencies), _figures(whole)
    return Telling(
        story=story.id,
        published=lead.published,
        seen=min(article.seen for article in (lead, *story.others)),
        publisher=(site_of(lead.link) or lead.feed, lead.source),
        title=in_title,
        said=sum(rarity**2 for rarity in in_title.values()),
        words=in_title | _rarities(text, own, without, frequencies),
        figures=figures,
        strong=frozenset(figure for figure, weight in figures.items() if weight >= STRONG),
        ordinals=frozenset(
            event_words.ORDINALS[word]
            for word in _WORD.findall(title.casefold())
            if word in event_words.ORDINALS
        ),
        sides=_sides(title),
        language=language,
        has_text=bool(text),
        is_background=bool(_ABOUT.search(title)),
        is_statement=bool(event_words.STATEMENT.search(title)),
        is_bad=is_bad,
        names_them=names_them,
    )


def _rarities(
    text: str, own: frozenset[str], without: frozenset[str], frequencies: Frequencies
) -> dict[str, float]:
    highest = idf(frequencies, "")
    found = dict[str, float]()
    for word in words_of(text.replace("-", " "), without):
        if word in own or not (meant := _meant(word)):
            continue
        if meant[0] == "=":
            found[meant] = MEANING
            continue
        rarity = idf_of(frequencies.documents, frequencies.terms.get(word, 1)) / highest
        if rarity > COMMON:
            found[word] = (rarity - COMMON) / (1 - COMMON)
    return found


@lru_cache(maxsize=1 << 16)
def _meant(word: str) -> str:
    """Return a word, or its meaning after "=" where the dictionary has one; "" of a number."""
    if _counts(word):
        return ""
    meaning = event_words.meaning_of(word)
    return f"={meaning}" if meaning else word


def _counts(word: str) -> bool:
    """Return whether a word is a number, or says how many: these are compared as figures."""
    return (
        not word[0].isalpha()
        or word in COUNTED
        or word in event_words.NUMBER_WORDS
        or word in event_words.ORDINALS
        or word in event_words.SCALES
    )


def _sides(title: str) -> tuple[frozenset[int], frozenset[int]]:
    hits = iter(_opposites().find(title))
    pairs = [(bool(one), bool(other)) for one, other in zip(hits, hits, strict=True)]
    return (
        frozenset(number for number, pair in enumerate(pairs) if pair == (True, False)),
        frozenset(number for number, pair in enumerate(pairs) if pair == (False, True)),
    )


@cache
def _opposites() -> Finder:
    """Return what finds the words of each side, the two of a pair one after the other."""
    words = (side for pair in event_words.OPPOSITES for side in pair)
    return Finder([re.compile(rf"\b(?:{side})\b", re.IGNORECASE) for side in words])


def _figures(text: str) -> dict[float, float]:
    """Return each figure with its weight: "2.3 billion" and "2.300 millones" are the same."""
    found: dict[float, float] = {}
    for digits, unit in _NUMBER.findall(text):
        scale = event_words.SCALES.get(unit.casefold(), 1.0)
        value, weight = _figure(digits)
        found[round(value * scale, 4)] = weight if scale == 1 else max(weight, SCALED)
    words = _WORD.findall(text.casefold())
    if event_words.NUMBER_WORDS.keys().isdisjoint(words):
        return found
    for word, after in pairwise((*words, "")):
        if number := event_words.NUMBER_WORDS.get(word):
            scale = event_words.SCALES.get(after, 1.0)
            found.setdefault(number * scale, LONE_DIGIT if scale == 1 else SCALED)
    return found


def _figure(digits: str) -> tuple[float, float]:
    if _GROUPED.fullmatch(digits):
        return float(re.sub(r"\D", "", digits)), 1.0
    if not digits.isdigit():
        return float(digits.replace(",", ".")), 1.0
    value = int(digits)
    if value < 10 or value in _YEARS:
        return float(value), LONE_DIGIT
    return float(value), TWO_DIGITS if value < 100 else 1.0


def of_matches(
    company: Company,
    matches: Iterable[Match],
    known: Mapping[str, str],
    frequencies: Frequencies,
) -> dict[str, str]:
    """Return the event of each story that matches one company; `known` ones keep theirs.

    Only the new stories are compared, and only with those of the days around them.
    """
    bad, named, stories = set[str](), set[str](), dict[str, Story]()
    for match in matches:
        stories[match.story.id] = match.story
        bad |= {match.story.id} if match.sensitive else set()
        named |= {match.story.id} if match.mention.about != "none" else set()
    before = {story: known[story] for story in stories if story in known}
    days = sorted(story.lead.published for name, story in stories.items() if name not in known)
    if not days:
        return before
    own = frozenset(word for name in companies.spoken_names(company) for word in words_of(name))
    tellings = [
        read(story, own, frequencies, is_bad=name in bad, names_them=name in named)
        for name, story in stories.items()
        if days[0] - WITHIN <= story.lead.published <= days[-1] + WITHIN
    ]
    return before | group(tellings, before)


# ---------------------------------------------------------------------------------------- compare


def compare(one: Telling, other: Telling) -> dict[str, float]:
    """Return what two tellings have in common, and what sets them apart, as `WEIGHTS` has it."""
    shared = math.fsum([one.words[word] ** 2 for word in one.words.keys() & other.words.keys()])
    covered = (_covered(one, other) + _covered(other, one)) / 2
    figures = one.figures.keys() & other.figures.keys()
    same_publisher = one.publisher == other.publisher
    return {
        "title words": covered,
        "words": math.log1p(shared),
        "figures": min(math.fsum([min(one.figures[n], other.figures[n]) for n in figures]), 2.5),
        "other figures": float(_parted(one.strong, other.strong)),
        "two languages": float(one.language != other.language),
        "days apart": abs((one.published - other.published) / _DAY),
        "one publisher": float(same_publisher),
        "one pattern": covered if same_publisher else 0.0,
        "opposites": float(_are_opposite(one, other)),
        "another of a series": float(_parted(one.ordinals, other.ordinals)),
        "only a subject": float(
            covered < ALIKE and not (one.names_them or other.names_them) and not figures
        ),
        "without text": float((not one.has_text) + (not other.has_text)),
        "one looks on": float(one.is_background != other.is_background),
    }


def odds(one: Telling, other: Telling) -> float:
    """Return the log-odds that two tellings are of one event."""
    told: Iterator[float] = map(mul, WEIGHTS.values(), compare(one, other).values())
    return BASE + sum(told)


def _covered(one: Telling, other: Telling) -> float:
    """Return how much of a title the other one says, too."""
    words = other.words
    told = sum([rarity**2 for word, rarity in one.title.items() if word in words])
    return told / one.said if told else 0.0


def _parted(left: frozenset[float], right: frozenset[float]) -> bool:
    """Return whether both have some, but none in common."""
    return bool(left and right and left.isdisjoint(right))


def _are_opposite(one: Telling, other: Telling) -> bool:
    (left, right), (left2, right2) = one.sides, other.sides
    return not (left.isdisjoint(right2) and right.isdisjoint(left2))


# ------------------------------------------------------------------------------------------ group


def group(tellings: Iterable[Telling], known: Mapping[str, str]) -> dict[str, str]:
    """Return the event of each story; `known` says what earlier runs found."""
    ordered = sorted(tellings, key=lambda item: (item.seen, item.published, item.story))
    linkage = _Linkage(len(ordered))
    first: dict[str, int] = {}
    for number, item in enumerate(ordered):
        event = known.get(item.story)
        if event is not None:
            linkage.seed(first.setdefault(event, number), number)
    for one, other in _pairs(ordered, known):
        linkage.add(one, other, odds(ordered[one], ordered[other]))
    found = dict[str, str]()
    for members in linkage.joined():
        ids = [known[story] for n in members if (story := ordered[n].story) in known]
        event = ids[0] if ids else ordered[members[0]].story
        found.update((ordered[number].story, event) for number in members)
    return found | _statements(ordered, known, found)


def _pairs(ordered: Sequence[Telling], known: Mapping[str, str]) -> Iterator[tuple[int, int]]:
    """Yield the pairs that may be one event: near in time, and one of them new."""
    for one, other in _near(ordered):
        left, right = ordered[one], ordered[other]
        is_new = left.story not in known or right.story not in known
        if is_new and abs(left.published - right.published) <= WITHIN:
            yield one, other


def _near(ordered: Sequence[Telling]) -> Iterable[tuple[int, int]]:
    if len(ordered) <= ALL_PAIRS:
        return combinations(range(len(ordered)), 2)
    return _sharing([item.title for item in ordered])


def _sharing(titles: Sequence[Mapping[str, float]]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of titles whose rare words in common are rare enough together."""
    import numpy as np

    held = Counter(word for title in titles for word in title)
    last: dict[str, list[int]] = defaultdict(list)  # which titles hold a word, backwards
    pairs: list[list[int]] = []
    for number in reversed(range(len(titles))):
        words = [word for word in titles[number] if 1 < held[word] <= MOST_TITLES]
        after = [last[word] for word in words]
        weights = np.repeat([titles[number][word] for word in words], list(map(len, after)))
        shared = np.bincount([*chain.from_iterable(after)], weights) if len(weights) else weights
        pairs.append(np.flatnonzero(shared >= LEAST_SHARED).tolist())
        for holders in after:
            holders.append(number)
    return ((one, other) for one, found in enumerate(reversed(pairs)) for other in found)


def _statements(
    ordered: Sequence[Telling], known: Mapping[str, str], found: Mapping[str, str]
) -> dict[str, str]:
    """Return the events of new statements that are alone: the latest bad news before each."""
    sizes = Counter(found.values())
    alone = [
        item
        for item in ordered
        if item.is_statement and item.story not in known and sizes[found[item.story]] == 1
    ]
    events = {}
    for item in alone:
        bad = [
            other
            for other in ordered
            if other.is_bad
            and other.story != item.story
            and timedelta(0) <= item.published - other.published <= STATEMENT_WITHIN
        ]
        if bad:
            events[item.story] = found[max(bad, key=lambda other: other.published).story]
    return events


class _Linkage:
    """Groups of numbers, joined by the average of what speaks for their pairs."""

    def __init__(self, count: int) -> None:
        self._members = {number: [number] for number in range(count)}
        self._group = list(range(count))
        self._fixed: set[int] = set()  # groups of an earlier run: two of them are never joined
        self._sums: dict[int, dict[int, tuple[float, int]]] = defaultdict(dict)

    def seed(self, first: int, number: int) -> None:
        """Put a number into the group of an earlier run."""
        self._fixed.add(first)
        if first != number:
            self._members[first] += self._members.pop(number)
            self._group[number] = first

    def add(self, one: int, other: int, odds: float) -> None:
        """Note how much speaks for a pair, once all groups of earlier runs are there."""
        left, right = self._group[one], self._group[other]
        if left != right:
            self._raise(left, right, max(-MOST_ODDS, min(MOST_ODDS, odds)), 1)

    def joined(self) -> list[list[int]]:
        """Join the most alike while they are alike enough; return each group's numbers in order."""
        heap = [
            item
            for one in list(self._sums)
            for other in self._sums[one]
            if one < other and (item := self._candidate(one, other))
        ]
        heapify(heap)
        while heap:
            _, one, other, *sizes = heappop(heap)
            if sizes == [len(self._members.get(number, ())) for number in (one, other)]:
                self._join(one, other)
                for near in self._sums[one]:
                    if item := self._candidate(one, near):
                        heappush(heap, item)
        return [sorted(members) for members in self._members.values()]

    def _candidate(self, one: int, other: int) -> tuple[float, int, int, int, int] | None:
        total, seen = self._sums[one][other]
        sizes = len(self._members[one]), len(self._members[other])
        pairs = sizes[0] * sizes[1]
        average = (total + UNSEEN_ODDS * (pairs - seen)) / pairs
        if average < ONE_EVENT or (one in self._fixed and other in self._fixed):
            return None
        return -average, one, other, *sizes

    def _join(self, one: int, other: int) -> None:
        del self._sums[one][other], self._sums[other][one]
        for near, (total, seen) in self._sums.pop(other).items():
            del self._sums[near][other]
            self._raise(one, near, total, seen)
        self._members[one] += self._members.pop(other)
        if other in self._fixed:
            self._fixed.add(one)

    def _raise(self, one: int, other: int, total: float, seen: int) -> None:
        before, count = self._sums[one].get(other, (0.0, 0))
        self._sums[one][other] = self._sums[other][one] = (before + total, count + seen)
