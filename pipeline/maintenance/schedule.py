"""What starts the daily job by itself, as texts: a cron line, units, a launchd job, a task.

Takes a `ScheduledJob`; gives what is to be written, and a crontab with or without the job's line.
Runs no program and writes no file; that is `timers.py`.

The job runs every hour, as laptops sleep and servers restart: a run that was missed is caught up
by the next one, and one with nothing to do takes less than a second. All paths are absolute, as
cron has no PATH to speak of.
"""

from __future__ import annotations

import hashlib
import plistlib
import shlex
import subprocess
from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.errors import CannotSchedule
from pipeline.records.record import dataclass

# What decides how feeds are reached and which day it is, and is not there where cron starts us.
CARRIED = (
    "TZ", "HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY", "https_proxy", "http_proxy",
    "all_proxy", "no_proxy", "SSL_CERT_FILE", "SSL_CERT_DIR",
)  # fmt: skip
HOURS = 2  # a run that hangs is ended, or no other would be started; our judgement
SPREAD = "15min"  # so that not all timers of the world ask at the full hour


@dataclass(frozen=True, slots=True)
class ScheduledJob:
    """The daily job of one workspace, as a schedule starts it."""

    workspace: str  # absolute
    command: tuple[str, ...]  # how this program is called, by absolute path
    environment: tuple[tuple[str, str], ...] = ()
    user: str = ""  # as Windows knows them

    @property
    def identity(self) -> str:
        """What marks this workspace's job, and no other's."""
        return hashlib.sha256(self.workspace.encode("utf-8", "replace")).hexdigest()[:10]

    @property
    def name(self) -> str:
        """The name of its units, or of its launchd job."""
        return f"touchpoints-{self.identity}"

    @property
    def minute(self) -> int:
        """When in the hour it runs: another time for each workspace, and none at the full hour."""
        return 3 + int(self.identity, 16) % 54

    @property
    def words(self) -> tuple[str, ...]:
        """The whole command."""
        return (*self.command, "--workspace", self.workspace, "run", "--scheduled")


def job(workspace: str, command: Sequence[str], environ: Mapping[str, str]) -> ScheduledJob:
    """Return the job; what it needs of the environment goes along, but for secrets."""
    kept = tuple((n, environ[n]) for n in CARRIED if environ.get(n) and not _is_secret(environ[n]))
    user = "\\".join(environ.get(name, "") for name in ("USERDOMAIN", "USERNAME")).strip("\\")
    found = ScheduledJob(workspace, tuple(command), kept, user)
    if any(not part.isprintable() for part in (*found.words, *(value for _, value in kept))):
        raise CannotSchedule(
            f"{workspace!r} has characters in its name that a schedule cannot hold. "
            "Rename the folder."
        )
    return found


def left_out(environ: Mapping[str, str]) -> tuple[str, ...]:
    """Return what the job may need, and does not get as it would be there for others to read."""
    secrets = ("TOUCHPOINTS_SMTP_PASSWORD", "TOUCHPOINTS_NOTIFY")
    proxies = (name for name in CARRIED if _is_secret(environ.get(name, "")))
    return (*(name for name in secrets if environ.get(name)), *proxies)


def _is_secret(value: str) -> bool:
    return "@" in value  # the password of a proxy


# ------------------------------------------------------------------------------------------ cron


def cron_line(made: ScheduledJob, times: str = "") -> str:
    """Return the job's line of a crontab, without its end; at other times where they are given.

    Raises CannotSchedule for a path that a crontab cannot hold.
    """
    from crontab import CronItem

    environment = [f"{name}={value}" for name, value in made.environment]
    words = [*(["/usr/bin/env", *environment] if environment else []), *made.words]
    if any("\\" in word for word in words):  # cron takes some of them away, and not all alike
        raise CannotSchedule(
            f"A crontab cannot hold the backslash in {made.workspace}. Rename the folder, or use "
            "`--with systemd`."
        )
    item = CronItem(command=shlex.join(words), comment=_mark(made))
    item.setall(times or f"{made.minute} * * * *")
    return str(item.render())  # with every % escaped


def own_line(table: bytes, made: ScheduledJob) -> str | None:
    """Return the job's line of a crontab, or None."""
    found = [line for line in table.splitlines() if _is_own(line, made)]
    return found[0].decode("utf-8", "replace") if found else None


def with_line(table: bytes, made: ScheduledJob) -> bytes:
    """Return the crontab with the job's line in it; all else stays as it is, byte for byte.

    Not by python-crontab, which writes all lines anew: it moves variables, joins comments to lines
    and puts out of use what it does not understand. Our own line keeps its place and its times.
    """
    old = own_line(table, made)
    line = cron_line(made, times_of(old) if old else "").encode()
    if old is None:
        gap = b"" if not table or table.endswith(b"\n") else b"\n"
        return table + gap + line + b"\n"
    lines = table.splitlines(keepends=True)
    place = next(number for number, found in enumerate(lines) if _is_own(found, made))
    lines[place] = line + b"\n"
    return b"".join(lines)


def without_line(table: bytes, made: ScheduledJob) -> bytes:
    """Return the crontab without the job's line; all else stays as it is, byte for byte."""
    return b"".join(line for line in table.splitlines(keepends=True) if not _is_own(line, made))


def times_of(line: str) -> str:
    """Return when a line runs, as it says it; empty for one that is commented out or spoilt."""
    item = _item(line)
    return str(item.slices.render()) if item is not None else ""


def runs_a_day(line: str) -> float:
    """Return how often a day a line runs; 0 for one that is commented out or spoilt."""
    item = _item(line)
    return item.frequency(year=2026) / 365 if item is not None else 0.0


def starts(text: str, made: ScheduledJob) -> bool:
    """Return whether a line, unit or launchd job names this program, as it is written there."""
    path = made.command[0]
    forms = (shlex.quote(path).replace("%", "\\%"), _quoted_word(path), _xml(path))
    return any(form in text for form in forms)


def _xml(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _item(line: str) -> Any:
    from crontab import CronTab

    items = [item for item in CronTab(tab=line) if item.is_valid() and item.is_enabled()]
    return items[0] if items else None


def _mark(made: ScheduledJob) -> str:
    return f"touchpoints {made.identity}"


def _is_own(line: bytes, made: ScheduledJob) -> bool:
    return line.rstrip().endswith(f" # {_mark(made)}".encode())


# --------------------------------------------------------------------------------------- systemd


def service(made: ScheduledJob) -> str:
    """Return the unit that runs the job once; systemd starts no second one beside it.

    By `env`, as systemd takes no program whose path has a quotation mark, but any argument.
    """
    environment = "".join(
        f"Environment={_quoted(f'{name}={value}')}\n" for name, value in made.environment
    )
    return f"""\
[Unit]
Description=Touchpoints: read the news for {_specified(made.workspace)}

[Service]
Type=oneshot
ExecStart=/usr/bin/env {" ".join(map(_quoted_word, made.words))}
WorkingDirectory={_specified(made.workspace)}
EnvironmentFile=-{_specified(made.workspace)}/data/environment
{environment}SuccessExitStatus=4
TimeoutStartSec={HOURS}h
UMask=0077
Nice=10
"""


def timer(made: ScheduledJob) -> str:
    """Return the unit that starts the other every hour, and after a sleep at once."""
    return f"""\
[Unit]
Description=Touchpoints: every hour for {_specified(made.workspace)}

[Timer]
OnCalendar=hourly
RandomizedDelaySec={SPREAD}
Persistent=true

[Install]
WantedBy=timers.target
"""


def _specified(text: str) -> str:
    return text.replace("%", "%%")


def _quoted(text: str) -> str:
    inner = _specified(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{inner}"'


def _quoted_word(text: str) -> str:
    return _quoted(text).replace("$", "$$")


# --------------------------------------------------------------------------------------- launchd


def plist(made: ScheduledJob) -> bytes:
    """Return the job for launchd, which catches up after a sleep what it missed."""
    log = f"{made.workspace}/data/logs/launchd.log"
    return plistlib.dumps(
        {
            "Label": made.name,
            "ProgramArguments": list(made.words),
            "WorkingDirectory": made.workspace,
            "EnvironmentVariables": dict(made.environment),
            "StartCalendarInterval": {"Minute": made.minute},
            "StandardOutPath": log,
            "StandardErrorPath": log,
            "ProcessType": "Background",
            "Umask": 0o077,
        }
    )


# --------------------------------------------------------------------------------- Task Scheduler


def task(made: ScheduledJob) -> str:
    """Return the job for Windows' Task Scheduler, which catches up what it missed.

    By a time that is long past and repeats without end: a repetition within a daily trigger would
    begin on the day after. The elements stand in the order in which Windows writes them itself,
    which is the one that it surely reads. There is no window as `pythonw` has none.
    """
    user = f"<UserId>{_xml(made.user)}</UserId>" if made.user else ""
    command, *rest = made.words
    return f"""\
<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>Touchpoints: read the news for {_xml(made.workspace)}</Description>
  </RegistrationInfo>
  <Triggers>
    <TimeTrigger>
      <Repetition>
        <Interval>PT1H</Interval>
        <StopAtDurationEnd>false</StopAtDurationEnd>
      </Repetition>
      <StartBoundary>2026-01-01T00:{made.minute:02}:00</StartBoundary>
      <Enabled>true</Enabled>
    </TimeTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      {user}
      <LogonType>InteractiveToken</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <AllowHardTerminate>true</AllowHardTerminate>
    <StartWhenAvailable>true</StartWhenAvailable>
    <RunOnlyIfNetworkAvailable>false</RunOnlyIfNetworkAvailable>
    <AllowStartOnDemand>true</AllowStartOnDemand>
    <Enabled>true</Enabled>
    <Hidden>true</Hidden>
    <RunOnlyIfIdle>false</RunOnlyIfIdle>
    <WakeToRun>false</WakeToRun>
    <ExecutionTimeLimit>PT{HOURS}H</ExecutionTimeLimit>
    <Priority>7</Priority>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>{_xml(command)}</Command>
      <Arguments>{_xml(subprocess.list2cmdline(rest))}</Arguments>
    </Exec>
  </Actions>
</Task>
"""
