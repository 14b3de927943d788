"""`init` makes a workspace; `demo` shows the whole job on a bundled example."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources
from pathlib import Path
from typing import Any

import click

from pipeline.cli.context import Shared, day_of, program, shared_options, tell
from pipeline.cli.work import say_page
from pipeline.commands import queue
from pipeline.commands.feeds.edit import read_feeds
from pipeline.errors import CannotWrite, TouchpointsError
from pipeline.records import Contact
from pipeline.run import run
from pipeline.steps.job import RunOptions
from pipeline.store.files import write_whole
from pipeline.text.calendar import is_zone, local_zone
from pipeline.text.phrasing import long_day
from pipeline.workspace import edit
from pipeline.workspace.edit import as_lines
from pipeline.workspace.lookup import slug_of
from pipeline.workspace.read import read
from pipeline.workspace.report import problems_text

# no border test: any free port would do
PORT = 8517  # the same each time, so that a second demonstration says the same to the letter
MARKER = ".touchpoints-demo"  # only a folder with this file in it is ever emptied

_AGO = re.compile(r"@(?:(interview|date):)?(-?\d+)([hd])@")


# ------------------------------------------------------------------------------------------ demo


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
        f"latest.html.\nLook around: {program()} --workspace {into} queue "
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
        (folder / MARKER).write_text("Made by `touchpoints demo`, which may empty this folder.\n")
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


# ------------------------------------------------------------------------------------------ init


@click.command()
@click.option("--company", metavar="NAME", help="The company's name, such as Oracle.")
@click.option("--website", metavar="DOMAIN", help="Its website, such as oracle.com.")
@click.option("--alias", "aliases", multiple=True, help="Another name for it. Can be repeated.")
@click.option("--feed", "feeds", multiple=True, help="A feed about it. Can be repeated.")
@click.option("--role", metavar="TITLE", help="The job you interviewed for.")
@click.option(
    "--interviewed", metavar="DAY", help="When: 2026-11-16, yesterday, or 2026-11-16T14:30."
)
@click.option(
    "--person",
    "people",
    multiple=True,
    metavar="'NAME, TITLE, EMAIL'",
    help="An interviewer. Can be repeated.",
)
@click.option("--decision", metavar="DAY", help="When they hope to decide.")
@click.option("--timezone", metavar="ZONE", help="Your time zone, such as Europe/Paris.")
@shared_options
@click.pass_obj
def init(shared: Shared, /, **answers: Any) -> None:
    """Create a workspace here (or in --workspace): feeds.yaml, a note, a profile.

    Asks for whatever you leave out. If there is a feeds.yaml already, the company is added to it
    and your comments are kept.
    """
    root = Path(shared.workspace or ".").absolute()
    given = _asked(answers, shared)
    slug = slug_of(given["company"]) or "company"
    note = root / "data" / "notes" / f"{slug}.md"
    if note.exists():
        raise CannotWrite(f"{note} exists already: edit it, or rename it first.")
    text = _note_text(shared, slug, given)
    write_whole((root / "feeds.yaml").resolve(), _feeds_text(root, slug, given))
    if not (root / "data" / "profile.md").exists():
        write_whole(root / "data" / "profile.md", _PROFILE)
    write_whole(note, text)  # last: while it is missing, the same command does the rest
    _check_made(root)
    tell(
        f"Added {slug} to {root / 'feeds.yaml'}; its notes are in {note.relative_to(root)}.\n"
        "Next, jot down there what you talked about, and your skills in data/profile.md. Then run\n"
        "  touchpoints check    to look for mistakes\n"
        "  touchpoints run      to read the news and write data/digests/latest.md"
    )


def _asked(answers: dict[str, Any], shared: Shared) -> dict[str, Any]:
    """Ask for what is missing: only where somebody can answer."""
    import sys

    given = dict(answers)
    if not sys.stdin.isatty():
        if not given["company"]:
            raise click.UsageError(
                "There is no terminal to ask on. Give at least --company NAME, --interviewed DAY."
            )
        return given

    def day(text: str) -> str:
        if text:
            _day_text(text, shared, given["timezone"])
        return text

    def past_day(text: str) -> str:
        found = _day_text(text, shared, given["timezone"], has_been=True)
        if type(found) is date:
            tell(f"  {long_day(found)} {found.year}.")
        return text

    questions = (
        ("company", "Company name", None),
        ("website", "Its website, such as example.com (optional)", None),
        ("role", "Job title (optional)", None),
        ("interviewed", "Day of the interview (2026-11-16, yesterday)", past_day),
        ("decision", "Day they hope to decide by (2026-12-18, 14d; optional)", day),
    )
    for name, question, check in questions:
        if given[name] is None:
            default = None if name in ("company", "interviewed") else ""
            answer = click.prompt(question, default=default, show_default=False, value_proc=check)
            given[name] = answer.strip()
    if not given["people"]:
        given["people"] = tuple(_ask_people())
    return given


def _ask_people() -> Iterator[str]:
    while True:
        person = click.prompt(
            "Interviewer: name, title, email (empty when done)", default="", show_default=False
        )
        if not person.strip():
            return
        yield person


def _feeds_text(root: Path, slug: str, given: dict[str, Any]) -> str:
    company: dict[str, Any] = {"name": given["company"]}
    if given["aliases"]:
        company["aliases"] = list(given["aliases"])
    if given["website"]:
        company["website"] = given["website"]
    company["feeds"] = [*given["feeds"], {"search": "google"}]
    if (root / "feeds.yaml").exists():
        return edit.add_company(read_feeds(root), root, slug, company)
    schema = resources.files("pipeline.workspace") / "feeds.schema.json"
    write_whole(root / "data" / "feeds.schema.json", schema.read_text("utf-8"))
    settings = {"timezone": given["timezone"]} if given["timezone"] else {}
    return _FEEDS.format(
        settings=edit.as_lines(settings, 2), slug=slug, company=edit.as_lines(company, 4)
    )


def _note_text(shared: Shared, slug: str, given: dict[str, Any]) -> str:
    head: dict[str, Any] = {"company": slug, "role": given["role"] or ""}
    interviewed = given["interviewed"] or "today"
    head["interviewed"] = _day_text(interviewed, shared, given["timezone"], has_been=True)
    head["interviewers"] = [_person(text) for text in given["people"]]
    if given["decision"]:
        head["decision_expected"] = _day_text(given["decision"], shared, given["timezone"])
    return _NOTE.format(head=as_lines(head))


def _day_text(text: str, shared: Shared, zone: str | None, *, has_been: bool = False) -> Any:
    """Return a day, or a day and time, as YAML holds it; a weekday is the last or the next one."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is not None and len(text) > len("2026-11-16"):
        return moment.isoformat(timespec="minutes")
    try:
        return _day(text, shared, zone, has_been=has_been)
    except click.BadParameter as error:
        raise click.UsageError(error.message) from error


def _day(text: str, shared: Shared, zone: str | None, *, has_been: bool) -> date:
    from zoneinfo import ZoneInfo

    if zone and not is_zone(zone):
        raise click.UsageError(f"{zone!r} is not a time zone. Write Europe/Paris, for instance.")
    place = ZoneInfo(zone or local_zone())
    return day_of(text, shared.now, place, ahead=not has_been)


def _person(text: str) -> dict[str, str]:
    name, title, email = ([part.strip() for part in text.split(",")] + ["", "", ""])[:3]
    if "@" in title and not email:
        title, email = "", title
    found = {"name": name, "title": title, "email": email}
    return {key: value for key, value in found.items() if value}


def _check_made(root: Path) -> None:
    """Check what was just written, so that a mistake in an answer is reported at once."""
    wrong = [problem for problem in read(root).problems if problem.level == "error"]
    if wrong:
        raise TouchpointsError(problems_text(wrong))


_FEEDS = """\
# yaml-language-server: $schema=data/feeds.schema.json
# Which news Touchpoints reads. `touchpoints check` looks this file over.
settings:
{settings}  digest: {{formats: [markdown, html], at_most: 5}}
  pace: {{cool_down_days: 7, quiet: [sat, sun]}}

# `search: google` (or bing, hackernews) is a news search for the company's names, in its language
# and country. Another one of your own: `searches:` with its name and address.
companies:
  {slug}:
{company}
# Subjects of which you read, for something to send along: uncomment and fit to your notes.
# topics:
#   sailing:
#     feeds:
#       - https://www.sail-world.com/rss
"""

_NOTE = """\
---
{head}status: waiting            # waiting | offer | accepted | declined | rejected | withdrawn
---
## Discussed
<!-- what did you talk about? a line for each thing, beginning with a dash -->

## Seen in the office
<!-- a photo, a mug, a hobby: what would this person enjoy? -->

## My angle
<!-- what have you done that would help them? -->
"""

_PROFILE = """\
# What I can do: a line for each skill or piece of work

<!-- for instance:
- ran the supplier ramp-up for two plants
-->
"""
