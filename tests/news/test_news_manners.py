"""When a feed is asked: what its owner wishes, what the candidate allows, what errors cost."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.news import manners
from pipeline.news.manners import Wishes
from pipeline.records import FeedState, NewsSettings

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)  # a Tuesday
SETTINGS = NewsSettings()
HOUR = timedelta(hours=1)
ASKED = FeedState("https://x.example/", checked=NOW, due=NOW + 0.9 * HOUR)


# ------------------------------------------------------------------------ what the feed itself says


@pytest.mark.parametrize(
    ("head", "wished"),
    [
        ("<ttl>120</ttl>", Wishes(120)),
        ("<ttl> 90 </ttl>", Wishes(90)),
        ("<!-- <ttl>120</ttl> -->", Wishes()),
        ("<ttl>soon</ttl>", Wishes()),
        ("<ttl>99999999999999999999</ttl>", Wishes()),
        ("<ttl>999999999</ttl>", Wishes(manners.MOST_MINUTES)),
        ("<sy:updatePeriod>daily</sy:updatePeriod>", Wishes(1440)),
        ("<sy:updatePeriod>\n hourly\n</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>",
         Wishes(30)),
        ("<syn:updatePeriod>weekly</syn:updatePeriod><syn:updateFrequency>0</syn:updateFrequency>",
         Wishes(10_080)),
        ("<sy:updatePeriod>now and then</sy:updatePeriod>", Wishes()),
        ("<ttl>60</ttl><sy:updatePeriod>daily</sy:updatePeriod>", Wishes(1440)),
        ("<skipHours><hour>0</hour><hour>24</hour><hour>7</hour><hour>99</hour></skipHours>",
         Wishes(hours=frozenset((0, 7)))),
        ("<skipDays><day>Saturday</day><day>sunday</day><day>Someday</day></skipDays>",
         Wishes(days=frozenset((5, 6)))),
        ("<skipHours>" + "".join(f"<hour>{n}</hour>" for n in range(24)) + "</skipHours>",
         Wishes()),
        ("<item><ttl>120</ttl></item>", Wishes()),
        ("<title>ttl 120</title>", Wishes()),
    ],
)  # fmt: skip
def test_a_feed_says_how_often_it_is_to_be_read(head: str, wished: Wishes) -> None:
    """In its head, in numbers that make sense; what asks never to be read asks nothing."""
    body = f"<rss version='2.0'><channel>{head}<item></item></channel></rss>".encode()
    assert manners.wishes(body) == wished
    assert manners.wishes(body.decode().encode("utf-16")) == wished


def test_a_json_feed_wishes_nothing() -> None:
    """It has no field for that."""
    assert manners.wishes(b'{"version": "https://jsonfeed.org/version/1.1", "ttl": 9}') == Wishes()


@given(st.binary(max_size=2_000))
def test_wishes_of_any_bytes_can_be_stored(body: bytes) -> None:
    """And are the same when they come back."""
    wished = manners.wishes(b"<ttl>5</ttl><skipDays>" + body)
    assert manners.wishes_from(str(wished)) == wished


def test_a_hostile_head_takes_no_time() -> None:
    """A megabyte of beginnings."""
    for piece in (b"<!--", b"<ttl", b"<ttl>   ", b"<skipHours>", b"<a:", b"<sy:ttl "):
        manners.wishes(piece * (1_000_000 // len(piece)))


# ----------------------------------------------------------------------------- what headers say


@pytest.mark.parametrize(
    ("headers", "minutes"),
    [
        ({}, 0),
        ({"cache-control": "public, max-age=7200"}, 120),
        ({"cache-control": 'MAX-AGE="7200"', "age": "3600"}, 60),
        ({"cache-control": "max-age=60", "age": "3600"}, 0),
        ({"cache-control": "s-maxage=7200"}, 0),
        ({"cache-control": "no-cache, max-age=7200"}, 0),
        ({"cache-control": "max-age=-1"}, 0),
        ({"cache-control": "max-age=soon"}, 0),
        ({"cache-control": "max-age=0", "expires": "Tue, 24 Nov 2026 11:00:00 GMT"}, 0),
        ({"expires": "Tue, 24 Nov 2026 11:00:00 GMT"}, 180),
        ({"expires": "Tue, 24 Nov 2026 11:00:00 GMT", "date": "Tue, 24 Nov 2026 10:00:00 GMT"}, 60),
        ({"expires": "Mon, 23 Nov 2026 11:00:00 GMT"}, 0),
        ({"expires": "0"}, 0),
        ({"expires": "Tue, 24 Nov 99999 11:00:00 GMT"}, 0),
    ],
)
def test_headers_say_how_long_an_answer_stays_the_same(
    headers: dict[str, str], minutes: int
) -> None:
    """By the server's own clock; what cannot be understood says nothing."""
    assert manners.fresh_for(headers, NOW) == timedelta(minutes=minutes)


@given(st.dictionaries(st.sampled_from(["retry-after", "cache-control", "expires", "date", "age"]),
                       st.text(max_size=40)))  # fmt: skip
def test_headers_of_any_kind_are_bounded(headers: dict[str, str]) -> None:
    """Never before now, never beyond what a time can hold."""
    for length in (manners.fresh_for(headers, NOW), manners.retry_after(headers, NOW)):
        assert timedelta(0) <= length <= timedelta(days=366)


# ------------------------------------------------------------------------------- when it is due


def test_a_feed_is_due_after_an_hour_less_a_tenth() -> None:
    """An hourly cron job that comes three minutes early still asks; one that comes twice does not.

    So does one a day earlier than the day that a feed asks for.
    """
    assert manners.due_after_answer(NOW, timedelta(0), Wishes(), SETTINGS) == NOW + 0.9 * HOUR
    assert not manners.is_due(ASKED, NOW + timedelta(minutes=50), SETTINGS)
    assert manners.is_due(ASKED, NOW + timedelta(minutes=57), SETTINGS)


@pytest.mark.parametrize(
    ("fresh", "wished", "hours"),
    [
        (timedelta(minutes=10), Wishes(), 1),
        (timedelta(hours=3), Wishes(), 3),
        (timedelta(hours=3), Wishes(240), 4),
        (timedelta(days=30), Wishes(), 24),
        (timedelta(0), Wishes(10_080), 24),
    ],
)
def test_the_longer_wish_counts_within_bounds(fresh: timedelta, wished: Wishes, hours: int) -> None:
    """The headers' or the feed's; at least an hour, at most a day."""
    assert manners.due_after_answer(NOW, fresh, wished, SETTINGS) == NOW + 0.9 * hours * HOUR


def test_the_bounds_are_the_users() -> None:
    """Every ten minutes, never more than two hours."""
    mine = NewsSettings(every_minutes=10, at_most_hours=2)
    soon = manners.due_after_answer(NOW, timedelta(0), Wishes(), mine)
    late = manners.due_after_answer(NOW, timedelta(hours=9), Wishes(), mine)
    assert (soon, late) == (NOW + timedelta(minutes=9), NOW + 1.8 * HOUR)


def test_a_feed_rests_in_the_hours_it_names_but_is_read_once_a_day() -> None:
    """A daily run in such an hour would else never read it."""
    state = replace(ASKED, wishes=str(Wishes(hours=frozenset((9, 10)), days=frozenset((2,)))))
    assert not manners.is_due(state, NOW + 1 * HOUR, SETTINGS)
    assert not manners.is_due(state, NOW + 2 * HOUR, SETTINGS)
    assert manners.is_due(state, NOW + 3 * HOUR, SETTINGS)
    assert not manners.is_due(state, NOW + 16 * HOUR, SETTINGS)  # Wednesday, midnight
    assert manners.is_due(state, NOW + 22 * HOUR, SETTINGS)


def test_a_clock_that_was_wrong_silences_no_feed() -> None:
    """Asked in 2030, they say."""
    future = replace(ASKED, checked=NOW + timedelta(days=1500), due=NOW + timedelta(days=1501))
    right = manners.set_right(replace(future, etag='"1"', gone_since=future.checked), NOW)
    assert manners.is_due(right, NOW, SETTINGS)
    assert (right.etag, right.gone_since) == ("", NOW)
    assert manners.set_right(ASKED, NOW) is ASKED


def test_errors_make_a_feed_slower_but_never_end_it() -> None:
    """An hour, two, four, up to a day; a feed that is gone is asked once a week."""
    dues = [
        manners.due_after_failure(NOW, n, timedelta(0), SETTINGS) for n in (1, 2, 3, 4, 5, 6, 99)
    ]
    assert [(due - NOW) / (0.9 * HOUR) for due in dues] == [1, 2, 4, 8, 16, 24, 24]
    gone = manners.due_after_failure(NOW, 9, timedelta(0), SETTINGS, gone=True)
    assert gone == NOW + timedelta(days=6.3)


@pytest.mark.parametrize(("wait", "hours"), [(0, 0.9), (0.1, 0.9), (5, 5), (24, 24), (9_000, 24)])
def test_a_server_that_asks_for_time_gets_it_within_bounds(wait: float, hours: float) -> None:
    """Not less than our own first interval, not more than a day."""
    assert manners.due_after_failure(NOW, 1, wait * HOUR, SETTINGS) == NOW + hours * HOUR
