"""When a digest goes out: once a day, and again only for something new to do."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.digest.delivery_due import arrived, failed, identity, is_due, to_do
from pipeline.records import ChannelState, Digest
from tests.digest.pages import BUSY, QUIET

FIRST, SECOND = BUSY.entries  # numbers 41 and 42
ONE = replace(BUSY, entries=(FIRST,))
NEW = ChannelState("mail")
MORROW = BUSY.day + timedelta(days=1)


@pytest.mark.parametrize(
    ("before", "digest", "is_so"),
    [
        (None, BUSY, True),
        (None, QUIET, False),
        (BUSY, BUSY, False),
        (ONE, BUSY, True),  # 42 is new
        (BUSY, ONE, False),  # 42 was answered
        (BUSY, replace(BUSY, held=(), troubles=(), footer="x"), False),
        (ONE, replace(ONE, entries=(replace(FIRST, why_now="x"),)), False),  # another wording
        (ONE, replace(ONE, questions=("Which is meant?",)), True),
        (BUSY, replace(BUSY, day=MORROW), True),
        (BUSY, replace(QUIET, day=MORROW), False),
    ],
)
def test_what_is_due(before: Digest | None, digest: Digest, is_so: bool) -> None:
    """The day's first with something to do, and later ones with something new to do."""
    channel = arrived(NEW, before) if before else NEW
    assert is_due(channel, digest, quiet_days=False) is is_so


def test_quiet_days_are_due_once_where_they_are_wanted() -> None:
    """And a day that was quiet in the morning, again when something comes up."""
    assert is_due(NEW, QUIET, quiet_days=True)
    assert not is_due(arrived(NEW, QUIET), QUIET, quiet_days=True)
    assert is_due(arrived(NEW, QUIET), BUSY, quiet_days=True)


def test_what_was_told_on_a_day_stays_told() -> None:
    """41, then 42 alone, then both: nothing new."""
    channel = arrived(arrived(NEW, ONE), replace(BUSY, entries=(SECOND,)))
    assert channel.delivered == ("41", "42")
    assert not is_due(channel, BUSY, quiet_days=False)


def test_a_failure_does_not_count_as_told() -> None:
    """It is due again, until it arrives; then all is forgotten."""
    now = datetime(2026, 11, 24, 8, tzinfo=UTC)
    channel = failed(NEW, "name", BUSY.day, now)
    assert is_due(channel, BUSY, quiet_days=False)
    assert (channel.reported, channel.failing_since) == (BUSY.day, now)
    assert failed(channel, "name", MORROW, now + timedelta(days=1)) == channel
    other = failed(channel, "login", MORROW, now + timedelta(days=1))
    assert (other.reported, other.failing_since) == (MORROW, now)
    assert arrived(other, BUSY) == ChannelState("mail", BUSY.day, ("41", "42"))


def test_a_letter_has_the_identity_of_what_it_tells() -> None:
    """The same for the same; another for another day, message, wording or workspace."""
    same = identity("w", BUSY)
    assert identity("w", replace(BUSY, footer="x", held=())) == same
    others = {
        identity("other", BUSY),
        identity("w", ONE),
        identity("w", replace(BUSY, day=MORROW)),
        identity("w", replace(BUSY, questions=("Which?",))),
        identity("w", replace(ONE, entries=(replace(FIRST, title="x"),))),
    }
    assert len(others | {same}) == 6


digests = st.builds(
    lambda day, numbers: Digest(
        date(2026, 11, day), "x", entries=tuple(replace(FIRST, id=n) for n in sorted(numbers))
    ),
    st.integers(1, 3),
    st.sets(st.integers(1, 5)),
)


@given(st.lists(st.tuples(digests, st.sampled_from(["arrives", "fails", "crashes"])), max_size=30))
def test_nothing_to_do_is_ever_lost(runs: list[tuple[Digest, str]]) -> None:
    """In whatever order days, failures and crashes come.

    After a run whose letter arrived, all there is to do has been in a letter of that day; nothing
    is sent twice but after a crash, and then under the same identity where it says the same.
    """
    channel, told, noted = NEW, set[tuple[date, str]](), dict[str, bool]()
    now = datetime(2026, 11, 1, tzinfo=UTC)
    for digest, fate in sorted(runs, key=lambda run: run[0].day):
        if is_due(channel, digest, quiet_days=False):
            if fate == "fails":
                channel = failed(channel, "name", digest.day, now)
                continue
            name = identity("w", digest)
            assert not noted.get(name)
            noted[name] = fate == "arrives"
            told |= {(digest.day, key) for key in to_do(digest)}
            channel = arrived(channel, digest) if fate == "arrives" else channel
        assert {(digest.day, key) for key in to_do(digest)} <= told
