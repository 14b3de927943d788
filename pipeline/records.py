"""The vocabulary: every record that passes between two stages. Imports nothing of ours.

Records are frozen, a new one for each step, never filled in along the way. Sequences are tuples;
times are aware and in UTC unless a field says otherwise; a text is plain text, cleaned where it
entered. An empty string, tuple or None says "not known".

In the order of the data:

    Config, Interview, Profile      what the candidate wrote             workspace/
    Feed, FeedState, Article        what the feeds said                  news/
    Frequencies, Portrait           what the stored news teach           relevance/
    Story, Match                    what it means for each interview     relevance/
    Answer, Taste                   what the user's answers teach        relevance/
    Suggestion, Touchpoint, Held    what to send to whom, and what not   touchpoints/
    Timeline, Told                  what happened with each company, and was said already
    Digest                          one morning's page                   digest/
    Problem                         what failed, from any stage
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, datetime
from functools import cache, partial
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

# ------------------------------------------------------------------------------- what failed


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that failed or was written wrongly, and stops nothing else."""

    stage: str  # "workspace", "news", ...
    where: str  # a file name relative to the workspace, or a feed's address without credentials
    what: str  # one sentence for a job seeker
    todo: str = ""  # what to do about it, one sentence
    path: str = ""  # the way to the place inside the file: "companies › oracle › alias"
    line: int = 0  # from 1; 0: the whole file
    column: int = 0  # from 1; 0: the whole line
    level: Literal["error", "warning"] = "error"
    since: datetime | None = None  # for a feed: failing since


# ------------------------------------------------------------------ what the candidate writes


def _setting(default: Any, says: str, **limits: Any) -> Any:
    """Return a dataclass field whose description and limits go into checks, schema and README."""
    return field(default=default, metadata={"description": says, **limits})


def _group(kind: Any, says: str) -> Any:
    """Return a dataclass field that holds a group of settings."""
    return field(default_factory=kind, metadata={"description": says})


@dataclass(frozen=True, slots=True)
class DigestSettings:
    """`settings › digest`: the page of the day."""

    formats: tuple[Literal["markdown", "html", "atom"], ...] = _setting(
        ("markdown", "html"),
        "what to write beside the JSON: markdown, html, atom (a feed of your digests)",
    )
    not_before: str = _setting(
        "06:00",
        "the time, yours, before which a new day's page is neither made nor sent: runs before it "
        "only read the feeds",
    )
    at_most: int = _setting(5, "most suggestions on one day (PingCRM's daily five)", ge=1, le=50)
    worth_a_look: int = _setting(5, "most stories listed only to read", ge=0, le=50)
    keep_days: int = _setting(
        0, "days after which a digest is deleted; 0: never (a year of them: some 20 MB)", ge=0
    )


@dataclass(frozen=True, slots=True)
class PaceSettings:
    """`settings › pace`: how often is welcome, and when. No source named: our judgement."""

    cool_down_days: int = _setting(
        7, "days of silence to a person after any contact (half of PingCRM's 14)", ge=0, le=365
    )
    dismissed_days: int = _setting(
        14, "days without a suggestion of the same kind to a person after `dismiss`", ge=0, le=365
    )
    colleague_days: int = _setting(
        2, "days after a message before a colleague at the same company gets one", ge=0, le=90
    )
    monthly: int = _setting(
        3, "messages to one person in 30 days, the question apart (the first gaps)", ge=1, le=30
    )
    gaps: tuple[int, ...] = _setting(
        (7, 10, 14, 21, 28), "days between check-ins; the last one repeats"
    )
    thank_you_after_hours: int = _setting(
        2, "hours after the interview before a thank-you is due (mycareergps.com)", ge=0, le=48
    )
    thank_you_until_days: int = _setting(
        7, "days after the interview when a thank-you is too late", ge=1, le=30
    )
    decision_after_days: int = _setting(
        2, "working days after the expected decision before asking (candidate.so)", ge=0, le=30
    )
    decision_again_days: int = _setting(
        7, "days after the question before it is asked again (candidate.so)", ge=1, le=90
    )
    decision_at_most: int = _setting(
        2, "times that the question is asked (career-ops: at most two)", ge=0, le=5
    )
    decision_quiet_days: int = _setting(
        7, "days before the question without a check-in", ge=0, le=60
    )
    unanswered_stretch: int = _setting(
        2, "messages without an answer from which the gaps double (PingCRM)", ge=1, le=20
    )
    unanswered_stop: int = _setting(
        3, "messages without an answer after which nothing more is suggested (PingCRM)", ge=1, le=20
    )
    news_days: int = _setting(10, "days for which news is fresh enough for a message", ge=1, le=90)
    sensitive_days: int = _setting(
        7, "days without a cheerful note to a company after bad news about it", ge=0, le=90
    )
    usual_days: int = _setting(
        5,
        "days of 14 with lesser bad news (results, lawsuits, disputes) from which it is usual for "
        "a company and holds nothing back",
        ge=1,
        le=15,
    )
    hours: tuple[int, ...] = _setting(
        (9, 18), "from when to when, at the recipient's place, a message falls due: office hours"
    )
    quiet: tuple[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"], ...] = _setting(
        ("sat", "sun"), "weekdays on which nothing falls due"
    )
    holidays: str = _setting(
        "",
        "country (FR) or country and region (DE-BY) whose public holidays are kept, or none; "
        "default: the country of the time zone",
    )


@dataclass(frozen=True, slots=True)
class NewsSettings:
    """`settings › news`: how feeds are read."""

    timeout_seconds: float = _setting(20.0, "longest time for one feed", gt=0, le=300)
    at_most_megabytes: float = _setting(
        15.0, "largest feed that is read (Miniflux's limit)", gt=0, le=100
    )
    at_once: int = _setting(10, "feeds fetched at the same time", ge=1, le=64)
    at_once_per_host: int = _setting(2, "of these, from one host (browsers: 6)", ge=1, le=8)
    pause_seconds: float = _setting(1.0, "pause between two requests to one host", ge=0, le=60)
    every_minutes: int = _setting(
        60,
        "shortest time between two askings of a feed (rachelbythebay.com: hourly)",
        ge=0,
        le=1440,
    )
    at_most_hours: int = _setting(
        24, "longest time for which a feed may ask to be left alone, errors apart", ge=1, le=720
    )
    trouble_days: int = _setting(2, "days of failing before the page names a feed", ge=0, le=90)
    at_most_days: int = _setting(30, "entries older than this are left out", ge=1, le=3650)
    full_text: bool = _setting(
        False,
        "where a feed gives only a line of a story that fits, read its page, too: these requests "
        "go to the article's site (needs touchpoints[fulltext])",
    )
    full_text_at_most: int = _setting(20, "most such pages in one run", ge=1, le=500)
    keep_days: int = _setting(
        180, "days after which a story without a suggestion is forgotten", ge=7, le=3650
    )


@dataclass(frozen=True, slots=True)
class RelevanceSettings:
    """`settings › relevance`: what is worth showing."""

    floor: float = _setting(0.2, "score below which a story is not shown", ge=0, le=1)
    discussed: float = _setting(1.0, "weight of note lines on what was discussed", ge=0, le=5)
    office: float = _setting(1.0, "weight of note lines on what stood in the office", ge=0, le=5)
    angle: float = _setting(1.0, "weight of note lines and profile on what I can do", ge=0, le=5)
    half_life_days: float = _setting(
        14.0, "days after which a story's freshness is worth half", gt=0, le=3650
    )


# What the first line of a message may hold in { }.
GREETED = ("name", "full_name", "last_name", "title")


@dataclass(frozen=True, slots=True)
class DraftSettings:
    """`settings › drafts`: how messages begin and end."""

    greeting: str = _setting(
        "Dear {name},",
        "the first line; {name} is the first name, {full_name} all of it, {last_name} the family "
        "name, {title} what stands before it (Dr.)",
    )
    closing: str = _setting("Kind regards", "the line above your name")
    name: str = _setting("", "your name under the message")


@dataclass(frozen=True, slots=True)
class MailSettings:
    """`settings › delivery › mail`: the digest to a mailbox of one's own."""

    to: str = _setting("", "your own address: the digest goes there and nowhere else; default: off")
    sender: str = _setting("", "the address that it comes from; default: the same")
    host: str = _setting("", "your provider's server for outgoing mail: smtp.example.com")
    security: Literal["starttls", "tls", "none"] = _setting(
        "starttls", "how the way there is encrypted; none only for a server on this computer"
    )
    port: int = _setting(
        0, "default: 587 for starttls, 465 for tls (RFC 8314), 25 for none", ge=0, le=65535
    )
    user: str = _setting(
        "", "your name there; the password is TOUCHPOINTS_SMTP_PASSWORD in the environment"
    )


@dataclass(frozen=True, slots=True)
class DeliverySettings:
    """`settings › delivery`: the digest to yourself; off until one of the two is set."""

    mail: MailSettings = _group(MailSettings, "to a mailbox of yours")
    notify: bool = _setting(
        False, "a short note by Apprise, to the addresses in TOUCHPOINTS_NOTIFY in the environment"
    )
    quiet_days: bool = _setting(False, "also on days with nothing to do")
    timeout_seconds: float = _setting(
        60.0, "longest time for one delivery; the next run tries again", gt=0, le=600
    )


@dataclass(frozen=True, slots=True)
class Settings:
    """`settings` in feeds.yaml."""

    timezone: str = _setting("", "your time zone, such as Europe/Paris; default: this computer's")
    contact: str = _setting("", "an address for feed owners, sent in the User-Agent")
    digest: DigestSettings = _group(DigestSettings, "the page of the day")
    pace: PaceSettings = _group(PaceSettings, "how often is welcome, and when")
    news: NewsSettings = _group(NewsSettings, "how feeds are read")
    relevance: RelevanceSettings = _group(RelevanceSettings, "what is worth showing")
    drafts: DraftSettings = _group(DraftSettings, "how messages begin and end")
    delivery: DeliverySettings = _group(DeliverySettings, "the digest to yourself, by mail or note")


@dataclass(frozen=True, slots=True)
class Feed:
    """One address (or file) to read, on behalf of one company or one topic."""

    address: str  # http(s) as the user wrote it, or an absolute path
    company: str = ""  # slug; empty for a topic's feed
    topic: str = ""  # slug; empty for a company's feed
    search: str = ""  # the name of the search that made the address
    weight: float = 1.0
    only: tuple[str, ...] = ()  # keep only entries with one of these words
    own: bool = False  # on the company's own website: an entry needs no name to be about it


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
class Config:
    """feeds.yaml, checked."""

    settings: Settings
    companies: tuple[Company, ...] = ()
    topics: tuple[Topic, ...] = ()

    @property
    def feeds(self) -> tuple[Feed, ...]:
        """Every feed in the order of the file; an address may stand under several owners."""
        of_companies = tuple(feed for company in self.companies for feed in company.feeds)
        return of_companies + tuple(feed for topic in self.topics for feed in topic.feeds)


Section = Literal["discussed", "office", "angle", "other", "profile"]


@dataclass(frozen=True, slots=True)
class NoteLine:
    """One bullet or sentence of the notes or the profile: the unit of relevance."""

    file: str  # relative to the workspace: data/notes/oracle.md
    line: int  # from 1
    section: Section
    text: str
    person: str = ""  # full name of the interviewer it is about, where the notes say so


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody the candidate talked to."""

    name: str
    title: str = ""
    email: str = ""
    timezone: str = ""


Status = Literal["waiting", "offer", "accepted", "declined", "rejected", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Interview:
    """One notes file."""

    file: str  # relative to the workspace; the interview's stable key
    company: str  # slug
    interviewed: datetime  # UTC; 12:00 in the user's time zone when only a day was written
    day_only: bool  # True: the notes name a day without a time
    role: str = ""
    people: tuple[Person, ...] = ()
    decision_expected: date | None = None
    status: Status = "waiting"
    lines: tuple[NoteLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Profile:
    """data/profile.md: skills and past work, a line each."""

    lines: tuple[NoteLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Template:
    """A wording of the candidate's own for one kind of message: a file in data/templates/."""

    file: str  # relative to the workspace: data/templates/thank_you.txt.j2
    kind: str  # a `Kind`, as the file's name says it
    company: str  # slug; empty: for every company
    text: str


@dataclass(frozen=True, slots=True)
class Workspace:
    """Everything the user wrote, and what is wrong with it."""

    root: str  # absolute path
    config: Config
    interviews: tuple[Interview, ...] = ()
    profile: Profile = Profile()
    templates: tuple[Template, ...] = ()
    problems: tuple[Problem, ...] = ()


# -------------------------------------------------------------------------- what the feeds say


@dataclass(frozen=True, slots=True)
class FeedState:
    """What is remembered of an address from one run to the next."""

    address: str
    title: str = ""
    etag: str = ""  # exactly as received, sent back unchanged
    last_modified: str = ""  # likewise
    content_hash: str = ""  # of the body last parsed: the same bytes are not parsed again
    checked: datetime | None = None  # last time it was asked
    worked: datetime | None = None  # last time it answered well
    failures: int = 0  # in a row
    failing_since: datetime | None = None
    error: str = ""  # the last failure, a sentence
    todo: str = ""  # what the user can do about it
    due: datetime | None = None  # not to be asked before then
    moved_to: str = ""  # where permanent redirects (301, 308) led, the last times
    moved_times: int = 0  # how many times in a row they led there
    moved_since: datetime | None = None
    gone_since: datetime | None = None  # its owner says so (410)
    told: str = ""  # the trouble that the page has named already, after the day when it did
    wishes: str = ""  # how often, and when not, it asks to be read; see news/manners.py
    newest: datetime | None = None  # its newest entry so far
    known_as: str = ""  # the address by which its entries got their ids, where it has moved since


# Of a page: it was read; is for paying readers; its site refuses programs; gave no article.
Outcome = Literal["read", "paywalled", "refused", "failed"]


@dataclass(frozen=True, slots=True)
class Article:
    """One entry of a feed, cleaned to plain text."""

    id: str  # stable: from the feed's address and the entry's guid, else link, else content
    feed: str  # the feed's address
    title: str
    link: str  # http(s), without redirector and tracking; may be empty
    canonical: str  # the link for comparing: no fragment, "www." or last slash, too; may be empty
    text: str
    published: datetime
    dated: Literal["feed", "link", "seen"]  # where `published` comes from; a link: /2026/11/24/
    seen: datetime  # first time it was read
    source: str = ""  # the publisher
    author: str = ""
    guid: str = ""
    page: Literal["", Outcome] = ""  # what its page gave when it was asked for the full text


@dataclass(frozen=True, slots=True)
class Page:
    """What an article's own page held."""

    article: str  # Article.id
    outcome: Outcome
    text: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of asking one feed: its new state, what it held, what went wrong."""

    state: FeedState
    outcome: Literal["new", "same", "failed", "resting"]  # resting: not due, not asked
    format: str = ""  # "rss20", "atom10", "json", ...
    articles: tuple[Article, ...] = ()
    refused: tuple[str, ...] = ()  # why entries were left out, a reason each
    problems: tuple[Problem, ...] = ()
    flaw: str = ""  # after the feed's name: "is not well-formed and was read as far as it goes"


# ----------------------------------------------------------------------- what it means for whom


@dataclass(frozen=True, slots=True)
class Story:
    """Articles that tell the same event; one leads."""

    id: str  # the id of its first article; stays when another joins
    lead: Article
    others: tuple[Article, ...] = ()  # "also in"


@dataclass(frozen=True, slots=True)
class Frequencies:
    """In how many of the stored articles each term stands: the source of every IDF."""

    documents: int  # how many articles were counted
    terms: Mapping[str, int]  # term -> articles that hold it
    fitted: datetime | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """A word or word pair, and what it adds."""

    term: str
    weight: float


@dataclass(frozen=True, slots=True)
class NameUsage:
    """How the stored news use a word that is a company's name, too."""

    name: str
    total: int = 0  # how often it stands there
    lower: int = 0  # in small letters
    other: int = 0  # inside a longer name: "United States"
    before: tuple[str, ...] = ()  # folded words that make a longer name, before it
    after: tuple[str, ...] = ()  # and after it


@dataclass(frozen=True, slots=True)
class Portrait:
    """What the stored news teach about a company: how they use its names, what its news are of."""

    company: str  # slug
    names: tuple[str, ...]  # those it was made for: another list of names needs another portrait
    usage: tuple[NameUsage, ...] = ()
    kin: tuple[Term, ...] = ()  # the words of its surest news: a vector of length 1 or shorter
    focus: tuple[Term, ...] = ()  # for each feed listed for it, the share of articles that name it


@dataclass(frozen=True, slots=True)
class Senses:
    """What static word embeddings need from the stored news; see `relevance.meaning`.

    Vectors are float32, little-endian.
    """

    rarity: bytes  # a number for each token of the embedding: its inverse document frequency
    middle: bytes  # the mean of all stories, which says nothing about any of them
    near: Mapping[str, bytes]  # for each office line's text, the mean of the stories nearest to it


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All that the stored news teach, learnt when a refit is due."""

    frequencies: Frequencies = field(default_factory=lambda: Frequencies(0, {}))
    portraits: tuple[Portrait, ...] = ()
    senses: Senses | None = None  # None: the embeddings are not installed
    words: bytes = b""  # the weight of each word number, by which articles are marked


About = Literal["about", "mentioned", "none"]


@dataclass(frozen=True, slots=True)
class Mention:
    """How much a story has to do with a company, and the words that decided."""

    about: About
    confidence: float  # 0 to 1
    words: tuple[str, ...] = ()
    reason: str = ""  # for "none": why a name that stands there does not count
    in_title: bool = False  # the title names it


@dataclass(frozen=True, slots=True)
class Event:
    """A kind of news, and the words that decided."""

    kind: str  # "launch", "layoffs", ...
    sensitive: bool
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a note line fits a story. The weights of the terms add up to `score`.

    A weight is w(note, term) * w(story, term) * `unit`; both w as `relevance.vectors` tells.
    """

    note: NoteLine
    sentence: str  # of the story: the one with the most weight
    terms: tuple[Term, ...]  # heaviest first
    score: float
    unit: float = 1.0  # what one unit of TF-IDF of the best line is worth in the match's score


@dataclass(frozen=True, slots=True)
class Part:
    """A share of a match's score, with what it comes from in a few words."""

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
    score: float  # 0 to 1
    shown: bool  # above the floor and nothing against it
    reason: str  # shown: why it fits; not shown: the first reason that stopped it
    mention: Mention
    events: tuple[Event, ...] = ()
    sensitive: bool = False  # bad news about this company
    parts: tuple[Part, ...] = ()  # they add up to `score`
    best: Evidence | None = None  # the best note line of any section
    skill: Evidence | None = None  # the best angle or profile line
    for_people: tuple[Evidence, ...] = ()  # the best discussed or office line for each person


@dataclass(frozen=True, slots=True)
class Answer:
    """What the user did with a suggestion that had a story: the source of all learning."""

    liked: bool  # sent, or dismissed because it was not for them
    at: datetime
    company: str  # slug
    title: str  # of the story
    note: NoteLine | None = None
    about_company: bool = False  # it was news about the company


@dataclass(frozen=True, slots=True)
class Lesson:
    """What the answers taught about one thing: a note line, a company's news, a word in titles."""

    key: str  # short and stable, to name it: "line:3f2a91"
    about: str  # in words
    liked: int
    disliked: int
    sway: float  # from -1 to 1: how far it moves a score, and which way


@dataclass(frozen=True, slots=True)
class Taste:
    """All lessons, ready to be used; empty before a handful of answers."""

    lessons: Mapping[str, Lesson] = field(default_factory=dict)
    answers: int = 0


# -------------------------------------------------------------------------- what to send to whom

Kind = Literal["thank_you", "tidbit", "contribution", "check_in", "decision"]
State = Literal["suggested", "sent", "answered", "dismissed", "snoozed", "expired"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a sentence of a draft comes from: one thing that it says, and where that stands.

    A sentence that is only a template's wording has one without `said`; `place` is the template's
    file where it is the candidate's own.
    """

    sentence: str  # as it stands in the draft
    said: str  # the words that were taken over: "the takeover of the rival HR vendor"
    place: str  # "data/notes/oracle.md, line 11", an article's address, "settings › drafts › name"
    text: str  # what stands there, whole: the note line, the title


@dataclass(frozen=True, slots=True)
class Draft:
    """A message, ready to edit. Plain text; no field holds a line break but the body."""

    to: str  # an address, or empty
    subject: str
    body: str
    sources: tuple[Source, ...] = ()  # every sentence in order; a mere wording has an empty one


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A message that the plan proposes. `key` stays the same while its reason stands."""

    key: str
    kind: Kind
    interview: str  # Interview.file
    company: str  # slug
    person: str  # full name; empty when the notes name nobody
    due: datetime
    reason: str  # why now, a sentence
    draft: Draft
    story: str = ""  # Story.id of what goes with it
    story_title: str = ""
    story_link: str = ""
    story_source: str = ""
    story_published: datetime | None = None
    story_paywalled: bool = False
    note: NoteLine | None = None  # the note line that made the match
    sentence: str = ""
    terms: tuple[Term, ...] = ()
    score: float = 0.0
    passed: tuple[str, ...] = ()  # the guards that let it through, a few words each


@dataclass(frozen=True, slots=True)
class Touchpoint:
    """A suggestion that was kept, with what became of it."""

    id: int
    suggestion: Suggestion
    status: State
    created: datetime
    changed: datetime
    until: datetime | None = None  # snoozed until
    because: str = ""  # of a dismissal or expiry
    edited: Draft | None = None  # the message as the user changed it on a page

    @property
    def is_open(self) -> bool:
        """Whether it is suggested or put off: nothing became of it yet."""
        return self.status in ("suggested", "snoozed")

    @property
    def draft(self) -> Draft:
        """The message: the user's own wording, where there is one."""
        return self.edited or self.suggestion.draft


@dataclass(frozen=True, slots=True)
class Held:
    """A message that was not suggested, and the guard that held it back."""

    guard: str  # its short name: "sensitive news", "cool-down", ...
    company: str
    person: str
    reason: str  # a sentence
    kind: Kind | None = None
    story: str = ""
    title: str = ""
    link: str = ""
    advice: str = ""
    until: datetime | None = None

    @property
    def is_bad_news(self) -> bool:
        """Tell a piece of bad news itself from the messages that it holds back."""
        return self.guard == "sensitive news" and self.kind is None


@dataclass(frozen=True, slots=True)
class Hold:
    """Bad news that holds back the cheerful notes to a company, until it ends or is released."""

    id: int
    company: str  # slug
    story: str  # Story.id
    title: str
    created: datetime
    released: datetime | None = None  # the user ended it


@dataclass(frozen=True, slots=True)
class Upcoming:
    """What falls due later."""

    key: str  # stays the same while the day moves: "check_in:data/notes/oracle.md:Renata Kowalczyk"
    day: date
    company: str
    what: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything the plan decided for one moment."""

    suggestions: tuple[Suggestion, ...] = ()
    held: tuple[Held, ...] = ()
    upcoming: tuple[Upcoming, ...] = ()


@dataclass(frozen=True, slots=True)
class Contact:
    """Something that really happened: a message sent, a call, an answer."""

    company: str  # slug
    person: str  # full name; empty: nobody in particular
    at: datetime
    what: str
    answer: bool = False  # True: they wrote to the candidate
    touchpoint: int = 0  # the id of the touchpoint that it came from


@dataclass(frozen=True, slots=True)
class Move:
    """One change of something that was suggested, held or logged, with its time."""

    at: datetime
    by: Literal["user", "program"]
    what: str  # the state that it led to, or "logged", "released", "forgot"
    company: str = ""  # slug
    person: str = ""  # full name
    touchpoint: int = 0
    about: str = ""  # what was suggested, logged or released; why it expired or was dismissed
    contact: datetime | None = None  # when the message was sent or came, where that is another time


@dataclass(frozen=True, slots=True)
class History:
    """What the plan has to know of the past."""

    touchpoints: tuple[Touchpoint, ...] = ()
    contacts: tuple[Contact, ...] = ()
    holds: tuple[Hold, ...] = ()


# ------------------------------------------------------------------------------- the morning page


@dataclass(frozen=True, slots=True)
class Entry:
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
    story_title: str = ""
    story_link: str = ""
    story_source: str = ""  # "Sail World, yesterday"
    note: str = ""  # the note line's text
    note_place: str = ""  # "data/notes/oracle.md, line 14"
    sentence: str = ""
    terms: tuple[Term, ...] = ()
    passed: tuple[str, ...] = ()  # the guards that let it through, a few words each


@dataclass(frozen=True, slots=True)
class Item:
    """One line on the page with, perhaps, a link: held back, worth a look, coming up."""

    text: str
    title: str = ""
    link: str = ""
    source: str = ""
    advice: str = ""
    holds: tuple[int, ...] = ()  # the numbers by which this bad news is released


MarkKind = Literal[
    "interview", "wrote", "heard", "decision", "suggested", "ahead", "news", "bad_news"
]


@dataclass(frozen=True, slots=True)
class Mark:
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
    summary: str  # the same in a sentence or two
    since: date  # the first day that is shown
    until: date  # and the last
    marks: tuple[Mark, ...] = ()  # in order of time
    more: int = 0  # marks that found no room
    counted_from: date | None = None  # since when news about the company were counted
    volume: tuple[int, ...] = ()  # how many on each day from then on


@dataclass(frozen=True, slots=True)
class Told:
    """What a day's page said, so that the next days need not say it again."""

    day: date
    key: str  # "look 3f2a", a story; "held oracle 3f2a", bad news; "decided oracle", a status
    weight: float = 0.0  # of a story: its score on that day
    lead: str = ""  # and the article that led it


@dataclass(frozen=True, slots=True)
class Digest:
    """One day's page, complete: the JSON beside the pages holds just this."""

    day: date
    headline: str  # "Tuesday 24 November: two things to do"
    taken: tuple[str, ...] = ()  # what was read from the user's pages, a sentence each
    questions: tuple[str, ...] = ()  # what stood there and was not understood
    quiet: tuple[str, ...] = ()  # why there is nothing for a company, a sentence each
    entries: tuple[Entry, ...] = ()
    held: tuple[Item, ...] = ()
    upcoming: tuple[Item, ...] = ()
    worth_a_look: tuple[Item, ...] = ()
    troubles: tuple[Item, ...] = ()
    notes: tuple[str, ...] = ()  # lines that the user wrote on this day's page
    footer: str = ""  # "41 feeds, 212 new articles, ..."
    timelines: tuple[Timeline, ...] = ()
    seconds: int | None = None  # how long the run took; None: not told, as with a fixed clock


# ------------------------------------------------------------- records as plain values, and back


def to_plain(value: Any) -> Any:
    """Return a record as dicts, lists and strings, ready for JSON; times in ISO 8601."""
    if is_dataclass(value) and not isinstance(value, type):
        return {item.name: to_plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, tuple):
        return [to_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in value.items()}
    return value


def from_plain(kind: Any, value: Any) -> Any:
    """Return the record of type `kind` that `to_plain` wrote; the way back.

    Raises TypeError, ValueError or KeyError when the value has another shape.
    """
    return _reader(kind)(value)


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:
    """Return the function that reads a value of that type."""
    if get_origin(kind) in (Union, UnionType):
        inner = _reader(next(item for item in get_args(kind) if item is not type(None)))
        return lambda value: None if value is None else inner(value)
    if get_origin(kind) is tuple:
        each = _reader(get_args(kind)[0])
        return lambda value: tuple(map(each, value))
    if get_origin(kind) is Literal:
        return partial(_one_of, get_args(kind))
    if kind in (date, datetime):
        read: Callable[[Any], Any] = kind.fromisoformat
        return read
    return partial(_record_from if is_dataclass(kind) else _plain_from, kind)


def _one_of(choices: tuple[Any, ...], value: Any) -> Any:
    if value not in choices:
        raise ValueError(f"{value!r} is none of {choices}")
    return value


def _plain_from(kind: Any, value: Any) -> Any:
    if not isinstance(value, kind) and not (kind is float and isinstance(value, int)):
        raise TypeError(f"expected {kind.__name__}, found {type(value).__name__}")
    return value


def _record_from(kind: Any, value: Any) -> Any:
    if not isinstance(value, dict):
        raise TypeError(f"expected the fields of a {kind.__name__}")
    readers = _readers_of(kind)
    unknown = value.keys() - readers.keys()
    if unknown:
        raise ValueError(f"a {kind.__name__} has no {sorted(unknown)[0]!r}")
    return kind(**{name: readers[name](item) for name, item in value.items()})


@cache
def _readers_of(kind: Any) -> dict[str, Callable[[Any], Any]]:
    return {name: _reader(hint) for name, hint in get_type_hints(kind).items()}
