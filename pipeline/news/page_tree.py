"""A web page as a light tree of elements and texts, in time that grows with its length only.

Takes HTML of any kind; gives its nodes in the order of the page. Scripts, styles and comments are
no part of it. An unclosed element ends where its parent does, or where HTML lets it end (`<li>`
after `<li>`); an end tag without a beginning means nothing; what is nested too deeply lies beside
its parent. Made for news.page: html.parser takes quadratic time on some pages, and lxml is no
dependency.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pipeline.news import clean, tag_scanner

# no border test: bounds the time of an end tag without a beginning; real pages have some 30
DEEPEST = 150
_TEXT = "#text"
_HIDDEN = (
    ("<!--", "-->"),
    *((f"<{name}", f"</{name}>") for name in ("script", "style", "svg", "noscript", "template")),
)
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
# What ends before another of these begins, and where the search for it stops.
_ROW = (("tr",), ("table", "tbody", "thead"))
_CELL = (("td", "th"), ("tr", "table"))
_TERM = (("dt", "dd"), ("dl",))
_IMPLIED: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "li": (("li",), ("ul", "ol", "menu")),
    "tr": _ROW,
    "td": _CELL,
    "th": _CELL,
    "dt": _TERM,
    "dd": _TERM,
    "a": (("a",), ("div", "li", "td", "article", "section")),
    **dict.fromkeys(
        "p div ul ol table section article h1 h2 h3 h4 h5 h6".split(),
        (("p",), ("div", "li", "td", "article", "section", "a")),
    ),
}


class Node:
    """An element, or a text between two tags (its tag is "#text")."""

    __slots__ = ("depth", "key", "last", "length", "parent", "place", "tag", "written")

    def __init__(self, tag: str, written: str, parent: Node | None, place: int) -> None:
        self.tag = tag
        self.written = written  # the tag, or the text, as it stands in the page
        self.parent = parent
        self.place = self.last = place  # its number in the page, and that of the last one in it
        self.depth: int = parent.depth + 1 if parent else 0
        self.length = len(written) if tag == _TEXT else 0  # characters of text in it
        self.key = ""  # for news.page: the one link that it holds, or "*" for several

    @property
    def is_text(self) -> bool:
        """Whether it is a text."""
        return self.tag == _TEXT

    def attribute(self, name: str) -> str:
        """Return an attribute's value; "" where there is none."""
        if self.is_text or name not in self.written:
            return ""
        return tag_scanner.attributes(self.written).get(name, "")

    def ancestors(self) -> Iterator[Node]:
        """Yield its parent, the parent's parent and so on."""
        above = self.parent
        while above is not None:
            yield above
            above = above.parent


def nodes_of(html: str) -> list[Node]:
    """Return the nodes of a page, each after the one that it is in; the first is the whole."""
    for begin, end in _HIDDEN:
        html = tag_scanner.without(html, begin, end)
    here = Node("", "", None, 0)
    found = [here]
    opened: Counter[str] = Counter()
    for number, piece in enumerate(clean.MARKUP.split(html)):
        if number % 2 == 0:
            if piece.strip():
                found.append(Node(_TEXT, piece, here, len(found)))
            continue
        name = clean.tag_name(piece)
        if not name:
            continue
        if piece[1] == "/":
            here = _closed(here, (name,), (), opened)
            continue
        if name in _IMPLIED:
            here = _closed(here, *_IMPLIED[name], opened)
        found.append(Node(name, piece, here, len(found)))
        if name not in _VOID and here.depth < DEEPEST:
            here = found[-1]
            opened[name] += 1
    for node in reversed(found):
        if node.parent:
            node.parent.last = max(node.parent.last, node.last)
            node.parent.length += node.length
    return found


def _closed(
    here: Node, names: tuple[str, ...], stops: tuple[str, ...], opened: Counter[str]
) -> Node:
    """Return the parent of the nearest open element of these names; else where we are."""
    if not any(opened[name] for name in names):
        return here
    left: list[str] = []
    node: Node | None = here
    while node is not None and node.tag not in stops:
        left.append(node.tag)
        if node.tag in names and node.parent:
            opened.subtract(left)
            return node.parent
        node = node.parent
    return here
