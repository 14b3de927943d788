"""A pattern that is compiled later is asked as one that was compiled at once."""

from __future__ import annotations

import re

import pytest

from pipeline.text.patterns import compiled_later


@pytest.mark.parametrize("flags", [0, re.IGNORECASE])
def test_it_answers_as_one_that_was_compiled_at_once(flags: int) -> None:
    """Whatever it is asked, first or later."""
    text, here = "A boat, two BOATS", re.compile(r"(?P<what>boat)(s?)", flags)
    later = compiled_later(r"(?P<what>boat)(s?)", flags)
    for _ in range(2):
        assert later.findall(text) == here.findall(text)
        assert later.sub("x", text) == here.sub("x", text)
        assert [hit.span() for hit in later.finditer(text)] == [
            h.span() for h in here.finditer(text)
        ]
    assert (later.pattern, later.flags, later.groups) == (here.pattern, here.flags, here.groups)
    match = later.search(text)
    assert match and match.re in (later,) and {later} == {here}


def test_a_pattern_of_which_nothing_is_asked_is_not_compiled() -> None:
    """So a mistake in it shows when it is asked."""
    broken = compiled_later("(")
    with pytest.raises(re.error):
        broken.search("")
