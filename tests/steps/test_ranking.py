"""The list of what fits best: read where a run has scored the stories, and never out of date."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from pipeline.commands import evidence, queue
from pipeline.records import (
    Article,
    Draft,
    LearnedWeight,
    Match,
    Part,
    Preferences,
    Reason,
    Reference,
    Story,
    Suggestion,
)
from pipeline.relevance.score import Matcher
from pipeline.relevance.vectors import Prepared
from pipeline.run import run
from pipeline.steps import ranking, scoring
from pipeline.steps.opening import read_workspace
from pipeline.steps.ranking import Standing, best
from pipeline.store import candidate as stored
from pipeline.store import database, memory, news
from pipeline.store.database import opened
from tests.workspace_files import Folder, rss

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)  # a Tuesday
FILE = "data/notes/halden.md"
NOTES = """---
company: halden
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
NOUNS = (
    "cheese bridge opera chess harvest salmon tariff glacier lantern violin tunnel carpet".split()
)
PLACES = "Bergen Lagos Quito Perth Turin".split()
ITEMS = {
    f"{noun}{place}": (f"The {noun} of {place}", f"In {place} a {noun} was seen by a driver.")
    for noun in NOUNS
    for place in PLACES
} | {
    "terminal": ("Halden Freight opens a terminal", "Suppliers for two cranes are chosen."),
    "boat": ("Solo sailor rounds the Horn in an ocean racing boat", "She built the racing boat."),
    "ocean": ("An ocean of plastic", "What floats in the ocean was counted from a boat."),
    "trucks": ("Noisy trucks are banned at night", "On the quay shifts begin at six."),
    "night": ("Night shifts harm sleep", "Who works shifts sleeps less, a study of trucks says."),
    "crane": ("Two cranes nest on a container", "The birds chose the terminal of a port."),
    "ferry": ("Ferry to Halden Freight's quay is late", "A night on the quay is long."),
    "museum": ("A museum of poetry opens", f"It shows a boat, {', '.join(NOUNS)} and more."),
    "choir": ("A choir sings at night", f"Its songs are of {', '.join(PLACES)}, and of a quay."),
    "stage": ("Theatre buys two cranes", f"They lift a stage: {', '.join(NOUNS[:6])}, all sing."),
    "maker": ("A supplier of bells", f"Its bells ring in {', '.join(PLACES)}, on farms, on ships."),
    "photo": ("Photo of the year is chosen", f"It shows a {' and a '.join(NOUNS[4:])}."),
    "jobs": ("Halden Freight cuts 120 jobs", "The workers of its terminal were told on Monday."),
    "cuts": ("Terminal in Oslo cuts 120 jobs", "Workers of the container terminal were told."),
}


class Candidate(Folder):
    """Somebody with one interview and a feed of some seventy stories."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.config({})
        self.write(FILE, NOTES)
        self.items = dict(ITEMS)

    def config(self, settings: dict[str, Any], weight: float = 1.0) -> None:
        """Write feeds.yaml."""
        self.write(
            "feeds.yaml",
            f"settings: {{timezone: UTC, relevance: {settings}}}\n"
            "companies:\n  halden:\n    name: Halden Freight\n"
            f"    feeds: [{{url: {self.root / 'news.xml'}, weight: {weight}}}]\n",
        )

    def run(self, at: datetime = NOW) -> None:
        """Run with the feed as it is now."""
        days = enumerate(self.items.items())
        rows = ((name, *told, NOW - timedelta(hours=5 + n)) for n, (name, told) in days)
        self.write("news.xml", rss(rows))
        run(self.root, at)

    def listed(self, now: datetime, most: int = 50) -> list[tuple[Any, ...]]:
        """Return the rows of a list."""
        return [_row(match) for match in evidence.ranked(self.root, "halden", now, most).matches]

    def afresh(self, now: datetime, most: int = 50) -> list[tuple[Any, ...]]:
        """Return the same rows of the whole list, for which each story is worked out."""
        whole = evidence.rank(self.root, "halden", now)
        return [_row(match) for match in whole if match.score >= 0.05][:most]


def _row(match: Match) -> tuple[Any, ...]:
    return match.story, match.score, match.shown, match.reason, match.kind, match.best


@pytest.fixture
def candidate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Candidate:
    """Somebody whose first run keeps bounds, as one with thousands of stories does."""
    monkeypatch.setattr(scoring, "MANY", 1)
    one = Candidate(tmp_path / "ws")
    one.run()
    return one


@pytest.fixture
def worked_out(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the titles of the stories whose bounds are worked out."""
    found: list[str] = []
    bounded = Matcher.bounded

    def counted(self: Matcher, item: Prepared) -> object:
        found.append(item.story.lead.title)
        return bounded(self, item)

    monkeypatch.setattr(Matcher, "bounded", counted)
    return found


@pytest.mark.parametrize("most", [1, 2, 5, 50])
def test_a_list_after_a_run_reads_what_the_run_kept(
    candidate: Candidate, worked_out: list[str], most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No bound is worked out again; the rows are the first of the whole list."""
    monkeypatch.setattr(ranking, "AT_ONCE", 2)
    found = evidence.ranked(candidate.root, "halden", NOW, most)
    whole = evidence.rank(candidate.root, "halden", NOW)
    assert [_row(match) for match in found.matches] == candidate.afresh(NOW, most)
    assert len(found.matches) == min(most, 10)
    assert (found.stories, found.shown) == (len(whole), sum(match.shown for match in whole))
    assert worked_out == []


def _note(one: Candidate) -> None:
    one.write(FILE, NOTES.replace("an ocean racing boat", "a glacier in Turin"))


def _another_line(one: Candidate) -> None:
    one.write(FILE, NOTES + "- repaired a violin and a carpet in Quito\n")


def _profile(one: Candidate) -> None:
    one.write("data/profile.md", "- planned a tunnel under the harvest of Perth\n")


def _setting(one: Candidate) -> None:
    one.config({"office": 0.2, "discussed": 4.0})


def _feed(one: Candidate) -> None:
    one.config({}, weight=3.0)


def _wrong_company(one: Candidate) -> None:
    (found,) = [
        m
        for m in evidence.rank(one.root, "halden", NOW)
        if m.story.lead.title == ITEMS["terminal"][0]
    ]
    told = Reference(found.story.id, found.story.lead.title)
    _suggest(one, "k", told)
    number = max(item.id for item in queue.still_open(one.root))
    queue.change(one.root, number, "dismissed", NOW, because="wrong-company")


def _unread(one: Candidate) -> None:
    _keep(one, "told", "Halden Freight's terminal opens with two cranes", "Suppliers were chosen.")


def _edited(one: Candidate) -> None:
    with opened(one.root) as db:
        (old,) = [a for a in news.articles_since(db) if a.title == ITEMS["ocean"][0]]
    _keep(one, old.id, "A lake of plastic", "What floats was counted.", feed=old.feed)


def _keep(one: Candidate, name: str, title: str, text: str, feed: str = "f") -> None:
    at, link = NOW - timedelta(hours=1), f"https://n.example/{name}"
    with opened(one.root) as db, database.atomic(db):
        told = Article(name, feed, title, link, link, text, at, "feed", at)
        news.keep_articles(db, [told])


@pytest.mark.parametrize(
    "change",
    [_note, _another_line, _profile, _setting, _feed, _wrong_company, _unread, _edited],
)
def test_what_moves_a_score_moves_the_list_at_once(
    candidate: Candidate, change: Callable[[Candidate], None]
) -> None:
    """Another note, setting or answer, a story that no run has scored: nothing kept is used."""
    before = candidate.listed(NOW)
    change(candidate)
    assert candidate.listed(NOW) == candidate.afresh(NOW)
    assert candidate.listed(NOW) != before
    candidate.run()
    assert candidate.listed(NOW) == candidate.afresh(NOW)


def test_a_refit_moves_the_list(candidate: Candidate, worked_out: list[str]) -> None:
    """More news make other words rare: the next run learns from them, and keeps other bounds."""
    before = candidate.listed(NOW)
    for place in ("Oslo", "Malmo", "Ghent"):
        candidate.items |= {
            f"{noun}{place}": (f"An ocean {noun} of {place}", f"A boat with a {noun} is there.")
            for noun in NOUNS
        }
    candidate.run()
    worked_out.clear()
    after = candidate.listed(NOW)
    assert worked_out == []
    assert after == candidate.afresh(NOW)
    assert {row[0].id: row[1] for row in before}.items() - {r[0].id: r[1] for r in after}.items()


@pytest.mark.parametrize("days", [3, 20, 36, 60])
def test_a_list_is_of_its_day(candidate: Candidate, days: int) -> None:
    """Days later the same stories are worth less; those older than a run looks at count, too."""
    later = NOW + timedelta(days=days)
    candidate.items["new"] = ("An ocean racing boat is sold", "The racing boat was built in Oslo.")
    candidate.run(later)
    assert candidate.listed(later) == candidate.afresh(later)
    assert candidate.listed(later, 2) == candidate.afresh(later, 2)


def test_answers_move_the_list(candidate: Candidate, worked_out: list[str]) -> None:
    """What they teach is in no bound: nothing is worked out again."""
    before = candidate.listed(NOW)
    parts = (Part("any story", -1.0), Part("near in meaning", 1.0), Part("your note", 2.0))
    for number in range(8):
        told = Reference(f"s{number}", f"Boat {number}", queue="topic", parts=parts)
        _suggest(candidate, f"k{number}", told)
        verdict: Any = "dismissed" if number % 4 else "sent"
        last = max(item.id for item in queue.still_open(candidate.root))
        queue.change(candidate.root, last, verdict, NOW, because="not-for-me")
    assert candidate.listed(NOW) == candidate.afresh(NOW) != before
    assert worked_out == []


def test_answers_may_lift_a_story_into_a_short_list(candidate: Candidate) -> None:
    """Its bound is below the score of the one story that matters, and it is looked at."""
    by_title = {m.story.lead.title: m for m in evidence.rank(candidate.root, "halden", NOW)}
    liked = replace(by_title["An ocean of plastic"], parts=(Part("near in meaning", -0.6),))
    known = replace(by_title[ITEMS["boat"][0]], parts=(Part("any story", 0.0),), score=0.5)
    weight = LearnedWeight("word:halden:plastic", "word", "", 9, 0, 0.9)
    looked_at: list[str] = []

    class Scorer:
        def all_matches(self, stories: Iterable[Story]) -> Iterator[Match]:
            looked_at.extend(story.id for story in stories)
            return iter([replace(liked, score=0.35)])

    stories = {match.story.id: match.story for match in (liked, known)}
    found = Standing((known,), {liked.story.id: -0.6}, 2, partial(map, stories.__getitem__))
    workspace = read_workspace(candidate.root)
    scorer: Any = Scorer()
    (first,) = best(found, scorer, workspace, Preferences(), NOW, 1)
    assert (first.story, looked_at) == (known.story, [])
    (first,) = best(found, scorer, workspace, Preferences({weight.key: weight}), NOW, 1)
    assert (first.story, looked_at) == (liked.story, [liked.story.id])


def test_what_is_scored_again_has_its_old_bound_no_more(candidate: Candidate) -> None:
    """An article that says something else now, or notes that ask for something else."""
    assert ITEMS["choir"][0] in _bounded(candidate)
    candidate.items["choir"] = ("A lake in Turin", "Its water was measured.")
    candidate.run()
    assert _bounded(candidate).isdisjoint([ITEMS["choir"][0], "A lake in Turin"])
    assert _bounded(candidate)
    candidate.write(FILE, NOTES.partition("## Discussed")[0] + "- a zither\n")
    candidate.run()
    whole = evidence.rank(candidate.root, "halden", NOW)
    assert _bounded(candidate) <= {m.story.lead.title for m in whole if m.mention.about != "none"}


def _bounded(one: Candidate) -> set[str]:
    """Return the titles of the stories that have a bound."""
    with opened(one.root) as db:
        ids = stored.load_bounds(db, FILE)
        return {lead.title for _, (lead, *_) in news.articles_by_story(db, None, ids)}


def test_few_stories_have_no_bounds(tmp_path: Path, worked_out: list[str]) -> None:
    """A run over less than 3,000 leaves to the list what only the list asks for."""
    one = Candidate(tmp_path / "few")
    one.run()
    assert worked_out == []
    with opened(one.root) as db:
        assert stored.load_bounds(db, FILE) == {}
        assert (memory.get(db, memory.SCORED) or pytest.fail()).bounds is False
    assert one.listed(NOW, 3) == one.afresh(NOW, 3)


def _suggest(one: Candidate, key: str, told: Reference) -> None:
    draft, why = Draft("", "", ""), Reason("company_news")
    suggestion = Suggestion(key, "contribution", FILE, "halden", "", NOW, why, draft, told)
    with opened(one.root) as db, database.atomic(db):
        stored.keep_suggestion(db, suggestion, NOW)
