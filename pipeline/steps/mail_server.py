"""A message handed to the user's own mail server (SMTP), and its errors in sentences.

Takes the settings of a server, the password, and what makes the message for the size that the
server takes; sends it, or raises `DeliveryFailed`. What a library says is never repeated, only a
server's own sentence, and that without the password.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from pipeline.digest.safe_text import one_line
from pipeline.records import MailSettings
from pipeline.records.record import dataclass

if TYPE_CHECKING:
    import smtplib
    from email.message import EmailMessage

PORTS = {"starttls": 587, "tls": 465, "none": 25}  # RFC 6409, RFC 8314, RFC 5321
# no border test: far beyond real values
LARGEST_MESSAGE = 10_240_000  # bytes: what Postfix takes by default (message_size_limit)
# no border test: a wait, in seconds
GOODBYE_SECONDS = 2.0  # our judgement: nothing depends on the answer
# no border test: a measure of drawing
LONGEST_REPLY = 150  # characters of what a server says: one line of the page

# What smtplib says of a computer without a name. This one's name is nobody's business.
_HELO = "[127.0.0.1]"


class DeliveryFailed(Exception):
    """Why something did not arrive: what kind of failure, a sentence, and what to do."""

    def __init__(self, kind: str, what: str, todo: str) -> None:
        super().__init__(kind)
        self.kind, self.what, self.todo = kind, what, todo


@dataclass(frozen=True, slots=True)
class MailServer:
    """A server as it is set up, with the user's password there."""

    settings: MailSettings
    password: str
    timeout_seconds: float

    @property
    def sender(self) -> str:
        """The address from which mail is sent."""
        return self.settings.sender or self.settings.to

    @property
    def port(self) -> int:
        """The port, as set or as usual for this encryption."""
        return self.settings.port or PORTS[self.settings.security]


def send(server: MailServer, message: Callable[[int], EmailMessage]) -> None:
    """Send what `message` makes for a size in bytes; raise DeliveryFailed or TimeoutError."""
    settings = server.settings
    try:
        connection = _connect(server)
        try:
            if settings.user:
                connection.login(settings.user, server.password)
            content = message(_largest(connection)).as_bytes()
            connection.sendmail(server.sender, [settings.to], content)
        finally:
            _quit(connection)
    except TimeoutError:
        raise
    except (OSError, UnicodeError) as error:  # smtplib's own errors are among them
        # "from None": the error may hold the password that it could not encode.
        raise _explained(error, server) from None


def _connect(server: MailServer) -> smtplib.SMTP:
    import smtplib
    import ssl

    host, seconds = server.settings.host, server.timeout_seconds
    context = ssl.create_default_context()
    if server.settings.security == "tls":
        return smtplib.SMTP_SSL(host, server.port, _HELO, timeout=seconds, context=context)
    connection = smtplib.SMTP(host, server.port, _HELO, timeout=seconds)
    if server.settings.security == "starttls":
        try:
            connection.starttls(context=context)
        except BaseException:
            connection.close()
            raise
    return connection


def _largest(connection: smtplib.SMTP) -> int:
    """Return how large a message this server takes: it says so in answer to EHLO (RFC 1870)."""
    connection.ehlo_or_helo_if_needed()
    size = connection.esmtp_features.get("size", "").strip()
    named = int(size) if size.isdecimal() and len(size) < 12 else 0
    return min(named or LARGEST_MESSAGE, LARGEST_MESSAGE)


def _quit(connection: smtplib.SMTP) -> None:
    """Say goodbye, and wait only briefly: whether the message arrived is known by now."""
    with suppress(OSError):
        if connection.sock is not None:
            connection.sock.settimeout(GOODBYE_SECONDS)
        connection.quit()
    connection.close()


def _explained(error: Exception, server: MailServer) -> DeliveryFailed:
    """Return what went wrong, in sentences."""
    import smtplib
    import socket
    import ssl

    settings, place = server.settings, f"{server.settings.host}, port {server.port},"
    match error:
        case UnicodeError():  # smtplib sends ASCII only
            kind = "characters"
            why = "the user name or the password has characters other than ASCII."
            todo = "Choose a password without them."
        case ssl.SSLCertVerificationError():
            kind = "certificate"
            why = (
                f"the certificate of {settings.host} is not valid: "
                f"{one_line(error.verify_message)}."
            )
            todo = "Check that `host` is the name your provider gives. Nothing was sent to it."
        case ssl.SSLError():
            kind = "tls"
            why = f"{place} does not speak TLS as expected."
            todo = "Check `security` and `port`: starttls goes with 587, tls with 465."
        case socket.gaierror():
            kind = "name"
            why = f"there is no server named {settings.host}."
            todo = "Check `host`, and your network connection."
        case smtplib.SMTPAuthenticationError() if error.smtp_code < 500:  # RFC 4954: 454
            kind = "login for now"
            why = f"{settings.host} cannot check logins at the moment ({error.smtp_code})."
            todo = "The next run tries again."
        case smtplib.SMTPAuthenticationError():
            kind = "login"
            why = (
                f"{settings.host} does not accept this password for {settings.user} "
                f"({error.smtp_code})."
            )
            todo = (
                "Many providers want a password for this program alone (an app password), which "
                "you create on their website; then set it in TOUCHPOINTS_SMTP_PASSWORD."
            )
        case smtplib.SMTPNotSupportedError():
            kind = "not offered"
            why = f"{place} does not offer the encryption or the login that is set up."
            todo = "Check `security`, `port` and `user`. Nothing is sent without encryption."
        case smtplib.SMTPRecipientsRefused():
            kind = "recipient"
            why = (
                f"{settings.host} refuses the address {settings.to} "
                f"({_reply(*error.recipients[settings.to], server.password)})."
            )
            todo = "Check `to`. Some servers accept mail only after a login: set `user`."
        # RFC 1870: 552 says in answer to MAIL that the message is too large
        case smtplib.SMTPSenderRefused() if error.smtp_code != 552:
            kind = "sender"
            why = (
                f"{settings.host} refuses the sender {server.sender} "
                f"({_reply(error.smtp_code, error.smtp_error, server.password)})."
            )
            todo = "Set `sender` to the address of your account there."
        case smtplib.SMTPResponseException():
            kind = "message"
            why = (
                f"{settings.host} refuses the message "
                f"({_reply(error.smtp_code, error.smtp_error, server.password)})."
            )
            todo = "The next run tries again."
        case _:
            reason = one_line(getattr(error, "strerror", None) or "the connection was closed")
            kind = "connection"
            why = f"{place} cannot be reached: {reason}."
            todo = "The next run tries again. If this goes on, check `host`, `port` and `security`."
    return DeliveryFailed(kind, f"The digest was not mailed: {why}", todo)


def _reply(code: int, text: bytes | str, password: str) -> str:
    """Return what a server said, on one line, without a password that it may repeat."""
    plain = text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)
    return f"{code} {one_line(without_secret(plain, password), LONGEST_REPLY)}"


def without_secret(reply: str, secret: str) -> str:
    """Return a text without a secret in it, encoded or not."""
    if not secret:
        return reply
    encoded = base64.b64encode(secret.encode()).decode().rstrip("=")
    return reply.replace(secret, "…").replace(encoded, "…")
