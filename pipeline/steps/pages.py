"""The day's pages: written whole, never over something of the user's that was not read.

What was written is remembered for each page, so that a page that the user touched differs from
ours. What they ticked and changed is read by `answers.py`.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

from pipeline import __version__
from pipeline.digest import briefing, html_page
from pipeline.digest.digest_json import from_json, to_json
from pipeline.digest.html_index import IndexDay, index, line_of
from pipeline.digest.markdown import briefing_markdown, markdown
from pipeline.errors import NotFound
from pipeline.records import Briefing, Digest, DigestLine, DigestPageState, DrawnPage
from pipeline.steps.job import Job
from pipeline.store import database, files, memory
from pipeline.text.phrasing import long_day

# no border test: bounds time and memory
KEPT_DAYS = 60  # after which a page that is not remembered is no longer looked at
# Remembered, by number: a clock that is wrong once must not forget them all. More than the days, as
# there may be pages of days to come.
KEPT_PAGES = 2 * KEPT_DAYS
_SECONDS = re.compile(rb'"seconds": (\d{1,6})\n\}\n$')  # the last field of a digest's JSON


def write(job: Job, digest: Digest) -> None:
    """Write one day's pages, and `latest.*` beside them.

    Also where there are pages of later days: of a clock that was wrong.
    """
    root, db, formats = job.root, job.db, job.workspace.config.settings.digest.formats
    texts = _texts(digest, formats)
    if "md" in texts:
        _expect(db, digest.day, texts["md"])
    pages = {page.day: page for page in remembered(db)}
    for ending, text in texts.items():
        for path in page_paths(root, digest.day, ending):
            if ending != "md" or _may_overwrite(path, pages.values()):
                files.write_whole(path, text)
    if "html" in formats:
        _draw(db, digest, texts["json"], page_paths(root, digest.day, "html"))
        _write_index(root, db, digest)
    job.log.add("digest written", day=digest.day.isoformat(), suggestions=len(digest.entries))


def write_briefings(job: Job, briefings: Iterable[Briefing]) -> None:
    """Write the pages to read before talks: they hold no answers, and are made anew each day."""
    formats = job.workspace.config.settings.digest.formats
    for item in briefings:
        if "markdown" in formats:
            text = briefing_markdown(item)
            files.write_whole(files.beside_path(job.root, item.name, "md"), text)
        if "html" in formats:
            files.write_whole(files.beside_path(job.root, item.name, "html"), briefing.page(item))


def write_page(root: Path, digest: Digest) -> Path:
    """Write a day's page for the browser again; return where it lies."""
    path = files.digest_path(root, digest.day, "html")
    files.write_whole(path, html_page.page(digest))
    return path


def write_again(root: Path, db: sqlite3.Connection) -> None:
    """Write all pages for the browser from the data beside them, for those of a backup."""
    for day in sorted(files.digest_days(root)):
        with suppress(NotFound):  # not as it was written
            write_page(root, read_digest(root, day))
    with suppress(NotFound):
        latest = read_digest(root, None)
        files.write_whole(files.latest_path(root, "html"), html_page.page(latest))
        _write_index(root, db, latest)


def _draw(db: sqlite3.Connection, digest: Digest, data: str, paths: Iterable[Path]) -> None:
    """Write the page for the browser, unless it lies there, made from the same data the same way.

    To set up its template takes longer than all else that a run does on a quiet day.
    """
    ground = content_hash(f"{__version__} {html_page.look()} {data}".encode("utf-8", "replace"))
    drawn = memory.get(db, memory.DRAWN)
    if all(
        drawn == DrawnPage(ground, content_hash(files.content_of(path) or b"")) for path in paths
    ):
        return
    text = html_page.page(digest)
    for path in paths:
        files.write_whole(path, text)
    with database.atomic(db):
        memory.put(
            db, memory.DRAWN, DrawnPage(ground, content_hash(text.encode("utf-8", "replace")))
        )


def read_digest(root: Path, day: date | None) -> Digest:
    """Return a past day's digest, or the one that was made last.

    Raises NotFound when there is no page that can be read.
    """
    path = files.digest_path(root, day, "json") if day else files.latest_path(root, "json")
    content = files.content_of(path)
    if content is None:
        which = f"of {day.isoformat()}" if day else "yet"
        raise NotFound(f"There is no digest {which}. `touchpoints run` makes today's.")
    try:
        return from_json(content.decode("utf-8", "replace"))
    except ValueError as error:
        raise NotFound(f"{path} cannot be read. {error}") from error


def seconds_shown(root: Path, day: date, took: float) -> int:
    """Return how long the day's first run took, as its page says it; before that, this run."""
    found = _SECONDS.search(files.content_of(files.digest_path(root, day, "json")) or b"")
    return int(found[1]) if found else round(took)


def _write_index(root: Path, db: sqlite3.Connection, digest: Digest) -> None:
    """Bring the list of all digests up to date, where this day's line is new.

    The lines are remembered: to read a thousand pages for one new line would take longer than
    the run. A page that is there and was never listed is read.
    """
    known = {line.day: line for line in memory.get(db, memory.INDEX) or ()}
    own, path = line_of(digest), files.index_path(root)
    if known.get(own.day) == own and path.is_file():
        return
    known[own.day] = own
    found = files.digest_days(root)
    days = [
        IndexDay(known.get(day) or _line(root, day), _ending(endings))
        for day, endings in sorted(found.items())
        if "json" in endings
    ]
    files.write_whole(path, index(days))
    lines = tuple(day.line for day in days)
    if lines != memory.get(db, memory.INDEX):
        with database.atomic(db):
            memory.put(db, memory.INDEX, lines)


def _line(root: Path, day: date) -> DigestLine:
    """Return a day's line from its page, when it was never listed."""
    try:
        return line_of(read_digest(root, day))
    except NotFound:  # not as it was written
        return DigestLine(day, long_day(day))


def _ending(endings: frozenset[str]) -> str:
    return next(ending for ending in ("html", "md", "json") if ending in endings)


def page_paths(root: Path, day: date, ending: str, *, latest: bool = True) -> list[Path]:
    """Return where the pages of a day are, and `latest` beside them."""
    found = [files.digest_path(root, day, ending)]
    return [*found, files.latest_path(root, ending)] if latest else found


def _texts(digest: Digest, formats: Sequence[str]) -> dict[str, str]:
    texts = {"json": to_json(digest)}
    if "markdown" in formats:
        texts["md"] = markdown(digest)
    return texts


def _may_overwrite(path: Path, pages: Iterable[DigestPageState]) -> bool:
    """Return whether a page holds nothing that was not read: the user may be writing now."""
    content = files.content_of(path)
    known = {name for page in pages for name in (*page.written, *page.read)}
    return content is None or content_hash(content) in known


# -------------------------------------------------------------------------------- what is known


def _expect(db: sqlite3.Connection, day: date, text: str) -> None:
    """Remember a page as ours before it is written: after a crash it would else be the user's."""
    pages = {page.day: page for page in remembered(db)}
    page = pages.get(day, DigestPageState(day))
    name = content_hash(text.encode("utf-8", "replace"))
    if name not in page.written:
        pages[day] = replace(page, written=(*page.written, name))
        with database.atomic(db):
            remember(db, pages.values())


def remembered(db: sqlite3.Connection) -> tuple[DigestPageState, ...]:
    """Return what is remembered of the pages of the last weeks."""
    return memory.get(db, memory.PAGES) or ()


def remember(db: sqlite3.Connection, pages: Iterable[DigestPageState]) -> None:
    """Keep what is to be remembered of pages, those of the newest days."""
    memory.put(db, memory.PAGES, tuple(sorted(pages, key=lambda page: page.day)[-KEPT_PAGES:]))


def content_hash(content: bytes) -> str:
    """Return the name under which a page's content is remembered."""
    return hashlib.sha256(content).hexdigest()[:32]
