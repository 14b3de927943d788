"""OPML as other programs write it, and as ours does."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.news.opml import Folder, Outline, public, read, write
from tests.environment import at_most


def _one(body: str) -> Outline:
    found = read(f"<opml><body>{body}</body></opml>".encode())
    assert found is not None
    (outline,) = found
    return outline


@pytest.mark.parametrize(
    ("body", "address", "name"),
    [
        ('<OUTLINE Type=RSS XMLURL="https://a/f" TEXT="A"/>', "https://a/f", "A"),
        ("<outline xmlUrl='https://a/f' title='A' text=''></outline>", "https://a/f", "A"),
        ("<outline xmlUrl=https://a/f>", "https://a/f", ""),
        ('<outline xmlUrl="https://a/f?x=1&y=2"/>', "https://a/f?x=1&y=2", ""),
        ('<outline xmlUrl="https://a/f?x=1&copy=2"/>', "https://a/f?x=1&copy=2", ""),
        ('<outline xmlUrl="https://a/f?x=1&amp;y=2"/>', "https://a/f?x=1&y=2", ""),
        ('<outline type="atom10" xmlUrl="feed://a.example/f"/>', "https://a.example/f", ""),
        ('<outline type="rss" url="HTTPS://a.example/f"/>', "https://a.example/f", ""),
        (
            '<outline x:xmlUrl="https://a/f" text="&lt;b&gt;A&#8211;B&lt;/b&gt;"/>',
            "https://a/f",
            "A–B",
        ),
        ('<outline xmlUrl="https://u:p@a.example/f"/>', "https://u:p@a.example/f", ""),
        ('<outline xmlUrl="javascript:alert(1)" text="A"/>', "", "A"),
        ('<outline xmlUrl="file:///etc/passwd"/>', "", ""),
        (
            '<!-- <outline xmlUrl="https://b/f"/> --><outline xmlUrl="https://a/f"/>',
            "https://a/f",
            "",
        ),
    ],
)
def test_a_feed_however_it_is_written(body: str, address: str, name: str) -> None:
    """Any letter case, quotes or none, ampersands escaped or not, odd types, comments."""
    outline = _one(body)
    assert (outline.address, outline.name) == (address, name)


def test_folders_hold_what_stands_inside_them() -> None:
    """As deep as they go; a feed that holds feeds is no folder, a mere link no feed."""
    found = read(
        b'<opml><outline text="Work"><outline text="Data"><outline xmlUrl="https://a/1"/></outline>'
        b'<outline xmlUrl="https://a/2"><outline xmlUrl="https://a/3"/></outline></outline>'
        b'<outline xmlUrl="https://a/4"/><outline type="link" url="https://a/5"/></opml>'
    )
    assert found is not None
    assert [(o.address[-1], o.folders) for o in found] == [
        ("1", ("Work", "Data")), ("2", ("Work",)), ("3", ("Work",)), ("4", ()),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("utf-8", "utf-8"), ("latin-1", "utf-8"), ("utf-16", "utf-16"), ("utf-8", "utf-16")],
)
def test_the_encoding_may_be_another_than_it_says(encoding: str, declared: str) -> None:
    """Whatever the declaration claims."""
    text = f'<?xml version="1.0" encoding="{declared}"?><opml><outline text="Übung" xmlUrl="https://a/f"/></opml>'
    found = read(text.encode(encoding))
    assert found is not None
    assert found[0].name == "Übung"


def test_entities_that_the_file_declares_mean_nothing() -> None:
    """Neither a bomb goes off, nor is a file read."""
    found = read(
        b'<!DOCTYPE opml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
        b'<!ENTITY x SYSTEM "file:///etc/passwd">]><opml><outline text="&b;&x;" '
        b'xmlUrl="https://a/f"/></opml>'
    )
    assert found is not None
    assert "aaaa" not in found[0].name
    assert "root:" not in found[0].name


@pytest.mark.parametrize(
    "piece", ["<outline ", '<outline text="', "<", "<!--", "<outline a=a>", "</"]
)
def test_a_hostile_file_keeps_nobody_waiting(piece: str) -> None:
    """A megabyte of what takes other parsers quadratic time."""
    with at_most(seconds=20):
        read(f"<opml>{piece * (1_000_000 // len(piece))}".encode())


def test_one_feed_more_than_are_taken_says_that_there_are_more() -> None:
    """Of a list of 6,000 five thousand and one are read; the import names the last."""
    outlines = "".join(f'<outline xmlUrl="https://n.example/{n}"/>' for n in range(6_000))
    found = read(f"<opml>{outlines}</opml>".encode())
    assert found is not None
    assert (len(found), found[-1].address) == (5_001, "https://n.example/5000")


def test_what_is_no_opml_is_said() -> None:
    """A feed, a page, nothing."""
    assert read(b"<rss version='2.0'><channel/></rss>") is None
    assert read(b"") is None
    assert read(b"<opml/>") == ()


TEXTS = st.text(st.characters(codec="utf-8"), max_size=20)


@given(st.lists(st.tuples(TEXTS, st.lists(TEXTS, max_size=3)), max_size=3))
def test_what_is_written_is_xml_with_text_on_every_outline(
    folders: list[tuple[str, list[str]]],
) -> None:
    """Whatever the names are; and our own reader finds every feed again."""
    written = write(
        [
            Folder(name, tuple(Outline(f"https://h/{n}?a=1&b=2", t) for n, t in enumerate(titles)))
            for name, titles in folders
        ],
        "Feeds",
    )
    root = ET.fromstring(written)  # noqa: S314 - our own text
    outlines = list(root.iter("outline"))

    assert root.get("version") == "2.0"
    assert all(item.get("text") is not None for item in outlines)
    feeds = [item for item in outlines if item.get("xmlUrl")]
    assert all(item.get("type") == "rss" and item.get("title") for item in feeds)
    found = read(written.encode())
    assert [item.address for item in found or ()] == [item.get("xmlUrl") for item in feeds]


def test_a_date_stands_only_where_one_is_given() -> None:
    """The same feeds give the same bytes."""
    assert "dateCreated" not in write([], "Feeds")
    at = datetime(2026, 11, 24, 8, tzinfo=UTC)
    assert "<dateCreated>Tue, 24 Nov 2026 08:00:00 GMT</dateCreated>" in write([], "Feeds", at)


def test_no_secret_is_written() -> None:
    """Neither name and password nor a key."""
    assert public("https://me:pw@a.example/f?token=abc&x=1") == (
        "https://a.example/f?token=&x=1",
        True,
    )
    assert public("https://a.example/f?x=1") == ("https://a.example/f?x=1", False)
