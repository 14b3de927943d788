"""The numbers that decide about messages, each at its border: every case states its number."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from pipeline.records import (
    Config,
    DraftSettings,
    Genre,
    Kind,
    NoteLine,
    PaceSettings,
    Settings,
    Template,
    Verdict,
)
from pipeline.text import names
from pipeline.text.publishers import Publishers
from pipeline.touchpoints import bad_news, case, drafts, headlines, spoken
from tests.touchpoints.test_touchpoints_drafts import _case
from tests.touchpoints.world import (
    ANGLE,
    FILE,
    NOW,
    RENATA,
    contact,
    interview,
    news,
    plan,
    tidbit,
)


def words(count: int) -> str:
    """Return that many short words."""
    return " ".join(["abc"] * count)


def body(wanted: str, *, settings: DraftSettings | None = None, **changes: Any) -> str:
    """Return the body of a message of one's own template, "" where it was not taken."""
    text = f"Subject: Mine\n\n{{greeting}}\n\n{wanted}\n\n{{signature}}\n"
    kind: Kind = changes.pop("kind", "contribution")
    own = Template(f"data/templates/{kind}.txt", kind, "", text)
    note = changes.pop("note", ANGLE)
    match = news()
    assert match.skill
    option = case.Option(match, replace(match.skill, note=note))
    to = _case(interview(**changes), RENATA)
    draft = drafts.write(kind, "key", to, option, settings or DraftSettings(), [own])
    return draft.body if draft.subject == "Mine" else ""


# ---------------------------------------------------------------------------------------- drafts


@pytest.mark.parametrize(("length", "is_whole"), [(78, True), (79, False)])
def test_a_subject_has_78_characters(length: int, is_whole: bool) -> None:
    """A longer one is cut at a word."""
    subject = f"{'a ' * 35}{'b' * (length - 70)}"
    text = f"Subject: {subject}\n\n{{greeting}}\n\nHello.\n\n{{signature}}\n"
    own = Template("data/templates/thank_you.txt", "thank_you", "", text)
    to = _case(interview(), RENATA)
    draft = drafts.write("thank_you", "key", to, None, DraftSettings(), [own])
    assert (draft.subject == subject) == is_whole


@pytest.mark.parametrize(("length", "is_whole"), [(70, True), (71, False)])
def test_a_closing_has_70_characters(length: int, is_whole: bool) -> None:
    """A longer one is cut at a word."""
    closing = f"{'a ' * 6}{'b' * (length - 12)}"
    assert (closing in body("Hello.", settings=DraftSettings(closing=closing))) == is_whole


@pytest.mark.parametrize(("count", "is_whole"), [(8, True), (9, False)])
def test_a_closing_has_eight_words(count: int, is_whole: bool) -> None:
    """A longer one is no closing."""
    written = body("Hello.", settings=DraftSettings(closing=words(count)))
    assert (words(count) in written) == is_whole


@pytest.mark.parametrize(
    ("role", "said"),
    [
        ("Product Manager, Search Services", "Product Manager, Search Services"),
        ("Product Manager, Search and Services", "Product Manager"),
    ],
)
def test_a_role_of_more_than_four_words_is_shortened(role: str, said: str) -> None:
    """What follows its comma is left out."""
    assert f"As {said}." in body("As {role}.", role=role)


def test_a_signature_has_three_lines() -> None:
    """A fourth is left out."""
    written = body("Hello.", settings=DraftSettings(name="Ada\nLovelace\nLondon\nEngland"))
    assert written.endswith("Ada\nLovelace\nLondon\n")


@pytest.mark.parametrize(
    ("topic", "is_said"),
    [
        (words(12), True),
        (words(13), False),
        (f"the {'a' * 40}", True),
        (f"the {'a' * 41}", False),
    ],
)
def test_a_topic_has_twelve_words_of_40_characters(topic: str, is_said: bool) -> None:
    """A longer phrase reads as a jotting, a longer word was pasted."""
    assert bool(spoken.topic_of(NoteLine(FILE, 1, "discussed", topic, marked=(topic,)))) == is_said


@pytest.mark.parametrize(("count", "is_said"), [(16, True), (17, False)])
def test_a_skill_has_sixteen_words(count: int, is_said: bool) -> None:
    """With "I" before it, a sentence that one takes in at a glance."""
    text = f"ran the pilot of the {words(count - 5)}"
    assert bool(spoken.skill_of(NoteLine(FILE, 1, "angle", text))) == is_said


@pytest.mark.parametrize(("count", "is_said"), [(24, True), (25, False)])
def test_what_is_useful_has_24_words(count: int, is_said: bool) -> None:
    """A longer phrase does not fit into a sentence."""
    note = NoteLine(FILE, 17, "angle", "ran the pilot; see there", marked=(words(count),))
    assert (words(count) in body("Use: {useful}.\nelse: Hello.", note=note)) == is_said


@pytest.mark.parametrize(("count", "is_taken"), [(149, True), (150, False)])
def test_a_message_has_fewer_than_150_words(count: int, is_taken: bool) -> None:
    """A longer template of one's own gives way to the built-in one."""
    around = len(f"Mine {body('Hello.')}".split()) - 1
    assert bool(body(words(count - around))) == is_taken


# ------------------------------------------------------------------------------------- headlines


def headline(title: str) -> str:
    """Return a headline as a message quotes it."""
    return headlines.title_of(replace(news().story.lead, title=title))


def test_french_quotes_leave_no_blank_behind() -> None:
    """« J'arrête » becomes 'J'arrête', without the blanks that French sets inside."""
    assert (
        headline("« J'arrête » : à 54 ans, son premier 8a")
        == "'J'arrête' : à 54 ans, son premier 8a"
    )


@pytest.mark.parametrize(
    ("title", "is_whole"),
    [
        (f"{'a' * 54} {'b' * 55}", True),
        (f"{'a' * 54} {'b' * 56}", False),
        (words(20), True),
        (words(21), False),
        ("BIG MAN WON", True),
        ("BIG MEN WINS", False),
    ],
)
def test_a_headline_has_110_characters_and_20_words(title: str, is_whole: bool) -> None:
    """A longer one is cut, and one of twelve capitals or more is calmed."""
    assert (headline(title) == title) == is_whole


@pytest.mark.parametrize(
    ("source", "is_whole"),
    [
        (f"{'a' * 19} {'b' * 20}", True),
        (f"{'a' * 19} {'b' * 21}", False),
        (words(6), True),
        (words(7), False),
    ],
)
def test_a_source_has_40_characters_and_six_words(source: str, is_whole: bool) -> None:
    """A longer one is no name."""
    said = headlines.source_of(replace(news().story.lead, source=source))
    assert (said == source) == is_whole


@pytest.mark.parametrize(("count", "tells"), [(5, True), (4, False)])
def test_a_title_of_five_words_tells_stories_apart(count: int, tells: bool) -> None:
    """One of fewer words may be that of different stories."""
    assert bool(case.title_mark(words(count))) == tells


# ----------------------------------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("Ana Bea Cyd Dia Eva Fay", "Ana Bea Cyd Dia Eva Fay"),
        ("Ana Bea Cyd Dia Eva Fay Gil", "Ana Bea Cyd Dia Eva Fay"),
        (f"Ana {'b' * 56}", f"Ana {'b' * 56}"),
        (f"Ana {'b' * 57}", ""),
    ],
)
def test_a_name_has_six_words_and_60_characters(name: str, full: str) -> None:
    """A longer one was pasted."""
    assert names.parts_of(name).full == full


# ---------------------------------------------------------------------------- bad news, stories


@pytest.mark.parametrize(("ago", "is_usual"), [(14, True), (15, False)])
def test_bad_news_of_14_days_may_be_usual(ago: int, is_usual: bool) -> None:
    """What is usual for a company is seen in two weeks."""
    suit = news("s", ago, verdict=Verdict("bad", "lawsuit", -1.0))
    pace = PaceSettings(usual_days=1, sensitive_days=60)
    rules = case.HoldRules(pace, ZoneInfo("UTC"))
    other = replace(suit.story.lead, feed="https://other.example")
    told = replace(suit, story=replace(suit.story, others=(other,)))
    publishers = Publishers(Config(Settings()))
    _, usual = bad_news.holding((told,), rules, publishers, NOW)
    assert bool(usual) == is_usual


@pytest.mark.parametrize(
    ("kinds_of_news", "days"),
    [
        ("death", 60),
        ("accident,crime,layoffs,closure,bankruptcy", 40),
        ("hiring freeze,scandal,boycott,breach", 20),
        ("bad results,share fall,criticism,politics,product failure,delay,rumour,warning", 10),
        ("outage", 10),
    ],
)
def test_bad_news_holds_by_its_gravity(kinds_of_news: str, days: int) -> None:
    """Where the setting says 20 days, a death holds for 60 and weak results for 10."""
    pace = PaceSettings(sensitive_days=20)
    for kind in kinds_of_news.split(","):
        told = news(verdict=Verdict("bad", kind, -1.0))
        assert (kind, bad_news.hold_days(told, pace)) == (kind, days)


@pytest.mark.parametrize(("ago", "is_offered"), [(1.3, True), (1.4, False)])
def test_what_has_an_end_is_offered_until_the_next_day(ago: float, is_offered: bool) -> None:
    """At eight in the morning: yesterday's "tonight", not that of the day before."""
    match = tidbit(ago=ago, genre=Genre("news", (), True))
    found = plan(interview(ago=21), matches=(match,), contacts=(contact(20),))
    assert ("tidbit" in [item.kind for item in found.suggestions]) == is_offered
