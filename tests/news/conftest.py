"""A web server on loopback that says exactly the bytes that a test wrote, however wrong."""

from __future__ import annotations

import socket
import socketserver
import threading
from collections.abc import Callable, Iterator

import pytest

TLS_HELLO = b"\x16\x03"
Response = bytes | Callable[[socket.socket], None]


class Server(socketserver.ThreadingTCPServer):
    """Answers each path with its bytes, and keeps what was asked."""

    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        self.answers: dict[str, Response] = {}
        self.asked: list[str] = []
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def heads(self, path: str) -> list[str]:
        """Return the requests for a path, headers and all."""
        return [head for head in self.asked if head.split()[1] == path]


class _Handler(socketserver.BaseRequestHandler):
    server: Server

    def handle(self) -> None:
        head = b""
        while b"\r\n\r\n" not in head:
            piece = self.request.recv(65_536)
            if not piece:
                return
            head += piece
            if head.startswith(TLS_HELLO):  # as servers do at a port without TLS
                self.request.sendall(reply(400, b""))
                return
        text = head.decode("latin-1")
        self.server.asked.append(text)
        answer = self.server.answers.get(text.split()[1], reply(404, b""))
        if isinstance(answer, bytes):
            self.request.sendall(answer)
            return
        try:
            answer(self.request)
        except OSError:
            return  # the client has hung up, as it should


def reply(status: int, body: bytes, **headers: str) -> bytes:
    """Return a whole answer; `content_type="x"` becomes a header, None leaves one out."""
    lines = {"Content-Length": str(len(body)), "Connection": "close"}
    lines |= {name.replace("_", "-").title(): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"HTTP/1.1 {status} X\r\n{head}\r\n".encode("latin-1") + body


def rss(*items: str, title: str = "Oracle Blogs") -> bytes:
    """Return a small RSS feed with these items."""
    inside = "".join(f"<item>{item}</item>" for item in items)
    return (
        f"<?xml version='1.0'?><rss version='2.0'><channel><title>{title}</title>"
        f"<link>https://oracle.example/</link>{inside}</channel></rss>"
    ).encode()


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as found:
        thread = threading.Thread(target=found.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield found
        found.shutdown()
        thread.join()
