"""The files that the program writes in `data/`: pages and drafts, each written whole.

A reader never sees half a page: the text goes to a temporary file beside the target, is flushed
to the disk, and takes the target's place in one step. What has not changed is not written again.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from io import BufferedRandom, TextIOWrapper
from pathlib import Path
from typing import TextIO

from pipeline.errors import CannotWrite
from pipeline.records import Touchpoint
from pipeline.text.patterns import compiled_later
from pipeline.text.plain_files import leads_out

ON_WINDOWS = os.name == "nt"
# no border test: waits, in seconds: a virus scanner or a viewer holds a file for less
WAITS = (0.05, 0.1, 0.2, 0.4, 0.8)

DIGESTS = Path("data", "digests")
LOGS = Path("data", "logs")
ON_A_NETWORK = (
    "Its folder may be on a network drive, where files cannot be locked safely: move the workspace "
    "to a disk of this computer, and copy it from there."
)
# Kinds of file systems that lie on another computer, as the system's list of mounts calls them.
_OF_NETWORKS = compiled_later(
    r"nfs\d?|cifs|smb\w*|afpfs|afs|ncpfs|davfs\d?|webdav|ceph|lustre|gpfs|beegfs|glusterfs|"
    r"fuse\.(?:sshfs|glusterfs|ceph|rclone|davfs\w*|smb\w*|curlftpfs|s3fs|goofys|gvfsd-fuse)|macfuse",
    re.IGNORECASE,
)
_PAGE_COPY = compiled_later(
    r"[\W_]{0,3}(\d{4}-\d\d-\d\d|latest)\b.*\.(?:md|markdown)\b.*", re.IGNORECASE | re.DOTALL
)
_BESIDE = compiled_later(r"before-.+-(\d{4}-\d\d-\d\d)\.(?:md|html)")
_TEMPORARY = compiled_later(r"\..+\.\d+\.new")  # as `write_whole` calls it


def database_path(root: Path) -> Path:
    """Return where the workspace's database lies."""
    return root / "data" / "touchpoints.db"


def backups_folder(root: Path) -> Path:
    """Return where copies of the database and backups lie."""
    return root / "data" / "backups"


def good_copy_path(root: Path) -> Path:
    """Return where the last good copy of the database lies."""
    return backups_folder(root) / "touchpoints-last-good.db"


def lock_path(root: Path) -> Path:
    """Return where the lock of the workspace lies."""
    return root / "data" / ".lock"


def holder_path(root: Path) -> Path:
    """Return the file that says who holds the lock."""
    return root / "data" / ".lock-holder"


def log_path(root: Path, name: str) -> Path:
    """Return where a log lies: touchpoints.log, bug.log."""
    return root / LOGS / name


def notices_path(root: Path) -> Path:
    """Return the file that says which lasting failures the user has heard of."""
    return root / LOGS / "notices.json"


def digest_path(root: Path, day: date, ending: str) -> Path:
    """Return where one day's page lies; `ending` is md, html or json."""
    return root / DIGESTS / f"{day.isoformat()}.{ending}"


def beside_path(root: Path, name: str, ending: str) -> Path:
    """Return where a page beside those of the days lies: before-oracle-2026-11-25.md."""
    return root / DIGESTS / f"{name}.{ending}"


def latest_path(root: Path, ending: str) -> Path:
    """Return where the newest page lies."""
    return root / DIGESTS / f"latest.{ending}"


def index_path(root: Path) -> Path:
    """Return where the list of all digests lies."""
    return root / DIGESTS / "index.html"


def digest_days(root: Path) -> dict[date, frozenset[str]]:
    """Return the days that have a page, each with its endings: md, html, json."""
    found: dict[date, set[str]] = {}
    for path in (root / DIGESTS).glob("*-*-*.*"):
        if day := _day_of(path):
            found.setdefault(day, set()).add(path.suffix[1:])
    return {day: frozenset(endings) for day, endings in found.items()}


def page_copies(root: Path) -> Iterator[tuple[Path, str]]:
    """Yield what sync programs, editors and users left beside the pages, and how each begins.

    That is the day as written, or "latest". The pages themselves are not among them.
    """
    folder = root / DIGESTS
    for path in sorted(folder.rglob("*")):
        found = _PAGE_COPY.match(path.name)
        is_page = path.parent == folder and path.name == f"{found[1] if found else ''}.md"
        if found and not is_page and not _TEMPORARY.fullmatch(path.name) and path.is_file():
            yield path, found[1]


def forget_digests(root: Path, before: date) -> None:
    """Delete the pages of the days before that one; raise CannotWrite when the folder refuses."""
    for day, endings in digest_days(root).items():
        if day < before:
            for ending in endings:
                remove(digest_path(root, day, ending))
    for path in (root / DIGESTS).glob("before-*"):
        found = _BESIDE.fullmatch(path.name)
        if found and found[1] < before.isoformat():
            remove(path)


def newest_digest(root: Path) -> date | None:
    """Return the newest day that has a page."""
    return max(digest_days(root), default=None)


def feed_path(root: Path) -> Path:
    """Return where the feed of the digests lies: beside the pages to which it links."""
    return root / DIGESTS / "feed.atom"


def network_drive(folder: Path, mounts: str) -> str:
    """Return the kind of network drive on which a folder lies, such as "nfs4"; "" for none.

    `mounts` lists the file systems as Linux does in /proc/mounts, or as `mount` does on a Mac.
    """
    found, here = "", -1
    for line in mounts.splitlines():
        place, kind = _mounted(line)
        if kind and len(place.parts) > here and folder.is_relative_to(place):
            found, here = kind, len(place.parts)
    return found if _OF_NETWORKS.fullmatch(found) else ""


def _mounted(line: str) -> tuple[Path, str]:
    """Return where a file system is mounted, and its kind."""
    if mac := re.fullmatch(r".+? on (/.*) \((\w+)[,)].*", line):
        return Path(mac[1]), mac[2]
    words = line.split()
    if len(words) < 3:
        return Path(), ""
    # A blank in a name is written as \040.
    place = re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), words[1])
    return Path(place), words[2]


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it that are missing, each for its owner only."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(0o700, exist_ok=True)


def write_whole(
    path: Path, text: str | bytes, *, hastily: bool = False, encoding: str = "utf-8"
) -> bool:
    """Write a text, or bytes, in one step; return whether it was needed.

    A new file is readable by its owner only; one that was there keeps its mode. What need not
    outlast a power cut can be written `hastily`.

    Raises CannotWrite when the disk or the folder refuses; the file is then as it was.
    """
    content = text if isinstance(text, bytes) else text.encode(encoding, "replace")
    temporary = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        if path.is_file() and path.read_bytes() == content:
            return False
        make_folder(path.parent)
        _write(temporary, content, flushed=not hastily)
        if path.is_file():
            temporary.chmod(stat.S_IMODE(path.stat().st_mode))
        put_in_place(temporary, path)
    except OSError as error:
        with suppress(OSError):  # the folder itself may be what is wrong
            temporary.unlink(missing_ok=True)
        reason = error.strerror or error
        raise CannotWrite(
            f"{path} cannot be written: {reason}. Make room, or make the folder writable."
        ) from error
    return True


def sweep(root: Path) -> None:
    """Remove what a run that was killed had begun to write; call it with the lock held."""
    for folder in (root, root / "data", root / DIGESTS, drafts_folder(root)):
        for path in folder.glob(".*.new"):
            if _TEMPORARY.fullmatch(path.name):
                remove(path)


def put_in_place(new: Path, path: Path) -> None:
    """Give a file or folder its place in one step.

    Windows replaces nothing that another program has open: there it is tried for a moment.
    """
    for wait in WAITS if ON_WINDOWS else ():
        with suppress(PermissionError):
            new.replace(path)
            return
        time.sleep(wait)
    new.replace(path)


def flush(path: Path) -> None:
    """Wait until a file, or a folder's list of files, is on the disk itself.

    Windows opens no folder, and flushes only what is open for writing.
    """
    is_folder = path.is_dir()
    if ON_WINDOWS and is_folder:
        return
    number = os.open(path, os.O_RDONLY if is_folder else os.O_RDWR)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def content_of(path: Path) -> bytes | None:
    """Return the content of a file; None where it cannot be read, or a link leads elsewhere."""
    try:
        if path.is_symlink() and leads_out(path.parent, path):
            return None
        return path.read_bytes() if path.is_file() else None
    except OSError:
        return None


def changed_at(path: Path) -> datetime | None:
    """Return when a file was last saved, or None where it is not there."""
    try:
        return datetime.fromtimestamp(int(path.stat().st_mtime), UTC)
    except OSError:
        return None


def remove(path: Path) -> None:
    """Remove a file; raise CannotWrite when the folder refuses."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        reason = error.strerror or error
        raise CannotWrite(
            f"{path} cannot be removed: {reason}. Remove it, or make the folder writable."
        ) from error


def move(path: Path, to: Path) -> None:
    """Move a file or folder within the workspace; raise CannotWrite when a folder refuses."""
    try:
        make_folder(to.parent)
        put_in_place(path, to)
    except OSError as error:
        reason = error.strerror or error
        raise CannotWrite(
            f"{path} cannot be moved to {to}: {reason}. Make both folders writable."
        ) from error


def copy(path: Path, to: Path) -> None:
    """Copy a file with its time, for its owner only; raise CannotWrite when that fails."""
    with private_file(to) as file, path.open("rb") as source:
        shutil.copyfileobj(source, file)
    times = path.stat()
    os.utime(to, (times.st_atime, times.st_mtime))


@contextmanager
def written(path: Path) -> Iterator[TextIO]:
    """Yield a new text file for its owner only, to be written bit by bit."""
    with private_file(path) as file, TextIOWrapper(file, "utf-8", "replace", newline="\n") as text:
        yield text


@contextmanager
def private_file(path: Path) -> Iterator[BufferedRandom]:
    """Yield a new file for its owner only; raise CannotWrite when the disk or folder refuses."""
    try:
        make_folder(path.parent)
        number = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(number, "w+b") as file:
            yield file
    except OSError as error:
        reason = error.strerror or error
        raise CannotWrite(
            f"{path} cannot be written: {reason}. Make room, or make the folder writable."
        ) from error


def _write(path: Path, content: bytes, *, flushed: bool) -> None:
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(number, "wb") as file:
        file.write(content)
        file.flush()
        if flushed:
            os.fsync(file.fileno())


def _day_of(path: Path) -> date | None:
    try:
        return date.fromisoformat(path.stem)
    except ValueError:  # latest.json, or a file of the user's own
        return None


def calendar_path(root: Path) -> Path:
    """Return where the calendar lies."""
    return root / "data" / "touchpoints.ics"


def draft_path(root: Path, item: Touchpoint) -> Path:
    """Return where a draft for the mail program lies: data/drafts/41-oracle-thank-you.eml."""
    what = item.suggestion
    return drafts_folder(root) / f"{item.id}-{what.company}-{what.kind.replace('_', '-')}.eml"


def shown_path(item: Touchpoint) -> str:
    """Return the same as a user of the workspace writes it."""
    return draft_path(Path(), item).as_posix()


def written_folders(root: Path) -> tuple[Path, ...]:
    """Return the folders of the files that a run writes for the user."""
    return root / DIGESTS, drafts_folder(root)


def drafts_folder(root: Path) -> Path:
    """Return where the drafts for the mail program lie."""
    return root / "data" / "drafts"
