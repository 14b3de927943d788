"""New articles into stories, a day at a time: the same stories as of all articles at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pipeline.records import Article, Config, Fit, History, Settings, Story, Workspace
from pipeline.relevance import clustering, fingerprints
from pipeline.relevance.batches import Changes
from pipeline.steps.clustering import cluster
from pipeline.steps.stories import stored_stories
from pipeline.store import database, memory, news
from tests.benchmarks.duplicates import NOW, World
from tests.relevance.test_relevance_clustering import PAIRS, two
from tests.relevance.world import article

SINCE = NOW - timedelta(days=30)
WORKSPACE = Workspace(".", Config(Settings()))


@pytest.fixture
def db(tmp_path: Path) -> sqlite3.Connection:
    return database.connect(tmp_path / "data" / "touchpoints.db")


def arrive(db: sqlite3.Connection, articles: Iterable[Article], words: bytes) -> Changes:
    """Store articles and fold them in."""
    before = news.changes_made(db)
    news.keep_articles(db, articles)
    return cluster(db, WORKSPACE, History(), SINCE, news.arrived(db, SINCE, before), words)


def parts(stories: Iterable[Story]) -> set[frozenset[str]]:
    """Return the ids of each story's articles."""
    return {frozenset(a.id for a in (story.lead, *story.others)) for story in stories}


def stored(db: sqlite3.Connection) -> set[frozenset[str]]:
    return parts(stored_stories(db, WORKSPACE, SINCE, None))


def words_of(articles: Sequence[Article]) -> bytes:
    return fingerprints.learn(f"{item.title}\n{item.text}" for item in articles)


SLOW = pytest.mark.slow


@pytest.mark.parametrize(
    ("seed", "at_once"),
    [pytest.param(1, 1, marks=SLOW), pytest.param(2, 7, marks=SLOW), (3, 50), (4, 400)],
)
def test_a_day_at_a_time_gives_the_same_stories(
    db: sqlite3.Connection, seed: int, at_once: int
) -> None:
    """Copies of every kind and templates, in the order in which they were published."""
    made = [item for item, _, _ in World(seed).articles(400 if at_once > 1 else 120)]
    made.sort(key=lambda item: (item.published, item.id))
    words = words_of(made)
    for begin in range(0, len(made), at_once):
        arrive(db, made[begin : begin + at_once], words)

    assert stored(db) == parts(clustering.cluster(made, {}, words=words))
    assert any(len(part) > 1 for part in stored(db))


def test_the_pairs_are_told_right_one_after_the_other(db: sqlite3.Connection) -> None:
    """Each pair of story_pairs.yaml, its articles on different days, among all the others."""
    made = [two(pair, f"{n} ") for n, pair in enumerate(PAIRS)]
    since = NOW - timedelta(days=365)
    words = words_of([item for pair in made for item in pair])
    for day in (0, 1):
        before = news.changes_made(db)
        news.keep_articles(db, [pair[day] for pair in made])
        cluster(db, WORKSPACE, History(), since, news.arrived(db, since, before), words)

    clustered = {
        part for part in parts(stored_stories(db, WORKSPACE, since, None)) if len(part) > 1
    }
    assert clustered == {
        frozenset(item.id for item in items)
        for pair, items in zip(PAIRS, made, strict=True)
        if "same" in pair
    }


def test_only_what_an_article_touches_changes(db: sqlite3.Connection) -> None:
    """A copy changes its story; the others are not looked at."""
    made = [item for item, _, _ in World(5).articles(60)]
    words = words_of(made)
    arrive(db, made, words)
    story = news.stories_of(db, [made[0].id])[made[0].id]
    copy = replace(made[0], id="copy", feed="https://other.example/rss")

    changes = arrive(db, [copy], words)

    assert changes.changed == changes.gone == {story}
    assert news.stories_of(db, ["copy"]) == {"copy": story}


def test_an_edited_article_stays_in_its_story(db: sqlite3.Connection) -> None:
    """Its story is told again, under the same id."""
    made = [item for item, _, _ in World(6).articles(20)]
    words = words_of(made)
    arrive(db, made, words)
    story = news.stories_of(db, [made[3].id])[made[3].id]

    changes = arrive(db, [replace(made[3], title="Another title of these days altogether")], words)

    assert changes.changed == {story} == set(news.stories_of(db, [made[3].id]).values())


def test_nothing_new_changes_nothing(db: sqlite3.Connection) -> None:
    """A second run finds no article to fold."""
    arrive(db, [item for item, _, _ in World(7).articles(20)], b"")

    assert not news.arrived(db, SINCE, news.changes_made(db))
    assert arrive(db, [], b"").changed == set()


def test_other_weights_make_all_marks_anew(db: sqlite3.Connection) -> None:
    """After a refit the stories stay as they are, and a copy still finds its like."""
    made = [item for item, _, _ in World(8).articles(60)]
    arrive(db, made, b"")
    before = stored(db)
    memory.put(db, memory.FIT, Fit(NOW))

    arrive(db, [replace(made[9], id="copy", feed="https://other.example/rss")], words_of(made))

    assert len(list(news.fingerprints(db))) == 61
    assert {part - {"copy"} for part in stored(db)} == before


def test_a_notice_that_a_feed_gives_every_day_makes_no_story(db: sqlite3.Connection) -> None:
    """It is furniture though its entries come on different days."""
    notice = "Please accept our cookies to read this article and the others on our pages today."
    titles = ("Merrin opens plant", "Strike at Brandt", "Rain in Carlow", "Cup final drawn")
    made = [article(title, notice, id=title) for title in titles]
    words = words_of(made)
    arrive(db, made[:3], words)
    arrive(db, made[3:], words)

    assert len(stored(db)) == 4


def test_an_article_that_gave_a_story_its_name_comes_back_to_it(db: sqlite3.Connection) -> None:
    """The first article was forgotten, and its feed brings it again."""
    news.keep_articles(db, [article("Rain in Carlow tomorrow", id="late")])
    (late,) = news.articles_since(db)
    news.keep_stories(db, [Story("gone", late)])

    arrive(db, [article("Merrin Labs opens second plant", id="gone", days=2)], b"")

    assert news.stories_of(db, ["late", "gone"]) == {"late": "gone", "gone": "gone"}
