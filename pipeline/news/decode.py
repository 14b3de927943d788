"""Bytes of a feed to text, whatever they claim to be.

Takes bytes and the header's charset; returns text without characters that XML forbids. Order of
trust: byte order mark, valid UTF-8, the document's declaration, the header, the language it says
it is in, how its bytes lie, Windows-1252. A declared UTF-16 whose bytes hold no zeros is not one.
"""

from __future__ import annotations

import codecs
import re

# Byte order marks, and "<?" or "<r" in the encodings that hold zeros. Longest first.
# no border test: facts, not our decisions
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

# In which charset a language is written where nothing says so: the Web's own choice (WHATWG,
# "locale-specific encoding"), and what else is common there.
_OF_LANGUAGE = {
    "ar": ("cp1256",), "bg": ("cp1251",), "cs": ("cp1250",), "el": ("cp1253",), "et": ("cp1257",),
    "fa": ("cp1256",), "he": ("cp1255",), "hr": ("cp1250",), "hu": ("cp1250",),
    "ja": ("euc_jp", "cp932"), "ko": ("cp949",), "lt": ("cp1257",), "lv": ("cp1257",),
    "mk": ("cp1251",), "pl": ("iso8859-2", "cp1250"), "ru": ("cp1251", "koi8_r"), "sk": ("cp1250",),
    "sl": ("cp1250",), "sr": ("cp1251",), "th": ("cp874",), "tr": ("cp1254",), "uk": ("cp1251",),
    "vi": ("cp1258",), "zh": ("gb18030", "big5"), "zh-tw": ("big5",), "zh-hk": ("big5",),
}  # fmt: skip
_LANGUAGE = re.compile(rb"(?:<language>|xml:lang=[\"'])\s*([a-zA-Z]{2}(?:-[a-zA-Z]{2})?)\b")
# no border test: a cut for speed; a document names its encoding in its first lines
_LOOKED_AT = 20_000  # bytes
_HIGH = re.compile(rb"[\x80-\xff]+")
# no border test: a detail of a guess; each encoding has its samples
_LONG_RUN = 3  # bytes beyond ASCII in a row: rare in words of Latin letters with accents

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
    if b"\x1b$" in body[:_LOOKED_AT] and b"\x1b(" in body:
        return body.decode("iso2022_jp", "replace")
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
        return loose  # a few damaged characters among many good ones
    guess, language = _guessed(body), _of_language(body)
    by_language = (guess, *language) if guess in language else (*language, guess)
    for name in (*names, *by_language, "cp1252"):
        if name and not name.startswith(("utf-", "utf_")):
            try:
                return body.decode(name)
            except (UnicodeDecodeError, LookupError):
                continue
    return body.decode("cp1252", "replace")


def _of_language(body: bytes) -> tuple[str, ...]:
    found = _LANGUAGE.search(body[:_LOOKED_AT])
    if not found:
        return ()
    language = found[1].decode("ascii").lower()
    return _OF_LANGUAGE.get(language) or _OF_LANGUAGE.get(language[:2], ())


def _guessed(body: bytes) -> str:
    """Return the charset whose pattern the bytes have, if it is East Asian or Russian, or "".

    The two bytes of a character keep together in the EUC family; Shift_JIS writes kana after 0x82
    and 0x83; lower-case letters, the most frequent, are above 0xE0 in Windows-1251, below it in
    KOI8-R.
    """
    runs = _HIGH.findall(body[:_LOOKED_AT])
    together = b"".join(run for run in runs if len(run) >= _LONG_RUN)
    if 2 * len(together) < sum(map(len, runs)):
        return ""
    kana = together.count(b"\x82") + together.count(b"\x83")
    if 4 * kana > len(together):
        return "cp932"
    if all(len(run) % 2 == 0 for run in runs[:-1]):
        leads = together[::2]
        if 5 * (leads.count(b"\xa4") + leads.count(b"\xa5")) > len(leads):
            return "euc_jp"
        hangul = sum(0xB0 <= lead <= 0xC8 for lead in leads)
        return "cp949" if 10 * hangul > 9 * len(leads) else "gb18030"
    upper = sum(byte >= 0xE0 for byte in together)
    return "cp1251" if 2 * upper > len(together) else "koi8_r"


def _codec(name: str) -> str:
    """Return Python's name of the charset that is meant, or ""."""
    try:
        known = codecs.lookup(name.strip("\"' ")).name
    except (LookupError, ValueError):
        return ""
    return "" if known in _NOT_CHARSETS else _MEANT.get(known, known)
