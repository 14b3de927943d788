"""The numbers that tell languages and titles, each at its border: every case states its number."""

from __future__ import annotations

import pytest

from pipeline.text.headlines import bare_headline, is_title_case
from pipeline.text.language import jotted_language, language


@pytest.mark.parametrize(
    ("english", "german", "others", "is_german"),
    [
        (4, 16, 0, True),
        (5, 15, 0, False),  # a quarter is English
        (0, 3, 5, True),
        (0, 2, 5, False),  # three words are needed to be believed
        (0, 12, 88, True),
        (0, 11, 89, False),  # and twelve of a hundred
    ],
)
def test_a_language_is_told_by_its_share_of_stop_words(
    english: int, german: int, others: int, is_german: bool
) -> None:
    """English goes first from a quarter on; another needs three words and 12 in 100."""
    words = ["the"] * english + ["und"] * german + ["xylophon"] * others
    assert (language(words, {"the"}) == "german") == is_german


@pytest.mark.parametrize(("text", "in_english"), [("und xx", True), ("und der xx", False)])
def test_two_foreign_words_make_notes_foreign(text: str, in_english: bool) -> None:
    """One may be a name."""
    assert (jotted_language([text]) == "English") == in_english


@pytest.mark.parametrize(
    ("title", "is_so"),
    [
        ("Aa Bb Cc Dd Ee Ff Gg hh ii jj", True),
        ("Aa Bb Cc Dd Ee Ff gg hh ii jj", False),
    ],
)
def test_seven_words_of_ten_make_a_title_of_capitals(title: str, is_so: bool) -> None:
    """A capital says nothing there."""
    assert is_title_case(title) == is_so


@pytest.mark.parametrize(("length", "kept"), [(300, 300), (301, 300)])
def test_300_characters_of_a_headline_are_compared(length: int, kept: int) -> None:
    """A text in the place of a title does not slow the comparison down."""
    assert len(bare_headline("x" * length)) == kept
