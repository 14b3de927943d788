"""`review`: walks through what is due, one suggestion and one key at a time.

Takes keys from the terminal; each that records something is one call of `commands/queue.py`, in one
transaction, under the lock for just that moment: whenever the review is stopped, what was said so
far is recorded and nothing else, and a run may come in between. What was shown is compared with
what is there before anything is recorded. A text from a feed is printed without what could steer
the terminal, and no shell sees the editor's command.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import click

from pipeline.cli import terminal
from pipeline.cli.context import Shared, own_zone, shared_options, when_free
from pipeline.errors import TouchpointsError
from pipeline.records import DigestEntry, Draft, Touchpoint
from pipeline.steps.moves import UserMove
from pipeline.text.calendar import day_in
from pipeline.text.characters import printable
from pipeline.text.phrasing import ITS_LAST_DAY, count_of, relative_day
from pipeline.text.reasons import question_text

T = TypeVar("T")

# no border test: a measure of drawing
NARROW = 60  # columns below which a label is above its text
LABEL = 11  # columns of a label with its gap; no border test: a measure of drawing
EVIDENCE = 14  # columns before the text in a line of `why`; no border test: a measure of drawing
WAIT_SECONDS = 120  # for a run that holds the lock; no border test: a wait, in seconds

KEYS = {
    "s": "sent",
    "e": "edit",
    "o": "open in mail",
    "l": "later",
    "n": "not for me",
    "w": "wrong company",
    "y": "why",
    "t": "tell of a story",
    "enter": "skip",
    "u": "undo",
    "q": "quit",
    "?": "help",
}
HELP = {
    "s": "You sent it: it counts as a contact.",
    "e": "Edit the message in $VISUAL or $EDITOR; your version is kept.",
    "o": "Open it in your mail program, ready to send.",
    "l": "Postpone it; asks until which day (2026-12-01, friday, 7d).",
    "n": "Not for me: future scores take it into account.",
    "w": "The story is about another company: not shown for this one again.",
    "y": "Show all the evidence.",
    "t": "Write about a story of the page that is only worth a look; asks which, and to whom.",
    "enter": "Skip it for now. The space bar works, too.",
    "u": "Undo what you recorded last in this review.",
    "q": "Stop here.",
}


@click.command()
@shared_options
@click.pass_obj
def review(shared: Shared) -> None:
    """Go through what is due: each suggestion with its evidence, answered with one key.

    Nothing is sent. Each key is recorded at once, so you can stop at any time. In your editor
    ($VISUAL or $EDITOR) the first lines are recipient and subject; an empty file changes nothing.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise click.UsageError(
            "`review` reads single keys, so it needs a terminal. Without one, `touchpoints queue` "
            "lists what is due, and `sent`, `later` and `dismiss` answer it by number."
        )
    terminal.never_fail_to_print()
    walk = _Review(shared)
    try:
        with terminal.stoppable():
            walk.walk()
    except KeyboardInterrupt:
        walk.end()
        raise click.exceptions.Exit(130) from None
    except terminal.Stopped as stopped:
        with suppress(OSError):  # after a hang-up nobody is there to read it
            walk.end()
        raise click.exceptions.Exit(128 + stopped.number) from None
    walk.end()


# ---------------------------------------------------------------------------------- the walk


@dataclass
class _Review:
    """One walk through the queue: where it is, and what was recorded so far."""

    shared: Shared
    seen: set[int] = field(default_factory=set)  # answered or skipped: not shown again
    recorded: list[tuple[str, int, tuple[int, ...]]] = field(default_factory=list)
    back: int = 0  # the number to show next, after `undo`

    def walk(self) -> None:
        """Show what is due, one after another, until there is nothing left or the user stops."""
        shown = 0
        while (found := self._next()) is not None or (not shown and self._story()):
            if found is None:
                continue
            item, entry, ahead = found
            shown += 1
            self._show(entry, ahead)
            if not self._answer(item, entry):
                return
        if not shown:
            self._say(
                "Nothing is due. `touchpoints queue --held` shows what is held back, and why."
            )

    def end(self) -> None:
        """Say in one line what was recorded."""
        counted = Counter(what for what, _, _ in self.recorded)
        said = ", ".join(f"{count} {what}" for what, count in counted.items())
        left = len(self._due())
        self._say(
            f"Recorded: {said or 'nothing'}. "
            f"{count_of(left, 'suggestion is', 'suggestions are').capitalize()} still due."
        )

    def _due(self) -> list[tuple[Touchpoint, DigestEntry]]:
        from pipeline.commands.queue import this_moment

        morning = this_moment(self.shared.root, self.shared.clock())
        return list(zip(morning.due, morning.digest.entries, strict=True))

    def _next(self) -> tuple[Touchpoint, DigestEntry, int] | None:
        """Return the next suggestion, looked up anew, and how many come after it."""
        due = self._due()
        left = [(item, entry) for item, entry in due if item.id not in self.seen]
        left.sort(key=lambda pair: pair[0].id != self.back)
        self.back = 0
        return (*left[0], len(left) - 1) if left else None

    def _answer(self, item: Touchpoint, entry: DigestEntry) -> bool:
        """Take keys until the suggestion is done with; return whether to go on."""
        while True:
            self._prompt(entry)
            key = terminal.key()
            if key in ("q", ""):
                return False
            if key == "enter":
                self.seen.add(item.id)
                return True
            if key == "\x1a":
                terminal.suspend()
                return True
            action = self._actions(entry).get(key)
            if action is None:
                self._help(entry, asked=key == "?")
                continue
            self.back = item.id  # unless it is done with, it is shown again as it is then
            try:
                if action(item):
                    return True
            except TouchpointsError as error:
                self._say(str(error))
                return True

    def _actions(self, entry: DigestEntry) -> dict[str, Callable[[Touchpoint], bool]]:
        from pipeline.digest.page_phrases import may_be_wrong

        found: dict[str, Callable[[Touchpoint], bool]] = {
            "s": lambda item: self._record(item, "sent", UserMove("sent")),
            "n": lambda item: self._dismiss(item, "not for me"),
            "w": lambda item: self._dismiss(item, "wrong company"),
            "l": self._later,
            "e": self._edit,
            "o": self._open,
            "y": self._why,
            "t": lambda item: self._story(),
            "u": self._undo,
        }
        if not may_be_wrong(entry):
            del found["w"]
        if entry.draft.channel != "email":
            del found["o"]
        return found

    # ------------------------------------------------------------------------ what keys do

    def _record(
        self, item: Touchpoint, what: str, did: UserMove | None, draft: Draft | None = None
    ) -> bool:
        from pipeline.commands import queue

        root, clock = self.shared.root, self.shared.clock
        done = self._patiently(
            lambda: queue.answer(root, item.id, did, clock(), draft=draft, shown=item)
        )
        self.recorded.append((what, item.id, done.moves))
        if did is not None:
            self.seen.add(item.id)
        self._say(f"Recorded: {what}. Press u, or run `touchpoints undo`, to take it back.")
        return True

    def _dismiss(self, item: Touchpoint, what: str) -> bool:
        return self._record(item, what, UserMove("dismissed", what.replace(" ", "-")))

    def _later(self, item: Touchpoint) -> bool:
        from pipeline.commands import queue

        self._say("Until which day? 2026-12-01, friday, 7d; press enter to cancel.")
        text = self._ask("day: ")
        if not text:
            return False
        now = self.shared.clock()
        until = queue.morning_of(self.shared.root, text, now)
        if until is None:
            self._say(f"“{text}” is not a future day. Nothing was recorded.")
            return False
        useful = queue.in_time(self.shared.root, item.id, until, now)
        zone = own_zone(self.shared)
        day = relative_day(day_in(zone, useful), day_in(zone, now))
        says = f"put off until {day}{ITS_LAST_DAY if useful < until else ''}"
        if asked := queue.question_after(self.shared.root, item.id, useful, now):
            self._say(question_text(asked))
        return self._record(item, says, UserMove("snoozed", until=useful))

    def _story(self) -> bool:
        """Ask about which story to write, and to whom; return whether there is a message now."""
        from pipeline.commands import queue

        root, clock = self.shared.root, self.shared.clock
        items = queue.this_moment(root, clock()).digest.worth_a_look
        offers = [(item, person) for item in items if item.story for person in item.people]
        if not offers:
            return False
        self._say("Write about one of these?")
        for number, (item, person) in enumerate(offers, 1):
            self._say(f"{number}  to {person}: {item.title} ({item.source})")
        chosen = self._ask("number, or enter for none: ")
        if not (chosen.isdecimal() and 1 <= int(chosen) <= len(offers)):
            return False
        item, person = offers[int(chosen) - 1]
        wanted = self._patiently(lambda: queue.ask_for(root, item.story, person, clock()))
        for warning in wanted.warnings:
            self._say(f"Mind: {warning}")
        self.back = wanted.touchpoint.id
        self.seen.discard(self.back)
        return True

    def _edit(self, item: Touchpoint) -> bool:
        from pipeline.digest.draft_text import text_of

        command = terminal.editor()
        if command is None:
            self._say("No editor found: set one in $EDITOR.")
            return False
        folder = Path(tempfile.mkdtemp(prefix="touchpoints-"))  # only the user may look into it
        path = folder / f"message-{item.id}.txt"
        path.write_text(text_of(item.draft), encoding="utf-8")
        draft = self._edited(command, path, item)
        if draft is not None:
            try:
                self._record(item, "message changed", None, draft)
            except BaseException:
                self._say(f"Nothing was recorded. Your text is in {path}.")
                raise
        shutil.rmtree(folder, ignore_errors=True)
        return draft is not None

    def _edited(self, command: Sequence[str], path: Path, item: Touchpoint) -> Draft | None:
        """Let the user edit the file; return their wording, or None where nothing changes."""
        from pipeline.digest.draft_text import from_text

        try:
            code = terminal.run_editor(command, path)
            draft = from_text(path.read_text(encoding="utf-8"), item.draft)
        except OSError as error:
            self._say(f"{command[0]}: {error.strerror}. Nothing was changed; check $EDITOR.")
            return None
        except UnicodeDecodeError:
            self._say("The file is not UTF-8 any more. Nothing was changed.")
            return None
        if code:
            self._say(f"The editor failed with code {code}. Nothing was changed.")
            return None
        if draft is None:
            self._say("Nothing was changed.")
        return draft

    def _open(self, item: Touchpoint) -> bool:
        from pipeline.commands import queue

        path = self._patiently(lambda: queue.draft_file(self.shared.root, item.id))
        if terminal.has_a_desktop():
            click.launch(str(path))
            self._say(f"{path} is open in your mail program. Press s once you have sent it.")
        else:
            self._say(
                f"There is no desktop to open it on. The message is in {path}; "
                f"`touchpoints draft {item.id} --body` prints it."
            )
        return False

    def _why(self, item: Touchpoint) -> bool:
        from pipeline.cli.evidence import suggestion_text
        from pipeline.cli.queue import sources_text
        from pipeline.steps.opening import read_workspace

        today = day_in(own_zone(self.shared), self.shared.clock())
        text = suggestion_text(item, read_workspace(self.shared.root), today)
        head, *rest = text.split("\n")
        self._say("")
        self._say(" ".join(head.split()))
        for line in rest:
            self._field(line[:EVIDENCE].strip(), line[EVIDENCE:])
        if item.draft.sources:
            self._say("")
            self._say("The message, sentence by sentence:", "bold")
            self._say("")
            self._say(sources_text(item.draft))
        return False

    def _undo(self, _: Touchpoint) -> bool:
        from pipeline.commands import queue

        if not self.recorded:
            self._say(
                "Nothing was recorded in this review yet. `touchpoints undo` takes back what you "
                "recorded before it."
            )
            return False
        what, number, moves = self.recorded[-1]
        self._patiently(lambda: queue.undo(self.shared.root, moves))
        self.recorded.pop()
        self.seen.discard(number)
        self.back = number
        self._say(f"Taken back: {what} (number {number}).")
        return True

    def _patiently(self, job: Callable[[], T]) -> T:
        says = "A run is in progress; this will be recorded when it has finished …"
        return when_free(job, WAIT_SECONDS, lambda: self._say(says))

    # ----------------------------------------------------------------------- what is shown

    def _show(self, entry: DigestEntry, ahead: int) -> None:
        width = terminal.width()
        more = f"{ahead} more after this" if ahead else "the last one"
        self._say("")
        self._say("─" * width)
        self._say(entry.title, "bold")
        self._say(f"number {entry.id}, due {entry.due}; {more}", "dim")
        self._say("")
        self._field("why now", entry.why_now)
        story = entry.reference
        self._field("story", story.title + (f" ({entry.source})" if entry.source else ""))
        self._field("", story.link)
        if story.note:
            self._field("your note", f"“{story.note_text}” ({story.note_place})")
        if story.sentence and story.sentence != story.title:
            self._field("it says", f"“{story.sentence}”")
        from pipeline.digest.page_phrases import heaviest

        self._field("in common", " · ".join(heaviest(story.terms)))
        self._say("")
        self._message(entry.draft, is_asked_for=entry.is_asked_for)
        self._sources(entry.draft)

    def _message(self, draft: Draft, *, is_asked_for: bool) -> None:
        from pipeline.digest.draft_text import shown
        from pipeline.digest.page_phrases import as_it_is, channel_said, ringing_said
        from pipeline.digest.safe_text import one_line

        message = shown(draft)
        if draft.channel == "email":
            self._field("to", message.to or "(no address in your notes)")
            self._field("subject", message.subject)
        self._say("")
        for line in message.body.rstrip("\n").split("\n"):
            self._say(line, indent=2)
        for said in filter(None, (channel_said(draft), ringing_said(draft))):
            self._say("")
            self._say(said, "dim")
        for point in draft.instead:
            self._say(f"- {one_line(point)}", indent=2)
        if draft.more:
            self._say("")
            self._say(as_it_is(one_line(draft.more), is_asked_for=is_asked_for), "dim")

    def _sources(self, draft: Draft) -> None:
        """Name the note lines and articles behind the message; `why` shows every source."""
        places = dict.fromkeys(
            source.place
            for source in draft.sources
            if ", line " in source.place or source.place.startswith("http")
        )
        if places:
            self._say("")
            self._field("sources", " · ".join(places))

    def _prompt(self, entry: DigestEntry) -> None:
        actions = self._actions(entry)
        keys = [
            f"{key} {name}"
            for key, name in KEYS.items()
            if (len(key) > 1 or key in "q?" or key in actions) and (key != "u" or self.recorded)
        ]
        self._say("")
        for line in terminal.listed(keys, terminal.width()):
            self._print("", line, "bold")

    def _help(self, entry: DigestEntry, *, asked: bool) -> None:
        if not asked:
            self._say("That key does nothing here.")
        actions = self._actions(entry)
        for key, says in HELP.items():
            if len(key) > 1 or key == "q" or key in actions:
                self._say(f"{key:7}{says}" if terminal.width() >= NARROW else f"{key}: {says}")

    def _field(self, label: str, text: str) -> None:
        """Print a text beside its label, or below it on a narrow screen."""
        if not text:
            return
        if terminal.width() < NARROW:
            if label:
                self._say(label, "dim")
            self._say(text, indent=2)
            return
        lines = terminal.wrapped(text, terminal.width() - LABEL)
        for place, line in enumerate(lines):
            self._print(f"{label if not place else '':{LABEL}}", line, "")

    def _say(self, text: str, style: str = "", indent: int = 0) -> None:
        """Print a text, wrapped; the indentation of its own lines is kept."""
        for line in printable(text).expandtabs(4).split("\n"):
            bare = line.lstrip(" ")
            before = min(len(line) - len(bare) + indent, 14)
            for wrapped in terminal.wrapped(bare, terminal.width() - before):
                self._print("", " " * before + wrapped, style)

    def _print(self, label: str, text: str, style: str) -> None:
        click.echo(terminal.styled(label, "dim") + terminal.styled(printable(text), style))

    def _ask(self, question: str) -> str:
        """Return a line that the user types, or an empty one."""
        try:
            return input(printable(question)).strip()
        except EOFError:
            self._say("")
            return ""
