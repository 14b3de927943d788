"""Whoever a story names, or whose thing it is about, reads that one saw it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pipeline.records import (
    Company,
    Config,
    Draft,
    DraftSettings,
    Evidence,
    History,
    Match,
    Mention,
    NoteLine,
    PaceSettings,
    Person,
    Settings,
    Term,
    Verdict,
    Workspace,
)
from pipeline.text.given_names import address_of
from pipeline.text.names import parts_of
from pipeline.touchpoints.case import Option
from pipeline.touchpoints.cases import cases_of
from pipeline.touchpoints.drafts import write
from pipeline.touchpoints.namings import naming
from pipeline.touchpoints.spoken import is_of_the_day
from pipeline.touchpoints.suitability import tells_of_success, words_in_common
from tests.touchpoints.world import (
    FILE,
    NOW,
    RENATA,
    contact,
    interview,
    kinds,
    news,
    plan,
    story,
    tidbit,
)

MARL = NoteLine(FILE, 14, "office", "coaches the juniors of the Marl Harriers", RENATA.name)
TALKED = NoteLine(FILE, 9, "discussed", "the barrier on the Thorn: 14 months", RENATA.name)


def _told(title: str, text: str, name: str = "t1") -> Any:
    told = story(name, title)
    return replace(told, lead=replace(told.lead, text=text))


def _draft(kind: Any, match: Match, note: NoteLine, language: str = "English") -> Draft:
    """Return the message about a match to Renata, whose note line brought it."""
    talk = interview(10, lines=(note,), language=language)
    settings = Settings(timezone="UTC", drafts=DraftSettings(), pace=PaceSettings())
    config = Config(settings, (Company("oracle", "Oracle"),))
    workspace = Workspace("/nowhere", config, (talk,))
    (case,) = cases_of(workspace, {FILE: (match,)}, History(), NOW)
    assert match.best is not None
    return write(kind, "key", case, Option(match, match.best), DraftSettings(name="Sam"))


def _hobby(title: str, text: str, language: str = "English") -> Draft:
    match = tidbit(note=MARL, story=_told(title, text))
    return _draft("tidbit", match, MARL, language)


def _news(title: str, text: str, **changes: Any) -> Draft:
    told = {"story": _told(title, text), "meets_talk": True, "kind": "contribution"}
    match = news(
        **(told | {"best": _evidence(TALKED), "for_people": (_evidence(TALKED),)} | changes)
    )
    return _draft("check_in", match, TALKED)


def _evidence(note: NoteLine, *terms: str) -> Evidence:
    return Evidence(note, "A sentence.", tuple(Term(term, 0.3) for term in terms), 0.5)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("English", "your name"),
        ("German", "Ihre"),
        ("French", "votre nom"),
        ("Spanish", "su nombre"),
    ],
)
def test_who_is_named_in_a_story_on_what_they_love_is_told_so(language: str, said: str) -> None:
    """By their initial here; their own sentence is quoted, and not the nearest one."""
    draft = _hobby(
        "Marl Harriers run through the night",
        "The Marl Harriers ran from dusk till dawn over the hills. R. Kowalczyk carried the lamp "
        "over the last and steepest mile of them.",
        language,
    )
    others = {"German": "von Ihnen zu lesen", "French": "vous retrouver", "Spanish": "sobre usted"}
    assert said in draft.body or others.get(language, said) in draft.body
    if language == "English":
        assert "R. Kowalczyk carried the lamp" in draft.body


def test_a_prize_of_theirs_by_their_initial_is_congratulated_on() -> None:
    draft = _hobby(
        "Coach of the year never shouts",
        "The clubs of the county gave R. Kowalczyk of the Marl Harriers the highest marks for it.",
    )
    assert "ongratulations" in draft.body.split("\n\n")[1]


@pytest.mark.parametrize(
    ("person", "text", "is_named"),
    [
        ("Renata Kowalczyk", "Then Renata Kowalczyk spoke of the tide.", True),
        ("Renata Kowalczyk", "Then R. Kowalczyk spoke of the tide.", True),
        ("Renata Kowalczyk", "Then M. Kowalczyk spoke of the tide.", False),
        ("Renata Kowalczyk", "Coach Kowalczyk of the Marl Harriers spoke.", True),
        ("Renata Kowalczyk", "Mr Kowalczyk of Port Elm spoke of the tide.", False),
        ("Renata Kowalczyk", "Ada Kowalczyk of the Marl Harriers spoke.", False),
        ("Ada Lee", "Coach Lee of the Marl Harriers spoke.", False),  # a word of many names
        ("Renata Kowalczyk", "R. Kowalczyk was badly hurt at the gate.", False),  # no pleasure
        ("Anna Oracle", "For the Marl Harriers it was Oracle that paid.", False),  # the company
    ],
)
def test_a_name_is_theirs_with_its_given_name_its_initial_or_a_name_of_their_own_line(
    person: str, text: str, is_named: bool
) -> None:
    lead = _told("A night on the hills", text).lead
    assert bool(naming(person, lead, MARL.text, "Oracle")) == is_named


def test_a_prize_for_what_was_talked_about_is_theirs_where_it_names_them() -> None:
    """The sentence sounds sour, and so is not quoted; the prize is theirs all the same."""
    draft = _news(
        "Medal for work on the barrier of the Thorn",
        "Renata Kowalczyk showed how a barrier fails. The jury liked the eleven years of records.",
    )
    assert "you and the team" not in draft.body and "your" in draft.body.split("\n\n")[1].lower()
    assert "fails" not in draft.body and "The jury liked" in draft.body


def test_news_of_a_company_quote_whom_they_name_before_the_company_before_the_rest() -> None:
    text = (
        "After three days the auditors found nothing to mend on the barrier. "
        "Oracle had built the barrier anew within a single winter. "
        "Renata Kowalczyk and her crew laid 212 stones for it."
    )
    assert "212 stones" in _news("Barrier on the Thorn passes", text).body
    unnamed = _news("Barrier on the Thorn passes", text.replace("Renata", "Ada")).body
    assert "Oracle had built" in unnamed


@pytest.mark.parametrize(
    "sentence",
    [
        "Small ports warn that some of them will not survive it.",
        "The town said no to it, nine to two.",
        "They had been told off for it last autumn.",
    ],
)
def test_a_warning_is_not_quoted_to_a_friend(sentence: str) -> None:
    draft = _hobby("Marl Harriers on a new path", f"{sentence} The path is four miles long now.")
    assert sentence not in draft.body and "four miles" in draft.body


@pytest.mark.parametrize(
    ("text", "is_sent"),
    [
        ("Renata Kowalczyk's last stone picked up a straw, and the cup stays in Thornby.", False),
        ("Renata Kowalczyk's team won the cup in Thornby.", True),
        ("Ada Quist's last stone picked up a straw, and the cup stays in Thornby.", True),
    ],
)
def test_a_game_that_names_them_is_sent_where_they_won(text: str, is_sent: bool) -> None:
    """A lost one is told without a sour word."""
    told = tidbit(note=MARL, story=_told("Marl Harriers play to the end", text))
    found = plan(interview(10, lines=(MARL,)), matches=(told,), contacts=(contact(9),))
    assert ("tidbit" in kinds(found)) is is_sent


def test_news_of_the_club_they_belong_to_is_no_reading_tip() -> None:
    """They know it already, and one is glad with them; its success is congratulated on."""
    mended = _hobby(
        "Marl Harriers have their hut again", "It stands on the first of the hills now."
    )
    assert any(said in mended.body for said in ("know this already", "No news to you", "first I"))
    won = _hobby(
        "Marl Harriers on everybody's lips",
        "They took the medal of the county over the last mile of the moor.",
    )
    assert "ongratulations" in won.body


def test_the_bus_that_one_came_by_is_no_news_to_congratulate_on() -> None:
    """The line of the talk that it is on is of the way there."""
    way = NoteLine(FILE, 9, "discussed", "harbour office, tram 4, lunch with them was fish")
    told = _told("Tram 4 past the harbour office every ten minutes", "It stops at Oracle, too.")
    match = news(
        story=told,
        meets_talk=True,
        mention=Mention("mentioned", 0.6, ("Oracle",)),
        best=_evidence(way),
        for_people=(_evidence(way),),
    )
    draft = _draft("contribution", match, way)
    assert is_of_the_day(way)
    assert "ongratulat" not in draft.body + draft.subject
    assert "what you told me" not in draft.body and "about this" not in draft.body


@pytest.mark.parametrize(
    ("terms", "kind", "is_offered"),
    [
        (("depot", "tram"), "launch", True),
        (("Ran", "kept"), "launch", False),  # a ship ran and kept her speed
        (("depot", "tram"), "award", False),  # after a prize nobody needs help
    ],
)
def test_help_is_offered_where_the_matter_is_shared(
    terms: tuple[str, ...], kind: Any, is_offered: bool
) -> None:
    done = NoteLine("data/profile.md", 3, "profile", "Ran a depot for 40 trams; kept 94 % of times")
    match = news(
        story=_told("Oracle completes its trials early", "They ran well and kept the time."),
        best=_evidence(done, *terms),
        skill=_evidence(done, *terms),
        verdict=Verdict("good", kind, 1.2),
    )
    assert ("I ran a depot" in _draft("contribution", match, done).body) == is_offered


@pytest.mark.parametrize(
    ("line", "title", "said"),
    [
        ("wants to row to St Brannock in May", "St Brannock by oar", "St Brannock"),
        ("rings at St Osyth's", "Bells at last: St Osyth's has its tenor", "St Osyth's"),
    ],
)
def test_a_saint_keeps_what_makes_him_one(line: str, title: str, said: str) -> None:
    """No message has the subject "Brannock"."""
    assert words_in_common(line, title) == said


@pytest.mark.parametrize(
    "title", ["Crew surprises everyone", "They took home a mug", "Marl steigt wieder auf"]
)
def test_more_headlines_tell_of_a_success(title: str) -> None:
    assert tells_of_success(title)


def test_a_captain_is_greeted_by_name() -> None:
    captain = Person("Captain Nell Arkwright")
    assert address_of(parts_of(captain.name), "English") == "Captain Arkwright"
