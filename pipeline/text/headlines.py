"""Headlines: whether a capital says anything there, and the publisher's name at the end.

Takes a headline and what is known of its publisher; gives its parts.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from pipeline.text.characters import letters_of
from pipeline.text.patterns import compiled_later
from pipeline.text.urls import site_of

TITLE_CASE = 0.7  # of a title's longer words have a capital: then a capital says nothing
LONGEST = 300  # characters of a headline that are compared
SMALL_WORDS = frozenset(
    "a an and as at but by for from in into of on or over the to vs with".split()
)

_PREFIX = compiled_later(
    r"^\s*(?:\W*(?:update|corrected|correction|refile|upd|wrapup|exclusive|breaking|berichtigung|"
    r"korrektur|aktualisiert|更新|訂正|更正|تصحيح|تحديث)\b[ ]?\d{0,2}\s*[-–—:)\]]*\s*)+",
    re.IGNORECASE,
)
_AGENCY = compiled_later(r"\s*\((?:[A-Z][\w .&-]{1,20})\)\s*$")  # "… to cut jobs (Reuters)"
_DASH = compiled_later(r" [-–—] |\|")
_PUBLISHER = compiled_later(
    r"\s+(?:[-–—]\s+|\|\s*)(?:[A-Z][\w.&'’]*\s*){1,4}$"
)  # "… - The Gazette"
_SEPARATOR = compiled_later(r"\s+[-–—|·•»:]{1,2}\s+")  # between a headline and its publisher


def is_title_case(title: str) -> bool:
    """Return whether a title is written With Capitals, or WHOLLY IN THEM."""
    found: list[str] = re.findall(r"[^\W\d_]\w+", title)
    words = [word for word in found if word not in SMALL_WORDS]
    return sum(word[0].isupper() for word in words) >= TITLE_CASE * len(words)


def names_of(*written: str) -> frozenset[str]:
    """Return how a publisher may be named behind a headline, by letters alone.

    Its names and addresses are written in any way: "The Gazette - Business", "www.gazette.example".
    """
    sites = [site_of(name) for name in written]
    parts = (part for name in (*written, *sites) for part in _parts(name))
    return frozenset(map(letters_of, parts)) - {""}


def without_publisher(title: str, names: Collection[str]) -> tuple[str, str]:
    """Return a headline without " - Publisher" at its end, and that publisher.

    Only when the end is one of these `names_of`: else 28 % of the cuts would take away a part of
    the headline.
    """
    for separator in _SEPARATOR.finditer(title):
        rest, end = title[: separator.start()].strip(), title[separator.end() :]
        if rest and letters_of(end) in names:
            return rest, end
    return title, ""


def bare_headline(title: str, source: str = "") -> str:
    """Return a headline for comparing: without "Update 2:", "(Reuters)" and a publisher's name.

    Unlike `without_publisher` it cuts off any few names behind a dash: nobody reads the result, and
    two copies of one text are to agree, whatever their source.
    """
    title = _AGENCY.sub("", _PREFIX.sub("", title[:LONGEST]))
    if source and title.endswith(source):
        return title.removesuffix(source).rstrip(" -–—|")
    if not _DASH.search(title):
        return title
    shorter = _PUBLISHER.sub("", title)
    return shorter if len(shorter.split()) > 4 else title


def _parts(name: str) -> list[str]:
    """Return the ways to write a name: whole, its parts, a host's longest label."""
    labels = name.split(".")[:-1] if " " not in name else []
    return [name, *_SEPARATOR.split(name), max(labels, key=len, default="")]
