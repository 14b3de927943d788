"""Dates on a web page: which of its texts are dates, and which stands for which article.

Takes a page's nodes; gives a reader of it. A machine's date (`<time datetime>`, itemprop) goes
before a text, a text that is nothing but a date before one that begins with it ("Berlin, 24.
November 2026 – …"). Whether 5/3/2026 is in March or in May is told by the page's other dates, else
by its language. How a date is read is left to news.dates; one without a year is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cached_property

from pipeline.news import clean, dates
from pipeline.news.page_tree import Node
from pipeline.text.patterns import compiled_later

# ------------------------------------------------------------ every number, and where it is from
# Set on 40 pages after the forms of many systems (tests/news/test_news_page.py).
LONGEST_DATED = 90  # characters of a text that is a date with little beside it,
LONGEST_BESIDE = 45  # and of what is beside it: "| Press release", "Munich,"
LONGEST_DATELINE = 60  # characters in which a date may end, where a text goes on after it
SHORTEST = 6  # characters of a date: "1.2.26"
# no border test: far beyond real values
MOST_DATES = 4_000  # beside the articles of a page
LONGEST_APART = 40  # of a date whose parts are elements of their own: a day, a month, a year

_MONTH = r"[^\W\d_]{3,12}"
_DATE = compiled_later(
    rf"\d{{4}}-\d{{2}}-\d{{2}}T[\d:.]{{5,12}}(?:Z|[+-]\d\d:?\d\d)?"
    rf"|(?<![\d.])(?:19|20)\d\d\s?[-/.]\s?\d{{1,2}}\s?[-/.]\s?\d{{1,2}}(?!\d)"
    rf"|(?<![\d.])\d{{1,2}}\s?[./-]\s?\d{{1,2}}\s?[./-]\s?(?:(?:19|20)\d\d|\d\d)(?![\d.]\d)"
    rf"|(?:19|20)\d\d\s?[年년]\s?\d{{1,2}}\s?[月월]\s?\d{{1,2}}\s?[日일]"
    rf"|(?<!\d)\d{{1,2}}(?:st|nd|rd|th|er|re|º|°)?[.,]?[\s-]{{0,3}}(?:de\s+|d['’]\s?|of\s+)?{_MONTH}"
    rf"[.,]?[\s-]{{0,3}}(?:del?\s+)?(?:19|20)\d\d(?!\d)"
    rf"|{_MONTH}[.,]?\s{{0,3}}\d{{1,2}}(?:st|nd|rd|th)?\s?[.,]?\s{{0,3}}(?:19|20)\d\d(?!\d)",
    re.IGNORECASE,
)
_NUMBERS = compiled_later(r"(\d{1,2})\s?/\s?(\d{1,2})\s?/\s?(\d{2,4})")
_MACHINE = compiled_later(
    r"datePublished|dateCreated|\bdatetime\b|\bdata-(?:date|time|published)", re.I
)
_AMERICAN = ("en", "en-us")
_BRITISH = (".uk", ".ie", ".au", ".nz", ".in", ".za", ".sg")

Range = tuple[int, int]


class DateReader:
    """Reads the dates of one page."""

    def __init__(self, nodes: Sequence[Node], host: str) -> None:
        """Take the nodes, as news.page_tree gives them, and the page's host."""
        self._nodes = nodes
        self._host = host
        self._known: dict[str, datetime | None] = {}

    def is_date(self, text: str) -> bool:
        """Return whether a text is a date, with little beside it."""
        return self._of_text(text) is not None

    def in_part(self, part: Node, title: Node | None) -> datetime | None:
        """Return the date of the article that a part of the page is about."""
        inside = self._nodes[part.place : part.last + 1]
        for node in inside:
            if not node.is_text and (found := self._of_machine(node)):
                return found
        beside = [
            node for node in inside if title is None or not title.place <= node.place <= title.last
        ]
        tries = (
            (self._of_text(node.written) for node in beside if node.is_text),
            (self._of_parts(node) for node in beside),
            (self._of_dateline(node.written) for node in beside if node.is_text),
            (self._of_text(node.written) for node in inside if node.is_text),
        )
        return next((found for each in tries for found in each if found), None)

    def free(self, taken: Sequence[Range]) -> list[tuple[int, datetime]]:
        """Return the dates outside of these parts of the page, each with its node's place."""
        within = {place for first, last in taken for place in range(first, last + 1)}
        return [pair for pair in self._all if pair[0] not in within]

    @cached_property
    def _all(self) -> list[tuple[int, datetime]]:
        found: list[tuple[int, datetime]] = []
        done = -1  # the last node of an element that is a date as a whole
        for node in self._nodes:
            if node.place <= done:
                continue
            at = self._of_text(node.written) if node.is_text else self._of_machine(node)
            at = at or (None if node.is_text else self._of_parts(node))
            if at:
                found.append((node.place, at))
                done = node.last
                if len(found) == MOST_DATES:
                    break
        return found

    def _of_machine(self, node: Node) -> datetime | None:
        if not _MACHINE.search(node.written):
            return None
        is_date = node.tag == "time" or "date" in node.attribute("itemprop").casefold()
        names = ("datetime", "content") if is_date else ("data-date", "data-published", "data-time")
        given = (node.attribute(name) for name in names)
        return next((at for text in given if text and (at := self._read(text))), None)

    def _of_parts(self, node: Node) -> datetime | None:
        """Return the date whose day, month and year are elements of their own."""
        if (
            node.is_text
            or not SHORTEST <= node.length <= LONGEST_APART
            or node.last - node.place < 3
        ):
            return None
        texts = (one.written for one in self._nodes[node.place : node.last + 1] if one.is_text)
        return self._of_text(" ".join(texts))

    def _of_text(self, text: str) -> datetime | None:
        if not SHORTEST <= len(text.strip()) <= LONGEST_DATED or not any(map(str.isdigit, text)):
            return None
        plain = clean.title_text(text)
        found = _DATE.search(plain)
        if not found or len(plain) - len(found[0]) > LONGEST_BESIDE:
            return None
        return self._read(found[0])

    def _of_dateline(self, text: str) -> datetime | None:
        found = _DATE.search(clean.title_text(text[: 2 * LONGEST_DATELINE])[:LONGEST_DATELINE])
        return self._read(found[0]) if found else None

    def _read(self, text: str) -> datetime | None:
        if text not in self._known:
            self._known[text] = self._read_anew(text)
        return self._known[text]

    def _read_anew(self, text: str) -> datetime | None:
        slashes = _NUMBERS.fullmatch(text.strip())
        if slashes and self._is_day_first:
            day, month, year = slashes.groups()
            text = f"{year if len(year) == 4 else f'20{year}'}-{month:0>2}-{day:0>2}"
        at = dates.read(text)
        return at if at and at >= dates.EARLIEST else None

    @cached_property
    def _is_day_first(self) -> bool:
        for first, second in self._slashed():
            if first > 12 or second > 12:
                return first > 12
        whole = next((node for node in self._nodes if node.tag == "html"), None)
        language = whole.attribute("lang").casefold() if whole else ""
        if language in _AMERICAN or not language:
            return self._host.endswith(_BRITISH)
        return True

    def _slashed(self) -> Iterator[tuple[int, int]]:
        for node in self._nodes:
            if node.is_text and "/" in node.written and node.length <= LONGEST_DATED:
                for found in _NUMBERS.finditer(node.written):
                    yield int(found[1]), int(found[2])
