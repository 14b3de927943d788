"""The kept JSON of a digest, and the links that open a draft in the mail program."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, quote, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.digest.digest_json import from_json, to_json
from pipeline.digest.html_page import page
from pipeline.digest.mailto import TOO_LONG, checked, mailto
from pipeline.digest.markdown import markdown
from pipeline.records import Digest, Draft
from tests.digest import pages

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=60)


# ------------------------------------------------------------------------------------------ JSON


@pytest.mark.parametrize("name", ["BUSY", "QUIET", "FIRST", "HOSTILE"])
def test_a_digest_comes_back_as_it_was(name: str) -> None:
    """What was kept gives the same page, whatever stood in it."""
    digest: Digest = getattr(pages, name)
    assert from_json(to_json(digest)) == digest
    assert page(from_json(to_json(digest))) == page(digest)
    assert markdown(from_json(to_json(digest))) == markdown(digest)


@given(st.text(max_size=60))
def test_any_text_comes_back_and_nothing_in_it_is_active(text: str) -> None:
    """No control character, direction mark or tag stands in the file; reading gives it back."""
    kept = to_json(pages.filled_with(text))
    assert from_json(kept) == pages.filled_with(text)
    assert "<" not in kept
    assert not [sign for sign in kept if sign in "\x00\x1b\x7f\x9b\u202e\u2066\u200b\ufeff"]
    assert kept.encode("utf-8").decode("utf-8") == kept


def test_the_file_is_for_people_too() -> None:
    """One field a line, in the record's order, letters as they are; the same each time."""
    kept = to_json(pages.BUSY)
    assert list(json.loads(kept)) == [
        *("day", "headline", "taken", "questions", "quiet", "entries", "held", "upcoming"),
        *("sent", "worth_a_look", "troubles", "notes", "footer", "timelines", "companies"),
        "seconds",
    ]
    assert '  "headline": "Tuesday 24 November: two things to do",\n' in kept
    assert "Győr" in kept
    assert kept == to_json(from_json(kept))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '"2026-11-24"',
        '{"day": "2026-11-24"}',
        '{"day": "24 November", "headline": ""}',
        '{"day": "20261124", "headline": ""}',
        '{"day": "2026-11-24", "headline": 3}',
        '{"day": "2026-11-24", "headline": "", "footer": NaN}',
        '{"day": "2026-11-24", "headline": "", "quiet": "abc"}',
        '{"day": "2026-11-24", "headline": "", "extra": 1}',
        '{"day": "2026-11-24", "headline": "", "entries": [{"id": 1}]}',
        "[" * 100_000,
    ],
)
def test_anything_else_is_refused_in_a_sentence(text: str) -> None:
    """A damaged file is named as such, with what to do."""
    with pytest.raises(ValueError, match=r"^This is not the JSON of a digest: .*`touchpoints run`"):
        from_json(text)


def test_a_file_of_an_older_version_is_read() -> None:
    """Fields that came later have their defaults."""
    assert from_json('{"day": "2026-11-24", "headline": "x"}') == Digest(pages.TUESDAY, "x")


# ---------------------------------------------------------------------------------------- mailto


def test_the_link_holds_the_whole_draft() -> None:
    """Recipient, subject and body arrive as they were, with the line ends that mail has."""
    link = mailto(Draft("ana@example.com", "Köln & more?", "Dear Ana,\n\n50 % of it: a+b\n"))
    assert link == (
        "mailto:ana@example.com?subject=K%C3%B6ln%20%26%20more%3F"
        "&body=Dear%20Ana%2C%0D%0A%0D%0A50%20%25%20of%20it%3A%20a%2Bb"
    )


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ana",
        "ana@localhost",
        "ana@example.com\nBcc: eve@example.com",
        "ana@example.com?bcc=eve@example.com",
        "ana@example.com,eve@example.com",
        "ana@example.com&cc=eve@example.com",
        "Ana <ana@example.com>",
        "a b@example.com",
        "ana@exam\u0440le.com",
        "ana@-example.com",
        "ana..b@example.com",
        "a" * 250 + "@example.com",
    ],
)
def test_nobody_is_written_to_at_an_implausible_address(address: str) -> None:
    """No link at all, rather than one to somebody else too."""
    assert mailto(Draft(address, "Hello", "Hello")) == ""


def test_an_address_cannot_add_a_field() -> None:
    """What is allowed in an address, and means something in a link, is encoded."""
    link = mailto(Draft("a&cc=b?x#y@example.com", "Hello", "Hello"))
    assert link == "mailto:a%26cc%3Db%3Fx%23y@example.com?subject=Hello&body=Hello"


def test_a_long_draft_goes_without_its_body() -> None:
    """Mail programs cut long links in the middle of a word: better a hint than half a message."""
    start = "mailto:a@b.example?subject=Hello&body="
    room = 1_600 - len(start)
    assert mailto(Draft("a@b.example", "Hello", "x" * room)) == start + "x" * room
    assert mailto(Draft("a@b.example", "Hello", "x" * (room + 1))) == start + quote(TOO_LONG, "")
    assert mailto(Draft("a@b.example", "Hello", "ő" * 400)) == start + quote(TOO_LONG, "")
    assert mailto(Draft("a@b.example", "🙂" * 125, "Hi" * 50)).endswith("%82")
    assert mailto(Draft("a@b.example", "🙂" * 290, "Hello")) == "mailto:a@b.example"


@given(ANY_TEXT, ANY_TEXT, ANY_TEXT)
def test_no_draft_breaks_out_of_its_link(to: str, subject: str, body: str) -> None:
    """One recipient, subject and body, whatever is in them."""
    for address in (to, "ana@example.com"):
        link = mailto(Draft(address, subject, body))
        assert link == checked(link)
        assert len(link) <= 1_600
        parts = urlsplit(link)
        assert set(parse_qs(parts.query, keep_blank_values=True)) <= {"subject", "body"}
        assert "\n" not in unquote(parts.query.partition("&body=")[0])


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "mailto:a@b.example?subject=x\r\nBcc:e@f.example",
        'mailto:a@b.example?"onclick="x',
        "mailto:a@b.example)[x](javascript:1",
        "MAILTO:a@b.example?x=" + "y" * 5_000,
        " mailto:a@b.example",
    ],
)
def test_only_links_of_our_own_making_pass(link: str) -> None:
    """A link that was kept in a file and changed there is no link on the page."""
    assert checked(link) == ""
