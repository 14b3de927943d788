"""What the tellings of one event share: they know of each other, and have the worst verdict.

Takes matches with one company and the event of each story (see `events`); gives the matches with
both. What is delicate for somebody there is so in every telling. What one publisher alone says is
said in its own telling only: it labels nobody else's. Apart from `events`, so that a run
in which nothing is new does not load what grouping needs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.records import Match, Story
from pipeline.text.phrasing import shorten

Alone = Callable[[Iterable[Story]], str]  # the publisher on whose word alone these stories stand


# no border test: bounds memory, which grows with its square where a feed floods an event; a page
# names a few of them
MOST_TOLD_BY = 100


def joined(
    matches: Iterable[Match], events: Mapping[str, str], alone: Alone = lambda _: ""
) -> tuple[Match, ...]:
    """Return one company's matches, each with its event and with what is bad in any telling.

    A story may match several interviews there.
    """
    of_event: dict[str, list[Match]] = defaultdict(list)
    found = tuple(matches)
    for match in found:
        of_event[events.get(match.story.id, match.story.id)].append(match)
    told = {
        (match.interview, match.story.id): match
        for event, tellings in of_event.items()
        for match in _Event(event, tellings, alone).told()
    }
    return tuple(told[match.interview, match.story.id] for match in found)


# A telling that is unsure only because its words say little takes nothing from another's good news;
# one that leans towards bad does.
_GRAVITY = ("good", "neutral", "unsure", "bad")  # the worst is last
LEANS_GOOD = 0.0  # log-odds of good against bad and unsure: even; no border test: by judgement


def worst(tellings: Sequence[Match]) -> Match:
    """Return the telling with the worst verdict, by which all of them are judged."""
    return max(tellings, key=_gravity)


def _gravity(match: Match) -> int:
    verdict = match.verdict
    if verdict is None or (verdict.tone == "unsure" and verdict.odds >= LEANS_GOOD):
        return -1
    return _GRAVITY.index(verdict.tone)


class _Event:
    """The tellings of one event; what is the same for many of them is worked out once."""

    def __init__(self, event: str, tellings: Sequence[Match], alone: Alone) -> None:
        self._event, self._tellings = event, tellings
        self._tellers: Mapping[str, str] = {}
        self._by_one: frozenset[int] = frozenset()  # gravities that one publisher alone tells of
        if len(tellings) > 1:
            self._tellers = {item.story.id: alone([item.story]) for item in tellings}
            alike: dict[int, list[Story]] = defaultdict(list)
            for item in tellings:
                alike[_gravity(item)].append(item.story)
            self._by_one = frozenset(g for g, stories in alike.items() if alone(stories))
        stories = {item.story.id: item.story for item in tellings}
        self._stories = [stories[name] for name in sorted(stories)]
        if len(stories) > MOST_TOLD_BY:
            self._stories = _of_many_tellers(self._stories, self._tellers)

    def told(self) -> Iterator[Match]:
        """Yield each telling with what it shares with the others."""
        heard: dict[str, tuple[Match, bool]] = {}  # by its teller: the worst, any that is delicate
        for match in self._tellings:
            own = self._tellers.get(match.story.id, "")
            if own not in heard:
                items = [item for item in self._tellings if self._counts(item, own)]
                heard[own] = worst(items), any(item.is_delicate for item in items)
            yield self._with_event(match, *heard[own])

    def _counts(self, item: Match, own: str) -> bool:
        """Return whether a telling counts for one of `own`: not what one other alone says."""
        teller = self._tellers.get(item.story.id, "")
        return not teller or teller == own or _gravity(item) not in self._by_one

    def _with_event(self, match: Match, judge: Match, is_delicate: bool) -> Match:
        told = replace(
            match,
            event=self._event,
            told_by=tuple(story for story in self._stories if story.id != match.story.id),
            delicate_event=is_delicate,
        )
        is_no_worse = _gravity(judge) <= _gravity(match)
        says_nothing = match.verdict is None or match.verdict.tone == "unsure"
        if is_no_worse or (says_nothing and not judge.sensitive):
            return told
        told = replace(told, verdict=judge.verdict, judge=judge.story)
        if not told.sensitive:
            return told
        why = f"bad news, as “{shorten(judge.story.lead.title, 80)}” tells"
        return replace(told, shown=False, reason=why)


def _of_many_tellers(stories: Sequence[Story], tellers: Mapping[str, str]) -> list[Story]:
    """Return so many that are named, in their order: at first one of each publisher."""
    seen: set[str] = set()
    repeats = []
    for story in stories:
        teller = tellers[story.id] or story.id
        repeats.append(teller in seen)
        seen.add(teller)
    ranked = sorted(range(len(stories)), key=lambda place: repeats[place])[: MOST_TOLD_BY + 1]
    return [stories[place] for place in sorted(ranked)]
