"""What becomes of the suggestions of earlier days, by the plan of today: from values alone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from pipeline.records import Expiry, Guard, Plan, Touchpoint
from pipeline.touchpoints import lifecycle
from pipeline.touchpoints.kinds import AFTER_A_NO, CARRIED

_TODAY_ONLY = (Guard.ONE_AT_A_TIME, Guard.COLLEAGUE, Guard.DAILY_BUDGET)
# What holds for everybody at a company.
_FOR_ALL = (
    Guard.DECIDED,
    Guard.UNREAD_NOTE,
    Guard.BAD_NEWS,
)


def settle(
    touchpoints: Iterable[Touchpoint], plan: Plan, now: datetime
) -> tuple[tuple[Touchpoint, Touchpoint], ...]:
    """Return what the plan changes by itself, before and after: what expires, what wakes up.

    A suggestion whose reason holds, or that is put off until a later day, stays as it is, unless
    the company has decided. A story whose day has come while a guard holds it for some days more
    is put off until these are over. What the user has done, sent, answered and dismissed, is
    theirs to take back.
    """
    standing = {item.key for item in plan.suggestions}
    decided = {item.company for item in plan.held if item.guard is Guard.DECIDED}
    moves: list[tuple[Touchpoint, Touchpoint]] = []
    for touchpoint in touchpoints:
        asleep = touchpoint.status == "snoozed" and (touchpoint.until or now) > now
        is_over = touchpoint.suggestion.company in decided
        asleep = asleep and (not is_over or touchpoint.suggestion.kind in AFTER_A_NO)
        if touchpoint.suggestion.key in standing:
            if touchpoint.status in ("snoozed", "expired"):
                awake = lifecycle.moved(touchpoint, "suggested", now, until=touchpoint.until)
                moves.append((touchpoint, awake))
        elif touchpoint.is_open and not asleep and (until := _held_until(touchpoint, plan, now)):
            why = _why_gone(touchpoint, plan)
            rests = lifecycle.moved(touchpoint, "snoozed", now, expiry=why, until=until)
            moves.append((touchpoint, rests))
        elif touchpoint.is_open and not asleep:
            gone = lifecycle.moved(touchpoint, "expired", now, expiry=_why_gone(touchpoint, plan))
            moves.append((touchpoint, gone))
    return tuple(moves)


def _held_until(touchpoint: Touchpoint, plan: Plan, now: datetime) -> datetime | None:
    """Return until when a story waits that the user put off until now; None: for ever.

    Where only another message comes first today, it waits for a day.
    """
    old = touchpoint.suggestion
    if touchpoint.status != "snoozed" or old.kind not in CARRIED:
        return None
    whom = (old.company, old.person, old.kind)
    # What is taken up again is proposed first: the pace of new ones comes after it.
    held = (item for item in plan.held if (item.company, item.person, item.kind) == whom)
    first = next(held, None)
    if first is None or first.until or first.guard not in _TODAY_ONLY:
        return first.until if first else None
    return now + timedelta(days=1)


def _why_gone(touchpoint: Touchpoint, plan: Plan) -> Expiry:
    """Return the reason why a suggestion of an earlier day is not made any more."""
    old = touchpoint.suggestion
    here = [held for held in plan.held if held.company == old.company]
    of_all = [held for held in here if held.guard in _FOR_ALL and held.kind is None]
    same = [held for held in here if (held.person, held.kind) == (old.person, old.kind)]
    reasons = [
        *same,
        *(h for h in of_all if h.guard is not Guard.BAD_NEWS or old.kind != "thank_you"),
    ]
    if reasons:
        return Expiry(reasons[0].result)
    whom = (old.company, old.person, old.kind)
    is_replaced = any((new.company, new.person, new.kind) == whom for new in plan.suggestions)
    return Expiry(is_replaced=is_replaced)
