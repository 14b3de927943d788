"""One candidate's day from values alone: matches, plan, history and page.

No database, no folder, no clock: a process that holds the news once can serve any number of
candidates with `serve_candidate`. The daily run does the same step by step, and keeps each result.

    matched   stories that are worth showing      (`matching`)
    planned   what to send to whom                (`touchpoints/plan`)
    composed  the page                            (`digest/compose`)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field, replace
from datetime import date, datetime

from pipeline.records import (
    Briefing,
    Digest,
    DigestItem,
    DigestPageState,
    History,
    Interview,
    Knowledge,
    OwnWork,
    Plan,
    Problem,
    ShownItem,
    Story,
    Timeline,
    Touchpoint,
    Volume,
    Workspace,
)
from pipeline.records.record import dataclass
from pipeline.steps.matching import (
    Found,
    Scorer,
    events_of,
    oldest,
    preferences_of,
    with_events,
    worth_showing,
)
from pipeline.steps.own_work import own_work
from pipeline.store.files import shown_path
from pipeline.text.calendar import day_in
from pipeline.workspace.lookup import company_of, own_zone

Holidays = Callable[[str, int], frozenset[date]]
Moves = tuple[tuple[Touchpoint, Touchpoint], ...]  # suggestions before and after


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a day needs of one candidate: what they wrote, what happened, what pages showed."""

    workspace: Workspace
    history: History = History()
    forgotten: Mapping[str, datetime] = field(default_factory=dict)  # weights that were removed
    shown: tuple[ShownItem, ...] = ()
    volume: Volume = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NewsSummary:
    """What the page says about how the news were read."""

    feeds: int = 0
    new_articles: int = 0
    stories: int = 0
    problems: tuple[Problem, ...] = ()
    undelivered: tuple[DigestItem, ...] = ()
    reasons: tuple[str, ...] = ()  # why there is nothing new
    muted: tuple[str, ...] = ()  # the word for each new story that was muted
    seconds: int | None = None
    watched: bool = False  # somebody waits for the page, and reads it


@dataclass(frozen=True, slots=True)
class DayPlan:
    """The plan of a moment, what it makes of earlier suggestions, and the history with both."""

    plan: Plan
    moves: Moves
    history: History


@dataclass(frozen=True, slots=True)
class DayPage:
    """The day's page, and what is to be remembered of it for those of the next days."""

    digest: Digest
    shown: tuple[ShownItem, ...]
    volume: Volume


def serve_candidate(
    candidate: Candidate,
    knowledge: Knowledge,
    stories: Sequence[Story],
    now: datetime,
    holidays: Holidays,
) -> tuple[DayPlan, DayPage]:
    """Return a candidate's plan and page for this moment."""
    found = matched(candidate, knowledge, stories, now)
    work = own_work(candidate.workspace, now, candidate.history.touchpoints)
    day = planned(candidate, found, now, holidays, work)
    served = replace(candidate, history=day.history)
    summary = NewsSummary(stories=len(stories))
    return day, composed(served, DigestPageState(_today(candidate, now)), day, found, summary, now)


def matched(
    candidate: Candidate, knowledge: Knowledge, stories: Iterable[Story], now: datetime
) -> Found:
    """Return the candidate's matches that are worth showing at this moment, by interview."""
    workspace = candidate.workspace
    scorer = Scorer(workspace, workspace.interviews, knowledge, candidate.history)
    found = list(scorer.worth_keeping(stories))
    by_interview = {
        interview.file: tuple(match for match in found if match.interview == interview.file)
        for interview in workspace.interviews
    }
    preferences = preferences_of(candidate.history, candidate.forgotten)
    events = events_of(workspace, by_interview, {}, knowledge.frequencies)
    return worth_showing(workspace, with_events(workspace, by_interview, events), preferences, now)


def planned(
    candidate: Candidate,
    found: Found,
    now: datetime,
    holidays: Holidays,
    work: Mapping[str, OwnWork],
) -> DayPlan:
    """Return what to send, and what becomes of earlier suggestions; `work` is of `own_work`."""
    from pipeline.touchpoints import lifecycle
    from pipeline.touchpoints.plan import suggest
    from pipeline.touchpoints.settling import settle

    plan = suggest(candidate.workspace, found, candidate.history, now, holidays, work)
    kept = lifecycle.with_suggestions(candidate.history, plan, now)
    moves = settle(kept.touchpoints, plan, now)
    return DayPlan(plan, moves, lifecycle.with_moves(kept, moves))


def composed(
    candidate: Candidate,
    answers: DigestPageState,
    day: DayPlan,
    found: Found,
    summary: NewsSummary,
    now: datetime,
) -> DayPage:
    """Return the page; `candidate` has the history after the plan."""
    from pipeline.digest import compose, shown, standing, timeline
    from pipeline.touchpoints.cases import cases_of
    from pipeline.touchpoints.forecast import forecast
    from pipeline.touchpoints.other_topics import topics_beside
    from pipeline.touchpoints.replies import as_answered

    past, plan = candidate.history, day.plan
    workspace = as_answered(candidate.workspace, past, now)
    candidate = replace(candidate, workspace=workspace)
    settings, zone = workspace.config.settings, own_zone(workspace)
    today = day_in(zone, now)
    by_key = {item.suggestion.key: item for item in past.touchpoints}
    used = frozenset(item.suggestion.reference.story for item in past.touchpoints)
    reading = shown.worth_a_look(found, used, candidate.shown, workspace.config, now)
    volume = timeline.count_news(
        dict.fromkeys(interview.company for interview in workspace.interviews),
        found,
        candidate.volume,
        day_in(zone, oldest(workspace, now)),
        zone,
        today,
    )
    near, ahead = frozenset(briefed(workspace, now)), forecast(workspace, found, past, now)
    rows = standing.rows(
        standing.TableGround(workspace, past, plan, ahead, candidate.shown, near, now)
    )
    open_now = [item for item in past.touchpoints if item.is_open]
    has_thanks = any(item.suggestion.kind == "thank_you" for item in open_now)
    cases = cases_of(workspace, found, past, now) if has_thanks else []
    contents = compose.Contents(
        plan,
        [by_key[suggestion.key] for suggestion in plan.suggestions],
        holds={hold.key: hold.id for hold in past.holds},
        drafts={
            item.id: shown_path(item) for item in past.touchpoints if item.draft.channel == "email"
        },
        reading=reading,
        people=_people(workspace, now),
        briefed=near,
        problems=(*workspace.problems, *summary.problems),
        undelivered=summary.undelivered,
        counts=compose.Counts(
            feeds=summary.feeds,
            new_articles=summary.new_articles,
            stories=summary.stories,
            muted=summary.muted,
            passed_over=shown.passed_over(found, used, candidate.shown, workspace.config, now),
            fitting=len({m.story.id for group in found.values() for m in group if m.shown}),
        ),
        shown=candidate.shown,
        rows=rows,
        reasons=summary.reasons,
        expired=[t for t in past.touchpoints if t.status == "expired"],
        put_off=[t for t in past.touchpoints if t.status == "snoozed" and (t.until or now) > now],
        timelines=_timelines(candidate, plan, found, volume, now),
        ahead=ahead,
        sent=compose.waiting_for_an_answer(
            past.touchpoints,
            (talk.company for talk in workspace.interviews if talk.status == "waiting"),
            now,
        ),
        answers=answers,
        seconds=summary.seconds,
        other_topics=topics_beside(open_now, cases),
    )
    digest = compose.compose(workspace.config, contents, now)
    cards = (shown.card_key(by_key[suggestion.key]) for suggestion in plan.suggestions)
    keys = (*map(shown.row_key, rows), *cards)
    new = shown.shown_today(reading, plan.held, settings, now, keys)
    kept = shown.remembered(candidate.shown, new, today, watched=summary.watched)
    return DayPage(digest, kept, volume)


def briefed(workspace: Workspace, now: datetime) -> list[str]:
    """Return the companies, by their slugs, that the candidate meets again soon."""
    from pipeline.digest.briefing import is_due

    talks: dict[str, list[Interview]] = {}
    for talk in workspace.interviews:
        talks.setdefault(talk.company, []).append(talk)
    return [slug for slug, found in talks.items() if is_due(found, own_zone(workspace), now)]


def briefing(
    workspace: Workspace, past: History, found: Found, company: str, now: datetime
) -> Briefing:
    """Return what to read before one meets a company; raise NotFound for an unknown one."""
    from pipeline.digest.briefing import BriefingGround, brief

    known = company_of(workspace, company)
    interviews = tuple(talk for talk in workspace.interviews if talk.company == known.slug)
    stories = {m.story.id: m for group in found.values() for m in group if m.company == known.slug}
    return brief(
        BriefingGround(
            company=known,
            interviews=interviews,
            contacts=tuple(c for c in past.contacts if c.company == known.slug and c.at <= now),
            touchpoints=tuple(t for t in past.touchpoints if t.suggestion.company == known.slug),
            matches=tuple(stories.values()),
            zone=own_zone(workspace),
            now=now,
        )
    )


def _people(workspace: Workspace, now: datetime) -> dict[str, tuple[str, ...]]:
    """Return to whom one could write, for each company that has not decided."""
    from pipeline.touchpoints.contact_rounds import contact_rounds

    found: dict[str, tuple[str, ...]] = {}
    for item in contact_rounds(workspace.interviews, now):
        if item.person.name:
            slug = item.interview.company
            found[slug] = (*found.get(slug, ()), item.person.name)
    return found


def _timelines(
    candidate: Candidate, plan: Plan, found: Found, volume: Volume, now: datetime
) -> tuple[Timeline, ...]:
    from pipeline.digest import compose, timeline

    workspace, today = candidate.workspace, _today(candidate, now)
    decided = {held.company for held in plan.held if compose.is_known(held, candidate.shown, today)}
    talks = tuple(talk for talk in workspace.interviews if talk.company not in decided)
    waiting = replace(workspace, interviews=talks)
    return timeline.timelines(waiting, candidate.history, plan, found, volume, now)


def _today(candidate: Candidate, now: datetime) -> date:
    return day_in(own_zone(candidate.workspace), now)
