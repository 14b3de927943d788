"""Why a message is suggested now, in the words of the day on which it is shown.

Takes a `Reason`, which is stored, and a day; gives phrases, which never are. Four days later the
interview was no longer yesterday.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from pipeline.text.phrasing import (
    PERSON_WORDS,
    count_of,
    long_day,
    near_day,
    on_day,
    relative_day,
)

if TYPE_CHECKING:
    from pipeline.records import PersonPart, Reason, ReasonCode, Reply

# What somebody is congratulated on, by the reason that is given for it.
_CHEERS: dict[ReasonCode, PersonPart] = {
    "promotion": "promotion", "prize": "prize", "talk_given": "talk", "article": "article",
    "named": "named",
}  # fmt: skip
# Why now, where the day says nothing.
_WHY: dict[ReasonCode, str] = {
    "rejected": "they decided for somebody else",
    "reconnect": "it is three months since their no",
    "company_news": "news about {name} meets something you can do",
    "asked_for": "you wanted to write about this story",
    "put_off": "you put it off until now",
}
_WELCOME: dict[ReasonCode, str] = {
    "enjoyment": "they may enjoy this, going by your notes on {name}",
    "talk": "this fits what you talked about",
    "check_in": "a short sign of life is in place",
    "answer": "a line of thanks is enough",
    "promise": "a gentle line, once",
    "rejected": "a gracious last note is remembered when the next post is free",
    "advice": "leave it if their answer was curt, or said why already",
    "reconnect": "two lines are plenty, and none is fine, too",
    **dict.fromkeys(_CHEERS, "congratulations are welcome within days"),
}


def reason_text(reason: Reason, today: date) -> str:
    """Return why now, a sentence: "the interview was yesterday; a note within a day ..."."""
    rest = _rest(reason, today)
    found = f"{short_reason(reason, today)}; {rest}." if rest else f"{short_reason(reason, today)}."
    if reason.bad_news:
        found += f" No story with it: bad news about {reason.name} ({', '.join(reason.bad_news)})."
    return found


def short_reason(reason: Reason, today: date) -> str:
    """Return why now in a few words: "the interview was yesterday"."""
    day = reason.day or today
    near = relative_day(day, today) if (today - day).days in (0, 1) else on_day(day, today)
    match reason.code:
        case "thank_you":
            return f"the interview was {near}" + (f" at {reason.clock}" if reason.clock else "")
        case "decision":
            return _undecided(reason, day)
        case "answer":
            return f"{reason.name} answered {near}{reply_text(reason.reply)}"
        case "promise" if reason.reply:
            return f"they promised {reason.reply.promised} by {long_day(day)}, and it has not come"
        case "advice":
            return f"you wrote a last note {on_day(day, today)}"
        case code if code in _CHEERS:
            return PERSON_WORDS[_CHEERS[code]].format(who=reason.name)
        case code if code in _WHY:
            return _WHY[code].format(name=reason.name)
        case _:
            what = "the interview" if reason.is_interview else "you were last in touch"
            return f"it is {count_of((today - day).days, 'day')} since {what}"


def _undecided(reason: Reason, day: date) -> str:
    named = f", as they wrote on {long_day(reason.named_on)}" if reason.named_on else ""
    said = f"they hoped to decide by {long_day(day)}{named}, and nothing was heard"
    if not reason.is_repeated:
        return said
    return f"{said} since you asked; a short call may do better than a second message"


def reply_text(reply: Reply | None) -> str:
    """Return what an answer said, as the end of a sentence: " with a new date (…)"; or ""."""
    if reply is None:
        return ""
    day = f" ({long_day(reply.day)})" if reply.day else ""
    told = {
        "new_date": f" with a new date{day}",
        "invitation": f" with an invitation{day}",
        "no": " with a no",
    }.get(reply.said, "")
    by = f" by {long_day(reply.by)}" if reply.by else ""
    promised = f"{' and' if told else ' with'} a promise ({reply.promised}{by})"
    return told + (promised if reply.promised else "")


def question_text(asked: date) -> str:
    """Return what to mind with a message that is put off into the days before the question."""
    return (
        f"Mind: the question about the decision comes up on {long_day(asked)}. The days before it "
        "are quiet, so this waits until after it; an earlier day is better."
    )


def _rest(reason: Reason, today: date) -> str:
    """Return the second half of the sentence: what to mind, or why it is welcome; or ""."""
    if reason.code == "thank_you":
        return _in_time(reason, today)
    return _WELCOME.get(reason.code, "").format(name=reason.name)


def _in_time(reason: Reason, today: date) -> str:
    """Return how late a thank-you is."""
    last = reason.last_day
    if reason.late_after is None or today <= reason.late_after:
        if reason.late_after and (today - (reason.day or today)).days > 1:
            return f"a note that is there {near_day(reason.late_after, today)} is in time"
        return "a note within a day is remembered, after three it is routine"
    if last and today > last:
        return (
            f"the last day for a note was {long_day(last)}, and the next run takes it off the list"
        )
    if last == today:
        return "today is the last day for a note"
    until = f"until {near_day(last, today)}" if last else "within the week"
    return f"a late note is better than none, {until}"
