"""What released holds teach: the same kind holds for less time there, but for the gravest."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.records import Hold, Verdict
from pipeline.touchpoints import releases
from tests.touchpoints.world import NOW, contact, days, interview, kinds, layoffs, news, plan

KEY = "hold:oracle:lawsuit"


def released(number: int, kind: str = "lawsuit", company: str = "oracle") -> Hold:
    title = f"Oracle is sued by customer {number} over fees"
    at = NOW - days(40 - number)
    return Hold(number, company, f"old{number}", title, at, released=at, kind=kind)


TWO = (released(1), released(2))


def waits(ago: float, kind: str, holds: tuple[Hold, ...]) -> bool:
    """Return whether bad news of that many days ago holds a contribution back."""
    bad = replace(layoffs(ago), verdict=Verdict("bad", kind, -2.0))
    found = plan(interview(ago=30), matches=(news(), bad), contacts=(contact(29),), holds=holds)
    return "contribution" not in kinds(found)


def test_after_two_releases_a_kind_holds_half_as_long() -> None:
    """A lawsuit holds for seven days; after two releases for four, and on the fourth day still."""
    assert waits(6, "lawsuit", ()) and waits(6, "lawsuit", TWO[:1])
    assert waits(3.1, "lawsuit", TWO)
    assert not waits(4.9, "lawsuit", TWO)


def test_a_release_teaches_only_of_its_kind_and_company() -> None:
    """Two lawsuits let pass say nothing of a breach, and nothing of another company."""
    elsewhere = tuple(replace(hold, company="halden") for hold in TWO)
    assert waits(6, "breach", TWO)
    assert waits(6, "lawsuit", elsewhere)
    assert waits(6, "lawsuit", (released(1), released(2, kind="recall")))


@pytest.mark.parametrize("kind", ["death", "accident", "crime", "layoffs", "closure", "bankruptcy"])
def test_of_the_gravest_kinds_nothing_is_learned(kind: str) -> None:
    """However often they are released."""
    holds = tuple(released(number, kind) for number in range(1, 9))
    assert releases.lessons(holds, {}) == {}
    assert waits(13, kind, holds)


def test_the_lesson_is_told_with_what_it_does() -> None:
    """`learned` lists it; it can be forgotten by its key."""
    (lesson,) = releases.lessons(TWO, {}).values()
    assert (lesson.key, lesson.disliked, lesson.bias) == (KEY, 2, -0.5)
    assert lesson.about == "lawsuit at oracle holds for 50% of the usual days"


def test_what_was_forgotten_counts_no_more() -> None:
    """Only releases after it do."""
    assert releases.lessons(TWO, {KEY: NOW}) == {}
    later = tuple(replace(hold, released=NOW + days(1)) for hold in TWO)
    assert KEY in releases.lessons(later, {KEY: NOW})


def test_one_headline_under_two_numbers_is_one_release() -> None:
    """A copy of the same news is no second time."""
    copy = replace(TWO[0], id=9, story="copy")
    assert releases.lessons((TWO[0], copy), {}) == {}


@pytest.mark.parametrize(
    "nothing", [{"released": None}, {"kind": ""}, {"person": "Renata Kowalczyk"}]
)
def test_what_is_no_release_of_company_news_teaches_nothing(nothing: dict[str, str | None]) -> None:
    """A hold that stands, one of unknown kind, one of a person's own news."""
    holds = tuple(replace(hold, **nothing) for hold in TWO)  # type: ignore[arg-type]
    assert releases.lessons(holds, {}) == {}
