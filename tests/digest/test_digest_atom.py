"""The feed of one's own digests: valid, stable, harmless, and read by real readers."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import urljoin
from uuid import UUID
from xml.etree import ElementTree

import feedparser
import pytest
from hypothesis import given

from pipeline.digest import atom
from pipeline.digest.mail_body import html
from pipeline.news.parse import FeedBody, parse
from pipeline.records import Digest, FeedStamp
from tests.digest.hostile import HOSTILE
from tests.digest.pages import BUSY, QUIET, filled_with
from tests.digest.pages import HOSTILE as HOSTILE_DAY

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
HOUR = NOW + timedelta(hours=1)
YESTERDAY = replace(QUIET, day=date(2026, 11, 23), headline="Monday 23 November: nothing")
IDENTITY = atom.workspace_identity("the first words")
PAGES = {BUSY.day: "2026-11-24.html", YESTERDAY.day: "2026-11-23.md"}
XML = "{http://www.w3.org/XML/1998/namespace}"
ATOM = "{http://www.w3.org/2005/Atom}"


def made(*digests: Digest, before: tuple[FeedStamp, ...] = (), now: datetime = NOW) -> str:
    return atom.feed(IDENTITY, digests, atom.stamped(before, digests, now), PAGES)


def test_the_feed_is_as_rfc_4287_wants_it() -> None:
    """Every element that must be there, once; ids are URNs, times RFC 3339, links relative."""
    check_valid(made(YESTERDAY, BUSY))
    root = read(made(YESTERDAY, BUSY))
    entries = root.findall(f"{ATOM}entry")
    links = [e.findall(f"{ATOM}link")[0].attrib for e in entries]
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == [
        "Tuesday 24 November: two things to do",
        "Monday 23 November: nothing",
    ]
    assert links == [
        {"rel": "alternate", "type": "text/html", "href": "2026-11-24.html"},
        {"rel": "alternate", "type": "text/markdown", "href": "2026-11-23.md"},
    ]
    assert root.findtext(f"{ATOM}updated") == "2026-11-24T08:00:00Z"
    assert [e.findtext(f"{ATOM}published") for e in entries] == [
        "2026-11-24T08:00:00Z",
        "2026-11-23T12:00:00Z",
    ]


def read(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text.encode())  # noqa: S314 - our own text


def check_valid(text: str) -> None:
    """Hold a feed against RFC 4287, section 4.1: what must be there, how often, in which form."""
    root = read(text)
    assert (root.tag, root.get(f"{XML}lang")) == (f"{ATOM}feed", "en")
    for place in (root, *root.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            (found,) = place.findall(f"{ATOM}{name}")
            assert (found.text or "").strip() or name == "title"
        assert UUID((place.findtext(f"{ATOM}id") or "").removeprefix("urn:uuid:"))
        for name in ("updated", "published"):
            moment = place.findtext(f"{ATOM}{name}")
            assert moment is None or re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", moment)
        allowed = {"id", "title", "updated", "published", "link", "content", "author"}
        allowed |= {"subtitle", "generator", "entry"} if place is root else set()
        assert {child.tag.removeprefix(ATOM) for child in place} <= allowed
    assert root.findtext(f"{ATOM}author/{ATOM}name")  # for all entries: section 4.1.1
    ids = [entry.findtext(f"{ATOM}id") for entry in root.findall(f"{ATOM}entry")]
    assert len(set(ids)) == len(ids)
    for content in root.findall(f"{ATOM}entry/{ATOM}content"):
        assert (content.get("type"), len(content)) == ("html", 0)  # escaped: section 4.1.3.3


def test_two_parsers_find_in_it_what_was_put_in() -> None:
    """Feedparser without a complaint, and our own for the news."""
    text = made(BUSY, YESTERDAY)
    found = feedparser.parse(io.BytesIO(text.encode()))
    assert (found.bozo, found.version) == (False, "atom10")
    assert [entry.title for entry in found.entries] == [BUSY.headline, YESTERDAY.headline]
    assert "Dear Renata" in found.entries[0].content[0].value
    assert found.entries[0].content[0].type == "text/html"

    address = "https://me.example/digests/feed.atom"
    parsed = parse(FeedBody(text.encode(), address), NOW)
    assert (parsed.format, parsed.refused, parsed.trouble) == ("atom10", (), "")
    assert [article.title for article in parsed.articles] == [BUSY.headline, YESTERDAY.headline]
    assert parsed.articles[0].link == "https://me.example/digests/2026-11-24.html"
    assert "Dear Renata" in parsed.articles[0].text


def test_links_lead_to_the_page_wherever_the_folder_lies() -> None:
    """They are read against the feed's own address (RFC 3986, 5.1)."""
    feed = "file:///home/me/job/data/digests/feed.atom"
    assert urljoin(feed, "2026-11-24.html") == "file:///home/me/job/data/digests/2026-11-24.html"
    without = atom.feed(IDENTITY, [BUSY], atom.stamped((), [BUSY], NOW), {})
    assert 'rel="alternate"' not in without


def test_a_day_is_updated_when_what_it_says_has_changed() -> None:
    """The id and `published` stay; counts in the last line are no change."""
    first = atom.stamped((), [BUSY, YESTERDAY], NOW)
    assert atom.stamped(first, [YESTERDAY, replace(BUSY, footer="1 feed")], HOUR) == first
    second = atom.stamped(first, [replace(BUSY, held=()), YESTERDAY], HOUR)
    assert second[1] == first[1]
    assert (second[0].published, second[0].updated) == (NOW, HOUR)

    ids = [re.findall("urn:uuid:[^<]*", made(BUSY, YESTERDAY, now=now)) for now in (NOW, HOUR)]
    assert ids[0] == ids[1]
    assert len(set(ids[0])) == 3


def test_the_feed_is_bounded() -> None:
    """The last days only; an old one is no news."""
    many = [replace(QUIET, day=BUSY.day - timedelta(days=n)) for n in range(99)]
    assert made(*many).count("<entry>") == 30


def test_the_same_digests_give_the_same_bytes() -> None:
    """In whatever order they come."""
    assert made(BUSY, YESTERDAY) == made(YESTERDAY, BUSY)


def test_a_hostile_day_is_only_text() -> None:
    """A reader that shows the content as it is finds harmless markup."""
    check_valid(made(HOSTILE_DAY))
    (content,) = read(made(HOSTILE_DAY)).iter(f"{ATOM}content")
    assert content.text == html(HOSTILE_DAY)
    assert "<script" not in html(HOSTILE_DAY)


@given(HOSTILE)
def test_whatever_stands_in_a_digest_the_feed_is_valid(text: str) -> None:
    """Noncharacters and halves of pairs are no XML: they are left out."""
    check_valid(made(filled_with(text + "\ufffe\uffff\ud800")))


@pytest.mark.browser
@pytest.mark.skipif(not shutil.which("newsboat"), reason="newsboat is not installed")
def test_newsboat_reads_it(tmp_path: Path) -> None:
    """Debian's reader for the terminal: two articles, both unread, the link to the page."""
    (tmp_path / "feed.atom").write_text(made(BUSY, YESTERDAY), "utf-8")
    (tmp_path / "urls").write_text(f"file://{tmp_path}/feed.atom\n", "utf-8")
    newsboat = ["newsboat", "-u", "urls", "-c", "cache.db", "-C", "/dev/null"]
    done = subprocess.run(
        [*newsboat, "-x", "reload", "print-unread"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
        env={"HOME": str(tmp_path), "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"},
    )
    assert "2 unread articles" in done.stdout
