"""`settings › delivery › mail`, looked over: an address, a server, and whose mailbox it is.

Takes the settings, and the interviews for the last; gives what is wrong as (key, what, what to
do). Repeats no value: people write passwords where they do not belong. Asks no server.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.records import Interview, MailSettings

Mistake = tuple[str, str, str]

# RFC 5321, 4.1.2, less what no provider gives: quotes, comments, letters beyond ASCII.
_ADDRESS = re.compile(r"[\w!#$%&'*+/=?^`{|}~.-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", re.ASCII)
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|[0-9a-fA-F:]+:[0-9a-fA-F:]*")
_HERE = ("localhost", "::1")


def is_here(host: str) -> bool:
    """Return whether a server is on this computer, so that nothing passes over a network."""
    return host in _HERE or bool(re.fullmatch(r"127(?:\.\d{1,3}){3}", host))


def mistakes(mail: MailSettings) -> Iterator[Mistake]:
    """Yield what is wrong with the settings themselves."""
    if mail == MailSettings():
        return
    if not mail.to:
        yield "to", "Your address is missing.", "Add it: to: me@example.com."
    for key, address in (("to", mail.to), ("sender", mail.sender)):
        if address and not _ADDRESS.fullmatch(address):
            yield key, "This is not one mail address.", "Write it as me@example.com."
    if not mail.host:
        todo = "Write your provider's server for outgoing mail: host: smtp.example.com."
        yield "host", "The server for outgoing mail is missing.", todo
    elif not _HOST.fullmatch(mail.host):
        todo = "Write only its name, smtp.example.com; port and user have their own keys."
        yield "host", "This is not the name of a server.", todo
    if mail.security == "none" and not is_here(mail.host):
        todo = "Write starttls or tls; otherwise others on the network could read your notes."
        yield "security", "Only a server on this computer may go without encryption.", todo


def to_an_interviewer(mail: MailSettings, interviews: Iterable[Interview]) -> Mistake | None:
    """Return a mistake where the digest would go to somebody whom it is about."""
    people = (person for interview in interviews for person in interview.people)
    for person in people:
        if mail.to and person.email.casefold() == mail.to.casefold():
            what = f"This is the address of {person.name}, whom you met: the digest is about them."
            return "to", what, "Write your own address here."
    return None
