"""The name that the news use for a company, where none of them uses the one in feeds.yaml.

Takes a company and the newest articles of the feeds that are listed for it; gives the short form
that their titles use, "Nordhafen" for Nordhafen Merz GmbH, and how often. It is a part of the
name, or its initials; an ordinary word of it ("Logistics") is none. It is proposed, never used: of
a part of a name only the candidate can say whether it means this company.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from pipeline.records import Article, Company
from pipeline.records.record import dataclass
from pipeline.relevance import companies
from pipeline.relevance.companies import BUSINESS_WORDS
from pipeline.relevance.lexicon import PLACES
from pipeline.relevance.terms import STOP_WORDS, normalize
from pipeline.text.company_forms import is_one_name, short_form
from pipeline.text.name_spellings import AnyOf, phrase, spelling

# ------------------------------------------------------------ every number, and where it is from
# Set by judgement: a search brings 20 to 100 articles, and a few titles may be of a namesake.
LEAST_ARTICLES = 5  # that came, and name nothing
MOST_ARTICLES = 60  # that are looked at, the newest; no border test: for speed
LEAST_TITLES = 3  # that have the short form,
LEAST_SHARE = 0.3  # and of all titles
SHORTEST = 3  # letters of a part; of the initials two are enough: GE


@dataclass(frozen=True, slots=True)
class ShortName:
    """What the titles say: a form of the name (empty: none), in so many of them."""

    form: str
    titles: int
    articles: int


def proposed(company: Company, newest: Iterable[Article]) -> ShortName | None:
    """Return what the titles say, where enough articles came and none names the company."""
    names = companies.prepare(company, ())
    seen: list[Article] = []
    for article in islice(newest, MOST_ARTICLES):
        if companies.is_named(names, article):
            return None
        seen.append(article)
    if len(seen) < LEAST_ARTICLES:
        return None
    titles = [article.title for article in seen]
    counted = [(_titles_with(form, titles), form) for form in _candidates(company, titles)]
    # Of two that are in as many titles the longer one says more.
    times, form = max(counted, key=lambda item: (item[0], len(item[1])), default=(0, ""))
    if times < max(LEAST_TITLES, LEAST_SHARE * len(titles)):
        return ShortName("", 0, len(titles))
    return ShortName(form, times, len(titles))


def _candidates(company: Company, titles: Sequence[str]) -> list[str]:
    """Return the parts and initials of a company's names that may stand for it."""
    found: dict[str, None] = {}
    for name in (company.name, *company.aliases):
        words = short_form(name).split()
        found |= {" ".join(words[:count]): None for count in range(len(words) - 1, 0, -1)}
        found |= dict.fromkeys(words)
        found |= dict.fromkeys(part for word in words for part in word.split("-"))
        initials = "".join(word[0] for word in words if word[0].isupper())
        found |= {initials: None} if len(initials) > 1 else {}
    return [
        form for form in found if form.isupper() or _may_be_name(form, titles, company.negatives)
    ]


def _may_be_name(form: str, titles: Sequence[str], refused: Sequence[str]) -> bool:
    """Return whether a part is a name: no place, no word of business, never in small letters.

    What is on the `not:` list was refused.
    """
    small = normalize(form)
    if len(form) < SHORTEST or not form[:1].isupper():
        return False
    if any(is_one_name(form, word) for word in refused):
        return False
    if small in PLACES or small in STOP_WORDS or small in BUSINESS_WORDS:
        return False
    written = (found.text for title in titles for found in AnyOf([phrase(form)]).findall(title))
    return not any(text.islower() for text in written)


def _titles_with(form: str, titles: Sequence[str]) -> int:
    one = AnyOf([spelling(form)])
    return sum(one.is_in(title) for title in titles)
