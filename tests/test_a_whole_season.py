"""Ninety days through the real program: files, feeds, the database, a run a day, the user's moves.

The first season is that of `tests/touchpoints/season.py`, with its companies, news and user; the
same rules hold. The second reads the news and interviews of the labelled collection.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from pipeline.commands import queue
from pipeline.records import Contact, History, Hold, Interview, Suggestion, Touchpoint
from pipeline.run import run
from pipeline.steps.job import RunOptions
from pipeline.steps.moves import UserMove
from pipeline.steps.opening import read_workspace
from pipeline.steps.own_work import own_work
from pipeline.steps.scoring import matches_of_today
from pipeline.store import candidate
from pipeline.store.database import opened
from pipeline.touchpoints.plan import suggest
from pipeline.touchpoints.templates import WORN_OUT
from tests.touchpoints.rules import broken
from tests.touchpoints.season import (
    COMPANIES,
    DAYS,
    HOME,
    Item,
    Moment,
    Temper,
    act,
    news_of,
    notes_at,
    statuses_of,
    talks_of,
)
from tests.workspace_files import Folder, rss

# ------------------------------------------------------------------------------- the candidate


@dataclass
class Diary:
    """What the days of a season came to."""

    moments: list[Moment] = field(default_factory=list)
    quiet_days: int = 0
    days: int = 0
    suggested: Counter[str] = field(default_factory=Counter)

    def print(self, name: str) -> None:
        """Print suggestions a week for each company, and how many days have nothing."""
        weeks = DAYS / 7
        each = ", ".join(f"{slug} {n / weeks:.1f}" for slug, n in sorted(self.suggested.items()))
        share = self.quiet_days / self.days
        print(f"\n{name}: {share:.0%} of {self.days} runs with nothing; a week: {each}")


class Candidate(Folder):
    """A workspace on disk, and somebody who reads the page and acts on it."""

    def __init__(self, root: Path, temper: Temper) -> None:
        super().__init__(root)
        self.temper = temper
        self.diary = Diary()

    def day(self, now: datetime, *, again: bool) -> None:
        """Do one run, look at all that came of it, and note the moment."""
        before = self.history()
        run(self.root, now, RunOptions(early=True))
        after, pages, waiting = self.history(), self.pages(), queue.still_open(self.root)
        today = now.astimezone(HOME).date()
        for ending in ("md", "html", "json"):
            assert f"{today}.{ending}" in pages
        page = json.loads(pages[f"{today}.json"])
        shown = [t for t in waiting if t.status == "suggested"]
        assert sorted(entry["id"] for entry in page["entries"]) == sorted(t.id for t in shown)
        for item in shown:
            _look_at(item.suggestion)
        if again:
            run(self.root, now, RunOptions(early=True))
            again_there = self.pages(), queue.still_open(self.root), self.history()
            assert again_there == (pages, waiting, after)
        self._note(now, before, after)

    def _note(self, now: datetime, before: History, after: History) -> None:
        workspace = read_workspace(self.root)
        with opened(self.root) as db:
            matches = matches_of_today(db, workspace, candidate.load_history(db), now)
        work = own_work(workspace, now, before.touchpoints)
        plan = suggest(workspace, matches, before, now, work=work)
        old = {item.id: item for item in before.touchpoints}
        moves = tuple(
            (old[item.id], item)
            for item in after.touchpoints
            if item.id in old and _state(old[item.id]) != _state(item)
        )
        moment = Moment(now, workspace, dict(matches), before, plan, moves, after, work)
        self.diary.moments.append(moment)
        self.diary.suggested.update(
            item.suggestion.company for item in after.touchpoints if item.id not in old
        )
        self.diary.days += 1
        self.diary.quiet_days += not plan.suggestions

    @property
    def past(self) -> History:
        return self.history()

    @property
    def notes(self) -> tuple[Interview, ...]:
        return read_workspace(self.root).interviews

    def change(self, old: Touchpoint, did: UserMove, at: datetime) -> None:
        """Record it; what they said in an answer, which moves the plan, is the desk's to live."""
        queue.answer(self.root, old.id, replace(did, reply=None), at)

    def log(self, contact: Contact, at: datetime) -> None:
        queue.log_contact(self.root, contact, at)

    def release(self, hold: Hold, at: datetime) -> None:
        queue.release(self.root, [hold.id], at)

    def undo(self) -> None:
        queue.undo(self.root)


def _state(item: Touchpoint) -> tuple[object, ...]:
    """Return what a move changes: put off once more, an item stays snoozed until another day."""
    return item.status, item.until


def _look_at(item: Suggestion) -> None:
    """A draft is short, says nothing worn out, and links what it tells of."""
    body = item.draft.body
    assert len(body.split()) < 150, body
    assert not [phrase for phrase in WORN_OUT if phrase in body.casefold()], body
    if item.reference.title and item.reference.title[:40].replace('"', "'") in body:
        assert item.reference.link in body, body
    links = re.findall(r"https?://\S+", body)
    assert set(links) <= {item.reference.link}, body


# ------------------------------------------------------------------------ six companies' season

PLACES = """Ohio Bergen Leeds Nagoya Pune Basel Cork Turin Lodz Malmo Quito Perth Lagos Hanoi Riga
Porto Genoa Tampa Fargo Omaha""".split()
THINGS = """cheese trains weather bridges opera budgets harvest gardens museums salmon tariffs
bicycles poetry glaciers dentists bakers lanterns violins orchards tunnels penguins carpets tides
mustard elections marbles""".split()


def told(item: Item, dice: Random) -> tuple[str, str]:
    """Return title and text of a story, so that it meets the notes as its kind says."""
    name = next(company.name for company in COMPANIES if company.slug == item.company)
    place, number = dice.choice(PLACES), dice.randint(20, 900)
    thing, other = dice.sample(THINGS, 2)
    if item.kind == "bad":
        return f"{name} to cut {number} jobs in {place}", f"{name} will cut {number} jobs; {thing}."
    if item.kind == "lesser":
        return f"{name} sued over {thing} in {place}", f"{name} faces a lawsuit over {thing}."
    if item.kind == "contribution":
        return (
            f"{name} moves two warehouses to {place}",
            f"{name} runs the move of its warehouses to {place} with {number} people and {thing}.",
        )
    if item.kind == "tidbit":
        what = "chess board" if not item.person else f"boat of oak, like that of {item.person},"
        return (
            f"A {what} found in {place} among {thing} and {other}",
            f"The {what} is {number} years old, says a museum of {thing} near the window.",
        )
    return f"{thing.title()} and {other} sued over {place}", f"A court in {place} on {thing}."


def feeds_on(items: tuple[Item, ...], temper: Temper, now: datetime) -> dict[str, str]:
    """Return every company's feed, and the topics', as they stand at a moment: three weeks long."""
    found: dict[str, list[tuple[str, str, str, datetime]]] = {"topics": []}
    since = now - timedelta(days=21)
    for company in COMPANIES:
        found[company.slug] = []
    for item in items:
        lead = item.story.lead
        if since <= lead.published <= now:
            title, text = told(item, temper.dice("told", lead.canonical, item.company))
            where = "topics" if item.kind == "tidbit" else item.company
            found[where].append((lead.link, title, text, lead.published))
    for day in range((now.date() - temper.start).days - 20, (now.date() - temper.start).days):
        dice = temper.dice("filler", day)
        at = datetime.combine(temper.start, time(6), UTC) + timedelta(days=day)
        for number in range(3):
            one, two, place = *dice.sample(THINGS, 2), dice.choice(PLACES)
            link = f"https://filler.example/{day}-{number}"
            found["topics"].append((link, f"{one.title()}, {two} in {place}", f"On {one}.", at))
    return {slug: rss(items) for slug, items in found.items()}


def note_of(talk: Interview) -> str:
    """Return an interview as the candidate writes it down."""
    day = talk.interviewed.astimezone(HOME)
    people = "".join(
        f"  - {{name: {person.name}, email: {person.email!r}, timezone: {person.timezone!r}}}\n"
        for person in talk.people
    )
    lines = {"discussed": "", "office": "", "angle": ""}
    for line in talk.lines:
        lines[line.section] += f"- {line.person + ': ' if line.person else ''}{line.text}\n"
    return (
        f"---\ncompany: {talk.company}\n"
        f"interviewed: {day:%Y-%m-%d}{'' if talk.day_only else f' {day:%H:%M}'}\n"
        + (f"interviewers:\n{people}" if people else "")
        + (f"decision_expected: {talk.decision_expected}\n" if talk.decision_expected else "")
        + f"status: {talk.status}\n---\n## Discussed\n{lines['discussed']}"
        f"## Seen in the office\n{lines['office']}## My angle\n{lines['angle']}"
    )


def feeds_yaml(temper: Temper) -> str:
    """Return feeds.yaml: the companies with their places, a feed each, and one of topics."""
    rows = [
        f"settings: {{timezone: {HOME.key}, digest: {{at_most: {temper.at_most}}}}}",
        "companies:",
    ]
    for company in COMPANIES:
        keys = {"name": company.name, "timezone": company.timezone, "holidays": company.holidays}
        values = "".join(f"{key}: {value}, " for key, value in keys.items() if value)
        rows.append(f"  {company.slug}: {{{values}feeds: [feeds/{company.slug}.xml]}}")
    return "\n".join([*rows, "topics: {chess: {feeds: [feeds/topics.xml]}}", ""])


def days_of(temper: Temper) -> Iterator[tuple[int, datetime, Random]]:
    """Yield the day of each run and its moment; the user is away for two weeks."""
    for day in range(DAYS):
        dice = temper.dice("real", day)
        at = time(dice.randint(0, 21), dice.randint(0, 59))
        if dice.random() > 0.1:
            yield day, datetime.combine(temper.start + timedelta(days=day), at, UTC), dice


@pytest.mark.slow
def test_a_season_with_six_companies(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Run by run on disk: every rule holds, every page is there, a rerun changes nothing."""
    temper = Temper(seed=7, news=0.25, eager=0.7)
    one = Candidate(tmp_path / "season", temper)
    one.write("feeds.yaml", feeds_yaml(temper))
    one.write("data/profile.md", "- ran the move of two warehouses\n")
    talks = tuple(talk for company in COMPANIES for talk in talks_of(temper, company.slug))
    decisions, items = statuses_of(temper), news_of(temper)
    for day, now, dice in days_of(temper):
        for slug, text in feeds_on(items, temper, now).items():
            one.write(f"feeds/{slug}.xml", text)
        for talk in notes_at(temper, talks, decisions, now):
            one.write(talk.file, note_of(talk))
        one.day(now, again=day % 4 == 0)
        if not temper.away <= day < temper.away + 14:
            act(temper, one, now, dice)

    assert "\n".join(broken(one.diary.moments)) == ""
    kinds = {t.suggestion.kind for t in one.history().touchpoints}
    assert all(hold.title for hold in one.history().holds)
    perhaps = {"check_in", "farewell", "advice", "reconnect"}
    assert kinds - perhaps == {"thank_you", "tidbit", "contribution", "decision"}
    with capsys.disabled():
        one.diary.print("Six companies, made-up news")


# -------------------------------------------------------------------- the labelled collection's


@pytest.mark.slow
def test_a_season_with_real_news(
    tmp_path: Path, shared_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """3,800 real items over ninety days, eight interviews: the rules hold, nobody hears often."""
    temper = Temper(seed=11, eager=1.5, picky=0.05, lazy=0.05, regret=0.0, chatty=0.01)
    one = Candidate(tmp_path / "season", temper)
    scenarios = sorted((shared_folder / "relevance" / "scenarios").iterdir())
    one.write("feeds.yaml", _collection_yaml(scenarios))
    profiles = [(folder / "profile.md").read_text("utf-8") for folder in scenarios]
    one.write("data/profile.md", "\n".join(profiles))
    for folder in scenarios:
        dice = temper.dice("talk", folder.name)
        met = temper.start + timedelta(days=dice.randint(-10, 20))
        expected = met + timedelta(days=dice.randint(20, 60))
        note = (folder / "notes.md").read_text("utf-8")
        note = re.sub(r"(?m)^interviewed:.*$", f"interviewed: {met} 14:00", note)
        note = re.sub(r"(?m)^decision_expected:.*$", f"decision_expected: {expected}", note)
        one.write(f"data/notes/{folder.name}.md", note)
    lines = (shared_folder / "relevance" / "articles-dev.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    for day, now, dice in days_of(temper):
        if now.weekday() >= 5:
            continue  # the computer is off
        for number in range(1, 5):
            one.write(f"feeds/{number}.xml", _collection_feed(rows, number, temper, day, now))
        one.day(now, again=day % 10 == 0)
        if not temper.away <= day < temper.away + 14:
            act(temper, one, now, dice)

    assert "\n".join(broken(one.diary.moments)) == ""
    assert all(number < 2 * DAYS / 7 for number in one.diary.suggested.values())
    with capsys.disabled():
        one.diary.print("Eight interviews, real news")


def _collection_yaml(scenarios: list[Path]) -> str:
    """Return feeds.yaml with the collection's companies; a feed for each class, read by all."""
    rows = [f"settings: {{timezone: {HOME.key}}}", "companies:"]
    for folder in scenarios:
        keys = dict(
            line.split(": ", 1)
            for line in (folder / "company.yaml").read_text("utf-8").splitlines()
            if ": " in line
        )
        rows += [f"  {keys['slug']}:", f"    name: {keys['name']}"]
        rows += [f"    {key}: {keys[key]}" for key in ("aliases", "industry") if key in keys]
    feeds = ", ".join(f"feeds/{number}.xml" for number in range(1, 5))
    return "\n".join([*rows, f"topics: {{news: {{feeds: [{feeds}]}}}}", ""])


def _collection_feed(
    rows: list[dict[str, Any]], number: int, temper: Temper, day: int, now: datetime
) -> str:
    """Return the feed of one class with the last four days, in the order of the collection."""
    each = len(rows) // DAYS + 1
    found = []
    for past in range(max(day - 3, 0), day + 1):
        at = datetime.combine(temper.start + timedelta(days=past), time(), UTC)
        for row in rows[past * each : (past + 1) * each]:
            published = at + timedelta(minutes=row["id"] % 1440)
            if row["class"] == number and published <= now:
                link = f"https://news.example/{row['id']}"
                found.append((link, row["title"], row["summary"], published))
    return rss(found)
