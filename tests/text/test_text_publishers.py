"""Publishers: what an article calls itself, and the registered domain behind it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.records import Article, Story
from pipeline.text import publishers
from tests.touchpoints.world import news

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)


def article(source: str, link: str, feed: str = "") -> Article:
    return Article("a", feed, "Title", link, link, "", NOW, "feed", NOW, source)


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("www.post.example", "post.example"), ("POST.example.", "post.example"),
        ("news.bbc.co.uk", "bbc.co.uk"), ("www.bbc.co.uk", "bbc.co.uk"),
        ("a.b.oracle.com", "oracle.com"), ("ada.substack.com", "ada.substack.com"),
        ("www.ada.substack.com", "ada.substack.com"), ("one.github.io", "one.github.io"),
        ("x.one.github.io", "one.github.io"), ("127.0.0.1", "127.0.0.1"),
        ("localhost", "localhost"), ("", ""),
    ],
)  # fmt: skip
def test_the_domain_behind_a_host(host: str, domain: str) -> None:
    """Everybody's site on a shared host is a publisher of its own."""
    assert publishers.domain_of(host) == domain


@pytest.mark.parametrize(
    ("source", "link", "feed", "shown"),
    [
        ("Post", "https://www.post.example/1", "", "Post (post.example)"),
        ("Reuters", "https://cheap.example/1", "", "Reuters, by way of cheap.example"),
        ("BBC News", "https://www.bbc.co.uk/1", "https://bbc.co.uk/rss", "BBC News (bbc.co.uk)"),
        ("The Sail Times", "https://st.example/1", "", "The Sail Times (st.example)"),
        (
            *("BBC News", "https://bbc.co.uk/1", "https://feeds.e.example/rss"),
            "BBC News (bbc.co.uk), by way of e.example",
        ),
        ("", "https://bbc.co.uk/1", "https://e.example/rss", "bbc.co.uk, by way of e.example"),
        ("Post", "https://post.example/1", "http://127.0.0.1/rss", "Post (post.example)"),
        ("Post", "https://post.example/1", "feeds/post.xml", "Post (post.example)"),
        ("Post", "", "https://feeds.post.example/rss", "Post (post.example)"),
        ("", "https://post.example/1", "", "post.example"),
        ("Post.example", "https://post.example/1", "", "post.example"),
        (
            *("Halden News (halden.example)", "https://e.example/1", "https://e.example/rss"),
            "Halden News, by way of e.example",
        ),
        ("Post (post.example) ", "https://post.example/1", "", "Post (post.example)"),
        ("(bbc.co.uk)", "https://e.example/1", "", "e.example"),
        ("Post (Leeds)", "https://post.example/1", "", "Post (Leeds) (post.example)"),
        ("Post", "", "", "Post"),
        ("Post", "https://[broken", "", "Post"),
    ],
)
def test_a_name_comes_with_its_domain(source: str, link: str, feed: str, shown: str) -> None:
    """A feed may call itself Reuters; the domain says who it is."""
    assert publishers.of(article(source, link, feed)) == shown


def test_others_are_named_once_and_without_ones_own() -> None:
    """Two tellings of one paper are one name; the same name elsewhere is another."""
    links = ("https://post.example/1", "https://www.post.example/2", "https://fake.example/3")
    first, *others = (Story(link, article("Post", link)) for link in links)
    match = replace(news(), story=first, told_by=(*others, *others))
    assert publishers.others_of(match) == ("Post, by way of fake.example",)


@pytest.mark.timeout(20)
def test_a_name_of_many_brackets_keeps_nobody_waiting() -> None:
    """Nor does one that ends otherwise."""
    for name in ("(a.b) " * 1_000 + "x", "(a.b)" + " " * 10_000 + "x", "(" + "a." * 5_000):
        assert publishers.of(article(name, "https://e.example/1")).endswith("e.example")


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_link_and_name_can_be_shown(source: str, link: str) -> None:
    """Whatever a feed writes."""
    assert isinstance(publishers.of(article(source, link)), str)
    publishers.domain_of(link)


@pytest.mark.parametrize(
    ("name", "link", "credited"),
    [
        ("Post", "https://post.example/1", "Post"),
        ("Reuters", "https://cheap.example/1", "cheap.example"),
        ("Reuters", "https://news.google.com/articles/1", "Reuters"),
        ("Reuters", "", "Reuters"),
        ("Bristol Evening Courier", "https://bristolcourier.example/1", "Bristol Evening Courier"),
        ("The New York Times", "https://www.nytimes.com/1", "The New York Times"),
        ("Lake of the Woods Post", "https://lowpost.example/1", "Lake of the Woods Post"),
        ("Lake and Sea Fun", "https://lasfun.example/1", "lasfun.example"),
        ("Courier of Bristol", "https://bristolcourier.example/1", "bristolcourier.example"),
        ("Bristol Evening Courier", "https://bristolnews.example/1", "bristolnews.example"),
    ],
)
def test_a_message_credits_nobody_for_what_another_says(
    name: str, link: str, credited: str
) -> None:
    """A search is believed who wrote it; any other site is itself."""
    assert publishers.credit(article(name, link), name, is_search=False) == credited


@pytest.mark.parametrize(
    ("feed", "is_search", "credited"),
    [
        ("https://pa.example/rss", False, "pa.example"),
        ("https://feeds.reuters.com/top", False, "Reuters"),
        ("https://pa.example/rss?q=oracle", True, "Reuters"),
        ("https://news.google.com/rss/search?q=oracle", False, "Reuters"),
        ("http://192.168.1.5/bridge", False, "Reuters"),
    ],
)
def test_a_message_credits_the_links_site_on_its_own_word_or_a_searchs(
    feed: str, is_search: bool, credited: str
) -> None:
    """Anybody can lead to reuters.com, and to a search's page, and call it Reuters."""
    told = article("Reuters", "https://www.reuters.com/1", feed)
    assert publishers.credit(told, "Reuters", is_search=is_search) == credited
    told = article("Reuters", "https://news.google.com/articles/1", "https://pa.example/rss")
    assert publishers.credit(told, "Reuters", is_search=False) == "pa.example"
