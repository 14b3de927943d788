"""Databases that earlier versions of the program wrote, opened by this one.

`versions/` holds one of each, as SQL text: two runs, one thank-you sent and answered, the other
dismissed, a contact logged, three articles read.
"""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.errors import CannotWrite
from pipeline.run import run
from pipeline.store import copies, database, history, migrations, news

VERSIONS = Path(__file__).with_name("versions")
ALL = range(1, migrations.VERSION + 1)
LATER = datetime(2026, 11, 26, 8, tzinfo=UTC)


def written_by(version: int, root: Path) -> Path:
    """Put the database that this version wrote into a workspace; return where it lies."""
    path = root / "data" / "touchpoints.db"
    path.parent.mkdir(parents=True)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript((VERSIONS / f"{version}.sql").read_text("utf-8"))
    return path


def dump(path: Path) -> tuple[str, ...]:
    with closing(sqlite3.connect(path)) as connection:
        return tuple(connection.iterdump())


def columns(connection: sqlite3.Connection) -> set[tuple[str, ...]]:
    """Return every table's columns, and every index, as the file has them."""
    names = [
        row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    ]
    found = {
        (name, row["name"], row["type"])
        for name in names
        for row in connection.execute(f"PRAGMA table_info({name})")
    }
    indexes = connection.execute("SELECT name, tbl_name FROM sqlite_master WHERE type = 'index'")
    return found | {(row["tbl_name"], row["name"]) for row in indexes}


def test_there_is_a_database_of_every_version() -> None:
    """Who adds a step, adds one that the program before it wrote."""
    assert {int(path.stem) for path in VERSIONS.glob("*.sql")} == set(ALL)


@pytest.mark.parametrize("version", ALL)
def test_what_an_earlier_version_stored_comes_through(tmp_path: Path, version: int) -> None:
    """Messages, contacts and articles are there; the schema is that of a new database."""
    path = written_by(version, tmp_path)
    with closing(database.connect(path)) as db:
        past = history.history(db)
        sent, dismissed = past.touchpoints
        assert (sent.status, dismissed.status, dismissed.because) == (
            "answered",
            "dismissed",
            "not-for-me",
        )
        assert {sent.suggestion.person, dismissed.suggestion.person} == {"Tom Adeyemi", "Aud Lunde"}
        assert sent.draft.body.startswith("Dear ")
        assert "met at the fair" in [contact.what for contact in past.contacts]
        assert len(past.contacts) == 3
        assert sorted(article.guid for article in news.articles(db)) == ["b1", "j1", "t1"]
        assert len(news.story_ids(db)) == 3
        assert [move.what for move in history.moves(db) if move.by == "user"] == [
            "sent",
            "logged",
            "dismissed",
            "answered",
        ]
        with closing(database.connect(tmp_path / "new.db")) as new:
            assert columns(db) == columns(new)
    assert copies.wrong_with(path, thoroughly=True) == ""


@pytest.mark.parametrize("version", ALL)
def test_a_run_goes_on_where_an_earlier_version_left_off(tmp_path: Path, version: int) -> None:
    """Nobody is thanked again, what is new is suggested, `undo` takes back what was done before."""
    path = written_by(version, tmp_path)
    (tmp_path / "news.xml").write_text('<rss version="2.0"><channel/></rss>')
    (tmp_path / "feeds.yaml").write_text(
        "settings: {timezone: UTC}\n"
        "companies: {halden: {name: Halden Freight, feeds: [news.xml]}}\n"
    )
    (tmp_path / "data" / "notes").mkdir()
    (tmp_path / "data" / "notes" / "halden.md").write_text(
        "---\ncompany: halden\ninterviewed: 2026-11-23 14:30\n"
        "interviewers: [{name: Tom Adeyemi}, {name: Aud Lunde}]\n---\n- night shifts\n"
    )

    report = run(tmp_path, LATER)

    assert report.problems == ()
    assert report.counts["articles_stored"] == 3
    assert report.digest.entries == ()
    with closing(database.connect(path)) as db:
        assert history.undo(db) == "answered 1"


@pytest.mark.parametrize("version", ALL)
def test_before_a_migration_the_database_is_copied(tmp_path: Path, version: int) -> None:
    """The copy is what the earlier program wrote; one that is up to date is not copied."""
    path = written_by(version, tmp_path)
    before = dump(path)

    database.connect(path).close()
    database.connect(path).close()

    kept = list((tmp_path / "data").glob("backups/*"))
    if version == migrations.VERSION:
        assert kept == []
        return
    assert [one.name for one in kept] == [f"touchpoints-version-{version}.db"]
    assert dump(kept[0]) == before
    assert kept[0].stat().st_mode & 0o777 == 0o600


def test_of_the_copies_the_last_two_are_kept(tmp_path: Path) -> None:
    """Each migration of a long life leaves one; the oldest goes."""
    for version in (1, 2, 3):
        path = tmp_path / "data" / "touchpoints.db"
        path.unlink(missing_ok=True)
        with closing(sqlite3.connect(_folder(path))) as connection:
            connection.executescript((VERSIONS / f"{version}.sql").read_text("utf-8"))
        database.connect(path).close()

    kept = sorted(one.name for one in (tmp_path / "data" / "backups").iterdir())
    assert kept == ["touchpoints-version-2.db", "touchpoints-version-3.db"]


def _folder(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


KILLED = """
import os, sys
from pathlib import Path
from pipeline.store import database, migrations
setattr(migrations, sys.argv[2], lambda db: os._exit(9))
database.connect(Path(sys.argv[1]))
"""


@pytest.mark.parametrize("step", ["_remember_what_changed", "_remember_holds", "_remember_wishes"])
def test_a_migration_that_is_killed_has_changed_nothing(tmp_path: Path, step: str) -> None:
    """At whichever step: the database is the earlier program's still, and is migrated next time."""
    path = written_by(1, tmp_path)
    before = dump(path)

    done = subprocess.run([sys.executable, "-c", KILLED, str(path), step], check=False)

    assert done.returncode == 9
    assert dump(path) == before
    with closing(database.connect(path)) as db:
        assert database.version_of(db) == migrations.VERSION
        assert len(history.history(db).contacts) == 3


def test_two_commands_may_meet_a_database_of_an_earlier_version(tmp_path: Path) -> None:
    """One migrates, the other waits for it."""
    path = written_by(1, tmp_path)
    code = "import sys; from pathlib import Path; from pipeline.store.database import connect; "
    code += "connect(Path(sys.argv[1]))"
    both = [subprocess.Popen([sys.executable, "-c", code, str(path)]) for _ in range(2)]

    assert [one.wait() for one in both] == [0, 0]
    assert copies.wrong_with(path, thoroughly=True) == ""


def test_without_room_for_the_copy_nothing_is_migrated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says so; the earlier program can still read its database."""
    path = written_by(3, tmp_path)
    before = dump(path)
    (tmp_path / "data" / "backups").write_text("a file stands where the folder should be")

    with pytest.raises(CannotWrite, match="backups"):
        database.connect(path)
    assert dump(path) == before


def test_trying_something_out_migrates_no_file(tmp_path: Path) -> None:
    """`run --dry-run` keeps nothing: the copy in memory is brought up to date, the file is not."""
    path = written_by(3, tmp_path)
    before = dump(path)
    with closing(database.copy_in_memory(path)) as copy:
        assert database.version_of(copy) == migrations.VERSION
        assert len(history.history(copy).contacts) == 3
    assert dump(path) == before
    assert not (tmp_path / "data" / "backups").exists()
