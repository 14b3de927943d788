"""The time zone of a place as people name it: Hamburg, "Austin, Texas", Germany, Europe/Oslo.

Takes a text; gives the places that it can mean, each with its clock. The names of zones and
countries are those of tzdata; the cities and regions, which it has few of, stand in `cities.txt`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache
from importlib import resources
from pathlib import Path

from pipeline.records.record import dataclass
from pipeline.text.names import plain_letters

CITIES = Path(__file__).with_name("cities.txt")
ALIKE = 0.8  # of two names, by difflib: "Hambrug", "Bielefled"
MOST_OF_ONE_CLOCK = 4  # zones: Spain has three and one clock for nearly all; Indonesia has four

_COUNTRIES = {
    "DE": "deutschland allemagne alemania", "AT": "osterreich autriche",
    "CH": "schweiz suisse suiza",
    "FR": "frankreich francia", "ES": "espana spanien espagne", "IT": "italien italia italie",
    "GB": "uk greatbritain unitedkingdom britain grossbritannien royaumeuni reinounido",
    "NL": "holland niederlande paysbas paisesbajos netherlands thenetherlands",
    "US": "usa america unitedstates etatsunis estadosunidos", "BE": "belgien belgique",
    "DK": "danemark danmark", "CZ": "czechia czechrepublic tschechien",
    "KR": "korea southkorea sudkorea", "RU": "russland russia", "IE": "eire irland",
    "NO": "norwegen norge norvege", "SE": "schweden sverige suede", "PL": "polen polska pologne",
    "FI": "finnland suomi", "JP": "japon", "BR": "brasil brasilien bresil", "MX": "mexiko mexique",
    "TR": "turkey turkiye turkei", "AE": "uae emirates", "IN": "indien inde", "CN": "prchina",
}  # fmt: skip
_NEAR = re.compile(
    r"^(?:near|close to|in|around|outside|greater|bei|nahe|raum|gro(?:ß|ss)raum|im|pres de|à|a|"
    r"cerca de|en)\s+|\s+(?:area|region|metro area|hq|office)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Place:
    """A city, a region or a country, by its clock."""

    zone: str
    country: str  # two letters
    is_usual: bool = True  # False: it is meant only with its country or region beside it


def places_at(text: str) -> tuple[Place, ...]:
    """Return the places that a text can mean, one for each clock; none where it is not known."""
    plain = text.strip() if _cities().get(_letters(text)) else _NEAR.sub("", text.strip())
    if zone := _zones().get(_letters(plain.replace("/", ""))):
        return (Place(zone, ""),)
    whole = _letters(plain)
    usual = [place for place in _cities().get(whole, ()) if place.is_usual]
    found = usual or _with_region(plain) or list(_cities().get(whole, ()))
    found = found or _qualified(whole) or _any_part(plain)
    return tuple({place.zone: place for place in reversed(found)}.values())[::-1]


def is_place(name: str) -> bool:
    """Return whether a name is that of a city or region, whatever else it means."""
    return _letters(name) in _cities() or _letters(name) in _regions()


def zones_in(country: str) -> tuple[str, ...]:
    """Return the time zones of a country by its two letters; one where nearly all keep that."""
    found = tuple(zone for code, zone in _rows() if code == country.upper())
    return found if len(found) > MOST_OF_ONE_CLOCK else found[:1]


def country_name(code: str) -> str:
    """Return a country's name in English, as tzdata has it: "Germany"."""
    return _names().get(code, code)


def nearest_city(text: str) -> str:
    """Return the city that a text with a slip of the finger may mean, "" where none is like it."""
    names = {_letters(name): name for _, names in _entries("city") for name in names}
    return next((names[one] for one in get_close_matches(_letters(text), names, 1, ALIKE)), "")


def _with_region(text: str) -> list[Place]:
    """Return a city by the region or country beside it: "Portland, Maine", "Bergen Norway"."""
    for city, beside in _divided(text):
        there = _qualified(beside)
        if not there:
            continue
        known = _cities().get(city, ())
        zones, countries = {p.zone for p in there}, {p.country for p in there}
        found = [place for place in known if place.zone in zones and place.country in countries]
        found = found or [place for place in known if place.country in countries]
        return [place for place in found if place.is_usual] or found or there
    return []


def _divided(text: str) -> Iterator[tuple[str, str]]:
    """Yield each way to divide a text into a city and what stands beside it."""
    parts = [part for part in map(_letters, re.split(r"[,()]", text)) if part]
    for end in range(len(parts) - 1, 0, -1):
        yield parts[0], parts[end]
    words = text.split()
    for end in range(1, len(words)):
        yield _letters(" ".join(words[:end])), _letters(" ".join(words[end:]))


def _qualified(name: str) -> list[Place]:
    """Return the regions and the country of a name: "CA" is California, and Canada."""
    found = list(_regions().get(name, ()))
    country = _countries().get(name)
    return found + ([Place(zone, country) for zone in zones_in(country)] if country else [])


def _any_part(text: str) -> list[Place]:
    """Return the first part of an address that is a city: "Speicherstadt 4, 20457 Hamburg"."""
    parts = [part for part in re.split(r"[,/()]", text) if part.strip()]
    tries = (_letters(part) for part in (*parts, *(re.sub(r"[\d-]+", " ", p) for p in parts)))
    return next(
        (usual for name in tries if (usual := [p for p in _cities().get(name, ()) if p.is_usual])),
        [],
    )


def _letters(text: str) -> str:
    return plain_letters(text.replace("_", " ")).replace(" ", "").replace(".", "")


@cache
def _rows() -> tuple[tuple[str, str], ...]:
    """Return (country, zone), in the order of tzdata: the most people first."""
    table = (resources.files("tzdata") / "zoneinfo" / "zone.tab").read_text("utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return tuple((row[0], row[2]) for row in rows)


@cache
def _zones() -> dict[str, str]:
    """Return the zones by their names without strokes, and those that are one word (UTC)."""
    from zoneinfo import available_timezones

    cities = {_letters(zone.rpartition("/")[2]) for _, zone in _rows()}
    names = {_letters(name.replace("/", "")): name for name in available_timezones()}
    return {name: zone for name, zone in names.items() if name not in cities | set(_countries())}


@cache
def _cities() -> dict[str, tuple[Place, ...]]:
    found: dict[str, list[Place]] = {}
    for place, names in _entries("city"):
        for name in names:
            city, _, region = name.removeprefix("~").partition(",")
            is_usual = not (name.startswith("~") or region)
            found.setdefault(_letters(city), []).append(
                Place(place.zone, place.country, is_usual=is_usual)
            )
    for country, zone in _rows():
        found.setdefault(_letters(zone.rpartition("/")[2]), [Place(zone, country)])
    return {name: tuple(places) for name, places in found.items()}


@cache
def _regions() -> dict[str, tuple[Place, ...]]:
    found: dict[str, tuple[Place, ...]] = {}
    for place, names in _entries("region"):
        for name in (part for one in names for part in one.split(",")):
            found[_letters(name)] = (*found.get(_letters(name), ()), place)
    return found


def _entries(kind: str) -> Iterator[tuple[Place, list[str]]]:
    for line in CITIES.read_text("utf-8").splitlines():
        if line.startswith(f"{kind} "):
            head, _, names = line.partition(": ")
            _, country, zone = head.split()
            yield Place(zone, country), [name.strip() for name in names.split(";")]


@cache
def _names() -> dict[str, str]:
    table = (resources.files("tzdata") / "zoneinfo" / "iso3166.tab").read_text("utf-8")
    return dict(line.split("\t") for line in table.splitlines() if not line.startswith("#"))


@cache
def _countries() -> dict[str, str]:
    found = {_letters(name): code for code, name in _names().items()}
    found |= {code.casefold(): code for code in _names()}
    return found | {name: code for code, names in _COUNTRIES.items() for name in names.split()}
