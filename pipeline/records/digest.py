"""One morning's page, and what earlier pages showed."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Literal

from pipeline.records.record import dataclass
from pipeline.records.touchpoints import Draft, Kind, OtherTopic, Reference


@dataclass(frozen=True, slots=True)
class DigestEntry:
    """One suggestion on the page, every field as it is shown."""

    id: int
    kind: Kind
    title: str  # "Thank-you to Renata Kowalczyk, Oracle"
    summary: str  # for the first lines: "Thank Renata Kowalczyk (Oracle)"
    company: str  # the company's name
    person: str
    due: str  # "today", "Thursday 26 November"
    because: str  # in a few words: "the interview was yesterday at 14:30"
    why_now: str  # the whole sentence
    draft: Draft
    mailto: str = ""
    file: str = ""  # "data/drafts/41-oracle-thank-you.eml"
    reference: Reference = Reference()
    source: str = ""  # of the story: "Sail World, yesterday"
    passed: tuple[str, ...] = ()  # the guards that let it through, a few words each
    since: str = ""  # it has stood there for days, unchanged: a line is enough
    other_topics: tuple[OtherTopic, ...] = ()  # that a thank-you could be about instead
    is_asked_for: bool = False  # the user wanted it: something may speak against it


@dataclass(frozen=True, slots=True)
class DigestItem:
    """One line on the page with, perhaps, a link: held back, worth a look, coming up."""

    text: str
    title: str = ""
    link: str = ""
    source: str = ""
    advice: str = ""
    sentence: str = ""  # of the story: the one that made it fit
    story: str = ""  # Story.id
    people: tuple[str, ...] = ()  # to whom one could write about it: full names
    beside: str = ""  # a page of ours in the same folder, without its ending
    holds: tuple[int, ...] = ()  # the numbers by which this bad news is released
    hold: int = 0  # of these, that of the story in the title


@dataclass(frozen=True, slots=True)
class SentMessage:
    """A message that was sent and has no answer yet, in words."""

    id: int
    text: str  # "Thank-you to Renata Kowalczyk (Oracle), yesterday: “Thank you, and a boat”"


MarkKind = Literal[
    "interview", "wrote", "heard", "decision", "suggested", "ahead", "news", "bad_news"
]


@dataclass(frozen=True, slots=True)
class TimelineMark:
    """What happened with a company on a day, or is to happen then, as it is shown."""

    day: date
    kind: MarkKind
    text: str  # "You wrote to Renata Kowalczyk: “Thank you, and a boat”"
    link: str = ""  # of a story
    source: str = ""


@dataclass(frozen=True, slots=True)
class Timeline:
    """One company's days, from the interview to what is ahead; bounded, see digest/timeline.py."""

    company: str  # the company's name
    since: date  # the first day that is shown
    until: date  # and the last
    marks: tuple[TimelineMark, ...] = ()  # in order of time
    more: int = 0  # marks that found no room
    counted_from: date | None = None  # since when news about the company were counted
    volume: tuple[int, ...] = ()  # how many on each day from then on
    summary: str = ""  # the same in a sentence, of pages before there was a table


@dataclass(frozen=True, slots=True)
class NextStep:
    """What is next with a company; `page_phrases.py` says the day as it is shown."""

    text: str  # "check-in with Renata Kowalczyk, if nothing better comes"
    day: date | None = None
    is_silence: bool = False  # it holds before that day, or until the user says what to do
    number: int = 0  # of the suggestion on the page
    beside: str = ""  # a page of ours in the same folder, without its ending


@dataclass(frozen=True, slots=True)
class CompanyRow:
    """Where things stand with one company."""

    company: str  # the company's name
    state: str  # "you wrote to Renata Kowalczyk, no answer yet"
    since: date | None = None
    steps: tuple[NextStep, ...] = ()
    holds: tuple[int, ...] = ()  # the numbers by which the bad news is released
    is_changed: bool = False  # since the last page that could be read


@dataclasses.dataclass(frozen=True, slots=True, order=True)
class ShownKey:
    """What was shown: a story, bad news about a company or a person, a decision; or the page.

    Also a company's row, and a suggestion with its message.
    """

    kind: Literal["story", "bad_news", "person", "decision", "page", "row", "card"]
    subject: str  # Story.id, with the person's name where it is about one; or what was decided
    company: str = ""  # slug; a story is shown once, whatever the company


@dataclass(frozen=True, slots=True)
class ShownItem:
    """What a day's page said, so that the next days need not say it again."""

    day: date
    key: ShownKey
    weight: float = 0.0  # of a story: its score on that day
    lead: str = ""  # and the article that led it
    added: bool = False  # after the day's first page: who reads in the morning has not seen it


@dataclass(frozen=True, slots=True)
class Digest:
    """One day's page, complete: the JSON beside the pages holds just this."""

    day: date
    headline: str  # "Tuesday 24 November: two things to do"
    taken: tuple[str, ...] = ()  # what was read from the user's pages, a sentence each
    questions: tuple[str, ...] = ()  # what stood there and was not understood
    quiet: tuple[str, ...] = ()  # why there is nothing, a sentence each
    entries: tuple[DigestEntry, ...] = ()
    held: tuple[DigestItem, ...] = ()
    upcoming: tuple[DigestItem, ...] = ()
    sent: tuple[SentMessage, ...] = ()  # the newest to each person, without an answer
    worth_a_look: tuple[DigestItem, ...] = ()
    troubles: tuple[DigestItem, ...] = ()
    notes: tuple[str, ...] = ()  # lines that the user wrote on this day's page
    footer: str = ""  # "41 feeds, 212 new articles, ..."
    timelines: tuple[Timeline, ...] = ()
    companies: tuple[CompanyRow, ...] = ()  # the table
    seconds: int | None = None  # how long the run took; None: not shown, as with a fixed clock


@dataclass(frozen=True, slots=True)
class BriefingPart:
    """One heading of a briefing, with its lines as they are shown."""

    title: str
    items: tuple[DigestItem, ...]


@dataclass(frozen=True, slots=True)
class Briefing:
    """What to read before one meets a company again."""

    name: str  # of its page, without the ending: "before-oracle-2026-11-25"
    title: str  # "Oracle, tomorrow at 14:30"
    parts: tuple[BriefingPart, ...] = ()
