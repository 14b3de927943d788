"""The head of a response, put right where a server wrote it in a way that only browsers take.

Takes the bytes of a status line with its headers, up to the empty line; returns those that h11
reads, which keeps to the letter of HTTP. What browsers pass over is left out (a header whose name
is none, a length that is none), what they understand is written as it should be; what would leave
open where a response ends is refused. Asks nobody anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

END = re.compile(rb"\r?\n\r?\n")  # of a head; single line feeds are taken, as RFC 9112, 2.2 allows
# A head as it should be, with nothing that decides where the body ends but one number or "chunked".
_STATUS_LINE = re.compile(
    rb"\s*HTTP/(\d)(?:\.(\d))?[ \t]+(\d{3})(?![0-9])([^\r\n]*)", re.IGNORECASE
)
_NAME = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_NOT_IN_VALUE = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")
_FOLDED = re.compile(rb"\r?\n[ \t]+")
_LENGTH = re.compile(rb"\d{1,18}")
_NO_CODING = (b"", b"identity", b"none", b"binary", b"8bit", b"7bit")
_CODINGS = (b"gzip", b"x-gzip", b"deflate", b"compress", b"x-compress", b"br", b"zstd")
_FRAMING = (b"content-length", b"transfer-encoding")


NO_HTTP = "is not written as HTTP asks"


class NotHttp(Exception):
    """Bytes that are no response; the message goes on after "a response that"."""


def check_start(head: bytes) -> None:
    """Raise NotHttp where a head, complete or not, begins with another line than HTTP's."""
    first, end, _ = head.partition(b"\n")
    if end and _STATUS_LINE.fullmatch(first.rstrip(b"\r")) is None:
        raise NotHttp("does not begin as HTTP does")


def plain(head: bytes) -> bytes:
    """Return a head that says the same in the letter of HTTP. Raises NotHttp."""
    check_start(head)
    first, _, rest = head.partition(b"\n")
    status = _STATUS_LINE.fullmatch(first.rstrip(b"\r"))
    assert status is not None  # noqa: S101 - it was checked
    headers = list(_headers(rest))
    framing, codings = _framing(headers)
    kept = [(name, value) for name, value in headers if name.lower() not in _FRAMING]
    if codings:
        # A transfer encoding was made after the content's: it is undone before it.
        named = [value for name, value in kept if name.lower() == b"content-encoding"]
        kept = [pair for pair in kept if pair[0].lower() != b"content-encoding"]
        kept.append((b"Content-Encoding", b", ".join([*named, *codings])))
    reason = _NOT_IN_VALUE.sub(b"", status[4]).strip()
    lines = [b"HTTP/" + _version(status) + b" " + status[3] + b" " + reason]
    if framing != [pair for pair in headers if pair[0].lower() in _FRAMING]:
        kept.append((b"Connection", b"close"))  # where the next response begins is uncertain
    lines += [name + b": " + value for name, value in (*kept, *framing)]
    return b"\r\n".join(lines) + b"\r\n\r\n"


def _version(status: re.Match[bytes]) -> bytes:
    """Return the version: of an odd one nothing is expected, such as another response after it."""
    return b"1.1" if (status[1], status[2]) == (b"1", b"1") else b"1.0"


def _headers(rest: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the headers that have a name; a line that begins with a blank goes on with another."""
    for line in _FOLDED.sub(b" ", rest).split(b"\n"):
        name, colon, value = line.partition(b":")
        name = name.rstrip(b" \t")
        if colon and _NAME.fullmatch(name):
            yield name, _NOT_IN_VALUE.sub(b"", value).strip(b" \t")


def _framing(
    headers: list[tuple[bytes, bytes]],
) -> tuple[list[tuple[bytes, bytes]], list[bytes]]:
    """Return the headers that say where the body ends, and how it is packed on its way.

    Without any it ends with the connection.
    """
    transfer = [part.lower() for part in _parts(headers, b"transfer-encoding")]
    transfer = [part.partition(b";")[0].strip() for part in transfer]
    codings = [part for part in transfer if part in _CODINGS]
    if b"chunked" in transfer:
        return [_as_written(headers, b"transfer-encoding", b"chunked")], codings
    if any(part not in (*_NO_CODING, *_CODINGS) for part in transfer):
        raise NotHttp("is sent in an encoding that nobody knows")
    if codings:
        return [], codings
    lengths = {part for part in _parts(headers, b"content-length") if _LENGTH.fullmatch(part)}
    if len({int(length) for length in lengths}) > 1:
        raise NotHttp("gives two different lengths")
    if not lengths:
        return [], []
    return [_as_written(headers, b"content-length", b"%d" % int(min(lengths)))], []


def _as_written(
    headers: list[tuple[bytes, bytes]], wanted: bytes, value: bytes
) -> tuple[bytes, bytes]:
    """Return a header with the name under which the server sent it."""
    return next((name, value) for name, _ in headers if name.lower() == wanted)


def _parts(headers: list[tuple[bytes, bytes]], wanted: bytes) -> Iterator[bytes]:
    for name, value in headers:
        if name.lower() == wanted:
            yield from (part.strip() for part in value.split(b","))
