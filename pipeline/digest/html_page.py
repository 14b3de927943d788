"""The digest as one self-contained page: no script, no request to anywhere.

Takes a `Digest`; gives HTML. Jinja2 escapes every field; a strict Content-Security-Policy names
the one style sheet by its hash; a link leads to the web or to the mail program, or is left out.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from typing import Any

from pipeline.digest.draft_text import shown
from pipeline.digest.mailto import checked
from pipeline.digest.page_phrases import (
    COMMAND,
    GAP,
    answers,
    cells,
    channel_said,
    footer,
    gap_filling,
    may_be_added,
    may_be_wrong,
    own_page,
    reasons,
    ringing_said,
    sentence_of,
    waiting,
)
from pipeline.digest.safe_text import lines, one_line, passage, strip, web_address
from pipeline.digest.timeline_svg import picture, rows
from pipeline.records import Digest, Term
from pipeline.text.phrasing import upper_first

# no border test: a measure of drawing
BAR_WIDTH = 100  # units of the picture in which the heaviest term's bar is drawn
LEAST_LETTERS = 3  # of a term that is marked in a sentence: shorter ones are part of other words

_TEMPLATES = resources.files("pipeline.digest") / "templates"


def page(digest: Digest) -> str:
    """Return the page; the same digest gives the same bytes."""
    sheet, style = template("page.html.j2", "page.css")
    text: str = sheet.render(
        digest=digest,
        style=style,
        policy=content_security_policy(style),
        reasons=reasons(digest),
        footer=footer(digest),
    )
    return text


def content_security_policy(style: str, forms: str = "'none'") -> str:
    """Return the policy of a page with this style sheet: nothing else is loaded or run.

    `forms` says where its forms may lead.
    """
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; "
        f"base-uri 'none'; form-action {forms}"
    )


# -------------------------------------------------------------------------- how fields are shown


def _split_headline(headline: str) -> tuple[str, str]:
    """Return the day and what it brings; the day is empty where the headline names none."""
    day, colon, rest = one_line(headline).partition(": ")
    return (day, upper_first(rest)) if colon else ("", day)


def _mark_gaps(text: str) -> Iterator[tuple[bool, str]]:
    """Yield the pieces of a message, and for each whether it is a gap to be filled."""
    return _in_turns(GAP, "\n".join(lines(text)))


def _mark_terms(sentence: str, terms: Sequence[Term]) -> Iterator[tuple[bool, str]]:
    """Yield the pieces of a sentence, and for each whether it is a term that was shared."""
    words = [one_line(term.term) for term in terms]
    long_first = sorted((word for word in words if len(word) >= LEAST_LETTERS), key=len)[::-1]
    # A term without letters would match between any two; this one never matches.
    found = "|".join(map(re.escape, long_first)) or "(?!)"
    return _in_turns(re.compile(rf"(\b(?:{found})\w*)", re.IGNORECASE), passage(sentence))


def _mark_commands(text: str) -> Iterator[tuple[bool, str]]:
    """Yield the pieces of one of our sentences, and for each whether it is a command."""
    return _in_turns(COMMAND, passage(text))


def _in_turns(pattern: re.Pattern[str], text: str) -> Iterator[tuple[bool, str]]:
    # split() with one group gives what is between and what was found by turns.
    pieces = enumerate(pattern.split(text))
    return ((place % 2 == 1, piece) for place, piece in pieces if piece)


def _bar(term: Term, terms: Sequence[Term]) -> str:
    """Return the length of a term's bar beside the heaviest one's."""
    heaviest = max(max(item.weight for item in terms), 1e-9)
    return f"{max(term.weight, 0.0) / heaviest * BAR_WIDTH:.0f}"


# ------------------------------------------------------------------------------------ the template


def look() -> str:
    """Return all that decides what a page looks like, whatever it says."""
    names = sorted(item.name for item in _TEMPLATES.iterdir() if item.is_file())
    return "".join((_TEMPLATES / name).read_text("utf-8") for name in names)


@cache
def template(name: str, *styles: str) -> tuple[Any, str]:
    """Return one of the templates, every field escaped, and the style sheet for it."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined
    from markupsafe import Markup

    from pipeline.digest.template_code import KeptCode

    environment = Environment(
        loader=FunctionLoader(lambda name: (_TEMPLATES / name).read_text("utf-8")),
        bytecode_cache=KeptCode(),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_harmless,
    )
    environment.filters.update(
        line=one_line,
        passage=passage,
        web=web_address,
        mail=checked,
        headline=_split_headline,
        gaps=_mark_gaps,
        marked=_mark_terms,
        commands=_mark_commands,
        bar=_bar,
        answers=answers,
        message=shown,
        may_be_wrong=may_be_wrong,
        picture=picture,
        rows=rows,
        cells=cells,
        waiting=waiting,
        sentence=sentence_of,
        own_page=own_page,
        filling=gap_filling,
        added=may_be_added,
        channel=channel_said,
        ringing=ringing_said,
    )
    style = "".join((_TEMPLATES / sheet).read_text("utf-8") for sheet in styles)
    return environment.get_template(name), Markup(style)  # noqa: S704 - our own files


def _harmless(value: Any) -> Any:
    """Take what must not be printed out of every field, whatever filter it went through."""
    return strip(value) if type(value) is str else value
