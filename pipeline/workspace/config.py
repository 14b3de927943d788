"""feeds.yaml: from its text to a `Config`, with every mistake in it.

Takes the text and the workspace's folder; gives (config, problems). A config with a problem of
level "error" is not to be run. Asks no network and reads no other file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

from pipeline.records import (
    GREETED,
    Company,
    Config,
    Feed,
    Mute,
    Problem,
    Settings,
    Topic,
)
from pipeline.text import named_secrets
from pipeline.text.calendar import is_zone, local_zone, time_from
from pipeline.text.characters import letters_of, one_line
from pipeline.text.spelling import did_you_mean
from pipeline.text.urls import (
    file_in,
    holds_secret,
    host_of,
    is_on,
    parts_of,
    shown,
    site_of,
    without_password,
)
from pipeline.workspace import mailbox, searches
from pipeline.workspace.folder import FILE
from pipeline.workspace.mistakes import note_errors, note_zone
from pipeline.workspace.tree import Tree, YamlPath, read_tree

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# no border test: ends a loop; the second round finds nothing in all known cases
MOST_ROUNDS = 5  # of taking out what does not fit; the second finds nothing in all known cases
SHORTEST_MUTE = (
    2  # letters or digits of a muted word; one alone is a slip; a sign of Chinese is not
)
# Where people and companies have a page that only members and browsers are shown, as of 2026.
WITHOUT_FEEDS = ("linkedin.com", "x.com", "twitter.com", "facebook.com", "instagram.com")
LONGEST_QUERY_NAMES = 4  # names in a search: each further one brings more noise than news


KEEP_OUT = (
    "Write ${TOUCHPOINTS_NEWS} in its place, and keep it in that variable of the environment or "
    "with `keyring set touchpoints TOUCHPOINTS_NEWS`."
)


def parse_config(text: str, root: Path) -> tuple[Config, list[Problem]]:
    """Return what the file says, as far as it is right, and all that is wrong with it."""
    empty = Config(_with_timezone(Settings()))
    tree = read_tree(text, FILE)
    if tree.value is None:
        if not tree.problems:
            todo = (
                "Write at least `companies:` with one company; `touchpoints init` makes an example."
            )
            tree.note((), "The file is empty.", todo, at=(0, 0))
        return empty, tree.problems
    file = _validated(tree)
    if file is None:
        return empty, tree.problems
    config = _Reader(tree, root, file).config()
    return config, sorted(tree.problems, key=lambda item: (item.line, item.column))


def _validated(tree: Tree) -> Any:
    """Return the file as a model, without what does not fit; each such place is noted.

    What does not fit is taken out and the rest looked at again, so that all mistakes are found
    at once: those of form here, those of meaning by the reader.
    """
    from pydantic import ValidationError

    from pipeline.workspace.shape import FeedsFile, adapter

    value = tree.value
    for _ in range(MOST_ROUNDS):
        try:
            return adapter(FeedsFile).validate_python(value)
        except ValidationError as error:
            note_errors(tree, error.errors(), FeedsFile)
            paths = [
                item["loc"][:-1] if item["type"] == "missing" else item["loc"]
                for item in error.errors()
            ]
        if () in paths:
            return None
        value = _without(value, paths)
    return None


def _without(value: Any, paths: list[Any], here: YamlPath = ()) -> Any:
    """Return a copy of the tree without the values at these paths."""
    if isinstance(value, dict):
        inside = {key: (*here, key) for key in value}
        return {k: _without(value[k], paths, at) for k, at in inside.items() if at not in paths}
    if isinstance(value, list):
        return [
            _without(item, paths, (*here, index))
            for index, item in enumerate(value)
            if (*here, index) not in paths
        ]
    return value


def _with_timezone(settings: Settings) -> Settings:
    """Return the settings with this computer's time zone, where the user names none."""
    known = settings.timezone and is_zone(settings.timezone)  # a mistake in it is told
    return settings if known else replace(settings, timezone=local_zone())


class _Reader:
    """Turns the checked file into records, noting what only a second look can see."""

    def __init__(self, tree: Tree, root: Path, file: Any) -> None:
        self._tree = tree
        self._root = root
        self._file = file
        self._note = tree.note
        self._mutes: list[Mute] = []

    def config(self) -> Config:
        file = self._file
        self._check_settings(file.settings)
        if not file.companies:
            self._note(("companies",), "There is no company.", "Add one, with its name and feeds.")
        companies = tuple(self._company(slug, entry) for slug, entry in file.companies.items())
        topics = tuple(self._topic(slug, entry) for slug, entry in file.topics.items())
        self._mute(file.mute, (), companies)
        return Config(_with_timezone(file.settings), companies, topics, tuple(self._mutes))

    def _check_settings(self, settings: Settings) -> None:
        if settings.timezone:
            note_zone(self._tree, ("settings", "timezone"), settings.timezone)
        if settings.pace.holidays:
            self._check_holidays(settings.pace.holidays, ("settings", "pace", "holidays"))
        if time_from(settings.digest.not_before) is None:
            self._note(
                ("settings", "digest", "not_before"),
                f'"{settings.digest.not_before}" is not a time of day.',
                'Write "06:00".',
            )
        if not _are_hours(settings.pace.hours):
            self._note(
                ("settings", "pace", "hours"),
                "Hours are two: from when until when a message may fall due.",
                "Write hours: [9, 18].",
            )
        if any(gap < 1 for gap in settings.pace.gaps) or not settings.pace.gaps:
            self._note(
                ("settings", "pace", "gaps"), "A gap is at least one day.", "Write gaps: [7, 12]."
            )
        self._check_greeting(settings.drafts.greeting)
        if len(set(settings.pace.quiet)) == 7:
            self._note(
                ("settings", "pace", "quiet"),
                "With seven quiet days nothing ever falls due.",
                "Leave one weekday out.",
            )
        for key, what, todo in mailbox.mistakes(settings.delivery.mail):
            self._note(("settings", "delivery", "mail", key), what, todo)
        for name, template in self._file.searches.items():
            if "{query}" not in template and "{name}" not in template:
                self._note(
                    ("searches", name),
                    "The address has no {query} in it, nor {name}.",
                    "Put {query} where the company's name belongs.",
                )
            self._check_address(template, ("searches", name))

    def _check_greeting(self, greeting: str) -> None:
        path = ("settings", "drafts", "greeting")
        for name in re.findall(r"\{([^{}]*)\}", greeting):
            if name not in GREETED:
                known = f"There are {', '.join(f'{{{item}}}' for item in GREETED)}."
                hint = did_you_mean(name, GREETED, known, cutoff=0.5, form="{{{}}}")
                self._note(path, f"A greeting has no {{{name}}}.", hint)
        if re.search(r"[{}]", re.sub(r"\{[^{}]*\}", "", greeting)):
            self._note(
                path, "A bracket in the greeting is not closed, or not opened.", "Write {name}."
            )

    def _check_holidays(self, place: str, path: YamlPath) -> None:
        if place == "none":
            return
        from holidays import list_supported_countries

        country, _, region = place.partition("-")
        known = list_supported_countries()
        if country not in known:
            hint = did_you_mean(country, known, "Write FR, or DE-BY.", form="{}")
            self._note(path, f'The holidays of "{country}" are not known.', hint)
        elif region and region not in known[country]:
            regions = ", ".join(known[country]) or "none"
            self._note(path, f'"{region}" is not known in {country}.', f"Known: {regions}.")

    def _company(self, slug: str, entry: Any) -> Company:
        path: YamlPath = ("companies", slug)
        self._check_slug(slug, path)
        if not entry.name.strip():
            self._note((*path, "name"), "The name is empty.", "Write the company's name.")
        if entry.timezone:
            note_zone(self._tree, (*path, "timezone"), entry.timezone)
        if entry.holidays:
            self._check_holidays(entry.holidays, (*path, "holidays"))
        written = entry.website.strip()
        website = site_of(written if "://" in written else f"https://{written}")
        company = Company(
            slug=slug,
            name=entry.name.strip(),
            aliases=_clean(entry.aliases),
            negatives=_clean(entry.negatives),
            industry=_clean(entry.industry),
            website=website,
            timezone=entry.timezone,
            holidays=entry.holidays,
        )
        if not entry.feeds:
            search = next(iter(self._file.searches), searches.NAMES[0])
            self._note(
                path,
                f"{company.name} has no feeds, so only other feeds can bring news about it.",
                f"Add an address under `feeds:`, or `- search: {search}`.",
                level="warning",
            )
        feeds = (
            self._feed(item, (*path, "feeds", number), company)
            for number, item in enumerate(entry.feeds)
        )
        company = replace(company, feeds=tuple(feed for feed in feeds if feed))
        self._mute(entry.mute, path, [company], slug)
        return company

    def _topic(self, slug: str, entry: Any) -> Topic:
        path: YamlPath = ("topics", slug)
        self._check_slug(slug, path)
        feeds = (
            self._feed(item, (*path, "feeds", number), None, topic=slug)
            for number, item in enumerate(entry.feeds)
        )
        serves = tuple(entry.serves)
        for number, company in enumerate(serves):
            if company not in self._file.companies:
                self._note(
                    (*path, "for", number),
                    f'There is no company "{one_line(company)}".',
                    did_you_mean(company, self._file.companies, "Name one by its short name."),
                )
        topic = Topic(slug, tuple(replace(feed, serves=serves) for feed in feeds if feed))
        self._mute(entry.mute, path, topic=slug, feeds=tuple(feed.address for feed in topic.feeds))
        return topic

    def _feed(
        self, entry: Any, path: YamlPath, company: Company | None, topic: str = ""
    ) -> Feed | None:
        address = self._address(entry, path, company)
        if not address:
            return None
        slug = company.slug if company else ""
        self._mute(entry.mute, path, [company] if company else (), slug, topic, (address,))
        return Feed(
            address=address,
            company=slug,
            topic=topic,
            search=entry.search,
            page=bool(entry.page),
            weight=entry.weight,
            only=_clean(entry.only),
            own=company is not None and is_on(address, company.website),
        )

    def _mute(
        self,
        words: list[str],
        path: YamlPath,
        companies: Sequence[Company] = (),
        company: str = "",
        topic: str = "",
        feeds: tuple[str, ...] = (),
    ) -> None:
        """Take the words that are muted there; one that cannot be meant is left out."""
        if topic and not feeds:
            return  # nothing that it could hide
        for number, word in enumerate(" ".join(text.split()) for text in words):
            place = (*path, "mute", number)
            if len(letters_of(word)) < SHORTEST_MUTE and word.isascii():
                what = f'One letter ("{word}")' if word else "An empty word"
                todo = "Write a word or a phrase, or take it out."
                self._note(place, f"{what} mutes nothing.", todo, level="warning")
                continue
            for name, whose in _named_with(word, companies):
                what = f'"{word}" stands in a name of {whose} ({name}): all news with it is hidden.'
                todo = "Write a longer phrase, or take the company out of feeds.yaml."
                self._note(place, what, todo, level="warning")
            line = self._tree.place(place)[0]
            self._mutes.append(Mute(word, line, company, topic, feeds))

    def _address(self, entry: Any, path: YamlPath, company: Company | None) -> str:
        if sum(map(bool, (entry.url, entry.page, entry.search))) != 1:
            what = "A feed has one of `url`, `page` and `search`."
            self._note(path, what, "Write one of the three.")
            return ""
        if entry.search:
            return self._searched(entry.search, path, company)
        address: str = entry.url or entry.page
        if _looks_like_file(address):
            return str((self._root / Path(file_in(address)).expanduser()).resolve())
        if not self._check_address(address, path):
            return ""
        if holds_secret(address):
            self._note(
                path,
                f"{shown(address)} has a password or key in it, which is then in backups, too. "
                f"{KEEP_OUT}",
                KEEP_OUT,
                level="remark",
            )
        if not self._check_secrets(address.strip(), path):
            return ""
        if any(is_on(address.strip(), site) for site in WITHOUT_FEEDS):
            self._note(
                path,
                f"{site_of(address.strip())} has no feeds: a page there cannot be followed.",
                "Take it out; a company's own blog, or a news search, brings the same news.",
            )
            return ""
        return address

    def _check_secrets(self, address: str, path: YamlPath) -> bool:
        """Return whether what an address names may go to its host; say to which host it goes."""
        names = named_secrets.names_in(address)
        if why := named_secrets.mistake(address):
            self._note(path, f"This address {why}.", "Write another name, or take it out.")
            return False
        if names:
            openly = " unencrypted" if address.startswith("http:") else ""
            what = f"{' and '.join(names)} of your environment or keyring is sent{openly} to "
            what += f"{host_of(address)}."
            todo = "Take the address out if it is not you who wrote it."
            self._note(path, what, todo, level="remark")
        return True

    def _searched(self, name: str, path: YamlPath, company: Company | None) -> str:
        if company is None:
            self._note(path, "A topic cannot search; a company can.", "Write an address.")
            return ""
        named = {**searches.built_in(company, self._file.settings), **self._file.searches}
        template = named.get(name)
        if template is None:
            hint = did_you_mean(name, named, f"Known: {', '.join(named)}.")
            self._note(path, f'There is no search "{name}".', hint)
            return ""
        filled = str(template).replace("{query}", quote_plus(_query(company)))
        filled = filled.replace("{name}", quote_plus(company.name))
        return filled if self._check_secrets(filled, path) else ""

    def _check_address(self, address: str, path: YamlPath) -> bool:
        good = parts_of(address.strip()) is not None
        if not good:
            self._note(
                path,
                f'"{without_password(address)}" is not an address.',
                "It should begin with http:// or https:// and a name, or be a file.",
            )
        return good

    def _check_slug(self, slug: str, path: YamlPath) -> None:
        if not _SLUG.fullmatch(slug):
            fitting = re.sub(r"[^a-z0-9]+", "-", slug.casefold()).strip("-") or "acme"
            self._note(
                path,
                f'"{slug}" cannot be a short name: use only a-z, 0-9 and hyphens.',
                f'Write "{fitting}".',
            )


def _named_with(word: str, companies: Sequence[Company]) -> Iterator[tuple[str, str]]:
    """Yield the first name of each company in which a muted word stands, and the company's."""
    from pipeline.text.name_spellings import AnyOf, phrase

    muted = AnyOf([phrase(word)])
    for company in companies:
        names = (company.name, *company.aliases)
        yield from [(name, company.name) for name in names if muted.is_in(name)][:1]


def _are_hours(hours: tuple[int, ...]) -> bool:
    return len(hours) == 2 and 0 <= hours[0] < hours[1] <= 24


def _query(company: Company) -> str:
    """Return the names as a search engine takes them: without legal forms, quoted, joined with OR.

    Short aliases (a ticker, "GE") find more of other things than of the company.
    """
    from pipeline.text.company_forms import short_form

    names = [short_form(name) for name in (company.name, *company.aliases)]
    names = [name for at, name in enumerate(names) if not at or len(name) > 4]
    distinct = list(dict.fromkeys(names))[:LONGEST_QUERY_NAMES]
    return " OR ".join(f'"{name}"' for name in distinct)


def _looks_like_file(address: str) -> bool:
    """Return whether it is a path, not an address without its http:// (www.example.com/rss)."""
    if address.startswith(("file:", "/", "./", "../", "~", ".\\")):
        return True
    first = re.split(r"[/\\]", address, maxsplit=1)[0]
    if "://" in address or ":" in first[2:]:
        return False
    ending = address.rpartition(".")[2].casefold()
    return ("." not in first and first != address) or (
        first == address and ending in ("xml", "rss", "atom", "rdf", "json")
    )


def _clean(texts: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text.strip() for text in texts if text.strip()))
