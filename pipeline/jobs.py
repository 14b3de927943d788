"""What the user asks for, or tells, between two runs: a function for each.

    rank, why_story                       the evidence
    read_digest, queue, touchpoint        what the last run made
    change, log_contact, undo             what the user did with it

Takes the workspace's folder and, where time matters, the clock. The daily job is `run.py`; both
share how a workspace is read, its lock held and its database opened.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from pipeline.errors import NotFound, RunInProgress, WorkspaceWrong
from pipeline.records import (
    Company,
    Contact,
    Digest,
    Feed,
    Frequencies,
    History,
    Interview,
    Match,
    State,
    Story,
    Touchpoint,
    Workspace,
)
from pipeline.store import database, files, history, news
from pipeline.touchpoints import lifecycle

# ---------------------------------------------------------------------------------- rank and why


def rank(root: Path, company: str, now: datetime) -> tuple[Match, ...]:
    """Return every story in the store with its score for that company's latest interview."""
    workspace = read_workspace(root)
    interview = _interview_of(workspace, company)
    with opened(root) as db:
        frequencies = news.frequencies(db) or Frequencies(0, {})
        day = start_of_day(workspace, now)
        stories = stories_of(db, workspace, None)
        (found,) = rank_for(db, workspace, [interview], stories, frequencies, day)
    return found


def why_story(root: Path, link: str, now: datetime) -> tuple[Match, ...]:
    """Return how the story of that address (or id) fits each interview.

    Raises NotFound when no stored article has the address.
    """
    from pipeline.news.links import canonical

    workspace = read_workspace(root)
    with opened(root) as db:
        wanted = {link, canonical(link)}
        stories = [story for story in stories_of(db, workspace, None) if _is_story(story, wanted)]
        if not stories:
            raise NotFound(f"No article with the address {link} has been read.")
        frequencies = news.frequencies(db) or Frequencies(0, {})
        day = start_of_day(workspace, now)
        ranked = rank_for(db, workspace, workspace.interviews, stories, frequencies, day)
        found = [match for matches in ranked for match in matches]
    return tuple(sorted(found, key=lambda match: (-match.score, match.interview)))


def _is_story(story: Story, wanted: set[str]) -> bool:
    return story.id in wanted or any(
        {article.id, article.link, article.canonical} & wanted
        for article in (story.lead, *story.others)
    )


def _interview_of(workspace: Workspace, slug: str) -> Interview:
    company_of(workspace, slug)
    found = [item for item in workspace.interviews if item.company == slug]
    if not found:
        raise NotFound(
            f"There are no notes of an interview with {slug}. Write data/notes/{slug}.md; "
            "`touchpoints init` shows how."
        )
    return max(found, key=lambda item: item.interviewed)


def rank_for(
    db: sqlite3.Connection,
    workspace: Workspace,
    interviews: Sequence[Interview],
    stories: Sequence[Story],
    frequencies: Frequencies,
    now: datetime,
) -> Iterator[tuple[Match, ...]]:
    """Give, for each interview, every story with how well it fits, the best first."""
    from pipeline.relevance.score import prepare, rank

    prepared = prepare(stories, frequencies)
    past = history.history(db)
    for interview in interviews:
        yield rank(
            interview,
            company_of(workspace, interview.company),
            workspace.profile,
            stories,
            frequencies,
            feeds=feeds_by_address(workspace),
            settings=workspace.config.settings.relevance,
            now=now,
            wrong_company=wrong_company(past, interview.company),
            prepared=prepared,
        )


def wrong_company(past: History, slug: str) -> frozenset[str]:
    """Return the stories of which the user said that they are about somebody else."""
    return frozenset(
        item.suggestion.story
        for item in past.touchpoints
        if item.status == "dismissed"
        and item.because == "wrong-company"
        and item.suggestion.company == slug
    )


def stories_of(
    db: sqlite3.Connection, workspace: Workspace, since: datetime | None
) -> tuple[Story, ...]:
    """Return the stored stories whose articles were published since then."""
    from pipeline.relevance.stories import group

    return group(
        news.articles(db, since),
        news.story_ids(db, since),
        own=frozenset(feed.address for feed in workspace.config.feeds if feed.own),
        used=history.stories_in_use(history.history(db).touchpoints),
    )


# ------------------------------------------------------------------------------ what was made


def read_digest(root: Path, day: date | None) -> Digest:
    """Return a past day's digest, or the newest; raise NotFound when there is none."""
    from pipeline.digest.data import from_json

    found = day or files.newest_digest(root)
    path = files.digest_path(root, found, "json") if found else None
    if path is None or not path.is_file():
        which = f"of {found.isoformat()}" if found else "yet"
        raise NotFound(f"There is no digest {which}. `touchpoints run` makes today's.")
    return from_json(path.read_text(encoding="utf-8"))


# ---------------------------------------------------------------------------- queue and history


def queue(root: Path) -> tuple[Touchpoint, ...]:
    """Return what is suggested or put off, by due date."""
    with opened(root) as db:
        found = [t for t in history.history(db).touchpoints if t.status in lifecycle.OPEN]
    return tuple(sorted(found, key=lambda item: (item.until or item.suggestion.due, item.id)))


def touchpoint(root: Path, number: int) -> Touchpoint:
    """Return one touchpoint; raise NotFound when there is none of that number."""
    with opened(root) as db:
        return _touchpoint(db, number)


def change(
    root: Path,
    number: int,
    status: State,
    now: datetime,
    *,
    because: str = "",
    until: datetime | None = None,
) -> Touchpoint:
    """Record what the user did with a suggestion; return it as it was before.

    Raises NotFound, or MoveNotAllowed when the lifecycle has no such move.
    """
    with locked(root), opened(root) as db, database.atomic(db):
        old = _touchpoint(db, number)
        lifecycle.check_move(old, status)
        contact = _contact_of(old, status, now)
        history.move(db, old, status, now, by="user", because=because, until=until, contact=contact)
    return old


def _contact_of(old: Touchpoint, status: State, now: datetime) -> Contact | None:
    if status not in ("sent", "answered"):
        return None
    what = old.suggestion
    return Contact(
        what.company,
        what.person,
        now,
        f"answer to {what.draft.subject!r}" if status == "answered" else what.draft.subject,
        answer=status == "answered",
        touchpoint=old.id,
    )


def log_contact(root: Path, contact: Contact, now: datetime) -> None:
    """Record a contact that happened elsewhere; raise NotFound for an unknown company."""
    company_of(read_workspace(root), contact.company)
    with locked(root), opened(root) as db, database.atomic(db):
        history.log(db, contact, now)


def undo(root: Path) -> str:
    """Take back the last thing the user recorded; return what it was, or ""."""
    with locked(root), opened(root) as db, database.atomic(db):
        return history.undo(db)


def _touchpoint(db: sqlite3.Connection, number: int) -> Touchpoint:
    found = history.touchpoint(db, number)
    if found is None:
        raise NotFound(f"There is no suggestion {number}. `touchpoints queue` lists them.")
    return found


# --------------------------------------------------------------------------------- what is shared


def read_workspace(root: Path) -> Workspace:
    """Return what the candidate wrote; raise WorkspaceWrong when feeds.yaml has mistakes."""
    from pipeline.workspace.read import read
    from pipeline.workspace.report import problems_text

    workspace = read(root)
    fatal = [p for p in workspace.problems if p.level == "error" and p.where == "feeds.yaml"]
    if fatal:
        raise WorkspaceWrong(problems_text(fatal))
    return workspace


def company_of(workspace: Workspace, slug: str) -> Company:
    """Return the company of that short name; raise NotFound, with the nearest one."""
    import difflib

    companies = {company.slug: company for company in workspace.config.companies}
    if slug in companies:
        return companies[slug]
    near = difflib.get_close_matches(slug.casefold(), companies, n=1)
    hint = f" Did you mean {near[0]}?" if near else f" There are: {', '.join(companies)}."
    raise NotFound(f"feeds.yaml has no company {slug!r}.{hint}")


def feeds_by_address(workspace: Workspace) -> dict[str, tuple[Feed, ...]]:
    """Return every address once, with all the companies and topics that it serves."""
    found: dict[str, tuple[Feed, ...]] = {}
    for feed in workspace.config.feeds:
        found[feed.address] = (*found.get(feed.address, ()), feed)
    return found


def start_of_day(workspace: Workspace, now: datetime) -> datetime:
    """Return midnight of that day in the user's time zone, in UTC: scores are of the day."""
    zone = ZoneInfo(workspace.config.settings.timezone or "UTC")
    return datetime.combine(now.astimezone(zone).date(), datetime.min.time(), zone).astimezone(UTC)


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """Hold the workspace's lock; raise RunInProgress when somebody else does."""
    from filelock import FileLock, Timeout

    path = root / "data" / ".lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(path, timeout=0):
            yield
    except Timeout as error:
        raise RunInProgress(
            f"Another run is at work in {root}. Wait until it has finished and try again."
        ) from error


@contextmanager
def opened(root: Path, *, in_memory: bool = False) -> Iterator[sqlite3.Connection]:
    """Open the workspace's database, or a copy of it in memory."""
    path = files.database_path(root)
    connection = database.connect(path) if not in_memory else database.copy_in_memory(path)
    try:
        with database.translated(path):
            yield connection
    finally:
        connection.close()
