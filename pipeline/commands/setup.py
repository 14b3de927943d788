"""What the set-up writes: feeds.yaml, a note, a profile; and what it keeps when it is stopped.

    make         write what the answers say: a company, a talk, people, lines; nothing twice
    keep, kept   the answers so far, in data/setup.json
    read_notes   notes from a file of any kind

Takes the workspace's folder. The note comes last: while it is missing, the same answers do the rest
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Any

from pipeline.commands.feeds.edit import read_feeds
from pipeline.errors import CannotEdit, CannotWrite, NotFound, TouchpointsError
from pipeline.records import Feed, Workspace
from pipeline.records.record import dataclass
from pipeline.store.files import write_whole
from pipeline.text.characters import one_line, printable
from pipeline.text.company_forms import short_form
from pipeline.workspace import edit, note_text
from pipeline.workspace.documents import document, is_text
from pipeline.workspace.folder import FILE
from pipeline.workspace.lookup import slug_of
from pipeline.workspace.note_files import NOTE_ENDINGS
from pipeline.workspace.read import LARGEST_BYTES, decoded, read
from pipeline.workspace.report import problems_text
from pipeline.workspace.setup_answers import Setup

KEPT = Path("data", "setup.json")
_NOTES = Path("data", "notes")
_PROFILE = Path("data", "profile.md")
# Windows takes con.md for its console, too (learn.microsoft.com, "Naming Files, Paths").
_DEVICES = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))]
)


@dataclass(frozen=True, slots=True)
class Made:
    """What was written."""

    company: str  # slug
    note: str  # relative to the workspace
    is_new: bool  # False: something was added to it
    to_do: str = ""  # what the user has to write by hand


def make(root: Path, setup: Setup, source: Path | None = None) -> Made:
    """Write what the answers say; `source` is a file in data/notes that becomes the note itself.

    Raises CannotWrite when there is nothing new in them, CannotEdit when a file cannot be changed.
    """
    slug = setup.slug or _new_slug(root, setup.company)
    path = _note_path(root, slug, setup, source)
    if setup.talk:
        text = note_text.added(
            (root / setup.talk.file).read_text("utf-8"), setup.people, setup.notes
        )
        if not (setup.people or setup.notes.strip() or setup.feeds):
            raise CannotWrite(
                f"{path} exists already, and the answers hold nothing new for it: edit it as you "
                "like."
            )
    else:
        text = note_text.new_note(slug, setup)
    to_do = _write_feeds(root, slug, setup)
    if not (root / _PROFILE).exists():
        write_whole(root / _PROFILE, _PROFILE_TEXT)
    write_whole(path, text)
    note = path.relative_to(root).as_posix()
    _check_made(read(root), {FILE, note})
    return Made(slug, note, setup.talk is None, to_do)


def _new_slug(root: Path, company: str) -> str:
    slug = slug_of(short_form(company)) or "company"
    known = {one.slug for one in read(root).config.companies} if (root / FILE).exists() else ()
    numbers = (f"{slug}-{n}" for n in range(2, 100))
    return slug if slug not in known else next(one for one in numbers if one not in known)


def _note_path(root: Path, slug: str, setup: Setup, source: Path | None) -> Path:
    """Return where the note goes: the talk's own, the source itself, or a name that is free."""
    if setup.talk:
        return root / setup.talk.file
    folder = root / _NOTES
    if source is not None and source.suffix.casefold() in NOTE_ENDINGS:
        return source
    stem = (one_line(source.stem) if source is not None else "") or slug
    day = setup.interviewed.day.isoformat() if setup.interviewed else "note"
    own = () if stem.casefold() in _DEVICES else (stem,)
    names = (*own, f"{stem}-{day}", *(f"{stem}-{day}-{n}" for n in range(2, 100)))
    return next(p for name in names if not (p := folder / f"{name}.md").exists())


def _write_feeds(root: Path, slug: str, setup: Setup) -> str:
    """Write feeds.yaml, or add to it; return what the user has to write there by hand."""
    company: dict[str, Any] = {"name": setup.company}
    company |= {"aliases": list(setup.called)} if setup.called else {}
    company |= {"industry": list(setup.industry)} if setup.industry else {}
    company |= {"website": setup.website} if setup.website else {}
    company |= {"timezone": setup.place} if setup.place else {}
    company["feeds"] = [*setup.feeds, {"search": "google"}]
    path = root / FILE
    if not path.exists():
        schema = resources.files("pipeline.workspace") / "feeds.schema.json"
        write_whole(root / "data" / "feeds.schema.json", schema.read_text("utf-8"))
        settings: dict[str, Any] = {"timezone": setup.timezone} if setup.timezone else {}
        settings |= {"drafts": {"name": setup.me}} if setup.me else {}
        text = _FEEDS.format(
            settings=edit.as_lines(settings, 2), slug=slug, company=edit.as_lines(company, 4)
        )
        write_whole(path, text)
        return ""
    text = old = read_feeds(root)
    to_do = ""
    if not setup.slug:
        text = edit.add_company(text, root, slug, company)
    elif setup.feeds:
        listed = {feed.address for feed in read(root).config.feeds if feed.company == slug}
        new = [Feed(one, company=slug) for one in setup.feeds if one not in listed]
        try:
            text = edit.add_feeds(text, root, new) if new else text
        except CannotEdit as error:
            to_do = str(error)
    if setup.me:
        try:
            text = edit.add_name(text, root, setup.me)
        except CannotEdit as error:
            to_do = "\n".join(filter(None, (to_do, str(error))))
    if text != old:
        write_whole(path.resolve(), text)
    return to_do


def _check_made(workspace: Workspace, files: set[str]) -> None:
    """Check what was just written, so that a mistake in an answer is reported at once."""
    found = (problem for problem in workspace.problems if problem.where in files)
    wrong = [problem for problem in found if problem.level == "error"]
    if wrong:
        raise TouchpointsError(problems_text(wrong))


# ------------------------------------------------------------------------------- stopped and kept


def keep(root: Path, answers: Mapping[str, str]) -> None:
    """Keep the answers so far; none: forget them."""
    if answers:
        write_whole(root / KEPT, json.dumps(dict(answers), ensure_ascii=False, indent=1))
    else:
        (root / KEPT).unlink(missing_ok=True)


def kept(root: Path) -> dict[str, str]:
    """Return the answers that were kept; none where there are none, or none that can be read."""
    try:
        found = json.loads((root / KEPT).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {str(key): value for key, value in found.items() if isinstance(value, str)}


# ------------------------------------------------------------------------------------------ notes


def read_notes(path: Path) -> str:
    """Return the text of a file of any kind; raise NotFound where it cannot be read as notes.

    What steers a terminal is left out: the file may have come by mail.
    """
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise NotFound(f"{path} is too large for notes.")
        content = path.read_bytes()
    except OSError as error:
        raise NotFound(f"{path} cannot be read: {error.strerror or error}.") from error
    if is_text(content):
        text, problems = decoded(content, path.name)
        if text is None:
            raise NotFound(f"{path}: {problems[0].what} {problems[0].todo}")
        return printable(text)
    found = document(content)
    if found.wrong:
        raise NotFound(f"{path}: {found.wrong}")
    return printable(found.text)


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

_PROFILE_TEXT = """\
# What I can do: a line for each skill or piece of work

<!-- for instance:
- ran the supplier ramp-up for two plants
-->
"""
