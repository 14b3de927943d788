"""A workspace on a Tuesday morning: two thank-yous are due, to Tom and to Aud."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from pipeline.commands import queue
from pipeline.records import Contact, Touchpoint
from pipeline.run import Report, run
from pipeline.store import candidate
from pipeline.store.database import opened
from tests.workspace_files import write

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)  # a Tuesday
AS_OF = "2026-11-24T08:00+00:00"

FEEDS = """
settings: {timezone: UTC, drafts: {name: Sam}}
companies:
  halden: {name: Halden Freight, feeds: [empty.xml]}
"""
NOTES = """---
company: halden
interviewed: 2026-11-23 14:30
interviewers: [{name: Tom Adeyemi, email: tom@example.com}, {name: Aud Lunde}]
---
- night shifts on the quay and noisy trucks
"""
EMPTY = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>n</title>'
    "<link>https://n.example/</link><description/></channel></rss>"
)


def laid_out(root: Path) -> Path:
    """Write the workspace into a folder that is not there yet; return the folder."""
    write(root, "feeds.yaml", FEEDS)
    write(root, "empty.xml", EMPTY)
    write(root, "data/notes/halden.md", NOTES)
    return root


class SampleWorkspace:
    """The workspace, after this morning's run."""

    def __init__(self, root: Path) -> None:
        self.root = laid_out(root)
        self.run()

    def read_bad_news(self) -> None:
        """Let the company announce job cuts, and run again."""
        item = (
            "<item><title>Halden Freight announces 400 job cuts</title>"
            "<link>https://n.example/cuts</link><pubDate>Tue, 24 Nov 2026 06:00:00 GMT</pubDate>"
            "<description>Halden Freight will lay off 400 of its people in Leeds.</description>"
            "</item></channel>"
        )
        (self.root / "empty.xml").write_text(EMPTY.replace("</channel>", item), "utf-8")
        self.run()

    def run(self, now: datetime = NOW) -> Report:
        return run(self.root, now)

    def page(self, day: str = "latest") -> Path:
        return self.root / "data" / "digests" / f"{day}.md"

    def change(self, old: str, new: str, day: str = "latest") -> None:
        """Write something else in place of a text that stands on a page."""
        text = self.page(day).read_text("utf-8")
        assert old in text
        self.page(day).write_text(text.replace(old, new), "utf-8")

    def touchpoint(self, number: int) -> Touchpoint:
        return queue.touchpoint(self.root, number)

    def statuses(self) -> list[str]:
        return [self.touchpoint(1).status, self.touchpoint(2).status]

    def contacts(self) -> tuple[Contact, ...]:
        with opened(self.root) as db:
            return candidate.load_history(db).contacts

    def moves(self) -> list[str]:
        """Return what the user recorded and did not take back."""
        with opened(self.root) as db:
            return [move.what for move in candidate.moves(db) if move.by == "user"]
