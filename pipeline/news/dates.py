"""Dates of entries, in the forms that feeds really use.

Takes what a feed says; returns a time in UTC, or None when it cannot be read. A date without a zone
counts as UTC, a date without a time as midnight. ISO 8601 and RFC 822, which nearly all feeds
write, are read by the standard library, the rest by dateutil with the names of months below.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_tz
from functools import cache
from typing import TYPE_CHECKING, Literal

from pipeline.text.calendar import MONTHS, WEEKDAYS
from pipeline.text.month_names import month_of
from pipeline.text.patterns import compiled_later

if TYPE_CHECKING:
    from dateutil.parser import parser

# A date outside these bounds is a mistake of the feed: before the web had news, and scheduled
# posts or wrong clocks (1.2 % of 11,116 captured entries lie ahead of their feed).
EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)
AHEAD = timedelta(days=2)
LONGEST = 100  # characters looked at; no border test: far beyond real values
FARTHEST = timedelta(hours=14)  # from UTC: Kiribati

_NUMBERS = {name[:3].capitalize(): f"{number:02}" for number, name in enumerate(MONTHS, 1)}
# Offsets in hours of zones that the standard library does not know.
# no border test: facts, not our decisions
_ZONES = {
    "UT": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2, "EET": 2,
    "EEST": 3, "MSK": 3, "TRT": 3, "IST": 5.5, "PKT": 5, "ICT": 7, "SGT": 8, "HKT": 8, "AWST": 8,
    "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13, "BRT": -3, "ART": -3,
    "ET": -5, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8,
    "PDT": -7, "CT": -6, "MT": -7, "PT": -8, "AKST": -9, "AKDT": -8, "HST": -10, "AST": -4,
    "ADT": -3, "NST": -3.5, "NDT": -2.5, "ACST": 9.5, "ACDT": 10.5, "WIB": 7, "WITA": 8, "WIT": 9,
    "SAST": 2, "CAT": 2, "EAT": 3, "WAT": 1, "GST": 4, "IDT": 3, "NOVT": 7,
}  # fmt: skip
_OFFSETS = {name: timezone(timedelta(hours=hours)) for name, hours in _ZONES.items()}
_EPOCH = compiled_later(r"1\d{9}", re.ASCII)  # seconds since 1970, from 2001 to 2033
_RFC_822 = compiled_later(
    r"(?:\w{3}, ?)?\d{1,2} [A-Z][a-z]{2} \d{4} [\d:]{4,8} (?:[+-]\d{4}|GMT|UTC|UT|Z|[ECMP][SD]T)"
)
# What programs make of no date at all: PHP writes MySQL's 0000-00-00 as "30 Nov -0001".
_YEAR_NAUGHT = compiled_later(r"(?:^|[^\W\d_]{3},? )(?:-000[01]|0000)(?=[\s-]|$)")
_FROM_GMT = compiled_later(r"\b(?:GMT|UTC|UT) ?([+-])(\d{1,2})(?::?(\d\d))?\b")  # "GMT+9"
_WORD = compiled_later(r"[^\W\d_]{3,}")
_CLOCK = compiled_later(r"(오후|下午|午後|晚上)\s?(\d{1,2}\s?[시時点點:]\s?\d{2})")
_MARKS = ((compiled_later(r"\s?[년年월月]\s?"), "-"), (compiled_later(r"\s?[시時点點]\s?"), ":"))
_UNITS = compiled_later(
    r"[일日분分]|오전|上午|午前|凌晨|早上|\b(?:uhr|de|a)\b|\bd['’]|(?<=\d)(?:st|nd|rd|th)\b"
)
_HALF_DAY = compiled_later(r"\b([ap])\.\s?m\b\.?")  # "3:21 p. m."
_SLASHES = compiled_later(
    r"(?:([a-z]{3})[a-z]*,? )?\b(\d{1,2})/(\d{1,2})/(\d{2,4})\b", re.IGNORECASE
)


def read(text: str) -> datetime | None:
    """Return the time that a feed's date means, or None."""
    if (number := _NUMBERS.get(text[8:11])) and (usual := _usual(text, number)):
        return usual
    text = " ".join(text[:LONGEST].split())
    if "GMT" in text or "UT" in text:
        text = _FROM_GMT.sub(lambda x: f"{x[1]}{x[2]:0>2}{x[3] or '00'}", text)
    if not any(map(str.isdigit, text)) or _YEAR_NAUGHT.search(text.rpartition(":")[0] or text):
        return None
    try:
        return _in_utc(_iso_8601(text) or _rfc_822(text) or _loosely(text))
    except (ValueError, OverflowError):
        return None


def _usual(text: str, month: str) -> datetime | None:
    """Read "Tue, 24 Nov 2026 08:00:00 +0100", as nearly every feed writes it, in half the time."""
    zone = "+00:00" if text[26:] in ("GMT", "+0000") else text[26:]
    if len(zone) < 5 or zone[1:3] > "14":
        return None
    try:
        at = datetime.fromisoformat(f"{text[12:16]}-{month}-{text[5:7]}T{text[17:25]}{zone}")
        return _in_utc(at)
    except (ValueError, OverflowError):
        return None


def _iso_8601(text: str) -> datetime | None:
    if _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(text), UTC)
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _rfc_822(text: str) -> datetime | None:
    """Return the time in "Tue, 24 Nov 2026 08:00:00 +0100"; None without a zone that is known."""
    parts = parsedate_tz(text) if _RFC_822.fullmatch(text) else None
    if parts is None or parts[9] is None:
        return None
    offset = timedelta(seconds=parts[9])
    zone = timezone(offset if abs(offset) <= FARTHEST else timedelta(0))
    midnight = datetime(*parts[:3], tzinfo=zone)
    return midnight + timedelta(hours=parts[3], minutes=parts[4], seconds=parts[5])


def _loosely(text: str) -> datetime | None:
    """Return the time in any other form, where it says the year, the month and the day."""
    plain = _in_english(text)
    slashes = _SLASHES.search(plain)
    is_year_first = re.match(r"\d{4}\D", plain)
    options = _order_of(slashes) if slashes else {"dayfirst": not is_year_first}
    found = [
        _parser().parse(plain, fuzzy=True, default=default, tzinfos=_zone, **options)
        for default in (datetime(2004, 1, 1), datetime(2008, 2, 2))
    ]
    return found[0] if found[0] == found[1] else None


def _zone(name: str | None, seconds: int | None) -> timezone | None:
    if seconds is None:
        return _OFFSETS.get(name or "")
    offset = timedelta(seconds=seconds)
    return timezone(offset if abs(offset) <= FARTHEST else timedelta(0))


def _in_english(text: str) -> str:
    """Return a date with its month in English and its marks as dateutil knows them."""
    plain = unicodedata.normalize("NFKD", _CLOCK.sub(r"\2 PM", text).casefold())
    plain = "".join(x for x in plain if not unicodedata.combining(x))
    plain = unicodedata.normalize("NFC", plain)
    for mark, sign in _MARKS:
        plain = mark.sub(sign, plain)
    plain = _UNITS.sub(" ", _HALF_DAY.sub(r"\1m", plain))
    months = [word for word in _WORD.finditer(plain) if _month(word[0])]
    if not months:
        return plain.upper()
    meant = min(months, key=lambda word: not _is_beside_number(plain, word))
    parts: list[str] = []
    place = 0
    for word in months:  # the others are days of the week: "mar" is March and Tuesday
        parts += plain[place : word.start()], MONTHS[_month(word[0]) - 1] if word is meant else " "
        place = word.end()
    return "".join((*parts, plain[place:])).upper()


def _month(word: str) -> int:
    """Return the number of a month by its name; 0 for any other word."""
    return 0 if word.upper() in _OFFSETS else month_of(word)


def _is_beside_number(text: str, word: re.Match[str]) -> bool:
    before, after = text[: word.start()].rstrip(" .-/"), text[word.end() :].lstrip(" .-/")
    return before[-1:].isdigit() or after[:1].isdigit()


def _order_of(slashes: re.Match[str]) -> dict[str, bool]:
    """Return how three numbers are ordered: 18/01/30, 24/11/2026, 11/24/2026, Fri, 05/03/2019."""
    name, first, second, last = slashes.groups()
    if len(last) == 2 and int(first) > 12 and int(last) > 12:
        return {"yearfirst": True}
    if int(first) > 12 or int(second) > 12 or not name:
        return {"dayfirst": int(first) > 12}
    year = int(last) + (2000 if len(last) == 2 else 0)
    weekday = datetime(year, int(second), int(first)).weekday()
    return {"dayfirst": WEEKDAYS[weekday].startswith(name.casefold())}


@cache
def _parser() -> parser:
    from dateutil.parser import parser

    return parser()


def _in_utc(moment: datetime | None) -> datetime | None:
    if moment is None or moment.tzinfo is UTC:
        return moment
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


def settle(
    found: datetime | None, in_link: date | None, now: datetime
) -> tuple[datetime, Literal["feed", "link", "seen"]]:
    """Return an entry's time and where it comes from.

    What no feed can mean is replaced by the day that is in the entry's link, if it can be, else by
    `now`.
    """
    if found is not None and EARLIEST <= found <= now + AHEAD:
        return found, "feed"
    if in_link is not None:
        day = datetime(in_link.year, in_link.month, in_link.day, tzinfo=UTC)
        if EARLIEST <= day <= now:
            return day, "link"
    return now, "seen"
