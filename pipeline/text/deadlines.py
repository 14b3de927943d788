"""By when, as people write it: "by the 18th", "before Christmas", "Ende nächster Woche", Q1.

Takes a text in English, German, French or Spanish, and today; gives the last day that it can mean,
or each of two: who asks, asks back. A day that is written as one is left to `written_days`. What
has no end ("after Easter", "in a few weeks", "next year") is no day. Asks no clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from pipeline.text.month_names import month_of
from pipeline.text.written_days import NUMBERS, days_in, plain_day_text, weekday_of

# ------------------------------------------------------------ every number, and where it is from
# How people divide a month: "Anfang Dezember" ends with its first ten days (set by judgement), its
# middle is the 15th (as § 192 of the German commercial code has it), its end is the last day.
EARLY_DAY, MIDDLE_DAY = 10, 15
TUESDAY, WEDNESDAY, FRIDAY, SUNDAY = 1, 2, 4, 6  # "early", "mid" and "end" of a working week
FARTHEST_DAYS = 300  # of a part of a year: "Anfang Dezember" on 12 December is no day

_NEW_YEAR = r"new year'?s?(?: eve)?|neu(?:es|en)? jahr|nouvel an|ano nuevo|fin d'annee"
_ORDINALS = (
    r"1st|first|erste\w*|1\.|premier|1er|primer",
    r"2nd|second|zweite\w*|2\.|deuxieme|2e|segundo",
    r"3rd|third|dritte\w*|3\.|troisieme|3e|tercer",
    r"4th|fourth|vierte\w*|4\.|quatrieme|4e|cuarto",
)
_PHRASES = (  # what is written with several words, or with several things in one
    (r"end of (?:play|business|day)|close of (?:play|business)|e\.?o\.?[db]|cob|or so", " "),
    ("eow", "end week"),
    ("eom", "end month"),
    (_NEW_YEAR, "silvester"),
    ("semana santa", "easter"),
    ("quinze jours|quince dias", "two weeks"),
    ("mid-?week", "mid week"),
    ("(mid|mi|mitte)-(?=[a-z])", r"\1 "),
    ("(monats|jahres|wochen)(anfang|beginn|mitte|ende)", r"\2 \1"),
    ("que viene|que entra", "coming"),
    ("week after next|semaine d'apres", "overnext week"),
    *((rf"(?:{n}) (?:quarter|quartal|trimestre)", f"q{q}") for q, n in enumerate(_ORDINALS, 1)),
)
_FILLING = frozenset(
    "by before until till til to latest at no later than around about approx approximately "
    "roughly some time sometime probably hopefully likely maybe perhaps they said say want will "
    "decide it should be the of in on within during this and know i think me us back hear from "
    "bis spatestens vor voraussichtlich wohl etwa ungefahr circa ca gegen zum zur am an im der "
    "die das des dem den diese dieser diesen dieses innerhalb von vom laufe wollen entscheiden "
    "avant d ici jusqu a au aux vers pour plus tard le la les l du de ce cet cette dans en sous "
    "antes del hasta para hacia sobre mas tardar el los las este esta dentro durante lo que "
    "deciden".split()
)
_OPEN_ENDED = frozenset(
    "after nach apres despues few several some paar quelques unos unas pocas unless not "
    "nicht".split()
)
_EARLY = frozenset(
    "early start beginning begin anfang beginn debut principio principios comienzo comienzos "
    "inicio inicios".split()
)
_MIDDLE = frozenset("mid middle mitte milieu mi mediado mediados".split())
_LATE = frozenset("end late ende spat fin final finales fines courant close".split())
_NEXT = ("next", "following", "nachst", "kommend", "folgend", "prochain", "proxim", "coming")
_OVERNEXT = ("overnext", "ubernachst")
_UNSURE = ("next", "nachst", "prochain")  # before a weekday: of this week, or of the next one?
_WEEK = frozenset("week woche wochen semaine semana".split())
_WEEKEND = frozenset("weekend wochenende".split())
_MONTH = frozenset("month monat monats mois mes".split())
_YEAR = frozenset("year jahr jahres jahrs annee ano".split())
_CHRISTMAS = frozenset("christmas xmas weihnachten heiligabend noel navidad navidades".split())
_EASTER = frozenset("easter ostern paques pascua".split())
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|\.)?")
_RANGE = re.compile(r"\b(\w+)\s*(?:-|to|bis|or|oder|a|ou|o)\s*(\w+)(?=\s+[a-z]{3,})")
_SPAN = re.compile(
    r"(?:in|within|innerhalb von|innerhalb|binnen|dans|d'ici|sous|en|dentro de)?\s*"
    rf"(?P<number>\d{{1,3}}|{'|'.join(NUMBERS)})\s+(?:(?:or so|oder so)\s+)?"
    r"(?P<working>(?:working|business|arbeits|werk|bank)\s?)?(?P<unit>[a-z]+)(?P<after>\s[a-z]+)?"
    r"(?:\stime)?"
)
_WORKING_AFTER = ("ouvre", "ouvrable", "habil", "laborable")
_DAYS = ("day", "tag", "jour", "dia")
_FORTNIGHT = ("fortnight", "quinzaine", "quincena")


def day_from(text: str, today: date, *, ahead: bool = True) -> date | None:
    """Return the one day that a user wrote for something to come, or that has been; else None."""
    found = days_in(text, today, ahead=ahead)
    fits = [one.day for one in found if (one.day >= today if ahead else one.day <= today)]
    days = fits if len(found) > 1 else [one.day for one in found]
    if not found and ahead:
        days = list(days_by(text, today))
    return days[0] if len(days) == 1 else None


def days_by(text: str, today: date) -> tuple[date, ...]:
    """Return the days that "by …" can mean, the likeliest first; none where it has no last day."""
    plain = plain_day_text(text)
    for form, instead in _PHRASES:
        plain = re.sub(rf"(?<!\w)(?:{form})(?!\w)", instead, plain)
    words = _words(plain)
    if not words or not _OPEN_ENDED.isdisjoint(plain.split()):
        return ()
    found = dict.fromkeys(_found(plain, words, today))
    return tuple(day for day in found if day >= today)


def _words(plain: str) -> list[str]:
    split = re.findall(r"\d+(?:st|nd|rd|th|er|\.)?|[a-z]+\d?", plain.replace("'", " "))
    return [word for word in split if word not in _FILLING]


def _found(plain: str, words: list[str], today: date) -> Iterator[date]:
    if _WEEK.intersection(words) and len(words) > 1 and (of_week := _week_of_date(plain, today)):
        yield of_week
        return
    weekday = [n for word in words if (n := _weekday(word)) is not None]
    if len(weekday) == 1 and len(words) > 1:
        yield from _weekday_of_week(words, weekday[0], today)
        return
    bare = " ".join(word for word in plain.split() if word not in _FILLING)
    written = [one.day for one in days_in(bare, today, ahead=True)]
    if written and not {*_WEEK, *_MONTH} & set(words):
        yield from written
    elif span := _span(plain, today):
        yield span
    else:
        yield from _period(words, today)


def _weekday(word: str) -> int | None:
    """Return a weekday's number; a part of a week that begins like one ("Mitte") is none."""
    known = _MIDDLE | _LATE | _EARLY | _MONTH | _WEEKEND | _EASTER | _CHRISTMAS
    if word in known or month_of(word) or word == "silvester":
        return None
    return weekday_of(word)


def _week_of_date(plain: str, today: date) -> date | None:
    """Return the Friday of "the week of 7 December"."""
    rest = re.sub(r"\b(?:week|woche|semaine|semana)\b", " ", plain)
    if not any(map(str.isdigit, rest)):
        return None
    found = days_in(" ".join(_words(rest)), today, ahead=True)
    return _in_week(found[0].day, FRIDAY) if len(found) == 1 else None


def _weekday_of_week(words: list[str], weekday: int, today: date) -> Iterator[date]:
    """Yield "Thursday next week", "Friday week", "next Friday", which may be of either week."""
    coming = today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    rest = [word for word in words if _weekday(word) is None]
    if _WEEK.intersection(rest):
        rest = [word for word in rest if word not in _WEEK]
        weeks = _weeks_ahead(rest)
        if weeks:
            yield _in_week(today + timedelta(weeks=weeks), weekday)
        elif not rest or all(word in NUMBERS for word in rest):
            yield coming + timedelta(weeks=1)
        return
    if len(rest) == 1 and rest[0].startswith(_NEXT):
        yield coming
        if rest[0].startswith(_UNSURE) and coming.isocalendar()[:2] == today.isocalendar()[:2]:
            yield coming + timedelta(weeks=1)


def _weeks_ahead(words: list[str]) -> int:
    if any(word.startswith(_OVERNEXT) for word in words):
        return 2
    return int(any(word.startswith(_NEXT) for word in words))


def _in_week(day: date, weekday: int) -> date:
    return day + timedelta(days=weekday - day.weekday())


def _span(plain: str, today: date) -> date | None:
    """Return the last day of "in 2 to 3 weeks", "in einem Monat", "10 working days"."""
    bare = re.sub(r"^(?:by|probably|hopefully|maybe|about|around|etwa|vers|circa|ca)\s", "", plain)
    bare = re.sub(r"^a couple(?: of)?|(?<=\s)a couple(?: of)?", "two", bare)
    two = _RANGE.search(bare)
    if two and _number(two[1]) and _number(two[2]):
        bare = f"{bare[: two.start()]}{two[2]}{bare[two.end() :]}"
    bare = bare.replace("arbeitstage", "arbeits tage").replace("werktage", "werk tage")
    found = _SPAN.fullmatch(bare.strip())
    if found is None:
        return None
    number, unit = _number(found["number"]), found["unit"]
    if unit.startswith(_FORTNIGHT):
        return today + timedelta(weeks=2 * number)
    if unit.rstrip("sn") in _WEEK or unit in _WEEK:
        return today + timedelta(weeks=number)
    if unit.rstrip("sen") in ("month", "monat", "moi", "m") or unit in ("mois", "mes", "meses"):
        return _months_after(today, number)
    if not unit.startswith(_DAYS):
        return None
    if found["working"] or (found["after"] or "").strip().startswith(_WORKING_AFTER):
        return _working_days_after(today, number)
    return today + timedelta(days=number) if not found["after"] else None


def _number(word: str) -> int:
    return int(word) if word.isdecimal() else NUMBERS.get(word, 0)


def _working_days_after(day: date, count: int) -> date:
    while count:
        day += timedelta(days=1)
        count -= day.weekday() <= FRIDAY
    return day


def _months_after(day: date, count: int) -> date:
    month = day.month - 1 + count
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, _last_of(year, month).day))


def _last_of(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _period(words: list[str], today: date) -> Iterator[date]:
    """Yield the last day of a part of a week, a month or a year, of a feast, or of "the 18th"."""
    part = next((kind for kind in (_EARLY, _MIDDLE, _LATE) if kind.intersection(words)), _LATE)
    has_part = not part.isdisjoint(words)
    rest = [word for word in words if word not in _EARLY | _MIDDLE | _LATE]
    years = [int(word) for word in rest if re.fullmatch(r"20\d\d", word)]
    rest = [word for word in rest if not re.fullmatch(r"20\d\d", word)]
    ahead = _weeks_ahead(rest)
    rest = [word for word in rest if not word.startswith((*_NEXT, *_OVERNEXT))]
    if len(rest) != 1:
        yield from _calendar_week(rest, years, today)
        return
    (what,) = rest
    if what in _WEEK:
        weekday = TUESDAY if part is _EARLY else WEDNESDAY if part is _MIDDLE else FRIDAY
        day = _in_week(today + timedelta(weeks=ahead), weekday)
        yield day if day >= today else day + timedelta(weeks=1)
    elif what in _WEEKEND:
        yield _in_week(today + timedelta(weeks=ahead), SUNDAY)
    elif what in _MONTH:
        first = _months_after(today.replace(day=1), ahead)
        yield _part_of(first.year, first.month, part)
    elif what in _YEAR and has_part:
        year = today.year + ahead
        months = {id(_EARLY): 1, id(_MIDDLE): 6}
        yield _last_of(year, months.get(id(part), 12))
    elif month := month_of(what):
        yield from _next_of((_part_of(y, month, part) for y in _years(years, today)), today)
    elif quarter := re.fullmatch(r"q([1-4])", what):
        month = 3 * int(quarter[1])
        yield from _next_of((_last_of(y, month) for y in _years(years, today)), today)
    elif (number := _DAY.fullmatch(what)) and not (has_part or ahead or years):
        yield from _day_of_month(int(number[1]), today)
    elif not has_part or part is _LATE:
        yield from _next_of((_feast(what, y) for y in _years(years, today)), today)


def _years(written: list[int], today: date) -> list[int]:
    return written[:1] or [today.year, today.year + 1]


def _next_of(days: Iterator[date | None], today: date) -> Iterator[date]:
    """Yield the first that is to come, if it is not too far for somebody who leaves out the year"""
    for day in days:
        if day is not None and day >= today:
            if (day - today).days <= FARTHEST_DAYS:
                yield day
            return


def _part_of(year: int, month: int, part: frozenset[str]) -> date:
    if part is _LATE:
        return _last_of(year, month)
    return date(year, month, EARLY_DAY if part is _EARLY else MIDDLE_DAY)


def _calendar_week(words: list[str], years: list[int], today: date) -> Iterator[date]:
    """Yield the Friday of "KW 50", "week 50"."""
    if len(words) == 2 and words[0] in ("kw", *_WEEK) and words[1].strip(".").isdecimal():
        for year in _years(years, today):
            try:
                day = date.fromisocalendar(year, int(words[1].strip(".")), FRIDAY + 1)
            except ValueError:
                continue
            if day >= today:
                yield day
                return


def _day_of_month(number: int, today: date) -> Iterator[date]:
    """Yield the next day of a month with this number."""
    for months in range(4):
        first = _months_after(today.replace(day=1), months)
        if 1 <= number <= _last_of(first.year, first.month).day:
            day = first.replace(day=number)
            if day >= today:
                yield day
                return


def _feast(name: str, year: int) -> date | None:
    """Return the last day before a feast on which somebody decides."""
    if name in _CHRISTMAS:
        return date(year, 12, 24)
    if name in ("silvester", "jahreswechsel", "nochevieja", "neujahr", "newyear"):
        return date(year, 12, 31)
    if name in _EASTER:
        from dateutil.easter import easter

        sunday: date = easter(year)
        return sunday - timedelta(days=3)  # Good Friday is a holiday
    if name == "thanksgiving":
        first = date(year, 11, 1)
        thursday = first + timedelta(days=(3 - first.weekday()) % 7, weeks=3)
        return thursday - timedelta(days=1)
    return None
