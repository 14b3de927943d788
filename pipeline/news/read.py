"""Reading feeds: asks for them, parses what is new, and says what became of each.

Takes feed states and the clock; gives readings in the same order. A feed that fails is a reading
with a problem, never an exception.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from pipeline.news import links
from pipeline.news.fetch import Answer, fetch_all
from pipeline.news.parse import Parsed, parse
from pipeline.records import FeedState, NewsSettings, Problem, Reading
from pipeline.words import upper_first


def read_feeds(
    states: Sequence[FeedState],
    settings: NewsSettings,
    *,
    contact: str,
    now: datetime,
    progress: Callable[[int, int], None] | None = None,
    transport: Any = None,
) -> tuple[Reading, ...]:
    """Ask every feed and return what became of it; entries older than `first_days` are left out.

    When no feed on the web can be reached at all, that is the candidate's own network: it is said
    once, and no feed is blamed.
    """
    answers = fetch_all(states, settings, contact=contact, progress=progress, transport=transport)
    if _is_offline(answers):
        return tuple(_offline(answer, number) for number, answer in enumerate(answers))
    return tuple(_reading(answer, settings, now) for answer in answers)


def preview(source: str, settings: NewsSettings, *, contact: str, now: datetime) -> Reading:
    """Return what an address or a file would give, of any age; nothing is remembered."""
    address = source if "://" in source else str(Path(source).expanduser().absolute())
    if address.startswith("file://"):
        address = address.removeprefix("file://")
    (answer,) = fetch_all([FeedState(address)], settings, contact=contact)
    ageless = replace(settings, first_days=365_000)
    return _reading(answer, ageless, now)


def _reading(answer: Answer, settings: NewsSettings, now: datetime) -> Reading:
    if answer.outcome == "failed":
        return _failed(answer, answer.what, answer.todo, now)
    state = _answered(answer, now)
    if answer.outcome == "same":
        return Reading(state, "same")
    content_hash = hashlib.sha256(answer.body).hexdigest()
    if content_hash == answer.state.content_hash:
        return Reading(state, "same")
    parsed = parse(
        answer.body,
        feed=answer.state.address,
        address=answer.address,
        content_type=answer.content_type,
        now=now,
    )
    if parsed.wrong:
        return _failed(answer, f"could not be read: {parsed.wrong}", _TODO_NO_FEED, now)
    return _new(replace(state, content_hash=content_hash), parsed, settings, now)


_TODO_NO_FEED = "Open its address in a browser, and look for the feed's real address."


def _new(state: FeedState, parsed: Parsed, settings: NewsSettings, now: datetime) -> Reading:
    oldest = now - timedelta(days=min(settings.first_days, 365_000))
    fresh = [article for article in parsed.articles if article.published >= oldest]
    too_old = len(parsed.articles) - len(fresh)
    return Reading(
        state=replace(state, title=parsed.title),
        outcome="new",
        format=parsed.format,
        articles=tuple(fresh),
        refused=parsed.refused + (f"older than {settings.first_days} days",) * too_old,
    )


def _answered(answer: Answer, now: datetime) -> FeedState:
    """Return the state after a good answer; validators are kept as received, from a 304, too."""
    old = answer.state
    is_body = answer.outcome == "body"
    return FeedState(
        address=old.address,
        title=old.title,
        etag=answer.etag or ("" if is_body else old.etag),
        last_modified=answer.last_modified or ("" if is_body else old.last_modified),
        content_hash=old.content_hash,
        checked=now,
        worked=now,
    )


def _failed(answer: Answer, what: str, todo: str, now: datetime) -> Reading:
    old = answer.state
    state = replace(
        old,
        checked=now,
        failures=old.failures + 1,
        failing_since=old.failing_since or now,
        error=what,
        todo=todo,
    )
    name = old.title or "the feed"
    problem = Problem(
        "news",
        links.display(old.address),
        f"{upper_first(name)} {what}.",
        todo,
        since=state.failing_since,
    )
    return Reading(state, "failed", problems=(problem,))


def _is_offline(answers: Sequence[Answer]) -> bool:
    """Tell whether nothing on the web could be reached, of more than one host."""
    web = [answer for answer in answers if "://" in answer.state.address]
    hosts = {links.host_of(answer.state.address) for answer in web}
    return len(hosts) > 1 and all(answer.unreachable for answer in web)


def _offline(answer: Answer, number: int) -> Reading:
    problem = Problem(
        "news",
        "your network",
        "No feed could be reached: this computer seems to be offline.",
        "Nothing is lost; the next run catches up.",
    )
    return Reading(answer.state, "failed", problems=(problem,) if number == 0 else ())
