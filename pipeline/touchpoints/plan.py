"""The plan: interviews, matches, history and now in; suggestions, held-back ones and dates out.

In order:

    rounds     whom the candidate waits for: the latest talk with each person
    cases      each of them with all that is known at this moment
    propose    every kind says what it would send, what is against it, or when it comes up
    asked for  what the user wanted stays, unless grave news came since; others wait for it
    choose     one message a person, one story and one message a company, the day's budget
    write      each chosen one with its draft

A pure function: nothing is kept, sent or asked here. What becomes of the suggestions of earlier
days is decided by `settling`, also from values alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TypeGuard

from pipeline.records import (
    Guard,
    GuardResult,
    Held,
    History,
    Interview,
    Kind,
    Match,
    OwnWork,
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
from pipeline.text.calendar import day_in, start_of, zone_of
from pipeline.touchpoints import bad_news, drafts, pace, person_news
from pipeline.touchpoints.case import (
    Case,
    Option,
    PossibleMessage,
    Proposal,
    marks_of,
    marks_sent,
)
from pipeline.touchpoints.cases import cases_of, closed_cases, unread_companies
from pipeline.touchpoints.choosing import Chosen, behind, choose, is_suggested, suggestion_key
from pipeline.touchpoints.contact_rounds import decisions
from pipeline.touchpoints.guards import ask, objections
from pipeline.touchpoints.kinds import (
    AFTER_A_NO,
    BESIDE,
    BY_STORY,
    CARRIED,
    KINDS,
    evidence_for,
    is_meant_for,
    is_theirs_by,
)
from pipeline.touchpoints.lifecycle import is_put_off
from pipeline.touchpoints.replies import as_answered


def suggest(
    workspace: Workspace,
    matches: Mapping[str, Sequence[Match]],
    history: History,
    now: datetime,
    holidays: pace.Holidays = pace.public_holidays,
    work: Mapping[str, OwnWork] | None = None,
) -> Plan:
    """Return what to send, what is held back and what comes up, at this moment.

    `work` is what the candidate did that fits the talks, by the interview's file.
    """
    workspace = as_answered(workspace, history, now)
    cases = cases_of(workspace, matches, history, now, holidays, work)
    wanted = [(case, item) for case in cases for item in case.open if _stands(item, case)]
    stopped = [held for case, item in wanted if (held := _stopped(item.suggestion, case))]
    asked = [(case, i.suggestion) for case, i in wanted if not _stopped(i.suggestion, case)]
    closed = closed_cases(workspace, matches, history, now, holidays)
    pairs = [(case, proposal) for case in (*cases, *closed) for proposal in _propose(case)]
    proposals = _for_whom_it_fits(_without_resting(cases, pairs))
    candidates = [item for item in proposals if isinstance(item, PossibleMessage)]
    candidates, waiting = behind(asked, candidates)
    left, beside = _budget_left(workspace, history, now, len(asked))
    chosen, set_aside = choose(candidates, left, workspace.config, beside=beside)
    told = [(case, _still_asked_for(case, suggestion)) for case, suggestion in asked]
    told += [(item.case, written(workspace, item, option)) for item, option in chosen]
    return Plan(
        suggestions=tuple(suggestion for _, suggestion in _in_order(told)),
        held=(
            *bad_news.held_news(cases),
            *person_news.held_people(cases),
            *stopped,
            *(item for item in proposals if isinstance(item, Held)),
            *waiting,
            *set_aside,
            *_given(cases),
            *_decided(workspace.interviews),
            *_unread(workspace),
        ),
        upcoming=_upcoming(proposals, workspace, now),
        told=_with_messages(chosen),
    )


# ------------------------------------------------------------------------------ propose, choose


def _propose(case: Case) -> list[Proposal]:
    is_over = case.interview.status != "waiting"
    mine = [item for item in case.open if (item.suggestion.kind in AFTER_A_NO) == is_over]
    asleep = [item for item in mine if item.status == "snoozed" and is_put_off(item, case.now)]
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
        if isinstance(item, Held) and item.kind in BY_STORY and item.until and item.story
    ]
    proposals: list[Proposal] = []
    for case, item in found:
        if not isinstance(item, PossibleMessage) or item.kind not in BY_STORY or item.carried:
            proposals.append(item)
            continue
        kept = {
            option.match.story.id: (other, held)
            for option in item.options
            for other, held in waiting
            if not is_meant_for(option, case.person.name)
            and not is_suggested(item, option)
            and other.company.slug == case.company.slug
            and other.identity != case.identity
            and is_theirs_by(option.match, other, held.until or other.now)
        }
        left = tuple(option for option in item.options if option.match.story.id not in kept)
        if left or not kept or not item.needs_story:
            proposals.append(replace(item, options=left))
            continue
        other, held = next(iter(kept.values()))
        match = item.options[0].match
        result = GuardResult(Guard.BETTER_FOR, colleague=other.who)
        told = case.held(item.kind, result, held.until)
        lead = match.story.lead
        proposals.append(replace(told, story=match.story.id, title=lead.title, link=lead.link))
    return proposals


def _put_off(kind: Kind, case: Case, asleep: Sequence[Touchpoint]) -> Held | None:
    """Say that what the user put off keeps its kind waiting, and all that has time."""
    same = [item for item in asleep if item.suggestion.kind == kind]
    if kind in (*BESIDE, *AFTER_A_NO, "decision", "reminder") and not same:
        return None
    return case.held(kind, GuardResult(Guard.PUT_OFF), (same or asleep)[0].until)


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
    is_asleep = is_put_off(touchpoint, case.now)
    return touchpoint.suggestion.is_asked_for and not is_asleep and touchpoint.changed >= stale


def _still_asked_for(case: Case, old: Suggestion) -> Suggestion:
    """Return what the user asked for, with what speaks against it today."""
    whose = (item for item in old.against if item.guard is Guard.BETTER_FOR)
    against = (*objections(case, old.kind), *whose)
    return replace(old, due=due_when_asked(case, old, against), against=against)


def due_when_asked(case: Case, what: Suggestion, against: Sequence[GuardResult]) -> datetime:
    """Return when a message that the user asked for is best sent: when what waits is over.

    The thank-you and a dismissal have no day to wait for: the one comes first, and of the other the
    user thinks otherwise now.
    """
    now = case.next_open(case.now, what.kind)
    ends = [
        start_of(item.until, case.zone)
        for item in against
        if item.until and item.guard not in (Guard.THANK_YOU_FIRST, Guard.DISMISSED)
    ]
    if ends and max(ends) > case.now:
        return case.next_open(max(ends), what.kind)
    return min(_kept_due(case, what.key) or now, now)


def _stopped(old: Suggestion, case: Case) -> Held | None:
    """Return what grave news stop a message of which the user knew nothing when asking for it."""
    known = {(item.guard, item.title, item.part) for item in old.against}
    for item in objections(case, old.kind):
        grave = item.guard in (Guard.OF_THE_PERSON, Guard.BAD_NEWS)
        if grave and (item.guard, item.title, item.part) not in known:
            return replace(case.held(old.kind, item), story=old.reference.story)
    return None


def _budget_left(
    workspace: Workspace, history: History, now: datetime, standing: int
) -> tuple[int, int]:
    """Return how many suggestions the day still takes, and how many that go beside others.

    What was sent today counts; what the user asked for, sent or not, takes no thank-you its place.
    """
    settings = workspace.config.settings
    zone, most = zone_of(settings.timezone), settings.digest.at_most
    today = day_in(zone, now)
    sent = [
        contact.touchpoint
        for contact in history.contacts
        if not contact.answer and contact.touchpoint > 0 and day_in(zone, contact.at) == today
    ]
    wanted = {item.id for item in history.touchpoints if item.suggestion.is_asked_for}
    own = sum(number not in wanted for number in sent)
    return max(most - len(sent) - standing, 0), max(most - own, 0)


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


# ---------------------------------------------------------------------------------------- write


def written(workspace: Workspace, candidate: PossibleMessage, option: Option | None) -> Suggestion:
    """Return a chosen message with its draft."""
    case, key = candidate.case, suggestion_key(candidate, option)
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


def _given(cases: Iterable[Case]) -> Iterator[Held]:
    """Yield what would fit somebody and goes to them from another candidate of the fleet."""
    for case in cases:
        for match in case.matches if case.taken else ():
            if marks_of(match) & case.taken:
                yield Held(
                    GuardResult(Guard.GIVEN),
                    case.company.slug,
                    case.person.name,
                    story=match.story.id,
                    title=match.story.lead.title,
                    link=match.story.lead.link,
                )


def _decided(interviews: Iterable[Interview]) -> list[Held]:
    return [
        Held(GuardResult(Guard.DECIDED, decision=item.status), item.company, "")
        for item in decisions(interviews)
    ]


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
    decided = {item.company for item in decisions(workspace.interviews)} | unread_companies(
        workspace
    )
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
