"""Dates as feeds write them. Takes text; gives a moment in UTC, or None when it cannot be read.

feedparser reads most; this reads the forms that it does not, met in the captured feeds: zones by
offset from GMT, day-first numbers, am and pm, and month names of some languages.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

OLDEST = datetime(1995, 1, 1, tzinfo=UTC)  # before it there were no feeds: a date is a mistake
MOST_AHEAD = timedelta(days=2)  # further in the future than any time zone explains

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar janvier enero janeiro gennaio янв января januari 1월",
            "feb february februar février fevrier fev févr febrero fevereiro febbraio фев февраля",
            "mar march märz mrz mars marzo março мар марта maart",
            "apr april avril avr abril abr aprile апр апреля",
            "may mai mayo maio maggio май мая mei",
            "jun june juni juin junio junho giugno июн июня",
            "jul july juli juillet juil julio julho luglio июл июля",
            "aug august août aout agosto ago авг августа augustus",
            "sep sept september septembre septiembre setembro set settembre сен сентября",
            "oct october oktober okt octobre octubre outubro out ottobre окт октября",
            "nov november novembre noviembre novembro ноя ноября",
            "dec december dezember dez décembre decembre déc diciembre dic dezembro декабря дек",
        ),
        start=1,
    )
    for name in names.split()
}
_ZONES = {"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7}
_ZONES |= {"CET": 1, "CEST": 2, "MEZ": 1, "MESZ": 2, "BST": 1, "MSK": 3, "JST": 9, "KST": 9}

_TIME = re.compile(r"(\d{1,2})[:.h](\d{2})(?:[:.](\d{2}))?\s*([ap])?\.?m?\.?", re.IGNORECASE)
_OFFSET = re.compile(r"(?:GMT|UTC)?\s*([+-])(\d{1,2}):?(\d{2})?\s*$")
_YEAR_FIRST = re.compile(r"\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\b")
_KOREAN = re.compile(r"(\d{4})\s*[년年]\s*(\d{1,2})\s*[월月]\s*(\d{1,2})\s*[일日]")
_DAY_FIRST = re.compile(r"\b(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})\b")
_DAY_NAME_YEAR = re.compile(r"\b(\d{1,2})\.?\s+(?:de\s+)?([^\W\d]{3,})\.?,?\s+(?:de\s+)?(\d{4})")
_NAME_DAY_YEAR = re.compile(r"\b([^\W\d]{3,})\.?\s+(\d{1,2}),?\s+(\d{4})")


def moment_of(text: str, now: datetime) -> datetime | None:
    """Return the moment that a feed wrote, or None when it is unreadable or cannot be true."""
    plain = " ".join(text.split())[:100]
    found = _iso(plain) or _mail(plain) or _loose(plain)
    return found if found and is_plausible(found, now) else None


def is_plausible(moment: datetime, now: datetime) -> bool:
    """Tell whether a date can be that of a published article."""
    return OLDEST <= moment <= now + MOST_AHEAD


def _iso(text: str) -> datetime | None:
    try:
        return _in_utc(datetime.fromisoformat(text))
    except (ValueError, OverflowError):
        return None


def _mail(text: str) -> datetime | None:
    try:
        return _in_utc(parsedate_to_datetime(text))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _loose(text: str) -> datetime | None:
    day = _day(text)
    if day is None:
        return None
    year, month, number = day
    hour, minute, second = _clock(text)
    try:
        local = datetime(year, month, number, hour, minute, second, tzinfo=_zone(text))
        return local.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _day(text: str) -> tuple[int, int, int] | None:
    for pattern in (_YEAR_FIRST, _KOREAN):
        if found := pattern.search(text):
            year, month, day = map(int, found.groups())
            return year, month, day
    for pattern, order in ((_DAY_NAME_YEAR, (2, 1, 0)), (_NAME_DAY_YEAR, (2, 0, 1))):
        if found := pattern.search(text):
            parts = found.groups()
            month = _MONTHS.get(parts[order[1]].casefold(), 0)
            return (int(parts[order[0]]), month, int(parts[order[2]])) if month else None
    if found := _DAY_FIRST.search(text):
        return _day_first(*map(int, found.groups()))
    return None


def _day_first(first: int, second: int, year: int) -> tuple[int, int, int] | None:
    """Read 05/03/2019 as the fifth of March, unless only the American order is a date.

    18/01/30 is the year first: a two-digit year stands last only where the first cannot be one.
    """
    if year < 100:
        return (2000 + first, second, year) if first > 12 and second <= 12 else None
    return (year, second, first) if second <= 12 else (year, first, second)


def _clock(text: str) -> tuple[int, int, int]:
    found = _TIME.search(re.sub(r"\d{1,4}[./]\d{1,2}[./]\d{2,4}", " ", text))
    if not found:
        return 0, 0, 0
    hour, half = int(found.group(1)), (found.group(4) or "").casefold()
    if half == "p" and hour < 12:
        hour += 12
    elif half == "a" and hour == 12:
        hour = 0
    return hour, int(found.group(2)), int(found.group(3) or 0)


def _zone(text: str) -> timezone:
    if found := _OFFSET.search(text):
        sign = 1 if found.group(1) == "+" else -1
        offset = timedelta(hours=int(found.group(2)), minutes=int(found.group(3) or 0))
        return timezone(sign * offset) if offset < timedelta(hours=24) else UTC
    return timezone(timedelta(hours=_ZONES.get(text.rpartition(" ")[2].upper(), 0)))


def _in_utc(moment: datetime) -> datetime:
    """Return the moment in UTC; one without a zone is taken for UTC."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
