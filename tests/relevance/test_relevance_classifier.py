"""The names of a model's features, which a run looks up without making a dict of them all."""

from __future__ import annotations

import pytest

from pipeline.relevance import classifier
from pipeline.relevance.classifier import FEW_NAMES, Names

KNOWN = ["", "after:0", "b:$_0", "w:a", "w:ab", "w:übertrifft", "w:€", "œur>"]
ASKED = [*KNOWN, "a", "w:", "w:aa", "w:abc", "z", "€", "\ud800", "w:ab\nw:übertrifft"]


@pytest.mark.parametrize("before", [0, FEW_NAMES])
def test_a_name_has_the_row_of_its_place(before: int) -> None:
    """Whether few have been asked for or many."""
    names = Names("\n".join(KNOWN).encode())
    names.rows_of(["w:other"] * before)
    assert names.rows_of(ASKED) == list(range(len(KNOWN)))
    assert [names.rows_of([name]) for name in ASKED[-8:]] == [[]] * 8


@pytest.mark.parametrize("model", classifier.TELLS)
def test_the_names_of_each_model_are_in_order(model: str) -> None:
    """They are found by halving."""
    for view in classifier.load(model).views:
        names = view.names.text.decode().split("\n")
        assert names == sorted(names)
        assert view.names.rows_of(names[:50] + names[-50:]) == [
            *range(min(50, len(names))),
            *range(max(0, len(names) - 50), len(names)),
        ]
