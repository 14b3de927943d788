"""How likely a story is to be useful for an interview: features of its best note line, and why.

For a note line n and a story s, both as sublinear TF-IDF over words and word pairs,

    evidence(n, s)   = sum over shared terms t of   w(n, t) * w(s, t) / |s|
    around(s)        = the same for all lines, the profile and the industry taken as one text
    centroid(s)      = cosine of s with the company's own news (see `company_profiles`)
    like(n, s)       = how near n and s are in meaning (see `meaning`)
    strength(n, s)   = evidence(n, s) / 2 + like(n, s) / 2 + around(s) + 2 centroid(s)

A few such features are weighed by a logistic regression (see `usefulness`), one for each queue:
news about the company, which must also meet a line, and whose strength is around(s) alone; stories
that fit what was talked about, where the strength decides; stories that fit what was seen in the
office, where a line counts alone, without its surroundings: the candidate's trade says nothing
about the interviewer's hobbies. The line of the highest log-odds speaks for the story.

Takes one interview, its company with its profile, stories and the document frequencies; gives a
`Match` for each story. Its score is the probability that the story is useful, its parts are in
log-odds and add up to those of the score, and the weights of a line's terms to the part of the
line: the sum can be redone by hand.

A match is made without a clock, so it stays valid as long as story and notes do; `freshness` gives
its score on a day. Every number that decides is in the table below, in that of `vectors`, in that
of `reasons`, or among the fitted coefficients.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import accumulate, takewhile
from math import fsum, inf, log, log1p, sqrt
from typing import TYPE_CHECKING

from pipeline.records import (
    Article,
    Bound,
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
    Queue,
    RelevanceSettings,
    Story,
    Verdict,
)
from pipeline.records.record import dataclass
from pipeline.relevance import (
    bilingual,
    companies,
    company_profiles,
    company_subject,
    feedback,
    meaning,
    people,
    reasons,
    usefulness,
    vectors,
)
from pipeline.relevance import verdict as verdicts
from pipeline.relevance.lexicon import FILLERS, LOGISTICS, OWN_FILLERS
from pipeline.relevance.terms import language_of, words_of
from pipeline.relevance.vectors import Line, Prepared, Vector
from pipeline.text.names import plain_letters
from pipeline.text.phrasing import shorten
from pipeline.text.publishers import is_of_its_link, who_lead
from pipeline.text.sentences import first_sentence
from pipeline.text.urls import is_on

if TYPE_CHECKING:
    from pipeline.relevance.meaning import Embedding, Vectors

# ------------------------------------------------------------ every number, and where it is from
# The shape of `strength` was set on six ordinary and two quiet interviews of a labelled collection,
# coarsely, and kept only where eight others agreed; the weight of what it says is fitted.
LINE_COUNTS = 0.5  # of a line's own sum, on top of its share in what the whole interview is about
AROUND_COUNTS = 1.0  # of what it shares with all lines taken as one text
INDUSTRY_COUNTS = 2.0  # a word of the company's industry, beside one of the notes
CENTROID_COUNTS = 2.0  # of the likeness with the company's own news
LIKE_COUNTS = 0.5  # of the likeness in meaning, from 0 to 1
WORDS_ALONE = 0.6  # of the root of the evidence stands for the meaning, where that is left out
STEEP = 10.0  # strength counts by log(1 + 10 strength): the first words in common count most
NEVER = 50.0  # log-odds of what the user gave the weight 0
SERVES = 0.3  # cosine of a topic's name with the line that it is read for; unlike ones have .1
# Two words are forms of one: "band", "bands"; "hoehlenforscher", "hoehlenforschung". By judgement.
LEAST_STEM, MOST_ENDING, STEM_SHARE = 4, 2, 0.7
OFTEN = 1.0  # stories a day: of a company with fewer, each is news by itself

_WORD = re.compile(r"[^\W\d_]+")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
THEIRS = ("discussed", "office")  # sections of lines that a topic is read for
_WEIGHTS = {"discussed": "discussed", "office": "office", "angle": "angle", "profile": "angle"}


@dataclass(frozen=True, slots=True)
class Background:
    """What matching needs besides the interview: the user's settings and what was learned."""

    frequencies: Frequencies
    settings: RelevanceSettings
    embedding: Embedding | None  # None: words alone
    feeds: Mapping[str, tuple[Feed, ...]]  # for each address, for whom it is read
    profile: Profile = Profile()


# ------------------------------------------------------------------------------------- note lines


@dataclass(frozen=True, slots=True)
class _Notes:
    """The note lines of an interview, and all they are about taken together."""

    lines: tuple[Line, ...]
    by_term: Mapping[str, tuple[int, ...]]  # which lines hold a term
    meanings: Vectors | None  # a row for each line,
    clauses: Vectors | None  # and for each clause of each line
    first_clauses: tuple[int, ...]  # of each line: where its clauses begin
    around: Vector  # the most that any line but the office's, or the industry, gives to a term


def _notes_by_language(
    interview: Interview, names: companies.Names, background: Background
) -> Mapping[str, _Notes]:
    """Return the notes as they are compared with stories of each language that is in them.

    Beside a story in its own language a line stands in its own words; beside all others, and
    those in English, which is "", by the English words for its own.
    """
    languages = bilingual.languages_of((*interview.lines, *background.profile.lines))
    return {
        name: _notes(interview, names, background, languages, name)
        for name in {"", *languages.values()}
    }


def _notes(
    interview: Interview,
    names: companies.Names,
    background: Background,
    languages: Mapping[str, str],
    beside: str,
) -> _Notes:
    people = (word for person in interview.everybody for word in words_of(person.name))
    left_out = LOGISTICS | FILLERS | names.name_words.union(people)  # names are not topics
    jotted = (*interview.lines, *background.profile.lines)
    notes = [note for note in jotted if _weight_of(note, background.settings)]
    frequencies = background.frequencies
    of_line = [bilingual.language_of(note, languages) for note in notes]
    without = {name: left_out | OWN_FILLERS.get(name, frozenset()) for name in of_line}
    lines = [
        vectors.line_in_english(note, without[name], frequencies, name)
        if name and name != beside
        else vectors.line_of(note, without[name], frequencies, name)
        for note, name in zip(notes, of_line, strict=True)
    ]
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
        _meanings(notes, of_line, background.embedding),
        *_clauses(notes, of_line, background.embedding),
        around,
    )


def _weight_of(note: NoteLine, settings: RelevanceSettings) -> float:
    """Return what the user's settings give to a line's section; 0 switches it off."""
    weight: float = getattr(settings, _WEIGHTS[note.section]) if note.section in _WEIGHTS else 0.0
    return weight


def _meanings(
    notes: Sequence[NoteLine], languages: Sequence[str], embedding: Embedding | None
) -> Vectors | None:
    if embedding is None or not notes:
        return None
    import numpy as np

    return np.stack(
        [
            embedding.of_line(
                note.text,
                leans=note.section == "office",
                meant=vectors.meant(note.text, name),
            )
            for note, name in zip(notes, languages, strict=True)
        ]
    )


def _clauses(
    notes: Sequence[NoteLine], languages: Sequence[str], embedding: Embedding | None
) -> tuple[Vectors | None, tuple[int, ...]]:
    """Return the meaning of each clause of the lines: a jotting often has three subjects."""
    if embedding is None or not notes:
        return None, ()
    told = [
        [vectors.meant(clause, name) for clause in meaning.clauses_of(note.text)]
        for note, name in zip(notes, languages, strict=True)
    ]
    begins = (0, *accumulate(len(clauses) for clauses in told[:-1]))
    return embedding.of([clause for clauses in told for clause in clauses]), begins


def _meaning_of(text: str, embedding: Embedding | None) -> Vectors | None:
    return embedding.of([text])[0] if embedding and text else None


def _industry(company: Company, embedding: Embedding | None) -> Vectors | None:
    if embedding is None or not company.industry:
        return None
    meant: Vectors = embedding.of([", ".join(company.industry)])[0]
    return meant


def _served(
    slug: str, in_languages: Mapping[str, _Notes], background: Background
) -> Mapping[str, frozenset[int]]:
    """Return, for each topic, the note lines for which its feeds are read.

    Those that hold a word of the topic's name, or are near it in meaning; where `for:` names the
    company, the nearest at least; where it names only others, none.
    """
    notes = in_languages[""]
    theirs = {n for n, line in enumerate(notes.lines) if line.note.section in THEIRS}
    read = {feed.topic: feed.serves for found in background.feeds.values() for feed in found}
    served: dict[str, frozenset[int]] = {}
    for topic, serves in read.items():
        if not topic or (serves and slug not in serves):
            continue
        name = topic.replace("-", " ").replace("_", " ")
        lines = theirs & {
            n
            for beside in in_languages.values()
            for word in words_of(name)
            for n in beside.by_term.get(word, ())
        }
        lines |= {n for n in theirs if _is_akin(name, notes.lines[n].note.text)}
        meant = _meaning_of(name, background.embedding)
        if meant is not None and notes.meanings is not None:
            cosines = (notes.meanings @ meant).tolist()
            lines |= {n for n in theirs if cosines[n] >= SERVES}
            if serves and theirs and not lines:
                lines = {max(sorted(theirs), key=lambda n: cosines[n])}
        elif serves and not lines:  # by words alone there is no nearest
            lines = theirs
        served[topic] = frozenset(lines)
    return served


def _is_akin(name: str, line: str) -> bool:
    """Return whether a word of a topic's name is in a line, in another form.

    "hoehlenforschung" is read for a "Höhlenforscher", "brass-bands" for who plays in a band.
    """
    return any(_is_form_of(a, b) for a in _bare_words(name) for b in _bare_words(line))


@lru_cache(maxsize=256)  # asked of each line for each topic, and of each topic for each line
def _bare_words(text: str) -> frozenset[str]:
    """Return the words of a text without accents; "ö" is "oe", as an address writes it."""
    return frozenset(
        plain_letters(word.casefold().translate(_UMLAUTS))
        for word in _WORD.findall(text)
        if words_of(word)
    )


def _is_form_of(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    pairs = zip(one, other, strict=False)
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    is_longer = shared == len(shorter) and len(longer) - shared <= MOST_ENDING
    return shared >= LEAST_STEM and (is_longer or shared >= STEM_SHARE * len(longer))


# ---------------------------------------------------------------------------------------- matching


@dataclass(frozen=True, slots=True)
class _About:
    """What is the same for all lines beside one story."""

    mention: Mention
    around: tuple[Part, ...]  # what it shares with all that the interview and company are about
    rare: float  # how seldom the company is in the news: 0 for a story a day or more, to 1
    is_no_news: bool
    is_foreign: bool  # neither in English nor in the language of the notes
    is_bad: bool  # news of something bad, of whomever
    served: frozenset[int]  # the lines for which a topic's feed that brought it is read
    is_of_a_topic: bool  # only topics' feeds brought it


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A note line that may fit a story."""

    found: Evidence  # unit 1
    like: float  # in meaning, from 0 to 1
    cosine: float
    clause: float  # the cosine of its likest clause
    number: int = -1  # of the line; -1: none


@dataclass(frozen=True, slots=True)
class Weighed:
    """A note line beside a story."""

    queue: Queue
    found: Evidence  # unit 1
    strength: tuple[Part, ...]  # what its strength comes from
    features: usefulness.Features
    log_odds: float


@dataclass(frozen=True, slots=True)
class _Fit:
    """A story's fit with the notes."""

    found: tuple[Weighed, ...]  # of each line that shares a term or is near in meaning, best first
    parts: tuple[Part, ...]  # of the log-odds of the first line; they add up to them
    unit: float  # log-odds of one unit of the first line's evidence


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
        self._in_languages = _notes_by_language(interview, self._names, background)
        self._notes = self._in_languages[""]
        self._rare = max(1 - company_profile.news_a_day / OFTEN, 0.0)
        floor = usefulness.log_odds_of(background.settings.floor)
        self._least = floor - feedback.MOST
        listed = usefulness.log_odds_of(usefulness.LEAST_LISTED)
        self._least_listed = min(listed - feedback.MOST, self._least)
        weights = (_weight_of(line.note, background.settings) for line in self._notes.lines)
        self._heaviest = max(weights, default=0.0)
        self._squares = (
            (ALL_LINES, _squares(self._notes.around, AROUND_COUNTS)),
            (OWN_NEWS, _squares(self._centroid, CENTROID_COUNTS)),
        )
        self._language = language_of(" ".join(note.text for note in interview.lines))
        self._served = _served(company.slug, self._in_languages, background)
        self._people = people.prepare(interview.everybody)
        self._wrong_company = wrong_company

    def worth_keeping(self, item: Prepared) -> Match | None:
        """Return the match of a story that matters, or None.

        Most stories neither name the company or somebody of the notes nor share a word with a line:
        that is seen before anything is weighed.
        """
        if not self._is_named(item.story) and not (
            self._is_met(item) and self._most(item, self._least) >= self._least
        ):
            return None
        match = self.match(item)
        return match if match.matters else None

    def bounded(self, item: Prepared) -> Match | Bound | None:
        """Return the same; of a story that a list may name the bound; or None.

        Of most stories a list says nothing but that they are there.
        """
        is_named = self._is_named(item.story)
        most = inf if is_named else self._most(item, self._least_listed)
        if is_named or (most >= self._least and self._is_met(item)):
            match = self.match(item)
            if match.matters:
                return match
            most = fsum(part.amount for part in match.parts) if match.parts else -inf
        return (
            Bound(self._interview.file, item.story.id, most) if most >= self._least_listed else None
        )

    def _is_named(self, story: Story) -> bool:
        """Return whether a story may name the company or somebody of the notes."""
        return self._may_be_meant(story) or people.may_be_named(self._people, story.lead)

    def _beside(self, item: Prepared) -> _Notes:
        """Return the notes as they are compared with a story of its language."""
        return self._in_languages.get(item.language, self._notes)

    def _is_alike(self, item: Prepared) -> bool:
        """Return whether a story shares a word with a line."""
        told = item.compared if item.language else item.words
        return not self._beside(item).by_term.keys().isdisjoint(told)

    def _is_met(self, item: Prepared) -> bool:
        """Return whether it does, or comes from a feed that is read for one."""
        return self._is_alike(item) or bool(self._lines_served(item.story))

    def _most(self, item: Prepared, least: float) -> float:
        """Return the most log-odds that a line may have, if nothing speaks against the story.

        Where they are less than `least`, any number that is less will do. The features that cost
        most are left out here: they never speak for a story.
        """
        if not (item.language or self._is_alike(item)):  # then no term need be weighed
            most = self._most_of(item, {}, self._around_at_most(item), least)
            if most < least:
                return most
        return self._most_of(item, item.compared, self._around(item), least)

    def _most_of(
        self, item: Prepared, told: Vector, around: tuple[Part, ...], least: float
    ) -> float:
        served = self._lines_served(item.story)
        is_of_a_topic = self._is_of_a_topic(item.story)
        cosines, clauses = self._cosines(item)
        about = _About(
            Mention("none", 0.0), around, 0.0, False, False, False, served, is_of_a_topic
        )
        shared = {part.name: part.amount for part in around}
        of_a_line = LINE_COUNTS * shared.get(ALL_LINES, 0.0)
        of_a_line += LIKE_COUNTS * meaning.likeness(max(cosines, default=0.0))
        features = {
            "strength": log1p(STEEP * (self._heaviest * of_a_line + fsum(shared.values()))),
            "served": float(bool(served)),
            "named": float(is_of_a_topic),
        }
        feed = _log_weight(self._feed_weight(item.story))
        is_talked_of = usefulness.model_of("topic").log_odds(features) + feed >= least
        candidates = self._candidates(
            item, told, cosines, clauses, served, in_office_only=not is_talked_of
        )
        odds = (self._weighed(about, candidate).log_odds for candidate in candidates)
        return max(odds, default=-inf) + feed

    def _around_at_most(self, item: Prepared) -> tuple[Part, ...]:
        """Return at most what `_around` gives, without weighing the story's terms.

        Its vector has length 1, so it has no more in common with another than that one's length,
        of the terms that both have.
        """
        words = item.words
        return tuple(
            Part(name, sqrt(fsum(squares[word] for word in words & squares.keys())))
            for name, squares in self._squares
        )

    def _may_be_meant(self, story: Story) -> bool:
        return companies.is_named(self._names, story.lead) or self._owners(story)[1]

    def match(self, item: Prepared) -> Match:
        """Return how well one story fits, with its evidence and the reason if it is not shown."""
        mention = self._mention(item)
        fit = self._fit(item, mention)
        talk = _talk(fit)
        strong = [weighed.found for weighed in fit.found if self._is_enough(weighed)]
        skill = _skill(strong) or (talk and _skill(_on_the_same(talk, fit)))
        return replace(
            self._listed(item, mention, fit),
            skill=_shown(skill, fit, item) if skill else None,
            for_people=tuple(_shown(found, fit, item) for found in _for_people(strong)),
            is_sour=self._is_sour(item, mention, fit),
        )

    def listed(self, item: Prepared) -> Match:
        """Return the same without what only a message asks for: other lines, and is it sour?"""
        mention = self._mention(item)
        return self._listed(item, mention, self._fit(item, mention))

    def _listed(self, item: Prepared, mention: Mention, fit: _Fit) -> Match:
        talk = _talk(fit)
        if talk and mention.about != "none":  # that very thing says that the company is meant
            mention = replace(mention, confidence=max(mention.confidence, companies.SURE_ENOUGH))
        is_offered = any(reasons.meets_the_offer(weighed.found) for weighed in fit.found)
        verdict = self._verdict(item, mention, talk, is_offered=is_offered)
        sensitive = verdict is not None and verdict.tone == "bad"
        reason = self._reason(item, mention, fit, sensitive=sensitive)
        is_theirs = mention.about == "about"
        return Match(
            interview=self._interview.file,
            company=self._company.slug,
            story=item.story,
            kind="tidbit" if mention.about == "none" else "contribution",
            score=usefulness.probability(fit.parts),
            shown=not reason,
            reason=reason or _why_shown(mention, fit),
            mention=mention,
            events=item.events,
            verdict=verdict,
            genre=item.genre,
            parts=fit.parts,
            best=_shown(fit.found[0].found, fit, item) if fit.found else None,
            is_foreign=self._is_foreign(item),
            meets_talk=talk is not None and mention.about != "none",
            people=self._named_in(item.story, mention),
            own_field=people.own_field(self._interview.role, self._names, item.story)
            if is_theirs
            else (),
        )

    def weigh(self, item: Prepared) -> tuple[Weighed, ...]:
        """Return every line that has something in common with a story, the likeliest first."""
        return self._weigh(self._about(item, self._mention(item)), item)

    def _is_enough(self, weighed: Weighed) -> bool:
        """Return whether a line by itself is a reason for a message."""
        if not weighed.found.terms:
            return False
        return reasons.is_enough(weighed.found) or (
            weighed.queue != "company"
            and usefulness.of_log_odds(weighed.log_odds) >= self._background.settings.floor
        )

    def _verdict(
        self, item: Prepared, mention: Mention, talk: Evidence | None, *, is_offered: bool
    ) -> Verdict | None:
        """Return whether a story may be cited to somebody there, if it is the company's at all."""
        if mention.about == "none" or mention.confidence < companies.SURE_ENOUGH:
            return None
        # A death "at the Vauclair dairy": of who is seldom in the news, the name is enough, in the
        # title or in the sentence after it. Other bad news are theirs where it opens the text.
        is_seldom, text = self._rare > 0, item.story.lead.text
        is_grave = is_seldom and any(event.kind in reasons.GRAVE for event in item.events)
        is_struck = is_grave and (mention.in_title or self._is_in(first_sentence(text)))
        is_theirs = mention.about == "about" or talk is not None or is_struck
        is_opened = is_seldom and company_subject.opens(text, self._names)
        if not (is_theirs or is_opened):
            return None
        told = replace(mention, about="about") if is_opened else mention
        found = verdicts.judge(
            item.story,
            item.events,
            told,
            self._names.any_name,
            is_on_notes=talk is not None or is_offered,
        )
        if is_struck and found.tone != "good":
            return replace(found, tone="bad")
        if not is_theirs and found.tone != "bad":
            return None
        if told.about == "mentioned" and found.tone == "bad":
            return replace(found, tone="unsure")  # somebody else's: not cited, and it holds nothing
        return found

    def _is_in(self, text: str) -> bool:
        return self._names.any_name.is_in(text)

    def _named_in(self, story: Story, mention: Mention) -> tuple[PersonNews, ...]:
        if mention.not_meant == "marked wrong" or not people.may_be_named(self._people, story.lead):
            return ()
        lines = self._notes.lines
        return people.find(
            self._people,
            self._names,
            story,
            own=mention.own,
            read_for=people.ReadFor(
                self._owners(story)[0] > 0,
                frozenset(lines[n].note.person for n in self._lines_served(story)) - {""},
            ),
            is_fine=lambda: verdicts.sounds_fine(story, self._names.any_name),
        )

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
            likeness=lambda: companies.context_of(
                vectors.product(self._centroid, item.compared), self._industry_likeness(item)
            ),
        )
        return company_subject.decided(item.story, self._names, found)

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
            for article in who_lead(story)
            for feed in self._background.feeds.get(article.feed, ())
            if feed.company == self._company.slug
        ]
        own = any(
            feed.own or feed.address in self._own_feeds or self._is_own_page(article, feed)
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
            for article in who_lead(story)
            for feed in self._background.feeds.get(article.feed, ())
        ]
        return bool(feeds) and all(feed.topic for feed in feeds)

    def _is_own_page(self, article: Article, feed: Feed) -> bool:
        """Return whether an article leads to the company's site, on the site's word or a search's.

        A link that anybody borrows makes nobody the company.
        """
        is_there = is_on(article.link, self._company.website)
        return is_there and is_of_its_link(article, is_search=bool(feed.search))

    # ---- the notes

    def _about(self, item: Prepared, mention: Mention) -> _About:
        return _About(
            mention,
            self._around(item),
            self._rare,
            item.genre.kind in reasons.NO_NEWS or reasons.is_round_up(item.story),
            self._is_foreign(item),
            any(event.sensitive for event in item.events),
            self._lines_served(item.story),
            self._is_of_a_topic(item.story),
        )

    def _is_sour(self, item: Prepared, mention: Mention, fit: _Fit) -> bool:
        """Return whether what is to be read, and names no company, sounds bad.

        What the company's own feeds bring is likely on itself, so there the doubtful is bad, too;
        less so what is on the very thing that was talked about: a new rule on that is welcome.
        """
        if mention.about != "none" or not fit.found:
            return False
        is_on_them = not self._is_of_a_topic(item.story) and self._owners(item.story)[0] > 0
        least = (verdicts.DOUBTFUL_ON_NOTES if _talk(fit) else 0.0) if is_on_them else -inf
        return verdicts.sounds_bad(item.story, self._names.any_name, doubtful=least)

    def _is_foreign(self, item: Prepared) -> bool:
        return bool(item.language) and item.language != self._language

    def _lines_served(self, story: Story) -> frozenset[int]:
        """Return the lines for which a topic's feed that brought the story is read."""
        found = (
            self._served.get(feed.topic, frozenset())
            for article in who_lead(story)
            for feed in self._background.feeds.get(article.feed, ())
        )
        return frozenset().union(*found)

    def _fit(self, item: Prepared, mention: Mention) -> _Fit:
        """Return what every note line has in common with a story, and the parts of the best."""
        found = self._weigh(self._about(item, mention), item)
        if not found or not (found[0].found.note.text or mention.about != "none"):
            return _Fit((), (), 0.0)
        best = found[0]
        parts = _parts_of(best, self._feed_weight(item.story))
        lines = tuple(weighed for weighed in found if weighed.found.note.text)
        own = next((part.amount for part in parts if part.name == OWN_LINE), 0.0)
        return _Fit(lines, parts, own / best.found.score if best.found.score else 0.0)

    def _weigh(self, about: _About, item: Prepared) -> tuple[Weighed, ...]:
        weighed = [
            self._weighed(about, candidate)
            for candidate in self._candidates(
                item, item.compared, *self._cosines(item), about.served
            )
        ]
        if about.mention.about != "none":  # the company is a reason without any line, too
            nothing = Evidence(NoteLine("", 0, "other", ""), "", (), 0.0)
            weighed.append(self._weighed(about, _Candidate(nothing, 0.0, 0.0, 0.0)))
        return tuple(sorted(weighed, key=lambda one: (-one.log_odds, _place(one.found.note))))

    def _weighed(self, about: _About, candidate: _Candidate) -> Weighed:
        """Weigh one line: every feature that the models know is worked out here."""
        found, like = candidate.found, candidate.like
        is_office = found.note.section == "office"
        weight = _weight_of(found.note, self._background.settings)
        mention = about.mention
        queue: Queue = (
            "company" if mention.about != "none" else "interest" if is_office else "topic"
        )
        strength: list[Part] = []
        if queue == "topic":
            strength.append(Part(OWN_LINE, weight * LINE_COUNTS * found.score))
            strength.append(Part(MEANING, weight * LIKE_COUNTS * like))
            strength += about.around
        elif queue == "company":
            strength += (part for part in about.around if part.name == ALL_LINES)
        features = {
            "strength": log1p(STEEP * fsum(part.amount for part in strength)),
            "words": weight * sqrt(found.score),
            "meaning": weight * candidate.cosine,
            "clause": weight * candidate.clause,
            "subject": mention.subject,
            "rare": about.rare * mention.confidence if mention.in_title else 0.0,
            "no_news": float(about.is_no_news),
            "foreign": float(about.is_foreign),
            "bad_news": float(about.is_bad),
            "served": float(candidate.number in about.served),
            "named": self._named(candidate, about, is_office=is_office),
        }
        log_odds = usefulness.model_of(queue).log_odds(features)
        return Weighed(queue, found, tuple(strength), features, log_odds)

    def _named(self, candidate: _Candidate, about: _About, *, is_office: bool) -> float:
        """Return 1 for a rare name in common, -1 where an office line has one that is not."""
        if candidate.found.rare_name:
            return float(is_office or about.is_of_a_topic)
        has_one = candidate.number >= 0 and self._notes.lines[candidate.number].rare_names
        return -1.0 if is_office and has_one else 0.0

    def _candidates(
        self,
        item: Prepared,
        told: Vector,
        cosines: Sequence[float],
        clauses: Sequence[float],
        served: frozenset[int],
        *,
        in_office_only: bool = False,
    ) -> Iterator[_Candidate]:
        """Yield each line that shares a term with a story, is near to it, or is served by it."""
        notes = self._beside(item)
        by_term = notes.by_term
        numbers = {n for term in filter(by_term.__contains__, told) for n in by_term[term]} | served
        numbers |= {n for n, cosine in enumerate(cosines) if cosine > meaning.CHANCE}
        for number in sorted(numbers):
            line = notes.lines[number]
            if in_office_only and line.note.section != "office":
                continue
            found = vectors.evidence(line, told) or Evidence(line.note, "", (), 0.0)
            if cosines:
                like = meaning.likeness(cosines[number])
                clause = max(clauses[number], 0.0)
                yield _Candidate(found, like, cosines[number], clause, number)
            else:
                alone = WORDS_ALONE * sqrt(found.score)
                yield _Candidate(found, 0.0, alone, alone, number)

    def _cosines(self, item: Prepared) -> tuple[list[float], list[float]]:
        """Return each line's likeness in meaning, and that of its likest clause."""
        notes = self._notes
        if item.meaning is None or notes.meanings is None or notes.clauses is None:
            return [], []
        import numpy as np

        likest = np.maximum.reduceat(notes.clauses @ item.meaning, notes.first_clauses)
        return (notes.meanings @ item.meaning).tolist(), likest.tolist()

    def _around(self, item: Prepared) -> tuple[Part, ...]:
        """Return what a story shares with everything the interview and the company are about."""
        parts = []
        for name, vector, counts in (
            (ALL_LINES, self._beside(item).around, AROUND_COUNTS),
            (OWN_NEWS, self._centroid, CENTROID_COUNTS),
        ):
            told = item.compared
            shared = {t: told[t] * vector[t] for t in filter(vector.__contains__, told)}
            if shared:
                heaviest = sorted(shared, key=lambda term: (-shared[term], term))[:3]
                parts.append(Part(name, counts * sum(shared.values()), tuple(heaviest)))
        return tuple(parts)

    def _feed_weight(self, story: Story) -> float:
        weights = [feed.weight for feed in self._background.feeds.get(story.lead.feed, ())]
        return max(weights, default=1.0)

    # ---- the reason

    def _reason(self, item: Prepared, mention: Mention, fit: _Fit, *, sensitive: bool) -> str:
        """Return the first thing that speaks against showing a story, or ""."""
        against = reasons.against_company(self._company.name, mention, sensitive=sensitive)
        if not against:
            against = reasons.no_news(item.genre)
        if not against and reasons.is_round_up(item.story):
            against = "a round-up of many stories"
        found = tuple(weighed.found for weighed in fit.found)
        if not against and fsum(part.amount for part in fit.parts) < self._least:
            against = reasons.too_little(self._company.name, mention, found)
        if not against and not fit.parts:
            against = reasons.too_little(self._company.name, mention, found)
        if not against and mention.about == "none":
            against = reasons.no_pleasure(item, found)
        return against


OWN_LINE, MEANING, ALL_LINES = "your note", "near in meaning", "all your notes"  # parts
OWN_NEWS = "like its other news"
_NAMES = {
    "words": OWN_LINE,
    "meaning": MEANING,
    "clause": MEANING,
    "subject": "about the company",
    "rare": "seldom in the news",
    "no_news": "no news",
    "foreign": "in another language",
    "bad_news": "bad news",
    "served": "its feed is read for this",
    "named": "the rare name in your note",
}


def _parts_of(best: Weighed, feed_weight: float) -> tuple[Part, ...]:
    """Return the parts of a line's log-odds: each feature times its coefficient.

    That of `strength` is shared out among what the strength comes from.
    """
    model = usefulness.model_of(best.queue)
    amounts: dict[str, float] = {usefulness.USUAL: model.intercept}
    words: dict[str, tuple[str, ...]] = {}
    whole = fsum(part.amount for part in best.strength)
    strength = model.coefficients.get("strength", 0.0) * best.features["strength"]
    for part in best.strength:
        if whole:
            amounts[part.name] = strength * part.amount / whole
            words[part.name] = part.words
    for feature, name in _NAMES.items():
        amount = model.coefficients.get(feature, 0.0) * best.features[feature]
        if amount:
            amounts[name] = amounts.get(name, 0.0) + amount
    if feed_weight != 1.0:
        amounts["your weight of its feed"] = _log_weight(feed_weight)
    return tuple(
        Part(name, amount, words.get(name, ())) for name, amount in amounts.items() if amount
    )


def _log_weight(feed_weight: float) -> float:
    """Return in log-odds what the user's weight of a feed gives or takes."""
    return log(feed_weight) if feed_weight else -NEVER


def _squares(vector: Vector, counts: float) -> dict[str, float]:
    """Return for each word the squares of the terms that begin with it, each counted so much."""
    found: dict[str, float] = {}
    for term, weight in vector.items():
        word = term.partition(" ")[0]
        found[word] = found.get(word, 0.0) + (counts * weight) ** 2
    return found


def _place(note: NoteLine) -> tuple[str, int, str]:
    return note.file, note.line, note.text


def _in_units(found: Evidence, unit: float) -> Evidence:
    """Return evidence in units of the score."""
    terms = tuple(replace(term, weight=term.weight * unit) for term in found.terms)
    return replace(found, terms=terms, score=found.score * unit, unit=unit)


def _shown(found: Evidence, fit: _Fit, item: Prepared) -> Evidence:
    """Return evidence as it is shown: in units of the score, with the sentence that says it."""
    return vectors.with_sentence(_in_units(found, fit.unit), item.story)


def _talk(fit: _Fit) -> Evidence | None:
    """Return the best line whose very thing the story is on."""
    return next((w.found for w in fit.found if reasons.meets_the_talk(w.found)), None)


def _skill(found: Iterable[Evidence]) -> Evidence | None:
    """Return the first line of what the candidate can do."""
    return next((e for e in found if e.note.section in ("angle", "profile")), None)


def _on_the_same(talk: Evidence, fit: _Fit) -> Iterator[Evidence]:
    """Yield the lines that share with the story a word by which it meets the talk."""
    met = vectors.words_shared(talk)
    return (w.found for w in fit.found if not met.isdisjoint(vectors.words_shared(w.found)))


def _for_people(found: Sequence[Evidence]) -> Iterable[Evidence]:
    """Return the best discussed or office line for each person, and the best for nobody."""
    best: dict[str, Evidence] = {}
    for item in found:
        if item.note.section in ("discussed", "office"):
            best.setdefault(item.note.person, item)
    return best.values()


def _why_shown(mention: Mention, fit: _Fit) -> str:
    best = fit.found[0].found if fit.found else None
    if best and (mention.about == "none" or reasons.is_enough(best)):
        words = " · ".join(term.told for term in best.terms[:3]) or "near in meaning"
        return f"fits your note “{shorten(best.note.text, 80)}”: {words}"
    place = " in its title" if mention.in_title else ""
    return f"about the company: {', '.join(mention.words)}{place}"
