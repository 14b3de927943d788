"""One person of one interview, with everything that is known of them at one moment.

The kinds and the guards ask a `Case` and nothing else, so that each of them is a small function
of values. A `PossibleMessage` is what a kind proposes, before one is chosen for each person.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import field, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from pipeline.records import (
    Company,
    Config,
    Contact,
    Evidence,
    GuardResult,
    Held,
    Hold,
    Interview,
    Kind,
    Match,
    OwnWork,
    PaceSettings,
    Person,
    PersonNews,
    Reason,
    Suggestion,
    Touchpoint,
    Upcoming,
)
from pipeline.records.record import dataclass
from pipeline.text import publishers
from pipeline.text.calendar import day_in, zone_of
from pipeline.touchpoints import pace
from pipeline.touchpoints.lifecycle import DONE

# A title of fewer words ("Weekly review") may be that of different stories.
TITLE_WORDS = 5


@dataclass(frozen=True, slots=True)
class Option:
    """A story that could go with a message, and the note line that makes it fit this person."""

    match: Match
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class OwnNews:
    """A story that is a person's own, and what it says of them."""

    match: Match
    news: PersonNews


@dataclass(frozen=True, slots=True)
class PossibleMessage:
    """A message that one kind proposes to one person."""

    kind: Kind
    key: str  # for a kind that needs a story, completed with the story's id
    case: Case
    due: datetime
    reason: Reason
    options: tuple[Option, ...] = ()  # best first
    needs_story: bool = False
    passed: tuple[GuardResult, ...] = ()  # what the guards found in order
    carried: Suggestion | None = None  # put off by the user until now: taken up as it was


Proposal = PossibleMessage | Held | Upcoming | None


@dataclass(frozen=True, slots=True)
class HoldRules:
    """By which rules bad news about one company hold, seen from one recipient's place."""

    pace: PaceSettings
    zone: ZoneInfo
    shortened: Set[str] = frozenset()  # kinds that hold for less time (see `releases`)
    hearsay: Mapping[str, str] = field(default_factory=dict)  # story id -> who alone tells it


@dataclass(frozen=True, slots=True)
class Case:
    """One person, one interview, one moment."""

    interview: Interview  # the latest with this person
    company: Company
    person: Person
    identity: str  # the same for this person at another company
    leads: bool  # whom one sends a sign of life
    asked: bool  # whom one asks about the decision
    ahead: datetime | None  # the next talk at this company
    config: Config
    pace: PaceSettings
    zone: ZoneInfo  # the recipient's
    is_free: Callable[[date], bool]
    is_free_of_thanks: Callable[[date], bool]  # a thank-you goes at a weekend, too
    now: datetime
    matches: tuple[Match, ...]  # shown ones of their interviews here, best first
    bad_news: tuple[Match, ...]  # sensitive ones about the company, within the hold
    contacts: tuple[Contact, ...]  # with this person (or nobody named) here since the interview
    everywhere: tuple[Contact, ...]  # with this person, at whatever company, ever
    colleagues: tuple[Contact, ...]  # with others at this company since the interview
    touchpoints: tuple[Touchpoint, ...]  # for this person, here
    used: frozenset[str]  # marks of the stories that are done with for this person
    said: frozenset[str]  # places of notes and profile from which somebody at the company has read
    told: frozenset[str] = frozenset()  # those from which this person has,
    offered: frozenset[str] = frozenset()  # and somebody there, in more than a thank-you
    heard: frozenset[str] = frozenset()  # marks of lines on which anybody there was sent news
    work: OwnWork = OwnWork()  # what the candidate did that fits the talk
    read: tuple[tuple[datetime, str], ...] = ()  # what people there were sent, and when
    shortened: frozenset[str] = frozenset()  # kinds of bad news that hold for less, by releases
    hearsay: Mapping[str, str] = field(default_factory=dict)  # bad news that one publisher tells
    usual_news: tuple[Match, ...] = ()  # bad news that is usual there, or too often hearsay
    own_news: tuple[OwnNews, ...] = ()  # the person's own, newest first; not what was released
    own_holds: tuple[Hold, ...] = ()  # what was the person's own earlier, and was not released
    others_news: tuple[OwnNews, ...] = ()  # of people whom the notes mention
    elsewhere: frozenset[str] = frozenset()  # ids of other companies' own news, and what went there
    own_field: tuple[Match, ...] = ()  # somebody new there for what the candidate applied for
    asides: frozenset[int] = frozenset()  # the numbers of what does not count as a message
    taken: frozenset[str] = frozenset()  # marks of what others of a fleet have for this person
    replies: tuple[Contact, ...] = ()  # of anybody here since the latest talk: what they said

    @property
    def hold_rules(self) -> HoldRules:
        """By which rules bad news about the company hold."""
        return HoldRules(self.pace, self.zone, self.shortened, self.hearsay)

    @property
    def today(self) -> date:
        """The day at the recipient's place."""
        return day_in(self.zone, self.now)

    @property
    def thank_you_ends(self) -> datetime:
        """From when on a thank-you is too late: not before a working day went by after the talk."""
        return pace.thank_you_ends(self.interview.interviewed, self.pace, self.zone, self.is_free)

    @property
    def last_day_of_thanks(self) -> date:
        """The last day on which a thank-you may go."""
        met, ends = self.interview.interviewed, self.thank_you_ends
        return pace.last_day_of_thanks(met, ends, self.zone, self.is_free_of_thanks)

    @property
    def messages(self) -> tuple[Contact, ...]:
        """What the candidate sent, without congratulations."""
        return tuple(
            contact
            for contact in self.contacts
            if not contact.answer and contact.touchpoint not in self.asides
        )

    @property
    def unanswered(self) -> int:
        """How many messages went out since the last answer, but for thanks, which ask for none."""
        thanks = {t.id for t in self.touchpoints if t.suggestion.kind == "thank_you"}
        free = self.asides | thanks
        count = 0
        for contact in self.contacts:
            if contact.answer:
                count = 0
            elif contact.touchpoint not in free:
                count += 1
        return count

    @property
    def last_contact(self) -> datetime | None:
        """When either side was last heard of since the interview."""
        return self.contacts[-1].at if self.contacts else None

    @property
    def open(self) -> tuple[Touchpoint, ...]:
        """What is already suggested to this person, or put off."""
        return tuple(item for item in self.touchpoints if item.is_open)

    @property
    def who(self) -> str:
        """The person, or the company where the notes name nobody."""
        return self.person.name or self.company.name

    def day_of(self, at: datetime) -> date:
        """Return the day of a moment, at the recipient's place."""
        return day_in(self.zone, at)

    def own_day_of(self, at: datetime) -> date:
        """Return the day of a contact at the candidate's place: so they remember it."""
        return day_in(zone_of(self.config.settings.timezone), at)

    def next_open(self, at: datetime, kind: Kind | None = None) -> datetime:
        """Return the first moment from `at` on in which a message of that kind may fall due."""
        is_free = self.is_free_of_thanks if kind == "thank_you" else self.is_free
        return pace.next_open(at, self.zone, is_free, self.pace.hours)

    def days_after(self, at: datetime, days: int) -> datetime:
        """Return the morning that is a number of days after a moment, at the recipient's place."""
        return pace.days_after(at, days, self.zone)

    def key(self, kind: Kind, *parts: str) -> str:
        """Return the stable key of a suggestion of this kind."""
        return ":".join((kind, self.interview.file, self.person.name, *parts))

    def is_done(self, key: str) -> bool:
        """Return whether the user has already sent or dismissed the suggestion of that key."""
        return any(item.suggestion.key == key and item.status in DONE for item in self.touchpoints)

    def held(self, kind: Kind, result: GuardResult, until: datetime | None = None) -> Held:
        """Return that this kind of message is held back for this person, perhaps until a moment."""
        if until is not None:
            result = replace(result, until=self.day_of(until))
        return Held(result, self.company.slug, self.person.name, kind=kind, until=until)

    def upcoming(self, kind: Kind, day: date) -> Upcoming:
        """Return a note of what falls due later."""
        return Upcoming(kind, self.key(kind), day, self.company.slug, self.person.name)


def marks_of(match: Match) -> frozenset[str]:
    """Return what equal stories, or stories of one event, have in common.

    These are the ids of all tellings; addresses, and titles if long, of this one's publisher: a
    stranger's copy with the link of what was sent already hides nothing.
    """
    found = {match.what_happened, match.story.id, *(story.id for story in match.told_by)}
    for article in publishers.who_lead(match.story):
        found |= {article.id, article.link, article.canonical, title_mark(article.title)}
    return frozenset(found - {""})


def marks_sent(suggestion: Suggestion) -> frozenset[str]:
    """Return the same of a story that was in a message."""
    used = suggestion.reference
    return frozenset({used.story, used.link, title_mark(used.title)} - {""})


def line_mark(line: str) -> str:
    """Return what tells that a line of the notes was offered."""
    return f"line: {' '.join(line.casefold().split())}"


def lines_offered(suggestion: Suggestion) -> frozenset[str]:
    """Return the mark of what the candidate offers in a message: the line of a contribution."""
    note = suggestion.reference.note
    return frozenset({line_mark(note.text)} if note and suggestion.kind == "contribution" else ())


def title_mark(title: str) -> str:
    """Return a title for comparing; "" where it is too short to tell stories apart."""
    words = title.casefold().split()
    return " ".join(words) if len(words) >= TITLE_WORDS else ""
