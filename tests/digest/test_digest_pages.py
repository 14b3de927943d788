"""The pages: complete, readable, and dead to whatever a feed puts into a field."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.digest.data import from_json, to_json
from pipeline.digest.mailto import LONGEST, mailto
from pipeline.digest.markdown import markdown
from pipeline.digest.page import page
from pipeline.records import Digest, Draft
from tests.digest.days import BUSY, DRAFT, QUIET, filled_with

NASTY = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            "<script>alert(1)</script>",
            '"><img src=x onerror=alert(1)>',
            "](javascript:alert(1))",
            "[x](javascript:alert(1))",
            "<javascript:alert(1)>",
            "# heading\n- [x] ticked",
            "\u202egnp.exe\u200b\x1b[31m\x00",
            "{{ 7 * 7 }}{% raw %}",
            "| a | b |\n|---|---|",
            "`` ` ``",
            "<!-- -->",
            "&lt;b&gt;",
            "word " * 2_000,
        ]
    ),
)
LINKS = st.sampled_from(
    ["https://a.example/b", "javascript:alert(1)", "data:text/html,x", 'https://a"onclick=x', ""]
)


class _Links(HTMLParser):
    """Collects what is active in a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.handlers: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            if name in ("href", "src", "action"):
                self.links.append(value or "")
            if name.startswith("on") or name == "style":
                self.handlers.append(name)


def test_the_first_lines_say_what_there_is_to_do() -> None:
    """Heading, then a numbered line for each suggestion, then what is quiet."""
    lines = markdown(BUSY).splitlines()

    assert lines[0] == "# Tuesday 24 November: two things to do"
    assert lines[2].startswith("1. **Thank Renata Kowalczyk (Oracle)**, today: the interview was")
    assert "Nothing for Merrin Labs" in lines[5]


def test_a_quiet_day_says_why() -> None:
    """No suggestion, no empty section, but a reason for each company."""
    text = markdown(QUIET)

    assert "nothing worth sending today" in text
    assert "Nothing for Oracle: next, check-in with Renata" in text
    assert "##" not in text
    assert "Nothing worth sending today" in page(QUIET)
    assert "<article" not in page(QUIET)


@pytest.mark.parametrize("digest", [BUSY, QUIET])
def test_the_json_holds_everything(digest: Digest) -> None:
    """Out and in again is the same digest; the same digest gives the same bytes."""
    again = from_json(to_json(digest))

    assert again == digest
    assert page(again) == page(digest)
    assert markdown(again) == markdown(digest)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"day": 1}', "[" * 100_000, '{"x": 1}'])
def test_json_that_is_no_digest_is_a_clear_error(text: str) -> None:
    """A sentence, not a trace."""
    with pytest.raises(ValueError, match="not the JSON of a digest"):
        from_json(text)


def test_the_policy_names_the_style_sheet_of_the_page() -> None:
    """Its hash is right, so that the style is applied and nothing else is."""
    text = page(BUSY)
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    assert style
    digest = base64.b64encode(hashlib.sha256(style.group(1).encode()).digest()).decode()

    assert f"style-src &#39;sha256-{digest}&#39;" in text or f"'sha256-{digest}'" in text
    assert "default-src" in text


@settings(max_examples=150, deadline=None)
@given(NASTY, LINKS)
def test_no_field_is_active_in_the_page(text: str, link: str) -> None:
    """No tag, handler or link comes out of a field; no control character is left."""
    found = _Links()
    rendered = page(filled_with(text, link))
    found.feed(rendered)

    assert not found.handlers
    assert not found.tags & {"script", "img", "iframe", "form", "object", "svg", "b"}
    assert all(re.match(r"https?://|mailto:|#", target) for target in found.links)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", rendered)


@settings(max_examples=150, deadline=None)
@given(NASTY, LINKS)
def test_no_field_is_active_in_the_markdown(text: str, link: str) -> None:
    """As a Markdown viewer reads it, too: only links to the web and the mail program."""
    from markdown_it import MarkdownIt

    rendered = markdown(filled_with(text, link))
    found = _Links()
    found.feed(MarkdownIt("commonmark", {"html": True}).render(rendered))

    assert not found.tags & {"script", "img", "iframe", "form", "object", "svg", "b", "table"}
    assert all(re.match(r"https?://|mailto:", target) for target in found.links)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", rendered)
    assert rendered.count("\n# ") == 0


@given(st.text(), st.text())
def test_mailto_holds_any_subject_and_body(subject: str, body: str) -> None:
    """Nothing in them becomes another field; what is too long is left out."""
    link = mailto(Draft("renata@example.com", subject, body))

    assert len(link) <= LONGEST or "body=" not in link
    assert link.startswith("mailto:renata@example.com?subject=")
    assert link.count("&") == link.count("&body=") <= 1
    assert re.fullmatch(r"[\x21-\x7e]+", link)


def test_mailto_without_a_plausible_address_is_no_link() -> None:
    """An address with a second header in it, or none at all."""
    for address in ("", "renata", "a@b.example?bcc=x@y.example", "a@b.example\nBcc: x@y.example"):
        assert mailto(Draft(address, "s", "b")) == ""
    assert "Dear Renata,%0D%0A%0D%0Athank" in unquote(mailto(DRAFT)).replace("\r\n", "%0D%0A")
