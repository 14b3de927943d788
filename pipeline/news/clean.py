"""HTML of entries to plain text: the wall between what a feed says and everything after it.

Takes any text; gives plain text without markup, control, bidirectional or zero-width characters,
and without the lines that are in every entry ("The post … appeared first on …"). Takes time in
proportion to its input, whatever it is.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable

LONGEST_TITLE = 500
LONGEST_SENTENCE = 160  # of a text that stands in for a title; a headline has 60 to 110
LONGEST_TEXT = 20_000  # characters kept; the 90th percentile of 11,116 summaries is 668
LONGEST_HTML = 200_000  # characters looked at: the parser's time grows with each
FEWEST_WORDS = 3  # beside its links; a text with fewer is a list of links
TAIL = 600  # characters at the end of a text where "Read more" and the like stand

_DROPPED = ("script", "style", "svg", "form", "nav", "noscript", "template", "iframe", "object")
_BLOCKS = [
    "p",
    "div",
    "br",
    "li",
    "ul",
    "ol",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "tr",
    "td",
    "th",
    "table",
    "blockquote",
    "pre",
    "section",
    "article",
    "header",
    "footer",
    "figure",
    "figcaption",
    "hr",
    "dd",
    "dt",
    "dl",
]
# Only a name that HTML has, or that holds a colon or hyphen, makes a tag: "if a < b", `List<T>`
# and "<3" are text.
_TAG = re.compile(
    r"<(?:!--|!\[CDATA\[|!doctype\b|\?[a-z]|/?(?:[a-z][\w.]*[:-][\w.:-]*|a|abbr|acronym|address|"
    r"applet|area|article|aside|audio|b|base|bdi|bdo|big|blink|blockquote|body|br|button|canvas|"
    r"caption|center|cite|code|col|colgroup|data|dd|del|details|dfn|dialog|div|dl|dt|em|embed|"
    r"fieldset|figcaption|figure|font|footer|form|frame|frameset|h[1-6]|head|header|hgroup|hr|"
    r"html|i|iframe|image|img|input|ins|kbd|label|legend|li|link|main|map|mark|marquee|math|menu|"
    r"meta|nav|nobr|noframes|noscript|object|ol|optgroup|option|p|param|path|picture|plaintext|"
    r"pre|q|rp|rt|ruby|s|samp|script|section|select|slot|small|source|span|strike|strong|style|"
    r"sub|summary|sup|svg|table|tbody|td|template|textarea|tfoot|th|thead|time|title|tr|track|tt|"
    r"u|ul|var|video|wbr|xml|xmp)(?![\w.:-]))",
    re.IGNORECASE,
)
_NO_TAG = re.compile(rf"<(?!{_TAG.pattern[1:]})", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,8}|#[xX][0-9a-fA-F]{1,8}|[A-Za-z][A-Za-z0-9]{1,31});")
_SENTENCE_END = re.compile(r"[.!?…](?=\s)|。")
_LAST_LINES = re.compile(
    r"(?:^|(?<=[\s.!?…\]]))(?:"
    r"The post [^\n]{1,400}? (?:appeared first|first appeared) on [^\n]{1,150}"
    r"|(?:Continue reading|Read more|Read full (?:story|article)|Read the (?:full|rest of)|"
    r"Keep reading|Click here to (?:read|view)|Weiterlesen|Lire la suite|Seguir leyendo|Leer más|"
    r"Läs mer|Leggi tutto|Lees (?:meer|verder))\b[^\n.!?]{0,150}[\s.!?…»›→>]*"
    r"|(?:Share|Tweet|Pin|Email|Print) (?:this|on|to)\b[^\n]{0,80}"
    r"|Add to (?:del\.icio\.us|Facebook|digg)[^\n]{0,200}"
    r"|\[link\] \[comments\]"
    r")\s*\Z",
    re.IGNORECASE,
)


def title_text(raw: str) -> str:
    """Return a title as one line of plain text."""
    return _one_line(_plain(raw)[0])[:LONGEST_TITLE].strip()


def body_text(raw: str) -> str:
    """Return an entry's text, a paragraph a line; "" when it only lists links."""
    text, beside_links = _plain(raw)
    if beside_links < FEWEST_WORDS:
        return ""
    lines = (_one_line(line) for line in text.splitlines())
    return _cut(_without_last_lines("\n".join(line for line in lines if line)))


def first_sentence(text: str) -> str:
    """Return the first sentence, for an entry without a title."""
    line = text.split("\n", 1)[0]
    end = _SENTENCE_END.search(line)
    sentence = line[: end.end()] if end else line
    if len(sentence) <= LONGEST_SENTENCE:
        return sentence
    return sentence[: LONGEST_SENTENCE - 1].rsplit(" ", 1)[0] + "…"


def safe(text: str) -> str:
    """Return a text without control, bidirectional, zero-width and unpaired characters."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(letter for letter in text if letter in "\n\t" or not _is_unsafe(letter))


def _is_unsafe(letter: str) -> bool:
    return unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co", "Cn")


def _plain(raw: str) -> tuple[str, int]:
    """Return the text of a fragment, and how many of its words stand outside of links.

    Where the text is markup again, it was escaped twice; what is markup after that is dropped.
    """
    text, linked = raw[:LONGEST_HTML], ""
    for _ in range(2):
        if _TAG.search(text):
            text, in_links = _without_markup(text)
            linked += " " + in_links
        else:
            text = html.unescape(text)
        if not (_TAG.search(text) or _ENTITY.search(text)):
            break
    text = safe(text)
    while _TAG.search(text):
        text = _TAG.sub(" ", text)
    words = len(text.split())
    return text, words - len(linked.split()) if linked.strip() else max(words, FEWEST_WORDS)


def _without_markup(fragment: str) -> tuple[str, str]:
    """Return the text of a fragment of HTML, and the part of it that stands in links."""
    from bs4 import BeautifulSoup
    from bs4.element import CData, NavigableString
    from bs4.exceptions import ParserRejectedMarkup

    try:
        soup = BeautifulSoup(_NO_TAG.sub("&lt;", fragment), "html.parser")
    except (ParserRejectedMarkup, RecursionError, AssertionError):
        return html.unescape(_TAG.sub(" ", fragment)), ""
    for tag in soup(_DROPPED):
        tag.decompose()
    for tag in soup(_BLOCKS):
        tag.insert(0, "\n")
        tag.append("\n")
    linked = (piece for tag in soup("a") for piece in tag.contents)
    kinds = (NavigableString, CData)
    return _joined(soup.descendants, kinds), _joined(linked, kinds, deep=True)


def _joined(pieces: Iterable[object], kinds: tuple[type, ...], *, deep: bool = False) -> str:
    """Return the texts among the pieces; comments and declarations are of other kinds."""
    from bs4.element import Tag

    return "".join(
        f" {piece.get_text(' ')} " if deep and isinstance(piece, Tag) and piece.name != "a"
        else str(piece) if type(piece) in kinds
        else ""
        for piece in pieces
    )  # fmt: skip


def _without_last_lines(text: str) -> str:
    while found := _LAST_LINES.search(text, max(0, len(text) - TAIL)):
        text = text[: found.start()].rstrip()
    return text


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _cut(text: str) -> str:
    if len(text) <= LONGEST_TEXT:
        return text
    return text[:LONGEST_TEXT].rsplit(" ", 1)[0] + " …"
