"""Which characters may pass which wall: one table, and what is done with those that may not.

Takes any text; gives text. Escaping for a format (HTML, Markdown, iCalendar) is left to the
format's own module.
"""

from __future__ import annotations

import codecs

from pipeline.text.patterns import compiled_later

# ------------------------------------------------------------ kinds of characters, as in [ ]

_CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f"  # they steer a terminal; all but tab and line feed
_DIRECTIONS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # they turn the direction of writing
_INVISIBLE = (  # soft hyphen, zero-width, filler, annotation, shorthand, music, tag characters
    "\u00ad\u180e\u200b\u2060-\u2065\u206a-\u206f\ufeff\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f"
)
_BREAKS = "\u2028\u2029"  # line ends to a browser, none to a terminal
_HALVES = "\ud800-\udfff"  # surrogates without their other half: no encoding writes them
_JOINERS = "\u200c\u200d"  # Persian and emoji are written with them
_PRIVATE = "\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff\U000f0000-\U0010ffff"  # nobody's, or ours

# --------------------------------------------------------------- what may not pass which wall
# The joiners pass everywhere but in articles, where one inside a word would hide a company's name.

PAGE = _CONTROLS + _DIRECTIONS + _INVISIBLE + _BREAKS + _HALVES
JSON = PAGE + "<"  # a file that a terminal shows, and that a browser may take for a page
LINE = PAGE + "\t\n" + _PRIVATE  # a mail header, a note line, a value in a draft, a file's line
ARTICLE = PAGE + _PRIVATE + _JOINERS  # the text of a feed: it goes on to a page, a draft, a header
ADDRESS = PAGE + r"\s\\<>\"`{}|^"  # a link; a browser reads "\" as "/", and so may mislead

_NOT_PRINTED = compiled_later(f"[{PAGE}]")
_ESCAPED = compiled_later(f"[{JSON}]")
_NOT_IN_LINE = compiled_later(f"[{LINE}]")
_SPACE = compiled_later(f"[{_CONTROLS}{_BREAKS}\t\n]")
_NOT_IN_ARTICLE = compiled_later(f"[{ARTICLE}]")
_IN_ADDRESS = compiled_later(f"[{ADDRESS}]")


# A text saved by an editor in another encoding says so, or has a zero beside each letter.
_MARKED = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ENOUGH = 200  # bytes that show an encoding; no border test: a page has more


def decoded(content: bytes) -> str:
    """Return the text of a file, in whatever encoding an editor saved it."""
    for mark, encoding in _MARKED:
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    start = content[:_ENOUGH]
    if 3 * start.count(0) > len(start):
        return content.decode("utf-16-be" if start[:1] == b"\0" else "utf-16-le", "replace")
    return content.decode("utf-8", "replace")


def printable(text: str) -> str:
    """Return what may be on a page or a terminal: lines, tabs, and all that is to be read."""
    return text if text.isprintable() else _NOT_PRINTED.sub("", text)


def readable(text: str) -> str:
    """Return what may be in an article: lines, tabs, and all that is to be read."""
    return text if text.isprintable() else _NOT_IN_ARTICLE.sub("", text)


def one_line(text: str) -> str:
    """Return what may be in a header, a note line or a value of a draft, with single spaces."""
    if not text.isprintable():
        text = _NOT_IN_LINE.sub("", _SPACE.sub(" ", text))
    return " ".join(text.split())


def escaped(json_text: str) -> str:
    """Return JSON that says the same, with its unsafe characters as numbers in ASCII.

    It must be as `json.dumps` writes it, which puts no "<" outside a string.
    """
    return _ESCAPED.sub(lambda found: _number(found.group()), json_text)


def is_address(text: str) -> bool:
    """Return whether nothing in a text could end a link, or hide where it leads."""
    return not _IN_ADDRESS.search(text)


def letters_of(text: str) -> str:
    """Return the letters and digits alone, in small letters: for comparing names and lines."""
    return "".join(filter(str.isalnum, text.casefold()))


def _number(character: str) -> str:
    """Return a character as JSON writes it in ASCII; one beyond U+FFFF as two halves."""
    halves = character.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{halves[place : place + 4]}" for place in range(0, len(halves), 4))
