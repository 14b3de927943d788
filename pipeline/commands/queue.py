"""The queue, and what the user did with it: a function for each question and each record.

    still_open, due, unanswered,           what is open, or waits for an answer
    number_of, hold_of, hold_now           which suggestion, which bad news is meant
    touchpoint, company_names
    this_moment                            the day's page, as it is now
    plan_now, holding                      what is held back now
    weeks_ahead                            what comes up if no news does
    happened                               what was recorded of a company
    farewells, draft_file                  a last note, after a rejection; a draft's file
    answer, ask_for, change, log_contact,  what the user did
    check_answer, answered, release, undo

Takes the workspace's folder and, where time matters, the clock.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TypeVar, get_args

from pipeline.digest import compose
from pipeline.errors import ChangedMeanwhile, NotFound
from pipeline.records import (
    CompanyRow,
    Contact,
    Digest,
    DigestItem,
    Draft,
    Held,
    History,
    Hold,
    Interview,
    Move,
    OtherTopic,
    Person,
    Plan,
    Reply,
    State,
    Touchpoint,
    Upcoming,
    Workspace,
)
from pipeline.records.record import dataclass
from pipeline.steps import handover
from pipeline.steps.moves import UserMove, is_answer_open, record, record_answer
from pipeline.steps.moves import in_time as useful_until
from pipeline.steps.opening import read_workspace
from pipeline.steps.own_work import own_work
from pipeline.steps.pages import read_digest
from pipeline.steps.planning import known_holidays
from pipeline.steps.scoring import matches_of_today
from pipeline.store import candidate, files
from pipeline.store.database import atomic, opened
from pipeline.store.lock import locked
from pipeline.text.calendar import day_in, start_of, zone_of
from pipeline.text.deadlines import day_from
from pipeline.text.guard_words import against_text, moved_text
from pipeline.text.names import key_of, plain_letters
from pipeline.text.phrasing import KIND_WORDS, MOST_NAMED, STATE_WORDS, long_day
from pipeline.text.spelling import did_you_mean
from pipeline.touchpoints import drafts, guards, lifecycle
from pipeline.touchpoints import plan as planner
from pipeline.touchpoints.cases import cases_of
from pipeline.touchpoints.forecast import forecast
from pipeline.touchpoints.other_topics import topics_beside
from pipeline.touchpoints.outcomes import past_of
from pipeline.touchpoints.replies import as_answered, beside_notes
from pipeline.workspace.lookup import (
    companies_called,
    company_of,
    interview_of,
    named_in,
    own_zone,
)

Item = TypeVar("Item", Held, Upcoming)
OPEN: frozenset[State] = frozenset(("suggested", "snoozed"))
SENT: frozenset[State] = frozenset(("sent",))
PAST: frozenset[State] = frozenset(get_args(State)) - OPEN
UNANSWERED_DAYS = 60  # for how long a message without an answer is listed


# ------------------------------------------------------------------------------------ what is open


def still_open(root: Path) -> tuple[Touchpoint, ...]:
    """Return what is suggested or put off, by due date."""
    found = [item for item in _history(root).touchpoints if item.is_open]
    return tuple(sorted(found, key=lambda item: (item.until or item.suggestion.due, item.id)))


def company_names(root: Path) -> dict[str, str]:
    """Return each company's name by its slug."""
    return {company.slug: company.name for company in read_workspace(root).config.companies}


def due(root: Path, now: datetime) -> tuple[Touchpoint, ...]:
    """Return what is suggested, or put off until now, by due date."""
    return tuple(
        item
        for item in still_open(root)
        if item.status == "suggested" or (item.until is not None and item.until <= now)
    )


def unanswered(root: Path, now: datetime) -> tuple[Touchpoint, ...]:
    """Return what was sent in the last weeks and not answered yet, newest first."""
    since = now - timedelta(days=UNANSWERED_DAYS)
    sent = (item for item in _history(root).touchpoints if item.status == "sent")
    found = [item for item in sent if item.changed >= since]
    return tuple(sorted(found, key=lambda item: (item.changed, item.id), reverse=True))


def touchpoint(root: Path, number: int) -> Touchpoint:
    """Return one touchpoint; raise NotFound when no message has that number."""
    with opened(root) as db:
        return _touchpoint(db, number)


def suggestions_called(
    root: Path, written: str, among: Set[State] = OPEN
) -> tuple[Touchpoint, ...]:
    """Return those in one of these states that a text means: a person, a company, a title."""
    known = [item for item in _history(root).touchpoints if item.status in among]
    slugs = _slugs(root, written)
    return tuple(
        [t for t in known if named_in(written, [Person(t.suggestion.person)])]
        or [t for t in known if t.suggestion.company in slugs]
        or [t for t in known if _has_words(written, _titles(t))]
    )


def _slugs(root: Path, written: str) -> set[str]:
    """Return the companies that a text means."""
    companies = read_workspace(root).config.companies
    return {company.slug for company in companies_called(written, companies)}


def _has_words(written: str, title: str) -> bool:
    words = set(plain_letters(written).split())
    return bool(words) and words <= set(plain_letters(title).split())


def number_of(root: Path, written: str, among: Set[State] = OPEN) -> int:
    """Return the number of the suggestion that is meant: by number, or as `suggestions_called`.

    Of several that were sent to one person the latest. Raises NotFound for none, or several.
    """
    if written.isdecimal():
        return int(written)
    found = suggestions_called(root, written, among)
    whom = {(item.suggestion.company, item.suggestion.person) for item in found}
    if len(found) == 1 or (among == SENT and len(whom) == 1):  # they answer what came last
        return max(found, key=lambda item: (item.changed, item.id)).id
    if found:
        raise NotFound(f"Which {written!r}? Give the number:{_listed(found)}")
    says = f"Nothing is suggested for {written!r}. `touchpoints queue` lists what is."
    if among == SENT:
        says = (
            f"Nothing is on record as sent to {written!r}, so there is no answer to it."
            f"{_by_itself(root, written)}"
        )
    others = suggestions_called(root, written, frozenset(get_args(State)) - among)
    if not others:
        says += _person_meant(root, written)
    newest = sorted(others, key=lambda item: item.changed)[-MOST_NAMED:]
    raise NotFound(f"{says} There is:{_listed(newest)}" if newest else says)


def _person_meant(root: Path, written: str) -> str:
    """Return a question with the name in the notes that is nearest to what was written, or ""."""
    people = [p.name for talk in read_workspace(root).interviews for p in talk.people if p.name]
    parts = [part for name in people for part in (name, *name.split())]
    near = did_you_mean(written, parts, "", cutoff=0.7, form="“{}”")
    return f" {near}" if near else ""


def _by_itself(root: Path, written: str) -> str:
    """Return how to record what somebody wrote who was sent nothing; "" for nobody we know."""
    try:
        company = company_of(read_workspace(root), written).slug
    except NotFound:
        return ""
    try:
        person = interviewer(root, written, "")
    except NotFound:  # several there have that name
        person = "NAME"
    whom = f' --person "{person}"' if person else ""
    return (
        f" If they wrote by themselves, or after a message of your own: "
        f'`touchpoints log {company} "they wrote" --answer{whom}`.'
    )


def _listed(found: Iterable[Touchpoint]) -> str:
    return "".join(
        f"\n  {t.id}  {KIND_WORDS[what.kind]} for {what.person or what.company}"
        f" ({STATE_WORDS[t.status]})"
        for t in found
        for what in [t.suggestion]
    )


def _titles(item: Touchpoint) -> str:
    return f"{item.suggestion.reference.title} {item.draft.name}"


def hold_of(root: Path, written: str) -> int:
    """Return the number of the one hold that is meant: h1, or a company, person or title of it."""
    digits = written.removeprefix("h").removeprefix("H")
    if digits.isdecimal():
        return int(digits)
    slugs = _slugs(root, written)
    known = [hold for hold in _history(root).holds if hold.released is None]
    found = [h for h in known if h.company in slugs or _has_words(written, h.title)]
    if len(found) == 1:
        return found[0].id
    listed = "".join(f"\n  h{hold.id}  {hold.title}" for hold in found)
    raise NotFound(
        f"Which {written!r}?{listed}"
        if found
        else f"Nothing is held for {written!r}. `touchpoints queue --held` lists it."
    )


@dataclass(frozen=True, slots=True)
class HoldNow:
    """Bad news under a number, and what it holds back at this moment."""

    hold: Hold
    held: Held | None  # what the plan says of it; None: it holds nothing back
    messages: tuple[Held, ...] = ()  # that would be suggested otherwise, or later
    company: str = ""  # its name


def hold_now(root: Path, number: int, now: datetime) -> HoldNow:
    """Return what a hold's number means at this moment; raise NotFound for an unknown one."""
    plan, holds = plan_now(root, now)
    hold = next((item for item in holds if item.id == number), None)
    if hold is None:
        raise NotFound(f"There is no bad news h{number}. `touchpoints queue --held` lists it all.")
    held = next((h for h in plan.held if h.is_bad_news and h.key == hold.key), None)
    messages = tuple(
        item
        for item in plan.held
        if held and item.kind and item.company == hold.company and item.guard is held.guard
        if item.person == hold.person or not hold.person
    )
    name = read_workspace(root).config.name_of(hold.company)
    return HoldNow(hold, held, messages, name)


@dataclass(frozen=True, slots=True)
class Morning:
    """What is to be answered at this moment, as the page shows it, and the rest of the page."""

    digest: Digest
    due: tuple[Touchpoint, ...]  # in the order of the digest's entries


def this_moment(root: Path, now: datetime) -> Morning:
    """Return the newest page with the suggestions as they are now: answered ones are gone.

    Without a page yet, one that says so.
    """
    workspace = read_workspace(root)
    zone = own_zone(workspace)
    today = day_in(zone, now)
    try:
        last = read_digest(root, None)
    except NotFound as error:
        last = Digest(today, "", quiet=(str(error),))
    places = {entry.id: place for place, entry in enumerate(last.entries)}
    open_now = sorted(due(root, now), key=lambda item: places.get(item.id, len(places)))
    entries = compose.entries_now(
        workspace.config,
        open_now,
        {i.id: files.shown_path(i) for i in open_now if i.draft.channel == "email"},
        now,
        _topics_now(root, workspace, open_now, now),
    )
    still_holding = holding(root)
    old = f"The news were last read on {long_day(last.day)}; `touchpoints run` reads them now."
    return Morning(
        replace(
            last,
            day=today,
            headline=f"{long_day(today)}: everything is answered"
            if last.day == today and last.entries and not entries
            else compose.headline(today, [day_in(zone, item.suggestion.due) for item in open_now]),
            entries=entries,
            held=_still_held(last.held, still_holding),
            companies=tuple(_as_it_is(row, still_holding, open_now) for row in last.companies),
            taken=() if last.day == today else (old,),
            questions=last.questions if last.day == today else (),
        ),
        tuple(open_now),
    )


def _topics_now(
    root: Path, workspace: Workspace, open_now: Iterable[Touchpoint], now: datetime
) -> Mapping[int, tuple[OtherTopic, ...]]:
    """Return what each open thank-you could be about instead, by its number."""
    if all(item.suggestion.kind != "thank_you" for item in open_now):
        return {}
    with opened(root) as db:
        past = candidate.load_history(db)
        matches = matches_of_today(db, workspace, past, now)
        cases = cases_of(workspace, matches, past, now, known_holidays(db))
    return topics_beside([item for item in past.touchpoints if item.is_open], cases)


def _still_held(items: Iterable[DigestItem], holding: Set[int]) -> tuple[DigestItem, ...]:
    """Return the page's bad news without what was released since."""
    return tuple(
        replace(
            item,
            holds=tuple(number for number in item.holds if number in holding),
            hold=item.hold if item.hold in holding else 0,
        )
        for item in items
        if not item.holds or not holding.isdisjoint(item.holds)
    )


def _as_it_is(
    row: CompanyRow, still_holding: Set[int], open_now: Iterable[Touchpoint]
) -> CompanyRow:
    """Return a row of the page without what was answered or released since."""
    numbers = {item.id for item in open_now}
    return replace(
        row,
        steps=tuple(step for step in row.steps if not step.number or step.number in numbers),
        holds=tuple(number for number in row.holds if number in still_holding),
    )


def plan_now(root: Path, now: datetime) -> tuple[Plan, tuple[Hold, ...]]:
    """Return the plan of this moment, from the news of the last run, and the holds by number."""
    workspace = read_workspace(root)
    with opened(root) as db:
        past = candidate.load_history(db)
        return planner.suggest(
            workspace, matches_of_today(db, workspace, past, now), past, now
        ), past.holds


def held_from(root: Path, written: str, now: datetime) -> tuple[Held, ...]:
    """Return the messages that are held back from whom a text means: a person, a company."""
    return _for(root, written, [item for item in plan_now(root, now)[0].held if item.kind])


def ahead_for(root: Path, written: str, now: datetime) -> tuple[Upcoming, ...]:
    """Return what comes up in the next weeks for whom a text means, if no news comes."""
    return _for(root, written, weeks_ahead(root, now))


def _for(root: Path, written: str, items: Iterable[Item]) -> tuple[Item, ...]:
    slugs, found = _slugs(root, written), list(items)
    return tuple(
        [item for item in found if item.person and named_in(written, [Person(item.person)])]
        or [item for item in found if item.company in slugs]
    )


def weeks_ahead(root: Path, now: datetime) -> tuple[Upcoming, ...]:
    """Return what the planner would suggest in the next weeks if no news came."""
    workspace = read_workspace(root)
    with opened(root) as db:
        past = candidate.load_history(db)
        return forecast(workspace, matches_of_today(db, workspace, past, now), past, now)


def holding(root: Path) -> frozenset[int]:
    """Return the numbers of the bad news that was not released."""
    return frozenset(hold.id for hold in _history(root).holds if hold.released is None)


def happened(root: Path, company: str, now: datetime) -> tuple[Move, ...]:
    """Return what was recorded of a company, oldest first; raise NotFound for an unknown one."""
    workspace = read_workspace(root)
    known = company_of(workspace, company)
    slug, today = known.slug, day_in(zone_of(workspace.config.settings.timezone), now)
    with opened(root) as db:
        past, moves = candidate.load_history(db), candidate.moves(db)
    made = (
        Move(t.created, "program", "suggested", slug, t.suggestion.person, t.id, t.suggestion.kind)
        for t in past.touchpoints
        if t.suggestion.company == slug
        if not t.suggestion.is_asked_for  # the user's own move, below
    )
    now_of = {item.id: item for item in past.touchpoints}
    explained = (
        replace(move, about=moved_text(now_of[move.touchpoint], known.name, today))
        if move.by == "program" and move.what == now_of[move.touchpoint].status
        else replace(move, about=now_of[move.touchpoint].suggestion.kind)
        if move.what == "suggested" and not move.about
        else move
        for move in moves
    )
    found = [move for move in (*made, *explained) if move.company == slug]
    return tuple(sorted(found, key=lambda move: move.at))


def farewells(
    root: Path, company: str, now: datetime, *, are_thanks: bool = False
) -> tuple[Interview, tuple[Draft, ...]]:
    """Return a last note to each interviewer of a company, with the interview they belong to.

    Who asks for thanks while the decision is open means those for the talk.
    """
    workspace = as_answered(read_workspace(root), _history(root), now)
    interview = interview_of(workspace, company)
    owner = company_of(workspace, interview.company)
    settings = workspace.config.settings
    is_talk = are_thanks and interview.status == "waiting"
    work = own_work(workspace, now).get(interview.file) if is_talk else None
    written = []
    for person in interview.people or (Person(""),):
        zone = zone_of(person.timezone, owner.timezone, settings.timezone)
        to = drafts.Recipient(interview, owner, person, zone, day_in(zone, now))
        written.append(
            drafts.thanks(to, settings.drafts, workspace.templates, work)
            if is_talk
            else drafts.farewell(to, settings.drafts, workspace.templates)
        )
    return interview, tuple(written)


def draft_file(root: Path, number: int) -> Path:
    """Return the draft's file for the mail program, brought up to date where it is still ours."""
    with locked(root), opened(root) as db:
        return handover.draft_file(root, db, _touchpoint(db, number))


# ------------------------------------------------------------------------------- what the user did


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was recorded in one go: the suggestion before it, and the moves, for `undo`."""

    before: Touchpoint
    moves: tuple[int, ...]


def answer(
    root: Path,
    number: int,
    did: UserMove | None,
    now: datetime,
    *,
    draft: Draft | None = None,
    shown: Touchpoint | None = None,
) -> Recorded:
    """Record the user's wording, or what they did with a suggestion, or both in one go.

    Raises NotFound, MoveNotAllowed, or, given what the user was shown, ChangedMeanwhile when
    that is no longer so.
    """
    with locked(root), opened(root) as db, atomic(db):
        old = _touchpoint(db, number)
        if shown is not None and (shown.status, shown.draft) != (old.status, old.draft):
            raise ChangedMeanwhile(
                f"Number {number} has changed since it was shown. Nothing was recorded: look again."
            )
        moves: list[int] = []
        item = old
        if draft is not None:
            lifecycle.check_open(old)
            moves.append(candidate.edit(db, old, draft, now))
            item = replace(old, edited=draft)
        if did is not None:
            moves.append(record(db, item, did, now))
    return Recorded(old, tuple(moves))


def change(
    root: Path,
    number: int,
    status: State,
    now: datetime,
    *,
    because: str = "",
    until: datetime | None = None,
) -> Touchpoint:
    """Record what the user did with a suggestion; return it as it was before.

    Raises NotFound, or MoveNotAllowed when the lifecycle has no such move.
    """
    return answer(root, number, UserMove(status, because, until), now).before


@dataclass(frozen=True, slots=True)
class Wanted:
    """A message that the user asked for, and what to mind with it, a sentence each."""

    touchpoint: Touchpoint
    warnings: tuple[str, ...]
    is_new: bool  # False: it was suggested already


def ask_for(root: Path, story: str, person: str, now: datetime) -> Wanted:
    """Add a message to a person about the story of that address (or id) to the queue.

    Raises NotFound when there is no such story, or nobody, or several, of that name.
    """
    from pipeline.steps import any_story

    workspace = read_workspace(root)
    with locked(root), opened(root) as db, atomic(db):
        asked = any_story.ask_for(db, workspace, story, person, now)
    what = asked.touchpoint.suggestion
    company, today = company_of(workspace, what.company), day_in(own_zone(workspace), now)
    is_bad = asked.match.sensitive or asked.match.is_delicate
    bad = f"This is bad news for {company.name} or somebody there: no message is the better one."
    warnings = (
        *((bad,) if is_bad else ()),
        *against_text(what, company.name, today),
        *past_of(asked.earlier, company.name, own_zone(workspace), today),
    )
    return Wanted(asked.touchpoint, warnings, asked.is_new)


def in_time(root: Path, number: int, wanted: datetime, now: datetime) -> datetime:
    """Return until when a suggestion is best put off: a thank-you no later than it is of use.

    Raises TooLate when that is today.
    """
    return useful_until(read_workspace(root), touchpoint(root, number), wanted, now)


def question_after(root: Path, number: int, until: datetime, now: datetime) -> date | None:
    """Return the day of the question, where what is put off would come back in its quiet days.

    Nothing else goes out in these: the story would come up behind the question, if still fresh.
    """
    workspace, what = read_workspace(root), touchpoint(root, number).suggestion
    if what.kind not in ("tidbit", "contribution", "check_in"):
        return None
    with opened(root) as db:
        past = candidate.load_history(db)
        # Holidays that are not known yet are looked up, and kept, when a day is asked for.
        cases = cases_of(workspace, {}, past, now, known_holidays(db))
        days = (
            guards.question_after(case, case.day_of(until))
            for case in cases
            if (case.company.slug, case.person.name) == (what.company, what.person)
        )
        return next((day for day in days if day), None)


def morning_of(root: Path, text: str, now: datetime) -> datetime | None:
    """Return the beginning of a day to come that the user wrote, or None for anything else."""
    zone = own_zone(read_workspace(root))
    day = day_from(text, day_in(zone, now))
    if day is None:
        return None
    try:
        start = start_of(day, zone)
    except OverflowError:  # the last day of the year 9999, west of Greenwich
        return None
    return start if start > now else None


def interviewer(root: Path, company: str, name: str) -> str:
    """Return the full name, as the notes have it, of somebody named in part.

    Raises NotFound when the notes know several of that name. A name that they don't know is
    returned as it is: a colleague who was not at the interview.
    """
    workspace = read_workspace(root)
    slug = company_of(workspace, company).slug
    if not name and not companies_called(company, workspace.config.companies):
        name = company  # somebody's name stands for the company, too
    known = [p for item in workspace.interviews if item.company == slug for p in item.people]
    found = sorted({p.name for p in known if name.strip() and key_of(p.name) == key_of(name)})
    found = found or sorted({person.name for person in named_in(name, known)})
    if len(found) > 1:
        raise NotFound(f"Which {name}? Your notes on {slug} know {' and '.join(found)}.")
    return found[0] if found else name.strip()


def unknown_there(root: Path, company: str, name: str) -> tuple[str, ...]:
    """Return whom the notes on a company know, where they don't know that full name; else ()."""
    workspace = read_workspace(root)
    slug = company_of(workspace, company).slug
    known = [p.name for item in workspace.interviews if item.company == slug for p in item.people]
    is_known = not name or key_of(name) in map(key_of, known)
    return () if is_known else tuple(dict.fromkeys(known))


def write_about(root: Path, number: int, place: str, now: datetime) -> Recorded:
    """Write a message about that line of the notes instead; "data/notes/oracle.md, line 12".

    Raises NotFound where it lends no topic, and MoveNotAllowed for a message that is not open.
    """
    from pipeline.steps.other_topic import change_topic

    workspace = read_workspace(root)
    with locked(root), opened(root) as db, atomic(db):
        old = _touchpoint(db, number)
        return Recorded(old, (change_topic(db, workspace, old, place, now),))


def check_answer(root: Path, number: int) -> None:
    """Raise NotFound or MoveNotAllowed unless something can be told of an answer to a message."""
    with opened(root) as db:
        old = _touchpoint(db, number)
        if not is_answer_open(db, old):
            lifecycle.check_move(old, "answered")


def answered(
    root: Path, number: int, reply: Reply | None, at: datetime
) -> tuple[Touchpoint, tuple[int, ...]]:
    """Record an answer, and what it said; return the message as it was, and the moves.

    What was said may also be told of an answer that is on record without it.
    Raises NotFound, or MoveNotAllowed when no such message was sent.
    """
    if reply:
        company = touchpoint(root, number).suggestion.company
        reply = beside_notes(read_workspace(root), company, reply, at)
    with locked(root), opened(root) as db, atomic(db):
        old = _touchpoint(db, number)
        return old, (record_answer(db, old, UserMove("answered", reply=reply), at),)


def log_contact(root: Path, contact: Contact, now: datetime) -> None:
    """Record a contact that happened elsewhere; raise NotFound for an unknown company."""
    workspace = read_workspace(root)
    slug = company_of(workspace, contact.company).slug
    reply = contact.reply and beside_notes(workspace, slug, contact.reply, contact.at)
    contact = replace(contact, company=slug, reply=reply)
    with locked(root), opened(root) as db, atomic(db):
        candidate.log(db, contact, now)


def release(
    root: Path, numbers: Sequence[int], now: datetime, because: str = ""
) -> tuple[tuple[Hold, ...], tuple[int, ...]]:
    """End holds for bad news, all or none; return them, and the moves' numbers.

    Because of "wrong-company" they are also not taken for that company's news any more. Raises
    NotFound when none of such a number holds.
    """
    with locked(root), opened(root) as db, atomic(db):
        holds = {
            hold.id: hold for hold in candidate.load_history(db).holds if hold.released is None
        }
        if unknown := [number for number in numbers if number not in holds]:
            raise NotFound(
                f"Nothing is held under h{unknown[0]}. `touchpoints queue --held` lists it."
            )
        moves = tuple(candidate.release(db, holds[number], now, because) for number in numbers)
    return tuple(holds[number] for number in numbers), moves


def undo(root: Path, moves: Sequence[int] = ()) -> Move | None:
    """Take back the last thing the user recorded; return what it was, or None.

    With the numbers of moves: just those; raises ChangedMeanwhile when they are not the last.
    """
    with locked(root), opened(root) as db, atomic(db):
        if not moves:
            return candidate.undo(db)
        undone = [candidate.undo(db, number) for number in sorted(moves, reverse=True)]
        if not all(undone):
            raise ChangedMeanwhile(
                "Something else was recorded since, or it was taken back already. Nothing was "
                "changed; `touchpoints undo` takes back the last thing, whatever it was."
            )
        return undone[-1]


def _history(root: Path) -> History:
    with opened(root) as db:
        return candidate.load_history(db)


def _touchpoint(db: sqlite3.Connection, number: int) -> Touchpoint:
    found = candidate.touchpoint(db, number)
    if found is None:
        raise NotFound(f"There is no suggestion {number}. `touchpoints queue` lists them.")
    return found
