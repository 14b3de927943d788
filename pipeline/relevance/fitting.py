"""Learning from the stored news: everything that scoring needs besides the story itself.

Takes a way to read the stored articles, the companies and the office lines; gives `Knowledge`:
the document frequencies, the weights of words that grouping needs, a profile of each company, and
what the embeddings need. Done when a refit is due (see `refit.is_due`) or when the candidate wrote
something new; a new article is scored with what was learned before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import cache, lru_cache
from itertools import islice

from pipeline.records import (
    Article,
    Company,
    CompanyProfile,
    EmbeddingStatistics,
    Frequencies,
    Knowledge,
    NoteLine,
)
from pipeline.relevance import (
    bilingual,
    companies,
    company_profiles,
    fingerprints,
    meaning,
    model,
    refit,
    vectors,
)
from pipeline.relevance.terms import language_of

# ------------------------------------------------------------ every number, and where it is from
# no border test: for speed; what is made of a template shows at its beginning
BEGINNING = 120  # characters of a text
TEMPLATE = 0.5  # of its runs of three words; of a newspaper's beginnings some tenth stood before

_WORD = re.compile(r"[^\W\d_]+")

Read = Callable[[], Iterable[Article]]  # the stored articles, the newest first
# no border test: speed only: they are gone through seven times; so many take 10 MB
HELD = 4_000  # articles that are held in memory; more are read anew each time


def fit_knowledge(
    read: Read,
    known: Sequence[Company],
    lines: Sequence[NoteLine],
    now: datetime,
    before: Knowledge | None = None,
) -> Knowledge:
    """Return what the newest articles teach.

    With the knowledge from `before`, its document frequencies stay, and only what was written
    since is learned: new companies, other names, new lines.
    """
    once: set[str] = set()

    @cache
    def first() -> list[Article]:
        return list(islice(read(), HELD + 1))

    def newest() -> Iterable[Article]:
        return first() if len(first()) <= HELD else islice(read(), refit.ROLLING)

    def recent() -> Iterable[Article]:
        if not once:
            once.update(_told_once(newest()))
        return (article for article in newest() if article.id in once)

    frequencies = before.frequencies if before else model.fit(map(_text, recent()), now)
    old = (
        {company_profile.company: company_profile for company_profile in before.company_profiles}
        if before
        else {}
    )
    missing = [company for company in known if _is_missing(company, old)]
    new = {
        item.company: item for item in company_profiles.profiles_of(missing, recent, frequencies)
    }
    embeddings = before.embeddings if before else None
    if embeddings is None or not _is_of(embeddings, lines):
        embeddings = meaning.learn(
            lambda: map(_text, recent()),
            tuple(_office(lines)),
            _sharing(lines, frequencies),
            _in_english(lines),
        )
    both = old | new
    words = before.words if before else fingerprints.learn(map(_text, recent()))
    return Knowledge(frequencies, tuple(both[company.slug] for company in known), embeddings, words)


def _told_once(articles: Iterable[Article]) -> set[str]:
    """Return the articles to learn from: of what a feed makes of one template, one.

    Made of a template is what begins with words that stood together in the feed before.
    """
    found: set[str] = set()
    seen: set[int] = set()
    for article in articles:
        words = _WORD.findall(f"{article.title} {article.text[:BEGINNING]}".casefold())
        threes = {
            hash((article.feed, *three))
            for three in zip(words[:-2], words[1:-1], words[2:], strict=True)
        }
        if len(threes & seen) <= TEMPLATE * len(threes):
            found.add(article.id)
        seen |= threes
    return found


def is_complete(knowledge: Knowledge, known: Sequence[Company], lines: Sequence[NoteLine]) -> bool:
    """Return whether everything that the candidate wrote was learned."""
    old = {
        company_profile.company: company_profile for company_profile in knowledge.company_profiles
    }
    if any(_is_missing(company, old) for company in known) or len(old) != len(known):
        return False
    return knowledge.embeddings is not None and _is_of(knowledge.embeddings, lines)


def _is_of(embeddings: EmbeddingStatistics, lines: Iterable[NoteLine]) -> bool:
    return embeddings.nearest.keys() >= _office(lines).keys() and meaning.fits(embeddings)


def _sharing(lines: Sequence[NoteLine], frequencies: Frequencies) -> Callable[[str, str], float]:
    """Return the function that says what an office line shares with a text, by words."""
    languages = bilingual.languages_of(lines)
    names, known, abroad = {}, {}, {}
    for text, note in _office(lines).items():
        name = names[text] = bilingual.language_of(note, languages)
        known[text] = vectors.line_of(note, frozenset(), frequencies)
        if name:
            abroad[text] = vectors.line_in_english(note, frozenset(), frequencies, name)

    @lru_cache(maxsize=1)  # it is asked for each line in turn
    def compared(told: str) -> tuple[vectors.Vector, str]:
        title, _, text = told.partition("\n")
        return vectors.compared(title, text, frequencies)

    def shared(line: str, told: str) -> float:
        story, name = compared(told)
        own = known[line] if name == names[line] else abroad.get(line, known[line])
        found = vectors.evidence(own, story)
        return found.score if found else 0.0

    return shared


def _in_english(lines: Sequence[NoteLine]) -> Callable[[str], str]:
    """Return the function that says what a line, or a text of the news, is in English."""
    languages = bilingual.languages_of(lines)
    names = {text: bilingual.language_of(note, languages) for text, note in _office(lines).items()}

    @lru_cache(maxsize=meaning.MOST_TEXTS)  # each text is asked for three times
    def language(text: str) -> str:
        name = names.get(text)
        return language_of(text) if name is None else name

    def meant(text: str) -> str:
        return vectors.meant(text, language(text))

    return meant


def _office(lines: Iterable[NoteLine]) -> dict[str, NoteLine]:
    return {line.text: line for line in lines if line.section == "office"}


def _is_missing(company: Company, old: dict[str, CompanyProfile]) -> bool:
    company_profile = old.get(company.slug)
    return (
        company_profile is None
        or company_profile.names != companies.spoken_names(company)
        or company_profile.feeds != company_profiles.listed_feeds(company)
    )


def _text(article: Article) -> str:
    return f"{article.title}\n{article.text[: vectors.LONGEST_TEXT]}"
