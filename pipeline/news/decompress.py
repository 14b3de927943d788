"""Compressed bytes, decompressed as they come, in bounded memory.

Takes chunks in the encoding that a server names (or one that has none); returns the whole. Whatever
is in them, no more than a chunk beyond the limit is ever decompressed. Brotli and Zstandard are
asked for and understood where their libraries are installed.

Why not httpx's decoders: they decompress a chunk whole, whatever its size becomes (64 kB of gzip
are up to 64 MB, of Brotli far more), read only the first of several gzip members, and accept gzip
and Brotli that break off.
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from importlib.util import find_spec
from typing import Any

CHUNK = 65_536  # bytes decompressed at a time: a bomb ends early; no border test: speed only
GZIP = b"\x1f\x8b"
ZSTANDARD = b"\x28\xb5\x2f\xfd"
COMPRESS = (b"\x1f\x9d", b"\x1f\xa0", b"PK\x03\x04", b"BZh", b"\xfd7zXZ")  # no browser reads these
# no border test: far beyond real values
LARGEST_WINDOW = 23  # bits: 8 MB, the most that Zstandard may need of a browser (RFC 9659)
MOST_CODINGS = 4  # one over the other; two are a server's slip, more a trap (curl allows five)
MOST_MEMBERS = 1_000  # in one body: block gzip makes one of each 64 kB, so 230 of a feed
START = 16  # bytes by which a format is known; a border of speed only: fewer come at the end
_PLAIN = ("", "identity", "none", "utf-8", "binary")  # what servers write that do not compress
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")  # byte order marks: a text begins
_ZSTANDARD_HOME = "compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd"


class TooLarge(Exception):
    """More bytes than the limit."""


class BrokenBody(Exception):
    """Bytes that cannot be decompressed; the message goes on after "a response that"."""


BROKE_OFF = "broke off"  # of all that may be wrong with a body, what may be right the next time


@cache
def accepted_encodings() -> tuple[str, ...]:
    """Return the encodings to ask for."""
    brotli = ("br",) if find_spec("brotli") else ()
    folder = _ZSTANDARD_HOME.partition(".")[0]
    zstandard = ("zstd",) if find_spec(folder) and find_spec(_ZSTANDARD_HOME) else ()
    return ("gzip", "deflate", *brotli, *zstandard)


class Decompressor:
    """Collects the chunks of one body. Raises TooLarge or BrokenBody.

    What the bytes are decides, whatever the header calls them; where bytes do not show it, as with
    Brotli, the name does. Of a list of encodings the last was made last, and is undone first.
    """

    def __init__(self, encoding: str, limit: int) -> None:
        names = [name.strip().lower().removeprefix("x-") for name in encoding.split(",")]
        codings = [name for name in names if name not in _PLAIN]
        if len(codings) > MOST_CODINGS:
            raise BrokenBody(f"is compressed more than {MOST_CODINGS} times over")
        self._layers = [_Layer(name) for name in reversed(codings)]
        self._limit = limit
        self._packed = 0
        self._whole = bytearray()

    def add(self, chunk: bytes) -> None:
        """Decompress another chunk."""
        self._packed += len(chunk)
        if self._packed > self._limit:
            raise TooLarge
        for place in range(0, len(chunk), CHUNK):
            self._pass_on(chunk[place : place + CHUNK], 0)

    def finish(self) -> bytes:
        """Return the whole body."""
        for depth, layer in enumerate(self._layers):
            for piece in layer.rest():
                self._pass_on(piece, depth + 1)
        return bytes(self._whole)

    def _pass_on(self, piece: bytes, depth: int) -> None:
        """Give a piece to the layer at that depth, and what comes out of it to the next."""
        if depth == len(self._layers):
            self._whole += piece
            if len(self._whole) > self._limit:
                raise TooLarge
            return
        layer = self._layers[depth]
        for inner in layer.pieces(piece):
            layer.given += len(inner)
            if layer.given > self._limit:
                raise TooLarge
            self._pass_on(inner, depth + 1)


class _Layer:
    """One encoding of a body: what it really is shows in its first bytes."""

    def __init__(self, name: str) -> None:
        self.given = 0  # bytes that have come out of it
        self._name = name
        self._waiting: bytes | None = b""  # first bytes, too few to know the format
        self._stream: _Stream | None = None

    def pieces(self, chunk: bytes) -> Iterator[bytes]:
        """Yield what is in a chunk."""
        if self._waiting is not None:
            chunk = self._waiting + chunk
            if len(chunk) < START:
                self._waiting = chunk
                return
            self._waiting, self._stream = None, _stream(chunk, self._name)
        if self._stream is None:
            yield chunk
        else:
            yield from self._stream.pieces(chunk)

    def rest(self) -> Iterator[bytes]:
        """Yield what is left at the end. Raises BrokenBody where the end is missing."""
        if self._waiting:
            chunk, self._waiting = self._waiting, None
            self._stream = _stream(chunk, self._name)
            yield from self.pieces(chunk)
        if self._stream is not None and not self._stream.complete:
            raise BrokenBody(BROKE_OFF)


class _Stream:
    """Compressed bytes of one format, decompressed a chunk at a time."""

    def __init__(self, make: Callable[[], Any], again: bytes = b"") -> None:
        self._make = make
        self._inside = make()
        self._again = again  # how another stream begins that may follow in the same body
        self._held = b""  # perhaps the first bytes of such a stream
        self._over = False
        self._members = 1

    @property
    def complete(self) -> bool:
        return bool(self._inside.eof)

    def pieces(self, chunk: bytes) -> Iterator[bytes]:
        """Yield what is in a chunk; whatever follows the end is not part of it."""
        chunk, self._held = self._held + chunk, b""
        while chunk and not self._over:
            if self._inside.eof:
                begun = chunk[: len(self._again)]
                if not self._again or not self._again.startswith(begun):
                    self._over = True
                    return
                if len(begun) < len(self._again):
                    self._held = chunk
                    return
                self._members += 1
                if self._members > MOST_MEMBERS:
                    raise BrokenBody("consists of too many compressed parts")
                self._inside = self._make()
            piece = self._step(chunk)
            yield piece
            while self._holds_more(piece):
                piece = self._step(getattr(self._inside, "unconsumed_tail", b""))
                yield piece
            chunk = self._inside.unused_data if self._inside.eof else b""

    def _holds_more(self, piece: bytes) -> bool:
        """Return whether the chunks given so far hold more than was taken out of them."""
        inside = self._inside
        if inside.eof:
            return False
        waits = getattr(inside, "unconsumed_tail", b"") or not getattr(inside, "needs_input", True)
        return bool(waits) or len(piece) >= CHUNK

    def _step(self, chunk: bytes) -> bytes:
        try:
            piece: bytes = self._inside.decompress(chunk, CHUNK)
        except Exception as error:  # each library has its own kind
            raise BrokenBody("cannot be decompressed") from error
        return piece


class _Brotli:
    """Brotli's decompressor with the names that zlib and Zstandard use."""

    unused_data = b""

    def __init__(self) -> None:
        import brotli

        self._inside = brotli.Decompressor()

    @property
    def eof(self) -> bool:
        return bool(self._inside.is_finished())

    @property
    def needs_input(self) -> bool:
        return bool(self._inside.can_accept_more_data())

    def decompress(self, chunk: bytes, at_most: int) -> bytes:
        piece: bytes = self._inside.process(chunk, output_buffer_limit=at_most)
        return piece


def _zstandard() -> Any:
    from importlib import import_module

    zstd = import_module(_ZSTANDARD_HOME)
    return zstd.ZstdDecompressor(
        options={zstd.DecompressionParameter.window_log_max: LARGEST_WINDOW}
    )


def _stream(start: bytes, name: str) -> _Stream | None:
    """Choose by the first bytes: some servers name an encoding and send none, or another."""
    if start.startswith(GZIP):
        return _Stream(lambda: zlib.decompressobj(wbits=31), GZIP)
    if start.startswith(ZSTANDARD):
        if "zstd" in accepted_encodings():
            return _Stream(_zstandard, ZSTANDARD)
        raise BrokenBody("is compressed in a way that was not requested")
    if start.startswith(COMPRESS):
        raise BrokenBody("is compressed in a way that was not requested")
    if _is_text(start):
        return None
    if start[0] & 0x0F == 8 and int.from_bytes(start[:2], "big") % 31 == 0:
        return _Stream(zlib.decompressobj)
    if name == "deflate":
        return _Stream(lambda: zlib.decompressobj(wbits=-15))
    if name == "br":
        if "br" in accepted_encodings():
            return _Stream(_Brotli)
        raise BrokenBody("is compressed in a way that was not requested")
    return None


def _is_text(start: bytes) -> bool:
    """Return whether bytes begin as a feed or a page does: with < or {, and letters after it."""
    if start.startswith(_MARKS):
        return True
    plain = start.replace(b"\0", b"").lstrip()  # UTF-16 without a mark has a zero by each letter
    return plain[:1] in (b"<", b"{", b"[") and all(x >= 32 or x in b"\t\n\r" for x in plain)


def gunzip(body: bytes, limit: int) -> bytes:
    """Return what is inside gzip bytes; others as they are. Raises TooLarge or BrokenBody."""
    if not body.startswith(GZIP):
        return body
    decompressor = Decompressor("gzip", limit)
    decompressor.add(body)
    return decompressor.finish()
