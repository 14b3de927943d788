"""What one run leaves for the next: the values of the typed slots in `store/memory.py`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime

from pipeline.records.record import dataclass
from pipeline.records.touchpoints import State


@dataclass(frozen=True, slots=True)
class Fit:
    """When the program last learned from the stored news, and from what."""

    at: datetime | None = None
    documents: int = 0  # how many articles it learned from
    asked: str = ""  # hash of the names and note lines that it was asked about


@dataclass(frozen=True, slots=True)
class Scored:
    """Up to where the stories were scored, and under which conditions."""

    context: str = ""  # hash of everything that moves scores: notes, settings, the fit
    up_to: int = 0  # the number of the last change of the articles that was looked at
    since: datetime | None = None  # stories with older articles were not scored whole
    bounds: bool = False  # whether those that do not matter have bounds, for a list


@dataclass(frozen=True, slots=True)
class Left:
    """A run that changed nothing: a later one that sees the same until then need not plan anew."""

    at: datetime
    until: datetime
    before: str  # a hash of all that it saw before it asked the feeds,
    whole: str  # and of that with the news


@dataclass(frozen=True, slots=True)
class Question:
    """An answer on a page that was not understood; `digest/page_phrases.py` words it."""

    page: date  # the day of that page
    number: int  # the suggestion's; 0: about the whole page
    text: str  # "“soon” is not a day in the future."
    status: State | None = None  # of the suggestion when it was asked


@dataclass(frozen=True, slots=True)
class DigestPageState:
    """One day's page: what was written, what the user made of it, what was read from it."""

    day: date
    written: tuple[str, ...] = ()  # hashes of what the program wrote
    read: tuple[str, ...] = ()  # hashes of what the user made of it, and was read
    taken: tuple[str, ...] = ()  # answers that already count: "3 sent"
    notes: tuple[str, ...] = ()  # lines that the user added
    reported: tuple[str, ...] = ()  # sentences on this page about what was read from pages
    questions: tuple[Question, ...] = ()  # what this page asks


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """The page for the browser that was written last: from what, and the hash of it."""

    made_from: str
    content: str


@dataclass(frozen=True, slots=True)
class DigestLine:
    """One day's line in the list of all digests."""

    day: date
    headline: str
    suggestions: int = 0
    held: int = 0
    reading: int = 0


@dataclass(frozen=True, slots=True)
class DraftFile:
    """A draft's file: from what its text was made, and the hash of every text that was written."""

    name: str
    made_from: str
    written: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Appointment:
    """One thing in the calendar: at a moment, or on a day."""

    uid: str
    title: str
    text: str = ""
    at: datetime | None = None  # UTC
    day: date | None = None
    minutes: int = 0
    busy: bool = False  # others see the time as taken


@dataclass(frozen=True, slots=True)
class Revision:
    """An appointment as it was last written: how often it had changed, and since when it is so."""

    appointment: Appointment
    number: int
    since: datetime
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class CalendarState:
    """The calendar's file: which program wrote it, and every appointment in it."""

    version: str
    revisions: tuple[Revision, ...] = ()


@dataclass(frozen=True, slots=True)
class FeedStamp:
    """When a day's digest came into the feed of the digests, and when it last changed."""

    day: date
    fingerprint: str
    published: datetime
    updated: datetime


@dataclass(frozen=True, slots=True)
class ChannelState:
    """What is remembered of one channel by which the digest goes out."""

    name: str  # "mail", "notify 1": the first of the addresses for notes
    day: date | None = None  # of the digest that arrived last
    delivered: tuple[str, ...] = ()  # what there was to do in those of that day, a key each
    error: str = ""  # what kind of failure the last attempt was
    failing_since: datetime | None = None
    reported: date | None = None  # the day whose page reports the failure


@dataclass(frozen=True, slots=True)
class KnownHolidays:
    """Public holidays, as one version of the program knows them."""

    version: str = ""
    days: Mapping[str, tuple[date, ...]] = field(default_factory=dict)  # by "FR 2026"


@dataclass(frozen=True, slots=True)
class ScheduleState:
    """Which scheduler starts the daily job, and since when."""

    kind: str
    since: datetime


Volume = Mapping[str, Mapping[date, int]]  # articles about each company on each day
