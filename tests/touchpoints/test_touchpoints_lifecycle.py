"""The lifecycle, cell by cell."""

from __future__ import annotations

import itertools
from typing import get_args

import pytest

from pipeline.errors import MoveNotAllowed
from pipeline.records import State
from pipeline.touchpoints.lifecycle import check_move
from tests.touchpoints.world import past

ALLOWED = {
    ("suggested", "sent"),
    ("suggested", "dismissed"),
    ("suggested", "snoozed"),
    ("suggested", "expired"),
    ("snoozed", "suggested"),
    ("snoozed", "sent"),
    ("snoozed", "dismissed"),
    ("snoozed", "snoozed"),
    ("snoozed", "expired"),
    ("expired", "suggested"),
    ("expired", "sent"),
    ("expired", "dismissed"),
    ("sent", "answered"),
}


@pytest.mark.parametrize(("old", "new"), list(itertools.product(get_args(State), repeat=2)))
def test_only_the_moves_of_the_table_are_allowed(old: State, new: State) -> None:
    """Each pair of states: allowed, or refused with a sentence."""
    touchpoint = past("tidbit", "k", old, 1)
    if (old, new) in ALLOWED:
        check_move(touchpoint, new)
    else:
        with pytest.raises(MoveNotAllowed, match="Number 1 is"):
            check_move(touchpoint, new)
