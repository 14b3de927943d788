"""The time zone of a place as people name it: Hamburg, "Austin, Texas", Germany, Europe/Oslo.

Takes a text; gives the zone, or several where a country has several clocks. The names are those of
tzdata, with the larger cities and the other names of countries that it does not have.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

from pipeline.text.names import plain_letters

MOST_OF_ONE_CLOCK = 4  # zones: Spain has three and one clock for nearly all; Indonesia has four

_CITIES = {
    "Europe/Berlin": "hamburg munich munchen frankfurt cologne koln stuttgart dusseldorf leipzig "
    "dresden hannover hanover bremen nuremberg nurnberg essen dortmund bonn mannheim karlsruhe",
    "Europe/Zurich": "geneva geneve genf basel bern lausanne",
    "Europe/Paris": "lyon marseille toulouse lille bordeaux nantes strasbourg grenoble nice",
    "Europe/Madrid": "barcelona valencia sevilla seville bilbao malaga",
    "Europe/Rome": "milan milano turin torino naples napoli bologna",
    "Europe/London": "manchester birmingham leeds edinburgh glasgow bristol liverpool sheffield "
    "cambridge oxford belfast cardiff",
    "Europe/Amsterdam": "rotterdam utrecht eindhoven hague",
    "Europe/Stockholm": "gothenburg goteborg malmo",
    "Europe/Vienna": "graz linz salzburg wien innsbruck",
    "America/New_York": "boston washington atlanta miami philadelphia pittsburgh charlotte "
    "orlando baltimore cleveland newyork",
    "America/Chicago": "dallas houston austin minneapolis milwaukee nashville",
    "America/Los_Angeles": "seattle oakland sacramento sanfrancisco sandiego sanjose lasvegas",
    "America/Phoenix": "tucson",
    "America/Denver": "boulder saltlakecity",
    "America/Toronto": "montreal ottawa quebec",
    "Asia/Kolkata": "bangalore bengaluru mumbai delhi newdelhi hyderabad chennai pune",
    "Asia/Shanghai": "beijing shenzhen guangzhou hangzhou",
    "Asia/Tokyo": "osaka kyoto nagoya yokohama",
    "Australia/Brisbane": "goldcoast",
}
_COUNTRIES = {
    "DE": "deutschland allemagne alemania", "AT": "osterreich autriche",
    "CH": "schweiz suisse suiza",
    "FR": "frankreich francia", "ES": "espana spanien espagne", "IT": "italien italia italie",
    "GB": "uk england scotland wales greatbritain unitedkingdom britain",
    "NL": "holland niederlande",
    "US": "usa america unitedstates", "BE": "belgien belgique", "DK": "danemark", "CZ": "czechia",
    "KR": "korea southkorea", "RU": "russland", "IE": "eire",
}  # fmt: skip


def zones_at(place: str) -> tuple[str, ...]:
    """Return the time zones of a place, its first the most usual; none where it is not known."""
    parts = [letters for part in (place, *place.split(",")) if (letters := _letters(part))]
    if not parts:
        return ()
    named = next((_countries()[part] for part in parts[::-1] if part in _countries()), "")
    for table in (_zones(), _cities()):
        found = next((table[part] for part in parts if part in table), "")
        is_there = (named, found) in _rows() or parts[-1] not in _countries() or len(parts[-1]) == 2
        if found and (is_there or len(parts) < 3):
            return (found,)
    return zones_in(named) if named else ()


def zones_in(country: str) -> tuple[str, ...]:
    """Return the time zones of a country by its two letters; one where nearly all keep that."""
    found = tuple(zone for code, zone in _rows() if code == country.upper())
    return found if len(found) > MOST_OF_ONE_CLOCK else found[:1]


def _letters(text: str) -> str:
    return plain_letters(text.replace("_", " ")).replace(" ", "")


@cache
def _rows() -> tuple[tuple[str, str], ...]:
    """Return (country, zone), in the order of tzdata: the most people first."""
    table = (resources.files("tzdata") / "zoneinfo" / "zone.tab").read_text("utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return tuple((row[0], row[2]) for row in rows)


@cache
def _zones() -> dict[str, str]:
    from zoneinfo import available_timezones

    return {
        name.casefold().replace("_", "").replace("/", ""): name for name in available_timezones()
    }


@cache
def _cities() -> dict[str, str]:
    found = {_letters(zone.rpartition("/")[2]): zone for _, zone in reversed(_rows())}
    return found | {city: zone for zone, cities in _CITIES.items() for city in cities.split()}


@cache
def _countries() -> dict[str, str]:
    table = (resources.files("tzdata") / "zoneinfo" / "iso3166.tab").read_text("utf-8")
    rows = [line.split("\t") for line in table.splitlines() if not line.startswith("#")]
    found = {_letters(row[1]): row[0] for row in rows} | {row[0].casefold(): row[0] for row in rows}
    return found | {name: code for code, names in _COUNTRIES.items() for name in names.split()}
