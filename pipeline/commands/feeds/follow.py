"""Feeds that moved or ended: what their responses propose to change in feeds.yaml; doing it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pipeline.commands.feeds.edit import read_feeds, write_feeds
from pipeline.news.address_changes import proposed_changes
from pipeline.records.record import dataclass
from pipeline.steps.opening import read_workspace
from pipeline.store import database, news
from pipeline.store.database import looked_into, opened
from pipeline.store.lock import locked
from pipeline.workspace import edit
from pipeline.workspace.lookup import feeds_by_address

if TYPE_CHECKING:
    from pipeline.news.address_changes import Change


@dataclass(frozen=True, slots=True)
class FeedUpdate:
    """A change of feeds.yaml that a feed's own answers ask for, and where it would be made."""

    change: Change
    places: tuple[edit.Where, ...]  # empty: a named search, whose template is yours to change
    search: str = ""
    to: str = ""  # the new address, with the name and password of the old one


def proposals(root: Path) -> tuple[FeedUpdate, ...]:
    """Return what the feeds' answers of the last runs propose to change in feeds.yaml."""
    workspace = read_workspace(root)
    with looked_into(root) as db:
        states = news.feed_states(db)
    found = []
    for change in proposed_changes(
        states[address] for address in feeds_by_address(workspace) if address in states
    ):
        at = [(w, f) for w, f in edit.feeds_in(workspace.config) if f.address == change.address]
        written = tuple(where for where, feed in at if not feed.search)
        search = next((feed.search for _, feed in at if feed.search), "")
        found.append(FeedUpdate(change, written, search, _with_password(change)))
    return tuple(found)


def _with_password(change: Change) -> str:
    """Return the new address; name and password go along to the same host only."""
    old, new = urlsplit(change.address), urlsplit(change.to)
    secret = old.netloc.rpartition("@")[0]
    if secret and old.hostname == new.hostname and "@" not in new.netloc:
        return new._replace(netloc=f"{secret}@{new.netloc}").geturl()
    return change.to


def apply(root: Path, wanted: Sequence[FeedUpdate]) -> None:
    """Make these changes in feeds.yaml, and let what is stored follow a feed that has moved."""
    listed = {(w[:2], f.address) for w, f in edit.feeds_in(read_workspace(root).config)}
    moves: dict[edit.Where, str] = {}
    gone: list[edit.Where] = []
    for item in wanted:
        for place in item.places:
            # An address that is listed already under its new name would be listed twice.
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
