"""What people call an answer, in four languages."""

from __future__ import annotations

import pytest

from pipeline.text.answer_words import called, day_behind, promised_by


@pytest.mark.parametrize(
    ("text", "what", "rest"),
    [
        ("new date 18 December", "new_date", "18 December"),
        ("New-Date", "new_date", ""),
        ("ein neuer Termin: 18. Dezember", "new_date", "18. Dezember"),
        ("neues Datum 18.12.", "new_date", "18.12"),
        ("une nouvelle date, le 18 décembre", "new_date", "le 18 décembre"),
        ("nouvelle e\u0301che\u0301ance fin janvier", "new_date", "fin janvier"),
        ("nueva fecha 18 de diciembre", "new_date", "18 de diciembre"),
        ("an invitation for 2 December", "invitation", "for 2 December"),
        ("Einladung zum 2. Dezember", "invitation", "zum 2. Dezember"),
        ("invitée le 2 décembre", "invitation", "le 2 décembre"),
        ("l'invitation", "invitation", ""),
        ("una invitación", "invitation", ""),
        ("promised the figures", "promise", "the figures"),
        ("versprochen die Zahlen", "promise", "die Zahlen"),
        ("promesse : les chiffres", "promise", "les chiffres"),
        ("prometido el informe", "promise", "el informe"),
        ("Absage.", "no", ""),
        ("refus", "no", ""),
        ("rechazo", "no", ""),
    ],
)
def test_an_answer_is_known_by_its_name(text: str, what: str, rest: str) -> None:
    """Whatever the article, the accents' bytes and the marks behind it."""
    assert called(text) == (what, rest)


@pytest.mark.parametrize(
    "text", ["a nice note", "notable", "datum2", "Zusage", "Termin", "pas de nouvelle date", ""]
)
def test_what_has_another_meaning_too_is_none(text: str) -> None:
    """An acceptance is no promise, an appointment no new date."""
    assert called(text) is None


def test_a_day_stands_behind_its_preposition_and_a_promise_before_it() -> None:
    """The last one parts it: the report may be for somebody."""
    assert day_behind("für den 2. Dezember") == "2. Dezember"
    assert day_behind("dezember") == "dezember"
    parts = promised_by("le rapport pour le comité d’ici vendredi")
    assert parts == (
        ("le rapport pour le comité", "vendredi"),
        ("le rapport", "le comité d’ici vendredi"),
    )
