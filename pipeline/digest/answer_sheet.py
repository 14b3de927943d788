"""The Markdown page as an answer sheet: what the user ticked, changed and added.

Takes the page as it lies on the disk and the digest from which it was written; gives a `Sheet`.
Whatever an editor made of the page (other list marks, wrapped lines, lost blanks) or the user
(parts moved or deleted), an answer is understood or asked about, never guessed and never dropped.

A box is a line that we wrote, letter for letter but for the tick and the day, below the heading of
its own suggestion; what a feed's title or a wrapped line looks like is none. Where a suggestion has
other boxes than were written, or a line with its number is not clear, it is asked about. What an
answer does is left to others.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

from pipeline.digest.markdown import OWN_LINES, entry_heading, markdown, message_lines
from pipeline.digest.page_phrases import boxes, held_box, story_boxes, story_mark, topic_boxes
from pipeline.digest.safe_text import strip
from pipeline.records import Digest, DigestEntry, Draft
from pipeline.records.record import dataclass
from pipeline.text.characters import letters_of

# no border test: far beyond real values
MOST_NOTES = 100  # lines of the user's own that go on to the next page
LONGEST_NOTE = 1_000  # characters of one; no border test: far beyond real values
LONGEST_ANSWER = 160  # characters behind a box; no border test: two lines of a phone
LONGEST_QUOTED = 60  # characters of a line in a question about it; no border test: a phone's line

BOXES = ("sent", "later", "not for me", "wrong company")

# no border test: a marker, not a quantity: any negative number would do
_NOWHERE = -1  # among the user's own lines of an earlier page nothing is an answer

_MARK = re.compile(r"(?:[-*+•–—‣◦▪]|\d{1,3}[.)])?\s*")
_BOX = re.compile(
    rf"^\s*{_MARK.pattern}(?:\[(?P<tick>[^\]\n]{{0,3}})\]|(?P<sign>[☐☑☒✅🗹])\ufe0f?)\s*"
    rf"(?P<label>{'|'.join(BOXES)})\b(?P<rest>.*)$"
    rf"|^\s*(?:[-*+]|\d{{1,3}}[.)])\s+\\\[(?P<escaped>[^\]\n]{{0,3}})\\\]\s*"
    rf"(?P<escaped_label>{'|'.join(BOXES)})\b(?P<escaped_rest>.*)$",
    re.IGNORECASE,
)
# A box below a story, or bad news: a title cannot look like it, as none keeps a bare bracket or
# tick.
_STORY_BOX = re.compile(
    rf"^\s*{_MARK.pattern}(?:\[(?P<tick>[^\]\n]{{0,3}})\]|(?P<sign>[☐☑☒✅🗹])\ufe0f?)\s*"
    r"(?P<label>(?:write to .+\(story|rather about: .+\(topic|wrong company: .+\(news) "
    r"[0-9a-f]{8}\))(?P<rest>.*)$",
    re.IGNORECASE,
)
_SENT_BOX = re.compile(
    rf"^\s*{_MARK.pattern}(?:\[(?P<tick>[^\]\n]{{0,3}})\]|(?P<sign>[☐☑☒✅🗹])\ufe0f?)\s*"
    r"they answered \(no\. (?P<number>\d{1,9})\)(?:, with\b:?)?(?P<rest>.*)$",
    re.IGNORECASE,
)
_STORY_MARK = re.compile(r"\b(?:story|topic|news) ([0-9a-f]{8})\b", re.IGNORECASE)
_TICKS = frozenset("x✓✔☑✅☒🗹🗸")
_EMPTY = frozenset(("", "_"))
_TICKED_SIGNS = ("☑", "☒", "✅", "🗹")
_NUMBER = re.compile(r"\(\s*(?:no\.?\s*)?(\d{1,9})\s*\)")
_OUR_NUMBER = re.compile(r"\bno\.?\s*(\d{1,9})\b", re.IGNORECASE)
# What task programs write behind a task that is done: days, and a name of the line.
_ANNOTATION = re.compile(r"[✅➕📅⏳🛫]\ufe0f?\s*\d{4}-\d\d-\d\d|\s\^[\w-]+\s*$|\s#[\w/-]+")
_MAY_BE_A_DAY = re.compile(r"[\w .,:/+-]+")
_HEADING = re.compile(r"^\s{0,3}#{1,6}(?:\s|$)")
_QUOTED = re.compile(r"^\s{0,3}>\s?(.*)$")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_MARKUP = re.compile(r"[*_~`\\]|</?\w[^<>]{0,40}>")
_LIKE_A_BOX = re.compile(
    r"^(?:\d{1,3}[.)]|[^\w\[☐☑☒✅🗹✓✔✗✘❌])*(?:\[[^\]]{0,12}\]|[☐☑☒✅🗹✓✔✗✘❌]\ufe0f?)"
)
_NOTHING = re.compile(r"^\W*\[\s*\]|^\W*☐")  # a box without a tick
_BROKEN = re.compile(r"^\W{0,4}\[[^\]]{0,3}$")  # at its blank
_PART_OF_A_LINE = 20  # characters; fewer may be anybody's
LONGEST_DAY = 40  # characters; no border test: far beyond real values
# Why an answer is asked about: a box is there twice, ticked and not; other boxes than were written
# are there; a line is not clear.
Doubt = Literal["", "twice", "boxes", "unclear"]


@dataclass(frozen=True, slots=True)
class Answered:
    """What the user did under one suggestion."""

    number: int  # the touchpoint's
    ticked: tuple[str, ...] = ()  # of BOXES, each once, in their order
    later: str = ""  # what follows `later`: a day, as written
    draft: Draft | None = None  # the message, where the user changed it
    doubt: Doubt = ""
    line: str = ""  # that is not clear


@dataclass(frozen=True, slots=True)
class Wish:
    """A message that the user wants about a story."""

    story: str  # Story.id
    person: str  # full name


@dataclass(frozen=True, slots=True)
class WantedTopic:
    """A line of the notes that the user wants a message to be about."""

    number: int  # the touchpoint's
    place: str  # of the line


@dataclass(frozen=True, slots=True)
class WrongCompany:
    """Bad news that is about somebody else."""

    hold: int  # its number


@dataclass(frozen=True, slots=True)
class Heard:
    """An answer to a message that was sent, and what the user wrote behind its box."""

    number: int  # the touchpoint's
    text: str  # "new date 18 December"; often empty
    ticked: bool = True  # False: there is another sign in the box


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that the user left on one page."""

    answers: tuple[Answered, ...] = ()
    notes: tuple[str, ...] = ()  # lines that are neither ours nor an answer
    strays: tuple[str, ...] = ()  # ticked lines that belong to no suggestion of the page
    heard: tuple[Heard, ...] = ()
    topics: tuple[WantedTopic, ...] = ()  # that messages are to be about instead
    wishes: tuple[Wish, ...] = ()
    wrong: tuple[WrongCompany, ...] = ()
    unclear: tuple[str, ...] = ()  # lines about stories that are not understood
    unheard: tuple[str, ...] = ()  # ticked lines about messages that were sent, not understood


@dataclass(frozen=True, slots=True)
class _Box:
    number: int  # what the line says; 0 where it says none
    label: str
    ticked: bool
    rest: str


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of the page, and the suggestion below whose heading it is; 0 below none."""

    text: str
    place: int
    box: _Box | None


def read_sheet(text: str, digest: Digest) -> Sheet:
    """Return what the user left on the page that was written for this digest."""
    page = _Page(text, digest)
    answers = (page.answered(entry) for entry in digest.entries)
    wishes, unclear = page.wishes()
    return Sheet(
        tuple(item for item in answers if item.ticked or item.later or item.draft or item.doubt),
        tuple(page.notes()),
        tuple(page.strays()),
        page.heard(),
        tuple(wish for wish in wishes if isinstance(wish, WantedTopic)),
        tuple(wish for wish in wishes if isinstance(wish, Wish)),
        tuple(wish for wish in wishes if isinstance(wish, WrongCompany)),
        unclear,
        tuple(strip(row.text).strip()[:LONGEST_QUOTED] for row in page.unheard()),
    )


class _Page:
    """A page's lines, compared with those that we wrote."""

    def __init__(self, text: str, digest: Digest) -> None:
        self._texts = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        self._entries = {entry.id: entry for entry in digest.entries}
        self._written = markdown(digest).split("\n")
        # Boxes are no part of what we wrote otherwise: they are read for what they are.
        ours = [_plain_row(row) for row in self._written if not _BOX.match(row)]
        self._ours, self._everything = {*ours, ""}, " ".join(ours)
        self._headings: Counter[int] = Counter()
        self._rows = [
            _Row(text, place, _box(text) if place != _NOWHERE else None)
            for text, place in zip(self._texts, self._places(), strict=True)
        ]
        self._quoted: dict[int, list[str]] = {
            number: [] for number in (_NOWHERE, 0, *self._entries)
        }
        self._continued = set(self._quotations())
        self._story_boxes: dict[str, Wish | WantedTopic | WrongCompany] = {
            letters_of(label): Wish(item.story, person)
            for item in digest.worth_a_look
            for person, label in story_boxes(item)
        }
        self._sent = {message.id for message in digest.sent}
        topics = {
            label: WantedTopic(entry.id, place)
            for entry in digest.entries
            for place, label in topic_boxes(entry)
        }
        self._story_boxes |= {letters_of(label): topic for label, topic in topics.items()}
        held = {held_box(item): WrongCompany(item.hold) for item in digest.held if item.hold}
        self._story_boxes |= {letters_of(label): wrong for label, wrong in held.items()}
        self._story_marks = {story_mark(item) for item in digest.worth_a_look}
        for label in (*topics, *held):
            self._story_marks |= {*_STORY_MARK.findall(label)}
        self._unclear = [(row, whose) for row in self._rows if (whose := self._asks_about(row))]

    def answered(self, entry: DigestEntry) -> Answered:
        """Return what is there about one suggestion."""
        fit = (0, entry.id)
        mine = [x.box for x in self._rows if x.box and x.place == entry.id and x.box.number in fit]
        moved = [
            row.box
            for row in self._rows
            if row.box and row.box.number == entry.id != row.place and not self._is_ours(row.text)
        ]
        found = (*mine, *moved)
        days = [box.rest for box in found if box.label == "later" and box.rest]
        ticked = {box.label for box in found if box.ticked} | ({"later"} if days else set())
        lines = [row.text for row, whose in self._unclear if whose == entry.id]
        doubt = "unclear" if lines else self._doubt(entry, mine, moved)
        return Answered(
            number=entry.id,
            ticked=tuple(label for label in BOXES if label in ticked),
            later=days[0] if days else "",
            draft=_changed(self._quoted[entry.id], entry),
            doubt=doubt,
            line=strip(lines[0]).strip()[:LONGEST_QUOTED] if lines else "",
        )

    def notes(self) -> Iterator[str]:
        """Yield the lines that the user added, without answers and what an editor re-wrapped."""
        unclear = {id(row) for row, _ in self._unclear} | {id(row) for row in self.unheard()}
        rows = [
            row.text
            for number, row in enumerate(self._rows)
            if number not in self._continued
            and id(row) not in unclear
            and not self._is_about_story(row)
            and not self._sent_box(row)
        ]
        return _notes(rows, self._written)

    def wishes(self) -> tuple[tuple[Wish | WantedTopic | WrongCompany, ...], tuple[str, ...]]:
        """Return what is ticked below stories and bad news, and the lines that are not clear."""
        ticks: dict[Wish | WantedTopic | WrongCompany, set[bool]] = {}
        unclear: list[str] = []
        for row in filter(self._is_about_story, self._rows):
            found = _STORY_BOX.match(row.text.replace("\u00a0", " "))
            wish = self._story_boxes.get(letters_of(found["label"])) if found else None
            tick = _ticked(found["sign"], found["tick"] or "") if found else None
            rest = _ANNOTATION.sub("", found["rest"]).strip(" .,;_") if found else ""
            if wish is None or tick is None or rest:
                unclear.append(row.text)
            else:
                ticks.setdefault(wish, set()).add(tick)
        twice = {_called(wish) for wish, found in ticks.items() if len(found) > 1}
        unclear += sorted(twice)
        return (
            tuple(wish for wish, found in ticks.items() if found == {True}),
            tuple(strip(line).strip()[:LONGEST_QUOTED] for line in unclear),
        )

    def heard(self) -> tuple[Heard, ...]:
        """Return the messages that were answered: ticked, or with something behind the box."""
        found = {}
        for row in self._rows:
            if box := self._sent_box(row):
                text = strip(_ANNOTATION.sub("", box["rest"])).strip(" .,:;_")[:LONGEST_ANSWER]
                tick = _ticked(box["sign"], box["tick"] or "")
                if tick or text or tick is None:  # another sign is to be asked about
                    found[int(box["number"])] = Heard(int(box["number"]), text, bool(tick))
        return tuple(found.values())

    def unheard(self) -> tuple[_Row, ...]:
        """Return the lines about sent messages that say something, but not in the box's words."""
        return tuple(filter(self._may_be_heard, self._rows))

    def _may_be_heard(self, row: _Row) -> bool:
        if row.place == _NOWHERE or row.box or self._sent_box(row) or self._is_ours(row.text):
            return False
        bare = _bare_text(row.text)
        has_tick = _LIKE_A_BOX.match(bare) and not _NOTHING.match(bare)
        return bool(has_tick) and bool(self._sent & {*map(int, _OUR_NUMBER.findall(bare))})

    def _sent_box(self, row: _Row) -> re.Match[str] | None:
        """Return the box below a message that was sent; None for any other line."""
        if row.place == _NOWHERE or row.box:
            return None
        found = _SENT_BOX.match(row.text.replace("\u00a0", " "))
        return found if found and int(found["number"]) in self._sent else None

    def _is_about_story(self, row: _Row) -> bool:
        """Return whether a line is a box below a story, or may be what became of one."""
        if row.place == _NOWHERE or row.box:
            return False
        if _STORY_BOX.match(row.text.replace("\u00a0", " ")):
            return True
        marks = {mark.lower() for mark in _STORY_MARK.findall(_bare_text(row.text))}
        return bool(marks & self._story_marks) and not self._is_ours(row.text)

    def strays(self) -> Iterator[str]:
        """Yield the ticked lines that belong to no suggestion of this page."""
        for row in self._rows:
            if row.box and (row.box.ticked or (row.box.label == "later" and row.box.rest)):
                whose = row.box.number or row.place
                if whose not in self._entries and not self._is_ours(row.text):
                    yield strip(row.text).strip()[:LONGEST_QUOTED]

    def _places(self) -> Iterator[int]:
        """Yield for each line the suggestion below whose heading, as we wrote it, it is; or 0."""
        ours = {_heading_letters(entry_heading(e)): e.id for e in self._entries.values()}
        here, before = 0, ""
        for row in self._texts:
            if _HEADING.match(row):
                # A title with these words, wrapped by an editor, follows a line that is not empty.
                is_own = strip(row).strip() == f"## {OWN_LINES}" and not before.strip()
                here = _NOWHERE if is_own else ours.get(_heading_letters(row), 0)
                self._headings[here] += 1
            before = row
            yield here

    def _quotations(self) -> Iterator[int]:
        """Collect what is quoted; yield the lines that go on with a quotation without its sign.

        An editor that wraps lines makes them, and Markdown takes them for part of the quotation.
        """
        goes_on = False
        for number, row in enumerate(self._rows):
            mine = self._quoted[row.place]
            quoted = _QUOTED.match(row.text)
            if quoted and self._asks_about(row):  # a box that slipped in between
                goes_on = False
            elif quoted:
                mine.append(quoted[1])
                goes_on = True
            elif goes_on and row.text.strip() and not row.box and not _HEADING.match(row.text):
                mine[-1] += f" {row.text.strip()}"
                yield number
            else:
                goes_on = False

    def _doubt(self, entry: DigestEntry, mine: Sequence[_Box], moved: Sequence[_Box]) -> Doubt:
        """Return why the boxes of a suggestion are not understood; "" where they are."""
        found = (*mine, *moved)
        ticked = {box.label for box in found if box.ticked or box.rest}
        if ticked & {box.label for box in found if not (box.ticked or box.rest)}:
            return "twice"
        if len({box.rest for box in found if box.rest}) > 1:
            return "twice"
        written = Counter(
            label for label in BOXES if any(x.startswith(label) for x in boxes(entry))
        )
        as_written = Counter(box.label for box in mine) == written and self._headings[entry.id] == 1
        return "" if as_written or not (mine or ticked) else "boxes"

    def _asks_about(self, row: _Row) -> int:
        """Return the suggestion of which a line may be an answer that is not understood; or 0."""
        if row.box or row.place == _NOWHERE or self._is_ours(row.text):
            return 0
        quoted = _QUOTED.match(row.text)
        bare = _bare_text(quoted[1] if quoted else row.text)
        like_a_box = _LIKE_A_BOX.match(bare)
        for number in map(int, _OUR_NUMBER.findall(bare)):
            if number in self._entries and (like_a_box or not quoted):
                return number
        if quoted or row.place == 0:
            return 0
        rest = bare[like_a_box.end() :].strip().casefold() if like_a_box else ""
        said = like_a_box and not _NOTHING.match(bare)
        label = any(rest.startswith(x) or (x.startswith(rest) and (rest or said)) for x in BOXES)
        return row.place if (like_a_box and label) or _BROKEN.match(bare) else 0

    def _is_ours(self, row: str) -> bool:
        """Return whether a line, or the part of one that an editor broke, is as we wrote it."""
        plain = _plain_row(row)
        return plain in self._ours or (len(plain) > _PART_OF_A_LINE and plain in self._everything)


def _called(wish: Wish | WantedTopic | WrongCompany) -> str:
    if isinstance(wish, WrongCompany):
        return f"wrong company: h{wish.hold}"
    return f"write to {wish.person}" if isinstance(wish, Wish) else f"rather about {wish.place}"


def _heading_letters(row: str) -> str:
    return letters_of(html.unescape(row))


def _plain_row(row: str) -> str:
    """Return a line as it is read: without its mark, its quotation sign and its escapes."""
    quoted = _QUOTED.match(row)
    text = _ESCAPED.sub(r"\1", quoted[1] if quoted else row)
    return _bare(_MARK.sub("", html.unescape(text).strip(), count=1))


def _bare_text(row: str) -> str:
    """Return a line without markup and hidden signs, whose words may still be an answer."""
    plain = "".join(filter(str.isprintable, unicodedata.normalize("NFKC", html.unescape(row))))
    return _MARKUP.sub("", plain)


def _box(row: str) -> _Box | None:
    """Return the box on a line; None where something else than a tick or a day was written."""
    found = _BOX.match(row.replace("\u00a0", " "))
    if not found:
        return None
    label = (found["label"] or found["escaped_label"]).casefold()
    rest = (found["rest"] or found["escaped_rest"] or "").lstrip()
    named = _NUMBER.match(rest)
    rest = f" {rest[named.end() :] if named else rest}"
    ticked = _ticked(found["sign"], found["tick"] or found["escaped"] or "")
    day = re.sub(r"^[\s,:;.–—-]+|[\s.,;_]+$", "", _ANNOTATION.sub("", rest))
    day = re.sub(r"^(?:on|until|till)\b[\s:]*", "", day, flags=re.IGNORECASE).strip(" :_")
    if ticked is None or (day and (label != "later" or not _MAY_BE_A_DAY.fullmatch(day))):
        return None
    return _Box(int(named[1]) if named else 0, label, ticked, strip(day)[:LONGEST_DAY])


def _ticked(sign: str | None, written: str) -> bool | None:
    """Return whether a box is ticked; None for a sign that is neither a tick nor nothing."""
    if sign:
        return sign in _TICKED_SIGNS
    plain = unicodedata.normalize("NFKC", written).replace("\ufe0f", "").strip().casefold()
    return True if plain in _TICKS else False if plain in _EMPTY else None


# ---------------------------------------------------------------------------------- the message


def _changed(quoted: Sequence[str], entry: DigestEntry) -> Draft | None:
    """Return the message as the user left it, or None when it is still ours (or was deleted)."""
    known = {_bare(shown): line for shown, line in message_lines(entry.draft)}
    said = [known.get(_bare(row), _plain(row)) for row in quoted]
    if not any(row.strip() for row in said):
        return None
    heads = {"to": entry.draft.to, "subject": entry.draft.subject}
    while said and (found := re.match(r"^\s*(To|Subject):\s*(.*)$", said[0], re.IGNORECASE)):
        heads[found.group(1).casefold()] = found.group(2).strip()
        said.pop(0)
    body = "\n".join(row.rstrip() for row in said).strip("\n")
    body = _unwrapped(body, entry.draft.body)
    changed = replace(
        entry.draft, to=heads["to"], subject=heads["subject"], body=f"{body}\n", sources=()
    )
    if not body or _is_same(changed, entry.draft):
        return None
    return changed


def _unwrapped(body: str, ours: str) -> str:
    """Return a message without the line ends that an editor put into its paragraphs.

    Our own paragraphs, broken differently, show that one was at work.
    """
    known = {letters_of(part): part for part in strip(ours).strip("\n").split("\n\n")}
    parts = body.split("\n\n")
    was_wrapped = any(known.get(letters_of(part), part) != part for part in parts)
    if not was_wrapped:
        return body
    return "\n\n".join(known.get(letters_of(part)) or " ".join(part.split("\n")) for part in parts)


def _is_same(one: Draft, other: Draft) -> bool:
    """Return whether two messages differ only in blanks and line ends, which editors change."""
    return all(
        "".join(a.split()) == "".join(strip(b).split())
        for a, b in ((one.to, other.to), (one.subject, other.subject), (one.body, other.body))
    )


def _plain(row: str) -> str:
    """Return a line that the user typed, without what only Markdown needs."""
    text = strip(row.replace("\u00a0", " ")).rstrip()
    text = text.removesuffix("\\")
    text = _ESCAPED.sub(r"\1", text)
    return text.replace("&lt;", "<").replace("&amp;", "&")


def _bare(row: str) -> str:
    return " ".join(row.replace("\u00a0", " ").split())


# ------------------------------------------------------------------------------------ own lines


def _notes(rows: Sequence[str], lines: Sequence[str]) -> Iterator[str]:
    written = [_row_letters(row) for row in lines]
    ours, everything = set(written), "".join(written)
    for row in filter(_BOX.match, lines):  # an editor may have broken it at a blank
        words = row.split()
        ours |= {letters_of("".join(words[place:])) for place in range(len(words))}

    def is_ours(letters: str) -> bool:
        return not letters or letters in ours or (len(letters) > 20 and letters in everything)

    count = 0
    for block in _blocks(rows):
        if is_ours("".join(map(_row_letters, block))):
            continue  # in whatever lines
        for row in block:
            if not is_ours(_row_letters(row)) and count < MOST_NOTES:
                count += 1
                yield strip(row).strip()[:LONGEST_NOTE]


def _blocks(rows: Sequence[str]) -> Iterator[list[str]]:
    """Yield the lines that belong together, without boxes and messages."""
    block: list[str] = []
    for row in (*rows, ""):
        if row.strip() and not _BOX.match(row) and not _QUOTED.match(row):
            block.append(row)
        elif block:
            yield block
            block = []


def _row_letters(row: str) -> str:
    """Return what a line says, without its place in a list, which a formatter numbers anew."""
    return letters_of(re.sub(rf"^\s*{_MARK.pattern}", "", row))
