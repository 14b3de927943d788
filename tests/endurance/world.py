"""A candidate's three days, feeds from loopback, and all that is left on the disk afterwards.

    morning     both interviews are a day old: thanks are suggested
    evening     the candidate answers on the page, edits a message on it and one in its file
    next        eight days later: an offer, bad news about the other company, feeds in trouble
    after       the day after that

`everything` is what two workspaces are compared by.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Protocol, TypeVar

from tests import workspace_files
from tests.workspace_files import write

MORNING = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)  # a Tuesday
EVENING = MORNING + timedelta(hours=11)
NEXT = MORNING + timedelta(days=8)
AFTER = NEXT + timedelta(days=1)

CONFIG = """
settings:
  timezone: Europe/Paris
  drafts: {name: Sam}
  digest: {formats: [markdown, html, atom]}
companies:
  halden:
    name: Halden Freight
    feeds: [SERVER/halden.xml, SERVER/business.xml, SERVER/moved.xml]
  norvik:
    name: Norvik Lines
    feeds: [SERVER/norvik.xml, SERVER/business.xml, SERVER/down.xml, files/norvik.xml]
topics:
  sailing: {feeds: [SERVER/sailing.xml, SERVER/gone.xml]}
"""
NOTES = """---
company: %s
role: Terminal Manager
interviewed: 2026-11-23 14:30
interviewers:
%s
decision_expected: 2026-12-01
---
## Discussed
- night shifts on the quay and noisy trucks
## Seen in the office
- photo of an ocean racing boat
## My angle
- ran the supplier ramp-up for a container terminal with two cranes
"""
PEOPLE = {
    "halden": "  - {name: Tom Adeyemi, email: tom@example.com}\n"
    "  - {name: Aud Lunde, email: aud@example.com}",
    "norvik": "  - {name: Kim Olsen, email: kim@example.org}",
}
WORDS = """cheese trains weather bridges opera budgets chess harvest gardens museums salmon tariffs
bicycles poetry glaciers dentists bakers lanterns violins orchards tunnels penguins carpets tides
mustard elections marbles""".split()

# Databases, what only makes the next run faster, and what tells of runs.
NOT_COMPARED = (
    "data/touchpoints.db", "data/backups/", "data/.workspace.json", "data/.lock",
    "data/logs/touchpoints.log", "data/logs/notices.json",
)  # fmt: skip

MADE_FASTER = ("candidate_memory", "left")

Item = tuple[str, str, str, float]  # name, title, text, days after the morning


def filler(first: int, last: int, after: float) -> list[Item]:
    """Return news about nothing, no two alike."""
    return [
        (
            f"f{n}",
            f"{WORDS[n % 27].title()} and {WORDS[n * 5 % 26]} in hall {n}",
            f"On {WORDS[n * 7 % 27]}, {WORDS[n * 11 % 25]} and the number {n * 37}.",
            after,
        )
        for n in range(first, last)
    ]


def terminal(name: str, after: float) -> Item:
    return (
        f"terminal-{name[:3]}",
        f"{name} opens a second container terminal",
        "Suppliers for the cranes of the new container terminal are chosen in January.",
        after,
    )


BOAT = ("boat", "Solo sailor rounds the Horn in an ocean racing boat", "She built the boat.", -0.3)
REGATTA = ("regatta", "An ocean racing boat wins in fog", "The racing boat sailed alone.", 7.5)
LAYOFFS = ("cuts", "Norvik Lines to cut 120 jobs", "Norvik Lines will cut 120 jobs.", 7.6)

FEEDS: dict[str, list[Item]] = {
    "/halden.xml": [terminal("Halden Freight", 7.2), *filler(60, 70, 6.0), *filler(0, 10, -0.5)],
    "/business.xml": [LAYOFFS, *filler(70, 95, 7.0), *filler(10, 30, -0.4)],
    "/norvik.xml": [terminal("Norvik Lines", 7.1), *filler(30, 45, -0.4)],
    "/sailing.xml": [REGATTA, BOAT, *filler(45, 60, -1.0)],
    "/there.xml": filler(95, 99, -0.6),
}


def rss(items: list[Item], now: datetime) -> str:
    """Return a feed of the items that there are by now."""
    dated = (
        (name, title, text, MORNING + timedelta(days=after)) for name, title, text, after in items
    )
    return workspace_files.rss(item for item in dated if item[3] <= now)


class Feeds:
    """The server of the feeds, as they stand at a moment; counts who is asked."""

    def __init__(self, items: Mapping[str, list[Item]] = FEEDS) -> None:
        self.items = items
        self.now = MORNING
        self.asked: Counter[str] = Counter()
        self.address = ""

    def answer(self, path: str, etag: str) -> tuple[int, dict[str, str], str]:
        """Return the status, headers and body for a request."""
        self.asked[path] += 1
        if path == "/moved.xml":
            return 301, {"Location": f"{self.address}/there.xml"}, ""
        if path == "/down.xml":
            return (500, {}, "") if self.now >= NEXT else (200, {}, rss([], self.now))
        if path == "/gone.xml":
            return 410, {}, ""
        body = rss(self.items[path], self.now)
        name = f'"{len(body)}"'
        return (304, {"ETag": name}, "") if etag == name else (200, {"ETag": name}, body)


class Answering(Protocol):
    """What answers requests: a status, headers and a body for a path and an ETag."""

    address: str

    def answer(self, path: str, etag: str) -> tuple[int, dict[str, str], str]: ...


Some = TypeVar("Some", bound=Answering)


@contextmanager
def served(feeds: Some) -> Iterator[Some]:
    """Serve feeds on loopback."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # an answer in one piece

        def do_GET(self) -> None:
            status, headers, body = feeds.answer(self.path, self.headers.get("If-None-Match", ""))
            content = body.encode()
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 64  # with the usual 5 the system lets the sixth ask again in a second

    server = Server(("127.0.0.1", 0), Handler)
    feeds.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=[0.05])
    thread.start()
    try:
        yield feeds
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def prepare(root: Path, feeds: Feeds) -> None:
    """Write what the candidate wrote before the first run."""
    write(root, "feeds.yaml", CONFIG.replace("SERVER", feeds.address))
    write(root, "files/norvik.xml", rss(filler(100, 110, -2.0), NEXT))
    for slug, people in PEOPLE.items():
        write(root, f"data/notes/{slug}.md", NOTES % (slug, people))
    write(root, "data/profile.md", "- customs papers and shift plans\n")


def answer(root: Path) -> None:
    """Do what the candidate does in the evening: on the page, and with the file of a draft."""
    page = root / "data" / "digests" / "latest.md"
    sheet = json.loads((page.parent / "latest.json").read_text("utf-8"))
    one, two, three = sheet["entries"]
    text = page.read_text("utf-8")
    for old, new in (
        (f"- [ ] sent (no. {one['id']})", f"- [x] sent (no. {one['id']})"),
        (f"- [ ] later (no. {two['id']}), on:", f"- [ ] later (no. {two['id']}), on: friday"),
        ("> Dear Aud,", "> Good evening, Aud,"),
    ):
        assert old in text
        text = text.replace(old, new)
    text += "\nAsk Ola about the quay.\n"
    page.write_text(text, "utf-8")
    moment(page)
    (draft,) = (root / "data" / "drafts").glob(f"{three['id']}-*.eml")
    draft.write_text(draft.read_text("utf-8").replace("Dear", "My dear"), "utf-8")
    moment(draft)


def moment(path: Path, at: datetime = EVENING) -> None:
    """Let a file have been saved then."""
    os.utime(path, (at.timestamp(), at.timestamp()))


def copy(source: Path, target: Path) -> None:
    """Put one workspace in place of another, times included."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target)


# ---------------------------------------------------------------------------- what is there


def everything(root: Path) -> dict[str, Any]:
    """Return all rows of the store and all files of a workspace.

    Left out is what differs by nature: the reports of runs (each asks other feeds and takes its
    own seconds), what only makes the next run faster, and the files of databases, which have to be
    sound instead. Of a good copy there may be yesterday's, where the end came while today's was
    made.
    """
    found: dict[str, Any] = {}
    for copy in (root / "data" / "backups").glob("*.db"):
        with closing(sqlite3.connect(copy)) as db:
            assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",), copy
    with closing(sqlite3.connect(root / "data" / "touchpoints.db")) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        names = db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        for (table,) in names.fetchall():
            if table != "runs":
                rows = db.execute(f"SELECT * FROM {table} ORDER BY 1, 2")  # noqa: S608
                # What the last idle run left only spares the next one its work.
                found[table] = [row for row in rows if (table, row[0]) != MADE_FASTER]
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        is_begun = path.name.endswith(".new") and "backups" not in name
        if path.is_file() and (is_begun or not name.startswith(NOT_COMPARED)):
            found[name] = path.read_bytes()
    return found


def differences(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    """Return what differs between two workspaces, in a line each."""
    found = [f"only in the first: {name}" for name in sorted(one.keys() - other.keys())]
    found += [f"only in the second: {name}" for name in sorted(other.keys() - one.keys())]
    for name in sorted(one.keys() & other.keys()):
        if one[name] == other[name]:
            continue
        if isinstance(one[name], bytes):
            pair = one[name].decode().splitlines(), other[name].decode().splitlines()
        else:
            pair = one[name], other[name]
        gone = [str(row)[:300] for row in pair[0] if row not in pair[1]][:2]
        new = [str(row)[:300] for row in pair[1] if row not in pair[0]][:2]
        found.append(f"{name}: {gone} became {new}")
    return found
