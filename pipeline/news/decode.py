"""Bytes of a feed to text, whatever they claim to be.

Takes bytes and the header's charset; gives text without characters that XML forbids. Order of
trust: byte order mark, valid UTF-8, the document's declaration, the header, Windows-1252. A
declared UTF-16 whose bytes hold no zeros is not one.
"""

from __future__ import annotations

import codecs
import re

# Byte order marks, and "<?" or "<r" in the encodings that hold zeros. Longest first.
_MARKS = (
    (b"\x00\x00\xfe\xff", "utf-32-be", 4),
    (b"\xff\xfe\x00\x00", "utf-32-le", 4),
    (b"\xef\xbb\xbf", "utf-8", 3),
    (b"\xfe\xff", "utf-16-be", 2),
    (b"\xff\xfe", "utf-16-le", 2),
    (b"\x00\x00\x00<", "utf-32-be", 0),
    (b"<\x00\x00\x00", "utf-32-le", 0),
    (b"\x00<\x00", "utf-16-be", 0),
    (b"<\x00", "utf-16-le", 0),
    (b"\x4c\x6f\xa7\x94", "cp037", 0),
)
# Names that mean more than they say.
_MEANT = {"gb2312": "gb18030", "gbk": "gb18030", "iso8859-1": "cp1252", "ascii": "cp1252"}
_MEANT |= {"shift_jis": "cp932", "euc_kr": "cp949"}
# Text in these is plain ASCII bytes, so that it passes for UTF-8.
_SEVEN_BIT = ("iso2022", "hz")
# Python's own codecs that no document is written in; some take quadratic time.
_NOT_CHARSETS = {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "utf-7"}

_DECLARATION = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']")
_PROLOG = re.compile(r"^[^<]{0,1000}(?:<\?xml[^>]{0,500}>)?\s*")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def to_text(body: bytes, charset: str = "") -> str:
    """Return the bytes as text."""
    for mark, name, length in _MARKS:
        if body.startswith(mark):
            return body[length:].decode(name, "replace")
    found = _DECLARATION.match(body)
    declared = _codec(found[1].decode("ascii")) if found else ""
    if declared.startswith(_SEVEN_BIT):
        return body.decode(declared, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return _not_quite_utf8(body, (declared, _codec(charset)))


def to_xml(text: str) -> bytes:
    """Return a feed's text as UTF-8 that says so, without characters that XML forbids."""
    kept = _FORBIDDEN.sub("", _PROLOG.sub("", text, count=1))
    return b"<?xml version='1.0' encoding='utf-8'?>\n" + kept.encode("utf-8", "replace")


def _not_quite_utf8(body: bytes, names: tuple[str, ...]) -> str:
    loose = body.decode("utf-8", "replace")
    bad = loose.count("\ufffd")
    if len(loose) - len(loose.encode("ascii", "ignore")) > 2 * bad:
        return loose  # some damaged letters among many good ones
    for name in (*names, "cp1252"):
        if name and not name.startswith(("utf-", "utf_")):
            try:
                return body.decode(name)
            except (UnicodeDecodeError, LookupError):
                continue
    return body.decode("cp1252", "replace")


def _codec(name: str) -> str:
    """Return Python's name of the charset that is meant, or ""."""
    try:
        known = codecs.lookup(name.strip("\"' ")).name
    except (LookupError, ValueError):
        return ""
    return "" if known in _NOT_CHARSETS else _MEANT.get(known, known)
