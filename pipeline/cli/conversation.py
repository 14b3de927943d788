"""The conversation of `init`: each answer is checked when it is given, and shown as understood.

The questions are one table; what an answer means is told in `workspace.setup_answers`, what is
written in `commands.setup`. Whatever was answered is kept in data/setup.json until all is written:
who stops goes on there. A script gives the answers as options, and is told what is wrong with one.
"""

from __future__ import annotations

import select
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import click

from pipeline.cli import feeds_suggest
from pipeline.cli.context import Shared, on_a_terminal, program, tell
from pipeline.cli.progress import shown
from pipeline.commands import setup
from pipeline.errors import NotFound
from pipeline.records import Interview, NoteLine, Person, Profile, Workspace
from pipeline.records.record import dataclass
from pipeline.run import run
from pipeline.steps.job import RunOptions
from pipeline.steps.opening import read_workspace
from pipeline.text.calendar import local_zone
from pipeline.text.characters import one_line
from pipeline.text.company_forms import short_form
from pipeline.text.language import jotted_language
from pipeline.text.phrasing import shorten
from pipeline.text.urls import file_in
from pipeline.touchpoints.drafts import greeted_name
from pipeline.touchpoints.spoken import topic_of
from pipeline.workspace import setup_answers as answers
from pipeline.workspace import sorted_notes
from pipeline.workspace.folder import FILE
from pipeline.workspace.invitation import invitation
from pipeline.workspace.loose_head import talks_in
from pipeline.workspace.note_text import said_in
from pipeline.workspace.setup_answers import Answer, Ground, Unclear, Understood
from pipeline.workspace.understood import (
    noted,
    notes_text,
    understood,
    understood_text,
    unseen,
    what_helps,
)

BACK = frozenset(("back", "zurück", "zurueck", "retour", "atrás", "atras", "<"))
YES = frozenset("y yes ja j oui o sí si ok right".split())
NO = frozenset("n no nein non wrong".split())
LEFT_OPEN = ("", "-", "--", "skip", "n/a", "none")  # answers of who has none

MOST_LINES = 5  # for which feeds are proposed before the first page; by judgement
PASTED_SECONDS = 0.3  # for which an empty line waits for more: what is pasted comes at once


@dataclass(frozen=True, slots=True)
class Given:
    """What the options say."""

    answers: Mapping[str, str]
    source: Path | None = None  # a file with notes
    feeds: tuple[str, ...] = ()
    timezone: str = ""


def _is_new(ground: Ground) -> bool:
    return ground.company is None


def _is_new_talk(ground: Ground) -> bool:
    return ground.talk is None


def _has_no_name(ground: Ground) -> bool:
    return ground.config is None or not ground.config.settings.drafts.name


@dataclass(frozen=True, slots=True)
class SetupQuestion:
    """One question: without `usual` an empty answer means that it stays open."""

    name: str
    asks: str
    read: Callable[[str, Ground], Answer] = answers.read_text
    option: str = ""
    usual: Callable[[Ground], str] | None = None
    wanted: Callable[[Ground], bool] = lambda _: True
    is_needed: bool = False


QUESTIONS = (
    SetupQuestion("company", "Which company?", answers.read_company, is_needed=True),
    SetupQuestion(
        "called",
        "What is it called in the news? Several names between commas",
        answers.read_called,
        "--alias",
        lambda ground: short_form(ground.name),
        _is_new,
    ),
    SetupQuestion(
        "industry",
        "What does it do? A few words, which tell it from others of that name",
        answers.read_called,
        wanted=_is_new,
    ),
    SetupQuestion("website", "Its website", answers.read_website, wanted=_is_new),
    SetupQuestion(
        "place",
        "Where is it? A city or a country: its clock counts",
        answers.read_place,
        usual=lambda ground: ground.usual_place,
        wanted=_is_new,
    ),
    SetupQuestion(
        "interviewed",
        "When did you talk, by their clock? Or an invitation's file (.ics)",
        answers.read_day,
        usual=lambda _: "today",
        is_needed=True,
    ),
    SetupQuestion(
        "people",
        "Who was there? NAME, TITLE <ADDRESS>; NAME",
        answers.read_people(greeted_name),
        "--person",
        lambda ground: ground.answers.get("invited", ""),
    ),
    SetupQuestion("role", "For which job?", wanted=_is_new_talk),
    SetupQuestion(
        "decision", "When do they hope to decide?", answers.read_decision, wanted=_is_new_talk
    ),
    SetupQuestion(
        "language",
        "Which language do you write to them? Enter: that of your notes",
        answers.read_language,
        wanted=_is_new_talk,
    ),
    SetupQuestion(
        "me",
        "Your own name, for the end of messages",
        answers.read_own_name,
        "--name",
        wanted=_has_no_name,
    ),
)


# ----------------------------------------------------------------------------------- by a script


def scripted(shared: Shared, root: Path, given: Given) -> None:
    """Set up what the options say; raise UsageError for an answer that is not understood."""
    has_notes = False
    for text, said, source in _talks(root, given):
        has_notes = has_notes or bool(text.strip())
        ground = _ground(shared, root, given)
        if not said.get("company"):
            raise click.UsageError(
                "There is no terminal to ask on. Give at least --company NAME, --interviewed DAY."
            )
        for question in QUESTIONS:
            if question.wanted(ground):
                ground = _settled(question, said.get(question.name, ""), ground)
            else:
                _tell_left_out(question, given)
        text = sorted_notes.under_headings(text, answers.people_of(ground)) or text
        _make(root, ground, given, text, source)
    note = "" if has_notes else "what you talked about goes into that note, "
    tell(
        f"Next: {note}your skills into data/profile.md. Then `{program()} check` looks it over, "
        f"and `{program()} run` writes the first page."
    )


def _tell_left_out(question: SetupQuestion, given: Given) -> None:
    """Say of an option that nobody asks for that it is not taken: it stands in a file already."""
    if given.answers.get(question.name):
        option = question.option or f"--{question.name}"
        place = FILE if question.wanted in (_is_new, _has_no_name) else "the note of that talk"
        tell(f"{option} changes nothing here: edit {place} for that.")


def _settled(question: SetupQuestion, written: str, ground: Ground) -> Ground:
    """Return what is known with one more answer; raise UsageError where it is not understood."""
    option = question.option or f"--{question.name}"
    try:
        text, invited = _invited(question, written or _usual(question, ground), ground)
    except NotFound as error:
        raise click.UsageError(f"{option}: {error}") from error
    found = question.read(text, ground) if text or question.is_needed else Understood("")
    if isinstance(found, Unclear):
        choices = "".join(f"\n  {answer}: {what}" for answer, what in found.choices)
        raise click.UsageError(f"{option}: {found.what}{choices}")
    known = _plus(ground, invited=invited) if invited else ground
    return _with(known, question, found.kept)


# ------------------------------------------------------------------------------------- in a talk


def converse(shared: Shared, root: Path, given: Given) -> None:
    """Ask for what the options leave out, write it, and offer to make the first page."""
    _edit_lines()
    made: list[str] = []
    talks, typed = _talks(root, given), ""
    if not given.answers and given.source is None:
        kept, typed = _taken_up(root)
        talks = [("", kept, None)]
    if not given.answers:
        tell(
            "You can stop at any time: what you typed is kept. Enter skips a question, “back” "
            "goes to the one before.\n"
        )
    for text, said, source in talks:
        talk = _Talk(root, _ground(shared, root, given), given, said, typed)
        try:
            ground, notes = talk.held(text)
        except (click.Abort, KeyboardInterrupt):
            tell(f"\nWhat you typed is kept: `{program()} init` goes on from here.")
            raise
        made.append(_make(root, ground, given, notes, source))
        setup.keep(root, {})
    if _agreed("Look at its news, and at feeds for your notes?")[0]:
        for company in dict.fromkeys(made):
            feeds_suggest.converse(root, shared.now, company, MOST_LINES)
    _offer_page(shared, root)


def _taken_up(root: Path) -> tuple[dict[str, str], str]:
    """Return the answers that were kept, if the user wants them, and what was typed beside that."""
    kept = setup.kept(root)
    if not kept:
        return {}, ""
    name = kept.get("company", "").removeprefix(answers.ANOTHER) or "the first question"
    goes_on, typed = _agreed(
        f"You stopped at {name}. Go on there?",
        "y or Enter goes on, n begins anew. What you typed is offered at the next question.",
    )
    if not goes_on:
        setup.keep(root, {})
    return (kept if goes_on else {}), typed


def _agreed(
    question: str, expected: str = "type y or Enter for yes, n for no."
) -> tuple[bool, str]:
    """Ask until the answer is yes or no; return it, and what was typed last that is neither."""
    other = ""
    while True:
        typed: str = click.prompt(f"{question} [Y/n]", default="", show_default=False, err=True)
        said = typed.strip().casefold()
        if said in ("", *YES, *NO):
            return said not in NO, other
        other = typed.strip()
        tell(f"  “{shorten(one_line(other), answers.SHOWN)}” is neither yes nor no: {expected}")


class _Back(Exception):
    """The candidate wants to go back to the question before."""


class _Talk:
    """One round of questions."""

    def __init__(
        self, root: Path, ground: Ground, given: Given, said: Mapping[str, str], typed: str
    ) -> None:
        self._root = root
        self._given = given
        self._typed_before = typed  # offered at the first question that is asked
        self._ground = ground
        self._said = dict(said)
        self._before: dict[str, str] = {}  # answers that are asked again: they are the usual ones
        self._asked: list[tuple[int, Ground]] = []  # each question, and what was known before it

    def held(self, text: str) -> tuple[Ground, str]:
        """Ask each question that is open, then for the notes, unless there are; return them."""
        at = 0
        while True:
            try:
                while at < len(QUESTIONS):
                    self._ask(at)
                    at += 1
                return self._ground, self._sorted(text) if text else self.notes()
            except _Back:
                at = self._one_back()

    def _ask(self, at: int) -> None:
        question, before = QUESTIONS[at], self._ground
        if not question.wanted(before):
            if question.name in self._said:
                _tell_left_out(question, self._given)
            return
        kept = self._answer(question)
        self._asked.append((at, before))
        self._ground = _with(self._ground, question, kept)
        self._before[question.name] = kept
        self._keep()

    def _one_back(self) -> int:
        """Return the number of the question before; what was known then is known again."""
        if not self._asked:
            tell("  This is the first question.")
            return 0
        at, self._ground = self._asked.pop()
        return at

    def _answer(self, question: SetupQuestion) -> str:
        text = self._said.pop(question.name, None)
        is_new = text is None  # what was kept, or came with an option, is not confirmed
        while True:
            typed = self._typed(question) if text is None else text
            text = None
            if _is_back(typed):
                raise _Back
            if typed in LEFT_OPEN and not question.is_needed:
                return ""
            try:
                typed, invited = _invited(question, typed, self._ground)
            except NotFound as error:
                tell(f"  {error}")
                is_new = True
                continue
            if invited:
                self._ground = _plus(self._ground, invited=invited)
            found = question.read(typed, self._ground)
            if isinstance(found, Unclear):
                text = _chosen(found)
                is_new = text is None
                continue
            if found.shown:
                tell(f"  {found.shown}")
            if found.is_certain or not is_new:
                return found.kept
            right, text = _right()
            if right:
                return found.kept

    def _typed(self, question: SetupQuestion) -> str:
        before = self._before.get(question.name, "")
        usual = answers.shown_answer(question.name, before) or _usual(question, self._ground)
        usual, self._typed_before = self._typed_before or usual, ""
        asked: str = click.prompt(
            question.asks, default=usual, show_default=bool(usual), prompt_suffix=" > ", err=True
        )
        return before if before and asked == usual else asked.strip()

    def _keep(self, **more: str) -> None:
        kept = {**self._before, **self._said, **self._ground.answers, **more}
        setup.keep(self._root, kept)

    def notes(self) -> str:
        """Return what was pasted, or what is in the file that was named."""
        more = f"- {self._typed_before}" if self._typed_before else ""
        said = "\n".join(filter(None, (self._said.pop("notes", ""), more)))
        self._typed_before = ""
        told = " They are added to those that you typed before." if said else ""
        tell(
            f"Your notes: paste them, or give a file (.md, .txt, .docx, .html).{told} Finish with "
            "two empty lines, a file finishes them itself; Enter: later."
        )
        before = said.splitlines()
        lines = list(before)
        while True:
            try:
                line = input("> ")
            except EOFError:
                break
            except KeyboardInterrupt:
                self._keep(notes="\n".join(lines))
                raise
            if _is_back(line) and lines == before:
                self._said["notes"] = said
                raise _Back
            if lines == before and (path := _file_in(line)):
                try:
                    read = setup.read_notes(path)
                except NotFound as error:
                    tell(f"  {error}")
                    continue
                is_known = said.strip() in read  # the file was named before it was stopped
                lines = read.splitlines() if is_known else [*before, *read.splitlines()]
                break
            if not line.strip() and not _more_waits() and (not lines or not lines[-1].strip()):
                break
            lines.append(line)
        text = "\n".join(lines).strip("\n")
        if text.strip():
            self._keep(notes=text)
            text = self._sorted(text)
        return text

    def _sorted(self, text: str) -> str:
        """Show what was understood of the notes; return them under headings, something in bold."""
        people = answers.people_of(self._ground)
        under = sorted_notes.under_headings(text, people)
        tell(f"  {notes_text(under or text, people)}")
        if under:
            tell("  Your lines had no headings. The note gets some, with the lines put under them.")
        text = under or text
        is_unsure = bool(under) or not sorted_notes.has_headings(text)
        return self._marked(_corrected(text, people) if is_unsure else text)

    def _marked(self, text: str) -> str:
        """Ask for what struck the candidate most, where no message could take anything up."""
        people = answers.people_of(self._ground)
        lines = noted(text, people)
        if not lines or self._ground.talk or any(map(lends, lines)):
            return text
        while True:
            typed: str = click.prompt(
                "What struck you most? The number of a line, or words of it, for the thank-you; "
                "Enter: nothing",
                default="",
                show_default=False,
                prompt_suffix=" > ",
                err=True,
            )
            if typed.strip() in LEFT_OPEN or _is_back(typed):
                return text
            marked = sorted_notes.with_bold(text, typed.strip(), lines)
            if marked and any(map(lends, noted(marked, people))):
                return marked
            tell(
                "  These words stand in no message (too long, or nothing one would write): others?"
                if marked
                else "  These words are not in your notes."
            )


def _corrected(text: str, people: Sequence[Person]) -> str:
    """Return notes as the candidate wants them, who may move lines, and reword them."""
    tell(
        "  “3 yours”, “5, 6 not used”, “2 talked about”, “4 seen” move lines; “n” opens an editor."
    )
    while True:
        typed: str = click.prompt("  Right?", default="Y/n", prompt_suffix=" > ", err=True).strip()
        said = typed.casefold()
        if said in ("y/n", *YES) or _is_back(typed):
            return text
        if moves := sorted_notes.moves_in(typed):
            new = sorted_notes.moved(text, moves, people)
            if not new:
                tell("  That is no line to move by itself. “n” opens your editor.")
                continue
        elif said in NO:
            try:
                new = click.edit(text, extension=".md") or ""
            except click.ClickException as error:
                tell(f"  {error.format_message()} Correct the note itself, later.")
                return text
        else:
            other = shorten(one_line(typed), answers.SHOWN)
            tell(
                f"  “{other}” is neither yes nor no: y or Enter takes them so, “3 yours” moves a "
                "line, n opens your editor."
            )
            continue
        text = new if new.strip() else text
        tell(f"  {notes_text(text, people)}")


def _is_back(typed: str) -> bool:
    return typed.strip().casefold() in BACK


def _right() -> tuple[bool, str | None]:
    """Ask whether it is right; return the answer, and the correction where one was typed."""
    typed: str = click.prompt("  Right?", default="Y/n", prompt_suffix=" > ", err=True)
    said = typed.strip().casefold()
    if said in ("y/n", *YES):
        return True, None
    if _is_back(said):
        raise _Back
    return False, None if said in NO else typed.strip()


def _chosen(unclear: Unclear) -> str | None:
    """Return the reading that the user chooses; None: the question is asked again."""
    if not unclear.choices:
        tell(f"  {unclear.what}")
        return None
    tell(f"  {unclear.what}")
    for number, (_, what) in enumerate(unclear.choices, start=1):
        tell(f"    {number}  {what}")
    typed: str = click.prompt("  Which?", default="1", prompt_suffix=" > ", err=True)
    at = int(typed) - 1 if typed.strip().isdecimal() else -1
    return unclear.choices[at][0] if 0 <= at < len(unclear.choices) else typed


def _file_in(line: str) -> Path | None:
    """Return the file that a line names, as it is typed or dropped onto a terminal."""
    named = file_in(line.strip().strip("'\"").replace("\\ ", " "))
    try:
        path = Path(named).expanduser()
        return path if named and len(named) < 1_000 and path.is_file() else None
    except (OSError, ValueError, RuntimeError):
        return None


def _more_waits() -> bool:
    """Return whether more lines are there already: then an empty line is one of a pasted text."""
    try:
        return bool(select.select([sys.stdin], [], [], PASTED_SECONDS)[0])
    except (OSError, ValueError):  # where only sockets can be asked
        return False


def _edit_lines() -> None:
    """Let lines be edited, and be longer than a terminal's own 4,096 letters."""
    try:
        import readline
    except ImportError:
        return
    readline.parse_and_bind("tab: self-insert")  # a pasted tab completes nothing


# ------------------------------------------------------------------------------------------ both


def _ground(shared: Shared, root: Path, given: Given) -> Ground:
    workspace = read_workspace(root) if (root / FILE).is_file() else None
    if workspace is None:
        return Ground(shared.now, given.timezone or local_zone())
    config = workspace.config
    return Ground(shared.now, config.settings.timezone, config, workspace.interviews)


def _usual(question: SetupQuestion, ground: Ground) -> str:
    return question.usual(ground) if question.usual else ""


def _with(ground: Ground, question: SetupQuestion, kept: str) -> Ground:
    return replace(ground, answers={**ground.answers, question.name: kept})


def _plus(ground: Ground, *, invited: str) -> Ground:
    return replace(ground, answers={**ground.answers, "invited": invited})


def _invited(question: SetupQuestion, text: str, ground: Ground) -> tuple[str, str]:
    """Return the day and the people of an invitation, where the answer is its file."""
    path = _file_in(text) if question.name == "interviewed" else None
    if path is None:
        return text, ""
    settings = ground.config.settings if ground.config else None
    own = (settings.drafts.name, settings.contact, settings.delivery.mail.to) if settings else ()
    try:
        found = invitation(path.read_bytes(), ground.zone, filter(None, own))
    except OSError as error:
        raise NotFound(f"{path} cannot be read: {error.strerror or error}.") from error
    if found.wrong:
        raise NotFound(f"{path.name}: {found.wrong}")
    if found.place:
        tell(f"  Place: {found.place}")
    return found.day, found.people


def _talks(root: Path, given: Given) -> list[tuple[str, dict[str, str], Path | None]]:
    """Return each talk of the file with notes: its text, what is said of it, and its own file.

    The first talk of a file in data/notes becomes that file, last of all: nothing is lost before.
    """
    if given.source is None:
        return [("", dict(given.answers), None)]
    path = given.source
    text = setup.read_notes(path)
    inside = path.resolve().parent == (root / "data" / "notes").resolve()
    talks = [part for part, _ in talks_in(text)]
    found = []
    for number, part in enumerate(talks):
        head = said_in(part)
        head["people"] = head.pop("interviewers", "")
        head["decision"] = head.pop("decision_expected", "")
        head = {name: said for name, said in head.items() if said}
        said = {**head, **given.answers} if len(talks) == 1 else {**given.answers, **head}
        found.append((part, said, path.resolve() if inside and number == 0 else None))
    return found[::-1]


def _make(root: Path, ground: Ground, given: Given, notes: str, source: Path | None) -> str:
    """Write it all, and say what was understood; return the company's short name."""
    wanted = answers.setup_of(ground, notes, given.feeds, given.timezone)
    if source and wanted.talk and source == (root / wanted.talk.file).resolve():
        wanted = replace(wanted, notes="")  # they are in the note already
    made = setup.make(root, wanted, source)
    workspace = read_workspace(root)
    verb = "Wrote" if made.is_new else "Added to"
    tell(f"{verb} {made.note}; the company is {made.company} in feeds.yaml.")
    if made.to_do:
        tell(made.to_do)
    _tell_understood(workspace, made.note)
    return made.company


def _tell_understood(workspace: Workspace, file: str) -> None:
    one = replace(workspace, interviews=tuple(t for t in workspace.interviews if t.file == file))
    tell(understood_text(understood(one, greeted_name)))
    for told in unseen(replace(one, remarks=())):
        tell(f"- {told}")
    for told in doubts(workspace):
        tell(f"- {told}")
    if not on_a_terminal():
        return
    helps = next(filter(None, (helping(talk, workspace.profile) for talk in one.interviews)), "")
    if helps:
        tell(helps)
    elif not workspace.profile.lines:
        tell("Put what you can do into data/profile.md, a line for each skill or piece of work.")


def doubts(workspace: Workspace) -> Iterator[str]:
    """Yield a sentence for each alias that is also a place or a word."""
    from pipeline.relevance.companies import doubtful

    for company in workspace.config.companies:
        for alias, why in doubtful(company):
            what = "a place" if why == "place" else "an ordinary word"
            yield (
                f"“{alias}” of {company.name} is also {what}: what has no other name of it counts "
                "as its news only where more speaks for that. Is the alias needed?"
            )


def helping(talk: Interview, profile: Profile) -> str:
    """Return the one thing that would make most of the notes of a talk."""
    has_profile = bool(profile.lines)
    return what_helps(talk.lines, talk.people, lends=lends, has_profile=has_profile)


def lends(line: NoteLine) -> bool:
    """Return whether a message can take something up from a line of the notes."""
    return topic_of(line, jotted_language([line.text])) is not None


def _offer_page(shared: Shared, root: Path) -> None:
    """Read the news and write the first page, if the user wants that."""
    if not _agreed("Read the news now, and write the page?")[0]:
        tell(f"`{program()} check` looks it all over; `{program()} run` writes the page.")
        return
    with shown() as progress:
        report = run(root, shared.now, RunOptions(early=True), progress=progress)
    page = root / "data" / "digests" / "latest.html"
    tell(f"{report.digest.headline}. Your page: {page} (and latest.md, to tick)")
