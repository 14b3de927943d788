"""What a company's own news is made of, and what that says about other stories."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from pipeline.records import Article, Company, CompanyProfile, Feed, Part, Story
from pipeline.relevance import companies, company_profiles, vectors
from tests.relevance.world import MERRIN, count, line, portrait_of, ranked, story

# Merrin's own news, as they come in over some weeks, and a story of its trade without its name.
OWN = [
    story(f"Merrin Labs {does}", "Electrolyte is spread on cathode foil in a dry hall.", id=does)
    for does in ("opens a line", "hires", "tests cells", "adds shifts", "sells more", "moves")
]
TRADE = story("Foil is scarce", "Cathode foil and electrolyte from a dry hall cost more.")
SHIFTS = line("night shifts in the dry season, and who plans them")


def part(parts: tuple[Part, ...], name: str) -> float:
    """Return the amount of one part, 0 where there is none."""
    return sum(item.amount for item in parts if item.name == name)


def test_a_story_of_the_trade_is_lifted() -> None:
    """What speaks of the things of the company's own news counts more, in a part that says so."""
    known = count(*OWN, TRADE)
    (without,) = ranked([TRADE], SHIFTS, frequencies=known)
    (match,) = ranked([TRADE], SHIFTS, frequencies=known, company_profile=portrait_of(MERRIN, *OWN))
    assert match.score > without.score + 0.1
    found = next(item for item in match.parts if item.name == "like its other news")
    assert found.amount > 0.1
    assert "cathode" in found.words
    assert match.kind == "tidbit"


def test_few_news_count_little() -> None:
    """One story may be chance: what is learned from it lifts less than what six teach."""
    known = count(*OWN, TRADE)
    lifted = [
        part(
            ranked(
                [TRADE], SHIFTS, frequencies=known, company_profile=portrait_of(MERRIN, *stored)
            )[0].parts,
            "like its other news",
        )
        for stored in (OWN[:1], OWN[:3], OWN)
    ]
    assert lifted[0] < lifted[1] < lifted[2]
    assert lifted[0] < lifted[2] / 2


def test_news_of_others_change_nothing() -> None:
    """Only what is surely about the company is learned from."""
    others = [story(f"Volta {n}", "Cathode foil and electrolyte.", id=str(n)) for n in "abcdef"]
    assert portrait_of(MERRIN, *others).centroid == ()
    assert portrait_of(MERRIN).centroid == ()


def test_names_are_not_kin() -> None:
    """The company's names are in all of its news, and say nothing of what these are about."""
    centroid = company_profiles.centroid_of(portrait_of(MERRIN, *OWN))
    assert {word for term in centroid for word in term.split()}.isdisjoint({"merrin", "lab"})
    assert "cathode foil" in centroid


def test_the_kin_is_never_longer_than_1() -> None:
    """However many news there are, the likeness stays a cosine."""
    lengths = [
        vectors.length(company_profiles.centroid_of(portrait_of(MERRIN, *OWN[:n])))
        for n in range(1, 7)
    ]
    assert lengths == sorted(lengths)
    assert lengths[0] == pytest.approx(1 / 4)
    assert lengths[-1] == pytest.approx(6 / 9)


# An ordinary word for a name: the news write it small, too.
PIONEER = Company("pioneer", "Pioneer", ("Pioneer Corp",), industry=("electronics",))
SCREENS = [
    story(f"Pioneer Corp sells screens {n}", "Plasma screens and car stereos sell.", id=f"p{n}")
    for n in "abcdef"
]
SMALL = [story(f"A pioneer of flight {n}", "The pioneer flew, a pioneer indeed.") for n in "abc"]


@pytest.mark.parametrize(
    ("told", "about"),
    [
        (
            story("Screens are scarce", "Plasma screens, car stereos: shops wait, as Pioneer."),
            "mentioned",
        ),
        (story("Flight remembered", "The hall honours a flyer, as Pioneer, and friends."), "none"),
    ],
)
def test_an_ordinary_name_is_told_apart_by_the_company_s_own_news(told: Story, about: str) -> None:
    """The same word is the company in a story like its own news, and only there."""
    known = count(*SCREENS, *SMALL)
    taught = portrait_of(PIONEER, *SCREENS, *SMALL, frequencies=known)
    untaught = CompanyProfile(taught.company, taught.names, taught.usage)
    before, after = (
        ranked([told], company=PIONEER, frequencies=known, company_profile=company_profile)[0]
        for company_profile in (untaught, taught)
    )
    assert (before.mention.about, after.mention.about) == ("none", about)


def test_without_companies_no_news_are_read() -> None:
    """No company, no portrait; the store is not asked."""

    def read() -> Iterable[Article]:
        raise AssertionError

    assert company_profiles.profiles_of([], read, count()) == ()


def test_a_portrait_says_for_which_names_it_was_made() -> None:
    """With another alias, another portrait is needed."""
    assert portrait_of(MERRIN).names == companies.spoken_names(MERRIN) == ("Merrin Labs", "Merrin")


def test_company_profiles_of_two_companies_are_those_of_each_alone() -> None:
    """Learned together or one by one, a portrait is the same."""
    known, articles = count(*OWN, *SCREENS), [told.lead for told in (*OWN, *SCREENS)]
    both = company_profiles.profiles_of([MERRIN, PIONEER], lambda: articles, known)
    alone = [
        company_profiles.profiles_of([one], lambda: articles, known)[0] for one in (MERRIN, PIONEER)
    ]
    assert both == tuple(alone)


def test_a_listed_feed_counts_as_far_as_it_names_the_company() -> None:
    """An agency's whole business feed, listed for a company, says little about each story."""
    search, agency = "https://search.example/merrin", "https://agency.example/business"
    merrin = replace(MERRIN, feeds=(Feed(search, "merrin"), Feed(agency, "merrin")))
    told = [story(f"Merrin Labs opens plant {n}", id=f"s{n}", feed=search) for n in range(3)]
    told += [story(f"Oil falls by {n}", id=f"a{n}", feed=agency) for n in range(9)]
    told.append(story("Merrin Labs shares rise", id="a9", feed=agency))
    feed_precision = {item.term: item.weight for item in portrait_of(merrin, *told).feed_precision}
    assert feed_precision == {search: 1.0, agency: 0.1}
