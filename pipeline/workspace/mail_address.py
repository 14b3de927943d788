"""An interviewer's mail address as people paste it, put right, or told that it is none.

Takes what stands behind `email:`, or a whole `Name <address>`; gives an address that a mail program
takes: one mailbox, in ASCII, its domain as name servers know it (müller.de is xn--mller-kva.de).
"""

from __future__ import annotations

import re
import unicodedata

LONGEST = 254  # characters (RFC 5321); no border test: far beyond real values

_MAILBOX = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+"
    r"(?=[A-Za-z0-9-]*[A-Za-z])[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
)
_QUOTES = "\"'<>“”„‘’‚«» \t"
_LINK = re.compile(r"^\[[^\]]*\]\((?:mailto:)?([^)\s]+)\)$", re.IGNORECASE)
_IN_ANGLES = re.compile(r"^([^<>]*)<([^<>]+)>[\s.,;]*$")


def usable(written: str) -> str:
    """Return the address of what was written; "" where no mail program would take it."""
    plain = _visible(written)
    link = _LINK.match(plain)
    angles = _IN_ANGLES.match(plain)
    if link:
        plain = link.group(1)
    elif angles:
        plain = angles.group(2)
    plain = re.sub(r"^mailto:", "", plain.strip(_QUOTES), flags=re.IGNORECASE).partition("?")[0]
    plain = plain.strip(f"{_QUOTES}.,;:")
    local, at, domain = plain.rpartition("@")
    if not at:
        return ""
    address = f"{local}@{_ascii(domain)}"
    return address if len(address) <= LONGEST and _MAILBOX.fullmatch(address) else ""


def name_and_address(written: str) -> tuple[str, str]:
    """Return "Ada Novak <ada@example.com>" as its two halves; ("…", "") for anything else."""
    found = _IN_ANGLES.match(_visible(written))
    if found is None or not found.group(1).strip() or "@" not in found.group(2):
        return written, ""
    return found.group(1).strip().strip("\"'"), found.group(2)


def _visible(text: str) -> str:
    """Return a text with plain blanks and letters, and without characters that nobody sees."""
    shown = (letter for letter in text if unicodedata.category(letter) not in ("Cf", "Cc"))
    return unicodedata.normalize("NFKC", "".join(shown)).strip()


def _ascii(domain: str) -> str:
    try:
        return domain.encode("ascii").decode() if domain.isascii() else _punycode(domain)
    except UnicodeError:
        return ""


def _punycode(domain: str) -> str:
    return domain.encode("idna").decode()
