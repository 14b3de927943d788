"""Reads everything that the user wrote: feeds.yaml, notes, profile and templates in data/.

Takes the workspace's folder; gives a `Workspace` with every problem in it. Never raises for what
is in a file; raises WorkspaceMissing when there is no feeds.yaml at all.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from pipeline.errors import WorkspaceMissing
from pipeline.records import (
    Company,
    Config,
    Interview,
    Problem,
    Profile,
    UnreadNote,
    Workspace,
)
from pipeline.text.calendar import local_zone
from pipeline.text.plain_files import is_plain, leads_out
from pipeline.workspace import cache, note_files
from pipeline.workspace.folder import FILE
from pipeline.workspace.templates import read_templates

PROFILE = "data/profile.md"
# What the program writes into: no link of it is followed without the user's word.
LOGS = tuple(f"data/logs/{name}" for name in ("touchpoints.log", "touchpoints.jsonl", "bug.log"))
WRITTEN = ("data/digests", "data/drafts", "data/backups", "data/logs", *LOGS)
# no border test: far beyond real values
LARGEST_BYTES = 4_000_000  # of one file; what is larger was put there by mistake


def read(root: Path, *, remember: bool = False) -> Workspace:
    """Return what is in a workspace, and what is wrong with it.

    With `remember` the next reading of the same files is quick.
    """
    if not (root / FILE).is_file():
        raise WorkspaceMissing(f"There is no feeds.yaml in {root}. `touchpoints init` makes one.")
    notes = note_files.find(root)
    # A file that is passed over counts by what is said of it: that is remembered, too.
    files = [root / FILE, *notes.notes, root / PROFILE]
    passed = "".join(f"\0{problem.where}\0{problem.what}" for problem in notes.problems)
    led = "".join(f"\0{one}" for path in files if (one := leads_out(root, path)))
    key = cache.key_of(files, root, local_zone() + passed + led)
    recalled = cache.recall(root, key)
    workspace = recalled or _read(root, notes)
    if any(problem.level == "error" and problem.where == FILE for problem in workspace.problems):
        return workspace
    if remember and key and recalled is None:
        cache.remember(root, key, workspace)
    companies = {company.slug: company for company in workspace.config.companies}
    linked = workspace.config.settings.links
    templates, wrong = read_templates(root, companies, partial(read_text, root, linked=linked))
    return replace(
        workspace,
        templates=templates,
        problems=(
            *workspace.problems,
            *wrong,
            *_written_elsewhere(root, linked),
            *note_files.conflicted_pages(root),
        ),
    )


def _written_elsewhere(root: Path, linked: Sequence[str]) -> Iterator[Problem]:
    """Yield an error where the program would write outside, a warning for a log that is no file."""
    for place in WRITTEN:
        path = root / place
        if path.is_symlink() and (elsewhere := leads_out(root, path, linked)):
            folder = Path(elsewhere).parent if place in LOGS else elsewhere
            what = f"This is a link that leads out of the workspace, to {elsewhere}: "
            todo = (
                "If it is yours, name its folder in feeds.yaml: "
                f"`settings: {{links: [{folder}]}}`; or remove the link."
            )
            yield _problem(place, f"{what}nothing is written there.", todo)
        elif place in LOGS and path.exists() and not path.is_file():
            what, todo = "This is no plain file: nothing is logged there.", "Remove it."
            yield replace(_problem(place, what, todo), level="warning")


def _read(root: Path, notes: note_files.NoteFiles) -> Workspace:
    """Return all but the templates; a run that remembers the files loads nothing of this."""
    from pipeline.workspace.config import parse_config

    # Of all files this one may be a link to anywhere: it is what says where others may be.
    text, problems = read_text(root, FILE, linked=("/",))
    config, found = parse_config(text, root) if text is not None else parse_config("", root)
    problems += found if text is not None else []
    if any(problem.level == "error" for problem in problems):
        return Workspace(str(root), config, problems=tuple(problems))
    zone = ZoneInfo(config.settings.timezone)
    interviews, wrong, unread = _read_notes(root, notes, config, zone)
    profile, found = _read_profile(root, config.settings.links)
    problems += [*wrong, *found, *_misdirected(config, interviews)]
    return Workspace(
        str(root),
        config,
        interviews,
        profile,
        problems=tuple(problem for problem in problems if problem.level != "remark"),
        remarks=tuple(problem for problem in problems if problem.level == "remark"),
        unread=unread,
    )


def _read_notes(
    root: Path, notes: note_files.NoteFiles, config: Config, zone: ZoneInfo
) -> tuple[tuple[Interview, ...], list[Problem], tuple[UnreadNote, ...]]:
    from pipeline.workspace.loose_head import parts_of
    from pipeline.workspace.notes import parse_note
    from pipeline.workspace.same_person import one_spelling

    companies = {company.slug: company for company in config.companies}
    interviews: list[Interview] = []
    problems = list(notes.problems)
    unread = [_unread(root, path, None, companies) for path in notes.absent]
    for path in notes.notes:
        file = path.relative_to(root).as_posix()
        text, found = read_text(root, file, linked=config.settings.links)
        if text is not None and path.suffix.casefold() == ".txt" and parts_of(text).head is None:
            problems.append(_no_note(file))
            continue
        interview, wrong = (
            parse_note(text, file, companies, zone) if text is not None else (None, [])
        )
        problems += [*found, *wrong]
        if interview:
            interviews.append(interview)
        else:
            unread.append(_unread(root, path, text, companies))
    talks, copies = note_files.one_of_each_talk(interviews)
    one_each, unsure = one_spelling(talks)
    return one_each, [*problems, *copies, *unsure], tuple(unread)


def _unread(root: Path, path: Path, text: str | None, companies: dict[str, Company]) -> UnreadNote:
    from pipeline.workspace.whose_note import unread_note

    return unread_note(path.relative_to(root).as_posix(), text, companies.values())


def _no_note(file: str) -> Problem:
    what = "This text file does not begin with the head of a note, so it is none."
    todo = (
        f"If it is one: `touchpoints init --notes {shlex.quote(file)}` asks for it and writes it."
    )
    return replace(_problem(file, what, todo), level="warning")


def _misdirected(config: Config, interviews: tuple[Interview, ...]) -> list[Problem]:
    """Return a mistake where the digest is to go to an interviewer: that stops the run."""
    from pipeline.workspace import mailbox

    found = mailbox.to_an_interviewer(config.settings.delivery.mail, interviews)
    if found is None:
        return []
    key, what, todo = found
    return [Problem("workspace", FILE, what, todo, f"settings › delivery › mail › {key}")]


def _read_profile(root: Path, linked: Sequence[str]) -> tuple[Profile, list[Problem]]:
    from pipeline.workspace.notes import parse_profile

    if not (root / PROFILE).exists():
        return Profile(), []
    text, problems = read_text(root, PROFILE, linked=linked)
    if text is None:
        return Profile(), problems
    profile, wrong = parse_profile(text, PROFILE)
    return profile, problems + wrong


def read_text(
    root: Path, file: str, *, linked: Sequence[str] = ()
) -> tuple[str | None, list[Problem]]:
    """Return a file's text; one that is not UTF-8 is read all the same, with a warning.

    A link that leads out of the workspace is followed into the folders `linked` only.
    """
    path = root / file
    if elsewhere := leads_out(root, path, linked):
        what = f"This is a link that leads out of the workspace, to {elsewhere}: it is not read."
        todo = (
            "If it is yours, name its folder in feeds.yaml: "
            f"`settings: {{links: [{Path(elsewhere).parent}]}}`; or copy it here."
        )
        return None, [_problem(file, what, todo)]
    try:
        if not is_plain(path):  # a pipe would keep us for ever
            return None, [_problem(file, "This is no plain file.", "Write it as a text file.")]
        if path.stat().st_size > LARGEST_BYTES:
            return None, [_problem(file, "The file is too large to be read.", "Make it smaller.")]
        content = path.read_bytes()
    except OSError as error:
        what = f"The file cannot be read: {error.strerror or error}."
        return None, [_problem(file, what, "Make it readable.")]
    return decoded(content, file)


def decoded(content: bytes, file: str) -> tuple[str | None, list[Problem]]:
    """Return the text of a file's bytes; one that is not UTF-8 with a warning."""
    if b"\0" in content and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None, [_problem(file, "This is not a text file.", "Save it as plain text.")]
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return content.decode(encoding), []
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        warning = Problem(
            "workspace",
            file,
            "The file is not in UTF-8; it was read as Windows or Latin-1 text.",
            "Save it as UTF-8, or letters with accents may be wrong.",
            line=line,
            level="warning",
        )
        return content.decode("cp1252", "replace"), [warning]


def _problem(file: str, what: str, todo: str) -> Problem:
    return Problem("workspace", file, what, todo)
