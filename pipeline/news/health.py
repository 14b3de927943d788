"""How the feeds are: what is wrong with one, when the page says so, and what to do about it.

Takes what is remembered of the feeds and, for those that have long had nothing new, when their
articles came; returns the troubles to report today, once each. Changes nothing. What a
move changes in feeds.yaml is decided in address_changes.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise

from pipeline.news.address_changes import proposed_changes
from pipeline.news.feed_words import LASTING, LATER, name_of
from pipeline.records import FeedState, NewsSettings, Problem
from pipeline.records.record import dataclass
from pipeline.text.phrasing import count_of
from pipeline.text.urls import shown, site_of

REMIND_DAYS = 30  # a trouble that lasts is named again after a month
# Silence of a feed that worked is worth a word when it is twice as long as the longest gap before,
# and two weeks at least: in 39 years of 156 captured feeds that would have been wrong 3 times
# (three times the usual gap: 71 times), and noticed the end of the median feed after 14 days.
QUIET_TIMES = 2
QUIET_DAYS = 14
LEAST_GAPS = 9  # fewer show no rhythm

UPDATE = "`touchpoints feeds update --apply` writes that into feeds.yaml."

Rhythm = Callable[[str], Sequence[datetime]]  # an address to when its articles were published


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What is wrong with one feed."""

    key: str  # the same key is the same trouble, however its words change
    problem: Problem


def diagnose(
    state: FeedState, rhythm: Rhythm, settings: NewsSettings, now: datetime
) -> Diagnosis | None:
    """Return what is wrong with a feed, the most serious only; None when it is well."""
    if state.gone_since:
        return _diagnosis(state, "gone", _ended(state), f"It is no longer worth asking. {UPDATE}")
    if state.failures:
        since = state.failing_since or now
        is_old = now - since >= timedelta(days=max(settings.trouble_days, 1))
        lasting = state.worked is None or now - since >= timedelta(days=settings.trouble_days)
        # Of what has lasted "nothing to do" would be wrong; and it is the same trouble as before.
        passes = state.todo in (LATER, LASTING)
        key = f"failing: {LATER if passes else state.todo}"
        todo = LASTING if passes and is_old else state.todo
        return _diagnosis(state, key, state.error, todo, since) if lasting else None
    if state.error:
        return _diagnosis(state, "flood", state.error, state.todo)
    if any(change.kind == "moved" for change in proposed_changes([state])):
        return _diagnosis(state, f"moved: {state.moved_to}", _moved(state), UPDATE)
    told = _told(state)
    is_quiet = told is not None and told[1] == "quiet" and _silent(state, now)
    if is_quiet or (_silent(state, now) and quiet(rhythm(state.address), now)):
        return _diagnosis(state, "quiet", _quiet(state), _QUIET_TODO, state.newest)
    return None


def quiet(published: Sequence[datetime], now: datetime) -> bool:
    """Return whether a feed has been silent for longer than its own rhythm explains."""
    times = sorted(set(published))
    gaps = [later - earlier for earlier, later in pairwise(times)]
    if len(gaps) < LEAST_GAPS:
        return False
    return now - times[-1] > max(QUIET_TIMES * max(gaps), timedelta(days=QUIET_DAYS))


def to_name(
    states: Iterable[FeedState], rhythm: Rhythm, settings: NewsSettings, now: datetime, today: date
) -> tuple[tuple[Problem, ...], tuple[FeedState, ...]]:
    """Return the troubles that today's page names, and the states that have changed by that.

    A trouble is named on one day, however often the page is made on it; again when there is
    another, when the feed was well in between, and after a month. `today` is the user's.
    """
    problems, changed = [], []
    for state in states:
        found = diagnose(state, rhythm, settings, now)
        told = _told(state)
        if found is None:
            mark = ""
        elif told and told[1] == found.key and 0 <= (today - told[0]).days < REMIND_DAYS:
            mark = state.told
            if told[0] == today:
                problems.append(found.problem)
        else:
            mark = f"{today.isoformat()} {found.key}"
            problems.append(found.problem)
        if mark != state.told:
            changed.append(replace(state, told=mark))
    return tuple(problems), tuple(changed)


def together(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Return the troubles, those of one host that are the same as one: the host is what is down."""
    alike: dict[tuple[str, str, str], list[Problem]] = {}
    for problem in problems:
        host = site_of(problem.where) if "://" in problem.where else problem.where
        alike.setdefault((host, problem.what, problem.todo), []).append(problem)
    return tuple(
        replace(
            some[0],
            where=f"{host}, {count_of(len(some), 'feed')}",
            since=min((item.since for item in some if item.since), default=None),
        )
        if len(some) > 1
        else some[0]
        for (host, _, _), some in alike.items()
    )


# ---------------------------------------------------------------------------------- in words

_QUIET_TODO = (
    "Look on its site whether there is another feed by now. If not, leave it, or remove it from "
    "feeds.yaml; it will still be checked."
)


def _diagnosis(
    state: FeedState, key: str, what: str, todo: str, since: datetime | None = None
) -> Diagnosis:
    return Diagnosis(key, Problem("news", shown(state.address), what, todo, since=since))


def _ended(state: FeedState) -> str:
    return f"{name_of(state.address)} has ended, says its owner (410)."


def _moved(state: FeedState) -> str:
    return f"{name_of(state.address)} has moved for good, to {shown(state.moved_to)}"


def _quiet(state: FeedState) -> str:
    return f"{name_of(state.address)} has had nothing new for longer than ever."


# ------------------------------------------------------------------------- what its state says


def _silent(state: FeedState, now: datetime) -> bool:
    """Return whether it is worth asking for a feed's rhythm: most are not silent at all."""
    return state.newest is not None and now - state.newest > timedelta(days=QUIET_DAYS)


def _told(state: FeedState) -> tuple[date, str] | None:
    """Return the day on which a trouble was named, and its key."""
    day, _, key = state.told.partition(" ")
    return (date.fromisoformat(day), key) if key else None
