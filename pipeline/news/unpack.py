"""Packed bytes, unpacked as they come, in bounded memory.

Takes chunks in the encoding that a server names (or one that has none after all); gives the whole.
Whatever is in them, no more than a chunk beyond the limit is ever unpacked.
"""

from __future__ import annotations

import zlib

CHUNK = 65_536  # bytes unpacked at a time, so that a gzip bomb ends early
GZIP = b"\x1f\x8b"
_PLAIN = ("", "identity", "none", "utf-8", "binary")  # what servers write that do not pack


class TooLarge(Exception):
    """More bytes than the limit."""


class Broken(Exception):
    """Bytes that cannot be unpacked; the message goes on after "an answer that"."""


class Unpacker:
    """Collects the chunks of one body. Raises TooLarge or Broken."""

    def __init__(self, encoding: str, limit: int) -> None:
        self._encoding = encoding.strip().lower().removeprefix("x-")
        if self._encoding not in (*_PLAIN, "gzip", "deflate"):
            raise Broken("is packed in a way that was not asked for")
        self._limit = limit
        self._unpacked = bytearray()
        self._waiting = b""  # a first byte alone, which does not yet tell the format
        self._zlib: zlib._Decompress | None = None
        self._begun = self._encoding in _PLAIN
        self._over = False

    def add(self, chunk: bytes) -> None:
        """Unpack another chunk."""
        if not self._begun:
            chunk = self._waiting + chunk
            self._waiting = chunk
            if len(chunk) < 2:
                return
            self._begin(chunk)
        if self._zlib is None:
            self._keep(chunk)
        else:
            self._unpack(chunk)

    def finish(self) -> bytes:
        """Return the whole body."""
        if not self._begun:
            return self._waiting
        if self._zlib is not None:
            self._keep(self._zlib.flush())
            if not self._zlib.eof:
                raise Broken("broke off")
        return bytes(self._unpacked)

    def _begin(self, chunk: bytes) -> None:
        """Choose by the first bytes: some servers name an encoding and send none."""
        self._begun = True
        if chunk.startswith(GZIP):
            self._zlib = zlib.decompressobj(wbits=31)
        elif chunk[0] & 0x0F == 8 and int.from_bytes(chunk[:2], "big") % 31 == 0:
            self._zlib = zlib.decompressobj()
        elif self._encoding == "deflate" and chunk.lstrip()[:1] not in (b"<", b"{"):
            self._zlib = zlib.decompressobj(wbits=-15)

    def _unpack(self, chunk: bytes) -> None:
        while chunk and self._zlib is not None:
            if self._zlib.eof:
                if self._over or not chunk.startswith(GZIP):
                    self._over = True  # whatever follows is not part of it
                    return
                self._zlib = zlib.decompressobj(wbits=31)
            try:
                self._keep(self._zlib.decompress(chunk, CHUNK))
            except zlib.error as error:
                raise Broken("cannot be unpacked") from error
            chunk = self._zlib.unused_data if self._zlib.eof else self._zlib.unconsumed_tail

    def _keep(self, piece: bytes) -> None:
        self._unpacked += piece
        if len(self._unpacked) > self._limit:
            raise TooLarge


def gunzip(body: bytes, limit: int) -> bytes:
    """Return what is inside gzip bytes; others as they are. Raises TooLarge or Broken."""
    if not body.startswith(GZIP):
        return body
    unpacker = Unpacker("gzip", limit)
    unpacker.add(body)
    return unpacker.finish()
