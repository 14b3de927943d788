"""The language of jotted notes, told by their small words."""

from __future__ import annotations

import pytest

from pipeline.text.language import jotted_language


@pytest.mark.parametrize(
    ("texts", "english"),
    [
        (("the night shifts on the quay", "what to do with noisy trucks"), True),
        (("night shifts, noisy trucks",), True),
        (("Lebensmittel liefern und lagern", "was die Kunden von uns wollen"), False),
        (("la livraison des repas", "ce que les clients veulent dans le Nord"), False),
        (("ночные смены на причале",), False),
        (("Ludwig van Beethoven concerts",), True),
        ((), True),
    ],
)
def test_the_language_of_notes_is_told_by_their_small_words(
    texts: tuple[str, ...], english: bool
) -> None:
    """A few words without any are taken for English."""
    assert (jotted_language(texts) == "English") is english


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("L'équipage de la Belle Étoile remporte la coupe d'Armor", "French"),
        ("Deux médailles d'or à la foire de Rennes", "French"),
        ("El coro de la escuela gana la medalla de oro en Burgos", "Spanish"),
        ("La Confederación aprueba el plan de la Sierra", "Spanish"),
        ("I'd say that it'd do", "English"),
    ],
)
def test_a_headline_of_one_romance_language_is_not_taken_for_the_other(
    text: str, language: str
) -> None:
    """They share "la", "de" and "en"; an article is announced as being in its language."""
    assert jotted_language([text]) == language
