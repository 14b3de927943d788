"""The story's sentence that counted most, on every kind of page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from html import unescape

import pytest

from pipeline.digest.html_page import page
from pipeline.digest.mail_body import text
from pipeline.digest.markdown import markdown
from pipeline.records import Digest, DigestItem
from tests.digest.pages import BUSY, TUESDAY

OFFER = BUSY.entries[1]
SENTENCE = OFFER.reference.sentence
FILLING = "For the gap you could start from:"
PAGES: tuple[Callable[[Digest], str], ...] = (markdown, page, text)
EACH_PAGE = pytest.mark.parametrize("render", PAGES, ids=["markdown", "page", "mail"])


def said_by(render: Callable[[Digest], str], digest: Digest) -> str:
    """Return a page's text on one line, as mails and Markdown may break it."""
    return " ".join(unescape(render(digest)).split())


def of(**changes: object) -> Digest:
    """Return a page with the offer alone, changed."""
    return replace(BUSY, entries=(replace(OFFER, **changes),), worth_a_look=(), timelines=())  # type: ignore[arg-type]


@EACH_PAGE
def test_the_sentence_stands_under_the_story_and_below_the_draft(
    render: Callable[[Digest], str],
) -> None:
    """Once as what it says, once to fill the gap; the draft itself stays as it is."""
    said = said_by(render, of()).replace("<mark>", "").replace("</mark>", "")
    assert FILLING in said
    assert said.count(SENTENCE) == 2
    assert SENTENCE not in OFFER.draft.body


@EACH_PAGE
def test_a_title_is_not_said_twice(render: Callable[[Digest], str]) -> None:
    """Where the title itself counted most, nothing is added."""
    title = OFFER.reference.title
    reference = replace(OFFER.reference, sentence=f"{title}.")
    said = said_by(render, of(reference=reference, draft=replace(OFFER.draft, body="Hello […]\n")))
    assert f"{title}." not in said
    assert FILLING not in said


@EACH_PAGE
def test_without_a_gap_nothing_is_offered_for_it(render: Callable[[Digest], str]) -> None:
    """The gap for the candidate's name is none that a story fills."""
    body = "Dear Tom,\n\nI read the news.\n\nKind regards\n[… your name]\n"
    assert FILLING not in said_by(render, of(draft=replace(OFFER.draft, body=body)))


@EACH_PAGE
def test_the_gap_of_a_thank_you_is_about_the_talk(render: Callable[[Digest], str]) -> None:
    """No article's sentence is offered for it."""
    assert FILLING not in said_by(render, replace(BUSY, entries=BUSY.entries[:1]))


@EACH_PAGE
def test_what_is_worth_a_look_has_its_sentence(render: Callable[[Digest], str]) -> None:
    """Under the title, before why it is there."""
    item = DigestItem("Oracle: why", "A title", "https://a.example/", sentence="What it says.")
    assert "What it says." in said_by(render, Digest(TUESDAY, "Tuesday", worth_a_look=(item,)))
