"""The file of a draft: a mail program opens it for editing, and finds what was written."""

from __future__ import annotations

import email
import email.policy
import re
from email.message import EmailMessage
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.digest.draft_eml import eml
from pipeline.digest.safe_text import lines, one_line
from pipeline.records import Draft
from tests.digest.hostile import HOSTILE


def read(text: str) -> EmailMessage:
    """Read the file as a mail program does."""
    return cast(EmailMessage, email.message_from_bytes(text.encode(), policy=email.policy.default))


def body_of(message: EmailMessage) -> str:
    return str(message.get_content()).replace("\r\n", "\n").rstrip("\n")


def test_the_file_is_a_new_message_to_the_interviewer() -> None:
    """No date, sender or id, which the mail program adds; the name beside the address."""
    draft = Draft("renata@example.com", "Thank you", "Dear Renata,\n\nthank you.\n")
    assert eml(draft, "Renata Kowalczyk").splitlines() == [
        "X-Unsent: 1",
        "To: Renata Kowalczyk <renata@example.com>",
        "Subject: Thank you",
        'Content-Type: text/plain; charset="utf-8"',
        "Content-Transfer-Encoding: quoted-printable",
        "MIME-Version: 1.0",
        "",
        "Dear Renata,",
        "",
        "thank you.",
    ]


def test_letters_of_other_languages_arrive() -> None:
    """In the name, the subject (longer than a line) and the body; the file itself is ASCII."""
    subject = "Danke für das Gespräch über Győr und die Übernahme — " + "sehr lang " * 10
    body = "Zażółć gęślą jaźń, 日本語, 🙂\n" + "ein langer Absatz mit Umlauten wie ü " * 20
    text = eml(Draft("r@example.com", subject, body), "Renáta Kowalczyk-Łęcka")
    message = read(text)
    assert text.isascii()
    assert max(map(len, text.splitlines())) <= 78
    assert message["To"].addresses[0].display_name == "Renáta Kowalczyk-Łęcka"
    assert message["Subject"] == subject.strip()
    assert body_of(message) == body.rstrip()


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Kowalczyk, Renata", "Kowalczyk Renata"),
        ("Dr. Renata Kowalczyk", "Dr. Renata Kowalczyk"),
        ('Renata "Ren" O\'Hara (she/her)', "Renata Ren O'Hara she/her"),
        ("eve@example.com", "eve example.com"),
        ("", ""),
    ],
)
def test_a_name_is_only_a_name(name: str, shown: str) -> None:
    """What means something in a list of addresses is left out of it."""
    (address,) = read(eml(Draft("r@example.com", "x", "x"), name))["To"].addresses
    assert (address.display_name, address.addr_spec) == (shown, "r@example.com")


@pytest.mark.parametrize("to", ["", "renata", "a@b.example, eve@example.com", "a@b\r\nBcc: e@f.gh"])
def test_what_is_no_address_is_left_to_the_user(to: str) -> None:
    """The message opens all the same, with nobody in it."""
    assert "To" not in read(eml(Draft(to, "x", "x"), "Renata"))


@given(HOSTILE, HOSTILE, HOSTILE, HOSTILE, st.booleans())
def test_no_text_adds_a_header_or_a_recipient(
    to: str, name: str, subject: str, body: str, known: bool
) -> None:
    """The same headers whatever is in the fields, one recipient at most, and the body as it was."""
    draft = Draft("renata@example.com" if known else to, subject, body)
    text = eml(draft, name)
    message = read(text)

    assert text == eml(draft, name)
    assert set(message.keys()) - {"To"} == {
        *("X-Unsent", "Subject", "Content-Type", "Content-Transfer-Encoding", "MIME-Version"),
    }
    assert len(message.keys()) == len(set(message.keys()))
    assert message["X-Unsent"] == "1"
    if known:
        assert [one.addr_spec for one in message["To"].addresses] == ["renata@example.com"]
    assert not message.defects
    head, _, rest = text.partition("\r\n\r\n")
    assert all(re.match(r"[A-Z][A-Za-z-]+: ?| ", line) for line in head.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    assert max(map(len, rest.split("\r\n"))) <= 78
    assert body_of(message) == "\n".join(lines(body))
    assert " ".join(str(message["Subject"]).split()) == (
        " ".join(one_line(subject).replace("=?", "= ?").split())
    )
