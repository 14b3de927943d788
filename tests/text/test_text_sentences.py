"""Where sentences end."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.sentences import ends, first_sentence, sentences, spans


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("One. Two! Three? Four… five", ("One.", "Two!", "Three?", "Four…", "five")),
        ('He said "no." She left.', ('He said "no."', "She left.")),
        ("Dr. Vogt met J. P. Lee of Acme Inc. in Oslo. Then lunch.",
         ("Dr. Vogt met J. P. Lee of Acme Inc. in Oslo.", "Then lunch.")),
        ("It is 3.5 million at example.com.", ("It is 3.5 million at example.com.",)),
        ("工場を開いた。次は来年。", ("工場を開いた。", "次は来年。")),
        ("a line\nanother\n\nlast", ("a line", "another", "last")),
        ("What?! Really...", ("What?!", "Really...")),
        ("", ()),
    ],
)  # fmt: skip
def test_a_text_is_cut_into_its_sentences(text: str, found: tuple[str, ...]) -> None:
    """An abbreviation, a number and an address end none; a line ends one."""
    assert sentences(text) == found
    assert first_sentence(text) == (found[0] if found else "")


@given(st.text(alphabet="aB. !?…。\n\"'Dr"))
def test_no_character_is_lost(text: str) -> None:
    """Between sentences there is nothing but space, and they are in order."""
    places = list(spans(text))
    kept = "".join(text[start:end] for start, end in places)
    assert "".join(kept.split()) == "".join(text.split())
    assert all(one[1] <= other[0] for one, other in pairwise(places))
    assert list(ends(text)) == sorted(set(ends(text)))
