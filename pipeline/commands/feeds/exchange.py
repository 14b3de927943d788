"""Lists of other feed readers: theirs into feeds.yaml, its feeds as such a list (OPML)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.commands.feeds.edit import read_feeds, write_feeds
from pipeline.commands.feeds.listed import owner_of
from pipeline.errors import NotFound
from pipeline.news import links, opml
from pipeline.records import Feed, Workspace
from pipeline.records.record import dataclass
from pipeline.steps.opening import read_workspace
from pipeline.store import database, news
from pipeline.store.database import looked_into, opened
from pipeline.store.lock import locked
from pipeline.text.company_forms import is_one_name
from pipeline.text.hosts import looks_public
from pipeline.text.urls import host_of, shown
from pipeline.workspace import edit
from pipeline.workspace.lookup import company_of, slug_of

if TYPE_CHECKING:
    from pipeline.news import opml

# Somebody else's list must not make this program look into the user's own network.
PRIVATE = "is on a private network; if it is yours, use `touchpoints feeds add`"
IMPORTED = "imported"  # the topic for feeds outside any folder


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
    workspace = read_workspace(root)
    try:
        with file.open("rb") as stream:
            body = stream.read(opml.LARGEST + 1)
    except OSError as error:
        raise NotFound(f"{file} cannot be read: {error.strerror}.") from error
    if len(body) > opml.LARGEST:
        raise NotFound(f"{file} is larger than {opml.LARGEST // 1_000_000} MB: it cannot be OPML.")
    outlines = opml.read(body)
    if outlines is None:
        raise NotFound(f"{file} is not OPML: it contains no outlines.")
    slug = company_of(workspace, company).slug if company else ""
    known = _Known(workspace.config.feeds)
    planned = _Known(())
    names: dict[str, str] = {}
    left_out: list[tuple[str, str]] = []
    for outline in outlines[: opml.MOST_FEEDS]:
        feed = _imported(outline, workspace, slug, topic)
        if not outline.address:
            left_out.append((outline.written, "is no web address"))
        elif known.covers(feed):
            left_out.append((outline.address, "is in feeds.yaml already"))
        elif planned.covers(feed):
            left_out.append((outline.address, "appears twice in the list"))
        elif not looks_public(host_of(outline.address)):
            left_out.append((outline.address, PRIVATE))
        else:
            planned.take(feed)
            names.setdefault(feed.address, outline.name)
    for outline in outlines[opml.MOST_FEEDS :]:
        why = f"and all that follow are beyond the first {opml.MOST_FEEDS:,} feeds"
        left_out.append((outline.address or outline.written, why))
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
        self._owners.setdefault(_key(feed.address), set()).add(owner_of(feed))

    def covers(self, feed: Feed) -> bool:
        """Return whether it is there for the same owner, or is a topic's that is read anyway."""
        owners = self._owners.get(_key(feed.address), set())
        return owner_of(feed) in owners or bool(owners and not feed.company)


def _key(address: str) -> str:
    """Return what is the same for two ways to write an address."""
    return links.canonical(address) or address


def _imported(outline: opml.Outline, workspace: Workspace, company: str, topic: str) -> Feed:
    if company or topic:
        return Feed(outline.address, company=company, topic=topic)
    folder = outline.folders[-1] if outline.folders else ""
    for known in workspace.config.companies:
        if folder.casefold() == known.slug or is_one_name(known.name, folder):
            return Feed(outline.address, company=known.slug)
    return Feed(outline.address, topic=slug_of(folder) or IMPORTED)


def import_feeds(root: Path, plan: ImportPlan) -> None:
    """Write what was planned into feeds.yaml, and remember that it is not the user who wrote it."""
    if plan.feeds:
        text = edit.add_feeds(read_feeds(root), root, plan.feeds)
        with locked(root), opened(root) as db, database.atomic(db):
            news.mark_listed(db, (feed.address for feed in plan.feeds))
            write_feeds(root, text)


def export(root: Path, at: datetime | None) -> tuple[str, tuple[str, ...]]:
    """Return the feeds as OPML, companies and topics as folders, and what could not go into it."""
    config = read_workspace(root).config
    with looked_into(root) as db:
        titles = {address: state.title for address, state in news.feed_states(db).items()}
    remarks: list[str] = []

    def outlines(feeds: Sequence[Feed]) -> Iterator[opml.Outline]:
        for feed in feeds:
            if "://" not in feed.address:
                remarks.append(f"{Path(feed.address).name} is a file: it is left out.")
                continue
            if feed.page:
                remarks.append(f"{shown(feed.address)} is a page, not a feed: it is left out.")
                continue
            address, is_less = opml.public(feed.address)
            if is_less:
                remarks.append(f"{address} is written without its name, password or key.")
            yield opml.Outline(address, titles.get(feed.address, ""))

    folders = [opml.Folder(item.name, tuple(outlines(item.feeds))) for item in config.companies]
    folders += [opml.Folder(item.slug, tuple(outlines(item.feeds))) for item in config.topics]
    return opml.write(folders, "Feeds of Touchpoints", at), tuple(dict.fromkeys(remarks))
