"""Small pieces of English: days as people say them, note lines as parts of a sentence.

Takes dates and note lines; gives phrases. A note line is the candidate's own jotting, so it may
be taken into a sentence only where that is safe; else the answer is "" and the caller leaves a
gap for the candidate to fill.
"""

from __future__ import annotations

import re
from datetime import date

from pipeline.words import count_of

LONGEST_PHRASE = 12  # words; a longer clause reads as a jotting, not as part of a sentence

_CLAUSE_END = re.compile(r"\s*(?:[;.:?!()…]|,\s| [-–—] |\s->\s)\s*")
_STARTS_PAST = re.compile(
    r"(?:\w+ed|ran|led|built|wrote|rewrote|sold|bought|grew|made|took|brought|set up|cut|won|held|"
    r"kept|taught|drove|began|did|gave|found|got|had|knew|met|put|saw|shrank|spoke|spent|stood|"
    r"thought|understood)\b",
    re.IGNORECASE,
)
_STARTS_PRESENT = re.compile(r"(?:can|could|know|speak|have|am|like|love|would)\b", re.IGNORECASE)
_NO_TOPIC = re.compile(
    r"^(?:i|he|she|they|we|you|it|his|her|their|how|what|why|when|where|who|which|is|are|was|were|"
    r"do|does|did|can|could|would|should|asked|said|wants?|wanted|told|spent|talked|must|no|not|"
    r"yes|maybe|probably)\b",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|wants?|said|says|asked|asks|spent|told|has|have|had|must|should|will|"
    r"would|can|could|hates?|loves?|goes|went|gets|got|decides?|ask|need|needs|complain|fits?)\b",
    re.IGNORECASE,
)


def day_in_a_letter(day: date, today: date) -> str:
    """Return a day as a letter names it, true on whichever day it is read: "on Monday"."""
    return f"on {day:%A}" if 0 <= (today - day).days < 7 else f"on {day.day} {day:%B}"


def weeks_since(day: date, today: date) -> str:
    """Return "a week", "three weeks", or "" when it is less than six days."""
    weeks = round((today - day).days / 7)
    if (today - day).days < 6:
        return ""
    return "a week" if weeks == 1 else count_of(weeks, "week")


def first_name(name: str) -> str:
    """Return how one greets: the first name, without titles such as "Dr."."""
    words = [word for word in name.split() if word.casefold().strip(".") not in _TITLES]
    return words[0] if words else name.strip()


_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame"})


def topic_of(line: str) -> str:
    """Return a noun phrase out of a jotted line that can follow "about", or ""."""
    for clause in _clauses(line)[:2]:
        words = clause.split()
        if (
            2 <= len(words) <= LONGEST_PHRASE
            and not _NO_TOPIC.match(clause)
            and not _VERB.search(clause)
        ):
            return _lower_first(clause)
    return ""


def experience_of(line: str) -> str:
    """Return "I ran the customer side of two consolidations" out of a skill line."""
    text = line.strip().rstrip(".;, ")
    if _STARTS_PAST.match(text) or _STARTS_PRESENT.match(text):
        return f"I {_lower_first(text)}"
    return f"my background: {_lower_first(text)}"


def _clauses(line: str) -> list[str]:
    return [clause.strip() for clause in _CLAUSE_END.split(line) if clause.strip()]


def _lower_first(text: str) -> str:
    """Lower the first letter, unless the word is a name or an acronym as far as one can see."""
    first = text.split(maxsplit=1)[0] if text else ""
    plain = first.casefold()
    if first[1:] != first[1:].lower() or plain in ("i", "i'm", "i've"):
        return text
    return text if first[:1].isupper() and not _is_common(plain) else plain + text[len(first) :]


_COMMON_STARTS = frozenset(
    """a an the our their my your this that these those some many much more most new old cheap big
    small how what why when where who which support security customer customers master data post
    pricing broadcast contract in on at for with from by to of ran led built wrote sold made set
    cut won held kept can could own all every each no other two three four five""".split()  # noqa: SIM905
)


def _is_common(word: str) -> bool:
    return word in _COMMON_STARTS or word.endswith(("ed", "ing", "tion", "ment", "ity", "ers"))
