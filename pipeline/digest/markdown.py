"""The digest as Markdown: good to read in a plain editor, and right when rendered.

Takes a `Digest`; gives a text. Every field may be hostile: what Markdown or HTML would act upon
is escaped, and nothing else, so that the text stays readable. Writes no file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.digest.mailto import checked
from pipeline.digest.page_phrases import (
    COMMAND,
    HOW_THEY_ANSWERED,
    HOW_TO_ANSWER,
    Cells,
    boxes,
    cells,
    channel_said,
    footer,
    gap_filling,
    heaviest,
    held_box,
    may_be_added,
    own_page,
    reasons,
    ringing_said,
    sent_box,
    sentence_of,
    story_boxes,
    topic_boxes,
    waiting,
)
from pipeline.digest.safe_text import lines, one_line, passage, web_address
from pipeline.records import Briefing, Digest, DigestEntry, DigestItem, Draft, Reference

Rules = tuple[tuple[re.Pattern[str], str], ...]

RULE = "---"
OWN_LINES = "Your own lines"
COLUMNS = "|---|---|---|---|---|"
HARD_BREAK = "  \n"  # CommonMark 6.7: two spaces end a line without ending the paragraph

# What would be a heading, a quotation or a box, did an editor begin a line with it.
_FREED = (
    (re.compile(r"(?<=\s)(#{1,6})(?=\s|$)"), r"\\\1"),
    (re.compile(r"(?<=\s)>"), r"\\>"),
    *(
        (
            re.compile(rf"{sign}(?=\ufe0f?\s*(?:sent|later|not|wrong|write)\b)", re.I),
            f"&#{ord(sign)};",
        )
        for sign in "☐☑☒✅"
    ),
)
# What CommonMark or GitHub act upon inside a line; each is escaped only where it would count.
_INLINE = (
    (re.compile(r"\\(?=[!-/:-@\[-`{-~]|$)"), r"\\\\"),  # a backslash escapes punctuation
    (re.compile(r"&(?=#?\w+;)"), "&amp;"),  # an entity
    (re.compile(r"<(?=[A-Za-z/!?]|$)"), "&lt;"),  # a tag or <address>; older tools know no "\<"
    (re.compile(r"`"), r"\\`"),
    (re.compile(r"(?<!\s)\*|\*(?!\s|$)"), r"\\*"),  # emphasis, unless between spaces
    (re.compile(r"(?<![^\W_])_|_(?![^\W_])"), r"\\_"),  # also, unless inside a word
    (re.compile(r"~(?=~)|(?<=~)~"), r"\\~"),
    (re.compile(r"\](?=[(\[:])"), r"\\]"),  # a link, or the definition of one
    (
        re.compile(r"\[(?=[ xX✓✔☑✅☒🗹_/?*-]{0,3}\]|\s*mail-)", re.I),
        r"\\[",
    ),  # a box, or one of our links
    *_FREED,
)
_IN_LINK = (*_INLINE[: -2 - len(_FREED)], *_FREED, (re.compile(r"[\[\]]"), r"\\\g<0>"))
_MAY_ACT = re.compile(r"[\\&<`*_~\[\]#>☐☑☒✅]")  # each match of these rules begins with one
_BARE_ADDRESS = re.compile(r"(?<=\w):(?=//)|(?<=\bwww)\.(?=\w)", re.IGNORECASE)
# What counts only where a line begins: heading, quote, list, rule, table.
_STARTS = (
    (re.compile(r"^(#{1,6})(?=\s|$)"), r"\\\1"),
    (re.compile(r"^(>)"), r"\\\1"),
    (re.compile(r"^([+-])(?=\s|$|[-\s]+$)"), r"\\\1"),
    (re.compile(r"^(\d{1,9})([.)])(?=\s|$)"), r"\1\\\2"),
    (re.compile(r"^(=+)$"), r"\\\1"),
    (re.compile(r"^([|:-])(?=[|:\s-]*$)"), r"\\\1"),
)
_CLOSING = re.compile(r"(?<!\S)(#+)$")  # would end a heading, and not be shown
_BEFORE = r"\\\1"
_ADDRESS = re.compile(r"https?://[^\s<>\"“”]+")
# Inside an address a backslash would be copied with it, so what is active is percent-encoded.
_ACTIVE_IN_ADDRESS = re.compile(r"[\\`*~\[\]|]|(?<![^\W_])_|_(?![^\W_])")
_ENTITY = re.compile(r"(&#?\w+);")
_ENCODED = r"\1%3B"


def markdown(digest: Digest) -> str:
    """Return the whole page; its first line is the headline."""
    parts = [_heading("#", digest.headline), *_today(digest)]
    has_boxes = digest.entries or any(map(story_boxes, digest.worth_a_look))
    has_boxes = has_boxes or any(map(held_box, digest.held))
    parts += [_line(HOW_TO_ANSWER)] if has_boxes else []
    for entry in digest.entries:
        parts += [RULE] if entry is digest.entries[0] else []
        parts += _entry(entry)
    rest = [
        *_section("Held back", [_held(item) for item in digest.held], between="\n\n"),
        *_section("Worth a look (nothing to send)", [_reading(i) for i in digest.worth_a_look]),
        *_section("Coming up", [_upcoming(item) for item in digest.upcoming]),
        *_section("Sent, no answer yet", [*_sent(digest)]),
        *_section("To fix", [_trouble(item) for item in digest.troubles]),
        *_section(OWN_LINES, [_own(line) for line in digest.notes if one_line(line)]),
    ]
    parts += [RULE, *rest] if rest else []
    parts += [RULE, _line(said)] if (said := footer(digest)) else []
    # The links to the mail program are long: they are at the end, out of a reader's way.
    mails = [(entry.id, checked(entry.mailto)) for entry in digest.entries]
    parts += ["\n".join(f"[mail-{number}]: {link}" for number, link in mails if link)]
    return "\n\n".join(filter(None, parts)) + "\n"


def briefing_markdown(briefing: Briefing) -> str:
    """Return what to read before a talk; its first line is the title."""
    parts = [_heading("#", briefing.title)]
    for part in briefing.parts:
        parts.append(_heading("##", part.title))
        parts.append("\n".join(_briefed(item) for item in part.items))
    return "\n\n".join(parts) + "\n"


def _briefed(item: DigestItem) -> str:
    title = _link(item.title, item.link, item.source)
    text = _line(passage(item.text))
    if title:
        first = title if web_address(item.link) else _at_start(title)
        return f"- {first}" + (f"{HARD_BREAK}  {text}" if text else "")
    source = one_line(item.source)
    return f"- {text}" + (f" ({_inline(source)})" if source else "")


# ------------------------------------------------------------------------------- the first lines


def _today(digest: Digest) -> Iterator[str]:
    said = [*digest.questions, *digest.taken]
    if said := [_said(sentence) for sentence in said if passage(sentence)]:
        yield "\n".join(f"- {sentence}" for sentence in said)
    if digest.entries:
        yield "\n".join(f"- {_summary(entry)}" for entry in digest.entries)
    why = [_said(reason) for reason in reasons(digest)]
    if why:
        yield why[0] if len(why) == 1 else "\n".join(f"- {reason}" for reason in why)
    if digest.companies:
        rows = (_row(cells(row, digest.day)) for row in digest.companies)
        yield "\n".join(("| company | where it stands | since | next | changed |", COLUMNS, *rows))


def _row(row: Cells) -> str:
    steps = "; ".join(
        _said(text) + (f" ([what to read before]({name}.md))" if (name := own_page(step)) else "")
        for step, text in row.steps
    )
    changed = f"**{row.changed}**" if row.changed else ""
    found = (_inline(row.company), _inline(row.state), row.since, steps, changed)
    return "| " + " | ".join(cell.replace("|", r"\|") for cell in found) + " |"


def _summary(entry: DigestEntry) -> str:
    rest = [one_line(part) for part in (entry.due, entry.because)]
    when = f", {_inline(rest[0])}" if rest[0] else ""
    return f"{entry.id} · **{_inline(one_line(entry.summary))}**{when}" + (
        f": {_inline(rest[1])}." if rest[1] else ""
    )


# ---------------------------------------------------------------------------------- a suggestion


def _entry(entry: DigestEntry) -> Iterator[str]:
    yield entry_heading(entry)
    if entry.since:
        yield _said(waiting(entry))
    else:
        yield from _in_full(entry)
    yield "\n".join(f"- [ ] {box}" for box in boxes(entry))


def _in_full(entry: DigestEntry) -> Iterator[str]:
    if why := list(_why(entry)):
        yield HARD_BREAK.join(why)
    yield _draft(entry.draft)
    if said := channel_said(entry.draft):
        yield _said(said)
    if said := ringing_said(entry.draft):
        yield _said(said)
        yield "\n".join(f"- {_line(one_line(point))}" for point in entry.draft.instead)
    if said := gap_filling(entry):
        yield f"For the gap you could start from: “{_inline(said)}”"
    if said := may_be_added(entry):
        yield _inline(said)
    mail = f"[Open in mail][mail-{entry.id}] · " if checked(entry.mailto) else ""
    file = one_line(entry.file).replace("`", "'")
    file = f"as a file: `{file}` · " if file else ""
    yield f"{mail}{file}`touchpoints why {entry.id}`"
    if topics := topic_boxes(entry):
        yield "\n".join(f"- [ ] {_inline(label)}" for _, label in topics)


def entry_heading(entry: DigestEntry) -> str:
    """Return the heading of a suggestion; `answer_sheet.py` reads boxes below it only."""
    return _heading(f"## {entry.id} ·", entry.title)


def _why(entry: DigestEntry) -> Iterator[str]:
    if entry.why_now.strip():
        yield f"Why now: {_said(entry.why_now)}"
    if story := _link(entry.reference.title, entry.reference.link, entry.source):
        yield f"Goes with it: {story}"
    if said := sentence_of(entry.reference):
        yield _quoted(said)
    if entry.reference.note_text.strip():
        yield _because(entry.reference)


def _quoted(sentence: str) -> str:
    return f"It says: “{_inline(sentence)}”"


def _because(story: Reference) -> str:
    place = one_line(story.note_place)
    note = f"because of your note *“{_inline(passage(story.note_text))}”*"
    terms = " · ".join(map(_inline, heaviest(story.terms)))
    return note + (f" ({_inline(place)})" if place else "") + (f": {terms}" if terms else "")


def _draft(draft: Draft) -> str:
    """Return the message as a quotation that keeps its own lines when rendered."""
    said = [shown for shown, _ in message_lines(draft)]
    ends = [HARD_BREAK if here and after else "\n" for here, after in pairwise([*said, ""])]
    return "".join(
        f"> {line}".rstrip() + end for line, end in zip(said, ends, strict=True)
    ).rstrip()


def message_lines(draft: Draft) -> Iterator[tuple[str, str]]:
    """Yield the lines of a quoted message, each as it is shown and as it is."""
    for name, value in (("To", one_line(draft.to)), ("Subject", one_line(draft.subject))):
        if value:
            yield f"{name}: {_inline(value)}", f"{name}: {value}"
    yield "", ""
    for line in lines(draft.body):
        yield _of_message(line), line


def _of_message(line: str) -> str:
    text = line.lstrip(" ")
    # Four spaces would begin a block of code; no-break spaces look the same.
    return "\u00a0" * (len(line) - len(text)) + _at_start(_keep_addresses(text))


# --------------------------------------------------------------------------------------- the rest


def _section(title: str, items: Sequence[str], between: str = "\n") -> Iterator[str]:
    if items:
        yield f"## {title}"
        yield between.join(items)


def _held(item: DigestItem) -> str:
    """Return a paragraph: what happened, what that stops, and what is kind instead."""
    title = _link(item.title, item.link)
    source = one_line(item.source)
    head = f"**{title}**" + (f" ({_inline(source)})" if source else "") if title else ""
    said = HARD_BREAK.join(part for part in (head, _said(item.text, item.advice)) if part)
    return f"{said}\n\n- [ ] {box}" if (box := held_box(item)) else said


def _upcoming(item: DigestItem) -> str:
    source = one_line(item.source)
    beside = f": [what to read before]({name}.md)" if (name := own_page(item)) else ""
    return f"- {_said(item.text)}" + (f" ({_inline(source)})" if source else "") + beside


def _sent(digest: Digest) -> Iterator[str]:
    """Yield how to tell of an answer, and each message with its box."""
    if digest.sent:
        yield _line(HOW_THEY_ANSWERED) + "\n"
    for message in digest.sent:
        yield f"- {_line(one_line(message.text))}\n  - [ ] {_inline(sent_box(message))}"


def _reading(item: DigestItem) -> str:
    title = _link(item.title, item.link, item.source)
    first = title if web_address(item.link) else _at_start(title)
    said = sentence_of(item)
    parts = (first, _quoted(said) if said else "", _said(item.text, item.advice))
    rows = [f"- {f'{HARD_BREAK}  '.join(part for part in parts if part)}"]
    return "\n".join([*rows, *(f"  - [ ] {_inline(label)}" for _, label in story_boxes(item))])


def _own(line: str) -> str:
    # As code: it is shown to the letter, and nothing in it is active.
    return f"    {one_line(line)}"


def _trouble(item: DigestItem) -> str:
    place, since = one_line(item.title).replace("`", "'"), one_line(item.source)
    head = (f"`{place}`" if place else "") + (f" ({_inline(since)})" if since else "")
    return (
        f"- {head}: {said}"
        if (said := _said(item.text, item.advice)) and head
        else f"- {head or said}"
    )


# ----------------------------------------------------------------------------------------- escape


def _link(title: str, link: str, source: str = "") -> str:
    """Return a title with its link where that is fair, and the source behind it."""
    address, name = web_address(link), one_line(source)
    text = one_line(title) or address
    shown = _inline(text, _IN_LINK if address else _INLINE)
    linked = f"[{shown}](<{_ENTITY.sub(_ENCODED, address)}>)" if address else shown
    return linked + (f" ({_inline(name)})" if name and text else "")


def _said(*sentences: str) -> str:
    """Return the program's sentences, in which addresses and commands stay as they are."""
    parts = COMMAND.split(" ".join(filter(None, map(passage, sentences))))
    # split() gives text and command by turns.
    return _at_start(
        "".join(
            f"`{part}`" if place % 2 else _keep_addresses(part) for place, part in enumerate(parts)
        )
    )


def _keep_addresses(text: str) -> str:
    """Escape a text, and leave its addresses as they are, so that they can be copied."""
    parts, place = [], 0
    for found in _ADDRESS.finditer(text):
        parts += [_escape(text[place : found.start()]), _percent_encode(found.group())]
        place = found.end()
    return "".join([*parts, _escape(text[place:])])


def _percent_encode(address: str) -> str:
    bare = _ENTITY.sub(_ENCODED, address)
    return _ACTIVE_IN_ADDRESS.sub(lambda found: f"%{ord(found.group()):02X}", bare)


def _heading(start: str, text: str) -> str:
    return f"{start} {_CLOSING.sub(_BEFORE, _inline(one_line(text)))}"


def _line(text: str) -> str:
    return _at_start(_inline(text))


def _inline(text: str, rules: Rules = _INLINE) -> str:
    """Escape a text from elsewhere, whose bare addresses are no links either."""
    return _BARE_ADDRESS.sub(r"\\\g<0>", _escape(text, rules))


def _escape(text: str, rules: Rules = _INLINE) -> str:
    return _ruled(text, rules) if _MAY_ACT.search(text) else text


def _at_start(line: str) -> str:
    return line if line[:1].isalpha() else _ruled(line, _STARTS)


def _ruled(text: str, rules: Rules) -> str:
    for pattern, instead in rules:
        text = pattern.sub(instead, text)
    return text
