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
    from pipeline.records import Reason, Reply

# What somebody is congratulated on, by the reason that is given for it.
_CHEERS = {"promotion": "promotion", "prize": "prize", "talk_given": "talk", "article": "article"}


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
    if reason.code == "thank_you":
        is_near = (today - day).days in (0, 1)
        when = relative_day(day, today) if is_near else on_day(day, today)
        return f"the interview was {when}" + (f" at {reason.clock}" if reason.clock else "")
    if reason.code == "decision":
        again = " since you asked" if reason.is_repeated else ""
        named = f", as they wrote on {long_day(reason.named_on)}" if reason.named_on else ""
        call = "; a short call may do better than a second message" if reason.is_repeated else ""
        return f"they hoped to decide by {long_day(day)}{named}, and nothing was heard{again}{call}"
    if reason.code == "answer":
        when = relative_day(day, today) if (today - day).days in (0, 1) else on_day(day, today)
        return f"{reason.name} answered {when}{reply_text(reason.reply)}"
    if reason.code == "promise" and reason.reply:
        return f"they promised {reason.reply.promised} by {long_day(day)}, and it has not come"
    if reason.code == "rejected":
        return "they decided for somebody else"
    if reason.code == "advice":
        return f"you wrote a last note {on_day(day, today)}"
    if reason.code == "reconnect":
        return "it is three months since their no"
    if reason.code == "company_news":
        return f"news about {reason.name} meets something you can do"
    if reason.code == "asked_for":
        return "you wanted to write about this story"
    if reason.code == "put_off":
        return "you put it off until now"
    if reason.code in _CHEERS:
        return PERSON_WORDS[_CHEERS[reason.code]].format(who=reason.name)
    what = "the interview" if reason.is_interview else "you were last in touch"
    return f"it is {count_of((today - day).days, 'day')} since {what}"


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
    """Return the second half of the sentence."""
    if reason.code == "thank_you":
        if reason.late_after and today > reason.late_after:
            if reason.last_day and today > reason.last_day:
                last = long_day(reason.last_day)
                return f"the last day for a note was {last}, and the next run takes it off the list"
            if reason.last_day and today == reason.last_day:
                return "today is the last day for a note"
            last = f"until {near_day(reason.last_day, today)}" if reason.last_day else ""
            return f"a late note is better than none, {last or 'within the week'}"
        if reason.late_after and (today - (reason.day or today)).days > 1:
            return f"a note that is there {near_day(reason.late_after, today)} is in time"
        return "a note within a day is remembered, after three it is routine"
    if reason.code == "enjoyment":
        return f"they may enjoy this, going by your notes on {reason.name}"
    if reason.code in _CHEERS:
        return "congratulations are welcome within days"
    return {
        "talk": "this fits what you talked about",
        "check_in": "a short sign of life is in place",
        "answer": "a line of thanks is enough",
        "promise": "a gentle line, once",
        "rejected": "a gracious last note is remembered when the next post is free",
        "advice": "leave it if their answer was curt, or said why already",
        "reconnect": "two lines are plenty, and none is fine, too",
    }.get(reason.code, "")
