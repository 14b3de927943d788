"""How well each story fits an interview: TF-IDF of each note line against each story, and why.

Takes one interview, its company, the profile, the stories and the document frequencies; gives one
`Match` for every story, best first. Every number that decides stands in the table below, or in
the one of `vectors`.

For a note line n and a story s, both as sublinear TF-IDF over words and word pairs,

    evidence(n, s)   = sum over shared terms t of   w(n, t) * w(s, t) / |s|
    around(s)        = the same for all lines, the profile and the industry taken as one text
    strength(n, s)   = evidence(n, s) / 2 + around(s)
    fit(s)           = strength² / (strength² + half²)      for the line of most strength

An office line stands for itself: the candidate's trade says nothing about the interviewer's
hobbies. Two queues share one scale from 0 to 1: news about the company, led by how surely it is
meant, and all other stories, led by the note line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from pipeline.records import (
    Company,
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
)
from pipeline.relevance import companies, events, vectors
from pipeline.relevance.lexicon import LOGISTICS
from pipeline.relevance.terms import words_of
from pipeline.relevance.vectors import Line, Prepared, Vector

# ------------------------------------------------------------ every number, and where it is from
# Set on the six ordinary and two quiet interviews of the labelled collection, coarsely: each may
# be a fifth higher or lower without a change of .02 in nDCG@10.
LINE_COUNTS = 0.5  # of a line's own sum, on top of its share in what the whole interview is about
INDUSTRY_COUNTS = 2.0  # a word of the company's industry, beside one of the notes
HALF_FULL = 1.75  # strength of half the scale: the floor of 0.2 lies at half of it
OFFICE_COUNTS = 2.4  # an office line has no surroundings to add: as strong at a third of the sum
ABOUT = 0.5  # the company queue's score of a story that is surely about the company,
MENTIONED = 0.18  # and of one that mentions it; the note lines add the rest
SURE_ENOUGH = 0.85  # confidence that the company is meant, from which its news are shown
ROUND_UP = 0.4  # of "Briefly:", "market close", "news in brief": they match everything a little
OLDEST_DAYS = 30  # what is older is no news to anybody
FRESHNESS = 0.15  # of the score is lost by a story that is infinitely old
LEAST_EVIDENCE = 0.14  # of a note line by itself, to carry a story: less is chance
SHARED_WORDS = 2  # that a line needs to carry a story, unless it is an office line and a name

_ROUND_UP = re.compile(
    r"\b(?:briefly|in brief|round-?up|news digest|week in review|morning briefing|market (?:wrap|"
    r"close|report)|markets?:|stocks? (?:end|close|open|slip|rise|fall|gain|edge|drop|climb|jump|"
    r"mixed)\w*|wall street (?:ends|closes|opens)|before the bell|after the bell|daily digest|"
    r"what to watch|headlines|top stories|things to know|tech stocks|blue chips|dow (?:ends|"
    r"closes|falls|rises)|(?:business|news|tech\w*|sports?|world) briefs?)\b",
    re.IGNORECASE,
)
_WEIGHTS = {"discussed": "discussed", "office": "office", "angle": "angle", "profile": "angle"}
_WRONG_COMPANY = "you said: wrong company"


def prepare(stories: Iterable[Story], frequencies: Frequencies) -> tuple[Prepared, ...]:
    """Return the stories ready for `rank`; the same for every interview."""
    return vectors.prepare(stories, frequencies)


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
    prepared: Sequence[Prepared] | None = None,
) -> tuple[Match, ...]:
    """Return a match for every story, the best first; 0.0 where nothing fits.

    `feeds` says for each address for whom it is read; `wrong_company` holds the stories that the
    user said are about somebody else; `prepared` is `prepare(stories, frequencies)`, where more
    than one interview is ranked.
    """
    ready = prepare(stories, frequencies) if prepared is None else prepared
    matcher = _Matcher(
        interview,
        company,
        companies.prepare(company, (companies.text_of(item.story) for item in ready)),
        _notes(interview, company, profile, frequencies),
        feeds,
        settings,
        now,
        wrong_company,
    )
    found = [matcher.match(item) for item in ready]
    return tuple(sorted(found, key=lambda match: (-match.score, match.story.id)))


# ------------------------------------------------------------------------------------- note lines


@dataclass(frozen=True, slots=True)
class _Notes:
    """The note lines of an interview, and all they are about taken together."""

    by_term: Mapping[str, tuple[Line, ...]]
    around: Vector  # the most that any line but the office's, or the industry, gives to a term
    industry: frozenset[str]


def _notes(
    interview: Interview, company: Company, profile: Profile, frequencies: Frequencies
) -> _Notes:
    left_out = LOGISTICS | _words_of_names(interview, company)
    notes = [note for note in (*interview.lines, *profile.lines) if note.section in _WEIGHTS]
    lines = [vectors.line_of(note, left_out, frequencies) for note in notes]
    industry = NoteLine("feeds.yaml", 0, "other", " . ".join(company.industry))
    field = vectors.line_of(industry, frozenset(), frequencies)
    around = {term: weight * INDUSTRY_COUNTS for term, weight in field.weights.items()}
    by_term: dict[str, list[Line]] = {}
    for line in lines:
        for term, weight in line.weights.items():
            by_term.setdefault(term, []).append(line)
            if line.note.section != "office":
                around[term] = max(around.get(term, 0.0), weight)
    industry_words = frozenset(word for text in company.industry for word in words_of(text))
    return _Notes({t: tuple(found) for t, found in by_term.items()}, around, industry_words)


def _words_of_names(interview: Interview, company: Company) -> frozenset[str]:
    """Return the words of people's and the company's names: they are not topics."""
    names = (*(person.name for person in interview.people), company.name, *company.aliases)
    return frozenset(word for name in names for word in words_of(name))


# ---------------------------------------------------------------------------------------- matching


@dataclass(frozen=True, slots=True)
class _Fit:
    """A story's fit with the notes: the evidence of each line, strongest first."""

    found: tuple[Evidence, ...]
    strength: float  # of the first, with what is around it
    carried: bool  # the line is enough of a reason to show the story


class _Matcher:
    """Matches stories with one interview."""

    def __init__(
        self,
        interview: Interview,
        company: Company,
        names: companies.Names,
        notes: _Notes,
        feeds: Mapping[str, tuple[Feed, ...]],
        settings: RelevanceSettings,
        now: datetime,
        wrong_company: frozenset[str],
    ) -> None:
        self._interview, self._company, self._names = interview, company, names
        self._notes, self._feeds, self._settings = notes, feeds, settings
        self._now, self._wrong_company = now, wrong_company

    def match(self, item: Prepared) -> Match:
        """Return how well one story fits, with its evidence and the reason if it is not shown."""
        mention = self._mention(item)
        fit = self._fit(item)
        about_us = mention.about != "none"
        sensitive = events.strikes(item.story, item.events, mention, self._names.any_name)
        score = self._score(item, mention, fit)
        reason = self._reason(item, mention, fit, score, sensitive=sensitive)
        strong = [evidence for evidence in fit.found if _is_enough(evidence)]
        return Match(
            interview=self._interview.file,
            company=self._company.slug,
            story=item.story,
            kind="contribution" if about_us else "tidbit",
            score=score,
            shown=not reason,
            reason=reason or _why_shown(mention, fit),
            mention=mention,
            events=item.events,
            sensitive=sensitive,
            best=fit.found[0] if fit.found else None,
            skill=next((e for e in strong if e.note.section in ("angle", "profile")), None),
            for_people=_for_people(strong),
        )

    # ---- the company

    def _mention(self, item: Prepared) -> Mention:
        if item.story.id in self._wrong_company:
            return Mention("none", 0.0, (), _WRONG_COMPANY)
        listed, own = self._owners(item.story)
        return companies.find(self._names, item.story, item.words, listed=listed, own=own)

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
        website = self._company.website
        if not website:
            return False
        host = urlsplit(link).hostname or ""
        return host == website or host.endswith(f".{website}")

    # ---- the notes

    def _fit(self, item: Prepared) -> _Fit:
        """Return the evidence of every note line that shares a term, the strongest first."""
        lines = {
            (line.note.file, line.note.line, line.note.text): line
            for term in item.weights
            for line in self._notes.by_term.get(term, ())
        }
        around = self._around(item)
        found = [
            (self._strength(found, item, around), found)
            for line in lines.values()
            if (found := vectors.evidence(line, item.weights))
        ]
        found.sort(key=lambda pair: (-pair[0], pair[1].note.file, pair[1].note.line))
        if not found:
            return _Fit((), 0.0, False)
        strength, best = found[0]
        carried = _is_enough(best) and (
            best.note.section == "office" or not self._notes.industry.isdisjoint(item.words)
        )
        sentences = [vectors.with_sentence(e, item.story) if s > 0 else e for s, e in found]
        return _Fit(tuple(sentences), strength, carried)

    def _around(self, item: Prepared) -> float:
        """Return what a story shares with everything the interview is about."""
        around = self._notes.around
        return sum(around[term] * value for term, value in item.weights.items() if term in around)

    def _strength(self, found: Evidence, item: Prepared, around: float) -> float:
        weight: float = getattr(self._settings, _WEIGHTS[found.note.section])
        if found.note.section == "office":
            return weight * OFFICE_COUNTS * found.score
        return weight * (LINE_COUNTS * found.score + around)

    def _score(self, item: Prepared, mention: Mention, fit: _Fit) -> float:
        share = fit.strength**2 / (fit.strength**2 + HALF_FULL**2)
        if mention.about != "none":
            base = (ABOUT if mention.about == "about" else MENTIONED) * mention.confidence
            share = base + (1 - base) * share
        if _ROUND_UP.search(item.story.lead.title):
            share *= ROUND_UP
        return min(share * self._freshness(item.story) * self._feed_weight(item.story), 1.0)

    def _freshness(self, story: Story) -> float:
        days = self._days_old(story)
        return 1 - FRESHNESS * (1 - float(0.5 ** (days / self._settings.half_life_days)))

    def _days_old(self, story: Story) -> float:
        return max((self._now - story.lead.published).total_seconds() / 86_400, 0.0)

    def _feed_weight(self, story: Story) -> float:
        weights = [feed.weight for feed in self._feeds.get(story.lead.feed, ())]
        return max(weights, default=1.0)

    # ---- the reason

    def _reason(
        self, item: Prepared, mention: Mention, fit: _Fit, score: float, *, sensitive: bool
    ) -> str:
        """Return the first thing that speaks against showing a story, or ""."""
        against = self._against_company(mention, sensitive=sensitive)
        against = against or self._against_story(item.story)
        if not against and mention.about != "about" and not fit.carried:
            against = _too_little(fit)
        if not against and mention.about == "none":
            against = _no_pleasure(item, fit)
        if not against and score < self._settings.floor:
            against = f"below the line ({score:.2f}, floor {self._settings.floor:.2f})"
        return against

    def _against_company(self, mention: Mention, *, sensitive: bool) -> str:
        name = self._company.name
        if mention.reason == _WRONG_COMPANY:
            return mention.reason
        if sensitive:
            return f"bad news about {name}: held back"
        if mention.about == "none" and mention.reason.endswith("`not:` list"):
            return f"not about {name} the company ({mention.reason})"
        if mention.about == "about" and mention.confidence < SURE_ENOUGH:
            return f"not sure that it is about {name} the company ({mention.confidence:.0%})"
        return ""

    def _against_story(self, story: Story) -> str:
        days = self._days_old(story)
        if days > OLDEST_DAYS:
            return f"too old ({days:.0f} days)"
        if _ROUND_UP.search(story.lead.title):
            return "a round-up of many stories"
        return ""


def _is_enough(found: Evidence) -> bool:
    """Tell whether a line by itself is a reason: two words, or one name from the office."""
    shared = vectors.words_shared(found)
    if found.note.section == "office" and not shared.isdisjoint(vectors.names_in(found.note.text)):
        return True
    return len(shared) >= SHARED_WORDS and found.score >= LEAST_EVIDENCE


def _too_little(fit: _Fit) -> str:
    if not fit.found:
        return "no word in common with your notes"
    best = fit.found[0]
    if len(vectors.words_shared(best)) < SHARED_WORDS:
        return f"only one word in common (“{best.terms[0].term}”)"
    if _is_enough(best):
        return "no word of the company's industry in it, and too little in common with your notes"
    return "too little in common with your notes"


def _no_pleasure(item: Prepared, fit: _Fit) -> str:
    """Bad news on somebody's hobby is no present."""
    bad = next((event for event in item.events if event.sensitive), None)
    if bad is None or fit.found[0].note.section != "office":
        return ""
    return f"no pleasure to read: {bad.kind} (“{bad.words[0]}”)"


def _for_people(found: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Return the best discussed or office line for each person, and the best for nobody."""
    best: dict[str, Evidence] = {}
    for item in found:
        if item.note.section in ("discussed", "office"):
            best.setdefault(item.note.person, item)
    return tuple(best.values())


def _why_shown(mention: Mention, fit: _Fit) -> str:
    if fit.found:
        words = " · ".join(term.term for term in fit.found[0].terms[:3])
        return f"fits your note “{fit.found[0].note.text[:80]}”: {words}"
    return f"about the company ({', '.join(mention.words)})"
