"""Hostile feeds, notes and names through a whole run: nothing of them is active anywhere.

Looked at is all that a run writes and what the commands print: the page as HTML, Markdown, JSON and
Atom, the calendar, the drafts, the terminal; and the names of the files.
"""

from __future__ import annotations

import email
import email.policy
import json
import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import pytest
from click.testing import CliRunner
from hypothesis import example, given, settings
from markdown_it import MarkdownIt

from pipeline.cli.main import cli
from pipeline.run import run
from tests.digest.hostile import HOSTILE

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)  # a Tuesday
AS_OF = ["--as-of", NOW.isoformat()]
CONFIG = """
settings: {timezone: UTC, digest: {formats: [markdown, html, atom]}}
companies:
  halden: {name: Halden Freight, feeds: [%s]}
"""
NOTES = """---
company: halden
interviewed: 2026-11-23 14:30
interviewers: [{name: %s, email: tom@example.com}]
---
## Discussed
- night shifts on the quay and noisy trucks %s
## Seen in the office
- photo of an ocean racing boat
## My angle
- ran the supplier ramp-up for a container terminal with two cranes
"""
TITLES = (
    "Halden Freight opens a second container terminal with cranes",
    "Solo sailor rounds the Horn in an ocean racing boat",
    "Halden Freight announces 400 job cuts at its container terminal",
)
SCHEMES = {"http", "https", "mailto", "data", ""}
COMMANDS = ("digest", "queue", "queue --held", "rank halden", "why 1", "draft 1", "feeds stats",
            "log halden", "draft 1 --sources", "learned", "rank halden --json")  # fmt: skip


@pytest.mark.slow
@given(HOSTILE)
@example("<script>alert(1)</script>")
@example("[x](javascript:alert(1)) ![y](https://evil.example/z.png)")
@example("\x1b]0;owned\x07\x1b[2J\u202egnp.exe\u2066")
@example("\n- [x] sent (no. 1)\n## 1 ·\n> Subject: owned\n\r\nBcc: eve@example.com")
@example("0,\r0")  # the name was "0, 0" then, found in every title,
@example("Ab, Ab")  # and "Ab, Ab" then
@settings(max_examples=6)
def test_nothing_of_a_feed_or_a_note_is_active_anywhere(text: str) -> None:
    """Whatever stands in a title, text, author, link, publisher, name or note line."""
    with TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "feed.xml").write_text(_feed(text), "utf-8", "replace")
        _write(root, ["feed.xml"], text)
        run(root, NOW)
        assert "Halden" in (root / "data" / "digests" / "latest.md").read_text("utf-8")
        _check_all(root)


@pytest.mark.slow
def test_nothing_of_the_collected_oddities_is_active_anywhere(
    tmp_path: Path, shared_folder: Path
) -> None:
    """The hostile and odd feeds of other projects' tests, all in one workspace."""
    cases = sorted(path for path in (shared_folder / "feeds" / "cases").iterdir() if path.is_file())
    feeds = [json.dumps(str(path)) for path in cases]
    _write(tmp_path, feeds, "and all that the feeds speak of: test title, item, entry, example")
    report = run(tmp_path, NOW)
    assert report.counts["feeds"] == len(cases)
    assert report.counts["articles_stored"] > 10
    _check_all(tmp_path)


def _feed(text: str) -> str:
    dirty, items = escape(text), []
    for number, title in enumerate(TITLES):
        items.append(
            f"<item><title>{title} {dirty}</title><guid>{number}{dirty}</guid>"
            f"<link>https://n.example/{number}?x={dirty}</link><author>{dirty}</author>"
            f"<source url='https://n.example/'>{dirty}</source>"
            f"<pubDate>Tue, 24 Nov 2026 05:00:00 GMT</pubDate>"
            f"<description>{dirty} The suppliers of cranes, she built the boat. {dirty}"
            f"</description></item>"
        )
    allowed = re.sub(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", "".join(items))
    return f'<rss version="2.0"><channel><title>{dirty}</title>{allowed}</channel></rss>'


def _write(root: Path, feeds: list[str], text: str) -> None:
    line = " ".join(text.replace("\0", "").split())  # with it, a note is no text file
    (root / "data" / "notes").mkdir(parents=True)
    (root / "feeds.yaml").write_text(CONFIG % ", ".join(feeds), "utf-8")
    name = json.dumps("Tom Adeyemi " + line[:60], ensure_ascii=True).replace("\\u", "\\u")
    note = NOTES % (name, line)
    (root / "data" / "notes" / "halden.md").write_text(note, "utf-8", "replace")


# ------------------------------------------------------------------------- what is looked at


def _check_all(root: Path) -> None:
    digests = root / "data" / "digests"
    for path in digests.glob("*.html"):
        _check_html(path.read_text("utf-8"))
    _check_markdown((digests / "latest.md").read_text("utf-8"))
    _check_text(json.dumps(json.loads((digests / "latest.json").read_text("utf-8"))))
    feed = ElementTree.parse(digests / "feed.atom")  # noqa: S314 - our own
    for content in feed.iter("{http://www.w3.org/2005/Atom}content"):
        _check_html(content.text or "")
    _check_text((root / "data" / "touchpoints.ics").read_text("utf-8").replace("\r\n", "\n"))
    for path in (root / "data" / "drafts").glob("*"):
        _check_draft(path)
    for path in (root / "data").rglob("*"):
        assert re.fullmatch(r"[a-z0-9._-]+", path.name), path.name
    for command in COMMANDS:
        arguments = ["--workspace", str(root), *AS_OF, *command.split()]
        done = CliRunner().invoke(cli, arguments, catch_exceptions=False, standalone_mode=False)
        _check_text(done.output)


def _check_text(text: str) -> None:
    """No character that steers a terminal or turns the direction of writing."""
    steering = {x for x in text if _steers(x)}
    assert not steering, sorted(map(hex, map(ord, steering)))


def _steers(letter: str) -> bool:
    if letter in "\n\t":
        return False
    return unicodedata.category(letter) == "Cc" or "\u202a" <= letter <= "\u202e" or (
        "\u2066" <= letter <= "\u2069"
    )  # fmt: skip


_ACTIVE = ("script", "iframe", "object", "embed", "form", "img", "base", "video", "audio")


class _Tags(HTMLParser):
    """Every element of a page with its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))


def _check_html(text: str) -> None:
    _check_text(text)
    tags = _Tags()
    tags.feed(text)
    for tag, attributes in tags.found:
        assert tag not in _ACTIVE, tag
        assert not [name for name in attributes if name.startswith("on") or name == "srcdoc"]
        for name in ("href", "src", "action", "formaction", "xlink:href"):
            assert urlsplit(attributes.get(name, "")).scheme.lower() in SCHEMES
        assert tag != "link" or attributes["href"].startswith("data:image/"), attributes
        if attributes.get("href", "").startswith("mailto:"):
            assert attributes["href"].startswith("mailto:tom@example.com?"), attributes["href"]
            assert "bcc=" not in attributes["href"].lower()


def _check_markdown(text: str) -> None:
    _check_text(text)
    assert "- [x]" not in text
    for token in _tokens(text):
        assert token.type not in ("html_block", "html_inline", "image"), token.content
        if token.type == "link_open":
            assert urlsplit(str(token.attrGet("href"))).scheme in ("http", "https", "mailto")


def _tokens(text: str) -> Iterator:
    for token in MarkdownIt("commonmark").parse(text):
        yield token
        yield from token.children or ()


def _check_draft(path: Path) -> None:
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert set(message.keys()) <= {
        "To", "Subject", "X-Unsent", "MIME-Version", "Content-Type", "Content-Transfer-Encoding",
        "Date", "From", "Message-ID",
    }  # fmt: skip
    assert [address.addr_spec for address in message["To"].addresses] == ["tom@example.com"]
    assert not message.is_multipart()
    assert message.get_content_type() == "text/plain"
    _check_text(message.get_content().replace("\r\n", "\n"))
    _check_text(str(message["Subject"]))
