"""The digest goes out to its reader: to their mailbox, or as a short note; off by default.

Joins settings and store with `digest/delivery_due.py` (when) and `digest/mail_body.py` (what).
Here, and in `news/fetch.py`, is all that touches a network. A digest goes only to the address in
`settings › delivery › mail` and to those in TOUCHPOINTS_NOTIFY: no message to anybody else is ever
sent.

Secrets come from the environment, else from the keyring, at the moment when they are used. They
are in no file, log or error of ours: what a server or library says is not repeated unless it is a
server's own sentence, and then without them.

What fails is a value, told once with what to do, and tried again by the next run.
"""

from __future__ import annotations

import base64
import os
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pipeline.digest.delivery_due import arrived, failed, identity, is_due
from pipeline.digest.safe_text import one_line
from pipeline.records import (
    ChannelState,
    DeliverySettings,
    Digest,
    DigestItem,
    MailSettings,
    Problem,
)
from pipeline.steps.handover import identity_of
from pipeline.steps.job import Job
from pipeline.steps.opening import read_workspace
from pipeline.store import database, memory
from pipeline.store.database import opened
from pipeline.store.lock import locked

if TYPE_CHECKING:
    import smtplib

    from apprise import AppriseAsset

T = TypeVar("T")

PASSWORD = "TOUCHPOINTS_SMTP_PASSWORD"  # noqa: S105 - the name of it
ADDRESSES = "TOUCHPOINTS_NOTIFY"
KEYRING = "touchpoints"  # the service's name in the keyring
PORTS = {"starttls": 587, "tls": 465, "none": 25}  # RFC 6409, RFC 8314, RFC 5321
# no border test: a wait, in seconds
GOODBYE_SECONDS = 2.0  # our judgement: nothing depends on the answer
# no border test: a wait, in seconds
KEYRING_SECONDS = (
    10.0  # likewise: a locked one asks for its password, and cron has nobody to answer
)
LONGEST_REPLY = 150  # characters of what a server says: one line of the page

# What smtplib says of a computer without a name. This one's name is nobody's business.
_HELO = "[127.0.0.1]"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one way out. `failed` is empty where the digest arrived."""

    way: str
    where: str  # "me@example.com by smtp.example.com", "the first address in TOUCHPOINTS_NOTIFY"
    failed: Problem | None = None
    to_name: bool = False  # the failure belongs on today's page


def deliver(job: Job, digest: Digest) -> tuple[Outcome, ...]:
    """Send the digest by every channel on which it is due, and remember what came of it."""
    db, workspace, now = job.db, job.workspace, job.now
    settings = workspace.config.settings.delivery
    known = recalled(db)
    due = [
        (way, send)
        for name, send in _ways(settings).items()
        if is_due(
            way := known.get(name, ChannelState(name)), digest, quiet_days=settings.quiet_days
        )
    ]
    if not due:
        return ()
    letter = _Letter(digest, identity(identity_of(db, workspace, now), digest), now)
    outcomes = []
    for way, send in due:
        after, outcome = _tried(way, send, letter, settings)
        # Each at once: a crash on the next way does not send this one again.
        known[way.name] = after
        _remember(db, known.values())
        outcomes.append(outcome)
    job.log.add_all("digest sent", _log_rows(outcomes))
    return tuple(outcomes)


def deliver_now(root: Path, digest: Digest, now: datetime) -> tuple[Outcome, ...]:
    """Send a digest on every way, due or not: how the settings are tried out.

    The letter has an identity of its own, so that no mailbox hides it as one it knows. Raises
    RunInProgress while a run is at work.
    """
    workspace = read_workspace(root)
    settings = workspace.config.settings.delivery
    with locked(root), opened(root) as db:
        own = identity(identity_of(db, workspace, now) + now.isoformat(), digest)
        letter, known = _Letter(digest, own, now), recalled(db)
        outcomes = []
        for name, send in _ways(settings).items():
            way = known.get(name, ChannelState(name))
            after, outcome = _tried(way, send, letter, settings)
            if outcome.failed is None and (way.day is None or digest.day >= way.day):
                known[name] = after
            outcomes.append(outcome)
        _remember(db, known.values())
    return tuple(outcomes)


def troubles(outcomes: Iterable[Outcome]) -> tuple[DigestItem, ...]:
    """Return what the page of today has to name."""
    return tuple(
        DigestItem(text=one.failed.what, title=one.failed.where, advice=one.failed.todo)
        for one in outcomes
        if one.failed and one.to_name
    )


def _log_rows(outcomes: Iterable[Outcome]) -> Iterator[dict[str, Any]]:
    """Yield for each attempt what the log says of it."""
    for one in outcomes:
        yield {"way": one.way, "outcome": "failed" if one.failed else "sent"}


# ------------------------------------------------------------------------------------- the tries


@dataclass(frozen=True, slots=True)
class _Letter:
    digest: Digest
    identity: str
    now: datetime


class _NotDelivered(Exception):
    """Why a digest did not arrive: what kind of failure, a sentence, and what to do."""

    def __init__(self, kind: str, what: str, todo: str) -> None:
        super().__init__(kind)
        self.kind, self.what, self.todo = kind, what, todo


@dataclass(frozen=True, slots=True)
class _Send:
    """One way out: where it leads, in words without secrets, and the function that goes it."""

    where: str
    place: str  # for the page
    work: Callable[[_Letter], None]


def _ways(settings: DeliverySettings) -> dict[str, _Send]:
    """Return the ways that the user has set up, by name."""
    found: dict[str, _Send] = {}
    mail = settings.mail
    if mail.to:
        found["mail"] = _Send(
            f"{mail.to} by {mail.host}",
            mail.host,
            lambda letter: _send_mail(mail, letter, settings.timeout_seconds),
        )
    if settings.notify:
        for number, address in enumerate(_secret(ADDRESSES).split() or [""], 1):
            found[f"notify {number}"] = _Send(
                f"address {number} in {ADDRESSES}",
                f"{ADDRESSES}, address {number}" if address else ADDRESSES,
                lambda letter, address=address: _send_note(address, letter),  # type: ignore[misc]
            )
    return found


def _tried(
    way: ChannelState, send: _Send, letter: _Letter, settings: DeliverySettings
) -> tuple[ChannelState, Outcome]:
    """Go one way; return what to remember of it, and what came of it."""
    try:
        try:
            _within(settings.timeout_seconds, lambda: send.work(letter))
        except TimeoutError:
            raise _too_slow() from None
    except _NotDelivered as error:
        today = letter.digest.day
        after = failed(way, error.kind, today, letter.now)
        problem = Problem("delivery", send.place, error.what, error.todo, since=after.failing_since)
        return after, Outcome(way.name, send.where, problem, to_name=after.reported == today)
    return arrived(way, letter.digest), Outcome(way.name, send.where)


def _within(seconds: float, work: Callable[[], T]) -> T:
    """Return what the work gives; raise TimeoutError after so long: a server may answer by bytes.

    Where it takes longer it is left to itself and ends with the program; if it should succeed
    after all, the next run sends a letter that the mailbox knows.
    """
    from concurrent.futures import Future

    done: Future[T] = Future()

    def run() -> None:
        try:
            done.set_result(work())
        except BaseException as error:  # handed on to the caller
            done.set_exception(error)

    threading.Thread(target=run, name="delivery", daemon=True).start()
    return done.result(seconds)


def _too_slow() -> _NotDelivered:
    return _NotDelivered(
        "slow",
        "The digest was not delivered: the server did not answer in time.",
        "The next run tries again. If it stays so, look at host, port and security, or allow more "
        "with `timeout_seconds`.",
    )


# --------------------------------------------------------------------------------------- by mail


def _send_mail(mail: MailSettings, letter: _Letter, seconds: float) -> None:
    """Hand the letter to the user's server for outgoing mail; raise _NotDelivered."""
    from pipeline.digest.mail_body import message

    sender = mail.sender or mail.to
    password = _secret(PASSWORD) if mail.user else ""
    if mail.user and not password:
        raise _NotDelivered(
            "no password",
            f"The digest was not mailed: there is no password for {mail.user} in {PASSWORD}.",
            "Set it where the program runs, in the crontab too, or keep it in the keyring; "
            "docs/unattended.md explains how.",
        )
    with _explained(mail, password):
        server = _connected(mail, seconds)
        try:
            if mail.user:
                server.login(mail.user, password)
            found = message(
                letter.digest, mail.to, sender, letter.identity, letter.now, _largest(server)
            )
            server.sendmail(sender, [mail.to], found.as_bytes())
        finally:
            _take_leave(server)


def _largest(server: smtplib.SMTP) -> int:
    """Return how large a letter this server takes: it says so in answer to EHLO (RFC 1870)."""
    from pipeline.digest.mail_body import LARGEST_LETTER

    server.ehlo_or_helo_if_needed()
    size = server.esmtp_features.get("size", "").strip()
    told = int(size) if size.isdecimal() and len(size) < 12 else 0
    return min(told or LARGEST_LETTER, LARGEST_LETTER)


def _take_leave(server: smtplib.SMTP) -> None:
    """Say goodbye, for a moment only: whether the letter has arrived is known by now."""
    with suppress(OSError):  # smtplib's own errors are among them
        if server.sock is not None:
            server.sock.settimeout(GOODBYE_SECONDS)
        server.quit()
    server.close()


def _connected(mail: MailSettings, seconds: float) -> smtplib.SMTP:
    import smtplib
    import ssl

    context = ssl.create_default_context()
    port = mail.port or PORTS[mail.security]
    if mail.security == "tls":
        return smtplib.SMTP_SSL(mail.host, port, _HELO, timeout=seconds, context=context)
    server = smtplib.SMTP(mail.host, port, _HELO, timeout=seconds)
    if mail.security == "starttls":
        try:
            server.starttls(context=context)
        except BaseException:
            server.close()
            raise
    return server


@contextmanager
def _explained(mail: MailSettings, password: str) -> Iterator[None]:
    """Turn what goes wrong with a mail server into sentences."""
    import smtplib
    import socket
    import ssl

    port = mail.port or PORTS[mail.security]
    server = f"{mail.host}, port {port},"
    try:
        yield
    except UnicodeError:
        # smtplib sends ASCII only. "from None", as the error holds what it could not encode.
        raise _not_mailed(
            "letters",
            "the password, or the user's name, has letters beyond ASCII.",
            "Choose a password without them.",
        ) from None
    except ssl.SSLCertVerificationError as error:
        raise _not_mailed(
            "certificate",
            f"the certificate of {mail.host} is not valid: {one_line(error.verify_message)}.",
            "Look whether `host` is the name that your provider gives. Nothing was sent to it.",
        ) from None
    except ssl.SSLError:
        raise _not_mailed(
            "tls",
            f"{server} does not speak TLS as it should.",
            "Look at `security` and `port`: starttls belongs to 587, tls to 465.",
        ) from None
    except TimeoutError:
        raise
    except socket.gaierror:
        raise _not_mailed(
            "name", f"nobody knows the server {mail.host}.", "Look at `host`, and at your network."
        ) from None
    except smtplib.SMTPAuthenticationError as error:
        if error.smtp_code < 500:  # RFC 4954: 454, for the moment
            raise _not_mailed(
                "login for now",
                f"{mail.host} takes no login at present ({error.smtp_code}).",
                "The next run tries again.",
            ) from None
        raise _not_mailed(
            "login",
            f"{mail.host} does not accept {mail.user} with this password ({error.smtp_code}).",
            "Many providers want a password for this program alone (an app password), which you "
            f"make on their website; then set {PASSWORD} anew.",
        ) from None
    except smtplib.SMTPNotSupportedError:
        raise _not_mailed(
            "not offered",
            f"{server} offers no encryption or no login as it is set.",
            "Look at `security`, `port` and `user`. Without encryption nothing is sent.",
        ) from None
    except smtplib.SMTPRecipientsRefused as error:
        code, text = error.recipients[mail.to]
        raise _refused(mail, "recipient", f"the address {mail.to}", code, text, password) from None
    except smtplib.SMTPSenderRefused as error:
        is_size = error.smtp_code == 552  # RFC 1870: told already in answer to MAIL
        what = "the letter" if is_size else f"the sender {mail.sender or mail.to}"
        kind = "letter" if is_size else "sender"
        raise _refused(mail, kind, what, error.smtp_code, error.smtp_error, password) from None
    except smtplib.SMTPResponseException as error:
        what = "the letter"
        raise _refused(mail, "letter", what, error.smtp_code, error.smtp_error, password) from None
    except OSError as error:  # smtplib's own are among them
        reason = one_line(error.strerror or "it hung up")
        raise _not_mailed(
            "connection",
            f"{server} cannot be reached: {reason}.",
            "The next run tries again. If it stays so, look at `host`, `port` and `security`.",
        ) from None


def _not_mailed(kind: str, why: str, todo: str) -> _NotDelivered:
    return _NotDelivered(kind, f"The digest was not mailed: {why}", todo)


def _refused(
    mail: MailSettings, kind: str, what: str, code: int, text: bytes | str, password: str
) -> _NotDelivered:
    reply = text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)
    said = one_line(_without(reply, password), LONGEST_REPLY)
    todo = {
        "recipient": "Look at `to`. Some servers take mail only after a login: set `user`.",
        "sender": "Set `sender` to the address of your account there.",
    }.get(kind, "The next run tries again.")
    return _not_mailed(kind, f"{mail.host} refuses {what} ({code} {said}).", todo)


def _without(reply: str, secret: str) -> str:
    """Return what a server said, without a secret that it may repeat, encoded or not."""
    if not secret:
        return reply
    encoded = base64.b64encode(secret.encode()).decode().rstrip("=")
    for told in (secret, encoded):
        reply = reply.replace(told, "…")
    return reply


# -------------------------------------------------------------------------------------- by a note


def _send_note(address: str, letter: _Letter) -> None:
    """Send headline and to-do lines through Apprise; raise _NotDelivered."""
    from pipeline.digest.mail_body import short_note

    if not address:
        raise _NotDelivered(
            "no address",
            f"No note was sent: there is no address in {ADDRESSES}.",
            "Set it where the program runs, in the crontab too, or keep it in the keyring; "
            "docs/unattended.md explains how.",
        )
    try:
        import apprise
    except ImportError:
        raise _NotDelivered(
            "apprise",
            "No note was sent: Apprise is not installed.",
            "Install it: pip install 'touchpoints[notify]'.",
        ) from None
    title, body = short_note(letter.digest)
    with _silent("apprise"):
        sender = apprise.Apprise(asset=_plain_asset())
        try:
            is_known = sender.add(address)
            has_arrived = is_known and sender.notify(body, title, body_format="text")
        except Exception:  # a service's own mistake; what it says may hold the address
            is_known, has_arrived = True, False
    if not is_known:
        raise _NotDelivered(
            "address",
            "No note was sent: Apprise does not understand this address.",
            "Its documentation has the form for each service; spaces stand between addresses.",
        )
    if not has_arrived:
        raise _NotDelivered(
            "note",
            "No note was sent: the service did not take it.",
            "The next run tries again. If it stays so, look whether the address still holds.",
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


# ---------------------------------------------------------------------------------------- secrets


def _secret(name: str) -> str:
    """Return a secret from the environment, else from the keyring, else an empty string."""
    return os.environ.get(name, "").strip() or _from_keyring(name)


def _from_keyring(name: str) -> str:
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return ""
    try:
        found = _within(KEYRING_SECONDS, lambda: keyring.get_password(KEYRING, name))
    except (KeyringError, TimeoutError):  # none on this computer, or locked: as if it were empty
        return ""
    return (found or "").strip()


# ------------------------------------------------------------------------------- what is remembered


def recalled(db: sqlite3.Connection) -> dict[str, ChannelState]:
    """Return what is remembered of each channel."""
    return {channel.name: channel for channel in memory.get(db, memory.CHANNELS) or ()}


def _remember(db: sqlite3.Connection, channels: Iterable[ChannelState]) -> None:
    with database.atomic(db):
        memory.put(db, memory.CHANNELS, tuple(channels))
