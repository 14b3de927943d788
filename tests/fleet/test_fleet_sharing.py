"""Two candidates of one office do not send the same article or event to the same person."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType

import pytest
from pytest_httpserver import HTTPServer

from pipeline.fleet import serving
from pipeline.fleet.sharing import (
    AllTaken,
    Claim,
    Met,
    Rested,
    people_of,
    share_out,
    who_share,
)
from pipeline.records import Taken, Touchpoint
from pipeline.steps.day import DayPlan
from pipeline.steps.job import Job
from pipeline.steps.matching import Found
from pipeline.steps.opening import read_workspace
from pipeline.store import candidate as stored
from pipeline.store.database import opened
from tests.fleet.office import COMPANIES, NOW, Office
from tests.fleet.test_fleet_run import serve

HALDEN, NORVIK, *_ = COMPANIES
AUD = frozenset({"audlunde@halden.example"})


@pytest.fixture
def office(tmp_path: Path, httpserver: HTTPServer) -> Office:
    return Office(tmp_path, httpserver)


def suggested(office: Office, name: str) -> list[Touchpoint]:
    """Return what is suggested to a candidate now, with a story."""
    with opened(office.folder / name) as db:
        past = stored.load_history(db)
    return [t for t in past.touchpoints if t.is_open and t.suggestion.reference.story]


def told(office: Office, *names: str) -> list[str]:
    return [t.suggestion.reference.title for name in names for t in suggested(office, name)]


def test_one_story_goes_to_one_person_from_one_candidate(office: Office) -> None:
    """Both met her and both notes fit it: one suggests it, the other takes another or none."""
    office.enrol("ada", HALDEN)
    office.enrol("ben", HALDEN)
    serve(office, NOW)
    assert len(told(office, "ada", "ben")) == len(set(told(office, "ada", "ben"))) > 0
    office.remove("ben")
    alone = told(office, "ada")
    office.enrol("ben", HALDEN, person="Ida Moe")
    serve(office, NOW)
    assert set(told(office, "ben")) & set(alone)  # to somebody else it goes as well


def test_who_has_it_keeps_it_whatever_comes(office: Office) -> None:
    """What was suggested yesterday is not taken away by a better score of today."""
    office.enrol("zoe", HALDEN)
    serve(office, NOW)
    first = told(office, "zoe")
    assert first
    office.enrol("ada", HALDEN)
    serve(office, NOW + timedelta(hours=1))
    assert told(office, "zoe") == first
    assert not set(told(office, "ada")) & set(first)


def test_why_a_story_is_not_suggested_is_told(office: Office) -> None:
    """By the guard's name with the story's title; no candidate is named."""
    office.enrol("ada", HALDEN)
    ben = office.enrol("ben", HALDEN)
    serve(office, NOW)
    (title,) = told(office, "ada")
    command = [sys.executable, "-m", "pipeline.cli.main", "--workspace", str(ben), "queue"]
    command += ["--held", "--json", "--as-of", NOW.isoformat()]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    held = [json.loads(line) for line in done.stdout.splitlines()]
    (given,) = (one for one in held if one.get("guard") == "given to another")
    assert (given["person"], given["title"]) == ("Aud Lunde", title)
    assert "ada" not in done.stdout


def test_a_candidate_who_met_nobody_elses_is_planned_once(office: Office) -> None:
    """The same name at another company is another person, with another address."""
    ada = office.enrol("ada", HALDEN)
    ben = office.enrol("ben", NORVIK)
    met = [one for root in (ada, ben) for one in people_of(root.name, read_workspace(root))]
    assert who_share(met) == {}


def test_one_person_is_one_address_or_one_name_at_one_company(office: Office) -> None:
    """However the notes spell the name or the company, and wherever the address is."""
    ada = read_workspace(office.enrol("ada", HALDEN, person="Aud Lunde"))
    ben = read_workspace(office.enrol("ben", "Halden Freight GmbH", person="Aud M. LUNDE"))
    met = (*people_of("ada", ada), *people_of("ben", ben))
    assert set(who_share(met)) == {"ada", "ben"}


def test_in_an_hour_without_news_nobody_is_planned(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who would rest alone rests, with what the others have as it was; news wake those they fit."""
    for name in ("ada", "ben"):
        office.enrol(name, HALDEN)
    for hours in range(4):
        serve(office, NOW + timedelta(hours=hours))
    before = told(office, "ada", "ben")
    planned: list[str] = []
    plan = serving.plan_day

    def counted(job: Job, *found: Found) -> DayPlan:
        planned.append(job.root.name)
        return plan(job, *found)

    monkeypatch.setattr(serving, "plan_day", counted)
    serve(office, NOW + timedelta(hours=3, minutes=30))
    assert (planned, told(office, "ada", "ben")) == ([], before)
    office.enrol("cleo", HALDEN)
    serve(office, NOW + timedelta(hours=3, minutes=40))
    assert set(planned) == {"cleo"}
    assert told(office, "ada", "ben") == before


# ------------------------------------------------------------------------------ by values alone


def world(
    *claims: tuple[str, str, float, float],
    turns: dict[str, datetime] | None = None,
    resting: Mapping[str, str] = MappingProxyType({}),
) -> dict[str, set[str]]:
    """Share out stories that candidates have for Aud; return what each is left with.

    A claim: the candidate, the story, its score, and for how many hours it has been suggested. Each
    has one story at a time: the best that is not another's. Who is `resting`, with the story that
    was another's, has what was suggested before, and is missing where they were not asked.
    """
    names = sorted({name for name, *_ in claims})
    people = {name: (Met(name, "halden", "Aud Lunde", AUD),) for name in names}
    kept: dict[str, set[str]] = {}

    def propose(taken: AllTaken) -> Iterable[Claim]:
        for name, already in taken.items():
            gone = {mark for one in already for mark in one.marks}
            mine = [claim for claim in claims if claim[0] == name and claim[1] not in gone]
            best = max(mine, key=lambda claim: (claim[3], claim[2]), default=None)
            kept[name] = {best[1]} if best else set()
            if best:
                _, story, score, hours = best
                since = NOW - timedelta(hours=hours)
                yield Claim(people[name][0], frozenset({story}), since, score)

    rested = {
        name: Rested(
            NOW,
            (Taken("halden", "Aud Lunde", (gone,)),) if gone else (),
            tuple(
                Claim(people[name][0], frozenset({story}), NOW - timedelta(hours=hours), score)
                for one, story, score, hours in claims
                if one == name and hours
            ),
        )
        for name, gone in resting.items()
    }
    share_out(people, propose, {} if turns is None else turns, rested)
    return kept


def test_who_rests_is_asked_where_a_story_is_no_longer_anothers() -> None:
    """Not while it is; then as anybody, by score, also beside who has it as news."""
    ben = (("ben", "quay", 0.5, 3), ("ben", "crane", 0.8, 0))
    ada = ("ada", "crane", 0.7, 5)
    assert world(ada, *ben, resting={"ada": "quay", "ben": "crane"}) == {}
    assert world(ada, *ben, resting={"ben": "crane"}) == {"ada": {"crane"}}
    assert "ben" in world(*ben, resting={"ben": "crane"})
    contest = (("ada", "crane", 0.7, 0), ("ben", "crane", 0.8, 0))
    assert world(*contest, resting={"ben": "crane"}) == {"ada": set(), "ben": {"crane"}}
    assert world(("ada", "quay", 0.7, 0), *ben[:1], resting={"ben": ""}) == {"ada": set()}


def test_the_better_score_goes_first() -> None:
    """The other has the next one."""
    found = world(("ada", "crane", 0.7, 0), ("ben", "crane", 0.8, 0), ("ada", "quay", 0.6, 0))
    assert found == {"ada": {"quay"}, "ben": {"crane"}}


def test_equals_take_turns() -> None:
    """Who went first the last time comes second."""
    turns: dict[str, datetime] = {}
    contest = (("ada", "crane", 0.7, 0), ("ben", "crane", 0.7, 0))
    assert world(*contest, turns=turns) == {"ada": {"crane"}, "ben": set()}
    assert world(*contest, turns=turns) == {"ada": set(), "ben": {"crane"}}


def test_what_was_suggested_earlier_stays_where_it_is() -> None:
    """A better score of now does not take it away."""
    found = world(("ada", "crane", 0.7, 5), ("ben", "crane", 0.9, 0))
    assert found == {"ada": {"crane"}, "ben": set()}


def test_who_yields_meets_the_next_in_the_same_way() -> None:
    """Three for one story, two of whom have the same second: each story goes from one."""
    found = world(
        ("ada", "crane", 0.9, 0),
        ("ben", "crane", 0.8, 0),
        ("ben", "quay", 0.5, 0),
        ("cleo", "crane", 0.7, 0),
        ("cleo", "quay", 0.6, 0),
    )
    assert found == {"ada": {"crane"}, "ben": set(), "cleo": {"quay"}}


def test_what_the_candidate_insists_on_ends_the_sharing() -> None:
    """A message that stays in spite of all, sent already or asked for, is nobody's endless loop."""
    met = {name: (Met(name, "halden", "Aud Lunde", AUD),) for name in ("ada", "ben")}
    claims = [Claim(met[name][0], frozenset({"crane"}), NOW, 0.5) for name in met]
    found = share_out(met, lambda taken: [c for c in claims if c.met.candidate in taken], {})
    assert found["ben"] == (Taken("halden", "Aud Lunde", ("crane",)),)
