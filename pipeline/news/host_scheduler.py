"""Which feed is fetched next: many hosts at a time, few connections and a pause for each host.

Takes the feeds of a run; returns each worker the next one that may be asked, when it may be. This
computer's own servers have no such limits: they are the user's own.
"""

from __future__ import annotations

import asyncio
import heapq
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.news.public_hosts import is_this_computer, registered_domain
from pipeline.records import FeedState, NewsSettings
from pipeline.text.urls import host_of

Place = tuple[int, FeedState]  # a feed, and its position in the run's order


@dataclass(slots=True)
class _Host:
    """The feeds of one host that still wait, and how it is being treated."""

    waiting: deque[Place] = field(default_factory=deque)
    at_once: int = 1
    pause: float = 0.0
    busy: int = 0
    may_start: float = 0.0  # not before then


class HostScheduler:
    """The order of asking, for workers that each take one feed at a time."""

    def __init__(self, feeds: Sequence[Place], settings: NewsSettings) -> None:
        self._hosts: dict[str, _Host] = {}
        self._names: dict[str, str] = {}
        for place, state in feeds:
            name = self._names[state.address] = host_of(state.address)
            if name not in self._hosts:
                free = not name or is_this_computer(name)
                self._hosts[name] = _Host(
                    at_once=settings.at_once if free else settings.at_once_per_host,
                    pause=0.0 if free else settings.pause_seconds,
                )
            self._hosts[name].waiting.append((place, state))
        # Hosts that may be asked, by when; each is here at most once.
        self._open = [(0.0, number, name) for number, name in enumerate(self._hosts)]
        self._left = len(feeds)
        self._changed = asyncio.Event()
        self._order = {name: number for number, name in enumerate(self._hosts)}

    async def take(self) -> Place | None:
        """Return the next feed, when its turn has come; None when none is left.

        Call `done` with its address afterwards.
        """
        loop = asyncio.get_running_loop()
        while self._left:
            if not self._open:
                self._changed.clear()
                await self._changed.wait()
                continue
            start, _, name = heapq.heappop(self._open)
            host = self._hosts[name]
            if host.waiting and (wait := start - loop.time()) > 0:
                await asyncio.sleep(wait)
            if not host.waiting:
                continue
            found = host.waiting.popleft()
            self._left -= 1
            host.busy += 1
            host.may_start = loop.time() + host.pause
            if host.waiting and host.busy < host.at_once:
                self._open_up(name)
            self._changed.set()
            return found
        return None

    def done(self, address: str) -> None:
        """Free the place that asking this feed took."""
        name = self._names[address]
        host = self._hosts[name]
        host.busy -= 1
        if host.waiting and host.busy == host.at_once - 1:
            self._open_up(name)

    def drop_host(self, rate_limited: str) -> list[Place]:
        """Take out all waiting feeds of a host's registered domain, and return them."""
        site = registered_domain(rate_limited)
        spared: list[Place] = []
        for name, host in self._hosts.items():
            if name and host.waiting and registered_domain(name) == site:
                spared.extend(host.waiting)
                host.waiting.clear()
        self._left -= len(spared)
        self._changed.set()
        return spared

    def _open_up(self, name: str) -> None:
        heapq.heappush(self._open, (self._hosts[name].may_start, self._order[name], name))
        self._changed.set()
