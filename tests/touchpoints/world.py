"""A small world for the plan's tests: one company, one interviewer, and stories on demand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from pipeline.records import (
    Article,
    Company,
    Config,
    Contact,
    Draft,
    DraftSettings,
    Evidence,
    Feed,
    Held,
    History,
    Hold,
    Interview,
    Match,
    Mention,
    NoteLine,
    PaceSettings,
    Person,
    PersonNews,
    PersonPart,
    Plan,
    Reason,
    Reference,
    Settings,
    Story,
    Suggestion,
    Template,
    Term,
    Touchpoint,
    UnreadNote,
    Verdict,
    Workspace,
)
from pipeline.text.guard_words import held_text
from pipeline.touchpoints.plan import suggest

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)  # a Tuesday
RENATA = Person("Renata Kowalczyk", email="renata@example.com")
IMRAN = Person("Imran Sheikh", email="imran@example.com")
FILE = "data/notes/oracle.md"
FEED = "https://news.example/rss"
BOAT = NoteLine(FILE, 14, "office", "framed photo of an ocean racing boat", RENATA.name)
SUITES = NoteLine(
    FILE,
    11,
    "discussed",
    "the takeover of the rival HR vendor; day one",
    marked=("the takeover of the rival HR vendor",),
)
ANGLE = NoteLine(FILE, 17, "angle", "ran the customer side of two takeover programmes")


def days(number: float) -> timedelta:
    return timedelta(days=number)


def interview(ago: float = 1, **changes: Any) -> Interview:
    values: dict[str, Any] = {
        "file": FILE,
        "company": "oracle",
        "interviewed": NOW - days(ago),
        "day_only": False,
        "role": "Senior Consultant",
        "people": (RENATA,),
        "lines": (SUITES, BOAT, ANGLE),
    }
    return Interview(**(values | changes))


def story(name: str = "a1", title: str = "Oracle opens a plant", ago: float = 0.5) -> Story:
    link = f"https://news.example/{name}"
    published = NOW - days(ago)
    article = Article(
        name, FEED, title, link, link, title, published, "feed", published, "News Wire"
    )
    return Story(name, article)


def _evidence(note: NoteLine) -> Evidence:
    return Evidence(note, "A sentence of the story.", (Term("boat", 0.3), Term("ocean", 0.2)), 0.5)


def news(name: str = "n1", ago: float = 0.5, **changes: Any) -> Match:
    """News about the company that meets the angle line."""
    values: dict[str, Any] = {
        "interview": FILE,
        "company": "oracle",
        "story": story(name, ago=ago),
        "kind": "contribution",
        "score": 0.9,
        "shown": True,
        "reason": "",
        "mention": Mention("about", 1.0, ("Oracle",), in_title=True),
        "best": _evidence(ANGLE),
        "skill": _evidence(ANGLE),
        "for_people": (_evidence(SUITES),),
        "verdict": Verdict("good", "opening", 1.2),
    }
    return Match(**(values | changes))


def tidbit(name: str = "t1", note: NoteLine = BOAT, ago: float = 0.5, **changes: Any) -> Match:
    """A story that one of the interviewers would enjoy."""
    values: dict[str, Any] = {
        "interview": FILE,
        "company": "oracle",
        "story": story(name, f"Solo sailor rounds the Horn, {name}", ago),
        "kind": "tidbit",
        "score": 0.85,
        "shown": True,
        "reason": "",
        "mention": Mention("none", 0.0),
        "best": _evidence(note),
        "for_people": (_evidence(note),),
    }
    return Match(**(values | changes))


def layoffs(ago: float = 1) -> Match:
    return news(
        "bad",
        ago,
        shown=False,
        reason="bad news",
        verdict=Verdict("bad", "layoffs", -2.0),
    )


def own_news(
    part: PersonPart = "promotion", person: Person = RENATA, ago: float = 0.5, **changes: Any
) -> Match:
    """News of a person's own: what became of Renata."""
    sure = changes.pop("sure", True)
    title = changes.pop("title", f"Oracle: {person.name} and a matter of {part}")
    name = f"{part} {person.name}"
    values: dict[str, Any] = {
        "story": story(name, title, ago),
        "score": 0.0,
        "shown": False,
        "best": None,
        "skill": None,
        "people": (PersonNews(person.name, part, sure, (part,), title),),
    }
    return news(**(values | changes))


def contact(
    ago: float, *, answer: bool = False, person: str = RENATA.name, company: str = "oracle"
) -> Contact:
    return Contact(company, person, NOW - days(ago), "a mail", answer=answer)


def touchpoint(suggestion: Suggestion, status: Any = "suggested", **changes: Any) -> Touchpoint:
    values: dict[str, Any] = {
        "id": 1,
        "suggestion": suggestion,
        "status": status,
        "created": NOW - days(3),
        "changed": NOW - days(1),
    }
    return Touchpoint(**(values | changes))


def past(kind: Any, key: str, status: Any, ago: float, story: str = "") -> Touchpoint:
    suggestion = Suggestion(
        key,
        kind,
        FILE,
        "oracle",
        RENATA.name,
        NOW,
        Reason("talk"),
        Draft("", "", ""),
        Reference(story),
    )
    return touchpoint(suggestion, status, changed=NOW - days(ago))


def plan(
    *interviews: Interview,
    matches: tuple[Match, ...] = (),
    contacts: tuple[Contact, ...] = (),
    touchpoints: tuple[Touchpoint, ...] = (),
    holds: tuple[Hold, ...] = (),
    pace: PaceSettings | None = None,
    timezone: str = "UTC",
    now: datetime = NOW,
    unread: tuple[UnreadNote, ...] = (),
    feeds: tuple[Feed, ...] = (),
    templates: tuple[Template, ...] = (),
    drafts: DraftSettings | None = None,
) -> Plan:
    settings = Settings(
        timezone=timezone, pace=pace or PaceSettings(), drafts=drafts or DraftSettings()
    )
    config = Config(
        settings, (Company("oracle", "Oracle", feeds=feeds), Company("halden", "Halden"))
    )
    workspace = Workspace("/nowhere", config, interviews, templates=templates, unread=unread)
    found = {
        item.file: tuple(match for match in matches if match.company == item.company)
        for item in interviews
    }
    return suggest(workspace, found, History(touchpoints, contacts, holds), now)


def said(held: Held, now: datetime = NOW) -> str:
    """Return why a message to somebody at Oracle is held back, in the words of a day."""
    return held_text(held, "Oracle", now.date())


def kinds(of: Plan) -> list[str]:
    return [item.kind for item in of.suggestions]


def guards(of: Plan) -> set[str]:
    return {item.guard for item in of.held}
