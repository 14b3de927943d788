"""What is refused as a backup: whatever stands in a file that somebody calls one."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import stat
import zipfile
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import CannotWrite, NotABackup
from pipeline.maintenance import safekeeping
from pipeline.store import archive, database
from pipeline.store.database import opened
from tests.sample_workspace import SampleWorkspace

NOW = datetime(2026, 11, 25, 8, tzinfo=UTC)


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """A backup of a small workspace."""
    root = tmp_path / "ws"
    database.connect(root / "data" / "touchpoints.db").close()
    (root / "feeds.yaml").write_text("companies: {}\n")
    (root / "data" / "notes").mkdir()
    (root / "data" / "notes" / "Jürgen Å.md").write_text("- night shifts\n")
    (root / "data" / "notes" / ".swp").write_text("an editor's")
    (root / "data" / "logs").mkdir()
    (root / "data" / "logs" / "run.log").write_text("a log")
    path = tmp_path / "good.zip"
    archive.write(path, root, root / "data" / "touchpoints.db", NOW)
    return path


Change = Callable[[dict[str, bytes], dict[str, Any]], None]


def forged(good: Path, change: Change, **entry: Any) -> Path:
    """Return a backup with other contents, whose list says so but for the lies that are told."""
    with zipfile.ZipFile(good) as old:
        contents = {name: old.read(name) for name in old.namelist()}
    listed = json.loads(contents.pop(archive.LIST))
    lies: dict[str, Any] = {}
    change(contents, lies)
    listed["files"] = {
        name: {
            "size": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
            "modified": 0,
        }
        | lies.get(name, {})
        for name, content in contents.items()
    }
    listed["files"] |= {name: lie for name, lie in lies.items() if name not in contents}
    path = good.with_name("forged.zip")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in contents.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            for key, value in entry.get(name, {}).items():
                setattr(info, key, value)
            new.writestr(info, content)
        new.writestr(archive.LIST, json.dumps(listed))
    return path


def refuse(path: Path, because: str, tmp_path: Path) -> None:
    """See that it is refused, and that nothing was written outside the folder to unpack into."""
    before = {one for one in tmp_path.rglob("*") if "unpacked" not in one.parts}
    with pytest.raises(NotABackup, match=because) as told:
        archive.unpack(path, tmp_path / "deep" / "unpacked")
    assert "Nothing was changed" in str(told.value)
    after = {one for one in tmp_path.rglob("*") if "unpacked" not in one.parts}
    assert after - before <= {tmp_path / "deep"}


def test_a_backup_holds_what_is_the_user_s_and_comes_back_byte_for_byte(
    good: Path, tmp_path: Path
) -> None:
    """No log, no hidden file; the times stay, nobody else may read."""
    backup = archive.unpack(good, tmp_path / "back")

    names = {"feeds.yaml", "data/touchpoints.db", "data/notes/Jürgen Å.md"}
    assert backup.files.keys() == names
    for name in names:
        old, new = tmp_path / "ws" / name, tmp_path / "back" / name
        assert new.read_bytes() == old.read_bytes()
        assert int(new.stat().st_mtime) == int(old.stat().st_mtime)
        assert stat.S_IMODE(new.stat().st_mode) == 0o600
    assert stat.S_IMODE(good.stat().st_mode) == 0o600
    assert (backup.made, archive.is_backup(good)) == (NOW, True)
    with zipfile.ZipFile(good) as opened:
        assert opened.testzip() is None


@pytest.mark.parametrize(
    "name",
    [
        "/etc/cron.d/mine",
        "../../outside.md",
        "data/notes/../../../outside.md",
        "data/notes/./a.md",
        "data/notes//a.md",
        "data\\notes\\a.md",
        "data/notes/C:a.md",
        "C:/outside.md",
        "data/notes/a\nb.md",
        f"data/notes/{'a' * 253}.md",
        "data/notes",
        "data/logs/run.log",
        "data/.lock",
        "data/notes/.hidden",
        "data/backups/touchpoints-last-good.db",
        "data/touchpoints.db-wal",
        "pipeline/run.py",
        ".bashrc",
        "feeds.yaml/a.md",
    ],
)
def test_a_name_that_has_no_place_in_a_workspace_is_refused(
    good: Path, tmp_path: Path, name: str
) -> None:
    """Absolute, upwards, another system's, or simply not one of ours."""
    path = forged(good, lambda contents, _: contents.update({name: b"x"}))
    refuse(path, "has no place in a workspace", tmp_path)


def test_a_note_whose_name_cannot_be_restored_everywhere_is_reported(
    good: Path, tmp_path: Path
) -> None:
    """Nothing is left out without a word: the user is told what to rename."""
    (tmp_path / "ws" / "data" / "notes" / "14:00.md").write_text("- night shifts\n")
    with pytest.raises(CannotWrite, match=r"14:00\.md' cannot be backed up"):
        archive.write(tmp_path / "new.zip", tmp_path / "ws", good, NOW)
    assert not (tmp_path / "new.zip").exists()


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFDIR])
def test_a_link_or_a_device_is_refused(good: Path, tmp_path: Path, kind: int) -> None:
    """Through a link a later name would be written elsewhere."""
    name = "data/notes/a.md"
    entry = {name: {"external_attr": (kind | 0o777) << 16}}
    path = forged(good, lambda contents, _: contents.update({name: b"/etc"}), **entry)
    refuse(path, "is no plain file", tmp_path)


def test_a_bomb_is_refused_before_it_is_unpacked(good: Path, tmp_path: Path) -> None:
    """Two hundred megabytes of zeros in a fifth of one."""
    path = forged(good, lambda contents, _: contents.update({"data/notes/a.md": bytes(200 << 20)}))
    assert path.stat().st_size < 1 << 20
    refuse(path, "it would grow to 210 MB", tmp_path)
    assert not (tmp_path / "deep").exists()


def test_a_file_that_grows_beyond_what_is_listed_is_refused(good: Path, tmp_path: Path) -> None:
    """Its entry and the list say little; reading stops there."""

    def lie(contents: dict[str, bytes], lies: dict[str, Any]) -> None:
        contents["data/notes/a.md"] = bytes(3_000_000)
        lies["data/notes/a.md"] = {"size": 10}

    refuse(forged(good, lie), "longer than its list says", tmp_path)


def test_a_changed_byte_is_noticed(good: Path, tmp_path: Path) -> None:
    """The checksum of the list decides."""

    def change(_: dict[str, bytes], lies: dict[str, Any]) -> None:
        lies["feeds.yaml"] = {"sha256": "0" * 64}

    refuse(forged(good, change), "'feeds.yaml' is not as it was written", tmp_path)


@pytest.mark.parametrize(
    ("listed", "because"),
    [
        ({"size": 1, "sha256": "", "modified": 0}, "is not what its list says"),
        ({"size": 1, "sha256": "", "modified": -1}, "its list cannot be read"),
        ({"size": "many", "sha256": "", "modified": 0}, "its list cannot be read"),
        (None, "its list cannot be read"),
    ],
)
def test_a_list_that_says_something_else_is_refused(
    good: Path, tmp_path: Path, listed: Any, because: str
) -> None:
    """A file that is not there, or not described as we do."""
    path = forged(good, lambda _, lies: lies.update({"data/notes/missing.md": listed}))
    refuse(path, because, tmp_path)
    without = forged(good, lambda contents, _: contents.pop("data/touchpoints.db"))
    refuse(without, "is not what its list says", tmp_path)


@pytest.mark.parametrize(
    ("statement", "because"),
    [
        (
            "CREATE TRIGGER t AFTER INSERT ON moves BEGIN DELETE FROM contacts; END",
            "ours never does",
        ),
        ("CREATE VIEW v AS SELECT 1", "ours never does"),
        ("PRAGMA user_version = 0", "ours never does"),
    ],
)
def test_a_database_that_would_do_something_of_its_own_is_refused(
    good: Path, tmp_path: Path, statement: str, because: str
) -> None:
    """Triggers and views are never ours; nor is one without a version."""
    path = tmp_path / "ws" / "data" / "touchpoints.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute(statement)
        db.execute("PRAGMA journal_mode = DELETE")
    content = path.read_bytes()
    change = forged(good, lambda contents, _: contents.update({"data/touchpoints.db": content}))
    refuse(change, because, tmp_path)


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("ALTER TABLE contacts RENAME COLUMN what TO that", "'contacts' is not as this program"),
        ("DROP TABLE contacts", "'contacts' is missing"),
        ("CREATE TABLE extra (a)", "'extra' is there, which is none of ours"),
        ("CREATE UNIQUE INDEX one ON articles (feed)", "'one' is there, which is none of ours"),
        ("ALTER TABLE holds ADD COLUMN x AS (1)", "'holds' is not as this program makes it"),
        ("PRAGMA user_version = 19", "cannot be brought up to this version"),
        ("PRAGMA user_version = 99", "cannot be brought up to this version"),
        (
            "INSERT INTO contacts (id, company, at) VALUES (1, 'halden', 'yesterday')",
            "what its database says makes no sense",
        ),
    ],
)
def test_a_database_of_another_shape_is_refused_before_anything_is_replaced(
    statement: str, says: str, good: Path, tmp_path: Path
) -> None:
    """It is brought up to this version and read once, where it was unpacked."""

    def change(contents: dict[str, bytes], _: dict[str, Any]) -> None:
        path = tmp_path / "other.db"
        path.write_bytes(contents[archive.DATABASE])
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(statement)
            connection.commit()
            connection.execute("PRAGMA journal_mode = DELETE")
        contents[archive.DATABASE] = path.read_bytes()

    with pytest.raises(NotABackup, match=says):
        archive.unpack(forged(good, change), tmp_path / "there")


@pytest.mark.parametrize(
    "name",
    [
        "data/digests/2026-11-30.html",
        "data/digests/evil.js",
        "data/drafts/x.desktop",
        "data/drafts/1-halden.eml.exe",
        "data/templates/x.py",
        "data/notes/picture.svg",
        "data/notes/page.HTM",
    ],
)
def test_what_could_do_something_when_it_is_opened_stays_in_the_backup(
    name: str, good: Path, tmp_path: Path
) -> None:
    """Your texts, documents and pictures come back, whatever a program calls a copy of them."""
    kept = ("data/notes/cv.PDF", "data/digests/2026-11-24.md (copy)", "data/notes/README")

    def change(contents: dict[str, bytes], _: dict[str, Any]) -> None:
        contents |= dict.fromkeys((name, *kept), b"<script>alert(1)</script>")

    backup = archive.unpack(forged(good, change), tmp_path / "there")
    assert not (tmp_path / "there" / name).exists()
    assert name not in backup.files
    assert all((tmp_path / "there" / one).is_file() and one in backup.files for one in kept)


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd"])
@pytest.mark.parametrize("where", ["article", "message"])
def test_a_database_with_a_link_that_runs_something_is_refused(
    where: str, link: str, tmp_path: Path
) -> None:
    """No feed brings such a link to a page or a message: somebody put it there."""
    desk = SampleWorkspace(tmp_path / "ws")
    desk.read_bad_news()
    with opened(desk.root) as db, database.atomic(db):
        if where == "article":
            db.execute("UPDATE articles SET link = ?", [link])
        else:
            db.execute(
                "UPDATE touchpoints SET suggestion = json_set(suggestion, '$.draft.body', ?)",
                [f"Hello,\n{link}\n"],
            )
    path, _ = safekeeping.backup(desk.root, tmp_path / "b.zip", NOW)
    with pytest.raises(NotABackup, match="a link in its database leads to no page"):
        archive.unpack(path, tmp_path / "there")


def test_a_view_in_a_backup_is_replaced_by_ours(good: Path, tmp_path: Path) -> None:
    """Whatever it says: nothing of ours reads it, and what you look at later is what we wrote."""

    def change(contents: dict[str, bytes], _: dict[str, Any]) -> None:
        path = tmp_path / "other.db"
        path.write_bytes(contents[archive.DATABASE])
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("DROP VIEW messages")
            connection.execute("CREATE VIEW messages AS SELECT 'pay me' AS body")
            connection.commit()
            connection.execute("PRAGMA journal_mode = DELETE")
        contents[archive.DATABASE] = path.read_bytes()

    archive.unpack(forged(good, change), tmp_path / "there")
    with closing(sqlite3.connect(tmp_path / "there" / archive.DATABASE)) as connection:
        (sql,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'messages'")
        assert "pay me" not in sql[0] and "FROM touchpoints" in sql[0]


def test_a_damaged_database_in_a_whole_archive_is_refused(good: Path, tmp_path: Path) -> None:
    """It was packed by somebody else, or is no database."""
    change = forged(good, lambda contents, _: contents.update({"data/touchpoints.db": b"x" * 999}))
    refuse(change, "its database is damaged", tmp_path)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_bytes_are_changed_it_is_refused_or_the_same(
    good: Path, data: st.DataObject
) -> None:
    """No other error than ours; and what is read is what was written."""
    whole = archive.read(good)
    content = bytearray(good.read_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.one_of(st.just(len(content)), st.integers(0, len(content))))
    path = good.with_name("changed.zip")
    path.write_bytes(bytes(content[:cut]))
    with suppress(NotABackup):
        assert archive.read(path) == whole


@pytest.mark.parametrize("content", [b"", b"PK", b"no zip at all"])
def test_what_is_no_zip_is_refused(tmp_path: Path, content: bytes) -> None:
    """A clear word on whatever file."""
    path = tmp_path / "some.zip"
    path.write_bytes(content)
    refuse(path, "it is no zip", tmp_path)
    with pytest.raises(NotABackup, match="cannot be read"):
        archive.read(tmp_path)
    with pytest.raises(NotABackup, match="cannot be read"):
        archive.read(tmp_path / "nowhere.zip")
