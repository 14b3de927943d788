"""Articles to stories: the same event once, and its id kept."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from pipeline.records import Article
from pipeline.relevance.stories import group
from tests.relevance.world import article

LONG = "Merrin Labs said on Monday that it will open a second plant in Ohio. " * 4


def test_the_same_address_is_one_story() -> None:
    """Two feeds that carry one page tell one story."""
    one = article("Merrin opens plant", id="a", canonical="https://n.example/1")
    two = article("Merrin to build", id="b", canonical="https://n.example/1", days=0.5)
    assert [s.id for s in group([one, two], {})] == ["a"]


def test_the_same_title_within_days_is_one_story() -> None:
    """Agency copy stands in many papers under one title, with or without the agency's name."""
    one = article("Merrin Labs opens second plant (Reuters)", id="a")
    two = article("MERRIN LABS opens second plant", id="b", days=2)
    assert len(group([one, two], {})) == 1


def test_the_same_title_a_month_later_is_another_story() -> None:
    """A column has the same title every month."""
    one = article("What to plant in the garden now", id="a", days=31)
    two = article("What to plant in the garden now", id="b")
    assert len(group([one, two], {})) == 2


def test_a_short_title_makes_no_story() -> None:
    """Briefly is the title of many stories."""
    assert len(group([article("Briefly", id="a"), article("Briefly", id="b")], {})) == 2


def test_the_same_text_under_another_title_is_one_story() -> None:
    """Papers write their own headlines on agency copy."""
    one, two = article("Plant for Ohio", LONG, id="a"), article("Merrin grows", LONG, id="b")
    assert len(group([one, two], {})) == 1


def test_the_fullest_article_leads() -> None:
    """The lead is the one with most to read; the others are "also in"."""
    one = article("Merrin Labs opens second plant", "Short.", id="a", days=2)
    two = article("Merrin Labs opens second plant", LONG, id="b")
    (found,) = group([one, two], {})
    assert (found.id, found.lead.id, [other.id for other in found.others]) == ("a", "b", ["a"])


def test_a_known_story_keeps_its_id() -> None:
    """When an older article turns up later, links to the story stay good."""
    old = article("Merrin Labs opens second plant", id="old", days=2)
    new = article("Merrin Labs opens second plant", id="new", days=1)
    (found,) = group([old, new], {"new": "new"})
    assert found.id == "new"


def test_the_order_of_the_articles_does_not_matter() -> None:
    """The same articles give the same stories, in the same order."""
    articles = [
        article(f"Merrin Labs opens plant {n % 7}", id=str(n), days=n / 9) for n in range(40)
    ]
    shuffled = random.Random(7).sample(articles, len(articles))
    assert group(articles, {}) == group(shuffled, {})


@given(st.lists(st.tuples(st.text(max_size=40), st.text(max_size=40)), max_size=12))
def test_every_article_is_in_one_story(pairs: list[tuple[str, str]]) -> None:
    """Whatever the titles and texts, nothing is lost or doubled."""
    articles: list[Article] = [article(a, b, id=str(n)) for n, (a, b) in enumerate(pairs)]
    ids = [a.id for s in group(articles, {}) for a in (s.lead, *s.others)]
    assert sorted(ids) == sorted(a.id for a in articles)
