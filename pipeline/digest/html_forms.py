"""The day's page with buttons, as `serve` shows it, and the few words it says otherwise.

Takes a digest and what was done so far; gives HTML from the same template as `html_page.py`,
escaped in the same way. Its forms lead to the page's own server and nowhere else; without a script
everything works. Who may see it and what a button does is left to others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import timedelta

from pipeline.digest.html_page import content_security_policy, template
from pipeline.digest.page_phrases import footer, reasons
from pipeline.digest.safe_text import lines, passage
from pipeline.records import Digest, SentMessage
from pipeline.records.record import dataclass

LETTERS_IN_A_ROW = 62  # of a message on a wide screen; no border test: a measure of drawing
FEWEST_ROWS, MOST_ROWS = 6, 28

_GAP = re.compile(r"\[…[^\[\]\n]*\]")


@dataclass(frozen=True, slots=True)
class FlashMessage:
    """One line on what was done, and the moves that it was, if they can be taken back."""

    text: str
    moves: tuple[int, ...] = ()
    before: int = 0  # the number of the suggestion above which it is shown; 0: above all


@dataclass(frozen=True, slots=True)
class Html:
    """A page, and the policy that its headers have to name."""

    text: str
    policy: str


def page_with_forms(
    digest: Digest,
    *,
    form: str,
    flash: FlashMessage | None = None,
    done: Sequence[FlashMessage] = (),
    sent: Sequence[SentMessage] = (),
) -> Html:
    """Return the page with its forms, each with the secret `form` in it."""
    sheet, style = template("forms.html.j2", "page.css", "forms.css")
    policy = content_security_policy(style, "'self'")
    text = sheet.render(
        digest=digest,
        style=style,
        policy=policy,
        reasons=reasons(digest),
        footer=footer(digest),
        rows=_rows,
        has_gap=_has_gap,
        form=form,
        flash=flash,
        done=done,
        sent=sent,
        numbers=[entry.id for entry in digest.entries],
        tomorrow=(digest.day + timedelta(days=1)).isoformat(),
    )
    return Html(text, policy)


def message_page(
    title: str,
    text: str,
    *,
    link: str = "",
    leads_on: bool = False,
    again: str = "",
    fields: Iterable[tuple[str, str]] = (),
) -> Html:
    """Return a page that says one thing.

    With a link to the page, perhaps followed by itself, or a form that tries `again`.
    """
    sheet, style = template("message.html.j2", "page.css", "forms.css")
    policy = content_security_policy(style, "'self'")
    html = sheet.render(
        title=title,
        lines=_lines(text),
        style=style,
        policy=policy,
        link=link,
        leads_on=leads_on,
        again=again,
        fields=[(name, "\n".join(lines(value))) for name, value in fields],
    )
    return Html(html, policy)


def _rows(body: str) -> int:
    needed = sum(1 + len(line) // LETTERS_IN_A_ROW for line in body.split("\n"))
    return max(min(needed, MOST_ROWS), FEWEST_ROWS)


def _has_gap(body: str) -> bool:
    return bool(_GAP.search(body))


def _lines(text: str) -> list[str]:
    return [passage(line) for line in text.split("\n") if line.strip()]
