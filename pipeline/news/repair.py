"""A feed's text made well-formed, as far as that needs no guessing.

Takes a document's text; returns it from its first element on: without document type and forbidden
characters, with only references that XML knows, and every prefix declared. A broken structure is
left as it is. Time grows with the length, whatever the text is.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from pipeline.text.patterns import compiled_later

# no border test: far beyond real values
MOST_CHARACTERS = 200  # of an entity that a document defines for itself
# no border test: far beyond real values
MOST_GROWTH = 5_000_000  # characters that such entities may add together
_FORBIDDEN = compiled_later("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DOCTYPE = "<!doctype"
_SUBSET = compiled_later(r"<!DOCTYPE[^>\[]{0,1000}(?:\[([^\]]{0,20000})\]\s*)?>", re.IGNORECASE)
_ENTITY = compiled_later(
    rf"<!ENTITY\s+([\w.-]{{1,40}})\s+[\"']([^\"'&%<>]{{0,{MOST_CHARACTERS}}})[\"']\s*>"
)
_ROOT = compiled_later(r"<(?:[\w.-]+:)?(?:rss|feed|rdf|channel)[\s>/]", re.IGNORECASE)
_ANY_ROOT = compiled_later(
    r"<(?:[\w.-]+:)?(?:rss|feed|rdf|channel|item|entry)[\s>/]", re.IGNORECASE
)
_REFERENCE = compiled_later(r"&(?:#(?:[xX]([0-9a-fA-F]+)|([0-9]+))(;?)|([A-Za-z][\w.-]{0,39});)?")
_ODD_NAME = compiled_later(r"(</?[\w.-]+:[\w.-]*):[\w:.-]*")
_NO_TAG = compiled_later(r"<(?![A-Za-z_/!?])")
_PREFIXES = compiled_later(r"</?([A-Za-z_][\w.-]*):|\s([A-Za-z_][\w.-]*):[\w.-]+\s*=")
# Elements that make a feed: a prefix on them that nobody declared stands for nothing.
_OF_FEEDS = compiled_later(
    r"<([A-Za-z_][\w.-]*):(?:rss|feed|channel|item|entry)[\s>/]", re.IGNORECASE
)
_PREFIXED = compiled_later(r"(</?)([A-Za-z_][\w.-]*):")
_DECLARED = compiled_later(r"\sxmlns:([\w.-]+)\s*=")
_KNOWN = frozenset(("amp", "lt", "gt", "quot", "apos"))
# What the prefixes mean that are used most, where a feed forgets to say so.
_MEANT = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "syn": "http://purl.org/rss/1.0/modules/syndication/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}


def has_doctype(text: str) -> bool:
    """Return whether there is a document type before the first element."""
    return _DOCTYPE in text[: _start(text)].lower()


def repaired(text: str) -> str:
    """Return a feed's text without what makes strict readers give up."""
    text = _FORBIDDEN.sub("", text)
    start = _start(text)
    own = _own_entities(text[:start], text)
    text = _outside_cdata(text[start:], lambda piece: _repaired_piece(piece, own))
    return _with_prefixes(text)


def _start(text: str) -> int:
    """Return where the first element begins; not in a comment, and not in another language."""
    place, subsets = 0, 0
    while (place := text.find("<", place)) >= 0:
        if text.startswith("<!--", place):
            end = text.find("-->", place)
            if end < 0:
                break
            place = end + 3
        elif text[place + 1 : place + 2] in ("!", "?"):
            subset = _SUBSET.match(text, place) if subsets == 0 else None
            subsets += text[place + 1] == "!"
            place = subset.end() if subset else place + 2
        elif _ROOT.match(text, place):
            return place
        else:
            break
    root = _ROOT.search(text, max(place, 0)) or _ANY_ROOT.search(text)
    return root.start() if root else 0


def _own_entities(head: str, text: str) -> dict[str, str]:
    """Return what a document type defines, if it is short and refers to nothing else."""
    place = head.lower().find(_DOCTYPE)
    subset = _SUBSET.match(head, place) if place >= 0 else None
    if not subset or not subset[1] or text.count("&") * MOST_CHARACTERS > MOST_GROWTH:
        return {}
    return dict(_ENTITY.findall(subset[1]))


def _outside_cdata(text: str, change: Callable[[str], str]) -> str:
    pieces, place = [], 0
    while (start := text.find("<![CDATA[", place)) >= 0:
        end = text.find("]]>", start)
        end = len(text) if end < 0 else end + 3
        pieces += [change(text[place:start]), text[start:end]]
        place = end
    pieces.append(change(text[place:]))
    return "".join(pieces)


def _repaired_piece(text: str, own: dict[str, str]) -> str:
    if "&" in text:
        text = _REFERENCE.sub(lambda found: _reference(found, own), text)
    return _ODD_NAME.sub(r"\1", _NO_TAG.sub("&lt;", text))


def _reference(found: re.Match[str], own: dict[str, str]) -> str:
    if name := found[4]:
        if name in _KNOWN:
            return found[0]
        meant = own.get(name) or html.unescape(found[0])
        return html.escape(meant)
    if found[0] == "&":
        return "&amp;"
    digits = (found[1] or found[2]).lstrip("0")
    number = int(digits, 16 if found[1] else 10) if 0 < len(digits) <= 7 else 0
    allowed = number in (9, 10, 13) or 31 < number < 0xD800 or 0xDFFF < number <= 0x10FFFF
    return f"&#{number};" if allowed and number not in (0xFFFE, 0xFFFF) else "\ufffd"


def _with_prefixes(text: str) -> str:
    """Declare the prefixes that the document does not declare; take off those of a whole feed."""
    used = {one or other for one, other in _PREFIXES.findall(text)}
    missing = sorted(used - set(_DECLARED.findall(text)) - {"xml", "xmlns"})
    of_feeds = {x for x in missing if x.lower() not in _MEANT} & {*_OF_FEEDS.findall(text)}
    if of_feeds:
        text = _PREFIXED.sub(lambda tag: tag[1] if tag[2] in of_feeds else tag[0], text)
        missing = [prefix for prefix in missing if prefix not in of_feeds]
    root = re.match(r"<[\w.:-]+", text)
    if not missing or not root or len(missing) > 100:
        return text
    declared = "".join(
        f' xmlns:{x}="{_MEANT.get(x.lower(), "urn:undeclared:" + x)}"' for x in missing
    )
    return f"{root[0]}{declared}{text[root.end() :]}"
