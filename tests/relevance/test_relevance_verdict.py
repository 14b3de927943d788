"""Verdict, subject of a story and genre: the fitted classifiers as the program asks them."""

from __future__ import annotations

import math
import re
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import ModelDamaged
from pipeline.records import Article, Company, Mention, Story, Verdict
from pipeline.relevance import classifier, companies, company_subject, news_kinds, verdict
from pipeline.relevance.headlines import MEANING, features
from pipeline.relevance.meaning import plain_vector
from tests.relevance.world import line, ranked
from tests.relevance.world import story as world_story

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
NAMES = companies.prepare(Company("acme", "Acme Rail", ("Acme",)), ())
ABOUT = Mention("about", 1.0, ("Acme",), in_title=True)


def story(title: str, text: str = "") -> Story:
    return Story("s", Article("s", "", title, "", "", text, NOW, "feed", NOW))


def judged(title: str, text: str = "") -> Verdict:
    told = story(title, text)
    return verdict.judge(told, news_kinds.find(told), ABOUT, NAMES.any_name)


@pytest.mark.parametrize(
    ("fine", "bad"),
    [
        ("Acme wins contract to build trams for Lyon", "Acme loses contract to build trams"),
        ("Acme opens new plant in Ohio", "Acme to close plant in Ohio"),
        ("Acme to hire 400 engineers", "Acme freezes hiring until spring"),
        ("Acme reports record profit and raises outlook", "Acme cuts outlook after record loss"),
        (
            "Acme eröffnet neues Werk mit 200 Arbeitsplätzen",
            "Acme schließt Werk, 200 Stellen fallen weg",
        ),
        ("Ground broken for Acme nursery", "Acme nursery delayed once more"),
        ("Acme nimmt Lager in Kanada in Betrieb", "Acme schließt Werk, Lager in Kanada fällt weg"),
    ],
)
def test_a_word_or_two_turn_the_sign(fine: str, bad: str) -> None:
    """The same frame is good news with one verb and bad news with another."""
    assert (judged(fine).tone, judged(bad).tone) == ("good", "bad")


@pytest.mark.parametrize(
    "title",
    [
        "Acme to right-size organization, 140 roles impacted",
        "A statement from Acme on the death of our colleague",
        "Acme pulls snack over listeria",
        "Acme warns of weaker quarter as orders slip",
    ],
)
def test_bad_news_in_other_words_than_the_lists_is_not_good(title: str) -> None:
    """Euphemisms and statements are in no message."""
    assert judged(title).tone in ("bad", "unsure")


@pytest.mark.parametrize(
    "title",
    [
        "Acme",
        "",
        "Acme vihki uuden tehtaan käyttöön Turussa ja palkkasi sata työntekijää",
        "Acme 新工場を開設",
        "Acme qwertz asdfgh yxcvbn",
        "zzz " * 250,
    ],
    ids=["one word", "nothing", "Finnish", "Japanese", "no words", "1,000 letters"],
)
def test_what_cannot_be_read_is_unsure(title: str) -> None:
    """One word, another language, no language: nothing cheerful may follow."""
    assert judged(title).tone == "unsure"


@pytest.mark.parametrize(("letters", "tone"), [(400, "good"), (401, "unsure"), (1_000, "unsure")])
def test_a_headline_of_400_letters_is_the_longest_that_is_read(letters: int, tone: str) -> None:
    """What stands in one that is a whole text is not plainly good; what is bad stays bad."""
    assert judged(("Acme opens new plant in Ohio " * 40)[:letters].ljust(letters, "!")).tone == tone
    assert judged(("Acme freezes hiring until spring " * 40)[:letters]).tone == "bad"


def test_bad_news_of_another_does_not_strike() -> None:
    """Its rival's bankruptcy silences nobody, and is in no message either."""
    assert judged("Acme Rail opens a plant as rival Volta files for bankruptcy").tone == "unsure"


def test_a_word_further_down_softens_no_bad_headline() -> None:
    """Only in the headline may the lists' words say that it is another who is struck."""
    title = "Acme Rail freezes hiring until spring"
    text = "The cold went on. " * 20 + "In Lyon Volta was sued over a fatal crash."
    assert judged(title).tone == "bad"
    assert judged(title, text).tone == "bad"


def test_bad_news_further_down_is_heard() -> None:
    """A cheerful headline over layoffs is not good."""
    text = "The line is modern. " * 12 + "Acme Rail cuts 300 jobs at the old works."
    assert judged("Acme Rail opens new tram line", text).tone != "good"


def test_the_log_odds_can_be_redone_by_hand() -> None:
    """Intercept, and each view's idf times weight, by the length of what is known."""
    model, found = classifier.load("verdict"), features("Acme wins order", "", NAMES.any_name)
    column, total = 0, float(model.intercepts[0])
    for view in model.views:
        if view.name == MEANING:
            vector = plain_vector("COMPANY wins order")
            assert float(vector @ vector) == pytest.approx(1.0)
            weights = view.weights[:, column] * view.scales[column]
            total += view.weight * float(vector @ weights)
            continue
        known = view.names.text.decode().split("\n")
        rows = [known.index(name) for name in found[view.name] if name in known]
        length = math.sqrt(sum(float(view.idf[row]) ** 2 for row in rows))
        weights = [float(view.weights[row, column] * view.scales[column]) for row in rows]
        share = sum(float(view.idf[row]) * w for row, w in zip(rows, weights, strict=True))
        total += view.weight * share / length if rows else 0.0
    assert model.log_odds(found)[model.classes[0]] == pytest.approx(total)


def test_the_words_that_decided_are_shown() -> None:
    """`why` can say what spoke for good news, most first."""
    words = judged("Acme wins contract to build trams for Lyon").words
    assert "[the company] wins" in [term.term for term in words]
    assert [term.weight for term in words] == sorted((t.weight for t in words), reverse=True)


@pytest.mark.parametrize("model", ["verdict", "kind", "subject", "genre"])
@pytest.mark.parametrize("damage", ["missing", "cut", "bytes"])
def test_without_its_file_nothing_is_judged(tmp_path: Path, model: str, damage: str) -> None:
    """A clear error and no message, rather than a cheerful one."""
    path = tmp_path / f"{model}.npz"
    shutil.copy(classifier.FOLDER / path.name, path)
    data = path.read_bytes()
    if damage == "missing":
        path.unlink()
    else:
        path.write_bytes(data[: len(data) // 2] if damage == "cut" else b"\x00" * 100)
    with pytest.raises(ModelDamaged, match="install Touchpoints again"):
        classifier.load(model, tmp_path)


@pytest.mark.parametrize("model", ["verdict", "kind", "subject"])
def test_without_a_model_a_cheerful_story_has_no_match(
    monkeypatch: pytest.MonkeyPatch, model: str
) -> None:
    """The error comes instead of a match, so nothing can be suggested."""
    read, missing = classifier.load.__wrapped__, Path("nowhere")
    monkeypatch.setattr(
        classifier, "load", lambda name: read(name, *([missing] if name == model else []))
    )
    with pytest.raises(ModelDamaged, match=model):
        ranked([world_story("Merrin opens a battery plant in Omaha")], line("battery plants"))


@given(st.text(max_size=400), st.text(max_size=400))
def test_any_text_has_a_verdict(title: str, text: str) -> None:
    """Whatever a feed says: one of four answers, and finite numbers."""
    found = judged(title, text)
    assert found.tone in ("good", "neutral", "bad", "unsure")
    assert math.isfinite(found.odds)


# ------------------------------------------------------------------------------------- the subject


@pytest.mark.parametrize(
    ("title", "about"),
    [
        ("Acme opens a depot in Leeds", "about"),
        ("Hackers steal customer data from Acme", "about"),
        ("Fire destroys warehouse of Acme near Utrecht", "about"),
        ("Rates may fall again in spring, say analysts at Acme", "mentioned"),
        ("Save $40 on headphones at Acme", "mentioned"),
    ],
)
def test_only_who_acts_or_is_struck_is_what_a_story_is_about(title: str, about: str) -> None:
    """Not the source of a view, nor the shop where something is cheap."""
    found = company_subject.decided(story(title), NAMES, ABOUT)
    assert found.about == about
    assert (found.subject >= 0.5) is (about == "about")


def test_own_news_and_what_is_not_meant_stay_as_they_are() -> None:
    """The classifier decides only between about and mentioned; its own news are surely about it."""
    own, none = Mention("about", 1.0, companies.OWN_NEWS), Mention("none", 0.0)
    told = story("Singer shares new video on Acme")
    assert company_subject.decided(told, NAMES, own) == replace(own, subject=1.0)
    assert company_subject.decided(told, NAMES, none) is none


def test_the_name_is_masked() -> None:
    """Nothing is learnt from the name itself: another one gives the same features."""
    one = features("Acme opens a depot", "Acme said so.", re.compile("Acme"))
    assert one == features("Zorbix opens a depot", "Zorbix said so.", re.compile("Zorbix"))
