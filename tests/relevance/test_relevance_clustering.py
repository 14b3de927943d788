"""Articles to stories: the same event once, and its id kept."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from pipeline.records import Article, Story
from pipeline.relevance.clustering import cluster
from tests.relevance.world import article

PAIRS: list[dict[str, Any]] = YAML(typ="safe").load(
    Path(__file__).with_name("story_pairs.yaml").read_text("utf-8")
)
LONG = "Merrin Labs said on Monday that it will open a second plant in Ohio. " * 4


def test_the_same_address_is_one_story() -> None:
    """Two feeds that carry the same page have one story."""
    one = article("Merrin opens plant", id="a", canonical="https://n.example/1")
    two = article("Merrin to build", id="b", canonical="https://n.example/1", days=0.5)
    assert [s.id for s in cluster([one, two], {})] == ["a"]


def test_the_same_title_within_days_is_one_story() -> None:
    """Agency copy runs in many papers under one title, with or without the agency's name."""
    one = article("Merrin Labs opens second plant (Reuters)", id="a")
    two = article("MERRIN LABS opens second plant", id="b", days=2)
    assert len(cluster([one, two], {})) == 1


def test_the_same_title_a_month_later_is_another_story() -> None:
    """A column has the same title every month."""
    one = article("What to plant in the garden now", id="a", days=31)
    two = article("What to plant in the garden now", id="b")
    assert len(cluster([one, two], {})) == 2


def test_a_short_title_makes_no_story() -> None:
    """Briefly is the title of many stories."""
    assert len(cluster([article("Briefly", id="a"), article("Briefly", id="b")], {})) == 2


def test_the_same_text_under_another_title_is_one_story() -> None:
    """Papers write their own headlines on agency copy."""
    one, two = article("Plant for Ohio", LONG, id="a"), article("Merrin grows", LONG, id="b")
    assert len(cluster([one, two], {})) == 1


def test_the_fullest_article_of_the_first_publisher_leads() -> None:
    """Its lead is the one with most to read; the others are "also in"."""
    one = article("Merrin Labs opens second plant", "Short.", id="a", days=2)
    two = article("Merrin Labs opens second plant", LONG, id="b")
    (found,) = cluster([one, two], {})
    assert (found.id, found.lead.id, [other.id for other in found.others]) == ("a", "b", ["a"])


def test_a_known_story_keeps_its_id() -> None:
    """When an older article turns up later, links to the story stay good."""
    old = article("Merrin Labs opens second plant", id="old", days=2)
    new = article("Merrin Labs opens second plant", id="new", days=1)
    (found,) = cluster([old, new], {"new": "new"})
    assert found.id == "new"


def test_the_order_of_the_articles_does_not_matter() -> None:
    """The same articles give the same stories, in the same order."""
    articles = [
        article(f"Merrin Labs opens plant {n % 7}", id=str(n), days=n / 9) for n in range(40)
    ]
    shuffled = random.Random(7).sample(articles, len(articles))
    assert cluster(articles, {}) == cluster(shuffled, {})


@given(st.lists(st.tuples(st.text(max_size=40), st.text(max_size=40)), max_size=12))
def test_every_article_is_in_one_story(pairs: list[tuple[str, str]]) -> None:
    """Whatever the titles and texts, nothing is lost or doubled."""
    articles: list[Article] = [article(a, b, id=str(n)) for n, (a, b) in enumerate(pairs)]
    ids = [a.id for s in cluster(articles, {}) for a in (s.lead, *s.others)]
    assert sorted(ids) == sorted(a.id for a in articles)


# ------------------------------------------------------------------------------ pairs of articles


def two(pair: dict[str, Any], name: str = "") -> list[Article]:
    """Return the two articles of an entry in story_pairs.yaml."""
    feeds = ("https://a.example/rss", f"https://{'a' if 'feed' in pair else 'b'}.example/rss")
    days = (pair.get("days", 1) + 1, 1)
    return [
        article(*pair[key], id=f"{name}{key}", feed=feeds[at], days=days[at])
        for at, key in enumerate(("one", "other"))
    ]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.get("same") or pair["apart"])
def test_a_pair_is_told_right(pair: dict[str, Any]) -> None:
    """Copies are one story; what a template makes of other facts is another."""
    assert len(cluster(two(pair), {})) == (1 if "same" in pair else 2)


def test_the_pairs_are_told_right_all_together() -> None:
    """Among many articles the same pairs are found, and nothing else."""
    articles = [a for n, pair in enumerate(PAIRS) for a in two(pair, f"{n} ")]
    stories = [{a.id for a in (s.lead, *s.others)} for s in cluster(articles, {})]
    clustered = sorted(sorted(ids) for ids in stories if len(ids) > 1)
    wanted = [[f"{n} one", f"{n} other"] for n, pair in enumerate(PAIRS) if "same" in pair]
    assert clustered == sorted(wanted)


def test_there_are_enough_pairs() -> None:
    """Thirty of each kind at least."""
    assert sum("same" in pair for pair in PAIRS) >= 30 <= sum("apart" in pair for pair in PAIRS)


# -------------------------------------------------------------------------------- whose text leads


def test_the_companys_own_article_leads() -> None:
    """The press release comes before the longer reports that quote it."""
    one = article("Merrin Labs opens second plant", "Short.", id="a", feed="https://merrin.example")
    two = article("Merrin Labs opens second plant", LONG, id="b")
    (found,) = cluster([one, two], {}, order={"https://merrin.example": -1})
    assert (found.lead.id, [other.id for other in found.others]) == ("a", ["b"])


# ------------------------------------------------------------------------------------- furniture


def test_a_notice_under_three_titles_makes_no_story() -> None:
    """A feed that gives every entry the same cookie notice still has many stories."""
    notice = "Please accept our cookies to read this article and the others on our pages today."
    titles = ("Merrin opens plant", "Strike at Brandt", "Rain in Carlow", "Cup final drawn")
    assert len(cluster([article(title, notice) for title in titles], {})) == 4


def test_a_link_under_three_titles_makes_no_story() -> None:
    """A feed whose entries all lead to the front page still has many stories."""
    titles = ("Merrin opens plant", "Strike at Brandt", "Rain in Carlow")
    page = "https://news.example/"
    assert len(cluster([article(title, canonical=page) for title in titles], {})) == 3


# ------------------------------------------------------------------------------ ids from earlier


def bridge() -> list[Article]:
    """Return three articles of which the last belongs to both others, which differ in wording."""
    a = article("Merrin plant: second one for Ohio", "", id="a", days=3)
    b = article("Ohio gets second Merrin battery plant", LONG, id="b", days=2)
    c = article("Merrin plant: second one for Ohio", LONG, id="c")
    return [a, b, c]


def test_an_article_joins_two_known_stories() -> None:
    """The story keeps the id of the earlier one, whoever is named first."""
    a, b, c = bridge()
    assert len(cluster([a, b], {})) == 2
    assert [s.id for s in cluster([c, b, a], {"a": "A", "b": "B"})] == ["A"]


def test_a_story_that_was_written_about_keeps_its_id() -> None:
    """Nobody gets the same story twice because it was joined with an earlier one."""
    assert [s.id for s in cluster(bridge(), {"a": "A", "b": "B"}, used={"B"})] == ["B"]


def test_a_story_keeps_its_id_when_its_first_article_is_forgotten() -> None:
    """The id is only a name; another article that bears it belongs to the story."""
    late = article("Rain in Carlow tomorrow", id="late")
    assert [s.id for s in cluster([late], {"late": "gone"})] == ["gone"]
    first = article("Merrin Labs opens second plant", id="gone", days=2)
    assert [s.id for s in cluster([late, first], {"late": "gone"})] == ["gone"]


WORDS = st.sampled_from(("Merrin", "Brandt", "plant", "opens", "5", "6", "strike", "ends.", "a"))
TEXTS = st.lists(WORDS, max_size=14).map(" ".join)
ARTICLES = st.lists(
    st.tuples(TEXTS, TEXTS, st.integers(0, 9), st.sampled_from("xyz")), min_size=1, max_size=14
).map(
    lambda rows: [
        article(title, text, id=str(n), days=day, feed=f"https://{feed}.example")
        for n, (title, text, day, feed) in enumerate(rows)
    ]
)


def places(stories: tuple[Story, ...]) -> dict[str, str]:
    """Return the story of each article."""
    return {a.id: story.id for story in stories for a in (story.lead, *story.others)}


@given(ARTICLES, st.randoms(use_true_random=False))
def test_no_order_matters(articles: list[Article], chance: random.Random) -> None:
    """The same articles in any order give the same stories."""
    shuffled = chance.sample(articles, len(articles))
    assert cluster(articles, {}) == cluster(shuffled, {})


@given(ARTICLES)
def test_a_new_article_moves_no_other(articles: list[Article]) -> None:
    """Yesterday's stories stay whole, and their ids are those of yesterday."""
    *before, _new = articles
    known = places(cluster(before, {}))
    now = places(cluster(articles, known))
    for old in set(known.values()):
        assert len({now[name] for name, story in known.items() if story == old}) == 1
    assert {now[name] for name in known} <= set(known.values())
    assert places(cluster(articles, now)) == now


def test_what_was_told_apart_stays_apart() -> None:
    """Two stories that an earlier run saw both are not joined because it is asked again."""
    told = [
        article("", text, id=str(number), feed="https://x.example")
        for number, text in enumerate(
            ["Merrin Brandt plant opens in the old harbour of Leeds after a year of works"] * 2
        )
    ]
    apart = {"0": "0", "1": "1"}
    assert places(cluster(told, {})) == {"0": "0", "1": "0"}
    assert places(cluster(told, apart)) == apart


@given(st.lists(st.tuples(st.text(max_size=60), st.text(max_size=400)), max_size=6))
def test_hostile_texts_are_only_texts(pairs: list[tuple[str, str]]) -> None:
    """Whatever signs there are, each article is in one story."""
    articles = [article(a, b, id=str(n)) for n, (a, b) in enumerate(pairs)]
    assert len(places(cluster(articles, {}))) == len(articles)


@pytest.mark.parametrize(
    "piece", ["a", "a ", "A (", "(", "A, ", "\u4e00", "\u0301", "1.", ".", "'", "read ", "B - "]
)
def test_a_megabyte_takes_no_longer_than_its_letters(piece: str) -> None:
    """No pattern runs wild on a text or title of one repeated piece."""
    text = piece * (1_000_000 // len(piece))
    before = time.process_time()
    cluster([article(text, text, id=str(n)) for n in range(3)], {})
    assert time.process_time() - before < 2


def test_ten_thousand_copies_take_no_square_of_the_time() -> None:
    """A feed gone mad fills one story and stops nothing."""
    before = time.process_time()
    (found,) = cluster([article("Merrin plant opens", LONG, id=str(n)) for n in range(10_000)], {})
    assert (len(found.others), time.process_time() - before < 5) == (9_999, True)


def test_the_seed_of_hash_changes_nothing() -> None:
    """Two processes give the same stories in the same order."""
    program = (
        "from tests.relevance.test_relevance_clustering import *\n"
        "found = cluster([a for n, pair in enumerate(PAIRS) for a in two(pair, f'{n} ')], {})\n"
        "print([(s.id, s.lead.id, [o.id for o in s.others]) for s in found])"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


def test_numpy_waits_until_it_is_needed() -> None:
    """A run in which nothing is grouped doesn't pay for it."""
    program = "import pipeline.relevance.clustering, sys; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
