"""Drafts: short, specific, nothing invented. Wording in `built_in/`, or the candidate's own.

Takes a kind, a case and the story that goes with it; gives a `Draft` in plain text with the source
of each sentence. Of the notes a sentence takes only what the candidate marked: words in bold, or
the phrase before a colon ("the migration: she worries about …"). Where nothing is marked there is
a gap, `[…]`, that quotes the line. Whatever is taken is cut to a length, so that every draft stays
under 150 words.

The choice between wordings is stable for one suggestion, different for each interviewer of an
interview, and different from the last message of that kind to the same person.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from pipeline.records import (
    Company,
    Draft,
    DraftSettings,
    Interview,
    Kind,
    NoteLine,
    Person,
    Source,
    Template,
)
from pipeline.text import phrasing
from pipeline.text.calendar import day_in
from pipeline.text.characters import one_line
from pipeline.text.language import is_english, jotted_language
from pipeline.text.names import parts_of
from pipeline.text.urls import site_of
from pipeline.touchpoints import headlines
from pipeline.touchpoints.case import Case, Option
from pipeline.touchpoints.sources import Piece, sources_of, text_of
from pipeline.touchpoints.suitability import is_private, is_theirs
from pipeline.touchpoints.templates import MOST_WORDS, Letter, Values, letters, worn_out

LONGEST_SUBJECT = 78  # RFC 5322 §2.1.1: what a line should not exceed
LONGEST_LINE = 70  # characters of a name, a post, a line of the settings
MOST_LINE_WORDS = 8  # of one of those
MOST_ROLE_WORDS = 4  # of a role in a sentence, before what follows its comma is left out
MOST_SIGNATURE_LINES = 3
MOST_TOPIC_WORDS = 12  # a longer phrase reads as a jotting, not as part of a sentence
MOST_SKILL_WORDS = 16  # with "I" before it, a sentence that one takes in at a glance
MOST_USEFUL_WORDS = 24
LONGEST_WORD = 40  # characters; what is longer was pasted
FEEDS = "feeds.yaml"
# How a message in another language begins and ends, where the settings have the usual English.
_USUAL = {
    "German": ("Guten Tag {full_name},", "Mit freundlichen Grüßen"),
    "French": ("Bonjour {full_name},", "Bien cordialement"),
    "Spanish": ("Hola, {name}:", "Un cordial saludo"),
}

# "the migration: she worries about …". With its article, the phrase fits into a sentence as it is.
_LEAD = re.compile(r"((?:the|our|your|their)\s[^:;,.?!()]{2,80}):\s", re.IGNORECASE)
# "ran the pilot", "launched two handsets": one word and then an article or a number is a verb,
# but for the small words that may come before an article, too.
_VERB = re.compile(
    r"(?!(?:in|on|at|of|for|with|by|from|to|as|over|under|after|before|during|since|across|into|"
    r"about|than|and|or|but|not|all|both|half|how|what|why|who|when|where|which|if|about|like|"
    r"until|around|between|behind|through|without|against|nearly|almost|only|some|every|each)\b|"
    r"\w+ing\b)[a-z]{2,}\s(?:the|an?|our|its|two|three|four|five|six|seven|eight|nine|ten|\d+)\s",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[;:,.(](?=\s|$)|\s[-–—+]\s|\s\(")
_PLAIN = re.compile(r"[\w\s'’%$€£&/,-]+")


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a message is for, and the day at their place."""

    interview: Interview  # the latest with them
    company: Company
    person: Person
    zone: ZoneInfo
    today: date


@dataclass(frozen=True, slots=True)
class _Message:
    """One message to be written."""

    kind: str
    to: Recipient
    option: Option | None
    settings: DraftSettings
    turn: int  # how many messages of this kind the person had before

    @property
    def place(self) -> int:
        """The person's place among the interviewers."""
        names = [person.name for person in self.to.interview.people]
        return names.index(self.to.person.name) if self.to.person.name in names else 0

    @property
    def language(self) -> str:
        """The language of the notes, for the kinds that have a wording in it."""
        if self.kind != "congratulation":
            return "English"
        return jotted_language(line.text for line in self.to.interview.lines)


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
    to = Recipient(case.interview, case.company, case.person, case.zone, case.today)
    return _draft(_Message(kind, to, option, settings, before), templates)


def farewell(to: Recipient, settings: DraftSettings, templates: Sequence[Template] = ()) -> Draft:
    """Return a gracious last note to one person, for after a rejection. Nothing suggests it."""
    return _draft(_Message("farewell", to, None, settings, 0), templates)


def _draft(message: _Message, templates: Sequence[Template]) -> Draft:
    """Write with the first template that works out; ours always does."""
    values = _values(message)
    *own, built_in = letters(message.kind, message.to.company.slug, templates, message.language)
    for letter in own:
        draft = _filled(letter, message, values)
        if draft.subject and draft.body.strip() and _count(draft) < MOST_WORDS:
            return draft
    return _filled(built_in, message, values)


def _count(draft: Draft) -> int:
    return len(f"{draft.subject} {draft.body}".split())


def _filled(letter: Letter, message: _Message, values: Values) -> Draft:
    subject, body = letter.fill(values, _chooser(message))
    line = phrasing.shorten(" ".join(text_of(subject).split()), LONGEST_SUBJECT)
    of_subject = [
        Source(line, item.text, item.place, item.whole) for item in subject if item.place
    ] or [Source(line, "", letter.file, "")]
    sources = (*of_subject, *sources_of(body, letter.file))
    return Draft(message.to.person.email, line, f"{text_of(body)}\n", sources)


def _chooser(message: _Message) -> Callable[[Sequence[str]], str]:
    """Return the function that chooses between wordings, paragraph after paragraph.

    With three wordings of each, as ours have: the turn moves all of them by one, so two messages
    in a row differ everywhere; so do those of three interviewers, in another direction, and a
    second row of three in a third. Nine people and three turns make 27 different texts.
    """
    file = message.to.interview.file
    seed = zlib.crc32(f"{message.kind}:{file}".encode("utf-8", "replace"))
    row, column = divmod(message.place, 3)
    steps = (column + row, 2 * column + row, column)
    asked = 0

    def choose(usable: Sequence[str]) -> str:
        nonlocal asked
        number = (seed >> (2 * (asked % 12))) + steps[asked % 3] + message.turn
        asked += 1
        return usable[number % len(usable)]

    return choose


# --------------------------------------------------------------------------------------- values


def _values(message: _Message) -> Values:
    """Return the value of every placeholder, each with its source; empty where it has none."""
    return {
        **_of_settings(message),
        **_of_head(message),
        **_of_talk(message),
        **_of_story(message),
        **_of_skill(message),
        "once_more": _value("once more") if message.turn else (),
    }


def _value(text: str, place: str = "", whole: str = "") -> tuple[Piece, ...]:
    return (Piece(text, place, whole or text),) if text else ()


def _of_settings(message: _Message) -> Values:
    settings, place = message.settings, f"{FEEDS}, settings › drafts"
    lines = [line for line in map(_short, settings.name.splitlines()) if line]
    wanted = settings.closing
    if wanted == DraftSettings().closing and message.language in _USUAL:
        wanted = _USUAL[message.language][1]
    closing = _value(_short(wanted), f"{place} › closing")
    signature = [_value(line, f"{place} › name") for line in lines[:MOST_SIGNATURE_LINES]]
    pieces = [*([closing] if closing else []), *(signature or [(Piece("[… your name]"),)])]
    joined = [piece for value in pieces for piece in (Piece("\n"), *value)]
    return {"greeting": _greeting(message), "signature": tuple(joined[1:])}


def _greeting(message: _Message) -> tuple[Piece, ...]:
    """Return the first line with the name in it; nobody named is greeted without one.

    "Dear {title} {last_name}," without a title at hand takes the whole name.
    """
    written = one_line(message.to.person.name)
    name = parts_of(written)
    if not name.full:
        return (Piece("Hello,"),)
    given = {
        "name": name.first,
        "full_name": name.full,
        "last_name": name.last,
        "title": name.title,
    }
    wanted = _short(message.settings.greeting)
    if wanted == DraftSettings().greeting and message.language in _USUAL:
        wanted = _USUAL[message.language][0]
    if "{title}" in wanted and not name.title:
        given["last_name"] = name.full
    line = re.sub(r"\{(\w*)\}", lambda found: _short(given.get(found.group(1), "")), wanted)
    line = re.sub(r"\s+(?=[,.!:])", "", " ".join(line.split()))
    place = f"{message.to.interview.file}, head › interviewers"
    return _value(line, place, written) or (Piece("Hello,"),)


def _of_head(message: _Message) -> Values:
    to = message.to
    file = f"{to.interview.file}, head"
    written, role = one_line(to.person.name), one_line(to.interview.role)
    name = parts_of(written)
    met = day_in(to.zone, to.interview.interviewed)
    expected = to.interview.decision_expected

    def of_person(text: str) -> tuple[Piece, ...]:
        return _value(_short(text), f"{file} › interviewers", written)

    def of_day(text: str) -> tuple[Piece, ...]:
        return _value(text, f"{file} › interviewed", met.isoformat())

    company, slug = one_line(to.company.name), one_line(to.company.slug)
    return {
        "full_name": of_person(name.full),
        "first_name": of_person(name.first),
        "last_name": of_person(name.last),
        "post": of_person(one_line(to.person.title)),
        "company": _value(_short(company), f"{FEEDS}, companies › {slug} › name", company),
        "role": _value(_spoken_role(role), f"{file} › role", role),
        "interview_day": of_day(phrasing.on_day(met, to.today)),
        "weeks": of_day(phrasing.weeks_between(met, to.today)),
        "decision_day": _value(
            phrasing.long_day(expected), f"{file} › decision_expected", expected.isoformat()
        )
        if expected
        else (),
    }


def _of_talk(message: _Message) -> Values:
    topic, line = _topic(message)
    found = _value(topic, _place(line), one_line(line.text)) if line else ()
    is_own = line is not None and line.person == message.to.person.name != ""
    return {
        "topic": found,
        "own_topic": found if is_own else (),
    }


def _topic(message: _Message) -> tuple[str, NoteLine | None]:
    """Return what was talked about, as a phrase: from the story's line, else from one for them.

    A tidbit speaks of its story's line or of none. Lines about this person come first; of those
    about nobody each interviewer gets another. What another interviewer said is not for this one.
    """
    lines, option = message.to.interview.lines, message.option
    if not is_english(line.text for line in lines):
        return "", None
    if option and option.evidence.note.section == "discussed":
        line = option.evidence.note
        topic = topic_of(line)
        if topic or message.kind == "tidbit":
            return topic, line if topic else None
    found = _turned(message, [line for line in lines if topic_of(line)])
    return (topic_of(found), found) if found else ("", None)


def _turned(message: _Message, lines: Sequence[NoteLine]) -> NoteLine | None:
    """Return the discussed line that it is this person's turn to hear of, their own first."""
    discussed = [line for line in lines if line.section == "discussed"]
    own = [line for line in discussed if line.person == message.to.person.name != ""]
    if own:
        return own[message.turn % len(own)]
    shared = [line for line in discussed if not line.person]
    served = {line.person for line in discussed}
    rest = [person.name for person in message.to.interview.people if person.name not in served]
    at = rest.index(message.to.person.name) if message.to.person.name in rest else 0
    return shared[(at + message.turn) % len(shared)] if shared else None


def topic_of(line: NoteLine) -> str:
    """Return the words of a line that may follow "about": those in bold, or before a colon."""
    lead = _LEAD.match(line.text)
    marked = line.marked or ((phrasing.lower_first(lead.group(1)),) if lead else ())
    topic = one_line(marked[0]) if marked and not is_private(line.text) else ""
    return topic if _is_sayable(topic, MOST_TOPIC_WORDS) else ""


def _is_sayable(text: str, most: int) -> bool:
    """Return whether words of the candidate's can go into one of our sentences."""
    parts = text.split()
    return (
        0 < len(parts) <= most
        and max(map(len, parts)) <= LONGEST_WORD
        and bool(_PLAIN.fullmatch(text))
        and not worn_out(text)
    )


def _of_story(message: _Message) -> Values:
    option, to = message.option, message.to
    if option is None:
        return {}
    lead = option.match.story.lead
    title = one_line(headlines.title_of(lead, (to.company.name, *to.company.aliases)))
    source = one_line(headlines.source_of(lead))
    link = one_line(lead.link).replace(" ", "%20")
    link = link if len(link) <= headlines.LONGEST_LINK else ""
    published = day_in(to.zone, lead.published)
    is_dated = lead.dated == "feed" and message.language == "English"
    day = f"{published.day} {published:%B}" if is_dated else ""
    named = (
        f'"{title}"' if title else site_of(link)[: headlines.LONGEST_SOURCE] or "[… the article]"
    )
    credit = ", ".join(item for item in (source, day) if item)

    def of_story(text: str) -> tuple[Piece, ...]:
        return _value(text, link or source or "the article", one_line(lead.title))

    story = of_story(f"{named} ({credit})" if credit else named)
    news = f"the news about {_short(to.company.name)}" if is_theirs(option.match) else ""
    is_personal = option.evidence.note.section == "office"
    whole = (*story, Piece("\n"), *of_story(link)) if link else story
    parts = {item.part for item in option.match.people if item.person == to.person.name}
    return {
        **dict.fromkeys(parts, whole),
        "story": whole,
        "headline": of_story(title or named),
        "publisher": of_story(source),
        "story_day": of_story(day),
        "link": of_story(link),
        "company_news": of_story(news),
        "conversation": () if is_personal else (Piece("our conversation"),),
    }


def _of_skill(message: _Message) -> Values:
    line = message.option.evidence.note if message.option else None
    if line is None or line.section not in ("angle", "profile"):
        return {}
    skill = skill_of(line)
    useful = next((text for text in map(one_line, line.marked) if text not in skill), "")
    useful = useful if _is_sayable(useful, MOST_USEFUL_WORDS) else ""
    whole = one_line(line.text)
    return {
        "skill": _value(skill, _place(line), whole),
        "useful": _value(useful, _place(line), whole),
    }


def skill_of(line: NoteLine) -> str:
    """Return "I ran the pilot" where a line begins so, cut at its first clause; else ""."""
    text = one_line(line.text).removeprefix("I ")
    end = _CLAUSE_END.search(text)
    clause = (text[: end.start()] if end else text).strip(" .;:,-")
    is_said = _VERB.match(f"{clause} ") or one_line(line.text).startswith("I ")
    if not is_said or not is_english([line.text]) or is_private(line.text):
        return ""
    first, _, rest = clause.partition(" ")
    return f"I {first.lower()} {rest}" if _is_sayable(clause, MOST_SKILL_WORDS) else ""


def _place(line: NoteLine | None) -> str:
    return line.place if line else ""


def _short(text: str, most: int = MOST_LINE_WORDS) -> str:
    """Return a name, a post or a setting as it fits into a line; square brackets are for gaps."""
    plain = one_line(text).replace("[", "(").replace("]", ")")
    return phrasing.shorten(" ".join(plain.split()[:most]), max(LONGEST_LINE, 8 * most))


def _spoken_role(role: str) -> str:
    """Return a role as one says it: "Product Manager" of "Product Manager, Search & Services"."""
    said = _short(role).strip(" ,;:")
    main = re.split(r"\s*[,(/|–—]|\s+-\s+", said, maxsplit=1)[0]
    is_long = len(said.split()) > MOST_ROLE_WORDS
    return main if is_long and len(main.split()) > 1 else said
