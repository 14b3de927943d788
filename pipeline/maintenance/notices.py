"""When a failure is worth a line in cron's mail: once, and then once a day.

Takes what fails now and what was reported before; gives what to report and what to remember. Keeps
nothing itself but in `recalled` and `remember`, which read and write a small file: the database
may be exactly what fails.

A terminal shows everything at once; this is for unattended runs. What a person has to fix (a
mistake in feeds.yaml, a full disk, a lock that is held) does not pass by itself, so the first run
reports it. What often passes by itself has to last before it is reported.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from pipeline.errors import CannotWrite
from pipeline.records import from_plain, to_plain
from pipeline.records.record import dataclass
from pipeline.store import files

# How long a failure lasts before it is reported, by the first word of its key; others: at once.
# Our judgement: a mail server is up again within the morning, a network within a day.
PATIENCE: Mapping[str, timedelta] = {
    "delivery": timedelta(hours=3),
    "network": timedelta(days=1),
}
AGAIN = timedelta(hours=23)  # a day, less cron's delay: a daily job reports it each day


@dataclass(frozen=True, slots=True)
class Notice:
    """A failure that lasts, and when it was last reported."""

    key: str
    since: datetime
    told: datetime | None = None


def settle(
    known: Iterable[Notice], failing: Iterable[str], now: datetime, *, complete: bool
) -> tuple[frozenset[str], tuple[Notice, ...]]:
    """Return the keys to report now, and what to remember.

    After a `complete` run all that does not fail now is over; one that was stopped knows only of
    what stopped it.
    """
    before = {notice.key: notice for notice in known}
    found = {key: before.get(key, Notice(key, now)) for key in failing}
    due = frozenset(key for key, notice in found.items() if _is_due(notice, now))
    rest = () if complete else tuple(n for key, n in before.items() if key not in found)
    kept = (replace(n, told=now) if n.key in due else n for n in found.values())
    return due, (*rest, *kept)


def _is_due(notice: Notice, now: datetime) -> bool:
    if notice.told is not None and timedelta() <= now - notice.told < AGAIN:
        return False
    patience = PATIENCE.get(notice.key.partition(" ")[0], timedelta())
    return now - notice.since >= patience


def recalled(root: Path) -> tuple[Notice, ...]:
    """Return what was remembered; nothing where that cannot be read."""
    content = files.content_of(files.notices_path(root))
    try:
        found: tuple[Notice, ...] = from_plain(tuple[Notice, ...], json.loads(content or b"[]"))
    except (ValueError, TypeError, KeyError):
        return ()
    return found


def remember(root: Path, notices: tuple[Notice, ...]) -> None:
    """Keep this for the next run; where the disk refuses, that one reports it again."""
    path = files.notices_path(root)
    with suppress(CannotWrite):
        if notices:
            files.write_whole(path, json.dumps(to_plain(notices)) + "\n", hastily=True)
        else:
            files.remove(path)
