"""A feed that renews its dates makes no old story new: the date moves with title or text alone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from pipeline.news import first_dates
from pipeline.news.fetch import FetchOptions
from pipeline.news.update import update_feeds
from pipeline.records import Article, FeedState, NewsSettings
from pipeline.store import database, news

FIRST = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
LATER = datetime(2026, 12, 14, 8, 0, tzinfo=UTC)
OLD = "Fri, 20 Nov 2026 06:00:00 +0000"
NEW = "Mon, 14 Dec 2026 06:00:00 +0000"
LONG_AGO = "Mon, 08 Jan 2024 06:00:00 +0000"
HUB = "<title>Acme opens a hub</title>"
TEXT = "<description>The robots plan the routes of vaccines in a new warehouse.</description>"
LINK = "<link>https://news.example.com/1</link>"
GUID = "<guid>g1</guid>"


def rss(*items: str) -> str:
    inside = "".join(f"<item>{item}</item>" for item in items)
    return f'<rss version="2.0"><channel><title>Wire</title>{inside}</channel></rss>'


def atom(published: str, updated: str) -> str:
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title><entry><id>urn:1</id>'
        f"{HUB}<summary>The robots plan.</summary>{published}{updated}</entry></feed>"
    )


def json_feed(published: str) -> str:
    item = {"id": "1", "title": "Acme opens a hub", "content_text": "x" * 90}
    return json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "title": "Wire",
         "items": [item | {"date_published": published}]}
    )  # fmt: skip


def day(text: str) -> str:
    return f"<pubDate>{text}</pubDate>"


def read(folder: Path, *feeds: tuple[str, datetime]) -> list[Article]:
    """Return the articles that are stored after these readings of one feed."""
    path, state = folder / "a.xml", FeedState(str(folder / "a.xml"))
    with closing(database.connect(folder / "touchpoints.db")) as db:
        for text, now in feeds:
            path.write_text(text, "utf-8")
            options = FetchOptions(NewsSettings(), "", now)
            (reading,) = update_feeds([state], options, ask_all=True)
            state = reading.state
            news.keep_articles(db, reading.articles)
        return list(news.articles_since(db))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (rss(HUB + TEXT + LINK + GUID + day(OLD)), rss(HUB + TEXT + LINK + GUID + day(NEW))),
        (rss(HUB + TEXT + LINK + day(OLD)), rss(HUB + TEXT + LINK + day(NEW))),
        (rss(HUB + TEXT + day(OLD)), rss(HUB + TEXT + day(NEW))),
        (rss(HUB + LINK + day(OLD)), rss(HUB + LINK + day(NEW))),
        (rss(HUB + TEXT + LINK + GUID), rss(HUB + TEXT + LINK + GUID + day(NEW))),
        (rss(HUB + TEXT + LINK + GUID + day(OLD)),
         rss(HUB + TEXT + LINK.replace("/1", "/2") + GUID + day(NEW))),
        (rss(HUB + TEXT + LINK + GUID + day(OLD)),
         rss(HUB + TEXT + LINK + GUID.replace("g1", "g2") + day(NEW))),
        (rss(HUB + TEXT + LINK + GUID + day(OLD)),
         rss(HUB + TEXT + LINK.replace("/1", "/2") + GUID.replace("g1", "g2") + day(NEW))),
        (rss(HUB + TEXT + LINK + GUID + day(OLD)),
         rss("<title>News</title>" + GUID.replace("g1", "g0"), HUB + TEXT + LINK + day(NEW))),
        (rss(HUB + TEXT + LINK + day(OLD)),
         rss(HUB + TEXT + LINK + "<author>ann@example.com (Ann)</author>" + day(NEW))),
        (atom("<published>2026-11-20T06:00:00Z</published>", ""),
         atom("<published>2026-12-14T06:00:00Z</published>", "")),
        (atom("", "<updated>2026-11-20T06:00:00Z</updated>"),
         atom("", "<updated>2026-12-14T06:00:00Z</updated>")),
        (json_feed("2026-11-20T06:00:00Z"), json_feed("2026-12-14T06:00:00Z")),
        (rss(HUB + TEXT + GUID + day(OLD)), rss(HUB + TEXT + GUID + day("Sun, 01 Jan 2090"))),
    ],
)  # fmt: skip
def test_a_date_that_moves_alone_makes_no_story_new(
    tmp_path: Path, before: str, after: str
) -> None:
    """Whatever the format, and whether or not guid and link stay what they were."""
    found = read(tmp_path, (before, FIRST), (after, LATER))
    hubs = [article for article in found if article.title == "Acme opens a hub"]
    assert hubs
    assert {article.published.date() for article in hubs} == {FIRST.date()}


@pytest.mark.parametrize(
    ("old", "new"),
    [("Acme opens a hub", "Acme opens a second hub"), ("vaccines", "vaccines and of blood")],
)
def test_a_date_moves_together_with_title_or_text(tmp_path: Path, old: str, new: str) -> None:
    """Then there is something new to read."""
    item = HUB + TEXT + LINK + GUID
    after = rss(item.replace(old, new) + day(NEW))
    (article,) = read(tmp_path, (rss(item + day(OLD)), FIRST), (after, LATER))
    assert article.published.date() == LATER.date()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Views: 31", "Views: 3,014"),
        ("2 hours ago", "25 days ago"),
        ("Updated on Friday, 20 November 2026", "Updated on Monday, 14 December 2026"),
        ("Said again and again.", "SAID AGAIN ..."),
    ],
)
def test_a_counter_or_a_clock_in_the_text_says_nothing_new(
    tmp_path: Path, before: str, after: str
) -> None:
    """Nor does a title in capitals: a date moves with new words alone, or a figure of the title."""

    def feed(title: str, said: str, dated: str) -> str:
        text = f"<description>The robots plan the routes of vaccines. {said}</description>"
        return rss(f"<title>{title}</title>" + text + LINK + GUID + day(dated))

    first = feed("Acme opens a hub", before, OLD), FIRST
    (article,) = read(tmp_path, first, (feed("ACME OPENS A HUB", after, NEW), LATER))
    assert article.published.date() == FIRST.date()
    assert article.title == "ACME OPENS A HUB"
    (article,) = read(tmp_path, first, (feed("Acme opens 2 hubs", before, NEW), LATER))
    assert article.published.date() == LATER.date()


def test_what_was_too_old_to_be_kept_stays_too_old(tmp_path: Path) -> None:
    """It was never stored, and is known all the same."""
    item = HUB + TEXT + LINK + GUID
    assert read(tmp_path, (rss(item + day(LONG_AGO)), FIRST), (rss(item + day(NEW)), LATER)) == []


def test_a_guid_that_is_used_for_another_article_is_a_new_one(tmp_path: Path) -> None:
    """Title and text are others, and so is the date."""
    old = "<title>Ten tools</title><description>Ten.</description>" + GUID + day(LONG_AGO)
    (article,) = read(
        tmp_path, (rss(old), FIRST), (rss(HUB + TEXT + LINK + GUID + day(NEW)), LATER)
    )
    assert article.published.date() == LATER.date()


def test_the_same_title_on_another_day_is_new_where_nothing_else_is_the_same(
    tmp_path: Path,
) -> None:
    """The picture of the day has no text, and a link of its own each day."""
    title = "<title>Picture of the day</title>"
    before = rss(title + LINK + GUID + day(OLD))
    after = rss(title + LINK.replace("/1", "/2") + GUID.replace("g1", "g2") + day(NEW))
    found = read(tmp_path, (before, FIRST), (after, LATER))
    assert [article.published.date() for article in found] == [FIRST.date(), LATER.date()]


def test_a_date_is_remembered_through_many_readings(tmp_path: Path) -> None:
    """Each reading renews it, none makes it younger."""
    item = HUB + TEXT + LINK
    readings = [
        (rss(item + f"<guid>{n}</guid>" + day(format_datetime(FIRST + timedelta(days=n)))),
         FIRST + timedelta(days=n, hours=1))
        for n in range(12)
    ]  # fmt: skip
    assert {article.published for article in read(tmp_path, *readings)} == {FIRST}


def test_an_undated_article_gets_its_date_when_that_is_an_earlier_one(
    tmp_path: Path,
) -> None:
    """The feed says at last when it was written."""
    item = HUB + TEXT + LINK + GUID
    (article,) = read(tmp_path, (rss(item), LATER), (rss(item + day(OLD)), LATER))
    assert article.published.date() == FIRST.date()


def articles(count: int) -> Sequence[Article]:
    return [
        Article(str(n), "f", f"Title {n}", "", "", "Some text.", FIRST, "feed", FIRST)
        for n in range(count)
    ]


def test_what_is_remembered_of_a_feed_is_bounded() -> None:
    """Of more entries than 500 the first are known."""
    _, remembered = first_dates.dated(articles(600), "")
    assert len(remembered) == 500 * 12
    again, _ = first_dates.dated(articles(600), remembered)
    assert list(again) == articles(600)
