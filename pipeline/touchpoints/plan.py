"""The plan: interviews, matches, history and now in; suggestions, held-back ones and dates out.

In order:

    cases      one for each person of each interview that is waiting for a decision
    propose    every kind says what it would send, what stands against it, or when it comes up
    choose     one message a person, one person a story, the day's budget
    write      each chosen one with its draft

A pure function: nothing is kept, sent or asked here. What becomes of the suggestions of earlier
days is decided by `settle`, likewise from values alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from pipeline.records import (
    Company,
    Draft,
    Held,
    History,
    Interview,
    Match,
    PaceSettings,
    Person,
    Plan,
    Settings,
    State,
    Suggestion,
    Touchpoint,
    Upcoming,
    Workspace,
)
from pipeline.touchpoints import drafts, lifecycle, pace
from pipeline.touchpoints.case import Candidate, Case, Option, Proposal
from pipeline.touchpoints.guards import first_objection
from pipeline.touchpoints.kinds import KINDS
from pipeline.words import long_day, shorten

_STATUS_REASONS = {
    "offer": "You have an offer",
    "accepted": "You accepted",
    "declined": "You declined",
    "rejected": "They decided for somebody else",
    "withdrawn": "You withdrew",
}


def suggest(
    workspace: Workspace,
    matches: Mapping[str, Sequence[Match]],
    history: History,
    now: datetime,
) -> Plan:
    """Return what to send, what is held back and what comes up, at this moment."""
    interviews = _current(workspace.interviews)
    waiting = [item for item in interviews if item.status == "waiting"]
    started = [item for item in waiting if item.interviewed <= now]
    cases = [case for item in started for case in _cases(workspace, item, matches, history, now)]
    proposals = [proposal for case in cases for proposal in _propose(case)]
    candidates = [item for item in proposals if isinstance(item, Candidate)]
    chosen, set_aside = _choose(candidates, workspace.config.settings.digest.at_most)
    suggestions = tuple(_written(workspace, candidate, option) for candidate, option in chosen)
    return Plan(
        suggestions=suggestions,
        held=(
            *_bad_news(cases),
            *(item for item in proposals if isinstance(item, Held)),
            *set_aside,
            *_decided(interviews),
        ),
        upcoming=_upcoming(proposals, waiting, now, workspace),
    )


def settle(
    touchpoints: Iterable[Touchpoint], plan: Plan, now: datetime
) -> tuple[tuple[Touchpoint, State, str], ...]:
    """Return the moves that the plan makes by itself: what expires, and why; what wakes up.

    A suggestion whose reason stands, or that is put off until a later day, stays as it is. So does
    what the user has done: sent, answered and dismissed are theirs to take back.
    """
    standing = {item.key for item in plan.suggestions}
    moves: list[tuple[Touchpoint, State, str]] = []
    for touchpoint in touchpoints:
        asleep = touchpoint.status == "snoozed" and (touchpoint.until or now) > now
        if touchpoint.suggestion.key in standing:
            if touchpoint.status in ("snoozed", "expired"):
                moves.append((touchpoint, "suggested", "its day has come"))
        elif touchpoint.status in lifecycle.OPEN and not asleep:
            moves.append((touchpoint, "expired", _why_gone(touchpoint, plan)))
    return tuple(moves)


# ---------------------------------------------------------------------------------------- cases


def _current(interviews: Iterable[Interview]) -> list[Interview]:
    """Leave, of several interviews with one company, the latest for each person.

    A second round starts the clock anew; the history with the person stays.
    """
    by_date = sorted(interviews, key=lambda item: (item.interviewed, item.file), reverse=True)
    taken: set[tuple[str, str]] = set()
    latest: dict[str, Interview] = {}
    current = []
    for item in by_date:
        people = tuple(p for p in _people(item) if (item.company, p.name) not in taken)
        taken.update((item.company, person.name) for person in people)
        last = latest.setdefault(item.company, item)
        if last is not item:
            item = replace(item, status=last.status, decision_expected=None)
        if people:
            current.append(replace(item, people=tuple(p for p in people if p.name)))
    return sorted(current, key=lambda item: item.file)


def _people(interview: Interview) -> tuple[Person, ...]:
    return interview.people or (Person(""),)


def _cases(
    workspace: Workspace,
    interview: Interview,
    matches: Mapping[str, Sequence[Match]],
    history: History,
    now: datetime,
) -> list[Case]:
    company = next(c for c in workspace.config.companies if c.slug == interview.company)
    found = matches.get(interview.file, ())
    settings = workspace.config.settings
    return [
        _case(settings, company, interview, person, found, history, now)
        for person in _people(interview)
    ]


def _case(
    settings: Settings,
    company: Company,
    interview: Interview,
    person: Person,
    found: Sequence[Match],
    history: History,
    now: datetime,
) -> Case:
    touchpoints = tuple(
        item
        for item in history.touchpoints
        if item.suggestion.person == person.name and item.suggestion.company == company.slug
    )
    return Case(
        interview=interview,
        company=company,
        person=person,
        pace=settings.pace,
        zone=ZoneInfo(person.timezone or company.timezone or settings.timezone or "UTC"),
        is_free=pace.free_days(settings.pace),
        now=now,
        matches=tuple(match for match in found if match.shown),
        bad_news=_held_news(found, settings.pace, now),
        contacts=tuple(
            contact
            for contact in history.contacts
            if contact.company == company.slug
            and contact.person in ("", person.name)
            and interview.interviewed <= contact.at <= now
        ),
        touchpoints=touchpoints,
        seen_stories=frozenset(
            item.suggestion.story
            for item in touchpoints
            if item.suggestion.story and item.status in ("sent", "answered", "dismissed")
        ),
    )


def _held_news(found: Iterable[Match], settings: PaceSettings, now: datetime) -> tuple[Match, ...]:
    since = now - timedelta(days=settings.sensitive_days)
    return tuple(m for m in found if m.sensitive and since <= m.story.lead.published <= now)


# ------------------------------------------------------------------------------ propose, choose


def _propose(case: Case) -> list[Proposal]:
    asleep = [item for item in case.open if item.status == "snoozed" and _later(item, case.now)]
    if asleep:
        until = asleep[0].until
        kind = asleep[0].suggestion.kind
        return [case.held("snoozed", kind, "You put this off until later.", until)]
    woken = [item for item in case.open if _is_woken(item, case)]
    proposals = [_carried(item, case) for item in woken]
    return proposals + [propose(case) for propose in KINDS.values()]


def _later(touchpoint: Touchpoint, now: datetime) -> bool:
    return touchpoint.until is not None and touchpoint.until > now


def _is_woken(touchpoint: Touchpoint, case: Case) -> bool:
    """Tell whether the day has come, and is not so long ago that the message went stale."""
    return touchpoint.until is not None and (
        timedelta(0) <= case.now - touchpoint.until < timedelta(days=case.pace.news_days)
    )


def _carried(touchpoint: Touchpoint, case: Case) -> Proposal:
    """Take up again what the user put off until now, whatever became of its reason since."""
    old = touchpoint.suggestion
    candidate = Candidate(
        old.kind,
        old.key,
        case,
        pace.next_open(case.start_of_today, case.zone, case.is_free),
        "you put it off until now.",
        carried=old,
    )
    return first_objection(case, old.kind) or candidate


def _choose(
    candidates: Sequence[Candidate], at_most: int
) -> tuple[list[tuple[Candidate, Option | None]], list[Held]]:
    """Give each person one message and each story one person in a company, within the budget."""
    chosen: list[tuple[Candidate, Option | None]] = []
    held: list[Held] = []
    people: set[tuple[str, str]] = set()
    stories: set[tuple[str, str]] = set()
    for candidate in sorted(candidates, key=_right_of_way):
        case, kind = candidate.case, candidate.kind
        who = (case.company.slug, case.person.name)
        option = _free_option(candidate, stories)
        if candidate.needs_story and option is None:
            continue
        if who in people:
            held.append(case.held("one at a time", kind, "Another message to them comes first."))
        elif len(chosen) >= at_most:
            held.append(case.held("budget", kind, f"{at_most} suggestions are enough for a day."))
        else:
            chosen.append((candidate, option))
            people.add(who)
            if option:
                stories.add((case.company.slug, option.match.story.id))
    return chosen, held


def _right_of_way(candidate: Candidate) -> tuple[object, ...]:
    """Order: what was put off, then by kind, then what is already open, then the best story."""
    is_open = any(_is_of(candidate, item.suggestion.key) for item in candidate.case.open)
    best = candidate.options[0].match.score if candidate.options else 0.0
    return (
        candidate.carried is None,
        list(KINDS).index(candidate.kind),
        not is_open,
        -best,
        candidate.key,
    )


def _free_option(candidate: Candidate, taken: set[tuple[str, str]]) -> Option | None:
    """Return the story already suggested, if it stands, else the best that nobody there gets."""
    slug = candidate.case.company.slug
    free = [item for item in candidate.options if (slug, item.match.story.id) not in taken]
    open_stories = {
        item.suggestion.story
        for item in candidate.case.open
        if _is_of(candidate, item.suggestion.key)
    }
    kept = [item for item in free if item.match.story.id in open_stories]
    return next(iter(kept or free), None)


def _is_of(candidate: Candidate, key: str) -> bool:
    return key == candidate.key or (candidate.needs_story and key.startswith(candidate.key + ":"))


# ---------------------------------------------------------------------------------------- write


def _written(workspace: Workspace, candidate: Candidate, option: Option | None) -> Suggestion:
    if candidate.carried:
        return replace(candidate.carried, due=candidate.due, reason=candidate.reason)
    case = candidate.case
    story = option.match.story if option else None
    key = f"{candidate.key}:{story.id}" if story and candidate.needs_story else candidate.key
    draft: Draft = drafts.write(
        candidate.kind,
        key,
        case,
        option,
        workspace.config.settings.drafts,
        workspace.templates,
    )
    blank = Suggestion(
        key=key,
        kind=candidate.kind,
        interview=case.interview.file,
        company=case.company.slug,
        person=case.person.name,
        due=candidate.due,
        reason=candidate.reason,
        draft=draft,
    )
    return _with_story(blank, option) if option else blank


def _with_story(suggestion: Suggestion, option: Option) -> Suggestion:
    lead = option.match.story.lead
    return replace(
        suggestion,
        story=option.match.story.id,
        story_title=lead.title,
        story_link=lead.link,
        story_source=lead.source,
        story_published=lead.published,
        note=option.evidence.note,
        sentence=option.evidence.sentence,
        terms=option.evidence.terms,
        score=option.match.score,
    )


# ------------------------------------------------------------------------- held back, coming up


def _bad_news(cases: Iterable[Case]) -> list[Held]:
    """Return each piece of bad news once, apart from the messages that it holds back."""
    found: dict[tuple[str, str], Held] = {}
    for case in cases:
        for match in case.bad_news:
            lead = match.story.lead
            until = lead.published + timedelta(days=case.pace.sensitive_days)
            day = long_day(until.astimezone(case.zone).date())
            what = ", ".join(event.kind for event in match.events if event.sensitive)
            found[(case.company.slug, match.story.id)] = Held(
                guard="sensitive news",
                company=case.company.slug,
                person="",
                reason=f"Bad news about {case.company.name} ({what}). "
                f"Nothing cheerful goes there until {day}.",
                story=match.story.id,
                title=lead.title,
                link=lead.link,
                advice=_ADVICE,
                until=until,
            )
    return list(found.values())


_ADVICE = (
    "If you know somebody there, a line in your own words is kinder than any template. "
    "Otherwise: wait."
)


def _decided(interviews: Iterable[Interview]) -> list[Held]:
    return [
        Held(
            "decided",
            item.company,
            "",
            f"{_STATUS_REASONS[item.status]}; nothing more is suggested.",
        )
        for item in interviews
        if item.status != "waiting"
    ]


def _upcoming(
    proposals: Iterable[Proposal],
    waiting: Iterable[Interview],
    now: datetime,
    workspace: Workspace,
) -> tuple[Upcoming, ...]:
    zone = ZoneInfo(workspace.config.settings.timezone or "UTC")
    today = now.astimezone(zone).date()
    found = {item for item in proposals if isinstance(item, Upcoming)}
    for interview in waiting:
        day = interview.interviewed.astimezone(zone).date()
        if interview.interviewed > now:
            key = f"interview:{interview.file}"
            found.add(Upcoming(key, day, interview.company, "the interview"))
        if interview.decision_expected and interview.decision_expected >= today:
            key, day = f"expected:{interview.file}", interview.decision_expected
            found.add(Upcoming(key, day, interview.company, "the decision is expected"))
    return tuple(sorted(found, key=lambda item: (item.day, item.company, item.what)))


def _why_gone(touchpoint: Touchpoint, plan: Plan) -> str:
    """Return the reason why a suggestion of an earlier day is not made any more."""
    old = touchpoint.suggestion
    for held in plan.held:
        if (held.company, held.person, held.kind) == (old.company, old.person, old.kind):
            return held.reason
    for held in plan.held:
        if held.company == old.company and not held.person:
            return held.reason
    if old.story_title:
        return f'"{shorten(old.story_title, 80)}" is no longer fresh, or no longer fits.'
    return "Its time has passed."
