"""Variety: no source and no subject fills a page, or the queue of a day.

Takes the configuration and, in the order of their right of way, the stories that get a place; says
of the next one whether what it is from, or about, has all its places. A source is a feed as the
user wrote its address, and the registered domain behind it where the feed links to itself: what a
feed says of others neither takes their places nor gives it more. Only a search, which brings the
news of many, is believed who they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from pipeline.records import Article, Config, Match
from pipeline.text import publishers
from pipeline.text.publishers import domain_of_address
from pipeline.text.urls import shown

NO_SUBJECT = "other"  # of the kinds of news: what they have in common is nothing


class QueuePlaces:
    """The places of one page or queue: so many for each source, so many for each subject."""

    def __init__(self, config: Config, taken: Iterable[Match] = ()) -> None:
        self._config = config
        self._topics = {feed.address: topic.slug for topic in config.topics for feed in topic.feeds}
        self._publishers = publishers.Publishers(config)
        self._taken: Counter[tuple[str, str]] = Counter()
        for match in taken:
            self.take(match)

    def take(self, match: Match) -> None:
        """Give a story its place."""
        self._taken.update([*self._sources(match.story.lead), *self._subject(match)])

    def against(self, match: Match) -> str:
        """Return why a story finds no place: "already 2 of post.example today"; or ""."""
        limits = self._config.settings.digest
        # Who else tells the very same text is not silenced with the source that leads it.
        tellings = (match.story.lead, *match.story.others)
        full = [self._full(self._sources(one), limits.of_one_source) for one in tellings]
        if all(full):
            of = publishers.of(match.story.lead) if "://" in full[0] else full[0]
            return f"already {limits.of_one_source} of {of} today"
        if subject := self._full(self._subject(match), limits.of_one_subject):
            return f"already {limits.of_one_subject} about {subject} today"
        return ""

    def subject_of(self, match: Match) -> str:
        """Return what a story is about: its topic, or the kind of news of its company."""
        subject = [name for _, name in self._subject(match)]
        return subject[0] if subject else f"{match.company} {match.kind}"

    def _full(self, keys: Iterable[tuple[str, str]], most: int) -> str:
        return next((key[1] for key in keys if self._taken[key] >= most), "")

    def _sources(self, article: Article) -> list[tuple[str, str]]:
        if self._publishers.is_search(article.feed):
            return [("source", self._publishers.teller(article))]
        domain = domain_of_address(article.feed)
        feed = [("source", shown(article.feed))]
        speaks_for_itself = domain and domain == domain_of_address(article.link)
        return [("source", domain), *feed] if speaks_for_itself else feed

    def _subject(self, match: Match) -> list[tuple[str, str]]:
        if match.kind == "tidbit":
            topic = self._topics.get(match.story.lead.feed)
            return [("topic", f"the topic {topic}")] if topic else []
        kind = match.verdict.kind if match.verdict else ""
        if kind in ("", NO_SUBJECT):
            return []
        return [("subject", f"{self._config.name_of(match.company)} ({kind})")]
