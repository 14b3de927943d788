"""The digest as a letter: text and HTML say the same, and nothing in them is active."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from html.parser import HTMLParser
from typing import cast

from hypothesis import given

from pipeline.digest import mail_body
from pipeline.digest.mailto import checked
from pipeline.digest.safe_text import lines, web_address
from pipeline.records import Digest, DigestItem
from pipeline.text.characters import PAGE
from tests.digest.hostile import HOSTILE
from tests.digest.pages import BUSY, CROWDED, FIRST, LONG_WORD, QUIET, filled_with
from tests.digest.pages import HOSTILE as HOSTILE_DAY

NOW = datetime(2026, 11, 24, 7, 3, tzinfo=UTC)
ENVELOPE = mail_body.Envelope("me@example.com", "robot@b.example", "4711", NOW)


class Seen(HTMLParser):
    """What a mail program makes of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.text += data


def sent(digest: Digest) -> EmailMessage:
    """Return the letter as it is read after its way."""
    made = mail_body.message(digest, ENVELOPE, 10_240_000)
    read = email.message_from_bytes(made.as_bytes(), policy=email.policy.default)
    return cast(EmailMessage, read)


def test_both_parts_say_all_that_the_page_says() -> None:
    """What to do first; then each message whole, its reason, the rest of the page."""
    plain, rich = mail_body.text(BUSY), Seen(mail_body.html(BUSY)).text
    assert plain.startswith(
        "Tuesday 24 November: two things to do\n\n"
        "- 41 · Thank Renata Kowalczyk (Oracle), today before 15:00 her time: the interview was "
        "yesterday at 14:30.\n- 42 · Offer something"
    )
    for said in (plain, rich):
        for entry in BUSY.entries:
            note = entry.reference.note_text
            for line in (entry.title, entry.why_now, note, *lines(entry.draft.body)):
                assert line in said
        for item in (*BUSY.held, *BUSY.upcoming, *BUSY.worth_a_look, *BUSY.troubles):
            assert item.text in said
            assert item.title in said
        assert "touchpoints sent 41" in said
        assert BUSY.footer in said
        assert "Nothing was sent to anybody else" in said


def test_a_message_can_be_copied_out_of_the_plain_text() -> None:
    """No marks before its lines, and none is broken."""
    assert "\n".join(lines(BUSY.entries[0].draft.body)) in mail_body.text(BUSY)


def test_links_lead_to_stories_and_to_the_mail_program() -> None:
    """In HTML; plain text has the stories' addresses only, as the others are long."""
    links = Seen(mail_body.html(BUSY)).links
    assert BUSY.entries[0].mailto in links
    assert BUSY.entries[0].reference.link in links
    assert "mailto:" not in mail_body.text(BUSY)
    assert f"<{BUSY.entries[0].reference.link}>" in mail_body.text(BUSY)


def test_a_quiet_day_says_why() -> None:
    """With the reasons, and a subject that says it all."""
    assert (
        "- Oracle: you wrote to Renata Kowalczyk, no answer yet (yesterday). Next: "
        in mail_body.text(QUIET)
    )
    assert "No interview needs a message" in mail_body.text(FIRST)
    assert sent(QUIET)["Subject"] == "Tuesday 24 November: nothing worth sending today"


def test_the_same_digest_gives_the_same_bytes() -> None:
    """The boundary between the parts, too, which Python would draw by lot."""
    made = [mail_body.message(BUSY, ENVELOPE, 10_240_000) for _ in range(2)]
    assert made[0].as_bytes() == made[1].as_bytes()
    assert made[0]["Message-ID"] == "<2026-11-24.4711@b.example>"
    assert made[0]["Date"] == "Tue, 24 Nov 2026 07:03:00 +0000"
    assert made[0]["Auto-Submitted"] == "auto-generated"


def test_a_letter_that_a_server_would_not_take_is_cut_to_its_first_lines() -> None:
    """Better the list of what to do than nothing."""
    message = mail_body.message(CROWDED, ENVELOPE, 10_000)
    assert len(message.as_bytes()) < 10_000
    for part in message.iter_parts():
        said = part.get_content()
        assert "Thank Renata Kowalczyk (Oracle)" in said
        assert mail_body.TOO_LARGE in said


def test_a_note_holds_what_to_do_and_nothing_of_the_notes() -> None:
    """Neither a note line nor a draft goes to a service for notes; many are counted."""
    title, body = mail_body.short_note(BUSY)
    assert title == BUSY.headline
    assert body == (
        "41 · Thank Renata Kowalczyk (Oracle), today before 15:00 her time\n"
        "42 · Offer something to Tom Adeyemi (Halden Freight), today"
    )
    assert mail_body.short_note(QUIET)[1] == "Nothing to do today."
    assert mail_body.short_note(CROWDED)[1].endswith("\n… and 190 more")
    long = filled_with(LONG_WORD)
    assert len(mail_body.short_note(replace(long, questions=(LONG_WORD,) * 9))[1]) <= 1_000


def test_what_is_counted_in_the_last_line_is_no_change() -> None:
    """But another story, or another wording, is."""
    same = mail_body.fingerprint(BUSY)
    assert mail_body.fingerprint(replace(BUSY, footer="other counts")) == same
    assert mail_body.fingerprint(replace(BUSY, held=())) != same
    assert mail_body.fingerprint(replace(BUSY, headline="other")) != same


HARMLESS = {"a", "blockquote", "br", "code", "h2", "li", "ol", "p", "ul"}


def check_harmless(digest: Digest) -> None:
    html = mail_body.html(digest)
    seen = Seen(html)
    assert seen.tags <= HARMLESS
    assert seen.attributes <= {"href", "dir"}
    assert all(web_address(link) or checked(link) for link in seen.links)
    for said in (html, mail_body.text(digest), *mail_body.short_note(digest)):
        assert not re.search(f"[{PAGE}]", said)


def test_a_hostile_day_is_only_text() -> None:
    """Script, styles, pictures, controls in every field."""
    check_harmless(HOSTILE_DAY)


@given(HOSTILE)
def test_no_field_adds_markup_a_header_or_a_recipient(text: str) -> None:
    """Whatever stands in all fields at once: the same head, two parts, harmless markup."""
    digest = filled_with(text)
    check_harmless(digest)
    message = sent(digest)
    head = "MIME-Version Content-Type From To Subject Date Message-ID Auto-Submitted"
    assert message.keys() == head.split()
    assert str(message["To"]) == "me@example.com"
    assert not message.defects
    plain, rich = (part.get_content().replace("\r\n", "\n") for part in message.iter_parts())
    assert plain == mail_body.text(digest)
    assert mail_body.html(digest) in rich
    assert Seen(rich).tags <= HARMLESS | {*("html", "head", "meta", "style", "title", "body", "h1")}


def test_an_item_with_nothing_in_it_leaves_no_trace() -> None:
    """No bullet without words, no heading above nothing."""
    assert "Held back" not in mail_body.text(
        replace(QUIET, held=(DigestItem(""),), upcoming=(DigestItem(""),))
    )
