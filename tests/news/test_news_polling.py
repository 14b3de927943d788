"""When a feed is asked: what its owner hints at, what the candidate allows, what errors cost."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.news import polling
from pipeline.news.parse import FeedBody, parse
from pipeline.news.polling import PollingHints
from pipeline.records import FeedState, NewsSettings

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)  # a Tuesday
SETTINGS = NewsSettings()
HOUR = timedelta(hours=1)
ASKED = FeedState("https://x.example/", checked=NOW, due=NOW + 0.9 * HOUR)


def _hints(body: bytes) -> PollingHints:
    return parse(FeedBody(body, "https://x.example/"), NOW).hints


# ------------------------------------------------------------------------ what the feed itself says


@pytest.mark.parametrize(
    ("head", "hinted"),
    [
        ("<ttl>120</ttl>", PollingHints(120)),
        ("<ttl> 90 </ttl>", PollingHints(90)),
        ("<!-- <ttl>120</ttl> -->", PollingHints()),
        ("<ttl>soon</ttl>", PollingHints()),
        ("<ttl>99999999999999999999</ttl>", PollingHints()),
        ("<ttl>999999999</ttl>", PollingHints(527_040)),
        ("<sy:updatePeriod>daily</sy:updatePeriod>", PollingHints(1440)),
        ("<sy:updatePeriod>\n hourly\n</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>",
         PollingHints(30)),
        ("<syn:updatePeriod>weekly</syn:updatePeriod><syn:updateFrequency>0</syn:updateFrequency>",
         PollingHints(10_080)),
        ("<sy:updatePeriod>monthly</sy:updatePeriod>", PollingHints(43_200)),
        ("<sy:updatePeriod>yearly</sy:updatePeriod>", PollingHints(525_600)),
        ("<sy:updatePeriod>now and then</sy:updatePeriod>", PollingHints()),
        ("<ttl>60</ttl><sy:updatePeriod>daily</sy:updatePeriod>", PollingHints(1440)),
        ("<skipHours><hour>0</hour><hour>24</hour><hour>7</hour><hour>99</hour></skipHours>",
         PollingHints(hours=(0, 7))),
        ("<skipDays><day>Saturday</day><day>sunday</day><day>Someday</day></skipDays>",
         PollingHints(days=(5, 6))),
        ("<skipHours>" + "".join(f"<hour>{n}</hour>" for n in range(24)) + "</skipHours>",
         PollingHints()),
        ("<item><ttl>120</ttl></item>", PollingHints()),
        ("<title>ttl 120</title>", PollingHints()),
    ],
)  # fmt: skip
def test_a_feed_says_how_often_it_is_to_be_read(head: str, hinted: PollingHints) -> None:
    """In its head, in numbers that make sense; what asks never to be read asks nothing."""
    body = f"<rss version='2.0'><channel>{head}<item></item></channel></rss>".encode()
    assert _hints(body) == hinted
    assert _hints(body.decode().encode("utf-16")) == hinted


def test_a_json_feed_has_no_hints() -> None:
    """It has no field for that."""
    assert _hints(b'{"version": "https://jsonfeed.org/version/1.1", "ttl": 9}') == PollingHints()


@given(st.binary(max_size=2_000))
def test_hints_of_any_bytes_can_be_stored(body: bytes) -> None:
    """And are the same when they come back."""
    hinted = _hints(b"<ttl>5</ttl><skipDays>" + body)
    assert polling.hints_from(str(hinted)) == hinted


def test_a_hostile_head_takes_no_time() -> None:
    """A megabyte of beginnings."""
    for piece in (b"<!--", b"<ttl", b"<ttl>   ", b"<skipHours>", b"<a:", b"<sy:ttl "):
        _hints(piece * (1_000_000 // len(piece)))


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
    assert polling.fresh_for(headers, NOW) == timedelta(minutes=minutes)


@given(st.dictionaries(st.sampled_from(["retry-after", "cache-control", "expires", "date", "age"]),
                       st.text(max_size=40)))  # fmt: skip
def test_headers_of_any_kind_are_bounded(headers: dict[str, str]) -> None:
    """Never before now, never beyond what a time can hold."""
    for length in (polling.fresh_for(headers, NOW), polling.retry_after(headers, NOW)):
        assert timedelta(0) <= length <= timedelta(days=366)


# ------------------------------------------------------------------------------- when it is due


def test_a_feed_is_due_after_an_hour_less_a_tenth() -> None:
    """An hourly cron job that comes three minutes early still asks; one that comes twice does not.

    So does one a day earlier than the day that a feed asks for.
    """
    assert polling.due_after_answer(NOW, timedelta(0), PollingHints(), SETTINGS) == NOW + 0.9 * HOUR
    assert not polling.is_due(ASKED, NOW + timedelta(minutes=50), SETTINGS)
    assert polling.is_due(ASKED, NOW + timedelta(minutes=57), SETTINGS)


@pytest.mark.parametrize(
    ("fresh", "hinted", "hours"),
    [
        (timedelta(minutes=10), PollingHints(), 1),
        (timedelta(hours=3), PollingHints(), 3),
        (timedelta(hours=3), PollingHints(240), 4),
        (timedelta(days=30), PollingHints(), 24),
        (timedelta(0), PollingHints(10_080), 24),
    ],
)
def test_the_longer_hint_counts_within_bounds(
    fresh: timedelta, hinted: PollingHints, hours: int
) -> None:
    """The headers' or the feed's; at least an hour, at most a day."""
    assert polling.due_after_answer(NOW, fresh, hinted, SETTINGS) == NOW + 0.9 * hours * HOUR


def test_the_bounds_are_the_users() -> None:
    """Every ten minutes, never more than two hours."""
    mine = NewsSettings(every_minutes=10, at_most_hours=2)
    soon = polling.due_after_answer(NOW, timedelta(0), PollingHints(), mine)
    late = polling.due_after_answer(NOW, timedelta(hours=9), PollingHints(), mine)
    assert (soon, late) == (NOW + timedelta(minutes=9), NOW + 1.8 * HOUR)


def test_a_feed_rests_in_the_hours_it_names_but_is_read_once_a_day() -> None:
    """A daily run in such an hour would else never read it."""
    state = replace(ASKED, hints=str(PollingHints(hours=(9, 10), days=(2,))))
    assert not polling.is_due(state, NOW + 1 * HOUR, SETTINGS)
    assert not polling.is_due(state, NOW + 2 * HOUR, SETTINGS)
    assert polling.is_due(state, NOW + 3 * HOUR, SETTINGS)
    assert not polling.is_due(state, NOW + 16 * HOUR, SETTINGS)  # Wednesday, midnight
    assert polling.is_due(state, NOW + 22 * HOUR, SETTINGS)


def test_a_clock_that_was_wrong_silences_no_feed() -> None:
    """Asked in 2030, they say."""
    future = replace(ASKED, checked=NOW + timedelta(days=1500), due=NOW + timedelta(days=1501))
    right = polling.forget_future(replace(future, etag='"1"', gone_since=future.checked), NOW)
    assert polling.is_due(right, NOW, SETTINGS)
    assert (right.etag, right.gone_since) == ("", NOW)
    assert polling.forget_future(ASKED, NOW) is ASKED


def test_errors_make_a_feed_slower_but_never_end_it() -> None:
    """An hour, two, four, up to a day; a feed that is gone is asked once a week."""
    dues = [
        polling.due_after_failure(NOW, n, timedelta(0), SETTINGS) for n in (1, 2, 3, 4, 5, 6, 99)
    ]
    assert [(due - NOW) / (0.9 * HOUR) for due in dues] == [1, 2, 4, 8, 16, 24, 24]
    gone = polling.due_after_failure(NOW, 9, timedelta(0), SETTINGS, gone=True)
    assert gone == NOW + timedelta(days=6.3)


@pytest.mark.parametrize(("wait", "hours"), [(0, 0.9), (0.1, 0.9), (5, 5), (24, 24), (9_000, 24)])
def test_a_server_that_asks_for_time_gets_it_within_bounds(wait: float, hours: float) -> None:
    """Not less than our own first interval, not more than a day."""
    assert polling.due_after_failure(NOW, 1, wait * HOUR, SETTINGS) == NOW + hours * HOUR
