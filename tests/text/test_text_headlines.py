"""Headlines: capitals, and the publisher's name at the end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.headlines import bare_headline, is_title_case, names_of, without_publisher


@pytest.mark.parametrize(
    ("title", "has_capitals"),
    [
        ("Oracle Opens a Plant in Ohio", True),
        ("ORACLE OPENS PLANT", True),
        ("Oracle Opens Plant Near Columbus Ohio Today after long talks", True),  # 7 of 10
        ("Oracle Opens Plant Near Columbus Ohio after long talks", False),  # 6 of 9
        ("Oracle opens a plant in Ohio", False),
    ],
)
def test_a_title_with_capitals(title: str, has_capitals: bool) -> None:
    """Seven of ten longer words have one."""
    assert is_title_case(title) is has_capitals


NAMES = names_of("The Gazette - Business", "https://www.gazette-online.example/rss")


@pytest.mark.parametrize(
    ("title", "headline", "publisher"),
    [
        ("Plant opens - The Gazette", "Plant opens", "The Gazette"),
        ("Plant opens | gazette-online.example", "Plant opens", "gazette-online.example"),
        ("Plant opens - in Ohio - THE GAZETTE", "Plant opens - in Ohio", "THE GAZETTE"),
        ("Plant opens - in Ohio", "Plant opens - in Ohio", ""),
        ("The Gazette", "The Gazette", ""),
        ("- The Gazette", "- The Gazette", ""),
    ],
)
def test_a_known_publisher_is_cut_off(title: str, headline: str, publisher: str) -> None:
    """Only a name that is known for it, and never the whole headline."""
    assert without_publisher(title, NAMES) == (headline, publisher)


@given(st.text(), st.text(), st.text())
def test_any_headline_and_name(title: str, name: str, link: str) -> None:
    """What is left is the beginning of the headline, and not empty where that was not."""
    headline, publisher = without_publisher(title, names_of(name, link))
    assert title.strip().startswith(headline.strip())
    assert title.endswith(publisher)
    assert bool(headline.strip()) is bool(title.strip())


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        ("Update 2: Merrin opens second plant", "Merrin opens second plant"),
        ("Merrin opens second plant (Reuters)", "Merrin opens second plant"),
        ("Merrin opens a second plant - The Daily Gazette", "Merrin opens a second plant"),
        ("Merrin opens a second plant - in Ohio", "Merrin opens a second plant - in Ohio"),
        ("Merrin grows - The Daily Gazette", "Merrin grows - The Daily Gazette"),  # too little left
        ("Merrin grows - gazette.example", "Merrin grows"),  # its source is known
    ],
)
def test_a_headline_for_comparing(title: str, bare: str) -> None:
    """Copies agree, whatever each paper puts before and behind it."""
    assert bare_headline(title, "gazette.example") == bare
