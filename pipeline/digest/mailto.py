"""A draft as a link that opens it in the mail program (RFC 6068).

Takes a draft; gives an address of the `mailto:` scheme, or an empty string when nobody can be
written to. Nothing in a name, title or body can add a recipient or a header: all but letters,
digits and `-._~` is percent-encoded, and the address is checked first.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from pipeline.digest.safe_text import lines, mail_address, one_line
from pipeline.records import Draft

# Windows hands on at most 2,083 characters (KB 208427; Electron #9987 measured 2,081), and Gmail as
# the mail program took about 1,620 (superruub.wordpress.com, "Mailto protocol character limit").
# A draft of 150 English words makes some 1,300.
LONGEST = 1600
# Better no message than one that ends in the middle: that is soon sent by mistake.
TOO_LONG = "[The message is too long for a link: paste it here from the page.]"

_LINE_BREAK = "\r\n"  # RFC 6068, section 5
_LINK = re.compile(
    r"mailto:[a-z0-9._~%-]+@[a-z0-9.-]+(?:\?[a-z]+=[a-z0-9._~%-]*(?:&[a-z]+=[a-z0-9._~%-]*)*)?",
    re.IGNORECASE | re.ASCII,
)


def mailto(draft: Draft) -> str:
    """Return the link, with a hint for a body that would be too long, or an empty string."""
    if draft.channel != "email" or not mail_address(draft.to):
        return ""
    name, domain = draft.to.rsplit("@", 1)
    # Mail programs take the address apart at "&" and "?", so its own are encoded too.
    bare = f"mailto:{_encode(name)}@{domain}"
    short = f"{bare}?subject={_encode(one_line(draft.subject))}"
    full = f"{short}&body={_encode(_LINE_BREAK.join(lines(draft.body)))}"
    hinted = f"{short}&body={_encode(TOO_LONG)}"
    return next((link for link in (full, hinted, short) if len(link) <= LONGEST), bare)


def checked(link: str) -> str:
    """Return a link as `mailto` makes them, or an empty string for anything else."""
    return link if len(link) <= LONGEST and _LINK.fullmatch(link) else ""


def _encode(text: str) -> str:
    return quote(text, safe="")
