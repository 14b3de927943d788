"""Notes in whatever file they are: plain text, Word, OpenDocument, HTML; as the text of a note.

Takes the bytes of a file; gives Markdown with its headings, bullets and bold words, or why it
cannot be read and what to do. Word and OpenDocument are XML in a zip file, so the standard library
reads what is wanted here (paragraphs, styles, bold) in a page of code; python-docx would bring 15
MB of lxml for it. The file may come from anybody: what is unpacked is limited, XML with a document
type, which is where entities are, is refused, and a file's name is never one to open.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from html.parser import HTMLParser
from xml.etree import ElementTree

from pipeline.records.record import dataclass

MOST_XML = 20_000_000  # bytes unpacked; a book has 5 million; no border test: far from real values

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_SAVE = "Save it as plain text (.txt) or as a Word document (.docx), or paste the text."
_OTHERS = (
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "a rich text file (RTF)"),
    (b"\xd0\xcf\x11\xe0", "an old Word document (.doc)"),
)
_HEADING = re.compile(r"^(?:heading|title|titre|titel|berschrift|titulo|ttulo)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a file; where it cannot be read, what is wrong with it and what to do."""

    text: str = ""
    wrong: str = ""


def is_text(content: bytes) -> bool:
    """Return whether a file is plain text, of which this module knows nothing."""
    marks = (b"PK\x03\x04", *(mark for mark, _ in _OTHERS))
    return not (content.startswith(marks) or _is_html(content))


def document(content: bytes) -> Document:
    """Return the text of a file that is no plain text."""
    for mark, name in _OTHERS:
        if content.startswith(mark):
            return Document("", f"It is {name}, which is not read. {_SAVE}")
    if _is_html(content):
        page = _Page()
        page.feed(content.decode("utf-8", "replace"))
        page.close()
        return Document(page.text())
    try:
        return _unpacked(content)
    except (zipfile.BadZipFile, zlib.error, ElementTree.ParseError, _TooMuch, OSError, EOFError):
        return Document("", f"It is damaged, or no document. {_SAVE}")
    except (RuntimeError, NotImplementedError):  # how zipfile says these two
        return Document("", f"It has a password, or is packed in an unknown way. {_SAVE}")


def _is_html(content: bytes) -> bool:
    start = content[:500].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<!doctype html", b"<html", b"<body", b"<div", b"<h1", b"<meta"))


class _TooMuch(Exception):
    """More than any document holds, or XML that can grow."""


def _unpacked(content: bytes) -> Document:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        names = set(packed.namelist())
        if "word/document.xml" in names:
            body = _xml(packed, "word/document.xml")
            return Document("\n".join(_word_lines(body)))
        if "content.xml" in names:
            body = _xml(packed, "content.xml")
            return Document("\n".join(_open_lines(body, 0)))
    return Document("", f"It is a packed file without a document in it. Unpack it first. {_SAVE}")


def _xml(packed: zipfile.ZipFile, name: str) -> ElementTree.Element:
    with packed.open(name) as part:
        xml = part.read(MOST_XML + 1)
    if len(xml) > MOST_XML or b"\0" in xml or b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise _TooMuch
    return ElementTree.fromstring(xml)  # noqa: S314 - without a document type it cannot grow


def _word_lines(body: ElementTree.Element) -> Iterator[str]:
    for paragraph in body.iter(f"{_WORD}p"):
        style = paragraph.find(f"{_WORD}pPr/{_WORD}pStyle")
        name = style.get(f"{_WORD}val", "") if style is not None else ""
        is_heading = bool(_HEADING.match(name.removeprefix("Ü").removeprefix("ü")))
        is_listed = paragraph.find(f"{_WORD}pPr/{_WORD}numPr") is not None or "List" in name
        text = _runs(_word_runs(paragraph), plain=is_heading)
        yield f"\n## {text}" if is_heading and text else f"- {text}" if is_listed and text else text


def _word_runs(paragraph: ElementTree.Element) -> Iterator[tuple[str, bool]]:
    for run in paragraph.iter(f"{_WORD}r"):
        mark = run.find(f"{_WORD}rPr/{_WORD}b")
        is_bold = mark is not None and mark.get(f"{_WORD}val", "1") not in ("0", "false", "none")
        parts = {f"{_WORD}tab": " ", f"{_WORD}br": "\n", f"{_WORD}cr": "\n"}
        text = "".join(
            (part.text or "") if part.tag == f"{_WORD}t" else parts.get(part.tag, "")
            for part in run
        )
        yield text, is_bold


def _runs(runs: Iterator[tuple[str, bool]], *, plain: bool) -> str:
    """Return a paragraph with its bold words marked."""
    joined: list[tuple[str, bool]] = []
    for text, is_bold in runs:
        if joined and joined[-1][1] == is_bold:
            joined[-1] = (joined[-1][0] + text, is_bold)
        else:
            joined.append((text, is_bold))
    return "".join(
        re.sub(r"^(\s*)(.*\S)(\s*)$", r"\1**\2**\3", text, flags=re.DOTALL)
        if is_bold and not plain and "\n" not in text
        else text
        for text, is_bold in joined
    ).strip()


def _open_lines(element: ElementTree.Element, depth: int) -> Iterator[str]:
    """Yield the lines of an OpenDocument text: headings, items of lists, paragraphs."""
    if depth > 100:
        raise _TooMuch
    for part in element:
        text = " ".join("".join(part.itertext()).split())
        if part.tag == f"{_TEXT}h":
            yield f"\n## {text}"
        elif part.tag == f"{_TEXT}list-item":
            first, *more = [*_open_lines(part, depth + 1), ""]
            yield f"- {first}".rstrip(" -")
            yield from filter(None, more)
        elif part.tag == f"{_TEXT}p":
            yield text
        else:
            yield from _open_lines(part, depth + 1)


class _Page(HTMLParser):
    """HTML as word processors and note programs export it, as lines."""

    _BREAKS = frozenset("p div br li tr ul ol table h1 h2 h3 h4 h5 h6 title".split())
    _SILENT = frozenset("script style head template".split())

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._silent += tag in self._SILENT
        if tag in self._BREAKS:
            self._parts.append("\n")
        if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self._parts.append(f"\n{'#' * int(tag[1])} ")
        elif tag == "li":
            self._parts.append("- ")
        elif tag in ("b", "strong"):
            self._parts.append("**")

    def handle_endtag(self, tag: str) -> None:
        self._silent = max(self._silent - (tag in self._SILENT), 0)
        if tag in self._BREAKS:
            self._parts.append("\n")
        elif tag in ("b", "strong"):
            self._parts.append("**")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._parts.append(re.sub(r"\s+", " ", data))

    def text(self) -> str:
        """Return the lines, without empty ones that follow one another."""
        plain = re.sub(r"\*\*(\s*)\*\*", r"\1", "".join(self._parts))
        lines = (line.strip() for line in re.sub(r"- \n+", "- ", plain).split("\n"))
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
