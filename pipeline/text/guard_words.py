"""Why a message is not suggested, and what is in order with one, in the words of a day.

Takes what a guard found, which is stored, and the day of showing; gives sentences, which never are.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from pipeline.records import (
    Guard,
    GuardResult,
    Held,
    Kind,
    PersonPart,
    Suggestion,
    Touchpoint,
    Upcoming,
)
from pipeline.text.calendar import day_in
from pipeline.text.phrasing import (
    DECISIONS,
    PERSON_WORDS,
    count_of,
    long_day,
    relative_day,
    shorten,
    upper_first,
)

# What to do about bad news, by its kind; the first that fits.
_ADVICE: tuple[tuple[frozenset[str], str], ...] = (
    (
        frozenset({"death", "accident", "crime"}),
        "If you know somebody whom it touches, a word of sympathy in your own words is right, and "
        "no template. Otherwise do nothing.",
    ),
    (
        frozenset({"hiring freeze"}),
        "A hiring freeze often moves a decision by months, or ends it. It need not be yours: wait, "
        "and ask about your post when your decision day has passed, not before.",
    ),
    (
        frozenset({"layoffs", "closure", "bankruptcy"}),
        "If you know somebody there, a line in your own words is kinder than any template. "
        "Otherwise: wait. New posts are often stopped at such a time, and decisions come late.",
    ),
    (
        frozenset({"cost cutting", "bad results"}),
        "Don't mention it. Where costs are cut, a post is often approved anew: the decision may "
        "come later than they said.",
    ),
    (
        frozenset({"reorganisation", "leader leaves"}),
        "Don't mention it. Who decides may change, and with it the day: wait until it is settled.",
    ),
    (
        frozenset({"takeover"}),
        "Don't mention it. Until a takeover is settled, few posts are filled: count on weeks more.",
    ),
    (
        frozenset({"strike"}),
        "If you know somebody there, a line in your own words is kinder than any template. "
        "Otherwise: wait.",
    ),
)
# News that touches the people there, and not only the business.
TOUCHING = frozenset({"death", "accident", "crime", "layoffs", "closure", "bankruptcy", "strike"})
# And what about news of a person, by what became of them.
_ON_A_PERSON: dict[PersonPart, str] = {
    "leaves": "Whom do you ask now? Put whoever decides first under “interviewers” in your notes, "
    "or ask the recruiter. A line of thanks in your own words is never wrong.",
    "dies": "A word of sympathy in your own words is right, and no template. If they died, put "
    "somebody else first under “interviewers” in your notes.",
    "accused": "Do nothing, and don't mention it. If it lasts, ask the recruiter who decides now.",
    "doubtful": "Read it before you write to them.",
}
# And about news of somebody whom the notes only mention: no message is suggested because of it.
_ON_ANOTHER: dict[PersonPart, str] = {
    **dict.fromkeys(("promotion", "prize", "talk", "article"), "Good to know before you write."),
    "leaves": "Don't mention it. If they were to decide, the day may move: wait until it is "
    "settled.",
    "dies": "A word of sympathy in your own words is right, and no template. If it touches nobody "
    "you know, do nothing.",
    "accused": "Do nothing, and don't mention it.",
    "doubtful": "Read it before you write to anybody there.",
}
_WAIT = "Do nothing, and don't mention it: it is theirs to deal with. Wait."
_FAREWELL = "A gracious last line is never wrong: `touchpoints draft --farewell {company}`."
_THANKS = (
    "If you like, a line of thanks to those who spoke for you: "
    "`touchpoints draft --thanks {company}`."
)
_TO_DO: dict[Guard, str] = {
    Guard.OWN_FIELD: "Read it before you write, and don't congratulate on it.",
    Guard.INVITED: "Write its notes, so that the talk is known: "
    "`touchpoints init --company {company} --interviewed {day}`.",
    Guard.USUAL_BAD_NEWS: "Look once before you write, and don't mention it.",
    Guard.TOO_LATE: "If you wrote one, record it: "
    '`touchpoints log {company} "thank-you" --on DATE`.',
}


def held_text(held: Held, company: str, today: date) -> str:
    """Return why a message is held back, a sentence; `company` is the company's name."""
    return result_text(held.result, held.person, company, today)


# What a guard has against a message, where its words hang on nothing but values.
_AGAINST: dict[Guard, str] = {
    Guard.OF_THE_PERSON: "{told}. Nothing goes to {who} until you have said what to do.",
    Guard.PERHAPS_THE_PERSON: "{told}, if it is {who} of {company}: nothing in it says so.",
    Guard.OF_ANOTHER: "{told}: your notes on {company} mention them.",
    Guard.OWN_FIELD: "{company} has somebody new for what you applied for ({field}): it may be "
    "your place, or your new boss.",
    Guard.UNREAD_NOTE: "{file} cannot be read, and may be about {company}: nothing is suggested "
    "there until it can (`touchpoints check` shows what is wrong).",
    Guard.TOO_EARLY: "It is too soon after the interview: the thank-you to {who} is due {when} "
    "from {clock}.",
    Guard.TOO_LATE: "The interview with {who} was on {day}, and no thank-you is known: after "
    "{days} it is too late for one.",
    Guard.PACE: "The next message to {who} comes up on {until}.",
    Guard.LAST_PLACE: "{messages} to {who} {have} had no answer; the last one before silence is "
    "kept for something excellent{story}.",
    Guard.COOL_DOWN: "You were in touch with {who} {past}; the next message waits until {until}.",
    Guard.MONTHLY_BUDGET: "{messages} to {who} in {n} days {are} enough; the next one waits until "
    "{until}.",
    Guard.DAILY_BUDGET: "It is enough for one day.",
    Guard.THANK_YOU_FIRST: "The thank-you comes first.",
    Guard.ONE_AT_A_TIME: "Another message to them comes first.",
    Guard.UNANSWERED: "{messages} to {who} {have} had no answer; silence is the kindest message "
    "now.",
    Guard.KEPT_FOR_THE_QUESTION: "{messages} to {who} {have} had no answer; the next one is the "
    "question about the decision, after {day}.",
    Guard.QUESTION_NEAR: "The question about the decision comes up on {until}; nothing else "
    "before it.",
    Guard.NEEDS_NEWS: "There is nothing to bring to {who} yet; the next message comes with news, "
    "or with something you did on what you talked about.",
    Guard.INTERVIEW_AHEAD: "The next interview at {company} is on {until}; what you have to say "
    "can be said there.",
    Guard.DISMISSED: "You dismissed such a message to {who}; the next one waits until {until}.",
    Guard.PUT_OFF: "You put this off until {until}.",
    Guard.GIVEN: "Your office has given this story to another message to {who}.",
}


def result_text(result: GuardResult, person: str, company: str, today: date) -> str:
    """Return what a guard has against a message to a person (or nobody named) at a company."""
    who = person or company
    if says := _AGAINST.get(result.guard):
        return says.format_map(_values(result, who, company, today))
    match result.guard:
        case Guard.BAD_NEWS | Guard.USUAL_BAD_NEWS:
            return _bad_news(result, company, today)
        case Guard.DECIDED if result.decision in ("offer", "accepted"):
            what = "the offer" if result.decision == "offer" else "the new job"
            return f"Congratulations on {what} at {company}! Nothing more is suggested there."
        case Guard.DECIDED:
            decision = DECISIONS[result.decision] if result.decision else "it is decided"
            return f"{upper_first(decision)}; nothing more is suggested."
        case Guard.BAR:
            return _below_the_bar(result, who, today)
        case Guard.BETTER_FOR if not result.until:
            return f"It was found by a line of your notes that is about {result.colleague}."
        case Guard.BETTER_FOR:
            until = long_day(result.until or today)
            return f"It fits {result.colleague} better, who may have it from {until}."
        case Guard.COLLEAGUE if result.day:
            last, until = _past(result.day, today), long_day(result.until or today)
            return (
                f"You wrote to {result.colleague} at {company} {last}; {who} waits until {until}."
            )
        case Guard.COLLEAGUE:
            at = f"{result.colleague} at {company}" if result.colleague != company else company
            return f"A message to {at} comes first."
        case Guard.ASKED:
            asked = "asked" if result.count else "chose not to ask"
            return f"You {asked} about the decision; the next word is theirs."
        case Guard.INVITED:
            on = f" on {long_day(result.day)}" if result.day else ""
            return f"They invited you to a talk{on}; what you have to say can be said there."
    raise AssertionError(result.guard)


def _values(result: GuardResult, who: str, company: str, today: date) -> dict[str, object]:
    """Return the values of `_AGAINST`."""
    day, is_one = result.day or today, result.count == 1
    unclear: PersonPart = "unclear" if result.guard is Guard.PERHAPS_THE_PERSON else "doubtful"
    scores = f"this one scores {_score(result.score)}, the bar is {_score(result.bar)}"
    return {
        "who": who,
        "company": company,
        "told": PERSON_WORDS[result.part or unclear].format(who=who),
        "field": ", ".join(result.field),
        "file": result.file,
        "clock": result.clock,
        "day": long_day(day),
        "when": relative_day(day, today),
        "past": _past(day, today),
        "until": long_day(result.until or today),
        "n": result.days,
        "days": count_of(result.days, "day"),
        "messages": upper_first(count_of(result.count, "message")),
        "have": "has" if is_one else "have",
        "are": "is" if is_one else "are",
        "story": f" ({scores})" if result.score else "",
    }


def _bad_news(result: GuardResult, company: str, today: date) -> str:
    told = ", ".join(result.bad_news) or "bad news"
    if result.guard is Guard.USUAL_BAD_NEWS:
        stories = upper_first(count_of(result.count, "story", "stories"))
        hold = "it holds" if result.count == 1 else "they hold"
        if result.told_by:
            return (
                f"{stories} of bad news about {company} ({told}) that {result.told_by} alone "
                f"tells, as it often does: {hold} nothing back."
            )
        return (
            f"{stories} of the kind that {company} is in the papers for most of the time "
            f"({told}): {hold} nothing back."
        )
    until = long_day(result.until or today)
    if result.title:
        alone = f", which {result.told_by} alone tells" if result.told_by else ""
        said = f'{told} ("{result.title}"){alone}'
        return f"Nothing cheerful goes to {company} before {until}: {said}."
    quiet = f"Nothing cheerful goes there before {until}."
    if result.told_by:
        return f"Is it so? {result.told_by} alone tells bad news about {company} ({told}). {quiet}"
    return f"Bad news about {company} ({told}). {quiet}"


def _below_the_bar(result: GuardResult, who: str, today: date) -> str:
    score, bar = _score(result.score), _score(result.bar)
    if result.until is None:
        return f"Kept back from {who}: it scores {score}, and the bar is {bar} today."
    then = "it is too old by then" if result.is_lost else "it goes then if no better comes"
    return (
        f"Kept back from {who}: better is likely within {count_of(result.days, 'day')}. It scores "
        f"{score}; the bar is {bar} today and falls to {_score(result.falls_to)} by "
        f"{relative_day(result.until, today)}; {then}."
    )


def _score(score: float) -> str:
    return f"{score:.2f}".removeprefix("0")


def advice_on(held: Held, known: Sequence[str] = ()) -> str:
    """Return what the candidate can do about it, a sentence or two, or "".

    `known` are the people at the company with whom they talked: whom grave news concerns.
    """
    result = held.result
    match result.guard:
        case Guard.OF_THE_PERSON:
            return _ON_A_PERSON[result.part or "doubtful"]
        case Guard.OF_ANOTHER:
            return _ON_ANOTHER[result.part or "doubtful"]
        case Guard.PERHAPS_THE_PERSON:
            is_good = result.part in ("promotion", "prize", "talk", "article")
            cheer = "a line of congratulation in your own words is welcome"
            return f"If it is, {cheer if is_good else 'send nothing cheerful'}."
        case Guard.BAD_NEWS if held.is_bad_news:
            return _on_bad_news(result, known)
        case Guard.DECIDED if result.decision == "rejected":
            return _FAREWELL.format(company=held.company)
        case Guard.DECIDED if held.is_offer:
            return _THANKS.format(company=held.company)
        case _:
            day = result.day.isoformat() if result.day else "DAY"
            return _TO_DO.get(result.guard, "").format(company=held.company, day=day)


def _on_bad_news(result: GuardResult, known: Sequence[str]) -> str:
    kinds = set(result.bad_news)
    says = next((says for which, says in _ADVICE if which & kinds), _WAIT)
    if result.told_by:
        says = f"Look for it elsewhere first. {says}"
    if not known or not TOUCHING & kinds:
        return says
    *first, last = known
    names = f"{', '.join(first)} and {last}" if first else last
    return f"{says} You talked to {names} there."


def wrong_company_said(number: int) -> str:
    """Return the way out where bad news is about somebody else."""
    dismiss = f"`touchpoints dismiss h{number} --because wrong-company`"
    return f"If it is about another company: {dismiss}."


def moved_text(touchpoint: Touchpoint, company: str, today: date) -> str:
    """Return why the program moved a suggestion, as far as it did."""
    is_awake = touchpoint.status == "suggested"
    return "its day has come" if is_awake else expiry_text(touchpoint, company, today)


_PASSED = "Its time has passed, or you have written to them since."
_EXPIRED: dict[Kind, str] = {
    "thank_you": "You have written to them since, talked to them again, or changed your notes.",
    "decision": "You have heard from them, changed your notes, or somebody else is now to be "
    "asked.",
    "answer": "You have written to them since, or it is too late for thanks.",
    "reminder": "You have heard from them since.",
    "farewell": _PASSED,
    "advice": _PASSED,
    "reconnect": _PASSED,
    "check_in": "There has been a contact since, or the question takes its place.",
}


def expiry_text(touchpoint: Touchpoint, company: str, today: date) -> str:
    """Return why a suggestion is not made any more, a sentence, or "" if it still is."""
    old, expiry = touchpoint.suggestion, touchpoint.expiry
    if expiry is None:
        return ""
    if expiry.result:
        return result_text(expiry.result, old.person, company, today)
    if old.kind in ("thank_you", "decision") and expiry.is_replaced:
        return "Your notes have changed, and a new one takes its place."
    if says := _EXPIRED.get(old.kind):
        return says
    if expiry.is_replaced:
        return "Another story takes its place."
    title = shorten(old.reference.title, 80)
    return f'"{title}" has been sent, goes to a colleague, is no longer fresh or no longer fits.'


def against_text(what: Suggestion, company: str, today: date) -> tuple[str, ...]:
    """Return what speaks against a message that the user asked for, a sentence each."""
    return tuple(_against(item, what.person, company, today) for item in what.against)


def _against(result: GuardResult, person: str, company: str, today: date) -> str:
    if result.guard is Guard.OF_THE_PERSON:
        told = PERSON_WORDS[result.part or "doubtful"].format(who=person)
        return f"{told}: think twice before you write, and don't mention it."
    return result_text(result, person, company, today)


def passed_text(what: Suggestion, company: str, zone: ZoneInfo, today: date) -> tuple[str, ...]:
    """Return what speaks against nothing, a few words each: "fresh (yesterday)"."""
    found: list[str] = []
    if what.is_asked_for:
        return ()  # whatever was found: it is said with the reason
    if what.reference.published:
        published = min(day_in(zone, what.reference.published), today)  # a feed may be ahead
        day = relative_day(published, today)
        found += [f"not sent to {what.person or company} before", f"fresh ({day})"]
    if what.kind == "thank_you":
        found.append("nothing sent since the interview")
    return (*found, *filter(None, (_in_order(result, company, today) for result in what.passed)))


def _in_order(result: GuardResult, company: str, today: date) -> str:
    if result.guard is Guard.BAD_NEWS:
        return f"no bad news about {company} for {count_of(result.days, 'day')}"
    if result.guard is Guard.UNANSWERED:
        return f"{count_of(result.count, 'message')} without an answer"
    if result.guard is Guard.COOL_DOWN and result.day:
        return f"last in touch {_past(result.day, today)}"
    if result.guard is Guard.MONTHLY_BUDGET:
        return f"{result.count} of {result.limit} messages in {result.days} days"
    if result.guard is Guard.BAR:
        return f"above the bar for a story, {_score(result.bar)}"
    return ""


def _past(day: date, today: date) -> str:
    """Return "yesterday", "3 days ago" or "on Saturday 21 November"."""
    return relative_day(day, today) if (today - day).days <= 7 else f"on {long_day(day)}"


_UPCOMING = {
    "check_in": "check-in with {who}",
    "thank_you": "thank-you to {who}",
    "promise": "{about}, promised by {who}",
    "reminder": "remind {who} of what was promised, if it has not come",
    "advice": "one question to {who} for advice, if their answer was a kind one",
    "reconnect": "two lines to {who}, three months after their no",
    "interview": "the interview",
    "decision_day": "the decision is expected",
    "decision": "ask about the decision, if nothing was heard",
}


def upcoming_text(item: Upcoming, company: str) -> str:
    """Return what falls due later: "check-in with Renata Kowalczyk"."""
    who = item.person or company
    if item.title:
        return f"“{shorten(item.title, 80)}” for {who}"
    if item.kind == "decision_day" and item.named_on:
        return f"the decision is expected, as they wrote on {long_day(item.named_on)}"
    says = _UPCOMING.get(item.kind, "what you put off for {who}")
    return says.format(who=who, about=item.about)


def ahead_text(item: Upcoming, company: str) -> str:
    """Return a message of a plan that was made without news; a check-in gives way to better."""
    if item.kind == "decision" and not item.key.endswith(":1"):  # its key counts the questions
        return "ask once more about the decision"
    is_weak = item.kind == "check_in" or item.title
    better = ", if nothing better comes" if is_weak else ""
    return f"{upcoming_text(item, company)}{better}"
