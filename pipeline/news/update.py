"""Feeds in, articles out: ask every feed, read what it says, remember how it went.

    polling         whether a feed is due               -> if not, it rests
    host_scheduler  many hosts at once, a pause for each
    fetch           request, redirects, decompression   -> Response or Failure
    parse           bytes of any kind to articles       -> Parsed
    update          what that means for the feed        -> Reading

Takes what is remembered of the feeds and returns a reading of each. What a feed does is never an
exception: a failure is a reading with a problem that says what to do. The store keeps the readings,
and health decides which troubles the page reports.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.news import dates, failures, first_dates, polling, public_hosts
from pipeline.news.failures import Failure
from pipeline.news.feed_words import LASTING, LATER, OWN_NETWORK, name_of
from pipeline.news.fetch import FeedSource, Fetcher, FetchOptions, Response
from pipeline.news.host_scheduler import HostScheduler
from pipeline.records import Article, FeedState, NewsSettings, Problem, Reading
from pipeline.records.record import dataclass
from pipeline.text import urls
from pipeline.text.urls import file_in, host_of

if TYPE_CHECKING:
    from pipeline.news.parse import FeedBody, Parsed

# Rate limits are for a host; its neighbours are spared for a while, lest they add to it.
OTHERS_OF_A_DOMAIN = timedelta(hours=1)
_SITE = "site "  # before a registered domain, among hosts

Progress = Callable[[int, int], None]
Keep = Callable[[Reading], Reading]  # gives it back as it was kept
Parse = Callable[["FeedBody", datetime, int], "Parsed"]


@dataclass(frozen=True, slots=True)
class _Outcome:
    reading: Reading
    failure: Failure | None = None

    @property
    def unreachable(self) -> bool:
        return self.failure is not None and self.failure.unreachable


def update_feeds(
    states: Sequence[FeedState],
    options: FetchOptions,
    *,
    ask_all: bool = False,
    progress: Progress | None = None,
    keep: Keep | None = None,
    pages: Collection[str] = (),
) -> tuple[Reading, ...]:
    """Return a reading of each feed, in the order of `states`.

    A feed that is not due is not asked, unless `ask_all`. `keep` is given each reading with new
    articles as it comes, and what is returned then holds no articles: thousands of feeds need no
    more memory than ten. `pages` are the addresses of web pages that list articles.
    """
    states = [polling.forget_future(state, options.now) for state in states]
    run = _Run(states, options, progress, keep, pages)
    outcomes = asyncio.run(run.read(ask_all=ask_all))
    if _is_own_network(outcomes):
        return _blame_nobody(states, outcomes)
    return _spared(outcomes, options.settings, options.now)


def preview(source: str, options: FetchOptions, *, is_page: bool = False) -> Reading:
    """Return what an address or a file would give: entries of any age, nothing remembered."""
    path = file_in(source)
    address = path if "://" in path else str(Path(path).expanduser().absolute())
    ageless = replace(options.settings, at_most_days=100 * 366)
    ageless_options = replace(options, settings=ageless)
    pages = (address,) if is_page else ()
    (reading,) = update_feeds([FeedState(address)], ageless_options, pages=pages)
    return reading


class _Run:
    """One reading of all feeds: workers take them in turn; one thread reads what they bring.

    While it does, the others go on: a slow parse must not use up a feed's time for answering.
    """

    def __init__(
        self,
        states: Sequence[FeedState],
        options: FetchOptions,
        progress: Progress | None,
        keep: Keep | None,
        pages: Collection[str],
    ) -> None:
        self._states = states
        self._options = options
        self._settings, self._now = options.settings, options.now
        self._progress = progress
        self._keep = keep
        self._pages = frozenset(pages)
        self._outcomes: dict[int, _Outcome] = {}

    async def read(self, *, ask_all: bool) -> list[_Outcome]:
        asked = []
        for place, state in enumerate(self._states):
            if ask_all or not polling.rests(state, self._now, self._settings):
                asked.append((place, state))
            else:
                self._finish(place, _Outcome(Reading(state, "resting")))
        # What was spared for another's sake the last time is asked before that one.
        asked.sort(key=lambda one: one[1].checked or datetime.min.replace(tzinfo=UTC))
        scheduler = HostScheduler(asked, self._settings)
        try:
            with ThreadPoolExecutor(max_workers=1) as thread:
                async with asyncio.TaskGroup() as group:
                    for _ in range(min(self._settings.at_once, len(asked))):
                        group.create_task(self._work(scheduler, thread))
        except ExceptionGroup as failed:  # the store's word for a bad disk is for one, not a group
            raise failed.exceptions[0] from failed
        return [self._outcomes[place] for place in range(len(self._states))]

    async def _work(self, scheduler: HostScheduler, thread: ThreadPoolExecutor) -> None:
        async with (self._options.source or Fetcher)(self._options) as source:
            while taken := await scheduler.take():
                place, state = taken
                try:
                    outcome = await self._ask(state, source, thread)
                finally:
                    scheduler.done(state.address)
                self._finish(place, outcome)
                if outcome.failure and outcome.failure.rate_limited:
                    for place, other in scheduler.drop_host(outcome.failure.rate_limited):
                        self._finish(place, _Outcome(Reading(other, "resting")))

    async def _ask(
        self, state: FeedState, source: FeedSource, thread: ThreadPoolExecutor
    ) -> _Outcome:
        loop = asyncio.get_running_loop()
        response: Response | Failure | None
        if _is_web(state):
            response = await source.fetch(state, is_page=state.address in self._pages)
        else:
            response = await loop.run_in_executor(thread, _open, state.address, self._settings)
        settings, now = self._settings, self._now
        if response is None:
            return _Outcome(Reading(state, "resting"))
        if isinstance(response, Failure):
            return _Outcome(_failed(state, response, settings, now), response)
        if response.body is None:
            return _Outcome(Reading(_worked(state, response, settings, now), "same"))
        is_page = state.address in self._pages
        understood = partial(_understood, is_page=is_page, parse=source.parse)
        reading = await loop.run_in_executor(thread, understood, state, response, settings, now)
        return _Outcome(reading)

    def _finish(self, place: int, outcome: _Outcome) -> None:
        if self._keep and outcome.reading.outcome == "new":
            kept = self._keep(outcome.reading)
            outcome = replace(outcome, reading=replace(kept, articles=()))
        self._outcomes[place] = outcome
        if self._progress:
            self._progress(len(self._outcomes), len(self._states))


def _open(address: str, settings: NewsSettings) -> Response | Failure:
    """Return what is in a file; no more of it than the limit is ever read."""
    path, limit = Path(address), settings.most_bytes
    try:
        if not path.is_file():
            what = "is no file" if path.exists() else "is not there"
            return Failure(what, "Correct its path in feeds.yaml.")
        with path.open("rb") as file:
            body = file.read(limit + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "its name is odd"
        return Failure(f"cannot be read ({reason})", "Correct its path, or its permissions.")
    return (
        Response(body, address)
        if len(body) <= limit
        else failures.of_trouble("too large", settings)
    )


def _understood(
    state: FeedState,
    response: Response,
    settings: NewsSettings,
    now: datetime,
    *,
    is_page: bool,
    parse: Parse,
) -> Reading:
    """Return the reading of a response with a body; what was read before is not parsed again."""
    body = response.body or b""
    content_hash = hashlib.sha256(body).hexdigest()
    if content_hash == state.content_hash:
        return Reading(_worked(state, response, settings, now), "same")
    parsed = parse(_body_of(state, response, is_page=is_page), now, settings.most_bytes)
    if parsed.trouble:
        return _failed(state, failures.of_trouble(parsed.trouble, settings), settings, now)
    listed = parsed.articles
    if is_page and not state.first_dates:
        listed = tuple(map(_of_the_past, listed))
    articles, first = first_dates.dated(listed, state.first_dates)
    fresh, stale = _fresh(articles, settings, now)
    newest = max((article.published for article in articles), default=None)
    known = replace(
        state,
        title=parsed.title or state.title,
        content_hash=content_hash,
        hints=str(parsed.hints),
        newest=max(filter(None, (newest, state.newest)), default=None),
        first_dates=first,
    )
    return Reading(
        state=_worked(known, response, settings, now),
        outcome="new",
        format=parsed.format,
        articles=fresh,
        refused=parsed.refused + stale,
    )


def _of_the_past(article: Article) -> Article:
    """Return an article without a date as an old one: a page's first reading shows years of them.

    What comes to such a page later is new on the day when it is first seen.
    """
    return article if article.dated != "seen" else replace(article, published=dates.EARLIEST)


def _body_of(state: FeedState, response: Response, *, is_page: bool) -> FeedBody:
    from pipeline.news.parse import FeedBody

    return FeedBody(
        response.body or b"",
        state.address,
        response.content_type,
        response.address,
        state.known_as,
        is_page,
    )


def _fresh(
    articles: tuple[Article, ...], settings: NewsSettings, now: datetime
) -> tuple[tuple[Article, ...], tuple[str, ...]]:
    """Return the articles to keep, and why others are left out.

    At every reading, not only a feed's first: a blog that lists its posts of ten years would
    otherwise give them all as new on the day of its next post.
    """
    oldest = now - timedelta(days=settings.at_most_days)
    fresh = tuple(article for article in articles if article.published >= oldest)
    reason = f"older than {settings.at_most_days} days"
    return fresh, (reason,) * (len(articles) - len(fresh))


def _worked(
    state: FeedState, response: Response, settings: NewsSettings, now: datetime
) -> FeedState:
    """Return the state after a good response. A 304 may leave out what has not changed."""
    unchanged = response.body is None
    hints = polling.hints_from(state.hints)
    due = polling.due_after_answer(now, response.fresh, hints, settings)
    moved = response.moved_to if response.moved_to != state.address else ""
    again = bool(moved) and moved == state.moved_to
    return replace(
        state,
        etag=response.etag or (state.etag if unchanged else ""),
        last_modified=response.last_modified or (state.last_modified if unchanged else ""),
        checked=now,
        worked=now,
        failures=0,
        failing_since=None,
        error="",
        todo="",
        due=due if _is_web(state) else None,
        moved_to=moved,
        moved_times=(state.moved_times + 1 if again else 1) if moved else 0,
        moved_since=(state.moved_since if again else now) if moved else None,
        gone_since=None,
    )


def _failed(state: FeedState, failure: Failure, settings: NewsSettings, now: datetime) -> Reading:
    what = f"{name_of(state.address)} {failure.what}."
    where = urls.shown(state.address)
    since = state.failing_since or now
    gone = failure.status == HTTPStatus.GONE
    in_a_row = state.failures + 1
    due = polling.due_after_failure(now, in_a_row, failure.wait, settings, gone=gone)
    patience = timedelta(days=max(settings.trouble_days, 1))
    lasts = failure.todo == LATER and now - since >= patience
    todo = LASTING if lasts else failure.todo
    return Reading(
        state=replace(
            state,
            checked=now,
            failures=in_a_row,
            failing_since=since,
            error=what,
            todo=todo,
            due=due if _is_web(state) else None,
            gone_since=(state.gone_since or now) if gone else state.gone_since,
        ),
        outcome="failed",
        problems=(Problem("news", where, what, todo, since=since),),
        trouble=failure.trouble,
    )


def _spared(
    outcomes: Sequence[_Outcome], settings: NewsSettings, now: datetime
) -> tuple[Reading, ...]:
    """Return the readings; no feed of a host that limits our rate is due before it allows.

    Other hosts of its registered domain may be on the same computer: they are spared for an hour.
    """
    until: dict[str, datetime] = {}
    for outcome in outcomes:
        if outcome.failure and outcome.failure.rate_limited and outcome.reading.state.due:
            host = outcome.failure.rate_limited
            first = polling.due_after_failure(now, 1, outcome.failure.wait, settings)
            until[host] = max(first, until.get(host, first))
    if not until:
        return tuple(outcome.reading for outcome in outcomes)
    for host, due in tuple(until.items()):
        site = f"{_SITE}{public_hosts.registered_domain(host)}"
        spared = min(due, now + OTHERS_OF_A_DOMAIN)
        until[site] = max(spared, until.get(site, spared))
    return tuple(_later(outcome.reading, until) for outcome in outcomes)


def _later(reading: Reading, until: dict[str, datetime]) -> Reading:
    host = host_of(reading.state.address)
    site = f"{_SITE}{public_hosts.registered_domain(host)}" if host else ""
    due = until.get(host) or until.get(site)
    if not host or due is None or (reading.state.due and reading.state.due >= due):
        return reading
    return replace(reading, state=replace(reading.state, due=due))


def _is_web(state: FeedState) -> bool:
    return "://" in state.address


def _is_own_network(outcomes: Sequence[_Outcome]) -> bool:
    """Return whether none of several hosts could be reached: then it is not the feeds' fault.

    Nor is it where there is one host only, and this computer says that it has no network.
    When others rest, the feeds asked may be just those that are down: then only hosts that
    worked the last time count.
    """
    web = [outcome for outcome in outcomes if _is_web(outcome.reading.state)]
    asked = [outcome for outcome in web if outcome.reading.outcome != "resting"]
    if not all(outcome.unreachable for outcome in asked):
        return False
    if any(outcome.failure and outcome.failure.offline for outcome in asked):
        return True
    rested = len(asked) < len(web)
    witnesses = {
        host_of(outcome.reading.state.address)
        for outcome in asked
        if outcome.reading.state.failures <= 1 or not rested
    }
    return len(witnesses) > 1


def _blame_nobody(states: Sequence[FeedState], outcomes: Sequence[_Outcome]) -> tuple[Reading, ...]:
    count = sum(outcome.unreachable for outcome in outcomes)
    problem = Problem(
        "news",
        OWN_NETWORK,
        f"None of the {count} feeds on the web could be reached, so the fault is not theirs."
        if count > 1
        else "The one feed on the web could not be reached: this computer has no network.",
        "Check the connection and this computer's clock, then run it again.",
    )
    problems = iter(((problem,),))
    return tuple(
        Reading(state, "failed", problems=next(problems, ()))
        if outcome.unreachable
        else outcome.reading
        for state, outcome in zip(states, outcomes, strict=True)
    )
