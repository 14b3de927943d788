"""A line that has no topic may still lend its noun, before a thank-you is left with a gap."""

from __future__ import annotations

import pytest

from pipeline.records import NoteLine
from pipeline.touchpoints.nouns import noun_of
from pipeline.touchpoints.spoken import (
    jotted_work,
    label_of,
    object_of,
    topic_of,
)

OWN = {
    "English": {
        "returns take 17 days, shops ring every morning": "the returns",
        "refunds. customers give up halfway": "the refunds",
        'her reminder letters "sound like a court" -> I could help': "your reminder letters",
        "8 % of parcels come back unopened. Carriers send lists too late": "the parcels that come "
        "back unopened",
        "70 % of fault alarms ignored, wants fewer": "the fault alarms that are ignored",
        "new ferry, the Borealis, in the yard": "the new ferry",
        "first gluten + nut audit in Nov, all recipes rewritten": "the first gluten and nut audit",
        "9,000 boxes must leave the old barn for a new depot at Marsh Lane": "the new depot at "
        "Marsh Lane",
        "dry rot in the rafters. Treats everything at night": "the dry rot in the rafters",
        "chip in with partners - vouchers for winter fuel, she hopes": "vouchers for winter fuel",
        "Heritage fund 3rd round, decision soon": "the Heritage fund",
        "go-live in May. Not enough nurses' aides. Too few trainers on the ships": "the trainers "
        "on the ships",
        "2.5m loan accounts come off the old system in a night": "the 2.5m loan accounts",
        "pumps on the older boats break w/o warning": "the pumps on the older boats",
        "clerks copy all of it, once for the port. 40,000 forms a year": "the 40,000 forms a year",
        "legal cover for drivers from the first day, it went to court": "the legal cover for "
        "drivers",
        "getting a new ship ready takes 11 weeks, he wants 4": "getting a new ship ready",
        "cold power on quay 4, the form had 90 pages": "the cold power on quay 4",
        "new valve w/ the quieter spring is w/ the agency": "the new valve",
        "7 % of evening beds nobody turns up for": "the evening beds",
        "last two for the Nordvik signal boxes (Sweden), word soon": "the Nordvik signal boxes",
    },
    "German": {
        "Fernwärme!! 9.000 Haushalte bis Ende 30": "das Thema Fernwärme",
        "20 % vom Strom verloren. Messgeräte an den Masten in Unterau, er hofft": "das Thema "
        "Messgeräte an den Masten in Unterau",
        "neues Tiefkühllager 4-6 °C, Chargen noch m. Zettel": "das neue Tiefkühllager",
        '"lange Nacht" in 4 Museen, will sie überall': "das Thema „lange Nacht“",
    },
}
NOTHING = {
    "English": (
        "visitors come late in winter",  # who they are, not what it is about
        "he lost the case, swears",
        "some time in autumn",
        "salaries go up in May",
        "inspectors come in March, he rehearses people",  # who they are, again
        "wardens furious",  # an adjective
        "worst in the table three years running",
    ),
    "German": ("Probezeit 6 Mon., kein Parkplatz", "Gehalt!! erst in Runde 2"),
}


def _line(text: str, *marked: str, avoided: str = "") -> NoteLine:
    return NoteLine("n.md", 1, "discussed", text, "Ada Moor", marked, avoided)


@pytest.mark.parametrize(
    ("language", "text", "noun"),
    [(language, *pair) for language, lines in OWN.items() for pair in lines.items()],
)
def test_a_line_lends_the_noun_before_its_number_its_date_or_its_verb(
    language: str, text: str, noun: str
) -> None:
    assert topic_of(_line(text), language) is None
    assert noun_of(_line(text), language) == noun


@pytest.mark.parametrize(
    ("language", "text"),
    [(language, text) for language, lines in NOTHING.items() for text in lines],
)
def test_people_pay_and_the_way_there_are_no_noun_of_a_talk(language: str, text: str) -> None:
    assert noun_of(_line(text), language) == ""


def test_of_a_line_of_nobodys_only_what_is_new_or_a_share_is_taken() -> None:
    assert noun_of(_line("new depot at Marsh Lane: no date"), is_own=False)
    assert noun_of(_line("returns take 17 days"), is_own=False) == ""


def test_what_is_not_to_be_mentioned_lends_neither_topic_nor_noun() -> None:
    told = _line("the Croft legacy: family, lawyers", avoided="the Croft legacy")
    assert topic_of(told) is None
    assert noun_of(_line("new depot at Marsh Lane", avoided="Marsh Lane")) == ""


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
    assert label_of(_line(text)) == ""


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
    assert noun_of(_line(text), "German") == ""
    assert label_of(_line("AM boats on Mondays: paints them")) == ""


@pytest.mark.parametrize(
    "text",
    [
        "they type everything TWICE, once in the record, once for the trial",
        "cover from the first day",
    ],
)
def test_a_time_is_no_noun_of_a_talk(text: str) -> None:
    """Nobody was told about the once, or about the first day."""
    assert noun_of(NoteLine("n.md", 1, "discussed", text, "Renata")) == ""


def test_half_of_a_sentence_in_bold_is_no_topic() -> None:
    assert topic_of(_line("times slip as soon as it snows, always", "as soon as it snows")) is None


def test_a_place_in_bold_has_its_article() -> None:
    topic = topic_of(_line("fibre to Skerry peninsula, 900 houses", "Skerry peninsula"))
    assert topic is not None
    assert topic.text == "the Skerry peninsula"
    supplier = topic_of(_line("Supplier campus, 900 seats", "Supplier campus"))  # no name, there
    assert supplier is None or not supplier.text.startswith("the Supplier")


def test_a_ticket_to_be_handed_in_names_no_topic() -> None:
    assert label_of(_line("ticket to Ada in accounts, second class")) == ""
