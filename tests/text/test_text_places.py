"""Places as people name them, and their clocks."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.text.calendar import is_zone
from pipeline.text.places import CITIES, country_name, nearest_city, places_at


@pytest.mark.parametrize(
    ("text", "zones"),
    [
        *(("Bergen", "Oslo"), ("Bielefeld", "Berlin"), ("Rennes", "Paris"), ("köln", "Berlin")),
        *(("Austin, Texas", "Chicago"), ("Austin TX", "Chicago"), ("Frankfurt/Main", "Berlin")),
        *(("Germany", "Berlin"), ("Europe/Oslo", "Oslo"), ("Schottland", ""), ("Texas", "Chicago")),
        *(("Atlanta, Georgia", "New_York"), ("Tbilisi, Georgia", "Tbilisi")),
        *(("London", "London"), ("London, Ontario", "Toronto"), ("Paris, Texas", "Chicago")),
        *(("San Jose, CA", "Los_Angeles"), ("Toronto, CA", "Toronto"), ("El Paso, TX", "Denver")),
        *(("Berlin, DE", "Berlin"), ("Wilmington, DE", "New_York"), ("Foo, Kansas", "Chicago")),
        *(("San José", "Los_Angeles Costa_Rica"), ("Georgia", "New_York Tbilisi")),
        *(("Springfield", "New_York Chicago"), ("Newcastle", "London Sydney")),
        *(("Speicherstadt 4, 20457 Hamburg", "Berlin"), ("near Bergen Norway", "Oslo")),
        *(("Bay Area", "Los_Angeles"), ("Großraum München", "Berlin"), ("Atlantis", "")),
        *(("", ""), ("10:15", ""), ("remote", ""), ("yesterday 3pm", "")),
    ],
)
def test_a_place_has_a_clock_or_is_asked_back(text: str, zones: str) -> None:
    """Two where a name means two cities; what stands beside a city decides."""
    found = [place.zone.rpartition("/")[2] for place in places_at(text)]
    assert found == zones.split()


def test_every_line_of_the_list_is_a_zone_of_a_country() -> None:
    """So a slip in the list is no clock that is missing."""
    rows = [line for line in CITIES.read_text("utf-8").splitlines() if line and line[0] != "#"]
    for row in rows:
        kind, country, zone = row.partition(": ")[0].split()
        assert kind in ("city", "region")
        assert is_zone(zone), row
        assert country_name(country) != country or country == "XK", row
        assert places_at(row.partition(": ")[2].split(";")[0].strip("~ ")), row


def test_a_slip_of_the_finger_is_asked_about() -> None:
    """And what is like no city is none."""
    assert (nearest_city("Hambrug"), nearest_city("xyzzy")) == ("Hamburg", "")


@settings(max_examples=100)
@given(st.text(alphabet="abBeEnrl,/()~ .0ß", max_size=20))
def test_no_text_raises(text: str) -> None:
    """Whatever is typed."""
    assert all(is_zone(place.zone) for place in places_at(text))
