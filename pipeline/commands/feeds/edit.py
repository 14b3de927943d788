"""Changes to feeds.yaml that the user asks for: a feed added or removed.

How the text is changed without harm is in `workspace/edit.py`; here it is read and written whole.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from pipeline.commands.feeds.listed import is_named, near, owner_of
from pipeline.errors import CannotEdit, NotFound, WorkspaceMissing
from pipeline.records import Feed, Mute, Workspace
from pipeline.records.record import dataclass
from pipeline.relevance.mutes import hides
from pipeline.steps.opening import read_workspace
from pipeline.store import database, files, news, statistics
from pipeline.store.database import looked_into, opened
from pipeline.store.lock import locked
from pipeline.text.urls import shown
from pipeline.workspace import edit
from pipeline.workspace.folder import FILE
from pipeline.workspace.lookup import company_of
from pipeline.workspace.tree import YamlPath

MUTED_DAYS = 30  # of articles in which a muted word is looked for: a month shows whether it serves


@dataclass(frozen=True, slots=True)
class Scope:
    """For what a word is muted: one of these, or all."""

    company: str = ""
    topic: str = ""
    feed: str = ""


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
    same = (one for one in workspace.config.feeds if owner_of(one) == owner_of(feed))
    if any(is_named(one, feed.address) for one in same):
        return ""
    write_feeds(root, edit.add_feeds(read_feeds(root), root, [feed]))
    if files.database_path(root).exists():
        with locked(root), opened(root) as db, database.atomic(db):
            news.mark_typed(db, feed.address)
    return edit.line_of(feed, root)


@dataclass(frozen=True, slots=True)
class Muted:
    """A muted word, and how many of the stored articles of the last weeks hold it."""

    mute: Mute
    articles: int


def mute(root: Path, word: str, scope: Scope) -> bool:
    """Mute a word; return False where it is muted there already."""
    workspace = read_workspace(root)
    owners = _owners(workspace, scope)
    mutes = [one for one in workspace.config.mutes if _is_of(one, workspace, scope)]
    if any(edit.same_word(one.word) == edit.same_word(word) for one in mutes):
        return False
    text = read_feeds(root)
    for owner in owners:
        text = edit.mute(text, root, owner, " ".join(word.split()))
    write_feeds(root, text)
    return True


def unmute(root: Path, word: str, scope: Scope) -> None:
    """Take a muted word out. Raises NotFound where it is not muted there."""
    workspace = read_workspace(root)
    owners = _owners(workspace, scope)
    mutes = [one for one in workspace.config.mutes if _is_of(one, workspace, scope)]
    if not any(edit.same_word(one.word) == edit.same_word(word) for one in mutes):
        raise NotFound(f'"{word}" is not muted there. `touchpoints feeds mute --list` lists all.')
    text = read_feeds(root)
    for owner in owners:
        text = edit.unmute(text, root, owner, word)
    write_feeds(root, text)


def muted(root: Path, now: datetime) -> tuple[Muted, ...]:
    """Return every muted word with how much it stands in."""
    workspace = read_workspace(root)
    if not workspace.config.mutes:
        return ()
    with looked_into(root) as db:
        articles = tuple(news.articles_since(db, now - timedelta(days=MUTED_DAYS)))
    return tuple(
        Muted(
            one,
            sum(hides(one, item) for item in articles if not one.feeds or item.feed in one.feeds),
        )
        for one in workspace.config.mutes
    )


def _owners(workspace: Workspace, scope: Scope) -> list[YamlPath]:
    """Return where in the file the words of a company, a topic, a feed or all stand."""
    if scope.company:
        return [("companies", company_of(workspace, scope.company).slug)]
    if scope.topic:
        if all(topic.slug != scope.topic for topic in workspace.config.topics):
            raise NotFound(f"There is no topic {scope.topic} in feeds.yaml.")
        return [("topics", scope.topic)]
    if not scope.feed:
        return [()]
    places = [
        (kind, slug, "feeds", number)
        for (kind, slug, number), feed in edit.feeds_in(workspace.config)
        if is_named(feed, scope.feed)
    ]
    if not places:
        raise NotFound(f"{shown(scope.feed)} is not in feeds.yaml. {near(workspace, scope.feed)}")
    return list(places)


def _is_of(one: Mute, workspace: Workspace, scope: Scope) -> bool:
    """Return whether a word is muted for just that company, topic, feed or all."""
    if scope.feed:
        listed = (feed for feed in workspace.config.feeds if is_named(feed, scope.feed))
        return len(one.feeds) == 1 and one.feeds[0] in {feed.address for feed in listed}
    if scope.topic:
        return one.topic == scope.topic
    company = company_of(workspace, scope.company).slug if scope.company else ""
    return one.company == company and not one.feeds


@dataclass(frozen=True, slots=True)
class Removed:
    """A feed that was taken out of feeds.yaml, and what it leaves behind."""

    feed: Feed
    articles: int  # stored; they stay until they are old
    left: int  # feeds of the same company or topic


def remove(root: Path, name: str, company: str = "", topic: str = "") -> tuple[Removed, ...]:
    """Take a feed out of feeds.yaml, wherever it is listed or for one owner only.

    Raises NotFound when it is not listed.
    """
    workspace = read_workspace(root)
    slug = company_of(workspace, company).slug if company else ""
    places = {
        where: feed
        for where, feed in edit.feeds_in(workspace.config)
        if is_named(feed, name)
        and (not slug or feed.company == slug)
        and (not topic or feed.topic == topic)
    }
    if not places:
        for_whom = f" for {company or topic}" if company or topic else ""
        raise NotFound(f"{shown(name)} is not in feeds.yaml{for_whom}. {near(workspace, name)}")
    write_feeds(root, edit.remove_feeds(read_feeds(root), root, list(places)))
    with looked_into(root) as db:
        figures = statistics.figures(db, datetime.fromisoformat("0001-01-01T00:00:00+00:00"))
    kept = [f for where, f in edit.feeds_in(workspace.config) if where not in places]
    return tuple(
        Removed(
            feed,
            figures[feed.address].articles if feed.address in figures else 0,
            sum(owner_of(other) == owner_of(feed) for other in kept),
        )
        for feed in places.values()
    )
