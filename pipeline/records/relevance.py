"""What the news mean for each interview, and what the stored news and the answers teach."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from typing import Literal

from pipeline.records.news import Article
from pipeline.records.record import dataclass
from pipeline.records.workspace import NoteLine


@dataclass(frozen=True, slots=True)
class Story:
    """Articles with the same text, edited or not; one leads."""

    id: str  # the id of its first article; stays when another joins
    lead: Article
    others: tuple[Article, ...] = ()  # "also in"


@dataclass(frozen=True, slots=True)
class Frequencies:
    """How many of the stored articles hold each term: the source of every IDF."""

    documents: int  # how many articles were counted
    terms: Mapping[str, int]  # term -> articles that hold it
    fitted: datetime | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """A word or word pair, and what it adds."""

    term: str
    weight: float
    noted: str = ""  # the word of the note that it stands for, where that is in another language

    @property
    def told(self) -> str:
        """Return it as it is shown: "Schiff ~ ship" where note and story differ in language."""
        return f"{self.noted} ~ {self.term}" if self.noted else self.term


@dataclass(frozen=True, slots=True)
class OwnWork:
    """What the candidate did, and how well it fits what was talked about in one interview."""

    lines: tuple[NoteLine, ...] = ()  # of their angle, then of the profile
    # From 0 to 1, by the place of a line of the talk, then by that of one of these; no others.
    fits: Mapping[str, Mapping[str, float]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NameUsage:
    """How the stored news use a word that is a company's name, too."""

    name: str
    total: int = 0  # how often they use it
    lower: int = 0  # in small letters
    other: int = 0  # inside a longer name: "United States"
    before: tuple[str, ...] = ()  # normalized words that make a longer name, before it
    after: tuple[str, ...] = ()  # and after it


@dataclass(frozen=True, slots=True)
class CompanyProfile:
    """What the stored news teach about a company: how they use its names, and its subjects."""

    company: str  # slug
    names: tuple[str, ...]  # those it was made for: another list of names needs another profile
    usage: tuple[NameUsage, ...] = ()
    centroid: tuple[Term, ...] = ()  # the terms of its surest news: a vector of length 1 or shorter
    feed_precision: tuple[Term, ...] = ()  # by listed feed, the share of articles that name it
    feeds: tuple[str, ...] = ()  # the addresses that were listed for it, but for searches
    own_feeds: tuple[str, ...] = ()  # of these, those in which it speaks itself
    news_a_day: float = 0.0  # stories a day that are surely about it


@dataclass(frozen=True, slots=True)
class EmbeddingStatistics:
    """What static word embeddings need from the stored news; see `relevance.meaning`.

    Vectors are float32, little-endian.
    """

    idf: bytes  # a number for each word piece: its inverse document frequency
    mean_vector: bytes  # the mean of all stories, which says nothing about any of them
    nearest: Mapping[str, bytes]  # by office line's text, the mean of the stories nearest to it


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All that the stored news teach, learned when a refit is due."""

    frequencies: Frequencies = field(default_factory=lambda: Frequencies(0, {}))
    company_profiles: tuple[CompanyProfile, ...] = ()
    embeddings: EmbeddingStatistics | None = None  # None: nothing was learned yet
    words: bytes = b""  # the weight of each word number, of which fingerprints are made


About = Literal["about", "mentioned", "none"]
# Why a story is not about a company although it might seem so.
NotMeant = Literal["not named", "another name", "on the not list", "marked wrong"]


@dataclass(frozen=True, slots=True)
class Mention:
    """How much a story has to do with a company, and the words that decided."""

    about: About
    confidence: float  # 0 to 1
    words: tuple[str, ...] = ()
    reason: str = ""  # for "none": `not_meant` in words
    in_title: bool = False  # the title names it
    own: bool = False  # the company tells it itself
    not_meant: NotMeant | None = None  # for "none"
    subject: float = 0.0  # how likely it is what the story is about, from 0 to 1


@dataclass(frozen=True, slots=True)
class Event:
    """A kind of news, and the words that decided."""

    kind: str  # "launch", "layoffs", ...
    sensitive: bool
    words: tuple[str, ...] = ()


# What became of a person in a story. "dies" is any harm; "doubtful": named beside something bad;
# "unclear": named, and nothing that one could build on.
PersonPart = Literal[
    "promotion",
    "prize",
    "talk",
    "article",
    "named",
    "leaves",
    "dies",
    "accused",
    "doubtful",
    "unclear",
]


@dataclass(frozen=True, slots=True)
class PersonNews:
    """One of the notes' people as a story names them, and what became of them in it."""

    person: str  # full name, as the notes have it
    part: PersonPart
    sure: bool  # False: it may be somebody else of that name
    words: tuple[str, ...] = ()  # that decided
    sentence: str = ""  # that names them

    @property
    def is_cheerful(self) -> bool:
        """Whether one congratulates on it."""
        return self.part in ("promotion", "prize", "talk", "article", "named")

    @property
    def is_grave(self) -> bool:
        """Whether nothing goes to the person until the candidate has said what to do."""
        return self.part in ("leaves", "dies", "accused", "doubtful")


Genres = Literal[
    "news", "deal", "listicle", "watch", "live", "puzzle", "odds", "stockbot", "obituary", "jobs",
    "boilerplate",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Genre:
    """What a story is, before how well it fits: news, or one of the kinds that are none."""

    kind: Genres
    words: tuple[str, ...] = ()  # that decided; of news none
    perishes: bool = False  # it has an end: a fixture, a sale, "tonight"


Tone = Literal["good", "neutral", "bad", "unsure"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a story about a company could be cited in a friendly message to somebody there."""

    tone: Tone
    kind: str  # "launch", "layoffs", ...
    odds: float  # log P(good) - log (P(bad) + P(unsure))
    words: tuple[Term, ...] = ()  # that spoke most for it, with their shares


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a note line fits a story. The weights of the terms add up to `score`.

    A weight is w(note, term) * w(story, term) * `unit`; both w as `relevance.vectors` tells.
    """

    note: NoteLine
    sentence: str  # of the story: the one with the most weight
    terms: tuple[Term, ...]  # heaviest first
    score: float
    unit: float = 1.0  # log-odds that one unit of TF-IDF of the best line is worth
    rare_name: bool = False  # they share a name that is no word: a village, a boat


# What a story is weighed as: news about the company, a story that fits what was talked about, or
# one that fits something seen in the office.
Queue = Literal["company", "topic", "interest"]


@dataclass(frozen=True, slots=True)
class Part:
    """A share of the log-odds of a match, with what it comes from in a few words."""

    name: str  # "your note", "near in meaning", "all your notes", "about the company", "age", ...
    amount: float
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """How well one story fits one interview; there is one for every story, fitting or not."""

    interview: str  # Interview.file
    company: str  # slug
    story: Story
    kind: Literal["contribution", "tidbit"]  # the queue: news about the company, or the rest
    score: float  # 0 to 1: the probability that it is useful; 0 where nothing fits
    shown: bool  # above the floor and nothing against it
    reason: str  # shown: why it fits; not shown: the first reason that stopped it
    mention: Mention
    events: tuple[Event, ...] = ()
    verdict: Verdict | None = None  # None: not about the company
    genre: Genre = field(default_factory=lambda: Genre("news"))
    parts: tuple[Part, ...] = ()  # they add up to the log-odds of `score`
    best: Evidence | None = None  # the best note line of any section
    skill: Evidence | None = None  # the best angle or profile line
    for_people: tuple[Evidence, ...] = ()  # the best discussed or office line for each person
    is_foreign: bool = False  # neither in English nor in the language of the notes
    is_sour: bool = False  # it names no company, and sounds bad
    meets_talk: bool = False  # it names the company, and is on the very thing that was talked about
    people: tuple[PersonNews, ...] = ()  # whom of the notes its title or first sentence names
    own_field: tuple[str, ...] = ()  # somebody new there for what the candidate applied for: words
    event: str = ""  # the same for all tellings of one event; "": not grouped
    told_by: tuple[Story, ...] = ()  # the other stories of its event
    delicate_event: bool = False  # one of its event's tellings is delicate
    judge: Story | None = None  # the telling whose verdict it has, where that is another's

    @property
    def queue(self) -> Queue:
        """What it was weighed as."""
        if self.kind == "contribution":
            return "company"
        return "interest" if self.best and self.best.note.section == "office" else "topic"

    @property
    def found_by_lines_of(self) -> tuple[str, ...]:
        """Whose own lines found it: names; none of company news, or where a line is nobody's."""
        if self.queue == "company" or not self.best or not self.best.note.person:
            return ()
        sections = ("office",) if self.queue == "interest" else ("office", "discussed")
        lines = (item.note for item in (self.best, *self.for_people))
        own = (note.person for note in lines if note.section in sections and note.person)
        return tuple(dict.fromkeys(own))

    @property
    def what_happened(self) -> str:
        """What tells one event from others: its id, or of a story that is alone the story's."""
        return self.event or self.story.id

    @property
    def judged_by(self) -> Story:
        """The story that says what its verdict says: its own, or another telling of its event."""
        return self.judge or self.story

    @property
    def sensitive(self) -> bool:
        """Whether it is bad news about this company."""
        return self.verdict is not None and self.verdict.tone == "bad"

    @property
    def is_grave(self) -> bool:
        """Whether it tells of what no light word fits, no matter to whom it happened."""
        return any(event.kind in ("death", "accident", "attack") for event in self.events)

    @property
    def is_delicate(self) -> bool:
        """Whether it is no story for a friendly message to anybody there, because of a person."""
        is_so_itself = bool(self.own_field) or any(item.is_grave for item in self.people)
        return self.delicate_event or is_so_itself

    @property
    def matters(self) -> bool:
        """Whether it is shown, is bad news, or tells something of the notes' people."""
        is_told = any(item.part != "unclear" for item in self.people)
        return self.shown or self.sensitive or self.is_delicate or is_told


@dataclass(frozen=True, slots=True)
class Bound:
    """The most that a match may be worth that is not worked out, or does not matter."""

    interview: str  # Interview.file
    story: str  # its id
    most: float  # log-odds, before its age and what the answers taught


@dataclass(frozen=True, slots=True)
class Feedback:
    """What the user did with a suggestion that had a story: the source of all learning."""

    liked: bool  # sent, or dismissed because it was not for them
    at: datetime
    company: str  # slug
    title: str  # of the story
    queue: Queue
    parts: tuple[Part, ...]  # of the story's log-odds when it was suggested


@dataclass(frozen=True, slots=True)
class LearnedWeight:
    """What the answers taught about one feature.

    The first two kinds move a score (`relevance.feedback`): the bias of a "part" is the share by
    which a part of the score grows, that of a "word" is in log-odds. The others make the program
    more careful (`relevance.caution`), and their bias is in log-odds; that of "hold" is the share
    of its days that a hold loses (`touchpoints.releases`).
    """

    key: str  # short and stable, to name it: "part:interest:near-in-meaning"
    kind: Literal["part", "word", "other", "name", "news", "hold"]
    about: str  # in words
    liked: int
    disliked: int
    bias: float


@dataclass(frozen=True, slots=True)
class Preferences:
    """All learned weights, ready to be used; empty before a handful of answers."""

    weights: Mapping[str, LearnedWeight] = field(default_factory=dict)
    answers: int = 0
