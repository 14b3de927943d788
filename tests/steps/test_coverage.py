"""What the feeds cannot bring is said on one page, and by `check` and `doctor` whenever asked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli.context import Shared
from pipeline.cli.main import cli

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)


def write(root: Path, name: str, titles: list[str], at: datetime = NOW) -> None:
    """Write a feed with these titles, an hour apart."""
    items = "".join(
        f"<item><title>{title}</title><link>https://n.example/{name}/{at:%j}{n}</link>"
        f"<pubDate>{format_datetime(at - timedelta(hours=n))}</pubDate></item>"
        for n, title in enumerate(titles, 1)
    )
    (root / f"{name}.xml").write_text(f'<rss version="2.0"><channel>{items}</channel></rss>')


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A company called Rally, whose feed is full of races, and a boat on the wall there."""
    (tmp_path / "data" / "notes").mkdir(parents=True)
    (tmp_path / "data" / "notes" / "rally.md").write_text(
        "---\ncompany: rally\ninterviewed: 2026-11-20\ninterviewers: [{name: Tom Adeyemi}]\n---\n"
        "## Seen in the office\n- photo of an ocean racing boat\n"
    )
    (tmp_path / "feeds.yaml").write_text(
        "settings: {timezone: UTC}\ncompanies:\n  rally:\n    name: Rally\n    feeds: [a.xml]\n"
    )
    write(tmp_path, "a", [f"Driver wins stage {n} of the Rally of Finland" for n in range(8)])
    return tmp_path


def say(root: Path, command: str, now: datetime = NOW) -> str:
    done = CliRunner().invoke(cli, [command], obj=Shared(str(root), now))
    assert done.exception is None or isinstance(done.exception, SystemExit), done.output
    return done.output


def page(root: Path, days: float = 0) -> str:
    say(root, "run", NOW + timedelta(days=days))
    return (root / "data" / "digests" / "latest.md").read_text()


BOAT = "No feed can meet “photo of an ocean racing boat”"
RACES = "8 of 8 articles with “Rally” in them may mean something else"


def test_it_is_said_on_one_day_and_again_after_a_month(root: Path) -> None:
    """On every page of that day; with what to do."""
    for days in (0, 0.2):
        said = page(root, days)
        assert BOAT in said
        assert "`touchpoints feeds suggest rally`" in said
        assert RACES in said
        assert "`touchpoints feeds suggest rally --industry WORD`" in said
    assert BOAT not in page(root, 1)
    assert BOAT not in page(root, 29)
    assert BOAT in page(root, 31)


def test_check_and_doctor_say_it_whenever_they_are_asked(root: Path) -> None:
    """Before the first run `check` knows of the notes only."""
    assert BOAT in say(root, "check")
    page(root)
    page(root, 1)
    for command in ("check", "doctor"):
        assert BOAT in say(root, command, NOW + timedelta(days=1))
        assert RACES in say(root, command, NOW + timedelta(days=1))


def test_what_was_mended_is_not_said(root: Path) -> None:
    """A topic for the line, an industry for the name."""
    feeds = root / "feeds.yaml"
    feeds.write_text(
        feeds.read_text()
        + "    industry: [health insurance]\ntopics:\n  sailing:\n    feeds: [b.xml]\n"
    )
    write(root, "b", ["Solo sailor rounds the Horn"])
    said = page(root)
    assert BOAT not in said
    assert RACES not in said


def test_a_feed_that_brought_no_match_in_a_month_is_named(root: Path) -> None:
    """Not before, and not one that has nothing new: health speaks of that."""
    feeds = root / "feeds.yaml"
    feeds.write_text(feeds.read_text() + "topics:\n  cooking:\n    feeds: [c.xml, d.xml]\n")
    write(root, "c", [f"Soup number {n}" for n in range(3)])
    write(root, "d", ["The last soup"])
    assert "fitted your notes" not in page(root).partition("## To mend")[2].partition("##")[0]
    later = 32
    write(root, "c", ["Another soup"], NOW + timedelta(days=later))
    said = page(root, later)
    assert "of the last 30 days fitted your notes" in said
    assert "c.xml" in said
    assert "d.xml" not in said
