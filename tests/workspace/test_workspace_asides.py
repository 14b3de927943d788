"""What was jotted and is of no use; and what only looks like it, which is somebody's topic."""

from __future__ import annotations

import pytest

from pipeline.workspace.asides import is_aside, is_occasion


@pytest.mark.parametrize(
    "line",
    [
        "the tea was cold",
        "coffee awful",
        "Teppich schrecklich",
        "le café était infect",
        "pay is band F ~29k, bit low tbh",
        "Gehalt: 52k, bisschen wenig",
        "train home 16:42, cancelled, naturally",
        "Zug +25 min, trotzdem rechtzeitig",
        "science park, bus U2, lunch w/ them was soup",
        "taxi 14 quid, keep receipt",
        "ticket to Joyce in accounts, second-class only",
        "Unterlagen an Fr. Niehues, Gehaltswunsch schriftlich",
    ],
)
def test_a_complaint_and_the_pay_are_of_no_use(line: str) -> None:
    """In the words of who sat there."""
    assert is_aside(line)


@pytest.mark.parametrize(
    "line",
    [
        "the margins are weak",
        "the weak point is calibration",
        "the old line runs cold",
        "water quality is bad",
        "train doors freeze when cold",
        "they paid fair prices to farmers",
        "money for the pilot is ok",
        "pay systems migration, ask Priya",
        "train drivers' shifts, late trains",
        "tickets explode at year end",
        "security: badge readers are old, passport checks take 4 min each",
        "parking sensors in the town, late because of the tender",
    ],
)
def test_what_is_weak_or_paid_at_work_is_a_topic(line: str) -> None:
    """Short words for what is bad are said of machines and figures, too."""
    assert not is_aside(line)


def test_a_call_centre_is_no_call() -> None:
    """Nor is a meeting room a meeting."""
    lines = [
        "call centre in Leeds, Monday peaks",
        "meeting rooms full by 10:00",
        "call, Monday 10:00",
    ]
    assert [is_occasion(line, ["Ana Ruiz"]) for line in lines] == [False, False, True]
