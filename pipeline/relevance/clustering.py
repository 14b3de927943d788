"""Clusters articles into stories: articles with the same text, edited or not, are one story.

Takes articles and the story ids of earlier runs; gives stories. In order:

    known        articles that an earlier run put into one story stay together
    same page    the same canonical link; from another feed, with a word of the title in common
    candidates   the same title, or much the same words (`minhash`)
    likeness     how much they share, with the limits below
    facts        whether each has a fact in the other's place (`story_features`): then they stay
                 apart
    join         the most alike first; two groups only when no facts of theirs exclude each other

Judgement calls: a figure that differs on both sides makes two stories ("rises 5 %" and "rises
6 %"), unless one title says that it updates or corrects. What one feed says word for word under
three titles or more is boilerplate (a cookie notice, "Listen to the show") and counts for nothing.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from functools import lru_cache
from itertools import compress, islice
from types import MappingProxyType
from typing import Any

from pipeline.records import Article, Story
from pipeline.relevance import fingerprints, hashed_terms, minhash, story_features
from pipeline.relevance.fingerprints import SOME_TEXT, CandidatePairs
from pipeline.relevance.groups import Groups
from pipeline.relevance.lead import Order, first_of, story_of
from pipeline.relevance.terms import STOP_WORDS, words_of

# ------------------------------------------------------------ every number, and where it is from
SAME_WITHIN = timedelta(days=5)  # titles and short texts: NewsBlur's clusters span 120 hours
SAME_TEXT_WITHIN = timedelta(days=60)  # long texts: "a release reprinted three weeks later" in
# story_pairs.yaml, with room; that the facts differ parts a monthly template before
LONG_TEXT = 40  # words: below it, a text is a teaser (median of the labelled collection: 31)
ALIKE = 0.5  # words shared, of all words of both: of the labelled collection's 28 pairs above it
# one is wrong (and its numbers differ); of the 17 from .4 to .5 at least three are other events
ALIKE_TITLES = (
    0.75  # the same for titles alone: one word of seven may be another, or one of four be added
)
ALIKE_PART = 0.6  # the same for a teaser and the beginning, or the end, of the full text
SHORTER = 0.67  # of the words: then the one may be a part of the other
FEWEST_SHARED = 6  # words, of a part: "teaser of twelve words" in story_pairs.yaml
SHORTEST_TITLE = 4  # words: "Daily briefing" is a title of many stories
TELLING_TITLE = (
    4  # words without stop words: enough for two different texts: "Game preview" is not,
)
# "Corvin and Delmas build hydrogen trucks together" is (story_pairs.yaml)
TEMPLATE = 0.3  # words shared under the same title: one template, so their facts are compared
# no border test: speed only
MOST_CHECKED = 6  # articles of a group whose facts are compared when two groups join


def cluster(
    articles: Iterable[Article],
    known: Mapping[str, str],
    *,
    order: Order = MappingProxyType({}),
    used: Container[str] = frozenset(),
    words: bytes = b"",
    candidates: CandidatePairs | None = None,
) -> tuple[Story, ...]:
    """Return the stories, newest first. A story known from earlier keeps its id.

    `known` says which story each article was put into; `order` is that of
    the feeds (see `lead`); `used` the stories of which a message was suggested:
    where two known stories turn out to be one, its id is that of a used one, else of the first.

    All articles are compared, by the weights of `words` that were learned, if any. With
    `candidates` only the pairs in it are: then `articles` are those of the pairs, and all of the
    stories that these are known to belong to. The stories are the same, but where a text has more
    fellows than are compared (a template), or where earlier groups would now be joined in another
    order.
    """
    ordered = sorted(articles, key=lambda article: (article.published, article.id))
    found = fingerprints.hashes(ordered)
    boilerplate = candidates.boilerplate if candidates else fingerprints.boilerplate(found)
    groups = Groups(len(ordered))
    for one, other in _certain(ordered, known, found, boilerplate):
        groups.join(one, other)
    if not all(article.id in known for article in ordered):  # else earlier runs compared them
        rows = hashed_terms.rows(fingerprints.compared_texts(ordered, found, boilerplate))
        pairs = (
            _places(ordered, candidates)
            if candidates
            else minhash.pairs(fingerprints.signatures_of(rows, words))
        )
        _join_alike(groups, _Comparison(ordered, rows, pairs), ordered, known)
    stories = [
        _story([ordered[number] for number in members], known, order, used)
        for members in groups.all()
    ]
    return tuple(sorted(stories, key=lambda s: (s.lead.published, s.id), reverse=True))


def _join_alike(
    groups: Groups, compare: _Comparison, ordered: Sequence[Article], known: Mapping[str, str]
) -> None:
    for one, other in compare.alike():
        if _told_apart(ordered[one], ordered[other], known):
            continue
        left, right = groups.members_of(one), groups.members_of(other)
        if left is right or _known_apart(ordered, left, right, known):
            continue
        if compare.agree(left, right, is_copy=compare.is_copy(one, other)):
            groups.join(one, other)


def _told_apart(one: Article, other: Article, known: Mapping[str, str]) -> bool:
    """Return whether an earlier run saw both and kept them apart: only a new article joins them."""
    return one.id in known and other.id in known and known[one.id] != known[other.id]


def _known_apart(
    ordered: Sequence[Article], left: Sequence[int], right: Sequence[int], known: Mapping[str, str]
) -> bool:
    """Return whether two groups are stories of earlier runs that only their own feed may join.

    Another feed's text that is like both would hide one of them behind the other. The smaller group
    is looked at first: it mostly is one new article, and a crowd is not read for each of them.
    """
    small, large = sorted((left, right), key=len)
    names = {known[ordered[number].id] for number in small if ordered[number].id in known}
    if not names:
        return False
    others = {known[ordered[number].id] for number in large if ordered[number].id in known}
    if not others or names == others:
        return False
    feed = ordered[small[0]].feed
    return any(ordered[number].feed != feed for group in (small, large) for number in group)


def _story(
    members: Sequence[Article],
    known: Mapping[str, str],
    order: Order,
    used: Container[str],
) -> Story:
    ids = [known[article.id] for article in members if article.id in known]
    ids.sort(key=lambda name: name not in used)  # the first of the used, else the first
    return story_of(ids[0] if ids else first_of(members, order).id, members, order)


def _places(ordered: Sequence[Article], candidates: CandidatePairs) -> Iterator[tuple[int, int]]:
    """Yield the pairs as numbers, in order."""
    place = {article.id: number for number, article in enumerate(ordered)}
    here = [pair for pair in candidates.pairs if pair[0] in place and pair[1] in place]
    found = ((place[one], place[other]) for one, other in here)
    yield from sorted((min(pair), max(pair)) for pair in found)


# -------------------------------------------------------------------------- known and same page


def _certain(
    ordered: Sequence[Article], known: Mapping[str, str], found: Any, boilerplate: Container[int]
) -> Iterator[tuple[int, int]]:
    """Yield the pairs that need no look at their words: one story before, or one page."""
    first: dict[tuple[str, ...], int] = {}
    pages = found[fingerprints.PAGE_HERE].tolist()
    for number, (article, page) in enumerate(zip(ordered, pages, strict=True)):
        keys: list[tuple[str, ...]] = [("story", known.get(article.id, article.id))]
        if article.canonical and page not in boilerplate:
            keys += _page_keys(article)
        for before in {first.setdefault(key, number) for key in keys}:
            if before != number:
                yield before, number


def _page_keys(article: Article) -> Iterator[tuple[str, ...]]:
    """Yield what two articles with one link have in common where they can be one page.

    A feed may re-title its own page; under a stranger's title the link is only borrowed.
    """
    yield "feed", article.canonical, article.feed
    for word in set(words_of(article.title)) or {""}:
        yield "title", article.canonical, word


# ----------------------------------------------------------------------------------- comparison


class _Comparison:
    """Compares articles by their words, and, where those are alike, by their facts."""

    def __init__(
        self,
        ordered: Sequence[Article],
        rows: hashed_terms.Rows,
        pairs: Iterable[tuple[int, int]],
    ) -> None:
        self._articles, self._rows, self._pairs = ordered, rows, pairs
        self._dull = hashed_terms.numbers_of(STOP_WORDS)
        self._told = hashed_terms.numbers_of(story_features.SPELT_OUT)
        self._facts = lru_cache(maxsize=1 << 12)(self._read)

    def _read(self, number: int) -> story_features.StoryFeatures:
        article = self._articles[number]
        return story_features.read(article.title, article.text if self._length(number) else "")

    def _title(self, number: int) -> list[int]:
        return self._row(self._rows.titles[number], self._rows.texts[number])

    def _text(self, number: int) -> list[int]:
        return self._row(self._rows.texts[number], self._rows.ends[number])

    def _whole(self, number: int) -> list[int]:
        return self._row(self._rows.titles[number], self._rows.ends[number])

    def _row(self, begin: int, end: int) -> list[int]:
        found: list[int] = self._rows.flat[begin:end].tolist()
        return found

    def _length(self, number: int) -> int:
        return self._rows.ends[number] - self._rows.texts[number]

    def alike(self) -> list[tuple[int, int]]:
        """Return the pairs that may be one story, the most alike first."""
        found: dict[tuple[int, int], float] = {}
        for one, other in self._pairs:
            likeness = self._likeness(one, other)
            if likeness:
                found[one, other] = likeness
        for one, other in self._same_titles():
            found[one, other] = max(found.get((one, other), 0.0), self._under_one_title(one, other))
        alike = [pair for pair, likeness in found.items() if likeness]
        return sorted(alike, key=lambda pair: (-found[pair], pair))

    def agree(self, left: Sequence[int], right: Sequence[int], *, is_copy: bool) -> bool:
        """Return whether no facts of two groups exclude each other.

        Where a copy joins them, its feed has no say by what else it put into both: it would keep
        its copy apart from the story that it copied, to stand beside it or in its place.
        """
        return not any(
            self._exclude(one, other)
            for one in islice(left, MOST_CHECKED)
            for other in islice(right, MOST_CHECKED)
            if not (is_copy and self._articles[one].feed == self._articles[other].feed)
        )

    def is_copy(self, one: int, other: int) -> bool:
        """Return whether two feeds tell the same under the same title."""
        if self._articles[one].feed == self._articles[other].feed:
            return False
        is_said = min(self._length(one), self._length(other)) >= SOME_TEXT
        return self._title(one) == self._title(other) and (
            not is_said or self._share(self._text(one), self._text(other), ALIKE) > 0
        )

    def _exclude(self, one: int, other: int) -> bool:
        """Return whether the facts exclude each other; where none can differ they aren't read."""
        left, right = self._whole(one), self._whole(other)
        if left == right:
            return False
        if not (self._may_tell(one, left, right) and self._may_tell(other, right, left)):
            return False
        strict = self._articles[one].feed == self._articles[other].feed
        return story_features.exclude(self._facts(one), self._facts(other), strict=strict)

    def _may_tell(self, number: int, row: list[int], other: list[int]) -> bool:
        """Return whether a word that the other lacks may be a fact: it is striking, or repeated."""
        lacking = set(row) - set(other)
        told, lacking = lacking & self._told, lacking - self._dull
        if told or any(row.count(word) > 1 for word in lacking):
            return True
        return any(word in lacking for word in self._striking(number, row))

    def _striking(self, number: int, row: list[int]) -> Iterator[int]:
        """Yield the words with a capital or a digit; of a title full of capitals, the first."""
        rows = self._rows
        begin, text, end = rows.titles[number], rows.texts[number], rows.ends[number]
        looks, title = rows.looks[begin:end].tolist(), text - begin
        if all(look or word in self._dull for word, look in zip(row, looks[:title], strict=False)):
            looks[1:title] = [look == hashed_terms.SPECIAL for look in looks[1:title]]
        yield from compress(row, looks)

    def _within(self, one: int, other: int, limit: timedelta) -> bool:
        return abs(self._articles[one].published - self._articles[other].published) <= limit

    def _likeness(self, one: int, other: int) -> float:
        """Return how much two articles share, or 0.0 when it is not enough, or too late."""
        shorter = min(self._length(one), self._length(other))
        long = shorter >= LONG_TEXT
        if not self._within(one, other, SAME_TEXT_WITHIN if long else SAME_WITHIN):
            return 0.0
        if shorter < SOME_TEXT:
            needed = ALIKE if shorter else ALIKE_TITLES
            return self._share(self._whole(one), self._whole(other), needed)
        left, right = self._text(one), self._text(other)
        return self._share(left, right, ALIKE) or self._as_part(*sorted((left, right), key=len))

    def _as_part(self, short: list[int], full: list[int]) -> float:
        """Return how much a short text shares with the beginning or the end of a full one."""
        if len(short) > SHORTER * len(full):
            return 0.0
        return max(
            self._share(short, part, ALIKE_PART, FEWEST_SHARED)
            for part in (full[: len(short)], full[-len(short) :])
        )

    def _share(
        self, left: list[int], right: list[int], needed: float, fewest: int = SHORTEST_TITLE
    ) -> float:
        one, other = set(left) - self._dull, set(right) - self._dull
        common = len(one & other)
        share = common / max(1, len(one) + len(other) - common)
        return share if share >= needed and common >= fewest else 0.0

    def _same_titles(self) -> Iterator[tuple[int, int]]:
        """Yield each article with the one before it under the same title, if that is telling."""
        rows, latest = self._rows, dict[bytes, int]()
        for number, (begin, end) in enumerate(zip(rows.titles, rows.texts, strict=True)):
            if end - begin >= SHORTEST_TITLE:
                title = rows.flat[begin:end].tobytes()
                before = latest.get(title)
                if before is not None and self._within(before, number, SAME_WITHIN):
                    yield before, number
                latest[title] = number

    def _under_one_title(self, one: int, other: int) -> float:
        """Return how alike two articles of one title are: texts that differ need a telling one."""
        if min(self._length(one), self._length(other)) < SOME_TEXT:
            return 1.0
        left, right = self._text(one), self._text(other)
        if self._share(left, right, TEMPLATE):
            return 1.0
        telling = len(set(self._title(one)) - self._dull) >= TELLING_TITLE
        elsewhere = self._articles[one].feed != self._articles[other].feed
        return 1.0 if telling and elsewhere else 0.0
