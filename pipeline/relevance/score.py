"""How well each story fits an interview: TF-IDF of each note line against each story, and why.

For a note line n and a story s, both as sublinear TF-IDF over words and word pairs,

    evidence(n, s)   = sum over shared terms t of   w(n, t) * w(s, t) / |s|
    around(s)        = the same for all lines, the profile and the industry taken as one text
    centroid(s)      = cosine of s with the company's own news (see `company_profiles`)
    like(n, s)       = how near n and s are in meaning (see `meaning`)
    strength(n, s)   = evidence(n, s) / 2 + like(n, s) / 2 + around(s) + 2 centroid(s)
    fit(s)           = strength² / (strength² + half²)      for the line of most strength

and in the queue of company news, where the company is given, strength / (strength + half).

Takes one interview, its company with its profile, stories and the document frequencies; gives a
`Match` for each story. Every number that decides is in the table below, in that of `vectors`, or in
that of `reasons`.

An office line counts alone, without its surroundings: the candidate's trade says nothing about the
interviewer's hobbies. Two queues share one scale from 0 to 1: news about the company, led by how
surely it is meant, and all other stories, led by the note line. The parts of a score add up to it,
and the weights of a line's terms to the part of the line: the sum can be redone by hand.

A match is made without a clock, so it stays valid as long as story and notes do; `freshness` gives
its score on a day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pipeline.records import (
    Company,
    CompanyProfile,
    Evidence,
    Feed,
    Frequencies,
    Interview,
    Match,
    Mention,
    NoteLine,
    Part,
    PersonNews,
    Profile,
    RelevanceSettings,
    Story,
    Term,
    Verdict,
)
from pipeline.relevance import (
    companies,
    company_part,
    company_profiles,
    meaning,
    people,
    reasons,
    vectors,
)
from pipeline.relevance import verdict as verdicts
from pipeline.relevance.freshness import aged, in_order
from pipeline.relevance.lexicon import COUNTED, LOGISTICS
from pipeline.relevance.terms import words_of
from pipeline.relevance.vectors import Line, Prepared, Vector
from pipeline.text.phrasing import shorten

if TYPE_CHECKING:
    from pipeline.relevance.meaning import Embedding, Vectors

# ------------------------------------------------------------ every number, and where it is from
# Set on six ordinary and two quiet interviews of a labelled collection, coarsely, and kept only
# where eight other interviews, labelled by somebody who did not know the method, agreed.
LINE_COUNTS = 0.5  # of a line's own sum, on top of its share in what the whole interview is about
AROUND_COUNTS = 1.0  # of what it shares with all lines taken as one text
INDUSTRY_COUNTS = 2.0  # a word of the company's industry, beside one of the notes
CENTROID_COUNTS = 2.0  # of the likeness with the company's own news
HALF_FULL = 2.1  # strength of half the scale: the floor of 0.2 lies at half of it
OFFICE_COUNTS = 1.6  # an office line has no surroundings to add, only its meaning,
OFFICE_ALONE = 2.9  # and where meaning is left out, nothing
LIKE_COUNTS = 0.5  # of the likeness in meaning, from 0 to 1,
LIKE_OFFICE = 2.0  # and for an office line: about as much as two shared names at its most
ABOUT = 0.5  # the company queue's score of a story that is surely about the company,
MENTIONED = 0.18  # and of one that mentions it; the note lines add the rest
IN_TITLE = 0.1  # more for a company in the title: the story is its own
ROUND_UP = 0.4  # of "Briefly:", "market close", "news in brief": they match everything a little

_WEIGHTS = {"discussed": "discussed", "office": "office", "angle": "angle", "profile": "angle"}


@dataclass(frozen=True, slots=True)
class Background:
    """What matching needs besides the interview: the user's settings and what was learned."""

    frequencies: Frequencies
    settings: RelevanceSettings
    embedding: Embedding | None  # None: words alone
    feeds: Mapping[str, tuple[Feed, ...]]  # for each address, for whom it is read
    profile: Profile = Profile()


def rank(
    matcher: Matcher, stories: Iterable[Story], background: Background, now: datetime
) -> tuple[Match, ...]:
    """Return a match for every story as of now, the best first; 0.0 where nothing fits."""
    frequencies, embedding = background.frequencies, background.embedding
    prepared = (vectors.prepare(story, frequencies, embedding) for story in stories)
    found = [aged(matcher.match(item), background.settings, now) for item in prepared]
    return in_order(found)


# ------------------------------------------------------------------------------------- note lines


@dataclass(frozen=True, slots=True)
class _Notes:
    """The note lines of an interview, and all they are about taken together."""

    lines: tuple[Line, ...]
    by_term: Mapping[str, tuple[int, ...]]  # which lines hold a term
    words: frozenset[str]  # the terms of one word of all lines,
    office: frozenset[str]  # and of the office lines
    meanings: Vectors | None  # a row for each line
    around: Vector  # the most that any line but the office's, or the industry, gives to a term
    industry: frozenset[str]


def _notes(interview: Interview, names: companies.Names, background: Background) -> _Notes:
    people = (word for person in interview.everybody for word in words_of(person.name))
    left_out = LOGISTICS | COUNTED | names.name_words.union(people)  # names are not topics
    jotted = (*interview.lines, *background.profile.lines)
    notes = [note for note in jotted if _weight_of(note, background.settings)]
    frequencies = background.frequencies
    lines = [vectors.line_of(note, left_out, frequencies) for note in notes]
    around: dict[str, float] = {}
    for told in names.company.industry:
        industry = vectors.line_of(
            NoteLine("feeds.yaml", 0, "other", told), frozenset(), frequencies
        )
        around |= {term: weight * INDUSTRY_COUNTS for term, weight in industry.weights.items()}
    by_term: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        for term, weight in line.weights.items():
            by_term.setdefault(term, []).append(number)
            if line.note.section != "office":
                around[term] = max(around.get(term, 0.0), weight)
    return _Notes(
        tuple(lines),
        {term: tuple(found) for term, found in by_term.items()},
        _words_in(lines),
        _words_in([line for line in lines if line.note.section == "office"]),
        _meanings(notes, background.embedding),
        around,
        names.industry,
    )


def _weight_of(note: NoteLine, settings: RelevanceSettings) -> float:
    """Return what the user's settings give to a line's section; 0 switches it off."""
    weight: float = getattr(settings, _WEIGHTS[note.section]) if note.section in _WEIGHTS else 0.0
    return weight


def _words_in(lines: Iterable[Line]) -> frozenset[str]:
    return frozenset(term for line in lines for term in line.weights if " " not in term)


def _meanings(notes: Sequence[NoteLine], embedding: Embedding | None) -> Vectors | None:
    if embedding is None or not notes:
        return None
    import numpy as np

    return np.stack([embedding.of_line(n.text, leans=n.section == "office") for n in notes])


def _industry(company: Company, embedding: Embedding | None) -> Vectors | None:
    if embedding is None or not company.industry:
        return None
    meant: Vectors = embedding.of([", ".join(company.industry)])[0]
    return meant


# ---------------------------------------------------------------------------------------- matching


@dataclass(frozen=True, slots=True)
class _Fit:
    """A story's fit with the notes."""

    found: tuple[Evidence, ...]  # of each line that shares a term, strongest first; unit 1
    unit: float  # strength of one unit of the first line's evidence
    parts: tuple[Part, ...]  # of the strength of the first line; they add up to it
    carried: bool  # the line is enough of a reason to show the story

    @property
    def strength(self) -> float:
        return sum(part.amount for part in self.parts)


class Matcher:
    """Matches stories with one interview."""

    def __init__(
        self,
        interview: Interview,
        company: Company,
        company_profile: CompanyProfile,
        background: Background,
        wrong_company: frozenset[str] = frozenset(),
    ) -> None:
        """Take the interview; `wrong_company` holds stories that are about somebody else."""
        self._interview, self._company, self._background = interview, company, background
        self._names = companies.prepare(company, company_profile.usage)
        self._centroid = company_profiles.centroid_of(company_profile)
        self._own_feeds = frozenset(company_profile.own_feeds)
        self._feed_precision = {item.term: item.weight for item in company_profile.feed_precision}
        self._industry = _industry(company, background.embedding)
        self._notes = _notes(interview, self._names, background)
        self._people = people.prepare(interview.everybody)
        self._wrong_company = wrong_company

    def worth_keeping(self, item: Prepared) -> Match | None:
        """Return the match of a story that matters, or None.

        Most stories neither name the company or somebody of the notes nor share enough words with a
        line to be carried by it: that is seen before anything is weighed.
        """
        if not (
            self._may_be_meant(item.story)
            or people.may_be_named(self._people, item.story.lead)
            or self._may_be_carried(item)
        ):
            return None
        match = self.match(item)
        return match if match.matters else None

    def _may_be_meant(self, story: Story) -> bool:
        return companies.is_named(self._names, story.lead) or self._owners(story)[1]

    def _may_be_carried(self, item: Prepared) -> bool:
        """Return whether a line is a reason by its words alone (see `reasons.is_enough`)."""
        lines = [self._notes.lines[number] for number in self._sharing(item.words)]
        return any(
            (found := vectors.evidence(line, item.weights)) and reasons.is_enough(found)
            for line in lines
        )

    def _sharing(self, words: frozenset[str]) -> list[int]:
        """Return the lines that share words enough to carry a story."""
        notes, counts = self._notes, dict[int, int]()
        of_trade = not notes.industry.isdisjoint(words)
        for word in words & (notes.words if of_trade else notes.office):
            for number in notes.by_term[word]:
                counts[number] = counts.get(number, 0) + 1
        return sorted(
            number
            for number, count in counts.items()
            if _may_carry(notes.lines[number], words, count, of_trade=of_trade)
        )

    def match(self, item: Prepared) -> Match:
        """Return how well one story fits, with its evidence and the reason if it is not shown."""
        mention = self._mention(item)
        fit = self._fit(item)
        verdict = self._verdict(item, mention)
        sensitive = verdict is not None and verdict.tone == "bad"
        parts, scale = self._parts(item, mention, fit)
        reason = self._reason(item, mention, fit, parts, sensitive=sensitive)
        unit = fit.unit * scale
        strong = [evidence for evidence in fit.found if reasons.is_enough(evidence)]
        is_theirs = mention.about == "about"
        skill = next((e for e in strong if e.note.section in ("angle", "profile")), None)

        def shown(found: Evidence) -> Evidence:
            return vectors.with_sentence(_in_units(found, unit), item.story)

        return Match(
            interview=self._interview.file,
            company=self._company.slug,
            story=item.story,
            kind="tidbit" if mention.about == "none" else "contribution",
            score=sum(part.amount for part in parts),
            shown=not reason,
            reason=reason or _why_shown(mention, fit),
            mention=mention,
            events=item.events,
            verdict=verdict,
            genre=item.genre,
            parts=parts,
            best=shown(fit.found[0]) if fit.found else None,
            skill=shown(skill) if skill else None,
            for_people=tuple(map(shown, _for_people(strong))),
            people=self._named_in(item.story, mention),
            own_field=people.own_field(self._interview.role, self._names, item.story)
            if is_theirs
            else (),
        )

    def _verdict(self, item: Prepared, mention: Mention) -> Verdict | None:
        if mention.about != "about" or mention.confidence < companies.SURE_ENOUGH:
            return None
        return verdicts.judge(item.story, item.events, mention, self._names.any_name)

    def _named_in(self, story: Story, mention: Mention) -> tuple[PersonNews, ...]:
        if mention.not_meant == "marked wrong":
            return ()
        return people.find(self._people, self._names, story, own=mention.own)

    # ---- the company

    def _mention(self, item: Prepared) -> Mention:
        if item.story.id in self._wrong_company:
            return companies.MARKED_WRONG
        listed, own = self._owners(item.story)
        found = companies.find(
            self._names,
            item.story,
            item.words,
            listed=listed,
            own=own,
            likeness=companies.context_of(
                vectors.product(self._centroid, item.weights), self._industry_likeness(item)
            ),
        )
        return company_part.decided(item.story, self._names, found)

    def _industry_likeness(self, item: Prepared) -> float | None:
        if item.meaning is None or self._industry is None:
            return None
        return float(self._industry @ item.meaning)

    def _owners(self, story: Story) -> tuple[float, bool]:
        """Return how far a feed listed for the company is about it, and whether it is its own.

        Less than 0 where only a topic's feeds brought it.
        """
        listed = [
            (article, feed)
            for article in (story.lead, *story.others)
            for feed in self._background.feeds.get(article.feed, ())
            if feed.company == self._company.slug
        ]
        own = any(
            feed.own or feed.address in self._own_feeds or self._is_own_page(article.link)
            for article, feed in listed
        )
        # A feed that was not there when the profile was made counts as what the user says.
        feed_precision = max(
            (self._feed_precision.get(article.feed, 1.0) for article, _ in listed), default=0.0
        )
        return (-1.0 if self._is_of_a_topic(story) else feed_precision), own

    def _is_of_a_topic(self, story: Story) -> bool:
        feeds = [
            feed
            for article in (story.lead, *story.others)
            for feed in self._background.feeds.get(article.feed, ())
        ]
        return bool(feeds) and all(feed.topic for feed in feeds)

    def _is_own_page(self, link: str) -> bool:
        website = self._company.website
        if not website:
            return False
        host = urlsplit(link).hostname or ""
        return host == website or host.endswith(f".{website}")

    # ---- the notes

    def _fit(self, item: Prepared) -> _Fit:
        """Return the evidence of every note line that shares a term, the strongest first."""
        shared = self._around(item)
        surroundings = sum(part.amount for part in shared)
        ranked = sorted(
            self._candidates(item),
            key=lambda pair: (
                -self._strength(pair[0], pair[1], surroundings),
                _place(pair[0].note),
            ),
        )
        found = tuple(evidence for evidence, _ in ranked)
        if not found:
            return _Fit((), 0.0, shared, False)
        (best, like), weight = ranked[0], self._weight(ranked[0][0])
        parts = [Part("your note", self._unit(best) * best.score)]
        if like:
            parts.append(Part("near in meaning", weight * like))
        if best.note.section != "office":
            parts += [replace(part, amount=weight * part.amount) for part in shared]
        carried = reasons.is_enough(best) and (
            best.note.section == "office" or not self._notes.industry.isdisjoint(item.words)
        )
        return _Fit(found, self._unit(best), tuple(parts), carried)

    def _candidates(self, item: Prepared) -> Iterator[tuple[Evidence, float]]:
        """Yield the evidence of each line that has any, with its likeness in meaning."""
        likes = self._likes(item)
        numbers = {n for term in item.weights for n in self._notes.by_term.get(term, ())}
        for number in sorted(numbers | likes.keys()):
            line = self._notes.lines[number]
            found = vectors.evidence(line, item.weights) or Evidence(line.note, "", (), 0.0)
            yield found, likes.get(number, 0.0)

    def _likes(self, item: Prepared) -> dict[int, float]:
        """Return what likeness in meaning adds to the lines that have any."""
        if item.meaning is None or self._notes.meanings is None:
            return {}
        cosines = (self._notes.meanings @ item.meaning).tolist()
        return {
            number: like * (LIKE_OFFICE if line.note.section == "office" else LIKE_COUNTS)
            for number, (line, cosine) in enumerate(zip(self._notes.lines, cosines, strict=True))
            if (like := meaning.likeness(cosine))
        }

    def _around(self, item: Prepared) -> tuple[Part, ...]:
        """Return what a story shares with everything the interview and the company are about."""
        parts = []
        for name, vector, counts in (
            ("all your notes", self._notes.around, AROUND_COUNTS),
            ("like its other news", self._centroid, CENTROID_COUNTS),
        ):
            shared = {t: w * vector[t] for t, w in item.weights.items() if t in vector}
            if shared:
                heaviest = sorted(shared, key=lambda term: (-shared[term], term))[:3]
                parts.append(Part(name, counts * sum(shared.values()), tuple(heaviest)))
        return tuple(parts)

    def _strength(self, found: Evidence, like: float, surroundings: float) -> float:
        rest = like + (0.0 if found.note.section == "office" else surroundings)
        return self._unit(found) * found.score + self._weight(found) * rest

    def _unit(self, found: Evidence) -> float:
        office = OFFICE_ALONE if self._background.embedding is None else OFFICE_COUNTS
        return self._weight(found) * (office if found.note.section == "office" else LINE_COUNTS)

    def _weight(self, found: Evidence) -> float:
        return _weight_of(found.note, self._background.settings)

    # ---- the score

    def _parts(self, item: Prepared, mention: Mention, fit: _Fit) -> tuple[tuple[Part, ...], float]:
        """Return the parts of the score, and what one unit of strength is worth in it."""
        strength = fit.strength
        base = self._base(mention)
        if base:  # the company is given: the first words in common count most
            share = strength / (strength + HALF_FULL)
        else:  # they may be chance: only many count
            share = strength**2 / (strength**2 + HALF_FULL**2)
        factor = self._feed_weight(item.story)
        if reasons.is_round_up(item.story):
            factor *= ROUND_UP
        factor /= max(factor * (base + (1 - base) * share), 1.0)  # no score is above 1
        scale = factor * (1 - base) * share / strength if strength else 0.0
        company = (Part("about the company", factor * base, mention.words),) if base else ()
        return (
            (*company, *(replace(part, amount=scale * part.amount) for part in fit.parts)),
            scale,
        )

    def _base(self, mention: Mention) -> float:
        if mention.about == "none":
            return 0.0
        sure = (ABOUT if mention.about == "about" else MENTIONED) * mention.confidence
        return sure + (IN_TITLE if mention.in_title else 0.0)

    def _feed_weight(self, story: Story) -> float:
        weights = [feed.weight for feed in self._background.feeds.get(story.lead.feed, ())]
        return max(weights, default=1.0)

    # ---- the reason

    def _reason(
        self,
        item: Prepared,
        mention: Mention,
        fit: _Fit,
        parts: Sequence[Part],
        *,
        sensitive: bool,
    ) -> str:
        """Return the first thing that speaks against showing a story, or ""."""
        against = reasons.against_company(self._company.name, mention, sensitive=sensitive)
        if not against:
            against = reasons.no_news(item.genre)
        if not against and reasons.is_round_up(item.story):
            against = "a round-up of many stories"
        if not against and mention.about == "about" and not mention.own:
            named = parts[0]
            against = reasons.beside_the_point(
                self._company.name,
                sum(part.amount for part in parts),
                named.amount,
                in_title=mention.in_title,
            )
        if not against and mention.about != "about":
            against = reasons.against_notes(fit.found, carried=fit.carried)
        if not against and mention.about == "none":
            against = reasons.no_pleasure(item, fit.found)
        return against


def _may_carry(line: Line, words: frozenset[str], count: int, *, of_trade: bool) -> bool:
    if line.note.section != "office":
        return of_trade and count >= reasons.SHARED_WORDS
    return count >= reasons.SHARED_WORDS or not line.names.isdisjoint(words)


def _place(note: NoteLine) -> tuple[str, int, str]:
    return note.file, note.line, note.text


def _in_units(found: Evidence, unit: float) -> Evidence:
    """Return evidence in units of the score."""
    terms = tuple(Term(term.term, term.weight * unit) for term in found.terms)
    return Evidence(found.note, found.sentence, terms, found.score * unit, unit)


def _for_people(found: Sequence[Evidence]) -> Iterable[Evidence]:
    """Return the best discussed or office line for each person, and the best for nobody."""
    best: dict[str, Evidence] = {}
    for item in found:
        if item.note.section in ("discussed", "office"):
            best.setdefault(item.note.person, item)
    return best.values()


def _why_shown(mention: Mention, fit: _Fit) -> str:
    if fit.found and (mention.about == "none" or reasons.is_enough(fit.found[0])):
        words = " · ".join(term.term for term in fit.found[0].terms[:3])
        return f"fits your note “{shorten(fit.found[0].note.text, 80)}”: {words}"
    place = " in its title" if mention.in_title else ""
    return f"about the company: {', '.join(mention.words)}{place}"
