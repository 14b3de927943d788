"""The daily job on one page: the stages in order.

    workspace    what the candidate wrote              -> Workspace
    answers      what the candidate ticked on pages    -> Page           one transaction
    news         ask the feeds, keep the articles      -> Reading        a feed with its articles
    relevance    fold into stories, score each         -> Story, Match   one transaction
    pages        where it is wanted: full texts of stories that fit; these are scored again
    touchpoints  plan, and settle yesterday's          -> Touchpoint     one transaction
    digest       compose the page, write it whole      -> Digest
    delivery     the digest to its reader, where that is set up
    handover     calendar, drafts and feed for other programs
    upkeep       a good copy of the database a day, unused room given back

A damaged database is set aside, the last good copy takes its place, and the day is begun again.
Before the morning's hour (`settings › digest › not_before`) the last three wait: the page of a new
day is made once, sent, and completed by the day's later runs.

Each stage can be run again after a crash: its keys are stable, so a second run changes nothing.
Here the stages are joined; what they do is theirs. The clock is an argument everywhere. What the
user asks for between two runs is in `jobs.py`.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pipeline import __version__, delivery, pages, upkeep
from pipeline.handover import hand_over
from pipeline.jobs import (
    Found,
    Scorer,
    feeds_by_address,
    known_holidays,
    matches_of_today,
    note_lines,
    oldest,
    opened,
    read_workspace,
    start_of_day,
    wrong_company,
    zone_of,
)
from pipeline.lock import locked
from pipeline.log import Log
from pipeline.records import (
    Digest,
    Feed,
    FeedState,
    History,
    Knowledge,
    Plan,
    Problem,
    Reading,
    State,
    Timeline,
    Told,
    Touchpoint,
    Workspace,
    to_plain,
)
from pipeline.store import database, files, history, news
from pipeline.words import time_from

Progress = Callable[[str, int, int], None]  # what, done, of how many

NO_LOG = Log(None, lambda: datetime.min.replace(tzinfo=UTC))
KEPT_AT_ONCE = 1_000  # articles in one transaction: 2 MB of memory, and a commit each second


@dataclass(frozen=True, slots=True)
class How:
    """How a day's job is done; see `run`."""

    dry_run: bool
    ask_all: bool
    timed: bool
    early: bool
    scheduled: bool


@dataclass(frozen=True, slots=True)
class Report:
    """What one run did: counts in and out of each stage, problems, seconds."""

    day: date
    counts: Mapping[str, int]
    problems: tuple[Problem, ...]
    seconds: Mapping[str, float]
    digest: Digest
    waits: bool = False  # for the morning: the digest is as it would be now, and was not written
    moves: tuple[str, ...] = ()
    refused: Mapping[str, int] = field(default_factory=dict)


# ------------------------------------------------------------------------------------------ run


def run(
    root: Path,
    now: datetime,
    *,
    dry_run: bool = False,
    ask_all: bool = False,
    timed: bool = False,
    early: bool = False,
    scheduled: bool = False,
    progress: Progress | None = None,
    log: Log = NO_LOG,
) -> Report:
    """Do the day's job: fetch, parse, group, score, plan, write the digest.

    With `dry_run` everything happens on a copy in memory and no file is written; with `ask_all`
    feeds that are not due are asked, too; with `timed` the page says how long it took; with `early`
    it is made before the morning's hour, too; `scheduled` is remembered for `doctor`. Raises
    WorkspaceWrong when feeds.yaml has mistakes, RunInProgress when another run is at work.
    """
    workspace = read_workspace(root, remember=not dry_run)
    how = How(dry_run=dry_run, ask_all=ask_all, timed=timed, early=early, scheduled=scheduled)
    with locked(root) as killed:
        log.add("run began", version=__version__, process=os.getpid())
        if killed is not None:
            log.add("the run before was killed", process=killed.process)
        if not dry_run:
            files.sweep(root)
        day = partial(_day, root, workspace, now, how, progress, log)
        return day() if dry_run else upkeep.recovering(day, root, workspace, now)


def _day(
    root: Path,
    workspace: Workspace,
    now: datetime,
    how: How,
    progress: Progress | None,
    log: Log,
) -> Report:
    clock = _Clock(log)
    with opened(root, in_memory=how.dry_run) as db:
        with clock.measure("answers"):
            page = pages.take_answers(root, db, workspace, now)
        with clock.measure("news"):
            readings, articles = read_news(
                db, workspace, now, ask_all=how.ask_all, progress=progress
            )
            log.add_all("feed asked", _feeds_told(readings))
        with clock.measure("relevance"), database.atomic(db):
            stories = _score(db, workspace, now)
        if workspace.config.settings.news.full_text:
            with clock.measure("pages"):
                _read_pages(db, workspace, now)
            with clock.measure("relevance"), database.atomic(db):
                stories = _score(db, workspace, now)
        with clock.measure("touchpoints"), database.atomic(db):
            found = matches_of_today(db, workspace, now)
            plan, moves = _plan(db, workspace, found, now)
        with clock.measure("digest"):
            recovery = upkeep.recovery_to_tell(db, workspace, now)
            problems, told = _troubles_to_name(db, workspace, readings, now)
            problems = (*recovery, *problems)
            digest, said = _compose(db, workspace, readings, problems, plan, found, stories, now)
            digest = replace(digest, taken=page.said, questions=page.asked, notes=page.notes)
            if how.timed:
                digest = replace(digest, seconds=pages.seconds_of(root, digest, clock.total))
            waits = not (how.early or _is_morning(root, db, workspace, now))
            if not how.dry_run and not waits:
                pages.write(root, db, digest, workspace.config.settings.digest.formats)
                log.add(
                    "digest written", day=digest.day.isoformat(), suggestions=len(digest.entries)
                )
        with clock.measure("delivery"):
            sent = () if how.dry_run or waits else delivery.deliver(db, workspace, digest, now)
            log.add_all("digest sent", _sent_told(sent))
            if named := delivery.troubles(sent):
                digest = replace(digest, troubles=(*digest.troubles, *named))
                pages.write(root, db, digest, workspace.config.settings.digest.formats)
        with clock.measure("handover"):
            if not how.dry_run:
                hand_over(root, db, workspace, plan, now)
        with clock.measure("upkeep"):
            undone = () if how.dry_run else upkeep.look_after(root, db, workspace, now)
        report = _report(
            db, workspace, readings, articles, plan, moves, digest, found, stories, clock.seconds
        )
        failed = tuple(one.failed for one in sent if one.failed)
        report = replace(
            report, problems=(*report.problems, *failed, *recovery, *undone), waits=waits
        )
        with database.atomic(db):
            if not waits:
                news.keep_feed_states(db, told)
                history.keep_told(db, said.told)
                news.keep_volume(db, said.volume)
            history.keep_run(db, now, {**report_plain(report), "scheduled": how.scheduled})
        log.add("run ended", seconds=round(clock.total, 3), problems=len(report.problems))
    return report


def _is_morning(root: Path, db: sqlite3.Connection, workspace: Workspace, now: datetime) -> bool:
    """Tell whether the day's page is to be made now: from its hour on, or when it is there already.

    Earlier only if nothing says that a later run will come: none of the last day was as late.
    """
    zone, hour = zone_of(workspace), time_from(workspace.config.settings.digest.not_before)
    local = now.astimezone(zone)
    if hour is None or local.time() >= hour:
        return True
    if files.digest_path(root, local.date(), "json").is_file():
        return True
    lately = history.runs_since(db, now - timedelta(days=1))
    return not any(begun.astimezone(zone).time() >= hour for begun in lately)


def _feeds_told(readings: Sequence[Reading]) -> Iterator[dict[str, Any]]:
    """Give for each feed that was asked what the log says of it."""
    from pipeline.news.read import shown

    for reading in readings:
        if reading.outcome != "resting":
            yield {
                "feed": shown(reading.state.address),
                "outcome": reading.outcome,
                "articles": len(reading.articles),
                "refused": len(reading.refused),
                "why": " ".join(problem.what for problem in reading.problems),
            }


def _sent_told(sent: Sequence[delivery.Outcome]) -> Iterator[dict[str, Any]]:
    for one in sent:
        yield {"way": one.way, "outcome": "failed" if one.failed else "sent"}


def read_news(
    db: sqlite3.Connection,
    workspace: Workspace,
    now: datetime,
    *,
    ask_all: bool = False,
    progress: Progress | None = None,
) -> tuple[tuple[Reading, ...], int]:
    """Ask the feeds and keep what they say; return the readings, and how many articles they held.

    A feed's state is kept together with its articles, some feeds at a time.
    """
    from pipeline.news.read import read_feeds

    settings = workspace.config.settings
    owners = feeds_by_address(workspace)
    known = _followed(db, owners)
    states = [known.get(address) or FeedState(address) for address in owners]
    keeper = _Keeper(db, owners)
    readings = read_feeds(
        states,
        settings.news,
        contact=settings.contact,
        now=now,
        ask_all=ask_all,
        progress=(lambda done, total: progress("Reading the feeds", done, total))
        if progress
        else None,
        keep=keeper.keep,
    )
    keeper.write()
    same = {id(state) for state in (*keeper.states, *known.values())}
    with database.atomic(db):
        news.keep_feed_states(db, (r.state for r in readings if id(r.state) not in same))
        in_use = history.stories_in_use(history.history(db))
        news.forget_articles(db, now - timedelta(days=settings.news.keep_days), in_use)
    return readings, keeper.articles


def _followed(
    db: sqlite3.Connection, owners: Mapping[str, Sequence[Feed]]
) -> Mapping[str, FeedState]:
    """Return what is known of each address; a feed that moved takes its past along.

    So it does when the user wrote its new address into feeds.yaml by hand, and when
    `feeds update` was stopped between the file and the database.
    """
    known = news.feed_states(db)
    new = [address for address in owners if address not in known]
    moved = {s.moved_to: a for a, s in known.items() if s.moved_to and a not in owners}
    found = [(moved[plain], a) for a in new if (plain := _without_password(a)) in moved]
    if not found:
        return known
    with database.atomic(db):
        for old, address in found:
            news.rename_feed(db, old, address)
    return news.feed_states(db)


def _without_password(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:  # a file's name, with brackets in it
        return address
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


class _Keeper:
    """Keeps readings as they come: some feeds in one transaction, each with its articles."""

    def __init__(self, db: sqlite3.Connection, owners: Mapping[str, Sequence[Feed]]) -> None:
        self._db = db
        self._owners = owners
        self._waiting: list[Reading] = []
        self.articles = 0
        self.states: list[FeedState] = []

    def keep(self, reading: Reading) -> None:
        self._waiting.append(reading)
        if sum(len(reading.articles) for reading in self._waiting) >= KEPT_AT_ONCE:
            self.write()

    def write(self) -> None:
        from pipeline.news.select import wanted

        fresh = [
            article
            for reading in self._waiting
            for article in reading.articles
            if wanted(article, self._owners[article.feed])
        ]
        states = [reading.state for reading in self._waiting]
        with database.atomic(self._db):
            news.keep_feed_states(self._db, states)
            news.keep_articles(self._db, fresh)
        self.articles += sum(len(reading.articles) for reading in self._waiting)
        self.states += states
        self._waiting = []


def _score(db: sqlite3.Connection, workspace: Workspace, now: datetime) -> int:
    """Fold, score and keep the matches; return how many stories were looked at.

    Nothing is scored twice: a story is scored when one of its articles is new or was edited, and
    all are when the notes, the settings or what the news teach have changed. What a match is worth
    on a day is worked out when it is used.
    """
    since = oldest(workspace, now)
    ground = _learn(db, workspace, now)
    anew = news.recall(db, "scored_on") != ground
    fresh = news.arrived(db, since, int(news.recall(db, "scored_up_to") or 0))
    if not anew and not fresh:
        return news.story_count(db, since)
    from pipeline.fold import fold, told

    knowledge = news.knowledge(db) or Knowledge()
    folded = fold(db, workspace, since, fresh, knowledge.words)
    news.forget_matches(db, None if anew else folded.gone)
    scorer = Scorer(db, workspace, workspace.interviews, knowledge)
    stories = told(db, workspace, since, None if anew else folded.changed)
    news.keep_matches(db, (match for story in stories for match in scorer.worth_keeping(story)))
    news.remember(db, "scored_on", ground)
    news.remember(db, "scored_up_to", str(news.changes_made(db)))
    return news.story_count(db, since)


def _read_pages(db: sqlite3.Connection, workspace: Workspace, now: datetime) -> None:
    """Read the pages of articles that lead a story which fits, but of which little is known."""
    from pipeline.news import full_text

    settings = workspace.config.settings
    if not full_text.is_installed():
        return
    found = [m for group in matches_of_today(db, workspace, now).values() for m in group if m.shown]
    found.sort(key=lambda match: (-match.score, match.story.id))
    leads = {match.story.lead.id: match.story.lead for match in found}
    wanted = [article for article in leads.values() if full_text.is_wanted(article)]
    pages = full_text.read_pages(
        wanted[: settings.news.full_text_at_most],
        settings.news,
        contact=settings.contact,
        now=now,
    )
    with database.atomic(db):
        news.keep_pages(db, pages)


def _plan(
    db: sqlite3.Connection, workspace: Workspace, found: Found, now: datetime
) -> tuple[Plan, tuple[tuple[Touchpoint, State, str], ...]]:
    from pipeline.touchpoints import plan as planner

    plan = planner.suggest(workspace, found, history.history(db), now, known_holidays(db))
    for suggestion in plan.suggestions:
        history.keep_suggestion(db, suggestion, now)
    for held in plan.held:
        if held.is_bad_news:
            history.keep_hold(db, held, now)
    moves = planner.settle(history.history(db).touchpoints, plan, now)
    for touchpoint, status, because in moves:
        until = touchpoint.until if status == "suggested" else None
        history.move(db, touchpoint, status, now, by="program", because=because, until=until)
    return plan, moves


@dataclass(frozen=True, slots=True)
class _Said:
    """What is to be remembered of a page for those of the next days."""

    told: tuple[Told, ...]
    volume: Mapping[str, Mapping[date, int]]


def _compose(
    db: sqlite3.Connection,
    workspace: Workspace,
    readings: Sequence[Reading],
    troubles: Sequence[Problem],
    plan: Plan,
    matches: Found,
    stories: int,
    now: datetime,
) -> tuple[Digest, _Said]:
    from pipeline.digest import compose, told

    config, settings = workspace.config, workspace.config.settings
    past, before = history.history(db), history.told(db)
    by_key = {item.suggestion.key: item for item in past.touchpoints}
    today = told.today_of(settings, now)
    used = frozenset(item.suggestion.story for item in past.touchpoints)
    reading = told.reading(matches, used, before, settings, now)
    volume = _volume(db, workspace, matches, now)
    digest = compose.compose(
        config,
        [by_key[suggestion.key] for suggestion in plan.suggestions],
        plan,
        {(hold.company, hold.story): hold.id for hold in past.holds},
        {item.id: files.shown_path(item) for item in past.touchpoints},
        reading,
        (*workspace.problems, *troubles),
        compose.Counts(
            feeds=len(readings),
            new_articles=news.seen_since(db, start_of_day(workspace, now)),
            stories=stories,
            fitting=len({m.story.id for found in matches.values() for m in found if m.shown}),
        ),
        now,
        told=before,
        timelines=_timelines(workspace, past, plan, matches, volume, before, now),
    )
    new = told.said(reading, plan.held, settings, now)
    return digest, _Said(told.kept(before, new, today), volume)


def _volume(
    db: sqlite3.Connection, workspace: Workspace, matches: Found, now: datetime
) -> Mapping[str, Mapping[date, int]]:
    """Return how many news each company had on each day."""
    from pipeline.digest import timeline

    zone = ZoneInfo(workspace.config.settings.timezone or "UTC")
    return timeline.count_news(
        dict.fromkeys(interview.company for interview in workspace.interviews),
        matches,
        news.volume(db),
        oldest(workspace, now).astimezone(zone).date(),
        zone,
        now.astimezone(zone).date(),
    )


def _timelines(
    workspace: Workspace,
    past: History,
    plan: Plan,
    matches: Found,
    volume: Mapping[str, Mapping[date, int]],
    told: Sequence[Told],
    now: datetime,
) -> tuple[Timeline, ...]:
    from pipeline.digest import compose, timeline
    from pipeline.digest.told import today_of

    today = today_of(workspace.config.settings, now)
    decided = frozenset(h.company for h in plan.held if compose.is_known(h, told, today))
    return timeline.timelines(
        workspace.config, workspace.interviews, past, plan, matches, volume, decided, now
    )


def _learn(db: sqlite3.Connection, workspace: Workspace, now: datetime) -> str:
    """Learn from the stored news, where a refit is due; return on what ground scores stand."""
    from pipeline.relevance import meaning, model

    lines = [line.text for line in note_lines(workspace) if line.section == "office"]
    names = [(c.slug, c.name, c.aliases) for c in workspace.config.companies]
    asked = _short(repr((names, lines, meaning.is_installed())))
    documents = min(news.article_count(db), model.ROLLING)
    at = news.recall(db, "learnt_at")
    fitted = int(news.recall(db, "learnt_from") or 0)
    due = model.due(fitted, datetime.fromisoformat(at) if at else None, documents, now)
    if due or news.recall(db, "learnt_for") != asked:
        from pipeline.relevance.study import study

        before = None if due else news.knowledge(db)
        read = partial(news.newest_articles, db)
        companies = workspace.config.companies
        news.keep_knowledge(db, study(read, companies, note_lines(workspace), now, before))
        if due:
            news.remember(db, "learnt_from", str(documents))
            news.remember(db, "learnt_at", now.isoformat())
        news.remember(db, "learnt_for", asked)
    past = history.history(db)
    wrong = [
        f"{c.slug}:{story}"
        for c in workspace.config.companies
        for story in sorted(wrong_company(past, c.slug))
    ]
    at = news.recall(db, "learnt_at")
    scored = replace(workspace, templates=(), problems=())  # wordings move no score
    return _short(repr((__version__, at, asked, wrong, scored)))


def _short(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()


# ----------------------------------------------------------------------------------- the report


def report_plain(report: Report) -> dict[str, Any]:
    """Return the report as `run --json` prints it."""
    return {
        "day": report.day.isoformat(),
        "waits": report.waits,
        **report.counts,
        "refused": dict(report.refused),
        "moves": list(report.moves),
        "problems": [to_plain(problem) for problem in report.problems],
        "seconds": {stage: round(value, 3) for stage, value in report.seconds.items()},
    }


def _report(
    db: sqlite3.Connection,
    workspace: Workspace,
    readings: Sequence[Reading],
    articles: int,
    plan: Plan,
    moves: Sequence[tuple[Touchpoint, State, str]],
    digest: Digest,
    found: Found,
    stories: int,
    seconds: Mapping[str, float],
) -> Report:
    outcomes = [reading.outcome for reading in readings]
    refused: dict[str, int] = {}
    for reason in (reason for reading in readings for reason in reading.refused):
        refused[reason] = refused.get(reason, 0) + 1
    return Report(
        day=digest.day,
        counts={
            "feeds": len(readings),
            "feeds_new": outcomes.count("new"),
            "feeds_same": outcomes.count("same"),
            "feeds_failed": outcomes.count("failed"),
            "feeds_resting": outcomes.count("resting"),
            "articles_read": articles,
            "articles_stored": news.article_count(db),
            "stories": stories,
            "matches": sum(match.shown for group in found.values() for match in group),
            "sensitive": sum(match.sensitive for group in found.values() for match in group),
            "suggested": len(plan.suggestions),
            "held": len(plan.held),
        },
        problems=(*workspace.problems, *_troubles(readings)),
        seconds=seconds,
        digest=digest,
        moves=tuple(f"{old.id} {status}: {because}" for old, status, because in moves),
        refused=dict(sorted(refused.items())),
    )


def _troubles(readings: Sequence[Reading]) -> tuple[Problem, ...]:
    found = [
        replace(problem, since=reading.state.failing_since)
        for reading in readings
        for problem in reading.problems
    ]
    return tuple(dict.fromkeys(found))


def _troubles_to_name(
    db: sqlite3.Connection, workspace: Workspace, readings: Sequence[Reading], now: datetime
) -> tuple[tuple[Problem, ...], tuple[FeedState, ...]]:
    """Return the feeds' troubles that belong on today's page, and the states that note it."""
    from pipeline.news import health
    from pipeline.news.read import OWN_NETWORK

    ours = tuple(problem for problem in _troubles(readings) if problem.where == OWN_NETWORK)
    if workspace.config.settings.news.full_text:
        from pipeline.news import full_text

        ours = ours if full_text.is_installed() else (*ours, full_text.MISSING)
    named, told = health.to_name(
        [reading.state for reading in readings],
        partial(news.published_by, db),
        workspace.config.settings.news,
        now,
        now.astimezone(zone_of(workspace)).date(),
    )
    return (*ours, *named), told


class _Clock:
    """Seconds spent in each stage, a line of the log each."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self.seconds: dict[str, float] = {}
        self._begun = time.perf_counter()

    @property
    def total(self) -> float:
        """Return how long it took until now."""
        return time.perf_counter() - self._begun

    @contextmanager
    def measure(self, stage: str) -> Iterator[None]:
        begun = time.perf_counter()
        yield
        took = time.perf_counter() - begun
        self.seconds[stage] = self.seconds.get(stage, 0.0) + took
        self._log.add("stage done", stage=stage, seconds=round(took, 3))
