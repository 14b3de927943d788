"""The numbers that decide what commands say, each at its border: every case states its number."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pipeline.commands import queue
from pipeline.commands.feeds import health
from pipeline.maintenance import log, notices, routine
from pipeline.records import (
    Article,
    Config,
    Draft,
    Feed,
    FeedState,
    PaceSettings,
    Reading,
    Reason,
    Settings,
    Suggestion,
    Workspace,
)
from pipeline.steps.matching import oldest
from pipeline.store import candidate, copies, memory, news
from pipeline.store.database import opened
from pipeline.store.statistics import Figures
from pipeline.touchpoints.lifecycle import moved
from tests.conftest import NOW, days

FEED = Feed("https://x.example/feed", "oracle")
READ = FeedState(FEED.address, checked=NOW)
OLD = Figures(articles=19, fits=1, first_seen=NOW - days(90), newest=NOW)


def articles(count: int, ago: int = 0) -> tuple[Article, ...]:
    """Return that many entries of a feed."""
    when = NOW - days(ago)
    return tuple(
        Article(str(n), FEED.address, "Title", "", "", "", when, "feed", when) for n in range(count)
    )


@pytest.mark.parametrize(
    ("count", "ago", "about", "is_wrong"),
    [
        (1, 60, 1, False),
        (1, 61, 1, True),
        (19, 1, 0, False),
        (20, 1, 0, True),
    ],
)
def test_a_feed_is_wrong_after_60_days_or_20_entries(
    count: int, ago: int, about: int, is_wrong: bool
) -> None:
    """Silent for longer, or twenty entries of which not one names the company."""
    reading = Reading(READ, "new", articles=articles(count, ago))
    what, _ = health._wrong([FEED], reading, NOW - days(ago), about, NOW)
    assert bool(what) == is_wrong


@pytest.mark.parametrize(
    ("figures", "about", "hint"),
    [
        (OLD, 1, ""),
        (replace(OLD, newest=NOW - days(60)), 1, ""),
        (replace(OLD, newest=NOW - days(61)), 1, "silent for 61 days"),
        (OLD, 0, ""),
        (replace(OLD, articles=20), 0, "never about the company"),
        (replace(OLD, fits=0, first_seen=NOW - days(59)), 1, ""),
        (replace(OLD, fits=0, first_seen=NOW - days(60)), 1, "nothing fitted in 60 days"),
        (replace(OLD, fits=0, last_suggested=NOW - days(59)), 1, ""),
    ],
)
def test_a_feed_earns_its_place_for_60_days(figures: Figures, about: int, hint: str) -> None:
    """Without an entry, or without one that fitted; and for twenty entries about others."""
    assert health._hint([FEED], READ, figures, about, NOW) == hint


@pytest.mark.parametrize(("ago", "recent"), [(30, 1), (31, 0)])
def test_what_feeds_brought_lately_is_of_30_days(ago: int, recent: int, tmp_path: Path) -> None:
    """A month of news, as the settings have it."""
    (tmp_path / "feeds.yaml").write_text(
        f"companies: {{o: {{name: Oracle, feeds: ['{FEED.address}']}}}}\n"
    )
    with opened(tmp_path) as db:
        news.keep_articles(db, articles(1, ago))
    worth, _ = health.stats(tmp_path, NOW)
    assert [feed.figures.recent for feed in worth] == [recent]


@pytest.mark.parametrize(("ago", "is_listed"), [(60, True), (61, False)])
def test_a_message_without_an_answer_is_listed_for_60_days(
    ago: int, is_listed: bool, tmp_path: Path
) -> None:
    """After that no answer is expected."""
    (tmp_path / "feeds.yaml").write_text("companies: {}\n")
    offer = Suggestion(
        "k", "thank_you", "n.md", "oracle", "Ada", NOW, Reason("thank_you"), Draft("", "Thanks", "")
    )
    with opened(tmp_path) as db:
        candidate.keep_suggestion(db, offer, NOW - days(ago))
        (item,) = candidate.load_history(db).touchpoints
        candidate.move(db, item, moved(item, "sent", NOW - days(ago)), by="user")
    assert bool(queue.unanswered(tmp_path, NOW)) == is_listed


def test_stories_are_scored_a_week_longer_than_they_are_fresh() -> None:
    """A late copy from another outlet finds its story; a death counts three times as long."""
    pace = PaceSettings(news_days=10, sensitive_days=20)
    workspace = Workspace("/nowhere", Config(Settings(timezone="UTC", pace=pace)))
    assert (NOW - oldest(workspace, NOW)).days == 3 * 20 + 7


def test_four_older_logs_are_kept(tmp_path: Path) -> None:
    """A fifth takes the place of the oldest."""
    path = tmp_path / "touchpoints.log"
    for number in range(6):
        path.write_text(str(number))
        log._turn_over(path)
    kept = sorted(file.name for file in tmp_path.iterdir())
    assert kept == [f"touchpoints.log.{number}" for number in (1, 2, 3, 4)]


@pytest.mark.parametrize(
    ("key", "lasted", "is_reported"),
    [
        ("delivery mail", timedelta(hours=3), True),
        ("delivery mail", timedelta(hours=2, minutes=59), False),
        ("network", timedelta(hours=24), True),
        ("network", timedelta(hours=23, minutes=59), False),
        ("store full", timedelta(), True),
    ],
)
def test_what_often_passes_has_to_last(key: str, lasted: timedelta, is_reported: bool) -> None:
    """A mail server three hours, a network a day; a full disk is reported at once."""
    known = (notices.Notice(key, NOW - lasted),)
    due, _ = notices.settle(known, [key], NOW, complete=True)
    assert (due == {key}) == is_reported


@pytest.mark.parametrize(("days", "is_due"), [(7, True), (6.99, False)])
def test_a_vacuum_is_a_week_after_the_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, days: float, is_due: bool
) -> None:
    """It writes the file twice, however much of it is unused."""
    monkeypatch.setattr(copies, "is_vacuum_worth", lambda _: True)
    workspace = Workspace(str(tmp_path), Config(Settings()))
    with opened(tmp_path) as db:
        memory.put(db, memory.VACUUMED, NOW - timedelta(days=days))
        routine.look_after(tmp_path, db, workspace, NOW)
        assert (memory.get(db, memory.VACUUMED) == NOW) == is_due
