"""Feeds in, articles out: ask every feed, read what it says, remember how it went.

    fetch   ask, follow redirects, unpack       -> Answer or Failure
    parse   bytes of any kind to articles       -> Parsed
    here    what that means for the feed        -> Reading

Takes what is remembered of the feeds and gives a reading of each. What a feed does is never an
exception: a failure is a reading with a problem that says what to do. Leaves storing to the store.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.news import clean, links
from pipeline.news.fetch import LATER, Answer, Asker, Failure, secure_context, too_large
from pipeline.records import Article, FeedState, NewsSettings, Problem, Reading

if TYPE_CHECKING:
    import httpx

    from pipeline.news.parse import Parsed

Progress = Callable[[int, int], None]

# What the user can do about an answer that cannot be read, by how the trouble begins.
_TODO = {
    "is a web page": "Open it in a browser, look for its RSS link, and write that in feeds.yaml.",
    "is empty": LATER,
    "gives an answer": LATER,
    "is larger": "Remove it, or raise settings › news › at_most_megabytes in feeds.yaml.",
}
_OTHERWISE = "Open the address in a browser; if there is no feed, find the new one or remove it."


@dataclass(frozen=True, slots=True)
class _Outcome:
    reading: Reading
    unreachable: bool = False


def read_feeds(
    states: Sequence[FeedState],
    settings: NewsSettings,
    *,
    contact: str,
    now: datetime,
    progress: Progress | None = None,
    transport: httpx.AsyncBaseTransport | None = None,
) -> tuple[Reading, ...]:
    """Return a reading of each feed, in the order of `states`."""
    outcomes = asyncio.run(_read_all(states, settings, contact, now, progress, transport))
    if _is_own_network(outcomes):
        return _blame_nobody(states, outcomes)
    return tuple(outcome.reading for outcome in outcomes)


def preview(source: str, settings: NewsSettings, *, contact: str, now: datetime) -> Reading:
    """Return what an address or a file would give: entries of any age, nothing remembered."""
    path = source.removeprefix("file://")
    address = path if "://" in path else str(Path(path).expanduser().absolute())
    ageless = replace(settings, at_most_days=100 * 366)
    (reading,) = read_feeds([FeedState(address)], ageless, contact=contact, now=now)
    return reading


async def _read_all(
    states: Sequence[FeedState],
    settings: NewsSettings,
    contact: str,
    now: datetime,
    progress: Progress | None,
    transport: httpx.AsyncBaseTransport | None,
) -> list[_Outcome]:
    """Let workers take feeds from a queue; one thread reads what they bring.

    While it does, the others go on: a slow parse must not use up a feed's time for answering.
    """
    queue = deque(enumerate(states))
    outcomes: dict[int, _Outcome] = {}
    context = secure_context() if any(_is_web(state) for state in states) else None

    async def work(thread: ThreadPoolExecutor) -> None:
        maybe = Asker(settings, contact, context, transport) if context else nullcontext()
        async with maybe as asker:
            while queue:
                place, state = queue.popleft()
                outcomes[place] = await _read(state, asker, thread, settings, now)
                if progress:
                    progress(len(outcomes), len(states))

    with ThreadPoolExecutor(max_workers=1) as thread:
        async with asyncio.TaskGroup() as group:
            for _ in range(min(settings.at_once, len(states))):
                group.create_task(work(thread))
    return [outcomes[place] for place in range(len(states))]


async def _read(
    state: FeedState,
    asker: Asker | None,
    thread: ThreadPoolExecutor,
    settings: NewsSettings,
    now: datetime,
) -> _Outcome:
    loop = asyncio.get_running_loop()
    answer: Answer | Failure
    if asker and _is_web(state):
        answer = await asker.ask(state)
    else:
        answer = await loop.run_in_executor(thread, _open, state.address, settings)
    if isinstance(answer, Failure):
        return _Outcome(_failed(state, answer, now), answer.unreachable)
    return _Outcome(await loop.run_in_executor(thread, _understood, state, answer, settings, now))


def _open(address: str, settings: NewsSettings) -> Answer | Failure:
    """Return what stands in a file; no more of it than the limit is ever read."""
    path, limit = Path(address), int(settings.at_most_megabytes * 1_000_000)
    try:
        if not path.is_file():
            what = "is no file" if path.exists() else "is not there"
            return Failure(what, "Correct its path in feeds.yaml.")
        with path.open("rb") as file:
            body = file.read(limit + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "its name is odd"
        return Failure(f"cannot be read ({reason})", "Correct its path, or its permissions.")
    return Answer(body, address) if len(body) <= limit else too_large(settings)


def _understood(state: FeedState, answer: Answer, settings: NewsSettings, now: datetime) -> Reading:
    """Return the reading of a good answer; what was read before is not parsed again."""
    if answer.body is None:
        return Reading(_worked(state, answer, now), "same")
    content_hash = hashlib.sha256(answer.body).hexdigest()
    if content_hash == state.content_hash:
        return Reading(_worked(state, answer, now), "same")
    parsed = _parsed(state, answer, settings, now)
    if parsed.trouble:
        todo = (todo for start, todo in _TODO.items() if parsed.trouble.startswith(start))
        return _failed(state, Failure(parsed.trouble, next(todo, _OTHERWISE)), now)
    fresh, stale = _fresh(parsed.articles, settings, now)
    return Reading(
        state=replace(
            _worked(state, answer, now),
            title=parsed.title or state.title,
            content_hash=content_hash,
        ),
        outcome="new",
        format=parsed.format,
        articles=fresh,
        refused=parsed.refused + stale,
    )


def _parsed(state: FeedState, answer: Answer, settings: NewsSettings, now: datetime) -> Parsed:
    from pipeline.news.apart import parse_safely

    return parse_safely(
        answer.body or b"",
        address=state.address,
        content_type=answer.content_type,
        now=now,
        base=answer.address,
        at_most=int(settings.at_most_megabytes * 1_000_000),
    )


def _fresh(
    articles: tuple[Article, ...], settings: NewsSettings, now: datetime
) -> tuple[tuple[Article, ...], tuple[str, ...]]:
    """Return the articles to keep, and why others are left out.

    At every reading, not only a feed's first: a blog that lists its posts of ten years would
    else hand them all in as new on the day of its next post.
    """
    oldest = now - timedelta(days=settings.at_most_days)
    fresh = tuple(article for article in articles if article.published >= oldest)
    reason = f"older than {settings.at_most_days} days"
    return fresh, (reason,) * (len(articles) - len(fresh))


def _worked(state: FeedState, answer: Answer, now: datetime) -> FeedState:
    """Return the state after a good answer. A 304 may leave out what has not changed."""
    unchanged = answer.body is None
    return replace(
        state,
        etag=answer.etag or (state.etag if unchanged else ""),
        last_modified=answer.last_modified or (state.last_modified if unchanged else ""),
        checked=now,
        worked=now,
        failures=0,
        failing_since=None,
        error="",
        todo="",
    )


def _failed(state: FeedState, failure: Failure, now: datetime) -> Reading:
    what = f"{_name(state)} {failure.what}."
    where = clean.safe(links.display(state.address))
    since = state.failing_since or now
    return Reading(
        state=replace(
            state,
            checked=now,
            failures=state.failures + 1,
            failing_since=since,
            error=what,
            todo=failure.todo,
        ),
        outcome="failed",
        problems=(Problem("news", where, what, failure.todo, since=since),),
    )


def _name(state: FeedState) -> str:
    """Return how a feed is called in a sentence."""
    if _is_web(state):
        host = links.host_of(state.address)
        return f"{host}'s feed" if host else "A feed"
    return f"The file {clean.safe(Path(state.address).name)}"


def _is_web(state: FeedState) -> bool:
    return "://" in state.address


def _is_own_network(outcomes: Sequence[_Outcome]) -> bool:
    """Tell whether not one of several hosts could be reached: then it is not the feeds' fault."""
    asked = [outcome for outcome in outcomes if _is_web(outcome.reading.state)]
    hosts = {links.host_of(outcome.reading.state.address) for outcome in asked}
    return len(hosts) > 1 and all(outcome.unreachable for outcome in asked)


def _blame_nobody(states: Sequence[FeedState], outcomes: Sequence[_Outcome]) -> tuple[Reading, ...]:
    count = sum(outcome.unreachable for outcome in outcomes)
    problem = Problem(
        "news",
        "this computer's network",
        f"None of the {count} feeds on the web could be reached, so the fault is not theirs.",
        "Check the connection, then run it again.",
    )
    problems = iter(((problem,),))
    return tuple(
        Reading(state, "failed", problems=next(problems, ()))
        if outcome.unreachable
        else outcome.reading
        for state, outcome in zip(states, outcomes, strict=True)
    )
