"""What the feeds answered, kept once for all candidates.

`.fleet/answers.json` says of each feed when it was asked and what it answered, `.fleet/bodies/`
holds the bodies, each by its hash. The list is written whole and last: a round that was killed
leaves the earlier one. What is missing or damaged is asked for again.

A candidate's run reads them as `SharedSource`, in place of the network, within the candidate's own
settings; to that run an answer of an hour ago is as old as a cache would say.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from pipeline.news import failures
from pipeline.news.failures import Failure
from pipeline.news.fetch import NOT_TYPED, FetchOptions, Response, was_typed
from pipeline.news.parse import FeedBody, Parsed
from pipeline.news.sandbox import parse_safely
from pipeline.records import FeedState, from_plain, to_plain
from pipeline.records.record import dataclass
from pipeline.store import files

# Of feeds that a process has at hand, unpacked and parsed: the most followed stay.
# no border test: speed only
AT_HAND = 256
FORGOTTEN = timedelta(days=31)  # longer than a feed may ask to be left alone
LARGE = 500_000  # bytes; what is larger is parsed for each candidate; no border test: speed only


class WantedFeed(NamedTuple):
    """A feed as somebody would ask it: what makes another request of it."""

    address: str
    is_page: bool
    is_typed: bool  # the host is the user's word: then it may be a private one


@dataclass(frozen=True, slots=True)
class FeedAnswer:
    """What a feed answered the last time that it was asked."""

    state: FeedState
    is_page: bool
    is_typed: bool
    response: Response | None = None  # the last good one, without its body
    body: str = ""  # the hash of that
    failure: Failure | None = None  # of the last time

    @property
    def wish(self) -> WantedFeed:
        """How it was asked."""
        return WantedFeed(self.state.address, self.is_page, self.is_typed)


# ----------------------------------------------------------------------------------- on the disk


def load(folder: Path) -> dict[WantedFeed, FeedAnswer]:
    """Return what is known; nothing where the list cannot be read."""
    try:
        rows = json.loads(_list_path(folder).read_bytes())
        found: list[FeedAnswer] = [from_plain(FeedAnswer, row) for row in rows]
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return {}
    return {answer.wish: answer for answer in found}


def keep(folder: Path, answers: Iterable[FeedAnswer], now: datetime) -> None:
    """Keep the list in place of the earlier one; forget feeds that nobody follows, and bodies."""
    found = [one for one in answers if now - _asked_at(one) < FORGOTTEN]
    files.write_whole(_list_path(folder), json.dumps([to_plain(one) for one in found]))
    named = {one.body for one in found}
    with suppress(FileNotFoundError):
        for path in _body_path(folder, "").iterdir():
            if path.name not in named:
                files.remove(path)


def keep_body(folder: Path, body: bytes) -> str:
    """Keep a body; return its hash."""
    name = hashlib.sha256(body).hexdigest()
    if not has_body(folder, name):
        files.write_whole(_body_path(folder, name), zlib.compress(body, 1), hastily=True)
    return name


def has_body(folder: Path, name: str) -> bool:
    """Return whether a body is there."""
    return bool(name) and _body_path(folder, name).is_file()


def body_of(folder: Path, name: str) -> bytes | None:
    """Return a body; None where it is gone or damaged: that one is removed, and asked for again."""
    try:
        return _read_body(folder, name)
    except (OSError, ValueError, zlib.error):
        files.remove(_body_path(folder, name))
        return None


@lru_cache(AT_HAND)
def _read_body(folder: Path, name: str) -> bytes:
    body = zlib.decompress(_body_path(folder, name).read_bytes())
    if hashlib.sha256(body).hexdigest() != name:
        raise ValueError(name)
    return body


def _list_path(folder: Path) -> Path:
    return folder / "answers.json"


def _body_path(folder: Path, name: str) -> Path:
    return folder / "bodies" / name


# --------------------------------------------------------------------------- to a candidate's run


def source(folder: Path) -> Callable[[FetchOptions], SharedSource]:
    """Return what a run asks in place of the network."""
    path = _list_path(folder)
    changed = path.stat().st_mtime_ns if path.exists() else 0
    known = _loaded(folder, changed)
    return lambda options: SharedSource(folder, known, options)


@lru_cache(1)
def _loaded(folder: Path, _: int) -> dict[WantedFeed, FeedAnswer]:
    return load(folder)


class SharedSource:
    """Gives one candidate what the feeds answered to all."""

    def __init__(
        self, folder: Path, known: Mapping[WantedFeed, FeedAnswer], options: FetchOptions
    ) -> None:
        self._folder = folder
        self._known = known
        self._options = options

    async def __aenter__(self) -> SharedSource:
        return self

    async def __aexit__(self, *details: object) -> None:
        """Nothing was opened."""

    async def fetch(self, state: FeedState, *, is_page: bool = False) -> Response | Failure | None:
        """Return what the feed answered, within the candidate's own limits."""
        plain = self._known.get(WantedFeed(state.address, is_page, False))
        found = [plain] if plain else []
        if was_typed(state):
            typed = self._known.get(WantedFeed(state.address, is_page, True))
            found = [one for one in (plain, typed) if one and one.failure != NOT_TYPED]
        newest = max(found, key=_asked_at, default=None)
        return self._aged(newest, state.content_hash) if newest else None

    def _aged(self, answer: FeedAnswer, known: str) -> Response | Failure | None:
        """Return an answer as it is by now; without a body where that is `known`, by its hash."""
        now = self._options.now
        age = max(now - (answer.state.checked or now), timedelta())
        if answer.failure:
            return replace(answer.failure, wait=max(answer.failure.wait - age, timedelta()))
        if answer.response is None:
            return None
        fresh = max(answer.response.fresh - age, timedelta())
        if answer.body == known:
            return replace(answer.response, body=None, fresh=fresh)
        body = body_of(self._folder, answer.body)
        if body is None:
            return None
        if len(body) > self._options.settings.most_bytes:
            return failures.of_trouble("too large", self._options.settings)
        return replace(answer.response, body=body, fresh=fresh)

    def parse(self, feed: FeedBody, now: datetime, at_most: int) -> Parsed:
        """Return what a body holds: parsed once in this process, not for each candidate."""
        parse = parse_safely if len(feed.content) > LARGE else _parsed
        return parse(feed, now, at_most)


def _asked_at(answer: FeedAnswer) -> datetime:
    return answer.state.checked or datetime.min.replace(tzinfo=UTC)


_parsed = lru_cache(AT_HAND)(parse_safely)
