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
LONGEST_TEXT = 20_000  # characters kept; the 90th percentile of 11,116 summaries is 668
LONGEST_HTML = 200_000  # characters looked at: the parser's time grows with each
SHORTEST_TEXT = 3  # words; a summary of fewer is no summary

_DROPPED = ("script", "style", "svg", "form", "nav", "noscript", "template", "iframe", "object")
MOST_TAGS = 5_000  # the captured entry with the most markup has some 2,000
_BLOCK_TAG = re.compile(
    r"</?(?:p|div|br|li|ul|ol|h[1-6]|tr|td|th|table|blockquote|pre|section|article|header|footer|"
    r"figure|figcaption|hr|dd|dt|dl)(?=[\s/>])",
    re.IGNORECASE,
)
# A "<" that opens no tag, or whose tag is not closed within any length that a tag has.
_UNCLOSED = re.compile(r"<(?![a-zA-Z/!?][^<>]{0,4000}>)")
# A tag begins with a letter, a slash, ! or ?: "if a < b" is a sentence. `<T>` and `<3` stay, too:
# only names that HTML has are taken for tags.
_TAGLIKE = re.compile(
    r"<(?:!--|!\[CDATA\[|!doctype|\?xml|/?(?:a|abbr|address|article|aside|audio|b|base|big|"
    r"blockquote|body|br|button|canvas|center|cite|code|dd|del|details|dfn|div|dl|dt|em|embed|"
    r"figure|figcaption|font|footer|form|frame|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|"
    r"kbd|label|li|link|main|mark|math|meta|nav|noscript|object|ol|option|p|param|picture|pre|q|s|"
    r"samp|script|section|select|small|source|span|strike|strong|style|sub|summary|sup|svg|table|"
    r"tbody|td|template|textarea|tfoot|th|thead|time|title|tr|track|tt|u|ul|var|video|wbr)"
    r"(?=[\s/>]))",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d{1,8}|#[xX][0-9a-fA-F]{1,8}|[A-Za-z][A-Za-z0-9]{1,31});")
_BOILERPLATE = re.compile(
    r"(?:^|(?<=[.!?…\n])|(?<=\s))\s*(?:"
    r"The post .{1,300}? (?:appeared first|first appeared) on .{1,120}?(?:\.|$)"
    r"|(?:Continue reading|Read more|Read the full (?:story|article)|Keep reading|Weiterlesen|"
    r"Lire la suite|Seguir leyendo|Leer más|Läs mer|Leggi tutto)\b[^.\n]{0,120}?(?:\.{1,3}|…|»|→|$)"
    r"|(?:Share|Tweet|Like|Pin|Email|Print) (?:this|on) [^.\n]{0,60}$"
    r"|Add to (?:del\.icio\.us|Facebook|digg)[^\n]{0,200}$"
    r")",
    re.IGNORECASE | re.MULTILINE,
)


def title_text(raw: str) -> str:
    """Return a title as one line of plain text."""
    return _one_line(to_text(raw[:LONGEST_HTML]))[:LONGEST_TITLE].strip()


def body_text(raw: str) -> str:
    """Return an entry's text: paragraphs as lines, without what is in every entry."""
    text = to_text(raw)
    lines = (" ".join(line.split()) for line in text.splitlines())
    joined = "\n".join(line for line in lines if line)
    kept = _BOILERPLATE.sub(" ", joined[: 2 * LONGEST_TEXT])
    return _cut("\n".join(" ".join(line.split()) for line in kept.splitlines() if line.strip()))


def to_text(raw: str) -> str:
    """Return a fragment of HTML, or text that only looks like it, as plain text."""
    raw = raw[:LONGEST_HTML]
    text = _without_markup(raw) if _TAGLIKE.search(raw) else _unescaped(raw)
    if _TAGLIKE.search(text):  # escaped twice
        text = _without_markup(text)
        if _TAGLIKE.search(text):
            text = _TAGLIKE.sub(" ", text)
    return safe(_unescaped(text) if _ENTITY.search(text) else text)


def safe(text: str) -> str:
    """Return a text without control, bidirectional, zero-width and unpaired characters."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(letter for letter in text if letter == "\n" or not _is_unsafe(letter))


def first_sentence(text: str) -> str:
    """Return the first sentence, for an entry without a title."""
    line = text.split("\n", 1)[0]
    end = re.search(r"[.!?…。](?=\s|$)", line)
    sentence = line[: end.end()] if end else line
    if len(sentence) <= 160:
        return sentence
    return sentence[:159].rsplit(" ", 1)[0] + "…"


def _is_unsafe(letter: str) -> bool:
    # Cf holds the bidirectional and zero-width marks; the joiners are letters' business in
    # Persian and Indic scripts and in emoji, and cannot turn the direction of a text.
    if letter in "\u200c\u200d":
        return False
    return unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co", "Cn") and letter not in "\t"


def _without_markup(fragment: str) -> str:
    from bs4 import BeautifulSoup
    from bs4.element import CData, NavigableString
    from bs4.exceptions import ParserRejectedMarkup

    try:
        soup = BeautifulSoup(_tamed(fragment), "html.parser")
        for tag in soup(_DROPPED):
            tag.decompose()
    except (ParserRejectedMarkup, RecursionError, AssertionError):
        return _stripped(fragment)
    return "".join(str(p) for p in soup.descendants if type(p) in (NavigableString, CData))


def _tamed(fragment: str) -> str:
    """Return markup that the parser reads in proportion to its length.

    html.parser looks to the end of the text for the end of each tag and comment, so thousands of
    open ones take minutes (0.2 MB of `<a href="`: 83 s). So: comments out, a "<" that cannot
    begin a tag or is never closed is a character, and no more tags than any entry has.
    """
    if fragment.count("<") > MOST_TAGS:
        fragment = _cut_at_tag(fragment, MOST_TAGS)
    fragment = _without_comments(fragment)
    end = fragment.rfind(">") + 1
    head, tail = fragment[:end], fragment[end:].replace("<", "&lt;")
    head = _UNCLOSED.sub("&lt;", head)
    return _BLOCK_TAG.sub(r"\n\g<0>", head) + tail


def _cut_at_tag(fragment: str, number: int) -> str:
    at = -1
    for _ in range(number):
        at = fragment.find("<", at + 1)
    return fragment[:at]


def _without_comments(fragment: str) -> str:
    kept, at = [], 0
    while (begin := fragment.find("<!--", at)) >= 0:
        kept.append(fragment[at:begin])
        end = fragment.find("-->", begin + 4)
        if end < 0:
            return "".join(kept)
        at = end + 3
    return "".join([*kept, fragment[at:]])


def _stripped(fragment: str) -> str:
    return _unescaped(re.sub(r"<[^<>]{0,1000}>", " ", fragment))


def _unescaped(text: str) -> str:
    """Decode entities once, and once more where the result is still one."""
    once = html.unescape(text)
    return html.unescape(once) if _ENTITY.search(once) else once


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _cut(text: str) -> str:
    if len(text) <= LONGEST_TEXT:
        return text
    return text[:LONGEST_TEXT].rsplit(" ", 1)[0] + " …"
