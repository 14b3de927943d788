"""What kind of news, and whether bad news strikes this company or somebody else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.relevance import news_kinds
from pipeline.text.name_spellings import AnyOf, spelling
from tests.relevance.world import MERRIN, mention, ranked, story

NAMES = AnyOf([spelling("Merrin")])


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Merrin Labs to cut 120 jobs", "layoffs"),
        ("Merrin Labs lays off a tenth of its staff", "layoffs"),
        ("Merrin Labs streicht Stellen: Stellenabbau in Köln", "layoffs"),
        ("Merrin Labs founder dies at 61", "death"),
        ("Explosion at Merrin Labs plant injures four", "accident"),
        ("Rival sues Merrin Labs over patents", "lawsuit"),
        ("Hackers stole customer data in Merrin Labs data breach", "breach"),
        ("Merrin Labs recalls 30,000 batteries", "recall"),
        ("Merrin Labs under investigation for bribery", "investigation"),
        ("Merrin Labs files for bankruptcy", "bankruptcy"),
        ("Workers at Merrin Labs go on strike", "strike"),
        ("Outage at Merrin Labs halts deliveries", "outage"),
        ("Merrin Labs issues profit warning", "bad results"),
        ("Merrin Labs sales fall sharply", "bad results"),
        ("Merrin Labs founder under fire over pay", "controversy"),
    ],
)
def test_bad_news_is_sensitive_and_strikes_the_company(title: str, kind: str) -> None:
    """Every sensitive kind is recognised by its usual words in a headline."""
    told = story(title)
    assert kind in {event.kind for event in news_kinds.find(told) if event.sensitive}
    (match,) = ranked([told])
    assert match.sensitive
    assert not match.shown


@pytest.mark.parametrize(
    "title",
    [
        "Merrin Labs averts layoffs",
        "Merrin Labs rules out job cuts",
        "Merrin Labs: no layoffs planned",
        "Merrin Labs cleared of fraud",
        "Merrin Labs strike averted",
        "Merrin Labs wins lawsuit against rival",
        "Merrin Labs lawsuit dismissed",
        "Merrin Labs recall ends",
        "Merrin Labs strikes a deal with a car maker",
        "Merrin Labs keeps data when the battery dies",
        "Merrin Labs builds a RAID for the cloud",
        "Merrin Labs beats the deadline",
    ],
)
def test_bad_news_turned_round_is_not_sensitive(title: str) -> None:
    """Averted, denied, won, ended, or only a manner of speaking."""
    assert [event for event in news_kinds.find(story(title)) if event.sensitive] == []


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Merrin Labs launches a home battery", "launch"),
        ("Merrin Labs buys a rival", "acquisition"),
        ("Merrin Labs names new chief executive", "leadership"),
        ("Merrin Labs opens second plant in Ohio", "expansion"),
        ("Merrin Labs teams up with a utility", "partnership"),
        ("Merrin Labs raises 40 million", "funding"),
    ],
)
def test_good_news_has_its_kind(title: str, kind: str) -> None:
    """What a contribution can start from is recognised, too, and is not sensitive."""
    found = news_kinds.find(story(title))
    assert kind in {event.kind for event in found}
    assert not any(event.sensitive for event in found)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Volta cuts 900 jobs",
            f"The maker of cells said so. {'It was a bad year. ' * 8}Merrin too.",
        ),
        ("Merrin opens a plant as rival Volta files for bankruptcy", ""),
        ("Seven killed in bus crash", "The bus went off the road."),
    ],
)
def test_somebody_elses_bad_news_does_not_strike(title: str, text: str) -> None:
    """A company named in passing, or beside the one that is struck, is not struck."""
    (match,) = ranked([story(title, text)])
    assert not match.sensitive


@pytest.mark.parametrize(
    "title",
    ["Merrin Labs fights to avoid bankruptcy", "Despite a scandal Merrin Labs charms investors"],
)
def test_trouble_that_is_fought_is_trouble_still(title: str) -> None:
    """Who struggles against it is in no cheerful mood; a slowdown beaten is another thing."""
    (match,) = ranked([story(title)])
    assert match.sensitive
    assert not ranked([story("Merrin Labs profit rises despite slowdown")])[0].sensitive


def test_the_words_that_decided_are_kept() -> None:
    """A person can see why."""
    assert news_kinds.find(story("Merrin Labs to cut 120 jobs"))[0].words == ("cut 120 jobs",)


def test_a_long_hostile_text_takes_no_time() -> None:
    """No pattern goes wild on a text made to hurt it; the test's time limit would end it."""
    for piece in ("cut ", "CEO a ", "not ", "a. ", "lays ", "profit x ", "\n", " ", "talks "):
        news_kinds.find(story(piece * 100, piece * 20_000))


@given(title=st.text(max_size=80), text=st.text(max_size=300))
def test_no_text_is_too_strange(title: str, text: str) -> None:
    """Whatever the characters, an answer comes."""
    told = story(title, f"{text} Merrin Labs to cut jobs {text}")
    found = news_kinds.find(told)
    assert news_kinds.affects(told, found, mention(MERRIN, told), NAMES) in (
        True,
        False,
    )


def test_cover_against_accidents_is_no_accident() -> None:
    """Who insures their riders had none."""
    told = story("Merrin Labs and the union settle: accident cover from the first trip")
    assert not [event for event in news_kinds.find(told) if event.kind == "accident"]
