"""Bad news that one publisher alone tells: a question of two days, and no more than two of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.records import Company, Config, Feed, Match, Settings, Story, Verdict
from pipeline.relevance import tellings
from pipeline.text.publishers import Publishers
from tests.touchpoints.world import (
    FEED,
    NOW,
    contact,
    days,
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
    """Return the same, its words copied in another feed, too."""
    copy = replace(match.story.lead, id="copy", feed=feed)
    return replace(match, story=replace(match.story, others=(copy,)))


def retold(match: Match, feed: str = OTHER) -> tuple[Match, ...]:
    """Return both tellings of an event: this one, and another feed's in words of its own."""
    lead = replace(match.story.lead, id="own words", feed=feed)
    both = match, replace(match, story=Story("own words", lead))
    stories = [one.story for one in both]
    return tuple(
        replace(one, event="e", told_by=tuple(s for s in stories if s is not one.story))
        for one in both
    )


def test_hearsay_is_a_question_of_two_days() -> None:
    """One feed that is nobody's own tells of layoffs; the page says who, and asks."""
    found = plan(interview(), matches=(layoffs(1),), feeds=LISTED)
    (held,) = [item for item in found.held if item.is_bad_news]
    assert said(held).startswith(
        "Is it so? news.example alone tells bad news about Oracle (layoffs)."
    )
    assert (offered(layoffs(1)), offered(layoffs(3))) == ([], ["contribution"])


def test_the_two_days_begin_when_it_was_read() -> None:
    """On the first page it is three days old: nobody had the time to look elsewhere before."""
    old = layoffs(3)
    read_late = replace(old, story=replace(old.story, lead=replace(old.story.lead, seen=NOW)))
    assert (offered(old), offered(read_late)) == (["contribution"], [])
    (held,) = [
        item
        for item in plan(interview(), matches=(read_late,), feeds=LISTED).held
        if item.is_bad_news
    ]
    assert held.until and held.until.date() == (NOW + days(2)).date()


@pytest.mark.parametrize(
    ("bad", "feeds"),
    [
        (retold(layoffs(3)), LISTED),
        ((layoffs(3),), (Feed(POST, company="oracle", own=True),)),
        ((layoffs(3),), (Feed(POST, company="oracle", search="google"),)),
        ((layoffs(3),), ()),  # a feed that is listed no more: nobody knows what it was
    ],
    ids=["two publishers", "the company's own", "a search", "not listed"],
)
def test_what_is_no_hearsay_holds_for_its_days(
    bad: tuple[Match, ...], feeds: tuple[Feed, ...]
) -> None:
    """Layoffs hold for two weeks."""
    assert offered(*bad, feeds=feeds) == []


def test_a_copy_bears_nobody_out() -> None:
    """The same words in another's feed are no second publisher: a question of two days."""
    assert offered(copied(layoffs(3))) == ["contribution"]
    found = plan(interview(), matches=(copied(layoffs(1)),), feeds=LISTED)
    assert any("Is it so? news.example alone tells" in said(held) for held in found.held)


def test_who_copies_uses_up_no_hold_of_what_it_copied() -> None:
    """Two scandals of one feed, and another's bad news that it copied first: this one holds."""
    scandals = [replace(layoffs(), story=story(f"s{ago}", ago=ago)) for ago in (3, 4)]
    paper = replace(layoffs(), story=story("paper", ago=1))
    assert offered(*scandals, paper) == ["contribution"]
    assert offered(*scandals, copied(paper)) == []


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


def test_a_death_holds_whatever_else_its_paper_told() -> None:
    """The first; a second one that the same paper alone tells does not."""
    told = [replace(layoffs(ago), story=story(f"bad {ago}", f"Cut {ago}", ago)) for ago in (9, 8)]
    dead = [
        replace(
            layoffs(ago),
            story=story(f"dead {ago}", f"Worker dies, {ago}", ago),
            verdict=Verdict("bad", "death", -2.0),
        )
        for ago in (4, 1)
    ]
    assert offered(*told, dead[0]) == []
    assert offered(*told) == ["contribution"]
    late = [
        replace(item, story=story(item.story.id, item.story.lead.title, 8)) for item in dead[:1]
    ]
    assert offered(*told, *late, dead[1]) == ["contribution"]


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


def test_held_back_is_shown_what_is_bad_with_its_own_title_and_link() -> None:
    """Two papers' layoffs are joined with the company's opening: this is not shown as bad news."""
    third = Feed("https://third.example", company="oracle")
    good, bad = news("good", ago=0.2), layoffs(1)
    bad = replace(bad, story=story("cuts", "Oracle cuts 400 jobs", ago=1))
    lead = replace(bad.story.lead, id="other", feed=OTHER)
    more = replace(bad, story=Story("other", lead))
    config = Config(Settings(), (Company("oracle", "Oracle", feeds=(*LISTED, third)),))
    events = dict.fromkeys(("good", "cuts", "other"), "event")
    told = tellings.joined((good, bad, more), events, Publishers(config).alone)
    assert told[0].sensitive
    found = plan(interview(ago=10), matches=told, contacts=(contact(9),), feeds=LISTED)
    assert {item.title for item in found.held if item.is_bad_news} == {"Oracle cuts 400 jobs"}
    assert {item.link for item in found.held if item.is_bad_news} == {lead.link}


def test_usual_is_what_two_publishers_tell_kind_by_kind() -> None:
    """Five days of one paper's lawsuits are not usual; nor are two kinds of three days each."""

    def on_days(kind: str, days: range) -> list[Match]:
        bad = replace(layoffs(), verdict=Verdict("bad", kind, -1.0))
        return [copied(replace(bad, story=story(f"{kind}{ago}", ago=ago))) for ago in days]

    assert offered(*on_days("lawsuit", range(1, 6))) == ["contribution"]
    mixed = on_days("lawsuit", range(1, 4)) + on_days("criticism", range(1, 4))
    assert offered(*mixed) == []
