"""Jotted Markdown as note lines: what is a heading, where a line begins, whose it is.

Takes the body of a note; gives `NoteLine`s. Nothing jotted is ever an error: what is not understood
is a note line of the section that it is in. What a heading means is told in `sections`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.records import NoteLine, Person, Section
from pipeline.text.avoided import apart, is_request, is_secret_only
from pipeline.text.characters import one_line
from pipeline.text.language import jotted_language
from pipeline.text.month_names import month_of
from pipeline.text.patterns import compiled_later
from pipeline.text.sentences import is_abbreviated
from pipeline.workspace import sections
from pipeline.workspace.asides import is_aside, is_occasion, is_of_mood, is_of_them
from pipeline.workspace.line_owner import (
    PRONOUN,
    begins_with,
    begun_by,
    is_legend,
    is_of_several,
    meant,
    mentioned,
    named,
    person_in,
    tells_of_one,
    whole_name,
    without_genitive,
    without_lead,
    without_names,
    without_titles,
)
from pipeline.workspace.line_use import Use, uses_of

LONGEST_LINE = 2_000  # no border test: far beyond real values
MOST_LINES = 5_000  # no border test: far beyond real values
HEADING_WORDS = 8  # a bold or colon-ended line with more words is a sentence, not a heading
UNMARKED_WORDS = 10  # of a plain line over bullets; those seen over bullets had at most nine
ALONE_WORDS = 6  # of a plain line that stands over plain lines, where a sentence is likelier
SHORT_WORDS = 4  # of a plain line over bullets that need not name a section
SEVERAL = 2  # people one by one: then what is nobody's was no part of the talk
# Of the letters of what was said. In thirty notes by person it was .70 to 1, in twenty that only
# have names before some of their topics .11 to .51 (forty note files, and those of the scenarios).
MOST_THEIRS = 0.6
FIRST_LINES = 3  # among which may be when and with whom one talked; no border test: a habit
LEAST_WRAPPED = 3  # lines of a paragraph; of two the first is always as full as any
NARROWEST, WIDEST = 60, 130  # characters at which editors and mail programs break lines
FULL = 0.75  # of the longest line, where the writer breaks them by hand; no border test: a habit
LEAST_CELLS = 2  # of a line between bars that is the row of a table
LETTER_BULLETS = 2  # lines that begin with "o " before it is a bullet: in Spanish it means "or"

# How high a heading ranks: one that says nothing belongs to the section of a higher one.
MARKDOWN_RANKS = 6
_BOLD_RANK, PLAIN_RANK, _COLON_RANK = 7, 8, 9

_HEADING = compiled_later(r"^\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
# "== Overbeck ==", "--- in her office ---", "*** me ***": drawn by hand, and all of one rank.
_DRAWN = compiled_later(r"^\s{0,3}([=*~_–—-])\1{1,}\s+(\S.{0,60}?)\s+\1{2,}\s*$")
_UNDERLINE = compiled_later(r"^\s{0,3}(?:=+|-{2,})\s*$")
_BOLD_LINE = compiled_later(r"^\s{0,3}(?:\*\*|__)(.{1,80}?):?(?:\*\*|__):?\s*$")
_COLON_LINE = compiled_later(r"^\s{0,3}([^\s\-*+•·§–—\d].{0,60}?)\s*[:：]\s*$")
_NUMBER = compiled_later(r"^\s{0,3}(?:\(?\d{1,2}[.)]|\(?[a-zA-Z]\)|[IVX]{1,4}\.)\s+(.*\S)\s*$")
_BULLET = compiled_later(
    r"^\s*(?:(?:[-*+•·§–—‣◦▪▸►→○●■□☐✓✔∙‐]|\d{1,3}[.)]|\(\d{1,3}\)|[a-z]\)|o(?=\t))\s+"
    r"|[-–—•·§▪●](?=[^\W\d_]))(?:\[[ xX]\]\s+)?(.*)$"
)
_LETTER_BULLET = compiled_later(r"^(\s*)o\s+(?=\S)", re.MULTILINE)
_LINE_END = compiled_later(r"\r\n|\r|\n")
_FENCE = compiled_later(r"^\s*(?:```|~~~)")
_SENTENCE_END = compiled_later(  # "Why loans? (Ada)" is one
    r"(?:(?<=[.!?…])|(?<=[.!?…][\"”»]))\s+(?!\([\w .]{1,30}\)\s*$)"
    r"(?=[\"'“(]?[A-ZÀ-ÞА-Я0-9£$€])"
)
_ORDINAL = compiled_later(
    r"(?:(?P<date>(?<!\d)\d{1,2}\.\s?\d{1,2})|(?P<article>(?:\b(?:am|im|der|die|das|den|dem|des|zum|zur|"
    r"vom|bis|ab|und|bis zum|jede[rnms]?|seine?[rnms]?|ihre?[rnms]?)\s|^))?(?<!\d)\d{1,2})\.$",
    re.IGNORECASE,
)
_SHORT_LABEL = compiled_later(r"^\s*\S+(?: \S+)?\s?(?:[:=–—]|->|→)\s")  # "Lift: …", "Next week: …"
_RULE = compiled_later(r"^\s*\|[\s:|-]*-[\s:|-]*\|?\s*$")  # "|---|:---|" under the heads of a table
_SENTENCE = compiled_later(r"[.!…;,]\s*$")
_FIGURE = compiled_later(r"[£$€¥]|\d\s?k\b|\d\d", re.IGNORECASE)
_COMMENT = compiled_later(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TAG = compiled_later(r"</?[a-zA-Z][^<>]{0,300}>")
_LINK = compiled_later(r"!?\[([^\]]*)\]\([^)\s]*(?:\s+\"[^\"]*\")?\)")
_BOLD = compiled_later(r"\*\*(?=\S)([^*]{1,200})\*\*|(?<!\w)__(?=\S)([^_]{1,200})__(?!\w)")
_MARKS = compiled_later(r"(?<![\w*])[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}(?![\w*])|`+|~~")
_LABEL = compiled_later(
    r"^(?:([^:：=\[\]()#]{1,50}?)\s*(?:[:：=]|\s[-–—→])\s+|[\[(#]([\w ]{1,30})[\])]?\s+)(?=\S)"
)
_ONESELF = compiled_later(r"(?:ich|me|i|moi|yo)\s*[:：]\s+(?=\S)", re.IGNORECASE)
_GOES_ON = compiled_later(
    r"(?:also|and|plus|auch|und|außerdem|aussi|et|también|y)\s", re.IGNORECASE
)
_ABOUT = frozenset("about uber sur sobre zu".split())


@dataclass(frozen=True, slots=True)
class JottedPiece:
    """A bullet, a sentence or a heading, with the line where it begins."""

    line: int
    text: str
    rank: int = 0  # of a heading, from 1, the highest; 0: a line
    marked: tuple[str, ...] = ()  # its words in bold
    is_bullet: bool = False
    indent: int = 0
    is_after_gap: bool = False  # an empty line stands before it
    column: str = ""  # of a table: what stands over the cell

    @property
    def heading(self) -> bool:
        """Return whether it is a heading."""
        return self.rank > 0


@dataclass(slots=True)
class _Block:
    """A heading, or none at the beginning, with the lines under it."""

    heading: JottedPiece | None = None
    lines: list[JottedPiece] = field(default_factory=list)


# ------------------------------------------------------------------------------------- note lines


def note_lines(
    body: str, file: str, first_line: int, people: Sequence[Person]
) -> Iterator[NoteLine]:
    """Yield each bullet or sentence with its section, and the person it is about."""
    told = list(_told(body, first_line, people))
    is_by_person = _goes_by_person(told)
    untold = _untold(told)
    for number, one in enumerate(told):
        section = one.section
        if is_by_person and one.is_of_nobody and not one.piece.marked:
            section = _left_over(one.text)
        is_avoided = one.is_avoided or number in untold
        said, avoided = ("", one.text) if is_avoided else apart(one.text)
        marked = tuple(phrase for phrase in one.piece.marked if phrase in said)
        place = section if said else "other"
        yield NoteLine(file, one.piece.line, place, said or one.text, one.person, marked, avoided)


@dataclass(frozen=True, slots=True)
class _ToldLine:
    """A line with what is told of it by where it stands and what it says."""

    piece: JottedPiece
    section: Section
    text: str  # without a label
    person: str = ""
    is_theirs: bool = False  # a heading, a label or the line's first word is the person's name
    is_avoided: bool = False
    is_of_nobody: bool = False  # and no heading says what it is


def _goes_by_person(told: Sequence[_ToldLine]) -> bool:
    """Return whether a note goes through people one by one: most of what was said is somebody's."""
    said = [one for one in told if one.section == "discussed"]
    theirs = sum(len(one.text) for one in said if one.person)
    several = len({one.person for one in told if one.is_theirs}) >= SEVERAL
    return several and theirs >= MOST_THEIRS * sum(len(one.text) for one in said)


def _untold(told: Sequence[_ToldLine]) -> frozenset[int]:
    """Return which sentences the next one of the paragraph says to be a secret.

    That is all it says ("CHITÓN"), or it answers them: "A merger? She says in spring. Keep mum."
    """
    found: set[int] = set()
    for number in reversed(range(len(told) - 1)):
        one, following = told[number], told[number + 1]
        if one.piece.line != following.piece.line or one.piece.is_bullet:
            continue
        is_answered = one.text.endswith("?") and not apart(following.text)[0]
        if is_secret_only(following.text) or is_answered:
            found |= {number, number + 1} if is_secret_only(following.text) else {number}
    return frozenset(found)


def _told(body: str, first_line: int, people: Sequence[Person]) -> Iterator[_ToldLine]:
    names = [without_titles(person.name) for person in people]
    blocks = list(_blocks(body, first_line, people))
    reader = _SectionReader(people, [piece for block in blocks for piece in block.lines])
    language = jotted_language(piece.text for block in blocks for piece in block.lines)
    headings = [block.heading.text for block in blocks if block.heading]
    named_in = {name for text in headings if (name := whole_name(text, people))}
    is_by_heads = len(headings) == 1 or len(named_in) >= SEVERAL
    owners = _OwnerReader(people, has_gaps=_have_gaps(blocks, people))
    for number, block in enumerate(blocks):
        reader.open(block)
        owners.open(block.lines)
        for at, piece in enumerate(block.lines):
            is_first = number == 0 and block.heading is None and at < FIRST_LINES
            if is_first and not piece.marked and is_occasion(piece.text, names):
                yield _ToldLine(piece, "other", piece.text)
                continue
            if reader.about and owners.leaves(piece, reader.about) and reader.is_of_a_run:
                reader.about = ""
            section, text, owner = reader.section_of(piece)
            person, text = (owner, text) if owner else person_in(text, people)
            begun = begun_by(text, people)
            is_theirs = bool(person or reader.about or begun)
            person = person or reader.about
            is_name = bool(whole_name(text, people)) and not piece.marked
            if is_legend(piece.text, people):
                person, text, section, is_theirs = "", piece.text, "other", False
            elif is_name:
                person, section = whole_name(text, people), "other"
            elif not person and (section in ("discussed", "office") or reader.is_learnt):
                person = owners.of(piece, text)
            text = without_lead(text, person, language) if person else text
            owners.told(piece, section, person, is_theirs=is_theirs)
            is_of_nobody = (
                not person
                and section == "discussed"
                and reader.is_unheaded(is_by_heads=is_by_heads)
            )
            yield _ToldLine(
                piece,
                section,
                text,
                person,
                is_theirs and not is_name,
                reader.is_avoiding or reader.is_untold,
                is_of_nobody,
            )


def _have_gaps(blocks: Sequence[_Block], people: Sequence[Person]) -> bool:
    """Return whether empty lines stand inside what is below a name; in doubt they do.

    The last name is not asked: below it stands what is of nobody, too.
    """
    runs = [
        block.lines
        for block in blocks
        if block.heading
        and block.heading.rank > MARKDOWN_RANKS
        and whole_name(block.heading.text, people)
    ]
    return len(runs) < SEVERAL or any(one.is_after_gap for run in runs[:-1] for one in run[1:])


def _left_over(text: str) -> Section:
    """Return what a line is that is nobody's, in a note that goes through people one by one.

    What was said stands below whoever said it: the rest is the way there, pay, oneself.
    """
    return "discussed" if is_of_them(text) and not is_aside(text) else "other"


def _begins_with_one(text: str, people: Sequence[Person]) -> bool:
    return bool(person_in(text, people)[0] or begun_by(text, people) or whole_name(text, people))


class _OwnerReader:
    """Knows whose the lines of a block are that have no label, from what stands before them."""

    def __init__(self, people: Sequence[Person], *, has_gaps: bool) -> None:
        """Take whether an empty line may stand inside what is below a name."""
        self._people = people
        self._has_gaps = has_gaps
        self.open(())

    def open(self, lines: Sequence[JottedPiece]) -> None:
        """Begin a block."""
        named_at = (one.line for one in lines if _begins_with_one(one.text, self._people))
        self._last_named = max(named_at, default=0)
        self._indent = 0
        self._before = ""  # who was named last
        self._goes_on = ""  # whose the sentences of the same paragraph are
        self._last: JottedPiece | None = None

    def leaves(self, piece: JottedPiece, about: str) -> bool:
        """Return whether what stands below a name ends here: other lines, or something general.

        Only after an empty line, and not where a line goes on about them.
        """
        last = self._last
        if last is None or not piece.is_after_gap:
            return False
        is_other_form = last.is_bullet != piece.is_bullet or piece.indent < last.indent
        if self._has_gaps and not is_other_form and not is_aside(piece.text):
            return False
        return meant(piece.text, self._people, about) != about

    def of(self, piece: JottedPiece, text: str) -> str:
        """Return whose a line is that neither a label nor a heading gives to anybody."""
        if piece.is_after_gap:
            self._goes_on = ""
        is_going_on = self._goes_on and not is_of_several(text)
        if is_aside(text):
            return ""
        found = mentioned(text, self._people)
        by_word = meant(text, self._people, self._before)
        if found and is_going_on and by_word == self._goes_on and not begins_with(text, found):
            return self._goes_on  # "I told him to ask Imogen"
        if found or by_word:
            return found or by_word
        is_same = self._last is not None and self._last.line == piece.line
        if is_going_on and (is_same or self._is_more(piece, text)):
            return self._goes_on
        return self._people[0].name if len(self._people) == 1 else ""

    def _is_more(self, piece: JottedPiece, text: str) -> bool:
        """Return whether a line of its own says more of whom one before it named.

        Somebody is named further down, so it stands among lines of people; or it is further in, or
        begins with what they do. At the end of a note, and in a list, it may be of anything.
        """
        if text != piece.text:  # a label says what it is
            return False
        is_among = piece.line < self._last_named and not piece.is_bullet
        return is_among or piece.indent > self._indent or tells_of_one(text)

    def told(self, piece: JottedPiece, section: Section, person: str, *, is_theirs: bool) -> None:
        """Take whose a line is, and of what use; what one said oneself ends nothing."""
        self._before = person or self._before
        is_same = self._last is not None and self._last.line == piece.line
        if person or not (is_same or section == "angle"):
            self._goes_on = person
        if is_theirs:
            self._indent = piece.indent
        self._last = piece


def _blocks(body: str, first_line: int, people: Sequence[Person]) -> Iterator[_Block]:
    """Yield each heading with its lines; a plain line that stands over nothing is no heading."""
    block = _Block()
    for count, piece in enumerate(pieces(body, first_line, people)):
        if count > MOST_LINES:
            break
        if not piece.heading:
            block.lines.append(piece)
            continue
        if block.lines or block.heading:
            yield block
        block = _Block(piece)
    yield block


class _SectionReader:
    """Knows the section at each place of a note, from its first line to its last."""

    def __init__(self, people: Sequence[Person], lines: Sequence[JottedPiece]) -> None:
        self.about = ""  # the interviewer named by the heading
        self.is_of_a_run = False  # and it is a line without the marks of a heading
        self.is_avoiding = False  # "Don't mention:" stands over what follows
        self.is_learnt = False  # neither a heading nor a label says what the line is
        self.is_untold = False  # and it is like what people tell in confidence
        self._people = people
        self._lines = lines
        self._uses: dict[JottedPiece, Use] = {}  # of each line, once one was asked
        self._section: Section = "discussed"  # a note without headings is all "discussed"
        self._is_named = False  # by the words of a heading
        self._is_of_a_pronoun = False  # "me: …" heads what its writer did, "what I can do:" all
        self._line = 0  # of the piece before
        self._rank = 0  # of the heading that named the section; 0: no heading did
        self._is_of_a_person = False  # a name alone stands over the lines
        self._is_guessed = False  # its lines, and no words of the heading, named the section
        self._is_of_mood = False  # "Me" stands over how it went
        self._is_by_label = False  # a label, and no heading, named the section

    def open(self, block: _Block) -> None:
        """Take the section and the person of a block's heading."""
        if block.heading is None:
            return
        rank = block.heading.rank
        self.is_avoiding = is_request(block.heading.text)
        whole = whole_name(block.heading.text, self._people)
        self.about = whole or named(block.heading.text, self._people)
        rest = [] if whole else without_names(block.heading.text, self._people)
        self.is_of_a_run = rank > MARKDOWN_RANKS
        self._is_of_a_person = bool(self.about) and not any(len(word) > 1 for word in rest)
        if self._is_by_label and self._is_of_a_person:
            self._section = "discussed"
        self._is_by_label = False
        said = sections.section_of(" ".join(rest))
        is_of_one = len(self._people) == 1 and 0 < rank <= self._rank
        if said is None and self.about and not rest and is_of_one:
            said = "office"  # beside "The job", the one person's name means the person
        if said is None and self.about and _ABOUT.intersection(rest):
            said = "office"  # "About Renata"
        if said is not None and 0 < self._rank < rank and rank <= MARKDOWN_RANKS:
            said = said if sections.is_telling(" ".join(rest)) else None  # "Travel expenses"
        self._is_guessed = False
        self._is_of_mood = (
            sections.is_of_oneself(block.heading.text)
            and self.about == ""
            and any(is_of_mood(piece.text) for piece in block.lines)
        )
        is_title = not block.lines and self._rank == 0 and rank == 1
        if is_title:
            return
        if said is not None:
            # "Marelsa, entrevista" over the whole note is its title
            self._is_guessed = self._rank == 0 and self._is_title(rest, rank)
            self._section, self._rank = said, rank
            self._is_named = not self._is_guessed or said != "discussed"
        elif self.about and self._section in ("other", "angle") and rank >= _BOLD_RANK:
            self._section, self._rank = "discussed", _COLON_RANK  # a person, after "Logistics"
            self._is_named = False
        elif self._is_under_another(rank, is_name=bool(self.about)):
            return
        elif block.lines:
            self._section = sections.section_of_lines(piece.text for piece in block.lines)
            self._rank = rank
            self._is_guessed, self._is_named = True, False

    def _is_title(self, words: Sequence[str], rank: int) -> bool:
        return rank == 1 and not self.about and not sections.is_telling(" ".join(words))

    def section_of(self, piece: JottedPiece) -> tuple[Section, str, str]:
        """Return a line's section, its text, and whose it is, where a label says that.

        Where no heading rules, a label may name the section, and a line be of no use.
        """
        section, text, owner = self._told(piece)
        self._line = piece.line
        section = (sections.label_of(piece.column) if piece.column else None) or section
        is_theirs = bool(self.about or owner or person_in(piece.text, self._people)[0])
        is_ruled = not (self._is_open or self._is_guessed) or bool(piece.marked)
        is_labelled = text != piece.text or bool(piece.column)
        self.is_learnt = not (is_ruled or self._is_named or is_labelled) and section == "discussed"
        self.is_untold = False
        if not is_ruled and is_aside(text, is_theirs=is_theirs):
            section = "other"
        elif self.is_learnt:
            use = self._use_of(piece)
            self.is_untold = use == "untold"
            section = "other" if use == "untold" else use
        elif self._is_of_mood and section == "angle" and not piece.marked:
            is_deed = sections.section_of_line(text) == "angle" and not is_of_mood(text)
            section = "angle" if is_deed else "other"
        return section, text, owner

    def _use_of(self, piece: JottedPiece) -> Use:
        if not self._uses:
            said = uses_of([line.text for line in self._lines])
            self._uses = dict(zip(self._lines, said, strict=True))
        return self._uses[piece]

    def _told(self, piece: JottedPiece) -> tuple[Section, str, str]:
        text = re.sub(r"^\((\w+: .+)\)$", r"\1", piece.text)  # "(me: ran two of these)"
        if self._section == "angle" and (said := PRONOUN.match(text)):
            told = sections.section_of_line(text[said.end() :])
            self._section = "discussed" if self._is_open else self._section
            return ("discussed" if told == "angle" else told), piece.text, ""  # what they did
        if (said := _ONESELF.match(text)) and not self._is_open:
            return "angle", text[said.end() :], ""
        found = _LABEL.match(text) if self._is_open else None
        if found and not _ONESELF.match(text) and whole_name(found[1] or "", self._people):
            found = None  # "MY: …" is Mehmet Yıldız
        label, owner = _label(found), ""
        if found and label is None:  # "Maureen's office: …"
            label, owner = _owned_label(found, self._people)
        if found is None or label is None:
            if self._section == "angle" and self._is_open and not piece.is_bullet:
                told = sections.section_of_line(text)
                if told != "other" and _GOES_ON.match(text):
                    return "angle", piece.text, ""
                is_theirs = told in ("other", "office") or self._is_of_a_pronoun
                return (told if is_theirs else "angle"), piece.text, ""
            return self._section, piece.text, ""
        is_mine = bool(_ONESELF.match(text))
        if label == "angle" and self._is_of_a_person and not is_mine:
            # "idea: …" below a name is theirs
            return "discussed", text[found.end() :], owner
        # A plain line's label stands over what follows, but for one of a single matter or person.
        is_first = piece.line != self._line  # "Ich: …" inside a text is of one sentence
        if not piece.is_bullet and not owner and label != "other" and is_first:
            self._section, self._is_by_label = label, True
            self._is_named = label == "discussed"
            self._is_of_a_pronoun = bool(_ONESELF.match(text))
        return label, text[found.end() :], owner

    def is_unheaded(self, *, is_by_heads: bool) -> bool:
        """Return whether neither a heading nor a label says what the lines are.

        `is_by_heads`: the headings are people, or one title, so another says nothing of the talk.
        """
        is_of_nothing = self._is_guessed and is_by_heads
        return (self._is_open or is_of_nothing) and not self._is_by_label

    @property
    def _is_open(self) -> bool:
        """Whether no heading rules, so that the label of a line does."""
        return self._rank in (0, _COLON_RANK) or self._is_of_a_person

    def _is_under_another(self, rank: int, *, is_name: bool) -> bool:
        """Return whether a heading that names no section divides one, as a name may do anywhere."""
        if is_name and (rank >= _BOLD_RANK or self._rank == 0):
            return True
        return 0 < self._rank < rank


def _label(found: re.Match[str] | None) -> Section | None:
    """Return the section that a line's label names: "Office: an oar"."""
    return sections.label_of(found.group(1) or found.group(2)) if found else None


def _owned_label(found: re.Match[str], people: Sequence[Person]) -> tuple[Section | None, str]:
    """Return what the label of one interviewer's line names: "Renates Büro: …"."""
    label = found.group(1) or found.group(2)
    plain = " ".join(without_genitive(word, people) for word in label.split())
    owner = named(plain, people)
    rest = " ".join(without_names(plain, people))
    section = sections.label_of(rest) if owner and rest else None
    return (section, owner) if section == "office" else (None, "")


# ----------------------------------------------------------------------------------------- pieces


def pieces(body: str, first_line: int, people: Sequence[Person] = ()) -> Iterator[JottedPiece]:
    """Yield headings, bullets and sentences; a bullet goes on over its wrapped lines.

    A line that is only the name of one of the people is a heading, too. A cell of a table is a
    line, with the first of its row before it.
    """
    lines = _lines(_with_bullets(_without_comments(body)), first_line)
    headings = _Headings([line for _, line in lines], people)
    tables = _cells_of([line for _, line in lines], people)
    wrapped = _wrapped([line for _, line in lines])
    paragraph = _Paragraph()
    is_code = is_after_gap = False
    for index, (number, line) in enumerate(lines):
        heading = None if is_code or index in tables else headings.at(index)
        if _FENCE.match(line):
            yield from paragraph.ended()
            is_code = not is_code
        elif is_code:
            continue
        elif index in tables:
            yield from paragraph.ended()
            for column, cell in tables[index]:
                yield JottedPiece(number, clean_line(cell), is_bullet=True, column=column)
        elif heading is not None:
            yield from paragraph.ended()
            yield JottedPiece(number, clean_line(heading[1]), heading[0])
        elif bullet := _BULLET.match(line):
            yield from paragraph.ended()
            paragraph = _Paragraph(number, line, bullet.group(1), is_after_gap=is_after_gap)
        elif not line.strip() or _UNDERLINE.match(line):
            yield from paragraph.ended()
            paragraph = _Paragraph()
        else:
            if paragraph.texts and not (paragraph.goes_on(line) or index in wrapped):
                yield from paragraph.ended()
            if not paragraph.texts:
                paragraph = _Paragraph(number, line, is_after_gap=is_after_gap)
            else:
                paragraph.texts.append(line.strip())
        is_after_gap = not line.strip()
    yield from paragraph.ended()


def _wrapped(lines: Sequence[str]) -> frozenset[int]:
    """Return which lines go on with the one before: in paragraphs broken where a line was full."""
    found: set[int] = set()
    start = 0
    for end in range(len(lines) + 1):
        if end < len(lines) and lines[end].strip():
            continue
        block = lines[start:end]
        if _is_broken(block):
            is_plain = not any(
                _BULLET.match(line) or _SHORT_LABEL.match(line) or _HEADING.match(line)
                for line in block[1:]
            )
            found |= set(range(start + 1, end)) if is_plain else set()
        start = end + 1
    return frozenset(found)


def _is_broken(block: Sequence[str]) -> bool:
    """Return whether lines are one text that an editor broke where each was full, or its writer."""
    width = max(map(len, block), default=0)
    if len(block) < LEAST_WRAPPED or not NARROWEST <= width <= WIDEST:
        return False
    joints = list(pairwise(block))
    if all(len(line) + 1 + len(following.split()[0]) > width for line, following in joints):
        return True
    is_text = block[0][:1].isupper() and any(map(_SENTENCE_END.search, block))
    goes_on = any(line[-1:].isalpha() and following[:1].islower() for line, following in joints)
    return is_text and goes_on and min(len(line) for line, _ in joints) >= FULL * width


def _cells_of(lines: Sequence[str], people: Sequence[Person]) -> dict[int, list[tuple[str, str]]]:
    """Return for each row of a table what stands over a cell, and the cell as "first: cell".

    The row of heads, and the line under it, have none.
    """
    found: dict[int, list[tuple[str, str]]] = {}
    heads: list[str] = []
    for index, line in enumerate(lines):
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not line.lstrip().startswith("|") or len(cells) < LEAST_CELLS:
            heads = []
            continue
        following = lines[index + 1] if index + 1 < len(lines) else ""
        below = following.strip().strip("|").partition("|")[0]
        is_over_names = bool(whole_name(below, people)) and not whole_name(cells[0], people)
        if not _RULE.match(line) and (_RULE.match(following) or (not heads and is_over_names)):
            heads = cells
        is_row = not _RULE.match(line) and heads is not cells
        columns = [*heads, *[""] * len(cells)]
        found[index] = [
            (column, f"{cells[0]}: {cell}" if cells[0] else cell)
            for column, cell in zip(columns[1:], cells[1:], strict=False)
            if is_row and cell
        ]
    return found


class _Paragraph:
    """A bullet or some lines of text, gathered until something else begins."""

    def __init__(
        self,
        number: int = 0,
        line: str = "",
        bullet: str | None = None,
        *,
        is_after_gap: bool = False,
    ) -> None:
        """Begin with a line, and with what stands behind its bullet if it has one."""
        self._number, self._is_bullet, self._is_after_gap = number, bullet is not None, is_after_gap
        self._indent = len(line) - len(line.lstrip())
        begun = line.strip() if bullet is None else bullet
        self.texts = [begun] if line else []

    def goes_on(self, line: str) -> bool:
        """Return whether a line belongs to this bullet; "Office: an oar" below it does not."""
        return self._is_bullet and _label(_LABEL.match(line)) is None

    def ended(self) -> Iterator[JottedPiece]:
        """Yield what was gathered: a bullet as a whole, a text by its sentences; forget it."""
        text = " ".join(self.texts)
        self.texts.clear()
        for sentence in [text] if self._is_bullet else _sentences(text):
            cleaned = clean_line(sentence)
            if any(letter.isalnum() for letter in cleaned):
                yield JottedPiece(
                    self._number,
                    cleaned,
                    marked=_marked(sentence),
                    is_bullet=self._is_bullet,
                    indent=self._indent,
                    is_after_gap=self._is_after_gap,
                )
                self._is_after_gap = False


def _sentences(text: str) -> Iterator[str]:
    """Yield each sentence; "Dr.", "9.11.", "am 3. Juni" and "z. B." end none."""
    start = 0
    for end in _SENTENCE_END.finditer(text):
        before, after = text[start : end.start()], text[end.end() :]
        if not (is_abbreviated(text, end.start()) or _is_number(before, after)):
            yield before
            start = end.end()
    yield text[start:]


def _is_number(before: str, after: str) -> bool:
    """Return whether the full stop at the end belongs to a date or an ordinal."""
    found = _ORDINAL.search(before)
    if found is None:
        return False
    follows = re.match(r"[^\W\d_]+|\d+", after)
    word = follows.group().casefold() if follows else ""
    return bool(found["date"] or found["article"]) or word.isdigit() or bool(month_of(word))


def _lines(body: str, first_line: int) -> list[tuple[int, str]]:
    """Return each line with its number, as editors count; other breaks divide a line further."""
    return [
        (number, part.removeprefix("> "))
        for number, line in enumerate(_LINE_END.split(body), first_line)
        for part in line.splitlines() or [""]
    ]


class _Headings:
    """Tells which lines are headings: with #, underlined, bold, numbered, with a colon, or plain.

    A plain or numbered line is a heading only where its words name a section and something stands
    under it. People are consistent: where one such line of a note is a heading, all are that are
    numbered, or are as short and stand over bullets, or are in capitals.
    """

    def __init__(self, lines: list[str], people: Sequence[Person]) -> None:
        self._lines = lines
        self._people = people
        numbered = [n for n, line in enumerate(lines) if self._stands_over_lines(n, line)]
        names = any(self._names_a_section(_number(lines[n])) for n in numbered)
        self._numbered = frozenset(numbered if names else ())
        short = [n for n, line in enumerate(lines) if self._is_short_over_bullets(n, line)]
        names = any(self._names_a_section(lines[n]) for n in short)
        self._short = frozenset(short if names else ())
        capitals = [n for n, line in enumerate(lines) if self._is_short_in_capitals(n, line)]
        names = len(capitals) > 1 and any(self._names_a_section(lines[n]) for n in capitals)
        self._capitals = frozenset(capitals if names else ())
        first = lines[:MOST_LINES]
        named = [n for n, line in enumerate(first) if self._is_name_over_lines(n, line)]
        listed = [n for n in named if _BULLET.match(lines[n])]
        self._beside = frozenset(self._over_lines(lines) if len(listed) >= SEVERAL else ())

    def at(self, index: int) -> tuple[int, str] | None:
        """Return rank and text of the heading on a line; None: it is no heading."""
        line = self._lines[index]
        if found := _HEADING.match(line):
            return len(found.group(1)), found.group(2)
        if found := _DRAWN.match(line):
            return PLAIN_RANK, found.group(2)
        if not line.strip():
            return None
        if index in self._numbered:
            return PLAIN_RANK, _number(line)
        if not _BULLET.match(line) and (found_one := self._unmarked(index, line)):
            return found_one
        if self._is_name_over_lines(index, line) or index in self._beside:
            return _COLON_RANK, _BULLET.sub(r"\1", line).strip(" \t.:")
        return None

    def _unmarked(self, index: int, line: str) -> tuple[int, str] | None:
        following = self._lines[index + 1] if index + 1 < len(self._lines) else ""
        if _UNDERLINE.match(following) and len(line.split()) <= HEADING_WORDS:
            return (1 if "=" in following else 2), line.strip()
        for form, rank in ((_BOLD_LINE, _BOLD_RANK), (_COLON_LINE, _COLON_RANK)):
            found = form.match(line)
            if found and len(found.group(1).split()) <= HEADING_WORDS:
                return rank, found.group(1)
        return (PLAIN_RANK, line.strip()) if self._is_plain_heading(index, line) else None

    def _is_plain_heading(self, index: int, line: str) -> bool:
        words = len(line.split())
        following = self._next(index)
        if index in self._short or index in self._capitals:
            return True
        if words > UNMARKED_WORDS or _SENTENCE.search(line) or not following or line[:1] in " \t":
            return False
        if _FIGURE.search(line):  # "parking £9" says something, and names nothing below it
            return False
        is_over_bullets = bool(_BULLET.match("".join(self._lines[index + 1 : index + 2])))
        if line.isupper() and words <= HEADING_WORDS:
            return is_over_bullets or self._names_a_section(line)
        if sections.is_telling(line):
            return words <= ALONE_WORDS or bool(_BULLET.match(following))
        is_over_sentence = following[-1:] in (".", "!", "?") and words <= SHORT_WORDS
        if is_over_sentence and self._begins(index) and self._names_a_section(line):
            return True
        if sections.is_question(line) and sections.strength_of(line) > sections.TELLING:
            return words <= HEADING_WORDS
        return is_over_bullets and self._begins(index) and self._names_a_section(line)

    def _is_short_over_bullets(self, index: int, line: str) -> bool:
        return (
            0 < len(line.split()) <= SHORT_WORDS
            and line[:1] not in " \t>"
            and not (_BULLET.match(line) or _HEADING.match(line) or _SENTENCE.search(line))
            and self._begins(index)
            and bool(_BULLET.match("".join(self._lines[index + 1 : index + 2])))
        )

    def _is_short_in_capitals(self, index: int, line: str) -> bool:
        is_short = 0 < len(line.split()) <= SHORT_WORDS and line[:1] not in " \t>"
        return is_short and line.isupper() and bool(self._next(index)) and not _BULLET.match(line)

    def _is_name_over_lines(self, index: int, line: str) -> bool:
        """Return whether a line is only somebody's name, and what is about them stands under it.

        Under a bullet that is what is further in, under another line what begins there, or after
        an empty line where one stands over the name, too.
        """
        is_apart = index == 0 or not self._lines[index - 1].strip()
        following = self._next(index) if is_apart else "".join(self._lines[index + 1 : index + 2])
        if not following.strip() or not self._people or not whole_name(line, self._people):
            return False
        if whole_name(_BULLET.sub(r"\1", following), self._people) and not _BULLET.match(following):
            return False  # a list of names
        is_listed = bool(_BULLET.match(line)) and not _NUMBER.match(line)
        return not is_listed or _indent_of(following) > _indent_of(line)

    def _over_lines(self, lines: Sequence[str]) -> Iterator[int]:
        """Yield the short items of a list that stand over lines further in: "3. divers"."""
        for index, (line, following) in enumerate(pairwise(lines)):
            is_over = bool(following.strip()) and _indent_of(following) > _indent_of(line)
            if is_over and _BULLET.match(line) and not _indent_of(line):
                words = _BULLET.sub(r"\1", line).split()
                if 0 < len(words) <= SHORT_WORDS and _BULLET.match(following):
                    yield index

    def _begins(self, index: int) -> bool:
        """Return whether a line begins something: after a blank line, a heading or a bullet."""
        before = self._lines[index - 1] if index else ""
        return not before.strip() or bool(_BULLET.match(before) or _HEADING.match(before))

    def _stands_over_lines(self, index: int, line: str) -> bool:
        following = self._next(index)
        text = _number(line)
        return bool(text and following) and not (
            _SENTENCE.search(line)
            or len(text.split()) > HEADING_WORDS
            or _number(following)
            or _HEADING.match(following)
            or following[:1] in " \t"
        )

    def _names_a_section(self, text: str) -> bool:
        return sections.strength_of(text) >= sections.TELLING or sections.is_telling(text)

    def _next(self, index: int) -> str:
        """Return the next line that has something on it, of the two that follow."""
        return next((line for line in self._lines[index + 1 : index + 3] if line.strip()), "")


def _indent_of(line: str) -> int:
    return len(line) - len(line.lstrip())


def _number(line: str) -> str:
    """Return what stands after a number or a letter at the beginning of a line, or ""."""
    found = _NUMBER.match(line)
    return found.group(1).strip("*_: ") if found else ""


def _with_bullets(body: str) -> str:
    """Write a dash for the letter o that word processors make of a round bullet."""
    if len(_LETTER_BULLET.findall(body)) < LETTER_BULLETS:
        return body
    return _LETTER_BULLET.sub(r"\1- ", body)


def _without_comments(body: str) -> str:
    """Take out HTML comments, keeping the line breaks so that line numbers stay right."""
    return _COMMENT.sub(lambda found: "\n" * found.group().count("\n"), body)


def clean_line(text: str) -> str:
    """Return a jotted line as plain text: no Markdown marks, no tags, no control characters."""
    text = _LINK.sub(r"\1", text[: LONGEST_LINE * 2])
    text = _MARKS.sub("", _TAG.sub(" ", text))
    return one_line(text)[:LONGEST_LINE]


def _marked(text: str) -> tuple[str, ...]:
    """Return the phrases in bold."""
    found = (clean_line(mark[0] or mark[1]) for mark in _BOLD.findall(text[:LONGEST_LINE]))
    return tuple(phrase for phrase in found if any(map(str.isalnum, phrase)))
