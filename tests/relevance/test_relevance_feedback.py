"""What the answers teach: a little, only after a handful, and nothing that was not meant."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.records import (
    Draft,
    Feedback,
    Kind,
    Match,
    Part,
    Queue,
    Reason,
    Reference,
    State,
    Suggestion,
    Touchpoint,
)
from pipeline.relevance import feedback, score, usefulness
from pipeline.relevance.score import ALL_LINES, MEANING, OWN_LINE
from tests.relevance.world import NOW, line, ranked, story

BOAT = line("framed photo of an ocean racing boat", "office", number=1)
PLANTS = line("how to ramp up battery plants", "angle", number=2)
RACE = ranked([story("Solo sailor ends ocean race", "An ocean racing boat.")], BOAT, PLANTS)[0]
PLANT = ranked([story("Merrin Labs opens a plant", "A battery plant.")], BOAT, PLANTS)[0]
NEAR = (Part("any story", -3.0), Part("your note", 1.0), Part("near in meaning", 2.5))
FAR = (Part("any story", -3.0), Part("your note", 3.5))


def answer(
    liked: bool,
    title: str = "",
    parts: tuple[Part, ...] = (),
    *,
    queue: Queue = "interest",
    days: float = 0.0,
) -> Feedback:
    return Feedback(liked, NOW + timedelta(days=days), "merrin", title, queue, parts)


def unsure(match: Match) -> tuple[Part, ...]:
    """Return the parts of a match of even odds."""
    return (*match.parts, Part("age", -sum(part.amount for part in match.parts)))


def others(liked: int, disliked: int) -> list[Feedback]:
    """Return answers that have nothing to do with the tests' stories."""
    return [answer(n < liked) for n in range(liked + disliked)]


def told(liked: bool, title: str, count: int) -> list[Feedback]:
    """Return as many answers about titles with these words."""
    return [answer(liked, f"{title} no{n}") for n in range(count)]


def score_after(match: Match, *answers: Feedback) -> float:
    return feedback.adjusted(match, feedback.preferences(answers, {})).score


def biases(answers: Iterable[Feedback]) -> dict[str, float]:
    return {key: item.bias for key, item in feedback.preferences(answers, {}).weights.items()}


@pytest.mark.parametrize("match", [RACE, PLANT])
@pytest.mark.parametrize("liked", [True, False])
def test_sent_lifts_and_dismissed_lowers(match: Match, liked: bool) -> None:
    """What was answered for stories of the same parts moves the next of that queue."""
    same = [answer(liked, parts=unsure(match), queue=match.queue)] * 6
    after = score_after(match, *same)
    assert (after > match.score) is liked
    assert (after < match.score) is not liked


@pytest.mark.parametrize("liked", [True, False])
def test_words_of_a_title_lift_and_lower(liked: bool) -> None:
    """Whatever the line, a word in the titles of what was answered moves the next with it."""
    after = score_after(RACE, *told(liked, "Sailor", 6))
    assert (after > RACE.score) is liked
    assert (after < RACE.score) is not liked


def test_what_tells_sent_from_dismissed_is_learned() -> None:
    """Sent where near in meaning, dismissed where only words were shared: meaning counts more."""
    found = biases([*[answer(True, parts=NEAR)] * 6, *[answer(False, parts=FAR)] * 6])
    assert found["part:interest:near-in-meaning"] > 0 > found["part:interest:your-note"]


def test_a_coefficient_is_the_likeliest_of_all() -> None:
    """Against a search on a grid: the posterior of two coefficients has its peak there."""
    given = [*[answer(True, parts=NEAR)] * 5, *[answer(False, parts=FAR)] * 5]

    def posterior(note: float, near: float) -> float:
        value = -(note**2 + near**2) / (2 * feedback.OF_A_PART**2)
        for parts, sign in ((NEAR, 5.0), (FAR, -5.0)):
            grown = {"your note": note, "near in meaning": near}
            odds = sum(part.amount * (1 + grown.get(part.name, 0.0)) for part in parts)
            value -= abs(sign) * math.log1p(math.exp(-odds if sign > 0 else odds))
        return value

    found = biases(given)
    grid = [number / 100 for number in range(-60, 61)]
    best = max(itertools.product(grid, grid), key=lambda place: posterior(*place))
    assert found["part:interest:your-note"] == pytest.approx(best[0], abs=0.006)
    assert found["part:interest:near-in-meaning"] == pytest.approx(best[1], abs=0.006)


def test_what_was_foreseen_teaches_less() -> None:
    """That a likely story was sent is no news; that it was dismissed is."""
    likely = (Part("any story", 0.0), Part("near in meaning", 3.0))
    liked, refused = (biases([answer(one, parts=likely)] * 8) for one in (True, False))
    key = "part:interest:near-in-meaning"
    assert 0 < liked[key] < -refused[key]


def test_each_queue_learns_for_itself() -> None:
    """What was dismissed as a hobby says nothing about the company's news."""
    found = biases([answer(False, parts=NEAR)] * 8)
    assert found
    assert all(key.startswith("part:interest:") for key in found)


def test_what_one_set_or_seldom_has_is_not_learned() -> None:
    """Neither age nor the weight that the user gave to a feed, nor what was learned before."""
    parts = tuple(Part(name, -0.5) for name in ("age", "your weight of its feed", "your answers"))
    assert biases([answer(False, parts=parts)] * 8) == {}


def test_earlier_lessons_do_not_count_as_the_model() -> None:
    """An answer is compared with what was fitted, not with what was learned in the meantime."""
    moved = (*NEAR, Part("your answers", -1.0))
    assert biases([answer(False, parts=moved)] * 8) == biases([answer(False, parts=NEAR)] * 8)


def test_lessons_are_of_parts_that_a_score_has() -> None:
    """Each part that is learned is one that a match can have."""
    known = {OWN_LINE, MEANING, ALL_LINES, "like its other news", *score._NAMES.values()}
    assert feedback._STORIES.keys() <= known


def test_one_story_does_not_teach_its_title() -> None:
    """Sent to two people at one firm it is one title; and a company's own name is not learnt."""
    twice = [answer(True, "Merrin rows across the sea")] * 2
    learned = feedback.preferences([*twice, *others(3, 3), answer(True, "Merrin sails")], {})
    assert not [key for key in learned.weights if key.startswith("word:merrin:row")]
    assert "word:merrin:merrin" not in learned.weights


@pytest.mark.parametrize("number", range(6))
def test_nothing_is_learnt_before_a_handful_of_answers(number: int) -> None:
    """A few answers may be one day's mood."""
    learned = feedback.preferences([answer(False, parts=RACE.parts)] * number, {})
    assert learned.weights == {}
    assert feedback.adjusted(RACE, learned) is RACE


def test_few_answers_move_little() -> None:
    """One dismissal in ten moves a score by less than a tenth; more move more, never far."""
    moved = [
        RACE.score - score_after(RACE, *others(5, 5), *[answer(False, parts=RACE.parts)] * n)
        for n in (1, 3, 30)
    ]
    assert 0 < moved[0] < moved[1] < moved[2] <= 0.25
    assert moved[0] < RACE.score / 10


def test_a_user_who_likes_what_is_likely_teaches_little() -> None:
    """Praise for all that was rightly suggested lifts little."""
    likely = (Part("any story", -2.0), Part("your note", 6.0))
    told = [answer(True, parts=likely)] * 30
    assert score_after(RACE, *told) == pytest.approx(RACE.score, rel=0.05)


def test_what_moved_a_score_is_named_with_what_it_adds() -> None:
    """The part can be redone: each lesson with its share; the parts add up to the score."""
    told = [answer(False, "A sailor", unsure(RACE)), answer(False, "The sailor", unsure(RACE))]
    learned = feedback.preferences([*told, *others(2, 2)], {})
    found = feedback.adjusted(RACE, learned)
    (part,) = [part for part in found.parts if part.name == "your answers"]
    (own,) = [part for part in RACE.parts if part.name == "your note"]
    bias = learned.weights["part:interest:your-note"].bias
    assert f"your note {bias * own.amount:+.2f}" in part.words
    assert any(word.startswith("“sailor” -") for word in part.words)
    assert part.amount == pytest.approx(
        sum(float(word.rpartition(" ")[2]) for word in part.words), abs=0.02
    )
    assert usefulness.probability(found.parts) == pytest.approx(found.score)


def test_a_lesson_is_told_in_words() -> None:
    """It names what counts more or less, and for what."""
    learned = feedback.preferences([answer(True, parts=NEAR)] * 6, {}).weights
    near = learned["part:interest:near-in-meaning"]
    assert near.about == "stories near in meaning count a little more for hobbies"
    assert (near.liked, near.disliked) == (6, 0)


def test_forgotten_weights_stop_counting_and_later_answers_count_again() -> None:
    """`forget` is about the past: what is answered after it teaches anew, other weights stay."""
    told = [*[answer(False, parts=FAR)] * 4, *[answer(False, parts=NEAR)] * 2]
    key = "part:interest:near-in-meaning"
    before = feedback.preferences(told, {}).weights
    forgotten = {key: NOW + timedelta(hours=1)}

    after = feedback.preferences(told, forgotten).weights
    assert after == {name: item for name, item in before.items() if name != key}
    later = feedback.preferences([*told, answer(True, parts=NEAR, days=1)], forgotten).weights
    assert (later[key].liked, later[key].disliked) == (1, 0)
    assert later[key].bias > 0 > before[key].bias


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
    title = "Solo sailor ends ocean race"
    told = [Feedback(False, NOW, "other", f"{title} {n}", "interest", ()) for n in range(6)]
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
        reference=Reference(
            story_id,
            "Solo sailor ends ocean race",
            queue="interest",
            parts=NEAR if story_id else (),
        ),
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
        assert (one.company, one.queue, one.parts) == ("merrin", "interest", NEAR)
        assert one.at == NOW + timedelta(days=1)


def test_a_message_without_a_story_teaches_nothing() -> None:
    """Dismissing a bare check-in says nothing about any news."""
    assert feedback.answers([touchpoint("dismissed", "not-for-me", story_id="")]) == ()


@given(
    st.lists(
        st.builds(
            Feedback,
            st.booleans(),
            st.just(NOW),
            st.sampled_from(["merrin", "other"]),
            st.sampled_from(["Solo sailor ends ocean race", "Merrin Labs opens a plant", "", "é"]),
            st.sampled_from(["company", "topic", "interest"]),
            st.sampled_from([(), NEAR, FAR, RACE.parts, PLANT.parts, (Part("your note", -50.0),)]),
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
