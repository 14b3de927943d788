"""A `mailto:` link that opens a draft in the mail program (RFC 6068)."""

from __future__ import annotations

import re
from urllib.parse import quote

from pipeline.records import Draft

LONGEST = 1_900  # characters: Outlook and some browsers cut at about 2,000

_ADDRESS = re.compile(
    r"[\w.!#$*+/=^`{|}~'-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.IGNORECASE | re.ASCII
)


def mailto(draft: Draft) -> str:
    """Return the link, or "" without a plausible address; a long body is left out."""
    if not _ADDRESS.fullmatch(draft.to):
        return ""
    start = (
        f"mailto:{quote(draft.to, safe='@.')}?subject={_encoded(' '.join(draft.subject.split()))}"
    )
    whole = f"{start}&body={_encoded(draft.body.strip())}"
    return whole if len(whole) <= LONGEST else start


def _encoded(text: str) -> str:
    lines = text.encode("utf-8", "replace").decode().replace("\r\n", "\n").split("\n")
    return "%0D%0A".join(quote(line, safe="") for line in lines)
