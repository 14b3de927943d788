"""The labelled collections as the program sees them: stories prepared once, a matcher each.

Takes a collection; gives its prepared stories and, for each interview, the matcher that weighs
them. What is made of the weights is left to who asks.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.records import RelevanceSettings, Story
from pipeline.relevance import fitting, meaning, vectors
from pipeline.relevance.meaning import Embedding
from pipeline.relevance.score import Background, Matcher
from pipeline.relevance.vectors import Prepared
from tests.benchmarks.collection import Collection, Scenario

SETTINGS = RelevanceSettings()  # what is shown is shown with a user's settings untouched


@dataclass(frozen=True, slots=True)
class Ready:
    """A collection that is ready to be weighed: each item is a story of its own."""

    collection: Collection
    items: tuple[Prepared, ...]
    matchers: tuple[tuple[Scenario, Matcher], ...]
    embedding: Embedding


def made_ready(collection: Collection) -> Ready:
    """Learn from a collection's news what a run learns, and prepare its stories."""
    scenarios = collection.scenarios
    lines = [line for scenario in scenarios for line in scenario.interview.lines]
    companies = [scenario.company for scenario in scenarios]
    knowledge = fitting.fit_knowledge(lambda: collection.articles, companies, lines, collection.now)
    assert knowledge.embeddings
    embedding = meaning.Embedding(knowledge.embeddings)
    matchers = []
    for scenario, profile in zip(scenarios, knowledge.company_profiles, strict=True):
        background = Background(knowledge.frequencies, SETTINGS, embedding, {}, scenario.profile)
        matcher = Matcher(scenario.interview, scenario.company, profile, background)
        matchers.append((scenario, matcher))
    items = (
        vectors.prepare(Story(article.id, article), knowledge.frequencies, embedding)
        for article in collection.articles
    )
    return Ready(collection, tuple(items), tuple(matchers), embedding)
