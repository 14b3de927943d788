"""HTML of entries to plain text: the wall between what a feed says and everything after it.

Takes any text; gives plain text without markup, control, bidirectional or zero-width characters,
and without the lines that are in every entry ("The post … appeared first on …"). Takes time in
proportion to its input, whatever it is.
"""

from __future__ import annotations

import html
import re
import unicodedata

LONGEST_TITLE = 500
LONGEST_SENTENCE = 160  # of a text that stands in for a title; a headline has 60 to 110
LONGEST_TEXT = 20_000  # characters kept; the 90th percentile of 11,116 summaries is 668
LONGEST_HTML = 200_000  # characters looked at: the parser's time grows with each
FEWEST_WORDS = 3  # beside its links; a text with fewer is a list of links
TAIL = 600  # characters at the end of a text where "Read more" and the like stand

_DROPPED = ("script", "style", "svg", "form", "nav", "noscript", "template", "iframe", "object")
_DECIDING = frozenset((*_DROPPED, "a"))
_BLOCKS = frozenset(
    [
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
)
# Only a name that HTML has, or that holds a colon or hyphen, makes a tag: "if a < b", `List<T>`
# and "<3" are text.
_NAMES = (
    r"[a-z][\w.]*[:-][\w.:-]*|a|abbr|acronym|address|applet|area|article|aside|audio|b|base|bdi|"
    r"bdo|big|blink|blockquote|body|br|button|canvas|caption|center|cite|code|col|colgroup|data|"
    r"dd|del|details|dfn|dialog|div|dl|dt|em|embed|fieldset|figcaption|figure|font|footer|form|"
    r"frame|frameset|h[1-6]|head|header|hgroup|hr|html|i|iframe|image|img|input|ins|kbd|label|"
    r"legend|li|link|main|map|mark|marquee|math|menu|meta|nav|nobr|noframes|noscript|object|ol|"
    r"optgroup|option|p|param|path|picture|plaintext|pre|q|rp|rt|ruby|s|samp|script[\w.:-]*|section|"
    r"select|slot|small|source|span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|"
    r"template|textarea|tfoot|th|thead|time|title|tr|track|tt|u|ul|var|video|wbr|xml|xmp"
)
_TAG = re.compile(rf"<(?:!--|!\[CDATA\[|!doctype\b|\?[a-z]|/?(?:{_NAMES})(?![\w.:-]))", re.I)
# One "<" and what belongs to it. No branch goes past the next "<", so that the time is linear.
_ANGLE = re.compile(
    rf"<(?:(/?)({_NAMES})(?![\w.:-])(?:(?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+>|[^<>]*+>)"
    r"|(!\[CDATA\[|[!?][a-z][^<>]*+>))?",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
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
    text, only_links = _plain(raw)
    if only_links:
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


def _plain(raw: str) -> tuple[str, bool]:
    """Return the text of a fragment, and whether it is nothing but links.

    Where the text is markup again, it was escaped twice; what is markup after that is dropped.
    """
    text, only_links = raw[:LONGEST_HTML].encode("utf-8", "ignore").decode("utf-8"), False
    for _ in range(2):
        if _TAG.search(text):
            text, beside = _without_markup(text)
            only_links = only_links or beside < FEWEST_WORDS
        else:
            text = html.unescape(text)
        if not (_TAG.search(text) or _ENTITY.search(text)):
            break
    return _TAG.sub(" ", safe(_undoubled(text))), only_links


def _undoubled(text: str) -> str:
    """Return "we’re" for "weâ€™re": UTF-8 that was taken for Windows-1252 and encoded again."""
    if "Ã" not in text and "â€" not in text:
        return text
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text


def _without_markup(fragment: str) -> tuple[str, int]:
    """Return the text of a fragment of HTML, and how many of its words stand outside of links."""
    tamed = _tamed(fragment)
    if "<" not in tamed:
        return html.unescape(tamed), FEWEST_WORDS
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(tamed, "html.parser")
    for tag in soup(_DROPPED):
        tag.decompose()
    text = soup.get_text()
    links = soup("a")
    for tag in links:
        tag.decompose()
    return text, len(soup.get_text().split()) if links else FEWEST_WORDS


def _tamed(fragment: str) -> str:
    """Return HTML in which only the tags that decide are left, bare and never nested in their like.

    Markup that does not end, and deep nesting, cost html.parser and the tree quadratic time:
    100 KB of "<a " take minutes.
    """
    commented = fragment.rfind("-->") + 3 if "-->" in fragment else 0
    head, rest = _COMMENT.sub("", fragment[:commented]), fragment[commented:]
    bare = _ANGLE.sub(_bare, head + rest.replace("<!--", ""))
    return bare.replace("]]>", "") if "<![CDATA[" in fragment else bare


def _bare(found: re.Match[str]) -> str:
    if found[3]:
        return ""
    if not found[2]:
        return "&lt;"
    name = found[2].lower()
    if name not in _DECIDING:
        return "\n" if name in _BLOCKS else ""
    if found[1]:
        return f"</{name}>"
    end = f"</{name}>" if found[0].endswith("/>") else ""
    return f"</{name}><{name}>{end}"


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
