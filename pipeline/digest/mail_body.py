"""The digest as the body of a mail to oneself: plain text and simple HTML that say the same.

Takes a `Digest`; gives a text, a piece of HTML, a whole message for one mailbox, or a short note.
The page for the browser is not sent: mail programs and feed readers take out its style, pictures
and folded parts. Here is only what all of them show: headings, paragraphs, lists, quotations and
links; no style, no picture, nothing that is loaded. Every field is plain and escaped.
Sends nothing; that is `steps/delivery.py`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape
from itertools import groupby
from typing import Literal

from pipeline.digest.mailto import checked
from pipeline.digest.page_phrases import (
    COMMAND,
    Cells,
    cells,
    channel_said,
    gap_filling,
    may_be_added,
    reasons,
    ringing_said,
    sentence_of,
    waiting,
)
from pipeline.digest.safe_text import lines, one_line, passage, web_address
from pipeline.records import Digest, DigestEntry, DigestItem
from pipeline.records.record import dataclass
from pipeline.text.phrasing import count_of

# no border test: a reserve; addresses and subject never fill it
ROOM_FOR_HEAD = 2_000  # bytes: addresses and subject are shorter by far
LONGEST_NOTE = 1_000  # characters: Pushover takes 1,024, the least of what people use
MOST_IN_NOTE = 10  # lines; the page has the rest

SENDER_NAME = "Touchpoints"
TO_YOU_ALONE = "For you alone. Nothing was sent to anybody else. Sending is up to you."
TOO_LARGE = "The rest is too large for your mail server; it is on the page on your computer."

_RULE = "-" * 20  # not "-- ": mail programs hide what follows as a signature


@dataclass(frozen=True, slots=True)
class Words:
    """Some words in a line. A link is http(s), or opens a draft and is left out of plain text."""

    text: str
    link: str = ""
    is_command: bool = False


Line = tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph, an item of a list, or a message with its lines."""

    kind: Literal["heading", "paragraph", "bullet", "message"]
    lines: tuple[Line, ...]


def text(digest: Digest) -> str:
    """Return the whole digest as plain text."""
    return "\n\n".join(filter(None, [one_line(digest.headline), *_texts(_blocks(digest))])) + "\n"


def html(digest: Digest) -> str:
    """Return the whole digest, without its headline, as a piece of HTML with harmless markup."""
    return "\n".join(_htmls(_blocks(digest))) + "\n"


def short_note(digest: Digest) -> tuple[str, str]:
    """Return the headline and a few lines: what there is to do, and nothing from the notes."""
    found = [_short(entry) for entry in digest.entries]
    found += [passage(question) for question in digest.questions]
    shown = found[:MOST_IN_NOTE]
    while len("\n".join(shown)) > LONGEST_NOTE - 40:  # room for the line below
        shown = shown[:-1]
    more = [f"… and {count_of(len(found) - len(shown), 'more', 'more')}"]
    body = "\n".join(shown + (more if len(shown) < len(found) else []))
    return one_line(digest.headline), body or "Nothing to do today."


@dataclass(frozen=True, slots=True)
class Envelope:
    """From whom to whom, and when.

    Two messages with the same `identity` are the same one: sent again, it keeps its Message-ID, and
    a mailbox shows it once.
    """

    to: str
    sender: str
    identity: str
    now: datetime


def message(digest: Digest, envelope: Envelope, at_most: int) -> EmailMessage:
    """Return the mail with its headers; the same values give the same bytes.

    One of more than `at_most` bytes is cut to its first lines: better these than nothing.
    """
    identity = envelope.identity
    found = _message(text(digest), _document(digest, html(digest)), identity)
    if len(found.as_bytes()) > at_most - ROOM_FOR_HEAD:
        short = short_note(digest)[1] + f"\n\n{TOO_LARGE}\n"
        found = _message(short, _document(digest, f"<p>{_lines_html(short)}</p>"), identity)
    address = Address(addr_spec=envelope.sender)
    head = {
        "From": Address(SENDER_NAME, addr_spec=envelope.sender),
        "To": Address(addr_spec=envelope.to),
        # Python decodes "=?", and what comes out may be a line break.
        "Subject": one_line(digest.headline).replace("=?", "= ?"),
        "Date": format_datetime(envelope.now),
        "Message-ID": f"<{digest.day.isoformat()}.{identity}@{address.domain}>",
        "Auto-Submitted": "auto-generated",  # RFC 3834: no "I am on holiday" in answer
    }
    for name, value in head.items():
        found[name] = value
    return found


def _message(plain: str, rich: str, identity: str) -> EmailMessage:
    found = EmailMessage(policy=SMTP)
    found.set_content(plain, cte="quoted-printable")
    found.add_alternative(rich, subtype="html", cte="quoted-printable")
    # Python draws one by lot. "=_" is in no quoted-printable text (RFC 2045, 6.7).
    found.set_boundary(f"=_{identity}")
    return found


def fingerprint(digest: Digest) -> str:
    """Return what two digests that say the same have in common; the last line does not count."""
    said = one_line(digest.headline) + html(replace(digest, footer=""))
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:32]


# --------------------------------------------------------------------------------- what it says


def _blocks(digest: Digest) -> Iterator[Block]:
    for sentence in (*digest.questions, *digest.taken):
        yield from _paragraph(sentence)
    for entry in digest.entries:
        because = one_line(entry.because)
        yield _block("bullet", _said(_short(entry) + (f": {because}." if because else "")))
    for reason in reasons(digest):
        yield from _paragraph(reason)
    for row in digest.companies:
        yield _block("bullet", _row(cells(row, digest.day)))
    for entry in digest.entries:
        yield from _entry(entry, digest)
    yield from _section("Held back", map(_held, digest.held))
    yield from _section("Worth a look (nothing to send)", map(_reading, digest.worth_a_look))
    yield from _section("Coming up", (_item(item) for item in digest.upcoming))
    yield from _section("To fix", (_item(item) for item in digest.troubles))
    yield from _section("Your own lines", ((Words(one_line(own)),) for own in digest.notes))
    yield from _paragraph(digest.footer)
    yield from _paragraph(TO_YOU_ALONE)


def _entry(entry: DigestEntry, digest: Digest) -> Iterator[Block]:
    yield _block("heading", (Words(f"{entry.id} · {one_line(entry.title)}"),))
    if entry.since:
        yield _block("paragraph", _said(waiting(entry)))
        return
    if entry.why_now.strip():
        yield _block("paragraph", _said(f"Why now: {entry.why_now}"))
    if story := _linked(entry.reference.title, entry.reference.link, entry.source):
        yield _block("paragraph", (Words("Goes with it: "), *story))
    if said := sentence_of(entry.reference):
        yield _block("paragraph", (Words(f"It says: “{said}”"),))
    if note := passage(entry.reference.note_text):
        place = one_line(entry.reference.note_place)
        place = f" ({place})" if place else ""
        yield _block("paragraph", (Words(f"Because of your note “{note}”{place}"),))
    yield _draft(entry)
    if said := channel_said(entry.draft):
        yield _block("paragraph", _said(said))
    if said := ringing_said(entry.draft):
        yield _block("paragraph", _said(said))
        for point in entry.draft.instead:
            yield _block("bullet", (Words(one_line(point)),))
    if said := gap_filling(entry):
        yield _block("paragraph", (Words(f"For the gap you could start from: “{said}”"),))
    if said := may_be_added(entry):
        yield _block("paragraph", (Words(said),))
    if link := checked(entry.mailto):
        yield _block("paragraph", (Words("Open in mail", link),))
    yield _block("paragraph", _said(_how_to_answer(entry, digest)))


def _draft(entry: DigestEntry) -> Block:
    head = [("To", one_line(entry.draft.to)), ("Subject", one_line(entry.draft.subject))]
    rows = [f"{name}: {value}" for name, value in head if value]
    return Block("message", tuple((Words(row),) for row in (*rows, "", *lines(entry.draft.body))))


def _how_to_answer(entry: DigestEntry, digest: Digest) -> str:
    return (
        f"Sent it yourself? `touchpoints sent {entry.id}`, or tick its box in "
        f"data/digests/{digest.day.isoformat()}.md."
    )


def _short(entry: DigestEntry) -> str:
    found = ", ".join(filter(None, (one_line(entry.summary), one_line(entry.due))))
    return f"{entry.id} · {found}"


def _section(title: str, items: Iterator[Line]) -> Iterator[Block]:
    found = [_block("bullet", item) for item in items if any(piece.text for piece in item)]
    if found:
        yield _block("heading", (Words(title),))
        yield from found


def _row(row: Cells) -> Line:
    new, since = "new: " if row.changed else "", f" ({row.since})" if row.since else ""
    steps = "; ".join(text for _, text in row.steps)
    return _said(f"{row.company}: {new}{row.state}{since}.", f"Next: {steps}")


def _held(item: DigestItem) -> Line:
    head = _linked(item.title, item.link, item.source)
    return (*head, *((Words(": "),) if head else ()), *_said(item.text, item.advice))


def _reading(item: DigestItem) -> Line:
    said = sentence_of(item)
    quoted = (Words(f"“{said}” "),) if said else ()
    why = (*quoted, *_said(item.text, item.advice))
    head = _linked(item.title, item.link, item.source)
    return (*head, Words(": "), *why) if head and why else head or why


def _item(item: DigestItem) -> Line:
    where = ", ".join(filter(None, (one_line(item.title), one_line(item.source))))
    said = _said(item.text, item.advice)
    return (*said, Words(f" ({where})")) if where and said else said or (Words(where),)


def _linked(title: str, link: str, source: str = "") -> Line:
    address, name = web_address(link), one_line(source)
    shown = one_line(title) or address
    behind = (Words(f" ({name})"),) if name else ()
    return (Words(shown, address), *behind) if shown else ()


def _said(*sentences: str) -> Line:
    """Return the program's sentences, with the commands in them marked."""
    pieces = COMMAND.split(" ".join(filter(None, map(passage, sentences))))
    # split() gives text and command by turns.
    return tuple(Words(p, is_command=place % 2 == 1) for place, p in enumerate(pieces) if p)


def _paragraph(sentence: str) -> Iterator[Block]:
    if said := _said(sentence):
        yield _block("paragraph", said)


def _block(kind: Literal["heading", "paragraph", "bullet"], line: Line) -> Block:
    return Block(kind, (line,))


# -------------------------------------------------------------------------------- as plain text


def _texts(blocks: Iterator[Block]) -> Iterator[str]:
    for kind, group in groupby(blocks, key=lambda block: block.kind):
        found = [[_line_text(line) for line in block.lines] for block in group]
        for number, rows in enumerate(found, 1):
            if kind == "heading":
                yield f"{_RULE}\n{rows[0]}"
            elif kind == "message":
                yield "\n".join(rows)
            elif kind == "paragraph":
                yield rows[0]
            elif number == 1:
                yield "\n".join(f"- {row[0]}" for row in found)


def _line_text(line: Line) -> str:
    return "".join(
        f"{piece.text} <{piece.link}>" if web_address(piece.link) else piece.text
        for piece in line
        if not checked(piece.link)
    )


# -------------------------------------------------------------------------------------- as HTML


def _htmls(blocks: Iterator[Block]) -> Iterator[str]:
    for kind, group in groupby(blocks, key=lambda block: block.kind):
        found = [tuple(map(_line_html, block.lines)) for block in group]
        if kind == "bullet":
            items = "\n".join(f'<li dir="auto">{rows[0]}</li>' for rows in found)
            yield f"<ul>\n{items}\n</ul>"
        for rows in found if kind in ("heading", "paragraph") else ():
            tag = "h2" if kind == "heading" else "p"
            yield f'<{tag} dir="auto">{rows[0]}</{tag}>'
        for rows in found if kind == "message" else ():
            yield f'<blockquote dir="auto">{_quoted(rows)}</blockquote>'


def _quoted(rows: Sequence[str]) -> str:
    """Return the lines of a message as paragraphs, so that it is copied as it was written."""
    groups = groupby(rows, key=bool)
    return "\n".join("<p>" + "<br>\n".join(group) + "</p>" for is_text, group in groups if is_text)


def _line_html(line: Line) -> str:
    return "".join(map(_piece_html, line))


def _piece_html(piece: Words) -> str:
    shown = escape(piece.text)
    if piece.is_command:
        return f"<code>{shown}</code>"
    link = web_address(piece.link) or checked(piece.link)
    return f'<a href="{escape(link)}">{shown}</a>' if link else shown


def _lines_html(plain: str) -> str:
    return "<br>\n".join(escape(row) for row in plain.strip().split("\n"))


def _document(digest: Digest, inside: str) -> str:
    """Return a whole HTML file; the policy forbids what the markup does not hold anyway.

    The style is for those that keep one: a long address does not make a phone scroll sideways.
    """
    headline = escape(one_line(digest.headline))
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        "<style>body { max-width: 42em; overflow-wrap: anywhere }</style>\n"
        f"<title>{headline}</title>\n</head>\n<body>\n<h1>{headline}</h1>\n{inside}</body>\n</html>\n"
    )
