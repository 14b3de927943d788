"""A draft as a file that a mail program opens for editing.

Takes a draft and the recipient's name; gives the text of an .eml file. `X-Unsent: 1` makes Outlook
and Thunderbird open it as a new message instead of a received one. There is no date, sender or
message id: the mail program adds its own. Nothing in a name, title or address can add a header or
a recipient.
"""

from __future__ import annotations

import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from pipeline.digest.safe_text import lines, mail_address, one_line
from pipeline.records import Draft

LONGEST_NAME = 100  # no border test: far beyond real values

# What means something in an address list (RFC 5322, section 3.2.3, less the full stop). Python
# quotes it, but versions before 3.13 lose the quotes where a long list is folded (CVE-2025-1795).
_MEANS_SOMETHING = re.compile(r'[()<>\[\]:;@\\,"]')


def eml(draft: Draft, person: str = "") -> str:
    """Return the draft as the text of an .eml file, with CRLF line ends.

    Each paragraph is one line, whatever its length, so that the mail program wraps it. Outlook does
    not know format=flowed, which would say the same, and would show its breaks.
    """
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    to = mail_address(draft.to)
    if to:
        message["To"] = Address(_display_name(person), addr_spec=to)
    message["Subject"] = _literal(one_line(draft.subject))
    message.set_content("\n".join(lines(draft.body)), cte="quoted-printable")
    return message.as_bytes().decode("ascii", "replace")


def _display_name(person: str) -> str:
    return _literal(one_line(_MEANS_SOMETHING.sub(" ", person), LONGEST_NAME))


def _literal(text: str) -> str:
    """Return the text with nothing that Python would decode: "=??Q?=0D" becomes a line break."""
    return text.replace("=?", "= ?")
