"""The next weeks as they will be if no news comes: what to send to whom, and when.

Takes what `plan.suggest` takes; gives each message that the planner itself would suggest on the
days ahead, supposing that nothing better comes, that each is sent on its day, and that nobody
answers. Bad news that holds now holds here, too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from pipeline.records import Contact, History, Match, Plan, Touchpoint, Upcoming, Workspace
from pipeline.text.calendar import day_in, start_of, zone_of
from pipeline.touchpoints.lifecycle import with_moves
from pipeline.touchpoints.plan import suggest
from pipeline.touchpoints.settling import settle

DAYS = 28  # four weeks: further ahead every answer changes everything
MORNING = timedelta(hours=9)  # when a page is read


def forecast(
    workspace: Workspace,
    matches: Mapping[str, Sequence[Match]],
    history: History,
    now: datetime,
) -> tuple[Upcoming, ...]:
    """Return the messages of the next four weeks, by day, without those that are due now."""
    holding = {file: tuple(m for m in found if m.sensitive) for file, found in matches.items()}
    zone = zone_of(workspace.config.settings.timezone)
    end, moment = day_in(zone, now) + timedelta(days=DAYS), now
    found: list[Upcoming] = []
    while day_in(zone, moment) < end:
        plan = suggest(workspace, holding, history, moment)
        if moment > now:
            found += [
                Upcoming(item.kind, item.key, day_in(zone, max(item.due, moment)), item.company,
                         item.person)
                for item in plan.suggestions
            ]  # fmt: skip
        dates = _dates_ahead(plan, history, moment, zone)
        history = _as_if_sent(history, plan, moment)
        tomorrow = start_of(day_in(zone, moment) + timedelta(days=1), zone) + MORNING
        dates = [tomorrow] if plan.suggestions else dates
        if not dates:
            break
        moment = max(min(dates), tomorrow)
    return tuple(sorted(found, key=lambda item: (item.day, item.company, item.person)))


def _dates_ahead(plan: Plan, history: History, moment: datetime, zone: ZoneInfo) -> list[datetime]:
    """Return the mornings on which something changes by itself."""
    days = [item.day for item in plan.upcoming]
    days += [day_in(zone, t.until) for t in history.touchpoints if t.is_open and t.until]
    days += [item.result.until for item in plan.held if item.result.until]
    mornings = [start_of(day, zone) + MORNING for day in days]
    return [morning for morning in mornings if morning > moment]


def _as_if_sent(history: History, plan: Plan, moment: datetime) -> History:
    """Return the history as it will be if every suggestion is sent when it falls due."""
    first = max((item.id for item in history.touchpoints), default=0) + 1
    open_keys = {item.key for item in plan.suggestions}
    settled = with_moves(history, settle(history.touchpoints, plan, moment)).touchpoints
    rest = tuple(item for item in settled if item.suggestion.key not in open_keys)
    sent, contacts = [], []
    for number, item in enumerate(plan.suggestions, start=first):
        at = max(item.due, moment)
        sent.append(Touchpoint(number, item, "sent", at, at))
        contacts.append(Contact(item.company, item.person, at, item.kind, touchpoint=number))
    return replace(
        history,
        touchpoints=(*rest, *sent),
        contacts=tuple(sorted((*history.contacts, *contacts), key=lambda one: one.at)),
    )
