"""Names and headlines: what may be taken into a sentence, and how."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pipeline.records import Article, Channel, Person, Reply
from pipeline.text.given_names import address_of
from pipeline.text.names import key_of, parts_of
from pipeline.touchpoints.headlines import source_of, title_of
from tests.touchpoints.world import NOW, contact, days, interview, plan

# ----------------------------------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("name", "first", "last", "title"),
    [
        ("Renata Kowalczyk", "Renata", "Kowalczyk", ""),
        ("Dr. Ada Lovelace", "Ada", "Lovelace", "Dr."),
        ("Ludwig van Beethoven", "Ludwig", "van Beethoven", ""),
        ("Mary Ann Evans", "Mary Ann", "Evans", ""),
        ("Kowalczyk, Renata", "Renata", "Kowalczyk", ""),
        ("von Trapp, Prof. Maria", "Maria", "von Trapp", "Prof."),
        ("Jane Roe, PhD", "Jane", "Roe", ""),
        ("Madonna", "Madonna", "Madonna", ""),
        ("Mr Smith", "Mr Smith", "Smith", "Mr"),
        ("J. Smith", "J. Smith", "Smith", ""),
        ("J. Robert Oppenheimer", "Robert", "Oppenheimer", ""),
        ("Robert (Bob) Smith", "Bob", "Smith", ""),
        ("RENATA KOWALCZYK", "Renata", "Kowalczyk", ""),
        ("EVA VAN DER BERG", "Eva", "van der Berg", ""),
        ("WEI LING", "Wei", "Ling", ""),
        ("LI NA", "Li", "Na", ""),
        ("EVA Novak", "Eva", "Novak", ""),
        ("eva novak", "Eva", "Novak", ""),
        ("dr. eva van der berg", "Eva", "van der Berg", "Dr."),
        ("anna-lena o'brien", "Anna-Lena", "O'Brien", ""),
        ("ANN MCDONALD", "Ann", "McDonald", ""),
        ("ANNA-LENA O’BRIEN", "Anna-Lena", "O'Brien", ""),
        ("DR. EVA NOVAK", "Eva", "Novak", "Dr."),
        ("JR Smith", "JR", "Smith", ""),
        ("JRR TOLKIEN", "JRR", "Tolkien", ""),
        ("山田 太郎", "山田 太郎", "山田 太郎", ""),
        ("Иван Петров", "Иван", "Петров", ""),
        ("—", "", "", ""),
        ("", "", "", ""),
    ],
)
def test_one_greets_by_the_first_name(name: str, first: str, last: str, title: str) -> None:
    """Titles, suffixes and turned names are seen through; in doubt it is the whole name."""
    found = parts_of(name)
    assert (found.first, found.last, found.title) == (first, last, title)


@pytest.mark.parametrize(
    ("name", "language", "said"),
    [
        ("Annegret Thoma", "German", "Frau Thoma"),
        ("REUTER, JONAS", "German", "Herr Reuter"),
        ("Dr. Katrin Vossberg", "German", "Frau Dr. Vossberg"),
        ("Mag. Walburga Hirzer", "German", "Frau Mag. Hirzer"),
        ("Ing. Korbinian Hirzer", "German", "Herr Ing. Hirzer"),
        ("Dipl.-Ing. Karl Moser", "German", "Herr Dipl.-Ing. Moser"),
        ("Prof. Dr. Karl-Heinz von Trapp", "German", "Herr Prof. Dr. von Trapp"),
        ("Frau Sommer", "German", "Frau Sommer"),  # the notes know best
        ("Herr Andrea Bianchi", "German", "Herr Bianchi"),
        ("Dr. Martin", "German", "Dr. Martin"),  # a family name
        ("Hélène Marchetti", "German", "Frau Marchetti"),
        ("Hélène Marchetti", "French", "Madame Marchetti"),
        ("Yannick Le Floc'h", "French", "Monsieur Le Floc'h"),
        ("Mme Dubois", "French", "Madame Dubois"),
        ("Dr. Anne Dubois", "French", "Docteur Dubois"),
        ("Jean-Marie Dubois", "French", "Monsieur Dubois"),
        ("M. Thierry Baud", "French", "Monsieur Baud"),
        ("M. Jean-Pierre Le Goff", "French", "Monsieur Le Goff"),
        ("M. Kwame Diallo", "French", "Monsieur Diallo"),
        ("M. Anne Dubois", "French", ""),  # an initial: she is called Marie Anne
        ("M. Baud", "French", ""),  # may be Martine
        ("M. Scott Peck", "English", ""),
        ("Jean Smith", "German", ""),  # a woman in England
        ("Andrea Vogt", "German", ""),  # a man in Italy
        ("Camille Dubois", "French", ""),
        ("Martin Sabine", "French", ""),  # which of the two is the family name?
        ("Mareike", "German", ""),
        ("Priya Ramanathan", "German", ""),  # unknown: no guess from an ending
        ("Carmen Ruiz", "Spanish", ""),  # "Hola, Carmen:"
        ("Annegret Thoma", "English", ""),
    ],
)
def test_frau_and_monsieur_are_known_never_guessed(name: str, language: str, said: str) -> None:
    """By a title in the notes or a name of one gender; else the whole name stands there."""
    assert address_of(parts_of(name), language) == said


@pytest.mark.parametrize(
    "spelt",
    [
        "Novak, Ada",
        "Dr. Ada Novak",
        "ADA NOVAK",
        "Ada M. Novak",
        "Ada\u00a0Novak",
        "Novák, Ada",
        "A\u00adda Novak",
    ],
)
def test_one_person_has_one_key_in_each_spelling(spelt: str) -> None:
    """Turned round, with a title, an initial, an accent, in capitals."""
    assert key_of(spelt) == key_of("Ada Novak")


@pytest.mark.parametrize(
    ("one", "other"),
    [("Conor O’Brien", "Conor O'Brien"), ("Jo Müller", "Jo Mueller"), ("山田 太郎", "山田太郎")],
)
def test_signs_and_written_out_letters_do_not_tell_people_apart(one: str, other: str) -> None:
    """Nor does the blank of a Japanese name."""
    assert key_of(one) == key_of(other)


def test_another_first_name_is_another_person() -> None:
    """So is an initial alone: only an address could tell."""
    assert (
        len({key_of(name) for name in ("Ada Novak", "Eva Novak", "A. Novak", "Ada Novakova")}) == 4
    )


# ------------------------------------------------------------------------------------- headlines


def _article(title: str, source: str = "", link: str = "https://www.reuters.com/a") -> Article:
    return Article("1", "f", title, link, link, "", NOW, "feed", NOW, source)


@pytest.mark.parametrize(
    ("title", "source", "clean"),
    [
        ("Oracle opens a plant - Harbour Post", "Harbour Post", "Oracle opens a plant"),
        ("Oracle opens a plant | Reuters", "", "Oracle opens a plant"),
        ("Oracle opens a plant (AP)", "Wire", "Oracle opens a plant"),
        ("Oracle - the story so far", "Wire", "Oracle - the story so far"),
        ('A "big" day 🎉 for Oracle.', "Wire", "A 'big' day for Oracle"),
        (
            "ORACLE OPENS A PLANT IN THE US, CEO SAYS",
            "",
            "Oracle Opens a Plant in the US, CEO Says",
        ),
        ("Bonds 's record is as", "", "Bonds's record is…"),
        ("word " * 60, "", "word " * 19 + "word…"),
        ("🎉", "", ""),
    ],
)
def test_a_headline_is_cleaned_for_a_message(title: str, source: str, clean: str) -> None:
    """Without the outlet's name, pictures, double quotes and shouting; cut at a word."""
    assert title_of(_article(title, source), ("Oracle",)) == clean


def test_the_outlet_is_named_once() -> None:
    """By the feed, else by the agency in brackets, else by a tail that is the link's host."""
    assert source_of(_article("A (AP)", "Wire")) == "Wire"
    assert source_of(_article("A (AP)")) == "AP"
    assert source_of(_article("A thing - Reuters")) == "Reuters"
    assert source_of(_article("A thing - or two")) == ""


@pytest.mark.parametrize("channel", ["email", "linkedin", "card", "call"])
@pytest.mark.parametrize("language", ["", "English", "German", "French", "Spanish", "Klingon"])
@pytest.mark.parametrize(
    "name",
    [
        "X",
        "Dr.",
        "Frau",
        "Prof. Dr.",
        "Ana Maria de la Cruz Santos Pereira",
        "李",
        "J. R. R. T.",
        "-",
    ],
)
def test_whoever_is_written_to_the_greeting_can_be_read(
    name: str, language: str, channel: Channel
) -> None:
    """One letter, six names, a title only, an unknown language: thanks come all the same."""
    who = Person(name, email="x@example.com", channel=channel)
    found = plan(interview(people=(who,), language=language)).suggestions
    (thanks,) = [item for item in found if item.kind == "thank_you"]
    lines = thanks.draft.body.splitlines()
    assert lines and lines[0].strip(" ,:!•") and "{" not in thanks.draft.body
    assert "  " not in lines[0] and " ," not in lines[0]


def test_a_promise_without_a_day_is_thanked_for_and_never_recalled() -> None:
    """Nobody is reminded of what has no date."""
    promise = Reply("promise", promised="the figures of Q3")
    answered = replace(contact(1, answer=True), reply=promise)
    (item,) = plan(interview(ago=25), contacts=(contact(24), answered)).suggestions
    assert item.kind == "answer" and "None" not in item.draft.body
    long_after = replace(answered, at=NOW - days(15))
    late = plan(interview(ago=40), contacts=(contact(30), long_after)).suggestions
    assert not [item for item in late if item.kind == "reminder"]


def test_an_answer_before_the_first_message_is_an_answer() -> None:
    """They wrote before they were thanked: what they said is answered, and the thanks stay due."""
    dated = replace(contact(0.5, answer=True), reply=Reply("new_date", day=date(2026, 12, 18)))
    found = plan(interview(ago=1), contacts=(dated,)).suggestions
    assert found and {item.kind for item in found} <= {"answer", "thank_you"}
    assert all(item.draft.body.startswith("Dear Renata,") for item in found)
