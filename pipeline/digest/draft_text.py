"""A message as a text to edit, and the user's wording back from it.

Takes and gives drafts. Where it is edited (an editor, a form) and what becomes of it is left to
others; `digest/answer_sheet.py` reads the same from the Markdown page.
"""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.digest.safe_text import lines, one_line, strip
from pipeline.records import Draft

# no border test: far beyond real values
LONGEST_HEAD = 1_000  # characters of a recipient or subject; far beyond what a mail shows

_HEAD = re.compile(r"(To|Subject):[ \t]*(.*)", re.IGNORECASE)


def shown(draft: Draft) -> Draft:
    """Return the message as it is in an editor or a form: harmless, and whole."""
    body = "\n".join(lines(draft.body)) + "\n"
    return replace(draft, to=_head(draft.to), subject=_head(draft.subject), body=body)


def _head(text: str) -> str:
    # Two blanks may be left where something between them was taken out.
    return " ".join(one_line(text, LONGEST_HEAD).split())


def text_of(draft: Draft) -> str:
    """Return the message with its heads, ready for an editor."""
    message = shown(draft)
    if draft.channel != "email":
        return message.body
    return f"To: {message.to}\nSubject: {message.subject}\n\n{message.body}"


def from_text(text: str, old: Draft) -> Draft | None:
    """Return the user's wording, or None when nothing was changed, or everything deleted."""
    heads = {"to": old.to, "subject": old.subject}
    said = text.removeprefix("\ufeff").strip().splitlines()
    while said and (found := _HEAD.fullmatch(said[0].strip())):
        heads[found[1].casefold()] = found[2]
        said.pop(0)
    return changed(old, heads["to"], heads["subject"], "\n".join(said))


def changed(old: Draft, to: str, subject: str, body: str) -> Draft | None:
    """Return the user's wording, or None when only blanks differ, or there is no text left.

    A sentence that is still there keeps its sources.
    """
    new = shown(replace(old, to=to, subject=subject, body=body))
    before = shown(old)
    if not new.body.strip():
        return None
    pairs = ((new.to, before.to), (new.subject, before.subject), (new.body, before.body))
    if all(_bare(one) == _bare(other) for one, other in pairs):
        return None
    kept = tuple(source for source in old.sources if strip(source.sentence) in new.body)
    return replace(new, sources=kept)


def _bare(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().split("\n"))
