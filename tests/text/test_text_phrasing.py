"""Phrases that several pages use."""

from __future__ import annotations

import pytest

from pipeline.text.phrasing import also_told_by


@pytest.mark.parametrize(
    ("names", "phrase"),
    [
        ((), ""),
        (("Post",), "; also told by Post"),
        (("Post", "Herald", "Echo"), "; also told by Post, Herald and Echo"),
        (("Post", "Herald", "Echo", "Sun"), "; also told by Post, Herald, Echo and one other"),
    ],
)
def test_three_are_named_who_tell_the_same_event(names: tuple[str, ...], phrase: str) -> None:
    """The page names three publishers and counts the rest."""
    assert also_told_by(names) == phrase
