"""What a story is decides before its fit: which verdict and which genre go into which message."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pipeline.records import Evidence, Genre, Match, Mention, Term, Tone, Touchpoint, Verdict
from pipeline.relevance import reasons, tellings
from pipeline.touchpoints import suitability
from tests.touchpoints.world import (
    BOAT,
    IMRAN,
    RENATA,
    SUITES,
    contact,
    interview,
    kinds,
    news,
    past,
    plan,
    story,
    tidbit,
)


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
    """Whatever it fits."""
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
    """A shop deal is named with its words; a live page, over by the next page, is none either."""
    assert reasons.no_news(Genre("deal", ("% off",))) == "no news: a shop deal (“% off”)"
    assert reasons.no_news(Genre("live")) == "no news: a live page"
    assert not reasons.no_news(Genre("news"))


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


@pytest.mark.parametrize(
    ("kind", "title", "is_used"),
    [
        ("award", "Oracle wins a prize", False),
        ("award", "Oracle wins grant for a library van", True),
        ("award", "Oracle erhält Fördermittel", True),
        ("opening", "Oracle opens a plant", True),
    ],
)
def test_a_prize_gives_nothing_to_write_about(kind: str, title: str, is_used: bool) -> None:
    """Neither an offer nor a check-in: whoever got one was put off. A grant is to be used."""
    told = replace(news(), story=story("n1", title), verdict=Verdict("good", kind, 1.0))
    found = plan(interview(ago=10), matches=(told,), contacts=(contact(9),))
    assert bool(found.suggestions) == is_used


@pytest.mark.parametrize(
    ("tone", "meets_talk", "is_cited"),
    [("neutral", True, True), ("neutral", False, False), ("unsure", True, False)],
)
def test_news_on_the_very_thing_that_was_talked_about_need_not_be_cheerful(
    tone: Tone, meets_talk: bool, is_cited: bool
) -> None:
    """Its headline needs no name either; what may be bad is cited nowhere all the same."""
    told = news(
        verdict=Verdict(tone, "opening", 0.0),
        mention=Mention("mentioned", 1.0, ("Oracle",)),
        meets_talk=meets_talk,
        skill=None,
    )
    assert cited(told, "check_in") == is_cited


def test_news_on_what_a_second_interviewer_talked_about_goes_to_him() -> None:
    """Check-ins go to one person at a company, but for what somebody told of as their own."""
    line = replace(SUITES, person=IMRAN.name)
    about_it = Evidence(line, "", (Term("takeover", 0.5),), 0.5)
    talk = interview(ago=12, people=(RENATA, IMRAN), lines=(line,))
    thanked = (contact(11), contact(11, person=IMRAN.name))

    def whom(**changes: Any) -> list[tuple[str, str]]:
        told = news(best=about_it, for_people=(about_it,), skill=None, **changes)
        found = plan(talk, matches=(told,), contacts=thanked).suggestions
        return [(item.kind, item.person) for item in found if item.reference.story]

    assert whom(meets_talk=True) == [("check_in", IMRAN.name)]
    assert whom(meets_talk=False) == []
    prize = Verdict("good", "award", 1.2)  # for what he told of: his beer wins
    assert whom(meets_talk=True, verdict=prize) == [("check_in", IMRAN.name)]


@pytest.mark.parametrize(
    ("title", "is_cited"),
    [
        ("Waveney farms can buy flood cover again", False),
        ("Waveney hospital opens a roof garden", True),
    ],
)
def test_what_was_written_about_is_not_told_again(title: str, is_cited: bool) -> None:
    """The same weeks later, by another paper in other words, is old news to who got the first."""
    first = past("contribution", "contribution:x:first", "sent", 29, story="first")
    told = replace(
        first.suggestion.reference,
        title="Flood cover returns to Waveney farms as three insurers sign",
    )
    sent = replace(first, suggestion=replace(first.suggestion, reference=told))
    again = replace(news("again", skill=None), story=story("again", title))
    found = plan(interview(ago=40), matches=(again,), contacts=(contact(29),), touchpoints=(sent,))
    assert any(item.reference.story for item in found.suggestions) == is_cited


def test_nothing_to_read_is_in_a_language_that_nobody_spoke() -> None:
    """A German article is nothing for who was talked to in English."""
    assert cited(tidbit(), "tidbit") and not cited(tidbit(is_foreign=True), "tidbit")


@pytest.mark.parametrize(
    "title",
    [
        "Forty colonies of bees stolen from an orchard near Diss",
        "Bienenvölker im Fichtelgebirge vergiftet",
        "Des ruches détruites par un incendie dans le Forez",
        "Roban cuarenta colmenas en Huelva: robo en la noche",
    ],
)
def test_what_spoils_a_hobby_is_no_present_in_any_language(title: str) -> None:
    """A theft, poison or a fire is nothing that somebody would enjoy."""
    told = tidbit()
    sour = replace(told, story=story("sour", title))
    assert cited(told, "tidbit") and not cited(sour, "tidbit")
    assert not cited(tidbit(is_sour=True), "tidbit")  # what only sounds like it neither


def test_of_one_line_there_is_one_message() -> None:
    """Weeks later the same thing is no news to who was written to, nor to their colleague."""
    sent = past("check_in", "check_in:x:1", "sent", 29, story="first")
    talked = replace(sent.suggestion.reference, talk=SUITES)
    sent = replace(sent, suggestion=replace(sent.suggestion, reference=talked))
    again = replace(news("again", skill=None), story=story("again", "Quite another headline"))
    told = {"matches": (again,), "contacts": (contact(29),)}

    def stories(*touchpoints: Touchpoint) -> list[str]:
        found = plan(interview(ago=40), touchpoints=touchpoints, **told).suggestions
        return [item.reference.story for item in found if item.reference.story]

    assert stories(sent) == []
    assert stories(replace(sent, suggestion=replace(sent.suggestion, person="Imran Shah"))) == []
    # Notes in prose have a paragraph on one line: another sentence is another matter.
    other = replace(talked, talk=replace(SUITES, text="they want a training centre"))
    assert stories(replace(sent, suggestion=replace(sent.suggestion, reference=other))) == ["again"]


def test_a_success_on_a_hobby_is_read_though_its_words_are_often_grim() -> None:
    """News of girls seldom tell of a cup."""
    for title, is_read in (
        ("Girls bring home the district cup", False),
        ("Girls won the cup", True),
    ):
        match = tidbit(is_sour=True)
        match = replace(
            match, story=replace(match.story, lead=replace(match.story.lead, title=title))
        )
        assert suitability.is_fit_to_read(match, match.for_people[0]) == is_read


@pytest.mark.parametrize(
    ("title", "is_bad"), [("Drawings of post-war sets", False), ("Sets of the war", True)]
)
def test_what_is_post_war_is_no_war(title: str, is_bad: bool) -> None:
    """Old radios are."""
    assert suitability.is_sour(title) == is_bad


def test_a_rare_name_of_the_office_is_specific_by_itself() -> None:
    """The village of her organ; of the work one name is one word."""
    alone = (Term("Oldenwohlde", 0.9),)
    for note, is_named, is_enough in (
        (BOAT, True, True),
        (BOAT, False, False),
        (SUITES, True, False),
    ):
        evidence = Evidence(note, "", alone, 0.9, rare_name=is_named)
        assert suitability.is_specific(evidence) == is_enough


@pytest.mark.parametrize(
    ("title", "is_work"),
    [("Oracle receives SIL 4 certificate", True), ("Oracle wins a cup", False)],
)
def test_a_certificate_is_of_the_work_and_a_cup_is_not(title: str, is_work: bool) -> None:
    """Both are awards to the verdict."""
    match = news(verdict=Verdict("good", "award", 1.2), story=story("n1", title))
    assert suitability.is_of_the_work(match) == is_work


def test_who_leads_nothing_gets_plainly_good_news_on_their_own_line() -> None:
    """The head of the union's side told of the talks, and not the hiring manager."""
    line = replace(SUITES, text="pay talks stuck for 14 months, weekend shifts", person=IMRAN.name)
    terms = (Term("talks", 1.0), Term("shifts", 0.5))
    met = Evidence(line, "Pay talks end, shifts are free to choose", terms, 1.5)
    told = news(skill=None, best=met, for_people=(met,))

    def goes_to(match: Match) -> list[str]:
        people = (RENATA, IMRAN)
        wrote = tuple(contact(9, person=person.name) for person in people)
        found = plan(interview(ago=10, people=people), matches=(match,), contacts=wrote)
        return [item.person for item in found.suggestions if item.reference.story]

    assert goes_to(told) == [IMRAN.name]
    assert goes_to(replace(told, verdict=Verdict("neutral", "opening", 0.0))) == []
