"""What a guard found, in the words of the day on which it is shown."""

from __future__ import annotations

import typing
from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from pipeline.records import (
    Draft,
    Expiry,
    Guard,
    GuardResult,
    Held,
    Kind,
    Reason,
    Reference,
    Status,
    Suggestion,
    Touchpoint,
    from_plain,
    to_plain,
)
from pipeline.text.guard_words import advice_on, expiry_text, moved_text, passed_text, result_text

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
TUESDAY, CONTACT, END = NOW.date(), date(2026, 11, 21), date(2026, 11, 28)
COOLING = GuardResult(Guard.COOL_DOWN, day=CONTACT, until=END)


def touchpoint(kind: Kind = "tidbit", expiry: Expiry | None = None) -> Touchpoint:
    """Return a message to Renata, about sailors, that went yesterday."""
    story = Reference("s1", "Solo sailor rounds the Horn", published=NOW)
    what = Suggestion(
        "k", kind, "f", "oracle", "Renata", NOW, Reason("talk"), Draft("", "", ""), story
    )
    return Touchpoint(1, what, "expired", NOW, NOW, expiry=expiry)


@pytest.mark.parametrize("guard", Guard)
@pytest.mark.parametrize("person", ["Renata", ""])
def test_every_guard_has_a_sentence(guard: Guard, person: str) -> None:
    """It is whole, whatever else is known, and names the company where nobody is named."""
    result = GuardResult(guard, day=CONTACT, until=END, count=2, colleague="Tom")
    said = result_text(result, person, "Oracle", END)
    assert said.endswith(".")
    assert "  " not in said
    assert "None" not in said
    assert person or "Renata" not in said


@pytest.mark.parametrize("decision", [s for s in typing.get_args(Status) if s != "waiting"])
def test_every_decision_has_a_sentence(decision: Status) -> None:
    """What became of the application is said, not only that nothing more is suggested."""
    said = result_text(GuardResult(Guard.DECIDED, decision=decision), "", "Oracle", TUESDAY)
    assert "nothing more is suggested" in said.casefold()
    assert len(said) > len("; nothing more is suggested.")


@pytest.mark.parametrize(
    ("day", "said"), [(24, "3 days ago"), (22, "yesterday"), (29, "on Saturday 21 November")]
)
def test_a_stored_reason_is_worded_on_the_day_of_showing(day: int, said: str) -> None:
    """What held a message back on Tuesday does not say "yesterday" a week later."""
    stored = from_plain(Expiry, to_plain(Expiry(COOLING)))
    text = expiry_text(touchpoint(expiry=stored), "Oracle", date(2026, 11, day))
    end = "the next message waits until Saturday 28 November."
    assert text == f"You were in touch with Renata {said}; {end}"


@pytest.mark.parametrize(
    ("kind", "replaced", "said"),
    [
        ("thank_you", False, "You have written to them since, talked to them again, or changed"),
        ("thank_you", True, "Your notes have changed, and a new one takes its place."),
        ("decision", False, "You have heard from them, changed your notes, or somebody else is"),
        ("decision", True, "Your notes have changed, and a new one takes its place."),
        ("check_in", False, "There has been a contact since, or the question takes its place."),
        ("tidbit", True, "Another story takes its place."),
        ("tidbit", False, '"Solo sailor rounds the Horn" has been sent'),
    ],
)
def test_a_suggestion_that_went_says_why(kind: Kind, replaced: bool, said: str) -> None:
    """Where no guard objects, its kind tells; one that is still made says nothing."""
    gone = touchpoint(kind, Expiry(is_replaced=replaced))
    assert moved_text(gone, "Oracle", TUESDAY).startswith(said)
    assert expiry_text(touchpoint(kind), "Oracle", TUESDAY) == ""


@pytest.mark.parametrize(
    ("result", "said"),
    [
        (GuardResult(Guard.BAD_NEWS, days=7), "no bad news about Oracle for seven days"),
        (GuardResult(Guard.UNANSWERED, count=1), "one message without an answer"),
        (COOLING, "last in touch 3 days ago"),
        (
            GuardResult(Guard.MONTHLY_BUDGET, count=1, limit=3, days=30),
            "1 of 3 messages in 30 days",
        ),
    ],
)
def test_what_is_in_order_is_said_in_a_few_words(result: GuardResult, said: str) -> None:
    """After what the story has to say."""
    what = replace(touchpoint().suggestion, passed=(result,))
    found = passed_text(what, "Oracle", ZoneInfo("UTC"), TUESDAY)
    assert found == ("not sent to Renata before", "fresh (today)", said)


def test_a_rejection_offers_a_last_note_and_an_offer_thanks() -> None:
    """The command is there to be pasted."""
    rejected = Held(GuardResult(Guard.DECIDED, decision="rejected"), "oracle", "")
    offer = Held(GuardResult(Guard.DECIDED, decision="offer"), "oracle", "")
    assert "`touchpoints draft --farewell oracle`" in advice_on(rejected)
    assert "`touchpoints draft --thanks oracle`" in advice_on(offer)
