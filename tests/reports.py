"""Reports from the field: `python -m tests.reports [FOLDER]` runs each and says if it is right.

A report is a folder with a workspace (feeds.yaml, feeds, data/notes), sometimes a server.py and a
later.xml, and an expected.md, which tells in words what is right. The reports lie outside the
repository; what is right is written here once more, for the program to check. Each runs in a copy.
"""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.conftest import SHARED
from tests.program import Done, touchpoints

REPORTS = SHARED / "reports"
MORNING, LATER = "2026-11-24T08:00+01:00", "2026-11-24T10:00+01:00"
NEXT_DAY = "2026-11-25T08:00+01:00"
_EXPECTED_TITLE = re.compile(r'^- "(.+)": must (be|NOT be) news about the company', re.MULTILINE)
_SERVER_PORT = "8765"  # as it is written in a report


class Report:
    """A copy of one report's folder, and the commands that are run in it."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def do(self, *words: str, at: str = MORNING, codes: tuple[int, ...] = (0,)) -> Done:
        """Run a command at a time; AssertionError unless it ends with one of these codes."""
        for code in codes[:-1]:
            try:
                return touchpoints(*words, "--as-of", at, cwd=self.root, code=code)
            except AssertionError:
                continue
        return touchpoints(*words, "--as-of", at, cwd=self.root, code=codes[-1])

    def lines(self, *words: str, at: str = MORNING) -> list[dict[str, Any]]:
        """Return what a command lists as JSON."""
        return [json.loads(line) for line in self.do(*words, "--json", at=at).stdout.splitlines()]

    def page(self) -> str:
        return (self.root / "data" / "digests" / "latest.md").read_text("utf-8")

    def drafts(self) -> str:
        folder = self.root / "data" / "drafts"
        return "\n".join(path.read_text("utf-8") for path in sorted(folder.glob("*.eml")))

    def change(self, pattern: str, instead: str, day: str = "2026-11-24") -> None:
        """Edit a day's page, as a user does."""
        path = self.root / "data" / "digests" / f"{day}.md"
        text = path.read_bytes().decode("utf-8")
        changed = re.sub(pattern, instead, text, flags=re.MULTILINE)
        assert changed != text, f"{pattern!r} is not on the page"
        path.write_bytes(changed.encode("utf-8"))

    def read_later(self, at: str) -> None:
        """Put the feed's later state in place, and run."""
        shutil.copyfile(self.root / "later.xml", self.root / "a.xml")
        self.do("run", "--ask-all", at=at)

    @contextmanager
    def served(self) -> Iterator[None]:
        """Serve the report's feed on a free port, which takes the place of the written one."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = int(free.getsockname()[1])
        for name in ("server.py", "feeds.yaml"):
            path = self.root / name
            path.write_text(path.read_text("utf-8").replace(_SERVER_PORT, str(port)), "utf-8")
        server = subprocess.Popen([sys.executable, "server.py"], cwd=self.root)
        try:
            _wait_for(port)
            yield
        finally:
            server.terminate()
            server.wait()


def _wait_for(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("the report's server does not start")


# ------------------------------------------------------------------------------ what is right


def is_told_as_expected(report: Report) -> None:
    """Each title of expected.md is news about the company, or is not."""
    report.do("run")
    told = {row["title"]: row["mention"]["about"] for row in report.lines("rank", "acme", "--all")}
    expected = _EXPECTED_TITLE.findall((report.root / "expected.md").read_text("utf-8"))
    assert expected
    for written, must in expected:
        title = written.replace("&amp;", "&")
        is_about = told.get(title, "none") == "about"
        assert is_about == (must == "be"), f"{title!r} is {told.get(title, 'not there')!r}"


def bad_news_is_seen(report: Report) -> None:
    """The page shows the layoffs apart, and nothing cheerful is due."""
    report.do("run")
    title = re.findall(r"<title>(.*?)</title>", (report.root / "a.xml").read_text("utf-8"))[1]
    assert title in report.page()
    due = [row for row in report.lines("queue") if row["due"][:10] <= MORNING[:10]]
    assert not due, f"due: {[row['kind'] for row in due]}"


def one_person_is_not_two(report: Report) -> None:
    """Nothing is due within seven days of the contact, or the two spellings are asked about."""
    report.do("run", at="2026-11-11T10:00+01:00")
    report.do("sent", "1", at="2026-11-11T11:00+01:00")
    shutil.copyfile(report.root / "b.md", report.root / "data" / "notes" / "b.md")
    report.do("run", at="2026-11-13T10:00+01:00")
    report.do("sent", "2", at="2026-11-13T11:00+01:00", codes=(0, 1))
    words = ("log", "acme", "met at the fair", "--person", "Ada Novak", "--on", "2026-11-23")
    report.do(*words, at="2026-11-23T18:00+01:00")
    now = "2026-11-26T10:00+01:00"
    said = report.do("run", at=now, codes=(0, 1))
    checked = report.do("check", at=now, codes=(0, 1))
    asked = said.stdout + said.stderr + checked.stdout + checked.stderr
    if "Novak, Ada" in asked and "Ada Novak" in asked:
        return
    early = [row["due"] for row in report.lines("queue", at=now) if row["due"] < "2026-11-30"]
    assert not early, f"due before 30 November: {early}"


def is_greeted_as_people_write(report: Report) -> None:
    """Not in capitals."""
    at = "2026-11-17T10:00+01:00"
    report.do("run", at=at)
    assert "Dear Eva," in report.do("draft", "1", at=at).stdout


def has_a_recipient(report: Report) -> None:
    """`check` names the line, or the address is put right on the page and in the draft."""
    at = "2026-11-17T10:00+01:00"
    checked = report.do("check", at=at, codes=(0, 1))
    said = checked.stdout + checked.stderr
    if re.search(r"\bline \d+|:\d+", said) and "email" in said:
        return
    report.do("run", at=at)
    assert re.search(r"^To: .*\bada@example\.com", report.drafts(), re.MULTILINE)
    assert "mailto:mailto" not in report.page()
    assert "mailto:" in report.page()


def copies_are_no_notes(report: Report) -> None:
    """The note says no: a last note, and nothing for an old copy of it, which is named."""
    report.do("run", codes=(0, 1))
    assert [row["kind"] for row in report.lines("queue")] == ["farewell"]
    checked = report.do("check", codes=(0, 1))
    assert "sync-conflict" in checked.stdout + checked.stderr


def is_one_story(report: Report) -> None:
    """What the feed says anew is the story that was there."""
    assert len(_ranked_after_later(report)) == 1


def are_two_stories(report: Report) -> None:
    """Each is there once."""
    titles = [row["title"] for row in _ranked_after_later(report)]
    assert len(titles) == len(set(titles)) == 2


def keeps_its_first_day(report: Report) -> None:
    """A date to come counts for nothing: the story is as old as its first reading."""
    report.do("run")
    before = [row["published"][:10] for row in report.lines("rank", "acme", "--all")]
    report.read_later(NEXT_DAY)
    after = [row["published"][:10] for row in report.lines("rank", "acme", "--all", at=NEXT_DAY)]
    assert before == after == ["2026-11-24"]


def has_the_new_article(report: Report) -> None:
    """Though an older one had its guid."""
    assert any("hub" in row["title"] for row in _ranked_after_later(report))


def _ranked_after_later(report: Report) -> list[dict[str, Any]]:
    report.do("run")
    report.read_later(NEXT_DAY)
    return report.lines("rank", "acme", "--all", at=NEXT_DAY)


def stays_an_old_story(report: Report) -> None:
    """A feed that renews its dates makes no old story new."""
    report.do("run", at="2026-11-20T08:00+01:00")
    report.read_later("2026-12-14T08:00+01:00")
    now = "2026-12-14T08:01+01:00"
    dates = {row["published"][:10] for row in report.lines("rank", "acme", "--all", at=now)}
    assert dates == {"2026-11-20"}
    due = [row for row in report.lines("queue", at=now) if row["kind"] == "contribution"]
    assert not due, f"a contribution is due {due[0]['due']}"
    assert "14 December" not in report.drafts()


def is_read(report: Report) -> None:
    """Every feed of the report is well, and has an entry."""
    with report.served():
        said = report.do("feeds", "check", codes=(0, 1)).stdout
    feeds = (report.root / "feeds.yaml").read_text("utf-8").count("http://")
    assert said.count("✓") == feeds, said
    assert said.count("1 entry") == feeds, said


def leads_nobody_to_this_computer(report: Report) -> None:
    """The draft holds no link that only the feed's author can open."""
    report.do("run")
    draft = report.do("draft", "1").stdout
    for text in (draft, report.page(), report.drafts()):
        assert "localhost" not in text
    html = (report.root / "data" / "digests" / "latest.html").read_text("utf-8")
    assert "localhost" not in html


def is_recorded_once(report: Report) -> None:
    """Whatever another program wrote behind the answer."""
    _edited(report, r"^- \[ \] sent \(no. 1\)", "* [x] sent (no. 1) ✅ 2026-11-24 ^a1b2c3", "\r\n")
    assert _sent(report) == 1


def is_recorded_or_asked(report: Report) -> None:
    """An answer is not lost because it is printed in bold."""
    _edited(report, r"^- \[ \] sent \(no. 1\)", "- [x] **sent** (no. 1)")
    assert _sent(report) == 1 or _asks(report)


def is_asked_and_not_recorded(report: Report) -> None:
    """A sign that is no tick is asked about."""
    _edited(report, r"^- \[ \] sent \(no. 1\)", "- [-] sent (no. 1)")
    assert _sent(report) == 0
    assert _asks(report), report.page()[:500]


def _edited(report: Report, pattern: str, instead: str, line_end: str = "\n") -> None:
    report.do("run")
    report.change(pattern, instead)
    if line_end != "\n":
        report.change("\n", line_end)
    report.do("run", at=LATER)


def _sent(report: Report) -> int:
    said = report.do("log", "acme", at="2026-11-24T10:01+01:00").stdout
    return len(re.findall(r"\bsent\b", said))


def _asks(report: Report) -> bool:
    """Return whether today's page asks about an answer."""
    return any("Suggestion 1" in line for line in report.page().splitlines()[:6])


CHECKS: Mapping[str, Callable[[Report], None]] = {
    "date-moves": stays_an_old_story,
    "greeting-capitals": is_greeted_as_people_write,
    "http-cookie": is_read,
    "http-encoding": is_read,
    "http-head-arguable": is_read,
    "link-localhost-arguable": leads_nobody_to_this_computer,
    "mail-address": has_a_recipient,
    "name-accents": is_told_as_expected,
    "name-and": is_told_as_expected,
    "name-apostrophe": is_told_as_expected,
    "name-bad-news": bad_news_is_seen,
    "name-case": is_told_as_expected,
    "name-genitive": is_told_as_expected,
    "name-hyphen": is_told_as_expected,
    "name-neighbours": is_told_as_expected,
    "name-passing": is_told_as_expected,
    "name-sign": is_told_as_expected,
    "notes-stray": copies_are_no_notes,
    "page-answer-lost": is_recorded_or_asked,
    "page-passing": is_recorded_once,
    "page-tick-cancelled": is_asked_and_not_recorded,
    "pass-address-renamed": is_one_story,
    "pass-empty-guid": are_two_stories,
    "pass-future-then-real": keeps_its_first_day,
    "pass-guid-reused": has_the_new_article,
    "pass-random-guid": is_one_story,
    "pass-title-with-counter": is_one_story,
    "pass-unstable-google-id": is_one_story,
    "person-spelling": one_person_is_not_two,
}


def run_copy(folder: Path, copies: Path) -> None:
    """Run one report in a copy; AssertionError says what is not right."""
    root = copies / folder.name
    shutil.copytree(folder, root, copy_function=shutil.copyfile)
    for path in (root, *root.rglob("*")):  # the reports may be read-only
        path.chmod(0o700 if path.is_dir() else 0o600)
    CHECKS[folder.name](Report(root))


def main(reports: Path) -> int:
    """Run all reports of a folder; return 1 where one is not right."""
    if not reports.is_dir():
        print(f"No reports in {reports}: nothing to do.")
        return 0
    ran = wrong = 0
    for folder in sorted(path for path in reports.iterdir() if path.is_dir()):
        if folder.name not in CHECKS:
            print(f"?  {folder.name}: no check is written for it in tests/reports.py")
            continue
        ran += 1
        with tempfile.TemporaryDirectory() as copies:
            try:
                run_copy(folder, Path(copies))
            except AssertionError as error:
                wrong += 1
                said = str(error) or f"it should be so: {CHECKS[folder.name].__doc__}"
                print(f"✗  {folder.name}: {said.splitlines()[0]}")
            else:
                print(f"✓  {folder.name}")
    print(f"{ran - wrong} of {ran} right")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else REPORTS))
