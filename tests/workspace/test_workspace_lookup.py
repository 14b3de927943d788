"""Whose feed leads: the order of feeds.yaml."""

from __future__ import annotations

from pathlib import Path

from pipeline.records import Company, Config, Feed, Settings, Topic, Workspace
from pipeline.workspace.lookup import feed_order


def ranked(companies: tuple[str, ...], topics: tuple[str, ...]) -> list[str]:
    """Return the feeds in their order; each list is a word, each letter a feed."""
    config = Config(
        Settings(),
        tuple(
            Company(word, word, feeds=tuple(Feed(letter, company=word) for letter in word))
            for word in companies
        ),
        tuple(
            Topic(word, feeds=tuple(Feed(letter, topic=word) for letter in word)) for word in topics
        ),
    )
    order = feed_order(Workspace(Path("/"), config, ()))
    assert len(set(order.values())) == len(order)
    return sorted(order, key=lambda address: order[address])


def test_no_topics_feed_leads_a_companys() -> None:
    """The first of a topic's list stands below the last of a company's."""
    assert ranked(("abc", "d"), ("ef", "g")) == [*"adbc", *"egf"]


def test_a_feed_that_serves_both_stands_below_what_the_topic_names_before_it() -> None:
    """Who copies a topic's feed leads it by no company's list in which the other is not."""
    assert ranked(("ab",), ("cb",)) == ["a", "c", "b"]
    assert ranked(("ab", "ba"), ("bac",)) == ["b", "a", "c"]
