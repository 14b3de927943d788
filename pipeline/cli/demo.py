"""`demo` shows the whole job on a bundled example, whose feeds are served on loopback."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources
from pathlib import Path
from typing import Any

import click

from pipeline.cli.context import Shared, program, shared_options, tell
from pipeline.cli.work import say_page
from pipeline.commands import queue
from pipeline.errors import CannotWrite
from pipeline.records import Contact
from pipeline.run import run
from pipeline.steps.job import RunOptions
from pipeline.store.files import write_whole

# no border test: any free port would do
PORT = 8517  # the same each time, so that a second demonstration says the same to the letter
MARKER = ".touchpoints-demo"  # only a folder with this file in it is ever emptied

_AGO = re.compile(r"@(?:(interview|date):)?(-?\d+)([hd])@")


@click.command()
@click.option(
    "--into",
    default="touchpoints-demo",
    metavar="FOLDER",
    help="Where to put the example. Default: touchpoints-demo, here.",
)
@shared_options
@click.pass_obj
def demo(shared: Shared, into: str) -> None:
    """Run the whole job on a bundled example and print the digest.

    The example's feeds are served on this computer's loopback address; no network is used.
    """
    folder = Path(into).absolute()
    _empty(folder)
    with _served(_example_feeds(shared.now)) as server:
        _write_example(folder, server, shared.now)
        thanked = shared.now - timedelta(days=11)
        queue.log_contact(
            folder, Contact("halden", "Tom Adeyemi", thanked, "thank-you note"), shared.now
        )
        report = run(folder, shared.now, RunOptions(early=True))
    say_page(report.digest, on_screen=True)
    tell(
        f"This is {folder / 'data' / 'digests' / 'latest.md'}; next to it is the same as a page, "
        f"latest.html.\nWhat it has “To fix” is part of the example: one feed's address is wrong.\n"
        f"Look around: {program()} --workspace {into} queue "
        f"(or: queue --held, why 1, draft 1, rank halden).\nYour own: {program()} init"
    )


def _empty(folder: Path) -> None:
    """Make the folder, or empty it where an earlier demonstration made it."""
    if folder.exists() and any(folder.iterdir()):
        if not (folder / MARKER).is_file():
            raise CannotWrite(
                f"{folder} contains other files than the demo's. Choose another folder with --into."
            )
        shutil.rmtree(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / MARKER).write_text(
            "Made by `touchpoints demo`, which may empty this folder.\n", "utf-8"
        )
    except OSError as error:
        raise CannotWrite(f"{folder} cannot be created: {error.strerror}.") from error


def _write_example(folder: Path, server: str, now: datetime) -> None:
    example = resources.files("pipeline.cli") / "example"
    feeds = (example / "feeds.yaml").read_text("utf-8").replace("@server@", server)
    write_whole(folder / "feeds.yaml", feeds)
    write_whole(folder / "data" / "profile.md", (example / "profile.md").read_text("utf-8"))
    for note in (example / "notes").iterdir():
        write_whole(folder / "data" / "notes" / note.name, _dated(note.read_text("utf-8"), now))


def _example_feeds(now: datetime) -> dict[str, bytes]:
    folder = resources.files("pipeline.cli") / "example" / "feeds"
    return {f"/{f.name}": _dated(f.read_text("utf-8"), now).encode() for f in folder.iterdir()}


def _dated(text: str, now: datetime) -> str:
    """Put moments in place of @3h@, @2d@, @interview:1d@ and @date:-20d@: so long before now."""
    atom = "<feed" in text

    def moment(found: re.Match[str]) -> str:
        form, number, unit = found.groups()
        at = now - timedelta(**{{"h": "hours", "d": "days"}[unit]: int(number)})
        if form == "date":
            return at.date().isoformat()
        if form == "interview":
            while at.weekday() > 4:  # nobody interviews on a Sunday
                at -= timedelta(days=1)
            return f"{at.date().isoformat()}T10:00"
        return at.isoformat() if atom else format_datetime(at)

    return _AGO.sub(moment, text)


@contextmanager
def _served(pages: dict[str, bytes]) -> Iterator[str]:
    """Serve the pages on a free port of the loopback address, and give its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = pages.get(self.path)
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "application/xml; charset=utf-8")
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    try:
        server = ThreadingHTTPServer(("127.0.0.1", PORT), Handler)
    except OSError:  # somebody else has it: any other will do
        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
