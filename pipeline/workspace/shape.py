"""The shape of feeds.yaml and of a note's head, as pydantic models: types, limits, descriptions.

The settings are the dataclasses of `records`, with their descriptions and limits; the rest of the
file has another shape than the records (a feed may be a mere address), so it has models here.
Imported only where something is read: pydantic takes its time.
"""

from __future__ import annotations

import re
from dataclasses import asdict
from datetime import date, datetime
from functools import cache
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter

from pipeline.records import (
    DeliverySettings,
    DigestSettings,
    DraftSettings,
    MailSettings,
    NewsSettings,
    PaceSettings,
    RelevanceSettings,
    Settings,
    Status,
)
from pipeline.text.company_forms import is_legal_form


def _as_text(value: Any) -> Any:
    """Take a number or a date for the text that the user wrote: `aliases: [3M, 1984, 7E7]`."""
    if isinstance(value, (int, float, date)) and not isinstance(value, bool):
        return getattr(value, "written", str(value))
    return value


def _as_list(value: Any) -> Any:
    """Take a single value for a list of one, and an empty key for an empty list."""
    if value is None:
        return []
    if isinstance(value, str):
        return several(value)
    return value if isinstance(value, list) else [value]


def several(text: str) -> list[str]:
    """Return what a plain text lists, between commas or bullets: "Acme Corp, ACM" is two names.

    "Acme, Inc." is one.
    """
    parts: list[str] = []
    for part in filter(None, (part.strip(" “”„") for part in _BETWEEN.split(text))):
        if parts and is_legal_form(part):
            parts[-1] = f"{parts[-1]}, {part}"
        else:
            parts.append(part)
    return parts


def _as_phrases(value: Any) -> Any:
    """Take a plain text for one phrase ("Acme, the band"), or for several of some words each."""
    if isinstance(value, str) and not all(" " in part for part in several(value)):
        return [value]
    return _as_list(value)


def _as_mapping(value: Any) -> Any:
    return {} if value is None else value


Text = Annotated[str, BeforeValidator(_as_text), Field(max_length=2_000)]
OptionalText = Annotated[
    str, BeforeValidator(lambda value: "" if value is None else _as_text(value))
]
Texts = Annotated[list[Text], BeforeValidator(_as_list)]
Phrases = Annotated[list[Text], BeforeValidator(_as_phrases)]
_BETWEEN = re.compile(r"[,;]\s+|\s*[•·▪●]\s+|\s*\n\s*")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class FeedEntry(_Strict):
    """A feed with more than its address."""

    url: OptionalText = Field("", description="the feed's address, or a file")
    page: OptionalText = Field(
        "", description="the address of a press or news page (or a sitemap), where there is no feed"
    )
    search: OptionalText = Field(
        "", description="google, bing, hackernews, or the name of one of your `searches`"
    )
    weight: float = Field(1.0, ge=0, le=10, description="how much its stories count")
    only: Texts = Field([], description="keep only entries with one of these words")
    mute: Texts = Field([], description="of this feed, show no story with one of these words")


def _as_feed(value: Any) -> Any:
    """Take a bare address for a feed with nothing but an address."""
    return {"url": value} if isinstance(value, str) else value


Feeds = Annotated[
    list[Annotated[FeedEntry, BeforeValidator(_as_feed, json_schema_input_type=str | FeedEntry)]],
    BeforeValidator(_as_list),
]


class CompanyEntry(_Strict):
    """One company."""

    name: Text = Field(description="the company's name, as the news write it")
    aliases: Texts = Field([], description="other names: full form, ticker, short form")
    negatives: Phrases = Field(
        [],
        alias="not",
        description="phrases with the name in them that mean something else",
    )
    industry: Texts = Field([], description="words that distinguish this company from others")
    website: OptionalText = Field("", description="its domain; feeds there need not name it")
    timezone: OptionalText = Field("", description="where its people are, such as Europe/Oslo")
    holidays: OptionalText = Field(
        "", description="whose public holidays they keep, such as NO or DE-BY, or none"
    )
    mute: Texts = Field([], description="for this company, show no story with one of these words")
    feeds: Feeds = Field([], description="addresses, files, or named searches")


class TopicEntry(_Strict):
    """One topic."""

    serves: Texts = Field(
        [],
        alias="for",
        description="short names of the companies for whose interviews it is read; else for all",
    )
    mute: Texts = Field([], description="of its feeds, show no story with one of these words")
    feeds: Feeds = Field([], description="addresses, files, or named searches")


Companies = Annotated[dict[str, CompanyEntry], BeforeValidator(_as_mapping)]
Topics = Annotated[
    dict[str, Annotated[TopicEntry, BeforeValidator(_as_mapping)]], BeforeValidator(_as_mapping)
]


class FeedsFile(_Strict):
    """The whole of feeds.yaml."""

    settings: Annotated[Settings, BeforeValidator(_as_mapping)] = Field(
        default_factory=Settings, description="how the program behaves"
    )
    searches: Annotated[dict[str, Text], BeforeValidator(_as_mapping)] = Field(
        {},
        description="named news searches of your own, beside google, bing and hackernews; "
        "{query} becomes the company's names, {name} its first",
    )
    mute: Texts = Field([], description="words and phrases: no story with one of them is shown")
    companies: Companies = Field(description="the employers whose news is watched")
    topics: Topics = Field({}, description="subjects whose feeds are read for tidbits")


class PersonEntry(_Strict):
    """One interviewer."""

    name: OptionalText = ""
    title: OptionalText = ""
    email: OptionalText = ""
    timezone: OptionalText = ""
    role: OptionalText = ""
    greet: OptionalText = ""
    channel: OptionalText = ""


def _as_one(value: Any) -> Any:
    """Take a list for what is in it: [[Acme]] is a link in Obsidian, and a list in YAML."""
    while isinstance(value, list) and len(value) == 1:
        (value,) = value
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        value = ", ".join(value)
    return value.removeprefix("[[").removesuffix("]]") if isinstance(value, str) else value


def _in_small_letters(value: Any) -> Any:
    value = _as_one(value)
    return value.strip().casefold() if isinstance(value, str) else value


def people_of_head(value: Any) -> list[Any]:
    """Return the entries of a list of people; a text may name several, with title and address.

    In `[Anna Berg, DRH]` the second is the first one's post, and so it is in `name: DRH`.
    """
    found: list[Any] = []
    for entry in value if isinstance(value, list) else [] if value is None else [value]:
        for one in _entries(entry):
            before = found[-1] if found and isinstance(found[-1], dict) else {}
            is_post = isinstance(one, dict) and not any(map(one.get, ("name", "email")))
            if is_post and before.get("name") and not before.get("title"):
                before["title"] = one.get("title", "")
            else:
                found.append(one)
    return found


def _entries(entry: Any) -> list[Any]:
    """Return the people of one entry, each as its parts; what is none of ours is left as it is."""
    from pipeline.workspace.written_people import people_in

    if isinstance(entry, str):
        return [asdict(person) for person in people_in(entry)] or [{"name": entry}]
    name = entry.get("name") if isinstance(entry, dict) else None
    people = people_in(name) if isinstance(name, str) and not entry.get("title") else ()
    is_told = len(people) == 1 and (
        people[0].name or not str(name).islower()
    )  # "ann lee" is a name
    if is_told and people[0].title:  # `name: Anna Berg, DRH`
        return [{**entry, "name": people[0].name, "title": people[0].title}]
    return [dict(entry)] if isinstance(entry, dict) else [entry]


def _as_people(value: Any) -> Any:
    return people_of_head(value)


class NoteHead(_Strict):
    """The head of a note, between the two lines of dashes."""

    company: Annotated[Text, BeforeValidator(_as_one)]
    role: Annotated[OptionalText, BeforeValidator(_as_one)] = ""
    interviewed: Annotated[date | datetime | str, BeforeValidator(_as_one)]
    interviewers: Annotated[list[PersonEntry], BeforeValidator(_as_people)] = []
    decision_expected: date | str | None = None
    status: Annotated[Status, BeforeValidator(_in_small_letters)] = "waiting"
    language: OptionalText = ""


_SETTINGS = (
    *(Settings, DigestSettings, PaceSettings, NewsSettings, RelevanceSettings, DraftSettings),
    *(DeliverySettings, MailSettings),
)


@cache
def adapter(kind: type) -> TypeAdapter[Any]:
    """Return the validator of a model, with unknown keys refused in the settings, too."""
    for settings in _SETTINGS:  # stdlib dataclasses: pydantic looks for its options there
        setattr(settings, "__pydantic_config__", ConfigDict(extra="forbid"))  # noqa: B010 - no field
    return TypeAdapter(kind)
