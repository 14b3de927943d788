"""A small world for the tests of relevance: stories, notes and rankings in one line each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from pipeline.records import (
    Article,
    Company,
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
from pipeline.relevance import companies
from pipeline.relevance.score import rank
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


def ranked(
    stories: Sequence[Story],
    *lines: NoteLine,
    company: Company = MERRIN,
    profile: Sequence[NoteLine] = (),
    people: tuple[Person, ...] = (),
    feeds: dict[str, tuple[Feed, ...]] | None = None,
    settings: RelevanceSettings | None = None,
    wrong_company: frozenset[str] = frozenset(),
) -> tuple[Match, ...]:
    """Rank stories for an interview with these note lines."""
    when = NOW - timedelta(days=3)
    file = "data/notes/merrin.md"
    interview = Interview(file, company.slug, when, True, people=people, lines=lines)
    return rank(
        interview,
        company,
        Profile(tuple(profile)),
        stories,
        count(*stories),
        feeds=feeds or {},
        settings=settings or RelevanceSettings(),
        now=NOW,
        wrong_company=wrong_company,
    )


def mention(company: Company, told: Story, *others: str, listed: bool = False) -> Mention:
    """Return what a story has to do with a company, as the background and `others` use its name."""
    own = companies.text_of(told)
    names = companies.prepare(company, (*BACKGROUND, *others, own))
    return companies.find(names, told, frozenset(words_of(own)), listed=listed, own=False)
