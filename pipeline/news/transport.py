"""One worker's connection: a transport for httpx that keeps one connection.

Takes a request, perhaps with the numeric address to connect to; returns the response, whose body
is read as it comes. Built on h11, as httpx's own transport is, but on asyncio without the layers
between. With httpx.AsyncHTTPTransport
in its place, 500 feeds on loopback took, against `reader`: nothing changed .78 instead of .34 of
its CPU, a tenth new .50 instead of .27, and with 100 ms latency 2.05 instead of 1.49 times the
shortest time (`python -m tests.benchmarks.updating 500 1`). Which host may be asked, and for how
long, is left to fetch.py.
"""

from __future__ import annotations

import asyncio
import ssl
from collections import deque
from collections.abc import AsyncIterator, Callable
from typing import cast

import h11
import httpx

from pipeline.news import response_head
from pipeline.news.public_hosts import CHECK_PEER, CONNECT_TO

# no border test: far beyond real values
MOST_HEAD = 100_000  # bytes of a status line with its headers; browsers take 256 KB
# no border test: speed only
MOST_WAITING = 262_144  # bytes received and not yet read, after which the other side has to wait
# no border test: speed only
HAPPY_EYEBALLS_SECONDS = 0.25  # wait before the next address of a host is tried too (RFC 8305)

_Origin = tuple[str, str, int, str]


class Transport(httpx.AsyncBaseTransport):
    """Asks one thing at a time; the connection stays open for the next one to the same host."""

    def __init__(self, context: Callable[[], ssl.SSLContext], connect_seconds: float) -> None:
        self._context = context
        self._seconds = connect_seconds
        self._kept: _Connection | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request without a body; return the response as soon as its head is there."""
        url = request.url
        port = url.port or (443 if url.scheme == "https" else 80)
        origin = (
            url.scheme,
            url.raw_host.decode("ascii"),
            port,
            request.extensions.get(CONNECT_TO, ""),
        )
        kept, self._kept = self._kept, None
        if kept is not None and kept.origin == origin and kept.is_idle:
            try:
                return await self._exchange(kept, request)
            except (httpx.ReadError, httpx.RemoteProtocolError):
                if kept.heard:
                    raise
                # It was closed while we were not looking; a GET may be asked again.
        elif kept is not None:
            kept.close()
        line = await self._connect(origin)
        try:
            if check := request.extensions.get(CHECK_PEER):
                check(line.peer)
        except BaseException:
            line.close()
            raise
        return await self._exchange(line, request)

    async def aclose(self) -> None:
        """Close the connection, if there is one."""
        if self._kept is not None:
            self._kept.close()
            self._kept = None

    async def _connect(self, origin: _Origin) -> _Connection:
        scheme, host, port, place = origin
        if scheme not in ("http", "https"):
            raise httpx.UnsupportedProtocol(f"cannot ask over {scheme!r}")
        secure = scheme == "https"
        try:
            async with asyncio.timeout(self._seconds):
                _, line = await asyncio.get_running_loop().create_connection(
                    lambda: _Connection(origin),
                    place or host,
                    port,
                    ssl=self._context() if secure else None,
                    server_hostname=host if secure else None,
                    happy_eyeballs_delay=None if place else HAPPY_EYEBALLS_SECONDS,
                )
        except TimeoutError as error:
            raise httpx.ConnectTimeout("no connection in time") from error
        except OSError as error:
            raise httpx.ConnectError(str(error)) from error
        return line

    async def _exchange(self, line: _Connection, request: httpx.Request) -> httpx.Response:
        try:
            head = await line.ask(request)
        except BaseException:
            line.close()
            raise
        return httpx.Response(
            head.status_code,
            headers=head.headers.raw_items(),
            stream=_Body(line, self._keep),
            request=request,
        )

    def _keep(self, line: _Connection) -> None:
        if self._kept is not None:
            self._kept.close()
        self._kept = line


class _Body(httpx.AsyncByteStream):
    """A response's body. Read to its end it frees the connection, else closes it."""

    def __init__(self, line: _Connection, keep: Callable[[_Connection], None]) -> None:
        self._line = line
        self._keep = keep
        self._open = True

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while chunk := await self._line.more():
            yield chunk

    async def aclose(self) -> None:
        if self._open:
            self._open = False
            if self._line.start_over():
                self._keep(self._line)
            else:
                self._line.close()


class _Connection(asyncio.Protocol):
    """A connection, and how far the talk on it has come."""

    def __init__(self, origin: _Origin) -> None:
        self.origin = origin
        self.heard = False  # a byte of the present answer has come
        self._talk = h11.Connection(h11.CLIENT, max_incomplete_event_size=MOST_HEAD)
        self._transport: asyncio.Transport | None = None
        self._received: deque[bytes] = deque()
        self._waiting = 0
        self._ended = False
        self._error: Exception | None = None
        self._reader: asyncio.Future[None] | None = None

    # ------------------------------------------------------------------ what asyncio calls

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        self._received.append(data)
        self._waiting += len(data)
        if self._waiting > MOST_WAITING and self._transport is not None:
            self._transport.pause_reading()
        self._wake()

    def connection_lost(self, error: Exception | None) -> None:
        self._ended, self._error = True, error
        self._wake()

    def eof_received(self) -> None:
        self._ended = True
        self._wake()

    def _wake(self) -> None:
        if self._reader is not None and not self._reader.done():
            self._reader.set_result(None)

    # ---------------------------------------------------------------------- what Transport calls

    @property
    def is_idle(self) -> bool:
        """Whether it is open and nothing has come unasked, such as a notice of its end."""
        return not self._ended and not self._received and self._talk.our_state is h11.IDLE

    @property
    def peer(self) -> str:
        """The numeric address at the other end."""
        named = self._transport.get_extra_info("peername") if self._transport else None
        return str(named[0]) if named else ""

    async def ask(self, request: httpx.Request) -> h11.Response:
        """Send the request; return the head of the answer."""
        assert self._transport is not None  # noqa: S101 - asyncio has called connection_made
        self.heard = False
        try:
            asked = h11.Request(
                method=request.method, target=request.url.raw_path, headers=request.headers.raw
            )
            sent = self._talk.send(asked) or b""
            sent += self._talk.send(h11.EndOfMessage()) or b""
        except h11.LocalProtocolError as error:
            raise httpx.LocalProtocolError(str(error)) from error
        self._transport.write(sent)
        while not isinstance(event := await self._next(), h11.Response):
            pass  # 1xx: more is to come
        return event

    async def more(self) -> bytes:
        """Return the next piece of the body, b"" at its end."""
        event = await self._next()
        return bytes(event.data) if isinstance(event, h11.Data) else b""

    def start_over(self) -> bool:
        """Make ready for another request, where the other side is willing; return whether it is."""
        if self._ended or self._talk.our_state is not h11.DONE:
            return False
        if self._talk.their_state is h11.SEND_BODY and not self._end_is_here():
            return False
        if self._talk.their_state is not h11.DONE or self._talk.trailing_data[0]:
            return False
        self._talk.start_next_cycle()
        return True

    def close(self) -> None:
        if self._transport is not None:
            self._transport.abort()

    def _end_is_here(self) -> bool:
        """Return whether an answer without a body (304) has come to its end already."""
        try:
            return isinstance(self._talk.next_event(), h11.EndOfMessage)
        except h11.RemoteProtocolError:
            return False

    async def _next(self) -> object:
        """Return what comes next: the head, a piece of the body, or its end.

        Raises ReadError where the other side stops in the middle; RemoteProtocolError, caused by a
        NotHttp, where what it says is no HTTP.
        """
        came: bytes | None = None
        try:
            while (event := self._talk.next_event()) is h11.NEED_DATA:
                awaits_head = self._talk.their_state is h11.SEND_RESPONSE
                came = await (self._read_head() if awaits_head else self._read())
                self._talk.receive_data(came)
        except response_head.NotHttp as error:
            raise httpx.RemoteProtocolError(str(error)) from error
        except h11.RemoteProtocolError as error:
            if came == b"":
                raise httpx.ReadError("the other side stopped in the middle") from error
            not_http = response_head.NotHttp(response_head.NO_HTTP)
            raise httpx.RemoteProtocolError(str(error)) from not_http
        return event

    async def _read_head(self) -> bytes:
        """Return a whole head, put right; b"" when the other side has finished before its end."""
        head = b""
        while not (end := response_head.END.search(head)):
            response_head.check_start(head)
            if len(head) > MOST_HEAD:
                raise response_head.NotHttp("begins with too many headers")
            piece = await self._read()
            if not piece:
                return b""
            head = (head + piece).lstrip(b"\r\n")
        if rest := head[end.end() :]:
            self._received.appendleft(rest)
            self._waiting += len(rest)
        return response_head.plain(head[: end.end()])

    async def _read(self) -> bytes:
        """Return what has come, b"" when the other side has finished."""
        while not self._received:
            if self._ended:
                if self._error is not None:
                    raise httpx.ReadError(str(self._error)) from self._error
                return b""
            self._reader = asyncio.get_running_loop().create_future()
            await self._reader
        data = self._received.popleft()
        if self._waiting > MOST_WAITING >= self._waiting - len(data) and self._transport:
            self._transport.resume_reading()
        self._waiting -= len(data)
        self.heard = True
        return data
