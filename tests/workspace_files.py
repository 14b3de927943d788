"""A test's workspace as files: what is written into it, and what a run wrote."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from email.utils import format_datetime
from pathlib import Path
from xml.sax.saxutils import escape

from pipeline.records import History
from pipeline.store import candidate
from pipeline.store.database import opened


def write(root: Path, name: str, text: str | bytes) -> None:
    """Write a file with the folders above it."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


class Folder:
    """A workspace's folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def write(self, name: str, text: str | bytes) -> None:
        write(self.root, name, text)

    def page(self) -> str:
        """Return the newest page."""
        return (self.root / "data" / "digests" / "latest.md").read_text("utf-8")

    def pages(self) -> dict[str, bytes]:
        """Return all pages by their names."""
        folder = self.root / "data" / "digests"
        return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}

    def history(self) -> History:
        with opened(self.root) as db:
            return candidate.load_history(db)


def rss(items: Iterable[tuple[str, str, str, datetime]], title: str = "News") -> str:
    """Return a feed of (address, title, text, date); a mere name is that of a page of one site."""
    rows = []
    for name, headline, text, at in items:
        link = escape(name if "://" in name else f"https://n.example/{name}")
        rows.append(
            f"<item><title>{escape(headline)}</title><link>{link}</link><guid>{link}</guid>"
            f"<pubDate>{format_datetime(at)}</pubDate>"
            f"<description>{escape(text)}</description></item>"
        )
    return f'<rss version="2.0"><channel><title>{title}</title>{"".join(rows)}</channel></rss>'
