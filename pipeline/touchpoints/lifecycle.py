"""The life of a touchpoint, as one table of allowed moves.

Two rules: every move of a touchpoint stands in `MOVES`; nothing but this module looks into it.
What is recorded, and how a move is undone, is the store's business.

    suggested ──sent──▶ sent ──answered──▶ answered
        │ ▲
        │ └── the date has come ── snoozed
        ├──later──▶ snoozed
        ├──dismiss─▶ dismissed
        └──its reason no longer stands──▶ expired ──it stands again──▶ suggested
"""

from __future__ import annotations

from pipeline.errors import MoveNotAllowed
from pipeline.records import State, Touchpoint

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


def check_move(touchpoint: Touchpoint, to: State) -> None:
    """Raise MoveNotAllowed unless the table has this move."""
    if to in MOVES[touchpoint.status]:
        return
    possible = ", ".join(MOVES[touchpoint.status]) or "none, but `touchpoints undo` takes back"
    raise MoveNotAllowed(
        f"Number {touchpoint.id} is {_IN_WORDS[touchpoint.status]}, so it cannot become "
        f'"{to}". What is possible: {possible}.'
    )


def check_open(touchpoint: Touchpoint) -> None:
    """Raise MoveNotAllowed unless the message is still to be sent, and so may be changed."""
    if not touchpoint.is_open:
        raise MoveNotAllowed(
            f"Number {touchpoint.id} is {_IN_WORDS[touchpoint.status]}, so its message stays as "
            "it is."
        )
