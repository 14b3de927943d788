"""The vocabulary: every record that passes between two stages, a file for each stage.

It imports no other room. Others write `from pipeline.records import Story`, whatever its file.

Records are frozen, a new one for each step, never filled in along the way. Sequences are tuples;
times are aware and in UTC unless a field says otherwise; a text is plain text, cleaned where it
entered. An empty string, tuple or None says "not known".

In the order of the data:

    Config, Interview, Profile      what the candidate wrote             workspace/
    Feed, FeedState, Article        what the feeds said                  news/
    Frequencies, CompanyProfile     what the stored news teach           relevance/
    Story, Match                    what it means for each interview     relevance/
    Feedback, Preferences           what the user's answers teach        relevance/
    Suggestion, Touchpoint, Held    what to send to whom, and what not   touchpoints/
    Timeline, ShownItem             what happened with each company, and was shown already
    Digest, CompanyRow              one morning's page                   digest/
    Problem                         what failed, from any stage
"""

from pipeline.records.catalogue import CatalogueFeed, Proposal, Subject
from pipeline.records.digest import (
    Briefing,
    BriefingPart,
    CompanyRow,
    Digest,
    DigestEntry,
    DigestItem,
    MarkKind,
    NextStep,
    SentMessage,
    ShownItem,
    ShownKey,
    Timeline,
    TimelineMark,
)
from pipeline.records.memory import (
    Appointment,
    CalendarState,
    ChannelState,
    DigestLine,
    DigestPageState,
    DraftFile,
    DrawnPage,
    FeedStamp,
    Fit,
    KnownHolidays,
    Left,
    Question,
    Revision,
    ScheduleState,
    Scored,
    Volume,
)
from pipeline.records.news import Article, FeedState, Outcome, Page, Reading, ReadNews, Trouble
from pipeline.records.plain import from_plain, record_from, to_plain
from pipeline.records.problems import Problem
from pipeline.records.relevance import (
    About,
    Bound,
    CompanyProfile,
    EmbeddingStatistics,
    Event,
    Evidence,
    Feedback,
    Frequencies,
    Genre,
    Genres,
    Knowledge,
    LearnedWeight,
    Match,
    Mention,
    NameUsage,
    OwnWork,
    Part,
    PersonNews,
    PersonPart,
    Preferences,
    Queue,
    Story,
    Term,
    Tone,
    Verdict,
)
from pipeline.records.settings import (
    GREETED,
    DeliverySettings,
    DigestSettings,
    DraftSettings,
    MailSettings,
    NewsSettings,
    PaceSettings,
    RelevanceSettings,
    Settings,
)
from pipeline.records.touchpoints import (
    Contact,
    Draft,
    Expiry,
    Guard,
    GuardResult,
    Held,
    History,
    Hold,
    Kind,
    Move,
    OtherTopic,
    Plan,
    Reason,
    ReasonCode,
    Reference,
    Reply,
    Said,
    Source,
    State,
    Suggestion,
    Taken,
    Touchpoint,
    Upcoming,
)
from pipeline.records.workspace import (
    Channel,
    Company,
    Config,
    Feed,
    Interview,
    Mute,
    NoteLine,
    Person,
    PersonRole,
    Profile,
    Section,
    Status,
    Template,
    Topic,
    UnreadNote,
    Workspace,
)
