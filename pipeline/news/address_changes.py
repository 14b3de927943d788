"""What the feeds' own answers propose to change in feeds.yaml; nothing is changed here.

Takes what is remembered of the feeds; returns the changes that are sure. A site that is down for
maintenance redirects everything, too (ViennaRSS/vienna-rss#1546 lost its feeds that way), so that a
move is believed only after several times over some days.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Literal

from pipeline.records import FeedState
from pipeline.records.record import dataclass
from pipeline.text.named_secrets import may_name, names_in

MOVED_TIMES = 3  # permanent redirects to one place (RSSOwlnix#32 asks for ten at hourly polling)
MOVED_FOR = timedelta(days=2)  # from the first to the last of them; a state counts good answers


@dataclass(frozen=True, slots=True)
class Change:
    """One change of feeds.yaml that a feed asks for."""

    kind: Literal["moved", "gone"]
    address: str  # as it is written there
    since: datetime
    to: str = ""  # where it has moved
    times: int = 0  # how many times in a row it said so


def proposed_changes(states: Iterable[FeedState]) -> Iterator[Change]:
    """Yield the changes that the feeds have asked for often and long enough."""
    for state in states:
        if state.gone_since:
            yield Change("gone", state.address, state.gone_since)
        elif (
            state.moved_to
            and state.moved_since
            and state.worked
            and state.moved_times >= MOVED_TIMES
            and state.worked - state.moved_since >= MOVED_FOR
            and not _asks_for_more(state)
        ):
            yield Change(
                "moved", state.address, state.moved_since, state.moved_to, state.moved_times
            )


def _asks_for_more(state: FeedState) -> bool:
    """Return whether the new address names a secret that the old one does not."""
    rest = state.moved_to
    for name in names_in(state.address):
        rest = rest.replace(f"${{{name}}}", "")
    return may_name(rest)
