"""What the user did with a suggestion, written down: a move of its lifecycle, and the contact made.

Takes the database and the suggestion as it is. Ticks on a page (`answers.py`) and
commands come here. What has its time is put off no later than that (`in_time`).
"""

from __future__ import annotations

import sqlite3
from datetime import datetime

from pipeline.errors import TooLate
from pipeline.records import Contact, Person, Reply, State, Touchpoint, Workspace
from pipeline.records.record import dataclass
from pipeline.store import candidate
from pipeline.text.calendar import start_of, zone_of
from pipeline.text.phrasing import long_day, shorten
from pipeline.touchpoints import lifecycle, pace

# no border test: a measure of drawing
LONGEST_NAME = 80  # characters by which a message is called among the contacts


@dataclass(frozen=True, slots=True)
class UserMove:
    """What the user did with a suggestion."""

    status: State
    because: str = ""  # of a dismissal
    until: datetime | None = None  # put off
    reply: Reply | None = None  # of an answer: what they said
    remark: str = ""  # of an answer: the user's own words for it, where they are not understood


def record(db: sqlite3.Connection, old: Touchpoint, did: UserMove, now: datetime) -> int:
    """Write down a move of the user's, and the contact that it is; return the move's number.

    Raises MoveNotAllowed.
    """
    lifecycle.check_move(old, did.status)
    contact = _contact_of(old, did, now)
    new = lifecycle.moved(old, did.status, now, because=did.because, until=did.until)
    return candidate.move(db, old, new, by="user", contact=contact)


def record_answer(db: sqlite3.Connection, old: Touchpoint, did: UserMove, now: datetime) -> int:
    """Write down that they answered; or, where that is known, what they said in it.

    Returns the move's number; raises MoveNotAllowed.
    """
    said = did.reply and _contact_of(old, did, now)
    if said and is_answer_open(db, old):
        return candidate.log(db, said, now)
    return record(db, old, did, now)


def is_answer_open(db: sqlite3.Connection, item: Touchpoint) -> bool:
    """Return whether they answered a message, and what they said was not told yet."""
    return item.status == "answered" and not any(
        contact.touchpoint == item.id and contact.reply
        for contact in candidate.load_history(db).contacts
    )


def in_time(
    workspace: Workspace,
    item: Touchpoint,
    wanted: datetime,
    now: datetime,
    holidays: pace.Holidays = pace.public_holidays,
) -> datetime:
    """Return the moment that is wanted, but for a thank-you no later than it is of use.

    Raises TooLate when that is today.
    """
    last = _last_day_of_use(workspace, item, holidays)
    if last is None or wanted <= last:
        return wanted
    if last <= now:
        raise TooLate(
            f"A thank-you is of no use after {long_day(last.date())}, so it cannot wait: send it "
            f"now, or say that it is not for you. Nothing was recorded."
        )
    return last


def _last_day_of_use(
    workspace: Workspace, item: Touchpoint, holidays: pace.Holidays
) -> datetime | None:
    """Return the morning of the last day on which a thank-you may go; None: it has no end."""
    what, settings = item.suggestion, workspace.config.settings
    talks = [talk for talk in workspace.interviews if talk.file == what.interview]
    company = next((c for c in workspace.config.companies if c.slug == what.company), None)
    if what.kind != "thank_you" or not talks or company is None:
        return None
    person = next((p for p in talks[0].people if p.name == what.person), Person(""))
    zone = zone_of(person.timezone, company.timezone, settings.timezone)
    country = pace.whose_holidays(settings.pace, company, person, settings.timezone)
    is_free = pace.free_days(settings.pace, country, holidays)
    ends = pace.thank_you_ends(talks[0].interviewed, settings.pace, zone, is_free)
    has_no_thanks = pace.free_of_thanks(settings.pace, country, holidays)
    day = pace.last_day_of_thanks(talks[0].interviewed, ends, zone, has_no_thanks)
    return start_of(day, zone_of(settings.timezone))  # on what is put off, the user's day begins


def _contact_of(old: Touchpoint, did: UserMove, now: datetime) -> Contact | None:
    status = did.status
    if status not in ("sent", "answered"):
        return None
    what, name = old.suggestion, shorten(old.draft.name, LONGEST_NAME)
    remark = f": “{did.remark}”" if did.remark else ""
    return Contact(
        what.company,
        what.person,
        now,
        f"answer to {name!r}{remark}" if status == "answered" else name,
        answer=status == "answered",
        touchpoint=old.id,
        reply=did.reply,
    )
