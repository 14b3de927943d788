"""What holds a message back: small rules with a name, asked in order; the first one speaks.

Takes a `Case`; gives a `Held` or None. Which guards a kind has to pass stands in `GUARDS`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from pipeline.records import Held, Kind
from pipeline.touchpoints.case import Case
from pipeline.words import long_day, relative_day

Guard = Callable[[Case, Kind], Held | None]


def hold_for_bad_news(case: Case, kind: Kind) -> Held | None:
    """Nothing cheerful goes to a company in the days after bad news about it."""
    if not case.bad_news:
        return None
    worst = max(case.bad_news, key=lambda match: match.story.lead.published)
    until = worst.story.lead.published + timedelta(days=case.pace.sensitive_days)
    day = until.astimezone(case.zone).date()
    what = ", ".join(event.kind for event in worst.events if event.sensitive) or "bad news"
    return case.held(
        "sensitive news",
        kind,
        f'Nothing cheerful goes to {case.company.name} until {long_day(day)}: {what} ("'
        f'{worst.story.lead.title}").',
        until,
    )


def stop_when_unanswered(case: Case, kind: Kind) -> Held | None:
    """After so many messages without an answer, silence is the kindest message."""
    if case.unanswered < case.pace.unanswered_stop:
        return None
    return case.held(
        "unanswered",
        kind,
        f"{case.unanswered} messages to {_who(case)} are without an answer; silence is the "
        "kindest message now.",
    )


def cool_down(case: Case, kind: Kind) -> Held | None:
    """Some days of quiet after any contact."""
    if case.last_contact is None:
        return None
    until = case.last_contact + timedelta(days=case.pace.cool_down_days)
    if until <= case.now:
        return None
    last = relative_day(case.last_contact.astimezone(case.zone).date(), case.today)
    return case.held(
        "cool-down",
        kind,
        f"You were in touch with {_who(case)} {last}; the next message waits until "
        f"{long_day(until.astimezone(case.zone).date())}.",
        until,
    )


def rest_after_dismissal(case: Case, kind: Kind) -> Held | None:
    """A dismissed suggestion quiets its kind for a while."""
    dismissed = [
        item.changed
        for item in case.touchpoints
        if item.status == "dismissed" and item.suggestion.kind == kind
    ]
    if not dismissed:
        return None
    until = max(dismissed) + timedelta(days=case.pace.dismissed_days)
    if until <= case.now:
        return None
    return case.held(
        "dismissed",
        kind,
        f"You dismissed such a message to {_who(case)}; the next one waits until "
        f"{long_day(until.astimezone(case.zone).date())}.",
        until,
    )


GUARDS: dict[Kind, tuple[Guard, ...]] = {
    "thank_you": (),
    "decision": (hold_for_bad_news, stop_when_unanswered, cool_down),
    "contribution": (hold_for_bad_news, stop_when_unanswered, cool_down, rest_after_dismissal),
    "tidbit": (hold_for_bad_news, stop_when_unanswered, cool_down, rest_after_dismissal),
    "check_in": (hold_for_bad_news, stop_when_unanswered, cool_down, rest_after_dismissal),
}


def first_objection(case: Case, kind: Kind) -> Held | None:
    """Return what the first guard that objects says, or None."""
    said = (guard(case, kind) for guard in GUARDS[kind])
    return next((held for held in said if held), None)


def _who(case: Case) -> str:
    return case.person.name or case.company.name
