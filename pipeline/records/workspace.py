"""What the candidate wrote: feeds.yaml, the notes, the profile, the templates."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pipeline.records.problems import Problem
from pipeline.records.record import dataclass
from pipeline.records.settings import Settings


@dataclass(frozen=True, slots=True)
class Feed:
    """One address (or file) to read, on behalf of one company or one topic."""

    address: str  # http(s) as the user wrote it, or an absolute path
    company: str = ""  # slug; empty for a topic's feed
    topic: str = ""  # slug; empty for a company's feed
    search: str = ""  # the name of the search that made the address
    page: bool = False  # a press or news page, not a feed
    weight: float = 1.0
    only: tuple[str, ...] = ()  # keep only entries with one of these words
    own: bool = False  # on the company's own website: an entry needs no name to be about it
    serves: tuple[str, ...] = ()  # of a topic's: slugs of the companies it is read for; empty: all


@dataclass(frozen=True, slots=True)
class Company:
    """An employer whose news is watched."""

    slug: str
    name: str
    aliases: tuple[str, ...] = ()
    negatives: tuple[str, ...] = ()  # `not:` in feeds.yaml
    industry: tuple[str, ...] = ()
    website: str = ""
    timezone: str = ""
    holidays: str = ""  # as in `settings › pace`; empty: by the time zone
    feeds: tuple[Feed, ...] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject whose feeds are read for tidbits."""

    slug: str
    feeds: tuple[Feed, ...] = ()


@dataclass(frozen=True, slots=True)
class Mute:
    """A word of which the user wants to hear nothing, and for what."""

    word: str
    line: int  # of feeds.yaml
    company: str = ""  # slug; empty: for every company
    topic: str = ""  # slug, where it is for a topic
    feeds: tuple[str, ...] = ()  # only what these addresses bring; empty: whatever brings it

    @property
    def place(self) -> str:
        """Where it is written: "feeds.yaml line 14"."""
        return f"feeds.yaml line {self.line}"


@dataclass(frozen=True, slots=True)
class Config:
    """feeds.yaml, checked."""

    settings: Settings
    companies: tuple[Company, ...] = ()
    topics: tuple[Topic, ...] = ()
    mutes: tuple[Mute, ...] = ()

    @property
    def feeds(self) -> tuple[Feed, ...]:
        """Every feed in the order of the file; an address may have several owners."""
        of_companies = tuple(feed for company in self.companies for feed in company.feeds)
        return of_companies + tuple(feed for topic in self.topics for feed in topic.feeds)

    def name_of(self, slug: str) -> str:
        """Return a company's name; its slug where the file has it no more."""
        return next((company.name for company in self.companies if company.slug == slug), slug)


Section = Literal["discussed", "office", "angle", "other", "profile"]


@dataclass(frozen=True, slots=True)
class NoteLine:
    """One bullet or sentence of the notes or the profile: the unit of relevance."""

    file: str  # relative to the workspace: data/notes/oracle.md
    line: int  # from 1
    section: Section
    text: str
    person: str = ""  # full name of the interviewer it is about, where the notes say so
    marked: tuple[str, ...] = ()  # the words in bold: what a draft may take over
    avoided: str = ""  # what its writer asks not to mention: the text is what is left

    @property
    def place(self) -> str:
        """Where the line is: "data/notes/oracle.md, line 14"."""
        return f"{self.file}, line {self.line}"


# What somebody is in the matter: what one may write to them about follows from it.
PersonRole = Literal["interviewer", "manager", "recruiter", "peer", "assistant"]
# How one writes to somebody: a mail, a note on LinkedIn, a card by post; or one rings.
Channel = Literal["email", "linkedin", "card", "call"]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody the candidate talked to."""

    name: str
    title: str = ""
    email: str = ""
    timezone: str = ""
    role: PersonRole = "interviewer"
    greet: str = ""  # how the candidate greets them: "Frau Dr. Vogt"; empty: by the settings
    channel: Channel = "email"


Status = Literal["waiting", "offer", "accepted", "declined", "rejected", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Interview:
    """One notes file."""

    file: str  # relative to the workspace; the interview's stable key
    company: str  # slug
    interviewed: datetime  # UTC; 12:00 at the company when only a day was written
    day_only: bool  # True: the notes name a day without a time
    role: str = ""
    people: tuple[Person, ...] = ()
    decision_expected: date | None = None
    named_on: date | None = None  # when they named that day, in an answer; None: the notes say it
    named_by: str = ""  # who of them did; empty: the notes say it, or nobody knows
    status: Status = "waiting"
    language: str = ""  # of the messages: "German"; empty: that of the lines
    lines: tuple[NoteLine, ...] = ()
    mentioned: tuple[
        Person, ...
    ] = ()  # whom the lines name beside a role: "her boss Dana Whitfield"

    @property
    def everybody(self) -> tuple[Person, ...]:
        """The people of the talk, and those whom the lines mention."""
        return (*self.people, *self.mentioned)


@dataclass(frozen=True, slots=True)
class Profile:
    """data/profile.md: skills and past work, a line each."""

    lines: tuple[NoteLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Template:
    """A wording of the candidate's own for one kind of message: a file in data/templates/."""

    file: str  # relative to the workspace: data/templates/thank_you.txt
    kind: str  # a `Kind`, as the file's name says it
    company: str  # slug; empty: for every company
    text: str


@dataclass(frozen=True, slots=True)
class UnreadNote:
    """A note that cannot be read: its companies are silent, as it may say that all is decided."""

    file: str  # relative to the workspace
    companies: tuple[str, ...]  # slugs of those whom it may be about


@dataclass(frozen=True, slots=True)
class Workspace:
    """Everything the user wrote, and what is wrong with it."""

    root: str  # absolute path
    config: Config
    interviews: tuple[Interview, ...] = ()
    profile: Profile = Profile()
    templates: tuple[Template, ...] = ()
    problems: tuple[Problem, ...] = ()
    remarks: tuple[Problem, ...] = ()  # what `check` mentions and nobody has to mend
    unread: tuple[UnreadNote, ...] = ()
