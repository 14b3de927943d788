"""The calendar: what to send when, interviews, and the days on which an answer is expected.

    appointments    what should be in the calendar now, from the user's files, queue and plan
    revise          what changed since it was last written, and what has to go
    calendar        the text of an .ics file (RFC 5545)

Pure functions; the revisions are kept by the caller. A calendar program that reads the file again
must update what it knows, not double it: each appointment has a UID made from its stable key, and a
SEQUENCE that grows when it changes. What is no longer wanted stays for some weeks as cancelled, or
it would stay in an imported calendar for ever.

Times are in UTC, so that each program shows them in its user's own time and no VTIMEZONE is needed.
Nothing here recurs, so summer time cannot move anything: the moment is fixed when the plan is made,
with the rules of the place that it is made for. Days have no zone at all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pipeline.digest.safe_text import lines, one_line, passage, web_address
from pipeline.records import Appointment, Config, Interview, Revision, Touchpoint, Upcoming
from pipeline.text.calendar import day_in, zone_of
from pipeline.text.guard_words import upcoming_text
from pipeline.text.phrasing import TITLES, upper_first
from pipeline.text.reasons import reason_text

if TYPE_CHECKING:
    from icalendar import Event

CANCELLED_DAYS = 42  # who has not imported the file for six weeks removes by hand what is left
SUGGESTION_MINUTES = 15  # to read a draft over, fill its gap and send it
INTERVIEW_MINUTES = 60  # the notes name no end
CALENDAR_NAME = "Touchpoints"

_PRODUCT = "-//touchpoints//touchpoints//EN"
_UID_DOMAIN = "touchpoints.invalid"  # RFC 2606: nobody's, so no other program's UID ends in it
# Google Calendar and some others read a description as HTML.
_NO_TAGS = str.maketrans("<>", "‹›")


# ----------------------------------------------------------------------------- what is in it


def appointments(
    config: Config,
    interviews: Iterable[Interview],
    touchpoints: Iterable[Touchpoint],
    upcoming: Iterable[Upcoming],
) -> tuple[Appointment, ...]:
    """Return what should be in the calendar, each UID once, in the order of time."""
    zone = zone_of(config.settings.timezone)
    names = {company.slug: company.name for company in config.companies}
    found = (
        *_of_plan(upcoming, names),
        *(item for interview in interviews for item in _of_interview(interview, names, zone)),
        *(_of_queue(item, names, zone) for item in touchpoints if item.is_open),
    )
    return tuple(sorted({item.uid: item for item in found}.values(), key=_by_time))


def _of_queue(touchpoint: Touchpoint, names: Mapping[str, str], zone: ZoneInfo) -> Appointment:
    what = touchpoint.suggestion
    company = names.get(what.company, what.company)
    who = f"{what.person}, {company}" if what.person else company
    recipient = f"To: {one_line(touchpoint.draft.to)}" if touchpoint.draft.to else ""
    subject = f"Subject: {one_line(touchpoint.draft.subject)}" if touchpoint.draft.subject else ""
    head = [line for line in (recipient, subject) if line]
    is_mail = touchpoint.draft.channel == "email"
    until = touchpoint.until if touchpoint.status == "snoozed" else None
    return Appointment(
        uid=_uid(what.key),
        title=_title(TITLES[what.kind].format(who=who)),
        text=_text(
            passage(upper_first(reason_text(what.reason, day_in(zone, until or what.due)))),
            _story(what.reference.title, what.reference.link),
            "\n".join(head),
            touchpoint.draft.body,
            f"To {'open it in the mail program' if is_mail else 'see it'}: "
            f"touchpoints draft {touchpoint.id}{' --open' if is_mail else ''}\n"
            f"When it is sent: touchpoints sent {touchpoint.id}",
        ),
        at=None if until else what.due,
        day=day_in(zone, until) if until else None,
        minutes=0 if until else SUGGESTION_MINUTES,
    )


def _of_interview(
    interview: Interview, names: Mapping[str, str], zone: ZoneInfo
) -> Iterator[Appointment]:
    company = names.get(interview.company, interview.company)
    role = f" ({interview.role})" if interview.role else ""
    people = [f"{p.name}, {p.title}" if p.title else p.name for p in interview.people]
    about = _text("\n".join(one_line(name) for name in people), f"Your notes: {interview.file}")
    by_day = interview.day_only
    yield Appointment(
        uid=_uid(f"interview:{interview.file}"),
        title=_title(f"Interview: {company}{role}"),
        text=about,
        at=None if by_day else interview.interviewed,
        day=day_in(zone, interview.interviewed) if by_day else None,
        minutes=0 if by_day else INTERVIEW_MINUTES,
        busy=not by_day,
    )
    if interview.decision_expected and interview.status == "waiting":
        yield Appointment(
            uid=_uid(f"expected:{interview.file}"),
            title=_title(f"Decision expected: {company}{role}"),
            text=about,
            day=interview.decision_expected,
        )


def _of_plan(upcoming: Iterable[Upcoming], names: Mapping[str, str]) -> Iterator[Appointment]:
    """Yield what falls due later; interviews and expected decisions come from the notes."""
    for item in upcoming:
        if item.kind not in ("interview", "decision_day"):
            company = names.get(item.company, item.company)
            title = _title(f"{company}: {upcoming_text(item, company)}")
            yield Appointment(uid=_uid(item.key), title=title, day=item.day)


def _uid(key: str) -> str:
    digest = hashlib.sha256(key.encode("utf-8", "backslashreplace")).hexdigest()
    return f"{digest[:32]}@{_UID_DOMAIN}"


def _title(text: str) -> str:
    return one_line(text).translate(_NO_TAGS)


def _text(*paragraphs: str) -> str:
    return "\n".join(lines("\n\n".join(filter(None, paragraphs)))).translate(_NO_TAGS)


def _story(title: str, link: str) -> str:
    return "\n".join(part for part in (one_line(title), web_address(link)) if part)


def _by_time(item: Appointment) -> tuple[str, str]:
    return (item.at or item.day or date.max).isoformat(), item.uid


# --------------------------------------------------------------------------------- what changed


def revise(
    before: Sequence[Revision], wanted: Iterable[Appointment], now: datetime
) -> tuple[Revision, ...]:
    """Return the calendar's new state; equal to `before` when nothing has changed."""
    known = {item.appointment.uid: item for item in before}
    standing = [_revised(known.pop(item.uid, None), item, now) for item in wanted]
    oldest = now - timedelta(days=CANCELLED_DAYS)
    gone = [
        item if item.cancelled else Revision(item.appointment, item.number + 1, now, cancelled=True)
        for item in known.values()
    ]
    kept = (item for item in gone if item.since > oldest)
    return (*standing, *sorted(kept, key=lambda item: _by_time(item.appointment)))


def _revised(before: Revision | None, item: Appointment, now: datetime) -> Revision:
    if before is None:
        return Revision(item, 0, now)
    if before == replace(before, appointment=item, cancelled=False):
        return before
    return Revision(item, before.number + 1, now)


# ------------------------------------------------------------------------------------- the file


def calendar(revisions: Iterable[Revision]) -> str:
    """Return the text of the .ics file, with CRLF line ends."""
    from icalendar import Calendar

    whole = Calendar()
    whole.add("version", "2.0")
    whole.add("prodid", _PRODUCT)
    # The names by which programs know what only RFC 7986 gave one: title, and how often to look.
    whole.add("x-wr-calname", CALENDAR_NAME)
    whole.add("x-published-ttl", "P1D")
    for revision in revisions:
        whole.add_component(_event(revision))
    return bytes(whole.to_ical()).decode("utf-8")


def _event(revision: Revision) -> Event:
    from icalendar import Event

    item = revision.appointment
    event = Event()
    event.add("uid", item.uid)
    event.add("sequence", revision.number)
    event.add("dtstamp", revision.since)
    event.add("last-modified", revision.since)
    event.add("summary", f"No longer: {item.title}" if revision.cancelled else item.title)
    event.add("status", "CANCELLED" if revision.cancelled else "CONFIRMED")
    event.add("transp", "OPAQUE" if item.busy and not revision.cancelled else "TRANSPARENT")
    start = item.day or (item.at or revision.since).astimezone(UTC)
    event.add("dtstart", start)
    event.add("dtend", start + (timedelta(minutes=item.minutes) if item.at else timedelta(days=1)))
    if item.text and not revision.cancelled:
        event.add("description", item.text)
    return event
