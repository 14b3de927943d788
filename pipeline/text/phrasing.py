"""How days, counts, cuts, kinds and states are put in English, for all that writes to people.

Takes values; gives phrases. A phrase that changes with the day is made when it is shown, and is
never stored.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the records are read by what needs them: `--help` does not
    from pipeline.records import Channel, Kind, Status

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")

# How a day is written in a message: names of the days, of the months, "on a day", "on a date", a
# date, and one with its day of the week.
_WEEKDAYS = {
    "German": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag".split(),
    "French": "lundi mardi mercredi jeudi vendredi samedi dimanche".split(),
    "Spanish": "lunes martes miércoles jueves viernes sábado domingo".split(),
}
_MONTHS = {
    "German": "Januar Februar März April Mai Juni Juli August September Oktober November "
    "Dezember".split(),
    "French": "janvier février mars avril mai juin juillet août septembre octobre novembre "
    "décembre".split(),
    "Spanish": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
    "diciembre".split(),
}
_ON_WEEKDAY = {"German": "am {weekday}", "French": "{weekday}", "Spanish": "el {weekday}"}
_ON_DATE = {
    "German": "am {day}. {month}",
    "French": "le {day} {month}",
    "Spanish": "el {day} de {month}",
}
_YESTERDAY = {"German": "gestern", "French": "hier", "Spanish": "ayer"}
_LONG_DAY = {
    "German": "{weekday}, {day}. {month}",
    "French": "le {weekday} {day} {month}",
    "Spanish": "el {weekday} {day} de {month}",
}

SHOWN_ID = 8  # letters of a story's id in lists; no border test: a measure of drawing
SHORTEST_ID = 6  # letters that are taken for one; numbers of suggestions are shorter
# no border test: a measure of drawing
MOST_WEEKS_AGO = 8  # further back nobody counts them; no border test: a matter of taste
MOST_NAMED = 3  # publishers that are named where several tell one event


def long_day(day: date, language: str = "English") -> str:
    """Return "Thursday 26 November", or the same as one writes it in another language."""
    if language in _LONG_DAY:
        return _put(_LONG_DAY[language], day, language)
    return f"{day:%A} {day.day} {day:%B}"


def on_day(day: date, today: date, language: str = "English") -> str:
    """Return a past day so that it is true on whichever day it is read: "on Monday"."""
    is_near = 0 <= (today - day).days < 7
    if language in _ON_DATE:
        return _put((_ON_WEEKDAY if is_near else _ON_DATE)[language], day, language)
    return f"on {day:%A}" if is_near else f"on {day.day} {day:%B}"


def day_before(day: date, today: date, language: str = "English") -> str:
    """Return a past day as one writes it: "yesterday", and before that "on Monday"."""
    if (today - day).days == 1:
        return _YESTERDAY.get(language, "yesterday")
    return on_day(day, today, language)


def _put(form: str, day: date, language: str) -> str:
    weekday, month = _WEEKDAYS[language][day.weekday()], _MONTHS[language][day.month - 1]
    return form.format(weekday=weekday, day=day.day, month=month)


def weeks_between(day: date, today: date) -> str:
    """Return "a week", "three weeks", or "" when it is less than six days."""
    weeks = round((today - day).days / 7)
    if (today - day).days < 6:
        return ""
    return "a week" if weeks == 1 else count_of(weeks, "week")


def relative_day(day: date, today: date) -> str:
    """Return "yesterday", "today", "tomorrow", "3 days ago" or "Thursday 26 November"."""
    distance = (day - today).days
    if distance in (-1, 0, 1):
        return {-1: "yesterday", 0: "today", 1: "tomorrow"}[distance]
    if -7 < distance < 0:
        return f"{-distance} days ago"
    return long_day(day) if abs(distance) < 300 else f"{long_day(day)} {day.year}"


def near_day(day: date, today: date) -> str:
    """Return a day beside others on a page: "yesterday", "Tuesday", "9 days ago", "3 weeks ago".

    A day ahead is "tomorrow", "Thursday", and from a week on "Thursday 26 November".
    """
    distance = (day - today).days
    if 1 < abs(distance) < 7:
        return f"{day:%A}"
    if -14 < distance < -1:
        return f"{-distance} days ago"
    if -MOST_WEEKS_AGO * 7 <= distance < 0:
        return relative_day(day, today) if distance == -1 else f"{round(-distance / 7)} weeks ago"
    return relative_day(day, today)


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


def listed(names: Sequence[str]) -> str:
    """Return "Ada, Bo and Cy"; of more than three two, and how many others."""
    if len(names) > 3:
        return f"{', '.join(names[:2])} and {figure_of(len(names) - 2, 'other')}"
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


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


# ---------------------------------------------------------------- the kinds and states in words

KIND_WORDS: dict[str, str] = {  # in a list
    "thank_you": "Thank-you",
    "congratulation": "Congratulation",
    "tidbit": "Something to read",
    "contribution": "Contribution",
    "check_in": "Check-in",
    "decision": "Question about the decision",
    "answer": "Line of thanks",
    "reminder": "Reminder",
    "farewell": "Last note",
    "advice": "Question for advice",
    "reconnect": "Word after three months",
}
TITLES: dict[Kind, str] = {  # over a suggestion
    "thank_you": "Thank-you to {who}",
    "congratulation": "Congratulations to {who}",
    "tidbit": "Something to read for {who}",
    "contribution": "A contribution for {who}",
    "check_in": "Check-in with {who}",
    "decision": "Ask about the decision: {who}",
    "answer": "Thanks for the answer: {who}",
    "reminder": "A gentle reminder to {who}",
    "farewell": "A gracious last note to {who}",
    "advice": "Perhaps one question to {who}",
    "reconnect": "Two lines to {who}",
}
SUMMARIES: dict[Kind, str] = {  # as what to do
    "thank_you": "Thank {who}",
    "congratulation": "Congratulate {who}",
    "tidbit": "Send {who} something to read",
    "contribution": "Offer something to {who}",
    "check_in": "Check in with {who}",
    "decision": "Ask {who} about the decision",
    "answer": "Thank {who} for the answer",
    "reminder": "Remind {who} of what was promised",
    "farewell": "Write {who} a last note",
    "advice": "Ask {who} for advice, if you like",
    "reconnect": "Write two lines to {who}",
}
PERSON_WORDS: dict[str, str] = {  # what became of somebody in a story
    "promotion": "{who} has a new post",
    "prize": "{who} was given an award",
    "talk": "{who} gives a talk or an interview",
    "article": "{who} wrote something",
    "named": "{who} is named in good news",
    "leaves": "{who} seems to leave",
    "dies": "{who} seems to have died, or come to harm",
    "accused": "{who} seems to be accused, sued or dismissed",
    "doubtful": "{who} is named beside something bad",
    "unclear": "{who}",
}
# Characters of a whole message. LinkedIn cuts the note of an invitation at 300; a card has room for
# some eight lines by hand, by judgement; a call is no text of one's own at all.
MOST_CHARACTERS: dict[Channel, int] = {"linkedin": 300, "card": 400, "call": 0}
CHANNEL_WORDS: dict[Channel, str] = {  # what a message is written for
    "email": "a mail",
    "linkedin": "LinkedIn",
    "card": "a card",
    "call": "a call",
}
STATE_WORDS: dict[str, str] = {
    "suggested": "suggested",
    "snoozed": "put off",
    "expired": "expired",
    "sent": "sent",
    "answered": "answered",
    "dismissed": "dismissed",
}
ITS_LAST_DAY = ", its last day: later it is of no use"  # of a thank-you that is put off too long
DECISIONS: dict[Status, str] = {  # what became of an interview; nothing while one waits
    "offer": "you have an offer",
    "accepted": "you accepted",
    "declined": "you declined",
    "rejected": "they decided for somebody else",
    "withdrawn": "you withdrew",
}


def also_told_by(names: Sequence[str]) -> str:
    """Return who else tells the same event: "; also told by The Herald, Post and 3 others"."""
    if not names:
        return ""
    told, more = list(names[:MOST_NAMED]), len(names) - MOST_NAMED
    if more > 0:
        told.append(count_of(more, "other"))
    *first, last = told
    return f"; also told by {', '.join(first)} and {last}" if first else f"; also told by {last}"
