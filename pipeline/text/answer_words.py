"""What people call an answer: "new date", "neuer Termin", "nouvelle date", "nueva fecha".

Takes a text in English, German, French or Spanish; gives which of four answers it begins with and
the rest of it. Asks no clock; what a day means is read elsewhere.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from pipeline.text.patterns import compiled_later

Called = Literal["new_date", "invitation", "promise", "no"]

# Our own list: what stands in subject lines and what testers wrote. A "Termin" alone is as often
# an invitation, a "Zusage" as often an offer: neither is here.
_CALLED: tuple[tuple[Called, str], ...] = (
    (
        "new_date",
        r"new[ _-](?:decision )?date|date|neue[rsnm]? (?:termin|datum)|datum|"
        r"nouvelle (?:date|[ée]ch[ée]ance)|nouveau d[ée]lai|(?:nueva )?fecha|nuevo plazo",
    ),
    (
        "invitation",
        r"invitation|invited|einladung|eingeladen|invit[ée]e?s?|invitaci[óo]n|invitad[oa]s?",
    ),
    (
        "promise",
        r"promised?|versprechen|versprochen|promesse|promis|promesa|prometid[oa]|prometieron",
    ),
    (
        "no",
        r"no|rejection|rejected|nein|absage|non|refus|refus[ée]e?|rechazo|rechazad[oa]|negativa",
    ),
)
_ARTICLE = r"(?:(?:an?|the|eine?n?|une?|la|le|una|el)\s+|l['’]\s*)?"
_FORMS = tuple(
    (called, compiled_later(rf"{_ARTICLE}(?:{words})(?!\w)(?P<rest>.*)", re.IGNORECASE))
    for called, words in _CALLED
)
_BEFORE_A_DAY = compiled_later(
    r"(?:(?:on|for|of|is|ist|est|es|am|zum|auf|f[üu]r|den|le|au|du|pour|el|al|del|para)\s+)+",
    re.IGNORECASE,
)
_BY = compiled_later(
    r"\s+(?:by|until|bis(?:\s+zum)?|d['’]\s*ici|avant|pour|para|hasta|antes\s+del?)\s+",
    re.IGNORECASE,
)


def called(text: str) -> tuple[Called, str] | None:
    """Return which answer a text begins with, and what follows; None where it is none of them."""
    plain = " ".join(unicodedata.normalize("NFC", text).split())
    for what, form in _FORMS:
        if found := form.fullmatch(plain):
            return what, found["rest"].strip(" ,;:.-–—")
    return None


def day_behind(text: str) -> str:
    """Return a day without the words that lead to it: "pour le 2 décembre"."""
    return _BEFORE_A_DAY.sub("", text, count=1) if _BEFORE_A_DAY.match(text) else text


def promised_by(text: str) -> tuple[tuple[str, str], ...]:
    """Return how a promise may be parted into what and by when, the last part first."""
    return tuple(
        (text[: found.start()].strip(), text[found.end() :].strip())
        for found in reversed([*_BY.finditer(text)])
    )
