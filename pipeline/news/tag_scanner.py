"""Start and end tags out of a text of any kind, in time that grows with its length only.

Takes text and the names of tags; returns each tag whole, in order. Python's own HTML parser takes
quadratic time on unclosed tags, and would never end on a hostile page of a megabyte. What is
in comments and scripts is no tag; document types and their entities mean nothing here.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import cache

# An attribute's value holds no "<" (XML forbids it), so that no search goes beyond the next tag.
_REST = r"(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*"
_ATTRIBUTE = re.compile(
    r"([\w:.-]{1,60})\s{0,20}=\s{0,20}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]{1,4000}))"
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|\w{2,31});")
# ASCII only: lower case can be longer than upper case elsewhere.
_SMALL = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
_NO_TAGS = (("<!--", "-->"), ("<script", "</script"), ("<style", "</style"))


def tags(text: str, names: tuple[str, ...]) -> Iterator[str]:
    """Yield each tag of these names, as it is written."""
    for begin, end in _NO_TAGS:
        text = without(text, begin, end)
    for found in _tag(names).finditer(text):
        yield found.group()


def attributes(tag: str) -> dict[str, str]:
    """Return a tag's attributes by their names in lower case, without prefix.

    Entities are read only where they end as they should: `?a=1&copy=2` holds none.
    """
    found: dict[str, str] = {}
    for name, *values in _ATTRIBUTE.findall(tag):
        value = next(filter(None, values), "")
        found.setdefault(name.rpartition(":")[2].casefold(), _ENTITY.sub(_read, value).strip())
    return found


def _read(entity: re.Match[str]) -> str:
    return html.unescape(entity.group())


@cache
def _tag(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"</?(?:{'|'.join(names)})(?![\w-]){_REST}>", re.IGNORECASE)


def without(text: str, begin: str, end: str) -> str:
    """Return a text without what is between these; without an end, to the end of the text."""
    small = text.translate(_SMALL)
    parts: list[str] = []
    place = 0
    while (found := small.find(begin, place)) >= 0:
        parts.append(text[place:found])
        closed = small.find(end, found + len(begin))
        if closed < 0:
            return "".join(parts)
        place = closed + len(end)
    return "".join([*parts, text[place:]])
