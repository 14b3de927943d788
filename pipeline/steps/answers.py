"""What the user ticked and changed on the pages, taken as answers.

Joins `digest/answer_sheet.py` (what is on a page) with `moves.py` (what it does in the queue). What
was taken is remembered for each page, so that no answer counts twice, even after `undo` or a crash;
each is a move like those of the command line.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from sqlite3 import Connection
from typing import TYPE_CHECKING, TypeAlias
from zoneinfo import ZoneInfo

from pipeline.digest.markdown import markdown
from pipeline.digest.page_phrases import LATER_DAYS
from pipeline.errors import MoveNotAllowed, NotFound, ReplyUnclear, TooLate
from pipeline.records import DigestPageState, Draft, Question, State, Touchpoint
from pipeline.records.record import dataclass
from pipeline.steps.job import Job
from pipeline.steps.moves import UserMove, in_time, is_answer_open, record, record_answer
from pipeline.steps.pages import (
    KEPT_DAYS,
    content_hash,
    page_paths,
    read_digest,
    remember,
    remembered,
)
from pipeline.steps.planning import known_holidays
from pipeline.store import candidate, database, files
from pipeline.text.calendar import day_in, start_of
from pipeline.text.characters import decoded, one_line
from pipeline.text.phrasing import ITS_LAST_DAY, long_day, relative_day, upper_first
from pipeline.text.spelling import day_examples
from pipeline.touchpoints import lifecycle
from pipeline.touchpoints.replies import beside_notes, reply_written
from pipeline.workspace.lookup import own_zone

if TYPE_CHECKING:
    from pipeline.digest.answer_sheet import (
        Answered,
        Doubt,
        Heard,
        Sheet,
        WantedTopic,
        Wish,
        WrongCompany,
    )

    _Answer: TypeAlias = "_Edit | _Move | Heard | Wish | WantedTopic | WrongCompany | Question"

_HEADING = re.compile(r"^#\s+(.+)$", re.MULTILINE)
_STATES: dict[str, State] = {
    "sent": "sent",
    "later": "snoozed",
    "not for me": "dismissed",
    "wrong company": "dismissed",
}
_UNREADABLE = (
    "could not be read: the JSON file beside it was changed or is gone. Record what you did with "
    "commands such as `touchpoints sent 1`."
)

_DOUBTS: dict[Doubt, str] = {
    "": "",
    "twice": "the same box is there twice, once ticked and once not. Which did you mean?",
    "boxes": (
        "its boxes are not as they were written: one was added, deleted, moved or changed. Which "
        "did you mean? Nothing was recorded; commands such as `touchpoints sent` do it, too."
    ),
    "unclear": (
        "“{line}” is not clear. To answer, put an x between the brackets and leave the rest of the "
        "line as it was. Nothing was recorded."
    ),
}
_FORGOTTEN = (
    "it is not in the database, which was made anew since. Nothing was recorded; `touchpoints log` "
    "records what you sent."
)
_COPY = (
    "has a copy, {name}, with other answers than the page itself. Nothing was taken from it: tick "
    "on the page what is right, and delete the copy."
)
_NO_FILE = (
    "lies in {name} as a link that leads elsewhere, or as no plain file, so that nothing was read "
    "from it. Say what you ticked there with commands such as `touchpoints sent 1`."
)
_UNCLEAR_STORY = (
    "has a line that is not clear: “{line}”. To get a message about a story, put an x between the "
    "brackets of one box and leave the rest of the line as it was. Nothing was recorded."
)
_UNHEARD = (
    "has a line that is not clear: “{line}”. If they answered, put an x between the brackets of "
    "the box and leave the rest of the line as it was. Nothing was recorded."
)
_NO_TICK = (
    "the sign in the box “they answered” is not clear. If they did, put an x between the brackets. "
    "Nothing was recorded."
)
_NOTED = (
    "{why} That they answered is recorded, with your words. If it moves the plan: `touchpoints "
    "answered {number}` asks what they said."
)
_TWO_TOPICS = "you ticked more than one topic. Which is it to be? The message stays as it is."
_TWO_COPIES = (
    "you ticked {first} in one of latest.md and {day}.md, and {second} in the other. Which did you "
    "mean? Nothing was recorded."
)
_NO_MESSAGE = "asks for a message to {person} that cannot be written. {why}"
_STRAY = "has a ticked line that belongs to no suggestion on it: “{line}”. Nothing was recorded."


def take_answers(job: Job) -> DigestPageState:
    """Do what the user ticked on the pages since the last run; return today's page so far.

    One transaction. What was not understood becomes a question on today's page.
    """
    root, db, now, today = job.root, job.db, job.now, job.today
    zone = own_zone(job.workspace)
    pages = {page.day: page for page in remembered(db)}
    written = files.digest_days(root)
    strange = _unknown(root, pages.keys(), written, today)
    pages |= strange
    pages.setdefault(today, DigestPageState(today))
    settled = _settled(db, pages[today].questions)
    pages[today] = _with(pages[today], _Taken(pages[today], settled=settled))
    latest = _day_of_latest(root, pages)
    undone = _undone(db, pages[today])
    if undone:
        pages[today] = _opened_again(root, pages[today], undone, latest=today == latest)
    known = {name for page in pages.values() for name in (*page.written, *page.read)}
    changed = {
        day: fresh
        for day, page in pages.items()
        if (fresh := list(_touched(root, page, known, latest=day == latest)))
    }
    copies = list(_copies(root, pages, known))
    no_files = [
        (day, path, name)
        for day in pages
        for path in page_paths(root, day, "md", latest=day == latest)
        if (name := _name_of_no_file(path)) and name not in known
    ]
    if not (changed or strange or copies or no_files or undone or settled):
        return pages[today]
    with database.atomic(db):
        for day in sorted(changed):
            doubted = _contradictions(job, day, [content for _, content in changed[day]])
            for path, content in changed[day]:
                at = _written_at(path, day, zone, now)
                taken = _take(job, pages[day], content, at, doubted)
                pages[day] = taken.page
                pages[today] = _with(pages[today], taken)
        for day, path, content in copies:
            asked = _ask_about_copy(root, pages[day], path, content, today)
            pages[day] = asked.page
            pages[today] = _with(pages[today], asked)
        for day, path, name in no_files:
            pages[day] = replace(pages[day], read=(*pages[day].read, name))
            text = _NO_FILE.format(name=path.relative_to(root).as_posix())
            asked = _Taken(pages[day], questions=(Question(day, 0, text),))
            pages[today] = _with(pages[today], asked)
        remember(db, pages.values())
    return pages[today]


def _settled(db: Connection, questions: Iterable[Question]) -> frozenset[int]:
    """Return of which suggestions the user has said since what was asked."""
    found = ((item, candidate.touchpoint(db, item.number)) for item in questions if item.number)
    return frozenset(
        asked.number
        for asked, now in found
        if now
        and now.status in (*lifecycle.DONE, "snoozed")
        and (
            asked.status != now.status or (now.status == "answered" and not is_answer_open(db, now))
        )
    )


def _undone(db: Connection, page: DigestPageState) -> frozenset[str]:
    """Return the answers on today's page that were taken back since: they may be given anew.

    Only today's, which is written anew after each reading: on an older one the tick is still there.
    """
    moved = {
        key: int(key.split()[0])
        for key in page.taken
        if key.split()[0].isdecimal() and key.split(maxsplit=1)[-1].startswith(tuple(_STATES))
    }
    found = {number: candidate.touchpoint(db, number) for number in set(moved.values())}
    open_again = {n for n, item in found.items() if item and item.status == "suggested"}
    return frozenset(key for key, number in moved.items() if number in open_again)


def _opened_again(
    root: Path, page: DigestPageState, undone: Collection[str], *, latest: bool
) -> DigestPageState:
    """Return today's page without the answers that were taken back.

    What it looked like with them may come again, unless it still lies there: then it was not
    written anew, and the tick on it is the one that was taken back.
    """
    # Two boxes at once were no answer: they are still asked about.
    answered = (key.partition(" ") for key in undone)
    numbers = {int(n) for n, _, said in answered if said in _STATES or said.startswith("later")}
    paths = page_paths(root, page.day, "md", latest=latest)
    lying = {content_hash(content) for path in paths if (content := files.content_of(path))}
    return replace(
        page,
        taken=tuple(key for key in page.taken if key not in undone),
        read=tuple(name for name in page.read if name in lying),
        reported=(),
        questions=tuple(q for q in page.questions if q.number not in numbers),
    )


def _with(page: DigestPageState, taken: _Taken) -> DigestPageState:
    """Return today's page with what was taken; a question that was answered since is gone."""
    still_open = (item for item in page.questions if item.number not in taken.settled)
    return replace(
        page,
        reported=(*page.reported, *taken.reported),
        questions=tuple(dict.fromkeys((*still_open, *taken.questions))),
    )


# ------------------------------------------------------------------------- which pages were changed


def _day_of_latest(root: Path, days: Iterable[date]) -> date | None:
    """Return the day whose page is in latest.md, as its heading says.

    After a crash that is not always the newest day. Without a heading, the newest is assumed.
    """
    content = files.content_of(files.latest_path(root, "md")) or b""
    return _day_in_heading(content, days) or files.newest_digest(root)


def _day_in_heading(content: bytes, days: Iterable[date]) -> date | None:
    heading = _HEADING.search(decoded(content))
    for day in sorted(days, reverse=True):
        if heading and heading[1].startswith(f"{long_day(day)}:"):
            return day
    return None


def _copies(
    root: Path, days: Collection[date], known: Collection[str]
) -> Iterator[tuple[date, Path, bytes]]:
    """Yield the copies beside the pages that hold something else than what was written or read.

    Sync programs make them when a page was changed in two places.
    """
    days_by_name = {day.isoformat(): day for day in days}
    for path, begins in files.page_copies(root):
        content = files.content_of(path)
        if content is None or {content_hash(content), _copy_hash(content)} & {*known}:
            continue
        named = begins.casefold() == "latest"
        day = _day_in_heading(content, days) if named else days_by_name.get(begins)
        if day is not None:
            yield day, path, content


def _touched(
    root: Path, page: DigestPageState, known: set[str], *, latest: bool
) -> Iterable[tuple[Path, bytes]]:
    """Yield the copies of a page that the user changed and that were not read yet."""
    seen: set[str] = set()
    for path in page_paths(root, page.day, "md", latest=latest):
        content = files.content_of(path)
        if content is None or not page.written or content_hash(content) in known | seen:
            continue
        seen.add(content_hash(content))
        yield path, content


def _name_of_no_file(path: Path) -> str:
    """Return the name under which it is remembered that a page is a link or a pipe; "" for none."""
    if not os.path.lexists(path) or files.content_of(path) is not None:
        return ""
    return content_hash(f"no file {os.path.realpath(path)}".encode("utf-8", "replace"))


def _unknown(
    root: Path, known: Collection[date], written: Mapping[date, frozenset[str]], today: date
) -> dict[date, DigestPageState]:
    """Return the pages that exist and are not remembered: the database is an earlier one.

    What was written there follows from their JSON; whatever differs is the user's, and is read.
    """
    oldest = today - timedelta(days=KEPT_DAYS)
    found = {}
    for day, endings in written.items():
        if day not in known and day >= oldest and {"md", "json"} <= endings:
            try:
                text = markdown(read_digest(root, day))
            except NotFound:  # not as it was written
                text = ""
            found[day] = DigestPageState(
                day, written=(content_hash(text.encode("utf-8", "replace")),)
            )
    return found


def _written_at(path: Path, day: date, zone: ZoneInfo, now: datetime) -> datetime:
    """Return when the user saved the page: not before its day, and not after now."""
    begins = start_of(day, zone)
    return max(min(files.changed_at(path) or now, now), min(begins, now))


# ------------------------------------------------------------------------------- what it means


@dataclass(frozen=True, slots=True)
class _Edit:
    """The user changed a message."""

    number: int
    draft: Draft


@dataclass(frozen=True, slots=True)
class _Move:
    """The user ticked a box; `until` is the day after `later`."""

    number: int
    label: str
    until: date | None = None


def _answers(sheet: Sheet, day: date, today: date) -> Iterator[tuple[str, _Answer]]:
    """Yield what the page of a day answers, each with the key by which it counts only once."""
    for item in sheet.answers:
        if item.draft is not None:
            name = content_hash(repr(item.draft).encode())[:16]
            yield f"{item.number} message {name}", _Edit(item.number, item.draft)
        key = f"{' '.join(item.ticked)} {item.later}".strip()
        if item.doubt:
            # Its own key: the answer without doubt may still come.
            yield f"{item.number} ? {item.doubt} {key} {item.line}", _doubted(item, day)
        elif item.ticked:
            yield f"{item.number} {key}", _meaning(item, day, today)
    for topic in sheet.topics:
        yield f"about {topic.number} {topic.place}", topic
    for heard in sheet.heard:
        said = heard.text if heard.ticked or heard.text else "?"
        yield f"{heard.number} answered {said}".strip(), heard
    for wish in sheet.wishes:
        yield f"write {wish.story} {wish.person}", wish
    for wrong in sheet.wrong:
        yield f"wrong h{wrong.hold}", wrong
    for line in sheet.unclear:
        yield f"? story {line}", Question(day, 0, _UNCLEAR_STORY.format(line=line))
    for line in sheet.unheard:
        yield f"? heard {line}", Question(day, 0, _UNHEARD.format(line=line))
    for line in sheet.strays:
        yield f"? {line}", Question(day, 0, _STRAY.format(line=line))


def _meaning(item: Answered, day: date, today: date) -> _Move | Question:
    """Return what the ticks under a suggestion mean, or what to ask about them."""
    ticked = set(item.ticked)
    if "wrong company" in ticked:
        ticked.discard("not for me")
    if len(ticked) != 1:
        both = " and ".join(item.ticked)
        text = f"you ticked both {both}. Which did you mean? Nothing was recorded."
        return Question(day, item.number, text)
    (label,) = ticked
    if label != "later":
        return _Move(item.number, label)
    from pipeline.text.deadlines import day_from  # costs start-up time, and is seldom used

    until = day_from(item.later, today) if item.later else today + timedelta(days=LATER_DAYS)
    if until is None or until <= today:
        why = "is not a day in the future" if until else "is not a day"
        text = f"“{item.later}” {why}. {day_examples('' if until else item.later)}"
        return Question(day, item.number, text)
    return _Move(item.number, label, until)


def _doubted(item: Answered, day: date) -> Question:
    """Return what to ask about boxes that are not understood."""
    return Question(day, item.number, _DOUBTS[item.doubt].format(line=item.line))


# ---------------------------------------------------------------------------- what is done with it


@dataclass(frozen=True, slots=True)
class _Taken:
    """What was taken from one page, and what today's page says about it."""

    page: DigestPageState
    reported: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    settled: frozenset[int] = frozenset()  # suggestions that were answered clearly


def _contradictions(job: Job, day: date, contents: Sequence[bytes]) -> Mapping[int, Question]:
    """Return what to ask where the two files of one page have different ticks."""
    from pipeline.digest.answer_sheet import read_sheet

    if len(contents) < 2:
        return {}
    try:
        digest = read_digest(job.root, day)
    except NotFound:
        return {}
    found: dict[int, dict[str, None]] = {}
    for content in contents:
        for item in read_sheet(decoded(content), digest).answers:
            if item.ticked:
                said = " and ".join(item.ticked)
                found.setdefault(item.number, {})[f"{said} {item.later}".strip()] = None
    return {
        number: Question(
            day, number, _TWO_COPIES.format(first=first, second=second, day=day.isoformat())
        )
        for number, (first, second, *_) in (
            (number, tuple(said)) for number, said in found.items() if len(said) > 1
        )
    }


def _take(
    job: Job,
    page: DigestPageState,
    content: bytes,
    at: datetime,
    doubted: Mapping[int, Question],
) -> _Taken:
    """Do what is ticked and changed on a page, as far as it does not count yet.

    `doubted` are the suggestions that another file of this page answers otherwise.
    """
    from pipeline.digest.answer_sheet import Heard, WantedTopic, read_sheet

    page = replace(page, read=(*page.read, content_hash(content)))
    try:
        digest = read_digest(job.root, page.day)
    except NotFound:
        return _Taken(page, questions=(Question(page.day, 0, _UNREADABLE),))
    sheet = read_sheet(decoded(content), digest)
    new = {
        key: answer for key, answer in _answers(sheet, page.day, job.today) if key not in page.taken
    }
    done, questions, settled = [], [], set()
    topics = Counter(item.number for item in new.values() if isinstance(item, WantedTopic))
    for answer in new.values():
        if isinstance(answer, _Move) and answer.number in doubted:
            outcome: str | Question = doubted[answer.number]
        elif isinstance(answer, WantedTopic) and topics[answer.number] > 1:
            outcome = Question(page.day, answer.number, _TWO_TOPICS)
        else:
            outcome = _do(job, page.day, answer, at)
        if isinstance(outcome, Question):
            old = candidate.touchpoint(job.db, outcome.number) if outcome.number else None
            questions.append(replace(outcome, status=old.status if old else None))
        elif outcome:
            done.append(outcome)
            settled |= {answer.number} if isinstance(answer, _Move | Heard) else set()
    notes = tuple(dict.fromkeys((*page.notes, *sheet.notes)))
    page = replace(page, taken=(*page.taken, *new), notes=notes)
    asked = tuple(dict.fromkeys(questions))
    return _Taken(page, _report(page.day, done), asked, frozenset(settled))


def _copy_hash(content: bytes) -> str:
    """Return the name of a copy's content: as the page itself it would still have to be read."""
    return f"copy {content_hash(content)}"


def _ask_about_copy(
    root: Path, page: DigestPageState, path: Path, content: bytes, today: date
) -> _Taken:
    """Return a question about a copy of a page whose answers are not those of the page itself."""
    from pipeline.digest.answer_sheet import read_sheet

    page = replace(page, read=(*page.read, _copy_hash(content)))
    try:
        sheet = read_sheet(decoded(content), read_digest(root, page.day))
    except NotFound:
        return _Taken(page)  # asked about, if the page itself was changed
    new = [key for key, _ in _answers(sheet, page.day, today) if key not in page.taken]
    if not new:
        return _Taken(page)
    name = one_line(path.relative_to(root).as_posix())
    return _Taken(page, questions=(Question(page.day, 0, _COPY.format(name=name)),))


def _do(job: Job, day: date, answer: _Answer, at: datetime) -> str | Question:
    """Write down one answer; return what was done in a few words, "" when there was nothing to do.

    A message counts as sent when the page was saved; everything else happens now.
    """
    from pipeline.digest.answer_sheet import Heard, WantedTopic, Wish, WrongCompany

    match answer:
        case Question():
            return answer
        case Wish():
            return _ask_for(job, day, answer)
        case WrongCompany():
            return _not_theirs(job, day, answer)
    old = candidate.touchpoint(job.db, answer.number)
    if old is None:
        return Question(day, answer.number, _FORGOTTEN)
    try:
        match answer:
            case _Edit():
                return _edit(job, old, answer)
            case _Move():
                return _move(job, old, answer, at)
            case WantedTopic():
                return _change_topic(job, old, answer)
            case Heard():
                return _hear(job, day, old, answer)
    except (MoveNotAllowed, NotFound, TooLate) as error:
        return Question(day, answer.number, str(error))


def _edit(job: Job, old: Touchpoint, answer: _Edit) -> str:
    lifecycle.check_open(old)
    candidate.edit(job.db, old, answer.draft, job.now)
    return "message changed"


def _move(job: Job, old: Touchpoint, answer: _Move, at: datetime) -> str:
    status = _STATES[answer.label]
    if old.status == status == "sent":
        return ""
    because = answer.label.replace(" ", "-") if status == "dismissed" else ""
    zone = own_zone(job.workspace)
    wanted = until = start_of(answer.until, zone) if answer.until else None
    if until:
        until = in_time(job.workspace, old, until, job.now, known_holidays(job.db))
    record(job.db, old, UserMove(status, because, until), at if status == "sent" else job.now)
    if until is None:
        return answer.label
    when = relative_day(day_in(zone, until), job.today)
    return f"put off until {when}{ITS_LAST_DAY if until != wanted else ''}"


def _hear(job: Job, day: date, old: Touchpoint, heard: Heard) -> str | Question:
    """Write down an answer and what it said.

    What is not understood is an answer, too: the user's words are kept with it, and asked about.
    """
    if not heard.text and not heard.ticked:
        return Question(day, heard.number, _NO_TICK)
    reply, doubt = None, ""
    try:
        reply = reply_written(heard.text, job.today)
        if reply:
            reply = beside_notes(job.workspace, old.suggestion.company, reply, job.now)
    except (NotFound, ReplyUnclear) as error:
        reply, doubt = None, str(error)
    if doubt and is_answer_open(job.db, old):
        return Question(day, heard.number, doubt)
    did = UserMove("answered", reply=reply, remark=heard.text if doubt else "")
    record_answer(job.db, old, did, job.now)
    if doubt:
        return Question(day, heard.number, _NOTED.format(why=doubt, number=heard.number))
    return f"answered ({heard.text})" if reply else "answered"


def _ask_for(job: Job, day: date, wish: Wish) -> str | Question:
    """Keep a message about a story; return it in a few words, "" where it is there already."""
    from pipeline.steps import any_story

    try:
        asked = any_story.ask_for(job.db, job.workspace, wish.story, wish.person, job.now)
    except NotFound as error:
        return Question(day, 0, _NO_MESSAGE.format(person=wish.person, why=error))
    return "to write about a story" if asked.is_new else ""


def _not_theirs(job: Job, day: date, wrong: WrongCompany) -> str | Question:
    """Write down that bad news is about another company; return that in a few words."""
    holds = candidate.load_history(job.db).holds
    hold = next((item for item in holds if item.id == wrong.hold), None)
    if hold is None:
        return Question(day, 0, f"names bad news h{wrong.hold}. {upper_first(_FORGOTTEN)}")
    if hold.released:
        return ""
    candidate.release(job.db, hold, job.now, "wrong-company")
    return f"wrong company (h{hold.id})"


def _change_topic(job: Job, old: Touchpoint, wanted: WantedTopic) -> str:
    """Write a message about another line of the notes; return that in a few words."""
    from pipeline.steps.other_topic import change_topic

    change_topic(job.db, job.workspace, old, wanted.place, job.now)
    return "about another topic"


def _report(day: date, done: Sequence[str]) -> tuple[str, ...]:
    if not done:
        return ()
    counted = ", ".join(f"{count} {what}" for what, count in Counter(done).items())
    return (
        f"Read from your page of {long_day(day)}: {counted}. "
        "`touchpoints undo` takes back the last of it.",
    )
