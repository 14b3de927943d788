"""Days and hours where people are: their time zone, the day there, an hour that was written.

Takes moments in UTC and names of zones; gives days and moments. Asks no clock: `now` is handed in.
A day as a user wrote it is read in `written_days`.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, tzinfo
from functools import cache
from zoneinfo import ZoneInfo

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip


def is_zone(name: str) -> bool:
    """Return whether there is a time zone of that name."""
    try:
        ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        return False
    return True


def local_zone() -> str:
    """Return this computer's time zone; UTC where it is not known."""
    from tzlocal import get_localzone_name

    try:
        name = get_localzone_name() or "UTC"
    except (LookupError, ValueError, OSError):
        name = "UTC"
    return name if is_zone(name) else "UTC"


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


def time_from(text: str) -> time | None:
    """Return the time of day that a user wrote: 06:00, 6:30, 22:15."""
    hours, colon, minutes = text.strip().partition(":")
    if not colon or len(hours) > 2 or len(minutes) != 2 or not (hours + minutes).isdecimal():
        return None
    try:
        return time(int(hours), int(minutes))
    except ValueError:
        return None
