"""Variety: no source and no subject takes all the places of a page or a queue."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.digest import shown
from pipeline.digest.compose import Contents, Counts, compose
from pipeline.records import (
    Company,
    Config,
    DigestSettings,
    Feed,
    History,
    Match,
    Plan,
    Settings,
    Story,
    Topic,
    Verdict,
    Workspace,
)
from pipeline.text.variety import QueuePlaces
from pipeline.touchpoints.outcomes import outcomes
from pipeline.touchpoints.plan import suggest
from tests.touchpoints.world import (
    BOAT,
    FILE,
    IMRAN,
    NOW,
    RENATA,
    contact,
    interview,
    news,
    tidbit,
)

FLOOD, HONEST = "https://flood.example/rss", "https://honest.example/rss"
SAILING = Topic("sailing", (Feed(FLOOD, topic="sailing"), Feed(HONEST, topic="sailing")))
SEARCH = "https://search.example/?q=Oracle"
ORACLE = Company("oracle", "Oracle", feeds=(Feed(SEARCH, "oracle", search="google"),))
CONFIG = Config(Settings(timezone="UTC"), (ORACLE, Company("halden", "Halden")), (SAILING,))
ANYBODY = replace(BOAT, person="", section="discussed")


def of(match: Match, feed: str, link: str = "", source: str = "Wire") -> Match:
    """Return a match as another feed brings it."""
    link = link or f"{feed}/{match.story.id}"
    lead = replace(match.story.lead, feed=feed, link=link, canonical=link, source=source)
    return replace(match, story=Story(match.story.id, lead, match.story.others))


def flood(number: int, kind: Any = tidbit, **changes: Any) -> tuple[Match, ...]:
    """Return so many stories of one feed, each with a link to another host."""
    return tuple(
        of(kind(f"f{n:04}", **changes), FLOOD, f"https://site{n}.example/a") for n in range(number)
    )


def page(*matches: Match, config: Config = CONFIG) -> list[str]:
    found = shown.worth_a_look({FILE: matches}, frozenset(), (), config, NOW)
    return [match.story.id for match in found]


def planned(*matches: Match, people: tuple[Any, ...] = (RENATA,), config: Config = CONFIG) -> Plan:
    wrote = tuple(contact(20, person=person.name) for person in people)
    talk = interview(25, people=people)
    return suggest(Workspace("/", config, (talk,)), {FILE: matches}, History((), wrote), NOW)


@pytest.mark.parametrize("number", [20, 300, 1_000])
def test_a_flood_leaves_the_page_and_the_suggestion_as_they_are(number: int) -> None:
    """The honest story is no worse, and the feed's best two stand beside it."""
    honest = of(tidbit("honest", score=0.7), HONEST)
    crowd = flood(number, score=0.7)
    assert page(*crowd, honest) == ["f0000", "f0001", "honest"]
    assert page(*flood(number, news), of(news("honest"), HONEST))[2:] == ["honest"]

    alone, beside = (planned(*rest, replace(honest, score=0.75)) for rest in ((), crowd))
    assert beside.suggestions == alone.suggestions != ()


def test_a_flood_that_fits_better_leaves_the_others_among_what_is_looked_at() -> None:
    """Of one feed two go with messages; who comes third gets the honest story."""
    people = tuple(replace(IMRAN, name=name) for name in ("Ada First", "Ben Second", "Cy Third"))
    crowd = flood(300, note=ANYBODY, score=0.9)
    honest = of(tidbit("honest", ANYBODY), HONEST)
    talk = interview(1, people=people)
    found = suggest(Workspace("/", CONFIG, (talk,)), {FILE: (*crowd, honest)}, History(), NOW)

    told = [item.reference.story for item in found.suggestions]
    assert sorted(told) == ["f0000", "f0001", "honest"]


def test_who_finds_no_other_story_is_thanked_without_one() -> None:
    """The limit takes a story from a message, never the message."""
    people = tuple(replace(IMRAN, name=name) for name in ("Ada First", "Ben Second", "Cy Third"))
    talk, crowd = interview(1, people=people), flood(9, note=ANYBODY)
    found = suggest(Workspace("/", CONFIG, (talk,)), {FILE: crowd}, History(), NOW)
    assert [bool(item.reference.story) for item in found.suggestions] == [True, True, False]


def test_what_is_suggested_stays_when_the_places_are_fewer() -> None:
    """A setting that the user lowers changes what comes, not what is there."""
    from pipeline.touchpoints import lifecycle

    people = (replace(IMRAN, name="Ada First"), replace(IMRAN, name="Ben Second"))
    talk, crowd = interview(1, people=people), flood(9, note=ANYBODY)
    first = suggest(Workspace("/", CONFIG, (talk,)), {FILE: crowd}, History(), NOW)
    kept = lifecycle.with_suggestions(History(), first, NOW)
    narrow = limits(of_one_source=1)
    again = suggest(Workspace("/", narrow, (talk,)), {FILE: crowd}, kept, NOW)
    assert again.suggestions == first.suggestions


def test_of_one_subject_so_many_are_listed_whoever_tells_them() -> None:
    """Three launches of a company, then its award; what has no kind has no limit."""
    launches = [of(news(f"l{n}", score=0.9), f"https://p{n}.example/rss") for n in range(6)]
    award = of(
        news("award", verdict=Verdict("good", "award", 1.0), score=0.8), "https://q.example/rss"
    )
    assert page(*launches, award) == ["l0", "l1", "l2", "award"]
    other = [replace(item, verdict=Verdict("neutral", "other", 1.0)) for item in launches]
    assert len(page(*other)) == 5


def test_a_feed_cannot_take_the_places_of_another() -> None:
    """Links to another's site are what a feed says; its own address is what the user wrote."""
    posing = [of(tidbit(f"p{n}", score=0.9), FLOOD, "https://honest.example/x") for n in range(9)]
    assert page(*posing, of(tidbit("honest"), HONEST)) == ["p0", "p1", "honest"]


def test_who_tells_the_same_text_is_not_silenced_with_the_feed_that_leads_it() -> None:
    """The flood copied the honest paper's story, and leads it."""
    copied = of(tidbit("copied", score=0.5), FLOOD)
    both = replace(copied, story=replace(copied.story, others=(of(tidbit(), HONEST).story.lead,)))
    assert page(*flood(9, score=0.9), both) == ["f0000", "f0001", "copied"]


def test_feeds_of_one_publisher_share_its_places() -> None:
    """Two addresses on one registered domain, which link to it."""
    one = [of(tidbit(f"a{n}", score=0.9), "https://www.bbc.co.uk/a") for n in range(2)]
    two = [of(tidbit(f"b{n}", score=0.8), "https://feeds.bbc.co.uk/b") for n in range(2)]
    assert page(*one, *two) == ["a0", "a1"]


@pytest.mark.parametrize("feed", [SEARCH, "https://news.google.com/rss/topics/a"])
def test_a_search_brings_the_news_of_many(feed: str) -> None:
    """Each paper that a search finds has its own places; so it is where Google's has no name."""
    found = [
        of(news(f"s{n}", verdict=None), feed, source=paper)
        for n, paper in enumerate(("Post", "Post", "Post", "Times"))
    ]
    assert page(*found) == ["s0", "s1", "s3"]


def limits(**changes: int) -> Config:
    digest = DigestSettings(**changes)
    return replace(CONFIG, settings=replace(CONFIG.settings, digest=digest))


def test_why_says_that_a_source_or_subject_has_its_places() -> None:
    """In a message, and to read."""
    first, second = (of(tidbit(name, score=s), HONEST) for name, s in (("a", 0.9), ("b", 0.8)))
    one = limits(of_one_source=1)
    found = planned(first, second, config=one)
    assert outcomes(second, found, History(), Workspace("/", one), NOW) == (
        "Not in a message: already 1 of honest.example today.",
    )
    there = {FILE: (first, second)}
    said = shown.why_not_listed(second, there, frozenset(), (), one, NOW)
    assert said == "Not listed to read: already 1 of honest.example today."
    said = shown.why_not_listed(second, there, frozenset(), (), limits(of_one_subject=1), NOW)
    assert said == "Not listed to read: already 1 about the topic sailing today."
    for match in (first, second):
        assert not shown.why_not_listed(match, there, frozenset(), (), CONFIG, NOW)


def test_the_page_says_how_many_found_no_place() -> None:
    """In its last line, with the source or subject that has all the places; else nothing."""
    there = {FILE: tuple(of(tidbit(name, score=0.9), HONEST) for name in "abc")}
    one = limits(of_one_source=1)
    left = shown.passed_over(there, frozenset(), (), one, NOW)
    assert left == ("already 1 of honest.example today",) * 2
    page = compose(one, Contents(counts=Counts(passed_over=left)), NOW)
    assert page.footer.endswith(
        " 2 more stories worth a look found no place: already 1 of honest.example today."
    )
    assert "no place" not in compose(one, Contents(), NOW).footer


FEEDS = st.sampled_from([FLOOD, HONEST, SEARCH, "/home/me/feed.xml", "https://[bad"])
LINKS = st.sampled_from(["", "https://honest.example/x", "https://a.b.bbc.co.uk/", "http://[x"])


@given(st.lists(st.tuples(FEEDS, LINKS, st.booleans()), max_size=30), st.integers(1, 4))
def test_whatever_comes_no_feed_has_more_places_than_are_set(
    came: list[tuple[str, str, bool]], most: int
) -> None:
    """And what has found a place has nothing against it when it came."""
    config = limits(of_one_source=most)
    places, taken = QueuePlaces(config), list[Match]()
    for number, (feed, link, about) in enumerate(came):
        match = of((news if about else tidbit)(f"n{number}"), feed, link)
        if not places.against(match):
            places.take(match)
            taken.append(match)
    feeds = [match.story.lead.feed for match in taken]
    assert all(feeds.count(feed) <= most for feed in feeds)


def test_a_feed_of_the_own_network_is_called_by_its_paper() -> None:
    """No address with a port stands in a sentence."""
    feed = "http://127.0.0.1:8733/baker.xml"
    found = [tidbit(name) for name in ("a", "b")]
    found = [
        replace(one, story=Story(one.story.id, replace(one.story.lead, feed=feed))) for one in found
    ]
    config = replace(CONFIG, settings=Settings(digest=DigestSettings(of_one_source=1)))
    assert QueuePlaces(config, found[:1]).against(found[1]) == (
        "already 1 of News Wire (news.example) today"
    )
