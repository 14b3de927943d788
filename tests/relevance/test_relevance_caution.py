"""What the answers teach about recognition and verdict: to be more careful, and never less."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.records import (
    Draft,
    Kind,
    Match,
    Preferences,
    Reason,
    Reference,
    State,
    Suggestion,
    Tone,
    Touchpoint,
    Verdict,
)
from pipeline.relevance import caution, classifier
from tests.relevance.world import NOW, line, ranked, story

(PLAIN,) = ranked([story("Merrin opens a gallery in Omaha")], line("battery plants", "angle"))


def about(confidence: float = 0.9, tone: Tone = "good", odds: float = 9.0) -> Match:
    """Return a story that is shown as the company's news."""
    mention = replace(PLAIN.mention, about="about", confidence=confidence, own=False)
    return replace(PLAIN, shown=True, mention=mention, verdict=Verdict(tone, "launch", odds))


def answer(
    because: str = "wrong-company",
    title: str = "A gallery",
    number: int = 1,
    *,
    status: State = "dismissed",
    kind: Kind = "contribution",
    news: str = "",
) -> Touchpoint:
    told = Suggestion(
        key=f"k{number}",
        kind=kind,
        interview="data/notes/merrin.md",
        company="merrin",
        person="Aud",
        due=NOW,
        reason=Reason("talk"),
        draft=Draft("", "", ""),
        reference=Reference(f"s{number}", title, news=news),
    )
    return Touchpoint(number, told, status, NOW, NOW, because=because)


def sent(title: str = "", number: int = 90, news: str = "") -> Touchpoint:
    return answer("", title, number, status="sent", news=news)


def refused(times: int, news: str = "launch") -> list[Touchpoint]:
    return [answer("not-for-me", "", number, news=news) for number in range(times)]


def learned(
    answers: Iterable[Touchpoint], forgotten: dict[str, datetime] | None = None
) -> Preferences:
    return Preferences(caution.lessons(answers, forgotten or {}))


def log_odds(match: Match) -> float:
    return math.log(match.mention.confidence / (1 - match.mention.confidence))


def lost(*answers: Touchpoint) -> float:
    """Return what recognition loses after these answers."""
    return log_odds(about()) - log_odds(caution.careful(about(), learned(answers)))


# ------------------------------------------------------------------------------- wrong company


@pytest.mark.parametrize(("title", "taken"), [("A gallery", 0.4), ("Gallery of Omaha", 0.8)])
def test_each_word_of_a_wrong_story_takes_04(title: str, taken: float) -> None:
    """One shared word takes 0.4 of the log-odds, two take 0.8."""
    assert lost(answer(title=title)) == pytest.approx(taken, abs=0.01)


def test_words_take_2_at_most() -> None:
    """However often it was said: two words that each take 2.0, and 0.5 for the name."""
    told = [answer(title="Gallery of Omaha", number=number) for number in range(9)]
    assert lost(*told) == pytest.approx(2.0 + 0.5, abs=0.01)


@pytest.mark.parametrize(("stories", "taken"), [(2, 0.0), (3, 0.5)])
def test_the_name_itself_loses_05_after_three_stories(stories: int, taken: float) -> None:
    """Two may be one event; three say that the name is often another's."""
    told = [answer(title=f"Unlike{n}", number=n) for n in range(stories)]
    assert lost(*told) == pytest.approx(taken, abs=0.01)


def test_a_story_that_is_no_longer_sure_is_not_shown_and_says_why() -> None:
    """It is not offered as anything else, either: it stays news of the company's queue."""
    assert about(0.88).shown
    found = caution.careful(about(0.88), learned([answer()]))
    assert not found.shown
    assert "wrong company" in found.reason
    assert found.kind == about().kind


def test_a_full_form_stays_sure() -> None:
    """What is as sure as can be is shown after any number of answers."""
    told = [answer(title="Gallery of Omaha opens", number=n) for n in range(20)]
    assert caution.careful(about(0.9975), learned(told)).shown


@pytest.mark.parametrize("title", ["Merrin", "Company profit"])
def test_its_own_name_and_words_of_business_tell_nothing(title: str) -> None:
    """They are in every story of every company."""
    assert not learned([answer(title=title)]).weights


def test_a_word_of_news_that_was_sent_is_no_longer_against_it() -> None:
    """The user showed that this word goes with the company."""
    assert not learned([answer(), sent("The gallery")]).weights
    assert learned([answer(), answer("", "The gallery", 9, status="sent", kind="tidbit")]).weights


def test_what_the_company_tells_itself_is_its_own() -> None:
    """No answer makes it another's."""
    own = replace(about(), mention=replace(about().mention, own=True))
    assert caution.careful(own, learned([answer()])) == own


# ------------------------------------------------------------------------------ not for me

LINE = classifier.load("verdict").limits["good"]


@pytest.mark.parametrize(("above", "tone"), [(0.09, "unsure"), (0.11, "good")])
def test_a_refused_kind_needs_01_more(above: float, tone: Tone) -> None:
    """One launch that was not for this user: the next needs a little more than the line."""
    found = caution.careful(about(odds=LINE + above), learned(refused(1)))
    assert found.verdict is not None
    assert found.verdict.tone == tone


@pytest.mark.parametrize(("above", "tone"), [(0.49, "unsure"), (0.51, "good")])
def test_the_line_rises_by_05_at_most(above: float, tone: Tone) -> None:
    """What is plainly good stays so after twenty refusals."""
    found = caution.careful(about(odds=LINE + above), learned(refused(20)))
    assert found.verdict is not None
    assert found.verdict.tone == tone


def test_what_is_sent_as_often_teaches_nothing_about_its_kind() -> None:
    """Nor does it lower the line: two sent and one refused are as if nothing was answered."""
    told = [*refused(1), sent("", 90, "launch"), sent("", 91, "launch")]
    assert "news:launch" not in learned(told).weights


@pytest.mark.parametrize("because", ["bad-timing", "too long"])
def test_other_reasons_say_nothing_about_the_kind(because: str) -> None:
    """Only "not for me" does."""
    assert not learned([answer(because, "", news="launch")]).weights


def test_another_kind_is_not_touched() -> None:
    """Awards say nothing about launches."""
    close = about(odds=LINE)
    assert caution.careful(close, learned(refused(5, "award"))) == close


# ------------------------------------------------------------------------------ both


def test_a_forgotten_lesson_counts_later_answers_only() -> None:
    """As with every lesson."""
    told = [answer(), *refused(1)]
    forgotten = {"other:merrin:gallery": NOW, "news:launch": NOW}
    assert not learned(told, forgotten).weights
    before = {key: at - timedelta(hours=1) for key, at in forgotten.items()}
    assert learned(told, before).weights.keys() == forgotten.keys()


@given(
    st.lists(
        st.builds(
            answer,
            st.sampled_from(["wrong-company", "not-for-me", ""]),
            st.sampled_from(["A gallery", "Gallery of Omaha", "Merrin opens", ""]),
            st.integers(1, 9),
            status=st.sampled_from(["dismissed", "sent", "answered", "snoozed"]),
            news=st.sampled_from(["", "launch"]),
        ),
        max_size=30,
    ),
    st.sampled_from(["good", "neutral", "bad", "unsure"]),
    st.booleans(),
    st.floats(0.5, 1.0),
    st.floats(-4, 4),
)
def test_no_answer_lets_news_into_a_message(
    told: list[Touchpoint], tone: Tone, shown: bool, confidence: float, odds: float
) -> None:
    """Bad news hold as before; nothing becomes good, shown, surer, or another queue's story."""
    before = replace(about(confidence, tone, odds), shown=shown)
    after = caution.careful(before, learned(told))
    assert before.verdict is not None
    assert after.verdict is not None
    assert after.shown <= before.shown
    assert after.mention.confidence <= before.mention.confidence + 1e-4
    assert after.verdict.tone in (before.verdict.tone, "unsure")
    assert after.kind == before.kind
    if before.sensitive:
        assert after == before
