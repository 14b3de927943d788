"""Where everything is in the picture of a timeline.

Takes a `Timeline`; gives a `Picture`: across in percent of its width, so that it fits a phone and a
desk and its words keep their size, down in pixels. The template draws it; nothing here is HTML.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby

from pipeline.digest.safe_text import one_line
from pipeline.records import MarkKind, Timeline, TimelineMark
from pipeline.records.record import dataclass
from pipeline.text.phrasing import figure_of

# no border test: a measure of drawing
GLYPH = 18  # pixels: enough to tell it from the one beside it
# no border test: a measure of drawing
NARROWEST = 262  # pixels of the picture on a screen of 320: where glyphs collide first
# no border test: a measure of drawing
LEVELS = 6  # rows of glyphs, at most; more would overlap
BARS = 30  # pixels of the highest bar; no border test: a measure of drawing
LEAST_BAR = 3  # pixels of the lowest that is not nothing; no border test: a measure of drawing
ABOVE, BELOW = 6, 20  # pixels over the glyphs, and for the days' names under the bars
# no border test: a measure of drawing
LABEL_ROOM = 26  # percent from an edge to today's middle: 44 pixels, 18, and a gap, of 262
# no border test: a measure of drawing
TODAY_ROOM = 8  # percent to either side of the word "today": 18 of 262 pixels, and a little
MOST_TITLE = 200  # no border test: a measure of drawing

KIND_WORDS: dict[MarkKind, str] = {
    "interview": "interview",
    "wrote": "you wrote",
    "heard": "they answered",
    "decision": "decision expected",
    "suggested": "suggested now",
    "ahead": "coming up",
    "news": "a story",
    "bad_news": "bad news",
}


@dataclass(frozen=True, slots=True)
class Spot:
    """One or several marks of a kind on a day."""

    kind: MarkKind
    x: str  # "12.5%"
    y: int  # the middle of the glyph
    title: str  # for the mouse


@dataclass(frozen=True, slots=True)
class Bar:
    """The news of one day."""

    x: str
    y: int
    width: str
    height: int
    title: str


@dataclass(frozen=True, slots=True)
class Label:
    """A day's name under the picture."""

    x: str
    anchor: str  # "start", "middle", "end"
    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A timeline with every place worked out."""

    height: int
    ground: int  # y of the line of days
    today: str  # x
    left: str  # width of what lies ahead
    floor: int  # y of the foot of the bars
    spots: tuple[Spot, ...]
    bars: tuple[Bar, ...]
    mondays: tuple[str, ...]
    labels: tuple[Label, ...]
    kinds: tuple[tuple[MarkKind, str], ...]  # those in the picture, with their words
    most: int  # news on the busiest day
    label: str  # for anyone who cannot see it


@dataclass(frozen=True, slots=True)
class Row:
    """A day in the table that says the same as the picture."""

    day: date
    name: str
    marks: tuple[TimelineMark, ...]
    news: int


def picture(timeline: Timeline, today: date) -> Picture:
    """Return where everything is drawn."""
    across = _Across(timeline)
    levels = list(_levels(timeline.marks, across))
    rows = max((level for *_, level in levels), default=0) + 1
    ground = ABOVE + rows * GLYPH + 4
    floor = ground + BARS + 6
    now = across.at(today)
    kinds = dict.fromkeys(kind for kind in KIND_WORDS for m in timeline.marks if m.kind == kind)
    return Picture(
        height=floor + BELOW,
        ground=ground,
        today=_percent(now),
        left=_percent(100 - now),
        floor=floor,
        spots=tuple(
            Spot(kind, _percent(x), ground - 4 - GLYPH // 2 - level * GLYPH, title)
            for kind, x, title, level in levels
        ),
        bars=tuple(_bars(timeline, across, floor)),
        mondays=tuple(_percent(across.start(day)) for day in across.mondays()),
        labels=tuple(_labels(timeline, now)),
        kinds=tuple((kind, KIND_WORDS[kind]) for kind in kinds),
        most=max(timeline.volume, default=0),
        label=f"Timeline from {short_day(timeline.since)} to {short_day(timeline.until)}; "
        "the table below says the same.",
    )


def rows(timeline: Timeline) -> tuple[Row, ...]:
    """Return the days on which something happened or is to happen, in order."""
    news = {day: count for day, count in _counted(timeline) if count > 0}
    marks = {
        day: tuple(group) for day, group in groupby(sorted(timeline.marks, key=_day), key=_day)
    }
    return tuple(
        Row(day, short_day(day), marks.get(day, ()), news.get(day, 0))
        for day in sorted({*news, *marks})
    )


def short_day(day: date) -> str:
    """Return "Tue 24 Nov"."""
    return f"{day:%a} {day.day} {day:%b}"


class _Across:
    """Days to percent. A timeline that was kept in a file may say anything."""

    def __init__(self, timeline: Timeline) -> None:
        self._since = timeline.since
        self.days = max((timeline.until - timeline.since).days + 1, 1)

    def start(self, day: date) -> float:
        return min(max((day - self._since).days / self.days * 100, 0.0), 100.0)

    def at(self, day: date) -> float:
        return min(max(((day - self._since).days + 0.5) / self.days * 100, 0.0), 100.0)

    def mondays(self) -> Iterator[date]:
        first = -self._since.weekday() % 7 or 7
        for number in range(first, min(self.days, 366), 7):
            yield self._since + timedelta(days=number)


def _levels(
    marks: Sequence[TimelineMark], across: _Across
) -> Iterator[tuple[MarkKind, float, str, int]]:
    """Yield each day's kinds of marks with the lowest level on which they have room."""
    room = GLYPH / NARROWEST * 100
    ends = [-100.0] * LEVELS
    order = list(KIND_WORDS)
    for (day, place), group in groupby(
        sorted(marks, key=lambda mark: (mark.day, order.index(mark.kind))),
        key=lambda mark: (mark.day, order.index(mark.kind)),
    ):
        x = min(max(across.at(day), room / 2), 100 - room / 2)
        level = next((n for n, end in enumerate(ends) if end + room <= x), LEVELS - 1)
        ends[level] = x
        texts = " · ".join(one_line(mark.text) for mark in group)
        yield order[place], x, f"{short_day(day)}: {one_line(texts, MOST_TITLE)}", level


def _bars(timeline: Timeline, across: _Across, floor: int) -> Iterator[Bar]:
    most = max(timeline.volume, default=0)
    width = 100 / across.days
    for day, count in _counted(timeline):
        if count > 0 and timeline.since <= day <= timeline.until:
            height = max(round(count / most * BARS), LEAST_BAR)
            yield Bar(
                _percent(across.start(day) + width * 0.1),
                floor - height,
                _percent(width * 0.8),
                height,
                f"{short_day(day)}: {figure_of(count, 'article')} about them",
            )


def _counted(timeline: Timeline) -> Iterator[tuple[date, int]]:
    if timeline.counted_from is not None:
        room = (date.max - timeline.counted_from).days
        for number, count in enumerate(timeline.volume[:room]):
            yield timeline.counted_from + timedelta(days=number), count


def _labels(timeline: Timeline, now: float) -> Iterator[Label]:
    """Yield the names of the first and last day and of today, as far as they have room."""
    if now >= LABEL_ROOM:
        yield Label("0%", "start", _bare(timeline.since))
    anchor = "start" if now < TODAY_ROOM else "end" if now > 100 - TODAY_ROOM else "middle"
    yield Label(_percent(now), anchor, "today")
    if now <= 100 - LABEL_ROOM:
        yield Label("100%", "end", _bare(timeline.until))


def _bare(day: date) -> str:
    return f"{day.day} {day:%b}"


def _percent(value: float) -> str:
    return f"{value:.2f}%"


def _day(mark: TimelineMark) -> date:
    return mark.day
