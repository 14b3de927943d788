"""Bad news that one publisher alone tells: a question of two days, and no more than two of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.records import Company, Config, Feed, Match, Settings, Story, Verdict
from pipeline.relevance import tellings
from pipeline.text.publishers import Publishers
from tests.touchpoints.world import (
    FEED,
    contact,
    interview,
    kinds,
    layoffs,
    news,
    plan,
    said,
    story,
)

POST, OTHER = FEED, "https://feeds.other.example/rss"
LISTED = (Feed(POST, company="oracle"), Feed(OTHER, company="oracle"))


def offered(*bad: Match, feeds: tuple[Feed, ...] = LISTED) -> list[str]:
    found = plan(interview(ago=10), matches=(news(), *bad), contacts=(contact(9),), feeds=feeds)
    return kinds(found)


def copied(match: Match, feed: str = OTHER) -> Match:
    """Return the same, told in another feed, too."""
    copy = replace(match.story.lead, id="copy", feed=feed)
    return replace(match, story=replace(match.story, others=(copy,)))


def test_hearsay_is_a_question_of_two_days() -> None:
    """One feed that is nobody's own tells of layoffs; the page says who, and asks."""
    found = plan(interview(), matches=(layoffs(1),), feeds=LISTED)
    (held,) = [item for item in found.held if item.is_bad_news]
    assert said(held).startswith(
        "Is it so? news.example alone tells bad news about Oracle (layoffs)."
    )
    assert (offered(layoffs(1)), offered(layoffs(3))) == ([], ["contribution"])


@pytest.mark.parametrize(
    ("bad", "feeds"),
    [
        (copied(layoffs(3)), LISTED),
        (layoffs(3), (Feed(POST, company="oracle", own=True),)),
        (layoffs(3), (Feed(POST, company="oracle", search="google"),)),
        (layoffs(3), ()),  # a feed that is listed no more: nobody knows what it was
    ],
    ids=["two publishers", "the company's own", "a search", "not listed"],
)
def test_what_is_no_hearsay_holds_for_its_days(bad: Match, feeds: tuple[Feed, ...]) -> None:
    """Layoffs hold for two weeks."""
    assert offered(bad, feeds=feeds) == []


def test_two_feeds_of_one_domain_are_one_publisher() -> None:
    """Nobody bears himself out."""
    mine = Feed("https://more.news.example/2", company="oracle")
    assert offered(copied(layoffs(3), mine.address), feeds=(*LISTED, mine)) == ["contribution"]


def test_nobody_keeps_a_company_silent_by_telling_more() -> None:
    """Every day a new scandal in one feed: from the third in two weeks on none holds anything."""
    scandals = [replace(layoffs(), story=story(f"s{ago}", ago=ago)) for ago in range(1, 9)]
    assert offered(*scandals[:2]) == []
    assert offered(*scandals) == ["contribution"]
    apart = [replace(layoffs(), story=story(f"s{ago}", ago=ago)) for ago in (1, 7, 16)]
    assert offered(*apart) == []


def test_hearsay_of_lives_holds_a_week_and_nothing_after_it() -> None:
    """Nobody forgives a cheerful note after an explosion that one paper had."""
    blast = [
        replace(layoffs(), story=story(f"b{ago}", ago=ago), verdict=Verdict("bad", "accident", -2))
        for ago in (1, 6, 8)
    ]
    assert [offered(one) for one in blast] == [[], [], ["contribution"]]
    assert offered(layoffs(1), blast[2]) == ["contribution"]
    assert offered(blast[0], replace(layoffs(), story=story("x", ago=5))) == []


def test_who_alone_calls_an_event_bad_labels_nobody_elses_telling() -> None:
    """Another's telling stays good; that of two publishers makes it bad for all."""
    third = Feed("https://third.example", company="oracle")
    config = Config(Settings(), (Company("oracle", "Oracle", feeds=(*LISTED, third)),))
    alone = Publishers(config).alone
    own, bad = news(), layoffs()
    bad = replace(bad, story=Story("b", replace(bad.story.lead, feed=OTHER)))
    more = replace(bad, story=Story("c", replace(bad.story.lead, id="c", feed=third.address)))
    events = dict.fromkeys((own.story.id, "b", "c"), "event")

    def are_bad(*told: Match) -> list[bool]:
        return [match.sensitive for match in tellings.joined(told, events, alone)]

    assert are_bad(own, bad) == [False, True]
    assert are_bad(own, bad, more) == [True, True, True]


def test_usual_is_what_two_publishers_tell_kind_by_kind() -> None:
    """Five days of one paper's lawsuits are not usual; nor are two kinds of three days each."""

    def on_days(kind: str, days: range) -> list[Match]:
        bad = replace(layoffs(), verdict=Verdict("bad", kind, -1.0))
        return [copied(replace(bad, story=story(f"{kind}{ago}", ago=ago))) for ago in days]

    assert offered(*on_days("lawsuit", range(1, 6))) == ["contribution"]
    mixed = on_days("lawsuit", range(1, 4)) + on_days("criticism", range(1, 4))
    assert offered(*mixed) == []
