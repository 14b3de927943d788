"""Whose note it is that cannot be read: the companies that are silent until it can.

Takes what is left of the note, its text and its file's name; gives the companies it may be about.
A mistake in the newest note must not let an older one speak: it may say that all is decided.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from pipeline.records import Company, UnreadNote
from pipeline.text.company_forms import is_one_name
from pipeline.workspace.lookup import slug_of

SIMILAR = 0.6  # of a mistyped short name to the right one, as in other messages: orcale, oracle
LOOKED_AT = 20_000  # characters; a head has some 500; no border test: far beyond real values

_COMPANY = re.compile(r"^\W*company\s*:\s*(.*?)\s*(?:#.*)?$", re.IGNORECASE | re.MULTILINE)


def unread_note(file: str, text: str | None, companies: Iterable[Company]) -> UnreadNote:
    """Return a note that cannot be read with its companies; all of them where nothing tells."""
    known = tuple(companies)
    plain = (text or "")[:LOOKED_AT]
    named = _COMPANY.search(plain)
    written = named.group(1).strip("\"'[] ") if named else ""
    found = _called(written, known) or _by_file(file, known)
    if not found and not written:
        found = _mentioned(plain, known)
    is_note = text is None or plain.lstrip("\ufeff \n").startswith("---")
    if not found and not written and is_note:
        found = tuple(company.slug for company in known)
    return UnreadNote(file, found)


def _called(written: str, known: tuple[Company, ...]) -> tuple[str, ...]:
    if not written:
        return ()
    exact = tuple(c.slug for c in known if any(is_one_name(n, written) for n in _names(c)))
    if exact:
        return exact
    words = {name.casefold(): c.slug for c in known for name in _names(c)}
    near = difflib.get_close_matches(written.casefold(), words, n=3, cutoff=SIMILAR)
    return tuple(dict.fromkeys(words[name] for name in near))


def _by_file(file: str, known: tuple[Company, ...]) -> tuple[str, ...]:
    stem = f"-{slug_of(PurePosixPath(file).name.strip('.').partition('.')[0])}-"
    return tuple(
        c.slug
        for c in known
        if any(f"-{slug}-" in stem for slug in (c.slug, slug_of(c.name)) if slug)
    )


def _mentioned(text: str, known: tuple[Company, ...]) -> tuple[str, ...]:
    words = f"-{slug_of(text)}-"
    return tuple(
        c.slug
        for c in known
        if any(f"-{slug_of(name)}-" in words for name in _names(c) if slug_of(name))
    )


def _names(company: Company) -> tuple[str, ...]:
    return (company.slug, company.name, *company.aliases)
