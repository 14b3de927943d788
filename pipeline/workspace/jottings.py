"""Jotted Markdown as note lines: what is a heading, where a line begins, whose it is.

Takes the body of a note; gives `NoteLine`s. Nothing jotted is ever an error: what is not understood
is a note line of the section that it is in. What a heading means is told in `sections`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.records import NoteLine, Person, Section
from pipeline.text.avoided import apart, is_request
from pipeline.text.characters import one_line
from pipeline.text.comparable import plain_text
from pipeline.text.given_names import is_woman
from pipeline.text.month_names import month_of
from pipeline.text.names import key_of, parts_of, plain_letters
from pipeline.text.sentences import is_abbreviated
from pipeline.workspace import sections
from pipeline.workspace.asides import is_aside, is_occasion
from pipeline.workspace.sections import plain_words

LONGEST_LINE = 2_000  # no border test: far beyond real values
MOST_LINES = 5_000  # no border test: far beyond real values
HEADING_WORDS = 8  # a bold or colon-ended line with more words is a sentence, not a heading
UNMARKED_WORDS = 10  # of a plain line over bullets; those seen over bullets had at most nine
ALONE_WORDS = 6  # of a plain line that stands over plain lines, where a sentence is likelier
SHORT_WORDS = 4  # of a plain line over bullets that need not name a section
FIRST_LINES = 3  # among which may be when and with whom one talked; no border test: a habit
LETTER_BULLETS = 2  # lines that begin with "o " before it is a bullet: in Spanish it means "or"

# How high a heading ranks: one that says nothing belongs to the section of a higher one.
MARKDOWN_RANKS = 6
_BOLD_RANK, PLAIN_RANK, _COLON_RANK = 7, 8, 9

_HEADING = re.compile(r"^\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
# "== Overbeck ==", "--- in her office ---", "*** me ***": drawn by hand, and all of one rank.
_DRAWN = re.compile(r"^\s{0,3}([=*~_–—-])\1{1,}\s+(\S.{0,60}?)\s+\1{2,}\s*$")
_UNDERLINE = re.compile(r"^\s{0,3}(?:=+|-{2,})\s*$")
_BOLD_LINE = re.compile(r"^\s{0,3}(?:\*\*|__)(.{1,80}?):?(?:\*\*|__):?\s*$")
_COLON_LINE = re.compile(r"^\s{0,3}([^\s\-*+•·§–—\d].{0,60}?)\s*[:：]\s*$")
_NUMBER = re.compile(r"^\s{0,3}(?:\(?\d{1,2}[.)]|\(?[a-zA-Z]\)|[IVX]{1,4}\.)\s+(.*\S)\s*$")
_BULLET = re.compile(
    r"^\s*(?:(?:[-*+•·§–—‣◦▪▸►→○●■□☐✓✔∙‐]|\d{1,3}[.)]|\(\d{1,3}\)|[a-z]\)|o(?=\t))\s+"
    r"|[-–—•·§▪●](?=[^\W\d_]))(?:\[[ xX]\]\s+)?(.*)$"
)
_LETTER_BULLET = re.compile(r"^(\s*)o\s+(?=\S)", re.MULTILINE)
_LINE_END = re.compile(r"\r\n|\r|\n")
_FENCE = re.compile(r"^\s*(?:```|~~~)")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+(?=[\"'“(]?[A-ZÀ-ÞА-Я0-9])")
_ORDINAL = re.compile(
    r"(?:(?P<date>(?<!\d)\d{1,2}\.\s?\d{1,2})|(?P<article>(?:\b(?:am|im|der|die|das|den|dem|des|zum|zur|"
    r"vom|bis|ab|und|bis zum|jede[rnms]?|seine?[rnms]?|ihre?[rnms]?)\s|^))?(?<!\d)\d{1,2})\.$",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.!…;,]\s*$")
_FIGURE = re.compile(r"[£$€¥]|\d\s?k\b", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)\s]*(?:\s+\"[^\"]*\")?\)")
_BOLD = re.compile(r"\*\*(?=\S)([^*]{1,200})\*\*|(?<!\w)__(?=\S)([^_]{1,200})__(?!\w)")
_MARKS = re.compile(r"(?<![\w*])[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}(?![\w*])|`+|~~")
_LABEL = re.compile(
    r"^(?:([^:：=\[\]()#]{1,50}?)\s*(?:[:：=]|\s[-–—→])\s+|[\[(#]([\w ]{1,30})[\])]?\s+)(?=\S)"
)
_SUBJECT = re.compile(
    r"^(?P<name>[A-ZÀ-Þ][\w'’.-]*(?: (?:von|van|de|del|le|la|der)?\s?[A-ZÀ-Þ][\w'’.-]*){0,3})"
    r"(?:\s*\([^()]*\))?,? (?P<next>[a-zà-ÿ]\w*)"
)
_INITIALS = re.compile(r"[A-ZÀ-Þ]\.?(?:[ -]?[A-ZÀ-Þ]\.?){0,2}")
# "MO umpires", "OB knits": without a mark behind them.
_BARE_INITIALS = re.compile(r"(?<![\w.])[A-ZÀ-Þ]{2,3}(?![\w.-])")
_DOTTED = re.compile(  # "Dr. L. spielt", "P.-V. zählt"
    r"(?:(?:Dr|Prof|Hr|Fr|Mr|Mrs|Ms|M|Mme|Sr|Sra)\.?\s)?([A-ZÀ-Þ]\.(?:-?[A-ZÀ-Þ]\.)*)\s(?=[a-zà-ÿ])"
)
_NO_INITIALS = frozenset("AI BA EU HR IT OR PM PR QA UK US".split())  # whoever is called so
_JOINED = frozenset("and und et y e or oder ou o from at of the von".split())
_VERBS = frozenset(
    "is was has had does did likes loves says said wants asked told knows hat ist war macht mag "
    "sagt sagte will fragt fragte est dit veut aime tiene dice quiere".split()
)
# Given names that are words, too: "Will they …", "Grant money", "Max throughput".
_WORDS_TOO = frozenset(
    "will mark grant bill may hope art rose sue pat rich max faith grace joy june april dawn rob "
    "chase drew skip chip cliff dale rusty sandy sunny guy ray van jack page price case long "
    "young day cash major stark wolf lang kurz gross pierre rosa".split()
)
# Who is meant by a word before a colon: "lui: vient de Lille".
_PRONOUN = re.compile(
    r"(?:(?P<her>elle|sie|ihr|she|her|ella)|lui|il|er|ihm|he|him|él)\s*[:：]\s+(?=\S)",
    re.IGNORECASE,
)
_ONESELF = re.compile(r"(?:ich|me|i|moi|yo)\s*[:：]\s+(?=\S)", re.IGNORECASE)
_GOES_ON = re.compile(r"(?:also|and|plus|auch|und|außerdem|aussi|et|también|y)\s", re.IGNORECASE)
_TITLES = frozenset(
    "mr mrs ms miss dr prof professor sir herr herrn hr hrn frau fr mme mlle m monsieur madame "
    "sr sra srta senor senora don dona".split()
)
_TOKEN = re.compile(r"[^\s/,;:&+|()]+")
_ABOUT = frozenset("about uber sur sobre zu".split())


@dataclass(frozen=True, slots=True)
class JottedPiece:
    """A bullet, a sentence or a heading, with the line where it begins."""

    line: int
    text: str
    rank: int = 0  # of a heading, from 1, the highest; 0: a line
    marked: tuple[str, ...] = ()  # its words in bold
    is_bullet: bool = False

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
    reader = _SectionReader(people)
    names = [_without_titles(person.name) for person in people]
    for number, block in enumerate(_blocks(body, first_line)):
        reader.open(block)
        before = ""  # who was named last in the block
        for at, piece in enumerate(block.lines):
            is_first = number == 0 and block.heading is None and at < FIRST_LINES
            if is_first and not piece.marked and is_occasion(piece.text, names):
                yield NoteLine(file, piece.line, "other", piece.text)
                continue
            section, text, owner = reader.section_of(piece)
            person, text = (owner, text) if owner else _person_in(text, people)
            person = person or reader.about
            if not person and section in ("discussed", "office"):
                person = _mentioned(text, people) or _meant(text, people, before)
            before = person or before
            said, avoided = ("", text) if reader.is_avoiding else apart(text)
            marked = tuple(phrase for phrase in piece.marked if phrase in said)
            place = section if said else "other"
            yield NoteLine(file, piece.line, place, said or text, person, marked, avoided)


def _blocks(body: str, first_line: int) -> Iterator[_Block]:
    """Yield each heading with its lines; a plain line that stands over nothing is no heading."""
    block = _Block()
    for count, piece in enumerate(pieces(body, first_line)):
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

    def __init__(self, people: Sequence[Person]) -> None:
        self.about = ""  # the interviewer named by the heading
        self.is_avoiding = False  # "Don't mention:" stands over what follows
        self._people = people
        self._section: Section = "discussed"  # a note without headings is all "discussed"
        self._is_of_a_pronoun = False  # "me: …" heads what its writer did, "what I can do:" all
        self._rank = 0  # of the heading that named the section; 0: no heading did
        self._is_of_a_person = False  # a name alone stands over the lines
        self._is_by_label = False  # a label, and no heading, named the section

    def open(self, block: _Block) -> None:
        """Take the section and the person of a block's heading."""
        if block.heading is None:
            return
        rank = block.heading.rank
        self.is_avoiding = is_request(block.heading.text)
        self.about = _named(block.heading.text, self._people)
        rest = _without_names(block.heading.text, self._people)
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
        is_title = not block.lines and self._rank == 0 and rank == 1
        if is_title:
            return
        if said is not None:
            self._section, self._rank = said, rank
        elif self.about and self._section in ("other", "angle") and rank >= _BOLD_RANK:
            self._section, self._rank = "discussed", _COLON_RANK  # a person, after "Logistics"
        elif self._is_under_another(rank, is_name=bool(self.about)):
            return
        elif block.lines:
            self._section = sections.section_of_lines(piece.text for piece in block.lines)
            self._rank = rank

    def section_of(self, piece: JottedPiece) -> tuple[Section, str, str]:
        """Return a line's section, its text, and whose it is, where a label says that.

        Where no heading rules, a label may name the section, and a line be of no use.
        """
        section, text, owner = self._told(piece)
        if self._is_open and not piece.marked and is_aside(text):
            section = "other"
        return section, text, owner

    def _told(self, piece: JottedPiece) -> tuple[Section, str, str]:
        text = re.sub(r"^\((\w+: .+)\)$", r"\1", piece.text)  # "(me: ran two of these)"
        if self._section == "angle" and (said := _PRONOUN.match(text)):
            told = sections.section_of_line(text[said.end() :])
            self._section = "discussed" if self._is_open else self._section
            return ("discussed" if told == "angle" else told), piece.text, ""  # what they did
        if (said := _ONESELF.match(text)) and not self._is_open:
            return "angle", text[said.end() :], ""
        found = _LABEL.match(text) if self._is_open else None
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
        # A plain line's label stands over what follows, but for one of a single matter or person.
        if not piece.is_bullet and not owner and label != "other":
            self._section, self._is_by_label = label, True
            self._is_of_a_pronoun = bool(_ONESELF.match(text))
        return label, text[found.end() :], owner

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
    plain = " ".join(_without_genitive(word, people) for word in label.split())
    owner = _named(plain, people)
    rest = " ".join(_without_names(plain, people))
    section = sections.label_of(rest) if owner and rest else None
    return (section, owner) if section == "office" else (None, "")


def _without_genitive(word: str, people: Sequence[Person]) -> str:
    bare = word.rstrip("'’")
    given = {part for person in people for part in _names_of(person)}
    is_own = bare[-1:] == "s" and _letters(bare[:-1]) in given and _letters(bare) not in given
    return bare[:-1] if is_own else bare


def _without_titles(name: str) -> str:
    return " ".join(word for word in name.split() if word.strip(".").casefold() not in _TITLES)


def _named(text: str, people: Sequence[Person]) -> str:
    """Return the full name of the one interviewer of whom a text has a name, or ""."""
    words = set(_letters(text).split())
    found = [p.name for p in people if words & _names_of(p)]
    return found[0] if len(set(found)) == 1 else ""


def _letters(text: str) -> str:
    return plain_letters(plain_text(text).replace("'s", "").replace("'S", ""))


def _names_of(person: Person) -> set[str]:
    return {part for part in key_of(person.name).split() if len(part) > 2}


def _without_names(heading: str, people: Sequence[Person]) -> list[str]:
    """Return a heading's words but for the interviewers' names: "Wes - private" is private."""
    if not _named(heading, people):
        return plain_words(heading)
    names = _TITLES.union(*map(_names_of, people))
    return [
        word
        for token in _TOKEN.findall(heading)
        if not names.issuperset(_letters(token).split())
        for word in plain_words(token)
    ]


def _person_in(text: str, people: Sequence[Person]) -> tuple[str, str]:
    """Return whom a line is about, and the rest: "Renata: big photo", "Imran's mug: …"."""
    if said := _PRONOUN.match(text):
        person = _of_gender(people, is_her=bool(said["her"]))
        return person, text[said.end() :] if person else text
    opening = re.match(r"^([^:=–—]{1,60}?)\s*(:|=|-+>|→|=>|\s[-–—])\s+(?=\S)", text)
    if not opening:
        return _possessive(text, people), text
    name = re.sub(r"^[A-Z][a-z]{1,3}\.?\s(?=[A-Z]\.)", "", opening.group(1))  # "Dr. L."
    if by_initial := _of_initial(name, people):
        return by_initial, text[opening.end() :]
    person = _named(name, people)
    if person and not _without_names(name, people):
        return person, text[opening.end() :]
    return _possessive(text, people), text


def begins_with_pronoun(text: str) -> bool:
    """Return whether a line begins with a pronoun and a colon: somebody else is meant."""
    return bool(_PRONOUN.match(text))


def _of_gender(people: Sequence[Person], *, is_her: bool) -> str:
    """Return the one person who is known to be a woman, or a man; "" where it may be several."""
    found = [one.name for one in people if is_woman(parts_of(one.name)) is is_her]
    return found[0] if len(found) == 1 else ""


# Words for one person inside a line; of "sie" and "il" only where no "they" or "it" is likelier,
# and of "ihr" and "le" nothing but that somebody is meant: the last who was named.
_SHE = re.compile(
    r"(?<!\w)(?:she|her|hers|herself|elle|ella|bei ihr|von ihr|"
    r"sie (?:will|hat|ist|mag|möchte|sagt|findet|war|"
    r"hätte|kennt|glaubt|denkt|fragt|sucht|braucht|kommt|spielt|macht))(?!\w)",
    re.IGNORECASE,
)
_HE = re.compile(
    r"(?<!\w)(?:he|his|him|himself|er|ihm|ihn|seine?[rnms]?|él|"
    r"il (?!y\b|faut|manque|reste|est (?:question|possible|prévu|clair)|s'agit))(?!\w)",
    re.IGNORECASE,
)
_ONE_OF_THEM = re.compile(
    r"(?<!\w)(?:ihre?[rnms]?|le (?:interes|gust|preocup|encant|import)\w+|lui)(?!\w)",
    re.IGNORECASE,
)


def _mentioned(text: str, people: Sequence[Person]) -> str:
    """Return the one interviewer whose name a line has anywhere: "…; Tom wants it in six weeks"."""
    first = re.match(r"[a-zà-ÿ]{4,}(?=\s)", text)  # "priya COO. v. quick"
    if first and _is_name(first.group(), "", people):
        return _named(first.group(), people)
    bare = [word for word in _BARE_INITIALS.findall(text) if word not in _NO_INITIALS]
    meant = {person for word in bare if (person := _of_initial(word, people))}
    if len(meant) == 1:
        return meant.pop()
    names = [found.group() for found in _NAME.finditer(text)]
    alone = [name for name in names if " " not in name and name.casefold() not in _WORDS_TOO]
    whole = [name for name in names if " " in name and not _without_names(name, people)]
    if not names:
        small = _SMALL_NAME.findall(text)
        alone = [word for word, following in small if _is_name(word, following, people)]
    return _named(" ".join((*alone, *whole)), people)


def _is_name(word: str, following: str, people: Sequence[Person]) -> bool:
    """Return whether a word in small letters is a name: "dana contributes", "petzold hat"."""
    parts = ([part for part in key_of(one.name).split() if part not in _TITLES] for one in people)
    given = {names[0] for names in parts if names}
    return word not in _WORDS_TOO | _TITLES and (word in given or following in _VERBS)


def _meant(text: str, people: Sequence[Person], before: str) -> str:
    """Return who is meant by "she" or "he" in a line: the last named who may be, or the only one.

    "" where a line has no such word, or may mean any of several.
    """
    if begins_with_pronoun(text):  # it has been asked whose that is
        return ""
    is_her, is_him = bool(_SHE.search(text)), bool(_HE.search(text))
    if (is_her and is_him) or not (is_her or is_him or _ONE_OF_THEM.search(text)):
        return ""
    may_be = people if not (is_her or is_him) else _may_be(people, is_her=is_her)
    names = [person.name for person in may_be]
    may_be_before = bool(before) and is_woman(parts_of(before)) in (is_her, None)
    if before in names or (may_be_before and (is_her or is_him)):
        return before
    return names[0] if len(names) == 1 and (is_her or is_him) else ""


def _may_be(people: Sequence[Person], *, is_her: bool) -> list[Person]:
    """Return who is known to be a woman, or a man; where nobody is, who is not known not to be."""
    told = [(person, is_woman(parts_of(person.name))) for person in people]
    return [one for one, known in told if known is is_her] or [
        one for one, known in told if known is None
    ]


# A name with what else has a capital beside it: "Thomas Cook" is no Thomas.
_NAME = re.compile(r"(?<!\w)[A-ZÀ-Þ][\w-]+(?:\.?\s[A-ZÀ-Þ][\w-]+)*")


_SMALL_NAME = re.compile(r"(?:^|[,;.]\s)([a-zà-ÿ]{3,})\s([a-zà-ÿ]+)")


def _of_initial(written: str, people: Sequence[Person]) -> str:
    """Return the one interviewer whose initials these are: "R.:" for Anneliese Rothgerber."""
    if not _INITIALS.fullmatch(written):
        return ""
    letters = [letter.casefold() for letter in written if letter.isalpha()]
    found = []
    for person in people:
        initials = [part[0] for part in key_of(person.name).split() if part not in _TITLES]
        is_last = len(letters) > 1 and letters == initials[1:]  # "P.-V." of Petersen-Voss
        if letters == initials or is_last or (len(letters) == 1 and letters[0] in initials):
            found.append(person.name)
    return found[0] if len(found) == 1 else ""


def _possessive(text: str, people: Sequence[Person]) -> str:
    if dotted := _DOTTED.match(text):
        return _of_initial(dotted[1], people)
    opening = re.match(r"^(\S+(?:\s\S+)?)['’]s\b", text)
    return _named(opening.group(1), people) if opening else subject_of(text, people)[0]


def subject_of(text: str, people: Sequence[Person]) -> tuple[str, str]:
    """Return whom a line is about that begins with a name, and the rest: "Petzold swims".

    A small letter follows ("Grant money runs out" is about none), and no "and Imran".
    """
    opening = _SUBJECT.match(text)
    if opening is None or opening["next"].casefold() in _JOINED:
        return "", text
    name = opening["name"]
    is_name = name.split()[0].rstrip(".").casefold() in _TITLES or " " in name
    if not is_name and (name.casefold() in _WORDS_TOO and opening["next"] not in _VERBS):
        return "", text
    person = _named(name, people)
    if not person or any(len(word) > 2 for word in _without_names(name, people)):
        return "", text
    return person, text[opening.start("next") :]


# ----------------------------------------------------------------------------------------- pieces


def pieces(body: str, first_line: int) -> Iterator[JottedPiece]:
    """Yield headings, bullets and sentences; a bullet goes on over its wrapped lines."""
    lines = _lines(_with_bullets(_without_comments(body)), first_line)
    headings = _Headings([line for _, line in lines])
    paragraph = _Paragraph()
    is_code = False
    for index, (number, line) in enumerate(lines):
        heading = None if is_code else headings.at(index)
        if _FENCE.match(line):
            yield from paragraph.ended()
            is_code = not is_code
        elif is_code:
            continue
        elif heading is not None:
            yield from paragraph.ended()
            yield JottedPiece(number, clean_line(heading[1]), heading[0])
        elif bullet := _BULLET.match(line):
            yield from paragraph.ended()
            paragraph = _Paragraph(number, [bullet.group(1)], is_bullet=True)
        elif not line.strip() or _UNDERLINE.match(line):
            yield from paragraph.ended()
            paragraph = _Paragraph()
        else:
            if paragraph.texts and not paragraph.goes_on(line):
                yield from paragraph.ended()
            if not paragraph.texts:
                paragraph = _Paragraph(number)
            paragraph.texts.append(line.strip())
    yield from paragraph.ended()


class _Paragraph:
    """A bullet or some lines of text, gathered until something else begins."""

    def __init__(
        self, number: int = 0, texts: Sequence[str] = (), *, is_bullet: bool = False
    ) -> None:
        self._number, self.texts, self._is_bullet = number, [*texts], is_bullet

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
                    self._number, cleaned, marked=_marked(sentence), is_bullet=self._is_bullet
                )


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

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        numbered = [n for n, line in enumerate(lines) if self._stands_over_lines(n, line)]
        names = any(self._names_a_section(_number(lines[n])) for n in numbered)
        self._numbered = frozenset(numbered if names else ())
        short = [n for n, line in enumerate(lines) if self._is_short_over_bullets(n, line)]
        names = any(self._names_a_section(lines[n]) for n in short)
        self._short = frozenset(short if names else ())
        capitals = [n for n, line in enumerate(lines) if self._is_short_in_capitals(n, line)]
        names = len(capitals) > 1 and any(self._names_a_section(lines[n]) for n in capitals)
        self._capitals = frozenset(capitals if names else ())

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
        if _BULLET.match(line):
            return None
        return self._unmarked(index, line)

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
