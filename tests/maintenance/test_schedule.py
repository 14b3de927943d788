"""`schedule`: a crontab's line, systemd units, a launchd job, a task; and all else as it was."""

from __future__ import annotations

import json
import os
import plistlib
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result

from pipeline.cli.context import Shared
from pipeline.cli.main import cli
from pipeline.cli.schedule import own_command
from pipeline.errors import CannotSchedule
from pipeline.maintenance import schedule, timers
from pipeline.maintenance.schedule import ScheduledJob
from pipeline.store import candidate
from pipeline.store.database import opened
from tests.sample_workspace import NOW, laid_out

ODD = '/home/me/100 % "my" wor$k o\'clock é'
JOB = ScheduledJob("/home/me/ws", ("/home/me/.venv/bin/touchpoints",))

# What people have in their crontabs, and what a library that writes the whole of it anew changes.
TABLE = b"""\
# m h  dom mon dow   command
MAILTO=""
PATH = /usr/local/bin:/usr/bin:/bin

  */10  *\t* * *   /bin/true   # with its own spaces  \n\
@reboot /bin/echo 100\\% sure
17~42 3 * * * /bin/randomised
# a remark of mine
0 5 * * 1 tar -zcf /var/backups/home.tgz /home/ # weekly
this line is none
\xff\xfe latin-1 \xe9
# touchpoints
5 * * * * /x/touchpoints --workspace /other run # touchpoints 0123456789
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace, in a folder whose name has what shells, cron and systemd act upon."""
    return laid_out(tmp_path / "100 % o'clock $HOME")


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A crontab, systemctl and others of the test's own, before all others; the home, too."""
    folder, home = tmp_path / "bin", tmp_path / "home"
    folder.mkdir()
    home.mkdir()
    table = folder / "table"
    _program(
        folder / "crontab",
        f"""case "$1" in
-l) [ -f {table} ] || {{ echo "no crontab for me" >&2; exit 1; }}; cat {table};;
-r) rm {table};;
-) cat > {table}.new
   [ -z "$(tail -c 1 {table}.new)" ] || {{ echo "missing newline before EOF" >&2; exit 1; }}
   mv {table}.new {table};;
esac""",
    )
    for name in ("systemctl", "launchctl"):
        _program(
            folder / name, f'echo "{name} $*" >> {folder}/asked; [ ! -e {folder}/{name}-broken ]'
        )
    _program(
        folder / "schtasks",
        f"""echo "schtasks $*" >> {folder}/asked
[ ! -e {folder}/schtasks-broken ] || exit 1
case "$1" in
/Create) cp "$5" {folder}/task;;
/Query) [ -f {folder}/task ] || exit 1; cat {folder}/task;;
/Delete) rm {folder}/task;;
esac""",
    )
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    monkeypatch.setenv("HOME", str(home))
    for name in (*schedule.CARRIED, "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    return folder


def _program(path: Path, text: str) -> None:
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


def touchpoints(root: Path, *arguments: str, given: str = "") -> Result:
    shared = Shared(str(root), NOW)
    return CliRunner().invoke(cli, ["schedule", *arguments], input=given, obj=shared)


# ----------------------------------------------------------------------------------------- texts


def test_a_cron_line_is_one_marked_line_with_absolute_paths() -> None:
    """Every hour, and not at the full hour, at which everybody asks."""
    line = schedule.cron_line(JOB)
    assert line == (
        f"{JOB.minute} * * * * /home/me/.venv/bin/touchpoints --workspace /home/me/ws "
        f"run --scheduled # touchpoints {JOB.identity}"
    )
    assert 3 <= JOB.minute <= 56


def test_the_shell_gets_the_words_back_from_a_cron_line() -> None:
    """Whatever the folder is called; as cron hands it on: every escaped % without its backslash."""
    made = schedule.job(ODD, ["/opt/a b/touchpoints"], {"TZ": "Europe/Paris"})
    command = schedule.cron_line(made).split(" ", 5)[5]
    assert command.count("%") == command.count("\\%") == 1
    words = shlex.split(command.replace("\\%", "%"), comments=True)
    assert words == ["/usr/bin/env", "TZ=Europe/Paris", *made.words]


@pytest.mark.parametrize("name", ["/home/me/two\nlines", "/home/me/bell\a", "/home/me/\udcff"])
def test_a_folder_that_no_schedule_can_hold_is_refused(name: str) -> None:
    """A line end in a crontab would begin a command of its own."""
    with pytest.raises(CannotSchedule, match="Rename the folder"):
        schedule.job(name, ["/x"], {})


def test_secrets_are_not_written_where_others_may_read_them() -> None:
    """Neither a password for mail nor a proxy's; they are named instead."""
    environ = {
        "HTTPS_PROXY": "http://me:hunter2@proxy:3128",
        "NO_PROXY": "localhost",
        "TOUCHPOINTS_SMTP_PASSWORD": "hunter2",
    }
    made = schedule.job("/ws", ["/x"], environ)
    assert made.environment == (("NO_PROXY", "localhost"),)
    assert schedule.left_out(environ) == ("TOUCHPOINTS_SMTP_PASSWORD", "HTTPS_PROXY")


@pytest.mark.parametrize("table", [b"", b"\n", TABLE, TABLE.replace(b"\n", b"\r\n")])
def test_a_crontab_is_as_before_when_the_line_is_taken_out(table: bytes) -> None:
    """Byte for byte; so is all of it while the line is in."""
    with_line = schedule.with_line(table, JOB)
    assert with_line == table + schedule.cron_line(JOB).encode() + b"\n"
    assert schedule.with_line(with_line, JOB) == with_line
    assert schedule.without_line(with_line, JOB) == table


def test_each_workspace_has_a_line_of_its_own() -> None:
    """One is taken out, and the other stays."""
    other = replace(JOB, workspace="/home/me/ws2")
    both = schedule.with_line(schedule.with_line(TABLE, JOB), other)
    assert schedule.without_line(both, JOB) == schedule.with_line(TABLE, other)


def test_a_line_keeps_its_place_and_the_times_that_the_user_gave_it() -> None:
    """The program has moved since; one that was commented out is put to use again."""
    line = schedule.cron_line(JOB)
    moved = replace(JOB, command=("/opt/touchpoints",))
    changed = line.replace(f"{JOB.minute} * *", "*/30 7-22 *", 1)
    table = TABLE + changed.encode() + b"\n0 1 * * * /bin/last\n"
    found = schedule.with_line(table, moved)
    expected = changed.replace(JOB.command[0], "/opt/touchpoints").encode()
    assert found == TABLE + expected + b"\n0 1 * * * /bin/last\n"
    assert schedule.runs_a_day(changed) == 32
    assert schedule.runs_a_day(f"# {line}") == 0
    assert schedule.with_line(f"# {line}\n".encode(), JOB) == f"{line}\n".encode()


def test_a_program_is_found_in_what_was_written_to_start_it() -> None:
    """However its path had to be written; one in another place is not."""
    made = schedule.job("/ws", ["/opt/100% a<b & 'c' $d/touchpoints"], {})
    moved = replace(made, command=("/opt/elsewhere/touchpoints",))
    for text in (
        schedule.cron_line(made),
        schedule.service(made),
        schedule.plist(made).decode(),
        schedule.task(made),
    ):
        assert schedule.starts(text, made)
        assert not schedule.starts(text, moved)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd-analyze here")
@pytest.mark.parametrize("name", ["ws", '100 % o\'clock $HOME "x" \\n é'])
def test_systemd_accepts_the_units(tmp_path: Path, name: str) -> None:
    """Without a word, also for a folder with what systemd acts upon."""
    folder = tmp_path / name
    folder.mkdir()
    program = folder / "touchpoints"
    _program(program, "exit 0")
    made = schedule.job(str(folder), [str(program)], {"TZ": "Europe/Paris"})
    for ending, text in (("service", schedule.service(made)), ("timer", schedule.timer(made))):
        (tmp_path / f"{made.name}.{ending}").write_text(text)
    units = [str(tmp_path / f"{made.name}.{ending}") for ending in ("service", "timer")]
    done = subprocess.run(
        ["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_timer_catches_up_and_the_service_is_one_at_a_time() -> None:
    """What was asked of them, in systemd's words."""
    assert "Persistent=true\n" in schedule.timer(JOB)
    assert "RandomizedDelaySec=" in schedule.timer(JOB)
    assert "Type=oneshot\n" in schedule.service(JOB)


def test_launchd_s_job_is_a_property_list() -> None:
    """The words, the folder, the environment, the log."""
    made = schedule.job(ODD, ["/opt/a b/touchpoints"], {"TZ": "Europe/Paris"})
    found = plistlib.loads(schedule.plist(made))
    assert found["ProgramArguments"] == list(made.words)
    assert found["StartCalendarInterval"] == {"Minute": made.minute}
    assert found["EnvironmentVariables"] == {"TZ": "Europe/Paris"}
    assert found["StandardErrorPath"] == f"{ODD}/data/logs/launchd.log"


TASK = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
PYTHONW = r"C:\Users\Jörg & Söhne\touchpoints\Scripts\pythonw.exe"
BROKEN = {"systemd": "systemctl", "launchd": "launchctl", "schtasks": "schtasks"}


def _texts(task: str) -> dict[str, str]:
    """Return the text of each element."""
    found = ElementTree.fromstring(task.encode("utf-16")).iter()  # noqa: S314 - our own
    return {one.tag.removeprefix(TASK): (one.text or "").strip() for one in found}


def test_windows_task_is_xml_with_the_words_quoted_as_windows_takes_them_apart() -> None:
    """An ending backslash would keep the quotation mark after it from ending the word."""
    environ = {"USERDOMAIN": "DESK<1>", "USERNAME": "jörg", "TZ": "Europe/Paris"}
    made = schedule.job("D:\\my talks & more\\", [PYTHONW, "-m", "pipeline"], environ)
    text = _texts(schedule.task(made))
    assert text["Command"] == PYTHONW
    assert text["Arguments"] == (
        '-m pipeline --workspace "D:\\my talks & more\\\\" run --scheduled'
    )
    assert text["UserId"] == "DESK<1>\\jörg"
    assert "UserId" not in schedule.task(JOB)


def test_windows_task_is_hidden_catches_up_and_is_one_at_a_time() -> None:
    """Every hour without end, on a battery, too, as the user who is logged in; two hours long."""
    found = _texts(schedule.task(JOB))
    wanted = {
        "Interval": "PT1H", "StartBoundary": f"2026-01-01T00:{JOB.minute:02}:00", "Hidden": "true",
        "StartWhenAvailable": "true", "MultipleInstancesPolicy": "IgnoreNew",
        "DisallowStartIfOnBatteries": "false", "StopIfGoingOnBatteries": "false",
        "LogonType": "InteractiveToken", "RunLevel": "LeastPrivilege", "WakeToRun": "false",
        "ExecutionTimeLimit": "PT2H",
    }  # fmt: skip
    assert {name: found[name] for name in wanted} == wanted
    assert "Duration" not in found


def test_a_schedule_starts_the_python_that_opens_no_window_where_there_is_one(
    tmp_path: Path,
) -> None:
    """On Windows beside python.exe; elsewhere the command, or the package where that is missing."""
    python = tmp_path / "python"
    assert own_command(python) == [str(python), "-m", "pipeline"]
    (tmp_path / "pythonw.exe").touch()
    assert own_command(python) == [str(tmp_path / "pythonw.exe"), "-m", "pipeline"]
    (tmp_path / "touchpoints").touch()
    assert own_command(python) == [str(tmp_path / "touchpoints")]


@pytest.mark.parametrize(
    ("platform", "kind"), [("darwin", "launchd"), ("win32", "schtasks"), ("linux", "cron")]
)
def test_each_system_schedules_with_what_is_its_own(
    programs: Path, platform: str, kind: str
) -> None:
    """Those of a Mac, of Windows, and of all others."""
    assert timers.usual_kind(platform) == kind


# --------------------------------------------------------------------------------------- commands


def test_install_shows_asks_writes_and_remove_leaves_all_else(
    workspace: Path, programs: Path
) -> None:
    """Answered with no, nothing changes; a second time, nothing changes; then all is as before."""
    (programs / "table").write_bytes(TABLE)
    asked = touchpoints(workspace, "install", given="n\n")
    assert "run --scheduled # touchpoints" in asked.output
    assert (programs / "table").read_bytes() == TABLE

    done = touchpoints(workspace, "install", given="y\n")
    assert done.exit_code == 0, done.output
    written = (programs / "table").read_bytes()
    assert written.startswith(TABLE) and written.count(b"\n") == TABLE.count(b"\n") + 1
    again = touchpoints(workspace, "install")
    assert "Nothing was changed" in again.output
    assert (programs / "table").read_bytes() == written
    shown = json.loads(touchpoints(workspace, "show", "--json").stdout)
    assert f"{shown['text']}\n".encode() in written

    assert touchpoints(workspace, "remove", "--yes").exit_code == 0
    assert (programs / "table").read_bytes() == TABLE
    assert "Nothing was changed" in touchpoints(workspace, "remove", "--yes").output


def test_who_had_no_crontab_has_none_again(workspace: Path, programs: Path) -> None:
    """Not an empty one."""
    touchpoints(workspace, "install", "--yes")
    assert (programs / "table").read_text().count("\n") == 1
    touchpoints(workspace, "remove", "--yes")
    assert not (programs / "table").exists()


def test_where_nobody_answers_nothing_is_written(workspace: Path, programs: Path) -> None:
    """In a script without --yes."""
    done = touchpoints(workspace, "install")
    assert done.exit_code == 2
    assert "Add --yes" in done.output
    assert not (programs / "table").exists()


def test_a_crontab_that_refuses_is_told_in_its_own_words(workspace: Path, programs: Path) -> None:
    """Exit code 1, and no trace of ours."""
    _program(programs / "crontab", 'echo "You (me) are not allowed to use this" >&2; exit 1')
    done = touchpoints(workspace, "install", "--yes")
    assert isinstance(done.exception, CannotSchedule)
    assert "You (me) are not allowed to use this" in str(done.exception)


@pytest.mark.parametrize(
    ("kind", "endings"), [("systemd", ["service", "timer"]), ("launchd", ["plist"])]
)
def test_systemd_and_launchd_are_told_and_their_files_go_again(
    workspace: Path, programs: Path, kind: str, endings: list[str]
) -> None:
    """Written once, started once; a cron line of ours gives way, and other files stay."""
    home = Path(os.environ["HOME"])
    other = home / (".config/systemd/user" if kind == "systemd" else "Library/LaunchAgents") / "x"
    other.parent.mkdir(parents=True)
    other.write_text("mine")
    touchpoints(workspace, "install", "--yes")
    done = touchpoints(workspace, "install", "--with", kind, "--yes")
    assert done.exit_code == 0, done.output
    assert not (programs / "table").exists()
    made = [path for path in other.parent.iterdir() if path != other]
    assert sorted(path.suffix[1:] for path in made) == endings
    asked = (programs / "asked").read_text()
    start = "enable --now touchpoints-" if kind == "systemd" else f"bootstrap gui/{os.getuid()} "
    assert asked.count(start) == 1
    assert "Nothing was changed" in touchpoints(workspace, "install", "--with", kind).output
    assert (programs / "asked").read_text() == asked
    touchpoints(workspace, "remove", "--yes")
    assert [path for path in other.parent.iterdir() if path.is_file()] == [other]
    end = "disable --now touchpoints-" if kind == "systemd" else "bootout gui/"
    assert end in (programs / "asked").read_text().removeprefix(asked)


def test_a_windows_task_is_made_from_a_file_in_utf_16_and_goes_with_it(
    workspace: Path, programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Little-endian with its mark, the one encoding that schtasks takes; asked again, all stays."""
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy:3128")
    done = touchpoints(workspace, "install", "--with", "schtasks", "--yes")
    assert done.exit_code == 0, done.output
    assert 'setx HTTPS_PROXY "http://proxy:3128"' in done.output
    (path,) = (workspace / "data").glob("touchpoints-*.xml")
    content = path.read_bytes()
    assert content.startswith(b"\xff\xfe<\x00") and (programs / "task").read_bytes() == content
    assert "Nothing was changed" in touchpoints(workspace, "install", "--with", "schtasks").output
    shown = json.loads(touchpoints(workspace, "show", "--json").stdout)
    assert (shown["with"], shown["text"]) == ("schtasks", content.decode("utf-16"))

    disabled = content.decode("utf-16").replace("<Enabled>true<", "<Enabled>false<")
    (programs / "task").write_text(disabled, "latin-1", "replace")  # as a console shows it
    again = touchpoints(workspace, "install", "--with", "schtasks", "--yes")
    assert "Scheduled." in again.output
    assert (programs / "task").read_bytes() == content

    touchpoints(workspace, "remove", "--yes")
    assert not path.exists() and not (programs / "task").exists()


def test_a_task_that_was_deleted_in_windows_is_no_schedule(workspace: Path, programs: Path) -> None:
    """Though its file is still there; a second install makes it anew."""
    touchpoints(workspace, "install", "--with", "schtasks", "--yes")
    (programs / "task").unlink()
    assert "No schedule yet" in touchpoints(workspace, "show").output
    assert "Scheduled." in touchpoints(workspace, "install", "--with", "schtasks", "--yes").output
    assert (programs / "task").exists()


@pytest.mark.parametrize("kind", ["systemd", "launchd", "schtasks"])
def test_a_manager_that_does_not_answer_leaves_nothing_behind(
    workspace: Path, programs: Path, kind: str
) -> None:
    """As on a server without a user's session."""
    (programs / f"{BROKEN[kind]}-broken").touch()
    done = touchpoints(workspace, "install", "--with", kind, "--yes")
    assert isinstance(done.exception, CannotSchedule)
    assert not [path for path in Path(os.environ["HOME"]).rglob("*") if path.is_file()]
    assert not [*(workspace / "data").glob("*.xml")]


# ----------------------------------------------------------------------------------- a real daemon


def _may_use_the_real_crontab() -> bool:
    """Return whether this is a machine of the test's own: root, no cron running, no crontab."""
    if os.name != "posix" or os.geteuid() != 0 or not shutil.which("cron"):
        return False
    if not shutil.which("pidof"):
        return False
    is_running = subprocess.run(["pidof", "cron"], capture_output=True, check=False)
    table = subprocess.run(["crontab", "-l"], capture_output=True, check=False)
    return is_running.returncode != 0 and table.returncode != 0


@pytest.fixture
def cron() -> Iterator[None]:
    """Debian's cron, running; the crontab is gone afterwards, as it was before."""
    if not _may_use_the_real_crontab():
        pytest.skip("needs Debian's cron, not running, and root without a crontab")
    with subprocess.Popen(["cron", "-f"]) as daemon:
        try:
            yield
        finally:
            subprocess.run(["crontab", "-r"], capture_output=True, check=False)
            daemon.terminate()


@pytest.mark.slow
@pytest.mark.real_clock("cron starts the run, at the minute that it is")
@pytest.mark.usefixtures("cron")
def test_debian_s_cron_starts_the_line_that_was_installed(workspace: Path) -> None:
    """Installed from an environment as poor as cron's; the table and the folder have odd signs.

    The user lets it run each minute, which a second install leaves so.
    """
    before = b'# mine\nMAILTO=""\n  0 5\t* * 1  /bin/true \n'
    subprocess.run(["crontab", "-"], input=before, check=True)
    poor = {"HOME": "/root", "LOGNAME": "root", "PATH": "/usr/bin:/bin", "SHELL": "/bin/sh"}
    program = Path(sys.executable).with_name("touchpoints")
    command = [str(program), "--workspace", str(workspace), "schedule"]
    subprocess.run([*command, "install", "--yes"], env=poor, check=True)
    table = subprocess.run(["crontab", "-l"], capture_output=True, check=True).stdout
    assert table.startswith(before)
    times, _, rest = table[len(before) :].partition(b" ")
    assert times.isdigit()
    each_minute = before + b"* " + rest
    subprocess.run(["crontab", "-"], input=each_minute, check=True)
    subprocess.run([*command, "install", "--yes"], env=poor, check=True)
    assert subprocess.run(["crontab", "-l"], capture_output=True).stdout == each_minute

    began = datetime.now(UTC).replace(microsecond=0)
    while time.time() - began.timestamp() < 130 and not _scheduled_since(workspace, began):
        time.sleep(1)
    assert _scheduled_since(workspace, began)
    assert (workspace / "data" / "digests" / "latest.md").is_file()
    subprocess.run([*command, "remove", "--yes"], env=poor, check=True)
    assert subprocess.run(["crontab", "-l"], capture_output=True).stdout == before


def _scheduled_since(root: Path, moment: datetime) -> bool:
    with opened(root) as db:
        runs = candidate.last_runs(db)
    return any(begun >= moment and report["scheduled"] for begun, report in runs)
