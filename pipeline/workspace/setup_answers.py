"""The answers of the set-up: what each means, or what to ask back.

Takes what was typed and what is known by then; gives what was understood, in words to show and in a
form to keep, or why it is not and which readings there are. What is kept can be read again another
day: "yesterday" is kept as its date. At the end a `Setup`. Asks nobody, and reads no file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from pipeline.records import Company, Config, Interview, Person, Settings
from pipeline.records.record import dataclass
from pipeline.text.calendar import country_of, day_in
from pipeline.text.characters import one_line
from pipeline.text.company_forms import short_form
from pipeline.text.deadlines import days_by
from pipeline.text.language import jotted_language
from pipeline.text.month_names import month_of
from pipeline.text.names import MOST_NAME_WORDS, key_of, plain_letters
from pipeline.text.phrasing import long_day, shorten
from pipeline.text.places import country_name, nearest_city, places_at, zones_in
from pipeline.text.urls import site_of
from pipeline.text.written_days import WrittenDay, days_in
from pipeline.workspace.lookup import companies_called, companies_named
from pipeline.workspace.mail_address import usable
from pipeline.workspace.searches import USUAL, edition_of, language_at
from pipeline.workspace.who import LANGUAGES, language_of
from pipeline.workspace.written_people import WrittenPerson, people_in

Greeted = Callable[[Person, ZoneInfo, str], str]  # at their place, in that language
PROFILES = ("linkedin.com", "facebook.com", "x.com", "twitter.com", "instagram.com", "xing.com")
ANOTHER = "="  # before a name that is like a known company's, and is not that company
# no border test: what a summary shows of a line
SHOWN = 60  # characters of a note line
MOST_PLACES = 4  # of one name that are told apart in a list; the United States are too many
# What people type where they were told no day.
NOT_SAID = frozenset(
    ("", "n", "no", "none", "unknown", "not known", "no idea", "don t know", "dont know", "tba",
     "tbd", "not said", "they did not say", "they didn t say", "nein", "keine ahnung",
     "weiss nicht", "unbekannt", "nicht gesagt", "non", "je ne sais pas", "no sé", "no se")
)  # fmt: skip
_DAY_OF_MONTH = re.compile(r"\b\d{1,2}(?:st|nd|rd|th|\.)?\s(?:of\s|de\s)?([^\W\d_]{3,})")
_BARE_HOUR = re.compile(r"\b(?:at|um|a las|à)\s[1-6]$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Understood:
    """What an answer means."""

    kept: str  # to be read again
    shown: str = ""  # "Tuesday 24 November 2026, 14:30 in Berlin"
    is_certain: bool = True  # False: the user is asked whether it is right


@dataclass(frozen=True, slots=True)
class Unclear:
    """An answer that has to be given again, or chosen from."""

    what: str
    choices: tuple[tuple[str, str], ...] = ()  # (an answer, what it means)


@dataclass(frozen=True, slots=True)
class Ground:
    """What is known when a question is asked."""

    now: datetime
    own_zone: str
    config: Config | None = None
    interviews: tuple[Interview, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)

    @property
    def company(self) -> Company | None:
        """The company of the answers, where feeds.yaml has it already."""
        name = self.answers.get("company", "")
        if self.config is None or not name or name.startswith(ANOTHER):
            return None
        return next(iter(companies_named(name, self.config.companies)), None)

    @property
    def name(self) -> str:
        """The company's name."""
        return self.company.name if self.company else self.answers["company"].removeprefix(ANOTHER)

    @property
    def zone(self) -> ZoneInfo:
        """The company's clock."""
        known = self.company.timezone if self.company else self.answers.get("place", "")
        return ZoneInfo(known or self.own_zone)

    @property
    def languages(self) -> tuple[str, ...]:
        """In which one may write: before there are notes, that of the place, or English."""
        talk = self.talk
        said = self.answers.get("language", "") or (talk.language if talk else "")
        if not said and talk and talk.lines:
            said = jotted_language(line.text for line in talk.lines)
        return (said,) if said else (language_at(country_of(self.zone.key)), "English")

    @property
    def usual_place(self) -> str:
        """Where a company most likely is: by its website's ending and its legal form."""
        company = Company("", self.name, website=self.answers.get("website", ""))
        country = edition_of(company, Settings())
        return self.own_zone if country == USUAL else zones_in(country)[0]

    @property
    def talk(self) -> Interview | None:
        """The note that there is of this talk, so that it is completed and not written twice."""
        day = read_moment(self.answers.get("interviewed", ""))
        found = self.company
        if day is None or found is None:
            return None
        same = (
            talk
            for talk in self.interviews
            if talk.company == found.slug and day_in(self.zone, talk.interviewed) == day.day
        )
        return next(same, None)


Answer = Understood | Unclear


def read_text(text: str, ground: Ground) -> Answer:
    """Take any line."""
    return Understood(one_line(text))


def read_own_name(text: str, ground: Ground) -> Answer:
    """Take a name to sign with; a line of the notes that was typed too early is none."""
    name = one_line(text)
    if ":" in name or len(name.split()) > MOST_NAME_WORDS:
        return Unclear(f"“{shorten(name, 40)}” is longer than a name; it ends each message.")
    return Understood(name)


def read_company(text: str, ground: Ground) -> Answer:
    """Tell a new company from one that feeds.yaml has under any form of its name."""
    name = one_line(text)
    if not any(map(str.isalnum, name)):
        return Unclear("A company's name has letters in it.")
    if ground.config is None or name.startswith(ANOTHER):
        return Understood(name)
    known = companies_named(name, ground.config.companies)
    if known:
        return Understood(name, f"{known[0].name} is one of your companies: this adds to it.")
    # "Nordhafen" for Nordhafen Logistics, and the other way round
    like = {
        *companies_called(name, ground.config.companies),
        *(c for c in ground.config.companies if companies_called(c.name, [Company("", name)])),
    }
    if not like:
        return Understood(name)
    same = ((company.name, f"{company.name}, which you have") for company in like)
    return Unclear(
        "That may be:", (*sorted(same), (f"{ANOTHER}{name}", f"another company, {name}"))
    )


def read_called(text: str, ground: Ground) -> Answer:
    """Take the names that the news use, between commas."""
    names = [one_line(part) for part in text.split(",")]
    return Understood(", ".join(dict.fromkeys(filter(None, names))))


def read_website(text: str, ground: Ground) -> Answer:
    """Take a domain, or any address on it."""
    written = text.strip().strip("<>").rstrip("/")
    if not written:
        return Understood("")
    site = site_of(written if "://" in written else f"https://{written}")
    if " " in written or "." not in site.strip("."):
        return Unclear(f'"{shorten(one_line(written), SHOWN)}" is no website, such as oracle.com.')
    if any(site == one or site.endswith(f".{one}") for one in PROFILES):
        return Unclear(f"A page on {site} cannot be followed. Give the company's own website.")
    return Understood(site)


def read_place(text: str, ground: Ground) -> Answer:
    """Take a city, a country or a time zone."""
    if not text.strip():
        return Understood("")
    places = places_at(text)
    place = shorten(one_line(text), SHOWN)
    if len(places) == 1:
        zone = places[0].zone
        city = zone.rpartition("/")[2].replace("_", " ")
        shown = f"By the clock of {city} ({zone})."
        return Understood(zone, "" if place == zone else shown)
    if 0 < len(places) <= MOST_PLACES:
        choices = tuple(
            (one.zone, f"{place}, {country_name(one.country)} ({one.zone})") for one in places
        )
        return Unclear("That can be:", choices)
    if places:
        return Unclear(f"{place} has several clocks. Name a city there, such as Boston or Chicago.")
    unknown = f'I don\'t know where "{place}" is.'
    if nearest := nearest_city(text):
        return Unclear(f"{unknown} Did you mean this, or where else?", ((nearest, nearest),))
    return Unclear(f"{unknown} Write its country with it, as in {place}, Germany, or a large city.")


def read_day(text: str, ground: Ground) -> Answer:
    """Take the day of the talk, with its hour where it was written."""
    return _day(text, ground, ahead=False)


def read_decision(text: str, ground: Ground) -> Answer:
    """Take the day on which they hope to decide."""
    if " ".join(re.findall(r"\w+", text.casefold())) in NOT_SAID:
        return Understood("")
    found = _day(text, ground, ahead=True)
    if isinstance(found, Unclear):
        return found
    talk, day = read_moment(ground.answers.get("interviewed", "")), read_moment(found.kept)
    if talk and day and day.day < talk.day:
        return Unclear(f"{_long(day.day)} is before the talk.")
    return found


def _day(text: str, ground: Ground, *, ahead: bool) -> Answer:
    today = day_in(ground.zone, ground.now)
    if ahead:  # "next week" is its end where it is by when
        found = tuple(map(WrittenDay, days_by(text, today))) or days_in(text, today, ahead=True)
    else:
        found = days_in(text, today) or _either_hour(text, today)
    if not found:
        written = shorten(one_line(text), SHOWN)
        return Unclear(
            f'"{written}" is no day. Write 18 December, end of next week, in two weeks, mid '
            "January; Enter: they did not say."
            if ahead
            else f'"{written}" is no day. Write yesterday 3pm, last tuesday, or 24.11.2026 14:30.'
        )
    if len(found) > 1:
        choices = tuple((kept_moment(one), _moment(one, ground)) for one in found)
        return Unclear("That can be:", choices)
    (one,) = found
    is_certain = bool(re.search(r"\d" if ahead else r"\d{4}|\b(?:yesterday|gestern|ayer)\b", text))
    is_certain = is_certain or _names_a_month(text)
    ahead_of = " That is ahead: nothing is suggested before it." if one.day > today else ""
    shown = f"{_moment(one, ground)}.{'' if ahead else ahead_of}"
    return Understood(kept_moment(one), shown, is_certain=is_certain)


def _names_a_month(text: str) -> bool:
    """Return whether a day of a month is named, as in "23 November": there is little to confirm."""
    return any(month_of(plain_letters(word)) for word in _DAY_OF_MONTH.findall(text))


def _either_hour(text: str, today: date) -> tuple[WrittenDay, ...]:
    """Return "Tuesday at 3" in the afternoon and in the night: which, is asked back."""
    hour = _BARE_HOUR.search(text)
    return days_in(f"{text}pm", today) + days_in(f"{text}am", today) if hour else ()


def _moment(one: WrittenDay, ground: Ground) -> str:
    city = ground.zone.key.rpartition("/")[2].replace("_", " ")
    return _long(one.day) if one.at is None else f"{_long(one.day)}, {one.at:%H:%M} in {city}"


def _long(day: date) -> str:
    return f"{long_day(day)} {day.year}"


def kept_moment(one: WrittenDay) -> str:
    """Return 2026-11-24, or 2026-11-24 14:30."""
    return one.day.isoformat() if one.at is None else f"{one.day} {one.at:%H:%M}"


def read_moment(kept: str) -> WrittenDay | None:
    """Return the moment that was kept; None where there is none."""
    found = days_in(kept, None)
    return found[0] if len(found) == 1 else None


def read_people(greeted: Greeted) -> Callable[[str, Ground], Answer]:
    """Return how people are read, and shown as they will be greeted."""

    def read(text: str, ground: Ground) -> Answer:
        people = people_kept(text) or people_in(text)
        wrong = next((one.email for one in people if one.email and not usable(one.email)), "")
        if wrong:
            return Unclear(f'"{shorten(one_line(wrong), SHOWN)}" is no mail address.')
        nameless = next((one for one in people if not one.name), None)
        if nameless:
            who = nameless.title or nameless.email
            return Unclear(f'What is the name of "{who}"? Write: NAME, TITLE <ADDRESS>; NAME')
        said = [_person(one, greeted, ground) for one in people]
        shown = f"They will be greeted as {'; '.join(said)}." if said else ""
        return Understood(kept_people(people), shown, is_certain=not said)

    return read


def _person(one: WrittenPerson, greeted: Greeted, ground: Ground) -> str:
    person = Person(one.name, one.title, one.email)
    names: dict[str, str] = {}  # each greeting with the first language in which it is used
    for language in ground.languages:
        names.setdefault(greeted(person, ground.zone, language), language)
    told = (f"“{name}”{f' in {its}' if len(names) > 1 else ''}" for name, its in names.items())
    more = ", ".join(
        filter(None, (one.name if one.name not in names else "", one.title, one.email))
    )
    return f"{', '.join(told)}{f' ({more})' if more else ''}"


def kept_people(people: Iterable[WrittenPerson]) -> str:
    """Return people as they are kept: each part by itself, so that nothing is understood anew."""
    kept = [asdict(one) for one in people]
    return json.dumps(kept, ensure_ascii=False) if kept else ""


def people_kept(kept: str) -> tuple[WrittenPerson, ...]:
    """Return the people that were kept; none where a text is no such list, but typed."""
    try:
        found = json.loads(kept)
    except ValueError:
        return ()
    parts = ("name", "title", "email")
    return tuple(
        WrittenPerson(*(one_line(str(entry.get(part) or "")) for part in parts))
        for entry in (found if isinstance(found, list) else ())
        if isinstance(entry, dict)
    )


def shown_answer(name: str, kept: str) -> str:
    """Return an answer that was kept as one would type it."""
    people = people_kept(kept) if name == "people" else ()
    return "; ".join(map(_written, people)) or kept


def _written(one: WrittenPerson) -> str:
    title = f", {one.title}" if one.title else ""
    return f"{one.name}{title}{f' <{one.email}>' if one.email else ''}".replace(";", ",")


def read_language(text: str, ground: Ground) -> Answer:
    """Take one of the languages in which messages can be written."""
    language = language_of(text)
    if language is None:
        return Unclear(f"There are wordings in {', '.join(LANGUAGES)}; Enter: as your notes.")
    return Understood(language)


@dataclass(frozen=True, slots=True)
class Setup:
    """All answers, ready to be written."""

    company: str
    slug: str = ""  # of a company that is there
    me: str = ""
    called: tuple[str, ...] = ()
    industry: tuple[str, ...] = ()
    website: str = ""
    place: str = ""
    feeds: tuple[str, ...] = ()
    timezone: str = ""
    interviewed: WrittenDay | None = None
    people: tuple[WrittenPerson, ...] = ()
    role: str = ""
    decision: date | None = None
    language: str = ""
    notes: str = ""
    talk: Interview | None = None


def setup_of(ground: Ground, notes: str, feeds: tuple[str, ...], timezone: str) -> Setup:
    """Return what the answers say."""
    said = ground.answers
    company = ground.company
    name = ground.name
    moment = read_moment(said.get("interviewed", "")) or WrittenDay(day_in(ground.zone, ground.now))
    decision = read_moment(said.get("decision", ""))
    known = {key_of(person.name) for person in ground.talk.people} if ground.talk else set()
    return Setup(
        company=name,
        slug=company.slug if company else "",
        me=said.get("me", ""),
        called=tuple(
            one for one in _parts(said.get("called", "")) if one not in (name, short_form(name))
        ),
        industry=tuple(_parts(said.get("industry", ""))),
        website=said.get("website", ""),
        place="" if said.get("place", "") == ground.own_zone else said.get("place", ""),
        feeds=feeds,
        timezone=timezone,
        interviewed=moment,
        people=tuple(p for p in people_kept(said.get("people", "")) if key_of(p.name) not in known),
        role=said.get("role", ""),
        decision=decision.day if decision else None,
        language=said.get("language", ""),
        notes=notes,
        talk=ground.talk,
    )


def people_of(ground: Ground) -> tuple[Person, ...]:
    """Return the people of the talk: those answered, and those of its note."""
    known = ground.talk.people if ground.talk else ()
    new = people_kept(ground.answers.get("people", ""))
    return (*known, *(Person(one.name, one.title, one.email) for one in new))


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]
