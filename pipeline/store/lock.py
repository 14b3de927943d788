"""One at a time in a workspace: the lock, and who holds it.

The lock is the system's own: it ends with the process that holds it, however that ends, so that
nobody has to remove one that was left behind. Its holder is named in a file beside it, for the
message to the next; a file that is still there once the lock is ours was left by a process that
was killed, and is reported to the one who asked for the lock.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from pipeline.errors import CannotWrite, RunInProgress
from pipeline.records.record import dataclass
from pipeline.store import database, files

_NO_LOCKS = (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.ESTALE)


@dataclass(frozen=True, slots=True)
class Holder:
    """The process that holds the lock, or held it when it was killed."""

    process: int
    since: datetime
    is_alive: bool


@contextmanager
def locked(root: Path) -> Iterator[Holder | None]:
    """Hold the workspace's lock; give who held it before and was killed, if anybody was.

    Raises RunInProgress when somebody else holds it, CannotWrite when the folder refuses.
    """
    from filelock import FileLock, Timeout

    path = files.lock_path(root)
    lock = FileLock(path, timeout=0, mode=0o600)
    try:
        files.make_folder(path.parent)
        lock.acquire()
    except Timeout as error:
        raise _in_progress(root, holder(root)) from error
    except NotImplementedError as error:  # as filelock says it
        raise CannotWrite(f"{path} cannot be locked. {files.ON_A_NETWORK}") from error
    except OSError as error:
        reason = error.strerror or error
        todo = "Make room, or make the folder writable."
        todo = files.ON_A_NETWORK if error.errno in _NO_LOCKS else todo
        raise CannotWrite(f"{path} cannot be written: {reason}. {todo}") from error
    try:
        before = holder(root)
        _write_down(root)
        yield before
    finally:
        with suppress(CannotWrite):  # the folder is read-only by now: the next finds it stale
            files.remove(files.holder_path(root))
        lock.release()


@contextmanager
def locked_to_read(root: Path) -> Iterator[None]:
    """Hold the lock, lest a run write meanwhile; where nothing can be written, there is none."""
    if database.is_read_only(files.database_path(root)):
        yield
    else:
        with locked(root):
            yield


def holder(root: Path) -> Holder | None:
    """Return who holds the lock, as far as it is written down."""
    path = files.holder_path(root)
    try:
        process, since = int(path.read_text("ascii")), path.stat().st_mtime
    except (OSError, ValueError):
        return None
    return Holder(process, datetime.fromtimestamp(since, UTC), _is_alive(process))


def _write_down(root: Path) -> None:
    path = files.holder_path(root)
    with suppress(CannotWrite):  # a full disk: the next one learns less
        files.remove(path)
        files.write_whole(path, f"{os.getpid()}\n", hastily=True)


def _is_alive(process: int) -> bool:
    if files.ON_WINDOWS:
        return True  # there to ask is to end it
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # somebody else's
        return True
    return True


def how_to_end(process: int) -> str:
    """Return the command that ends a process here."""
    return f"taskkill /F /PID {process}" if files.ON_WINDOWS else f"kill {process}"


def _in_progress(root: Path, found: Holder | None) -> RunInProgress:
    if found is None:
        return RunInProgress(
            f"Another run is at work in {root}. Wait until it has finished and try again."
        )
    if not found.is_alive:
        return RunInProgress(
            f"The lock of {root} is held, but process {found.process}, which took it, has ended. "
            "What it started is still at work: wait, or restart this computer.",
            found.since,
        )
    return RunInProgress(
        f"Another run is at work in {root}: process {found.process}. Wait until it has finished "
        f"and try again; if it never does, `{how_to_end(found.process)}` ends it, and nothing is "
        "lost.",
        found.since,
    )
