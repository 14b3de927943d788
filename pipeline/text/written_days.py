"""Days and hours as people write them: 24.11.2026, 11/24/2026, "last Tuesday", "yesterday 3pm".

Takes a text in English, German, French or Spanish, and today where it is known; gives every day
that it can mean. Two numbers between strokes may be read in two ways, and then both are given: who
asks, asks back. A weekday that does not fit its date is no day. Asks no clock.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, time, timedelta

from pipeline.records.record import dataclass
from pipeline.text.month_names import month_of

MOST_DAYS_OFF = 62  # of "Monday 23rd", which is in this month or in one beside it

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
_AWAY = {
    "the day before yesterday": -2, "day before yesterday": -2, "vorgestern": -2, "anteayer": -2,
    "avant hier": -2, "yesterday": -1, "gestern": -1, "hier": -1, "ayer": -1, "today": 0,
    "this morning": 0, "this afternoon": 0, "heute": 0, "aujourd hui": 0, "hoy": 0, "just now": 0,
    "tomorrow": 1, "morgen": 1, "demain": 1, "manana": 1, "week": 7, "next week": 7,
    "last week": -7, "ce matin": 0, "cet apres midi": 0, "esta manana": 0, "esta tarde": 0,
    "heute fruh": 0, "heute morgen": 0,
}  # fmt: skip
NUMBERS = {
    word: number
    for number, words in enumerate(
        ("", "a an one ein einer einem eine un une una", "two zwei deux dos",
         "three drei trois tres",
         "four vier quatre cuatro", "five cinq funf cinco", "six sechs seis", "seven sieben sept",
         "eight acht huit ocho", "nine neun neuf nueve", "ten zehn dix diez",
         "eleven elf onze once", "twelve zwolf douze doce")
    )
    for word in words.split()
}  # fmt: skip
_UNITS = {"d": 1, "day": 1, "tag": 1, "jour": 1, "dia": 1, "w": 7, "week": 7, "woche": 7}
_UNITS |= {"semaine": 7, "semana": 7, "fortnight": 14}
_SILENT = frozenset(
    "the of on at in um am le la el las los de del du a den der dem gegen vers about around um uhr "
    "h this diesen dieser ce cet este morning afternoon evening vormittag nachmittag abend "
    "nachmittags vormittags abends morgens fruh matin tarde oclock clock o".split()
)
_LAST = frozenset(
    "last letzten letzte letzter vergangenen dernier derniere passe passee pasado pasada".split()
)
_WEEK = frozenset("week woche semaine semana".split())
_NEXT = frozenset("next nachsten nachste kommenden prochain prochaine proximo proxima".split())

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
_NUMBERED_DAY = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th|\.)(?!\d)")
_PART_OF_DAY = re.compile(
    r"(?<![\d.:])((?:1[0-2]|[1-9])(?:[:.]\d\d)?)\s*(?:uhr|h|o'?clock)?\s*"
    r"(?:(?P<late>in the (?:afternoon|evening)|nachmittags?|abends?|de la tarde|de l'apres-midi)|"
    r"in the morning|vormittags?|morgens|de la manana|du matin)\b"
)
_DOTTED_HOUR = re.compile(r"\s(?:at |um |a )?([01]?\d|2[0-3])\.([0-5]\d)$")
_YEAR = r"(?P<y>\d{4}|'?\d{2})"
_NAME = r"(?P<name>[a-z]{3,})\.?"
_DATES = (
    r"\b(?P<y>\d{4})(?P<mark>[-/.])(?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?:st|nd|rd|th)?\b",
    r"\b(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)\b",
    rf"\b(?P<d>\d{{1,2}})\.\s?(?P<m>\d{{1,2}})(?:\.\s?{_YEAR}?|\b)(?![\d.])",
    rf"\b(?P<one>\d{{1,2}})\s?[/-]\s?(?P<two>\d{{1,2}})(?:\s?[/-]\s?{_YEAR})?(?![\d/-])",
    rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|o|\.)?[\s-]*(?:of |de )?{_NAME}"
    rf"(?:(?: de[l]?)?[\s-]+{_YEAR})?(?!\w)",
    rf"\b{_NAME}\s*(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+{_YEAR})?(?!\w)",
)
_SOME = rf"(?P<number>\d{{1,3}}|{'|'.join(NUMBERS)})\s*(?P<unit>[a-z]+)"
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
    plain = plain_day_text(text)
    rest, at = _hour_in(plain)
    if rest is None:
        return ()
    found = dict.fromkeys(_days(rest, today, ahead=ahead))
    if not found and at is None and (dotted := _DOTTED_HOUR.search(plain)):  # "thu 26 nov 10.15"
        at = time(int(dotted[1]), int(dotted[2]))
        found = dict.fromkeys(_days(plain[: dotted.start()], today, ahead=ahead))
    if today is not None:
        wrong = (lambda day: day < today) if ahead else (lambda day: day > today)
        found = dict.fromkeys(sorted(found, key=wrong))
    return tuple(WrittenDay(day, at) for day in found)


def dates_inside(text: str) -> tuple[date, ...]:
    """Return the whole dates that stand anywhere in a text, the first reading of each."""
    plain, found = plain_day_text(text), []
    for form in _DATES:
        for match in re.finditer(form, plain):
            found += list(_of_date(match.groupdict(), None, ahead=False))[:1]
    return tuple(dict.fromkeys(found))


def plain_day_text(text: str) -> str:
    """Return a text in small letters without accents, brackets, commas and long dashes."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    plain = re.sub("[–—−]", "-", plain).replace("’", "'")
    return " ".join(re.sub(r"[,;()\[\]]", " ", plain).split()).strip(" !?")


def _hour_in(text: str) -> tuple[str | None, time | None]:
    """Return a text without its hour, and the hour; (None, None) where there is no such hour."""
    text = re.sub(r"(?<=\d)t(?=\d\d:)", " ", text)  # 2026-11-24T14:30
    text = _PART_OF_DAY.sub(lambda said: f"{said[1]} {'p' if said['late'] else 'a'}m", text)
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
        weekdays = [_SHORT.get(word, weekday_of(word)) for word in rest]
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
        month = month_of(name)
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
    away = next(
        (_AWAY[words] for words in (spoken.removesuffix(" a"), bare) if words in _AWAY), None
    )
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
    weekdays = [number for word in named if (number := weekday_of(word)) is not None]
    weekday = weekdays[0] if len(named) == 1 and weekdays else None
    if weekday is None:
        if len(weekdays) == 1:
            yield from _weekday_with(text, words, weekdays[0], today, ahead=ahead)
        return
    is_ahead = not _NEXT.isdisjoint(words) or (ahead and _LAST.isdisjoint(words))
    if is_ahead:
        yield today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    else:
        is_today = weekday == today.weekday() and _LAST.isdisjoint(words)
        yield today - timedelta(days=0 if is_today else (today.weekday() - weekday - 1) % 7 + 1)


def _weekday_with(
    text: str, words: list[str], weekday: int, today: date, *, ahead: bool
) -> Iterator[date]:
    """Yield "Thursday last week", or "Monday 23rd", whose month is told by its weekday."""
    rest = [word for word in words if weekday_of(word) is None]
    if len(rest) == 2 and not _WEEK.isdisjoint(rest):
        weeks = 1 if not _NEXT.isdisjoint(rest) else -1 if not _LAST.isdisjoint(rest) else 0
        if weeks:
            yield today + timedelta(days=weekday - today.weekday(), weeks=weeks)
    elif (number := _NUMBERED_DAY.search(text)) and len(rest) <= 2:
        step = timedelta(days=1 if ahead else -1)
        near = (today + off * step for off in range(MOST_DAYS_OFF))
        fits = (day for day in near if day.day == int(number[1]) and day.weekday() == weekday)
        yield from list(fits)[:1]


def _some(found: re.Match[str], sign: int) -> int | None:
    unit = found["unit"]
    days = next((_UNITS[u] for u in (unit, unit[:-1], unit[:-2]) if u in _UNITS), None)
    number = NUMBERS.get(found["number"]) or (
        int(found["number"]) if found["number"].isdecimal() else 0
    )
    return None if days is None else sign * number * days


def _words(text: str, silent: frozenset[str] = _SILENT) -> list[str]:
    return [word for word in re.findall(r"\d+|[a-z]+", text) if word not in silent]


def weekday_of(word: str) -> int | None:
    """Return the number of a weekday, from Monday on, by its name or its beginning."""
    return next(
        (_WEEKDAYS[word[:n]] for n in range(len(word), 2, -1) if word[:n] in _WEEKDAYS), None
    )
