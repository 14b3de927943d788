"""How well each story fits an interview: TF-IDF of each note line against each story, and why.

Takes one interview, its company, the profile, the stories and the document frequencies; gives one
`Match` for every story, best first. Every number that decides stands in the table below.

For a note line n and a story s, both as sublinear TF-IDF over words and word pairs,

    score(n, s) = sum over shared terms t of   w(n, t) * w(s, t) / |s|

The story's vector has length 1, the note line's has not: a long jotting is not a worse one. The
addends are kept as the evidence. Two queues share one scale from 0 to 1: news about the company,
led by how surely it is meant, and all other stories, led by the note line alone.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from pipeline.records import (
    Company,
    Event,
    Evidence,
    Feed,
    Frequencies,
    Interview,
    Match,
    Mention,
    NoteLine,
    Profile,
    RelevanceSettings,
    Story,
    Term,
)
from pipeline.relevance import companies, events
from pipeline.relevance.model import idf
from pipeline.relevance.terms import terms, words_of

# ------------------------------------------------------------ every number, and where it is from
TITLE_COUNTS = 2  # a word of the title counts as often as two of the text
LONGEST_TEXT = 2_000  # characters of a story that are scored: its beginning says what it is about
PAIR_WEIGHT = 0.7  # of a word pair, whose words are already counted alone
ONE_TERM = 0.35  # of a match on one word: in 4 of 5 wrong items most of the score came from one
ONE_NAME = 0.8  # the same, where it is a name in an office line ("Giants", "Mars")
MOST_FROM_ONE = 0.75  # of a score may come from one word; beyond it counts as a one-term match
HALF_FULL = 2.6  # raw score that is half of the scale
ABOUT = 0.62  # the company queue's score of a story that is surely about the company,
MENTIONED = 0.30  # and of one that mentions it; the note lines add the rest
ROUND_UP = 0.4  # of "Briefly:", "market close", "news in brief": they match everything a little
FRESHNESS = 0.15  # of the score is lost by a story that is infinitely old
SHARED_TERMS = 2  # that a story needs to be shown, unless one of them is a name in an office line

_ROUND_UP = re.compile(
    r"\b(?:briefly|in brief|round-?up|news digest|week in review|morning briefing|market (?:wrap|"
    r"close|report)|markets?:|stocks? (?:end|close|open|slip|rise|fall|gain|edge|drop|climb|jump|"
    r"mixed)\w*|wall street (?:ends|closes|opens)|before the bell|after the bell|daily digest|"
    r"what to watch|headlines|top stories|things to know|tech stocks|blue chips|dow (?:ends|"
    r"closes|falls|rises))\b",
    re.IGNORECASE,
)
# Words of logistics: what every interview has, and no news is worth a message for.
_LOGISTICS = frozenset(
    words_of(
        """parking park garage badge visitor salary pay band bonus train bus taxi lunch coffee
        notice holiday holidays allowance mileage expenses building floor room reception coat
        start date contract hr recruiter interviewer interview panel process round decision email
        phone zoom teams minutes hour asked half talk told thinks likes big good nice honest
        """
    )
)
WEIGHTS = {"discussed": "discussed", "office": "office", "angle": "angle", "profile": "angle"}


@dataclass(frozen=True, slots=True)
class _Line:
    """A note line as a vector."""

    note: NoteLine
    weights: Mapping[str, float]
    names: frozenset[str]  # its capitalised words, folded
    weight: float  # of its section


@dataclass(frozen=True, slots=True)
class Prepared:
    """A story with what is computed once for all interviews."""

    story: Story
    weights: Mapping[str, float]  # of length 1
    words: frozenset[str]
    events: tuple[Event, ...]


def rank(
    interview: Interview,
    company: Company,
    profile: Profile,
    stories: Sequence[Story],
    frequencies: Frequencies,
    *,
    feeds: Mapping[str, tuple[Feed, ...]],
    settings: RelevanceSettings,
    now: datetime,
    wrong_company: frozenset[str] = frozenset(),
) -> tuple[Match, ...]:
    """Return a match for every story, the best first; 0.0 where nothing fits.

    `feeds` says for each address for whom it is read; `wrong_company` holds the stories that the
    user said are about somebody else.
    """
    names = companies.prepare(company, (_text(story) for story in stories))
    lines = _lines(interview, company, profile, frequencies, settings)
    matcher = _Matcher(interview, company, names, lines, feeds, settings, now, wrong_company)
    found = [matcher.match(prepare(story, frequencies)) for story in stories]
    return tuple(sorted(found, key=lambda match: (-match.score, match.story.id)))


def prepare(story: Story, frequencies: Frequencies) -> Prepared:
    """Return a story as a vector of length 1, with its events."""
    counts = Counter(terms(story.lead.text[:LONGEST_TEXT]))
    for term in terms(story.lead.title):
        counts[term] += TITLE_COUNTS
    raw = {term: _weight(term, count, frequencies) for term, count in counts.items()}
    length = math.sqrt(sum(value * value for value in raw.values())) or 1.0
    return Prepared(
        story,
        {term: value / length for term, value in raw.items()},
        frozenset(term for term in counts if " " not in term),
        events.find(story),
    )


def _weight(term: str, count: int, frequencies: Frequencies) -> float:
    pair = PAIR_WEIGHT if " " in term else 1.0
    return pair * (1 + math.log(count)) * idf(frequencies, term)


# ------------------------------------------------------------------------------------- note lines


def _lines(
    interview: Interview,
    company: Company,
    profile: Profile,
    frequencies: Frequencies,
    settings: RelevanceSettings,
) -> tuple[_Line, ...]:
    """Return the note lines as vectors, without people's names, logistics and the company."""
    left_out = _LOGISTICS | frozenset(
        word
        for name in [p.name for p in interview.people] + [company.name, *company.aliases]
        for word in words_of(name)
    )
    notes = [note for note in interview.lines if note.section in WEIGHTS]
    return tuple(
        _line(note, left_out, frequencies, getattr(settings, WEIGHTS[note.section]))
        for note in (*notes, *profile.lines)
    )


def _line(
    note: NoteLine, left_out: frozenset[str], frequencies: Frequencies, weight: float
) -> _Line:
    counts = Counter(
        term for term in terms(note.text) if not any(word in left_out for word in term.split())
    )
    capitalised = re.findall(r"(?<![.!?]\s)(?<!^)\b[A-Z][\w'’]+", note.text)
    return _Line(
        note,
        {term: _weight(term, count, frequencies) for term, count in counts.items()},
        frozenset(word for name in capitalised for word in words_of(name)),
        weight,
    )


# ---------------------------------------------------------------------------------------- matching


class _Matcher:
    """Matches stories with one interview."""

    def __init__(
        self,
        interview: Interview,
        company: Company,
        names: companies.Names,
        lines: tuple[_Line, ...],
        feeds: Mapping[str, tuple[Feed, ...]],
        settings: RelevanceSettings,
        now: datetime,
        wrong_company: frozenset[str],
    ) -> None:
        self._interview, self._company, self._names = interview, company, names
        self._feeds, self._settings, self._now = feeds, settings, now
        self._wrong_company = wrong_company
        self._by_term: dict[str, list[_Line]] = {}
        for line in lines:
            for term in line.weights:
                self._by_term.setdefault(term, []).append(line)

    def match(self, prepared: Prepared) -> Match:
        """Return how well one story fits, with its evidence and the reason if it is not shown."""
        story = prepared.story
        mention = self._mention(prepared)
        found = self._evidence(prepared)
        is_company = mention.about != "none"
        # What I can do meets news about the company; the rest is read for pleasure.
        best = found[0] if found and is_company else _first(found, ("discussed", "office"))
        sensitive = is_company and any(event.sensitive for event in prepared.events)
        sensitive = sensitive and (
            mention.words == ("its own news",) or events.strikes(story, self._names.any_name)
        )
        score = self._score(prepared, mention, best)
        reason = self._reason(prepared, mention, best, score, sensitive=sensitive)
        return Match(
            interview=self._interview.file,
            company=self._company.slug,
            story=story,
            kind="contribution" if is_company else "tidbit",
            score=score,
            shown=not reason,
            reason=reason or _why_shown(mention, best),
            mention=mention,
            events=prepared.events,
            sensitive=sensitive,
            best=best,
            skill=_first(found, ("angle", "profile")),
            for_people=_for_people(found),
        )

    def _mention(self, prepared: Prepared) -> Mention:
        listed, own = self._owners(prepared.story)
        if prepared.story.id in self._wrong_company:
            return Mention("none", 0.0, (), "you said: wrong company")
        return companies.find(self._names, prepared.story, prepared.words, listed=listed, own=own)

    def _owners(self, story: Story) -> tuple[bool, bool]:
        """Tell whether a feed listed for the company brought it, and whether it is its own news."""
        listed = [
            (article, feed)
            for article in (story.lead, *story.others)
            for feed in self._feeds.get(article.feed, ())
            if feed.company == self._company.slug
        ]
        own = any(feed.own or self._is_own_page(article.link) for article, feed in listed)
        return bool(listed), own

    def _is_own_page(self, link: str) -> bool:
        host, website = urlsplit(link).hostname or "", self._company.website
        return bool(website) and (host == website or host.endswith(f".{website}"))

    def _evidence(self, prepared: Prepared) -> list[Evidence]:
        """Return the evidence of every note line that shares a term, best first."""
        shared: dict[int, tuple[_Line, list[Term]]] = {}
        for term, weight in prepared.weights.items():
            for line in self._by_term.get(term, ()):
                value = weight * line.weights[term] * line.weight
                shared.setdefault(id(line), (line, []))[1].append(Term(term, value))
        found = [_weighed(line, shared_terms) for line, shared_terms in shared.values()]
        ordered = sorted(found, key=lambda item: (-item.score, item.note.file, item.note.line))
        return [_with_sentence(item, prepared.story) for item in ordered[:5]] + ordered[5:]

    def _score(self, prepared: Prepared, mention: Mention, best: Evidence | None) -> float:
        raw = best.score if best else 0.0
        fit = raw / (raw + HALF_FULL)
        if mention.about != "none":
            base = (ABOUT if mention.about == "about" else MENTIONED) * mention.confidence
            fit = base + (1 - base) * fit
        if _ROUND_UP.search(prepared.story.lead.title):
            fit *= ROUND_UP
        return min(fit * self._freshness(prepared.story) * self._feed_weight(prepared.story), 1.0)

    def _freshness(self, story: Story) -> float:
        days = max((self._now - story.lead.published).total_seconds() / 86_400, 0.0)
        lost = 1 - 0.5 ** (days / self._settings.half_life_days)
        return 1 - FRESHNESS * float(lost)

    def _feed_weight(self, story: Story) -> float:
        weights = [feed.weight for feed in self._feeds.get(story.lead.feed, ())]
        return max(weights, default=1.0)

    def _reason(
        self,
        prepared: Prepared,
        mention: Mention,
        best: Evidence | None,
        score: float,
        *,
        sensitive: bool,
    ) -> str:
        """Return the first thing that speaks against showing a story, or ""."""
        if mention.reason == "you said: wrong company":
            return mention.reason
        if sensitive:
            return f"bad news about {self._company.name}: held back"
        if mention.about == "none" and mention.reason.endswith("`not:` list"):
            return f"not about {self._company.name} the company ({mention.reason})"
        if best is None and mention.about != "about":
            return "no word in common with your notes"
        if _ROUND_UP.search(prepared.story.lead.title):
            return "a round-up of many stories"
        if mention.about != "about" and best and not _is_enough(best):
            return f"only one word in common (“{best.terms[0].term}”)"
        floor = self._settings.floor if mention.about != "none" else self._settings.tidbit_floor
        if score < floor:
            return f"below the line ({score:.2f}, floor {floor:.2f})"
        return ""


def _weighed(line: _Line, shared: list[Term]) -> Evidence:
    """Return the evidence of a line; what comes from one word alone counts for little."""
    total = sum(term.weight for term in shared)
    top = max(shared, key=lambda term: term.weight)
    words = {word for term in shared for word in term.term.split()}
    if len(words) == 1 or top.weight > MOST_FROM_ONE * total:
        is_name = line.note.section == "office" and bool(words & line.names)
        factor = ONE_NAME if is_name else ONE_TERM
        shared = [Term(term.term, term.weight * factor) for term in shared]
        total *= factor
    ordered = sorted(shared, key=lambda term: (-term.weight, term.term))
    return Evidence(line.note, "", tuple(ordered), total)


def _with_sentence(evidence: Evidence, story: Story) -> Evidence:
    """Return the evidence with the story's sentence that carries most of its weight."""
    weights = {term.term: term.weight for term in evidence.terms}
    sentences = [story.lead.title, *_sentences(story.lead.text[:LONGEST_TEXT])]
    best = max(sentences, key=lambda text: sum(weights.get(term, 0.0) for term in set(terms(text))))
    return Evidence(evidence.note, best, evidence.terms, evidence.score)


def _sentences(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"(?<=[.!?…。])\s+|\n", text) if part.strip()]


def _is_enough(evidence: Evidence) -> bool:
    words = {word for term in evidence.terms for word in term.term.split()}
    if len(words) >= SHARED_TERMS:
        return True
    return evidence.note.section == "office" and any(
        word in evidence.note.text.casefold() and word.capitalize() in evidence.note.text
        for word in words
    )


def _first(found: Iterable[Evidence], sections: tuple[str, ...]) -> Evidence | None:
    return next((item for item in found if item.note.section in sections), None)


def _for_people(found: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Return the best discussed or office line for each person, and the best for nobody."""
    best: dict[str, Evidence] = {}
    for item in found:
        if item.note.section in ("discussed", "office"):
            best.setdefault(item.note.person, item)
    return tuple(best.values())


def _why_shown(mention: Mention, best: Evidence | None) -> str:
    if best:
        words = " · ".join(term.term for term in best.terms[:3])
        return f"fits your note “{best.note.text[:80]}”: {words}"
    return f"about the company ({', '.join(mention.words)})"


def _text(story: Story) -> str:
    return f"{story.lead.title}\n{story.lead.text[:LONGEST_TEXT]}"
