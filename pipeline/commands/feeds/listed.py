"""Which feed of feeds.yaml is meant, and whose it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from pipeline.errors import NotFound
from pipeline.news import links
from pipeline.records import Feed, Workspace
from pipeline.text import urls
from pipeline.workspace.lookup import feeds_by_address

# A search as its line in feeds.yaml has it: "- {search: google, weight: 2}".
_SEARCH = re.compile(r"\s*-?\s*\{?\s*search\s*:\s*[\"']?(?P<name>[^,\"'{}]+).*")


def named(workspace: Workspace, asked: Sequence[str]) -> dict[str, tuple[Feed, ...]]:
    """Return the feeds that the user names, by address; raise NotFound, with the nearest."""
    found: dict[str, tuple[Feed, ...]] = {}
    for name in asked:
        fitting = {
            address: feeds
            for address, feeds in feeds_by_address(workspace).items()
            if any(is_named(feed, name) for feed in feeds)
        }
        if not fitting:
            raise NotFound(f"{urls.shown(name)} is not in feeds.yaml. {near(workspace, name)}")
        found |= fitting
    return found


def is_named(feed: Feed, name: str) -> bool:
    """Return whether a user means this feed: by address (as shown or nearly), search, file.

    A search may be called as it is written in feeds.yaml: "search: google".
    """
    if search := _SEARCH.fullmatch(name):
        return search["name"].strip() == feed.search
    if name in (feed.address, urls.shown(feed.address), feed.search):
        return bool(name)
    if "://" in feed.address:
        canonical = links.canonical(name)
        return bool(canonical) and canonical == links.canonical(feed.address)
    return "://" not in name and str(Path(name).expanduser().resolve()) == feed.address


def near(workspace: Workspace, name: str) -> str:
    """Return a sentence that helps somebody who named a feed that is not there."""
    from pipeline.text.spelling import did_you_mean

    listed = (urls.shown(feed.address) for feed in workspace.config.feeds)
    return did_you_mean(name, listed, "`touchpoints feeds stats` lists them.", form="{}")


def owner_of(feed: Feed) -> tuple[str, str]:
    """Return the company or the topic for which a feed is listed."""
    return feed.company, feed.topic
