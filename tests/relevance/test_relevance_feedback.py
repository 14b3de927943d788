"""What the answers teach: a little, only after a handful, and nothing that was not meant."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.records import (
    Draft,
    Feedback,
    Kind,
    Match,
    NoteLine,
    Reason,
    Reference,
    State,
    Suggestion,
    Touchpoint,
)
from pipeline.relevance import feedback, usefulness
from tests.relevance.world import NOW, line, ranked, story

BOAT = line("framed photo of an ocean racing boat", "office", number=1)
PLANTS = line("how to ramp up battery plants", "angle", number=2)
RACE = ranked([story("Solo sailor ends ocean race", "An ocean racing boat.")], BOAT, PLANTS)[0]
PLANT = ranked([story("Merrin Labs opens a plant", "A battery plant.")], BOAT, PLANTS)[0]


def answer(
    liked: bool,
    title: str = "Something else",
    note: NoteLine | None = None,
    *,
    company: bool = False,
    days: float = 0.0,
) -> Feedback:
    return Feedback(liked, NOW + timedelta(days=days), "merrin", title, note, company)


def others(liked: int, disliked: int) -> list[Feedback]:
    """Return answers that have nothing to do with the tests' stories, each with own words."""
    return [answer(n < liked, f"x{n}") for n in range(liked + disliked)]


def score_after(match: Match, *answers: Feedback) -> float:
    return feedback.adjusted(match, feedback.preferences(answers, {})).score


LESSONS = {
    "line": (RACE, {"note": BOAT}),
    "company": (PLANT, {"company": True}),
    "words": (RACE, {"title": "Solo sailor at sea again"}),
}


@pytest.mark.parametrize("lesson", LESSONS)
@pytest.mark.parametrize("liked", [True, False])
def test_sent_lifts_and_dismissed_lowers(lesson: str, liked: bool) -> None:
    """What was answered for a note line, a company's news, or a title's words moves the next."""
    match, given = LESSONS[lesson]
    about = dict(given)
    title = about.pop("title", "Something else")
    told = [answer(liked, f"{title} no{n}", **about) for n in range(4)]  # type: ignore[arg-type]
    after = score_after(match, *told, *others(4, 4))
    assert (after > match.score) is liked
    assert (after < match.score) is not liked


def test_one_story_does_not_teach_its_title() -> None:
    """Sent to two people at one firm it is one title; and a company's own name is not learnt."""
    twice = [answer(True, "Merrin rows across the sea")] * 2
    learned = feedback.preferences([*twice, *others(3, 3), answer(True, "Merrin sails")], {})
    assert not [key for key in learned.weights if key.startswith("word:merrin:row")]
    assert "word:merrin:merrin" not in learned.weights


@pytest.mark.parametrize("number", range(6))
def test_nothing_is_learnt_before_a_handful_of_answers(number: int) -> None:
    """A few answers may be one day's mood."""
    learned = feedback.preferences([answer(False, note=BOAT)] * number, {})
    assert learned.weights == {}
    assert feedback.adjusted(RACE, learned) is RACE


def test_few_answers_move_little() -> None:
    """One dismissal in ten moves a score by less than a tenth; more move more, never far."""
    moved = [
        RACE.score
        - score_after(RACE, *others(5 + n, 5), *[answer(False, note=BOAT) for _ in range(n)])
        for n in (1, 3, 30)
    ]
    assert 0 < moved[0] < moved[1] < moved[2] <= 0.25
    assert moved[0] < RACE.score / 10


def test_a_user_who_likes_everything_teaches_no_difference() -> None:
    """A lesson is compared with how often this user likes anything: praise for all lifts little."""
    told = [answer(True, note=BOAT), *others(30, 0)]
    assert score_after(RACE, *told) == pytest.approx(RACE.score, rel=0.02)


def test_what_moved_a_score_is_named() -> None:
    """The part says so, with the heaviest weights in words; the parts still add up."""
    learned = feedback.preferences([*[answer(False, note=BOAT)] * 5, *others(5, 0)], {})
    found = feedback.adjusted(RACE, learned)
    (part,) = [part for part in found.parts if part.name == "your answers"]
    assert part.amount < 0
    assert part.words == (f"your note “{BOAT.text}”",)
    assert usefulness.probability(found.parts) == pytest.approx(found.score)


def test_forgotten_weights_stop_counting_and_later_answers_count_again() -> None:
    """`forget` is about the past: what is answered after it teaches anew, other weights stay."""
    told = [*[answer(False, note=BOAT, company=True)] * 5, *others(5, 0)]
    line_key = next(
        key for key in feedback.preferences(told, {}).weights if key.startswith("line:")
    )
    forgotten = {line_key: NOW + timedelta(hours=1)}

    after = feedback.preferences(told, forgotten)
    assert line_key not in after.weights
    assert "company:merrin" in after.weights
    later = feedback.preferences([*told, answer(True, note=BOAT, days=1)], forgotten)
    assert (later.weights[line_key].liked, later.weights[line_key].disliked) == (1, 0)
    assert later.weights[line_key].bias > 0


def test_one_answer_teaches_nothing_about_a_word() -> None:
    """A word must be in the titles of two answers."""
    once = feedback.preferences([answer(False, "Sailor"), *others(4, 4)], {})
    twice = feedback.preferences(
        [answer(False, "Sailor"), answer(False, "A sailor"), *others(4, 4)], {}
    )
    assert "word:merrin:sailor" not in once.weights
    assert twice.weights["word:merrin:sailor"].disliked == 2


def test_words_are_learnt_for_one_company_only() -> None:
    """What one interviewer would not want says nothing about another's."""
    told = [Feedback(False, NOW, "other", "Solo sailor ends ocean race")] * 6
    assert score_after(RACE, *told, *others(4, 4)) == RACE.score


# ------------------------------------------------------------------- from the history to answers


def touchpoint(
    status: State, because: str = "", story_id: str = "s", kind: Kind = "tidbit"
) -> Touchpoint:
    told = Suggestion(
        key=f"{status} {because}",
        kind=kind,
        interview="data/notes/merrin.md",
        company="merrin",
        person="Aud",
        due=NOW,
        reason=Reason("talk"),
        draft=Draft("", "", ""),
        reference=Reference(story_id, "Solo sailor ends ocean race", note=BOAT),
    )
    return Touchpoint(1, told, status, NOW, NOW + timedelta(days=1), because=because)


@pytest.mark.parametrize(
    ("status", "because", "liked"),
    [
        ("sent", "", [True]),
        ("answered", "", [True]),
        ("dismissed", "not-for-me", [False]),
        ("dismissed", "too technical", [False]),
        ("dismissed", "bad-timing", []),
        ("dismissed", "wrong-company", []),
        ("snoozed", "", []),
        ("expired", "too old", []),
        ("suggested", "", []),
    ],
)
def test_what_teaches_and_what_does_not(status: State, because: str, liked: list[bool]) -> None:
    """Bad timing, another company's news and what was put off say nothing about the story."""
    found = feedback.answers([touchpoint(status, because)])
    assert [one.liked for one in found] == liked
    for one in found:
        assert (one.company, one.note, one.at) == ("merrin", BOAT, NOW + timedelta(days=1))


def test_a_message_without_a_story_teaches_nothing() -> None:
    """Dismissing a bare check-in says nothing about any news."""
    assert feedback.answers([touchpoint("dismissed", "not-for-me", story_id="")]) == ()


def test_news_about_the_company_are_known_as_such() -> None:
    """A contribution teaches about the company's news, a tidbit does not."""
    (offer,), (tidbit,) = (
        feedback.answers([touchpoint("sent", kind=kind)])  # type: ignore[arg-type]
        for kind in ("contribution", "tidbit")
    )
    assert (offer.about_company, tidbit.about_company) == (True, False)


@given(
    st.lists(
        st.builds(
            Feedback,
            st.booleans(),
            st.just(NOW),
            st.sampled_from(["merrin", "other"]),
            st.sampled_from(["Solo sailor ends ocean race", "Merrin Labs opens a plant", "", "é"]),
            st.sampled_from([None, BOAT, PLANTS]),
            st.booleans(),
        ),
        max_size=40,
    )
)
def test_no_answers_make_a_score_leave_its_scale(told: list[Feedback]) -> None:
    """Whatever was answered, a score stays from 0 to 1 and is the sum of its parts."""
    learned = feedback.preferences(told, {})
    for match in (RACE, PLANT):
        found = feedback.adjusted(match, learned)
        assert 0.0 <= found.score <= 1.0
        assert abs(found.score - match.score) <= 0.25
        assert found.score == pytest.approx(usefulness.probability(found.parts))
