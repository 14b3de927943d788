"""A career office on loopback: feeds that answer in every way, and candidates who follow them."""

from __future__ import annotations

import hashlib
import shutil
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from xml.sax.saxutils import escape

from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)  # a Tuesday
COMPANIES = ("Halden Freight", "Norvik Lines", "Merrin Labs", "Alder Chemicals")
NEWS = (
    ("{name} opens a second container terminal", "Suppliers for the cranes are chosen in January."),
    ("{name} wins an award for its night shifts", "The quay is quieter since the trucks changed."),
    ("Solo sailor rounds the Horn in an ocean racing boat", "She built the racing boat herself."),
    ("Opera house plans a season of violins", "The orchestra plays in the old harbour."),
    ("{name} launches a supplier portal for cranes", "It shows the ramp-up of each terminal."),
)
NOTES = """---
company: {slug}
interviewed: {day} 14:30
interviewers: [{{name: {person}, email: {mail}}}]
decision_expected: 2026-12-18
---
## Discussed
- night shifts on the quay and noisy trucks
## Seen in the office
- photo of an ocean racing boat
## My angle
- ran the supplier ramp-up for a container terminal with two cranes
"""
# What a page or a store says of where it lies, of the clock or of our own caches.
NOT_COMPARED = ("touchpoints.db", "backups", ".lock", ".workspace.json", "logs")


class Office:
    """A server of feeds, and a folder of candidates."""

    def __init__(self, root: Path, server: HTTPServer) -> None:
        self.folder = root / "fleet"
        self.server = server
        self.days = 1  # that the feeds have been bringing news
        self.asked: Counter[str] = Counter()
        self.status: dict[str, int] = {}
        self.headers: dict[str, dict[str, str]] = {}
        server.expect_request("/moved").respond_with_handler(self._moved)
        for slug in (*map(slug_of, COMPANIES), "sailing", "broken", "limited"):
            server.expect_request(f"/{slug}").respond_with_handler(self._answer)

    def _moved(self, request: Request) -> Response:
        self.asked[request.path] += 1
        return Response(status=301, headers={"Location": self.server.url_for("/sailing")})

    def _answer(self, request: Request) -> Response:
        slug = request.path.strip("/")
        self.asked[request.path] += 1
        if status := self.status.get(slug):
            return Response("no", status, headers=self.headers.get(slug))
        body = self._feed(slug)
        etag = f'"{hashlib.sha256(body).hexdigest()[:8]}"'
        headers = {"ETag": etag, "Content-Type": "application/rss+xml"}
        if request.headers.get("If-None-Match") == etag:
            return Response(status=304, headers=headers)
        return Response(body, headers=headers)

    def _feed(self, slug: str) -> bytes:
        name = next((name for name in COMPANIES if slug_of(name) == slug), "The harbour")
        rows = []
        for number in range(2 + self.days):
            title, text = (words.format(name=name) for words in NEWS[number % len(NEWS)])
            day = NOW - timedelta(hours=60 - 20 * number)
            rows.append(
                f"<item><title>{escape(title)}</title><guid>{slug}{number}</guid>"
                f"<link>https://{slug}.example/{number}</link><description>{escape(text)}"
                f"</description><pubDate>{format_datetime(day)}</pubDate></item>"
            )
        head = f"<title>{name}</title><link>https://{slug}.example/</link>"
        return f'<rss version="2.0"><channel>{head}{"".join(rows)}</channel></rss>'.encode()

    def remove(self, *names: str) -> None:
        for name in names:
            shutil.rmtree(self.folder / name)

    def enrol(self, name: str, *companies: str, person: str = "Aud Lunde", more: str = "") -> Path:
        """Make a workspace that follows these companies, and the topic of sailing."""
        root = self.folder / name
        (root / "data" / "notes").mkdir(parents=True)
        rows = ["settings: {timezone: UTC, digest: {formats: [markdown, html]}}", "companies:"]
        for company in companies:
            slug = slug_of(company)
            rows.append(f"  {slug}: {{name: {company}, feeds: ['{self.server.url_for(slug)}']}}")
            mail = f"{''.join(filter(str.isalpha, person)).lower()}@{slug}.example"
            text = NOTES.format(slug=slug, day="2026-11-23", person=person, mail=mail)
            (root / "data" / "notes" / f"{slug}.md").write_text(text, encoding="utf-8")
        rows += ["topics:", f"  sailing: {{feeds: ['{self.server.url_for('sailing')}']}}"]
        (root / "feeds.yaml").write_text("\n".join([*rows, more]) + "\n", encoding="utf-8")
        return root


def slug_of(company: str) -> str:
    return company.split()[0].lower()


def written(folder: Path) -> Mapping[str, bytes]:
    """Return every file of the candidates that a person reads, by its path."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.glob("*/**/*"))
        if path.is_file()
        and not path.relative_to(folder).parts[0].startswith(".")
        and not any(part.startswith(NOT_COMPARED) for part in path.relative_to(folder).parts)
    }
