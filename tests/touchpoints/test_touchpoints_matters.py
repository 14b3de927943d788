"""What a jotted line is about, where nothing marks it: behind a cue, and as its first words."""

from __future__ import annotations

import pytest

from pipeline.records import NoteLine
from pipeline.touchpoints.doubts import is_no_deed
from pipeline.touchpoints.matters import matters_of
from pipeline.touchpoints.note_words import FORMS

TOLD = [
    (
        "English",
        "wants somebody to bring back the night porter, gone since May",
        "the night porter",
    ),
    ("English", "worried about the badgers, two setts dug up", "the badgers"),
    ("English", "buying a second lathe in the spring", "the second lathe"),
    ("English", "Big on lambing season, 900 head in six weeks", "lambing season"),
    ("German", "er will ein Buchungssystem, Angebot liegt vor", "das Buchungssystem"),
    ("German", "Ihr geht es um den Monatsabschluss, der zu spät kommt", "der Monatsabschluss"),
    ("French", "Elle voudrait un calendrier unique des permis", "le calendrier unique des permis"),
    ("French", "m'a interrogée sur les rapprochements bancaires", "les rapprochements bancaires"),
    ("English", "wants weekly cash reports from regions", "the weekly cash reports from regions"),
    ("Spanish", "quiere quitar la carta larga, nueve platos", "la carta larga"),
    ("Spanish", "lo suyo es el ritmo entre cocina y sala", "el ritmo entre cocina y sala"),
]
BEGUN = [
    ("English", "cold store loses 2.2 % and nobody can say where", "the cold store"),
    ("English", "torque sensors drift after a year, they say", "torque sensors"),
    ("English", "Smoke taint wiped out half of the vintage", "the smoke taint"),
    ("German", "Der Betrieb an der Ems läuft seit Mai allein", "der Betrieb an der Ems"),
    ("German", "Regressionstests laufen neun Stunden", "das Thema Regressionstests"),
    ("French", "relèves d'équipage : trois navires, 84 marins", "les relèves d'équipage"),
    ("Spanish", "semáforos: 214 cruces, 60 con el regulador viejo", "los semáforos"),
]


@pytest.mark.parametrize(("language", "text", "said"), TOLD)
def test_what_somebody_wants_or_asks_about_is_the_matter_of_a_line(
    language: str, text: str, said: str
) -> None:
    first, *_ = matters_of(text, language, FORMS[language])
    assert (first.text, first.is_told) == (said, True)


@pytest.mark.parametrize(("language", "text", "said"), BEGUN)
def test_what_a_line_begins_with_is_its_matter(language: str, text: str, said: str) -> None:
    (only,) = matters_of(text, language, FORMS[language])
    assert (only.text, only.is_told) == (said, False)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("English", "precise. clipped. fair."),
        ("English", "I described the sprint that we ran"),  # one's own
        ("English", "ask about the shift plan"),  # to be done
        ("English", 'her line: "every drug needs a reason to stay"'),
        ("English", "the new director prefers numbers"),  # somebody
        ("English", "two risk engineers now, five by summer"),
        ("English", "needs a mentor, nobody has time"),  # whom they look for
        ("Spanish", "me preguntó cómo bajé el cierre"),
        ("French", "le bus ! il veut le relancer"),
        ("German", "Trägt Fliege, etwas eitel"),
        ("Spanish", "baila en una diablada, foto con el traje"),
        ("Spanish", "profundización al nivel 1.450, va a faltar caudal"),  # cut at a number
    ],
)
def test_a_remark_a_person_or_half_of_a_phrase_is_none(language: str, text: str) -> None:
    assert matters_of(text, language, FORMS[language]) == ()


@pytest.mark.parametrize(
    ("text", "is_none"),
    [
        ("They lose 21 % of what they pump", True),
        ("Mme Marchand, la patronne", True),
        ("moved their depot in a week, nothing lost", False),
        ("ran two depots, told her how", False),
    ],
)
def test_what_somebody_else_does_is_no_deed_of_ones_own(text: str, *, is_none: bool) -> None:
    assert is_no_deed(NoteLine("n.md", 1, "angle", text)) is is_none
