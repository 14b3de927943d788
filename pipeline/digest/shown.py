"""Nothing is said twice from one day to the next, unless it still matters.

Takes what the pages of earlier days said and what could be said today; gives what is worth saying,
and what to remember of it. A page of the same day does not count: made again, it says the same.
Nor does what came onto a page after its first version of the day: who reads in the morning has not
seen it, so the next page says it in full; unless a run that somebody watched wrote it. Keeping and
wording are left to others.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from pipeline.records import (
    CompanyRow,
    Config,
    Guard,
    Held,
    Match,
    Settings,
    ShownItem,
    ShownKey,
    Touchpoint,
)
from pipeline.text.calendar import day_in, start_of, zone_of
from pipeline.text.variety import QueuePlaces

# A story counts as new once more when it gained this much: as much as it takes to be shown at all
# (`settings › relevance › floor`). Age only lowers a score: the notes or the article changed.
NEW_WEIGHT = 0.2
DECIDED_DAYS = 7  # a week of mornings in which a decision is named; our judgement
CARD_DAYS = 3  # mornings on which a suggestion that nobody answers stands in full; our judgement
KEPT_DAYS = 100  # longer than any news stays fresh or bad (`news_days`, `sensitive_days`: 90)


def worth_a_look(
    matches: Mapping[str, Sequence[Match]],
    used: frozenset[str],
    shown: Sequence[ShownItem],
    config: Config,
    now: datetime,
) -> tuple[Match, ...]:
    """Return the best stories without a reason to write, each event once over the days.

    `used` are the stories that went, or may go, with a message. No source and no subject fills the
    page: what has all its places makes room for the next best, and a second story of one subject
    waits for the first of all others.
    """
    places = QueuePlaces(config)
    found: list[Match] = []
    readable = tuple(_readable(matches, used, shown, config.settings, now))
    firsts = {places.subject_of(match): match for match in reversed(readable)}
    others = (match for match in readable if firsts[places.subject_of(match)] is not match)
    best_of_each = sorted(firsts.values(), key=readable.index)
    for match in (*best_of_each, *others):
        if len(found) < config.settings.digest.worth_a_look and not places.against(match):
            found.append(match)
            places.take(match)
    return tuple(sorted(found, key=readable.index))


def passed_over(
    matches: Mapping[str, Sequence[Match]],
    used: frozenset[str],
    shown: Sequence[ShownItem],
    config: Config,
    now: datetime,
) -> tuple[str, ...]:
    """Return why each story that was worth a look found no place for variety's sake."""
    listed = worth_a_look(matches, used, shown, config, now)
    places, there = QueuePlaces(config, listed), {item.what_happened for item in listed}
    waiting = _readable(matches, used, shown, config.settings, now)
    against = (places.against(item) for item in waiting if item.what_happened not in there)
    return tuple(filter(None, against))


def why_not_listed(
    match: Match,
    matches: Mapping[str, Sequence[Match]],
    used: frozenset[str],
    shown: Sequence[ShownItem],
    config: Config,
    now: datetime,
) -> str:
    """Return that a story's source or subject has all its places on the page, or ""."""
    readable = _readable(matches, used, shown, config.settings, now)
    listed = worth_a_look(matches, used, shown, config, now)
    waiting = {item.what_happened for item in readable} - {item.what_happened for item in listed}
    full = QueuePlaces(config, listed).against(match) if match.what_happened in waiting else ""
    return f"Not listed to read: {full}." if full else ""


def _readable(
    matches: Mapping[str, Sequence[Match]],
    used: frozenset[str],
    shown: Sequence[ShownItem],
    settings: Settings,
    now: datetime,
) -> Iterable[Match]:
    """Return what is worth reading and was not said, best first, each event once."""
    zone = zone_of(settings.timezone)
    today = day_in(zone, now)
    fresh = start_of(today - timedelta(days=settings.pace.news_days), zone)
    before = _heaviest(shown, today)
    best: dict[str, Match] = {}
    everything = (match for group in matches.values() for match in group)
    for match in sorted(everything, key=lambda item: (-item.score, item.story.id)):
        tellings = {match.what_happened, match.story.id, *(story.id for story in match.told_by)}
        usable = match.shown and not (match.sensitive or match.is_delicate) and not tellings & used
        if usable and match.story.lead.published >= fresh and _is_news(match, before):
            best.setdefault(match.what_happened, match)
    return best.values()


def is_shown(shown: Iterable[ShownItem], key: ShownKey, today: date) -> bool:
    """Return whether an earlier day's first page said this."""
    return any(item.key == key and item.day < today and not item.added for item in shown)


def is_stale(shown: Iterable[ShownItem], key: ShownKey, today: date) -> bool:
    """Return whether a decision was named on so many days that everybody knows."""
    first = min((item.day for item in shown if item.key == key), default=today)
    return today - first >= timedelta(days=DECIDED_DAYS)


def shown_today(
    reading: Iterable[Match],
    held: Iterable[Held],
    settings: Settings,
    now: datetime,
    others: Iterable[ShownKey] = (),
) -> tuple[ShownItem, ...]:
    """Return what today's page says of stories, bad news and decisions, and the `others`.

    A decision is remembered on every day on which it holds, named or not, so that it does not
    come back when its first day is forgotten.
    """
    today = day_in(zone_of(settings.timezone), now)
    stories = (ShownItem(today, look_key(m), round(m.score, 3), m.story.lead.id) for m in reading)
    keys = (*others, *(held_key(item) for item in held if _is_remembered(item)))
    page = ShownItem(today, ShownKey("page", ""))  # made, whatever it says
    found = {page, *stories, *(ShownItem(today, key) for key in keys)}
    return tuple(sorted(found, key=lambda item: item.key))


def remembered(
    shown: Iterable[ShownItem], new: Sequence[ShownItem], today: date, *, watched: bool = False
) -> tuple[ShownItem, ...]:
    """Return what is to be remembered: the earlier days, and today as it is now.

    Of rows the last page's, of cards those that are still there. What is `watched` is read at once.
    """
    oldest = today - timedelta(days=KEPT_DAYS)
    shown = tuple(shown)
    rows = _newest_rows(shown, today)
    cards = {item.key for item in new}
    of_today = [item for item in shown if item.day == today and not watched]
    first = {item.key for item in of_today if not item.added}
    told = (replace(item, added=bool(of_today) and item.key not in first) for item in new)

    def lasts(item: ShownItem) -> bool:
        kind = item.key.kind
        return kind != "page" and (
            item.day == rows if kind == "row" else kind != "card" or item.key in cards
        )

    before = (item for item in shown if item.day != today and item.day >= oldest)
    return (*filter(lasts, before), *told)


# ------------------------------------------------------------------------- the table, the cards


def row_key(row: CompanyRow) -> ShownKey:
    """Return the name of a row as it stands: the same while nothing in it changes."""
    # What waits to be sent is due anew each day.
    first = [(step.text, step.number or step.day) for step in row.steps[:1]]
    said = f"{row.state} {row.since} {first}"
    return ShownKey("row", f"{zlib.crc32(said.encode('utf-8', 'replace')):08x}", row.company)


def compared(row: CompanyRow, shown: Iterable[ShownItem], today: date) -> CompanyRow:
    """Return a row that says whether the last page that could be read had it otherwise."""
    shown = tuple(shown)
    newest = _newest_rows(shown, today)
    there = {item.key for item in shown if item.day == newest and not item.added}
    return replace(row, is_changed=newest is not None and row_key(row) not in there)


def card_key(item: Touchpoint) -> ShownKey:
    """Return the name of a suggestion as it stands: another story or wording is another card."""
    said = f"{item.suggestion.reference.story} {item.edited}"
    return ShownKey("card", f"{item.id} {zlib.crc32(said.encode('utf-8', 'replace')):08x}")


def waits_since(item: Touchpoint, shown: Iterable[ShownItem], today: date) -> date | None:
    """Return since when a suggestion has stood there, after as many mornings as one needs it."""
    key = card_key(item)
    days = {one.day for one in shown if one.key == key and one.day < today and not one.added}
    return min(days) if len(days) >= CARD_DAYS else None


def _newest_rows(shown: Iterable[ShownItem], today: date) -> date | None:
    days = (item.day for item in shown if item.key.kind == "row" and item.day < today)
    return max(days, default=None)


def look_key(match: Match) -> ShownKey:
    """Return the name under which a story is remembered; all tellings of an event have the same."""
    return ShownKey("story", match.what_happened)


def held_key(item: Held) -> ShownKey:
    """Return the name under which bad news, or a decision, is remembered."""
    if item.result.decision:
        return ShownKey("decision", item.result.decision, item.company)
    if item.person or item.guard is Guard.OWN_FIELD:
        return ShownKey("person", f"{item.story} {item.person}", item.company)
    return ShownKey("bad_news", item.story, item.company)


def _is_remembered(item: Held) -> bool:
    return item.is_bad_news or item.is_told_once or item.guard is Guard.DECIDED


def _heaviest(shown: Iterable[ShownItem], today: date) -> dict[ShownKey, ShownItem]:
    """Return for each thing said on earlier mornings the time when it weighed most."""
    found: dict[ShownKey, ShownItem] = {}
    for item in shown:
        if item.day < today and not item.added and item.weight >= found.get(item.key, item).weight:
            found[item.key] = item
    return found


def _is_news(match: Match, before: Mapping[ShownKey, ShownItem]) -> bool:
    """Return whether a story was not shown, or weighs more now, but not for another paper."""
    old = before.get(look_key(match))
    return old is None or (
        match.score >= old.weight + NEW_WEIGHT and match.story.lead.id == old.lead
    )
