"""Before a second talk: what was noted, sent and said, and what the news told since.

Takes the interviews, the history, the matches and the clock; gives a `Briefing` in words, and its
page. Which are written, and where, is left to others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from pipeline.digest import html_page
from pipeline.records import (
    Briefing,
    BriefingPart,
    Company,
    Contact,
    DigestItem,
    Interview,
    Match,
    Person,
    Section,
    Touchpoint,
)
from pipeline.records.record import dataclass
from pipeline.text import publishers
from pipeline.text.calendar import day_in
from pipeline.text.guard_words import TOUCHING
from pipeline.text.phrasing import long_day, relative_day
from pipeline.text.reasons import reply_text

# ------------------------------------------------------------- every number, and where it is from
MORNINGS = 2  # before a talk: one to prepare, one to look again; our judgement
MOST_STORIES = 5  # that one can keep in mind for a talk; our judgement
MOST_CONTACTS = 20  # the newest; no border test: far beyond a season's messages
_SECTIONS: dict[Section, str] = {
    "discussed": "What you talked about",
    "office": "Seen in the office",
    "angle": "What you can do",
    "other": "More notes",
}


@dataclass(frozen=True, slots=True)
class BriefingGround:
    """All that is known of one company."""

    company: Company
    interviews: Sequence[Interview]  # of this company
    contacts: Sequence[Contact]
    touchpoints: Sequence[Touchpoint]
    matches: Sequence[Match]
    zone: ZoneInfo
    now: datetime

    @property
    def today(self) -> date:
        """The day in the user's time zone."""
        return day_in(self.zone, self.now)

    @property
    def held(self) -> list[Interview]:
        """The talks that have begun, newest first."""
        begun = [talk for talk in self.interviews if talk.interviewed <= self.now]
        return sorted(begun, key=lambda talk: talk.interviewed, reverse=True)


def next_talk(interviews: Sequence[Interview], now: datetime) -> Interview | None:
    """Return the next talk with a company."""
    ahead = [talk for talk in interviews if talk.interviewed > now and talk.status == "waiting"]
    return min(ahead, key=lambda talk: talk.interviewed, default=None)


def is_due(interviews: Sequence[Interview], zone: ZoneInfo, now: datetime) -> bool:
    """Return whether a second talk with a company is so near that its page is due."""
    talk = next_talk(interviews, now)
    is_second = any(item.interviewed <= now for item in interviews)
    if talk is None or not is_second:
        return False
    return (day_in(zone, talk.interviewed) - day_in(zone, now)).days <= MORNINGS


def page_name(company: str, day: date) -> str:
    """Return the name of a briefing's page, without its ending."""
    return f"before-{company}-{day.isoformat()}"


def brief(ground: BriefingGround) -> Briefing:
    """Return what to read before the next talk with a company, or now where none is planned."""
    talk = next_talk(ground.interviews, ground.now)
    day = day_in(ground.zone, talk.interviewed) if talk else _invited_on(ground) or ground.today
    parts = (
        BriefingPart("Whom you meet", tuple(_people(talk.people)) if talk else ()),
        *(part for held in ground.held for part in _notes(held, ground)),
        BriefingPart("Sent and answered", tuple(_contacts(ground))),
        BriefingPart("What you offered", tuple(_offers(ground))),
        BriefingPart("In the news", tuple(_news(ground))),
    )
    return Briefing(
        name=page_name(ground.company.slug, day),
        title=f"{ground.company.name}, {_when(talk, ground)}",
        parts=tuple(part for part in parts if part.items),
    )


def page(briefing: Briefing) -> str:
    """Return it as a page like the day's."""
    sheet, style = html_page.template("briefing.html.j2", "page.css")
    policy = html_page.content_security_policy(style)
    text: str = sheet.render(briefing=briefing, style=style, policy=policy)
    return text


def _when(talk: Interview | None, ground: BriefingGround) -> str:
    if talk is None:
        day = _invited_on(ground)
        return f"{relative_day(day, ground.today)}, as they wrote" if day else "no talk ahead"
    local = talk.interviewed.astimezone(ground.zone)
    clock = "" if talk.day_only else f" at {local:%H:%M}"
    return f"{relative_day(local.date(), ground.today)}{clock}"


def _invited_on(ground: BriefingGround) -> date | None:
    """Return the day of a talk to which they invited, whose notes are still to be written."""
    replies = (item.reply for item in ground.contacts if item.answer and item.reply)
    days = [item.day for item in replies if item.said == "invitation" and item.day]
    return next((day for day in reversed(days) if day >= ground.today), None)


def _people(people: Sequence[Person]) -> Iterator[DigestItem]:
    for person in people:
        yield DigestItem(", ".join(filter(None, (person.name, person.title))))


def _notes(talk: Interview, ground: BriefingGround) -> Iterator[BriefingPart]:
    day = long_day(day_in(ground.zone, talk.interviewed))
    nobody = DigestItem("Your notes name nobody.")
    yield BriefingPart(f"The talk of {day}", tuple(_people(talk.people)) or (nobody,))
    for section, title in _SECTIONS.items():
        lines = tuple(
            DigestItem(line.text, source=line.person)
            for line in talk.lines
            if line.section == section
        )
        yield BriefingPart(title, lines)


def _contacts(ground: BriefingGround) -> Iterator[DigestItem]:
    newest = sorted(ground.contacts, key=lambda item: item.at, reverse=True)[:MOST_CONTACTS]
    for item in reversed(newest):
        day, who = long_day(day_in(ground.zone, item.at)), item.person or ground.company.name
        did = f"{who} wrote{reply_text(item.reply)}" if item.answer else f"you wrote to {who}"
        yield DigestItem(f"{day}: {did}: “{item.what}”")


def _offers(ground: BriefingGround) -> Iterator[DigestItem]:
    """Yield what the candidate offered in messages that were sent, in the words of the notes."""
    for item in ground.touchpoints:
        what = item.suggestion
        is_sent = item.status in ("sent", "answered") and what.kind == "contribution"
        if is_sent and what.reference.note_text:
            yield DigestItem(what.reference.note_text, source=what.person)


def _news(ground: BriefingGround) -> Iterator[DigestItem]:
    """Yield the stories about the company that say most, good and bad, oldest first."""
    events: dict[str, Match] = {}
    about = [match for match in ground.matches if _is_news_of(match)]
    for match in sorted(about, key=lambda item: (-_weight(item), -item.score, item.story.id)):
        events.setdefault(match.what_happened, match)
    kept = list(events.values())[:MOST_STORIES]
    for match in sorted(kept, key=lambda item: item.story.lead.published):
        lead = match.story.lead
        day = long_day(min(day_in(ground.zone, lead.published), ground.today))
        text = "Bad news: don't begin with it." if match.sensitive or match.is_delicate else ""
        is_grave = match.verdict is not None and match.verdict.kind in TOUCHING
        text = text or ("It may be bad news of theirs: read it first." if is_grave else "")
        source = ", ".join(filter(None, (publishers.of(lead), day)))
        yield DigestItem(text, lead.title, lead.link, source)


def _is_news_of(match: Match) -> bool:
    """Return whether a story is news of the company; where its title doesn't say so, it fits."""
    return match.mention.about == "about" or (match.mention.about == "mentioned" and match.shown)


def _weight(match: Match) -> int:
    """Return how much a story matters for a talk: plainly good, bad and grave news first."""
    verdict = match.verdict
    return int(
        verdict is not None and (verdict.tone in ("good", "bad") or verdict.kind in TOUCHING)
    )
