"""A draft as a file that a mail program opens for editing.

`X-Unsent: 1` makes Outlook open it as a new message instead of a received one. Python's own
email policy refuses line breaks in headers, so nothing in a name or title can add one.
"""

from __future__ import annotations

import re
from email.message import EmailMessage
from email.policy import SMTP

from pipeline.records import Draft

# What a mail program can send to; anything else is left for the candidate to fill in.
_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.I | re.A)


def eml(draft: Draft) -> str:
    """Return the draft as the text of an .eml file, with CRLF line ends."""
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    if _ADDRESS.fullmatch(draft.to):
        message["To"] = draft.to
    message["Subject"] = _one_line(draft.subject)
    message.set_content(draft.body, cte="quoted-printable")
    return message.as_bytes().decode("ascii", "replace")


def _one_line(text: str) -> str:
    return " ".join(text.split())
