"""The digest goes out to its reader: to their mailbox, or as a short note; off by default.

Joins settings and store with `digest/delivery_due.py` (when) and `digest/mail_body.py` (what). A
digest goes only to the address in `settings › delivery › mail`, through `mail_server.py`, and to
those in TOUCHPOINTS_NOTIFY, through Apprise: no message to anybody else is ever sent.

Secrets are in no file, log or error of the program. What fails is a value, reported once with what
to do, and tried again by the next run.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.digest.delivery_due import arrived, failed, identity, is_due
from pipeline.records import (
    ChannelState,
    DeliverySettings,
    Digest,
    DigestItem,
    MailSettings,
    Problem,
)
from pipeline.records.record import dataclass
from pipeline.steps.credentials import HOW_TO_SET, secret
from pipeline.steps.deadline import within
from pipeline.steps.handover import identity_of
from pipeline.steps.job import Job
from pipeline.steps.mail_server import DeliveryFailed, MailServer
from pipeline.steps.opening import read_workspace
from pipeline.store import database, memory
from pipeline.store.database import opened
from pipeline.store.lock import locked
from pipeline.text.named_secrets import NOTIFY_ADDRESSES, SMTP_PASSWORD

if TYPE_CHECKING:
    from apprise import AppriseAsset


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one channel. `failed` is empty where the digest arrived."""

    channel: str
    where: str  # "me@example.com by smtp.example.com", "address 1 in TOUCHPOINTS_NOTIFY"
    failed: Problem | None = None
    on_page: bool = False  # today's page reports the failure


def deliver(job: Job, digest: Digest) -> tuple[Outcome, ...]:
    """Send the digest by every channel on which it is due, and remember what came of it."""
    db, settings = job.db, job.workspace.config.settings.delivery
    known = recalled(db)
    due = [
        channel
        for channel in _channels(settings)
        if is_due(_state(known, channel), digest, quiet_days=settings.quiet_days)
    ]
    if not due:
        return ()
    own = identity(identity_of(db, job.workspace, job.now), digest)
    parcel = _Parcel(digest, own, job.now, settings.timeout_seconds)
    outcomes = []
    for channel in due:
        known[channel.name], outcome = _tried(channel, _state(known, channel), parcel)
        # Each at once: a crash on the next channel does not send this one again.
        _remember(db, known.values())
        outcomes.append(outcome)
    job.log.add_all("digest sent", _log_rows(outcomes))
    return tuple(outcomes)


def deliver_now(root: Path, digest: Digest, now: datetime) -> tuple[Outcome, ...]:
    """Send a digest by every channel, due or not: how the settings are tried out.

    The message has an identity of its own, so that no mailbox hides it as a copy. Raises
    RunInProgress while a run is at work.
    """
    workspace = read_workspace(root)
    settings = workspace.config.settings.delivery
    with locked(root), opened(root) as db:
        own = identity(identity_of(db, workspace, now) + now.isoformat(), digest)
        parcel, known = _Parcel(digest, own, now, settings.timeout_seconds), recalled(db)
        outcomes = []
        for channel in _channels(settings):
            before = _state(known, channel)
            after, outcome = _tried(channel, before, parcel)
            if outcome.failed is None and (before.day is None or digest.day >= before.day):
                known[channel.name] = after
            outcomes.append(outcome)
        _remember(db, known.values())
    return tuple(outcomes)


def troubles(outcomes: Iterable[Outcome]) -> tuple[DigestItem, ...]:
    """Return the failures that today's page reports."""
    return tuple(
        DigestItem(text=item.failed.what, title=item.failed.where, advice=item.failed.todo)
        for item in outcomes
        if item.failed and item.on_page
    )


def _log_rows(outcomes: Iterable[Outcome]) -> Iterator[dict[str, Any]]:
    """Yield for each attempt what the log says of it."""
    for item in outcomes:
        yield {"channel": item.channel, "outcome": "failed" if item.failed else "sent"}


# -------------------------------------------------------------------------------------- channels


@dataclass(frozen=True, slots=True)
class _Parcel:
    """What is sent: a digest, and what makes two messages with it the same one."""

    digest: Digest
    identity: str
    now: datetime
    timeout_seconds: float


@dataclass(frozen=True, slots=True)
class _Channel:
    """Where a digest goes, in words without secrets, and the function that sends it there."""

    name: str
    where: str
    place: str  # for the page
    send: Callable[[_Parcel], None]


def _channels(settings: DeliverySettings) -> Iterator[_Channel]:
    """Yield the channels that the user has set up."""
    mail = settings.mail
    if mail.to:
        yield _Channel(
            "mail",
            f"{mail.to} by {mail.host}",
            mail.host,
            lambda parcel: _send_mail(mail, parcel),
        )
    if settings.notify:
        for number, address in enumerate(secret(NOTIFY_ADDRESSES).split() or [""], 1):
            yield _Channel(
                f"notify {number}",
                f"address {number} in {NOTIFY_ADDRESSES}",
                f"{NOTIFY_ADDRESSES}, address {number}" if address else NOTIFY_ADDRESSES,
                lambda parcel, address=address: _send_note(address, parcel),  # type: ignore[misc]
            )


def _tried(
    channel: _Channel, before: ChannelState, parcel: _Parcel
) -> tuple[ChannelState, Outcome]:
    """Send by one channel; return what to remember of it, and what came of it.

    What takes too long may still succeed after all; then the next run sends a message that the
    mailbox knows.
    """
    try:
        try:
            within(parcel.timeout_seconds, lambda: channel.send(parcel))
        except TimeoutError:
            raise _too_slow() from None
    except DeliveryFailed as error:
        today = parcel.digest.day
        after = failed(before, error.kind, today, parcel.now)
        since = after.failing_since
        problem = Problem("delivery", channel.place, error.what, error.todo, since=since)
        return after, Outcome(channel.name, channel.where, problem, after.reported == today)
    return arrived(before, parcel.digest), Outcome(channel.name, channel.where)


def _too_slow() -> DeliveryFailed:
    return DeliveryFailed(
        "slow",
        "The digest was not delivered: the server did not answer in time.",
        "The next run tries again. If this goes on, check `host`, `port` and `security`, or allow "
        "more time with `timeout_seconds`.",
    )


def _send_mail(mail: MailSettings, parcel: _Parcel) -> None:
    """Hand the digest to the user's mail server; raise DeliveryFailed."""
    from pipeline.digest.mail_body import Envelope, message
    from pipeline.steps import mail_server

    password = secret(SMTP_PASSWORD) if mail.user else ""
    if mail.user and not password:
        raise DeliveryFailed(
            "no password",
            f"The digest was not mailed: there is no password for {mail.user} in {SMTP_PASSWORD}.",
            HOW_TO_SET,
        )
    server = MailServer(mail, password, parcel.timeout_seconds)
    envelope = Envelope(mail.to, server.sender, parcel.identity, parcel.now)
    mail_server.send(server, lambda at_most: message(parcel.digest, envelope, at_most))


def _send_note(address: str, parcel: _Parcel) -> None:
    """Send headline and to-do lines through Apprise; raise DeliveryFailed."""
    from pipeline.digest.mail_body import short_note

    if not address:
        what = f"No note was sent: there is no address in {NOTIFY_ADDRESSES}."
        raise DeliveryFailed("no address", what, HOW_TO_SET)
    try:
        import apprise
    except ImportError:
        raise DeliveryFailed(
            "apprise",
            "No note was sent: Apprise is not installed.",
            "Install it: pip install 'touchpoints[notify]'.",
        ) from None
    title, body = short_note(parcel.digest)
    with _silent("apprise"):
        sender = apprise.Apprise(asset=_plain_asset())
        try:
            is_known = sender.add(address)
            has_arrived = is_known and sender.notify(body, title, body_format="text")
        except Exception:  # a service's own mistake; what it says may hold the address
            is_known, has_arrived = True, False
    if not is_known:
        raise DeliveryFailed(
            "address",
            "No note was sent: Apprise does not understand this address.",
            "Apprise's documentation shows the form for each service; put a space between "
            "addresses.",
        )
    if not has_arrived:
        raise DeliveryFailed(
            "note",
            "No note was sent: the service did not accept it.",
            "The next run tries again. If this goes on, check that the address is still valid.",
        )


def _plain_asset() -> AppriseAsset:
    """Return Apprise's options: our name, no picture from elsewhere, nothing kept on the disk."""
    import apprise

    return apprise.AppriseAsset(
        app_id="Touchpoints",
        app_desc="Touchpoints",
        app_url="",
        image_url_mask="",
        image_url_logo="",
        async_mode=False,
        storage_mode=apprise.PersistentStoreMode.MEMORY,
    )


@contextmanager
def _silent(name: str) -> Iterator[None]:
    """Let a library log nothing meanwhile: it may name the address."""
    import logging

    logger = logging.getLogger(name)
    before = logger.disabled
    logger.disabled = True
    try:
        yield
    finally:
        logger.disabled = before


# ------------------------------------------------------------------------------ what is remembered


def recalled(db: sqlite3.Connection) -> dict[str, ChannelState]:
    """Return what is remembered of each channel."""
    return {channel.name: channel for channel in memory.get(db, memory.CHANNELS) or ()}


def _state(known: Mapping[str, ChannelState], channel: _Channel) -> ChannelState:
    return known.get(channel.name, ChannelState(channel.name))


def _remember(db: sqlite3.Connection, channels: Iterable[ChannelState]) -> None:
    with database.atomic(db):
        memory.put(db, memory.CHANNELS, tuple(channels))
