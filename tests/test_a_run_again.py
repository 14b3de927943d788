"""What the second run does: only what is new is scored, and what changed is scored again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from pipeline.commands import evidence, queue
from pipeline.records import (
    Draft,
    Match,
    Part,
    Reason,
    Reference,
    Scored,
    Story,
    Suggestion,
)
from pipeline.relevance.score import Matcher
from pipeline.relevance.vectors import Prepared
from pipeline.run import Report, run
from pipeline.steps.planning import known_holidays
from pipeline.store import candidate as stored
from pipeline.store import database, memory, news
from pipeline.store.database import opened
from tests.workspace_files import Folder, rss

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)  # a Tuesday

CONFIG = """
settings: {timezone: UTC}
companies:
  halden: {name: Halden Freight, feeds: [news.xml]}
  norvik: {name: Norvik Lines, feeds: [news.xml]}
"""
NOTES = """---
company: %s
interviewed: 2026-11-23 14:30
interviewers: [{name: Aud Lunde}]
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
FILLER = {f"f{a}": (f"{a.title()} and {b}", f"On {a} it says {b}.") for a, b in pairwise(WORDS)}
NEWS = Reason("company_news")
TERMINAL = (
    "Norvik Lines joins Halden Freight at its second container terminal",
    "Suppliers for the cranes of the new container terminal are chosen in January.",
)
BOAT = ("Solo sailor rounds the Horn in an ocean racing boat", "She built the racing boat herself.")


class Candidate(Folder):
    """A workspace with two interviews and one feed, run in this process; counts its matches."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.matched: list[str] = []
        self.write("feeds.yaml", CONFIG.replace("news.xml", str(root / "news.xml")))
        for slug in ("halden", "norvik"):
            self.write(f"data/notes/{slug}.md", NOTES % slug)
        self.items: dict[str, tuple[str, str]] = {**FILLER, "terminal": TERMINAL, "boat": BOAT}

    def run(self, days: float = 0) -> Report:
        """Run with the feed as it is now; `matched` then holds the titles that were scored."""
        at = NOW - timedelta(hours=5)
        items = ((name, title, text, at) for name, (title, text) in self.items.items())
        self.write("news.xml", rss(items))
        self.matched.clear()
        return run(self.root, NOW + timedelta(days=days))

    def stored(self) -> dict[str, dict[str, Match]]:
        """Return the stored matches by interview and title."""
        with opened(self.root) as db:
            ids = stored.matched_stories(db)
            ever = NOW - timedelta(days=99)
            found = news.articles_by_story(db, ever, ids)
            stories = {name: Story(name, lead, tuple(others)) for name, (lead, *others) in found}
            return {
                file.removeprefix("data/notes/").removesuffix(".md"): {
                    match.story.lead.title: match for match in found
                }
                for file, found in stored.load_matches(db, stories).items()
            }


@pytest.fixture
def candidate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Candidate:
    """Somebody with two interviews and 28 stories."""
    one = Candidate(tmp_path / "ws")
    match = Matcher.worth_keeping

    def counted(self: Matcher, item: Prepared) -> Match | None:
        one.matched.append(item.story.lead.title)
        return match(self, item)

    monkeypatch.setattr(Matcher, "worth_keeping", counted)
    return one


def test_a_first_run_scores_every_story_for_every_interview(candidate: Candidate) -> None:
    """Two interviews, so each story twice; what fits is kept."""
    report = candidate.run()
    assert len(candidate.matched) == 2 * len(candidate.items) == 2 * report.counts["stories"]
    for slug in ("halden", "norvik"):
        assert candidate.stored()[slug].keys() == {TERMINAL[0], BOAT[0]}


def test_a_second_run_scores_nothing(candidate: Candidate) -> None:
    """Not on the same day, nor on the next; the stored matches stay, the report counts the same."""
    first = candidate.run()
    kept = candidate.stored()
    for days in (0, 1):
        again = candidate.run(days)
        assert candidate.matched == []
        assert candidate.stored() == kept
        assert again.counts["stories"] == first.counts["stories"]


def test_a_new_article_scores_one_story(candidate: Candidate) -> None:
    """Only the new one; the others keep their matches."""
    candidate.run()
    kept = candidate.stored()
    candidate.items["new"] = ("Ocean racing boat sails home", "The racing boat is in port.")
    candidate.run()
    assert candidate.matched == ["Ocean racing boat sails home"] * 2
    assert candidate.stored()["halden"].items() > kept["halden"].items()


def test_a_later_telling_joins_the_event_of_the_first_run(candidate: Candidate) -> None:
    """Other words for one event get the event that the first run gave, and `why` names them."""
    candidate.run()
    candidate.items["quay"] = (
        "Norvik Lines joins Halden Freight in opening its second container terminal",
        "In January they choose who supplies them.",
    )
    candidate.run(days=0.1)
    now = NOW + timedelta(days=0.1)
    for slug in ("halden", "norvik"):
        ranked = {m.story.lead.title: m for m in evidence.rank(candidate.root, slug, now)}
        first, later = ranked[TERMINAL[0]], ranked[candidate.items["quay"][0]]
        assert first.event == later.event == first.story.id != later.story.id
        assert ranked[BOAT[0]].event == ranked[BOAT[0]].story.id
    with opened(candidate.root) as db:
        known = stored.load_events(db)
    assert set(known) == {"halden", "norvik"}
    assert known["halden"][later.story.id] == first.story.id
    found = evidence.why_story(candidate.root, "https://n.example/quay", NOW)
    assert {match.told_by[0].lead.title for match, _ in found} == {TERMINAL[0]}


def test_a_list_of_what_fits_is_the_beginning_of_the_whole_list(candidate: Candidate) -> None:
    """Stories that fit too little are not worked out; another telling's bad news counts."""
    candidate.items["cuts"] = (
        "Halden Freight cuts 120 jobs at Norvik's container terminal",
        "The workers were told on Monday.",
    )
    candidate.items["told"] = (
        "Norvik's container terminal cuts 120 jobs",
        "Workers who know trucks, cranes and night shifts on the quay were told on Monday.",
    )
    candidate.run()
    whole = evidence.rank(candidate.root, "halden", NOW)
    listed = evidence.ranked(candidate.root, "halden", NOW, 50)
    assert [(m.story, m.score, m.shown, m.reason) for m in listed.matches] == [
        (m.story, m.score, m.shown, m.reason) for m in whole if m.score >= 0.05
    ]
    assert len(listed.matches) < len(whole) == listed.stories == len(candidate.items)
    assert listed.shown == sum(match.shown for match in whole)
    told = next(m for m in listed.matches if m.story.lead.title == candidate.items["told"][0])
    assert told.reason.startswith("bad news, as “Halden Freight cuts 120 jobs")


def test_nothing_outlives_its_window(candidate: Candidate) -> None:
    """Seven weeks on, with nothing new read, old news count as little as in a new workspace."""
    assert candidate.run().counts["matches"] > 0
    candidate.items.clear()
    report = candidate.run(days=49)
    assert (report.counts["stories"], report.counts["matches"]) == (0, 0)


def test_an_edited_article_is_scored_again(candidate: Candidate) -> None:
    """Its old match goes: what it no longer says fits nothing."""
    candidate.run()
    candidate.items["boat"] = ("A correction: cheese on a ferry", "The cheese was on a ferry.")
    candidate.run()
    assert candidate.matched == ["A correction: cheese on a ferry"] * 2
    assert candidate.stored()["halden"].keys() == {TERMINAL[0]}


def test_another_paper_s_copy_joins_its_story(candidate: Candidate) -> None:
    """The story is scored again with the copy beside it; there is still one match of it."""
    candidate.run()
    candidate.items["copy"] = BOAT
    candidate.run()
    assert candidate.matched == [BOAT[0]] * 2
    assert len(candidate.stored()["halden"][BOAT[0]].story.others) == 1
    assert candidate.stored()["halden"].keys() == {TERMINAL[0], BOAT[0]}


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("data/notes/halden.md", lambda text: text.replace("ocean racing boat", "cheese board")),
        ("data/notes/halden.md", lambda text: text + "- wrote shift plans\n"),
        ("feeds.yaml", lambda text: text.replace("UTC", "UTC, relevance: {office: 0.5}")),
    ],
)
def test_another_note_or_setting_scores_all_again(
    candidate: Candidate, name: str, change: Callable[[str], str]
) -> None:
    """What the candidate wrote is the ground of every score."""
    candidate.run()
    candidate.write(name, change((candidate.root / name).read_text()))
    candidate.run()
    assert len(candidate.matched) == 2 * len(candidate.items)
    candidate.run()
    assert candidate.matched == []


def test_a_run_after_many_comes_to_the_same_as_the_first_of_a_new_store(
    candidate: Candidate, tmp_path: Path
) -> None:
    """Scored in two goes or in one, with the same news learned from, the matches are the same."""
    boat = candidate.items.pop("boat")
    candidate.run()
    candidate.items["boat"] = boat
    candidate.run()
    one_by_one = candidate.stored()
    with opened(candidate.root) as db, database.atomic(db):
        memory.put(db, memory.SCORED, Scored())
    candidate.run()
    assert len(candidate.matched) == 2 * len(candidate.items)
    assert candidate.stored() == one_by_one


def test_wrong_company_takes_the_story_off_for_that_company(candidate: Candidate) -> None:
    """The user said so of Halden; Norvik's interview keeps the story."""
    candidate.run()
    story = candidate.stored()["halden"][TERMINAL[0]].story.id
    _suggest(candidate.root, story)
    queue.change(candidate.root, _number(candidate.root), "dismissed", NOW, because="wrong-company")
    candidate.run()

    assert candidate.stored()["norvik"][TERMINAL[0]].mention.about == "about"
    told = evidence.why_story(candidate.root, story, NOW)
    assert {match.company: match.reason for match, _ in told}["halden"] == "you said: wrong company"
    assert TERMINAL[0] not in candidate.stored()["halden"]
    queue.undo(candidate.root)
    candidate.run()
    assert candidate.stored()["halden"][TERMINAL[0]].mention.about == "about"


def _suggest(root: Path, story: str) -> None:
    file = "data/notes/halden.md"
    told = Reference(story, TERMINAL[0])
    suggestion = Suggestion(
        "k",
        "contribution",
        file,
        "halden",
        "",
        NOW,
        Reason("company_news"),
        Draft("", "", ""),
        told,
    )
    with opened(root) as db, database.atomic(db):
        stored.keep_suggestion(db, suggestion, NOW)


def _number(root: Path) -> int:
    return max(item.id for item in queue.still_open(root))


EVEN = (Part("any story", -1.0), Part("near in meaning", 1.0))


def test_the_answers_move_what_is_shown_not_what_is_stored(candidate: Candidate) -> None:
    """Learning scores nothing again: the stored matches stay, and the rank says what moved."""
    candidate.run()
    kept = candidate.stored()
    before = {m.story.lead.title: m.score for m in evidence.rank(candidate.root, "halden", NOW)}
    for number in range(6):
        with opened(candidate.root) as db, database.atomic(db):
            suggestion = Suggestion(
                f"k{number}", "contribution", "data/notes/halden.md", "halden", "", NOW, NEWS,
                Draft("", "", ""),
                Reference(f"s{number}", f"Terminal {number}", queue="company", parts=EVEN),
            )  # fmt: skip
            stored.keep_suggestion(db, suggestion, NOW)
        verdict: Any = "dismissed" if number % 3 else "sent"
        queue.change(candidate.root, _number(candidate.root), verdict, NOW, because="not-for-me")
    ranked = {m.story.lead.title: m for m in evidence.rank(candidate.root, "halden", NOW)}
    assert ranked[TERMINAL[0]].score < before[TERMINAL[0]]
    assert "your answers" in [part.name for part in ranked[TERMINAL[0]].parts]
    candidate.run()
    assert candidate.matched == []
    assert candidate.stored() == kept
    assert evidence.learned(candidate.root).answers == 6


# ------------------------------------------------------------------------------------- bad input


@pytest.mark.parametrize(
    "lines",
    ["", "- boat\n", "- " + "racing boat crew " * 12_000 + "\n", "-\n-\n", "- ?!\n- 42\n"],
    ids=["empty", "one word", "200 kB", "empty bullets", "no words"],
)
def test_whatever_the_notes_hold_the_run_ends_well(candidate: Candidate, lines: str) -> None:
    """Empty notes, a word, a pasted book: a page comes, and news about the company are ranked."""
    candidate.write(
        "data/notes/halden.md",
        f"---\ncompany: halden\ninterviewed: 2026-11-23\n---\n## Seen in the office\n{lines}",
    )
    candidate.items = {"terminal": TERMINAL, "bare": ("Boat", ""), "boat": BOAT}
    report = candidate.run()
    assert report.digest.headline
    best = next(match for match in evidence.rank(candidate.root, "halden", NOW) if match.shown)
    assert best.story.lead.title in (TERMINAL[0], BOAT[0], "Boat")


def test_a_company_without_news_is_no_error(candidate: Candidate) -> None:
    """An empty feed on the first day: nothing to rank, and the page says that it is quiet."""
    candidate.items = {}
    report = candidate.run()
    assert (report.counts["stories"], report.counts["matches"]) == (0, 0)
    assert evidence.rank(candidate.root, "halden", NOW) == ()
    candidate.items = {"terminal": TERMINAL}
    candidate.run()
    assert candidate.matched == [TERMINAL[0]] * 2


def test_public_holidays_are_looked_up_once(
    candidate: Candidate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second run remembers them: the library that knows them takes long to load."""
    asked: list[tuple[str, int]] = []

    def looked_up(place: str, year: int) -> frozenset[date]:
        asked.append((place, year))
        return frozenset({date(2026, 12, 25)})

    monkeypatch.setattr("pipeline.steps.planning.public_holidays", looked_up)
    for _ in range(2):
        with opened(candidate.root) as db:
            holidays = known_holidays(db)
            assert holidays("FR", 2026) == holidays("FR", 2026) == {date(2026, 12, 25)}
    assert asked == [("FR", 2026)]
