"""Addresses: hosts, websites, and what is left out where they are shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.urls import host_of, is_on, parts_of, shown, site_of, without_password

BEGINNINGS = st.sampled_from(
    ["", "http://", "https://", "http:/[", "http://[::", "http://a.example"]
)


@given(st.builds("{}{}".format, BEGINNINGS, st.text()))
def test_anything_may_be_asked_for_its_host(address: str) -> None:
    """A text that is no address has none, and is not changed beyond credentials."""
    assert host_of(address).endswith(site_of(address))
    parts = parts_of(address)
    assert host_of(address) == ((parts.hostname or "") if parts else "")
    assert without_password(without_password(address)) == without_password(address)
    assert isinstance(shown(address), str)


@pytest.mark.parametrize(
    ("address", "host", "site"),
    [
        ("https://www.Example.com/a", "www.example.com", "example.com"),
        ("http://user:pw@news.example.com:8080/", "news.example.com", "news.example.com"),
        ("https://[::1]/", "::1", "::1"),
        ("https://example.com:port/", "", ""),
        ("https:///path", "", ""),
        ("ftp://example.com/", "", ""),
        ("example.com", "", ""),
        ("/home/me/feed [1].xml", "", ""),
        ("http://[bad", "", ""),
        ("", "", ""),
    ],
)
def test_hosts(address: str, host: str, site: str) -> None:
    """The host as it is asked, and the site as people name it."""
    assert (host_of(address), site_of(address)) == (host, site)


def test_a_part_of_a_website_is_on_it() -> None:
    """A host below it is, a name that only ends like it is not."""
    assert is_on("https://blogs.oracle.com/rss", "oracle.com")
    assert not is_on("https://noracle.com/rss", "oracle.com")
    assert not is_on("https://oracle.com/rss", "")


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("https://me:secret@example.com/a", "https://example.com/a"),
        ("https://me:se@cret@example.com/a", "https://example.com/a"),
        ("  feed://me:secret@example.com", "  feed://example.com"),
        ("https://ann:p@ss@x.example/feed?a=b@c", "https://x.example/feed?a=b@c"),
        ("/home/ann/feed.xml", "/home/ann/feed.xml"),
        ("https://x.example/\x1b[2J\u202e", "https://x.example/[2J"),
        ("//me:secret@example.com", "//example.com"),
        ("https://medium.com/feed/@user", "https://medium.com/feed/@user"),
        ("https://example.com/?to=a@b.example", "https://example.com/?to=a@b.example"),
        ("https://example.com/?token=abc&n=1", "https://example.com/?token=…&n=1"),
        ("https://example.com/?a=1&API_KEY=abc#x", "https://example.com/?a=1&API_KEY=…#x"),
    ],
)
def test_no_password_and_no_key_is_display(address: str, told: str) -> None:
    """What opens a door is left out; an at sign elsewhere is part of the address."""
    assert shown(address) == told
