"""Is all well? Checks everything that can go wrong in months of unattended runs.

Takes the workspace's folder, the clock and what starts the daily job; gives findings: what was
looked at, how it is, and what to do. Asks no network and changes nothing.

    folder                   only if it is on a network drive
    workspace, config        what the user wrote, and where
    clock, disk, database    what everything else depends on
    run, digest, schedule    does it really run, and is there a page?
    feeds, delivery          what the last runs met
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Literal

from pipeline.errors import TouchpointsError
from pipeline.maintenance import notices, timers
from pipeline.maintenance.timers import ScheduleEntry
from pipeline.news import health
from pipeline.news.feed_words import OWN_NETWORK
from pipeline.records import Problem, Workspace, from_plain
from pipeline.records.record import dataclass
from pipeline.steps import coverage, delivery
from pipeline.steps.opening import checked
from pipeline.store import candidate, database, files, news
from pipeline.store.database import opened
from pipeline.store.lock import holder, how_to_end
from pipeline.text.calendar import day_in
from pipeline.text.phrasing import age_of, figure_of, long_day
from pipeline.workspace.config import KEEP_OUT
from pipeline.workspace.lookup import feeds_by_address, own_zone

STALE = timedelta(hours=26)  # a day, and two hours in which a laptop may wake up late
LATE = 2  # times the pause between two runs: a schedule may miss one
LONGEST_RUN = timedelta(hours=2)  # thousands of feeds take minutes
# no border test: a reserve of disk space, ten times what is needed
LEAST_FREE = 200_000_000  # bytes: a month of logs, a backup and SQLite's own copies take less
AHEAD = timedelta(minutes=10)  # clocks of two machines that share a folder differ by less
# no border test: what a list leaves out; an option shows all
MOST = 8  # findings of one kind on the page

State = Literal["ok", "note", "wrong"]
Runs = Sequence[tuple[datetime, Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: `wrong` needs the user, a `note` is only to know."""

    check: str
    state: State
    says: str
    todo: str = ""


def examine(
    root: Path, now: datetime, entries: Sequence[ScheduleEntry] | TouchpointsError
) -> tuple[Finding, ...]:
    """Return all findings; `entries` are where the job is scheduled, or why that is not known."""
    workspace = checked(root)
    found = [*_network(root), *_workspace(root), *_config(workspace), *_disk(root)]
    try:
        found += _kept(root, workspace, now, entries)
    except TouchpointsError as error:
        found.append(Finding("database", "wrong", str(error)))
    return (*found, *_stopped(root, now))


def _kept(
    root: Path,
    workspace: Workspace,
    now: datetime,
    entries: Sequence[ScheduleEntry] | TouchpointsError,
) -> Iterator[Finding]:
    """Yield what the database shows; a missing one is not made."""
    if not files.database_path(root).exists() and not database.is_lost(root):
        yield from _clock(workspace, (), now)
        yield Finding("run", "wrong", "It has not run yet.", "Use `touchpoints run`.")
        yield from scheduled(entries, (), None, now)
        return
    with opened(root) as db:
        yield from _database(root, db)
        runs = candidate.last_runs(db)
        real = tuple(run for run in runs if not run[1].get("as_of"))
        yield from _clock(workspace, real, now)
        if real or not runs:
            yield from ran(real, now)
        yield from given(runs, now)
        yield from _digest(root, workspace, now)
        yield from scheduled(entries, runs, timers.scheduled_since(db), now)
        yield from _feeds(db, workspace, runs, now)
        yield from _delivery(db, workspace, runs)


# ------------------------------------------------------------------ what all else depends on


def _network(root: Path) -> Iterator[Finding]:
    """Yield what explains all else: on a network drive neither lock nor database is safe."""
    kind = files.network_drive(root.resolve(), mounts())
    if kind:
        says = f"{root} is on a network drive ({kind}), where files cannot be locked safely."
        todo = "Move it to a disk of this computer, or the database may be damaged."
        yield Finding("folder", "wrong", says, todo)


def mounts() -> str:
    """Return the system's list of mounted file systems; "" where there is none."""
    if (listed := files.content_of(Path("/proc/mounts"))) is not None:
        return listed.decode("utf-8", "replace")
    if sys.platform != "darwin":
        return ""
    done = subprocess.run(["/sbin/mount"], capture_output=True, text=True, check=False)
    return done.stdout


def _workspace(root: Path) -> Iterator[Finding]:
    data = root / "data"
    if data.exists() and not os.access(data, os.W_OK | os.X_OK):
        yield Finding(
            "workspace", "wrong", f"{data} cannot be written.", f"Run `chmod u+rwx {data}`."
        )
        return
    open_to_all = [
        path
        for path in (files.database_path(root), data / "environment")
        if path.exists() and path.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH)
        if not files.ON_WINDOWS  # where these bits say nothing: the folder's owner decides
    ]
    for path in open_to_all:
        yield Finding("workspace", "wrong", f"Others can read {path}.", f"Run `chmod 600 {path}`.")
    if not open_to_all:
        yield Finding("workspace", "ok", str(root))


def _config(workspace: Workspace) -> Iterator[Finding]:
    for problem in workspace.problems[:MOST]:
        place = f"{problem.where}, line {problem.line}" if problem.line else problem.where
        state: State = "wrong" if problem.level == "error" else "note"
        yield Finding("config", state, f"{place}: {problem.what}", problem.todo)
    if len(workspace.problems) > MOST:
        yield Finding(
            "config", "note", "There are more problems.", "`touchpoints check` shows them all."
        )
    for remark in workspace.remarks:
        if remark.todo == KEEP_OUT:
            yield Finding("secrets", "note", f"{remark.where}, line {remark.line}: {remark.what}")
    if not workspace.problems:
        config = workspace.config
        yield Finding(
            "config",
            "ok",
            f"{figure_of(len(config.companies), 'company', 'companies')}, "
            f"{figure_of(len(config.feeds), 'feed')}, "
            f"{figure_of(len(workspace.interviews), 'interview')}",
        )


def _clock(workspace: Workspace, runs: Runs, now: datetime) -> Iterator[Finding]:
    """A computer without a battery for its clock starts in the past."""
    zone = own_zone(workspace)
    local = now.astimezone(zone)
    installed = files.changed_at(Path(__file__)) or now
    last = max((begun for begun, _ in runs), default=now)
    how = "w32tm /resync" if files.ON_WINDOWS else "timedatectl set-ntp true"
    todo = f"Correct the clock: `{how}`. Runs in the future count as done."
    if last > now + AHEAD:
        yield Finding(
            "clock", "wrong", f"It is {_moment(now)}, but a run began at {_moment(last)}.", todo
        )
    elif now < installed - timedelta(days=1):
        yield Finding(
            "clock",
            "wrong",
            f"It is {_moment(now)}, but this program was installed on {_moment(installed)}.",
            todo,
        )
    else:
        yield Finding("clock", "ok", f"{long_day(local.date())}, {local:%H:%M} in {zone.key}")


def _disk(root: Path) -> Iterator[Finding]:
    free = shutil.disk_usage(root).free
    path = files.database_path(root)
    needed = LEAST_FREE + 2 * (path.stat().st_size if path.exists() else 0)
    says = f"{free / 1e9:.1f} GB free"
    if free < needed:
        todo = f"Free some space: the database and its copies need {needed / 1e9:.1f} GB."
        yield Finding("disk", "wrong", f"Only {says}.", todo)
    else:
        yield Finding("disk", "ok", says)


def _database(root: Path, db: sqlite3.Connection) -> Iterator[Finding]:
    faults = database.faults(db)
    if faults:
        path = files.database_path(root)
        yield Finding(
            "database",
            "wrong",
            f"{path} is damaged: {faults[0]}",
            "`touchpoints run` sets it aside within a day, and goes on from the last good copy.",
        )
    else:
        yield Finding("database", "ok", f"intact, {figure_of(news.article_count(db), 'article')}")


# ------------------------------------------------------------------------- does it really run


def ran(runs: Runs, now: datetime) -> Iterator[Finding]:
    """Yield whether the daily job has been done lately."""
    if not runs:
        yield Finding("run", "wrong", "It has not run yet.", "Use `touchpoints run`.")
        return
    begun, report = runs[0]
    age = now - begun
    took = sum(report.get("seconds", {}).values())
    says = f"The last run started {age_of(age)} ago"
    if age > STALE:
        yield Finding("run", "wrong", f"{says}.", "See `schedule` below, or use `touchpoints run`.")
    else:
        yield Finding("run", "ok", f"{says} and took {took:.1f} seconds")


def given(runs: Runs, now: datetime) -> Iterator[Finding]:
    """Yield a note on runs whose day was given: where it is to come, feeds wait until then."""
    days = [begun for begun, report in runs if report.get("as_of")]
    if days and max(days) > now + AHEAD:
        says = f"A run with --as-of was of {_moment(max(days))}: until then feeds count as asked."
        todo = "`touchpoints run --ask-all` asks them all; trials are better made on a copy."
        yield Finding("run", "note", says, todo)
    elif days and len(days) == len(runs):
        yield Finding("run", "note", "All runs so far were with --as-of.", "Use `touchpoints run`.")


def _digest(root: Path, workspace: Workspace, now: datetime) -> Iterator[Finding]:
    newest = files.newest_digest(root)
    oldest = day_in(own_zone(workspace), now - STALE)
    if newest is None:
        yield Finding(
            "digest", "wrong", "There is no page yet.", "`touchpoints run` makes today's."
        )
    elif newest < oldest:
        todo = "`touchpoints run` makes today's; data/logs/touchpoints.log shows the last runs."
        yield Finding("digest", "wrong", f"The newest is from {long_day(newest)}.", todo)
    else:
        yield Finding("digest", "ok", f"The newest is from {long_day(newest)}")


def scheduled(
    entries: Sequence[ScheduleEntry] | TouchpointsError,
    runs: Runs,
    since: datetime | None,
    now: datetime,
) -> Iterator[Finding]:
    """Yield what starts the job, and whether that really happens."""
    if isinstance(entries, TouchpointsError):
        yield Finding("schedule", "note", str(entries))
        return
    if not entries:
        todo = "`touchpoints schedule install` makes it run every hour."
        yield Finding("schedule", "note", "Not scheduled by Touchpoints.", todo)
        return
    entry = entries[0]
    if not entry.runs_a_day:
        todo = "`touchpoints schedule install` enables it again."
        yield Finding("schedule", "wrong", f"The line in {entry.place} is disabled.", todo)
        return
    if not all(item.starts_us for item in entries):
        yield Finding(
            "schedule",
            "wrong",
            f"{entry.kind} starts another program than this one, which has moved.",
            "`touchpoints schedule install` corrects it.",
        )
    last = max((begun for begun, report in runs if report.get("scheduled")), default=None)
    yield _fired(entry, last, since, now)


def _fired(
    entry: ScheduleEntry, last: datetime | None, since: datetime | None, now: datetime
) -> Finding:
    pause = timedelta(days=1) / entry.runs_a_day
    begins = max(filter(None, (last, since)), default=None)
    todo = _LOOK[entry.kind]
    if begins is None or now - begins <= LATE * pause:
        says = f"{entry.kind} started it {age_of(now - last)} ago" if last else "not started yet"
        return Finding("schedule", "ok", f"{entry.kind}, about every {age_of(pause)}; {says}")
    if last is None or (since is not None and last < since):
        says = f"{entry.kind} has not started it since it was installed {age_of(now - begins)} ago."
        return Finding("schedule", "wrong", says, todo)
    says = (
        f"{entry.kind} started it {age_of(now - last)} ago, but should do so every {age_of(pause)}."
    )
    if now - last > max(STALE, LATE * pause):
        return Finding("schedule", "wrong", says, todo)
    return Finding("schedule", "note", says, "If this computer was asleep, this is normal.")


_LOOK = {
    "cron": "Check that cron is running: `systemctl status cron`; its log: `journalctl -u cron`.",
    "systemd": "See `systemctl --user list-timers`; a server needs `loginctl enable-linger`.",
    "launchd": "See data/logs/launchd.log, and `launchctl list | grep touchpoints`.",
    "schtasks": "Open Task Scheduler (`taskschd.msc`, hidden tasks shown) and look at its history.",
}


# --------------------------------------------------------------------------- what the runs met


def _feeds(
    db: sqlite3.Connection, workspace: Workspace, runs: Runs, now: datetime
) -> Iterator[Finding]:
    last: Iterable[Mapping[str, Any]] = runs[0][1].get("problems", ()) if runs else ()
    if down := next((one for one in last if one["where"] == OWN_NETWORK), None):
        yield Finding("feeds", "wrong", down["what"], down["todo"])
        return
    known = news.feed_states(db)
    addresses = feeds_by_address(workspace)
    states = [known[address] for address in addresses if address in known]
    settings = workspace.config.settings.news
    rhythm = partial(news.published_by, db)
    troubles = [
        trouble for state in states if (trouble := health.diagnose(state, rhythm, settings, now))
    ]
    quiet = {trouble.problem for trouble in troubles if trouble.key == "quiet"}
    for problem in health.together([trouble.problem for trouble in troubles])[:MOST]:
        state: State = "note" if problem in quiet else "wrong"  # it may have no news
        yield Finding("feeds", state, f"{problem.what} ({problem.where})", problem.todo)
    for problem in coverage.found(db, workspace, now)[:MOST]:
        yield Finding("feeds", "note", f"{problem.what} ({problem.where})", problem.todo)
    well = f"{len(states) - len(troubles)} of {figure_of(len(addresses), 'feed')} fine"
    more = f"; {len(troubles) - MOST} more are not" if len(troubles) > MOST else ""
    yield Finding("feeds", "ok" if not troubles else "note", well + more)


def _delivery(db: sqlite3.Connection, workspace: Workspace, runs: Runs) -> Iterator[Finding]:
    settings = workspace.config.settings.delivery
    if not settings.mail.to and not settings.notify:
        yield Finding("delivery", "ok", "not set up: you open the page yourself")
        return
    tried = next((report for _, report in runs if not report.get("waits")), {})
    problems: Iterable[Problem] = map(partial(from_plain, Problem), tried.get("problems", ()))
    failed = [problem for problem in problems if problem.stage == "delivery"]
    for problem in failed:
        yield Finding("delivery", "wrong", problem.what, problem.todo)
    sent = [channel.day for channel in delivery.recalled(db).values() if channel.day]
    if not failed:
        says = f"last on {long_day(max(sent))}" if sent else "nothing to send yet"
        yield Finding("delivery", "ok", says)


def _stopped(root: Path, now: datetime) -> Iterator[Finding]:
    """Yield what stopped the last runs before they could store anything."""
    at_work = holder(root)
    if at_work and at_work.is_alive and now - at_work.since > LONGEST_RUN:
        yield Finding(
            "lock",
            "wrong",
            f"Process {at_work.process} has been running for {age_of(now - at_work.since)}.",
            f"If it hangs, end it with `{how_to_end(at_work.process)}`; nothing is lost.",
        )
    for notice in notices.recalled(root):
        kind = notice.key.partition(" ")[0]
        if kind in ("delivery", "mistakes", "network"):  # reported above
            continue
        yield Finding(
            "failure",
            "wrong",
            f"Since {_moment(notice.since)}: {_STOPPED.get(kind, kind)}.",
            "`touchpoints run` shows the error; data/logs lists every failed run.",
        )


_STOPPED = {
    "lock": "another run is still in progress",
    "CannotWrite": "a file cannot be written",
    "StoreDamaged": "the database cannot be read",
}


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
