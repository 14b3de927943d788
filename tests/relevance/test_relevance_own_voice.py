"""Whether a feed is the company's own, on whatever host; and what a topic's feed needs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.records import Article, Company, CompanyProfile, Feed
from pipeline.relevance import company_profiles
from tests.relevance.world import MERRIN, article, count, line, ranked, story

BURNER = "https://feeds.burner.example/merrin-notes"
BLOG = "https://notes.batteries.example/post"

BLOG_POSTS = (
    ("Why cells age in winter", "We opened a hundred packs and looked inside. It was cold."),
    ("A year of the night shift", "Our operators tell how they run the line at three."),
    ("Notes on recycling", "What comes back to us is not what we sent out."),
    ("Wie eine Zelle altert", "Wir haben hundert Packs geöffnet und hineingesehen."),
    ("Pourquoi le froid", "Nous avons ouvert cent packs cet hiver, et voici ce que l'on voit."),
)
RELEASES = (
    ("Merrin Labs Announces New Plant in Ohio", "LEEDS, Nov. 3 -- The plant opens in May."),
    ("Merrin Labs to Present at Storage Forum", "LEEDS -- The talk is on Monday."),
    ("Merrin appoints chief of recycling", "LEEDS -- She begins in June."),
    ("Third Quarter Results", "Revenue grew. About Merrin Labs: it makes batteries."),
    ("Storage for the harbour", "It was installed in May. Press contact: A. Third."),
)
OF_A_PAPER = (
    ("Merrin Labs cuts forecast as orders slow", "The battery maker said demand was weak."),
    ("Why Merrin is betting on salt", "Analysts doubt it. “We are sure,” said its chief."),
    ("Merrin Labs opens plant in Ohio", "Hundreds came to the opening."),
    ("Battery shares fall; Merrin down 4%", "The market was nervous."),
    ("Union and Merrin Labs still apart on pay", "Talks go on in the US on Monday."),
)


def articles(
    posts: tuple[tuple[str, str], ...], feed: str = BURNER, link: str = BLOG
) -> list[Article]:
    return [
        article(title, text, id=f"{feed} {number}", feed=feed, link=f"{link}/{number}")
        for number, (title, text) in enumerate(posts)
    ]


def own_feeds(told: list[Article], *feeds: Feed, company: Company = MERRIN) -> tuple[str, ...]:
    """Return which of the feeds that are listed for the company are its own."""
    listed = feeds or (Feed(BURNER, company=company.slug),)
    (profile,) = company_profiles.profiles_of(
        [replace(company, feeds=listed)], lambda: told, count()
    )
    return profile.own_feeds


@pytest.mark.parametrize("posts", [BLOG_POSTS, RELEASES])
def test_a_blog_and_a_wire_that_speak_as_the_company_are_its_own(
    posts: tuple[tuple[str, str], ...],
) -> None:
    """One site, whatever it is called, and "we", "Merrin Labs announces", "About Merrin Labs"."""
    assert own_feeds(articles(posts)) == (BURNER,)


def test_a_file_may_be_its_own() -> None:
    """A feed that was saved: no host, and links perhaps to none."""
    path = "/home/ada/merrin.xml"
    told = [replace(item, link="") for item in articles(RELEASES, feed=path)]
    assert own_feeds(told, Feed(path, company="merrin")) == (path,)


def test_a_papers_page_about_the_company_is_not_its_own() -> None:
    """One site as well, but it speaks of the company; who says "we" there is quoted."""
    assert own_feeds(articles(OF_A_PAPER)) == ()


def test_a_site_that_is_called_like_the_company_is_its_own() -> None:
    """merrinlabs.example, whatever the posts say."""
    assert own_feeds(articles(OF_A_PAPER, link="https://blog.merrinlabs.example/p")) == (BURNER,)
    assert own_feeds(articles(OF_A_PAPER, link="https://merrinlabs-fans.example/p")) == ()


@pytest.mark.parametrize(
    "feed",
    [
        Feed("https://news.google.com/rss/search?q=merrin", company="merrin", search="google"),
        Feed("https://news.google.com/rss/search?q=merrin", company="merrin"),
        Feed("https://www.bing.com/news/search?q=merrin&format=rss", company="merrin"),
        Feed("https://paper.example/find?query=merrin", company="merrin"),
    ],
)
def test_a_search_is_never_its_own(feed: Feed) -> None:
    """Its entries may all be releases."""
    assert own_feeds(articles(RELEASES, feed=feed.address), feed) == ()


@pytest.mark.parametrize(("entries", "is_own"), [(5, True), (4, False)])
def test_five_entries_are_needed(entries: int, is_own: bool) -> None:
    """Four may be chance."""
    assert bool(own_feeds(articles(RELEASES[:entries]))) == is_own


@pytest.mark.parametrize(("elsewhere", "is_own"), [(2, True), (3, False)])
def test_four_of_five_links_lead_to_one_site(elsewhere: int, is_own: bool) -> None:
    """Of ten, two may lead elsewhere."""
    told = articles((*BLOG_POSTS, *RELEASES))
    moved = [replace(item, link=f"https://s{n}.example/") for n, item in enumerate(told)]
    assert bool(own_feeds([*moved[:elsewhere], *told[elsewhere:]])) == is_own


@pytest.mark.parametrize(("own", "of", "is_own"), [(3, 5, True), (5, 9, False), (2, 5, False)])
def test_three_of_five_speak_as_the_company(own: int, of: int, is_own: bool) -> None:
    """A paper's has its releases, too, but fewer."""
    others = tuple(
        (f"Storage, part {n}", "The battery of a town. It is large.") for n in range(of - own)
    )
    assert bool(own_feeds(articles((*RELEASES[:own], *others)))) == is_own


@pytest.mark.parametrize(("name", "is_own"), [("Iona", True), ("Ion", False)])
def test_a_name_of_four_letters_tells_a_site(name: str, is_own: bool) -> None:
    """Three are in many."""
    posts = tuple((f"Storage, part {n}", "The battery of a town.") for n in range(5))
    told = articles(posts, link=f"https://{name.lower()}.example/p")
    company = Company("merrin", name)
    assert bool(own_feeds(told, company=company)) == is_own


def test_a_post_of_its_own_needs_no_name_to_be_its_news() -> None:
    """In whatever place it is served."""
    profile = CompanyProfile("merrin", ("Merrin Labs", "Merrin"), own_feeds=(BURNER,))
    feeds = {BURNER: (Feed(BURNER, company="merrin"),)}
    post = story("A year of the night shift", "Our operators run the line.", feed=BURNER)
    (found,) = ranked([post], line("night shifts"), feeds=feeds, company_profile=profile)
    assert (found.mention.about, found.mention.own, found.shown) == ("about", True, True)


# ------------------------------------------------------------------------------- a topic's feed

SAIL = "https://sail.example/rss"
OF_SAIL = {SAIL: (Feed(SAIL, topic="sailing"),)}
YACHT = ("Merrin launches from a new slip", "The motor yacht Merrin is 40 metres long.")


@pytest.mark.parametrize(
    ("title", "text", "is_sure"),
    [
        (*YACHT, False),
        ("Merrin opens for dinner", "The pub by the lock serves fish.", False),
        ("Merrin launches a cell", "The company sold its first product.", True),
        ("Merrin launches a cell", "The battery is for boats.", True),
        ("Merrin Labs launches a cell", "It is for boats.", True),
    ],
)
def test_a_topics_story_needs_more_than_one_word(title: str, text: str, is_sure: bool) -> None:
    """A boat and a pub have such names; two words of business, the industry or all of the name."""
    (found,) = ranked([story(title, text, feed=SAIL)], line("boats"), feeds=OF_SAIL)
    assert (found.mention.about == "about" and found.mention.confidence >= 0.85) == is_sure


def test_the_companys_feed_speaks_for_the_same_story() -> None:
    """Brought by both, it is as before."""
    both = {SAIL: (*OF_SAIL[SAIL], Feed(SAIL, company="merrin"))}
    (found,) = ranked([story(*YACHT, feed=SAIL)], line("boats"), feeds=both)
    assert found.mention.confidence >= 0.85
