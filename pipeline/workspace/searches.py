"""The news searches that are built in, in the language and country of each company.

Takes what feeds.yaml says of a company; gives templates of addresses, as `searches:` has them. The
country is the one that is written for the company (`holidays`, `timezone`), else that of its
website's ending or of its legal form, else `settings › pace › holidays`, else the United States.
What the user wrote under `searches:` with the same name goes before these.
"""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.records import Company, Settings
from pipeline.text.calendar import country_of
from pipeline.workspace.who import language_of

NAMES = ("google", "bing", "hackernews")
USUAL = "US"

# The editions of Google News by their language (https://news.google.com lists them, as of 2026).
# no border test: facts, not our decisions
_COUNTRIES = {
    "en": "US GB IE AU CA NZ IN SG ZA",
    "de": "DE AT CH",
    "fr": "FR BE",
    "es": "ES",
    "es-419": "MX AR CO CL PE",
    "it": "IT",
    "nl": "NL",
    "pt-PT": "PT",
    "pt-BR": "BR",
    "sv": "SE",
    "no": "NO",
    "pl": "PL",
    "cs": "CZ",
    "hu": "HU",
    "ro": "RO",
    "tr": "TR",
    "el": "GR",
    "ja": "JP",
    "ko": "KR",
    "zh-TW": "TW",
}
_LANGUAGE = {country: tongue for tongue, listed in _COUNTRIES.items() for country in listed.split()}
_IN_CEID = {"pt-PT": "pt-150", "pt-BR": "pt-419", "zh-TW": "zh-Hant"}
_OF_ENDING = {"UK": "GB", "CO": ""}  # .co is sold to anybody
_OF_FORM = {
    **dict.fromkeys("gmbh ggmbh mbh ag kg kgaa ohg eg".split(), "DE"),
    **dict.fromkeys("sas sasu sarl".split(), "FR"),
    **dict.fromkeys("sl slu sau".split(), "ES"),
    **dict.fromkeys("spa srl".split(), "IT"),
    **dict.fromkeys("bv nv".split(), "NL"),
    **dict.fromkeys("plc llp".split(), "GB"),
    "ab": "SE",
    "asa": "NO",
    "ltda": "BR",
    "pty": "AU",
}


def built_in(company: Company, settings: Settings) -> Mapping[str, str]:
    """Return the templates by name; {query} and {name} are filled in as in the user's own."""
    country = edition_of(company, settings)
    return {
        "google": google(country, "{query}"),
        "bing": f"https://www.bing.com/news/search?q={{query}}&format=rss&mkt={_market(country)}",
        "hackernews": "https://hnrss.org/newest?q={name}&points=5",
    }


def google(country: str, query: str) -> str:
    """Return the address of a search at Google News, for words that are already quoted."""
    language = _LANGUAGE[country]
    shown = f"en-{country}" if language == "en" else language
    edition = f"{country}:{_IN_CEID.get(language, language)}"
    return f"https://news.google.com/rss/search?q={query}&hl={shown}&gl={country}&ceid={edition}"


def edition_of(company: Company, settings: Settings) -> str:
    """Return the country, of those with an edition, in whose news a company is looked for."""
    ending = company.website.rpartition(".")[2].upper()
    forms = (word.strip(".,()").replace(".", "").casefold() for word in company.name.split())
    places = (
        company.holidays.partition("-")[0],
        country_of(company.timezone) if company.timezone else "",
        _OF_ENDING.get(ending, ending),
        next((_OF_FORM[form] for form in forms if form in _OF_FORM), ""),
        settings.pace.holidays.partition("-")[0],
    )
    return next((place for place in places if place in _LANGUAGE), USUAL)


def language_at(country: str) -> str:
    """Return the language of a country's news, where messages can be in it; else English."""
    return language_of(_LANGUAGE.get(country, "en").partition("-")[0]) or "English"


def _market(country: str) -> str:
    language = _LANGUAGE[country][:2]
    return f"{'nb' if language == 'no' else language}-{country}"
