"""The kinds of message: when each is due, and what it needs.

Each takes a `Case` and gives what it proposes: a `PossibleMessage`, what is against it (`Held`),
when it comes up (`Upcoming`), or None. They don't know of each other; `plan` chooses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from pipeline.records import (
    Contact,
    Evidence,
    Guard,
    GuardResult,
    Held,
    Kind,
    Match,
    NoteLine,
    PersonPart,
    Reason,
    ReasonCode,
    Touchpoint,
    Upcoming,
)
from pipeline.text.calendar import start_of
from pipeline.text.variety import QueuePlaces
from pipeline.touchpoints import pace
from pipeline.touchpoints.bad_news import bad_news_of
from pipeline.touchpoints.bar import EXCELLENT, SECOND_DAYS, Brought, Wait
from pipeline.touchpoints.case import (
    Case,
    Option,
    OwnNews,
    PossibleMessage,
    Proposal,
    line_mark,
    marks_of,
)
from pipeline.touchpoints.drafts import has_offer, is_in_another_tongue
from pipeline.touchpoints.guards import (
    ask,
    cool_down,
    is_asked,
    is_last_place,
    patience,
    question_day,
    questions,
)
from pipeline.touchpoints.namings import is_named_in_vain
from pipeline.touchpoints.replies import promise_of
from pipeline.touchpoints.suitability import (
    fresh_days,
    is_avoided,
    is_cheerful,
    is_fit_to_read,
    is_harmless,
    is_of_the_work,
    is_sour,
    is_specific,
    is_theirs,
    is_told_again,
)

# To whom one does not speak of the work: they arrange it.
NOT_OF_THE_WORK = ("recruiter", "assistant")

# By judgement, all five: thanks for an answer come at once or not at all; what was promised is
# asked for as the decision is (DESIGN: two working days after the day); a last note is written
# while the no is fresh; advice is asked for a week later, and a hand held out after three months.
ANSWER_DAYS = 5
REMINDER_WORKING_DAYS = 2
FAREWELL_DAYS, LONG_OVER_DAYS = 14, 90
ADVICE_AFTER_DAYS, ADVICE_DAYS = 7, 14
RECONNECT_AFTER_DAYS, RECONNECT_DAYS = 90, 30

# Who is named more often than this in four weeks is in the news by profession (judgement); the days
# are those of SECOND_DAYS.
MOST_NAMED, NAMED_DAYS = 3, SECOND_DAYS

# What has an end ("tonight", a fixture, a sale) is worth a message for as long, by judgement.
PERISHES_DAYS = 1

# A note line must carry at least this share of a story's best evidence, or the story was found
# for somebody else. Half: below it the words in common are other words than those that counted.
OWN_SHARE = 0.5
# no border test: bounds time; the best eight are looked at
MOST_OPTIONS = 8  # stories looked at for one message
# What one congratulates on, and the reason that is given for it.
CHEERFUL: dict[PersonPart, ReasonCode] = {
    "promotion": "promotion",
    "prize": "prize",
    "talk": "talk_given",
    "article": "article",
    "named": "named",
}


def propose_thank_you(case: Case) -> Proposal:
    """Two to 24 hours after the interview, at a weekend too; one to each; useless after a week."""
    key = case.key("thank_you")
    if case.is_done(key) or case.messages:
        return None
    begins = case.interview.interviewed + timedelta(hours=case.pace.thank_you_after_hours)
    due, ends = case.next_open(max(begins, case.now), "thank_you"), case.thank_you_ends
    is_kept = any(
        item.suggestion.key == key and item.status == "suggested" and item.suggestion.due < ends
        for item in case.open
    )
    if case.now >= ends or (due >= ends and not is_kept):
        return _too_late(case)
    if case.now < begins:
        return _too_early(case, begins)
    # A note, a card or a call has room for the thanks alone.
    reason, options = _why_thank_you(case), _tidbits(case) if case.person.channel == "email" else ()
    if case.bad_news and options:
        reason = replace(reason, bad_news=bad_news_of(case.bad_news[0]))
    return _guarded(
        PossibleMessage("thank_you", key, case, due, reason, () if case.bad_news else options)
    )


def propose_congratulation(case: Case) -> Proposal:
    """News of the person's own: a new post, a prize, a talk, something that they wrote."""
    oldest = case.days_after(case.now, -case.pace.congratulate_days)
    newest = next(
        (
            item
            for item in case.own_news
            if item.news.is_cheerful
            and (item.news.sure or _is_their_subject(item))
            and not item.match.sensitive
            and not item.match.is_delicate
            and item.match.story.lead.published >= oldest
            and not marks_of(item.match) & case.used
            and (item.news.part != "named" or _is_worth_a_line(case, item))
        ),
        None,
    )
    if newest is None or newest.news.part not in CHEERFUL:
        return None
    found = _with_story(
        case,
        "congratulation",
        Reason(CHEERFUL[newest.news.part], name=case.who),
        (Option(newest.match, _evidence_of_name(case, newest)),),
    )
    held = cool_down(case, "congratulation") if newest.news.part == "named" else None
    return _with_title(held, newest.match) if isinstance(held, Held) else found


def _is_worth_a_line(case: Case, item: OwnNews) -> bool:
    """Return whether good news that name somebody are worth a line for that alone.

    Not where they are in the news all the time, nor twice in four weeks, nor where the story fits
    a line of the notes: then it goes with another kind of message.
    """
    since = case.days_after(case.now, -NAMED_DAYS)
    recent = [one for one in case.own_news if one.match.story.lead.published >= since]
    lately = any(
        sent.status in ("sent", "answered")
        and sent.suggestion.kind == "congratulation"
        and sent.changed >= since
        for sent in case.touchpoints
    )
    match, told = item.match, f"{item.match.story.lead.title}. {item.news.sentence}"
    is_fine = not is_sour(told) and not is_avoided(match, case.interview)
    if lately or len(recent) > MOST_NAMED or not is_fine or match.genre.kind != "news":
        return False
    if match.kind == "tidbit":
        fitting = tuple(_enjoyed(case, (match,)))
    else:
        fitting = (*_offers(case, (match,)), *_cheering(case, (match,)))
    return not (match.shown and fitting)


def _is_their_subject(item: OwnNews) -> bool:
    """Return whether a story that names them is on what they talked about: so it is they.

    "…, honoured for having opened her house to deaf spectators", beside a line on these.
    """
    best = item.match.best
    if best is None or not best.terms or best.note.section == "office":
        return False
    return item.match.shown and is_specific(best)


def _evidence_of_name(case: Case, item: OwnNews) -> Evidence:
    """Return what makes a story theirs: their name, in the head of the notes."""
    head = NoteLine(case.interview.file, 0, "other", case.person.name, case.person.name)
    return Evidence(head, item.news.sentence, (), 0.0)


def propose_decision(case: Case) -> Proposal:
    """Some working days after the expected day, once more a week later, then no more.

    The longer they said it takes, the later.
    """
    expected, day = case.interview.decision_expected, question_day(case)
    if expected is None or day is None or not case.asked or is_asked(case):
        return None
    asked = questions(case)
    if asked:
        wait = case.pace.decision_again_days + patience(case)
        again = case.days_after(asked[-1].changed, wait)
        day = pace.next_working_day(case.day_of(again), case.is_free)
    if case.today < day:
        return case.upcoming("decision", day)
    is_repeated = any(item.status != "dismissed" for item in asked)
    named = case.interview.named_on
    reason = Reason("decision", day=expected, is_repeated=is_repeated, named_on=named)
    key = case.key("decision", expected.isoformat(), str(len(asked) + 1))
    return _guarded(PossibleMessage("decision", key, case, case.next_open(case.now), reason))


def propose_contribution(case: Case) -> Proposal:
    """Fresh news about the company meets something that the candidate can do."""
    if _last_kind(case) == "contribution":
        return None  # twice running reads like one letter; good news goes with a check-in
    found = _offers(case, _fresh(case, "contribution"))
    options = _one_of_each(
        case, (item for item in found if line_mark(item.evidence.note.text) not in case.used)
    )
    if not options:
        return None
    reason = Reason("company_news", name=case.company.name)
    return _with_story(case, "contribution", reason, options)


def _last_kind(case: Case) -> Kind | None:
    """Return the kind of the last message with a story that this person was sent."""
    last = max(_sent_by_story(case), key=lambda item: item.changed, default=None)
    return last.suggestion.kind if last else None


def _last_story(case: Case) -> date | None:
    """Return the day of the last message with a story that this person was sent."""
    told = (item for item in _sent_by_story(case) if item.suggestion.reference.story)
    return max((case.own_day_of(item.changed) for item in told), default=None)


def _sent_by_story(case: Case) -> list[Touchpoint]:
    return [
        item
        for item in case.touchpoints
        if item.status in ("sent", "answered") and item.suggestion.kind in BY_STORY
    ]


def propose_tidbit(case: Case) -> Proposal:
    """Something this person would enjoy, no more often than the pace allows."""
    options = _tidbits(case)
    if not options or case.person.role == "assistant" or case.person.channel == "call":
        return None
    turn = _next_turn(case)
    if turn > case.now:
        day = pace.next_working_day(case.day_of(turn), case.is_free)
        held = replace(case.held("tidbit", GuardResult(Guard.PACE, until=day)), until=turn)
        return _with_title(held, options[0].match)
    is_seen = options[0].evidence.note.section == "office"
    reason = _since_last(case, "enjoyment" if is_seen else "talk")
    return _with_story(case, "tidbit", reason, options)


def propose_check_in(case: Case) -> Proposal:
    """The pace's gap has passed without a contact; to one person at a company only.

    With plainly good news it comes then; without, much later, and once.
    """
    is_thanked = case.messages or case.is_done(case.key("thank_you"))
    if not is_thanked and case.now < case.thank_you_ends:
        return None  # the thank-you comes first, and the clock starts with it
    if not case.leads:
        return _their_own_news(case)
    begins = _next_turn(case)
    day = pace.next_working_day(case.day_of(begins), case.is_free)
    if _is_question_near(case, max(day, case.today)):
        return _asked(case)  # the question takes the place of a check-in
    if begins > case.now:
        held = ask_later(case, begins)
        return held or case.upcoming("check_in", day)
    key = _check_in_key(case)
    reason = _since_last(case, "check_in")
    options = _one_of_each(case, _cheering(case, _fresh(case, "contribution")))
    plain = _plain_day(case, day)
    is_plain_due = plain is not None and plain <= case.today and not is_last_place(case)
    if not options and not is_plain_due:
        return _without_news(case, plain)
    return _over_the_bar(
        _guarded(
            PossibleMessage(
                "check_in",
                key,
                case,
                case.next_open(case.now),
                reason,
                options,
                needs_story=not is_plain_due,
            )
        )
    )


def _check_in_key(case: Case) -> str:
    dismissed = sum(
        item.status == "dismissed" and item.suggestion.kind == "check_in"
        for item in case.touchpoints
    )
    return case.key("check_in", str(len(case.messages) + dismissed))


def _their_own_news(case: Case) -> Proposal:
    """To who leads nothing at the company: news on what they talked about, or on nobody's line."""
    begins = _next_turn(case)
    day = pace.next_working_day(case.day_of(begins), case.is_free)
    is_late = begins > case.now or _is_question_near(case, max(day, case.today))
    if is_late or case.person.role in NOT_OF_THE_WORK:
        return None
    found = tuple(_cheering(case, _fresh(case, "contribution")))
    own = (item for item in found if _is_on_their_line(item, case.person.name))
    shared = (item for item in found if not item.evidence.note.person)
    options = _one_of_each(case, (*own, *shared))
    if not options:
        return None
    reason, due = _since_last(case, "check_in"), case.next_open(case.now)
    key = _check_in_key(case)
    return _over_the_bar(
        _guarded(PossibleMessage("check_in", key, case, due, reason, options, needs_story=True))
    )


def _is_on_their_line(option: Option, name: str) -> bool:
    """Return whether news are on what this person told: on the very thing, or plainly good."""
    is_on_it = option.match.meets_talk or (
        is_cheerful(option.match) and is_specific(option.evidence)
    )
    return is_on_it and is_own(option, name)


def _plain_day(case: Case, turn: date) -> date | None:
    """Return from when on a check-in may bring an offer on what was discussed, and no news.

    None where so many were sent already, or the notes lend none.
    """
    sent = sum(
        item.suggestion.kind == "check_in"
        and item.status in ("sent", "answered")
        and not item.suggestion.reference.story
        for item in case.touchpoints
    )
    if sent >= case.pace.plain_check_ins or not has_offer(case):
        return None
    last = case.last_contact or case.interview.interviewed
    begins = case.days_after(last, case.pace.plain_check_in_days)
    return pace.next_working_day(max(case.day_of(begins), turn), case.is_free)


def _without_news(case: Case, day: date | None) -> Held | Upcoming | None:
    """Say when a check-in comes up although there is nothing to bring."""
    if is_last_place(case):
        kept = case.held("check_in", GuardResult(Guard.LAST_PLACE, count=case.unanswered))
        return ask_later(case, case.now) or kept
    if day is None:
        return case.held("check_in", GuardResult(Guard.NEEDS_NEWS))
    if _is_question_near(case, day):
        return _asked(case)
    return ask_later(case, start_of(day, case.zone)) or case.upcoming("check_in", day)


def propose_answer(case: Case) -> Proposal:
    """A line of thanks for an answer that said something, on the same or the next working day."""
    last = next(iter(reversed(case.replies)), None)
    if last is None or last.reply is None or last.reply.said == "no" or not _is_with(case, last):
        return None
    key = case.key("answer", last.at.isoformat())
    wrote = any(not item.answer and item.at > last.at for item in case.contacts)
    if case.is_done(key) or wrote or case.now >= case.days_after(last.at, ANSWER_DAYS):
        return None
    reason = Reason("answer", day=case.own_day_of(last.at), name=case.who, reply=last.reply)
    return _guarded(PossibleMessage("answer", key, case, case.next_open(case.now), reason))


def propose_reminder(case: Case) -> Proposal:
    """They promised something, and its day has passed: a gentle line, once."""
    made = promise_of(case.replies, (*case.contacts, *case.colleagues))
    if made is None or made.reply is None or made.reply.by is None or not _is_with(case, made):
        return None
    by = made.reply.by
    if case.today <= by:
        about = made.reply.promised
        return replace(case.upcoming("reminder", by), kind="promise", about=about)
    key = case.key("reminder", by.isoformat())
    day = pace.add_working_days(by, REMINDER_WORKING_DAYS, case.is_free)
    if case.is_done(key):
        return None
    if case.today < day:
        return case.upcoming("reminder", day)
    reason = Reason("promise", day=by, name=case.who, reply=made.reply)
    return _guarded(PossibleMessage("reminder", key, case, case.next_open(case.now), reason))


def _is_with(case: Case, contact: Contact) -> bool:
    """Return whether an answer was this person's; nobody's in particular is the manager's."""
    return contact.person == case.person.name or (not contact.person and case.leads)


def propose_farewell(case: Case) -> Proposal:
    """After a no, a gracious last note, when one has slept on it."""
    key, since = case.key("farewell"), _rejected(case)
    said_no = _said_no(case)
    wrote = any(c for c in case.messages if said_no and c.at > said_no)
    late = case.now >= case.days_after(since, FAREWELL_DAYS)
    if case.is_done(key) or wrote or late or _is_long_over(case):
        return None
    due = case.next_open(max(case.now, case.days_after(since, 1)))
    return _guarded(PossibleMessage("farewell", key, case, due, Reason("rejected", name=case.who)))


def propose_advice(case: Case) -> Proposal:
    """A week after the last note one question may be asked; the user decides whether."""
    key, sent = case.key("advice"), _farewell(case)
    if sent is None or sent.status not in ("sent", "answered") or case.is_done(key):
        return None
    begins = case.days_after(sent.changed, ADVICE_AFTER_DAYS)
    if case.now >= case.days_after(begins, ADVICE_DAYS):
        return None
    if case.now < begins:
        day = pace.next_working_day(case.day_of(begins), case.is_free)
        return case.upcoming("advice", day)
    reason = Reason("advice", day=case.day_of(sent.changed), name=case.who)
    return _guarded(PossibleMessage("advice", key, case, case.next_open(case.now), reason))


def propose_reconnect(case: Case) -> Proposal:
    """Three months after a no, two lines: whoever declines today may look again tomorrow."""
    key, last = case.key("reconnect"), _farewell(case)
    if case.is_done(key) or (last.status == "dismissed" if last else _is_long_over(case)):
        return None
    begins = case.days_after(_rejected(case), RECONNECT_AFTER_DAYS)
    if case.now >= case.days_after(begins, RECONNECT_DAYS):
        return None
    if case.now < begins:
        day = pace.next_working_day(case.day_of(begins), case.is_free)
        return case.upcoming("reconnect", day)
    reason = Reason("reconnect", day=case.day_of(_rejected(case)), name=case.who)
    return _guarded(PossibleMessage("reconnect", key, case, case.next_open(case.now), reason))


def _said_no(case: Case) -> datetime | None:
    said = (item.at for item in case.replies if item.reply and item.reply.said == "no")
    return max(said, default=None)


def _rejected(case: Case) -> datetime:
    """Return when they said no, as far as one knows: else when a last note was first suggested."""
    first = _farewell(case)
    return _said_no(case) or (first.created if first else case.now)


def _farewell(case: Case) -> Touchpoint | None:
    key = case.key("farewell")
    return next((item for item in case.touchpoints if item.suggestion.key == key), None)


def _is_long_over(case: Case) -> bool:
    """Return whether all this was so long ago that the notes only now came here."""
    heard = [case.interview.interviewed, *(item.at for item in case.contacts)]
    expected = case.interview.decision_expected or case.day_of(heard[0])
    latest = max(case.day_of(max(heard)), expected)
    return (case.today - latest).days > LONG_OVER_DAYS


# In the order of their right of way: a person gets one message at a time.
KINDS: dict[Kind, Callable[[Case], Proposal]] = {
    "thank_you": propose_thank_you,
    "congratulation": propose_congratulation,
    "answer": propose_answer,
    "decision": propose_decision,
    "reminder": propose_reminder,
    "contribution": propose_contribution,
    "tidbit": propose_tidbit,
    "check_in": propose_check_in,
    "farewell": propose_farewell,
    "advice": propose_advice,
    "reconnect": propose_reconnect,
}
AFTER_A_NO: tuple[Kind, ...] = ("farewell", "advice", "reconnect")
# What is nothing without its story: put off, it comes back with it.
CARRIED: tuple[Kind, ...] = ("congratulation", "contribution", "tidbit")
BY_STORY: tuple[Kind, ...] = ("contribution", "tidbit", "check_in")  # a colleague may be due it
# In which an article is something to read, and so the same at every company.
TO_READ: tuple[Kind, ...] = ("thank_you", "tidbit")
# What goes to a person beside the others: a second one at a company on the same day, too.
BESIDE: tuple[Kind, ...] = ("thank_you", "congratulation", "answer")
# What does not count as a message to somebody: it is a reply, or good manners.
ASIDES: tuple[Kind, ...] = ("congratulation", "answer")


def _asked(case: Case) -> Held | None:
    """Say that the question was asked, or dismissed, as often as it may be: nothing is left."""
    if not is_asked(case):
        return None
    sent = sum(item.status != "dismissed" for item in questions(case))
    return case.held("check_in", GuardResult(Guard.ASKED, count=sent))


def ask_later(case: Case, begins: datetime) -> Held | None:
    """Return what would stop a check-in on the day when it comes up, as far as one can see."""
    ahead = replace(case, now=begins)
    found = ask(ahead, "check_in")
    return found if isinstance(found, Held) and found.until is None else None


def _guarded(candidate: PossibleMessage) -> Proposal:
    found = ask(candidate.case, candidate.kind)
    if not isinstance(found, Held):
        return replace(candidate, passed=found)
    if not candidate.options:
        return found
    return _with_title(found, candidate.options[0].match)


def _with_title(held: Held, match: Match) -> Held:
    lead = match.story.lead
    return replace(held, story=match.story.id, title=lead.title, link=lead.link)


def _with_story(case: Case, kind: Kind, reason: Reason, options: tuple[Option, ...]) -> Proposal:
    """Propose a message that is nothing without its story."""
    due = case.next_open(case.now)
    found = _guarded(
        PossibleMessage(kind, case.key(kind), case, due, reason, options, needs_story=True)
    )
    return found if kind == "congratulation" else _over_the_bar(found)


def _over_the_bar(found: Proposal) -> Proposal:
    """Leave out the stories than which the rest of the wait is likely to bring better ones.

    What is suggested already stays.
    """
    if not isinstance(found, PossibleMessage) or not found.needs_story:
        return found
    case = found.case
    waits = _waits(case, found.options)
    suggested = {item.suggestion.reference.story for item in case.open}
    good = tuple(
        item
        for item in found.options
        if item.match.score >= waits[item.match.story.lead.feed].bar(case.today)
        or item.match.story.id in suggested
    )
    if good:
        bar = waits[good[0].match.story.lead.feed].bar(case.today)
        passed = (GuardResult(Guard.BAR, bar=bar),) if bar else ()
        return replace(found, options=good, passed=(*found.passed, *passed))
    best = max(found.options, key=lambda item: item.match.score).match
    wait = waits[best.story.lead.feed]
    result = GuardResult(Guard.BAR, score=best.score, bar=wait.bar(case.today))
    day = wait.falls_to(best.score, case.today)
    if wait.is_last_place:
        result = replace(result, guard=Guard.LAST_PLACE, count=case.unanswered)
    if day:
        day = pace.next_working_day(day, case.is_free)
        days = (day - case.today).days
        result = replace(result, days=wait.days_left(case.today) or days, falls_to=wait.bar(day))
        is_stale = best.story.lead.published < case.days_after(
            case.now, days - _most_days(best, case)
        )
        result = replace(result, is_lost=is_stale)
    held = case.held(found.kind, result, start_of(day, case.zone) if day else None)
    return _with_title(held, best)


def _waits(case: Case, options: Iterable[Option]) -> Mapping[str, Wait]:
    """Return the wait for the next message to this person, as the feed of each story sees it.

    A story is measured by what its own feed has brought for this person: else one feed that brings
    much would make all others wait. A day of a feed counts once, with its best.
    """
    last = case.last_contact or case.interview.interviewed
    days = max(_gap_days(case), case.pace.plain_check_in_days)
    ends = case.day_of(case.days_after(last, days))
    asked_on = question_day(case) if case.asked and not questions(case) else None
    if asked_on:  # nothing else goes out in the days before it
        quiet = asked_on - timedelta(days=case.pace.decision_quiet_days)
        ends = min(ends, quiet) if quiet > case.today else ends
    brought: dict[str, dict[date, float]] = {option.match.story.lead.feed: {} for option in options}
    for option in (
        *_offers(case, _suited(case, "contribution")),
        *_cheering(case, _suited(case, "contribution") if case.leads else ()),
        *_enjoyed(case, _suited(case, "tidbit")),
    ):
        lead = option.match.story.lead
        if (of_feed := brought.get(lead.feed)) is not None:
            day = case.day_of(lead.published)
            of_feed[day] = max(of_feed.get(day, 0.0), option.match.score)
    return {
        feed: Wait(
            begins=case.day_of(case.days_after(last, case.pace.cool_down_days)),
            ends=ends,
            history=tuple(Brought(day, score) for day, score in of_feed.items()),
            patience=case.pace.patience,
            is_last_place=is_last_place(case),
            last_story=_last_story(case),
            messages=tuple(case.own_day_of(message.at) for message in case.messages),
        )
        for feed, of_feed in brought.items()
    }


# ------------------------------------------------------------------------------- which stories


def _tidbits(case: Case) -> tuple[Option, ...]:
    """Return what this person would enjoy: first what their own lines found, then the rest."""
    is_spent = _had_hobby(case)
    options = [
        option
        for option in _enjoyed(case, _fresh(case, "tidbit"))
        if not (is_spent and option.evidence.note.section == "office")
        or (option.evidence.rare_name and option.match.score >= EXCELLENT)
    ]
    own = [option for option in options if is_own(option, case.person.name)]
    shared = [option for option in options if not is_own(option, case.person.name)]
    return _one_of_each(case, (*own, *shared))


def _had_hobby(case: Case) -> bool:
    """Return whether this person was sent something on what they love already.

    Once is a gift; what comes after it must be on the very boat, tower or club that they named.
    """
    return any(
        item.status in ("sent", "answered")
        and item.suggestion.kind in TO_READ
        and (note := item.suggestion.reference.note) is not None
        and note.section == "office"
        for item in case.touchpoints
    )


def _enjoyed(case: Case, found: Iterable[Match]) -> Iterator[Option]:
    """Yield what this person may enjoy, with the line of theirs that says so."""
    for match in found:
        evidence = evidence_for(match, case.person.name)
        if evidence and _is_for(match, evidence, case):
            yield Option(match, evidence)


def _is_for(match: Match, evidence: Evidence, case: Case) -> bool:
    """Return whether a story is fit to read for this person, because of that line.

    It is no other company's, nor went there just now; and a line from the office is surely about
    this person: the notes say so, or nobody else was there.
    """
    note = evidence.note
    is_known = note.section != "office" or bool(note.person) or len(case.interview.people) <= 1
    is_fit = is_fit_to_read(match, evidence) and not (
        note.section == "office" and is_in_another_tongue(match, case.interview)
    )
    is_fit = is_fit and is_specific(evidence)
    if is_fit and note.section == "office":
        is_fit = not is_named_in_vain(case.person.name, match.story.lead, note.text)
    return is_known and is_fit and not marks_of(match) & case.elsewhere


def _offers(case: Case, found: Iterable[Match]) -> Iterator[Option]:
    """Yield the company's news that meets something the candidate can do, with that line."""
    for match in found if case.person.role not in NOT_OF_THE_WORK else ():
        if match.skill and is_theirs(match) and is_harmless(match) and is_of_the_work(match):
            yield Option(match, match.skill)


def _cheering(case: Case, found: Iterable[Match]) -> Iterator[Option]:
    """Yield the company's plainly good news that touches what was talked about with them.

    What is on the very thing that they told of as their own need not be cheerful, only harmless.
    Of what one line is about there is one message at a company; what follows is no news to them.
    """
    for match in found:
        line = evidence_for(match, case.person.name)
        if line is None or line_mark(line.note.text) in case.heard:
            continue
        is_alone = len(case.interview.people) == 1
        is_own_work = match.meets_talk and (is_alone or line.note.person == case.person.name)
        is_fine = is_cheerful(match) or (is_own_work and is_harmless(match))
        is_work = is_of_the_work(match, prizes=is_own_work)
        is_good = is_theirs(match) and is_fine and is_work
        if line.note.section == "discussed" and is_good:
            yield Option(match, line)


def _one_of_each(case: Case, options: Iterable[Option]) -> tuple[Option, ...]:
    """Return one telling of each event: the one that is suggested already, else the best.

    What goes beyond the places of its source or subject comes last: a flood leaves the others in.
    """
    found: dict[str, Option] = {}
    suggested = {item.suggestion.reference.story for item in case.open}
    for option in options:
        event = option.match.what_happened
        if event not in found or option.match.story.id in suggested:
            found[event] = option
    if len(found) <= MOST_OPTIONS:
        return tuple(found.values())
    places = QueuePlaces(case.config)
    beyond: list[Option] = []
    within: list[Option] = []
    for option in found.values():
        is_beyond = option.match.story.id not in suggested and places.against(option.match)
        (beyond if is_beyond else within).append(option)
        if not is_beyond:
            places.take(option.match)
    return (*within, *beyond)[:MOST_OPTIONS]


def is_own(option: Option, name: str) -> bool:
    """Return whether the note line is about this very person."""
    return bool(name) and option.evidence.note.person == name


def is_meant_for(option: Option, name: str) -> bool:
    """Return whether a story is about what this very person said, whatever line brought it."""
    talked = (item.note for item in option.match.for_people if item.note.section == "discussed")
    return is_own(option, name) or bool(name and any(note.person == name for note in talked))


def is_theirs_by(match: Match, case: Case, at: datetime) -> bool:
    """Return whether a line about this very person found a story that is fresh at that moment."""
    evidence = evidence_for(match, case.person.name)
    if not evidence or not is_meant_for(Option(match, evidence), case.person.name):
        return False
    is_fresh = match.story.lead.published >= case.days_after(at, -_most_days(match, case))
    return is_fresh and _is_for(match, evidence, case) and not marks_of(match) & case.used


def evidence_for(match: Match, name: str) -> Evidence | None:
    """Return the best discussed or office line for a person, where it carries the match.

    A line about somebody else is theirs.
    """
    lines = [item for item in match.for_people if item.note.person in ("", name)]
    best = max(lines, key=lambda item: item.score, default=None)
    if best is None or match.best is None or best.score < OWN_SHARE * match.best.score:
        return None
    return best


def _fresh(case: Case, queue: str) -> list[Match]:
    """Return the matches of one queue that are new enough and were not used for this person."""
    told = [
        item.suggestion.reference.title
        for item in case.touchpoints
        if item.status in ("sent", "answered") and item.suggestion.reference.story
    ]
    return [
        match
        for match in _suited(case, queue)
        if match.story.lead.published >= case.days_after(case.now, -_most_days(match, case))
        and not marks_of(match) & case.used
        and not any(is_told_again(match, sent) for sent in told)
    ]


def _suited(case: Case, queue: str) -> list[Match]:
    """Return the matches of one queue that could be in a message, whatever their age."""
    return [
        match
        for match in case.matches
        if match.kind == queue
        and not match.sensitive
        and not any(
            item.match.story.id == match.story.id and item.news.part != "named"
            for item in case.own_news
        )
        and match.genre.kind == "news"
        and not is_avoided(match, case.interview)
    ]


def _most_days(match: Match, case: Case) -> int:
    days = fresh_days(match, case.pace)
    return min(PERISHES_DAYS, days) if match.genre.perishes else days


# ------------------------------------------------------------------------------------- which day


def _next_turn(case: Case) -> datetime:
    """Return when the gap since the last contact, or the interview, will have passed."""
    last = case.last_contact or case.interview.interviewed
    return case.days_after(last, _gap_days(case))


def _gap_days(case: Case) -> int:
    messages = max(len(case.messages) - 1, 0)  # the thank-you belongs to the interview
    return pace.gap_days(case.pace, messages, case.unanswered)


def _is_question_near(case: Case, day: date) -> bool:
    """Return whether the question is asked soon after that day, or was and waits for an answer."""
    asked_on = question_day(case)
    return asked_on is not None and (asked_on - day).days <= case.pace.decision_quiet_days


# ----------------------------------------------------------------------------------- the reasons


def _too_early(case: Case, begins: datetime) -> Held:
    due = case.next_open(begins, "thank_you").astimezone(case.zone)
    result = GuardResult(Guard.TOO_EARLY, day=due.date(), clock=f"{due:%H:%M}")
    return case.held("thank_you", result, begins)


def _too_late(case: Case) -> Held:
    day, days = case.day_of(case.interview.interviewed), case.pace.thank_you_until_days
    return case.held("thank_you", GuardResult(Guard.TOO_LATE, day=day, days=days))


def _since_last(case: Case, code: ReasonCode) -> Reason:
    """Return the reason of a message for which the gap since the last contact counts."""
    met, last = case.interview.interviewed, case.last_contact
    day = case.own_day_of(last) if last else case.day_of(met)
    return Reason(code, day=day, name=case.who, is_interview=last is None)


def _why_thank_you(case: Case) -> Reason:
    at = case.interview.interviewed.astimezone(case.zone)
    return Reason(
        "thank_you",
        day=at.date(),
        clock="" if case.interview.day_only else f"{at:%H:%M}",
        late_after=pace.next_working_day(at.date() + timedelta(days=1), case.is_free),
        last_day=case.last_day_of_thanks,
        name=case.company.name,
    )
