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
# no border test: far beyond real values
LARGEST_WINDOW = 23  # bits: 8 MB, the most that Zstandard may need of a browser (RFC 9659)
_PLAIN = ("", "identity", "none", "utf-8", "binary")  # what servers write that do not compress
_ZSTANDARD_HOME = "compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd"


class TooLarge(Exception):
    """More bytes than the limit."""


class BrokenBody(Exception):
    """Bytes that cannot be decompressed; the message goes on after "a response that"."""


@cache
def accepted_encodings() -> tuple[str, ...]:
    """Return the encodings to ask for."""
    brotli = ("br",) if find_spec("brotli") else ()
    folder = _ZSTANDARD_HOME.partition(".")[0]
    zstandard = ("zstd",) if find_spec(folder) and find_spec(_ZSTANDARD_HOME) else ()
    return ("gzip", "deflate", *brotli, *zstandard)


class Decompressor:
    """Collects the chunks of one body. Raises TooLarge or BrokenBody."""

    def __init__(self, encoding: str, limit: int) -> None:
        self._encoding = encoding.strip().lower().removeprefix("x-")
        if self._encoding not in _PLAIN and self._encoding not in accepted_encodings():
            raise BrokenBody("is compressed in a way that was not requested")
        self._limit = limit
        self._whole = bytearray()
        self._waiting = b""  # first bytes, too few to know the format
        self._stream: _Stream | None = None
        self._begun = self._encoding in _PLAIN

    def add(self, chunk: bytes) -> None:
        """Decompress another chunk."""
        if not self._begun:
            chunk = self._waiting + chunk
            self._waiting = chunk
            if len(chunk) < len(ZSTANDARD):
                return
            self._begun = True
            self._stream = _stream(chunk, self._encoding)
        if self._stream is None:
            self._keep(chunk)
            return
        for piece in self._stream.pieces(chunk):
            self._keep(piece)

    def finish(self) -> bytes:
        """Return the whole body."""
        if not self._begun:
            return self._waiting
        if self._stream is not None and not self._stream.complete:
            raise BrokenBody("broke off")
        return bytes(self._whole)

    def _keep(self, piece: bytes) -> None:
        self._whole += piece
        if len(self._whole) > self._limit:
            raise TooLarge


class _Stream:
    """Compressed bytes of one format, decompressed a chunk at a time."""

    def __init__(self, make: Callable[[], Any], again: bytes = b"") -> None:
        self._make = make
        self._inside = make()
        self._again = again  # how another stream begins that may follow in the same body
        self._held = b""  # perhaps the first bytes of such a stream
        self._over = False

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


def _stream(start: bytes, encoding: str) -> _Stream | None:
    """Choose by the first bytes: some servers name an encoding and send none, or another."""
    if start.startswith(GZIP):
        return _Stream(lambda: zlib.decompressobj(wbits=31), GZIP)
    if start[0] & 0x0F == 8 and int.from_bytes(start[:2], "big") % 31 == 0:
        return _Stream(zlib.decompressobj)
    if start.lstrip()[:1] in (b"<", b"{"):
        return None
    if encoding == "deflate":
        return _Stream(lambda: zlib.decompressobj(wbits=-15))
    if encoding == "br":  # no stream of Brotli begins with < or {
        return _Stream(_Brotli)
    if encoding == "zstd" and start.startswith(ZSTANDARD):
        return _Stream(_zstandard, ZSTANDARD)
    return None


def gunzip(body: bytes, limit: int) -> bytes:
    """Return what is inside gzip bytes; others as they are. Raises TooLarge or BrokenBody."""
    if not body.startswith(GZIP):
        return body
    decompressor = Decompressor("gzip", limit)
    decompressor.add(body)
    return decompressor.finish()
