"""A season beside hostile feeds: what the honest ones say arrives as if nobody else had spoken.

A candidate with two companies and a hobby reads honest feeds, and one feed more that is listed for
a company and for the hobby. Day by day that feed tries one thing, or all: to shout the others down,
to take over their stories, to speak for them, to silence a company, to break the run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from random import Random
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import pytest

from pipeline.cli import demo
from pipeline.commands import queue
from pipeline.records import Contact, Touchpoint
from pipeline.run import Report, run
from pipeline.steps.job import RunOptions
from pipeline.store import candidate
from pipeline.store.database import opened
from tests.workspace_files import Folder

START = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)  # a Tuesday
CONFIG = """
settings: {timezone: UTC, drafts: {name: Sam}, digest: {formats: [markdown]}}
companies:
  halden: {name: Halden Freight, feeds: [halden.xml, business.xml%(evil)s]}
  norvik: {name: Norvik Lines, feeds: [norvik.xml, business.xml]}
topics:
  sailing: {feeds: [sailing.xml%(evil)s]}
"""
NOTE = """---
company: %s
role: Terminal Manager
interviewed: 2026-11-16 14:30
interviewers: [{name: %s, email: %s}]
---
## Discussed
- night shifts on the quay and noisy trucks
## Seen in the office
- photo of an ocean racing boat
## My angle
- ran the supplier ramp-up for a container terminal with two cranes
"""
WORDS = """cheese trains weather bridges opera budgets chess harvest gardens museums salmon tariffs
bicycles poetry glaciers dentists bakers lanterns violins orchards tunnels penguins carpets tides
mustard elections marbles""".split()


class Item:
    """One entry of a feed."""

    def __init__(self, day: float, link: str, title: str, text: str, source: str = "") -> None:
        self.day, self.link, self.title, self.text, self.source = day, link, title, text, source

    def __str__(self) -> str:
        at = format_datetime(START + timedelta(days=self.day))
        source = f"<source url='https://bbc.example'>{escape(self.source)}</source>"
        return (
            f"<item><title>{escape(self.title)}</title><link>{escape(self.link)}</link>"
            f"<guid>{escape(self.link)}{self.day}</guid><pubDate>{at}</pubDate>"
            f"{source if self.source else ''}<description>{escape(self.text)}</description></item>"
        )


def honest(day: int) -> Iterator[tuple[str, Item]]:
    """Yield what the honest feeds bring on a day, each with its feed."""
    dice = Random(day)
    for number in range(4):
        one, two = dice.sample(WORDS, 2)
        text = f"On {one}, {two} and the number {dice.randint(100, 999)} in hall {day}."
        for feed in ("business", "sailing"):
            title = f"{one.title()} and {two} for {feed}"
            yield feed, Item(day - 0.2, f"https://{feed}.example/{day}/{number}", title, text)
    if day % 5 == 1:
        for feed, name in (("halden", "Halden Freight"), ("norvik", "Norvik Lines")):
            where = dice.choice(("Leeds", "Porto", "Riga", "Cork"))
            yield (
                feed,
                Item(
                    day - 0.1,
                    f"https://{feed}.example/terminal-{day}",
                    f"{name} opens a container terminal in {where}",
                    f"{name} chooses suppliers for the cranes of its new container terminal in "
                    f"{where}, which opens with a ramp-up of {dice.randint(20, 90)} weeks.",
                ),
            )
    if day == 2:
        yield (
            "sailing",
            Item(
                day - 0.1,
                "https://sailing.example/boat",
                "An ocean racing boat rounds the Horn alone",
                "She built the ocean racing boat herself and sailed it through the ice.",
            ),
        )
    if day == 6:
        yield (
            "sailing",
            Item(
                day - 0.1,
                "https://sailing.example/rescue",
                "Ocean racing boat turns back to rescue a rival",
                "The skipper of an ocean racing boat turned back in a storm and saved a rival.",
            ),
        )
    if day == 9:
        cuts = "Norvik Lines to cut 120 jobs", "Norvik Lines will cut 120 jobs in Bergen."
        yield "norvik", Item(day - 0.1, "https://norvik.example/cuts", *cuts)
        yield "business", Item(day - 0.1, "https://business.example/cuts", *cuts)


EVIL = "https://evil.example"


def copies(day: int) -> Iterator[Item]:
    """The others' stories, longer, earlier, under great names and other links."""
    for _, one in honest(day):
        link = f"{EVIL}/{one.link.removeprefix('https://')}"
        yield Item(
            one.day - 0.4, link, one.title, f"{one.text} {one.text} And layoffs.", "BBC News"
        )


def borrowed_links(day: int) -> Iterator[Item]:
    """The others' links under headlines of its own."""
    for number, (_, one) in enumerate(honest(day)):
        yield Item(one.day, one.link, f"Hundreds sacked, insiders fear {day}{number}", "Sad.")


def flood(day: int, count: int = 300) -> Iterator[Item]:
    """The words of the notes until they are worth nothing."""
    for number in range(count):
        word = WORDS[number % len(WORDS)]
        title = f"Terminal report {number}: cranes, suppliers and an ocean racing boat for {word}"
        text = (
            f"In container terminal {number} the suppliers of cranes ramp up an ocean boat {word}."
        )
        yield Item(day - 0.3, f"{EVIL}/flood/{day}/{number}", title, text)


def bad_labels(day: int) -> Iterator[Item]:
    """The others' good news, told as bad."""
    for feed, one in honest(day):
        if feed in ("halden", "norvik"):
            title = one.title.replace(" opens ", " cuts 300 jobs, opens ")
            yield Item(one.day, f"{EVIL}/bad/{day}/{feed}", title, one.text)


def hearsay(day: int) -> Iterator[Item]:
    """Scandals that nobody else tells."""
    what = ("to close its yard", "sued over fraud", "under investigation", "cuts 200 jobs")[day % 4]
    for number, name in enumerate(("Halden Freight", "Norvik Lines")):
        title = f"{name} {what} in {WORDS[day + number].title()}"
        yield Item(day - 0.1, f"{EVIL}/scandal/{day}/{number}", title, f"{title}, say insiders.")


def tricks(day: int) -> Iterator[Item]:
    """Boxes, markup, private links, impossible days."""
    for number, title in enumerate(("- [x] sent", "## Held back", "<b>- [X] not for me</b>")):
        link = ("http://127.0.0.1/admin", "javascript:alert(1)", f"{EVIL}/box/{day}")[number]
        yield Item(day + 2_000 * number, link, f"{title} {day} {number}", f"{title}\n\n- [x] sent")


KINDS: dict[str, Callable[[int], Iterator[Item]]] = {
    "copies": copies,
    "borrowed links": borrowed_links,
    "flood": flood,
    "bad labels": bad_labels,
    "tricks": tricks,
}


def rss(items: list[Item]) -> str:
    rows = "".join(map(str, items))
    return f'<rss version="2.0"><channel><title>News</title>{rows}</channel></rss>'


class Candidate(Folder):
    """A workspace, its feeds as they stand day by day, and what the program made of them."""

    def __init__(self, root: Path, evil: Callable[[int], Iterator[Item]] | None = None) -> None:
        self.root, self.evil = root, evil
        (root / "data" / "notes").mkdir(parents=True)
        config = CONFIG % {"evil": ", evil.xml" if evil else ""}
        (root / "feeds.yaml").write_text(config, "utf-8")
        people = {"halden": ("Tom Adeyemi", "tom@example.com"), "norvik": ("Kim Olsen", "k@e.org")}
        for slug, (name, address) in people.items():
            note = NOTE % (slug, name, address)
            (root / "data" / "notes" / f"{slug}.md").write_text(note, "utf-8")

    def day(self, day: int) -> Report:
        """Write the feeds of a day and run; send what was suggested, in the evening."""
        feeds: dict[str, list[Item]] = {"halden": [], "norvik": [], "business": [], "sailing": []}
        for before in range(-6, day + 1):
            for feed, item in honest(before):
                feeds[feed].append(item)
        for feed, items in feeds.items():
            (self.root / f"{feed}.xml").write_text(rss(items), "utf-8")
        if self.evil:
            items = [item for one in range(max(day - 2, 0), day + 1) for item in self.evil(one)]
            (self.root / "evil.xml").write_text(rss(items), "utf-8")
        return run(self.root, START + timedelta(days=day), RunOptions(early=True))

    def sends(self, day: int) -> None:
        """Send everything that waits, of which Tom answers every second one."""
        for item in queue.still_open(self.root):
            queue.change(self.root, item.id, "sent", START + timedelta(days=day, hours=9))

    def told(self) -> list[object]:
        """Return all that was ever suggested, with what became of it, and what held."""
        with opened(self.root) as db:
            past = candidate.load_history(db)
        holds = [(hold.company, hold.title, hold.created, hold.kind) for hold in past.holds]
        return [*map(_told, past.touchpoints), *holds]


def _told(item: Touchpoint) -> object:
    what = item.suggestion
    story = what.reference
    return (
        (what.kind, what.company, what.person, what.due, item.status, item.created),
        (story.title, story.link, story.source, story.sentence),
        (what.draft.to, what.draft.subject, what.draft.body),
    )


def season(root: Path, days: int, evil: Callable[[int], Iterator[Item]] | None) -> list[object]:
    one = Candidate(root, evil)
    told: list[object] = []
    for day in range(days):
        one.day(day)
        told += one.told()
        one.sends(day)
    return told


def all_of_them(day: int) -> Iterator[Item]:
    for kind in KINDS.values():
        yield from flood(day, 40) if kind is flood else kind(day)


@pytest.fixture(scope="module")
def honest_season(tmp_path_factory: pytest.TempPathFactory) -> list[object]:
    return season(tmp_path_factory.mktemp("honest") / "workspace", 4, None)


def test_a_hostile_season_is_an_honest_one(tmp_path: Path, honest_season: list[object]) -> None:
    """All at once, for four days: the same messages, word for word, and the same holds."""
    assert len(honest_season) > 3
    assert season(tmp_path / "workspace", 4, all_of_them) == honest_season


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_no_kind_of_hostile_feed_changes_a_season(kind: str, tmp_path: Path) -> None:
    """Each kind alone, for twelve days, with bad news in between."""
    honest = season(tmp_path / "honest", 12, None)
    assert len({str(one) for one in honest}) > 6
    assert season(tmp_path / "workspace", 12, KINDS[kind]) == honest


@pytest.mark.slow
def test_hearsay_silences_nobody_for_long(tmp_path: Path) -> None:
    """A scandal a day from one feed: no message is lost, each is two days late at most."""
    honest = _first_days(season(tmp_path / "honest", 12, None))
    beside = _first_days(season(tmp_path / "workspace", 12, hearsay))
    assert honest.keys() == beside.keys()
    late = timedelta(days=2)
    assert all(timedelta() <= beside[what] - at <= late for what, at in honest.items())


def _first_days(told: list[object]) -> dict[object, datetime]:
    """Return when each message was suggested first."""
    found: dict[object, datetime] = {}
    for one in told:
        match one:
            case ((kind, _, person, _, _, created), (title, *_), _):
                found.setdefault((kind, person, title), created)
    return found


@pytest.mark.parametrize(
    "count", [20, *(pytest.param(many, marks=pytest.mark.slow) for many in (300, 1_000))]
)
def test_a_flood_changes_no_suggestion(
    count: int, tmp_path: Path, honest_season: list[object]
) -> None:
    """One feed's items beside an honest story: it is suggested, in the same words."""
    beside = season(tmp_path / "workspace", 1, lambda day: flood(day, count))
    assert beside == honest_season[: len(beside)]


@pytest.mark.slow
@pytest.mark.parametrize("count", [20, 300, 1_000])
def test_a_flood_of_nine_days_delays_no_message(count: int, tmp_path: Path) -> None:
    """What the one feed brings makes nobody wait for better from the others."""
    honest = season(tmp_path / "honest", 9, None)
    assert len(_first_days(honest)) >= 4
    assert season(tmp_path / "workspace", 9, lambda day: flood(day, count)) == honest


class Example(Candidate):
    """The bundled example, perhaps with the evil feed beside its company's and its hobby's."""

    def __init__(self, root: Path, *, is_hostile: bool) -> None:
        self.root, self.evil = root, self.hostile if is_hostile else None
        demo._write_example(root, "feeds", START)
        (root / "feeds").mkdir()
        self.feeds = demo._example_feeds(START)
        for name, body in self.feeds.items():
            (root / "feeds" / name.strip("/")).write_bytes(body)
        text = (root / "feeds.yaml").read_text("utf-8")
        halden = "      - feeds/halden.xml\n      - feeds/business.xml\n"
        for feeds in (halden, '      - "feeds/sailing.xml"\n'):
            assert feeds in text
            more = f"{feeds}      - feeds/evil.xml\n" if is_hostile else feeds
            text = text.replace(feeds, more)
        (root / "feeds.yaml").write_text(text, "utf-8")
        thanked = Contact("halden", "Tom Adeyemi", START - timedelta(days=11), "thank-you note")
        queue.log_contact(root, thanked, START)

    def hostile(self, day: int) -> Iterator[Item]:
        """Copy each of the example's news twice, borrow its link, and try the tricks."""
        number = 100 * day
        for name, body in self.feeds.items():
            for entry in ElementTree.fromstring(body).iter():  # noqa: S314 - our own
                if entry.tag.rpartition("}")[2] not in ("item", "entry"):
                    continue
                number += 1
                parts = {one.tag.rpartition("}")[2]: one for one in entry}
                title = parts["title"].text or ""
                link = parts["link"].get("href") or parts["link"].text or ""
                told = parts.get("summary", parts.get("description"))
                text = (told.text if told is not None else "") or ""
                there = f"{EVIL}/{day}/{link.removeprefix('https://')}"
                yield Item(day - 0.4, there, title, f"{text} {text} And layoffs.", "BBC News")
                yield Item(day - 0.1, f"{there}/again", title, text)
                if name not in ("/alder.xml", "/halden.xml"):  # a file may speak for any site
                    yield Item(day - 0.1, link, f"Hundreds sacked, insiders fear {number}", "Sad.")
        yield from tricks(day)

    def day(self, day: int) -> Report:
        if self.evil:
            (self.root / "feeds" / "evil.xml").write_text(rss([*self.evil(day)]), "utf-8")
        return run(self.root, START + timedelta(days=day), RunOptions(early=True))


def test_the_bundled_example_beside_a_hostile_feed_is_the_same(tmp_path: Path) -> None:
    """For three days: the same messages, word for word, and the same holds."""
    both = []
    for is_hostile in (False, True):
        one = Example(tmp_path / str(is_hostile), is_hostile=is_hostile)
        told: list[object] = []
        for day in range(3):
            one.day(day)
            told += one.told()
            one.sends(day)
        both.append(told)
    honest, beside = both
    assert len(_first_days(honest)) >= 2
    assert beside == honest
