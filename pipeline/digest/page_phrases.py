"""What both pages say in the same words: how to answer a suggestion, and why nothing is suggested.

Takes parts of a `Digest`; gives plain text, harmless but not yet escaped for a format.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from datetime import date, timedelta

from pipeline.digest.safe_text import lines, one_line, passage
from pipeline.records import (
    CompanyRow,
    Digest,
    DigestEntry,
    DigestItem,
    Draft,
    NextStep,
    OtherTopic,
    Question,
    Reference,
    SentMessage,
    Term,
)
from pipeline.records.record import dataclass
from pipeline.text.characters import letters_of
from pipeline.text.phrasing import (
    MOST_CHARACTERS,
    SHOWN_ID,
    figure_of,
    long_day,
    near_day,
    upper_first,
)

MOST_TERMS = 4  # a line of a phone; the page's fold and `touchpoints why` show all
LATER_DAYS = 7  # what `later` proposes: the pace's own cool-down (`settings › pace`)

NOTHING_PLANNED = (
    "No interview needs a message at the moment. After your next one, write down in data/notes/ "
    "what you talked about and what you saw in the office: the news is searched for that."
)

HOW_TO_ANSWER = (
    "Tick a box below (put an x between the brackets), edit a message if you like, and save: the "
    "next run reads it. Nothing is sent automatically."
)

HOW_THEY_ANSWERED = (
    "If one was answered, tick its box, and write behind it what moves the plan: “new date 18 "
    "December”, “invitation 2 December”, “promise the figures by Friday”, “no”, or nothing."
)

# Messages whose gap is about their story; the gap of a thank-you is about the talk.
GAP_IS_OF_THE_STORY = ("contribution", "tidbit", "check_in")
GAP = re.compile(r"(\[…[^\[\]\n]*\])")  # what only the candidate can know, see touchpoints/drafts

_IS_HEX = re.compile(rf"[0-9a-f]{{{SHOWN_ID}}}")
_OWN_PAGE = re.compile(r"before-[a-z0-9_-]{1,80}-\d{4}-\d\d-\d\d")

# The program's own sentences name commands; the pages set these, and nothing else, as code.
COMMAND = re.compile(r"`((?:touchpoints|pip install|- search:|\w+:)[^`<>\n]*)`")


@dataclass(frozen=True, slots=True)
class AnswerCommand:
    """One thing that the candidate may do with a suggestion, and the command that does it."""

    when: str  # "Sent it?"
    command: str


def question(asked: Question) -> str:
    """Return a question about an answer, with the page and the suggestion that it is about."""
    page = f"your page of {long_day(asked.page)}"
    if not asked.number:
        return f"{upper_first(page)} {asked.text}"
    return f"Suggestion {asked.number} on {page}: {asked.text}"


def answers(entry: DigestEntry, day: date) -> tuple[AnswerCommand, ...]:
    """Return the commands that answer a suggestion, in the order of a morning."""
    later, is_mail = day + timedelta(days=LATER_DAYS), entry.draft.channel == "email"
    return (
        AnswerCommand("Write it", f"touchpoints draft {entry.id}{is_mail * ' --open'}"),
        AnswerCommand("Sent it", f"touchpoints sent {entry.id}"),
        AnswerCommand("Not now", f"touchpoints later {entry.id} {later.isoformat()}"),
        AnswerCommand("Not for me", f"touchpoints dismiss {entry.id} --because not-for-me"),
    )


def waiting(entry: DigestEntry) -> str:
    """Return the line that stands for a suggestion that has not changed for days, or ""."""
    if not entry.since:
        return ""
    return f"Unchanged since {entry.since}; `touchpoints draft {entry.id}` shows the message."


def boxes(entry: DigestEntry) -> tuple[str, ...]:
    """Return the labels of the boxes under a suggestion; `digest/answer_sheet.py` reads them."""
    number = f"(no. {entry.id})"
    found = (f"sent {number}", f"later {number}, on:", f"not for me {number}")
    return (*found, f"wrong company {number}") if may_be_wrong(entry) else found


def story_boxes(item: DigestItem) -> tuple[tuple[str, str], ...]:
    """Return to whom one could write about a story, each with the label of its box."""
    if not item.story:
        return ()
    return tuple(
        (person, one_line(f"write to {person} about this (story {story_mark(item)})"))
        for person in item.people
    )


def held_box(item: DigestItem) -> str:
    """Return the label of the box below bad news, or ""."""
    if not item.hold:
        return ""
    mark = zlib.crc32(f"h{item.hold}".encode())
    return f"wrong company: h{item.hold} is about another one (news {mark:08x})"


def sent_box(message: SentMessage) -> str:
    """Return the label of the box below a message that was sent."""
    return f"they answered (no. {message.id}), with:"


def topic_boxes(entry: DigestEntry) -> tuple[tuple[str, str], ...]:
    """Return the lines that a thank-you could be about, each with the label of its box."""
    return tuple(
        (topic.place, one_line(f"rather about: {topic.text} (topic {_topic_mark(entry, topic)})"))
        for topic in (() if entry.since else entry.other_topics)
    )


def _topic_mark(entry: DigestEntry, topic: OtherTopic) -> str:
    return f"{zlib.crc32(f'{entry.id} {topic.place}'.encode('utf-8', 'replace')):08x}"


def own_page(item: DigestItem | NextStep) -> str:
    """Return the name of a page of ours to which a line leads, or ""."""
    return item.beside if _OWN_PAGE.fullmatch(item.beside) else ""


def story_mark(item: DigestItem) -> str:
    """Return what tells a story's boxes from those of another, on whichever version of a page.

    It is what `touchpoints why` takes: the beginning of the story's id.
    """
    beginning = item.story[:SHOWN_ID].lower()
    made_up = f"{zlib.crc32(item.story.encode('utf-8', 'replace')):08x}"
    return beginning if _IS_HEX.fullmatch(beginning) else made_up


def may_be_wrong(entry: DigestEntry) -> bool:
    """Return whether the story could be about somebody else: it came as the company's own news."""
    return entry.kind in ("contribution", "check_in", "congratulation") and bool(
        entry.reference.title
    )


def sentence_of(story: Reference | DigestItem) -> str:
    """Return the story's sentence that counted most; "" where the title is that sentence."""
    said, title = passage(story.sentence), letters_of(story.title)
    return "" if letters_of(said) in ("", title) else said


def gap_filling(entry: DigestEntry) -> str:
    """Return the story's sentence from which the gap of a message could be filled, or ""."""
    text = "\n".join(lines(entry.draft.body))
    if entry.draft.channel == "email":
        text = text.rpartition("\n\n")[0]  # the signature's is the name
    has_gap = entry.kind in GAP_IS_OF_THE_STORY and GAP.search(text)
    return sentence_of(entry.reference) if has_gap else ""


def may_be_added(entry: DigestEntry) -> str:
    """Return what the candidate may add to a message, or ""."""
    more = one_line(entry.draft.more)
    if not more:
        return ""
    said = sentence_of(entry.reference) if entry.kind in GAP_IS_OF_THE_STORY else ""
    start = f" You could start from: “{said}”" if said else ""
    return f"{as_it_is(more, is_asked_for=entry.is_asked_for)}{start}"


def as_it_is(more: str, *, is_asked_for: bool) -> str:
    """Return what may be added; and that the message can go as it is, if Touchpoints chose it."""
    first = "" if is_asked_for else "It can go as it is. "
    return f"{first}What you may add: {more}."


def channel_said(draft: Draft) -> str:
    """Return for what a message is written that is no mail, and whether it fits; "" for a mail."""
    if draft.channel == "call":
        return "What to say when you ring; there is nothing to send. `channel: call` asks for it."
    if draft.channel == "card":
        return "For a card, by post and by hand: a few lines and no link."
    if draft.channel != "linkedin":
        return ""
    count = len("\n".join(lines(draft.body)).strip())
    most = MOST_CHARACTERS["linkedin"]
    over, fits = count - most, f"{count} of {most} characters"
    return (
        f"For LinkedIn: {f'{fits}, {over} too many' if over > 0 else fits}. That is taken where no "
        "address is in the notes: with `email:` in their head it would be a mail, with `channel: "
        "card` a card."
    )


def ringing_said(draft: Draft) -> str:
    """Return what stands over the words for a call that is better than one more message, or ""."""
    return "What to say if you ring instead:" if draft.instead else ""


@dataclass(frozen=True, slots=True)
class Cells:
    """A row of the table as it is shown; our sentences, with commands in them."""

    company: str
    state: str
    since: str
    steps: tuple[tuple[NextStep, str], ...]
    changed: str


def cells(row: CompanyRow, today: date) -> Cells:
    """Return what stands in the table on that day."""
    return Cells(
        company=one_line(row.company),
        state=passage(row.state),
        since=near_day(row.since, today) if row.since else "",
        steps=tuple((step, passage(_step(step, row, today))) for step in row.steps),
        changed="new" if row.is_changed else "",
    )


def _step(step: NextStep, row: CompanyRow, today: date) -> str:
    day = near_day(step.day, today) if step.day else ""
    if step.number:
        return f"{day or 'today'}: {step.text} ({step.number})"
    if not step.is_silence:
        return f"{day}: {step.text}" if day else step.text
    numbers = " ".join(f"h{number}" for number in row.holds)
    way_out = f" (`touchpoints release {numbers}` ends it)" if numbers else ""
    until = f" before {day}" if day else ""
    return f"{step.text}{' today' if day == 'tomorrow' else until}{way_out}"


def reasons(digest: Digest) -> tuple[str, ...]:
    """Return why there is nothing for a company; on a day without suggestions at least one."""
    found = tuple(passage(reason) for reason in digest.quiet if passage(reason))
    return found or (() if digest.entries or digest.companies else (NOTHING_PLANNED,))


def footer(digest: Digest) -> str:
    """Return what was looked at, and how long it took."""
    said = passage(digest.footer)
    if digest.seconds is None or not said:
        return said
    took = figure_of(digest.seconds, "second") if digest.seconds > 0 else "Less than a second"
    return f"{said} {took}."


def heaviest(terms: Sequence[Term]) -> tuple[str, ...]:
    """Return the heaviest terms, without words that are in a heavier pair already."""
    kept: list[str] = []
    said: set[str] = set()
    for term in terms:
        words = {*term.term.split(), *term.noted.split()}
        if words and not words & said:
            kept.append(term.told)
            said |= words
    return tuple(one_line(term) for term in kept[:MOST_TERMS])
