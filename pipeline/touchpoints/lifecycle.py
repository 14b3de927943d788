"""The life of a touchpoint, as one table of allowed moves.

Two rules: every move of a touchpoint is in `MOVES`; nothing but this module looks into it.
What is recorded, and how a move is undone, is the store's business; `with_suggestions` and
`with_moves` give the same history from values alone.

    suggested ──sent──▶ sent ──answered──▶ answered
        │ ▲
        │ └── the date has come ── snoozed
        ├──later──▶ snoozed
        ├──dismiss─▶ dismissed
        └──its reason is gone──▶ expired ──it is back──▶ suggested
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from pipeline.errors import MoveNotAllowed
from pipeline.records import Expiry, History, Hold, Plan, State, Suggestion, Touchpoint

MOVES: dict[State, tuple[State, ...]] = {
    "suggested": ("sent", "dismissed", "snoozed", "expired"),
    "snoozed": ("suggested", "sent", "dismissed", "snoozed", "expired"),
    "expired": ("suggested", "sent", "dismissed"),
    "sent": ("answered",),
    "answered": (),
    "dismissed": (),
}

DONE: tuple[State, ...] = ("sent", "answered", "dismissed")  # by the user: theirs to take back

_IN_WORDS: dict[State, str] = {
    "suggested": "still only a suggestion",
    "snoozed": "put off until later",
    "expired": "expired",
    "sent": "already marked as sent",
    "answered": "already marked as answered",
    "dismissed": "already dismissed",
}

_TO_DO: dict[State, str] = {  # behind "it cannot"
    "suggested": "be suggested",
    "snoozed": "be put off",
    "expired": "expire",
    "sent": "be marked as sent",
    "answered": "be marked as answered",
    "dismissed": "be dismissed",
}


def is_put_off(touchpoint: Touchpoint, now: datetime) -> bool:
    """Return whether the user put it off until a day that is still to come."""
    return touchpoint.until is not None and touchpoint.until > now


def check_move(touchpoint: Touchpoint, to: State) -> None:
    """Raise MoveNotAllowed unless the table has this move."""
    if to in MOVES[touchpoint.status]:
        return
    if to == "answered":
        send = f"If you sent it, say so first: `touchpoints sent {touchpoint.id}`. "
        raise MoveNotAllowed(
            f"Number {touchpoint.id} is {_IN_WORDS[touchpoint.status]}, so no answer to it can be "
            f"recorded. {send if 'sent' in MOVES[touchpoint.status] else ''}What they wrote "
            f'otherwise: `touchpoints log {touchpoint.suggestion.company} "they wrote" --answer`.'
        )
    if to == touchpoint.status:
        raise MoveNotAllowed(
            f"Number {touchpoint.id} is {_IN_WORDS[to]}: there is nothing to change. "
            "`touchpoints undo` takes back what you recorded last."
        )
    possible = " or ".join(_TO_DO[state] for state in MOVES[touchpoint.status])
    raise MoveNotAllowed(
        f"Number {touchpoint.id} is {_IN_WORDS[touchpoint.status]}, so it cannot {_TO_DO[to]} any "
        f"more{f'; it can only {possible}' if possible else ''}. "
        "`touchpoints undo` takes back what you recorded last."
    )


def check_open(touchpoint: Touchpoint) -> None:
    """Raise MoveNotAllowed unless the message is still to be sent, and so may be changed."""
    if not touchpoint.is_open:
        raise MoveNotAllowed(
            f"Number {touchpoint.id} is {_IN_WORDS[touchpoint.status]}, so its message stays as "
            "it is."
        )


def with_suggestions(history: History, plan: Plan, now: datetime) -> History:
    """Return the history with the plan's suggestions and holds; new ones get the next numbers."""
    touchpoints = {item.suggestion.key: item for item in history.touchpoints}
    number = max((item.id for item in history.touchpoints), default=0)
    for suggestion in plan.suggestions:
        if known := touchpoints.get(suggestion.key):
            touchpoints[suggestion.key] = replace(known, suggestion=suggestion)
        else:
            number += 1
            touchpoints[suggestion.key] = _new(number, suggestion, now)
    holds = {hold.key: hold for hold in history.holds}
    number = max((hold.id for hold in history.holds), default=0)
    for held in plan.held:
        if held.is_bad_news and held.key not in holds:
            number += 1
            holds[held.key] = Hold(
                number,
                held.company,
                held.story,
                held.title,
                now,
                person=held.person,
                kind=held.news_kind,
            )
    return replace(history, touchpoints=tuple(touchpoints.values()), holds=tuple(holds.values()))


def _new(number: int, suggestion: Suggestion, now: datetime) -> Touchpoint:
    return Touchpoint(number, suggestion, "suggested", now, now)


def moved(
    old: Touchpoint,
    to: State,
    now: datetime,
    *,
    because: str = "",
    expiry: Expiry | None = None,
    until: datetime | None = None,
) -> Touchpoint:
    """Return a touchpoint after a move; what was said of the state before is gone."""
    return replace(old, status=to, changed=now, because=because, expiry=expiry, until=until)


def with_moves(history: History, moves: Iterable[tuple[Touchpoint, Touchpoint]]) -> History:
    """Return the history with what became of suggestions: each before and after."""
    changed = {new.id: new for _, new in moves}
    touchpoints = tuple(changed.get(item.id, item) for item in history.touchpoints)
    return replace(history, touchpoints=touchpoints)
