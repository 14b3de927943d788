"""What holds a message back: small rules with a name, asked in order; the first that objects.

Takes a `Case`; a rule gives a `Held`, or what it found in order in a few words ("" where that
is not worth saying). The rules that a kind has to pass are in `GUARDS`. Every number is a setting.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from pipeline.records import Guard, Held, Kind, Touchpoint
from pipeline.text.phrasing import count_of, long_day, relative_day
from pipeline.touchpoints import pace
from pipeline.touchpoints.bad_news import bad_news_of, hold_ends
from pipeline.touchpoints.case import Case
from pipeline.touchpoints.lifecycle import DONE

Rule = Callable[[Case, Kind], Held | str]


def thank_first(case: Case, kind: Kind) -> Held | str:
    """Somebody just met is thanked before anything else, unless the user has said no to it."""
    if case.messages or case.now >= case.thank_you_ends or case.is_done(case.key("thank_you")):
        return ""
    return case.held(Guard.ONE_AT_A_TIME, kind, "The thank-you comes first.", case.thank_you_ends)


def hold_for_bad_news(case: Case, kind: Kind) -> Held | str:
    """Nothing cheerful goes to a company in the days after bad news about it."""
    if not case.bad_news:
        return f"no bad news about {case.company.name} for {_days(case.pace.sensitive_days)}"
    worst = max(case.bad_news, key=lambda match: match.story.lead.published)
    until = hold_ends(worst, case)
    return case.held(
        Guard.BAD_NEWS,
        kind,
        f"Nothing cheerful goes to {case.company.name} before {_day(case, until)}: "
        f'{bad_news_of(worst)} ("{worst.story.lead.title}").',
        until,
    )


def stop_when_unanswered(case: Case, kind: Kind) -> Held | str:
    """After so many messages without an answer, silence is the kindest message."""
    if case.unanswered < case.pace.unanswered_stop:
        return f"{count_of(case.unanswered, 'message')} without an answer"
    return case.held(
        Guard.UNANSWERED,
        kind,
        f"{count_of(case.unanswered, 'message').capitalize()} to {case.who} are without an "
        "answer; silence is the kindest message now.",
    )


def keep_for_the_question(case: Case, kind: Kind) -> Held | str:
    """The last message before silence is kept for the question about the decision."""
    expected = case.interview.decision_expected
    if not case.leads or expected is None or case.unanswered < case.pace.unanswered_stop - 1:
        return ""
    if is_asked(case) or is_answered(case):
        return ""
    return case.held(
        Guard.KEPT_FOR_THE_QUESTION,
        kind,
        f"{count_of(case.unanswered, 'message').capitalize()} to {case.who} are without an "
        f"answer; the next one is the question, after {long_day(expected)}.",
    )


def wait_for_the_meeting(case: Case, kind: Kind) -> Held | str:
    """A candidate who meets them soon has no need to write."""
    if case.ahead is None:
        return ""
    return case.held(
        Guard.INTERVIEW_AHEAD,
        kind,
        f"The next interview at {case.company.name} is on {_day(case, case.ahead)}; "
        "what there is to say can be said there.",
        case.ahead,
    )


def cool_down(case: Case, kind: Kind) -> Held | str:
    """Some days of quiet after any contact with the person, at whatever company."""
    here = [contact for contact in case.contacts if contact not in case.everywhere]
    last = max((*case.everywhere, *here), key=lambda contact: contact.at, default=None)
    if last is None:
        return ""
    until = case.days_after(last.at, case.pace.cool_down_days)
    day = relative_day(case.day_of(last.at), case.today)
    if until <= case.now:
        return f"last in touch {day}"
    return case.held(
        Guard.COOL_DOWN,
        kind,
        f"You were in touch with {case.who} {day}; the next message waits until "
        f"{_day(case, until)}.",
        until,
    )


def within_the_month(case: Case, kind: Kind) -> Held | str:
    """Only so many messages to one person in a month, at whatever company."""
    since = case.days_after(case.now, -pace.MONTH_DAYS)
    sent = [contact.at for contact in case.everywhere if not contact.answer and contact.at >= since]
    if len(sent) < case.pace.monthly:
        return f"{len(sent)} of {case.pace.monthly} messages in {pace.MONTH_DAYS} days"
    until = case.days_after(sorted(sent)[-case.pace.monthly], pace.MONTH_DAYS + 1)
    return case.held(
        Guard.MONTHLY_BUDGET,
        kind,
        f"{count_of(len(sent), 'message').capitalize()} to {case.who} in "
        f"{pace.MONTH_DAYS} days are enough; the next one waits until {_day(case, until)}.",
        until,
    )


def space_out_colleagues(case: Case, kind: Kind) -> Held | str:
    """People at one company talk: not two of them on two days running."""
    sent = [contact for contact in case.colleagues if not contact.answer]
    last = max(sent, key=lambda contact: contact.at, default=None)
    if last is None:
        return ""
    until = case.days_after(last.at, case.pace.colleague_days)
    if until <= case.now:
        return ""
    day = relative_day(case.day_of(last.at), case.today)
    return case.held(
        Guard.COLLEAGUE,
        kind,
        f"You wrote to {last.person} at {case.company.name} {day}; {case.who} waits until "
        f"{_day(case, until)}.",
        until,
    )


def rest_after_dismissal(case: Case, kind: Kind) -> Held | str:
    """A dismissed suggestion quiets its kind for a while, unless the story was the mistake."""
    dismissed = [
        item.changed
        for item in case.touchpoints
        if item.status == "dismissed"
        and item.suggestion.kind == kind
        and item.because != "wrong-company"
    ]
    if not dismissed:
        return ""
    until = case.days_after(max(dismissed), case.pace.dismissed_days)
    if until <= case.now:
        return ""
    return case.held(
        Guard.DISMISSED,
        kind,
        f"You dismissed such a message to {case.who}; the next one waits until "
        f"{_day(case, until)}.",
        until,
    )


_ALL: tuple[Rule, ...] = (
    thank_first,
    hold_for_bad_news,
    wait_for_the_meeting,
    stop_when_unanswered,
    cool_down,
    within_the_month,
    space_out_colleagues,
    rest_after_dismissal,
)

GUARDS: dict[Kind, tuple[Rule, ...]] = {
    "thank_you": (),
    "decision": (
        thank_first,
        hold_for_bad_news,
        wait_for_the_meeting,
        stop_when_unanswered,
        cool_down,
        space_out_colleagues,
    ),
    "contribution": _ALL,
    "tidbit": (*_ALL, keep_for_the_question),
    "check_in": (*_ALL, keep_for_the_question),
}


def ask(case: Case, kind: Kind) -> Held | tuple[str, ...]:
    """Return what the first guard that objects says, or else what they found in order."""
    passed: list[str] = []
    for rule in GUARDS[kind]:
        said = rule(case, kind)
        if isinstance(said, Held):
            return said
        passed += [said] if said else []
    return tuple(passed)


# --------------------------------------------------------------------------------- the question


def is_asked(case: Case) -> bool:
    """Return whether the question about the expected day was asked as often as it may be."""
    asked = questions(case)
    sent = sum(item.status != "dismissed" for item in asked)
    return max(sent, len(asked) - sent) >= case.pace.decision_at_most


def is_answered(case: Case) -> bool:
    """Return whether anybody at the company was heard of since the day of the decision."""
    expected = case.interview.decision_expected
    heard = (c for c in (*case.contacts, *case.colleagues) if c.answer)
    return expected is not None and any(case.day_of(c.at) >= expected for c in heard)


def questions(case: Case) -> list[Touchpoint]:
    """Return the questions about the expected day that were sent or dismissed, oldest first."""
    expected = case.interview.decision_expected
    key = case.key("decision", expected.isoformat() if expected else "")
    found = [
        item
        for item in case.touchpoints
        if item.status in DONE and item.suggestion.key.startswith(f"{key}:")
    ]
    return sorted(found, key=lambda item: item.changed)


# ---------------------------------------------------------------------------------------- words


def _day(case: Case, at: datetime) -> str:
    return long_day(case.day_of(at))


def _days(number: int) -> str:
    return count_of(number, "day")
