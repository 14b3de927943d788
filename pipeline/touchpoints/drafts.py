"""Drafts: short, specific, nothing invented. Templates in `templates/`, one for each kind.

Takes a kind, a case and the story that goes with it; gives a `Draft` in plain text. What only
the candidate can know is left as a gap, `[…]`. Which of several wordings is used depends on the
interview and the person's place in it: always the same for one person, another for the next.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import cache
from typing import Any

from pipeline import words
from pipeline.records import Draft, DraftSettings, Kind, NoteLine
from pipeline.touchpoints import phrases
from pipeline.touchpoints.case import Case, Option

MOST_WORDS = 150  # career-ops' guard, and a screen of a phone
LONGEST_TITLE = 110  # characters of a headline inside a sentence
LONGEST_SUBJECT = 78  # RFC 5322 §2.1.1: what a line should not exceed

# What every recipient has read too often; a test holds the drafts against it.
WORN_OUT = (
    "just checking in",
    "touching base",
    "touch base",
    "circle back",
    "circling back",
    "hope this finds you well",
    "hope this email finds you",
    "hope you are doing well",
    "follow up on my application",
    "just following up",
    "as per my last",
    "per my last email",
    "pick your brain",
    "reach out",
    "reaching out",
    "at your earliest convenience",
    "low-hanging fruit",
    "synergy",
    "move the needle",
    "quick question",
    "think outside the box",
    "passionate about",
)


@dataclass(frozen=True, slots=True)
class Story:
    """The story that goes with a message, as a sentence needs it."""

    title: str
    source: str
    link: str
    day: str


def write(
    kind: Kind, key: str, case: Case, option: Option | None, settings: DraftSettings
) -> Draft:
    """Return the draft of one message."""
    values = _values(case, option, settings)
    text = _template(kind).render(values)
    subject, _, body = text.strip().partition("\n")
    return Draft(
        to=case.person.email,
        subject=words.shorten(" ".join(subject.split()), LONGEST_SUBJECT),
        body=_tidy(body),
    )


def _values(case: Case, option: Option | None, settings: DraftSettings) -> dict[str, Any]:
    people = [person.name for person in case.interview.people]
    place = people.index(case.person.name) if case.person.name in people else 0
    seed = zlib.crc32(case.interview.file.encode()) + place
    name = phrases.first_name(case.person.name)
    at = case.interview.interviewed.astimezone(case.zone).date()
    expected = case.interview.decision_expected
    return {
        "pick": lambda *wordings: wordings[seed % len(wordings)],
        "greeting": settings.greeting.replace("{name}", name) if name else "Hello,",
        "closing": settings.closing,
        "sender": settings.name or "[your name]",
        "company": case.company.name,
        "role": case.interview.role,
        "interview_day": phrases.day_in_a_letter(at, case.today),
        "decision_day": words.long_day(expected) if expected else "",
        "weeks": phrases.weeks_since(at, case.today),
        "topic": _topic(case, option, place),
        "office": bool(option and option.evidence.note.section == "office"),
        "experience": phrases.experience_of(option.evidence.note.text)
        if option and option.evidence.note.section in ("angle", "profile")
        else "",
        "events": [event.kind for event in option.match.events] if option else [],
        "story": _story(case, option) if option else None,
    }


def _story(case: Case, option: Option) -> Story:
    lead = option.match.story.lead
    published = lead.published.astimezone(case.zone).date()
    return Story(
        title=words.shorten(lead.title.strip().rstrip("."), LONGEST_TITLE).replace('"', "'"),
        source=lead.source,
        link=lead.link,
        day=f"{published.day} {published:%B}",
    )


def _topic(case: Case, option: Option | None, place: int) -> str:
    """Return a phrase for what was talked about: the story's line, else one of this person's."""
    if option and option.evidence.note.section == "discussed":
        return phrases.topic_of(option.evidence.note.text)
    discussed = [line for line in case.interview.lines if line.section == "discussed"]
    own = _topics(line for line in discussed if line.person == case.person.name != "")
    shared = _topics(line for line in discussed if not line.person)
    if own:
        return own[0]
    return shared[place % len(shared)] if shared else ""


def _topics(lines: Any) -> list[str]:
    found: list[NoteLine] = list(lines)
    return [topic for line in found if (topic := phrases.topic_of(line.text))]


def _tidy(body: str) -> str:
    """Leave one blank line between paragraphs, and no blanks at the ends of lines."""
    paragraphs = ("\n".join(line.strip() for line in p.splitlines()) for p in body.split("\n\n"))
    return "\n\n".join(p.strip() for p in paragraphs if p.strip()) + "\n"


@cache
def _template(kind: Kind) -> Any:
    from jinja2 import PackageLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        loader=PackageLoader("pipeline.touchpoints", "templates"),
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(f"{kind}.txt.j2")
