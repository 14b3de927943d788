"""A season in minutes: hourly runs through months; feeds live, move, break, end and fall silent.

`make season` runs 120 days, an hour at a time; the slow tests 20 days, three hours at a time. It
looks whether there is a page for every day, whether it names the feeds in trouble on the days on
which docs/feeds.md says that it does, and whether memory, disk and time stay bounded.
"""

from __future__ import annotations

import gc
import json
import os
import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from time import perf_counter
from zoneinfo import ZoneInfo

import pytest

from pipeline.cli.main import main
from pipeline.store import candidate
from pipeline.store.database import opened
from tests import workspace_files
from tests.endurance import world
from tests.endurance.world import WORDS

DAYS = int(os.environ.get("TOUCHPOINTS_SEASON_DAYS", "20"))
HOURS = int(os.environ.get("TOUCHPOINTS_SEASON_HOURS", "3"))  # between two runs
HOME = ZoneInfo("Europe/Paris")
START = date(2026, 10, 12)  # a Monday, two weeks before summer time ends
KEEP_DAYS = 30  # so that the store is as large as it gets early in the season
STEADY = 12  # feeds with nothing to tell of

COMPANIES = {"halden": "Halden Freight", "norvik": "Norvik Lines", "berger": "Berger Foods"}
PEOPLE = {"halden": ("Tom Adeyemi", "Aud Lunde"), "norvik": ("Kim Olsen",), "berger": ("Eva Rot",)}
INTERVIEWS = {"halden": 1, "norvik": 8, "berger": 45}  # on which day of the season

CONFIG = """
settings:
  timezone: Europe/Paris
  drafts: {{name: Sam}}
  digest: {{formats: [markdown, html, atom]}}
  news: {{keep_days: {keep_days}}}
companies:
{companies}
topics:
  sailing: {{feeds: [{topics}]}}
"""
NOTES = """---
company: %s
interviewed: %s 14:30
interviewers: [%s]
decision_expected: %s
---
## Discussed
- night shifts on the quay and noisy trucks
## Seen in the office
- photo of an ocean racing boat
## My angle
- ran the supplier ramp-up for a container terminal with two cranes
"""


def noon(day: float) -> datetime:
    """Return noon of a day of the season, where the candidate lives."""
    there = datetime.combine(START + timedelta(days=int(day)), time(12), HOME)
    return there.astimezone(UTC)


# --------------------------------------------------------------------------------- the feeds' fates


@dataclass(frozen=True, slots=True)
class Spell:
    """What a feed answers from one noon to another."""

    first: int
    end: float
    status: int


@dataclass(frozen=True, slots=True)
class Fate:
    """What happens to a feed, and on which days the page has to name it."""

    name: str
    spells: tuple[Spell, ...] = ()
    falls_silent: float = 1e9
    named: tuple[int, ...] = ()


FATES = (
    # At once, as it never worked; again after a month.
    Fate("never", (Spell(-100, 1e9, 404),), named=(0, 30, 60, 90)),
    # When it was seen three times in two days; on the eighth the candidate follows it.
    Fate("moved", (Spell(3, 1e9, 301),), named=(5,)),
    Fate("hiccup", (Spell(6, 6.8, 500), Spell(33, 34.5, 503))),
    # When it has failed for two days; then it comes back.
    Fate("broken", (Spell(7, 11, 500), Spell(70, 76, 500)), named=(9, 72)),
    Fate(
        "comes",
        (Spell(1, 4, 404), Spell(14, 18, 404), Spell(50, 1e9, 404)),
        named=(3, 16, 52, 82, 112),
    ),
    Fate("gone", (Spell(12, 1e9, 410),), named=(12, 42, 72, 102)),
    # Two weeks after its last article: it had one every six hours.
    Fate("silent", falls_silent=4, named=(18, 48, 78, 108)),
    Fate("liar"),
)
FOLLOWED = 8  # the day on which the candidate runs `feeds update --apply` for what has moved


class Season:
    """The server: every feed as it is at a moment."""

    def __init__(self) -> None:
        self.now = noon(0)
        self.address = ""
        self.fates = {f"/{fate.name}.xml": fate for fate in FATES}
        self.asked = 0

    def answer(self, path: str, etag: str) -> tuple[int, dict[str, str], str]:
        """Return status, headers and body."""
        self.asked += 1
        fate = self.fates.get(path, Fate(path.strip("/").removesuffix(".xml")))
        for spell in fate.spells:
            if noon(spell.first) <= self.now < _moment(spell.end):
                where = {"Location": f"{self.address}/new-home.xml"} if spell.status == 301 else {}
                return spell.status, where, ""
        body = self._lies() if fate.name == "liar" else rss(fate, self.now)
        name = f'"{hash(body)}"'
        return (304, {"ETag": name}, "") if etag == name else (200, {"ETag": name}, body)

    def _lies(self) -> str:
        """Return a feed whose dates are wrong in every way, other ones at each asking."""
        hour = int(self.now.timestamp()) // 3600
        dates = (
            "Thu, 01 Jan 1970 00:00:00 GMT",
            "Fri, 31 Dec 2099 23:59:59 GMT",
            "31/02/2026",
            "yesterday",
            "",
            format_datetime(self.now + timedelta(days=hour % 400)),
        )
        rows = "".join(
            f"<item><title>{WORDS[n]} {n} of the liar</title><link>https://l.example/{n}</link>"
            f"<guid>l{n}</guid><pubDate>{dates[(n + hour) % len(dates)]}</pubDate></item>"
            for n in range(12)
        )
        return f'<rss version="2.0"><channel><title>Liar</title>{rows}</channel></rss>'


def _moment(day: float) -> datetime:
    return datetime.max.replace(tzinfo=UTC) if day > 10_000 else noon(0) + timedelta(days=day)


def rss(fate: Fate, now: datetime) -> str:
    """Return a feed of the last fifteen articles, one every six hours."""
    last = min(now, _moment(fate.falls_silent))
    count = int((last - noon(-20)) / timedelta(hours=6))
    return workspace_files.rss((article(fate.name, n) for n in range(count - 15, count)), fate.name)


@cache
def article(feed: str, number: int) -> tuple[str, str, str, datetime]:
    """Return one article: now and then it is about a company, or a boat, or bad news."""
    dice = random.Random(f"{feed} {number}")
    one, two, three, four = dice.sample(WORDS, 4)
    title, text = f"{one.title()} and {two} in hall {dice.randint(1, 999)}", f"On {three}, {four}."
    chance = dice.random()
    company = dice.choice(list(COMPANIES.values()))
    if chance < 0.02:
        title = f"{company} opens a container terminal for {one} in {dice.randint(2, 99)} days"
        text = f"Suppliers for the cranes of the container terminal are chosen; {three}, {four}."
    elif chance < 0.04:
        title = f"Ocean racing boat brings {one} and {two} to port {dice.randint(2, 99)}"
    elif chance < 0.045:
        title = f"{company} to cut {dice.randint(20, 900)} jobs in {one} and {two}"
    return f"{feed}-{number}", title, text, noon(-20) + timedelta(hours=6 * (number + 1))


# ------------------------------------------------------------------------------------ the candidate


class Candidate:
    """Somebody with three interviews, who answers now and then."""

    def __init__(self, root: Path, address: str) -> None:
        self.root = root
        self.dice = random.Random(5)
        names = [fate.name for fate in FATES] + [f"steady{n}" for n in range(STEADY)]
        urls = [f"{address}/{name}.xml" for name in names]
        companies = "".join(
            f"  {slug}: {{name: {name}, feeds: [{', '.join(urls[place:-2:3])}]}}\n"
            for place, (slug, name) in enumerate(COMPANIES.items())
        )
        text = CONFIG.format(
            keep_days=KEEP_DAYS, companies=companies.rstrip(), topics=", ".join(urls[-2:])
        )
        world.write(root, "feeds.yaml", text)
        world.write(root, "data/profile.md", "- customs papers and shift plans\n")

    def do(self, now: datetime, *words: str) -> int:
        """Run a command."""
        with pytest.raises(SystemExit) as ended:
            main(["--workspace", str(self.root), "--as-of", now.isoformat(), *words])
        return ended.value.code if isinstance(ended.value.code, int) else 1

    def live(self, day: int, now: datetime) -> None:
        """Do what is done on that morning: interviews, notes, answers on the page."""
        for slug, when in INTERVIEWS.items():
            if day == when:
                met = START + timedelta(days=day - 1)
                people = ", ".join(f"{{name: {name}}}" for name in PEOPLE[slug])
                note = NOTES % (slug, met, people, met + timedelta(days=25))
                world.write(self.root, f"data/notes/{slug}.md", note)
        if day == FOLLOWED:
            assert self.do(now, "feeds", "update", "--apply") == 0
        page = self.root / "data/digests/latest.md"
        text = page.read_text("utf-8") if page.exists() else ""
        for label in ("sent", "not for me"):
            if self.dice.random() < 0.3:
                text = text.replace(f"[ ] {label} (no.", f"[x] {label} (no.", 1)
        if page.exists() and text != page.read_text("utf-8"):
            page.write_text(text, "utf-8")
            world.moment(page, now)

    def troubles(self, day: date) -> set[str]:
        """Return the feeds that a day's page names, but for advice on what never fitted."""
        sheet = self.root / "data/digests" / f"{day.isoformat()}.json"
        found = json.loads(sheet.read_text("utf-8"))["troubles"]
        found = [item for item in found if not item["text"].startswith("Nothing of its ")]
        feeds = (item["title"] for item in found if not item["title"].startswith("data/notes/"))
        return {title.rpartition("/")[2].removesuffix(".xml") for title in feeds}


# ------------------------------------------------------------------------------------- measurements


@dataclass(frozen=True, slots=True)
class Week:
    """What one week came to."""

    resident: float  # MB
    store: float  # MB, the journal included
    logs: float  # MB
    files: int
    mean: float  # ms of a run
    slowest: float  # ms


def measured(root: Path, took: list[float]) -> Week:
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    size = {path: path.stat().st_size for path in root.rglob("*") if path.is_file()}
    store = sum(size[path] for path in size if path.name.startswith("touchpoints.db"))
    logs = sum(size[path] for path in size if path.parent.name == "logs")
    return Week(
        pages * os.sysconf("SC_PAGESIZE") / 1e6,
        store / 1e6,
        logs / 1e6,
        len(size),
        1_000 * sum(took) / len(took),
        1_000 * max(took),
    )


def table(weeks: list[Week]) -> Iterator[str]:
    yield "week  memory MB  store MB  logs MB  files  mean run ms  slowest run ms"
    for number, week in enumerate(weeks, 1):
        yield (
            f"{number:4}  {week.resident:9.1f}  {week.store:8.2f}  {week.logs:7.2f}"
            f"  {week.files:5}  {week.mean:11.1f}  {week.slowest:14.0f}"
        )


def moments(days: int, hours: int) -> Iterator[tuple[int, datetime]]:
    """Yield each run's day of the season and moment."""
    at = datetime.combine(START, time(), HOME).astimezone(UTC)
    end = datetime.combine(START + timedelta(days=days), time(), HOME).astimezone(UTC)
    while at < end:
        yield (at.astimezone(HOME).date() - START).days, at + timedelta(minutes=5)
        at += timedelta(hours=hours)


@pytest.mark.slow
@pytest.mark.timeout(5_000)
def test_a_season_of_runs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every day has its page, which names each trouble on its days; nothing grows without end."""
    weeks: list[Week] = []
    took: dict[int, list[float]] = defaultdict(list)
    codes: dict[int, int] = defaultdict(int)
    lived = -1
    with world.served(Season()) as season:
        one = Candidate(tmp_path / "ws", season.address)
        for day, now in moments(DAYS, HOURS):
            season.now = now
            if day > lived and now.astimezone(HOME).hour >= 9:
                lived = day
                one.live(day, now)
            begun = perf_counter()
            codes[one.do(now, "run")] += 1
            took[day // 7].append(perf_counter() - begun)
            if len(weeks) < day // 7:
                weeks.append(measured(one.root, took[day // 7 - 1]))
        weeks.append(measured(one.root, took[(DAYS - 1) // 7]))
    with capsys.disabled():
        total = sum(map(sum, took.values()))
        print(
            f"\n{DAYS} days, {sum(codes.values())} runs in {total:.0f} s, {season.asked} requests"
        )
        print("\n".join(table(weeks)))

    assert dict(codes) == {0: sum(codes.values())}
    days = [START + timedelta(days=number) for number in range(DAYS)]
    pages = {path.stem for path in (one.root / "data/digests").glob("2*.html")}
    assert pages == {day.isoformat() for day in days}
    assert {day: found for day in days if (found := one.troubles(day))} == expected(days)
    _look_at_the_store(one.root, now)
    _look_at_growth(weeks)


def expected(days: list[date]) -> Mapping[date, set[str]]:
    """Return which feeds are to be named on which day."""
    found: dict[date, set[str]] = defaultdict(set)
    for fate in FATES:
        for day in fate.named:
            if day < len(days):
                found[days[day]].add(fate.name)
    return found


def _look_at_the_store(root: Path, now: datetime) -> None:
    with opened(root) as db:
        (newest,) = db.execute("SELECT max(published) FROM articles").fetchone()
        touchpoints = candidate.load_history(db).touchpoints
    assert newest <= now.isoformat()
    assert {item.suggestion.company for item in touchpoints} == {
        slug for slug, day in INTERVIEWS.items() if day < DAYS
    }
    assert any(item.status == "sent" for item in touchpoints)


def _look_at_growth(weeks: list[Week]) -> None:
    """Compare the last week with one in the midst, when the store is as large as it gets."""
    if len(weeks) < 12:
        return
    half, last = weeks[len(weeks) // 2], weeks[-1]
    bounded: tuple[tuple[Callable[[Week], float], float], ...] = (
        (lambda week: week.resident, 1.15),
        (lambda week: week.store, 1.35),
        (lambda week: week.mean, 1.5),
    )
    for value, times in bounded:
        assert value(last) <= times * value(half), (half, last)
    assert max(week.logs for week in weeks) < 6
