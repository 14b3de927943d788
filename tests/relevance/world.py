"""A small world for the tests of relevance: stories, notes and rankings in one line each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from pipeline.records import (
    Article,
    Company,
    CompanyProfile,
    Feed,
    Frequencies,
    Interview,
    Match,
    Mention,
    NoteLine,
    Person,
    Profile,
    RelevanceSettings,
    Section,
    Story,
)
from pipeline.relevance import companies, company_profiles, vectors
from pipeline.relevance.freshness import aged, in_order
from pipeline.relevance.meaning import Embedding
from pipeline.relevance.score import Background, Matcher
from pipeline.relevance.terms import terms, words_of

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
MERRIN = Company("merrin", "Merrin Labs", ("Merrin",), industry=("battery", "energy storage"))

# What the papers write on any day: a background from which no word of the tests is rare.
BACKGROUND = (
    "The market opened higher as investors waited for the bank's decision.",
    "A storm closed the road over the pass, and the village was without power.",
    "The minister will rally support for the bill before the vote.",
    "The team won the cup after a late goal in the second half.",
    "Shares in the oil company fell when the price of crude dropped.",
    "A new study finds that children sleep less than they did.",
) * 30


def article(title: str, text: str = "", *, days: float = 1.0, **fields: str) -> Article:
    """Return an article of that many days ago; its title is its id."""
    link = fields.get("link", "")
    when = NOW - timedelta(days=days)
    return Article(
        fields.get("id", title),
        fields.get("feed", "https://news.example/rss"),
        title,
        link,
        fields.get("canonical", link),
        text,
        when,
        "feed",
        when,
    )


def story(title: str, text: str = "", *, days: float = 1.0, **fields: str) -> Story:
    """Return a story of one article."""
    lead = article(title, text, days=days, **fields)
    return Story(lead.id, lead)


def line(text: str, section: Section = "discussed", person: str = "", number: int = 1) -> NoteLine:
    """Return a note line."""
    return NoteLine("data/notes/merrin.md", number, section, text, person)


def count(*stories: Story) -> Frequencies:
    """Return the document frequencies of the background and some stories."""
    texts = (*BACKGROUND, *(f"{s.lead.title} {s.lead.text}" for s in stories))
    counted: dict[str, int] = {}
    for text in texts:
        for term in set(terms(text)):
            counted[term] = counted.get(term, 0) + 1
    return Frequencies(len(texts), counted, NOW)


def interview_of(
    *lines: NoteLine, company: Company = MERRIN, people: tuple[Person, ...] = ()
) -> Interview:
    """Return an interview of three days ago with these note lines."""
    when = NOW - timedelta(days=3)
    return Interview("data/notes/merrin.md", company.slug, when, True, people=people, lines=lines)


def portrait_of(
    company: Company, *stored: Story, frequencies: Frequencies | None = None
) -> CompanyProfile:
    """Return what the background and the stored stories teach about a company."""
    articles = [article(text, id=str(number)) for number, text in enumerate(BACKGROUND)]
    articles += [told.lead for told in stored]
    (company_profile,) = company_profiles.profiles_of(
        [company], lambda: articles, frequencies or count(*stored)
    )
    return company_profile


def matcher(
    *lines: NoteLine,
    company: Company = MERRIN,
    profile: Sequence[NoteLine] = (),
    people: tuple[Person, ...] = (),
    feeds: dict[str, tuple[Feed, ...]] | None = None,
    settings: RelevanceSettings | None = None,
    wrong_company: frozenset[str] = frozenset(),
    frequencies: Frequencies | None = None,
    company_profile: CompanyProfile | None = None,
    embedding: Embedding | None = None,
) -> tuple[Matcher, Background]:
    """Return what matches stories with these note lines; by words alone unless a sense is given."""
    background = Background(
        frequencies or count(),
        settings or RelevanceSettings(),
        embedding,
        feeds or {},
        Profile(tuple(profile)),
    )
    interview = interview_of(*lines, company=company, people=people)
    # A portrait from no news: the names are as unusual as they look, and nothing is kin.
    company_profile = company_profile or CompanyProfile(
        company.slug, companies.spoken_names(company)
    )
    return Matcher(interview, company, company_profile, background, wrong_company), background


def ranked(stories: Sequence[Story], *lines: NoteLine, **options: Any) -> tuple[Match, ...]:
    """Rank stories for an interview with these note lines, whose words the news have, too.

    The options are those of `matcher`.
    """
    options.setdefault("frequencies", count(*stories))
    made, background = matcher(*lines, **options)
    frequencies, embedding = background.frequencies, background.embedding
    prepared = (vectors.prepare(story, frequencies, embedding) for story in stories)
    return in_order(aged(made.match(item), background.settings, NOW) for item in prepared)


def mention(company: Company, told: Story, *others: str, listed: bool = False) -> Mention:
    """Return what a story has to do with a company, as the background and `others` use its name."""
    own = companies.text_of(told.lead)
    usage = companies.Usage(company)
    for text in (*BACKGROUND, *others, own):
        usage.see(text)
    names = companies.prepare(company, usage.counted())
    return companies.find(names, told, frozenset(words_of(own)), listed=listed, own=False)
