"""Days and hours where people are: their time zone, the day there, what a user wrote for one.

Takes moments in UTC and names of zones; gives days and moments. Asks no clock: `now` is handed in.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache
from zoneinfo import ZoneInfo

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip


def zone_of(*names: str) -> ZoneInfo:
    """Return the time zone of the first name that is not empty, else UTC.

    The nearest to the recipient comes first: the person's, the company's, the user's own.
    """
    return ZoneInfo(next(filter(None, names), "UTC"))


@cache
def country_of(zone: str) -> str:
    """Return the country of a time zone, as tzdata's zone.tab has it: "Europe/Paris" -> "FR"."""
    from importlib import resources

    folder = resources.files("tzdata") / "zoneinfo"
    table = (folder / "zone.tab").read_text("utf-8").splitlines()
    countries = {row[2]: row[0] for line in table if len(row := line.split("\t")) > 2}
    if zone not in countries:  # an older name: "L America/New_York US/Eastern"
        links = (line.split() for line in (folder / "tzdata.zi").read_text("utf-8").splitlines())
        zone = next((link[1] for link in links if link[0] == "L" and link[2] == zone), zone)
    return countries.get(zone, "")


def day_in(zone: tzinfo, at: datetime) -> date:
    """Return which day it is there at a moment."""
    return at.astimezone(zone).date()


def start_of(day: date, zone: ZoneInfo) -> datetime:
    """Return the moment, in UTC, when a day begins there."""
    return datetime.combine(day, time.min, zone).astimezone(UTC)


def day_from(text: str, today: date) -> date | None:
    """Return the day that a user wrote: 2026-12-01, today, tomorrow, yesterday, friday, 7d."""
    word = " ".join(text.casefold().strip(" .,;").split()).removeprefix("next ")
    named = {"today": 0, "tomorrow": 1, "yesterday": -1, "week": 7}
    if word in named:
        return today + timedelta(days=named[word])
    if word.endswith("d") and word[:-1].isdecimal() and len(word) <= 5:
        return today + timedelta(days=int(word[:-1]))
    days = [day for day in WEEKDAYS if len(word) >= 3 and day.startswith(word)]
    if days:
        return today + timedelta(days=(WEEKDAYS.index(days[0]) - today.weekday() - 1) % 7 + 1)
    try:
        return date.fromisoformat(word)
    except ValueError:
        return None


def past_day_from(text: str, today: date) -> date | None:
    """Return the day that a user wrote of what has been: "thursday" is the last one."""
    word = " ".join(text.casefold().strip(" .,;").split())
    found = day_from(word.removeprefix("last ").removeprefix("on "), today)
    is_weekday = any(len(w) >= 3 and d.startswith(w) for w in word.split()[-1:] for d in WEEKDAYS)
    return found - timedelta(days=7) if found and is_weekday else found


def time_from(text: str) -> time | None:
    """Return the time of day that a user wrote: 06:00, 6:30, 22:15."""
    hours, colon, minutes = text.strip().partition(":")
    if not colon or len(hours) > 2 or len(minutes) != 2 or not (hours + minutes).isdecimal():
        return None
    try:
        return time(int(hours), int(minutes))
    except ValueError:
        return None
