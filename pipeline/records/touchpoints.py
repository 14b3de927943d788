"""What to send to whom and what not, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from pipeline.records.record import dataclass
from pipeline.records.relevance import Match, Part, PersonPart, Queue, Term
from pipeline.records.workspace import Channel, NoteLine, Status

Kind = Literal[
    "thank_you",
    "congratulation",
    "answer",  # a line of thanks for what they wrote
    "decision",
    "reminder",  # of what they promised
    "contribution",
    "tidbit",
    "check_in",
    "farewell",  # after a rejection,
    "advice",  # a week later,
    "reconnect",  # and three months
]
# What an answer said, where it said something that moves the plan.
Said = Literal["new_date", "invitation", "promise", "no"]
State = Literal["suggested", "sent", "answered", "dismissed", "snoozed", "expired"]


class Guard(StrEnum):
    """What holds a message back, by the words that are shown for it."""

    BAD_NEWS = "sensitive news"
    USUAL_BAD_NEWS = "usual bad news"  # holds nothing back
    OF_THE_PERSON = "news of the person"
    PERHAPS_THE_PERSON = "perhaps of the person"  # holds nothing back
    OF_ANOTHER = "news of another person"  # of the notes, not of the talk; holds nothing back
    OWN_FIELD = "your own field"  # holds nothing back
    DECIDED = "decided"
    UNREAD_NOTE = "unread note"
    TOO_EARLY = "too early"
    TOO_LATE = "too late"
    PACE = "pace"
    BAR = "better is likely"
    LAST_PLACE = "last place"
    BETTER_FOR = "better for a colleague"
    COOL_DOWN = "cool-down"
    MONTHLY_BUDGET = "monthly budget"
    DAILY_BUDGET = "daily budget"
    THANK_YOU_FIRST = "thank-you first"
    ONE_AT_A_TIME = "one at a time"
    COLLEAGUE = "colleague"
    UNANSWERED = "unanswered"
    ASKED = "asked"
    KEPT_FOR_THE_QUESTION = "kept for the question"
    QUESTION_NEAR = "question near"
    NEEDS_NEWS = "needs news"
    INTERVIEW_AHEAD = "interview ahead"
    INVITED = "invited"
    DISMISSED = "dismissed"
    PUT_OFF = "put off"
    GIVEN = "given to another"  # of the same office; holds this story back alone


@dataclass(frozen=True, slots=True)
class GuardResult:
    """What a guard found: against a message, or in order.

    `text/guard_words.py` has the words for the day of showing. Days are those at the recipient's
    place, of past contacts the candidate's own.
    """

    guard: Guard
    day: date | None = None  # of the interview, the last contact or the expected decision
    until: date | None = None  # when it ends
    clock: str = ""  # from when on a thank-you is due: "16:30"
    count: int = 0  # of messages, or of stories
    limit: int = 0  # how many messages there may be
    days: int = 0  # that the rule looks back, or that are left of the wait
    score: float = 0.0  # of the story
    bar: float = 0.0  # the score that it needs today,
    falls_to: float = 0.0  # and on the day when that ends
    is_lost: bool = False  # the story is too old by then
    colleague: str = ""  # who got a message, or gets one first
    bad_news: tuple[str, ...] = ()  # its kinds
    title: str = ""  # the story that is the bad news
    told_by: str = ""  # the publisher that alone tells it, where somebody has to bear it out
    decision: Status | None = None
    file: str = ""  # the note that cannot be read
    part: PersonPart | None = None  # what became of the person; None: it was told earlier
    field: tuple[str, ...] = ()  # the words of the candidate's own field


@dataclass(frozen=True, slots=True)
class Reply:
    """What an answer said. Days are those that they named."""

    said: Said
    day: date | None = None  # of the decision from now on; with an invitation, of the talk
    instead_of: date | None = None  # of the decision in the notes, when the answer was recorded
    promised: str = ""  # in the user's words: "the figures of Q3"
    by: date | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where a sentence of a draft comes from: one thing that it says, and its place.

    A sentence that is only a template's wording has one without `said`; `place` is the template's
    file where it is the candidate's own.
    """

    sentence: str  # as it is in the draft
    said: str  # the words that were taken over: "the takeover of the rival HR vendor"
    place: str  # "data/notes/oracle.md, line 11", an article's address, "settings › drafts › name"
    text: str  # what is there, whole: the note line, the title


@dataclass(frozen=True, slots=True)
class Draft:
    """A message, ready to edit. Plain text; no field holds a line break but the body."""

    to: str  # an address, or empty
    subject: str  # empty where it is no mail
    body: str
    sources: tuple[Source, ...] = ()  # every sentence in order; a mere wording has an empty one
    channel: Channel = "email"
    instead: tuple[str, ...] = ()  # what to say, a point each, where ringing is better by now
    more: str = ""  # what the candidate may add to it in their own words; it can go as it is

    @property
    def name(self) -> str:
        """What it is called in lists: its subject; without one its first words, not the greeting.

        A call's begin with the mark of a list.
        """
        said = [line.strip("• ") for line in self.body.splitlines() if line.strip("• ")]
        is_greeted = self.channel in ("linkedin", "card") and len(said) > 1
        return self.subject or next(iter(said[is_greeted:]), "")


@dataclass(frozen=True, slots=True)
class OtherTopic:
    """A line of the notes that a thank-you could be about instead."""

    text: str  # as a message says it: "the archive in the cellar"
    place: str  # "data/notes/oracle.md, line 12"


@dataclass(frozen=True, slots=True)
class Reference:
    """The story that goes with a message, and what it has in common with the candidate's notes."""

    story: str = ""  # Story.id; empty: no story
    title: str = ""
    link: str = ""
    source: str = ""
    published: datetime | None = None
    paywalled: bool = False
    note: NoteLine | None = None  # the note line that made the match
    talk: NoteLine | None = None  # the line of the talk with this person that it met, too
    sentence: str = ""
    terms: tuple[Term, ...] = ()
    score: float = 0.0
    told_by: tuple[str, ...] = ()  # who else tells the same event
    news: str = ""  # the kind of good news that it was cited for: "launch"
    queue: Queue = "topic"
    parts: tuple[Part, ...] = ()  # of the score, without words: what an answer teaches about

    @property
    def note_text(self) -> str:
        """The words of the note line."""
        return self.note.text if self.note else ""

    @property
    def note_place(self) -> str:
        """Where the note line is: "data/notes/oracle.md, line 14"."""
        return self.note.place if self.note else ""


ReasonCode = Literal[
    "thank_you",  # they were just met
    "decision",  # the day of the decision went by in silence
    "answer",  # they wrote, and said something that counts
    "promise",  # the day of what they promised went by
    "rejected",  # they decided for somebody else
    "advice",  # a week after the last note: one may ask
    "reconnect",  # three months after the no
    "company_news",  # news about the company meets something the candidate can do
    "enjoyment",  # a story for this person, going by what was seen in their office
    "talk",  # a story that fits what was talked about
    "check_in",  # the gap since the last contact is over
    "put_off",  # the user wanted it on this day
    "asked_for",  # the user wanted a message about this story
    "promotion",  # the person has a new post,
    "prize",  # was honoured,
    "talk_given",  # speaks somewhere,
    "article",  # wrote something,
    "named",  # is named in good news
]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a message is suggested; `text/reasons.py` has the words for the day of showing."""

    code: ReasonCode
    day: date | None = None  # of the interview, the last contact or the expected decision, there
    clock: str = ""  # when the interview began: "14:30"
    late_after: date | None = None  # the last day, a working day, on which a thank-you is in time,
    last_day: date | None = None  # and on which it is of any use
    name: str = ""  # of the company, or of the person whom a story is for
    bad_news: tuple[str, ...] = ()  # about the company, its kinds: no story goes with the thank-you
    is_interview: bool = False  # the day is the interview's, with no contact since
    is_repeated: bool = False  # the question about the decision was asked before
    reply: Reply | None = None  # what they said
    named_on: date | None = None  # when they named the day of the decision, in an answer


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A message that the plan proposes. `key` stays the same while its reason holds."""

    key: str
    kind: Kind
    interview: str  # Interview.file
    company: str  # slug
    person: str  # full name; empty when the notes name nobody
    due: datetime
    reason: Reason
    draft: Draft
    reference: Reference = Reference()
    passed: tuple[GuardResult, ...] = ()  # what the guards found in order
    against: tuple[GuardResult, ...] = ()  # what they object to, where the user asked for it

    @property
    def is_asked_for(self) -> bool:
        """Whether the user wanted it: the guards warn, and hold nothing back."""
        return self.reason.code == "asked_for"


@dataclass(frozen=True, slots=True)
class Expiry:
    """Why a suggestion is not made any more: a guard's objection, or else its kind's usual end."""

    result: GuardResult | None = None
    is_replaced: bool = False  # by the same kind of message, with another story


@dataclass(frozen=True, slots=True)
class Touchpoint:
    """A suggestion that was kept, with what became of it."""

    id: int
    suggestion: Suggestion
    status: State
    created: datetime
    changed: datetime
    until: datetime | None = None  # snoozed until
    because: str = ""  # of a dismissal, in the user's words
    expiry: Expiry | None = None
    edited: Draft | None = None  # the message as the user changed it on a page

    @property
    def is_open(self) -> bool:
        """Whether it is suggested or put off: nothing became of it yet."""
        return self.status in ("suggested", "snoozed")

    @property
    def draft(self) -> Draft:
        """The message: the user's own wording, where there is one."""
        return self.edited or self.suggestion.draft


_TOLD_ONCE = frozenset(
    {Guard.USUAL_BAD_NEWS, Guard.PERHAPS_THE_PERSON, Guard.OF_ANOTHER, Guard.OWN_FIELD}
)


@dataclass(frozen=True, slots=True)
class Held:
    """A message that was not suggested, and what the guard found that held it back."""

    result: GuardResult
    company: str  # slug
    person: str
    kind: Kind | None = None
    story: str = ""
    title: str = ""
    link: str = ""
    until: datetime | None = None

    @property
    def guard(self) -> Guard:
        """The guard that held it back."""
        return self.result.guard

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells bad news from other bad news: the key of its `Hold`."""
        return self.company, self.story, self.person

    @property
    def news_kind(self) -> str:
        """The kind of the bad news: what its `Hold` is of."""
        return next(iter(self.result.bad_news), "")

    @property
    def is_bad_news(self) -> bool:
        """Whether it is bad news itself, not a message that bad news holds back."""
        return self.guard in (Guard.BAD_NEWS, Guard.OF_THE_PERSON) and self.kind is None

    @property
    def is_offer(self) -> bool:
        """Whether nothing is suggested because the company decided for the candidate."""
        return self.result.decision in ("offer", "accepted")

    @property
    def is_told_once(self) -> bool:
        """Whether it holds nothing back, and is said to the candidate on one day only."""
        return self.guard in _TOLD_ONCE


@dataclass(frozen=True, slots=True)
class Hold:
    """Bad news that holds back notes to a company, or to one person, until it is released.

    That about the company ends by itself, too.
    """

    id: int
    company: str  # slug
    story: str  # Story.id
    title: str
    created: datetime
    released: datetime | None = None  # the user ended it
    person: str = ""  # full name; empty: it is about the company
    kind: str = ""  # of bad news about the company: "lawsuit"; empty: not known
    because: str = ""  # of the release: "wrong-company", where it is about somebody else

    @property
    def is_wrong(self) -> bool:
        """Whether the user said that it is about another company."""
        return self.released is not None and self.because == "wrong-company"

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells it from others; a `Held` has the same."""
        return self.company, self.story, self.person


@dataclass(frozen=True, slots=True)
class Upcoming:
    """What falls due later."""

    kind: Kind | Literal["interview", "decision_day", "promise"]
    key: str  # stays the same while the day moves: "check_in:data/notes/oracle.md:Renata Kowalczyk"
    day: date
    company: str  # slug
    person: str = ""  # full name
    title: str = ""  # of the story that goes then, if no better one comes
    about: str = ""  # what was promised
    named_on: date | None = None  # when they named the day of the decision, in an answer


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything the plan decided for one moment."""

    suggestions: tuple[Suggestion, ...] = ()
    held: tuple[Held, ...] = ()
    upcoming: tuple[Upcoming, ...] = ()
    told: tuple[Match, ...] = ()  # the stories that go with the suggestions


@dataclass(frozen=True, slots=True)
class Contact:
    """Something that really happened: a message sent, a call, an answer."""

    company: str  # slug
    person: str  # full name; empty: nobody in particular
    at: datetime
    what: str
    answer: bool = False  # True: they wrote to the candidate
    touchpoint: int = 0  # the id of the touchpoint that it came from
    reply: Reply | None = None  # what an answer said, where the user told it


@dataclass(frozen=True, slots=True)
class Move:
    """One change of something that was suggested, held or logged, with its time."""

    at: datetime
    by: Literal["user", "program"]
    what: str  # the state that it led to, or "logged", "released", "forgot"
    company: str = ""  # slug
    person: str = ""  # full name
    touchpoint: int = 0
    about: str = ""  # what was suggested, logged or released; why it was dismissed
    contact: datetime | None = None  # when the message was sent or came, where that is another time
    reply: Reply | None = None  # what an answer said


@dataclass(frozen=True, slots=True)
class Taken:
    """What goes to somebody from another candidate of the same office."""

    company: str  # slug
    person: str  # full name
    marks: tuple[str, ...]  # of stories, as `touchpoints.case.marks_sent` gives them


@dataclass(frozen=True, slots=True)
class History:
    """What the plan has to know of the past."""

    touchpoints: tuple[Touchpoint, ...] = ()
    contacts: tuple[Contact, ...] = ()
    holds: tuple[Hold, ...] = ()
    forgotten: Mapping[str, datetime] = field(default_factory=dict)  # until when lessons count not
    taken: tuple[Taken, ...] = ()  # in a fleet
