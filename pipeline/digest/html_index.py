"""The page that lists all digests, newest first: what each day brought, and where it lies.

Takes a line for each day; gives HTML in the style of the page of the day. Reads no file.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from pipeline.digest.html_page import content_security_policy, template
from pipeline.records import Digest, DigestLine
from pipeline.records.record import dataclass
from pipeline.text.phrasing import figure_of, long_day


@dataclass(frozen=True, slots=True)
class IndexDay:
    """One day's line, as the list shows it."""

    line: DigestLine
    ending: str = "html"  # of the file that it leads to

    @property
    def day(self) -> date:
        """The day."""
        return self.line.day

    @property
    def name(self) -> str:
        """The day in words."""
        return long_day(self.line.day)

    @property
    def brings(self) -> str:
        """What it brings, without the day's name."""
        return self.line.headline.partition(": ")[2]

    @property
    def counts(self) -> str:
        """How many of each kind, leaving out those without any."""
        said = (
            (self.line.suggestions, figure_of(self.line.suggestions, "suggestion")),
            (self.line.held, f"{self.line.held:,} held back"),
            (self.line.reading, f"{self.line.reading:,} worth a look"),
        )
        return " · ".join(words for count, words in said if count > 0)


def line_of(digest: Digest) -> DigestLine:
    """Return a digest's line."""
    return DigestLine(
        digest.day,
        digest.headline,
        len(digest.entries),
        len(digest.held),
        len(digest.worth_a_look),
    )


def index(days: Iterable[IndexDay]) -> str:
    """Return the page; the same days give the same bytes."""
    in_order = sorted(days, key=lambda item: item.day, reverse=True)
    months = [
        (name, tuple(group)) for name, group in groupby(in_order, key=lambda d: f"{d.day:%B %Y}")
    ]
    found, style = template("index.html.j2", "page.css")
    text: str = found.render(
        months=months, count=len(in_order), style=style, policy=content_security_policy(style)
    )
    return text
