"""`review` at a pseudo-terminal: keys, an editor, interruptions, a run in between."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest

from pipeline.commands import queue
from pipeline.store.database import opened
from pipeline.store.lock import locked
from tests.sample_workspace import AS_OF, NOW, SampleWorkspace

pytestmark = pytest.mark.slow  # commands by the dozen, each a process


PROMPT = r"\? help"
ESCAPE = "\x1b"


class Terminal:
    """A terminal of a given width in which the review runs."""

    def __init__(self, root: Path, columns: int = 80, **environment: str) -> None:
        bare = {
            name: value
            for name, value in os.environ.items()
            if name not in ("NO_COLOR", "VISUAL", "EDITOR", "DISPLAY", "WAYLAND_DISPLAY", "COLUMNS")
        }
        self.process = pexpect.spawn(
            sys.executable,
            ["-m", "pipeline.cli.main", "--workspace", str(root), "--as-of", AS_OF, "review"],
            env={**bare, "TERM": "xterm", "PYTHONIOENCODING": "utf-8", **environment},
            dimensions=(60, columns),
            encoding="utf-8",
            timeout=30,
        )
        self.seen = ""

    def until(self, pattern: str) -> str:
        """Return what is printed until there, without colours."""
        self.process.expect(pattern)
        part = str(self.process.before) + str(self.process.after)
        self.seen += part
        return re.sub(r"\x1b\[[0-9;]*m", "", part).replace("\r\n", "\n")

    def press(self, key: str, then: str = PROMPT) -> str:
        # What is typed before the question stands there is thrown away, as it should be.
        time.sleep(0.3)
        self.process.send(key)
        return self.until(then)

    def end(self) -> str:
        self.process.expect(pexpect.EOF)
        self.seen += str(self.process.before)
        self.process.close()
        return str(self.process.before)


@pytest.fixture
def terminal(desk: SampleWorkspace) -> Iterator[Terminal]:
    one = Terminal(desk.root)
    yield one
    one.process.close(force=True)


def editor(folder: Path, script: str) -> str:
    """Return an editor, with an argument, that does to the file what the script says."""
    path = folder / "my editor"
    path.write_text(f'#!/bin/sh\nfile="$2"\n{script}\n')
    path.chmod(0o755)
    return f"'{path}' --wait"


def test_each_key_is_recorded_at_once(terminal: Terminal, desk: SampleWorkspace) -> None:
    """Sent, then not for me; at the end one line on both."""
    first = terminal.until(PROMPT)
    assert "Thank-you to Tom Adeyemi, Halden Freight" in first
    assert "Dear Tom," in first
    assert "w wrong company" not in first

    second = terminal.press("s")
    assert desk.statuses() == ["sent", "suggested"]
    assert "Thank-you to Aud Lunde" in second
    terminal.press("n", "Recorded")
    assert desk.statuses() == ["sent", "dismissed"]
    assert ": 1 sent, 1 not for me. No suggestions are still due." in terminal.end()
    assert terminal.process.exitstatus == 0


def test_later_asks_for_a_day_until_it_is_one(terminal: Terminal, desk: SampleWorkspace) -> None:
    """Nonsense and an empty line leave everything as it was."""
    terminal.until(PROMPT)
    terminal.press("l", "day: ")
    assert "not a future day" in terminal.press("soon\r")
    terminal.press("l", "day: ")
    terminal.press("\r")
    assert desk.statuses() == ["suggested", "suggested"]
    terminal.press("l", "day: ")
    assert "put off until Friday 27 November" in terminal.press("friday\r")
    assert desk.statuses() == ["snoozed", "suggested"]


def test_undo_shows_again_what_it_took_back(terminal: Terminal, desk: SampleWorkspace) -> None:
    """Only what this review recorded: for what was before there is the command."""
    queue.change(desk.root, 2, "dismissed", NOW)
    terminal.until(PROMPT)
    assert "Nothing was recorded in this review yet" in terminal.press("u")
    assert desk.statuses() == ["suggested", "dismissed"]
    terminal.press("q", "Recorded: nothing. One suggestion is still due.")


def test_undo_takes_back_one_after_the_other(desk: SampleWorkspace, tmp_path: Path) -> None:
    """A changed message and what was sent; the queue is as before."""
    command = editor(tmp_path, 'sed -i s/Kind/Warm/ "$file"')
    terminal = Terminal(desk.root, EDITOR=command)
    terminal.until(PROMPT)
    assert "Warm regards" in terminal.press("e")
    terminal.press("s")
    assert desk.moves() == ["edited", "sent"]
    assert "Thank-you to Tom" in terminal.press("u")
    assert "Kind regards" in terminal.press("u")
    assert desk.moves() == []
    terminal.press("q", "Recorded: nothing")
    assert terminal.end() and terminal.process.exitstatus == 0


def test_skipping_leaves_it_where_it_is(terminal: Terminal, desk: SampleWorkspace) -> None:
    """By enter and by the space bar."""
    terminal.until(PROMPT)
    assert "Aud Lunde" in terminal.press("\r")
    terminal.press(" ", "Recorded: nothing. Two suggestions are still due.")
    assert desk.moves() == []


@pytest.mark.parametrize("keys", ["\x1b[A", "ssss", "é", "x", "\t", "w", "\x1b", "\x00"])
def test_a_key_that_is_none_does_nothing(
    terminal: Terminal, desk: SampleWorkspace, keys: str
) -> None:
    """An arrow, several at once, a key of another suggestion: help, and the same question."""
    terminal.until(PROMPT)
    assert "does nothing here" in terminal.press(keys)
    assert desk.moves() == []


def test_why_and_help_and_no_desktop(terminal: Terminal) -> None:
    """The long evidence, what each key does, and where the message lies when nothing can open."""
    terminal.until(PROMPT)
    assert "head › interviewers" in terminal.press("y")
    assert "it counts as a contact" in terminal.press("?")
    said = " ".join(terminal.press("o").split())
    assert "no desktop to open it on" in said
    assert "touchpoints draft 1 --body" in said


def test_open_in_mail_brings_the_users_wording(desk: SampleWorkspace, tmp_path: Path) -> None:
    """Changed here a moment ago, it stands in the file that the mail program gets."""
    opener = tmp_path / "bin" / "xdg-open"
    opener.parent.mkdir()
    opener.write_text(f'#!/bin/sh\ncp "$1" "{tmp_path}/opened"\n')
    opener.chmod(0o755)
    path = f"{opener.parent}:{os.environ['PATH']}"
    command = editor(tmp_path, 'sed -i s/Kind/Warm/ "$file"')
    terminal = Terminal(desk.root, VISUAL=command, EDITOR="false", DISPLAY=":9", PATH=path)
    terminal.until(PROMPT)
    terminal.press("e")
    terminal.press("o")
    terminal.process.close(force=True)
    assert "Warm regards" in (tmp_path / "opened").read_text()


@pytest.mark.parametrize(
    ("script", "says"),
    [
        ("true", "Nothing was changed"),
        (': > "$file"', "Nothing was changed"),
        ('rm "$file"', "Nothing was changed"),
        ('echo mine >> "$file"; exit 1', "failed with code 1"),
        (r"printf '\377\376' > " + '"$file"', "not UTF-8 any more"),
    ],
)
def test_an_editor_that_leaves_nothing_changes_nothing(
    desk: SampleWorkspace, tmp_path: Path, script: str, says: str
) -> None:
    """As it was, emptied, deleted, given up, spoilt: the message stays."""
    terminal = Terminal(desk.root, EDITOR=editor(tmp_path, script))
    terminal.until(PROMPT)
    assert says in terminal.press("e")
    terminal.press("q", "Recorded: nothing")
    assert desk.moves() == []


@pytest.mark.parametrize(
    "command", ["no-such-editor", "'", "true; touch {trap}", "$(touch {trap})"]
)
def test_no_shell_reads_the_editors_name(
    desk: SampleWorkspace, tmp_path: Path, command: str
) -> None:
    """What looks like a command line is a name and its arguments."""
    trap = tmp_path / "trap"
    terminal = Terminal(desk.root, EDITOR=command.format(trap=trap))
    terminal.until(PROMPT)
    terminal.press("e")
    terminal.press("q", "Recorded: nothing")
    assert not trap.exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_whenever_it_is_stopped_the_queue_is_right(
    terminal: Terminal, desk: SampleWorkspace, number: signal.Signals
) -> None:
    """What was answered is recorded, what was not is still due, and the next run goes through."""
    terminal.until(PROMPT)
    terminal.press("s")
    time.sleep(0.3)
    if number == signal.SIGINT:
        terminal.process.send("\x03")
    else:
        terminal.process.kill(number)
    said = terminal.end()
    if number in (signal.SIGINT, signal.SIGTERM):
        assert "Recorded: 1 sent. One suggestion is still due." in said
        assert terminal.process.exitstatus == 128 + number
    assert "Traceback" not in said
    assert desk.statuses() == ["sent", "suggested"]
    desk.run()


def test_ctrl_c_at_a_question_and_ctrl_d_at_a_key_end_it(desk: SampleWorkspace) -> None:
    """Nothing is recorded by either."""
    terminal = Terminal(desk.root)
    terminal.until(PROMPT)
    terminal.press("l", "day: ")
    terminal.press("\x03", "Recorded: nothing")
    terminal = Terminal(desk.root)
    terminal.until(PROMPT)
    terminal.press("\x04", "Recorded: nothing")
    assert desk.moves() == []


def test_a_run_in_between_is_possible_and_seen(terminal: Terminal, desk: SampleWorkspace) -> None:
    """While somebody reads, the lock is free; what changed meanwhile is shown again first."""
    terminal.until(PROMPT)
    desk.run()
    queue.change(desk.root, 1, "dismissed", NOW)
    assert "Nothing was recorded: look again" in " ".join(terminal.press("s").split())
    assert desk.statuses() == ["dismissed", "suggested"]
    assert desk.moves() == ["dismissed"]


def test_a_key_during_a_run_waits_for_its_end(terminal: Terminal, desk: SampleWorkspace) -> None:
    """And is recorded then."""
    terminal.until(PROMPT)
    with locked(desk.root):
        terminal.press("s", "A run is in progress")
        assert desk.statuses() == ["suggested", "suggested"]
    assert "Recorded: sent" in terminal.until(PROMPT)
    assert desk.statuses() == ["sent", "suggested"]


@pytest.mark.parametrize("columns", [20, 40, 80, 200])
def test_it_fits_the_screen(desk: SampleWorkspace, columns: int) -> None:
    """No line is wider, also with the help and the evidence."""
    terminal = Terminal(desk.root, columns)
    text = terminal.until(PROMPT) + terminal.press("?") + terminal.press("y")
    assert max(map(len, text.split("\n"))) <= columns
    terminal.process.close(force=True)


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_without_colour_there_is_no_escape(
    desk: SampleWorkspace, environment: dict[str, str]
) -> None:
    """Plain text alone."""
    terminal = Terminal(desk.root, **environment)
    terminal.until(PROMPT)
    terminal.press("y")
    terminal.press("q", "still due")
    assert ESCAPE not in terminal.seen


def test_nothing_from_a_feed_steers_the_terminal(desk: SampleWorkspace) -> None:
    """Control and direction signs in a name, as a feed's title may have them, are not printed."""
    with opened(desk.root) as db:
        db.execute(
            "UPDATE touchpoints SET suggestion = replace(suggestion, 'Thank you', ?)",
            ["T\\u001b]0;owned\\u0007\\u009b2J\\u202eyou"],
        )
    terminal = Terminal(desk.root, NO_COLOR="1")
    terminal.until(PROMPT)
    terminal.press("y")
    terminal.press("q", "still due")
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202e]", terminal.seen)


def test_without_a_terminal_it_says_what_to_do_instead(desk: SampleWorkspace) -> None:
    """In a pipe, under cron: exit code 2, and the commands that do the same."""
    command = [sys.executable, "-m", "pipeline.cli.main", "--workspace", str(desk.root)]
    command += ["--as-of", AS_OF, "review"]
    done = subprocess.run(command, input="s\n", capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "touchpoints queue" in done.stderr
    assert desk.moves() == []


def test_with_nothing_due_it_says_so(desk: SampleWorkspace) -> None:
    """And does not ask."""
    for number in (1, 2):
        queue.change(desk.root, number, "dismissed", NOW)
    terminal = Terminal(desk.root)
    assert "Nothing is due" in terminal.end()
