"""What the user asks for to tune feeds.yaml: a function for each `feeds` command.

    preview, check, find       ask feeds now; nothing is stored
    stats                      what each feed has brought, from the store
    add, remove                change feeds.yaml
    import_plan, import_feeds  another reader's list into it
    export                     its feeds as such a list
    proposals, apply           what the feeds' own answers propose to change in it

Takes the workspace's folder and the clock; how a file is changed is in `workspace/edit.py`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pipeline.errors import CannotEdit, NotFound, WorkspaceMissing
from pipeline.jobs import (
    Scorer,
    company_of,
    feeds_by_address,
    learnt,
    note_lines,
    oldest,
    opened,
    read_workspace,
    valued,
)
from pipeline.lock import locked
from pipeline.records import (
    Article,
    Company,
    Feed,
    FeedState,
    Knowledge,
    Match,
    NewsSettings,
    Portrait,
    Reading,
    Story,
    Workspace,
)
from pipeline.store import database, files, news, statistics
from pipeline.workspace import edit
from pipeline.workspace.folder import FILE

if TYPE_CHECKING:
    from pipeline.news import opml
    from pipeline.news.changes import Change
    from pipeline.news.discover import Found
    from pipeline.relevance.companies import Names

Progress = Callable[[int, int], None]

# ------------------------------------------------------------ every number, and where it is from
AGELESS_DAYS = 100 * 366  # looking at a feed, all that it holds is of interest
RECENT_DAYS = 30  # a month of news, as `settings › news › at_most_days` has it
SILENT_DAYS = 60  # without an entry: quarterly blogs exist, but help nobody who waits for an answer
FRUITLESS_DAYS = 60  # without anything that fitted: as long as most waits for an answer
ENOUGH_ARTICLES = 20  # of which not one names the company: then it is no feed about it
IMPORTED = "imported"  # the topic for feeds that stand in no folder


# ---------------------------------------------------------------------------- looking at feeds


def preview(
    root: Path | None, sources: Sequence[str], now: datetime
) -> Iterator[tuple[str, Reading, Mapping[str, tuple[Match, ...]]]]:
    """Give for each address or file what it holds, and each article's matches by its id.

    Without a workspace, or one without interviews, there are no matches.
    """
    from pipeline.news.read import preview as look

    workspace = _workspace_or_none(root)
    settings = workspace.config.settings if workspace else None
    readings = [
        look(
            source,
            settings.news if settings else NewsSettings(),
            contact=settings.contact if settings else "",
            now=now,
        )
        for source in sources
    ]
    found = _scored(workspace, readings, now) if workspace and workspace.interviews else {}
    for source, reading in zip(sources, readings, strict=True):
        yield source, reading, {a.id: found[a.id] for a in reading.articles if a.id in found}


def _workspace_or_none(root: Path | None) -> Workspace | None:
    from pipeline.workspace.read import read

    if root is None:
        return None
    try:
        return read(root)
    except WorkspaceMissing:
        return None


def _scored(
    workspace: Workspace, readings: Sequence[Reading], now: datetime
) -> dict[str, tuple[Match, ...]]:
    """Return the matches of each article, as a run would make them were the feed listed."""
    articles = [article for reading in readings for article in reading.articles]
    if not articles:
        return {}
    workspace = _listing(workspace, [reading.state.address for reading in readings])
    since = oldest(workspace, now)
    with _looked_into(Path(workspace.root)) as db:
        knowledge = _knowledge(db, workspace, articles, now)
        scorer = Scorer(db, workspace, workspace.interviews, knowledge)
        taste = learnt(db)
        found = {}
        for article in articles:
            matches = valued(workspace, scorer.matches(Story(article.id, article)), taste, now)
            found[article.id] = tuple(
                match if article.published >= since else _too_old(match) for match in matches
            )
        return found


def _too_old(match: Match) -> Match:
    return replace(match, shown=False, reason="too old to send") if match.shown else match


def _listing(workspace: Workspace, addresses: Sequence[str]) -> Workspace:
    """Return the workspace with these feeds listed for the company on whose website they are."""
    known = feeds_by_address(workspace)
    new = [address for address in addresses if address not in known]

    def listed(company: Company) -> Company:
        own = (Feed(a, company=company.slug, own=True) for a in new if _is_on(company, a))
        return replace(company, feeds=(*company.feeds, *own))

    companies = tuple(map(listed, workspace.config.companies))
    return replace(workspace, config=replace(workspace.config, companies=companies))


def _is_on(company: Company, address: str) -> bool:
    host = (urlsplit(address).hostname or "") if "://" in address else ""
    website = company.website
    return bool(website) and (host == website or host.endswith(f".{website}"))


def _knowledge(
    db: sqlite3.Connection, workspace: Workspace, articles: Sequence[Article], now: datetime
) -> Knowledge:
    """Return what the stored news teach; before the first run, what these articles do."""
    from pipeline.relevance.study import is_complete, study

    learnt_before = news.knowledge(db)
    lines = note_lines(workspace)
    if learnt_before and is_complete(learnt_before, workspace.config.companies, lines):
        return learnt_before
    newest = sorted(articles, key=lambda article: (article.published, article.id), reverse=True)
    return study(
        lambda: chain(() if learnt_before else newest, news.newest_articles(db)),
        workspace.config.companies,
        lines,
        now,
        learnt_before,
    )


@contextmanager
def _looked_into(root: Path) -> Iterator[sqlite3.Connection]:
    """Open the database to read; where there is none yet, none is made."""
    with opened(root, in_memory=not files.database_path(root).exists()) as db:
        yield db


@dataclass(frozen=True, slots=True)
class Health:
    """What became of asking one feed of feeds.yaml."""

    feed: Feed  # the first that has the address
    reading: Reading
    per_day: float | None  # entries; None: fewer than two have a date
    newest: datetime | None
    about: int | None  # entries about the company; None: a topic's feed
    wrong: str = ""  # a sentence
    todo: str = ""

    @property
    def broken(self) -> bool:
        """Tell whether it gives nothing at all."""
        return self.reading.outcome == "failed"


def check(
    root: Path, asked: Sequence[str], now: datetime, progress: Progress | None = None
) -> tuple[Health, ...]:
    """Ask the feeds of feeds.yaml now, or those named; nothing is stored.

    Raises NotFound for one that is not in feeds.yaml.
    """
    from pipeline.news.read import read_feeds

    workspace = read_workspace(root)
    settings = workspace.config.settings
    wanted = _named(workspace, asked) if asked else feeds_by_address(workspace)
    readings = read_feeds(
        [FeedState(address) for address in wanted],
        replace(settings.news, at_most_days=AGELESS_DAYS),
        contact=settings.contact,
        now=now,
        progress=progress,
    )
    with _looked_into(root) as db:
        portraits = {p.company: p for p in (news.knowledge(db) or Knowledge()).portraits}
    told = _Told(workspace, portraits)
    return tuple(
        _health(feeds, reading, told, now)
        for feeds, reading in zip(wanted.values(), readings, strict=True)
    )


def _named(workspace: Workspace, asked: Sequence[str]) -> dict[str, tuple[Feed, ...]]:
    found: dict[str, tuple[Feed, ...]] = {}
    for name in asked:
        fitting = {
            address: feeds
            for address, feeds in feeds_by_address(workspace).items()
            if any(_is_named(feed, name) for feed in feeds)
        }
        if not fitting:
            raise NotFound(f"{_shown(name)} is not in feeds.yaml. {_near(workspace, name)}")
        found |= fitting
    return found


def _is_named(feed: Feed, name: str) -> bool:
    """Tell whether a user means this feed: its address, as shown or nearly, its search, its file"""
    from pipeline.news import links

    if name in (feed.address, links.display(feed.address), feed.search):
        return bool(name)
    if "://" in feed.address:
        canonical = links.canonical(name)
        return bool(canonical) and canonical == links.canonical(feed.address)
    return "://" not in name and str(Path(name).expanduser().resolve()) == feed.address


def _near(workspace: Workspace, name: str) -> str:
    import difflib

    shown = [_shown(feed.address) for feed in workspace.config.feeds]
    near = difflib.get_close_matches(name, shown, n=1)
    return f"Did you mean {near[0]}?" if near else "`touchpoints feeds stats` lists them."


def _shown(address: str) -> str:
    from pipeline.news import links

    return links.display(address)


class _Told:
    """Tells which articles are about the company for which their feed is listed."""

    def __init__(self, workspace: Workspace, portraits: Mapping[str, Portrait]) -> None:
        self._companies = {company.slug: company for company in workspace.config.companies}
        self._portraits = portraits
        self._names: dict[str, Names] = {}

    def about(self, article: Article, feeds: Sequence[Feed]) -> bool:
        """Tell whether an article is about a company for which one of these feeds is listed."""
        return any(feed.company and self._is_about(article, feed) for feed in feeds)

    def _is_about(self, article: Article, feed: Feed) -> bool:
        from pipeline.relevance import companies
        from pipeline.relevance.terms import words_of

        if feed.own or _is_on(self._companies[feed.company], article.link):
            return True
        if feed.company not in self._names:
            portrait = self._portraits.get(feed.company)
            usage = portrait.usage if portrait else ()
            self._names[feed.company] = companies.prepare(self._companies[feed.company], usage)
        names = self._names[feed.company]
        if not companies.is_named(names, article):
            return False
        words = frozenset(words_of(companies.text_of(article)))
        story = Story(article.id, article)
        return companies.find(names, story, words, listed=1.0, own=False).about == "about"


def _health(feeds: Sequence[Feed], reading: Reading, told: _Told, now: datetime) -> Health:
    dated = sorted(a.published for a in reading.articles if a.dated == "feed")
    per_day = None
    if len(dated) > 1:
        days = max((dated[-1] - dated[0]) / timedelta(days=1), 1.0)
        per_day = len(dated) / days
    companies = [feed for feed in feeds if feed.company]
    about = sum(told.about(article, feeds) for article in reading.articles) if companies else None
    newest = dated[-1] if dated else None
    wrong, todo = _wrong(feeds, reading, newest, about, now)
    return Health((companies or list(feeds))[0], reading, per_day, newest, about, wrong, todo)


def _wrong(
    feeds: Sequence[Feed],
    reading: Reading,
    newest: datetime | None,
    about: int | None,
    now: datetime,
) -> tuple[str, str]:
    """Return what is wrong with a feed, and what to do about it; empty when all is well."""
    address = _shown(feeds[0].address)
    if reading.outcome == "failed":
        problem = next(iter(reading.problems), None)
        what = problem.what if problem else "It could not be reached; your network may be down."
        todo = problem.todo if problem else "Check the connection, then ask again."
        if "web page" in what:
            todo = f"`touchpoints feeds find {address}` looks for the site's feed."
        return what, todo
    if reading.state.moved_to:
        to = _shown(reading.state.moved_to)
        return f"It says that it has moved to {to}.", "`touchpoints feeds update` follows it."
    count = len(reading.articles)
    if not count:
        return "It holds no entries.", "Wait some days; if none comes, look for another feed."
    if newest and (now - newest).days > SILENT_DAYS:
        days = (now - newest).days
        return (
            f"Its newest entry is {days:,} days old.",
            "Look on the site whether there is a newer feed; `touchpoints feeds find` helps.",
        )
    if about == 0 and count >= ENOUGH_ARTICLES:
        return (
            f"None of its {count} entries is about the company.",
            "List it under a topic, or name the company's other names under `aliases`.",
        )
    return "", ""


def find(root: Path | None, site: str, now: datetime) -> tuple[Found, tuple[Feed, ...]]:
    """Return the feeds of a site, and those of feeds.yaml."""
    from pipeline.news.discover import find as discover

    workspace = _workspace_or_none(root)
    settings = workspace.config.settings if workspace else None
    found = discover(
        site,
        settings.news if settings else NewsSettings(),
        contact=settings.contact if settings else "",
        now=now,
    )
    return found, workspace.config.feeds if workspace else ()


def owner_of(root: Path | None, address: str) -> str:
    """Return the company whose website an address is on, or ""."""
    workspace = _workspace_or_none(root)
    companies = workspace.config.companies if workspace else ()
    return next((company.slug for company in companies if _is_on(company, address)), "")


# ------------------------------------------------------------------------------ what they brought


@dataclass(frozen=True, slots=True)
class Worth:
    """What one feed has brought so far, and whether it earns its place."""

    address: str
    feeds: tuple[Feed, ...]  # its places in feeds.yaml; empty: it is there no more
    title: str
    figures: statistics.Figures
    about: int | None  # articles about the company; None: a topic's feed
    hint: str = ""


def stats(root: Path, now: datetime) -> tuple[tuple[Worth, ...], statistics.Figures]:
    """Return what each feed has brought, in the order of feeds.yaml, and all together."""
    workspace = read_workspace(root)
    owners = feeds_by_address(workspace)
    since = now - timedelta(days=RECENT_DAYS)
    with _looked_into(root) as db:
        states = news.feed_states(db)
        figures = statistics.figures(db, since)
        together = statistics.total(db, since)
        portraits = {p.company: p for p in (news.knowledge(db) or Knowledge()).portraits}
        told = _Told(workspace, portraits)
        about = dict.fromkeys((a for a, fs in owners.items() if any(f.company for f in fs)), 0)
        for article in news.newest_articles(db):
            if article.feed in about and told.about(article, owners[article.feed]):
                about[article.feed] += 1
    former = sorted(address for address in figures if address not in owners)
    return tuple(
        _worth(
            owners.get(address, ()),
            states.get(address) or FeedState(address),
            figures.get(address) or statistics.Figures(),
            about.get(address),
            now,
        )
        for address in (*owners, *former)
    ), together


def _worth(
    feeds: tuple[Feed, ...],
    state: FeedState,
    figures: statistics.Figures,
    about: int | None,
    now: datetime,
) -> Worth:
    hint = _hint(feeds, state, figures, about, now)
    return Worth(state.address, feeds, state.title, figures, about, hint)


def _hint(
    feeds: Sequence[Feed],
    state: FeedState,
    figures: statistics.Figures,
    about: int | None,
    now: datetime,
) -> str:
    """Return why a feed may not earn its place, in a few words; empty when it may."""

    def days(since: datetime) -> int:
        return (now - since).days

    if not feeds:
        return "no longer in feeds.yaml"
    if state.checked is None:
        return "not read yet: `touchpoints run` reads it"
    if state.failing_since:
        return f"fails since {state.failing_since.date().isoformat()}"
    if figures.newest is None:
        return "has brought nothing so far"
    if days(figures.newest) > SILENT_DAYS:
        return f"silent for {days(figures.newest)} days"
    if about == 0 and figures.articles >= ENOUGH_ARTICLES:
        return "never about the company"
    is_old = figures.first_seen is not None and days(figures.first_seen) >= FRUITLESS_DAYS
    last = figures.last_suggested
    if is_old and not figures.fits and (last is None or days(last) >= FRUITLESS_DAYS):
        return f"nothing fitted in {FRUITLESS_DAYS} days"
    return ""


# ---------------------------------------------------------------------------- changing feeds.yaml


def read_feeds(root: Path) -> str:
    """Return the text of feeds.yaml, line ends and all, to be changed."""
    path = root / FILE
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CannotEdit(
            "feeds.yaml is not in UTF-8, so that the program doesn't change it: save it as UTF-8."
        ) from error
    except OSError as error:
        raise WorkspaceMissing(f"{path} cannot be read: {error.strerror}.") from error


def write_feeds(root: Path, text: str) -> None:
    """Write feeds.yaml whole; where it is a link, the file that it leads to."""
    path = (root / FILE).resolve()
    begins_with_mark = path.read_bytes().startswith(b"\xef\xbb\xbf")
    files.write_whole(path, f"\ufeff{text}" if begins_with_mark else text)


def address_of(written: str) -> str:
    """Return the address or the file's path that the user means."""
    text = written.strip()
    if "://" in text:
        return text
    path = Path(text).expanduser().resolve()
    if path.is_file():
        return str(path)
    raise NotFound(
        f'"{text}" is neither a web address (it would begin with https://) nor a file here. '
        f"`touchpoints feeds find {text}` looks for a site's feeds."
    )


def add(root: Path, feed: Feed) -> str:
    """Add a feed to its company or topic; return the line that was written.

    "" when it is there already. Raises NotFound for an unknown company, CannotEdit when the file
    cannot be changed without harm.
    """
    workspace = read_workspace(root)
    if feed.company:
        feed = replace(feed, company=company_of(workspace, feed.company).slug)
    same = (one for one in workspace.config.feeds if _owner(one) == _owner(feed))
    if any(_is_named(one, feed.address) for one in same):
        return ""
    write_feeds(root, edit.add_feeds(read_feeds(root), root, [feed]))
    return edit.line_of(feed, root)


def _owner(feed: Feed) -> tuple[str, str]:
    return feed.company, feed.topic


@dataclass(frozen=True, slots=True)
class Removed:
    """A feed that was taken out of feeds.yaml, and what it leaves behind."""

    feed: Feed
    articles: int  # stored; they stay until they are old
    left: int  # feeds of the same company or topic


def remove(root: Path, name: str, company: str = "", topic: str = "") -> tuple[Removed, ...]:
    """Take a feed out of feeds.yaml, wherever it stands or for one owner only.

    Raises NotFound when it stands nowhere.
    """
    workspace = read_workspace(root)
    slug = company_of(workspace, company).slug if company else ""
    places = {
        where: feed
        for where, feed in edit.feeds_in(workspace.config)
        if _is_named(feed, name)
        and (not slug or feed.company == slug)
        and (not topic or feed.topic == topic)
    }
    if not places:
        for_whom = f" for {company or topic}" if company or topic else ""
        raise NotFound(f"{_shown(name)} is not in feeds.yaml{for_whom}. {_near(workspace, name)}")
    write_feeds(root, edit.remove_feeds(read_feeds(root), root, list(places)))
    with _looked_into(root) as db:
        figures = statistics.figures(db, datetime.fromisoformat("0001-01-01T00:00:00+00:00"))
    kept = [f for where, f in edit.feeds_in(workspace.config) if where not in places]
    return tuple(
        Removed(
            feed,
            figures[feed.address].articles if feed.address in figures else 0,
            sum(_owner(other) == _owner(feed) for other in kept),
        )
        for feed in places.values()
    )


# ------------------------------------------------------------------------------------------- OPML


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import will do."""

    feeds: tuple[Feed, ...]
    names: Mapping[str, str]  # of each address, as the list has it
    left_out: tuple[tuple[str, str], ...]  # address, and why


def import_plan(root: Path, file: Path, company: str = "", topic: str = "") -> ImportPlan:
    """Return what an OPML file would add: each folder as a topic, or all to one owner.

    A folder with a company's name, or short name, goes to that company.
    """
    from pipeline.news import opml

    workspace = read_workspace(root)
    try:
        with file.open("rb") as stream:
            body = stream.read(opml.LARGEST + 1)
    except OSError as error:
        raise NotFound(f"{file} cannot be read: {error.strerror}.") from error
    if len(body) > opml.LARGEST:
        raise NotFound(f"{file} is larger than {opml.LARGEST // 1_000_000} MB: that is no OPML.")
    outlines = opml.read(body)
    if outlines is None:
        raise NotFound(f"{file} is no OPML: no outline stands in it.")
    slug = company_of(workspace, company).slug if company else ""
    known = _Known(workspace.config.feeds)
    planned = _Known(())
    names: dict[str, str] = {}
    left_out: list[tuple[str, str]] = []
    for outline in outlines:
        feed = _imported(outline, workspace, slug, topic)
        if not outline.address:
            left_out.append((outline.written, "is no web address"))
        elif known.covers(feed):
            left_out.append((outline.address, "is in feeds.yaml already"))
        elif planned.covers(feed):
            left_out.append((outline.address, "stands twice in the list"))
        else:
            planned.take(feed)
            names.setdefault(feed.address, outline.name)
    return ImportPlan(tuple(planned.feeds), names, tuple(left_out))


class _Known:
    """Feeds, to be asked whether another one brings anything beside them."""

    def __init__(self, feeds: Sequence[Feed]) -> None:
        self.feeds: list[Feed] = []
        self._owners: dict[str, set[tuple[str, str]]] = {}
        for feed in feeds:
            self.take(feed)

    def take(self, feed: Feed) -> None:
        """Add a feed."""
        self.feeds.append(feed)
        self._owners.setdefault(_key(feed.address), set()).add(_owner(feed))

    def covers(self, feed: Feed) -> bool:
        """Tell whether it is there for the same owner, or is a topic's that is read anyway."""
        owners = self._owners.get(_key(feed.address), set())
        return _owner(feed) in owners or bool(owners and not feed.company)


def _key(address: str) -> str:
    """Return what is the same for two ways to write an address."""
    from pipeline.news import links

    return links.canonical(address) or address


def _imported(outline: opml.Outline, workspace: Workspace, company: str, topic: str) -> Feed:
    if company or topic:
        return Feed(outline.address, company=company, topic=topic)
    folder = outline.folders[-1] if outline.folders else ""
    for known in workspace.config.companies:
        if folder.casefold() in (known.slug, known.name.casefold()):
            return Feed(outline.address, company=known.slug)
    return Feed(outline.address, topic=slug_of(folder) or IMPORTED)


def slug_of(name: str) -> str:
    """Return a name as a short name: small letters, digits and hyphens; "" if none is left."""
    import re
    import unicodedata

    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def import_feeds(root: Path, plan: ImportPlan) -> None:
    """Write what was planned into feeds.yaml."""
    if plan.feeds:
        write_feeds(root, edit.add_feeds(read_feeds(root), root, plan.feeds))


def export(root: Path, at: datetime | None) -> tuple[str, tuple[str, ...]]:
    """Return the feeds as OPML, companies and topics as folders, and what could not go into it."""
    from pipeline.news import opml

    config = read_workspace(root).config
    with _looked_into(root) as db:
        titles = {address: state.title for address, state in news.feed_states(db).items()}
    remarks: list[str] = []

    def outlines(feeds: Sequence[Feed]) -> Iterator[opml.Outline]:
        for feed in feeds:
            if "://" not in feed.address:
                remarks.append(f"{Path(feed.address).name} is a file: it is left out.")
                continue
            address, is_less = opml.public(feed.address)
            if is_less:
                remarks.append(f"{address} is written without its name, password or key.")
            yield opml.Outline(address, titles.get(feed.address, ""))

    folders = [opml.Folder(item.name, tuple(outlines(item.feeds))) for item in config.companies]
    folders += [opml.Folder(item.slug, tuple(outlines(item.feeds))) for item in config.topics]
    return opml.write(folders, "Feeds of Touchpoints", at), tuple(dict.fromkeys(remarks))


# ---------------------------------------------------------------------------- proposed changes


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change of feeds.yaml that a feed's own answers ask for, and where it would be made."""

    change: Change
    places: tuple[edit.Where, ...]  # empty: a named search, whose template is yours to change
    search: str = ""
    to: str = ""  # the new address, with the name and password of the old one


def proposals(root: Path) -> tuple[Proposal, ...]:
    """Return what the feeds' answers of the last runs propose to change in feeds.yaml."""
    from pipeline.news.changes import proposed_changes

    workspace = read_workspace(root)
    with _looked_into(root) as db:
        states = news.feed_states(db)
    found = []
    for change in proposed_changes(
        states[address] for address in feeds_by_address(workspace) if address in states
    ):
        at = [(w, f) for w, f in edit.feeds_in(workspace.config) if f.address == change.address]
        written = tuple(where for where, feed in at if not feed.search)
        search = next((feed.search for _, feed in at if feed.search), "")
        found.append(Proposal(change, written, search, _with_password(change)))
    return tuple(found)


def _with_password(change: Change) -> str:
    """Return the new address; name and password go along to the same host only."""
    old, new = urlsplit(change.address), urlsplit(change.to)
    secret = old.netloc.rpartition("@")[0]
    if secret and old.hostname == new.hostname and "@" not in new.netloc:
        return new._replace(netloc=f"{secret}@{new.netloc}").geturl()
    return change.to


def apply(root: Path, wanted: Sequence[Proposal]) -> None:
    """Make these changes in feeds.yaml, and let what is stored follow a feed that has moved."""
    listed = {(w[:2], f.address) for w, f in edit.feeds_in(read_workspace(root).config)}
    moves: dict[edit.Where, str] = {}
    gone: list[edit.Where] = []
    for item in wanted:
        for place in item.places:
            # An address that stands there already under its new name would stand there twice.
            if item.change.kind == "moved" and (place[:2], item.to) not in listed:
                moves[place] = item.to
            else:
                gone.append(place)
    text = read_feeds(root)
    if moves:
        text = edit.move_feeds(text, root, moves)
    if gone:
        text = edit.remove_feeds(text, root, gone)
    with locked(root), opened(root) as db, database.atomic(db):
        for item in wanted:
            if item.change.kind == "moved" and item.places:
                news.rename_feed(db, item.change.address, item.to)
        write_feeds(root, text)
