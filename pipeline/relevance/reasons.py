"""Why a story is not shown: the first thing that speaks against it, in words for the candidate.

Takes what is known of one story for one interview; gives a sentence, or "". The order is that of
the functions below: the company first, then the story itself, then the notes. How old a story is
and whether its score is enough is judged in `freshness`, on the day it is asked.
"""

from __future__ import annotations

import re

from pipeline.records import Evidence, Genre, Mention, Story
from pipeline.relevance import companies, vectors
from pipeline.relevance.vectors import Prepared

# ------------------------------------------------------------ every number, and where it is from
GRAVE = ("death", "accident")  # kinds of news in which nobody asks whose fault it is
LEAST_EVIDENCE = 0.14  # of a note line by itself, to carry a story: less is chance
LEAST_OF_A_NAME = 0.1  # where one name is all they share
MEETS = 3  # words of a line of the talk in a story: it is what was talked about
SHARED_WORDS = 2  # that a line needs to carry a story, unless it is an office line and a name

_ROUND_UP = re.compile(
    r"\b(?:briefly|in brief|round-?up|news digest|week in review|morning briefing|market (?:wrap|"
    r"close|report)|markets?:|stocks? (?:end|close|open|slip|rise|fall|gain|edge|drop|climb|jump|"
    r"mixed)\w*|wall street (?:ends|closes|opens)|before the bell|after the bell|daily digest|"
    r"what to watch|headlines|top stories|things to know|tech stocks|blue chips|dow (?:ends|"
    r"closes|falls|rises)|game (?:day )?(?:previews?|recaps?)|(?:today['’]s|tv|full) schedule|"
    r"scoreboard|box scores?|fixtures|top \w+ news|"
    r"(?:business|news|tech\w*|sports?|world) briefs?|(?:tide|price|league|fee) tables?|"
    r"(?:spring|summer|autumn|winter|weekend|holiday) timetables?|"
    r"entry forms?|opening hours|visiting hours|who (?:flies|plays|speaks|meets) where|"
    r"fahrpl[aä]ne?|gezeitenkalender|preislisten?|öffnungszeiten|terminkalender|spielpl[aä]ne?|"
    r"horaires(?: d'ouverture)?|grille tarifaire|calendrier des|"
    r"tablas? de (?:mareas|precios)|horarios?(?: de apertura)?|calendario de)\b",
    re.IGNORECASE,
)


def against_company(name: str, mention: Mention, *, sensitive: bool) -> str:
    """Return what speaks against the company: not meant, not surely meant, or bad news of it."""
    if mention.not_meant == "marked wrong":
        return mention.reason
    if sensitive:
        return f"bad news about {name}: held back"
    if mention.not_meant == "on the not list":
        return f"not about {name} the company ({mention.reason})"
    if mention.about == "about" and mention.confidence < companies.SURE_ENOUGH:
        return f"not sure that it is about {name} the company ({mention.confidence:.0%})"
    return ""


NO_NEWS = {
    "deal": "a shop deal",
    "listicle": "a list or a how-to",
    "watch": "where to watch something",
    # Of nine that reached the floor in January 2026 three were useful; by the next page it is over.
    "live": "a live page",
    "puzzle": "a puzzle or its answers",
    "odds": "betting odds",
    "stockbot": "a robot's note on a share",
    "obituary": "an obituary notice",
    "jobs": "a job advertisement",
    "boilerplate": "a text without a story",
}


def no_news(genre: Genre) -> str:
    """Return why a story is not worth a look, or ""."""
    if genre.kind not in NO_NEWS:
        return ""
    words = f" (“{genre.words[0]}”)" if genre.words else ""
    return f"no news: {NO_NEWS[genre.kind]}{words}"


def is_round_up(story: Story) -> bool:
    """Return whether a story is a list of many: it matches everything a little."""
    return bool(_ROUND_UP.search(story.lead.title))


def too_little(name: str, mention: Mention, found: tuple[Evidence, ...]) -> str:
    """Return in words why a story is far from useful."""
    if mention.about == "about":
        return f"about {name}, but too little in common with your notes"
    if not found or not found[0].terms:
        near = ", though near in meaning" if found else ""
        return f"no word in common with your notes{near}"
    if len(vectors.words_shared(found[0])) < SHARED_WORDS:
        return f"only one word in common (“{found[0].terms[0].told}”)"
    return "too little in common with your notes"


def is_enough(found: Evidence) -> bool:
    """Return whether a line by itself is a reason: two words, or one name from the office."""
    shared = vectors.words_shared(found)
    names = vectors.names_in(found.note.text) if found.note.section == "office" else frozenset()
    least = LEAST_EVIDENCE if len(shared) >= SHARED_WORDS else LEAST_OF_A_NAME
    enough = len(shared) >= SHARED_WORDS or not shared.isdisjoint(names)
    return enough and found.score >= least * found.unit


def meets_the_talk(found: Evidence) -> bool:
    """Return whether a story is on the very thing that a line of the talk is about."""
    return found.note.section in ("discussed", "office") and _is_on_it(found)


def meets_the_offer(found: Evidence) -> bool:
    """Return whether a story is on the very thing that the candidate noted to offer."""
    return found.note.section == "angle" and _is_on_it(found)


def _is_on_it(found: Evidence) -> bool:
    return len(vectors.words_shared(found)) >= MEETS


def no_pleasure(item: Prepared, found: tuple[Evidence, ...]) -> str:
    """Bad news on somebody's hobby is no present.

    But for a death or an accident, what the headline does not tell it is not about: a new boat
    "leaked a cupful".
    """
    title = item.story.lead.title.casefold()
    bad = next(
        (
            event
            for event in item.events
            if event.sensitive and (event.kind in GRAVE or event.words[0].casefold() in title)
        ),
        None,
    )
    if bad is None or not found or found[0].note.section != "office":
        return ""
    return f"no pleasure to read: {bad.kind} (“{bad.words[0]}”)"
