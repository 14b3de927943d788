"""`serve`: the day's page on this computer's loopback address, until Ctrl-C.

Listens, says where, and ends. What is served, and to whom, is decided in `web.py`.
"""

from __future__ import annotations

import logging
import socket
from contextlib import closing
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import click

from pipeline.cli import terminal
from pipeline.cli.context import Shared, say, shared_options, tell
from pipeline.cli.main import report_bug
from pipeline.digest.html_forms import message_page
from pipeline.errors import CannotServe
from pipeline.steps.opening import read_workspace
from pipeline.store.files import write_whole
from pipeline.web import MOST_BYTES, AccessControl, App

# no border test: a wait, in seconds
QUIET_SECONDS = 30  # after which a connection that says nothing is closed
MOST_CONNECTIONS = 50  # no border test: far beyond real values
# no border test: what the server counts beside visitors, and some room
RESERVED = 10  # connections that are not given to idle visitors


@click.command()
@click.option("--open", "in_browser", is_flag=True, help="Open the page in the browser.")
@click.option(
    "--port",
    default=0,
    type=click.IntRange(0, 65535),
    metavar="NUMBER",
    help="The port to use. Default: a free one.",
)
@click.option(
    "--host",
    default="127.0.0.1",
    metavar="ADDRESS",
    help="The address to listen on. Default: only this computer can reach it.",
)
@shared_options
@click.pass_obj
def serve(shared: Shared, in_browser: bool, port: int, host: str) -> None:
    """Show today's page in the browser, with working buttons, until you press Ctrl-C.

    The address contains a new secret each time: anyone who has it can read the page and press its
    buttons. Nothing is sent.
    """
    from waitress.server import create_server

    read_workspace(shared.root)  # its mistakes are shown here, not in the browser
    logging.getLogger("waitress").setLevel(logging.CRITICAL)  # it would name what was asked
    with closing(_listening(host, port)) as listening:
        access = AccessControl(
            host, listening.getsockname()[1], (socket.gethostname(), socket.getfqdn())
        )
        app = App(shared.root, access, shared.clock, lambda error: report_bug(error, shared))
        server = create_server(
            app,
            sockets=[listening],
            threads=4,
            ident=None,
            connection_limit=MOST_CONNECTIONS,
            channel_timeout=QUIET_SECONDS,
            cleanup_interval=5,
            max_request_body_size=MOST_BYTES,
            max_request_header_size=32 * 1024,
        )
        server.channel_class = _with_room()
        address = f"{access.address}?token={access.token}"
        if not ip_address(listening.getsockname()[0].partition("%")[0]).is_loopback:
            tell(
                "Warning: this page is open to the network and not encrypted. Others there can "
                "read it, and with the secret answer for you."
            )
        tell("Press Ctrl-C to stop. The page is at")
        say(address)
        bridge = _open(shared.root, address) if in_browser else None
        try:
            with terminal.stoppable():
                server.run()  # until Ctrl-C, which it takes for its end
        finally:
            if bridge:
                bridge.unlink(missing_ok=True)
            server.close()
    tell("Stopped. Everything you recorded is saved.")


def _with_room() -> type[Any]:
    """Return a connection that ends the oldest idle one where most places are taken.

    Else a visitor who says a letter now and then would keep all places for as long as he likes.
    """
    from waitress.channel import HTTPChannel

    class Connection(HTTPChannel):  # type: ignore[misc]
        def __init__(self, server: Any, *rest: Any, **named: Any) -> None:
            others = list(server.active_channels.values())
            idle = [one for one in others if not one.requests]
            if len(others) >= MOST_CONNECTIONS - RESERVED and idle:
                min(idle, key=lambda one: one.creation_time).handle_close()
            super().__init__(server, *rest, **named)

    return Connection


def _listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens there; raise CannotServe when it cannot."""
    try:
        family, *_, where = socket.getaddrinfo(
            host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        return socket.create_server(where[:2], family=family, backlog=64)
    except OSError as error:
        reason = error.strerror or error
        raise CannotServe(
            f"Port {port} on {host} cannot be used: {reason}. Leave out --port to use a free one."
        ) from error


def _open(root: Path, address: str) -> Path:
    """Open the browser on a file that leads on to the address; return that file.

    The address itself would be seen by everybody who lists this computer's processes.
    """
    path = root / "data" / "serve.html"
    write_whole(path, message_page("One moment", "", link=address, leads_on=True).text)
    click.launch(str(path))
    return path
