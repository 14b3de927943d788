"""The numbers that decide how files are read, each at its border: every case states its number."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.workspace.config import parse_config
from pipeline.workspace.edit import as_lines
from pipeline.workspace.jottings import note_lines


def test_a_search_has_four_names() -> None:
    """Each further one brings more noise than news."""
    config, _ = parse_config(
        "searches: {hn: 'https://h.example/?q={query}'}\n"
        "companies: {o: {name: First, aliases: [Second, Third, Fourth, Fifth], "
        "feeds: [{search: hn}]}}\n",
        Path(),
    )
    assert config.feeds[0].address.count("OR") == 3
    assert "Fifth" not in config.feeds[0].address


def test_lines_of_yaml_are_indented_by_two_blanks() -> None:
    """Where a file shows no habit of its own."""
    assert as_lines({"one": {"two": {"three": 4}}}) == "one:\n  two:\n    three: 4\n"


@pytest.mark.parametrize(("count", "is_heading"), [(8, True), (9, False)])
def test_a_heading_has_eight_words(count: int, is_heading: bool) -> None:
    """A longer line that ends in a colon is a sentence."""
    line = " ".join(["office"] + ["word"] * (count - 1))
    (*_, last) = note_lines(f"{line}:\n\n- a boat\n", "notes.md", 1, ())
    assert (last.section == "office") == is_heading
