"""The page with buttons: whatever stands in a digest, its forms are what they should be."""

from __future__ import annotations

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.digest.draft_text import changed, from_text, shown, text_of
from pipeline.digest.html_forms import FlashMessage, SentMessage, message_page, page_with_forms
from pipeline.digest.html_page import page
from pipeline.records import Draft, Source
from tests.digest import pages
from tests.digest.hostile import HOSTILE
from tests.web.forms import Forms

BUTTONS = {"keep", "sent", "later", "not-for-me"}
HARMLESS = {"a", "abbr", "article", "bdi", "blockquote", "body", "button", "circle", "code", "dd",
            "details", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "g",
            "h1", "h2", "h3", "head", "header", "html", "input", "label", "legend", "li", "line",
            "link", "main", "mark", "meta", "nav", "ol", "p", "path", "polyline", "q", "rect",
            "section", "span", "style", "summary", "svg", "table", "tbody", "td", "text",
            "textarea", "th", "thead", "time", "title", "tr", "tspan", "ul", "desc",
            "option", "select"}  # fmt: skip


@settings(max_examples=150)
@given(HOSTILE)
def test_no_field_breaks_the_form(text: str) -> None:
    """Hostile in every field: three forms with the known fields, and nothing active beside them."""
    said = FlashMessage(text, (3, 4), before=7)
    html = page_with_forms(
        pages.filled_with(text), form="secret", flash=said, sent=[SentMessage(5, text)]
    ).text

    forms = Forms(html).found
    assert [action for action, _ in forms] == ["/undo", "/answer", "/answered"]
    assert [set(fields) for _, fields in forms] == [
        {"form", "moves"},
        {"form", "number", "to", "subject", "body", "day"},
        {"form", "number", "day", "promised", "by"},
    ]
    assert all(fields["form"] == "secret" for _, fields in forms)
    assert (forms[0][1]["moves"], forms[1][1]["number"], forms[2][1]["number"]) == ("3 4", "7", "5")
    tree = BeautifulSoup(html, "html.parser")
    assert {tag.name for tag in tree.find_all()} <= HARMLESS
    assert not [key for tag in tree.find_all() for key in tag.attrs if key.startswith("on")]
    assert {one["value"] for one in tree.find_all("button") if one.get("name")} == BUTTONS
    assert {one.get("action") for one in tree.find_all("form")} <= {
        "/undo",
        "/answer",
        "/answered",
        "/release",
    }
    assert not tree.find_all(attrs={"formaction": True})


@settings(max_examples=200)
@given(HOSTILE, HOSTILE, HOSTILE)
def test_a_form_or_an_editor_that_was_not_touched_changes_nothing(
    to: str, subject: str, body: str
) -> None:
    """Sent back as it came, with CRLF as browsers do; saved as it was, or with CRLF."""
    draft = Draft(to, subject, body)
    entry = replace(pages.BUSY.entries[0], draft=draft)
    html = page_with_forms(replace(pages.BUSY, entries=(entry,)), form="secret").text
    (fields,) = (fields for _, fields in Forms(html).found if "body" in fields)
    assert changed(draft, fields["to"], fields["subject"], fields["body"]) is None
    assert from_text(text_of(draft), draft) is None
    assert from_text(text_of(draft).replace("\n", "\r\n") + "\n\n", draft) is None


@settings(max_examples=100)
@given(st.dictionaries(st.sampled_from(["to", "subject", "body", "day"]), HOSTILE))
def test_what_is_tried_again_is_what_was_typed(fields: dict[str, str]) -> None:
    """The page that says that a run is at work holds every field, harmless and whole."""
    html = message_page("One moment", "x", again="/answer", fields=fields.items()).text
    ((action, found),) = Forms(html).found
    assert action == "/answer"
    assert found.keys() == fields.keys()
    for name, text in fields.items():
        draft = Draft("", "", text)
        assert shown(Draft("", "", found[name])).body.strip() == shown(draft).body.strip()


def test_the_users_wording_keeps_the_sources_that_still_hold() -> None:
    """A sentence that was taken out takes its source along."""
    draft = Draft(
        "t@example.com",
        "Thanks",
        "I liked the quay. I run cranes.\n",
        (
            Source("I liked the quay.", "the quay", "notes, line 1", "the quay"),
            Source("I run cranes.", "cranes", "profile, line 2", "ran cranes"),
        ),
    )
    new = from_text("Subject: Quay\n\nI liked the quay. So much!\n", draft)
    assert new == Draft(
        "t@example.com", "Quay", "I liked the quay. So much!\n", (draft.sources[0],)
    )


@pytest.mark.parametrize("text", ["", " \n\t\n", "To: x@example.com\nSubject: only heads\n\n"])
def test_an_emptied_text_is_no_wording(text: str) -> None:
    """Nobody means to send nothing."""
    assert from_text(text, pages.THANKS) is None


def test_the_page_in_a_file_has_no_form() -> None:
    """There the answers are commands, and the policy lets no form lead anywhere."""
    html = page(pages.BUSY)
    assert "<form" not in html
    assert "form-action &#39;none&#39;" in html


def test_every_field_has_a_label() -> None:
    """A screen reader names each input, and each button says to which message it belongs."""
    tree = BeautifulSoup(page_with_forms(pages.BUSY, form="secret").text, "html.parser")
    labels = {label["for"] for label in tree.find_all("label")}
    inputs = [one for one in tree.find_all(["input", "textarea"]) if one.get("type") != "hidden"]
    assert {one["id"] for one in inputs} == labels
    ids = {one["id"] for one in tree.find_all(id=True)}
    for button in tree.find_all("button", attrs={"name": "do"}):
        assert set(button["aria-describedby"].split()) <= ids
