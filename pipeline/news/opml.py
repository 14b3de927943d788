"""OPML, the list of feeds that readers exchange: read leniently, written strictly.

Takes the bytes of any program's export; returns the feeds with their folders. Read tag by tag: any
letter case, unescaped ampersands and unclosed outlines are no trouble, and document types are not
looked at, so that entity bombs and external entities mean nothing. Written after opml.org/spec2:
`text` on every outline, `type="rss"` and `xmlUrl` on feeds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape, quoteattr

from pipeline.news import clean, decode, links
from pipeline.news.tag_scanner import attributes, tags
from pipeline.records.record import dataclass
from pipeline.text.named_secrets import may_name
from pipeline.text.urls import host_of, shown, site_of

# ------------------------------------------------------------ every number, and where it is from
# no border test: far beyond real values
LARGEST = 5_000_000  # bytes; a list of 10,000 feeds has some 3 MB
MOST_FEEDS = 5_000  # feeds of one file; no border test: far beyond real values
DEEPEST = 20  # folders in folders; readers know two; no border test: far beyond real values
# no border test: far beyond real values
LONGEST_NAME = 100  # characters of a folder's or feed's name

# Where programs write the address, besides the xmlUrl of the specification; a mere `url` is one
# only on an outline that says so (`type="link"` leads to a page).
_ADDRESSES = ("xmlurl", "feedurl", "rssurl")
_TYPES = ("rss", "atom", "rdf", "feed", "rss1", "rss2", "jsonfeed")
_NAMES = ("text", "title", "name", "description")


@dataclass(frozen=True, slots=True)
class Outline:
    """One feed of a list."""

    address: str  # http(s), as it was written; "" when what is written is no address
    name: str = ""
    folders: tuple[str, ...] = ()  # the outermost first
    written: str = ""  # the address as it is written


@dataclass(frozen=True, slots=True)
class Folder:
    """A named group of feeds, to be written."""

    name: str
    feeds: tuple[Outline, ...] = ()


def read(body: bytes) -> tuple[Outline, ...] | None:
    """Return the feeds in a file's bytes; None when it is no OPML at all.

    One more than are to be taken says that there are more.
    """
    text = decode.to_text(body[:LARGEST], "")
    if not re.search(r"<(?:opml|outline)[\s/>]", text, re.IGNORECASE):
        return None
    reader = _Reader()
    for tag in tags(text, ("outline",)):
        reader.take(tag)
    return tuple(reader.found)


class _Reader:
    """Follows the outlines down and up."""

    def __init__(self) -> None:
        self.found: list[Outline] = []
        self._open: list[str] = []  # names of the outlines that are not closed yet

    def take(self, tag: str) -> None:
        """Take the next tag."""
        if tag.startswith("</"):
            if self._open:
                self._open.pop()
            return
        name = self._outline(attributes(tag))
        if not tag.endswith("/>"):
            self._open.append(name)

    def _outline(self, found: dict[str, str]) -> str:
        """Keep a feed; return the name under which it groups what is inside it."""
        name = clean.title_text(next((found[n] for n in _NAMES if found.get(n)), ""))
        name = name[:LONGEST_NAME]
        written = next((found[n] for n in _ADDRESSES if found.get(n)), "")
        if not written and found.get("type", "").casefold() in _TYPES:
            written = found.get("url", "")
        if written and len(self.found) <= MOST_FEEDS:
            folders = tuple(folder for folder in self._open[:DEEPEST] if folder)
            self.found.append(Outline(_address(written), name, folders, written))
        return "" if written else name


def _address(written: str) -> str:
    """Return an http(s) address with the name and password that may be in it, or ""."""
    plain = "".join(
        character for character in written if character.isprintable() and character != " "
    )
    plain = re.sub(r"^feed:(?://)?(?=https?:)", "", plain, flags=re.IGNORECASE)
    plain = re.sub(r"^feed://", "https://", plain, flags=re.IGNORECASE)
    plain = re.sub(r"^https?://", lambda found: found[0].lower(), plain, flags=re.IGNORECASE)
    is_address = host_of(plain) and len(plain) <= links.LONGEST and not may_name(plain)
    return plain if is_address else ""


def write(folders: Sequence[Folder], title: str, at: datetime | None = None) -> str:
    """Return the feeds as OPML 2.0; with the moment only where one is given."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<opml version="2.0">',
        "  <head>",
        f"    <title>{escape(_xml(title))}</title>",
        *([f"    <dateCreated>{format_datetime(at, usegmt=True)}</dateCreated>"] if at else []),
        "  </head>",
        "  <body>",
        *(line for folder in folders if folder.feeds for line in _folder_lines(folder)),
        "  </body>",
        "</opml>",
    ]
    return "\n".join(lines) + "\n"


def _folder_lines(folder: Folder) -> Iterator[str]:
    yield f"    <outline text={_attribute(folder.name)} title={_attribute(folder.name)}>"
    for feed in folder.feeds:
        name = _attribute(_xml(feed.name).strip() or site_of(feed.address))
        yield (
            f'      <outline type="rss" text={name} title={name} '
            f"xmlUrl={_attribute(feed.address)}/>"
        )
    yield "    </outline>"


def _attribute(text: str) -> str:
    return quoteattr(_xml(text), {"\n": " ", "\t": " "})


def _xml(text: str) -> str:
    """Return a text with nothing in it that XML forbids."""
    return "".join(character for character in text if character.isprintable())


def public(address: str) -> tuple[str, bool]:
    """Return an address without name, password and keys, and whether something was left out."""
    visible = shown(address)
    return visible.replace("=…", "="), visible != address
