"""When a message may fall due: working days, public holidays, hours, and gaps that grow.

Takes the settings, a time zone and moments; gives moments in UTC. Knows nothing of news.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from pipeline.records import Company, PaceSettings, Person
from pipeline.text.calendar import WEEKDAYS, country_of, day_in, start_of

STRETCH = 2  # times as long are the gaps while nothing is answered (PingCRM halves the weight)
MONTH_DAYS = 30

Free = Callable[[date], bool]
Holidays = Callable[[str, int], frozenset[date]]  # of a place in a year


def free_days(settings: PaceSettings, country: str, holidays: Holidays) -> Free:
    """Return a function that knows the days on which nothing falls due at that place."""
    return _free_days(frozenset(settings.quiet), country, holidays)


def free_of_thanks(settings: PaceSettings, country: str, holidays: Holidays) -> Free:
    """Return the same for a thank-you, which goes at a weekend too: it counts within a day."""
    return _free_days(frozenset(settings.quiet) - {"sat", "sun"}, country, holidays)


def _free_days(quiet: Collection[str], country: str, holidays: Holidays) -> Free:
    def is_free(day: date) -> bool:
        return WEEKDAYS[day.weekday()][:3] in quiet or (
            bool(country) and day in holidays(country, day.year)
        )

    return is_free


def whose_holidays(settings: PaceSettings, company: Company, person: Person, home: str) -> str:
    """Return the country whose holidays a recipient keeps: "FR", "DE-BY", or "" for none.

    What is written for the company, else the country of the time zone that is written for the
    person or the company, else the general setting, else the country of the user's own zone.
    """
    named = person.timezone or company.timezone
    place = company.holidays or (country_of(named) if named else "")
    place = place or settings.holidays or country_of(home)
    return "" if place == "none" else place


def next_open(at: datetime, zone: ZoneInfo, is_free: Free, hours: tuple[int, ...]) -> datetime:
    """Return the first moment from `at` on that lies in working hours of a working day."""
    local = at.astimezone(zone)
    begins, ends = hours
    if local.hour >= ends:
        local = _morning(local.date() + timedelta(days=1), zone, begins)
    elif local.hour < begins:
        local = _morning(local.date(), zone, begins)
    day = next_working_day(local.date(), is_free)
    if day != local.date():
        local = _morning(day, zone, begins)
    return local.astimezone(UTC)


def thank_you_ends(
    met: datetime, settings: PaceSettings, zone: ZoneInfo, is_free: Free
) -> datetime:
    """Return from when on a thank-you is too late: not before a working day went by after."""
    first = add_working_days(day_in(zone, met), 1, is_free)
    return max(
        days_after(met, settings.thank_you_until_days, zone),
        start_of(first + timedelta(days=1), zone),
    )


def last_day_of_thanks(
    met: datetime, ends: datetime, zone: ZoneInfo, is_free_of_thanks: Free
) -> date:
    """Return the last day on which a thank-you may go that is too late from `ends` on."""
    day, first = day_in(zone, ends) - timedelta(days=1), day_in(zone, met)
    while day > first and is_free_of_thanks(day):
        day -= timedelta(days=1)
    return day


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


def days_after(at: datetime, days: int, zone: ZoneInfo) -> datetime:
    """Return the beginning of the day that is a number of days after a moment, in UTC.

    What lasts for days ends in the morning: a note of a Tuesday afternoon leads to the next on a
    Tuesday, whatever the hour.
    """
    return start_of(day_in(zone, at) + timedelta(days=days), zone)


def gap_days(settings: PaceSettings, messages: int, unanswered: int) -> int:
    """Return the days to wait after that many messages, of which the last few got no answer."""
    gaps = settings.gaps or (settings.cool_down_days,)
    days = gaps[min(messages, len(gaps) - 1)]
    return days * STRETCH if unanswered >= settings.unanswered_stretch else days


def _morning(day: date, zone: ZoneInfo, begins: int) -> datetime:
    return datetime.combine(day, time(begins), zone)


@lru_cache(maxsize=64)
def public_holidays(place: str, year: int) -> frozenset[date]:
    """Return the public holidays of "FR" or "DE-BY" in a year; none where they are not known."""
    import holidays

    country, _, region = place.partition("-")
    try:
        return frozenset(holidays.country_holidays(country, subdiv=region or None, years=year))
    except NotImplementedError:  # a country of a time zone; what the user writes is checked
        return frozenset()
