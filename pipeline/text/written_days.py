"""Days and hours as people write them: 24.11.2026, 11/24/2026, "last Tuesday", "yesterday 3pm".

Takes a text in English, German, French or Spanish, and today where it is known; gives every day
that it can mean. Two numbers between strokes may be read in two ways, and then both are given: who
asks, asks back. A weekday that does not fit its date is no day. Asks no clock.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta

FARTHEST_YEARS = 50  # from today, for a year of two digits; no border test: far from real values

# The first letters that tell a name from all others of the four languages; full names in tests.
_WEEKDAYS = {
    beginning: number
    for number, beginnings in enumerate(
        ("mon lun", "tue die dien mardi martes", "wed mit mitt mer mie", "thu don jeu jue",
         "fri fre ven vie", "sat sam sab sonna", "sun son dim dom")
    )
    for beginning in beginnings.split()
}  # fmt: skip
_SHORT = {word: number for number, word in enumerate("mo di mi do fr sa so".split())}  # by a date
_MONTHS = {
    beginning: number
    for number, beginnings in enumerate(
        ("jan ene", "feb fev", "mar maerz mrz", "apr avr abr", "may mai", "jun juin", "jul juil",
         "aug aou ago", "sep", "oct okt", "nov", "dec dez dic"),
        start=1,
    )
    for beginning in beginnings.split()
}  # fmt: skip
_AWAY = {
    "the day before yesterday": -2, "day before yesterday": -2, "vorgestern": -2, "anteayer": -2,
    "avant hier": -2, "yesterday": -1, "gestern": -1, "hier": -1, "ayer": -1, "today": 0,
    "this morning": 0, "this afternoon": 0, "heute": 0, "aujourd hui": 0, "hoy": 0, "just now": 0,
    "tomorrow": 1, "morgen": 1, "demain": 1, "manana": 1, "week": 7, "next week": 7,
    "last week": -7,
}  # fmt: skip
_NUMBERS = {
    word: number
    for number, words in enumerate(
        ("", "a an one ein einer einem eine un une una", "two zwei deux dos",
         "three drei trois tres",
         "four vier quatre cuatro", "five cinq funf cinco", "six sechs seis", "seven sieben sept",
         "eight acht huit ocho", "nine neun neuf nueve", "ten zehn dix diez")
    )
    for word in words.split()
}  # fmt: skip
_UNITS = {"d": 1, "day": 1, "tag": 1, "jour": 1, "dia": 1, "w": 7, "week": 7, "woche": 7}
_UNITS |= {"semaine": 7, "semana": 7, "fortnight": 14}
_SILENT = frozenset(
    "the of on at in um am le la el las los de del du a den der dem gegen vers about around um uhr "
    "h this diesen dieser ce cet este morning afternoon evening vormittag nachmittag abend "
    "nachmittags morgens oclock clock o".split()
)
_LAST = frozenset("last letzten letzte letzter vergangenen dernier passe pasado".split())
_NEXT = frozenset("next nachsten nachste kommenden prochain proximo".split())

_HALF = r"\s*(?P<half>[ap])\.?\s?m\b\.?"
_UNTIL = r"(?:\s*(?:-|to|bis|until|a)\s*\d{1,2}(?:[:.h]\d{2})?)?"
# Compiled where they are first used: most runs read no such day.
_HOURS = (
    rf"(?<![\d.])(?P<h>\d{{1,2}})[:.](?P<m>\d\d)(?::\d\d)?{_UNTIL}{_HALF}",
    rf"(?<![\d./-])(?P<h>\d{{1,2}}){_UNTIL}{_HALF}",
    rf"(?<![\d.])(?P<h>\d{{1,2}}):(?P<m>\d\d)(?::\d\d)?{_UNTIL}(?:\s*(?:uhr|h)\b)?",
    rf"(?<![\d.])(?P<h>\d{{1,2}})[.h]\s?(?P<m>\d\d)\b{_UNTIL}(?:\s*(?:uhr|h)\b)",
    r"(?<![\d./-])(?P<h>\d{1,2})\s?h\s?(?P<m>\d\d)?\b",
    r"(?<![\d./-])(?P<h>\d{1,2})\s*(?:uhr|o'?clock)(?:\s*(?P<m>\d\d)\b)?",
    r"\b(?:at|um|a|las)\s(?P<h>[7-9]|1\d)$",  # "at 3" may be either
    r"(?P<noon>\b(?:noon|midday|mittags?|midi|mediodia)\b)",
)
_YEAR = r"(?P<y>\d{4}|'?\d{2})"
_NAME = r"(?P<name>[a-z]{3,})\.?"
_DATES = (
    r"\b(?P<y>\d{4})(?P<mark>[-/.])(?P<m>\d{1,2})[-/.](?P<d>\d{1,2})\b",
    r"\b(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)\b",
    rf"\b(?P<d>\d{{1,2}})\.\s?(?P<m>\d{{1,2}})(?:\.\s?{_YEAR}?|\b)(?![\d.])",
    rf"\b(?P<one>\d{{1,2}})\s?[/-]\s?(?P<two>\d{{1,2}})(?:\s?[/-]\s?{_YEAR})?(?![\d/-])",
    rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|o|\.)?[\s-]*(?:of |de )?{_NAME}"
    rf"(?:(?: de[l]?)?[\s-]+{_YEAR})?(?!\w)",
    rf"\b{_NAME}\s*(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+{_YEAR})?(?!\w)",
)
_SOME = rf"(?P<number>\d{{1,3}}|{'|'.join(_NUMBERS)})\s*(?P<unit>[a-z]+)"
_AGO = rf"^(?:(?P<before>vor|hace|il y a) )?{_SOME}(?P<after> ago)?$"
_IN = rf"^(?:(?:in|dans|en) )?{_SOME}$"


@dataclass(frozen=True, slots=True)
class WrittenDay:
    """A day, and the hour where one was written."""

    day: date
    at: time | None = None


def days_in(text: str, today: date | None, *, ahead: bool = False) -> tuple[WrittenDay, ...]:
    """Return the days that a text can mean, the likeliest first; none where it is no day.

    Without a year it is the last one, with `ahead` the next; of several the past ones, or those
    ahead, come first. Without today only a whole date is one.
    """
    plain = _plain(text)
    rest, at = _hour_in(plain)
    if rest is None:
        return ()
    found = dict.fromkeys(_days(rest, today, ahead=ahead))
    if today is not None:
        wrong = (lambda day: day < today) if ahead else (lambda day: day > today)
        found = dict.fromkeys(sorted(found, key=wrong))
    return tuple(WrittenDay(day, at) for day in found)


def dates_inside(text: str) -> tuple[date, ...]:
    """Return the whole dates that stand anywhere in a text, the first reading of each."""
    plain, found = _plain(text), []
    for form in _DATES:
        for match in re.finditer(form, plain):
            found += list(_of_date(match.groupdict(), None, ahead=False))[:1]
    return tuple(dict.fromkeys(found))


def _plain(text: str) -> str:
    """Return a text in small letters without accents, brackets, commas and long dashes."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    plain = re.sub("[–—−]", "-", plain).replace("’", "'")
    return " ".join(re.sub(r"[,;()\[\]]", " ", plain).split()).strip(" !?")


def _hour_in(text: str) -> tuple[str | None, time | None]:
    """Return a text without its hour, and the hour; (None, None) where there is no such hour."""
    text = re.sub(r"(?<=\d)t(?=\d\d:)", " ", text)  # 2026-11-24T14:30
    for form in _HOURS:
        found = re.search(form, text)
        if found is None:
            continue
        parts = found.groupdict()
        hour = 12 if parts.get("noon") else int(parts["h"])
        if half := parts.get("half"):
            if not 1 <= hour <= 12:
                return None, None
            hour = hour % 12 + (12 if half == "p" else 0)
        try:
            at = time(hour, int(parts.get("m") or 0))
        except ValueError:
            return None, None
        return f"{text[: found.start()]} {text[found.end() :]}", at
    return text, None


def _days(text: str, today: date | None, *, ahead: bool) -> Iterator[date]:
    for form in _DATES:
        found = re.search(form, text)
        if found is None:
            continue
        days = list(_of_date(found.groupdict(), today, ahead=ahead))
        if not days and "name" in found.groupdict():
            continue  # "3 weeks" has the form of "3 May"
        rest = _words(f"{text[: found.start()]} {text[found.end() :]}")
        weekdays = [_SHORT.get(word, _beginning(word, _WEEKDAYS)) for word in rest]
        if None not in weekdays:
            yield from (day for day in days if all(day.weekday() == one for one in weekdays))
        return
    if today is not None:
        yield from _relative(text, today, ahead=ahead)


def _of_date(parts: dict[str, str | None], today: date | None, *, ahead: bool) -> Iterator[date]:
    if parts.get("one"):
        one, two = int(parts["one"] or 0), int(parts["two"] or 0)
        pairs = [(one, two), (two, one)]
    elif name := parts.get("name"):
        month = _beginning(name, _MONTHS)
        pairs = [(int(parts["d"] or 0), month)] if month else []
    else:
        pairs = [(int(parts["d"] or 0), int(parts["m"] or 0))]
    for day, month in pairs:
        year = _year(parts.get("y"), day, month, today, ahead=ahead)
        if year is not None and (found := _date(year, month, day)):
            yield found


def _year(
    written: str | None, day: int, month: int, today: date | None, *, ahead: bool
) -> int | None:
    if written:
        year = int(written.strip("'"))
        return year if year >= 100 else 2000 + year
    if today is None:
        return None
    years = (today.year, today.year + 1) if ahead else (today.year, today.year - 1)
    found = [(year, _date(year, month, day)) for year in years]
    fits = (
        year for year, there in found if there and (there >= today if ahead else there <= today)
    )
    return next(fits, None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _relative(text: str, today: date, *, ahead: bool) -> Iterator[date]:
    spoken = " ".join(_words(text, silent=frozenset()))
    bare = " ".join(_words(text))
    away = next((_AWAY[words] for words in (spoken, bare) if words in _AWAY), None)
    found = re.match(_AGO, spoken)
    if found and (found["before"] or found["after"]):
        away = _some(found, -1)
    elif (found := re.match(_IN, spoken)) and away is None and (ahead or spoken.startswith("in ")):
        away = _some(found, 1)
    if away is not None:
        try:
            yield today + timedelta(days=away)
        except OverflowError:
            return
        return
    words = bare.split()
    named = [word for word in words if word not in _LAST | _NEXT]
    weekday = _beginning(named[0], _WEEKDAYS) if len(named) == 1 else None
    if weekday is None:
        return
    is_ahead = not _NEXT.isdisjoint(words) or (ahead and _LAST.isdisjoint(words))
    if is_ahead:
        yield today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    else:
        is_today = weekday == today.weekday() and _LAST.isdisjoint(words)
        yield today - timedelta(days=0 if is_today else (today.weekday() - weekday - 1) % 7 + 1)


def _some(found: re.Match[str], sign: int) -> int | None:
    unit = found["unit"]
    days = next((_UNITS[u] for u in (unit, unit[:-1], unit[:-2]) if u in _UNITS), None)
    number = _NUMBERS.get(found["number"]) or (
        int(found["number"]) if found["number"].isdecimal() else 0
    )
    return None if days is None else sign * number * days


def _words(text: str, silent: frozenset[str] = _SILENT) -> list[str]:
    return [word for word in re.findall(r"\d+|[a-z]+", text) if word not in silent]


def _beginning(word: str, table: dict[str, int]) -> int | None:
    """Return what the longest beginning of a word of three letters or more stands for."""
    return next((table[word[:n]] for n in range(len(word), 2, -1) if word[:n] in table), None)


def day_from(text: str, today: date, *, ahead: bool = True) -> date | None:
    """Return the one day that a user wrote for something to come, or that has been; else None."""
    found = days_in(text, today, ahead=ahead)
    fits = [one.day for one in found if (one.day >= today if ahead else one.day <= today)]
    days = fits if len(found) > 1 else [one.day for one in found]
    return days[0] if len(days) == 1 else None
