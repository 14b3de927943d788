"""What the bundled catalogue of feeds says, and what of it is proposed."""

from __future__ import annotations

from datetime import date

from pipeline.records.record import dataclass
from pipeline.records.workspace import NoteLine


@dataclass(frozen=True, slots=True)
class CatalogueFeed:
    """One well-known public feed."""

    language: str  # "en"
    address: str
    seen: date  # the day when the address was last seen, in a public list


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject of the catalogue."""

    name: str  # a topic's short name: "ice-hockey"
    words: str  # that notes use for it, in several languages
    feeds: tuple[CatalogueFeed, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A topic for a note line that no listed feed can meet."""

    line: NoteLine
    subject: Subject | None  # None: the catalogue has nothing for it
    search: str  # the line's own words, as a search would send them; "": none are good enough
    language: str = ""  # of the line: "german"; "" for English
