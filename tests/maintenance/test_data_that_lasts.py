"""Months without a hand on it: damage, disks that refuse, and what others can see.

A `SampleWorkspace` is a workspace after a morning's run, with a good copy of its database.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.commands import queue
from pipeline.errors import CannotWrite, StoreDamaged
from pipeline.maintenance import routine, safekeeping
from pipeline.records import Contact, Problem
from pipeline.run import Report
from pipeline.steps.job import RunOptions
from pipeline.steps.opening import read_workspace
from pipeline.store import candidate, copies, database, files, memory, news
from pipeline.store.database import opened
from tests.program import touchpoints
from tests.sample_workspace import AS_OF, NOW, SampleWorkspace

TOMORROW = NOW + timedelta(days=1)


def of_the_store(report: Report) -> list[Problem]:
    return [problem for problem in report.problems if problem.stage == "store"]


# --------------------------------------------------------------------------------------- damage


def _no_database(path: Path) -> None:
    path.write_bytes(b"This is no database, and never was one. " * 2_000)


def _pages_lost(path: Path) -> None:
    """Let the middle be zeros, as after a bad block."""
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(size // 4)
        file.write(bytes(size // 2))


def _cut_short(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def _emptied(path: Path) -> None:
    os.truncate(path, 0)


def _pages_swapped(path: Path) -> None:
    """Exchange every second page with its neighbour."""
    data = path.read_bytes()
    pages = [data[at : at + 4096] for at in range(0, len(data), 4096)]
    for at in range(1, len(pages) - 1, 2):
        pages[at], pages[at + 1] = pages[at + 1], pages[at]
    path.write_bytes(b"".join(pages))


DAMAGES = [_no_database, _pages_lost, _cut_short, _emptied, _pages_swapped]


@pytest.mark.parametrize("damage", DAMAGES)
def test_after_damage_the_run_goes_on_from_the_last_good_copy(
    desk: SampleWorkspace, damage: Callable[[Path], None]
) -> None:
    """What was sent is known, the damaged file is kept, the page of that day says it, once."""
    queue.change(desk.root, 1, "sent", NOW)
    desk.run(TOMORROW)  # keeps a good copy of it
    path = files.database_path(desk.root)
    damage(path)
    left = path.read_bytes()

    report = desk.run(TOMORROW + timedelta(hours=2))

    assert desk.statuses() == ["sent", "suggested"]
    assert [contact.person for contact in desk.contacts()] == ["Tom Adeyemi"]
    aside = desk.root / "data" / "touchpoints.db.damaged-2026-11-25"
    assert aside.read_bytes() == left
    (problem,) = of_the_store(report)
    assert "touchpoints.db.damaged-2026-11-25" in problem.what
    said = "The good copy of 2026-11-25 08:00 took its place. The news were read anew."
    assert said in problem.what
    assert problem.what in desk.page().read_text("utf-8")

    again = desk.run(TOMORROW + timedelta(hours=3))
    assert problem.what in desk.page().read_text("utf-8")
    next_day = desk.run(TOMORROW + timedelta(days=1))
    assert problem.what not in desk.page().read_text("utf-8")
    assert (again.digest.entries, of_the_store(next_day)) == (report.digest.entries, [])
    assert copies.wrong_with(path, thoroughly=True) == ""


def test_the_command_tells_a_recovery_in_one_line_and_the_day_is_done(
    desk: SampleWorkspace,
) -> None:
    """For whoever reads cron's mail; exit code 0, nothing more the hour after."""
    _pages_lost(files.database_path(desk.root))
    words = ("--workspace", str(desk.root), "--as-of")
    (first,) = touchpoints(*words, AS_OF, "run").stderr.splitlines()
    assert first.startswith("data/touchpoints.db: It was damaged, and was moved to data/touch")
    assert touchpoints(*words, "2026-11-24T10:00+00:00", "run").stderr == ""


def test_a_database_that_is_gone_comes_back(desk: SampleWorkspace) -> None:
    """A new one would thank everybody again."""
    queue.change(desk.root, 1, "sent", NOW)
    desk.run(TOMORROW)
    for path in (desk.root / "data").glob("touchpoints.db*"):
        path.unlink()

    report = desk.run(TOMORROW + timedelta(hours=1))

    assert desk.statuses() == ["sent", "suggested"]
    assert of_the_store(report)[0].what.startswith("It was missing. The good copy of")


def test_a_command_begins_no_new_database_in_the_place_of_a_lost_one(
    desk: SampleWorkspace,
) -> None:
    """The next run would take it for the old one, and thank everybody again."""
    queue.change(desk.root, 1, "sent", NOW)
    desk.run(TOMORROW)
    files.database_path(desk.root).unlink()
    with pytest.raises(StoreDamaged, match="`touchpoints run` goes on from the last good copy"):
        queue.still_open(desk.root)
    desk.run(TOMORROW + timedelta(hours=2))
    assert desk.statuses() == ["sent", "suggested"]


def test_without_a_good_copy_a_new_database_is_begun_and_old_ticks_are_read_again(
    desk: SampleWorkspace,
) -> None:
    """The page itself is kept and still read: what is ticked there later is done."""
    files.good_copy_path(desk.root).unlink()
    _no_database(files.database_path(desk.root))

    (problem,) = of_the_store(desk.run(NOW + timedelta(hours=1)))

    assert "There was no good copy, so a new database was started." in problem.what
    assert desk.statuses() == ["suggested", "suggested"]
    page = desk.page()
    page.write_text(page.read_text("utf-8").replace("- [ ] sent", "- [x] sent", 1), "utf-8")
    desk.run(NOW + timedelta(hours=2))
    assert desk.statuses() == ["sent", "suggested"]
    assert "Read from your page" in page.read_text("utf-8")


def test_a_copy_that_is_damaged_itself_is_not_used(desk: SampleWorkspace) -> None:
    """Better none than one that fails tomorrow."""
    _pages_lost(files.database_path(desk.root))
    _pages_lost(files.good_copy_path(desk.root))

    (problem,) = of_the_store(desk.run())

    assert "a new database was started" in problem.what
    assert copies.wrong_with(files.database_path(desk.root)) == ""


def test_of_the_damaged_files_the_last_three_are_kept(desk: SampleWorkspace) -> None:
    """A failing disk is not filled with them."""
    for day in range(5):
        _pages_lost(files.database_path(desk.root))
        desk.run(NOW + timedelta(days=day))
    kept = sorted(one.name[-10:] for one in (desk.root / "data").glob("*.damaged-*[0-9]"))
    assert kept == ["2026-11-26", "2026-11-27", "2026-11-28"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE touchpoints SET suggestion = substr(suggestion, 2)",
        "UPDATE candidate_memory SET value = '[' || value WHERE name = 'pages'",
        "UPDATE touchpoints SET created = 'x'",
    ],
)
def test_a_value_that_is_nonsense_is_damage_too(desk: SampleWorkspace, statement: str) -> None:
    """SQLite finds nothing wrong with it; the run does, and goes on from the copy."""
    with opened(desk.root) as db:
        db.execute(statement)

    (problem,) = of_the_store(desk.run(NOW + timedelta(hours=1)))

    assert "was moved to" in problem.what
    assert desk.statuses() == ["suggested", "suggested"]


def test_what_the_good_copy_cannot_tell_either_is_a_bug_and_moves_nothing(
    desk: SampleWorkspace,
) -> None:
    """A program that no longer understands its own data must not throw them out."""
    good = files.good_copy_path(desk.root)
    for path in (files.database_path(desk.root), good):
        with closing(sqlite3.connect(path, isolation_level=None)) as db:
            db.execute("UPDATE touchpoints SET suggestion = '{}'")
    left = good.read_bytes()
    with pytest.raises(Exception, match="missing") as raised:
        desk.run(NOW + timedelta(hours=1))
    assert isinstance(raised.value, TypeError | KeyError)
    assert list((desk.root / "data").glob("*damaged*")) == []
    assert good.read_bytes() == left


def test_a_draft_of_which_the_copy_knows_nothing_is_set_aside(desk: SampleWorkspace) -> None:
    """Its number will be another suggestion's."""
    stray = desk.root / "data" / "drafts" / "7-halden-tidbit.eml"
    stray.write_text("Subject: of the lost days")
    _pages_lost(files.database_path(desk.root))
    desk.run()

    assert not stray.exists()
    aside = desk.root / "data" / "backups" / "drafts-2026-11-24"
    assert [one.name for one in aside.iterdir()] == ["7-halden-tidbit.eml"]
    assert len(list(stray.parent.iterdir())) == 1  # Tom's; Aud has no address, hers is no mail


def test_a_false_alarm_moves_nothing(desk: SampleWorkspace) -> None:
    """What SQLite finds sound, after all, is not set aside."""
    workspace = read_workspace(desk.root)
    with pytest.raises(StoreDamaged, match="so it seemed"):
        routine.recover(desk.root, workspace, StoreDamaged("so it seemed"), NOW)
    assert list((desk.root / "data").glob("*damaged*")) == []


def test_between_two_runs_a_command_says_what_mends_it(desk: SampleWorkspace) -> None:
    """It touches nothing; the run does."""
    path = files.database_path(desk.root)
    _pages_lost(path)
    left = path.read_bytes()
    with pytest.raises(StoreDamaged, match="`touchpoints run` sets it aside"):
        queue.still_open(desk.root)
    assert path.read_bytes() == left


def test_a_try_out_on_a_damaged_database_moves_nothing(desk: SampleWorkspace) -> None:
    """`run --dry-run` keeps its word."""
    from pipeline.run import run

    _pages_lost(files.database_path(desk.root))
    with pytest.raises(StoreDamaged):
        run(desk.root, NOW, RunOptions(dry_run=True))
    assert list((desk.root / "data").glob("*damaged*")) == []


KILLED = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from pipeline.run import run
left = int(sys.argv[2])
real = os.replace
def counted(*args, **kwargs):
    global left
    left -= 1
    if left < 0:
        os._exit(9)
    return real(*args, **kwargs)
os.replace = counted
run(Path(sys.argv[1]), datetime(2026, 11, 25, 9, tzinfo=UTC))
"""


@pytest.mark.parametrize("moves", range(3))
def test_a_recovery_that_is_killed_is_done_by_the_next_run(
    desk: SampleWorkspace, moves: int
) -> None:
    """At whichever move of a file: there is never a moment in which a new database is begun."""
    queue.change(desk.root, 1, "sent", NOW)
    desk.run(TOMORROW)
    path = files.database_path(desk.root)
    _pages_lost(path)
    path.with_name(path.name + "-wal").write_bytes(b"a journal of the damaged one")
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(desk.root), str(moves)],
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert done.returncode == 9

    desk.run(TOMORROW + timedelta(hours=2))

    assert desk.statuses() == ["sent", "suggested"]


def test_an_older_database_under_a_newer_journal_is_noticed(desk: SampleWorkspace) -> None:
    """Somebody put back an old file beside what a killed run left: SQLite would mix the two."""
    path = files.database_path(desk.root)
    journal = path.with_name(f"{path.name}-wal")
    older = path.read_bytes()
    queue.change(desk.root, 1, "sent", NOW)
    desk.run(TOMORROW)
    writer = database.connect(path)
    with database.atomic(writer):
        for number in range(400):
            row = (f"x{number}", "title " * 40, "2026-11-24")
            writer.execute("INSERT INTO articles (id, title, published) VALUES (?, ?, ?)", row)
    left = journal.read_bytes()
    writer.close()
    path.write_bytes(older)
    journal.write_bytes(left)

    (told,) = of_the_store(desk.run(TOMORROW + timedelta(days=1)))

    assert "It was damaged, and was moved to data/touchpoints.db.damaged-" in told.what
    assert "The good copy of 2026-11-25" in told.what
    assert desk.statuses() == ["sent", "suggested"]


# ------------------------------------------------------------------------------------ good copies


def test_a_good_copy_is_made_once_a_day(desk: SampleWorkspace) -> None:
    """By its time in the database; also after a clock that was wrong by years."""
    good = files.good_copy_path(desk.root)

    def made() -> datetime | None:
        with closing(sqlite3.connect(good)) as copy:
            return memory.get(_rows(copy), memory.GOOD_COPY)

    assert made() == NOW
    desk.run(NOW + timedelta(hours=19))
    assert made() == NOW
    desk.run(TOMORROW)
    assert made() == TOMORROW
    desk.run(datetime(2031, 1, 1, tzinfo=UTC))
    desk.run(TOMORROW + timedelta(hours=1))
    assert made() == TOMORROW + timedelta(hours=1)
    assert [one.name for one in good.parent.iterdir()] == [good.name]  # one file, no journal


def test_a_good_copy_that_is_not_there_is_made_by_the_next_run(desk: SampleWorkspace) -> None:
    """A run may have been killed just before it was made, or somebody tidied up."""
    files.good_copy_path(desk.root).unlink()
    desk.run(NOW + timedelta(hours=1))
    assert files.good_copy_path(desk.root).is_file()


def _rows(connection: sqlite3.Connection) -> sqlite3.Connection:
    connection.row_factory = sqlite3.Row
    return connection


def test_damage_that_no_command_meets_is_found_when_the_copy_is_made(desk: SampleWorkspace) -> None:
    """The copy is looked over before it takes the place of the earlier one."""
    with opened(desk.root) as db:
        page = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'runs'").fetchone()[0]
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with files.database_path(desk.root).open("r+b") as file:
        file.seek((page - 1) * 4096 + 3)
        file.write(b"\x40\x40\x00\x10")  # its number of cells

    (problem,) = of_the_store(desk.run(TOMORROW))

    assert "was moved to" in problem.what
    assert copies.wrong_with(files.good_copy_path(desk.root), thoroughly=True) == ""


def test_a_copy_that_cannot_be_made_stops_nothing(desk: SampleWorkspace) -> None:
    """It is told, once a day; the earlier copy stays."""
    good = files.good_copy_path(desk.root)
    earlier = good.read_bytes()
    temporary = good.with_name(f".{good.name}.new")
    temporary.mkdir()

    (problem,) = of_the_store(desk.run(TOMORROW))

    assert "cannot be written" in problem.what
    assert of_the_store(desk.run(TOMORROW + timedelta(hours=1))) == []
    assert good.read_bytes() == earlier


def test_unused_room_is_given_back_once_a_week(desk: SampleWorkspace) -> None:
    """After much was forgotten the file shrinks; nothing is rewritten the day after."""
    path = files.database_path(desk.root)

    def grow_and_forget() -> None:
        with opened(desk.root) as db:
            with database.atomic(db):
                rows = ((f"much {number}", "x" * 4_000) for number in range(3_000))
                db.executemany("INSERT INTO news_memory VALUES (?, ?)", rows)
            with database.atomic(db):
                db.execute("DELETE FROM news_memory WHERE name LIKE 'much %'")
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        assert path.stat().st_size > 8_000_000

    grow_and_forget()
    desk.run(TOMORROW)
    assert path.stat().st_size < 2_000_000
    grow_and_forget()
    desk.run(TOMORROW + timedelta(days=1))
    assert path.stat().st_size > 8_000_000
    desk.run(TOMORROW + timedelta(days=8))
    assert path.stat().st_size < 2_000_000


# -------------------------------------------------------------------------------------- retention


def test_old_pages_go_only_where_the_user_wants_it(desk: SampleWorkspace) -> None:
    """By default a digest is kept for ever; with `keep_days` so many days."""
    later = NOW + timedelta(days=40)
    desk.run(later)
    assert sorted(map(str, files.digest_days(desk.root))) == ["2026-11-24", "2027-01-03"]
    config = desk.root / "feeds.yaml"
    config.write_text(
        config.read_text().replace("timezone: UTC,", "timezone: UTC, digest: {keep_days: 30},")
    )
    desk.run(later)
    assert sorted(map(str, files.digest_days(desk.root))) == ["2027-01-03"]


@pytest.mark.slow
def test_two_years_of_runs_do_not_let_the_tables_grow(desk: SampleWorkspace) -> None:
    """With no news, what one more year adds is a line for each day, and no more."""
    sizes = []
    for year in (1, 2):
        for day in range(0, 360, 3):
            desk.run(NOW + timedelta(days=360 * (year - 1) + day))
        with opened(desk.root) as db:
            rows = {
                name: db.execute(f"SELECT count(*) FROM {name}").fetchone()[0]  # noqa: S608
                for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            }
            remembered = db.execute(
                "SELECT sum(length(value)) FROM candidate_memory WHERE name <> 'index'"
            ).fetchone()[0]
        sizes.append((rows, remembered))
    (first, before), (second, after) = sizes
    assert second["runs"] == 100
    assert second["moves"] - first["moves"] <= 10
    assert second["candidate_memory"] == first["candidate_memory"]
    assert after < before * 1.1


# ---------------------------------------------------------------------------- a feed that has moved


def test_a_feed_whose_new_address_was_written_by_hand_takes_its_past_along(
    desk: SampleWorkspace,
) -> None:
    """So it does when `feeds update` was stopped between feeds.yaml and the database."""
    new = "https://new.example/rss"
    old = str((desk.root / "empty.xml").resolve())
    with opened(desk.root) as db, database.atomic(db):
        state = news.feed_states(db)[old]
        from dataclasses import replace

        news.keep_feed_states(db, [replace(state, moved_to=new, due=NOW + timedelta(days=9))])
    config = desk.root / "feeds.yaml"
    config.write_text(config.read_text().replace("empty.xml", "https://me:secret@new.example/rss"))

    desk.run()

    with opened(desk.root) as db:
        assert news.feed_states(db).keys() == {"https://me:secret@new.example/rss"}


# ------------------------------------------------------------------------- disks that refuse


def test_a_full_disk_ends_in_one_sentence_and_an_unharmed_store(
    desk: SampleWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite says that it is full at whatever write: what stood there before stands there."""
    connect = database.connect

    def full(path: Path) -> sqlite3.Connection:
        db = connect(path)
        (pages,) = db.execute("PRAGMA page_count").fetchone()
        db.execute(f"PRAGMA max_page_count = {pages}")
        return db

    monkeypatch.setattr(database, "connect", full)
    with (
        pytest.raises(CannotWrite, match="The disk is full: make room"),
        opened(desk.root) as db,
        database.atomic(db),
    ):
        candidate.log(db, Contact("halden", "Aud Lunde", NOW, "a call"), NOW)
        memory.put(db, memory.IDENTITY, "x" * 1_000_000)
    monkeypatch.setattr(database, "connect", connect)

    assert desk.contacts() == ()
    assert copies.wrong_with(files.database_path(desk.root), thoroughly=True) == ""


TOO_LARGE = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)),) * 2)
from pipeline.cli.main import main
main(sys.argv[1:])
"""


@pytest.mark.parametrize("bytes_left", [0, 100, 8_192, 40_960, 200_000])
def test_whatever_file_the_disk_no_longer_takes_nothing_is_lost(
    desk: SampleWorkspace, bytes_left: int
) -> None:
    """Wherever writing ends: exit code 0 or 1, a sentence, and tomorrow all is well."""
    queue.change(desk.root, 1, "sent", NOW)
    page = desk.page().read_text("utf-8")
    done = subprocess.run(
        [
            sys.executable, "-c", TOO_LARGE, str(bytes_left),
            "--workspace", str(desk.root), "--as-of", "2026-11-25T08:00+00:00", "run",
        ],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
        # What measures the tests' coverage writes files, too.
        env={name: value for name, value in os.environ.items() if "COVERAGE" not in name},
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr
    assert len(done.stderr.splitlines()) <= 1
    assert "Traceback" not in done.stderr
    assert desk.page("2026-11-24").read_text("utf-8") == page
    assert copies.wrong_with(files.database_path(desk.root), thoroughly=True) == ""

    desk.run(TOMORROW)
    assert desk.statuses() == ["sent", "suggested"]
    assert list((desk.root / "data").rglob(".*.new")) == []


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own, of eight megabytes."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m", "none", str(place)]
    if os.geteuid() or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("mounting is not allowed here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def run_elsewhere(root: Path) -> subprocess.CompletedProcess[str]:
    """Do the next morning's run as cron does."""
    command = [sys.executable, "-m", "pipeline.cli.main", "--workspace", str(root)]
    return subprocess.run(
        [*command, "--as-of", "2026-11-25T08:00+00:00", "run"],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )


@pytest.mark.parametrize(("fault", "says"), [("ro", "Read-only file system"), ("full", "room")])
def test_a_real_disk_that_is_full_or_read_only(disk: Path, fault: str, says: str) -> None:
    """The sentence says what is wrong, exit code 1; once it is mended, all is as before."""
    desk = SampleWorkspace(disk / "ws")
    queue.change(desk.root, 1, "sent", NOW)
    filler = disk / "filler"
    if fault == "full":
        free = os.statvfs(disk)
        filler.write_bytes(bytes(free.f_bavail * free.f_frsize))
    else:
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)

    done = run_elsewhere(desk.root)

    assert done.returncode == 1, done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert says in done.stderr
    subprocess.run(["mount", "-o", "remount,rw", disk], check=True)
    filler.unlink(missing_ok=True)
    assert copies.wrong_with(files.database_path(desk.root), thoroughly=True) == ""
    desk.run(TOMORROW)
    assert desk.statuses() == ["sent", "suggested"]


@pytest.mark.parametrize("killed", [False, True])
def test_on_a_read_only_disk_one_can_look_and_back_up_to_elsewhere(
    disk: Path, tmp_path: Path, killed: bool
) -> None:
    """Also what a run that was killed left in the journal; a change is refused, not lost."""
    desk = SampleWorkspace(disk / "ws")
    database_file = files.database_path(desk.root)
    writer = database.connect(database_file)
    if killed:  # its change is in the journal only
        writer.execute("UPDATE touchpoints SET status = 'dismissed' WHERE id = 2")
        journal = database_file.with_name(f"{database_file.name}-wal")
        left = {one: one.read_bytes() for one in (database_file, journal)}
    writer.close()
    if killed:
        for one, content in left.items():
            one.write_bytes(content)
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    try:
        assert desk.statuses() == ["suggested", "dismissed" if killed else "suggested"]
        assert queue.still_open(desk.root)[0].id == 1
        path, _ = safekeeping.backup(desk.root, tmp_path / "mine.zip", NOW)
        assert safekeeping.export(desk.root, tmp_path / "all", NOW)["touchpoints"] == 2
        with pytest.raises(CannotWrite, match="Read-only"):
            queue.change(desk.root, 1, "sent", NOW)
        with pytest.raises(CannotWrite, match="read-only"), database.opened(desk.root) as db:
            db.execute("DELETE FROM contacts")
        assert sorted(one.name for one in tmp_path.iterdir()) == ["all", "disk", "mine.zip"]
    finally:
        subprocess.run(["mount", "-o", "remount,rw", disk], check=True)
    safekeeping.restore(desk.root, path, NOW)
    assert desk.statuses()[1] == ("dismissed" if killed else "suggested")


@pytest.mark.parametrize("folder", ["data", "data/digests", "data/drafts", "data/backups"])
def test_a_folder_that_may_not_be_written_to_is_named(folder: str) -> None:
    """As another user than root, who may write everywhere; nothing is half done."""
    place = Path(tempfile.mkdtemp())
    me = os.geteuid()
    try:
        desk = SampleWorkspace(place / "ws")
        queue.change(desk.root, 1, "sent", NOW)
        for path in (place, *place.rglob("*")):
            if not me:
                os.chown(path, 65534, 65534)
        (desk.root / folder).chmod(0o500)
        if not me:
            os.seteuid(65534)
        problems: list[str] = []
        try:
            problems = [problem.what for problem in of_the_store(desk.run(TOMORROW))]
        except CannotWrite as error:
            problems = [str(error)]
        finally:
            os.seteuid(me)
        (desk.root / folder).chmod(0o700)
        assert len(problems) == 1
        assert str(desk.root / folder) in problems[0]
        assert "writable" in problems[0]
        assert copies.wrong_with(files.database_path(desk.root), thoroughly=True) == ""
        desk.run(TOMORROW)
        assert desk.statuses() == ["sent", "suggested"]
    finally:
        shutil.rmtree(place)


# ---------------------------------------------------------------------------------------- privacy


def test_nobody_else_on_the_computer_can_read_what_a_whole_run_writes(tmp_path: Path) -> None:
    """With the usual umask of 022: 0600 for files, 0700 for the folders that the program makes."""
    root = tmp_path / "ws"
    old = os.umask(0o022)
    try:
        desk = SampleWorkspace(root)
        queue.change(root, 1, "sent", NOW)
        desk.run(TOMORROW)
        queue.draft_file(root, 2)
    finally:
        os.umask(old)
    by_hand = {root / "data", root / "data" / "notes", root / "data" / "notes" / "halden.md"}
    made = {path for path in (root / "data").rglob("*") if path not in by_hand}
    modes = {str(p.relative_to(root)): oct(stat.S_IMODE(p.stat().st_mode)) for p in made}
    folders = {str(p.relative_to(root)) for p in made if p.is_dir()}
    assert folders == {"data/digests", "data/drafts", "data/backups"}
    assert modes == {name: "0o700" if name in folders else "0o600" for name in modes}
    assert len(modes) > 10
