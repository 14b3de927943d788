"""A backup: one zip with the user's files, a copy of the database, and a list of what is in it.

A zip, because every computer opens one with a double click. Takes folders and paths; gives what the
list says. Reading trusts nothing: each name must be one that a backup has, each file as long as the
list says and of its checksum, and nothing is a link. The list is no signature: the author of a
backup decides what is in it, but not where it goes.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import sqlite3
import stat
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import cast

from pipeline import __version__
from pipeline.errors import CannotWrite, NotABackup, TouchpointsError
from pipeline.records import from_plain, to_plain
from pipeline.records.record import dataclass
from pipeline.store import copies, database, files, reading, schema, views
from pipeline.text.plain_files import leads_out

LIST = "touchpoints-backup.json"
FORMAT = 1  # no border test: the number of a format, not a quantity
DATABASE = "data/touchpoints.db"
FILES = (
    "feeds.yaml",
    "data/feeds.schema.json",  # to which feeds.yaml refers
    "data/profile.md",
    "data/touchpoints.ics",
    DATABASE,
)
FOLDERS = ("data/notes", "data/templates", "data/digests", "data/drafts")
# A file in one of the folders: no part of its name is hidden, leads upwards, means something
# else on another system, or is longer than any system takes.
_IN_FOLDER = re.compile(rf"(?:{'|'.join(FOLDERS)})(?:/(?!\.)[^/\\:\x00-\x1f]{{1,255}})+")
# What is unpacked: texts, documents and pictures. Anything else may do something when it is opened
# (a page, a script, a starter): it stays in the backup. A copy of a text has words behind its name.
_HARMLESS = re.compile(
    r"(?:\.(?:md|markdown|txt|text|json|ya?ml|db|ics|atom|eml|mbox|csv|docx|odt|rtf|pdf"
    r"|png|jpe?g|gif|webp|heic|mp3|m4a|wav)|\.(?:md|markdown|txt)\b[^.]*)?",
    re.IGNORECASE,
)

# What is refused before it is unpacked. A workspace of ten years has some 20,000 files; text and
# databases shrink to a third or a tenth, hardly ever to a hundredth; a bomb is a thousandth.
MOST_FILES = 100_000  # no border test: far beyond real values
MOST_TIMES = 100  # no border test: far beyond real values
# no border test: far beyond real values
SMALL_BYTES = 64 * 1024 * 1024  # the size that any file may unpack to, however small
LARGEST_LIST = 32 * 1024 * 1024  # no border test: far beyond real values
# no border test: far beyond real values
LATEST = 2**40  # seconds since 1970, beyond which no file system has a time


@dataclass(frozen=True, slots=True)
class Kept:
    """One file of a backup."""

    size: int
    sha256: str
    modified: int  # seconds since 1970: a page's time says when its boxes were ticked


@dataclass(frozen=True, slots=True)
class Backup:
    """What the list of a backup says."""

    made: datetime
    version: str  # of the program
    files: Mapping[str, Kept]


def names_in(root: Path, linked: Sequence[str] = ()) -> list[str]:
    """Return the files of a workspace that belong in a backup, except the database.

    Not those to which a link leads outside of it, but for the user's own folders (`linked`).
    """
    found = [name for name in FILES if name != DATABASE and (root / name).is_file()]
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            inside = path.relative_to(root)
            if path.is_file() and not any(part.startswith(".") for part in inside.parts):
                found.append(inside.as_posix())
    return [name for name in found if name == FILES[0] or not leads_out(root, root / name, linked)]


def write(
    target: Path, root: Path, copy: Path, now: datetime, linked: Sequence[str] = ()
) -> Backup:
    """Write a backup, read it back, and only then put it in the place of `target`.

    Raises CannotWrite when the disk refuses, or when a file's name cannot be restored everywhere;
    NotABackup when what was written reads otherwise.
    """
    sources = {DATABASE: copy} | {name: root / name for name in names_in(root, linked)}
    if wrong := [name for name in sources if not _belongs(name)]:
        raise CannotWrite(f"{_shown(wrong[0])} cannot be backed up: rename it without : and \\.")
    temporary = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        with (
            files.private_file(temporary) as file,
            zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as archive,
        ):
            kept = {name: _add(archive, name, path) for name, path in sources.items()}
            backup = Backup(now, __version__, kept)
            archive.writestr(LIST, _as_text(backup))
        if read(temporary) != backup:
            raise NotABackup(f"{target} was written, but reads otherwise. Check the disk.")
        files.flush(temporary)
        files.move(temporary, target)
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    return backup


def _add(archive: zipfile.ZipFile, name: str, path: Path) -> Kept:
    """Add a file; the checksum is of what was packed, should the file change meanwhile."""
    archive.write(path, name)
    size, modified = archive.getinfo(name).file_size, int(path.stat().st_mtime)
    return Kept(size, _checksum(archive, name), max(modified, 0))


def _checksum(archive: zipfile.ZipFile, name: str) -> str:
    with archive.open(name) as packed:
        return hashlib.file_digest(cast(zipfile.ZipExtFile, packed), "sha256").hexdigest()


def _as_text(backup: Backup) -> str:
    plain = {
        "what": "A backup made by Touchpoints; `touchpoints restore FILE` brings it back.",
        "format": FORMAT,
    }
    return json.dumps(plain | to_plain(backup), ensure_ascii=False, indent=1) + "\n"


# --------------------------------------------------------------------------------------- reading


def is_backup(path: Path) -> bool:
    """Return whether a file is a backup of Touchpoints, as far as its list says so."""
    try:
        with _opened(path) as archive:
            _list_of(archive, path)
    except NotABackup:
        return False
    return True


def read(path: Path) -> Backup:
    """Return what a backup holds, with every byte of it checked. Raises NotABackup."""
    with _opened(path) as archive:
        return _checked(archive, path)


def text_of(path: Path, name: str) -> str:
    """Return the text of one file in a checked backup, "" where it has none. Raises NotABackup."""
    with _opened(path) as archive:
        packed = archive.read(name) if name in _checked(archive, path).files else b""
    return packed.decode("utf-8-sig", "replace")


def unpack(path: Path, folder: Path) -> Backup:
    """Unpack a checked backup into an empty folder, and check its database. Raises NotABackup.

    Returns what was unpacked: not what could do something when it is opened.
    """
    with _opened(path) as archive:
        backup = _checked(archive, path)
        harmless = {n: one for n, one in backup.files.items() if _HARMLESS.fullmatch(_ending(n))}
        backup = replace(backup, files=harmless)
        for name, one in backup.files.items():
            with archive.open(name) as packed, files.private_file(folder / name) as file:
                shutil.copyfileobj(packed, file)
            os.utime(folder / name, (one.modified, one.modified))
            files.flush(folder / name)
    if wrong := copies.wrong_with(folder / DATABASE, thoroughly=True):
        raise _refused(path, f"its database is damaged ({wrong})")
    if not copies.is_plain(folder / DATABASE):
        raise _refused(path, "its database holds what ours never does")
    if wrong := _unlike_ours(folder / DATABASE):
        raise _refused(path, wrong)
    return backup


def _unlike_ours(unpacked: Path) -> str:
    """Bring a database up to this version and read it once; return what is wrong with it, or ""."""
    try:
        with closing(database.connect(unpacked)) as connection:
            views.renew(connection)
            if wrong := schema.differs(connection):
                return f"in its database {wrong}"
    except (sqlite3.Error, TouchpointsError):
        return "its database cannot be brought up to this version"
    if not reading.can_be_read(unpacked):
        return "what its database says makes no sense"
    return "a link in its database leads to no page" if reading.leads_astray(unpacked) else ""


def _ending(name: str) -> str:
    return PurePosixPath(name).suffix


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """Yield a zip; whatever its bytes lead to while it is read is a refusal."""
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):  # a pipe keeps us for ever
            raise NotABackup(f"{path} is no plain file: name a backup of `touchpoints backup`.")
        with zipfile.ZipFile(path) as archive:
            yield archive
    except TouchpointsError:
        raise
    except OSError as error:
        raise NotABackup(f"{path} cannot be read: {error.strerror or error}.") from error
    except Exception as error:  # BadZipFile, zlib, lzma, struct, NotImplementedError and more
        raise _refused(path, "it is no zip, or not a whole one") from error


def _checked(archive: zipfile.ZipFile, path: Path) -> Backup:
    """Return the list of a backup, once every file has the checksum listed."""
    backup = _list_of(archive, path)
    for name, one in backup.files.items():
        if _checksum(archive, name) != one.sha256:
            raise _refused(path, f"{_shown(name)} is not as it was written")
    return backup


def _list_of(archive: zipfile.ZipFile, path: Path) -> Backup:
    """Return the list of a backup, after a look at everything but the contents."""
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if LIST not in names:
        raise _refused(path, f"{LIST} is not in it")
    if len(names) != len(set(names)):
        raise _refused(path, "a name is in it twice")
    if len(names) > MOST_FILES:
        raise _refused(path, f"it holds more than {MOST_FILES:,} files")
    total = sum(entry.file_size for entry in entries)
    if total > max(SMALL_BYTES, MOST_TIMES * path.stat().st_size):
        raise _refused(path, f"it would grow to {total / 1e6:,.0f} MB, as no backup does")
    for entry in entries:
        mode = entry.external_attr >> 16
        if stat.S_IFMT(mode) not in (0, stat.S_IFREG) or entry.is_dir():
            raise _refused(path, f"{_shown(entry.filename)} is no plain file")
        if entry.filename != LIST and not _belongs(entry.filename):
            raise _refused(path, f"{_shown(entry.filename)} has no place in a workspace")
    backup = _parsed(archive, path)
    if set(names) != {LIST, *backup.files} or DATABASE not in backup.files:
        raise _refused(path, "what is in it is not what its list says")
    for name, one in backup.files.items():
        if archive.getinfo(name).file_size > one.size:  # reading stops at an entry's own size
            raise _refused(path, f"{_shown(name)} is longer than its list says")
    return backup


def _belongs(name: str) -> bool:
    """Return whether a backup may have a file of that name."""
    return name in FILES or _IN_FOLDER.fullmatch(name) is not None


def _parsed(archive: zipfile.ZipFile, path: Path) -> Backup:
    if archive.getinfo(LIST).file_size > LARGEST_LIST:
        raise _refused(path, "its list is too long")
    content = archive.read(LIST)
    try:
        plain = json.loads(content)
        if plain.pop("format") > FORMAT:
            raise NotABackup(f"{path} was made by a newer Touchpoints: install that one first.")
        plain.pop("what")
        backup: Backup = from_plain(Backup, plain)
        if all(0 <= one.modified < LATEST for one in backup.files.values()):
            return backup
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _refused(path, "its list cannot be read") from error
    raise _refused(path, "its list cannot be read")


def _shown(name: str) -> str:
    """Return a name from a file that anybody may have written, fit for a message."""
    return repr(name if len(name) <= 80 else f"{name[:79]}…")


def _refused(path: Path, why: str) -> NotABackup:
    return NotABackup(
        f"{path} is not restored: {why}. Nothing was changed; take another backup of "
        "`touchpoints backup`."
    )
