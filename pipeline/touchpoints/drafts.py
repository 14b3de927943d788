"""Drafts: short, specific, nothing invented. Wordings in `templates/`, or the candidate's own.

Takes a kind, a case and the story that goes with it; gives a `Draft` in plain text with the source
of each sentence. What only the candidate can know is left as a gap, `[…]`. What the candidate
wrote is cut to what fits, so that every draft stays under 150 words whatever stands in the notes.

The choice between wordings is stable for one suggestion, another for each interviewer of an
interview, and another than in the last message of that kind to the same person.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from pipeline.records import (
    Company,
    Draft,
    DraftSettings,
    Interview,
    Kind,
    NoteLine,
    Person,
    Template,
)
from pipeline.text import phrasing
from pipeline.text.calendar import day_in
from pipeline.text.language import is_english
from pipeline.touchpoints import headlines, phrases
from pipeline.touchpoints.case import Case, Option
from pipeline.touchpoints.names import Name, parts_of
from pipeline.touchpoints.phrases import WORN_OUT
from pipeline.touchpoints.sources import Ledger, Span, clean, sources_of
from pipeline.touchpoints.wordings import MOST_WORDS, Wording, nested, wordings

__all__ = ["MOST_WORDS", "WORN_OUT", "farewell", "write"]

LONGEST_SUBJECT = 78  # RFC 5322 §2.1.1: what a line should not exceed
MOST_SETTING_WORDS = 8  # of greeting, closing and signature, a line each
MOST_SIGNATURE_LINES = 3
MOST_HEAD_WORDS = 8  # of the role, the company's name, a person's post
MOST_ROLE_WORDS = 4  # of a post in a sentence, before what stands behind its comma is left out
LONGEST_HEAD = 70  # characters of one of those
FEEDS = "feeds.yaml"


@dataclass(frozen=True, slots=True)
class _Occasion:
    """Everything that a draft is written from."""

    kind: str
    interview: Interview
    company: Company
    person: Person
    zone: ZoneInfo
    today: date
    turn: int  # messages of this kind that this person had before
    settings: DraftSettings
    option: Option | None = None

    @property
    def place(self) -> int:
        """The person's place among the interviewers."""
        names = [person.name for person in self.interview.people]
        return names.index(self.person.name) if self.person.name in names else 0


def write(
    kind: Kind,
    key: str,
    case: Case,
    option: Option | None,
    settings: DraftSettings,
    templates: Sequence[Template] = (),
) -> Draft:
    """Return the draft of one message; the candidate's own templates win where they work."""
    before = sum(
        item.suggestion.kind == kind
        and item.suggestion.key != key
        and item.status in ("sent", "answered")
        for item in case.touchpoints
    )
    return _draft(
        _Occasion(
            kind=kind,
            interview=case.interview,
            company=case.company,
            person=case.person,
            zone=case.zone,
            today=case.today,
            turn=before,
            settings=settings,
            option=option,
        ),
        templates,
    )


def farewell(
    interview: Interview,
    company: Company,
    person: Person,
    zone: ZoneInfo,
    today: date,
    settings: DraftSettings,
    templates: Sequence[Template] = (),
) -> Draft:
    """Return a gracious last note to one person, for after a rejection. Nothing suggests it."""
    return _draft(
        _Occasion("farewell", interview, company, person, zone, today, 0, settings), templates
    )


def _draft(occasion: _Occasion, templates: Sequence[Template]) -> Draft:
    """Write with the first wording that works out; ours always does."""
    candidates = list(wordings(occasion.kind, occasion.company.slug, templates))
    for wording in candidates[:-1]:
        try:
            draft = _written(wording, occasion)
        except Exception:  # noqa: S112 - whatever a template does with real values: ours is there
            continue
        if draft.subject and draft.body.strip() and _is_short(draft):
            return draft
    return _written(candidates[-1], occasion)


def _is_short(draft: Draft) -> bool:
    return len(f"{draft.subject} {draft.body}".split()) < MOST_WORDS


def _written(wording: Wording, occasion: _Occasion) -> Draft:
    ledger = Ledger()
    values: dict[str, Any] = nested(_values(occasion, ledger)) | {"pick": _pick(occasion)}
    first, _, rest = wording.render(values).strip().partition("\n")
    subject, of_subject = ledger.read(" ".join(first.split()))
    body, of_body = ledger.read(_tidy(rest))
    subject, of_subject = _shortened(subject, of_subject)
    return Draft(
        to=occasion.person.email,
        subject=subject,
        body=body,
        sources=(
            *sources_of(subject, of_subject, wording.file),
            *sources_of(body, of_body, wording.file),
        ),
    )


def _shortened(subject: str, spans: tuple[Span, ...]) -> tuple[str, tuple[Span, ...]]:
    cut = phrasing.shorten(subject, LONGEST_SUBJECT)
    return cut, tuple(
        Span(s.start, min(s.end, len(cut)), s.value) for s in spans if s.start < len(cut)
    )


def _tidy(body: str) -> str:
    """Leave one blank line between paragraphs, and no blanks at the ends of lines."""
    paragraphs = re.split(r"\n\s*\n", body)
    lines = ([" ".join(line.split()) for line in p.splitlines()] for p in paragraphs)
    kept = ("\n".join(line for line in paragraph if line) for paragraph in lines)
    return "\n\n".join(paragraph for paragraph in kept if paragraph) + "\n"


# ------------------------------------------------------------------------------------- variants


def _pick(occasion: _Occasion) -> Callable[..., str]:
    """Return the function that chooses between wordings, place after place in a template.

    With three wordings at each place, as ours have: the turn moves all of them by one, so two
    messages in a row differ everywhere; so do those of three interviewers, in another direction,
    and a second row of three in a third. Nine people and three turns make 27 different texts.
    """
    seed = zlib.crc32(f"{occasion.kind}:{occasion.interview.file}".encode("utf-8", "replace"))
    row, column = divmod(occasion.place, 3)
    steps = (column + row, 2 * column + row, column)
    asked = 0

    def pick(*choices: str) -> str:
        nonlocal asked
        number = (seed >> (2 * (asked % 12))) + steps[asked % 3] + occasion.turn
        asked += 1
        return choices[number % len(choices)]

    return pick


# --------------------------------------------------------------------------------------- values


def _values(occasion: _Occasion, ledger: Ledger) -> dict[str, Any]:
    """Return every value that a template may use, each with its place in the ledger."""
    return {
        **_of_settings(occasion, ledger),
        **_of_head(occasion, ledger),
        **_of_notes(occasion, ledger),
        **_of_story(occasion, ledger),
        **_of_skill(occasion, ledger),
        "again": occasion.turn > 0,
    }


def _of_settings(occasion: _Occasion, ledger: Ledger) -> dict[str, Any]:
    settings = occasion.settings
    place = f"{FEEDS}, settings › drafts"
    signature = _lines(settings.name)
    return {
        "greeting": _greeting(occasion, ledger),
        "closing": ledger.marked(
            _line(settings.closing), f"{place} › closing", _line(settings.closing)
        ),
        "sender": ledger.marked(signature, f"{place} › name", signature) or "[… your name]",
    }


def _greeting(occasion: _Occasion, ledger: Ledger) -> str:
    """Return the first line with the name in it; nobody named is greeted without one.

    "Dear {title} {last_name}," without a title at hand takes the whole name.
    """
    name = parts_of(clean(occasion.person.name))
    if not name.full:
        return "Hello,"
    given = {
        "name": name.first,
        "full_name": name.full,
        "last_name": name.last,
        "title": name.title,
    }
    wanted = clean(occasion.settings.greeting)
    if "{title}" in wanted and not name.title:
        given["last_name"] = name.full
    place = f"{occasion.interview.file}, head › interviewers"

    def filled(found: re.Match[str]) -> str:
        said = _brief(given.get(found.group(1), ""))
        return ledger.marked(said, place, clean(occasion.person.name))

    pieces = " ".join(re.sub(r"\{(\w*)\}", filled, _line(wanted)).split())
    return re.sub(r"\s+(?=[,.!:])", "", pieces).strip() or "Hello,"


def _of_head(occasion: _Occasion, ledger: Ledger) -> dict[str, Any]:
    interview = occasion.interview
    file = f"{interview.file}, head"
    name: Name = parts_of(clean(occasion.person.name))
    at = day_in(occasion.zone, interview.interviewed)
    expected = interview.decision_expected

    def of_person(said: str) -> str:
        return ledger.marked(_brief(said), f"{file} › interviewers", clean(occasion.person.name))

    def of_date(said: str) -> str:
        return ledger.marked(said, f"{file} › interviewed", at.isoformat())

    return {
        "person.name": of_person(name.full),
        "person.first_name": of_person(name.first),
        "person.last_name": of_person(name.last),
        "person.title": of_person(clean(occasion.person.title)),
        "company": ledger.marked(
            _brief(clean(occasion.company.name)),
            f"{FEEDS}, companies › {clean(occasion.company.slug)} › name",
            clean(occasion.company.name),
        ),
        "role": ledger.marked(
            _said_role(clean(interview.role)), f"{file} › role", clean(interview.role)
        ),
        "interview_day": of_date(phrases.day_in_a_letter(at, occasion.today)),
        "weeks": of_date(phrases.weeks_since(at, occasion.today)),
        "decision_day": ledger.marked(
            phrasing.long_day(expected), f"{file} › decision_expected", expected.isoformat()
        )
        if expected
        else "",
    }


def _of_notes(occasion: _Occasion, ledger: Ledger) -> dict[str, Any]:
    said, line = _topic(occasion)
    is_own = line is not None and line.person != "" and line.person == occasion.person.name
    option = occasion.option
    return {
        "topic": ledger.marked(clean(said), _place(line), clean(line.text)) if line else "",
        "own_topic": is_own,
        "office": bool(option and option.evidence.note.section == "office"),
    }


def _topic(occasion: _Occasion) -> tuple[str, NoteLine | None]:
    """Return what was talked about, as a phrase: the story's line, else one for this person.

    A tidbit speaks of its story's line or of none. Lines about this person come first; of those
    about nobody each interviewer gets another. What another interviewer said is not for this one.
    """
    interview, option = occasion.interview, occasion.option
    if not is_english(line.text for line in interview.lines):
        return "", None
    if option and option.evidence.note.section == "discussed":
        line = option.evidence.note
        said = phrases.topic_of(line.text)
        if said or occasion.kind == "tidbit":
            return said, line if said else None
    discussed = [line for line in interview.lines if line.section == "discussed"]
    own = _sayable(line for line in discussed if line.person == occasion.person.name != "")
    if own:
        return own[occasion.turn % len(own)]
    shared = _sayable(line for line in discussed if not line.person)
    if not shared:
        return "", None
    return shared[(_turn_among(occasion, discussed) + occasion.turn) % len(shared)]


def _turn_among(occasion: _Occasion, discussed: list[NoteLine]) -> int:
    """Return the person's place among those for whom only the shared lines are left."""
    served = {line.person for line in discussed if line.person and phrases.topic_of(line.text)}
    rest = [person.name for person in occasion.interview.people if person.name not in served]
    return rest.index(occasion.person.name) if occasion.person.name in rest else 0


def _sayable(lines: Any) -> list[tuple[str, NoteLine]]:
    found = ((phrases.topic_of(clean(line.text)), line) for line in lines)
    return [(said, line) for said, line in found if said]


def _of_story(occasion: _Occasion, ledger: Ledger) -> dict[str, Any]:
    blank = dict.fromkeys(("story.title", "story.source", "story.day", "story.link"), "")
    empty = {
        **blank,
        "story.named": "",
        "news": "",
        "theirs": False,
        "cheerful": False,
        "events": (),
    }
    option = occasion.option
    if option is None:
        return empty
    lead = option.match.story.lead
    names = (occasion.company.name, *occasion.company.aliases)
    title = clean(headlines.title_of(lead, names))
    source = clean(headlines.source_of(lead))
    link = clean(lead.link).replace(" ", "%20")
    link = link if len(link) <= headlines.LONGEST_LINK else ""
    published = day_in(occasion.zone, lead.published)
    day = f"{published.day} {published:%B}" if lead.dated == "feed" else ""
    named = f'"{title}"' if title else headlines.host_of(link) or "[… the article]"
    credit = ", ".join(item for item in (source, day) if item)

    def of_story(said: str) -> str:
        return ledger.marked(said, link or source or "the article", clean(lead.title))

    return {
        "story.title": of_story(title or named),
        "story.source": of_story(source),
        "story.day": of_story(day),
        "story.link": of_story(link),
        "story.named": of_story(f"{named} ({credit})" if credit else named),
        "news": of_story(headlines.named_news(option.match, names)),
        "theirs": option.match.mention.about == "about" and headlines.names_one_of(title, names),
        "cheerful": headlines.is_cheerful(option.match, names),
        "events": tuple(event.kind for event in option.match.events),
    }


def _of_skill(occasion: _Occasion, ledger: Ledger) -> dict[str, Any]:
    option = occasion.option
    line = option.evidence.note if option else None
    if line is None or line.section not in ("angle", "profile"):
        return {"skill": "", "skill_is": "", "useful": ""}
    skill = phrases.skill_of(clean(line.text))
    if skill is None:
        return {"skill": "", "skill_is": "", "useful": ""}
    return {
        "skill": ledger.marked(skill.said, _place(line), clean(line.text)),
        "skill_is": skill.kind,
        "useful": ledger.marked(skill.useful, _place(line), clean(line.text)),
    }


def _place(line: NoteLine | None) -> str:
    return f"{line.file}, line {line.line}" if line else ""


def _line(text: str) -> str:
    """Return a setting as one short line."""
    return " ".join(phrasing.shorten(clean(text), LONGEST_HEAD).split()[:MOST_SETTING_WORDS])


def _lines(text: str) -> str:
    """Return a signature: a name, perhaps with a telephone number under it."""
    lines = [_line(line) for line in text.splitlines()]
    return "\n".join([line for line in lines if line][:MOST_SIGNATURE_LINES])


def _said_role(role: str) -> str:
    """Return a post as one says it: "Product Manager" of "Product Manager, Search & Services"."""
    said = _brief(role)
    main = re.split(r"\s*[,(/|–—]|\s+-\s+", said, maxsplit=1)[0]
    is_long = len(said.split()) > MOST_ROLE_WORDS
    return main if is_long and len(main.split()) > 1 else said


def _brief(text: str) -> str:
    """Return a name or a post as it fits into a sentence; square brackets are for gaps."""
    plain = text.replace("[", "(").replace("]", ")")
    kept = " ".join(plain.split()[:MOST_HEAD_WORDS])
    return phrasing.shorten(kept, LONGEST_HEAD).strip(" ,;:")
