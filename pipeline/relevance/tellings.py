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


def joined(
    matches: Iterable[Match], events: Mapping[str, str], alone: Alone = lambda _: ""
) -> tuple[Match, ...]:
    """Return one company's matches, each with its event and with what is bad in any telling."""
    tellings: dict[str, list[Match]] = defaultdict(list)
    found = tuple(matches)
    for match in found:
        tellings[events.get(match.story.id, match.story.id)].append(match)
    return tuple(
        _told(match, event, tellings[event], alone)
        for match in found
        for event in (events.get(match.story.id, match.story.id),)
    )


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


def _told(match: Match, event: str, tellings: Sequence[Match], alone: Alone) -> Match:
    others = {item.story.id: item.story for item in tellings if item.story.id != match.story.id}
    tellings = list(_heard(match, tellings, alone))
    told = replace(
        match,
        event=event,
        told_by=tuple(others[name] for name in sorted(others)),
        delicate_event=any(item.is_delicate for item in tellings),
    )
    judge = worst(tellings)
    is_no_worse = _gravity(judge) <= _gravity(match)
    says_nothing = match.verdict is None or match.verdict.tone == "unsure"
    if is_no_worse or (says_nothing and not judge.sensitive):
        return told
    told = replace(told, verdict=judge.verdict)
    if not told.sensitive:
        return told
    why = f"bad news, as “{shorten(judge.story.lead.title, 80)}” tells"
    return replace(told, shown=False, reason=why)


def _heard(match: Match, tellings: Sequence[Match], alone: Alone) -> Iterator[Match]:
    """Yield the tellings that count for one: all, but for what one other publisher alone says."""
    if len(tellings) == 1:  # its own
        yield from tellings
        return
    own = alone([match.story])
    for item in tellings:
        alike = [t.story for t in tellings if _gravity(t) == _gravity(item)]
        teller = alone([item.story])
        if not teller or teller == own or not alone(alike):
            yield item
