"""What may pass the walls: terminal, page, header, note line, draft, JSON, link."""

from __future__ import annotations

import json
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text import characters

ANY = st.text(st.characters(exclude_categories=()))


@given(ANY)
def test_nothing_unsafe_is_printed(text: str) -> None:
    """No control, direction mark, invisible character or half a character; all else is kept."""
    told = characters.printable(text)
    kinds = {unicodedata.category(character) for character in told if character not in "\t\n"}
    assert not kinds & {"Cc", "Cs", "Zl", "Zp"}
    assert not re.search("[\u200b\u200e\u202a-\u202e\u2066-\u2069\ufeff\U000e0001]", told)
    lost = [character for character in text if character not in told]
    assert all(unicodedata.category(one)[0] == "C" or one in "\u2028\u2029" for one in lost)


@given(ANY)
def test_a_line_is_one_line(text: str) -> None:
    """No line end of any kind, no private character, no space too many."""
    told = characters.one_line(text)
    assert told.splitlines() in ([], [told])
    assert not re.search(f"[{characters.LINE}]", told)
    assert told == " ".join(told.split())
    assert characters.one_line(told) == told


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("a\tb\r\nc\x0bd\u2028e", "a b c d e"),
        ("sup\u00adplier \u202egro.evil\u202c", "supplier gro.evil"),
        ("\ue000mine\uf8ff \U000f0000", "mine"),
        ("می\u200cخواهم 👩\u200d🚀", "می\u200cخواهم 👩\u200d🚀"),
        ("a \u200b b", "a b"),
        ("a\x1b[31mb", "a [31mb"),
    ],
)
def test_a_word_stays_one_word(written: str, line: str) -> None:
    """What is invisible leaves nothing behind, a control leaves a space, a joiner stays."""
    assert characters.one_line(written) == line


@given(st.recursive(ANY, lambda inner: st.lists(inner) | st.dictionaries(ANY, inner)))
def test_escaped_json_says_the_same(value: object) -> None:
    """A program that reads it gets every character; a terminal that shows it gets none."""
    told = characters.escaped(json.dumps(value, ensure_ascii=False))
    assert json.loads(told) == json.loads(json.dumps(value))
    assert not re.search(f"[{characters.JSON}]", told)


@pytest.mark.parametrize("sign", list(' \t\n\\<>"`{}|^\x00\u202e\u200b\u2028'))
def test_an_address_hides_nothing(sign: str) -> None:
    """Nothing that ends a link, nothing that shows another one."""
    assert characters.is_address("https://example.com/a?b=c#d")
    assert not characters.is_address(f"https://example.com/{sign}a")


def test_names_are_compared_by_their_letters() -> None:
    """Signs, spaces and capitals don't count."""
    assert characters.letters_of("The  Café-Times, No. 5!") == "thecafétimesno5"
