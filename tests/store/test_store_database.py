"""The database: made, refused; each stage in one step."""

from __future__ import annotations

import errno
import sqlite3
import stat
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.errors import CannotWrite, OtherStoreVersion, StoreDamaged
from pipeline.records import (
    Article,
    CompanyProfile,
    Contact,
    EmbeddingStatistics,
    FeedState,
    Frequencies,
    Guard,
    GuardResult,
    Held,
    Knowledge,
    NameUsage,
    Story,
    Term,
)
from pipeline.store import candidate, database, files, news
from pipeline.store.lock import locked

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)


def article(name: str, **changes: object) -> Article:
    values: dict[str, object] = {
        "id": name,
        "feed": "https://f.example/rss",
        "title": f"Title {name}",
        "link": f"https://f.example/{name}",
        "canonical": f"https://f.example/{name}",
        "text": "Some text.",
        "published": NOW,
        "dated": "feed",
        "seen": NOW,
    }
    return Article(**(values | changes))  # type: ignore[arg-type]


@pytest.fixture
def db(tmp_path: Path) -> sqlite3.Connection:
    return database.connect(tmp_path / "data" / "touchpoints.db")


def test_a_new_database_is_private_and_in_wal_mode(tmp_path: Path) -> None:
    """Nobody else on the machine may read it."""
    path = tmp_path / "data" / "touchpoints.db"
    connection = database.connect(path)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert connection.execute("PRAGMA user_version").fetchone()[0] == database.VERSION


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    """The message says what to do; the file is left as it is."""
    path = tmp_path / "touchpoints.db"
    path.write_bytes(b"This is not a database at all, and never was one." * 100)

    with pytest.raises(StoreDamaged, match="damaged"):
        database.connect(path)
    assert path.read_bytes().startswith(b"This is not")


@pytest.mark.parametrize(("version", "todo"), [(99, "Install the newer"), (19, "Move the file")])
def test_a_database_of_another_version_is_not_touched(
    tmp_path: Path, version: int, todo: str
) -> None:
    """It stays as it is, byte for byte, and the message says what to do."""
    path = tmp_path / "touchpoints.db"
    with closing(database.connect(path)) as db:
        db.execute(f"PRAGMA user_version = {version}")
    before = path.read_bytes()

    with pytest.raises(OtherStoreVersion, match=todo):
        database.connect(path)
    assert path.read_bytes() == before


def test_a_stage_that_fails_leaves_nothing_behind(db: sqlite3.Connection) -> None:
    """Everything in the block, or nothing."""
    with pytest.raises(RuntimeError), database.atomic(db):
        news.keep_articles(db, [article("a")])
        raise RuntimeError

    assert news.article_count(db) == 0


def test_keeping_twice_changes_nothing(db: sqlite3.Connection) -> None:
    """The second time no article is new, and none counts as changed."""
    assert news.keep_articles(db, [article("a"), article("b")]) == 2
    before = news.changes_made(db)

    assert news.keep_articles(db, [article("a"), article("b")]) == 0
    assert news.changes_made(db) == before
    assert news.arrived(db, NOW - timedelta(days=9), before) == {"a", "b"}  # in no story yet


def test_what_arrived_since_is_known(db: sqlite3.Connection) -> None:
    """After a change only what came or was edited later counts; a deletion is a change, too."""
    since = NOW - timedelta(days=9)
    stories = [Story(name, article(name)) for name in "abcd"]
    news.keep_articles(db, [article("a"), article("b"), article("c")])
    first = news.changes_made(db)
    news.keep_articles(db, [article("a"), article("b", title="Edited"), article("d")])
    second = news.changes_made(db)
    news.keep_stories(db, stories)

    assert news.arrived(db, since, 0) == {"a", "b", "c", "d"}
    assert news.arrived(db, since, first) == {"b", "d"}
    assert news.arrived(db, since, second) == frozenset()
    assert news.forget_articles(db, NOW + timedelta(days=1), frozenset()) == 4
    assert news.changes_made(db) > second


def test_the_newest_of_some_feeds_come_first_and_no_more_than_asked_for(
    db: sqlite3.Connection,
) -> None:
    """Of two of one moment the first by its id; nothing of other feeds, or of none."""
    feeds, hour = ("https://f.example/rss", "https://g.example/rss"), timedelta(hours=1)
    news.keep_articles(db, [article("b", published=NOW), article("a", published=NOW)])
    news.keep_articles(db, [article("c", published=NOW + hour, feed=feeds[1])])
    news.keep_articles(db, [article("d", published=NOW + hour, feed="https://h.example/rss")])
    assert [one.id for one in news.newest_of(db, feeds, 2)] == ["c", "a"]
    assert [one.id for one in news.newest_of(db, feeds[:1], 9)] == ["a", "b"]
    assert list(news.newest_of(db, (), 9)) == []


def test_fingerprints_come_by_publication_and_are_sorted_in_no_file(db: sqlite3.Connection) -> None:
    """SQLite sorts in a file what is larger than its cache: 8 MB of 50,000, on each reading."""
    hours = {"b": 2, "a": 2, "c": 1}
    made = [article(name, published=NOW + timedelta(hours=at)) for name, at in hours.items()]
    news.keep_fingerprints(db, [(one, one.id.encode()) for one in made])
    said: list[str] = []
    db.set_trace_callback(said.append)
    assert list(news.fingerprints(db)) == [("c", b"c"), ("a", b"a"), ("b", b"b")]
    db.set_trace_callback(None)
    plans = [row["detail"] for sql in said for row in db.execute(f"EXPLAIN QUERY PLAN {sql}")]
    assert plans == ["SCAN fingerprints"]


def test_an_edited_article_stays_the_same_one(db: sqlite3.Connection) -> None:
    """Its title changes, the day it was first seen does not, nor the day of an undated one."""
    later = NOW + timedelta(days=2)
    news.keep_articles(db, [article("a", dated="seen")])
    news.keep_articles(db, [article("a", title="New", dated="seen", seen=later, published=later)])

    (kept,) = news.articles_since(db)
    assert (kept.title, kept.seen, kept.published) == ("New", NOW, NOW)
    assert news.changes_made(db) == 2


def test_states_knowledge_and_stories_come_back_as_they_were(db: sqlite3.Connection) -> None:
    """What is kept is what is given, to the second."""
    state = FeedState("https://f.example/rss", etag='W/"x"', checked=NOW, failures=2)
    learned = Knowledge(
        Frequencies(3, {"zebra": 2, "日本": 1}, NOW),
        (
            CompanyProfile("x", ("X", "Ex"), (NameUsage("Ex", 5, 1, 2, ("a",), ("b",)),)),
            CompanyProfile("y", ("Y",), centroid=(Term("zebra crossing", 0.25),)),
        ),
        EmbeddingStatistics(b"\x00\x01", b"\xff", {"a photo": b"\x02", "near a „boat“": b""}),
        b"weights",
    )
    news.keep_feed_states(db, [state])
    assert news.load_knowledge(db) is None
    news.keep_knowledge(
        db, Knowledge(embeddings=EmbeddingStatistics(b"", b"", {"an older line": b""}))
    )
    news.keep_knowledge(db, learned)
    news.keep_articles(db, [article("a"), article("b")])
    news.keep_stories(db, [Story("a", article("a"), (article("b"),))])

    assert news.feed_states(db) == {state.address: state}
    assert news.load_knowledge(db) == learned
    assert news.company_profiles(db) == dict(zip("xy", learned.company_profiles, strict=True))
    assert news.has_knowledge(db)
    assert news.story_ids(db) == {"a": "a", "b": "a"}
    assert news.story_ids(db, NOW + timedelta(days=1)) == {}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("words", "weights"),
        ("mean vector", "middle"),
        ("idf", "rarity"),
        ("document frequencies", "counts"),
    ],
)
def test_what_another_program_learned_counts_as_nothing(
    db: sqlite3.Connection, before: str, after: str
) -> None:
    """Under names that are not today's it cannot be read: the next run learns anew."""
    news.keep_knowledge(db, Knowledge(embeddings=EmbeddingStatistics(b"\x00", b"\x00", {})))
    assert news.load_knowledge(db) is not None
    db.execute("UPDATE knowledge SET name = ? WHERE name = ?", (after, before))
    assert not news.has_knowledge(db)
    assert news.load_knowledge(db) is None
    assert news.company_profiles(db) == {}


def test_old_articles_go_unless_a_touchpoint_refers_to_their_story(db: sqlite3.Connection) -> None:
    """Retention spares what the candidate may still want to look up."""
    old = NOW - timedelta(days=400)
    news.keep_articles(db, [article(n, published=old, seen=old) for n in "ab"] + [article("c")])
    news.keep_stories(db, [Story("b", article("b"))])

    assert news.forget_articles(db, NOW - timedelta(days=180), frozenset({"b"})) == 1
    assert sorted(kept.id for kept in news.articles_since(db)) == ["b", "c"]


def test_a_file_is_written_whole_and_only_when_it_changed(tmp_path: Path) -> None:
    """The second time nothing is written; the file is the owner's alone."""
    path = tmp_path / "deep" / "page.md"

    assert files.write_whole(path, "one\n")
    assert not files.write_whole(path, "one\n")
    assert files.write_whole(path, "two\n")
    assert path.read_text() == "two\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [item.name for item in path.parent.iterdir()] == ["page.md"]


def test_a_folder_that_cannot_be_made_is_a_clear_error(tmp_path: Path) -> None:
    """A file stands where the folder should be."""
    (tmp_path / "data").write_text("not a folder")

    with pytest.raises(CannotWrite, match="cannot be"):
        files.write_whole(tmp_path / "data" / "page.md", "text")


def _undone(db: sqlite3.Connection) -> tuple[str, str]:
    undone = candidate.undo(db)
    assert undone is not None
    return undone.what, undone.about


def test_undo_takes_back_whatever_was_last(db: sqlite3.Connection) -> None:
    """A contact, a release and a forgotten lesson, in the reverse order; then there is nothing."""
    held = Held(GuardResult(Guard.BAD_NEWS), "oracle", "", story="s1", title="Oracle cuts jobs")
    candidate.keep_hold(db, held, NOW)
    candidate.keep_hold(db, held, NOW)
    (hold,) = candidate.load_history(db).holds
    candidate.log(db, Contact("oracle", "Renata", NOW, "a call"), NOW)
    candidate.release(db, hold, NOW)
    candidate.forget_weight(db, "word:oracle:boat", NOW)
    candidate.forget_weight(db, "word:oracle:boat", NOW + timedelta(days=1))

    assert [move.what for move in candidate.moves(db)] == ["logged", "released", "forgot", "forgot"]
    assert _undone(db) == ("forgot", "word:oracle:boat")
    assert candidate.forgotten(db) == {"word:oracle:boat": NOW}
    assert _undone(db) == ("forgot", "word:oracle:boat")
    assert candidate.forgotten(db) == {}
    assert _undone(db) == ("released", "Oracle cuts jobs")
    assert candidate.load_history(db).holds == (hold,)
    assert _undone(db) == ("logged", "a call")
    assert candidate.load_history(db).contacts == ()
    assert candidate.undo(db) is None
    assert candidate.moves(db) == ()


def test_undo_of_a_release_and_forgetting_are_in_the_history(db: sqlite3.Connection) -> None:
    """The plan knows which lessons count no more."""
    suit = Held(GuardResult(Guard.BAD_NEWS, bad_news=("lawsuit",)), "oracle", "", story="s1")
    candidate.keep_hold(db, suit, NOW)
    (hold,) = candidate.load_history(db).holds
    candidate.release(db, hold, NOW)
    candidate.forget_weight(db, "hold:oracle:lawsuit", NOW)
    past = candidate.load_history(db)
    assert (past.holds[0].released, past.forgotten) == (NOW, {"hold:oracle:lawsuit": NOW})
    candidate.undo(db)
    candidate.undo(db)
    past = candidate.load_history(db)
    assert (past.holds[0].released, past.forgotten) == (None, {})


def code_of(name: str) -> int:
    return int(getattr(sqlite3, f"SQLITE_{name}"))


@pytest.mark.parametrize(
    ("code", "todo"),
    [
        ("PROTOCOL", "network drive"),
        ("IOERR_LOCK", "network drive"),
        ("IOERR_SHMMAP", "network drive"),
        ("IOERR_SHMOPEN", "network drive"),
        ("IOERR_RDLOCK", "network drive"),
        ("IOERR_WRITE", "reports errors"),
        ("NOLFS", "move the workspace"),
        ("NOMEM", "short of memory"),
        ("BUSY_RECOVERY", "wait until it has finished"),
        ("READONLY_DBMOVED", "make it writable"),
    ],
)
def test_an_error_of_the_disk_says_what_to_do(tmp_path: Path, code: str, todo: str) -> None:
    """Exit code 1: none of them is our bug."""
    error = sqlite3.OperationalError("locking protocol")
    error.sqlite_errorcode = code_of(code)
    with pytest.raises(CannotWrite, match=todo), database.translated(tmp_path / "t.db"):
        raise error
    assert CannotWrite.exit_code == 1


def test_an_error_without_a_code_is_known_by_its_words(tmp_path: Path) -> None:
    """As some builds of Python give it; what is not known stays a bug."""
    with pytest.raises(CannotWrite, match="network"), database.translated(tmp_path / "t.db"):
        raise sqlite3.OperationalError("locking protocol")
    with pytest.raises(sqlite3.OperationalError), database.translated(tmp_path / "t.db"):
        raise sqlite3.OperationalError("no such table: boats")


@pytest.mark.parametrize(
    "error", [NotImplementedError("no flock"), OSError(errno.ENOLCK, "No locks available")]
)
def test_a_folder_without_locks_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """Nobody else is at work there."""

    def refuse(self: object) -> None:
        raise error

    monkeypatch.setattr("filelock.FileLock.acquire", refuse)
    with pytest.raises(CannotWrite, match="network drive"), locked(tmp_path):
        pass


MOUNTS = """\
/dev/sda1 / ext4 rw,relatime 0 0
nas:/home /home nfs4 rw 0 0
/dev/sdb1 /home/ann/local ext4 rw 0 0
//nas/share /mnt/my\\040files cifs rw 0 0
ann@host: /home/ann/far fuse.sshfs rw 0 0
tmpfs /run tmpfs rw 0 0
odd
"""
MAC = """\
/dev/disk1s1 on / (apfs, local, journaled)
//ann@nas/share on /Volumes/My Share (smbfs, nodev, nosuid, mounted by ann)
"""


@pytest.mark.parametrize(
    ("mounts", "folder", "kind"),
    [
        (MOUNTS, "/home/ann/jobs", "nfs4"),
        (MOUNTS, "/home/ann/local/jobs", ""),
        (MOUNTS, "/homes/ann", ""),
        (MOUNTS, "/mnt/my files/jobs", "cifs"),
        (MOUNTS, "/home/ann/far", "fuse.sshfs"),
        (MOUNTS, "/run/jobs", ""),
        (MAC, "/Volumes/My Share/jobs", "smbfs"),
        (MAC, "/Users/ann/jobs", ""),
        ("", "/home/ann", ""),
    ],
)
def test_a_network_drive_is_known_by_the_list_of_mounts(
    mounts: str, folder: str, kind: str
) -> None:
    """The innermost one counts."""
    assert files.network_drive(Path(folder), mounts) == kind
