"""`run` and `draft`: the message as text, as a file of the mail program's, and the user's own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.program import touchpoints

AS_OF = ("--as-of", "2026-11-24T08:00+00:00")
NOTES = """---
company: halden
interviewed: 2026-11-23 14:30
interviewers: [{name: Tom Adeyemi, email: tom@example.com}]
---
## Discussed
- night shifts on the quay
"""


class Candidate:
    """Somebody a day after an interview, with a program that opens files: it notes their names."""

    def __init__(self, root: Path) -> None:
        self.root, self.opened = root, root / "opened"
        self.drafts, self.calendar = root / "data" / "drafts", root / "data" / "touchpoints.ics"
        (root / "data" / "notes").mkdir(parents=True)
        (root / "feeds.yaml").write_text(
            "settings: {timezone: UTC, drafts: {name: Sam}}\n"
            "companies: {halden: {name: Halden Freight, feeds: []}}\n"
        )
        (root / "data" / "notes" / "halden.md").write_text(NOTES)
        opener = root / "bin" / "xdg-open"
        opener.parent.mkdir()
        opener.write_text(f'#!/bin/sh\nprintf %s "$1" > "{self.opened}"\n')
        opener.chmod(0o755)

    def touchpoints(self, *arguments: str) -> str:
        return touchpoints("--workspace", str(self.root), *AS_OF, *arguments).stdout

    def open_draft(self) -> None:
        """Start the command in a process, which the program that it starts may outlive."""
        command = [sys.executable, "-m", "pipeline.cli.main", "--workspace", str(self.root), *AS_OF]
        path = f"{self.root / 'bin'}:{os.environ['PATH']}"
        environment = {**os.environ, "PATH": path}
        subprocess.run([*command, "draft", "1", "--open"], check=True, env=environment)


@pytest.fixture
def candidate(tmp_path: Path) -> Candidate:
    return Candidate(tmp_path)


def test_a_run_writes_the_calendar_and_a_file_to_open(candidate: Candidate) -> None:
    """A second one leaves both as they are, to the byte."""
    candidate.touchpoints("run")
    (file,) = candidate.drafts.iterdir()
    before = file.read_bytes(), candidate.calendar.read_bytes()
    assert file.name == "1-halden-thank-you.eml"
    assert b"To: Tom Adeyemi <tom@example.com>\r\n" in before[0]
    assert b"SUMMARY:Thank-you to Tom Adeyemi\\, Halden Freight\r\n" in before[1]
    assert b"SUMMARY:Interview: Halden Freight\r\n" in before[1]
    candidate.touchpoints("run")
    assert (file.read_bytes(), candidate.calendar.read_bytes()) == before


def test_a_dry_run_writes_neither(candidate: Candidate) -> None:
    """It shows the page, and leaves nothing behind."""
    candidate.touchpoints("run", "--dry-run")
    assert not candidate.drafts.exists()
    assert not candidate.calendar.exists()


def test_the_body_alone_is_ready_for_the_clipboard(candidate: Candidate) -> None:
    """No recipient and no subject before it."""
    candidate.touchpoints("run")
    whole = candidate.touchpoints("draft", "1")
    body = candidate.touchpoints("draft", "1", "--body")
    assert body.startswith("Dear Tom,\n")
    assert body.rstrip().endswith("Sam")
    assert whole.endswith(f"\n\n{body}")


def test_open_shows_the_file_as_the_user_left_it(candidate: Candidate) -> None:
    """What was edited is opened, not written over; what was deleted is made again."""
    candidate.touchpoints("run")
    (file,) = candidate.drafts.iterdir()
    written = file.read_bytes()
    file.write_text("mine")
    candidate.open_draft()
    assert (candidate.opened.read_text(), file.read_text()) == (str(file), "mine")
    file.unlink()
    candidate.open_draft()
    assert file.read_bytes() == written


def test_why_names_the_company_as_the_user_writes_it(candidate: Candidate) -> None:
    """Not by its short name."""
    candidate.touchpoints("run")

    assert candidate.touchpoints("why", "1").startswith(
        "Thank-you for Tom Adeyemi, Halden Freight (suggested)"
    )


def test_what_is_no_mail_is_text_to_copy(candidate: Candidate) -> None:
    """No address and no subject, no file, no link; and it says for what it is, and how long."""
    note = candidate.root / "data" / "notes" / "halden.md"
    note.write_text(NOTES.replace(", email: tom@example.com", ""))
    candidate.touchpoints("run")
    shown = touchpoints("--workspace", str(candidate.root), *AS_OF, "draft", "1")
    opened = touchpoints("--workspace", str(candidate.root), *AS_OF, "draft", "1", "--open", code=1)
    pages = [
        (candidate.root / "data" / "digests" / f"latest.{ending}").read_text()
        for ending in ("md", "html")
    ]

    assert shown.stdout.startswith("Dear Tom,\n\n")
    assert "Subject:" not in shown.stdout
    count = len(shown.stdout.strip())
    assert f"For LinkedIn: {count} of 300 characters." in shown.stderr
    assert not list(candidate.drafts.glob("*"))
    assert "`touchpoints draft 1 --body`" in opened.stderr
    for page in pages:
        assert f"For LinkedIn: {count} of 300 characters." in page
        assert "mailto:" not in page
        assert "Subject" not in page
    assert "--open" not in candidate.calendar.read_text()


def test_for_a_call_there_are_points_to_say(candidate: Candidate) -> None:
    """The page says that nothing is to be sent."""
    note = candidate.root / "data" / "notes" / "halden.md"
    note.write_text(NOTES.replace("}]", ", channel: call}]"))
    candidate.touchpoints("run")

    assert candidate.touchpoints("draft", "1").startswith("• Thank you for the conversation")
    page = (candidate.root / "data" / "digests" / "latest.md").read_text()
    assert "What to say when you ring; there is nothing to send." in page
    assert "mailto:" not in page
