"""`settings` in feeds.yaml: what each means, its default and its limits."""

from __future__ import annotations

from dataclasses import field
from typing import Any, Literal

from pipeline.records.record import dataclass


def _setting(default: Any, says: str, **limits: Any) -> Any:
    """Return a dataclass field whose description and limits check, complete and document it."""
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
    of_one_source: int = _setting(
        2,
        "most stories of one feed or publisher among those to read on a page, and among those that "
        "go with the day's messages (our judgement: one feed's bad day leaves room for the others)",
        ge=1,
        le=50,
    )
    of_one_subject: int = _setting(
        3,
        "the same for one topic, or one kind of news about a company; more than `of_one_source`, "
        "so that no source takes a subject for itself",
        ge=1,
        le=50,
    )
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
        3,
        "messages to one person in 30 days, not counting the question (the first gaps)",
        ge=1,
        le=30,
    )
    gaps: tuple[int, ...] = _setting(
        (7, 10, 14, 21, 28), "days between check-ins; the last one repeats"
    )
    patience: float = _setting(
        1.0,
        "how good a story must be before its turn: 1 asks for the best that the rest of the wait "
        "is likely to bring, 0 takes what comes first",
        ge=0,
        le=2,
    )
    plain_check_in_days: int = _setting(
        21,
        "days of silence after which a check-in may come without news (by then most of a season's "
        "good stories had come)",
        ge=1,
        le=365,
    )
    plain_check_ins: int = _setting(
        1, "check-ins without news to one person; the places are kept for something", ge=0, le=20
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
        7, "days before the question without another message to who is asked", ge=0, le=60
    )
    unanswered_stretch: int = _setting(
        2, "messages without an answer from which the gaps double (PingCRM)", ge=1, le=20
    )
    unanswered_stop: int = _setting(
        3, "messages without an answer after which nothing more is suggested (PingCRM)", ge=1, le=20
    )
    news_days: int = _setting(10, "days for which news is fresh enough for a message", ge=1, le=90)
    hobby_days: int = _setting(
        30,
        "days for which a story on something seen in the office is fresh enough: a hobby has time",
        ge=1,
        le=90,
    )
    congratulate_days: int = _setting(
        7,
        "days for which news of a person's own (a new post, a prize, a talk) is congratulated on",
        ge=1,
        le=60,
    )
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
        "shortest time between two requests of a feed (rachelbythebay.com: hourly)",
        ge=0,
        le=1440,
    )
    at_most_hours: int = _setting(
        24,
        "longest time for which a feed may ask to be left alone (except after errors)",
        ge=1,
        le=720,
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

    @property
    def most_bytes(self) -> int:
        """The largest feed that is read."""
        return int(self.at_most_megabytes * 1_000_000)


@dataclass(frozen=True, slots=True)
class RelevanceSettings:
    """`settings › relevance`: what is worth showing."""

    floor: float = _setting(
        0.6, "shown is what is at least so likely to be useful: three in five", ge=0, le=1
    )
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
        "name, {title} what comes before it (Dr.)",
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
        "starttls", "how the connection is encrypted; none only for a server on this computer"
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
    links: tuple[str, ...] = _setting(
        (), "folders elsewhere into which links in the workspace may lead, such as ~/Notes"
    )
    digest: DigestSettings = _group(DigestSettings, "the page of the day")
    pace: PaceSettings = _group(PaceSettings, "how often is welcome, and when")
    news: NewsSettings = _group(NewsSettings, "how feeds are read")
    relevance: RelevanceSettings = _group(RelevanceSettings, "what is worth showing")
    drafts: DraftSettings = _group(DraftSettings, "how messages begin and end")
    delivery: DeliverySettings = _group(DeliverySettings, "the digest to yourself, by mail or note")
