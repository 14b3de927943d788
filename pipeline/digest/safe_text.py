"""The second line of defence: what may be on a page, whatever was let in before.

Takes any text or address; gives plain text without control, direction or invisible characters,
cut to a length that leaves room for the rest, or an http(s) or mail address, or nothing. Escaping
for a format is left to the format's own module.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from pipeline.text.characters import is_address, printable
from pipeline.text.hosts import looks_public
from pipeline.text.phrasing import shorten

LONGEST_LINE = 300  # twice a long headline (Google News's longest are near 150)
LONGEST_PASSAGE = 700  # a note line, a sentence, a reason: ten lines on a phone
# no border test: far beyond real values
LONGEST_ADDRESS = 4000  # Google News needs 700; longer ones break mail programs and servers
LONGEST_RECIPIENT = 254  # RFC 5321, 4.5.3.1.3, as corrected by erratum 1690

_LINE_END = re.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
_MAIL_ADDRESS = re.compile(
    r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]",
    re.IGNORECASE | re.ASCII,
)


def strip(text: str) -> str:
    """Return the text without what must not be printed; line feeds stay."""
    return printable(text).replace("\t", "")


def one_line(text: str, longest: int = LONGEST_LINE) -> str:
    """Return the text on one line, harmless, and cut at a word when it is too long."""
    spaced = " ".join(_LINE_END.sub(" ", text).split())
    return shorten(strip(spaced).strip(), longest)


def passage(text: str) -> str:
    """Return a sentence or two on one line."""
    return one_line(text, LONGEST_PASSAGE)


def lines(text: str) -> tuple[str, ...]:
    """Return the lines of a message, harmless and whole; empty ones at either end left out."""
    found = [strip(line.expandtabs(4)).rstrip() for line in _LINE_END.split(text.strip())]
    return tuple("\n".join(found).strip("\n").split("\n"))


def web_address(link: str) -> str:
    """Return an http(s) address that names a host and hides nothing, else an empty string.

    A host that only this computer or a private network knows is none: the page goes to others, too.
    """
    link = link.strip()
    if len(link) > LONGEST_ADDRESS or not is_address(link):
        return ""
    try:
        parts = urlsplit(link)
        port_is_a_number = parts.port is None or parts.port >= 0
    except ValueError:
        return ""
    fair = parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc
    return link if fair and port_is_a_number and looks_public(parts.hostname or "") else ""


def mail_address(text: str) -> str:
    """Return an address that a mail program can send to, as it is, else an empty string."""
    fits = len(text) <= LONGEST_RECIPIENT and _MAIL_ADDRESS.fullmatch(text)
    return text if fits else ""
