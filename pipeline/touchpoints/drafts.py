"""Drafts: short, specific, nothing invented. Wording in `built_in/`, or the candidate's own.

Takes a kind, a case and the story that goes with it; gives a `Draft` in plain text with the source
of each sentence. What the notes lend to a sentence is found in `spoken`; where they lend nothing
there is a gap, `[…]`. Whatever is taken is cut to a length, so that every draft stays under 150
words. A message is in the language of the notes, where there are wordings in it.

The choice between wordings is stable for one suggestion, different for each interviewer of an
interview, and different from the last message of that kind to the same person.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Sequence, Set
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from pipeline.records import (
    Channel,
    Company,
    Contact,
    Draft,
    DraftSettings,
    Interview,
    Kind,
    Match,
    NoteLine,
    OtherTopic,
    OwnWork,
    Person,
    Source,
    Suggestion,
    Template,
)
from pipeline.records.record import dataclass
from pipeline.text import phrasing, publishers
from pipeline.text.calendar import country_of, day_in
from pipeline.text.characters import one_line
from pipeline.text.company_forms import forms_of
from pipeline.text.given_names import address_of
from pipeline.text.hosts import looks_public
from pipeline.text.language import is_plainly_english, jotted_language
from pipeline.text.names import Name, key_of, parts_of
from pipeline.text.urls import host_of, site_of
from pipeline.touchpoints import headlines
from pipeline.touchpoints.articles import KEYWORD
from pipeline.touchpoints.case import Case, Option
from pipeline.touchpoints.doubts import is_no_deed, is_of_money
from pipeline.touchpoints.namings import is_praise, is_unwelcome, naming, quoted_of, sentences_of
from pipeline.touchpoints.note_words import words_of
from pipeline.touchpoints.occasions import occasion_of
from pipeline.touchpoints.short_forms import as_list, note, points
from pipeline.touchpoints.sources import Piece, sources_of, text_of
from pipeline.touchpoints.spoken import (
    STEM,
    THOUGHT,
    Topic,
    experience_of,
    is_of_the_day,
    object_of,
    said_to_them,
    skill_of,
    tells_of_somebody,
    topic_of,
    useful_of,
)
from pipeline.touchpoints.suitability import (
    OF_PRAISE,
    is_cheerful,
    is_member,
    is_pleasing,
    is_sour,
    is_specific,
    is_their_groups,
    is_theirs,
    may_be_achieved,
    names_its_own,
    tells_of_success,
    words_in_common,
)
from pipeline.touchpoints.templates import MOST_WORDS, Letter, Values, letters, without_options
from pipeline.touchpoints.thanks import (
    ARRANGING,
    Deed,
    Thanks,
    deed_for,
    places_of,
    shared_out,
)

LONGEST_LINE_OF_MAIL = 78  # RFC 5322 §2.1.1: what a line should not exceed
LONGEST_LINE = 70  # characters of a name, a post, a line of the settings
MOST_LINE_WORDS = 8  # of one of those
MOST_ROLE_WORDS = 4  # of a role in a sentence, before what follows its comma is left out
MOST_SIGNATURE_LINES = 3
# no border test: between "In it:", which anything may begin with, and a sentence
LEAST_FORM = 12  # letters of a wording that make it one: "It says:" is none
MOST_INTEREST_WORDS = 3  # of a topic's name in a sentence
FACT_WORD = 6  # letters of a word that a line and a deed share: no "work" and no "with"
LONG_STEM = 7  # of its stem, where a story shares no other: "supplier", and no "tienda"
LEAST_NAME = 6  # letters of a company's first word that may name it: "Blue" and "First" do not
LEAST_PASSAGE, MOST_PASSAGE = 6, 32  # words of a sentence quoted from an article: two lines
MOST_OTHER_TOPICS = 3  # boxes below a thank-you: as many as one takes in at a glance
FEEDS = "feeds.yaml"
# Where the family name comes first: in Latin letters, too, nobody can tell which of the two it is.
FAMILY_NAME_FIRST = ("CN", "TW", "HK", "MO", "SG", "KR", "VN", "JP")


@dataclass(frozen=True, slots=True)
class _Usual:
    """What our own words are in another language, where the settings have the usual English."""

    greeting: str
    closing: str
    your_name: str
    once_more: str
    company_news: str
    conversation: str
    again: str  # before what they have read of already
    quotes: str = "„“"


_USUAL = {
    "English": _Usual(
        DraftSettings().greeting,
        DraftSettings().closing,
        "[… your name]",
        "once more",
        "the news about {company}",
        "our conversation",
        "As I wrote, ",
        '""',
    ),
    "German": _Usual(
        "Guten Tag {full_name},",
        "Mit freundlichen Grüßen",
        "[… Ihr Name]",
        "noch einmal",
        "die Nachricht über Ihr Haus",
        "unser Gespräch",
        "Wie ich schon schrieb: ",
    ),
    "French": _Usual(
        "Bonjour {full_name},",
        "Bien cordialement",
        "[… votre nom]",
        "encore une fois",
        "l'article qui parle de vous",
        "notre échange",
        "Comme je vous l'écrivais, ",
        "«\u00a0\u00a0»",
    ),
    "Spanish": _Usual(
        "Hola, {name}:",
        "Un cordial saludo",
        "[… su nombre]",
        "una vez más",
        "la noticia sobre {company}",
        "nuestra conversación",
        "Como le escribí, ",
        "«»",
    ),
}


def _language_of(interview: Interview) -> str:
    """Return the language of an interview's messages."""
    wanted = interview.language or jotted_language(line.text for line in interview.lines)
    return wanted if wanted in _USUAL else "English"


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
    turn: int  # how many messages of this kind, or of one like it, the person had before
    said: frozenset[str] = frozenset()  # places of the notes that somebody there has read from
    kept: frozenset[str] = frozenset()  # places that this message took from, when it was written
    told: frozenset[str] = frozenset()  # places from which this person has read
    offered: frozenset[str] = frozenset()  # and somebody there, in more than a thank-you
    work: OwnWork = OwnWork()  # what the candidate did that fits the talk
    read: tuple[str, ...] = ()  # what people there had been sent when this was suggested
    interest: str = ""  # the topic whose feed brought the story
    about: str = ""  # the place of the line that the user wants it to be about
    answer: Contact | None = None  # the last one that said something
    searches: frozenset[str] = frozenset()  # addresses of feeds that bring the news of many

    @property
    def place(self) -> int:
        """The person's place among the interviewers."""
        names = [person.name for person in self.to.interview.people]
        return names.index(self.to.person.name) if self.to.person.name in names else 0

    @property
    def channel(self) -> Channel:
        """How one writes to this person."""
        return self.to.person.channel

    @property
    def jotted(self) -> str:
        """The language of the notes: what is taken from them is in it."""
        return jotted_language(line.text for line in self.to.interview.lines)

    @property
    def lent(self) -> str:
        """The language in which notes lend their words; "" where the message is in another."""
        return self.jotted if self.jotted == self.language else ""

    @property
    def language(self) -> str:
        """The one that the notes ask for, else theirs, where we have wordings in it."""
        return _language_of(self.to.interview)

    @property
    def usual(self) -> _Usual:
        """Our own words in the message's language."""
        return _USUAL[self.language]


def write(
    kind: Kind,
    key: str,
    case: Case,
    option: Option | None,
    settings: DraftSettings,
    templates: Sequence[Template] = (),
) -> Draft:
    """Return the draft of one message; the candidate's own templates win where they work."""
    return _draft(_message(kind, key, case, option, settings), templates)


def write_once_more(
    kind: Kind, key: str, case: Case, settings: DraftSettings, templates: Sequence[Template]
) -> Draft:
    """Return the draft of a question that is late, and what to say if one rings instead."""
    message = _message(kind, key, case, None, settings)
    draft = _draft(message, templates)
    if draft.channel == "call":
        return draft
    said = points(kind, message.language, _values(message), _chooser(message))
    return replace(draft, instead=tuple(map(text_of, said)))


def write_about(
    place: str, what: Suggestion, case: Case, option: Option | None, templates: Sequence[Template]
) -> Draft | None:
    """Return a message with the topic of that line of the notes; None where it lends none."""
    settings = case.config.settings.drafts
    message = _message(what.kind, what.key, case, option, settings)
    line = next((line for line in case.interview.lines if line.place == place), None)
    if line is None or line.section != "discussed" or topic_of(line, message.lent) is None:
        return None
    return _draft(replace(message, about=place), templates)


def other_topics(
    what: Suggestion, draft: Draft, case: Case, elsewhere: Set[str] = frozenset()
) -> tuple[OtherTopic, ...]:
    """Return what a thank-you could be about instead: what nobody there has read of, a few.

    `elsewhere` are places of the notes that others there are about to read of.
    """
    if what.kind != "thank_you":
        return ()
    message = _message(what.kind, what.key, case, None, case.config.settings.drafts)
    taken = case.said | elsewhere | {source.place for source in draft.sources}
    topics = {
        line: topic
        for line in case.interview.lines
        if line.section == "discussed"
        and line.person in ("", case.person.name)
        and line.place not in taken
        and (topic := topic_of(line, message.lent))
    }
    ranked = sorted(topics, key=lambda line: (not line.person, -topics[line].clear))
    return tuple(OtherTopic(topics[line].text, line.place) for line in ranked[:MOST_OTHER_TOPICS])


def _row_of(kind: str) -> str:
    """Return the kinds whose wordings are much alike: one person reads them one after another."""
    return "news" if kind in ("tidbit", "contribution", "check_in") else kind


def _message(
    kind: Kind, key: str, case: Case, option: Option | None, settings: DraftSettings
) -> _Message:
    before = sum(
        _row_of(item.suggestion.kind) == _row_of(kind)
        and item.suggestion.key != key
        and item.status in ("sent", "answered")
        for item in case.touchpoints
    )
    to = Recipient(case.interview, case.company, case.person, case.zone, case.today)
    mine = [item.suggestion for item in case.touchpoints if item.suggestion.key == key]
    kept = frozenset(source.place for item in mine for source in item.draft.sources)
    answer = next((item for item in reversed(case.replies) if item.reply), None)
    begun = (item.created for item in case.open if item.suggestion.key == key)
    since = min(begun, default=case.now)
    return _Message(
        kind,
        to,
        option,
        settings,
        before,
        said=case.said - kept,
        kept=kept,
        told=case.told,
        offered=case.offered - kept,
        work=case.work,
        read=tuple(text for at, text in case.read if at < since),
        interest=_interest(case, option),
        answer=answer,
        searches=frozenset(feed.address for feed in case.config.feeds if feed.search),
    )


def has_offer(case: Case) -> bool:
    """Return whether the notes lend this person a marked topic that nobody there has read of.

    And something that the candidate did on it, to be offered: else a sign of life says nothing.
    """
    to = Recipient(case.interview, case.company, case.person, case.zone, case.today)
    message = _Message(
        "check_in", to, None, case.config.settings.drafts, 0, case.said, offered=case.offered
    )
    topic, line = _topic(message)
    is_marked = topic is not None and topic.clear > THOUGHT
    return is_marked and line is not None and any(_deed_on((line.text,), message).values())


def _interest(case: Case, option: Option | None) -> str:
    """Return what the user calls the topic that brought a story, where the story is about that."""
    lead = option.match.story.lead if option else None
    for topic in case.config.topics if lead else ():
        words = re.split(r"[-_ ]+", topic.slug.casefold())
        is_name = len(words) <= MOST_INTEREST_WORDS and all(word.isalpha() for word in words)
        if lead and is_name and any(feed.address == lead.feed for feed in topic.feeds):
            told = {word[:STEM] for word in f"{lead.title} {lead.text}".casefold().split()}
            if any(word[:STEM] in told for word in words):
                return " ".join(words)
    return ""


def farewell(to: Recipient, settings: DraftSettings, templates: Sequence[Template] = ()) -> Draft:
    """Return a gracious last note to one person: after a rejection, or thanks for an offer."""
    return _draft(_Message("farewell", to, None, settings, 0), templates)


def thanks(
    to: Recipient,
    settings: DraftSettings,
    templates: Sequence[Template] = (),
    work: OwnWork | None = None,
) -> Draft:
    """Return thanks for the talk, whatever was sent before."""
    return _draft(_Message("thank_you", to, None, settings, 0, work=work or OwnWork()), templates)


def _draft(message: _Message, templates: Sequence[Template]) -> Draft:
    """Write with the first template that works out; ours always does."""
    values, most = _values(message), phrasing.MOST_CHARACTERS.get(message.channel)
    *own, built_in = letters(message.kind, message.to.company.slug, templates, message.language)
    for letter in own:
        draft = _filled(letter, message, values)
        is_fit = most is None or len(draft.body.strip()) <= most
        if draft.subject and draft.body.strip() and _count(draft) < MOST_WORDS and is_fit:
            return draft if message.channel == "email" else _without_head(draft, message)
    return _filled(built_in, message, values) if most is None else _short_form(message)


def _without_head(draft: Draft, message: _Message) -> Draft:
    """Return a message that is no mail: nobody's address, no subject, and no source of one."""
    at = next((n for n, item in enumerate(draft.sources) if item.sentence != draft.subject), 0)
    return replace(draft, to="", subject="", sources=draft.sources[at:], channel=message.channel)


def _short_form(message: _Message) -> Draft:
    """Write what is no mail, in our own words."""
    kind, channel, language = message.kind, message.channel, message.language
    values, choose = _values(message), _chooser(message)
    if channel == "call":
        body = as_list(points(kind, language, values, choose))
    else:
        body = note(kind, channel, language, values, choose)
    body, more = without_options(body)
    return Draft("", "", f"{text_of(body)}\n", tuple(sources_of(body)), channel, more=more)


def _count(draft: Draft) -> int:
    return len(f"{draft.subject} {draft.body}".split())


def _filled(letter: Letter, message: _Message, values: Values) -> Draft:
    subject, body = letter.fill(values, _chooser(message))
    subject = [piece for piece in subject if piece.text != KEYWORD]  # a subject is made of them
    line = phrasing.shorten(" ".join(text_of(subject).split()), LONGEST_LINE_OF_MAIL)
    line = line if letter.file else phrasing.upper_first(line)  # a topic may be its first word
    of_subject = [
        Source(line, item.text, item.place, item.whole) for item in subject if item.place
    ] or [Source(line, "", letter.file, "")]
    body, more = without_options(body)
    sources = (*of_subject, *sources_of(body, letter.file))
    return Draft(message.to.person.email, line, f"{text_of(body)}\n", sources, more=more)


def _chooser(message: _Message) -> Callable[[Sequence[str]], str]:
    """Return the function that chooses between wordings, paragraph after paragraph.

    With three wordings of each, as most of ours have: the turn moves all of them by one, so two
    messages in a row differ everywhere; so do those of three interviewers, in another direction,
    and a second row of three in a third. Nine people and three turns make 27 different texts. With
    the four wordings of a thank-you four interviewers read four texts that differ everywhere.
    A wording that somebody there has read already is passed over while there is another.
    """
    file = message.to.interview.file
    seed = zlib.crc32(f"{_row_of(message.kind)}:{file}".encode("utf-8", "replace"))
    asked = 0

    def choose(usable: Sequence[str]) -> str:
        nonlocal asked
        row, column = divmod(message.place, len(usable))
        steps = (column + row, (len(usable) - 1) * column + row, column)
        number = (seed >> (2 * (asked % 12))) + steps[asked % 3] + message.turn
        asked += 1
        first = number % len(usable)
        turned = [*usable[first:], *usable[:first]]
        return next((text for text in turned if not _is_read(text, message.read)), turned[0])

    return choose


def _is_read(wording: str, read: Sequence[str]) -> bool:
    """Return whether the longest words of a wording stand in what was sent before."""
    own = max(_NO_WORDS.split(wording), key=len).strip()
    return len(own) >= LEAST_FORM and any(own in text for text in read)


_NO_WORDS = re.compile(r"\{\w*\}|\[\+.*?\]|\n")


# --------------------------------------------------------------------------------------- values


def _values(message: _Message) -> Values:
    """Return the value of every placeholder, each with its source; empty where it has none."""
    return {
        **_of_settings(message),
        **_of_head(message),
        **_of_talk(message),
        **_of_story(message),
        **_of_skill(message),
        **_of_person(message),
        **_of_answer(message),
        "once_more": _value(message.usual.once_more) if message.turn else (),
        "offer": (Piece(""),) if message.to.interview.status in ("offer", "accepted") else (),
    }


def _value(text: str, place: str = "", whole: str = "") -> tuple[Piece, ...]:
    return (Piece(text, place, whole or text),) if text else ()


def _of_settings(message: _Message) -> Values:
    settings, place = message.settings, f"{FEEDS}, settings › drafts"
    lines = [line for line in map(_short, settings.name.splitlines()) if line]
    wanted = settings.closing
    if wanted == DraftSettings().closing:
        wanted = message.usual.closing
    closing = _value(_short(wanted), f"{place} › closing")
    signature = [_value(line, f"{place} › name") for line in lines[:MOST_SIGNATURE_LINES]]
    pieces = [*([closing] if closing else []), *(signature or [(Piece(message.usual.your_name),)])]
    joined = [piece for value in pieces for piece in (Piece("\n"), *value)]
    # Beside a note on LinkedIn stands who wrote it: the name is enough, and no gap for one.
    alone = signature[0] if signature else ()
    below = alone if message.channel == "linkedin" else tuple(joined[1:])
    return {"greeting": _greeting(message), "signature": below}


def _greeting(message: _Message) -> tuple[Piece, ...]:
    """Return the first line with the name in it; nobody named is greeted without one.

    "Dear {title} {last_name}," without a title at hand takes the whole name.
    """
    written, asked = one_line(message.to.person.name), _short(message.to.person.greet)
    name = parts_of(written)
    if not name.full and not asked:
        return (Piece("Hello,"),)
    place = f"{message.to.interview.file}, head › interviewers"
    if asked.endswith((",", ":", "!")):  # the whole line
        return _value(asked, f"{place} › greet")
    given = {
        "name": name.first,
        "full_name": name.full,
        "last_name": name.last,
        "title": name.title,
    }
    wanted = _short(message.settings.greeting)
    if wanted == DraftSettings().greeting:
        wanted = message.usual.greeting
        greeted = asked or _usual_name(name, country_of(str(message.to.zone)), message.language)
        given |= {"name": greeted or name.first, "full_name": greeted or name.full}
    elif asked:
        given |= {"name": asked, "full_name": asked}
    if "{title}" in wanted and not name.title:
        given["last_name"] = name.full
    line = re.sub(r"\{(\w*)\}", lambda found: _short(given.get(found.group(1), "")), wanted)
    line = re.sub(r"\s+(?=[,.!:])", "", " ".join(line.split()))
    return _value(line, place, asked or written) or (Piece("Hello,"),)


def greeted_name(person: Person, zone: ZoneInfo, language: str) -> str:
    """Return the name with which a message to somebody begins, where no settings say otherwise."""
    name = parts_of(one_line(person.name))
    usual = _usual_name(name, country_of(str(zone)), language)
    is_whole = "{full_name}" in _USUAL.get(language, _USUAL["English"]).greeting
    return _short(person.greet) or usual or (name.full if is_whole else name.first)


def _usual_name(name: Name, country: str, language: str) -> str:
    """Return how one greets by title or place, "" where the first name, or both, will do.

    Who is written with a title is greeted with it: "Dr. Vogt", "Frau Sommer".
    """
    if country in FAMILY_NAME_FIRST and not name.title:
        return name.full
    return address_of(name, language)


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
        "company": _value(
            _short(_spoken_company(to.company)), f"{FEEDS}, companies › {slug} › name", company
        ),
        "role": _value(_spoken_role(role), f"{file} › role", role),
        "interview_day": of_day(phrasing.day_before(met, to.today, message.language)),
        "weeks": of_day(phrasing.weeks_between(met, to.today)),
        "decision_day": _value(
            phrasing.long_day(expected, message.language),
            f"{file} › decision_expected",
            expected.isoformat(),
        )
        if expected
        else (),
    }


def _of_talk(message: _Message) -> Values:
    topic, line = _topic(message)
    is_own = line is not None and line.person == message.to.person.name != ""
    found = _as_said(topic, line, message.language, is_own=is_own) if topic and line else ()
    is_quoted = topic is not None and topic.is_quoted
    is_own = is_own and not is_quoted
    plain = object_of(topic.text, message.language) if topic and not is_quoted else ""
    said = _after_about(plain, line) if line else ()
    is_of_story = message.option is not None and line in _lines_of_story(message)
    return {
        "topic": found,
        "story_topic": found if is_of_story else (),
        "own_topic": found if is_own else (),
        "own_words": found if is_quoted else (),
        "object": said,
        "own_object": said if is_own else (),
        "story_object": said if is_of_story else (),
        **_deeds(message, line, topic),
    }


def _after_about(plain: str, line: NoteLine) -> tuple[Piece, ...]:
    """Return what follows "about"; that a keyword is one is not in the notes."""
    said = _value(plain.removeprefix(KEYWORD), _place(line), one_line(line.text))
    return (Piece(KEYWORD), *said) if plain.startswith(KEYWORD) else said


def _deeds(message: _Message, line: NoteLine | None, topic: Topic | None) -> Values:
    """Return what the candidate did on what a message is about: its story's skill, else a line.

    Nothing where the message is on a pleasure of theirs.
    """
    option, told = message.option, _lines_of_story(message)
    if message.kind == "thank_you":
        return _deed_of_thanks(line, topic, message) if line and topic else {}
    if option is None:
        return _deed_on((line.text,), message) if line else {}
    if option.evidence.note.section == "office":
        return {}
    is_skill = option.evidence.note.section in ("angle", "profile")
    is_fit = is_skill and _is_on_the_work(option)
    if is_fit and (found := _deed(option.evidence.note, message)):
        return found
    lead = option.match.story.lead
    return _deed_on((*(item.text for item in told), lead.title), message, lead.text)


def _is_on_the_work(option: Option) -> bool:
    """Return whether a story shares the matter of a deed, and not only its verbs.

    Trials in which a ship ran and kept her speed have nothing to do with who ran a depot and kept
    its times. After a prize nobody needs help.
    """
    verdict = option.match.verdict
    terms = [term.term for term in option.evidence.terms if " " not in term.term]
    matter = [word for word in terms if word.casefold() not in _OF_ANY_DEED]
    is_on = not terms or len(matter) > 1 or len(matter) == len(terms)
    is_prize = verdict is not None and verdict.kind in OF_PRAISE
    return is_specific(option.evidence) and is_on and not is_prize


_OF_ANY_DEED = words_of(
    "ran run runs kept keep built build moved move made make brought took take wrote opened open "
    "started set put led lead cut halved new team people year years first"
)


def _deed_on(about: Sequence[str], message: _Message, more: str = "") -> Values:
    """Return what the candidate did that has most long words in common with what was said.

    In a story two are needed, or one that is long: "shops" are in every story of a shopkeeper's.
    """
    told, mine = frozenset[str]().union(*map(_stems, about)), dict[NoteLine, int]()
    for line in message.to.interview.lines:
        own = _stems(line.text)
        shared = (told | _stems(more)) & own
        is_close = message.option is None or len(shared) > 1
        is_close = is_close or any(len(word) >= LONG_STEM for word in told & own)
        is_free = line.place not in message.offered
        if line.section == "angle" and is_free and is_close and _deed(line, message):
            mine[line] = sum(map(len, shared))
    best = max(mine, key=lambda line: mine[line], default=None)
    return _deed(best, message) if best and mine[best] else {}


def _deed_of_thanks(line: NoteLine, topic: Topic, message: _Message) -> Values:
    """Return what the candidate did that fits the line of a thank-you; none of a colleague's."""
    given = _shared_out(message)
    mine = given.pop(message.to.person.name, None)
    if mine and mine.line == line:
        deed: Deed | None = mine.deed
    else:
        others = {at for one in given.values() for at in places_of(one.deed, message.work)}
        deed = deed_for(
            line, topic, message.to.interview, message.work, message.lent, message.said | others
        )
    if deed is None:
        return {}
    place, whole = deed.line.place, one_line(deed.line.text)
    return {
        "fact": _value(deed.fact, place, whole),
        "experience": _value(deed.experience, place, whole),
    }


def _shared_out(message: _Message) -> dict[str, Thanks]:
    """Return what each interviewer is thanked for, by name."""
    talk, kept = message.to.interview, {message.to.person.name: message.kept}
    return dict(shared_out(talk, message.work, message.lent, message.said, kept))


def _deed(line: NoteLine, message: _Message) -> Values:
    """Return a line of what the candidate did as a sentence, or else as a phrase.

    Who has read of it before is told so: nobody says the same twice as if it were new.
    """
    whole = one_line(line.text)
    if is_no_deed(line):
        return {}
    if skill := skill_of(line, message.lent):
        if line.place not in message.told:
            return {"fact": _value(skill, line.place, whole)}
        again = message.usual.again
        said = skill if again.endswith(": ") or skill[:2] == "I " else phrasing.lower_first(skill)
        return {"fact": (Piece(again), *_value(said, line.place, whole))}
    said = experience_of(line, message.lent)
    return {"experience": _value(said, line.place, whole)} if said else {}


def _stems(text: str) -> frozenset[str]:
    """Return the long words of a line, without their last letters: "suppliers", "supplier"."""
    words = re.findall(r"\w+", text.casefold())
    return frozenset(word.rstrip("sen") for word in words if len(word) >= FACT_WORD)


def _as_said(topic: Topic, line: NoteLine, language: str, *, is_own: bool) -> tuple[Piece, ...]:
    """Return a topic as one says it to this person: "your phrase", where they said it.

    That a keyword is one is not in the notes.
    """
    text = said_to_them(topic.text, language) if is_own else topic.text
    named = KEYWORD if topic.text.startswith(KEYWORD) else ""
    said = _value(text.removeprefix(named), _place(line), one_line(line.text))
    return (Piece(named), *said) if named else said


def _of_person(message: _Message) -> Values:
    """Return what makes a story one for this person, and what they are in the matter."""
    note = message.option.evidence.note if message.option else None
    is_personal = note is not None and note.section == "office" and bool(note.line)
    interest = message.interest if is_personal and message.language == "English" else ""
    arranges = message.to.person.role in ARRANGING
    return {
        "interest": _value(interest, f"{FEEDS}, topics", interest),
        "arranged": (Piece(""),) if arranges else (),
    }


def _of_answer(message: _Message) -> Values:
    """Return what their last answer said; the day of the decision, where it comes from one."""
    to, answer = message.to, message.answer
    expected, named_on = to.interview.decision_expected, to.interview.named_on
    is_own = key_of(to.interview.named_by) == key_of(to.person.name)
    told = f"what they answered on {day_in(to.zone, answer.at).isoformat()}" if answer else ""

    def of_day(day: date | None) -> tuple[Piece, ...]:
        return (
            _value(phrasing.long_day(day, message.language), told, day.isoformat()) if day else ()
        )

    reply = answer.reply if answer else None
    return {
        "named_day": of_day(expected) if named_on and is_own else (),
        "heard_day": of_day(expected) if named_on and not is_own else (),
        "invitation": (Piece(""),) if reply and reply.said == "invitation" else (),
        "new_day": of_day(reply.day) if reply and reply.said == "new_date" else (),
        "promised": _value(_short(reply.promised), told, reply.promised) if reply else (),
        "promised_day": of_day(reply.by) if reply else (),
    }


def _topic(message: _Message) -> tuple[Topic | None, NoteLine | None]:
    """Return what was talked about, as a phrase: from the story's line, else from one for them.

    A tidbit speaks of its story's line or of none. Lines about this person come first; of those
    about nobody each interviewer gets another. What another interviewer said is not for this one,
    and no line is read twice at a company.
    """
    lines = message.to.interview.lines
    if asked := next((line for line in lines if line.place == message.about), None):
        return topic_of(asked, message.lent), asked
    for line in _lines_of_story(message):
        topic = topic_of(line, message.lent) if line.place not in message.offered else None
        if topic:
            return topic, line
    is_arranging = message.to.person.role in ARRANGING
    if message.kind == "tidbit" or (message.kind == "thank_you" and is_arranging):
        return None, None
    given = _shared_out(message) if message.kind == "thank_you" else {}
    if mine := given.get(message.to.person.name):
        return mine.topic, mine.line
    taken = {one.line for one in given.values()}
    told = [line for line in lines if line.section == "discussed" and line not in taken]
    return _turned(message, told, served=given.keys()) or (None, None)


def _lines_of_story(message: _Message) -> tuple[NoteLine, ...]:
    """Return the lines of the talk with this person that the message's story is about."""
    option = message.option
    if option is None:
        return ()
    talked = [
        item
        for item in (option.evidence, *(option.match.for_people if option.match.meets_talk else ()))
        if item.note.section == "discussed"
        and (item is option.evidence or item.note.person in ("", message.to.person.name))
    ]
    return tuple(dict.fromkeys(item.note for item in talked))


def _turned(
    message: _Message, lines: Sequence[NoteLine], served: Set[str]
) -> tuple[Topic, NoteLine] | None:
    """Return the topic that it is this person's turn to hear of, and its line.

    Their own lines first; of either, what is marked most clearly. Who is `served` has theirs.
    """
    topics = {line: topic for line in lines if (topic := topic_of(line, message.lent))}
    ranked = sorted(topics, key=lambda line: -topics[line].clear)
    kept = [line for line in ranked if line.place in message.kept]
    ranked = [line for line in ranked if line.place not in message.said]
    own = [line for line in ranked if line.person == message.to.person.name != ""]
    is_alone = len(message.to.interview.people) == 1
    shared = [line for line in ranked if not line.person]
    shared = [line for line in shared if is_alone or not tells_of_somebody(line.text)]
    if any(line.person for line in lines):  # what is nobody's there is of the day and the way
        shared = [line for line in shared if topics[line].clear > THOUGHT]
    served = served | {line.person for line in topics}
    rest = [person.name for person in message.to.interview.people if person.name not in served]
    # On the day of the thanks each gets another line; later whichever nobody has read.
    is_one_of_many = message.kind == "thank_you" and message.to.person.name in rest
    at = rest.index(message.to.person.name) if is_one_of_many else 0
    told = (*own, *shared[at:])
    of_work = [line for line in told if not is_of_money(topics[line].text)]
    line = next(iter((*kept, *of_work, *told)), None)
    return (topics[line], line) if line else None


def _of_story(message: _Message) -> Values:
    option, to = message.option, message.to
    if option is None:
        return {"no_story": (Piece(""),)}
    lead = option.match.story.lead
    title = one_line(headlines.title_of(lead, (to.company.name, *to.company.aliases)))
    is_search = lead.feed in message.searches
    credited = publishers.credit(lead, headlines.source_of(lead), is_search=is_search)
    source = one_line(credited)
    link = one_line(lead.link).replace(" ", "%20")
    is_for_all = len(link) <= headlines.LONGEST_LINK and looks_public(host_of(link))
    link = link if is_for_all and message.channel in ("email", "linkedin") else ""
    published = day_in(to.zone, min(lead.published, lead.seen))  # a feed may date it ahead
    is_dated = lead.dated == "feed" and message.language == "English"
    day = f"{published.day} {published:%B}" if is_dated else ""
    half = len(message.usual.quotes) // 2
    opening, closing = message.usual.quotes[:half], message.usual.quotes[half:]
    named = (
        f"{opening}{title}{closing}"
        if title
        else site_of(link)[: headlines.LONGEST_SOURCE] or "[… the article]"
    )
    tongue = _tongue(lead.title, lead.text, message.language)
    credit = ", ".join(item for item in (source, day, tongue) if item)

    def of_story(text: str) -> tuple[Piece, ...]:
        return _value(text, link or source or "the article", one_line(lead.title))

    story = of_story(f"{named} ({credit})" if credit else named)
    news = message.usual.company_news.format(company=_short(_spoken_company(to.company)))
    note = option.evidence.note
    is_of_work = bool(note.line) or option.match.mention.about != "none"
    is_personal = note.section == "office" or not is_of_work
    whole = (*story, Piece("\n"), *of_story(link)) if link and message.channel == "email" else story
    is_talked = not all(is_of_the_day(line, message.lent) for line in _lines_of_story(message))
    is_own = is_personal and names_its_own(note, title)
    is_success = _is_their_success(message, title)
    naming_them = (
        ""
        if message.kind == "congratulation"
        else naming(to.person.name, lead, note.text, to.company.name)
    )
    is_achieved = is_their_groups(note.text, title) or _is_of_theirs(
        (title, *sentences_of(lead)), naming_them, is_mine=is_own and is_member(note.text)
    )
    is_achieved = is_achieved or (bool(naming_them) and is_success)
    parts = {item.part for item in option.match.people if item.person == to.person.name}
    honour, appearance = (
        of_story(_short(occasion_of(parts & of, lead.title, message.language)))
        for of in ({"promotion", "prize"}, {"talk", "article"})
    )
    return {
        **dict.fromkeys(parts, of_story(link) or story),  # nobody needs a headline about themselves
        "honour": honour,
        "appearance": appearance,
        "with_story": (Piece(""),),
        "talked_of": (Piece(""),) if option.match.meets_talk and is_talked else (),
        "achieved": (Piece(""),) if is_achieved else (),
        "perhaps_theirs": (Piece(""),) if may_be_achieved(note.text, title) else (),
        "passage": of_story(_passage(message, naming_them, is_success=is_success)),
        "of_theirs": (Piece(""),) if is_own else (),
        "named": (Piece(""),) if naming_them else (),
        "belongs": (Piece(""),) if is_own and is_member(note.text) else (),
        "in_common": of_story(words_in_common(note.text, title)) if is_personal else (),
        "good_news": (Piece(""),) if is_success else (),
        "story": whole,
        "headline": of_story(title or named),
        "publisher": of_story(source),
        "story_day": of_story(day),
        "link": of_story(link),
        "company_news": of_story(news) if is_theirs(option.match) else (),
        "conversation": () if is_personal else (Piece(message.usual.conversation),),
    }


# How an article in another language is announced, by the message's language and its own.
_TONGUES = {
    "English": {"German": "in German", "French": "in French", "Spanish": "in Spanish"},
    "German": {"English": "auf Englisch", "French": "auf Französisch", "Spanish": "auf Spanisch"},
    "French": {"English": "en anglais", "German": "en allemand", "Spanish": "en espagnol"},
    "Spanish": {"English": "en inglés", "German": "en alemán", "French": "en francés"},
}


def is_in_another_tongue(match: Match, interview: Interview) -> bool:
    """Return whether a story is in another language than the messages of an interview.

    For the work that is no matter; for pleasure nobody is sent what they would not read for it.
    """
    lead = match.story.lead
    return bool(_tongue(lead.title, lead.text, _language_of(interview)))


def _tongue(title: str, text: str, language: str) -> str:
    """Return "in German" where an article is in another language than the message."""
    told = f"{title} {text}"
    own = jotted_language([told])
    if own == "English" and not is_plainly_english(told):
        return ""
    return _TONGUES[language].get(own, "")


def _passage(message: _Message, named: str, *, is_success: bool) -> str:
    """Return the article's sentence that is most about them, quoted; "" where none should be.

    It is to be in the message's language, no bad news, and more than the headline again.
    """
    option = message.option
    if option is None:
        return ""
    lead, company = option.match.story.lead, message.to.company
    noted = _lines_of_story(message) or (option.evidence.note,)
    own = {_spoken_company(company), *company.name.split()[:1]} - {""} if is_success else ()
    found = quoted_of(lead, option.evidence.sentence, [line.text for line in noted], named, own)
    said = next((said for said in found if _is_quotable(said, lead.title, message.language)), "")
    if not said:
        return ""
    half = len(message.usual.quotes) // 2
    quotes = message.usual.quotes
    return f"{quotes[:half]}{one_line(headlines.as_quoted(said))}{quotes[half:]}"


def _is_of_theirs(told: Sequence[str], named: str, *, is_mine: bool) -> bool:
    """Return whether an article tells of a success of theirs, who are named or belong to it."""
    of = (told[0], named) if named else told if is_mine else ()
    return any(map(is_praise, of)) and not any(map(is_sour, of))


def _is_quotable(said: str, title: str, language: str) -> bool:
    is_fit = LEAST_PASSAGE <= len(said.split()) <= MOST_PASSAGE and said.endswith((".", "!"))
    is_same = is_fit and jotted_language([said]) == language
    return is_same and not is_unwelcome(said) and said not in title and title not in said


def _is_their_success(message: _Message, title: str) -> bool:
    """Return whether an article is news of theirs on which one congratulates.

    Plainly good news; of what they talked about themselves a launch or an opening, too; and a
    success on it that has a word of the company's own name.
    """
    option = message.option
    if option is None:
        return False
    lines = _lines_of_story(message)
    is_of_the_way = all(is_of_the_day(line, message.lent) for line in lines)
    is_told = option.match.mention.in_title or option.match.mention.own
    if is_theirs(option.match) and option.match.verdict is not None:
        if lines and is_of_the_way and not is_told:
            return False
        talked = option.match.meets_talk and bool(lines)
        return is_cheerful(option.match) or (talked and is_pleasing(option.match))
    if option.evidence.note.section != "discussed" or not tells_of_success(title):
        return False
    lead, (first, *_) = option.match.story.lead, (*message.to.company.name.split(), "")
    is_own_word = len(first) >= LEAST_NAME and first[:1].isupper()
    told = f"{lead.title} {lead.text}"
    return is_own_word and first in re.findall(r"[\w-]+", told) and not is_sour(told)


def _of_skill(message: _Message) -> Values:
    line = message.option.evidence.note if message.option else None
    if line is None or line.section not in ("angle", "profile"):
        return {}
    skill = skill_of(line, message.lent)
    useful = useful_of(line, skill, message.lent)
    whole = one_line(line.text)
    return {
        "skill": _value(skill, _place(line), whole),
        "useful": _value(useful, _place(line), whole),
    }


def _place(line: NoteLine | None) -> str:
    return line.place if line else ""


def _short(text: str, most: int = MOST_LINE_WORDS) -> str:
    """Return a name, a post or a setting as it fits into a line; square brackets are for gaps."""
    plain = one_line(text).replace("[", "(").replace("]", ")")
    return phrasing.shorten(" ".join(plain.split()[:most]), max(LONGEST_LINE, 8 * most))


def _spoken_company(company: Company) -> str:
    """Return a company's name as one says it: without its legal form."""
    name = one_line(company.name)
    return next((form for form in forms_of(name) if name.startswith(form)), name)


def _spoken_role(role: str) -> str:
    """Return a role as one says it: "Product Manager" of "Product Manager, Search & Services"."""
    said = _short(role).strip(" ,;:")
    main = re.split(r"\s*[,(/|–—]|\s+-\s+", said, maxsplit=1)[0]
    is_long = len(said.split()) > MOST_ROLE_WORDS
    return main if is_long and len(main.split()) > 1 else said
