"""What the user asks for, or tells, between two runs: a function for each.

    rank, why_story                       the evidence
    lessons, forget_lesson                what the answers taught
    read_digest, queue, touchpoint        what the last run made
    farewells                             a last note, after a rejection
    plan_now, happened                    what is held back at this moment; what was, so far
    due, unanswered                       what is to be answered now
    answer, change, log_contact,          what the user did with it
    release, undo
    keep_schedule, scheduled_since        since when it runs by itself

Takes the workspace's folder and, where time matters, the clock. The daily job is `run.py`; both
share how a workspace is read and its database opened.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from pipeline import __version__
from pipeline.errors import ChangedMeanwhile, NotFound, WorkspaceWrong
from pipeline.lock import locked
from pipeline.records import (
    Company,
    Contact,
    Digest,
    Draft,
    Feed,
    History,
    Hold,
    Interview,
    Knowledge,
    Lesson,
    Match,
    Move,
    NoteLine,
    Person,
    Plan,
    State,
    Story,
    Taste,
    Touchpoint,
    Workspace,
)
from pipeline.store import database, files, history, news
from pipeline.touchpoints import lifecycle
from pipeline.words import day_from

Found = Mapping[str, tuple[Match, ...]]  # each interview's matches

# Stories are scored while a message about them may still be due, and a little longer, so that a
# late copy from another outlet finds the story it belongs to.
MARGIN_DAYS = 7
UNANSWERED_DAYS = 60  # for how long a message without an answer is listed

# ---------------------------------------------------------------------------------- rank and why


def rank(root: Path, company: str, now: datetime) -> tuple[Match, ...]:
    """Return every story in the store with its score for that company's latest interview."""
    workspace = read_workspace(root)
    interview = _interview_of(workspace, company)
    with opened(root) as db:
        scorer = Scorer(db, workspace, [interview], _knowledge(db, workspace, now))
        found = [m for story in stories_of(db, workspace, None) for m in scorer.matches(story)]
        return valued(workspace, found, learnt(db), now)


def why_story(root: Path, link: str, now: datetime) -> tuple[tuple[Match, tuple[str, ...]], ...]:
    """Return how the story of that address (or id) fits each interview, and what became of it.

    Raises NotFound when no stored article has the address.
    """
    from pipeline.news.links import canonical
    from pipeline.touchpoints import plan as planner
    from pipeline.touchpoints.verdicts import verdicts

    workspace = read_workspace(root)
    settings = workspace.config.settings
    with opened(root) as db:
        wanted = {link, canonical(link)}
        stories = [s for s in stories_of(db, workspace, None) if _is_story(s, wanted)]
        if not stories:
            raise NotFound(f"No article with the address {link} has been read.")
        scorer = Scorer(db, workspace, workspace.interviews, _knowledge(db, workspace, now))
        found = [match for story in stories for match in scorer.matches(story)]
        past = history.history(db)
        plan = planner.suggest(workspace, matches_of_today(db, workspace, now), past, now)
        return tuple(
            (
                match,
                verdicts(match, company_of(workspace, match.company), plan, past, settings, now),
            )
            for match in valued(workspace, found, learnt(db), now)
        )


def _knowledge(db: sqlite3.Connection, workspace: Workspace, now: datetime) -> Knowledge:
    """Return what the stored news teach, brought up to what the candidate wrote; kept by `run`."""
    from pipeline.relevance.study import study

    learnt = news.knowledge(db)
    return (
        learnt
        if learnt and is_complete(learnt, workspace)
        else study(
            lambda: news.newest_articles(db),
            workspace.config.companies,
            note_lines(workspace),
            now,
            learnt,
        )
    )


def _is_story(story: Story, wanted: set[str]) -> bool:
    return story.id in wanted or any(
        {article.id, article.link, article.canonical} & wanted
        for article in (story.lead, *story.others)
    )


def _interview_of(workspace: Workspace, slug: str) -> Interview:
    slug = company_of(workspace, slug).slug
    found = [item for item in workspace.interviews if item.company == slug]
    if not found:
        raise NotFound(
            f"There are no notes of an interview with {slug}. Write data/notes/{slug}.md; "
            "`touchpoints init` shows how."
        )
    return max(found, key=lambda item: item.interviewed)


class Scorer:
    """Matches stories with interviews: what `rank`, `why` and the daily run share."""

    def __init__(
        self,
        db: sqlite3.Connection,
        workspace: Workspace,
        interviews: Sequence[Interview],
        knowledge: Knowledge,
    ) -> None:
        from pipeline.relevance.meaning import Sense
        from pipeline.relevance.score import Background, Matcher

        sense = Sense(knowledge.senses) if knowledge.senses else None
        self._background = Background(
            knowledge.frequencies,
            workspace.config.settings.relevance,
            sense,
            feeds_by_address(workspace),
            workspace.profile,
        )
        portraits = {portrait.company: portrait for portrait in knowledge.portraits}
        past = history.history(db)
        self._matchers = [
            Matcher(
                interview,
                company_of(workspace, interview.company),
                portraits[interview.company],
                self._background,
                wrong_company(past, interview.company),
            )
            for interview in interviews
        ]

    def matches(self, story: Story) -> Iterator[Match]:
        """Give the story's match with each interview, as of no particular day."""
        from pipeline.relevance.vectors import prepare

        prepared = prepare(story, self._background.frequencies, self._background.sense)
        return (matcher.match(prepared) for matcher in self._matchers)

    def worth_keeping(self, story: Story) -> Iterator[Match]:
        """Give the matches that may be shown, and bad news; of the others nothing is worked out."""
        from pipeline.relevance.vectors import prepare

        prepared = prepare(story, self._background.frequencies, self._background.sense)
        found = (matcher.worth_keeping(prepared) for matcher in self._matchers)
        return (match for match in found if match)


def valued(
    workspace: Workspace, matches: Iterable[Match], taste: Taste, now: datetime
) -> tuple[Match, ...]:
    """Return what matches are worth now, with what the answers taught; best first."""
    from pipeline.relevance import learn, worth

    settings = workspace.config.settings.relevance
    day = start_of_day(workspace, now)
    return worth.in_order(
        worth.aged(learn.swayed(match, taste), settings, day) for match in matches
    )


def matches_of_today(db: sqlite3.Connection, workspace: Workspace, now: datetime) -> Found:
    """Return for each interview the matches that are worth showing today, or are bad news."""
    taste, since = learnt(db), oldest(workspace, now)
    return {
        interview: tuple(
            match
            for match in valued(workspace, found, taste, now)
            if (match.shown or match.sensitive) and match.story.lead.published >= since
        )
        for interview, found in news.matches(db).items()
    }


def known_holidays(db: sqlite3.Connection) -> Callable[[str, int], frozenset[date]]:
    """Return how to learn public holidays: remembered, for the library takes long to load."""
    from pipeline.touchpoints.pace import public_holidays

    def holidays(place: str, year: int) -> frozenset[date]:
        name = f"holidays {place} {year} {__version__}"
        kept = news.recall(db, name)
        if kept:
            return frozenset(date.fromisoformat(day) for day in json.loads(kept))
        found = public_holidays(place, year)
        news.remember(db, name, json.dumps([day.isoformat() for day in sorted(found)]))
        return found

    return cache(holidays)


def oldest(workspace: Workspace, now: datetime) -> datetime:
    """Return since when stories are scored."""
    settings = workspace.config.settings.pace
    days = max(settings.news_days, settings.sensitive_days) + MARGIN_DAYS
    return start_of_day(workspace, now) - timedelta(days=days)


def learnt(db: sqlite3.Connection) -> Taste:
    """Return what the user's answers taught."""
    from pipeline.relevance import learn

    return learn.taste(learn.answers(history.history(db).touchpoints), history.forgotten(db))


def is_complete(knowledge: Knowledge, workspace: Workspace) -> bool:
    """Tell whether everything that the candidate wrote was learnt about."""
    from pipeline.relevance.study import is_complete

    return is_complete(knowledge, workspace.config.companies, note_lines(workspace))


def note_lines(workspace: Workspace) -> tuple[NoteLine, ...]:
    """Return the note lines of all interviews."""
    return tuple(line for interview in workspace.interviews for line in interview.lines)


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
        own=own_feeds(workspace),
        used=history.stories_in_use(history.history(db)),
    )


def own_feeds(workspace: Workspace) -> frozenset[str]:
    """Return the addresses of the companies' own feeds."""
    return frozenset(feed.address for feed in workspace.config.feeds if feed.own)


# ------------------------------------------------------------------------------ what was learnt


def lessons(root: Path) -> Taste:
    """Return what the user's answers taught, for `learned`."""
    with opened(root) as db:
        return learnt(db)


def answers_needed() -> int:
    """Return after how many answers learning begins."""
    from pipeline.relevance.learn import LEAST_ANSWERS

    return LEAST_ANSWERS


def forget_lesson(root: Path, key: str, now: datetime) -> Lesson:
    """Remove one lesson; return it. Raises NotFound when there is none of that name."""
    with locked(root), opened(root) as db, database.atomic(db):
        found = learnt(db).lessons.get(key)
        if found is None:
            raise NotFound(f"Nothing was learnt under {key}. `touchpoints learned` lists it all.")
        history.forget_lesson(db, key, now)
    return found


# ------------------------------------------------------------------------------ what was made


def read_digest(root: Path, day: date | None) -> Digest:
    """Return a past day's digest, or the one that was made last.

    Raises NotFound when there is none, or none that can be read.
    """
    from pipeline.digest.data import from_json

    path = files.digest_path(root, day, "json") if day else files.latest_path(root, "json")
    content = files.content_of(path)
    if content is None:
        which = f"of {day.isoformat()}" if day else "yet"
        raise NotFound(f"There is no digest {which}. `touchpoints run` makes today's.")
    try:
        return from_json(content.decode("utf-8", "replace"))
    except ValueError as error:
        raise NotFound(f"{path} cannot be read. {error}") from error


# ---------------------------------------------------------------------------- queue and history


def queue(root: Path) -> tuple[Touchpoint, ...]:
    """Return what is suggested or put off, by due date."""
    with opened(root) as db:
        found = [t for t in history.history(db).touchpoints if t.is_open]
    return tuple(sorted(found, key=lambda item: (item.until or item.suggestion.due, item.id)))


def due(root: Path, now: datetime) -> tuple[Touchpoint, ...]:
    """Return what is suggested, or put off until now, by due date."""
    return tuple(
        item
        for item in queue(root)
        if item.status == "suggested" or (item.until is not None and item.until <= now)
    )


def unanswered(root: Path, now: datetime) -> tuple[Touchpoint, ...]:
    """Return what was sent in the last weeks and not answered yet, newest first."""
    since = now - timedelta(days=UNANSWERED_DAYS)
    with opened(root) as db:
        found = [
            item
            for item in history.history(db).touchpoints
            if item.status == "sent" and item.changed >= since
        ]
    return tuple(sorted(found, key=lambda item: (item.changed, item.id), reverse=True))


def touchpoint(root: Path, number: int) -> Touchpoint:
    """Return one touchpoint; raise NotFound when there is none of that number."""
    with opened(root) as db:
        return _touchpoint(db, number)


def farewells(root: Path, company: str, now: datetime) -> tuple[Interview, tuple[Draft, ...]]:
    """Return a last note to each interviewer of a company, with the interview they belong to."""
    from pipeline.touchpoints import drafts

    workspace = read_workspace(root)
    interview = _interview_of(workspace, company)
    owner = company_of(workspace, interview.company)
    settings = workspace.config.settings
    written = []
    for person in interview.people or (Person(""),):
        zone = ZoneInfo(person.timezone or owner.timezone or settings.timezone or "UTC")
        today = now.astimezone(zone).date()
        written.append(
            drafts.farewell(
                interview, owner, person, zone, today, settings.drafts, workspace.templates
            )
        )
    return interview, tuple(written)


def plan_now(root: Path, now: datetime) -> tuple[Plan, tuple[Hold, ...]]:
    """Return the plan of this moment, from the news of the last run, and the holds by number."""
    from pipeline.touchpoints import plan as planner

    workspace = read_workspace(root)
    with opened(root) as db:
        past = history.history(db)
        return planner.suggest(
            workspace, matches_of_today(db, workspace, now), past, now
        ), past.holds


def happened(root: Path, company: str) -> tuple[Move, ...]:
    """Return what was recorded of a company, oldest first; raise NotFound for an unknown one."""
    slug = company_of(read_workspace(root), company).slug
    with opened(root) as db:
        past, moves = history.history(db), history.moves(db)
    made = (
        Move(t.created, "program", "suggested", slug, t.suggestion.person, t.id, t.suggestion.kind)
        for t in past.touchpoints
    )
    found = [move for move in (*made, *moves) if move.company == slug]
    return tuple(sorted(found, key=lambda move: move.at))


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
    return answer(root, number, status, now, because=because, until=until).before


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was recorded in one go: the suggestion before it, and the moves, for `undo`."""

    before: Touchpoint
    moves: tuple[int, ...]


def answer(
    root: Path,
    number: int,
    status: State | None,
    now: datetime,
    *,
    because: str = "",
    until: datetime | None = None,
    draft: Draft | None = None,
    shown: Touchpoint | None = None,
) -> Recorded:
    """Record the user's wording, or what they did with a suggestion, or both in one go.

    Raises NotFound, MoveNotAllowed, or, where it is told what the user was shown, ChangedMeanwhile
    when that is no longer so.
    """
    with locked(root), opened(root) as db, database.atomic(db):
        old = _touchpoint(db, number)
        if shown is not None and (shown.status, shown.draft) != (old.status, old.draft):
            raise ChangedMeanwhile(
                f"Number {number} has changed since it was shown. Nothing was recorded: look again."
            )
        moves: list[int] = []
        item = old
        if draft is not None:
            lifecycle.check_open(old)
            moves.append(history.edit(db, old, draft, now))
            item = replace(old, edited=draft)
        if status is not None:
            moves.append(record(db, item, status, now, because=because, until=until))
    return Recorded(old, tuple(moves))


def morning_of(root: Path, text: str, now: datetime) -> datetime | None:
    """Return the beginning of a day to come that the user wrote, or None when it is none."""
    zone = ZoneInfo(read_workspace(root).config.settings.timezone or "UTC")
    day = day_from(text, now.astimezone(zone).date())
    if day is None:
        return None
    try:
        start = datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
    except OverflowError:  # the last day of the year 9999, west of Greenwich
        return None
    return start if start > now else None


def draft_file(root: Path, number: int) -> Path:
    """Return the draft's file for the mail program, brought up to date where it is still ours."""
    from pipeline import handover

    with locked(root), opened(root) as db:
        return handover.draft_file(root, db, _touchpoint(db, number))


def record(
    db: sqlite3.Connection,
    old: Touchpoint,
    status: State,
    now: datetime,
    *,
    because: str = "",
    until: datetime | None = None,
) -> int:
    """Write down a move of the user's, and the contact that it is; return the move's number.

    Raises MoveNotAllowed.
    """
    lifecycle.check_move(old, status)
    contact = _contact_of(old, status, now)
    return history.move(
        db, old, status, now, by="user", because=because, until=until, contact=contact
    )


def _contact_of(old: Touchpoint, status: State, now: datetime) -> Contact | None:
    if status not in ("sent", "answered"):
        return None
    what = old.suggestion
    return Contact(
        what.company,
        what.person,
        now,
        f"answer to {old.draft.subject!r}" if status == "answered" else old.draft.subject,
        answer=status == "answered",
        touchpoint=old.id,
    )


def interviewer(root: Path, company: str, name: str) -> str:
    """Return the full name, as the notes have it, of somebody named in part.

    Raises NotFound when the notes know several of that name. A name that they don't know is
    returned as it is: a colleague who was not at the interview.
    """
    workspace = read_workspace(root)
    slug = company_of(workspace, company).slug
    known = {p.name for item in workspace.interviews if item.company == slug for p in item.people}
    wanted = set(name.casefold().split())
    found = sorted(full for full in known if wanted and wanted <= set(full.casefold().split()))
    if len(found) > 1:
        raise NotFound(f"Which {name}? Your notes on {slug} know {' and '.join(found)}.")
    return found[0] if found else name.strip()


def log_contact(root: Path, contact: Contact, now: datetime) -> None:
    """Record a contact that happened elsewhere; raise NotFound for an unknown company."""
    contact = replace(contact, company=company_of(read_workspace(root), contact.company).slug)
    with locked(root), opened(root) as db, database.atomic(db):
        history.log(db, contact, now)


def holding(root: Path) -> frozenset[int]:
    """Return the numbers of the bad news that was not released."""
    with opened(root) as db:
        return frozenset(hold.id for hold in history.history(db).holds if hold.released is None)


def release(
    root: Path, numbers: Sequence[int], now: datetime
) -> tuple[tuple[Hold, ...], tuple[int, ...]]:
    """End holds for bad news, all or none; return them, and the moves' numbers.

    Raises NotFound when none of such a number holds.
    """
    with locked(root), opened(root) as db, database.atomic(db):
        holds = {hold.id: hold for hold in history.history(db).holds if hold.released is None}
        if unknown := [number for number in numbers if number not in holds]:
            raise NotFound(
                f"Nothing is held under h{unknown[0]}. `touchpoints queue --held` lists it."
            )
        moves = tuple(history.release(db, holds[number], now) for number in numbers)
    return tuple(holds[number] for number in numbers), moves


def undo(root: Path, moves: Sequence[int] = ()) -> str:
    """Take back the last thing the user recorded; return what it was, or "".

    With the numbers of moves: just those; raises ChangedMeanwhile when they are not the last.
    """
    with locked(root), opened(root) as db, database.atomic(db):
        if not moves:
            return history.undo(db)
        undone = [history.undo(db, number) for number in sorted(moves, reverse=True)]
        if not all(undone):
            raise ChangedMeanwhile(
                "Something else was recorded since, or it was taken back already. Nothing was "
                "changed; `touchpoints undo` takes back the last thing, whatever it was."
            )
        return undone[-1]


def _touchpoint(db: sqlite3.Connection, number: int) -> Touchpoint:
    found = history.touchpoint(db, number)
    if found is None:
        raise NotFound(f"There is no suggestion {number}. `touchpoints queue` lists them.")
    return found


def keep_schedule(root: Path, kind: str, now: datetime) -> None:
    """Remember since when the daily job is scheduled: `doctor` looks whether it really starts."""
    with opened(root) as db, database.atomic(db):
        news.remember(db, "schedule", json.dumps({"with": kind, "since": now.isoformat()}))


def scheduled_since(db: sqlite3.Connection) -> datetime | None:
    """Return when the daily job was scheduled last, if it ever was."""
    kept = news.recall(db, "schedule")
    return datetime.fromisoformat(json.loads(kept)["since"]) if kept else None


# --------------------------------------------------------------------------------- what is shared


def checked(root: Path, *, remember: bool = False) -> Workspace:
    """Return what the candidate wrote, with everything that is wrong with it."""
    from pipeline.workspace.read import read

    workspace = read(root, remember=remember)
    if not workspace.templates:
        return workspace  # without any, the template language need not be loaded
    from pipeline.touchpoints import wordings

    found = wordings.problems(workspace.templates)
    return replace(workspace, problems=(*workspace.problems, *found))


def read_workspace(root: Path, *, remember: bool = False) -> Workspace:
    """Return what the candidate wrote; raise WorkspaceWrong when feeds.yaml has mistakes."""
    from pipeline.workspace.report import problems_text

    workspace = checked(root, remember=remember)
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
    for company in companies.values():
        if slug.casefold() in (name.casefold() for name in (company.name, *company.aliases)):
            return company
    near = difflib.get_close_matches(slug.casefold(), companies, n=1)
    hint = f" Did you mean {near[0]}?" if near else f" There are: {', '.join(companies)}."
    raise NotFound(f"feeds.yaml has no company {slug!r}.{hint}")


def feeds_by_address(workspace: Workspace) -> dict[str, tuple[Feed, ...]]:
    """Return every address once, with all the companies and topics that it serves."""
    found: dict[str, tuple[Feed, ...]] = {}
    for feed in workspace.config.feeds:
        found[feed.address] = (*found.get(feed.address, ()), feed)
    return found


def zone_of(workspace: Workspace) -> ZoneInfo:
    """Return the user's time zone."""
    return ZoneInfo(workspace.config.settings.timezone or "UTC")


def start_of_day(workspace: Workspace, now: datetime) -> datetime:
    """Return midnight of that day in the user's time zone, in UTC: scores are of the day."""
    zone = zone_of(workspace)
    return datetime.combine(now.astimezone(zone).date(), datetime.min.time(), zone).astimezone(UTC)


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
