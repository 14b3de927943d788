"""What Windows lacks, or does otherwise, is not relied on; nor is a console."""

from __future__ import annotations

import ast
import errno
import fcntl
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from pipeline.cli import terminal
from pipeline.cli.main import main
from pipeline.commands.setup import make
from pipeline.store import candidate, files, lock
from pipeline.store.database import opened
from pipeline.store.files import good_copy_path
from pipeline.text.urls import file_in
from pipeline.text.written_days import WrittenDay
from pipeline.workspace.setup_answers import Setup
from tests.conftest import ROOT
from tests.environment import poor
from tests.sample_workspace import EMPTY, FEEDS, NOTES

# Of the standard library's documentation: "Availability: Unix", "not Windows".
MODULES_OF_UNIX = "fcntl grp posix pty pwd readline resource syslog termios tty".split()
NAMES_OF_UNIX = {
    "os": "chown fchmod fork forkpty geteuid getgid getpgid getuid killpg lchown mkfifo mknod nice "
    "openpty O_CLOEXEC O_DIRECTORY O_NOFOLLOW O_NONBLOCK O_SYNC setsid statvfs sysconf uname "
    "wait waitpid WNOHANG",
    "signal": "SIGALRM SIGCHLD SIGHUP SIGKILL SIGPIPE SIGTSTP SIGUSR1 SIGUSR2 alarm pause "
    "pthread_sigmask setitimer sigwait",
    "time": "tzset",
    "select": "epoll kqueue poll",
    "socket": "AF_UNIX MSG_DONTWAIT SO_REUSEPORT",
}
GUARDED = {  # where they stand nevertheless, with what stands before them there
    ("pipeline/news/sandbox.py", "resource"): 'if sys.platform != "win32":',
    ("pipeline/cli/conversation.py", "readline"): "except ImportError:",
    ("pipeline/cli/terminal.py", "SIGTSTP"): 'hasattr(signal, "SIGTSTP")',
    ("pipeline/maintenance/timers.py", "getuid"): 'f"gui/{os.getuid()}"',  # of launchd alone
}


def _of_unix(tree: ast.Module) -> Iterator[str]:
    """Yield the names in a module that Windows lacks."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from {one.name for one in node.names} & {*MODULES_OF_UNIX}
        elif isinstance(node, ast.ImportFrom) and node.module in MODULES_OF_UNIX:
            yield str(node.module)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield from {node.attr} & {*NAMES_OF_UNIX.get(node.value.id, "").split()}


def test_nothing_is_called_that_windows_lacks() -> None:
    """But behind a question whether it is there."""
    found = {(name, one) for name, tree in _trees() for one in _of_unix(tree)}
    assert found == GUARDED.keys()
    for (name, _), guard in GUARDED.items():
        assert guard in (ROOT / name).read_text("utf-8")


def _trees() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted((ROOT / "pipeline").rglob("*.py")):
        yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text("utf-8"))


def test_no_text_is_read_or_written_in_the_encoding_of_the_place() -> None:
    """Each says which; a Windows in Paris and one in Warsaw have two."""
    unsaid = [
        f"{name}:{node.lineno}"
        for name, tree in _trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if node.func.attr in ("read_text", "write_text") and not _says_encoding(node)
    ]
    assert unsaid == []


def _says_encoding(call: ast.Call) -> bool:
    assert isinstance(call.func, ast.Attribute)
    place = 0 if call.func.attr == "read_text" else 1
    return len(call.args) > place or any(word.arg == "encoding" for word in call.keywords)


def test_no_day_is_written_in_a_form_that_windows_does_not_know() -> None:
    """As %-d, the day without its zero."""
    forms = re.compile(r"%-[a-zA-Z]\b|:%[^\"'}]*%-")
    sources = ((name, (ROOT / name).read_text("utf-8")) for name, _ in _trees())
    assert [name for name, text in sources if forms.search(text)] == []


WITHOUT = """
import asyncio, multiprocessing, pathlib, selectors, shutil, socket, ssl, subprocess, sys, tempfile
import os, select, signal, time, uuid, xml.etree.ElementTree, zoneinfo
import filelock  # its lock on Linux stands in for the one that it has on Windows
for name in {modules}:
    sys.modules[name] = None
for owner, names in {names}.items():
    for name in names.split():
        if hasattr(sys.modules[owner], name):
            delattr(sys.modules[owner], name)
from pipeline.cli.main import main
main(["--as-of", "2026-11-24T08:00Z", "demo"])
"""


@pytest.mark.slow
def test_a_whole_day_needs_nothing_that_windows_lacks(tmp_path: Path) -> None:
    """The demo, with the modules and names of Unix taken away from all but Python's own library.

    Nor does a file that it leaves have a name that Windows refuses: no colon, as in an hour.
    """
    # The lock needs the first three on Linux, and Python itself the rest.
    kept = {"os": "fchmod O_NONBLOCK O_NOFOLLOW sysconf uname", "socket": "AF_UNIX"}
    names = {
        owner: " ".join({*all_of.split()} - {*kept.get(owner, "").split()})
        for owner, all_of in NAMES_OF_UNIX.items()
    }
    modules = [name for name in MODULES_OF_UNIX if name != "posix"]
    program = WITHOUT.format(modules=modules, names=names)
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env=poor(PYTHONPATH=str(ROOT)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "touchpoints-demo" / "data" / "digests" / "latest.html").is_file()
    names = [path.name for path in (tmp_path / "touchpoints-demo").rglob("*")]
    assert [name for name in names if set(name) & {*'<>:"|?*'}] == []


# ------------------------------------------------------------------------- no console at all


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace with a talk and an empty feed."""
    (tmp_path / "data" / "notes").mkdir(parents=True)
    (tmp_path / "feeds.yaml").write_text(FEEDS, "utf-8")
    (tmp_path / "empty.xml").write_text(EMPTY, "utf-8")
    (tmp_path / "data" / "notes" / "halden.md").write_text(NOTES, "utf-8")
    return tmp_path


def run(root: Path) -> int:
    """Do the scheduled run of a morning; return its exit code."""
    words = ["--workspace", str(root), "--as-of", "2026-11-24T08:00Z", "run", "--scheduled"]
    with pytest.raises(SystemExit) as ended:
        main(words)
    return int(ended.value.code or 0)


def test_a_run_without_a_console_makes_the_page(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pythonw has no stdin, no stdout and no stderr."""
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)
    assert run(workspace) == 0
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        stream.close()
    assert (workspace / "data" / "digests" / "latest.md").is_file()


# --------------------------------------------------------------------- files, as Windows has them


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that behave as on Windows: no folder is opened, and only what is written is flushed."""
    open_, fsync = os.open, os.fsync

    def opened_there(path: str | Path, flags: int, mode: int = 0o777, **more: int) -> int:
        if Path(path).is_dir():
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return open_(path, flags, mode, **more)

    def fsync_there(number: int) -> None:
        if fcntl.fcntl(number, fcntl.F_GETFL) & os.O_ACCMODE == os.O_RDONLY:
            raise OSError(errno.EBADF, "Bad file descriptor")
        fsync(number)

    monkeypatch.setattr(files, "ON_WINDOWS", True)
    monkeypatch.setattr(os, "open", opened_there)
    monkeypatch.setattr(os, "fsync", fsync_there)


@pytest.mark.usefixtures("windows")
def test_a_run_on_windows_writes_its_page_and_its_good_copy(workspace: Path) -> None:
    """Flushed as far as Windows flushes."""
    assert run(workspace) == 0
    assert (workspace / "data" / "digests" / "latest.md").is_file()
    assert good_copy_path(workspace).stat().st_size > 10_000
    with opened(workspace) as db:
        ((_, report),) = candidate.last_runs(db)
    assert [problem for problem in report["problems"] if problem["stage"] == "store"] == []


@pytest.mark.usefixtures("windows")
def test_a_page_that_a_scanner_holds_for_a_moment_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twice refused, as while an antivirus looks at it, and then let through."""
    refused = _refuse(monkeypatch, 2)
    files.write_whole(tmp_path / "latest.md", "today")
    assert (tmp_path / "latest.md").read_text("utf-8") == "today"
    assert refused == ["latest.md", "latest.md"]


@pytest.mark.usefixtures("windows")
def test_a_page_that_stays_open_elsewhere_is_said_to_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After less than two seconds; nothing half-written stays behind."""
    waited: list[float] = []
    monkeypatch.setattr(files.time, "sleep", waited.append)
    _refuse(monkeypatch, 100)
    with pytest.raises(files.CannotWrite, match=r"latest\.md cannot be written"):
        files.write_whole(tmp_path / "latest.md", "today")
    assert [*tmp_path.iterdir()] == [] and 1 < sum(waited) < 2


def test_elsewhere_a_refusal_is_told_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There it is no matter of a moment."""
    refused = _refuse(monkeypatch, 100)
    with pytest.raises(files.CannotWrite):
        files.write_whole(tmp_path / "latest.md", "today")
    assert len(refused) == 1


def _refuse(monkeypatch: pytest.MonkeyPatch, times: int) -> list[str]:
    """Let so many files be refused their place; return which were."""
    replace, refused = Path.replace, list[str]()

    def replaced(self: Path, target: Path) -> Path:
        if len(refused) < times:
            refused.append(target.name)
            raise PermissionError(errno.EACCES, "Access is denied")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", replaced)
    return refused


def test_what_ends_a_process_is_named_as_the_system_calls_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """`kill`, or `taskkill`."""
    assert lock.how_to_end(7) == "kill 7"
    monkeypatch.setattr(files, "ON_WINDOWS", True)
    assert lock.how_to_end(7) == "taskkill /F /PID 7"


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("file:///C:/feeds/a.xml", "C:/feeds/a.xml"),
        ("file:///srv/a.xml", "/srv/a.xml"),
        ("file:a.xml", "a.xml"),
        (r"C:\feeds\a.xml", r"C:\feeds\a.xml"),
        ("/c/feeds", "/c/feeds"),
    ],
)
def test_a_file_s_address_is_a_path_with_or_without_a_drive(address: str, path: str) -> None:
    """The slash before a drive's letter belongs to the address."""
    assert file_in(address) == path


def test_an_editor_s_path_keeps_its_backslashes_on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """In quotation marks, as it has to be with a space in it."""
    monkeypatch.setenv("VISUAL", r'"C:\Program Files\Vim\gvim.exe" --nofork')
    monkeypatch.setattr(terminal.files, "ON_WINDOWS", True)
    assert terminal.editor() == [r"C:\Program Files\Vim\gvim.exe", "--nofork"]


def test_a_note_s_file_is_named_after_no_device(tmp_path: Path) -> None:
    """A company called Aux has a note that Windows can open."""
    made = make(tmp_path, Setup("Aux", interviewed=WrittenDay(date(2026, 11, 16))))
    assert made.note == "data/notes/aux-2026-11-16.md"


def test_the_package_is_a_program_of_its_own(tmp_path: Path) -> None:
    """`python -m pipeline` does what `touchpoints` does, and calls itself by that name."""
    program = [sys.executable, "-m", "pipeline", "--as-of", "2026-11-24T08:00Z", "demo"]
    environment = poor(PYTHONPATH=str(ROOT))
    done = subprocess.run(
        program, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "Your own: python -m pipeline init" in done.stderr
