"""A run rests where nothing can have changed: pages, drafts and calendar are those of a whole run.

Two workspaces live through the same hours. In one of them each run is made a whole one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from pathlib import Path
from random import Random
from xml.sax.saxutils import escape

import pytest

from pipeline.commands import queue
from pipeline.records import (
    Company,
    Config,
    Contact,
    Draft,
    History,
    Interview,
    Person,
    Reason,
    Settings,
    Suggestion,
    Touchpoint,
    Workspace,
)
from pipeline.run import Report, run
from pipeline.steps import rest
from pipeline.steps.job import RunOptions
from pipeline.steps.moves import UserMove
from pipeline.store import candidate, memory, news
from pipeline.store.database import atomic, opened
from tests.workspace_files import write

START = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)  # a Tuesday
CONFIG = """
settings: {timezone: Europe/Paris, digest: {formats: [markdown, html, atom]}}
companies:
  halden: {name: Halden Freight, timezone: Asia/Tokyo, feeds: [news.xml]}
  norvik: {name: Norvik Lines, timezone: America/New_York, feeds: [news.xml]}
  tarn: {name: Tarn Robotics, feeds: [news.xml]}
topics:
  sailing: {feeds: [news.xml]}
"""
NOTES = """---
company: %s
role: Terminal Manager
interviewed: %s
decision_expected: %s
interviewers: [{name: %s, email: one@example.com}]
---
## Discussed
- night shifts on the quay and noisy trucks
## Seen in the office
- photo of an ocean racing boat
## My angle
- ran the supplier ramp-up for a container terminal with two cranes
"""
TALKS = (
    ("halden", "2026-11-16 14:30", "2026-11-27", "Aud Lunde"),
    ("norvik", "2026-11-24 10:15", "2026-12-10", "Renata Kowal"),
    ("tarn", "2026-11-26 16:00", "2026-12-01", "Tom Adeyemi"),
)
WORDS = """cheese trains weather bridges opera budgets chess harvest gardens museums salmon tariffs
bicycles poetry glaciers dentists bakers lanterns violins orchards tunnels penguins carpets tides
mustard elections marbles""".split()
NEWS = (
    ("Halden Freight opens a container terminal", "Suppliers for its two cranes are chosen.", -9.4),
    ("Norvik Lines wins a prize for its quay", "Night shifts with quiet trucks were praised.", 0.3),
    ("Solo sailor rounds the Horn in an ocean racing boat", "She built the racing boat.", -28.6),
    ("Ocean racing boat found on a beach", "The racing boat was lost in spring.", 1.2),
    ("Tarn Robotics cuts 200 jobs", "The layoffs hit its crane business.", -1.1),
    ("Tarn Robotics orders cranes for a terminal", "Suppliers ramp up.", 2.7),
)


def publish(root: Path, now: datetime) -> None:
    """Write what the feed holds at a moment."""
    filler = [
        (f"{a.title()} and {b}", f"On {a} it says {b}.", n / 9 - 4.0)
        for n, (a, b) in enumerate(pairwise(WORDS))
    ]
    items = [
        f"<item><title>{escape(title)}</title><link>https://news.example/{title[:12]}</link>"
        f"<pubDate>{format_datetime(START + timedelta(days=day))}</pubDate>"
        f"<description>{escape(text)}</description></item>"
        for title, text, day in (*filler, *NEWS)
        if START + timedelta(days=day) <= now + timedelta(hours=3)  # some are dated ahead
    ]
    write(root, "news.xml", f"<rss><channel><title>News</title>{''.join(items)}</channel></rss>")


def made(root: Path) -> Path:
    """Write a workspace of three interviews in three time zones."""
    write(root, "feeds.yaml", CONFIG)
    for slug, interviewed, expected, name in TALKS:
        write(root, f"data/notes/{slug}.md", NOTES % (slug, interviewed, expected, name))
    return root


def run_whole(root: Path, now: datetime) -> Report:
    """Run, and plan and compose whatever the last run left."""
    with opened(root) as db, atomic(db):
        db.execute("DELETE FROM candidate_memory WHERE name = ?", [memory.LEFT.name])
    return run(root, now)


def rested(report: Report) -> bool:
    """Return whether a run planned nothing."""
    return "touchpoints" not in report.seconds


def everything(root: Path) -> tuple[dict[str, bytes], str]:
    """Return each file that a run writes, and the candidate's tables."""
    found = [*(root / "data/digests").glob("*"), *(root / "data/drafts").glob("*")]
    found += [root / "data/touchpoints.ics"]
    texts = {str(path.relative_to(root)): path.read_bytes() for path in found if path.is_file()}
    with opened(root) as db:
        return texts, candidate.state(db, memory.LEFT.name)


def hours(chance: Random, days: float) -> Iterator[datetime]:
    """Yield moments over some days: mostly an hour apart, some minutes, some a day."""
    now = START
    while now < START + timedelta(days=days):
        yield now
        now += timedelta(minutes=chance.choice((1, 17, 60, 60, 60, 60, 90, 1_440)))


def answered(root: Path, chance: Random, now: datetime) -> None:
    """Do with one suggestion what its user may do; the same in both workspaces."""
    found = queue.still_open(root)
    if found:
        later = UserMove("snoozed", until=now + timedelta(days=2))
        move = chance.choice((UserMove("sent"), UserMove("dismissed"), later))
        queue.answer(root, chance.choice(found).id, move, now)


@contextmanager
def lived_in(kept: Path, root: Path) -> Iterator[None]:
    """Put a workspace where both of them live, and back: addresses of files are in its pages."""
    kept.rename(root)
    try:
        yield
    finally:
        root.rename(kept)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, 7])
def test_a_run_that_rests_leaves_what_a_whole_run_would_write(tmp_path: Path, seed: int) -> None:
    """At any hour, over days with news, messages sent and put off, and talks."""
    root, chance, restful = tmp_path / "workspace", Random(seed), 0
    runs = {made(tmp_path / "resting"): run, made(tmp_path / "whole"): run_whole}
    for now in hours(chance, 9):
        luck, found = chance.random(), []
        for kept, run_it in runs.items():
            with lived_in(kept, root):
                publish(root, now)
                if luck < 0.1:
                    answered(root, Random(luck), now)
                report = run_it(root, now)
                page = None if report.waits else report.digest  # none is made of what waits
                said = (page, report.waits, report.counts, report.problems)
                found.append((*said, *everything(root)))
                restful += rested(report)
                assert run_it is run or not rested(report)
        for one, other in zip(*found, strict=True):
            assert one == other, now
    assert restful > 5


def at_rest(root: Path) -> Path:
    """Return a workspace whose next run rests."""
    made(root)
    publish(root, START)
    for minute in range(3):
        run(root, START + timedelta(minutes=minute))
    assert rested(run(root, START + timedelta(minutes=3)))
    return root


def tick(root: Path) -> None:
    """Write an answer on the page."""
    page = root / "data/digests/2026-11-24.md"
    page.write_text(page.read_text("utf-8") + "\n- [x] sent\n", "utf-8")


def lose(root: Path) -> None:
    """Delete the calendar."""
    (root / "data/touchpoints.ics").unlink()


def jot(root: Path) -> None:
    """Add a line to a note."""
    note = root / "data/notes/tarn.md"
    note.write_text(note.read_text("utf-8") + "- also runs a bakery\n", "utf-8")


def log(root: Path) -> None:
    """Log a call, as `touchpoints log` does."""
    queue.log_contact(root, Contact("halden", "Aud Lunde", START, "a call"), START)


def read(root: Path) -> None:
    """Let the feed bring a story."""
    publish(root, START + timedelta(days=3))


@pytest.mark.parametrize("change", [tick, lose, jot, log, read])
def test_a_run_is_a_whole_one_after_a_change(
    tmp_path: Path, change: Callable[[Path], None]
) -> None:
    """Of a page, of a file that we write, of a note, of what happened, of the news."""
    root = at_rest(tmp_path)
    change(root)
    assert not rested(run(root, START + timedelta(hours=1, minutes=5)))
    assert (root / "data/touchpoints.ics").is_file()


def test_a_run_that_somebody_watches_is_a_whole_one(tmp_path: Path) -> None:
    """So is one that asks every feed, and one that is only tried."""
    root, now = at_rest(tmp_path), START + timedelta(minutes=4)
    for options in (RunOptions(early=True), RunOptions(ask_all=True), RunOptions(dry_run=True)):
        assert not rested(run(root, now, options))


def test_while_the_page_of_a_new_day_waits_a_run_rests_and_says_that_it_waits(
    tmp_path: Path,
) -> None:
    """In the night before six; the run at six makes the page, whatever rested before."""
    root = at_rest(tmp_path)
    run(root, datetime(2026, 11, 24, 16, 40, tzinfo=UTC))
    for minute in range(4):  # twenty to four in Paris
        report = run(root, datetime(2026, 11, 25, 2, 40 + minute, tzinfo=UTC))
    assert rested(report)
    assert report.waits
    page = root / "data/digests/2026-11-25.md"
    assert not page.exists()
    morning = run(root, datetime(2026, 11, 25, 5, 0, tzinfo=UTC))
    assert not morning.waits
    assert morning.digest.companies
    assert page.exists()


def test_a_run_of_the_night_makes_the_page_where_nothing_says_that_a_later_one_comes(
    tmp_path: Path,
) -> None:
    """Also after runs that rested, waiting: by now no run as late as six is known."""
    root = at_rest(tmp_path)
    run(root, datetime(2026, 11, 24, 16, 40, tzinfo=UTC))
    for minute in range(4):
        report = run(root, datetime(2026, 11, 25, 2, 40 + minute, tzinfo=UTC))
    assert (rested(report), report.waits) == (True, True)
    with opened(root) as db, atomic(db):
        db.execute("DELETE FROM runs WHERE started < '2026-11-25'")
    assert not run(root, datetime(2026, 11, 25, 2, 50, tzinfo=UTC)).waits
    assert (root / "data/digests/2026-11-25.md").exists()


def test_a_trouble_that_a_night_of_rest_saw_is_named_by_the_next_page(tmp_path: Path) -> None:
    """Also when no run of that day made one: what nobody could read was not said."""
    root = at_rest(tmp_path)
    run(root, datetime(2026, 11, 24, 16, 40, tzinfo=UTC))
    (root / "news.xml").unlink()
    with opened(root) as db, atomic(db):
        (state,) = news.feed_states(db).values()
        ill = replace(state, failures=9, failing_since=START - timedelta(days=20))
        news.keep_feed_states(db, [ill])
    for minute in range(4):
        report = run(root, datetime(2026, 11, 25, 2, 40 + minute, tzinfo=UTC))
    assert rested(report)
    page = run(root, datetime(2026, 11, 26, 7, 0, tzinfo=UTC)).digest
    assert "news.xml" in str(page.troubles)


def test_a_run_rests_till_the_plan_may_be_another_and_no_longer(tmp_path: Path) -> None:
    """It is six in Paris, two in Tokyo, midnight in New York: at nine office hours begin."""
    root = at_rest(tmp_path)
    with opened(root) as db:
        left = memory.get(db, memory.LEFT)
    assert left and left.until == datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
    assert rested(run(root, left.until - timedelta(seconds=1)))
    assert not rested(run(root, left.until))
    run(root, left.until + timedelta(seconds=1))  # the calendar was changed at nine
    assert rested(run(root, left.until + timedelta(seconds=2)))


def test_a_good_copy_of_the_database_wakes_nothing(tmp_path: Path) -> None:
    """No page says when it was made."""
    root = at_rest(tmp_path)
    with opened(root) as db, atomic(db):
        memory.put(db, memory.GOOD_COPY, START - timedelta(days=2))
    for minute in (4, 5):
        assert rested(run(root, START + timedelta(minutes=minute)))
    with opened(root) as db:
        assert memory.get(db, memory.GOOD_COPY) == START + timedelta(minutes=4)


MET = datetime(2026, 11, 16, 14, 30, tzinfo=UTC)  # a talk
LATER = MET + timedelta(days=3, minutes=7)
ASKED = Suggestion(
    "key", "tidbit", "talk.md", "tarn", "Tom", MET, Reason("talk"), Draft("", "", "")
)


@pytest.mark.parametrize(
    ("past", "wanted"),
    [
        (History(), []),
        (History(contacts=(Contact("tarn", "Tom", LATER, "a call"),)), [LATER]),
        (
            History((Touchpoint(1, ASKED, "sent", MET, LATER),)),
            [LATER + timedelta(days=2), LATER + timedelta(days=60)],  # APART, ANSWER_DAYS
        ),
        (
            History((Touchpoint(1, ASKED, "snoozed", MET, MET, until=LATER),)),
            [LATER, LATER + timedelta(days=10)],  # pace › news_days
        ),
        (History((Touchpoint(1, ASKED, "expired", MET, LATER),)), []),
    ],
)
def test_of_what_happened_the_minute_counts_once(past: History, wanted: list[datetime]) -> None:
    """Beside the talk, its thank-you, and the last day for that; not the hour of each later day."""
    talk = Interview("talk.md", "tarn", MET, day_only=False, people=(Person("Tom"),))
    workspace = Workspace("/", Config(Settings(), (Company("tarn", "Tarn"),)), (talk,))
    of_talk = [MET, MET + timedelta(hours=2), MET + timedelta(days=30)]
    assert sorted(rest.dates_of(workspace, past)) == sorted([*of_talk, *wanted])
