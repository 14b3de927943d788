"""The digest as Markdown: pleasant in a plain editor, and in any viewer.

Takes a `Digest`; gives text. Everything that came from a feed is escaped where it would become
markup, and only there, so that it stays readable.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from pipeline.records import Digest, Entry, Item, Term

_ACTIVE = re.compile(r"([\\`*_\[\]<>|])")
_LINE_START = re.compile(r"^(\s*)([#+=>~-]|\d{1,9}[.)])(?=\s|$|[-=#~])")
_AUTOLINK = re.compile(r"\b(https?|ftp|www|javascript|data|mailto)([:.])(?=[/\w])", re.IGNORECASE)


def markdown(digest: Digest) -> str:
    """Return the page as Markdown."""
    blocks = [f"# {_plain(digest.headline)}", *_overview(digest)]
    for number, entry in enumerate(digest.entries, start=1):
        blocks += ["---", *_entry(entry, number)]
    if digest.entries:
        blocks.append("---")
    blocks += _section("Held back", digest.held, _held_item)
    blocks += _section("Coming up", digest.upcoming, _upcoming_item)
    blocks += _section("Worth a look (nothing to send)", digest.worth_a_look, _reading_item)
    blocks += _section("To mend", digest.troubles, _trouble_item)
    blocks.append(_plain(digest.footer))
    # The links to the mail program are long: they stand at the end, out of a reader's way.
    blocks.append("\n".join(f"[mail-{e.id}]: {e.mailto}" for e in digest.entries if e.mailto))
    return "\n\n".join(block for block in blocks if block) + "\n"


def _overview(digest: Digest) -> Iterator[str]:
    todo = [
        f"{number}. **{_plain(entry.summary)}**, {_plain(entry.due)}: {_plain(entry.because)}."
        for number, entry in enumerate(digest.entries, start=1)
    ]
    yield "\n".join(todo)
    yield "\n".join(f"- {_plain(line)}" for line in digest.quiet)


# ----------------------------------------------------------------------------------------- entries


def _entry(entry: Entry, number: int) -> Iterator[str]:
    yield f"## {number} · {_plain(entry.title)}"
    yield "\n".join(line for line in (f"Why now: {_plain(entry.why_now)}", *_story(entry)) if line)
    yield _draft(entry)
    mail = f"[Open in mail][mail-{entry.id}] · " if entry.mailto else ""
    yield mail + _commands(entry)


def _story(entry: Entry) -> Iterator[str]:
    if not entry.story_title:
        return
    source = f" ({_plain(entry.story_source)})" if entry.story_source else ""
    yield f"Goes with it: {_link(entry.story_title, entry.story_link)}{source}"
    if entry.note:
        words = " · ".join(_plain(term) for term in heaviest_words(entry.terms))
        yield (
            f"because of your note *“{_plain(entry.note)}”* ({_plain(entry.note_place)}): {words}"
        )


def _draft(entry: Entry) -> str:
    lines = [f"Subject: {entry.draft.subject}", "", *entry.draft.body.rstrip().splitlines()]
    if entry.draft.to:
        lines.insert(0, f"To: {entry.draft.to}  ")
    return "\n".join(f"> {_quoted(line)}".rstrip() for line in lines)


def _commands(entry: Entry) -> str:
    number = entry.id
    return (
        f"`touchpoints sent {number}` · `touchpoints later {number} 7d` · "
        f"`touchpoints dismiss {number} --because not-for-me` · `touchpoints why {number}`"
    )


def heaviest_words(terms: tuple[Term, ...]) -> list[str]:
    """Return the heaviest terms, without words that stand in a heavier pair already."""
    kept: list[str] = []
    for term in terms:
        if not any(set(term.term.split()) & set(other.split()) for other in kept):
            kept.append(term.term)
    return kept[:4]


# ---------------------------------------------------------------------------------------- the rest


def _section(title: str, items: tuple[Item, ...], one: object) -> Iterator[str]:
    if items and callable(one):
        yield f"## {title}"
        yield "\n".join(one(item) for item in items)


def _held_item(item: Item) -> str:
    advice = f" {_plain(item.advice)}" if item.advice else ""
    return f"- **{_link(item.title, item.link)}**. {_plain(item.text)}{advice}"


def _upcoming_item(item: Item) -> str:
    return f"- {_plain(item.text)} ({_plain(item.source)})"


def _reading_item(item: Item) -> str:
    return f"- {_link(item.title, item.link)} ({_plain(item.source)}). {_plain(item.text)}"


def _trouble_item(item: Item) -> str:
    since = f" ({_plain(item.source)})" if item.source else ""
    advice = f" {_plain(item.advice)}" if item.advice else ""
    place = item.title.replace("`", "'")
    return f"- {_plain(item.text)}{since}{advice} `{' '.join(_safe(place).split())}`"


# ---------------------------------------------------------------------------------------- escaping


def _link(text: str, link: str) -> str:
    """Return a link, or the text alone where the address is not one of the web."""
    shown = _plain(text)
    if not re.fullmatch(r"https?://[^\s<>\"]+", link):
        return shown
    address = link.replace("(", "%28").replace(")", "%29").replace("\\", "%5C").replace("|", "%7C")
    return f"[{shown}]({address})"


def _plain(text: str) -> str:
    """Return a text as one line in which nothing is markup."""
    line = " ".join(_safe(text).split())
    return _LINE_START.sub(r"\1\\\2", _inactive(line))


def _quoted(line: str) -> str:
    """Return a line of a draft: as it is to be copied, with only markup in it made harmless."""
    safe = _safe(line).rstrip()
    if re.fullmatch(r"https?://[^\s<>\"]+", safe):
        return f"<{safe}>"
    return _LINE_START.sub(r"\1\\\2", _ACTIVE_IN_DRAFT.sub(r"\\\1", safe)) if safe else ""


_ACTIVE_IN_DRAFT = re.compile(r"([\\`*<>|]|(?<!\w)_|_(?!\w)|\[(?=[^\]]*\][(\[:])|\](?=[(\[:]))")


def _inactive(line: str) -> str:
    return (
        _AUTOLINK.sub(r"\1\\\2", _ACTIVE.sub(r"\\\1", line).replace("&", "&amp;")) if line else ""
    )


def _safe(text: str) -> str:
    """Take out what could turn or hide a text: the last wall before a viewer."""
    return "".join(
        " " if unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co") else letter
        for letter in text
    )
