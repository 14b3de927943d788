"""What is made of a text alone is kept where many candidates are served, and nowhere else."""

from __future__ import annotations

import pytest

from pipeline.text import same_for_all


@pytest.mark.parametrize(("serves_many", "times"), [(False, 2), (True, 1)])
def test_a_text_is_taken_apart_once_for_all_who_read_it(
    serves_many: bool, times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And each time in a process that serves one candidate, who would pay for the memory."""
    taken_apart: list[str] = []

    @same_for_all.same_for_all
    def words(text: str) -> tuple[str, ...]:
        taken_apart.append(text)
        return tuple(text.split())

    monkeypatch.setattr(same_for_all, "_is_kept", False)
    if serves_many:
        same_for_all.keep()
    assert words("a crane opens") == words("a crane opens") == ("a", "crane", "opens")
    assert len(taken_apart) == times
