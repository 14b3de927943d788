"""The plan: interviews, matches, history and now in; suggestions, held-back ones and dates out.

In order:

    rounds     whom the candidate waits for: the latest talk with each person
    cases      each of them with all that is known at this moment
    propose    every kind says what it would send, what is against it, or when it comes up
    asked for  what the user wanted stays, whatever the guards say; others wait for it
    choose     one message a person, one story and one message a company, the day's budget
    write      each chosen one with its draft

A pure function: nothing is kept, sent or asked here. What becomes of the suggestions of earlier
days is decided by `settle`, also from values alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TypeGuard

from pipeline.records import (
    Config,
    Contact,
    Expiry,
    Guard,
    GuardResult,
    Held,
    History,
    Hold,
    Interview,
    Kind,
    Match,
    Part,
    Plan,
    Reason,
    Reference,
    Suggestion,
    Touchpoint,
    Upcoming,
    Workspace,
)
from pipeline.text import publishers
from pipeline.text.calendar import day_in, zone_of
from pipeline.text.names import key_of
from pipeline.text.variety import Places
from pipeline.touchpoints import bad_news, drafts, lifecycle, pace, person_news, releases
from pipeline.touchpoints.case import (
    Case,
    HoldRules,
    Option,
    PossibleMessage,
    Proposal,
    line_mark,
    lines_offered,
    marks_of,
    marks_sent,
)
from pipeline.touchpoints.contact_rounds import (
    ContactRound,
    contact_rounds,
    decisions,
    identities_of,
    rejections,
)
from pipeline.touchpoints.guards import ask, objections
from pipeline.touchpoints.kinds import AFTER_A_NO, KINDS, evidence_for, is_own, is_theirs_by
from pipeline.touchpoints.replies import as_answered, replies_since
from pipeline.touchpoints.suitability import is_theirs

Chosen = list[tuple[PossibleMessage, Option | None]]

# What is nothing without its story: put off, it comes back with it.
CARRIED: tuple[Kind, ...] = ("congratulation", "contribution", "tidbit")
# In which an article is something to read, and so the same at every company.
TO_READ: tuple[Kind, ...] = ("thank_you", "tidbit")
# What goes to a person beside the others: a second one at a company on the same day, too.
BESIDE: tuple[Kind, ...] = ("thank_you", "congratulation", "answer")
# What does not count as a message to somebody: it is a reply, or good manners.
ASIDES: tuple[Kind, ...] = ("congratulation", "answer")
# Between two messages with one article to different companies; people know each other. A judgement.
APART = timedelta(days=2)
_TODAY_ONLY = (Guard.ONE_AT_A_TIME, Guard.COLLEAGUE, Guard.DAILY_BUDGET)


def suggest(
    workspace: Workspace,
    matches: Mapping[str, Sequence[Match]],
    history: History,
    now: datetime,
    holidays: pace.Holidays = pace.public_holidays,
) -> Plan:
    """Return what to send, what is held back and what comes up, at this moment."""
    workspace = as_answered(workspace, history, now)
    cases = cases_of(workspace, matches, history, now, holidays)
    asked = [(case, item.suggestion) for case in cases for item in case.open if _stands(item, case)]
    closed = _closed_cases(workspace, matches, history, now, holidays)
    pairs = [(case, proposal) for case in (*cases, *closed) for proposal in _propose(case)]
    proposals = _for_whom_it_fits(_without_resting(cases, pairs))
    candidates = [item for item in proposals if isinstance(item, PossibleMessage)]
    candidates, waiting = _behind(asked, candidates)
    left = max(_budget_left(workspace, history, now) - len(asked), 0)
    chosen, set_aside = _choose(candidates, left, workspace.config)
    told = [(case, _still_asked_for(case, suggestion)) for case, suggestion in asked]
    told += [(item.case, written(workspace, item, option)) for item, option in chosen]
    return Plan(
        suggestions=tuple(suggestion for _, suggestion in _in_order(told)),
        held=(
            *bad_news.held_news(cases),
            *person_news.held_people(cases),
            *(item for item in proposals if isinstance(item, Held)),
            *waiting,
            *set_aside,
            *_decided(workspace.interviews),
            *_unread(workspace),
        ),
        upcoming=_upcoming(proposals, workspace, now),
        told=_with_messages(chosen),
    )


def settle(
    touchpoints: Iterable[Touchpoint], plan: Plan, now: datetime
) -> tuple[tuple[Touchpoint, Touchpoint], ...]:
    """Return what the plan changes by itself, before and after: what expires, what wakes up.

    A suggestion whose reason holds, or that is put off until a later day, stays as it is, unless
    the company has decided. A story whose day has come while a guard holds it for some days more
    is put off until these are over. What the user has done, sent, answered and dismissed, is
    theirs to take back.
    """
    standing = {item.key for item in plan.suggestions}
    decided = {item.company for item in plan.held if item.guard is Guard.DECIDED}
    moves: list[tuple[Touchpoint, Touchpoint]] = []
    for touchpoint in touchpoints:
        asleep = touchpoint.status == "snoozed" and (touchpoint.until or now) > now
        is_over = touchpoint.suggestion.company in decided
        asleep = asleep and (not is_over or touchpoint.suggestion.kind in AFTER_A_NO)
        if touchpoint.suggestion.key in standing:
            if touchpoint.status in ("snoozed", "expired"):
                awake = lifecycle.moved(touchpoint, "suggested", now, until=touchpoint.until)
                moves.append((touchpoint, awake))
        elif touchpoint.is_open and not asleep and (until := _held_until(touchpoint, plan, now)):
            why = _why_gone(touchpoint, plan)
            rests = lifecycle.moved(touchpoint, "snoozed", now, expiry=why, until=until)
            moves.append((touchpoint, rests))
        elif touchpoint.is_open and not asleep:
            gone = lifecycle.moved(touchpoint, "expired", now, expiry=_why_gone(touchpoint, plan))
            moves.append((touchpoint, gone))
    return tuple(moves)


def _held_until(touchpoint: Touchpoint, plan: Plan, now: datetime) -> datetime | None:
    """Return until when a story waits that the user put off until now; None: for ever.

    Where only another message comes first today, it waits for a day.
    """
    old = touchpoint.suggestion
    if touchpoint.status != "snoozed" or old.kind not in CARRIED:
        return None
    whom = (old.company, old.person, old.kind)
    # What is taken up again is proposed first: the pace of new ones comes after it.
    held = (item for item in plan.held if (item.company, item.person, item.kind) == whom)
    first = next(held, None)
    if first is None or first.until or first.guard not in _TODAY_ONLY:
        return first.until if first else None
    return now + timedelta(days=1)


# ---------------------------------------------------------------------------------------- cases


def cases_of(
    workspace: Workspace,
    matches: Mapping[str, Sequence[Match]],
    history: History,
    now: datetime,
    holidays: pace.Holidays = pace.public_holidays,
) -> list[Case]:
    """Return every person whose answer is awaited, with all that is known at this moment."""
    workspace = as_answered(workspace, history, now)
    found = contact_rounds(_read_talks(workspace), now)
    return _cases(workspace, found, matches, _Past(workspace, history, now), holidays)


def _closed_cases(
    workspace: Workspace,
    matches: Mapping[str, Sequence[Match]],
    history: History,
    now: datetime,
    holidays: pace.Holidays,
) -> list[Case]:
    """Return for each company that said no the person who gets a last note."""
    found = rejections(_read_talks(workspace), history.contacts, now)
    return _cases(workspace, found, matches, _Past(workspace, history, now), holidays)


def _read_talks(workspace: Workspace) -> list[Interview]:
    silent = _silent(workspace)
    return [talk for talk in workspace.interviews if talk.company not in silent]


def _cases(
    workspace: Workspace,
    found: Sequence[ContactRound],
    matches: Mapping[str, Sequence[Match]],
    past: _Past,
    holidays: pace.Holidays,
) -> list[Case]:
    bad = {
        slug: bad_news.bad_news_about(workspace, slug, matches, past.history, past.now)
        for slug in dict.fromkeys(item.interview.company for item in found)
    }
    others = {slug: _elsewhere(slug, matches, past) for slug in bad}
    cases = (_case(workspace, item, matches, bad, past, holidays) for item in found)
    return [replace(case, elsewhere=others[case.company.slug]) for case in cases]


def _elsewhere(slug: str, matches: Mapping[str, Sequence[Match]], past: _Past) -> frozenset[str]:
    """Return the marks of what is nothing to read for anybody at this company.

    The news of the candidate's other companies tell to whom else they talk; and what went to one
    company goes to another some days later, if at all.
    """
    told = (m for found in matches.values() for m in found if m.company != slug and is_theirs(m))
    sent = (
        item.suggestion
        for item in past.touchpoints
        if item.suggestion.company != slug
        and item.status in ("sent", "answered")
        and item.changed > past.now - APART
    )
    return frozenset().union(*map(marks_of, told), *map(marks_sent, sent))


class _Past:
    """The history as it is at one moment, asked by person."""

    def __init__(self, workspace: Workspace, history: History, now: datetime) -> None:
        self.now = now
        self.publishers = publishers.Publishers(workspace.config)
        self.history = history
        self._identities = identities_of(workspace.interviews)
        self._names = {(slug, key_of(name)): name for slug, name in self._identities}
        self.contacts = tuple(
            replace(contact, person=self.name_in_notes(contact)) for contact in history.contacts
        )
        self.touchpoints = history.touchpoints
        self.holds = history.holds
        self.forgotten = history.forgotten
        self.asides = frozenset(
            item.id for item in history.touchpoints if item.suggestion.kind in ASIDES
        )

    def counts(self, contact: Contact) -> bool:
        """Return whether a contact is more than good manners of the user's."""
        return contact.answer or contact.touchpoint not in self.asides

    def name_in_notes(self, item: Contact | Suggestion | Hold) -> str:
        """Return how the notes spell whom a contact, a suggestion or a hold is about."""
        return self._names.get((item.company, key_of(item.person)), item.person)

    def is_with(self, item: Contact | Suggestion, identity: str) -> bool:
        """Return whether a contact or suggestion was with that person, at whatever company."""
        # A contact may be with somebody whom the notes on that company don't name: the name tells.
        place = (item.company, self.name_in_notes(item))
        return self._identities.get(place, key_of(item.person)) == identity


def _is_promised(touchpoint: Touchpoint, now: datetime) -> bool:
    """Return whether somebody there got its story, or is to get it on the day the user named."""
    is_put_off = touchpoint.status == "snoozed" and _later(touchpoint, now)
    is_wanted = touchpoint.is_open and touchpoint.suggestion.is_asked_for
    return touchpoint.status in ("sent", "answered") or (
        is_wanted or (is_put_off and touchpoint.suggestion.kind in CARRIED)
    )


def _case(
    workspace: Workspace,
    item: ContactRound,
    matches: Mapping[str, Sequence[Match]],
    bad: Mapping[str, tuple[Match, ...]],
    past: _Past,
    holidays: pace.Holidays,
) -> Case:
    settings, now = workspace.config.settings, past.now
    slug, name = item.interview.company, item.person.name
    company = next(c for c in workspace.config.companies if c.slug == slug)
    began = item.interview.interviewed
    here = [c for c in past.contacts if c.company == slug and began <= c.at <= now]
    mine = [t for t in past.touchpoints if past.is_with(t.suggestion, item.identity)]
    country = pace.whose_holidays(settings.pace, company, item.person, settings.timezone)
    zone = zone_of(item.person.timezone, company.timezone, settings.timezone)
    short = releases.shortened(past.holds, past.forgotten, slug)
    heard = bad_news.hearsay(bad[slug], past.publishers)
    rules = HoldRules(settings.pace, zone, short, heard)
    holding, usual = bad_news.holding(bad[slug], rules, past.publishers, now)
    told = [m for talk in (item.interview, *item.earlier) for m in matches.get(talk.file, ())]
    told = [match for match in told if match.story.lead.published <= now]
    own = [
        hold
        for hold in past.holds
        if name and (hold.company, past.name_in_notes(hold)) == (slug, name)
    ]
    counted = [c for c in past.contacts if c.at <= now and past.counts(c)]
    return Case(
        interview=item.interview,
        company=company,
        person=item.person,
        identity=item.identity,
        leads=item.leads,
        asked=item.asked,
        ahead=item.ahead,
        config=workspace.config,
        pace=settings.pace,
        zone=zone,
        is_free=pace.free_days(settings.pace, country, holidays),
        is_free_of_thanks=pace.free_of_thanks(settings.pace, country, holidays),
        now=now,
        matches=_together(told),
        bad_news=holding,
        shortened=short,
        hearsay=heard,
        usual_news=usual,
        contacts=tuple(c for c in here if c.person in ("", name)),
        everywhere=tuple(c for c in counted if past.is_with(c, item.identity)),
        colleagues=tuple(c for c in here if c.person not in ("", name) and past.counts(c)),
        touchpoints=tuple(t for t in mine if t.suggestion.company == slug),
        used=frozenset().union(
            *(marks_sent(t.suggestion) for t in mine if t.status in lifecycle.DONE),
            *(
                marks_sent(t.suggestion) | lines_offered(t.suggestion)
                for t in past.touchpoints
                if t.suggestion.company == slug and _is_promised(t, now)
            ),
        ),
        said=frozenset(
            source.place
            for t in past.touchpoints
            if t.suggestion.company == slug and t.status in ("sent", "answered")
            for source in t.draft.sources
            if source.place.startswith("data/notes/") and ", line " in source.place
        ),
        own_news=person_news.own_news(name, told, [hold for hold in own if hold.released]),
        others_news=person_news.others_news((item.interview, *item.earlier), told),
        own_holds=tuple(hold for hold in own if not hold.released),
        own_field=tuple({m.story.id: m for m in told if m.own_field}.values()),
        asides=past.asides,
        replies=replies_since(past.contacts, slug, item.since or began, now),
    )


def _together(found: Iterable[Match]) -> tuple[Match, ...]:
    """Return the shown matches of one or several talks, each story once with all its evidence.

    A story that is delicate for somebody there goes to nobody there.
    """
    stories: dict[str, Match] = {}
    for match in (match for match in found if match.shown and not match.is_delicate):
        other = stories.get(match.story.id)
        if other is not None:
            better, rest = (match, other) if match.score > other.score else (other, match)
            people = (*better.for_people, *rest.for_people)
            match = replace(better, for_people=people, skill=better.skill or rest.skill)
        stories[match.story.id] = match
    return tuple(sorted(stories.values(), key=lambda item: (-item.score, item.story.id)))


# ------------------------------------------------------------------------------ propose, choose


def _propose(case: Case) -> list[Proposal]:
    is_over = case.interview.status != "waiting"
    mine = [item for item in case.open if (item.suggestion.kind in AFTER_A_NO) == is_over]
    asleep = [item for item in mine if item.status == "snoozed" and _later(item, case.now)]
    woken = [item for item in mine if _is_woken(item, case)]
    proposals = [_carried(item, case) for item in woken]
    for kind, propose in KINDS.items():
        if (kind in AFTER_A_NO) != is_over:
            continue
        proposal = propose(case)
        if isinstance(proposal, PossibleMessage) and asleep:
            proposal = _put_off(kind, case, asleep) or proposal
        proposals.append(proposal)
    return proposals


def _without_resting(
    cases: Sequence[Case], found: Sequence[tuple[Case, Proposal]]
) -> list[tuple[Case, Proposal]]:
    """Return the proposals without stories that were put off for a colleague and are held today.

    They rest until the guard lets them go (`settle`).
    """
    resting: dict[str, frozenset[str]] = {}
    for case in cases:
        for woken in case.open:
            held = _carried(woken, case) if _is_woken(woken, case) else None
            if isinstance(held, Held) and held.until:
                slug = case.company.slug
                resting[slug] = resting.get(slug, frozenset()) | marks_sent(woken.suggestion)
    if not resting:
        return list(found)
    rest: list[tuple[Case, Proposal]] = []
    for case, item in found:
        marks = resting.get(case.company.slug, frozenset())
        if isinstance(item, PossibleMessage) and marks and not item.carried:
            left = tuple(o for o in item.options if not marks & marks_of(o.match))
            item = replace(item, options=left)
        rest.append((case, item))
    return rest


def _for_whom_it_fits(found: Sequence[tuple[Case, Proposal]]) -> list[Proposal]:
    """Return the proposals without stories that a colleague's own line found, who may have them.

    Such a story waits until the colleague's turn, if it is still fresh then.
    """
    waiting = [
        (case, item)
        for case, item in found
        if isinstance(item, Held) and item.kind == "tidbit" and item.until and item.story
    ]
    proposals: list[Proposal] = []
    for case, item in found:
        if not isinstance(item, PossibleMessage) or item.kind != "tidbit" or item.carried:
            proposals.append(item)
            continue
        kept = {
            option.match.story.id: (other, held)
            for option in item.options
            for other, held in waiting
            if not is_own(option, case.person.name)
            and not _is_open(item, option)
            and other.company.slug == case.company.slug
            and other.identity != case.identity
            and is_theirs_by(option.match, other, held.until or other.now)
        }
        left = tuple(option for option in item.options if option.match.story.id not in kept)
        if left or not kept:
            proposals.append(replace(item, options=left))
            continue
        other, held = next(iter(kept.values()))
        match = item.options[0].match
        result = GuardResult(Guard.BETTER_FOR, colleague=other.who)
        told = case.held("tidbit", result, held.until)
        lead = match.story.lead
        proposals.append(replace(told, story=match.story.id, title=lead.title, link=lead.link))
    return proposals


def _put_off(kind: Kind, case: Case, asleep: Sequence[Touchpoint]) -> Held | None:
    """Say that what the user put off keeps its kind waiting, and all that has time."""
    same = [item for item in asleep if item.suggestion.kind == kind]
    if kind in (*BESIDE, *AFTER_A_NO, "decision", "reminder") and not same:
        return None
    return case.held(kind, GuardResult(Guard.PUT_OFF), (same or asleep)[0].until)


def _later(touchpoint: Touchpoint, now: datetime) -> bool:
    return touchpoint.until is not None and touchpoint.until > now


def _is_woken(touchpoint: Touchpoint, case: Case) -> bool:
    """Return whether the day has come for a story, and is not so long ago that it went stale.

    A message without a story needs no such help: its kind proposes it again by itself, but for a
    thank-you that the user wants later than it is of use.
    """
    until, old = touchpoint.until, touchpoint.suggestion
    is_late = until is not None and until >= case.thank_you_ends and not case.messages
    is_thanks = old.kind == "thank_you" and old.interview == case.interview.file
    return (
        (old.kind in CARRIED or (is_thanks and is_late))
        and not touchpoint.suggestion.is_asked_for
        and touchpoint.until is not None
        and timedelta(0) <= case.now - touchpoint.until < timedelta(days=case.pace.news_days)
        and not marks_sent(touchpoint.suggestion) & case.used
    )


def _carried(touchpoint: Touchpoint, case: Case) -> Proposal:
    """Take up again what the user put off until now, whatever became of its reason since."""
    old = touchpoint.suggestion
    found = ask(case, old.kind)
    if isinstance(found, Held):
        return found
    due, reason = case.next_open(case.now, old.kind), Reason("put_off")
    return PossibleMessage(old.kind, old.key, case, due, reason, passed=found, carried=old)


def _stands(touchpoint: Touchpoint, case: Case) -> bool:
    """Return whether a message that the user asked for still waits to be sent.

    After as many days as news stay fresh it is given up: it would hold others back for ever.
    """
    stale = case.days_after(case.now, -case.pace.news_days)
    is_asleep = _later(touchpoint, case.now)
    return touchpoint.suggestion.is_asked_for and not is_asleep and touchpoint.changed >= stale


def _still_asked_for(case: Case, old: Suggestion) -> Suggestion:
    """Return what the user asked for, with what speaks against it today."""
    due = _kept_due(case, old.key) or case.next_open(case.now, old.kind)
    return replace(old, due=due, against=objections(case, old.kind))


def _behind(
    asked: Iterable[tuple[Case, Suggestion]], candidates: Sequence[PossibleMessage]
) -> tuple[list[PossibleMessage], list[Held]]:
    """Return what can go beside the messages that the user asked for, and what waits for them.

    Thanks and congratulations have no time to wait; nor has a question that a colleague gets.
    """
    people = {case.identity for case, _ in asked}
    companies = {case.company.slug: case.who for case, _ in asked}
    ready, waiting = list[PossibleMessage](), list[Held]()
    for item in candidates:
        is_theirs = item.case.identity in people
        is_second = item.case.company.slug in companies and item.kind != "decision"
        waits = item.kind not in BESIDE and (is_theirs or is_second)
        if waits:
            waiting.append(_set_aside(item, people, companies))
        else:
            ready.append(item)
    return ready, waiting


def _budget_left(workspace: Workspace, history: History, now: datetime) -> int:
    """Return how many suggestions the day still takes: what was sent today counts."""
    zone = zone_of(workspace.config.settings.timezone)
    today = day_in(zone, now)
    sent = sum(
        not contact.answer and contact.touchpoint > 0 and day_in(zone, contact.at) == today
        for contact in history.contacts
    )
    return max(workspace.config.settings.digest.at_most - sent, 0)


def _choose(
    candidates: Sequence[PossibleMessage], left: int, config: Config
) -> tuple[Chosen, list[Held]]:
    """Yield each person one message and each story one person in a company, within the budget.

    Of one company only one person gets a message, aside from thank-yous; and no source and no
    subject goes with more messages than are set.
    """
    ready, beaten = list(candidates), list[PossibleMessage]()
    whole = ready
    while True:
        chosen, left_out, people, companies = _choose_once(ready, left)
        others = [item for item in left_out if item.case.identity in people]
        if others:
            # They have another message: what story they had claimed is free for somebody else.
            beaten += others
            gone = set(map(id, others))
            ready = [item for item in ready if id(item) not in gone]
        elif crowded := _crowded(chosen, config):
            # It takes another story; without one, what it had beaten may come in its place.
            old, new = crowded
            whole = [new if item is old else item for item in whole]
            ready, beaten = whole, []
        else:
            break
    left_out = sorted(beaten + left_out, key=lambda item: (item.key, bool(item.carried)))
    return chosen, [_set_aside(item, people, companies) for item in left_out]


def _crowded(chosen: Chosen, config: Config) -> tuple[PossibleMessage, PossibleMessage] | None:
    """Return the first with one story too many of a source or subject, and it without such ones.

    Too many is an article, too, that somebody at another company has to read on the same day.

    What is suggested already stays, and so do congratulations.
    """
    places = {"contribution": Places(config), "tidbit": Places(config)}
    read = frozenset[str]()
    told = [(item, option) for item, option in chosen if option and item.kind != "congratulation"]
    for candidate, option in sorted(told, key=lambda pair: not _is_open(*pair)):
        queue, gone = places[option.match.kind], read if candidate.kind in TO_READ else frozenset()
        fit = [
            o for o in candidate.options if not (queue.against(o.match) or marks_of(o.match) & gone)
        ]
        if option not in fit and not _is_open(candidate, option):
            return candidate, replace(candidate, options=tuple(fit))
        queue.take(option.match)
        read |= marks_of(option.match) if candidate.kind in TO_READ else frozenset()
    return None


def _choose_once(
    candidates: Sequence[PossibleMessage], left: int
) -> tuple[Chosen, list[PossibleMessage], set[str], dict[str, str]]:
    """Return the chosen ones, the others, whom the chosen go to, and whom in which company."""
    chosen: Chosen = []
    left_out: list[PossibleMessage] = []
    people: set[str] = set()
    companies: dict[str, str] = {}
    for candidate, option in _with_stories(candidates):
        case, slug = candidate.case, candidate.case.company.slug
        is_second = slug in companies and candidate.kind not in BESIDE
        if case.identity in people or is_second or len(chosen) >= left:
            left_out.append(candidate)
            continue
        chosen.append((candidate, option))
        people.add(case.identity)
        if candidate.kind not in ASIDES:
            companies.setdefault(slug, case.who)
    return chosen, left_out, people, companies


def _set_aside(candidate: PossibleMessage, people: set[str], companies: Mapping[str, str]) -> Held:
    """Say why another one was chosen."""
    case, kind = candidate.case, candidate.kind
    if case.identity in people:
        return case.held(kind, GuardResult(Guard.ONE_AT_A_TIME))
    if case.company.slug in companies and kind not in BESIDE:
        colleague = companies[case.company.slug]
        return case.held(kind, GuardResult(Guard.COLLEAGUE, colleague=colleague))
    return case.held(kind, GuardResult(Guard.DAILY_BUDGET))


def _with_messages(chosen: Chosen) -> tuple[Match, ...]:
    """Return the stories that go with messages, in an order that no earlier plan decides."""
    told = [o.match for item, o in chosen if o and item.kind != "congratulation"]
    return tuple(sorted(told, key=lambda m: (-m.score, m.story.id, m.interview)))


def _in_order(found: Iterable[tuple[Case, Suggestion]]) -> list[tuple[Case, Suggestion]]:
    """Return the order of the page: by kind, what can wait least first, and by score.

    Not by what is open already: else the page of a second run would show the same in another order.
    """
    kinds = list(KINDS)

    def place(pair: tuple[Case, Suggestion]) -> tuple[object, ...]:
        case, what = pair
        last = case.last_day_of_thanks if what.kind == "thank_you" else date.max
        people = [person.name for person in case.interview.people]
        seat = people.index(what.person) if what.person in people else 0
        return (kinds.index(what.kind), last, -what.reference.score, seat, what.key)

    return sorted(found, key=place)


def _with_stories(
    candidates: Sequence[PossibleMessage],
) -> list[tuple[PossibleMessage, Option | None]]:
    """Return the candidates in the order of their right of way, each with its story.

    Where several could have a story, it goes to the one to whom it was suggested already, then
    to the one whose own note line found it, then (if it is about the work) to the manager, then to
    the one whom it fits best.
    """
    pairs = [(candidate, option) for candidate in candidates for option in candidate.options]
    taken: dict[int, Option] = {}
    used: dict[str, frozenset[str]] = {}  # to each company, under whatever title or address
    for candidate in candidates:
        if candidate.carried:
            slug, marks = candidate.case.company.slug, marks_sent(candidate.carried)
            marks |= lines_offered(candidate.carried)
            used[slug] = used.get(slug, frozenset()) | marks
    for candidate, option in sorted(pairs, key=lambda pair: _claim(*pair)):
        slug, marks = candidate.case.company.slug, marks_of(option.match)
        if candidate.kind == "contribution":
            marks |= {line_mark(option.evidence.note.text)}
        if id(candidate) not in taken and not marks & used.get(slug, frozenset()):
            taken[id(candidate)] = option
            used[slug] = used.get(slug, frozenset()) | marks
    found = [(candidate, taken.get(id(candidate))) for candidate in candidates]
    ready = [pair for pair in found if pair[1] or pair[0].carried or not pair[0].needs_story]
    return sorted(ready, key=lambda pair: _right_of_way(*pair))


def _claim(candidate: PossibleMessage, option: Option) -> tuple[object, ...]:
    return (
        _rank(candidate),
        not _is_open(candidate, option),
        not is_own(option, candidate.case.person.name),
        candidate.kind == "contribution" and candidate.case.person.role != "manager",
        -option.match.score,
        -option.evidence.score,
        _place(candidate),
        candidate.key,
        option.match.story.id,
    )


def _right_of_way(candidate: PossibleMessage, option: Option | None) -> tuple[object, ...]:
    score = option.match.score if option else 0.0
    return (_rank(candidate), -score, _place(candidate), candidate.key)


def _rank(candidate: PossibleMessage) -> tuple[int, bool]:
    """Return the class of a candidate: thanks and the question, put off until now, by kind.

    A story that is suggested already stays ahead of a better one that came since, so that a
    suggestion does not change from one run to the next; only a sign of life gives way.
    """
    if candidate.carried or candidate.kind in ASIDES:
        return 2, False
    kinds = list(KINDS)
    place = kinds.index(candidate.kind)
    if candidate.needs_story:
        is_open = any(_is_open(candidate, option) for option in candidate.options)
        return 3 + (place if is_open else place + len(kinds)), False
    is_open = any(item.suggestion.key == candidate.key for item in candidate.case.open)
    urgent = dict.fromkeys(AFTER_A_NO, 2) | {"thank_you": 0, "decision": 1, "reminder": 1}
    return urgent.get(candidate.kind, 3 + place + len(kinds)), not is_open


def _is_open(candidate: PossibleMessage, option: Option) -> bool:
    """Return whether this story is suggested to this person already, in a message of this kind."""
    return any(
        item.suggestion.reference.story == option.match.story.id
        and (item.suggestion.key == _key(candidate, option))
        for item in candidate.case.open
    )


def _place(candidate: PossibleMessage) -> int:
    people = candidate.case.interview.people
    return people.index(candidate.case.person) if candidate.case.person in people else 0


def _key(candidate: PossibleMessage, option: Option | None) -> str:
    """Return the key of the suggestion: of a kind that needs a story, with the story's id."""
    if option and candidate.needs_story:
        return f"{candidate.key}:{option.match.story.id}"
    return candidate.key


# ---------------------------------------------------------------------------------------- write


def written(workspace: Workspace, candidate: PossibleMessage, option: Option | None) -> Suggestion:
    """Return a chosen message with its draft."""
    case, key = candidate.case, _key(candidate, option)
    due = _kept_due(case, key) or candidate.due
    if candidate.carried:
        return replace(candidate.carried, due=due, reason=candidate.reason, passed=candidate.passed)
    settings, templates = workspace.config.settings.drafts, workspace.templates
    blank = Suggestion(
        key=key,
        kind=candidate.kind,
        interview=case.interview.file,
        company=case.company.slug,
        person=case.person.name,
        due=due,
        reason=candidate.reason,
        draft=drafts.write_once_more(candidate.kind, key, case, settings, templates)
        if candidate.reason.is_repeated
        else drafts.write(candidate.kind, key, case, option, settings, templates),
        passed=candidate.passed,
    )
    return _with_story(blank, option) if option else blank


def _kept_due(case: Case, key: str) -> datetime | None:
    """Return the due moment of what is suggested already, so that it does not move day by day."""
    for item in case.open:
        due = item.suggestion.due
        if (
            item.suggestion.key == key
            and item.status == "suggested"
            and case.next_open(due, item.suggestion.kind) == due
        ):
            return due
    return None


def _with_story(suggestion: Suggestion, option: Option) -> Suggestion:
    lead = option.match.story.lead
    talk = evidence_for(option.match, suggestion.person)
    return replace(
        suggestion,
        reference=Reference(
            story=option.match.story.id,
            title=lead.title,
            link=lead.link,
            source=publishers.of(lead),
            published=lead.published,
            paywalled=lead.page == "paywalled",
            note=option.evidence.note if option.evidence.note.line else None,
            talk=talk.note if talk and talk.note.section == "discussed" else None,
            sentence=option.evidence.sentence,
            terms=option.evidence.terms,
            score=option.match.score,
            told_by=publishers.others_of(option.match),
            news=_good_news_of(option.match),
            queue=option.match.queue,
            parts=tuple(Part(part.name, part.amount) for part in option.match.parts),
        ),
    )


def _good_news_of(match: Match) -> str:
    return match.verdict.kind if match.verdict and match.verdict.tone == "good" else ""


# ------------------------------------------------------------------------- held back, coming up


def _decided(interviews: Iterable[Interview]) -> list[Held]:
    return [
        Held(GuardResult(Guard.DECIDED, decision=item.status), item.company, "")
        for item in decisions(interviews)
    ]


def _silent(workspace: Workspace) -> frozenset[str]:
    """Return the companies of notes that cannot be read: an older note must not speak instead."""
    return frozenset(slug for note in workspace.unread for slug in note.companies)


def _unread(workspace: Workspace) -> list[Held]:
    return [
        Held(GuardResult(Guard.UNREAD_NOTE, file=note.file), slug, "")
        for note in workspace.unread
        for slug in note.companies
    ]


def _upcoming(
    proposals: Iterable[Proposal], workspace: Workspace, now: datetime
) -> tuple[Upcoming, ...]:
    zone = zone_of(workspace.config.settings.timezone)
    today = day_in(zone, now)
    found = {item for item in proposals if isinstance(item, Upcoming)}
    found |= {_when_its_time_comes(item) for item in proposals if _is_kept_back(item)}
    decided = {item.company for item in decisions(workspace.interviews)} | _silent(workspace)
    for interview in workspace.interviews:
        if interview.company in decided or interview.status != "waiting":
            continue
        day = day_in(zone, interview.interviewed)
        if interview.interviewed > now:
            key = f"interview:{interview.file}"
            found.add(Upcoming("interview", key, day, interview.company))
        if interview.decision_expected and interview.decision_expected >= today:
            key, day = f"expected:{interview.file}", interview.decision_expected
            named = interview.named_on
            found.add(Upcoming("decision_day", key, day, interview.company, named_on=named))
    return tuple(sorted(found, key=lambda item: (item.day, item.company, item.key)))


def _is_kept_back(proposal: Proposal) -> TypeGuard[Held]:
    """Return whether a story waits for the bar to fall, and will still be fresh then."""
    if not isinstance(proposal, Held) or proposal.guard is not Guard.BAR:
        return False
    return proposal.result.until is not None and not proposal.result.is_lost


def _when_its_time_comes(held: Held) -> Upcoming:
    key = f"kept:{held.company}:{held.person}:{held.story}"
    day = held.result.until or date.min
    return Upcoming(held.kind or "tidbit", key, day, held.company, held.person, held.title)


def _why_gone(touchpoint: Touchpoint, plan: Plan) -> Expiry:
    """Return the reason why a suggestion of an earlier day is not made any more."""
    old = touchpoint.suggestion
    here = [held for held in plan.held if held.company == old.company]
    of_all = [held for held in here if held.guard in _FOR_ALL and held.kind is None]
    same = [held for held in here if (held.person, held.kind) == (old.person, old.kind)]
    reasons = [
        *same,
        *(h for h in of_all if h.guard is not Guard.BAD_NEWS or old.kind != "thank_you"),
    ]
    if reasons:
        return Expiry(reasons[0].result)
    whom = (old.company, old.person, old.kind)
    is_replaced = any((new.company, new.person, new.kind) == whom for new in plan.suggestions)
    return Expiry(is_replaced=is_replaced)


_FOR_ALL = (
    Guard.DECIDED,
    Guard.UNREAD_NOTE,
    Guard.BAD_NEWS,
)  # what holds for everybody at a company
