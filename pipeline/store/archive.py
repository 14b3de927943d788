"""A backup: one zip with the user's files, a copy of the database, and a list of what is in it.

A zip, because every computer opens one with a double click. Takes folders and paths; gives what
stands in the list. Reading trusts nothing: each name must be one that a backup of ours has, each
file as long as the list says and of its checksum, and nothing is a link. The list is no signature:
who wrote a backup decides what is in it, but not where it goes.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any

from pipeline import __version__
from pipeline.errors import CannotWrite, NotABackup
from pipeline.store import copies
from pipeline.store.files import flush, make_folder

LIST = "touchpoints-backup.json"
FORMAT = 1
DATABASE = "data/touchpoints.db"
FILES = (
    "feeds.yaml",
    "data/feeds.schema.json",  # to which feeds.yaml refers
    "data/profile.md",
    "data/touchpoints.ics",
    DATABASE,
)
FOLDERS = ("data/notes", "data/templates", "data/digests", "data/drafts")

# What is refused before it is unpacked. A workspace of ten years has some 20,000 files; text and
# databases shrink to a third or a tenth, hardly ever to a hundredth; a bomb is a thousandth.
MOST_FILES = 100_000
MOST_TIMES = 100
SMALL_BYTES = 64 * 1024 * 1024  # so much may come of whatever small file
LARGEST_LIST = 32 * 1024 * 1024
CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Kept:
    """One file of a backup."""

    size: int
    sha256: str
    modified: int  # seconds since 1970: a page's time says when its boxes were ticked


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup says of itself."""

    made: datetime
    version: str  # of the program
    files: Mapping[str, Kept]


def names_in(root: Path) -> list[str]:
    """Return what of a workspace belongs into a backup, but for the database."""
    found = [name for name in FILES if name != DATABASE and (root / name).is_file()]
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            inside = path.relative_to(root)
            if path.is_file() and not any(part.startswith(".") for part in inside.parts):
                found.append(inside.as_posix())
    return found


def write(target: Path, root: Path, database: Path, now: datetime) -> Backup:
    """Write a backup, read it back, and only then put it in the place of `target`.

    Raises CannotWrite when the disk refuses, NotABackup when what was written reads otherwise.
    """
    temporary = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        if not target.parent.is_dir():
            make_folder(target.parent)
        number = os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
        with os.fdopen(number, "w+b") as file:
            backup = _write_into(file, root, database, now)
        if read(temporary) != backup:
            raise NotABackup(f"{target} was written, but reads otherwise. Look after the disk.")
        flush(temporary)
        temporary.replace(target)
    except OSError as error:
        raise CannotWrite(
            f"{target} cannot be written: {error.strerror or error}. Make room, or name another "
            "place."
        ) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    return backup


def _write_into(file: IO[bytes], root: Path, database: Path, now: datetime) -> Backup:
    kept: dict[str, Kept] = {}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        sources = {DATABASE: database} | {name: root / name for name in names_in(root)}
        for name, path in sources.items():
            kept[name] = _add(archive, name, path)
        backup = Backup(now, __version__, kept)
        archive.writestr(_entry(LIST, now), _as_text(backup))
    return backup


def _add(archive: zipfile.ZipFile, name: str, path: Path) -> Kept:
    checksum, size = hashlib.sha256(), 0
    with path.open("rb") as source:
        modified = int(os.fstat(source.fileno()).st_mtime)
        entry = _entry(name, datetime.fromtimestamp(max(modified, 0), UTC))
        with archive.open(entry, "w", force_zip64=True) as target:
            while chunk := source.read(CHUNK):
                checksum.update(chunk)
                size += len(chunk)
                target.write(chunk)
    return Kept(size, checksum.hexdigest(), modified)


def _entry(name: str, at: datetime) -> zipfile.ZipInfo:
    moment = max(at, datetime(1980, 1, 1, tzinfo=UTC))  # a zip knows none before
    entry = zipfile.ZipInfo(name, moment.timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = (stat.S_IFREG | 0o600) << 16
    return entry


def _as_text(backup: Backup) -> str:
    files = {
        name: {"size": one.size, "sha256": one.sha256, "modified": one.modified}
        for name, one in backup.files.items()
    }
    plain = {
        "what": "A backup made by Touchpoints; `touchpoints restore FILE` brings it back.",
        "format": FORMAT,
        "made": backup.made.isoformat(),
        "version": backup.version,
        "files": files,
    }
    return json.dumps(plain, ensure_ascii=False, indent=1) + "\n"


# --------------------------------------------------------------------------------------- reading


def is_backup(path: Path) -> bool:
    """Tell whether a file is a backup of ours, as far as its list says so."""
    try:
        with _opened(path) as archive:
            _list_of(archive, path)
    except NotABackup:
        return False
    return True


def read(path: Path) -> Backup:
    """Return what a backup holds, every byte of it looked at. Raises NotABackup."""
    with _opened(path) as archive:
        backup = _list_of(archive, path)
        for name in backup.files:
            for _ in _content(archive, name, backup.files[name], path):
                pass
    return backup


def unpack(path: Path, folder: Path) -> Backup:
    """Unpack a backup into an empty folder, and look over its database. Raises NotABackup."""
    with _opened(path) as archive:
        backup = _list_of(archive, path)
        for name, one in backup.files.items():
            target = folder / name
            try:
                make_folder(target.parent)
                number = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
                with os.fdopen(number, "wb") as file:
                    for chunk in _content(archive, name, one, path):
                        file.write(chunk)
                os.utime(target, (one.modified, one.modified))
                flush(target)
            except FileExistsError as error:  # a name in capitals, where that is the same name
                raise _refused(path, f"{_shown(name)} is in it twice") from error
            except OSError as error:
                raise CannotWrite(
                    f"{target} cannot be written: {error.strerror or error}. Make room first."
                ) from error
    if wrong := copies.wrong_with(folder / DATABASE, thoroughly=True):
        raise _refused(path, f"its database is damaged ({wrong})")
    if not copies.is_plain(folder / DATABASE):
        raise _refused(path, "its database holds what no database of ours does")
    return backup


def _opened(path: Path) -> closing[zipfile.ZipFile]:
    try:
        return closing(zipfile.ZipFile(path))
    except OSError as error:
        raise NotABackup(f"{path} cannot be read: {error.strerror or error}.") from error
    except Exception as error:  # BadZipFile, struct.error and more: whatever the bytes make of it
        raise _refused(path, "it is no zip, or not a whole one") from error


def _list_of(archive: zipfile.ZipFile, path: Path) -> Backup:
    """Return the list that stands in a backup, after a look at everything but the contents."""
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
        if entry.flag_bits & 1:
            raise _refused(path, "it is encrypted")
        if entry.filename != LIST and not _is_ours(entry.filename):
            raise _refused(path, f"{_shown(entry.filename)} has no place in a workspace")
    backup = _parsed(archive, path)
    if set(names) != {LIST, *backup.files} or DATABASE not in backup.files:
        raise _refused(path, "what is in it is not what its list says")
    return backup


def _is_ours(name: str) -> bool:
    """Tell whether a backup may write a file there: one that `names_in` could have found."""
    if name in FILES:
        return True
    parts = name.split("/")
    if any(part.startswith(".") or not part for part in parts):
        return False
    if "\\" in name or ":" in name or any(ord(letter) < 32 for letter in name):
        return False
    return any(PurePosixPath(folder) in PurePosixPath(name).parents for folder in FOLDERS)


def _parsed(archive: zipfile.ZipFile, path: Path) -> Backup:
    entry = archive.getinfo(LIST)
    if entry.file_size > LARGEST_LIST:
        raise _refused(path, "its list is too long")
    content = b"".join(_chunks(archive, LIST, entry.file_size, path))
    try:
        plain = json.loads(content)
        if plain["format"] > FORMAT:
            raise NotABackup(f"{path} was made by a newer Touchpoints: install that one first.")
        made = datetime.fromisoformat(plain["made"])
        files = {str(name): _kept(one) for name, one in plain["files"].items()}
        return Backup(made, str(plain["version"]), files)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _refused(path, "its list cannot be read") from error


def _kept(plain: Any) -> Kept:
    size, modified = plain["size"], plain["modified"]
    if not (isinstance(size, int) and isinstance(modified, int) and 0 <= modified < 2**40):
        raise ValueError
    return Kept(size, str(plain["sha256"]), modified)


def _content(archive: zipfile.ZipFile, name: str, one: Kept, path: Path) -> Iterator[bytes]:
    """Give a file's content, checked against the list: raises when it turns out another."""
    checksum, size = hashlib.sha256(), 0
    for chunk in _chunks(archive, name, one.size, path):
        checksum.update(chunk)
        size += len(chunk)
        yield chunk
    if (size, checksum.hexdigest()) != (one.size, one.sha256):
        raise _refused(path, f"{_shown(name)} is not as it was written")


def _chunks(archive: zipfile.ZipFile, name: str, most: int, path: Path) -> Iterator[bytes]:
    size = 0
    try:
        with archive.open(name) as source:
            while chunk := source.read(CHUNK):
                size += len(chunk)
                if size > most:
                    raise _refused(path, f"{_shown(name)} is longer than its list says")
                yield chunk
    except NotABackup:
        raise
    except OSError as error:
        raise NotABackup(f"{path} cannot be read: {error.strerror or error}.") from error
    except Exception as error:  # zlib, lzma, struct and more: whatever the bytes make of them
        raise _refused(path, f"{_shown(name)} is not as it was written") from error


def _shown(name: str) -> str:
    """Return a name from a file that anybody may have written, fit for a message."""
    return repr(name if len(name) <= 80 else f"{name[:79]}…")


def _refused(path: Path, why: str) -> NotABackup:
    return NotABackup(
        f"{path} is not restored: {why}. Nothing was changed; take another backup of "
        "`touchpoints backup`."
    )
