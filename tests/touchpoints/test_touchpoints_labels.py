"""What is in bold, a label, a sentence's subject: how each is said in a message."""

from __future__ import annotations

import pytest

from pipeline.records import NoteLine
from pipeline.touchpoints.spoken import (
    jotted_work,
    object_of,
    topic_of,
)


def _line(text: str, *marked: str, avoided: str = "") -> NoteLine:
    return NoteLine("n.md", 1, "discussed", text, "Ada Moor", marked, avoided)


def test_what_is_not_to_be_mentioned_lends_no_topic() -> None:
    told = _line("the Croft legacy: family, lawyers", avoided="the Croft legacy")
    assert topic_of(told) is None


@pytest.mark.parametrize(
    "marked", ["£3-4m, council meets late Oct", "Under 8 % by end '29", "over 40 sites by 2030"]
)
def test_money_and_a_bare_target_in_bold_are_no_topic(marked: str) -> None:
    assert topic_of(_line(f"harvest, {marked}", marked)) is None


def test_several_things_in_bold_have_their_article() -> None:
    topic = topic_of(_line("a tender, 300 delivery bikes", "300 delivery bikes"))
    assert topic is not None
    assert topic.text == "the 300 delivery bikes"


def test_the_day_by_which_something_in_bold_is_wanted_is_left_out() -> None:
    topic = topic_of(
        _line("nouvelle scène avant oct. 28", "nouvelle scène avant oct. 28"), "French"
    )
    assert topic is not None
    assert topic.text == "la nouvelle scène"


def test_of_a_french_sentence_the_topic_is_its_subject() -> None:
    topic = topic_of(_line("la caisse tombe toujours en panne le samedi, file dehors"), "French")
    assert topic is not None
    assert topic.text == "la caisse"


@pytest.mark.parametrize(
    ("topic", "said"),
    [
        ("das Thema Gutschein", "das Thema Gutschein"),
        ("das Thema Lieferketten", "Lieferketten"),
        ("die Gästekarte", "die Gästekarte"),
    ],
)
def test_after_ueber_a_german_noun_has_an_article_or_is_called_a_topic(
    topic: str, said: str
) -> None:
    assert object_of(topic, "German") == said


def test_a_german_compound_has_the_article_of_its_last_part() -> None:
    for text, said in {"Gästekarte: 9.000": "die Gästekarte", "Labor: Audit": "das Labor"}.items():
        topic = topic_of(_line(text), "German")
        assert topic is not None
        assert topic.text == said


@pytest.mark.parametrize(
    "text", ["chip in with partners - vouchers", "tram passengers: doors stuck"]
)
def test_a_verb_with_its_particles_and_people_are_no_label(text: str) -> None:
    assert topic_of(_line(text)) is None


def test_a_jotted_arrow_is_said_as_from_and_to() -> None:
    done = NoteLine("n.md", 2, "angle", "cut returns 17 days -> 3, incl. new software")
    assert jotted_work(done) == "cut returns from 17 days to 3"


@pytest.mark.parametrize(
    "text",
    [
        "Help for deaf guests, checked by themselves; knows the rules",
        "barcodes on crates, so why not on bottles",
    ],
)
def test_a_deed_in_the_third_person_or_as_a_question_is_left_out(text: str) -> None:
    done = NoteLine("n.md", 2, "profile", text)
    assert "themselves" not in jotted_work(done)
    assert "why" not in jotted_work(done)


def test_what_stands_behind_somebodys_initials_is_theirs_and_no_topic() -> None:
    text = "AM Leinwand und Pinsel, malt am Abend"
    assert topic_of(_line(text), "German") is None
    assert topic_of(_line("AM boats on Mondays: paints them")) is None


def test_half_of_a_sentence_in_bold_is_no_topic() -> None:
    assert topic_of(_line("times slip as soon as it snows, always", "as soon as it snows")) is None


def test_a_place_in_bold_has_its_article() -> None:
    topic = topic_of(_line("fibre to Skerry peninsula, 900 houses", "Skerry peninsula"))
    assert topic is not None
    assert topic.text == "the Skerry peninsula"
    supplier = topic_of(_line("Supplier campus, 900 seats", "Supplier campus"))  # no name, there
    assert supplier is None or not supplier.text.startswith("the Supplier")


def test_a_ticket_to_be_handed_in_names_no_topic() -> None:
    assert topic_of(_line("ticket to Ada in accounts, second class")) is None
