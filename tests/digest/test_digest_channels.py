"""Messages that are no mail, on every page: for what they are, how long, and how to answer."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from pipeline.digest import mail_body
from pipeline.digest.answer_sheet import read_sheet
from pipeline.digest.draft_text import changed, from_text, text_of
from pipeline.digest.html_forms import page_with_forms
from pipeline.digest.html_page import page
from pipeline.digest.mailto import mailto
from pipeline.digest.markdown import markdown
from pipeline.digest.page_phrases import answers
from pipeline.records import Channel, Digest, DigestEntry, Draft
from tests.digest.pages import BUSY
from tests.web.forms import Forms

NOTE = Draft("", "", "Dear Renata,\n\nIt was good to talk.\n", channel="linkedin")
LATE = replace(BUSY.entries[0].draft, instead=("I am not ringing to press you.", "<b>When?</b>"))


def with_draft(draft: Draft) -> Digest:
    """Return a page with one suggestion: that message."""
    first = replace(BUSY.entries[0], draft=draft, mailto=mailto(draft))
    return replace(BUSY, entries=(first,))


def pages_of(digest: Digest) -> tuple[str, ...]:
    """Return every form in which a page goes out."""
    plain, rich = mail_body.text(digest), mail_body.html(digest)
    forms = page_with_forms(digest, form="x").text
    return tuple(
        " ".join(one.split()) for one in (markdown(digest), page(digest), forms, plain, rich)
    )


def entry(draft: Draft) -> DigestEntry:
    return with_draft(draft).entries[0]


def test_a_note_says_how_long_it_is_on_every_page() -> None:
    """No subject, no address, no link to a mail program; 33 characters of 300."""
    count = len(NOTE.body.strip())
    digest = with_draft(NOTE)
    for shown in pages_of(digest):
        assert f"For LinkedIn: {count} of 300 characters. That is taken where no address" in shown
        assert "mailto:" not in shown
        assert "Subject" not in shown
    assert "--open" not in answers(entry(NOTE), date(2026, 11, 24))[0].command


def test_a_note_has_no_empty_head_and_a_mark_of_its_own() -> None:
    """What has neither address nor subject has no bar for them; the letter marks a letter."""
    first = replace(BUSY.entries[0], kind="thank_you")
    mail = page(replace(BUSY, entries=(first,)))
    note = page(replace(BUSY, entries=(replace(first, draft=NOTE, mailto=""),)))

    def marks(shown: str) -> list[str]:
        return re.findall(r'<svg class="icon".*?</svg>', shown, re.DOTALL)

    def draft(shown: str) -> str:
        return shown.partition('<div class="draft"')[2].partition('class="body"')[0]

    assert "<dl>" in draft(mail) and "<dl>" not in draft(note)
    assert len(marks(mail)) == len(marks(note)) == 1 and marks(mail) != marks(note)


def test_a_note_that_became_too_long_is_told() -> None:
    """By how much; what the user wrote is not touched."""
    long = replace(NOTE, body=f"{'a word ' * 50}end\n")
    count = len(long.body.strip())
    assert f"{count} of 300 characters, {count - 300} too many" in markdown(with_draft(long))


@pytest.mark.parametrize(
    ("channel", "said"),
    [("card", "For a card, by post"), ("call", "What to say when you ring"), ("email", "")],
)
def test_each_channel_has_its_line(channel: Channel, said: str) -> None:
    """A mail has none."""
    shown = markdown(with_draft(replace(NOTE, channel=channel)))
    assert said in shown
    assert ("For LinkedIn" in shown) is False


def test_what_to_say_on_the_telephone_stands_below_the_mail() -> None:
    """A point each, and what a note holds is text."""
    digest = with_draft(LATE)
    for shown in pages_of(digest):
        assert "What to say if you ring instead:" in shown
        assert "I am not ringing to press you." in shown
    written, shown, forms, _, rich = pages_of(digest)
    assert "&lt;b>When" in written
    assert not any("<b>When" in one for one in (shown, forms, rich))


def test_the_form_of_a_note_asks_for_its_text_alone() -> None:
    """A subject that nobody sees would be lost."""
    found = Forms(page_with_forms(with_draft(NOTE), form="x").text).found
    fields = next(fields for action, fields in found if action == "/answer")
    assert "body" in fields
    assert not {"to", "subject"} & set(fields)


def test_a_note_stays_one_when_it_is_changed() -> None:
    """On the page, in the editor, in the form."""
    digest = with_draft(NOTE)
    text = markdown(digest).replace("It was good to talk.", "It was fun.")
    (answered,) = read_sheet(text, digest).answers
    wanted = replace(NOTE, body="Dear Renata,\n\nIt was fun.\n")

    assert answered.draft == wanted
    assert from_text("Dear Renata,\n\nIt was fun.\n", NOTE) == wanted
    assert changed(NOTE, "", "", "Dear Renata,\n\nIt was fun.\n") == wanted
    assert text_of(NOTE) == NOTE.body


def test_a_message_without_a_subject_has_a_name() -> None:
    """Its first words, behind the greeting; of a call its first point."""
    assert NOTE.name == "It was good to talk."
    assert replace(NOTE, channel="call", body="• Thank you.\n• Bye.\n").name == "Thank you."
    assert LATE.name == LATE.subject
    assert replace(NOTE, body="\n").name == ""


def test_no_mail_program_is_offered_for_a_note() -> None:
    """Not even where an address came in by hand."""
    assert mailto(replace(NOTE, to="renata@example.com")) == ""
