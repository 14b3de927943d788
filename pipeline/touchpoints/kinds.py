"""The five kinds of message: when each is due, and what it needs. DESIGN.md's table, as functions.

Each takes a `Case` and gives what it proposes: a `Candidate`, what stands against it (`Held`),
when it comes up (`Upcoming`), or None. They don't know of each other; `plan` chooses.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from pipeline.records import Evidence, Kind, Match, Person
from pipeline.touchpoints import pace
from pipeline.touchpoints.case import Candidate, Case, Option, Proposal
from pipeline.touchpoints.guards import first_objection
from pipeline.touchpoints.phrases import day_in_a_letter
from pipeline.words import long_day, relative_day

# A note line must carry at least this share of a story's best evidence, or the story was found
# for somebody else. Half: below it the words in common are other words than those that counted.
OWN_SHARE = 0.5
BEFORE_DECISION_DAYS = 7  # no check-in in the week before the decision is to be asked for
SECOND_QUESTION_DAYS = 7  # candidate.so and jobflow: once more a week later, then stop
MOST_OPTIONS = 8  # stories looked at for one message


def propose_thank_you(case: Case) -> Proposal:
    """Two to 24 hours after the interview, one to each interviewer; useless after a week."""
    begins = case.interview.interviewed + timedelta(hours=case.pace.thank_you_after_hours)
    key = case.key("thank_you")
    if case.is_done(key) or case.messages or case.now >= _thank_you_ends(case):
        return None
    due = pace.next_open(max(begins, case.start_of_today), case.zone, case.is_free)
    if case.now < begins:
        minutes = int((case.now - case.interview.interviewed).total_seconds() // 60)
        who = case.person.name or "the interviewers"
        return case.held(
            "too early",
            "thank_you",
            f"The thank-you to {who} waits: it is {minutes} minutes after the interview.",
            begins,
        )
    return Candidate(
        "thank_you", key, case, due, _why_thank_you(case), () if case.bad_news else _tidbits(case)
    )


def propose_decision(case: Case) -> Proposal:
    """Two working days after the expected day, once more a week later, then no more."""
    expected = case.interview.decision_expected
    if expected is None or case.person != _first_person(case):
        return None
    if any(c.answer and c.at.astimezone(case.zone).date() >= expected for c in case.contacts):
        return None
    asked = [item for item in case.touchpoints if _is_asked(item.suggestion.key, case)]
    done = [item for item in asked if item.status in ("sent", "answered", "dismissed")]
    if len(done) >= 2:
        return None
    day = pace.add_working_days(expected, case.pace.decision_after_days, case.is_free)
    if done:
        again = done[-1].changed + timedelta(days=SECOND_QUESTION_DAYS)
        day = pace.next_working_day(again.astimezone(case.zone).date(), case.is_free)
    if case.today < day:
        return case.upcoming("decision", day, "ask about the decision, if nothing was heard")
    reason = f"They hoped to decide by {long_day(expected)}, and nothing was heard" + (
        " since you asked." if any(item.status != "dismissed" for item in done) else "."
    )
    key = case.key("decision", str(len(done) + 1))
    return _guarded(Candidate("decision", key, case, _due_today(case), reason))


def propose_contribution(case: Case) -> Proposal:
    """Fresh news about the company meets something that the candidate can do."""
    options = tuple(
        Option(match, match.skill)
        for match in _fresh(case, "contribution")
        if match.skill and match.mention.about == "about" and _is_welcome(match)
    )[:MOST_OPTIONS]
    if not options:
        return None
    key = case.key("contribution")
    reason = f"news about {case.company.name} meets something you can do"
    return _guarded(
        Candidate("contribution", key, case, _due_today(case), reason, options, needs_story=True)
    )


def propose_tidbit(case: Case) -> Proposal:
    """Something this person would enjoy, no more often than the pace allows."""
    options = _tidbits(case)
    if not options:
        return None
    begins = _next_turn(case)
    if begins > case.now:
        return None  # the check-in says when the next turn comes
    reason = f"it is {_since_last(case)}, and this fits what you talked about"
    return _guarded(
        Candidate(
            "tidbit",
            case.key("tidbit"),
            case,
            _due_today(case),
            reason,
            options,
            needs_story=True,
        )
    )


def propose_check_in(case: Case) -> Proposal:
    """The pace's gap has passed without a contact."""
    if not case.messages and case.now < _thank_you_ends(case):
        return None  # the thank-you comes first, and the clock starts with it
    begins = _next_turn(case)
    day = pace.next_working_day(begins.astimezone(case.zone).date(), case.is_free)
    ask_on = _question_day(case)
    if ask_on and (ask_on - max(day, case.today)).days <= BEFORE_DECISION_DAYS:
        return None  # the decision is near or past: the question takes the place of a check-in
    if begins > case.now:
        return case.upcoming(
            "check_in", day, f"check-in with {case.person.name or 'the interviewers'}"
        )
    dismissed = sum(
        item.status == "dismissed" and item.suggestion.kind == "check_in"
        for item in case.touchpoints
    )
    key = case.key("check_in", str(len(case.messages) + dismissed))
    reason = f"it is {_since_last(case)}; a short sign of life is in place"
    options = tuple(
        Option(match, match.best)
        for match in _fresh(case, "contribution")
        if match.best and match.mention.about == "about" and _is_welcome(match)
    )[:MOST_OPTIONS]
    return _guarded(Candidate("check_in", key, case, _due_today(case), reason, options))


# In the order of their right of way: a person gets one message at a time.
KINDS: dict[Kind, Callable[[Case], Proposal]] = {
    "thank_you": propose_thank_you,
    "decision": propose_decision,
    "contribution": propose_contribution,
    "tidbit": propose_tidbit,
    "check_in": propose_check_in,
}


def evidence_for(match: Match, name: str) -> Evidence | None:
    """Return the best discussed or office line for a person, where it carries the match."""
    lines = [item for item in match.for_people if item.note.person in ("", name)]
    best = max(lines, key=lambda item: item.score, default=None)
    if best is None or match.best is None or best.score < OWN_SHARE * match.best.score:
        return None
    return best


def _guarded(candidate: Candidate) -> Proposal:
    return first_objection(candidate.case, candidate.kind) or candidate


def _tidbits(case: Case) -> tuple[Option, ...]:
    found = ((match, evidence_for(match, case.person.name)) for match in _fresh(case, "tidbit"))
    return tuple(Option(match, evidence) for match, evidence in found if evidence)[:MOST_OPTIONS]


def _fresh(case: Case, queue: str) -> list[Match]:
    """Return the matches of one queue that are new enough and were not used for this person."""
    oldest = case.now - timedelta(days=case.pace.news_days)
    return [
        match
        for match in case.matches
        if match.kind == queue
        and not match.sensitive
        and match.story.lead.published >= oldest
        and match.story.id not in case.seen_stories
    ]


def _is_welcome(match: Match) -> bool:
    """Tell whether no event speaks against a friendly word; unknown kinds of news don't."""
    return not any(event.sensitive for event in match.events)


def _next_turn(case: Case) -> datetime:
    """Return when the gap since the last contact, or the interview, will have passed."""
    last = case.last_contact or case.interview.interviewed
    messages = max(len(case.messages) - 1, 0)  # the thank-you belongs to the interview
    return last + timedelta(days=pace.gap_days(case.pace, messages, case.unanswered))


def _question_day(case: Case) -> date | None:
    expected = case.interview.decision_expected
    if expected is None:
        return None
    return pace.add_working_days(expected, case.pace.decision_after_days, case.is_free)


def _due_today(case: Case) -> datetime:
    return pace.next_open(case.start_of_today, case.zone, case.is_free)


def _since_last(case: Case) -> str:
    if case.last_contact is None:
        days = (case.today - case.interview.interviewed.astimezone(case.zone).date()).days
        return f"{days} days since the interview"
    days = (case.today - case.last_contact.astimezone(case.zone).date()).days
    return f"{days} days since you were last in touch"


def _thank_you_ends(case: Case) -> datetime:
    return case.interview.interviewed + timedelta(days=case.pace.thank_you_until_days)


def _why_thank_you(case: Case) -> str:
    at = case.interview.interviewed.astimezone(case.zone)
    clock = "" if case.interview.day_only else f" at {at:%H:%M}"
    day = relative_day(at.date(), case.today)
    if day not in ("today", "yesterday"):
        day = day_in_a_letter(at.date(), case.today)
    told = f"the interview was {day}{clock}"
    # A note for a Friday may wait for Monday: what counts is the next working day.
    if case.today > pace.add_working_days(at.date(), 1, case.is_free):
        return f"{told}; a late note is better than none, within the week."
    return f"{told}; a note within a day is remembered, after three it is routine."


def _first_person(case: Case) -> Person:
    return case.interview.people[0] if case.interview.people else case.person


def _is_asked(key: str, case: Case) -> bool:
    return key.startswith(case.key("decision"))
