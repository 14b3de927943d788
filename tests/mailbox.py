"""A real mail server on loopback, for the tests of delivery: takes letters, or refuses them."""

from __future__ import annotations

import email
import email.policy
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from typing import Any, cast

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "me@example.com", "correct horse 4711"
HOST = "127.0.0.1"


class Mailbox:
    """What arrived, and how the next message is answered."""

    def __init__(self) -> None:
        self.port = 0
        self.envelopes: list[Envelope] = []
        self.encrypted: list[bool] = []
        self.logged_in: list[bool] = []
        self.greetings: list[str] = []
        self.to_recipient = "250 OK"
        self.to_message = "250 OK"

    @property
    def letters(self) -> list[EmailMessage]:
        """What arrived, as a mail program reads it."""
        return [
            cast(EmailMessage, email.message_from_bytes(item.content, policy=email.policy.default))
            for item in self.envelopes
            if isinstance(item.content, bytes)
        ]

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.to_recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.to_recipient

    async def handle_DATA(  # noqa: N802 - likewise
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if self.to_message.startswith("250"):
            self.envelopes.append(envelope)
            transport = server.transport
            self.encrypted.append(bool(transport and transport.get_extra_info("sslcontext")))
            self.logged_in.append(bool(session.authenticated))
            self.greetings.append(str(session.host_name))
        return self.to_message


def _checking(to_login: str) -> Any:
    def checked(
        server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        right = LoginPassword(USER.encode(), PASSWORD.encode())
        is_good = not to_login and data == right
        return AuthResult(success=is_good, handled=False, message=to_login or None)

    return checked


@contextmanager
def mail_server(
    authority: trustme.CA | None, *, tls: bool = False, at_most: int = 0, to_login: str = ""
) -> Iterator[Mailbox]:
    """Serve a mailbox: without encryption and login, or with STARTTLS or TLS and a login."""
    mailbox = Mailbox()
    context = None
    if authority is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(HOST).configure_cert(context)
    options: dict[str, Any] = {"authenticator": _checking(to_login)}
    if at_most:
        options["data_size_limit"] = at_most
    if context and not tls:
        options |= {"tls_context": context, "require_starttls": True, "auth_required": True}
    if context and tls:
        options |= {"ssl_context": context, "auth_require_tls": False}  # all of it is within TLS
    mailbox.port = free_port()
    controller = Controller(mailbox, HOST, mailbox.port, **options)
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()


def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.create_server((HOST, 0)) as listener:
        return int(listener.getsockname()[1])


@contextmanager
def slow_server(first: bytes = b"") -> Iterator[int]:
    """Serve a port that takes calls, says this, and then a byte a while without end."""
    listener = socket.create_server((HOST, 0))
    is_over = threading.Event()

    def drip() -> None:
        caller, _ = listener.accept()
        with caller:
            caller.sendall(first)
            while not is_over.wait(0.05):
                try:
                    caller.sendall(b"2")
                except OSError:
                    return

    thread = threading.Thread(target=drip, daemon=True)
    thread.start()
    try:
        yield int(listener.getsockname()[1])
    finally:
        is_over.set()
        thread.join()
        listener.close()
