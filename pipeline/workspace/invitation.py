"""An interview from its invitation: an .ics file as calendars and mail programs send it.

Takes the bytes of the file, the zone of the company and the user's own names; gives when, where and
with whom. The file came by mail, so nothing in it is trusted: it is limited, and all that it says
is a text that is read and shown like one that was typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from pipeline.records.record import dataclass
from pipeline.text.characters import one_line
from pipeline.text.names import key_of
from pipeline.workspace.mail_address import usable

LARGEST = 2_000_000  # bytes; with a company's logo in it some 100,000; no border test: far beyond
LONGEST = 300  # characters of a place; no border test: far beyond real values
MOST_GUESTS = 40  # of an all-hands meeting one cannot write to each; by judgement


@dataclass(frozen=True, slots=True)
class Invitation:
    """What an invitation says; where it cannot be used, what is wrong with it."""

    day: str = ""  # 2026-11-24 14:30, by the company's clock
    people: str = ""  # as one would write them
    place: str = ""
    wrong: str = ""


def invitation(content: bytes, zone: ZoneInfo, own: Iterable[str]) -> Invitation:
    """Return the first talk of an invitation, without the user, whose names or addresses are own"""
    from icalendar import Calendar

    if len(content) > LARGEST:
        return Invitation(wrong="The file is too large for an invitation.")
    try:
        calendars = Calendar.from_ical(content, multiple=True)
        events = [one for each in calendars for one in each.walk("VEVENT") if one.get("DTSTART")]
        starts = [event.decoded("DTSTART") for event in events]
    except (ValueError, KeyError, IndexError, TypeError, AttributeError):
        return Invitation(wrong="This is no invitation that can be read (.ics).")
    if not events:
        return Invitation(wrong="There is no appointment in this file.")
    event, start = events[0], starts[0]
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return Invitation(wrong="This invitation takes the talk back: it is cancelled.")
    if not (day := _day(start, zone)):
        return Invitation(wrong="The day of this invitation cannot be read (DTSTART).")
    place = one_line(str(event.get("LOCATION", "")))[:LONGEST]
    guests = list(islice(_people(event, frozenset(map(_key, own))), MOST_GUESTS + 1))
    if len(guests) > MOST_GUESTS:
        return Invitation(
            wrong=f"It invites more than {MOST_GUESTS} people. Type the day, and who talked to you."
        )
    return Invitation(day, "; ".join(guests), place)


def _day(start: Any, zone: ZoneInfo) -> str:
    """Return when a talk begins by the clock of a zone; "" for a length, a list or nonsense."""
    try:
        if isinstance(start, datetime):
            there = start.astimezone(zone) if start.tzinfo else start
            return f"{there:%Y-%m-%d %H:%M}"
    except OverflowError:  # the first or the last day of all
        return ""
    return start.isoformat() if isinstance(start, date) else ""


def _people(event: Any, own: frozenset[str]) -> Iterator[str]:
    """Yield each guest once, with name and address; rooms and the user are left out."""
    seen = set(own)
    invited = event.get("ATTENDEE", [])
    for guest in (event.get("ORGANIZER"), *(invited if isinstance(invited, list) else [invited])):
        if guest is None:
            continue
        said = getattr(guest, "params", {})
        if str(said.get("CUTYPE", "")).upper() in ("ROOM", "RESOURCE", "GROUP"):
            continue
        address = usable(str(guest))
        name = one_line(str(said.get("CN", ""))).replace(";", ",").strip("\"' ")
        name = "" if "@" in name else name
        keys = {_key(text) for text in (name, address) if text}
        if not keys or keys & seen:
            continue
        seen |= keys
        yield f"{name} <{address}>" if name and address else name or address


def _key(text: str) -> str:
    return text.casefold() if "@" in text else key_of(text)
