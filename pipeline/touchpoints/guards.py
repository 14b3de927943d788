"""What holds a message back: small rules with a name, asked in order; the first that objects.

Takes a `Case`; a rule gives a `Held`, or what it found in order (None where that is not worth
saying). The rules that a kind has to pass are in `GUARDS`. Every number is a setting.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from pipeline.records import Guard, GuardResult, Held, Kind, Touchpoint
from pipeline.text.calendar import start_of
from pipeline.text.names import key_of, plain_letters
from pipeline.touchpoints import pace
from pipeline.touchpoints.bad_news import bad_news_of, hold_ends
from pipeline.touchpoints.case import Case
from pipeline.touchpoints.lifecycle import DONE
from pipeline.touchpoints.person_news import what_holds

# For how long after an invitation, or the day of the talk, nothing is suggested before its notes
# are there; and how much longer the question waits, a day for each week over two that they said it
# takes. By judgement.
INVITED_DAYS = 28
WEEKS_AS_USUAL, MOST_PATIENCE = 2, 7

Ruling = Held | GuardResult | None
Rule = Callable[[Case, Kind], Ruling]


def thank_first(case: Case, kind: Kind) -> Ruling:
    """Somebody just met is thanked before anything else, unless the user has said no to it."""
    if case.messages or case.now >= case.thank_you_ends or case.is_done(case.key("thank_you")):
        return None
    return case.held(kind, GuardResult(Guard.THANK_YOU_FIRST), case.thank_you_ends)


def hold_for_their_news(case: Case, kind: Kind) -> Ruling:
    """Who leaves, died or is accused gets nothing until the candidate has said what to do."""
    result = what_holds(case)
    return case.held(kind, result) if result else None


def hold_for_bad_news(case: Case, kind: Kind) -> Ruling:
    """Nothing cheerful goes to a company in the days after bad news about it."""
    if not case.bad_news:
        return GuardResult(Guard.BAD_NEWS, days=case.pace.sensitive_days)
    rules = case.hold_rules
    worst = max(case.bad_news, key=lambda match: hold_ends(match, rules))
    result = GuardResult(
        Guard.BAD_NEWS,
        bad_news=bad_news_of(worst),
        title=worst.judged_by.lead.title,
        told_by=rules.hearsay.get(worst.story.id, ""),
    )
    return case.held(kind, result, hold_ends(worst, rules))


def stop_when_unanswered(case: Case, kind: Kind) -> Ruling:
    """After several messages without an answer, silence is the kindest message."""
    result = GuardResult(Guard.UNANSWERED, count=case.unanswered)
    return result if case.unanswered < case.pace.unanswered_stop else case.held(kind, result)


def keep_for_the_question(case: Case, kind: Kind) -> Ruling:
    """The last message before silence is kept for the question about the decision."""
    expected = case.interview.decision_expected
    if not case.asked or expected is None or case.unanswered < case.pace.unanswered_stop - 1:
        return None
    if is_asked(case) or is_answered(case):
        return None
    return case.held(
        kind, GuardResult(Guard.KEPT_FOR_THE_QUESTION, day=expected, count=case.unanswered)
    )


def is_last_place(case: Case) -> bool:
    """Return whether one more message without an answer is followed by silence."""
    return case.unanswered == case.pace.unanswered_stop - 1 and bool(case.messages)


def keep_quiet_before_the_question(case: Case, kind: Kind) -> Ruling:
    """In the last days before the question nothing else goes to the one who is asked."""
    day = question_after(case, case.today)
    if day is None:
        return None
    return case.held(kind, GuardResult(Guard.QUESTION_NEAR), start_of(day, case.zone))


def question_after(case: Case, today: date) -> date | None:
    """Return the day of the question in whose quiet days a day lies, where it does.

    Where they said that it takes long, the question waits, and the quiet with it: from the days
    before it would have been asked.
    """
    day, earliest = question_day(case), question_day(case, patiently=False)
    if day is None or earliest is None or questions(case) or not case.asked:
        return None
    quiet = timedelta(days=case.pace.decision_quiet_days)
    return day if earliest - quiet <= today < day else None


def wait_for_the_meeting(case: Case, kind: Kind) -> Ruling:
    """A candidate who meets them soon has no need to write."""
    if case.ahead is None:
        return None
    return case.held(kind, GuardResult(Guard.INTERVIEW_AHEAD), case.ahead)


def wait_for_the_invitation(case: Case, kind: Kind) -> Ruling:
    """Who is invited says it there; its notes are still to be written."""
    last = next(iter(reversed(case.replies)), None)
    if last is None or last.reply is None or last.reply.said != "invitation":
        return None
    day = last.reply.day
    begins = start_of(day, case.zone) if day else last.at
    until = case.days_after(begins, INVITED_DAYS)
    return case.held(kind, GuardResult(Guard.INVITED, day=day), until) if until > case.now else None


def cool_down(case: Case, kind: Kind) -> Ruling:
    """Some days of quiet after any contact with the person, at whatever company."""
    here = [contact for contact in case.contacts if contact not in case.everywhere]
    last = max((*case.everywhere, *here), key=lambda contact: contact.at, default=None)
    if last is None:
        return None
    until = case.days_after(last.at, case.pace.cool_down_days)
    result = GuardResult(Guard.COOL_DOWN, day=case.own_day_of(last.at))
    return result if until <= case.now else case.held(kind, result, until)


def within_the_month(case: Case, kind: Kind) -> Ruling:
    """Only a few messages to one person in a month, at whatever company."""
    since = case.days_after(case.now, -pace.MONTH_DAYS)
    sent = [contact.at for contact in case.everywhere if not contact.answer and contact.at >= since]
    result = GuardResult(
        Guard.MONTHLY_BUDGET, count=len(sent), limit=case.pace.monthly, days=pace.MONTH_DAYS
    )
    if len(sent) < case.pace.monthly:
        return result
    until = case.days_after(sorted(sent)[-case.pace.monthly], pace.MONTH_DAYS + 1)
    return case.held(kind, result, until)


def space_out_colleagues(case: Case, kind: Kind) -> Ruling:
    """People at one company talk: not two of them on two days running."""
    sent = [contact for contact in case.colleagues if not contact.answer]
    last = max(sent, key=lambda contact: contact.at, default=None)
    if last is None:
        return None
    until = case.days_after(last.at, case.pace.colleague_days)
    if until <= case.now:
        return None
    result = GuardResult(Guard.COLLEAGUE, day=case.own_day_of(last.at), colleague=last.person)
    return case.held(kind, result, until)


def rest_after_dismissal(case: Case, kind: Kind) -> Ruling:
    """A dismissed suggestion quiets its kind for a while, unless the story was the mistake."""
    dismissed = [
        item.changed
        for item in case.touchpoints
        if item.status == "dismissed"
        and item.suggestion.kind == kind
        and not _is_of_another(item.because, case)
    ]
    if not dismissed:
        return None
    until = case.days_after(max(dismissed), case.pace.dismissed_days)
    return case.held(kind, GuardResult(Guard.DISMISSED), until) if until > case.now else None


def _is_of_another(because: str, case: Case) -> bool:
    """Return whether the story was the mistake: another company's, or for a colleague.

    "That is Maureen's hobby" names her.
    """
    said = {word.removesuffix("s") for word in plain_letters(because).split()}
    others = (person.name for person in case.interview.people if person.name != case.person.name)
    names = {word.removesuffix("s") for name in others for word in key_of(name).split()}
    return because == "wrong-company" or bool(said & {name for name in names if len(name) > 1})


_ALL: tuple[Rule, ...] = (
    hold_for_their_news,
    thank_first,
    hold_for_bad_news,
    wait_for_the_meeting,
    wait_for_the_invitation,
    stop_when_unanswered,
    cool_down,
    within_the_month,
    space_out_colleagues,
    rest_after_dismissal,
)

GUARDS: dict[Kind, tuple[Rule, ...]] = {
    "thank_you": (hold_for_their_news,),
    "congratulation": (
        hold_for_their_news,
        thank_first,
        hold_for_bad_news,
        wait_for_the_meeting,
        wait_for_the_invitation,
        rest_after_dismissal,
    ),
    "answer": (hold_for_their_news,),
    "decision": (
        hold_for_their_news,
        thank_first,
        hold_for_bad_news,
        wait_for_the_meeting,
        wait_for_the_invitation,
        stop_when_unanswered,
        cool_down,
        space_out_colleagues,
    ),
    "reminder": (
        hold_for_their_news,
        hold_for_bad_news,
        wait_for_the_meeting,
        wait_for_the_invitation,
        stop_when_unanswered,
        cool_down,
        space_out_colleagues,
    ),
    "contribution": (*_ALL, keep_quiet_before_the_question),
    "tidbit": (*_ALL, keep_for_the_question, keep_quiet_before_the_question),
    "check_in": (*_ALL, keep_for_the_question),
    "farewell": (hold_for_their_news,),
    "advice": (hold_for_their_news, hold_for_bad_news),
    "reconnect": (hold_for_their_news, hold_for_bad_news, cool_down),
}


def ask(case: Case, kind: Kind) -> Held | tuple[GuardResult, ...]:
    """Return what the first guard that objects found, or else what they found in order."""
    passed: list[GuardResult] = []
    for rule in GUARDS[kind]:
        ruling = rule(case, kind)
        if isinstance(ruling, Held):
            return ruling
        passed += [ruling] if ruling else []
    return tuple(passed)


def objections(case: Case, kind: Kind) -> tuple[GuardResult, ...]:
    """Return what all guards object to: for a message that the user asked for, to be told."""
    rulings = (rule(case, kind) for rule in GUARDS[kind])
    return tuple(ruling.result for ruling in rulings if isinstance(ruling, Held))


# --------------------------------------------------------------------------------- the question


def question_day(case: Case, *, patiently: bool = True) -> date | None:
    """Return the day on which the question about the decision is asked for the first time.

    Where they named another day, it waits longer, unless it is asked for without patience.
    """
    expected = case.interview.decision_expected
    if expected is None or is_answered(case) or not case.pace.decision_at_most:
        return None
    more = patience(case) if patiently and case.interview.named_on else 0
    return pace.add_working_days(expected, case.pace.decision_after_days + more, case.is_free)


def patience(case: Case) -> int:
    """Return how many days longer a question waits, the more the longer they said it takes."""
    expected = case.interview.decision_expected
    if expected is None:
        return 0
    said = case.interview.named_on or case.day_of(case.interview.interviewed)
    weeks = (expected - said).days // 7
    return min(max(weeks - WEEKS_AS_USUAL, 0), MOST_PATIENCE)


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
