"""Links: the one served, the one to compare, the one to show."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.news import links


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("HTTP://WWW.Example.com:80/News/", "https://example.com/News"),
        ("https://example.com/a?utm_source=rss&id=7&fbclid=x#top", "https://example.com/a?id=7"),
        ("https://example.com/a?maca=1&oc=5&at_medium=x&ns_mchannel=y", "https://example.com/a"),
        ("https://example.com/a?xtor=1&wt_mc=2&ref=rss&gclid=3&cmpid=4", "https://example.com/a"),
        ("https://www.google.com/url?rct=j&url=https://x.example/a&ct=ga", "https://x.example/a"),
        ("https://www.google.com/url?q=https%3A%2F%2Fx.example%2Fa", "https://x.example/a"),
        (
            "https://news.google.com/rss/articles/"
            + base64.urlsafe_b64encode(b"\x08\x13\x22\x13https://x.example/a\xd2\x01\x00").decode()
            + "?oc=5",
            "https://x.example/a",
        ),
    ],
)
def test_the_same_page_has_one_canonical_link(one: str, other: str) -> None:
    """Tracking, fragment, www, port, last slash and redirector make no difference."""
    assert links.canonical(one) == links.canonical(other) == other


@pytest.mark.parametrize(
    ("link", "page"),
    [
        ("https://x.example/a?utm_source=rss&id=7&fbclid=x#top", "https://x.example/a?id=7#top"),
        ("https://x.example/a?utm_source=rss", "https://x.example/a"),
        ("https://x.example/a?q=caf%C3%A9&b=&c", "https://x.example/a?q=caf%C3%A9&b=&c"),
        ("https://x.example/a?ref=12&ref=rss", "https://x.example/a?ref=12"),
        ("http://www.x.example:8080/A/?at_medium=RSS", "http://www.x.example:8080/A/"),
        ("https://www.bing.com/news/apiclick.aspx?url=https%3a%2f%2fx.example%2fa", "https://x.example/a"),
        (
            "http://x.feedsportal.com/c/1/f/2/s/3/sc/4/l/0Lx0Bexample0Cnews0Ea0Bhtml/story01.htm",
            "http://x.example/news-a.html",
        ),
        ("http://feedproxy.google.com/~r/x/~3/abc/", "http://feedproxy.google.com/~r/x/~3/abc/"),
        ("https://google.x.example/url?q=https://y.example/", "https://google.x.example/url?q=https://y.example/"),
    ],
)  # fmt: skip
def test_a_page_is_shown_by_its_own_address(link: str, page: str) -> None:
    """Out of its wrapping, without tracking, otherwise as it was served."""
    assert links.direct(link) == page


@pytest.mark.parametrize(
    ("link", "day"),
    [
        ("https://x.example/2026/11/24/a-plant", "2026-11-24"),
        ("https://x.example/news/2026-11-24-a-plant", "2026-11-24"),
        ("https://x.example/world/2026/nov/24/a", "2026-11-24"),
        ("https://x.example/20261124/a", "2026-11-24"),
        ("https://x.example/2026/1/5/a", "2026-01-05"),
        ("https://x.example/2026/11/a", None),
        ("https://x.example/2026/13/24/a", None),
        ("https://x.example/?d=/2026/11/24/", None),
        ("https://x.example/a-2026-11-24", None),
        ("https://x.example/2026/11/245/a", None),
    ],
)
def test_a_full_day_in_a_path_is_found(link: str, day: str | None) -> None:
    """Year, month and day, as many papers and blogs write them."""
    found = links.day_in(link)
    assert (found.isoformat() if found else None) == day


def test_different_pages_stay_different() -> None:
    """What may choose the page is kept: path, its case, other parameters."""
    pages = ["https://x.example/a", "https://x.example/A", "https://x.example/a?id=1",
             "https://x.example/a?id=2", "https://x.example:8443/a",
             "https://news.google.com/rss/articles/CBMiopaque1",
             "https://news.google.com/rss/articles/CBMiopaque2"]  # fmt: skip
    assert len({links.canonical(page) for page in pages}) == len(pages)


@pytest.mark.parametrize(
    ("link", "base", "found"),
    [
        ("/a/b", "https://x.example/feed.xml", "https://x.example/a/b"),
        (" https://x.example/a b\n", "", "https://x.example/a%20b"),
        ("/wiki/It's_(novel)", "https://x.example/", "https://x.example/wiki/It's_(novel)"),
        ("//cdn.example/a", "https://x.example/", "https://cdn.example/a"),
        ("https://name:secret@x.example/a", "", "https://x.example/a"),
        ('https://x.example/"><script>', "", "https://x.example/%22%3E%3Cscript%3E"),
        ("javascript:alert(1)", "https://x.example/", ""),
        ("java\nscript:alert(1)", "https://x.example/", ""),
        ("data:text/html,x", "https://x.example/", ""),
        ("tag:x.example,2026:1", "", ""),
        ("/a", "", ""),
        ("https://", "", ""),
        ("http://[broken", "", ""),
        ("https://x.example:99999/", "", ""),
    ],
)
def test_only_web_links_are_kept(link: str, base: str, found: str) -> None:
    """A relative link is resolved; what is no http(s) link becomes nothing."""
    assert links.absolute(link, base) == found


@given(st.text(), st.text())
def test_any_text_is_a_link_or_nothing(link: str, base: str) -> None:
    """Nothing raises, and what comes out cannot leave its attribute or its line."""
    for found in (links.absolute(link, base), links.canonical(link), links.canonical(base)):
        assert found == "" or found.startswith(("http://", "https://"))
        assert not set(found) & set('"<>` \n\r\t')
