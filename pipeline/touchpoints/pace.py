"""When a message may fall due: working days, public holidays, hours, and gaps that grow.

Takes the settings, a time zone and moments; gives moments in UTC. Knows nothing of news.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from pipeline.records import PaceSettings

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

# Hours at the recipient's place in which a message falls due. Office hours; a mail that comes at
# night says more about its sender than its text does.
DAY_BEGINS = time(9, 0)
DAY_ENDS = time(18, 0)

STRETCH_AT = 2  # unanswered messages from which the gap is doubled (PingCRM halves the weight)
STRETCH = 2

Free = Callable[[date], bool]


def free_days(settings: PaceSettings) -> Free:
    """Return a function that tells the days on which nothing falls due."""
    quiet = frozenset(settings.quiet)

    def is_free(day: date) -> bool:
        if WEEKDAYS[day.weekday()] in quiet:
            return True
        return bool(settings.holidays) and day in _holidays(settings.holidays, day.year)

    return is_free


def next_open(at: datetime, zone: ZoneInfo, is_free: Free) -> datetime:
    """Return the first moment from `at` on that lies in working hours of a working day."""
    local = at.astimezone(zone)
    if local.time() > DAY_ENDS:
        local = datetime.combine(local.date() + timedelta(days=1), DAY_BEGINS, zone)
    elif local.time() < DAY_BEGINS:
        local = datetime.combine(local.date(), DAY_BEGINS, zone)
    day = next_working_day(local.date(), is_free)
    if day != local.date():
        local = datetime.combine(day, DAY_BEGINS, zone)
    return local.astimezone(UTC)


def next_working_day(day: date, is_free: Free) -> date:
    """Return the day itself, or the first after it that is not free."""
    for _ in range(366):  # a year of nothing but quiet days is a mistake in the settings
        if not is_free(day):
            return day
        day += timedelta(days=1)
    return day


def add_working_days(day: date, count: int, is_free: Free) -> date:
    """Return the working day that lies `count` working days after `day`."""
    for _ in range(count):
        day = next_working_day(day + timedelta(days=1), is_free)
    return next_working_day(day, is_free)


def morning(day: date, zone: ZoneInfo) -> datetime:
    """Return the beginning of working hours on that day, in UTC."""
    return datetime.combine(day, DAY_BEGINS, zone).astimezone(UTC)


def gap_days(settings: PaceSettings, messages: int, unanswered: int) -> int:
    """Return the days to wait after that many messages, of which the last few got no answer."""
    gaps = settings.gaps or (settings.cool_down_days,)
    days = gaps[min(messages, len(gaps) - 1)]
    return days * STRETCH if unanswered >= STRETCH_AT else days


@lru_cache(maxsize=64)
def _holidays(place: str, year: int) -> frozenset[date]:
    """Return the public holidays of "FR" or "DE-BY" in a year."""
    import holidays

    country, _, region = place.partition("-")
    return frozenset(holidays.country_holidays(country, subdiv=region or None, years=year))
