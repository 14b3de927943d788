"""How long a feed is left alone: what its owner asks for, within what the candidate allows.

    headers     Cache-Control, Expires, Retry-After     -> a length of time
    the feed    ttl, skipHours, skipDays, sy:update*    -> PollingHints
    both        when it is to be asked again            -> a time

Takes values and gives values; asks neither the network nor the clock. Days and hours are in
UTC, as the RSS profile says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from pipeline.records import FeedState, NewsSettings
from pipeline.records.record import dataclass

# Of an interval, this much has to pass: a cron job comes some minutes earlier one time than
# another, and a feed that may be asked once an hour (a day) is to be asked each hour (each day).
SHARE = 0.9
LONGEST_ERROR = timedelta(hours=24)  # a daily run asks a broken feed every day
GONE = timedelta(days=7)  # a feed whose owner ended it (410), in case that was a mistake
# no border test: far beyond real values
MOST_MINUTES = (
    60 * 24 * 366
)  # a larger number is a slip of the pen, and bounded by a setting anyway

_PERIODS = {"hourly": 60, "daily": 1_440, "weekly": 10_080, "monthly": 43_200, "yearly": 525_600}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s*=\s*\"?(\d{1,12})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PollingHints:
    """What a feed says about when to fetch it."""

    minutes: int = 0  # it is not worth fetching more often
    hours: tuple[int, ...] = ()  # of the day, in UTC: not to be fetched then
    days: tuple[int, ...] = ()  # of the week, Monday is 0: the same

    def __str__(self) -> str:
        """Return the hints as they are stored; "" for none. `hints_from` reads them."""
        if self == PollingHints():
            return ""
        return ";".join(
            ",".join(map(str, part)) for part in ((self.minutes,), self.hours, self.days)
        )


# ----------------------------------------------------------------------- what the feed itself says


def hints_of(
    *,
    ttl: str = "",
    period: str = "",
    frequency: str = "",
    hours: Iterable[str] = (),
    days: Iterable[str] = (),
) -> PollingHints:
    """Return the hints in a feed's own words; what makes no sense counts as nothing.

    `period` and `frequency` are the syndication module's: a unit of time, and how often in it.
    """
    minutes = _PERIODS.get(period.strip().casefold(), 0) // max(_int(frequency or "1"), 1)
    names = (day.strip().casefold() for day in days)
    return PollingHints(
        min(max(_int(ttl), minutes), MOST_MINUTES),
        _not_all({n % 24 for hour in hours if hour.strip() and (n := _int(hour)) <= 24}, 24),
        _not_all({_DAYS.index(day) for day in names if day in _DAYS}, 7),
    )


def hints_from(text: str) -> PollingHints:
    """Return the hints that were stored."""
    if not text:
        return PollingHints()
    minutes, hours, days = (
        tuple(int(number) for number in part.split(",") if number) for part in text.split(";")
    )
    return PollingHints(minutes[0], hours, days)


def _int(text: str) -> int:
    text = text.strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _not_all(numbers: set[int], of: int) -> tuple[int, ...]:
    """Return the numbers, but not all there are: to fetch a feed never is a mistake of its own."""
    return tuple(sorted(numbers)) if len(numbers) < of else ()


# ------------------------------------------------------------------------------ what headers say


def fresh_for(headers: Mapping[str, str], now: datetime) -> timedelta:
    """Return for how long an answer says that it stays the same (RFC 9111, 4.2.1)."""
    control = headers.get("cache-control", "")
    if re.search(r"no-(?:cache|store)", control, re.IGNORECASE):
        return timedelta(0)
    if found := _MAX_AGE.search(control):
        age = _int(headers.get("age", "").strip())
        return _bounded(int(found[1]) - age)
    expires = _date(headers.get("expires", ""))
    return _bounded((expires - _sent(headers, now)).total_seconds()) if expires else timedelta(0)


def retry_after(headers: Mapping[str, str], now: datetime) -> timedelta:
    """Return for how long a server asks to be left alone; zero for nothing, the past, nonsense."""
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdecimal():
        return _bounded(float(value[:15]))
    at = _date(value)
    return _bounded((at - _sent(headers, now)).total_seconds()) if at else timedelta(0)


def _sent(headers: Mapping[str, str], now: datetime) -> datetime:
    """Return what the server takes for the time: its clock or ours may be wrong."""
    return _date(headers.get("date", "")) or now


def _date(text: str) -> datetime | None:
    try:
        from email.utils import parsedate_to_datetime  # a quiet run reads no header

        at: datetime = parsedate_to_datetime(text[:100])
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


def _bounded(seconds: float) -> timedelta:
    return timedelta(seconds=min(max(seconds, 0), MOST_MINUTES * 60))


# ------------------------------------------------------------------------------- when it is due


def rests(state: FeedState, now: datetime, settings: NewsSettings) -> bool:
    """Return whether a feed is left alone this time. A file is read each time."""
    return "://" in state.address and not is_due(state, now, settings)


def is_due(state: FeedState, now: datetime, settings: NewsSettings) -> bool:
    """Return whether a feed may be asked.

    What has not been asked yet is. Hours and days to skip count for as long as a feed
    may ask to be left alone at all, so that a daily run in such an hour does not always skip it.
    """
    if state.due is None:
        return True
    if now < state.due or state.checked is None:
        return now >= state.due
    longest = SHARE * timedelta(hours=settings.at_most_hours)
    return now - state.checked >= longest or not _skips(hints_from(state.hints), now)


def forget_future(state: FeedState, now: datetime) -> FeedState:
    """Return the state without what a clock noted that was ahead when the feed was last asked.

    Its articles may have been taken for old ones, and forgotten: it is asked for all of them.
    """
    if state.checked is None or state.checked <= now:
        return state
    return replace(
        state.read_anew(),
        failing_since=_by_now(state.failing_since, now),
        moved_since=_by_now(state.moved_since, now),
        gone_since=_by_now(state.gone_since, now),
    )


def _by_now(at: datetime | None, now: datetime) -> datetime | None:
    return min(at, now) if at else None


def due_after_answer(
    now: datetime, fresh: timedelta, hints: PollingHints, settings: NewsSettings
) -> datetime:
    """Return when a feed that answered well is due: as its hints say, between our two bounds."""
    shortest = timedelta(minutes=settings.every_minutes)
    asked_for = min(max(fresh, timedelta(minutes=hints.minutes)), _longest(settings))
    return now + SHARE * max(shortest, asked_for)


def due_after_failure(
    now: datetime, failures: int, wait: timedelta, settings: NewsSettings, *, gone: bool = False
) -> datetime:
    """Return when a feed is due after that many failures in a row: each time twice as late.

    `wait` is what the server asked for. It is obeyed up to `at_most_hours`; it never makes
    the interval shorter than our own.
    """
    if gone:
        return now + SHARE * GONE
    shortest = timedelta(minutes=settings.every_minutes)
    own = min(shortest * (1 << min(max(failures - 1, 0), 16)), max(LONGEST_ERROR, shortest))
    return now + max(SHARE * own, min(wait, _longest(settings)))


def _longest(settings: NewsSettings) -> timedelta:
    return timedelta(hours=settings.at_most_hours)


def _skips(hints: PollingHints, now: datetime) -> bool:
    at = now.astimezone(UTC)
    return at.hour in hints.hours or at.weekday() in hints.days
