"""The feeds of all candidates, each asked once.

Takes what their runs would ask now; gives nothing but what is kept in `answers`. A feed that the
fleet asked lately, or that wants to be left alone, is not asked again: its answer of then serves,
as one from a cache would. Requests are made as a run makes them, with one politeness for a host,
the strictest that any candidate wants.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial, reduce
from pathlib import Path

from pipeline.fleet import answers
from pipeline.fleet.answers import FeedAnswer, WantedFeed
from pipeline.news.failures import Failure
from pipeline.news.fetch import NOT_TYPED, Fetcher, FetchOptions, Response
from pipeline.news.update import Progress, update_feeds
from pipeline.records import FeedState, NewsSettings, Reading
from pipeline.records.record import dataclass


@dataclass(frozen=True, slots=True)
class WantedFeeds:
    """What some candidates would ask, and how."""

    feeds: frozenset[WantedFeed] = frozenset()
    settings: NewsSettings | None = None


@dataclass(frozen=True, slots=True)
class Asking:
    """Where answers are kept, who asks, and when."""

    folder: Path
    contact: str
    now: datetime
    progress: Progress | None = None


def together(wanted: Iterable[WantedFeeds]) -> WantedFeeds:
    """Return what all of them would ask."""
    return reduce(_both, wanted, WantedFeeds())


def _both(one: WantedFeeds, other: WantedFeeds) -> WantedFeeds:
    feeds = one.feeds | other.feeds
    if one.settings is None or other.settings is None:
        return WantedFeeds(feeds, one.settings or other.settings)
    return WantedFeeds(feeds, _shared(one.settings, other.settings))


def _shared(one: NewsSettings, other: NewsSettings) -> NewsSettings:
    """Return settings that spare a host as both want, and get for both what each would get."""
    return NewsSettings(
        timeout_seconds=max(one.timeout_seconds, other.timeout_seconds),
        at_most_megabytes=max(one.at_most_megabytes, other.at_most_megabytes),
        at_once=max(one.at_once, other.at_once),
        at_once_per_host=min(one.at_once_per_host, other.at_once_per_host),
        pause_seconds=max(one.pause_seconds, other.pause_seconds),
        every_minutes=min(one.every_minutes, other.every_minutes),
        at_most_hours=min(one.at_most_hours, other.at_most_hours),
    )


def ask(wanted: WantedFeeds, how: Asking) -> int:
    """Ask what is wanted and due, and keep the answers; return how many requests that took.

    Who has a feed from somebody's list may not be led into a private network; who wrote its address
    may. So it is asked as the former first, where there is one, and a second time only where that
    was refused without a request, or where it is a page to one and a feed to another.
    """
    settings = wanted.settings or NewsSettings()
    known = answers.load(how.folder)
    asked, left = 0, wanted.feeds
    while left:
        turn: dict[str, WantedFeed] = {}
        for wish in sorted(left):  # what was not typed comes before what was
            turn.setdefault(wish.address, wish)
        asked += _ask(turn, known, settings, how)
        others = left - set(turn.values())
        left = frozenset(wish for wish in others if _is_another(wish, known))
    answers.keep(how.folder, known.values(), how.now)
    return asked


def _is_another(wish: WantedFeed, known: Mapping[WantedFeed, FeedAnswer]) -> bool:
    plain = known.get(wish._replace(is_typed=False))
    return plain is None or plain.failure == NOT_TYPED


def _ask(
    wishes: Mapping[str, WantedFeed],
    known: dict[WantedFeed, FeedAnswer],
    settings: NewsSettings,
    how: Asking,
) -> int:
    """Ask each address, and put its answer among those that are known; return how many were."""
    noted: dict[str, _Note] = {}
    readings = update_feeds(
        [_state(wish, known.get(wish), how.folder) for wish in wishes.values()],
        FetchOptions(
            settings,
            how.contact,
            how.now,
            secret=lambda name: "",  # those of this environment are no candidate's
            source=partial(_Noting, how.folder, noted),
        ),
        progress=how.progress,
        keep=lambda reading: reading,
        pages=[wish.address for wish in wishes.values() if wish.is_page],
    )
    for wish, reading in zip(wishes.values(), readings, strict=True):
        known[wish] = _answer(wish, reading, noted.get(wish.address), known.get(wish))
    return len(noted)


def _state(wish: WantedFeed, known: FeedAnswer | None, folder: Path) -> FeedState:
    """Return what is known of a feed; its validators only with the body that they are of."""
    if known is None:
        return FeedState(wish.address, known_as="" if wish.is_typed else wish.address)
    if answers.has_body(folder, known.body):
        return known.state
    due = known.state.due if known.failure else None
    return replace(known.state, etag="", last_modified="", content_hash="", due=due)


def _answer(
    wish: WantedFeed, reading: Reading, note: _Note | None, known: FeedAnswer | None
) -> FeedAnswer:
    answer = known or FeedAnswer(reading.state, wish.is_page, wish.is_typed)
    answer = replace(answer, state=reading.state)
    if note is None:
        return answer
    if isinstance(note.found, Failure):
        return replace(answer, failure=note.found)
    if note.body:
        return replace(answer, response=note.found, body=note.body, failure=None)
    earlier, found = answer.response or note.found, note.found
    still = replace(
        earlier,
        etag=found.etag or earlier.etag,
        last_modified=found.last_modified or earlier.last_modified,
        fresh=found.fresh,
        moved_to=found.moved_to,
    )
    return replace(answer, response=still, failure=None)


@dataclass(frozen=True, slots=True)
class _Note:
    """What a feed answered just now."""

    found: Response | Failure  # without its body
    body: str = ""  # the hash of that; "" where nothing has changed


class _Noting(Fetcher):
    """Fetches, keeps each body, and notes what was answered."""

    takes_deltas = False  # others have not seen what it would leave out

    def __init__(self, folder: Path, noted: dict[str, _Note], options: FetchOptions) -> None:
        super().__init__(options)
        self._folder = folder
        self._noted = noted

    async def fetch(
        self, state: FeedState, *, is_page: bool = False, written: str = ""
    ) -> Response | Failure:
        found = await super().fetch(state, is_page=is_page, written=written)
        note = _Note(found)
        if isinstance(found, Response) and found.body is not None:
            body = answers.keep_body(self._folder, found.body)
            note = _Note(replace(found, body=None), body)
        self._noted[state.address] = note
        return found
