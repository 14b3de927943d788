"""The numbers that decide about feeds, each at its border: every case states its number itself."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from pipeline.news import address_changes, clean, dates, discover, extract, full_text, health
from pipeline.news.failures import FetchError
from pipeline.news.fetch import Response
from pipeline.news.parse import FeedBody, parse
from pipeline.news.polling import due_after_failure
from pipeline.news.redirects import follow
from pipeline.records import Article, FeedState, NewsSettings

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
WELL = FeedState("https://x.example/feed", checked=NOW, worked=NOW, newest=NOW)
MOVED = replace(WELL, moved_to="https://y.example/feed", moved_since=NOW - 3 * DAY)


def every(days: float, times: int) -> list[datetime]:
    """Return the times of a feed with that rhythm, the last of them now."""
    return [NOW - number * days * DAY for number in range(times)]


@pytest.mark.parametrize(
    ("published", "silence", "is_quiet"),
    [
        (every(1, 10), 14 * DAY, False),
        (every(1, 10), 14 * DAY + SECOND, True),
        (every(1, 9), 14 * DAY + SECOND, False),  # eight gaps show no rhythm
        (every(10, 10), 20 * DAY, False),
        (every(10, 10), 20 * DAY + SECOND, True),  # twice the longest gap
    ],
)
def test_a_feed_is_quiet_after_twice_its_longest_gap(
    published: list[datetime], silence: timedelta, is_quiet: bool
) -> None:
    """And after two weeks at least; nine gaps show its rhythm."""
    assert health.quiet(published, NOW + silence) == is_quiet


@pytest.mark.parametrize(("ago", "is_named"), [(29, False), (30, True)])
def test_a_trouble_is_named_again_after_30_days(ago: int, is_named: bool) -> None:
    """In between everybody knows."""
    told = f"{(NOW - ago * DAY).date().isoformat()} gone"
    state = replace(WELL, gone_since=NOW - 40 * DAY, told=told)
    problems, _ = health.to_name([state], lambda _: (), NewsSettings(), NOW, NOW.date())
    assert bool(problems) == is_named


@pytest.mark.parametrize(("times", "is_proposed"), [(2, False), (3, True)])
def test_a_move_is_believed_the_third_time(times: int, is_proposed: bool) -> None:
    """Two redirects may be a mistake of an afternoon."""
    state = replace(MOVED, moved_times=times)
    assert bool(list(address_changes.proposed_changes([state]))) == is_proposed


@pytest.mark.parametrize(("days", "is_proposed"), [(2, True), (1.99, False)])
def test_a_move_is_believed_after_two_days(days: float, is_proposed: bool) -> None:
    """A site that is down for maintenance redirects everything for hours."""
    state = replace(MOVED, moved_times=3, moved_since=NOW - days * DAY)
    assert bool(list(address_changes.proposed_changes([state]))) == is_proposed


@pytest.mark.parametrize(("ahead", "dated"), [(2 * DAY, "feed"), (2 * DAY + SECOND, "seen")])
def test_a_date_two_days_ahead_is_believed(ahead: timedelta, dated: str) -> None:
    """Posts are scheduled, and clocks are wrong; what is later is a mistake."""
    assert dates.settle(NOW + ahead, None, NOW)[1] == dated


@pytest.mark.parametrize(("zone", "hour"), [("+1400", 18), ("+1401", 8)])
def test_no_place_is_farther_from_utc_than_14_hours(zone: str, hour: int) -> None:
    """An offset beyond that is a mistake, and the time is read as that of UTC."""
    found = dates.read(f"Tue, 24 Nov 2026 08:00 {zone}")
    assert found is not None
    assert found.hour == hour


@pytest.mark.parametrize(("times", "arrives"), [(10, True), (11, False)])
def test_ten_redirects_are_followed(times: int, arrives: bool) -> None:
    """An eleventh leads nowhere."""
    asked: list[str] = []

    async def send(url: httpx.URL) -> httpx.Response:
        asked.append(str(url))
        if len(asked) > times:
            return httpx.Response(200)
        return httpx.Response(302, headers={"location": f"https://x.example/{len(asked)}"})

    try:
        asyncio.run(follow(httpx.URL("https://x.example/"), send))
    except FetchError:
        assert not arrives
    else:
        assert arrives


def test_a_feed_that_fails_is_due_after_nine_tenths_of_the_interval() -> None:
    """So that a schedule of that interval finds it due."""
    settings = NewsSettings(every_minutes=100)
    assert due_after_failure(NOW, 1, timedelta(), settings) == NOW + timedelta(minutes=90)


@pytest.mark.parametrize(
    ("tag", "count"),
    [
        ('<link rel="alternate" type="application/rss+xml" href="/{}.xml">', 12),
        ('<a href="/{}/feed">News</a>', 8),
    ],
)
def test_twelve_feeds_of_a_page_are_looked_at_of_which_eight_are_links(
    tag: str, count: int
) -> None:
    """News sites name one for each section."""
    page = "".join(tag.format(number) for number in range(20))
    response = Response(page.encode(), "https://x.example/", "text/html")
    assert len(discover._named_by(response)) == count


# ------------------------------------------------------------------------------------- texts


@pytest.mark.parametrize(("length", "kept"), [(500, 500), (501, 500)])
def test_a_title_has_500_characters(length: int, kept: int) -> None:
    """What is longer is no title."""
    assert len(clean.title_text("x" * length)) == kept


@pytest.mark.parametrize(("length", "is_whole"), [(20_000, True), (20_001, False)])
def test_a_text_has_20_000_characters(length: int, is_whole: bool) -> None:
    """What is longer is cut."""
    assert (clean.body_text("x" * length) == "x" * length) == is_whole


@pytest.mark.parametrize(("beside", "is_kept"), [("one two three", True), ("one two", False)])
def test_a_text_has_three_words_beside_its_links(beside: str, is_kept: bool) -> None:
    """One with fewer is a list of links."""
    html = f'<p>{beside} <a href="https://x.example/">a link with many words</a></p>'
    assert bool(clean.body_text(html)) == is_kept


@pytest.mark.parametrize(
    ("text", "title", "is_about"),
    [
        ("abcd", "abcd efgh", True),  # half of them
        ("abcd efgh", "abcd efgh ijkl mnop qrst", False),
        ("abcd", "abcd efg hij klm", True),  # three letters do not count
        ("other", "abcd", False),  # four do
    ],
)
def test_a_page_is_about_its_title_with_half_of_its_words(
    text: str, title: str, is_about: bool
) -> None:
    """Words of four letters count."""
    assert extract.is_about(text, title) == is_about


@pytest.mark.parametrize(("length", "is_wanted"), [(299, True), (300, False)])
def test_a_text_below_300_characters_is_a_teaser(length: int, is_wanted: bool) -> None:
    """Its page may say more."""
    link = "https://x.example/1"
    article = Article("a", WELL.address, "Title", link, link, "x" * length, NOW, "feed", NOW)
    assert full_text.is_wanted(article) == is_wanted


@pytest.mark.parametrize(("length", "is_whole"), [(160, True), (161, False)])
def test_a_sentence_in_the_place_of_a_title_has_160_characters(length: int, is_whole: bool) -> None:
    """A longer one is cut."""
    text = f"{'x' * 79} {'y' * (length - 80)}"
    feed = f"<rss><channel><item><description>{text}</description></item></channel></rss>"
    (article,) = parse(FeedBody(feed.encode(), WELL.address), NOW).articles
    assert (article.title == text) == is_whole
