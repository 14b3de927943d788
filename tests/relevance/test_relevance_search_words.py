"""The words of a proposed news search: nouns and names of the line, or none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.relevance.search_words import FEWEST, MOST, search_words, without_carriers


@pytest.mark.parametrize(
    ("name", "line", "words"),
    [
        (
            "french",
            "le retournement d'astreinte : trop de personnes tombent malades",
            "retournement astreinte malades",
        ),
        ("french", "recruter, on n'arrive pas à en trouver", ""),
        ("french", "ils en veulent, croit-elle, trop", ""),
        ("french", "l’usine d’Orléans arrête deux chaînes", "usine Orléans chaînes"),
        (
            "french",
            "comment réduire les pannes des éoliennes en mer",
            "pannes éoliennes mer",
        ),
        ("french", "6 ans chez un équipementier", ""),
        ("french", "les vendeurs n'utilisent pas l'application mobile", "vendeurs application"),
        (
            "french",
            "un violon accroché au mur, les assurés du quartier",
            "violon mur assurés quartier",
        ),
        ("german", "Ausschuss beim Spritzguss senken, sagt sie", "Ausschuss Spritzguss"),
        ("german", "zu wenig Pflegekräfte auf der Intensivstation", "Pflegekräfte Intensivstation"),
        ("german", "Neue Lieferketten nach drei Jahren", ""),
        ("german", "das ist ihr sehr wichtig und schwer", ""),
        ("spanish", "los apagones obligan a parar la fábrica", "apagones fábrica"),
        ("spanish", "cómo ahorrar agua de riego durante la sequía", "agua riego sequía"),
        ("spanish", "quiere que todos puedan venir tres días", ""),
        ("", "how to cut card fraud without annoying shoppers", "card fraud shoppers"),
        ("", "moving the billing system off the mainframe", "billing system mainframe"),
        ("", "Ingrid's quality rig, yield of the EUV line", "quality yield EUV line"),
        ("", "collects stamps", ""),
        ("", "she really wants to improve it", ""),
    ],
)
def test_a_search_is_of_nouns_and_names_in_their_order(name: str, line: str, words: str) -> None:
    """No function words, pronouns or verbs, and nothing of fewer than two words."""
    assert [*search_words(line, name, frozenset({"ingrid"}))] == words.split()


@given(st.text(max_size=80), st.sampled_from(["", "german", "french", "spanish", "italian"]))
def test_of_any_text_it_is_none_or_two_to_four_words(text: str, name: str) -> None:
    """Each of them stands in the text."""
    found = search_words(text, name)
    assert not found or FEWEST <= len(found) <= MOST
    assert all(word in text for word in found)


def test_what_a_subject_hangs_on_is_no_subject() -> None:
    """A photo is one only where nothing else is told."""
    assert without_carriers("framed photo of a regatta").split() == ["of", "a", "regatta"]
    assert without_carriers("photo on the wall") == "photo on the wall"
