"""What became of a story that fits: in a message, sent already, held back, or beaten by another.

Takes a match, the plan of the moment and the history; gives sentences. Why a story does not fit
at all is in the match itself (`relevance.reasons`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from pipeline.records import Company, Guard, History, Match, Plan, Settings, Touchpoint, Workspace
from pipeline.text.calendar import day_in, zone_of
from pipeline.text.guard_words import expiry_text, held_text
from pipeline.text.phrasing import count_of, relative_day
from pipeline.text.publishers import Publishers
from pipeline.text.variety import QueuePlaces
from pipeline.touchpoints import bad_news, pace, releases
from pipeline.touchpoints.case import HoldRules, marks_of, marks_sent, title_mark
from pipeline.touchpoints.suitability import (
    fresh_days,
    is_avoided,
    is_fit_to_read,
    is_harmless,
    is_theirs,
)


def outcomes(
    match: Match, plan: Plan, history: History, workspace: Workspace, now: datetime
) -> tuple[str, ...]:
    """Return what became of a story that matters for its company, a sentence each."""
    if not match.matters:
        return ()
    config, settings = workspace.config, workspace.config.settings
    company = next(item for item in config.companies if item.slug == match.company)
    zone = zone_of(settings.timezone)
    today = day_in(zone, now)
    marks = marks_of(match)
    earlier = [
        item
        for item in history.touchpoints
        if item.suggestion.company == match.company and marks_sent(item.suggestion) & marks
    ]
    past = past_of(earlier, company.name, zone, today)
    if past:
        return past
    judged = tuple(
        held_text(item, company.name, today)
        for item in plan.held
        if item.kind is None
        and item.company == match.company
        and item.story in (match.story.id, match.what_happened)
    )
    if match.sensitive or match.is_delicate:
        return judged or (_holds_nothing(match, company, plan, history, workspace, now),)
    if judged:
        return judged
    cheers = {item.part for item in match.people if item.is_cheerful}
    if cheers - {"named"} or (cheers and not match.shown):
        return _of_person(match, company, plan, settings, now)
    most_days = fresh_days(match, settings.pace)
    if match.story.lead.published < pace.days_after(now, -most_days, zone):
        days = count_of(most_days, "day")
        return (f"Older than {days}: worth a look, too old for a message.",)
    talks = (talk for talk in workspace.interviews if talk.file == match.interview)
    if any(is_avoided(match, talk) for talk in talks):
        return ("Your notes ask not to mention it: no message with it.",)
    if unfit := _unfit(match, company):
        return (unfit,)
    against = (
        f"{held_text(item, company.name, today)} ({item.guard})"
        for item in plan.held
        if item.company == match.company and item.kind in (match.kind, "check_in")
    )
    if held := tuple(dict.fromkeys(against)):
        return held
    if match.kind == "contribution" and match.skill is None:
        return (
            "No line of your angle or profile meets it, so there is nothing to offer with it; "
            "it may go with a check-in.",
        )
    told = (item for item in plan.told if item.kind == match.kind)
    if full := QueuePlaces(config, told).against(match):
        return (f"Not in a message: {full}.",)
    return ("Another story or message comes first.",)


def _holds_nothing(
    match: Match,
    company: Company,
    plan: Plan,
    history: History,
    workspace: Workspace,
    now: datetime,
) -> str:
    """Return why bad news holds nothing else back."""
    settings, marks = workspace.config.settings, marks_of(match)
    zone = zone_of(settings.timezone)
    today = day_in(zone, now)
    for hold in history.holds:
        is_it = hold.company == company.slug and {hold.story, title_mark(hold.title)} & marks
        if is_it and hold.released:
            day = relative_day(day_in(zone, hold.released), today)
            return f"It holds nothing else back: you released it {day} (h{hold.id})."
    if not match.sensitive:
        return "It is about a person, and holds nothing else back."
    publishers = Publishers(workspace.config)
    rules = HoldRules(
        settings.pace,
        zone_of(company.timezone, settings.timezone),
        releases.shortened(history.holds, history.forgotten, company.slug),
        bad_news.hearsay([match], publishers),
    )
    ends = bad_news.hold_ends(match, rules)
    teller = rules.hearsay.get(match.story.id, "")
    told = f", as {teller} alone tells it" if teller else ""
    if ends <= now:
        kind = ", ".join(bad_news.bad_news_of(match)) or "bad news"
        over = relative_day(day_in(zone, ends), today)
        return f"It holds nothing else back: its time ({kind}) was over {over}{told}."
    if any(held.guard is Guard.USUAL_BAD_NEWS for held in plan.held):
        usual = (
            "such news is usual there" if not teller else f"{teller} alone tells such news often"
        )
        return f"It holds nothing else back: {usual}."
    return "It holds nothing else back: nobody there is waited for."


def _of_person(
    match: Match, company: Company, plan: Plan, settings: Settings, now: datetime
) -> tuple[str, ...]:
    """Return what keeps a congratulation."""
    zone, days = zone_of(settings.timezone), settings.pace.congratulate_days
    if match.story.lead.published < pace.days_after(now, -days, zone):
        return (f"Older than {count_of(days, 'day')}: too old for congratulations.",)
    whom = {item.person for item in match.people}
    held = (item for item in plan.held if item.kind == "congratulation" and item.person in whom)
    objections = tuple(
        f"{held_text(item, company.name, day_in(zone, now))} ({item.guard})" for item in held
    )
    if objections:
        return objections
    if all(item.part == "named" for item in match.people):
        return (
            "It only names them: worth a line once in four weeks, if nothing in it is sad and they "
            "are not in the news all the time.",
        )
    return ("Another story or message comes first.",)


def _unfit(match: Match, company: Company) -> str:
    """Return why this is not suitable for any message with this story."""
    if match.kind == "tidbit":
        if any(is_fit_to_read(match, evidence) for evidence in match.for_people):
            return ""
        return (
            "Nothing that they would be glad to get: too sad or sour, in a language that nobody "
            "spoke, or found by a line that was said in confidence."
        )
    if not is_theirs(match):
        return (
            "Its title does not name the company, and it is not on the very thing that you talked "
            "about: no news of theirs to write about."
        )
    if is_harmless(match):
        return ""
    return "Not plainly good or harmless for them, as far as one can tell: no message with it."


def past_of(
    touchpoints: Sequence[Touchpoint], company: str, zone: ZoneInfo, today: date
) -> tuple[str, ...]:
    """Return what became of the messages with a story, newest first, a sentence each."""
    return tuple(
        _sentence(item, company, relative_day(day_in(zone, item.changed), today), today)
        for item in reversed(touchpoints)
    )


def _sentence(item: Touchpoint, company: str, day: str, today: date) -> str:
    who = item.suggestion.person or company
    gone = f": {why}" if (why := expiry_text(item, company, today)) else "."
    said = {
        "suggested": f"Suggested for {who}: number {item.id}.",
        "snoozed": f"Put off by you: number {item.id}, for {who}.",
        "sent": f"Sent to {who} {day}: number {item.id}.",
        "answered": f"Sent to {who}, and answered: number {item.id}.",
        "dismissed": f"Dismissed by you {day} ({item.because}): number {item.id}, for {who}.",
        "expired": f"Was suggested for {who} as number {item.id}; gone {day}{gone}",
    }
    return said[item.status]
