"""When a day's digest goes out to its reader: once, and again only for something new to do.

Takes a `Digest` and what is remembered of one channel out (a mailbox, an address for notes); gives
whether it is due, and what is to be remembered afterwards. Sends and keeps nothing.

What there is to do are the suggestions and the questions on the page. The day's first digest with
one of them is due, a later one only with one that was not sent on this day. Another wording of
the same suggestion, bad news, news to read or a feed in trouble are no reason to write again.

It is remembered after it has arrived. A crash between the two means that it goes out once more,
never that it is lost; as its identity is made of what it tells, that one has the same Message-ID
and a mailbox shows it once, while one with something new to do never has an old one.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, datetime

from pipeline.records import ChannelState, Digest


def to_do(digest: Digest) -> tuple[str, ...]:
    """Return what there is to do, a key each."""
    return (*(str(entry.id) for entry in digest.entries), *digest.questions)


def is_due(channel: ChannelState, digest: Digest, *, quiet_days: bool) -> bool:
    """Return whether this digest is to go out now; with `quiet_days` also with nothing to do."""
    if channel.day != digest.day:
        return quiet_days or bool(to_do(digest))
    return not set(to_do(digest)) <= set(channel.delivered)


def arrived(channel: ChannelState, digest: Digest) -> ChannelState:
    """Return what to remember of a digest that arrived; all failures are over."""
    before = channel.delivered if channel.day == digest.day else ()
    return ChannelState(channel.name, digest.day, tuple(dict.fromkeys((*before, *to_do(digest)))))


def failed(channel: ChannelState, error: str, today: date, now: datetime) -> ChannelState:
    """Return what to remember of a try that failed.

    The page of the day on which it began reports it, in each of its versions, and no later one: a
    failure is reported once, and again when it changes.
    """
    if error == channel.error:
        return channel
    return replace(channel, error=error, failing_since=channel.failing_since or now, reported=today)


def identity(workspace: str, digest: Digest) -> str:
    """Return what two messages that say the same have in common, and no others."""
    entries = [(entry.id, entry.title, entry.draft.name) for entry in digest.entries]
    told = (workspace, digest.day.isoformat(), entries, digest.questions)
    return hashlib.sha256(repr(told).encode("utf-8", "backslashreplace")).hexdigest()[:24]
