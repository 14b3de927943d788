"""The digest as a page, read by a real HTML parser."""

from __future__ import annotations

import base64
import hashlib
import re
import string
import time
from dataclasses import dataclass, field
from html.parser import HTMLParser
from importlib import resources
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.digest.html_page import content_security_policy, page
from pipeline.digest.markdown import markdown
from pipeline.digest.safe_text import web_address
from tests.digest import pages

DAYS = ["BUSY", "QUIET", "FIRST", "HOSTILE"]
VOID = {"meta", "link", "path", "circle", "rect", "line", "br", "img", "input"}
PIECES = (
    *("<script>", "</script>", "</style>", "-->", "<!--", '"', "'", ">", "<img onerror=x>", "\n"),
    *("javascript:alert(1)", "https://a.example/", "data:text/html,x", "mailto:a@b.example", "[…]"),
    *("{{ 7*7 }}", "{% x %}", "&lt;", "&#60;", "\x00", "\u202e", "word", "`"),
)
HOSTILE = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=6).map("".join),
    st.text(string.printable, max_size=30),
    st.text(max_size=30),
)


@dataclass
class Seen(HTMLParser):
    """Everything that a test asks of a page."""

    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    style: str = ""
    unclosed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.unclosed.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.unclosed.pop() == tag
        if tag in ("dt", "dd", "th", "td"):
            self.text.append(" ")

    def handle_data(self, data: str) -> None:
        if self.unclosed and self.unclosed[-1] == "style":
            self.style += data
        else:
            self.text.append(data)

    def all(self, tag: str) -> list[dict[str, str]]:
        """Return the attributes of each such tag."""
        return [attributes for name, attributes in self.tags if name == tag]


def seen(html: str) -> Seen:
    """Return what a parser finds; every tag that was opened is closed in order."""
    found = Seen()
    found.feed(html)
    found.close()
    assert not found.unclosed
    return found


@pytest.mark.parametrize("name", DAYS)
def test_the_page_is_allowed_its_own_style_and_nothing_else(name: str) -> None:
    """The policy names the style sheet by its hash, and holds no door open."""
    found = seen(page(getattr(pages, name)))
    policies = [m["content"] for m in found.all("meta") if m.get("http-equiv")]
    sha = base64.b64encode(hashlib.sha256(found.style.encode()).digest()).decode()
    assert policies == [
        f"default-src 'none'; style-src 'sha256-{sha}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    ]
    assert policies == [content_security_policy(found.style)]


@pytest.mark.parametrize("name", DAYS)
def test_the_page_needs_nothing_from_anywhere(name: str) -> None:
    """No script, no inline style, no picture, font or frame: one file."""
    found = seen(page(getattr(pages, name)))
    assert not {"script", "img", "iframe", "object", "embed", "form", "base"} & {
        tag for tag, _ in found.tags
    }
    assert [link["href"][:5] for link in found.all("link")] == ["data:"]
    assert not re.search(r"url\(|@import|expression", found.style)
    for _, attributes in found.tags:
        assert not [one for one in attributes if one.startswith("on") or one in ("style", "src")]


@pytest.mark.parametrize("name", DAYS)
def test_the_page_can_be_listened_to(name: str) -> None:
    """Language, landmarks, one first heading, none left out below, and a name for each part."""
    found = seen(page(getattr(pages, name)))
    assert found.all("html") == [{"lang": "en"}]
    tags = [tag for tag, _ in found.tags]
    assert [tags.count(one) for one in ("header", "main", "footer", "h1")] == [1] * 4
    levels = [int(tag[1]) for tag in tags if re.fullmatch(r"h[1-6]", tag)]
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    ids = [one["id"] for _, one in found.tags if "id" in one]
    assert len(ids) == len(set(ids))
    for tag, attributes in found.tags:
        if tag in ("section", "article", "nav"):
            assert attributes.get("aria-label") or attributes["aria-labelledby"] in ids


def test_the_same_digest_gives_the_same_bytes() -> None:
    """Nothing in the page comes from the clock or from chance."""
    assert page(pages.BUSY) == page(pages.BUSY)


def test_a_busy_day_has_all_that_is_needed_to_act() -> None:
    """What to do, why, with what, the message, the way to send it and to say so."""
    html = page(pages.BUSY)
    found = seen(html)
    text = " ".join("".join(found.text).split())
    for words in (
        "41 Thank Renata Kowalczyk (Oracle), today before 15:00 her time: the interview was",
        "Merrin Labs bad news (layoffs) · today nothing cheerful before Tuesday 1 December",
        "Oracle new you have not written yet · yesterday today: thank-you to Renata Kowalczyk",
        "Solo sailor rounds the Horn in a boat she built herself",
        "Because of your note framed photo of an ocean racing boat",
        "On Sunday she brought the ocean racing boat she built herself",
        "racing boat 0.21",
        "Your note is in data/notes/oracle.md, line 14.",
        "To renata@example.com Subject Thank you, and a boat Dear Renata, thank you for the",
        "Sent it touchpoints sent 41 Not now touchpoints later 41 2026-12-01",
        "Merrin Labs cuts 120 jobs in Leeds Merrin Labs Nothing cheerful goes to Merrin Labs",
        "Friday 18 December: the decision is expected · Oracle",
        "touchpoints feeds update --apply changes its address.",
        "not sent to Renata Kowalczyk before fresh (1 day)",
        "6 fitted your notes. 4 seconds.",
    ):
        assert words in text, words
    assert found.all("details")
    assert not [one for one in found.all("details") if "open" in one]
    assert f'href="{pages.BUSY.entries[0].mailto.replace("&", "&amp;")}"' in html
    assert "<mark>ocean</mark> <mark>racing boat</mark> she built" in html
    assert "has stayed with me: <mark>[…]</mark>\n\nI am" in html


def test_a_quiet_day_says_why() -> None:
    """Every reason stands on the page, and no empty part."""
    html = page(pages.QUIET)
    assert all(reason in html for reason in pages.QUIET.quiet)
    assert "Nothing worth sending today</span></h1>" in html
    assert "<article" not in html
    assert "Held back" not in html
    assert "To fix" not in html
    assert "No interview needs a message at the moment." in page(pages.FIRST)


@given(text=HOSTILE)
@settings(max_examples=150)
def test_no_field_becomes_markup(text: str) -> None:
    """With any text in every field the page has the same tags, and links to web and mail only."""
    html = page(pages.filled_with(text))
    found = seen(html)
    for tag, attributes in found.tags:
        assert tag in OUR_TAGS, tag
        assert set(attributes) <= OUR_ATTRIBUTES, attributes
        if tag == "a":
            assert re.match(r"https?://|mailto:|#suggestion-7$", attributes["href"])
            if attributes["href"].startswith("http"):
                assert attributes["rel"] == "noreferrer noopener"
    assert "<script" not in html
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b]", html)
    assert html.encode("utf-8")


@pytest.mark.parametrize("piece", ["[…", "[", "]:", "*", "_", "`", "<", "---x", "&a", "http://_"])
def test_a_long_message_takes_no_long_time(piece: str) -> None:
    """A hundred thousand letters of anything are rendered in no time."""
    digest = pages.filled_with(piece * (100_000 // len(piece)))
    start = time.process_time()
    assert page(digest)
    assert markdown(digest)
    assert time.process_time() - start < 3


OUR_TAGS = {
    *("html", "head", "meta", "title", "link", "style", "body", "header", "nav", "main", "footer"),
    *("section", "article", "div", "p", "h1", "h2", "h3", "ol", "ul", "li", "dl", "dt", "dd"),
    *("a", "span", "bdi", "q", "mark", "code", "blockquote", "details", "summary"),
    *("table", "thead", "tbody", "tr", "th", "td", "svg", "path", "circle", "rect"),
    *("h3", "line", "text"),
}
OUR_ATTRIBUTES = {
    *("lang", "charset", "http-equiv", "content", "name", "rel", "href", "class", "id", "dir"),
    *("aria-label", "aria-labelledby", "aria-hidden", "scope", "viewbox", "preserveaspectratio"),
    *("d", "cx", "cy", "r", "rx", "width", "height", "x", "y", "x1", "x2", "y1", "y2"),
    *("role", "text-anchor"),
}


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//evil.example",
        "https:evil.example",
        "https://",
        "https://oracle.com@evil.example/",
        "https://evil.example\\@oracle.com",
        "https://a.example:99999/",
        "https://[broken/",
        'https://a.example/"onclick="x',
        "https://a.example/\u202egpj.exe",
        "https://a.example/" + "x" * 4_000,
        "",
    ],
)
def test_an_address_that_may_mislead_is_no_link(link: str) -> None:
    """Only the web, only with a host, nothing hidden in it."""
    assert web_address(link) == ""


@pytest.mark.parametrize(
    "link",
    [
        "https://a.example",
        "http://a.example:8080/x?y=1&z=(2)#here",
        "https://köln.example/ő",
        "https://news.example/@author/one",
        "http://93.184.216.34:8000/",
    ],
)
def test_a_usual_address_is_kept_as_it_is(link: str) -> None:
    """Nothing is rewritten on the way to the page."""
    assert web_address(f" {link}\n") == link


# -------------------------------------------------------------------------------------- contrast

PAIRS = [  # ink, ground, the least contrast that WCAG 2.2 asks for (1.4.3 text, 1.4.11 the rest)
    *((ink, ground, 4.5) for ink in ("ink", "soft", "accent") for ground in ("paper", "card")),
    *(("on-accent", "accent", 4.5), ("on-gap", "gap", 4.5), ("warn", "warn-tint", 4.5)),
    *(("ink", "warn-tint", 4.5), ("soft", "warn-tint", 4.5), ("ink", "tint", 4.5)),
    *((kind, "tint", 3.0) for kind in ("thank_you", "tidbit", "contribution", "check_in")),
    ("decision", "tint", 3.0),
    *((mark, ground, 3.0) for mark in ("accent", "warn") for ground in ("card", "tint")),
    *((mark, "card", 3.0) for mark in ("contribution", "check_in", "tidbit", "bars")),
    ("soft", "tint", 4.5),
]


def test_contrast_is_enough_by_day_and_by_night() -> None:
    """Every pair of ink and ground can be read by somebody with moderately low vision."""
    style = (resources.files("pipeline.digest") / "templates" / "page.css").read_text("utf-8")
    day, night, paper = (_colours(block) for block in re.findall(r":root \{(.*?)\}", style, re.S))
    for scheme in (day, day | night, day | paper):
        for ink, ground, least in PAIRS:
            if scheme[ink] != scheme[ground]:
                assert _contrast(scheme[ink], scheme[ground]) >= least, (ink, ground)


def _colours(block: str) -> dict[str, str]:
    found = re.findall(r"--([\w-]+): #([0-9a-f]{3,6})\b", block)
    return {name: value * 2 if len(value) == 3 else value for name, value in found}


def _contrast(one: str, other: str) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
