"""What the page says of a feed's troubles: which, once, when again, and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pipeline.news import health
from pipeline.records import FeedState, NewsSettings

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
SETTINGS = NewsSettings()
DAY = timedelta(days=1)
WELL = FeedState("https://x.example/feed", checked=NOW, worked=NOW, newest=NOW)
FAILING = replace(
    WELL, worked=NOW - 3 * DAY, failures=9, failing_since=NOW - 3 * DAY,
    error="x.example's feed answered 404 (not found).", todo="Look for it.",
)  # fmt: skip
MOVED = replace(WELL, moved_to="https://y.example/feed", moved_times=3, moved_since=NOW - 2 * DAY)
GONE = replace(FAILING, gone_since=NOW)
SILENT = replace(WELL, newest=NOW - 20 * DAY)
DAILY = [NOW - n * DAY for n in range(20, 40)]  # every day, until three weeks ago


def _named(
    *states: FeedState, days: float = 0, rhythm: Sequence[datetime] = DAILY
) -> tuple[list[str], list[FeedState]]:
    """Return what the page of a later day says, and the states with what it noted."""
    now = NOW + days * DAY
    problems, changed = health.to_name(states, lambda _: rhythm, SETTINGS, now, now.date())
    by_address = {state.address: state for state in changed}
    return [p.what for p in problems], [by_address.get(s.address, s) for s in states]


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (WELL, []),
        (FAILING, ["x.example's feed answered 404 (not found)."]),
        (replace(FAILING, failing_since=NOW - 1 * DAY), []),
        (replace(FAILING, failing_since=NOW, worked=None), [FAILING.error]),
        (GONE, ["x.example's feed has ended, says its owner (410)."]),
        (MOVED, ["x.example's feed has moved for good, to https://y.example/feed"]),
        (replace(MOVED, moved_times=2), []),
        (replace(MOVED, moved_since=NOW - 1.9 * DAY), []),
        (replace(MOVED, worked=NOW - DAY), []),  # what failed since then did not say it again
        (SILENT, ["x.example's feed has had nothing new for longer than ever."]),
        (replace(SILENT, newest=None), []),
        (FeedState("https://new.example/"), []),
    ],
)
def test_what_is_a_trouble(state: FeedState, said: list[str]) -> None:
    """Broken for two days, or never well; gone; moved, seen three times in two days; quiet."""
    assert _named(state)[0] == said


def test_every_trouble_says_what_to_do_and_where() -> None:
    """And shows no password."""
    for state in (FAILING, MOVED, GONE, SILENT):
        secret = replace(state, address="https://ann:secret@x.example/feed?token=secret")
        (problem,), _ = health.to_name([secret], lambda _: DAILY, SETTINGS, NOW, NOW.date())
        assert problem.todo
        assert problem.where == "https://x.example/feed?token=…"
        assert "secret" not in repr(problem)


def test_a_trouble_is_named_on_one_day_and_again_after_a_month() -> None:
    """On that day at every run, for the page is made anew at each."""
    said, (state,) = _named(FAILING)
    assert said
    assert _named(state, days=0.1) == (said, [state])
    for day in (1, 2, 29):
        assert _named(state, days=day) == ([], [state])
    assert _named(state, days=30)[0] == said


def test_what_changes_is_named_again() -> None:
    """Another trouble, or the same after the feed was well; another word for the same is not."""
    _, (told,) = _named(FAILING)
    assert _named(replace(told, error="x.example's feed stopped responding."), days=1)[0] == []
    assert _named(replace(told, todo="Pay for it."), days=1)[0] == [told.error]
    assert _named(replace(told, gone_since=NOW), days=1)[0] == [
        "x.example's feed has ended, says its owner (410)."
    ]
    _, (well,) = _named(replace(WELL, told=told.told), days=1)
    assert well.told == ""
    assert _named(replace(FAILING, told=well.told), days=2)[0] == [FAILING.error]


def test_a_move_to_yet_another_place_is_named_again() -> None:
    """It is another change to feeds.yaml."""
    _, (told,) = _named(MOVED)
    assert _named(replace(told, moved_to="https://z.example/"), days=1)[0]


@pytest.mark.parametrize(
    ("gaps", "silent", "is_quiet"),
    [
        ([1] * 9, 15, True),
        ([1] * 9, 14, False),  # two weeks at least
        ([1] * 8, 99, False),  # too few to know a rhythm
        ([1, 1, 10, 1, 1, 1, 1, 1, 1], 19, False),  # it was silent for ten days before
        ([1, 1, 10, 1, 1, 1, 1, 1, 1], 21, True),
        ([30] * 12, 59, False),
        ([30] * 12, 61, True),
        ([0] * 40, 90, False),  # all at once says nothing of a rhythm
    ],
)
def test_quiet_is_silent_for_twice_its_longest_gap(
    gaps: list[float], silent: float, is_quiet: bool
) -> None:
    """And for two weeks at least."""
    times = [NOW - silent * DAY]
    for gap in gaps:
        times.append(times[-1] - gap * DAY)
    assert health.quiet(times, NOW) is is_quiet


def test_only_silent_feeds_are_looked_up() -> None:
    """The rhythm of a feed that has news is not asked for; nor again of one known to be quiet."""
    looked: list[str] = []

    def rhythm(address: str) -> Sequence[datetime]:
        looked.append(address)
        return DAILY

    quiet = replace(SILENT, told="2026-11-23 quiet")
    assert health.diagnose(WELL, rhythm, SETTINGS, NOW) is None
    assert health.diagnose(quiet, rhythm, SETTINGS, NOW) is not None
    assert not looked
    assert health.diagnose(SILENT, rhythm, SETTINGS, NOW) is not None
    assert looked == [SILENT.address]


def test_feeds_of_one_host_that_are_down_alike_are_one_trouble() -> None:
    """Since the first of them was; another failure there, or another host, is another."""
    others = [replace(FAILING, address=f"https://x.example/{n}") for n in range(2)]
    early = replace(FAILING, failing_since=NOW - 5 * DAY)
    other = replace(FAILING, address="https://x.example/z", error="It is empty.")
    problems, _ = health.to_name([*others, early, other], lambda _: [], SETTINGS, NOW, NOW.date())
    found = health.together(problems)
    assert [(problem.where, problem.what) for problem in found] == [
        ("x.example, three feeds", FAILING.error),
        ("https://x.example/z", "It is empty."),
    ]
    assert found[0].since == NOW - 5 * DAY
