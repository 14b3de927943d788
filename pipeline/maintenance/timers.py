"""The programs that start the daily job: crontab, systemctl, launchctl, schtasks.

Takes a `ScheduledJob`; looks where it is scheduled, schedules it and ends that, and remembers since
when.
What is written is made in `schedule.py`; what is not ours stays as it is.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Literal

from pipeline.errors import CannotSchedule, CannotWrite
from pipeline.maintenance import schedule
from pipeline.maintenance.schedule import ScheduledJob
from pipeline.records import ScheduleState
from pipeline.records.record import dataclass
from pipeline.store import files, memory
from pipeline.store.database import atomic, opened

Kind = Literal["cron", "systemd", "launchd", "schtasks"]
KINDS: tuple[Kind, ...] = ("cron", "systemd", "launchd", "schtasks")
# no border test: a wait, in seconds
SECONDS = 30.0  # one of these programs answers at once, or not at all
_PROGRAMS: Mapping[Kind, str] = {
    "cron": "crontab",
    "systemd": "systemctl",
    "launchd": "launchctl",
    "schtasks": "schtasks",
}
_ENCODINGS: Mapping[Kind, str] = {"schtasks": "utf-16"}  # it refuses UTF-8; of all else it is UTF-8
_USUAL: Mapping[str, tuple[Kind, ...]] = {"darwin": ("launchd",), "win32": ("schtasks",)}


@dataclass(frozen=True, slots=True)
class ScheduleEntry:
    """A piece of a schedule: where it is, and what."""

    kind: Kind
    place: str  # "your crontab", or a file
    text: str
    runs_a_day: float = 24.0  # 0: it was put out of use
    starts_us: bool = True  # this program, where it is now


def usual_kind(platform: str) -> Kind:
    """Return what this computer schedules with; raise CannotSchedule where there is nothing."""
    order = _USUAL.get(platform, ("cron", "systemd"))
    for kind in order:
        if shutil.which(_PROGRAMS[kind]):
            return kind
    names = " or ".join(_PROGRAMS[kind] for kind in order)
    raise CannotSchedule(
        f"There is no {names} on this computer, so nothing can be scheduled. Install cron "
        "(Debian, Raspberry Pi: `sudo apt install cron`) and try again."
    )


def wanted(kind: Kind, made: ScheduledJob) -> tuple[ScheduleEntry, ...]:
    """Return what a schedule consists of; an existing line keeps its times."""
    if kind == "cron":
        table = schedule.with_line(_crontab(), made)
        return (_cron_entry(schedule.own_line(table, made) or "", made),)
    return tuple(
        ScheduleEntry(kind, str(path), content) for path, content in _files(kind, made).items()
    )


def found(made: ScheduledJob) -> tuple[ScheduleEntry, ...]:
    """Return where the job is scheduled now."""
    entries: list[ScheduleEntry] = []
    if shutil.which(_PROGRAMS["cron"]):
        line = schedule.own_line(_crontab(), made)
        entries += [_cron_entry(line, made)] if line is not None else []
    for kind in KINDS[1:]:
        for path in _files(kind, made):
            content = files.content_of(path)
            runs = _task_runs_a_day(made) if kind == "schtasks" and content is not None else 24.0
            if content is not None and runs is not None:
                text = content.decode(_ENCODINGS.get(kind, "utf-8"), "replace")
                is_us = path.suffix == ".timer" or schedule.starts(text, made)
                entries.append(ScheduleEntry(kind, str(path), text, runs, is_us))
    return tuple(entries)


def install(kind: Kind, made: ScheduledJob) -> None:
    """Schedule the job; raise CannotSchedule, with nothing changed, where that cannot be."""
    if kind == "cron":
        _write_crontab(schedule.with_line(_crontab(), made))
        return
    if kind == "systemd":  # a server without a user's manager says so before anything is written
        _asked(["systemctl", "--user", "show-environment"], "Use `--with cron` instead.")
    _make(kind, made)
    try:
        _start(kind, made)
    except CannotSchedule:
        _unmake(kind, made)
        raise


def remove(kind: Kind, made: ScheduledJob) -> None:
    """End the schedule; raise CannotSchedule where that cannot be."""
    if kind == "cron":
        _write_crontab(schedule.without_line(_crontab(), made))
        return
    with suppress(CannotSchedule):  # it does not run: then there is nothing to stop
        if kind == "systemd":
            _asked(["systemctl", "--user", "disable", "--now", f"{made.name}.timer"])
        elif kind == "launchd":
            _asked(["launchctl", "bootout", f"{_domain()}/{made.name}"])
        else:
            _asked(["schtasks", "/Delete", "/TN", made.name, "/F"])
    _unmake(kind, made)
    with suppress(CannotSchedule):
        if kind == "systemd":
            _asked(["systemctl", "--user", "daemon-reload"])


# ------------------------------------------------------------------------------------------ cron


def _cron_entry(line: str, made: ScheduledJob) -> ScheduleEntry:
    runs, is_us = schedule.runs_a_day(line), schedule.starts(line, made)
    return ScheduleEntry("cron", "your crontab", line, runs, is_us)


def _crontab() -> bytes:
    """Return the user's crontab as it is; empty when there is none."""
    done = _run(["crontab", "-l"])
    if done.returncode == 0:
        return done.stdout
    if b"no crontab" in done.stderr or b"No such file" in done.stderr:
        return b""
    raise _refused("crontab -l", done.stderr)


def _write_crontab(table: bytes) -> None:
    if table == _crontab():
        return
    done = _run(["crontab", "-r"]) if not table else _run(["crontab", "-"], table)
    if done.returncode:
        raise _refused("crontab", done.stderr)


# ------------------------------------------------------------- systemd, launchd, Task Scheduler


def _files(kind: Kind, made: ScheduledJob) -> dict[Path, str]:
    if kind == "systemd":
        folder = _units()
        return {
            folder / f"{made.name}.service": schedule.service(made),
            folder / f"{made.name}.timer": schedule.timer(made),
        }
    if kind == "launchd":
        folder = Path.home() / "Library" / "LaunchAgents"
        return {folder / f"{made.name}.plist": schedule.plist(made).decode()}
    return {Path(made.workspace) / "data" / f"{made.name}.xml": schedule.task(made)}


def _units() -> Path:
    base = os.environ.get("XDG_CONFIG_HOME", "")
    home = Path(base) if base.startswith("/") else Path.home() / ".config"
    return home / "systemd" / "user"


def _make(kind: Kind, made: ScheduledJob) -> None:
    try:
        for path, content in _files(kind, made).items():
            files.write_whole(path, content, encoding=_ENCODINGS.get(kind, "utf-8"))
    except CannotWrite:
        _unmake(kind, made)
        raise


def _unmake(kind: Kind, made: ScheduledJob) -> None:
    for path in _files(kind, made):
        files.remove(path)
    if kind == "systemd":
        files.remove(_units() / "timers.target.wants" / f"{made.name}.timer")


def _start(kind: Kind, made: ScheduledJob) -> None:
    if kind == "systemd":
        _asked(["systemctl", "--user", "daemon-reload"])
        _asked(["systemctl", "--user", "enable", "--now", f"{made.name}.timer"])
        return
    (path,) = _files(kind, made)
    if kind == "schtasks":
        _asked(["schtasks", "/Create", "/TN", made.name, "/XML", str(path), "/F"])
        return
    with suppress(CannotSchedule):  # an older one of the same name
        _asked(["launchctl", "bootout", f"{_domain()}/{made.name}"])
    _asked(["launchctl", "bootstrap", _domain(), str(path)])


def _task_runs_a_day(made: ScheduledJob) -> float | None:
    """Return how often Windows runs the task, 0 where it is disabled; None where it knows none."""
    if not shutil.which(_PROGRAMS["schtasks"]):
        return None
    done = _run(["schtasks", "/Query", "/TN", made.name, "/XML"])
    if done.returncode:
        return None
    # In the console's encoding or in UTF-16: in both the marks are ASCII but for zeros.
    return 0.0 if b"<Enabled>false</Enabled>" in done.stdout.replace(b"\0", b"") else 24.0


def _domain() -> str:
    return f"gui/{os.getuid()}"


# -------------------------------------------------------------------------------------- programs


def _asked(command: list[str], todo: str = "") -> None:
    done = _run(command)
    if done.returncode:
        raise _refused(command[0], done.stderr, todo)


def _run(command: Iterable[str], given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    name, *rest = command
    program = shutil.which(name)
    if program is None:
        raise CannotSchedule(
            f"There is no {name} on this computer. Use `--with`: {', '.join(KINDS)}."
        )
    try:
        return subprocess.run(  # noqa: S603 - our own words, no shell
            [program, *rest],
            input=given,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env={**os.environ, "LC_ALL": "C"},
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise CannotSchedule(f"{program} does not work here: {type(error).__name__}.") from error


def _refused(program: str, said: bytes, todo: str = "") -> CannotSchedule:
    text = " ".join(said.decode("utf-8", "replace").split())
    return CannotSchedule(f"{program} refuses: {text or 'no reason was given'}. {todo}".strip())


# ------------------------------------------------------------------------ what is remembered


def keep_schedule(root: Path, kind: str, now: datetime) -> None:
    """Remember since when the daily job is scheduled: `doctor` looks whether it really starts."""
    with opened(root) as db, atomic(db):
        memory.put(db, memory.SCHEDULE, ScheduleState(kind, now))


def scheduled_since(db: sqlite3.Connection) -> datetime | None:
    """Return when the daily job was scheduled last, if it ever was."""
    kept = memory.get(db, memory.SCHEDULE)
    return kept.since if kept else None
