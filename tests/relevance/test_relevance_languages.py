"""The language of an article, recognised by its stop words, which are then left out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.relevance.terms import language_of, stop_words_of
from pipeline.relevance.vectors import prepare
from tests.relevance.world import count, story


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Die Firma hat in Berlin ein neues Werk eröffnet, das mehr Batterien baut.", "german"),
        ("Le groupe annonce que la production sera doublée dans les usines du nord.", "french"),
        ("La empresa dijo que no va a cerrar la planta de los obreros en el norte.", "spanish"),
        ("Компания объявила, что она откроет новый завод и не будет его закрывать.", "russian"),
        ("The company said that it will not close the plant in the north.", ""),
        ("Oil prices fall", ""),
        ("日本の会社が新しい工場を開いた。", ""),
        ("", ""),
    ],
)
def test_a_language_is_told_by_its_stop_words(text: str, language: str) -> None:
    """English, too short a text, and a script without spaces have nothing more to leave out."""
    assert language_of(text) == language
    assert bool(stop_words_of(language_of(text))) is bool(language)


def test_a_german_article_is_not_weighed_by_its_articles() -> None:
    """What "die" and "das" are to German, no English list knows."""
    text = "Die Firma hat das Werk in Berlin eröffnet, und die Stadt ist froh."
    told = prepare(story("Das neue Werk", text), count()).weights
    assert {"die", "das", "und", "hat"}.isdisjoint(told)
    assert {"firma", "werk", "berlin", "stadt"} <= told.keys()


@given(st.text(max_size=200))
def test_no_text_is_too_strange(text: str) -> None:
    """Whatever the text, an answer comes back."""
    assert isinstance(language_of(text), str)
