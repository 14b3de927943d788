"""The bar for a story: high after a contact, falling to the next turn."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.records import Match, NoteLine, PaceSettings, Plan
from pipeline.text.guard_words import ahead_text, upcoming_text
from pipeline.touchpoints.bar import Brought, Wait, best_of
from tests.touchpoints.world import (
    BOAT,
    FILE,
    IMRAN,
    NOW,
    RENATA,
    contact,
    days,
    guards,
    interview,
    kinds,
    news,
    plan,
    said,
    story,
    tidbit,
    touchpoint,
)

DAY = date(2026, 11, 20)


def test_the_expected_best_counts_that_nothing_may_come() -> None:
    """One story of .9 in ten days: in ten more the chance that one comes is 1 - 1/e."""
    assert best_of([0.9], 10, 10) == pytest.approx(0.9 * (1 - 0.36788), abs=1e-4)
    assert best_of([0.9, 0.6], 10, 10) == pytest.approx(
        0.3 * (1 - 0.36788) + 0.6 * (1 - 0.13534), abs=1e-4
    )


@settings(max_examples=50)
@given(
    scores=st.lists(st.floats(0.5, 1.0), max_size=6),
    length=st.integers(1, 40),
    patience=st.floats(0, 2),
)
def test_the_bar_only_falls_and_ends_where_all_is_welcome(
    scores: list[float], length: int, patience: float
) -> None:
    """From the first day of the wait to its last, whatever the feeds brought before."""
    history = tuple(Brought(DAY - timedelta(days=n), s) for n, s in enumerate(scores))
    wait = Wait(DAY, DAY + timedelta(days=length), history, patience)
    bars = [wait.bar(DAY + timedelta(days=number)) for number in range(length + 1)]
    assert bars == sorted(bars, reverse=True)
    assert bars[-1] == 0.0
    assert all(bar <= 1 for bar in bars)


def _on(day: float, score: float, pace: PaceSettings | None = None, **changes: Any) -> Plan:
    """The plan `day` days after the thank-you, with a story of that score."""
    story = tidbit(score=score, **changes)
    return plan(interview(ago=day + 1), contacts=(contact(day),), matches=(story,), pace=pace)


def test_a_middling_story_waits_for_the_bar_and_a_good_one_does_not() -> None:
    """Without a history the bar falls from .8 on the seventh day to .5 on the 21st."""
    assert kinds(_on(7, 0.8)) == ["tidbit"]
    early = _on(7, 0.7)
    assert (kinds(early), guards(early)) == ([], {"better is likely"})
    held = next(item for item in early.held if item.guard == "better is likely")
    assert said(held) == (
        "Kept back from Renata Kowalczyk: better is likely within 14 days. It scores .70; the bar "
        "is .80 today and falls to .67 by Monday 30 November; it goes then if no better comes."
    )
    ahead = next(item for item in early.upcoming if item.title)
    assert ahead.day == date(2026, 11, 30)
    assert ahead_text(ahead, "Oracle") == (
        f"{upcoming_text(ahead, 'Oracle')}, if nothing better comes"
    )
    assert kinds(_on(11, 0.7)) == []
    assert kinds(_on(12, 0.7)) == ["tidbit"]


def test_patience_is_a_matter_of_taste() -> None:
    """0 takes what comes first."""
    assert kinds(_on(7, 0.6, PaceSettings(patience=0))) == ["tidbit"]
    assert kinds(_on(9, 0.8, PaceSettings(patience=1.3))) == []


def test_feeds_that_brought_little_ask_for_little() -> None:
    """Three stories of .55 in six weeks: one of .6 is as good as it gets."""
    old = [tidbit(f"old {n}", ago=20 + 10 * n, score=0.55) for n in range(3)]
    good = [tidbit(f"old {n}", ago=31 + n, score=0.95) for n in range(9)]
    now = tidbit(score=0.6)

    def found(others: list[Any]) -> list[str]:
        talk, wrote = interview(ago=8), (contact(7),)
        return kinds(plan(talk, contacts=wrote, matches=(now, *others)))

    assert found(old) == ["tidbit"]
    assert found([replace(m, genre=replace(m.genre, kind="deal")) for m in good]) == []
    assert found(good) == []


@pytest.mark.parametrize("count", [20, 300, 1_000])
def test_one_feed_that_brings_much_makes_no_other_wait(count: int) -> None:
    """A story is measured by what its own feed has brought, however good the others' are."""

    def of_feed(match: Match, feed: str) -> Match:
        story = replace(match.story, lead=replace(match.story.lead, feed=feed))
        return replace(match, story=story)

    now = tidbit(score=0.6)
    own = [tidbit(f"old {n}", ago=20 + 10 * n, score=0.55) for n in range(3)]
    others = [
        of_feed(tidbit(f"much {n}", ago=31 + n % 9, score=0.95), "https://much.example/feed")
        for n in range(count)
    ]
    talk, wrote = interview(ago=8), (contact(7),)
    for beside in ([], others):
        found = plan(talk, contacts=wrote, matches=(now, *own, *beside))
        assert [item.reference.story for item in found.suggestions] == [now.story.id]


def test_what_is_suggested_already_stays() -> None:
    """The bar is for what comes new: a page does not take back what it said."""
    first = _on(12, 0.7)
    item = first.suggestions[0]
    open_one = touchpoint(item)
    others = tuple(tidbit(f"other {n}", ago=12 + n, score=0.99) for n in range(9))
    again = plan(
        interview(ago=13),
        contacts=(contact(12),),
        matches=(tidbit(score=0.7), *others),
        touchpoints=(open_one,),
    )
    assert [x.key for x in again.suggestions] == [item.key]


@pytest.mark.parametrize("kind", ["tidbit", "contribution"])
def test_the_last_place_before_silence_is_for_something_excellent(kind: str) -> None:
    """After two messages without an answer .84 is not enough, on any day, and .85 is."""
    make = tidbit if kind == "tidbit" else news

    def found(score: float) -> Plan:
        story = make(score=score, ago=0.5)
        wrote = (contact(80), contact(70))
        return plan(interview(ago=81), contacts=wrote, matches=(story,))

    assert kinds(found(0.85)) == [kind]
    assert (kinds(found(0.84)), guards(found(0.84))) == ([], {"last place"})
    assert "kept for something excellent (this one scores .84" in said(found(0.84).held[0])


@pytest.mark.parametrize(
    "title",
    [
        "Version 12.2 of the Oracle viewer is available",
        "Oracle: merci aux pompiers de Saint-Nazaire",
        "Oracle thanks firefighters in Leeds",
    ],
)
def test_a_release_note_and_thanks_to_a_fire_brigade_are_no_occasion(title: str) -> None:
    """However good the verdict is: nobody is glad to be written to about it."""
    found = news(story=story("n1", title))
    assert kinds(plan(interview(ago=11), contacts=(contact(10),), matches=(found,))) == []


def test_a_check_in_without_news_takes_no_last_place() -> None:
    """Two messages had no answer: a third that brings nothing is not sent."""
    wrote = (contact(60), contact(50))
    silent = plan(interview(ago=61), contacts=wrote)
    assert (kinds(silent), guards(silent)) == ([], {"last place"})


def test_a_second_story_within_four_weeks_has_to_be_a_good_one() -> None:
    """.7 on the 27th day after the last, however long the wait; on the 28th any is welcome."""
    wait = Wait(DAY, DAY, (), last_story=DAY)
    assert [wait.bar(DAY + timedelta(days=number)) for number in (1, 27, 28)] == [0.7, 0.7, 0.0]
    assert wait.falls_to(0.69, DAY) == DAY + timedelta(days=28)


def test_a_fourth_message_within_five_weeks_has_to_be_excellent() -> None:
    """.85 until the first of three is five weeks ago, however long the wait."""
    sent = tuple(DAY + timedelta(days=number) for number in (0, 9, 18))
    wait = Wait(DAY, DAY, (), messages=sent)
    assert [wait.bar(DAY + timedelta(days=number)) for number in (19, 34, 35)] == [0.85, 0.85, 0.0]
    assert wait.falls_to(0.84, DAY + timedelta(days=19)) == DAY + timedelta(days=35)
    assert Wait(DAY, DAY, (), messages=sent[1:]).bar(DAY + timedelta(days=19)) == 0.0


def test_a_fourth_message_is_held_back_by_the_bar() -> None:
    """A good story that a third message could bring."""
    wrote = (contact(25), contact(24, answer=True), contact(16))
    good, talk = tidbit(score=0.84), interview(ago=36)
    found = plan(talk, contacts=(contact(34), *wrote), matches=(good,))
    assert (kinds(found), "better is likely" in guards(found)) == ([], True)
    assert kinds(plan(talk, contacts=(contact(35.5), *wrote), matches=(good,))) == ["tidbit"]


def test_a_story_that_fits_a_colleague_better_waits_for_the_colleague() -> None:
    """Imran's own line found it; he is in his week of quiet, and may have it afterwards."""
    mine = NoteLine(FILE, 9, "office", "model of a clipper", IMRAN.name)
    shared = NoteLine(FILE, 10, "discussed", "the sea")
    both = tidbit(note=mine, ago=0.5)
    evidence = both.for_people[0]
    both = replace(both, for_people=(evidence, replace(evidence, note=shared, score=0.4)))
    talk = interview(ago=12, people=(RENATA, IMRAN))
    wrote = (contact(11), contact(5, person=IMRAN.name))

    waits = plan(talk, contacts=wrote, matches=(both,))
    assert (kinds(waits), guards(waits)) == ([], {"better for a colleague", "pace"})
    told = next(item for item in waits.held if item.guard == "better for a colleague")
    assert said(told).startswith(f"It fits {IMRAN.name} better, who may have it from ")
    later = plan(talk, contacts=wrote, matches=(both,), now=NOW + days(2))
    assert [(item.kind, item.person) for item in later.suggestions] == [("tidbit", IMRAN.name)]
    assert BOAT.person != IMRAN.name
