"""Finding what several patterns find at once."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.relevance import beginnings, news_kinds

KINDS = [kind.words for kind in news_kinds.KINDS]
# What the patterns are written with, so that whole words and half ones come up.
SOURCES = " ".join(pattern.pattern for pattern in KINDS)
PARTS = sorted({*re.findall(r"[^\W\d_]+", SOURCES), *" .,'’-3$é", "\n", "ſ", "ı", "İ", "ss", "ing"})


@pytest.mark.parametrize(
    ("pattern", "begins"),
    [
        (r"\b(?:strike|walk-?outs?)\b", {"stri", "walk"}),
        (r"(?:on|goes? on) strike", {"on s", "goes", "goe "}),
        (r"[Bb]ans?", {"ban", "bans"}),
        (r"x(?:ab)*y", {"xab", "xy"}),
        (r"(?:\w+ )?suspension", {"", "susp"}),
        (r"a{1,3}b", {"a"}),
        (r"(?=\w)to\W+buy", {"to"}),
        (r"IPO|S\.A\.", {"ipo", "s.a."}),
    ],
)
def test_a_pattern_begins_as_its_alternatives_do(pattern: str, begins: set[str]) -> None:
    assert beginnings.beginnings(pattern) == begins


@given(st.lists(st.sampled_from(PARTS), max_size=30), st.sampled_from(["", " "]))
def test_the_same_is_found_as_by_each_pattern_alone(parts: list[str], between: str) -> None:
    text = between.join(parts)
    expected = [[hit.span() for hit in pattern.finditer(text)] for pattern in KINDS]
    letters = [kind.letters for kind in news_kinds.KINDS]
    found = beginnings.Finder(KINDS, letters).find(text)
    assert [[hit.span() for hit in hits] for hits in found] == expected


def test_letters_that_only_the_pattern_takes_for_the_same_are_found() -> None:
    (found,) = beginnings.Finder([re.compile(r"\b(?:strikes?)\b", re.IGNORECASE)]).find("A ſtrıke")
    assert [hit.group() for hit in found] == ["ſtrıke"]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Schwerer Betriebsunfall im Werk", ["accident"]),
        ("A long suspension was upheld", ["investigation"]),
        ("SUSPENSION UPHELD", ["investigation"]),
    ],
)
def test_what_may_begin_with_any_letter_is_found_by_the_letters_within(
    text: str, kinds: list[str]
) -> None:
    assert [kind for kind in news_kinds.kinds_in(text) if kind in kinds] == kinds


def test_a_kind_whose_words_may_begin_with_any_letter_says_which_letters_are_within() -> None:
    begun = {kind.name: beginnings.beginnings(kind.words.pattern) for kind in news_kinds.KINDS}
    without = [
        kind.name for kind in news_kinds.KINDS if "" in begun[kind.name] and not kind.letters
    ]
    assert without == []
