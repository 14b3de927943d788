"""What a story is decides before its fit: which verdict and which genre go into which message."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.records import Genre, Match, Tone, Verdict
from pipeline.relevance import reasons, tellings
from tests.touchpoints.world import contact, interview, kinds, news, plan, tidbit


def cited(match: Match, kind: str, ago: float = 10) -> bool:
    """Return whether a message of that kind is suggested with the story."""
    found = plan(interview(ago=ago), matches=(match,), contacts=(contact(ago - 1),))
    return any(
        item.kind == kind and item.reference.story == match.story.id for item in found.suggestions
    )


@pytest.mark.parametrize(
    ("tone", "contribution", "check_in"),
    [("good", True, True), ("neutral", True, False), ("unsure", False, False)],
)
def test_only_what_is_good_is_cited_with_pleasure(
    tone: Tone, contribution: bool, check_in: bool
) -> None:
    """A contribution may start from harmless news, a check-in cites good news alone."""
    verdict = Verdict(tone, "opening", 0.0)
    assert cited(news(verdict=verdict), "contribution") == contribution
    assert cited(news(verdict=verdict, skill=None), "check_in") == check_in


def test_what_has_no_verdict_is_cited_nowhere() -> None:
    """What was not recognised is not good."""
    assert not cited(news(verdict=None), "contribution")
    assert not cited(news(verdict=None, skill=None), "check_in")


@pytest.mark.parametrize("kind", ["deal", "live", "puzzle"])
def test_what_is_no_news_is_in_no_message(kind: str) -> None:
    """Not even a live page, which is shown."""
    genre = Genre(kind)  # type: ignore[arg-type]
    assert not cited(news(genre=genre), "contribution")
    assert not cited(tidbit(genre=genre), "tidbit")
    assert kinds(plan(interview(), matches=(tidbit(genre=genre),))) == ["thank_you"]
    (thanks,) = plan(interview(), matches=(tidbit(genre=genre),)).suggestions
    assert not thanks.reference.story


def test_news_that_last_are_cited() -> None:
    """The other side: the same stories, as news."""
    assert cited(tidbit(), "tidbit")


def test_why_says_what_it_is_instead() -> None:
    """A shop deal is named with its words; a live page may be shown."""
    assert reasons.no_news(Genre("deal", ("% off",))) == "no news: a shop deal (“% off”)"
    assert not reasons.no_news(Genre("live")) and not reasons.no_news(Genre("news"))


@pytest.mark.parametrize(
    ("other", "becomes"),
    [
        (Verdict("bad", "layoffs", -2.0), "bad"),
        (Verdict("unsure", "layoffs", -0.1), "unsure"),
        (Verdict("unsure", "opening", 0.1), "good"),
        (Verdict("neutral", "opening", 0.1), "neutral"),
    ],
)
def test_the_worst_telling_decides(other: Verdict, becomes: Tone) -> None:
    """One that leans towards bad takes the good from another; one that says little does not."""
    told = news("one"), news("two", verdict=other)
    first, _ = tellings.joined(told, {"one": "event", "two": "event"})
    assert first.verdict is not None and first.verdict.tone == becomes


@pytest.mark.parametrize(("kind", "is_used"), [("award", False), ("opening", True)])
def test_a_prize_gives_nothing_to_write_about(kind: str, is_used: bool) -> None:
    """Neither an offer nor a check-in: whoever got one was put off."""
    verdict = Verdict("good", kind, 1.0)
    found = plan(
        interview(ago=10), matches=(replace(news(), verdict=verdict),), contacts=(contact(9),)
    )
    assert bool(found.suggestions) == is_used
