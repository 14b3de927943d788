"""Many candidates in one process, from values alone: no database, no folder, no clock."""

from __future__ import annotations

import io
import os
import sqlite3
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pipeline.records import (
    Article,
    Company,
    Config,
    Interview,
    NoteLine,
    Person,
    Settings,
    Story,
    Workspace,
)
from pipeline.relevance.fitting import fit_knowledge
from pipeline.run import run
from pipeline.steps.day import Candidate, planned, serve_candidate
from pipeline.steps.opening import read_workspace
from pipeline.steps.own_work import own_work
from pipeline.steps.planning import known_holidays
from pipeline.steps.scoring import matches_of_today
from pipeline.store import candidate as stored
from pipeline.store.database import opened
from tests.sample_workspace import SampleWorkspace

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
HOBBIES = ("sailing", "pottery", "chess", "beekeeping", "bouldering")


def article(name: str, title: str, text: str) -> Article:
    link = f"https://news.example/{name}"
    published = NOW - timedelta(hours=5)
    return Article(
        name, "https://news.example/rss", title, link, link, text, published, "feed", NOW
    )


STORIES = [
    Story(name, article(name, f"A {hobby} prize for a club in Leeds", f"The {hobby} club. " * 9))
    for number, hobby in enumerate(HOBBIES)
    for name in [f"s{number}"]
]


def candidate_of(number: int) -> Candidate:
    """Return a candidate who talked to somebody of whom a hobby is known, all in the same file."""
    hobby = HOBBIES[number % len(HOBBIES)]
    company = Company("oracle", "Oracle")
    line = NoteLine("data/notes/oracle.md", 9, "office", f"a {hobby} trophy of the {hobby} club")
    interview = Interview(
        "data/notes/oracle.md",
        "oracle",
        NOW - timedelta(days=1),
        day_only=False,
        people=(Person(f"Renata {number}"),),
        lines=(line,),
    )
    return Candidate(Workspace("/nowhere", Config(Settings(), (company,)), (interview,)))


def no_holidays(place: str, year: int) -> frozenset[date]:
    return frozenset()


def test_fifty_candidates_are_served_from_values_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each gets a thank-you with the story of their own interviewer, and a page that says so.

    All wrote a file of the same name: nothing of one is found at another.
    """
    candidates = [candidate_of(number) for number in range(50)]
    lines = [line for one in candidates for i in one.workspace.interviews for line in i.lines]
    company = candidates[0].workspace.config.companies
    knowledge = fit_knowledge(lambda: (story.lead for story in STORIES), company, lines, NOW)
    serve_candidate(
        candidates[0], knowledge, STORIES, NOW, no_holidays
    )  # what is loaded once, is loaded

    def refuse(*_: Any, **__: Any) -> Any:
        raise AssertionError("a decision looked outside its values")

    for owner, name in (
        (sqlite3, "connect"), (io, "open"), (os, "open"), (time, "time"), (Path, "read_bytes"),
    ):  # fmt: skip
        monkeypatch.setattr(owner, name, refuse)
    monkeypatch.setattr("builtins.open", refuse)
    served = [serve_candidate(one, knowledge, STORIES, NOW, no_holidays) for one in candidates]

    for number, (day, page) in enumerate(served):
        (suggestion,) = day.plan.suggestions
        assert suggestion.person == f"Renata {number}"
        assert suggestion.reference.story == f"s{number % len(HOBBIES)}"
        assert suggestion.draft.body
        assert [entry.person for entry in page.digest.entries] == [f"Renata {number}"]
        assert [item.id for item in day.history.touchpoints] == [1]


def test_the_next_day_follows_from_the_values_of_the_day_before() -> None:
    """A suggestion keeps its number; what is too late expires, and the page says nothing twice."""
    first = candidate_of(0)
    knowledge = fit_knowledge(
        lambda: (story.lead for story in STORIES),
        first.workspace.config.companies,
        first.workspace.interviews[0].lines,
        NOW,
    )
    day, page = serve_candidate(first, knowledge, STORIES, NOW, no_holidays)
    second = replace(first, history=day.history, shown=page.shown, volume=page.volume)
    later, _ = serve_candidate(second, knowledge, STORIES, NOW + timedelta(hours=9), no_holidays)
    assert [item.id for item in later.history.touchpoints] == [1]
    late, _ = serve_candidate(second, knowledge, STORIES, NOW + timedelta(days=20), no_holidays)
    assert next(t for t in late.history.touchpoints if t.id == 1).status == "expired"


def test_a_decision_that_was_named_for_a_week_has_no_timeline() -> None:
    """The company is drawn on the first day of its decision, and no more on the eighth."""
    one = candidate_of(0)
    (talk,) = one.workspace.interviews
    workspace = replace(one.workspace, interviews=(replace(talk, status="rejected"),))
    knowledge = fit_knowledge(lambda: (), workspace.config.companies, (), NOW)
    decided = replace(one, workspace=workspace)
    _, first = serve_candidate(decided, knowledge, (), NOW, no_holidays)
    known, week = replace(decided, shown=first.shown), timedelta(days=7)
    _, eighth = serve_candidate(known, knowledge, (), NOW + week, no_holidays)
    assert [item.company for item in first.digest.timelines] == ["Oracle"]
    assert eighth.digest.timelines == ()


def test_the_history_from_values_is_that_of_the_database(tmp_path: Path) -> None:
    """What a run stores is, row for row, what the pure plan says it will be."""
    desk = SampleWorkspace(tmp_path / "ws")
    with (desk.root / "data" / "notes" / "halden.md").open("a", encoding="utf-8") as file:
        file.write(
            "## Discussed\n- **the archive in the cellar**\n- **the crane by the gate**\n"
            "- **the second harbour**\n## My angle\n- moved an archive out of a cellar\n"
        )
    for later in (timedelta(), timedelta(days=9), timedelta(days=30)):
        now = NOW + later
        workspace = read_workspace(desk.root)
        with opened(desk.root) as db:
            before = stored.load_history(db)
        run(desk.root, now)
        with opened(desk.root) as db:
            found = matches_of_today(db, workspace, before, now)
            work = own_work(workspace, now, before.touchpoints)
            day = planned(Candidate(workspace, before), found, now, known_holidays(db), work)
            assert stored.load_history(db) == day.history
    assert {item.status for item in day.history.touchpoints} == {"expired", "suggested"}
