"""The copy of the candidate's own part: what is recovered from it, and how little is written."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from pipeline.commands import queue
from pipeline.records import (
    Article,
    Guard,
    GuardResult,
    Held,
    Reference,
    ShownItem,
    ShownKey,
    Story,
)
from pipeline.run import Report, run
from pipeline.store import candidate as stored
from pipeline.store import copies, files, memory, news
from pipeline.store.database import atomic, opened
from tests.endurance import world
from tests.endurance.world import AFTER, FEEDS, MORNING, NEXT, Feeds, Item
from tests.sample_workspace import EMPTY, NOW, SampleWorkspace
from tests.workspace_files import Folder, rss

TOMORROW = NOW + timedelta(days=1)
LATER = MORNING + timedelta(days=15, hours=4)  # a week of quiet is over
HISTORY = ("touchpoints", "contacts", "moves", "holds")

# The terminal that was written about, as another paper prints it, and as a third one tells it.
PRINTED: Item = (
    "https://daily.example/terminal",
    "Halden Freight opens a second container terminal",
    "Suppliers for the cranes of the new container terminal are chosen in January, it says.",
    12.9,
)
RETOLD: Item = (
    "https://evening.example/cranes",
    "Second container terminal opened by Halden Freight",
    "The new container terminal of Halden Freight has two cranes; suppliers follow in January.",
    13.0,
)


class Server(Feeds):
    """The feeds of three days, which remember what was asked for; the newest entries alone."""

    def __init__(self) -> None:
        super().__init__(FEEDS)
        self.etags: list[str] = []

    def answer(self, path: str, etag: str) -> tuple[int, dict[str, str], str]:
        self.etags.append(etag)
        return super().answer(path, etag)

    def forget(self, *names: str) -> None:
        """Let the feeds no longer have these entries, and the other papers have theirs."""
        self.items = {
            path: [item for item in items if item[0] not in names]
            for path, items in self.items.items()
        }
        self.items["/business.xml"] = [PRINTED, RETOLD, *self.items["/business.xml"]]


class Candidate(Folder):
    """Who sent a message about the terminal on the day before a good copy was made."""

    def __init__(self, root: Path, server: Server) -> None:
        super().__init__(root)
        self.server = server
        world.prepare(root, server)
        self.run(MORNING)
        world.answer(root)
        self.offered = self.run(NEXT).digest
        queue.change(root, 4, "sent", NEXT + timedelta(hours=1))
        self.run(AFTER)

    def run(self, now: datetime) -> Report:
        self.server.now = now
        self.server.etags.clear()
        return run(self.root, now)

    def damage(self) -> None:
        """Let the middle of the database be zeros, as after a bad block."""
        path = files.database_path(self.root)
        size = path.stat().st_size
        with path.open("r+b") as file:
            file.seek(size // 4)
            file.write(bytes(size // 2))

    def rows(self, tables: tuple[str, ...] = HISTORY) -> dict[str, list[tuple[Any, ...]]]:
        with closing(sqlite3.connect(files.database_path(self.root))) as db:
            return {name: db.execute(f"SELECT * FROM {name}").fetchall() for name in tables}  # noqa: S608


@pytest.fixture
def candidate(tmp_path: Path) -> Iterator[Candidate]:
    with world.served(Server()) as server:
        yield Candidate(tmp_path / "ws", server)


def _entries(report: Report) -> list[tuple[Any, ...]]:
    return [(item.id, item.kind, item.person) for item in report.digest.entries]


def test_a_run_on_what_was_recovered_plans_what_it_would_have_planned(
    candidate: Candidate, tmp_path: Path
) -> None:
    """The story that was sent left its feed; its print elsewhere and its retelling stay unused."""
    candidate.server.forget("terminal-Hal")
    world.copy(candidate.root, tmp_path / "whole")
    undamaged = candidate.run(LATER)
    expected = candidate.rows()
    assert any(candidate.server.etags)

    world.copy(tmp_path / "whole", candidate.root)
    candidate.damage()
    report = candidate.run(LATER)

    assert [p.stage for p in report.problems if "The good copy of" in p.what] == ["store"]
    assert candidate.rows() == expected
    assert _entries(report) == _entries(undamaged)
    assert not any(candidate.server.etags)  # everything is read anew
    titles = {item[1] for items in candidate.server.items.values() for item in items[:3]}
    with opened(candidate.root) as db:
        assert titles <= {one.title for one in news.articles_since(db)}
    next_day = candidate.run(LATER + timedelta(days=1))
    assert "terminal" not in str(next_day.digest.entries)


def _damage(root: Path) -> None:
    files.database_path(root).write_bytes(b"This is no database, and never was one. " * 2_000)


def _recovered(desk: SampleWorkspace, now: datetime) -> Report:
    _damage(desk.root)
    report = desk.run(now)
    assert "The good copy of" in report.problems[0].what
    return report


def _rows(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    return connection


def test_the_copy_says_nothing_of_news_that_it_does_not_hold(tmp_path: Path) -> None:
    """Else a run would believe them scored, or rest; the number of changes goes on from here."""
    desk = SampleWorkspace(tmp_path / "ws")
    desk.read_bad_news()
    for hours in (1, 2, 24):  # the last but one leaves a note that the next may rest
        with opened(desk.root) as db:
            number = news.changes_made(db)
        desk.run(NOW + timedelta(hours=hours))
    with closing(_rows(files.good_copy_path(desk.root))) as copy:
        assert memory.get(copy, memory.GOOD_COPY) == TOMORROW
        of_news = (memory.SCORED, memory.LEFT, memory.FIT, memory.FINGERPRINTED)
        assert [memory.get(copy, slot) for slot in of_news] == [None] * 4
        assert memory.get(copy, memory.COVERAGE) is memory.get(copy, memory.UNNAMED) is None
        assert not news.has_knowledge(copy)
        assert copy.execute("SELECT count(*) FROM matches").fetchone()[0] == 0
        assert news.changes_made(copy) == number > 0
        assert len(memory.get(copy, memory.PAGES) or ()) == 2
        (state,) = news.feed_states(copy).values()
        assert (state.worked, state.due, state.content_hash) == (TOMORROW, None, "")


def test_bad_news_that_left_its_feed_still_holds(tmp_path: Path) -> None:
    """What holds a company's messages back is kept, with the day when it ends."""
    desk = SampleWorkspace(tmp_path / "ws")
    desk.read_bad_news()
    desk.run(TOMORROW)
    held = queue.plan_now(desk.root, TOMORROW)[0].held
    assert "Halden Freight announces 400 job cuts" in [one.title for one in held]
    (desk.root / "empty.xml").write_text(EMPTY, "utf-8")

    _recovered(desk, TOMORROW + timedelta(hours=2))

    assert queue.plan_now(desk.root, TOMORROW)[0].held == held


def test_what_a_feed_does_not_date_is_as_old_as_it_was(tmp_path: Path) -> None:
    """It was first read on the day before the damage: read again, it is no news of today."""
    desk = SampleWorkspace(tmp_path / "ws")
    item = "<item><title>Old harbour cranes</title><guid>cranes</guid></item></channel>"
    (desk.root / "empty.xml").write_text(EMPTY.replace("</channel>", item), "utf-8")
    desk.run(NOW + timedelta(hours=1))
    desk.run(TOMORROW)

    _recovered(desk, TOMORROW + timedelta(hours=2))

    with opened(desk.root) as db:
        (stored,) = news.articles_since(db)
    assert stored.published == NOW + timedelta(hours=1)


@pytest.mark.parametrize("named", ["touchpoint", "hold", "page"])
def test_all_tellings_of_what_history_refers_to_are_kept(named: str, tmp_path: Path) -> None:
    """With their event, by which a later telling is known; what only matched is fetched again."""
    root = SampleWorkspace(tmp_path / "ws").root
    with opened(root) as db, atomic(db):
        articles = [_article(name) for name in ("first", "second", "other", "none")]
        news.keep_articles(db, articles)
        news.keep_stories(db, [Story(one.id, one) for one in articles])
        stored.keep_events(db, {"halden": {"first": "first", "second": "first", "other": "other"}})
        if named == "touchpoint":
            (told, _) = stored.load_history(db).touchpoints
            new = replace(told.suggestion, key="new", reference=Reference("second"))
            stored.keep_suggestion(db, new, NOW)
        elif named == "hold":
            held = Held(GuardResult(Guard.BAD_NEWS), "halden", "", story="first", title="T")
            stored.keep_hold(db, held, NOW)
        else:
            item = ShownItem(NOW.date(), ShownKey("story", "first"))
            memory.put(db, memory.SHOWN, (item,))
    with opened(root) as db:
        copies.copy_own_part(db, tmp_path / "copy.db")
    with closing(_rows(tmp_path / "copy.db")) as copy:
        assert {one.id for one in news.articles_since(copy)} == {"first", "second"}
        assert stored.load_events(copy) == {"halden": {"first": "first", "second": "first"}}


def test_a_story_on_an_earlier_page_can_still_be_asked_for(candidate: Candidate) -> None:
    """It left its feed meanwhile; the box under it on the page does what it says."""
    (story,) = candidate.offered.worth_a_look
    candidate.server.forget("regatta")
    candidate.damage()
    candidate.run(AFTER + timedelta(hours=2))
    asked = queue.ask_for(candidate.root, story.story, "Aud", AFTER + timedelta(hours=3))
    assert asked.touchpoint.suggestion.reference.title == story.title


def test_a_feed_of_many_entries_is_taken_whole(tmp_path: Path) -> None:
    """As at its first reading: what is read again is no flood, and none is passed over."""
    desk = SampleWorkspace(tmp_path / "ws")
    items = [(f"n{n}", f"Title number {n}", "", NOW - timedelta(hours=n)) for n in range(400)]
    cuts = ("cuts", "Halden Freight announces 400 job cuts", "Jobs go.", NOW - timedelta(hours=1))
    (desk.root / "empty.xml").write_text(rss([*items, cuts]), "utf-8")
    desk.run(NOW + timedelta(minutes=1))
    desk.run(TOMORROW)

    report = _recovered(desk, TOMORROW + timedelta(hours=2))

    assert report.counts["articles_stored"] == 401
    assert "passed over" not in desk.page().read_text("utf-8")


def _article(name: str, text: str = "A text.", at: datetime = NOW) -> Article:
    link = f"https://n.example/{name}"
    return Article(name, "empty.xml", f"Title {name}", link, link, text, at, "feed", NOW)


def _copied(root: Path, articles: int) -> int:
    """Return how large the good copy is beside so many articles."""
    desk = SampleWorkspace(root)
    words = "quay night truck shift noise harbour crane supplier terminal cargo".split()
    texts = (f"On {words[n % 7]} and {words[n % 3]}: {n}. " * 20 for n in range(articles))
    ages = cycle((timedelta(hours=1), timedelta(days=90)))  # the latter is in no story any more
    many = (_article(f"{n:016x}", text, NOW - next(ages)) for n, text in enumerate(texts))
    with opened(root) as db, atomic(db):
        news.keep_articles(db, many)
    desk.run(TOMORROW)
    assert files.database_path(root).stat().st_size > 500 * articles
    return files.good_copy_path(root).stat().st_size


def test_the_copy_does_not_grow_with_the_articles(tmp_path: Path) -> None:
    """Beside ten times as many it is as small, within a page or two of the file."""
    few, many = _copied(tmp_path / "few", 200), _copied(tmp_path / "many", 2_000)
    assert abs(many - few) <= 2 * 4_096
    assert many < 200_000
