"""What one congratulates somebody on, in a word: "your fellowship", "zum Innovationspreis".

Takes what a story tells of the person, its headline and the language of the message; gives words
that fit behind the wordings of `built_in/congratulation`, so that nobody is sent a headline about
themselves.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from pipeline.records import PersonPart

_OF_THE_YEAR = re.compile(
    r"\b(?:[Nn]amed|[Ww]ins|[Aa]s|[Ii]s)\s(?:the\s)?((?:[A-Z][\w&-]+\s){1,4}of the Year)\b"
)
# The first whose words the headline has; "" is in every one, "{}" the words themselves.
_OCCASIONS: dict[str, tuple[tuple[PersonPart, str, str], ...]] = {
    "English": (
        ("promotion", "", "your new post"),
        ("prize", "fellow|fellowship", "your fellowship"),
        ("prize", "medal", "your medal"),
        ("prize", "prize", "your prize"),
        ("prize", "awards?|awarded", "your award"),
        ("prize", r"(?:elected|re-elected|voted)", "your election"),
        ("prize", "", "the honour"),
        ("talk", "keynote", "your keynote"),
        ("talk", "panel", "your panel"),
        ("talk", "interview", "your interview"),
        ("talk", "", "your talk"),
        ("article", "", "your article"),
    ),
    "German": (
        ("promotion", "", "zu Ihrer neuen Aufgabe"),
        ("prize", r"(?-i:[A-ZÄÖÜ][a-zäöüß][\w-]*[Pp]reis)", "zum {}"),
        ("prize", "medaille", "zur Medaille"),
        ("prize", r"\w*(?:ge|wieder)wählt\w*|wähl(?:en|t)", "zu Ihrer Wahl"),
        ("prize", "", "zu Ihrer Auszeichnung"),
        ("talk", "interview", "Ihrem Interview"),
        ("talk", "keynote|vortrag", "Ihrem Vortrag"),
        ("talk", "", "Ihrem Auftritt"),
        ("article", "", "Ihrem Beitrag"),
    ),
    "French": (
        ("promotion", "", "pour vos nouvelles fonctions"),
        ("prize", "prix", "pour votre prix"),
        ("prize", "médaille", "pour votre médaille"),
        ("prize", "(?:ré)?élue?|(?:ré)?élit", "pour votre élection"),
        ("prize", "", "pour cette distinction"),
        ("talk", "interview|entretien", "votre interview"),
        ("talk", "conférence|keynote", "votre conférence"),
        ("talk", "", "votre intervention"),
        ("article", "", "votre texte"),
    ),
    "Spanish": (
        ("promotion", "", "por su nuevo cargo"),
        ("prize", "premio", "por su premio"),
        ("prize", "medalla", "por su medalla"),
        ("prize", "(?:re)?elegid[oa]|(?:re)?eligen?", "por su elección"),
        ("prize", "", "por este reconocimiento"),
        ("talk", "entrevista", "su entrevista"),
        ("talk", "conferencia|ponencia|keynote", "su ponencia"),
        ("talk", "", "su intervención"),
        ("article", "", "su artículo"),
    ),
}


def occasion_of(parts: Collection[PersonPart], title: str, language: str) -> str:
    """Return what a story is an occasion for, in that language; "" where it is none of these."""
    title_won = _OF_THE_YEAR.search(title) if "prize" in parts else None
    if title_won and language == "English":
        return f"the {title_won.group(1)} award"
    for part, words, said in _OCCASIONS[language]:
        found = re.search(rf"\b(?:{words})\b", title, re.IGNORECASE) if part in parts else None
        if found:
            return said.format(found.group())
    return ""
