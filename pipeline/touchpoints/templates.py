"""The templates of messages: our own in `built_in/`, and the candidate's, which win.

A template is plain text: paragraphs with {placeholders}. Its first line is the subject. A paragraph
may be given in several wordings, each begun with `or:`; those after `else:` are used only where
none before has all its values. One that begins with `and:` goes on where the one before it ends. A
wording with an empty placeholder is never used, and a paragraph without a usable wording is left
out. `[+ …]` says what may be added: it stands beside the message
and not in it. There is nothing else, so a template can run nothing.

Takes the text of a template; gives a `Letter` to fill in, or its mistakes as `Problem`s. What the
placeholders mean is in `PLACEHOLDERS`, one table for the check, the documentation and the drafts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, get_args

from pipeline.records import Kind, Problem, Template
from pipeline.records.record import dataclass
from pipeline.text.characters import one_line
from pipeline.text.spelling import did_you_mean
from pipeline.touchpoints.sources import Piece, text_of

# Characters of a subject, as far as there is a wording so short: a telephone's list shows 30 to 60
# of them, and a longer headline is no subject that a person writes.
LONGEST_SUBJECT = 60
MOST_WORDS = 150  # career-ops' guard, and a screen of a phone
# no border test: far beyond real values
LONGEST_TEMPLATE = 10_000  # characters; ours have some 4,000

BUILT_IN = Path(__file__).with_name("built_in")
_BRACES = re.compile(r"\{(\w*)\}|[{}]")
_BREAK = "\n\n"  # between two paragraphs
_OPTION = re.compile(r"\s*\[\+\s*([^\[\]]*)\]")
_NEXT = re.compile(r"(or|else):\s*", re.IGNORECASE)
_AND = re.compile(r"and:\s*", re.IGNORECASE)
_SUBJECT = re.compile(r"subject:\s*", re.IGNORECASE)

# What every recipient has read too often; our templates are tested against it, a phrase of the
# candidate's notes that holds one becomes a gap. From career-ops' and recruiters' lists.
WORN_OUT = (
    "just checking in", "touching base", "touch base", "circle back", "circling back",
    "hope this finds you well", "hope this email finds", "hope you are doing well",
    "hope all is well", "follow up on my application", "following up on", "just following up",
    "as per my last", "per my last email", "pick your brain", "reach out", "reaching out",
    "at your earliest convenience", "low-hanging fruit", "synergy", "synergies",
    "move the needle", "quick question", "think outside the box", "passionate about",
    "hit the ground running", "value-add", "perfect fit", "great fit", "came away even more",
    "look forward to hearing from you", "do not hesitate to contact", "don't hesitate to contact",
    "thank you in advance", "thanks in advance", "bumping this", "deep dive",
    "excited about the opportunity", "dream job",
)  # fmt: skip


def worn_out(text: str) -> tuple[str, ...]:
    """Return the phrases in a text that everybody has read too often."""
    plain = " ".join(text.casefold().replace("’", "'").split())
    there = (item for item in WORN_OUT if item in plain)
    return tuple(item for item in there if re.search(rf"\b{re.escape(item)}\b", plain))


# --------------------------------------------------------------------------------- placeholders


@dataclass(frozen=True, slots=True)
class Placeholder:
    """One name that a template may use."""

    meaning: str
    example: str
    kinds: tuple[str, ...] = ()  # of messages that know it; empty: all of them
    always: tuple[str, ...] = ()  # of messages in which it is never empty


KINDS: tuple[str, ...] = get_args(Kind)
_WITH_STORY = ("thank_you", "congratulation", "tidbit", "contribution", "check_in")
_STORY_ALWAYS = ("congratulation", "tidbit", "contribution")
_ON_THE_TALK = ("thank_you", "tidbit", "check_in", "farewell")
_ON_ITS_STORY = ("thank_you", "tidbit", "check_in", "contribution")

PLACEHOLDERS: dict[str, Placeholder] = {
    "greeting": Placeholder("the greeting of your settings", "Dear Renata,", (), KINDS),
    "signature": Placeholder(
        "closing and name of your settings, a line each", "Kind regards\nSam Reyes", (), KINDS
    ),
    "first_name": Placeholder("how one greets them", "Renata"),
    "last_name": Placeholder("their family name", "Kowalczyk"),
    "full_name": Placeholder("their whole name", "Renata Kowalczyk"),
    "post": Placeholder("their post, from the head of your notes", "VP Customer Success"),
    "company": Placeholder("the company's name", "Oracle", (), KINDS),
    "role": Placeholder("the role you applied for", "Senior Consultant"),
    "interview_day": Placeholder(
        "the day you talked: “yesterday”, “on Monday”", "on Monday", (), KINDS
    ),
    "weeks": Placeholder("how long ago, from a week on: “three weeks”", "three weeks"),
    "topic": Placeholder(
        "what you talked about, as marked in your notes",
        "the takeover of the rival HR vendor",
        _ON_THE_TALK,
    ),
    "own_topic": Placeholder(
        "the same, where your notes say that this person raised it",
        "the takeover of the rival HR vendor",
        _ON_THE_TALK,
    ),
    "object": Placeholder(
        "the topic in the case that follows “über” in German; empty for a question or their words",
        "the takeover of the rival HR vendor",
        _ON_THE_TALK,
    ),
    "own_object": Placeholder(
        "the same, where this person raised it", "the takeover of the rival HR vendor", _ON_THE_TALK
    ),
    "story_object": Placeholder(
        "the same, where that line of your notes found the article",
        "the takeover of the rival HR vendor",
        _ON_ITS_STORY,
    ),
    "fact": Placeholder(
        "what you did that has to do with the topic or the article: “I ran the supplier ramp-up”",
        "I ran the supplier ramp-up for two plants",
        _ON_ITS_STORY,
    ),
    "experience": Placeholder(
        "the same, where your line names it without a verb: “two supplier ramp-ups”",
        "two supplier ramp-ups",
        _ON_ITS_STORY,
    ),
    "own_words": Placeholder(
        "what they said, in their words, where you marked it so",
        "your line “nobody tests on a Friday”",
        _ON_THE_TALK,
    ),
    "story": Placeholder(
        "headline, publisher and day of the article, with its address on the next line",
        '"Oracle opens a support centre in Ohio" (Harbour Post, 23 November)\n'
        "https://news.example/centre",
        _WITH_STORY,
        _STORY_ALWAYS,
    ),
    "headline": Placeholder(
        "the headline alone", "Oracle opens a support centre in Ohio", _WITH_STORY, _STORY_ALWAYS
    ),
    "publisher": Placeholder("who published it", "Harbour Post", _WITH_STORY),
    "story_day": Placeholder("when it was published", "23 November", _WITH_STORY),
    "link": Placeholder("its address", "https://news.example/centre", _WITH_STORY),
    "honour": Placeholder(
        "what they are honoured with, or their new post, as one says it to them",
        "your award",
        ("congratulation",),
    ),
    "appearance": Placeholder(
        "the same of a talk, an interview or an article of theirs",
        "your keynote",
        ("congratulation",),
    ),
    "promotion": Placeholder(
        "the article's address, where it tells of a new post of theirs",
        "https://news.example/post",
        ("congratulation",),
    ),
    "prize": Placeholder(
        "the same, where they are honoured",
        "https://news.example/prize",
        ("congratulation",),
    ),
    "talk": Placeholder(
        "the same, where they give a talk or an interview",
        "https://news.example/talk",
        ("congratulation",),
    ),
    "article": Placeholder(
        "the same, where they wrote it",
        "https://news.example/article",
        ("congratulation",),
    ),
    "story_topic": Placeholder(
        "what you talked about, where that line of your notes found the article",
        "the takeover of the rival HR vendor",
        _ON_ITS_STORY,
    ),
    "interest": Placeholder(
        "the topic whose feed brought the article, by its name in feeds.yaml",
        "sailing",
        ("thank_you", "tidbit"),
    ),
    "arranged": Placeholder(
        "nothing; a wording with it is used only for who arranges it: a recruiter, an assistant",
        "",
        ("thank_you",),
    ),
    "talked_of": Placeholder(
        "nothing; a wording with it is used only where the article is on what you talked about",
        "",
        ("contribution", "check_in"),
    ),
    "achieved": Placeholder(
        "nothing; a wording with it is used only where the article tells of a success of theirs, "
        "or of the band or club that their own line names",
        "",
        _WITH_STORY,
    ),
    "perhaps_theirs": Placeholder(
        "nothing; a wording with it is used only where it tells of a success that may be theirs",
        "",
        ("thank_you", "tidbit"),
    ),
    "passage": Placeholder(
        "the article's sentence that fits your notes best, in the language of the message",
        "“The first customers move in spring.”",
        _WITH_STORY,
    ),
    "with_story": Placeholder(
        "nothing; a wording with it is used only where there is an article",
        "",
        _WITH_STORY,
        _STORY_ALWAYS,
    ),
    "of_theirs": Placeholder(
        "nothing; a wording with it is used only where the headline has a name of their own line",
        "",
        ("thank_you", "tidbit"),
    ),
    "named": Placeholder(
        "nothing; a wording with it is used only where the article names them, and is no bad news",
        "",
        _WITH_STORY,
    ),
    "belongs": Placeholder(
        "nothing; a wording with it is used only where the headline names what they belong to",
        "",
        ("thank_you", "tidbit"),
    ),
    "in_common": Placeholder(
        "the words that the headline has in common with what you saw: “Kirkhope Moss”",
        "Kirkhope Moss",
        ("thank_you", "tidbit"),
    ),
    "good_news": Placeholder(
        "nothing; a wording with it is used only where the article is plainly good news of theirs",
        "",
        _WITH_STORY,
    ),
    "company_news": Placeholder(
        "the words “the news about Oracle”, where the article is the company's own news",
        "the news about Oracle",
        _WITH_STORY,
    ),
    "conversation": Placeholder(
        "the words “our conversation”; empty where the article is for a personal interest",
        "our conversation",
        _WITH_STORY,
    ),
    "no_story": Placeholder(
        "nothing; a wording with it is used only where there is no article", "", ("check_in",)
    ),
    "skill": Placeholder(
        "what you did, from the line that fits: “I ran the supplier ramp-up”",
        "I ran the supplier ramp-up for two plants",
        ("contribution",),
    ),
    "useful": Placeholder(
        "the words marked in that line: what they can use straight away",
        "customs papers were the bottleneck",
        ("contribution",),
    ),
    "decision_day": Placeholder(
        "the day by which they hoped to decide", "Friday 18 December", ("decision",)
    ),
    "named_day": Placeholder(
        "the same, where they named it in an answer", "Friday 18 December", ("decision",)
    ),
    "heard_day": Placeholder(
        "the same, where somebody else there did", "Friday 18 December", ("decision",)
    ),
    "new_day": Placeholder(
        "the day of the decision that they named in their answer",
        "Friday 18 December",
        ("answer",),
    ),
    "invitation": Placeholder(
        "nothing; a wording with it is used only where they invited you", "", ("answer",)
    ),
    "promised": Placeholder(
        "what they promised, in your words",
        "the figures of Q3",
        ("answer", "reminder"),
        ("reminder",),
    ),
    "promised_day": Placeholder(
        "by which day", "Friday 11 December", ("answer", "reminder"), ("reminder",)
    ),
    "offer": Placeholder(
        "nothing; a wording with it is used only after an offer", "", ("farewell",)
    ),
    "once_more": Placeholder(
        "the words “once more”, where you have asked before", "once more", ("decision",)
    ),
}


def placeholders_of(kind: str) -> list[str]:
    """Return the names that a template of this kind may use."""
    return [name for name, item in PLACEHOLDERS.items() if not item.kinds or kind in item.kinds]


def placeholders_markdown() -> str:
    """Return the table of placeholders for the documentation."""
    head = "| placeholder | what it is | kinds of message |\n|---|---|---|\n"
    rows = (
        f"| `{{{name}}}` | {item.meaning} | {', '.join(item.kinds) or 'all'} |\n"
        for name, item in PLACEHOLDERS.items()
    )
    return head + "".join(rows)


# -------------------------------------------------------------------------------------- letters

Values = Mapping[str, tuple[Piece, ...]]  # empty or missing: the notes or the news do not give it
Choose = Callable[[Sequence[str]], str]
Paragraph = tuple[tuple[str, ...], ...]  # wordings of equal rank, the preferred ones first


@dataclass(frozen=True, slots=True)
class Letter:
    """A template, ready to be filled in."""

    file: str  # of the candidate's own; "" for ours
    subject: Paragraph
    body: tuple[Paragraph, ...]
    goes_on: frozenset[int] = frozenset()  # the paragraphs that are no paragraph of their own

    def fill(self, values: Values, choose: Choose) -> tuple[list[Piece], list[Piece]]:
        """Return subject and body; `choose` picks one of several usable wordings."""
        body: list[Piece] = []
        subject: list[Piece] = []
        for way in ways(self.subject, values, _once(choose)):
            subject = subject or way
            if len(text_of(way)) <= LONGEST_SUBJECT:
                subject = way
                break
        is_told = False
        for number, paragraph in enumerate(self.body):
            pieces = next(ways(paragraph, values, choose), [])
            if pieces:
                between = " " if is_told and number in self.goes_on else _BREAK
                body += [*([Piece(between)] if body else []), *pieces]
            is_told = bool(pieces)
        return subject, body


def without_options(pieces: Sequence[Piece]) -> tuple[list[Piece], str]:
    """Return a text without what may be added to it, and the first of that; "" for none.

    A paragraph of nothing else leaves no gap.
    """
    options = [found.group(1) for piece in pieces for found in _options_in(piece)]
    kept = [piece if piece.place else Piece(_OPTION.sub("", piece.text)) for piece in pieces]
    text: list[Piece] = []
    for piece in kept:
        is_gap = piece.text == _BREAK and (not text or text[-1].text == _BREAK)
        if piece.text and not is_gap:
            text.append(piece)
    return text, next(iter(options), "").strip()


def _options_in(piece: Piece) -> Iterator[re.Match[str]]:
    return iter(()) if piece.place else _OPTION.finditer(piece.text)


def _once(choose: Choose) -> Choose:
    """Return what chooses once, and of other wordings takes the one in the same place.

    So whoever needs a shorter subject still has another message than the colleagues.
    """
    place: list[int] = []

    def pick(usable: Sequence[str]) -> str:
        if not place:
            place.append(list(usable).index(choose(usable)))
        return usable[place[0] % len(usable)]

    return pick


def ways(paragraph: Paragraph, values: Values, choose: Choose) -> Iterator[list[Piece]]:
    """Yield a paragraph in every wording that has its values, the one to be preferred first."""
    for wordings in paragraph:
        usable = [text for text in wordings if all(map(values.get, _names(text)))]
        first = choose(usable) if len(usable) > 1 else next(iter(usable), "")
        for text in sorted(usable, key=lambda one: one != first):
            parts = _BRACES.split(text)
            found = [
                [*values[part]] if place % 2 else [Piece(part)] for place, part in enumerate(parts)
            ]
            yield [piece for pieces in found for piece in pieces if piece.text]


def _names(text: str) -> list[str]:
    return [found.group(1) for found in _BRACES.finditer(text)]


def letters(
    kind: str, company: str, own: Sequence[Template], language: str = "English"
) -> Iterator[Letter]:
    """Yield what a message may be written with, the most specific first; ours is the last."""
    for slug in (company, "") if company else ("",):
        for template in own:
            if (template.kind, template.company) == (kind, slug):
                letter, wrong = _read(template)
                if not wrong:
                    yield letter
    yield ours(kind, language)


@cache
def ours(kind: str, language: str = "English") -> Letter:
    """Return the built-in template of a kind in a language; in English where there is no other."""
    translated = BUILT_IN / f"{kind}.{language.casefold()}.txt"
    path = translated if translated.exists() else BUILT_IN / f"{kind}.txt"
    return read_ours(kind, path.read_text(encoding="utf-8"))


def read_ours(kind: str, text: str) -> Letter:
    """Return a built-in template as a letter; that it has no mistakes is tested."""
    return _read(Template("", kind, "", text))[0]


# --------------------------------------------------------------------------- reading and checking


def problems(own: Sequence[Template]) -> tuple[Problem, ...]:
    """Return all that is wrong with the candidate's templates, and what reads worn out."""
    return tuple(problem for template in own for problem in (*_read(template)[1], *_worn(template)))


@lru_cache(maxsize=256)
def _read(template: Template) -> tuple[Letter, tuple[Problem, ...]]:
    """Return the template as a letter, and its mistakes; with a mistake it is not used."""
    text = template.text.removeprefix("\ufeff")
    if len(text) > LONGEST_TEMPLATE:
        what = _problem(template, "The template is too long.", "A message has a page at most.")
        return Letter(template.file, (), ()), (what,)
    lines = [one_line(line).replace("[...", "[…") for line in text.splitlines()]
    wrong = [*_placed(template, lines), *_unknown(template, text.splitlines())]
    first, *others = list(_blocks(lines)) or [[""]]
    goes_on = frozenset(number for number, block in enumerate(others) if _AND.match(block[0]))
    subject, *body = [_paragraph(block) for block in (first, *others)]
    letter = Letter(template.file, subject, tuple(body), goes_on)
    return letter, tuple(wrong) or tuple(_tried(template, letter))


def _blocks(lines: Sequence[str]) -> Iterator[list[str]]:
    """Yield what is between blank lines."""
    block: list[str] = []
    for line in (*lines, ""):
        if line:
            block.append(line)
        elif block:
            yield block
            block = []


def _paragraph(block: Sequence[str]) -> Paragraph:
    """Return the wordings of one block: `or:` begins one more, `else:` a rank of its own."""
    begun = _SUBJECT.match(block[0]) or _AND.match(block[0])
    ranks: list[list[str]] = [[block[0][begun.end() if begun else 0 :]]]
    for line in block[1:]:
        other = _NEXT.match(line)
        if other is None:
            ranks[-1][-1] += f"\n{line}"
        elif other.group(1).casefold() == "or":
            ranks[-1].append(line[other.end() :])
        else:
            ranks.append([line[other.end() :]])
    return tuple(tuple(text for text in rank if text.strip()) for rank in ranks)


def _placed(template: Template, lines: Sequence[str]) -> Iterator[Problem]:
    """Yield what is wrong with the order of lines: the subject, `or:` and `else:`."""
    first = next((number for number, line in enumerate(lines) if line), 0)
    if not lines or not _SUBJECT.match(lines[first]):
        what, todo = "The template does not begin with its subject.", "Begin with “Subject: …”."
        yield _problem(template, what, todo, first + 1, 1)
        return
    in_subject, before = True, ""
    for number, line in enumerate(lines[first:], start=first + 1):
        in_subject = in_subject and line != ""
        if in_subject and number > first + 1 and not _NEXT.match(line):
            todo = "Leave an empty line under the subject."
            yield _problem(template, "The subject has more than one line.", todo, number, 1)
        found = _NEXT.match(line)
        if found and not before:
            what = f"There is no wording before this “{found.group(1)}:”."
            yield _problem(template, what, "Take out the empty line above it.", number, 1)
        before = line


def _unknown(template: Template, lines: Sequence[str]) -> Iterator[Problem]:
    """Yield every brace that is not around a name known to this kind of message."""
    known = placeholders_of(template.kind)
    for number, line in enumerate(lines, start=1):
        for found in _BRACES.finditer(line):
            name = found.group(1)
            if name in known:
                continue
            if name is None:
                what, todo = "This brace is not part of a {placeholder}.", "Write one as {role}."
            elif name in PLACEHOLDERS:
                kinds = ", ".join(PLACEHOLDERS[name].kinds)
                what = f"A {template.kind.replace('_', '-')} message has no {{{name}}}."
                todo = f"It is for: {kinds}."
            else:
                what, otherwise = f"There is no {{{name}}}.", f"Known: {', '.join(known)}."
                todo = did_you_mean(name, known, otherwise, cutoff=0.5, form="{{{}}}")
            yield _problem(template, what, todo, number, found.start() + 1)


def _tried(template: Template, letter: Letter) -> Iterator[Problem]:
    """Yield what an example shows: no subject or no message, or too many words."""
    for name in ("with", "without"):
        values = {
            key: (Piece(item.example),)
            for key, item in PLACEHOLDERS.items()
            if name == "with" or template.kind in item.always
        }
        subject, body = (
            "".join(piece.text for piece in pieces) for pieces in letter.fill(values, _longest)
        )
        if not subject.strip() or not body.strip():
            missing = "subject" if not subject.strip() else "message"
            what = f"Where the notes and the news give little, there is no {missing}."
            todo = "Add an “else:” without placeholders." if letter.body else "Write the message."
            yield _problem(template, what, todo)
            return
        count = len(f"{subject} {body}".split())
        if count >= MOST_WORDS:
            what = f"The message comes to {count} words; it should have fewer than {MOST_WORDS}."
            yield _problem(template, what, "Leave out what they know already.")
            return


def _longest(usable: Sequence[str]) -> str:
    return max(usable, key=lambda text: len(text.split()))


def _worn(template: Template) -> Iterator[Problem]:
    for number, line in enumerate(template.text.splitlines(), start=1):
        for phrase in worn_out(line):
            what = f"Everybody has read “{phrase}” too often."
            yield _problem(template, what, "Say it in your own words.", number, level="warning")


def _problem(
    template: Template, what: str, todo: str, line: int = 0, column: int = 0, level: Any = "error"
) -> Problem:
    return Problem("workspace", template.file, what, todo, "", line, column, level)
