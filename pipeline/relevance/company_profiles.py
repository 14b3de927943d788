"""What the stored news teach about a company, learned when the document frequencies are.

Takes the companies, a way to read the stored articles, and the document frequencies; gives a
`CompanyProfile` for each company: how the news use its names (see `companies`), and its *centroid*,
the mean vector of its surest news. A story that speaks of the same things as the company's own news
is of its trade, whatever words the notes use: Rocchio's relevance feedback, with sure hits of the
name in place of a user's judgements (Rocchio 1971; Manning, Raghavan, Schütze, ch. 9).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from pipeline.records import Article, Company, CompanyProfile, Frequencies, Story, Term
from pipeline.relevance import companies, own_voice, vectors

# ------------------------------------------------------------ every number, and where it is from
# no border test: bounds time and memory
CENTROID_TERMS = 400  # kept of a profile; the others add less than a hundredth together
FEW_NEWS = 3.0  # sure stories at which a profile counts half: two may be of one event
# no border test: bounds time and memory
MOST_NEWS = 500  # stories that are learned from: the newest; more change nothing
LEAST_DAYS = 7.0  # over which a company's news are counted: a first reading holds some days of it


def profiles_of(
    wanted: Sequence[Company],
    read: Callable[[], Iterable[Article]],
    frequencies: Frequencies,
) -> tuple[CompanyProfile, ...]:
    """Return a profile of each company. `read()` gives the stored articles, newest first."""
    if not wanted:
        return ()
    used = {company.slug: companies.Usage(company) for company in wanted}
    for article in read():
        text = companies.text_of(article)
        for counter in used.values():
            counter.see(text)
    learners = [
        _Learner(companies.prepare(company, used[company.slug].counted()), frequencies)
        for company in wanted
    ]
    for article in read():
        for learner in learners:
            learner.see(article)
    return tuple(
        CompanyProfile(
            company.slug,
            companies.spoken_names(company),
            used[company.slug].counted(),
            learner.centroid(),
            learner.feed_precision(),
            listed_feeds(company),
            learner.own_feeds(),
            learner.news_a_day(),
        )
        for company, learner in zip(wanted, learners, strict=True)
    )


def listed_feeds(company: Company) -> tuple[str, ...]:
    """Return the addresses that are listed for a company, but for searches."""
    return tuple(
        dict.fromkeys(feed.address for feed in company.feeds if not own_voice.is_search(feed))
    )


def centroid_of(company_profile: CompanyProfile) -> vectors.Vector:
    """Return the centroid as a vector."""
    return {item.term: item.weight for item in company_profile.centroid}


class _Learner:
    """Adds up the stories that are surely about one company."""

    def __init__(self, names: companies.Names, frequencies: Frequencies) -> None:
        self._names, self._frequencies = names, frequencies
        self._listed = {feed.address for feed in names.company.feeds}
        self._voices = {address: own_voice.Voice(names) for address in listed_feeds(names.company)}
        self._read: Counter[str] = Counter()
        self._naming: Counter[str] = Counter()
        self._sum: dict[str, float] = {}
        self._seen = 0
        self._days: list[datetime] = []  # of the newest and the oldest of these stories

    def see(self, article: Article) -> None:
        text = companies.text_of(article)
        is_named = self._names.any_name.is_in(text)
        if article.feed in self._listed:
            self._read[article.feed] += 1
            self._naming[article.feed] += is_named
            if voice := self._voices.get(article.feed):
                voice.hear(article)
        if not is_named or self._seen >= MOST_NEWS:
            return
        item = vectors.prepare(Story(article.id, article), self._frequencies)
        mention = companies.find(self._names, item.story, item.words, listed=0.0, own=False)
        if mention.about != "about" or mention.confidence < companies.SURE_ENOUGH:
            return
        self._seen += 1
        self._days = [*self._days[:1], article.published]
        for term, weight in item.weights.items():
            self._sum[term] = self._sum.get(term, 0.0) + weight

    def news_a_day(self) -> float:
        """Return how many stories a day are surely about it."""
        days = (self._days[0] - self._days[-1]).total_seconds() / 86_400 if self._days else 0.0
        return self._seen / max(abs(days), LEAST_DAYS)

    def own_feeds(self) -> tuple[str, ...]:
        """Return the listed feeds in which the company speaks itself."""
        return tuple(address for address, voice in self._voices.items() if voice.is_own())

    def feed_precision(self) -> tuple[Term, ...]:
        """Return which share of each listed feed's articles names the company.

        A news search is all about it; an agency's business feed, listed for it, hardly.
        """
        return tuple(
            Term(feed, self._naming[feed] / count) for feed, count in sorted(self._read.items())
        )

    def centroid(self) -> tuple[Term, ...]:
        """Return the heaviest terms but the company's names, shortened where little is known."""
        named = self._names.name_words
        free = {t: w for t, w in self._sum.items() if named.isdisjoint(t.split())}
        length = vectors.length(free)
        if not length:
            return ()
        scale = self._seen / (self._seen + FEW_NEWS) / length
        heaviest = sorted(free.items(), key=lambda pair: (-pair[1], pair[0]))[:CENTROID_TERMS]
        return tuple(Term(term, weight * scale) for term, weight in heaviest)
