"""The digest as Markdown, read by a real Markdown parser."""

from __future__ import annotations

import re
import string
from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from pipeline.digest.markdown import markdown
from pipeline.digest.safe_text import lines, one_line
from pipeline.records import Digest, DigestEntry, DigestItem, Draft
from tests.digest import pages

DAY = date(2026, 11, 24)
PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
ACTIVE = string.punctuation + " \n\tab1—"
PIECES = (
    *("](", "[", "]", "`", "```", "<b>", "<!--", "&lt;", "**", "__", "~~", "|", "---", "\n", "# "),
    *("- ", "1. ", "> ", "    x", "[x]: http://a.example", "[mail-7]", "javascript:alert(1)", "+"),
    *("http://a.example/_b_", "\\", "word", " ", "<http://a.example>", "=", "![", "\t", " #"),
)
FRAGMENTS = st.lists(st.sampled_from(PIECES), max_size=8).map("".join)
HOSTILE = st.one_of(FRAGMENTS, st.text(ACTIVE, max_size=30), st.text(max_size=30))


def tokens_of(text: str) -> list[Token]:
    """Return every token, those inside a line too."""
    blocks = PARSER.parse(text)
    return [inner for block in blocks for inner in (block, *(block.children or ()))]


def text_of(markup: str) -> str:
    """Return what a reader sees of a page, without its structure."""
    inline = [t for t in tokens_of(markup) if t.type in ("text", "code_inline", "softbreak")]
    return "".join(t.content or "\n" for t in inline)


def item_with(title: str) -> Digest:
    """Return a page with one thing to read."""
    return Digest(DAY, "Tuesday", worth_a_look=(DigestItem("", title, "https://a.example/"),))


def draft_of(digest: Digest, body: str) -> Digest:
    """Return the page with another message in its first suggestion."""
    first = replace(digest.entries[0], draft=Draft("", "Hello", body))
    return replace(digest, entries=(first,))


def test_a_busy_day_reads_like_a_letter() -> None:
    """Headline, what to do, each suggestion with its reason and draft, the rest, in this order."""
    text = markdown(pages.BUSY)
    assert text.startswith("# Tuesday 24 November: two things to do\n\n- 41 · **Thank Renata Kowal")
    for earlier, later in pairwise(WANTED):
        assert text.index(earlier) < text.index(later), (earlier, later)


WANTED = (
    "- 41 · **Thank Renata Kowalczyk (Oracle)**, today before 15:00 her time: the interview was",
    "- 42 · **Offer something to Tom Adeyemi (Halden Freight)**, today: “Halden Freight to open",
    "| company | where it stands | since | next | changed |\n|---|---|---|---|---|\n"
    "| Oracle | you have not written yet | yesterday | today: thank-you to Renata Kowalczyk (41); "
    "Friday 18 December: the decision is expected | **new** |\n",
    "| Merrin Labs | bad news (layoffs) | today | nothing cheerful before Tuesday 1 December "
    "(`touchpoints release h3` ends it); Wednesday 2 December: a check-in |  |\n",
    "## 41 · Thank-you to Renata Kowalczyk, Oracle",
    "Why now: The interview was yesterday at 14:30;",
    "Goes with it: [Solo sailor rounds the Horn in a boat she built herself](<https://sailing.",
    "because of your note *“framed photo of an ocean racing boat”* (data/notes/oracle.md, line 14)"
    ": racing boat · ocean",
    "> To: renata@example.com",
    "> Subject: Thank you, and a boat",
    "> Dear Renata,",
    "> https://sailing.example/news/solo_sailor_rounds_the_horn?from=rss",
    "> Kind regards",
    "[Open in mail][mail-41] · `touchpoints why 41`",
    "- [ ] sent (no. 41)\n- [ ] later (no. 41), on:\n- [ ] not for me (no. 41)\n\n",
    "## 42 · A contribution for Tom Adeyemi, Halden Freight",
    "- [ ] wrong company (no. 42)",
    "## Held back",
    "**[Merrin Labs cuts 120 jobs in Leeds](<https://business.example/merrin-leeds>)** (Merrin",
    "## Worth a look (nothing to send)",
    "## Coming up",
    "- Wednesday 2 December: a check-in (Merrin Labs)",
    "## To fix",
    "- `https://halden.example/news.xml` (since Saturday 21 November): The feed has moved to",
    "41 feeds, 212 new articles",
    "[mail-41]: mailto:renata@example.com?subject=Thank%20you",
)


def test_the_mail_link_works_from_where_it_is_clicked() -> None:
    """Its long address stands at the end, and a viewer finds it there."""
    links = [t.attrGet("href") for t in tokens_of(markdown(pages.BUSY)) if t.type == "link_open"]
    assert pages.BUSY.entries[0].mailto in links


def test_a_quiet_day_says_why() -> None:
    """The reason, each company's row; no empty sections; something to go on with on the first."""
    text = markdown(pages.QUIET)
    assert f"\n\n{pages.QUIET.quiet[0]}\n\n| company |" in text
    assert (
        "| Oracle | you wrote to Renata Kowalczyk, no answer yet | yesterday | Thursday 3 " in text
    )
    assert "Held back" not in text
    assert "To fix" not in text
    assert "No interview needs a message at the moment." in markdown(pages.FIRST)


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("5 * 3 = 15, 2 < 3 & a_b", "5 * 3 = 15, 2 < 3 & a_b"),
        ("C# and -5 % (really) + more | less", "C# and -5 % (really) + more | less"),
        ("*new* `code` _x_", r"\*new\* \`code\` \_x\_"),
        ("a](https://evil.example) b", r"a\](https\://evil.example) b"),
        ("<script>alert(1)</script>", "&lt;script>alert(1)&lt;/script>"),
        ("AT&amp;T", "AT&amp;amp;T"),
    ],
)
def test_only_what_would_be_active_is_escaped(title: str, written: str) -> None:
    """A headline stays readable in a plain editor."""
    text = markdown(item_with(title))
    assert f"- [{written}](<https://a.example/>)" in text


@given(HOSTILE)
@settings(max_examples=150)
def test_a_headline_is_shown_letter_for_letter(title: str) -> None:
    """Whatever a feed calls its article: a viewer shows that, as the text of one link."""
    shown = one_line(title)
    if not shown:
        return
    tokens = tokens_of(markdown(item_with(title)))
    hrefs = [token.attrGet("href") for token in tokens if token.type == "link_open"]
    assert hrefs == ["https://a.example/"]
    seen = text_of(markdown(item_with(title)))
    assert seen == f"TuesdayNo interview{seen.partition('No interview')[2]}"
    assert seen.endswith(f"(nothing to send){shown}")


@given(body=HOSTILE)
@settings(max_examples=150)
def test_a_draft_is_shown_line_by_line(body: str) -> None:
    """In a viewer the message reads as it will be sent; nothing in it is markup."""
    digest = _one_entry()
    shown = text_of(markdown(draft_of(digest, body))).partition("Subject: Hello")[2]
    shown = shown.partition("touchpoints why")[0]
    wanted = "".join(lines(body))
    # Viewers show "%5F" and "_" in an address alike; a parser does not.
    assert _letters(_decoded(shown)) == _letters(_decoded(wanted))


def _decoded(text: str) -> str:
    return re.sub(r"%([0-9A-F]{2})", lambda found: chr(int(found.group(1), 16)), text)


def _letters(text: str) -> str:
    return re.sub(r"[\s\u00a0]|%[0-9A-F]{2}", "", text)


def _one_entry() -> Digest:
    draft = Draft("", "Hello", "")
    return Digest(
        DAY, "x", entries=(DigestEntry(1, "tidbit", "t", "s", "c", "p", "d", "b", "w", draft),)
    )


@given(text=HOSTILE)
@settings(max_examples=200)
def test_no_field_becomes_markup(text: str) -> None:
    """With any text in every field: no HTML, picture, code or box; links to the web only."""
    page = markdown(pages.filled_with(text))
    tokens = tokens_of(page)
    kinds = Counter(token.type for token in tokens)
    usual = Counter(token.type for token in tokens_of(markdown(pages.filled_with("word"))))
    for kind in ("html_block", "html_inline", "image", "fence"):
        assert not kinds[kind], (kind, page)
    for kind in (
        "heading_open",
        "hr",
        "blockquote_open",
        "list_item_open",
        "em_open",
        "s_open",
        "code_block",
        "table_open",
        "td_open",
    ):
        assert kinds[kind] <= usual[kind], (kind, page)
    for token in tokens:
        if token.type == "link_open":
            assert re.match(r"https?://", str(token.attrGet("href"))), page
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", page)


def test_no_answer_box_is_ticked_by_a_feed() -> None:
    """Boxes are the candidate's: a headline that looks like one is not one."""
    text = "- [x] sent\n- [ ] later"
    page = markdown(pages.filled_with(text))
    assert not re.search(r"^[> ]{0,3}[-*+] \[[xX]\]", page, re.MULTILINE)
    assert len(re.findall(r"^[> ]{0,3}[-*+] \[ \]", page, re.MULTILINE)) == 4  # ours


def test_a_hostile_day_can_be_written_to_disk(tmp_path: Path) -> None:
    """Lone surrogates and ten thousand letters do not stop the page."""
    path = tmp_path / "page.md"
    path.write_text(markdown(pages.HOSTILE), encoding="utf-8")
    assert max(map(len, path.read_text("utf-8").splitlines())) < 4_000


@pytest.mark.parametrize(
    "code",
    [
        "touchpoints feeds remove https://a.example/rss?id=a_b",
        'touchpoints log oracle "thank-you" --on DATE',
        "feeds:",
        "aliases: [Halden_Lines, Halden*]",
        "- search: google",
    ],
)
def test_code_in_advice_is_code_without_backslashes(code: str) -> None:
    """A command, a key or an entry of feeds.yaml stands as it is to be typed."""
    trouble = DigestItem("It failed.", "a", advice=f"Write `{code}`.")
    assert f"Write `{code}`." in markdown(Digest(DAY, "Tuesday", troubles=(trouble,)))
