"""The page's server on loopback, and a browser that has opened the printed address."""

from __future__ import annotations

import http.client
import socket
import threading
from pathlib import Path
from urllib.parse import urlencode

from waitress import wasyncore
from waitress.server import create_server

from pipeline.web import MOST_BYTES, AccessControl, App
from tests.sample_workspace import NOW
from tests.web.forms import Forms

QUIET_SECONDS = 1


class Answer:
    """What came back."""

    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status = response.status
        self.headers = response.headers
        self.text = response.read().decode()


class Visitor:
    """A browser that has opened the printed address, unless told otherwise."""

    def __init__(self, root: Path) -> None:
        self.bugs: list[Exception] = []
        listening = socket.create_server(("127.0.0.1", 0))
        self.port = listening.getsockname()[1]
        self.access = AccessControl("127.0.0.1", self.port)
        self.server = create_server(
            App(root, self.access, lambda: NOW, self.bugs.append),
            map=(channels := {}),
            sockets=[listening],
            ident=None,
            channel_timeout=QUIET_SECONDS,
            cleanup_interval=1,
            max_request_body_size=MOST_BYTES,
        )
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self.serve, args=[channels])
        self.thread.start()
        self.host = f"127.0.0.1:{self.port}"
        self.cookie = ""

    def serve(self, channels: dict[int, object]) -> None:
        # What `server.run` does, until Ctrl-C, which here is an event.
        while not self.ended.is_set():
            wasyncore.loop(timeout=0.05, map=channels, count=1)
        self.server.task_dispatcher.shutdown()
        wasyncore.close_all(channels)

    def leave(self) -> None:
        self.ended.set()
        self.thread.join()

    def enter(self) -> None:
        cookie = self.ask("GET", f"/?token={self.access.token}").headers["Set-Cookie"]
        self.cookie = cookie.partition(";")[0]

    def ask(self, method: str, path: str, body: str | None = None, **headers: str) -> Answer:
        """Send a request; a header without a value is left out."""
        named = {"Host": self.host, "Cookie": self.cookie}
        if method == "POST":
            named |= {
                "Origin": f"http://{self.host}",
                "Sec-Fetch-Site": "same-origin",
                "Content-Type": "application/x-www-form-urlencoded",
            }
        named |= {name.replace("_", "-"): value for name, value in headers.items()}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in named.items():
            if value:
                connection.putheader(name, value)
        if body is not None:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body.encode() if body is not None else None)
        try:
            return Answer(connection.getresponse())
        finally:
            connection.close()

    def page(self, path: str = "/") -> str:
        answer = self.ask("GET", path)
        assert answer.status == 200, answer.text
        return answer.text

    def form(self, action: str, number: int = 0) -> dict[str, str]:
        """Return the fields of the page's form for a suggestion."""
        found = Forms(self.page()).found
        return next(
            fields
            for where, fields in found
            if where == action and (not number or fields["number"] == str(number))
        )

    def press(self, action: str, number: int = 0, **changed: str) -> str:
        """Press a button as a browser does; return the page that it leads to."""
        fields = self.form(action, number) | changed
        answer = self.ask("POST", action, urlencode(fields))
        assert answer.status == 303, answer.text
        return self.page(answer.headers["Location"].partition("#")[0])
