"""The tokeniser: the same for notes and news, in any script."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.relevance.terms import normalize, terms, words_of, written_terms


def test_stop_words_go_and_neighbours_become_pairs() -> None:
    """Function words are not terms; the words on either side of them are a pair."""
    assert terms("The takeover of the vendor") == ["takeover", "vendor", "takeover vendor"]


@pytest.mark.parametrize(
    ("written", "normalized"),
    [
        ("Boats", "boat"),
        ("Oracle's", "oracle"),
        ("Oracle’s", "oracle"),
        ("companies", "company"),
        ("volcanoes", "volcano"),
        ("boxes", "box"),
        ("crisis", "crisis"),
        ("U.S.", "us"),
        ("E-mail", "email"),
        ("Straße", "strasse"),
    ],
)
def test_forms_of_a_word_are_one_term(written: str, normalized: str) -> None:
    """Plural, possessive, capitals and the spelling of e-mail make no difference."""
    assert normalize(written) == normalized


def test_compounds_are_their_parts() -> None:
    """A hyphen joins what another paper writes apart."""
    assert words_of("ocean-racing") == words_of("ocean racing")


def test_accents_stay() -> None:
    """An accent makes another word, whether it was typed as one character or two."""
    assert words_of("Müller") == words_of("Mu\u0308ller") == ["müller"]


@pytest.mark.parametrize(
    ("note", "news"),
    [
        ("電池工場", "新しい電池工場を建設"),
        ("मुंबई समाचार", "आज का मुंबई समाचार"),
        ("مصنع البطاريات", "افتتاح مصنع البطاريات الجديد"),
        ("Batteriefabrik", "Die neue Batteriefabrik öffnet"),
    ],
)
def test_every_script_shares_terms(note: str, news: str) -> None:
    """Notes and news in scripts without spaces, with vowel signs or from right to left match."""
    assert len(set(words_of(note)) & set(words_of(news))) >= len(words_of(note)) > 0


def test_a_term_is_shown_as_it_was_written() -> None:
    """The normalized form is for counting; a person reads the note's own words."""
    assert written_terms("Mars rovers")["mar rover"] == "Mars rovers"


@given(st.text(max_size=300))
def test_no_text_is_too_strange(text: str) -> None:
    """Whatever the characters, terms are words of sensible length, or pairs of them."""
    for term in terms(text):
        assert all(0 < len(word) <= 40 for word in term.split(" "))
