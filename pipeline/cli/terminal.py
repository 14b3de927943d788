"""What a command that talks with somebody at a terminal needs: keys, widths, an editor, an end.

Keys are read one at a time, and what was typed before the question was shown is thrown away: an
answer is given to what was seen. The terminal is as it was between two keys, and after a signal.
"""

from __future__ import annotations

import io
import os
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import click

from pipeline.store import files

WIDEST = 88  # columns: longer lines are hard to read; no border test: a measure of drawing
NARROWEST = 20  # no border test: a measure of drawing
EDITORS = ("editor", "nano", "vi", "notepad")  # where neither $VISUAL nor $EDITOR says which

_STYLES = {"bold": "\x1b[1m", "dim": "\x1b[2m"}
_END = "\x1b[0m"


class Stopped(SystemExit):
    """The program was asked to end, or the terminal hung up."""

    def __init__(self, number: int) -> None:
        super().__init__(128 + number)
        self.number = number


@contextmanager
def stoppable() -> Iterator[None]:
    """Let a hang-up or a request to end come as `Stopped`: the terminal is left in order."""

    def stop(number: int, _: FrameType | None) -> None:
        raise Stopped(number)

    names = [name for name in ("SIGHUP", "SIGTERM") if hasattr(signal, name)]
    before = {name: signal.signal(getattr(signal, name), stop) for name in names}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)


def key() -> str:
    """Return one key: a small letter, "enter" (the space bar, too), or "" when there is no more.

    An arrow or a pasted text comes as a whole, so it is not a key that is asked for.
    Raises KeyboardInterrupt.
    """
    try:
        found = click.getchar()
    except (EOFError, OSError):  # Ctrl-D; the terminal is gone
        return ""
    except Exception as error:
        if (
            type(error).__module__ == "termios"
        ):  # the same; it is not an OSError, and not on Windows
            return ""
        raise
    return "enter" if found in ("\r", "\n", "\r\n", " ") else found.casefold()


def suspend() -> None:
    """Stop until the shell wakes us: what Ctrl-Z does elsewhere."""
    if hasattr(signal, "SIGTSTP"):
        os.kill(os.getpid(), signal.SIGTSTP)


def width() -> int:
    """Return in how many columns to write."""
    return max(min(shutil.get_terminal_size((80, 24)).columns, WIDEST), NARROWEST)


def wrapped(text: str, columns: int) -> list[str]:
    """Return the lines of a text, by what its letters take on the screen."""
    from rich.console import Console
    from rich.text import Text

    columns = max(columns, NARROWEST // 2)
    found = Text(text).wrap(Console(width=columns, color_system=None), columns)
    return [line.plain.rstrip() for line in found] or [""]


def listed(items: Sequence[str], columns: int) -> list[str]:
    """Return the items in lines, none of them broken in two where it fits a line."""
    from rich.cells import cell_len

    lines: list[str] = []
    for item in items:
        longer = f"{lines[-1]} · {item}" if lines else item
        if lines and cell_len(longer) <= columns:
            lines[-1] = longer
        else:
            lines.append(item)
    return lines


def styled(text: str, style: str) -> str:
    """Return the text bold or dim, where the terminal and the user want that."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM", "dumb") in ("dumb", "unknown")
    start = "" if plain or not text.strip() else _STYLES.get(style, "")
    return f"{start}{text}{_END}" if start else text


def never_fail_to_print() -> None:
    """Print a question mark for a letter that the terminal's encoding does not have."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


def has_a_desktop() -> bool:
    """Return whether a program with a window can be opened: over ssh mostly not."""
    if sys.platform in ("darwin", "win32"):
        return not os.environ.get("SSH_CONNECTION")
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def editor() -> list[str] | None:
    """Return the user's editor with its arguments, or the first that is there, or None."""
    named = (os.environ.get("VISUAL") or os.environ.get("EDITOR") or "").strip()
    if not named:
        found = next((name for name in EDITORS if shutil.which(name)), None)
        return [found] if found else None
    try:
        if files.ON_WINDOWS:  # where a backslash is part of a path
            return [word.strip('"') for word in shlex.split(named, posix=False)]
        return shlex.split(named)
    except ValueError:  # a quotation mark without its other half
        return [named]


def run_editor(command: Sequence[str], path: Path) -> int:
    """Let the user edit a file; return the editor's exit code. No shell reads the command.

    Raises OSError when it cannot be started. Ctrl-C is the editor's as long as it runs.
    """
    # A handler, and not SIG_IGN, which the editor would inherit.
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        return subprocess.run([*command, str(path)], check=False).returncode  # noqa: S603
    finally:
        signal.signal(signal.SIGINT, before)
