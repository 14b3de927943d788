"""No feed speaks for another: what copies, borrowed links and bridges do to the first's story."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from pipeline.records import Article, Feed, Mute, Story
from pipeline.relevance.clustering import cluster
from pipeline.relevance.mutes import mute_of
from pipeline.text.publishers import who_lead
from pipeline.touchpoints.case import marks_of
from tests.relevance.world import MERRIN, NOW, article, line, ranked
from tests.touchpoints.world import news

POST, EVIL = "https://post.example/rss", "https://evil.example/rss"
ORDER = {POST: 0, EVIL: 1}
PAIR = (("first", POST), ("other", EVIL))
TEXT = "Merrin Labs will build its second battery plant near Toledo, where 400 people find work."


def told(
    name: str, feed: str = POST, title: str = "Merrin Labs opens plant", **more: str
) -> Article:
    link = more.get("link", f"{feed.removesuffix('rss')}{name}")
    text = more.get("text", TEXT)
    return replace(article(title, text, id=name, feed=feed, link=link), seen=NOW)


@pytest.mark.parametrize("days_earlier", [-0.5, 0.5, 4])
@pytest.mark.parametrize("known", [{}, {"first": "first"}])
def test_a_copy_takes_no_story_over(days_earlier: float, known: dict[str, str]) -> None:
    """Longer, dated earlier, under another name and link: the first keeps its story's face."""
    first = told("first")
    copy = told("copy", EVIL, "Merrin Labs opens plant, sheds 90", text=f"{TEXT} And more of it.")
    dated = replace(copy, published=first.published - timedelta(days=days_earlier))
    (story,) = cluster([dated, first], known, order=ORDER)
    assert (story.id, story.lead, story.others) == ("first", first, (dated,))
    assert who_lead(story) == (first,)


def test_what_was_read_first_leads_whatever_the_order_of_the_file() -> None:
    """A copy that comes in a later run is later, be its feed the first of the file."""
    first, copy = told("first"), told("copy", EVIL)
    early = replace(first, seen=NOW.replace(hour=1))
    (story,) = cluster([copy, early], {}, order={EVIL: 0, POST: 1})
    assert story.lead == early


@pytest.mark.parametrize("days", [-30, 1])
@pytest.mark.parametrize("hours_earlier", [0, 2])
def test_a_borrowed_link_never_leads_over_the_site_itself(days: int, hours_earlier: int) -> None:
    """Nearer to the top, or read one run earlier, with a date and a body of its own."""
    first = told("first")
    words = "Wrong, says everybody: golf."
    borrowed = replace(
        told("b", EVIL, link=first.link, text=words),
        published=first.published + timedelta(days=days),
        seen=first.seen - timedelta(hours=hours_earlier),
    )
    known = {"b": "b"} if hours_earlier else {}
    (story,) = cluster([borrowed, first], known, order={EVIL: 0, POST: 1})
    assert (story.lead, story.others) == (first, (borrowed,))
    assert who_lead(story) == (first,)
    assert mute_of(replace(news(), story=story), [Mute("golf", 7)]) is None


def test_a_borrowed_link_leads_where_the_site_has_no_feed_of_its_own() -> None:
    """What an aggregator brought first stays its story; so does a company's own feed."""
    first, other = (told(name, feed, link="https://far.example/1") for name, feed in PAIR)
    (story,) = cluster([other, first], {}, order=ORDER)
    assert story.lead == first
    own = told("own", EVIL, link="https://post.example/first")
    (story,) = cluster([own, told("first")], {}, order={EVIL: -1, POST: 0})
    assert story.lead == own


def test_a_borrowed_link_makes_no_duplicate() -> None:
    """Under a title without a word of the page's, the link is only borrowed."""
    first = told("first")
    borrowed = told("b", EVIL, "Hundreds sacked in Leeds", link=first.link, text="Sad news there.")
    assert len(cluster([first, borrowed], {}, order=ORDER)) == 2
    retitled = replace(borrowed, feed=POST)
    assert len(cluster([first, retitled], {}, order=ORDER)) == 1


def test_a_feed_keeps_its_copy_no_story_of_its_own() -> None:
    """By another figure that it put behind the first's link, beside a variant of its copy."""
    first, copy = told("first"), told("copy", EVIL)
    borrowed = told("b", EVIL, "Fear at 7: Merrin Labs opens plant", link=first.link, text="Sad.")
    variant = told("v", EVIL, "Merrin Labs opens plant, and cuts 300 jobs")
    stories = cluster([first, copy, borrowed, variant], {}, order=ORDER)
    assert [story.lead for story in stories if copy in (story.lead, *story.others)] == [first]


def test_no_text_hides_one_story_behind_another() -> None:
    """What is like two known stories joins one of them; their own feed may say they are one."""
    a = told("a", title="Merrin plant: second one for Ohio", text="")
    b = told("b", title="Ohio gets second Merrin battery plant", text=TEXT)
    bridge = told("c", EVIL, "Merrin plant: second one for Ohio")
    known = {"a": "a", "b": "b"}
    assert {s.id for s in cluster([a, b, bridge], known, order=ORDER)} == {"a", "b"}
    assert len(cluster([a, b, replace(bridge, feed=POST)], known, order=ORDER)) == 1


def test_a_copy_neither_mutes_nor_marks_nor_scores_a_story() -> None:
    """Its words, its links and the topic of its feed are its own affair."""
    first, copy = (
        told("first"),
        told("copy", EVIL, text=f"{TEXT} Golf.", link="https://x.example/sent"),
    )
    plain, copied = Story("first", first), Story("first", first, (copy,))
    match = replace(news(), story=copied)
    assert mute_of(match, [Mute("Golf", 7)]) is None
    assert marks_of(match) == marks_of(replace(match, story=plain))
    feeds = {EVIL: (Feed(EVIL, topic="boats"),), POST: (Feed(POST, company="merrin"),)}
    scores = [
        ranked([one], line("the second plant"), feeds=feeds)[0].score for one in (plain, copied)
    ]
    assert scores[0] == scores[1]


@pytest.mark.parametrize(
    ("feed", "search", "is_own"),
    [
        (EVIL, "", False),
        ("https://blog.merrin.example/rss", "", True),
        (EVIL, "news", True),
        ("http://192.168.1.5/bridge", "", True),
    ],
    ids=["another's feed", "the site's", "a search", "one of the user's own network"],
)
def test_a_borrowed_link_makes_nobody_the_company(feed: str, search: str, is_own: bool) -> None:
    """An explosion that one listed feed invents is hearsay, wherever its link leads."""
    company = replace(MERRIN, website="merrin.example")
    lead = told("a", feed, "Explosion at a plant of Merrin Labs", link="https://merrin.example/9")
    feeds = {feed: (Feed(feed, company=company.slug, search=search),)}
    (match,) = ranked([Story("a", lead)], line("the plant"), company=company, feeds=feeds)
    assert match.mention.own is is_own
