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


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://ann:pass@x.example/feed", "https://x.example/feed"),
        ("https://ann:p@ss@x.example/feed?a=b@c", "https://x.example/feed?a=b@c"),
        ("https://x.example/feed?token=abc&page=2", "https://x.example/feed?token=…&page=2"),
        ("/home/ann/feed.xml", "/home/ann/feed.xml"),
    ],
)
def test_an_address_is_shown_without_secrets(address: str, shown: str) -> None:
    """No name, password or key stands in a message."""
    assert links.display(address) == shown


@given(st.text(), st.text())
def test_any_text_is_a_link_or_nothing(link: str, base: str) -> None:
    """Nothing raises, and what comes out cannot leave its attribute or its line."""
    for found in (links.absolute(link, base), links.canonical(link), links.canonical(base)):
        assert found == "" or found.startswith(("http://", "https://"))
        assert not set(found) & set('"<>` \n\r\t')
    links.display(link)
