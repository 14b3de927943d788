"""A draft as a link that opens it in the mail program (RFC 6068).

Takes a draft; gives an address of the `mailto:` scheme, or an empty string when nobody can be
written to. Nothing in a name, title or body can add a recipient or a header: all but letters,
digits and `-._~` is percent-encoded, and the address is checked first.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from pipeline.digest.plain import lines, one_line
from pipeline.records import Draft

LONGEST = 1900  # Windows hands a mail program at most 2,083 characters (KB 208427)
LONGEST_RECIPIENT = 254  # RFC 5321, 4.5.3.1.3, as corrected by erratum 1690

_LINE_BREAK = "\r\n"  # RFC 6068, section 5
_ADDRESS = re.compile(
    r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]",
    re.IGNORECASE | re.ASCII,
)
_LINK = re.compile(
    r"mailto:[a-z0-9._~%-]+@[a-z0-9.-]+(?:\?[a-z]+=[a-z0-9._~%-]*(?:&[a-z]+=[a-z0-9._~%-]*)*)?",
    re.IGNORECASE | re.ASCII,
)


def mailto(draft: Draft) -> str:
    """Return the link, without the body where that would be too long, or an empty string."""
    if len(draft.to) > LONGEST_RECIPIENT or not _ADDRESS.fullmatch(draft.to):
        return ""
    name, domain = draft.to.rsplit("@", 1)
    # Mail programs take the address apart at "&" and "?", so its own are encoded too.
    bare = f"mailto:{_encode(name)}@{domain}"
    short = f"{bare}?subject={_encode(one_line(draft.subject))}"
    full = f"{short}&body={_encode(_LINE_BREAK.join(lines(draft.body)))}"
    return next((link for link in (full, short) if len(link) <= LONGEST), bare)


def checked(link: str) -> str:
    """Return a link as `mailto` makes them, or an empty string for anything else."""
    return link if len(link) <= LONGEST and _LINK.fullmatch(link) else ""


def _encode(text: str) -> str:
    return quote(text, safe="")
