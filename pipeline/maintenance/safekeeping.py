"""What the user asks for so that nothing is lost, or to take it elsewhere: a function for each.

    backup       everything of the user's in one file, read back before it counts
    restore      such a file into a workspace; what was there is set aside
    export       everything as plain JSON and Markdown, for other programs and for reading

Takes the workspace's folder, a place and the clock. How an archive is written, and what is refused
when one is read, is in `store/archive.py`; what a run does by itself is in `routine.py`.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain, count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pipeline.errors import CannotWrite
from pipeline.records import Contact, Move, Touchpoint, to_plain
from pipeline.records.record import dataclass
from pipeline.steps import pages
from pipeline.steps.opening import read_workspace
from pipeline.store import archive, candidate, copies, files, news
from pipeline.store.database import opened
from pipeline.store.lock import locked, locked_to_read
from pipeline.text import named_secrets
from pipeline.text.calendar import day_in
from pipeline.text.hosts import looks_public
from pipeline.text.phrasing import upper_first
from pipeline.text.plain_files import leads_out
from pipeline.text.reasons import reason_text
from pipeline.text.urls import host_of
from pipeline.workspace.config import parse_config
from pipeline.workspace.lookup import own_zone

# Moved first, back last: without feeds.yaml there is no workspace, so that a run between two halves
# of a restore says so instead of beginning a new database.
FIRST_AND_LAST = "feeds.yaml"
_PLACES = (
    FIRST_AND_LAST,
    archive.DATABASE,
    *(f"{archive.DATABASE}{ending}" for ending in ("-wal", "-shm")),
    *(name for name in archive.FILES if name not in (FIRST_AND_LAST, archive.DATABASE)),
    *archive.FOLDERS,
)


# ---------------------------------------------------------------------------------------- backup


def backup(root: Path, target: Path | None, now: datetime) -> tuple[Path, archive.Backup]:
    """Write a backup to a file, or into a folder under the day's name; return where it is.

    Raises CannotWrite when a file is there that is no backup, StoreDamaged when the database is.
    """
    workspace = read_workspace(root)
    day = day_in(own_zone(workspace), now).isoformat()
    name = f"touchpoints-{day}.zip"
    path = (target or files.backups_folder(root)).absolute()
    if target is None or path.is_dir():
        path = path / name
    if path.exists() and not archive.is_backup(path):
        raise CannotWrite(f"{path} is there already and is no backup: name another file.")
    copy = path.with_name(f".{path.name}.database")
    with locked_to_read(root):
        try:
            with opened(root) as db:
                copies.copy_whole(db, copy)
            return path, archive.write(path, root, copy, now, workspace.config.settings.links)
        finally:
            copy.unlink(missing_ok=True)


# --------------------------------------------------------------------------------------- restore


@dataclass(frozen=True, slots=True)
class Restored:
    """What was brought back, and where the files are that were there before, if any were."""

    backup: archive.Backup
    aside: Path | None
    left: tuple[str, ...]  # what stays in the backup: it could do something when it is opened


@dataclass(frozen=True, slots=True)
class Reach:
    """What the feeds.yaml of a backup would do with what is yours alone, each thing once."""

    secrets: tuple[tuple[str, str], ...]  # the name of a secret, and the host that gets it
    mailed: tuple[str, str] | None  # to whom the digest goes, by which host
    inside: tuple[str, ...]  # hosts that only this computer or your own network knows
    files: tuple[str, ...]  # of this computer, beyond the workspace, that are read as feeds
    links: tuple[str, ...]  # folders beyond the workspace into which its links may lead


def reach_of(root: Path, file: Path) -> Reach:
    """Return what a backup reaches for, once it is restored there. Raises NotABackup.

    Whoever gave you the backup wrote its feeds.yaml; once restored, it counts as written by you.
    """
    config, _ = parse_config(archive.text_of(file, FIRST_AND_LAST), root)
    mail = config.settings.delivery.mail
    hosts = dict.fromkeys(host_of(one.address) for one in config.feeds if "://" in one.address)
    local = dict.fromkeys(one.address for one in config.feeds if "://" not in one.address)
    links = config.settings.links
    named = [
        (name, host_of(feed.address))
        for feed in config.feeds
        for name in named_secrets.names_in(feed.address)
    ]
    named += [(named_secrets.SMTP_PASSWORD, mail.host)] if mail.to and mail.user else []
    return Reach(
        tuple(dict.fromkeys(named)),
        (mail.to, mail.host) if mail.to else None,
        tuple(host for host in hosts if not looks_public(host)),
        tuple(path for path in local if leads_out(root, Path(path))),
        tuple(link for link in links if leads_out(root, root / Path(link).expanduser())),
    )


def set_aside_by(root: Path) -> tuple[str, ...]:
    """Return the files and folders that a restore would set aside."""
    return tuple(name for name in _PLACES if (root / name).is_symlink() or (root / name).exists())


def restore(root: Path, file: Path, now: datetime) -> Restored:
    """Bring a backup back, whole or not at all; what was there is set aside.

    The backup is unpacked beside its place and looked over before anything is moved. A crash
    between two moves loses nothing: the same command does the rest. Pages for the browser are made
    anew from their data. Raises NotABackup.
    """
    with locked(root):
        staged = root / "data" / ".restore"
        if staged.exists():
            shutil.rmtree(staged)
        try:
            files.make_folder(staged)
            unpacked = archive.unpack(file, staged)
            backup = archive.read(file)
            there = set_aside_by(root)
            aside = _free(files.backups_folder(root) / f"before-restore-{now:%Y-%m-%d-%H%M%S}")
            for name in there:
                files.move(root / name, aside / name)
            for name in reversed(_PLACES):
                if (staged / name).exists():
                    files.move(staged / name, root / name)
            left = sorted(backup.files.keys() - unpacked.files.keys())
            if files.latest_path(Path(), "html").as_posix() in left:
                with opened(root) as db:
                    pages.write_again(root, db)
        finally:
            shutil.rmtree(staged, ignore_errors=True)
    unmade = tuple(name for name in left if not (root / name).exists())
    return Restored(backup, aside if there else None, unmade)


def _free(wanted: Path) -> Path:
    """Return this path, or with a number behind it where something is there already."""
    others = (wanted.with_name(f"{wanted.name}-{number}") for number in count(2))
    return next(path for path in chain([wanted], others) if not path.exists())


# ---------------------------------------------------------------------------------------- export

README = """# Everything that Touchpoints knew

Written on {day}. It is yours, and as private as your notes: no feed's password is left out.

- `history.md`: what was suggested, sent, answered and logged, company by company, to read
- `touchpoints.json`: every suggestion, with its message and what became of it
- `contacts.json`: what was sent, answered, or happened elsewhere
- `moves.json`: everything that was recorded and not taken back, in order
- `holds.json`: bad news that held cheerful notes back
- `articles.json`, `stories.json`: what the feeds brought; a story names its articles
- `feeds.json`: what is known of each feed
- `feeds.yaml`, `data/`: what you wrote, the digests and the drafts' files, as they are

Each JSON file is one list with an object a line. Times are in UTC.
"""


def export(root: Path, folder: Path, now: datetime) -> dict[str, int]:
    """Write everything into a new or empty folder; return how many of each kind.

    Raises CannotWrite when something is there already.
    """
    workspace = read_workspace(root)
    zone = own_zone(workspace)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CannotWrite(f"{folder} is there already, and not empty: name a new folder.")
    with locked_to_read(root), opened(root) as db:
        past, moves = candidate.load_history(db), candidate.moves(db)
        stories = news.story_ids(db)
        lists: dict[str, Iterable[Any]] = {
            "articles": (
                to_plain(one) | {"story": stories.get(one.id, "")}
                for one in news.articles_since(db)
            ),
            "stories": _grouped(stories),
            "touchpoints": (
                to_plain(one) | {"message": to_plain(one.draft)} for one in past.touchpoints
            ),
            "contacts": map(to_plain, past.contacts),
            "moves": map(to_plain, moves),
            "holds": map(to_plain, past.holds),
            "feeds": map(to_plain, news.feed_states(db).values()),
        }
        counts = {what: _write_list(folder / f"{what}.json", rows) for what, rows in lists.items()}
        files.write_whole(
            folder / "history.md", _history(past.touchpoints, past.contacts, moves, zone)
        )
        names = archive.names_in(root, workspace.config.settings.links)
        for name in names:
            files.copy(root / name, folder / name)
    files.write_whole(folder / "README.md", README.format(day=day_in(zone, now)))
    return counts | {"files": len(names)}


def _grouped(stories: dict[str, str]) -> Iterator[dict[str, Any]]:
    found: dict[str, list[str]] = {}
    for article, story in sorted(stories.items()):
        found.setdefault(story, []).append(article)
    return ({"id": story, "articles": articles} for story, articles in sorted(found.items()))


def _write_list(path: Path, rows: Iterable[Any]) -> int:
    """Write a list with one object a line, without all of it in memory; return how many."""
    written = 0
    with files.written(path) as file:
        for row in rows:
            file.write(",\n" if written else "[\n")
            file.write(json.dumps(row, ensure_ascii=False))
            written += 1
        file.write("\n]\n" if written else "[]\n")
    return written


def _history(
    touchpoints: Iterable[Touchpoint],
    contacts: Iterable[Contact],
    moves: Iterable[Move],
    zone: ZoneInfo,
) -> str:
    """Return what happened, to read: by company, each message with what became of it."""

    def day(moment: datetime) -> str:
        return day_in(zone, moment).isoformat()

    made = list(touchpoints)
    logged = [one for one in contacts if not one.touchpoint]
    lines = ["# What happened"]
    for company in sorted({t.suggestion.company for t in made} | {c.company for c in logged}):
        lines += ["", f"## {company}"]
        for item in (t for t in made if t.suggestion.company == company):
            became = [f"{m.what} on {day(m.at)}" for m in moves if m.touchpoint == item.id]
            what = item.suggestion
            lines += [
                "",
                f"### {item.id} · {what.kind.replace('_', ' ')} · {what.person or 'everybody'}",
                "",
                f"Suggested on {day(item.created)}{''.join(f', {one}' for one in became)}. "
                f"{upper_first(reason_text(what.reason, day_in(zone, item.created)))}",
                "",
                *(
                    (f"    To: {item.draft.to}", f"    Subject: {item.draft.subject}", "")
                    if item.draft.channel == "email"
                    else ()
                ),
                *(f"    {line}".rstrip() for line in item.draft.body.splitlines()),
            ]
        for contact in (c for c in logged if c.company == company):
            lines += ["", f"- {day(contact.at)} {contact.person}: {contact.what}"]
    return "\n".join(lines) + "\n"
