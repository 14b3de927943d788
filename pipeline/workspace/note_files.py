"""Which files in data/notes are notes, which are copies of one, and which are passed over.

Takes the names in a folder; gives the notes, and a problem or a remark for each file that the
candidate may take for one. Editors, sync programs and systems leave copies beside the real note: a
hidden or backup file is none, and of two notes of one talk one counts, with the strictest status.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

from pipeline.records import Interview, Problem, Status
from pipeline.records.record import dataclass
from pipeline.text.names import key_of

Level = Literal["error", "warning", "remark"]

NOTE_ENDINGS = (".md", ".markdown", ".mdown", ".txt")
ENDINGS = (".docx", ".odt", ".html", ".htm")  # what `documents` makes notes of
# What people write notes with, and is no plain text.
_OTHER_TEXTS = (".docx", ".doc", ".odt", ".rtf", ".pages", ".pdf", ".html", ".org", ".one", ".rst")
_BACKUPS = (".bak", ".orig", ".old", ".tmp", ".swp", ".swo", ".part", ".crdownload", ".conflict")

# Names that sync programs give to the loser of two versions: Syncthing, Dropbox, Nextcloud,
# Obsidian Sync, Resilio, Unison and OneDrive (which adds the computer's name).
_CONFLICT = re.compile(
    r"^(?P<of>.+?)(?:\.sync-conflict-\d{8}-\d{6}.*|[ ._-]*[\[(][^)\]]*(?:conflict|konflikt|conflit|"
    r"conflicto|conflitto|conflito)[^)\]]*[\])]|[ ._-]+(?:conflict|conflicted|konflikt\w*|conflit)"
    r"[\w .-]*|-(?:DESKTOP|LAPTOP)-[A-Z0-9]+)(?: ?\(?\d+\)?)?$",
    re.IGNORECASE,
)
_COPY_WORD = r"(?:copy|kopie|copie|copia|cópia|kopia|kopi)"
_COPY = re.compile(
    rf"^(?:(?P<a>.+?)[ _-]+\(?{_COPY_WORD}\)?(?: ?\(?\d+\)?)?|(?P<b>.+?) ?\(\d+\)|(?P<c>.+) \d|"
    rf"{_COPY_WORD} (?:of|von|de|di) (?P<d>.+))$",
    re.IGNORECASE,
)
# Of two notes of one talk the status that stands first holds: better a message too few.
_STRICTEST: tuple[Status, ...] = (
    *("rejected", "withdrawn", "declined", "accepted"),
    *("offer", "waiting"),
)


@dataclass(frozen=True, slots=True)
class NoteFiles:
    """What lies in the folder of notes."""

    notes: tuple[Path, ...] = ()
    absent: tuple[Path, ...] = ()  # notes that are in the cloud and not on this computer
    problems: tuple[Problem, ...] = ()  # and remarks


def find(root: Path) -> NoteFiles:
    """Return the notes of a workspace, and what else lies beside them."""
    notes: list[Path] = []
    absent: list[Path] = []
    told: list[Problem] = []
    for path in sorted(_in(root / "data" / "notes")):
        file = path.relative_to(root).as_posix()
        name = path.name.casefold()
        if name.startswith(".") and name.endswith(".icloud"):
            absent.append(path)
            what = "This note is in iCloud, and not on this computer."
            told.append(_problem(file, what, "Open it once in the Finder.", "error"))
        elif name.startswith("."):
            continue
        elif name.endswith(("~", "#", *_BACKUPS)) or name.startswith(("~$", "#")):
            told.append(_problem(file, "A backup of an editor is no note.", "", "remark"))
        elif path.is_dir():
            told += _of_folder(path, file)
        elif name.endswith(NOTE_ENDINGS):
            notes.append(path)
        elif name.endswith(_OTHER_TEXTS):
            told.append(_other_text(path, file))
        else:
            told.append(_problem(file, "This file is no note and was passed over.", "", "remark"))
    return NoteFiles(tuple(notes), tuple(absent), tuple(told))


def conflicted_pages(root: Path) -> tuple[Problem, ...]:
    """Return a warning for each copy of a page that a sync program left, with ticks in it."""
    found = []
    for path in sorted(_in(root / "data" / "digests")):
        is_page = path.name.casefold().endswith(".md") and path.is_file()
        if not is_page or original_of(path.stem) is None:
            continue
        try:
            text = path.read_text("utf-8", "replace")
        except OSError:
            continue
        if re.search(r"^\s*[-*] \[[xX]\]", text, re.MULTILINE):
            found.append(
                _problem(
                    path.relative_to(root).as_posix(),
                    "This copy of a page has ticks of yours, which are not read.",
                    "Tick the same boxes on the page itself, then delete the copy.",
                    "warning",
                )
            )
    return tuple(found)


def original_of(stem: str) -> str | None:
    """Return the name that a name (without its ending) is a copy of; None: it is its own."""
    found = _CONFLICT.match(stem)
    if found:
        return found.group("of")
    found = _COPY.match(stem)
    return next(part for part in found.groups() if part).strip() if found else None


def is_conflict(stem: str) -> bool:
    """Return whether a sync program gave a file its name: it never is a note of another talk."""
    return bool(_CONFLICT.match(stem))


def one_of_each_talk(
    interviews: Sequence[Interview],
) -> tuple[tuple[Interview, ...], tuple[Problem, ...]]:
    """Return the interviews without copies of one talk, which has the strictest status of all."""
    stems = {Path(item.file).stem.casefold() for item in interviews}
    groups: list[list[Interview]] = []
    for talk in sorted(interviews, key=lambda item: (_is_copy(item, stems), item.file)):
        group = next((g for g in groups if _is_one_talk(g[0], talk)), None)
        if group is None:
            groups.append([talk])
        else:
            group.append(talk)
    kept = [replace(group[0], status=_strictest(group)) for group in groups]
    told = [_copied(copy, group[0], _strictest(group)) for group in groups for copy in group[1:]]
    return tuple(sorted(kept, key=lambda item: item.file)), tuple(told)


def _is_copy(talk: Interview, stems: set[str]) -> bool:
    original = original_of(Path(talk.file).stem)
    return original is not None and original.casefold() in stems


def _is_one_talk(one: Interview, other: Interview) -> bool:
    if one.company != other.company:
        return False
    stem, known = Path(other.file).stem, Path(one.file).stem.casefold()
    if is_conflict(stem) and (original_of(stem) or "").casefold() == known:
        return True
    if one.interviewed != other.interviewed:
        return False
    if (original_of(stem) or "").casefold() == known or stem.casefold() == known:
        return True
    said = {line.text for line in one.lines}, {line.text for line in other.lines}
    people = [{key_of(person.name) for person in talk.people} for talk in (one, other)]
    is_with_them = not all(people) or bool(people[0] & people[1])
    return is_with_them and (not all(said) or bool(said[0] & said[1]))


def _strictest(group: Iterable[Interview]) -> Status:
    return min((talk.status for talk in group), key=_STRICTEST.index)


def _copied(copy: Interview, kept: Interview, status: Status) -> Problem:
    what = f"This is a copy of {kept.file}, a note of the same talk; only that one counts"
    if copy.status != kept.status:
        what += f', but with the stricter status of the two, "{status}"'
    return _problem(copy.file, f"{what}.", "Delete the one that is out of date.", "warning")


def _other_text(path: Path, file: str) -> Problem:
    """Return what is said of a document; of one that was made a note by now, a remark."""
    what = "This file is not read: notes are plain text."
    if any(path.with_suffix(ending).is_file() for ending in NOTE_ENDINGS):
        return _problem(file, f"{what} There is a note of that name.", "", "remark")
    todo = "Save it as a .md or .txt file."
    if path.suffix.casefold() in ENDINGS:
        todo = f"`touchpoints init --notes {shlex.quote(file)}` makes a note of it."
    return _problem(file, what, todo, "warning")


def _of_folder(path: Path, file: str) -> list[Problem]:
    if not any(name.casefold().endswith(NOTE_ENDINGS) for name in (p.name for p in _in(path))):
        return []
    what = "Notes in a folder of their own are not read."
    return [_problem(file, what, "Move them up into data/notes.", "warning")]


def _in(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:  # there is no such folder yet
        return []


def _problem(file: str, what: str, todo: str, level: Level) -> Problem:
    return Problem("workspace", file, what, todo, level=level)
