"""The tables: one schema, in two sets that know nothing of each other."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import pipeline
from pipeline.records import Article, Contact, FeedState, Match, Mention, Story
from pipeline.store import candidate, copies, database, memory, news, schema

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
STORE = Path(pipeline.__file__).parent / "store"
NEWS = {"feeds", "articles", "fingerprints", "knowledge", "news_memory"}
CANDIDATE = {
    "touchpoints",
    "contacts",
    "moves",
    "holds",
    "matches",
    "bounds",
    "events",
    "runs",
    "candidate_memory",
}


def named(folder: str) -> set[str]:
    """Return the tables that the statements of a folder's files name."""
    sql = " ".join(path.read_text("utf-8") for path in (STORE / folder).glob("*.py"))
    return set(re.findall(r"\b(?:FROM|INTO|UPDATE|JOIN) ([a-z_]+)\b", sql)) - {"moves_before"}


def test_no_statement_of_one_set_touches_the_other() -> None:
    """So that news and one candidate's history can be two files."""
    assert named("news") <= NEWS
    assert named("candidate") <= CANDIDATE
    with closing(database.copy_in_memory(Path("nowhere.db"))) as db:
        made = {
            row["name"] for row in db.execute("SELECT name FROM sqlite_master WHERE type <> 'view'")
        }
    assert {name for name in made if "idx_" not in name and "autoindex" not in name} == (
        NEWS | CANDIDATE
    )


def test_of_every_table_it_is_decided_what_a_good_copy_has() -> None:
    """A new one is forgotten in no copy."""
    assert schema.IN_OWN_PART.keys() == NEWS | CANDIDATE


def test_what_is_known_of_a_feed_has_a_column_each() -> None:
    """In the order of the record's fields."""
    with closing(database.copy_in_memory(Path("nowhere.db"))) as db:
        columns = [name for (name,) in db.execute("SELECT name FROM pragma_table_info('feeds')")]
    assert columns == [field.name for field in fields(FeedState)]


def test_two_candidates_with_a_file_each_share_one_file_of_news(tmp_path: Path) -> None:
    """The same note file's name in both is two interviews; the story is stored once."""
    shared, first, second = (connection(tmp_path / name) for name in ("news", "first", "second"))
    schema.create(shared, schema.NEWS)
    schema.create(first, schema.CANDIDATE)
    schema.create(second, schema.CANDIDATE)
    story = Story("boat", article("boat"))
    news.keep_articles(shared, [story.lead])
    news.keep_stories(shared, [story])
    for db, score in ((first, 0.9), (second, 0.1)):
        candidate.keep_matches(db, [match(story, score)])
        candidate.log(db, Contact("oracle", "Renata", NOW, "a call"), NOW)

    ids = candidate.matched_stories(first)
    stories = {
        name: Story(name, articles[0])
        for name, articles in news.articles_by_story(shared, NOW - timedelta(days=9), ids)
    }
    ((one,), (two,)) = (
        candidate.load_matches(db, stories)["data/notes/oracle.md"] for db in (first, second)
    )
    assert (one.score, two.score, one.story.lead.title) == (0.9, 0.1, "Title boat")
    assert candidate.undo(second)
    assert len(candidate.load_history(first).contacts) == 1


def test_a_match_holds_no_text_of_its_story(tmp_path: Path) -> None:
    """The text is stored once, with the article."""
    with closing(database.connect(tmp_path / "data" / "touchpoints.db")) as db:
        candidate.keep_matches(db, [match(Story("boat", article("boat")), 0.5)])
        (row,) = db.execute("SELECT detail FROM matches").fetchall()
        assert "Some text." not in row["detail"]
        assert candidate.load_matches(db, {}) == {}  # a match without its story is no match


def test_two_commands_may_make_the_database_at_once(tmp_path: Path) -> None:
    """The first makes the tables, the second waits for it."""
    code = "import sys; from pathlib import Path; from pipeline.store.database import connect; "
    code += "connect(Path(sys.argv[1]))"
    path = tmp_path / "data" / "touchpoints.db"
    both = [subprocess.Popen([sys.executable, "-c", code, str(path)]) for _ in range(2)]

    assert [one.wait() for one in both] == [0, 0]
    assert copies.wrong_with(path, thoroughly=True) == ""


@pytest.mark.parametrize("slot", memory.SLOTS, ids=lambda slot: slot.name)
def test_an_empty_slot_is_none(slot: memory.Slot[object]) -> None:
    """Nothing was put there yet; each has a name of its own."""
    with closing(database.copy_in_memory(Path("nowhere.db"))) as db:
        assert memory.get(db, slot) is None
    assert [one.name for one in memory.SLOTS].count(slot.name) == 1


def test_a_slot_gives_back_what_was_put() -> None:
    """Dates as keys, times and nested records come back as they were."""
    volume = {"oracle": {NOW.date(): 3}}
    with closing(database.copy_in_memory(Path("nowhere.db"))) as db:
        memory.put(db, memory.VOLUME, volume)
        memory.put(db, memory.FORGOTTEN, {"word:boat": NOW})
        assert memory.get(db, memory.VOLUME) == volume
        assert memory.get(db, memory.FORGOTTEN) == {"word:boat": NOW}


def connection(path: Path) -> sqlite3.Connection:
    found = sqlite3.connect(path, isolation_level=None)
    found.row_factory = sqlite3.Row
    return found


def article(name: str) -> Article:
    link = f"https://f.example/{name}"
    title, text = f"Title {name}", "Some text."
    return Article(
        name, "https://f.example/rss", title, link, link, text, NOW, dated="feed", seen=NOW
    )


def match(story: Story, score: float) -> Match:
    return Match(
        "data/notes/oracle.md",
        "oracle",
        story,
        "tidbit",
        score,
        shown=True,
        reason="fits",
        mention=Mention("none", 0.0),
    )
