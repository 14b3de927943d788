"""One person of one interview, with everything that is known of them at one moment.

The kinds and the guards ask a `Case` and nothing else, so that each of them is a small function
of values. A `Candidate` is what a kind proposes, before one is chosen for each person.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from pipeline.records import (
    Company,
    Contact,
    Evidence,
    Held,
    Interview,
    Kind,
    Match,
    PaceSettings,
    Person,
    Suggestion,
    Touchpoint,
    Upcoming,
)
from pipeline.touchpoints.lifecycle import OPEN


@dataclass(frozen=True, slots=True)
class Option:
    """A story that could go with a message, and the note line that makes it fit this person."""

    match: Match
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Candidate:
    """A message that one kind proposes to one person."""

    kind: Kind
    key: str  # for a kind that needs a story, completed with the story's id
    case: Case
    due: datetime
    reason: str
    options: tuple[Option, ...] = ()  # best first
    needs_story: bool = False
    carried: Suggestion | None = None  # put off by the user until now: taken up as it was


Proposal = Candidate | Held | Upcoming | None


@dataclass(frozen=True, slots=True)
class Case:
    """One person, one interview, one moment."""

    interview: Interview
    company: Company
    person: Person
    pace: PaceSettings
    zone: ZoneInfo  # the recipient's
    is_free: Callable[[date], bool]
    now: datetime
    matches: tuple[Match, ...]  # shown ones of this interview, best first
    bad_news: tuple[Match, ...]  # sensitive ones about the company, within the hold
    contacts: tuple[Contact, ...]  # with this person (or nobody named) since the interview
    touchpoints: tuple[Touchpoint, ...]  # for this person
    seen_stories: frozenset[str]  # sent to this person, or dismissed

    @property
    def today(self) -> date:
        """The day at the recipient's place."""
        return self.now.astimezone(self.zone).date()

    @property
    def start_of_today(self) -> datetime:
        """Midnight at the recipient's place, in UTC."""
        return datetime.combine(self.today, datetime.min.time(), self.zone).astimezone(UTC)

    @property
    def messages(self) -> tuple[Contact, ...]:
        """What the candidate sent."""
        return tuple(contact for contact in self.contacts if not contact.answer)

    @property
    def unanswered(self) -> int:
        """How many messages went out since the last answer."""
        count = 0
        for contact in self.contacts:
            count = 0 if contact.answer else count + 1
        return count

    @property
    def last_contact(self) -> datetime | None:
        """When either side was last heard of since the interview."""
        return self.contacts[-1].at if self.contacts else None

    @property
    def open(self) -> tuple[Touchpoint, ...]:
        """What is already suggested to this person, or put off."""
        return tuple(item for item in self.touchpoints if item.status in OPEN)

    def key(self, kind: Kind, *parts: str) -> str:
        """Return the stable key of a suggestion of this kind."""
        return ":".join((kind, self.interview.file, self.person.name, *parts))

    def is_done(self, key: str) -> bool:
        """Tell whether the user has already sent or dismissed the suggestion of that key."""
        return any(
            item.suggestion.key == key and item.status in ("sent", "answered", "dismissed")
            for item in self.touchpoints
        )

    def held(self, guard: str, kind: Kind, reason: str, until: datetime | None = None) -> Held:
        """Return the word that this kind of message was held back for this person."""
        return Held(guard, self.company.slug, self.person.name, reason, kind=kind, until=until)

    def upcoming(self, kind: Kind, day: date, what: str) -> Upcoming:
        """Return a note of what falls due later."""
        return Upcoming(self.key(kind), day, self.company.slug, what)
