"""How days, counts and cuts are said in English. Takes values, gives phrases; imports nothing.

Shared by what writes to people: drafts, digest and command line.
"""

from __future__ import annotations

from datetime import date, time, timedelta

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def long_day(day: date) -> str:
    """Return "Thursday 26 November"."""
    return f"{day:%A} {day.day} {day:%B}"


def relative_day(day: date, today: date) -> str:
    """Return "yesterday", "today", "tomorrow", "3 days ago" or "Thursday 26 November"."""
    distance = (day - today).days
    if distance in (-1, 0, 1):
        return {-1: "yesterday", 0: "today", 1: "tomorrow"}[distance]
    if -7 < distance < 0:
        return f"{-distance} days ago"
    return long_day(day) if abs(distance) < 300 else f"{long_day(day)} {day.year}"


def day_from(text: str, today: date) -> date | None:
    """Return the day that a user wrote: 2026-12-01, today, tomorrow, yesterday, friday, 7d."""
    word = " ".join(text.casefold().strip(" .,;").split()).removeprefix("next ")
    named = {"today": 0, "tomorrow": 1, "yesterday": -1, "week": 7}
    if word in named:
        return today + timedelta(days=named[word])
    if word.endswith("d") and word[:-1].isdecimal() and len(word) <= 5:
        return today + timedelta(days=int(word[:-1]))
    days = [day for day in _WEEKDAYS if len(word) >= 3 and day.startswith(word)]
    if days:
        return today + timedelta(days=(_WEEKDAYS.index(days[0]) - today.weekday() - 1) % 7 + 1)
    try:
        return date.fromisoformat(word)
    except ValueError:
        return None


def time_from(text: str) -> time | None:
    """Return the time of day that a user wrote: 06:00, 6:30, 22:15."""
    hours, colon, minutes = text.strip().partition(":")
    if not colon or len(hours) > 2 or len(minutes) != 2 or not (hours + minutes).isdecimal():
        return None
    try:
        return time(int(hours), int(minutes))
    except ValueError:
        return None


def age_of(lasted: timedelta) -> str:
    """Return "40 seconds", "12 minutes", "5 hours" or "3 days", rounded down."""
    seconds = max(int(lasted.total_seconds()), 0)
    for unit, name, least in ((86_400, "day", 2), (3_600, "hour", 2), (60, "minute", 1)):
        if seconds >= unit * least:
            return figure_of(seconds // unit, name)
    return figure_of(seconds, "second")


def count_of(number: int, one: str, many: str = "") -> str:
    """Return "one thing", "two things", "12 things", "1,204 things"."""
    word = _NUMBERS[number] if 0 <= number < len(_NUMBERS) else f"{number:,}"
    return f"{word} {one if number == 1 else many or one + 's'}"


def figure_of(number: int, one: str, many: str = "") -> str:
    """Return "1 feed", "41 feeds": a count in figures."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def shorten(text: str, longest: int) -> str:
    """Cut a text at a word, with an ellipsis, to at most `longest` characters."""
    if len(text) <= longest:
        return text
    return text[: longest - 1].rsplit(" ", 1)[0].rstrip(" ,;:.-–") + "…"


def lower_first(text: str) -> str:
    """Return a sentence as it goes on after a colon."""
    return text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    """Return a phrase as it begins a sentence."""
    return text[:1].upper() + text[1:]
